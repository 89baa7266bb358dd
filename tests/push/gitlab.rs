//! The issues of GitLab's API v4: `/projects/:id/issues`, the path of a project encoded.

use super::server::{Incoming, assert_known, decoded, page};
use serde_json::{Value, json};

pub fn respond(call: &Incoming, issues: &mut Vec<Value>) -> (u16, Value) {
    let parts: Vec<&str> = call.path.trim_start_matches('/').split('/').collect();
    let ["api", "v4", "projects", project, "issues", rest @ ..] = &parts[..] else { return (404, json!({ "error": "404 Not Found" })) };
    if decoded(project) != "nhóm/văn thư" {
        return (404, json!({ "message": "404 Project Not Found" }));
    }
    match (call.method.as_str(), rest) {
        ("GET", []) => {
            assert_eq!((call.query("in"), call.query("state"), call.query("scope")), (Some("description"), Some("all"), Some("all")));
            let words = call.query("search").expect("words");
            assert!(words.bytes().all(|b| b.is_ascii_alphanumeric()), "one word that every kind of search finds: {words}");
            let number = |name: &str| call.query(name).and_then(|n| n.parse().ok()).expect("a number");
            let (size, at): (usize, usize) = (number("per_page"), number("page"));
            assert!(size <= 100 && at >= 1);
            let found = issues.iter().filter(|i| i["description"].as_str().is_some_and(|d| d.contains(words))).cloned().collect();
            (200, Value::Array(page(found, (at - 1) * size, size).0))
        }
        ("POST", []) => {
            let mut issue = json!({ "id": 1000 + issues.len(), "iid": issues.len() + 1, "state": "opened" });
            match change(&mut issue, call) {
                Ok(()) => {
                    issues.push(issue.clone());
                    (201, issue)
                }
                Err(message) => (400, json!({ "message": message })),
            }
        }
        ("PUT", [iid]) => {
            let iid: usize = iid.parse().expect("a number");
            change(&mut issues[iid - 1], call).expect("a good change");
            (200, issues[iid - 1].clone())
        }
        _ => (404, json!({ "error": "404 Not Found" })),
    }
}

fn change(issue: &mut Value, call: &Incoming) -> Result<(), Value> {
    let body = call.body.as_ref().expect("a body");
    assert_known(body, if call.method == "PUT" { &["title", "description", "due_date", "state_event"] } else { &["title", "description", "due_date"] });
    let title = body["title"].as_str().expect("a title");
    if title.is_empty() {
        return Err(json!({ "title": ["can't be blank"] }));
    }
    assert!(title.chars().count() <= 255);
    let description = body["description"].as_str().expect("a text");
    assert!(description.lines().all(|l| !l.trim_start().starts_with('/')), "a quick action: {description}");
    match body.get("state_event").map(|e| e.as_str().expect("a word")) {
        Some("close") => issue["state"] = json!("closed"),
        Some("reopen") => issue["state"] = json!("opened"),
        Some(other) => panic!("{other}"),
        None => {}
    }
    issue["title"] = body["title"].clone();
    issue["description"] = body["description"].clone();
    issue["due_date"] = match body["due_date"].as_str().expect("a day or nothing") {
        "" => Value::Null,
        day => json!(day),
    };
    Ok(())
}
