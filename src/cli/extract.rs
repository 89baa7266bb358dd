//! `vanthu extract`: one JSON record per document.

use super::{Failure, NOTHING, OK, SOME_FAILED, inputs, named, progress, start_threads};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use vanthu::pipeline;
use vanthu::review;
use vanthu::source::Options;

/// What is read and how it is printed.
#[derive(clap::Args)]
pub struct Arguments {
    /// Files, folders (read recursively), what stands inside a file (archive.zip!plan.txt) or - for standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Indent the JSON.
    #[arg(long)]
    pretty: bool,
    /// Leave out the text that the spans point into.
    #[arg(long)]
    no_text: bool,
    /// Threads to use; as many as the machine has cores by default.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    jobs: Option<u16>,
    /// Leave pages without text unread instead of recognising their characters.
    #[arg(long)]
    no_ocr: bool,
    /// Instead of records list what a person should check, what costs most when wrong first: one line for each.
    #[arg(long, conflicts_with_all = ["pretty", "no_text"])]
    review: bool,
    /// With --review: one JSON object per line.
    #[arg(long, requires = "review")]
    json: bool,
}

pub fn run(arguments: Arguments) -> Result<u8, Failure> {
    let Arguments { paths, pretty, no_text, jobs, no_ocr, review: for_review, json } = arguments;
    let options = Options { ocr: !no_ocr };
    let inputs = inputs(&paths)?;
    if inputs.is_empty() {
        eprintln!("vanthu: there are no files to read below the given paths");
        return Ok(NOTHING);
    }
    start_threads(jobs)?;
    let bar = progress(inputs.len());
    let mut out = BufWriter::new(io::stdout().lock());
    let mut failed = 0usize;
    let mut doubtful = Vec::new();
    let mut last = std::ptr::null();
    pipeline::run(&inputs, &options, |input, outcome| {
        // A file that holds several papers comes several times.
        bar.inc(u64::from(!std::ptr::eq(input, std::mem::replace(&mut last, input))));
        match outcome {
            Ok(record) if for_review => doubtful.extend(review::findings(&record)),
            Ok(mut record) => {
                if no_text {
                    record.text = None;
                }
                if pretty {
                    serde_json::to_writer_pretty(&mut out, &record)?
                } else {
                    out.write_all(&record.to_json()?)?
                }
                out.write_all(b"\n")?;
            }
            Err(e) => {
                failed += 1;
                bar.suspend(|| eprintln!("vanthu: {}", named(&e, input)));
            }
        }
        Ok::<(), Failure>(())
    })?;
    review::sort(&mut doubtful);
    for finding in doubtful {
        if json { writeln!(out, "{}", serde_json::to_string(&finding)?)? } else { writeln!(out, "{}", review::line(&finding))? }
    }
    out.flush()?;
    bar.finish_and_clear();
    Ok(if failed == 0 { OK } else { SOME_FAILED })
}
