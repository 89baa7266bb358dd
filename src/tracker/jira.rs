//! CSV for Jira's importer.
//!
//! Jira has two levels below its epics: what stands under a task at any depth becomes a sub-task of the topmost one.
//! `Issue Id` and `Parent Id` tie them; `External ID` carries the key for a text field of the user's choice. A
//! resolution comes with what is done or given up: without one Jira counts an issue as unresolved, whatever its status.

use super::{Item, StatusNames, delimited};
use crate::task::Progress;
use std::collections::HashMap;

const HEADINGS: [&str; 11] =
    ["Issue Id", "Parent Id", "Issue Type", "Summary", "Description", "Start Date", "Due Date", "Labels", "Status", "Resolution", "External ID"];

/// Items as rows, parents first; dates as `yyyy-MM-dd`, which the importer asks for.
pub fn table(items: &[Item], names: &StatusNames) -> Vec<u8> {
    // The topmost task above each, as parents come first.
    let mut tops: HashMap<String, String> = HashMap::new();
    let rows = items.iter().map(|item| {
        let top = item.parent_key.as_ref().map(|p| tops.get(p).unwrap_or(p).clone());
        if let Some(top) = &top {
            tops.insert(item.key(), top.clone());
        }
        row(item, top.as_deref(), names)
    });
    delimited::written(&HEADINGS, rows)
}

/// The names of Jira's simplified workflow, and the resolution.
fn status(progress: Progress) -> (&'static str, &'static str) {
    match progress {
        Progress::Todo | Progress::Paused => ("To Do", ""),
        Progress::Doing => ("In Progress", ""),
        Progress::Done => ("Done", "Done"),
        Progress::Cancelled => ("Done", "Won't Do"),
    }
}

fn row(item: &Item, top: Option<&str>, names: &StatusNames) -> Vec<String> {
    vec![
        number(&item.key()),
        top.map(number).unwrap_or_default(),
        if top.is_some() { "Sub-task" } else { "Task" }.to_owned(),
        item.title.clone(),
        item.body(),
        item.period_start().map(|d| d.to_string()).unwrap_or_default(),
        item.due.map(|d| d.to_string()).unwrap_or_default(),
        // Labels take no blanks.
        item.paper.code.as_deref().unwrap_or_default().replace(' ', "_"),
        names.of(item.progress, |p| status(p).0),
        status(item.progress).1.to_owned(),
        item.token(),
    ]
}

/// The first 48 bits of the key as a number: the importer's examples number their rows.
fn number(key: &str) -> String {
    u64::from_str_radix(&key.replace('-', "")[..12], 16).unwrap_or_default().to_string()
}
