//! Characters of symbol fonts: the Unicode characters that look the same.

/// The character that this code of a symbol font shows; `None` where none is like it.
///
/// Codes are those of the font, 0x20 to 0xFF; Word writes them in the private use area, from U+F000.
pub(super) fn shown(font: &str, code: u32) -> Option<char> {
    let code = u8::try_from(code & 0xff).ok()?;
    match font.to_ascii_lowercase().as_str() {
        "symbol" => symbol(code),
        "wingdings" => find(&WINGDINGS, code),
        "wingdings 2" => find(&WINGDINGS_2, code),
        "webdings" | "wingdings 3" | "monotype sorts" | "zapfdingbats" => None,
        // A text font of the symbol kind, as the fonts of TCVN3 are: the bytes of windows-1252.
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[code]).0.chars().next(),
    }
}

/// The character of the private use area in which Word keeps a code of a symbol font.
pub(super) fn is_private(c: char) -> bool {
    matches!(c, '\u{f020}'..='\u{f0ff}')
}

fn find(table: &[(u8, char)], code: u8) -> Option<char> {
    table.iter().find(|(c, _)| *c == code).map(|(_, shown)| *shown)
}

fn symbol(code: u8) -> Option<char> {
    const LETTERS: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    const SMALL: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    match code {
        b'A'..=b'Z' => LETTERS.chars().nth(usize::from(code - b'A')),
        b'a'..=b'z' => SMALL.chars().nth(usize::from(code - b'a')),
        b' '..=b'!' | b'#' | b'%'..=b'&' | b'('..=b')' | b'+'..=b',' | b'.'..=b'?' | b'['..=b']' | b'_' | b'{'..=b'}' => Some(char::from(code)),
        _ => find(&SYMBOL, code),
    }
}

const SYMBOL: [(u8, char); 24] = [
    (0x2a, '*'),
    (0x2d, '-'),
    (0xa3, '≤'),
    (0xa5, '∞'),
    (0xa2, '′'),
    (0xa4, '/'),
    (0xab, '↔'),
    (0xac, '←'),
    (0xad, '↑'),
    (0xae, '→'),
    (0xaf, '↓'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb2, '″'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb7, '•'),
    (0xb8, '÷'),
    (0xb9, '≠'),
    (0xba, '≡'),
    (0xbb, '≈'),
    (0xbc, '…'),
    (0xde, '⇒'),
    (0xe5, '∑'),
];

const WINGDINGS: [(u8, char); 33] = [
    (0x28, '☎'),
    (0x2a, '✉'),
    (0x46, '☞'),
    (0x6c, '●'),
    (0x6d, '❍'),
    (0x6e, '■'),
    (0x6f, '☐'),
    (0x70, '☐'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x73, '◆'),
    (0x74, '◆'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '◆'),
    (0x78, '☒'),
    (0x9e, '·'),
    (0x9f, '•'),
    (0xa1, '○'),
    (0xa3, '○'),
    (0xa7, '▪'),
    (0xa8, '☐'),
    (0xd8, '➢'),
    (0xe0, '→'),
    (0xdf, '←'),
    (0xe8, '→'),
    (0xf0, '⇨'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
    (0x20, ' '),
    (0x2d, '-'),
];

const WINGDINGS_2: [(u8, char); 8] = [(0x4f, '✗'), (0x50, '✓'), (0x51, '☒'), (0x52, '☑'), (0x53, '☒'), (0x54, '☒'), (0x97, '●'), (0xa3, '☐')];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_become_what_they_look_like() {
        let rows = [
            ("Symbol", 0xf0b7, Some('•')),
            ("symbol", 0x61, Some('α')),
            ("Symbol", 0xf0b3, Some('≥')),
            ("Wingdings", 0xf0fe, Some('☑')),
            ("Wingdings", 0xa8, Some('☐')),
            ("Wingdings 2", 0xf052, Some('☑')),
            ("Webdings", 0xf061, None),
            // Bytes of TCVN3 in a font that says it is a symbol font.
            (".VnTime", 0xf0b8, Some('¸')),
            ("Wingdings", 0xf0ff, None),
        ];
        for (font, code, want) in rows {
            assert_eq!(shown(font, code), want, "{font} {code:x}");
        }
    }
}
