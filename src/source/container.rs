//! Files that hold several papers: archives, e-mail, edXML messages, PDFs with attached files, one inside the other.

use super::archive::{self, Archive, Opened, Store};
use super::envelope::Envelope;
use super::pdf::attachments;
use super::{edxml, is_pdf, mail};
use crate::error::{Error, Result};
use crate::text::Note;
use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

/// Containers in one another: an archive of messages with archives of messages in them has five.
const DEEPEST: usize = 6;
/// Bytes of one entry: the size that one paper may have.
const LARGEST_ENTRY: u64 = 256 * 1024 * 1024;
/// Bytes that the entries of one file unpack to in all, beyond what the file itself has.
const FREE_SUM: u64 = 256 * 1024 * 1024;
/// Times that a file may grow in all. Papers grow three to twenty times; archives that overlap their entries without bound.
const MOST_GROWTH: u64 = 100;
/// Papers in one file.
const MOST_PAPERS: usize = 1_000_000;
/// How much of a file tells whether it is a container.
pub const HEAD: usize = 65_536;

/// One paper inside a file, or why it could not be taken out.
#[derive(Debug)]
pub struct Entry {
    /// The file's name, and after `!` the names inside it: `archive.zip!folder/plan.txt`.
    pub name: String,
    /// Its bytes.
    pub content: Result<Vec<u8>>,
    /// What the message around it says about it.
    pub envelope: Option<Arc<Envelope>>,
    /// What is odd about the file around it.
    pub notes: Vec<Note>,
    /// Whether it is only of use where nothing inside it could be read: a message without a readable attachment.
    pub is_last_resort: bool,
}

/// What a file holds, in the order of the file; it is taken out piece by piece.
pub struct Entries {
    wanted: Option<String>,
    open: Vec<Level>,
    left: u64,
    given: usize,
}

enum Level {
    Archive { name: String, archive: Box<Archive>, next: usize },
    Parts(VecDeque<Part>),
}

struct Part {
    name: String,
    content: Result<Vec<u8>>,
    envelope: Option<Arc<Envelope>>,
    notes: Vec<Note>,
    /// A paper as it is, whatever its bytes look like: the body of a message.
    is_paper: bool,
    is_last_resort: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Zip,
    Gzip,
    Mail,
    Message,
    Pdf,
}

fn kind(bytes: &[u8]) -> Option<Kind> {
    let head = &bytes[..bytes.len().min(HEAD)];
    // The header of an entry has 30 bytes, the end record of an empty archive 22.
    if head.starts_with(b"PK\x03\x04") && head.len() > 30 || head.starts_with(b"PK\x05\x06") && head.len() >= 22 {
        return (!archive::begins_as_office(head)).then_some(Kind::Zip);
    }
    if head.starts_with(b"\x1f\x8b\x08") {
        return Some(Kind::Gzip);
    }
    if edxml::is_message(head) {
        return Some(Kind::Message);
    }
    if is_pdf(head) {
        return attachments::are_in(bytes).then_some(Kind::Pdf);
    }
    mail::is_mail(head).then_some(Kind::Mail)
}

/// Whether bytes are those of a file that may hold several papers. The first [`HEAD`] tell, but for what is attached to
/// a PDF.
pub fn is_container(bytes: &[u8]) -> bool {
    kind(bytes).is_some()
}

/// Whether a file that begins so may hold several papers; `rest` is what follows.
///
/// # Errors
/// When it cannot be read.
pub fn is_container_file(head: &[u8], rest: &mut (impl Read + Seek)) -> std::io::Result<bool> {
    if kind(head).is_some() || !is_pdf(head) {
        return Ok(kind(head).is_some());
    }
    rest.rewind()?;
    let found = attachments::are_in(&mut *rest);
    rest.seek(SeekFrom::Start(head.len() as u64))?;
    Ok(found)
}

impl Entries {
    /// What a file on disk holds; with `wanted` only what has that name inside it, or stands below it.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn of_file(path: &Path, name: &str, wanted: Option<&str>) -> Result<Self> {
        let cannot = |e: std::io::Error| Error::new(format!("the file cannot be opened ({e})"), "check that it exists and may be read");
        let mut file = File::open(path).map_err(cannot)?;
        let size = file.metadata().map_err(cannot)?.len();
        let mut head = Vec::new();
        file.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(cannot)?;
        let mut entries = Self::new(size, name, wanted);
        if kind(&head) == Some(Kind::Zip) {
            if let Opened::Archive(archive) = archive::open(Store::File(BufReader::new(file)))? {
                entries.open.push(Level::Archive { name: name.to_owned(), archive, next: 0 });
                return Ok(entries);
            }
        } else if size <= LARGEST_ENTRY {
            file.read_to_end(&mut head).map_err(cannot)?;
            entries.enter(name, head, None)?;
            return Ok(entries);
        }
        let bytes = if size <= LARGEST_ENTRY { std::fs::read(path).map_err(cannot) } else { Err(too_large(size)) };
        entries.open.push(Level::Parts([Part::paper(name, bytes, None)].into()));
        Ok(entries)
    }

    /// What bytes hold.
    ///
    /// # Errors
    /// When they cannot be opened.
    pub fn of_bytes(bytes: Vec<u8>, name: &str, wanted: Option<&str>) -> Result<Self> {
        let mut entries = Self::new(bytes.len() as u64, name, wanted);
        entries.enter(name, bytes, None)?;
        Ok(entries)
    }

    fn new(size: u64, name: &str, wanted: Option<&str>) -> Self {
        let left = FREE_SUM.saturating_add(size.saturating_mul(MOST_GROWTH));
        Self { wanted: wanted.map(|w| format!("{name}!{w}")), open: Vec::new(), left, given: 0 }
    }

    /// Opens a container; bytes that are none are one paper.
    fn enter(&mut self, name: &str, bytes: Vec<u8>, envelope: Option<Arc<Envelope>>) -> Result<()> {
        let kind = kind(&bytes);
        if kind.is_some() && self.open.len() >= DEEPEST {
            return Err(Error::new(format!("more than {DEEPEST} archives and messages stand in one another"), "unpack the outer ones yourself"));
        }
        let level = match kind {
            None => Level::Parts([Part::paper(name, Ok(bytes), envelope)].into()),
            Some(Kind::Zip) => match archive::open(Store::Bytes(Cursor::new(bytes)))? {
                Opened::Archive(archive) => Level::Archive { name: name.to_owned(), archive, next: 0 },
                Opened::Office(store) => Level::Parts([Part::paper(name, Ok(store.into_bytes()), envelope)].into()),
            },
            Some(Kind::Gzip) => {
                let (inner, content) = archive::gunzip(&bytes, name, self.left.min(LARGEST_ENTRY), &mut self.left);
                Level::Parts([Part { is_paper: false, ..Part::paper(&format!("{name}!{}", archive::clean_name(&inner)), content, envelope) }].into())
            }
            Some(Kind::Mail) => parts_of_mail(name, bytes)?,
            Some(Kind::Message) => parts_of_message(name, bytes)?,
            Some(Kind::Pdf) => parts_of_pdf(name, bytes, envelope, &mut self.left),
        };
        self.open.push(level);
        Ok(())
    }

    /// Has the first part of what was entered last say what is odd about the file around it.
    fn note(&mut self, notes: Vec<Note>) {
        if let Some(Level::Parts(parts)) = self.open.last_mut()
            && let Some(first) = parts.front_mut()
        {
            first.notes.splice(0..0, notes);
        }
    }

    /// The next part of the innermost container that is asked for.
    fn part(&mut self) -> Option<Part> {
        loop {
            match self.open.last_mut()?.next(self.wanted.as_deref(), &mut self.left) {
                Some(part) => return Some(part),
                None => {
                    self.open.pop();
                }
            }
        }
    }
}

impl Level {
    /// The next part that is asked for; what is unpacked for it is taken from `left`.
    fn next(&mut self, wanted: Option<&str>, left: &mut u64) -> Option<Part> {
        match self {
            Self::Parts(parts) => loop {
                let part = parts.pop_front()?;
                if is_wanted(wanted, &part.name, !part.is_paper) {
                    return Some(part);
                }
            },
            Self::Archive { name, archive, next } => loop {
                let (index, inner) = archive.entries().get(*next)?.clone();
                *next += 1;
                let name = format!("{name}!{inner}");
                if is_wanted(wanted, &name, true) {
                    let content = if *left == 0 { Err(overgrown()) } else { archive.unpack(index, LARGEST_ENTRY.min(*left), left) };
                    return Some(Part { is_paper: false, ..Part::paper(&name, content, None) });
                }
            },
        }
    }
}

/// Whether a part is what is asked for, or stands below it, or may hold it.
fn is_wanted(wanted: Option<&str>, name: &str, may_hold: bool) -> bool {
    let Some(wanted) = wanted else { return true };
    let below = name.strip_prefix(wanted).is_some_and(|rest| rest.starts_with(['!', '/']) || wanted.ends_with('/'));
    name == wanted || below || may_hold && wanted.strip_prefix(name).is_some_and(|rest| rest.starts_with('!'))
}

fn overgrown() -> Error {
    Error::new("the file unpacks to far more than it has", "unpack it yourself if you trust it")
}

fn too_large(size: u64) -> Error {
    Error::new(format!("the file has {size} bytes, more than the {LARGEST_ENTRY} that one paper may have"), "split it")
}

impl Part {
    fn paper(name: &str, content: Result<Vec<u8>>, envelope: Option<Arc<Envelope>>) -> Self {
        Self { name: name.to_owned(), content, envelope, notes: Vec::new(), is_paper: true, is_last_resort: false }
    }
}

impl Iterator for Entries {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        loop {
            let part = self.part()?;
            self.given += 1;
            if self.given > MOST_PAPERS {
                return None;
            }
            let content = match part.content {
                Ok(bytes) if !part.is_paper && is_container(&bytes) => match self.enter(&part.name, bytes, part.envelope.clone()) {
                    Ok(()) => {
                        self.note(part.notes);
                        continue;
                    }
                    Err(e) => Err(e),
                },
                content => content,
            };
            return Some(Entry { name: part.name, content, envelope: part.envelope, notes: part.notes, is_last_resort: part.is_last_resort });
        }
    }
}

/// Names that stand twice get a number.
fn numbered(name: &str, seen: &mut HashMap<String, usize>) -> String {
    let name = archive::clean_name(name);
    let count = seen.entry(name.clone()).or_default();
    *count += 1;
    if *count == 1 { name } else { format!("{name} ({count})") }
}

/// The body first, where it is a paper; where it is none it is a paper only if there is no attachment that can be read.
fn parts_of_mail(name: &str, bytes: Vec<u8>) -> Result<Level> {
    let mail = mail::open(&bytes)?;
    let mut parts = VecDeque::new();
    let mut seen = HashMap::new();
    let first = mail.body_is_paper || mail.is_page;
    for (inner, content) in mail.attachments {
        let inner = numbered(&inner, &mut seen);
        parts.push_back(Part { is_paper: false, ..Part::paper(&format!("{name}!{inner}"), Ok(content), None) });
    }
    // The body says it itself, where it is read.
    if let Some(part) = parts.front_mut().filter(|_| !first) {
        part.notes = mail.notes;
    }
    let body = Part { is_last_resort: !first, ..Part::paper(name, Ok(bytes), None) };
    if first {
        parts.push_front(body)
    } else {
        parts.push_back(body)
    }
    Ok(Level::Parts(parts))
}

/// The PDF itself, and what is attached to it.
fn parts_of_pdf(name: &str, bytes: Vec<u8>, envelope: Option<Arc<Envelope>>, left: &mut u64) -> Level {
    let mut seen = HashMap::new();
    let mut parts: VecDeque<Part> = attachments::of(&bytes, LARGEST_ENTRY, left)
        .into_iter()
        .map(|(inner, content)| Part { is_paper: false, ..Part::paper(&format!("{name}!{}", numbered(&inner, &mut seen)), content, envelope.clone()) })
        .collect();
    parts.push_front(Part::paper(name, Ok(bytes), envelope));
    Level::Parts(parts)
}

fn parts_of_message(name: &str, bytes: Vec<u8>) -> Result<Level> {
    let message = edxml::open(&bytes)?;
    let envelope = Arc::new(message.envelope);
    let mut seen = HashMap::new();
    let mut parts: VecDeque<Part> = message
        .attachments
        .into_iter()
        .map(|a| {
            let name = format!("{name}!{}", numbered(&a.name, &mut seen));
            Part { is_paper: false, ..Part::paper(&name, a.bytes, Some(envelope.clone())) }
        })
        .collect();
    parts.push_back(Part { is_last_resort: true, ..Part::paper(name, Ok(bytes), None) });
    Ok(Level::Parts(parts))
}
