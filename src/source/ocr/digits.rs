//! Handwritten figures: a small network reads what ink there is between two printed words.
//!
//! Four layers of 3 x 3 weights over a strip of 32 rows, then three along its columns; each column of the result holds
//! the ten figures and a blank, and a reading's probability is the sum over all ways in which columns can spell it
//! (connectionist temporal classification), so that figures that touch need not be cut apart. The weights in
//! `digits.bin` are made by `scripts/train_digits.py`, which says from what.

use super::blobs::{Blob, Blobs};
use super::grey::{Grey, INK};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Between which printed words, and on which rows, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gap {
    pub left: usize,
    pub top: usize,
    pub right: usize,
    pub bottom: usize,
    /// The figures touch the printed word before or behind them, so that this side is estimated.
    pub glued: (bool, bool),
}

/// What stands in a gap.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reading {
    Blank,
    Unclear,
    Figures(String),
}

/// What the figures may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Day,
    Month,
}

impl Kind {
    fn allows(self, figures: &str) -> bool {
        let value = figures.parse::<u32>().unwrap_or(0);
        match self {
            Self::Number => (1..=5).contains(&figures.len()) && value > 0,
            Self::Day => figures.len() <= 2 && (1..=31).contains(&value),
            Self::Month => figures.len() <= 2 && (1..=12).contains(&value),
        }
    }
}

/// A reading less probable than this is none, unless Tesseract read the same.
const SURE: f32 = 0.9;
const AGREED: f32 = 0.5;
/// Rows of the strip that the network sees, and of the ink in it.
const ROWS: usize = 32;
const INK_ROWS: usize = 24;
const COLUMNS: usize = 128;
/// White around the ink.
const MARGIN: usize = 4;
/// The ten figures, and none.
const CLASSES: usize = 11;
const NONE: usize = 10;
/// Readings that are followed at a time.
const BEAM: usize = 16;

/// The figures in a gap of a page. What Tesseract made of them, if it gave figures, counts as a second opinion.
pub(super) fn read(page: &Grey, gap: Gap, kind: Kind, printed: &str) -> Reading {
    let place = Place::of(page, gap);
    let readings: Vec<Reading> = place.sides(gap).into_iter().map(|sides| figures(place.strip(sides), kind, printed)).collect();
    if readings.iter().all(|r| *r == Reading::Blank) {
        return Reading::Blank;
    }
    let mut sure: Vec<String> = readings.into_iter().filter_map(|r| if let Reading::Figures(figures) = r { Some(figures) } else { None }).collect();
    sure.sort_by_key(String::len);
    sure.dedup();
    // Where a side is estimated too far in, a figure is missing; too far out, no day or month comes of it.
    match (sure.pop(), kind) {
        (Some(_), Kind::Number) if !sure.is_empty() => Reading::Unclear,
        (Some(figures), _) => Reading::Figures(figures),
        (None, _) => Reading::Unclear,
    }
}

fn figures(ink: Ink, kind: Kind, printed: &str) -> Reading {
    let strip = match ink {
        Ink::None => return Reading::Blank,
        Ink::Unclear => return Reading::Unclear,
        Ink::Strip(strip) => strip,
    };
    let allowed = spelled(&NETWORK.columns(&strip)).into_iter().filter(|(figures, _)| kind.allows(figures));
    let sure = |(figures, probability): &(String, f32)| *probability >= if figures == printed { AGREED } else { SURE };
    allowed.max_by(|a, b| a.1.total_cmp(&b.1)).filter(sure).map_or(Reading::Unclear, |(figures, _)| Reading::Figures(figures))
}

enum Ink {
    None,
    Unclear,
    /// 1 for ink, 0 for paper, row by row.
    Strip(Vec<f32>),
}

/// The part of a page around a gap, ink black and paper white.
struct Place {
    part: Grey,
    blobs: Blobs,
    /// The printed line.
    rows: Range<usize>,
    /// The sides of the gap.
    left: usize,
    right: usize,
}

impl Place {
    fn of(page: &Grey, gap: Gap) -> Self {
        let height = gap.bottom.saturating_sub(gap.top).max(1);
        // Figures written by hand reach above and below the printed line, and an estimated side is moved.
        let (above, beside) = (height * 2 / 3, height * 3 / 2);
        let (left, top) = (gap.left.saturating_sub(beside), gap.top.saturating_sub(above));
        let mut part = page.crop(left, top, gap.right + beside, gap.bottom + above);
        part.pixels.iter_mut().for_each(|p| *p = if *p < INK { 0 } else { 255 });
        let blobs = Blobs::of(&part);
        let rows = (gap.top - top).min(part.height)..gap.bottom.saturating_sub(top).min(part.height);
        Self { part, blobs, rows, left: gap.left - left, right: gap.right.saturating_sub(left) }
    }

    /// The columns between which the figures may lie. An estimated side is where ink begins near by; before a symbol at
    /// its stroke.
    fn sides(&self, gap: Gap) -> Vec<(usize, usize)> {
        let ends = if gap.glued.1 { self.before_stroke().into_iter().collect() } else { vec![self.right] };
        let starts = if gap.glued.0 { self.beginnings() } else { vec![self.left] };
        starts.iter().flat_map(|&start| ends.iter().map(move |&end| (start, end))).filter(|(start, end)| start < end).collect()
    }

    fn is_white(&self, x: usize) -> bool {
        x >= self.part.width || self.rows.clone().all(|y| !self.part.is_ink(x, y))
    }

    /// Columns near the left side where ink begins.
    fn beginnings(&self) -> Vec<usize> {
        let reach = self.rows.len();
        let near = self.left.saturating_sub(reach).max(1)..(self.left + reach).min(self.part.width);
        near.filter(|&x| !self.is_white(x) && self.is_white(x - 1)).collect()
    }

    /// Where the stroke of a symbol begins near the right side, or, where the stroke hangs together with a letter, the wide
    /// gap before it.
    fn before_stroke(&self) -> Option<usize> {
        let height = self.rows.len();
        let near = |b: &&Blob| b.left.abs_diff(self.right) <= height * 3 / 5;
        if let Some(stroke) = self.blobs.all.iter().filter(near).filter(|b| self.is_stroke(b)).map(|b| b.left).max() {
            return Some(stroke);
        }
        let high = |b: &&Blob| b.height() * 10 > height * 7 && b.left <= self.right + height * 3 / 5;
        let begun = self.blobs.all.iter().filter(high).map(|b| b.left).max()?;
        let gap = (0..begun).rev().take_while(|&x| self.is_white(x)).count();
        (gap * 5 > height * 3).then_some(begun)
    }

    /// "/": slim, high, and its upper half stands to the right of the lower one.
    fn is_stroke(&self, blob: &Blob) -> bool {
        let middle = |rows: Range<usize>| {
            let ink = rows.flat_map(|y| (blob.left..blob.right).filter(move |&x| self.part.is_ink(x, y)));
            let (sum, count) = ink.fold((0, 0), |(sum, count), x| (sum + x, count + 1));
            sum / count.max(1)
        };
        let half = (blob.top + blob.bottom) / 2;
        let slim = blob.width() * 10 < blob.height() * 8 && blob.area * 2 < blob.width() * blob.height();
        slim && blob.height() * 10 > self.rows.len() * 7 && middle(blob.top..half) * 10 > middle(half..blob.bottom) * 10 + 3 * blob.width()
    }

    /// The ink between two columns, drawn as high as the network knows it; what belongs to other lines is left out.
    fn strip(&self, (start, end): (usize, usize)) -> Ink {
        let height = self.rows.len();
        let line = |b: &Blob| self.rows.contains(&((b.top + b.bottom) / 2));
        let inside = |b: &Blob| (start..end).contains(&((b.left + b.right) / 2));
        // A figure that hangs together with a printed letter would be lost.
        let reaches = |b: &Blob| line(b) && !inside(b) && b.right.min(end).saturating_sub(b.left.max(start)) * 4 > height;
        if self.blobs.all.iter().any(reaches) {
            return Ink::Unclear;
        }
        let mut part = self.part.clone();
        self.blobs.erase(&mut part, |b| !inside(b) || !line(b) || b.height() * 5 < height && b.width() * 3 < height);
        let rows: Vec<usize> = (0..part.height).filter(|&y| part.row(y).iter().any(|&p| p < INK)).collect();
        let columns: Vec<usize> = (0..part.width).filter(|&x| (0..part.height).any(|y| part.is_ink(x, y))).collect();
        let (Some(&top), Some(&bottom), Some(&left), Some(&right)) = (rows.first(), rows.last(), columns.first(), columns.last()) else { return Ink::None };
        if (bottom + 1 - top) * 3 < height {
            return Ink::None;
        }
        let ink = part.crop(left, top, right + 1, bottom + 1);
        let ink = ink.scaled(INK_ROWS as f32 / ink.height as f32);
        if ink.width + 2 * MARGIN > COLUMNS {
            return Ink::Unclear;
        }
        let mut strip = vec![0.0; ROWS * COLUMNS];
        for y in 0..ink.height.min(ROWS - MARGIN) {
            for (x, p) in ink.row(y).iter().enumerate() {
                strip[(y + MARGIN) * COLUMNS + x + MARGIN] = f32::from(255 - p) / 255.0;
            }
        }
        Ink::Strip(strip)
    }
}

/// The likeliest spellings and their probabilities: at each column a spelling ends in a figure or in none.
fn spelled(columns: &[[f32; CLASSES]]) -> Vec<(String, f32)> {
    let mut beam: Vec<(String, [f32; 2])> = vec![(String::new(), [0.0, 1.0])];
    for column in columns {
        let mut next: BTreeMap<String, [f32; 2]> = BTreeMap::new();
        for (figures, [figure, none]) in beam {
            let last = figures.bytes().last().map(|b| usize::from(b - b'0'));
            for (class, probability) in column.iter().enumerate().take(NONE) {
                // The same figure again without a gap is still the same one.
                let before = if last == Some(class) { none } else { figure + none };
                next.entry(format!("{figures}{class}")).or_default()[0] += before * probability;
            }
            let same = next.entry(figures).or_default();
            same[0] += last.map_or(0.0, |l| figure * column[l]);
            same[1] += (figure + none) * column[NONE];
        }
        beam = next.into_iter().collect();
        beam.sort_by(|a, b| (b.1[0] + b.1[1]).total_cmp(&(a.1[0] + a.1[1])));
        beam.truncate(BEAM);
    }
    beam.into_iter().map(|(figures, [figure, none])| (figures, figure + none)).collect()
}

static NETWORK: LazyLock<Network> = LazyLock::new(|| Network::from_bytes(include_bytes!("digits.bin")));

/// Rows and columns of the weights, channels in and out, whether the rows are padded, and how many rows and columns of the
/// result become one.
struct Shape {
    rows: usize,
    columns: usize,
    from: usize,
    to: usize,
    padded: bool,
    pool: (usize, usize),
}

const fn shape(rows: usize, columns: usize, from: usize, to: usize, padded: bool, pool: (usize, usize)) -> Shape {
    Shape { rows, columns, from, to, padded, pool }
}

const SHAPES: [Shape; 7] = [
    shape(3, 3, 1, 16, true, (2, 2)),
    shape(3, 3, 16, 24, true, (2, 1)),
    shape(3, 3, 24, 32, true, (2, 1)),
    shape(3, 3, 32, 48, true, (1, 1)),
    shape(4, 1, 48, 64, false, (1, 1)),
    shape(1, 3, 64, 64, true, (1, 1)),
    shape(1, 1, 64, CLASSES, true, (1, 1)),
];

struct Layer {
    weights: Vec<f32>,
    bias: Vec<f32>,
}

/// A picture of several channels: rows, columns, channels.
struct Field {
    rows: usize,
    columns: usize,
    values: Vec<f32>,
}

struct Network {
    layers: Vec<Layer>,
}

impl Network {
    /// For each layer and channel out: scale and bias as little-endian `f32`; then the weights, one signed byte each, by
    /// row, column, channel in and channel out.
    fn from_bytes(bytes: &[u8]) -> Self {
        let mut rest = bytes;
        let mut take = |n: usize| {
            let (head, tail) = rest.split_at(n);
            rest = tail;
            head
        };
        let floats = |bytes: &[u8]| -> Vec<f32> { bytes.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect() };
        let layers = SHAPES.iter().map(|s| {
            let scale = floats(take(4 * s.to));
            let bias = floats(take(4 * s.to));
            let weights = take(s.rows * s.columns * s.from * s.to).iter().zip(scale.iter().cycle()).map(|(w, scale)| f32::from(w.cast_signed()) * scale);
            Layer { weights: weights.collect(), bias }
        });
        Self { layers: layers.collect() }
    }

    /// The probabilities of each figure, and of none, by columns.
    fn columns(&self, strip: &[f32]) -> Vec<[f32; CLASSES]> {
        let mut field = Field { rows: ROWS, columns: COLUMNS, values: strip.to_vec() };
        for (i, (layer, shape)) in self.layers.iter().zip(&SHAPES).enumerate() {
            field = layer.over(&field, shape);
            if i + 1 < SHAPES.len() {
                field.values.iter_mut().for_each(|v| *v = v.max(0.0));
            }
            field = field.pooled(shape.pool, shape.to);
        }
        field.values.as_chunks::<CLASSES>().0.iter().map(softmax).collect()
    }
}

impl Layer {
    fn over(&self, field: &Field, shape: &Shape) -> Field {
        let (up, side) = (if shape.padded { shape.rows / 2 } else { 0 }, shape.columns / 2);
        let rows = if shape.padded { field.rows } else { field.rows + 1 - shape.rows };
        let mut values = Vec::with_capacity(rows * field.columns * shape.to);
        for y in 0..rows {
            for x in 0..field.columns {
                let start = values.len();
                values.extend_from_slice(&self.bias);
                for (ky, kx) in (0..shape.rows).flat_map(|ky| (0..shape.columns).map(move |kx| (ky, kx))) {
                    let (Some(sy), Some(sx)) = ((y + ky).checked_sub(up), (x + kx).checked_sub(side)) else { continue };
                    if sy >= field.rows || sx >= field.columns {
                        continue;
                    }
                    let seen = &field.values[(sy * field.columns + sx) * shape.from..][..shape.from];
                    let weights = &self.weights[(ky * shape.columns + kx) * shape.from * shape.to..];
                    for (value, weights) in seen.iter().zip(weights.chunks_exact(shape.to)).filter(|(v, _)| **v != 0.0) {
                        values[start..].iter_mut().zip(weights).for_each(|(sum, w)| *sum += value * w);
                    }
                }
            }
        }
        Field { rows, columns: field.columns, values }
    }
}

impl Field {
    /// The largest value of each group of `size` rows and columns.
    fn pooled(self, size: (usize, usize), channels: usize) -> Self {
        if size == (1, 1) {
            return self;
        }
        let (rows, columns) = (self.rows / size.0, self.columns / size.1);
        let mut values = vec![f32::NEG_INFINITY; rows * columns * channels];
        for y in 0..rows * size.0 {
            for x in 0..columns * size.1 {
                let out = &mut values[(y / size.0 * columns + x / size.1) * channels..][..channels];
                let seen = &self.values[(y * self.columns + x) * channels..][..channels];
                out.iter_mut().zip(seen).for_each(|(o, s)| *o = o.max(*s));
            }
        }
        Self { rows, columns, values }
    }
}

fn softmax(values: &[f32; CLASSES]) -> [f32; CLASSES] {
    let most = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let raised = values.map(|v| (v - most).exp());
    let sum: f32 = raised.iter().sum();
    raised.map(|v| v / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Strokes of a pen: points in the height of a figure, from the upper left corner.
    type Strokes = &'static [&'static [(f32, f32)]];
    const ONE: Strokes = &[&[(0.0, 0.35), (0.3, 0.0), (0.22, 1.0)]];
    const FOUR: Strokes = &[&[(0.3, 0.0), (0.0, 0.6), (0.65, 0.55)], &[(0.55, 0.3), (0.4, 1.0)]];
    const SEVEN: Strokes = &[&[(0.0, 0.05), (0.6, 0.0), (0.25, 1.0)], &[(0.15, 0.5), (0.55, 0.48)]];
    const ZERO: Strokes = &[&[(0.3, 0.0), (0.05, 0.3), (0.0, 0.7), (0.2, 1.0), (0.45, 0.75), (0.5, 0.3), (0.3, 0.0)]];
    const SLASH: Strokes = &[&[(0.3, 0.0), (0.0, 1.0)]];

    const HEIGHT: usize = 34;

    /// Draws strokes with their left side at `x`; gives their right side.
    fn draw(page: &mut Grey, strokes: Strokes, x: usize, y: usize) -> usize {
        let mut right = x;
        for stroke in strokes {
            for ends in stroke.windows(2) {
                for step in 0..=60 {
                    let t = step as f32 / 60.0;
                    let at = |a: f32, b: f32| ((a + (b - a) * t) * HEIGHT as f32) as usize;
                    let (px, py) = (x + at(ends[0].0, ends[1].0), y + at(ends[0].1, ends[1].1));
                    right = right.max(px + 4);
                    for row in py..py + 4 {
                        page.pixels[row * page.width + px..row * page.width + px + 4].fill(20);
                    }
                }
            }
        }
        right
    }

    fn page(figures: &[Strokes], between: usize) -> (Grey, usize) {
        let mut page = Grey::white(300, 120);
        let mut x = 90;
        for figure in figures {
            x = draw(&mut page, figure, x, 42) + between;
        }
        (page, x - between)
    }

    fn gap(right: usize) -> Gap {
        Gap { left: 80, top: 45, right, bottom: 78, glued: (false, false) }
    }

    #[test]
    fn figures_drawn_with_a_pen_are_read() {
        let rows: [(&[Strokes], usize, Kind, &str); 6] = [
            (&[FOUR, SEVEN], 6, Kind::Number, "47"),
            (&[ONE, SEVEN], 6, Kind::Day, "17"),
            (&[ZERO, ONE], 5, Kind::Month, "01"),
            (&[ZERO, FOUR], 4, Kind::Day, "04"),
            (&[ONE, FOUR, ZERO, SEVEN], 5, Kind::Number, "1407"),
            (&[ZERO, SEVEN], 0, Kind::Number, "07"),
        ];
        for (figures, between, kind, want) in rows {
            let (page, right) = page(figures, between);
            assert_eq!(read(&page, gap(right + 10), kind, ""), Reading::Figures(want.to_owned()), "{want}");
        }
    }

    #[test]
    fn what_no_day_can_be_is_not_read_as_one() {
        let (page, right) = page(&[FOUR, SEVEN], 6);
        assert_eq!(read(&page, gap(right + 10), Kind::Day, "47"), Reading::Unclear);
    }

    #[test]
    fn nothing_and_specks_are_blank() {
        let mut page = Grey::white(300, 120);
        assert_eq!(read(&page, gap(200), Kind::Number, ""), Reading::Blank);
        for x in (90..190).step_by(7) {
            page.pixels[76 * 300 + x] = 0;
        }
        assert_eq!(read(&page, gap(200), Kind::Number, "…"), Reading::Blank, "a dotted line");
    }

    #[test]
    fn other_lines_and_words_do_not_count() {
        let (mut page, right) = page(&[FOUR, SEVEN], 6);
        for y in [8, 112] {
            page.pixels[y * 300..y * 300 + 600].fill(0);
        }
        draw(&mut page, ONE, right + 20, 42);
        draw(&mut page, ZERO, 55, 42);
        assert_eq!(read(&page, gap(right + 10), Kind::Number, ""), Reading::Figures("47".to_owned()));
    }

    #[test]
    fn an_estimated_side_goes_to_the_stroke_of_the_symbol() {
        for error in [0, 8, 15] {
            let (mut page, right) = page(&[ZERO, ONE], 5);
            draw(&mut page, SLASH, right + 5, 42);
            let gap = Gap { glued: (false, true), ..gap(right + error) };
            assert_eq!(read(&page, gap, Kind::Number, ""), Reading::Figures("01".to_owned()), "{error} pixels off");
        }
    }

    #[test]
    fn a_stroke_that_hangs_together_with_a_letter_is_found_by_the_gap_before_it() {
        let (mut page, right) = page(&[FOUR, SEVEN], 6);
        let stroke = right + 28;
        let letter = draw(&mut page, SLASH, stroke, 42);
        page.pixels[74 * 300 + stroke..74 * 300 + letter + 20].fill(0);
        let gap = Gap { glued: (false, true), ..gap(right + 12) };
        assert_eq!(read(&page, gap, Kind::Number, ""), Reading::Figures("47".to_owned()));
    }

    #[test]
    fn an_estimated_side_in_the_middle_of_the_figures_loses_none() {
        for error in [-20, 0, 12, 25] {
            let (mut page, right) = page(&[ONE, FOUR], 6);
            // The last letter of the word before.
            draw(&mut page, ZERO, 66, 42);
            let gap = Gap { left: (90 + error) as usize, glued: (true, false), ..gap(right + 10) };
            assert_eq!(read(&page, gap, Kind::Day, ""), Reading::Figures("14".to_owned()), "{error} pixels off");
        }
    }

    #[test]
    fn figures_that_hang_together_with_a_printed_letter_are_unclear() {
        let (mut page, right) = page(&[ONE, FOUR], 6);
        page.pixels[60 * 300 + 40..60 * 300 + 100].fill(0);
        assert_eq!(read(&page, gap(right + 10), Kind::Number, ""), Reading::Unclear);
    }
}
