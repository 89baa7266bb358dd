//! `vanthu push`: tasks into a tracker.

use super::items::{Found, Wanted};
use super::{Failure, NOTHING, OK, SOME_FAILED};
use std::io::{self, Write};
use vanthu::push::{Deed, Kind, Patience, Target, push};

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
    /// Send the token over an unencrypted line, too.
    #[arg(long)]
    allow_http: bool,
    #[command(flatten)]
    wanted: Wanted,
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
    let Found { items, failed, .. } = arguments.wanted.find()?;
    if items.is_empty() {
        eprintln!("vanthu: there are no tasks to push; leave out a filter, or give other documents");
        return Ok(NOTHING);
    }
    let mut out = io::stdout().lock();
    let mut counts = [0usize; 4];
    let mut printed = Ok(());
    let pushed = push(&items, &target, arguments.yes, Patience::default(), |item, outcome| match outcome {
        Ok(done) => {
            counts[done.deed as usize] += 1;
            let number = done.issue.map(|n| format!("#{n} ")).unwrap_or_default();
            if printed.is_ok() && done.deed != Deed::Keep {
                printed = writeln!(out, "{} {number}{}", word(done.deed, arguments.yes), item.title);
            }
        }
        Err(e) => {
            counts[3] += 1;
            eprintln!("vanthu: {}: {e}", item.id);
        }
    });
    let [create, update, keep, refused] = counts;
    let end = if arguments.yes { "" } else { "; nothing was changed, pass --yes to do it" };
    let verbs = if arguments.yes { ["created", "updated"] } else { ["to create", "to update"] };
    eprintln!("vanthu: {create} {}, {update} {}, {keep} up to date, {refused} refused{end}", verbs[0], verbs[1]);
    pushed?;
    printed?;
    Ok(if failed == 0 && refused == 0 { OK } else { SOME_FAILED })
}

fn word(deed: Deed, done: bool) -> &'static str {
    match (deed, done) {
        (Deed::Create, true) => "created",
        (Deed::Create, false) => "create",
        (Deed::Update, true) => "updated",
        (Deed::Update, false) => "update",
        (Deed::Keep, _) => "keep",
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
        let (issue_type, field) = (self.issue_type, self.field);
        if matches!(kind, Kind::GitLab) && (issue_type.is_some() || field.is_some()) {
            return Err(Failure::Said("issues of GitLab have no types and fields by number; leave out --type and --field".to_owned()));
        }
        Ok(Target { kind, url: self.url.clone(), project: self.project.clone(), token, issue_type, field })
    }
}
