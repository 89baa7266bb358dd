//! `vanthu schema`: the JSON Schema of a record.

use super::{Failure, OK};
use std::io::{self, Write};

/// Which record.
#[derive(clap::Args)]
pub struct Arguments {
    /// Which record.
    #[arg(value_parser = ["document", "finding"], default_value = "document")]
    record: String,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let schema = vanthu::export::schema(&arguments.record).unwrap_or_default();
    writeln!(io::stdout().lock(), "{schema}")?;
    Ok(OK)
}
