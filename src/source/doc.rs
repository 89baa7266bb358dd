//! Word 97 to 2003 ([MS-DOC]); Word 6 and 95 as text.
//!
//! The text lies in pieces of the main stream; formatting lies beside it, by place in the stream. A paragraph's
//! properties stand at its end, and with them the style that its characters start from, so a paragraph is gathered
//! first and formatted at its mark.

mod container;
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
use container::Container;
use fib::{Fib, Part};

/// The container, if it holds a paper of Word.
pub(super) fn open(bytes: &[u8]) -> Option<Container<'_>> {
    Container::open(bytes)
}

/// Reads a document.
///
/// # Errors
/// When it is protected by a password or its text cannot be found.
pub(super) fn read(mut container: Container<'_>, size: usize) -> Result<Flow> {
    let main = container.stream("WordDocument", size).ok_or_else(damaged)?;
    let fib = Fib::read(&main).ok_or_else(damaged)?;
    if fib.encrypted {
        return Err(Error::new("the document is protected by a password", "open it in Word and save it without the password"));
    }
    if fib.is_old() {
        return old::read(&main).ok_or_else(damaged);
    }
    let name = if fib.second_table { "1Table" } else { "0Table" };
    let table = container.stream(name, size).ok_or_else(damaged)?;
    let data = container.stream("Data", size).unwrap_or_default();
    let streams = Streams { main: &main, table: &table, data: &data };
    let pieces = piece::read(streams, &fib).ok_or_else(damaged)?;
    let mut flow = story::read(streams, &fib, &pieces);
    if container.is_damaged() {
        flow.note("doc-damaged", "the file is damaged; parts of the text or its formatting may be missing");
    }
    Ok(flow)
}

fn damaged() -> Error {
    Error::new("the Word document is damaged: its text cannot be found", "open it in Word or LibreOffice and save it as DOCX")
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
