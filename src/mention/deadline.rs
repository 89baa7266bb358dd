//! By when: the forms of deadlines, and what they come to for a paper of a given date.
//!
//! Each rule reads one form of the page; [`resolve`] turns it into dates. Nothing is invented: a form without
//! dates gives its kind alone.

use super::date::{PartialDate, number};
use crate::lexicon::holidays;
use crate::rule::Rule;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use regex::Captures;
use std::fmt;
use std::sync::LazyLock;

/// Kinds of deadlines in records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// trước ngày
    Before,
    /// chậm nhất ngày, đến hết ngày
    By,
    /// trong tháng, giai đoạn
    Within,
    /// hằng quý
    Recurring,
    /// trong thời hạn 10 ngày kể từ
    Relative,
    /// thường xuyên
    Ongoing,
}

impl Kind {
    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::By => "by",
            Self::Within => "within",
            Self::Recurring => "recurring",
            Self::Relative => "relative",
            Self::Ongoing => "ongoing",
        }
    }
}

/// How often, by RFC 5545.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recurrence {
    /// `DAILY`, `WEEKLY`, `MONTHLY`, `YEARLY`; `None` where the page says "định kỳ" alone or several at once.
    pub freq: Option<&'static str>,
    /// Every so many.
    pub interval: Option<u32>,
    /// Month of the year.
    pub month: Option<i8>,
    /// Day of the month.
    pub day: Option<i8>,
    /// Day of the week, as RFC 5545 writes it.
    pub weekday: Option<&'static str>,
}

impl Recurrence {
    fn every(freq: &'static str, interval: u32) -> Self {
        Self { freq: Some(freq), interval: (interval > 1).then_some(interval), ..Self::default() }
    }

    /// The rule, `FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20`.
    pub fn rrule(self) -> Option<String> {
        let mut rule = format!("FREQ={}", self.freq?);
        if let Some(n) = self.interval {
            rule.push_str(&format!(";INTERVAL={n}"));
        }
        if let Some(m) = self.month {
            rule.push_str(&format!(";BYMONTH={m}"));
        }
        if let Some(d) = self.day {
            rule.push_str(&format!(";BYMONTHDAY={d}"));
        }
        if let Some(w) = self.weekday {
            rule.push_str(&format!(";BYDAY={w}"));
        }
        Some(rule)
    }
}

/// A deadline as the page has it, before the paper's own date fills what is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Before the start of a day or month.
    Before(PartialDate),
    /// Before an hour of a day: the day itself is still on time.
    BeforeHour(PartialDate),
    /// Up to the end of a day, month or year.
    By(PartialDate),
    /// Up to the end of a period.
    ByPeriod(Period),
    /// Within a period.
    Within(Period),
    /// From one period to the end of another.
    Range(Period, Period),
    /// Again and again.
    Recurring(Recurrence),
    /// So many days, months … after an event.
    Relative {
        /// How many.
        amount: u32,
        /// Of what.
        unit: Unit,
        /// Whether only working days count.
        working: bool,
    },
    /// Tied to an event without a count: trước kỳ họp, ngay sau khi.
    Event,
    /// From a time on, or always.
    Ongoing,
}

/// Units of relative deadlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// giờ
    Hour,
    /// ngày
    Day,
    /// tuần
    Week,
    /// tháng
    Month,
    /// năm
    Year,
}

/// A stretch of the calendar; the year may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Year.
    pub year: Option<i16>,
    /// First day as month and day.
    pub first: (i8, i8),
    /// Last day as month and day; day 31 stands for the end of the month.
    pub last: (i8, i8),
}

impl Period {
    fn of_year(year: Option<i16>) -> Self {
        Self { year, first: (1, 1), last: (12, 31) }
    }

    fn month(year: Option<i16>, month: i8) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self { year, first: (month, 1), last: (month, 31) })
    }

    /// The days of a month up to its middle, or those behind it.
    fn half(self, first: bool) -> Self {
        if first { Self { last: (self.last.0, 15), ..self } } else { Self { first: (self.first.0, 16), ..self } }
    }

    fn quarter(year: Option<i16>, quarter: i8) -> Option<Self> {
        (1..=4).contains(&quarter).then_some(Self { year, first: (quarter * 3 - 2, 1), last: (quarter * 3, 31) })
    }

    fn day(d: PartialDate) -> Option<Self> {
        Some(Self { year: d.year, first: (d.month?, d.day?), last: (d.month?, d.day?) })
    }

    fn start(self, year: i16) -> Option<Date> {
        Date::new(year, self.first.0, self.first.1).ok()
    }

    fn end(self, year: i16) -> Option<Date> {
        let month = Date::new(year, self.last.0, 1).ok()?;
        Date::new(year, self.last.0, self.last.1.min(month.days_in_month())).ok()
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let period = |p: &Period| {
            let year = p.year.map_or("?".to_owned(), |y| y.to_string());
            format!("{year} {}/{}..{}/{}", p.first.1, p.first.0, p.last.1, p.last.0)
        };
        match self {
            Self::Before(d) => write!(f, "before {d}"),
            Self::BeforeHour(d) => write!(f, "before an hour of {d}"),
            Self::By(d) => write!(f, "by {d}"),
            Self::ByPeriod(p) => write!(f, "by end of {}", period(p)),
            Self::Within(p) => write!(f, "within {}", period(p)),
            Self::Range(a, b) => write!(f, "from {} to {}", period(a), period(b)),
            Self::Recurring(r) => write!(f, "recurring {}", r.rrule().unwrap_or_else(|| "unspecified".to_owned())),
            Self::Relative { amount, unit, working } => {
                write!(f, "relative {amount} {unit:?}{}", if *working { " working" } else { "" })
            }
            Self::Event => f.write_str("event"),
            Self::Ongoing => f.write_str("ongoing"),
        }
    }
}

/// A deadline in records' terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// Kind.
    pub kind: Kind,
    /// First day.
    pub start: Option<Date>,
    /// The day that the page names; the last of a period.
    pub end: Option<Date>,
    /// The last day that is still on time.
    pub due: Option<Date>,
    /// How often.
    pub recurrence: Option<Recurrence>,
    /// Whether the year was taken from the paper's date.
    pub year_supplied: bool,
}

impl Deadline {
    fn of(kind: Kind) -> Self {
        Self { kind, start: None, end: None, due: None, recurrence: None, year_supplied: false }
    }

    fn dated(kind: Kind, start: Option<Date>, end: Date, due: Date, year_supplied: bool) -> Self {
        Self { start, end: Some(end), due: Some(due), year_supplied, ..Self::of(kind) }
    }
}

/// What a form comes to in a paper of this date; `None` where it makes no date.
pub fn resolve(form: Form, issued: Option<PartialDate>) -> Option<Deadline> {
    let year = |given: Option<i16>, month: i8| given.or_else(|| supplied_year(issued, month));
    Some(match form {
        Form::Before(d) => {
            let month = d.month?;
            let end = Date::new(year(d.year, month)?, month, d.day.unwrap_or(1)).ok()?;
            Deadline::dated(Kind::Before, None, end, end.yesterday().ok()?, d.year.is_none())
        }
        Form::BeforeHour(d) => {
            let month = d.month?;
            let end = Date::new(year(d.year, month)?, month, d.day?).ok()?;
            Deadline::dated(Kind::Before, None, end, end, d.year.is_none())
        }
        Form::By(d) => {
            let month = d.month?;
            let end = Date::new(year(d.year, month)?, month, d.day?).ok()?;
            Deadline::dated(Kind::By, None, end, end, d.year.is_none())
        }
        Form::ByPeriod(p) => {
            let end = p.end(year(p.year, p.last.0)?)?;
            Deadline::dated(Kind::By, None, end, end, p.year.is_none())
        }
        Form::Within(p) => within(p, p, year(p.year, p.last.0)?, year(p.year, p.last.0)?, p.year.is_none())?,
        Form::Range(a, b) => {
            let last = year(b.year, b.last.0)?;
            within(a, b, a.year.unwrap_or(last), last, b.year.is_none())?
        }
        Form::Recurring(r) => Deadline { recurrence: Some(r), ..Deadline::of(Kind::Recurring) },
        Form::Relative { .. } | Form::Event => Deadline::of(Kind::Relative),
        Form::Ongoing => Deadline::of(Kind::Ongoing),
    })
}

fn within(first: Period, last: Period, first_year: i16, last_year: i16, supplied: bool) -> Option<Deadline> {
    let start = first.start(first_year)?;
    let end = last.end(last_year)?;
    (start <= end).then(|| Deadline::dated(Kind::Within, Some(start), end, end, supplied))
}

/// A missing year is the paper's own; a month long past by then belongs to the next year.
fn supplied_year(issued: Option<PartialDate>, month: i8) -> Option<i16> {
    let issued = issued?;
    let year = issued.year?;
    Some(if issued.month.is_some_and(|m| month < m) { year + 1 } else { year })
}

/// The day that lies so many days, weeks, months or years after another; the day itself is not counted, and a last
/// day off moves to the next working day (Bộ luật Dân sự 2015, Điều 147, 148).
pub fn after(anchor: Date, amount: u32, unit: Unit, working: bool) -> Option<Date> {
    let n = i64::from(amount);
    let mut day = match unit {
        Unit::Hour => anchor.checked_add((n + 23).checked_div(24)?.days()).ok()?,
        Unit::Day if working => return working_days_after(anchor, amount),
        Unit::Day => anchor.checked_add(n.days()).ok()?,
        Unit::Week => anchor.checked_add(n.weeks()).ok()?,
        Unit::Month => anchor.checked_add(n.months()).ok()?,
        Unit::Year => anchor.checked_add(n.years()).ok()?,
    };
    while !is_working_day(day) {
        day = day.tomorrow().ok()?;
    }
    Some(day)
}

fn working_days_after(anchor: Date, amount: u32) -> Option<Date> {
    let mut day = anchor;
    // No period of office papers is longer than a few years.
    for _ in 0..amount.min(2000) {
        day = day.tomorrow().ok()?;
        while !is_working_day(day) {
            day = day.tomorrow().ok()?;
        }
    }
    Some(day)
}

/// Monday to Friday, public holidays and swapped days counted.
pub fn is_working_day(day: Date) -> bool {
    match holidays().get(&day.to_string()) {
        Some(off) => !off,
        None => !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
    }
}

/// Years that deadlines are read for: before lie acts, after lie typing errors.
const YEARS: std::ops::RangeInclusive<i16> = 1975..=2100;

fn year_of(c: &Captures) -> Option<i16> {
    let year = first(c, &["y", "y2", "y3", "y4"]);
    year.filter(|y| YEARS.contains(y))
}

/// The number in the first of these groups that took part; a pattern names the ways of printing one thing `m`, `m2` …
fn first<N: std::str::FromStr>(c: &Captures, names: &[&str]) -> Option<N> {
    names.iter().find_map(|name| number(c, name))
}

const DAYS: &[&str] = &["d", "d3"];
const MONTHS: &[&str] = &["m", "m2", "m3", "m4"];

/// The date in the groups for day, month and year.
fn day_of(c: &Captures) -> Option<PartialDate> {
    PartialDate::new(year_of(c), first(c, MONTHS), first(c, DAYS))
}

fn quarter(s: &str) -> Option<i8> {
    Some(match s {
        "i" | "1" => 1,
        "ii" | "2" => 2,
        "iii" | "3" => 3,
        "iv" | "4" => 4,
        _ => return None,
    })
}

fn quarter_of(c: &Captures, name: &str, year: Option<i16>) -> Option<Period> {
    Period::quarter(year, quarter(c.name(name)?.as_str())?)
}

/// A day of every week, of the first and of the last week of a month, as RFC 5545 writes them.
fn weekdays(s: &str) -> Option<[&'static str; 3]> {
    Some(match s {
        "hai" | "2" => ["MO", "1MO", "-1MO"],
        "ba" | "3" => ["TU", "1TU", "-1TU"],
        "tư" | "4" => ["WE", "1WE", "-1WE"],
        "năm" | "5" => ["TH", "1TH", "-1TH"],
        "sáu" | "6" => ["FR", "1FR", "-1FR"],
        "bảy" | "7" => ["SA", "1SA", "-1SA"],
        _ => return None,
    })
}

/// A small number in figures or in words.
fn count(s: &str) -> Option<u32> {
    Some(match s {
        "hai" => 2,
        "ba" => 3,
        "năm" => 5,
        "sáu" => 6,
        figures => figures.parse().ok()?,
    })
}

/// "hằng năm", "hằng quý" … as a rule; a date in the same form gives month and day.
fn recurrence(c: &Captures) -> Option<Form> {
    let every = c.name("every").map(|m| m.as_str().split_whitespace().collect::<Vec<_>>().join(" "))?;
    let mut r = match every.as_str() {
        "ngày" => Recurrence::every("DAILY", 1),
        "tuần" => Recurrence::every("WEEKLY", 1),
        "tháng" => Recurrence::every("MONTHLY", 1),
        "quý" | "03 tháng" | "3 tháng" => Recurrence::every("MONTHLY", 3),
        "6 tháng" | "06 tháng" | "sáu tháng" | "nửa năm" => Recurrence::every("MONTHLY", 6),
        "năm" => Recurrence::every("YEARLY", 1),
        _ => return None,
    };
    r.day = first(c, DAYS).filter(|d| (1..=31).contains(d));
    r.month = first(c, MONTHS).filter(|m| (1..=12).contains(m));
    r.weekday = c.name("w").and_then(|w| weekdays(w.as_str())).map(|[day, ..]| day);
    if r.month.is_some() && r.freq != Some("YEARLY") {
        return None;
    }
    Some(Form::Recurring(r))
}

fn relative(c: &Captures) -> Option<Form> {
    let unit = match c.name("unit")?.as_str() {
        "giờ" => Unit::Hour,
        // No day is counted by minutes: an hour that has begun.
        "phút" => return number::<u32>(c, "n").filter(|n| *n > 0).map(|n| Form::Relative { amount: n.div_ceil(60), unit: Unit::Hour, working: false }),
        "ngày" => Unit::Day,
        "tuần" => Unit::Week,
        "tháng" => Unit::Month,
        _ => Unit::Year,
    };
    let amount = number(c, "n").filter(|n| *n > 0)?;
    Some(Form::Relative { amount, unit, working: c.name("working").is_some() })
}

/// Deadlines in sentences and cells.
pub const RULES: &[Rule<Form>] = &[
    Rule {
        id: "deadline-before-day",
        doc: "trước ngày D: D itself is too late, unless an hour of it is named. The year may be missing; recognition may have the tone wrong.",
        starts: &["trước", "trưởc", "truớc", "trươc"],
        pattern: r"tr[ưu][ớởơ]c \s+ (?<hour> [0-9]{1,2} \s* (?:giờ|h|g) \s* (?:[0-9]{2})? \s* (?:phút)? ,? \s* )? (?: hôm \s+ nay ,? \s* \(? (?:ngày \s+)? | ngày \s* (?: quốc \s+ khánh \s+ )? )? (?<d>[0-9]{1,2}) (?: \s* [/.\-] \s* (?<m>[0-9]{1,2}) (?: \s* [/.\-] \s* (?<y>[0-9]{4}) )? | \s+ tháng \s+ (?<m2>[0-9]{1,2}) (?: ,? \s+ năm \s+ (?<y2>[0-9]{4}) )? )",
        value: |c| {
            let day = day_of(c).filter(|d| d.day.is_some())?;
            Some(if c.name("hour").is_some() { Form::BeforeHour(day) } else { Form::Before(day) })
        },
        finds: &[
            ("gửi báo cáo «trước ngày 31/8/2020» để tổng hợp", "before 2020-08-31"),
            ("hoàn thành «trước ngày 20 tháng 12 năm 2021»", "before 2021-12-20"),
            ("«trước 17 giờ 00 ngày 15/9»", "before an hour of ?-09-15"),
            ("«trước 30/6/2026»", "before 2026-06-30"),
            ("hoàn thành «trưởc ngày 30/11/2025»", "before 2025-11-30"),
            ("«trước 19 giờ 00 hôm nay (21/7/2026»)", "before an hour of 2026-07-21"),
            ("xong «trước ngày Quốc khánh 02/9/2025»", "before 2025-09-02"),
        ],
        ignores: &["trước ngày Luật này có hiệu lực", "trước ngày 15 hằng tháng", "trước 17 giờ hằng ngày", "trước ngày 20 tháng 12 hằng năm"],
    },
    Rule {
        id: "deadline-before-month",
        doc: "trước tháng M: before its first day. Seldom printed; without it the month would be read as the time itself, one month too late.",
        starts: &["trước"],
        pattern: r"trước \s+ tháng \s+ (?<m>[0-9]{1,2}) (?: \s* / \s* (?<y>[0-9]{4}) | \s+ năm \s+ (?<y2>[0-9]{4}) )?",
        value: |c| PartialDate::new(year_of(c), number(c, "m"), None).filter(|d| d.month.is_some()).map(Form::Before),
        finds: &[("xong «trước tháng 9/2004»", "before 2004-09")],
        ignores: &["trong tháng 9/2004", "trước tháng cuối quý"],
    },
    Rule {
        id: "deadline-by-day",
        doc: "chậm nhất (là) ngày D, hạn chót là ngày D, đến hết ngày D, xong ngày D, hoàn thành ngày D: D itself is on time.",
        starts: &[
            "chậm nhất",
            "muộn nhất",
            "hạn chót",
            "hạn cuối",
            "thời hạn cuối",
            "đến",
            "hết",
            "xong",
            "hoàn thành",
            "không quá",
            "không muộn hơn",
            "không chậm hơn",
        ],
        pattern: r"(?: (?: (?:chậm|muộn) \s+ nhất | (?:thời \s+)? hạn \s+ (?:chót|cuối (?: \s+ cùng )?) ) (?: \s* (?:là|vào|đến|trong|hết|:) )* | đến \s+ (?:hết|trước)? | hết | xong (?: \s+ trong )? | hoàn \s+ thành (?: \s+ vào )? | không \s+ (?:quá|(?:muộn|chậm) \s+ hơn) ) \s* (?: [0-9]{1,2} \s* (?:giờ|h|g) \s* (?:[0-9]{2})? \s* (?:phút)? ,? \s* )? (?: ngày \s* (?<d>[0-9]{1,2}) (?: \s* [/.\-] \s* (?<m>[0-9]{1,2}) (?: \s* [/.\-] \s* (?<y>[0-9]{4}) )? | \s+ tháng \s+ (?<m2>[0-9]{1,2}) (?: ,? \s+ năm \s+ (?<y2>[0-9]{4}) )? ) | (?<d3>[0-9]{1,2}) (?: / (?<m3>[0-9]{1,2}) / (?<y3>[0-9]{4}) | \s+ tháng \s+ (?<m4>[0-9]{1,2}) ,? \s+ năm \s+ (?<y4>[0-9]{4}) ) )",
        value: |c| day_of(c).filter(|d| d.day.is_some()).map(Form::By),
        finds: &[
            ("«chậm nhất là ngày 15/9/2020»", "by 2020-09-15"),
            ("«đến hết ngày 30/6»", "by ?-06-30"),
            ("«xong ngày 05 tháng 3 năm 2026»", "by 2026-03-05"),
            ("«không quá ngày 31/12/2025»", "by 2025-12-31"),
            ("báo cáo «không muộn hơn ngày 15 tháng 3 năm 2026»", "by 2026-03-15"),
            ("«chậm nhất đến 30 tháng 4 năm 2026» phải bàn giao", "by 2026-04-30"),
            ("«xong 15/5/2026»", "by 2026-05-15"),
            ("«hạn chót là ngày 15/6/2026»", "by 2026-06-15"),
            ("bổ sung nhân lực, «hoàn thành ngày 31/12/2025»", "by 2025-12-31"),
            ("quyết toán, «thời hạn cuối cùng là ngày 20/12/2023»", "by 2023-12-20"),
        ],
        ignores: &["chậm nhất sau 05 ngày làm việc", "đến năm 2030", "không quá 10 ngày", "đến 3/4 số hộ", "chậm nhất ngày 10 hằng tháng"],
    },
    Rule {
        id: "deadline-by-period",
        doc: "đến hết tháng, quý, năm; hoàn thành chậm nhất trong quý: up to its last day. Seldom in short papers, usual in programmes: without it đến hết năm would have no last day.",
        starts: &["chậm nhất", "muộn nhất", "đến hết", "hết"],
        pattern: r"(?: (?:chậm|muộn) \s+ nhất (?: \s+ (?:là|vào|đến|trong|hết) )* | (?:đến \s+)? hết ) \s+ (?: quý \s+ (?<q>iv|iii|ii|i|[1-4]) | tháng \s+ (?<m>[0-9]{1,2}) | (?<whole>năm) ) (?: \s* / \s* (?<y>[0-9]{4}) | \s+ năm \s+ (?<y2>[0-9]{4}) | \s+ (?<y3>[0-9]{4}) )?",
        value: |c| {
            let year = year_of(c);
            let period = match (c.name("q"), number(c, "m")) {
                (Some(_), _) => quarter_of(c, "q", year),
                (_, Some(m)) => Period::month(year, m),
                _ => year.map(|y| Period::of_year(Some(y))),
            };
            period.map(Form::ByPeriod)
        },
        finds: &[
            ("«đến hết năm 2025»", "by end of 2025 1/1..31/12"),
            ("«chậm nhất trong quý II/2026»", "by end of 2026 1/4..31/6"),
            ("«đến hết tháng 6 năm 2026»", "by end of 2026 1/6..31/6"),
        ],
        ignores: &["đến hết ngày 30/6", "chậm nhất ngày 15/9/2020", "đến năm 2025"],
    },
    Rule {
        id: "deadline-within-day",
        doc: "trong ngày, vào ngày: that day. Seldom printed: telegrams and invitations set a day so.",
        starts: &["trong ngày", "vào ngày", "ngay trong ngày", "trong các ngày"],
        pattern: r"(?: ngay \s+ )? (?:trong|vào) \s+ (?:các \s+)? ngày \s* (?<d>[0-9]{1,2}) (?: \s* (?:và|-|–) \s* (?:ngày \s+)? (?<to>[0-9]{1,2}) )? (?: \s* [/.\-] \s* (?<m>[0-9]{1,2}) (?: \s* [/.\-] \s* (?<y>[0-9]{4}) )? | \s+ tháng \s+ (?<m2>[0-9]{1,2}) (?: \s+ năm \s+ (?<y2>[0-9]{4}) )? )",
        value: |c| {
            let day = day_of(c)?;
            let first = Period::day(day)?;
            Some(match number(c, "to") {
                Some(to) => Form::Range(first, PartialDate::new(day.year, day.month, Some(to)).and_then(Period::day)?),
                None => Form::Within(first),
            })
        },
        finds: &[
            ("cấp phát «trong ngày 22 và 23/7»", "from ? 22/7..22/7 to ? 23/7..23/7"),
            ("tổ chức «vào ngày 20/11/2025»", "within 2025 20/11..20/11"),
            ("«trong ngày 15/9»", "within ? 15/9..15/9"),
        ],
        ignores: &["trong ngày làm việc", "trước ngày 15/9"],
    },
    Rule {
        id: "deadline-within-month",
        doc: "trong tháng M, trong các tháng M và N: from the first to the last day; trong nửa đầu, nửa cuối tháng M: up to and from its middle.",
        starts: &["trong tháng", "trong các tháng", "vào tháng", "xong trong tháng", "trong nửa", "ngay trong nửa", "vào nửa"],
        pattern: r"(?:(?:xong|ngay) \s+)? (?:trong|vào) \s+ (?:các \s+ | nửa \s+ (?<half>đầu|cuối) \s+ )? tháng \s* (?<m>[0-9]{1,2}) (?: \s* (?:,|và|-|–|đến) \s* (?:tháng \s+)? (?<m2>[0-9]{1,2}) )? (?: \s* / \s* (?<y>[0-9]{4}) | ,? \s+ năm \s+ (?<y2>[0-9]{4}) )?",
        value: |c| {
            let year = year_of(c);
            let first = Period::month(year, number(c, "m")?)?;
            Some(match (number(c, "m2"), c.name("half")) {
                (Some(last), _) => Form::Range(first, Period::month(year, last)?),
                (None, Some(half)) => Form::Within(first.half(half.as_str() == "đầu")),
                (None, None) => Form::Within(first),
            })
        },
        finds: &[
            ("«ngay trong nửa đầu tháng 6/2024», triệu tập hội nghị", "within 2024 1/6..15/6"),
            ("«trong nửa cuối tháng 12 năm 2025»", "within 2025 16/12..31/12"),
            ("hoàn thành tổng kết «trong tháng 8 năm 2020»", "within 2020 1/8..31/8"),
            ("«trong tháng 10»", "within ? 1/10..31/10"),
            ("«trong các tháng 7 và 8 năm 2026»", "from 2026 1/7..31/7 to 2026 1/8..31/8"),
        ],
        ignores: &["trong tháng cuối quý", "tháng 8 năm 2020"],
    },
    Rule {
        id: "deadline-within-quarter",
        doc: "trong quý, also two quarters or a half of one: quý I và nửa đầu quý II năm 2020.",
        starts: &["trong quý", "vào quý", "quý", "nửa đầu quý", "nửa cuối quý", "q."],
        pattern: r"(?: (?:trong|vào) \s+ )? (?: quý|q\.) \s* (?<q>iv|iii|ii|i|[1-4]) (?: \s* (?:,|và|-|–|đến) \s* (?<half>nửa \s+ đầu \s+)? (?:quý \s+)? (?<q2>iv|iii|ii|i|[1-4]) ){0,3} (?: \s* [/\-] \s* (?<y>[0-9]{4}) | ,? \s+ năm \s+ (?<y2>[0-9]{4}) | \s+ (?<now>năm \s+ nay) )?",
        value: |c| {
            let year = year_of(c);
            let first = quarter_of(c, "q", year)?;
            let Some(mut last) = c.name("q2").and_then(|_| quarter_of(c, "q2", year)) else { return Some(Form::Within(first)) };
            if c.name("half").is_some() {
                // Half a quarter ends in the middle of its second month.
                last.last = (last.first.0 + 1, 15);
            }
            Some(Form::Range(first, last))
        },
        finds: &[
            ("hoàn thành «trong quý II năm 2020»", "within 2020 1/4..31/6"),
            ("«Quý IV/2021»", "within 2021 1/10..31/12"),
            ("«trong quý I và nửa đầu quý II năm 2020»", "from 2020 1/1..31/3 to 2020 1/4..15/5"),
            ("«Quý II, III, IV/2025»", "from 2025 1/4..31/6 to 2025 1/10..31/12"),
            ("«Quý III - IV/2026»", "from 2026 1/7..31/9 to 2026 1/10..31/12"),
        ],
        ignores: &["quý khách", "hằng quý", "hoàn thành trong năm 2026"],
    },
    Rule {
        id: "deadline-within-year",
        doc: "trong năm, vào năm, năm Y.",
        starts: &["trong năm", "vào năm", "năm", "ngay trong năm"],
        pattern: r"(?: (?:ngay \s+)? (?:trong|vào) \s+ )? năm \s+ (?<y>[0-9]{4}) (?: \s* (?:-|–|đến|và) \s* (?:năm \s+)? (?<to>[0-9]{4}) )?",
        value: |c| {
            let year = year_of(c)?;
            Some(match number(c, "to") {
                Some(to) if YEARS.contains(&to) && to > year => Form::Range(Period::of_year(Some(year)), Period::of_year(Some(to))),
                _ => Form::Within(Period::of_year(Some(year))),
            })
        },
        finds: &[("tổng kết «trong năm 2019»", "within 2019 1/1..31/12"), ("«Năm 2026 - 2028»", "from 2026 1/1..31/12 to 2028 1/1..31/12")],
        ignores: &["trong năm học 2020-2021", "hằng năm", "5 năm"],
    },
    Rule {
        id: "deadline-within-half-year",
        doc: "6 tháng đầu năm, 6 tháng cuối năm, 9 tháng đầu năm. Seldom in sentences, usual in the cells of yearly programmes.",
        starts: &["6 tháng", "06 tháng", "9 tháng", "09 tháng", "sáu tháng", "trong 6 tháng", "trong 06 tháng"],
        pattern: r"(?: trong \s+ )? (?<n>0?6|0?9|sáu) \s+ tháng \s+ (?<half>đầu|cuối) \s+ năm \s* (?<y>[0-9]{4})?",
        value: |c| {
            let year = year_of(c);
            let nine = c.name("n")?.as_str().ends_with('9');
            let (first, last) = match (c.name("half")?.as_str(), nine) {
                ("đầu", false) => ((1, 1), (6, 30)),
                ("đầu", true) => ((1, 1), (9, 30)),
                _ => ((7, 1), (12, 31)),
            };
            Some(Form::Within(Period { year, first, last }))
        },
        finds: &[("«trong 6 tháng đầu năm 2026»", "within 2026 1/1..30/6"), ("«6 tháng cuối năm 2026»", "within 2026 1/7..31/12")],
        ignores: &["định kỳ 6 tháng", "6 tháng một lần"],
    },
    Rule {
        id: "deadline-years",
        doc: "giai đoạn Y1 - Y2, and two years alone in a cell: from the first day to the last.",
        starts: &["giai đoạn", "trong giai đoạn"],
        pattern: r"(?: trong \s+ )? giai \s+ đoạn \s+ (?<y>[0-9]{4}) \s* (?:-|–|đến) \s* (?<to>[0-9]{4})",
        value: |c| {
            let (year, to) = (year_of(c)?, number(c, "to").filter(|y| YEARS.contains(y))?);
            Some(Form::Range(Period::of_year(Some(year)), Period::of_year(Some(to))))
        },
        finds: &[("«giai đoạn 2023 - 2025»", "from 2023 1/1..31/12 to 2025 1/1..31/12")],
        ignores: &["giai đoạn 1", "giai đoạn hiện nay"],
    },
    Rule {
        id: "deadline-from-to",
        doc: "từ ngày … đến (hết) ngày …; từ quý … đến quý …; từ tháng, năm … đến ….",
        starts: &["từ"],
        pattern: r"từ \s+ (?: (?: [0-9]{1,2} \s* (?:giờ|h) \s* (?:[0-9]{2})? \s* (?:phút)? ,? \s* )? (?:ngày \s*)? (?<wd>[0-9]{1,2}) (?: \s* [/.\-] \s* (?<wm>[0-9]{1,2}) [/.\-] (?<wy>[0-9]{4}) | \s+ tháng \s+ (?<wm2>[0-9]{1,2}) (?: \s+ năm \s+ (?<wy2>[0-9]{4}) )? ) \s+ đến \s+ (?:hết \s+)? (?: [0-9]{1,2} \s* (?:giờ|h) \s* (?:[0-9]{2})? \s* (?:phút)? ,? \s* )? (?:ngày \s+)? (?<we>[0-9]{1,2}) (?: \s* [/.\-] \s* (?<wn>[0-9]{1,2}) [/.\-] (?<wz>[0-9]{4}) | \s+ tháng \s+ (?<wn2>[0-9]{1,2}) \s+ năm \s+ (?<wz2>[0-9]{4}) ) | (?:ngày \s*)? (?<d>[0-9]{1,2}) (?: \s* [/.\-] \s* (?<m>[0-9]{1,2}) (?: [/.\-] (?<y>[0-9]{4}) )? )? (?: \s+ đến \s+ | \s+ [-–] \s+ ) (?:hết \s+)? (?:ngày \s+)? (?<d2>[0-9]{1,2}) (?: \s* [/.\-] \s* (?<m2>[0-9]{1,2}) (?: [/.\-] (?<y2>[0-9]{4}) )? | \s+ tháng \s+ (?<m3>[0-9]{1,2}) (?: \s+ năm \s+ (?<y3>[0-9]{4}) )? ) | quý \s+ (?<q>iv|iii|ii|i|[1-4]) (?: (?:/|\s+năm\s+) (?<qy>[0-9]{4}) )? \s* (?:đến|-|–) \s* (?:hết \s+)? quý \s+ (?<q2>iv|iii|ii|i|[1-4]) (?:/|\s+năm\s+) (?<qy2>[0-9]{4}) | (?:năm \s+)? (?<ny>[0-9]{4}) \s* (?:đến|-|–) \s* (?:hết \s+)? (?:năm \s+)? (?<ny2>[0-9]{4}) | tháng \s+ (?<tm>[0-9]{1,2}) (?: (?:/|\s+năm\s+) (?<ty>[0-9]{4}) )? \s* (?:đến|-|–) \s* (?:hết \s+)? tháng \s+ (?<tm2>[0-9]{1,2}) (?:/|\s+năm\s+) (?<ty2>[0-9]{4}) )",
        value: |c| {
            if c.name("wd").is_some() {
                let last = PartialDate::new(first(c, &["wz", "wz2"]), first(c, &["wn", "wn2"]), number(c, "we")).and_then(Period::day)?;
                let start = PartialDate::new(first(c, &["wy", "wy2"]), first(c, &["wm", "wm2"]), number(c, "wd")).and_then(Period::day)?;
                return Some(Form::Range(Period { year: start.year.or(last.year), ..start }, last));
            }
            if c.name("d").is_some() {
                let last = PartialDate::new(first(c, &["y2", "y3"]), first(c, &["m2", "m3"]), number(c, "d2")).and_then(Period::day)?;
                let month = number(c, "m").unwrap_or(last.first.0);
                let first = PartialDate::new(number(c, "y"), Some(month), number(c, "d")).and_then(Period::day)?;
                return Some(Form::Range(Period { year: first.year.or(last.year), ..first }, last));
            }
            if c.name("q").is_some() {
                let year2 = number(c, "qy2");
                return Some(Form::Range(quarter_of(c, "q", number(c, "qy").or(year2))?, quarter_of(c, "q2", year2)?));
            }
            if let Some(month) = number(c, "tm") {
                let year2 = number(c, "ty2");
                return Some(Form::Range(Period::month(number(c, "ty").or(year2), month)?, Period::month(year2, number(c, "tm2")?)?));
            }
            let years: (i16, i16) = (number(c, "ny")?, number(c, "ny2")?);
            (YEARS.contains(&years.0) && YEARS.contains(&years.1)).then(|| Form::Range(Period::of_year(Some(years.0)), Period::of_year(Some(years.1))))
        },
        finds: &[
            ("«Từ quý III/2026 đến quý III/2030»", "from 2026 1/7..31/9 to 2030 1/7..31/9"),
            ("«từ ngày 01/3 đến ngày 15/4/2026»", "from 2026 1/3..1/3 to 2026 15/4..15/4"),
            ("«từ ngày 01 tháng 01 năm 2026 đến hết ngày 28 tháng 02 năm 2026»", "from 2026 1/1..1/1 to 2026 28/2..28/2"),
            ("«từ 12 giờ 00 ngày 26 tháng 4 đến 12 giờ 00 ngày 02 tháng 5 năm 2024»", "from 2024 26/4..26/4 to 2024 2/5..2/5"),
            ("trong tuần «từ ngày 12 đến ngày 16 tháng 8 năm 2024»", "from 2024 12/8..12/8 to 2024 16/8..16/8"),
            ("tập huấn «từ 20 - 29/4/2026»", "from 2026 20/4..20/4 to 2026 29/4..29/4"),
            ("«từ 01/9/2004 đến 31/10/2004»", "from 2004 1/9..1/9 to 2004 31/10..31/10"),
            ("«từ năm 2023 đến năm 2030»", "from 2023 1/1..31/12 to 2030 1/1..31/12"),
            ("«Từ tháng 3 đến tháng 8/2026»", "from 2026 1/3..31/3 to 2026 1/8..31/8"),
        ],
        ignores: &["từ ngày ký ban hành", "từ 05 đến 10 hộ", "từ 20 - 29 hộ", "từ quý II/2027"],
    },
    Rule {
        id: "deadline-from",
        doc: "từ quý, tháng, năm, ngày … with no end: from then on.",
        starts: &["từ", "kể từ", "bắt đầu từ"],
        pattern: r"(?:kể \s+ |bắt \s+ đầu \s+)? từ \s+ (?: quý \s+ (?:iv|iii|ii|i|[1-4]) (?:/|\s+năm\s+) [0-9]{4} | tháng \s+ [0-9]{1,2} (?:/|\s+năm\s+) [0-9]{4} | năm \s+ [0-9]{4} | ngày \s+ [0-9]{1,2} [/.] [0-9]{1,2} [/.] [0-9]{4} | ngày \s+ (?:ký|ban \s+ hành) ) (?: \s+ (?:ban \s+ hành \s+)? trở \s+ đi )? (?: \s*,\s* thường \s+ xuyên )?",
        value: |_| Some(Form::Ongoing),
        finds: &[("«Từ quý II/2027»", "ongoing"), ("«Từ tháng 5/2026, thường xuyên»", "ongoing"), ("«từ ngày ban hành trở đi»", "ongoing")],
        ignores: &["từ năm 2023 đến năm 2030", "từ nguồn ngân sách", "từ 2026 - 2030"],
    },
    Rule {
        id: "deadline-yearly-day",
        doc: "trước ngày D tháng M hằng năm; also the day of every month or quarter, and of the year or month before or after what it is for (lập dự toán trước ngày 31/10 năm trước).",
        starts: &["trước", "chậm nhất", "vào", "định kỳ trước", "định kỳ vào", "định kỳ ngày", "ngày"],
        pattern: r"(?: định \s+ kỳ \s+)? (?: trước | (?:chậm|muộn) \s+ nhất (?:\s+(?:là|vào|đến|hết))* | vào )? \s* (?: [0-9]{1,2} \s* (?:giờ|h) \s* (?:[0-9]{2})? \s* )? (?: ngày \s+ (?<d>[0-9]{1,2}) (?: \s* [/\-] \s* (?<m>[0-9]{1,2}) | \s+ tháng \s+ (?<m2>[0-9]{1,2}) )? | (?<d3>[0-9]{1,2}) (?: / (?<m3>[0-9]{1,2}) | \s+ tháng \s+ (?<m4>[0-9]{1,2}) ) ) (?: ,? \s+ (?:hằng|hàng|mỗi) \s+ (?<every>tháng|quý|năm) | \s+ (?:của \s+)? (?<beside>tháng|năm) \s+ (?:trước|sau|kế \s+ tiếp|tiếp \s+ theo|liền \s+ (?:trước|kề)) )",
        value: |c| match c.name("beside").map(|m| m.as_str()) {
            None => recurrence(c),
            Some(period) => {
                let (day, month) = (first(c, DAYS)?, first(c, MONTHS));
                let freq = if period == "năm" { "YEARLY" } else { "MONTHLY" };
                // "ngày 31/10 năm trước" has a month, "ngày 05 tháng sau" none.
                let fits = (1..=31).contains(&day) && (period == "năm") == month.is_some_and(|m| (1..=12).contains(&m));
                fits.then_some(Form::Recurring(Recurrence { freq: Some(freq), month, day: Some(day), ..Recurrence::default() }))
            }
        },
        finds: &[
            ("trình UBND tỉnh «trước ngày 31/10 năm trước»", "recurring FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=31"),
            ("gửi «trước ngày 05 của tháng sau»", "recurring FREQ=MONTHLY;BYMONTHDAY=5"),
            ("định kỳ gửi «trước ngày 20 tháng 12 hằng năm»", "recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20"),
            ("báo cáo «trước ngày 15 hàng tháng»", "recurring FREQ=MONTHLY;BYMONTHDAY=15"),
            ("«Chậm nhất đến hết 15 tháng 12 hàng năm»", "recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
            ("«trước 05/12 hằng năm»", "recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5"),
            ("«Định kỳ ngày 25 hàng tháng» tổng hợp", "recurring FREQ=MONTHLY;BYMONTHDAY=25"),
            ("«ngày 20 hằng quý»", "recurring FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20"),
        ],
        ignores: &["trước ngày 31/8/2020", "hằng năm", "ngày 20 tháng 12 năm 2020"],
    },
    Rule {
        id: "deadline-day-as-rhythm",
        doc: "định kỳ trước ngày D tháng M, without hằng năm: định kỳ says that the day comes every year. Without it the first year alone would be read.",
        starts: &["định kỳ trước", "định kỳ vào", "định kỳ ngày"],
        pattern: r"định \s+ kỳ \s+ (?: trước \s+ | vào \s+ )? ngày \s+ (?<d>[0-9]{1,2}) (?: \s* / \s* (?<m>[0-9]{1,2}) | \s+ tháng \s+ (?<m2>[0-9]{1,2}) )",
        value: |c| {
            let (day, month) = (first(c, DAYS), first(c, MONTHS));
            PartialDate::new(None, month, day).map(|_| Form::Recurring(Recurrence { freq: Some("YEARLY"), month, day, ..Recurrence::default() }))
        },
        finds: &[("báo cáo «định kỳ trước ngày 15 tháng 12»", "recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15")],
        ignores: &["trước ngày 15 tháng 12", "định kỳ trước ngày 15 hằng tháng"],
    },
    Rule {
        id: "deadline-yearly-period",
        doc: "vào quý IV hằng năm, trước mùa mưa hằng năm: once a year; a month goes into the rule.",
        starts: &["vào", "trong", "trước", "quý", "tháng", "đầu", "cuối"],
        pattern: r"(?: (?:vào|trong|trước|đầu|cuối) \s+ )? (?: quý \s+ (?:iv|iii|ii|i|[1-4]) | tháng \s+ (?<m>[0-9]{1,2}) | (?: và \s+ sau \s+ )? mùa \s+ (?:mưa (?:\s+ (?:lũ|bão))?|bão|khô|lũ) ) ,? \s+ (?:hằng|hàng|mỗi) \s+ (?<every>năm)",
        value: recurrence,
        finds: &[
            ("sơ kết «vào quý IV hằng năm»", "recurring FREQ=YEARLY"),
            ("báo cáo «trước tháng 12 hằng năm»", "recurring FREQ=YEARLY;BYMONTH=12"),
            ("kiểm tra «trước và sau mùa mưa lũ hằng năm»", "recurring FREQ=YEARLY"),
        ],
        ignores: &["vào quý IV năm 2026", "trước mùa mưa", "hằng năm"],
    },
    Rule {
        id: "deadline-two-days-a-year",
        doc: "trước ngày 05/6 và 05/12 hằng năm: two days, so no single rule.",
        starts: &["trước", "chậm nhất", "ngày"],
        pattern: r"(?: trước | (?:chậm|muộn) \s+ nhất (?:\s+(?:là|vào|đến))* )? \s* ngày \s+ [0-9]{1,2} (?: \s* / \s* [0-9]{1,2} | \s+ tháng \s+ [0-9]{1,2} ) \s* (?:và|,) \s* (?: (?:trước \s+)? ngày \s+ )? [0-9]{1,2} (?: \s* / \s* [0-9]{1,2} | \s+ tháng \s+ [0-9]{1,2} ) \s+ (?:hằng|hàng) \s+ năm",
        value: |_| Some(Form::Recurring(Recurrence::default())),
        finds: &[
            ("báo cáo «trước ngày 05/6 và 05/12 hằng năm»", "recurring unspecified"),
            ("«trước ngày 15 tháng 6 và ngày 15 tháng 12 hằng năm»", "recurring unspecified"),
        ],
        ignores: &["trước ngày 05/6 và 05/12", "trước ngày 05/6 hằng năm"],
    },
    Rule {
        id: "deadline-day-of-quarter",
        doc: "trước ngày D của tháng cuối quý, của tháng đầu quý sau: once a quarter.",
        starts: &["trước", "chậm nhất", "ngày", "vào", "định kỳ trước", "định kỳ vào", "định kỳ ngày"],
        pattern: r"(?: định \s+ kỳ \s+ )? (?: trước | (?:chậm|muộn) \s+ nhất (?:\s+(?:là|vào|đến))* | vào )? \s* ngày \s+ (?<d>[0-9]{1,2}) \s+ (?:của \s+)? (?:các \s+)? tháng (?:\s+thứ)? \s+ (?:cuối|đầu|sau|ba) (?: \s+ tiên )? (?: \s+ (?:cùng|của|mỗi|hằng|hàng) )? \s* (?<every>quý) (?:\s+ (?:sau|tiếp \s+ theo|kế \s+ tiếp))?",
        value: recurrence,
        finds: &[
            ("«trước ngày 20 của tháng cuối quý»", "recurring FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20"),
            ("«Định kỳ trước ngày 20 của tháng cuối quý», các xã", "recurring FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20"),
            ("«trước ngày 10 của tháng đầu quý sau»", "recurring FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10"),
        ],
        ignores: &["trước ngày 20 tháng 12", "quý sau"],
    },
    Rule {
        id: "deadline-weekly-day",
        doc: "thứ Sáu hằng tuần.",
        starts: &["thứ", "trước", "vào", "chiều", "sáng"],
        pattern: r"(?: trước \s+ | vào \s+ )? (?: [0-9]{1,2} \s* (?:giờ|h) \s* (?:[0-9]{2})? ,? \s* )? (?: (?:sáng|chiều|ngày) \s+ )? thứ \s+ (?<w>hai|ba|tư|năm|sáu|bảy|[2-7]) \s+ (?:hằng|hàng|mỗi) \s+ (?<every>tuần)",
        value: recurrence,
        finds: &[("báo cáo «trước 15 giờ thứ Sáu hằng tuần»", "recurring FREQ=WEEKLY;BYDAY=FR")],
        ignores: &["thứ sáu tuần này", "hằng tuần"],
    },
    Rule {
        id: "deadline-weekday-of-month",
        doc: "sáng thứ Bảy tuần cuối hằng tháng: one weekday of a month.",
        starts: &["thứ", "vào", "chiều", "sáng"],
        pattern: r"(?: vào \s+ )? (?: (?:sáng|chiều|ngày) \s+ )? thứ \s+ (?<w>hai|ba|tư|năm|sáu|bảy|[2-7]) (?: \s+ của )? \s+ tuần \s+ (?<nth>đầu|cuối) (?: \s+ tiên | \s+ cùng )? (?: \s+ của )? \s+ (?:hằng|hàng|mỗi) \s+ (?<every>tháng)",
        value: |c| {
            let [_, first, last] = weekdays(&c["w"])?;
            Some(Form::Recurring(Recurrence { weekday: Some(if &c["nth"] == "đầu" { first } else { last }), ..Recurrence::every("MONTHLY", 1) }))
        },
        finds: &[
            ("ra quân «vào sáng thứ Bảy tuần cuối hằng tháng»", "recurring FREQ=MONTHLY;BYDAY=-1SA"),
            ("họp «thứ Hai tuần đầu mỗi tháng»", "recurring FREQ=MONTHLY;BYDAY=1MO"),
        ],
        ignores: &["thứ Bảy tuần cuối", "thứ Bảy hằng tuần"],
    },
    Rule {
        id: "deadline-recurring-list",
        doc: "Several periods at once (hằng tháng, quý, 6 tháng, năm): recurring without one rule.",
        starts: &["hằng", "hàng", "định kỳ"],
        pattern: r"(?:định \s+ kỳ \s+)? (?:(?:hằng|hàng|mỗi) \s+)? (?:ngày|tuần|tháng|quý|năm|0?6 \s+ tháng|sáu \s+ tháng) (?: \s* \( (?:trước|chậm|xong) [^()]{4,40} \) )? (?: \s* (?:,|và|/|;) \s* (?:(?:định \s+ kỳ|hằng|hàng|mỗi|01|1|một) \s+)* (?:tuần|tháng|quý|năm|0?6 \s+ tháng|0?9 \s+ tháng|sáu \s+ tháng) (?: \s* \( (?:trước|chậm|xong) [^()]{4,40} \) )? )+",
        value: |_| Some(Form::Recurring(Recurrence::default())),
        finds: &[
            ("báo cáo «hằng tháng, quý, 6 tháng, năm»", "recurring unspecified"),
            ("«định kỳ 6 tháng, hằng năm»", "recurring unspecified"),
            ("báo cáo «định kỳ 6 tháng (trước 15/6), năm (trước 15/12)»", "recurring unspecified"),
        ],
        ignores: &["hằng năm", "định kỳ hằng quý"],
    },
    Rule {
        id: "deadline-recurring",
        doc: "hằng năm, định kỳ hằng quý, định kỳ 6 tháng.",
        starts: &["hằng", "hàng", "định kỳ", "mỗi"],
        pattern: r"(?: định \s+ kỳ ,? \s+ )? (?: (?:hằng|hàng|mỗi) \s+ )? (?<every> (?:0?6|sáu|0?3) \s+ tháng | ngày | tuần | tháng | quý | năm ) (?: \s+ (?:một|01|1) \s+ lần )?",
        value: recurrence,
        finds: &[
            ("«Hằng năm» và từng giai đoạn", "recurring FREQ=YEARLY"),
            ("«định kỳ hằng quý» báo cáo", "recurring FREQ=MONTHLY;INTERVAL=3"),
            ("«định kỳ 6 tháng một lần»", "recurring FREQ=MONTHLY;INTERVAL=6"),
        ],
        ignores: &["hàng hóa", "định kỳ báo cáo", "hằng tháng, quý"],
    },
    Rule {
        id: "deadline-times-a-year",
        doc: "02 lần/năm, 01 lần/quý, mỗi năm một lần, 10 ngày một lần, hai năm một lần.",
        starts: &["01", "1", "02", "2", "03", "3", "05", "5", "06", "6", "một", "hai", "ba", "sáu", "năm", "10", "15"],
        pattern: r"(?: (?<years>0?2|hai|0?3|ba|0?5|năm) \s+ năm \s* (?: /? \s* ) (?:một|01|1)? \s* lần | (?:0?1|một|ít \s+ nhất \s+ 0?1) \s+ lần \s* (?:/|mỗi|trong) \s* (?:0?1 \s+ )? (?<every>năm|quý|tháng|tuần|ngày) | (?<n>[0-9]{1,2}) \s+ ngày (?: \s+ | / ) (?:một|01|1) \s+ lần | (?<weeks>0?2|hai) \s+ tuần (?: \s+ (?:một|01|1) \s+ lần | \s* / \s* (?:0?1 \s+)? (?:lần|số|kỳ) ) | (?<months>0?2|hai|0?3|ba|0?6|sáu) \s+ tháng (?: \s+ (?:một|01|1) \s+ lần | \s* / \s* (?:0?1 \s+)? lần ) | (?:0?2|hai) \s+ lần \s* (?:/|mỗi) \s* (?<twice>năm) )",
        value: |c| {
            if let Some(n) = number::<u32>(c, "n") {
                return Some(Form::Recurring(Recurrence::every("DAILY", n)));
            }
            for (group, freq) in [("months", "MONTHLY"), ("years", "YEARLY")] {
                if let Some(periods) = c.name(group) {
                    return Some(Form::Recurring(Recurrence::every(freq, count(periods.as_str())?)));
                }
            }
            if c.name("weeks").is_some() {
                return Some(Form::Recurring(Recurrence::every("WEEKLY", 2)));
            }
            if c.name("twice").is_some() {
                return Some(Form::Recurring(Recurrence::every("MONTHLY", 6)));
            }
            recurrence(c)
        },
        finds: &[
            ("kiểm tra «01 lần/năm»", "recurring FREQ=YEARLY"),
            ("báo cáo «10 ngày một lần»", "recurring FREQ=DAILY;INTERVAL=10"),
            ("«02 lần/năm»", "recurring FREQ=MONTHLY;INTERVAL=6"),
            ("phát sóng «02 tuần/số»", "recurring FREQ=WEEKLY;INTERVAL=2"),
            ("«6 tháng một lần» báo cáo", "recurring FREQ=MONTHLY;INTERVAL=6"),
            ("rà soát định kỳ «hai năm một lần» số liệu", "recurring FREQ=YEARLY;INTERVAL=2"),
            ("điều tra «05 năm/lần»", "recurring FREQ=YEARLY;INTERVAL=5"),
        ],
        ignores: &["01 lần xuất hiện", "10 ngày làm việc"],
    },
    Rule {
        id: "deadline-periodic-report",
        doc: "định kỳ báo cáo, định kỳ tổng hợp: recurring without a rule. As an adverb of other deeds định kỳ sets none.",
        starts: &["định kỳ"],
        pattern: r"(?<found> định \s+ kỳ (?: ,? \s+ (?:hoặc|và) \s+ đột \s+ xuất )? ) ,? \s+ (?: tổng \s+ hợp ,? \s+ (?: tham \s+ mưu \s+ [^,.;]{0,60} )? )? (?:báo \s+ cáo | sơ \s+ kết | gửi \s+ báo)",
        value: |_| Some(Form::Recurring(Recurrence::default())),
        finds: &[
            ("«định kỳ» báo cáo UBND tỉnh", "recurring unspecified"),
            ("«Định kỳ hoặc đột xuất» tổng hợp, báo cáo UBND tỉnh", "recurring unspecified"),
            ("«định kỳ» tổng hợp, tham mưu UBND tỉnh báo cáo Bộ Y tế", "recurring unspecified"),
        ],
        ignores: &["báo cáo định kỳ", "định kỳ kiểm tra", "định kỳ hằng năm báo cáo"],
    },
    Rule {
        id: "deadline-each",
        doc: "mỗi tuần ít nhất 01 lần, ngày 2 lần, ít nhất 02 lần/tháng: as often as the period comes, once or more in it. Seldom the only time; without it the duty would count as given once.",
        starts: &["mỗi", "ngày", "02", "2", "hai", "03", "3", "ba"],
        pattern: r"(?: (?: mỗi \s+ (?<every>ngày|tuần|tháng|quý|năm) | (?<daily>ngày) ) \s+ (?: (?:ít \s+ nhất|tối \s+ thiểu) \s+ )? (?:0?[1-9]|một|hai|ba) \s+ (?:lần|buổi|cuộc|đợt|kỳ|chuyên \s+ đề|bài|số|lượt|hội \s+ nghị|chuyên \s+ mục|phiên|lớp|hội \s+ thi) | (?:0?[2-9]|hai|ba) \s+ lần \s* / \s* (?<month>tháng|tuần|ngày) )",
        value: |c| {
            let unit = ["every", "daily", "month"].iter().find_map(|g| c.name(g)).map_or("", |m| m.as_str());
            let freq = match unit {
                "ngày" => Recurrence::every("DAILY", 1),
                "tuần" => Recurrence::every("WEEKLY", 1),
                "tháng" => Recurrence::every("MONTHLY", 1),
                "quý" => Recurrence::every("MONTHLY", 3),
                _ => Recurrence::every("YEARLY", 1),
            };
            Some(Form::Recurring(freq))
        },
        finds: &[
            ("kiểm tra «mỗi tuần ít nhất 01 lần»", "recurring FREQ=WEEKLY"),
            ("phát tin «ngày 2 lần»", "recurring FREQ=DAILY"),
            ("phát thanh «mỗi tháng ít nhất 02 buổi»", "recurring FREQ=MONTHLY"),
            ("kiểm tra ít nhất «02 lần/tháng»", "recurring FREQ=MONTHLY"),
            ("tổ chức «mỗi năm ít nhất 01 phiên» chợ", "recurring FREQ=YEARLY"),
        ],
        ignores: &["02 lần/năm", "mỗi ngày làm việc", "ngày 20 lần lượt"],
    },
    Rule {
        id: "deadline-relative",
        doc: "trong thời hạn n ngày (làm việc) kể từ …; chậm nhất sau n ngày; sau n ngày kể từ ….",
        starts: &["trong", "sau", "chậm nhất", "không quá", "tối đa", "thời hạn", "muộn nhất", "quá"],
        pattern: r"(?: trong (?: \s+ (?:thời \s+ hạn|vòng|thời \s+ gian|khoảng) )? (?: \s+ (?:tối \s+ đa|không \s+ quá|chậm \s+ nhất) )* | (?:chậm|muộn) \s+ nhất (?: \s+ (?:là|trong|sau|không \s+ quá) )* (?: \s+ thời \s+ hạn )? | sau | không \s+ quá | tối \s+ đa (?: \s+ không \s+ quá )? | thời \s+ hạn (?: \s+ (?:giao \s+ nộp|nộp|thực \s+ hiện|hoàn \s+ thành|báo \s+ cáo|gửi|trả \s+ lời|giải \s+ quyết) )? (?: \s+ (?:tối \s+ đa|không \s+ quá|là) )* ) \s+ (?<n>[0-9]{1,3}) \s* (?: \( [^)]{1,20} \) \s* )? (?<unit>ngày|giờ|phút|tuần|tháng|năm) (?<working> \s+ làm \s+ việc )?",
        value: relative,
        finds: &[
            ("«trong thời hạn 10 ngày làm việc» kể từ ngày nhận được văn bản", "relative 10 Day working"),
            ("«chậm nhất sau 05 ngày» kể từ", "relative 5 Day"),
            ("«trong vòng 24 giờ»", "relative 24 Hour"),
            ("«chậm nhất 30 phút» kể từ khi có tín hiệu", "relative 1 Hour"),
            ("«sau 100 ngày»", "relative 100 Day"),
            ("«thời hạn giao nộp là 12 tháng» kể từ ngày phê duyệt", "relative 12 Month"),
        ],
        ignores: &["trong 5 nhiệm vụ", "sau năm 2025", "không quá 15 trang", "trong 6 tháng đầu năm 2026"],
    },
    Rule {
        id: "deadline-event",
        doc: "trước kỳ họp, trước Tết, ngay sau khi …, tại kỳ họp cuối năm: tied to an event, without a date.",
        starts: &["trước", "ngay sau khi", "sau khi", "tại kỳ họp", "tại phiên họp", "ít nhất", "tối thiểu"],
        pattern: r"(?: tại \s+ (?:kỳ|phiên) \s+ họp \s+ (?:thường|gần|đầu|giữa|cuối|chuyên|tháng|thứ|tiếp|tới) | trước \s+ (?:khi \s+ \S+ | hội \s+ nghị | kỳ \s+ (?:họp|đánh \s+ giá|thi|kiểm \s+ tra|nghỉ) | đợt | phiên \s+ họp | mùa \s+ (?:mưa|bão|khô|lũ|mưa \s+ lũ) | tết | dịp \s+ tết | thềm | thời \s+ điểm | đại \s+ hội | (?:lễ \s+ | ngày \s+)? khai \s+ (?:giảng|mạc) | lễ \s+ \S+ | cuộc \s+ họp | năm \s+ học) | ngay \s+ sau \s+ khi | (?:ít \s+ nhất | tối \s+ thiểu) \s+ [0-9]{1,3} \s+ (?:ngày|giờ|tuần|tháng) (?: \s+ làm \s+ việc )? ,? \s+ trước )",
        value: |_| Some(Form::Event),
        finds: &[
            ("hoàn thành «trước mùa mưa» lũ", "event"),
            ("«ngay sau khi» được phê duyệt", "event"),
            ("nhắc lịch «ít nhất 03 ngày trước» buổi khám", "event"),
            ("«trước Tết» Nguyên đán", "event"),
            ("ra mắt «trước lễ khai giảng» năm học mới", "event"),
            ("trình HĐND tỉnh «tại kỳ họp cuối» năm", "event"),
        ],
        ignores: &["trước ngày 5/6", "trước đây", "sau khi có ý kiến", "kết luận tại kỳ họp", "tại phiên họp của Ban Chỉ đạo"],
    },
    Rule {
        id: "deadline-ongoing",
        doc: "thường xuyên, liên tục as the schedule of a duty; in the middle of a sentence an adverb, which the reader of the sentence refuses.",
        starts: &["thường xuyên", "liên tục"],
        pattern: r"(?:thường \s+ xuyên | liên \s+ tục) (?: ,? \s* liên \s+ tục )?",
        value: |_| Some(Form::Ongoing),
        finds: &[("«Thường xuyên»", "ongoing"), ("«thường xuyên, liên tục»", "ongoing"), ("«Thường xuyên» hằng năm", "ongoing")],
        ignores: &["bất thường", "hằng năm"],
    },
];

/// A form of whole cells.
type CellForm = (regex::Regex, CellValue);
/// What its captures come to.
type CellValue = fn(&Captures) -> Option<Form>;

/// What cells say in fewer words than sentences: 01/4/2026 - 31/10/2026; Tháng 4 - 6/2026; chậm nhất 31/7/2026; 6 tháng/lần.
static CELLS: LazyLock<Vec<CellForm>> = LazyLock::new(|| {
    let forms: [(&str, CellValue); 15] = [
        // "6 tháng, năm", "Quý, 6 tháng, năm"
        (r"^(?:tuần|tháng|quý|0?6 \s+ tháng) (?: \s* (?:,|và|/) \s* (?:tháng|quý|0?6 \s+ tháng|0?9 \s+ tháng|năm) )+ $", |_| {
            Some(Form::Recurring(Recurrence::default()))
        }),
        (
            r"^(?: từ \s+ )? (?:ngày \s+)? (?<d>[0-9]{1,2}) / (?<m>[0-9]{1,2}) (?: / (?<y>[0-9]{4}) )? \s* (?:-|–|đến) \s* (?:hết \s+)? (?:ngày \s+)? (?<d2>[0-9]{1,2}) / (?<m2>[0-9]{1,2}) / (?<y2>[0-9]{4}) $",
            |c| {
                let last = PartialDate::new(number(c, "y2"), number(c, "m2"), number(c, "d2")).and_then(Period::day)?;
                let first = PartialDate::new(number(c, "y").or(last.year), number(c, "m"), number(c, "d")).and_then(Period::day)?;
                Some(Form::Range(first, last))
            },
        ),
        (
            r"^(?: (?:từ|trong|các) \s+ )? tháng \s+ (?<m>[0-9]{1,2}) (?: / (?<y>[0-9]{4}) )? (?: \s* (?:,|và|-|–|đến) \s* (?:hết \s+)? (?:tháng \s+)? (?<m2>[0-9]{1,2}) )+ (?: (?:/|\s+năm\s+) (?<y2>[0-9]{4}) )? $",
            |c| {
                let year = number(c, "y2");
                Some(Form::Range(Period::month(number(c, "y").or(year), number(c, "m")?)?, Period::month(year, number(c, "m2")?)?))
            },
        ),
        (
            r"^(?: từ \s+ )? (?:ngày \s+)? (?<d>[0-9]{1,2}) \s* (?:-|–|đến) \s* (?:ngày \s+)? (?<d2>[0-9]{1,2}) / (?<m>[0-9]{1,2}) (?: / (?<y>[0-9]{4}) )? $",
            |c| {
                let day = |name| PartialDate::new(number(c, "y"), number(c, "m"), number(c, name)).and_then(Period::day);
                Some(Form::Range(day("d")?, day("d2")?))
            },
        ),
        (r"^(?:ngày \s+)? (?<d>[0-9]{1,2}) / (?<m>[0-9]{1,2}) $", |c| day_of(c).map(Form::By)),
        (
            r"^(?:(?:hoàn \s+ thành|xong) \s+)? (?:trong \s+)? (?: tháng \s+ (?<m>[0-9]{1,2}) \s+ năm \s+ (?<y>[0-9]{4}) | t \s* (?<m2>[0-9]{1,2}) \s* [/.\-] \s* (?<y2>[0-9]{4}) ) $",
            |c| Period::month(Some(year_of(c)?), number(c, "m").or_else(|| number(c, "m2"))?).map(Form::Within),
        ),
        (r"^ngày \s+ (?<d>[0-9]{1,2}) \s+ tháng \s+ (?<m>[0-9]{1,2}) (?: \s+ năm \s+ (?<y>[0-9]{4}) )? $", |c| day_of(c).map(Form::By)),
        (r"^(?:đến|tới) \s+ (?:năm \s+)? (?<y>[0-9]{4}) $", |c| Some(Form::ByPeriod(Period::of_year(Some(year_of(c)?))))),
        (
            r"^(?<n>[0-9]{1,3}) \s+ (?<unit>ngày|tháng) (?<working> \s+ làm \s+ việc)? ,? \s+ (?:kể \s+ từ|tính \s+ từ|sau \s+ khi|từ \s+ khi|từ \s+ ngày) .* $",
            relative,
        ),
        (r"^(?:trong \s+)? tháng \s+ (?<m>[0-9]{1,2}) $", |c| Period::month(None, number(c, "m")?).map(Form::Within)),
        (r"^q \.? \s* (?<q>[1-4]|iv|iii|ii|i) \s* [/\-] \s* (?<y>[0-9]{4}) $", |c| quarter_of(c, "q", year_of(c)).map(Form::Within)),
        (
            r"^(?:từ \s+)? quý \s+ (?<q>[1-4]|iv|iii|ii|i) (?: (?:/|\s+năm\s+) (?<y>[0-9]{4}) )? \s* (?:-|–|đến) \s* (?:hết \s+)? quý \s+ (?<q2>[1-4]|iv|iii|ii|i) (?:/|\s+năm\s+) (?<y2>[0-9]{4}) $",
            |c| {
                let last = number(c, "y2");
                Some(Form::Range(quarter_of(c, "q", number(c, "y").or(last))?, quarter_of(c, "q2", last)?))
            },
        ),
        (r"^(?:cả|trong) \s+ năm (?: \s+ (?<y>[0-9]{4}) )? $", |c| Some(Form::Within(Period::of_year(year_of(c))))),
        (
            r"^(?: xong | hoàn \s+ thành | (?:chậm|muộn) \s+ nhất (?:\s+ (?:là|vào|đến|trong))? | đến | (?:đến \s+)? hết ) \s+ (?:ngày \s+)? (?<d>[0-9]{1,2}) / (?<m>[0-9]{1,2}) (?: / (?<y>[0-9]{4}) )? $",
            |c| day_of(c).map(Form::By),
        ),
        (r"^(?:định \s+ kỳ \s+)? (?<n>[0-9]{1,2}) \s+ (?<unit>tháng|năm|tuần) \s* / \s* (?:0?1 \s+ )? lần $", |c| {
            let freq = match &c["unit"] {
                "tháng" => "MONTHLY",
                "năm" => "YEARLY",
                _ => "WEEKLY",
            };
            number(c, "n").filter(|n| *n > 0).map(|n| Form::Recurring(Recurrence::every(freq, n)))
        }),
    ];
    forms.into_iter().map(|(p, value)| (regex::Regex::new(&format!("(?x){p}")).unwrap_or_else(|e| panic!("form of cells {p}: {e}")), value)).collect()
});

/// A cell that holds a date, a month or years alone: 31/12/2026, 8/2026, 2026, 2027 - 2030.
pub fn bare(folded: &str) -> Option<Form> {
    let s = folded.trim().trim_end_matches(['.', ';']);
    if ["kỳ họp ", "phiên họp ", "hội nghị ", "đại hội ", "sau khi ", "ngay sau ", "khi có ", "trước khi "].iter().any(|w| s.starts_with(w))
    {
        return Some(Form::Event);
    }
    // "Sau đợt cao điểm", "Dịp Tết Nguyên đán", "Trước mùa mưa": tied to what no date is given of.
    let tied = ["sau ", "dịp ", "trước mùa ", "trước kỳ ", "trước năm học ", "trước đợt ", "khi ", "ngay khi "];
    // "Dịp hè hằng năm"
    if s.starts_with("dịp ") && [" hằng năm", " hàng năm"].iter().any(|w| s.ends_with(w)) {
        return Some(Form::Recurring(Recurrence::every("YEARLY", 1)));
    }
    if tied.iter().any(|w| s.strip_prefix(w).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))) {
        return Some(Form::Event);
    }
    if s == "định kỳ" {
        return Some(Form::Recurring(Recurrence::default()));
    }
    if let Some(form) = CELLS.iter().find_map(|(pattern, value)| pattern.captures(s).and_then(|c| value(&c))) {
        return Some(form);
    }
    if let Some((len, d)) = super::date::digits(s)
        && len == s.len()
    {
        return Some(Form::By(d));
    }
    let parts: Vec<&str> = s.split(['-', '–', '/', ',']).map(str::trim).collect();
    let year = |s: &str| s.parse::<i16>().ok().filter(|y| s.len() == 4 && YEARS.contains(y));
    match parts[..] {
        [one] => year(one).map(|y| Form::Within(Period::of_year(Some(y)))),
        [a, b] => match (year(a), year(b)) {
            (Some(a), Some(b)) if a <= b => Some(Form::Range(Period::of_year(Some(a)), Period::of_year(Some(b)))),
            (None, Some(y)) => a.parse().ok().and_then(|m| Period::month(Some(y), m)).map(Form::Within),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_rule_keeps_to_its_examples() {
        let faults = crate::rule::check(RULES);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn forms_come_to_dates() {
        let issued = PartialDate::new(Some(2024), Some(12), Some(20));
        let rows = [
            (Form::Before(PartialDate::new(Some(2020), Some(8), Some(31)).unwrap()), "2020-08-31", "2020-08-30", "before: the day itself is late"),
            (Form::By(PartialDate::new(None, Some(12), Some(25)).unwrap()), "2024-12-25", "2024-12-25", "the year is the paper's"),
            (Form::By(PartialDate::new(None, Some(1), Some(15)).unwrap()), "2025-01-15", "2025-01-15", "a month past belongs to the next year"),
            (Form::Within(Period::quarter(Some(2026), 2).unwrap()), "2026-06-30", "2026-06-30", "a quarter ends on its last day"),
            (Form::Within(Period::month(Some(2024), 2).unwrap()), "2024-02-29", "2024-02-29", "a leap year"),
        ];
        for (form, end, due, why) in rows {
            let d = resolve(form, issued).unwrap();
            assert_eq!((d.end.unwrap().to_string(), d.due.unwrap().to_string()), (end.to_owned(), due.to_owned()), "{why}");
        }
    }

    #[test]
    fn working_days_pass_over_holidays() {
        // 30 April and 1 May 2024 were days off, 29 April was swapped for Saturday 4 May.
        assert_eq!(after(date(2024, 4, 26), 1, Unit::Day, true), Some(date(2024, 5, 2)));
        assert!(is_working_day(date(2024, 5, 4)));
        assert_eq!(after(date(2024, 4, 25), 5, Unit::Day, false), Some(date(2024, 5, 2)));
    }

    #[test]
    fn cells_hold_bare_dates() {
        let rows = [
            ("31/12/2026", Some("by 2026-12-31")),
            ("8/2026", Some("within 2026 1/8..31/8")),
            ("2026", Some("within 2026 1/1..31/12")),
            ("2027 - 2030", Some("from 2027 1/1..31/12 to 2030 1/1..31/12")),
            ("01/4/2026 - 31/10/2026", Some("from 2026 1/4..1/4 to 2026 31/10..31/10")),
            ("19-30/9/2022", Some("from 2022 19/9..19/9 to 2022 30/9..30/9")),
            ("Tháng 4 đến tháng 6/2026", Some("from 2026 1/4..31/4 to 2026 1/6..31/6")),
            ("Tháng 7 - 9/2026", Some("from 2026 1/7..31/7 to 2026 1/9..31/9")),
            ("Tháng 6", Some("within ? 1/6..31/6")),
            ("Q2/2026", Some("within 2026 1/4..31/6")),
            ("Cả năm", Some("within ? 1/1..31/12")),
            ("Chậm nhất 31/7/2026", Some("by 2026-07-31")),
            ("6 tháng/lần", Some("recurring FREQ=MONTHLY;INTERVAL=6")),
            ("Sau khi Nghị định được ban hành", Some("event")),
            ("10/10", Some("by ?-10-10")),
            ("Tháng 12 năm 2026", Some("within 2026 1/12..31/12")),
            ("T6/2026", Some("within 2026 1/6..31/6")),
            ("ngày 05 tháng 6 năm 2026", Some("by 2026-06-05")),
            ("Đến 2030", Some("by end of 2030 1/1..31/12")),
            ("30 ngày sau khi Nghị quyết được ban hành", Some("relative 30 Day")),
            ("15", None),
            ("Sở Y tế", None),
        ];
        for (cell, want) in rows {
            assert_eq!(bare(&crate::text::fold(cell)).map(|f| f.to_string()).as_deref(), want, "{cell}");
        }
    }
}
