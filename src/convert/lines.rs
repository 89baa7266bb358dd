//! Tables as lines: JSON objects, and CSV.

use super::column::{Cell, Table};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::io::{self, Write};

/// One JSON object per row.
pub(super) struct Json<W> {
    out: W,
}

impl<W: Write> Json<W> {
    pub fn new(out: W) -> Self {
        Self { out }
    }

    pub fn put(&mut self, table: &Table, cells: Vec<Cell<'_>>) -> io::Result<()> {
        let row: Map<String, Value> = table.columns.iter().map(|c| c.name.to_owned()).zip(cells.into_iter().map(Cell::json)).collect();
        serde_json::to_writer(&mut self.out, &row)?;
        self.out.write_all(b"\n")
    }

    pub fn end(self) -> W {
        self.out
    }
}

/// Rows of cells in the order of the columns.
pub(super) struct Csv<W: Write> {
    out: csv::Writer<W>,
}

impl<W: Write> Csv<W> {
    pub fn new(out: W, table: &Table) -> io::Result<Self> {
        let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        out.write_record(table.columns.iter().map(|c| c.name))?;
        Ok(Self { out })
    }

    pub fn put(&mut self, cells: Vec<Cell<'_>>) -> io::Result<()> {
        Ok(self.out.write_record(cells.into_iter().map(|c| written(c).into_owned()))?)
    }

    pub fn end(self) -> io::Result<W> {
        self.out.into_inner().map_err(|e| io::Error::other(e.to_string()))
    }
}

/// What stands between the items of a list.
const BETWEEN: &str = "; ";

fn written(cell: Cell<'_>) -> Cow<'_, str> {
    match cell {
        Cell::Text(text) => neutral(text.unwrap_or_default()),
        Cell::Number(number) => number.map(|n| n.to_string()).unwrap_or_default().into(),
        Cell::Flag(flag) => if flag { "true" } else { "false" }.into(),
        Cell::Day(day) => day.unwrap_or_default().into(),
        Cell::List(list) => neutral(list.join(BETWEEN).into()),
    }
}

/// A text that spreadsheets do not take for a formula (OWASP, CSV injection): what begins like one gets an apostrophe.
fn neutral(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{text}").into() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let rows = [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("- Báo cáo", "'- Báo cáo"),
            ("+1", "'+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            // Not at the start.
            ("a=1", "a=1"),
            ("", ""),
        ];
        for (text, cell) in rows {
            assert_eq!(written(Cell::Text(Some(text.into()))), cell);
            assert_eq!(written(Cell::List(vec![text, "b"])), format!("{cell}; b"));
        }
        // A number is no text.
        assert_eq!(written(Cell::Number(Some(-1))), "-1");
    }
}
