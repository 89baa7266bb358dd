//! What makes characters uniform, and the folding that comparisons use.

use super::word::{letter_at, width};

/// Length of the prefix that is uniform already: no combining marks, no odd spaces, no look-alikes.
pub(super) fn plain_prefix(s: &str) -> usize {
    let bytes = s.as_bytes();
    let mut i = 0;
    // The first character and those of a stretch that is not plain as a whole are looked at one by one.
    let mut next_stretch = 1;
    loop {
        if i >= next_stretch {
            i = s.floor_char_boundary(i + plain_stretch(&bytes[i..]));
            next_stretch = i + STRETCH;
        }
        let Some(&b) = bytes.get(i) else { break };
        let second = bytes.get(i + 1).copied().unwrap_or_default();
        i += match b {
            // A blank at the start or beside another is looked at, so that runs of blanks become one.
            b' ' if i == 0 || second == b' ' => break,
            0x20..=0x7e => 1,
            // Dashes, quotation marks, the bullet and the ellipsis stay as they are.
            0xe2 if second == 0x80 && matches!(bytes[i + 2], 0x93 | 0x94 | 0x98..=0x9e | 0xa2 | 0xa6) => 3,
            0xc3..=0xc6 | 0xe1 if !is_odd(b, second) => {
                if b == 0xe1 {
                    3
                } else {
                    2
                }
            }
            _ => break,
        };
    }
    // A combining mark after the prefix belongs to its last letter.
    match s[i..].chars().next() {
        Some(c) if is_combining(c) => i - s[..i].chars().next_back().map_or(0, char::len_utf8),
        _ => i,
    }
}

/// So many bytes are looked at together.
const STRETCH: usize = 32;

/// Bytes from the start that are plain, whole stretches only. Every pair of bytes is tested alike, without a branch.
fn plain_stretch(bytes: &[u8]) -> usize {
    let mut len = 0;
    // One byte more than a stretch: the last pair ends in it.
    while let Some(stretch) = bytes.get(len..=len + STRETCH)
        && !stretch[..STRETCH].iter().zip(&stretch[1..]).fold(false, |any, (&b, &next)| any | is_odd(b, next))
    {
        len += STRETCH;
    }
    len
}

/// Whether what begins with these two bytes, or is inside of a character with the first, may be more than a letter of
/// Vietnamese, a sign of ASCII or a single blank.
#[inline(always)]
fn is_odd(b: u8, next: u8) -> bool {
    let unseen = (b < 0x20) | (b == 0x7f) | ((b == b' ') & (next == b' '));
    // Ð and ð; of U+0180 to U+01BF only ơ and ư are plain, of U+1000 to U+1FFF only U+1E80 to U+1EFF.
    let latin = (b == 0xc3) & ((next == 0x90) | (next == 0xb0));
    let horned = (b == 0xc6) & !((next == 0xa0) | (next == 0xa1) | (next == 0xaf) | (next == 0xb0));
    let marked = (b == 0xe1) & (next & 0xfe != 0xba);
    let other = (0xc0..0xc3).contains(&b) | ((b > 0xc6) & (b != 0xe1));
    unseen | latin | horned | marked | other
}

/// Length of the shortest prefix that must be looked at as a whole: one character with the combining marks
/// that follow it.
pub(super) fn odd_prefix(s: &str) -> usize {
    let mut chars = s.char_indices();
    if chars.next().is_none() {
        return 0;
    }
    chars.find(|&(_, c)| !is_combining(c)).map_or(s.len(), |(i, _)| i)
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The uniform form of a character; `None` drops it.
pub(super) fn uniform_char(c: char) -> Option<char> {
    Some(match c {
        // Icelandic and African letters that look like Đ and đ (seen in registers and OCR).
        '\u{d0}' | '\u{189}' => 'Đ',
        '\u{f0}' => 'đ',
        '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{1680}' => ' ',
        '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' => '/',
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => return None,
        c if c.is_control() => return None,
        c => c,
    })
}

/// Lower case with the tone mark of `oa`, `oe`, `uy` on the first vowel (`hoà` → `hòa`) and `y` for the `i` of older
/// spellings (`quí`, `xử lí` → `quý`, `xử lý`), in the same number of bytes. Cue words and names are compared in this form.
pub fn fold(s: &str) -> String {
    fold_words(s, |_, _| ())
}

/// Folds a text and says where its words begin and end: letters and digits with none before and behind them.
pub(super) fn fold_words(s: &str, mut word: impl FnMut(usize, usize)) -> String {
    let lower = with_y(s.to_ascii_lowercase());
    let bytes = lower.as_bytes();
    let mut changes = Changes { lower: &lower, folded: String::new(), written: 0 };
    // Where the word here begins.
    let mut open = None;
    let mut i = 0;
    while let Some(&b) = bytes.get(i) {
        match CLASSES[usize::from(b)] {
            Class::Letter => {
                open = open.or(Some(i));
                // Most letters of a word need no look of their own.
                i += 1;
                while bytes.get(i).is_some_and(|&b| CLASSES[usize::from(b)] == Class::Letter) {
                    i += 1;
                }
                continue;
            }
            Class::Sign => {
                if let Some(start) = open.take() {
                    word(start, i);
                }
                i += 1;
                continue;
            }
            Class::Marked => {}
            Class::Other => {
                if letter_at(&lower, i) {
                    open = open.or(Some(i));
                } else if let Some(start) = open.take() {
                    word(start, i);
                }
                i += width(b);
                continue;
            }
        }
        let second = bytes[i + 1];
        let is_letter = match b {
            0xc3 => !matches!(second, 0x97 | 0xb7),
            0xe1 => matches!(second, 0xba | 0xbb) || letter_at(&lower, i),
            _ => true,
        };
        if is_letter {
            open = open.or(Some(i));
        } else if let Some(start) = open.take() {
            word(start, i);
        }
        if let Some(y) = y_for_i(&lower, i) {
            changes.put(i, y.len(), |folded| folded.push_str(y));
        } else if i > 0
            && matches!(bytes[i - 1], b'o' | b'u')
            && let Some(pair) = old_place(bytes, i - 1)
        {
            changes.put(i - 1, pair.len(), |folded| folded.push_str(pair));
        } else if is_capital(bytes, i) {
            changes.put(i, width(b), |folded| folded.extend(lower[i..].chars().next().map(small)));
        }
        i += width(b);
    }
    if let Some(start) = open {
        word(start, i);
    }
    changes.finish().unwrap_or(lower)
}

/// Puts `y` for the `i` of `qui` where it ends the syllable. (Marked letters are changed as they are met.)
fn with_y(mut lower: String) -> String {
    let ends = |bytes: &[u8], q: usize| bytes[q..].starts_with(b"qui") && !goes_on(bytes, q + 3);
    let mut from = 0;
    while let Some(q) = memchr::memchr(b'q', &lower.as_bytes()[from..]).map(|n| from + n) {
        if ends(lower.as_bytes(), q) {
            lower.replace_range(q + 2..q + 3, "y");
        }
        from = q + 1;
    }
    lower
}

/// The `y` for the marked `i` that stands here, where older spelling has it at the end of a syllable: `quí`, `quị`, `lí`, `kí`.
/// (`ì` and `ĩ` are shorter than `ỳ` and `ỹ` and stay.)
#[inline]
fn y_for_i(lower: &str, at: usize) -> Option<&'static str> {
    let bytes = lower.as_bytes();
    let first = match *bytes.get(at.wrapping_sub(1))? {
        b'u' => at >= 2 && bytes[at - 2] == b'q',
        b'l' | b'k' => is_word_start(lower, at - 1),
        _ => false,
    };
    if !first {
        return None;
    }
    const PAIRS: [(&str, &str); 6] = [("í", "ý"), ("Í", "ý"), ("ị", "ỵ"), ("Ị", "ỵ"), ("ỉ", "ỷ"), ("Ỉ", "ỷ")];
    let (_, y) = PAIRS.into_iter().find(|(i, _)| bytes[at..].starts_with(i.as_bytes()))?;
    (!goes_on(bytes, at + y.len())).then_some(y)
}

/// Whether a letter stands at this byte, as far as it tells.
fn goes_on(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || (0xc3..0xe2).contains(b))
}

/// A copy of a text in which stretches are changed from left to right.
struct Changes<'a> {
    lower: &'a str,
    folded: String,
    /// What stands before this byte is written.
    written: usize,
}

impl Changes<'_> {
    /// Writes something in place of `len` bytes.
    fn put(&mut self, at: usize, len: usize, change: impl FnOnce(&mut String)) {
        if self.folded.capacity() == 0 {
            self.folded.reserve_exact(self.lower.len());
        }
        self.folded.push_str(&self.lower[self.written..at]);
        change(&mut self.folded);
        self.written = at + len;
    }

    /// The copy; none where nothing was changed.
    fn finish(mut self) -> Option<String> {
        self.folded.push_str(if self.written > 0 { &self.lower[self.written..] } else { "" });
        (self.written > 0).then_some(self.folded)
    }
}

/// What the first byte of a character in lower case tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// An ASCII letter or digit.
    Letter,
    /// An ASCII character that is no letter.
    Sign,
    /// Most likely a letter with marks.
    Marked,
    /// Another character of several bytes.
    Other,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut b = 0;
    while b < 128 {
        classes[b] = if (b as u8).is_ascii_alphanumeric() { Class::Letter } else { Class::Sign };
        b += 1;
    }
    let mut b = 0xc3;
    while b <= 0xc6 {
        classes[b] = Class::Marked;
        b += 1;
    }
    classes[0xe1] = Class::Marked;
    classes
};

/// Whether a Latin or Vietnamese capital stands here; all of them have small letters of the same length.
#[inline(always)]
fn is_capital(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        0..=0x7f => bytes[at].is_ascii_uppercase(),
        0xc3 => matches!(bytes[at + 1], 0x80..=0x96 | 0x98..=0x9e),
        // Ă, Đ, Ĩ
        0xc4 => matches!(bytes[at + 1], 0x82 | 0x90 | 0xa8),
        // Ũ
        0xc5 => bytes[at + 1] == 0xa8,
        // Ơ, Ư
        0xc6 => matches!(bytes[at + 1], 0xa0 | 0xaf),
        // U+1EA0..U+1EF9: capitals have even code points.
        0xe1 => (bytes[at + 1] == 0xba && bytes[at + 2] >= 0xa0 || bytes[at + 1] == 0xbb && bytes[at + 2] <= 0xb9) && bytes[at + 2] & 1 == 0,
        _ => false,
    }
}

/// The small letter of such a capital.
fn small(capital: char) -> char {
    match capital {
        'A'..='Z' | 'À'..='Þ' => char::from_u32(capital as u32 + 0x20).unwrap_or(capital),
        _ => char::from_u32(capital as u32 + 1).unwrap_or(capital),
    }
}

/// Pairs of new-style and old-style placement with the same number of bytes. `oẽ`, `uỳ`, `uỹ` are left alone:
/// their old form is a byte shorter, and no name or cue holds them.
const TONES: [(&str, &str); 12] = [
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("oã", "õa"),
    ("oạ", "ọa"),
    ("oè", "òe"),
    ("oé", "óe"),
    ("oẻ", "ỏe"),
    ("oẹ", "ọe"),
    ("uý", "úy"),
    ("uỷ", "ủy"),
    ("uỵ", "ụy"),
];

/// The old-style pair for the letters here, capitals of ASCII aside, where they end the syllable and no `q` stands before.
#[inline]
fn old_place(bytes: &[u8], at: usize) -> Option<&'static str> {
    let len = match bytes.get(at + 1)? {
        0xc3 => 3,
        0xe1 => 4,
        _ => return None,
    };
    let mut pair = [0; 4];
    let pair = &mut pair[..len];
    pair.copy_from_slice(&bytes[at..at + len]);
    if is_capital(bytes, at + 1) {
        // À is 0xC3 0x80, à 0xC3 0xA0; Ạ is 0xE1 0xBA 0xA0, ạ 0xE1 0xBA 0xA1.
        pair[len - 1] += if len == 3 { 0x20 } else { 1 };
    }
    let (_, old) = TONES.into_iter().find(|(new, _)| new.as_bytes() == pair)?;
    let inside = bytes.get(at + len).is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0xc3);
    let after_q = at > 0 && bytes[at - 1] == b'q';
    (!inside && !after_q).then_some(old)
}

/// Whether no letter or digit stands just before this byte.
pub fn is_word_start(s: &str, at: usize) -> bool {
    !s[..at].chars().next_back().is_some_and(is_letter)
}

/// Whether no letter or digit stands at this byte.
#[inline]
pub fn is_word_end(s: &str, at: usize) -> bool {
    !s[at..].chars().next().is_some_and(is_letter)
}

/// A letter or digit, as [`char::is_alphanumeric`] has it: Vietnamese needs no look into its tables.
#[inline]
pub fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        'À'..='\u{1bf}' => !matches!(c, '×' | '÷'),
        '\u{1e80}'..='\u{1eff}' => true,
        _ => c.is_alphanumeric(),
    }
}

/// A letter, as [`char::is_alphabetic`] has it: that one takes hundreds of steps for each letter with two marks.
#[inline]
pub fn is_alphabetic(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphabetic(),
        'À'..='\u{1bf}' | '\u{1e80}'..='\u{1eff}' => is_letter(c),
        _ => c.is_alphabetic(),
    }
}

/// Whether a text begins with one of these words, which are not empty.
#[inline]
pub fn opens_with(text: &str, words: &[&str]) -> bool {
    // Most words differ in their first byte: no call is made for them.
    let Some(first) = text.as_bytes().first() else { return false };
    words.iter().any(|w| w.as_bytes().first() == Some(first) && text.starts_with(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_every_length() {
        let all: String = ('\u{20}'..'\u{250}').chain('\u{1e00}'..'\u{1f00}').collect();
        let folded = fold(&all);
        assert_eq!(folded.len(), all.len());
        assert_eq!(folded.chars().count(), all.chars().count());
    }

    #[test]
    fn letters_are_those_of_unicode() {
        for c in '\0'..='\u{2fff}' {
            assert_eq!(is_letter(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
        }
    }

    #[test]
    fn folding_joins_spellings() {
        let rows = [
            ("Uỷ ban", "ủy ban", "new and old place of the tone"),
            ("HOÀ BÌNH", "hòa bình", "capitals"),
            ("UỶ BAN, HOẢ, KHOẺ", "ủy ban, hỏa, khỏe", "pairs of capitals"),
            ("quý II, QUÝ", "quý ii, quý", "uy after q keeps its tone"),
            ("HOẠCH ĐỊNH", "hoạch định", "the pair does not end the syllable"),
            ("toàn quốc", "toàn quốc", "the pair does not end the syllable"),
            ("quí IV, QUÍ, qui định, Qui Nhơn", "quý iv, quý, quy định, quy nhơn", "i of older spelling behind qu"),
            ("“kí kết”, KỈ LUẬT, kỉ luật", "“ký kết”, kỷ luật, kỷ luật", "behind a quotation mark; capitals"),
            ("xử lí, kí kết; lít, kín, Quin", "xử lý, ký kết; lít, kín, quin", "i that ends a syllable"),
            ("ƯBND TỈNH ĐẮK LẮK", "ưbnd tỉnh đắk lắk", "letters with two marks"),
        ];
        for (from, to, why) in rows {
            assert_eq!(fold(from), to, "{why}");
        }
    }
}
