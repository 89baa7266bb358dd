//! Rich Text Format (1.9), as Word, WordPad and LibreOffice write it.
//!
//! Fonts decide how the bytes of a run are decoded: each has a character set, and those of before Unicode hand on
//! their bytes as windows-1252. Groups nest on a list of our own, never on the stack.

mod charset;
mod words;

use super::flow::{Flow, Font, Run, Style};
use super::grid::{Grid, RowShape};
use super::{legacy, symbol};
use encoding_rs::Encoding;
use std::collections::HashMap;

/// Groups inside groups; Word writes about twenty. Deeper ones count as one.
const DEEPEST: usize = 1000;
/// Fonts and styles of one document.
const MOST_FONTS: usize = 4096;

/// Whether a file is RTF, whatever its name.
pub(super) fn is_rtf(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"{\\rtf")
}

/// Reads a document; damage costs the damaged place only.
pub(super) fn read(bytes: &[u8]) -> Flow {
    let mut reader = Reader::default();
    let mut tokens = words::Tokens::new(bytes);
    while let Some(token) = tokens.next() {
        match token {
            words::Token::Open => reader.open(),
            words::Token::Close => reader.close(),
            words::Token::Word(b"bin", Some(count)) => tokens.skip(usize::try_from(count).unwrap_or(0)),
            words::Token::Word(name, number) => reader.word(name, number),
            words::Token::Symbol(symbol) => reader.symbol(symbol),
            words::Token::Hex(byte) => reader.byte(byte),
            words::Token::Text(text) => reader.text(text),
        }
    }
    reader.finish(tokens.unclosed())
}

/// What a group is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Destination {
    #[default]
    Text,
    /// Nothing in it counts, not even groups inside.
    Skip,
    /// Only groups inside count.
    Shell,
    FontTable,
    StyleSheet,
}

/// Which part of the paper text goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Target {
    #[default]
    Body = 0,
    Box = 1,
    Note = 2,
}

/// What a group inherits and gives back.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    destination: Destination,
    target: Target,
    font: i32,
    bold: bool,
    caps: bool,
    hidden: bool,
    deleted: bool,
    /// Whether `\*` stands before the next word: who does not know it skips the group.
    optional: bool,
    /// Characters after `\u` that stand in for it.
    fallback: Option<u8>,
    in_table: bool,
    depth: Option<u8>,
    /// Whether row properties are those of a table inside a cell.
    nested_row: bool,
}

#[derive(Default, Clone)]
struct FontEntry {
    name: String,
    charset: Option<i32>,
    code_page: Option<i32>,
}

/// How a declared font is read.
#[derive(Clone, Copy)]
struct Face {
    encoding: &'static Encoding,
    font: Option<Font>,
    symbols: bool,
}

#[derive(Default, Clone, Copy)]
struct StyleEntry {
    font: Option<i32>,
    bold: bool,
    caps: bool,
}

/// What is being declared in a table of fonts or styles.
#[derive(Default)]
struct Declared {
    font: FontEntry,
    number: i32,
    style: StyleEntry,
}

#[derive(Default)]
struct Reader {
    flow: Flow,
    state: State,
    stack: Vec<State>,
    /// Groups beyond the limit.
    surplus: usize,
    grids: [Grid; 3],
    paragraphs: [Vec<Run>; 3],
    /// Bytes that wait for the font's character set.
    bytes: Vec<u8>,
    high_surrogate: Option<u16>,
    /// Fallback characters that are still to be skipped.
    skipping: u8,
    fonts: HashMap<i32, FontEntry>,
    faces: HashMap<i32, Face>,
    styles: HashMap<(bool, i32), StyleEntry>,
    declared: Declared,
    character_style: bool,
    default_font: i32,
    code_page: i32,
    rows: [RowShape; 2],
    merges: words::Merges,
    /// Characters that tracked changes delete.
    deleted: usize,
}

impl Reader {
    fn open(&mut self) {
        self.settle();
        self.skipping = 0;
        if self.stack.len() >= DEEPEST {
            self.surplus += 1;
            return;
        }
        self.stack.push(self.state);
        self.state.optional = false;
    }

    fn close(&mut self) {
        self.settle();
        self.skipping = 0;
        if self.surplus > 0 {
            self.surplus -= 1;
            return;
        }
        if self.state.destination == Destination::StyleSheet {
            self.end_declaration();
        }
        let Some(outer) = self.stack.pop() else { return };
        let inner = std::mem::replace(&mut self.state, outer);
        if inner.target != outer.target {
            self.end_paragraph_of(inner.target, 0);
        }
    }

    fn finish(mut self, unclosed: bool) -> Flow {
        self.settle();
        for target in [Target::Body, Target::Box, Target::Note] {
            if !self.paragraphs[target as usize].is_empty() {
                self.end_paragraph_of(target, 0);
            }
        }
        for grid in self.grids {
            grid.write(&mut self.flow);
        }
        if self.deleted > 0 {
            self.flow.note("tracked-deletions", format!("{} characters that tracked changes delete were left out", self.deleted));
        }
        if unclosed {
            self.flow.note("rtf-cut", "the file ends inside a group; it may have been cut");
        }
        self.flow
    }

    fn word(&mut self, name: &[u8], number: Option<i32>) {
        if self.skipping > 0 && name != b"u" {
            self.skipping -= 1;
            return;
        }
        self.settle_bytes();
        let optional = std::mem::take(&mut self.state.optional);
        if self.state.destination == Destination::Skip {
            return;
        }
        if let Some(destination) = words::destination(name) {
            self.enter(name, destination);
        } else if optional && !(self.state.destination == Destination::StyleSheet && name == b"cs") {
            self.state.destination = Destination::Skip;
        } else {
            match self.state.destination {
                Destination::FontTable => self.font_word(name, number),
                Destination::StyleSheet => self.style_word(name, number),
                Destination::Shell | Destination::Skip => {}
                Destination::Text => self.format(name, number),
            }
        }
    }

    fn enter(&mut self, name: &[u8], destination: Destination) {
        match name {
            b"footnote" => self.state.target = Target::Note,
            b"shptxt" | b"dptxbxtext" => self.state.target = Target::Box,
            b"nesttableprops" => self.state.nested_row = true,
            // The table of fonts stands once, at the start; one inside text would eat it.
            b"fonttbl" | b"stylesheet" if self.stack.len() > 3 => return,
            _ => {}
        }
        if matches!(name, b"footnote" | b"shptxt" | b"dptxbxtext") {
            (self.state.in_table, self.state.depth) = (false, None);
        }
        self.state.destination = destination;
    }

    fn font_word(&mut self, name: &[u8], number: Option<i32>) {
        match (name, number) {
            (b"f", Some(n)) => {
                self.declared.number = n;
                self.declared.font = FontEntry::default();
            }
            (b"fcharset", n) => self.declared.font.charset = n,
            (b"cpg", n) => self.declared.font.code_page = n,
            (b"u", Some(n)) => self.declared.font.name.extend(char::from_u32(u32::from(n as u16))),
            _ => {}
        }
    }

    fn style_word(&mut self, name: &[u8], number: Option<i32>) {
        let on = number != Some(0);
        match (name, number) {
            (b"s" | b"cs", Some(n)) => {
                self.character_style = name == b"cs";
                self.declared.number = n;
            }
            (b"f", n) => self.declared.style.font = n,
            (b"b", _) => self.declared.style.bold = on,
            (b"caps", _) => self.declared.style.caps = on,
            _ => {}
        }
    }

    fn end_declaration(&mut self) {
        let style = std::mem::take(&mut self.declared.style);
        if self.styles.len() < MOST_FONTS {
            self.styles.insert((self.character_style, self.declared.number), style);
        }
        (self.declared.number, self.character_style) = (0, false);
    }

    fn format(&mut self, name: &[u8], number: Option<i32>) {
        let on = number != Some(0);
        let state = &mut self.state;
        match name {
            b"u" => self.unicode(number.unwrap_or(0) as u16),
            b"uc" => state.fallback = Some(number.unwrap_or(1).clamp(0, 16) as u8),
            b"f" => state.font = number.unwrap_or(self.default_font),
            b"b" => state.bold = on,
            b"caps" => state.caps = on,
            b"v" => state.hidden = on,
            b"deleted" => state.deleted = on,
            b"plain" => {
                (state.bold, state.caps, state.hidden, state.deleted) = (false, false, false, false);
                state.font = self.default_font;
            }
            b"s" | b"cs" => self.style(name == b"cs", number.unwrap_or(0)),
            b"pard" => (state.in_table, state.depth) = (false, None),
            b"intbl" => state.in_table = on,
            b"itap" => state.depth = number.and_then(|n| u8::try_from(n).ok()),
            b"deff" => {
                self.default_font = number.unwrap_or(0);
                self.state.font = self.default_font;
            }
            b"ansicpg" => self.code_page = number.unwrap_or(0),
            b"mac" => self.code_page = 10000,
            b"par" | b"sect" | b"page" | b"column" => self.end_paragraph(name == b"page" || name == b"sect"),
            b"cell" => self.end_cell(1),
            b"nestcell" => self.end_cell(self.depth().max(2)),
            b"row" => self.end_row(1),
            b"nestrow" => self.end_row(self.depth().max(2)),
            _ => self.other(name, number),
        }
    }

    fn other(&mut self, name: &[u8], number: Option<i32>) {
        if let Some(c) = words::special(name) {
            self.push(c);
            return;
        }
        let row = &mut self.rows[usize::from(self.state.nested_row)];
        self.merges.word(name, number.unwrap_or(0), row);
    }

    fn style(&mut self, character: bool, number: i32) {
        let Some(style) = self.styles.get(&(character, number)).copied() else { return };
        let state = &mut self.state;
        state.font = style.font.unwrap_or(state.font);
        state.bold |= style.bold;
        state.caps |= style.caps;
    }

    fn symbol(&mut self, symbol: u8) {
        if symbol == b'*' {
            self.state.optional = true;
            return;
        }
        if self.skipping > 0 {
            self.skipping -= 1;
            return;
        }
        match symbol {
            b'~' => self.push('\u{a0}'),
            b'_' => self.push('\u{2011}'),
            // A place where a word may be broken; as U+00AD it would look like a letter of TCVN3.
            b'-' => {}
            b'\n' | b'\r' => self.format(b"par", None),
            b'\t' => self.push('\t'),
            b'{' | b'}' | b'\\' => self.push(char::from(symbol)),
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skipping > 0 {
            self.skipping -= 1;
            return;
        }
        match self.state.destination {
            Destination::Text => self.bytes.push(byte),
            Destination::FontTable => self.name_byte(byte),
            _ => {}
        }
    }

    fn text(&mut self, mut text: &[u8]) {
        while self.skipping > 0 && !text.is_empty() {
            self.skipping -= 1;
            text = &text[1..];
        }
        match self.state.destination {
            Destination::Text => self.bytes.extend_from_slice(text),
            Destination::FontTable => text.iter().for_each(|&b| self.name_byte(b)),
            _ => {}
        }
    }

    fn name_byte(&mut self, byte: u8) {
        if byte != b';' {
            self.declared.font.name.push(legacy::char_of_windows_1252(byte));
        } else if self.fonts.len() < MOST_FONTS {
            self.fonts.insert(self.declared.number, std::mem::take(&mut self.declared.font));
        }
    }

    fn unicode(&mut self, unit: u16) {
        self.skipping = self.state.fallback.unwrap_or(1);
        let units = self.high_surrogate.take().into_iter().chain([unit]);
        let decoded: Vec<_> = char::decode_utf16(units).collect();
        for result in decoded {
            match result {
                Ok(c) => self.push(c),
                Err(e) if (0xd800..0xdc00).contains(&e.unpaired_surrogate()) => self.high_surrogate = Some(unit),
                Err(_) => {}
            }
        }
    }

    /// Hands the waiting bytes on in the encoding of the font.
    fn settle_bytes(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let face = self.face();
        if bytes.is_ascii() {
            self.append(&String::from_utf8_lossy(&bytes), face);
        } else {
            let (text, _) = face.encoding.decode_without_bom_handling(&bytes);
            self.append(&text, face);
        }
        self.bytes = bytes;
        self.bytes.clear();
    }

    fn settle(&mut self) {
        self.settle_bytes();
        self.high_surrogate = None;
    }

    fn push(&mut self, c: char) {
        self.settle_bytes();
        let face = self.face();
        self.append(c.encode_utf8(&mut [0; 4]), face);
    }

    fn append(&mut self, text: &str, face: Face) {
        let state = &self.state;
        if state.hidden || state.deleted || state.destination != Destination::Text {
            self.deleted += if state.deleted { text.chars().count() } else { 0 };
            return;
        }
        let style = Style { font: face.font, bold: state.bold, caps: state.caps, ..Style::default() };
        let runs = &mut self.paragraphs[state.target as usize];
        if runs.last().is_none_or(|r| r.style != style) {
            runs.push(Run { text: String::new(), style });
        }
        let Some(run) = runs.last_mut() else { return };
        match face.font.filter(|_| face.symbols) {
            Some(font) => {
                let name = self.flow.font_name(font);
                run.text.extend(text.chars().map(|c| symbol::drawn(name, c).unwrap_or(c)));
            }
            None => run.text.push_str(text),
        }
    }

    /// How the current font is read.
    fn face(&mut self) -> Face {
        if let Some(face) = self.faces.get(&self.state.font) {
            return *face;
        }
        let entry = self.fonts.get(&self.state.font);
        let encoding = charset::encoding(entry, self.code_page);
        let name = entry.map_or("", |e| e.name.trim());
        let symbols = symbol::drawn(name, '\u{b7}').is_some();
        let font = (!name.is_empty()).then(|| self.flow.font(name));
        let face = Face { encoding, font, symbols };
        if self.faces.len() < MOST_FONTS {
            self.faces.insert(self.state.font, face);
        }
        face
    }

    fn depth(&self) -> usize {
        match self.state.depth {
            Some(depth) if depth > 0 => depth.into(),
            _ => usize::from(self.state.in_table),
        }
    }

    fn end_paragraph(&mut self, gap: bool) {
        self.settle();
        let depth = self.depth();
        self.end_paragraph_of(self.state.target, depth);
        if gap {
            self.grids[self.state.target as usize].gap(depth);
        }
    }

    fn end_paragraph_of(&mut self, target: Target, depth: usize) {
        self.grids[target as usize].paragraph(depth, &mut self.paragraphs[target as usize]);
    }

    fn end_cell(&mut self, depth: usize) {
        self.settle();
        let target = self.state.target as usize;
        self.grids[target].cell(depth, &mut self.paragraphs[target]);
    }

    fn end_row(&mut self, depth: usize) {
        self.settle();
        let target = self.state.target as usize;
        self.grids[target].row(depth, &self.rows[usize::from(depth > 1)]);
    }
}

#[cfg(test)]
mod tests;
