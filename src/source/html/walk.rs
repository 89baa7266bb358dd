//! From the elements of a page to the paragraphs and cells of a paper.

use super::content::Content;
use super::style::Setting;
use super::tree::{Element, Kind, Tree, is_block};
use crate::source::flow::{Flow, Place, Style};
use std::ops::Range;

/// Tables in one another that stay tables; the cells of deeper ones are paragraphs. Sites that draw their pages with
/// tables nest about ten.
const DEEPEST_TABLE: usize = 24;
/// Columns whose cells may go on in the next rows.
const MOST_COLUMNS: usize = 256;

/// Writes what is left of a page.
pub fn write(tree: &Tree, content: &Content, flow: &mut Flow) {
    let fonts = tree.fonts.names.iter().map(|name| flow.font(name)).collect();
    let mut walker = Walker { tree, flow, fonts, frames: Vec::new(), tables: Vec::new(), lists: Vec::new(), label: None, line: Line::default() };
    walker.walk(content.root.clone(), &content.dropped);
    walker.leave(usize::MAX);
    walker.end_paragraph();
}

struct Walker<'a> {
    tree: &'a Tree,
    flow: &'a mut Flow,
    fonts: Vec<crate::source::flow::Font>,
    frames: Vec<Frame>,
    tables: Vec<Table>,
    lists: Vec<List>,
    /// What is printed before the first word of a list item.
    label: Option<String>,
    line: Line,
}

/// The state of the paragraph being written.
#[derive(Default)]
struct Line {
    /// Whether it holds anything but blanks.
    has_text: bool,
    /// A blank to set before the next word.
    blank: bool,
    /// Whether a line break was the last thing written.
    broken: bool,
}

/// An element that stands open.
struct Frame {
    end: usize,
    setting: Setting,
    preformatted: bool,
    close: Close,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Close {
    Nothing,
    Block,
    Cell,
    Row,
    Table,
    List,
}

#[derive(Default)]
struct Table {
    /// Cells of rows above that go on: first column, columns, rows left.
    going_on: Vec<(usize, usize, usize)>,
    column: usize,
    in_row: bool,
    in_cell: bool,
}

struct List {
    /// `1`, `a`, `A`, `i`, `I`; `*` for bullets, `-` for none.
    kind: char,
    next: i64,
}

impl Walker<'_> {
    fn walk(&mut self, root: Range<usize>, dropped: &[bool]) {
        let mut i = root.start;
        while i < root.end && !self.flow.is_full() {
            self.leave(i);
            if dropped[i] {
                i = self.tree.nodes[i].end;
                continue;
            }
            let tree = self.tree;
            match &tree.nodes[i].kind {
                Kind::Text(range) => self.text(&tree.text[range.clone()]),
                Kind::Element(element) => self.enter(element, tree.nodes[i].end),
            }
            i += 1;
        }
    }

    /// Closes the elements that end before a node.
    fn leave(&mut self, node: usize) {
        while self.frames.last().is_some_and(|f| f.end <= node) {
            let Some(frame) = self.frames.pop() else { return };
            match frame.close {
                Close::Nothing => {}
                Close::Block => self.end_paragraph(),
                Close::Cell => self.close_cell(),
                Close::Row => self.close_row(),
                Close::Table => {
                    self.close_row();
                    self.end_paragraph();
                    self.flow.close_table();
                    self.tables.pop();
                }
                Close::List => {
                    self.end_paragraph();
                    self.lists.pop();
                }
            }
        }
    }

    fn enter(&mut self, element: &Element, end: usize) {
        let around = self.frames.last();
        let mut setting = around.map(|f| f.setting).unwrap_or_default();
        if matches!(element.tag, "b" | "strong" | "th" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            setting.bold = Some(true);
        }
        let setting = element.setting.over(setting);
        let preformatted = element.tag == "pre" || around.is_some_and(|f| f.preformatted);
        if is_block(element.tag) {
            self.end_paragraph();
        }
        let close = self.open(element);
        self.frames.push(Frame { end, setting, preformatted, close });
    }

    fn open(&mut self, element: &Element) -> Close {
        let in_table = self.tables.last().is_some();
        match element.tag {
            "br" => self.break_line(),
            "table" if self.tables.len() < DEEPEST_TABLE => {
                self.flow.open_table();
                self.tables.push(Table::default());
                return Close::Table;
            }
            "tr" if in_table => {
                self.close_row();
                self.flow.open_row();
                if let Some(table) = self.tables.last_mut() {
                    table.in_row = true;
                    table.column = 0;
                }
                return Close::Row;
            }
            "td" | "th" if in_table => return self.open_cell(element),
            "ol" | "ul" | "menu" | "dir" => {
                let ordered = element.tag == "ol";
                let kind = element.list_type.filter(|c| if ordered { "1aAiI-".contains(*c) } else { *c == '-' });
                self.lists.push(List { kind: kind.unwrap_or(if ordered { '1' } else { '*' }), next: element.number.unwrap_or(1) });
                return Close::List;
            }
            "li" => self.item(element),
            _ => {}
        }
        if is_block(element.tag) { Close::Block } else { Close::Nothing }
    }

    fn open_cell(&mut self, element: &Element) -> Close {
        let Some(table) = self.tables.last_mut() else { return Close::Block };
        if !table.in_row {
            table.in_row = true;
            table.column = 0;
            self.flow.open_row();
        }
        self.cells_from_above(false);
        let Some(table) = self.tables.last_mut() else { return Close::Block };
        if element.rows > 1 && table.column < MOST_COLUMNS {
            table.going_on.push((table.column, element.columns, element.rows));
        }
        table.column += element.columns;
        table.in_cell = true;
        self.flow.open_cell(Place { columns: element.columns, merged_above: false });
        Close::Cell
    }

    /// Sets the cells that go on from above where the row has come to them, or all that are left at its end.
    fn cells_from_above(&mut self, at_end: bool) {
        let Some(table) = self.tables.last_mut() else { return };
        loop {
            let column = table.column;
            let next = table.going_on.iter().filter(|c| c.2 > 0 && (if at_end { c.0 >= column } else { c.0 == column })).min_by_key(|c| c.0);
            let Some(&(start, columns, _)) = next else { return };
            self.flow.open_cell(Place { columns, merged_above: true });
            self.flow.close_cell();
            table.column = start + columns;
        }
    }

    fn close_cell(&mut self) {
        self.end_paragraph();
        if self.tables.last().is_some_and(|t| t.in_cell) {
            self.flow.close_cell();
        }
        if let Some(table) = self.tables.last_mut() {
            table.in_cell = false;
        }
    }

    fn close_row(&mut self) {
        if !self.tables.last().is_some_and(|t| t.in_row) {
            return;
        }
        self.end_paragraph();
        self.cells_from_above(true);
        self.flow.close_row();
        let Some(table) = self.tables.last_mut() else { return };
        table.in_row = false;
        table.in_cell = false;
        for cell in &mut table.going_on {
            cell.2 -= 1;
        }
        table.going_on.retain(|c| c.2 > 0);
    }

    fn item(&mut self, element: &Element) {
        let Some(list) = self.lists.last_mut() else { return };
        if let Some(number) = element.number {
            list.next = number;
        }
        self.label = label(list.kind, list.next);
        list.next = list.next.saturating_add(1);
    }

    fn break_line(&mut self) {
        if self.line.broken {
            // Two breaks are clear distance.
            self.end_paragraph();
            self.flow.gap();
        } else if self.line.has_text {
            let style = self.style();
            self.flow.run("\n", style);
            self.line.broken = true;
        } else {
            // A break alone in its paragraph is an empty line.
            self.flow.gap();
        }
        self.line.blank = false;
    }

    fn style(&self) -> Style {
        let setting = self.frames.last().map(|f| f.setting).unwrap_or_default();
        Style {
            font: setting.font.and_then(|f| self.fonts.get(usize::from(f)).copied()),
            bold: setting.bold.unwrap_or(false),
            caps: setting.caps.unwrap_or(false),
            ..Style::default()
        }
    }

    fn text(&mut self, text: &str) {
        // Between the cells of a table there is no place for letters.
        if self.tables.last().is_some_and(|t| t.in_row && !t.in_cell) && text.trim().is_empty() {
            return;
        }
        if self.frames.last().is_some_and(|f| f.preformatted) {
            for (i, line) in text.split('\n').enumerate() {
                if i > 0 {
                    self.break_line();
                }
                self.words(line);
            }
        } else {
            self.words(text);
        }
    }

    /// Writes words with single blanks between them, as a page shows them.
    fn words(&mut self, text: &str) {
        let style = self.style();
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c') {
                self.line.blank = true;
                continue;
            }
            if !self.line.has_text && c != '\u{a0}' {
                out.extend(self.label.take());
            }
            if self.line.blank && (self.line.has_text || !out.is_empty()) && !self.line.broken {
                out.push(' ');
            }
            self.line.has_text |= c != '\u{a0}';
            self.line.blank = false;
            self.line.broken = false;
            out.push(c);
        }
        self.flow.run(&out, style);
    }

    fn end_paragraph(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.has_text || line.broken {
            self.flow.end_paragraph();
        }
    }
}

/// What is printed before a list item.
fn label(kind: char, number: i64) -> Option<String> {
    match kind {
        '-' => None,
        '*' => Some("- ".to_owned()),
        'a' | 'A' => {
            let letters = letters(number)?;
            Some(format!("{}. ", if kind == 'a' { letters } else { letters.to_uppercase() }))
        }
        'i' | 'I' => {
            let roman = roman(number)?;
            Some(format!("{}. ", if kind == 'I' { roman } else { roman.to_lowercase() }))
        }
        _ => Some(format!("{number}. ")),
    }
}

/// a … z, aa, ab …
fn letters(number: i64) -> Option<String> {
    let mut number = u32::try_from(number).ok().filter(|n| *n > 0)?;
    let mut letters = Vec::new();
    while number > 0 {
        letters.push(b'a' + ((number - 1) % 26) as u8);
        number = (number - 1) / 26;
    }
    letters.reverse();
    String::from_utf8(letters).ok()
}

fn roman(number: i64) -> Option<String> {
    const DIGITS: &[(i64, &str)] = &[
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = Some(number).filter(|n| (1..4000).contains(n))?;
    let mut out = String::new();
    for &(value, digit) in DIGITS {
        while left >= value {
            out.push_str(digit);
            left -= value;
        }
    }
    Some(out)
}
