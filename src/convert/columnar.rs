//! Tables as Apache Parquet: text as UTF-8, numbers as INT64, days as DATE, lists as LIST.

use super::column::{Cell, Kind, Table};
use jiff::civil::Date;
use parquet::basic::{Compression, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows are held until they have so many bytes of text, or are so many: readers work on such groups at once.
const GROUP_BYTES: usize = 32 * 1024 * 1024;
const GROUP_ROWS: usize = 65_536;

/// A Parquet file while it is written.
pub(super) struct Columnar<W: Write + Send> {
    file: SerializedFileWriter<W>,
    columns: Vec<Values>,
    rows: usize,
    bytes: usize,
}

/// Cells of one column that wait to be written. Definition levels tell which are there, repetition levels which begin a
/// row.
struct Values {
    kept: Kept,
    definition: Vec<i16>,
    repetition: Vec<i16>,
}

enum Kept {
    Text(Vec<ByteArray>),
    Number(Vec<i64>),
    Flag(Vec<bool>),
    Day(Vec<i32>),
    List(Vec<ByteArray>),
}

impl<W: Write + Send> Columnar<W> {
    pub fn new(out: W, table: &Table) -> io::Result<Self> {
        let schema = parse_message_type(&message(table)).map_err(io::Error::other)?;
        let packing = Compression::ZSTD(ZstdLevel::default());
        let properties = WriterProperties::builder().set_compression(packing).set_created_by(format!("vanthu version {}", env!("CARGO_PKG_VERSION"))).build();
        let file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)).map_err(io::Error::other)?;
        Ok(Self { file, columns: table.columns.iter().map(|c| Values::of(c.kind)).collect(), rows: 0, bytes: 0 })
    }

    pub fn put(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        self.bytes += self.columns.iter_mut().zip(cells).map(|(values, cell)| values.push(cell)).sum::<usize>();
        self.rows += 1;
        if self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES { self.write_group() } else { Ok(()) }
    }

    fn write_group(&mut self) -> io::Result<()> {
        let mut group = self.file.next_row_group().map_err(io::Error::other)?;
        for values in &mut self.columns {
            let Some(mut column) = group.next_column().map_err(io::Error::other)? else { break };
            values.write(column.untyped()).map_err(io::Error::other)?;
            column.close().map_err(io::Error::other)?;
        }
        group.close().map_err(io::Error::other)?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }

    pub fn end(mut self) -> io::Result<W> {
        if self.rows > 0 {
            self.write_group()?;
        }
        self.file.into_inner().map_err(io::Error::other)
    }
}

/// The schema in the words of Parquet.
fn message(table: &Table) -> String {
    let mut message = format!("message {} {{\n", table.name);
    for column in table.columns {
        let name = column.name;
        // Writing to a string cannot fail.
        let _ = match column.kind {
            Kind::Text => writeln!(message, "optional binary {name} (UTF8);"),
            Kind::Number => writeln!(message, "optional int64 {name};"),
            Kind::Flag => writeln!(message, "optional boolean {name};"),
            Kind::Day => writeln!(message, "optional int32 {name} (DATE);"),
            Kind::List => writeln!(message, "required group {name} (LIST) {{ repeated group list {{ required binary element (UTF8); }} }}"),
        };
    }
    message + "}"
}

impl Values {
    fn of(kind: Kind) -> Self {
        let kept = match kind {
            Kind::Text => Kept::Text(Vec::new()),
            Kind::Number => Kept::Number(Vec::new()),
            Kind::Flag => Kept::Flag(Vec::new()),
            Kind::Day => Kept::Day(Vec::new()),
            Kind::List => Kept::List(Vec::new()),
        };
        Self { kept, definition: Vec::new(), repetition: Vec::new() }
    }

    /// Keeps a cell; its bytes.
    fn push(&mut self, cell: &Cell<'_>) -> usize {
        match (&mut self.kept, cell) {
            (Kept::Text(values), Cell::Text(text)) => {
                self.definition.push(text.is_some().into());
                values.extend(text.as_deref().map(ByteArray::from));
                text.as_deref().map_or(0, str::len)
            }
            (Kept::Number(values), Cell::Number(number)) => {
                self.definition.push(number.is_some().into());
                values.extend(number);
                8
            }
            (Kept::Flag(values), Cell::Flag(flag)) => {
                self.definition.push(1);
                values.push(*flag);
                1
            }
            (Kept::Day(values), Cell::Day(day)) => {
                let days = day.and_then(days);
                self.definition.push(days.is_some().into());
                values.extend(days);
                4
            }
            (Kept::List(values), Cell::List(list)) => {
                self.definition.extend(if list.is_empty() { vec![0] } else { vec![1; list.len()] });
                self.repetition.extend((0..list.len().max(1)).map(|i| i16::from(i > 0)));
                values.extend(list.iter().map(|item| ByteArray::from(*item)));
                list.iter().map(|item| item.len()).sum()
            }
            // A column gives cells of its own kind; the test `every_column_gives_cells_of_its_kind` holds it to that.
            _ => {
                self.definition.push(0);
                0
            }
        }
    }

    fn write(&mut self, column: &mut ColumnWriter<'_>) -> parquet::errors::Result<()> {
        let definition = Some(self.definition.as_slice());
        match (&mut self.kept, column) {
            (Kept::Text(values), ColumnWriter::ByteArrayColumnWriter(to)) => to.write_batch(values, definition, None).map(drop)?,
            (Kept::Number(values), ColumnWriter::Int64ColumnWriter(to)) => to.write_batch(values, definition, None).map(drop)?,
            (Kept::Flag(values), ColumnWriter::BoolColumnWriter(to)) => to.write_batch(values, definition, None).map(drop)?,
            (Kept::Day(values), ColumnWriter::Int32ColumnWriter(to)) => to.write_batch(values, definition, None).map(drop)?,
            (Kept::List(values), ColumnWriter::ByteArrayColumnWriter(to)) => to.write_batch(values, definition, Some(&self.repetition)).map(drop)?,
            _ => return Err(parquet::errors::ParquetError::General("a column of another kind".to_owned())),
        }
        self.definition.clear();
        self.repetition.clear();
        match &mut self.kept {
            Kept::Text(values) | Kept::List(values) => values.clear(),
            Kept::Number(values) => values.clear(),
            Kept::Flag(values) => values.clear(),
            Kept::Day(values) => values.clear(),
        }
        Ok(())
    }
}

/// Days since 1970-01-01; none where a day is not known to the day.
fn days(day: &str) -> Option<i32> {
    let day: Date = day.parse().ok()?;
    day.since((jiff::Unit::Day, Date::constant(1970, 1, 1))).ok().map(|span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        let rows = [("1970-01-01", Some(0)), ("2020-06-18", Some(18431)), ("1969-12-31", Some(-1)), ("2020-06", None), ("", None), ("2020-02-30", None)];
        for (day, count) in rows {
            assert_eq!(days(day), count, "{day}");
        }
    }
}
