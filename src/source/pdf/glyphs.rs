//! The letters, ruled lines and images of one page, from the drawing instructions of the PDF.

use crate::source::page::Area;
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};
use std::collections::HashMap;

/// A page of more letters is no paper; the densest gazette page has about 8,000.
const MOST_GLYPHS: usize = 200_000;
/// A page of more lines is a drawing.
const MOST_RULES: usize = 8_000;

/// A letter on the page.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    /// One character, or a few (a ligature); empty where the font does not tell.
    pub text: BfText,
    /// From the origin of the glyph to that of the next, along its baseline.
    pub left: f32,
    pub right: f32,
    /// Height of the baseline, downward from the upper edge.
    pub baseline: f32,
    pub size: f32,
    /// Direction of the writing in quarter turns: 0 upright, 1 downward, 2 upside down, 3 upward.
    pub turn: u8,
    /// Number of the font, in [`Glyphs::fonts`].
    pub font: Option<u16>,
    pub bold: bool,
    /// Drawn by an annotation: a stamp, the appearance of a signature.
    pub stamped: bool,
}

/// The characters of a glyph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BfText {
    Char(char),
    Several(Box<str>),
    Unknown,
}

impl BfText {
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Char(c) => c.is_whitespace() || *c == '\0',
            Self::Several(s) => s.chars().all(char::is_whitespace),
            Self::Unknown => false,
        }
    }

    pub fn push_to(&self, out: &mut String) {
        match self {
            Self::Char(c) => out.push(*c),
            Self::Several(s) => out.push_str(s),
            Self::Unknown => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
}

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Glyphs {
    pub letters: Vec<Letter>,
    pub rules: Vec<Area>,
    /// Share of the page under images, counted once each; more than 1 when they lie over one another.
    pub images: f32,
    /// PostScript names of the fonts.
    pub fonts: Vec<String>,
    /// Whether letters or lines beyond the limits were left out.
    pub cut: bool,
    /// Where the annotations stand.
    pub stamp_areas: Vec<Area>,
    known: HashMap<u128, (u16, bool)>,
    width: f32,
    height: f32,
    stamps: bool,
}

impl Glyphs {
    pub fn new(width: f32, height: f32) -> Self {
        Self { width, height, ..Self::default() }
    }

    /// Says that what comes is drawn by annotations.
    pub fn stamps(&mut self) {
        self.stamps = true;
    }

    fn font(&mut self, glyph: &Glyph<'_>) -> (Option<u16>, bool) {
        let Glyph::Outline(outline) = glyph else { return (None, false) };
        let Some(data) = outline.font_data() else { return (None, false) };
        if let Some((font, bold)) = self.known.get(&data.cache_key) {
            return (Some(*font), *bold);
        }
        let name = data.postscript_name.unwrap_or_default();
        let bold = data.weight.is_some_and(|w| w >= 600) || name.contains("Bold");
        let Ok(font) = u16::try_from(self.fonts.len()) else { return (None, bold) };
        self.fonts.push(name);
        self.known.insert(data.cache_key, (font, bold));
        (Some(font), bold)
    }

    fn letter(&mut self, glyph: &Glyph<'_>, transform: Affine, font: Option<u16>, bold: bool) {
        let advance = match glyph {
            Glyph::Outline(o) => o.advance_width(),
            Glyph::Type3(t) => t.advance_width(),
        };
        let origin = transform * Point::ZERO;
        let end = transform * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0);
        let up = transform * Point::new(0.0, 1000.0);
        let size = (up - origin).hypot() as f32;
        if !(origin.is_finite() && end.is_finite() && (0.5..500.0).contains(&size)) {
            return;
        }
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => BfText::Char(c),
            Some(BfString::String(s)) => BfText::Several(s.into()),
            None => BfText::Unknown,
        };
        // The writing runs along the baseline; a mirrored or empty advance still has the letter's upward direction.
        let along = if (end - origin).hypot() > 1e-3 { end - origin } else { Point::new(-(up - origin).y, (up - origin).x) - Point::ZERO };
        let turn = quarter(along.x, along.y);
        let (x, y) = self.upright(turn, origin);
        let (end_x, _) = self.upright(turn, end);
        self.letters.push(Letter { text, left: x.min(end_x), right: x.max(end_x), baseline: y, size, turn, font, bold, stamped: self.stamps });
    }

    /// Where a point lies when the page is turned so that the writing stands upright.
    fn upright(&self, turn: u8, p: Point) -> (f32, f32) {
        let (x, y) = (p.x as f32, p.y as f32);
        match turn {
            1 => (y, self.width - x),
            2 => (self.width - x, self.height - y),
            3 => (self.height - y, x),
            _ => (x, y),
        }
    }

    fn rule(&mut self, area: Rect) {
        if self.rules.len() >= MOST_RULES {
            self.cut = true;
            return;
        }
        self.rules.push(Area { left: area.x0 as f32, top: area.y0 as f32, right: area.x1 as f32, bottom: area.y1 as f32 });
    }

    /// Keeps filled bars and the sides of filled boxes that are thin enough for a ruling.
    fn filled(&mut self, area: Rect) {
        if is_thin(area.width(), area.height()) {
            self.rule(area);
        }
    }

    /// Keeps the straight upright and level strokes of a path.
    fn stroked(&mut self, path: &BezPath, transform: Affine) {
        let mut from = Point::ZERO;
        let mut start = Point::ZERO;
        for element in path.iter() {
            match element {
                PathEl::MoveTo(p) => {
                    from = transform * p;
                    start = from;
                }
                PathEl::LineTo(p) => {
                    let to = transform * p;
                    self.stroke(from, to);
                    from = to;
                }
                PathEl::ClosePath => {
                    self.stroke(from, start);
                    from = start;
                }
                PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => from = transform * p,
            }
        }
    }

    fn stroke(&mut self, from: Point, to: Point) {
        let area = Rect::from_points(from, to);
        if area.is_finite() && is_thin(area.width(), area.height()) {
            self.rule(area);
        }
    }
}

/// Rulings are at most this thick, in points.
const THICKEST: f64 = 3.0;
/// Shorter strokes are parts of letters or ticks.
const SHORTEST: f64 = 4.0;

fn is_thin(width: f64, height: f64) -> bool {
    width.min(height) <= THICKEST && width.max(height) >= SHORTEST && width.max(height) > 3.0 * width.min(height)
}

/// The nearest quarter turn of a direction on a page whose y grows downward.
fn quarter(x: f64, y: f64) -> u8 {
    if x.abs() >= y.abs() {
        if x >= 0.0 { 0 } else { 2 }
    } else if y > 0.0 {
        1
    } else {
        3
    }
}

impl<'a> Device<'a> for Glyphs {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        match mode {
            DrawMode::Fill(_) => {
                // A table's rulings are often filled bars, many in one path.
                for part in parts(path) {
                    self.filled(props.transform.transform_rect_bbox(part));
                }
            }
            DrawMode::Stroke(_) | DrawMode::FillAndStroke(..) => self.stroked(path, props.transform),
            DrawMode::Invisible => {}
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let Some(first) = run.glyphs().first() else { return };
        let (font, bold) = self.font(first);
        // Letters drawn once filled and once stroked are bold letters, not two.
        let again = matches!(mode, DrawMode::Stroke(_));
        for glyph in run.glyphs() {
            if self.letters.len() >= MOST_GLYPHS {
                self.cut = true;
                return;
            }
            let before = self.letters.len();
            self.letter(glyph, props.transform * glyph.transform(), font, bold || again);
            if again && self.is_double(before, run.glyphs().len()) {
                self.letters.pop();
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let unit = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let area = props.transform.transform_rect_bbox(unit).intersect(Rect::new(0.0, 0.0, self.width.into(), self.height.into()));
        if area.is_finite() && is_thin(area.width(), area.height()) {
            self.rule(area);
        }
        let page = (self.width * self.height).max(1.0);
        if area.is_finite() {
            self.images += (area.width().max(0.0) * area.height().max(0.0)) as f32 / page;
        }
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

impl Glyphs {
    /// Whether the letter at `at` was drawn already, so many letters before; then that one is bold.
    fn is_double(&mut self, at: usize, back: usize) -> bool {
        let Some(letter) = self.letters.get(at).cloned() else { return false };
        let Some(earlier) = at.checked_sub(back).and_then(|i| self.letters.get_mut(i)) else { return false };
        let same = earlier.text == letter.text && (earlier.left - letter.left).abs() < 0.5 && (earlier.baseline - letter.baseline).abs() < 0.5;
        earlier.bold |= same;
        same
    }
}

/// The boxes of the separate figures of a path.
fn parts(path: &BezPath) -> Vec<Rect> {
    let mut parts: Vec<Rect> = Vec::new();
    let mut figure = BezPath::new();
    for element in path.iter() {
        if matches!(element, PathEl::MoveTo(_)) && !figure.elements().is_empty() {
            parts.push(figure.bounding_box());
            figure = BezPath::new();
        }
        if parts.len() >= MOST_RULES {
            return parts;
        }
        // A line to the same figure's start needs a start.
        if figure.elements().is_empty() && !matches!(element, PathEl::MoveTo(_)) {
            continue;
        }
        figure.push(element);
    }
    if !figure.elements().is_empty() {
        parts.push(figure.bounding_box());
    }
    parts
}
