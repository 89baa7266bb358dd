//! `vanthu report`: counts of tasks per agency.

use super::pick::{FilterArguments, Order, SourceArguments, pick};
use super::{Failure, NOTHING, OK, SOME_FAILED};
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Table, Width};
use std::io::{self, IsTerminal, Write};
use vanthu::task::{Report, ReportRow, report};

/// Which tasks are counted.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    source: SourceArguments,
    #[command(flatten)]
    filter: FilterArguments,
    /// How the counts are printed.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For the eye.
    Table,
    /// One object.
    Json,
}

pub fn run(arguments: Arguments) -> Result<u8, Failure> {
    let Arguments { source, filter, format } = arguments;
    let Some(picked) = pick(&source, &filter, &[], Order::Due, 0)? else { return Ok(NOTHING) };
    let report = report(picked.lines.into_iter(), &filter.clock().today.to_string());
    let mut out = io::stdout().lock();
    match format {
        Format::Table => writeln!(out, "{}", table(&report))?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &report)?;
            writeln!(out)?;
        }
    }
    Ok(if picked.failed == 0 { OK } else { SOME_FAILED })
}

/// Where the width of the terminal is not known.
const WIDTH: u16 = 120;
/// Columns of the terminal that a count takes: its heading breaks between words.
const COUNT: u16 = 6;
/// The same of three counts together, on a narrow terminal.
const COUNTS: u16 = 9;
/// A terminal of fewer columns is narrow.
const NARROW: u16 = 100;

fn table(report: &Report) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    let width = table.width().unwrap_or(WIDTH);
    if !io::stdout().is_terminal() || std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()) {
        table.force_no_tty();
    }
    table.set_width(width);
    let columns = columns(width < NARROW);
    table.set_header(std::iter::once("Cơ quan").chain(columns.iter().map(|c| c.heading)));
    for row in report.rows.iter().chain([&report.total]) {
        let count = |c: &Column| {
            let cell = Cell::new((c.count)(row)).set_alignment(CellAlignment::Right);
            if c.is_overdue && row.overdue > 0 { cell.fg(Color::Red) } else { cell }
        };
        table.add_row(std::iter::once(Cell::new(&row.agency)).chain(columns.iter().map(count)));
    }
    for (column, c) in table.column_iter_mut().skip(1).zip(&columns) {
        column.set_padding((0, 1)).set_constraint(ColumnConstraint::Absolute(Width::Fixed(c.width)));
    }
    table
}

struct Column {
    heading: &'static str,
    width: u16,
    is_overdue: bool,
    count: fn(&ReportRow) -> String,
}

fn columns(narrow: bool) -> Vec<Column> {
    let one = |heading, count| Column { heading, width: COUNT, is_overdue: heading == OVERDUE, count };
    let soon = if narrow {
        let count: fn(&ReportRow) -> String = |r| format!("{}·{}·{}", r.due_in_1, r.due_in_3, r.due_in_7);
        vec![Column { heading: "Còn 1·3·7 ngày", width: COUNTS, is_overdue: false, count }]
    } else {
        vec![one("Còn 1 ngày", |r| r.due_in_1.to_string()), one("Còn 3 ngày", |r| r.due_in_3.to_string()), one("Còn 7 ngày", |r| r.due_in_7.to_string())]
    };
    let first = [
        one("Được giao", |r| r.given.to_string()),
        one("Hoàn thành", |r| r.done.to_string()),
        one("Xong quá hạn", |r| r.done_late.to_string()),
        one(OVERDUE, |r| r.overdue.to_string()),
    ];
    let last = [one("Còn lại", |r| r.later.to_string()), one("Dừng, hủy", |r| r.set_aside.to_string())];
    first.into_iter().chain(soon).chain(last).collect()
}

const OVERDUE: &str = "Quá hạn";
