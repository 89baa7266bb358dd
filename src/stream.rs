//! Requests line by line, for engines that keep the program running: what each line asks for, and its answer.

use crate::error::{Error, Result};
use crate::export::{ANSWER_SCHEMA, AnswerRecord, FailureRecord};
use crate::pipeline::{Input, LARGEST_FILE, Outcome};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::Value;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

/// How requests are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One path a line.
    Paths,
    /// One JSON object a line: `{"id":…,"path":…}`, `{"id":…,"text":…}` or `{"id":…,"name":…,"base64":…}`.
    Ndjson,
}

/// A line may hold the largest file as base64, and a little more.
const LONGEST_LINE: u64 = LARGEST_FILE / 3 * 4 + 1024 * 1024;

/// The requests that come in, in their order. It ends where the input does; lines that are no request are errors.
pub struct Requests<R> {
    from: R,
    form: Form,
}

impl<R: BufRead> Requests<R> {
    /// Reads requests of this form.
    pub fn new(from: R, form: Form) -> Self {
        Self { from, form }
    }

    /// The next line without its end, if it is not too long.
    fn line(&mut self) -> io::Result<Option<Result<Vec<u8>>>> {
        let mut line = Vec::new();
        if self.from.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if line.last() == Some(&b'\n') {
            line.pop();
        } else if line.len() as u64 == LONGEST_LINE {
            self.from.skip_until(b'\n')?;
            return Ok(Some(Err(no_request(&format!("it has more than {LONGEST_LINE} bytes")))));
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(Some(Ok(line)))
    }
}

impl<R: BufRead> Iterator for Requests<R> {
    type Item = (Value, Result<Input>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            return match self.line() {
                // Whoever asked has gone.
                Ok(None) | Err(_) => None,
                Ok(Some(Err(e))) => Some((Value::Null, Err(e))),
                Ok(Some(Ok(line))) if line.trim_ascii().is_empty() => continue,
                Ok(Some(Ok(line))) => Some(match self.form {
                    Form::Paths => path_request(line),
                    Form::Ndjson => json_request(&line),
                }),
            };
        }
    }
}

#[cfg(unix)]
fn path_of(line: Vec<u8>) -> PathBuf {
    <std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(line).into()
}

#[cfg(not(unix))]
fn path_of(line: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&line).into_owned().into()
}

fn path_request(line: Vec<u8>) -> (Value, Result<Input>) {
    let path = path_of(line);
    (Value::String(path.display().to_string()), Ok(Input::of(&path)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    #[serde(default)]
    id: Value,
    name: Option<String>,
    path: Option<PathBuf>,
    text: Option<String>,
    base64: Option<String>,
}

fn json_request(line: &[u8]) -> (Value, Result<Input>) {
    match serde_json::from_slice::<Request>(line) {
        Ok(request) => (request.id.clone(), request.input()),
        Err(e) => {
            // Where the line is JSON, whoever asked still learns which one it was.
            let id = serde_json::from_slice::<Value>(line).ok().and_then(|mut v| v.get_mut("id").map(Value::take));
            (id.unwrap_or_default(), Err(no_request(&e.to_string())))
        }
    }
}

impl Request {
    fn input(self) -> Result<Input> {
        let name = self.name.unwrap_or_else(|| match &self.id {
            Value::String(id) => id.clone(),
            Value::Number(id) => id.to_string(),
            _ => "-".to_owned(),
        });
        match (self.path, self.text, self.base64) {
            (Some(path), None, None) => Ok(Input::of(&path)),
            (None, Some(text), None) => Ok(Input::Bytes(name, text.into_bytes())),
            (None, None, Some(code)) => match STANDARD.decode(code) {
                Ok(bytes) => Ok(Input::Bytes(name, bytes)),
                Err(e) => {
                    Err(Error::new(format!("its base64 is none ({e})"), "send the bytes of the file in base64 with padding, on one line").at(Path::new(&name)))
                }
            },
            _ => Err(no_request("it has not exactly one of path, text and base64")),
        }
    }
}

fn no_request(why: &str) -> Error {
    Error::new(format!("the line is no request: {why}"), "send one JSON object a line with an id and a path, a text, or a name and base64")
}

/// The answer to a request.
pub fn answer(id: Value, outcomes: Vec<Outcome>) -> AnswerRecord {
    let mut answer = AnswerRecord { schema: ANSWER_SCHEMA.to_owned(), id, documents: Vec::new(), failures: Vec::new() };
    for outcome in outcomes {
        match outcome {
            Ok(record) => answer.documents.push(*record),
            Err(e) => answer.failures.push(FailureRecord::of(&e)),
        }
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn requests(form: Form, lines: &[u8]) -> Vec<(Value, std::result::Result<Input, String>)> {
        Requests::new(lines, form).map(|(id, input)| (id, input.map_err(|e| e.to_string()))).collect()
    }

    #[test]
    fn lines_become_inputs_or_errors() {
        let bytes = |name: &str, bytes: &[u8]| Ok(Input::Bytes(name.to_owned(), bytes.to_vec()));
        let remedy = "send one JSON object a line with an id and a path, a text, or a name and base64";
        let fault = |why: &str| Err(format!("the line is no request: {why}; {remedy}"));
        let rows = [
            (r#"{"id":7,"path":"a.txt"}"#, json!(7), Ok(Input::File("a.txt".into()))),
            // The id may be anything, or nothing.
            (r#"{"id":{"row":1},"text":"Số: 1"}"#, json!({"row": 1}), bytes("-", "Số: 1".as_bytes())),
            (r#"{"id":"x","text":""}"#, json!("x"), bytes("x", b"")),
            (r#"{"text":"a"}"#, Value::Null, bytes("-", b"a")),
            (r#"{"id":1,"name":"a.pdf","base64":"JVBERg=="}"#, json!(1), bytes("a.pdf", b"%PDF")),
            (
                r#"{"id":1,"name":"a.pdf","base64":"JVBE*"}"#,
                json!(1),
                Err("a.pdf: its base64 is none (Invalid symbol 42, offset 4.); send the bytes of the file in base64 with padding, on one line".to_owned()),
            ),
            (r#"{"id":2,"path":"a","text":"b"}"#, json!(2), fault("it has not exactly one of path, text and base64")),
            (r#"{"id":2}"#, json!(2), fault("it has not exactly one of path, text and base64")),
            // A misspelt field is no silent nothing, and the answer finds its question.
            (r#"{"id":2,"pth":"a"}"#, json!(2), fault("unknown field `pth`, expected one of `id`, `name`, `path`, `text`, `base64` at line 1 column 13")),
            (r#"{"id":2,"path":5}"#, json!(2), fault("invalid type: integer `5`, expected path string at line 1 column 16")),
            ("a.txt", Value::Null, fault("expected value at line 1 column 1")),
            ("5", Value::Null, fault("invalid type: integer `5`, expected struct Request at line 1 column 1")),
        ];
        for (line, id, input) in rows {
            assert_eq!(requests(Form::Ndjson, line.as_bytes()), [(id, input)], "{line}");
        }
    }

    #[test]
    fn lines_end_in_many_ways() {
        let found = requests(Form::Paths, b"a.txt\r\n\n  \nb c.txt\nlast");
        let names: Vec<String> = found.iter().filter_map(|(_, input)| input.as_ref().ok()).map(Input::name).collect();
        assert_eq!(names, ["a.txt", "b c.txt", "last"]);
        assert_eq!(found[1].0, json!("b c.txt"));
        assert_eq!(requests(Form::Ndjson, b"{\"id\":1,\"text\":\"\xff\"}\n{\"id\":2,\"text\":\"a\"}").len(), 2, "a broken line is one line");
    }

    #[test]
    #[cfg(unix)]
    fn paths_need_not_be_text() {
        let [(id, Ok(Input::File(path)))] = &requests(Form::Paths, b"k\xff.txt\n")[..] else { panic!("one path") };
        assert_eq!((id, path.as_os_str().len()), (&json!("k\u{fffd}.txt"), 6));
    }
}
