//! What the store lists: documents, passages that were searched for, failures.

use super::{CitationRecord, DocumentRecord};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Name and version of the record of a listed document.
pub const LISTED_SCHEMA: &str = "vanthu/listed/1";
/// Name and version of the record of a passage that was searched for.
pub const HIT_SCHEMA: &str = "vanthu/hit/1";
/// Name and version of the record of all that a store knows of a document.
pub const CARD_SCHEMA: &str = "vanthu/card/1";

/// A document of the store (`vanthu list --json`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListedRecord {
    /// `vanthu/listed/1`.
    pub schema: String,
    /// `sha256:` and the hash of the source bytes; null for a classified paper that is not stored.
    pub id: Option<String>,
    /// Which work it is; begins with `?` where number, year or issuer are not known; null for a classified paper.
    pub work: Option<String>,
    /// Number and symbol.
    pub code: Option<String>,
    /// Type code.
    pub document_type: Option<String>,
    /// Issuer.
    pub issuer: Option<String>,
    /// EDTF.
    pub date: Option<String>,
    /// Trích yếu.
    pub subject: Option<String>,
    /// mật, tối mật, tuyệt mật.
    pub secrecy: Option<String>,
    /// How many mentions of other papers it holds.
    pub citations: u64,
    /// How many duties it assigns.
    pub tasks: u64,
    /// Where it lies, sorted.
    pub sources: Vec<String>,
}

/// A passage that was searched for (`vanthu search --json`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HitRecord {
    /// `vanthu/hit/1`.
    pub schema: String,
    /// The document.
    pub document: ListedRecord,
    /// The passage, on one line.
    pub passage: String,
    /// The words that were searched for, as ranges of code points of the passage.
    pub marks: Vec<MarkRecord>,
}

/// A range of code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MarkRecord {
    /// First.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// All that a store knows of a document (`vanthu show --json`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CardRecord {
    /// `vanthu/card/1`.
    pub schema: String,
    /// Which work it is.
    pub work: String,
    /// Where it lies, sorted.
    pub sources: Vec<String>,
    /// Other contents of the same work: their ids.
    pub versions: Vec<String>,
    /// What it says, without its text.
    pub document: DocumentRecord,
    /// What documents of the store do with it.
    pub mentions: Vec<MentionRecord>,
}

/// What a document of the store does with another one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MentionRecord {
    /// implements, based_on, …
    pub relation: String,
    /// The document that does it.
    pub document: ListedRecord,
    /// How it says so.
    pub citation: CitationRecord,
}
