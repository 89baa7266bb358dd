//! PDF: letters with their places from the drawing instructions, appearances of signatures and stamps included.

pub(super) mod attachments;
mod forms;
mod glyphs;
mod metadata;
mod scan;
mod words;

use super::flow::Flow;
use super::layout;
use super::page::{Area, Page};
use super::{Format, Options, Reading};
use crate::error::{Error, Result};
use glyphs::Glyphs;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Rect as PdfRect};
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::util::TransformExt;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, RenderContent, interpret_page};
use scan::Need;

/// A paper has no more pages; the thickest gazette issues have about 1,500.
const MOST_PAGES: usize = 5_000;
/// A page whose instructions are longer is a drawing or an attack; a dense page has about 100,000 bytes.
const LONGEST_CONTENT: usize = 32 * 1024 * 1024;

/// Reads the pages of a PDF.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Reading> {
    let pdf = open(bytes)?;
    let mut flow = Flow::default();
    let (mut pages, needs) = read_pages(&pdf, &mut flow);
    let ocr = !needs.is_empty() && recognise(&pdf, options, &needs, &mut pages, &mut flow)?;
    layout::write(pages, &mut flow);
    let (text, encoding, _) = flow.write()?;
    let metadata = metadata::read(&pdf).map(Box::new);
    Ok(Reading { encoding, pages: u32::try_from(pdf.pages().len()).ok(), ocr, metadata, ..Reading::of(text, Format::Pdf) })
}

/// Has the pages that need it read by character recognition; whether any was.
fn recognise(pdf: &Pdf, options: &Options, needs: &[(usize, Need)], pages: &mut [Page], flow: &mut Flow) -> Result<bool> {
    let numbers: Vec<usize> = needs.iter().map(|(i, _)| *i).collect();
    if !options.ocr {
        let listed = page_list(&numbers);
        if numbers.len() == pages.len() {
            return Err(Error::new(format!("no text layer on {listed}, and recognition of characters is switched off"), "leave out --no-ocr"));
        }
        flow.note("pages-unread", format!("{listed} have no text layer and were not read"));
        return Ok(false);
    }
    let found = scan::read(pdf, &numbers).map_err(|e| e.about(&format!("no text layer on {}", page_list(&numbers))))?;
    for (i, recognised) in found {
        recognised.notes.into_iter().for_each(|note| flow.note(note.rule, note.message));
        let page = &mut pages[i];
        let need = needs.iter().find(|(n, _)| *n == i).map(|(_, need)| *need);
        // Numbers and dates set as stamps stand over the picture; a junk layer does not.
        let stamps = if need == Some(Need::NoText) { std::mem::take(&mut page.words) } else { Vec::new() };
        *page = recognised.page;
        page.words.retain(|w| !stamps.iter().any(|s| overlaps(s.area, w.area)));
        page.words.extend(stamps);
    }
    Ok(true)
}

fn overlaps(a: Area, b: Area) -> bool {
    let width = a.right.min(b.right) - a.left.max(b.left);
    let height = a.bottom.min(b.bottom) - a.top.max(b.top);
    width > 0.3 * b.width().min(a.width()) && height > 0.3 * b.height().min(a.height())
}

/// "page 3", "pages 1-4, 7".
fn page_list(pages: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &page in pages {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => runs.push((page, page)),
        }
    }
    let parts: Vec<String> = runs.iter().map(|(a, b)| if a == b { format!("{}", a + 1) } else { format!("{}-{}", a + 1, b + 1) }).collect();
    format!("{} {}", if pages.len() == 1 { "page" } else { "pages" }, parts.join(", "))
}

fn open(bytes: &[u8]) -> Result<Pdf> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|e| match e {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            Error::new("the PDF is protected by a password", "save it without the password and pass that")
        }
        LoadPdfError::Decryption(_) => Error::new("the PDF is encrypted in a way that is not read", "save it without encryption and pass that"),
        LoadPdfError::Invalid => Error::new("the PDF is damaged: it has no readable list of pages", "get the file again from its source"),
    })?;
    let pages = pdf.pages().len();
    if pages == 0 {
        return Err(Error::new("the PDF has no pages", "get the file again from its source"));
    }
    if pages > MOST_PAGES {
        return Err(Error::new(format!("the PDF has {pages} pages, more than the {MOST_PAGES} that one paper may have"), "split it"));
    }
    Ok(pdf)
}

fn settings(content: RenderContent) -> InterpreterSettings {
    InterpreterSettings { render_content: content, ..InterpreterSettings::default() }
}

/// The words of all pages, and the pages whose text is not what they show.
fn read_pages(pdf: &Pdf, flow: &mut Flow) -> (Vec<Page>, Vec<(usize, Need)>) {
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    let mut needs = Vec::new();
    for (i, page) in pdf.pages().iter().enumerate() {
        let (width, height) = page.render_dimensions();
        let mut glyphs = Glyphs::new(width, height);
        glyphs.cut = page.page_stream().is_some_and(|s| s.len() > LONGEST_CONTENT) || forms::are_too_many(page);
        if !glyphs.cut {
            let transform = page.initial_transform(true).to_kurbo();
            glyphs.stamp_areas = stamp_areas(page, transform);
            for content in [RenderContent::PAGE, RenderContent::ANNOTATIONS] {
                let mut context = Context::new(transform, Rect::new(0.0, 0.0, width.into(), height.into()), &cache, pdf.xref(), settings(content));
                interpret_page(page, &mut context, &mut glyphs);
                glyphs.stamps();
            }
        }
        if glyphs.cut {
            flow.note("page-cut", format!("page {} holds more than any page of a paper; it was not read whole", i + 1));
        }
        let letters = glyphs.letters.iter().filter(|l| !l.stamped && !l.text.is_blank()).count();
        let images = glyphs.images;
        let page = words::page(glyphs, width, height, flow);
        needs.extend(scan::need(&page, letters, images).map(|need| (i, need)));
        pages.push(page);
    }
    (pages, needs)
}

/// A page has no more stamps, links and fields that matter.
const MOST_ANNOTATIONS: usize = 10_000;

/// Where the annotations of a page stand: signatures, stamps, fields.
fn stamp_areas(page: &PdfPage<'_>, transform: Affine) -> Vec<Area> {
    let Some(list) = page.raw().get::<Array<'_>>(b"Annots".as_slice()) else { return Vec::new() };
    let rects = list.iter::<Dict<'_>>().take(MOST_ANNOTATIONS).filter_map(|a| a.get::<PdfRect>(b"Rect".as_slice()));
    rects
        .map(|r| transform.transform_rect_bbox(Rect::new(r.x0, r.y0, r.x1, r.y1).abs()))
        .map(|r| Area { left: r.x0 as f32, top: r.y0 as f32, right: r.x1 as f32, bottom: r.y1 as f32 })
        .collect()
}
