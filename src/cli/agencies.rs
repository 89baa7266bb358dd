//! `vanthu agencies`: who the bodies are that papers name.

use super::pick::own_office;
use super::{Failure, NOTHING, OK, SOME_FAILED, inputs, named, progress, start_threads};
use jiff::civil::Date;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use vanthu::office::Office;
use vanthu::pipeline;
use vanthu::source::Options;

/// Whose bodies.
#[derive(clap::Args)]
pub struct Arguments {
    /// Files and folders to read.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The day whose bodies carry the duties: follows mergers, splits and renamings.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Your own units, people and names (see examples/office.toml).
    #[arg(long, value_name = "FILE")]
    office: Option<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let office = arguments.office.as_deref().map_or_else(|| Ok(Office::default()), own_office)?;
    let inputs = inputs(&arguments.paths)?;
    if inputs.is_empty() {
        eprintln!("vanthu: there are no files to read below the given paths");
        return Ok(NOTHING);
    }
    start_threads(None)?;
    let bar = progress(inputs.len());
    let mut out = BufWriter::new(io::stdout().lock());
    let mut failed = 0usize;
    pipeline::run(&inputs, &Options::default(), |input, outcome| {
        match outcome {
            Ok(record) => {
                for row in office.roll(&record, arguments.as_of) {
                    serde_json::to_writer(&mut out, &row)?;
                    out.write_all(b"\n")?;
                }
            }
            Err(e) => {
                failed += 1;
                bar.suspend(|| eprintln!("vanthu: {}", named(&e, input)));
            }
        }
        Ok::<(), Failure>(())
    })?;
    out.flush()?;
    bar.finish_and_clear();
    Ok(if failed == 0 { OK } else { SOME_FAILED })
}
