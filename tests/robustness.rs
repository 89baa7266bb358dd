//! Hostile input: nothing panics, nothing takes more than linear-looking time, every record keeps its claims.

#[path = "record/claims.rs"]
mod claims;

use proptest::prelude::*;
use std::time::{Duration, Instant};
use vanthu::export::DocumentRecord;
use vanthu::pipeline;

/// Reads a text; whatever it is, the record must keep its claims.
fn read(what: &str, bytes: &[u8]) -> Option<DocumentRecord> {
    let record = pipeline::record(what, bytes).ok()?;
    let broken = claims::broken(&record);
    assert!(broken.is_empty(), "{what}: {} claims do not hold, such as\n{}", broken.len(), broken[..broken.len().min(5)].join("\n"));
    Some(record)
}

/// A text that grows: head, then the same piece over and over, then tail.
struct Shape {
    name: &'static str,
    head: &'static str,
    piece: &'static str,
    tail: &'static str,
    /// Pieces in the small text; the large one has four times as many.
    pieces: usize,
}

impl Shape {
    fn text(&self, times: usize) -> String {
        [self.head, &self.piece.repeat(self.pieces * times), self.tail].concat()
    }
}

const fn shape(name: &'static str, head: &'static str, piece: &'static str, tail: &'static str, pieces: usize) -> Shape {
    Shape { name, head, piece, tail, pieces }
}

const HEAD: &str = "ỦY BAN NHÂN DÂN\nTỈNH LONG AN\nSố: 129/KH-UBND\nLong An, ngày 05 tháng 3 năm 2020\n\nKẾ HOẠCH\nThực hiện nhiệm vụ năm 2020\n\n";
include!("shapes.in");

fn time(f: impl FnOnce()) -> Duration {
    let start = Instant::now();
    f();
    start.elapsed()
}

#[test]
#[ignore]
fn explore() {
    let filter = std::env::var("SHAPE").unwrap_or_default();
    for s in SHAPES.iter().filter(|s| s.name.contains(&filter)) {
        let mut row = Vec::new();
        for times in [1, 4] {
            let text = s.text(times);
            let best = (0..2).map(|_| time(|| drop(std::hint::black_box(pipeline::record(s.name, text.as_bytes()))))).min().unwrap();
            row.push((text.len(), best));
            if best > Duration::from_secs(20) { break; }
        }
        let t: Vec<f64> = row.iter().map(|r| r.1.as_secs_f64() * 1e3).collect();
        let r: Vec<f64> = t.windows(2).map(|w| w[1] / w[0]).collect();
        println!("{:<40} {:>8} bytes {:>9.1?} ms  ratios {:.1?}", s.name, row[0].0, t, r);
        let ok = std::panic::catch_unwind(|| read(s.name, s.text(1).as_bytes()));
        if ok.is_err() { println!("BROKEN {}", s.name); }
    }
}
