//! `vanthu watch`: an inbox folder into the store, as files arrive.

use super::ingest::{ReadingArguments, figure, said, stop_on_signals};
use super::stored::StoreArguments;
use super::{Failure, OK};
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;
use vanthu::ingest::{self, Event, Lock, Options, Summary};
use vanthu::store::Store;

/// Which folder.
#[derive(clap::Args)]
pub struct Arguments {
    /// Folder in which files arrive; what is in it already is read first.
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    #[command(flatten)]
    store: StoreArguments,
    #[command(flatten)]
    reading: ReadingArguments,
    /// A file is read when it has not changed for so many seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=3600))]
    settle: u64,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let reading = arguments.reading.start()?;
    let options = Options { reading, include_classified: arguments.store.include_classified, ..Options::default() };
    let read = arguments.reading.reader(reading)?;
    let db = &arguments.store.db;
    let stop = stop_on_signals(arguments.store.repeated())?;
    let json = arguments.reading.json_log;
    if !json {
        eprintln!("vanthu: watching {}; Ctrl-C ends it", arguments.folder.display());
    }
    let round = |paths: &[PathBuf]| {
        // Others may write the store between two arrivals.
        let _lock = Lock::take(db, true)?;
        let mut store = Store::open(db)?;
        let event = &mut |event: &Event<'_>| {
            if let Event::Failed(e) = event {
                eprintln!("vanthu: {}", said(e));
            }
        };
        let summary = ingest::run(&mut store, paths, &options, &*read, &stop, event)?;
        // Who reads the output may have gone; the inbox is still watched.
        let _ = tell(&summary, json);
        Ok(())
    };
    ingest::watch(&arguments.folder, Duration::from_secs(arguments.settle), &stop, round)?;
    Ok(OK)
}

fn tell(s: &Summary, json: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if json {
        writeln!(
            out,
            "{}",
            serde_json::json!({ "event": "ended", "files": s.files, "read": s.read, "failed": s.failed, "works": s.totals.works, "tasks": s.totals.tasks })
        )?;
    } else if s.read + s.moved + s.removed > 0 {
        let failed = if s.failed > 0 { format!(", {} failed", figure(s.failed as u64)) } else { String::new() };
        writeln!(
            out,
            "read {} files{failed}; the store holds {} documents and {} tasks",
            figure(s.read as u64),
            figure(s.totals.works),
            figure(s.totals.tasks)
        )?;
    }
    out.flush()
}
