//! The four tables and their columns.

use super::column::{Cell, Column, Kind, Table};
use crate::export::{CitationRecord, DeadlineRecord, DocumentRecord, PartyRecord, RecipientRecord, RelationRecord, TaskRecord};

/// Documents, citations, relations, tasks.
pub static TABLES: [Table; 4] = [
    Table { name: "documents", doc: "One row for each paper that was read.", rows: |_| 1, columns: DOCUMENTS },
    Table { name: "citations", doc: "One row for each mention of another paper, in reading order.", rows: |d| d.citations.len(), columns: CITATIONS },
    Table { name: "relations", doc: "One row for each stated relation between two papers.", rows: |d| d.relations.len(), columns: RELATIONS },
    Table { name: "tasks", doc: "One row for each assigned duty.", rows: |d| d.tasks.len(), columns: TASKS },
];

const fn column(name: &'static str, kind: Kind, doc: &'static str, value: for<'a> fn(&'a DocumentRecord, usize) -> Cell<'a>) -> Column {
    Column { name, kind, doc, value }
}

fn text(value: Option<&str>) -> Cell<'_> {
    Cell::Text(value.map(Into::into))
}

fn number(value: usize) -> Cell<'static> {
    Cell::Number(i64::try_from(value).ok())
}

fn printed(lines: &[RecipientRecord]) -> Cell<'_> {
    Cell::List(lines.iter().map(|r| r.text.as_str()).collect())
}

fn names(parties: &[PartyRecord]) -> Cell<'_> {
    Cell::List(parties.iter().map(|p| p.name.as_str()).collect())
}

/// Ids in the order of the names; empty where a party is not in the lexicon, so that both lists are of one length.
fn ids(parties: &[PartyRecord]) -> Cell<'_> {
    Cell::List(parties.iter().map(|p| p.id.as_deref().unwrap_or_default()).collect())
}

const DOCUMENTS: &[Column] = &[
    column("document", Kind::Text, "SHA-256 of the source bytes; joins the tables.", |d, _| text(Some(&d.id))),
    column("path", Kind::Text, "As given, or as found below a folder.", |d, _| text(Some(&d.source.path))),
    column("format", Kind::Text, "What it was read as.", |d, _| text(Some(&d.source.format))),
    column("bytes", Kind::Number, "Size of the source.", |d, _| Cell::Number(i64::try_from(d.source.bytes).ok())),
    column("pages", Kind::Number, "Pages, where the source tells them apart.", |d, _| Cell::Number(d.source.pages.map(Into::into))),
    column("ocr", Kind::Flag, "Whether the text was recognised from images.", |d, _| Cell::Flag(d.source.ocr)),
    column("encoding", Kind::Text, "Character encoding.", |d, _| text(d.source.encoding.as_deref())),
    column("code", Kind::Text, "Number and symbol.", |d, _| text(d.header.code.as_ref().map(|c| c.text.as_str()))),
    column("number", Kind::Text, "Number as printed; empty where it is blank.", |d, _| text(d.header.code.as_ref().and_then(|c| c.number.as_deref()))),
    column("notation", Kind::Text, "Symbol after number and year.", |d, _| text(d.header.code.as_ref().map(|c| c.notation.as_str()))),
    column("type", Kind::Text, "Abbreviation of the document type; CV for công văn.", |d, _| text(d.header.document_type.as_ref().map(|t| t.code.as_str()))),
    column("type_name", Kind::Text, "Name of the document type.", |d, _| text(d.header.document_type.as_ref().map(|t| t.name.as_str()))),
    column("subject", Kind::Text, "Trích yếu.", |d, _| text(d.header.subject.as_deref())),
    column("place", Kind::Text, "Địa danh.", |d, _| text(d.header.place.as_deref())),
    column("date", Kind::Text, "Date as far as it is known, EDTF: 2020-06-18, 2020-06 or 2020.", |d, _| text(d.header.date.as_ref().map(|d| d.value.as_str()))),
    column("day", Kind::Day, "The date, where it is known to the day.", |d, _| {
        Cell::Day(d.header.date.as_ref().filter(|d| d.precision == "day").map(|d| d.value.as_str()))
    }),
    column("issuer_id", Kind::Text, "Issuer in the lexicon.", |d, _| text(d.header.issuer.as_ref().and_then(|i| i.id.as_deref()))),
    column("issuer", Kind::Text, "Issuer, with its province.", |d, _| text(d.header.issuer.as_ref().map(|i| i.name.as_str()))),
    column("addressees", Kind::List, "Kính gửi.", |d, _| printed(&d.header.addressees)),
    column("recipients", Kind::List, "Nơi nhận.", |d, _| printed(&d.header.recipients)),
    column("signer_authority", Kind::Text, "TM., KT., TL., TUQ. …", |d, _| text(d.header.signer.as_ref().and_then(|s| s.authority.as_deref()))),
    column("signer_position", Kind::Text, "Position of the signer.", |d, _| text(d.header.signer.as_ref().and_then(|s| s.position.as_deref()))),
    column("signer", Kind::Text, "Name of the signer.", |d, _| text(d.header.signer.as_ref().and_then(|s| s.name.as_deref()))),
    column("urgency", Kind::Text, "khẩn, thượng khẩn, hỏa tốc.", |d, _| text(d.header.urgency.as_deref())),
    column("secrecy", Kind::Text, "mật, tối mật, tuyệt mật.", |d, _| text(d.header.secrecy.as_deref())),
    column("citations", Kind::Number, "Rows in citations.", |d, _| number(d.citations.len())),
    column("relations", Kind::Number, "Rows in relations.", |d, _| number(d.relations.len())),
    column("tasks", Kind::Number, "Rows in tasks.", |d, _| number(d.tasks.len())),
    column("notes", Kind::List, "What was odd, refused or supplied: the kinds of the notes.", |d, _| {
        Cell::List(d.notes.iter().map(|n| n.rule.as_str()).collect())
    }),
];

fn cited(d: &DocumentRecord, row: usize) -> &CitationRecord {
    &d.citations[row]
}

const CITATIONS: &[Column] = &[
    column("document", Kind::Text, "The paper that it stands in.", |d, _| text(Some(&d.id))),
    column("citation", Kind::Text, "Its id in that paper: c1, c2 …", |d, i| text(Some(&cited(d, i).id))),
    column("start", Kind::Number, "First code point in the paper's text.", |d, i| number(cited(d, i).span.start)),
    column("end", Kind::Number, "One past the last.", |d, i| number(cited(d, i).span.end)),
    column("quote", Kind::Text, "What stands there.", |d, i| text(Some(&cited(d, i).quote))),
    column("section", Kind::Text, "Path of the passage.", |d, i| text(cited(d, i).section.as_deref())),
    column("form", Kind::Text, "full, short, named or self.", |d, i| text(Some(&cited(d, i).form))),
    column("type", Kind::Text, "Abbreviation of the document type.", |d, i| text(cited(d, i).document_type.as_deref())),
    column("code", Kind::Text, "Number and symbol.", |d, i| text(cited(d, i).code.as_ref().map(|c| c.text.as_str()))),
    column("number", Kind::Text, "Number as printed.", |d, i| text(cited(d, i).code.as_ref().and_then(|c| c.number.as_deref()))),
    column("notation", Kind::Text, "Symbol after number and year.", |d, i| text(cited(d, i).code.as_ref().map(|c| c.notation.as_str()))),
    column("date", Kind::Text, "Date, EDTF.", |d, i| text(cited(d, i).date.as_ref().map(|d| d.value.as_str()))),
    column("day", Kind::Day, "The date, where it is known to the day.", |d, i| {
        Cell::Day(cited(d, i).date.as_ref().filter(|d| d.precision == "day").map(|d| d.value.as_str()))
    }),
    column("issuer_id", Kind::Text, "Issuer in the lexicon.", |d, i| text(cited(d, i).issuer.as_ref().and_then(|p| p.id.as_deref()))),
    column("issuer", Kind::Text, "Issuer, where printed.", |d, i| text(cited(d, i).issuer.as_ref().map(|p| p.name.as_str()))),
    column("title", Kind::Text, "Its title, where printed.", |d, i| text(cited(d, i).title.as_deref())),
    column("provision", Kind::Text, "The provision cited: khoản 2 Điều 5.", |d, i| text(cited(d, i).provision.as_deref())),
    column("key", Kind::Text, "Identity of the cited work: vn/ttg/qd/2020/489.", |d, i| text(cited(d, i).key.as_deref())),
    column("within", Kind::Text, "The citation in whose title this one stands.", |d, i| text(cited(d, i).within.as_deref())),
    column("antecedent", Kind::Text, "The citation that this one refers back to.", |d, i| text(cited(d, i).antecedent.as_deref())),
    column("rule", Kind::Text, "The rule that found it.", |d, i| text(Some(&cited(d, i).rule))),
    column("confidence", Kind::Text, "high, medium or low.", |d, i| text(Some(&cited(d, i).confidence))),
];

fn related(d: &DocumentRecord, row: usize) -> &RelationRecord {
    &d.relations[row]
}

/// The key of what an end of a relation names; the id of a citation is its place, counted from 1.
fn key<'a>(d: &'a DocumentRecord, citation: &str) -> Option<&'a str> {
    let place: usize = citation.strip_prefix('c')?.parse().ok()?;
    d.citations.get(place.checked_sub(1)?)?.key.as_deref()
}

const RELATIONS: &[Column] = &[
    column("document", Kind::Text, "The paper that states it.", |d, _| text(Some(&d.id))),
    column("source", Kind::Text, "self, or a citation of that paper.", |d, i| text(Some(&related(d, i).source))),
    column("source_key", Kind::Text, "Key of the citation that is the source.", |d, i| text(key(d, &related(d, i).source))),
    column("type", Kind::Text, "implements, based_on, amends …", |d, i| text(Some(&related(d, i).r#type))),
    column("target", Kind::Text, "A citation of that paper.", |d, i| text(Some(&related(d, i).target))),
    column("target_key", Kind::Text, "Key of the citation that is the target.", |d, i| text(key(d, &related(d, i).target))),
    column("cue", Kind::Text, "The words that say so.", |d, i| text(related(d, i).cue.as_deref())),
    column("start", Kind::Number, "First code point of the cue, or of the mention, in the paper's text.", |d, i| number(related(d, i).span.start)),
    column("end", Kind::Number, "One past the last.", |d, i| number(related(d, i).span.end)),
    column("rule", Kind::Text, "The rule that found it.", |d, i| text(Some(&related(d, i).rule))),
    column("confidence", Kind::Text, "high, medium or low.", |d, i| text(Some(&related(d, i).confidence))),
];

fn task(d: &DocumentRecord, row: usize) -> &TaskRecord {
    &d.tasks[row]
}

fn deadline(d: &DocumentRecord, row: usize) -> Option<&DeadlineRecord> {
    d.tasks[row].deadline.as_ref()
}

const TASKS: &[Column] = &[
    column("document", Kind::Text, "The paper that it stands in.", |d, _| text(Some(&d.id))),
    column("task", Kind::Text, "Its id.", |d, i| text(Some(&task(d, i).id))),
    column("parent", Kind::Text, "The task that it is part of.", |d, i| text(task(d, i).parent.as_deref())),
    column("section", Kind::Text, "Path of the passage.", |d, i| text(Some(&task(d, i).section))),
    column("start", Kind::Number, "First code point in the paper's text.", |d, i| number(task(d, i).span.start)),
    column("end", Kind::Number, "One past the last.", |d, i| number(task(d, i).span.end)),
    column("quote", Kind::Text, "The whole passage.", |d, i| text(Some(&task(d, i).quote))),
    column("action", Kind::Text, "What is to be done.", |d, i| text(Some(&task(d, i).action))),
    column("leads", Kind::List, "Who leads.", |d, i| names(&task(d, i).leads)),
    column("lead_ids", Kind::List, "Their ids in the lexicon; empty where they have none.", |d, i| ids(&task(d, i).leads)),
    column("cooperators", Kind::List, "Who cooperates.", |d, i| names(&task(d, i).cooperators)),
    column("cooperator_ids", Kind::List, "Their ids in the lexicon; empty where they have none.", |d, i| ids(&task(d, i).cooperators)),
    column("modality", Kind::Text, "order or request.", |d, i| text(Some(&task(d, i).modality))),
    column("deliverable", Kind::Text, "What it is to bring forth.", |d, i| text(task(d, i).deliverable.as_deref())),
    column("report_to", Kind::List, "To whom it is reported.", |d, i| names(&task(d, i).report_to)),
    column("deadline_kind", Kind::Text, "before, by, within, recurring, relative or ongoing; empty where nothing is said.", |d, i| {
        text(deadline(d, i).map(|l| l.kind.as_str()))
    }),
    column("deadline_text", Kind::Text, "The deadline as printed.", |d, i| text(deadline(d, i).map(|l| l.text.as_str()))),
    column("deadline_start", Kind::Day, "First day.", |d, i| Cell::Day(deadline(d, i).and_then(|l| l.start.as_deref()))),
    column("deadline_end", Kind::Day, "The day named, or the last of a period.", |d, i| Cell::Day(deadline(d, i).and_then(|l| l.end.as_deref()))),
    column("due", Kind::Day, "The last day that is still on time.", |d, i| Cell::Day(deadline(d, i).and_then(|l| l.due.as_deref()))),
    column("rrule", Kind::Text, "RFC 5545 rule of a recurring deadline.", |d, i| text(deadline(d, i).and_then(|l| l.rrule.as_deref()))),
    column("anchor", Kind::Text, "The event that a relative deadline counts from.", |d, i| text(deadline(d, i).and_then(|l| l.anchor.as_deref()))),
    column("citations", Kind::List, "Citations that the duty rests on or is about.", |d, i| {
        Cell::List(task(d, i).citations.iter().map(String::as_str).collect())
    }),
    column("rule", Kind::Text, "The rule that found it.", |d, i| text(Some(&task(d, i).rule))),
    column("confidence", Kind::Text, "high, medium or low.", |d, i| text(Some(&task(d, i).confidence))),
];
