//! Tasks as other programs take them: calendars, spreadsheets, issue trackers, the office's own forms.
//!
//! An [`Item`] is one task with all that any format needs. Its [`key`](Item::key) depends on the task alone, so that a
//! second export carries the same keys and a program that knows keys updates instead of doubling.

pub mod card;
pub mod delimited;
pub mod edxml;
pub mod gitlab;
pub mod ics;
pub mod jira;
pub mod openproject;
pub mod planner;
mod recurrence;
pub mod redmine;
pub mod taskwarrior;
pub mod workbook;

use crate::export::{CitationRecord, DocumentRecord, EnvelopeRecord, PartyRecord, TaskRecord};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Name and version of the record that [`json`] writes.
pub const ITEM_SCHEMA: &str = "vanthu/export/1";

/// Titles are cut after this many characters: Redmine, GitLab, OpenProject, Jira and Planner take 255.
const LONGEST_TITLE: usize = 240;

/// Where a task stands, as offices report it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// chưa thực hiện
    #[default]
    NotStarted,
    /// đang thực hiện
    InProgress,
    /// hoàn thành
    Done,
    /// hoàn thành quá hạn
    DoneLate,
    /// quá hạn
    Overdue,
    /// tạm dừng
    Paused,
    /// hủy
    Cancelled,
}

impl Status {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotStarted => "Chưa thực hiện",
            Self::InProgress => "Đang thực hiện",
            Self::Done => "Hoàn thành",
            Self::DoneLate => "Hoàn thành quá hạn",
            Self::Overdue => "Quá hạn",
            Self::Paused => "Tạm dừng",
            Self::Cancelled => "Hủy",
        }
    }

    /// Whether nothing more is to be done.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Done | Self::DoneLate | Self::Cancelled)
    }
}

/// The paper that assigns a task.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Paper {
    /// `sha256:` and the hash of the source bytes.
    pub id: String,
    /// Number and symbol; null while the number is blank.
    pub code: Option<String>,
    /// Name of the document type: Kế hoạch.
    pub document_type: Option<String>,
    /// Trích yếu.
    pub subject: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Its date, EDTF.
    pub date: Option<String>,
    /// Where it was read.
    pub path: String,
}

impl Paper {
    /// The paper of a record.
    pub fn of(record: &DocumentRecord) -> Self {
        let h = &record.header;
        Self {
            id: record.id.clone(),
            code: h.code.as_ref().filter(|c| c.number.is_some()).map(|c| c.text.clone()),
            document_type: h.document_type.as_ref().map(|t| t.name.clone()),
            subject: h.subject.clone(),
            issuer: h.issuer.as_ref().map(|i| i.name.clone()),
            date: h.date.as_ref().map(|d| d.value.clone()),
            path: record.source.path.clone(),
        }
    }

    /// "Kế hoạch số 52/KH-UBND ngày 30/01/2026 của Ủy ban nhân dân tỉnh Đắk Lắk".
    pub fn citation(&self) -> String {
        let kind = self.document_type.clone().unwrap_or_else(|| "Văn bản".to_owned());
        let code = self.code.as_ref().map(|c| format!(" số {c}")).unwrap_or_default();
        let date = self.date.as_deref().map(|d| format!(" {}", spoken_date(d))).unwrap_or_default();
        let issuer = self.issuer.as_ref().map(|i| format!(" của {i}")).unwrap_or_default();
        format!("{kind}{code}{date}{issuer}")
    }

    /// The first day that its date may mean, for programs that want to know since when a task is there; 2000-01-01 where
    /// it has none. Taskwarrior takes no day of 1970.
    fn first_day(&self) -> Date {
        let date = self.date.as_deref().unwrap_or_default();
        let first = |rest: &str| format!("{date}{rest}").parse().ok();
        first("").or_else(|| first("-01")).or_else(|| first("-01-01")).unwrap_or(Date::constant(2000, 1, 1))
    }

    /// Its date, where the day is known.
    pub fn day(&self) -> Option<Date> {
        self.date.as_deref()?.parse().ok()
    }
}

/// A task as other programs take it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// The task's id, as `extract` gives it.
    pub id: String,
    /// What is to be done, in one line of at most 240 characters.
    pub title: String,
    /// What is to be done, whole.
    pub action: String,
    /// The whole passage.
    pub quote: String,
    /// Where the passage stands in the paper: `III.2.2.2.-2`.
    pub section: String,
    /// Who leads.
    pub leads: Vec<String>,
    /// Who cooperates.
    pub cooperators: Vec<String>,
    /// To whom it is reported.
    pub report_to: Vec<String>,
    /// What it is to bring forth.
    pub deliverable: Option<String>,
    /// The deadline as printed.
    pub deadline: Option<String>,
    /// First day.
    #[schemars(with = "Option<String>")]
    pub start: Option<Date>,
    /// The last day that is still on time; of a recurring task, the first one after the paper's date.
    #[schemars(with = "Option<String>")]
    pub due: Option<Date>,
    /// RFC 5545 rule of a recurring task.
    pub rrule: Option<String>,
    /// Id of the task that this one is part of.
    pub parent: Option<String>,
    /// Key of that task, where it is exported too.
    pub parent_key: Option<String>,
    /// Papers that the task rests on or is about, besides the one that assigns it.
    pub basis: Vec<String>,
    /// What the paper leaves open and the message around it says: `due` (its DueDate), `leads` (its To or ToPlaces).
    pub from_message: Vec<String>,
    /// Where it stands.
    pub status: Status,
    /// The paper that assigns it.
    pub paper: Paper,
}

impl Item {
    /// The item of a task in the record of its paper.
    pub fn of(task: &TaskRecord, record: &DocumentRecord) -> Self {
        let mut item = Self::printed(task, record);
        if let (Some(rule), None, Some(_)) = (&item.rrule, item.due, &item.paper.date) {
            item.due = recurrence::first_due(rule, &task.quote, item.paper.first_day());
        }
        if let Some(envelope) = &record.envelope {
            item.complete(envelope);
        }
        item
    }

    /// Takes from a received message what the text leaves open.
    fn complete(&mut self, envelope: &EnvelopeRecord) {
        let due = envelope.due_date.as_deref().and_then(|d| d.parse().ok());
        if self.deadline.is_none() && due.is_some() {
            self.due = due;
            self.from_message.push("due".to_owned());
        }
        let addressed = || envelope.to.iter().filter_map(|o| o.name.as_deref()).map(clean).collect::<Vec<_>>();
        let listed = || envelope.to_places.iter().map(|p| clean(p)).collect::<Vec<_>>();
        let leads = Some(addressed()).filter(|a| !a.is_empty()).unwrap_or_else(listed);
        if self.leads.is_empty() && !leads.is_empty() {
            self.leads = leads;
            self.from_message.push("leads".to_owned());
        }
    }

    fn printed(task: &TaskRecord, record: &DocumentRecord) -> Self {
        let deadline = task.deadline.as_ref();
        let day = |text: &Option<String>| text.as_deref().and_then(|t| t.parse().ok());
        let action = clean(if task.action.is_empty() { &task.quote } else { &task.action });
        Self {
            id: task.id.clone(),
            title: title(&action),
            action,
            quote: clean(&task.quote),
            section: task.section.clone(),
            leads: names(&task.leads),
            cooperators: names(&task.cooperators),
            report_to: names(&task.report_to),
            deliverable: task.deliverable.as_deref().map(clean),
            deadline: deadline.map(|d| clean(&d.text)),
            start: deadline.and_then(|d| day(&d.start)),
            due: deadline.and_then(|d| day(&d.due)),
            rrule: deadline.and_then(|d| d.rrule.clone()),
            parent: task.parent.clone(),
            parent_key: None,
            basis: basis(&task.citations, &record.citations),
            from_message: Vec::new(),
            status: Status::default(),
            paper: Paper::of(record),
        }
    }

    /// A key of 128 bits in the form of a UUID (RFC 9562, version 8), made of the task's id and its paper's issuer: two
    /// provinces may have papers of one number.
    pub fn key(&self) -> String {
        let hash = Sha256::digest(format!("vanthu\n{}\n{}", self.paper.issuer.as_deref().unwrap_or_default(), self.id));
        let mut bytes: [u8; 16] = std::array::from_fn(|i| hash[i]);
        bytes[6] = bytes[6] & 0x0f | 0x80;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }

    /// The key as one word of letters and digits, which every tracker's search finds.
    pub fn token(&self) -> String {
        token(&self.key())
    }

    /// The token of the task that this one is part of, where it is exported too.
    pub fn parent_token(&self) -> Option<String> {
        self.parent_key.as_deref().map(token)
    }

    /// Where the passage stands, as a reader says it: "mục III.2.2.2".
    pub fn place(&self) -> String {
        let counted = |part: &&str| !part.starts_with(['-', '+', '*']) && !matches!(part.as_bytes(), [b'p' | b'r', b'0'..=b'9', ..]);
        let path: Vec<&str> = self.section.split('.').take_while(counted).collect();
        if path.is_empty() { String::new() } else { format!("mục {}", path.join(".")) }
    }

    /// The assigning paper with the place in it, and the papers that the task rests on.
    pub fn grounds(&self) -> Vec<String> {
        let place = Some(self.place()).filter(|p| !p.is_empty()).map(|p| format!(" ({p})")).unwrap_or_default();
        std::iter::once(format!("{}{place}", self.paper.citation())).chain(self.basis.iter().cloned()).collect()
    }

    /// The deadline for a reader: as printed, with the last day where the words do not hold it.
    pub fn time_limit(&self) -> Option<String> {
        match (&self.deadline, self.due) {
            // "hằng tuần" is not over on its first day.
            (Some(text), Some(day)) if self.rrule.is_none() && !holds(text, day) => Some(format!("{text} ({})", vietnamese(day))),
            (Some(text), _) => Some(text.clone()),
            (None, day) if self.from_message.iter().any(|f| f == "due") => day.map(|d| format!("{} (theo thông điệp edXML)", vietnamese(d))),
            (None, day) => day.map(vietnamese),
        }
    }

    /// Whether the first day may be given beside the last one: trackers refuse a task that ends before it begins.
    pub fn period_start(&self) -> Option<Date> {
        self.start.filter(|s| self.due.is_some_and(|d| *s <= d))
    }

    /// What a tracker shows below the title, one labelled line each.
    pub fn body(&self) -> String {
        let list = |list: &[String]| Some(list.join("; ")).filter(|l| !l.is_empty());
        let lines = [
            ("Nội dung", Some(self.action.clone())),
            ("Chủ trì", list(&self.leads)),
            ("Phối hợp", list(&self.cooperators)),
            ("Thời hạn", self.time_limit()),
            ("Sản phẩm", self.deliverable.clone()),
            ("Báo cáo", list(&self.report_to)),
            ("Căn cứ", list(&self.grounds())),
            ("Trích", Some(self.quote.clone()).filter(|q| *q != self.action)),
        ];
        lines.into_iter().filter_map(|(label, text)| text.map(|t| format!("{label}: {t}"))).collect::<Vec<_>>().join("\n")
    }
}

/// The items of a paper, in its order.
pub fn items(record: &DocumentRecord) -> Vec<Item> {
    record.tasks.iter().map(|t| Item::of(t, record)).collect()
}

/// Puts every parent before its children, with its key in them; else the order stays.
///
/// An id that comes again from the same issuer is the same task; the first one stands.
#[must_use]
pub fn arranged(items: Vec<Item>) -> Vec<Item> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut kept: Vec<Option<Item>> = Vec::with_capacity(items.len());
    for item in items {
        if let std::collections::hash_map::Entry::Vacant(free) = places.entry(item.key()) {
            free.insert(kept.len());
            kept.push(Some(item));
        }
    }
    let parent = |item: &Item| item.parent.clone().and_then(|id| places.get(&Item { id, paper: item.paper.clone(), ..Item::default() }.key()).copied());
    let parents: Vec<Option<usize>> = kept.iter().flatten().map(parent).collect();
    let keys: Vec<String> = kept.iter().flatten().map(Item::key).collect();
    let mut arranged = Vec::with_capacity(kept.len());
    for i in 0..kept.len() {
        let mut line = vec![i];
        while let Some(p) = parents[*line.last().unwrap_or(&i)].filter(|p| !line.contains(p)) {
            line.push(p);
        }
        while let Some(at) = line.pop() {
            let Some(mut item) = kept[at].take() else { continue };
            item.parent_key = parents[at].filter(|&p| p != at && kept[p].is_none()).map(|p| keys[p].clone());
            arranged.push(item);
        }
    }
    arranged
}

/// Items as one JSON object each, one per line.
///
/// # Errors
/// Never, as items hold only texts, lists and dates.
pub fn json(items: &[Item]) -> serde_json::Result<String> {
    items.iter().try_fold(String::new(), |out, item| Ok(out + &serde_json::to_string(&Keyed { schema: ITEM_SCHEMA, key: item.key(), item })? + "\n"))
}

/// The JSON Schema (draft 2020-12) of what [`json`] writes.
pub fn schema(record: &str) -> Option<String> {
    (record == "export").then(|| serde_json::to_string_pretty(&schemars::schema_for!(Keyed)).unwrap_or_default())
}

/// One task with its key.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ExportedTask")]
struct Keyed<'a> {
    /// `vanthu/export/1`.
    schema: &'static str,
    /// The same for the same task in every export.
    key: String,
    #[serde(flatten)]
    item: &'a Item,
}

fn token(key: &str) -> String {
    format!("vanthu{}", key.replace('-', ""))
}

fn names(parties: &[PartyRecord]) -> Vec<String> {
    parties.iter().map(|p| clean(&p.name)).collect()
}

/// Cited papers as a reader names them: "Quyết định số 489/QĐ-TTg ngày 08/04/2020".
fn basis(ids: &[String], citations: &[CitationRecord]) -> Vec<String> {
    let mut named: Vec<String> = Vec::new();
    for citation in ids.iter().filter_map(|id| citations.iter().find(|c| c.id == *id)).filter(|c| c.form != "self") {
        let text = title(&clean(&citation.quote));
        if !named.contains(&text) {
            named.push(text);
        }
    }
    named
}

/// One line: blanks joined, control characters gone.
fn clean(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A title without the dash before it, with a capital, cut between words.
fn title(text: &str) -> String {
    let text = text.trim_start_matches(['-', '+', '*', '•', '=', '@', '/', ' ']);
    let capital = capital(text);
    if capital.chars().count() <= LONGEST_TITLE {
        return capital.trim_end_matches([';', '.', ',']).to_owned();
    }
    let head: String = capital.chars().take(LONGEST_TITLE - 1).collect();
    let cut = head.rfind(' ').unwrap_or(head.len());
    format!("{}…", head[..cut].trim_end_matches([';', '.', ',', ' ']))
}

/// A day as offices write it: 30/01/2026.
pub fn vietnamese(day: Date) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

/// Whether a text names a day in figures.
fn holds(text: &str, day: Date) -> bool {
    let numbers: Vec<i16> = text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
    numbers.windows(3).any(|w| w == [i16::from(day.day()), i16::from(day.month()), day.year()])
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// "ngày 30/01/2026", "tháng 01/2026", "năm 2026" of an EDTF date.
fn spoken_date(edtf: &str) -> String {
    let parts: Vec<&str> = edtf.split('-').collect();
    match parts[..] {
        [year, month, day] => format!("ngày {day}/{month}/{year}"),
        [year, month] => format!("tháng {month}/{year}"),
        _ => format!("năm {edtf}"),
    }
}
