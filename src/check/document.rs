//! What is wrong with one paper, whatever the others say.

use super::sequence::{Count, Fault};
use super::{Finding, Place, rule};
use crate::export::{CitationRecord, DocumentRecord, RepairRecord, SectionRecord};
use crate::lexicon::lexicon;
use crate::mention::code;
use std::collections::HashMap;

/// Everything that is wrong with one paper.
pub fn document(record: &DocumentRecord) -> Vec<Finding> {
    let clerk = Clerk { record };
    let mut found = Vec::new();
    clerk.number(&mut found);
    clerk.date(&mut found);
    clerk.fields(&mut found);
    clerk.sections(&mut found);
    clerk.citations(&mut found);
    clerk.tasks(&mut found);
    found
}

struct Clerk<'r> {
    record: &'r DocumentRecord,
}

/// Nghị định 30/2020/NĐ-CP came into force on this day; older papers followed other rules.
const ND30_FROM: &str = "2020-03-05";

impl Clerk<'_> {
    fn finding(&self, id: &str, message: String, place: Option<Place>, quote: &str) -> Finding {
        Finding {
            path: self.record.source.path.clone(),
            document: self.record.id.clone(),
            span: place,
            rule: id.to_owned(),
            level: rule(id).map_or("note", |r| r.level.name()).to_owned(),
            message,
            section: None,
            quote: quote.to_owned(),
            works: Vec::new(),
        }
    }

    /// The evidence of a header field.
    fn field(&self, name: &str) -> (Option<Place>, &str) {
        let evidence = self.record.header.evidence.get(name).filter(|e| e.span.start < e.span.end);
        evidence.map_or((None, ""), |e| (Some(e.span.into()), &e.quote))
    }

    /// State papers since Nghị định 30/2020; the Party's follow their own rules.
    fn follows_decree_30(&self) -> bool {
        let header = &self.record.header;
        let party = header.code.as_ref().is_some_and(|c| c.text.starts_with('-') || c.number.as_ref().is_some_and(|n| c.text[n.len()..].starts_with('-')));
        let old = header.date.as_ref().is_some_and(|d| d.value.as_str() < &ND30_FROM[..d.value.len().min(ND30_FROM.len())]);
        !party && !old
    }

    fn number(&self, found: &mut Vec<Finding>) {
        let Some(number) = &self.record.header.code else { return };
        let (place, quote) = self.field("code");
        match &number.number {
            None => found.push(self.finding("number-blank", format!("the number of {} is blank", number.text), place, quote)),
            Some(n) if n.len() == 1 && self.follows_decree_30() => {
                found.push(self.finding("number-leading-zero", format!("{n} is printed as 0{n}"), place, quote));
            }
            Some(_) => {}
        }
        for repair in self.record.header.repairs.iter().filter(|r| is_misspelling(r)) {
            found.push(self.finding("symbol-spelling", format!("{} is written {}", repair.from, repair.to), place, quote));
        }
        let says = code::scan(&format!("số {}", number.text)).into_iter().next().filter(|m| m.known).and_then(|m| m.type_code);
        if let (Some(says), Some(is)) = (says, self.record.header.document_type.as_ref())
            && says != is.code
            && is_other_type(says, &is.code)
        {
            let name = lexicon().type_name(says).unwrap_or_else(|| says.to_owned());
            found.push(self.finding("symbol-type", format!("the symbol {} is that of a {name}, the document is a {}", number.text, is.name), place, quote));
        }
    }

    fn date(&self, found: &mut Vec<Finding>) {
        let Some(date) = &self.record.header.date else { return };
        let (place, quote) = self.field("date");
        if date.precision != "day" {
            return found.push(self.finding("day-blank", format!("of the date only {} is known", date.value), place, quote));
        }
        let Some(printed) = date.text.as_deref().filter(|_| self.follows_decree_30()) else { return };
        let words: Vec<&str> = printed.split_whitespace().collect();
        let after = |word: &str| words.windows(2).find(|w| w[0].eq_ignore_ascii_case(word)).map(|w| w[1]);
        let single = |n: &&str| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit());
        let day = after("ngày").or_else(|| after("Ngày")).filter(single);
        let month = after("tháng").filter(|m| matches!(*m, "1" | "2"));
        for n in day.into_iter().chain(month) {
            found.push(self.finding("date-leading-zero", format!("{n} is printed as 0{n}"), place, quote));
        }
    }

    fn fields(&self, found: &mut Vec<Finding>) {
        if !self.follows_decree_30() {
            return;
        }
        let h = &self.record.header;
        let rows = [
            (h.code.is_none(), "the number and symbol (số, ký hiệu)"),
            (h.date.is_none(), "the date (thời gian ban hành)"),
            (h.place.is_none(), "the place (địa danh)"),
            (h.subject.is_none(), "the subject (trích yếu)"),
            (h.signer.is_none(), "the signer"),
            (h.recipients.is_empty(), "the list of recipients (Nơi nhận)"),
        ];
        for (_, name) in rows.iter().filter(|(missing, _)| *missing) {
            found.push(self.finding("field-missing", format!("{name} is missing"), None, ""));
        }
    }

    /// Sections of one parent and one kind of label are counted without gaps; articles through the whole paper.
    fn sections(&self, found: &mut Vec<Finding>) {
        let mut last: HashMap<(&str, &str), (Count, &SectionRecord)> = HashMap::new();
        for section in &self.record.sections {
            // What stands in an annex may be a form or a list of others' provisions.
            if section.level == "row" || section.level == "annex" {
                continue;
            }
            let Some(count) = Count::of(&section.label) else { continue };
            let parent = if section.level == "article" { "" } else { section.parent.as_deref().unwrap_or_default() };
            let before = last.insert((parent, section.level.as_str()), (count, section));
            let Some((previous, at)) = before.filter(|(c, _)| c.is_like(count)) else { continue };
            let (id, what) = match previous.fault_before(count) {
                Some(Fault::Skipped) => ("section-skipped", format!("{} follows {}", section.label, at.label)),
                Some(Fault::Repeated) => ("section-repeated", format!("{} stands twice", section.label)),
                None => continue,
            };
            let quote = section.heading.clone().unwrap_or_else(|| section.label.clone());
            let section_id = Some(section.id.clone());
            found.push(Finding { section: section_id, ..self.finding(id, what, Some(section.span.into()), &quote) });
        }
    }

    fn citations(&self, found: &mut Vec<Finding>) {
        for c in &self.record.citations {
            if let Some(repair) = c.repairs.iter().find(|r| r.rule == "code-year-from-date") {
                found.push(self.cited("citation-year-missing", format!("{} carries its year: {}", repair.from, repair.to), c));
            } else if lacks_year(c) {
                let code = c.code.as_ref().map(|c| c.text.as_str()).unwrap_or_default();
                found.push(self.cited("citation-year-missing", format!("{code} carries no year"), c));
            }
        }
        let noted: Vec<_> = self.record.notes.iter().filter(|n| n.rule == "citation-without-antecedent").filter_map(|n| n.span).collect();
        for c in self.record.citations.iter().filter(|c| noted.contains(&c.span)) {
            found.push(self.cited("reference-open", format!("{} names no symbol, and no document of that number is cited here", c.quote), c));
        }
    }

    fn cited(&self, id: &str, message: String, c: &CitationRecord) -> Finding {
        Finding { section: c.section.clone(), works: c.key.clone().into_iter().collect(), ..self.finding(id, message, Some(c.span.into()), &c.quote) }
    }

    fn tasks(&self, found: &mut Vec<Finding>) {
        let issued = self.record.header.date.as_ref().map(|d| d.value.as_str());
        for task in &self.record.tasks {
            let at =
                |id: &str, message: String| Finding { section: Some(task.section.clone()), ..self.finding(id, message, Some(task.span.into()), &task.quote) };
            if task.leads.is_empty() {
                found.push(at("task-without-lead", "nobody is named who leads this task".to_owned()));
            }
            let due = task.deadline.as_ref().and_then(|d| d.due.as_deref());
            if let (Some(due), Some(issued)) = (due, issued)
                && due.get(..issued.len()).is_some_and(|d| d < issued)
            {
                found.push(at("deadline-before-issue", format!("due on {due}, issued on {issued}")));
            }
        }
    }
}

/// Blanks and strokes are a matter of typing; letters are not.
fn is_misspelling(repair: &RepairRecord) -> bool {
    matches!(repair.rule.as_str(), "code-type-spelling" | "code-issuer-spelling" | "code-lost-slash")
}

/// Some types go by the symbol of another: a công văn has none, a hướng dẫn liên ngành is a hướng dẫn.
fn is_other_type(symbol: &str, document: &str) -> bool {
    symbol != "CV" && document != "CV" && document != "VB" && !document.starts_with(symbol) && !symbol.starts_with(document)
}

/// Thông tư and nghị định carry their year since the law of 1996 on legal documents.
fn lacks_year(c: &CitationRecord) -> bool {
    let normative = matches!(c.document_type.as_deref(), Some("TT" | "NĐ" | "TTLT"));
    let old = c.date.as_ref().is_some_and(|d| d.value.as_str() < "1997");
    let code = c.code.as_ref().filter(|code| code.year.is_none() && code.number.is_some() && code.notation.contains('-'));
    normative && !old && c.form == "full" && code.is_some_and(|code| code.notation.starts_with(c.document_type.as_deref().unwrap_or_default()))
}
