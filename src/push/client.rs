//! HTTP: calls with their answers, patience with a busy server, and never the token in a message.

use super::{Kind, Target};
use crate::error::Error;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::time::Duration;
use ureq::http::{Method, Request, Response};
use ureq::{Agent, Body};

/// An answer is cut after this many bytes; a page of issues has some hundred thousand.
const LONGEST_ANSWER: u64 = 64 * 1024 * 1024;
/// One call, from the name to the last byte.
const TIME_LIMIT: Duration = Duration::from_secs(60);
/// A server may ask for no more.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// How long a busy or silent server is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Calls before giving up.
    pub tries: u32,
    /// The first pause; each next one is twice as long. A `Retry-After` of the server goes before.
    pub first_pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { tries: 7, first_pause: Duration::from_secs(1) }
    }
}

/// A call.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub method: Method,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub body: Option<Value>,
}

impl Call {
    pub fn get(path: String) -> Self {
        Self { method: Method::GET, path, query: Vec::new(), body: None }
    }

    pub fn with(method: Method, path: String, body: Value) -> Self {
        Self { method, path, query: Vec::new(), body: Some(body) }
    }

    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }
}

/// Why a call gave nothing.
#[derive(Debug)]
pub enum Fault {
    /// Nothing more can be done: no way in, or nobody there.
    Stop(Error),
    /// This one is refused.
    Refused(Error),
    /// It was changed since it was read.
    Conflict(Error),
    /// The answer is lost.
    Unsure(Error),
}

/// Why one try gave nothing.
#[derive(Debug)]
pub enum Attempt {
    /// It may go better later, after the pause that the server asks for.
    Again(Option<Duration>, Error),
    /// It will not.
    No(Fault),
}

/// Tries that are left.
pub struct Tries {
    left: u32,
    pause: Duration,
}

impl Tries {
    /// Waits before the next try; none where there is none left.
    pub fn pause(&mut self, asked: Option<Duration>) -> Option<()> {
        self.left = self.left.checked_sub(1).filter(|n| *n > 0)?;
        std::thread::sleep(asked.unwrap_or(self.pause).min(LONGEST_PAUSE));
        self.pause *= 2;
        Some(())
    }
}

/// A connection to a tracker.
pub struct Client {
    agent: Agent,
    url: String,
    header: (&'static str, String),
    token: String,
    patience: Patience,
}

impl Client {
    pub fn new(target: &Target, patience: Patience) -> Self {
        // A redirected POST would become a GET, and the token would go elsewhere.
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(TIME_LIMIT))
            .user_agent(concat!("vanthu/", env!("CARGO_PKG_VERSION")));
        let header = match target.kind {
            Kind::Redmine => ("X-Redmine-API-Key", target.token.clone()),
            Kind::OpenProject => ("Authorization", format!("Basic {}", STANDARD.encode(format!("apikey:{}", target.token)))),
            Kind::GitLab => ("PRIVATE-TOKEN", target.token.clone()),
        };
        Self { agent: config.build().new_agent(), url: target.url.trim_end_matches('/').to_owned(), header, token: target.token.clone(), patience }
    }

    pub fn tries(&self) -> Tries {
        Tries { left: self.patience.tries, pause: self.patience.first_pause }
    }

    /// Calls until there is an answer; only for what may be done twice.
    pub fn call(&self, call: &Call) -> Result<Value, Fault> {
        let mut tries = self.tries();
        loop {
            match self.once(call) {
                Ok(answer) => return Ok(answer),
                Err(Attempt::Again(wait, e)) => tries.pause(wait).ok_or(Fault::Stop(e))?,
                Err(Attempt::No(fault)) => return Err(fault),
            }
        }
    }

    /// Calls once.
    pub fn once(&self, call: &Call) -> Result<Value, Attempt> {
        let sent = self.send(call).map_err(|e| {
            let remedy = "check the address and the network, and run the command again: it takes up where it ended";
            Attempt::Again(None, self.error(&format!("the tracker does not answer ({e})"), remedy))
        });
        let mut response = sent?;
        let status = response.status().as_u16();
        let wait = response.headers().get("Retry-After").and_then(|v| v.to_str().ok()?.trim().parse().ok()).map(Duration::from_secs);
        let text = response.body_mut().with_config().limit(LONGEST_ANSWER).read_to_string();
        match (status, text) {
            (200..=299, Err(e)) => Err(Attempt::Again(None, self.error(&format!("the tracker's answer breaks off ({e})"), "run the command again"))),
            (200..=299, Ok(text)) if text.trim().is_empty() => Ok(Value::Null),
            (200..=299, Ok(text)) => serde_json::from_str(&text)
                .map_err(|_| Attempt::No(Fault::Stop(self.error("the tracker's answer is no JSON", "check that --url is the tracker's own address")))),
            (429 | 500 | 502 | 503 | 504, text) => Err(Attempt::Again(
                wait,
                self.error(&format!("the tracker is busy or ill ({status}{})", told(&text.unwrap_or_default())), "run the command again later"),
            )),
            (status, text) => Err(Attempt::No(self.refused(status, &told(&text.unwrap_or_default())))),
        }
    }

    fn refused(&self, status: u16, told: &str) -> Fault {
        let error = |problem: &str, remedy: &str| self.error(&format!("{problem} ({status}{told})"), remedy);
        match status {
            300..=399 => Fault::Stop(error("the tracker sends the call elsewhere", "give the address that it sends to as --url")),
            401 => Fault::Stop(error("the tracker does not take the token", "check the token and its validity")),
            403 => Fault::Stop(error("the token may not do this", "give its user the right to see, add and edit issues of the project")),
            404 => Fault::Stop(error("the tracker knows no such project or address", "check --url and --project")),
            409 => Fault::Conflict(error("the issue was changed meanwhile", "run the command again")),
            _ => Fault::Refused(error("the tracker refuses the issue", "check the project's required fields, --type and --field")),
        }
    }

    fn send(&self, call: &Call) -> Result<Response<Body>, ureq::Error> {
        let query: Vec<String> = call.query.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        let request = Request::builder()
            .method(call.method.clone())
            .uri(format!("{}{}{mark}{}", self.url, call.path, query.join("&")))
            .header(self.header.0, &self.header.1)
            .header("Accept", "application/json");
        match &call.body {
            Some(body) => self.agent.run(request.header("Content-Type", "application/json").body(body.to_string())?),
            None => self.agent.run(request.body(())?),
        }
    }

    /// An error without the token, whatever the server sent back.
    fn error(&self, problem: &str, remedy: &str) -> Error {
        let hidden = if self.token.is_empty() { problem.to_owned() } else { problem.replace(&self.token, "…") };
        Error::new(hidden, remedy)
    }
}

/// What a tracker says about a refusal: `errors` of Redmine, `message` of the others.
fn told(text: &str) -> String {
    let Ok(answer) = serde_json::from_str::<Value>(text) else { return String::new() };
    let words = match (&answer["errors"], &answer["message"]) {
        (Value::Array(list), _) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "),
        (_, Value::String(message)) => message.clone(),
        (_, Value::Null) => String::new(),
        (_, other) => other.to_string(),
    };
    let line: String = words.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).take(300).collect();
    if line.is_empty() { line } else { format!(": {line}") }
}

/// Percent encoding of all but unreserved characters (RFC 3986).
pub fn encoded(text: &str) -> String {
    let byte = |b: u8| if b.is_ascii_alphanumeric() || b"-._~".contains(&b) { char::from(b).to_string() } else { format!("%{b:02X}") };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_encoded() {
        assert_eq!(encoded("nhóm/dự-án"), "nh%C3%B3m%2Fd%E1%BB%B1-%C3%A1n");
        assert_eq!(encoded(r#"[{"a":"~b"}]"#), "%5B%7B%22a%22%3A%22~b%22%7D%5D");
    }

    #[test]
    fn refusals_are_told_in_one_line() {
        let rows = [
            (r#"{"errors":["Subject cannot be blank","Tracker is invalid"]}"#, ": Subject cannot be blank; Tracker is invalid"),
            (r#"{"message":"404 Project Not Found"}"#, ": 404 Project Not Found"),
            (r#"{"message":{"title":["is too long"]}}"#, ": {\"title\":[\"is too long\"]}"),
            ("<html>Bad gateway\n</html>", ""),
            ("{}", ""),
        ];
        for (text, want) in rows {
            assert_eq!(told(text), want, "{text}");
        }
    }
}
