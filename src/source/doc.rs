//! Word 97 to 2003 ([MS-DOC]); Word 6 and 95 as text.
//!
//! The text lies in pieces of the main stream; formatting lies beside it, by place in the stream. A paragraph's
//! properties stand at its end, and with them the style that its characters start from, so a paragraph is gathered
//! first and formatted at its mark.

mod fib;
mod format;
mod list;
mod old;
mod piece;
mod sprm;
mod story;
mod style;

use super::flow::Flow;
use crate::error::{Error, Result};
use fib::{Fib, Part};
use std::io::{Cursor, Read};

/// Where Office files of the 97-2003 kind begin.
pub(super) const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

type Container<'a> = cfb::CompoundFile<Cursor<&'a [u8]>>;

/// The container, if it holds a paper of Word.
pub(super) fn open(bytes: &[u8]) -> Option<Container<'_>> {
    if !bytes.starts_with(MAGIC) {
        return None;
    }
    let container = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    container.is_stream("/WordDocument").then_some(container)
}

/// Reads a document.
///
/// # Errors
/// When it is protected by a password or its text cannot be found.
pub(super) fn read(mut container: Container<'_>, size: usize) -> Result<Flow> {
    let main = stream(&mut container, "/WordDocument", size).ok_or_else(damaged)?;
    let fib = Fib::read(&main).ok_or_else(damaged)?;
    if fib.encrypted {
        return Err(Error::new("the document is protected by a password", "open it in Word and save it without the password"));
    }
    if fib.is_old() {
        return old::read(&main).ok_or_else(damaged);
    }
    let name = if fib.second_table { "/1Table" } else { "/0Table" };
    let table = stream(&mut container, name, size).ok_or_else(damaged)?;
    let data = stream(&mut container, "/Data", size).unwrap_or_default();
    let streams = Streams { main: &main, table: &table, data: &data };
    let pieces = piece::read(streams, &fib).ok_or_else(damaged)?;
    Ok(story::read(streams, &fib, &pieces))
}

fn damaged() -> Error {
    Error::new("the Word document is damaged: its text cannot be found", "open it in Word or LibreOffice and save it as DOCX")
}

/// A stream of the container, which cannot be larger than the file.
fn stream(container: &mut Container<'_>, path: &str, size: usize) -> Option<Vec<u8>> {
    let stream = container.open_stream(path).ok()?;
    let length = usize::try_from(stream.len()).ok()?.min(size);
    let mut bytes = Vec::with_capacity(length);
    // What can be read of a cut stream is read.
    let _ = stream.take(length as u64).read_to_end(&mut bytes);
    (!bytes.is_empty()).then_some(bytes)
}

/// The streams that a document is spread over.
#[derive(Clone, Copy)]
struct Streams<'a> {
    main: &'a [u8],
    table: &'a [u8],
    data: &'a [u8],
}

impl<'a> Streams<'a> {
    /// A part that the header names in the table stream.
    fn part(self, fib: &Fib, part: Part) -> &'a [u8] {
        let (at, length) = fib.place(part);
        let end = at.saturating_add(length).min(self.table.len());
        self.table.get(at..end).unwrap_or_default()
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn i16_at(bytes: &[u8], at: usize) -> Option<i16> {
    u16_at(bytes, at).map(|n| n as i16)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests;
