//! What the program prints, where, and with which exit code.

use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Stdio;

const LETTER: &str = "ỦY BAN NHÂN DÂN\nTỈNH LONG AN\nSố: 129/KH-UBND\nLong An, ngày 05 tháng 3 năm 2020\n\nKẾ HOẠCH\nThực hiện Quyết định số 489/QĐ-TTg \
    ngày 08 tháng 4 năm 2020 của Thủ tướng Chính phủ\n\n1. Giao Sở Y tế chủ trì, báo cáo trước ngày 20 tháng 12 năm 2020.\n";

/// A folder of its own for one test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("the build folder can be written");
        Self(path)
    }

    fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("the build folder can be written");
        std::fs::write(path, bytes).expect("the build folder can be written");
        self
    }

    fn vanthu(&self, arguments: &[&str]) -> Ran {
        self.fed("", arguments)
    }

    /// Runs the program in the folder with something on its standard input.
    fn fed(&self, input: impl Into<Vec<u8>>, arguments: &[&str]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_vanthu")).current_dir(&self.0).args(arguments).write_stdin(input).output().expect("the program starts");
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// How a run ended.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    fn records(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
    }

    fn paths(&self) -> Vec<String> {
        self.records().iter().map(|r| r["source"]["path"].as_str().expect("a record names its source").to_owned()).collect()
    }
}

#[test]
fn exit_codes_tell_what_happened() {
    let folder = Folder::new("codes").with("good.txt", LETTER).with("bad.pdf", "%PDF-1.7 ...").with("none/.hidden", LETTER).with("mixed/a.txt", LETTER);
    let folder = folder.with("mixed/b.txt", "").with("marks/m.json", r#"{"file": "good.txt"}"#).with("lost/m.json", r#"{"file": "lost.txt"}"#);
    let folder = folder.with("broken/m.json", "{");
    let rows: [(&[&str], i32); 29] = [
        // All read.
        (&["extract", "good.txt"], 0),
        (&["extract", "good.txt", "good.txt", "--jobs", "2"], 0),
        (&["text", "good.txt"], 0),
        (&["rules"], 0),
        (&["schema"], 0),
        (&["schema", "document"], 0),
        (&["score", "marks", "--docs", "."], 0),
        (&["--help"], 0),
        (&["--version"], 0),
        (&["extract", "--help"], 0),
        // Wrong use.
        (&[], 1),
        (&["extract"], 1),
        (&["extract", "good.txt", "--jobs", "0"], 1),
        (&["extract", "good.txt", "--jobs", "many"], 1),
        (&["extract", "--unknown", "good.txt"], 1),
        (&["read", "good.txt"], 1),
        (&["schema", "letter"], 1),
        (&["rules", "no-such-rule"], 1),
        (&["text", "good.txt", "--origin", "nine"], 1),
        // What was named does not exist, or the run itself failed.
        (&["extract", "absent.txt"], 1),
        (&["text", "absent.txt"], 1),
        (&["score", "absent"], 1),
        (&["score", "broken"], 1),
        // Some documents failed.
        (&["extract", "bad.pdf"], 2),
        (&["extract", "mixed"], 2),
        (&["text", "bad.pdf"], 2),
        (&["score", "lost"], 2),
        // Nothing to read.
        (&["extract", "none"], 3),
        (&["score", "none"], 3),
    ];
    for (arguments, code) in rows {
        let ran = folder.vanthu(arguments);
        assert_eq!(ran.code, Some(code), "{arguments:?}: {}", ran.err);
        let said = !ran.err.is_empty() || ran.out.contains("1 not read");
        assert_eq!(said, code != 0, "{arguments:?} says something exactly when something is wrong: {}", ran.err);
    }
}

#[test]
fn errors_name_the_file_the_reason_and_the_remedy() {
    let folder = Folder::new("errors").with("bad.pdf", "%PDF-1.7 ...").with("empty.txt", " \n").with("word.docx", "PK\x03\x04...").with("tốt.txt", LETTER);
    let folder = folder.with("font.txt", [b'C', 0xe9, b'n', b'g', 0xb7, b' ', 0xdc, 0xa1, b'.']).with("none/.hidden", LETTER).with("marks/m.json", "{");
    let folder = folder.with("marked/m.json", r#"{"file": "lost.txt"}"#);
    let rows: [(&[&str], &str); 13] = [
        (&["extract", "bad.pdf"], "vanthu: bad.pdf: the PDF is damaged: it has no readable list of pages; get the file again from its source"),
        (&["text", "bad.pdf"], "vanthu: bad.pdf: the PDF is damaged: it has no readable list of pages; get the file again from its source"),
        (&["extract", "empty.txt"], "vanthu: empty.txt: the file is empty; give a file with text in it"),
        (&["extract", "word.docx"], "vanthu: word.docx: this is a damaged ZIP archive or Office document; get the file again from its source"),
        (&["extract", "font.txt"], "vanthu: font.txt: the text is in no encoding that is read (UTF-8, UTF-16); convert it to UTF-8"),
        (&["extract", "absent.txt"], "vanthu: absent.txt: there is no such file or folder; check the path"),
        // Standard input is empty here.
        (&["extract", "-"], "vanthu: -: the file is empty; give a file with text in it"),
        (&["extract", "none"], "vanthu: there are no files to read below the given paths"),
        (&["rules", "date"], "vanthu: there is no rule \"date\"; `vanthu rules` lists them"),
        (&["text", "tốt.txt", "--origin", "5"], "vanthu: --origin takes START:END in code points of the text, not \"5\""),
        (&["text", "tốt.txt", "--origin", "5:3"], "vanthu: --origin takes START:END in code points of the text, not \"5:3\""),
        (&["text", "tốt.txt", "--origin", "0:99999"], "vanthu: --origin takes START:END in code points of the text, not \"0:99999\""),
        (&["score", "none"], "vanthu: none: there are no marked documents (*.json) here"),
    ];
    for (arguments, line) in rows {
        assert_eq!(folder.vanthu(arguments).err.trim_end(), line, "{arguments:?}");
    }
    // The system's own words stand between name and remedy.
    let rows: [(&[&str], &str, &str); 3] = [
        (&["text", "absent.txt"], "vanthu: absent.txt: the file cannot be opened (", "); check that it exists and may be read\n"),
        (&["score", "absent"], "vanthu: absent: the folder cannot be listed (", "); check the path\n"),
        (&["score", "marks"], "vanthu: marks/m.json: this is no marked document (", "); compare it with corpus/README.md\n"),
    ];
    for (arguments, start, end) in rows {
        let err = folder.vanthu(arguments).err;
        assert!(err.starts_with(start) && err.ends_with(end) && err.lines().count() == 1, "{arguments:?}: {err}");
    }
    let listed = folder.vanthu(&["score", "marked", "-v"]).out;
    assert!(listed.starts_with("m: no record: marked/lost.txt: the file cannot be opened ("), "{listed}");
}

#[test]
fn folders_are_read_recursively_and_sorted() {
    let folder = Folder::new("folders");
    let folder =
        ["b/2.txt", "b/10.txt", "a/z/1.txt", "a/y.txt", "c.txt", ".hidden/1.txt", "b/.hidden.txt"].into_iter().fold(folder, |f, name| f.with(name, LETTER));
    let rows: [(&[&str], &[&str]); 4] = [
        // Names sort as bytes; hidden files and folders are left out.
        (&["."], &["./a/y.txt", "./a/z/1.txt", "./b/10.txt", "./b/2.txt", "./c.txt"]),
        // What is named comes in the order in which it is named.
        (&["c.txt", "a"], &["c.txt", "a/y.txt", "a/z/1.txt"]),
        // What is named twice is read twice.
        (&["b/2.txt", "b"], &["b/2.txt", "b/10.txt", "b/2.txt"]),
        // A hidden file that is named is read.
        (&["b/.hidden.txt"], &["b/.hidden.txt"]),
    ];
    for (arguments, paths) in rows {
        let ran = folder.vanthu(&[&["extract"], arguments].concat());
        assert_eq!(ran.paths(), paths, "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn a_broken_file_leaves_the_good_ones_written() {
    let folder = Folder::new("broken").with("in/a.txt", LETTER).with("in/b.txt", b"\x89PNG\r\n\x1a\n".as_slice()).with("in/c.txt", LETTER).with("in/d.txt", "");
    for jobs in ["1", "2"] {
        let ran = folder.vanthu(&["extract", "in", "--jobs", jobs]);
        assert_eq!((ran.code, ran.paths()), (Some(2), vec!["in/a.txt".to_owned(), "in/c.txt".to_owned()]));
        let named: Vec<&str> = ran.err.lines().map(|l| l.split(':').nth(1).unwrap_or_default().trim()).collect();
        assert_eq!(named, ["in/b.txt", "in/d.txt"], "{}", ran.err);
    }
}

#[test]
fn standard_input_is_a_document() {
    let folder = Folder::new("stdin").with("letter.txt", LETTER);
    let read = |ran: Ran| {
        assert_eq!((ran.code, ran.records().len()), (Some(0), 1), "{}", ran.err);
        let mut record = ran.records().remove(0);
        let path = record["source"].as_object_mut().and_then(|s| s.remove("path"));
        (path, record)
    };
    let (named, of_file) = read(folder.vanthu(&["extract", "letter.txt"]));
    let (unnamed, of_input) = read(folder.fed(LETTER, &["extract", "-"]));
    assert_eq!((named, unnamed), (Some("letter.txt".into()), Some("-".into())));
    assert_eq!(of_file, of_input, "the same bytes give the same record");
    assert_eq!(folder.fed(LETTER, &["extract", "-", "letter.txt"]).paths(), ["-", "letter.txt"]);
    assert_eq!(folder.fed(LETTER, &["text", "-"]).out, folder.vanthu(&["text", "letter.txt"]).out);
}

#[test]
fn switches_change_only_what_they_name() {
    let folder = Folder::new("switches").with("in/a.txt", LETTER).with("in/b.txt", LETTER.replace("129", "130"));
    let plain = folder.vanthu(&["extract", "in"]);
    assert_eq!(plain.out.lines().count(), 2, "one record a line");

    let pretty = folder.vanthu(&["extract", "in", "--pretty"]);
    let records: Vec<Value> = serde_json::Deserializer::from_str(&pretty.out).into_iter().map(|r| r.expect("pretty records are JSON")).collect();
    assert_eq!(records, plain.records());
    assert!(pretty.out.lines().count() > 2 && pretty.out.starts_with("{\n  \"schema\""));

    let without = folder.vanthu(&["extract", "in", "--no-text"]);
    let mut records = plain.records();
    for record in &mut records {
        assert!(record.as_object_mut().and_then(|r| r.remove("text")).is_some());
    }
    assert_eq!(without.records(), records);

    for jobs in ["1", "2", "7"] {
        assert_eq!(folder.vanthu(&["extract", "in", "--jobs", jobs]).out, plain.out, "--jobs {jobs}");
    }
}

#[test]
fn text_is_what_spans_point_into() {
    // A no-break space, a decomposed letter and a look-alike of Đ.
    let source = "Số:\u{a0}5/Q\u{d0}-UBND\r\n\r\nĐiê\u{300}u 1. Ban hành quy chế.\r\n";
    let folder = Folder::new("text").with("a.txt", source).with("b.txt", [b"\xef\xbb\xbf".as_slice(), source.as_bytes()].concat());
    let text = folder.vanthu(&["text", "a.txt"]).out;
    assert_eq!(text, "Số: 5/QĐ-UBND\nĐiều 1. Ban hành quy chế.\n");
    assert_eq!(folder.vanthu(&["extract", "a.txt"]).records()[0]["text"], text);
    let place = |word: &str, all: &str| all.find(word).map(|i| (all[..i].chars().count(), i)).expect("the word stands there");
    let rows = [
        // As printed, in the text, as it stands in the source.
        ("Số", "Số"),
        ("QĐ", "Q\u{d0}"),
        ("Điều", "Điê\u{300}u"),
        ("chế", "chế"),
    ];
    for (file, mark) in [("a.txt", 0), ("b.txt", 3)] {
        for (word, printed) in rows {
            let (start, _) = place(word, &text);
            let (_, byte) = place(printed, source);
            let range = format!("{start}:{}", start + word.chars().count());
            let want = format!("{}:{}\t{word}\n", byte + mark, byte + mark + printed.len());
            assert_eq!(folder.vanthu(&["text", file, "--origin", &range]).out, want, "{word} of {file}");
        }
    }
    // All of it, and nothing of it.
    let all = format!("0:{}", text.chars().count());
    assert!(folder.vanthu(&["text", "a.txt", "--origin", &all]).out.ends_with(&format!("\t{text}\n")));
    assert_eq!(folder.vanthu(&["text", "a.txt", "--origin", "4:4"]).code, Some(0));
    // What was odd is said, and no output.
    let odd = folder.fed(b"\xff\xfeA\0b\0c".as_slice(), &["text", "-"]);
    assert_eq!((odd.code, odd.out.as_str(), odd.err.as_str()), (Some(0), "Ab\n", "vanthu: -: 1 damaged places in the UTF-16 text were left out\n"));
}

#[test]
fn rules_are_listed_and_explained() {
    let folder = Folder::new("rules");
    let list = folder.vanthu(&["rules"]).out;
    let ids: Vec<&str> = list.lines().filter_map(|l| l.split(' ').next()).collect();
    assert!(ids.contains(&"date-in-words"), "{list}");
    let unique: std::collections::HashSet<&&str> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "a rule stands twice in the rule book");
    for id in ids {
        let ran = folder.vanthu(&["rules", id]);
        assert_eq!(ran.code, Some(0), "{id}: {}", ran.err);
        assert!(ran.out.starts_with(&format!("{id} (")), "{}", ran.out);
        assert!(ran.out.contains("\nfinds   ") && ran.out.contains("\nignores "), "{id} shows no examples: {}", ran.out);
    }
}

#[test]
fn what_to_check_is_listed_worst_first() {
    // The deadline lies before the paper, the number is misspelt, the rest is plain.
    let late = LETTER.replace("ngày 20 tháng 12 năm 2020", "ngày 20 tháng 02 năm 2020").replace("489/QĐ-TTg", "489/QD-TTg");
    let folder = Folder::new("review").with("a.txt", LETTER).with("late.txt", late);
    let ran = folder.vanthu(&["extract", "--review", "a.txt", "late.txt"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(lines[0].starts_with("late.txt: 1: deadline: the last day, 2020-02-19, lies before the date of the paper: "), "{ran:?}");
    assert!(lines.iter().any(|l| l.starts_with("late.txt: ") && l.contains("citation (medium): \"QD\" was read as \"QĐ\"")), "{ran:?}");
    assert!(!ran.out.contains("a.txt: 1: "), "a plain duty needs no look: {ran:?}");
    let json = folder.vanthu(&["extract", "--review", "--json", "late.txt"]);
    assert!(json.records().iter().all(|r| r["schema"] == "vanthu/finding/1" && r["file"] == "late.txt"), "{json:?}");
    assert!(json.records().is_sorted_by_key(|r| r["rank"].as_u64()), "{json:?}");
    assert_eq!(folder.vanthu(&["extract", "--json", "late.txt"]).code, Some(1), "--json goes with --review alone");
}

#[test]
fn schema_is_json_schema() {
    let schema: Value = serde_json::from_str(&Folder::new("schema").vanthu(&["schema"]).out).expect("the schema is JSON");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

#[test]
fn score_compares_with_marks() {
    let folder = Folder::new("score").with("docs/a.txt", LETTER);
    let folder = folder.with("right/a.json", r#"{"file": "docs/a.txt", "header": {"number": "129", "notation": "KH-UBND", "date": "2020-03-05"}}"#);
    let folder = folder.with("wrong/a.json", r#"{"file": "docs/a.txt", "header": {"number": "130", "notation": "KH-UBND"}}"#);
    let header = |dir: &str| {
        let ran = folder.vanthu(&["score", dir, "--docs", ".", "--json"]);
        let json: Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {}", ran.out));
        (ran.code, json["fields"]["header"]["right"].as_u64(), json["fields"]["header"]["of"].as_u64())
    };
    assert_eq!(header("right"), (Some(0), Some(3), Some(3)));
    assert_eq!(header("wrong"), (Some(0), Some(1), Some(2)));
    let listed = folder.vanthu(&["score", "wrong", "--docs", ".", "--verbose"]).out;
    assert!(listed.starts_with("a: header: number: marked \"130\", found \"129\"\n"), "{listed}");
    assert!(!folder.vanthu(&["score", "wrong", "--docs", "."]).out.contains("marked \"130\""), "differences are listed only when asked for");
}

#[cfg(unix)]
#[test]
fn score_goes_on_behind_a_file_beyond_a_limit() {
    let page = format!("<!DOCTYPE html><html><body>{}</body></html>", "<p>Giao Sở Y tế chủ trì thực hiện Quyết định số 489/QĐ-TTg.</p>\n".repeat(300_000));
    let folder = Folder::new("score-limit").with("marks/a.txt", LETTER).with("marks/big.html", &page);
    let folder = folder.with("marks/a.json", r#"{"file": "a.txt", "header": {"number": "129"}}"#).with("marks/big.json", r#"{"file": "big.html"}"#);
    let ran = folder.vanthu(&["score", "marks", "--json", "--memory", "192"]);
    let json: Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {}", ran.out));
    assert_eq!((ran.code, json["failed"].as_u64(), json["fields"]["header"]["right"].as_u64()), (Some(2), Some(1), Some(1)));
    assert!(ran.out.contains("reading it needs more than 192 MiB of memory"), "{}", ran.out);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    // The letters alone are more than a pipe holds.
    let letters: Vec<PathBuf> = vanthu::pipeline::files_below(&[corpus]).expect("the corpus is there");
    let letters = letters.into_iter().filter(|p| p.extension().is_some_and(|e| e == "txt"));
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"));
    let mut child = command.arg("extract").args(letters).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
