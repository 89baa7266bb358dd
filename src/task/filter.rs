//! Which tasks a listing shows.

use super::{Clock, Party, Status, Task, occurrences};
use crate::error::{Error, Result};
use crate::graph::{CitationGraph, Kind};
use crate::mention::identity::slug;
use crate::office::{Body, BodyKind, Member, Office};
use crate::text::fold;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The part that an agency has in a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Chủ trì.
    Lead,
    /// Phối hợp.
    Cooperate,
}

/// By which way a task concerns an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// Named itself.
    Direct,
    /// It carries the duties of a body that has ended.
    Succession,
    /// One of a group: "các sở, ngành tỉnh".
    Group,
    /// Perhaps one of those concerned: "các cơ quan liên quan".
    Open,
}

/// How a task concerns the agency that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Through {
    /// Its part.
    pub role: Role,
    /// By which way.
    pub via: Via,
    /// The party as printed.
    pub party: String,
}

/// An agency that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    body: Body,
    /// The name has no province: the body of every province is meant.
    anywhere: bool,
    name: String,
}

impl Wanted {
    /// Reads a name as a clerk types it: "Sở GD&ĐT Long An", "STC tỉnh Đắk Lắk", a unit of the own file, or a key.
    ///
    /// # Errors
    /// When it names several bodies, or nobody that can be told.
    pub fn of(name: &str, office: &Office) -> Result<Self> {
        let body = office.typed(name);
        match body.kind {
            BodyKind::Group | BodyKind::Open => {
                let problem = format!("{name:?} names several bodies");
                Err(Error::new(problem, "name one body with its place, such as \"Sở Y tế tỉnh Long An\""))
            }
            _ if body.agency.is_none() => Err(Error::new(format!("{name:?} names no body"), "name one body, such as \"Sở Y tế tỉnh Long An\"")),
            _ => {
                use crate::office::Level;
                let anywhere = body.province.is_none() && !matches!(body.level, Level::Central) && body.kind == BodyKind::Agency && body.id.is_some();
                Ok(Self { anywhere, name: fold(name), body })
            }
        }
    }

    /// The body.
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// Whether the name is one of the lexicon or of the user's own file; others are matched by their first words.
    pub fn is_known(&self) -> bool {
        self.body.kind != BodyKind::Named
    }

    /// Whether a key, "xa_ubnd@ea-kar.dak-lak", is of the unit that was named without its province.
    fn of_unit(&self, key: Option<&str>) -> bool {
        let Some(own) = self.body.agency.as_deref().filter(|_| self.body.unit.is_some()) else { return true };
        key.is_some_and(|k| k.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    }

    /// How a party concerns the agency; `now` is the key of who carries the party's duties now.
    pub fn concerned(&self, party: &Body, now: Option<&str>, as_of: Option<Date>) -> Option<Via> {
        let same = self.body.agency.is_some() && self.body.agency == party.agency;
        let kin = self.anywhere && self.body.id == party.id && party.agency.is_some() && self.of_unit(party.agency.as_deref());
        // A name outside the lexicon matches by its words.
        let named = self.body.kind == BodyKind::Named && party.kind == BodyKind::Named && fold(&party.name).starts_with(&self.name);
        if same || kin || named {
            return Some(Via::Direct);
        }
        if now.is_some_and(|key| {
            Some(key) == self.body.agency.as_deref() || self.anywhere && key.split('@').next() == self.body.id.as_deref() && self.of_unit(Some(key))
        }) {
            return Some(Via::Succession);
        }
        match party.means(&self.body, as_of) {
            Some(Member::Yes) => Some(Via::Group),
            Some(Member::Maybe) => Some(Via::Open),
            // "các cơ quan liên quan" without more may be anybody.
            None => None,
        }
    }

    fn through(&self, parties: &[Party], role: Role, as_of: Option<Date>) -> Option<Through> {
        let ways = parties.iter().filter_map(|p| {
            let now = p.now.as_ref().and_then(|n| n.carrier.as_ref()).and_then(|c| c.agency.as_deref());
            self.concerned(&p.body, now, as_of).map(|via| (via, p))
        });
        ways.min_by_key(|w| w.0).map(|(via, p)| Through { role, via, party: p.body.text.clone() })
    }
}

/// Which tasks are shown; all of them by default.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Whose tasks.
    pub wanted: Option<Wanted>,
    /// Only those where it has this part.
    pub role: Option<Role>,
    /// Show also what may concern it: open groups.
    pub open: bool,
    /// Due on this day or before.
    pub due_before: Option<Date>,
    /// Due on this day or after.
    pub due_after: Option<Date>,
    /// Not done, and late.
    pub overdue: bool,
    /// Without a last day.
    pub undated: bool,
    /// Given by the papers with this symbol or key.
    pub from: Option<String>,
    /// Given by one of these papers (ids of documents).
    pub within: Option<HashSet<String>>,
    /// Standing at one of these.
    pub status: Vec<Status>,
    /// Holding these words, whatever their marks.
    pub text: Option<String>,
}

impl Filter {
    /// The lines of a listing for a task: none, one, or one for each occurrence in the window asked for.
    pub fn lines(&self, task: Task, clock: Clock) -> Vec<Task> {
        if !self.of_paper(&task) || !self.has_words(&task.quote) {
            return Vec::new();
        }
        let days = self.days(&task);
        let lines: Vec<Task> = match days {
            Some(days) => days.into_iter().map(|d| task.clone().on(clock, Some(d))).collect(),
            None => vec![task.on(clock, None)],
        };
        lines.into_iter().filter_map(|line| self.keep(line, clock)).collect()
    }

    /// The occurrences in the window, of a task that recurs, where a window with an end is asked for.
    fn days(&self, task: &Task) -> Option<Vec<Date>> {
        let (rhythm, to) = (task.rhythm()?, self.due_before?);
        let from = task.issued().max(self.due_after).or(self.due_after)?;
        Some(occurrences(rhythm, from, Some(to)).take(MOST_OCCURRENCES).collect())
    }

    fn keep(&self, mut line: Task, clock: Clock) -> Option<Task> {
        if let Some(wanted) = &self.wanted {
            let lead = wanted.through(&line.leads, Role::Lead, clock.as_of).filter(|_| self.role != Some(Role::Cooperate));
            let beside = wanted.through(&line.cooperators, Role::Cooperate, clock.as_of).filter(|_| self.role != Some(Role::Lead));
            let ways = [lead, beside].into_iter().flatten().filter(|t| self.open || t.via != Via::Open);
            line.through = Some(ways.min_by_key(|t| (t.via, t.role))?);
        }
        self.of_day(&line).then_some(line)
    }

    fn of_day(&self, line: &Task) -> bool {
        let due = line.due.as_deref().and_then(|d| d.parse::<Date>().ok());
        let before = self.due_before.is_none_or(|b| due.is_some_and(|d| d <= b));
        let after = self.due_after.is_none_or(|a| due.is_some_and(|d| d >= a));
        let late = !self.overdue || line.status == Status::Overdue;
        let undated = !self.undated || due.is_none();
        let status = self.status.is_empty() || self.status.contains(&line.status);
        before && after && late && undated && status
    }

    fn of_paper(&self, task: &Task) -> bool {
        let from = self.from.as_deref().is_none_or(|code| task.document.code.as_deref().is_some_and(|c| same_code(c, code)) || task.document.path == code);
        let within = self.within.as_ref().is_none_or(|ids| ids.contains(&task.document.id));
        from && within
    }

    /// Whether the words asked for stand in the quote of a task.
    pub(crate) fn has_words(&self, quote: &str) -> bool {
        let Some(words) = self.text.as_deref() else { return true };
        let text = slug(quote);
        slug(words).split('-').all(|w| text.split('-').any(|t| t == w))
    }
}

/// A window never shows more occurrences of one task.
const MOST_OCCURRENCES: usize = 400;

/// Whether two symbols are the same but for blanks and case.
pub fn same_code(a: &str, b: &str) -> bool {
    let plain = |s: &str| fold(s).chars().filter(|c| !c.is_whitespace()).collect::<String>();
    plain(a) == plain(b)
}

/// What a paper does that puts its tasks under another: it carries that one on.
pub(crate) const CARRIES_ON: [Kind; 6] = [Kind::PartOf, Kind::Implements, Kind::Continues, Kind::Guides, Kind::Promulgates, Kind::Approves];

/// The held papers (ids of documents) that implement a work at any depth, and those of the work itself.
pub fn papers_under(graph: &CitationGraph, root: u32) -> HashSet<String> {
    let mut seen = HashSet::from([root]);
    let mut left = vec![root];
    while let Some(work) = left.pop() {
        let below = graph.edges_to(work).into_iter().filter(|e| CARRIES_ON.contains(&e.link.kind)).map(|e| e.source);
        left.extend(below.filter(|w| seen.insert(*w)));
    }
    graph.documents().iter().filter(|d| seen.contains(&d.work)).map(|d| d.id.to_string()).collect()
}
