//! Words of a page from what was recognised: sizes, and what is no word.

use super::engine::Found;
use super::hand::{self, Reader};
use super::shape::{core, is_word, reach};
use crate::source::page::{Area, Word};
use crate::text::Note;

/// A word of less confidence counts only if it looks like one, in percent.
const DOUBTFUL: f32 = 30.0;
/// Signs without letters are specks unless as sure as this, in percent.
const SURE_SIGN: f32 = 55.0;

/// Words of one line of writing, from left to right.
pub(super) type Line = Vec<Found>;

/// Gathers the words by lines; reads what was written by hand, with a note for each place, and leaves out what is no word.
pub(super) fn lines(found: Vec<Found>, page: u32, by_hand: Reader) -> (Vec<Line>, Vec<Note>) {
    let mut lines: Vec<Line> = Vec::new();
    for word in found {
        match lines.last_mut() {
            Some(line) if line[0].line == word.line => line.push(word),
            _ => lines.push(vec![word]),
        }
    }
    lines.iter_mut().for_each(|line| line.sort_by_key(|w| w.left));
    let notes = hand::take(&mut lines, page, by_hand);
    lines.iter_mut().for_each(|line| line.retain(is_readable));
    lines.retain(|line| !is_scribble(line));
    (lines, notes)
}

fn is_readable(word: &Found) -> bool {
    if core(&word.text).is_empty() {
        let usual = word.text.chars().all(|c| "-–+*•./:;,()".contains(c));
        return usual && word.confidence >= SURE_SIGN;
    }
    word.confidence >= DOUBTFUL || is_word(&word.text) && (word.confidence >= DOUBTFUL / 2.0 || core(&word.text).chars().count() > 3)
}

/// Strokes of a signature or a picture: few words, none of them sure.
fn is_scribble(line: &Line) -> bool {
    let sure = |w: &Found| is_word(&w.text) && w.confidence >= 50.0 && core(&w.text).chars().count() > 1;
    let heading = |w: &Found| w.confidence >= 80.0 && !core(&w.text).is_empty();
    !line.iter().any(|w| sure(w) || heading(w)) || line.len() > 2 && line.iter().filter(|w| is_word(&w.text)).count() * 3 < line.len()
}

/// How many words of the lines are sound, of how many. The program reads lines that run down the page, too: their
/// words are higher than wide and do not count as sound.
pub(super) fn sound(lines: &[Line]) -> (usize, usize) {
    let long = || lines.iter().flatten().filter(|w| w.text.chars().count() > 2);
    let sound = |w: &&Found| w.confidence >= 60.0 && is_word(&w.text) && w.right - w.left > w.bottom - w.top;
    (long().filter(sound).count(), long().count())
}

/// The words as the layout takes them, in points.
pub(super) fn words(lines: &[Line], dpi: f32) -> Vec<Word> {
    let points = 72.0 / dpi;
    let sizes: Vec<Option<f32>> = lines.iter().map(size).collect();
    let usual = middle(sizes.iter().flatten().copied().collect()).unwrap_or(dpi / 6.0);
    let mut out = Vec::new();
    for (line, size) in lines.iter().zip(sizes) {
        // No paper is set smaller than 5 or larger than 40 points.
        let size = (size.unwrap_or(usual) * points).clamp(5.0, 40.0);
        for w in line {
            let area = Area { left: w.left as f32 * points, top: w.top as f32 * points, right: w.right as f32 * points, bottom: w.bottom as f32 * points };
            let confidence = Some(w.confidence.clamp(0.0, 100.0) as u8);
            out.push(Word { text: w.text.clone(), area, size: (size * 2.0).round() / 2.0, font: None, bold: false, confidence });
        }
    }
    out
}

/// The size of a line's letters in pixels, from the heights of its words and what letters they have.
fn size(line: &Line) -> Option<f32> {
    let sized = line.iter().filter(|w| w.confidence >= 40.0 && core(&w.text).chars().count() > 1);
    middle(sized.map(|w| (w.bottom - w.top) as f32 / reach(&w.text)).collect())
}

fn middle(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::super::digits::Reading;
    use super::*;

    /// Words with confidences: "Số:96 ÿ1:20 /CT-UBND:90".
    fn line(words: &str) -> Line {
        let mut left = 0;
        words
            .split(' ')
            .map(|w| {
                let (text, confidence) = w.rsplit_once('~').unwrap();
                left += 100;
                Found { text: text.to_owned(), confidence: confidence.parse().unwrap(), line: 1, left, top: 0, right: left + 90, bottom: 30 }
            })
            .collect()
    }

    #[test]
    fn scribble_is_no_line() {
        let rows = [("Độc~96 lập~95", 2), ("ƒW~20 \\~40", 0), ("Lé~31", 0), ("-~90 Lưu:~90 |~60", 2), ("Lư~20", 0), ("khai~28 thực~80", 2), ("5~88", 1)];
        for (words, count) in rows {
            assert_eq!(lines(line(words), 1, &|_, _, _| Reading::Unclear).0.iter().flatten().count(), count, "{words}");
        }
    }

    #[test]
    fn the_size_of_letters_is_told_from_their_height() {
        // Times of 14 points at 200 dpi has capitals of 26 pixels, small letters of 18.
        let mut a = line("UBND~95 non~95");
        (a[0].top, a[1].top) = (4, 12);
        let sizes: Vec<f32> = words(&[a], 200.0).iter().map(|w| w.size).collect();
        assert!(sizes.iter().all(|s| (13.0..=15.0).contains(s)), "{sizes:?}");
    }
}
