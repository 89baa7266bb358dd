//! The work packages of OpenProject's API v3: HAL, filters as JSON, lockVersion.

use super::server::{Incoming, assert_known, page};
use serde_json::{Value, json};

pub fn respond(call: &Incoming, issues: &mut Vec<Value>) -> (u16, Value) {
    match (call.method.as_str(), call.path.as_str()) {
        ("GET", "/api/v3/projects/van-thu") => (200, json!({ "_type": "Project", "id": 7, "identifier": "van-thu" })),
        ("GET", "/api/v3/statuses") => {
            let status =
                |id: u64, at: u64, closed: bool, first: bool| json!({ "_type": "Status", "id": id, "position": at, "isClosed": closed, "isDefault": first });
            // In no order that matters.
            let all = [status(14, 5, true, false), status(7, 1, false, false), status(1, 2, false, true), status(12, 4, true, false)];
            (200, json!({ "_type": "Collection", "total": 4, "count": 4, "_embedded": { "elements": all } }))
        }
        ("GET", "/api/v3/work_packages") => list(call, issues),
        ("POST", "/api/v3/work_packages") => {
            assert_eq!(call.query("notify"), Some("false"));
            let body = call.body.as_ref().expect("a body");
            assert_known(body, &["subject", "description", "scheduleManually", "startDate", "dueDate", "customField9", "_links"]);
            assert_known(&body["_links"], &["project", "type", "parent"]);
            assert_eq!((&body["_links"]["project"]["href"], &body["_links"]["type"]["href"]), (&json!("/api/v3/projects/7"), &json!("/api/v3/types/2")));
            let mut issue = json!({ "_type": "WorkPackage", "id": issues.len() + 1, "lockVersion": 0, "_links": { "parent": { "href": null }, "status": { "href": "/api/v3/statuses/1", "title": "New" } } });
            match change(&mut issue, body, issues.len()) {
                Ok(()) => {
                    issues.push(issue.clone());
                    (201, issue)
                }
                Err(message) => (422, refusal(message)),
            }
        }
        ("PATCH", path) => {
            let id: usize = path.strip_prefix("/api/v3/work_packages/").and_then(|n| n.parse().ok()).expect("a number");
            let body = call.body.as_ref().expect("a body");
            assert_known(body, &["lockVersion", "subject", "description", "scheduleManually", "startDate", "dueDate", "customField9", "_links"]);
            let all = issues.len();
            let issue = &mut issues[id - 1];
            if body["lockVersion"] != issue["lockVersion"] {
                return (409, refusal("Your changes could not be saved, because the work package was changed"));
            }
            change(issue, body, all).expect("a good change");
            issue["lockVersion"] = json!(issue["lockVersion"].as_i64().expect("a number") + 1);
            (200, issue.clone())
        }
        _ => (404, refusal("The requested resource could not be found.")),
    }
}

fn refusal(message: &str) -> Value {
    json!({ "_type": "Error", "errorIdentifier": "urn:openproject-org:api:v3:errors:X", "message": message })
}

fn list(call: &Incoming, issues: &[Value]) -> (u16, Value) {
    let filters: Value = serde_json::from_str(call.query("filters").expect("filters")).expect("JSON");
    let filters = filters.as_array().expect("a list");
    if filters[0] != json!({ "project": { "operator": "=", "values": ["7"] } }) {
        return (404, refusal("The requested resource could not be found."));
    }
    let holds = |issue: &&Value| match filters[1].as_object().and_then(|f| f.iter().next()).expect("one filter") {
        (name, filter) if name == "description" => {
            assert_eq!(filter["operator"], "~");
            issue["description"]["raw"].as_str().is_some_and(|d| d.contains(filter["values"][0].as_str().expect("a text")))
        }
        (name, filter) => {
            assert_eq!((name.as_str(), &filter["operator"]), ("customField9", &json!("=")));
            issue["customField9"] == filter["values"][0]
        }
    };
    let number = |name: &str| call.query(name).and_then(|n| n.parse().ok()).expect("a number");
    let (size, offset): (usize, usize) = (number("pageSize"), number("offset"));
    let (found, total) = page(issues.iter().filter(holds).cloned().collect(), (offset - 1) * size, size);
    (
        200,
        json!({ "_type": "WorkPackageCollection", "total": total, "count": found.len(), "pageSize": size, "offset": offset, "_embedded": { "elements": found } }),
    )
}

fn change(issue: &mut Value, body: &Value, issues: usize) -> Result<(), &'static str> {
    let subject = body["subject"].as_str().expect("a subject");
    if subject.trim().is_empty() {
        return Err("Subject can't be blank.");
    }
    assert!(subject.chars().count() <= 255);
    assert_eq!(body["description"]["format"], "markdown");
    assert_eq!(body["scheduleManually"], true);
    if let (Some(start), Some(due)) = (body["startDate"].as_str(), body["dueDate"].as_str()) {
        assert!(start <= due, "{body}");
    }
    if let Some(parent) = body["_links"].get("parent") {
        let id: usize = parent["href"].as_str().and_then(|h| h.strip_prefix("/api/v3/work_packages/")).and_then(|n| n.parse().ok()).expect("a work package");
        assert!(id >= 1 && id <= issues);
        issue["_links"]["parent"] = parent.clone();
    }
    if let Some(status) = body["_links"].get("status") {
        let id: u64 = status["href"].as_str().and_then(|h| h.strip_prefix("/api/v3/statuses/")).and_then(|n| n.parse().ok()).expect("a status");
        assert!([1, 7, 12, 14].contains(&id));
        issue["_links"]["status"] = status.clone();
    }
    for name in ["subject", "startDate", "dueDate", "customField9"] {
        if let Some(value) = body.get(name) {
            issue[name] = value.clone();
        }
    }
    issue["description"] = json!({ "format": "markdown", "raw": body["description"]["raw"], "html": "" });
    Ok(())
}
