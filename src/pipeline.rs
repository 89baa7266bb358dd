//! The whole order of the work: files in, records out, in the order of their paths.

use crate::analysis::Analysis;
use crate::error::{Error, Result, guarded};
use crate::export::{DocumentRecord, ReadingFacts, document_record};
use crate::source::{self, Entries, Entry, Envelope, Options, Reading};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::{Path, PathBuf};

/// One input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// What a file holds under this name: `archive.zip!folder/plan.txt` is `folder/plan.txt` of `archive.zip`.
    Inside(PathBuf, String),
    /// Bytes that were read already, with the name to show.
    Bytes(String, Vec<u8>),
}

impl Input {
    /// The input that a path names: a file, or with `!` something inside one.
    pub fn of(path: &Path) -> Self {
        let inside = || {
            let text = path.to_str()?;
            let cuts = text.match_indices('!').map(|(i, _)| i).collect::<Vec<_>>();
            let cut = cuts.into_iter().rev().find(|&i| Path::new(&text[..i]).is_file())?;
            Some(Self::Inside(PathBuf::from(&text[..cut]), text[cut + 1..].to_owned()))
        };
        Some(path).filter(|p| !p.exists()).and_then(|_| inside()).unwrap_or_else(|| Self::File(path.to_owned()))
    }

    /// The name in records and errors.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Inside(path, inner) => format!("{}!{inner}", path.display()),
            Self::Bytes(name, _) => name.clone(),
        }
    }
}

/// What becomes of one paper.
pub type Outcome = Result<Box<DocumentRecord>>;

/// Files of more bytes are refused: no paper is larger, and a record would take many times its size in memory.
/// Archives may be larger; what they hold may not.
pub const LARGEST_FILE: u64 = 256 * 1024 * 1024;

/// So many papers are read before their records are handed on: enough for every thread, few enough for memory.
const BATCH: usize = 64;
/// Papers taken out of archives wait for each other until they have so many bytes.
const BATCH_BYTES: usize = 64 * 1024 * 1024;

/// Finds the files below paths: folders recursively, hidden files left out, sorted by path.
///
/// # Errors
/// When a path does not exist or a folder cannot be listed.
pub fn files_below(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.exists() {
            return Err(Error::new("there is no such file or folder", "check the path").at(path));
        }
        let hidden = |e: &walkdir::DirEntry| e.depth() > 0 && e.file_name().to_string_lossy().starts_with('.');
        for entry in walkdir::WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(|e| !hidden(e)) {
            let entry = entry.map_err(|e| Error::new(format!("the folder cannot be listed ({e})"), "check its permissions").at(path))?;
            if entry.file_type().is_file() {
                files.push(entry.into_path());
            }
        }
    }
    Ok(files)
}

/// Reads inputs on the current thread pool and hands on each outcome with its input, in the order of the inputs and
/// inside an input in the order of what it holds.
///
/// # Errors
/// Only what `each` returns; an input that fails is an outcome, and so is a paper inside one.
pub fn run<E>(inputs: &[Input], options: &Options, mut each: impl FnMut(&Input, Outcome) -> std::result::Result<(), E>) -> std::result::Result<(), E> {
    let mut batch = Batch { options, papers: Vec::new(), bytes: 0, last_read: String::new() };
    for input in inputs {
        match entries(input) {
            None => batch.papers.push((input, Paper::Whole)),
            Some(Err(e)) => batch.papers.push((input, Paper::Refused(e.at(Path::new(&input.name()))))),
            Some(Ok(entries)) => {
                let mut none = true;
                for entry in entries {
                    none = false;
                    batch.bytes += entry.content.as_ref().map_or(0, Vec::len);
                    batch.papers.push((input, Paper::Inside(entry)));
                    batch.hand_on_if_full(&mut each)?;
                }
                if none {
                    batch.papers.push((input, Paper::Refused(holds_nothing(input))));
                }
            }
        }
        batch.hand_on_if_full(&mut each)?;
    }
    batch.hand_on(&mut each)
}

/// A paper that waits to be read.
enum Paper {
    Whole,
    Inside(Entry),
    Refused(Error),
}

/// Papers that are read at once.
struct Batch<'i> {
    options: &'i Options,
    papers: Vec<(&'i Input, Paper)>,
    bytes: usize,
    /// The name of the last paper that could be read.
    last_read: String,
}

impl Batch<'_> {
    fn hand_on_if_full<E>(&mut self, each: &mut impl FnMut(&Input, Outcome) -> std::result::Result<(), E>) -> std::result::Result<(), E> {
        if self.papers.len() < BATCH && self.bytes < BATCH_BYTES { Ok(()) } else { self.hand_on(each) }
    }

    fn hand_on<E>(&mut self, each: &mut impl FnMut(&Input, Outcome) -> std::result::Result<(), E>) -> std::result::Result<(), E> {
        let papers = std::mem::take(&mut self.papers);
        self.bytes = 0;
        let options = self.options;
        let read = |(input, paper)| match paper {
            Paper::Whole => (input, None, read_whole(input, options)),
            Paper::Refused(e) => (input, None, Err(e)),
            Paper::Inside(entry) => (input, entry.is_last_resort.then(|| entry.name.clone()), read_entry(entry, options)),
        };
        let outcomes: Vec<(&Input, Option<String>, Outcome)> = papers.into_par_iter().map(read).collect();
        for (input, last_resort, outcome) in outcomes {
            // What stands inside a message was handed on just before it.
            if last_resort.is_some_and(|name| is_inside(&self.last_read, &name)) {
                continue;
            }
            if let Ok(record) = &outcome {
                record.source.path.clone_into(&mut self.last_read);
            }
            each(input, outcome)?;
        }
        Ok(())
    }
}

/// Whether a name is that of something inside another.
fn is_inside(name: &str, outer: &str) -> bool {
    name.strip_prefix(outer).is_some_and(|rest| rest.starts_with('!'))
}

/// What an input holds, if it is one that may hold several papers.
fn entries(input: &Input) -> Option<Result<Entries>> {
    match input {
        Input::File(path) => source::is_container(&head(path)?).then(|| Entries::of_file(path, &input.name(), None)),
        Input::Inside(path, inner) => Some(Entries::of_file(path, &path.display().to_string(), Some(inner))),
        Input::Bytes(name, bytes) => source::is_container(bytes).then(|| Entries::of_bytes(bytes.clone(), name, None)),
    }
}

fn head(path: &Path) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    std::fs::File::open(path).ok()?.take(source::HEAD as u64).read_to_end(&mut head).ok()?;
    Some(head)
}

fn holds_nothing(input: &Input) -> Error {
    match input {
        Input::Inside(path, inner) => {
            let remedy = format!("`vanthu text {}` lists what it holds", path.display());
            Error::new(format!("nothing in it is called {inner:?}"), remedy).at(path)
        }
        _ => Error::new("the archive holds no files", "leave it out").at(Path::new(&input.name())),
    }
}

/// Reads one input that is one paper, or holds one.
///
/// # Errors
/// When it cannot be opened, holds no text that can be read, or holds several papers.
pub fn read(input: &Input, options: &Options) -> Outcome {
    open_one(input, options).and_then(|one| record_of(&one.name, &one.bytes, one.reading).map(Box::new).map_err(|e| e.at(Path::new(&one.name))))
}

/// Reads one input that is one paper, or holds one; its record and the bytes of its file.
///
/// # Errors
/// As for [`read`].
pub fn read_with_bytes(input: &Input, options: &Options) -> Result<(DocumentRecord, Vec<u8>)> {
    let one = open_one(input, options)?;
    let record = record_of(&one.name, &one.bytes, one.reading).map_err(|e| e.at(Path::new(&one.name)))?;
    Ok((record, one.bytes))
}

/// The text of one input that is one paper, or holds one.
///
/// # Errors
/// When it cannot be opened, holds no text that can be read, or holds several papers: then they are named.
pub fn text(input: &Input, options: &Options) -> Result<Reading> {
    open_one(input, options).map(|one| one.reading)
}

/// The one paper of an input.
struct One {
    name: String,
    bytes: Vec<u8>,
    reading: Reading,
}

/// Papers that an error names.
const MOST_NAMED: usize = 20;

fn open_one(input: &Input, options: &Options) -> Result<One> {
    let name = input.name();
    let Some(entries) = entries(input) else {
        let bytes = bytes_of(input)?;
        let reading = source::read(&bytes, options).map_err(|e| e.at(Path::new(&name)))?;
        return Ok(One { name, bytes, reading });
    };
    let mut first: Option<Result<One>> = None;
    let mut names: Vec<String> = Vec::new();
    for entry in entries.map_err(|e| e.at(Path::new(&name)))? {
        if entry.name == name && !entry.is_last_resort {
            // The body of a message is what the message's name means.
            return read_one(entry, options);
        }
        if entry.is_last_resort && names.iter().any(|n| is_inside(n, &entry.name)) {
            if names.len() > 1 || matches!(first, Some(Ok(_))) {
                continue;
            }
            names.clear();
        }
        names.push(entry.name.clone());
        if names.len() > MOST_NAMED {
            break;
        }
        if names.len() == 1 {
            first = Some(read_one(entry, options));
        }
    }
    match (names.len(), first) {
        (1, Some(one)) => one,
        (0, _) => Err(holds_nothing(input)),
        _ => Err(several(input, &names)),
    }
}

fn read_one(entry: Entry, options: &Options) -> Result<One> {
    let name = entry.name;
    let bytes = entry.content.map_err(|e| e.at(Path::new(&name)))?;
    let mut reading = reading(&bytes, entry.envelope.as_deref(), options).map_err(|e| e.at(Path::new(&name)))?;
    entry.notes.into_iter().for_each(|n| reading.text.note(n));
    Ok(One { name, bytes, reading })
}

fn several(input: &Input, names: &[String]) -> Error {
    let listed: Vec<String> = names.iter().take(MOST_NAMED).map(|n| format!("\n  {n}")).collect();
    let (count, more) = if names.len() > MOST_NAMED { (format!("more than {MOST_NAMED}"), "\n  …") } else { (names.len().to_string(), "") };
    Error::new(format!("the file holds {count} papers"), format!("name one of them:{}{more}", listed.concat())).at(Path::new(&input.name()))
}

fn bytes_of(input: &Input) -> Result<Vec<u8>> {
    match input {
        Input::File(path) | Input::Inside(path, _) => open(path),
        Input::Bytes(_, bytes) => Ok(bytes.clone()),
    }
}

/// Reads an input that holds no others.
fn read_whole(input: &Input, options: &Options) -> Outcome {
    let name = input.name();
    match input {
        Input::File(path) | Input::Inside(path, _) => {
            let bytes = open(path)?;
            record(&name, &bytes, options).map(Box::new).map_err(|e| e.at(path))
        }
        Input::Bytes(_, bytes) => record(&name, bytes, options).map(Box::new).map_err(|e| e.at(Path::new(&name))),
    }
}

fn read_entry(entry: Entry, options: &Options) -> Outcome {
    read_one(entry, options).and_then(|one| record_of(&one.name, &one.bytes, one.reading).map(Box::new).map_err(|e| e.at(Path::new(&one.name))))
}

/// A reading with what the message around it says.
fn reading(bytes: &[u8], envelope: Option<&Envelope>, options: &Options) -> Result<Reading> {
    let mut reading = source::read(bytes, options)?;
    if let Some(envelope) = envelope {
        reading.envelope = Some(Box::new(envelope.clone()));
    }
    Ok(reading)
}

/// Whether a file is there and may be read.
///
/// # Errors
/// When not.
pub fn check(path: &Path) -> Result<()> {
    let read = std::fs::File::open(path).and_then(|f| f.take(1).read_to_end(&mut Vec::new()));
    read.map(|_| ()).map_err(|e| cannot_open(&e).at(path))
}

fn cannot_open(e: &std::io::Error) -> Error {
    Error::new(format!("the file cannot be opened ({e})"), "check that it exists and may be read")
}

/// The bytes of a file.
///
/// # Errors
/// When it cannot be opened or is larger than [`LARGEST_FILE`].
pub fn open(path: &Path) -> Result<Vec<u8>> {
    let size = std::fs::metadata(path).map(|m| m.len()).unwrap_or(0);
    if size > LARGEST_FILE {
        let problem = format!("the file has {size} bytes, more than the {LARGEST_FILE} that one paper may have");
        return Err(Error::new(problem, "split it").at(path));
    }
    std::fs::read(path).map_err(|e| cannot_open(&e).at(path))
}

/// The record of a paper in these bytes.
///
/// # Errors
/// When they hold no text that can be read.
pub fn record(name: &str, bytes: &[u8], options: &Options) -> Result<DocumentRecord> {
    record_of(name, bytes, source::read(bytes, options)?)
}

fn record_of(name: &str, bytes: &[u8], reading: Reading) -> Result<DocumentRecord> {
    let facts = ReadingFacts::of(&reading, name, bytes.len());
    guarded(|| {
        let analysis = Analysis::with(reading.text, facts.envelope.as_deref());
        Ok(document_record(&analysis, &facts, &hash(bytes)))
    })
}

/// SHA-256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
