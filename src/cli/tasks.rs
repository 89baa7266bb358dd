//! `vanthu tasks`: the duties of many papers, by their last day.

mod table;

use super::pick::{FilterArguments, OPEN, Order, SourceArguments, pick};
use super::{Failure, NOTHING, OK, SOME_FAILED};
use std::io::{self, BufWriter, Write};
use vanthu::task::{Clock, Task};

/// Which tasks, of which papers.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    source: SourceArguments,
    #[command(flatten)]
    filter: FilterArguments,
    /// Also what is done or given up.
    #[arg(long)]
    all: bool,
    /// How the tasks are printed.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Print no more than so many; 0 prints all. A table of the store shows 50 where nothing is said.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// Forms of a listing.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For the eye.
    Table,
    /// One array.
    Json,
    /// One object per line.
    Ndjson,
}

/// So many tasks of a store a table shows.
const SHOWN: usize = 50;

pub fn run(arguments: Arguments) -> Result<u8, Failure> {
    let Arguments { source, filter, all, format, limit } = arguments;
    let limit = limit.unwrap_or(if source.paths.is_empty() && format == Format::Table { SHOWN } else { 0 });
    let usual: &[_] = if all { &[] } else { &OPEN };
    let Some(picked) = pick(&source, &filter, usual, Order::Due, limit)? else { return Ok(NOTHING) };
    print(&picked.lines, limit, format, filter.clock(), source.paths.is_empty())?;
    Ok(if picked.failed == 0 { OK } else { SOME_FAILED })
}

fn print(lines: &[Task], limit: usize, format: Format, clock: Clock, noting: bool) -> Result<(), Failure> {
    let shown = if limit == 0 { lines } else { &lines[..lines.len().min(limit)] };
    let mut out = BufWriter::new(io::stdout().lock());
    match format {
        Format::Table => out.write_all(table::of(shown, lines.len(), clock, noting).as_bytes())?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, shown)?;
            out.write_all(b"\n")?;
        }
        Format::Ndjson => {
            for line in shown {
                serde_json::to_writer(&mut out, line)?;
                out.write_all(b"\n")?;
            }
        }
    }
    Ok(out.flush()?)
}
