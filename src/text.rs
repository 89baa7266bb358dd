//! Uniform text: NFC, one paragraph per line, with the exact way back to the bytes of the source.

mod fold;
mod origin;
mod word;

pub use fold::{fold, is_alphabetic, is_letter, is_word_end, is_word_start, opens_with};

pub use origin::Decoding;
use origin::Origin;
pub use word::{Word, words};

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// A half-open range of bytes in a [`Text`], always on character boundaries.
///
/// Records that leave the program count in Unicode code points instead; see [`CodePoints`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, but not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span ends before it starts: {start}..{end}");
        Self { start, end }
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// The first `most` bytes of a text, or a little less: no character is cut. To be looked at only: where it ends in
/// the text, folding may have turned two letters round; places in a [`Text`] come from [`Text::place_from`].
pub fn head(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// The last `most` bytes of a text, or a little less: no character is cut. To be looked at only, as [`head`].
pub fn tail(text: &str, most: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}

/// Where the first sentence of a text ends: at a full stop before a blank.
#[inline]
pub fn full_stop(text: &str) -> Option<usize> {
    memchr::memchr_iter(b'.', text.as_bytes()).find(|n| text.as_bytes().get(n + 1) == Some(&b' '))
}

/// Where the last full stop before a blank stands.
#[inline]
pub fn last_full_stop(text: &str) -> Option<usize> {
    memchr::memrchr_iter(b'.', text.as_bytes()).find(|n| text.as_bytes().get(n + 1) == Some(&b' '))
}

/// Where a word first stands in a text, as [`str::find`] tells it in a third of the steps.
#[inline]
pub fn find(text: &str, word: &str) -> Option<usize> {
    memchr::memmem::find(text.as_bytes(), word.as_bytes())
}

/// The first sentence of a text, without its full stop.
pub fn sentence(text: &str) -> &str {
    full_stop(text).map_or(text, |n| &text[..n])
}

/// Whether a quotation stands open at the end of a text, as far as its last bytes tell.
pub fn in_quotes(before: &str) -> bool {
    const REACH: usize = 4096;
    let near = tail(before, REACH);
    let mut open = 0i32;
    // “ is 0xE2 0x80 0x9C, ” is 0xE2 0x80 0x9D.
    for at in memchr::memchr_iter(0xe2, near.as_bytes()) {
        open += match near.as_bytes()[at + 1..] {
            [0x80, 0x9c, ..] => 1,
            [0x80, 0x9d, ..] => -1,
            _ => 0,
        };
    }
    open > 0
}

/// Something odd that was read nevertheless: data for the reader, never a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Stable kebab-case id of the kind of oddity.
    pub rule: &'static str,
    /// What is odd, in one line.
    pub message: String,
    /// Where in the text, when it has a place.
    pub span: Option<Span>,
}

/// What a [`Block`] is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A paragraph or a line of its own.
    Paragraph,
    /// One row of the table with this number (from 0); its cells are in [`Block::cells`].
    Row(u32),
}

/// A paragraph or a table row, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The block's text, without the line end.
    pub span: Span,
    /// Paragraph or row.
    pub shape: Shape,
    /// Page, counted from 1.
    pub page: u32,
    /// Whether an empty line or other clear distance stands before the block.
    pub gap_before: bool,
    /// Whether a part of the block is set in bold.
    pub bold: bool,
    /// The cells of a row, from left to right; empty for a paragraph.
    pub cells: Vec<Span>,
    /// Bytes inside the cells of a row at which a paragraph of its own begins.
    pub breaks: Vec<usize>,
    /// Which cells of a row, by their places, go on from the cell above, where the source says so.
    pub merged: Vec<usize>,
}

/// The uniform text of a document, its blocks and the way back to the source.
#[derive(Debug, Clone, Default)]
pub struct Text {
    content: String,
    folded: String,
    words: Vec<Word>,
    blocks: Vec<Block>,
    origin: Origin,
    decoding: Decoding,
    notes: Vec<Note>,
    unsure: Vec<Span>,
    raised: Vec<Span>,
    has_bold: bool,
}

impl Text {
    /// The text that every span points into: NFC, `\n` after each block, `\t` between cells.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// A copy of the same length in lower case, with the tone marks of `oa`, `oe`, `uy` in one place and `y` for the `i` of older
    /// spellings, so
    /// that a span of one is a span of the other. Only between the two letters of such a pair (`uỷ`, `ủy`) does a
    /// place of one cut a character of the other; a place that was counted and not found is taken from
    /// [`place_from`](Self::place_from).
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Paragraphs and rows in reading order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The first place from this byte on where a character starts, in the text and folded; the end at the latest.
    pub fn place_from(&self, byte: usize) -> usize {
        let starts = |&i: &usize| self.content.is_char_boundary(i) && self.folded.is_char_boundary(i);
        (byte..self.content.len()).find(starts).unwrap_or(self.content.len())
    }

    /// The words that begin inside a span.
    pub fn words(&self, span: Span) -> impl Iterator<Item = Word> + use<'_> {
        let first = self.words.partition_point(|w| w.start() < span.start);
        self.words[first..].iter().copied().take_while(move |w| w.start() < span.end)
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.content[span.range()]
    }

    /// The folded text of a span.
    pub fn slice_folded(&self, span: Span) -> &str {
        &self.folded[span.range()]
    }

    /// The bytes of the source that a span was read from.
    pub fn origin(&self, span: Span) -> Range<usize> {
        let decoded = self.origin.range(span);
        self.decoding.source(decoded.start)..self.decoding.source(decoded.end)
    }

    /// What was odd while reading.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Adds something odd about what stands around the source.
    pub fn note(&mut self, note: Note) {
        self.notes.push(note);
    }

    /// What character recognition is not sure of inside a span, in reading order.
    pub fn unsure(&self, span: Span) -> &[Span] {
        let first = self.unsure.partition_point(|u| u.end <= span.start);
        let inside = &self.unsure[first..];
        &inside[..inside.partition_point(|u| u.start < span.end)]
    }

    /// The text with the letters that only their font or style draws as capitals (`.VnTimeH`, `w:caps`) as they are
    /// stored: small. Its places are not those of spans.
    pub fn stored_case(&self) -> Cow<'_, str> {
        if self.raised.is_empty() {
            return Cow::Borrowed(&self.content);
        }
        let mut stored = String::with_capacity(self.content.len());
        let mut done = 0;
        for raised in &self.raised {
            stored.push_str(&self.content[done..raised.start]);
            stored.push_str(&self.content[raised.range()].to_lowercase());
            done = raised.end;
        }
        stored.push_str(&self.content[done..]);
        Cow::Owned(stored)
    }

    /// Whether the source told bold from plain text anywhere.
    pub fn has_bold(&self) -> bool {
        self.has_bold
    }

    /// Turns byte offsets of this text into code points.
    pub fn code_points(&self) -> CodePoints<'_> {
        CodePoints::new(&self.content)
    }
}

/// What there is to say of a piece of text besides its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Character recognition is not sure of it.
    Unsure,
    /// Its font or style draws its small letters as capitals.
    Raised,
}

/// Builds a [`Text`] from pieces of a source, in reading order.
///
/// Pieces are normalised as they come: composed (NFC), look-alikes of Đ folded, no-break and other odd spaces
/// made plain, invisible characters dropped. Each piece names the source bytes that it was read from.
#[derive(Debug, Default)]
pub struct TextBuilder {
    text: Text,
    block_start: usize,
    cells: Vec<Span>,
    breaks: Vec<usize>,
    merged: Vec<usize>,
    cell_start: usize,
    page: u32,
    gap: bool,
    bold: bool,
}

impl TextBuilder {
    /// A builder for a source of about this many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        let mut builder = Self { page: 1, ..Self::default() };
        builder.text.content.reserve(bytes);
        builder
    }

    /// Appends a piece of the current block that was read from `source` bytes onward.
    pub fn push(&mut self, piece: &str, source: usize) {
        let mut rest = piece;
        let mut at = source;
        while !rest.is_empty() {
            let plain = fold::plain_prefix(rest);
            if plain > 0 {
                self.text.origin.copied(self.text.content.len(), at, plain);
                self.text.content.push_str(&rest[..plain]);
                at += plain;
                rest = &rest[plain..];
            }
            let odd = fold::odd_prefix(rest);
            if odd > 0 {
                self.text.origin.made_from(self.text.content.len(), at..at + odd);
                push_normalised(&mut self.text.content, &rest[..odd]);
                at += odd;
                rest = &rest[odd..];
            }
        }
    }

    /// Appends a piece, as [`push`](Self::push) does, of which there is more to say.
    pub fn push_marked(&mut self, piece: &str, source: usize, mark: Mark) {
        let start = self.text.content.len();
        self.push(piece, source);
        let end = self.text.content.len();
        if start < end {
            let marked = match mark {
                Mark::Unsure => &mut self.text.unsure,
                Mark::Raised => &mut self.text.raised,
            };
            marked.push(Span::new(start, end));
        }
    }

    /// Appends what these bytes of the source stand for, other than they print.
    pub fn push_as(&mut self, piece: &str, source: std::ops::Range<usize>) {
        self.text.origin.made_from(self.text.content.len(), source);
        push_normalised(&mut self.text.content, piece);
    }

    /// Appends one blank inside the current block, unless it would stand first or doubled.
    pub fn space(&mut self, source: usize) {
        let content = &self.text.content;
        if content.len() > self.cell_start && !content.ends_with(' ') {
            self.text.origin.made_from(content.len(), source..source);
            self.text.content.push(' ');
        }
    }

    /// Marks that the current block holds bold text.
    pub fn bold(&mut self) {
        self.bold = true;
        self.text.has_bold = true;
    }

    /// Marks clear distance before the current block.
    pub fn gap(&mut self) {
        self.gap = true;
    }

    /// Goes to another page, counted from 1.
    pub fn page(&mut self, page: u32) {
        self.page = page;
    }

    /// Begins a paragraph of its own inside a cell, after one blank.
    pub fn break_cell(&mut self) {
        self.space(0);
        if self.text.content.len() > self.cell_start {
            self.breaks.push(self.text.content.len());
        }
    }

    /// Says that the cell which is open goes on from the one above it.
    pub fn merge_cell(&mut self) {
        self.merged.push(self.cells.len());
    }

    /// Ends a cell of a table row.
    pub fn end_cell(&mut self, source: usize) {
        self.trim_blank();
        let end = self.text.content.len();
        self.cells.push(Span::new(self.cell_start, end));
        self.text.origin.made_from(end, source..source);
        self.text.content.push('\t');
        self.cell_start = self.text.content.len();
    }

    /// Ends a table row; its last cell is what was pushed since the last [`end_cell`](Self::end_cell).
    pub fn end_row(&mut self, table: u32, source: usize) {
        self.trim_blank();
        let end = self.text.content.len();
        self.cells.push(Span::new(self.cell_start, end));
        let cells = std::mem::take(&mut self.cells);
        self.close(Shape::Row(table), cells, source);
    }

    /// Ends a paragraph; an empty one is dropped.
    pub fn end_paragraph(&mut self, source: usize) {
        self.trim_blank();
        if self.text.content.len() > self.block_start {
            self.close(Shape::Paragraph, Vec::new(), source);
        }
    }

    /// Records something odd about the source.
    pub fn note(&mut self, note: Note) {
        self.text.notes.push(note);
    }

    /// Says how the text that the pieces' places count in was decoded.
    pub fn decoded_by(&mut self, decoding: Decoding) {
        self.text.decoding = decoding;
    }

    /// The finished text.
    pub fn finish(mut self) -> Text {
        self.end_paragraph(0);
        let mut words = Vec::with_capacity(self.text.content.len() / 5);
        let folded = fold::fold_words(&self.text.content, |start, end| words.push(Span::new(start, end)));
        self.text.words = words.into_iter().map(|w| Word::of(&folded, w.start, w.end)).collect();
        self.text.folded = folded;
        self.text
    }

    fn close(&mut self, shape: Shape, cells: Vec<Span>, source: usize) {
        let end = self.text.content.len();
        self.text.blocks.push(Block {
            span: Span::new(self.block_start, end),
            shape,
            page: self.page,
            gap_before: std::mem::take(&mut self.gap),
            bold: std::mem::take(&mut self.bold),
            cells,
            breaks: std::mem::take(&mut self.breaks),
            merged: std::mem::take(&mut self.merged),
        });
        self.text.origin.made_from(end, source..source);
        self.text.content.push('\n');
        self.block_start = self.text.content.len();
        self.cell_start = self.block_start;
    }

    fn trim_blank(&mut self) {
        while self.text.content.len() > self.cell_start && self.text.content.ends_with(' ') {
            self.text.content.pop();
        }
        let end = self.text.content.len();
        for marked in [&mut self.text.unsure, &mut self.text.raised] {
            marked.pop_if(|m| m.start >= end);
            if let Some(last) = marked.last_mut() {
                last.end = last.end.min(end);
            }
        }
    }
}

fn push_normalised(out: &mut String, odd: &str) {
    for c in odd.nfc() {
        match fold::uniform_char(c) {
            Some(' ') if out.ends_with(' ') => {}
            Some(c) => out.push(c),
            None => {}
        }
    }
}

/// Converts byte offsets of one text into counts of Unicode code points.
///
/// A table holds the count at every 64th byte, so a conversion looks at no more than 64 bytes.
#[derive(Debug)]
pub struct CodePoints<'a> {
    bytes: &'a [u8],
    counts: Vec<u32>,
}

const STRIDE: usize = 64;

impl<'a> CodePoints<'a> {
    fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut counts = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut sum = 0u32;
        for chunk in bytes.chunks(STRIDE) {
            counts.push(sum);
            sum += starts(chunk);
        }
        counts.push(sum);
        Self { bytes, counts }
    }

    /// The number of code points before this byte.
    pub fn at(&self, byte: usize) -> usize {
        let chunk = byte / STRIDE;
        self.counts[chunk] as usize + starts(&self.bytes[chunk * STRIDE..byte]) as usize
    }

    /// The span in code points.
    pub fn span(&self, span: Span) -> CodeSpan {
        CodeSpan { start: self.at(span.start), end: self.at(span.end) }
    }
}

fn starts(bytes: &[u8]) -> u32 {
    // Every byte that is not a UTF-8 continuation byte (10xxxxxx) starts a code point.
    bytes.iter().map(|&b| u32::from((b as i8) >= -0x40)).sum()
}

/// A half-open range of Unicode code points of the record's `text` (W3C Web Annotation positions).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct CodeSpan {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(piece: &str) -> Text {
        let mut builder = TextBuilder::with_capacity(piece.len());
        builder.push(piece, 0);
        builder.finish()
    }

    #[test]
    fn odd_characters_become_uniform() {
        let rows = [
            ("Quye\u{302}\u{301}t đi\u{323}nh", "Quyết định", "decomposed Unicode"),
            ("Q\u{d0} \u{189} \u{f0}", "QĐ Đ đ", "look-alikes of Đ"),
            ("489/Q\u{110}\u{2011}TTg", "489/QĐ-TTg", "non-breaking hyphen"),
            ("a\u{a0}b\u{2003}c", "a b c", "no-break and em space"),
            ("a\u{a0} b", "a b", "a no-break space beside a blank counts once"),
            ("văn\u{ad}thư\u{200b}!", "vănthư!", "soft hyphen and zero-width space"),
            ("1\u{2044}2 \u{2215}", "1/2 /", "slash look-alikes"),
        ];
        for (from, to, why) in rows {
            assert_eq!(build(from).as_str().trim_end(), to, "{why}");
        }
    }

    #[test]
    fn marks_end_where_their_text_does() {
        let mut builder = TextBuilder::with_capacity(0);
        for line in ["sở y tế   \u{200b}", "  \u{200b}", "Ubnd"] {
            builder.push_marked(&line.to_uppercase(), 0, Mark::Raised);
            builder.end_paragraph(0);
        }
        assert_eq!(builder.finish().stored_case(), "sở y tế\nubnd\n");
    }

    #[test]
    fn the_way_back_is_exact() {
        let source = "Số 12\u{a0}Quye\u{302}\u{301}t định, ba\u{300}n";
        let text = build(source);
        for (word, origin) in [("Quyết", "Quye\u{302}\u{301}t"), ("định", "định"), ("bàn", "ba\u{300}n"), ("12", "12")] {
            let start = text.as_str().find(word).unwrap();
            let range = text.origin(Span::new(start, start + word.len()));
            assert_eq!(&source[range], origin);
        }
    }

    #[test]
    fn code_points_count_characters() {
        let long = "Đề án ".repeat(200);
        let text = build(&long);
        let points = text.code_points();
        let s = text.as_str();
        for (i, (byte, _)) in s.char_indices().enumerate() {
            assert_eq!(points.at(byte), i);
        }
        assert_eq!(points.at(s.len()), s.chars().count());
    }
}
