//! Records: what leaves the program, as `schemas/` states it.

mod envelope;
mod failure;
mod listing;
mod record;

pub use failure::*;
pub use listing::*;
pub use record::*;

use crate::analysis::Analysis;
use crate::duty::{Due, Duty};
use crate::header::{Evident, Recipient, full_name};
use crate::lexicon::lexicon;
use crate::marker::Kind as Label;
use crate::mention::agency::Party;
use crate::mention::citation::{Citation, Form};
use crate::mention::code::{Code, CodeMention, Repair};
use crate::mention::date::{PartialDate, Precision};
use crate::mention::identity::{Home, scope, slug};
use crate::source::{Envelope, Metadata, Reading, Signature};
use crate::structure::Level;
use crate::text::{CodePoints, Span};
use foldhash::{HashMap, HashMapExt};

/// Makes the record of a paper.
///
/// `path` is shown as it was given; `hash` is the SHA-256 of the source bytes in hexadecimal.
pub fn document_record(analysis: &Analysis, reading: &ReadingFacts, hash: &str) -> DocumentRecord {
    let maker = Maker { analysis, points: analysis.document.text.code_points(), tag: tag(analysis, hash) };
    DocumentRecord {
        schema: DOCUMENT_SCHEMA.to_owned(),
        id: format!("sha256:{hash}"),
        source: SourceRecord {
            path: reading.path.clone(),
            format: reading.format.to_owned(),
            bytes: reading.bytes,
            pages: reading.pages,
            ocr: reading.ocr,
            encoding: reading.encoding.map(str::to_owned),
            metadata: reading.metadata.as_deref().map(metadata_record),
        },
        text: Some(analysis.document.text.as_str().to_owned()),
        header: maker.header(),
        envelope: reading.envelope.as_deref().map(envelope::record),
        sections: maker.sections(),
        citations: (0..analysis.citations.len()).map(|i| maker.citation(i)).collect(),
        relations: maker.relations(),
        tasks: maker.tasks(),
        notes: maker.notes(),
    }
}

impl DocumentRecord {
    /// Appends the record as JSON on one line.
    ///
    /// # Errors
    /// None that a record can cause: it holds nothing that JSON cannot say.
    pub fn write_json(&self, json: &mut Vec<u8>) -> serde_json::Result<()> {
        // The fast writer sets aside six times the length of what it writes.
        if self.text.as_ref().is_some_and(|t| t.len() > LONG_TEXT) {
            return serde_json::to_writer(json, self);
        }
        sonic_rs::to_writer(json, self).map_err(serde::ser::Error::custom)
    }
}

/// Records of texts with more bytes are written with an eye to memory.
const LONG_TEXT: usize = 16 * 1024 * 1024;

/// What is known of a source besides its text.
#[derive(Debug, Clone)]
pub struct ReadingFacts {
    /// As given on the command line, or as found below a folder.
    pub path: String,
    /// Format name.
    pub format: &'static str,
    /// Size.
    pub bytes: u64,
    /// Pages, where told.
    pub pages: Option<u32>,
    /// Whether any page was read by character recognition.
    pub ocr: bool,
    /// Character encoding, where the source has one.
    pub encoding: Option<&'static str>,
    /// What the message around the paper says about it.
    pub envelope: Option<Box<Envelope>>,
    /// What the file says about itself.
    pub metadata: Option<Box<Metadata>>,
}

impl ReadingFacts {
    /// The facts of a reading.
    pub fn of(reading: &Reading, path: &str, bytes: usize) -> Self {
        Self {
            path: path.to_owned(),
            format: reading.format.name(),
            bytes: bytes as u64,
            pages: reading.pages,
            ocr: reading.ocr,
            encoding: reading.encoding,
            envelope: reading.envelope.clone(),
            metadata: reading.metadata.clone(),
        }
    }
}

fn metadata_record(m: &Metadata) -> MetadataRecord {
    let signature = |s: &Signature| SignatureRecord { signer: s.signer.clone(), time: s.time.clone(), reason: s.reason.clone(), location: s.location.clone() };
    MetadataRecord {
        title: m.title.clone(),
        author: m.author.clone(),
        creator: m.creator.clone(),
        producer: m.producer.clone(),
        created: m.created.clone(),
        modified: m.modified.clone(),
        signatures: m.signatures.iter().map(signature).collect(),
    }
}

/// What ids of tasks begin with: the paper's own number, year and place, since every province has its 129/KH-UBND; or
/// the start of its hash while the number is blank.
fn tag(analysis: &Analysis, hash: &str) -> String {
    let short = &hash[..hash.len().min(8)];
    let Some(mention) = analysis.header.code.as_ref().map(|c| &c.value).filter(|c| c.code.number.is_some()) else { return short.to_owned() };
    let code = &mention.code;
    let year = analysis.header.date.as_ref().and_then(|d| d.value.year).map(|y| format!("@{y}")).unwrap_or_default();
    match place(analysis, mention) {
        Some(place) if place.is_empty() => format!("{}{year}", slug(&code.text)),
        Some(place) => format!("{}{year}.{place}", slug(&code.text)),
        // Issued somewhere, but not told where.
        None => format!("{}{year}.{short}", slug(&code.text)),
    }
}

/// The place of a local issuer, `huyen-ea-kar.dak-lak`; empty for the bodies of the centre, `None` where it is not told.
fn place(analysis: &Analysis, code: &CodeMention) -> Option<String> {
    let issuer = analysis.header.issuer.as_ref().map(|i| i.value.name.as_str());
    let date = analysis.header.date.as_ref().map(|d| d.value);
    let scope = scope(code.issuers.first()?, issuer, date, &Home::new(analysis.header.province, issuer, date)).ok()?;
    let places: Vec<&str> = scope.rsplit('/').skip(1).collect();
    Some(places.join("."))
}

struct Maker<'a> {
    analysis: &'a Analysis,
    points: CodePoints<'a>,
    tag: String,
}

impl Maker<'_> {
    fn slice(&self, span: Span) -> String {
        self.analysis.document.text.slice(span).to_owned()
    }

    fn evidence<T>(&self, field: &Evident<T>) -> EvidenceRecord {
        EvidenceRecord {
            span: self.points.span(field.span),
            quote: self.slice(field.span),
            rule: field.rule.to_owned(),
            confidence: field.confidence.name().to_owned(),
        }
    }

    fn header(&self) -> HeaderRecord {
        let h = &self.analysis.header;
        let mut evidence = std::collections::BTreeMap::new();
        let mut put = |name: &str, record: Option<EvidenceRecord>| {
            if let Some(record) = record {
                evidence.insert(name.to_owned(), record);
            }
        };
        put("code", h.code.as_ref().map(|f| self.evidence(f)));
        put("document_type", h.type_code.as_ref().map(|f| self.evidence(f)));
        put("subject", h.subject.as_ref().map(|f| self.evidence(f)));
        put("place", h.place.as_ref().map(|f| self.evidence(f)));
        put("date", h.date.as_ref().map(|f| self.evidence(f)));
        put("issuer", h.issuer.as_ref().map(|f| self.evidence(f)));
        put("signer", h.signer.as_ref().map(|f| self.evidence(f)));
        HeaderRecord {
            code: h.code.as_ref().map(|c| code_record(&c.value.code)),
            document_type: h
                .type_code
                .as_ref()
                .map(|t| TypeRecord { code: t.value.to_owned(), name: capital(&lexicon().type_name(t.value).unwrap_or_else(|| t.value.to_owned())) }),
            subject: h.subject.as_ref().map(|s| s.value.clone()),
            place: h.place.as_ref().map(|p| p.value.clone()),
            date: h.date.as_ref().and_then(|d| date_record(d.value, Some(self.slice(d.span)).filter(|s| !s.is_empty()))),
            issuer: h.issuer.as_ref().map(|i| IssuerRecord { id: i.value.agency.map(agency_id), name: i.value.name.clone() }),
            addressees: h.addressees.iter().map(|r| self.recipient(r)).collect(),
            recipients: h.recipients.iter().map(|r| self.recipient(r)).collect(),
            signer: h.signer.as_ref().map(|s| SignerRecord {
                authority: s.value.authority.clone(),
                position: s.value.position.clone(),
                name: s.value.name.clone(),
            }),
            urgency: h.urgency.map(str::to_owned),
            secrecy: h.secrecy.map(str::to_owned),
            repairs: h.code.as_ref().map(|c| c.value.repairs.iter().map(repair_record).collect()).unwrap_or_default(),
            evidence,
        }
    }

    fn recipient(&self, r: &Recipient) -> RecipientRecord {
        RecipientRecord { text: r.text.clone(), span: self.points.span(r.span), agency: r.agency.map(agency_id), purpose: r.purpose.map(str::to_owned) }
    }

    fn sections(&self) -> Vec<SectionRecord> {
        let nodes = &self.analysis.document.outline.nodes;
        nodes
            .iter()
            .map(|node| SectionRecord {
                id: node.id.clone(),
                level: node.level.name().to_owned(),
                label: node.label.clone(),
                heading: heading(self.analysis.document.text.slice(node.body), node.level),
                span: self.points.span(node.span),
                parent: node.parent.map(|p| nodes[p].id.clone()),
            })
            .collect()
    }

    /// The path of the passage that holds a place; empty for the letterhead and closing.
    fn section_of(&self, byte: usize) -> Option<String> {
        let outline = &self.analysis.document.outline;
        outline.node_at(byte).map(|n| outline.nodes[n].id.clone())
    }

    fn citation(&self, i: usize) -> CitationRecord {
        let c: &Citation = &self.analysis.citations[i];
        let code = match (&c.code, c.form) {
            (Some(code), _) => Some(code_record(code)),
            (None, _) => None,
        };
        CitationRecord {
            id: format!("c{}", i + 1),
            span: self.points.span(c.span),
            quote: self.slice(c.span),
            section: self.section_of(c.span.start),
            form: c.form.name().to_owned(),
            document_type: c.type_code.map(str::to_owned),
            code,
            date: c.date.and_then(|d| date_record(d, None)),
            issuer: c.issuer.as_ref().map(|p| IssuerRecord { id: p.agency.map(agency_id), name: self.full_name(p) }),
            title: c.title.map(|t| title_text(&self.slice(t))),
            provision: c.provision.map(|p| self.slice(p)),
            key: if c.form == Form::Own { None } else { self.analysis.keys[i].clone() },
            within: c.within.map(|w| format!("c{}", w + 1)),
            antecedent: c.antecedent.map(|a| format!("c{}", a + 1)),
            repairs: c.repairs.iter().map(repair_record).collect(),
            rule: c.rule.to_owned(),
            confidence: c.confidence.name().to_owned(),
        }
    }

    fn relations(&self) -> Vec<RelationRecord> {
        self.analysis
            .relations
            .iter()
            .map(|r| RelationRecord {
                source: r.source.map_or("self".to_owned(), |s| format!("c{}", s + 1)),
                r#type: r.kind.to_owned(),
                target: format!("c{}", r.target + 1),
                cue: r.cue.map(|c| self.slice(c)),
                span: self.points.span(r.cue.unwrap_or(self.analysis.citations[r.target].span)),
                rule: if r.cue.is_some() { "relation-cue" } else { "relation-mention" }.to_owned(),
                confidence: if r.cue.is_some() { "medium" } else { "low" }.to_owned(),
            })
            .collect()
    }

    fn tasks(&self) -> Vec<TaskRecord> {
        let duties = &self.analysis.duties;
        let mut ids: Vec<String> = Vec::with_capacity(duties.len());
        let mut places: HashMap<usize, usize> = HashMap::new();
        for duty in duties {
            let section = &self.analysis.document.outline.nodes[duty.node].id;
            let place = places.entry(duty.node).or_default();
            *place += 1;
            ids.push(format!("{}:{section}#{place}", self.tag));
        }
        (0..duties.len()).map(|i| self.task(i, &ids)).collect()
    }

    fn task(&self, i: usize, ids: &[String]) -> TaskRecord {
        let duty: &Duty = &self.analysis.duties[i];
        let parties = |list: &[Party]| list.iter().map(|p| self.party(p)).collect();
        TaskRecord {
            id: ids[i].clone(),
            section: self.analysis.document.outline.nodes[duty.node].id.clone(),
            span: self.points.span(duty.span),
            quote: self.slice(duty.span),
            action: duty.action.clone(),
            parent: duty.parent.map(|p| ids[p].clone()),
            leads: parties(&duty.leads),
            cooperators: parties(&duty.cooperators),
            modality: duty.modality.name().to_owned(),
            deliverable: duty.deliverable.clone(),
            report_to: parties(&duty.report_to),
            deadline: duty.due.as_ref().map(|d| self.deadline(d)),
            citations: duty.citations.iter().map(|c| format!("c{}", c + 1)).collect(),
            rule: duty.rule.to_owned(),
            confidence: duty.confidence.name().to_owned(),
        }
    }

    fn full_name(&self, p: &Party) -> String {
        full_name(&self.analysis.document.text, p, self.analysis.header.province)
    }

    fn party(&self, p: &Party) -> PartyRecord {
        PartyRecord { text: p.text.to_string(), name: self.full_name(p), id: p.agency.map(agency_id), group: p.group }
    }

    fn deadline(&self, due: &Due) -> DeadlineRecord {
        let d = &due.deadline;
        DeadlineRecord {
            kind: d.kind.name().to_owned(),
            text: self.slice(due.span),
            span: self.points.span(due.span),
            start: d.start.map(|d| d.to_string()),
            end: d.end.map(|d| d.to_string()),
            due: d.due.map(|d| d.to_string()),
            rrule: d.recurrence.and_then(|r| r.rrule()),
            anchor: due.anchor.clone(),
            rule: due.rule.to_owned(),
        }
    }

    fn notes(&self) -> Vec<NoteRecord> {
        self.analysis
            .notes
            .iter()
            .map(|n| NoteRecord {
                rule: n.rule.to_owned(),
                message: n.message.clone(),
                span: n.span.map(|s| self.points.span(s)),
                quote: n.span.map(|s| self.slice(s).chars().take(QUOTE).collect()),
            })
            .collect()
    }
}

/// Quotes of notes are cut after this many characters.
const QUOTE: usize = 160;

fn agency_id(i: usize) -> String {
    lexicon().agencies[i].id.clone()
}

fn code_record(code: &Code) -> CodeRecord {
    CodeRecord { text: code.text.clone(), number: code.number.clone(), year: code.year, notation: code.notation.clone() }
}

fn repair_record(r: &Repair) -> RepairRecord {
    RepairRecord { from: r.from.clone(), to: r.to.clone(), rule: r.rule.to_owned() }
}

fn date_record(date: PartialDate, text: Option<String>) -> Option<DateRecord> {
    let precision = date.precision().map(Precision::name)?;
    Some(DateRecord { value: date.edtf()?, precision: precision.to_owned(), text })
}

fn capital(s: &str) -> String {
    let mut chars = s.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A title without "về việc" and "về".
fn title_text(title: &str) -> String {
    let folded = crate::text::fold(title);
    let skip = ["về việc ", "v/v ", "về "].iter().find(|w| folded.starts_with(**w)).map_or(0, |w| w.len());
    title[skip..].trim().to_owned()
}

/// No heading has more characters.
const LONGEST_HEADING: usize = 240;

/// What stands before the first such mark that a blank or another line follows.
fn before(s: &str, mark: u8) -> Option<&str> {
    memchr::memchr_iter(mark, s.as_bytes()).find(|&n| s[n + 1..].starts_with([' ', '\n'])).map(|n| &s[..n])
}

/// The heading of a passage: up to its colon or first sentence, where it is short enough to be one.
fn heading(body: &str, level: Level) -> Option<String> {
    let body = body.trim();
    let title = match level {
        Level::Annex => body,
        Level::Label(Label::Dash | Label::Plus | Label::Bullet) | Level::Paragraph | Level::Row => return None,
        _ => before(body, b':').unwrap_or(body).trim_end_matches([':', '.']),
    };
    let is_short = title.len() <= LONGEST_HEADING || title.chars().count() <= LONGEST_HEADING;
    (!title.is_empty() && is_short && before(title, b'.').is_none()).then(|| title.replace('\n', " "))
}

/// The records of this module that have a schema in `schemas/`.
pub const SCHEMAS: [&str; 7] = ["document", "answer", "failure", "finding", "listed", "hit", "card"];

/// The JSON Schema (draft 2020-12) of the record of this name; none where there is no such record.
pub fn schema(record: &str) -> Option<String> {
    let schema = match record {
        "document" => schemars::schema_for!(DocumentRecord),
        "answer" => schemars::schema_for!(AnswerRecord),
        "failure" => schemars::schema_for!(FailureRecord),
        "finding" => schemars::schema_for!(FindingRecord),
        "listed" => schemars::schema_for!(ListedRecord),
        "hit" => schemars::schema_for!(HitRecord),
        "card" => schemars::schema_for!(CardRecord),
        _ => return None,
    };
    serde_json::to_string_pretty(&schema).ok()
}

/// The JSON Schema (draft 2020-12) of the document record.
pub fn document_schema() -> String {
    schema("document").unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_writers_write_the_same() {
        let all: String = ('\0'..='\u{2030}').chain("\u{e000}\u{fffd}\u{10ffff}Quyết định \"số 1\" a/b\\c\u{7f}".chars()).collect();
        let reading = crate::source::read(b"KH 1/KH-UBND", &crate::source::Options::default()).unwrap();
        let facts = ReadingFacts::of(&reading, &all, all.len());
        let record = DocumentRecord { text: Some(all), ..document_record(&Analysis::of(reading.text), &facts, "00") };
        let mut json = Vec::new();
        record.write_json(&mut json).unwrap();
        assert_eq!(json, serde_json::to_vec(&record).unwrap());
    }
}
