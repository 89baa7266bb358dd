//! `vanthu schema`: the JSON Schema of a record.

use super::{Failure, OK};
use clap::builder::PossibleValuesParser;
use std::io::{self, Write};
use vanthu::{check, convert, export, graph, office, task, tracker};

/// Records that are not those of a document.
const OTHERS: [&str; 8] = ["trace", "graph", "check", "gaps", "task", "report", "agency", "export"];

/// Which record.
#[derive(clap::Args)]
pub struct Arguments {
    /// Which record.
    #[arg(value_parser = PossibleValuesParser::new(names()), default_value = "document")]
    record: String,
}

/// The records, and the rows of tables.
fn names() -> impl Iterator<Item = &'static str> {
    export::SCHEMAS.into_iter().chain(OTHERS).chain(convert::TABLES.iter().map(|t| t.name))
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let modules = [export::schema, graph::schema, check::schema, task::schema, office::schema, tracker::schema, convert::schema];
    let schema = modules.into_iter().find_map(|of| of(&arguments.record)).unwrap_or_default();
    writeln!(io::stdout().lock(), "{schema}")?;
    Ok(OK)
}
