//! The piece table: which stretch of the main stream each stretch of the text is.

use super::fib::{Fib, Part};
use super::{Streams, u16_at, u32_at};

/// A stretch of text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    /// First character of the text, and one past the last.
    pub start: u32,
    pub end: u32,
    /// Where it lies in the main stream.
    pub offset: u32,
    /// One byte a character (windows-1252) instead of two.
    pub narrow: bool,
    /// Changes of formatting that a quick save laid over the piece.
    pub changes: Changes<'a>,
}

/// Formatting of a whole piece.
#[derive(Debug, Clone, Copy)]
pub(super) enum Changes<'a> {
    /// An opcode of the short list, with its value.
    Short(u8, u8),
    Long(&'a [u8]),
}

/// A quick save adds pieces; Word consolidates them long before this many.
const MOST_PIECES: usize = 1 << 20;

impl Piece<'_> {
    /// Bytes of a character.
    pub fn width(&self) -> u32 {
        if self.narrow { 1 } else { 2 }
    }
}

/// Reads the table; without one nothing can be read.
pub(super) fn read<'a>(streams: Streams<'a>, fib: &Fib) -> Option<Vec<Piece<'a>>> {
    let mut clx = streams.part(fib, Part::Pieces);
    let mut changes: Vec<&[u8]> = Vec::new();
    while let Some((1, rest)) = clx.split_first() {
        let length = usize::from(u16_at(rest, 0)?);
        changes.push(rest.get(2..2 + length)?);
        clx = &rest[2 + length..];
    }
    let (2, rest) = clx.split_first()? else { return None };
    let length = u32_at(rest, 0)? as usize;
    let table = rest.get(4..)?;
    let table = &table[..length.min(table.len())];
    pieces(table, &changes, streams.main.len())
}

fn pieces<'a>(table: &[u8], changes: &[&'a [u8]], main: usize) -> Option<Vec<Piece<'a>>> {
    let count = (table.len().checked_sub(4)? / 12).min(MOST_PIECES);
    let mut pieces: Vec<Piece> = Vec::with_capacity(count);
    for i in 0..count {
        let (start, end) = (u32_at(table, i * 4)?, u32_at(table, i * 4 + 4)?);
        let descriptor = table.get(4 * (count + 1) + i * 8..)?;
        let place = u32_at(descriptor, 2)?;
        let narrow = place & 0x4000_0000 != 0;
        let offset = if narrow { (place & 0x3fff_ffff) / 2 } else { place & 0x3fff_ffff };
        if end <= start || pieces.last().is_some_and(|p| p.end > start) {
            continue;
        }
        let room = (main.saturating_sub(offset as usize) / if narrow { 1 } else { 2 }) as u32;
        let piece = Piece { start, end: end.min(start.saturating_add(room)), offset, narrow, changes: change(u16_at(descriptor, 6)?, changes) };
        if piece.end > piece.start {
            pieces.push(piece);
        }
    }
    (!pieces.is_empty()).then_some(pieces)
}

fn change<'a>(prm: u16, changes: &[&'a [u8]]) -> Changes<'a> {
    if prm & 1 == 0 {
        Changes::Short((prm >> 1 & 0x7f) as u8, (prm >> 8) as u8)
    } else {
        Changes::Long(changes.get(usize::from(prm >> 1)).copied().unwrap_or_default())
    }
}
