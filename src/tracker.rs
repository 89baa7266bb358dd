//! Tasks as other programs take them: calendars, spreadsheets, issue trackers, the office's own forms.
//!
//! An [`Item`] is one task with all that any format needs. Its [`key`](Item::key) depends on the task alone, so that a
//! second export carries the same keys and a program that knows keys updates instead of doubling.

pub mod card;
mod columns;
pub mod delimited;
pub mod edxml;
pub mod gitlab;
pub mod ics;
pub mod jira;
pub mod openproject;
pub mod planner;
pub mod redmine;
pub mod taskwarrior;
pub mod workbook;

use crate::lexicon::lexicon;
use crate::office::BodyKind;
use crate::task::{MovedBy, Origin, Party, Progress, Status, Task};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Name and version of the record that [`json`] writes.
pub const ITEM_SCHEMA: &str = "vanthu/export/2";

/// Titles are cut after this many characters: Redmine, GitLab, OpenProject, Jira and Planner take 255.
const LONGEST_TITLE: usize = 240;

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

impl From<&Origin> for Paper {
    fn from(origin: &Origin) -> Self {
        Self {
            id: origin.id.clone(),
            // "/KH-UBND": the number is blank.
            code: origin.code.clone().filter(|c| !c.starts_with('/')),
            document_type: origin.document_type.as_deref().and_then(|t| lexicon().type_name(t)).map(|name| capital(&name)),
            subject: origin.subject.clone(),
            issuer: origin.issuer.clone(),
            date: origin.date.clone(),
            path: origin.path.clone(),
        }
    }
}

impl Paper {
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
    /// Who leads; where a day was asked for, who carries it on that day.
    pub leads: Vec<String>,
    /// Who cooperates, in the same way.
    pub cooperators: Vec<String>,
    /// Which party of the paper is carried by whom, with the legal basis, where they are not the same.
    pub carried: Vec<String>,
    /// To whom it is reported.
    pub report_to: Vec<String>,
    /// What it is to bring forth.
    pub deliverable: Option<String>,
    /// The deadline as printed.
    pub deadline: Option<String>,
    /// First day.
    #[schemars(with = "Option<String>")]
    pub start: Option<Date>,
    /// The last day that is still on time, as moved, where it was moved; of a recurring task its next one.
    #[schemars(with = "Option<String>")]
    pub due: Option<Date>,
    /// The last day before a later paper moved it.
    #[schemars(with = "Option<String>")]
    pub original_due: Option<Date>,
    /// The paper that moved it: "2210/UBND-KT ngày 12/06/2020".
    pub moved_by: Option<String>,
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
    /// Where it stands on the day of the export.
    pub status: Status,
    /// What the office noted of it; another day alone does not change this.
    pub progress: Progress,
    /// The day it was done.
    #[schemars(with = "Option<String>")]
    pub done_on: Option<Date>,
    /// Who does it: a unit or a person.
    pub assignee: Option<String>,
    /// Remarks of the office, oldest first: "10/07/2020: đã có dự thảo".
    pub remarks: Vec<String>,
    /// The text is another than when the office noted where the task stands.
    pub changed: bool,
    /// The day of the last word about it, of the paper, of who moved it or of the office.
    #[schemars(with = "Option<String>")]
    pub last_word: Option<Date>,
    /// The paper that assigns it.
    pub paper: Paper,
}

impl From<&Task> for Item {
    fn from(task: &Task) -> Self {
        let deadline = task.deadline.as_ref();
        let state = task.state.as_ref();
        let action = clean(if task.action.is_empty() { &task.quote } else { &task.action });
        let mut item = Self {
            id: task.id.clone(),
            title: title(&action),
            action,
            quote: clean(&task.quote),
            section: task.section.clone(),
            leads: names(&task.leads),
            cooperators: names(&task.cooperators),
            carried: task.leads.iter().chain(&task.cooperators).filter_map(carried).collect(),
            report_to: task.report_to.iter().map(|p| clean(&holder(p))).collect(),
            deliverable: task.deliverable.as_deref().map(clean),
            deadline: task.printed_deadline().map(clean),
            start: deadline.and_then(|d| day(d.start.as_deref())),
            due: day(task.due.as_deref()),
            original_due: deadline.and_then(|d| day(d.original_due.as_deref())),
            moved_by: deadline.and_then(|d| d.moved_by.as_ref()).map(mover),
            rrule: deadline.and_then(|d| d.rrule.clone()),
            parent: task.parent.clone(),
            parent_key: None,
            basis: task.basis.iter().map(|b| title(&clean(b))).collect(),
            from_message: task.from_message.clone(),
            status: task.status,
            progress: state.map(|s| s.progress).unwrap_or_default(),
            done_on: state.and_then(|s| day(s.done_on.as_deref())),
            assignee: state.and_then(|s| s.assignee.as_deref().map(clean)),
            remarks: state.map(remarks).unwrap_or_default(),
            changed: task.changed,
            last_word: None,
            paper: Paper::from(&task.document),
        };
        item.last_word = item.last_word_of(task);
        item
    }
}

impl Item {
    fn last_word_of(&self, task: &Task) -> Option<Date> {
        let moved = task.deadline.as_ref().and_then(|d| d.moved_by.as_ref()?.date.as_deref());
        let noted = task.state.as_ref().and_then(|s| s.noted_on.as_deref());
        moved.into_iter().chain(noted).map(|d| day(Some(d))).chain([self.done_on, self.paper.day()]).flatten().max()
    }

    /// Whether the office said that nothing more is to be done.
    pub fn is_closed(&self) -> bool {
        self.progress.is_closed()
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

    /// The deadline for a reader: as printed, with the last day where the words do not hold it; a moved one with who
    /// moved it.
    pub fn time_limit(&self) -> Option<String> {
        match (&self.deadline, self.due) {
            (Some(text), Some(day)) if self.original_due.is_some() => {
                let by = self.moved_by.as_ref().map(|m| format!(" theo {m}")).unwrap_or_default();
                Some(format!("{}{by}, thay cho \"{text}\"", vietnamese(day)))
            }
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

    /// What the office noted, in words; nothing while it noted nothing.
    pub fn noted(&self) -> Option<String> {
        let words = match (self.progress, self.status) {
            (Progress::Todo, _) => return None,
            (Progress::Doing, _) => Status::Doing.name(),
            (_, status) => status.name(),
        };
        let day = self.done_on.map(|d| format!(" ngày {}", vietnamese(d))).unwrap_or_default();
        Some(format!("{}{day}", capital(words)))
    }

    /// What a tracker shows below the title, one labelled line each. Another day alone changes nothing in it but the next
    /// day of a recurring task.
    pub fn body(&self) -> String {
        let list = |list: &[String]| Some(list.join("; ")).filter(|l| !l.is_empty());
        let lines = [
            ("Nội dung", Some(self.action.clone())),
            ("Chủ trì", list(&self.leads)),
            ("Phối hợp", list(&self.cooperators)),
            ("Kế thừa", list(&self.carried)),
            ("Thời hạn", self.time_limit()),
            ("Sản phẩm", self.deliverable.clone()),
            ("Báo cáo", list(&self.report_to)),
            (STATE_LABEL, self.noted()),
            ("Người thực hiện", self.assignee.clone()),
            ("Lưu ý", self.changed.then(|| CHANGED.to_owned())),
            ("Căn cứ", list(&self.grounds())),
            ("Trích", Some(self.quote.clone()).filter(|q| *q != self.action)),
        ];
        lines.into_iter().filter_map(|(label, text)| text.map(|t| format!("{label}: {t}"))).collect::<Vec<_>>().join("\n")
    }
}

/// What the user's tracker calls where tasks stand, where it is not what it calls that at the start.
#[derive(Debug, Clone, Default)]
pub struct StatusNames(pub Vec<(Progress, String)>);

impl StatusNames {
    fn of(&self, progress: Progress, usual: fn(Progress) -> &'static str) -> String {
        self.0.iter().find(|(p, _)| *p == progress).map_or_else(|| usual(progress).to_owned(), |(_, name)| name.clone())
    }
}

/// The label of the line that says what the office noted.
const STATE_LABEL: &str = "Tình trạng";
/// Why to look again.
const CHANGED: &str = "nội dung văn bản đã thay đổi từ khi ghi nhận tình trạng";

/// Whether a text that [`Item::body`] began says that the office closed the task.
pub fn says_closed(body: &str) -> bool {
    let closed = [Status::Done, Status::Cancelled].map(|s| format!("{STATE_LABEL}: {}", capital(s.name())));
    body.lines().any(|line| closed.iter().any(|c| line.starts_with(c.as_str())))
}

/// The items of the lines of a listing, parents first, each task once: of several days of a recurring task the first that
/// is not done stands for it.
pub fn items(lines: &[Task]) -> Vec<Item> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut items: Vec<Item> = Vec::with_capacity(lines.len());
    for item in lines.iter().map(Item::from) {
        match places.entry(item.key()) {
            Entry::Vacant(free) => {
                free.insert(items.len());
                items.push(item);
            }
            Entry::Occupied(place) if items[*place.get()].is_closed() => items[*place.get()] = item,
            Entry::Occupied(_) => {}
        }
    }
    arranged(items)
}

/// Puts every parent before its children, with its key in them; else the order stays.
///
/// An id that comes again from the same issuer is the same task; the first one stands.
#[must_use]
pub fn arranged(items: Vec<Item>) -> Vec<Item> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut kept: Vec<Option<Item>> = Vec::with_capacity(items.len());
    for item in items {
        if let Entry::Vacant(free) = places.entry(item.key()) {
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

fn day(iso: Option<&str>) -> Option<Date> {
    iso?.parse().ok()
}

fn names(parties: &[Party]) -> Vec<String> {
    parties.iter().map(|p| clean(&name(p))).collect()
}

/// Who carries a party's duties, or the party itself.
fn name(party: &Party) -> String {
    match &party.now {
        Some(now) => now.carrier.as_ref().map_or_else(|| format!("{} (không còn)", party.body.name), |c| c.name.clone()),
        None if matches!(party.body.kind, BodyKind::Group | BodyKind::Open) => capital(&party.body.name),
        None => party.body.name.clone(),
    }
}

/// The same with the office whose holder is named: "Chủ tịch Ủy ban nhân dân tỉnh Lâm Đồng".
fn holder(party: &Party) -> String {
    match &party.body.position {
        Some(position) if party.body.kind == BodyKind::Agency => format!("{} {}", capital(position), name(party)),
        _ => name(party),
    }
}

/// "Sở Nội vụ tỉnh Tây Ninh thay Sở Lao động … tỉnh Long An (Nghị quyết 202/2025/QH15)".
fn carried(party: &Party) -> Option<String> {
    let now = party.now.as_ref()?;
    let carrier = now.carrier.as_ref()?;
    let mut acts: Vec<&str> = Vec::new();
    for step in &now.steps {
        acts.extend(Some(step.basis.as_str()).filter(|a| !acts.contains(a)));
    }
    Some(clean(&format!("{} thay {} ({})", carrier.name, party.body.name, acts.join("; "))))
}

fn mover(by: &MovedBy) -> String {
    let code = by.code.as_deref().unwrap_or("văn bản chưa có số");
    let date = by.date.as_deref().map(|d| format!(" {}", spoken_date(d))).unwrap_or_default();
    format!("{code}{date}")
}

fn remarks(state: &crate::task::State) -> Vec<String> {
    state.notes.iter().map(|n| format!("{}: {}", day(Some(&n.on)).map_or_else(|| n.on.clone(), vietnamese), clean(&n.text))).collect()
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
