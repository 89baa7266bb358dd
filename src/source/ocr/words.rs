//! Words of a page from what was recognised: sizes, what is no word, what was written by hand.

use super::engine::Found;
use super::shape::{core, is_word, reach};
use crate::source::page::{Area, Word};
use crate::text::Note;

/// A word of less confidence counts only if it looks like one, in percent.
const DOUBTFUL: f32 = 30.0;
/// Signs without letters are specks unless as sure as this, in percent.
const SURE_SIGN: f32 = 55.0;
/// Printed figures by themselves are read with more confidence than this, in percent; handwriting with less.
const PRINTED: f32 = 85.0;
/// A printed symbol with its number, "12/QĐ-UBND", is read with more confidence than this, in percent.
const PRINTED_SYMBOL: f32 = 45.0;

/// Words of one line of writing, from left to right.
pub(super) type Line = Vec<Found>;

/// Gathers the words by lines; leaves out what was written by hand, with a note for each place, and what is no word.
pub(super) fn lines(found: Vec<Found>, page: u32) -> (Vec<Line>, Vec<Note>) {
    let mut lines: Vec<Line> = Vec::new();
    for word in found {
        match lines.last_mut() {
            Some(line) if line[0].line == word.line => line.push(word),
            _ => lines.push(vec![word]),
        }
    }
    lines.iter_mut().for_each(|line| line.sort_by_key(|w| w.left));
    let notes = leave_out_handwriting(&mut lines, page);
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

fn leave_out_handwriting(lines: &mut [Line], page: u32) -> Vec<Note> {
    let mut notes = Vec::new();
    for line in lines {
        if hand_number(line) {
            let message = format!("page {page}: the number is handwritten and was not read");
            notes.push(Note { rule: "handwritten-number", message, span: None });
        }
        if hand_date(line) {
            let message = format!("page {page}: the date is handwritten and was not read");
            notes.push(Note { rule: "handwritten-date", message, span: None });
        }
    }
    notes
}

/// "Số: 0f /CT-UBND": what stands before the stroke goes, unless it is clearly printed.
fn hand_number(line: &mut Line) -> bool {
    // In running text the word is small and the number printed.
    let Some(start) = line.iter().take(6).position(|w| w.text.starts_with('S') && number_label(&w.text).is_some()) else { return false };
    split_label(line, start);
    let Some(stroke) = (start + 1..line.len().min(start + 5)).find(|&i| symbol_stroke(&line[i].text).is_some()) else { return false };
    let Some(at) = symbol_stroke(&line[stroke].text) else { return false };
    let before: String = line[start + 1..stroke].iter().map(|w| w.text.as_str()).chain([&line[stroke].text[..at]]).collect();
    let alone = line[start + 1..stroke].iter().all(|w| w.confidence >= PRINTED);
    let symbol = at == 0 || line[stroke].confidence >= PRINTED_SYMBOL;
    if before.is_empty() || alone && symbol && before.chars().all(|c| c.is_ascii_digit()) {
        return false;
    }
    cut_front(&mut line[stroke], at);
    line.drain(start + 1..stroke);
    true
}

/// The length of "Số:" at the start of a word.
fn number_label(word: &str) -> Option<usize> {
    let label = word.char_indices().nth(2).map_or(word, |(i, _)| &word[..i]);
    let colon = word[label.len()..].starts_with([':', '.']);
    let is_label = matches!(label.to_lowercase().as_str(), "số" | "sô" | "só");
    (is_label && (colon || word.len() == label.len())).then_some(label.len() + usize::from(colon))
}

/// "Số:0+" becomes two words.
fn split_label(line: &mut Line, at: usize) {
    let Some(len) = number_label(&line[at].text).filter(|&len| len < line[at].text.len()) else { return };
    let mut rest = line[at].clone();
    cut_front(&mut rest, len);
    line[at].right = rest.left;
    line[at].text.truncate(len);
    line.insert(at + 1, rest);
}

/// The place of the stroke before the letters of a symbol: "12/QĐ-UBND".
fn symbol_stroke(word: &str) -> Option<usize> {
    let at = word.find('/')?;
    let letters = word[at + 1..].chars().take(2).filter(|c| c.is_uppercase()).count();
    (letters == 2 && word[..at].chars().count() <= 6).then_some(at)
}

/// "Hà Nội, ngày {Š tháng 01 năm 2025": what is no clear figure goes.
fn hand_date(line: &mut Line) -> bool {
    let Some(day) = line.iter().position(|w| w.text.starts_with("ngày")) else { return false };
    let place = day > 0 && line[day - 1].text.ends_with(',') && line[..day].iter().any(|w| w.text.starts_with(char::is_uppercase));
    let Some(month) = line.iter().skip(day).position(|w| w.text.starts_with("tháng")).map(|i| day + i) else { return false };
    let Some(year) = line.iter().skip(month).position(|w| w.text.starts_with("năm")).map(|i| month + i) else { return false };
    if !place || month > day + 4 || year > month + 4 {
        return false;
    }
    let months = leave_figures(line, month, year);
    let days = leave_figures(line, day, month);
    months || days
}

/// Between the word at `from` and the one at `to` only clear figures stay; whether anything went.
fn leave_figures(line: &mut Line, from: usize, to: usize) -> bool {
    let label = if line[from].text.starts_with("tháng") { "tháng" } else { "ngày" };
    let mut gone = false;
    // "ngày15": figures that touch the word.
    let glued = line[from].text[label.len()..].to_owned();
    let clear = |text: &str, confidence: f32| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) && confidence >= PRINTED;
    if !glued.is_empty() && !clear(&glued, line[from].confidence) {
        gone = true;
        line[from].right -= (line[from].right - line[from].left) * glued.chars().count() / line[from].text.chars().count();
        line[from].text = label.to_owned();
    }
    let figures: Vec<bool> = line[from + 1..to].iter().map(|w| clear(&w.text, w.confidence)).collect();
    if figures.iter().any(|f| !f) || figures.len() > 1 {
        line.drain(from + 1..to);
        gone = true;
    }
    gone
}

/// Takes the letters before byte `at` off a word and its area.
fn cut_front(word: &mut Found, at: usize) {
    let letters = word.text.chars().count().max(1);
    let gone = word.text[..at].chars().count();
    word.left += (word.right - word.left) * gone / letters;
    word.text.drain(..at);
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

    fn text(line: &Line) -> String {
        line.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn handwriting_is_left_out_with_a_note() {
        let rows = [
            ("Số:~96 01~91 /CT-UBND~90", "Số: 01 /CT-UBND", "", "figures that are sure"),
            ("Số:~96 07~50 /CT-UBND~90", "Số: /CT-UBND", "handwritten-number", "figures that are not"),
            ("Số:~96 2ƒ~93 /CT-UBND~90", "Số: /CT-UBND", "handwritten-number", "no figures"),
            ("Số:~96 đ#/CT-UBND~60", "Số: /CT-UBND", "handwritten-number", "no figures before the stroke"),
            ("Số:0+~70 /CT-UBND~90", "Số: /CT-UBND", "handwritten-number", "glued to the word"),
            ("Số:47/QĐ-UBND~88", "Số: 47/QĐ-UBND", "", "a printed symbol without a blank"),
            ("Số:~96 47/QĐ-UBND~88", "Số: 47/QĐ-UBND", "", "a printed symbol"),
            ("Số:~96 /UBND-VX~88", "Số: /UBND-VX", "", "a blank number"),
            ("định~96 số~96 47/2024/NĐ-CP~30", "định số 47/2024/NĐ-CP", "", "a number with a year"),
            ("Ngãi,~96 ngày~96 {Š~30 tháng~95 01~95 năm~96 2025~95", "Ngãi, ngày tháng 01 năm 2025", "handwritten-date", "no day"),
            ("Ngãi,~96 ngày4ƒ~30 thángØŸ~95 năm~96 2025~95", "Ngãi, ngày tháng năm 2025", "handwritten-date", "glued to the word"),
            ("Ngãi,~96 ngày~96 15~95 tháng~95 01~95 năm~96 2025~95", "Ngãi, ngày 15 tháng 01 năm 2025", "", "printed"),
            ("trước~96 ngày~96 1S~40 tháng~95 01~95 năm~96 2025~95", "trước ngày 1S tháng 01 năm 2025", "", "no letterhead"),
        ];
        for (words, left, rule, why) in rows {
            let mut lines = [line(words)];
            let notes = leave_out_handwriting(&mut lines, 1);
            assert_eq!(text(&lines[0]), left, "{why}");
            assert_eq!(notes.first().map_or("", |n| n.rule), rule, "{why}");
        }
    }

    #[test]
    fn scribble_is_no_line() {
        let rows = [("Độc~96 lập~95", 2), ("ƒW~20 \\~40", 0), ("Lé~31", 0), ("-~90 Lưu:~90 |~60", 2), ("Lư~20", 0), ("khai~28 thực~80", 2), ("5~88", 1)];
        for (words, count) in rows {
            assert_eq!(lines(line(words), 1).0.iter().flatten().count(), count, "{words}");
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
