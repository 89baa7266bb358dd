//! What the office notes about tasks: where they stand, who does them, remarks; and the history of it.

use super::Store;
use crate::error::{Error, Result};
use crate::task::{Progress, State, StateNote};
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something that the office says of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// It has begun.
    Start,
    /// It was done on this day.
    Done(Date),
    /// It is put off.
    Pause,
    /// It is given up.
    Cancel,
    /// None of that: it is to be done.
    Reopen,
    /// This unit or person does it.
    Assign(String),
    /// A remark.
    Note(String),
}

impl Deed {
    fn name(&self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Done(_) => "done",
            Self::Pause => "pause",
            Self::Cancel => "cancel",
            Self::Reopen => "reopen",
            Self::Assign(_) => "assign",
            Self::Note(_) => "note",
        }
    }

    fn value(&self) -> Option<String> {
        match self {
            Self::Done(day) => Some(day.to_string()),
            Self::Assign(value) | Self::Note(value) => Some(value.clone()),
            _ => None,
        }
    }

    fn progress(&self) -> Option<Progress> {
        match self {
            Self::Start => Some(Progress::Doing),
            Self::Done(_) => Some(Progress::Done),
            Self::Pause => Some(Progress::Paused),
            Self::Cancel => Some(Progress::Cancelled),
            Self::Reopen => Some(Progress::Todo),
            Self::Assign(_) | Self::Note(_) => None,
        }
    }
}

/// One deed of the history of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HistoryRow {
    /// The day, ISO.
    pub at: String,
    /// The occurrence of a recurring task, ISO; null for the task as a whole.
    pub occurrence: Option<String>,
    /// start, done, pause, cancel, reopen, assign or note.
    pub deed: String,
    /// The day it was done, who does it, or what the remark says.
    pub value: Option<String>,
}

impl Store {
    /// Notes a deed of a day about a task, or about one occurrence of a recurring one.
    ///
    /// # Errors
    /// When there is no such task, or the store cannot be written.
    pub fn note(&mut self, task: &str, occurrence: Option<Date>, deed: &Deed, at: Date) -> Result<()> {
        let mark = self.mark_of(task)?;
        let occurrence = occurrence.map(|d| d.to_string()).unwrap_or_default();
        self.begin()?;
        let written = self.guarded(|c| {
            const NEW: &str = "INSERT OR IGNORE INTO task_state (task, occurrence, progress, mark) VALUES (?1, ?2, 'todo', ?3)";
            c.prepare_cached(NEW)?.execute(params![task, occurrence, mark])?;
            if let Some(progress) = deed.progress() {
                let done_on = if let Deed::Done(day) = deed { Some(day.to_string()) } else { None };
                // What is said now is said of the text as it is now.
                const SET: &str = "UPDATE task_state SET progress = ?3, done_on = ?4, mark = ?5 WHERE task = ?1 AND occurrence = ?2";
                c.prepare_cached(SET)?.execute(params![task, occurrence, progress.name(), done_on, mark])?;
            }
            if let Deed::Assign(who) = deed {
                c.prepare_cached("UPDATE task_state SET assignee = ?3 WHERE task = ?1 AND occurrence = ?2")?.execute(params![task, occurrence, who])?;
            }
            const LOG: &str = "INSERT INTO task_history (task, occurrence, at, deed, value) VALUES (?1, ?2, ?3, ?4, ?5)";
            c.prepare_cached(LOG)?.execute(params![task, occurrence, at.to_string(), deed.name(), deed.value()]).map(|_| ())
        });
        written.inspect_err(|_| self.undo())?;
        self.commit()
    }

    /// The id of the task that somebody names: by its id, or as listings show it, "52/KH-UBND:III.1.-4#1". Blanks, as they come
    /// of a broken line, do not count.
    ///
    /// # Errors
    /// When there is no such task, or there are several.
    pub fn task_named(&self, name: &str) -> Result<String> {
        let plain: String = name.split_whitespace().collect();
        const IS_ID: &str = "SELECT 1 FROM duty WHERE task = ?1 LIMIT 1";
        if self.guarded(|c| c.prepare_cached(IS_ID)?.exists([&plain]))? {
            return Ok(plain);
        }
        let mut found: Vec<String> = Vec::new();
        if let Some((code, place)) = plain.split_once(':') {
            const AT_PLACE: &str = "SELECT task FROM duty WHERE document = ?1 AND substr(task, instr(task, ':') + 1) = ?2";
            for document in self.documents_of_code(code)? {
                let tasks: Vec<String> = self.guarded(|c| c.prepare_cached(AT_PLACE)?.query_map(params![document, place], |r| r.get(0))?.collect())?;
                found.extend(tasks);
            }
        }
        found.sort();
        found.dedup();
        match &found[..] {
            [one] => Ok(one.clone()),
            [] => Err(no_task(name)),
            several => Err(Error::new(format!("{name:?} names several tasks"), format!("give one of their ids: {}", several.join(", ")))),
        }
    }

    fn mark_of(&self, task: &str) -> Result<String> {
        let mark: Option<String> =
            self.guarded(|c| c.prepare_cached("SELECT mark FROM duty WHERE task = ?1 LIMIT 1")?.query_row([task], |r| r.get(0)).optional())?;
        mark.ok_or_else(|| no_task(task))
    }

    /// What the office noted about a task: by occurrence, and under "" for the task as a whole.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn states(&self, task: &str) -> Result<BTreeMap<String, State>> {
        let mut states: BTreeMap<String, State> = self.guarded(|c| {
            let mut select = c.prepare_cached("SELECT occurrence, progress, done_on, assignee, mark FROM task_state WHERE task = ?1")?;
            let rows = select.query_map([task], |r| {
                let progress: String = r.get(1)?;
                let state = State {
                    progress: Progress::of(&progress).unwrap_or_default(),
                    done_on: r.get(2)?,
                    assignee: r.get(3)?,
                    noted_on: None,
                    text_mark: r.get(4)?,
                    notes: Vec::new(),
                };
                Ok((r.get(0)?, state))
            })?;
            rows.collect()
        })?;
        if !states.is_empty() {
            for row in self.history(task)? {
                let Some(state) = states.get_mut(row.occurrence.as_deref().unwrap_or_default()) else { continue };
                state.noted_on = state.noted_on.take().max(Some(row.at.clone()));
                if let Some(text) = row.value.filter(|_| row.deed == "note") {
                    state.notes.push(StateNote { on: row.at, text });
                }
            }
        }
        Ok(states)
    }

    /// What happened to a task, oldest first.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn history(&self, task: &str) -> Result<Vec<HistoryRow>> {
        self.guarded(|c| {
            let mut select = c.prepare_cached("SELECT at, nullif(occurrence, ''), deed, value FROM task_history WHERE task = ?1 ORDER BY id")?;
            select.query_map([task], |r| Ok(HistoryRow { at: r.get(0)?, occurrence: r.get(1)?, deed: r.get(2)?, value: r.get(3)? }))?.collect()
        })
    }

    /// Tasks that something is noted of but that no document holds any more.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn lost_tasks(&self) -> Result<Vec<String>> {
        const SELECT: &str = "SELECT DISTINCT task FROM task_state s WHERE NOT EXISTS (SELECT 1 FROM duty d WHERE d.task = s.task) ORDER BY task";
        self.guarded(|c| c.prepare_cached(SELECT)?.query_map([], |r| r.get(0))?.collect())
    }

    /// Rules that find more or fewer duties count them anew: what was noted follows the text to its new id, within the
    /// paper, where one task alone has that text.
    pub(super) fn follow_states(&self) -> Result<()> {
        const STRAYED: &str = "SELECT DISTINCT s.task, s.mark FROM task_state s
            WHERE NOT EXISTS (SELECT 1 FROM duty d WHERE d.task = s.task AND d.mark = s.mark) ORDER BY s.task";
        let strayed: Vec<(String, String)> = self.guarded(|c| c.prepare_cached(STRAYED)?.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect())?;
        let mut steps = Vec::new();
        for (task, mark) in strayed {
            let Some((paper, _)) = task.split_once(':') else { continue };
            const SAME: &str = "SELECT DISTINCT d.task FROM duty d WHERE d.task >= ?1 || ':' AND d.task < ?1 || ';' AND d.mark = ?2 LIMIT 2";
            let found: Vec<String> = self.guarded(|c| c.prepare_cached(SAME)?.query_map([paper, &mark], |r| r.get(0))?.collect())?;
            if let [to] = &found[..] {
                steps.push((task, to.clone()));
            }
        }
        // First out of the way, then to their places: ids may change round.
        let aside = |task: &str| format!("\u{1}{task}");
        for (from, _) in &steps {
            self.rename(from, &aside(from))?;
        }
        for (from, to) in &steps {
            self.rename(&aside(from), to)?;
            // Its place was taken by another state: it stays where it was.
            self.rename(&aside(from), from)?;
        }
        Ok(())
    }

    fn rename(&self, from: &str, to: &str) -> Result<()> {
        self.guarded(|c| {
            // A task that has a state already keeps it.
            c.prepare_cached("UPDATE OR IGNORE task_state SET task = ?2 WHERE task = ?1")?.execute([from, to])?;
            c.prepare_cached("UPDATE task_history SET task = ?2 WHERE task = ?1")?.execute([from, to]).map(|_| ())
        })
    }
}

fn no_task(name: &str) -> Error {
    Error::new(format!("there is no task {name:?}"), "copy the id from `vanthu tasks`")
}
