//! Formatting by place in the main stream: pages of 512 bytes that tell, from byte to byte, which modifiers hold.

use super::fib::{Fib, Part};
use super::{Streams, u16_at, u32_at};

const PAGE: usize = 512;

/// A stretch of the main stream with its modifiers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch<'a> {
    pub start: u32,
    pub end: u32,
    pub list: &'a [u8],
    /// The style of a paragraph.
    pub style: u16,
}

/// Stretches in the order of the stream.
pub(super) struct Stretches<'a>(Vec<Stretch<'a>>);

impl<'a> Stretches<'a> {
    /// Formatting of characters.
    pub fn of_characters(streams: Streams<'a>, fib: &Fib) -> Self {
        Self::read(streams, streams.part(fib, Part::CharacterPages), 1, |page, entry| {
            let at = usize::from(*page.get(entry)?) * 2;
            if at == 0 {
                return Some((0, &[]));
            }
            let length = usize::from(*page.get(at)?);
            Some((0, page.get(at + 1..at + 1 + length)?))
        })
    }

    /// Formatting of paragraphs.
    pub fn of_paragraphs(streams: Streams<'a>, fib: &Fib) -> Self {
        Self::read(streams, streams.part(fib, Part::ParagraphPages), 13, |page, entry| {
            let at = usize::from(*page.get(entry)?) * 2;
            if at == 0 {
                return Some((0, &[]));
            }
            let (start, length) = match *page.get(at)? {
                0 => (at + 2, usize::from(*page.get(at + 1)?) * 2),
                words => (at + 1, usize::from(words) * 2 - 1),
            };
            let list = page.get(start..(start + length).min(page.len()))?;
            Some((u16_at(list, 0)?, list.get(2..)?))
        })
    }

    fn read(streams: Streams<'a>, table: &[u8], entry: usize, list: impl Fn(&'a [u8], usize) -> Option<(u16, &'a [u8])>) -> Self {
        let pages = table.len().saturating_sub(4) / 8;
        // A table may not name more pages than the stream has.
        let pages = pages.min(streams.main.len() / PAGE + 1);
        let mut stretches = Vec::new();
        for i in 0..pages {
            let Some(number) = u32_at(table, 4 * (pages + 1) + i * 4) else { break };
            let at = (number & 0x3f_ffff) as usize * PAGE;
            let Some(page) = streams.main.get(at..at + PAGE) else { continue };
            let count = usize::from(page[PAGE - 1]);
            for run in 0..count {
                let (Some(start), Some(end)) = (u32_at(page, run * 4), u32_at(page, run * 4 + 4)) else { break };
                let (style, list) = list(page, 4 * (count + 1) + run * entry).unwrap_or_default();
                if end > start {
                    stretches.push(Stretch { start, end, list, style });
                }
            }
        }
        stretches.sort_by_key(|s| s.start);
        Self(stretches)
    }

    /// The stretch that holds a byte; without one, a stretch of no formatting up to the next.
    pub fn at(&self, offset: u32) -> Stretch<'a> {
        let next = self.0.partition_point(|s| s.start <= offset);
        if let Some(found) = next.checked_sub(1).and_then(|i| self.0.get(i)).filter(|s| s.end > offset) {
            return *found;
        }
        let end = self.0.get(next).map_or(u32::MAX, |s| s.start);
        Stretch { start: offset, end, list: &[], style: 0 }
    }
}
