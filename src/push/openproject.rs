//! OpenProject: `/api/v3/work_packages`, as its API v3 documents it.

use super::{Issue, PAGE, Statuses, Target, Turn, Wanted, text};
use crate::push::client::Call;
use crate::tracker::{Item, gitlab};
use serde_json::{Map, Value, json};
use ureq::http::Method;

/// Markdown, with nothing that points to other work packages or people: the same marks as GitLab's.
pub fn description(item: &Item) -> String {
    gitlab::description(item)
}

/// Work packages of every status with the token.
pub fn lookup(target: &Target, project: &str, token: &str, page: usize) -> Call {
    let ours = match target.field {
        Some(field) => json!({ format!("customField{field}"): { "operator": "=", "values": [token] } }),
        None => json!({ "description": { "operator": "~", "values": [token] } }),
    };
    let filters = json!([{ "project": { "operator": "=", "values": [project] } }, ours]);
    let call = Call::get("/api/v3/work_packages".to_owned()).query("filters", filters.to_string());
    // offset counts pages.
    call.query("pageSize", PAGE.to_string()).query("offset", page.to_string()).query("sortBy", r#"[["id","asc"]]"#)
}

pub fn issue(value: &Value) -> Option<Issue> {
    let number = |link: &str| value["_links"][link]["href"].as_str().and_then(|href| href.rsplit('/').next());
    Some(Issue {
        id: value["id"].as_u64()?.to_string(),
        version: value["lockVersion"].as_i64(),
        title: text(&value["subject"])?,
        description: text(&value["description"]["raw"]).unwrap_or_default(),
        start: text(&value["startDate"]),
        due: text(&value["dueDate"]),
        parent: number("parent").map(str::to_owned),
        closed: None,
        status: number("status").and_then(|n| n.parse().ok()),
    })
}

pub fn statuses() -> Call {
    Call::get("/api/v3/statuses".to_owned())
}

/// By their position; the one that new work packages get stands before the other open ones.
pub fn read_statuses(answer: &Value) -> Statuses {
    let mut all: Vec<&Value> = answer["_embedded"]["elements"].as_array().into_iter().flatten().collect();
    all.sort_by_key(|s| (s["isDefault"] != true, s["position"].as_u64()));
    let of = |closed: bool| all.iter().filter(|s| s["isClosed"].as_bool().unwrap_or_default() == closed).filter_map(|s| s["id"].as_u64()).collect();
    Statuses { open: of(false), closed: of(true) }
}

pub fn create(target: &Target, project: &str, wanted: &Wanted) -> Call {
    let mut body = fields(target, wanted);
    let mut links = links(wanted);
    links.insert("project".to_owned(), json!({ "href": format!("/api/v3/projects/{project}") }));
    if let Some(kind) = target.issue_type {
        links.insert("type".to_owned(), json!({ "href": format!("/api/v3/types/{kind}") }));
    }
    body.insert("_links".to_owned(), Value::Object(links));
    // Nobody wants a message for each of hundreds of tasks.
    Call::with(Method::POST, "/api/v3/work_packages".to_owned(), Value::Object(body)).query("notify", "false")
}

pub fn update(target: &Target, issue: &Issue, wanted: &Wanted, turn: Option<Turn>) -> Call {
    let mut body = fields(target, wanted);
    body.insert("lockVersion".to_owned(), json!(issue.version));
    let mut links = links(wanted);
    if let Some(Turn::Close(Some(status)) | Turn::Reopen(Some(status))) = turn {
        links.insert("status".to_owned(), json!({ "href": format!("/api/v3/statuses/{status}") }));
    }
    if !links.is_empty() {
        body.insert("_links".to_owned(), Value::Object(links));
    }
    Call::with(Method::PATCH, format!("/api/v3/work_packages/{}", issue.id), Value::Object(body)).query("notify", "false")
}

fn links(wanted: &Wanted) -> Map<String, Value> {
    let parent = wanted.parent.as_ref().map(|id| ("parent".to_owned(), json!({ "href": format!("/api/v3/work_packages/{id}") })));
    parent.into_iter().collect()
}

fn fields(target: &Target, wanted: &Wanted) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("subject".to_owned(), json!(wanted.title));
    fields.insert("description".to_owned(), json!({ "format": "markdown", "raw": wanted.description }));
    // The days are those of the paper, not those of children.
    fields.insert("scheduleManually".to_owned(), json!(true));
    fields.insert("startDate".to_owned(), json!(wanted.start));
    fields.insert("dueDate".to_owned(), json!(wanted.due));
    if let Some(field) = target.field {
        fields.insert(format!("customField{field}"), json!(wanted.token));
    }
    fields
}
