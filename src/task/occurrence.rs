//! Recurring deadlines as days: the RFC 5545 rules that records hold, and no others.
//!
//! Where the page names a day of the month, the days are those of RFC 5545: a month without that day is passed over. Where
//! it names a period alone ("hằng quý"), the last day of each period is the last day on time.

use crate::text::fold;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Every how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Every {
    Day,
    Week,
    /// So many months; a quarter is three.
    Months(i8),
    Year,
}

/// A rule of RFC 5545 as records hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    every: Every,
    month: Option<i8>,
    day: Option<i8>,
    weekday: Option<Weekday>,
    before: bool,
}

impl Rhythm {
    /// Reads `FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20`; `None` for what records do not hold. With `before` the day named is
    /// too late itself.
    pub fn parse(rrule: &str, before: bool) -> Option<Self> {
        let (mut every, mut interval) = (None, 1);
        let (mut month, mut day, mut weekday) = (None, None, None);
        for part in rrule.split(';') {
            let (name, value) = part.split_once('=')?;
            match name {
                "FREQ" => every = Some(value),
                "INTERVAL" => interval = value.parse().ok().filter(|n| (1..=12).contains(n))?,
                "BYMONTH" => month = Some(value.parse().ok().filter(|m| (1..=12).contains(m))?),
                "BYMONTHDAY" => day = Some(value.parse().ok().filter(|d| (1..=31).contains(d))?),
                "BYDAY" => weekday = Some(weekday_of(value)?),
                _ => return None,
            }
        }
        let every = match every? {
            "DAILY" => Every::Day,
            "WEEKLY" => Every::Week,
            "MONTHLY" => Every::Months(interval),
            "YEARLY" => Every::Year,
            _ => return None,
        };
        Some(Self { every, month, day, weekday, before: before && (day.is_some() || weekday.is_some()) })
    }

    /// The day named in the period that begins here; `None` where the month has no such day.
    fn named(self, start: Date) -> Option<Date> {
        match self.every {
            Every::Day => Some(start),
            Every::Week => {
                let weekday = self.weekday.unwrap_or(Weekday::Sunday);
                start.checked_add(i64::from(weekday.to_monday_zero_offset()).days()).ok()
            }
            Every::Months(n) => self.in_month(start.checked_add((i64::from(n) - 1).months()).ok()?),
            Every::Year => self.in_month(Date::new(start.year(), self.month.unwrap_or(12), 1).ok()?),
        }
    }

    fn in_month(self, month: Date) -> Option<Date> {
        match self.day {
            Some(day) => Date::new(month.year(), month.month(), day).ok(),
            None => Some(month.last_of_month()),
        }
    }

    /// The first day of the period that holds a day.
    fn period(self, day: Date) -> Date {
        match self.every {
            Every::Day => day,
            Every::Week => day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day),
            Every::Months(n) => Date::new(day.year(), (day.month() - 1) / n * n + 1, 1).unwrap_or(day),
            Every::Year => day.first_of_year(),
        }
    }

    fn next_period(self, start: Date) -> Option<Date> {
        match self.every {
            Every::Day => start.tomorrow().ok(),
            Every::Week => start.checked_add(1.week()).ok(),
            // Periods of five, seven … months begin anew each year.
            Every::Months(n) if start.month() + n > 12 => Date::new(start.year() + 1, 1, 1).ok(),
            Every::Months(n) => start.checked_add(i64::from(n).months()).ok(),
            Every::Year => Date::new(start.year() + 1, 1, 1).ok(),
        }
    }
}

fn weekday_of(name: &str) -> Option<Weekday> {
    Some(match name {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}

/// No listing looks farther than so many periods without an occurrence.
const MOST_EMPTY: usize = 60;

/// The last days on time from a day on, up to another (that day too) or without end.
pub fn occurrences(rhythm: Rhythm, from: Date, to: Option<Date>) -> impl Iterator<Item = Date> {
    // The last day on time may lie before the period that names it.
    let mut period = from.yesterday().ok().map(|d| rhythm.period(d));
    let mut empty = 0;
    std::iter::from_fn(move || {
        while let Some(start) = period {
            period = rhythm.next_period(start);
            let day = rhythm.named(start).and_then(|d| if rhythm.before { d.yesterday().ok() } else { Some(d) });
            match day {
                Some(day) if to.is_some_and(|to| day > to) => return None,
                Some(day) if day >= from => {
                    empty = 0;
                    return Some(day);
                }
                _ => empty += 1,
            }
            if empty > MOST_EMPTY {
                return None;
            }
        }
        None
    })
}

/// Whether the day of a rule is too late itself: "trước ngày 20 hằng tháng".
pub(super) fn is_before(rrule: &str, text: &str, quote: &str) -> bool {
    if fold(text).starts_with("trước") {
        return true;
    }
    let Some(day) = rrule.split(';').find_map(|p| p.strip_prefix("BYMONTHDAY=")) else { return false };
    let folded = fold(quote);
    [format!("trước ngày {day}"), format!("trước ngày 0{day}")]
        .iter()
        .any(|w| folded.match_indices(w.as_str()).any(|(i, m)| !folded[i + m.len()..].starts_with(|c: char| c.is_ascii_digit())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn rules_come_to_days() {
        let rows: [(&str, bool, &[&str], &str); 10] = [
            ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20", false, &["2026-12-20", "2027-12-20"], "a day of the year"),
            ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20", true, &["2026-12-19", "2027-12-19"], "the day itself is too late"),
            ("FREQ=YEARLY", false, &["2026-12-31", "2027-12-31"], "a year ends on its last day"),
            ("FREQ=MONTHLY;BYMONTHDAY=25", false, &["2026-01-25", "2026-02-25", "2026-03-25"], "a day of the month"),
            ("FREQ=MONTHLY;BYMONTHDAY=31", false, &["2026-01-31", "2026-03-31", "2026-05-31"], "RFC 5545 passes over months without the day"),
            ("FREQ=MONTHLY;INTERVAL=3", false, &["2026-03-31", "2026-06-30"], "quarters of the calendar"),
            ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15", false, &["2026-03-15", "2026-06-15"], "the last month of the quarter"),
            ("FREQ=MONTHLY;INTERVAL=6", false, &["2026-06-30", "2026-12-31"], "half years"),
            ("FREQ=WEEKLY;BYDAY=FR", false, &["2026-01-16", "2026-01-23"], "a day of the week; 15 January 2026 is a Thursday"),
            ("FREQ=MONTHLY;BYMONTHDAY=1", true, &["2026-01-31", "2026-02-28"], "the day before the first lies in the month before"),
        ];
        for (rule, before, want, why) in rows {
            let rhythm = Rhythm::parse(rule, before).unwrap_or_else(|| panic!("{rule}"));
            let days: Vec<String> = occurrences(rhythm, date(2026, 1, 15), None).take(want.len()).map(|d| d.to_string()).collect();
            assert_eq!(days, want, "{rule}: {why}");
        }
    }

    #[test]
    fn windows_are_closed() {
        let monthly = Rhythm::parse("FREQ=MONTHLY;BYMONTHDAY=25", false).unwrap();
        let days: Vec<Date> = occurrences(monthly, date(2026, 1, 25), Some(date(2026, 3, 25))).collect();
        assert_eq!(days, [date(2026, 1, 25), date(2026, 2, 25), date(2026, 3, 25)]);
    }

    #[test]
    fn what_records_do_not_hold_is_refused() {
        for rule in ["FREQ=HOURLY", "FREQ=YEARLY;COUNT=3", "FREQ=MONTHLY;INTERVAL=0", "FREQ=YEARLY;BYMONTH=13", "", "FREQ"] {
            assert_eq!(Rhythm::parse(rule, false), None, "{rule}");
        }
        // 30 February never comes.
        let never = Rhythm::parse("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", false).unwrap();
        assert_eq!(occurrences(never, date(2026, 1, 1), None).next(), None);
    }
}
