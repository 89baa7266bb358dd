//! Labels of enumerations: `Điều 1.`, `II.`, `1.1.`, `a)`, `đ)`, `-`, `+`.
//!
//! NĐ 30/2020/NĐ-CP, Phụ lục I, mục IV; Party papers write `I-`, `1-`. Letters follow the Vietnamese alphabet
//! without ă â ê ô ơ ư: a b c d đ e g h i k l m n o p q r s t u v x y.

/// What kind of label stands before a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Phần thứ nhất, Phần I
    Part,
    /// Chương I
    Chapter,
    /// Mục 1
    Division,
    /// Tiểu mục 1
    Subdivision,
    /// Điều 1.
    Article,
    /// A. B. (capital letter)
    Capital,
    /// I. II. or I- II-
    Roman,
    /// 1. 1) 1-
    Number,
    /// 1.1., 1.2.3.
    Decimal,
    /// a) b) đ)
    Letter,
    /// a.1) a1) (i)
    Subletter,
    /// -
    Dash,
    /// +
    Plus,
    /// * • o ✓ ·
    Bullet,
}

/// A label at the start of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker<'a> {
    /// Its kind.
    pub kind: Kind,
    /// As printed, without the blank after it.
    pub label: &'a str,
    /// What goes into a path: `II`, `1`, `1.2`, `đ`; empty for dashes and bullets.
    pub key: &'a str,
    /// Place in its series, from 1; 0 for dashes and bullets.
    pub ordinal: u32,
    /// Bytes up to the passage itself.
    pub len: usize,
}

/// Letters of points, in the order of the Vietnamese alphabet.
pub const LETTERS: [&str; 23] = ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y"];

/// Labels beyond this are years and quantities, not places in a list.
const LAST_NUMBER: u32 = 199;

/// Reads the label at the start of `text`, if one stands there.
pub fn marker(text: &str) -> Option<Marker<'_>> {
    let first = text.chars().next()?;
    match first {
        '-' | '–' | '—' | '−' => bullet(text, first, Kind::Dash),
        '+' => bullet(text, first, Kind::Plus),
        '*' | '•' | '·' | '●' | '○' | '▪' | '■' | '✓' | '➢' | '\u{f0b7}' | '⁃' | '◦' => bullet(text, first, Kind::Bullet),
        '(' => parenthesised(text),
        'P' | 'C' | 'M' | 'T' | 'Đ' => unit(text).or_else(|| roman(text)).or_else(|| capital(text)),
        '0'..='9' => number(text),
        'I' | 'V' | 'X' | 'L' => roman(text).or_else(|| capital(text)),
        'A'..='H' | 'K' => capital(text),
        'a'..='z' | 'đ' => letter(text),
        _ => None,
    }
}

fn bullet(text: &str, first: char, kind: Kind) -> Option<Marker<'_>> {
    let label = &text[..first.len_utf8()];
    let rest = &text[label.len()..];
    let blanks = rest.len() - rest.trim_start().len();
    // "-5 độ", "--": no list item; "-Căn cứ" is one.
    let next = rest.trim_start().chars().next()?;
    let item = if blanks > 0 { next != first } else { next.is_alphabetic() || matches!(next, '“' | '"') };
    // A bullet before a numbered item ("- 3.1. Nguyên nhân"): the number is the label.
    if kind == Kind::Dash
        && let Some(inner) = marker(rest.trim_start()).filter(|m| matches!(m.kind, Kind::Decimal))
    {
        return Some(Marker { len: label.len() + blanks + inner.len, ..inner });
    }
    item.then(|| Marker { kind, label, key: "", ordinal: 0, len: label.len() + blanks })
}

/// Phần, Chương, Mục, Tiểu mục, Điều with their number.
fn unit(text: &str) -> Option<Marker<'_>> {
    const UNITS: [(&str, Kind); 10] = [
        ("Phần thứ ", Kind::Part),
        ("Phần ", Kind::Part),
        ("PHẦN ", Kind::Part),
        ("Chương ", Kind::Chapter),
        ("CHƯƠNG ", Kind::Chapter),
        ("Tiểu mục ", Kind::Subdivision),
        ("Mục ", Kind::Division),
        ("MỤC ", Kind::Division),
        ("Điều ", Kind::Article),
        ("ĐIỀU ", Kind::Article),
    ];
    let (word, kind) = UNITS.into_iter().find(|(w, _)| text.starts_with(w))?;
    let rest = &text[word.len()..];
    let key_len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let key = &rest[..key_len];
    // "Điều 5 : …": papers of before 2005 have a blank before the colon.
    let blank = usize::from(kind == Kind::Article && rest[key_len..].starts_with(" :"));
    let after = rest[key_len + blank..].chars().next();
    let ordinal = match kind {
        Kind::Article => {
            let digits = key.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == 'đ');
            digits.parse().ok()?
        }
        _ => key.parse().ok().or_else(|| roman_value(key)).or_else(|| in_words(key))?,
    };
    // "Điều 5 Nghị định này" in running text is a provision, not a heading.
    let closed = match kind {
        Kind::Article => matches!(after, Some('.' | ':')),
        _ => matches!(after, None | Some('.' | ':' | ' ' | '-')),
    };
    let stop = usize::from(matches!(after, Some('.' | ':')));
    let label = &text[..word.len() + key_len + blank + stop];
    let rest = &text[label.len()..];
    let len = label.len() + rest.len() - rest.trim_start().len();
    (closed && (kind == Kind::Article || heading_case(rest.trim_start()))).then_some(Marker { kind, label, key, ordinal, len })
}

/// After "Phần I" nothing follows, or a title: not "Phần I của Bộ luật".
fn heading_case(rest: &str) -> bool {
    rest.chars().find(|c| c.is_alphabetic()).is_none_or(char::is_uppercase)
}

fn in_words(key: &str) -> Option<u32> {
    const WORDS: [&str; 8] = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám"];
    WORDS.iter().position(|w| *w == key).map(|i| i as u32 + 1)
}

/// The value of a Roman numeral up to 50, in capitals.
pub fn roman_value(s: &str) -> Option<u32> {
    // Signed: "IIIIIIIIIIIX" comes to less than nothing.
    let mut total = 0i64;
    let mut last = 0;
    for c in s.chars().rev() {
        let v = match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            _ => return None,
        };
        if v < last {
            total -= v;
        } else {
            total += v;
            last = v;
        }
    }
    u32::try_from(total).ok().filter(|n| (1..=50).contains(n))
}

fn roman(text: &str) -> Option<Marker<'_>> {
    // "V/V CÔNG BỐ DANH MỤC …": về việc.
    if text.starts_with("V/V") {
        return None;
    }
    let len = text.find(|c: char| !matches!(c, 'I' | 'V' | 'X' | 'L')).unwrap_or(text.len());
    let ordinal = roman_value(&text[..len])?;
    close(text, len, Kind::Roman, ordinal, &['.', '-', ')', '/', '–'])
}

fn capital(text: &str) -> Option<Marker<'_>> {
    let c = text.chars().next()?;
    let ordinal = match c {
        'A'..='H' => c as u32 - 'A' as u32 + 1,
        _ => return None,
    };
    close(text, 1, Kind::Capital, ordinal, &['.', ')'])
}

fn letter(text: &str) -> Option<Marker<'_>> {
    let c = text.chars().next()?;
    let len = c.len_utf8();
    let ordinal = LETTERS.iter().position(|l| *l == &text[..len])? as u32 + 1;
    let rest = &text[len..];
    let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
    if digits > 0 && rest[..digits].contains(|c: char| c.is_ascii_digit()) && rest[digits..].starts_with([')', '.']) {
        let sub: u32 = rest[..digits].trim_matches('.').parse().ok()?;
        return close(text, len + digits, Kind::Subletter, sub, &[')', '.']);
    }
    // A letter with a full stop or stroke is a label only before a capital ("a. Mục tiêu"), with a bracket always.
    match rest.chars().next()? {
        ')' => close(text, len, Kind::Letter, ordinal, &[')']),
        '.' if rest[1..].starts_with(' ') && heading_case(rest[1..].trim_start()) => close(text, len, Kind::Letter, ordinal, &['.']),
        // "a/ Xây dựng nội quy", as papers before 2005 have it.
        '/' if rest[1..].starts_with(' ') && heading_case(rest[1..].trim_start()) => close(text, len, Kind::Letter, ordinal, &['/']),
        _ => None,
    }
}

fn parenthesised(text: &str) -> Option<Marker<'_>> {
    let end = text.find(')').filter(|&e| (2..=6).contains(&e))?;
    let key = &text[1..end];
    let ordinal = match key.parse::<u32>() {
        Ok(n) if n <= LAST_NUMBER => n,
        _ if key.chars().all(|c| matches!(c, 'i' | 'v' | 'x')) => roman_value(&key.to_uppercase())?,
        _ => return None,
    };
    let rest = &text[end + 1..];
    let len = end + 1 + rest.len() - rest.trim_start().len();
    Some(Marker { kind: Kind::Subletter, label: &text[..=end], key, ordinal, len })
}

fn number(text: &str) -> Option<Marker<'_>> {
    let run = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let body = text[..run].trim_end_matches('.');
    let parts: Vec<u32> = body.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
    let last = *parts.last()?;
    if parts.len() > 5 || parts.iter().any(|&p| p > LAST_NUMBER) || parts[0] == 0 && parts.len() > 1 {
        return None;
    }
    let after = text[run..].chars().next();
    if parts.len() > 1 {
        // "1.1. Các sở", "1.1 Các sở", "1.1- Các sở" of the Party; not "1.846 tổ chức" (checked above) and not "5.2 %".
        let signs = [')', '/', '-', ' '];
        let dashed = after != Some('-') || text[run + 1..].starts_with(' ');
        let closed = run > body.len() || after.is_some_and(|c| signs.contains(&c)) && dashed && heading_case(text[run..].trim_start_matches(signs));
        let stop = match after {
            _ if run > body.len() => body.len() + 1 + dash(&text[body.len() + 1..]),
            Some(')' | '/' | '-') => body.len() + 1,
            _ => body.len(),
        };
        let rest = &text[stop..];
        let starts = rest.trim_start().chars().next().is_some_and(|c| c.is_alphabetic() || matches!(c, '“' | '"' | '('));
        return (closed && starts).then(|| Marker {
            kind: Kind::Decimal,
            label: &text[..stop],
            key: body,
            ordinal: last,
            len: stop + rest.len() - rest.trim_start().len(),
        });
    }
    if run > body.len() {
        return close(text, body.len(), Kind::Number, last, &['.']);
    }
    close(text, body.len(), Kind::Number, last, &[')', '-', '/'])
}

/// A label of `len` bytes that one of `stops` closes; a passage or nothing follows.
/// Bytes of the dash behind a label: "1.- Về nguồn vốn", "1.1.- Giao", as papers before 2005 have it.
fn dash(rest: &str) -> usize {
    let dash = rest.chars().next().filter(|c| matches!(c, '-' | '–')).map_or(0, char::len_utf8);
    if rest[dash..].starts_with(' ') { dash } else { 0 }
}

fn close<'a>(text: &'a str, len: usize, kind: Kind, ordinal: u32, stops: &[char]) -> Option<Marker<'a>> {
    let stop = text[len..].chars().next().filter(|c| stops.contains(c))?;
    let bare = len + stop.len_utf8();
    let label_len = if matches!(stop, '.' | '/' | ')') { bare + dash(&text[bare..]) } else { bare };
    let rest = &text[label_len..];
    let body = rest.trim_start();
    let blanks = rest.len() - body.len();
    let glued_ok = body.chars().next().is_none_or(|c| c.is_uppercase() || c == '“');
    // "10/10", "1-2", "3.5": a label is followed by a blank, or by a capital where the blank was lost.
    let closed = match stop {
        '-' | '/' | '–' => (blanks > 0 || kind == Kind::Roman) && glued_ok && !body.is_empty(),
        _ => blanks > 0 || glued_ok,
    };
    closed.then(|| Marker { kind, label: &text[..label_len], key: &text[..len], ordinal, len: label_len + blanks })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_looks_like_a_roman_number_has_no_value() {
        for (s, value) in [("IIIIIIIIIIIX", None), ("", None), ("XIV", Some(14)), ("LL", None)] {
            assert_eq!(roman_value(s), value, "{s}");
        }
    }

    #[test]
    fn labels_are_read() {
        let rows = [
            ("Điều 1. Ban hành", Kind::Article, "1", 1),
            ("Điều 3a. Ban hành", Kind::Article, "3a", 3),
            ("Điều 14 : Các công ty", Kind::Article, "14", 14),
            ("Chương II", Kind::Chapter, "II", 2),
            ("Phần thứ nhất", Kind::Part, "nhất", 1),
            ("1.- Về nguồn vốn", Kind::Number, "1", 1),
            ("2/- Đề nghị", Kind::Number, "2", 2),
            ("1.2.- Giao Sở", Kind::Decimal, "1.2", 2),
            ("II. NHIỆM VỤ", Kind::Roman, "II", 2),
            ("I- MỤC ĐÍCH", Kind::Roman, "I", 1),
            ("1- Quán triệt", Kind::Number, "1", 1),
            ("1. Quán triệt", Kind::Number, "1", 1),
            ("1.Quán triệt", Kind::Number, "1", 1),
            ("10) Quán triệt", Kind::Number, "10", 10),
            ("1.2. Sở Y tế", Kind::Decimal, "1.2", 2),
            ("1.2.3 Sở Y tế", Kind::Decimal, "1.2.3", 3),
            ("2.1- Sở Y tế", Kind::Decimal, "2.1", 1),
            ("- 3.1. Nguyên nhân", Kind::Decimal, "3.1", 1),
            ("đ) Đối với", Kind::Letter, "đ", 5),
            ("a. Mục tiêu", Kind::Letter, "a", 1),
            ("a/ Mục tiêu", Kind::Letter, "a", 1),
            ("a.1) Mục tiêu", Kind::Subletter, "a.1", 1),
            ("(ii) mục tiêu", Kind::Subletter, "ii", 2),
            ("- Căn cứ", Kind::Dash, "", 0),
            ("–Căn cứ", Kind::Dash, "", 0),
            ("+ Bằng khen", Kind::Plus, "", 0),
            ("* Lưu ý", Kind::Bullet, "", 0),
        ];
        for (text, kind, key, ordinal) in rows {
            let m = marker(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((m.kind, m.key, m.ordinal), (kind, key, ordinal), "{text}");
        }
    }

    #[test]
    fn look_alikes_are_refused() {
        for text in [
            "2014; Luật sửa đổi",
            "2025. Căn cứ",
            "1.846 tổ chức",
            "95,5% dân số",
            "24/7",
            "Điều 5 Nghị định này",
            "Phần I của Bộ luật",
            "155/2020/NĐ-CP",
            "-5 độ",
            "---",
            "a vợ",
            "m/ giây",
            "a/b",
            "31/8/2020",
            "3.5 tỷ đồng",
            "3.5-4 tỷ",
            "3.5- tỷ đồng",
            "1-2 ngày",
        ] {
            assert_eq!(marker(text), None, "{text}");
        }
    }
}
