//! `vanthu schema`: the JSON Schema of a record.

use super::{Failure, OK};
use std::io::{self, Write};
use vanthu::{check, export, graph, task};

/// The records that have a schema in `schemas/`.
const RECORDS: [&str; 12] = ["document", "answer", "failure", "listed", "hit", "card", "trace", "graph", "check", "gaps", "task", "report"];

/// Which record.
#[derive(clap::Args)]
pub struct Arguments {
    /// Which record.
    #[arg(value_parser = RECORDS, default_value = "document")]
    record: String,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let schema = [export::schema, graph::schema, check::schema, task::schema].into_iter().find_map(|of| of(&arguments.record)).unwrap_or_default();
    writeln!(io::stdout().lock(), "{schema}")?;
    Ok(OK)
}
