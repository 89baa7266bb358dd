//! JSON for Microsoft Planner over Microsoft Graph: the bodies of `POST /planner/tasks` and of
//! `PATCH /planner/tasks/{id}/details`.
//!
//! Graph gives ids by itself. Who posts these keeps `key` beside the id that comes back; the key also stands in the last
//! line of the description.

use super::Item;
use crate::task::Progress;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// The plan and bucket that the tasks go into.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// planId; the poster fills it in where it is not given.
    pub plan: Option<String>,
    /// bucketId.
    pub bucket: Option<String>,
}

/// Items as a JSON array, parents first.
pub fn tasks(items: &[Item], plan: &Plan) -> String {
    let tasks: Vec<String> = items.iter().map(|item| task(item, plan).to_string()).collect();
    format!("[\n{}\n]\n", tasks.join(",\n"))
}

fn task(item: &Item, plan: &Plan) -> Value {
    let mut body = Map::new();
    if let Some(plan) = &plan.plan {
        body.insert("planId".to_owned(), json!(plan));
    }
    if let Some(bucket) = &plan.bucket {
        body.insert("bucketId".to_owned(), json!(bucket));
    }
    body.insert("title".to_owned(), json!(item.title));
    if let Some(start) = item.period_start().map(start_of) {
        body.insert("startDateTime".to_owned(), json!(start));
    }
    if let Some(due) = item.due {
        // The last second of the day in Vietnam.
        body.insert("dueDateTime".to_owned(), json!(format!("{due}T16:59:59Z")));
    }
    body.insert("percentComplete".to_owned(), json!(percent(item.progress)));
    json!({
        "key": item.key(),
        "parent": item.parent_key,
        "plannerTask": body,
        "plannerTaskDetails": { "description": format!("{}\n{}", item.body(), item.token()), "previewType": "description" },
    })
}

/// Planner knows three states: not started, in progress, completed.
fn percent(progress: Progress) -> u8 {
    match progress {
        Progress::Todo | Progress::Paused => 0,
        Progress::Doing => 50,
        Progress::Done | Progress::Cancelled => 100,
    }
}

/// The first second of a day in Vietnam.
fn start_of(day: Date) -> String {
    format!("{}T17:00:00Z", day.saturating_sub(1.day()))
}
