//! `vanthu failed`: what could not be read.

use super::stored::{StoreArguments, near};
use super::{Failure, OK};
use std::io::{self, BufWriter, Write};
use vanthu::error::Cause;
use vanthu::store::Store;

/// Which store.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    store: StoreArguments,
    /// One JSON record for each failure.
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let store = Store::open_existing(&arguments.store.db)?;
    let failures = store.failures()?;
    let mut out = BufWriter::new(io::stdout().lock());
    for failure in &failures {
        if arguments.json {
            serde_json::to_writer(&mut out, failure)?;
            out.write_all(b"\n")?;
        } else {
            let tries = failure.tries.filter(|&n| n > 1).map(|n| format!(" ({n} tries)")).unwrap_or_default();
            let cause = if failure.cause == Cause::Refused { String::new() } else { format!("[{}] ", failure.cause.name()) };
            writeln!(out, "{}{tries}\n    {cause}{}; {}", near(failure.path.as_deref().unwrap_or_default()), failure.problem, failure.remedy)?;
        }
    }
    out.flush()?;
    let repeated = arguments.store.repeated();
    match failures.len() {
        0 => eprintln!("vanthu: everything could be read"),
        n => eprintln!("vanthu: {n} could not be read; `vanthu ingest --retry-failed{repeated}` tries them again"),
    }
    Ok(OK)
}
