//! The whole order of the work: files in, records out, in the order of their paths.

mod ordered;

pub(crate) use ordered::ordered;

use crate::analysis::Analysis;
use crate::error::{Error, Result, guarded};
use crate::export::{DocumentRecord, ReadingFacts, document_record};
use crate::source::{self, Entries, Entry, Envelope, Options, Reading};
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

/// What stands below paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// Files, sorted by path.
    pub files: Vec<PathBuf>,
    /// Folders that cannot be listed: what stands in them is not known.
    pub unlisted: Vec<Error>,
}

/// Finds the files below paths: folders recursively, hidden files left out, sorted by path. A folder that cannot be listed
/// stands among them, and fails when it is read.
///
/// # Errors
/// When a path does not exist.
pub fn files_below(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let Listing { mut files, unlisted } = list_below(paths)?;
    files.extend(unlisted.iter().filter_map(Error::path).map(Path::to_owned));
    Ok(files)
}

/// Finds the files below paths: folders recursively, hidden files left out, sorted by path.
///
/// # Errors
/// When a path does not exist.
pub fn list_below(paths: &[PathBuf]) -> Result<Listing> {
    let mut listing = Listing::default();
    for path in paths {
        if !path.exists() {
            return Err(Error::new("there is no such file or folder", "check the path").at(path));
        }
        let hidden = |e: &walkdir::DirEntry| e.depth() > 0 && e.file_name().to_string_lossy().starts_with('.');
        for entry in walkdir::WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(|e| !hidden(e)) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => listing.files.push(entry.into_path()),
                Ok(_) => {}
                Err(e) => {
                    let error = e.io_error().map_or_else(|| not_listed(&e), not_listed);
                    listing.unlisted.push(error.at(e.path().unwrap_or(path)));
                }
            }
        }
    }
    Ok(listing)
}

fn not_listed(why: &impl std::fmt::Display) -> Error {
    Error::new(format!("the folder cannot be listed ({why})"), "check that it may be read, then run the same command again")
}

/// Reads inputs in as many threads as the current pool has and hands on each outcome with its input, in the order of the
/// inputs and inside an input in the order of what it holds.
///
/// # Errors
/// Only what `each` returns; an input that fails is an outcome, and so is a paper inside one.
pub fn run<E>(inputs: &[Input], options: &Options, each: impl FnMut(&Input, Outcome) -> std::result::Result<(), E>) -> std::result::Result<(), E> {
    let hold = |input: &Input| entries(input).map(|e| Box::new(e) as Held);
    run_by(inputs, rayon::current_num_threads(), hold, |paper| paper.read(options), each)
}

/// What an input holds, one after the other.
pub(crate) type Held = Box<dyn Iterator<Item = Entry> + Send>;

/// Reads inputs with other means: `hold` opens those that may hold several papers, `read` reads one paper.
pub(crate) fn run_by<E>(
    inputs: &[Input],
    threads: usize,
    hold: impl Fn(&Input) -> Result<Held> + Send,
    read: impl Fn(Paper<'_>) -> Outcome + Sync,
    mut each: impl FnMut(&Input, Outcome) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let papers = inputs.iter().flat_map(move |input| papers(input, &hold));
    let mut order = Order::default();
    ordered(
        papers,
        threads,
        Paper::bytes,
        |paper| paper.read_by(&read),
        |(input, last_resort, outcome)| match order.passed(last_resort, outcome) {
            Some(outcome) => each(input, outcome),
            None => Ok(()),
        },
    )
}

/// Reads one input on this thread with other means, and hands on each outcome in the order of what it holds, as long as
/// `each` wants more; whether it wanted all.
pub(crate) fn read_while(
    input: &Input,
    hold: impl Fn(&Input) -> Result<Held>,
    read: impl Fn(Paper<'_>) -> Outcome,
    mut each: impl FnMut(Outcome) -> bool,
) -> bool {
    let mut order = Order::default();
    papers(input, hold).all(|paper| {
        let last_resort = paper.last_resort();
        order.passed(last_resort, read(paper)).is_none_or(&mut each)
    })
}

/// Reads one input on this thread and hands on each outcome, in the order of what it holds.
pub fn read_each(input: &Input, options: &Options, mut each: impl FnMut(Outcome)) {
    let hold = |input: &Input| entries(input).map(|e| Box::new(e) as Held);
    // What is handed on never asks for an end.
    let _ = read_while(
        input,
        hold,
        |paper| paper.read(options),
        |outcome| {
            each(outcome);
            true
        },
    );
}

/// The papers of an input.
fn papers<'i>(input: &'i Input, hold: impl Fn(&Input) -> Result<Held>) -> Box<dyn Iterator<Item = Paper<'i>> + Send + 'i> {
    let refused = |e: Error| Paper::Refused(input, e.at(Path::new(&input.name())));
    let begun = match input {
        Input::File(path) => match Begun::of(path) {
            Ok(begun) => Some(begun),
            Err(e) => return Box::new(std::iter::once(refused(e))),
        },
        _ => None,
    };
    let is_one = match (input, &begun) {
        (Input::Bytes(_, bytes), _) => !source::is_container(bytes),
        (_, Some(begun)) => !begun.is_container(),
        _ => false,
    };
    if is_one {
        return Box::new(std::iter::once(Paper::Whole(input, begun)));
    }
    match hold(input) {
        Err(e) => Box::new(std::iter::once(refused(e))),
        Ok(held) => {
            let mut held = held.peekable();
            let none = held.peek().is_none().then(|| Paper::Refused(input, holds_nothing(input)));
            Box::new(held.map(move |entry| Paper::Inside(input, entry)).chain(none))
        }
    }
}

/// A file that was looked into: what it is read by stands in its head, and no byte of plain text is read twice.
pub(crate) struct Begun {
    pub head: Vec<u8>,
    file: std::fs::File,
}

impl Begun {
    fn of(path: &Path) -> Result<Self> {
        let failed = |e: std::io::Error| if path.is_dir() { not_listed(&e) } else { cannot_open(&e) };
        let mut file = std::fs::File::open(path).map_err(failed)?;
        let size = file.metadata().map_or(0, |m| m.len());
        let mut head = Vec::with_capacity(usize::try_from(size).unwrap_or(source::HEAD).min(source::HEAD) + 1);
        file.by_ref().take(source::HEAD as u64).read_to_end(&mut head).map_err(failed)?;
        Ok(Self { head, file })
    }

    /// Whether it may hold several papers; a file that fails meanwhile fails again when it is read.
    fn is_container(&self) -> bool {
        source::is_container_file(&self.head, &mut &self.file).unwrap_or(false)
    }

    /// The whole file.
    fn bytes(self) -> Result<Vec<u8>> {
        let Self { mut head, mut file } = self;
        let size = file.metadata().map_err(|e| cannot_open(&e))?.len();
        check_size(size)?;
        head.reserve_exact(usize::try_from(size).unwrap_or_default().saturating_sub(head.len()));
        file.read_to_end(&mut head).map_err(|e| cannot_open(&e))?;
        Ok(head)
    }
}

/// A paper that waits to be read.
pub(crate) enum Paper<'i> {
    /// An input that is one paper.
    Whole(&'i Input, Option<Begun>),
    /// What stands inside an input.
    Inside(&'i Input, Entry),
    /// What can't be opened.
    Refused(&'i Input, Error),
}

impl<'i> Paper<'i> {
    /// Where it comes from.
    pub fn input(&self) -> &'i Input {
        match self {
            Self::Whole(input, _) | Self::Inside(input, _) | Self::Refused(input, _) => input,
        }
    }

    /// Its name, if it counts only where nothing inside it could be read.
    pub fn last_resort(&self) -> Option<String> {
        match self {
            Self::Inside(_, entry) => entry.is_last_resort.then(|| entry.name.clone()),
            _ => None,
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Inside(_, entry) => entry.content.as_ref().map_or(0, Vec::len),
            Self::Whole(_, Some(begun)) => begun.head.len(),
            _ => 0,
        }
    }

    /// Its outcome, with what is needed to hand it on.
    fn read_by(self, read: impl Fn(Self) -> Outcome) -> (&'i Input, Option<String>, Outcome) {
        (self.input(), self.last_resort(), read(self))
    }

    /// Reads it in this process.
    pub fn read(self, options: &Options) -> Outcome {
        match self {
            Self::Whole(input, begun) => read_whole(input, begun, options),
            Self::Inside(_, entry) => read_entry(entry, options),
            Self::Refused(_, e) => Err(e),
        }
    }
}

/// Leaves out what counts only where nothing inside it could be read.
#[derive(Default)]
struct Order {
    /// The name of the last paper that could be read.
    last_read: String,
}

impl Order {
    /// The outcome, if it counts. What stands inside a message passes just before the message.
    pub fn passed(&mut self, last_resort: Option<String>, outcome: Outcome) -> Option<Outcome> {
        if last_resort.is_some_and(|name| is_inside(&self.last_read, &name)) {
            return None;
        }
        if let Ok(record) = &outcome {
            record.source.path.clone_into(&mut self.last_read);
        }
        Some(outcome)
    }
}

/// Whether a name is that of something inside another.
fn is_inside(name: &str, outer: &str) -> bool {
    name.strip_prefix(outer).is_some_and(|rest| rest.starts_with('!'))
}

/// What an input holds.
///
/// # Errors
/// When it cannot be opened.
pub(crate) fn entries(input: &Input) -> Result<Entries> {
    match input {
        Input::File(path) => Entries::of_file(path, &input.name(), None),
        Input::Inside(path, inner) => Entries::of_file(path, &path.display().to_string(), Some(inner)),
        Input::Bytes(name, bytes) => Entries::of_bytes(bytes.clone(), name, None),
    }
}

/// Whether an input may hold several papers.
fn may_hold_several(input: &Input) -> bool {
    match input {
        Input::File(path) => Begun::of(path).is_ok_and(|begun| begun.is_container()),
        Input::Inside(..) => true,
        Input::Bytes(_, bytes) => source::is_container(bytes),
    }
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
    if !may_hold_several(input) {
        let bytes = bytes_of(input)?;
        let reading = source::read(&bytes, options).map_err(|e| e.at(Path::new(&name)))?;
        return Ok(One { name, bytes, reading });
    }
    let mut first: Option<Result<One>> = None;
    let mut names: Vec<String> = Vec::new();
    for entry in entries(input).map_err(|e| e.at(Path::new(&name)))? {
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
fn read_whole(input: &Input, begun: Option<Begun>, options: &Options) -> Outcome {
    let name = input.name();
    let read = || match (input, begun) {
        (_, Some(begun)) => record(&name, &begun.bytes()?, options),
        (Input::Bytes(_, bytes), None) => record(&name, bytes, options),
        (Input::File(path) | Input::Inside(path, _), None) => record(&name, &open(path)?, options),
    };
    read().map(Box::new).map_err(|e| e.at(Path::new(&name)))
}

/// Reads a file that is one paper.
pub(crate) fn read_file(path: &Path, options: &Options) -> Outcome {
    read_whole(&Input::File(path.to_owned()), None, options)
}

/// Reads what was taken out of an input.
pub(crate) fn read_entry(entry: Entry, options: &Options) -> Outcome {
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
    check_size(std::fs::metadata(path).map(|m| m.len()).unwrap_or(0)).map_err(|e| e.at(path))?;
    std::fs::read(path).map_err(|e| cannot_open(&e).at(path))
}

fn check_size(size: u64) -> Result<()> {
    if size > LARGEST_FILE {
        let problem = format!("the file has {size} bytes, more than the {LARGEST_FILE} that one paper may have");
        return Err(Error::new(problem, "split it"));
    }
    Ok(())
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
    let digits = Sha256::digest(bytes).into_iter().flat_map(|b| [b >> 4, b & 15]);
    digits.filter_map(|d| char::from_digit(u32::from(d), 16)).collect()
}
