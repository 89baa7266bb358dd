//! CSV for Redmine's importer of issues (4.1 and later).
//!
//! The headings are Redmine's own names of fields, which it maps by itself; `unique_id` ties children to parents within
//! the file, and `vanthu` fills a custom field of that name, by which `push` finds the issue again. The importer only
//! adds: what was imported once is updated by `push`, not by a second import.

use super::{Item, delimited};
use jiff::civil::Date;

const HEADINGS: [&str; 8] = ["unique_id", "subject", "description", "start_date", "due_date", "parent_issue_id", "done_ratio", "vanthu"];

/// Items as rows, parents first.
pub fn table(items: &[Item]) -> Vec<u8> {
    delimited::written(&HEADINGS, items.iter().map(row))
}

fn row(item: &Item) -> Vec<String> {
    let day = |day: Option<Date>| day.map(|d| d.to_string()).unwrap_or_default();
    vec![
        item.token(),
        item.title.clone(),
        item.body(),
        day(item.period_start()),
        day(item.due),
        item.parent_token().unwrap_or_default(),
        if item.status.is_closed() { "100" } else { "0" }.to_owned(),
        item.token(),
    ]
}
