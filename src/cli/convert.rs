//! `vanthu convert`: the archive as data files.

use super::{Failure, NOTHING, OK, SOME_FAILED, inputs, named, progress, workers};
use std::path::PathBuf;
use vanthu::convert::{Conversion, Format};
use vanthu::pipeline::{Input, Outcome};
use vanthu::redact::redact_record;
use vanthu::source::Options;

/// What is read and how it is written.
#[derive(clap::Args)]
pub struct Arguments {
    /// Files, folders (read recursively), what stands inside a file (archive.zip!plan.txt) or - for standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Folder to write into; it is made where it is missing. Files of these names are replaced when all is read.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// How the tables are written; jsonl.zst is packed by zstd.
    #[arg(long, value_enum, default_value_t = Written::Jsonl)]
    format: Written,
    /// Leave phone numbers, e-mail addresses and personal identity numbers in.
    #[arg(long)]
    no_redact: bool,
    /// Write papers marked mật, tối mật or tuyệt mật, too.
    #[arg(long)]
    include_classified: bool,
    /// Leave pages without text unread instead of recognising their characters.
    #[arg(long)]
    no_ocr: bool,
    #[command(flatten)]
    workers: workers::WorkerArguments,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Written {
    Jsonl,
    #[value(name = "jsonl.zst")]
    JsonlZst,
    Csv,
    Parquet,
}

impl From<Written> for Format {
    fn from(written: Written) -> Self {
        match written {
            Written::Jsonl => Self::Jsonl,
            Written::JsonlZst => Self::JsonlZst,
            Written::Csv => Self::Csv,
            Written::Parquet => Self::Parquet,
        }
    }
}

pub fn run(arguments: Arguments) -> Result<u8, Failure> {
    let Arguments { paths, out, format, no_redact, include_classified, no_ocr, workers } = arguments;
    let options = Options { ocr: !no_ocr };
    let inputs = inputs(&paths)?;
    if inputs.is_empty() {
        eprintln!("vanthu: there are no files to read below the given paths");
        return Ok(NOTHING);
    }
    let mut conversion = Conversion::begin(&out, format.into())?;
    let bar = progress(inputs.len());
    let mut counts = Counts::default();
    let mut last = std::ptr::null();
    let each = |input: &Input, outcome: Outcome| {
        bar.inc(u64::from(!std::ptr::eq(input, std::mem::replace(&mut last, input))));
        match outcome {
            Ok(record) if record.header.secrecy.is_some() && !include_classified => counts.classified += 1,
            Ok(mut record) => {
                if !no_redact {
                    redact_record(&mut record);
                }
                conversion.add(&record)?;
                counts.written += 1;
            }
            Err(e) => {
                counts.failed += 1;
                bar.suspend(|| eprintln!("vanthu: {}", named(&e, input)));
            }
        }
        Ok::<(), Failure>(())
    };
    workers.read(&inputs, options, each)?;
    bar.finish_and_clear();
    let files = conversion.finish()?;
    counts.tell(&files);
    Ok(if counts.failed == 0 { OK } else { SOME_FAILED })
}

#[derive(Default)]
struct Counts {
    written: usize,
    classified: usize,
    failed: usize,
}

impl Counts {
    fn tell(&self, files: &[PathBuf]) {
        let Self { written, classified, failed } = self;
        eprintln!("vanthu: {written} papers written, {failed} failed, {classified} left out because they are classified");
        for file in files {
            eprintln!("  {}", file.display());
        }
    }
}
