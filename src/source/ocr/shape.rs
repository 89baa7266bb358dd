//! What letters look like: whether they can be a Vietnamese syllable, and how high they stand.

use unicode_normalization::UnicodeNormalization;

const ONSETS: [&str; 28] =
    ["", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x"];
const VOWELS: [&str; 41] = [
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "ia", "iê", "iu", "oa", "oă", "oe", "oi", "ôi",
    "ơi", "ua", "uâ", "uê", "ui", "uô", "uơ", "ưa", "ưi", "ươ", "ưu", "uy", "yê",
];
const LONG_VOWELS: [&str; 13] = ["iêu", "oai", "oao", "oay", "oeo", "uây", "uôi", "uya", "uyê", "uyu", "ươi", "ươu", "yêu"];
const CODAS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

/// Tone marks in decomposed Unicode: grave, acute, tilde, hook above, dot below.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// A word without the signs around it.
pub(super) fn core(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether letters make a syllable that Vietnamese could have, in any case.
pub(super) fn is_syllable(letters: &str) -> bool {
    let decomposed: String = letters.to_lowercase().nfd().collect();
    if decomposed.chars().filter(|c| TONES.contains(c)).count() > 1 {
        return false;
    }
    let toneless: String = decomposed.chars().filter(|c| !TONES.contains(c)).nfc().collect();
    ONSETS.iter().any(|&onset| toneless.strip_prefix(onset).is_some_and(is_rime)) || toneless == "gi"
}

fn is_rime(rime: &str) -> bool {
    CODAS.iter().any(|coda| rime.strip_suffix(coda).is_some_and(|v| VOWELS.contains(&v) || LONG_VOWELS.contains(&v)))
}

/// Whether a word is what papers are made of: syllables, numbers, symbols, abbreviations, addresses.
pub(super) fn is_word(word: &str) -> bool {
    let core = core(word);
    if core.is_empty() {
        return false;
    }
    let parts = || core.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty());
    let plain = |part: &str| {
        let digits = part.chars().filter(char::is_ascii_digit).count();
        let capitals = part.chars().filter(|c| c.is_uppercase()).count();
        let letters = part.chars().count();
        digits == letters || is_syllable(part) || letters <= 8 && capitals + 1 + digits >= letters && letters > 1
    };
    parts().all(plain) || core.contains('@') || core.contains(".vn")
}

/// How high a word stands over its line and how deep under it, in the size of its letters: Times New Roman, as papers must be set.
pub(super) fn reach(word: &str) -> f32 {
    let mut top = 0.0f32;
    let mut foot = 0.0f32;
    for c in word.chars() {
        let parts: Vec<char> = c.nfd().collect();
        let Some(&base) = parts.first() else { continue };
        let above = parts[1..].iter().filter(|m| !matches!(m, '\u{323}' | '\u{31b}')).count();
        top = top.max(match (base, above) {
            ('A'..='Z' | 'Đ', 0) | ('0'..='9', _) => 0.67,
            ('A'..='Z' | 'Đ', 1) => 0.88,
            ('A'..='Z' | 'Đ', _) => 1.0,
            ('b' | 'd' | 'f' | 'h' | 'k' | 'l' | 'i' | 'j' | 'đ' | '/' | '(' | ')' | '"' | '“' | '”', 0) => 0.68,
            ('t', 0) => 0.58,
            ('a'..='z', 0) => 0.46,
            ('a'..='z', 1) => 0.68,
            ('a'..='z', _) => 0.86,
            _ => 0.3,
        });
        let deep = matches!(base, 'g' | 'j' | 'p' | 'q' | 'y' | '/' | '(' | ')' | 'Q') || parts.contains(&'\u{323}');
        foot = foot.max(if deep {
            0.21
        } else if matches!(base, ',' | ';') {
            0.14
        } else {
            0.01
        });
    }
    top + foot
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_scribble() {
        let words = [
            "Nghĩa",
            "quyết",
            "gì",
            "gìn",
            "khuyến",
            "THƯƠNG",
            "uỷ",
            "hoà",
            "268/KH-BCĐ",
            "(2021-2025),",
            "31/12/2024",
            "UBND",
            "TTg",
            "./.1",
            "ngoằn",
            "ttcbth@quangngai.gov.vn",
            "1.846",
            "PCVP,",
            "Giêng",
        ];
        for word in words {
            assert!(is_word(word), "{word}");
        }
        for word in ["Nøãi", "lXf", "ﬀ", "—", "''", "rnhw", "Lạệ", "tgcd"] {
            assert!(!is_word(word), "{word}");
        }
    }
}
