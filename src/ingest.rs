//! The archive run: files of any number into the store, so that it can be stopped at any moment and loses nothing.
//!
//! A file whose size, time and rules are known is skipped; one whose bytes are known elsewhere is not read again. Threads
//! read and prepare; one thread writes, and commits whole batches. A file counts as read only when all that it holds is
//! in the store, so after any end the same command goes on where the last one was.

mod lock;
mod watch;

pub use lock::Lock;
pub use watch::watch;

use crate::error::{Error, Result};
use crate::pipeline::{self, Input, Listing, Outcome};
use crate::source;
use crate::store::{FileFacts, FileRow, Known, Prepared, Store, Totals, rules_fingerprint};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant, UNIX_EPOCH};

/// Switches of a run.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Switches of the readers.
    pub reading: source::Options,
    /// Whether papers marked mật, tối mật or tuyệt mật are stored like others.
    pub include_classified: bool,
    /// Whether files that failed before are tried again.
    pub retry_failed: bool,
    /// Papers between two commits.
    pub batch: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { reading: source::Options::default(), include_classified: false, retry_failed: false, batch: BATCH }
    }
}

/// What happens in a run.
#[derive(Debug)]
pub enum Event<'a> {
    /// All files were looked at.
    Looked {
        /// Files below the paths.
        files: usize,
        /// Files that have to be read.
        to_read: usize,
        /// Their bytes.
        bytes: u64,
    },
    /// A file is being read.
    Began(&'a str),
    /// A file was read.
    Read {
        /// Its path.
        path: &'a str,
        /// Its bytes.
        size: u64,
    },
    /// Something could not be read.
    Failed(&'a Error),
    /// What was read so far is kept, whatever comes.
    Committed,
}

/// What a run did, and what the store holds after it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files below the paths.
    pub files: usize,
    /// Files that were read.
    pub read: usize,
    /// Files that were known and had not changed.
    pub skipped: usize,
    /// Files whose bytes were known under another path.
    pub moved: usize,
    /// Files that are no longer there.
    pub removed: usize,
    /// Files below the paths that could not be read, or not all of them, now or before.
    pub failed: usize,
    /// Classified papers of which only path and mark were kept.
    pub withheld: usize,
    /// Whether the run was stopped before its end.
    pub stopped: bool,
    /// What the store holds.
    pub totals: Totals,
}

/// How one input is read: every paper that it holds is handed on.
pub type Reader<'a> = dyn Fn(&Input, &mut dyn FnMut(Outcome)) + Sync + 'a;

/// Reads inputs in this process.
pub fn in_process(options: source::Options) -> impl Fn(&Input, &mut dyn FnMut(Outcome)) + Sync {
    move |input, each| pipeline::read_each(input, &options, each)
}

/// Papers between two commits.
const BATCH: usize = 1_000;
/// Time between two commits.
const PAUSE: Duration = Duration::from_secs(2);
/// Papers that wait to be written.
const WAITING: usize = 256;

/// Brings the store up to what is below the paths.
///
/// When `stop` is set, the files in hand are finished and kept, and the run ends.
///
/// # Errors
/// When a path is not there, or the store cannot be written; what was committed is kept.
pub fn run(
    store: &mut Store,
    paths: &[PathBuf],
    options: &Options,
    read: &Reader<'_>,
    stop: &AtomicBool,
    event: &mut dyn FnMut(&Event<'_>),
) -> Result<Summary> {
    let roots = paths.iter().map(|p| full_path(p)).collect::<Result<Vec<_>>>()?;
    let Listing { files, unlisted } = list(store, &roots)?;
    let mut run = Run {
        store,
        options,
        rules: rules_fingerprint(&options.reading),
        summary: Summary { files: files.len() + unlisted.len(), ..Summary::default() },
        present: HashSet::new(),
    };
    let plan = run.look(files, stop)?;
    event(&Event::Looked { files: run.summary.files, to_read: plan.read.len(), bytes: plan.read.iter().map(|f| f.facts.size).sum() });
    run.keep_known(&plan)?;
    run.read(&plan.read, read, stop, event)?;
    run.keep_unlisted(&unlisted, event)?;
    run.summary.stopped = stop.load(Ordering::Relaxed);
    if !run.summary.stopped && run.summary.files > 0 {
        run.remove_lost(&roots, &unlisted)?;
    }
    if run.store.is_stale()? {
        run.store.conclude()?;
    }
    run.summary.failed = run.store.count_failed(&run.present)?;
    run.summary.totals = run.store.totals()?;
    Ok(run.summary)
}

/// The path of a file as the store keeps it: whole, without links.
fn full_path(path: &Path) -> Result<PathBuf> {
    std::fs::canonicalize(path).map_err(|_| Error::new("there is no such file or folder", "check the path").at(path))
}

/// What stands below the roots, each file once, without the store's own.
fn list(store: &Store, roots: &[PathBuf]) -> Result<Listing> {
    let own = full_path(store.path())?.display().to_string();
    let is_own =
        |path: &Path| path.to_str().and_then(|p| p.strip_prefix(own.as_str())).is_some_and(|rest| matches!(rest, "" | "-wal" | "-shm" | "-journal" | ".lock"));
    let mut listing = pipeline::list_below(roots)?;
    listing.files.retain(|path| !is_own(path));
    listing.files.sort();
    listing.files.dedup();
    listing.unlisted.sort_by(|a, b| a.path().cmp(&b.path()));
    listing.unlisted.dedup();
    Ok(listing)
}

/// A file that has to be read.
struct ToRead {
    /// As the system names it: the store's name of it is text.
    path: PathBuf,
    facts: FileFacts,
}

/// What has to be done with the files.
#[derive(Default)]
struct Plan {
    read: Vec<ToRead>,
    /// Files with a new time and the same bytes.
    touched: Vec<(i64, i64)>,
    /// Files whose bytes another file has.
    copied: Vec<(FileFacts, i64)>,
}

struct Run<'a> {
    store: &'a mut Store,
    options: &'a Options,
    rules: i64,
    summary: Summary,
    /// Rows of the files that are there.
    present: HashSet<i64>,
}

impl Run<'_> {
    /// Compares the files with what the store knows of them.
    fn look(&mut self, files: Vec<PathBuf>, stop: &AtomicBool) -> Result<Plan> {
        let mut plan = Plan::default();
        let mut unsure: Vec<(ToRead, Option<Known>)> = Vec::new();
        let sizes = self.store.file_sizes()?;
        for path in files {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            let facts = facts(&path, self.rules);
            let known = self.store.known(&facts.path)?;
            self.present.extend(known.as_ref().map(|k| k.id));
            match &known {
                Some(known) if self.is_settled(&facts, known) => self.summary.skipped += 1,
                Some(known) if known.rules != self.rules || known.size != facts.size || known.hash.is_none() || known.failed => {
                    plan.read.push(ToRead { path, facts })
                }
                None if !sizes.contains(&facts.size) => plan.read.push(ToRead { path, facts }),
                _ => unsure.push((ToRead { path, facts }, known)),
            }
        }
        self.compare_contents(unsure, &mut plan)?;
        Ok(plan)
    }

    /// Whether nothing has to be done with a file.
    fn is_settled(&self, facts: &FileFacts, known: &Known) -> bool {
        let same = (known.size, known.mtime, known.rules) == (facts.size, facts.mtime, facts.rules);
        same && !(known.failed && self.options.retry_failed) && !(known.withheld && self.options.include_classified)
    }

    /// Files that may hold what the store has are told by their hash.
    fn compare_contents(&mut self, unsure: Vec<(ToRead, Option<Known>)>, plan: &mut Plan) -> Result<()> {
        let hashes: Vec<Option<Vec<u8>>> = unsure.par_iter().map(|(file, _)| hash_file(&file.path)).collect();
        for ((mut file, known), hash) in unsure.into_iter().zip(hashes) {
            let same = match (&known, &hash) {
                (Some(known), Some(_)) if known.hash == hash => {
                    plan.touched.push((known.id, file.facts.mtime));
                    continue;
                }
                (_, Some(hash)) => self.store.same_content(hash, self.rules)?,
                _ => None,
            };
            file.facts.hash = hash;
            match same {
                Some(other) => plan.copied.push((file.facts, other)),
                None => plan.read.push(file),
            }
        }
        plan.read.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(())
    }

    fn keep_known(&mut self, plan: &Plan) -> Result<()> {
        self.summary.skipped += plan.touched.len();
        self.summary.moved = plan.copied.len();
        for batch in plan.touched.chunks(BATCH) {
            self.store.in_batch(|store| batch.iter().try_for_each(|(id, mtime)| store.touch_file(*id, *mtime)))?;
        }
        for batch in plan.copied.chunks(BATCH) {
            let ids = self.store.in_batch(|store| batch.iter().map(|(facts, other)| store.copy_file(facts, *other)).collect::<Result<Vec<i64>>>())?;
            self.present.extend(ids);
        }
        Ok(())
    }

    fn read(&mut self, files: &[ToRead], read: &Reader<'_>, stop: &AtomicBool, event: &mut dyn FnMut(&Event<'_>)) -> Result<()> {
        let (sender, receiver) = sync_channel(WAITING);
        let rules = self.rules;
        let include_classified = self.options.include_classified;
        std::thread::scope(|scope| {
            // The receiver goes when writing fails, and with it all that still reads.
            scope.spawn(move || {
                let one = |i: usize| if stop.load(Ordering::Relaxed) { Some(()) } else { read_file(&files[i], i, read, rules, include_classified, &sender) };
                // Ends early where nobody listens any more.
                let _ = (0..files.len()).par_bridge().try_for_each(one);
            });
            self.write(files, receiver, event)
        })
    }

    /// Writes what the readers send.
    fn write(&mut self, files: &[ToRead], receiver: Receiver<Message>, event: &mut dyn FnMut(&Event<'_>)) -> Result<()> {
        let mut batch = Batch { open: HashMap::new(), papers: 0, since: None };
        for message in receiver {
            if batch.since.is_none() {
                self.store.begin()?;
                batch.since = Some(Instant::now());
            }
            self.write_message(&mut batch, files, message, event).inspect_err(|_| self.store.undo())?;
            if batch.papers >= self.options.batch || batch.since.is_some_and(|t| t.elapsed() > PAUSE) {
                self.store.commit()?;
                (batch.papers, batch.since) = (0, None);
                event(&Event::Committed);
            }
        }
        if batch.since.is_some() {
            self.store.commit()?;
            event(&Event::Committed);
        }
        Ok(())
    }

    fn write_message(&mut self, batch: &mut Batch, files: &[ToRead], message: Message, event: &mut dyn FnMut(&Event<'_>)) -> Result<()> {
        let lost = || Error::new("the run has lost track of a file", "report this as a fault of the program");
        match message {
            Message::Began(i) => {
                let row = self.store.begin_file(&files[i].facts)?;
                self.present.insert(row.id());
                batch.open.insert(i, row);
                event(&Event::Began(&files[i].facts.path));
            }
            Message::Paper(i, inner, document) => {
                batch.papers += 1;
                self.store.put_paper(batch.open.get(&i).ok_or_else(lost)?, &inner, *document)?;
            }
            Message::Withheld(i, inner, mark) => {
                self.summary.withheld += 1;
                self.store.withhold(batch.open.get(&i).ok_or_else(lost)?, &inner, &mark)?;
            }
            Message::Failed(i, inner, error) => {
                self.store.put_failure(batch.open.get(&i).ok_or_else(lost)?, &inner, error.cause().name(), error.problem(), error.remedy())?;
                event(&Event::Failed(&error));
            }
            Message::Ended(i, hash) => {
                self.store.end_file(&batch.open.remove(&i).ok_or_else(lost)?, &files[i].facts, hash.as_deref())?;
                self.summary.read += 1;
                event(&Event::Read { path: &files[i].facts.path, size: files[i].facts.size });
            }
        }
        Ok(())
    }

    /// Keeps that folders could not be listed; they are tried again in each run.
    fn keep_unlisted(&mut self, unlisted: &[Error], event: &mut dyn FnMut(&Event<'_>)) -> Result<()> {
        if unlisted.is_empty() {
            return Ok(());
        }
        let rules = self.rules;
        let ids = self.store.in_batch(|store| unlisted.iter().map(|e| keep_unlisted(store, e, rules)).collect::<Result<Vec<i64>>>())?;
        self.present.extend(ids);
        unlisted.iter().for_each(|e| event(&Event::Failed(e)));
        Ok(())
    }

    /// Takes out what is no longer below the roots; what stands in a folder that could not be listed stays.
    fn remove_lost(&mut self, roots: &[PathBuf], unlisted: &[Error]) -> Result<()> {
        let mut lost = Vec::new();
        for root in roots {
            lost.extend(self.store.rows_below(&root.display().to_string())?);
        }
        let mut kept = self.present.clone();
        for folder in unlisted.iter().filter_map(Error::path) {
            kept.extend(self.store.rows_below(&folder.display().to_string())?);
        }
        lost.retain(|id| !kept.contains(id));
        lost.sort_unstable();
        lost.dedup();
        self.summary.removed = lost.len();
        for batch in lost.chunks(BATCH) {
            self.store.in_batch(|store| batch.iter().try_for_each(|id| store.remove_file(*id)))?;
        }
        Ok(())
    }
}

/// The row of a folder that could not be listed.
fn keep_unlisted(store: &mut Store, e: &Error, rules: i64) -> Result<i64> {
    let facts = facts(e.path().unwrap_or(Path::new("")), rules);
    let row = store.begin_file(&facts)?;
    store.put_failure(&row, "", e.cause().name(), e.problem(), e.remedy())?;
    store.end_file(&row, &facts, None)?;
    Ok(row.id())
}

/// A batch that is being written.
struct Batch {
    /// Files that are being read.
    open: HashMap<usize, FileRow>,
    papers: usize,
    since: Option<Instant>,
}

/// What a reader says to the writer of the file at an index.
enum Message {
    Began(usize),
    Paper(usize, String, Box<Prepared>),
    Withheld(usize, String, String),
    Failed(usize, String, Error),
    Ended(usize, Option<Vec<u8>>),
}

/// Reads a file; nothing where nobody listens any more.
fn read_file(file: &ToRead, i: usize, read: &Reader<'_>, rules: i64, include_classified: bool, sender: &SyncSender<Message>) -> Option<()> {
    sender.send(Message::Began(i)).ok()?;
    let mut hash = file.facts.hash.clone();
    let mut is_classified = false;
    let mut is_whole = true;
    let mut listening = true;
    read(&Input::File(file.path.clone()), &mut |outcome| {
        let message = match outcome.and_then(|record| paper(i, &file.facts, *record, rules, include_classified)) {
            Ok(message) => message,
            Err(e) => Message::Failed(i, e.path().map(|p| inner_of(&file.facts, &p.display().to_string())).unwrap_or_default(), e),
        };
        match &message {
            Message::Paper(_, inner, document) if inner.is_empty() => hash = hash.take().or_else(|| Some(document.hash().to_vec())),
            Message::Withheld(..) => is_classified = true,
            _ => is_whole = false,
        }
        listening &= sender.send(message).is_ok();
    });
    if is_classified {
        hash = None;
    } else if hash.is_none() && !is_whole {
        hash = hash_file(&file.path);
    }
    sender.send(Message::Ended(i, hash)).ok().filter(|()| listening)
}

fn paper(i: usize, file: &FileFacts, record: crate::export::DocumentRecord, rules: i64, include_classified: bool) -> Result<Message> {
    let inner = inner_of(file, &record.source.path);
    match &record.header.secrecy {
        Some(mark) if !include_classified => Ok(Message::Withheld(i, inner, mark.clone())),
        _ => Ok(Message::Paper(i, inner, Box::new(Prepared::of(record, rules)?))),
    }
}

/// The name inside the file, with its `!`; empty where it is the file itself.
fn inner_of(file: &FileFacts, path: &str) -> String {
    path.strip_prefix(file.path.as_str()).unwrap_or_default().to_owned()
}

/// What the disk says of a file.
fn facts(path: &Path, rules: i64) -> FileFacts {
    let metadata = std::fs::metadata(path).ok();
    let mtime = metadata.as_ref().and_then(|m| m.modified().ok()).and_then(|t| t.duration_since(UNIX_EPOCH).ok());
    FileFacts {
        path: path.display().to_string(),
        size: metadata.map_or(0, |m| m.len()),
        mtime: mtime.and_then(|t| i64::try_from(t.as_nanos()).ok()).unwrap_or_default(),
        rules,
        hash: None,
    }
}

/// SHA-256 of a file; none where it cannot be read.
fn hash_file(path: &Path) -> Option<Vec<u8>> {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    std::io::copy(&mut std::fs::File::open(path).ok()?, &mut hash).ok()?;
    Some(hash.finalize().to_vec())
}

#[cfg(test)]
mod tests;
