//! `vanthu task`: what the office notes about tasks of the store.

use super::pick::today;
use super::{Failure, OK};
use jiff::civil::Date;
use std::io::{self, Write};
use std::path::PathBuf;
use vanthu::office::Office;
use vanthu::store::{Deed, HistoryRow, Store};
use vanthu::task::{Clock, Task};
use vanthu::tracker::{Item, vietnamese};

/// What is noted.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// The store.
    #[arg(long, value_name = "FILE", default_value = "vanthu.db", global = true)]
    db: PathBuf,
    /// The day that counts as today; by default the clock's day in Vietnam.
    #[arg(long, value_name = "DATE", global = true)]
    today: Option<Date>,
    /// The day of a recurring task that is meant, as the listing shows it.
    #[arg(long, value_name = "DATE", global = true)]
    occurrence: Option<Date>,
}

#[derive(clap::Subcommand)]
enum Command {
    /// It is done (hoàn thành).
    Done {
        #[command(flatten)]
        tasks: Tasks,
        /// The day it was done; today by default.
        #[arg(long, value_name = "DATE")]
        on: Option<Date>,
    },
    /// It has begun (đang thực hiện).
    Start(Tasks),
    /// It is put off (tạm dừng).
    Pause(Tasks),
    /// It is given up (hủy).
    Cancel(Tasks),
    /// It is to be done after all (chưa thực hiện).
    Reopen(Tasks),
    /// Say which unit or person does it.
    Assign {
        /// A unit or a person.
        #[arg(long, value_name = "WHO")]
        to: String,
        #[command(flatten)]
        tasks: Tasks,
    },
    /// Add a remark.
    Note {
        /// What it says.
        #[arg(long, value_name = "WORDS")]
        text: String,
        #[command(flatten)]
        tasks: Tasks,
    },
    /// Show tasks with all that was noted.
    Show(Tasks),
    /// List what was noted of tasks that no paper of the store holds any more.
    Lost,
}

#[derive(clap::Args)]
struct Tasks {
    /// Tasks by their ids, or by paper and place as `vanthu tasks` shows them: "52/KH-UBND:III.1.-4#1".
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
}

pub fn run(arguments: Arguments) -> Result<u8, Failure> {
    let at = arguments.today.unwrap_or_else(today);
    let mut store = Store::open_existing(&arguments.db)?;
    let (deed, tasks) = match arguments.command {
        Command::Done { tasks, on } => (Deed::Done(on.unwrap_or(at)), tasks),
        Command::Start(tasks) => (Deed::Start, tasks),
        Command::Pause(tasks) => (Deed::Pause, tasks),
        Command::Cancel(tasks) => (Deed::Cancel, tasks),
        Command::Reopen(tasks) => (Deed::Reopen, tasks),
        Command::Assign { to, tasks } => (Deed::Assign(to), tasks),
        Command::Note { text, tasks } => (Deed::Note(text), tasks),
        Command::Show(tasks) => {
            let ids = tasks.ids.iter().map(|name| store.task_named(name)).collect::<Result<Vec<String>, _>>()?;
            return show(&store, &ids, at, arguments.occurrence);
        }
        Command::Lost => return lost(&store),
    };
    let ids = tasks.ids.iter().map(|name| store.task_named(name)).collect::<Result<Vec<String>, _>>()?;
    for id in &ids {
        let occurrence = occurrence(&store, id, at, arguments.occurrence)?;
        store.note(id, occurrence, &deed, at)?;
    }
    show(&store, &ids, at, arguments.occurrence)
}

/// The occurrence that is meant: the one named, else a recurring task's next one.
fn occurrence(store: &Store, id: &str, today: Date, named: Option<Date>) -> Result<Option<Date>, Failure> {
    let task = found(store, id)?;
    if task.rhythm().is_none() {
        return match named {
            Some(_) => Err(Failure::Said(format!("the task {id:?} does not recur; leave out --occurrence"))),
            None => Ok(None),
        };
    }
    let line = task.on(Clock { today, as_of: None }, named);
    Ok(line.due.and_then(|d| d.parse().ok()))
}

fn found(store: &Store, id: &str) -> Result<Task, Failure> {
    store.task(id, &Office::default())?.ok_or_else(|| Failure::Said(format!("there is no task {id:?}; copy the id from `vanthu tasks`")))
}

fn show(store: &Store, ids: &[String], today: Date, occurrence: Option<Date>) -> Result<u8, Failure> {
    let mut out = io::stdout().lock();
    for id in ids {
        let line = found(store, id)?.on(Clock { today, as_of: None }, occurrence);
        write_card(&mut out, &line, &store.history(id)?)?;
    }
    Ok(OK)
}

fn write_card(out: &mut impl Write, line: &Task, history: &[HistoryRow]) -> io::Result<()> {
    writeln!(out, "{}", line.id)?;
    writeln!(out, "  {}", line.action)?;
    let names = |parties: &[vanthu::task::Party]| parties.iter().map(|p| p.body.name.clone()).collect::<Vec<_>>().join("; ");
    let code = line.document.code.as_deref().unwrap_or(&line.document.path);
    let assignee = line.state.as_ref().and_then(|s| s.assignee.clone());
    let rows = [
        ("Văn bản", Some(code.to_owned())),
        ("Chủ trì", Some(names(&line.leads)).filter(|n| !n.is_empty())),
        ("Phối hợp", Some(names(&line.cooperators)).filter(|n| !n.is_empty())),
        ("Thời hạn", Item::from(line).time_limit()),
        ("Kỳ này", line.due.as_deref().filter(|_| line.recurring).map(day)),
        ("Người thực hiện", assignee),
        ("Tình trạng", Some(line.status.name().to_owned())),
    ];
    for (name, value) in rows.into_iter().filter_map(|(n, v)| Some((n, v?))) {
        writeln!(out, "  {name}: {value}")?;
    }
    if line.changed {
        writeln!(out, "  ! nội dung đã thay đổi từ khi ghi nhận")?;
    }
    history.iter().try_for_each(|row| writeln!(out, "  {}", told(row)))
}

/// A deed of the history in one line: "04/03/2026 giao bà Hoa".
fn told(row: &HistoryRow) -> String {
    let words = match row.deed.as_str() {
        "start" => "bắt đầu",
        "done" => "hoàn thành ngày",
        "pause" => "tạm dừng",
        "cancel" => "hủy",
        "reopen" => "mở lại",
        "assign" => "giao",
        "note" => "ghi chú:",
        other => other,
    };
    let occurrence = row.occurrence.as_deref().map(|o| format!("(kỳ {})", day(o)));
    let value = row.value.as_deref().map(|v| if row.deed == "done" { day(v) } else { v.to_owned() });
    [Some(day(&row.at)), occurrence, Some(words.to_owned()), value].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// An ISO date as Vietnam writes it.
fn day(iso: &str) -> String {
    iso.parse().map_or_else(|_| iso.to_owned(), vietnamese)
}

fn lost(store: &Store) -> Result<u8, Failure> {
    let mut out = io::stdout().lock();
    for id in store.lost_tasks()? {
        writeln!(out, "{id}")?;
        for row in store.history(&id)? {
            writeln!(out, "  {}", told(&row))?;
        }
    }
    Ok(OK)
}
