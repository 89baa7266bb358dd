//! Words from letters: what stands together on a baseline, whatever order and fonts it was drawn in.

use super::glyphs::{Glyphs, Letter};
use crate::source::flow::{Flow, Font};
use crate::source::page::{Area, Page, Word};

/// Letters on one line whose baselines differ by less than this share of their size.
const LEVEL: f32 = 0.25;
/// A gap of more than this share of the size parts words where the line has no blanks of its own.
const GAP: f32 = 0.16;
/// The same where the line has blanks: letters may be spaced out.
const GAP_BESIDE_BLANKS: f32 = 0.5;

/// Letters that were drawn one after the other.
struct Chunk {
    text: String,
    area: Area,
    size: f32,
    baseline: f32,
    font: Option<u16>,
    bold: bool,
    blank: bool,
    stamped: bool,
}

/// Makes the words of a page, turned so that most of its writing stands upright.
pub(super) fn page(glyphs: Glyphs, width: f32, height: f32, flow: &mut Flow) -> Page {
    let turn = main_turn(&glyphs.letters);
    let (width, height, rules) = match turn {
        0 => (width, height, glyphs.rules),
        2 => (width, height, glyphs.rules.into_iter().map(|r| turned(turn, r, width, height)).collect()),
        _ => (height, width, glyphs.rules.into_iter().map(|r| turned(turn, r, width, height)).collect()),
    };
    let fonts: Vec<Font> = glyphs.fonts.iter().map(|name| flow.font(bare_name(name))).collect();
    let letters: Vec<Letter> = glyphs.letters.into_iter().filter(|l| l.turn == turn).collect();
    let (stamped, printed): (Vec<Letter>, Vec<Letter>) = letters.into_iter().partition(|l| l.stamped);
    let stamped = without_captions(stamped, &glyphs.stamp_areas);
    let chunks = chunks(printed.into_iter().chain(stamped).collect());
    let words = lines(chunks).into_iter().flat_map(join).map(|c| word(c, &fonts)).filter(|w| inside(w.area, width, height)).collect();
    Page { height, words, rules }
}

/// A font's name without the tag of its subset: `BCDEEE+.VnTime`.
fn bare_name(name: &str) -> &str {
    match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) => rest,
        _ => name,
    }
}

fn main_turn(letters: &[Letter]) -> u8 {
    let mut counts = [0usize; 4];
    for letter in letters.iter().filter(|l| !l.text.is_blank()) {
        counts[usize::from(letter.turn & 3)] += 1;
    }
    (0..4).max_by_key(|&turn| (counts[usize::from(turn)], u8::MAX - turn)).unwrap_or(0)
}

fn turned(turn: u8, r: Area, width: f32, height: f32) -> Area {
    match turn {
        1 => Area { left: r.top, top: width - r.right, right: r.bottom, bottom: width - r.left },
        2 => Area { left: width - r.right, top: height - r.bottom, right: width - r.left, bottom: height - r.top },
        3 => Area { left: height - r.bottom, top: r.left, right: height - r.top, bottom: r.right },
        _ => r,
    }
}

fn inside(area: Area, width: f32, height: f32) -> bool {
    area.right > 0.0 && area.left < width && area.bottom > 0.0 && area.top < height
}

/// What the visible part of a digital signature says besides the paper (TT 01/2019/TT-BNV, Điều 13), folded and
/// without blanks.
const CAPTIONS: &[&str] = &["kýbởi", "ngườiký", "thờigianký", "ngàyký", "signedby", "signature", "@"];

/// Leaves out the letters of annotations that say who signed and when; a number or date set as a stamp stays.
fn without_captions(stamped: Vec<Letter>, areas: &[Area]) -> Vec<Letter> {
    if stamped.is_empty() {
        return stamped;
    }
    let smallest_around = |l: &Letter| {
        let (x, y) = ((l.left + l.right) / 2.0, l.baseline - 0.3 * l.size);
        let around = (0..areas.len()).filter(|&i| x >= areas[i].left && x <= areas[i].right && y >= areas[i].top && y <= areas[i].bottom);
        around.min_by(|&a, &b| (areas[a].width() * areas[a].height()).total_cmp(&(areas[b].width() * areas[b].height())))
    };
    let homes: Vec<Option<usize>> = stamped.iter().map(smallest_around).collect();
    let mut texts: Vec<String> = vec![String::new(); areas.len() + 1];
    for (letter, home) in stamped.iter().zip(&homes) {
        if !letter.text.is_blank() {
            letter.text.push_to(&mut texts[home.unwrap_or(areas.len())]);
        }
    }
    let caption: Vec<bool> = texts.iter().map(|t| CAPTIONS.iter().any(|c| crate::text::fold(t).contains(c))).collect();
    stamped.into_iter().zip(homes).filter(|(_, home)| !caption[home.unwrap_or(areas.len())]).map(|(letter, _)| letter).collect()
}

/// Groups letters in the order in which they were drawn.
fn chunks(letters: Vec<Letter>) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    for letter in letters {
        let blank = letter.text.is_blank();
        if let Some(last) = chunks.last_mut()
            && !blank
            && !last.blank
            && (last.font, last.bold, last.stamped) == (letter.font, letter.bold, letter.stamped)
            && (last.baseline - letter.baseline).abs() < 0.05 * letter.size
            && (last.size - letter.size).abs() < 0.05 * letter.size
        {
            let gap = letter.left - last.area.right;
            if gap.abs() < GAP * letter.size {
                letter.text.push_to(&mut last.text);
                last.area.right = last.area.right.max(letter.right);
                continue;
            }
        }
        let mut text = String::new();
        letter.text.push_to(&mut text);
        chunks.push(Chunk {
            text,
            area: Area { left: letter.left, top: letter.baseline - 0.75 * letter.size, right: letter.right, bottom: letter.baseline + 0.22 * letter.size },
            size: letter.size,
            baseline: letter.baseline,
            font: letter.font,
            bold: letter.bold,
            blank,
            stamped: letter.stamped,
        });
    }
    chunks
}

/// Chunks of one baseline each, from left to right.
fn lines(mut chunks: Vec<Chunk>) -> Vec<Vec<Chunk>> {
    chunks.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut lines: Vec<Vec<Chunk>> = Vec::new();
    for chunk in chunks {
        match lines.last_mut() {
            Some(line) if line.last().is_some_and(|l| chunk.baseline - l.baseline < LEVEL * chunk.size.min(l.size) * 0.5) => line.push(chunk),
            _ => lines.push(vec![chunk]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.area.left.total_cmp(&b.area.left));
    }
    lines
}

/// Joins the chunks of a line that no blank and no gap parts.
fn join(line: Vec<Chunk>) -> Vec<Chunk> {
    let has_blanks = line.iter().any(|c| c.blank);
    let mut words: Vec<Chunk> = Vec::new();
    // Blanks count only where no letter lies over them: under a stamp the form has a row of blanks.
    let mut blank_until: Option<f32> = None;
    for chunk in line {
        if chunk.blank {
            blank_until = Some(chunk.area.left);
            continue;
        }
        let Some(last) = words.last_mut() else {
            words.push(chunk);
            blank_until = None;
            continue;
        };
        let gap = chunk.area.left - last.area.right;
        let limit = if has_blanks { GAP_BESIDE_BLANKS } else { GAP } * chunk.size.min(last.size);
        let parted = blank_until.take().is_some_and(|at| at > last.area.left + 0.3 * (last.area.right - last.area.left).min(last.size))
            && !(chunk.stamped && gap < GAP * chunk.size && last.stamped);
        if is_same(last, &chunk) {
            last.bold = true;
        } else if !parted && gap < limit && gap > -0.5 * last.size {
            last.text.push_str(&chunk.text);
            last.area.right = last.area.right.max(chunk.area.right);
            last.area.top = last.area.top.min(chunk.area.top);
            last.area.bottom = last.area.bottom.max(chunk.area.bottom);
            last.bold &= chunk.bold;
        } else {
            words.push(chunk);
        }
    }
    words
}

/// Whether a chunk is the one before drawn once more, a little aside, to make it bold.
fn is_same(last: &Chunk, next: &Chunk) -> bool {
    last.text == next.text && (last.area.left - next.area.left).abs() < 0.12 * last.size
}

fn word(chunk: Chunk, fonts: &[Font]) -> Word {
    Word {
        text: chunk.text,
        area: chunk.area,
        size: chunk.size,
        font: chunk.font.and_then(|f| fonts.get(usize::from(f)).copied()),
        bold: chunk.bold,
        confidence: None,
    }
}
