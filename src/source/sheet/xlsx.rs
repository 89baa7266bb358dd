//! Excel since 2007, by calamine.

use super::number::Shape;
use super::{Merged, Sheet, style};
use crate::error::{Error, Result};
use crate::source::flow::{Flow, Font, MOST_PARTS};
use crate::source::package::{self, Package};
use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How cells of one format are shown.
struct Format {
    shape: Shape,
    font: Option<Font>,
    bold: bool,
}

pub(super) fn read(bytes: &[u8], flow: &mut Flow) -> Result<Vec<Sheet>> {
    // calamine sets no limits of its own.
    Package::open(bytes)?.check()?;
    // It takes damaged files for sound ones in places; what it trips over is one of these.
    let outcome = catch_unwind(AssertUnwindSafe(|| sheets(bytes, flow)));
    outcome.unwrap_or_else(|_| Err(package::damaged()))
}

fn sheets(bytes: &[u8], flow: &mut Flow) -> Result<Vec<Sheet>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|e| fault(&e))?;
    let known = book.sheets_metadata().to_vec();
    let from_1904 = book.has_1904_epoch();
    let mut found = Vec::new();
    let mut left = MOST_PARTS;
    for facts in known.into_iter().filter(|s| s.typ == SheetType::WorkSheet) {
        let mut sheet = Sheet { name: facts.name.clone(), hidden: facts.visible != SheetVisible::Visible, ..Sheet::default() };
        let regions = book.merge_cells_by_sheet_name(&facts.name).unwrap_or_default();
        sheet.merged = regions.iter().map(|d| Merged { rows: (d.start.0, d.end.0), columns: (d.start.1, d.end.1) }).collect();
        let mut cells = book.worksheet_cells_reader(&facts.name).map_err(|e| fault(&e))?;
        let formats = formats(cells.styles(), flow);
        while let Some((cell, format)) = cells.next_cell_with_style_id().map_err(|e| fault(&e))? {
            let (row, column) = cell.get_position();
            let format = formats.get(format);
            let Some(text) = shown(cell.get_value(), format, from_1904) else { continue };
            left = left.saturating_sub(sheet.add(row, column, vec![(text, style(format.and_then(|f| f.font), format.is_some_and(|f| f.bold)))]));
            if left == 0 {
                return Err(Error::new(format!("the workbook holds more than {MOST_PARTS} filled cells"), "split it"));
            }
        }
        found.push(sheet);
    }
    Ok(found)
}

fn formats(styles: &[calamine::Style], flow: &mut Flow) -> Vec<Format> {
    let format = |style: &calamine::Style| Format {
        shape: style.number_format.as_ref().map_or(Shape::General, |f| match f.format_id {
            Some(id) if f.format_code.is_empty() => Shape::built_in(u16::try_from(id).unwrap_or(0)),
            _ => Shape::of(&f.format_code),
        }),
        font: style.font.as_ref().and_then(|f| f.name.as_deref()).map(|name| flow.font(name)),
        bold: style.font.as_ref().is_some_and(calamine::Font::is_bold),
    };
    styles.iter().map(format).collect()
}

/// A cell's characters; errors of formulas are no text of a paper.
fn shown(value: &DataRef, format: Option<&Format>, from_1904: bool) -> Option<String> {
    let shape = format.map_or(Shape::General, |f| f.shape);
    Some(match Data::from(value.clone()) {
        Data::String(text) => text,
        Data::Int(n) => shape.show(n as f64, from_1904),
        Data::Float(n) => shape.show(n, from_1904),
        Data::DateTime(moment) => {
            let is_plain = matches!(shape, Shape::Date | Shape::Time | Shape::DateTime);
            let shape = if is_plain { shape } else { Shape::DateTime };
            shape.show(moment.as_f64(), from_1904)
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) => text,
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        Data::Error(_) | Data::Empty => return None,
    })
}

fn fault(error: &XlsxError) -> Error {
    if matches!(error, XlsxError::Password) { package::protected() } else { package::damaged() }
}
