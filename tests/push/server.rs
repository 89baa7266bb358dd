//! A tracker on this machine: HTTP/1.1 over one connection a call, issues in memory, and trouble on request.

use super::{TOKEN, gitlab, openproject, redmine};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use vanthu::push::Kind;

/// A call as it came in.
#[derive(Debug, Clone)]
pub struct Incoming {
    pub method: String,
    /// Percent signs as sent.
    pub path: String,
    /// Decoded.
    pub query: Vec<(String, String)>,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    pub body: Option<Value>,
}

impl Incoming {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// What goes wrong.
#[derive(Debug, Clone, Copy)]
pub enum Trouble {
    /// The issue is made, the connection ends without an answer.
    LoseAnswer,
    /// The connection ends before anything is done.
    HangUp,
    /// An answer of this status, nothing done; it may be tried again at once.
    Status(u16),
    /// An answer of this status, and yet the issue is made.
    DoneBut(u16),
}

#[derive(Default)]
struct State {
    issues: Vec<Value>,
    calls: Vec<Incoming>,
    created: usize,
    /// At which creation, what, how often.
    trouble: Option<(usize, Trouble, u32)>,
    /// After which creation all calls get this status, and how many calls.
    refuse: Option<(usize, u16, u32)>,
}

/// The stand-in; its thread ends with the test.
pub struct Server {
    address: String,
    state: Arc<Mutex<State>>,
    kind: Kind,
}

impl Server {
    pub fn start(kind: Kind) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serve(stream, kind, &shared);
            }
        });
        Self { address, state, kind }
    }

    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    pub fn calls(&self) -> Vec<Incoming> {
        self.state.lock().expect("no panic").calls.clone()
    }

    pub fn issues(&self) -> Vec<Value> {
        self.state.lock().expect("no panic").issues.clone()
    }

    /// Of each issue the number of the one that it belongs to.
    pub fn parents(&self) -> Vec<Option<u64>> {
        let parent = |issue: &Value| match self.kind {
            Kind::Redmine => issue["parent"]["id"].as_u64(),
            Kind::OpenProject => issue["_links"]["parent"]["href"].as_str().and_then(|h| h.rsplit('/').next()?.parse().ok()),
            Kind::GitLab => None,
        };
        self.issues().iter().map(parent).collect()
    }

    /// Whether each issue is closed.
    pub fn closed(&self) -> Vec<bool> {
        let closed = |issue: &Value| match self.kind {
            Kind::Redmine => issue["status"]["id"].as_u64() >= Some(5),
            Kind::OpenProject => matches!(issue["_links"]["status"]["href"].as_str(), Some("/api/v3/statuses/12" | "/api/v3/statuses/14")),
            Kind::GitLab => issue["state"] == "closed",
        };
        self.issues().iter().map(closed).collect()
    }

    /// Somebody closes an issue by hand, or opens it again.
    pub fn set_closed(&self, number: usize, closed: bool) {
        let mut state = self.state.lock().expect("no panic");
        let issue = &mut state.issues[number - 1];
        match self.kind {
            Kind::Redmine => issue["status"] = json!({ "id": if closed { 5 } else { 2 }, "name": "X" }),
            Kind::OpenProject => {
                issue["_links"]["status"] = json!({ "href": if closed { "/api/v3/statuses/12" } else { "/api/v3/statuses/7" } });
                issue["lockVersion"] = json!(issue["lockVersion"].as_i64().unwrap_or_default() + 1);
            }
            Kind::GitLab => issue["state"] = json!(if closed { "closed" } else { "opened" }),
        }
    }

    /// Somebody writes below a description.
    pub fn append(&self, number: usize, text: &str) {
        let mut state = self.state.lock().expect("no panic");
        let issue = &mut state.issues[number - 1];
        if let Some(version) = issue["lockVersion"].as_i64() {
            issue["lockVersion"] = json!(version + 1);
        }
        let place = if self.kind == Kind::OpenProject { &mut issue["description"]["raw"] } else { &mut issue["description"] };
        *place = json!(format!("{}{text}", place.as_str().unwrap_or_default()));
    }

    pub fn trouble_at_creation(&self, n: usize, trouble: Trouble, times: u32) {
        self.state.lock().expect("no panic").trouble = Some((n, trouble, times));
    }

    pub fn refuse_after_creation(&self, n: usize, status: u16, times: u32) {
        self.state.lock().expect("no panic").refuse = Some((n, status, times));
    }

    pub fn heal(&self) {
        let mut state = self.state.lock().expect("no panic");
        (state.trouble, state.refuse) = (None, None);
    }
}

fn serve(mut stream: TcpStream, kind: Kind, shared: &Mutex<State>) {
    let Some(call) = read(&stream) else { return };
    let mut state = shared.lock().expect("no panic");
    state.calls.push(call.clone());
    let created = state.created;
    if let Some((n, status, times)) = &mut state.refuse
        && created > *n
        && *times > 0
    {
        *times -= 1;
        return answer(&mut stream, *status, &json!({ "message": "later" }));
    }
    let trouble = state.trouble.filter(|(n, _, times)| call.method == "POST" && created == *n && *times > 0);
    if let Some((n, trouble, times)) = trouble {
        state.trouble = Some((n, trouble, times - 1));
        match trouble {
            Trouble::HangUp => return,
            Trouble::Status(status) => return answer(&mut stream, status, &Value::Null),
            Trouble::LoseAnswer | Trouble::DoneBut(_) => {}
        }
    }
    let (status, body) = respond(kind, &call, &mut state.issues);
    state.created += usize::from(call.method == "POST" && status == 201);
    match trouble {
        Some((_, Trouble::LoseAnswer, _)) => {}
        Some((_, Trouble::DoneBut(status), _)) => answer(&mut stream, status, &Value::Null),
        _ => answer(&mut stream, status, &body),
    }
}

fn respond(kind: Kind, call: &Incoming, issues: &mut Vec<Value>) -> (u16, Value) {
    let mark = format!("apikey:{TOKEN}");
    let basic = format!("Basic {}", base64::Engine::encode(&base64::engine::general_purpose::STANDARD, mark));
    let let_in = match kind {
        Kind::Redmine => call.header("x-redmine-api-key") == Some(TOKEN),
        Kind::OpenProject => call.header("authorization") == Some(&basic),
        Kind::GitLab => call.header("private-token") == Some(TOKEN),
    };
    if !let_in {
        // A server that sends back what it was sent.
        return (401, json!({ "message": format!("wrong token {:?}", call.headers) }));
    }
    if call.body.is_some() {
        assert_eq!(call.header("content-type"), Some("application/json"), "{call:?}");
    }
    match kind {
        Kind::Redmine => redmine::respond(call, issues),
        Kind::OpenProject => openproject::respond(call, issues),
        Kind::GitLab => gitlab::respond(call, issues),
    }
}

fn read(stream: &TcpStream) -> Option<Incoming> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, address) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(n, _)| n == "content-length").and_then(|(_, v)| v.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let (path, query) = address.split_once('?').unwrap_or((&address, ""));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    Some(Incoming {
        method,
        path: path.to_owned(),
        query: pairs.map(|(name, value)| (decoded(name), decoded(value))).collect(),
        headers,
        body: (length > 0).then(|| serde_json::from_slice(&body).expect("a body is JSON")),
    })
}

pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        match first {
            b'%' => {
                let digits = std::str::from_utf8(&rest[..2]).expect("two digits");
                bytes.push(u8::from_str_radix(digits, 16).expect("hexadecimal"));
                rest = &rest[2..];
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

fn answer(stream: &mut TcpStream, status: u16, body: &Value) {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let head =
        format!("HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\nRetry-After: 0\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
    let _ = stream.write_all(format!("{head}{body}").as_bytes());
}

/// The objects of a page, and how many there are in all.
pub fn page(found: Vec<Value>, first: usize, size: usize) -> (Vec<Value>, usize) {
    let total = found.len();
    (found.into_iter().skip(first).take(size).collect(), total)
}

/// Fails a test where a body has a field that the interface does not know.
pub fn assert_known(body: &Value, names: &[&str]) {
    for name in body.as_object().expect("an object").keys() {
        assert!(names.contains(&name.as_str()), "{name} in {body}");
    }
}
