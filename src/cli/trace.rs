//! `vanthu trace`: from one document up to what it rests on and down to what is built on it.

use super::archive::{self, Place, Reading};
use super::{Failure, OK, SOME_FAILED};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use vanthu::graph::format::{self, Style};
use vanthu::graph::{CitationGraph, Kind, Trace, TraceOptions, name};
use vanthu::resolve::{Paper, Work, edtf};
use vanthu::store::Store;

/// What is traced, where and how far.
#[derive(clap::Args)]
pub struct Arguments {
    /// Number and symbol (489/QĐ-TTg), work key (vn/ttg/qd/2020/489), or a document of the archive by its path.
    #[arg(value_name = "CODE|PATH")]
    what: String,
    /// Files and folders that make up the archive; for a PATH, its folder by default.
    #[arg(long = "in", value_name = "PATH", num_args = 1..)]
    paths: Vec<PathBuf>,
    /// Only up, to what it rests on.
    #[arg(long, conflicts_with_all = ["down", "both"])]
    up: bool,
    /// Only down, to what is built on it.
    #[arg(long, conflicts_with = "both")]
    down: bool,
    /// Both ways, as without --up and --down.
    #[arg(long)]
    both: bool,
    /// Levels to go each way.
    #[arg(long, value_name = "N", default_value_t = 5)]
    depth: usize,
    /// Leave out what is dated after this day (2020-06-30, 2020-06 or 2020).
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Follow only these relations, such as implements,based_on.
    #[arg(long, value_name = "TYPE", value_delimiter = ',')]
    relation: Vec<String>,
    /// Show at most so many documents next to each one.
    #[arg(long, value_name = "N", default_value_t = 40)]
    most: usize,
    /// Show every quote that states a step, not the first alone.
    #[arg(long)]
    quotes: bool,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = Format::Tree)]
    format: Format,
    /// Columns of the tree; those of the terminal by default.
    #[arg(long, value_name = "N")]
    width: Option<usize>,
    #[command(flatten)]
    reading: Reading,
}

/// Formats of a trace.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For reading in a terminal.
    Tree,
    /// The record vanthu/trace/1.
    Json,
    /// Graphviz.
    Dot,
    /// A Mermaid flow chart.
    Mermaid,
    /// A drawing.
    Svg,
    /// One page with the drawing and every quote.
    Html,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let options = options(arguments)?;
    if let Some(store) = asked_store(arguments)? {
        let trace = of_store(&store, &arguments.what, &options)?;
        write(&trace, arguments)?;
        return Ok(OK);
    }
    let Reading { jobs, no_ocr, include_classified, .. } = arguments.reading;
    let place = Place { paths: paths(arguments)?, reading: Reading { db: None, jobs, no_ocr, include_classified } };
    let archive = archive::read(&place, |record| Paper::of(&record))?;
    let graph = CitationGraph::of_papers(archive.items);
    let trace = graph.trace(one(&graph, &arguments.what)?, &options);
    write(&trace, arguments)?;
    Ok(if archive.failed == 0 { OK } else { SOME_FAILED })
}

/// The store is asked where no paths are given and it is named, or the default one is there and holds what is asked for.
fn asked_store(arguments: &Arguments) -> Result<Option<Store>, Failure> {
    if !arguments.paths.is_empty() {
        return Ok(None);
    }
    let store = arguments.reading.store()?;
    let named = arguments.reading.db.is_some();
    let is_file = Path::new(&arguments.what).is_file();
    match store {
        Some(store) if !named && is_file && store.works_named(&arguments.what)?.is_empty() => Ok(None),
        store => Ok(store),
    }
}

fn of_store(store: &Store, what: &str, options: &TraceOptions) -> Result<Trace, Failure> {
    store.trace(&one_held(store, what)?.key, options)?.ok_or_else(|| not_here(what))
}

/// The one work of a store that the user means.
pub fn one_held(store: &Store, what: &str) -> Result<Work, Failure> {
    let mut found = store.works_named(what)?;
    one_of(&found.iter().collect::<Vec<_>>(), what)?;
    found.pop().ok_or_else(|| not_here(what))
}

fn options(arguments: &Arguments) -> Result<TraceOptions, Failure> {
    if let Some(day) = arguments.as_of.as_deref().filter(|d| edtf(d).and_then(|e| e.edtf()).as_deref() != Some(*d)) {
        return Err(Failure::Said(format!("--as-of {day:?} is no date; write it as 2020-06-30, 2020-06 or 2020")));
    }
    let kinds = arguments.relation.iter().map(|name| kind(name)).collect::<Result<_, _>>()?;
    let &Arguments { up, down, depth, most, .. } = arguments;
    let as_of = arguments.as_of.clone();
    Ok(TraceOptions { up: !down, down: !up, depth, as_of, kinds, most, ..TraceOptions::default() })
}

/// A relation by its name.
pub fn kind(name: &str) -> Result<Kind, Failure> {
    let all = || Kind::ALL.map(Kind::name).join(", ");
    Kind::of_name(name).ok_or_else(|| Failure::Said(format!("{name:?} is no relation; choose from {}", all())))
}

fn paths(arguments: &Arguments) -> Result<Vec<PathBuf>, Failure> {
    if !arguments.paths.is_empty() {
        return Ok(arguments.paths.clone());
    }
    let path = Path::new(&arguments.what);
    if path.is_file() {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        return Ok(vec![folder.to_owned()]);
    }
    Err(Failure::Said(format!("nothing says which documents to trace {:?} in; name them with --in PATH…", arguments.what)))
}

/// The one work that the user means.
pub fn one(graph: &CitationGraph, what: &str) -> Result<u32, Failure> {
    let named = Path::new(what).is_file().then(|| graph.lookup(what)).filter(|found| !found.is_empty());
    let found = named.unwrap_or_else(|| graph.lookup(what));
    let works: Vec<&Work> = found.iter().map(|&i| &graph.works()[i as usize]).collect();
    one_of(&works, what)?;
    found.first().copied().ok_or_else(|| not_here(what))
}

fn one_of<'w>(works: &[&'w Work], what: &str) -> Result<&'w Work, Failure> {
    match works {
        [one] => Ok(one),
        [] => Err(not_here(what)),
        several => Err(Failure::Said(ambiguous(what, several))),
    }
}

fn not_here(what: &str) -> Failure {
    Failure::Said(format!("{what:?} is neither held nor cited here; check the number, or give the path of the document"))
}

/// Candidates that a message lists.
const MOST_LISTED: usize = 20;

fn ambiguous(what: &str, several: &[&Work]) -> String {
    let row = |work: &&Work| {
        let facts: Vec<&str> = [work.date.as_deref(), work.issuer.as_deref()].into_iter().flatten().collect();
        format!("\n  {}  {} · {}", work.key, name(work), facts.join(" · "))
    };
    let rows: String = several.iter().take(MOST_LISTED).map(row).collect();
    let more = if several.len() > MOST_LISTED { "\n  …" } else { "" };
    format!("{what:?} may mean {} documents; give the key of one:{rows}{more}", several.len())
}

fn write(trace: &Trace, arguments: &Arguments) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let text = match arguments.format {
        Format::Tree => format::tree(trace, style(arguments)),
        Format::Json => serde_json::to_string_pretty(trace)? + "\n",
        Format::Dot => format::trace_dot(trace),
        Format::Mermaid => format::mermaid(trace),
        Format::Svg => format::svg(trace),
        Format::Html => format::html(trace),
    };
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Colours on a terminal that takes them (https://no-color.org).
fn style(arguments: &Arguments) -> Style {
    let terminal = io::stdout().is_terminal();
    let colour = terminal && std::env::var_os("NO_COLOR").is_none() && std::env::var_os("TERM").is_none_or(|t| t != "dumb");
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).filter(|c| terminal && *c >= 40);
    Style { colour, width: arguments.width.or(columns).unwrap_or(110), all_quotes: arguments.quotes }
}
