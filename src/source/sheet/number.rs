//! Numbers as a spreadsheet shows them.

/// What a number format makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// As short as it can be written.
    General,
    /// So many decimals, and at least so many digits before them.
    Fixed {
        whole: usize,
        decimals: usize,
    },
    Percent(usize),
    Date,
    Time,
    DateTime,
    /// Nothing is shown.
    Hidden,
}

/// Digits before or after the decimal mark: a number has no more that are true.
const MOST_DIGITS: usize = 15;

impl Shape {
    /// Of a built-in format (ECMA-376-1, 18.8.30).
    pub fn built_in(id: u16) -> Self {
        match id {
            1 | 3 | 37 | 38 => Self::Fixed { whole: 1, decimals: 0 },
            2 | 4 | 39 | 40 => Self::Fixed { whole: 1, decimals: 2 },
            9 => Self::Percent(0),
            10 => Self::Percent(2),
            14..=17 | 27..=31 | 36 | 50..=58 => Self::Date,
            22 => Self::DateTime,
            18..=21 | 32..=35 | 45..=47 => Self::Time,
            _ => Self::General,
        }
    }

    /// Of a format's code, such as `dd/mm/yyyy;@`.
    pub fn of(code: &str) -> Self {
        if code == ";;;" {
            return Self::Hidden;
        }
        let first = plain(code);
        let has = |letters: &str| first.contains(|c| letters.contains(c));
        let decimals = first.split_once('.').map_or(0, |(_, d)| d.chars().take_while(|c| matches!(c, '0' | '#' | '?')).count()).min(MOST_DIGITS);
        match () {
            () if first.contains("general") || first.contains('@') || first.is_empty() => Self::General,
            () if has("yd") && has("hs") => Self::DateTime,
            () if has("yd") => Self::Date,
            () if has("hs") => Self::Time,
            () if first.contains('m') => Self::Date,
            () if first.contains('%') => Self::Percent(decimals),
            () if has("0#") && !first.contains('e') && !first.contains('/') => {
                let whole = first.split('.').next().unwrap_or_default().matches('0').count().min(MOST_DIGITS);
                Self::Fixed { whole, decimals }
            }
            () => Self::General,
        }
    }

    /// The number as shown; dates as day, month and year in figures, whatever the order in the file.
    pub fn show(self, value: f64, from_1904: bool) -> String {
        match self {
            Self::General => general(value),
            Self::Fixed { whole, decimals } => {
                let shown = format!("{:.decimals$}", value.abs());
                let missing = whole.saturating_sub(shown.split('.').next().map_or(0, str::len));
                let sign = if value < 0.0 && shown.contains(|c| matches!(c, '1'..='9')) { "-" } else { "" };
                format!("{sign}{}{shown}", "0".repeat(missing))
            }
            Self::Percent(decimals) => format!("{:.decimals$}%", value * 100.0),
            Self::Date => date(value, from_1904).unwrap_or_else(|| general(value)),
            Self::Time => time(value),
            Self::DateTime => match date(value, from_1904) {
                Some(date) if value.fract() == 0.0 => date,
                Some(date) => format!("{date} {}", time(value)),
                None => general(value),
            },
            Self::Hidden => String::new(),
        }
    }
}

/// The part of a code for positive numbers, in small letters, without what is shown as it stands.
fn plain(code: &str) -> String {
    let mut out = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            '"' => chars.by_ref().take_while(|&c| c != '"').for_each(drop),
            // Colours, conditions and languages; hours that go on beyond 24 are times too.
            '[' => {
                let inner: String = chars.by_ref().take_while(|&c| c != ']').collect();
                if matches!(inner.to_ascii_lowercase().as_str(), "h" | "hh" | "s" | "ss") {
                    out.push('h');
                }
            }
            '\\' | '_' | '*' => drop(chars.next()),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

fn general(value: f64) -> String {
    if value.abs() >= 1e15 || value != 0.0 && value.abs() < 1e-9 {
        return format!("{value}");
    }
    // Sums in binary leave a rest behind the tenth decimal.
    let shown = format!("{value:.10}");
    shown.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The last day that spreadsheets know, 31/12/9999.
const LAST_DAY: f64 = 2_958_466.0;

fn date(value: f64, from_1904: bool) -> Option<String> {
    let days = if from_1904 { value + 1462.0 } else { value };
    if !(1.0..LAST_DAY).contains(&days) {
        return None;
    }
    let day = days as i64;
    // 1900 was no leap year, but the first spreadsheets counted its 29 February.
    let first = jiff::civil::date(1899, 12, if day < 60 { 31 } else { 30 });
    let date = first.checked_add(jiff::Span::new().try_days(day).ok()?).ok()?;
    Some(format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year()))
}

fn time(value: f64) -> String {
    let minutes = (value.clamp(0.0, 1e9).fract() * 1440.0).round() as u32 % 1440;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_in_the_sheet() {
        let rows = [
            ("General", 12.0, "12"),
            ("General", 13.5, "13.5"),
            // A sum of tenths.
            ("General", 0.1 + 0.2, "0.3"),
            ("General", -0.25, "-0.25"),
            ("@", 7.0, "7"),
            ("0.00", 13.5, "13.50"),
            ("00", 7.0, "07"),
            ("#,##0", 1_234_567.0, "1234567"),
            ("#,##0_);(#,##0)", -12.4, "-12"),
            ("0%", 0.125, "12%"),
            ("0.0%", 0.125, "12.5%"),
            ("dd/mm/yyyy", 44196.0, "31/12/2020"),
            ("[$-42A]d/m/yy;@", 43831.0, "01/01/2020"),
            ("\"ngày\" d", 43831.0, "01/01/2020"),
            ("hh:mm", 0.75, "18:00"),
            ("m/d/yyyy h:mm", 43831.5, "01/01/2020 12:00"),
            ("yyyy", 1.0, "01/01/1900"),
            ("yyyy", 60.0, "28/02/1900"),
            ("yyyy", 61.0, "01/03/1900"),
            // No date there is.
            ("yyyy", -5.0, "-5"),
            (";;;", 5.0, ""),
            ("\"KH\"0", 5.0, "5"),
        ];
        for (code, value, want) in rows {
            assert_eq!(Shape::of(code).show(value, false), want, "{code} {value}");
        }
        assert_eq!(Shape::built_in(14).show(42734.0, true), "31/12/2020");
    }
}
