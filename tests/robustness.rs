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
    let out = std::env::var("OUT").ok();
    let _ = out;
    for s in SHAPES.iter().filter(|s| s.name.contains(&filter)) {
        let run = |n: usize| {
            let text = [s.head, &s.piece.repeat(n), s.tail].concat();
            (text.len(), time(|| drop(std::hint::black_box(pipeline::record(s.name, text.as_bytes())))))
        };
        let mut n = 32;
        while run(n).1 < Duration::from_millis(30) && n * s.piece.len() < 1_000_000 { n *= 2; }
        let small = (0..3).map(|_| run(n)).min_by_key(|r| r.1).unwrap();
        let large = (0..2).map(|_| run(4 * n)).min_by_key(|r| r.1).unwrap();
        let ratio = large.1.as_secs_f64() / small.1.as_secs_f64();
        println!("{} {:<30} n {:>7} {:>8} bytes {:>8.1} ms -> {:>8.1} ms  ratio {:.1}", if ratio > 6.5 { "SLOW" } else { "ok  " }, s.name, n, small.0, small.1.as_secs_f64() * 1e3, large.1.as_secs_f64() * 1e3, ratio);
        let ok = std::panic::catch_unwind(|| read(s.name, [s.head, &s.piece.repeat(50), s.tail].concat().as_bytes()));
        if ok.is_err() { println!("BROKEN {}", s.name); }
    }
}
