//! Redmine: `/issues.json`, as its REST API documents it.

use super::{Issue, PAGE, Statuses, Target, Turn, Wanted, text};
use crate::push::client::Call;
use crate::tracker::Item;
use serde_json::{Map, Value, json};
use ureq::http::Method;

pub fn description(item: &Item) -> String {
    format!("{}\nMã: {}\n{}", item.body(), item.id, item.token())
}

/// Open and closed issues with the token. Versions that know no filter of descriptions give all issues, page by page.
pub fn lookup(target: &Target, project: &str, token: &str, page: usize) -> Call {
    let call = Call::get("/issues.json".to_owned()).query("project_id", project).query("status_id", "*").query("limit", PAGE.to_string());
    let call = call.query("offset", ((page - 1) * PAGE).to_string()).query("sort", "id");
    match target.field {
        Some(field) => call.query(format!("cf_{field}"), token),
        None => call.query("description", format!("~{token}")),
    }
}

pub fn issue(value: &Value) -> Option<Issue> {
    Some(Issue {
        id: value["id"].as_u64()?.to_string(),
        version: None,
        title: text(&value["subject"])?,
        description: text(&value["description"]).unwrap_or_default(),
        start: text(&value["start_date"]),
        due: text(&value["due_date"]),
        parent: value["parent"]["id"].as_u64().map(|n| n.to_string()),
        closed: None,
        status: value["status"]["id"].as_u64(),
    })
}

pub fn statuses() -> Call {
    Call::get("/issue_statuses.json".to_owned())
}

pub fn read_statuses(answer: &Value) -> Statuses {
    let all = answer["issue_statuses"].as_array().map(Vec::as_slice).unwrap_or_default();
    let of = |closed: bool| all.iter().filter(|s| s["is_closed"].as_bool().unwrap_or_default() == closed).filter_map(|s| s["id"].as_u64()).collect();
    Statuses { open: of(false), closed: of(true) }
}

pub fn create(target: &Target, project: &str, wanted: &Wanted) -> Call {
    let mut issue = fields(target, wanted);
    issue.insert("project_id".to_owned(), number(project));
    if let Some(tracker) = target.issue_type {
        issue.insert("tracker_id".to_owned(), json!(tracker));
    }
    Call::with(Method::POST, "/issues.json".to_owned(), json!({ "issue": issue }))
}

pub fn update(target: &Target, issue: &Issue, wanted: &Wanted, turn: Option<Turn>) -> Call {
    let mut fields = fields(target, wanted);
    if let Some(Turn::Close(status) | Turn::Reopen(status)) = turn {
        fields.insert("status_id".to_owned(), json!(status));
    }
    Call::with(Method::PUT, format!("/issues/{}.json", issue.id), json!({ "issue": fields }))
}

fn fields(target: &Target, wanted: &Wanted) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("subject".to_owned(), json!(wanted.title));
    fields.insert("description".to_owned(), json!(wanted.description));
    // Without a day Redmine would take today.
    fields.insert("start_date".to_owned(), json!(wanted.start));
    fields.insert("due_date".to_owned(), json!(wanted.due));
    if let Some(parent) = &wanted.parent {
        fields.insert("parent_issue_id".to_owned(), number(parent));
    }
    if let Some(field) = target.field {
        fields.insert("custom_fields".to_owned(), json!([{ "id": field, "value": wanted.token }]));
    }
    fields
}

fn number(digits: &str) -> Value {
    digits.parse::<u64>().map_or_else(|_| json!(digits), |n| json!(n))
}
