//! The running text of a document, its tables, frames and notes, read as a stream.

use super::lists::Lists;
use super::styles::{Family, Named, Styles, is_style};
use crate::source::aside::{Aside, Outlet};
use crate::source::characters::Characters;
use crate::source::flow::Place;
use crate::source::xml::{Fault, Item, Tag, Xml};

/// Repeated or wide cells beyond this are padding.
const MOST_COLUMNS: usize = 63;
/// Blanks in a row: more stand for nothing else.
const MOST_BLANKS: usize = 256;

/// What may stand inside another of its kind: the body, a frame, a note.
#[derive(Debug, Default)]
struct Story {
    paragraphs: usize,
    style: Vec<Characters>,
    lists: Lists,
    /// Frames that hang on the paragraph.
    frames: Vec<Aside>,
    /// Covered cells that the wide cell before has taken already.
    taken: usize,
    started: bool,
}

/// Reads stories into an [`Outlet`].
pub(super) struct Body<'o, 'f> {
    out: &'o mut Outlet<'f>,
    styles: &'o mut Styles,
    story: Story,
    outer: Vec<Story>,
    /// Notes in the order of their marks.
    pub notes: Vec<Aside>,
    page: u32,
    at_page_start: bool,
    turn_page: bool,
}

impl<'o, 'f> Body<'o, 'f> {
    pub fn new(out: &'o mut Outlet<'f>, styles: &'o mut Styles) -> Self {
        Self { out, styles, story: Story::default(), outer: Vec::new(), notes: Vec::new(), page: 1, at_page_start: true, turn_page: false }
    }

    /// Reads `content.xml` to its end.
    ///
    /// # Errors
    /// Where the part is damaged or beyond a limit; what stood before was taken.
    pub fn read(&mut self, xml: &mut Xml) -> Result<(), Fault> {
        let outcome = self.elements(xml);
        while !self.outer.is_empty() {
            self.end_frame();
        }
        if self.story.paragraphs > 0 {
            self.end_paragraph();
        }
        outcome
    }

    fn elements(&mut self, xml: &mut Xml) -> Result<(), Fault> {
        while !self.out.is_full() {
            match xml.next()? {
                Item::Text(text) => self.text(&text.replace(['\n', '\r', '\t'], " ")),
                Item::End(tag) => self.end(tag.name()),
                Item::Finish => break,
                Item::Start(tag) if is_style(tag.name()) => {
                    let named = Named::of(&tag);
                    self.styles.style(named, xml, self.out)?;
                }
                Item::Start(tag) => {
                    if !self.start(&tag) {
                        xml.skip()?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Takes the start of an element; whether what it holds is read.
    fn start(&mut self, tag: &Tag) -> bool {
        match tag.name() {
            "p" => self.begin_paragraph(tag, None),
            "h" => self.begin_paragraph(tag, tag.number("outline-level")),
            "span" => self.begin_span(tag),
            "s" => self.text(&" ".repeat(tag.number("c").unwrap_or(1).min(MOST_BLANKS))),
            "tab" => self.text("\t"),
            "line-break" => self.text("\n"),
            "soft-page-break" if !self.at_page_start => self.next_page(),
            "list" => self.story.lists.begin(tag),
            "list-item" => self.story.lists.item(tag),
            "text-box" | "custom-shape" | "rect" | "note-body" => self.begin_frame(),
            "table" => {
                self.out.open_table();
                self.story.taken = 0;
            }
            "table-row" => self.out.open_row(),
            "table-cell" => return self.begin_cell(tag),
            "covered-table-cell" => return self.covered_cell(tag),
            "section" if tag.get("display").as_deref() == Some("none") => return false,
            // Hidden text, deletions, comments, marks of notes and descriptions of pictures are not printed here.
            "tracked-changes"
            | "annotation"
            | "note-citation"
            | "hidden-text"
            | "hidden-paragraph"
            | "ruby-text"
            | "title"
            | "desc"
            | "forms"
            | "scripts"
            | "table-of-content-source"
            | "alphabetical-index-source"
            | "user-index-source"
            | "binary-data"
            | "math"
            | "shapes" => return false,
            _ => {}
        }
        true
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => self.end_paragraph(),
            "span" if self.story.style.len() > 1 => drop(self.story.style.pop()),
            "list" => self.story.lists.end(),
            "text-box" | "custom-shape" | "rect" => self.end_frame(),
            "note-body" => self.end_note(),
            "table-cell" | "covered-table-cell" => self.out.close_cell(),
            "table-row" => self.out.close_row(),
            "table" => self.out.close_table(),
            _ => {}
        }
    }

    /// Writes characters of a paragraph, where they are printed.
    fn text(&mut self, text: &str) {
        let Some(style) = self.story.style.last().copied() else { return };
        if self.story.paragraphs == 0 || style.is_hidden() || text.is_empty() {
            return;
        }
        self.at_page_start = false;
        self.story.started = true;
        self.out.run(text, style.style());
    }

    fn begin_paragraph(&mut self, tag: &Tag, heading: Option<usize>) {
        let style = tag.get("style-name").unwrap_or_default();
        let given = self.styles.given(Family::Paragraph, &style);
        if given.page_before && !self.at_page_start {
            self.next_page();
        }
        self.story.paragraphs += 1;
        self.story.style.push(given.characters);
        let outline = heading.map(|level| (level.saturating_sub(1), &self.styles.outline));
        if let Some(label) = self.story.lists.label(&self.styles.lists, outline) {
            self.out.run(&label, crate::source::flow::Style { bold: false, ..given.characters.style() });
        }
    }

    fn end_paragraph(&mut self) {
        self.story.paragraphs = self.story.paragraphs.saturating_sub(1);
        self.story.style.clear();
        self.story.started = false;
        self.out.end_paragraph();
        for frame in std::mem::take(&mut self.story.frames) {
            self.out.play(frame);
        }
        self.show_page();
    }

    fn begin_span(&mut self, tag: &Tag) {
        let below = self.story.style.last().copied().unwrap_or_default();
        let own = tag.get("style-name").map(|name| self.styles.given(Family::Text, &name).characters).unwrap_or_default();
        self.story.style.push(own.over(below));
    }

    /// Begins a page; a paragraph that it cuts stays on the page before.
    fn next_page(&mut self) {
        if self.outer.is_empty() && self.out.is_direct() {
            self.page = self.page.saturating_add(1);
            self.at_page_start = true;
            self.turn_page = true;
            if !self.story.started {
                self.show_page();
            }
        }
    }

    fn show_page(&mut self) {
        if std::mem::take(&mut self.turn_page) {
            self.out.flow.page(self.page);
        }
    }

    fn begin_frame(&mut self) {
        self.out.hold();
        self.outer.push(std::mem::take(&mut self.story));
    }

    /// Frames outside of a paragraph, those on a page, are given at once.
    fn end_frame(&mut self) {
        let Some(outer) = self.outer.pop() else { return };
        self.story = outer;
        let frame = self.out.release();
        if self.story.paragraphs > 0 {
            self.story.frames.push(frame);
        } else {
            self.out.play(frame);
        }
    }

    fn end_note(&mut self) {
        if let Some(outer) = self.outer.pop() {
            self.story = outer;
            let note = self.out.release();
            self.notes.push(note);
        }
    }

    /// Whether the cell is more than the padding of a spreadsheet's row.
    fn begin_cell(&mut self, tag: &Tag) -> bool {
        let columns = tag.number("number-columns-spanned").unwrap_or(1).clamp(1, MOST_COLUMNS);
        self.story.taken = columns - 1;
        let repeated = tag.number("number-columns-repeated").unwrap_or(1).max(1);
        if repeated > MOST_COLUMNS {
            return false;
        }
        for _ in 1..repeated {
            self.out.open_cell(Place::default());
            self.out.close_cell();
        }
        self.out.open_cell(Place { columns, merged_above: false });
        true
    }

    /// A cell under a wide one or a tall one; whether it is one of its own.
    fn covered_cell(&mut self, tag: &Tag) -> bool {
        let repeated = tag.number("number-columns-repeated").unwrap_or(1).clamp(1, MOST_COLUMNS);
        let taken = repeated.min(self.story.taken);
        self.story.taken -= taken;
        for _ in 1..(repeated - taken) {
            self.out.open_cell(Place { columns: 1, merged_above: true });
            self.out.close_cell();
        }
        if repeated > taken {
            self.out.open_cell(Place { columns: 1, merged_above: true });
        }
        repeated > taken
    }
}
