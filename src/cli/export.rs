//! `vanthu export`: tasks for calendars, spreadsheets and trackers; a paper as an edXML message.

use super::pick::{FilterArguments, Order, Picked, SourceArguments, pick};
use super::{Failure, NOTHING, OK, SOME_FAILED, inputs, named};
use jiff::civil::Date;
use std::collections::HashSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use vanthu::error::Error;
use vanthu::export::OrganisationRecord;
use vanthu::pipeline::{self, Input};
use vanthu::store::Store;
use vanthu::task::Progress;
use vanthu::tracker::{self, Item, StatusNames, card, delimited, edxml, gitlab, ics, jira, openproject, planner, redmine, taskwarrior, workbook};

/// What is exported, and how.
#[derive(clap::Args)]
#[command(after_help = "Every export names each task by the same key, so that programs that know keys update instead of doubling. \
    The importers of Redmine, GitLab and Jira only add: use --ledger for them, or `vanthu push`.")]
pub struct Arguments {
    #[command(flatten)]
    source: SourceArguments,
    #[command(flatten)]
    filter: FilterArguments,
    /// What the tasks are written as; edxml writes one paper as a message.
    #[arg(long, value_enum)]
    format: Format,
    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Leave out tasks whose keys stand in this file, and add the keys of those written: importing never doubles.
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// redmine-csv, jira-csv, openproject-csv: what your tracker calls a status, as todo, doing, done, paused or cancelled
    /// =NAME; may be given several times.
    #[arg(long, value_name = "STATUS=NAME", value_parser = status_name)]
    status_name: Vec<(Progress, String)>,
    /// xlsx: one more sheet for each agency that leads.
    #[arg(long)]
    sheet_per_agency: bool,
    /// planner: the planId of the tasks.
    #[arg(long, value_name = "ID")]
    plan: Option<String>,
    /// planner: the bucketId of the tasks.
    #[arg(long, value_name = "ID")]
    bucket: Option<String>,
    #[command(flatten)]
    letterhead: Letterhead,
    #[command(flatten)]
    sending: Sending,
}

/// What stands around the list in a Word document; what is not given is left to be filled in by hand.
#[derive(clap::Args)]
struct Letterhead {
    /// docx: the office above the one that issues the list.
    #[arg(long, value_name = "NAME")]
    superior: Option<String>,
    /// docx: the office that issues the list.
    #[arg(long, value_name = "NAME")]
    issuer: Option<String>,
    /// docx: the place before the date.
    #[arg(long, value_name = "NAME")]
    place: Option<String>,
    /// docx: the date, YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    date: Option<Date>,
    /// docx: the signer's position.
    #[arg(long, value_name = "TEXT")]
    position: Option<String>,
    /// docx: the signer's name.
    #[arg(long, value_name = "NAME")]
    signer: Option<String>,
}

/// What the sender of a message adds.
#[derive(clap::Args)]
struct Sending {
    /// edxml: the sender's mã định danh, such as 000.00.00.H37.
    #[arg(long, value_name = "ID")]
    from_id: Option<String>,
    /// edxml: a recipient as ID=NAME; may be given several times. Without it those of Kính gửi.
    #[arg(long, value_name = "ID=NAME", value_parser = recipient)]
    to: Vec<OrganisationRecord>,
    /// edxml: the day by which an answer is asked for, YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    answer_by: Option<Date>,
}

fn recipient(text: &str) -> Result<OrganisationRecord, String> {
    let (id, name) = text.split_once('=').ok_or("write ID=NAME")?;
    let given = |part: &str| Some(part.trim().to_owned()).filter(|p| !p.is_empty());
    Ok(OrganisationRecord { id: given(id), name: given(name) })
}

fn status_name(text: &str) -> Result<(Progress, String), String> {
    let (status, name) = text.split_once('=').filter(|(_, name)| !name.trim().is_empty()).ok_or("write STATUS=NAME, such as done=Closed")?;
    let progress = Progress::of(status.trim()).ok_or("the status is todo, doing, done, paused or cancelled")?;
    Ok((progress, name.trim().to_owned()))
}

/// Formats.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// iCalendar to-dos (RFC 5545) with reminders 7, 3 and 1 days before.
    Ics,
    /// Excel workbook.
    Xlsx,
    /// CSV for Excel.
    Csv,
    /// CSV for Redmine's importer.
    RedmineCsv,
    /// CSV for Jira's importer.
    JiraCsv,
    /// CSV for OpenProject's Excel workbook.
    OpenprojectCsv,
    /// CSV for GitLab's importer.
    GitlabCsv,
    /// JSON for `task import`.
    Taskwarrior,
    /// JSON for Microsoft Planner (Graph).
    Planner,
    /// One JSON object per task and line.
    Json,
    /// The list as a Word document in the layout of Nghị định 30/2020/NĐ-CP.
    Docx,
    /// One paper as a message of QCVN 102:2016/BTTTT.
    Edxml,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    if arguments.format == Format::Edxml {
        return message(arguments);
    }
    let Some(Picked { lines, failed }) = pick(&arguments.source, &arguments.filter, &[], Order::Paper, 0)? else { return Ok(NOTHING) };
    let mut items = tracker::items(&lines);
    if items.is_empty() {
        eprintln!("vanthu: no task fits; what is written holds none");
    }
    if let Some(ledger) = &arguments.ledger {
        let known = known_keys(ledger)?;
        items.retain(|i| !known.contains(&i.key()));
    }
    write(arguments, &written(arguments, &items)?)?;
    if let Some(ledger) = &arguments.ledger {
        remember(ledger, &items)?;
    }
    Ok(if failed == 0 { OK } else { SOME_FAILED })
}

fn written(arguments: &Arguments, items: &[Item]) -> Result<Vec<u8>, Failure> {
    let names = StatusNames(arguments.status_name.clone());
    Ok(match arguments.format {
        Format::Ics => ics::calendar(items).into_bytes(),
        Format::Xlsx => workbook::workbook(items, arguments.sheet_per_agency)?,
        Format::Csv => delimited::excel(items),
        Format::RedmineCsv => redmine::table(items, &names),
        Format::JiraCsv => jira::table(items, &names),
        Format::OpenprojectCsv => openproject::table(items, &names),
        Format::GitlabCsv => gitlab::table(items),
        Format::Taskwarrior => taskwarrior::tasks(items).into_bytes(),
        Format::Planner => planner::tasks(items, &planner::Plan { plan: arguments.plan.clone(), bucket: arguments.bucket.clone() }).into_bytes(),
        Format::Json => tracker::json(items)?.into_bytes(),
        Format::Docx => card::document(items, &arguments.letterhead.filled())?,
        // It is of a paper, not of tasks, and was written before.
        Format::Edxml => Vec::new(),
    })
}

impl Letterhead {
    fn filled(&self) -> card::Letterhead {
        card::Letterhead {
            superior: self.superior.clone(),
            office: self.issuer.clone(),
            place: self.place.clone(),
            date: self.date,
            position: self.position.clone(),
            signer: self.signer.clone(),
        }
    }
}

/// Writes one paper as a message.
fn message(arguments: &Arguments) -> Result<u8, Failure> {
    if arguments.filter.redact {
        return Err(Failure::Said("a message carries the paper's own file, which cannot be masked; leave out --redact".to_owned()));
    }
    let input = one_paper(arguments)?;
    let (record, file) = pipeline::read_with_bytes(&input, &arguments.source.options())?;
    if let Some(mark) = record.header.secrecy.as_deref().filter(|_| !arguments.filter.include_classified) {
        return Err(Failure::Said(format!("{}: the document is marked {mark}; pass --include-classified to send it", input.name())));
    }
    let sending = edxml::Sending { from: arguments.sending.from_id.clone(), to: arguments.sending.to.clone(), due: arguments.sending.answer_by };
    let message = edxml::message(&record, &file, &sending).map_err(|e| Failure::Said(named(&e, &input)))?;
    write(arguments, &message)?;
    Ok(OK)
}

/// The one paper that is named: a file, or a document of the store by its number where --db is given or no file has that
/// name.
fn one_paper(arguments: &Arguments) -> Result<Input, Failure> {
    let (source, classified) = (&arguments.source, arguments.filter.include_classified);
    if let [name] = &source.paths[..]
        && (source.db.is_some() || !is_there(name))
    {
        let store = Store::open_existing(source.store())?;
        let sources = store.sources(store.find_document(&name.to_string_lossy(), classified)?)?;
        let there = sources.iter().map(|s| Input::of(Path::new(s))).next();
        return there.ok_or_else(|| Failure::Said(format!("{}: the store knows no file of it; ingest it again", name.display())));
    }
    let mut inputs = inputs(&source.paths)?;
    match (inputs.pop(), inputs.len()) {
        (Some(input), 0) => Ok(input),
        (_, more) => Err(Failure::Said(format!("a message carries one paper, and {} were named; name one", if more == 0 { 0 } else { more + 1 }))),
    }
}

/// Whether a path names a file, or something in one, and not the number of a document: "129/KH-UBND".
fn is_there(path: &Path) -> bool {
    path == Path::new("-") || path.exists() || path.to_string_lossy().contains('!') || !Path::new("vanthu.db").exists()
}

fn write(arguments: &Arguments, bytes: &[u8]) -> Result<(), Failure> {
    match &arguments.output {
        None => Ok(io::stdout().lock().write_all(bytes)?),
        Some(path) => replace(path, bytes),
    }
}

/// Puts a file in the place of an older one at once, so that nobody reads half of it.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let put = || {
        let mut builder = tempfile::Builder::new();
        // Others may read it as they may read any new file; a temporary file is for its user alone.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.persist(path).map_err(|e| e.error)
    };
    put().map(|_| ()).map_err(|e| cannot_write(path, &e))
}

fn cannot_write(path: &Path, e: &io::Error) -> Failure {
    Error::new(format!("the file cannot be written ({e})"), "check the folder, its permissions and the disk").at(path).into()
}

/// The keys in a ledger; none where it is yet to be made.
fn known_keys(ledger: &Path) -> Result<HashSet<String>, Failure> {
    match std::fs::read_to_string(ledger) {
        Ok(text) => Ok(text.lines().map(|l| l.trim().to_owned()).collect()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(HashSet::new()),
        Err(e) => Err(Error::new(format!("the ledger cannot be read ({e})"), "give the file that an earlier export wrote, or a new name").at(ledger).into()),
    }
}

fn remember(ledger: &Path, items: &[Item]) -> Result<(), Failure> {
    let keys: String = items.iter().map(|i| i.key() + "\n").collect();
    let mut open = std::fs::OpenOptions::new();
    open.create(true).append(true).open(ledger).and_then(|mut f| f.write_all(keys.as_bytes())).map_err(|e| cannot_write(ledger, &e))
}
