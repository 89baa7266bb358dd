//! `vanthu schema`: the JSON Schema of a record.

use super::{Failure, OK};
use std::io::{self, Write};
use vanthu::{check, export, graph};

/// Which record.
#[derive(clap::Args)]
pub struct Arguments {
    /// Which record.
    #[arg(value_parser = ["document", "listed", "hit", "card", "failure", "trace", "graph", "check", "gaps"], default_value = "document")]
    record: String,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let schema = [export::schema, graph::schema, check::schema].into_iter().find_map(|of| of(&arguments.record)).unwrap_or_default();
    writeln!(io::stdout().lock(), "{schema}")?;
    Ok(OK)
}
