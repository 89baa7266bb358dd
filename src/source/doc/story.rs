//! From pieces and formatting to paragraphs, cells and runs.

use super::Streams;
use super::fib::Fib;
use super::format::Stretches;
use super::list::Lists;
use super::piece::{Changes, Piece};
use super::sprm::{Character, Paragraph};
use super::style::{Styles, fonts};
use crate::source::flow::{Flow, Font, Run, Style};
use crate::source::grid::Grid;
use crate::source::{legacy, symbol};

/// Characters of one formatting, not yet worked out.
struct Chunk<'a> {
    text: String,
    list: &'a [u8],
    changes: Changes<'a>,
}

/// The paragraph mark, the mark of a cell or row, and the page break.
const PARAGRAPH: char = '\r';
const CELL: char = '\x07';
const PAGE: char = '\x0c';

struct Story<'a> {
    streams: Streams<'a>,
    pieces: &'a [Piece<'a>],
    characters: Stretches<'a>,
    paragraphs: Stretches<'a>,
    styles: Styles,
    lists: Lists<'a>,
    fonts: Vec<(Font, String)>,
    flow: Flow,
    grid: Grid,
    chunks: Vec<Chunk<'a>>,
    /// For each field that stands open, whether its code is being read.
    fields: Vec<bool>,
    runs: Vec<Run>,
    /// Characters that tracked changes delete.
    deleted: usize,
}

/// Fields inside fields.
const DEEPEST: usize = 256;

/// Reads the body, then the text boxes, then the notes; running heads and comments are left out.
pub(super) fn read<'a>(streams: Streams<'a>, fib: &Fib, pieces: &'a [Piece<'a>]) -> Flow {
    let mut flow = Flow::default();
    let fonts = fonts(streams, fib).into_iter().map(|name| (flow.font(&name), name)).collect();
    let mut story = Story {
        streams,
        pieces,
        characters: Stretches::of_characters(streams, fib),
        paragraphs: Stretches::of_paragraphs(streams, fib),
        styles: Styles::read(streams, fib),
        lists: Lists::read(streams, fib),
        fonts,
        flow,
        grid: Grid::default(),
        chunks: Vec::new(),
        fields: Vec::new(),
        runs: Vec::new(),
        deleted: 0,
    };
    let l = fib.lengths;
    let footnotes = l.body;
    let endnotes = [l.footnotes, l.headers, l.macros, l.comments].iter().fold(footnotes, |at, &n| at.saturating_add(n));
    let boxes = endnotes.saturating_add(l.endnotes);
    for (start, length) in [(0, l.body), (boxes, l.boxes), (footnotes, l.footnotes), (endnotes, l.endnotes)] {
        story.part(start, start.saturating_add(length));
    }
    if story.deleted > 0 {
        story.flow.note("tracked-deletions", format!("{} characters that tracked changes delete were left out", story.deleted));
    }
    if story.pieces.last().is_none_or(|p| p.end < l.body) {
        story.flow.note("doc-cut", "a part of the text is missing; the file may have been cut");
    }
    story.flow
}

impl<'a> Story<'a> {
    /// Reads one part of the text.
    fn part(&mut self, start: u32, end: u32) {
        self.fields.clear();
        let pieces = self.pieces;
        let first = pieces.partition_point(|p| p.end <= start);
        let mut last = None;
        for piece in pieces[first..].iter().take_while(|p| p.start < end) {
            let (from, to) = (piece.start.max(start), piece.end.min(end));
            self.piece(piece, from - piece.start, to - piece.start);
            last = Some((piece, to - piece.start));
        }
        if let Some((piece, to)) = last.filter(|_| !self.chunks.is_empty()) {
            self.end(PARAGRAPH, piece.offset.saturating_add((to - 1) * piece.width()), piece.changes);
        }
        std::mem::take(&mut self.grid).write(&mut self.flow);
    }

    /// Reads a stretch of a piece, given in its characters.
    fn piece(&mut self, piece: &Piece<'a>, from: u32, to: u32) {
        let width = piece.width();
        let (mut at, end) = (piece.offset.saturating_add(from * width), piece.offset.saturating_add(to * width));
        while at < end {
            let stretch = self.characters.at(at);
            // A stretch that ends inside a character goes on to the character's end.
            let length = (stretch.end.min(end) - at).next_multiple_of(width).max(width);
            let stop = at.saturating_add(length).min(end);
            let chunk = Chunk { text: String::new(), list: stretch.list, changes: piece.changes };
            self.stretch(chunk, at, stop, piece);
            at = stop;
        }
    }

    fn stretch(&mut self, mut chunk: Chunk<'a>, start: u32, end: u32, piece: &Piece<'a>) {
        let Some(bytes) = self.streams.main.get(start as usize..end as usize) else { return };
        let (list, changes) = (chunk.list, chunk.changes);
        let mut at = start;
        let mut take = |story: &mut Self, c: char, width: u32| {
            let place = at;
            at += width;
            if let Some(c) = story.plain(c) {
                chunk.text.push(c);
            } else if matches!(c, PARAGRAPH | CELL | PAGE) {
                let text = std::mem::take(&mut chunk.text);
                story.chunks.push(Chunk { text, list, changes });
                story.end(c, place, changes);
            }
        };
        if piece.narrow {
            bytes.iter().for_each(|&b| take(self, legacy::char_of_windows_1252(b), 1));
        } else {
            let units = bytes.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]]));
            for c in char::decode_utf16(units) {
                let c = c.unwrap_or('\u{fffd}');
                take(self, c, c.len_utf16() as u32 * 2);
            }
        }
        if !chunk.text.is_empty() {
            self.chunks.push(chunk);
        }
    }

    /// What a character of the text prints; none for marks and for what is not printed.
    fn plain(&mut self, c: char) -> Option<char> {
        match c {
            '\x13' if self.fields.len() < DEEPEST => self.fields.push(true),
            '\x14' => {
                if let Some(code) = self.fields.last_mut() {
                    *code = false;
                }
            }
            '\x15' => drop(self.fields.pop()),
            PARAGRAPH | CELL | PAGE => {}
            _ if self.fields.contains(&true) => {}
            '\x0b' | '\x0e' => return Some('\n'),
            '\x1e' => return Some('\u{2011}'),
            '\t' => return Some('\t'),
            // Pictures, notes' marks and the place where a word may be broken.
            '\0'..='\x1f' => {}
            _ => return Some(c),
        }
        None
    }

    /// Ends a paragraph whose mark stands at this place of the main stream.
    fn end(&mut self, mark: char, place: u32, changes: Changes<'a>) {
        let paragraph = self.shape(place, changes);
        let base = self.styles.get(paragraph.style).character;
        let chunks = std::mem::take(&mut self.chunks);
        self.label(&paragraph, &base, chunks.last());
        for chunk in &chunks {
            let character = self.character(&base, chunk.list, chunk.changes);
            self.run(&chunk.text, &character);
        }
        let depth = paragraph.depth();
        match mark {
            CELL if paragraph.row_end => {
                self.runs.clear();
                self.grid.row(depth, &paragraph.row);
            }
            CELL => self.grid.cell(depth.max(1), &mut self.runs),
            _ if depth > 1 && paragraph.ends_inner_row() => {
                self.runs.clear();
                self.grid.row(depth, &paragraph.row);
            }
            _ if depth > 1 && paragraph.ends_inner_cell() => self.grid.cell(depth, &mut self.runs),
            _ => {
                if paragraph.page_break_before {
                    self.grid.gap(depth);
                }
                self.grid.paragraph(depth, &mut self.runs);
                if mark == PAGE {
                    self.grid.gap(depth);
                }
            }
        }
    }

    /// The properties of the paragraph whose mark stands at this place.
    fn shape(&self, place: u32, changes: Changes<'_>) -> Paragraph {
        let stretch = self.paragraphs.at(place);
        let mut paragraph = self.styles.get(stretch.style).paragraph.clone();
        paragraph.style = stretch.style;
        paragraph.apply(stretch.list, self.streams.data);
        if let Changes::Long(list) = changes {
            paragraph.apply(list, self.streams.data);
        }
        paragraph
    }

    fn character(&self, base: &Character, list: &[u8], changes: Changes<'_>) -> Character {
        let mut character = *base;
        character.apply(list, base, |n| self.styles.of_characters(n));
        match changes {
            Changes::Long(list) => character.apply(list, base, |n| self.styles.of_characters(n)),
            Changes::Short(number, value) => character.modify_short(number, value),
        }
        character
    }

    /// Puts the automatic number before the paragraph.
    fn label(&mut self, paragraph: &Paragraph, base: &Character, mark: Option<&Chunk<'a>>) {
        // 2047 and what is above take a paragraph out of its list.
        if !(1..2047).contains(&paragraph.list) || paragraph.row_end {
            return;
        }
        let Some(label) = self.lists.label(paragraph.list, paragraph.level) else { return };
        let mut character = mark.map_or(*base, |m| self.character(base, m.list, m.changes));
        let of_mark = character;
        character.apply(label.list, &of_mark, |n| self.styles.of_characters(n));
        character.symbol = None;
        if !character.deleted {
            character.hidden = false;
            let from = self.runs.len();
            self.run(&label.text, &character);
            for run in self.runs[from..].iter_mut().filter(|_| label.is_bullet) {
                run.text = run.text.chars().map(bullet).collect();
            }
        }
    }

    fn run(&mut self, text: &str, character: &Character) {
        if character.hidden || character.deleted || text.is_empty() {
            self.deleted += if character.deleted { text.chars().count() } else { 0 };
            return;
        }
        let name = |number: u16| self.fonts.get(usize::from(number)).map_or("", |(_, name)| name.as_str());
        let mut text = text.to_owned();
        if let Some((font, c)) = character.symbol.filter(|_| character.special) {
            let c = char::from_u32(c.into()).unwrap_or('•');
            let drawn = symbol::drawn(name(font), c).unwrap_or(c);
            text = text.chars().map(|_| drawn).collect();
        } else if text.contains(|c| ('\u{f020}'..='\u{f0ff}').contains(&c)) {
            let drawn = |c: char| {
                ('\u{f020}'..='\u{f0ff}').contains(&c).then(|| symbol::drawn(name(character.font), c).or(symbol::drawn(name(character.other_font), c)))
            };
            text = text.chars().map(|c| drawn(c).flatten().unwrap_or(c)).collect();
        }
        // Letters beyond ASCII may be set from a font of their own; the one of before Unicode tells more.
        let other = !text.is_ascii() && legacy::is_font_of_code_page(name(character.other_font)) && !legacy::is_font_of_code_page(name(character.font));
        let number = if other { character.other_font } else { character.font };
        let font = self.fonts.get(usize::from(number)).map(|(font, _)| *font);
        self.runs.push(Run { text, style: Style { font, bold: character.bold, caps: character.caps, ..Style::default() } });
    }
}

/// What a bullet looks like: a byte of a font that is not known is a bullet still, and no letter.
fn bullet(c: char) -> char {
    match c {
        '\u{ad}' => '-',
        '\u{80}'..='\u{ff}' | '\u{f020}'..='\u{f0ff}' => '•',
        _ => c,
    }
}
