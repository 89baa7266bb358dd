//! `vanthu schema`: the JSON Schema of a record.

use super::{Failure, OK};
use std::io::{self, Write};
use vanthu::{check, export, graph, task, tracker};

/// The records that have a schema in `schemas/`.
const RECORDS: [&str; 14] =
    ["document", "answer", "failure", "listed", "hit", "card", "finding", "trace", "graph", "check", "gaps", "task", "report", "export"];

/// Which record.
#[derive(clap::Args)]
pub struct Arguments {
    /// Which record.
    #[arg(value_parser = RECORDS, default_value = "document")]
    record: String,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let modules = [export::schema, graph::schema, check::schema, task::schema, tracker::schema];
    let schema = modules.into_iter().find_map(|of| of(&arguments.record)).unwrap_or_default();
    writeln!(io::stdout().lock(), "{schema}")?;
    Ok(OK)
}
