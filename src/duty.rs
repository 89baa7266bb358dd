//! Assigned duties: who leads, who cooperates, what, by when.
//!
//! The unit is the smallest passage that gives one party one duty: a leaf of the outline, a sentence or clause with
//! its own assignee, a row of a task table. A lead-in hands its assignees down to what stands under it.

mod assign;
mod clause;
mod company;
mod fields;
mod leader;
mod outcome;
mod passage;
mod schedule;
mod statement;
mod table;
mod telling;
#[cfg(test)]
mod tests;

use crate::header::Header;
use crate::mention::agency::Party;
use crate::mention::citation::{Citation, Confidence};
use crate::mention::deadline::Deadline;
use crate::structure::Document;
use crate::text::{Note, Span};
use foldhash::{HashMap, HashMapExt};

/// Whether a duty is ordered or asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modality {
    /// giao, yêu cầu, có trách nhiệm, a bare verb
    Order,
    /// đề nghị
    Request,
}

impl Modality {
    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Request => "request",
        }
    }
}

/// A deadline with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// What it comes to.
    pub deadline: Deadline,
    /// Where it is printed.
    pub span: Span,
    /// The event that a relative deadline counts from, as printed.
    pub anchor: Option<String>,
    /// Which rule read it.
    pub rule: &'static str,
}

/// One assigned duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Index of its passage in the outline.
    pub node: usize,
    /// The whole passage.
    pub span: Span,
    /// What is to be done, without assignee, cooperation and deadline.
    pub action: String,
    /// Index of the duty that this one is part of.
    pub parent: Option<usize>,
    /// Who leads.
    pub leads: Vec<Party>,
    /// Who cooperates.
    pub cooperators: Vec<Party>,
    /// Order or request.
    pub modality: Modality,
    /// Sản phẩm, where stated.
    pub deliverable: Option<String>,
    /// To whom it is reported.
    pub report_to: Vec<Party>,
    /// By when.
    pub due: Option<Due>,
    /// Mentions of papers inside the passage.
    pub citations: Vec<usize>,
    /// What made it.
    pub rule: &'static str,
    /// How sure.
    pub confidence: Confidence,
}

/// Finds the duties of a paper, in reading order.
pub fn find(document: &Document, header: &Header, citations: &[Citation], notes: &mut Vec<Note>) -> Vec<Duty> {
    // An annex by itself tells the day of its paper where it names it: "(Kèm theo Kế hoạch số 97/KH-UBND ngày 14/3/2025)".
    let attached = || citations.iter().find(|c| document.text.folded()[..c.span.start].trim_end().ends_with("kèm theo")).and_then(|c| c.date);
    let issued = header.date.as_ref().map(|d| d.value).or_else(|| header.code.is_none().then(attached).flatten());
    let schedule = schedule::Schedule::of(document, issued, citations);
    let (mut duties, taken) = fields::find(document, &schedule);
    duties.extend(passage::find(document, header, citations, &schedule, &taken));
    duties.extend(table::find(document, &schedule));
    duties.sort_by_key(|d| (d.span.start, d.span.end));
    for duty in &mut duties {
        let first = citations.partition_point(|c| c.span.start < duty.span.start);
        let inside = citations[first..].iter().take_while(|c| c.span.start < duty.span.end);
        duty.citations = inside.enumerate().filter(|(_, c)| duty.span.contains(c.span)).map(|(i, _)| first + i).collect();
    }
    set_parents(document, &mut duties);
    for duty in &duties {
        if let Some(due) = duty.due.as_ref().filter(|d| d.deadline.year_supplied) {
            let message = format!("the deadline {:?} has no year; the paper's date supplied it", document.text.slice(due.span));
            notes.push(Note { rule: "deadline-year-supplied", message, span: Some(due.span) });
        }
    }
    duties
}

/// A duty is part of the duty of the passage above, or of the row whose number its row's number begins with.
fn set_parents(document: &Document, duties: &mut [Duty]) {
    let nodes = &document.outline.nodes;
    let mut by_node: Vec<Option<usize>> = vec![None; nodes.len()];
    let mut by_label: HashMap<(Option<usize>, &str), usize> = HashMap::new();
    for (i, duty) in duties.iter_mut().enumerate() {
        let node = &nodes[duty.node];
        let above = document.outline.upward(duty.node).skip(1).find_map(|n| by_node[n]);
        let head = node.label.rsplit_once('.').map(|(h, _)| h).filter(|h| !h.is_empty());
        duty.parent = above.or_else(|| head.and_then(|h| by_label.get(&(node.parent, h)).copied()));
        by_node[duty.node] = Some(i);
        if !node.label.is_empty() {
            by_label.insert((node.parent, &node.label), i);
        }
    }
}
