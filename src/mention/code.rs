//! Numbers and symbols of papers: `44/2014/TT-BGDĐT`, `489/QĐ-TTg`, `49-KL/TW`, `3141/UBND-VX`, `/KH-UBND`.
//!
//! NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.3 and Phụ lục III; Party symbols by the rules on Party papers. A symbol is
//! read as a whole by a small parser: its parts vary too much for one pattern, and damage is mended part by part.

use crate::lexicon::lexicon;
use crate::text::Span;
use std::borrow::Cow;

/// A number and symbol, as it should be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Code {
    /// Without blanks: `44/2014/TT-BGDĐT`; `/KH-UBND` where the number is blank; `781` where nothing else is printed.
    pub text: String,
    /// The number as printed, leading zeros kept; `None` where it is blank.
    pub number: Option<String>,
    /// The year inside the symbol.
    pub year: Option<i16>,
    /// What stands after number and year: `TT-BGDĐT`, `KL/TW`, `UBND-VX`.
    pub notation: String,
}

/// A reading that was mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// As printed.
    pub from: String,
    /// As it should be.
    pub to: String,
    /// Which repair.
    pub rule: &'static str,
}

/// A code on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeMention {
    /// Where, without a final full stop.
    pub span: Span,
    /// What.
    pub code: Code,
    /// Type as the symbol tells it (`QĐ`, `CV` for công văn); `None` for laws and unknown symbols.
    pub type_code: Option<&'static str>,
    /// Abbreviations of the issuers, as they should be written.
    pub issuers: Vec<String>,
    /// What was mended.
    pub repairs: Vec<Repair>,
    /// Whether every part of the symbol is known.
    pub known: bool,
    /// Party form: a hyphen after the number.
    pub party: bool,
}

/// All codes of a text, from left to right.
pub fn scan(text: &str) -> Vec<CodeMention> {
    let bytes = text.as_bytes();
    let mut found: Vec<CodeMention> = Vec::new();
    let mut i = 0;
    while let Some(at) = digit_or_slash(bytes, i) {
        if bytes[at] == b'/' {
            found.extend(blank_number(text, at));
            i = at + 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        i = end;
        // "O9/2021", "1O/NQ-TW": a stroke or ring read as a letter at either end.
        let at = at - usize::from(at > 0 && is_look_alike(bytes[at - 1]) && (at == 1 || !bytes[at - 2].is_ascii_alphanumeric()));
        let end = end + bytes[end..].iter().take_while(|b| is_look_alike(**b) || b.is_ascii_digit()).count();
        let end = if matches!(bytes.get(end), Some(b'/' | b'-' | b' ')) { end } else { i };
        if starts_number(text, at)
            && end - at <= 5
            && let Some(mention) = parse(text, at, end)
        {
            i = mention.span.end;
            found.push(mention);
        }
    }
    found
}

/// Letters that a stroke or ring is taken for.
fn is_look_alike(b: u8) -> bool {
    matches!(b, b'l' | b'I' | b'O')
}

/// The digits that look-alike letters stand for.
fn as_digits(printed: &str) -> Cow<'_, str> {
    if !printed.bytes().any(is_look_alike) {
        return Cow::Borrowed(printed);
    }
    let digit = |c| match c {
        'l' | 'I' => '1',
        'O' => '0',
        c => c,
    };
    Cow::Owned(printed.chars().map(digit).collect())
}

/// The first digit or stroke from `at` on. They are neighbours in ASCII; a stretch of text without any is passed over
/// at once.
fn digit_or_slash(bytes: &[u8], at: usize) -> Option<usize> {
    const STRETCH: usize = 32;
    let is_one = |b: &u8| b.wrapping_sub(b'/') <= b'9' - b'/';
    let mut i = at;
    while let Some(stretch) = bytes.get(i..i + STRETCH)
        && !stretch.iter().fold(false, |any, b| any | is_one(b))
    {
        i += STRETCH;
    }
    bytes[i..].iter().position(is_one).map(|n| i + n)
}

/// Digits may start a number after a blank, a bracket or a colon, or after "số" that lost its blank.
fn starts_number(text: &str, at: usize) -> bool {
    match text[..at].chars().next_back() {
        None => true,
        Some(c) if c.is_alphanumeric() => text[..at].ends_with("số") || text[..at].ends_with("Số"),
        // "QCVN 01:2019/BCT" is a standard, "Số:12/…" a number.
        Some(':') => !text[..at - 1].ends_with(|c: char| c.is_ascii_digit()),
        Some('.') => text[..at].ends_with(".."),
        Some(c) => !matches!(c, '/' | '\\' | '-' | ',' | '_' | '&'),
    }
}

/// Reads a code whose number has the digits `at..digits`.
pub fn parse(text: &str, at: usize, digits: usize) -> Option<CodeMention> {
    let number_end = number_end(text, digits);
    let printed = &text[at..number_end];
    let number = as_digits(printed);
    let (separator, after) = separator(text, number_end)?;
    let mut reader = Reader { text, repairs: Vec::new() };
    // "19-2016/NQ-CP": a hyphen before the year.
    let hyphened = separator == '-' && text.as_bytes().get(after + 4) == Some(&b'/');
    let (year, tail_start, lost_slash) = match separator {
        '/' => year(text, after),
        '-' if hyphened => year(text, after),
        _ => (None, after, false),
    };
    // The abbreviations of types begin with capitals: most words after a number need no look at the lexicon.
    if separator == ' ' && !(text[after..].starts_with(char::is_uppercase) && is_type(first_token(text, after)?)) {
        return None;
    }
    let tail = reader.tail(tail_start)?;
    let stroke = if separator == '/' { '/' } else { '-' };
    let mention = assemble(text, Span::new(at, tail.end), Some(&number), stroke, year, tail, reader.repairs)?;
    let mut mention = accept(mention, if year.is_some() { '/' } else { separator })?;
    if number != printed || separator == '/' && text.as_bytes()[after..].iter().take(4).any(|b| is_look_alike(*b)) && year.is_some() {
        note_repair(&mut mention, text, "code-letter-for-digit");
    }
    if lost_slash {
        note_repair(&mut mention, text, "code-lost-slash");
    } else if let Some(rule) = spacing_fault(mention.span, text, &mention.code) {
        note_repair(&mut mention, text, rule);
    }
    Some(mention)
}

/// A code whose number is left blank: "Số:      /KH-UBND", "số …/KH-UBND".
fn blank_number(text: &str, slash: usize) -> Option<CodeMention> {
    let before = text[..slash].trim_end_matches([' ', '.', '…', '_', ':']);
    let named = ["số", "Số", "SỐ", "Sổ"].iter().any(|w| before.ends_with(w)) && before.len() < slash;
    if !named {
        return None;
    }
    let start = slash + 1 + (text[slash + 1..].len() - text[slash + 1..].trim_start_matches(' ').len());
    let (year, tail_start, _) = year(text, start);
    let mut reader = Reader { text, repairs: Vec::new() };
    let tail = reader.tail(tail_start)?;
    let mut mention = assemble(text, Span::new(slash, tail.end), None, '/', year, tail, reader.repairs)?;
    if mention.type_code.is_none() && !mention.known {
        return None;
    }
    if let Some(rule) = spacing_fault(mention.span, text, &mention.code) {
        note_repair(&mut mention, text, rule);
    }
    Some(mention)
}

/// `10a`, `66.25`: what belongs to the number after its first digits.
fn number_end(text: &str, digits: usize) -> usize {
    let rest = &text.as_bytes()[digits..];
    match rest {
        [letter, b'/' | b'-', ..] if letter.is_ascii_alphabetic() => digits + 1,
        [b'.', d, ..] if d.is_ascii_digit() => {
            let more = rest[1..].iter().take_while(|b| b.is_ascii_digit()).count();
            if more <= 2 && rest.get(1 + more) == Some(&b'/') { digits + 1 + more } else { digits }
        }
        _ => digits,
    }
}

/// The stroke after the number and where the next part starts; a blank alone counts as one before a type.
fn separator(text: &str, at: usize) -> Option<(char, usize)> {
    let rest = &text[at..];
    let inner = rest.trim_start_matches(' ');
    let blanks = rest.len() - inner.len();
    let first = inner.chars().next()?;
    let (kind, len) = match first {
        '/' | '\\' => ('/', 1),
        '-' | '–' | '—' | '_' => ('-', first.len_utf8()),
        _ if blanks == 1 => return Some((' ', at + 1)),
        _ => return None,
    };
    if blanks > 3 {
        return None;
    }
    let after = at + blanks + len;
    let next = &text[after..];
    Some((kind, after + (next.len() - next.trim_start_matches(' ').len()).min(2)))
}

/// A year inside the symbol: its value, where the tail starts, whether the stroke after it was lost.
fn year(text: &str, at: usize) -> (Option<i16>, usize, bool) {
    let digits = text[at..].bytes().take_while(|b| b.is_ascii_digit() || is_look_alike(*b)).count();
    let value: Option<i16> = Some(&text[at..at + digits])
        .filter(|y| y.starts_with(|c: char| c.is_ascii_digit()))
        .and_then(|y| as_digits(y).parse().ok())
        .filter(|y| digits == 4 && (1930..=2100).contains(y));
    let Some(value) = value else { return (None, at, false) };
    let rest = &text[at + 4..];
    let inner = rest.trim_start_matches(' ');
    match inner.chars().next() {
        Some('/' | '-' | '\\') => {
            let after = &inner[1..];
            (Some(value), text.len() - after.trim_start_matches(' ').len(), false)
        }
        Some(c) if c.is_uppercase() && inner.len() == rest.len() => (Some(value), at + 4, true),
        _ => (None, at, false),
    }
}

/// The parts of a symbol after number and year.
struct Tail<'a> {
    tokens: Vec<Token<'a>>,
    end: usize,
}

#[derive(Debug, Clone)]
struct Token<'a> {
    /// Stroke before it; `\0` for the first.
    stroke: char,
    proper: Cow<'a, str>,
    role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Type(&'static str),
    Issuer,
    Unit,
    Unknown,
}

/// No symbol has more parts: seven joint issuers and a type.
const MOST_TOKENS: usize = 10;

struct Reader<'a> {
    text: &'a str,
    repairs: Vec<Repair>,
}

impl<'a> Reader<'a> {
    fn tail(&mut self, start: usize) -> Option<Tail<'a>> {
        let mut tokens: Vec<Token<'a>> = Vec::new();
        let mut end = start;
        let mut stroke = '\0';
        let mut at = start;
        while tokens.len() < MOST_TOKENS {
            let Some(printed) = first_token(self.text, at) else { break };
            let token = self.token(printed, stroke, &tokens);
            // After a blank only a known part goes on with the symbol: "NĐ - CP", not "CP - Bộ".
            let spaced = at > end + 1;
            if spaced && token.role == Role::Unknown && !tokens.is_empty() {
                break;
            }
            end = at + printed.len();
            tokens.push(token);
            if let Some(len) = department(&self.text[end..]) {
                let last = tokens.len() - 1;
                tokens[last].proper = Cow::Owned(format!("{}{}", tokens[last].proper, &self.text[end..end + len]));
                end += len;
            }
            if let Some(point) = self.old_point(&tokens, end) {
                stroke = '.';
                at = point;
                continue;
            }
            let Some((next_stroke, next)) = separator(self.text, end).filter(|s| s.0 != ' ') else { break };
            stroke = next_stroke;
            at = next;
        }
        (!tokens.is_empty()).then_some(Tail { tokens, end })
    }

    /// "01/2016/NQ.HĐTP": a point between type and issuer.
    fn old_point(&self, tokens: &[Token], end: usize) -> Option<usize> {
        let rest = self.text[end..].strip_prefix('.')?;
        let next = rest.starts_with(char::is_uppercase).then(|| first_token(self.text, end + 1)).flatten()?;
        let typed = matches!(tokens, [only] if matches!(only.role, Role::Type(_)));
        (typed && lexicon().issuer_of_symbol(next).is_some_and(|(_, exact)| exact)).then_some(end + 1)
    }

    fn token(&mut self, printed: &'a str, stroke: char, before: &[Token]) -> Token<'a> {
        let has_type = before.iter().any(|t| matches!(t.role, Role::Type(_)));
        let as_type = if has_type { None } else { lexicon().type_of_abbr(printed).filter(|t| !t.abbr.is_empty()) };
        // "CT" is chỉ thị before an issuer, "KT" a unit after one.
        if let Some(t) = as_type.filter(|_| before.iter().all(|t| t.role == Role::Unknown)) {
            let proper = mend(printed, &t.abbr);
            self.record(printed, &proper, "code-type-spelling");
            return Token { stroke, proper, role: Role::Type(leak_free(&t.abbr)) };
        }
        // "QHl2": the number of the National Assembly.
        let law = printed.strip_prefix("UBTV").unwrap_or(printed).strip_prefix("QH").filter(|n| n.bytes().all(|b| b.is_ascii_digit() || is_look_alike(b)));
        if let Some(n) = law.filter(|n| n.bytes().any(is_look_alike) && n.bytes().any(|b| b.is_ascii_digit())) {
            let proper = format!("{}{}", &printed[..printed.len() - n.len()], as_digits(n));
            self.record(printed, &proper, "code-letter-for-digit");
            return Token { stroke, proper: Cow::Owned(proper), role: Role::Issuer };
        }
        let Some((issuer, _)) = lexicon().issuer_of_symbol(printed) else {
            let role = if before.is_empty() { Role::Unknown } else { Role::Unit };
            let role = if printed.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '&') { role } else { Role::Unknown };
            return Token { stroke, proper: Cow::Borrowed(printed), role };
        };
        let role = if issuer.kind == "drafting_unit" { Role::Unit } else { Role::Issuer };
        // A unit's damage is reported by its look, not mended: its list is open.
        let proper = if role == Role::Unit { Cow::Borrowed(printed) } else { mend(printed, &issuer.abbr) };
        self.record(printed, &proper, "code-issuer-spelling");
        Token { stroke, proper, role }
    }

    fn record(&mut self, printed: &str, proper: &str, rule: &'static str) {
        if printed != proper {
            self.repairs.push(Repair { from: printed.to_owned(), to: proper.to_owned(), rule });
        }
    }
}

/// "TT-BCA(X13)", "QĐ-BCA(A11)": the number of the department that drafted it; its length.
fn department(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('(')?;
    let len = inner.find(')').filter(|&n| (2..=4).contains(&n))?;
    let ok = inner.as_bytes()[0].is_ascii_uppercase() && inner[1..len].bytes().all(|b| b.is_ascii_digit());
    ok.then_some(len + 2)
}

/// Type codes as `'static`: the lexicon lives as long as the program.
fn leak_free(abbr: &str) -> &'static str {
    lexicon().types.iter().find(|t| t.abbr == abbr).map_or("", |t| t.abbr.as_str())
}

/// Letters, digits and `&` from `at` on, if they look like a part of a symbol.
fn first_token(text: &str, at: usize) -> Option<&str> {
    let rest = &text[at..];
    let len = rest.find(|c: char| !(c.is_alphanumeric() || c == '&')).unwrap_or(rest.len());
    let token = without_next_word(&rest[..len]);
    let len = token.len();
    let capitals = token.chars().filter(|c| c.is_uppercase()).count();
    let small = token.chars().filter(|c| c.is_lowercase()).count();
    let first_capital = token.starts_with(char::is_uppercase);
    // TTg, CTr, TTra, GDTrH, QyĐ: one or two small letters among capitals. "qđ-ubnd": registers in small letters.
    let mixed = first_capital && small <= 2 && (capitals > small || capitals + small <= 4 && capitals >= 2);
    let known = || lexicon().type_of_abbr(token).is_some() || lexicon().issuer_of_symbol(token).is_some();
    let shape = if small == 0 { first_capital } else { mixed || len <= 8 && capitals <= 2 && known() && len >= 2 };
    (shape && len <= 24).then_some(token)
}

/// "NĐ-CPngày", "UBNDcủa": the word behind a symbol that lost its blank.
fn without_next_word(token: &str) -> &str {
    if !token.ends_with(['y', 'a', 'à', 'ề', 'c']) {
        return token;
    }
    let head = ["ngày", "của", "và", "về", "được"].iter().find_map(|w| token.strip_suffix(w));
    head.filter(|h| h.chars().filter(|c| c.is_uppercase()).count() >= 2).unwrap_or(token)
}

fn is_type(token: &str) -> bool {
    lexicon().type_of_abbr(token).is_some_and(|t| t.abbr == token)
}

/// The proper spelling where the printed one differs by case, a lost or doubled Đ, or ư for u only.
fn mend<'a>(printed: &'a str, proper: &str) -> Cow<'a, str> {
    if printed == proper {
        return Cow::Borrowed(printed);
    }
    let bare = |s: &str| -> String {
        let mut out = String::new();
        for c in s.to_uppercase().chars() {
            let c = match c {
                'Đ' => 'D',
                'Ư' => 'U',
                c => c,
            };
            // "SGDDĐT" doubles the stroke letter.
            if !(c == 'D' && out.ends_with("DD")) {
                out.push(c);
            }
        }
        out
    };
    let digits = |s: &str| s.replace(['I', 'l'], "1").replace(['S', 's'], "5");
    let same = bare(printed) == bare(proper) || printed.starts_with("QH") && digits(printed) == digits(proper) || printed == "TƯ" && proper == "TW";
    if same { Cow::Owned(proper.to_owned()) } else { Cow::Borrowed(printed) }
}

/// Puts a symbol together; `stroke` stands behind its number.
fn assemble(text: &str, span: Span, number: Option<&str>, stroke: char, year: Option<i16>, tail: Tail, mut repairs: Vec<Repair>) -> Option<CodeMention> {
    let party = stroke == '-' && year.is_none();
    let first = tail.tokens.first()?;
    let type_code = tail.tokens.iter().find_map(|t| match t.role {
        Role::Type(code) => Some(code),
        _ => None,
    });
    let law = is_law(&first.proper) && tail.tokens.len() == 1;
    let correspondence = first.role == Role::Issuer && !law && year.is_none() && !party;
    let type_code = if party { type_code } else { type_code.or(correspondence.then_some("CV")) };
    let mut notation = String::new();
    for (i, token) in tail.tokens.iter().enumerate() {
        if i > 0 {
            notation.push(token.stroke);
        }
        notation.push_str(&token.proper);
    }
    let mut code_text = number.unwrap_or_default().to_owned();
    code_text.push(stroke);
    if let Some(y) = year {
        code_text.push_str(&format!("{y}/"));
    }
    code_text.push_str(&notation);
    let known = tail.tokens.iter().all(|t| t.role != Role::Unknown) && tail.tokens.iter().any(|t| !matches!(t.role, Role::Unit));
    if !known {
        repairs.clear();
    }
    let issuers = tail.tokens.iter().filter(|t| t.role == Role::Issuer).map(|t| t.proper.clone().into_owned()).collect();
    debug_assert!(text.is_char_boundary(span.end));
    Some(CodeMention {
        span,
        code: Code { text: code_text, number: number.map(str::to_owned), year, notation },
        type_code,
        issuers,
        repairs,
        known: known || law,
        party,
    })
}

/// QH15, UBTVQH14: symbols of laws, which carry no type.
fn is_law(token: &str) -> bool {
    let digits = token.trim_start_matches("UBTV").strip_prefix("QH");
    digits.is_some_and(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()))
}

/// Refuses look-alikes: fractions, units, list items.
fn accept(mention: CodeMention, separator: char) -> Option<CodeMention> {
    let tail: Vec<&str> = mention.code.notation.split(['-', '/', '_']).collect();
    let ok = match separator {
        '/' => {
            mention.known && (tail.len() > 1 || tail[0].chars().count() >= 2) || mention.code.year.is_some() && tail[0].chars().count() >= 2 || tail.len() >= 2
        }
        // Party papers: 49-KL/TW; old ones: 73-CP, 43-LCT/HĐNN8.
        '-' => {
            mention.type_code.is_some() && tail.len() >= 2
                || mention.known && tail.len() == 1 && ["CP", "TTg", "HĐBT", "HĐCP", "UB", "UBND"].contains(&tail[0])
                || tail.len() == 2 && tail[0].chars().count() >= 2 && mention.known
        }
        _ => mention.type_code.is_some() && tail.len() >= 2 && mention.known,
    };
    ok.then_some(mention)
}

/// Names the fault when blanks or other strokes stand inside the code.
fn spacing_fault(span: Span, text: &str, code: &Code) -> Option<&'static str> {
    let printed = &text[span.range()];
    if printed.contains(' ') {
        Some("code-inner-blank")
    } else if printed.contains(['–', '—', '_', '\\']) && printed != code.text {
        Some("code-other-stroke")
    } else {
        None
    }
}

fn note_repair(mention: &mut CodeMention, text: &str, rule: &'static str) {
    let repair = Repair { from: text[mention.span.range()].to_owned(), to: mention.code.text.clone(), rule };
    mention.repairs.push(repair);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<String> {
        scan(text).into_iter().map(|m| m.code.text).collect()
    }

    #[test]
    fn codes_are_read_in_all_forms() {
        let rows = [
            ("Thông tư số 44/2014/TT-BGDĐT ngày", "44/2014/TT-BGDĐT", "normative"),
            ("Quyết định số 489/QĐ-TTg ngày", "489/QĐ-TTg", "individual"),
            ("Số: 268 /KH-BCĐ", "268/KH-BCĐ", "blank before the stroke"),
            ("Kết luận số 49-KL/TW và", "49-KL/TW", "Party"),
            ("số 08-QĐi/TW", "08-QĐi/TW", "Party rules"),
            ("12-CTr/BCĐ", "12-CTr/BCĐ", "Party programme"),
            ("Luật số 43/2019/QH14.", "43/2019/QH14", "law"),
            ("119/2026/UBTVQH15", "119/2026/UBTVQH15", "standing committee"),
            ("Công văn số 3141/UBND-VX", "3141/UBND-VX", "công văn"),
            ("số 12/2016/TTLT-BKHCN-BTC", "12/2016/TTLT-BKHCN-BTC", "joint"),
            ("35/2002/TTLT/BTC-BKHCNMT", "35/2002/TTLT/BTC-BKHCNMT", "old joint"),
            ("Nghị định số 73-CP", "73-CP", "before 1992"),
            ("66.25/2026/NQ-CP", "66.25/2026/NQ-CP", "decimal number"),
            ("Quyết định số 47/2004/QĐ-UB", "47/2004/QĐ-UB", "before 2004"),
            ("10a/QĐ-UBND", "10a/QĐ-UBND", "number with a letter"),
            ("Nghị quyết số 19-2016/NQ-CP ngày", "19-2016/NQ-CP", "a hyphen before the year"),
            ("KH-BCĐ389: 15/KH-BCĐ389", "15/KH-BCĐ389", "numbered board"),
            ("84 QĐ/TWĐTN", "84-QĐ/TWĐTN", "youth union with a blank"),
            ("Số: 367 - QĐ/TWĐTN-VP", "367-QĐ/TWĐTN-VP", "youth union with blanks"),
            ("Kế hoạch số /KH-UBND ngày", "/KH-UBND", "blank number"),
            ("Số:      /KH-UBND", "/KH-UBND", "blank number in the letterhead"),
            ("số ……/BC-SYT", "/BC-SYT", "dots for the number"),
            ("số 07/2022/tt-btttt", "07/2022/TT-BTTTT", "small letters of a register"),
            ("207/QĐ-MTTW-BTT", "207/QĐ-MTTW-BTT", "Front"),
            ("số 04/1999/TT-BCA(C13) ngày", "04/1999/TT-BCA(C13)", "department behind the issuer"),
            ("01/2016/NQ.HĐTP", "01/2016/NQ.HĐTP", "a point between type and issuer"),
            ("23/TTLN", "23/TTLN", "courts and procuracies together"),
            ("01/2018/TTLT-VKSTC-TATC-BCA-BQP-BTP-BTC-BNN&PTNT", "01/2018/TTLT-VKSTC-TATC-BCA-BQP-BTP-BTC-BNN&PTNT", "seven issuers"),
            ("số 46/2022/NĐ-CPngày 13", "46/2022/NĐ-CP", "a blank lost behind it"),
            ("số 33/2025/NQ-HĐNDcủa HĐND", "33/2025/NQ-HĐND", "a blank lost behind it"),
            ("Quyết định số 1357/QĐ-XPVPHC", "1357/QĐ-XPVPHC", "unknown issuer"),
            ("Công văn số 3985/SYT-TTra ngày", "3985/SYT-TTra", "two small letters behind two capitals"),
        ];
        for (text, code, why) in rows {
            assert_eq!(codes(text), [code], "{why}");
        }
    }

    #[test]
    fn damage_is_mended_and_recorded() {
        let rows = [
            ("44/2014TT-BGDĐT", "44/2014/TT-BGDĐT", "code-lost-slash"),
            ("Số: / SGDDĐT-GDTrH", "/SGDĐT-GDTrH", "code-issuer-spelling"),
            ("số 12/QD-UBND", "12/QĐ-UBND", "code-type-spelling"),
            ("số 12/QĐ- TTg", "12/QĐ-TTg", "code-inner-blank"),
            ("số 12/QĐ–Ttg", "12/QĐ-TTg", "code-issuer-spelling"),
            ("73/2025/QHI5", "73/2025/QH15", "code-letter-for-digit"),
            ("39/2022/NĐ -CP", "39/2022/NĐ-CP", "code-inner-blank"),
            ("12/TB_UBND", "12/TB-UBND", "code-other-stroke"),
            ("28/2O23/QH15", "28/2023/QH15", "code-letter-for-digit"),
            ("số O9/2021/NQ-HĐND", "09/2021/NQ-HĐND", "code-letter-for-digit"),
            ("số 4l/2021/TT-BGTVT", "41/2021/TT-BGTVT", "code-letter-for-digit"),
            ("số l1-CT/TW", "11-CT/TW", "code-letter-for-digit"),
            ("số 28I/QĐ-TTg của", "281/QĐ-TTg", "code-letter-for-digit"),
            ("23/2008/QHl2 ngày", "23/2008/QH12", "code-letter-for-digit"),
        ];
        for (text, code, rule) in rows {
            let found = scan(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].code.text, code);
            assert!(found[0].repairs.iter().any(|r| r.rule == rule), "{text}: {:?}", found[0].repairs);
        }
    }

    #[test]
    fn look_alikes_are_refused() {
        for text in [
            "giai đoạn 2012-2020",
            "24/7",
            "10/10 tiêu chí",
            "điện thoại 0981444441",
            "1/3 số hộ",
            "mục 4.1",
            "ngày 31/8/2020",
            "QCVN 01:2019/BCT",
            "120 km/h",
            "5/A",
            "3-5 ngày",
            "kỳ họp 11-2016/khóa IX",
            "Covid-19",
            "kinh tế - xã hội",
            "12 - Bộ Tài chính",
        ] {
            assert_eq!(codes(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn type_and_issuers_come_from_the_symbol() {
        let of = |text: &str| scan(text).remove(0);
        assert_eq!(of("3141/UBND-VX").type_code, Some("CV"));
        assert_eq!(of("49-KL/TW").type_code, Some("KL"));
        assert_eq!(of("43/2019/QH14").type_code, None);
        assert_eq!(of("12/2016/TTLT-BKHCN-BTC").issuers, ["BKHCN", "BTC"]);
    }
}
