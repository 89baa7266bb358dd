//! Tables: their rows, and which column holds what.

use crate::lexicon::{Column, lexicon};
use crate::text::{Shape, Span, Text, is_word_end, opens_with};

/// A table of the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What each column holds, from left to right, when the heading tells.
    pub columns: Vec<Option<Column>>,
    /// Its rows below the heading.
    pub rows: Vec<Row>,
    /// First and last block.
    pub blocks: std::ops::Range<usize>,
}

/// A row below the heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its block.
    pub block: usize,
    /// Its cells, as many as the table has columns; empty where the row has none.
    pub cells: Vec<Span>,
    /// Which of them, by their places, go on from the cell above, where the source says so.
    pub merged: Vec<usize>,
}

impl Table {
    /// Whether the heading names both what is to do and who does it.
    pub fn is_task_table(&self) -> bool {
        let has = |c| self.columns.contains(&Some(c));
        has(Column::Task) && (has(Column::Lead) || has(Column::Cooperate))
    }

    /// Whether the source says which cells are merged: then an empty cell is empty.
    pub fn knows_merged(&self) -> bool {
        self.rows.iter().any(|r| !r.merged.is_empty())
    }

    /// The place of a column.
    pub fn column(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|c| *c == Some(column))
    }
}

/// A heading takes at most this many rows.
const MOST_HEADING_ROWS: usize = 3;

/// Finds the tables of a text.
pub(super) fn find(text: &Text) -> Vec<Table> {
    let blocks = text.blocks();
    let mut tables: Vec<Table> = Vec::new();
    let mut i = 0;
    while i < blocks.len() {
        let Shape::Row(number) = blocks[i].shape else {
            i += 1;
            continue;
        };
        let end = i + blocks[i..].iter().take_while(|b| b.shape == Shape::Row(number)).count();
        let table = read(text, i..end, tables.last());
        tables.push(table);
        i = end;
    }
    tables
}

fn read(text: &Text, blocks: std::ops::Range<usize>, before: Option<&Table>) -> Table {
    let cells_of = |i: usize| &text.blocks()[i].cells;
    let width = blocks.clone().map(|i| cells_of(i).len()).max().unwrap_or(0);
    let mut columns = vec![None; width];
    let mut start = blocks.start;
    for i in blocks.clone().take(MOST_HEADING_ROWS) {
        let named = name_columns(text, cells_of(i), &mut columns);
        // Numbers of columns "(1) (2) (3)" under a heading belong to it.
        let numbers = cells_of(i).iter().all(|c| text.slice(*c).trim_matches(['(', ')', ' ']).chars().all(|c| c.is_ascii_digit()));
        if !(named || numbers && start > blocks.start) {
            break;
        }
        start = i + 1;
    }
    // A table that goes on after a paragraph or page keeps the heading of the one before.
    if columns.iter().all(Option::is_none)
        && let Some(table) = before.filter(|t| t.is_task_table() && goes_on(t, width, blocks.start))
    {
        columns = table.columns.clone();
    }
    let width = columns.len();
    let heading: Vec<String> = (blocks.start..start).map(|i| text.slice_folded(text.blocks()[i].span).to_owned()).collect();
    let rows = (start..blocks.end).filter(|&i| !heading.iter().any(|h| h == text.slice_folded(text.blocks()[i].span))).map(|i| row(text, i, width)).collect();
    Table { columns, rows, blocks }
}

/// Whether rows so wide, from this block on, go on with a table before them; close behind it empty last cells may be lost.
fn goes_on(table: &Table, width: usize, start: usize) -> bool {
    let whole = table.columns.len();
    whole == width || (3..whole).contains(&width) && start <= table.blocks.end + 3
}

/// Names columns by the cells of a heading row; whether it is one.
fn name_columns(text: &Text, cells: &[Span], columns: &mut [Option<Column>]) -> bool {
    let mut hits = 0;
    let mut others = 0;
    let mut found = columns.to_vec();
    for (i, cell) in cells.iter().enumerate() {
        let folded = text.slice_folded(*cell).trim_matches([' ', '*', ':', '.']).trim();
        match heading_column(folded) {
            Some(column) => {
                hits += 1;
                if found[i].is_none() || matches!(column, Column::Lead | Column::Cooperate) && found[i] != Some(column) {
                    // A second heading row under "Phân công" names the halves.
                    found[i] = Some(column);
                }
            }
            None => others += usize::from(!folded.is_empty()),
        }
    }
    // A row of a duty may sound like a heading: "Tổ chức thực hiện Nghị định".
    let named = hits >= 2 && hits >= others || hits >= 1 && others == 0;
    if named {
        columns.copy_from_slice(&found);
    }
    named
}

/// What a heading cell says, notes in brackets aside.
pub(crate) fn heading_column(folded: &str) -> Option<Column> {
    let bare = folded.split('(').next().unwrap_or(folded).trim();
    if bare.contains("bắt đầu") || bare.starts_with("lãnh đạo") {
        return None;
    }
    if let Some(column) = lexicon().columns.exact(bare) {
        return Some(*column);
    }
    // "Nhóm nhiệm vụ/Nhiệm vụ": one name or the other.
    if let Some(column) = bare.split('/').map(str::trim).find_map(|name| lexicon().columns.exact(name)).filter(|_| bare.contains('/')) {
        return Some(*column);
    }
    // "Cơ quan/đơn vị chủ trì thực hiện nhiệm vụ": the longest known beginning decides where little is left over.
    let known = lexicon().columns.at(bare, 0).filter(|(end, _)| is_word_end(bare, *end) && bare.chars().count() < 60 && bare[*end..].chars().count() <= 24);
    known.map(|(_, column)| *column).or_else(|| column_by_word(bare))
}

/// What a heading says that no list holds, by the word that tells: "Sở, ngành chủ trì tham mưu".
fn column_by_word(bare: &str) -> Option<Column> {
    if bare.chars().count() >= 80 {
        return None;
    }
    let body = opens_with(bare, &["cơ quan", "đơn vị", "sở", "bộ", "phòng", "ban", "tổ chức", "bộ phận", "chủ thể", "cấp"]);
    let acts = ["thực hiện", "phụ trách", "tham mưu", "chịu trách nhiệm", "đầu mối", "được giao"].iter().any(|w| bare.contains(w));
    // "Cơ quan, đơn vị và nội dung công việc": who does what, in one cell.
    let both = body && bare.contains(" và nội dung") || bare.starts_with("phân công");
    if both || bare.contains("chủ trì") || body && acts && !bare.contains("phối hợp") {
        return Some(Column::Lead);
    }
    if bare.contains("phối hợp") {
        return Some(Column::Cooperate);
    }
    let openings: [(&[&str], Column); 3] = [
        (&["thời gian", "thời hạn", "tiến độ", "lộ trình", "hạn hoàn thành"], Column::Deadline),
        (&["sản phẩm", "kết quả"], Column::Product),
        (&["nhiệm vụ", "nội dung", "công việc", "tên nhiệm vụ", "tên công việc"], Column::Task),
    ];
    openings.into_iter().find(|(words, _)| opens_with(bare, words)).map(|(_, column)| column)
}

fn row(text: &Text, block: usize, width: usize) -> Row {
    let source = &text.blocks()[block].cells;
    let end = text.blocks()[block].span.end;
    let mut cells = source.clone();
    cells.resize(width, Span::new(end, end));
    Row { block, cells, merged: text.blocks()[block].merged.clone() }
}
