//! Counts per agency: given, done on time, done late, overdue, due soon.

use super::{Status, Task};
use crate::office::BodyKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Counts of one agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
pub struct ReportRow {
    /// Name with its place; of a group as printed.
    pub agency: String,
    /// Stable key; null for groups and open parties.
    pub key: Option<String>,
    /// Tasks that it leads.
    pub given: usize,
    /// Done, on time or without a last day.
    pub done: usize,
    /// Done after the last day.
    pub done_late: usize,
    /// Not done, the last day is past.
    pub overdue: usize,
    /// Not done, the last day is today or within 1 day.
    pub due_in_1: usize,
    /// The same within 3 days.
    pub due_in_3: usize,
    /// The same within 7 days.
    pub due_in_7: usize,
    /// Not done, and the last day lies farther off or is not set.
    pub later: usize,
    /// Put off or given up.
    pub set_aside: usize,
}

/// Counts of all agencies, those with most overdue first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// `vanthu/report/1`.
    pub schema: String,
    /// The day that it is made for, ISO.
    pub today: String,
    /// One row per agency.
    pub rows: Vec<ReportRow>,
    /// All tasks, each once.
    pub total: ReportRow,
}

/// Counts tasks by who leads them, or by who carries them now.
pub fn report(tasks: impl Iterator<Item = Task>, today: &str) -> Report {
    let mut rows: BTreeMap<String, ReportRow> = BTreeMap::new();
    let mut total = ReportRow { agency: "Tổng".to_owned(), ..ReportRow::default() };
    for task in tasks {
        total.count(&task);
        for party in &task.leads {
            let now = party.now.as_ref().and_then(|n| n.carrier.as_ref());
            let (name, key) = match now {
                Some(carrier) => (carrier.name.clone(), carrier.agency.clone()),
                None => (party.body.name.clone(), party.body.agency.clone()),
            };
            let name = if matches!(party.body.kind, BodyKind::Group | BodyKind::Open) { format!("({name})") } else { name };
            let row = rows.entry(key.clone().unwrap_or_else(|| name.to_lowercase())).or_insert_with(|| ReportRow { agency: name, key, ..ReportRow::default() });
            row.count(&task);
        }
    }
    let mut rows: Vec<ReportRow> = rows.into_values().collect();
    rows.sort_by(|a, b| (b.overdue, b.given, &a.agency).cmp(&(a.overdue, a.given, &b.agency)));
    Report { schema: "vanthu/report/1".to_owned(), today: today.to_owned(), rows, total }
}

impl ReportRow {
    fn count(&mut self, task: &Task) {
        self.given += 1;
        match task.status {
            Status::Done => self.done += 1,
            Status::DoneLate => self.done_late += 1,
            Status::Overdue => self.overdue += 1,
            Status::Paused | Status::Cancelled => self.set_aside += 1,
            Status::Todo | Status::Doing => match task.days_left {
                Some(days) if days <= 7 => {
                    self.due_in_7 += 1;
                    self.due_in_3 += usize::from(days <= 3);
                    self.due_in_1 += usize::from(days <= 1);
                }
                _ => self.later += 1,
            },
        }
    }
}

/// The JSON Schema (draft 2020-12) of the report.
pub fn report_schema() -> String {
    serde_json::to_string_pretty(&schemars::schema_for!(Report)).unwrap_or_default()
}
