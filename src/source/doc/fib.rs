//! The file information block at the head of the main stream.

use super::{u16_at, u32_at};

/// Parts of the table stream that are read, by their number in the block.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    Styles = 1,
    CharacterPages = 12,
    ParagraphPages = 13,
    Fonts = 15,
    Pieces = 33,
    Lists = 73,
    ListOverrides = 74,
}

/// Lengths of the parts of the text in characters, in the order in which they follow one another.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lengths {
    pub body: u32,
    pub footnotes: u32,
    pub headers: u32,
    pub macros: u32,
    pub comments: u32,
    pub endnotes: u32,
    pub boxes: u32,
}

/// What the block says.
#[derive(Debug)]
pub(super) struct Fib {
    version: u16,
    pub encrypted: bool,
    /// Whether the table stream is `1Table`.
    pub second_table: bool,
    pub lengths: Lengths,
    places: Vec<(usize, usize)>,
}

/// Word 97 and later write versions from 0xC1 on; Word 6 and 95 write 101 to 105.
const FIRST_OF_WORD_97: u16 = 106;
/// More places than any version has.
const MOST_PLACES: usize = 256;

impl Fib {
    /// Reads the block.
    pub fn read(main: &[u8]) -> Option<Self> {
        let magic = u16_at(main, 0)?;
        if !matches!(magic, 0xa5ec | 0xa5dc | 0xa5db | 0xa699 | 0xa697) {
            return None;
        }
        let (version, flags) = (u16_at(main, 2)?, u16_at(main, 10)?);
        let mut fib = Self { version, encrypted: flags & 0x0100 != 0, second_table: flags & 0x0200 != 0, lengths: Lengths::default(), places: Vec::new() };
        if fib.is_old() {
            return Some(fib);
        }
        let words = 34 + usize::from(u16_at(main, 32)?) * 2;
        let longs = words + 2;
        let long = |n: usize| u32_at(main, longs + n * 4).filter(|&n| n < 1 << 31);
        fib.lengths =
            Lengths { body: long(3)?, footnotes: long(4)?, headers: long(5)?, macros: long(6)?, comments: long(7)?, endnotes: long(8)?, boxes: long(9)? };
        let count_at = longs + usize::from(u16_at(main, words)?) * 4;
        let count = usize::from(u16_at(main, count_at)?).min(MOST_PLACES);
        let place = |n: usize| Some((u32_at(main, count_at + 2 + n * 8)? as usize, u32_at(main, count_at + 6 + n * 8)? as usize));
        fib.places = (0..count).map_while(place).collect();
        Some(fib)
    }

    /// Whether it was written by Word 6 or 95.
    pub fn is_old(&self) -> bool {
        self.version < FIRST_OF_WORD_97
    }

    /// Where a part lies in the table stream, and its length.
    pub fn place(&self, part: Part) -> (usize, usize) {
        self.places.get(part as usize).copied().unwrap_or_default()
    }
}
