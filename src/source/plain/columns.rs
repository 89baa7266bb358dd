//! The two columns in which letterheads and closings are set (NĐ 30/2020/NĐ-CP, Phụ lục I), and how many lines they take.

use super::join::{is_place_and_date, starts_part};
use super::{Line, cells, is_caps};
use crate::text::opens_with;

/// The two cells of a row of the letterhead or the closing, where no third holds anything.
pub(super) fn page_columns(line: &str) -> Option<[&str; 2]> {
    let cells = cells(line)?;
    let filled: Vec<usize> = (0..cells.len()).filter(|&i| !cells[i].is_empty()).collect();
    match (cells.len(), filled.as_slice()) {
        (2, _) => Some([cells[0], cells[1]]),
        (3, [] | [0]) => Some([cells[0], ""]),
        (3, [n]) => Some(["", cells[*n]]),
        (3, [0, n]) => Some([cells[0], cells[*n]]),
        _ => None,
    }
}

/// Whether a line of a column goes on with the one above it, in small letters; the number and the day begin anew.
pub(super) fn goes_on_in_column(cell: &str) -> bool {
    cell.starts_with(char::is_lowercase) && !starts_part(cell) && !opens_with(cell, &["số", "ngày"])
}

/// Whether rows hold the names of two issuers beside one another, right above the motto: "SỞ Y TẾ ⇥ BẢO HIỂM XÃ HỘI TỈNH HÀ TĨNH".
pub(super) fn names_issuers(rows: &[Line], below: &[Line]) -> bool {
    let caps = |text: &str| text.contains(char::is_alphabetic) && !text.contains(char::is_lowercase);
    let motto = below.first().is_some_and(|l| opens_with(&crate::text::fold(l.text), &["cộng hòa xã hội", "cộng hoà xã hội", "đảng cộng sản"]));
    motto && rows.len() <= 4 && rows.iter().all(|l| page_columns(l.text).is_some_and(|c| c.iter().all(|cell| cell.is_empty() || caps(cell))))
}

/// How many lines a letterhead in two columns has, of which the first are rows: a line of the left column alone may stand before
/// the row of the place and date ("V/v xử lý tài liệu lưu trữ", "sau sắp xếp ⇥ Hà Nội, ngày 21 tháng 7 năm 2026").
pub(super) fn with_left_lines(lines: &[Line], rows: usize) -> (usize, usize) {
    const MOST: usize = 4;
    let dated = |l: &Line| page_columns(l.text).is_some_and(|c| is_place_and_date(c[1]));
    let near = &lines[rows..lines.len().min(rows + MOST)];
    let row = near.iter().take_while(|l| !l.gap).position(dated).filter(|n| near[..*n].iter().all(|l| cells(l.text).is_none()));
    match row.filter(|_| !lines[..rows].iter().any(dated) && names_page_columns(lines[..rows].iter().map(|l| l.text))) {
        Some(n) => (rows + n + 1, rows + n + 1),
        None => (rows, rows),
    }
}

/// How many lines a closing in two columns has, of which the first are rows: among recipients that nothing stands beside, further
/// rows may follow ("- Lưu: VT. ⇥ Phạm Ngọc Lâm").
pub(super) fn recipients_beside(lines: &[Line], rows: usize) -> usize {
    const MOST: usize = 16;
    if !lines[..rows].iter().any(|l| crate::text::fold(l.text).trim_start_matches(['|', '*', ' ']).starts_with("nơi nhận")) {
        return rows;
    }
    let listed = |l: &&Line| !l.gap && (page_columns(l.text).is_some() || cells(l.text).is_none() && l.text.starts_with(['-', '–', '+']));
    let block = rows + lines[rows..].iter().take(MOST).take_while(listed).count();
    lines[rows..block].iter().rposition(|l| page_columns(l.text).is_some()).map_or(rows, |n| rows + n + 1)
}

/// No column of a closing has more lines.
const MOST_BESIDE: usize = 24;

/// How many lines a closing has that begins here and whose two columns stand apart by blanks: "Nơi nhận:        KT. BỘ TRƯỞNG",
/// "- Lưu: VT.        Phạm Ngọc Lâm".
pub(super) fn recipients_beside_blanks(lines: &[Line]) -> usize {
    if !lines[0].text.starts_with("Nơi nhận") {
        return 0;
    }
    let wide = |l: &Line| parted_by_blanks(l.text).is_some();
    let item = |l: &Line| l.text.starts_with(['-', '–', '+']) || !l.gap && l.text.starts_with(char::is_lowercase);
    // The letterhead of what is attached stands in columns, too.
    let heads = |l: &Line| ["cộng hòa xã hội", "cộng hoà xã hội", "đảng cộng sản việt nam"].iter().any(|w| crate::text::fold(l.text).contains(w));
    let listed = |l: &&Line| cells(l.text).is_none() && (item(l) || wide(l)) && !heads(l);
    let block = 1 + lines[1..].iter().take(MOST_BESIDE).take_while(listed).count();
    lines[..block].iter().rposition(wide).map_or(0, |n| n + 1)
}

/// What stands on both sides of the one wide blank of a line.
pub(super) fn parted_by_blanks(line: &str) -> Option<[&str; 2]> {
    const WIDE: &str = "    ";
    let (left, right) = line.split_once(WIDE)?;
    let right = right.trim_start();
    // A stretch of blanks alone stands before what is far to the right.
    (!right.contains(WIDE)).then_some([left.trim_end(), right])
}

/// How many lines two signatures side by side have, of which the first are rows: "KT. GIÁM ĐỐC ⇥ KT. GIÁM ĐỐC" and, below the
/// room to sign in, "Hà Thị Minh ⇥ Lò Văn Sáng".
pub(super) fn signers_beside(lines: &[Line], rows: usize) -> usize {
    let signs = |l: &Line| page_columns(l.text).is_some_and(|c| c.iter().all(|cell| names_authority(cell)));
    let name = |cell: &str| (2..=5).contains(&cell.split(' ').count()) && cell.split(' ').all(|w| w.starts_with(char::is_uppercase)) && !is_caps(cell);
    let names = lines.get(rows).and_then(|l| page_columns(l.text)).is_some_and(|c| c.iter().all(|cell| name(cell)));
    rows + usize::from(names && lines[..rows].iter().any(signs))
}

/// Whether a cell begins with the authority to sign (NĐ 30/2020/NĐ-CP, Điều 13).
pub(super) fn names_authority(cell: &str) -> bool {
    opens_with(cell.trim_start_matches('*'), &["TM.", "KT.", "TL.", "TUQ.", "T/M", "K/T", "T/L"])
}

/// How many lines below the two columns of a letterhead go on with the subject in the left one: "V/v bảo đảm vật liệu ⇥ Hà Nội, ngày
/// 14 …", "cho các dự án đường bộ".
pub(super) fn subject_below(columns: &[Line], below: &[Line]) -> usize {
    const MOST: usize = 4;
    let left = |l: &Line| page_columns(l.text).map_or("", |c| c[0]).to_owned();
    let subject = columns.iter().any(|l| opens_with(&crate::text::fold(&left(l)), &["v/v", "về việc"]));
    if !subject || columns.last().is_none_or(|l| left(l).is_empty()) {
        return 0;
    }
    below.iter().take(MOST).take_while(|l| !l.gap && cells(l.text).is_none() && l.text.starts_with(char::is_lowercase)).count()
}

/// Whether two-cell rows are the two columns of a letterhead or of the closing, not a table.
pub(in crate::source) fn names_page_columns<'a>(mut texts: impl Iterator<Item = &'a str>) -> bool {
    texts.any(|text| {
        let folded = crate::text::fold(text);
        // Papers of the Party write the number without a colon, below a star: "Số 27-KH/TU ⇥ Cao Bằng, ngày 14 tháng 10 năm 2025".
        let signed = page_columns(text).is_some_and(|c| c.iter().all(|cell| names_authority(cell)));
        let number_beside_date = folded.trim_start_matches(['|', '*', ' ']).starts_with("số ") && folded.contains(", ngày") && folded.contains("tháng");
        signed || number_beside_date || ["cộng hòa xã hội", "đảng cộng sản", "độc lập", "nơi nhận", "số:", "kính gửi:"].iter().any(|w| folded.contains(w))
    })
}
