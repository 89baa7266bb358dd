//! The parts of a paper: letterhead, body, closing, annexes; the outline of its passages; its tables.

mod closing;
mod letterhead;
mod outline;
mod table;

pub use closing::Closing;
pub(crate) use closing::{authority, is_person, is_position, person_name, position};
pub use letterhead::{Letterhead, Slot};
pub(crate) use letterhead::{place_and_date, subject_opening};
pub(crate) use outline::{CLOSING_FORMULAS, names_period};
pub use outline::{Level, Node, Outline};
pub(crate) use table::heading_column;
pub use table::{Row, Table};

use crate::text::{Note, Text};
use std::ops::Range;

/// A paper whose parts are known.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its text.
    pub text: Text,
    /// What stands above the body.
    pub letterhead: Letterhead,
    /// Recipients and signature of the paper itself.
    pub closing: Closing,
    /// Body and annexes, in reading order.
    pub parts: Vec<Part>,
    /// Every passage of body and annexes.
    pub outline: Outline,
    /// Every table.
    pub tables: Vec<Table>,
    /// What is odd about the structure.
    pub notes: Vec<Note>,
}

/// The body or an annex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Start of the ids of its passages: empty for the body, `PL1` for Phụ lục I, `KH` for an attached plan.
    pub prefix: String,
    /// Its blocks, title included.
    pub blocks: Range<usize>,
    /// Blocks of the title, at the start of an annex.
    pub title: Range<usize>,
    /// What the title says, folded; empty for the body.
    pub heading: String,
}

impl Document {
    /// Finds the parts of a text.
    pub fn of(text: Text) -> Self {
        let mut notes = text.notes().to_vec();
        let letterhead = letterhead::find(&text);
        let (closing, parts) = closing::divide(&text, letterhead.end);
        let tables = table::find(&text);
        let outline = outline::build(&text, &parts, &tables, &mut notes);
        Self { text, letterhead, closing, parts, outline, tables, notes }
    }
}

/// Whether a block is set in capitals: at least two of them and no small letter.
fn is_caps(s: &str) -> bool {
    let mut capitals = 0;
    for c in s.chars() {
        if c.is_lowercase() {
            return false;
        }
        capitals += usize::from(c.is_uppercase());
    }
    capitals >= 2
}
