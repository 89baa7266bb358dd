//! Spreadsheets: each sheet a table as it would be printed, the titles above it as paragraphs.

mod number;
mod xls;
mod xlsx;

use super::flow::{Flow, Font, Place, Style};
use super::office::Kind;
use super::plain;
use crate::error::Result;
use std::collections::{BTreeMap, BTreeSet};

/// A cell that covers more columns than this is padding.
const WIDEST: usize = 63;

/// A sheet's filled cells.
#[derive(Debug, Default)]
struct Sheet {
    name: String,
    hidden: bool,
    /// By row, from left to right.
    rows: BTreeMap<u32, Vec<Cell>>,
    merged: Vec<Merged>,
}

#[derive(Debug)]
struct Cell {
    column: u32,
    runs: Vec<(String, Style)>,
}

/// Cells that are one: first and last row, first and last column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Merged {
    rows: (u32, u32),
    columns: (u32, u32),
}

impl Sheet {
    /// Adds a cell that shows something; the number of cells added.
    fn add(&mut self, row: u32, column: u32, runs: Vec<(String, Style)>) -> usize {
        if runs.iter().all(|(text, _)| text.trim().is_empty()) {
            return 0;
        }
        let cells = self.rows.entry(row).or_default();
        // Files are written from left to right; of two values in one place the last counts.
        match cells.binary_search_by_key(&column, |c| c.column) {
            Ok(at) => cells[at].runs = runs,
            Err(at) => cells.insert(at, Cell { column, runs }),
        }
        1
    }
}

/// Reads a spreadsheet.
///
/// # Errors
/// When it is protected, damaged or larger than any paper.
pub(super) fn read(kind: Kind, bytes: &[u8]) -> Result<(Flow, Option<u32>)> {
    let mut flow = Flow::default();
    let sheets = if kind == Kind::Xls { xls::read(bytes, &mut flow)? } else { xlsx::read(bytes, &mut flow)? };
    let filled: Vec<Sheet> = sheets.into_iter().filter(|s| !s.rows.is_empty()).collect();
    let hidden = filled.iter().filter(|s| s.hidden).count();
    // Where all are hidden, nothing else is there to read.
    let all = hidden == filled.len();
    let shown: Vec<Sheet> = filled.into_iter().filter(|s| all || !s.hidden).collect();
    if hidden > 0 && !all {
        flow.note("sheet-hidden", format!("{hidden} hidden sheets were not read"));
    }
    let several = shown.len() > 1;
    for sheet in shown {
        if several {
            flow.gap();
            flow.run(&sheet.name, Style::default());
            flow.end_paragraph();
        }
        write(sheet, &mut flow);
    }
    Ok((flow, None))
}

/// Writes a sheet: letterhead and titles, the table, and what stands apart below it.
fn write(sheet: Sheet, flow: &mut Flow) {
    let Sheet { rows, merged, .. } = sheet;
    let table_starts = rows.iter().find(|(_, cells)| cells.len() > 2).or_else(|| rows.iter().find(|(_, cells)| cells.len() > 1));
    let table_starts = table_starts.map_or(u32::MAX, |(&row, _)| row);
    let mut above = rows;
    let mut table = above.split_off(&table_starts);
    let below = table.split_off(&end_of_table(&table));
    titles(above, flow);
    if !table.is_empty() {
        write_table(&table, &merged, flow);
    }
    paragraphs(below.into_values().flatten(), flow);
}

/// The first row that stands apart below the table: rows of one cell after an empty row.
fn end_of_table(rows: &BTreeMap<u32, Vec<Cell>>) -> u32 {
    let last = rows.iter().rev().find(|(_, cells)| cells.len() > 1).map_or(0, |(&row, _)| row);
    let mut before = last;
    for &row in rows.range(last..).map(|(row, _)| row).skip(1) {
        if row > before + 1 {
            return row;
        }
        before = row;
    }
    u32::MAX
}

/// What stands above the table: the letterhead in two columns, titles as paragraphs.
fn titles(rows: BTreeMap<u32, Vec<Cell>>, flow: &mut Flow) {
    let texts = rows.values().flatten().map(Cell::text).collect::<Vec<_>>();
    let last_pair = rows.iter().rev().find(|(_, cells)| cells.len() > 1).map(|(&row, _)| row);
    let (Some(last_pair), true) = (last_pair, plain::names_page_columns(texts.iter().map(String::as_str))) else {
        return paragraphs(rows.into_values().flatten(), flow);
    };
    let right = rows.values().filter(|cells| cells.len() > 1).filter_map(|cells| cells.last()).map(|c| c.column).min().unwrap_or(0);
    let mut letterhead = rows;
    let rest = letterhead.split_off(&(last_pair + 1));
    let (left, right): (Vec<Cell>, Vec<Cell>) = letterhead.into_values().flatten().partition(|c| c.column < right);
    paragraphs(left.into_iter().chain(right), flow);
    paragraphs(rest.into_values().flatten(), flow);
}

fn paragraphs(cells: impl Iterator<Item = Cell>, flow: &mut Flow) {
    for cell in cells {
        cell.write(flow);
        flow.end_paragraph();
    }
}

/// Writes the rows of a table; columns in which nothing stands are left out.
fn write_table(rows: &BTreeMap<u32, Vec<Cell>>, merged: &[Merged], flow: &mut Flow) {
    let columns: Vec<u32> = rows.values().flatten().map(|c| c.column).collect::<BTreeSet<_>>().into_iter().collect();
    let mut above = Above::of(merged);
    flow.open_table();
    for (&row, cells) in rows {
        if flow.is_full() {
            break;
        }
        above.go_to(row);
        flow.open_row();
        let mut next = 0;
        for cell in cells {
            let at = columns.partition_point(|&c| c < cell.column);
            above.fill(row, &columns[next.min(at)..at], flow);
            let last = merged_at(merged, &above, row, cell.column).map_or(cell.column, |m| m.columns.1);
            let covered = columns[at..].partition_point(|&c| c <= last).clamp(1, WIDEST);
            // A value under a wide cell is not shown, but what holds no value of its own must not hide one.
            let covered = cells.iter().find(|c| c.column > cell.column).map_or(covered, |c| covered.min(columns.partition_point(|&k| k < c.column) - at));
            flow.open_cell(Place { columns: covered, merged_above: false });
            cell.write(flow);
            flow.close_cell();
            next = at + covered;
        }
        above.fill(row, &columns[next.min(columns.len())..], flow);
        flow.close_row();
    }
    flow.close_table();
}

fn merged_at<'m>(merged: &'m [Merged], above: &Above, row: u32, column: u32) -> Option<&'m Merged> {
    let open = above.open.iter().map(|&i| &merged[i]);
    open.into_iter().find(|m| m.rows.0 == row && m.columns.0 == column)
}

/// The merged regions that reach the current row.
struct Above<'m> {
    merged: &'m [Merged],
    /// In the order of their first rows.
    order: Vec<usize>,
    next: usize,
    open: Vec<usize>,
}

/// Regions beyond so many in one row are not looked at, so that time stays linear.
const MOST_OPEN: usize = 256;

impl<'m> Above<'m> {
    fn of(merged: &'m [Merged]) -> Self {
        let mut order: Vec<usize> = (0..merged.len()).collect();
        order.sort_by_key(|&i| merged[i].rows.0);
        Self { merged, order, next: 0, open: Vec::new() }
    }

    fn go_to(&mut self, row: u32) {
        self.open.retain(|&i| self.merged[i].rows.1 >= row);
        while let Some(&i) = self.order.get(self.next).filter(|&&i| self.merged[i].rows.0 <= row) {
            self.next += 1;
            if self.merged[i].rows.1 >= row && self.open.len() < MOST_OPEN {
                self.open.push(i);
            }
        }
    }

    /// Writes empty cells; those that a region from above covers go on from there.
    fn fill(&self, row: u32, columns: &[u32], flow: &mut Flow) {
        for &column in columns {
            let covers = |&i: &usize| {
                let m = self.merged[i];
                m.rows.0 < row && (m.columns.0..=m.columns.1).contains(&column)
            };
            flow.open_cell(Place { columns: 1, merged_above: self.open.iter().any(covers) });
            flow.close_cell();
        }
    }
}

impl Cell {
    fn text(&self) -> String {
        self.runs.iter().map(|(text, _)| text.as_str()).collect()
    }

    fn write(&self, flow: &mut Flow) {
        for (text, style) in &self.runs {
            flow.run(&text.replace("\r\n", "\n").replace('\r', "\n"), *style);
        }
    }
}

fn style(font: Option<Font>, bold: bool) -> Style {
    Style { font, bold, ..Style::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sheet of these cells, by row and column.
    fn sheet(cells: &[(u32, u32, &str)], merged: &[(u32, u32, u32, u32)]) -> String {
        let mut sheet = Sheet::default();
        for (row, column, text) in cells {
            sheet.add(*row, *column, vec![((*text).to_owned(), Style::default())]);
        }
        sheet.merged = merged.iter().map(|&(r, s, c, d)| Merged { rows: (r, s), columns: (c, d) }).collect();
        let mut flow = Flow::default();
        write(sheet, &mut flow);
        flow.write().unwrap().0.as_str().trim_end_matches('\n').to_owned()
    }

    #[test]
    fn tables_and_titles_are_told_apart() {
        type Cells = &'static [(u32, u32, &'static str)];
        type Regions = &'static [(u32, u32, u32, u32)];
        let rows: [(&str, Cells, Regions, &str); 7] = [
            (
                "titles above the table are paragraphs",
                &[
                    (0, 3, "PHỤ LỤC NHIỆM VỤ"),
                    (1, 3, "(Kèm theo Kế hoạch)"),
                    (3, 0, "STT"),
                    (3, 1, "Nhiệm vụ"),
                    (3, 2, "Chủ trì"),
                    (4, 0, "I"),
                    (5, 0, "1"),
                    (5, 1, "Việc"),
                    (5, 2, "Sở A"),
                ],
                &[],
                "PHỤ LỤC NHIỆM VỤ\n(Kèm theo Kế hoạch)\nSTT\tNhiệm vụ\tChủ trì\nI\t\t\n1\tViệc\tSở A",
            ),
            (
                "the letterhead reads left, right",
                &[
                    (0, 0, "UBND TỈNH LONG AN"),
                    (0, 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                    (1, 4, "Độc lập - Tự do - Hạnh phúc"),
                    (2, 0, "Số: 12/KH-UBND"),
                    (2, 4, "Long An, ngày 5 tháng 6 năm 2020"),
                    (4, 2, "KẾ HOẠCH"),
                    (5, 0, "a"),
                    (5, 1, "b"),
                    (5, 2, "c"),
                ],
                &[],
                "UBND TỈNH LONG AN\nSố: 12/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nLong An, ngày 5 tháng 6 năm 2020\nKẾ HOẠCH\na\tb\tc",
            ),
            ("columns without cells are left out", &[(0, 0, "a"), (0, 5000, "b"), (0, 9000, "c"), (1, 5000, "d"), (1, 9000, "e")], &[], "a\tb\tc\n\td\te"),
            ("a region over columns", &[(0, 0, "a"), (0, 1, "b"), (0, 2, "c"), (1, 0, "d"), (1, 2, "e")], &[(1, 1, 0, 1)], "a\tb\tc\nd\t\te"),
            ("a region over rows", &[(0, 0, "a"), (0, 1, "b"), (0, 2, "c"), (1, 0, "d"), (1, 2, "e")], &[(0, 1, 1, 1)], "a\tb\tc\nd\t\te"),
            ("two columns", &[(0, 0, "Tên"), (0, 1, "Số"), (1, 0, "Một"), (1, 1, "2")], &[], "Tên\tSố\nMột\t2"),
            ("what stands apart below", &[(0, 0, "a"), (0, 1, "b"), (1, 0, "nhóm"), (3, 0, "Ghi chú: hết.")], &[], "a\tb\nnhóm\t\nGhi chú: hết."),
        ];
        for (why, cells, merged, want) in rows {
            assert_eq!(sheet(cells, merged), want, "{why}");
        }
    }
}
