//! Marked documents as they are written.

use crate::error::{Error, Result};
use crate::export::DeadlineRecord;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// A marked document.
#[derive(Debug, Deserialize)]
pub(super) struct Gold {
    /// Path of the document.
    pub file: String,
    #[serde(default)]
    pub header: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    pub citations: Vec<Cited>,
    #[serde(default)]
    pub relations: Vec<Related>,
    #[serde(default)]
    pub tasks: Vec<Task>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Cited {
    pub code: String,
    #[serde(default)]
    pub accept: Vec<String>,
    pub date: Option<String>,
    #[serde(default)]
    pub line: u32,
    #[serde(default)]
    pub optional: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct Related {
    pub source: String,
    pub r#type: String,
    pub target: String,
    #[serde(default)]
    pub optional: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct Task {
    #[serde(default)]
    pub line: u32,
    pub text: String,
    #[serde(default)]
    pub lead: Vec<String>,
    #[serde(default)]
    pub lead_alt: Vec<Vec<String>>,
    #[serde(default)]
    pub coop: Vec<String>,
    #[serde(default)]
    pub coop_alt: Vec<Vec<String>>,
    pub deadline: Option<Deadline>,
    #[serde(default)]
    pub modality: String,
    #[serde(default)]
    pub optional: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct Deadline {
    pub kind: String,
    pub start: Option<String>,
    pub end: Option<String>,
    pub freq: Option<String>,
    pub interval: Option<u32>,
    pub month: Option<u32>,
    pub day: Option<u32>,
}

impl Task {
    /// Whether a found deadline says the same; `ongoing` and none at all count as the same: nothing falls due.
    pub(super) fn same_deadline(&self, got: Option<&DeadlineRecord>) -> bool {
        let want = self.deadline.as_ref().filter(|d| d.kind != "ongoing");
        let got = got.filter(|d| d.kind != "ongoing");
        match (want, got) {
            (None, None) => true,
            (Some(w), Some(g)) if w.kind == g.kind => match w.kind.as_str() {
                "relative" => true,
                "recurring" => w.same_rule(g.rrule.as_deref().unwrap_or_default()),
                "before" | "by" => w.end == g.end,
                _ => w.start == g.start && w.end == g.end,
            },
            _ => false,
        }
    }
}

impl Deadline {
    fn same_rule(&self, rrule: &str) -> bool {
        let part = |key: &str| rrule.split(';').filter_map(|kv| kv.split_once('=')).find(|(k, _)| *k == key).map(|(_, v)| v.to_owned());
        let number = |n: Option<u32>| n.map(|n| n.to_string());
        [(self.freq.clone(), "FREQ"), (number(self.interval), "INTERVAL"), (number(self.month), "BYMONTH"), (number(self.day), "BYMONTHDAY")]
            .into_iter()
            .all(|(want, key)| want.is_none() || part(key) == want)
    }
}

/// Reads a marked document.
pub(super) fn read(path: &Path) -> Result<Gold> {
    let bytes = std::fs::read(path).map_err(|e| Error::new(format!("the marked file cannot be opened ({e})"), "check its permissions").at(path))?;
    serde_json::from_slice(&bytes).map_err(|e| Error::new(format!("this is no marked document ({e})"), "compare it with corpus/README.md").at(path))
}
