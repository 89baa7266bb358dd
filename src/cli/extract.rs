//! `vanthu extract`: one JSON record per document.

use super::{Failure, NOTHING, OK, SOME_FAILED, inputs, named, progress, stream, workers};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use vanthu::pipeline::{Input, Outcome};
use vanthu::review;
use vanthu::source::Options;

/// So many bytes of memory are kept from one record for the next.
const MOST_KEPT: usize = 16 * 1024 * 1024;

/// What is read and how it is printed.
#[derive(clap::Args)]
pub struct Arguments {
    /// Files, folders (read recursively), what stands inside a file (archive.zip!plan.txt) or - for standard input.
    #[arg(required_unless_present = "stdin", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Read what each line of standard input asks for and answer it with one line, in order, until it ends: a path, or
    /// JSON with an id and a path, a text, or a name and base64.
    #[arg(long, value_enum, value_name = "LINES", conflicts_with_all = ["paths", "pretty", "in_process"])]
    stdin: Option<stream::Lines>,
    /// Indent the JSON.
    #[arg(long)]
    pretty: bool,
    /// Leave out the text that the spans point into.
    #[arg(long)]
    no_text: bool,
    #[command(flatten)]
    workers: workers::WorkerArguments,
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
    let Arguments { paths, stdin, pretty, no_text, workers, no_ocr, review: for_review, json } = arguments;
    let options = Options { ocr: !no_ocr };
    if let Some(lines) = stdin {
        return stream::run(lines, &workers, options, no_text);
    }
    let inputs = inputs(&paths)?;
    if inputs.is_empty() {
        eprintln!("vanthu: there are no files to read below the given paths");
        return Ok(NOTHING);
    }
    let bar = progress(inputs.len());
    let mut out = BufWriter::new(io::stdout().lock());
    let mut failed = 0usize;
    let mut doubtful = Vec::new();
    let mut last = std::ptr::null();
    let mut buffer = Vec::new();
    let each = |input: &Input, outcome: Outcome| {
        // A file that holds several papers comes several times.
        bar.inc(u64::from(!std::ptr::eq(input, std::mem::replace(&mut last, input))));
        match outcome {
            Ok(record) if for_review => doubtful.extend(review::findings(&record)),
            Ok(mut record) => {
                if no_text {
                    record.text = None;
                }
                buffer.clear();
                if pretty {
                    serde_json::to_writer_pretty(&mut buffer, &record)?
                } else {
                    record.write_json(&mut buffer)?;
                }
                // In one go with its end: standard output looks for the last line end in all that it gets.
                buffer.push(b'\n');
                out.write_all(&buffer)?;
                buffer.shrink_to(MOST_KEPT);
            }
            Err(e) => {
                failed += 1;
                bar.suspend(|| eprintln!("vanthu: {}", named(&e, input)));
            }
        }
        Ok::<(), Failure>(())
    };
    workers.read(&inputs, options, each)?;
    review::sort(&mut doubtful);
    for finding in doubtful {
        if json { writeln!(out, "{}", serde_json::to_string(&finding)?)? } else { writeln!(out, "{}", review::line(&finding))? }
    }
    out.flush()?;
    bar.finish_and_clear();
    Ok(if failed == 0 { OK } else { SOME_FAILED })
}
