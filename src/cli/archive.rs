//! Where the corpus commands take their papers from: paths that are read on the fly.

use super::{Failure, inputs, named, progress, start_threads};
use std::path::PathBuf;
use vanthu::export::DocumentRecord;
use vanthu::pipeline;
use vanthu::source::Options;

/// Options of every command that reads an archive.
#[derive(clap::Args)]
pub struct Reading {
    /// Threads to use; as many as the machine has cores by default.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub jobs: Option<u16>,
    /// Leave pages without text unread instead of recognising their characters.
    #[arg(long)]
    pub no_ocr: bool,
}

/// What came of reading.
pub struct Archive<T> {
    /// One item of each paper that was read, in the order of paths.
    pub items: Vec<T>,
    /// How many files failed; each was named.
    pub failed: usize,
}

/// Reads every paper below these paths and keeps what `item` makes of it.
pub fn read<T>(paths: &[PathBuf], reading: &Reading, item: impl Fn(Box<DocumentRecord>) -> T) -> Result<Archive<T>, Failure> {
    let inputs = inputs(paths)?;
    start_threads(reading.jobs)?;
    let bar = progress(inputs.len());
    let mut archive = Archive { items: Vec::new(), failed: 0 };
    pipeline::run(&inputs, &Options { ocr: !reading.no_ocr }, |input, outcome| {
        bar.inc(1);
        match outcome {
            Ok(record) => archive.items.push(item(record)),
            Err(e) => {
                archive.failed += 1;
                bar.suspend(|| eprintln!("vanthu: {}", named(&e, input)));
            }
        }
        Ok::<(), Failure>(())
    })?;
    bar.finish_and_clear();
    Ok(archive)
}
