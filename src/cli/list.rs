//! `vanthu list`: the documents of a store.

use super::stored::{FilterArguments, StoreArguments, clean, near};
use super::{Failure, NOTHING, OK};
use comfy_table::{ContentArrangement, Table, presets};
use std::io::{self, BufWriter, Write};
use vanthu::export::ListedRecord;
use vanthu::store::Store;

/// Which documents.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    store: StoreArguments,
    #[command(flatten)]
    filter: FilterArguments,
    /// So many at most.
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// One JSON record for each document.
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: Arguments) -> Result<u8, Failure> {
    let store = Store::open_existing(&arguments.store.db)?;
    let limit = arguments.limit;
    let mut documents = store.list(&arguments.filter.filter(arguments.store.include_classified), limit.saturating_add(1))?;
    let more = documents.len() > limit;
    documents.truncate(limit);
    let mut out = BufWriter::new(io::stdout().lock());
    if arguments.json {
        for document in &documents {
            serde_json::to_writer(&mut out, document)?;
            out.write_all(b"\n")?;
        }
    } else if !documents.is_empty() {
        writeln!(out, "{}", table(&documents))?;
    }
    out.flush()?;
    if documents.is_empty() {
        eprintln!("vanthu: no document fits; leave out a filter, or ingest more files");
        return Ok(NOTHING);
    }
    if more {
        eprintln!("vanthu: these are the first {limit}; pass --limit N to see more, or a filter to see fewer");
    }
    Ok(OK)
}

fn table(documents: &[ListedRecord]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if table.width().is_none() {
        table.set_width(140);
    }
    table.set_header(["Date", "Number and symbol", "Issuer", "Subject and source", "Tasks"]);
    for d in documents {
        let text = |field: &Option<String>| field.as_deref().map(clean).unwrap_or_default();
        let subject = if d.id.is_some() { text(&d.subject) } else { format!("[{}]", text(&d.secrecy)) };
        let name = match (text(&d.code), text(&d.document_type)) {
            (code, kind) if code.is_empty() => kind,
            (code, _) => code,
        };
        let lines: Vec<String> = std::iter::once(subject).chain(d.sources.iter().map(|s| near(s))).filter(|line| !line.is_empty()).collect();
        table.add_row([text(&d.date), name, text(&d.issuer), lines.join("\n"), d.tasks.to_string()]);
    }
    table
}
