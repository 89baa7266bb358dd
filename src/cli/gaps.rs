//! `vanthu gaps`: plans that were ordered, decisions that plans rest on, and answers that an archive lacks.

use super::archive::{self, Place};
use super::{Failure, NOTHING, OK, SOME_FAILED};
use std::io::{self, Write};
use vanthu::check::{self, Orders};
use vanthu::graph::CitationGraph;
use vanthu::resolve::Paper;

/// Where gaps are looked for, and how they are told.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Print the record vanthu/gaps/1.
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let archive = archive::read(&arguments.place, |record| Paper::of(&record))?;
    if archive.items.is_empty() && archive.failed == 0 {
        eprintln!("vanthu: there are no documents to look through");
        return Ok(NOTHING);
    }
    let orders: Vec<Orders> = archive.items.iter().filter_map(Orders::of).collect();
    let record = check::gaps(&orders, &CitationGraph::of_papers(archive.items));
    let mut out = io::stdout().lock();
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&record)?)?;
    } else {
        write!(out, "{}", record.text())?;
    }
    out.flush()?;
    Ok(if archive.failed == 0 { OK } else { SOME_FAILED })
}
