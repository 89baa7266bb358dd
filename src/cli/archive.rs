//! Where the corpus commands take their papers from: paths that are read on the fly, or the store.

use super::{Failure, inputs, named, progress, start_threads};
use std::path::{Path, PathBuf};
use vanthu::export::DocumentRecord;
use vanthu::pipeline;
use vanthu::source::Options;
use vanthu::store::Store;

/// The store that commands look for where none is named.
const DEFAULT_STORE: &str = "vanthu.db";

/// Which archive is meant.
#[derive(clap::Args)]
pub struct Place {
    /// Files and folders that make up the archive; without them the store is asked.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
}

/// How it is read.
#[derive(clap::Args)]
pub struct Reading {
    /// The store to ask; vanthu.db by default.
    #[arg(long, value_name = "FILE")]
    pub db: Option<PathBuf>,
    /// Threads to use; as many as the machine has cores by default.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub jobs: Option<u16>,
    /// Leave pages without text unread instead of recognising their characters.
    #[arg(long)]
    pub no_ocr: bool,
    /// Include documents marked mật, tối mật or tuyệt mật; the graph in the store never holds them.
    #[arg(long)]
    pub include_classified: bool,
}

impl Reading {
    /// The store that is meant: the named one, or the default where it is there.
    pub fn store(&self) -> Result<Option<Store>, Failure> {
        let path = match &self.db {
            Some(path) => path.as_path(),
            None if Path::new(DEFAULT_STORE).is_file() => Path::new(DEFAULT_STORE),
            None => return Ok(None),
        };
        let mut store = Store::open_existing(path)?;
        if store.is_stale()? {
            store.conclude()?;
        }
        Ok(Some(store))
    }
}

/// What came of reading.
pub struct Archive<T> {
    /// One item of each paper that was read, in the order of paths.
    pub items: Vec<T>,
    /// How many files failed; each was named.
    pub failed: usize,
}

/// Reads every paper of an archive and keeps what `item` makes of it.
pub fn read<T>(place: &Place, item: impl Fn(Box<DocumentRecord>) -> T) -> Result<Archive<T>, Failure> {
    start_threads(place.reading.jobs)?;
    if place.paths.is_empty() {
        return stored(&place.reading, item);
    }
    let inputs = inputs(&place.paths)?;
    let bar = progress(inputs.len());
    let mut archive = Archive { items: Vec::new(), failed: 0 };
    let open = |record: &DocumentRecord| place.reading.include_classified || record.header.secrecy.is_none();
    pipeline::run(&inputs, &Options { ocr: !place.reading.no_ocr }, |input, outcome| {
        bar.inc(1);
        match outcome {
            Ok(record) if open(&record) => archive.items.push(item(record)),
            Ok(record) => bar.suspend(|| eprintln!("vanthu: {}: marked {}, left out", input.name(), record.header.secrecy.unwrap_or_default())),
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

fn stored<T>(reading: &Reading, item: impl Fn(Box<DocumentRecord>) -> T) -> Result<Archive<T>, Failure> {
    let no_store = || Failure::Said("nothing says which documents are meant; give their paths, or a store with --db FILE".to_owned());
    let store = reading.store()?.ok_or_else(no_store)?;
    let mut items = Vec::new();
    store.each_record(|_, record| {
        if reading.include_classified || record.header.secrecy.is_none() {
            items.push(item(Box::new(record)));
        }
        Ok::<(), vanthu::error::Error>(())
    })?;
    Ok(Archive { items, failed: 0 })
}
