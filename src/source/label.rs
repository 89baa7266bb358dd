//! Numbers of lists as word processors print them.

/// How a level of a list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Count {
    /// 1, 2, 3
    #[default]
    Decimal,
    /// 01, 02, 03
    DecimalZero,
    /// I, II, III
    UpperRoman,
    /// i, ii, iii
    LowerRoman,
    /// A, B, C
    UpperLetter,
    /// a, b, c: Word and LibreOffice know no đ
    LowerLetter,
    /// Nothing is printed.
    None,
}

/// Numbers beyond this are printed as digits: their Roman form has no end.
const LAST_ROMAN: u32 = 3999;
/// Letters repeat (aa, bb …) up to this many times.
const LAST_LETTER: u32 = 26 * 30;

impl Count {
    /// The number as printed.
    pub fn print(self, number: u32) -> String {
        match self {
            Self::None => String::new(),
            Self::DecimalZero => format!("{number:02}"),
            Self::UpperRoman if (1..=LAST_ROMAN).contains(&number) => roman(number),
            Self::LowerRoman if (1..=LAST_ROMAN).contains(&number) => roman(number).to_lowercase(),
            Self::UpperLetter if (1..=LAST_LETTER).contains(&number) => letters(number).to_uppercase(),
            Self::LowerLetter if (1..=LAST_LETTER).contains(&number) => letters(number),
            _ => number.to_string(),
        }
    }
}

fn roman(mut number: u32) -> String {
    const DIGITS: [(u32, &str); 13] =
        [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut out = String::new();
    for (value, digit) in DIGITS {
        while number >= value {
            out.push_str(digit);
            number -= value;
        }
    }
    out
}

/// a … z, aa, bb … zz, aaa …
fn letters(number: u32) -> String {
    let letter = char::from(b'a' + ((number - 1) % 26) as u8);
    std::iter::repeat_n(letter, (number - 1) as usize / 26 + 1).collect()
}

/// What a bullet is in the uniform text: `-`, `+` or `•`, and `-` for the arrows, ticks and squares of symbol fonts.
pub(super) fn bullet(glyph: &str) -> &'static str {
    match glyph.trim().chars().next() {
        None => "",
        Some('+') => "+",
        Some('•' | '·' | '●' | '\u{f0b7}' | '\u{f06c}' | '\u{f09f}') => "•",
        Some('*') => "*",
        Some(_) => "-",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_in_word() {
        let rows = [
            (Count::Decimal, 12, "12"),
            (Count::DecimalZero, 7, "07"),
            (Count::UpperRoman, 1994, "MCMXCIV"),
            (Count::LowerRoman, 4, "iv"),
            (Count::UpperLetter, 3, "C"),
            // No đ after d, and aa after z.
            (Count::LowerLetter, 5, "e"),
            (Count::LowerLetter, 27, "aa"),
            (Count::LowerLetter, 54, "bbb"),
            // Without end in Roman or letters, and none for zero.
            (Count::UpperRoman, 4_000_000, "4000000"),
            (Count::LowerLetter, 0, "0"),
            (Count::None, 3, ""),
        ];
        for (count, number, want) in rows {
            assert_eq!(count.print(number), want, "{count:?} {number}");
        }
    }

    #[test]
    fn bullets_become_marks_of_papers() {
        let rows = [("\u{f0b7}", "•"), ("-", "-"), ("–", "-"), ("+", "+"), ("o", "-"), ("\u{f0d8}", "-"), ("", "")];
        for (glyph, want) in rows {
            assert_eq!(bullet(glyph), want, "{glyph:?}");
        }
    }
}
