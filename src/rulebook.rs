//! The rule book: every rule of every table, with its examples.

use crate::mention::{date, deadline};
use crate::rule::Entry;

/// All rules, table by table.
pub fn entries() -> Vec<Entry> {
    Entry::of("date", date::RULES).chain(Entry::of("deadline", deadline::RULES)).collect()
}
