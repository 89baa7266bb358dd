//! `vanthu convert`: tables that obey their schemas, whole or not there, the same on every run.

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use vanthu::convert::{Cell, Kind, TABLES, schema};
use vanthu::pipeline::{self, Input};
use vanthu::source::Options;

const LETTER: &str = "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nSố: 129/UBND-VX\nTỉnh Mẫu, ngày 05 tháng 3 năm 2020\n\nKính gửi: Sở Y tế\n\n\
    - Giao Sở Y tế chủ trì, báo cáo theo số điện thoại 0912 345 678 trước ngày 20 tháng 12 năm 2020.\n";

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn letters() -> Vec<PathBuf> {
    let files = pipeline::files_below(&[corpus()]).expect("the corpus is there");
    files.into_iter().filter(|p| p.extension().is_some_and(|e| e == "txt")).collect()
}

fn convert(out: &Path, paths: &[PathBuf], options: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vanthu")).arg("convert").args(paths).arg("--out").arg(out).args(options).output().expect("the program starts")
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry"));
    entries.map(|e| (e.file_name().to_string_lossy().into_owned(), std::fs::read(e.path()).expect("a file"))).collect()
}

fn rows(file: &[u8]) -> Vec<Value> {
    String::from_utf8_lossy(file).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect()
}

#[test]
fn every_run_gives_the_same_whole_files() {
    for format in ["jsonl", "jsonl.zst", "csv", "parquet"] {
        let folder = tempfile::tempdir().expect("a folder");
        let outs: Vec<_> = ["1", "2"]
            .map(|jobs| {
                let out = folder.path().join(jobs).join("deep");
                let ran = convert(&out, &letters(), &["--format", format, "--jobs", jobs]);
                assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
                files(&out)
            })
            .into();
        let names: Vec<&String> = outs[0].keys().collect();
        assert_eq!(names, ["citations", "documents", "relations", "tasks"].map(|t| format!("{t}.{format}")).iter().collect::<Vec<_>>());
        assert!(outs[0] == outs[1], "{format}: other bytes with other threads");
        assert!(outs[0].values().all(|bytes| bytes.len() > 500), "{format}: tables are filled");
    }
}

#[test]
fn rows_obey_their_committed_schemas_and_say_what_the_records_say() {
    let folder = tempfile::tempdir().expect("a folder");
    convert(folder.path(), &letters(), &["--include-classified", "--no-redact"]);
    let tables = files(folder.path());
    let inputs: Vec<Input> = letters().into_iter().map(Input::File).collect();
    let mut counts = BTreeMap::new();
    let done: Result<(), std::convert::Infallible> = pipeline::run(&inputs, &Options::default(), |_, outcome| {
        let record = outcome.expect("the corpus is read");
        for table in &TABLES {
            *counts.entry(table.name).or_insert(0) += (table.rows)(&record);
        }
        Ok(())
    });
    assert!(done.is_ok());
    for table in &TABLES {
        let text = schema(table.name).expect("a schema");
        let committed = std::fs::read_to_string(corpus().with_file_name("schemas").join(format!("{}.schema.json", table.name))).unwrap_or_default();
        assert!(committed.trim_end() == text.trim_end(), "run `vanthu schema {0} > schemas/{0}.schema.json` and read the difference", table.name);
        let schema: Value = serde_json::from_str(&text).expect("JSON");
        jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|e| panic!("{}: {e}", table.name));
        let validator = jsonschema::draft202012::new(&schema).expect("the schema compiles");
        let rows = rows(&tables[&format!("{}.jsonl", table.name)]);
        assert_eq!(rows.len(), counts[table.name], "{}", table.name);
        assert!(rows.iter().all(|r| validator.is_valid(r)), "{}: a row breaks the schema", table.name);
    }
}

#[test]
fn every_column_gives_cells_of_its_kind() {
    for path in letters() {
        let record = pipeline::read(&Input::File(path), &Options::default()).expect("the corpus is read");
        for table in &TABLES {
            for column in table.columns {
                for row in 0..(table.rows)(&record) {
                    let kind = match (column.value)(&record, row) {
                        Cell::Text(_) => Kind::Text,
                        Cell::Number(_) => Kind::Number,
                        Cell::Flag(_) => Kind::Flag,
                        Cell::Day(_) => Kind::Day,
                        Cell::List(_) => Kind::List,
                    };
                    assert_eq!(kind, column.kind, "{}.{}", table.name, column.name);
                }
            }
        }
    }
}

fn json(field: &Field) -> Value {
    match field {
        Field::Bool(flag) => (*flag).into(),
        Field::Long(number) => (*number).into(),
        Field::Str(text) => text.as_str().into(),
        Field::Date(days) => (*days).into(),
        Field::ListInternal(list) => list.elements().iter().map(json).collect(),
        Field::Null => Value::Null,
        other => panic!("no table has {other:?}"),
    }
}

/// Parquet is read back by the library that others read it with, too.
#[test]
fn parquet_holds_what_json_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    let (lines, parquet) = (folder.path().join("j"), folder.path().join("p"));
    convert(&lines, &letters(), &[]);
    convert(&parquet, &letters(), &["--format", "parquet"]);
    for table in &TABLES {
        let file = std::fs::File::open(parquet.join(format!("{}.parquet", table.name))).expect("a file");
        let reader = SerializedFileReader::new(file).expect("it is Parquet");
        let want = rows(&files(&lines)[&format!("{}.jsonl", table.name)]);
        let row = |r: Row| -> Value { r.get_column_iter().map(|(name, field)| (name.clone(), json(field))).collect::<serde_json::Map<_, _>>().into() };
        let found: Vec<Value> = reader.get_row_iter(None).expect("rows").map(|r| row(r.expect("a row"))).collect();
        assert_eq!(found.len(), want.len(), "{}", table.name);
        for (found, want) in found.iter().zip(&want) {
            for column in table.columns {
                let (found, want) = (&found[column.name], &want[column.name]);
                // A day comes back as the count of days.
                let same = if column.kind == Kind::Day { found.is_null() == want.is_null() } else { found == want };
                assert!(same, "{}.{}: {found} for {want}", table.name, column.name);
            }
        }
    }
}

#[test]
fn what_should_not_leave_the_house_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path
    };
    let papers = [put("a.txt", LETTER), put("b.txt", &LETTER.replace("Số: 129", "MẬT\nSố: 130"))];
    let rows_of = |name: &str, options: &[&str]| {
        let out = folder.path().join(name);
        assert_eq!(convert(&out, &papers, options).status.code(), Some(0));
        let tables = files(&out);
        (rows(&tables["documents.jsonl"]).len(), String::from_utf8_lossy(&tables["tasks.jsonl"]).matches("0912 345 678").count())
    };
    assert_eq!(rows_of("plain", &[]), (1, 0));
    assert_eq!(rows_of("classified", &["--include-classified"]).0, 2);
    assert!(rows_of("open", &["--no-redact"]).1 > 0);
}

#[test]
fn spreadsheets_get_no_formulas() {
    let folder = tempfile::tempdir().expect("a folder");
    let paper = folder.path().join("a.txt");
    std::fs::write(&paper, LETTER).expect("a file");
    convert(&folder.path().join("o"), &[paper], &["--format", "csv"]);
    let table = &files(&folder.path().join("o"))["tasks.csv"];
    let mut reader = csv::Reader::from_reader(table.as_slice());
    let quote = reader.headers().expect("names").iter().position(|h| h == "quote").expect("a column");
    let row = reader.records().next().expect("a row").expect("a row");
    assert!(row[quote].starts_with("'- Giao Sở Y tế"), "{}", &row[quote]);
}

/// Nothing stands under the final names when the run fails, and nothing is left beside them.
#[test]
fn a_run_that_fails_leaves_the_old_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("o");
    convert(&out, &letters()[..1], &[]);
    let before = files(&out);
    let ran = convert(&out, &[folder.path().join("no-such-file")], &[]);
    assert_eq!((ran.status.code(), files(&out) == before), (Some(1), true));
    // Where a folder stands in the way of a name.
    std::fs::remove_file(out.join("tasks.jsonl")).and_then(|()| std::fs::create_dir(out.join("tasks.jsonl"))).expect("a folder in the way");
    let ran = convert(&out, &letters()[..1], &[]);
    assert_eq!(ran.status.code(), Some(1));
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(told.contains("the data files cannot be written") && told.contains("check the disk"), "{told}");
    let names: Vec<String> = std::fs::read_dir(&out).expect("a folder").map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    assert!(names.iter().all(|n| !n.starts_with('.')), "{names:?}");
}
