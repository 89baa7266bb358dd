//! `vanthu search`: passages in the texts of a store.

use super::stored::{FilterArguments, StoreArguments, Style, clean, near, title, width, wrapped};
use super::{Failure, NOTHING, OK};
use std::io::{self, BufWriter, Write};
use vanthu::export::HitRecord;
use vanthu::store::{Query, Store};

/// What is searched for, and where.
#[derive(clap::Args)]
pub struct Arguments {
    /// Words, with or without diacritics; "in quotation marks" they stand together.
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    #[command(flatten)]
    store: StoreArguments,
    #[command(flatten)]
    filter: FilterArguments,
    /// So many documents at most.
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// One JSON record for each passage.
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: Arguments) -> Result<u8, Failure> {
    let query = Query::of(&words(&arguments.words))?;
    let store = Store::open_existing(&arguments.store.db)?;
    let limit = arguments.limit;
    let mut hits = store.search(&query, &arguments.filter.filter(arguments.store.include_classified), limit.saturating_add(1))?;
    let more = hits.len() > limit;
    hits.truncate(limit);
    let mut out = BufWriter::new(io::stdout().lock());
    for (i, hit) in hits.iter().enumerate() {
        if arguments.json {
            serde_json::to_writer(&mut out, hit)?;
            out.write_all(b"\n")?;
        } else {
            print(&mut out, i + 1, hit)?;
        }
    }
    out.flush()?;
    if hits.is_empty() {
        eprintln!("vanthu: nothing is found; try fewer words, or the words without diacritics");
        return Ok(NOTHING);
    }
    if more {
        eprintln!("vanthu: these are the first {limit}; pass --limit N to see more, or more words to see fewer");
    }
    Ok(OK)
}

/// An argument of several words was put in quotation marks, which the shell has eaten.
fn words(arguments: &[String]) -> String {
    if let [one] = arguments {
        return one.clone();
    }
    arguments.iter().map(|a| if a.trim().contains(' ') && !a.contains('"') { format!("\"{a}\"") } else { a.clone() }).collect::<Vec<_>>().join(" ")
}

fn print(out: &mut impl Write, number: usize, hit: &HitRecord) -> io::Result<()> {
    let style = Style::of_stdout();
    writeln!(out, "{number:>3}  {}", style.strong(&title(&hit.document)))?;
    if let Some(subject) = &hit.document.subject {
        writeln!(out, "{}", wrapped(&clean(subject), "     ", width()))?;
    }
    writeln!(out, "{}", wrapped(&format!("… {} …", highlighted(hit, style)), "       ", width()))?;
    for source in &hit.document.sources {
        writeln!(out, "     {}", style.faint(&near(source)))?;
    }
    writeln!(out)
}

/// The passage with its marks.
fn highlighted(hit: &HitRecord, style: Style) -> String {
    let chars: Vec<char> = clean(&hit.passage).chars().collect();
    let part = |start: usize, end: usize| chars[start.min(chars.len())..end.min(chars.len())].iter().collect::<String>();
    let mut text = String::new();
    let mut at = 0;
    for mark in &hit.marks {
        text.push_str(&part(at, mark.start));
        text.push_str(&style.found(&part(mark.start, mark.end)));
        at = mark.end;
    }
    text.push_str(&part(at, chars.len()));
    text
}
