//! What makes characters uniform, and the folding that comparisons use.

/// Length of the prefix that is uniform already: no combining marks, no odd spaces, no look-alikes.
pub(super) fn plain_prefix(s: &str) -> usize {
    let bytes = s.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        i += match bytes[i] {
            // A blank at the start or beside another is looked at, so that runs of blanks become one.
            b' ' if i == 0 || bytes.get(i + 1) == Some(&b' ') => break,
            0x20..=0x7e => 1,
            // Latin letters with marks up to U+017F and ơ, ư; Ð and ð are odd.
            0xc3 => match bytes[i + 1] {
                0x90 | 0xb0 => break,
                _ => 2,
            },
            0xc4 | 0xc5 => 2,
            0xc6 if matches!(bytes[i + 1], 0xa0 | 0xa1 | 0xaf | 0xb0) => 2,
            // U+1E80..U+1EFF, the letters with two marks.
            0xe1 if matches!(bytes[i + 1], 0xba | 0xbb) => 3,
            // Dashes, quotation marks, the bullet and the ellipsis stay as they are.
            0xe2 if bytes[i + 1] == 0x80 && matches!(bytes[i + 2], 0x93 | 0x94 | 0x98..=0x9e | 0xa2 | 0xa6) => 3,
            _ => break,
        };
    }
    // A combining mark after the prefix belongs to its last letter.
    match s[i..].chars().next() {
        Some(c) if is_combining(c) => i - s[..i].chars().next_back().map_or(0, char::len_utf8),
        _ => i,
    }
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

/// Lower case with the tone mark of `oa`, `oe`, `uy` on the first vowel (`hoà` → `hòa`), in the same number of
/// bytes. Cue words and names are compared in this form.
pub fn fold(s: &str) -> String {
    let mut bytes = s.as_bytes().to_vec();
    lower(&mut bytes);
    place_tones(&mut bytes);
    // Folding keeps every character whole, so this cannot fail; the unfolded text would be a safe answer.
    String::from_utf8(bytes).unwrap_or_else(|_| s.to_owned())
}

/// Lower-cases the Latin and Vietnamese capitals, all of which have small letters of the same length.
fn lower(bytes: &mut [u8]) {
    let mut i = 0;
    while i < bytes.len() {
        match bytes[i] {
            b @ b'A'..=b'Z' => {
                bytes[i] = b | 0x20;
                i += 1;
            }
            0..=0x7f => i += 1,
            0xc3 => {
                if matches!(bytes[i + 1], 0x80..=0x96 | 0x98..=0x9e) {
                    bytes[i + 1] += 0x20;
                }
                i += 2;
            }
            // Ă, Đ, Ĩ
            0xc4 => {
                bytes[i + 1] += u8::from(matches!(bytes[i + 1], 0x82 | 0x90 | 0xa8));
                i += 2;
            }
            // Ũ
            0xc5 => {
                bytes[i + 1] += u8::from(bytes[i + 1] == 0xa8);
                i += 2;
            }
            // Ơ, Ư
            0xc6 => {
                bytes[i + 1] += u8::from(matches!(bytes[i + 1], 0xa0 | 0xaf));
                i += 2;
            }
            // U+1EA0..U+1EF9: capitals have even code points.
            0xe1 => {
                let letter = match bytes[i + 1] {
                    0xba => bytes[i + 2] >= 0xa0,
                    0xbb => bytes[i + 2] <= 0xb9,
                    _ => false,
                };
                bytes[i + 2] += u8::from(letter && bytes[i + 2] & 1 == 0);
                i += 3;
            }
            0xc0..=0xdf => i += 2,
            0xe0..=0xef => i += 3,
            _ => i += 4,
        }
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

/// Moves tone marks to the old-style place where the pair ends the syllable and no `q` stands before.
fn place_tones(bytes: &mut [u8]) {
    let mut i = 0;
    while let Some(step) = memchr::memchr2(b'o', b'u', &bytes[i..]) {
        let at = i + step;
        i = at + 1;
        // The second letter of every pair starts with 0xC3 or 0xE1.
        if !matches!(bytes.get(i), Some(0xc3 | 0xe1)) || (at > 0 && bytes[at - 1] == b'q') {
            continue;
        }
        for (new, old) in TONES {
            let end = at + new.len();
            if bytes[at..].starts_with(new.as_bytes()) && !bytes.get(end).is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0xc3) {
                bytes[at..end].copy_from_slice(old.as_bytes());
                break;
            }
        }
    }
}

/// Whether no letter or digit stands just before this byte.
pub fn is_word_start(s: &str, at: usize) -> bool {
    !s[..at].chars().next_back().is_some_and(char::is_alphanumeric)
}

/// Whether no letter or digit stands at this byte.
pub fn is_word_end(s: &str, at: usize) -> bool {
    !s[at..].chars().next().is_some_and(char::is_alphanumeric)
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
    fn folding_joins_spellings() {
        let rows = [
            ("Uỷ ban", "ủy ban", "new and old place of the tone"),
            ("HOÀ BÌNH", "hòa bình", "capitals"),
            ("quý II", "quý ii", "uy after q keeps its tone"),
            ("HOẠCH ĐỊNH", "hoạch định", "the pair does not end the syllable"),
            ("toàn quốc", "toàn quốc", "the pair does not end the syllable"),
            ("ƯBND TỈNH ĐẮK LẮK", "ưbnd tỉnh đắk lắk", "letters with two marks"),
        ];
        for (from, to, why) in rows {
            assert_eq!(fold(from), to, "{why}");
        }
    }
}
