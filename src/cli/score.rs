//! `vanthu score`: what is found against what was marked by hand.

use super::workers::WorkerArguments;
use super::{Failure, NOTHING, OK, SOME_FAILED};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use vanthu::source::Options;

/// Where the marks are.
#[derive(clap::Args)]
pub struct Arguments {
    /// Folder of marked documents (*.json).
    #[arg(value_name = "DIR")]
    gold: PathBuf,
    /// Folder that the marked documents' paths start from; the same folder by default.
    #[arg(long, value_name = "DIR")]
    docs: Option<PathBuf>,
    /// List every miss and every false alarm.
    #[arg(long, short)]
    verbose: bool,
    /// Print the figures as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    workers: WorkerArguments,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let Arguments { gold, docs, verbose, json, workers } = arguments;
    let report = vanthu::score::folder_by(gold, docs.as_deref().unwrap_or(gold), |inputs, each| {
        workers.read(inputs, Options::default(), |input, outcome| {
            each(input, outcome);
            Ok(())
        })
    })?;
    if report.documents == 0 {
        eprintln!("vanthu: {}: there are no marked documents (*.json) here", gold.display());
        return Ok(NOTHING);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    if *json {
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
    } else {
        write!(out, "{}", report.table(*verbose))?;
    }
    out.flush()?;
    Ok(if report.failed == 0 { OK } else { SOME_FAILED })
}
