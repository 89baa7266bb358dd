//! `vanthu push`: tasks into a tracker.

use super::pick::{FilterArguments, Order, Picked, SourceArguments, pick};
use super::{Failure, NOTHING, OK, SOME_FAILED};
use std::collections::BTreeMap;
use std::io::{self, Write};
use vanthu::push::{Deed, Kind, Patience, Target, push};
use vanthu::tracker;

/// Where to, and what.
#[derive(clap::Args)]
#[command(after_help = "Without --yes nothing is changed: the tracker is only asked what would be done. The token is read from the environment and \
    never printed. A run that broke off is simply started again.")]
pub struct Arguments {
    /// The tracker.
    #[arg(value_enum)]
    tracker: Tracker,
    /// Its address: https://redmine.example.vn.
    #[arg(long, value_name = "URL")]
    url: String,
    /// Number or name of the project; with GitLab group/project.
    #[arg(long, value_name = "PROJECT")]
    project: String,
    /// The environment variable that holds the access token.
    #[arg(long, value_name = "NAME")]
    token_env: String,
    /// Do it.
    #[arg(long)]
    yes: bool,
    /// Redmine, OpenProject: number of the tracker or type of new issues.
    #[arg(long = "type", value_name = "ID")]
    issue_type: Option<u32>,
    /// Redmine, OpenProject: number of a custom field (text, used as a filter) that holds the task's key.
    #[arg(long, value_name = "ID")]
    field: Option<u32>,
    /// Redmine, OpenProject: number of the status of issues whose task is done or given up; the first closed one by default.
    #[arg(long, value_name = "ID")]
    closed_status: Option<u64>,
    /// Send the token over an unencrypted line, too.
    #[arg(long)]
    allow_http: bool,
    #[command(flatten)]
    source: SourceArguments,
    #[command(flatten)]
    filter: FilterArguments,
}

/// Trackers.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Tracker {
    /// Redmine
    Redmine,
    /// OpenProject
    Openproject,
    /// GitLab
    Gitlab,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let target = arguments.target()?;
    target.check(arguments.allow_http)?;
    let Some(Picked { lines, failed }) = pick(&arguments.source, &arguments.filter, &[], Order::Paper, 0)? else { return Ok(NOTHING) };
    let items = tracker::items(&lines);
    if items.is_empty() {
        eprintln!("vanthu: there are no tasks to push; leave out a filter, or give other documents");
        return Ok(NOTHING);
    }
    let mut out = io::stdout().lock();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut printed = Ok(());
    let pushed = push(&items, &target, arguments.yes, Patience::default(), |item, outcome| match outcome {
        Ok(done) => {
            let word = word(done.deed, arguments.yes);
            *counts.entry(word).or_default() += 1;
            let number = done.issue.map(|n| format!("#{n} ")).unwrap_or_default();
            if printed.is_ok() && !matches!(done.deed, Deed::Keep | Deed::Skip) {
                printed = writeln!(out, "{word} {number}{}", item.title);
            }
        }
        Err(e) => {
            *counts.entry(REFUSED).or_default() += 1;
            eprintln!("vanthu: {}: {e}", item.id);
        }
    });
    eprintln!("vanthu: {}", summary(&counts, arguments.yes));
    pushed?;
    printed?;
    Ok(if failed == 0 && !counts.contains_key(REFUSED) { OK } else { SOME_FAILED })
}

const REFUSED: &str = "refused";

/// "12 to create, 0 to update, …": what hardly ever comes is told only where it came.
fn summary(counts: &BTreeMap<&str, usize>, done: bool) -> String {
    let count = |word: &str| counts.get(word).copied().unwrap_or_default();
    let deeds = [Deed::Create, Deed::Update, Deed::Close, Deed::Reopen].map(|d| (d, word(d, done)));
    let shown = deeds.iter().filter(|(d, w)| matches!(d, Deed::Create | Deed::Update) || count(w) > 0);
    let mut parts: Vec<String> = shown.map(|(_, w)| format!("{} {}{w}", count(w), if done { "" } else { "to " })).collect();
    parts.push(format!("{} up to date", count(word(Deed::Keep, done))));
    let skipped = count(word(Deed::Skip, done));
    parts.extend((skipped > 0).then(|| format!("{skipped} done before they had an issue")));
    let end = if done { "" } else { "; nothing was changed, pass --yes to do it" };
    format!("{}, {} {REFUSED}{end}", parts.join(", "), count(REFUSED))
}

fn word(deed: Deed, done: bool) -> &'static str {
    match (deed, done) {
        (Deed::Create, true) => "created",
        (Deed::Create, false) => "create",
        (Deed::Update, true) => "updated",
        (Deed::Update, false) => "update",
        (Deed::Close, true) => "closed",
        (Deed::Close, false) => "close",
        (Deed::Reopen, true) => "reopened",
        (Deed::Reopen, false) => "reopen",
        (Deed::Keep, _) => "keep",
        (Deed::Skip, _) => "skip",
    }
}

impl Arguments {
    fn target(&self) -> Result<Target, Failure> {
        let name = &self.token_env;
        let token = std::env::var(name).ok().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        let token = token.ok_or_else(|| Failure::Said(format!("the environment variable {name} holds no token; put the tracker's access token into it")))?;
        let kind = match self.tracker {
            Tracker::Redmine => Kind::Redmine,
            Tracker::Openproject => Kind::OpenProject,
            Tracker::Gitlab => Kind::GitLab,
        };
        let (issue_type, field, closed_status) = (self.issue_type, self.field, self.closed_status);
        if matches!(kind, Kind::GitLab) && (issue_type.is_some() || field.is_some() || closed_status.is_some()) {
            let problem = "issues of GitLab have no types, fields and statuses by number; leave out --type, --field and --closed-status";
            return Err(Failure::Said(problem.to_owned()));
        }
        Ok(Target { kind, url: self.url.clone(), project: self.project.clone(), token, issue_type, field, closed_status })
    }
}
