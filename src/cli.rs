//! Commands and their options.

mod agencies;
mod archive;
mod check;
mod convert;
mod export;
mod extract;
mod failed;
mod gaps;
mod graph;
mod ingest;
mod list;
mod pick;
mod push;
mod report;
mod reporter;
mod rules;
mod schema;
mod score;
mod search;
mod show;
mod stored;
mod stream;
mod task;
mod tasks;
mod text;
mod trace;
mod watch;
mod worker;
mod workers;

use clap::{Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use vanthu::error::Error;
use vanthu::pipeline::{self, Input};
use vanthu::source::STACK;

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
    Extract(extract::Arguments),
    /// Write documents, citations, relations and tasks as tables: JSON lines, CSV or Parquet.
    Convert(convert::Arguments),
    /// Write tasks for calendars, spreadsheets and trackers, or a paper as an edXML message.
    Export(Box<export::Arguments>),
    /// Bring tasks into Redmine, OpenProject or GitLab; asks first what would be done.
    Push(Box<push::Arguments>),
    /// Print the uniform plain text that spans point into.
    Text(text::Arguments),
    /// Show what a document rests on and what is built on it, with the quote behind each step.
    Trace(trace::Arguments),
    /// Write the citation graph of an archive for graph programs.
    Graph(graph::Arguments),
    /// Find what a careful clerk would catch: dates that contradict each other, ended acts, missing fields, format faults.
    Check(check::Arguments),
    /// List what is missing: plans that were ordered, decisions that plans rest on, answers.
    Gaps(gaps::Arguments),
    /// Print the rule book, or one rule with its examples.
    Rules(rules::Arguments),
    /// Compare what is found with hand-marked truth: right, missed and spurious, by kind and by rule.
    Score(score::Arguments),
    /// List the bodies that papers name: who each is, of which place, and who carries its duties on a day.
    Agencies(agencies::Arguments),
    /// List assigned duties by their last day: whose, given by which paper, due when, where they stand.
    Tasks(tasks::Arguments),
    /// Note where a task stands, who does it, or a remark; or show it with its history.
    Task(task::Arguments),
    /// Count tasks per agency: given, done on time, late, overdue, due soon.
    Report(report::Arguments),
    /// Read an archive of any size into a store; the same command again reads what is new.
    Ingest(ingest::Arguments),
    /// Read what arrives in a folder into a store.
    Watch(watch::Arguments),
    /// List the documents of a store.
    List(list::Arguments),
    /// Search in the texts of a store, with or without diacritics.
    Search(search::Arguments),
    /// Print the card of a document: header, what it rests on, what rests on it, tasks, notes.
    Show(show::Arguments),
    /// List what could not be read into a store.
    Failed(failed::Arguments),
    /// Print the JSON Schema of a record.
    Schema(schema::Arguments),
    /// Read what the program that started this one asks for.
    #[command(hide = true)]
    Worker(worker::Arguments),
}

/// All read.
const OK: u8 = 0;
/// Wrong use, or the run itself failed.
const FAILED: u8 = 1;
/// Some documents failed.
const SOME_FAILED: u8 = 2;
/// Nothing to read.
const NOTHING: u8 = 3;

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
        Command::Extract(arguments) => extract::run(arguments),
        Command::Convert(arguments) => convert::run(arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Push(arguments) => push::run(&arguments),
        Command::Text(arguments) => text::run(&arguments),
        Command::Trace(arguments) => trace::run(&arguments),
        Command::Graph(arguments) => graph::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Gaps(arguments) => gaps::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Score(arguments) => score::run(&arguments),
        Command::Agencies(arguments) => agencies::run(&arguments),
        Command::Tasks(arguments) => tasks::run(arguments),
        Command::Task(arguments) => task::run(arguments),
        Command::Report(arguments) => report::run(arguments),
        Command::Ingest(arguments) => ingest::run(&arguments),
        Command::Watch(arguments) => watch::run(&arguments),
        Command::List(arguments) => list::run(arguments),
        Command::Search(arguments) => search::run(arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Failed(arguments) => failed::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Worker(arguments) => worker::run(arguments),
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

/// Starts the threads that read: `jobs`, or as many as the machine has cores.
fn start_threads(jobs: Option<u16>) -> Result<(), Failure> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(jobs.unwrap_or(0).into())
        .stack_size(STACK)
        .build_global()
        .map_err(|e| Failure::Said(format!("cannot start the threads ({e}); give a smaller --jobs")))
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
