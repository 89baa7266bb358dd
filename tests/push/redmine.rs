//! The issues of Redmine's REST API: `GET /issues.json`, `POST /issues.json`, `PUT /issues/ID.json`, `GET /projects/ID.json`.

use super::server::{Incoming, assert_known, page};
use serde_json::{Value, json};

/// A status that the workflow of the stand-in allows nobody.
pub const FORBIDDEN: u64 = 6;

pub fn respond(call: &Incoming, issues: &mut Vec<Value>) -> (u16, Value) {
    match (call.method.as_str(), call.path.as_str()) {
        ("GET", "/projects/van-thu.json") => (200, json!({ "project": { "id": 7, "name": "Văn thư", "identifier": "van-thu" } })),
        // The default configuration; the list is there for everybody.
        ("GET", "/issue_statuses.json") => {
            let status = |id: u64, name: &str, closed: bool| json!({ "id": id, "name": name, "is_closed": closed });
            (
                200,
                json!({ "issue_statuses": [status(1, "New", false), status(2, "In Progress", false), status(5, "Closed", true), status(6, "Rejected", true)] }),
            )
        }
        ("GET", "/issues.json") => list(call, issues),
        ("POST", "/issues.json") => {
            let fields = &call.body.as_ref().expect("a body")["issue"];
            assert_known(fields, &["project_id", "tracker_id", "subject", "description", "start_date", "due_date", "parent_issue_id", "custom_fields"]);
            assert_eq!((fields["project_id"].as_u64(), fields["tracker_id"].as_u64()), (Some(7), Some(2)));
            let mut issue = json!({ "id": issues.len() + 1, "status": { "id": 1, "name": "New" } });
            match change(&mut issue, fields, issues.len()) {
                Ok(()) => {
                    issues.push(issue.clone());
                    (201, json!({ "issue": issue }))
                }
                Err(errors) => (422, json!({ "errors": [errors] })),
            }
        }
        ("PUT", path) => {
            let id: usize = path.strip_prefix("/issues/").and_then(|p| p.strip_suffix(".json")).and_then(|n| n.parse().ok()).expect("/issues/ID.json");
            let fields = &call.body.as_ref().expect("a body")["issue"];
            assert_known(fields, &["subject", "description", "start_date", "due_date", "parent_issue_id", "custom_fields", "status_id"]);
            let all = issues.len();
            if let Some(status) = fields.get("status_id") {
                let status = status.as_u64().expect("a number");
                let open_below = |i: &Value| i["parent"]["id"] == json!(id) && i["status"]["id"].as_u64() < Some(5);
                // What the workflow does not allow is passed over, and so is closing above open issues.
                if status != FORBIDDEN && !(status >= 5 && issues.iter().any(open_below)) {
                    issues[id - 1]["status"] = json!({ "id": status, "name": "X" });
                }
            }
            change(&mut issues[id - 1], fields, all).expect("a good change");
            // "204 No Content" since 4.0; no body.
            (204, Value::Null)
        }
        _ => (404, Value::Null),
    }
}

fn list(call: &Incoming, issues: &[Value]) -> (u16, Value) {
    // By number only: a name is no project_id here.
    if call.query("project_id") != Some("7") {
        return (404, Value::Null);
    }
    assert_eq!(call.query("status_id"), Some("*"), "closed issues count, too");
    let holds = |issue: &&Value| match (call.query("description"), call.query("cf_5")) {
        (Some(words), None) => issue["description"].as_str().is_some_and(|d| d.contains(words.strip_prefix('~').expect("~ asks for what contains"))),
        (None, Some(value)) => issue["custom_fields"][0]["value"] == value,
        both => panic!("{both:?}"),
    };
    let number = |name: &str| call.query(name).and_then(|n| n.parse().ok()).expect("a number");
    let (limit, offset): (usize, usize) = (number("limit"), number("offset"));
    assert!(limit <= 100);
    let (found, total) = page(issues.iter().filter(holds).cloned().collect(), offset, limit);
    (200, json!({ "issues": found, "total_count": total, "offset": offset, "limit": limit }))
}

fn change(issue: &mut Value, fields: &Value, issues: usize) -> Result<(), &'static str> {
    let subject = fields["subject"].as_str().expect("a subject");
    if subject.trim().is_empty() {
        return Err("Subject cannot be blank");
    }
    assert!(subject.chars().count() <= 255);
    if let (Some(start), Some(due)) = (fields["start_date"].as_str(), fields["due_date"].as_str())
        && start > due
    {
        return Err("Due date must be greater than start date");
    }
    if let Some(parent) = fields.get("parent_issue_id") {
        assert!(parent.as_u64().is_some_and(|p| p >= 1 && p as usize <= issues), "an issue that is there: {parent}");
        issue["parent"] = json!({ "id": parent });
    }
    issue["subject"] = json!(subject);
    // Redmine keeps the line ends of web forms.
    issue["description"] = json!(fields["description"].as_str().expect("a text").replace("\r\n", "\n").replace('\n', "\r\n"));
    issue["start_date"] = fields["start_date"].clone();
    issue["due_date"] = fields["due_date"].clone();
    if let Some(values) = fields.get("custom_fields") {
        assert_eq!(values[0]["id"], 5);
        issue["custom_fields"] = values.clone();
    }
    Ok(())
}
