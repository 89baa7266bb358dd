//! Roman numbers of quarters, counted by their strokes: recognition takes "quý III" for "quý II", and a duty is due three
//! months too early.

use super::engine::Found;
use super::grey::Grey;
use super::hand::BY_HAND;
use super::words::Line;
use crate::text::{Note, fold};

/// Sets right how many strokes the number of a quarter has; a note for each.
pub(super) fn quarters(lines: &mut [Line], page: &Grey, number: u32) -> Vec<Note> {
    let mut notes = Vec::new();
    for line in lines {
        for i in 1..line.len() {
            if !fold(&line[i - 1].text).ends_with("quý") {
                continue;
            }
            let Some((read, rest)) = strokes_read(&line[i].text) else { continue };
            let Some(seen) = strokes_seen(page, &line[i], read, rest).filter(|&seen| seen != read && seen <= MOST) else { continue };
            let repaired = format!("{}{rest}", "I".repeat(seen));
            notes.push(Note {
                rule: "ocr-quarter",
                message: format!(
                    "page {number}: read \"quý {}\", but {seen} strokes stand there: taken for \"quý {repaired}\"; compare it with the page",
                    line[i].text
                ),
                span: None,
            });
            line[i].text = repaired;
            line[i].confidence = line[i].confidence.min(BY_HAND);
        }
    }
    notes
}

/// No number of a quarter has more strokes; the fourth is IV.
const MOST: usize = 3;

/// How many strokes were read, and what stands behind them: "/2026", a comma, nothing.
fn strokes_read(word: &str) -> Option<(usize, &str)> {
    let rest = word.trim_start_matches('I');
    let strokes = word.len() - rest.len();
    let closed = rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | ',' | '.' | ';' | ')'));
    ((1..=MOST).contains(&strokes) && closed).then_some((strokes, rest))
}

/// Stems in the part of the word where its strokes can stand: columns that are black from top to bottom, serifs aside.
fn strokes_seen(page: &Grey, word: &Found, read: usize, rest: &str) -> Option<usize> {
    // Widths of letters in the print that papers have (NĐ 30/2020/NĐ-CP, Phụ lục I: Times New Roman), in ems.
    const STROKE: f32 = 0.333;
    let behind: f32 = rest.chars().map(|c| if c.is_ascii_digit() { 0.5 } else { 0.27 }).sum();
    // One more than was read at the most: farther on the stem of a figure could stand.
    let widest = STROKE * (read + 1).min(MOST) as f32;
    let (width, height) = (word.right.checked_sub(word.left)?, word.bottom.checked_sub(word.top)?);
    if width < 4 || height < 8 || word.right > page.width || word.bottom > page.height {
        return None;
    }
    let right = word.left + ((widest / (widest + behind) + 0.02).min(1.0) * width as f32) as usize;
    let (top, bottom) = (word.top + height / 5, word.bottom - height / 5);
    let is_stem = |x: usize| (top..bottom).filter(|&y| page.is_ink(x, y)).count() * 4 >= (bottom - top) * 3;
    let columns: Vec<bool> = (word.left..right).map(is_stem).collect();
    let stems = columns.chunk_by(|a, b| a == b).filter(|run| run[0]).count();
    (stems > 0).then_some(stems)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with this many strokes and a slash behind them, and the word that was read there.
    fn printed(strokes: usize, text: &str) -> (Grey, Vec<Line>) {
        const EM: usize = 60;
        let mut page = Grey::white(600, 100);
        let mut ink = |x: usize, y: usize| page.pixels[y * 600 + x] = 0;
        let left = 200;
        for n in 0..strokes {
            for y in 30..70 {
                // Serifs touch from stroke to stroke.
                let reach = if !(34..66).contains(&y) { 9 } else { 3 };
                (0..=2 * reach).for_each(|dx| ink(left + n * EM / 3 + 10 + dx - reach, y));
            }
        }
        let slash = left + strokes * EM / 3;
        (30..70).for_each(|y| (0..4).for_each(|dx| ink(slash + (70 - y) * 15 / 40 + dx, y)));
        // A digit behind it is nowhere black from top to bottom.
        (30..70).filter(|y| y % 2 == 0).for_each(|y| (20..34).for_each(|dx| ink(slash + dx, y)));
        let right = slash + 17 + 4 * EM / 2;
        let word = |text: &str, left, right| Found { text: text.to_owned(), confidence: 90.0, line: 1, left, top: 30, right, bottom: 70 };
        (page, vec![vec![word("quý", 100, 180), word(text, left, right)]])
    }

    #[test]
    fn strokes_are_counted_where_recognition_lost_one() {
        let rows = [
            (3, "II/2024", "III/2024", 1),
            (2, "II/2024", "II/2024", 0),
            (2, "III/2024,", "II/2024,", 1),
            (1, "I/2024", "I/2024", 0),
            (3, "IV/2024", "IV/2024", 0),
        ];
        for (strokes, read, want, notes) in rows {
            let (page, mut lines) = printed(strokes, read);
            let found = quarters(&mut lines, &page, 1);
            assert_eq!((lines[0][1].text.as_str(), found.len()), (want, notes), "{strokes} strokes, read as {read}");
        }
    }

    #[test]
    fn other_words_are_left_alone() {
        let (page, mut lines) = printed(3, "II/2024");
        lines[0][0].text = "mục".to_owned();
        assert!(quarters(&mut lines, &page, 1).is_empty());
    }
}
