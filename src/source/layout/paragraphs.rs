//! Paragraphs from lines, by margins, indents and the room at a line's end.

use super::lines::Line;
use crate::source::flow::{Flow, Style};
use crate::source::page::Word;
use crate::source::plain;

/// The left and right edge of running text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Margins {
    pub left: f32,
    pub right: f32,
}

impl Margins {
    /// Margins of a set of lines: where most begin, and how far all but a few reach.
    pub fn of<'a>(lines: impl Iterator<Item = &'a Line>) -> Self {
        let mut left: Vec<f32> = Vec::new();
        let mut right: Vec<f32> = Vec::new();
        for line in lines {
            left.push(line.area.left);
            right.push(line.area.right);
        }
        left.sort_by(f32::total_cmp);
        right.sort_by(f32::total_cmp);
        let at = |sorted: &[f32], share: f32| sorted.get(((sorted.len().saturating_sub(1)) as f32 * share) as usize).copied().unwrap_or(0.0);
        // Among few lines the longest shows the edge; among many a few may stand out over it.
        let edge = if right.len() < 15 { 1.0 } else { 0.93 };
        Self { left: leftmost(&left).unwrap_or_else(|| at(&left, 0.1)), right: at(&right, edge) }
    }

    /// The same on a page that may hold short lines alone: running text reaches as far as on the other pages, and is at
    /// least so many letters wide.
    pub fn reaching(self, others: f32) -> Self {
        const NARROWEST: f32 = 360.0;
        Self { right: self.right.max(if self.right < 0.9 * others { others } else { 0.0 }).max(self.left + NARROWEST), ..self }
    }

    fn width(self) -> f32 {
        self.right - self.left
    }
}

/// The leftmost place at which several lines begin.
fn leftmost(sorted: &[f32]) -> Option<f32> {
    let enough = (sorted.len() / 10).max(2);
    sorted.iter().copied().find(|&x| sorted.iter().filter(|&&y| (y - x).abs() < 3.0).count() >= enough)
}

/// Writes lines as paragraphs, over the ends of pages.
pub(super) struct Paragraphs {
    open: Option<Open>,
}

struct Open {
    last: Line,
    margins: Margins,
    text: String,
}

impl Paragraphs {
    pub fn new() -> Self {
        Self { open: None }
    }

    /// Adds a line of running text with these margins; `leading` is the usual distance of two lines.
    pub fn line(&mut self, line: Line, margins: Margins, leading: f32, flow: &mut Flow) {
        if line.words.is_empty() {
            return;
        }
        let text = line.text();
        let joined = self.open.as_ref().is_some_and(|open| goes_on(open, &line, &text, margins, leading));
        let gap = self.open.as_ref().is_some_and(|open| open.last.page == line.page && line.area.top - open.last.area.top > 1.7 * leading);
        if joined {
            if let Some(open) = &self.open
                && !plain::is_glued(&open.text)
            {
                flow.run(" ", Style::default());
            }
        } else {
            self.end(flow);
            flow.page(line.page);
            if gap {
                flow.gap();
            }
        }
        push_words(&line.words, flow);
        self.open = Some(Open { last: line, margins, text });
    }

    /// Ends the paragraph.
    pub fn end(&mut self, flow: &mut Flow) {
        if self.open.take().is_some() {
            flow.end_paragraph();
        }
    }
}

/// Writes words with one blank between them.
pub(super) fn push_words(words: &[Word], flow: &mut Flow) {
    for (i, word) in words.iter().enumerate() {
        let style = Style { font: word.font, bold: word.bold, ..Style::default() };
        if i > 0 {
            flow.run(" ", style);
        }
        flow.run(&word.text, Style { unsure: word.is_unsure(), ..style });
    }
}

/// So few words may have no letter that reaches up or down.
const FEW: usize = 2;

/// Whether a line goes on with the paragraph.
fn goes_on(open: &Open, next: &Line, text: &str, margins: Margins, leading: f32) -> bool {
    let last = &open.last;
    let (before, after) = (plain::Line::of(&open.text, false, last.page), plain::Line::of(text, false, next.page));
    let turned_page = last.page != next.page;
    let far = !turned_page && (next.area.top - last.area.top > 1.75 * leading || next.area.top < last.area.top);
    if far && !(plain::joins(&before, &after, None) && next.area.top > last.area.top && next.area.top - last.area.top < 3.0 * leading) {
        return false;
    }
    // A scan tells the size by how high the letters are: "20/4/2026." alone on a line says little of it.
    let unlike = if next.words.len() <= FEW && next.words.iter().all(|w| w.confidence.is_some()) { 0.45 } else { 0.18 };
    if (last.size - next.size).abs() > unlike * last.size.max(next.size) {
        return false;
    }
    let slack = next.first_width() + 0.35 * next.size;
    let full = last.area.right + slack > open.margins.right;
    if is_centred(last, open.margins) || is_centred(next, margins) {
        // The lines of a title end where its sense does.
        let wide = full && last.is_bold() == next.is_bold() && is_centred(next, margins);
        return plain::joins(&before, &after, None) || plain::goes_on_in_title(&before, &after, wide);
    }
    let indent = next.area.left - margins.left;
    let indented = indent > 0.8 * next.size
        && !(last.area.left - open.margins.left > 0.8 * last.size && (last.area.left - open.margins.left - indent).abs() < 3.0 && starts_small(text));
    plain::joins_placed(&before, &after, full, indented)
}

fn starts_small(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)
}

/// Whether a line stands in the middle, with room on both sides.
fn is_centred(line: &Line, margins: Margins) -> bool {
    let (left, right) = (line.area.left - margins.left, margins.right - line.area.right);
    let room = 0.06 * margins.width();
    // An indented line that is short by the same amount on the right is rare; it must be well inside.
    left > room.max(1.2 * line.size) && right > room && (left - right).abs() < 0.08 * margins.width().max(1.0) && left > 2.6 * line.size
}
