//! `vanthu check`: what a careful clerk would catch.

use super::archive::{self, Place};
use super::{Failure, NOTHING, OK, SOME_FAILED};
use std::io::{self, Write};
use vanthu::check::{self, CheckRecord, Finding, RULES};
use vanthu::graph::CitationGraph;
use vanthu::resolve::Paper;

/// What is checked, and how it is told.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
    /// How to tell it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Only these rules.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    rule: Vec<String>,
    /// Leave these rules out.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    skip: Vec<String>,
    /// List the rules and what each catches.
    #[arg(long)]
    rules: bool,
}

/// Formats of the findings.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For reading.
    Text,
    /// The record vanthu/check/1.
    Json,
    /// SARIF 2.1.0, for editors and code hosts.
    Sarif,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    if arguments.rules {
        return list();
    }
    let unknown = arguments.rule.iter().chain(&arguments.skip).find(|id| check::rule(id).is_none());
    if let Some(id) = unknown {
        return Err(Failure::Said(format!("{id:?} is no rule of the check; `vanthu check --rules` lists them")));
    }
    let archive = archive::read(&arguments.place, |record| (Paper::of(&record), check::document(&record)))?;
    if archive.items.is_empty() && archive.failed == 0 {
        eprintln!("vanthu: there are no documents to check");
        return Ok(NOTHING);
    }
    let (papers, found): (Vec<Paper>, Vec<Vec<Finding>>) = archive.items.into_iter().unzip();
    let between = check::archive(&CitationGraph::of_papers(papers));
    let wanted = |f: &Finding| (arguments.rule.is_empty() || arguments.rule.contains(&f.rule)) && !arguments.skip.contains(&f.rule);
    let record = CheckRecord::new(found.into_iter().flatten().chain(between).filter(wanted).collect());
    let mut out = io::stdout().lock();
    match arguments.format {
        Format::Text => write!(out, "{}", record.text())?,
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&record)?)?,
        Format::Sarif => writeln!(out, "{}", serde_json::to_string_pretty(&check::sarif(&record))?)?,
    }
    out.flush()?;
    Ok(if archive.failed == 0 { OK } else { SOME_FAILED })
}

fn list() -> Result<u8, Failure> {
    let mut out = io::stdout().lock();
    for r in RULES {
        let basis = if r.basis.is_empty() { String::new() } else { format!(" ({})", r.basis) };
        writeln!(out, "{:22} {:7} {}{basis}", r.id, r.level.name(), r.catches)?;
    }
    Ok(OK)
}
