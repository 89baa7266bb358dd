//! Pictures of papers: TIFF with any number of pages, PNG, JPEG.

use super::flow::Flow;
use super::layout;
use super::ocr::{self, MOST_PIXELS, PageImage, Pixels, Recognised};
use super::page::Page;
use crate::error::{Error, Result};
use crate::text::Text;
use image::{DynamicImage, ImageDecoder, ImageFormat};
use rayon::prelude::*;
use std::io::Cursor;
use tiff::ColorType;
use tiff::decoder::ifd::Value;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;

/// A fax or a scanned file of papers has fewer pages.
const MOST_PAGES: usize = 2000;
/// Pages that are decoded before they are read: enough for every thread, few enough for memory.
const BATCH: usize = 8;

/// Reads a picture; its text and the number of its pages.
///
/// # Errors
/// When it is damaged or too large, holds no text, or tesseract is missing.
pub(super) fn read(bytes: &[u8], format: ImageFormat) -> Result<(Text, u32)> {
    let mut flow = Flow::default();
    let mut pages: Vec<Page> = Vec::new();
    let mut take = |images: &[PageImage]| -> Result<()> {
        let first = pages.len() as u32;
        let read: Vec<Result<Recognised>> = images.par_iter().enumerate().map(|(i, image)| ocr::page(image, first + i as u32 + 1)).collect();
        for recognised in read {
            let recognised = recognised?;
            recognised.notes.into_iter().for_each(|note| flow.note(note.rule, note.message));
            pages.push(recognised.page);
        }
        Ok(())
    };
    match format {
        ImageFormat::Tiff => tiff_pages(bytes, &mut take)?,
        _ => take(&[single(bytes, format)?])?,
    }
    if pages.iter().all(|p| p.words.is_empty()) {
        return Err(Error::new("no text was recognised in the picture", "scan it again, larger and straight"));
    }
    let count = pages.len() as u32;
    layout::write(pages, &mut flow);
    let (text, _, _) = flow.write()?;
    Ok((text, count))
}

fn damaged(kind: &str, why: impl std::fmt::Display) -> Error {
    Error::new(format!("the {kind} image is damaged ({why})"), "save it again")
}

fn too_large(width: u32, height: u32) -> Option<Error> {
    let problem = || format!("the picture has {width} x {height} pixels, more than the {MOST_PIXELS} that are read");
    (u64::from(width) * u64::from(height) > MOST_PIXELS).then(|| Error::new(problem(), "scan it at 300 dpi"))
}

/// A picture of one page.
fn single(bytes: &[u8], format: ImageFormat) -> Result<PageImage> {
    let kind = if format == ImageFormat::Png { "PNG" } else { "JPEG" };
    let fault = |e: image::ImageError| damaged(kind, e);
    let mut decoder = image::ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(fault)?;
    let (width, height) = decoder.dimensions();
    if let Some(error) = too_large(width, height) {
        return Err(error);
    }
    let orientation = decoder.orientation().map_err(fault)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(fault)?;
    picture.apply_orientation(orientation);
    let dpi = if format == ImageFormat::Png { png_dpi(bytes) } else { jpeg_dpi(bytes) };
    let (width, height) = (picture.width(), picture.height());
    let pixels = if picture.color().has_color() { Pixels::Rgb(over_white(picture)) } else { Pixels::Grey(picture.into_luma8().into_raw()) };
    Ok(PageImage { width, height, dpi: dpi.unwrap_or(0.0), pixels })
}

/// Colours; what is transparent shows white paper.
fn over_white(picture: DynamicImage) -> Vec<u8> {
    if !picture.color().has_alpha() {
        return picture.into_rgb8().into_raw();
    }
    let blend = |c: u8, a: u8| ((u32::from(c) * u32::from(a) + 255 * (255 - u32::from(a))) / 255) as u8;
    picture.into_rgba8().pixels().flat_map(|p| [blend(p[0], p[3]), blend(p[1], p[3]), blend(p[2], p[3])]).collect()
}

/// Pixels to the inch of a PNG: the chunk `pHYs` counts them to the metre.
fn png_dpi(bytes: &[u8]) -> Option<f32> {
    let head = &bytes[..bytes.len().min(4096)];
    let at = memchr::memmem::find(head, b"pHYs")? + 4;
    let value = u32::from_be_bytes(head.get(at..at + 4)?.try_into().ok()?);
    (head.get(at + 8) == Some(&1)).then_some(value as f32 * 0.0254)
}

/// Pixels to the inch of a JPEG, from its JFIF head.
fn jpeg_dpi(bytes: &[u8]) -> Option<f32> {
    let head = &bytes[..bytes.len().min(4096)];
    let at = memchr::memmem::find(head, b"JFIF\0")? + 7;
    let density = f32::from(u16::from_be_bytes(head.get(at + 1..at + 3)?.try_into().ok()?));
    match head.get(at)? {
        1 => Some(density),
        2 => Some(density * 2.54),
        _ => None,
    }
}

/// Hands the pages of a TIFF on, some at a time.
fn tiff_pages(bytes: &[u8], take: &mut impl FnMut(&[PageImage]) -> Result<()>) -> Result<()> {
    let fault = |e: tiff::TiffError| damaged("TIFF", e);
    let mut limits = Limits::default();
    limits.decoding_buffer_size = MOST_PIXELS as usize * 4;
    limits.intermediate_buffer_size = MOST_PIXELS as usize * 4;
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(fault)?.with_limits(limits);
    let mut waiting = Vec::new();
    for page in 1.. {
        if page > MOST_PAGES {
            return Err(Error::new(format!("the TIFF image has more than {MOST_PAGES} pages"), "split it"));
        }
        // Small copies of the pages are no pages.
        let reduced = decoder.find_tag_unsigned::<u32>(Tag::NewSubfileType).ok().flatten().is_some_and(|t| t & 1 == 1);
        if !reduced {
            waiting.push(tiff_page(&mut decoder)?);
        }
        let more = decoder.more_images();
        if waiting.len() >= BATCH || !more {
            take(&std::mem::take(&mut waiting))?;
        }
        if !more {
            break;
        }
        decoder.next_image().map_err(fault)?;
    }
    Ok(())
}

fn tiff_page(decoder: &mut Decoder<Cursor<&[u8]>>) -> Result<PageImage> {
    let fault = |e: tiff::TiffError| damaged("TIFF", e);
    let (width, height) = decoder.dimensions().map_err(fault)?;
    if let Some(error) = too_large(width, height) {
        return Err(error);
    }
    let colour = decoder.colortype().map_err(fault)?;
    let dpi = tiff_dpi(decoder).unwrap_or(0.0);
    let samples = match decoder.read_image().map_err(fault)? {
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.into_iter().map(|s| (s >> 8) as u8).collect(),
        _ => return Err(damaged("TIFF", "its samples are no whole numbers of 8 or 16 bits")),
    };
    let pixels = tiff_pixels(samples, colour, width as usize, height as usize).ok_or_else(|| damaged("TIFF", format!("its colours are {colour:?}")))?;
    Ok(PageImage { width, height, dpi, pixels })
}

fn tiff_dpi(decoder: &mut Decoder<Cursor<&[u8]>>) -> Option<f32> {
    let value = match decoder.get_tag(Tag::XResolution).ok()? {
        Value::Rational(n, d) if d > 0 => n as f32 / d as f32,
        Value::Float(value) => value,
        _ => return None,
    };
    let centimetres = decoder.find_tag_unsigned::<u16>(Tag::ResolutionUnit).ok().flatten() == Some(3);
    Some(if centimetres { value * 2.54 } else { value })
}

/// Samples as grey or colours; none for kinds of colour that no scanner writes.
fn tiff_pixels(samples: Vec<u8>, colour: ColorType, width: usize, height: usize) -> Option<Pixels> {
    match colour {
        ColorType::Gray(1) => Some(Pixels::Grey(bilevel(&samples, width, height))),
        ColorType::Gray(8 | 16) => Some(Pixels::Grey(samples)),
        ColorType::GrayA(8 | 16) => Some(Pixels::Grey(samples.into_iter().step_by(2).collect())),
        ColorType::RGB(8 | 16) => Some(Pixels::Rgb(samples)),
        ColorType::RGBA(8 | 16) => Some(Pixels::Rgb(samples.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect())),
        ColorType::CMYK(8) => {
            let ink = |c: u8, k: u8| (u32::from(255 - c) * u32::from(255 - k) / 255) as u8;
            Some(Pixels::Rgb(samples.chunks_exact(4).flat_map(|p| [ink(p[0], p[3]), ink(p[1], p[3]), ink(p[2], p[3])]).collect()))
        }
        ColorType::YCbCr(8) => Some(Pixels::Rgb(samples)),
        _ => None,
    }
}

/// One byte for each bit. Which of the two is ink, files tell wrongly; papers are mostly white.
fn bilevel(samples: &[u8], width: usize, height: usize) -> Vec<u8> {
    let row = width.div_ceil(8);
    let bit = |x: usize, y: usize| samples.get(y * row + x / 8).is_some_and(|b| b >> (7 - x % 8) & 1 == 1);
    let mut pixels: Vec<u8> = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| if bit(x, y) { 255 } else { 0 }).collect();
    if pixels.iter().filter(|&&p| p == 0).count() * 2 > pixels.len() {
        pixels.iter_mut().for_each(|p| *p = 255 - *p);
    }
    pixels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        DynamicImage::ImageLuma8(image::GrayImage::from_pixel(width, height, image::Luma([255])))
            .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
            .unwrap();
        bytes
    }

    /// A TIFF of these many blank pages, as a writer of such files makes it.
    fn tiff(pages: usize) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let mut encoder = tiff::encoder::TiffEncoder::new(&mut bytes).unwrap();
        for _ in 0..pages {
            let mut page = encoder.new_image::<tiff::encoder::colortype::Gray8>(40, 30).unwrap();
            page.resolution(tiff::tags::ResolutionUnit::Inch, tiff::encoder::Rational { n: 200, d: 1 });
            page.write_data(&[200; 1200]).unwrap();
        }
        bytes.into_inner()
    }

    #[test]
    fn every_page_of_a_tiff_is_handed_on() {
        for pages in [1, 3, 19] {
            let mut seen = Vec::new();
            tiff_pages(&tiff(pages), &mut |images| {
                assert!(images.len() <= BATCH);
                seen.extend(images.iter().map(|i| (i.width, i.height, i.dpi as u32)));
                Ok(())
            })
            .unwrap();
            assert_eq!(seen, vec![(40, 30, 200); pages]);
        }
    }

    #[test]
    fn bits_become_ink_on_paper() {
        let rows = [(vec![0b1111_1011, 0b1000_0000], "one is white"), (vec![0b0000_0100, 0b0100_0000], "one is black")];
        for (samples, why) in rows {
            assert_eq!(bilevel(&samples, 9, 1), [255, 255, 255, 255, 255, 0, 255, 255, 255], "{why}");
        }
    }

    #[test]
    fn damaged_and_huge_pictures_are_errors() {
        let mut huge = png(8, 8);
        huge[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        let checksum = crc(&huge[12..29]);
        huge[29..33].copy_from_slice(&checksum.to_be_bytes());
        let error = single(&huge, ImageFormat::Png).unwrap_err().to_string();
        assert_eq!(error, "the picture has 65536 x 65536 pixels, more than the 100000000 that are read; scan it at 300 dpi");
        for (bytes, format, start) in [
            (&png(8, 8)[..40], ImageFormat::Png, "the PNG image is damaged ("),
            (&b"\xff\xd8\xff\xe0 no picture"[..], ImageFormat::Jpeg, "the JPEG image is damaged ("),
        ] {
            let error = single(bytes, format).unwrap_err().to_string();
            assert!(error.starts_with(start) && error.ends_with("; save it again"), "{error}");
        }
        let cut = tiff(2);
        let error = tiff_pages(&cut[..30], &mut |_| Ok(())).unwrap_err().to_string();
        assert!(error.starts_with("the TIFF image is damaged ("), "{error}");
    }

    /// The checksum of a PNG chunk.
    fn crc(bytes: &[u8]) -> u32 {
        let bit = |c: u32, _| if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 };
        !bytes.iter().fold(!0, |c, &b| (0..8).fold(c ^ u32::from(b), bit))
    }

    #[test]
    fn resolutions_are_read() {
        let mut chunk = b"....pHYs".to_vec();
        chunk.extend_from_slice(&[0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1]);
        assert_eq!(png_dpi(&chunk).map(f32::round), Some(300.0));
        assert_eq!(jpeg_dpi(b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\x01\0\xc8\0\xc8"), Some(200.0));
        assert_eq!(jpeg_dpi(b"\xff\xd8\xff\xe1"), None);
    }
}
