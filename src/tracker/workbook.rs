//! An Excel workbook: Vietnamese headings, days as days, a filter in every heading, headings that stay in view.

use super::Item;
use crate::error::{Error, Result};
use jiff::civil::Date;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use std::collections::BTreeMap;

/// Headings and widths in characters.
const COLUMNS: [(&str, f64); 15] = [
    ("STT", 6.0),
    ("Nội dung nhiệm vụ", 50.0),
    ("Cơ quan chủ trì", 22.0),
    ("Cơ quan phối hợp", 22.0),
    ("Hạn hoàn thành", 13.0),
    ("Thời hạn theo văn bản", 18.0),
    ("Tình trạng", 12.0),
    ("Sản phẩm", 13.0),
    ("Báo cáo", 18.0),
    ("Căn cứ", 34.0),
    ("Số, ký hiệu", 16.0),
    ("Ngày văn bản", 13.0),
    ("Trích văn bản", 60.0),
    ("Thuộc nhiệm vụ", 24.0),
    ("Mã nhiệm vụ", 28.0),
];
/// Excel takes no more characters in a cell.
const LONGEST_CELL: usize = 32_767;
/// Nor in the name of a sheet.
const LONGEST_NAME: usize = 31;
const PAPER_A4: u8 = 9;
/// Columns that are printed; the others are for filtering.
const PRINTED: u16 = 10;
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
            number: cell().set_align(FormatAlign::Center),
            day: cell().set_align(FormatAlign::Center).set_num_format("dd/mm/yyyy"),
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
    let paper = &item.paper;
    sheet.write_number_with_format(row, 0, f64::from(row), &formats.number)?;
    let texts = [
        (1u16, item.action.clone()),
        (2, item.leads.join("; ")),
        (3, item.cooperators.join("; ")),
        (5, item.deadline.clone().unwrap_or_default()),
        (6, item.status.words().to_owned()),
        (7, item.deliverable.clone().unwrap_or_default()),
        (8, item.report_to.join("; ")),
        (9, item.grounds().join("; ")),
        (10, paper.code.clone().unwrap_or_default()),
        (12, item.quote.clone()),
        (13, item.parent.clone().unwrap_or_default()),
        (14, item.id.clone()),
    ];
    // Not every program makes rows as high as their text by itself.
    let lines = texts.iter().map(|(column, text)| (text.chars().count() as f64 / COLUMNS[usize::from(*column)].1).ceil()).fold(1.0, f64::max);
    sheet.set_row_height(row, (lines * LINE + 3.0).min(HIGHEST))?;
    for (column, text) in texts {
        let text: String = text.chars().take(LONGEST_CELL).collect();
        sheet.write_string_with_format(row, column, text, &formats.text)?;
    }
    write_day(sheet, row, 4, item.due, formats)?;
    match paper.day() {
        Some(day) => write_day(sheet, row, 11, Some(day), formats),
        // A month or a year alone is no day.
        None => sheet.write_string_with_format(row, 11, paper.date.as_deref().unwrap_or_default(), &formats.text).map(|_| ()),
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
