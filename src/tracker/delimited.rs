//! CSV for Excel: UTF-8 with a byte order mark, Vietnamese headings, nothing that Excel would run as a formula.

use super::columns::{self, COLUMNS, Cell};
use super::{Item, vietnamese};

/// Items as one table.
pub fn excel(items: &[Item]) -> Vec<u8> {
    let rows = (1..).zip(items).map(|(number, item)| columns::row(number, item).map(|cell| neutral(&shown(cell))).to_vec());
    let mut table = "\u{feff}".as_bytes().to_vec();
    table.extend(written(&COLUMNS.map(|(heading, _)| heading), rows));
    table
}

fn shown(cell: Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => text,
        Cell::Day(day) => day.map(vietnamese).unwrap_or_default(),
    }
}

/// A cell that spreadsheets take as text: behind an apostrophe where they would take it as a formula.
fn neutral(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

/// What makes a spreadsheet take a cell as a formula.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// A table of RFC 4180: commas, quotes where they are needed, CRLF. No cell begins a formula, as spreadsheets open the
/// tables of trackers, too.
pub(super) fn written(headings: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory does not fail, and every row has the columns of the headings.
    let _ = writer.write_record(headings);
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| cell.trim_start_matches(FORMULA)));
    }
    writer.into_inner().unwrap_or_default()
}
