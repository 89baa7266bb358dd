//! Duties in task tables: one for each row.

use super::assign;
use super::schedule::Schedule;
use super::{Due, Duty, Modality};
use crate::lexicon::Column;
use crate::mention::agency::{Party, Until, parties_at};
use crate::mention::citation::Confidence;
use crate::structure::{Document, Row, Table};
use crate::text::Span;

/// Finds the duties of all task tables.
pub(super) fn find(document: &Document, schedule: &Schedule) -> Vec<Duty> {
    document.tables.iter().filter(|t| t.is_task_table()).flat_map(|t| Reader { document, schedule, table: t }.rows()).collect()
}

struct Reader<'a> {
    document: &'a Document,
    schedule: &'a Schedule<'a>,
    table: &'a Table,
}

/// What merged cells hand down to the rows below.
#[derive(Default, Clone)]
struct Above {
    task: Option<Span>,
    leads: Vec<Party>,
    cooperators: Vec<Party>,
    due: Option<Due>,
}

impl Reader<'_> {
    fn rows(&self) -> Vec<Duty> {
        let mut duties = Vec::new();
        let mut above = Above::default();
        for (i, row) in self.table.rows.iter().enumerate() {
            let nodes = &self.document.outline.nodes;
            let node = nodes.partition_point(|n| n.block < row.block);
            if nodes.get(node).is_none_or(|n| n.block != row.block) {
                continue;
            }
            if self.is_group(i, row) {
                above = Above::default();
                continue;
            }
            if let Some(duty) = self.row(node, row, &mut above) {
                duties.push(duty);
            }
        }
        duties
    }

    fn cell(&self, row: &Row, column: Column) -> Option<Span> {
        self.table.column(column).and_then(|c| row.cells.get(c).copied())
    }

    fn text(&self, span: Option<Span>) -> &str {
        span.map_or("", |s| self.document.text.slice(s).trim())
    }

    /// The heading of a group of rows: one text alone, or a number and a text above rows of its own.
    fn is_group(&self, i: usize, row: &Row) -> bool {
        let silent =
            [Column::Lead, Column::Cooperate, Column::Product, Column::Deadline, Column::Authority].iter().all(|c| self.text(self.cell(row, *c)).is_empty());
        if !silent {
            return false;
        }
        let label = self.text(self.cell(row, Column::Number)).trim_end_matches('.');
        let task = self.text(self.cell(row, Column::Task));
        if label.is_empty() || task.is_empty() {
            return true;
        }
        let roman = crate::marker::roman_value(label).is_some() || label.len() == 1 && label.starts_with(|c: char| c.is_ascii_uppercase());
        let next = self.table.rows.get(i + 1).map(|r| self.text(self.cell(r, Column::Number)).trim_end_matches('.').to_owned()).unwrap_or_default();
        let next = next.trim_end_matches(')').to_owned();
        let opens = next.starts_with(&format!("{label}.")) || next == "1" || next == "01" || next == "a" || next == "-";
        let letters = task.chars().any(char::is_lowercase);
        roman || opens && label != next || !letters || task.ends_with(':')
    }

    fn row(&self, node: usize, row: &Row, above: &mut Above) -> Option<Duty> {
        let text = &self.document.text;
        let task_cell = self.cell(row, Column::Task).filter(|c| !text.slice(*c).trim().is_empty());
        let task = task_cell.or(above.task)?;
        let lead_cell = self.cell(row, Column::Lead);
        let cooperate_cell = self.cell(row, Column::Cooperate);
        let lead_blank = self.repeats(lead_cell);
        let leads = if lead_blank { above.leads.clone() } else { self.parties(lead_cell, true) };
        let mut cooperators = match cooperate_cell {
            Some(_) if self.text(cooperate_cell).is_empty() && (lead_blank || task_cell.is_none()) => above.cooperators.clone(),
            Some(_) if self.is_ditto(cooperate_cell) => above.cooperators.clone(),
            _ => self.parties(cooperate_cell, false),
        };
        above.leads.clone_from(&leads);
        above.cooperators.clone_from(&cooperators);
        above.task = Some(task);
        for party in assign::cooperators(text, task) {
            if !cooperators.iter().chain(&leads).any(|p| p.is_alike(&party)) {
                cooperators.push(party);
            }
        }
        let due_cell = self.cell(row, Column::Deadline);
        let due = if self.repeats(due_cell) && due_cell.is_some() { above.due.clone() } else { due_cell.and_then(|c| self.schedule.of_cell(c)) };
        above.due.clone_from(&due);
        let due = due.or_else(|| self.schedule.of_passage(task));
        if leads.is_empty() {
            return None;
        }
        let product = self.text(self.cell(row, Column::Product));
        let known = leads.iter().all(|l| l.agency.is_some());
        Some(Duty {
            node,
            span: self.document.outline.nodes[node].span,
            action: text.slice(task).trim().trim_end_matches(['.', ';']).to_owned(),
            parent: None,
            report_to: Vec::new(),
            deliverable: (!product.is_empty()).then(|| product.to_owned()).or_else(|| assign::deliverable(text, task)),
            leads,
            cooperators,
            modality: Modality::Order,
            due,
            citations: Vec::new(),
            rule: "duty-table-row",
            confidence: if known { Confidence::High } else { Confidence::Medium },
        })
    }

    /// An empty cell, or one that says so, repeats the one above.
    fn repeats(&self, cell: Option<Span>) -> bool {
        self.text(cell).is_empty() || self.is_ditto(cell)
    }

    fn is_ditto(&self, cell: Option<Span>) -> bool {
        let folded = crate::text::fold(self.text(cell));
        matches!(folded.trim_matches(['.', ' ']), "như trên" | "nt" | "-nt-" | "\"" | "”" | "n.t" | "- nt -")
    }

    fn parties(&self, cell: Option<Span>, lead: bool) -> Vec<Party> {
        cell.map_or_else(Vec::new, |cell| parties_in(self.document, cell, lead))
    }
}

/// The parties of a cell or field; what the grammar cannot read stands as one party, as printed.
pub(super) fn parties_in(document: &Document, cell: Span, lead: bool) -> Vec<Party> {
    let s = document.text.slice(cell);
    let start = cell.start + (s.len() - s.trim_start_matches([' ', '-', '–', '+']).len());
    let printed = s.trim_matches([' ', '-', '–', '.', ';', '+', '/']);
    if printed.is_empty() || !printed.chars().any(char::is_alphabetic) || matches!(crate::text::fold(printed).as_str(), "không" | "x") {
        return Vec::new();
    }
    let mut list: Vec<Party> = Vec::new();
    for part in paragraphs(document, Span::new(start, cell.end)) {
        parties_of(document, part, lead, &mut list);
    }
    if list.is_empty() {
        let span = Span::new(start, start + printed.len().min(cell.end - start));
        return printed
            .split([';', ','])
            .map(str::trim)
            .filter(|p| !p.is_empty())
            .map(|p| Party { span, text: p.into(), agency: None, group: false })
            .collect();
    }
    list
}

/// The paragraphs of a cell that begin like an item: with a capital or a dash.
fn paragraphs(document: &Document, cell: Span) -> Vec<Span> {
    let text = &document.text;
    let block = text.blocks().partition_point(|b| b.span.end < cell.start);
    let breaks = text.blocks().get(block).map_or(&[][..], |b| &b.breaks);
    let begins = |at: usize| text.as_str()[at..cell.end].starts_with(|c: char| c.is_uppercase() || matches!(c, '-' | '–' | '+' | '•'));
    let mut parts = Vec::new();
    let mut start = cell.start;
    for &at in breaks.iter().filter(|&&at| at > cell.start && at < cell.end) {
        if begins(at) {
            parts.push(Span::new(start, at));
            start = at;
        }
    }
    parts.push(Span::new(start, cell.end));
    parts
}

fn parties_of(document: &Document, cell: Span, lead: bool, list: &mut Vec<Party>) {
    let s = document.text.slice(cell);
    let mut at = cell.start + (s.len() - s.trim_start_matches([' ', '-', '–', '+', '•']).len());
    // Items of one cell may stand behind dashes or full stops of their own.
    while at < cell.end {
        let Some(parties) = parties_at(&document.text, at, cell.end, Until::Cell) else { break };
        list.extend(parties.list);
        let rest = &document.text.as_str()[parties.end..cell.end];
        // "UBND cấp tỉnh trình HĐND": the first body leads, what it submits is no party.
        if lead && !rest.trim_start().is_empty() && !rest.trim_start().starts_with(['-', '–', '.', ';', ',', '+', '/']) {
            break;
        }
        at = parties.end + (rest.len() - rest.trim_start_matches([' ', '-', '–', '.', ';', ',', '+', '/']).len());
        if rest.trim().is_empty() {
            break;
        }
    }
}
