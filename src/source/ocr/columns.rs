//! Blocks of a page without rules: bands over its whole width, and columns where it is set in some.

use super::grey::{Grey, INK};
use super::sheet::Block;
use std::ops::Range;

/// White between columns, in inches: more than between justified words.
const GUTTER: f32 = 0.3;
/// Ink of less height is marks of letters, or a dash, in inches.
const THIN: f32 = 0.075;
/// More columns are noise.
const MOST_COLUMNS: usize = 24;

/// Rows of ink between white rows, and where they have none.
struct Strip {
    rows: Range<usize>,
    /// White from side to side, as wide as a gutter or wider.
    gaps: Vec<Range<usize>>,
    ink: Range<usize>,
}

/// The blocks of the page, from the top.
pub(super) fn of(page: &Grey, dpi: f32) -> Vec<Block> {
    let gutter = (GUTTER * dpi) as usize;
    let strips = strips(page, gutter, dpi);
    let mut blocks = Vec::new();
    let mut i = 0;
    while i < strips.len() {
        let (end, gaps) = zone(&strips, i, gutter);
        let cuts: Vec<usize> = gaps.iter().map(|g| (g.start + g.end) / 2).take(MOST_COLUMNS).collect();
        // Half of the white above and below goes with the band.
        let top = i.checked_sub(1).map_or(0, |k| (strips[k].rows.end + strips[i].rows.start) / 2);
        let bottom = strips.get(end).map_or(page.height, |next| (strips[end - 1].rows.end + next.rows.start) / 2);
        let lefts = std::iter::once(0).chain(cuts.iter().copied());
        let rights = cuts.iter().copied().chain([page.width]);
        blocks.extend(lefts.zip(rights).map(|(left, right)| Block { left, top, right, bottom }));
        i = end;
    }
    blocks
}

/// The end of the strips from `first` on that are set alike, and the gutters between their columns.
fn zone(strips: &[Strip], first: usize, gutter: usize) -> (usize, Vec<Range<usize>>) {
    let inner = |s: &Strip| -> Vec<Range<usize>> { s.gaps.iter().filter(|g| g.start > s.ink.start && g.end < s.ink.end).cloned().collect() };
    let mut gaps = inner(&strips[first]);
    let mut end = first + 1;
    if gaps.is_empty() {
        while end < strips.len() && inner(&strips[end]).is_empty() {
            end += 1;
        }
        return (end, gaps);
    }
    while end < strips.len() {
        let common = common(&gaps, &strips[end].gaps, gutter);
        if common.is_empty() {
            break;
        }
        gaps = common;
        end += 1;
    }
    (end, gaps)
}

fn common(a: &[Range<usize>], b: &[Range<usize>], gutter: usize) -> Vec<Range<usize>> {
    let both = a.iter().flat_map(|x| b.iter().map(move |y| x.start.max(y.start)..x.end.min(y.end)));
    both.filter(|g| g.end >= g.start + gutter).collect()
}

fn strips(page: &Grey, gutter: usize, dpi: f32) -> Vec<Strip> {
    let whole = Block { left: 0, top: 0, right: page.width, bottom: page.height };
    let mut ink = vec![false; page.width];
    let rows = lines(page, whole, dpi);
    let strips = rows.into_iter().map(|rows| {
        ink.fill(false);
        for y in rows.clone() {
            ink.iter_mut().zip(page.row(y)).filter(|(_, p)| **p < INK).for_each(|(i, _)| *i = true);
        }
        strip(rows, &ink, gutter)
    });
    strips.collect()
}

/// The rows of a block that hold ink, line by line; marks that stand apart from their letters belong to them.
pub(super) fn lines(page: &Grey, block: Block, dpi: f32) -> Vec<Range<usize>> {
    let thin = (THIN * dpi) as usize;
    let mut lines: Vec<Range<usize>> = Vec::new();
    for y in block.top..block.bottom.min(page.height) {
        let row = &page.row(y)[block.left..block.right.min(page.width)];
        if row.iter().all(|&p| p >= INK) {
            continue;
        }
        match lines.last_mut() {
            Some(line) if line.end == y => line.end = y + 1,
            _ => lines.push(y..y + 1),
        }
    }
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut waiting: Option<Range<usize>> = None;
    for (i, line) in lines.iter().enumerate() {
        let start = waiting.take().filter(|w| line.start - w.end < thin).map_or(line.start, |w| w.start);
        let above = out.last().map_or(usize::MAX, |l| line.start - l.end);
        let below = lines.get(i + 1).map_or(usize::MAX, |l| l.start - line.end);
        if line.end - start >= thin || above.min(below) >= thin {
            out.push(start..line.end);
        } else if below <= above {
            // Marks over the letters of the next line.
            waiting = Some(start..line.end);
        } else if let Some(last) = out.last_mut() {
            last.end = line.end;
        }
    }
    out
}

fn strip(rows: Range<usize>, ink: &[bool], gutter: usize) -> Strip {
    let first = ink.iter().position(|&i| i).unwrap_or(0);
    let last = ink.iter().rposition(|&i| i).map_or(0, |i| i + 1);
    let mut gaps = Vec::new();
    let mut white = 0;
    for (x, &dark) in ink.iter().chain([&true]).enumerate() {
        if dark {
            if x - white >= gutter {
                gaps.push(white..x);
            }
            white = x + 1;
        }
    }
    Strip { rows, gaps, ink: first..last }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_cut_and_lines_of_text_are_not() {
        let mut page = Grey::white(1600, 1000);
        let mut line = |left: usize, right: usize, top: usize| (top..top + 20).for_each(|y| page.pixels[y * 1600 + left..y * 1600 + right].fill(0));
        line(300, 600, 100);
        line(800, 1400, 105);
        line(350, 550, 140);
        line(900, 1300, 145);
        line(200, 1500, 300);
        line(200, 1500, 340);
        line(200, 500, 600);
        line(1000, 1400, 600);
        line(200, 500, 640);
        let blocks: Vec<_> = of(&page, 200.0).iter().map(|b| (b.left, b.right, b.top, b.bottom)).collect();
        assert_eq!(
            blocks,
            [(0, 700, 0, 232), (700, 1600, 0, 232), (0, 1600, 232, 480), (0, 750, 480, 1000), (750, 1600, 480, 1000)],
            "letterhead, text, closing"
        );
    }
}
