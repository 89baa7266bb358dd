//! Where a task stands, in the words that offices use.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the office said about a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Nothing yet.
    #[default]
    Todo,
    /// Begun.
    Doing,
    /// Done on `done_on`.
    Done,
    /// Put off for the time being.
    Paused,
    /// Not to be done any more.
    Cancelled,
}

impl Progress {
    /// The word in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Doing => "doing",
            Self::Done => "done",
            Self::Paused => "paused",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether nothing more is to be done.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled)
    }

    /// The progress of this word.
    pub fn of(name: &str) -> Option<Self> {
        [Self::Todo, Self::Doing, Self::Done, Self::Paused, Self::Cancelled].into_iter().find(|p| p.name() == name)
    }
}

/// What the office keeps about a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
pub struct State {
    /// What was said last.
    pub progress: Progress,
    /// The day it was done, ISO.
    pub done_on: Option<String>,
    /// Who does it: a unit or a person.
    pub assignee: Option<String>,
    /// The day of the last deed about it, ISO.
    pub noted_on: Option<String>,
    /// The text that it was said of, as [`Task::text_mark`](super::Task::text_mark) marks it.
    pub text_mark: String,
    /// Remarks, oldest first.
    pub notes: Vec<StateNote>,
}

/// A remark of the office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StateNote {
    /// The day it was made, ISO.
    pub on: String,
    /// What it says.
    pub text: String,
}

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, Default)]
pub enum Status {
    /// Not begun, and time is left.
    #[default]
    #[serde(rename = "chưa thực hiện")]
    Todo,
    /// Begun, and time is left.
    #[serde(rename = "đang thực hiện")]
    Doing,
    /// Done on time, or without a last day.
    #[serde(rename = "hoàn thành")]
    Done,
    /// Done after the last day.
    #[serde(rename = "hoàn thành quá hạn")]
    DoneLate,
    /// Not done, and the last day is past.
    #[serde(rename = "quá hạn")]
    Overdue,
    /// Put off.
    #[serde(rename = "tạm dừng")]
    Paused,
    /// Given up.
    #[serde(rename = "hủy")]
    Cancelled,
}

impl Status {
    /// All of them, in the order of a list.
    pub const ALL: [Self; 7] = [Self::Todo, Self::Doing, Self::Done, Self::DoneLate, Self::Overdue, Self::Paused, Self::Cancelled];

    /// The words that offices use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Todo => "chưa thực hiện",
            Self::Doing => "đang thực hiện",
            Self::Done => "hoàn thành",
            Self::DoneLate => "hoàn thành quá hạn",
            Self::Overdue => "quá hạn",
            Self::Paused => "tạm dừng",
            Self::Cancelled => "hủy",
        }
    }

    /// The English word that the command line takes, too.
    pub fn word(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Doing => "doing",
            Self::Done => "done",
            Self::DoneLate => "done-late",
            Self::Overdue => "overdue",
            Self::Paused => "paused",
            Self::Cancelled => "cancelled",
        }
    }

    /// The status of these words: in Vietnamese, with or without marks, or in English.
    pub fn parse(words: &str) -> Option<Self> {
        use crate::mention::identity::slug;
        Self::ALL.into_iter().find(|s| slug(s.name()) == slug(words) || s.word() == words)
    }

    /// Where a task with this last day stands on a day.
    pub fn of(state: Option<&State>, due: Option<Date>, today: Date) -> Self {
        let done_on = state.and_then(|s| s.done_on.as_deref()).and_then(|d| d.parse::<Date>().ok());
        match state.map_or(Progress::Todo, |s| s.progress) {
            Progress::Cancelled => Self::Cancelled,
            Progress::Paused => Self::Paused,
            Progress::Done if due.zip(done_on).is_some_and(|(due, done)| done > due) => Self::DoneLate,
            Progress::Done => Self::Done,
            _ if due.is_some_and(|d| d < today) => Self::Overdue,
            Progress::Doing => Self::Doing,
            Progress::Todo => Self::Todo,
        }
    }

    /// Whether nothing more is to be done.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Done | Self::DoneLate | Self::Cancelled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn where_a_task_stands() {
        let state = |progress, done: Option<&str>| State { progress, done_on: done.map(str::to_owned), ..State::default() };
        let due = Some(date(2026, 6, 30));
        let (early, late) = (date(2026, 6, 30), date(2026, 7, 1));
        let rows = [
            (None, due, early, Status::Todo, "the last day is still on time"),
            (None, due, late, Status::Overdue, "the day after is not"),
            (None, None, late, Status::Todo, "no last day, never late"),
            (Some(state(Progress::Doing, None)), due, early, Status::Doing, "begun"),
            (Some(state(Progress::Doing, None)), due, late, Status::Overdue, "begun, but late"),
            (Some(state(Progress::Done, Some("2026-06-30"))), due, late, Status::Done, "done on the last day"),
            (Some(state(Progress::Done, Some("2026-07-01"))), due, late, Status::DoneLate, "done a day late"),
            (Some(state(Progress::Done, None)), due, late, Status::Done, "the day is not known"),
            (Some(state(Progress::Paused, None)), due, late, Status::Paused, "put off, not late"),
            (Some(state(Progress::Cancelled, None)), due, late, Status::Cancelled, "given up"),
        ];
        for (state, due, today, want, why) in rows {
            assert_eq!(Status::of(state.as_ref(), due, today), want, "{why}");
        }
    }

    #[test]
    fn statuses_are_read_in_both_languages() {
        let rows = [
            ("quá hạn", Status::Overdue),
            ("qua han", Status::Overdue),
            ("QUA HAN", Status::Overdue),
            ("overdue", Status::Overdue),
            ("hoan thanh", Status::Done),
        ];
        for (words, want) in rows {
            assert_eq!(Status::parse(words), Some(want), "{words}");
        }
        assert_eq!(Status::parse("xong"), None);
    }
}
