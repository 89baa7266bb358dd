//! Worker processes: what bad files do to the run, and what becomes of the processes themselves.

#![cfg(unix)]

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Cursor, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use vanthu::error::{Cause, Error};
use vanthu::export::DocumentRecord;
use vanthu::pipeline::{self, Input};
use vanthu::source::Options;
use vanthu::worker::{Limits, Workers};

const LETTER: &str = "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nSố: 129/UBND-VX\nTỉnh Mẫu, ngày 05 tháng 3 năm 2020\n\nKính gửi: Sở Y tế\n\nGiao Sở Y tế chủ trì, \
    báo cáo trước ngày 20 tháng 12 năm 2020.\n";

fn program() -> PathBuf {
    env!("CARGO_BIN_EXE_vanthu").into()
}

fn workers(limits: Limits, threads: usize) -> Workers {
    Workers::new(program(), Options { ocr: false }, limits, threads, usize::MAX)
}

fn run(workers: &Workers, inputs: &[Input]) -> Vec<(String, Result<Box<DocumentRecord>, Error>)> {
    let mut outcomes = Vec::new();
    let done: Result<(), std::convert::Infallible> = workers.run(inputs, |input, outcome| {
        outcomes.push((input.name(), outcome));
        Ok(())
    });
    let Ok(()) = done;
    outcomes
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry begins");
        writer.write_all(bytes).expect("an entry is written");
    }
    writer.finish().expect("the archive is written").into_inner()
}

fn docx(text: &str) -> Vec<u8> {
    let paragraphs: String = text.lines().map(|l| format!("<w:p><w:r><w:t>{l}</w:t></w:r></w:p>")).collect();
    zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", format!("<w:document><w:body>{paragraphs}</w:body></w:document>").as_bytes())])
}

fn rtf(text: &str) -> Vec<u8> {
    let escaped: String = text
        .chars()
        .map(|c| {
            if c == '\n' {
                "\\par ".to_owned()
            } else if c.is_ascii() {
                c.to_string()
            } else {
                format!("\\u{}?", c as u32)
            }
        })
        .collect();
    format!("{{\\rtf1\\ansi {escaped}}}").into_bytes()
}

/// An HTML page of so many papers' length, to keep a worker busy.
fn long_page(paragraphs: usize) -> Vec<u8> {
    let paragraph = "<p>Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính thực hiện Quyết định số 489/QĐ-TTg ngày 08 tháng 4 năm 2020.</p>\n";
    format!("<!DOCTYPE html><html><body>{}</body></html>", paragraph.repeat(paragraphs)).into_bytes()
}

fn bytes(name: &str, bytes: Vec<u8>) -> Input {
    Input::Bytes(name.to_owned(), bytes)
}

#[test]
fn records_are_the_same_as_without_workers() {
    let inner = zip(&[("a.txt", LETTER.as_bytes()), ("b.docx", &docx(LETTER)), ("c.bin", b"MZ\0\0\x03\0\0\0")]);
    let message = b"From: a@b.vn\r\nTo: c@d.vn\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\
        Content-Type: text/plain\r\n\r\nxin gui\r\n--B\r\nContent-Type: application/octet-stream; name=k.txt\r\nContent-Disposition: attachment; filename=k.txt\r\n\
        Content-Transfer-Encoding: 8bit\r\n\r\n";
    let message = [message.as_slice(), LETTER.as_bytes(), b"\r\n--B--\r\n"].concat();
    let inputs = [
        bytes("a.txt", LETTER.into()),
        bytes("a.docx", docx(LETTER)),
        bytes("a.rtf", rtf(LETTER)),
        bytes("a.html", long_page(3)),
        bytes("all.zip", zip(&[("inner.zip", &inner), ("m.eml", &message), ("a.rtf", &rtf(LETTER))])),
        bytes("m.eml", message.clone()),
        bytes("empty.zip", zip(&[])),
        bytes("broken.zip", b"PK\x03\x04 and no more of it than this, which is too little".to_vec()),
        bytes("broken.pdf", b"%PDF-1.7 and no more".to_vec()),
    ];
    let mut alone = Vec::new();
    let done: Result<(), std::convert::Infallible> = pipeline::run(&inputs, &Options { ocr: false }, |input, outcome| {
        alone.push((input.name(), outcome));
        Ok(())
    });
    assert!(done.is_ok() && alone.iter().filter(|(_, o)| o.is_ok()).count() >= 9, "{alone:?}");
    for threads in [1, 3] {
        assert_eq!(run(&workers(Limits::default(), threads), &inputs), alone, "{threads} threads");
    }
}

#[test]
fn files_are_read_by_their_paths() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        path
    };
    let inputs: Vec<Input> =
        [put("a.txt", LETTER.as_bytes()), put("b.rtf", &rtf(LETTER)), put("c.zip", &zip(&[("d.docx", &docx(LETTER))])), folder.path().join("none.pdf")]
            .into_iter()
            .map(Input::File)
            .chain([Input::Inside(folder.path().join("c.zip"), "d.docx".to_owned()), Input::Inside(folder.path().join("c.zip"), "e.docx".to_owned())])
            .collect();
    let found: Vec<String> = run(&workers(Limits::default(), 2), &inputs)
        .into_iter()
        .map(|(_, outcome)| {
            outcome.map_or_else(|e| e.to_string(), |r| format!("{} {}", r.source.path, r.source.format)).replace(&folder.path().display().to_string(), ".")
        })
        .collect();
    let expected = [
        "./a.txt txt",
        "./b.rtf rtf",
        "./c.zip!d.docx docx",
        "./none.pdf: the file cannot be opened (No such file or directory (os error 2)); check that it exists and may be read",
        "./c.zip!d.docx docx",
        "./c.zip: nothing in it is called \"e.docx\"; `vanthu text ./c.zip` lists what it holds",
    ];
    assert_eq!(found, expected);
}

/// A page that takes longer than the limit of time, and one that takes more memory than the limit, between good files.
#[test]
fn a_file_beyond_a_limit_is_a_failure_and_costs_no_other() {
    let rows = [
        (
            Limits { time: Duration::from_millis(700), ..Limits::default() },
            Cause::Time,
            "slow.html: reading it took more than 0.7 seconds; give a longer --timeout, or convert the file and pass that",
        ),
        (
            Limits { memory: 192 << 20, ..Limits::default() },
            Cause::Memory,
            "slow.html: reading it needs more than 192 MiB of memory; give a larger --memory, or split the file",
        ),
    ];
    for (limits, cause, text) in rows {
        let inputs = [bytes("a.rtf", rtf(LETTER)), bytes("slow.html", long_page(300_000)), bytes("b.rtf", rtf(LETTER)), bytes("c.docx", docx(LETTER))];
        let outcomes = run(&workers(limits, 1), &inputs);
        let names: Vec<&str> = outcomes.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a.rtf", "slow.html", "b.rtf", "c.docx"]);
        let failed: Vec<&Error> = outcomes.iter().filter_map(|(_, o)| o.as_ref().err()).collect();
        assert_eq!(failed.iter().map(|e| (e.cause(), e.to_string())).collect::<Vec<_>>(), [(cause, text.to_owned())]);
    }
}

/// The processes that `parent` has started and that still live.
fn children(parent: u32) -> Vec<u32> {
    let stat = |pid: u32| std::fs::read_to_string(format!("/proc/{pid}/stat")).ok();
    let pids = std::fs::read_dir("/proc").into_iter().flatten().flatten().filter_map(|e| e.file_name().to_str()?.parse::<u32>().ok());
    pids.filter(|&pid| {
        let Some(stat) = stat(pid) else { return false };
        let mut fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
        fields.next() != Some("Z") && fields.next().and_then(|p| p.parse().ok()) == Some(parent)
    })
    .collect()
}

/// Waits for something that is about to be so.
fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "{what} has not come about in a minute");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn kill(pid: u32) {
    let status = Command::new("kill").args(["-9", &pid.to_string()]).status().expect("kill starts");
    assert!(status.success(), "process {pid} can be killed");
}

/// The program with these arguments, its streams in our hands.
fn start(arguments: &[&str]) -> Child {
    let mut command = Command::new(program());
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the program starts")
}

#[test]
#[cfg(target_os = "linux")]
fn a_worker_that_is_killed_is_a_failure_and_is_started_anew() {
    let mut vanthu = start(&["extract", "--stdin", "ndjson", "--jobs", "1", "--no-text"]);
    let mut ask = vanthu.stdin.take().expect("a pipe");
    let mut answers = BufReader::new(vanthu.stdout.take().expect("a pipe")).lines();
    let mut answer = || -> Value { serde_json::from_str(&answers.next().expect("an answer").expect("a line")).expect("JSON") };
    let request = |id: u32, text: Vec<u8>| json!({"id": id, "text": String::from_utf8(text).expect("text")}).to_string() + "\n";
    // It answers before more is asked.
    ask.write_all(request(1, rtf(LETTER)).as_bytes()).expect("a request");
    assert_eq!(answer()["documents"][0]["source"]["format"], "rtf");
    ask.write_all(request(2, long_page(300_000)).as_bytes()).expect("a request");
    let worker = until("a worker", || children(vanthu.id()).first().copied());
    // It has the request when it has begun to use the processor.
    until("work", || {
        let stat = std::fs::read_to_string(format!("/proc/{worker}/stat")).ok()?;
        stat.rsplit(") ").next()?.split(' ').nth(11)?.parse::<u64>().ok().filter(|&ticks| ticks > 30)
    });
    kill(worker);
    let killed = answer();
    assert_eq!((&killed["id"], &killed["failures"][0]["cause"], &killed["documents"]), (&json!(2), &json!("killed"), &json!([])));
    ask.write_all(request(3, rtf(LETTER)).as_bytes()).expect("a request");
    assert_eq!(answer()["documents"][0]["header"]["code"]["text"], "129/UBND-VX");
    // A worker that dies while nobody asks it anything costs nothing.
    let idle = until("a worker", || children(vanthu.id()).first().copied());
    kill(idle);
    // A signal takes a moment to arrive.
    until("its end", || (!children(vanthu.id()).contains(&idle)).then_some(()));
    ask.write_all(request(4, rtf(LETTER)).as_bytes()).expect("a request");
    assert_eq!(answer()["failures"], json!([]));
    drop(ask);
    assert_eq!(vanthu.wait().expect("it ends").code(), Some(2));
}

#[test]
#[cfg(target_os = "linux")]
fn no_worker_outlives_the_program() {
    let mut vanthu = start(&["extract", "--stdin", "ndjson"]);
    let mut ask = vanthu.stdin.take().expect("a pipe");
    let page = String::from_utf8(long_page(500_000)).expect("text");
    writeln!(ask, "{}", json!({"id": 1, "text": page})).expect("a request");
    let worker = until("a worker", || children(vanthu.id()).first().copied());
    kill(vanthu.id());
    vanthu.wait().expect("it has been killed");
    // Where nobody takes note of its end it stays in the table, as a zombie.
    let lives = || std::fs::read_to_string(format!("/proc/{worker}/stat")).is_ok_and(|stat| !stat.contains(") Z "));
    until("the worker's end", || (!lives()).then_some(()));
}

#[test]
fn broken_lines_are_answered_in_their_place() {
    let mut vanthu = start(&["extract", "--stdin", "ndjson", "--no-text"]);
    let lines = [
        json!({"id": "a", "text": LETTER}).to_string(),
        "{\"id\": \"b\", \"text\": ".to_owned(),
        json!({"id": "c", "name": "c.zip", "base64": base64(&zip(&[("1.txt", LETTER.as_bytes()), ("2.bin", b"MZ\0\0\x03\0\0\0"), ("3.docx", &docx(LETTER))]))})
            .to_string(),
        json!({"id": "d", "path": "/no/such/file.pdf"}).to_string(),
        json!({"id": "e", "text": ""}).to_string(),
    ];
    vanthu.stdin.take().expect("a pipe").write_all(lines.join("\n").as_bytes()).expect("requests");
    let output = vanthu.wait_with_output().expect("it ends");
    let answers: Vec<Value> = String::from_utf8_lossy(&output.stdout).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let schema = |name: &str| -> Value { serde_json::from_str(&vanthu::export::schema(name).expect("a schema")).expect("JSON") };
    let validator = jsonschema::draft202012::new(&schema("answer")).expect("the schema compiles");
    assert!(answers.iter().all(|a| validator.is_valid(a)), "every answer obeys the schema");
    let of = |a: &Value| (a["id"].clone(), a["documents"].as_array().map_or(0, Vec::len), a["failures"].as_array().map_or(0, Vec::len));
    let found: Vec<_> = answers.iter().map(of).collect();
    assert_eq!(found, [(json!("a"), 1, 0), (Value::Null, 0, 1), (json!("c"), 2, 1), (json!("d"), 0, 1), (json!("e"), 0, 1)]);
    assert_eq!(answers[2]["failures"][0]["path"], "c.zip!2.bin");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(2), b"".as_slice()));
}

fn base64(bytes: &[u8]) -> String {
    base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes)
}
