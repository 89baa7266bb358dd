//! CSV for Redmine's importer of issues (4.1 and later).
//!
//! The headings are Redmine's own names of fields, which it maps by itself; `unique_id` ties children to parents within
//! the file, `status` is the name of a status (one that Redmine does not know is passed over), and `vanthu` fills a custom field of that name, by which `push` finds the issue again. The importer only
//! adds: what was imported once is updated by `push`, not by a second import.

use super::{Item, StatusNames, delimited};
use crate::task::Progress;
use jiff::civil::Date;

const HEADINGS: [&str; 9] = ["unique_id", "subject", "description", "start_date", "due_date", "parent_issue_id", "status", "done_ratio", "vanthu"];

/// Items as rows, parents first.
pub fn table(items: &[Item], names: &StatusNames) -> Vec<u8> {
    delimited::written(&HEADINGS, items.iter().map(|item| row(item, names)))
}

/// The names of Redmine's own default configuration in English.
fn status(progress: Progress) -> &'static str {
    match progress {
        Progress::Todo | Progress::Paused => "New",
        Progress::Doing => "In Progress",
        Progress::Done => "Closed",
        Progress::Cancelled => "Rejected",
    }
}

fn row(item: &Item, names: &StatusNames) -> Vec<String> {
    let day = |day: Option<Date>| day.map(|d| d.to_string()).unwrap_or_default();
    vec![
        item.token(),
        item.title.clone(),
        item.body(),
        day(item.period_start()),
        day(item.due),
        item.parent_token().unwrap_or_default(),
        names.of(item.progress, status),
        if item.progress == Progress::Done { "100" } else { "0" }.to_owned(),
        item.token(),
    ]
}
