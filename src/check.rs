//! What a careful clerk would catch: in one paper, and over the whole archive.

mod archive;
mod document;
mod gap;
mod rule;
mod sarif;
mod sequence;

pub use archive::archive;
pub use document::document;
pub use gap::{GAPS_SCHEMA, Gap, GapsRecord, Orders, gaps};
pub use rule::{Level, RULES, Rule, rule};
pub use sarif::sarif;

use crate::text::CodeSpan;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Name and version of the record.
pub const CHECK_SCHEMA: &str = "vanthu/check/1";

/// Everything that was caught.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CheckRecord {
    /// `vanthu/check/1`.
    pub schema: String,
    /// Sorted by path, place and rule.
    pub findings: Vec<Finding>,
}

/// One thing that was caught.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// The paper that it is about; where it is about a work that is not held, the first paper that cites it.
    pub path: String,
    /// Id of that paper's record.
    pub document: String,
    /// Where in its text; null where it is about the whole paper.
    pub span: Option<Place>,
    /// Rule id.
    pub rule: String,
    /// `error`, `warning` or `note`.
    pub level: String,
    /// In one sentence.
    pub message: String,
    /// Path of the passage.
    pub section: Option<String>,
    /// What stands there.
    pub quote: String,
    /// Keys of the works that it is about.
    pub works: Vec<String>,
}

/// A half-open range of code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

impl From<CodeSpan> for Place {
    fn from(span: CodeSpan) -> Self {
        Self { start: span.start, end: span.end }
    }
}

impl CheckRecord {
    /// The record of these findings, sorted, each once.
    pub fn new(mut findings: Vec<Finding>) -> Self {
        findings.sort();
        findings.dedup();
        Self { schema: CHECK_SCHEMA.to_owned(), findings }
    }

    /// For reading: by paper, worst first, with a line of counts at the end.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut rest = &self.findings[..];
        while let Some(first) = rest.first() {
            let len = rest.iter().take_while(|f| f.path == first.path).count();
            let (here, others) = rest.split_at(len);
            rest = others;
            out.push_str(&format!("{}\n", first.path));
            let mut here: Vec<&Finding> = here.iter().collect();
            here.sort_by_key(|f| (Level::of_name(&f.level), f.span, &f.rule));
            for f in here {
                let section = f.section.as_deref().map(|s| format!(" {s}")).unwrap_or_default();
                let quote = if f.quote.is_empty() { String::new() } else { format!("\n      “{}”", clipped(&f.quote)) };
                out.push_str(&format!("  {:7} {}{section}: {}{quote}\n", f.level, f.rule, f.message));
            }
        }
        let count = |level: &str| self.findings.iter().filter(|f| f.level == level).count();
        out.push_str(&format!("{} errors, {} warnings, {} notes\n", count("error"), count("warning"), count("note")));
        out
    }

    /// Whether there is an error among the findings.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|f| f.level == "error")
    }
}

/// The JSON Schema (draft 2020-12) of the record of this name; none where there is no such record.
pub fn schema(record: &str) -> Option<String> {
    let schema = match record {
        "check" => schemars::schema_for!(CheckRecord),
        "gaps" => schemars::schema_for!(GapsRecord),
        _ => return None,
    };
    serde_json::to_string_pretty(&schema).ok()
}

/// Quotes are cut after this many characters.
const QUOTE: usize = 160;

fn clipped(quote: &str) -> String {
    let line = quote.replace('\n', " ");
    if line.chars().count() <= QUOTE { line } else { format!("{}…", line.chars().take(QUOTE).collect::<String>().trim_end()) }
}
