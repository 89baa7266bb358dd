//! `vanthu schema`: the JSON Schema of a record.

use super::{Failure, OK};
use std::io::{self, Write};
use vanthu::{check, export, graph, tracker};

/// Records with a schema.
const RECORDS: [&str; 13] = ["task", "agency", "report", "document", "listed", "hit", "card", "failure", "export", "trace", "graph", "check", "gaps"];

/// Which record.
#[derive(clap::Args)]
pub struct Arguments {
    /// Which record.
    #[arg(value_parser = RECORDS, default_value = "document")]
    record: String,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let schema = match arguments.record.as_str() {
        "task" => vanthu::task::task_schema(),
        "agency" => vanthu::office::roll_schema(),
        "report" => vanthu::task::report_schema(),
        "export" => tracker::schema(),
        record => [export::schema, graph::schema, check::schema].into_iter().find_map(|of| of(record)).unwrap_or_default(),
    };
    writeln!(io::stdout().lock(), "{schema}")?;
    Ok(OK)
}
