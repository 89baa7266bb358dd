//! An Excel workbook: Vietnamese headings, days as days, a filter in every heading, headings that stay in view.

use super::Item;
use super::columns::{self, COLUMNS, Cell, PRINTED};
use crate::error::{Error, Result};
use crate::task::Status;
use jiff::civil::Date;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use std::collections::BTreeMap;

/// Excel takes no more characters in a cell.
const LONGEST_CELL: usize = 32_767;
/// Nor in the name of a sheet.
const LONGEST_NAME: usize = 31;
const PAPER_A4: u8 = 9;
/// Points of a line of text, and the most that a row may have.
const LINE: f64 = 16.5;
const HIGHEST: f64 = 409.0;

/// Items as a workbook of one sheet; with `by_agency`, of one more for each agency that leads.
///
/// # Errors
/// When there are more rows or sheets than Excel takes.
pub fn workbook(items: &[Item], by_agency: bool) -> Result<Vec<u8>> {
    made(items, by_agency).map_err(|e| Error::new(format!("Excel cannot hold these tasks ({e})"), "export fewer of them"))
}

fn made(items: &[Item], by_agency: bool) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same tasks give the same bytes whatever the day.
    let properties = DocProperties::new().set_title("Danh mục nhiệm vụ").set_author("vanthu").set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    let formats = Formats::new();
    fill(workbook.add_worksheet(), "Nhiệm vụ", &items.iter().collect::<Vec<_>>(), &formats)?;
    if by_agency {
        let mut names = vec!["nhiệm vụ".to_owned()];
        for (agency, items) in agencies(items) {
            let name = sheet_name(agency, &mut names);
            fill(workbook.add_worksheet(), &name, &items, &formats)?;
        }
    }
    workbook.save_to_buffer()
}

fn agencies(items: &[Item]) -> BTreeMap<&str, Vec<&Item>> {
    let mut agencies: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for item in items {
        for lead in &item.leads {
            agencies.entry(lead).or_default().push(item);
        }
    }
    agencies
}

/// A name that Excel takes and that no other sheet has, whatever the case of its letters.
fn sheet_name(agency: &str, taken: &mut Vec<String>) -> String {
    let plain: String = agency.chars().map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') { ' ' } else { c }).collect();
    let plain = plain.trim_matches(['\'', ' ']);
    // Excel counts units of UTF-16.
    let cut = |room: usize| {
        let mut units = 0;
        let fitting = plain.chars().take_while(|c| {
            units += c.len_utf16();
            units <= room
        });
        fitting.collect::<String>().trim_end_matches(['\'', ' ']).to_owned()
    };
    let names = std::iter::once(cut(LONGEST_NAME)).chain((2..).map(|n| format!("{} ({n})", cut(LONGEST_NAME - 3 - format!("{n}").len()))));
    // "History" is Excel's own.
    let free = |name: &String| !name.is_empty() && name.to_lowercase() != "history" && !taken.contains(&name.to_lowercase());
    let name = names.into_iter().find(free).unwrap_or_default();
    taken.push(name.to_lowercase());
    name
}

struct Formats {
    heading: Format,
    text: Format,
    late: Format,
    done: Format,
    number: Format,
    day: Format,
}

impl Formats {
    fn new() -> Self {
        let cell =
            || Format::new().set_font_name("Times New Roman").set_font_size(12).set_border(FormatBorder::Thin).set_align(FormatAlign::Top).set_text_wrap();
        Self {
            heading: cell().set_bold().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter).set_background_color(Color::RGB(0x00D9_E2F3)),
            text: cell(),
            late: cell().set_font_color(Color::RGB(0x00C0_0000)).set_bold(),
            done: cell().set_font_color(Color::RGB(0x0000_7A33)),
            number: cell().set_align(FormatAlign::Center),
            day: cell().set_align(FormatAlign::Center).set_num_format("dd/mm/yyyy"),
        }
    }

    /// Where a task stands is told by a colour, too.
    fn of(&self, column: u16, item: &Item) -> &Format {
        match (COLUMNS[usize::from(column)].0, item.status) {
            ("Tình trạng", Status::Overdue | Status::DoneLate) => &self.late,
            ("Tình trạng", Status::Done) => &self.done,
            _ => &self.text,
        }
    }
}

fn fill(sheet: &mut Worksheet, name: &str, items: &[&Item], formats: &Formats) -> std::result::Result<(), XlsxError> {
    let last_column = COLUMNS.len() as u16 - 1;
    sheet.set_name(name)?;
    for (column, (heading, width)) in (0u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, heading, &formats.heading)?;
    }
    // Headings break over two lines.
    sheet.set_row_height(0, 2.0 * LINE + 3.0)?;
    for (row, item) in (1u32..).zip(items) {
        fill_row(sheet, row, item, formats)?;
    }
    let last_row = u32::try_from(items.len()).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_landscape().set_paper_size(PAPER_A4).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.5, 0.3, 0.3).set_repeat_rows(0, 0)?;
    sheet.set_print_area(0, 0, last_row, PRINTED - 1)?;
    Ok(())
}

fn fill_row(sheet: &mut Worksheet, row: u32, item: &Item, formats: &Formats) -> std::result::Result<(), XlsxError> {
    let cells = columns::row(row as usize, item);
    // Not every program makes rows as high as their text by itself.
    let lines = cells.iter().zip(COLUMNS).map(|(cell, (_, width))| lines(cell, width)).fold(1.0, f64::max);
    sheet.set_row_height(row, (lines * LINE + 3.0).min(HIGHEST))?;
    for (column, cell) in (0u16..).zip(cells) {
        match cell {
            Cell::Number(number) => sheet.write_number_with_format(row, column, number as f64, &formats.number).map(|_| ())?,
            Cell::Text(text) => {
                let text: String = text.chars().take(LONGEST_CELL).collect();
                sheet.write_string_with_format(row, column, text, formats.of(column, item)).map(|_| ())?;
            }
            Cell::Day(day) => write_day(sheet, row, column, day, formats)?,
        }
    }
    Ok(())
}

fn lines(cell: &Cell, width: f64) -> f64 {
    match cell {
        Cell::Text(text) => (text.chars().count() as f64 / width).ceil(),
        _ => 1.0,
    }
}

fn write_day(sheet: &mut Worksheet, row: u32, column: u16, day: Option<Date>, formats: &Formats) -> std::result::Result<(), XlsxError> {
    match day.filter(|d| d.year() > 1900) {
        Some(day) => {
            let date = ExcelDateTime::from_ymd(day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs())?;
            sheet.write_datetime_with_format(row, column, &date, &formats.day)?;
        }
        None => {
            sheet.write_blank(row, column, &formats.day)?;
        }
    }
    Ok(())
}
