//! Exports as the programs that take them read them: parsers that are not ours, and rules of the importers' own documents.

#[path = "exports/paper.rs"]
mod paper;
#[path = "exports/reference.rs"]
mod reference;
#[path = "exports/tables.rs"]
mod tables;

use jiff::civil::{Date, date};
use paper::{corpus, hostile, lines};
use reference::{left_out, python, run};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use vanthu::export::{DocumentRecord, OrganisationRecord};
use vanthu::pipeline::{self, Input};
use vanthu::source::Options;
use vanthu::task::{Progress, Status};
use vanthu::tracker::{self, Item, StatusNames, card, delimited, edxml, ics, planner, taskwarrior, workbook};

/// The day that counts as today.
const TODAY: Date = date(2026, 3, 2);

/// The corpus and a paper that wants to break every format.
fn items() -> Vec<Item> {
    let items = tracker::arranged(tracker::items(&lines(corpus(), TODAY)).into_iter().chain(hostile()).collect());
    assert!(items.len() > 100, "the corpus has tasks");
    items
}

#[test]
fn keys_are_stable_and_no_two_tasks_share_one() {
    let items = items();
    let keys: HashSet<String> = items.iter().map(Item::key).collect();
    assert_eq!(keys.len(), items.len());
    let one = |issuer: &str| {
        let mut item = Item { id: "52-kh-ubnd@2026:III.1#1".to_owned(), ..Item::default() };
        item.paper.issuer = Some(issuer.to_owned());
        item
    };
    // A program that took tasks over knows these for ever.
    assert_eq!(one("Ủy ban nhân dân tỉnh Đắk Lắk").key(), "67b70ed9-1ae7-817d-abc9-4ad90241fc03");
    assert_ne!(one("Ủy ban nhân dân tỉnh Đắk Lắk").key(), one("Ủy ban nhân dân tỉnh Lâm Đồng").key(), "papers of one number");
}

#[test]
fn parents_stand_before_children_with_their_keys() {
    let named = |id: &str, parent: Option<&str>| Item { id: id.to_owned(), parent: parent.map(str::to_owned), ..Item::default() };
    let rows: [(&str, Vec<Item>, &[&str], usize); 5] = [
        ("a child first", vec![named("b", Some("a")), named("a", None)], &["a", "b"], 1),
        ("three levels backwards", vec![named("c", Some("b")), named("b", Some("a")), named("a", None)], &["a", "b", "c"], 2),
        ("a parent that is not exported", vec![named("b", Some("x")), named("a", None)], &["b", "a"], 0),
        ("a task twice", vec![named("a", None), named("a", None)], &["a"], 0),
        ("a ring", vec![named("a", Some("b")), named("b", Some("a")), named("c", Some("c"))], &["b", "a", "c"], 1),
    ];
    for (what, items, want, parents) in rows {
        let arranged = tracker::arranged(items);
        assert_eq!(arranged.iter().map(|i| i.id.as_str()).collect::<Vec<_>>(), want, "{what}");
        assert_eq!(arranged.iter().filter(|i| i.parent_key.is_some()).count(), parents, "{what}");
        let mut seen = HashSet::new();
        for item in &arranged {
            assert!(item.parent_key.iter().all(|p| seen.contains(p)), "{what}: {}", item.id);
            seen.insert(item.key());
        }
    }
}

#[test]
fn calendars_are_folded_in_octets_and_end_their_lines_with_crlf() {
    let calendar = ics::calendar(&items());
    assert!(calendar.ends_with("END:VCALENDAR\r\n"));
    for line in calendar.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains(['\r', '\n']), "{line:?}");
    }
    assert_eq!(calendar, ics::calendar(&items()), "the same bytes");
}

/// Rules of RFC 5545 for to-dos, checked on what two other parsers read.
#[test]
fn calendars_are_read_by_icalendar_and_vobject() {
    let items = items();
    let Some(python) = python("icalendar, vobject", "python3-icalendar python3-vobject") else { return };
    let read = run(&python, include_str!("exports/calendar.py"), ics::calendar(&items).as_bytes());
    let read: Vec<Value> = serde_json::from_str(&read).expect("the script writes JSON");
    assert_eq!(read.len(), items.len());
    assert!(read.iter().filter(|t| t["rrule"].is_string()).count() > 3, "the corpus has recurring tasks");
    for (todo, item) in read.iter().zip(&items) {
        assert_eq!(todo["uid"], item.key());
        assert_eq!(todo["summary"], item.title.as_str());
        assert_eq!(todo["due"], item.due.map_or(Value::Null, |d| d.to_string().into()), "{}", item.id);
        assert_eq!(todo["parent"], item.parent_key.clone().map_or(Value::Null, Value::from), "{}", item.id);
        assert!(todo["description"].as_str().is_some_and(|d| d.contains(&item.action) && d.contains(&item.id)), "{}", item.id);
        assert_eq!(todo["completed"], item.done_on.map_or(Value::Null, |d| d.to_string().into()), "{}", item.id);
        let reminders = if item.due.is_some() && !item.is_closed() { 3 } else { 0 };
        assert_eq!(todo["alarms"].as_array().map_or(0, Vec::len), reminders, "{}", item.id);
        assert_eq!(todo["rrule"].is_string(), item.rrule.is_some() && item.due.is_some(), "{}", item.id);
    }
}

#[test]
fn recurring_tasks_start_the_day_before_they_are_due() {
    let rows = [
        // rule as printed, next last day, start, rule of the starts
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20", date(2026, 12, 19), "20261218", "FREQ=YEARLY"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15", date(2026, 3, 15), "20260314", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=14"),
        // The day before the first of a month is not the same day in every month.
        ("FREQ=MONTHLY;BYMONTHDAY=1", date(2026, 3, 1), "20260228", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        // The last day of each quarter.
        ("FREQ=MONTHLY;INTERVAL=3", date(2026, 3, 31), "20260330", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-2"),
        ("FREQ=WEEKLY;BYDAY=FR", date(2026, 1, 2), "20260101", "FREQ=WEEKLY"),
    ];
    for (rule, due, start, want) in rows {
        let item = Item { due: Some(due), rrule: Some(rule.to_owned()), ..Item::default() };
        let calendar = ics::calendar(&[item]);
        assert!(calendar.contains(&format!("DTSTART;VALUE=DATE:{start}\r\n")), "{calendar}");
        assert!(calendar.contains(&format!("RRULE:{want}\r\n")), "{calendar}");
    }
}

#[test]
fn a_deadline_is_told_with_the_event_that_it_counts_from() {
    let text = "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nSố: 129/KH-UBND\nTỉnh Mẫu, ngày 05 tháng 3 năm 2026\n\nKẾ HOẠCH\nQuan trắc\n\n\
        1. Giao Sở Tư pháp trình quy chế trong thời hạn 05 ngày làm việc kể từ ngày ký Kế hoạch này.\n";
    let record = pipeline::record("plan.txt", text.as_bytes(), &Options::default()).expect("a paper");
    let item = tracker::items(&lines(&[record], TODAY)).remove(0);
    let limit = "trong thời hạn 05 ngày làm việc kể từ ngày ký Kế hoạch này (12/03/2026)";
    assert_eq!((item.time_limit().as_deref(), item.action.as_str(), item.deliverable.as_deref()), (Some(limit), "trình quy chế", Some("quy chế")));
}

#[test]
fn workbooks_are_read_by_openpyxl() {
    let items = items();
    let Some(python) = python("openpyxl", "python3-openpyxl") else { return };
    let bytes = workbook::workbook(&items, true).expect("a workbook");
    assert!(bytes == workbook::workbook(&items, true).expect("a workbook"), "the same bytes");
    let read: Value = serde_json::from_str(&run(&python, include_str!("exports/workbook.py"), &bytes)).expect("the script writes JSON");
    let sheets = read.as_array().expect("sheets");
    let leads: HashSet<&String> = items.iter().flat_map(|i| &i.leads).collect();
    assert_eq!(sheets.len(), 1 + leads.len());
    for sheet in sheets {
        let name = sheet["name"].as_str().unwrap_or_default();
        assert!(name.chars().count() <= 31 && !name.contains(['[', ']', ':', '*', '?', '/', '\\']), "{name}");
        assert_eq!(sheet["frozen"], "C2", "{name}");
        assert_eq!(sheet["filter"], format!("A1:U{}", 1 + sheet["rows"].as_array().map_or(0, Vec::len)), "{name}");
        assert_eq!(sheet["formulas"], 0, "{name}");
    }
    let rows = sheets[0]["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), items.len());
    for (row, item) in rows.iter().zip(&items) {
        assert_eq!(row[1].as_str().map(str::to_lowercase), Some(item.action.to_lowercase()));
        assert_eq!(row[4], item.due.map_or(Value::Null, |d| format!("day {d}").into()), "a real day: {}", item.id);
        assert_eq!(row[20], item.id.as_str());
        assert_eq!(row[6].as_str().map(str::to_lowercase).as_deref(), Some(item.status.name()), "{}", item.id);
        assert_eq!(row[12], item.done_on.map_or(Value::Null, |d| format!("day {d}").into()), "{}", item.id);
        assert_eq!(row[10], item.original_due.map_or(Value::Null, |d| format!("day {d}").into()), "{}", item.id);
    }
}

#[test]
fn word_documents_are_read_by_python_docx() {
    let items = items();
    let Some(python) = python("docx", "python3-docx") else { return };
    let letterhead = card::Letterhead { office: Some("Sở Tài chính".to_owned()), date: Some(date(2026, 2, 3)), ..card::Letterhead::default() };
    let bytes = card::document(&items, &letterhead).expect("a document");
    let read: Value = serde_json::from_str(&run(&python, include_str!("exports/card.py"), &bytes)).expect("the script writes JSON");
    assert_eq!(read["orientation"], "landscape");
    // A4 lying, and the margins of the decree: 20 to 25 mm above and below, 30 to 35 left, 15 to 20 right.
    assert_eq!(read["page"], serde_json::json!([297, 210]));
    assert_eq!(read["margins"], serde_json::json!([20, 20, 30, 20]));
    assert_eq!(read["fonts"], serde_json::json!(["Times New Roman"]));
    assert_eq!(read["repeated"], serde_json::json!([0]), "the heading alone comes again on every page");
    assert!(read["heading"].as_str().is_some_and(|h| h.contains("SỞ TÀI CHÍNH") && h.contains("CỘNG HÒA XÃ HỘI") && h.contains("ngày 03 tháng 02 năm 2026")));
    let rows = read["rows"].as_array().expect("rows");
    assert_eq!(rows[0], serde_json::json!(["STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn hoàn thành", "Căn cứ"]));
    assert_eq!(rows.len(), items.len() + 1);
    for (row, item) in rows[1..].iter().zip(&items) {
        assert!(row[1].as_str().is_some_and(|c| c.to_lowercase().starts_with(&item.action.to_lowercase())), "{}", item.id);
        assert_eq!(row[2], item.leads.join(";\n"), "{}", item.id);
    }
}

/// The importer itself, where it is installed: a second import changes nothing.
#[test]
fn taskwarrior_imports_twice_without_doubling() {
    let items = items();
    if std::process::Command::new("task").arg("--version").output().is_err() {
        return left_out("taskwarrior");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("tasks.json");
    std::fs::write(&file, taskwarrior::tasks(&items)).expect("the file is written");
    let task = |arguments: &[&str]| {
        let settings =
            [format!("rc.data.location={}", folder.path().display()), "rc.confirmation=no".to_owned(), "rc.gc=off".to_owned(), "rc.hooks=off".to_owned()];
        let output = std::process::Command::new("task").env("TASKRC", "/dev/null").env("TZ", "UTC").args(settings).args(arguments).output().expect("task runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let exported = || {
        let tasks: Vec<Value> = serde_json::from_str(&task(&["export"])).expect("task exports JSON");
        tasks.into_iter().map(|t| (t["uuid"].as_str().unwrap_or_default().to_owned(), t)).collect::<HashMap<String, Value>>()
    };
    task(&["import", &file.display().to_string()]);
    let first = exported();
    task(&["import", &file.display().to_string()]);
    let second = exported();
    assert_eq!(first.len(), items.len());
    assert_eq!(second.len(), items.len());
    for item in &items {
        let kept = &second[&item.key()];
        assert_eq!(kept["description"], item.title.as_str());
        // 23:59:59 in Vietnam.
        assert_eq!(kept["due"], item.due.map_or(Value::Null, |d| format!("{}T165959Z", d.strftime("%Y%m%d")).into()), "{}", item.id);
        assert_eq!(kept["annotations"].as_array().map_or(0, Vec::len), item.body().lines().count(), "{}", item.id);
    }
}

/// plannerTask and plannerTaskDetails of Microsoft Graph v1.0.
#[test]
fn planner_tasks_have_only_writable_properties() {
    const TASK: [&str; 6] = ["planId", "bucketId", "title", "startDateTime", "dueDateTime", "percentComplete"];
    let items = items();
    let plan = planner::Plan { plan: Some("xqQg5FS2LkCp935s-FIFm2QAFkHM".to_owned()), bucket: None };
    let tasks: Vec<Value> = serde_json::from_str(&planner::tasks(&items, &plan)).expect("JSON");
    assert_eq!(tasks.len(), items.len());
    for (task, item) in tasks.iter().zip(&items) {
        let body = task["plannerTask"].as_object().expect("a task");
        assert!(body.keys().all(|k| TASK.contains(&k.as_str())), "{body:?}");
        assert!(body["title"].as_str().is_some_and(|t| t.chars().count() <= 255));
        assert_eq!(body.get("dueDateTime").cloned(), item.due.map(|d| format!("{d}T16:59:59Z").into()));
        assert!(task["plannerTaskDetails"]["description"].as_str().is_some_and(|d| d.ends_with(&item.token())));
    }
}

#[test]
fn json_lines_obey_their_schema() {
    let committed = include_str!("../schemas/export.schema.json");
    assert!(
        committed.trim_end() == tracker::schema("export").unwrap_or_default().trim_end(),
        "run `vanthu schema export > schemas/export.schema.json` and read the difference"
    );
    let schema: Value = serde_json::from_str(committed).expect("the schema is JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("the schema compiles");
    let items = items();
    let lines = tracker::json(&items).expect("items are JSON");
    assert_eq!(lines.lines().count(), items.len());
    for line in lines.lines() {
        let value: Value = serde_json::from_str(line).expect("a line is JSON");
        assert!(validator.is_valid(&value), "{line}");
        assert_eq!(value["schema"], tracker::ITEM_SCHEMA);
    }
    let broken = serde_json::json!({ "schema": tracker::ITEM_SCHEMA });
    assert!(!validator.is_valid(&broken), "a schema that takes everything is none");
}

#[test]
fn excel_cells_are_no_formulas() {
    let table = String::from_utf8(delimited::excel(&items())).expect("UTF-8");
    let table = table.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let mut neutralised = 0;
    for row in reader.records() {
        for cell in &row.expect("every row has the columns of the headings") {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell:?}");
            neutralised += usize::from(cell.starts_with('\''));
        }
    }
    assert!(neutralised > 0, "the hostile paper has such cells");
}

#[test]
fn a_message_is_read_back() {
    let folder = tempfile::tempdir().expect("a folder");
    for record in corpus().iter().filter(|r| r.header.code.as_ref().is_some_and(|c| c.number.is_some())) {
        let Some(day) = record.header.date.as_ref().filter(|d| d.precision == "day") else { continue };
        let file = std::fs::read(&record.source.path).expect("the corpus can be read");
        let to = vec![OrganisationRecord { id: Some("000.00.00.H41".to_owned()), name: Some("Sở \"A\" & <B>".to_owned()) }];
        let sending = edxml::Sending { from: Some("000.00.00.H15".to_owned()), to: to.clone(), due: Some(date(2026, 12, 31)) };
        let message = edxml::message(record, &file, &sending).unwrap_or_else(|e| panic!("{}: {e}", record.source.path));
        assert!(message == edxml::message(record, &file, &sending).expect("again"), "the same bytes");
        let path = folder.path().join("message.edxml");
        std::fs::write(&path, &message).expect("the file is written");
        let read = pipeline::read(&Input::File(path), &Options::default()).unwrap_or_else(|e| panic!("{}: {e}", record.source.path));
        assert_eq!(read.id, record.id, "the attachment is the paper");
        let envelope = read.envelope.as_ref().expect("it came in a message");
        assert!(read.notes.iter().all(|n| !n.rule.starts_with("edxml-") && n.rule != "envelope-disagrees"), "{}: {:?}", record.source.path, read.notes);
        assert_eq!(envelope.standard, "qcvn-102-2016");
        assert_eq!(envelope.code, record.header.code.as_ref().map(|c| c.text.clone()), "{}", record.source.path);
        assert_eq!(envelope.date.as_ref(), Some(&day.value));
        assert_eq!(envelope.due_date.as_deref(), Some("2026-12-31"));
        assert_eq!(envelope.to, to);
        assert_eq!(envelope.subject, record.header.subject);
        assert_eq!(envelope.urgency, record.header.urgency);
        assert_eq!(envelope.to_places, record.header.recipients.iter().map(|r| r.text.clone()).collect::<Vec<_>>());
        let answered = record.relations.iter().filter(|r| r.source == "self" && r.r#type == "responds_to").count();
        assert!(envelope.responds_to.len() <= answered);
    }
}

#[test]
fn a_paper_that_answers_another_says_so_in_its_message() {
    let text = "SỞ Y TẾ TỈNH MẪU\nSố: 12/SYT-VP\nV/v báo cáo kết quả\nTỉnh Mẫu, ngày 05 tháng 3 năm 2026\n\nKính gửi: Ủy ban nhân dân tỉnh Mẫu\n\n\
        Phúc đáp Công văn số 129/UBND-VX ngày 20 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh Mẫu, Sở Y tế báo cáo như sau:\n\n1. Kết quả tốt.\n";
    let record = pipeline::record("paper.txt", text.as_bytes(), &Options::default()).expect("a paper");
    let message = edxml::message(&record, text.as_bytes(), &edxml::Sending::default()).expect("a message");
    let message = String::from_utf8(message).expect("UTF-8");
    let answer = message.split("<edXML:ResponseFor>").nth(1).and_then(|m| m.split("</edXML:ResponseFor>").next()).unwrap_or_else(|| panic!("{message}"));
    assert!(
        answer.contains("<edXML:Code>129/UBND-VX</edXML:Code>") && answer.contains("<edXML:PromulgationDate>2026/02/20</edXML:PromulgationDate>"),
        "{answer}"
    );
    let blank = pipeline::record("paper.txt", text.replace("12/SYT", "   /SYT").as_bytes(), &Options::default()).expect("a paper");
    let refused = edxml::message(&blank, b"", &edxml::Sending::default()).expect_err("no number, no message");
    assert_eq!(refused.to_string(), "a message needs the paper's number, which is blank or was not found; number and date the paper first");
}

/// What the text leaves open is taken from the message, and marked; what the text says stands.
#[test]
fn tasks_of_a_received_message_take_its_day_and_recipients() {
    let text = "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nSố: 129/UBND-VX\nV/v rà soát\nTỉnh Mẫu, ngày 05 tháng 3 năm 2026\n\nKính gửi: Sở Y tế\n\n\
        1. Giao Sở Y tế rà soát hồ sơ.\n\n2. Giao Sở Y tế báo cáo kết quả trước ngày 20 tháng 4 năm 2026.\n";
    let record = pipeline::record("paper.txt", text.as_bytes(), &Options::default()).expect("a paper");
    let sending = edxml::Sending { due: Some(date(2026, 4, 1)), ..edxml::Sending::default() };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("message.edxml");
    std::fs::write(&path, edxml::message(&record, text.as_bytes(), &sending).expect("a message")).expect("the file is written");
    let read = pipeline::read(&Input::File(path), &Options::default()).expect("a message is read");
    let tasks = |record: DocumentRecord| tracker::items(&lines(&[record], TODAY));
    let items = tasks(*read);
    let found: Vec<(Option<Date>, bool)> = items.iter().map(|i| (i.due, i.from_message.iter().any(|f| f == "due"))).collect();
    assert_eq!(found, [(Some(date(2026, 4, 1)), true), (Some(date(2026, 4, 19)), false)]);
    assert_eq!(items[0].time_limit().as_deref(), Some("01/04/2026 (theo thông điệp edXML)"));
    assert!(tasks(record).iter().all(|i| i.from_message.is_empty()), "no message, no mark");
}

/// What each format says of a task that stands so.
#[test]
fn every_format_tells_where_a_task_stands() {
    let item = |progress, status| Item {
        id: "a#1".to_owned(),
        title: "Việc".to_owned(),
        progress,
        status,
        done_on: (progress == Progress::Done).then(|| date(2026, 1, 5)),
        last_word: Some(date(2026, 1, 6)),
        due: Some(date(2026, 1, 4)),
        ..Item::default()
    };
    // progress and status; STATUS of ics; Taskwarrior; Planner; Redmine; Jira's status and resolution; OpenProject; the words
    // below an issue's title
    let rows = [
        // Late is told by the day alone: no tracker has a status for it, and another day must not change an issue.
        (Progress::Todo, Status::Overdue, "NEEDS-ACTION", "pending", 0, "New", ["To Do", ""], "New", None),
        (Progress::Doing, Status::Overdue, "IN-PROCESS", "pending", 50, "In Progress", ["In Progress", ""], "In progress", Some("Đang thực hiện")),
        (Progress::Done, Status::DoneLate, "COMPLETED", "completed", 100, "Closed", ["Done", "Done"], "Closed", Some("Hoàn thành quá hạn ngày 05/01/2026")),
        (Progress::Paused, Status::Paused, "NEEDS-ACTION", "pending", 0, "New", ["To Do", ""], "On hold", Some("Tạm dừng")),
        (Progress::Cancelled, Status::Cancelled, "CANCELLED", "deleted", 100, "Rejected", ["Done", "Won't Do"], "Rejected", Some("Hủy")),
    ];
    for (progress, status, ical, warrior, percent, redmine, jira, openproject, words) in rows {
        let items = [item(progress, status)];
        let calendar = ics::calendar(&items);
        assert!(calendar.contains(&format!("STATUS:{ical}\r\n")), "{calendar}");
        let finished = "PERCENT-COMPLETE:100\r\nCOMPLETED:20260105T050000Z\r\n";
        assert_eq!(calendar.contains(finished), progress == Progress::Done, "{calendar}");
        assert!(calendar.contains("DTSTAMP:20260106T000000Z\r\n"), "the last word about it: {calendar}");
        let task: Value = serde_json::from_str::<Value>(&taskwarrior::tasks(&items)).expect("JSON")[0].clone();
        assert_eq!(task["status"], warrior);
        // Of what was given up the day of the last word is known.
        let end = match progress {
            Progress::Done => Value::from("20260105T050000Z"),
            Progress::Cancelled => Value::from("20260106T050000Z"),
            _ => Value::Null,
        };
        assert_eq!(task["end"], end);
        let planned: Value = serde_json::from_str::<Value>(&planner::tasks(&items, &planner::Plan::default())).expect("JSON")[0].clone();
        assert_eq!(planned["plannerTask"]["percentComplete"], percent);
        let cell = |table: &[u8], heading: &str| tables::rows(table)[0][heading].clone();
        let names = StatusNames::default();
        assert_eq!(cell(&tracker::redmine::table(&items, &names), "status"), redmine);
        let issues = tracker::jira::table(&items, &names);
        assert_eq!([cell(&issues, "Status"), cell(&issues, "Resolution")], jira);
        assert_eq!(cell(&tracker::openproject::table(&items, &names), "Status"), openproject);
        assert_eq!(items[0].noted().as_deref(), words);
        let closed = matches!(progress, Progress::Done | Progress::Cancelled);
        assert_eq!(tracker::says_closed(&items[0].body()), closed, "{}", items[0].body());
        assert_eq!(tracker::says_closed(&tracker::gitlab::description(&items[0])), closed);
        let own = StatusNames(vec![(progress, "Tên của ta".to_owned())]);
        assert_eq!(cell(&tracker::redmine::table(&items, &own), "status"), "Tên của ta");
    }
}

/// A later paper moved the deadline: every format has the new day, and tells the old one and who moved it.
#[test]
fn a_moved_deadline_is_told_with_the_day_before() {
    let read = |name: &str, text: &str| pipeline::record(name, text.as_bytes(), &Options::default()).expect("a paper");
    let plan = "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nSố: 129/KH-UBND\nTỉnh Mẫu, ngày 05 tháng 3 năm 2026\n\nKẾ HOẠCH\nLắp đặt trạm quan trắc\n\n\
        1. Giao Sở Y tế báo cáo kết quả lắp đặt trạm trước ngày 30 tháng 6 năm 2026.\n";
    let moving = "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nSố: 2210/UBND-KT\nV/v điều chỉnh thời hạn báo cáo\nTỉnh Mẫu, ngày 12 tháng 6 năm 2026\n\nKính gửi: Sở Y tế\n\n\
        1. Điều chỉnh thời hạn báo cáo kết quả lắp đặt trạm tại Kế hoạch số 129/KH-UBND ngày 05 tháng 3 năm 2026 của Ủy ban nhân dân tỉnh từ ngày 29 tháng 6 \
        năm 2026 sang ngày 31 tháng 8 năm 2026.\n";
    let items = tracker::items(&lines(&[read("plan.txt", plan), read("move.txt", moving)], TODAY));
    let item = items.iter().find(|i| i.action.contains("kết quả lắp đặt trạm") && i.paper.path == "plan.txt").expect("the task");
    assert_eq!((item.due, item.original_due), (Some(date(2026, 8, 31)), Some(date(2026, 6, 29))));
    let words = "31/08/2026 theo 2210/UBND-KT ngày 12/06/2026, thay cho \"trước ngày 30 tháng 6 năm 2026\"";
    assert_eq!(item.time_limit().as_deref(), Some(words));
    assert!(item.body().contains(&format!("Thời hạn: {words}\n")), "{}", item.body());
    let calendar = ics::calendar(std::slice::from_ref(item));
    assert!(calendar.contains("DUE;VALUE=DATE:20260831\r\n") && calendar.contains("DTSTAMP:20260612T000000Z\r\n"), "{calendar}");
    let table = delimited::excel(std::slice::from_ref(item));
    let row = &tables::rows(&table["\u{feff}".len()..])[0];
    let cells = ["Hạn hoàn thành", "Hạn ban đầu", "Văn bản điều chỉnh hạn"].map(|heading| row[heading].as_str());
    assert_eq!(cells, ["31/08/2026", "29/06/2026", "2210/UBND-KT ngày 12/06/2026"]);
}

/// In a window a recurring task has a line for each of its days, and is one task all the same.
#[test]
fn days_of_a_recurring_task_are_one_item() {
    let text = "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nSố: 129/KH-UBND\nTỉnh Mẫu, ngày 05 tháng 3 năm 2026\n\nKẾ HOẠCH\nQuan trắc\n\n\
        1. Giao Sở Y tế công bố số liệu quan trắc trước ngày 15 hằng tháng.\n";
    let record = pipeline::record("plan.txt", text.as_bytes(), &Options::default()).expect("a paper");
    let task = lines(&[record], TODAY).remove(0);
    let window = ["2026-03-14", "2026-04-14", "2026-05-14"];
    let on = |day: &str, done: bool| {
        let mut line = task.clone();
        line.due = Some(day.to_owned());
        line.state = done.then(|| vanthu::task::State { progress: Progress::Done, ..Default::default() });
        line
    };
    // How many of the days are done; which one stands for the task.
    for (done, want) in [(0, 0), (1, 1), (2, 2), (3, 2)] {
        let lines: Vec<_> = window.iter().enumerate().map(|(i, day)| on(day, i < done)).collect();
        let items = tracker::items(&lines);
        assert_eq!(items.len(), 1, "{done}");
        assert_eq!(items[0].due.map(|d| d.to_string()).as_deref(), Some(window[want]), "{done}");
    }
}

/// What was written once is left out the next time, whatever the format; the file is like any new file.
#[test]
fn a_ledger_keeps_importers_that_only_add_from_doubling() {
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/07-ke-hoach-xa.txt");
    let rows = || {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_vanthu"));
        let output = command
            .current_dir(folder.path())
            .args(["export", "--format", "gitlab-csv", "-o", "out.csv", "--ledger", "keys", corpus])
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        csv::Reader::from_path(folder.path().join("out.csv")).expect("a table").into_records().count()
    };
    let first = rows();
    assert!(first > 3);
    assert_eq!(rows(), 0);
    let keys = std::fs::read_to_string(folder.path().join("keys")).expect("a ledger");
    assert_eq!(keys.lines().count(), first);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |name: &str| std::fs::metadata(folder.path().join(name)).expect("a file").permissions().mode();
        assert_eq!(mode("out.csv"), mode("keys"), "readable for whom the ledger is");
    }
}

/// What the office noted in the store, and the filters of `vanthu tasks`, hold for exports.
#[test]
fn exports_of_a_store_know_what_was_noted() {
    let folder = tempfile::tempdir().expect("a folder");
    let vanthu = |arguments: &[&str]| {
        let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_vanthu")).current_dir(folder.path()).args(arguments).output().expect("the program starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/07-ke-hoach-xa.txt");
    assert_eq!(vanthu(&["ingest", corpus]).0, Some(0));
    let json = |more: &[&str]| {
        let (code, out, err) = vanthu(&[&["export", "--format", "json", "--today", "2026-03-01"], more].concat());
        assert_eq!(code, Some(0), "{err}");
        out.lines().map(|l| serde_json::from_str::<Value>(l).expect("JSON")).collect::<Vec<_>>()
    };
    let all = json(&[]);
    let dated: Vec<&Value> = all.iter().filter(|i| i["due"].is_string() && i["rrule"].is_null()).collect();
    let (done, begun) = (dated[0]["id"].as_str().expect("an id"), dated[1]["id"].as_str().expect("an id"));
    assert_eq!(vanthu(&["task", "done", done, "--on", "2026-03-02", "--today", "2026-03-03"]).0, Some(0));
    assert_eq!(vanthu(&["task", "start", begun, "--today", "2026-03-04"]).0, Some(0));
    assert_eq!(vanthu(&["task", "assign", begun, "--to", "bà Hoa", "--today", "2026-03-04"]).0, Some(0));
    let noted = json(&[]);
    let keys = |items: &[Value]| items.iter().map(|i| i["key"].clone()).collect::<Vec<_>>();
    assert_eq!(keys(&noted), keys(&all), "a state changes no key and no order");
    let of = |id: &str| noted.iter().find(|i| i["id"] == id).expect("the task").clone();
    assert_eq!((&of(done)["progress"], &of(done)["done_on"], &of(done)["last_word"]), (&"done".into(), &"2026-03-02".into(), &"2026-03-03".into()));
    assert_eq!((&of(begun)["progress"], &of(begun)["assignee"]), (&"doing".into(), &"bà Hoa".into()));
    // The filters of `tasks`: by status, by role, by agency through a group, by words.
    assert_eq!(json(&["--status", "hoan thanh"]).len(), 1);
    let (_, listed, _) =
        vanthu(&["tasks", "--format", "ndjson", "--all", "--for", "Phòng Kinh tế xã Ea Kar, tỉnh Đắk Lắk", "--role", "lead", "--today", "2026-03-01"]);
    let mut want: Vec<String> = listed.lines().map(|l| serde_json::from_str::<Value>(l).expect("JSON")["id"].to_string()).collect();
    want.sort();
    let mut found: Vec<String> = json(&["--for", "Phòng Kinh tế xã Ea Kar, tỉnh Đắk Lắk", "--role", "lead"]).iter().map(|i| i["id"].to_string()).collect();
    found.sort();
    assert!(!want.is_empty() && found == want, "{found:?} and {want:?}");
    // A paper of the store is named by its number.
    let (code, message, err) = vanthu(&["export", "--format", "edxml", "52/KH-UBND"]);
    assert_eq!(code, Some(0), "{err}");
    assert!(message.contains("<edXML:CodeNumber>52</edXML:CodeNumber>"), "{message}");
    let (code, _, err) = vanthu(&["export", "--format", "json", "--db", "vanthu.db", corpus]);
    assert_eq!((code, err.as_str()), (Some(1), "vanthu: paths and --db were given; give one of them\n"));
}

#[test]
fn masked_exports_and_listings_hold_no_numbers_of_persons() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nSố: 129/KH-UBND\nTỉnh Mẫu, ngày 05 tháng 3 năm 2026\n\nKẾ HOẠCH\nQuan trắc\n\n\
        1. Giao Sở Y tế báo cáo qua ông An, điện thoại 38223456, thư an@example.vn trước ngày 20 tháng 12 năm 2026.\n";
    std::fs::write(folder.path().join("plan.txt"), text).expect("the file is written");
    for arguments in [&["tasks", "--format", "json"][..], &["tasks"], &["export", "--format", "json"], &["export", "--format", "ics"]] {
        let run = |more: &[&str]| {
            let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_vanthu"))
                .current_dir(folder.path())
                .args(arguments)
                .args(more)
                .arg("plan.txt")
                .output()
                .expect("the program starts");
            String::from_utf8_lossy(&output.stdout).into_owned()
        };
        assert!(run(&[]).contains("38223456"), "{arguments:?}");
        let masked = run(&["--redact"]);
        assert!(masked.contains("********") && !masked.contains("38223456") && !masked.contains("example"), "{arguments:?}: {masked}");
    }
}
