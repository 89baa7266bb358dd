//! The columns of spreadsheets: the same in the workbook and in CSV for Excel.

use super::{CHANGED, Item, capital};
use jiff::civil::Date;

/// How many columns there are.
pub(super) const WIDE: usize = 21;
/// The first ones are printed; the others are for filtering.
pub(super) const PRINTED: u16 = 10;

/// Headings and widths in characters.
pub(super) const COLUMNS: [(&str, f64); WIDE] = [
    ("STT", 6.0),
    ("Nội dung nhiệm vụ", 50.0),
    ("Cơ quan chủ trì", 22.0),
    ("Cơ quan phối hợp", 22.0),
    ("Hạn hoàn thành", 13.0),
    ("Thời hạn theo văn bản", 18.0),
    ("Tình trạng", 14.0),
    ("Sản phẩm", 13.0),
    ("Báo cáo", 18.0),
    ("Căn cứ", 34.0),
    ("Hạn ban đầu", 13.0),
    ("Văn bản điều chỉnh hạn", 22.0),
    ("Ngày hoàn thành", 13.0),
    ("Người thực hiện", 20.0),
    ("Ghi chú", 30.0),
    ("Định kỳ (RRULE)", 18.0),
    ("Số, ký hiệu", 16.0),
    ("Ngày văn bản", 13.0),
    ("Trích văn bản", 60.0),
    ("Thuộc nhiệm vụ", 24.0),
    ("Mã nhiệm vụ", 28.0),
];

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Number(usize),
    Text(String),
    Day(Option<Date>),
}

/// The cells of the n-th item.
pub(super) fn row(number: usize, item: &Item) -> [Cell; WIDE] {
    let text = |text: &Option<String>| Cell::Text(text.clone().unwrap_or_default());
    let list = |list: &[String]| Cell::Text(list.join("; "));
    let paper = &item.paper;
    // A month or a year alone is no day.
    let paper_date = paper.day().map_or_else(|| text(&paper.date), |day| Cell::Day(Some(day)));
    [
        Cell::Number(number),
        Cell::Text(capital(&item.action)),
        list(&item.leads),
        list(&item.cooperators),
        Cell::Day(item.due),
        text(&item.deadline),
        Cell::Text(capital(item.status.name())),
        text(&item.deliverable),
        list(&item.report_to),
        list(&item.grounds()),
        Cell::Day(item.original_due),
        text(&item.moved_by),
        Cell::Day(item.done_on),
        text(&item.assignee),
        Cell::Text(notes(item)),
        text(&item.rrule),
        text(&paper.code),
        paper_date,
        Cell::Text(item.quote.clone()),
        text(&item.parent),
        Cell::Text(item.id.clone()),
    ]
}

/// What a reader should know beside: a changed text, bodies that ended, remarks.
fn notes(item: &Item) -> String {
    let changed = item.changed.then(|| capital(CHANGED));
    changed.iter().chain(&item.carried).chain(&item.remarks).cloned().collect::<Vec<_>>().join("; ")
}
