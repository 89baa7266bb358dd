//! Tables whose cells arrive one under the other, as PDF readers print them.

use super::plain::Line;
use std::ops::Range;

/// A table found in a run of lines.
#[derive(Debug)]
pub(super) struct FlatTable {
    /// The lines that it takes.
    pub lines: Range<usize>,
    /// Rows of cells of pieces, the heading first.
    pub rows: Vec<Vec<Vec<Piece>>>,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Index of the line.
    pub line: usize,
    /// Bytes of it.
    pub range: Range<usize>,
}

/// Finds the tables among the lines of a hard-wrapped text.
pub(super) fn find(_lines: &[Line]) -> Vec<FlatTable> {
    Vec::new()
}
