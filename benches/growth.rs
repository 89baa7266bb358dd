//! Four times the text takes about four times as long: no shape of input makes the time grow with its square.

#[path = "../tests/record/shapes.rs"]
mod shapes;

use shapes::{SHAPES, Shape};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use vanthu::pipeline;
use vanthu::source::Options;

const LONG_ENOUGH: Duration = Duration::from_millis(20);
const LARGE_ENOUGH: usize = 400_000;
/// What grows with the square takes sixteen times as long.
const MOST_GROWTH: f64 = 12.0;

fn time(shape: &Shape, pieces: usize) -> Duration {
    let text = shape.text(pieces);
    let start = Instant::now();
    let outcome = pipeline::record(shape.what, text.as_bytes(), &Options::default());
    let time = start.elapsed();
    drop(outcome);
    time
}

/// How much longer four times the text takes. Text that is quick to read is taken longer, until it takes a time that
/// can be measured. Other work of the machine only adds, so the shortest of some runs counts.
fn growth(shape: &Shape) -> f64 {
    let mut pieces = 32;
    while time(shape, pieces) < LONG_ENOUGH && pieces * shape.piece.len() < LARGE_ENOUGH {
        pieces *= 2;
    }
    let small = (0..3).map(|_| time(shape, pieces)).min().unwrap_or_default();
    let large = (0..2).map(|_| time(shape, 4 * pieces)).min().unwrap_or_default();
    large.as_secs_f64() / small.as_secs_f64().max(1e-6)
}

fn main() -> ExitCode {
    let mut steady = true;
    for shape in SHAPES {
        let mut growth_of = growth(shape);
        for _ in 0..3 {
            if growth_of < MOST_GROWTH {
                break;
            }
            growth_of = growth_of.min(growth(shape));
        }
        println!("{growth_of:5.1}  {}", shape.what);
        steady &= growth_of < MOST_GROWTH;
    }
    if steady {
        return ExitCode::SUCCESS;
    }
    eprintln!("some text takes much more than four times as long when there is four times of it");
    ExitCode::FAILURE
}
