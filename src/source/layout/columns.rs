//! The two columns of letterhead and closing: rows that one upright strip of white parts.

use super::lines::Line;

/// What a stretch of the page holds, from the top down.
pub(super) enum Zone {
    /// A line over the width of the text.
    Line(Line),
    /// Two columns beside one another.
    Columns(Vec<Line>, Vec<Line>),
    /// Rows of stretches beside one another: a table without rulings.
    Rows(Vec<Vec<Line>>),
}

/// The strip of white between two columns.
#[derive(Debug, Clone, Copy)]
struct Gutter {
    from: f32,
    to: f32,
}

impl Gutter {
    fn of(row: &[Line]) -> Option<Self> {
        let [left, right] = row else { return None };
        Some(Self { from: left.area.right, to: right.area.left })
    }

    /// The strip that parts this row too.
    fn narrowed(self, row: &[Line]) -> Option<Self> {
        if row.len() > 2 {
            return None;
        }
        let middle = (self.from + self.to) / 2.0;
        let mut strip = self;
        for line in row {
            if line.area.right <= middle.max(self.from) + 1.0 {
                strip.from = strip.from.max(line.area.right);
            } else if line.area.left >= middle.min(self.to) - 1.0 {
                strip.to = strip.to.min(line.area.left);
            } else if line.area.right < self.to {
                strip.from = line.area.right;
            } else if line.area.left > self.from {
                strip.to = line.area.left;
            } else {
                return None;
            }
        }
        let size = row.first().map_or(12.0, |l| l.size);
        (strip.to - strip.from > 0.25 * size).then_some(strip)
    }

    fn is_left(self, line: &Line) -> bool {
        line.area.right <= self.to && line.area.left < self.from
    }
}

/// Rows further apart than this many line heights belong to different zones.
const FAR: f32 = 4.5;

/// Finds the zones of a page whose text reaches from `left` to `right`.
pub(super) fn zones(rows: Vec<Vec<Line>>, left: f32, right: f32) -> Vec<Zone> {
    let mut zones: Vec<Zone> = Vec::new();
    let mut i = 0;
    while i < rows.len() {
        let table = table_rows(&rows[i..]);
        if table > 0 {
            zones.push(Zone::Rows(rows[i..i + table].to_vec()));
            i += table;
            continue;
        }
        if let Some((end, gutter)) = columns(&rows, i, left, right) {
            if is_pairs(&rows[i..end]) {
                zones.push(Zone::Rows(rows[i..end].to_vec()));
                i = end;
                continue;
            }
            let above = rows_above(&rows, i, &mut zones, gutter);
            let (mut l, mut r) = (Vec::new(), Vec::new());
            for line in above.into_iter().chain(rows[i..end].iter().flatten().cloned()) {
                if gutter.is_left(&line) { l.push(line) } else { r.push(line) }
            }
            zones.push(Zone::Columns(l, r));
            i = end;
            continue;
        }
        zones.extend(rows[i].iter().cloned().map(Zone::Line));
        i += 1;
    }
    zones
}

/// The rows from `start` on that one strip of white parts; none where they are no columns.
fn columns(rows: &[Vec<Line>], start: usize, left: f32, right: f32) -> Option<(usize, Gutter)> {
    let mut gutter = Gutter::of(&rows[start])?;
    let mut end = start + 1;
    let mut pairs = 1;
    while end < rows.len() {
        let (above, next) = (bottom(&rows[end - 1]), &rows[end]);
        let Some(strip) = gutter.narrowed(next) else { break };
        let size = next.first().map_or(12.0, |l| l.size);
        // Below the last pair a line at the left margin may begin the body: it must look like part of a column.
        if next.len() == 1 && !belongs(&next[0], strip, left, right) || top(next) - above > FAR * size {
            break;
        }
        pairs += usize::from(next.len() == 2);
        gutter = strip;
        end += 1;
    }
    // One row in two stretches alone is a line with a wide blank, unless its words name a column.
    (pairs > 1 || end > start + 1 || names_column(&rows[start])).then_some((end, gutter))
}

/// Whether rows of two stretches are those of a table: each begins under the one above, and the left ones do not fill
/// their column, as those of running text do. Columns of the page are set in the middle, or name themselves.
fn is_pairs(rows: &[Vec<Line>]) -> bool {
    const FEWEST: usize = 3;
    const SLACK: f32 = 2.0;
    let begins_alike = |side: usize| rows.iter().all(|r| (r[side].area.left - rows[0][side].area.left).abs() < SLACK);
    if rows.len() < FEWEST || rows.iter().any(|r| r.len() != 2) || !(begins_alike(0) && begins_alike(1)) {
        return false;
    }
    let edge = rows.iter().map(|r| r[0].area.right).fold(f32::MIN, f32::max);
    let full = rows.iter().filter(|r| r[0].area.right > edge - 2.0 * r[0].size).count();
    full * 2 < rows.len() && !rows.iter().any(|r| names_column(r))
}

/// Whether a lone line beside a strip is centred in its column or begins like what stands in one.
fn belongs(line: &Line, strip: Gutter, left: f32, right: f32) -> bool {
    if strip.is_left(line) { line.area.left > left - 3.0 && strip.from < left + 0.62 * (right - left) } else { line.area.left > strip.from }
}

fn names_column(row: &[Line]) -> bool {
    super::super::plain::names_page_columns(row.iter().map(Line::text).collect::<Vec<_>>().iter().map(String::as_str))
}

/// Takes back lone lines right above the columns that stand wholly in the right one: "TM. ỦY BAN NHÂN DÂN" above
/// "Nơi nhận".
fn rows_above(rows: &[Vec<Line>], start: usize, zones: &mut Vec<Zone>, gutter: Gutter) -> Vec<Line> {
    let mut above = Vec::new();
    let mut next_top = top(&rows[start]);
    while let Some(Zone::Line(line)) = zones.last() {
        let first_page_top = line.page == 1 && zones.len() <= 3;
        let right_only = line.area.left > gutter.from && line.area.left > gutter.to - 60.0;
        let left_only = first_page_top && line.area.right < gutter.to;
        if !(right_only || left_only) || next_top - line.area.bottom > 1.6 * line.size {
            break;
        }
        next_top = line.area.top;
        if let Some(Zone::Line(line)) = zones.pop() {
            above.insert(0, line);
        }
    }
    above
}

/// How many rows from the first on make a table without rulings: three and more stretches, each below another.
fn table_rows(rows: &[Vec<Line>]) -> usize {
    let wide = rows.iter().take_while(|r| r.len() >= 3).count();
    if wide >= 3 { wide } else { 0 }
}

fn top(row: &[Line]) -> f32 {
    row.iter().map(|l| l.area.top).fold(f32::MAX, f32::min)
}

fn bottom(row: &[Line]) -> f32 {
    row.iter().map(|l| l.area.bottom).fold(f32::MIN, f32::max)
}
