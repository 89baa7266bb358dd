//! `vanthu ingest`: an archive into the store.

use super::reporter::Reporter;
use super::stored::{StoreArguments, near};
use super::workers::WorkerArguments;
use super::{Failure, NOTHING, OK, SOME_FAILED, start_threads};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use vanthu::ingest::{self, Lock, Options, Summary};
use vanthu::source;
use vanthu::store::Store;

/// What is read, and how.
#[derive(clap::Args)]
pub struct Arguments {
    /// Files and folders (read recursively).
    #[arg(required_unless_present = "retry_failed", value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    store: StoreArguments,
    /// Try again what could not be read; without a PATH that alone.
    #[arg(long)]
    retry_failed: bool,
    /// Keep what was read after every so many papers.
    #[arg(long, value_name = "PAPERS", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..))]
    batch: u32,
    /// Wait while another run writes the store.
    #[arg(long)]
    wait: bool,
    #[command(flatten)]
    reading: ReadingArguments,
}

/// How files are read.
#[derive(clap::Args)]
pub struct ReadingArguments {
    #[command(flatten)]
    workers: WorkerArguments,
    /// Leave pages without text unread instead of recognising their characters.
    #[arg(long)]
    no_ocr: bool,
    /// What happens as JSON lines on standard error, for machines.
    #[arg(long)]
    pub json_log: bool,
}

impl ReadingArguments {
    /// Starts the threads; the switches of the readers.
    pub fn start(&self) -> Result<source::Options, Failure> {
        start_threads(self.workers.jobs)?;
        Ok(source::Options { ocr: !self.no_ocr })
    }

    /// What reads the files: worker processes, or this process.
    pub fn reader(&self, options: source::Options) -> Result<Box<ingest::Reader<'static>>, Failure> {
        if self.workers.in_process {
            return Ok(Box::new(ingest::in_process(options)));
        }
        let workers = self.workers.workers(options, usize::MAX)?;
        Ok(Box::new(move |input, each| workers.read(input, each)))
    }
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let started = Instant::now();
    let db = &arguments.store.db;
    let reading = arguments.reading.start()?;
    let options =
        Options { reading, include_classified: arguments.store.include_classified, retry_failed: arguments.retry_failed, batch: arguments.batch as usize };
    let read = arguments.reading.reader(reading)?;
    let _lock = Lock::take(db, arguments.wait)?;
    let mut store = Store::open(db)?;
    let paths = if arguments.paths.is_empty() { failed_files(&store)? } else { arguments.paths.clone() };
    let stop = stop_on_signals(arguments.store.repeated())?;
    let mut reporter = Reporter::start(arguments.reading.json_log);
    let ran = ingest::run(&mut store, &paths, &options, &*read, &stop, &mut |event| reporter.tell(event));
    reporter.end();
    let summary = ran?;
    if arguments.reading.json_log {
        reporter.tell_summary(&summary);
    }
    write!(io::stdout().lock(), "{}", told(&summary, started.elapsed(), &arguments.store.repeated()))?;
    Ok(code(&summary))
}

/// The files that hold what could not be read.
fn failed_files(store: &Store) -> Result<Vec<PathBuf>, Failure> {
    let mut files = store.failed_files()?;
    // What is gone meanwhile is no longer tried.
    files.retain(|path| path.exists());
    Ok(files)
}

fn code(summary: &Summary) -> u8 {
    match summary {
        Summary { files: 0, .. } => NOTHING,
        Summary { failed: 0, .. } => OK,
        _ => SOME_FAILED,
    }
}

/// The first signal has the run end well, the second ends it at once.
pub fn stop_on_signals(repeated: String) -> Result<Arc<AtomicBool>, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = stop.clone();
    let on_signal = move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        eprintln!("\nvanthu: the files in hand are finished and kept; the same command{repeated} goes on from there. Press Ctrl-C again to stop at once.");
    };
    ctrlc::set_handler(on_signal).map_err(|e| Failure::Said(format!("signals cannot be caught ({e}); run the command from a shell")))?;
    Ok(stop)
}

/// Failures that the summary names.
const MOST_NAMED: usize = 8;

/// The summary that a person reads.
fn told(s: &Summary, time: Duration, db: &str) -> String {
    let mut lines = Vec::new();
    let seconds = time.as_secs_f64();
    let rate = if s.read > 0 { format!(" ({} files/s)", figure((s.read as f64 / seconds.max(0.001)) as u64)) } else { String::new() };
    lines.push(format!("read        {:>9} files in {}{rate}", figure(s.read as u64), duration(time)));
    let mut count = |name: &str, n: usize, what: &str| {
        if n > 0 {
            lines.push(format!("{name:<11} {:>9} {what}", figure(n as u64)));
        }
    };
    count("skipped", s.skipped, "files that have not changed");
    count("moved", s.moved, "files whose content was known under another path");
    count("removed", s.removed, "files that are no longer there");
    count("failed", s.failed, "files, now or before");
    for (why, n) in s.totals.failures.iter().take(MOST_NAMED) {
        lines.push(format!("{:<11} {:>9} {why}", "", figure(*n)));
    }
    if s.totals.failures.len() > MOST_NAMED {
        lines.push(format!("{:<11} {:>9} and other causes", "", "…"));
    }
    let t = &s.totals;
    if t.withheld > 0 {
        lines.push(format!("classified  {:>9} papers, of which only path and mark are kept; --include-classified stores them", figure(t.withheld)));
    }
    lines.push(String::new());
    let contents = if t.documents == t.works { String::new() } else { format!(" in {} different files", figure(t.documents)) };
    lines.push(format!(
        "The store holds {} documents{contents}, {} citations, {} tasks and {} open questions (mentions of papers that could not be identified).",
        figure(t.works),
        figure(t.citations),
        figure(t.tasks),
        figure(t.questions)
    ));
    if s.stopped {
        lines.push("The run was stopped; the same command goes on from here.".to_owned());
    }
    let failed = if t.failures.is_empty() { String::new() } else { format!(", vanthu failed{db}") };
    lines.push(format!("Look next: vanthu list{db}, vanthu search{db} WORDS, vanthu show{db} CODE{failed}"));
    lines.join("\n") + "\n"
}

/// `1234567` as `1,234,567`.
pub fn figure(n: u64) -> String {
    let digits = n.to_string();
    let mut figure = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            figure.push(',');
        }
        figure.push(c);
    }
    figure
}

/// `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`.
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

/// What is said of a file in a line of its own.
pub fn said(e: &vanthu::error::Error) -> String {
    match e.path() {
        Some(path) => format!("{}: {}; {}", near(&path.display().to_string()), e.problem(), e.remedy()),
        None => e.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vanthu::store::Totals;

    #[test]
    fn a_person_can_read_the_summary() {
        let totals = Totals {
            documents: 12_346,
            works: 12_345,
            citations: 60_000,
            tasks: 1_234_567,
            questions: 0,
            failures: vec![("the file is empty".to_owned(), 2)],
            withheld: 1,
        };
        let summary = Summary { files: 12_400, read: 400, skipped: 11_998, failed: 2, totals, ..Summary::default() };
        let want = "read              400 files in 2.0 s (200 files/s)\n\
            skipped        11,998 files that have not changed\n\
            failed              2 files, now or before\n                    \
            2 the file is empty\n\
            classified          1 papers, of which only path and mark are kept; --include-classified stores them\n\n\
            The store holds 12,345 documents in 12,346 different files, 60,000 citations, 1,234,567 tasks and 0 open questions (mentions of papers that could \
            not be identified).\n\
            Look next: vanthu list --db a.db, vanthu search --db a.db WORDS, vanthu show --db a.db CODE, vanthu failed --db a.db\n";
        assert_eq!(told(&summary, Duration::from_secs(2), " --db a.db"), want);
        assert_eq!([9.96, 59.0, 200.0, 7500.0].map(|s| duration(Duration::from_secs_f64(s))), ["10.0 s", "59 s", "3 min 20 s", "2 h 5 min"]);
    }
}
