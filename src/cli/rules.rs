//! `vanthu rules`: the rule book.

use super::{Failure, OK};
use std::io::{self, BufWriter, Write};
use vanthu::rulebook;

/// Which rule.
#[derive(clap::Args)]
pub struct Arguments {
    /// Id of a rule.
    id: Option<String>,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let entries = rulebook::entries();
    match arguments.id.as_deref() {
        None => {
            for e in &entries {
                writeln!(out, "{:<28} {:<10} {}", e.id, e.table, e.doc)?;
            }
        }
        Some(id) => {
            let Some(e) = entries.iter().find(|e| e.id == id) else {
                return Err(Failure::Said(format!("there is no rule {id:?}; `vanthu rules` lists them")));
            };
            writeln!(out, "{} ({})\n\n{}\n", e.id, e.table, e.doc)?;
            if !e.pattern.is_empty() {
                writeln!(out, "pattern on folded text: {}\n", e.pattern)?;
            }
            for (text, value) in &e.finds {
                writeln!(out, "finds   {text}  →  {value}")?;
            }
            for text in &e.ignores {
                writeln!(out, "ignores {text}")?;
            }
        }
    }
    out.flush()?;
    Ok(OK)
}
