//! Pages that are pictures: told from pages of text, drawn, and read by character recognition.

use crate::error::{Error, Result};
use crate::source::flow::{Flow, Style};
use crate::source::legacy;
use crate::source::ocr::{self, PageImage, Pixels, Recognised};
use crate::source::page::Page;
use crate::source::syllable::share_of_syllables;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::{InterpreterSettings, RenderContent};
use rayon::prelude::*;

/// A page with fewer letters of its own may be a picture.
const FEWEST_LETTERS: usize = 60;
/// A picture that covers less of the page is an ornament.
const SMALLEST_PICTURE: f32 = 0.25;
/// A text layer with a smaller share of Vietnamese syllables among its words was recognised in another language, or its
/// font does not tell its letters.
const SOUND: f32 = 0.6;
/// The same where the page has no picture under its text.
const LEGIBLE: f32 = 0.3;
/// A text with a smaller share of words with marks was recognised without them; papers have about two in three.
const MARKED: f32 = 0.25;
/// Words below this number tell nothing.
const FEWEST_WORDS: usize = 30;
/// Pixels to the inch at which pages are drawn: finer pictures are recognised no better.
const DPI: f32 = 200.0;
/// Pages that are drawn before they are read: enough for every thread, few enough for memory.
const BATCH: usize = 8;
/// A page larger than A2 on any side, in points, is drawn coarser.
const LARGEST_SIDE: f32 = 1700.0;

/// Why a page is to be read by character recognition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// It has no text of its own.
    NoText,
    /// Its text layer is none.
    Junk,
}

/// Whether the text of a page is not what the page shows. `letters` counts those that are no stamps, `images` is the
/// share of the page under pictures.
pub(super) fn need(page: &Page, letters: usize, images: f32) -> Option<Need> {
    if letters < FEWEST_LETTERS {
        return (images > SMALLEST_PICTURE).then_some(Need::NoText);
    }
    // What was printed from a word processor is text, whatever abbreviations it holds; only fonts that tell nothing are not.
    let least = if images > SMALLEST_PICTURE { Least { syllables: SOUND, marked: MARKED } } else { Least { syllables: LEGIBLE, marked: 0.0 } };
    (!is_sound(page, least)).then_some(Need::Junk)
}

/// The least shares of syllables and of marked words in a sound text.
#[derive(Clone, Copy)]
struct Least {
    syllables: f32,
    marked: f32,
}

fn is_sound(page: &Page, least: Least) -> bool {
    let mut text = String::new();
    for word in &page.words {
        text.push_str(&word.text);
        text.push(' ');
    }
    if judge(&text, least) {
        return true;
    }
    // Letters of a code page of before Unicode are sound once they are converted.
    let mut flow = Flow::default();
    for word in &page.words {
        flow.run(&word.text, Style { font: word.font, ..Style::default() });
        flow.run(" ", Style::default());
    }
    legacy::unify(&mut flow).is_some() && judge(&flow.runs().map(|r| r.text.as_str()).collect::<String>(), least)
}

fn judge(text: &str, least: Least) -> bool {
    let found = share_of_syllables(text);
    found.words < FEWEST_WORDS || found.share() >= Some(least.syllables) && found.valid_marked as f32 >= least.marked * found.words as f32
}

/// Draws pages without their stamps and reads them; each with its place among the pages.
///
/// # Errors
/// When Tesseract is missing or fails.
pub(super) fn read(pdf: &Pdf, pages: &[usize]) -> Result<Vec<(usize, Recognised)>> {
    let mut read = Vec::with_capacity(pages.len());
    for batch in pages.chunks(BATCH) {
        let images: Vec<(usize, PageImage)> = draw(pdf, batch)?;
        let found: Vec<Result<(usize, Recognised)>> = images.par_iter().map(|(i, image)| Ok((*i, ocr::page(image, *i as u32 + 1)?))).collect();
        for one in found {
            read.push(one?);
        }
    }
    Ok(read)
}

fn draw(pdf: &Pdf, pages: &[usize]) -> Result<Vec<(usize, PageImage)>> {
    let cache = RenderCache::new();
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let mut images = Vec::with_capacity(pages.len());
    for &i in pages {
        let Some(page) = pdf.pages().get(i) else { continue };
        let (width, height) = page.render_dimensions();
        let dpi = DPI * (LARGEST_SIDE / width.max(height)).min(1.0);
        let scale = PixmapSettings { x_scale: dpi / 72.0, y_scale: dpi / 72.0, bg_color: WHITE };
        let pixmap = hayro::render(page, &cache, &settings, &RenderSettings::default(), &scale);
        let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
        let rgb: Vec<u8> = pixmap.data_as_u8_slice().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
        if rgb.len() as u64 != u64::from(width) * u64::from(height) * 3 {
            return Err(Error::new(format!("page {} cannot be drawn", i + 1), "get the file again from its source"));
        }
        images.push((i, PageImage { width, height, dpi, pixels: Pixels::Rgb(rgb) }));
    }
    Ok(images)
}
