//! Tasks over a corpus: every assigned duty with who it means, its last day, and where it stands.
//!
//! Reading a record ([`Reading::of`]) looks at that paper alone; [`settle`] then lets papers speak to each other: a
//! count of days that starts with another paper gets its date, and a paper that moves a deadline is named. What day it is
//! is told by a [`Clock`], never asked.

mod filter;
mod occurrence;
mod report;
mod settle;
mod status;

pub(crate) use filter::CARRIES_ON;
pub use filter::{Filter, Role, Through, Via, Wanted, papers_under, same_code};
pub use occurrence::{Rhythm, occurrences};
pub use report::{Report, ReportRow, report};
pub use settle::{Anchor, Move, settle};
pub use status::{Progress, State, StateNote, Status};

use crate::export::{CitationRecord, DeadlineRecord, DocumentRecord, EnvelopeRecord, PartyRecord, TaskRecord};
use crate::office::{Body, Carriers, Context, Named, Office, carriers, first_day};
use crate::resolve::work_key;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Name and version of the record of a task.
pub const TASK_SCHEMA: &str = "vanthu/task/1";

/// The days that a listing is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Today, in Vietnam.
    pub today: Date,
    /// The day whose bodies carry the duties; none leaves the parties as printed.
    pub as_of: Option<Date>,
}

/// One duty of one paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Task {
    /// `vanthu/task/1`.
    pub schema: String,
    /// Stable id, as in the document's record.
    pub id: String,
    /// The paper that gives it.
    pub document: Origin,
    /// Path of the passage.
    pub section: String,
    /// The whole passage.
    pub quote: String,
    /// Without assignee, cooperation and deadline.
    pub action: String,
    /// The task that this one is part of.
    pub parent: Option<String>,
    /// Who leads.
    pub leads: Vec<Party>,
    /// Who cooperates.
    pub cooperators: Vec<Party>,
    /// To whom it is reported.
    pub report_to: Vec<Party>,
    /// order or request.
    pub modality: String,
    /// What it is to bring forth.
    pub deliverable: Option<String>,
    /// By when; null where nothing is said.
    pub deadline: Option<Deadline>,
    /// The last day on time of what this line of the listing stands for, ISO; of a recurring task its next one.
    pub due: Option<String>,
    /// Whether the line stands for one occurrence of a recurring task, `due`.
    pub recurring: bool,
    /// Days from today to `due`; below zero when late.
    pub days_left: Option<i64>,
    /// Where it stands.
    pub status: Status,
    /// What the office noted.
    pub state: Option<State>,
    /// All that the office noted, by occurrence of a recurring task; under "" what holds for the task.
    #[serde(skip)]
    pub states: BTreeMap<String, State>,
    /// The text is another than when the office noted its state: look again.
    pub changed: bool,
    /// How it concerns the agency that was asked for.
    pub through: Option<Through>,
    /// Symbols of the papers that it rests on or is about.
    pub citations: Vec<String>,
    /// The same papers as the text cites them, each once.
    pub basis: Vec<String>,
    /// What the paper leaves open and the message around it says: `due` (its DueDate), `leads` (its To or ToPlaces).
    pub from_message: Vec<String>,
    /// Its place among the duties of its paper.
    #[serde(skip)]
    pub position: usize,
    /// Which rule.
    pub rule: String,
    /// high, medium or low.
    pub confidence: String,
    /// What was supplied or stays unclear.
    pub notes: Vec<String>,
}

/// The paper that gives a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// `sha256:` and the hash of its bytes.
    pub id: String,
    /// File.
    pub path: String,
    /// Number and symbol.
    pub code: Option<String>,
    /// Type code.
    pub document_type: Option<String>,
    /// Date, EDTF.
    pub date: Option<String>,
    /// Issuer in full.
    pub issuer: Option<String>,
    /// Trích yếu.
    pub subject: Option<String>,
    /// Độ mật; such papers are shown only on request.
    pub secrecy: Option<String>,
}

/// A party with who carries its duties now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Party {
    /// Who it is.
    #[serde(flatten)]
    pub body: Body,
    /// Who carries the duty on the day asked for; null where the body stands as it was, or no day was asked for.
    pub now: Option<Carriers>,
}

/// By when, as dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Deadline {
    /// before, by, within, recurring, relative or ongoing.
    pub kind: String,
    /// As printed.
    pub text: String,
    /// First day, ISO.
    pub start: Option<String>,
    /// The day named, or the last of a period, ISO.
    pub end: Option<String>,
    /// The last day that is still on time, ISO; as moved, where it was moved.
    pub due: Option<String>,
    /// The last day before a later paper moved it, ISO.
    pub original_due: Option<String>,
    /// The paper that moved it.
    pub moved_by: Option<MovedBy>,
    /// RFC 5545 rule.
    pub rrule: Option<String>,
    /// The day of the rule is too late itself: "trước ngày 20 hằng tháng".
    pub before: bool,
    /// The event that a relative deadline counts from.
    pub anchor: Option<String>,
    /// The day of that event, ISO, where it is known.
    pub anchor_date: Option<String>,
}

/// Who moved a deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MovedBy {
    /// `sha256:` and the hash of the paper's bytes.
    pub document: String,
    /// Its number and symbol.
    pub code: Option<String>,
    /// Its date, EDTF.
    pub date: Option<String>,
    /// The passage.
    pub quote: String,
}

/// What one paper says of tasks, its own and those of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The paper.
    pub origin: Origin,
    /// Identity of the work, `vn/long-an/ubnd/kh/2020/129`, where it is known.
    pub key: Option<String>,
    /// Its duties.
    pub tasks: Vec<Task>,
    /// Relative deadlines that count from another paper: place in `tasks`, and what they count from.
    pub anchors: Vec<Anchor>,
    /// Deadlines of other papers that this one moves.
    pub moves: Vec<Move>,
}

impl Reading {
    /// Reads a record, which should hold its text: without it no moved deadlines are found.
    pub fn of(record: &DocumentRecord, office: &Office) -> Self {
        let context = office.context(record);
        let origin = Origin::of(record);
        let mut parties = Parties { office, context: &context, known: HashMap::new() };
        let mut tasks: Vec<Task> = record.tasks.iter().map(|t| task(t, record, &origin, &mut parties)).collect();
        for (position, task) in tasks.iter_mut().enumerate() {
            task.position = position;
            if let Some(envelope) = &record.envelope {
                task.complete(envelope, |name| office.resolve(Named::plain(name), &context));
            }
        }
        let anchors = settle::anchors(record, &mut tasks);
        let moves = settle::moves(record);
        Self { key: work_key(record), origin, tasks, anchors, moves }
    }
}

impl Origin {
    fn of(record: &DocumentRecord) -> Self {
        let h = &record.header;
        Self {
            id: record.id.clone(),
            path: record.source.path.clone(),
            code: h.code.as_ref().map(|c| c.text.clone()),
            document_type: h.document_type.as_ref().map(|t| t.code.clone()),
            date: h.date.as_ref().map(|d| d.value.clone()),
            issuer: h.issuer.as_ref().map(|i| i.name.clone()),
            subject: h.subject.clone(),
            secrecy: h.secrecy.clone(),
        }
    }
}

/// The parties of one paper: most duties of it name the same few.
struct Parties<'a> {
    office: &'a Office,
    context: &'a Context,
    known: HashMap<Named<'a>, Body>,
}

impl<'a> Parties<'a> {
    fn of(&mut self, list: &'a [PartyRecord]) -> Vec<Party> {
        let mut one = |p: &'a PartyRecord| {
            let named = Named::from(p);
            let body = self.known.entry(named).or_insert_with(|| self.office.resolve(named, self.context)).clone();
            Party { body, now: None }
        };
        list.iter().map(&mut one).collect()
    }
}

fn task<'a>(t: &'a TaskRecord, record: &DocumentRecord, origin: &Origin, parties: &mut Parties<'a>) -> Task {
    let code = |id: &String| record.citations.iter().find(|c| c.id == *id).map(|c| c.code.as_ref().map_or_else(|| c.quote.clone(), |k| k.text.clone()));
    let supplied = |d: &DeadlineRecord| record.notes.iter().any(|n| n.rule == "deadline-year-supplied" && n.span == Some(d.span));
    let mut notes = Vec::new();
    if t.deadline.as_ref().is_some_and(supplied) {
        notes.push("the deadline has no year; the paper's date supplied it".to_owned());
    }
    Task {
        schema: TASK_SCHEMA.to_owned(),
        id: t.id.clone(),
        document: origin.clone(),
        section: t.section.clone(),
        quote: t.quote.clone(),
        action: t.action.clone(),
        parent: t.parent.clone(),
        leads: parties.of(&t.leads),
        cooperators: parties.of(&t.cooperators),
        report_to: parties.of(&t.report_to),
        modality: t.modality.clone(),
        deliverable: t.deliverable.clone(),
        due: t.deadline.as_ref().and_then(|d| d.due.clone()),
        deadline: t.deadline.as_ref().map(|d| deadline(d, &t.quote)),
        recurring: false,
        days_left: None,
        status: Status::Todo,
        state: None,
        states: BTreeMap::new(),
        changed: false,
        through: None,
        citations: t.citations.iter().filter_map(code).collect(),
        basis: basis(&t.citations, &record.citations),
        from_message: Vec::new(),
        position: 0,
        rule: t.rule.clone(),
        confidence: t.confidence.clone(),
        notes,
    }
}

/// Cited papers in the words of the text: "Quyết định số 489/QĐ-TTg ngày 08/04/2020".
fn basis(ids: &[String], citations: &[CitationRecord]) -> Vec<String> {
    let mut named: Vec<String> = Vec::new();
    for citation in ids.iter().filter_map(|id| citations.iter().find(|c| c.id == *id)).filter(|c| c.form != "self") {
        let words = citation.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        if !named.contains(&words) {
            named.push(words);
        }
    }
    named
}

fn deadline(d: &DeadlineRecord, quote: &str) -> Deadline {
    Deadline {
        kind: d.kind.clone(),
        text: d.text.clone(),
        start: d.start.clone(),
        end: d.end.clone(),
        due: d.due.clone(),
        original_due: None,
        moved_by: None,
        before: d.rrule.as_deref().is_some_and(|r| occurrence::is_before(r, &d.text, quote)),
        rrule: d.rrule.clone(),
        anchor: d.anchor.clone(),
        anchor_date: None,
    }
}

/// So many occurrences to come may be done already.
const MOST_DONE_AHEAD: usize = 100;

impl Task {
    /// Takes from a received message what the text leaves open; what the text says stands.
    fn complete(&mut self, envelope: &EnvelopeRecord, resolve: impl Fn(&str) -> Body) {
        let due = envelope.due_date.as_deref().filter(|d| d.parse::<Date>().is_ok());
        if let (None, Some(due)) = (&self.deadline, due) {
            self.due = Some(due.to_owned());
            self.from_message.push("due".to_owned());
        }
        let addressed: Vec<&str> = envelope.to.iter().filter_map(|o| o.name.as_deref()).collect();
        let listed = || envelope.to_places.iter().map(String::as_str).collect();
        let names: Vec<&str> = if addressed.is_empty() { listed() } else { addressed };
        if self.leads.is_empty() && !names.is_empty() {
            self.leads = names.into_iter().map(|name| Party { body: resolve(name), now: None }).collect();
            self.from_message.push("leads".to_owned());
        }
    }

    /// The date of the paper; the first day of what is known.
    pub fn issued(&self) -> Option<Date> {
        self.document.date.as_deref().and_then(first_day)
    }

    /// How often the task comes round, if it does.
    pub fn rhythm(&self) -> Option<Rhythm> {
        let d = self.deadline.as_ref()?;
        Rhythm::parse(d.rrule.as_deref()?, d.before)
    }

    /// The line of a listing for the task on a day: of a recurring task the next one, or `occurrence`.
    #[must_use]
    pub fn on(mut self, clock: Clock, occurrence: Option<Date>) -> Self {
        if let Some(rhythm) = self.rhythm() {
            let from = self.issued().map_or(clock.today, |i| i.max(clock.today));
            let open = |d: &Date| !self.states.get(&d.to_string()).is_some_and(|s| s.progress.is_closed());
            let next = occurrence.or_else(|| occurrences(rhythm, from, None).take(MOST_DONE_AHEAD).find(open));
            self.recurring = next.is_some();
            self.due = next.map(|d| d.to_string());
        }
        self.state = self.due.as_ref().filter(|_| self.recurring).and_then(|d| self.states.get(d)).or_else(|| self.states.get("")).cloned();
        self.changed = self.state.as_ref().is_some_and(|s| s.text_mark != self.text_mark());
        let due = self.due.as_deref().and_then(|d| d.parse::<Date>().ok());
        self.days_left = due.map(|d| i64::from((d - clock.today).get_days()));
        self.status = Status::of(self.state.as_ref(), due, clock.today);
        if let Some(as_of) = clock.as_of {
            let issued = self.issued();
            for party in self.leads.iter_mut().chain(&mut self.cooperators) {
                party.now = carriers(&party.body, issued, as_of, &self.quote);
            }
        }
        self
    }

    /// The deadline in the words of the paper, with the event that it counts from: "trong thời hạn 10 ngày kể từ ngày ký
    /// Quyết định này".
    pub fn printed_deadline(&self) -> Option<&str> {
        const BETWEEN: usize = 24;
        let d = self.deadline.as_ref()?;
        let whole = d.anchor.as_deref().and_then(|anchor| {
            let start = self.quote.find(&d.text)?;
            let end = start + d.text.len();
            let at = self.quote[end..].find(anchor).filter(|at| *at <= BETWEEN)?;
            self.quote.get(start..end + at + anchor.len())
        });
        Some(whole.unwrap_or(&d.text))
    }

    /// Sorts as listings do: by the last day, those without one at the end.
    pub fn order(&self) -> (bool, Option<&str>, &str) {
        (self.due.is_none(), self.due.as_deref(), &self.id)
    }

    /// Sorts as the papers lie: by their paths, in each as it stands there, occurrences by their days.
    pub fn paper_order(&self) -> (&str, usize, Option<&str>) {
        (&self.document.path, self.position, self.due.as_deref())
    }

    /// A short stable mark of the text, to see whether it changed; its number in the paper is no part of it.
    pub fn text_mark(&self) -> String {
        use sha2::{Digest, Sha256};
        let label = crate::marker::marker(&self.quote).map_or(0, |m| m.len);
        let folded = crate::text::fold(self.quote.get(label..).unwrap_or(&self.quote));
        let mut hash = Sha256::new();
        for (i, word) in folded.split_whitespace().enumerate() {
            hash.update(if i == 0 { "" } else { " " });
            hash.update(word);
        }
        hash.finalize().first_chunk().map_or_else(String::new, |first| format!("{:016x}", u64::from_be_bytes(*first)))
    }
}

/// The JSON Schema (draft 2020-12) of the record of this name; none where there is no such record.
pub fn schema(record: &str) -> Option<String> {
    let schema = match record {
        "task" => schemars::schema_for!(Task),
        "report" => schemars::schema_for!(Report),
        _ => return None,
    };
    serde_json::to_string_pretty(&schema).ok()
}
