//! The committed schemas are those of the program, and every record obeys them.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use vanthu::export::{SCHEMAS, document_schema, schema};
use vanthu::pipeline::{self, Input};
use vanthu::source::Options;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The corpus documents, sorted.
fn documents() -> Vec<PathBuf> {
    let files = pipeline::files_below(&[root().join("corpus")]).expect("the corpus is there");
    files.into_iter().filter(|p| p.extension().is_some_and(|e| e == "txt")).collect()
}

fn record(path: &Path) -> Value {
    let record = pipeline::read(&Input::File(path.to_owned()), &Options::default()).unwrap_or_else(|e| panic!("{e}"));
    serde_json::to_value(record).expect("a record is JSON")
}

fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&document_schema()).expect("the schema is JSON");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|e| panic!("the schema is none: {e}"));
    jsonschema::draft202012::new(&schema).unwrap_or_else(|e| panic!("the schema does not compile: {e}"))
}

#[test]
fn the_committed_schemas_are_the_programs() {
    for name in SCHEMAS {
        let committed = std::fs::read_to_string(root().join(format!("schemas/{name}.schema.json"))).unwrap_or_default();
        let printed = schema(name).unwrap_or_else(|| panic!("the program prints no schema {name}"));
        assert!(
            committed.trim_end() == printed.trim_end(),
            "schemas/{name}.schema.json is not what the program prints; run `vanthu schema {name} > schemas/{name}.schema.json` and read the \
             difference: a field may come, but none may change or go without a new version"
        );
    }
}

#[test]
fn the_committed_schemas_of_tasks_are_the_programs() {
    for (name, printed) in [("task", vanthu::task::task_schema()), ("report", vanthu::task::report_schema()), ("agency", vanthu::office::roll_schema())] {
        let committed = std::fs::read_to_string(root().join(format!("schemas/{name}.schema.json"))).unwrap_or_default();
        assert!(committed.trim_end() == printed.trim_end(), "run `vanthu schema {name} > schemas/{name}.schema.json` and read the difference");
    }
}

#[test]
fn every_task_and_report_obeys_its_schema() {
    use vanthu::office::Office;
    use vanthu::task::{Clock, Filter, Reading, Task, report, settle};
    let compiled = |schema: String| jsonschema::draft202012::new(&serde_json::from_str(&schema).expect("the schema is JSON")).expect("the schema compiles");
    let day = |d: &str| d.parse().expect("a date");
    let clock = Clock { today: day("2026-03-01"), as_of: Some(day("2026-03-01")) };
    let office = Office::default();
    let read = |path: &PathBuf| Reading::of(&pipeline::read(&Input::File(path.clone()), &Options::default()).expect("the corpus can be read"), &office);
    let mut readings: Vec<Reading> = documents().iter().map(read).collect();
    settle(&mut readings);
    let lines: Vec<Task> = readings.into_iter().flat_map(|r| r.tasks).flat_map(|t| Filter::default().lines(t, clock)).collect();
    assert!(lines.len() > 100, "the corpus has duties");
    let agencies = compiled(vanthu::office::roll_schema());
    for path in documents() {
        let record = pipeline::read(&Input::File(path), &Options::default()).expect("the corpus can be read");
        let rows = office.roll(&record, clock.as_of);
        assert!(rows.iter().all(|r| agencies.is_valid(&serde_json::to_value(r).expect("a row is JSON"))), "{}", record.source.path);
    }
    let schema = compiled(vanthu::task::task_schema());
    for line in &lines {
        let value = serde_json::to_value(line).expect("a task is JSON");
        let faults: Vec<String> = schema.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path)).collect();
        assert!(faults.is_empty(), "{}:\n{}", line.id, faults.join("\n"));
    }
    let counts = serde_json::to_value(report(lines.into_iter(), "2026-03-01")).expect("a report is JSON");
    assert!(compiled(vanthu::task::report_schema()).is_valid(&counts));
}

#[test]
fn every_record_obeys_the_schema() {
    let validator = validator();
    let documents = documents();
    assert!(!documents.is_empty(), "the corpus is empty");
    for path in documents {
        let mut record = record(&path);
        let faults: Vec<String> = validator.iter_errors(&record).map(|e| format!("{}: {e}", e.instance_path)).collect();
        assert!(faults.is_empty(), "{}:\n{}", path.display(), faults.join("\n"));
        // As with --no-text.
        record.as_object_mut().and_then(|o| o.remove("text")).expect("a record carries its text");
        assert!(validator.is_valid(&record), "{} without its text", path.display());
    }
}

#[test]
fn what_breaks_the_contract_breaks_the_schema() {
    let validator = validator();
    let good = record(&documents()[0]);
    let rows = [
        // A field that the contract fixes is gone.
        ("/citations", None),
        ("/source/path", None),
        // A value of another kind.
        ("/text", Some(json!(5))),
        ("/header/date", Some(json!("2020-06-18"))),
        ("/source/bytes", Some(json!(-1))),
        ("/citations/0/span", Some(json!([3, 9]))),
        ("/tasks/0/leads", Some(json!("Sở Y tế"))),
    ];
    for (place, value) in rows {
        let mut bad = good.clone();
        let (parent, field) = place.rsplit_once('/').expect("a pointer has a slash");
        let object = bad.pointer_mut(parent).and_then(Value::as_object_mut).unwrap_or_else(|| panic!("{parent} is no object"));
        let before = match value {
            Some(value) => object.insert(field.to_owned(), value),
            None => object.remove(field),
        };
        assert!(before.is_some(), "the record has no {place}");
        assert!(!validator.is_valid(&bad), "{place} is wrong, and the schema says nothing");
    }
}

/// Words of closed lists, which the contract fixes.
#[test]
fn closed_lists_hold_only_their_words() {
    const CONFIDENCE: &[&str] = &["high", "medium", "low"];
    const PRECISION: &[&str] = &["day", "month", "year"];
    let rows: [(&str, &str, &[&str]); 11] = [
        ("citations", "/form", &["full", "short", "named", "self"]),
        ("citations", "/date/precision", PRECISION),
        ("citations", "/confidence", CONFIDENCE),
        (
            "relations",
            "/type",
            &[
                "based_on",
                "implements",
                "promulgates",
                "approves",
                "continues",
                "reviews",
                "publicises",
                "guides",
                "amends",
                "replaces",
                "repeals",
                "suspends",
                "corrects",
                "consolidates",
                "responds_to",
                "attached_to",
                "cites",
            ],
        ),
        ("relations", "/confidence", CONFIDENCE),
        ("tasks", "/modality", &["order", "request"]),
        ("tasks", "/deadline/kind", &["before", "by", "within", "recurring", "relative", "ongoing"]),
        ("tasks", "/confidence", CONFIDENCE),
        ("header", "/date/precision", PRECISION),
        ("header", "/urgency", &["khẩn", "thượng khẩn", "hỏa tốc"]),
        ("header", "/secrecy", &["mật", "tối mật", "tuyệt mật"]),
    ];
    for path in documents() {
        let record = record(&path);
        for (kind, place, words) in rows {
            let items = record[kind].as_array().map_or_else(|| vec![&record[kind]], |list| list.iter().collect());
            for word in items.into_iter().filter_map(|item| item.pointer(place)?.as_str()) {
                assert!(words.contains(&word), "{}: {kind}{place} is {word:?}, none of {words:?}", path.display());
            }
        }
    }
}
