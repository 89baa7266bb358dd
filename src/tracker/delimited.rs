//! CSV for Excel: UTF-8 with a byte order mark, Vietnamese headings, nothing that Excel would run as a formula.

use super::{Item, vietnamese};

/// Headings of the columns.
const HEADINGS: [&str; 14] = [
    "STT",
    "Nội dung nhiệm vụ",
    "Cơ quan chủ trì",
    "Cơ quan phối hợp",
    "Hạn hoàn thành",
    "Thời hạn theo văn bản",
    "Định kỳ (RRULE)",
    "Tình trạng",
    "Sản phẩm",
    "Báo cáo",
    "Căn cứ",
    "Trích văn bản",
    "Thuộc nhiệm vụ",
    "Mã nhiệm vụ",
];

/// Items as one table.
pub fn excel(items: &[Item]) -> Vec<u8> {
    let rows = items.iter().enumerate().map(|(i, item)| row(i + 1, item).map(|cell| neutral(&cell)).to_vec());
    let mut table = "\u{feff}".as_bytes().to_vec();
    table.extend(written(&HEADINGS, rows));
    table
}

fn row(number: usize, item: &Item) -> [String; 14] {
    [
        number.to_string(),
        item.action.clone(),
        item.leads.join("; "),
        item.cooperators.join("; "),
        item.due.map(vietnamese).unwrap_or_default(),
        item.deadline.clone().unwrap_or_default(),
        item.rrule.clone().unwrap_or_default(),
        item.status.words().to_owned(),
        item.deliverable.clone().unwrap_or_default(),
        item.report_to.join("; "),
        item.grounds().join("; "),
        item.quote.clone(),
        item.parent.clone().unwrap_or_default(),
        item.id.clone(),
    ]
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
