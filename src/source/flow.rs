//! What the readers of foreign formats give: runs of characters in paragraphs and table cells, in reading order.
//!
//! A reader knows fonts and cells and no Vietnamese; this module knows what a paper looks like and no format. So a
//! paper gives the same text whatever it was kept in.

use super::legacy;
use super::plain::{self, Line};
use crate::error::{Error, Result};
use crate::text::{Mark, Note, Text, TextBuilder};
use std::collections::HashMap;
use std::ops::Range;

/// A document of more characters is no paper; a thousand pages have about three million.
pub(super) const MOST_CHARACTERS: usize = 64 * 1024 * 1024;
/// Paragraphs, cells and runs: a year's budget of a province in one spreadsheet has about 300,000 cells.
pub(super) const MOST_PARTS: usize = 4_000_000;
/// Tables inside tables: Word itself draws no more than this.
const DEEPEST: usize = 64;

/// The number of a font name in its [`Flow`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Font(u16);

impl Font {
    /// Its place in [`Flow::font_names`].
    pub fn number(self) -> usize {
        self.0.into()
    }
}

/// How a run of characters is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Style {
    /// Where the format names it.
    pub font: Option<Font>,
    /// Bold.
    pub bold: bool,
    /// Shown in capitals whatever the letters are: `w:caps`, and fonts such as `.VnTimeH`.
    pub caps: bool,
    /// Character recognition is not sure of them.
    pub unsure: bool,
}

/// Characters of one style.
#[derive(Debug, Clone)]
pub(super) struct Run {
    /// As the format gives them; characters of a legacy code page as windows-1252 reads their bytes.
    /// `\n` is a line break inside a paragraph, `\t` a tab.
    pub text: String,
    pub style: Style,
}

/// Where a cell stands in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Columns that the cell covers, at least 1.
    pub columns: usize,
    /// Whether it goes on from the cell above it.
    pub merged_above: bool,
}

impl Default for Place {
    fn default() -> Self {
        Self { columns: 1, merged_above: false }
    }
}

#[derive(Debug)]
enum Item {
    Run(Run),
    EndParagraph,
    Gap,
    Page(u32),
    OpenTable,
    OpenRow,
    OpenCell(Place),
    CloseCell,
    CloseRow,
    CloseTable,
}

/// A document as its format tells it.
#[derive(Debug, Default)]
pub(super) struct Flow {
    items: Vec<Item>,
    fonts: Vec<String>,
    known_fonts: HashMap<String, Font>,
    notes: Vec<Note>,
    characters: usize,
    page: u32,
    open: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Table,
    Row,
    Cell,
}

impl Flow {
    /// The number of a font; the same name gives the same number.
    pub fn font(&mut self, name: &str) -> Font {
        if let Some(font) = self.known_fonts.get(name) {
            return *font;
        }
        // A document that names more fonts than this names them by mistake; they count as one.
        let font = Font(u16::try_from(self.fonts.len()).unwrap_or(u16::MAX - 1));
        if usize::from(font.0) == self.fonts.len() {
            self.fonts.push(name.to_owned());
        }
        self.known_fonts.insert(name.to_owned(), font);
        font
    }

    /// The name behind a number.
    pub fn font_name(&self, font: Font) -> &str {
        self.fonts.get(usize::from(font.0)).map_or("", String::as_str)
    }

    /// Appends characters to the paragraph.
    pub fn run(&mut self, text: &str, style: Style) {
        if text.is_empty() || self.is_full() {
            return;
        }
        self.characters += text.len();
        match self.items.last_mut() {
            Some(Item::Run(last)) if last.style == style => last.text.push_str(text),
            _ => self.items.push(Item::Run(Run { text: text.to_owned(), style })),
        }
    }

    /// Ends the paragraph; an empty one is clear distance.
    pub fn end_paragraph(&mut self) {
        self.part(Item::EndParagraph);
    }

    /// Says that clear distance stands before what follows.
    pub fn gap(&mut self) {
        self.part(Item::Gap);
    }

    /// Goes to another page, counted from 1.
    pub fn page(&mut self, page: u32) {
        self.page = self.page.max(page);
        self.part(Item::Page(page));
    }

    /// Opens a table; one inside a cell belongs to that cell.
    pub fn open_table(&mut self) {
        self.enter(Part::Table);
    }

    /// Opens a row of the table.
    pub fn open_row(&mut self) {
        self.enter(Part::Row);
    }

    /// Opens a cell of the row; what it holds are paragraphs and tables.
    pub fn open_cell(&mut self, place: Place) {
        self.open.push(Part::Cell);
        self.part(Item::OpenCell(place));
    }

    /// Closes the cell and what stands open in it.
    pub fn close_cell(&mut self) {
        self.leave(Part::Cell);
    }

    /// Closes the row and what stands open in it.
    pub fn close_row(&mut self) {
        self.leave(Part::Row);
    }

    /// Closes the table and what stands open in it.
    pub fn close_table(&mut self) {
        self.leave(Part::Table);
    }

    /// Records something odd.
    pub fn note(&mut self, rule: &'static str, message: impl Into<String>) {
        self.notes.push(Note { rule, message: message.into(), span: None });
    }

    /// Whether the document is larger than any paper: what follows is not taken, and writing it fails.
    pub fn is_full(&self) -> bool {
        self.characters > MOST_CHARACTERS || self.items.len() > MOST_PARTS || self.open.len() > 3 * DEEPEST
    }

    /// The runs of each paragraph, in reading order.
    pub fn paragraphs_mut(&mut self) -> impl Iterator<Item = Vec<&mut Run>> {
        self.items.split_mut(|item| !matches!(item, Item::Run(_))).filter(|items| !items.is_empty()).map(runs_of)
    }

    /// All runs in reading order.
    pub fn runs(&self) -> impl Iterator<Item = &Run> {
        self.items.iter().filter_map(|item| if let Item::Run(run) = item { Some(run) } else { None })
    }

    /// The names of all fonts, by their numbers.
    pub fn font_names(&self) -> &[String] {
        &self.fonts
    }

    fn enter(&mut self, part: Part) {
        self.open.push(part);
        self.part(if part == Part::Table { Item::OpenTable } else { Item::OpenRow });
    }

    fn leave(&mut self, part: Part) {
        if !self.open.contains(&part) {
            return;
        }
        while let Some(open) = self.open.pop() {
            self.part(match open {
                Part::Table => Item::CloseTable,
                Part::Row => Item::CloseRow,
                Part::Cell => Item::CloseCell,
            });
            if open == part {
                break;
            }
        }
    }

    fn part(&mut self, item: Item) {
        if !self.is_full() {
            self.items.push(item);
        }
    }

    /// Makes the uniform text; the second value names the legacy encodings that were converted.
    ///
    /// # Errors
    /// When the document is larger than any paper.
    pub fn write(mut self) -> Result<(Text, Option<&'static str>, Option<u32>)> {
        if self.is_full() {
            let problem = format!("the document holds more than {MOST_CHARACTERS} bytes of text, {MOST_PARTS} parts or {DEEPEST} tables in one another");
            return Err(Error::new(problem, "split it"));
        }
        self.leave(Part::Table);
        self.part(Item::EndParagraph);
        let encoding = legacy::unify(&mut self);
        let pages = Some(self.page).filter(|&p| p > 0);
        let mut writer = Writer { builder: TextBuilder::with_capacity(self.characters), tables: 0 };
        for note in self.notes {
            writer.builder.note(note);
        }
        let parts = Parts::of(self.items);
        writer.parts(parts.0);
        Ok((writer.builder.finish(), encoding, pages))
    }
}

fn runs_of(items: &mut [Item]) -> Vec<&mut Run> {
    items.iter_mut().filter_map(|item| if let Item::Run(run) = item { Some(run) } else { None }).collect()
}

/// Paragraphs and tables, nested.
struct Parts(Vec<Block>);

enum Block {
    Paragraph(Paragraph),
    Table(Vec<Vec<Cell>>),
}

#[derive(Default)]
struct Paragraph {
    runs: Vec<Run>,
    gap: bool,
    page: u32,
}

struct Cell {
    place: Place,
    blocks: Vec<Block>,
}

#[derive(Default)]
struct Level {
    blocks: Vec<Block>,
    paragraph: Paragraph,
    gap: bool,
}

impl Level {
    fn end_paragraph(&mut self, page: u32) {
        let mut paragraph = std::mem::take(&mut self.paragraph);
        let blank = paragraph.runs.iter().all(|r| r.text.chars().all(char::is_whitespace));
        if blank {
            self.gap = true;
            return;
        }
        paragraph.gap = std::mem::take(&mut self.gap);
        paragraph.page = page;
        self.blocks.push(Block::Paragraph(paragraph));
    }
}

impl Parts {
    fn of(items: Vec<Item>) -> Self {
        let mut levels = vec![Level::default()];
        let mut tables: Vec<Vec<Vec<Cell>>> = Vec::new();
        let mut places: Vec<Place> = Vec::new();
        let mut page = 1;
        for item in items {
            let depth = levels.len() - 1;
            let level = &mut levels[depth];
            match item {
                Item::Run(run) => level.paragraph.runs.push(run),
                Item::EndParagraph => level.end_paragraph(page),
                Item::Gap => level.gap = true,
                Item::Page(n) => page = n,
                Item::OpenTable => {
                    level.end_paragraph_if_open(page);
                    tables.push(Vec::new());
                }
                Item::OpenRow => {
                    if let Some(table) = tables.last_mut() {
                        table.push(Vec::new());
                    }
                }
                Item::OpenCell(place) => {
                    places.push(place);
                    levels.push(Level::default());
                }
                Item::CloseCell => {
                    level.end_paragraph_if_open(page);
                    let (Some(level), Some(place)) = (levels.pop(), places.pop()) else { continue };
                    if let Some(row) = tables.last_mut().and_then(|t| t.last_mut()) {
                        row.push(Cell { place, blocks: level.blocks });
                    }
                }
                Item::CloseRow => {}
                Item::CloseTable => {
                    if let Some(rows) = tables.pop() {
                        level.blocks.push(Block::Table(rows));
                    }
                }
            }
        }
        let mut first = levels.swap_remove(0);
        first.end_paragraph_if_open(page);
        Self(first.blocks)
    }
}

impl Level {
    fn end_paragraph_if_open(&mut self, page: u32) {
        if !self.paragraph.runs.is_empty() {
            self.end_paragraph(page);
        }
    }
}

struct Writer {
    builder: TextBuilder,
    tables: u32,
}

/// A line of a paragraph, with its place in the paragraph's characters.
#[derive(Debug)]
struct Piece {
    text: String,
    /// Bytes of the text of which there is more to say, in order.
    marked: Vec<(Range<usize>, Mark)>,
    bold: bool,
    gap: bool,
    page: u32,
}

impl Piece {
    fn push(&mut self, line: &str, style: Style) {
        let start = self.text.len();
        match (style.caps, style.unsure) {
            (true, _) => self.push_capitals(line),
            (false, true) => {
                self.text.push_str(line);
                self.marked.push((start..self.text.len(), Mark::Unsure));
            }
            (false, false) => self.text.push_str(line),
        }
    }

    /// Appends letters as capitals. What is no letter goes with the letters before it: so a mark is not parted from its
    /// letter, and one stretch is one mark.
    fn push_capitals(&mut self, line: &str) {
        let mut start = None;
        for c in line.chars() {
            if c.is_lowercase() {
                start.get_or_insert(self.text.len());
            } else if let Some(start) = start.take_if(|_| c.is_uppercase()) {
                self.marked.push((start..self.text.len(), Mark::Raised));
            }
            self.text.extend(c.to_uppercase());
        }
        self.marked.extend(start.map(|start| (start..self.text.len(), Mark::Raised)));
    }

    /// The marks of a part of the text.
    fn marks_of(&self, part: &str) -> Vec<(Range<usize>, Mark)> {
        let from = part.as_ptr() as usize - self.text.as_ptr() as usize;
        let inside = |r: &Range<usize>| r.start.max(from) - from..r.end.min(from + part.len()).saturating_sub(from);
        self.marked.iter().map(|(r, mark)| (inside(r), *mark)).filter(|(r, _)| r.start < r.end).collect()
    }
}

impl Writer {
    fn parts(&mut self, blocks: Vec<Block>) {
        let mut pieces: Vec<Piece> = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(p) => pieces_of(&p, Keep::Text, &mut pieces),
                Block::Table(rows) => {
                    self.paragraphs(&std::mem::take(&mut pieces));
                    self.table(rows);
                }
            }
        }
        self.paragraphs(&pieces);
    }

    /// Writes paragraphs; where tabs or blanks set two columns of the page, the left one comes first.
    fn paragraphs(&mut self, pieces: &[Piece]) {
        let mut done = 0;
        let mut at = 0;
        while at < pieces.len() {
            let (left, right) = tab_columns(&pieces[at..]);
            if right.is_empty() {
                at += 1;
                continue;
            }
            self.lines(&pieces[done..at]);
            at += left.iter().chain(&right).map(|(i, _)| i + 1).max().unwrap_or(1);
            for column in [left, right] {
                self.lines(&column.into_iter().map(|(_, piece)| piece).collect::<Vec<_>>());
            }
            done = at;
        }
        self.lines(&pieces[done..]);
    }

    /// Writes lines; those that a page or a line break cut are joined.
    fn lines(&mut self, pieces: &[Piece]) {
        let lines: Vec<Line> = pieces.iter().map(|p| Line::of(&p.text, p.gap, p.page)).collect();
        let mut i = 0;
        while i < lines.len() {
            self.builder.page(lines[i].page);
            if lines[i].gap {
                self.builder.gap();
            }
            let mut last = i;
            self.piece(&pieces[i]);
            while last + 1 < lines.len() && plain::joins(&lines[last], &lines[last + 1], None) {
                if !plain::is_glued(lines[last].text) {
                    self.builder.space(0);
                }
                last += 1;
                self.piece(&pieces[last]);
            }
            self.builder.end_paragraph(0);
            i = last + 1;
        }
    }

    fn piece(&mut self, piece: &Piece) {
        let end = piece.text.trim_end().len();
        let mut at = end - piece.text[..end].trim_start().len();
        for (marked, mark) in &piece.marked {
            let (from, to) = (marked.start.max(at), marked.end.min(end));
            if from < to {
                self.builder.push(&piece.text[at..from], 0);
                self.builder.push_marked(&piece.text[from..to], 0, *mark);
                at = to;
            }
        }
        self.builder.push(&piece.text[at..end], 0);
        if piece.bold {
            self.builder.bold();
        }
    }

    fn table(&mut self, rows: Vec<Vec<Cell>>) {
        match layout(&rows) {
            Layout::Frame => rows.into_iter().flatten().for_each(|cell| self.parts(cell.blocks)),
            Layout::Columns => self.columns(rows),
            Layout::Data => self.rows(rows),
        }
    }

    /// Letterhead and closing in two columns: the left one first.
    fn columns(&mut self, rows: Vec<Vec<Cell>>) {
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut columns: Vec<Vec<Block>> = (0..width).map(|_| Vec::new()).collect();
        for row in rows {
            for (cell, column) in row.into_iter().zip(&mut columns) {
                column.extend(cell.blocks);
            }
        }
        for column in columns {
            self.parts(column);
        }
    }

    fn rows(&mut self, rows: Vec<Vec<Cell>>) {
        let number = self.tables;
        self.tables += 1;
        for row in rows {
            let mut cells: Vec<Vec<Piece>> = Vec::new();
            let mut merged = Vec::new();
            let mut covered = 0;
            for cell in row {
                let mut pieces = Vec::new();
                if cell.place.merged_above {
                    merged.push(cells.len());
                } else {
                    flatten(cell.blocks, &mut pieces);
                }
                cells.push(pieces);
                // Columns that a wide cell covers are empty, so that each stays under its heading.
                covered = cells.len();
                cells.extend((1..cell.place.columns.min(MOST_COLUMNS)).map(|_| Vec::new()));
            }
            // A last cell that is drawn out to the table's edge is as wide as any.
            cells.truncate(covered);
            let filled = cells.iter().rposition(|c| !c.is_empty());
            let Some(filled) = filled else { continue };
            cells.truncate(cells.len().min(MOST_COLUMNS).max(filled + 1));
            self.row(&cells, &merged, number);
        }
    }

    fn row(&mut self, cells: &[Vec<Piece>], merged: &[usize], table: u32) {
        if let Some(first) = cells.iter().flatten().next() {
            self.builder.page(first.page);
        }
        for (i, pieces) in cells.iter().enumerate() {
            if merged.contains(&i) {
                self.builder.merge_cell();
            }
            for (j, piece) in pieces.iter().enumerate() {
                if j > 0 {
                    self.builder.break_cell();
                }
                self.piece(piece);
            }
            if i + 1 < cells.len() {
                self.builder.end_cell(0);
            }
        }
        self.builder.end_row(table, 0);
    }
}

/// Empty columns beyond this many are left out of a row.
const MOST_COLUMNS: usize = 64;

/// A letterhead or a closing has no more lines.
const MOST_COLUMN_LINES: usize = 16;
/// So many blanks in a row stand for a tab.
const WIDE_BLANK: usize = 5;
/// Letters of a line of one column among lines of two.
const NARROW: usize = 60;

/// Lines of a column, with their places among the pieces.
type Column = Vec<(usize, Piece)>;

/// The two columns that the first lines are set in with tabs; none where they are no letterhead and no closing.
fn tab_columns(pieces: &[Piece]) -> (Column, Column) {
    let mut columns = [Vec::new(), Vec::new()];
    let cell = |piece: &Piece, text: &str| Piece { text: text.to_owned(), marked: piece.marks_of(text), bold: piece.bold, gap: piece.gap, page: piece.page };
    let is_tabbed = |piece: &Piece| tab_cells(&piece.text).1.is_some();
    // The blank between "Số:" and the number may be a tab; it parts no columns.
    if pieces.first().is_some_and(|piece| matches!(crate::text::fold(tab_cells(&piece.text).0).as_str(), "số" | "số:")) {
        return Default::default();
    }
    // Later lines may hold rulings between tabs.
    if !pieces.first().is_some_and(|piece| matches!(tab_cells(&piece.text), (_, Some(right)) if wide_blank(right).is_none())) {
        return Default::default();
    }
    let near = &pieces[..pieces.len().min(MOST_COLUMN_LINES)];
    for (i, piece) in near.iter().enumerate() {
        match tab_cells(&piece.text) {
            (left, Some(right)) => {
                columns[0].push((i, cell(piece, left)));
                columns[1].push((i, cell(piece, right)));
            }
            (alone, None) if piece.text.starts_with('\t') => columns[1].push((i, cell(piece, alone))),
            (alone, None) if alone.chars().count() < NARROW && near.get(i + 1).is_some_and(is_tabbed) => columns[0].push((i, cell(piece, alone))),
            _ => break,
        }
    }
    let [left, right] = columns;
    if plain::names_page_columns(left.iter().chain(&right).map(|(_, p)| p.text.as_str())) { (left, right) } else { Default::default() }
}

/// A line up to its first tab or many blanks, and what stands behind.
fn tab_cells(text: &str) -> (&str, Option<&str>) {
    let text = text.trim();
    match wide_blank(text) {
        Some((end, start)) => (&text[..end], Some(text[start..].trim_start())),
        None => (text, None),
    }
}

/// Where the first tab or run of many blanks begins and ends.
fn wide_blank(text: &str) -> Option<(usize, usize)> {
    let mut start = 0;
    let mut count = 0;
    for (i, c) in text.char_indices() {
        match c {
            '\t' => return Some((if count == 0 { i } else { start }, i + 1)),
            ' ' | '\u{a0}' => {
                start = if count == 0 { i } else { start };
                count += 1;
                if count == WIDE_BLANK {
                    return Some((start, i + c.len_utf8()));
                }
            }
            _ => count = 0,
        }
    }
    None
}

enum Layout {
    /// One cell around a text.
    Frame,
    /// Two columns of the page.
    Columns,
    /// Rows and columns of data.
    Data,
}

fn layout(rows: &[Vec<Cell>]) -> Layout {
    let filled = |row: &[Cell]| row.iter().filter(|c| !c.blocks.is_empty()).count();
    // A signature set to the right stands beside an empty cell.
    if rows.iter().all(|row| row.len() <= 1 || filled(row) <= 1 && rows.len() == 1) {
        return Layout::Frame;
    }
    if rows.iter().all(|row| filled(row) <= 2 && row.len() <= 3) {
        let mut pieces = Vec::new();
        for cell in rows.iter().flatten() {
            peek(&cell.blocks, &mut pieces);
        }
        if plain::names_page_columns(pieces.iter().map(String::as_str)) {
            return Layout::Columns;
        }
    }
    Layout::Data
}

/// The text of every paragraph of a cell, without taking it.
fn peek(blocks: &[Block], out: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(p) => out.push(p.runs.iter().map(|r| r.text.as_str()).collect()),
            Block::Table(rows) => rows.iter().flatten().for_each(|c| peek(&c.blocks, out)),
        }
    }
}

/// All lines of a cell, those of tables inside it too.
fn flatten(blocks: Vec<Block>, out: &mut Vec<Piece>) {
    for block in blocks {
        match block {
            Block::Paragraph(p) => pieces_of(&p, Keep::All, out),
            Block::Table(rows) => rows.into_iter().flatten().for_each(|c| flatten(c.blocks, out)),
        }
    }
}

/// Which lines are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    /// No rulings and captions of signatures.
    Text,
    /// In a cell a dash says that there is nothing.
    All,
}

/// The lines of a paragraph.
fn pieces_of(paragraph: &Paragraph, keep: Keep, out: &mut Vec<Piece>) {
    let blank = || Piece { text: String::new(), marked: Vec::new(), bold: false, gap: false, page: paragraph.page };
    let mut gap = paragraph.gap;
    let mut finish = |piece: Piece| {
        if keep == Keep::All || plain::has_text(&piece.text) {
            out.push(Piece { gap: std::mem::take(&mut gap), ..piece });
        }
    };
    let mut piece = blank();
    for run in &paragraph.runs {
        for (i, line) in run.text.split('\n').enumerate() {
            if i > 0 {
                finish(std::mem::replace(&mut piece, blank()));
            }
            piece.push(line, run.style);
            piece.bold |= run.style.bold && !line.trim().is_empty();
        }
    }
    finish(piece);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(lines: &[&str]) -> String {
        let mut flow = Flow::default();
        for line in lines {
            flow.run(line, Style::default());
            flow.end_paragraph();
        }
        flow.write().unwrap().0.as_str().to_owned()
    }

    #[test]
    fn letters_that_only_their_style_draws_as_capitals_are_known() {
        let caps = Style { caps: true, ..Style::default() };
        let rows = [
            (vec![("Điều 1. Quyết định ", caps), ("số 12", Style::default())], "ĐIỀU 1. QUYẾT ĐỊNH số 12", "Điều 1. Quyết định số 12", "mixed"),
            (vec![("quye\u{302}\u{301}t", caps)], "QUYẾT", "quyết", "a letter and its marks stay together"),
            (vec![("UBND\tcộng hòa xã hội", caps)], "UBND\nCỘNG HÒA XÃ HỘI", "UBND\ncộng hòa xã hội", "columns set with tabs"),
        ];
        for (runs, drawn, stored, why) in rows {
            let mut flow = Flow::default();
            runs.into_iter().for_each(|(text, style)| flow.run(text, style));
            flow.end_paragraph();
            let text = flow.write().unwrap().0;
            assert_eq!((text.as_str().trim_end(), text.stored_case().trim_end()), (drawn, stored), "{why}");
        }
    }

    #[test]
    fn columns_set_with_tabs_are_read_one_after_the_other() {
        let rows: [(&[&str], &str, &str); 4] = [
            (
                &["UBND TỈNH\tCỘNG HÒA XÃ HỘI", "SỞ Y TẾ\t\tĐộc lập - Tự do", "Số: 1/SYT      Huế, ngày 1 tháng 2", "\tKÍNH GỬI:", "Nội dung"],
                "UBND TỈNH\nSỞ Y TẾ\nSố: 1/SYT\nCỘNG HÒA XÃ HỘI\nĐộc lập - Tự do\nHuế, ngày 1 tháng 2\nKÍNH GỬI:\nNội dung\n",
                "a letterhead",
            ),
            (&["UBND TỈNH\tCỘNG HÒA", "HUẾ", "SỞ\tĐộc lập"], "UBND TỈNH\nHUẾ\nSỞ\nCỘNG HÒA\nĐộc lập\n", "a line of one column"),
            (&["Điều 1.\tPhạm vi", "Điều 2.\tĐối tượng"], "Điều 1. Phạm vi\nĐiều 2. Đối tượng\n", "tabs behind labels"),
            (&["Số: 1\ta\tb"], "Số: 1 a b\n", "three columns"),
        ];
        for (lines, expected, why) in rows {
            assert_eq!(text(lines), expected, "{why}");
        }
    }
}
