//! Records of the graph, as `schemas/` states them.

use super::{CitationGraph, Edge, Identifiers, Kind, Link};
use crate::lexicon::lexicon;
use crate::resolve::{Conflict, Work};
use crate::text::CodeSpan;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Name and version of the graph record.
pub const GRAPH_SCHEMA: &str = "vanthu/graph/1";

/// The graph of an archive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GraphRecord {
    /// `vanthu/graph/1`.
    pub schema: String,
    /// Works, sorted by key.
    pub works: Vec<WorkRecord>,
    /// Edges, sorted by source, target and type.
    pub edges: Vec<EdgeRecord>,
    /// What papers say differently of one work.
    pub conflicts: Vec<Conflict>,
    /// Mentions that lead to no work.
    pub unresolved: Vec<UnresolvedRecord>,
}

/// A work with its other identifiers and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WorkRecord {
    /// The work.
    #[serde(flatten)]
    pub work: Work,
    /// Whether a copy of it is held.
    pub is_held: bool,
    /// ELI and Akoma Ntoso; null where nothing identifies the paper.
    pub identifiers: Option<Identifiers>,
    /// Later works that change or end it.
    pub changes: Vec<Change>,
}

/// What a later work did to an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// `amends`, `replaces`, `repeals`, `suspends`, `corrects`, `consolidates`.
    pub r#type: String,
    /// Key of the later work.
    pub by: String,
    /// Its name: "Quyết định 1315/QĐ-TTg".
    pub name: String,
    /// Its date, EDTF.
    pub date: Option<String>,
    /// Whether provisions alone are touched, as far as all that say so cite provisions.
    pub in_part: bool,
}

impl Change {
    pub(super) fn of(link: &Link, by: &Work) -> Self {
        let in_part = !link.evidence.is_empty() && link.evidence.iter().all(|e| e.is_part);
        Self { r#type: link.kind.name().to_owned(), by: by.key.clone(), name: name(by), date: by.date.clone(), in_part }
    }

    /// In words: "replaced by Quyết định 1315/QĐ-TTg (2023-11-09)".
    pub fn words(&self) -> String {
        let deed = Kind::of_name(&self.r#type).map_or("changed by", Kind::passive);
        let part = if self.in_part { "in part " } else { "" };
        let date = self.date.as_deref().map(|d| format!(" ({d})")).unwrap_or_default();
        format!("{part}{deed} {}{date}", self.name)
    }
}

/// An edge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EdgeRecord {
    /// Key of the work that does it.
    pub source: String,
    /// What it does.
    pub r#type: String,
    /// Key of the work it is done to.
    pub target: String,
    /// Every place that says so.
    pub evidence: Vec<ProofRecord>,
}

/// One place that states an edge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProofRecord {
    /// Id of the paper's record.
    pub document: String,
    /// Where the paper was read from.
    pub path: String,
    /// Path of the passage.
    pub section: Option<String>,
    /// Where in the paper's text.
    pub span: CodeSpan,
    /// The mention.
    pub quote: String,
    /// The words that say what is done.
    pub cue: Option<String>,
    /// How the mention led to the work.
    pub rule: String,
    /// high, medium or low.
    pub confidence: String,
    /// Whether a provision is cited, not the whole work.
    pub is_part: bool,
}

/// A mention that leads to no work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UnresolvedRecord {
    /// Id of the paper's record.
    pub document: String,
    /// Where the paper was read from.
    pub path: String,
    /// Path of the passage.
    pub section: Option<String>,
    /// Where in the paper's text; null where the paper's own number is blank.
    pub span: Option<CodeSpan>,
    /// The mention.
    pub quote: String,
    /// no-year, no-place, no-issuer, no-antecedent, unknown-name, several-works or blank-number.
    pub reason: String,
    /// Keys of the works that may be meant.
    pub candidates: Vec<String>,
}

/// A work by type and number: "Quyết định 489/QĐ-TTg"; by its title while both are blank.
pub fn name(work: &Work) -> String {
    let class = work.document_type.as_deref().map(|t| type_name(t, work)).unwrap_or_default();
    let code = work.code.as_deref().unwrap_or_default();
    let number = if code.starts_with(['/', '-']) { format!("số … {code}") } else { code.to_owned() };
    let parts: Vec<&str> = [class.as_str(), number.as_str()].into_iter().filter(|p| !p.is_empty()).collect();
    if parts.is_empty() { work.title.clone().unwrap_or_else(|| work.key.clone()) } else { parts.join(" ") }
}

/// A law is called by its name.
fn type_name(code: &str, work: &Work) -> String {
    let class = lexicon().type_name(code).unwrap_or_else(|| code.to_owned());
    let mut chars = class.chars();
    let class: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
    match (&work.title, code) {
        (Some(title), "L" | "BL" | "PL") if work.held.is_empty() => format!("{class} {title}"),
        _ => class,
    }
}

impl CitationGraph {
    /// The record of the whole graph.
    pub fn record(&self) -> GraphRecord {
        GraphRecord {
            schema: GRAPH_SCHEMA.to_owned(),
            works: (0..self.works.len()).map(|i| self.work_record(super::place(i), None)).collect(),
            edges: self.edges().map(|e| self.edge_record(e)).collect(),
            conflicts: self.conflicts.clone(),
            unresolved: self.unresolved(|_| true),
        }
    }

    /// The record of one work, as it stood on a day.
    pub fn work_record(&self, i: u32, as_of: Option<&str>) -> WorkRecord {
        let work = self.works[i as usize].clone();
        WorkRecord { is_held: !work.held.is_empty(), identifiers: Identifiers::of(&work.key), changes: self.changes(i, as_of), work }
    }

    /// The record of an edge.
    pub fn edge_record(&self, e: Edge) -> EdgeRecord {
        EdgeRecord {
            source: self.works[e.source as usize].key.clone(),
            r#type: e.link.kind.name().to_owned(),
            target: self.works[e.target as usize].key.clone(),
            evidence: self.proofs(e.link),
        }
    }

    /// The evidence of an edge.
    pub fn proofs(&self, link: &Link) -> Vec<ProofRecord> {
        let proof = |v: &super::Evidence| {
            let document = &self.documents[v.document as usize];
            ProofRecord {
                document: document.id.to_string(),
                path: document.path.to_string(),
                section: v.section.as_deref().map(str::to_owned),
                span: CodeSpan { start: v.start as usize, end: v.end as usize },
                quote: v.quote.to_string(),
                cue: v.cue.as_deref().map(str::to_owned),
                rule: v.rule.to_string(),
                confidence: v.confidence.to_string(),
                is_part: v.is_part,
            }
        };
        link.evidence.iter().map(proof).collect()
    }

    /// Mentions that lead to no work, in the papers that are wanted.
    pub(super) fn unresolved(&self, wanted: impl Fn(u32) -> bool) -> Vec<UnresolvedRecord> {
        let one = |o: &super::Open| {
            let document = &self.documents[o.document as usize];
            UnresolvedRecord {
                document: document.id.to_string(),
                path: document.path.to_string(),
                section: o.section.as_deref().map(str::to_owned),
                span: (!o.quote.is_empty()).then_some(CodeSpan { start: o.start as usize, end: o.end as usize }),
                quote: o.quote.to_string(),
                reason: o.reason.to_string(),
                candidates: o.candidates.clone(),
            }
        };
        self.open.iter().filter(|o| wanted(o.document)).map(one).collect()
    }
}

/// The JSON Schema (draft 2020-12) of the record of this name; none where there is no such record.
pub fn schema(record: &str) -> Option<String> {
    let schema = match record {
        "graph" => schemars::schema_for!(GraphRecord),
        "trace" => schemars::schema_for!(super::Trace),
        _ => return None,
    };
    serde_json::to_string_pretty(&schema).ok()
}
