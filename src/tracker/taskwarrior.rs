//! JSON for `task import` of Taskwarrior.
//!
//! Tasks are told by `uuid`, so that a second import updates. A recurring task is given with its next day only:
//! Taskwarrior makes occurrences by itself and would make them again after each import.

use super::Item;
use crate::task::Progress;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// Items as a JSON array, one task a line.
pub fn tasks(items: &[Item]) -> String {
    let tasks: Vec<String> = items.iter().map(|item| task(item).to_string()).collect();
    format!("[\n{}\n]\n", tasks.join(",\n"))
}

fn task(item: &Item) -> Value {
    let entry = start_of(item.paper.first_day());
    let mut task = Map::new();
    let mut put = |name: &str, value: Value| task.insert(name.to_owned(), value);
    put("uuid", json!(item.key()));
    put("description", json!(item.title));
    put("status", json!(status(item.progress)));
    put("entry", json!(entry));
    if item.is_closed() {
        // Taskwarrior wants to know when: noon of the day in Vietnam; of what was given up the last word is what is known.
        let day = item.done_on.or(item.last_word);
        put("end", json!(day.map_or_else(|| entry.clone(), |d| format!("{}T050000Z", d.strftime("%Y%m%d")))));
    }
    if let Some(due) = item.due {
        put("due", json!(end_of(due)));
    }
    if let Some(scheduled) = item.period_start().map(start_of) {
        put("scheduled", json!(scheduled));
    }
    if let Some(code) = &item.paper.code {
        put("project", json!(code));
    }
    put("vanthuid", json!(item.id));
    if let Some(parent) = &item.parent_key {
        put("vanthuparent", json!(parent));
    }
    put("annotations", annotations(item, &entry));
    Value::Object(task)
}

/// Each line of the body at a second of its own, as Taskwarrior keeps one annotation a second.
fn annotations(item: &Item, entry: &str) -> Value {
    let stem = &entry[..entry.len() - 3];
    let at = |i: usize| format!("{stem}{i:02}Z");
    item.body().lines().enumerate().map(|(i, line)| json!({ "entry": at(i), "description": line })).collect()
}

fn status(progress: Progress) -> &'static str {
    match progress {
        Progress::Done => "completed",
        Progress::Cancelled => "deleted",
        Progress::Todo | Progress::Doing | Progress::Paused => "pending",
    }
}

/// The last second of a day in Vietnam (UTC+7, without summer time), in UTC.
fn end_of(day: Date) -> String {
    format!("{}T165959Z", day.strftime("%Y%m%d"))
}

/// The first second of a day in Vietnam, in UTC.
fn start_of(day: Date) -> String {
    format!("{}T170000Z", day.saturating_sub(1.day()).strftime("%Y%m%d"))
}
