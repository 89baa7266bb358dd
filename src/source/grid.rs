//! Tables as Word keeps them: a paragraph knows how deep in tables it stands, and a row is told at its end.

use super::flow::{Flow, MOST_CHARACTERS, MOST_PARTS, Place, Run};

/// Tables inside tables that are told apart; Word's own dialogs go no deeper.
const DEEPEST: usize = 12;
/// Word draws 63 cells in a row.
const MOST_CELLS: usize = 256;
/// Edges of cells that are this close, in twips (1/20 point), are one edge.
const EDGE: i32 = 60;

/// How a cell of a row is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct CellShape {
    /// Its right edge in twips.
    pub right: i32,
    /// Whether it belongs to the cell on its left.
    pub merged_left: bool,
    /// Whether it goes on from the cell above it.
    pub merged_above: bool,
}

/// How a row is set.
#[derive(Debug, Clone, Default)]
pub(super) struct RowShape {
    /// The left edge of its first cell in twips.
    pub left: i32,
    pub cells: Vec<CellShape>,
}

enum Part {
    Run(Run),
    EndParagraph,
    Gap,
    Table(Vec<Row>),
}

struct Row {
    left: i32,
    cells: Vec<(CellShape, Vec<Part>)>,
    shaped: bool,
}

#[derive(Default)]
struct Level {
    rows: Vec<Row>,
    cells: Vec<Vec<Part>>,
    cell: Vec<Part>,
}

/// Collects the paragraphs of one part of a paper: its body, its text boxes, its notes.
#[derive(Default)]
pub(super) struct Grid {
    body: Vec<Part>,
    levels: Vec<Level>,
    parts: usize,
    characters: usize,
}

impl Grid {
    /// Ends a paragraph at this depth; 0 is outside of tables.
    pub fn paragraph(&mut self, depth: usize, runs: &mut Vec<Run>) {
        self.runs(depth, runs);
        self.push(Part::EndParagraph);
    }

    /// Says that clear distance stands before what follows.
    pub fn gap(&mut self, depth: usize) {
        self.settle(depth);
        self.push(Part::Gap);
    }

    /// Ends a cell and its last paragraph.
    pub fn cell(&mut self, depth: usize, runs: &mut Vec<Run>) {
        let depth = depth.max(1);
        self.runs(depth, runs);
        let Some(level) = self.levels.last_mut() else { return };
        let cell = std::mem::take(&mut level.cell);
        self.parts += 1;
        let full = level.cells.len() >= MOST_CELLS;
        match level.cells.last_mut().filter(|_| full) {
            Some(last) => last.extend(cell),
            None => level.cells.push(cell),
        }
    }

    /// Ends a row.
    pub fn row(&mut self, depth: usize, shape: &RowShape) {
        self.settle(depth.max(1));
        let Some(level) = self.levels.last_mut() else { return };
        if !level.cell.is_empty() {
            level.cells.push(std::mem::take(&mut level.cell));
        }
        let cells = std::mem::take(&mut level.cells);
        let shaped = shape.cells.len() >= cells.len();
        let cells = cells.into_iter().enumerate().map(|(i, parts)| (shape.cells.get(i).copied().unwrap_or_default(), parts)).collect();
        level.rows.push(Row { left: shape.left, cells, shaped });
        self.parts += 1;
    }

    /// Hands everything on.
    pub fn write(mut self, flow: &mut Flow) {
        self.settle(0);
        write_parts(self.body, flow);
    }

    fn is_full(&self) -> bool {
        self.characters > MOST_CHARACTERS || self.parts > MOST_PARTS
    }

    fn runs(&mut self, depth: usize, runs: &mut Vec<Run>) {
        self.settle(depth);
        for run in runs.drain(..) {
            self.characters += run.text.len();
            self.push(Part::Run(run));
        }
    }

    fn push(&mut self, part: Part) {
        if self.is_full() {
            return;
        }
        self.parts += 1;
        match self.levels.last_mut() {
            Some(level) => level.cell.push(part),
            None => self.body.push(part),
        }
    }

    /// Opens tables down to a depth, or closes those that are deeper.
    fn settle(&mut self, depth: usize) {
        let depth = depth.min(DEEPEST);
        while self.levels.len() < depth {
            self.levels.push(Level::default());
        }
        while self.levels.len() > depth {
            let Some(mut level) = self.levels.pop() else { break };
            if !level.cell.is_empty() {
                level.cells.push(level.cell);
            }
            if !level.cells.is_empty() {
                let cells = level.cells.into_iter().map(|parts| (CellShape::default(), parts)).collect();
                level.rows.push(Row { left: 0, cells, shaped: false });
            }
            if !level.rows.is_empty() {
                self.push(Part::Table(level.rows));
            }
        }
    }
}

fn write_parts(parts: Vec<Part>, flow: &mut Flow) {
    for part in parts {
        match part {
            Part::Run(run) => flow.run(&run.text, run.style),
            Part::EndParagraph => flow.end_paragraph(),
            Part::Gap => flow.gap(),
            Part::Table(rows) => write_table(rows, flow),
        }
    }
}

fn write_table(rows: Vec<Row>, flow: &mut Flow) {
    let edges = edges(&rows);
    flow.open_table();
    for row in rows {
        flow.open_row();
        write_row(row, &edges, flow);
        flow.close_row();
    }
    flow.close_table();
}

fn write_row(row: Row, edges: &[i32], flow: &mut Flow) {
    let mut left = row.left;
    let mut cells = row.cells.into_iter().peekable();
    while let Some((mut shape, mut parts)) = cells.next() {
        let mut count = 1;
        while let Some((next, more)) = cells.next_if(|(next, _)| next.merged_left) {
            shape.right = next.right;
            parts.extend(more);
            count += 1;
        }
        let columns = if row.shaped && shape.right > left { column(edges, shape.right).saturating_sub(column(edges, left)).max(1) } else { count };
        left = shape.right;
        flow.open_cell(Place { columns, merged_above: shape.merged_above });
        write_parts(parts, flow);
        flow.close_cell();
    }
}

/// The edges of all columns of a table, from left to right.
fn edges(rows: &[Row]) -> Vec<i32> {
    let shaped = rows.iter().filter(|r| r.shaped);
    let mut all: Vec<i32> = shaped.flat_map(|r| r.cells.iter().map(|(shape, _)| shape.right).chain([r.left])).collect();
    all.sort_unstable();
    all.dedup_by(|next, first| next.saturating_sub(*first) <= EDGE);
    all
}

/// The number of the edge that is next on the left.
fn column(edges: &[i32], at: i32) -> usize {
    edges.partition_point(|&edge| edge <= at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> Vec<Run> {
        vec![Run { text: text.to_owned(), style: Default::default() }]
    }

    fn shape(cells: &[(i32, bool, bool)]) -> RowShape {
        let cells = cells.iter().map(|&(right, merged_left, merged_above)| CellShape { right, merged_left, merged_above }).collect();
        RowShape { left: 0, cells }
    }

    fn text(grid: Grid) -> String {
        let mut flow = Flow::default();
        grid.write(&mut flow);
        flow.write().unwrap().0.as_str().to_owned()
    }

    #[test]
    fn cells_keep_their_columns() {
        let mut grid = Grid::default();
        for (cells, row) in [
            // The heading covers two columns, which the next row's edges tell.
            (&["TT", "Thời hạn"][..], shape(&[(500, false, false), (3000, false, false)])),
            (&["", "Đầu", "Cuối"], shape(&[(510, false, true), (1500, false, false), (3000, false, false)])),
            // Merged by mark instead.
            (&["1", "cả năm", ""], shape(&[(500, false, false), (1500, false, false), (3000, true, false)])),
        ] {
            cells.iter().for_each(|cell| grid.cell(1, &mut run(cell)));
            grid.row(1, &row);
        }
        grid.paragraph(0, &mut run("Hết"));
        assert_eq!(text(grid), "TT\tThời hạn\n\tĐầu\tCuối\n1\tcả năm\nHết\n");
    }

    #[test]
    fn tables_inside_cells_stay_there() {
        let mut grid = Grid::default();
        grid.cell(1, &mut run("a"));
        grid.paragraph(1, &mut run("b"));
        grid.cell(2, &mut run("c"));
        grid.cell(2, &mut run("d"));
        grid.row(2, &RowShape::default());
        grid.cell(1, &mut run("e"));
        grid.row(1, &RowShape::default());
        assert_eq!(text(grid), "a\tb c d e\n");
    }

    #[test]
    fn a_row_without_its_end_is_kept() {
        let mut grid = Grid::default();
        grid.cell(1, &mut run("a"));
        grid.paragraph(1, &mut run("b"));
        grid.paragraph(900, &mut run("c"));
        assert!(text(grid).contains("a\tb c"));
    }
}
