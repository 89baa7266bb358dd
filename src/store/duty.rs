//! Duties of the store: their rows, listings in the order of their last days, and what papers say of each other's
//! deadlines.

use super::Store;
use crate::error::{Error, Result};
use crate::mention::identity::slug;
use crate::office::{Body, Office, carriers};
use crate::task::{Clock, Filter, Reading, Rhythm, Role, Status, Task, Via, occurrences, settle};
use jiff::ToSpan;
use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet};

/// The rows of one paper's duties, made before the store is written.
#[derive(Debug, Clone, Default)]
pub(super) struct Duties {
    rows: Vec<Row>,
    ties: Vec<(bool, Option<String>, String)>,
}

#[derive(Debug, Clone)]
struct Row {
    task: String,
    due: Option<String>,
    rhythm: Option<String>,
    mark: String,
    /// Role and body as JSON.
    parties: Vec<(u8, String)>,
}

impl Duties {
    pub(super) fn of(reading: &Reading) -> Self {
        let anchors = reading.anchors.iter().map(|a| (false, a.key.clone(), a.code.clone()));
        let moves = reading.moves.iter().map(|m| (true, m.key.clone(), m.code.clone()));
        Self { rows: reading.tasks.iter().map(Row::of).collect(), ties: anchors.chain(moves).collect() }
    }

    pub(super) fn insert(&self, c: &Connection, document: i64, bodies: &mut Bodies) -> rusqlite::Result<()> {
        let mut insert = c.prepare_cached("INSERT INTO duty (document, position, task, due, rhythm, mark) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        for (i, row) in self.rows.iter().enumerate() {
            insert.execute(params![document, i, row.task, row.due, row.rhythm, row.mark])?;
            let duty = c.last_insert_rowid();
            for (role, body) in &row.parties {
                let body = bodies.row(c, body)?;
                c.prepare_cached("INSERT OR IGNORE INTO duty_party VALUES (?1, ?2, ?3)")?.execute(params![body, duty, role])?;
            }
        }
        for (moves, key, code) in &self.ties {
            c.prepare_cached("INSERT INTO deadline_tie VALUES (?1, ?2, ?3, ?4)")?.execute(params![document, moves, key, code])?;
        }
        Ok(())
    }
}

impl Row {
    fn of(task: &Task) -> Self {
        let rhythm = task.rhythm().and_then(|_| {
            let d = task.deadline.as_ref()?;
            Some(format!("{}{}", if d.before { "<" } else { "" }, d.rrule.as_deref()?))
        });
        let party = |role: u8| move |b: &Body| serde_json::to_string(b).ok().map(|b| (role, b));
        let leads = task.leads.iter().map(|p| &p.body).filter_map(party(0));
        let others = task.cooperators.iter().map(|p| &p.body).filter_map(party(1));
        Self {
            task: task.id.clone(),
            due: task.due.clone().filter(|_| rhythm.is_none()),
            rhythm,
            mark: task.text_mark(),
            parties: leads.chain(others).collect(),
        }
    }
}

/// Rows of the bodies that duties named lately: most papers name the same few.
#[derive(Default)]
pub(super) struct Bodies(foldhash::HashMap<String, i64>);

/// Bodies that are kept in mind, some 20 MB.
const MOST_BODIES: usize = 50_000;

impl Bodies {
    /// The row of a body, which is put in where there is none.
    fn row(&mut self, c: &Connection, body: &str) -> rusqlite::Result<i64> {
        if let Some(&row) = self.0.get(body) {
            return Ok(row);
        }
        c.prepare_cached("INSERT OR IGNORE INTO body (record) VALUES (?1)")?.execute([body])?;
        let row = c.prepare_cached("SELECT id FROM body WHERE record = ?1")?.query_row([body], |r| r.get(0))?;
        if self.0.len() >= MOST_BODIES {
            self.0.clear();
        }
        self.0.insert(body.to_owned(), row);
        Ok(row)
    }
}

/// Takes out the duties of a document.
pub(super) fn clear(c: &Connection, document: i64) -> rusqlite::Result<()> {
    for sql in ["DELETE FROM duty WHERE document = ?1", "DELETE FROM deadline_tie WHERE document = ?1"] {
        c.prepare_cached(sql)?.execute([document])?;
    }
    Ok(())
}

/// A duty of a listing before its record is read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    due: Option<String>,
    task: String,
    document: i64,
    position: usize,
    rhythm: Option<String>,
}

/// So many entries are taken from a cursor at once.
const PAGE: usize = 256;
/// Recurring tasks without a window are shown within so many years.
const YEARS_AHEAD: i64 = 3;
/// Parties with more duties are looked for along the days, those with fewer are sorted.
const MANY: i64 = 20_000;
/// The duties of fewer documents are sorted.
const FEW: usize = 1_000;
/// Papers of a whole listing are read so many at once, by all threads.
const AT_ONCE: i64 = 512;

impl Store {
    /// The lines of a listing, in its order; at most `limit`, where that is not 0. `hides` leaves out tasks.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn tasks(&self, filter: &Filter, clock: Clock, office: &Office, limit: usize, hides: impl Fn(&Task) -> bool) -> Result<Vec<Task>> {
        let narrow = self.narrow(filter, clock, office)?;
        let mut lines = Vec::new();
        let mut readings = Cache { noted: self.noted_tasks()?, having: self.having_words_of(&narrow.worded, filter)?, ..Cache::default() };
        let mut all: Vec<Entry> = Vec::new();
        for stream in [Stream::Dated, Stream::Undated] {
            self.each_entry(stream, &narrow, filter, clock, &mut |entry| {
                if limit == 0 {
                    all.push(entry);
                    return Ok(true);
                }
                let line = self.line(&entry, filter, clock, office, &mut readings)?;
                lines.extend(line.filter(|l| !hides(l)));
                Ok(lines.len() < limit)
            })?;
            if limit > 0 && lines.len() >= limit {
                break;
            }
        }
        // Where all are wanted each paper is read once.
        all.sort_by_key(|e| e.document);
        for entries in all.chunk_by(|a, b| a.document / AT_ONCE == b.document / AT_ONCE) {
            let documents = entries.iter().map(|e| e.document).collect::<BTreeSet<_>>();
            // Of papers that hold the words most hold them in few duties.
            if filter.text.is_none() {
                readings.readings = self.readings(&documents.into_iter().collect::<Vec<_>>(), office)?;
            }
            for entry in entries {
                let line = self.line(entry, filter, clock, office, &mut readings)?;
                lines.extend(line.filter(|l| !hides(l)));
            }
        }
        lines.sort_by(|a: &Task, b: &Task| a.order().cmp(&b.order()));
        Ok(lines)
    }

    /// Every task with what the office noted, in no order that matters.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn task(&self, id: &str, office: &Office) -> Result<Option<Task>> {
        let found: Option<(i64, usize)> = self.guarded(|c| {
            let mut select = c.prepare_cached(
                "SELECT d.document, d.position FROM duty d JOIN document p ON p.id = d.document WHERE d.task = ?1 ORDER BY p.main DESC, p.hash LIMIT 1",
            )?;
            let mut rows = select.query([id])?;
            rows.next()?.map(|r| Ok((r.get(0)?, r.get(1)?))).transpose()
        })?;
        let Some((document, position)) = found else { return Ok(None) };
        let mut reading = self.reading(document, office)?;
        if position >= reading.tasks.len() {
            return Ok(None);
        }
        let mut task = reading.tasks.swap_remove(position);
        task.states = self.states(id)?;
        Ok(Some(task))
    }

    fn line(&self, entry: &Entry, filter: &Filter, clock: Clock, office: &Office, readings: &mut Cache) -> Result<Option<Task>> {
        // Most papers that hold the words hold them in other duties.
        if filter.text.is_some() {
            let having = readings.having(entry.document, || self.having_words(entry.document, filter))?;
            if having.get(entry.position) == Some(&false) {
                return Ok(None);
            }
        }
        let states = if readings.noted.contains(&entry.task) { self.states(&entry.task)? } else { BTreeMap::new() };
        if entry.rhythm.is_none() && !self.stands(entry, &states, filter, clock) {
            return Ok(None);
        }
        let reading = readings.get(entry.document, || self.reading(entry.document, office))?;
        let Some(task) = reading.tasks.get(entry.position).cloned() else { return Ok(None) };
        let task = Task { states, ..task };
        let lines = filter.lines(task, clock);
        // In a window each occurrence is an entry of its own.
        let each = entry.rhythm.is_some() && filter.due_before.is_some();
        Ok(lines.into_iter().find(|l| !each || l.due == entry.due))
    }

    /// The tasks that something was noted about.
    fn noted_tasks(&self) -> Result<HashSet<String>> {
        self.guarded(|c| c.prepare_cached("SELECT DISTINCT task FROM task_state")?.query_map([], |r| r.get(0))?.collect())
    }

    /// Which duties of these papers hold the words asked for.
    fn having_words_of(&self, documents: &[i64], filter: &Filter) -> Result<HashMap<i64, Vec<bool>>> {
        let packed = documents.iter().map(|&id| self.packed(id).map(|(bytes, packed)| (id, bytes, packed))).collect::<Result<Vec<_>>>()?;
        let having = |(id, text_bytes, packed): &(i64, usize, Vec<u8>)| {
            let quotes = super::prepared::unpack_quotes(packed, *text_bytes)?;
            Ok((*id, quotes.iter().map(|quote| filter.has_words(quote)).collect()))
        };
        packed.par_iter().map(having).collect::<Result<_>>().map_err(|e: Error| e.at(self.path()))
    }

    /// The readings of papers, each as [`Self::reading`] gives it.
    fn readings(&self, documents: &[i64], office: &Office) -> Result<HashMap<i64, Reading>> {
        let tied: HashSet<i64> = self.guarded(|c| c.prepare_cached("SELECT DISTINCT document FROM deadline_from")?.query_map([], |r| r.get(0))?.collect())?;
        let (tied, alone): (Vec<i64>, Vec<i64>) = documents.iter().partition(|id| tied.contains(id));
        let packed = alone.iter().map(|&id| Ok((id, self.packed(id)?, self.sources(id)?))).collect::<Result<Vec<_>>>()?;
        let reading = |(id, (text_bytes, packed), paths): (i64, (usize, Vec<u8>), Vec<String>)| {
            let mut record = super::prepared::unpack(&packed, text_bytes)?;
            record.source.path = paths.into_iter().next().unwrap_or_default();
            Ok((id, Reading::of(&record, office)))
        };
        let mut readings: HashMap<i64, Reading> = packed.into_par_iter().map(reading).collect::<Result<_>>().map_err(|e| e.at(self.path()))?;
        for id in tied {
            readings.insert(id, self.reading(id, office)?);
        }
        Ok(readings)
    }

    /// Which duties of a paper hold the words asked for.
    fn having_words(&self, document: i64, filter: &Filter) -> Result<Vec<bool>> {
        let (text_bytes, packed) = self.packed(document)?;
        let quotes = super::prepared::unpack_quotes(&packed, text_bytes).map_err(|e| e.at(self.path()))?;
        Ok(quotes.iter().map(|quote| filter.has_words(quote)).collect())
    }

    /// Whether the status lets an entry through, before its record is read.
    fn stands(&self, entry: &Entry, states: &BTreeMap<String, crate::task::State>, filter: &Filter, clock: Clock) -> bool {
        let due = entry.due.as_deref().and_then(|d| d.parse().ok());
        let status = Status::of(states.get(""), due, clock.today);
        filter.status.is_empty() || filter.status.contains(&status)
    }

    /// The paper's duties with what other papers say of them.
    fn reading(&self, document: i64, office: &Office) -> Result<Reading> {
        let others: Vec<i64> = self.guarded(|c| {
            c.prepare_cached("SELECT other FROM deadline_from WHERE document = ?1 ORDER BY other")?.query_map([document], |r| r.get(0))?.collect()
        })?;
        let mut readings = vec![Reading::of(&self.record(document)?, office)];
        for other in others {
            readings.push(Reading::of(&self.record(other)?, office));
        }
        if readings.len() > 1 {
            settle(&mut readings);
        }
        Ok(readings.swap_remove(0))
    }

    /// Hands on the entries of a stream until told to stop.
    fn each_entry(&self, stream: Stream, narrow: &Narrow, filter: &Filter, clock: Clock, each: &mut dyn FnMut(Entry) -> Result<bool>) -> Result<()> {
        // What nobody noted anything about is overdue, or not begun; of other statuses the tasks are those that were noted.
        let wants = |status| filter.status.is_empty() || filter.status.contains(&status);
        let of = |status| if wants(status) { narrow.clone() } else { narrow.noted() };
        let (past, ahead) = (of(Status::Overdue), of(Status::Todo));
        if stream == Stream::Undated {
            if filter.due_before.is_some() || filter.due_after.is_some() || filter.overdue {
                return Ok(());
            }
            return self.pages(&ahead.sql("d.due IS NULL AND d.rhythm IS NULL", "d.task"), &ahead, &[], &mut |e| each(e));
        }
        if filter.undated {
            return Ok(());
        }
        let mut recurring = self.recurring(filter, clock)?;
        let mut waiting: Vec<Entry> = Vec::new();
        let mut day = |until: Option<&str>, each: &mut dyn FnMut(Entry) -> Result<bool>| -> Result<bool> {
            loop {
                // What falls on a day is handed on in the order of ids.
                if let Some(next) = waiting.pop() {
                    if until.is_some_and(|u| next.due.as_deref() > Some(u)) {
                        waiting.push(next);
                        return Ok(true);
                    }
                    if !each(next)? {
                        return Ok(false);
                    }
                    continue;
                }
                let Some(std::cmp::Reverse((date, rhythm))) = recurring.pop() else { return Ok(true) };
                if until.is_some_and(|u| date.as_str() > u) {
                    recurring.push(std::cmp::Reverse((date, rhythm)));
                    return Ok(true);
                }
                let some = if wants(Status::Overdue) { &past } else { &ahead };
                self.pages(&some.sql("d.rhythm = ?1", "d.task DESC"), some, &[&rhythm], &mut |e| {
                    waiting.push(Entry { due: Some(date.clone()), rhythm: Some(rhythm.clone()), ..e });
                    Ok(true)
                })?;
            }
        };
        let from = filter.due_after.map_or_else(|| "0000".to_owned(), |d| d.to_string());
        let to = filter.due_before.map_or_else(|| "9999".to_owned(), |d| d.to_string());
        let (yesterday, today) = (clock.today.yesterday().unwrap_or(clock.today).to_string(), clock.today.to_string());
        let to = if filter.overdue { to.min(yesterday.clone()) } else { to };
        let mut open = true;
        for (narrow, from, to) in [(&past, from.clone(), to.clone().min(yesterday)), (&ahead, from.max(today), to)] {
            if open && from <= to {
                self.pages(&narrow.sql("d.due BETWEEN ?1 AND ?2", "d.due, d.task"), narrow, &[&from, &to], &mut |entry| {
                    open = day(entry.due.as_deref(), each)? && each(entry)?;
                    Ok(open)
                })?;
            }
        }
        if open {
            day(None, each)?;
        }
        Ok(())
    }

    /// Every day of every rhythm in the window, or the next one of each.
    fn recurring(&self, filter: &Filter, clock: Clock) -> Result<BinaryHeap<std::cmp::Reverse<(String, String)>>> {
        if filter.overdue && filter.due_after.is_none() {
            return Ok(BinaryHeap::new());
        }
        let rhythms: Vec<String> =
            self.guarded(|c| c.prepare_cached("SELECT DISTINCT rhythm FROM duty WHERE rhythm IS NOT NULL")?.query_map([], |r| r.get(0))?.collect())?;
        let mut days = BinaryHeap::new();
        for rhythm in rhythms {
            let (rule, before) = rhythm.strip_prefix('<').map_or((rhythm.as_str(), false), |r| (r, true));
            let Some(parsed) = Rhythm::parse(rule, before) else { continue };
            let window = filter.due_before.map(|to| (filter.due_after.unwrap_or(clock.today), to));
            let (from, to) = window.unwrap_or_else(|| {
                let from = filter.due_after.map_or(clock.today, |a| a.max(clock.today));
                (from, from.checked_add(YEARS_AHEAD.years()).unwrap_or(from))
            });
            let most = if window.is_some() { usize::MAX } else { MOST_NEXT };
            days.extend(occurrences(parsed, from, Some(to)).take(most).map(|d| std::cmp::Reverse((d.to_string(), rhythm.clone()))));
        }
        Ok(days)
    }

    /// Runs a query page by page; `each` says whether to go on.
    fn pages(&self, sql: &str, narrow: &Narrow, values: &[&str], each: &mut dyn FnMut(Entry) -> Result<bool>) -> Result<()> {
        let mut from = 0usize;
        let mut size = PAGE;
        loop {
            let page: Vec<Entry> = self.guarded(|c| {
                let mut statement = c.prepare_cached(&format!("{sql} LIMIT {size} OFFSET {from}"))?;
                let values = values.iter().map(|v| (*v).to_owned()).chain(narrow.values.iter().cloned());
                let rows = statement.query_map(params_from_iter(values), |r| {
                    Ok(Entry { document: r.get(0)?, position: r.get(1)?, task: r.get(2)?, due: r.get(3)?, rhythm: None })
                })?;
                rows.collect()
            })?;
            let last = page.len() < size;
            from += page.len();
            size = (size * 4).min(65_536);
            for entry in page {
                if !each(entry)? {
                    return Ok(());
                }
            }
            if last {
                return Ok(());
            }
        }
    }

    /// What SQL can rule out before records are read.
    fn narrow(&self, filter: &Filter, clock: Clock, office: &Office) -> Result<Narrow> {
        let mut narrow = Narrow::default();
        if filter.wanted.is_some() {
            self.narrow_to_wanted(filter, clock, office, &mut narrow)?;
        }
        if let Some(code) = &filter.from {
            narrow.keep_documents(&self.documents_of_code(code)?);
        }
        if let Some(hashes) = &filter.within {
            let mut ids = Vec::new();
            for hash in hashes {
                let Ok(bytes) = super::prepared::hash_of(hash) else { continue };
                const SELECT: &str = "SELECT id FROM document WHERE hash = ?1";
                ids.extend(self.guarded(|c| c.prepare_cached(SELECT)?.query_row([bytes], |r| r.get::<_, i64>(0)).optional())?);
            }
            narrow.keep_documents(&ids);
        }
        if let Some(words) = &filter.text {
            let query: Vec<String> = slug(words).split('-').filter(|w| !w.is_empty()).map(|w| format!("\"{w}\"")).collect();
            if !query.is_empty() {
                // A listing asks many times; the words are looked up once.
                let found = self.guarded(|c| {
                    c.execute_batch("CREATE TEMP TABLE IF NOT EXISTS worded (id INTEGER PRIMARY KEY); DELETE FROM worded")?;
                    c.execute("INSERT INTO worded SELECT rowid FROM word WHERE word MATCH ?1", [format!("body : ({})", query.join(" AND "))])
                })?;
                if found < FEW {
                    narrow.worded = self.guarded(|c| c.prepare_cached("SELECT id FROM worded")?.query_map([], |r| r.get(0))?.collect())?;
                    narrow.few.get_or_insert("SELECT id AS duty FROM duty WHERE document IN (SELECT id FROM worded)".to_owned());
                }
                // The sign keeps the order of days: sorting the duties of many documents takes longer.
                narrow.conditions.push("+p.id IN (SELECT id FROM worded)".to_owned());
            }
        }
        Ok(narrow)
    }

    pub(super) fn documents_of_code(&self, code: &str) -> Result<Vec<i64>> {
        let all: Vec<(i64, String)> = self
            .guarded(|c| c.prepare_cached("SELECT id, code FROM document WHERE code IS NOT NULL")?.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect())?;
        Ok(all.into_iter().filter(|(_, c)| crate::task::same_code(c, code)).map(|(id, _)| id).collect())
    }

    /// Leaves the duties of parties that concern the agency asked for.
    fn narrow_to_wanted(&self, filter: &Filter, clock: Clock, office: &Office, narrow: &mut Narrow) -> Result<()> {
        let Some(wanted) = &filter.wanted else { return Ok(()) };
        let bodies: Vec<(i64, String)> =
            self.guarded(|c| c.prepare_cached("SELECT id, record FROM body")?.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect())?;
        let mut ids = Vec::new();
        for (id, record) in bodies {
            let Ok(stored) = serde_json::from_str::<Body>(&record) else { continue };
            let body = office.own(&stored.text).unwrap_or(stored);
            // Which part a duty belongs to its words tell, later; every part is looked at here.
            let now = clock.as_of.and_then(|day| carriers(&body, None, day, ""));
            let parts = now.iter().flat_map(|n| n.carrier.iter().chain(&n.others)).filter_map(|p| p.agency.as_deref());
            let ways: Vec<Via> = std::iter::once(None).chain(parts.map(Some)).filter_map(|key| wanted.concerned(&body, key, clock.as_of)).collect();
            if ways.iter().any(|v| filter.open || *v != Via::Open) {
                ids.push(id);
            }
        }
        let role = match filter.role {
            Some(Role::Lead) => " AND role = 0",
            Some(Role::Cooperate) => " AND role = 1",
            None => "",
        };
        let ids = list(&ids);
        let many: i64 =
            self.guarded(|c| c.query_row(&format!("SELECT count(*) FROM (SELECT 1 FROM duty_party WHERE body IN ({ids}) LIMIT {MANY})"), [], |r| r.get(0)))?;
        if many < MANY {
            narrow.conditions.push(format!("+d.id IN (SELECT duty FROM duty_party WHERE body IN ({ids}){role})"));
            narrow.few = Some(format!("SELECT DISTINCT duty FROM duty_party WHERE body IN ({ids}){role}"));
        } else {
            narrow.conditions.push(format!("EXISTS (SELECT 1 FROM duty_party w WHERE w.duty = d.id AND w.body IN ({ids}){role})"));
        }
        Ok(())
    }

    /// Redoes which documents speak to each other's deadlines, and the days that follow; moves what the office noted to
    /// tasks whose id changed with the rules.
    pub(super) fn conclude_duties(&mut self) -> Result<()> {
        let touched: Vec<i64> = self.guarded(|c| c.prepare("SELECT DISTINCT document FROM deadline_from")?.query_map([], |r| r.get(0))?.collect())?;
        self.guarded(|c| {
            c.execute_batch(
                "DELETE FROM deadline_from;
                 INSERT OR IGNORE INTO deadline_from
                   SELECT p.id, t.document FROM deadline_tie t JOIN document m ON m.id = t.document AND m.main
                   JOIN document p ON p.main AND p.id != t.document AND p.id IN (SELECT id FROM document WHERE work = t.key
                     UNION SELECT id FROM document WHERE code = t.code AND (SELECT count(DISTINCT work) FROM document WHERE code = t.code) = 1)
                   WHERE t.moves;
                 INSERT OR IGNORE INTO deadline_from
                   SELECT t.document, p.id FROM deadline_tie t
                   JOIN document p ON p.main AND p.id != t.document AND p.id IN (SELECT id FROM document WHERE work = t.key
                     UNION SELECT id FROM document WHERE code = t.code AND (SELECT count(DISTINCT work) FROM document WHERE code = t.code) = 1)
                   WHERE NOT t.moves;",
            )
        })?;
        let now: Vec<i64> = self.guarded(|c| c.prepare("SELECT DISTINCT document FROM deadline_from")?.query_map([], |r| r.get(0))?.collect())?;
        let mut all: Vec<i64> = touched.into_iter().chain(now).collect();
        all.sort_unstable();
        all.dedup();
        for document in all {
            let reading = self.reading(document, &Office::default())?;
            for (i, task) in reading.tasks.iter().enumerate().filter(|(_, t)| t.rhythm().is_none()) {
                self.guarded(|c| {
                    c.prepare_cached("UPDATE duty SET due = ?3 WHERE document = ?1 AND position = ?2 AND due IS NOT ?3")?
                        .execute(params![document, i, task.due])
                })?;
            }
        }
        self.follow_states()
    }
}

/// Without a window each task is one entry; where its next day is done, its line shows the one after.
const MOST_NEXT: usize = 1;

fn list(ids: &[i64]) -> String {
    ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stream {
    Dated,
    Undated,
}

/// Conditions of a listing.
#[derive(Debug, Clone, Default)]
struct Narrow {
    conditions: Vec<String>,
    values: Vec<String>,
    /// Duties that are few enough to begin with.
    few: Option<String>,
    /// Documents that hold the words asked for, where they are few.
    worded: Vec<i64>,
}

impl Narrow {
    /// Leaves the duties of these documents.
    fn keep_documents(&mut self, ids: &[i64]) {
        let ids = list(ids);
        self.conditions.push(format!("d.document IN ({ids})"));
        // Of all duties in the order of their days most belong to others.
        self.few.get_or_insert(format!("SELECT id AS duty FROM duty WHERE document IN ({ids})"));
    }

    /// The same, of tasks that something was noted about.
    fn noted(&self) -> Self {
        const NOTED: &str = "SELECT task FROM task_state";
        let mut noted = self.clone();
        noted.conditions.push(format!("d.task IN ({NOTED})"));
        noted.few.get_or_insert(format!("SELECT id AS duty FROM duty WHERE task IN ({NOTED})"));
        noted
    }

    fn sql(&self, what: &str, order: &str) -> String {
        let from = match &self.few {
            Some(few) => format!("({few}) w CROSS JOIN duty d ON d.id = w.duty"),
            None => "duty d".to_owned(),
        };
        let conditions: String = self.conditions.iter().map(|c| format!(" AND {c}")).collect();
        format!(
            "SELECT d.document, d.position, d.task, d.due FROM {from} CROSS JOIN document p ON p.id = d.document WHERE p.main AND {what}{conditions} ORDER BY {order}"
        )
    }
}

/// Papers read for a listing; a page of it rarely needs one twice after others.
#[derive(Default)]
struct Cache {
    readings: HashMap<i64, Reading>,
    /// Which duties of a paper hold the words asked for.
    having: HashMap<i64, Vec<bool>>,
    /// The tasks that something was noted about.
    noted: HashSet<String>,
}

/// So many papers are kept in memory.
const MOST_CACHED: usize = 512;

impl Cache {
    fn having(&mut self, document: i64, read: impl FnOnce() -> Result<Vec<bool>>) -> Result<&[bool]> {
        match self.having.entry(document) {
            std::collections::hash_map::Entry::Occupied(e) => Ok(e.into_mut()),
            std::collections::hash_map::Entry::Vacant(e) => Ok(e.insert(read()?)),
        }
    }

    fn get(&mut self, document: i64, read: impl FnOnce() -> Result<Reading>) -> Result<&Reading> {
        if self.readings.len() >= MOST_CACHED && !self.readings.contains_key(&document) {
            self.readings.clear();
        }
        match self.readings.entry(document) {
            std::collections::hash_map::Entry::Occupied(e) => Ok(e.into_mut()),
            std::collections::hash_map::Entry::Vacant(e) => Ok(e.insert(read()?)),
        }
    }
}
