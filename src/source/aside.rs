//! What stands aside of the running text: text boxes come after the paragraph that holds them, notes after all.

use super::flow::{Flow, Font, MOST_CHARACTERS, MOST_PARTS, Place, Style};

/// Text boxes and notes that wait: a quarter of what a document may hold is more than any paper has.
const MOST_WAITING: usize = MOST_PARTS / 4;
const MOST_WAITING_BYTES: usize = MOST_CHARACTERS / 4;

/// Something that a [`Flow`] takes.
#[derive(Debug)]
enum Step {
    Run(String, Style),
    EndParagraph,
    OpenTable,
    OpenRow,
    OpenCell(Place),
    CloseCell,
    CloseRow,
    CloseTable,
}

/// Steps that were held back.
#[derive(Debug, Default)]
pub(super) struct Aside(Vec<Step>);

/// A [`Flow`] that can be made to wait.
#[derive(Debug)]
pub(super) struct Outlet<'f> {
    pub flow: &'f mut Flow,
    held: Vec<Aside>,
    waiting: usize,
    waiting_bytes: usize,
}

impl<'f> Outlet<'f> {
    pub fn new(flow: &'f mut Flow) -> Self {
        Self { flow, held: Vec::new(), waiting: 0, waiting_bytes: 0 }
    }

    /// Holds back what follows.
    pub fn hold(&mut self) {
        self.held.push(Aside::default());
    }

    /// Ends the last [`hold`](Self::hold); what was held back since.
    pub fn release(&mut self) -> Aside {
        self.held.pop().unwrap_or_default()
    }

    /// Gives what was held back; an unfinished paragraph or table in it is finished.
    pub fn play(&mut self, aside: Aside) {
        for step in aside.0 {
            self.step(step);
        }
    }

    /// Whether the document is larger than any paper: what follows is not taken.
    pub fn is_full(&self) -> bool {
        self.flow.is_full() || self.waiting > MOST_WAITING || self.waiting_bytes > MOST_WAITING_BYTES
    }

    /// Whether nothing is held back at the moment.
    pub fn is_direct(&self) -> bool {
        self.held.is_empty()
    }

    pub fn font(&mut self, name: &str) -> Font {
        self.flow.font(name)
    }

    pub fn run(&mut self, text: &str, style: Style) {
        match self.held.last_mut() {
            None => self.flow.run(text, style),
            Some(_) if text.is_empty() || self.waiting_bytes > MOST_WAITING_BYTES => {}
            Some(aside) => {
                self.waiting_bytes += text.len();
                match aside.0.last_mut() {
                    Some(Step::Run(last, s)) if *s == style => last.push_str(text),
                    _ => self.step(Step::Run(text.to_owned(), style)),
                }
            }
        }
    }

    pub fn end_paragraph(&mut self) {
        self.step(Step::EndParagraph);
    }

    pub fn open_table(&mut self) {
        self.step(Step::OpenTable);
    }

    pub fn open_row(&mut self) {
        self.step(Step::OpenRow);
    }

    pub fn open_cell(&mut self, place: Place) {
        self.step(Step::OpenCell(place));
    }

    pub fn close_cell(&mut self) {
        self.step(Step::CloseCell);
    }

    pub fn close_row(&mut self) {
        self.step(Step::CloseRow);
    }

    pub fn close_table(&mut self) {
        self.step(Step::CloseTable);
    }

    fn step(&mut self, step: Step) {
        if let Some(aside) = self.held.last_mut() {
            self.waiting += 1;
            if self.waiting <= MOST_WAITING {
                aside.0.push(step);
            }
            return;
        }
        match step {
            Step::Run(text, style) => self.flow.run(&text, style),
            Step::EndParagraph => self.flow.end_paragraph(),
            Step::OpenTable => self.flow.open_table(),
            Step::OpenRow => self.flow.open_row(),
            Step::OpenCell(place) => self.flow.open_cell(place),
            Step::CloseCell => self.flow.close_cell(),
            Step::CloseRow => self.flow.close_row(),
            Step::CloseTable => self.flow.close_table(),
        }
    }
}
