//! What papers say to each other about deadlines: counts of days that start with another paper, and deadlines that a
//! later paper moves.

use super::{MovedBy, Origin, Reading, Task};
use crate::export::{CitationRecord, DocumentRecord, TaskRecord};
use crate::mention::date::{self, PartialDate};
use crate::mention::deadline::{self, Form};
use crate::office::first_day;
use crate::rule::RuleSet;
use crate::text::{Span, fold};
use jiff::civil::Date;
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

static DEADLINES: LazyLock<RuleSet<Form>> = LazyLock::new(|| RuleSet::new(&[deadline::RULES]));
static DATES: LazyLock<RuleSet<PartialDate>> = LazyLock::new(|| RuleSet::new(&[date::RULES]));

/// A deadline that counts from the date of another paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// Place of the task in the reading.
    pub task: usize,
    /// Identity of the other paper, where it is known.
    pub key: Option<String>,
    /// Its number and symbol.
    pub code: String,
}

/// A passage that moves a deadline of another paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Identity of the other paper, where it is known.
    pub key: Option<String>,
    /// Its number and symbol.
    pub code: String,
    /// The day that the passage gives up, where it says so.
    pub old: Option<Date>,
    /// The new last day on time.
    pub due: Date,
    /// The passage.
    pub quote: String,
}

/// How far after a deadline its anchor may cite the paper, in code points.
const NEAR: usize = 60;

/// Gives relative deadlines their dates where this paper knows the event's; what counts from another paper is handed on.
pub(super) fn anchors(record: &DocumentRecord, tasks: &mut [Task]) -> Vec<Anchor> {
    let mut open = Vec::new();
    let issued = record.header.date.as_ref().filter(|d| d.precision == "day").map(|d| d.value.clone());
    for (i, (t, task)) in record.tasks.iter().zip(tasks).enumerate() {
        // The record dates a count of days itself only where it begins with the paper's own signing.
        if let Some(d) = task.deadline.as_mut().filter(|d| d.kind == "relative" && d.due.is_some()) {
            d.anchor_date.clone_from(&issued);
        }
        let Some(event) = unanchored(t) else { continue };
        let folded = fold(event);
        if let Some(citation) = cited(record, t, event) {
            if !is_issue(&folded) {
                continue;
            }
            match citation.date.as_ref().filter(|d| d.precision == "day").and_then(|d| first_day(&d.value)) {
                Some(day) => count(task, day),
                None => open.extend(citation.code.as_ref().map(|c| Anchor { task: i, key: citation.key.clone(), code: c.text.clone() })),
            }
        } else if let Some(day) = DATES.scan(&folded).into_iter().find(|d| d.span.start < "ngày ".len()).and_then(|d| d.value.day_of_calendar()) {
            count(task, day);
        }
    }
    open
}

/// The event of a relative deadline without a date.
fn unanchored(t: &TaskRecord) -> Option<&str> {
    let d = t.deadline.as_ref().filter(|d| d.kind == "relative" && d.due.is_none())?;
    d.anchor.as_deref()
}

/// The paper that an event is of: "kể từ ngày ký Quyết định số 5/QĐ-UBND".
fn cited<'r>(record: &'r DocumentRecord, t: &TaskRecord, event: &str) -> Option<&'r CitationRecord> {
    let d = t.deadline.as_ref()?;
    let end = d.span.end + event.chars().count() + NEAR;
    let near = record.citations.iter().find(|c| c.form != "self" && c.span.start >= d.span.end && c.span.start < end && within(event, &c.quote))?;
    match &near.antecedent {
        // A short mention has its date where the paper was cited in full.
        Some(id) if near.date.is_none() => record.citations.iter().find(|c| c.id == *id).or(Some(near)),
        _ => Some(near),
    }
}

fn within(event: &str, quote: &str) -> bool {
    let head: String = fold(quote).chars().take(24).collect();
    fold(event).contains(head.trim())
}

/// Whether an event is the signing or issuing of a paper, not its coming into force or its arrival.
fn is_issue(folded: &str) -> bool {
    let issue = ["ngày ký", "ngày ban hành", "ngày phê duyệt", "được ban hành", "được phê duyệt", "khi ban hành"].iter().any(|w| folded.contains(w));
    issue && !["hiệu lực", "nhận được", "tiếp nhận"].iter().any(|w| folded.contains(w))
}

/// Counts a relative deadline from a day.
fn count(task: &mut Task, day: Date) {
    let Some(d) = &mut task.deadline else { return };
    let Some(Form::Relative { amount, unit, working }) =
        DEADLINES.scan(&fold(&d.text)).into_iter().map(|f| f.value).find(|f| matches!(f, Form::Relative { .. }))
    else {
        return;
    };
    let Some(due) = deadline::after(day, amount, unit, working) else { return };
    d.anchor_date = Some(day.to_string());
    d.end = Some(due.to_string());
    d.due.clone_from(&d.end);
    task.due.clone_from(&d.due);
}

/// Words that move a deadline.
static CUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?i)gia hạn|(?:lùi|kéo dài|thay đổi|sửa đổi|điều chỉnh) thời (?:hạn|gian)|điều chỉnh tiến độ").expect("the words are a pattern")
});

/// Passages of more characters are no single order.
const LONGEST: usize = 2000;

/// The deadlines of other papers that this one moves: "điều chỉnh thời hạn hoàn thành … tại Kế hoạch số 12/KH-UBND … từ
/// ngày 30/6/2026 sang ngày 30/9/2026".
pub(super) fn moves(record: &DocumentRecord) -> Vec<Move> {
    let Some(text) = record.text.as_deref() else { return Vec::new() };
    if !CUE.is_match(text) {
        return Vec::new();
    }
    let places: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    record
        .sections
        .iter()
        .filter_map(|s| {
            let (start, end) = (*places.get(s.span.start)?, *places.get(s.span.end)?);
            let cue = CUE.find(&text[start..end])?.start();
            if s.span.end - s.span.start > LONGEST {
                return None;
            }
            let inside = |c: &&CitationRecord| c.span.start >= s.span.start && c.span.end <= s.span.end && c.form != "self" && c.within.is_none();
            let citations: Vec<&CitationRecord> = record.citations.iter().filter(inside).collect();
            let target =
                citations.iter().find(|c| c.code.is_some() && places[c.span.start] - start > cue).or_else(|| citations.iter().find(|c| c.code.is_some()))?;
            let cited: Vec<Span> = citations.iter().map(|c| Span::new(places[c.span.start] - start, places[c.span.end] - start)).collect();
            let (old, due) = days(&fold(&text[start..end]), cue, &cited, record)?;
            let code = target.code.as_ref()?.text.clone();
            Some(Move { key: target.key.clone(), code, old, due, quote: text[start..end].trim().to_owned() })
        })
        .collect()
}

/// The day given up and the new last day on time, of the dates after the cue that belong to no cited paper.
fn days(passage: &str, cue: usize, cited: &[Span], record: &DocumentRecord) -> Option<(Option<Date>, Date)> {
    let year = record.header.date.as_ref().and_then(|d| d.value.get(..4)?.parse::<i16>().ok());
    let found: Vec<(usize, Date)> = DATES
        .scan(passage)
        .into_iter()
        .filter(|d| d.span.start > cue && !cited.iter().any(|c| c.contains(d.span)))
        .filter_map(|d| {
            let day = PartialDate { year: d.value.year.or(year), ..d.value };
            Some((d.span.start, day.day_of_calendar()?))
        })
        .collect();
    let (&(at, last), before) = found.split_last()?;
    // "sang trước ngày": the new day itself is too late.
    let due = if passage[..at].trim_end().ends_with("trước") { last.yesterday().ok()? } else { last };
    let to = ["sang", "đến", "thành", "tới", "là"].iter().any(|w| crate::text::tail(&passage[..at], 40).contains(w));
    to.then_some((before.last().map(|b| b.1), due))
}

/// Lets papers speak to each other: dates events by the papers that they are of, and moves the deadlines that later
/// papers move. What cannot be tied to one task is returned, a line each.
pub fn settle(readings: &mut [Reading]) -> Vec<String> {
    let dates = Dates::of(readings);
    for reading in readings.iter_mut() {
        for anchor in std::mem::take(&mut reading.anchors) {
            if let (Some(day), Some(task)) = (dates.of_paper(anchor.key.as_deref(), &anchor.code), reading.tasks.get_mut(anchor.task)) {
                count(task, day);
            }
        }
    }
    let mut moves: Vec<(Origin, Move)> = readings.iter().flat_map(|r| r.moves.iter().map(|m| (r.origin.clone(), m.clone()))).collect();
    moves.sort_by(|a, b| (&a.0.date, &a.0.id, &a.1.quote).cmp(&(&b.0.date, &b.0.id, &b.1.quote)));
    let mut unclear = Vec::new();
    for (by, moved) in moves {
        let targets: Vec<&mut Reading> = readings.iter_mut().filter(|r| r.origin.id != by.id && moved.is_of(r)).collect();
        // A paper kept in two files is moved in both; two works of one symbol are not told apart.
        let one_work = targets.windows(2).all(|w| w[0].key == w[1].key && w[0].key.is_some());
        if targets.is_empty() {
            continue;
        }
        let mut done = one_work || targets.len() == 1;
        if done {
            for target in targets {
                done &= moved.apply(&mut target.tasks, &by);
            }
        }
        if !done {
            let by = by.code.as_deref().unwrap_or(&by.path);
            unclear.push(format!(
                "{by} moves a deadline of {} to {}, but not clearly which: {:?}",
                moved.code,
                moved.due,
                crate::text::head(&moved.quote, 160)
            ));
        }
    }
    unclear
}

impl Move {
    fn is_of(&self, reading: &Reading) -> bool {
        match (&self.key, &reading.key) {
            (Some(a), Some(b)) => a == b,
            _ => reading.origin.code.as_deref().is_some_and(|c| super::filter::same_code(c, &self.code)),
        }
    }

    /// Moves the deadline; whether it was clear which one.
    pub fn apply(&self, tasks: &mut [Task], by: &Origin) -> bool {
        let passage = fold(&self.quote);
        let dated: Vec<usize> = (0..tasks.len()).filter(|&i| tasks[i].deadline.as_ref().is_some_and(|d| d.due.is_some())).collect();
        let named = |i: &&usize| passage.contains(fold(crate::text::head(&tasks[**i].action, NAMED)).trim_end());
        let of_day = |i: &&usize| self.old.is_some_and(|old| tasks[**i].deadline.as_ref().is_some_and(|d| is_day(&d.due, old) || is_day(&d.end, old)));
        let by_name: Vec<usize> = dated.iter().filter(named).copied().collect();
        let by_day: Vec<usize> = dated.iter().filter(of_day).copied().collect();
        let chosen = match (by_name.len(), by_day.len(), dated.len()) {
            (1.., _, _) => by_name,
            (0, 1.., _) => by_day,
            (0, 0, 1) if self.old.is_none() => dated,
            _ => return false,
        };
        for i in chosen {
            self.mark(&mut tasks[i], by);
        }
        true
    }

    fn mark(&self, task: &mut Task, by: &Origin) {
        let Some(d) = &mut task.deadline else { return };
        if d.original_due.is_none() {
            d.original_due = d.due.take();
        }
        d.due = Some(self.due.to_string());
        d.end.clone_from(&d.due);
        d.moved_by = Some(MovedBy { document: by.id.clone(), code: by.code.clone(), date: by.date.clone(), quote: self.quote.clone() });
        task.due.clone_from(&d.due);
    }
}

/// So many bytes of a task's action name it.
const NAMED: usize = 60;

fn is_day(day: &Option<String>, date: Date) -> bool {
    day.as_deref() == Some(date.to_string().as_str())
}

/// The dates of the papers of a corpus.
struct Dates {
    by_key: HashMap<String, Option<Date>>,
    by_code: HashMap<String, Option<Date>>,
}

impl Dates {
    fn of(readings: &[Reading]) -> Self {
        let mut dates = Self { by_key: HashMap::new(), by_code: HashMap::new() };
        for r in readings {
            let Some(day) = r.origin.date.as_deref().filter(|d| d.len() == "2020-06-18".len()).and_then(first_day) else { continue };
            // Two dates of one name answer to neither.
            let mut put = |map: fn(&mut Self) -> &mut HashMap<String, Option<Date>>, name: String| {
                map(&mut dates).entry(name).and_modify(|d| *d = d.filter(|d| *d == day)).or_insert(Some(day));
            };
            if let Some(key) = &r.key {
                put(|d| &mut d.by_key, key.clone());
            }
            if let Some(code) = &r.origin.code {
                put(|d| &mut d.by_code, fold(code));
            }
        }
        dates
    }

    fn of_paper(&self, key: Option<&str>, code: &str) -> Option<Date> {
        key.and_then(|k| self.by_key.get(k).copied()).or_else(|| self.by_code.get(&fold(code)).copied()).flatten()
    }
}
