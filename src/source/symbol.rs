//! Fonts whose glyphs are no letters: which character a code of Symbol or Wingdings looks like.

/// The character that a code of a symbol font draws; none where the font is no symbol font.
pub(super) fn drawn(font: &str, c: char) -> Option<char> {
    if c.is_whitespace() || c.is_control() {
        return None;
    }
    let code = match u32::from(c) {
        code @ 0x21..=0xff => code as u8,
        code @ 0xf021..=0xf0ff => (code & 0xff) as u8,
        _ => super::legacy::byte_of_windows_1252(c)?,
    };
    let font = font.as_bytes();
    let is = |name: &str| font.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name.as_bytes()));
    if is("symbol") {
        Some(greek(code))
    } else if is("wingdings") || is("webdings") || is("zapfdingbats") || is("monotype sorts") {
        Some(dingbat(code))
    } else {
        None
    }
}

/// Letters of Symbol from `A` and from `a`.
const CAPITALS: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
const SMALL: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";

fn greek(code: u8) -> char {
    let nth = |letters: &str, first: u8| letters.chars().nth(usize::from(code - first));
    match code {
        b'A'..=b'Z' => nth(CAPITALS, b'A').unwrap_or('•'),
        b'a'..=b'z' => nth(SMALL, b'a').unwrap_or('•'),
        0x2d => '-',
        0x21..=0x7e => char::from(code),
        0xa3 => '≤',
        0xa5 => '∞',
        0xae | 0xde => '→',
        0xb0 => '°',
        0xb1 => '±',
        0xb3 => '≥',
        0xb4 => '×',
        0xb8 => '÷',
        0xb9 => '≠',
        0xbb => '≈',
        0xbc => '…',
        0xd7 => '⋅',
        0xe5 => '∑',
        _ => '•',
    }
}

fn dingbat(code: u8) -> char {
    match code {
        0x2a => '✉',
        0x28 | 0x29 => '☎',
        0x6c => '●',
        0x6e | 0xa7 => '▪',
        0x6f..=0x72 | 0xa8 => '□',
        0x76 => '❖',
        0xd8 => '➢',
        0xe0 | 0xe8 | 0xf0 => '→',
        0xfb | 0xfd => '☒',
        0xfc => '✓',
        0xfe => '☑',
        _ => '•',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_symbol_fonts_are_drawn() {
        let rows = [
            ("Symbol", '\u{f0b7}', Some('•'), "a bullet of Word"),
            ("Symbol", 'a', Some('α'), "a Greek letter"),
            ("Wingdings", '\u{f0a8}', Some('□'), "the box of a form"),
            ("Wingdings 2", '\u{201c}', Some('•'), "a code that windows-1252 reads as a quotation mark"),
            ("Symbol", ' ', None, "a blank"),
            ("Times New Roman", '\u{f0b7}', None, "no symbol font"),
        ];
        for (font, c, expected, why) in rows {
            assert_eq!(drawn(font, c), expected, "{why}");
        }
    }
}
