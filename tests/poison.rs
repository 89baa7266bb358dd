//! Files made to hurt a reader: each is survived within the limits, and every good file beside them is read.

use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The answers to these paths, by path.
fn answers(paths: &[PathBuf]) -> BTreeMap<String, Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vanthu"));
    // Characters are not recognised: a picture that is none would only show that Tesseract refuses it.
    command.args(["extract", "--stdin", "paths", "--no-text", "--no-ocr", "--timeout", "20"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let lines: String = paths.iter().map(|p| format!("{}\n", p.display())).collect();
    let mut ask = child.stdin.take().expect("a pipe");
    let asking = std::thread::spawn(move || ask.write_all(lines.as_bytes()));
    let output = child.wait_with_output().expect("the program ends");
    asking.join().expect("a thread").expect("the program hears every line");
    let answers: Vec<Value> = String::from_utf8_lossy(&output.stdout).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(answers.len(), paths.len(), "one answer for each line");
    answers.into_iter().map(|a| (Path::new(a["id"].as_str().expect("a path")).file_name().expect("a name").to_string_lossy().into_owned(), a)).collect()
}

#[test]
fn every_poison_file_is_survived_and_every_good_file_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/poison.py");
    match Command::new("python3").arg(script).arg(folder.path()).stdout(Stdio::null()).status() {
        Ok(status) => assert!(status.success(), "the script makes its files"),
        Err(e) => return eprintln!("left out: python3 does not start ({e})"),
    }
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder.path()).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    let is_good = |name: &str| name.starts_with("good-");
    let good: Vec<PathBuf> = paths.iter().filter(|p| p.file_name().is_some_and(|n| is_good(&n.to_string_lossy()))).cloned().collect();
    assert!(good.len() >= 9 && paths.len() >= 90, "{} good of {}", good.len(), paths.len());
    let (alone, together) = (answers(&good), answers(&paths));
    let mut causes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, answer) in &together {
        let (read, failures) = (answer["documents"].as_array().expect("a list"), answer["failures"].as_array().expect("a list"));
        assert!(!(read.is_empty() && failures.is_empty()), "{name}: neither read nor refused");
        for failure in failures {
            causes.entry(failure["cause"].as_str().expect("a cause")).or_default().push(name);
            assert!(!failure["problem"].as_str().unwrap_or_default().is_empty() && !failure["remedy"].as_str().unwrap_or_default().is_empty(), "{failure}");
        }
        if is_good(name) {
            assert!(failures.is_empty() && read.len() == 1, "{name}: {failures:?}");
            assert_eq!(answer, &alone[name], "{name} reads as it does alone");
        }
    }
    // None takes its process down by itself; the limits may end one.
    assert!(!causes.contains_key("crash") && !causes.contains_key("killed"), "{causes:?}");
}
