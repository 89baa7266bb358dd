//! Tables: the words of each cell, and tables that go on over the end of a page.

use super::grid::{Cell, Grid};
use super::lines::{self, Line};
use super::paragraphs::push_words;
use crate::source::flow::{Flow, Place, Style};
use crate::source::page::{Area, Word};
use crate::source::plain;

/// A ruled table with its words.
#[derive(Debug)]
pub(super) struct Table {
    grid: Grid,
    /// Lines of each cell, as the grid counts cells.
    cells: Vec<Vec<Line>>,
    page: u32,
}

impl Table {
    pub fn of(grid: Grid, words: Vec<Word>, page: u32) -> Self {
        let mut cells: Vec<Vec<Word>> = grid.cells.iter().map(|_| Vec::new()).collect();
        for word in words {
            let (x, y) = ((word.area.left + word.area.right) / 2.0, (word.area.top + word.area.bottom) / 2.0);
            let holds = |c: &Cell| x >= c.area.left && x < c.area.right && y >= c.area.top && y < c.area.bottom;
            // A word that reaches over a ruling belongs to the nearest cell.
            let at = grid.cells.iter().position(holds).or_else(|| nearest(&grid.cells, x, y));
            if let Some(cell) = at.and_then(|i| cells.get_mut(i)) {
                cell.push(word);
            }
        }
        let cells = cells.into_iter().map(|words| lines::rows(words).into_iter().map(|row| Line::of(row, page)).collect()).collect();
        Self { grid, cells, page }
    }

    pub fn area(&self) -> Area {
        self.grid.area
    }

    /// Sizes of the letters, line by line.
    pub fn sizes(&self) -> impl Iterator<Item = f32> {
        self.cells.iter().flatten().map(|l| l.size)
    }

    /// Whether this table has the columns of the other: it may be the other's part on the next page.
    fn goes_on_from(&self, before: &Layout) -> bool {
        let near = |a: &f32, b: &f32| (a - b).abs() < 6.0;
        self.page == before.page + 1
            && self.grid.columns.len() == before.columns.len()
            && self.grid.columns.iter().zip(&before.columns).all(|(a, b)| near(a, b))
    }
}

fn nearest(cells: &[Cell], x: f32, y: f32) -> Option<usize> {
    let far = |c: &Cell| {
        let dx = (c.area.left - x).max(x - c.area.right).max(0.0);
        let dy = (c.area.top - y).max(y - c.area.bottom).max(0.0);
        dx + dy
    };
    (0..cells.len()).min_by(|&a, &b| far(&cells[a]).total_cmp(&far(&cells[b])))
}

/// The table that stands open, and what is known of its last part.
#[derive(Debug, Default)]
pub(super) struct Tables {
    open: Option<Layout>,
    /// The last row, kept back until it is sure that the next page does not go on with it.
    kept: Vec<(Place, Vec<Line>)>,
}

#[derive(Debug)]
struct Layout {
    columns: Vec<f32>,
    page: u32,
    /// The texts of its first rows: pages repeat them.
    heading: Vec<String>,
}

/// A repeated heading has at most this many rows.
const HEADING_ROWS: usize = 3;

fn row_text(row: &[(Place, Vec<Line>)]) -> String {
    row.iter().map(|(_, lines)| cell_text(lines)).collect::<Vec<_>>().join("\t")
}

fn cell_text(lines: &[Line]) -> String {
    lines.iter().map(Line::text).collect::<Vec<_>>().join(" ")
}

impl Tables {
    /// Writes a table, or goes on with the one before.
    pub fn add(&mut self, table: Table, flow: &mut Flow) {
        let goes_on = self.open.as_ref().is_some_and(|open| table.goes_on_from(open));
        if !goes_on {
            self.end(flow);
            flow.page(table.page);
            flow.open_table();
        }
        let (columns, page) = (table.grid.columns.clone(), table.page);
        let mut rows = rows(table);
        let heading = match self.open.take().filter(|_| goes_on) {
            Some(open) => {
                let repeated = rows.iter().zip(&open.heading).take_while(|(row, heading)| row_text(row) == **heading).count();
                rows.drain(..repeated);
                open.heading
            }
            None => rows.iter().take(HEADING_ROWS).map(|r| row_text(r)).collect(),
        };
        self.open = Some(Layout { columns, page, heading });
        let mut first = true;
        for row in rows {
            if std::mem::take(&mut first) && goes_on && is_rest(&row, &self.kept) {
                for (cell, more) in self.kept.iter_mut().zip(row) {
                    cell.1.extend(more.1);
                }
                continue;
            }
            self.flush(flow);
            self.kept = row;
        }
    }

    /// Ends the open table.
    pub fn end(&mut self, flow: &mut Flow) {
        if self.open.take().is_some() {
            self.flush(flow);
            flow.close_table();
        }
    }

    fn flush(&mut self, flow: &mut Flow) {
        let row = std::mem::take(&mut self.kept);
        if row.is_empty() {
            return;
        }
        flow.open_row();
        for (place, lines) in row {
            flow.open_cell(place);
            write_cell(&lines, flow);
            flow.close_cell();
        }
        flow.close_row();
    }
}

/// The rows of a table with one entry for each cell; cells that go on from above are empty.
fn rows(table: Table) -> Vec<Vec<(Place, Vec<Line>)>> {
    let mut rows: Vec<Vec<(usize, Place, Vec<Line>)>> = (0..table.grid.rows).map(|_| Vec::new()).collect();
    for (cell, lines) in table.grid.cells.into_iter().zip(table.cells) {
        for below in 1..cell.rows {
            if let Some(row) = rows.get_mut(cell.row + below) {
                row.push((cell.column, Place { columns: cell.columns, merged_above: true }, Vec::new()));
            }
        }
        if let Some(row) = rows.get_mut(cell.row) {
            row.push((cell.column, Place { columns: cell.columns, merged_above: false }, lines));
        }
    }
    rows.into_iter()
        .map(|mut row| {
            row.sort_by_key(|(column, ..)| *column);
            row.into_iter().map(|(_, place, lines)| (place, lines)).collect::<Vec<_>>()
        })
        .filter(|row| row.iter().any(|(_, lines)| !lines.is_empty()))
        .collect()
}

/// Whether the first row of a page is the rest of the last row of the page before: no number, and one of its cells
/// goes on in mid-sentence.
fn is_rest(row: &[(Place, Vec<Line>)], kept: &[(Place, Vec<Line>)]) -> bool {
    if row.len() != kept.len() || row.first().is_none_or(|(_, lines)| !lines.is_empty()) {
        return false;
    }
    let mut any = false;
    for ((_, more), (_, before)) in row.iter().zip(kept) {
        let (more, before) = (cell_text(more), cell_text(before));
        if more.is_empty() {
            continue;
        }
        let cut = !before.is_empty() && !before.ends_with(['.', ';', ':']) || more.starts_with(char::is_lowercase);
        any |= cut;
    }
    any
}

/// Writes the lines of a cell; one that ended early and is followed by a capital or dash ends a paragraph.
fn write_cell(lines: &[Line], flow: &mut Flow) {
    let left = lines.iter().map(|l| l.area.left).fold(f32::MAX, f32::min);
    let right = lines.iter().map(|l| l.area.right).fold(f32::MIN, f32::max);
    for (i, line) in lines.iter().enumerate() {
        if let Some(before) = i.checked_sub(1).map(|i| &lines[i]) {
            let text = line.text();
            // Centred lines leave room on both sides.
            let room = (right - before.area.right) + (before.area.left - left);
            let meant = room > line.first_width() + 0.35 * line.size && text.starts_with(|c: char| c.is_uppercase() || matches!(c, '-' | '–' | '+' | '•'));
            if meant && !before.text().ends_with(',') {
                flow.end_paragraph();
            } else if !(plain::is_glued(&before.text()) || room < 1.1 * line.size && plain::is_broken_code(&before.text(), &text)) {
                flow.run(" ", Style::default());
            }
        }
        push_words(&line.words, flow);
    }
    flow.end_paragraph();
}

/// Writes rows of stretches that stand below one another as a table; columns lie where the widest row has them.
pub(super) fn write_unruled(rows: Vec<Vec<Line>>, flow: &mut Flow) {
    let Some(widest) = rows.iter().max_by_key(|r| r.len()) else { return };
    let columns: Vec<Area> = widest.iter().map(|l| l.area).collect();
    flow.page(rows[0].first().map_or(1, |l| l.page));
    flow.open_table();
    for row in &rows {
        flow.open_row();
        let mut cells: Vec<Vec<&Line>> = columns.iter().map(|_| Vec::new()).collect();
        for line in row {
            let overlap = |a: &Area| a.right.min(line.area.right) - a.left.max(line.area.left);
            if let Some(i) = (0..columns.len()).max_by(|&a, &b| overlap(&columns[a]).total_cmp(&overlap(&columns[b]))) {
                cells[i].push(line);
            }
        }
        for cell in cells {
            flow.open_cell(Place::default());
            write_cell(&cell.into_iter().cloned().collect::<Vec<_>>(), flow);
            flow.close_cell();
        }
        flow.close_row();
    }
    flow.close_table();
}
