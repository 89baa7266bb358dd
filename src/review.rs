//! What a person should check first: the doubtful findings of records, those that cost most when wrong at the head.

use crate::doubt;
use crate::export::{CitationRecord, DocumentRecord, EvidenceRecord, FindingRecord, NoteRecord, RelationRecord, SectionRecord, TaskRecord};
use crate::text::CodeSpan;

/// Longer quotations are cut in lines for people, in characters.
const LONGEST_QUOTE: usize = 90;

/// A finding as one line for people: file, place, what, how sure, why, and what is printed.
pub fn line(finding: &FindingRecord) -> String {
    let sure = finding.confidence.as_ref().map_or(String::new(), |c| format!(" ({c})"));
    let mut line = format!("{}: {}: {}{sure}: {}", finding.file, finding.place, finding.kind, finding.reason);
    if !finding.quote.is_empty() {
        let quote: String = finding.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        let short: String = quote.chars().take(LONGEST_QUOTE).collect();
        let cut = if short.len() < quote.len() { "…" } else { "" };
        line.push_str(&format!(": “{short}{cut}”"));
    }
    line
}

/// What is doubtful in a record, in reading order.
pub fn findings(record: &DocumentRecord) -> Vec<FindingRecord> {
    let reader = Reader { record };
    let mut all = reader.header();
    all.extend(record.tasks.iter().flat_map(|t| reader.task(t)));
    all.extend(record.citations.iter().filter_map(|c| reader.citation(c)));
    all.extend(record.relations.iter().filter_map(|r| reader.relation(r)));
    // Notes on unsure words are the reasons of the findings that rest on them.
    let is_reason = |n: &&NoteRecord| [doubt::HEADER, doubt::CITATION, doubt::DUTY].contains(&n.rule.as_str());
    all.extend(record.notes.iter().filter(|n| !is_reason(n)).map(|n| reader.note(n)));
    all
}

/// Puts findings in the order in which they are worth a look; those alike stay in the order of the papers.
pub fn sort(findings: &mut [FindingRecord]) {
    findings.sort_by_key(|f| (f.rank, f.confidence.as_deref() != Some("low")));
}

struct Reader<'a> {
    record: &'a DocumentRecord,
}

impl Reader<'_> {
    fn finding(&self, rank: u8, place: &str, kind: &str, confidence: Option<&str>, reason: String, (quote, span): (&str, Option<CodeSpan>)) -> FindingRecord {
        FindingRecord {
            schema: "vanthu/finding/1".to_owned(),
            rank,
            file: self.record.source.path.clone(),
            place: place.to_owned(),
            kind: kind.to_owned(),
            confidence: confidence.map(str::to_owned),
            reason,
            quote: quote.to_owned(),
            span,
        }
    }

    /// Fields that were inferred rather than read.
    fn header(&self) -> Vec<FindingRecord> {
        let doubtful = self.record.header.evidence.iter().filter(|(_, e)| e.confidence != "high");
        let reason = |e: &EvidenceRecord| self.unsure(doubt::HEADER, e.span).unwrap_or_else(|| reason_of(&e.rule));
        doubtful.map(|(field, e)| self.finding(3, field, "header", Some(&e.confidence), reason(e), (&e.quote, Some(e.span)))).collect()
    }

    /// Why a finding is a step less sure than its rule: words that character recognition may have misread.
    fn unsure(&self, rule: &str, span: CodeSpan) -> Option<String> {
        self.record.notes.iter().find(|n| n.rule == rule && n.span == Some(span)).map(|n| n.message.clone())
    }

    fn task(&self, t: &TaskRecord) -> Vec<FindingRecord> {
        let mut all = Vec::new();
        if t.confidence != "high" {
            let unknown: Vec<String> = t.leads.iter().filter(|l| l.id.is_none()).map(|l| format!("{:?}", l.text)).collect();
            let unknown = if unknown.is_empty() { String::new() } else { format!("; not a known body: {}", unknown.join(", ")) };
            let rank = if t.confidence == "low" { 1 } else { 2 };
            let reason = self.unsure(doubt::DUTY, t.span).unwrap_or_else(|| reason_of(&t.rule) + &unknown);
            all.push(self.finding(rank, &t.section, "task", Some(&t.confidence), reason, (&t.quote, Some(t.span))));
        }
        let issued = self.record.header.date.as_ref().map(|d| d.value.as_str());
        let past = t.deadline.as_ref().and_then(|d| d.due.as_deref().zip(issued).filter(|(due, issued)| due < issued).map(|_| d));
        if let Some(d) = past {
            let reason = format!("the last day, {}, lies before the date of the paper", d.due.as_deref().unwrap_or_default());
            all.push(self.finding(1, &t.section, "deadline", None, reason, (&d.text, Some(d.span))));
        }
        all
    }

    fn citation(&self, c: &CitationRecord) -> Option<FindingRecord> {
        if c.confidence == "high" {
            return None;
        }
        let repaired: Vec<String> = c.repairs.iter().map(|r| format!("{:?} was read as {:?}", r.from, r.to)).collect();
        let unsure = self.unsure(doubt::CITATION, c.span);
        let reason = if let Some(unsure) = unsure {
            unsure
        } else if !repaired.is_empty() {
            repaired.join(", ")
        } else if c.form == "short" && c.antecedent.is_none() {
            "no earlier mention of this number in the paper".to_owned()
        } else {
            reason_of(&c.rule)
        };
        let place = c.section.clone().unwrap_or_else(|| self.section_of(c.span));
        Some(self.finding(4, &place, "citation", Some(&c.confidence), reason, (&c.quote, Some(c.span))))
    }

    /// A relation without a cue is the weakest thing that is said.
    fn relation(&self, r: &RelationRecord) -> Option<FindingRecord> {
        let doubtful = r.confidence == "low" && r.r#type != "cites";
        let quote = r.cue.as_deref().unwrap_or_default();
        doubtful
            .then(|| self.finding(4, &self.section_of(r.span), "relation", Some(&r.confidence), format!("{} {}", r.r#type, r.target), (quote, Some(r.span))))
    }

    fn note(&self, n: &NoteRecord) -> FindingRecord {
        let rank = match n.rule.as_str() {
            "handwritten-number" | "handwritten-date" | "header-number-unread" | "header-date-unread" | "ocr-unsure" => 1,
            "deadline-year-supplied" => 2,
            "header-blank-number" | "header-blank-day" | "header-issuer-inferred" | "envelope-disagrees" => 3,
            _ => 5,
        };
        let place = n.span.map_or_else(|| "whole paper".to_owned(), |s| self.section_of(s));
        self.finding(rank, &place, "note", None, n.message.clone(), ("", n.span))
    }

    /// The smallest passage around a place; the letterhead and the closing have none.
    fn section_of(&self, span: CodeSpan) -> String {
        let around = |s: &&SectionRecord| s.span.start <= span.start && span.end <= s.span.end;
        let smallest = self.record.sections.iter().filter(around).min_by_key(|s| s.span.end - s.span.start);
        smallest.map_or_else(|| "letterhead or closing".to_owned(), |s| s.id.clone())
    }
}

/// Why what a rule finds is worth a look.
fn reason_of(rule: &str) -> String {
    match rule {
        "duty-inherited" => "who acts is taken from a heading or lead-in above",
        "duty-imperative" | "duty-issuer-orders" => "who acts is read right behind the order",
        "duty-subject" | "duty-colon" => "who acts is read from the head of the passage",
        "duty-goes-on" => "the paragraph is taken to go on with the duty above it",
        "header-number" => "the number is blank, or its symbol is not known",
        "header-date" => "the day is blank",
        "duty-after-clause" => "who acts stands behind a clause",
        "duty-lead-in" => "who acts is taken from the sentence above the list",
        "duty-table-row" | "duty-table-cell" => "who acts is read from a table",
        "duty-fields" => "who acts is read from named fields",
        "issuer-from-symbol" => "the issuer is inferred from the symbol",
        "issuer-from-body" => "the issuer is inferred from the text",
        "issuer-from-signature" => "the issuer is inferred from the signature",
        "header-type-from-symbol" => "the type is inferred from the symbol",
        "header-letter-without-type" => "no type is printed, as in a letter",
        other => return format!("found by the rule {other}"),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{self, Input};
    use crate::source::Options;

    fn of(paper: &str) -> Vec<FindingRecord> {
        let record = pipeline::read(&Input::Bytes("plan.txt".to_owned(), paper.as_bytes().to_vec()), &Options::default()).unwrap();
        let mut all = findings(&record);
        sort(&mut all);
        all
    }

    #[test]
    fn what_costs_most_stands_first() {
        let all = of("UBND TỈNH LONG AN\nSố: 15/KH-UBND\nLong An, ngày 05 tháng 6 năm 2020\nKẾ HOẠCH\nVề phòng, chống dịch bệnh\n\nI. NỘI DUNG\n\
            1. Sở Y tế báo cáo UBND tỉnh trước ngày 01/5/2020.\n\
            2. Trên cơ sở kết quả giám sát, Tổ Dịch tễ cộng đồng lập danh sách hộ nguy cơ.\n\
            3. Sở Tài chính bố trí kinh phí theo Thông tư số 44/2014TT-BTC ngày 12/12/2014.\n");
        let lines: Vec<String> = all.iter().map(line).collect();
        assert_eq!(all[0].reason, "the last day, 2020-04-30, lies before the date of the paper", "{lines:#?}");
        assert!(
            lines.iter().any(|l| l.starts_with("plan.txt: I.3: citation (medium): ") && l.contains("\"44/2014TT-BTC\" was read as \"44/2014/TT-BTC\"")),
            "{lines:#?}"
        );
        assert!(all.is_sorted_by_key(|f| f.rank), "{lines:#?}");
        assert!(all.iter().all(|f| f.confidence.as_deref() != Some("high")), "what is sure needs no look: {lines:#?}");
    }

    #[test]
    fn lines_for_people_are_short() {
        let finding = FindingRecord {
            schema: "vanthu/finding/1".to_owned(),
            rank: 2,
            file: "a.txt".to_owned(),
            place: "II.1".to_owned(),
            kind: "task".to_owned(),
            confidence: Some("medium".to_owned()),
            reason: "who acts stands behind a clause".to_owned(),
            quote: "ă".repeat(200),
            span: None,
        };
        assert_eq!(line(&finding), format!("a.txt: II.1: task (medium): who acts stands behind a clause: “{}…”", "ă".repeat(90)));
    }
}
