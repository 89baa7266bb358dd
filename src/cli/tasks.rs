//! `vanthu tasks`: the duties of many papers, by their last day.

mod table;

use super::{Failure, NOTHING, OK, SOME_FAILED, inputs, named, progress, start_threads};
use jiff::civil::Date;
use std::collections::HashSet;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use vanthu::graph::CitationGraph;
use vanthu::office::{Office, OwnFile};
use vanthu::pipeline;
use vanthu::resolve::Paper;
use vanthu::source::Options;
use vanthu::store::Store;
use vanthu::task::{Clock, Filter, Reading, Role, Status, Task, Wanted, papers_under, settle};

/// Which tasks, of which papers.
#[derive(clap::Args)]
pub struct Arguments {
    /// Files and folders to read; without them the store answers.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The store.
    #[arg(long, value_name = "FILE", default_value = "vanthu.db", conflicts_with = "paths")]
    db: PathBuf,
    #[command(flatten)]
    filter: FilterArguments,
    /// How the tasks are printed.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Print no more than so many; 0 prints all. A table of the store shows 50 where nothing is said.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// Which tasks are meant; the same for every command that picks tasks.
#[derive(clap::Args)]
pub struct FilterArguments {
    /// Tasks of this agency, by any of its names: "Sở GD&ĐT Long An". Tasks given to a group that holds it count, too.
    #[arg(long = "for", value_name = "AGENCY")]
    agency: Option<String>,
    /// Only those where it has this part.
    #[arg(long, value_enum, requires = "agency")]
    role: Option<RoleName>,
    /// Also those given to whoever is concerned ("các cơ quan liên quan").
    #[arg(long, requires = "agency")]
    open_groups: bool,
    /// Due on this day or before; recurring tasks are shown once for each of their days.
    #[arg(long, value_name = "DATE")]
    due_before: Option<Date>,
    /// Due on this day or after.
    #[arg(long, value_name = "DATE")]
    due_after: Option<Date>,
    /// Not done, and late.
    #[arg(long)]
    overdue: bool,
    /// Without a last day.
    #[arg(long, conflicts_with_all = ["due_before", "due_after", "overdue"])]
    undated: bool,
    /// Given by the paper with this number and symbol.
    #[arg(long, value_name = "CODE")]
    from: Option<String>,
    /// Given by this paper or any that implements it, at any depth.
    #[arg(long, value_name = "CODE")]
    under: Option<String>,
    /// Standing so: "chưa thực hiện", "quá hạn", done, overdue, … ; may be given several times.
    #[arg(long, value_name = "STATUS", value_parser = status)]
    status: Vec<Status>,
    /// Holding all these words, with or without marks.
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
    /// Also what is done or given up.
    #[arg(long)]
    all: bool,
    /// The day whose agencies carry the duties: follows mergers, splits and renamings.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// The day that counts as today; by default the clock's day in Vietnam.
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
    /// Your own units, people and names (see examples/office.toml).
    #[arg(long, value_name = "FILE")]
    office: Option<PathBuf>,
    /// Also tasks of papers marked mật, tối mật or tuyệt mật.
    #[arg(long)]
    include_classified: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum RoleName {
    /// Chủ trì.
    Lead,
    /// Phối hợp.
    Cooperate,
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

fn status(words: &str) -> Result<Status, String> {
    let all: Vec<String> = Status::ALL.iter().map(|s| format!("{:?} ({})", s.name(), s.word())).collect();
    Status::parse(words).ok_or_else(|| format!("it is one of {}", all.join(", ")))
}

impl FilterArguments {
    /// The lexicon with the user's own file.
    pub fn office(&self) -> Result<Office, Failure> {
        self.office.as_deref().map_or_else(|| Ok(Office::default()), own_office)
    }

    /// The same with what is done and given up.
    pub fn with_all(self) -> Self {
        Self { all: true, ..self }
    }

    /// The days of the listing.
    pub fn clock(&self) -> Clock {
        Clock { today: self.today.unwrap_or_else(today), as_of: self.as_of }
    }

    /// Whether tasks of classified papers are left out.
    pub fn hides(&self, task: &Task) -> bool {
        task.document.secrecy.is_some() && !self.include_classified
    }

    /// What the options ask for.
    pub fn filter(&self, office: &Office) -> Result<Filter, Failure> {
        let open = [Status::Todo, Status::Doing, Status::Overdue, Status::Paused];
        let status = if self.status.is_empty() && !self.all { open.to_vec() } else { self.status.clone() };
        Ok(Filter {
            wanted: self.agency.as_deref().map(|name| Wanted::of(name, office)).transpose()?,
            role: self.role.map(|r| match r {
                RoleName::Lead => Role::Lead,
                RoleName::Cooperate => Role::Cooperate,
            }),
            open: self.open_groups,
            due_before: self.due_before,
            due_after: self.due_after,
            overdue: self.overdue,
            undated: self.undated,
            from: self.from.clone(),
            within: None,
            status,
            text: self.text.clone(),
        })
    }
}

/// The lexicon with the user's own file.
pub fn own_office(path: &Path) -> Result<Office, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| Failure::Said(format!("{}: the file cannot be read ({e}); check its path", path.display())))?;
    Ok(OwnFile::parse(&text).and_then(Office::with).map_err(|e| e.at(path))?)
}

/// The clock's day in Vietnam, which has no summer time.
pub fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(7))).date()
}

pub fn run(arguments: Arguments) -> Result<u8, Failure> {
    let Arguments { paths, db, filter, format, limit } = arguments;
    let limit = limit.unwrap_or(if paths.is_empty() && format == Format::Table { SHOWN } else { 0 });
    let picked = pick(&paths, &db, &filter, limit)?;
    let Some((lines, code)) = picked else { return Ok(NOTHING) };
    print(&lines, limit, format, filter.clock())?;
    Ok(code)
}

/// So many tasks of a store a table shows.
const SHOWN: usize = 50;

/// The tasks that are meant, of papers or of the store, with the exit code; none where there was nothing to read. Where
/// `limit` is not 0, a store gives one more than that.
pub fn pick(paths: &[PathBuf], db: &Path, arguments: &FilterArguments, limit: usize) -> Result<Option<(Vec<Task>, u8)>, Failure> {
    let office = arguments.office()?;
    let mut filter = arguments.filter(&office)?;
    if paths.is_empty() {
        let mut store = Store::open_existing(db)?;
        if store.is_stale()? {
            store.conclude()?;
        }
        if let Some(code) = &arguments.under {
            filter.within = Some(under(&store.graph()?, code)?);
        }
        let most = if limit == 0 { 0 } else { limit + 1 };
        return Ok(Some((store.tasks(&filter, arguments.clock(), &office, most, |t| arguments.hides(t))?, OK)));
    }
    let (mut readings, papers, failed) = read(paths, &office, arguments.under.is_some())?;
    if readings.is_empty() && failed == 0 {
        eprintln!("vanthu: there are no files to read below the given paths");
        return Ok(None);
    }
    if let Some(code) = &arguments.under {
        filter.within = Some(under(&CitationGraph::of_papers(papers), code)?);
    }
    for line in settle(&mut readings) {
        eprintln!("vanthu: {line}");
    }
    let tasks = readings.into_iter().flat_map(|r| r.tasks);
    let (hidden, shown): (Vec<Task>, Vec<Task>) = tasks.partition(|t| arguments.hides(t));
    if !hidden.is_empty() {
        eprintln!("vanthu: {} tasks of classified papers are left out; --include-classified shows them", hidden.len());
    }
    let mut lines: Vec<Task> = shown.into_iter().flat_map(|t| filter.lines(t, arguments.clock())).collect();
    lines.sort_by(|a, b| a.order().cmp(&b.order()));
    Ok(Some((lines, if failed == 0 { OK } else { SOME_FAILED })))
}

fn under(graph: &CitationGraph, code: &str) -> Result<HashSet<String>, Failure> {
    Ok(papers_under(graph, super::trace::one(graph, code)?))
}

/// Reads papers for their tasks, and where asked for what they cite; how many could not be read.
fn read(paths: &[PathBuf], office: &Office, cited: bool) -> Result<(Vec<Reading>, Vec<Paper>, usize), Failure> {
    let inputs = inputs(paths)?;
    start_threads(None)?;
    let bar = progress(inputs.len());
    let (mut readings, mut papers, mut failed) = (Vec::new(), Vec::new(), 0);
    pipeline::run(&inputs, &Options::default(), |input, outcome| {
        bar.inc(1);
        match outcome {
            Ok(record) => {
                papers.extend(cited.then(|| Paper::of(&record)));
                readings.push(Reading::of(&record, office));
            }
            Err(e) => {
                failed += 1;
                bar.suspend(|| eprintln!("vanthu: {}", named(&e, input)));
            }
        }
        Ok::<(), Failure>(())
    })?;
    bar.finish_and_clear();
    Ok((readings, papers, failed))
}

fn print(lines: &[Task], limit: usize, format: Format, clock: Clock) -> Result<(), Failure> {
    let shown = if limit == 0 { lines } else { &lines[..lines.len().min(limit)] };
    let mut out = BufWriter::new(io::stdout().lock());
    match format {
        Format::Table => out.write_all(table::of(shown, lines.len(), clock).as_bytes())?,
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
