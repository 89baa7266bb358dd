//! `vanthu schema`: the JSON Schema of a record.

use super::{Failure, OK};
use clap::builder::PossibleValuesParser;
use std::io::{self, Write};
use vanthu::{check, convert, export, graph, tracker};

/// Records whose schemas stand with what writes them.
const OTHERS: [&str; 8] = ["task", "agency", "report", "export", "trace", "graph", "check", "gaps"];

/// Which record.
#[derive(clap::Args)]
pub struct Arguments {
    /// Which record.
    #[arg(value_parser = PossibleValuesParser::new(names()), default_value = "document")]
    record: String,
}

/// The records, and the rows of tables.
fn names() -> impl Iterator<Item = &'static str> {
    export::SCHEMAS.into_iter().chain(convert::TABLES.iter().map(|t| t.name)).chain(OTHERS)
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let schema = match arguments.record.as_str() {
        "task" => vanthu::task::task_schema(),
        "agency" => vanthu::office::roll_schema(),
        "report" => vanthu::task::report_schema(),
        "export" => tracker::schema(),
        record => [export::schema, graph::schema, check::schema, convert::schema].into_iter().find_map(|of| of(record)).unwrap_or_default(),
    };
    writeln!(io::stdout().lock(), "{schema}")?;
    Ok(OK)
}
