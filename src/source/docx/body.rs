//! The running text of a document, its text boxes, tables and notes, read as a stream.

use super::numbering::Numbering;
use super::properties::{self, ParagraphProperties};
use super::styles::Styles;
use super::symbol;
use crate::source::aside::{Aside, Outlet};
use crate::source::characters::Characters;
use crate::source::flow::Place;
use crate::source::xml::{Fault, Item, Tag, Xml};
use std::collections::HashMap;

/// Fields inside one another; what begins deeper is read as text.
const DEEPEST_FIELD: usize = 64;
/// A cell or an indent of more columns than Word's own 63 is a mistake.
const MOST_COLUMNS: usize = 63;

/// A note's kind and its number in the file.
pub(super) type NoteId = (NoteKind, i64);

/// Footnotes and endnotes are numbered apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    Foot,
    End,
}

/// A paragraph that has begun.
#[derive(Debug, Default)]
struct Paragraph {
    style: Characters,
    /// The automatic number, until the first character is written.
    label: Option<String>,
    /// The paragraph goes on with the next one: its mark was deleted or is hidden.
    open: bool,
    page_after: bool,
    /// Characters of it were written.
    started: bool,
    /// Text boxes that hang on the paragraph.
    boxes: Vec<Aside>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    /// Between `begin` and `separate`: the instruction, which is not printed.
    Code,
    /// Between `separate` and `end`.
    Result,
}

/// What may stand inside another of its kind: the body, a text box, a note.
#[derive(Debug, Default)]
struct Story {
    paragraph: Paragraph,
    run: Characters,
    fields: Vec<Field>,
    /// Deletions that stand open.
    deleted: usize,
    /// Whether characters are a run's text.
    in_text: bool,
    row: Pending,
    cell: Pending,
}

/// A row or cell that opens with its properties, or without them at its content.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Pending {
    #[default]
    Opened,
    Awaited,
}

/// Reads stories into an [`Outlet`].
pub(super) struct Body<'o, 'f> {
    pub out: &'o mut Outlet<'f>,
    pub styles: &'o mut Styles,
    pub numbering: &'o mut Numbering,
    story: Story,
    outer: Vec<Story>,
    /// Alternatives that stand open; whether one of each was read.
    alternatives: Vec<bool>,
    /// Notes in the order of their marks.
    pub marks: Vec<NoteId>,
    /// What the notes of a notes part say.
    pub notes: HashMap<NoteId, Aside>,
    page: u32,
    /// A page has just begun, so that Word's own mark of its beginning is no other one.
    at_page_start: bool,
    turn_page: bool,
    pub parts_left_out: usize,
}

impl<'o, 'f> Body<'o, 'f> {
    pub fn new(out: &'o mut Outlet<'f>, styles: &'o mut Styles, numbering: &'o mut Numbering) -> Self {
        Self {
            out,
            styles,
            numbering,
            story: Story::default(),
            outer: Vec::new(),
            alternatives: Vec::new(),
            marks: Vec::new(),
            notes: HashMap::new(),
            page: 1,
            at_page_start: true,
            turn_page: false,
            parts_left_out: 0,
        }
    }

    /// Reads a part to its end.
    ///
    /// # Errors
    /// Where the part is damaged or beyond a limit; what stood before was taken.
    pub fn read(&mut self, xml: &mut Xml) -> Result<(), Fault> {
        let outcome = self.elements(xml, 0);
        // What a damaged part left open is closed.
        while !self.outer.is_empty() {
            self.end_box();
        }
        if outcome.is_err() {
            self.end_paragraph();
        }
        outcome
    }

    /// Reads on until no more elements than these are open.
    fn elements(&mut self, xml: &mut Xml, outside: usize) -> Result<(), Fault> {
        while !self.out.is_full() {
            match xml.next()? {
                Item::Text(text) if self.story.in_text => self.text(&text),
                Item::Text(_) => {}
                Item::End(tag) => {
                    self.end(tag.name());
                    if xml.depth() <= outside {
                        break;
                    }
                }
                Item::Finish => break,
                Item::Start(tag) => {
                    let then = self.start(&tag);
                    match then {
                        Then::Go => {}
                        Then::Skip => xml.skip()?,
                        Then::Run => self.run_properties(xml)?,
                        Then::Paragraph => self.paragraph_properties(xml)?,
                        Then::Row => self.row_properties(xml)?,
                        Then::Cell => self.cell_properties(xml)?,
                        Then::Note(id) => self.note(xml, id)?,
                    }
                }
            }
        }
        Ok(())
    }

    /// Takes the start of an element; what is to be done with what it holds.
    fn start(&mut self, tag: &Tag) -> Then {
        match tag.name() {
            "p" => self.begin_paragraph(),
            "pPr" => return Then::Paragraph,
            "r" => self.story.run = self.story.paragraph.style,
            "rPr" => return Then::Run,
            "t" => self.story.in_text = true,
            "tab" | "ptab" => self.text("\t"),
            "br" => self.line_break(tag),
            "cr" => self.text("\n"),
            "noBreakHyphen" => self.text("\u{2011}"),
            "softHyphen" => self.text("\u{ad}"),
            "sym" => self.symbol(tag),
            "den" => self.text("/"),
            "fldChar" => self.field(tag),
            "lastRenderedPageBreak" => self.rendered_page(),
            "del" | "moveFrom" => self.story.deleted += 1,
            "footnoteReference" => self.mark(tag, NoteKind::Foot),
            "endnoteReference" => self.mark(tag, NoteKind::End),
            "footnote" | "endnote" => return self.begin_note(tag),
            "AlternateContent" => self.alternatives.push(false),
            "Choice" | "Fallback" => return self.alternative(),
            "txbxContent" => self.begin_box(),
            "tbl" => {
                self.open_awaited();
                self.out.open_table();
            }
            "tr" => self.story.row = Pending::Awaited,
            "trPr" => return Then::Row,
            "tc" => {
                self.open_row(0);
                self.story.cell = Pending::Awaited;
            }
            "tcPr" => return Then::Cell,
            "altChunk" => self.parts_left_out += 1,
            "sdtPr" | "sdtEndPr" | "tblPr" | "tblPrEx" | "tblGrid" | "sectPr" | "txBody" | "ctrlPr" | "rt" | "instrText" | "delText" | "delInstrText" => {
                return Then::Skip;
            }
            _ => {}
        }
        Then::Go
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "t" => self.story.in_text = false,
            "del" | "moveFrom" => self.story.deleted = self.story.deleted.saturating_sub(1),
            "AlternateContent" => drop(self.alternatives.pop()),
            "txbxContent" => self.end_box(),
            "tbl" => self.out.close_table(),
            "tr" => {
                self.open_row(0);
                self.out.close_row();
            }
            "tc" => {
                self.open_awaited();
                self.out.close_cell();
            }
            _ => {}
        }
    }

    /// Writes characters, where they are printed.
    fn text(&mut self, text: &str) {
        let story = &self.story;
        if story.deleted > 0 || story.run.is_hidden() || story.fields.contains(&Field::Code) {
            return;
        }
        self.write_label();
        self.at_page_start = false;
        self.story.paragraph.started = true;
        let style = self.story.run.style();
        if text.chars().any(symbol::is_private) {
            let font = style.font.map(|f| self.out.flow.font_name(f).to_owned()).unwrap_or_default();
            let shown = |c: char| if symbol::is_private(c) { symbol::shown(&font, u32::from(c)) } else { Some(c) };
            let text: String = text.chars().filter_map(shown).collect();
            self.out.run(&text, style);
        } else if self.story.in_text && text.contains(['\n', '\r', '\t']) {
            // Line ends of the XML are blanks.
            self.out.run(&text.replace(['\n', '\r', '\t'], " "), style);
        } else {
            self.out.run(text, style);
        }
    }

    fn write_label(&mut self) {
        if let Some(label) = self.story.paragraph.label.take() {
            let style = self.story.paragraph.style.style();
            self.out.run(&label, crate::source::flow::Style { bold: false, ..style });
        }
    }

    fn symbol(&mut self, tag: &Tag) {
        let code = tag.get("char").and_then(|c| u32::from_str_radix(c.trim(), 16).ok());
        let shown = code.and_then(|code| symbol::shown(&tag.get("font").unwrap_or_default(), code));
        if let Some(c) = shown {
            self.text(c.encode_utf8(&mut [0; 4]));
        }
    }

    fn line_break(&mut self, tag: &Tag) {
        let kind = tag.get("type");
        self.text("\n");
        if kind.as_deref() == Some("page") && self.story.deleted == 0 {
            self.next_page();
        }
    }

    fn field(&mut self, tag: &Tag) {
        let fields = &mut self.story.fields;
        match tag.get("fldCharType").as_deref() {
            Some("begin") if fields.len() < DEEPEST_FIELD => fields.push(Field::Code),
            Some("separate") => {
                if let Some(last) = fields.last_mut() {
                    *last = Field::Result;
                }
            }
            Some("end") => drop(fields.pop()),
            _ => {}
        }
    }

    fn mark(&mut self, tag: &Tag, kind: NoteKind) {
        let printed = self.story.deleted == 0 && !self.story.run.is_hidden();
        if let Some(id) = tag.number("id").filter(|_| printed) {
            self.marks.push((kind, id));
        }
    }

    /// Of the ways to show the same thing, the first is read.
    fn alternative(&mut self) -> Then {
        match self.alternatives.last_mut() {
            Some(read) if *read => Then::Skip,
            Some(read) => {
                *read = true;
                Then::Go
            }
            None => Then::Go,
        }
    }

    fn begin_paragraph(&mut self) {
        self.open_awaited();
        let style = self.styles.paragraph(None).characters;
        let paragraph = &mut self.story.paragraph;
        (paragraph.style, paragraph.open, paragraph.page_after) = (style, false, false);
        self.story.run = style;
    }

    fn paragraph_properties(&mut self, xml: &mut Xml) -> Result<(), Fault> {
        let found = properties::paragraph(xml, self.out)?;
        let style = self.styles.paragraph(found.style.as_deref());
        let hidden = found.mark.characters.over(style.characters).is_hidden();
        let open = found.mark.deleted || hidden;
        let label = if open { None } else { self.label(&found) };
        let paragraph = &mut self.story.paragraph;
        paragraph.style = style.characters;
        paragraph.open = open;
        paragraph.page_after = found.page_after;
        paragraph.label = label.or(paragraph.label.take());
        self.story.run = style.characters;
        if found.page_before {
            self.next_page();
        }
        Ok(())
    }

    fn label(&mut self, found: &ParagraphProperties) -> Option<String> {
        let mut place = found.place;
        let from_style = place.list.is_none();
        if from_style {
            let of_style = self.styles.paragraph(found.style.as_deref()).place;
            place.list = of_style.list;
            place.level = place.level.or(of_style.level);
        }
        self.numbering.label(place, found.style.as_deref().filter(|_| from_style), self.styles)
    }

    fn end_paragraph(&mut self) {
        // Instructions that nothing ended must not swallow the rest of the paper.
        self.story.fields.retain(|f| *f == Field::Result);
        if !self.story.paragraph.open {
            self.write_label();
            self.out.end_paragraph();
            self.story.paragraph.started = false;
        }
        for aside in std::mem::take(&mut self.story.paragraph.boxes) {
            self.out.play(aside);
        }
        if self.story.paragraph.page_after {
            self.next_page();
        }
        self.show_page();
        self.story.run = Characters::default();
    }

    fn run_properties(&mut self, xml: &mut Xml) -> Result<(), Fault> {
        let found = properties::run(xml, self.out)?;
        let below = match found.style {
            Some(style) => self.styles.character(&style).toggled_over(self.story.paragraph.style),
            None => self.story.paragraph.style,
        };
        self.story.run = found.characters.over(below);
        Ok(())
    }

    /// Begins a page; a paragraph that it cuts stays on the page before.
    fn next_page(&mut self) {
        if self.outer.is_empty() && self.out.is_direct() {
            self.page = self.page.saturating_add(1);
            self.at_page_start = true;
            self.turn_page = true;
            if !self.story.paragraph.started {
                self.show_page();
            }
        }
    }

    fn rendered_page(&mut self) {
        if !self.at_page_start {
            self.next_page();
        }
    }

    fn show_page(&mut self) {
        if std::mem::take(&mut self.turn_page) {
            self.out.flow.page(self.page);
        }
    }

    fn begin_box(&mut self) {
        self.out.hold();
        let inner = Story { deleted: self.story.deleted, ..Story::default() };
        self.outer.push(std::mem::replace(&mut self.story, inner));
    }

    fn end_box(&mut self) {
        if let Some(outer) = self.outer.pop() {
            self.story = outer;
            let aside = self.out.release();
            self.story.paragraph.boxes.push(aside);
        }
    }

    fn begin_note(&mut self, tag: &Tag) -> Then {
        let kind = if tag.name() == "footnote" { NoteKind::Foot } else { NoteKind::End };
        let is_text = tag.get("type").is_none_or(|t| t == "normal");
        match tag.number("id").filter(|_| is_text && self.outer.is_empty()) {
            Some(id) => Then::Note((kind, id)),
            None => Then::Skip,
        }
    }

    /// Reads to the end of a note; it waits until the text has ended.
    fn note(&mut self, xml: &mut Xml, id: NoteId) -> Result<(), Fault> {
        self.out.hold();
        let outside = xml.depth() - 1;
        let outcome = self.elements(xml, outside);
        let aside = self.out.release();
        self.notes.insert(id, aside);
        outcome
    }

    fn open_row(&mut self, before: usize) {
        if std::mem::take(&mut self.story.row) == Pending::Awaited {
            self.out.open_row();
            if before > 0 {
                self.out.open_cell(Place { columns: before.min(MOST_COLUMNS), merged_above: false });
                self.out.close_cell();
            }
        }
    }

    fn open_awaited(&mut self) {
        self.open_cell(Place::default());
    }

    fn open_cell(&mut self, place: Place) {
        if std::mem::take(&mut self.story.cell) == Pending::Awaited {
            self.out.open_cell(place);
        }
    }

    /// `w:trPr`; the rest of a deleted row is passed over.
    fn row_properties(&mut self, xml: &mut Xml) -> Result<(), Fault> {
        let (mut before, mut deleted) = (0, false);
        let outside = xml.depth() - 1;
        while xml.depth() > outside {
            let Item::Start(tag) = xml.next()? else { continue };
            match tag.name() {
                "trPrChange" => xml.skip()?,
                "gridBefore" => before = tag.number("val").unwrap_or(0),
                "del" => deleted = true,
                "hidden" => deleted |= properties::is_on(&tag),
                _ => {}
            }
        }
        if deleted {
            self.story.row = Pending::Opened;
            return xml.skip();
        }
        self.open_row(before);
        Ok(())
    }

    /// `w:tcPr`
    fn cell_properties(&mut self, xml: &mut Xml) -> Result<(), Fault> {
        let mut place = Place::default();
        let outside = xml.depth() - 1;
        while xml.depth() > outside {
            let Item::Start(tag) = xml.next()? else { continue };
            match tag.name() {
                "tcPrChange" => xml.skip()?,
                "gridSpan" => place.columns = tag.number("val").unwrap_or(1).clamp(1, MOST_COLUMNS),
                "vMerge" => place.merged_above = tag.get("val").is_none_or(|v| v == "continue"),
                _ => {}
            }
        }
        self.open_cell(place);
        Ok(())
    }
}

/// What is to be done with what an element holds.
enum Then {
    Go,
    Skip,
    Run,
    Paragraph,
    Row,
    Cell,
    Note(NoteId),
}
