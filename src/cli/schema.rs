//! `vanthu schema`: the JSON Schema of a record.

use super::{Failure, OK};
use std::io::{self, Write};

/// Which record.
#[derive(clap::Args)]
pub struct Arguments {
    /// Which record.
    #[arg(value_parser = ["document", "listed", "hit", "card", "failure", "export", "task", "report", "agency"], default_value = "document")]
    record: String,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let schema = match arguments.record.as_str() {
        "task" => vanthu::task::task_schema(),
        "agency" => vanthu::office::roll_schema(),
        "report" => vanthu::task::report_schema(),
        "export" => vanthu::tracker::schema(),
        record => vanthu::export::schema(record).unwrap_or_default(),
    };
    writeln!(io::stdout().lock(), "{schema}")?;
    Ok(OK)
}
