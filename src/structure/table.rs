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
        tells_duties(&self.columns)
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

fn tells_duties(columns: &[Option<Column>]) -> bool {
    let has = |c| columns.contains(&Some(c));
    has(Column::Task) && (has(Column::Lead) || has(Column::Cooperate))
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
    // "TT | Hạng mục | Đơn vị thực hiện | Thời hạn": who is to do by when what stands in the column that is left.
    let has = |c| columns.contains(&Some(c));
    if start > blocks.start
        && !has(Column::Task)
        && has(Column::Lead)
        && has(Column::Deadline)
        && let Some(rest) = columns.iter().position(Option::is_none)
    {
        columns[rest] = Some(Column::Task);
    }
    if !tells_duties(&columns)
        && start <= blocks.start + 1
        && let Some(told) = told_by_content(text, blocks.clone(), width)
    {
        columns = told;
        start = blocks.start + 1;
    }
    let width = columns.len();
    let heading: Vec<String> = (blocks.start..start).map(|i| text.slice_folded(text.blocks()[i].span).to_owned()).collect();
    let rows = (start..blocks.end).filter(|&i| !heading.iter().any(|h| h == text.slice_folded(text.blocks()[i].span))).map(|i| row(text, i, width)).collect();
    Table { columns, rows, blocks }
}

/// Rows by whose cells unusual headings are told; fewer may be alike by chance.
const FEWEST_ROWS: usize = 3;
/// Of the cells that say something so many tenths must be alike.
const MOST_CELLS: usize = 7;

/// The columns of a task table whose heading has names of its own ("Đầu việc", "Nơi giữ việc chính"): a number, deeds, bodies, and
/// times or more bodies.
fn told_by_content(text: &Text, blocks: std::ops::Range<usize>, width: usize) -> Option<Vec<Option<Column>>> {
    let cells_of = |i: usize| &text.blocks()[i].cells;
    let heading = cells_of(blocks.start);
    let mut columns: Vec<Option<Column>> = heading.iter().map(|c| heading_column(text.slice_folded(*c).trim_matches([' ', '*', ':', '.']))).collect();
    columns.resize(width, None);
    let numbered = columns.first() == Some(&Some(Column::Number)) && heading.iter().skip(1).all(|c| !text.slice(*c).contains(|c: char| c.is_ascii_digit()));
    if !numbered || heading.len() < 4 {
        return None;
    }
    let rows: Vec<usize> = (blocks.start + 1..blocks.end).filter(|&i| cells_of(i).first().is_some_and(|c| !text.slice(*c).trim().is_empty())).collect();
    let alike = |column: usize, is: &dyn Fn(&str) -> bool| {
        let cells = rows.iter().filter_map(|&i| cells_of(i).get(column)).map(|c| text.slice_folded(*c).trim());
        let told: Vec<&str> = cells.filter(|c| c.chars().count() > 3).collect();
        told.len() >= FEWEST_ROWS && told.iter().filter(|c| is(c)).count() * 10 >= told.len() * MOST_CELLS
    };
    let body = |cell: &str| {
        let known = lexicon().agency_names.at(cell, 0).is_some() || lexicon().heads.at(cell, 0).is_some();
        known && lexicon().not_heads.at(cell, 0).is_none()
    };
    let deed = |cell: &str| lexicon().verb_at(cell, 0).is_some() && !body(cell);
    const TIMES: &[&str] = &["tháng", "quý", "năm", "ngày", "hằng ", "hàng ", "thường xuyên", "định kỳ", "trước ", "sau ", "chậm nhất", "theo tiến độ"];
    let figures = |cell: &str| cell.split('/').all(|part| part.trim().contains(|c: char| c.is_ascii_digit())) && cell.contains('/');
    let time = |cell: &str| cell.chars().count() < 60 && (figures(cell) || TIMES.iter().any(|w| cell.contains(w)));
    for i in 1..width {
        let has = |c: Column| columns.contains(&Some(c));
        let told = match columns[i] {
            Some(_) => continue,
            None if !has(Column::Task) && alike(i, &deed) => Column::Task,
            None if !has(Column::Lead) && alike(i, &body) => Column::Lead,
            None if !has(Column::Cooperate) && alike(i, &body) => Column::Cooperate,
            None if !has(Column::Deadline) && alike(i, &time) => Column::Deadline,
            None => continue,
        };
        columns[i] = Some(told);
    }
    let has = |c: Column| columns.contains(&Some(c));
    (has(Column::Task) && has(Column::Lead) && (has(Column::Cooperate) || has(Column::Deadline))).then_some(columns)
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
            // "Phân công" above "Lãnh đạo chỉ đạo | Bộ phận tham mưu": who supervises leads no task.
            None if found[i] == Some(Column::Lead) && folded.starts_with("lãnh đạo") => found[i] = None,
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
    // "Cơ quan, đơn vị cùng thực hiện", "Đơn vị liên quan".
    let helps = [" cùng ", "liên quan"].iter().any(|w| bare.contains(w));
    if body && helps && !bare.contains("chủ trì") {
        return Some(Column::Cooperate);
    }
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
