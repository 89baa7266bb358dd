//! Which tasks a command is about: where they come from and which of them; the same options for `tasks`, `report`,
//! `export` and `push`.

use super::{Failure, inputs, named, progress, start_threads};
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use vanthu::graph::CitationGraph;
use vanthu::office::{Office, OwnFile};
use vanthu::pipeline;
use vanthu::redact::redact_task;
use vanthu::resolve::Paper;
use vanthu::source::Options;
use vanthu::store::Store;
use vanthu::task::{Clock, Filter, Reading, Role, Status, Task, Wanted, papers_under, settle};

/// Where tasks come from.
#[derive(clap::Args)]
pub struct SourceArguments {
    /// Files, folders (read recursively), what stands inside a file (archive.zip!plan.txt) or - for standard input; without
    /// them the store answers, which also knows what was noted.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The store; vanthu.db by default.
    #[arg(long, value_name = "FILE")]
    pub db: Option<PathBuf>,
    /// Threads that read files; as many as the machine has cores by default.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    jobs: Option<u16>,
    /// Leave pages without text unread instead of recognising their characters.
    #[arg(long)]
    no_ocr: bool,
}

impl SourceArguments {
    /// The store that is meant.
    pub fn store(&self) -> &Path {
        self.db.as_deref().unwrap_or(Path::new("vanthu.db"))
    }

    /// How files are read.
    pub fn options(&self) -> Options {
        Options { ocr: !self.no_ocr }
    }
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
    /// The day whose agencies carry the duties: follows mergers, splits and renamings.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// The day that counts as today; by default the clock's day in Vietnam.
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
    /// Your own units, people and names (see examples/office.toml).
    #[arg(long, value_name = "FILE")]
    office: Option<PathBuf>,
    /// Mask telephone numbers, e-mail addresses and numbers of persons.
    #[arg(long)]
    pub redact: bool,
    /// Also tasks of papers marked mật, tối mật or tuyệt mật.
    #[arg(long)]
    pub include_classified: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum RoleName {
    /// Chủ trì.
    Lead,
    /// Phối hợp.
    Cooperate,
}

fn status(words: &str) -> Result<Status, String> {
    let all: Vec<String> = Status::ALL.iter().map(|s| format!("{:?} ({})", s.name(), s.word())).collect();
    Status::parse(words).ok_or_else(|| format!("it is one of {}", all.join(", ")))
}

/// What is open: the usual listing.
pub const OPEN: [Status; 4] = [Status::Todo, Status::Doing, Status::Overdue, Status::Paused];

impl FilterArguments {
    /// The days of the listing.
    pub fn clock(&self) -> Clock {
        Clock { today: self.today.unwrap_or_else(today), as_of: self.as_of }
    }

    fn office(&self) -> Result<Office, Failure> {
        self.office.as_deref().map_or_else(|| Ok(Office::default()), own_office)
    }

    /// Whether tasks of classified papers are left out.
    fn hides(&self, task: &Task) -> bool {
        task.document.secrecy.is_some() && !self.include_classified
    }

    /// What the options ask for; `usual` are the statuses where none is named, all of them where it is empty.
    fn filter(&self, office: &Office, usual: &[Status]) -> Result<Filter, Failure> {
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
            status: if self.status.is_empty() { usual.to_vec() } else { self.status.clone() },
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

/// The tasks that are meant.
pub struct Picked {
    /// One line each; a recurring task has several where a window is asked for.
    pub lines: Vec<Task>,
    /// Papers that could not be read.
    pub failed: usize,
}

/// In which order lines come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By their last days.
    Due,
    /// As they stand in their papers.
    Paper,
}

/// Finds them in papers or in the store; none where there was nothing to read. Where `limit` is not 0, a store gives one
/// more than that.
pub fn pick(source: &SourceArguments, arguments: &FilterArguments, usual: &[Status], order: Order, limit: usize) -> Result<Option<Picked>, Failure> {
    let office = arguments.office()?;
    let filter = arguments.filter(&office, usual)?;
    if let (Some(wanted), Some(name)) = (&filter.wanted, &arguments.agency)
        && !wanted.is_known()
    {
        eprintln!("vanthu: {name:?} is no body of the lexicon; parties whose names begin so are taken (see `vanthu agencies`, or name it in --office)");
    }
    let picked = match (&source.paths[..], &source.db) {
        ([], _) => Some(of_store(source.store(), arguments, filter, &office, limit)?),
        (_, Some(_)) => return Err(Failure::Said("paths and --db were given; give one of them".to_owned())),
        (_, None) => of_papers(source, arguments, filter, &office)?,
    };
    Ok(picked.map(|mut picked| {
        match order {
            Order::Due => picked.lines.sort_by(|a, b| a.order().cmp(&b.order())),
            Order::Paper => picked.lines.sort_by(|a, b| a.paper_order().cmp(&b.paper_order())),
        }
        if arguments.redact {
            picked.lines.iter_mut().for_each(redact_task);
        }
        picked
    }))
}

fn of_store(db: &Path, arguments: &FilterArguments, mut filter: Filter, office: &Office, limit: usize) -> Result<Picked, Failure> {
    let mut store = Store::open_existing(db)?;
    if store.is_stale()? {
        store.conclude()?;
    }
    if let Some(code) = &arguments.under {
        filter.within = Some(store.papers_under(&super::trace::one_held(&store, code)?.key)?);
    }
    let most = if limit == 0 { 0 } else { limit + 1 };
    Ok(Picked { lines: store.tasks(&filter, arguments.clock(), office, most, |t| arguments.hides(t))?, failed: 0 })
}

fn of_papers(source: &SourceArguments, arguments: &FilterArguments, mut filter: Filter, office: &Office) -> Result<Option<Picked>, Failure> {
    let (mut readings, papers, failed) = read(source, office, arguments.under.is_some())?;
    if readings.is_empty() && failed == 0 {
        eprintln!("vanthu: there are no files to read below the given paths");
        return Ok(None);
    }
    if let Some(code) = &arguments.under {
        let graph = CitationGraph::of_papers(papers);
        filter.within = Some(papers_under(&graph, super::trace::one(&graph, code)?));
    }
    for line in settle(&mut readings) {
        eprintln!("vanthu: {line}");
    }
    let tasks = readings.into_iter().flat_map(|r| r.tasks);
    let (hidden, shown): (Vec<Task>, Vec<Task>) = tasks.partition(|t| arguments.hides(t));
    if !hidden.is_empty() {
        eprintln!("vanthu: {} tasks of classified papers are left out; --include-classified shows them", hidden.len());
    }
    let lines = shown.into_iter().flat_map(|t| filter.lines(t, arguments.clock())).collect();
    Ok(Some(Picked { lines, failed }))
}

/// Reads papers for their tasks, and where asked for what they cite; how many could not be read.
fn read(source: &SourceArguments, office: &Office, cited: bool) -> Result<(Vec<Reading>, Vec<Paper>, usize), Failure> {
    let inputs = inputs(&source.paths)?;
    start_threads(source.jobs)?;
    let bar = progress(inputs.len());
    let (mut readings, mut papers, mut failed) = (Vec::new(), Vec::new(), 0);
    let mut last = std::ptr::null();
    pipeline::run(&inputs, &source.options(), |input, outcome| {
        // A file that holds several papers comes several times.
        bar.inc(u64::from(!std::ptr::eq(input, std::mem::replace(&mut last, input))));
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
