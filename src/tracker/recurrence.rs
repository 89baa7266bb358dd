//! The first day of a recurring deadline.

use crate::text::fold;
use jiff::civil::{Date, Weekday};

/// Days that are looked through: a yearly rule on 29 February may wait for eight years.
const MOST_DAYS: usize = 3000;

/// The first last day on time from a day on, by the rules that records hold; `None` for others.
///
/// Where the page names a period alone ("hằng quý") it is the last day of the period; after "trước ngày 20" the day named
/// is too late itself.
pub fn first_due(rrule: &str, passage: &str, from: Date) -> Option<Date> {
    let rule = Rule::parse(rrule)?;
    let before = rule.day.is_some_and(|day| is_too_late(day, passage));
    from.series(jiff::Span::new().days(1)).take(MOST_DAYS).find(|day| if before { day.tomorrow().is_ok_and(|d| rule.names(d)) } else { rule.names(*day) })
}

struct Rule<'a> {
    freq: &'a str,
    interval: i8,
    month: Option<i8>,
    day: Option<i8>,
    weekday: Option<&'a str>,
}

impl<'a> Rule<'a> {
    fn parse(rrule: &'a str) -> Option<Self> {
        let mut rule = Self { freq: "", interval: 1, month: None, day: None, weekday: None };
        for part in rrule.split(';') {
            match part.split_once('=')? {
                ("FREQ", freq) => rule.freq = freq,
                ("INTERVAL", n) => rule.interval = n.parse().ok().filter(|n| *n > 0)?,
                ("BYMONTH", n) => rule.month = Some(n.parse().ok()?),
                ("BYMONTHDAY", n) => rule.day = Some(n.parse().ok()?),
                ("BYDAY", day) => rule.weekday = Some(day),
                _ => return None,
            }
        }
        Some(rule)
    }

    fn names(&self, day: Date) -> bool {
        let in_month = self.day.map_or_else(|| day == day.last_of_month(), |d| day.day() == d);
        match self.freq {
            "DAILY" => true,
            "WEEKLY" => self.weekday.unwrap_or("SU") == short(day.weekday()),
            "MONTHLY" => day.month() % self.interval == 0 && in_month,
            "YEARLY" => day.month() == self.month.unwrap_or(12) && in_month,
            _ => false,
        }
    }
}

fn short(day: Weekday) -> &'static str {
    ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][usize::from(day.to_monday_zero_offset().unsigned_abs())]
}

/// "trước ngày 20", but not "trước ngày 201…".
fn is_too_late(day: i8, passage: &str) -> bool {
    let folded = fold(passage);
    [format!("trước ngày {day}"), format!("trước ngày 0{day}")]
        .iter()
        .any(|words| folded.match_indices(words.as_str()).any(|(at, m)| !folded[at + m.len()..].starts_with(|c: char| c.is_ascii_digit())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn rules_come_to_a_first_day() {
        let rows = [
            ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20", "báo cáo vào ngày 20 tháng 12 hằng năm", Some(date(2026, 12, 20))),
            ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20", "báo cáo trước ngày 20 tháng 12 hằng năm", Some(date(2026, 12, 19))),
            // Another day's words.
            ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=2", "trước ngày 20 tháng 12", Some(date(2026, 12, 2))),
            ("FREQ=MONTHLY;INTERVAL=3", "hằng quý", Some(date(2026, 3, 31))),
            ("FREQ=MONTHLY;BYMONTHDAY=1", "trước ngày 01 hằng tháng", Some(date(2026, 1, 31))),
            ("FREQ=WEEKLY;BYDAY=FR", "thứ Sáu hằng tuần", Some(date(2026, 1, 16))),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "", None),
            ("FREQ=HOURLY", "", None),
        ];
        for (rule, passage, want) in rows {
            assert_eq!(first_due(rule, passage, date(2026, 1, 15)), want, "{rule}, {passage}");
        }
    }
}
