//! Excel 5.0 to 2003 (BIFF5 and BIFF8, [MS-XLS]), read directly.
//!
//! calamine reads these files too, but gives no fonts, on which the letters of TCVN3 and VNI depend, and takes the
//! sizes that a file states for true: a damaged one makes it ask for more memory than there is.

mod text;

use super::number::Shape;
use super::{Merged, Sheet, style};
use crate::error::{Error, Result};
use crate::source::flow::{Flow, Font, MOST_PARTS, Style};
use crate::source::package;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use text::{Encoding, Rich, Strings};

/// A stream of more bytes holds pictures, not a paper.
const LARGEST_STREAM: u64 = 256 * 1024 * 1024;
/// Rows and columns of a sheet in this format.
const ROWS: u32 = 65_536;
const COLUMNS: u32 = 256;
/// Fonts and cell formats; Excel allows 512 and 4,000.
const MOST_FORMATS: usize = 65_536;

/// A record: its type and its data, with the places where continuation records were joined.
struct Record<'b> {
    kind: u16,
    pieces: Vec<&'b [u8]>,
}

impl<'b> Record<'b> {
    fn data(&self) -> &'b [u8] {
        self.pieces.first().copied().unwrap_or_default()
    }
}

/// Reads record after record; an end in the middle of one is the end.
struct Records<'b> {
    rest: &'b [u8],
}

const CONTINUE: u16 = 0x3c;

impl<'b> Records<'b> {
    fn one(&mut self) -> Option<(u16, &'b [u8])> {
        let (kind, length) = (u16_at(self.rest, 0)?, usize::from(u16_at(self.rest, 2)?));
        let data = self.rest.get(4..4 + length)?;
        self.rest = &self.rest[4 + length..];
        Some((kind, data))
    }
}

impl<'b> Iterator for Records<'b> {
    type Item = Record<'b>;

    fn next(&mut self) -> Option<Record<'b>> {
        let (kind, data) = self.one()?;
        let mut pieces = vec![data];
        while u16_at(self.rest, 0) == Some(CONTINUE) {
            pieces.push(self.one()?.1);
        }
        Some(Record { kind, pieces })
    }
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

fn f64_at(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(data.get(at..at + 8)?.try_into().ok()?))
}

/// What the first part of the stream says for all sheets.
#[derive(Default)]
struct Book {
    encoding: Encoding,
    from_1904: bool,
    fonts: Vec<Style>,
    /// Font and number format of each cell format.
    formats: Vec<(u16, u16)>,
    shapes: HashMap<u16, Shape>,
    strings: Strings,
    /// Name, whether it is hidden, and where it begins.
    sheets: Vec<(String, bool, usize)>,
}

pub(super) fn read(bytes: &[u8], flow: &mut Flow) -> Result<Vec<Sheet>> {
    let stream = stream(bytes).ok_or_else(package::damaged)?;
    let book = Book::read(&stream, flow)?;
    let mut left = MOST_PARTS;
    let mut found = Vec::new();
    for (name, hidden, start) in &book.sheets {
        let mut sheet = Sheet { name: name.clone(), hidden: *hidden, ..Sheet::default() };
        let records = Records { rest: stream.get(*start..).unwrap_or_default() };
        book.cells(records, &mut sheet, &mut left);
        if left == 0 {
            return Err(Error::new(format!("the workbook holds more than {MOST_PARTS} filled cells"), "split it"));
        }
        found.push(sheet);
    }
    Ok(found)
}

fn stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let name = if file.is_stream("Workbook") { "Workbook" } else { "Book" };
    let mut stream = Vec::new();
    // What was read before a fault is still a workbook.
    let _ = file.open_stream(name).ok()?.take(LARGEST_STREAM).read_to_end(&mut stream);
    Some(stream)
}

impl Book {
    fn read(stream: &[u8], flow: &mut Flow) -> Result<Self> {
        let mut book = Self::default();
        for record in (Records { rest: stream }) {
            let data = record.data();
            match record.kind {
                // FilePass; a kind of 0 with no key is what write-protected files have.
                0x2f => return Err(package::protected()),
                0x809 => book.encoding.wide = u16_at(data, 0) == Some(0x600),
                0x42 => book.encoding.page = u16_at(data, 0).unwrap_or(1252),
                0x22 => book.from_1904 = u16_at(data, 0) == Some(1),
                0x31 if book.fonts.len() < MOST_FORMATS => {
                    let font = book.font(data, flow);
                    book.fonts.push(font);
                }
                0x41e => {
                    if let (Some(id), Some(code)) = (u16_at(data, 0), book.encoding.format(data.get(2..).unwrap_or_default())) {
                        book.shapes.insert(id, Shape::of(&code));
                    }
                }
                0xe0 if book.formats.len() < MOST_FORMATS => book.formats.push((u16_at(data, 0).unwrap_or(0), u16_at(data, 2).unwrap_or(0))),
                0x85 => book.sheet(data),
                0xfc => book.strings = Strings::read(&record.pieces),
                0x0a => break,
                _ => {}
            }
        }
        Ok(book)
    }

    fn font(&self, data: &[u8], flow: &mut Flow) -> Style {
        let name = self.encoding.short(data.get(14..).unwrap_or_default()).unwrap_or_default();
        let font: Option<Font> = (!name.is_empty()).then(|| flow.font(&name));
        // Weights from 600 are bold; 700 is what Excel writes.
        style(font, u16_at(data, 6).is_some_and(|weight| weight >= 600))
    }

    fn sheet(&mut self, data: &[u8]) {
        let (Some(start), Some(&[state, kind])) = (u32_at(data, 0), data.get(4..6)) else { return };
        // Kind 0 is a sheet of cells; others are charts and macros.
        if kind == 0 {
            let name = self.encoding.short(&data[6..]).unwrap_or_default();
            self.sheets.push((name, state & 3 != 0, start as usize));
        }
    }

    /// Reads the cells of the sheet whose records begin here.
    fn cells(&self, records: Records, sheet: &mut Sheet, left: &mut usize) {
        let mut depth = 0;
        let mut formula = None;
        for record in records {
            let data = record.data();
            match record.kind {
                0x809 => depth += 1,
                0x0a if depth <= 1 => break,
                0x0a => depth -= 1,
                // Charts inside the sheet.
                _ if depth > 1 => {}
                0xe5 => merged(data, &mut sheet.merged),
                0xbd => self.numbers(data, sheet, left),
                // The text of the formula before.
                0x207 => {
                    if let (Some((row, column, format)), Some(text)) = (formula.take(), self.encoding.long(&record.pieces)) {
                        *left = left.saturating_sub(sheet.add(row, column, vec![(text, self.style(format))]));
                    }
                }
                kind => {
                    let Some((row, column, format)) = place(data) else { continue };
                    if kind == 0x06 {
                        formula = Some((row, column, format));
                    }
                    if let Some(runs) = self.value(kind, &record, format) {
                        *left = left.saturating_sub(sheet.add(row, column, runs));
                    }
                }
            }
            if *left == 0 {
                break;
            }
        }
    }

    /// What a cell record shows.
    fn value(&self, kind: u16, record: &Record, format: u16) -> Option<Vec<(String, Style)>> {
        let data = record.data();
        let plain = |text: String| Some(vec![(text, self.style(format))]);
        match kind {
            0xfd => {
                let text = self.strings.get(u32_at(data, 6)? as usize)?;
                Some(self.runs(text, format))
            }
            0x203 => plain(self.shown(f64_at(data, 6)?, format)),
            0x27e => plain(self.shown(rk(u32_at(data, 6)?), format)),
            0x204 | 0xd6 => plain(self.encoding.long(&[data.get(6..)?])?),
            0x205 if data.get(7) == Some(&0) => plain(if data.get(6) == Some(&1) { "TRUE" } else { "FALSE" }.to_owned()),
            0x06 if u16_at(data, 12) != Some(0xffff) => plain(self.shown(f64_at(data, 6)?, format)),
            _ => None,
        }
    }

    fn numbers(&self, data: &[u8], sheet: &mut Sheet, left: &mut usize) {
        let Some((row, first, _)) = place(data) else { return };
        for (column, value) in (first..COLUMNS).zip(data[4..].chunks_exact(6)) {
            // The last column's number stands after the values.
            let (Some(format), Some(number)) = (u16_at(value, 0), u32_at(value, 2)) else { continue };
            *left = left.saturating_sub(sheet.add(row, column, vec![(self.shown(rk(number), format), self.style(format))]));
        }
    }

    fn shown(&self, value: f64, format: u16) -> String {
        let id = self.formats.get(usize::from(format)).map_or(0, |f| f.1);
        self.shapes.get(&id).copied().unwrap_or_else(|| Shape::built_in(id)).show(value, self.from_1904)
    }

    fn style(&self, format: u16) -> Style {
        self.formats.get(usize::from(format)).map(|f| self.font_style(f.0)).unwrap_or_default()
    }

    /// Number 4 is left out in the count of fonts.
    fn font_style(&self, number: u16) -> Style {
        let at = usize::from(number) - usize::from(number > 4);
        self.fonts.get(at).copied().unwrap_or_default()
    }

    /// The stretches of a text that are set in fonts of their own.
    fn runs(&self, text: &Rich, format: u16) -> Vec<(String, Style)> {
        let mut out = Vec::new();
        let mut style = self.style(format);
        let mut changes = text.fonts.iter().peekable();
        let mut piece = String::new();
        let mut at = 0;
        for c in text.text.chars() {
            while let Some(&(_, font)) = changes.next_if(|(start, _)| usize::from(*start) <= at) {
                if !piece.is_empty() {
                    out.push((std::mem::take(&mut piece), style));
                }
                style = self.font_style(font);
            }
            piece.push(c);
            at += c.len_utf16();
        }
        out.push((piece, style));
        out
    }
}

/// Row, column and cell format.
fn place(data: &[u8]) -> Option<(u32, u32, u16)> {
    let (row, column) = (u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?));
    (row < ROWS && column < COLUMNS).then_some((row, column, u16_at(data, 4)?))
}

/// A number in 30 bits: two flags, then an integer or the upper part of a floating-point number.
fn rk(bits: u32) -> f64 {
    let value = if bits & 2 == 0 { f64::from_bits(u64::from(bits & !3) << 32) } else { f64::from(bits as i32 >> 2) };
    if bits & 1 == 0 { value } else { value / 100.0 }
}

fn merged(data: &[u8], out: &mut Vec<Merged>) {
    for region in data.get(2..).unwrap_or_default().chunks_exact(8) {
        let at = |i| u32::from(u16_at(region, i).unwrap_or(0));
        out.push(Merged { rows: (at(0), at(2)), columns: (at(4), at(6)) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_30_bits() {
        let rows = [(0x0000_0006, 1.0), (0x0000_04e3 | 3, 3.12), (0x3ff0_0000, 1.0), (0x4029_0000 | 1, 0.125), (0xffff_fffe, -1.0)];
        for (bits, want) in rows {
            assert_eq!(rk(bits), want, "{bits:#x}");
        }
    }
}
