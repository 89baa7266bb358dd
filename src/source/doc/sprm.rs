//! Single property modifiers: an opcode and its operand, one after the other.

use super::{i16_at, u16_at, u32_at};
use crate::source::grid::{CellShape, RowShape};

/// The modifiers of a list.
pub(super) fn all(list: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = list;
    std::iter::from_fn(move || {
        let opcode = u16_at(rest, 0)?;
        let operand = &rest[2..];
        let (skip, length) = length(opcode, operand)?;
        let end = skip.checked_add(length)?;
        let value = operand.get(skip..end)?;
        rest = &operand[end..];
        Some((opcode, value))
    })
}

/// Bytes before the operand and in it.
fn length(opcode: u16, operand: &[u8]) -> Option<(usize, usize)> {
    Some(match opcode >> 13 {
        0 | 1 => (0, 1),
        2 | 4 | 5 => (0, 2),
        3 => (0, 4),
        7 => (0, 3),
        // The definition of a table counts in two bytes, one too many.
        _ if opcode == TABLE => (2, usize::from(u16_at(operand, 0)?).saturating_sub(1)),
        // Changed tab stops tell their length only by their parts where they are many.
        _ if opcode == 0xc615 && operand.first() == Some(&255) => {
            let deleted = usize::from(*operand.get(1)?);
            let added = usize::from(*operand.get(2 + deleted * 4)?);
            (1, 2 + deleted * 4 + added * 3)
        }
        _ => (1, usize::from(*operand.first()?)),
    })
}

const TABLE: u16 = 0xd608;

/// How characters are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Character {
    /// Number of the font for ASCII, and for what is beyond.
    pub font: u16,
    pub other_font: u16,
    pub bold: bool,
    pub caps: bool,
    pub hidden: bool,
    pub deleted: bool,
    /// The character is a mark of Word's own.
    pub special: bool,
    /// A character of a symbol font, and that font.
    pub symbol: Option<(u16, u16)>,
    /// Character style, for the reader of styles.
    pub style: Option<u16>,
}

impl Character {
    /// Applies a list of modifiers. `base` is the style that they go back to.
    pub fn apply(&mut self, list: &[u8], base: &Self, style: impl Fn(u16) -> Option<Character>) {
        for (opcode, value) in all(list) {
            self.modify(opcode, value, base, &style);
        }
    }

    fn modify(&mut self, opcode: u16, value: &[u8], base: &Self, style: impl Fn(u16) -> Option<Character>) {
        let number = || u16_at(value, 0).unwrap_or(0);
        let toggle = |base: bool| match value.first() {
            Some(0x80) => base,
            Some(0x81) => !base,
            Some(n) => *n != 0,
            None => base,
        };
        match opcode {
            0x0800 => self.deleted = toggle(false),
            0x0835 => self.bold = toggle(base.bold),
            0x083b => self.caps = toggle(base.caps),
            0x083c => self.hidden = toggle(base.hidden),
            0x0855 => self.special = toggle(false),
            0x4a4f => self.font = number(),
            0x4a51 => self.other_font = number(),
            0x6a09 => self.symbol = u16_at(value, 2).map(|c| (number(), c)),
            // A character style lies over the paragraph's.
            0x4a30 => {
                if let Some(over) = style(number()) {
                    (self.bold, self.caps, self.hidden) = (base.bold ^ over.bold, base.caps ^ over.caps, base.hidden || over.hidden);
                    if over.style.is_some() {
                        (self.font, self.other_font) = (over.font, over.other_font);
                    }
                }
            }
            0x2a33 => *self = Self { special: self.special, deleted: self.deleted, ..*base },
            _ => {}
        }
    }

    /// Applies the short form of a piece's modifier.
    pub fn modify_short(&mut self, number: u8, value: u8) {
        let opcode = match number {
            0x41 => 0x0800,
            0x55 => 0x0835,
            0x5b => 0x083b,
            0x5c => 0x083c,
            _ => return,
        };
        self.modify(opcode, &[value], &Self::default(), |_| None);
    }
}

/// How a paragraph is set.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    pub style: u16,
    in_table: bool,
    depth: Option<u32>,
    pub row_end: bool,
    inner_row_end: bool,
    inner_cell_end: bool,
    /// Level of the list, from 0.
    pub level: u8,
    /// Number of the list; 0 is none.
    pub list: u16,
    pub page_break_before: bool,
    pub row: RowShape,
}

impl Paragraph {
    /// Applies a list of modifiers; those of large tables lie in the data stream.
    pub fn apply(&mut self, list: &[u8], data: &[u8]) {
        for (opcode, value) in all(list) {
            match (opcode, u32_at(value, 0)) {
                (0x6646 | 0x6645, Some(at)) => {
                    let at = at as usize;
                    let length = usize::from(u16_at(data, at).unwrap_or(0));
                    let more = data.get(at + 2..).unwrap_or_default();
                    all(&more[..length.min(more.len())]).for_each(|(opcode, value)| self.modify(opcode, value));
                }
                _ => self.modify(opcode, value),
            }
        }
    }

    fn modify(&mut self, opcode: u16, value: &[u8]) {
        let byte = value.first().copied().unwrap_or(0);
        let number = || u16_at(value, 0).unwrap_or(0);
        match opcode {
            0x4600 => self.style = number(),
            0x2407 => self.page_break_before = byte != 0,
            0x2416 => self.in_table = byte != 0,
            0x2417 => self.row_end = byte != 0,
            0x244b => self.inner_cell_end = byte != 0,
            0x244c => self.inner_row_end = byte != 0,
            0x260a => self.level = byte.min(8),
            0x460b => self.list = number(),
            0x6649 => self.depth = u32_at(value, 0),
            0x664a => self.depth = u32_at(value, 0).map(|more| self.depth.unwrap_or(0).wrapping_add(more)),
            TABLE => self.define_table(value),
            0x5624 => self.merge(value),
            0xd62b => self.merge_above(value),
            0x9601 | 0x9602 => {}
            _ => {}
        }
    }

    /// How deep in tables the paragraph stands.
    pub fn depth(&self) -> usize {
        match self.depth {
            Some(depth) if (1..64).contains(&depth) => depth as usize,
            _ => usize::from(self.in_table),
        }
    }

    /// Whether the mark of a paragraph inside a nested table ends a cell.
    pub fn ends_inner_cell(&self) -> bool {
        self.inner_cell_end && !self.inner_row_end
    }

    /// Whether it ends a row of a nested table.
    pub fn ends_inner_row(&self) -> bool {
        self.inner_row_end
    }

    fn define_table(&mut self, value: &[u8]) {
        let count = usize::from(value.first().copied().unwrap_or(0)).min(64);
        let edge = |i: usize| i16_at(value, 1 + i * 2).map(i32::from);
        let flags = |i: usize| u16_at(value, 1 + (count + 1) * 2 + i * 20).unwrap_or(0);
        let cell = |i: usize| {
            let flags = flags(i);
            Some(CellShape { right: edge(i + 1)?, merged_left: flags & 2 != 0, merged_above: flags & 0x20 != 0 && flags & 0x40 == 0 })
        };
        self.row = RowShape { left: edge(0).unwrap_or(0), cells: (0..count).map_while(cell).collect() };
    }

    fn merge(&mut self, value: &[u8]) {
        let [first, end] = [0, 1].map(|i| usize::from(value.get(i).copied().unwrap_or(0)));
        for cell in self.row.cells.iter_mut().take(end).skip(first + 1) {
            cell.merged_left = true;
        }
    }

    fn merge_above(&mut self, value: &[u8]) {
        let [cell, kind] = [0, 1].map(|i| usize::from(value.get(i).copied().unwrap_or(0)));
        if let Some(cell) = self.row.cells.get_mut(cell) {
            cell.merged_above = kind & 3 == 1;
        }
    }
}
