//! What a record claims about its own text: that its spans lie inside, that its quotes stand there, that what it
//! names by id exists.

use serde_json::Value;
use std::collections::HashSet;
use vanthu::export::DocumentRecord;

/// Every claim of a record that does not hold, with the place of it in the JSON.
pub fn broken(record: &DocumentRecord) -> Vec<String> {
    let json = serde_json::to_value(record).expect("a record is JSON");
    let text = Characters::of(json["text"].as_str().expect("the record carries its text"));
    let mut broken = Vec::new();
    walk(&json, String::new(), &text, &mut broken);
    evidenced(&json, &mut broken);
    named(&json, &mut broken);
    broken
}

/// A text that is cut by code points.
struct Characters<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Characters<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, starts: text.char_indices().map(|(i, _)| i).chain([text.len()]).collect() }
    }

    fn cut(&self, span: &Value) -> Option<&'a str> {
        let (start, end) = (span["start"].as_u64()? as usize, span["end"].as_u64()? as usize);
        (start <= end).then_some(&self.text[*self.starts.get(start)?..*self.starts.get(end)?])
    }
}

/// Looks at every object that has a span.
fn walk(value: &Value, at: String, text: &Characters, broken: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(span) = fields.get("span").filter(|s| !s.is_null()) {
                match text.cut(span) {
                    None => broken.push(format!("{at}: span {span} leaves the text")),
                    Some(cut) => broken.extend(quotes(&at, value).filter(|q| *q != cut).map(|q| format!("{at}: {q:?} is not {cut:?} at {span}"))),
                }
            }
            for (name, field) in fields {
                walk(field, format!("{at}/{name}"), text, broken);
            }
        }
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                walk(item, format!("{at}/{i}"), text, broken);
            }
        }
        _ => {}
    }
}

/// The fields of an object that must be the words at its span. The quote of a note may be cut short.
fn quotes<'v>(at: &str, object: &'v Value) -> impl Iterator<Item = &'v str> {
    let names: &[&str] = match () {
        () if at.starts_with("/notes/") => &[],
        () if at.ends_with("/deadline") => &["text"],
        () if at.starts_with("/relations/") => &["cue"],
        () => &["quote"],
    };
    names.iter().filter_map(|name| object[*name].as_str())
}

/// Whatever was concluded shows where from.
fn evidenced(json: &Value, broken: &mut Vec<String>) {
    for kind in ["citations", "tasks"] {
        for (i, item) in items(json, kind).enumerate() {
            if item["quote"].as_str().is_none_or(str::is_empty) {
                broken.push(format!("/{kind}/{i}: nothing is quoted"));
            }
        }
    }
    for field in ["code", "document_type", "subject", "place", "date", "issuer", "signer"] {
        let evidence = &json["header"]["evidence"][field];
        if !json["header"][field].is_null() && evidence["quote"].as_str().is_none() {
            broken.push(format!("/header/{field}: a value without evidence"));
        }
    }
    for (i, section) in items(json, "sections").enumerate() {
        if section["span"]["start"] == section["span"]["end"] {
            broken.push(format!("/sections/{i}: an empty span"));
        }
    }
}

/// Ids are unique within their kind, and what is named by id exists.
fn named(json: &Value, broken: &mut Vec<String>) {
    let ids = |kind: &'static str| items(json, kind).filter_map(|x| x["id"].as_str());
    for kind in ["sections", "citations", "tasks"] {
        let mut seen = HashSet::new();
        broken.extend(ids(kind).filter(|id| !seen.insert(*id)).map(|id| format!("/{kind}: {id} stands twice")));
    }
    let (sections, tasks): (HashSet<&str>, HashSet<&str>) = (ids("sections").collect(), ids("tasks").collect());
    let citations: HashSet<&str> = ids("citations").collect();
    let mut expect = |kind: &str, item: &Value, field: &str, known: &HashSet<&str>| {
        let listed = item[field].as_array().map_or_else(|| vec![&item[field]], |list| list.iter().collect());
        for name in listed.into_iter().filter_map(Value::as_str).filter(|n| !known.contains(n)) {
            broken.push(format!("/{kind}: {field} {name} of {} does not exist", item["id"]));
        }
    };
    for section in items(json, "sections") {
        expect("sections", section, "parent", &sections);
    }
    for citation in items(json, "citations") {
        expect("citations", citation, "within", &citations);
        expect("citations", citation, "antecedent", &citations);
    }
    for relation in items(json, "relations") {
        expect("relations", relation, "target", &citations);
        if relation["source"] != "self" {
            expect("relations", relation, "source", &citations);
        }
    }
    for task in items(json, "tasks") {
        expect("tasks", task, "parent", &tasks);
        expect("tasks", task, "citations", &citations);
    }
}

fn items<'v>(json: &'v Value, kind: &str) -> impl Iterator<Item = &'v Value> {
    json[kind].as_array().into_iter().flatten()
}
