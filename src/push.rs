//! Tasks into Redmine, OpenProject and GitLab over their REST interfaces.
//!
//! Every issue carries its task's token in the last line of our part of its description, and in a custom field where
//! one is named. Before anything is made the tracker is asked for that token, so that a run which broke off, or an
//! answer that got lost, never leads to a second issue. What users write below the line stays.
//!
//! What the office notes as done or given up is closed. A closed issue is opened again only where its description says
//! that we closed it and the office took that back: what users close by themselves stays closed.

mod client;
mod gitlab;
mod openproject;
mod redmine;

pub use client::Patience;

use crate::error::{Error, Result};
use crate::tracker::{Item, says_closed};
use client::{Call, Client, Fault};
use jiff::civil::Date;
use serde_json::Value;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::fmt;

/// Pages of issues that are looked through for one token; a tracker that filters gives one.
const MOST_PAGES: usize = 1000;
/// Issues on a page, the most that all three give.
const PAGE: usize = 100;
/// How often a work package is read anew because somebody else changed it meanwhile.
const MOST_CONFLICTS: usize = 5;

/// Trackers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Redmine 3.4 and later.
    Redmine,
    /// OpenProject, API v3.
    OpenProject,
    /// GitLab, API v4.
    GitLab,
}

/// A project of a tracker, and how to get in.
#[derive(Clone)]
pub struct Target {
    /// Which.
    pub kind: Kind,
    /// Where the tracker is: `https://redmine.example.vn`.
    pub url: String,
    /// Number or name of the project; with GitLab `group/project`.
    pub project: String,
    /// The access token. No error names it.
    pub token: String,
    /// Number of the tracker (Redmine) or type (OpenProject) of new issues.
    pub issue_type: Option<u32>,
    /// Number of a custom field for the task's token (Redmine, OpenProject).
    pub field: Option<u32>,
    /// Number of the status of closed issues (Redmine, OpenProject); the tracker's first closed one where it is not given.
    pub closed_status: Option<u64>,
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target").field("kind", &self.kind).field("url", &self.url).field("project", &self.project).finish_non_exhaustive()
    }
}

/// What became of a task, or would become of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// There was no issue.
    Create,
    /// The issue said something else.
    Update,
    /// The issue says the same.
    Keep,
    /// The task is done or given up, the issue is open.
    Close,
    /// The office took back that it is done.
    Reopen,
    /// There is no issue, and nothing more to be done.
    Skip,
}

/// A deed and the issue, which has no number before it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// What.
    pub deed: Deed,
    /// The issue's number.
    pub issue: Option<String>,
}

/// An issue as a tracker has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Issue {
    id: String,
    /// lockVersion of OpenProject.
    version: Option<i64>,
    title: String,
    description: String,
    start: Option<String>,
    due: Option<String>,
    parent: Option<String>,
    /// GitLab tells it itself; of the others the number of the status.
    closed: Option<bool>,
    status: Option<u64>,
}

/// Which statuses close an issue, in the tracker's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Statuses {
    open: Vec<u64>,
    closed: Vec<u64>,
}

/// What an update does to the state of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// To the status of this number, where states have numbers.
    Close(Option<u64>),
    /// The same.
    Reopen(Option<u64>),
}

/// An issue as it should be.
struct Wanted {
    token: String,
    title: String,
    description: String,
    start: Option<Date>,
    due: Option<Date>,
    parent: Option<String>,
    closed: bool,
}

impl Target {
    /// Checks that the token goes over an encrypted line, or not off this machine.
    ///
    /// # Errors
    /// When it would not.
    pub fn check(&self, allow_http: bool) -> Result<()> {
        let host = self.url.split("://").nth(1).unwrap_or_default().split(['/', '?']).next().unwrap_or_default();
        let name = host.rsplit('@').next().unwrap_or_default();
        let is_here = ["127.0.0.1", "localhost", "[::1]"].iter().any(|here| name == *here || name.starts_with(&format!("{here}:")));
        match self.url.split("://").next() {
            Some("https") if !host.is_empty() => Ok(()),
            Some("http") if is_here || (allow_http && !host.is_empty()) => Ok(()),
            Some("http") if !host.is_empty() => {
                Err(Error::new("the token would go over an open line (http)", "give an https address, or pass --allow-http in a closed network"))
            }
            _ => Err(Error::new(format!("{:?} is no address", self.url), "give one like https://redmine.example.vn")),
        }
    }

    fn wanted(&self, item: &Item, parent: Option<String>) -> Wanted {
        let (token, title) = (item.token(), item.title.clone());
        let (description, parent) = match self.kind {
            Kind::Redmine => (redmine::description(item), parent),
            Kind::OpenProject => (openproject::description(item), parent),
            // Issues of GitLab have no parents; the description names it.
            Kind::GitLab => (gitlab::description(item, parent.as_deref()), None),
        };
        // Nor have they a first day.
        let start = item.period_start().filter(|_| self.kind != Kind::GitLab);
        Wanted { token, title, description, start, due: item.due, parent, closed: item.is_closed() }
    }

    fn lookup(&self, project: &str, token: &str, page: usize) -> Call {
        match self.kind {
            Kind::Redmine => redmine::lookup(self, project, token, page),
            Kind::OpenProject => openproject::lookup(self, project, token, page),
            Kind::GitLab => gitlab::lookup(project, token, page),
        }
    }

    /// The issues of an answer that carry a token, and whether there are more pages.
    fn found(&self, answer: &Value, token: &str, page: usize) -> (Vec<Issue>, bool) {
        let (list, issue): (_, fn(&Value) -> Option<Issue>) = match self.kind {
            Kind::Redmine => (&answer["issues"], redmine::issue),
            Kind::OpenProject => (&answer["_embedded"]["elements"], openproject::issue),
            Kind::GitLab => (answer, gitlab::issue),
        };
        let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
        let total = answer["total_count"].as_u64().or_else(|| answer["total"].as_u64());
        let more = total.map_or(list.len() == PAGE, |t| t > (page * PAGE) as u64) && !list.is_empty();
        let field = self.field.map(|n| format!("customField{n}"));
        let in_field = |value: &Value| match self.kind {
            Kind::Redmine => value["custom_fields"]
                .as_array()
                .is_some_and(|fields| fields.iter().any(|f| f["id"].as_u64() == self.field.map(u64::from) && f["value"] == token)),
            _ => field.as_ref().is_some_and(|f| value[f.as_str()] == token),
        };
        (list.iter().filter_map(|v| issue(v).filter(|i| i.description.contains(token) || in_field(v))).collect(), more)
    }

    fn create(&self, project: &str, wanted: &Wanted) -> Call {
        match self.kind {
            Kind::Redmine => redmine::create(self, project, wanted),
            Kind::OpenProject => openproject::create(self, project, wanted),
            Kind::GitLab => gitlab::create(project, wanted),
        }
    }

    fn update(&self, project: &str, issue: &Issue, wanted: &Wanted, turn: Option<Turn>) -> Call {
        match self.kind {
            Kind::Redmine => redmine::update(self, issue, wanted, turn),
            Kind::OpenProject => openproject::update(self, issue, wanted, turn),
            Kind::GitLab => gitlab::update(project, issue, wanted, turn),
        }
    }

    /// The question for the tracker's statuses; GitLab has only open and closed.
    fn statuses(&self) -> Option<Call> {
        match self.kind {
            Kind::Redmine => Some(redmine::statuses()),
            Kind::OpenProject => Some(openproject::statuses()),
            Kind::GitLab => None,
        }
    }

    fn read_statuses(&self, answer: &Value) -> Statuses {
        match self.kind {
            Kind::Redmine => redmine::read_statuses(answer),
            Kind::OpenProject => openproject::read_statuses(answer),
            Kind::GitLab => Statuses::default(),
        }
    }

    fn created(&self, answer: &Value) -> Option<String> {
        let id = match self.kind {
            Kind::Redmine => &answer["issue"]["id"],
            Kind::OpenProject => &answer["id"],
            Kind::GitLab => &answer["iid"],
        };
        id.as_u64().map(|n| n.to_string())
    }
}

/// Brings items, parents first, into a project; with `write` off it only asks what would be done.
///
/// `each` hears of every item; one that the tracker refuses is an error there, and the run goes on.
///
/// # Errors
/// When the tracker cannot be reached, or lets nobody in. A second run then takes up where this one ended.
pub fn push(items: &[Item], target: &Target, write: bool, patience: Patience, mut each: impl FnMut(&Item, Result<Done>)) -> Result<()> {
    let run = Run { client: Client::new(target, patience), target, write, statuses: OnceCell::new() };
    let stopped = |fault: Fault| match fault {
        Fault::Stop(e) | Fault::Refused(e) | Fault::Conflict(e) | Fault::Unsure(e) => e,
    };
    let project = run.project().map_err(stopped)?;
    let mut issues: HashMap<String, String> = HashMap::new();
    let mut waiting = Vec::new();
    for item in items {
        let parent = item.parent_key.as_ref().and_then(|k| issues.get(k).cloned());
        let wanted = target.wanted(item, parent);
        match run.bring(&project, &wanted) {
            Ok(done) => {
                issues.extend(done.issue.clone().map(|id| (item.key(), id)));
                each(item, Ok(done));
            }
            Err(Fault::Stop(e) | Fault::Unsure(e)) => return Err(e),
            // Redmine closes nothing that has open issues below it, and those come later.
            Err(Fault::Refused(_)) if wanted.closed => waiting.push((item, wanted)),
            Err(Fault::Refused(e) | Fault::Conflict(e)) => each(item, Err(e)),
        }
    }
    for (item, wanted) in waiting.into_iter().rev() {
        match run.bring(&project, &wanted) {
            Ok(done) => each(item, Ok(done)),
            Err(Fault::Stop(e) | Fault::Unsure(e)) => return Err(e),
            Err(Fault::Refused(e) | Fault::Conflict(e)) => each(item, Err(e)),
        }
    }
    Ok(())
}

struct Run<'a> {
    client: Client,
    target: &'a Target,
    write: bool,
    statuses: OnceCell<Statuses>,
}

impl Run<'_> {
    /// What the tracker wants to be called with for the project: its number, or with GitLab its path.
    fn project(&self) -> std::result::Result<String, Fault> {
        let name = &self.target.project;
        let (call, place): (Call, &[&str]) = match self.target.kind {
            Kind::GitLab => return Ok(client::encoded(name)),
            _ if name.bytes().all(|b| b.is_ascii_digit()) => return Ok(name.clone()),
            Kind::Redmine => (Call::get(format!("/projects/{}.json", client::encoded(name))), &["project", "id"]),
            Kind::OpenProject => (Call::get(format!("/api/v3/projects/{}", client::encoded(name))), &["id"]),
        };
        let answer = self.client.call(&call)?;
        let id = place.iter().fold(&answer, |value, key| &value[*key]).as_u64();
        id.map(|n| n.to_string())
            .ok_or_else(|| Fault::Stop(Error::new(format!("the tracker does not tell the number of the project {name:?}"), "give its number as --project")))
    }

    fn bring(&self, project: &str, wanted: &Wanted) -> std::result::Result<Done, Fault> {
        for _ in 0..MOST_CONFLICTS {
            let Some(issue) = self.find(project, &wanted.token)? else { return self.make(project, wanted) };
            let wanted = wanted.beside(&issue);
            let done = |deed| Done { deed, issue: Some(issue.id.clone()) };
            let turn = self.turn(&issue, &wanted)?;
            let deed = match turn {
                Some(Turn::Close(_)) => Deed::Close,
                Some(Turn::Reopen(_)) => Deed::Reopen,
                None if wanted.is_as(&issue) => return Ok(done(Deed::Keep)),
                None => Deed::Update,
            };
            if !self.write {
                return Ok(done(deed));
            }
            match self.client.call(&self.target.update(project, &issue, &wanted, turn)) {
                Ok(_) if turn.is_some() => return self.checked(project, &wanted).map(|()| done(deed)),
                Ok(_) => return Ok(done(deed)),
                // Somebody changed it since it was read.
                Err(Fault::Conflict(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
        Err(Fault::Refused(Error::new("the issue is changed by others again and again", "run the command again later")))
    }

    /// What is to be done to the state of an issue.
    fn turn(&self, issue: &Issue, wanted: &Wanted) -> std::result::Result<Option<Turn>, Fault> {
        let ours = issue.description.split(&wanted.token).next().unwrap_or_default();
        if !wanted.closed && !says_closed(ours) {
            return Ok(None);
        }
        let statuses = self.statuses()?;
        let closed = issue.closed.unwrap_or_else(|| issue.status.is_some_and(|s| statuses.closed.contains(&s)));
        if closed == wanted.closed {
            return Ok(None);
        }
        let of_target = if wanted.closed { self.target.closed_status } else { None };
        let status = of_target.or_else(|| if wanted.closed { &statuses.closed } else { &statuses.open }.first().copied());
        if status.is_none() && issue.closed.is_none() {
            return Err(Fault::Refused(Error::new("the tracker has no status that closes issues", "make one, or give its number as --closed-status")));
        }
        Ok(Some(if wanted.closed { Turn::Close(status) } else { Turn::Reopen(status) }))
    }

    /// The tracker's statuses; asked for once, and only where a state is to be told.
    fn statuses(&self) -> std::result::Result<&Statuses, Fault> {
        if let Some(known) = self.statuses.get() {
            return Ok(known);
        }
        let statuses = match self.target.statuses() {
            Some(call) => self.target.read_statuses(&self.client.call(&call)?),
            None => Statuses::default(),
        };
        Ok(self.statuses.get_or_init(|| statuses))
    }

    /// Whether the issue stands as it should: Redmine passes over a status that its workflow does not allow, without a word.
    fn checked(&self, project: &str, wanted: &Wanted) -> std::result::Result<(), Fault> {
        let Some(issue) = self.find(project, &wanted.token)? else { return Ok(()) };
        let as_wanted =
            issue.closed.unwrap_or_else(|| issue.status.is_some_and(|s| self.statuses.get().is_some_and(|known| known.closed.contains(&s)))) == wanted.closed;
        if as_wanted {
            return Ok(());
        }
        let what = if wanted.closed { "closed" } else { "opened again" };
        Err(Fault::Refused(Error::new(
            format!("the tracker changed the issue #{}, but it is not {what}", issue.id),
            "close what stands below it first, let the workflow allow the token's user this change, or give another --closed-status",
        )))
    }

    fn find(&self, project: &str, token: &str) -> std::result::Result<Option<Issue>, Fault> {
        for page in 1..=MOST_PAGES {
            let answer = self.client.call(&self.target.lookup(project, token, page))?;
            let (found, more) = self.target.found(&answer, token, page);
            // Of several, made by hand or by two runs at once, the oldest is kept up to date.
            if let Some(issue) = found.into_iter().min_by_key(|i| i.id.parse::<u64>().unwrap_or(u64::MAX)) {
                return Ok(Some(issue));
            }
            if !more {
                break;
            }
        }
        Ok(None)
    }

    fn make(&self, project: &str, wanted: &Wanted) -> std::result::Result<Done, Fault> {
        let done = |issue| Done { deed: Deed::Create, issue };
        if wanted.closed {
            return Ok(Done { deed: Deed::Skip, issue: None });
        }
        if !self.write {
            return Ok(done(None));
        }
        let call = self.target.create(project, wanted);
        let mut tries = self.client.tries();
        loop {
            match self.client.once(&call) {
                Ok(answer) => return Ok(done(self.target.created(&answer))),
                // The answer is lost; the issue may be there.
                Err(client::Attempt::Again(wait, e)) => {
                    tries.pause(wait).ok_or(Fault::Unsure(e))?;
                    if let Some(issue) = self.find(project, &wanted.token)? {
                        return Ok(done(Some(issue.id)));
                    }
                }
                Err(client::Attempt::No(fault)) => return Err(fault),
            }
        }
    }
}

impl Wanted {
    /// With what users wrote below our part of the description.
    fn beside(&self, issue: &Issue) -> Self {
        let theirs = issue.description.split_once(&self.token).map(|(_, rest)| rest.trim_end()).unwrap_or_default();
        Self {
            token: self.token.clone(),
            title: self.title.clone(),
            description: format!("{}{theirs}", self.description),
            start: self.start,
            due: self.due,
            parent: self.parent.clone(),
            closed: self.closed,
        }
    }

    fn is_as(&self, issue: &Issue) -> bool {
        let day = |day: Option<Date>| day.map(|d| d.to_string());
        self.title == issue.title
            && self.description.trim_end() == issue.description.trim_end()
            && day(self.start) == issue.start
            && day(self.due) == issue.due
            && (self.parent.is_none() || self.parent == issue.parent)
    }
}

/// A text of an answer, its lines ended as ours are.
fn text(value: &Value) -> Option<String> {
    value.as_str().map(|s| s.replace("\r\n", "\n"))
}
