//! Dates as printed, with what is known of them.

use crate::rule::{Rule, RuleSet};
use jiff::civil::Date;
use regex::Captures;
use std::fmt;
use std::sync::LazyLock;

/// A date of which the year, the day or both may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct PartialDate {
    /// Year, four digits.
    pub year: Option<i16>,
    /// Month, 1 to 12.
    pub month: Option<i8>,
    /// Day, valid in its month.
    pub day: Option<i8>,
}

/// How much of a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// `2020-06-18`
    Day,
    /// `2020-06`
    Month,
    /// `2020`
    Year,
}

impl Precision {
    /// The word in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

impl PartialDate {
    /// A date from its parts; `None` where they make no date.
    pub fn new(year: Option<i16>, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        let year_ok = year.is_none_or(|y| (1900..=2100).contains(&y));
        let month_ok = month.is_none_or(|m| (1..=12).contains(&m));
        let day_ok = match (day, month) {
            (None, _) => true,
            // 29 February passes while the year is unknown.
            (Some(d), Some(m)) if month_ok => Date::new(year.unwrap_or(2024), m, d).is_ok(),
            (Some(d), None) => (1..=31).contains(&d),
            _ => false,
        };
        (year_ok && month_ok && day_ok).then_some(Self { year, month, day })
    }

    /// How much is known; `None` without a year.
    pub fn precision(self) -> Option<Precision> {
        self.year?;
        Some(match (self.month, self.day) {
            (Some(_), Some(_)) => Precision::Day,
            (Some(_), None) => Precision::Month,
            _ => Precision::Year,
        })
    }

    /// EDTF; `None` without a year.
    pub fn edtf(self) -> Option<String> {
        let year = self.year?;
        Some(match (self.month, self.day) {
            (Some(m), Some(d)) => format!("{year:04}-{m:02}-{d:02}"),
            (Some(m), None) => format!("{year:04}-{m:02}"),
            _ => format!("{year:04}"),
        })
    }

    /// The calendar day, when it is wholly known.
    pub fn day_of_calendar(self) -> Option<Date> {
        Date::new(self.year?, self.month?, self.day?).ok()
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.edtf() {
            Some(s) => f.write_str(&s),
            None => write!(f, "?-{:02}-{:02}", self.month.unwrap_or(0), self.day.unwrap_or(0)),
        }
    }
}

/// Reads a named group as a number.
pub(super) fn number<N: std::str::FromStr>(captures: &Captures, name: &str) -> Option<N> {
    captures.name(name)?.as_str().parse().ok()
}

/// The date in the groups `d`, `m`, `y` of a match.
fn parts(captures: &Captures) -> Option<PartialDate> {
    PartialDate::new(number(captures, "y"), number(captures, "m"), number(captures, "d"))
}

/// A date that must have its year.
fn with_year(captures: &Captures) -> Option<PartialDate> {
    parts(captures).filter(|d| d.year.is_some())
}

/// Dates in sentences and letterheads. The blanks that forms leave for day and month may hold dots or strokes.
pub const RULES: &[Rule<PartialDate>] = &[
    Rule {
        id: "date-in-words",
        doc: "Ngày, tháng, năm in words, the form of letterheads (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.4) and of many citations.",
        starts: &["ngày"],
        pattern: r"ngày \s* (?<d>[0-9]{1,2}) \s* tháng \s* (?<m>[0-9]{1,2}) \s* năm \s* (?<y>[0-9]{4})",
        value: with_year,
        finds: &[
            ("Hà Nội, «ngày 05 tháng 3 năm 2020»", "2020-03-05"),
            ("Hải Phòng, «ngày 06 tháng 11 năm 2019»", "2019-11-06"),
            ("«ngày 29tháng 01 năm 2026»", "2026-01-29"),
        ],
        ignores: &["ngày     tháng     năm 2020", "ngày 31 tháng 2 năm 2020", "trong thời hạn 05 ngày làm việc"],
    },
    Rule {
        id: "date-with-slashes",
        doc: "Day, month and year with slashes, points or hyphens after “ngày”, the common form in citations.",
        starts: &["ngày"],
        pattern: r"ngày \s* (?<d>[0-9]{1,2}) \s* [/.\-] \s* (?<m>[0-9]{1,2}) \s* [/.\-] \s* (?<y>[0-9]{4})",
        value: with_year,
        finds: &[("của «ngày 08/4/2020»", "2020-04-08"), ("«ngày 15 / 11 /2024» của", "2024-11-15"), ("«ngày 01-12-2015»", "2015-12-01")],
        ignores: &["ngày 31/13/2020", "từ ngày 01/3", "ngày /6/2020"],
    },
    Rule {
        id: "date-glued",
        doc: "The slash between month and year lost by OCR: ngày 06/72021.",
        starts: &["ngày"],
        pattern: r"ngày \s* (?<d>[0-9]{1,2}) / (?<m>[1-9]|0[1-9]|1[0-2]) (?<y>(?:19|20)[0-9]{2})",
        value: with_year,
        finds: &[("«ngày 06/72021»", "2021-07-06"), ("«ngày 06/122021»", "2021-12-06")],
        ignores: &["ngày 06/7/2021", "ngày 06/2021"],
    },
    Rule {
        id: "date-with-note-mark",
        doc: "The raised number of a footnote, read as a digit behind the year: ngày 23 tháng 02 năm 2026⁴.",
        starts: &["ngày"],
        pattern: r"ngày \s* (?<d>[0-9]{1,2}) \s* tháng \s* (?<m>[0-9]{1,2}) \s* năm \s* (?<y>(?:19|20)[0-9]{2}) [0-9]",
        value: with_year,
        finds: &[("Hà Nội, «ngày 23 tháng 02 năm 20264»", "2026-02-23")],
        ignores: &["ngày 23 tháng 02 năm 2026", "ngày 31 tháng 02 năm 20264", "ngày 23 tháng 02 năm 202645"],
    },
    Rule {
        id: "date-without-day",
        doc: "A form with a blank day: “ngày    tháng 6 năm 2020”, “ngày …/6/2020”. What is blank stays unknown.",
        starts: &["ngày"],
        pattern: r"ngày [\s.…_]* (?: tháng [\s.…_]* (?<m>[0-9]{1,2}) [\s.…_]* năm [\s]* (?<y>[0-9]{4}) | /[\s.…_]* (?<m2>[0-9]{1,2}) \s* / \s* (?<y2>[0-9]{4}) )",
        value: |c| {
            let month = number(c, "m").or_else(|| number(c, "m2"));
            PartialDate::new(number(c, "y").or_else(|| number(c, "y2")), month, None).filter(|d| d.year.is_some())
        },
        finds: &[("Long An, «ngày tháng 6 năm 2020»", "2020-06"), ("«ngày …… tháng 6 năm 2020»", "2020-06"), ("kèm theo công văn «ngày /6/2020»", "2020-06")],
        ignores: &["ngày 05 tháng 6 năm 2020", "ngày tháng năm 2021"],
    },
    Rule {
        id: "date-without-day-and-month",
        doc: "A form with blank day and month: “ngày    tháng    năm 2021”.",
        starts: &["ngày"],
        pattern: r"ngày [\s.…_/]* (?: tháng [\s.…_]* năm | (?:[\s.…_]*/){1,2} ) \s* (?<y>[0-9]{4})",
        value: |c| PartialDate::new(number(c, "y"), None, None).filter(|d| d.year.is_some()),
        finds: &[("Hà Nội, «ngày tháng năm 2021»", "2021"), ("«ngày / /2020»", "2020")],
        ignores: &["ngày 5 tháng 6 năm 2021", "năm 2021"],
    },
    Rule {
        id: "day-and-month",
        doc: "A day without its year; the year is resolved from the paper's date, with a note.",
        starts: &["ngày"],
        pattern: r"ngày \s* (?<d>[0-9]{1,2}) (?: \s* [/\-] \s* | \s+ tháng \s+ ) (?<m>[0-9]{1,2})",
        value: parts,
        finds: &[("trước «ngày 31/8»", "?-08-31"), ("vào «ngày 20 tháng 12» hằng năm", "?-12-20")],
        ignores: &["ngày 31/8/2020", "ngày 20 tháng 12 năm 2020", "ngày 40/13"],
    },
    Rule {
        id: "month-and-year",
        doc: "A month of a year: tháng 8 năm 2020, tháng 8/2020.",
        starts: &["tháng"],
        pattern: r"tháng \s* (?<m>[0-9]{1,2}) (?: \s* [/\-] \s* | \s+ năm \s+ | , \s* năm \s+ ) (?<y>[0-9]{4})",
        value: with_year,
        finds: &[("trong «tháng 8 năm 2020»", "2020-08"), ("«tháng 3/2027»", "2027-03")],
        ignores: &["tháng 13/2020", "6 tháng đầu năm 2020"],
    },
];

/// The rules, compiled.
pub(crate) static DATES: LazyLock<RuleSet<PartialDate>> = LazyLock::new(|| RuleSet::new(&[RULES]));

/// A date of digits alone at the start of folded text, as it stands in tables and brackets: its length and value.
pub fn digits(folded: &str) -> Option<(usize, PartialDate)> {
    let bytes = folded.as_bytes();
    let (day, i) = run(bytes, 0, 2)?;
    let i = separator(bytes, i)?;
    let (month, i) = run(bytes, i, 2)?;
    let i = separator(bytes, i)?;
    let (year, end) = run(bytes, i, 4).filter(|&(_, end)| end - i == 4)?;
    let date = PartialDate::new(Some(year), i8::try_from(month).ok(), i8::try_from(day).ok())?;
    (!bytes.get(end).is_some_and(u8::is_ascii_digit)).then_some((end, date))
}

fn run(bytes: &[u8], at: usize, most: usize) -> Option<(i16, usize)> {
    let len = bytes[at..].iter().take(most).take_while(|b| b.is_ascii_digit()).count();
    let text = std::str::from_utf8(&bytes[at..at + len]).ok()?;
    text.parse().ok().map(|n| (n, at + len))
}

fn separator(bytes: &[u8], at: usize) -> Option<usize> {
    matches!(bytes.get(at)?, b'/' | b'.' | b'-').then_some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_keeps_to_its_examples() {
        let faults = crate::rule::check(RULES);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn dates_of_digits() {
        assert_eq!(digits("31/12/2026 và").map(|(n, d)| (n, d.to_string())), Some((10, "2026-12-31".to_owned())));
        for text in ["31/12/20261", "32/12/2026", "1/3", "2012-2020", "12/2016/ttlt"] {
            assert_eq!(digits(text), None, "{text}");
        }
    }
}
