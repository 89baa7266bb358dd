//! CSV for OpenProject, with the columns of its Excel workbook for synchronisation.
//!
//! The workbook makes the hierarchy from four blanks before a subject for each level below the row above, and takes
//! `ID` and `Lock Version` as OpenProject gives them back. `vanthu` fills a custom field of that name.

use super::{Item, StatusNames, delimited};
use crate::task::Progress;
use std::collections::HashMap;

const HEADINGS: [&str; 9] = ["ID", "Lock Version", "Subject", "Description", "Start date", "Finish date", "Type", "Status", "vanthu"];

/// Items as rows; each child stands below its parent.
pub fn table(items: &[Item], names: &StatusNames) -> Vec<u8> {
    let mut depths: HashMap<String, usize> = HashMap::new();
    let rows = below_parents(items).into_iter().map(|item| {
        let depth = item.parent_key.as_ref().and_then(|p| depths.get(p)).map_or(0, |d| d + 1);
        depths.insert(item.key(), depth);
        row(item, depth, names)
    });
    delimited::written(&HEADINGS, rows)
}

/// The names of the statuses that OpenProject brings along in English.
fn status(progress: Progress) -> &'static str {
    match progress {
        Progress::Todo => "New",
        Progress::Doing => "In progress",
        Progress::Done => "Closed",
        Progress::Paused => "On hold",
        Progress::Cancelled => "Rejected",
    }
}

fn row(item: &Item, depth: usize, names: &StatusNames) -> Vec<String> {
    vec![
        String::new(),
        String::new(),
        "    ".repeat(depth) + item.title.trim_start_matches(['=', '+', '-', '@', ' ']),
        item.body(),
        item.period_start().map(|d| d.to_string()).unwrap_or_default(),
        item.due.map(|d| d.to_string()).unwrap_or_default(),
        "Task".to_owned(),
        names.of(item.progress, status),
        item.token(),
    ]
}

/// Items so that what belongs to a task follows it at once: in the workbook the row above decides.
fn below_parents(items: &[Item]) -> Vec<&Item> {
    let mut children: HashMap<String, Vec<&Item>> = HashMap::new();
    let mut waiting: Vec<&Item> = Vec::new();
    for item in items.iter().rev() {
        match &item.parent_key {
            Some(parent) => children.entry(parent.clone()).or_default().push(item),
            None => waiting.push(item),
        }
    }
    let mut ordered = Vec::with_capacity(items.len());
    while let Some(item) = waiting.pop() {
        ordered.push(item);
        waiting.extend(children.remove(&item.key()).unwrap_or_default());
    }
    ordered
}
