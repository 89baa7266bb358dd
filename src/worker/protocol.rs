//! What the program and its workers say to each other: a line of JSON, and after some lines so many bytes.

use crate::error::{Cause, Error};
use crate::export::DocumentRecord;
use crate::source::{Envelope, notes};
use crate::text::Note;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::io::{self, BufRead, Read, Write};
use std::path::Path;

/// What is asked.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Request {
    /// Read this file, which is one paper.
    File(OsString),
    /// Read the bytes that follow, which are one paper.
    Part(Part),
    /// Take this apart; with `wanted` only what has that name inside it.
    Unpack { origin: Origin, wanted: Option<String> },
}

impl Request {
    /// How many bytes follow.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Part(part) => part.size,
            Self::Unpack { origin: Origin::Bytes(_, size), .. } => *size,
            _ => 0,
        }
    }
}

/// A paper that was taken out of another file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Part {
    pub name: String,
    pub size: usize,
    pub envelope: Option<Box<Envelope>>,
    #[serde(with = "notes")]
    pub notes: Vec<Note>,
}

impl Part {
    /// A paper of which no more is known.
    pub fn plain(name: &str, size: usize) -> Self {
        Self { name: name.to_owned(), size, envelope: None, notes: Vec::new() }
    }
}

/// Where the bytes are.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Origin {
    File(OsString),
    /// Name and count of the bytes that follow.
    Bytes(String, usize),
}

/// What is answered.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// The request has come whole; the work begins.
    Taken,
    /// The paper's record.
    Record(Box<DocumentRecord>),
    /// What was asked can't be done.
    Failure(Failure),
    /// A page was recognised; more is to come.
    Page,
    /// The file is open, and entries follow.
    Opened,
    /// An entry, with its bytes behind the line.
    Entry(EntryHead),
    /// There are no more entries.
    End,
}

/// An entry without its bytes.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct EntryHead {
    pub name: String,
    pub size: usize,
    pub failure: Option<Failure>,
    pub envelope: Option<Box<Envelope>>,
    #[serde(with = "notes")]
    pub notes: Vec<Note>,
    pub is_last_resort: bool,
}

/// An error on its way.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Failure {
    path: Option<OsString>,
    problem: String,
    remedy: String,
    cause: Cause,
}

impl Failure {
    pub fn of(error: &Error) -> Self {
        Self {
            path: error.path().map(|p| p.as_os_str().to_owned()),
            problem: error.problem().to_owned(),
            remedy: error.remedy().to_owned(),
            cause: error.cause(),
        }
    }

    pub fn error(self) -> Error {
        let error = Error::new(self.problem, self.remedy).by(self.cause);
        match self.path {
            Some(path) => error.at(Path::new(&path)),
            None => error,
        }
    }
}

/// Sends a line and what follows it.
pub(super) fn send(to: &mut impl Write, message: &impl Serialize, bytes: &[u8]) -> io::Result<()> {
    serde_json::to_writer(&mut *to, message)?;
    to.write_all(b"\n")?;
    to.write_all(bytes)?;
    to.flush()
}

/// Takes a line; nothing where the other side has gone.
pub(super) fn take<T: DeserializeOwned>(from: &mut impl BufRead) -> io::Result<Option<T>> {
    let mut line = Vec::new();
    from.read_until(b'\n', &mut line)?;
    if line.last() != Some(&b'\n') {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&line)?))
}

/// Takes the bytes that follow a line.
pub(super) fn take_bytes(from: &mut impl Read, size: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(size.min(FREE));
    from.take(size as u64).read_to_end(&mut bytes)?;
    if bytes.len() < size { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(bytes) }
}

/// Memory that is set aside before any of the bytes has come.
const FREE: usize = 1 << 20;
