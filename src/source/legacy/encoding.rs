//! The code pages of before Unicode: which letter stands for which bytes.

use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// A Vietnamese code page of before Unicode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::source) enum Encoding {
    /// TCVN 5712:1993 as the ABC fonts have it (VN3).
    Tcvn3,
    /// VNI for Windows.
    Vni,
    /// RFC 1456.
    Viscii,
    /// TCVN 5712:1993, the whole table.
    Vn1,
    /// Letters and combining tones.
    Windows1258,
}

impl Encoding {
    /// All of them, the common ones first.
    pub const ALL: [Self; 5] = [Self::Tcvn3, Self::Vni, Self::Viscii, Self::Vn1, Self::Windows1258];

    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "tcvn3",
            Self::Vni => "vni",
            Self::Viscii => "viscii",
            Self::Vn1 => "tcvn5712-1",
            Self::Windows1258 => "windows-1258",
        }
    }

    /// Its letters.
    pub fn table(self) -> &'static Table {
        &TABLES[self as usize]
    }
}

static TABLES: LazyLock<[Table; 5]> = LazyLock::new(|| {
    [
        Table::read(include_str!("tcvn3.tsv")),
        Table::read(include_str!("vni.tsv")),
        Table::read(include_str!("viscii.tsv")),
        Table::read(include_str!("tcvn5712-1.tsv")),
        Table::read(include_str!("windows-1258.tsv")),
    ]
});

/// What stands at the start of some symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letter {
    /// A letter of the code page, made of so many symbols.
    Mapped(char, usize),
    /// ASCII, or punctuation that every code page shares.
    Same(char),
    /// No letter of the code page.
    Foreign(char),
}

/// The letters of a code page.
#[derive(Debug)]
pub(super) struct Table {
    /// By byte; `\0` stands for no letter.
    single: [char; 256],
    /// Letters of two bytes, sorted.
    pairs: Vec<(u16, char)>,
}

impl Table {
    /// Reads lines of bytes in hexadecimal, a tab and the letter. A mark may be small on a capital letter.
    fn read(tsv: &str) -> Self {
        let mut table = Self { single: ['\0'; 256], pairs: Vec::new() };
        for line in tsv.lines().filter(|l| !l.starts_with('#')) {
            let Some((bytes, letter)) = line.split_once('\t') else { continue };
            let (Ok(code), Some(letter)) = (u16::from_str_radix(bytes, 16), letter.chars().next()) else { continue };
            match u8::try_from(code) {
                Ok(byte) => table.single[usize::from(byte)] = letter,
                Err(_) => table.pairs.extend([(code, letter), (code ^ 0x20, letter)]),
            }
        }
        table.pairs.sort_unstable();
        table
    }

    /// The letter that these symbols begin with; the longest one.
    pub fn letter(&self, symbols: &[char]) -> Letter {
        let Some(&first) = symbols.first() else { return Letter::Same(' ') };
        let byte = byte_of(first);
        if let (Some(byte), Some(&second), false) = (byte, symbols.get(1), self.pairs.is_empty())
            && !second.is_ascii()
            && let Some(mark) = byte_of(second)
            && let Ok(i) = self.pairs.binary_search_by_key(&(u16::from(byte) << 8 | u16::from(mark)), |&(code, _)| code)
        {
            let letter = self.pairs[i].1;
            // Some typists set the tone apart from the circumflex.
            return match symbols.get(2).and_then(|&tone| with_tone(letter, tone)) {
                Some(whole) => Letter::Mapped(whole, 3),
                None => Letter::Mapped(letter, 2),
            };
        }
        match byte.map(|b| self.single[usize::from(b)]) {
            Some(letter) if letter != '\0' => Letter::Mapped(letter, 1),
            _ if first.is_ascii() || is_punctuation(first) => Letter::Same(first),
            _ => Letter::Foreign(first),
        }
    }
}

/// A letter with circumflex or breve and the tone that VNI writes so.
fn with_tone(letter: char, tone: char) -> Option<char> {
    if !matches!(letter, 'â' | 'ê' | 'ô' | 'ă' | 'Â' | 'Ê' | 'Ô' | 'Ă') {
        return None;
    }
    let tone = match tone {
        'ù' | 'Ù' => '\u{301}',
        'ø' | 'Ø' => '\u{300}',
        'û' | 'Û' => '\u{309}',
        'õ' | 'Õ' => '\u{303}',
        'ï' | 'Ï' => '\u{323}',
        _ => return None,
    };
    [letter, tone].into_iter().nfc().next()
}

/// Quotation marks, dashes, the bullet and the ellipsis, which typists set in any code page.
pub(super) fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2010}'..='\u{2027}' | '\u{2032}' | '\u{2033}' | '\u{2039}' | '\u{203a}')
}

/// The bytes 80 to 9F as windows-1252 reads them.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š',
    '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// A byte as windows-1252 reads it.
pub(super) fn windows_1252(byte: u8) -> char {
    if (0x80..0xa0).contains(&byte) { WINDOWS_1252[usize::from(byte) - 0x80] } else { char::from(byte) }
}

/// The byte that a character was, whatever way it came.
pub(super) fn byte_of(c: char) -> Option<u8> {
    exact_byte(c).or(match c {
        // The same glyphs under other names, as PDF files and converters give them.
        '\u{2212}' => Some(0xad),
        '\u{2c9}' => Some(0xaf),
        '\u{3bc}' => Some(0xb5),
        '\u{2219}' | '\u{22c5}' => Some(0xb7),
        '\u{327}' => Some(0xb8),
        '\u{2206}' => Some(0xc6),
        '\u{110}' => Some(0xd0),
        '\u{111}' => Some(0xf0),
        '\u{2126}' => Some(0xbd),
        _ => None,
    })
}

/// The byte that windows-1252 reads as this character.
pub(super) fn exact_byte(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ 0..=0xff => Some(code as u8),
        _ => WINDOWS_1252.iter().position(|&w| w == c).map(|i| i as u8 + 0x80),
    }
}

/// The character that a font of letters means where Word took it for a font of symbols.
pub(super) fn without_private(c: char) -> char {
    match u32::from(c) {
        code @ 0xf020..=0xf0ff => windows_1252((code & 0xff) as u8),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole() {
        let rows = [(Encoding::Tcvn3, 74, 0), (Encoding::Vni, 18, 232), (Encoding::Viscii, 134, 0), (Encoding::Vn1, 139, 0), (Encoding::Windows1258, 14, 0)];
        for (encoding, single, pairs) in rows {
            let table = encoding.table();
            assert_eq!((table.single.iter().filter(|&&c| c != '\0').count(), table.pairs.len()), (single, pairs), "{encoding:?}");
            assert!(table.pairs.windows(2).all(|w| w[0].0 != w[1].0), "{encoding:?} reads two bytes in two ways");
        }
    }

    #[test]
    fn the_longest_letter_is_taken() {
        let rows = [
            (Encoding::Vni, "aùn", Letter::Mapped('á', 2), "a letter and its mark"),
            (Encoding::Vni, "ôùi", Letter::Mapped('ớ', 2), "a letter beyond ASCII and its mark"),
            (Encoding::Vni, "ôi", Letter::Mapped('ơ', 1), "the same letter alone"),
            (Encoding::Vni, "Aán", Letter::Mapped('Ấ', 2), "a capital with a small mark"),
            (Encoding::Vni, "an", Letter::Same('a'), "a plain letter"),
            (Encoding::Tcvn3, "\u{ad}u", Letter::Mapped('ư', 1), "the soft hyphen"),
            (Encoding::Tcvn3, "\u{2212}u", Letter::Mapped('ư', 1), "the minus sign of a PDF"),
            (Encoding::Vni, "eâïc", Letter::Mapped('ệ', 3), "circumflex and tone set apart"),
            (Encoding::Vni, "eâuø", Letter::Mapped('ê', 2), "a tone on the next letter"),
            (Encoding::Tcvn3, "“", Letter::Same('“'), "a quotation mark"),
            (Encoding::Tcvn3, "ế", Letter::Foreign('ế'), "a letter of Unicode"),
        ];
        for (encoding, symbols, letter, why) in rows {
            assert_eq!(encoding.table().letter(&symbols.chars().collect::<Vec<_>>()), letter, "{why}");
        }
    }
}
