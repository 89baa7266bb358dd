//! `vanthu schema`: the JSON Schema of a record.

use super::{Failure, OK};
use std::io::{self, Write};
use vanthu::{check, export, graph, office, task, tracker};

/// The records that have a schema in `schemas/`.
const RECORDS: [&str; 15] =
    ["document", "answer", "failure", "listed", "hit", "card", "finding", "trace", "graph", "check", "gaps", "task", "report", "agency", "export"];

/// Which record.
#[derive(clap::Args)]
pub struct Arguments {
    /// Which record.
    #[arg(value_parser = RECORDS, default_value = "document")]
    record: String,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let modules = [export::schema, graph::schema, check::schema, task::schema, office::schema, tracker::schema];
    let schema = modules.into_iter().find_map(|of| of(&arguments.record)).unwrap_or_default();
    writeln!(io::stdout().lock(), "{schema}")?;
    Ok(OK)
}
