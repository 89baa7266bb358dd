//! One paper in several formats gives one and the same record, and each format is read as it is printed.

#[path = "formats/damage.rs"]
mod damage;
#[path = "formats/docx.rs"]
mod docx;
#[path = "formats/odt.rs"]
mod odt;
#[path = "formats/pdf.rs"]
mod pdf;
#[path = "formats/rendition.rs"]
mod rendition;
#[path = "formats/sheet.rs"]
mod sheet;

use serde_json::Value;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use vanthu::pipeline;
use vanthu::source::{self, Options};
use zip::write::SimpleFileOptions;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The corpus documents, sorted.
fn documents() -> Vec<PathBuf> {
    let files = pipeline::files_below(&[root().join("corpus")]).expect("the corpus is there");
    files.into_iter().filter(|p| p.extension().is_some_and(|e| e == "txt")).collect()
}

/// A package of these parts.
fn pack(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("memory can be written");
        zip.write_all(content.as_bytes()).expect("memory can be written");
    }
    zip.finish().expect("memory can be written").into_inner()
}

/// The uniform text of a file; an error's text where it cannot be read.
fn text(bytes: &[u8]) -> String {
    match source::read(bytes, &Options::default()) {
        Ok(reading) => reading.text.as_str().trim_end_matches('\n').to_owned(),
        Err(error) => error.to_string(),
    }
}

/// The record of a file without what tells of the file itself and what was mended in it; ids of tasks that begin with its hash
/// begin with `#`.
fn record(bytes: &[u8]) -> Value {
    let record = pipeline::record("paper", bytes, &Options::default()).unwrap_or_else(|e| panic!("{e}"));
    let json = serde_json::to_string(&record).expect("a record is JSON").replace(&pipeline::hash(bytes)[..8], "#");
    let mut record: Value = serde_json::from_str(&json).expect("a record is JSON");
    for field in ["source", "id"] {
        record.as_object_mut().expect("a record is an object").remove(field);
    }
    // A rendition is made of the text as it was mended.
    record["notes"].as_array_mut().expect("notes are a list").retain(|note| note["rule"] != "text-repair");
    record
}

/// The first places where two records differ, as `path: this | that`.
fn differences(path: &str, one: &Value, other: &Value, out: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            keys.into_iter().for_each(|k| differences(&format!("{path}/{k}"), &one[k], &other[k], out));
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().for_each(|(i, (x, y))| differences(&format!("{path}/{i}"), x, y, out));
        }
        (Value::String(a), Value::String(b)) if a != b => {
            let at = a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y).map_or(a.len().min(b.len()), |((i, _), _)| i);
            let near = |s: &str| s[s.floor_char_boundary(at.saturating_sub(40))..s.floor_char_boundary(at + 60)].to_owned();
            out.push(format!("{path}: {:?} | {:?}", near(a), near(b)));
        }
        (a, b) if a != b => out.push(format!("{path}: {} | {}", vanthu::text::head(&a.to_string(), 200), vanthu::text::head(&b.to_string(), 200))),
        _ => {}
    }
}

/// Compares a rendition's record with that of the paper; what differs.
fn faults(paper: &Path, rendition: &[u8]) -> Vec<String> {
    let want = record(&std::fs::read(paper).expect("the corpus can be read"));
    let got = record(rendition);
    let mut out = Vec::new();
    // Where the texts differ, all spans do.
    differences("text", &want["text"], &got["text"], &mut out);
    if out.is_empty() {
        differences("", &want, &got, &mut out);
    }
    let name = paper.file_stem().expect("a file has a name").to_string_lossy().into_owned();
    out.truncate(4);
    out.into_iter().map(|d| format!("{name} {d}")).collect()
}

#[test]
fn a_word_document_gives_the_record_of_its_text() {
    let mut all = Vec::new();
    for path in documents() {
        let bytes = std::fs::read(&path).expect("the corpus can be read");
        let reading = source::read(&bytes, &Options::default()).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        all.extend(faults(&path, &rendition::docx(&reading.text)));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// Whether LibreOffice is there; where it is not, the reason is printed.
fn soffice() -> bool {
    let found = Command::new("soffice").arg("--version").output().is_ok();
    if !found {
        assert!(std::env::var_os("CI").is_none_or(|v| v != "true"), "LibreOffice (soffice) is missing, and CI must not go without it");
        println!("skipped: LibreOffice (soffice) is not installed");
    }
    found
}

/// What LibreOffice makes of the Word documents, and what of it is read.
const RENDITIONS: [&str; 5] = ["odt", "doc", "rtf", "html", "pdf"];

#[test]
fn what_libreoffice_makes_gives_the_same_records() {
    if !soffice() {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("renditions");
    let _ = std::fs::remove_dir_all(&folder);
    let made = Command::new(root().join("scripts/renditions.sh")).arg(&folder).args(RENDITIONS).status();
    assert!(made.is_ok_and(|s| s.success()), "scripts/renditions.sh failed");
    let mut all = Vec::new();
    for format in RENDITIONS {
        for path in documents() {
            let name = Path::new(path.file_name().expect("a file has a name")).with_extension(format);
            let bytes = std::fs::read(folder.join(&name)).unwrap_or_else(|e| panic!("{}: {e}", name.display()));
            all.extend(faults(&path, &bytes).into_iter().map(|f| format!("{format} {f}")));
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}
