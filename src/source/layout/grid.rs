//! Ruled tables: the cells that horizontal and vertical lines enclose.

use crate::source::page::Area;

/// Lines that lie this near to one another, in points, are one line drawn twice.
const NEAR: f32 = 2.5;
/// A table of more columns or rows is a drawing.
const MOST_LINES: usize = 400;

/// A cell of a ruled table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub area: Area,
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
}

/// A ruled table: its cells by rows.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    pub area: Area,
    /// Places of the vertical lines, from left to right.
    pub columns: Vec<f32>,
    pub rows: usize,
    pub cells: Vec<Cell>,
}

/// A stretch of a horizontal line at `at`, from `from` to `to`; of a vertical one likewise.
#[derive(Debug, Clone, Copy)]
struct Stroke {
    at: f32,
    from: f32,
    to: f32,
}

/// Finds the ruled tables of a page, from the top down.
pub(super) fn find(rules: &[Area]) -> Vec<Grid> {
    let level = merged(rules.iter().filter(|r| r.width() > r.height()).map(|r| Stroke { at: (r.top + r.bottom) / 2.0, from: r.left, to: r.right }));
    let upright = merged(rules.iter().filter(|r| r.height() >= r.width()).map(|r| Stroke { at: (r.left + r.right) / 2.0, from: r.top, to: r.bottom }));
    let mut grids: Vec<Grid> = components(&level, &upright).into_iter().filter_map(|(h, v)| grid(&h, &v)).collect();
    grids.sort_by(|a, b| a.area.top.total_cmp(&b.area.top));
    grids
}

/// Joins strokes of one line that touch.
fn merged(strokes: impl Iterator<Item = Stroke>) -> Vec<Stroke> {
    let mut strokes: Vec<Stroke> = strokes.collect();
    strokes.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut lines: Vec<Stroke> = Vec::new();
    let mut i = 0;
    while i < strokes.len() {
        let end = i + strokes[i..].iter().take_while(|s| s.at - strokes[i].at < NEAR).count();
        let mut band = strokes[i..end].to_vec();
        band.sort_by(|a, b| a.from.total_cmp(&b.from));
        let at = band.iter().map(|s| s.at).sum::<f32>() / band.len() as f32;
        let mut open: Option<Stroke> = None;
        for s in band {
            match &mut open {
                Some(line) if s.from <= line.to + NEAR => line.to = line.to.max(s.to),
                _ => {
                    lines.extend(open.replace(Stroke { at, ..s }));
                }
            }
        }
        lines.extend(open);
        i = end;
    }
    lines
}

/// Groups lines that cross or touch.
fn components(level: &[Stroke], upright: &[Stroke]) -> Vec<(Vec<Stroke>, Vec<Stroke>)> {
    let mut sets = Sets::new(level.len() + upright.len());
    for (i, h) in level.iter().enumerate() {
        for (j, v) in upright.iter().enumerate() {
            let crosses = v.at >= h.from - NEAR && v.at <= h.to + NEAR && h.at >= v.from - NEAR && h.at <= v.to + NEAR;
            if crosses {
                sets.join(i, level.len() + j);
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, (Vec<Stroke>, Vec<Stroke>)> = std::collections::BTreeMap::new();
    for (i, h) in level.iter().enumerate() {
        groups.entry(sets.root(i)).or_default().0.push(*h);
    }
    for (j, v) in upright.iter().enumerate() {
        groups.entry(sets.root(level.len() + j)).or_default().1.push(*v);
    }
    groups.into_values().filter(|(h, v)| h.len() >= 2 && v.len() >= 2).collect()
}

/// The places of lines, each once.
fn places(strokes: &[Stroke]) -> Vec<f32> {
    let mut at: Vec<f32> = strokes.iter().map(|s| s.at).collect();
    at.sort_by(f32::total_cmp);
    at.dedup_by(|b, a| *b - *a < NEAR);
    at
}

/// Whether a line at `at` covers most of a side.
fn covers(strokes: &[Stroke], at: f32, from: f32, to: f32) -> bool {
    let covered: f32 = strokes.iter().filter(|s| (s.at - at).abs() < NEAR).map(|s| (s.to.min(to) - s.from.max(from)).max(0.0)).sum();
    covered > 0.6 * (to - from)
}

fn grid(level: &[Stroke], upright: &[Stroke]) -> Option<Grid> {
    let (xs, ys) = (places(upright), places(level));
    let (width, height) = (xs.len() - 1, ys.len() - 1);
    if width + height > MOST_LINES || width * height < 2 {
        return None;
    }
    let mut sets = Sets::new(width * height);
    for j in 0..height {
        for i in 0..width {
            if i + 1 < width && !covers(upright, xs[i + 1], ys[j], ys[j + 1]) {
                sets.join(j * width + i, j * width + i + 1);
            }
            if j + 1 < height && !covers(level, ys[j + 1], xs[i], xs[i + 1]) {
                sets.join(j * width + i, (j + 1) * width + i);
            }
        }
    }
    let cells = cells(&mut sets, &xs, &ys);
    if cells.len() < 2 || cells.iter().map(|c| c.column).max() == Some(0) && cells.iter().all(|c| c.columns == width) && width > 1 {
        return None;
    }
    let area = Area { left: xs[0], top: ys[0], right: xs[width], bottom: ys[height] };
    Some(Grid { area, columns: xs, rows: height, cells })
}

fn cells(sets: &mut Sets, xs: &[f32], ys: &[f32]) -> Vec<Cell> {
    let (width, height) = (xs.len() - 1, ys.len() - 1);
    // First and last column and row of each set of elementary cells.
    let mut boxes: std::collections::BTreeMap<usize, [usize; 4]> = std::collections::BTreeMap::new();
    for j in 0..height {
        for i in 0..width {
            let b = boxes.entry(sets.root(j * width + i)).or_insert([i, i, j, j]);
            *b = [b[0].min(i), b[1].max(i), b[2].min(j), b[3].max(j)];
        }
    }
    let mut cells: Vec<Cell> = boxes
        .into_values()
        .map(|[i0, i1, j0, j1]| Cell {
            area: Area { left: xs[i0], top: ys[j0], right: xs[i1 + 1], bottom: ys[j1 + 1] },
            row: j0,
            column: i0,
            rows: j1 - j0 + 1,
            columns: i1 - i0 + 1,
        })
        .collect();
    cells.sort_by_key(|c| (c.row, c.column));
    cells
}

/// Disjoint sets of numbers.
struct Sets(Vec<usize>);

impl Sets {
    fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn root(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(y: f32, from: f32, to: f32) -> Area {
        Area { left: from, top: y, right: to, bottom: y + 0.5 }
    }

    fn upright(x: f32, from: f32, to: f32) -> Area {
        Area { left: x, top: from, right: x + 0.5, bottom: to }
    }

    #[test]
    fn cells_are_what_lines_enclose() {
        let rules = [
            level(100.0, 50.0, 350.0),
            level(120.0, 50.0, 350.0),
            level(140.0, 150.0, 350.0),
            level(160.0, 50.0, 200.0),
            level(160.0, 199.0, 350.0),
            upright(50.0, 100.0, 160.0),
            upright(150.0, 100.0, 160.0),
            upright(250.0, 120.0, 160.0),
            upright(350.0, 100.0, 160.0),
        ];
        let grids = find(&rules);
        assert_eq!(grids.len(), 1);
        let found: Vec<_> = grids[0].cells.iter().map(|c| (c.row, c.column, c.rows, c.columns)).collect();
        let want = [
            (0, 0, 1, 1),
            (0, 1, 1, 2), // one heading over two columns
            (1, 0, 2, 1), // one cell beside two rows
            (1, 1, 1, 1),
            (1, 2, 1, 1),
            (2, 1, 1, 1),
            (2, 2, 1, 1),
        ];
        assert_eq!(found, want);
    }

    #[test]
    fn what_encloses_nothing_is_no_table() {
        let rows: [(&str, Vec<Area>); 3] = [
            ("a line under the agency's name", vec![level(80.0, 100.0, 160.0)]),
            ("a frame round a stamp", vec![level(10.0, 10.0, 60.0), level(30.0, 10.0, 60.0), upright(10.0, 10.0, 30.0), upright(60.0, 10.0, 30.0)]),
            ("a cross", vec![level(10.0, 10.0, 60.0), upright(30.0, 0.0, 30.0)]),
        ];
        for (what, rules) in rows {
            assert!(find(&rules).is_empty(), "{what}");
        }
    }
}
