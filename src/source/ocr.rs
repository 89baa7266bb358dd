//! From the picture of a page to its words with their places.
//!
//! The picture is prepared (red ink apart, paper white, lines level, rules and scribble out), Tesseract reads it, and
//! its words go through the same layout as the letters of a PDF.

mod blobs;
mod cells;
mod columns;
mod digits;
mod engine;
mod grey;
mod hand;
mod ink;
mod marks;
pub(super) mod repair;
mod rulings;
mod shape;
mod sheet;
mod skew;
mod strokes;
mod words;

use super::page::{Area, Page};
use crate::error::{Error, Result};
use crate::text::Note;
use blobs::Blobs;
use engine::{Found, Layout};
use grey::Grey;
use rulings::Ruling;
use std::sync::atomic::{AtomicU64, Ordering};
use words::Line;

/// The samples of a picture, row by row without padding.
#[derive(Debug, Clone)]
pub(super) enum Pixels {
    /// One byte a pixel, 0 black.
    Grey(Vec<u8>),
    /// Three bytes a pixel: red, green, blue.
    Rgb(Vec<u8>),
}

/// A page as a scanner gives it.
#[derive(Debug, Clone)]
pub(super) struct PageImage {
    pub width: u32,
    pub height: u32,
    /// Pixels to the inch.
    pub dpi: f32,
    pub pixels: Pixels,
}

/// What was read from a picture.
#[derive(Debug, Clone)]
pub(super) struct Recognised {
    pub page: Page,
    pub notes: Vec<Note>,
}

/// A page whose words are less sure than this on average, in percent, wants a look.
const UNSURE: u32 = 75;

impl Recognised {
    /// Says how sure the words of a bad page are.
    fn judged(mut self, number: u32) -> Self {
        let sure: Vec<u32> = self.page.words.iter().filter_map(|w| w.confidence).map(u32::from).collect();
        let mean = sure.iter().sum::<u32>().checked_div(sure.len() as u32);
        if let Some(mean) = mean.filter(|&m| m < UNSURE) {
            let message = format!("page {number}: the words are {mean} % sure on average; compare them with the page");
            self.notes.push(Note { rule: "ocr-unsure", message, span: None });
        }
        self
    }
}

/// A sheet of A3 at 600 dpi has 70 million pixels.
pub(super) const MOST_PIXELS: u64 = 100_000_000;
/// Coarser pictures are drawn larger first, finer ones smaller: letters of 14 points are then 40 to 60 pixels high.
const COARSEST: f32 = 190.0;
const FINEST: f32 = 310.0;
/// A sheet that claims to be smaller or larger than this tells its resolution wrongly, in inches.
const SMALLEST_SHEET: f32 = 4.0;
const LARGEST_SHEET: f32 = 24.0;
/// With fewer sound words than this the page may lie on its side.
const FEWEST_SOUND: usize = 12;
/// Ink higher than so many letters is a signature or a picture.
const HIGH: usize = 4;

/// Reads one page, counted from 1.
///
/// # Errors
/// When tesseract is missing or fails, or the picture is larger than [`MOST_PIXELS`] or damaged.
pub(super) fn page(image: &PageImage, number: u32) -> Result<Recognised> {
    let recognised = recognise(image, number);
    PAGES.fetch_add(1, Ordering::Relaxed);
    recognised
}

static PAGES: AtomicU64 = AtomicU64::new(0);

/// How many pages this process has tried to recognise: whether it gets on with a thick scan.
pub fn pages_recognised() -> u64 {
    PAGES.load(Ordering::Relaxed)
}

fn recognise(image: &PageImage, number: u32) -> Result<Recognised> {
    engine::check()?;
    check(image, number)?;
    let mut sheet = prepare(image);
    let (mut lines, mut notes) = sheet.read(number)?;
    if !is_upright(&lines)
        && let Some(mut turned) = sheet.upright()
    {
        let (again, others) = turned.read(number)?;
        if words::sound(&again).0 > words::sound(&lines).0 {
            (sheet, lines, notes) = (turned, again, others);
            notes.push(Note { rule: "page-turned", message: format!("page {number} lies on its side or upside down and was turned"), span: None });
        }
    }
    notes.extend(repair::lines(&mut lines, number));
    let marks = sheet.red.as_ref().map_or(Ok(Vec::new()), |red| marks::read(red, sheet.dpi))?;
    lines.extend(marks);
    let recognised = sheet.recognised(&lines, notes);
    Ok(recognised.judged(number))
}

fn is_upright(lines: &[Line]) -> bool {
    let (sound, all) = words::sound(lines);
    sound >= FEWEST_SOUND && sound * 2 > all
}

fn check(image: &PageImage, number: u32) -> Result<()> {
    let pixels = u64::from(image.width) * u64::from(image.height);
    if pixels > MOST_PIXELS {
        let problem = format!("page {number} is a picture of {} x {} pixels, more than the {MOST_PIXELS} that are read", image.width, image.height);
        return Err(Error::new(problem, "scan it at 300 dpi"));
    }
    let given = match &image.pixels {
        Pixels::Grey(samples) => samples.len() as u64,
        Pixels::Rgb(samples) => samples.len() as u64 / 3,
    };
    if pixels == 0 || given != pixels {
        return Err(Error::new(format!("the picture of page {number} is damaged"), "scan it again"));
    }
    Ok(())
}

/// A page ready to be read.
#[derive(Clone)]
struct Sheet {
    black: Grey,
    red: Option<Grey>,
    dpi: f32,
    rulings: Vec<Ruling>,
}

fn prepare(image: &PageImage) -> Sheet {
    let ink::Layers { mut black, mut red } = ink::split(image);
    let mut dpi = resolution(image);
    let factor = (COARSEST / dpi).max(1.0).min(FINEST / dpi);
    if (factor - 1.0).abs() > 0.05 {
        black = black.scaled(factor);
        red = red.map(|r| r.scaled(factor));
        dpi *= factor;
    }
    black.whiten();
    if let Some(tangent) = skew::of(&black) {
        black = black.turned(tangent);
        red = red.map(|r| r.turned(tangent));
    }
    Sheet { black, red, dpi, rulings: Vec::new() }
}

/// Pixels to the inch; where what the picture says makes no sheet of paper, as if it were A4.
fn resolution(image: &PageImage) -> f32 {
    let long = image.width.max(image.height) as f32;
    let inches = long / image.dpi;
    if image.dpi.is_finite() && (SMALLEST_SHEET..=LARGEST_SHEET).contains(&inches) { image.dpi } else { long / 11.7 }
}

impl Sheet {
    fn read(&mut self, number: u32) -> Result<(Vec<Line>, Vec<Note>)> {
        let mut page = self.black.clone();
        self.rulings = rulings::take(&mut page, self.dpi);
        clean(&mut page, self.dpi);
        let cells = cells::of(&self.rulings, self.dpi);
        let mut rest = page.clone();
        cells.iter().for_each(|c| rest.clear(c.left, c.top, c.right, c.bottom));
        let blocks = [columns::of(&rest, self.dpi), cells.clone()].concat();
        let mut found = self.recognise(&page, &blocks, Layout::Page)?;
        // Lone figures among blocks of text are passed over; by themselves they are read.
        let silent = |c: &sheet::Block| !found.iter().any(|w| c.holds(w));
        let left: Vec<sheet::Block> = cells.into_iter().filter(silent).collect();
        let more = self.recognise(&page, &left, Layout::Column)?;
        let first = found.last().map_or(0, |w| w.line) + 1;
        found.extend(more.into_iter().map(|w| Found { line: w.line + first, ..w }));
        let (mut lines, mut notes) = words::lines(found, number, &|gap, kind, seen| digits::read(&page, gap, kind, seen));
        notes.extend(strokes::quarters(&mut lines, &page, number));
        Ok((lines, notes))
    }

    fn recognise(&self, page: &Grey, blocks: &[sheet::Block], layout: Layout) -> Result<Vec<Found>> {
        let mut found: Vec<Found> = Vec::new();
        for sheet in sheet::cut_out(page, blocks) {
            let first = found.last().map_or(0, |w| w.line) + 1;
            let words = engine::read(&sheet.picture, layout, self.dpi)?;
            found.extend(words.into_iter().map(|w| Found { line: w.line + first, ..sheet.back(w) }));
        }
        Ok(found)
    }

    /// The sheet turned by quarters of a circle, where it lies on its side.
    fn upright(&self) -> Option<Self> {
        let quarters = engine::quarters_to_upright(&self.black, self.dpi).filter(|&q| q > 0)?;
        let red = self.red.as_ref().map(|r| r.quarter_turns(quarters));
        Some(Self { black: self.black.quarter_turns(quarters), red, dpi: self.dpi, rulings: Vec::new() })
    }

    fn recognised(&self, lines: &[Line], notes: Vec<Note>) -> Recognised {
        let points = 72.0 / self.dpi;
        let words = words::words(lines, self.dpi);
        let rule =
            |r: &Ruling| Area { left: r.left as f32 * points, top: r.top as f32 * points, right: r.right as f32 * points, bottom: r.bottom as f32 * points };
        let rules = self.rulings.iter().map(rule).collect();
        let page = Page { height: self.black.height as f32 * points, words, rules };
        Recognised { page, notes }
    }
}

/// Takes out specks, black borders and large strokes.
fn clean(page: &mut Grey, dpi: f32) {
    let blobs = Blobs::of(page);
    let letter = blobs.letter_height().max((dpi / 12.0) as usize);
    let speck = ((dpi / 100.0).powi(2) * 0.8) as usize;
    let (width, height) = (page.width, page.height);
    blobs.erase(page, |b| {
        let at_edge = b.left == 0 || b.top == 0 || b.right == width || b.bottom == height;
        let border = at_edge && (b.height() > 2 * letter || b.width() > 4 * letter);
        b.area <= speck || border || b.height() > HIGH * letter
    });
}
