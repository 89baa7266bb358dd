//! From words on pages to paragraphs and tables, by their places alone.

mod columns;
mod furniture;
mod grid;
mod lines;
mod paragraphs;
mod ruled;
#[cfg(test)]
mod tests;

use super::flow::Flow;
use super::page::{Area, Page, Word};
use columns::Zone;
use lines::Line;
use paragraphs::{Margins, Paragraphs};
use ruled::Tables;

/// Writes the pages of a document in reading order; notes at the foot of pages stand after the body.
pub(super) fn write(pages: Vec<Page>, flow: &mut Flow) {
    let mut sheets: Vec<Sheet> = pages.into_iter().zip(1..).map(|(page, number)| Sheet::of(page, number)).collect();
    furniture::drop(&mut sheets);
    let mut writer = Writer { paragraphs: Paragraphs::new(), tables: Tables::default(), flow };
    let notes: Vec<Line> = sheets.iter_mut().flat_map(furniture::take_notes).collect();
    // Pages of one height are of one kind: upright ones reach less far than those on their side.
    let edges: Vec<(f32, f32)> = sheets.iter().filter(|s| s.rows.len() >= FULL_PAGE).map(|s| (s.height, s.margins().right)).collect();
    for sheet in sheets {
        let alike = edges.iter().filter(|(height, _)| (height - sheet.height).abs() < 5.0).map(|(_, right)| *right);
        let margins = sheet.margins().reaching(alike.fold(0.0, f32::max));
        writer.sheet(sheet, margins);
    }
    writer.end();
    writer.lines(&notes);
    writer.end();
}

/// A page of so many rows shows how far its text reaches.
const FULL_PAGE: usize = 15;

/// A page whose words are sorted into rows and tables.
struct Sheet {
    height: f32,
    /// Marks of urgency and secrecy, wherever their stamps stand.
    marks: Vec<Line>,
    /// Rows outside the tables, each parted at its wide gaps.
    rows: Vec<Vec<Line>>,
    tables: Vec<ruled::Table>,
    /// Short level rulings: one stands above the notes at the foot.
    rules: Vec<Area>,
}

impl Sheet {
    fn of(page: Page, number: u32) -> Self {
        let grids = grid::find(&page.rules);
        let mut inside: Vec<Vec<Word>> = grids.iter().map(|_| Vec::new()).collect();
        let mut outside = Vec::new();
        for word in page.words {
            let (x, y) = ((word.area.left + word.area.right) / 2.0, (word.area.top + word.area.bottom) / 2.0);
            let holds = |g: &grid::Grid| x > g.area.left - 1.0 && x < g.area.right + 1.0 && y > g.area.top && y < g.area.bottom;
            match grids.iter().position(holds) {
                Some(i) => inside[i].push(word),
                None => outside.push(word),
            }
        }
        let tables = grids.into_iter().zip(inside).filter(|(_, words)| !words.is_empty()).map(|(grid, words)| ruled::Table::of(grid, words, number)).collect();
        let (mut rows, mut marks) = (Vec::new(), Vec::new());
        for row in lines::rows(outside) {
            let stretches = lines::stretches(row, number);
            // A mark on a line of its own stays where it is; beside others, or stamped anywhere on a scan, it would part
            // what belongs together.
            let recognised = |l: &Line| l.words.iter().any(|w| w.confidence.is_some());
            let beside = stretches.len() > 1;
            let (mark, rest): (Vec<Line>, Vec<Line>) = stretches.into_iter().partition(|l| (beside || recognised(l)) && lines::is_mark(l));
            marks.extend(mark);
            rows.push(rest);
        }
        rows.retain(|row| !row.is_empty());
        let rules = page.rules.into_iter().filter(|r| r.width() > 40.0 && r.width() < 260.0 && r.height() < 3.0).collect();
        Self { height: page.height, marks, rows, tables, rules }
    }
}

impl Sheet {
    /// Margins of the running text.
    fn margins(&self) -> Margins {
        Margins::of(self.rows.iter().filter(|r| r.len() == 1).flatten())
    }
}

struct Writer<'f> {
    paragraphs: Paragraphs,
    tables: Tables,
    flow: &'f mut Flow,
}

impl Writer<'_> {
    fn sheet(&mut self, sheet: Sheet, margins: Margins) {
        let leading = leading(sheet.rows.iter().flatten());
        if !sheet.marks.is_empty() {
            self.end();
            self.lines(&sheet.marks);
        }
        let mut rows = sheet.rows.into_iter().peekable();
        for table in sheet.tables {
            let mut above = Vec::new();
            while let Some(row) = rows.next_if(|r| r.first().is_some_and(|l| l.middle() < table.area().top)) {
                above.push(row);
            }
            self.zones(above, margins, leading);
            self.paragraphs.end(self.flow);
            self.tables.add(table, self.flow);
        }
        self.zones(rows.collect(), margins, leading);
    }

    fn zones(&mut self, rows: Vec<Vec<Line>>, margins: Margins, leading: f32) {
        for zone in columns::zones(rows, margins.left, margins.right) {
            self.tables.end(self.flow);
            match zone {
                Zone::Line(line) => self.paragraphs.line(line, margins, leading, self.flow),
                Zone::Columns(left, right) => {
                    for column in [left, right] {
                        self.paragraphs.end(self.flow);
                        self.lines(&column);
                    }
                    self.paragraphs.end(self.flow);
                }
                Zone::Rows(rows) => {
                    self.paragraphs.end(self.flow);
                    ruled::write_unruled(rows, self.flow);
                }
            }
        }
    }

    /// Writes lines that have margins of their own.
    fn lines(&mut self, lines: &[Line]) {
        let margins = Margins::of(lines.iter());
        let leading = leading(lines.iter());
        for line in lines {
            self.paragraphs.line(line.clone(), margins, leading, self.flow);
        }
        self.paragraphs.end(self.flow);
    }

    fn end(&mut self) {
        self.paragraphs.end(self.flow);
        self.tables.end(self.flow);
    }
}

/// The usual distance from one line to the next.
fn leading<'a>(lines: impl Iterator<Item = &'a Line>) -> f32 {
    let mut steps: Vec<f32> = Vec::new();
    let mut last: Option<&Line> = None;
    let mut size: f32 = 12.0;
    for line in lines {
        if let Some(last) = last
            && line.area.top - last.area.top > 0.6 * line.size
        {
            steps.push(line.area.top - last.area.top);
        }
        size = size.max(line.size.min(16.0));
        last = Some(line);
    }
    steps.sort_by(f32::total_cmp);
    // Paragraphs stand further apart than lines, so the usual step lies below the middle.
    steps.get(steps.len() * 2 / 5).copied().unwrap_or(1.3 * size).min(2.2 * size)
}
