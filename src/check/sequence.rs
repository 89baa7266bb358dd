//! Numbers of sections in their order.

/// Letters of points as Vietnamese drafting counts them.
const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";

/// What kind of count a label belongs to, and its place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    /// `1.`, `1.2.`, `Điều 3.`
    Arabic(u32),
    /// `II.`
    Roman(u32),
    /// `đ)`
    Letter(u32),
}

impl Count {
    /// The count of a label; none for dashes, bullets and the like.
    pub(super) fn of(label: &str) -> Option<Self> {
        let last = label.trim().trim_end_matches(['.', ')', ':', '/', '-']).rsplit([' ', '.']).next()?;
        if last.is_empty() {
            return None;
        }
        if let Ok(n) = last.parse::<u32>() {
            return (last.len() <= 3).then_some(Self::Arabic(n));
        }
        let mut chars = last.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && c.is_lowercase()
        {
            return LETTERS.chars().position(|l| l == c).and_then(|i| u32::try_from(i + 1).ok()).map(Self::Letter);
        }
        roman(last).map(Self::Roman)
    }

    fn place(self) -> u32 {
        match self {
            Self::Arabic(n) | Self::Roman(n) | Self::Letter(n) => n,
        }
    }

    /// Whether both belong to one kind of count.
    pub(super) fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    /// What is wrong when `next` comes after `self`; a count that begins anew is right.
    pub(super) fn fault_before(self, next: Self) -> Option<Fault> {
        let (a, b) = (self.place(), next.place());
        match b {
            _ if b == a => Some(Fault::Repeated),
            _ if b > a + 1 && b <= a + MOST_SKIPPED => Some(Fault::Skipped),
            _ => None,
        }
    }
}

/// A greater step is another count, not a gap in this one.
const MOST_SKIPPED: u32 = 3;

/// What is wrong with a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Skipped,
    Repeated,
}

fn roman(text: &str) -> Option<u32> {
    let value = |c| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    let digits: Option<Vec<u32>> = text.chars().map(value).collect();
    let digits = digits.filter(|d| !d.is_empty())?;
    let mut total = 0;
    for (i, d) in digits.iter().enumerate() {
        if digits.get(i + 1).is_some_and(|next| next > d) {
            total -= i64::from(*d);
        } else {
            total += i64::from(*d);
        }
    }
    u32::try_from(total).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_counted() {
        let rows = [
            ("1.", Some(Count::Arabic(1))),
            ("1.2.", Some(Count::Arabic(2))),
            ("Điều 13.", Some(Count::Arabic(13))),
            ("IX.", Some(Count::Roman(9))),
            ("đ)", Some(Count::Letter(5))),
            ("e)", Some(Count::Letter(6))),
            ("g)", Some(Count::Letter(7))),
            ("-", None),
            ("Điều 5a.", None),
        ];
        for (label, want) in rows {
            assert_eq!(Count::of(label), want, "{label}");
        }
    }

    #[test]
    fn gaps_and_doubles_are_seen() {
        use Count::Arabic;
        let rows = [
            (1, 2, None, "in order"),
            (2, 4, Some(Fault::Skipped), "3 is missing"),
            (2, 2, Some(Fault::Repeated), "twice"),
            (5, 1, None, "a count that begins anew"),
            (3, 40, None, "another count"),
        ];
        for (a, b, want, why) in rows {
            assert_eq!(Arabic(a).fault_before(Arabic(b)), want, "{why}");
        }
    }
}
