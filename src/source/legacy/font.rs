//! What a font's name says about the code page it is made for.

use super::encoding::Encoding;

/// What a font's name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Hint {
    /// The code page that the font's glyphs follow.
    pub encoding: Option<Encoding>,
    /// Whether small letters are drawn as capitals, as `.VnTimeH` does: TCVN3 has no capitals with tones.
    pub capitals: bool,
    /// Whether the glyphs are no letters at all.
    pub symbols: bool,
}

/// What PDF writers and Word put behind the name of a font.
const SUFFIXES: [&str; 14] =
    ["bold", "italic", "regular", "oblique", "(vietnamese)", "(hebrew)", "(arabic)", "(thai)", " tur", " ce", " cyr", " greek", " baltic", "mt"];

impl Hint {
    /// What the name of a font tells: `.VnTimeH`, `VNI-Times`, `ABCDEF+.VnTime,Bold`.
    pub fn of(name: &str) -> Self {
        let name = bare(name);
        let lower = name.to_ascii_lowercase();
        let symbols = ["symbol", "wingdings", "webdings", "zapfdingbats", "marlett", "mt extra"].iter().any(|s| lower.starts_with(s));
        let encoding = if lower.starts_with("vni-") || lower.starts_with("vni ") || name.starts_with("VNI") {
            Some(Encoding::Vni)
        } else if is_abc(name) {
            Some(Encoding::Tcvn3)
        } else {
            None
        };
        let capitals = encoding == Some(Encoding::Tcvn3) && (name.ends_with('H') || ["timeh", "arialh"].iter().any(|s| lower.ends_with(s)));
        Self { encoding, capitals, symbols }
    }
}

/// Fonts of the ABC family: `.VnTime`, and `VnTime` where a PDF writer dropped the dot.
fn is_abc(name: &str) -> bool {
    match name.strip_prefix('.') {
        Some(rest) => rest.get(..2).is_some_and(|v| v.eq_ignore_ascii_case("vn")),
        None => name.strip_prefix("Vn").or(name.strip_prefix("vn")).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase())),
    }
}

/// The name without the tag of a PDF's part of a font, the cut and the script.
fn bare(name: &str) -> &str {
    let name = name.trim();
    let name = match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) => rest,
        _ => name,
    };
    let mut name = name.split(',').next().unwrap_or(name).trim();
    while let Some(shorter) = SUFFIXES.iter().find_map(|s| without_suffix(name, s)) {
        name = shorter;
    }
    name
}

fn without_suffix<'a>(name: &'a str, suffix: &str) -> Option<&'a str> {
    let at = name.len().checked_sub(suffix.len())?;
    let tail = name.get(at..)?;
    let head = name[..at].trim_end_matches([' ', '-']);
    (tail.eq_ignore_ascii_case(suffix) && !head.is_empty()).then_some(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_code_page() {
        let (tcvn3, vni) = (Some(Encoding::Tcvn3), Some(Encoding::Vni));
        let rows = [
            (".VnTime", tcvn3, false, "the ABC family"),
            (".VnTimeH", tcvn3, true, "capitals"),
            (".VnArial NarrowH", tcvn3, true, "capitals of a narrow cut"),
            (".VnTimeH Tur", tcvn3, true, "the script that Word appends"),
            ("ABCDEF+.VnTimeH,Bold", tcvn3, true, "the name in a PDF"),
            ("VnTimeH-BoldItalic", tcvn3, true, "without its dot"),
            (".vntime", tcvn3, false, "in small letters"),
            ("VNI-Times", vni, false, "VNI"),
            ("VNI Helve", vni, false, "VNI with a blank"),
            ("VnHeavy", tcvn3, false, "an H that is no last letter"),
            ("Times New Roman", None, false, "Unicode"),
            ("VNtimes new roman", None, false, "another family"),
            ("UTM Avo", None, false, "Unicode"),
        ];
        for (name, encoding, capitals, why) in rows {
            let hint = Hint::of(name);
            assert_eq!((hint.encoding, hint.capitals), (encoding, capitals), "{why}: {name}");
        }
        assert!(Hint::of("Wingdings 2").symbols);
    }
}
