//! `vanthu report`: counts of tasks per agency.

use super::pick::{FilterArguments, Order, SourceArguments, pick};
use super::{Failure, NOTHING, OK, SOME_FAILED};
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{Cell, CellAlignment, Color, ContentArrangement, Table};
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

fn table(report: &Report) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if !io::stdout().is_terminal() || std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()) {
        table.force_no_tty();
        table.set_width(120);
    }
    table.set_header(["Cơ quan", "Được giao", "Hoàn thành", "HT quá hạn", "Quá hạn", "Còn 1 ngày", "Còn 3 ngày", "Còn 7 ngày", "Còn lại", "Dừng, hủy"]);
    for row in report.rows.iter().chain([&report.total]) {
        table.add_row(cells(row));
    }
    table
}

fn cells(row: &ReportRow) -> Vec<Cell> {
    let counts = [row.given, row.done, row.done_late, row.overdue, row.due_in_1, row.due_in_3, row.due_in_7, row.later, row.set_aside];
    let mut cells = vec![Cell::new(&row.agency)];
    cells.extend(counts.iter().map(|n| Cell::new(n).set_alignment(CellAlignment::Right)));
    if row.overdue > 0 {
        cells[4] = Cell::new(row.overdue).set_alignment(CellAlignment::Right).fg(Color::Red);
    }
    cells
}
