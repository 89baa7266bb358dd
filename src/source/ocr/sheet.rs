//! A sheet for the recognising program: blocks of the page set one under the other.
//!
//! Cells, the columns of the letterhead and those of the closing are then single columns of writing, which it reads
//! with fewer faults than what stands side by side, and all of them in one run.

use super::engine::Found;
use super::grey::{Grey, INK};

/// A rectangle of the page, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Block {
    pub left: usize,
    pub top: usize,
    pub right: usize,
    pub bottom: usize,
}

impl Block {
    /// Whether the middle of a word lies inside.
    pub fn holds(&self, word: &Found) -> bool {
        let (x, y) = ((word.left + word.right) / 2, (word.top + word.bottom) / 2);
        (self.left..self.right).contains(&x) && (self.top..self.bottom).contains(&y)
    }
}

/// Less ink in a block is dirt, in pixels.
const LEAST_INK: usize = 12;
/// White around a block on the sheet, in pixels.
const MARGIN: usize = 24;
/// Tesseract takes no picture of more than 32,767 rows.
const HIGHEST_SHEET: usize = 12_000;

/// A block of the page, and the row of the sheet where it starts.
#[derive(Debug, Clone, Copy)]
struct Piece {
    at: Block,
    top: usize,
}

/// Blocks set one under the other.
pub(super) struct Sheet {
    pub picture: Grey,
    pieces: Vec<Piece>,
}

/// Sets blocks of the page on sheets; what is blank is left out.
pub(super) fn cut_out(page: &Grey, blocks: &[Block]) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut top = MARGIN;
    for at in blocks.iter().filter(|b| ink(page, **b) >= LEAST_INK) {
        if top > HIGHEST_SHEET {
            sheets.push(sheet(page, std::mem::take(&mut pieces)));
            top = MARGIN;
        }
        pieces.push(Piece { at: *at, top });
        top += at.bottom - at.top + MARGIN;
    }
    if !pieces.is_empty() {
        sheets.push(sheet(page, pieces));
    }
    sheets
}

fn ink(page: &Grey, at: Block) -> usize {
    (at.top..at.bottom).map(|y| page.row(y)[at.left..at.right].iter().filter(|&&p| p < INK).count()).sum()
}

fn sheet(page: &Grey, pieces: Vec<Piece>) -> Sheet {
    let width = pieces.iter().map(|p| p.at.right - p.at.left).max().unwrap_or(0) + 2 * MARGIN;
    let height = pieces.last().map_or(0, |p| p.top + p.at.bottom - p.at.top) + MARGIN;
    let mut picture = Grey::white(width, height);
    for piece in &pieces {
        for y in piece.at.top..piece.at.bottom {
            let start = (piece.top + y - piece.at.top) * width + MARGIN;
            let row = &page.row(y)[piece.at.left..piece.at.right];
            picture.pixels[start..start + row.len()].copy_from_slice(row);
        }
    }
    Sheet { picture, pieces }
}

impl Sheet {
    /// A word of the sheet back in its place on the page.
    pub fn back(&self, word: Found) -> Found {
        let middle = (word.top + word.bottom) / 2;
        let k = self.pieces.partition_point(|p| p.top <= middle).saturating_sub(1);
        let Some(Piece { at, top }) = self.pieces.get(k).copied() else { return word };
        let x = |x: usize| (x + at.left).saturating_sub(MARGIN);
        let y = |y: usize| (y + at.top).saturating_sub(top).clamp(at.top, at.bottom);
        Found { left: x(word.left), right: x(word.right).min(at.right), top: y(word.top), bottom: y(word.bottom), ..word }
    }
}

#[cfg(test)]
mod tests {
    use super::super::blobs::Blobs;
    use super::*;

    #[test]
    fn words_of_a_sheet_go_back_to_their_places() {
        let mut page = Grey::white(500, 500);
        for (x, y) in [(120, 110), (330, 250)] {
            (0..20).for_each(|k| page.pixels[(y + k) * 500 + x..(y + k) * 500 + x + 10].fill(0));
        }
        let blocks = [
            Block { left: 100, top: 100, right: 300, bottom: 200 },
            Block { left: 300, top: 100, right: 400, bottom: 200 },
            Block { left: 300, top: 200, right: 400, bottom: 300 },
        ];
        let sheets = cut_out(&page, &blocks);
        assert_eq!(sheets.len(), 1);
        let blobs = Blobs::of(&sheets[0].picture);
        let places: Vec<_> = blobs
            .all
            .iter()
            .map(|b| Found { text: "a".to_owned(), confidence: 90.0, line: 1, left: b.left, top: b.top, right: b.right, bottom: b.bottom })
            .map(|w| sheets[0].back(w))
            .map(|w| (w.left, w.top, w.right, w.bottom))
            .collect();
        assert_eq!(places, [(120, 110, 130, 130), (330, 250, 340, 270)]);
    }
}
