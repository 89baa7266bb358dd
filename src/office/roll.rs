//! Every body that a paper names, with the part it has there.

use super::{Body, BodyKind, Carriers, Context, Named, Office, carriers, first_day};
use crate::export::DocumentRecord;
use crate::text::{fold, opens_with};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The part that a body has in a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Cơ quan ban hành.
    Issuer,
    /// Kính gửi.
    Addressee,
    /// Nơi nhận.
    Recipient,
    /// Chủ trì.
    Lead,
    /// Phối hợp.
    Cooperator,
    /// Who is reported to.
    ReportTo,
}

/// A body named in a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RollRow {
    /// `vanthu/agency/1`.
    pub schema: String,
    /// `sha256:` and the hash of the paper's bytes.
    pub document: String,
    /// File.
    pub path: String,
    /// Its part.
    pub part: Part,
    /// How often it has it.
    pub times: usize,
    /// Who it is.
    #[serde(flatten)]
    pub body: Body,
    /// Who carries its duties on the day asked for; null where it stands as it was, or no day was asked for.
    pub now: Option<Carriers>,
}

impl Office {
    /// Every body that a paper names: the issuer, who it is sent to, the parties of duties; each once for each part, in the
    /// order of parts and of the page.
    pub fn roll(&self, record: &DocumentRecord, as_of: Option<Date>) -> Vec<RollRow> {
        let context = self.context(record);
        let header = &record.header;
        let issued = header.date.as_ref().and_then(|d| first_day(&d.value));
        let mut rows: Vec<RollRow> = Vec::new();
        let mut add = |part, named: Named| {
            let body = self.resolve(named, &context);
            if let Some(row) = rows.iter_mut().find(|r| r.part == part && r.body == body) {
                row.times += 1;
                return;
            }
            let now = as_of.and_then(|day| carriers(&body, issued, day, ""));
            rows.push(RollRow {
                schema: "vanthu/agency/1".to_owned(),
                document: record.id.clone(),
                path: record.source.path.clone(),
                part,
                times: 1,
                body,
                now,
            });
        };
        header.issuer.iter().for_each(|i| add(Part::Issuer, Named::plain(&i.name)));
        for line in &header.addressees {
            self.pieces(&line.text, &context).iter().for_each(|piece| add(Part::Addressee, Named::plain(piece)));
        }
        for line in &header.recipients {
            let text = without_purpose(&line.text);
            self.pieces(text, &context).iter().for_each(|piece| add(Part::Recipient, Named::plain(piece)));
        }
        for task in &record.tasks {
            task.leads.iter().for_each(|p| add(Part::Lead, p.into()));
            task.cooperators.iter().for_each(|p| add(Part::Cooperator, p.into()));
            task.report_to.iter().for_each(|p| add(Part::ReportTo, p.into()));
        }
        rows.sort_by_key(|r| r.part);
        rows
    }
}

/// Lines of Nơi nhận that name nobody.
const NOBODY: &[&str] = &["lưu", "như "];

impl Office {
    /// The bodies of one line of Kính gửi or Nơi nhận: "TT Tỉnh ủy, TT HĐND tỉnh" are two, "Các Sở: XD, TC" too; a name
    /// that holds a comma is one.
    fn pieces(&self, line: &str, context: &Context) -> Vec<String> {
        let folded = fold(line.trim());
        if opens_with(&folded, NOBODY) {
            return Vec::new();
        }
        let known = |name: &String| matches!(self.resolve(Named::plain(name), context).kind, BodyKind::Agency | BodyKind::Group);
        if known(&line.to_owned()) && !line.contains(':') {
            return vec![line.to_owned()];
        }
        let head = ["các sở:", "các bộ:", "các ban:"].iter().find(|h| folded.starts_with(**h));
        let pieces: Vec<String> = match head {
            Some(head) => {
                let word = if head.contains("sở") {
                    "Sở"
                } else if head.contains("bộ") {
                    "Bộ"
                } else {
                    "Ban"
                };
                let list = line.trim()[head.len()..].replace(" và ", ", ");
                list.split([',', ';']).map(|p| format!("{word} {}", p.trim())).collect()
            }
            None => line.split([',', ';']).map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect(),
        };
        if pieces.len() > 1 && pieces.iter().all(known) { pieces } else { vec![line.to_owned()] }
    }
}

/// "UBND tỉnh (b/c)" without what it is sent for.
fn without_purpose(text: &str) -> &str {
    text.rfind('(').filter(|_| text.trim_end_matches(['.', ';', ' ']).ends_with(')')).map_or(text, |i| &text[..i])
}

/// The JSON Schema (draft 2020-12) of a row.
pub fn roll_schema() -> String {
    serde_json::to_string_pretty(&schemars::schema_for!(RollRow)).unwrap_or_default()
}
