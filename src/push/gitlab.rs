//! GitLab: `/api/v4/projects/:id/issues`, as its API v4 documents it.

use super::{Issue, PAGE, Turn, Wanted, text};
use crate::push::client::Call;
use crate::tracker::{Item, gitlab};
use serde_json::{Value, json};
use ureq::http::Method;

/// The description of the CSV, which ends with the token, with the parent's issue before it.
pub fn description(item: &Item, parent: Option<&str>) -> String {
    let description = gitlab::description(item);
    match parent {
        Some(parent) => format!("Thuộc nhiệm vụ: #{parent}\n\n{description}"),
        None => description,
    }
}

/// Open and closed issues of everybody with the token.
pub fn lookup(project: &str, token: &str, page: usize) -> Call {
    let call = Call::get(path(project)).query("search", token).query("in", "description").query("state", "all").query("scope", "all");
    call.query("per_page", PAGE.to_string()).query("page", page.to_string())
}

pub fn issue(value: &Value) -> Option<Issue> {
    Some(Issue {
        id: value["iid"].as_u64()?.to_string(),
        title: text(&value["title"])?,
        description: text(&value["description"]).unwrap_or_default(),
        due: text(&value["due_date"]),
        closed: Some(value["state"] == "closed"),
        ..Issue::default()
    })
}

pub fn create(project: &str, wanted: &Wanted) -> Call {
    Call::with(Method::POST, path(project), fields(wanted))
}

pub fn update(project: &str, issue: &Issue, wanted: &Wanted, turn: Option<Turn>) -> Call {
    let mut fields = fields(wanted);
    match turn {
        Some(Turn::Close(_)) => fields["state_event"] = json!("close"),
        Some(Turn::Reopen(_)) => fields["state_event"] = json!("reopen"),
        None => {}
    }
    Call::with(Method::PUT, format!("{}/{}", path(project), issue.id), fields)
}

fn path(project: &str) -> String {
    format!("/api/v4/projects/{project}/issues")
}

/// An empty day takes a day away.
fn fields(wanted: &Wanted) -> Value {
    json!({ "title": wanted.title, "description": wanted.description, "due_date": wanted.due.map(|d| d.to_string()).unwrap_or_default() })
}
