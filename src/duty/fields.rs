//! Duties set out as named fields: "Cơ quan chủ trì: …", "Cơ quan phối hợp: …", "Thời gian hoàn thành: …", each a
//! passage of its own below the task or beside its name.

use super::schedule::Schedule;
use super::table::{divided, parties_in};
use super::{Duty, Modality};
use crate::lexicon::Column;
use crate::mention::citation::Confidence;
use crate::structure::{Document, Level, heading_column};
use crate::text::Span;
use foldhash::{HashSet, HashSetExt};

/// A passage "name: value".
struct Field {
    node: usize,
    column: Column,
    value: Span,
}

/// Finds the duties set out as fields, and the passages that they take up.
pub(super) fn find(document: &Document, schedule: &Schedule) -> (Vec<Duty>, HashSet<usize>) {
    let mut duties = Vec::new();
    let mut taken = HashSet::new();
    let mut run: Vec<Field> = Vec::new();
    for i in 0..=document.outline.nodes.len() {
        let next = (i < document.outline.nodes.len()).then(|| field(document, i)).flatten();
        let goes_on = next.as_ref().is_some_and(|f| match run.last() {
            // A second name of a task begins another.
            Some(last) => document.outline.nodes[f.node].parent == document.outline.nodes[last.node].parent && !run.iter().any(|r| r.column == f.column),
            None => false,
        });
        if !goes_on {
            if let Some(duty) = duty(document, schedule, &run) {
                taken.insert(duty.node);
                taken.extend(run.iter().map(|f| f.node));
                duties.push(duty);
            }
            run.clear();
        }
        run.extend(next);
    }
    (duties, taken)
}

/// The passage as a field, when its words before the colon are the name of one.
fn field(document: &Document, i: usize) -> Option<Field> {
    let node = &document.outline.nodes[i];
    if node.has_children || node.quoted || matches!(node.level, Level::Row | Level::Annex) {
        return None;
    }
    let text = document.text.slice_folded(node.body);
    let colon = text.find(':').filter(|&n| n < 80)?;
    let column = heading_column(text[..colon].trim_matches([' ', '*', '-']))?;
    let value = Span::new(node.body.start + colon + 1, node.body.end);
    (!document.text.slice(value).trim().is_empty()).then_some(Field { node: i, column, value })
}

fn duty(document: &Document, schedule: &Schedule, run: &[Field]) -> Option<Duty> {
    let value = |column| run.iter().find(|f| f.column == column).map(|f| f.value);
    let parties = |column| value(column).map_or_else(Vec::new, |v| parties_in(document, v, false));
    let nodes = &document.outline.nodes;
    let (first, last) = (run.first()?, run.last()?);
    // "Cơ quan thực hiện: Sở Y tế chủ trì, phối hợp với Công an tỉnh"
    let (leads, with) = value(Column::Lead).map_or_else(Default::default, |v| divided(document, v));
    if leads.is_empty() || run.len() < 2 {
        return None;
    }
    let (node, task) = match value(Column::Task) {
        Some(task) => (first.node, task),
        None => nodes[first.node].parent.map(|p| (p, nodes[p].body)).filter(|(_, body)| !body.is_empty())?,
    };
    let text = |span: Span| document.text.slice(span).trim().trim_end_matches(['.', ';', ':']).to_owned();
    let known = leads.iter().all(|l| l.agency.is_some());
    Some(Duty {
        node,
        span: Span::new(nodes[node].span.start, nodes[last.node].span.end),
        action: text(task),
        parent: None,
        report_to: Vec::new(),
        deliverable: value(Column::Product).map(text).filter(|t| !t.is_empty()),
        leads,
        cooperators: parties(Column::Cooperate).into_iter().chain(with).collect(),
        modality: Modality::Order,
        due: value(Column::Deadline).and_then(|v| schedule.of_cell(v)).or_else(|| schedule.of_passage(task)),
        citations: Vec::new(),
        rule: "duty-fields",
        confidence: if known { Confidence::High } else { Confidence::Medium },
    })
}
