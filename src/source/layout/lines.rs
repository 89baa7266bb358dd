//! Lines of words, and the stretches of a line that wide gaps part.

use crate::source::page::{Area, Word};

/// A gap of more than this share of the letters' size parts a line; justified lines have blanks up to this wide.
const WIDE_GAP: f32 = 2.2;

/// Words that stand on one line, without wide gaps.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub words: Vec<Word>,
    pub area: Area,
    /// Size of most of its letters.
    pub size: f32,
    pub page: u32,
}

impl Line {
    pub fn of(words: Vec<Word>, page: u32) -> Self {
        let area = words.iter().map(|w| w.area).reduce(union).unwrap_or_default();
        let mut sizes: Vec<f32> = words.iter().map(|w| w.size).collect();
        sizes.sort_by(f32::total_cmp);
        let size = sizes.get(sizes.len() / 2).copied().unwrap_or(12.0);
        Self { words, area, size, page }
    }

    /// Its words with one blank between them.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for word in &self.words {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        text
    }

    pub fn middle(&self) -> f32 {
        (self.area.top + self.area.bottom) / 2.0
    }

    /// Width of its first word: what must have fitted on the line before for the break to be meant.
    pub fn first_width(&self) -> f32 {
        self.words.first().map_or(0.0, |w| w.area.width())
    }

    pub fn is_bold(&self) -> bool {
        self.words.iter().all(|w| w.bold)
    }
}

pub(super) fn union(a: Area, b: Area) -> Area {
    Area { left: a.left.min(b.left), top: a.top.min(b.top), right: a.right.max(b.right), bottom: a.bottom.max(b.bottom) }
}

/// Groups words by height into rows, each from left to right, from the top of the page down.
pub(super) fn rows(mut words: Vec<Word>) -> Vec<Vec<Word>> {
    words.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let mut rows: Vec<(f32, f32, Vec<Word>)> = Vec::new();
    for word in words {
        let (middle, height) = (middle(&word), word.area.height());
        match rows.last_mut() {
            // The row's own middle moves with its words, so that a slanted line stays one.
            Some((row, tall, list)) if (middle - *row).abs() < 0.45 * height.min(*tall).max(0.5 * height.max(*tall)) => {
                *row += (middle - *row) / (list.len() + 1) as f32;
                *tall = tall.max(height);
                list.push(word);
            }
            _ => rows.push((middle, height, vec![word])),
        }
    }
    rows.into_iter()
        .map(|(_, _, mut row)| {
            row.sort_by(|a, b| a.area.left.total_cmp(&b.area.left));
            drop_note_signs(row)
        })
        .filter(|row| !row.is_empty())
        .collect()
}

fn middle(word: &Word) -> f32 {
    (word.area.top + word.area.bottom) / 2.0
}

/// Leaves out the raised small numbers that point to notes.
fn drop_note_signs(row: Vec<Word>) -> Vec<Word> {
    let size = row.iter().map(|w| w.size).fold(0.0, f32::max);
    let bottom = row.iter().filter(|w| w.size > 0.9 * size).map(|w| w.area.bottom).fold(0.0, f32::max);
    let is_sign = |w: &Word| {
        w.confidence.is_none()
            && w.size < 0.78 * size
            && w.area.bottom < bottom - 0.2 * size
            && w.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '(' | ')' | '[' | ']' | '*'))
    };
    row.into_iter().filter(|w| !is_sign(w)).collect()
}

/// Marks that a stamp sets anywhere beside the letterhead (NĐ 30/2020/NĐ-CP, Phụ lục I), folded.
const MARKS: &[&str] = &["hỏa tốc", "thượng khẩn", "khẩn", "mật", "tối mật", "tuyệt mật", "hỏa tốc hẹn giờ"];

/// Whether a line is nothing but a mark of urgency or secrecy in capitals.
pub(super) fn is_mark(line: &Line) -> bool {
    let text = line.text();
    MARKS.contains(&crate::text::fold(&text).as_str()) && !text.contains(char::is_lowercase)
}

/// Parts a row at its wide gaps, and where one of these phrases begins after a gap.
pub(super) fn stretches(row: Vec<Word>, page: u32) -> Vec<Line> {
    let starts = column_starts(&row);
    let mut lines: Vec<Vec<Word>> = Vec::new();
    for (i, word) in row.into_iter().enumerate() {
        let parted = lines.last().and_then(|l| l.last()).is_none_or(|last| {
            let gap = word.area.left - last.area.right;
            // "Số:      /CT-UBND": the blank for the number parts nothing.
            let blank_number = word.text.starts_with('/') || last.text == "Số:";
            gap > WIDE_GAP * last.size.min(word.size) && !blank_number || starts.contains(&i) && gap > 0.6 * last.size.min(word.size)
        });
        match lines.last_mut() {
            Some(line) if !parted => line.push(word),
            _ => lines.push(vec![word]),
        }
    }
    lines.into_iter().map(|words| Line::of(words, page)).collect()
}

/// Phrases with which the right column of a letterhead or closing begins, folded (NĐ 30/2020/NĐ-CP, Phụ lục I).
const RIGHT_COLUMN: &[&str] =
    &["cộng hòa xã hội", "độc lập - tự do", "độc lập – tự do", "độc lập- tự do", "đảng cộng sản việt", "tm.", "t/m", "kt.", "tl.", "tuq."];

fn column_starts(row: &[Word]) -> Vec<usize> {
    let mut starts = Vec::new();
    for i in 1..row.len() {
        let mut ahead = String::new();
        for word in row[i..].iter().take(4) {
            ahead.push_str(&word.text);
            ahead.push(' ');
        }
        let ahead = crate::text::fold(&ahead);
        if RIGHT_COLUMN.iter().any(|p| ahead.starts_with(p)) {
            starts.push(i);
        }
    }
    starts
}
