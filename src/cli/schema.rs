//! `vanthu schema`: the JSON Schema of a record.

use super::{Failure, OK};
use clap::builder::PossibleValuesParser;
use std::io::{self, Write};
use vanthu::{convert, export};

/// Which record.
#[derive(clap::Args)]
pub struct Arguments {
    /// Which record.
    #[arg(value_parser = PossibleValuesParser::new(names()), default_value = "document")]
    record: String,
}

/// The records, and the rows of tables.
fn names() -> impl Iterator<Item = &'static str> {
    export::SCHEMAS.into_iter().chain(convert::TABLES.iter().map(|t| t.name)).chain(["export"])
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let schema = match arguments.record.as_str() {
        "export" => vanthu::tracker::schema(),
        record => export::schema(record).or_else(|| convert::schema(record)).unwrap_or_default(),
    };
    writeln!(io::stdout().lock(), "{schema}")?;
    Ok(OK)
}
