//! CSV for trackers, by the rules of their importers.

use super::items;
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use vanthu::tracker::{StatusNames, gitlab, jira, openproject, redmine};

/// The rows of a table by its headings; every row has as many cells as there are headings.
pub fn rows(table: &[u8]) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_reader(table);
    let headings = reader.headers().expect("headings").clone();
    reader.records().map(|row| headings.iter().map(str::to_owned).zip(row.expect("a whole row").iter().map(str::to_owned)).collect()).collect()
}

fn is_day_or_blank(cell: &str) -> bool {
    cell.is_empty() || cell.parse::<Date>().is_ok_and(|d| d.to_string() == cell)
}

/// Spreadsheets open these files, too.
fn assert_no_formulas(table: &[u8]) {
    for row in rows(table) {
        for cell in row.values() {
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{cell:?}");
        }
    }
}

/// `IssueImport::AUTO_MAPPABLE_FIELDS` of Redmine, which maps headings that are names of fields; the last is a custom field.
#[test]
fn redmine_maps_every_column_by_itself() {
    const FIELDS: [&str; 9] = ["unique_id", "subject", "description", "start_date", "due_date", "parent_issue_id", "status", "done_ratio", "vanthu"];
    let items = items();
    let table = redmine::table(&items, &StatusNames::default());
    assert_no_formulas(&table);
    let rows = rows(&table);
    assert_eq!(rows.len(), items.len());
    let mut seen = HashSet::new();
    for (row, item) in rows.iter().zip(&items) {
        assert_eq!(row.keys().map(String::as_str).collect::<HashSet<_>>(), HashSet::from(FIELDS));
        assert!((1..=255).contains(&row["subject"].chars().count()), "{row:?}");
        assert!(is_day_or_blank(&row["due_date"]) && is_day_or_blank(&row["start_date"]), "{row:?}");
        // Redmine refuses an issue that is due before it starts.
        assert!(row["start_date"].is_empty() || row["start_date"] <= row["due_date"], "{row:?}");
        // A parent that begins with "#" would be an issue of the tracker.
        assert!(row["parent_issue_id"].is_empty() || seen.contains(&row["parent_issue_id"]), "{row:?}");
        assert_eq!(row["vanthu"], item.token());
        assert!(seen.insert(row["unique_id"].clone()), "{row:?}");
    }
    assert!(rows.iter().any(|r| !r["parent_issue_id"].is_empty()), "the corpus has nested tasks");
}

/// Jira: a Summary column; sub-tasks below their parents, which are no sub-tasks themselves; labels without blanks.
#[test]
fn jira_has_two_levels() {
    let items = items();
    let table = jira::table(&items, &StatusNames::default());
    assert_no_formulas(&table);
    let mut tasks = HashSet::new();
    let mut ids = HashSet::new();
    let mut children = 0;
    for row in rows(&table) {
        assert!(row["Issue Id"].parse::<u64>().is_ok() && ids.insert(row["Issue Id"].clone()), "{row:?}");
        assert!((1..=255).contains(&row["Summary"].chars().count()) && !row["Summary"].contains('\n'), "{row:?}");
        assert!(is_day_or_blank(&row["Due Date"]) && is_day_or_blank(&row["Start Date"]), "{row:?}");
        assert!(!row["Labels"].contains(' '), "{row:?}");
        match row["Issue Type"].as_str() {
            "Task" => assert!(row["Parent Id"].is_empty() && tasks.insert(row["Issue Id"].clone()), "{row:?}"),
            "Sub-task" => {
                children += 1;
                assert!(tasks.contains(&row["Parent Id"]), "{row:?}");
            }
            other => panic!("{other}"),
        }
    }
    assert!(children >= 3, "the hostile paper has four levels");
}

/// OpenProject's workbook: four blanks a level, at most one level deeper than the row above.
#[test]
fn openproject_makes_the_hierarchy_from_blanks() {
    let items = items();
    let table = openproject::table(&items, &StatusNames::default());
    let rows = rows(&table);
    assert_eq!(rows.len(), items.len());
    let parents: HashMap<String, Option<String>> = items.iter().map(|i| (i.token(), i.parent_token())).collect();
    let mut above: Vec<String> = Vec::new();
    for row in rows {
        let blanks = row["Subject"].len() - row["Subject"].trim_start_matches(' ').len();
        assert!(blanks.is_multiple_of(4) && blanks / 4 <= above.len(), "{row:?}");
        above.truncate(blanks / 4);
        assert_eq!(parents[&row["vanthu"]].as_ref(), above.last(), "{row:?}");
        above.push(row["vanthu"].clone());
    }
    assert!(items.iter().any(|i| i.parent_key.is_some()));
}

/// GitLab: title and description; no line of a description begins a quick action, and nobody is called.
#[test]
fn gitlab_runs_no_quick_action() {
    let items = items();
    let table = gitlab::table(&items);
    assert!(table.starts_with(b"title,description,due_date\r\n"));
    for (row, item) in rows(&table).iter().zip(&items) {
        assert!((1..=255).contains(&row["title"].chars().count()), "{row:?}");
        assert!(is_day_or_blank(&row["due_date"]));
        for line in row["description"].lines() {
            assert!(!line.trim_start().starts_with('/'), "{line}");
        }
        assert!(row["description"].ends_with(&item.token()));
        assert!(!row["description"].contains(" @"), "a name would get a message: {row:?}");
    }
}
