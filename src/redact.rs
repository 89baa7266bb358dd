//! Keeps phone numbers, e-mail addresses and personal identity numbers out of what leaves the house.
//!
//! Digits and letters are masked one by one (`0912 345 678` → `**** *** ***`), so that every span still fits its text.
//! Numbers of papers, amounts of money and dates stay.

use crate::export::DocumentRecord;
use crate::task::Task;
use crate::text::fold;
use regex::Regex;
use serde_json::Value;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

/// Seven digits or more with blanks, dots, hyphens and brackets between them, or a letter and seven digits (passport).
static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"[+(]{0,2}\d(?:[ .\-()]{0,2}\d){6,14}|\b[A-Z]\d{7,8}\b"));
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{L}\d._%+\-]+@[\p{L}\d\-]+(?:\.[\p{L}\d\-]+)+"));
static DATE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\(?\d{1,2} ?[.\-] ?\d{1,2} ?[.\-] ?(?:19|20)\d\d"));
static MONEY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^ ?(?:đồng|đ\b|vnđ|vnd|usd|triệu|tỷ|%)"));
static PHONE_CUE: LazyLock<Regex> = LazyLock::new(|| cue(r"điện thoại|đt|đtdđ|sđt|fax|hotline|đường dây nóng|zalo|tel|phone|di động|số máy"));
static PERSON_CUE: LazyLock<Regex> =
    LazyLock::new(|| cue(r"cmnd|cmtnd|cccd|căn cước|chứng minh nhân dân|chứng minh thư|định danh cá nhân|hộ chiếu|(?:mã số|số|sổ) (?:bhxh|bảo hiểm xã hội)"));

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|e| panic!("{e}"))
}

/// A word that says what the number after it is; up to thirty characters without a figure stand between them.
fn cue(words: &str) -> Regex {
    pattern(&format!(r"(?:^|[^\p{{L}}])(?:{words})(?:[^\p{{L}}\d;][^\d;]{{0,30}})?$"))
}

/// A text without phone numbers, e-mail addresses and personal identity numbers.
pub fn redact(text: &str) -> Cow<'_, str> {
    let found = personal(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut written = 0;
    for range in found {
        masked.push_str(&text[written..range.start]);
        masked.push_str(&mask(&text[range.clone()]));
        written = range.end;
    }
    masked.push_str(&text[written..]);
    Cow::Owned(masked)
}

/// Takes them out of every field of a record; spans and quotes still fit the text.
pub fn redact_record(record: &mut DocumentRecord) {
    let Some(text) = record.text.take() else {
        return redact_fields(record, "", &[]);
    };
    let found = personal(&text);
    if found.is_empty() && record.envelope.is_none() && record.source.metadata.is_none() {
        record.text = Some(text);
        return;
    }
    let mut masks: Vec<(String, String)> = found.into_iter().map(|r| (text[r.clone()].to_owned(), mask(&text[r]))).collect();
    masks.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    masks.dedup();
    let masked = redact(&text).into_owned();
    redact_fields(record, &masked, &masks);
    record.text = Some(masked);
}

/// Takes them out of a task's texts. What a number is its passage tells: in the other fields the same number is masked, too.
pub fn redact_task(task: &mut Task) {
    let mut masks: Vec<(String, String)> = personal(&task.quote).into_iter().map(|r| (task.quote[r.clone()].to_owned(), mask(&task.quote[r]))).collect();
    masks.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    let mut hide = |s: &mut String| {
        let known = masks.iter().fold(Cow::Borrowed(s.as_str()), |s, (from, to)| if s.contains(from) { Cow::Owned(s.replace(from, to)) } else { s });
        let masked = redact(&known).into_owned();
        *s = masked;
    };
    each_text(task, &mut hide);
}

/// The texts of a task that come from the paper or the office; what the program itself says, ids and days are none.
fn each_text(task: &mut Task, each: &mut impl FnMut(&mut String)) {
    each(&mut task.quote);
    each(&mut task.action);
    task.deliverable.iter_mut().chain(&mut task.document.subject).for_each(&mut *each);
    task.citations.iter_mut().chain(&mut task.basis).for_each(&mut *each);
    for party in task.leads.iter_mut().chain(&mut task.cooperators).chain(&mut task.report_to) {
        each(&mut party.body.text);
        each(&mut party.body.name);
    }
    if let Some(through) = &mut task.through {
        each(&mut through.party);
    }
    if let Some(deadline) = &mut task.deadline {
        each(&mut deadline.text);
        deadline.anchor.iter_mut().for_each(&mut *each);
        deadline.moved_by.iter_mut().for_each(|m| each(&mut m.quote));
    }
    if let Some(state) = &mut task.state {
        state.assignee.iter_mut().for_each(&mut *each);
        state.notes.iter_mut().for_each(|n| each(&mut n.text));
    }
}

fn redact_fields(record: &mut DocumentRecord, text: &str, masks: &[(String, String)]) {
    let places: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    // A record is JSON, and stays a record where only texts in it change.
    let Ok(mut value) = serde_json::to_value(&*record) else { return };
    let masker = Masker { text, places: &places, masks };
    for (name, field) in value.as_object_mut().into_iter().flatten() {
        match name.as_str() {
            "id" => {}
            // Where the paper lies is the user's own.
            "source" => field.get_mut("metadata").into_iter().for_each(|told| masker.mask(told)),
            _ => masker.mask(field),
        }
    }
    if let Ok(redacted) = serde_json::from_value(value) {
        *record = redacted;
    }
}

struct Masker<'a> {
    text: &'a str,
    /// Bytes at which the characters of the text begin.
    places: &'a [usize],
    masks: &'a [(String, String)],
}

impl Masker<'_> {
    fn mask(&self, value: &mut Value) {
        match value {
            Value::String(s) => *s = self.masked(s),
            Value::Array(list) => list.iter_mut().for_each(|v| self.mask(v)),
            Value::Object(fields) => {
                let quote = fields.get("quote").and_then(Value::as_str).and_then(|quote| self.quote(fields.get("span")?, quote));
                fields.iter_mut().for_each(|(_, v)| self.mask(v));
                if let Some(quote) = quote {
                    fields.insert("quote".to_owned(), Value::String(quote));
                }
            }
            _ => {}
        }
    }

    fn masked(&self, s: &str) -> String {
        let known = self.masks.iter().fold(Cow::Borrowed(s), |s, (from, to)| if s.contains(from) { Cow::Owned(s.replace(from, to)) } else { s });
        redact(&known).into_owned()
    }

    /// The quote as it stands in the masked text.
    fn quote(&self, span: &Value, quote: &str) -> Option<String> {
        let start = usize::try_from(span.get("start")?.as_u64()?).ok()?;
        let end = start + quote.chars().count();
        self.text.get(*self.places.get(start)?..*self.places.get(end)?).map(str::to_owned)
    }
}

fn mask(s: &str) -> String {
    s.chars().map(|c| if c.is_alphanumeric() { '*' } else { c }).collect()
}

/// Where they stand, in order.
fn personal(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    if text.contains('@') {
        found.extend(ADDRESS.find_iter(text).map(|m| m.range()));
    }
    let addresses = found.len();
    let mut last = 0;
    for number in NUMBER.find_iter(text) {
        // "38 223 456 hoặc 38 223 457": a second number shares the cue of the first.
        let follows = last > 0 && text.get(last..number.start()).is_some_and(|between| between.len() <= 10 && !between.contains(['\n', '.']));
        let apart = found[..addresses].iter().all(|a| number.end() <= a.start || a.end <= number.start());
        if apart && is_personal(text, number.range(), follows) {
            last = number.end();
            found.push(number.range());
        }
    }
    found.sort_by_key(|r| r.start);
    found
}

fn is_personal(text: &str, number: Range<usize>, follows: bool) -> bool {
    let (before, after) = (&text[..number.start], &text[number.end..]);
    let joined = |c: char| c.is_alphanumeric() || matches!(c, '/' | '_');
    if before.ends_with(joined) || after.starts_with(|c| joined(c) || c == '@') || is_figure(before, after) {
        return false;
    }
    let printed = &text[number];
    let digits: String = printed.chars().filter(char::is_ascii_digit).collect();
    let line = fold(near(before));
    if printed.starts_with(|c: char| c.is_ascii_uppercase()) {
        return PERSON_CUE.is_match(&line);
    }
    if DATE.is_match(printed) || MONEY.is_match(&fold(after.get(..after.floor_char_boundary(12)).unwrap_or_default())) {
        return false;
    }
    let count = digits.len();
    is_phone(printed, &digits)
        || (count == 12 && digits.starts_with('0'))
        || ((7..=12).contains(&count) && (follows || PHONE_CUE.is_match(&line)))
        || ((9..=12).contains(&count) && PERSON_CUE.is_match(&line))
}

/// Whether the number is only a piece of a longer figure: `1,0912345678`.
fn is_figure(before: &str, after: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let ends = before.strip_suffix([',', '.', '-']).is_some_and(|b| b.ends_with(digit));
    let goes_on = after.strip_prefix([',', '.', '-']).is_some_and(|a| a.starts_with(digit));
    ends || goes_on
}

/// Numbers that are phone numbers without a word saying so (Circular 22/2014/TT-BTTTT): ten digits of a mobile, eleven
/// of a fixed line, eleven of a mobile before 2018, or the country's code.
fn is_phone(printed: &str, digits: &str) -> bool {
    let mut first = digits.bytes();
    match (first.next(), first.next(), digits.len()) {
        (Some(b'0'), Some(b'3' | b'5' | b'7'..=b'9'), 10) | (Some(b'0'), Some(b'1' | b'2'), 11) => true,
        (Some(b'8'), Some(b'4'), 11 | 12) => printed.contains('+'),
        _ => false,
    }
}

/// The end of the line, or of what stands on it.
fn near(before: &str) -> &str {
    let line = before.rsplit('\n').next().unwrap_or_default();
    &line[line.floor_char_boundary(line.len().saturating_sub(90))..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_personal_is_masked_and_nothing_else() {
        let rows = [
            // A mobile number, however it is grouped.
            ("liên hệ đồng chí An, 0912345678", "liên hệ đồng chí An, **********"),
            ("(ĐT: 0912.345.678)", "(ĐT: ****.***.***)"),
            ("số 0912 345 678.", "số **** *** ***."),
            ("gọi +84 912 345 678", "gọi +** *** *** ***"),
            // A fixed line.
            ("Điện thoại: (0272) 3 826 282; fax: 0272.3826282", "Điện thoại: (****) * *** ***; fax: ****.*******"),
            // Only the word before them tells these.
            ("ĐT: 080.45678", "ĐT: ***.*****"),
            ("điện thoại 38223456 hoặc 38223457", "điện thoại ******** hoặc ********"),
            ("đường dây nóng: 19001234", "đường dây nóng: ********"),
            // Addresses.
            ("gửi về vanthu@longan.gov.vn trước ngày 05/3/2020", "gửi về ******@******.***.** trước ngày 05/3/2020"),
            // Personal numbers.
            ("CCCD số 080095001234 cấp ngày 01/01/2021", "CCCD số ************ cấp ngày 01/01/2021"),
            ("CMND: 301 234 567", "CMND: *** *** ***"),
            ("hộ chiếu số B1234567", "hộ chiếu số ********"),
            // What stays: amounts, numbers of papers, dates, years, codes of projects.
            ("kinh phí 1.234.567.890 đồng", "kinh phí 1.234.567.890 đồng"),
            ("hỗ trợ điện thoại 1.500.000 đồng", "hỗ trợ điện thoại 1.500.000 đồng"),
            ("Công văn số 1234567/UBND-VX", "Công văn số 1234567/UBND-VX"),
            ("từ 05.03.2020 10 giờ", "từ 05.03.2020 10 giờ"),
            ("giai đoạn 2021 - 2025 và 2026 - 2030", "giai đoạn 2021 - 2025 và 2026 - 2030"),
            ("mã dự án 7654321", "mã dự án 7654321"),
            ("mẫu B1234567", "mẫu B1234567"),
            ("diện tích 12345678 m2", "diện tích 12345678 m2"),
        ];
        for (text, want) in rows {
            assert_eq!(redact(text), want);
            assert_eq!(redact(text).chars().count(), text.chars().count(), "{text}");
        }
    }

    #[test]
    fn what_a_file_says_about_itself_is_redacted() {
        let mut record = crate::pipeline::record("plan.txt", "Nội dung".as_bytes(), &crate::source::Options::default()).expect("the text is read");
        record.source.path = "an@example.vn.pdf".to_owned();
        record.source.metadata = Some(crate::export::MetadataRecord { author: Some("an@example.vn".to_owned()), ..Default::default() });
        redact_record(&mut record);
        assert_eq!(record.source.metadata.and_then(|m| m.author).as_deref(), Some("**@*******.**"));
        assert_eq!(record.source.path, "an@example.vn.pdf", "where the paper lies is the user's own");
    }

    #[test]
    fn a_redacted_record_still_fits_its_text() {
        let text = "ỦY BAN NHÂN DÂN\nTỈNH LONG AN\nSố: 129/KH-UBND\nLong An, ngày 05 tháng 3 năm 2020\n\nKẾ HOẠCH\nVề phòng, chống dịch\n\n\
            1. Giao Sở Y tế báo cáo qua ông An, điện thoại 38223456, thư an@example.vn trước ngày 20 tháng 12 năm 2020.\n";
        let mut record = crate::pipeline::record("plan.txt", text.as_bytes(), &crate::source::Options::default()).expect("the text is read");
        redact_record(&mut record);
        let json = serde_json::to_string(&record).expect("a record is JSON");
        for secret in ["38223456", "example"] {
            assert!(!json.contains(secret), "{json}");
        }
        let chars: Vec<char> = record.text.as_deref().unwrap_or_default().chars().collect();
        assert_eq!(record.tasks.len(), 1, "{json}");
        for task in &record.tasks {
            assert_eq!(chars[task.span.start..task.span.end].iter().collect::<String>(), task.quote);
            assert!(task.action.contains("********"), "{}", task.action);
        }
        assert_eq!(record.header.code.map(|c| c.text).as_deref(), Some("129/KH-UBND"));
    }
}
