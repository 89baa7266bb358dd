//! What the check catches, paper by paper and between papers; the records of trace, graph, check and gaps against their
//! schemas; the commands.

use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};
use vanthu::check::{self, CheckRecord, Orders};
use vanthu::export::DocumentRecord;
use vanthu::graph::{CitationGraph, TraceOptions};
use vanthu::pipeline::{self, Input};
use vanthu::resolve::Paper;
use vanthu::source::Options;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn record(name: &str, text: &str) -> DocumentRecord {
    pipeline::record(name, text.as_bytes(), &Options::default()).unwrap_or_else(|e| panic!("{e}"))
}

fn corpus() -> Vec<DocumentRecord> {
    let files = pipeline::files_below(&[root().join("corpus")]).expect("the corpus is there");
    let texts = files.into_iter().filter(|p| p.extension().is_some_and(|e| e == "txt"));
    texts.map(|p| *pipeline::read(&Input::File(p), &Options::default()).unwrap_or_else(|e| panic!("{e}"))).collect()
}

/// A sound letter: its number, date, body and list of recipients are slots.
fn plan(number: &str, date: &str, body: &str) -> String {
    format!(
        "ỦY BAN NHÂN DÂN\nTỈNH LONG AN\nSố: {number}/KH-UBND\nLong An, ngày {date}\n\nKẾ HOẠCH\nBảo vệ rừng đầu nguồn trên địa bàn tỉnh Long An\n\n{body}\n\n\
         Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn An\n"
    )
}

/// Rules that fire on one paper.
fn rules_of(text: &str) -> Vec<String> {
    check::document(&record("plan.txt", text)).into_iter().map(|f| f.rule).collect()
}

#[test]
fn faults_of_one_paper_are_caught() {
    let body = "1. Giao Sở Y tế chủ trì, báo cáo trước ngày 20 tháng 12 năm 2021.\n\n2. Giao Sở Tài chính bố trí kinh phí.";
    let sound = plan("129", "05 tháng 3 năm 2021", body);
    let rows = [
        (sound.clone(), None, "nothing is wrong"),
        (plan("", "05 tháng 3 năm 2021", body), Some("number-blank"), "a blank number"),
        (plan("9", "05 tháng 3 năm 2021", body), Some("number-leading-zero"), "a number below 10"),
        (plan("129", "tháng 3 năm 2021", body), Some("day-blank"), "a blank day"),
        (plan("129", "5 tháng 3 năm 2021", body), Some("date-leading-zero"), "a day below 10"),
        (plan("129", "15 tháng 2 năm 2021", body), Some("date-leading-zero"), "February"),
        (plan("129", "15 tháng 3 năm 2021", body), None, "March needs no zero"),
        (plan("9", "5 tháng 3 năm 2019", body), None, "before Nghị định 30/2020"),
        (sound.replace("2. Giao", "3. Giao"), Some("section-skipped"), "2. is missing"),
        (sound.replace("2. Giao", "1. Giao"), Some("section-repeated"), "1. twice"),
        (sound.replace("năm 2021.\n\n2.", "năm 2020.\n\n2."), Some("deadline-before-issue"), "due before it was issued"),
        (
            sound.replace("2. Giao", "2. Căn cứ Thông tư số 22/TT-BGDĐT ngày 06/8/2020 của Bộ Giáo dục và Đào tạo, giao"),
            Some("citation-year-missing"),
            "a thông tư without its year",
        ),
        (sound.replace("2. Giao", "2. Thực hiện Quyết định 781, giao"), Some("reference-open"), "a number that nothing explains"),
        (sound.replace("KH-UBND", "QD-UBND"), Some("symbol-spelling"), "a lost stroke"),
        (sound.replace("Nơi nhận:\n- Như trên;\n- Lưu: VT.\n", ""), Some("field-missing"), "no recipients"),
    ];
    for (text, want, why) in rows {
        let found = rules_of(&text);
        match want {
            Some(rule) => assert!(found.iter().any(|f| f == rule), "{why}: {found:?}"),
            None => assert!(found.is_empty(), "{why}: {found:?}"),
        }
    }
}

/// Rules that fire between papers, with the works that they are about.
fn between(papers: &[(&str, String)]) -> Vec<(String, Vec<String>)> {
    let papers = papers.iter().map(|(name, text)| Paper::of(&record(name, text))).collect();
    check::archive(&CitationGraph::of_papers(papers)).into_iter().map(|f| (f.rule, f.works)).collect()
}

#[test]
fn faults_between_papers_are_caught() {
    let citing = |date: &str, body: &str| plan("129", date, body);
    let old = "Thực hiện Quyết định số 40/2015/QĐ-UBND ngày 10 tháng 4 năm 2015 của UBND tỉnh Long An về bảo vệ rừng đầu nguồn và hành lang suối.";
    let ending = "1. Quyết định này thay thế Quyết định số 40/2015/QĐ-UBND ngày 10 tháng 4 năm 2015 của UBND tỉnh Long An.";
    let newer = plan("52", "02 tháng 5 năm 2019", ending).replace("52/KH-UBND", "52/QĐ-UBND").replace("KẾ HOẠCH\n", "QUYẾT ĐỊNH\n");
    let fires = |found: &[(String, Vec<String>)], rule: &str| found.iter().any(|(r, _)| r == rule);
    let found = between(&[("a.txt", citing("05 tháng 3 năm 2021", old)), ("b.txt", newer.clone())]);
    assert!(fires(&found, "cites-ended-act"), "{found:?}");
    assert!(fires(&found, "cited-not-held") && fires(&found, "held-never-cited"), "{found:?}");
    let found = between(&[("a.txt", citing("05 tháng 3 năm 2018", old)), ("b.txt", newer)]);
    assert!(!fires(&found, "cites-ended-act"), "it was in force in 2018: {found:?}");
    let found = between(&[("a.txt", citing("05 tháng 3 năm 2014", old))]);
    assert!(fires(&found, "cites-later-act"), "{found:?}");
    let other = old.replace("10 tháng 4", "11 tháng 4");
    let found = between(&[("a.txt", citing("05 tháng 3 năm 2021", old)), ("b.txt", plan("130", "06 tháng 3 năm 2021", &other))]);
    assert!(fires(&found, "two-dates"), "{found:?}");
}

#[test]
fn a_plan_that_nobody_made_is_a_gap() {
    let order = plan("12", "05 tháng 3 năm 2021", "1. Giao Sở Y tế xây dựng kế hoạch bảo vệ rừng, hoàn thành trước ngày 20 tháng 12 năm 2021.");
    let answer = order.replace("ỦY BAN NHÂN DÂN\nTỈNH LONG AN", "UBND TỈNH LONG AN\nSỞ Y TẾ").replace("12/KH-UBND", "77/KH-SYT").replace(
        "1. Giao Sở Y tế xây dựng kế hoạch bảo vệ rừng, hoàn thành trước ngày 20 tháng 12 năm 2021.",
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 05 tháng 3 năm 2021 của UBND tỉnh, Sở Y tế bảo vệ rừng.",
    );
    let kinds = |texts: &[&String]| {
        let papers: Vec<Paper> = texts.iter().enumerate().map(|(i, t)| Paper::of(&record(&format!("{i}.txt"), t))).collect();
        let orders: Vec<Orders> = papers.iter().filter_map(Orders::of).collect();
        check::gaps(&orders, &CitationGraph::of_papers(papers)).gaps.into_iter().map(|g| g.kind).collect::<Vec<_>>()
    };
    assert!(kinds(&[&order]).contains(&"plan-ordered".to_owned()), "{:?}", kinds(&[&order]));
    assert!(kinds(&[&order]).contains(&"plan-without-decision".to_owned()));
    assert!(!kinds(&[&order, &answer]).contains(&"plan-ordered".to_owned()), "{:?}", kinds(&[&order, &answer]));
}

fn validator(name: &str) -> jsonschema::Validator {
    let text = vanthu::graph::schema(name).or_else(|| check::schema(name)).unwrap_or_else(|| panic!("no schema of {name}"));
    let committed = std::fs::read_to_string(root().join(format!("schemas/{name}.schema.json"))).unwrap_or_default();
    assert!(committed.trim_end() == text.trim_end(), "run `vanthu schema {name} > schemas/{name}.schema.json` and read the difference");
    let schema: Value = serde_json::from_str(&text).expect("the schema is JSON");
    jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|e| panic!("{name}: {e}"));
    jsonschema::draft202012::new(&schema).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn assert_valid(name: &str, record: impl serde::Serialize) {
    let value = serde_json::to_value(record).expect("a record is JSON");
    let faults: Vec<String> = validator(name).iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path)).collect();
    assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
}

#[test]
fn records_of_the_archive_obey_their_schemas() {
    let records = corpus();
    let papers: Vec<Paper> = records.iter().map(Paper::of).collect();
    let orders: Vec<Orders> = papers.iter().filter_map(Orders::of).collect();
    let graph = CitationGraph::of_papers(papers);
    let findings = records.iter().flat_map(check::document).chain(check::archive(&graph)).collect();
    let record = CheckRecord::new(findings);
    assert!(record.findings.iter().all(|f| check::rule(&f.rule).is_some_and(|r| r.level.name() == f.level)), "a finding of no rule");
    assert_valid("check", &record);
    assert_valid("graph", graph.record());
    assert_valid("gaps", check::gaps(&orders, &graph));
    (0..5).for_each(|i| assert_valid("trace", graph.trace(i, &TraceOptions::default())));
    let sarif = check::sarif(&record);
    assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(record.findings.len()));
    assert!(sarif["runs"][0]["results"].as_array().is_some_and(|all| all.iter().all(|r| r["ruleIndex"].is_u64() && r["locations"].is_array())));
}

fn vanthu(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_vanthu")).current_dir(folder).args(arguments).output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check").join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("the build folder can be written");
    path
}

#[test]
fn the_commands_say_what_is_wrong() {
    let folder = folder("wrong");
    let first = plan("129", "05 tháng 3 năm 2021", "Thực hiện Quyết định số 40/QĐ-TTg ngày 10/4/2015 của Thủ tướng Chính phủ.");
    let second = plan("130", "06 tháng 3 năm 2021", "Thực hiện Quyết định số 40/QĐ-TTg ngày 12/5/2016 của Thủ tướng Chính phủ.");
    std::fs::write(folder.join("a.txt"), first).expect("written");
    std::fs::write(folder.join("b.txt"), second).expect("written");
    let rows: [(&[&str], i32, &str); 8] = [
        (&["trace", "129/KH-UBND", "--in", "a.txt"], 0, ""),
        (&["trace", "40/qd-ttg", "--in", "."], 1, "may mean 2 documents; give the key of one"),
        (&["trace", "999/QĐ-TTg", "--in", "."], 1, "neither held nor cited"),
        (&["trace", "129/KH-UBND"], 1, "name them with --in"),
        (&["trace", "a.txt", "--as-of", "soon"], 1, "is no date"),
        (&["trace", "a.txt", "--relation", "loves"], 1, "is no relation"),
        (&["graph", ".", "--format", "csv"], 1, "--output"),
        (&["check", ".", "--rule", "nonsense"], 1, "--rules"),
    ];
    for (arguments, code, says) in rows {
        let (exit, out, err) = vanthu(&folder, arguments);
        assert_eq!(exit, Some(code), "{arguments:?}: {err}");
        assert!(err.contains(says), "{arguments:?}: {err}");
        assert_eq!(out.is_empty(), code != 0, "{arguments:?}");
    }
    let (_, tree, _) = vanthu(&folder, &["trace", "a.txt", "--up"]);
    assert!(tree.contains("└─ implements ○ Quyết định 40/QĐ-TTg") && tree.contains("“Thực hiện"), "{tree}");
    let (_, out, _) = vanthu(&folder, &["graph", ".", "--format", "csv", "-o", "tables"]);
    assert!(out.is_empty());
    let edges = std::fs::read_to_string(folder.join("tables/edges.csv")).expect("written");
    assert!(edges.starts_with(":START_ID,:END_ID,:TYPE,") && edges.contains("IMPLEMENTS"), "{edges}");
}
