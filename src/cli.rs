//! Commands and their options.

use clap::{Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use vanthu::error::Error;
use vanthu::pipeline::{self, Input};
use vanthu::rulebook;
use vanthu::source::Options;

/// Reads Vietnamese official correspondence: document numbers, dates, cited documents and assigned duties.
#[derive(Parser)]
#[command(version, about, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 all read; 1 wrong use, or the run itself failed; 2 some documents failed, the rest is written; 3 nothing to read.";

#[derive(Subcommand)]
enum Command {
    /// Print one JSON record per document: header, sections, citations, relations, tasks.
    Extract {
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
    },
    /// Print the uniform plain text that spans point into.
    Text {
        /// A file, what stands inside one (archive.zip!plan.txt), or - for standard input.
        #[arg(value_name = "FILE")]
        path: PathBuf,
        /// Leave pages without text unread instead of recognising their characters.
        #[arg(long)]
        no_ocr: bool,
        /// Print which bytes of the file these code points were read from, as START:END.
        #[arg(long, value_name = "START:END")]
        origin: Option<String>,
    },
    /// Print the rule book, or one rule with its examples.
    Rules {
        /// Id of a rule.
        id: Option<String>,
    },
    /// Compare what is found with hand-marked truth: right, missed and spurious, by kind and by rule.
    Score {
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
    },
    /// Print the JSON Schema of a record.
    Schema {
        /// Which record.
        #[arg(value_parser = ["document"], default_value = "document")]
        record: String,
    },
}

/// All read.
const OK: u8 = 0;
/// Wrong use, or the run itself failed.
const FAILED: u8 = 1;
/// Some documents failed.
const SOME_FAILED: u8 = 2;
/// Nothing to read.
const NOTHING: u8 = 3;

/// Stack of each thread: PDF libraries nest deeper than the usual two megabytes allow.
const STACK: usize = 16 * 1024 * 1024;

/// Runs the program; its exit code.
pub fn run() -> ExitCode {
    // A fault becomes the file's error line; its trace is for who looks for it.
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(e) => {
            let _ = e.print();
            return ExitCode::from(if e.use_stderr() { FAILED } else { OK });
        }
    };
    let outcome = match arguments.command {
        Command::Extract { paths, pretty, no_text, jobs, no_ocr } => extract(&paths, pretty, no_text, jobs, Options { ocr: !no_ocr }),
        Command::Text { path, no_ocr, origin } => text(&path, Options { ocr: !no_ocr }, origin.as_deref()),
        Command::Rules { id } => rules(id.as_deref()),
        Command::Score { gold, docs, verbose, json } => score(&gold, docs.as_deref().unwrap_or(&gold), verbose, json),
        Command::Schema { .. } => schema(),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(Failure::Pipe) => ExitCode::from(OK),
        Err(Failure::Said(message)) => {
            eprintln!("vanthu: {message}");
            ExitCode::from(FAILED)
        }
    }
}

/// Why a command ended early.
enum Failure {
    /// The reader of our output went away.
    Pipe,
    Said(String),
}

impl From<io::Error> for Failure {
    fn from(e: io::Error) -> Self {
        match e.kind() {
            io::ErrorKind::BrokenPipe => Self::Pipe,
            _ => Self::Said(format!("cannot write the output ({e}); check the disk and the pipe")),
        }
    }
}

impl From<Error> for Failure {
    fn from(e: Error) -> Self {
        Self::Said(e.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(e: serde_json::Error) -> Self {
        e.io_error_kind()
            .map_or_else(|| Self::Said(format!("cannot write JSON ({e}); report this as a fault of the program")), |kind| io::Error::from(kind).into())
    }
}

fn extract(paths: &[PathBuf], pretty: bool, no_text: bool, jobs: Option<u16>, options: Options) -> Result<u8, Failure> {
    let inputs = inputs(paths)?;
    if inputs.is_empty() {
        eprintln!("vanthu: there are no files to read below the given paths");
        return Ok(NOTHING);
    }
    rayon::ThreadPoolBuilder::new()
        .num_threads(jobs.unwrap_or(0).into())
        .stack_size(STACK)
        .build_global()
        .map_err(|e| Failure::Said(format!("cannot start the threads ({e}); give a smaller --jobs")))?;
    let bar = progress(inputs.len());
    let mut out = BufWriter::new(io::stdout().lock());
    let mut failed = 0usize;
    let mut last = std::ptr::null();
    pipeline::run(&inputs, &options, |input, outcome| {
        // A file that holds several papers comes several times.
        bar.inc(u64::from(!std::ptr::eq(input, std::mem::replace(&mut last, input))));
        match outcome {
            Ok(mut record) => {
                if no_text {
                    record.text = None;
                }
                if pretty {
                    serde_json::to_writer_pretty(&mut out, &record)?
                } else {
                    serde_json::to_writer(&mut out, &record)?
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
    out.flush()?;
    bar.finish_and_clear();
    Ok(if failed == 0 { OK } else { SOME_FAILED })
}

fn named(e: &Error, input: &Input) -> String {
    if e.path().is_some() { e.to_string() } else { format!("{}: {e}", input.name()) }
}

/// A bar on a terminal; nothing where the messages go to a file or pipe.
fn progress(files: usize) -> ProgressBar {
    if files < 2 || !io::stderr().is_terminal() || io::stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} files, {per_sec}, {eta} left").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(files as u64).with_style(style)
}

fn inputs(paths: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    let mut inputs = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            inputs.push(Input::Bytes("-".to_owned(), standard_input()?));
        } else {
            match Input::of(path) {
                Input::File(_) => inputs.extend(pipeline::files_below(std::slice::from_ref(path))?.into_iter().map(Input::File)),
                inside => inputs.push(inside),
            }
        }
    }
    Ok(inputs)
}

fn standard_input() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    io::stdin()
        .take(pipeline::LARGEST_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| Failure::Said(format!("cannot read standard input ({e}); pipe a document into it")))?;
    if bytes.len() as u64 > pipeline::LARGEST_FILE {
        return Err(Failure::Said(format!("standard input holds more than {} bytes; split it", pipeline::LARGEST_FILE)));
    }
    Ok(bytes)
}

fn text(path: &Path, options: Options, origin: Option<&str>) -> Result<u8, Failure> {
    let input = if path == Path::new("-") { Input::Bytes("-".to_owned(), standard_input()?) } else { Input::of(path) };
    if let Input::File(path) = &input {
        // What is not there, or no file, is wrong use.
        pipeline::check(path)?;
    }
    let reading = match pipeline::text(&input, &options) {
        Ok(reading) => reading,
        Err(e) => {
            eprintln!("vanthu: {}", named(&e, &input));
            return Ok(SOME_FAILED);
        }
    };
    for note in reading.text.notes() {
        eprintln!("vanthu: {}: {}", path.display(), note.message);
    }
    let mut out = io::stdout().lock();
    match origin {
        None => out.write_all(reading.text.as_str().as_bytes())?,
        Some(range) => {
            let span = code_points(reading.text.as_str(), range)?;
            let bytes = reading.text.origin(span);
            writeln!(out, "{}:{}\t{}", bytes.start, bytes.end, reading.text.slice(span))?;
        }
    }
    Ok(OK)
}

/// `START:END` in code points of a text.
fn code_points(text: &str, range: &str) -> Result<vanthu::text::Span, Failure> {
    let fault = || Failure::Said(format!("--origin takes START:END in code points of the text, not {range:?}"));
    let (start, end) = range.split_once(':').ok_or_else(fault)?;
    let (start, end): (usize, usize) = (start.parse().map_err(|_| fault())?, end.parse().map_err(|_| fault())?);
    let mut places = text.char_indices().map(|(i, _)| i).chain([text.len()]);
    let first = places.nth(start).filter(|_| start <= end).ok_or_else(fault)?;
    let last = if end == start { first } else { places.nth(end - start - 1).ok_or_else(fault)? };
    Ok(vanthu::text::Span::new(first, last))
}

fn rules(id: Option<&str>) -> Result<u8, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let entries = rulebook::entries();
    match id {
        None => {
            for e in &entries {
                writeln!(out, "{:<28} {:<10} {}", e.id, e.table, e.doc)?;
            }
        }
        Some(id) => {
            let Some(e) = entries.iter().find(|e| e.id == id) else {
                return Err(Failure::Said(format!("there is no rule {id:?}; `vanthu rules` lists them")));
            };
            writeln!(out, "{} ({})\n\n{}\n", e.id, e.table, e.doc)?;
            if !e.pattern.is_empty() {
                writeln!(out, "pattern on folded text: {}\n", e.pattern)?;
            }
            for (text, value) in &e.finds {
                writeln!(out, "finds   {text}  →  {value}")?;
            }
            for text in &e.ignores {
                writeln!(out, "ignores {text}")?;
            }
        }
    }
    out.flush()?;
    Ok(OK)
}

fn score(gold: &Path, docs: &Path, verbose: bool, json: bool) -> Result<u8, Failure> {
    let report = vanthu::score::folder(gold, docs)?;
    if report.documents == 0 {
        eprintln!("vanthu: {}: there are no marked documents (*.json) here", gold.display());
        return Ok(NOTHING);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    if json {
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
    } else {
        write!(out, "{}", report.table(verbose))?;
    }
    out.flush()?;
    Ok(if report.failed == 0 { OK } else { SOME_FAILED })
}

fn schema() -> Result<u8, Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", vanthu::export::document_schema())?;
    Ok(OK)
}
