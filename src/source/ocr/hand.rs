//! What was written by hand into a letterhead: the number, the day and the month.
//!
//! Tesseract knows printed letters only. Where the figures that it gives are not clearly printed, the ink is read again
//! as handwriting; what cannot be read surely stays out. A note says so in both cases, as a person must compare.

use super::digits::{Gap, Kind, Reading};
use super::engine::Found;
use super::words::Line;
use crate::text::Note;

/// Printed figures by themselves are read with more confidence than this, in percent; handwriting with less.
const PRINTED: f32 = 85.0;
/// A printed symbol with its number, "12/QĐ-UBND", is read with more confidence than this, in percent.
const PRINTED_SYMBOL: f32 = 45.0;
/// The confidence of what was read from handwriting, in percent: less than that of sure words, so that what rests on it
/// is less sure, too.
pub(super) const BY_HAND: f32 = 70.0;

/// Reads the figures in a gap, where Tesseract saw these letters.
pub(super) type Reader<'a> = &'a dyn Fn(Gap, Kind, &str) -> Reading;

/// Reads what was written by hand or leaves it out, with a note for each place.
pub(super) fn take(lines: &mut [Line], page: u32, read: Reader) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut note = |rule, what: &str, read: Option<String>| {
        let outcome = read.map_or("was not read".to_owned(), |figures| format!("was read as {figures}; compare it with the page"));
        notes.push(Note { rule, message: format!("page {page}: {what} is handwritten and {outcome}"), span: None });
    };
    for line in lines {
        if let Some(reading) = number(line, read) {
            note("handwritten-number", "the number", reading);
        }
        let (day, month) = date(line, read);
        for (what, reading) in [("the day", day), ("the month", month)] {
            if let Some(reading) = reading {
                note("handwritten-date", what, reading);
            }
        }
    }
    notes
}

/// What was read by hand, if anything was written and if it could be read.
type ByHand = Option<Option<String>>;

/// "Số: 0f /CT-UBND": what stands before the stroke, unless it is clearly printed.
fn number(line: &mut Line, read: Reader) -> ByHand {
    // In running text the word is small and the number printed.
    let start = line.iter().take(6).position(|w| w.text.starts_with('S') && number_label(&w.text).is_some())?;
    let glued = split_label(line, start);
    let stroke = (start + 1..line.len().min(start + 5)).find(|&i| symbol_stroke(&line[i].text).is_some())?;
    let at = symbol_stroke(&line[stroke].text)?;
    let before: String = line[start + 1..stroke].iter().map(|w| w.text.as_str()).chain([&line[stroke].text[..at]]).collect();
    let alone = line[start + 1..stroke].iter().all(|w| w.confidence >= PRINTED);
    let symbol = at == 0 || line[stroke].confidence >= PRINTED_SYMBOL;
    if !before.is_empty() && alone && symbol && before.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    cut_front(&mut line[stroke], at);
    let seen = Seen { letters: before, words: line.drain(start + 1..stroke).collect(), glued: (glued, at > 0) };
    let reading = fill(line, start, &seen, read, Kind::Number);
    if seen.letters.is_empty() && reading == Reading::Blank { None } else { Some(figures(reading)) }
}

/// What Tesseract made of handwriting.
struct Seen {
    letters: String,
    words: Vec<Found>,
    /// Whether letters were taken off the word before and the one behind.
    glued: (bool, bool),
}

fn figures(reading: Reading) -> Option<String> {
    if let Reading::Figures(figures) = reading { Some(figures) } else { None }
}

/// Reads what stands behind a word and before the next one; figures become a word there.
fn fill(line: &mut Line, at: usize, seen: &Seen, read: Reader, kind: Kind) -> Reading {
    let (label, next) = (&line[at], &line[at + 1]);
    // The area of a printed word may reach over handwriting beside it.
    let left = seen.words.iter().map(|w| w.left).min().map_or(label.right, |left| left.min(label.right));
    let right = seen.words.iter().map(|w| w.right).max().map_or(next.left, |right| right.max(next.left));
    let gap = Gap { left, top: label.top, right, bottom: label.bottom, glued: seen.glued };
    if gap.right <= gap.left {
        return Reading::Blank;
    }
    let reading = read(gap, kind, &seen.letters);
    if let Reading::Figures(figures) = &reading {
        let word = Found { text: figures.clone(), confidence: BY_HAND, left, right, ..label.clone() };
        line.insert(at + 1, word);
    }
    reading
}

/// The length of "Số:" at the start of a word.
fn number_label(word: &str) -> Option<usize> {
    let label = word.char_indices().nth(2).map_or(word, |(i, _)| &word[..i]);
    let colon = word[label.len()..].starts_with([':', '.']);
    let is_label = matches!(label.to_lowercase().as_str(), "số" | "sô" | "só");
    (is_label && (colon || word.len() == label.len())).then_some(label.len() + usize::from(colon))
}

/// "Số:0+" becomes two words; whether it was one.
fn split_label(line: &mut Line, at: usize) -> bool {
    let Some(len) = number_label(&line[at].text).filter(|&len| len < line[at].text.len()) else { return false };
    let mut rest = line[at].clone();
    cut_front(&mut rest, len);
    line[at].right = rest.left;
    line[at].text.truncate(len);
    line.insert(at + 1, rest);
    true
}

/// The place of the stroke before the letters of a symbol: "12/QĐ-UBND".
fn symbol_stroke(word: &str) -> Option<usize> {
    let at = word.find('/')?;
    let letters = word[at + 1..].chars().take(2).filter(|c| c.is_uppercase()).count();
    (letters == 2 && word[..at].chars().count() <= 6).then_some(at)
}

/// "Hà Nội, ngày {Š tháng 01 năm 2025": the day and the month, unless they are clearly printed.
fn date(line: &mut Line, read: Reader) -> (ByHand, ByHand) {
    let place = |line: &Line| {
        let day = line.iter().position(|w| w.text.starts_with("ngày"))?;
        let place = day > 0 && line[day - 1].text.ends_with(',') && line[..day].iter().any(|w| w.text.starts_with(char::is_uppercase));
        let month = line.iter().skip(day).position(|w| w.text.starts_with("tháng")).map(|i| day + i)?;
        let year = line.iter().skip(month).position(|w| w.text.starts_with("năm")).map(|i| month + i)?;
        (place && month <= day + 4 && year <= month + 4).then_some((day, month, year))
    };
    let Some((day, month, year)) = place(line) else { return (None, None) };
    let months = between(line, month, year, read, Kind::Month);
    let days = between(line, day, month, read, Kind::Day);
    (days, months)
}

/// Between the word at `from` and the one at `to` only clear figures stay.
fn between(line: &mut Line, from: usize, to: usize, read: Reader, kind: Kind) -> ByHand {
    let label = if kind == Kind::Month { "tháng" } else { "ngày" };
    let clear = |text: &str, confidence: f32| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) && confidence >= PRINTED;
    // "ngày15": figures that touch the word.
    let glued = line[from].text[label.len()..].to_owned();
    let unclear = !glued.is_empty() && !clear(&glued, line[from].confidence);
    let between: Vec<bool> = line[from + 1..to].iter().map(|w| clear(&w.text, w.confidence)).collect();
    if !unclear && between.iter().all(|f| *f) && between.len() + usize::from(!glued.is_empty()) == 1 {
        return None;
    }
    if !glued.is_empty() {
        line[from].right -= (line[from].right - line[from].left) * glued.chars().count() / line[from].text.chars().count();
        line[from].text = label.to_owned();
    }
    let words: Vec<Found> = line.drain(from + 1..to).collect();
    let letters = words.iter().map(|w| w.text.as_str()).fold(glued.clone(), |all, word| all + word);
    let seen = Seen { letters, words, glued: (!glued.is_empty(), false) };
    let reading = fill(line, from, &seen, read, kind);
    if seen.letters.is_empty() && reading == Reading::Blank { None } else { Some(figures(reading)) }
}

/// Takes the letters before byte `at` off a word and its area.
fn cut_front(word: &mut Found, at: usize) {
    let letters = word.text.chars().count().max(1);
    let gone = word.text[..at].chars().count();
    word.left += (word.right - word.left) * gone / letters;
    word.text.drain(..at);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words with the confidence of each, "Số:~96 01~91", each ten pixels from the next.
    fn line(words: &str) -> Line {
        let mut left = 0;
        let word = |w: &str| {
            let (text, confidence) = w.rsplit_once('~').unwrap();
            left += 100;
            Found { text: text.to_owned(), confidence: confidence.parse().unwrap(), line: 1, left, top: 0, right: left + 90, bottom: 30 }
        };
        words.split(' ').map(word).collect()
    }

    fn text(line: &Line) -> String {
        line.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn handwriting_that_cannot_be_read_is_left_out_with_a_note() {
        let rows = [
            ("Số:~96 01~91 /CT-UBND~90", "Số: 01 /CT-UBND", "", "figures that are sure"),
            ("Số:~96 07~50 /CT-UBND~90", "Số: /CT-UBND", "handwritten-number", "figures that are not"),
            ("Số:~96 2ƒ~93 /CT-UBND~90", "Số: /CT-UBND", "handwritten-number", "no figures"),
            ("Số:~96 đ#/CT-UBND~60", "Số: /CT-UBND", "handwritten-number", "no figures before the stroke"),
            ("Số:0+~70 /CT-UBND~90", "Số: /CT-UBND", "handwritten-number", "glued to the word"),
            ("Số:47/QĐ-UBND~88", "Số: 47/QĐ-UBND", "", "a printed symbol without a blank"),
            ("Số:~96 47/QĐ-UBND~88", "Số: 47/QĐ-UBND", "", "a printed symbol"),
            ("định~96 số~96 47/2024/NĐ-CP~30", "định số 47/2024/NĐ-CP", "", "a number with a year"),
            ("Ngãi,~96 ngày~96 {Š~30 tháng~95 01~95 năm~96 2025~95", "Ngãi, ngày tháng 01 năm 2025", "handwritten-date", "no day"),
            ("Ngãi,~96 ngày4ƒ~30 thángØŸ~95 năm~96 2025~95", "Ngãi, ngày tháng năm 2025", "handwritten-date", "glued to the word"),
            ("Ngãi,~96 ngày~96 15~95 tháng~95 01~95 năm~96 2025~95", "Ngãi, ngày 15 tháng 01 năm 2025", "", "printed"),
            ("trước~96 ngày~96 1S~40 tháng~95 01~95 năm~96 2025~95", "trước ngày 1S tháng 01 năm 2025", "", "no letterhead"),
        ];
        for (words, left, rule, why) in rows {
            let mut lines = [line(words)];
            let notes = take(&mut lines, 1, &|_, _, _| Reading::Unclear);
            assert_eq!(text(&lines[0]), left, "{why}");
            assert_eq!(notes.first().map_or("", |n| n.rule), rule, "{why}");
            assert!(notes.iter().all(|n| n.message.ends_with("was not read")), "{why}: {notes:?}");
        }
    }

    #[test]
    fn what_is_blank_and_was_not_seen_has_no_note() {
        for words in ["Số:~96 /UBND-VX~88", "Ngãi,~96 ngày~96 tháng~95 01~95 năm~96 2025~95"] {
            let mut lines = [line(words)];
            let notes = take(&mut lines, 1, &|_, _, _| Reading::Blank);
            assert!(notes.is_empty(), "{words}: {notes:?}");
        }
    }

    #[test]
    fn figures_that_were_read_become_unsure_words_with_a_note() {
        let rows = [
            ("Số:~96 đ#~36 /CT-UBND~88", "Số: 7 /CT-UBND", vec!["page 1: the number is handwritten and was read as 7; compare it with the page"]),
            ("Số:~96 /CT-UBND~88", "Số: 7 /CT-UBND", vec!["page 1: the number is handwritten and was read as 7; compare it with the page"]),
            (
                "Ngãi,~96 ngày~84 80~55 thángØŸ~95 năm~91 2018~96",
                "Ngãi, ngày 7 tháng 7 năm 2018",
                vec![
                    "page 1: the day is handwritten and was read as 7; compare it with the page",
                    "page 1: the month is handwritten and was read as 7; compare it with the page",
                ],
            ),
        ];
        for (words, want, messages) in rows {
            let mut lines = [line(words)];
            let notes = take(&mut lines, 1, &|_, _, _| Reading::Figures("7".to_owned()));
            assert_eq!(text(&lines[0]), want);
            assert_eq!(notes.iter().map(|n| n.message.as_str()).collect::<Vec<_>>(), messages, "{words}");
            assert!(lines[0].iter().filter(|w| w.text == "7").all(|w| w.confidence == BY_HAND), "{words}");
        }
    }

    #[test]
    fn the_gap_lies_between_the_printed_words() {
        let rows = [
            ("Số:~96 đ#~36 /CT-UBND~88", (190, 300), (false, false), "đ#"),
            ("Số:~96 07/CT-UBND~30", (190, 218), (false, true), "07"),
            ("Số:0+~70 /CT-UBND~90", (154, 200), (true, false), "0+"),
        ];
        for (words, sides, glued, seen) in rows {
            let asked = std::cell::RefCell::new(Vec::new());
            take(&mut [line(words)], 1, &|gap, kind, letters| {
                asked.borrow_mut().push(((gap.left, gap.right), gap.glued, kind, letters.to_owned()));
                Reading::Unclear
            });
            assert_eq!(asked.into_inner(), [(sides, glued, Kind::Number, seen.to_owned())], "{words}");
        }
    }
}
