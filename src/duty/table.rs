//! Duties in task tables: one for each row.

use super::assign::{self, Assignment};
use super::schedule::Schedule;
use super::{Due, Duty, Modality, company, outcome};
use crate::lexicon::{Column, lexicon};
use crate::mention::agency::{Party, Until, parties_at};
use crate::mention::citation::Confidence;
use crate::structure::{Document, Row, Table};
use crate::text::{Span, is_alphabetic, opens_with};

/// Finds the duties of all task tables.
pub(super) fn find(document: &Document, schedule: &Schedule) -> Vec<Duty> {
    document.tables.iter().filter(|t| t.is_task_table()).flat_map(|t| Reader { document, schedule, table: t, knows_merged: t.knows_merged() }.rows()).collect()
}

struct Reader<'a> {
    document: &'a Document,
    schedule: &'a Schedule<'a>,
    table: &'a Table,
    /// Whether the source says which cells are merged.
    knows_merged: bool,
}

/// What merged cells hand down to the rows below.
#[derive(Default, Clone)]
struct Above {
    task: Option<Span>,
    leads: Vec<Party>,
    cooperators: Vec<Party>,
    due: Option<Due>,
    /// Rows of one lead name cooperators of their own: an empty cell among them names none.
    each_its_own: bool,
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
                // "II | Công an tỉnh": the heading of the group may name who leads, and so may its cell.
                let cell = self.cell(row, Column::Lead).filter(|c| !self.text(Some(*c)).is_empty());
                let leads = cell.map_or_else(|| self.named_in_heading(row), |c| divided(self.document, c).0);
                above = Above { leads, ..Above::default() };
                continue;
            }
            let several = self.several(node, row);
            if several.is_empty() {
                duties.extend(self.row(node, row, &mut above));
            } else {
                above = Above::default();
                duties.extend(several);
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
        let says = |columns: &[Column]| columns.iter().any(|c| !self.text(self.cell(row, *c)).is_empty());
        if says(&[Column::Cooperate, Column::Product, Column::Deadline, Column::Authority]) {
            return false;
        }
        let label = self.text(self.cell(row, Column::Number)).trim_end_matches('.');
        if says(&[Column::Lead]) {
            // "3 | Thủy sản | Cục Thủy sản" above 3.1, which names nobody: who leads stands in the group's own cell.
            let below = self.table.rows.get(i + 1).filter(|r| self.text(self.cell(r, Column::Lead)).is_empty());
            let label_below = below.map_or("", |r| self.text(self.cell(r, Column::Number)));
            // "4 | Xây dựng đề án nuôi biển | Sở Nông nghiệp" is a task of its own.
            let task = self.cell(row, Column::Task).map_or("", |c| self.document.text.slice_folded(c).trim());
            if lexicon().verb_at(task, 0).is_some() {
                return false;
            }
            return !label.is_empty() && label_below.strip_prefix(label).is_some_and(|l| l.starts_with('.'));
        }
        let task = self.text(self.cell(row, Column::Task));
        if label.is_empty() || task.is_empty() {
            return true;
        }
        let roman = crate::marker::roman_value(label).is_some() || label.len() == 1 && label.starts_with(|c: char| c.is_ascii_uppercase());
        let next = self.table.rows.get(i + 1).map(|r| self.text(self.cell(r, Column::Number)).trim_end_matches('.').to_owned()).unwrap_or_default();
        let next = next.trim_end_matches(')').to_owned();
        let opens = next.starts_with(&format!("{label}.")) || next == "1" || next == "01" || next == "a" || next == "-";
        let letters = task.chars().any(char::is_lowercase);
        // "III.2" above rows that are counted through the whole table.
        let division = label.split_once('.').is_some_and(|(head, _)| crate::marker::roman_value(head).is_some());
        let roman = roman || division && !next.is_empty() && next.bytes().all(|b| b.is_ascii_digit());
        roman || opens && label != next || !letters || task.ends_with(':')
    }

    fn named_in_heading(&self, row: &Row) -> Vec<Party> {
        let Some(cell) = row.cells.iter().find(|c| self.text(Some(**c)).chars().filter(|c| is_alphabetic(*c)).count() > 4) else { return Vec::new() };
        let s = self.document.text.slice(*cell);
        let start = cell.start + (s.len() - s.trim_start().len()) + crate::marker::marker(s.trim_start()).map_or(0, |m| m.len);
        let whole = parties_at(&self.document.text, start, cell.end, Until::Stop)
            .filter(|p| self.document.text.slice(Span::new(p.end, cell.end)).trim_matches([' ', '.', ':']).is_empty());
        let named = self.document.text.as_str()[start..cell.end].starts_with(char::is_uppercase);
        whole.filter(|_| named).map_or_else(Vec::new, |p| p.list)
    }

    fn row(&self, node: usize, row: &Row, above: &mut Above) -> Option<Duty> {
        let text = &self.document.text;
        let task_cell = self.cell(row, Column::Task).filter(|c| !text.slice(*c).trim().is_empty());
        let task = task_cell.or(above.task)?;
        let lead_cell = self.cell(row, Column::Lead);
        let cooperate_cell = self.cell(row, Column::Cooperate);
        let lead_blank = self.repeats(row, Column::Lead);
        let (leads, with) = match lead_cell {
            Some(cell) if !lead_blank => divided(self.document, cell),
            _ => (above.leads.clone(), Vec::new()),
        };
        let handed = lead_blank && !above.each_its_own || task_cell.is_none();
        let mut cooperators = match cooperate_cell {
            Some(_) if self.goes_on(row, Column::Cooperate, handed) => above.cooperators.clone(),
            _ => self.parties(cooperate_cell, false),
        };
        above.each_its_own = lead_blank && (above.each_its_own || !self.text(cooperate_cell).is_empty());
        above.leads.clone_from(&leads);
        above.cooperators.clone_from(&cooperators);
        above.task = Some(task);
        for party in with.into_iter().chain(company::cooperators(text, task)) {
            if !cooperators.iter().chain(&leads).any(|p| p.is_alike(&party)) {
                cooperators.push(party);
            }
        }
        let due_cell = self.cell(row, Column::Deadline);
        let due = if due_cell.is_some() && self.repeats(row, Column::Deadline) { above.due.clone() } else { due_cell.and_then(|c| self.schedule.of_cell(c)) };
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
            action: without_label(text.slice(task)).trim_end_matches(['.', ';']).to_owned(),
            parent: None,
            report_to: Vec::new(),
            deliverable: (!product.is_empty()).then(|| product.to_owned()).or_else(|| outcome::deliverable(text, task)),
            leads,
            cooperators,
            modality: Modality::Order,
            due,
            citations: Vec::new(),
            rule: "duty-table-row",
            confidence: if known { Confidence::High } else { Confidence::Medium },
        })
    }

    /// The duties of a row whose cell of bodies says what each of them does: "Sở Y tế: rà soát …; Công an tỉnh kiểm tra …".
    fn several(&self, node: usize, row: &Row) -> Vec<Duty> {
        let Some(cell) = self.cell(row, Column::Lead) else { return Vec::new() };
        let text = &self.document.text;
        let row_due = self.cell(row, Column::Deadline).filter(|c| !text.slice(*c).trim().is_empty()).and_then(|c| self.schedule.of_cell(c));
        let duty = |(part, found): (Span, Assignment)| {
            let deed = Span::new(found.rest, part.end);
            let cooperators = company::cooperators(text, deed).into_iter().filter(|p| !found.leads.iter().any(|l| l.is_alike(p))).collect();
            let known = found.leads.iter().all(|l| l.agency.is_some());
            Duty {
                node,
                span: part,
                action: text.slice(deed).trim_matches([' ', '.', ';', ',', ':']).to_owned(),
                parent: None,
                report_to: outcome::reported_to(text, deed),
                deliverable: outcome::deliverable(text, deed),
                leads: found.leads,
                cooperators,
                modality: Modality::Order,
                due: self.schedule.of_passage(part).or_else(|| row_due.clone()),
                citations: Vec::new(),
                rule: "duty-table-cell",
                confidence: if known { Confidence::High } else { Confidence::Medium },
            }
        };
        deeds(self.document, cell).into_iter().map(duty).collect()
    }

    /// An empty cell, or one that says so, repeats the one above; where merged cells are known an empty one is empty.
    fn repeats(&self, row: &Row, column: Column) -> bool {
        self.goes_on(row, column, true)
    }

    /// Whether a cell goes on from the one above: it is merged with it or says so, or is empty where an `empty` one repeats it.
    fn goes_on(&self, row: &Row, column: Column, empty: bool) -> bool {
        let cell = self.cell(row, column);
        let merged = self.table.column(column).is_some_and(|c| row.merged.contains(&c));
        // A cell that a page cuts goes on as an empty one.
        let blocks = self.document.text.blocks();
        let cut = row.block > 0 && blocks[row.block].page != blocks[row.block - 1].page;
        merged || self.is_ditto(cell) || empty && self.text(cell).is_empty() && (cut || !self.knows_merged)
    }

    fn is_ditto(&self, cell: Option<Span>) -> bool {
        let folded = crate::text::fold(self.text(cell));
        matches!(folded.trim_matches(['.', ' ']), "như trên" | "nt" | "″" | "“" | "-nt-" | "\"" | "”" | "n.t" | "- nt -")
    }

    fn parties(&self, cell: Option<Span>, lead: bool) -> Vec<Party> {
        cell.map_or_else(Vec::new, |cell| parties_in(self.document, cell, lead))
    }
}

/// The parts of a cell each of which names a body and what it does; none where one part does not.
fn deeds(document: &Document, cell: Span) -> Vec<(Span, Assignment)> {
    let text = &document.text;
    let parts: Vec<Span> = paragraphs(document, cell).into_iter().flat_map(|part| clauses(text.as_str(), part)).collect();
    if parts.len() < 2 {
        return Vec::new();
    }
    // Who leads and who cooperates with the deed of another cell does nothing of his own.
    let role = |rest: &str| {
        let rest = rest.trim_start_matches(['(', ' ']);
        opens_with(rest, &["chủ trì", "phối hợp", "cùng phối hợp"]) || rest.split(' ').filter(|w| !w.is_empty()).nth(2).is_none()
    };
    let read =
        |part: Span| assign::read(text, part).filter(|a| !a.heading && !role(text.slice_folded(Span::new(a.rest.min(part.end), part.end)))).map(|a| (part, a));
    parts.into_iter().map(read).collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// The clauses of a part of a cell, which semicolons outside brackets end; without dashes.
fn clauses(text: &str, part: Span) -> Vec<Span> {
    let mut clauses = Vec::new();
    let mut start = part.start;
    let mut depth = 0;
    let mut push = |start: usize, end: usize| {
        let s = &text[start..end];
        let start = start + (s.len() - without_item_number(s).len());
        let end = start + text[start..end.max(start)].trim_end().len();
        clauses.extend((start < end).then(|| Span::new(start, end)));
    };
    for (n, b) in text[part.range()].bytes().enumerate() {
        match b {
            b'(' => depth += 1,
            b')' => depth = (depth - 1).max(0),
            b';' if depth == 0 => {
                push(start, part.start + n);
                start = part.start + n + 1;
            }
            _ => {}
        }
    }
    push(start, part.end);
    clauses
}

/// A text without the number or letter before it.
fn without_label(s: &str) -> &str {
    let s = s.trim();
    crate::marker::marker(s).map_or(s, |m| s[m.len..].trim_start())
}

/// Who leads and who cooperates by a cell that may say both: "Sở Y tế chủ trì, phối hợp với Công an tỉnh", "Chủ trì: Sở Y
/// tế; Phối hợp: Công an tỉnh", "Sở Y tế (chủ trì), Công an tỉnh (phối hợp)".
pub(super) fn divided(document: &Document, cell: Span) -> (Vec<Party>, Vec<Party>) {
    let folded = document.text.slice_folded(cell);
    let bracketed = |party: &Party| document.text.slice_folded(Span::new(party.span.end, cell.end)).trim_start().starts_with("(phối hợp");
    let label = |until: usize| folded[..until].find(':').filter(|&n| folded[..n].contains("chủ trì") || folded[..n].contains("thực hiện")).map_or(0, |n| n + 1);
    if let Some((lead, partners)) = roles_behind(folded) {
        let within = |r: std::ops::Range<usize>| Span::new(cell.start + r.start, cell.start + r.end);
        return (parties_in(document, within(lead), true), parties_in(document, within(partners), false));
    }
    match folded.find("phối hợp") {
        Some(at) if !folded[..at].ends_with('(') => {
            let lead = Span::new(cell.start + label(at).min(at), cell.start + at);
            let rest = folded[at + "phối hợp".len()..].trim_start().trim_start_matches("thực hiện").trim_start_matches([' ', ':']);
            let rest = rest.strip_prefix("với ").unwrap_or(rest);
            let partners = Span::new(cell.end - rest.len(), cell.end);
            let lead_end = folded[..at].trim_end_matches([' ', ',', ';', '-', '+', '–']).trim_end_matches("chủ trì").trim_end_matches([' ', ',', '(']).len();
            let lead = Span::new(lead.start, (cell.start + lead_end).max(lead.start));
            (parties_in(document, lead, true), parties_in(document, partners, false))
        }
        _ => parties_in(document, Span::new(cell.start + label(folded.len()), cell.end), true).into_iter().partition(|p| !bracketed(p)),
    }
}

/// "Sở Y tế chủ trì; Công an tỉnh, các xã cùng phối hợp", "Sở Y tế; Công an tỉnh phối hợp": roles behind the names. Where who
/// leads and who cooperates stand.
fn roles_behind(folded: &str) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    const SIGNS: [char; 9] = [' ', ',', ';', '(', ')', '.', '-', '–', ':'];
    let whole = folded.trim_end_matches(SIGNS).strip_suffix("thực hiện").unwrap_or(folded.trim_end_matches(SIGNS));
    let named = whole.trim_end_matches(SIGNS).strip_suffix("phối hợp")?.trim_end_matches(SIGNS);
    let named = named.strip_suffix("cùng").unwrap_or(named).trim_end_matches(SIGNS);
    let (lead_end, rest) = match named.find("chủ trì") {
        Some(at) => (at, at + "chủ trì".len()),
        None => named.find(';').map(|at| (at, at + 1))?,
    };
    let lead = folded[..lead_end].trim_end_matches(SIGNS).len();
    let partners = rest + (named.get(rest..)?.len() - named[rest..].trim_start_matches(SIGNS).len());
    (lead > 0 && partners < named.len()).then_some((0..lead, partners..named.len()))
}

/// The parties of a cell or field; what the grammar cannot read stands as one party, as printed.
pub(super) fn parties_in(document: &Document, cell: Span, lead: bool) -> Vec<Party> {
    let s = document.text.slice(cell);
    let start = cell.start + (s.len() - s.trim_start_matches([' ', '-', '–', '+']).len());
    let printed = s.trim_matches([' ', '-', '–', '.', ';', '+', '/']);
    if printed.is_empty() || !printed.chars().any(is_alphabetic) || matches!(crate::text::fold(printed).as_str(), "không" | "x") {
        return Vec::new();
    }
    let mut list: Vec<Party> = Vec::new();
    for part in paragraphs(document, Span::new(start, cell.end)) {
        parties_of(document, part, lead, &mut list);
    }
    if list.is_empty() {
        let at = cell.start + (printed.as_ptr() as usize - s.as_ptr() as usize);
        let span = Span::new(at, at + printed.len());
        // Commas part names only where each part looks like one.
        let parts: Vec<&str> = printed.split([';', ',']).map(str::trim).collect();
        let names = parts.iter().all(|p| p.starts_with(char::is_uppercase) && p.split(' ').count() <= 8);
        let parts = if names { parts } else { printed.split(';').map(str::trim).collect() };
        return parts.into_iter().filter(|p| !p.is_empty()).map(|p| Party { span, text: p.into(), agency: None, group: false }).collect();
    }
    list
}

/// The paragraphs of a cell that begin like an item: with a capital or a dash.
fn paragraphs(document: &Document, cell: Span) -> Vec<Span> {
    let text = &document.text;
    let block = text.blocks().partition_point(|b| b.span.end < cell.start);
    let breaks = text.blocks().get(block).map_or(&[][..], |b| &b.breaks);
    // A name that a line break cuts in two: "Ban Cơ yếu / Chính phủ".
    let one_name = |start: usize, at: usize| lexicon().agency_names.at(text.folded(), start).is_some_and(|(end, _)| end > at);
    let begins = |at: usize| text.as_str()[at..cell.end].starts_with(|c: char| c.is_uppercase() || matches!(c, '-' | '–' | '+' | '•'));
    let mut parts = Vec::new();
    let mut start = cell.start;
    for &at in breaks.iter().filter(|&&at| at > cell.start && at < cell.end) {
        if begins(at) && !one_name(start, at) {
            parts.push(Span::new(start, at));
            start = at;
        }
    }
    parts.push(Span::new(start, cell.end));
    parts.into_iter().flat_map(|part| numbered(text.as_str(), part)).collect()
}

/// "1. Bộ Tài chính tổng kết. 2. Bộ Tư pháp tham mưu": the items of a cell that counts them from 1.
fn numbered(text: &str, part: Span) -> Vec<Span> {
    let item = |n: usize, from: usize| {
        let label = format!("{n}. ");
        text[from..part.end].match_indices(&label).map(|(at, _)| from + at).find(|&at| {
            let begins = at == part.start || text[..at].ends_with(' ');
            begins && text[at + label.len()..].starts_with(char::is_uppercase)
        })
    };
    let mut starts: Vec<usize> = item(1, part.start).filter(|&at| at == part.start).into_iter().collect();
    while let Some(at) = starts.last().and_then(|&last| item(starts.len() + 1, last)) {
        starts.push(at);
    }
    if starts.len() < 2 {
        return vec![part];
    }
    let ends = starts.iter().skip(1).copied().chain([part.end]);
    starts.iter().zip(ends).map(|(&start, end)| Span::new(start, end)).collect()
}

/// "1. Bộ Tư pháp", "- Bộ Tư pháp", "2) Bộ Tư pháp" without what counts the item.
fn without_item_number(s: &str) -> &str {
    const SIGNS: [char; 6] = [' ', '-', '–', '+', '•', '*'];
    let s = s.trim_start_matches(SIGNS);
    let rest = s.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = s.len() - rest.len();
    if (1..=2).contains(&number) && rest.starts_with(['.', ')']) { rest[1..].trim_start_matches(SIGNS) } else { s }
}

fn parties_of(document: &Document, cell: Span, lead: bool, list: &mut Vec<Party>) {
    const SIGNS: [char; 6] = ['.', ';', ',', '/', ' ', '+'];
    let text = &document.text;
    let s = text.slice(cell);
    let mut at = cell.start + (s.len() - without_item_number(s).len());
    // Items of one cell may stand behind dashes or full stops of their own.
    while at < cell.end {
        // "đề nghị Hội Nông dân tỉnh": whom others ask for help.
        let asked = ["đề nghị ", "mời "].iter().find(|w| text.folded()[at..cell.end].starts_with(**w)).map_or(0, |w| w.len());
        at += asked;
        if at >= cell.end {
            break;
        }
        let Some(parties) = parties_at(text, at, cell.end, Until::Cell) else {
            // What the grammar of names does not know, behind names that it knows.
            let Some(known) = list.last_mut().filter(|p| cell.start <= p.span.start && p.span.end <= at) else { break };
            let end = unknown_end(text.as_str(), at, cell.end);
            let part = Span::new(at, end);
            let sign = text.as_str()[known.span.end..at].trim();
            let capital = text.as_str()[at..].starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            if sign == "," && !capital && known.agency.is_none() && lexicon().verb_at(text.folded(), at).is_none() {
                // "Hội đồng đánh giá, phân hạng sản phẩm": one name.
                known.span.end = end;
                known.text = text.slice(known.span).into();
            } else if capital && matches!(sign, "," | ";") && text.slice(part).split(' ').count() <= LONGEST_UNKNOWN {
                // "HTX dịch vụ nông nghiệp", "21 tỉnh, thành phố ven biển"
                list.push(Party { span: part, text: text.slice(part).into(), agency: None, group: text.slice(part).starts_with(|c: char| c.is_ascii_digit()) });
            } else {
                break;
            }
            at = end + (text.as_str()[end..cell.end].len() - text.as_str()[end..cell.end].trim_start_matches(SIGNS).len());
            continue;
        };
        list.extend(parties.list);
        let rest = &text.as_str()[parties.end..cell.end];
        // "UBND cấp tỉnh trình HĐND": the first body leads, what it submits is no party.
        if lead && !rest.trim_start().is_empty() && !rest.trim_start().starts_with(['-', '–', '.', ';', ',', '+', '/']) {
            break;
        }
        at = parties.end + (rest.len() - without_item_number(rest.trim_start_matches(['.', ';', ',', '/', ' '])).len());
        if rest.trim().is_empty() {
            break;
        }
    }
}

/// A name that is not known has no more words.
const LONGEST_UNKNOWN: usize = 10;

/// Where a name that is not known ends: at a semicolon or bracket, or at a comma, unless it counts units ("21 tỉnh, thành phố").
fn unknown_end(text: &str, at: usize, limit: usize) -> usize {
    let counted = text[at..].starts_with(|c: char| c.is_ascii_digit());
    let rest = &text[at..limit];
    let end = rest.find(|c: char| matches!(c, ';' | '(' | ':') || c == ',' && !counted).unwrap_or(rest.len());
    at + rest[..end].trim_end_matches([' ', '.', '/']).len().max(1)
}
