//! Cells of ruled tables.
//!
//! Lines of neighbouring cells seldom stand at one height, and a reader that takes them for one line of writing
//! mixes them up. So each cell is a block of its own.

use super::rulings::Ruling;
use super::sheet::Block;

/// Rules that miss one another by less than this meet, in inches.
const MISS: f32 = 0.08;
/// Fewer cells are a frame or a stamp.
const FEWEST_CELLS: usize = 4;
/// A page has no larger grid.
const MOST_CELLS: usize = 10_000;

/// The cells of all ruled tables.
pub(super) fn of(rulings: &[Ruling], dpi: f32) -> Vec<Block> {
    let miss = (MISS * dpi) as usize;
    let mut cells = Vec::new();
    for table in tables(rulings, miss) {
        let found = grid(&table, miss);
        if found.len() >= FEWEST_CELLS && cells.len() + found.len() <= MOST_CELLS {
            cells.extend(found);
        }
    }
    cells
}

/// Rulings that meet one another, table by table.
fn tables(rulings: &[Ruling], miss: usize) -> Vec<Vec<Ruling>> {
    let mut tables: Vec<Vec<Ruling>> = Vec::new();
    for r in rulings {
        let (touching, mut rest): (Vec<_>, Vec<_>) = tables.into_iter().partition(|t| t.iter().any(|o| meet(r, o, miss)));
        let mut merged: Vec<Ruling> = touching.into_iter().flatten().collect();
        merged.push(*r);
        rest.push(merged);
        tables = rest;
    }
    tables.sort_by_key(|t| t.iter().map(|r| r.top).min());
    tables
}

fn meet(a: &Ruling, b: &Ruling, miss: usize) -> bool {
    a.vertical != b.vertical && a.left <= b.right + miss && b.left <= a.right + miss && a.top <= b.bottom + miss && b.top <= a.bottom + miss
}

/// The cells between the rulings of one table; where no rule parts two places of the grid they are one cell.
fn grid(table: &[Ruling], miss: usize) -> Vec<Block> {
    let (down, across): (Vec<Ruling>, Vec<Ruling>) = table.iter().partition(|r| r.vertical);
    if down.len() < 2 || across.len() < 2 {
        return Vec::new();
    }
    let xs = stops(&down, &across, miss);
    let ys = stops(&across, &down, miss);
    let (columns, rows) = (xs.len().saturating_sub(1), ys.len().saturating_sub(1));
    if columns * rows > MOST_CELLS {
        return Vec::new();
    }
    let parted =
        |rulings: &[Ruling], at: usize, along: usize| rulings.iter().any(|r| r.at().abs_diff(at) <= miss && r.ends().0 <= along && along <= r.ends().1);
    let mut taken = vec![false; columns * rows];
    let mut cells = Vec::new();
    for j in 0..rows {
        for i in 0..columns {
            if taken[j * columns + i] {
                continue;
            }
            let middle = |stops: &[usize], k: usize| (stops[k] + stops[k + 1]) / 2;
            let mut right = i + 1;
            while right < columns && !taken[j * columns + right] && !parted(&down, xs[right], middle(&ys, j)) {
                right += 1;
            }
            let mut bottom = j + 1;
            while bottom < rows && (i..right).all(|k| !taken[bottom * columns + k] && !parted(&across, ys[bottom], middle(&xs, k))) {
                bottom += 1;
            }
            (j..bottom).for_each(|y| taken[y * columns + i..y * columns + right].fill(true));
            cells.push(Block { left: xs[i], top: ys[j], right: xs[right], bottom: ys[bottom] });
        }
    }
    cells
}

/// Where rulings stand across their direction, and where the ones that cross them end.
fn stops(rulings: &[Ruling], crossing: &[Ruling], miss: usize) -> Vec<usize> {
    let outer = crossing.iter().map(|r| r.ends().0).min().into_iter().chain(crossing.iter().map(|r| r.ends().1).max());
    let mut all: Vec<usize> = rulings.iter().map(Ruling::at).chain(outer).collect();
    all.sort_unstable();
    all.dedup_by(|b, a| *b - *a <= miss);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn across(top: usize, left: usize, right: usize) -> Ruling {
        Ruling { left, top, right, bottom: top + 2, vertical: false }
    }

    fn down(left: usize, top: usize, bottom: usize) -> Ruling {
        Ruling { left, top, right: left + 2, bottom, vertical: true }
    }

    #[test]
    fn rules_make_cells() {
        // Two columns and two rows; the head goes over both columns; a rule of the letterhead stands apart.
        let rulings =
            [across(100, 0, 400), across(200, 0, 400), across(300, 0, 400), across(10, 100, 200), down(0, 100, 300), down(150, 200, 300), down(400, 100, 300)];
        let cells: Vec<_> = of(&rulings, 200.0).iter().map(|c| (c.left, c.top, c.right, c.bottom)).collect();
        assert_eq!(cells, [], "three cells are no table");
        let more = [&rulings[..], &[across(400, 0, 400), down(0, 300, 400), down(400, 300, 400)]].concat();
        let cells: Vec<_> = of(&more, 200.0).iter().map(|c| (c.left, c.top, c.right, c.bottom)).collect();
        assert_eq!(cells, [(0, 100, 400, 201), (0, 201, 151, 301), (151, 201, 400, 301), (0, 301, 400, 400)]);
    }
}
