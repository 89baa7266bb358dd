//! The record types. Adding a field is fine; changing or dropping one is a new version of the schema.

use crate::text::CodeSpan;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Name and version of the document record.
pub const DOCUMENT_SCHEMA: &str = "vanthu/document/1";

/// One paper: its text, header, sections, citations, relations and tasks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentRecord {
    /// `vanthu/document/1`.
    pub schema: String,
    /// `sha256:` and the hash of the source bytes.
    pub id: String,
    /// Where the text came from.
    pub source: SourceRecord,
    /// What every span points into; left out with `--no-text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Letterhead and closing.
    pub header: HeaderRecord,
    /// What the edXML message (QCVN 102:2016/BTTTT) around the paper says about it; null where it came in none. Fields
    /// of `header` that the paper itself leaves open are filled from here; their evidence has the rule
    /// `header-from-envelope` and an empty span.
    pub envelope: Option<EnvelopeRecord>,
    /// Every passage of body and annexes, in reading order.
    pub sections: Vec<SectionRecord>,
    /// Every mention of another paper, in reading order.
    pub citations: Vec<CitationRecord>,
    /// Who relates to what, as this paper states it.
    pub relations: Vec<RelationRecord>,
    /// One record for each assigned duty.
    pub tasks: Vec<TaskRecord>,
    /// What was odd, refused or supplied.
    pub notes: Vec<NoteRecord>,
}

/// The source of a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SourceRecord {
    /// As given, or as found below a folder.
    pub path: String,
    /// What it was read as.
    pub format: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Pages, where the source tells them apart.
    pub pages: Option<u32>,
    /// Whether the text was recognised from images.
    pub ocr: bool,
    /// Character encoding.
    pub encoding: Option<String>,
    /// What the file says about itself besides its text; left out where it says nothing. Nothing of the header is taken
    /// from here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<MetadataRecord>,
}

/// What a file says about itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MetadataRecord {
    /// Title.
    pub title: Option<String>,
    /// Author: often the account of the clerk who typed it.
    pub author: Option<String>,
    /// The program in which it was written.
    pub creator: Option<String>,
    /// The program that made the file.
    pub producer: Option<String>,
    /// When it was made, ISO 8601 as exact as it is told.
    pub created: Option<String>,
    /// When it was last changed.
    pub modified: Option<String>,
    /// Digital signatures (chữ ký số), in the order of the file. They are told, not verified.
    pub signatures: Vec<SignatureRecord>,
}

/// A digital signature. It is told, not verified.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignatureRecord {
    /// Whose certificate it is.
    pub signer: Option<String>,
    /// When it was set by the clock of who signed, ISO 8601.
    pub time: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Where.
    pub location: Option<String>,
}

/// The header of an edXML message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnvelopeRecord {
    /// `qcvn-102-2016`, or `edoc` for the dialect of `http://www.go.vn/eDoc`.
    pub standard: String,
    /// Identifier of the message (DocumentId).
    pub document_id: Option<String>,
    /// Number and symbol as the message gives them.
    pub code: Option<String>,
    /// Date of the paper, EDTF.
    pub date: Option<String>,
    /// Địa danh.
    pub place: Option<String>,
    /// Name of the document type.
    pub document_type: Option<String>,
    /// Trích yếu as the message gives it.
    pub subject: Option<String>,
    /// The office that sent it (From).
    pub issuer: Option<OrganisationRecord>,
    /// Who signed, as the message gives it; `authority` holds its Competence.
    pub signer: Option<SignerRecord>,
    /// The day by which the sender asks for an answer (DueDate), EDTF. It belongs to the message; no task takes it over.
    pub due_date: Option<String>,
    /// The offices that the message was sent to (To).
    pub to: Vec<OrganisationRecord>,
    /// Nơi nhận as the message lists it (ToPlaces).
    pub to_places: Vec<String>,
    /// The papers that this one answers (ResponseFor); in a status report, the paper reported on.
    pub responds_to: Vec<ReferenceRecord>,
    /// The papers that this one takes the place of (ReplacementInfo).
    pub replaces: Vec<ReferenceRecord>,
    /// SteeringType as the message codes it.
    pub steering_type: Option<String>,
    /// `khẩn`, `thượng khẩn` or `hỏa tốc` (Priority 1, 2, 3 and 4).
    pub urgency: Option<String>,
    /// SphereOfPromulgation.
    pub sphere: Option<String>,
    /// What the message does: `new`, `revocation`, `update` or `replacement` (BussinessDocType).
    pub business: Option<String>,
    /// Why, in words.
    pub business_reason: Option<String>,
    /// Set where the message reports where a paper stands instead of carrying one.
    pub status: Option<StatusRecord>,
}

/// An office as messages name it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrganisationRecord {
    /// Mã định danh, such as `000.00.00.G22`.
    pub id: Option<String>,
    /// Name.
    pub name: Option<String>,
}

/// A paper that a message answers or replaces.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReferenceRecord {
    /// Mã định danh of its issuer.
    pub organisation: Option<String>,
    /// Number and symbol.
    pub code: Option<String>,
    /// Identifier of the message that carried it.
    pub document_id: Option<String>,
    /// Its date, EDTF.
    pub date: Option<String>,
}

/// Where a paper stands at its recipient's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StatusRecord {
    /// `01` đã đến, `02` từ chối tiếp nhận, `03` đã tiếp nhận, `04` phân công, `05` đang xử lý, `06` hoàn thành …
    pub code: String,
    /// In words.
    pub description: Option<String>,
    /// When, EDTF.
    pub date: Option<String>,
}

/// A number and symbol.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CodeRecord {
    /// Without blanks, as it should be written.
    pub text: String,
    /// As printed, leading zeros kept; null where it is blank.
    pub number: Option<String>,
    /// The year inside the symbol.
    pub year: Option<i16>,
    /// After number and year.
    pub notation: String,
}

/// A document type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TypeRecord {
    /// Abbreviation; `CV` for công văn.
    pub code: String,
    /// Name.
    pub name: String,
}

/// A date, EDTF.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DateRecord {
    /// `2020-06-18`, `2020-06` or `2020`.
    pub value: String,
    /// `day`, `month` or `year`.
    pub precision: String,
    /// As printed in the letterhead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// An issuing body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IssuerRecord {
    /// Agency of the lexicon.
    pub id: Option<String>,
    /// Name, with its province where it is a local body.
    pub name: String,
}

/// A line of Kính gửi or Nơi nhận.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecipientRecord {
    /// As printed.
    pub text: String,
    /// Where.
    pub span: CodeSpan,
    /// Agency of the lexicon.
    pub agency: Option<String>,
    /// What it is sent for.
    pub purpose: Option<String>,
}

/// Who signed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignerRecord {
    /// TM., KT., TL., TUQ., Q., T/M …
    pub authority: Option<String>,
    /// Position.
    pub position: Option<String>,
    /// Name.
    pub name: Option<String>,
}

/// Why a field says what it says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvidenceRecord {
    /// Where.
    pub span: CodeSpan,
    /// What stands there.
    pub quote: String,
    /// Which rule.
    pub rule: String,
    /// `high`, `medium` or `low`.
    pub confidence: String,
}

/// Letterhead and closing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HeaderRecord {
    /// Number and symbol.
    pub code: Option<CodeRecord>,
    /// Type.
    pub document_type: Option<TypeRecord>,
    /// Trích yếu, without the type and without V/v.
    pub subject: Option<String>,
    /// Địa danh.
    pub place: Option<String>,
    /// Date.
    pub date: Option<DateRecord>,
    /// Issuer.
    pub issuer: Option<IssuerRecord>,
    /// Kính gửi.
    pub addressees: Vec<RecipientRecord>,
    /// Nơi nhận, every line.
    pub recipients: Vec<RecipientRecord>,
    /// Signer.
    pub signer: Option<SignerRecord>,
    /// khẩn, thượng khẩn, hỏa tốc.
    pub urgency: Option<String>,
    /// mật, tối mật, tuyệt mật.
    pub secrecy: Option<String>,
    /// What was mended in the number line.
    pub repairs: Vec<RepairRecord>,
    /// Evidence by field.
    pub evidence: BTreeMap<String, EvidenceRecord>,
}

/// A passage: a labelled one, a paragraph, a table row or the title of an annex.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SectionRecord {
    /// Path, `II.1.1.2.b`.
    pub id: String,
    /// part, chapter, section, subsection, article, heading, clause, subclause, point, subpoint, indent, paragraph, row, annex.
    pub level: String,
    /// As printed.
    pub label: String,
    /// Heading, where it has one.
    pub heading: Option<String>,
    /// The passage's own block.
    pub span: CodeSpan,
    /// What it stands under.
    pub parent: Option<String>,
}

/// A mention of another paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CitationRecord {
    /// `c1`, in reading order.
    pub id: String,
    /// From the type word to the issuer.
    pub span: CodeSpan,
    /// What stands there.
    pub quote: String,
    /// Path of the passage; null in the letterhead and closing.
    pub section: Option<String>,
    /// full, short, named or self.
    pub form: String,
    /// Type code.
    pub document_type: Option<String>,
    /// Number and symbol.
    pub code: Option<CodeRecord>,
    /// Date, where this mention has one.
    pub date: Option<DateRecord>,
    /// Issuer, where printed.
    pub issuer: Option<IssuerRecord>,
    /// What "về việc", "ban hành", "phê duyệt" introduces.
    pub title: Option<String>,
    /// The provision cited: "khoản 2 Điều 5".
    pub provision: Option<String>,
    /// Identity of the cited work; null while unresolved.
    pub key: Option<String>,
    /// The mention in whose title this one stands.
    pub within: Option<String>,
    /// The mention that this one refers back to.
    pub antecedent: Option<String>,
    /// What was mended.
    pub repairs: Vec<RepairRecord>,
    /// Which rule.
    pub rule: String,
    /// high, medium or low.
    pub confidence: String,
}

/// A mended reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RepairRecord {
    /// As printed.
    pub from: String,
    /// As it should be.
    pub to: String,
    /// Which repair.
    pub rule: String,
}

/// A stated relation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RelationRecord {
    /// `self` or a citation id.
    pub source: String,
    /// implements, based_on, …
    pub r#type: String,
    /// Citation id.
    pub target: String,
    /// The words that say so.
    pub cue: Option<String>,
    /// Where they stand; the mention itself where no cue does.
    pub span: CodeSpan,
    /// Which rule.
    pub rule: String,
    /// high, medium or low.
    pub confidence: String,
}

/// A party of a duty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PartyRecord {
    /// As printed.
    pub text: String,
    /// With the province where the name is a local body's.
    pub name: String,
    /// Agency of the lexicon.
    pub id: Option<String>,
    /// Whether it denotes several bodies.
    pub group: bool,
}

/// By when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeadlineRecord {
    /// before, by, within, recurring, relative or ongoing.
    pub kind: String,
    /// As printed.
    pub text: String,
    /// Where.
    pub span: CodeSpan,
    /// First day.
    pub start: Option<String>,
    /// The day named, or the last of a period.
    pub end: Option<String>,
    /// The last day that is still on time.
    pub due: Option<String>,
    /// RFC 5545 rule.
    pub rrule: Option<String>,
    /// The event that a relative deadline counts from.
    pub anchor: Option<String>,
    /// Which rule.
    pub rule: String,
}

/// An assigned duty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TaskRecord {
    /// Stable: the paper's number and year (its hash while the number is blank), the passage, the place in it.
    pub id: String,
    /// Path of the passage.
    pub section: String,
    /// The whole passage.
    pub span: CodeSpan,
    /// What stands there.
    pub quote: String,
    /// Without assignee, cooperation and deadline.
    pub action: String,
    /// The task that this one is part of.
    pub parent: Option<String>,
    /// Who leads.
    pub leads: Vec<PartyRecord>,
    /// Who cooperates.
    pub cooperators: Vec<PartyRecord>,
    /// order or request.
    pub modality: String,
    /// What it is to bring forth.
    pub deliverable: Option<String>,
    /// To whom it is reported.
    pub report_to: Vec<PartyRecord>,
    /// By when; null where nothing is said.
    pub deadline: Option<DeadlineRecord>,
    /// Papers that the duty rests on or is about.
    pub citations: Vec<String>,
    /// Which rule.
    pub rule: String,
    /// high, medium or low.
    pub confidence: String,
}

/// Something odd, refused or supplied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NoteRecord {
    /// Which kind.
    pub rule: String,
    /// In one line.
    pub message: String,
    /// Where.
    pub span: Option<CodeSpan>,
    /// What stands there, cut short.
    pub quote: Option<String>,
}

/// One doubtful finding. What is of high confidence and odd in no way is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FindingRecord {
    /// `vanthu/finding/1`.
    pub schema: String,
    /// 1 is checked first: what keeps a paper from being filed or a duty from being met. 5 is for the curious.
    pub rank: u8,
    /// The paper, as its record names it.
    pub file: String,
    /// Path of the passage (`III.2.-1`), or the field of the header.
    pub place: String,
    /// header, task, deadline, citation, relation or note.
    pub kind: String,
    /// Confidence of the finding; `null` for notes.
    pub confidence: Option<String>,
    /// Why it is doubtful.
    pub reason: String,
    /// What is printed there.
    pub quote: String,
    /// Where, in code points of the record's text.
    pub span: Option<CodeSpan>,
}
