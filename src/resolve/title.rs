//! Titles: how alike two are, and which schemes they bring in.

use crate::text::fold;

/// The words of a title, for comparison.
///
/// Case, placing of tone marks, punctuation, quotation marks and blanks around dashes do not count, and neither do
/// words that copies of one title differ by (việc, về, phong trào).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Words(Vec<u64>);

const FILLERS: &[&str] = &["về", "việc", "phong", "trào", "v", "của", "và", "các", "số", "ngày"];

impl Words {
    /// The words of a title.
    pub fn of(title: &str) -> Self {
        let folded = fold(title);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !FILLERS.contains(w));
        let mut words: Vec<u64> = words.map(hash).collect();
        words.sort_unstable();
        words.dedup();
        Self(words)
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn common(&self, other: &Self) -> usize {
        let (mut i, mut j, mut common) = (0, 0, 0);
        while let (Some(a), Some(b)) = (self.0.get(i), other.0.get(j)) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    (i, j, common) = (i + 1, j + 1, common + 1);
                }
            }
        }
        common
    }

    /// Shared words among all: 1 for the same, 0 for nothing in common (Dice).
    pub fn likeness(&self, other: &Self) -> f32 {
        let all = self.len() + other.len();
        if all == 0 { 0.0 } else { 2.0 * self.common(other) as f32 / all as f32 }
    }

    /// Shared words among those of the shorter title: a title that is cut short is wholly inside the other.
    pub fn inside(&self, other: &Self) -> f32 {
        let shorter = self.len().min(other.len());
        if shorter == 0 { 0.0 } else { self.common(other) as f32 / shorter as f32 }
    }
}

/// FNV-1a: the same on every machine and in every version.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// What an act brings in, read from its title: "phê duyệt Đề án “Xây dựng xã hội học tập …”" → `("đề án", …)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// "đề án", "chương trình", …
    pub class: &'static str,
    /// As printed, without quotation marks.
    pub name: String,
}

/// Classes of papers that are known by name. "Phong trào" is what some plans bring in.
const CLASSES: &[&str] = &["đề án", "dự án", "chương trình", "chiến lược", "kế hoạch", "quy hoạch", "phong trào", "phương án", "quy chế", "bộ tiêu chí"];
const DEEDS: &[&str] = &["phê duyệt", "ban hành kèm theo", "ban hành", "thông qua"];

impl Scheme {
    /// The scheme that a title says is approved or promulgated.
    pub fn brought_in_by(title: &str) -> Option<Self> {
        let folded = fold(title);
        if folded.len() != title.len() {
            // Folding changed the length of a letter; then places do not agree, which titles as printed never do.
            return Self::named(after_deed(&folded)?);
        }
        let rest = after_deed(&folded)?;
        Self::named(&title[title.len() - rest.len()..])
    }

    /// A scheme as a text names it: "Đề án “…”".
    pub fn named(text: &str) -> Option<Self> {
        let folded = fold(text);
        let class = CLASSES.iter().copied().find(|c| folded.strip_prefix(c).is_some_and(|r| r.starts_with([' ', '“', '"'])))?;
        let rest = text.get(class.len()..).filter(|_| folded.len() == text.len()).unwrap_or(&folded[class.len()..]);
        Some(Self { class, name: inner(rest).to_owned() }).filter(|s| s.name.split(' ').count() >= 3)
    }
}

fn after_deed(folded: &str) -> Option<&str> {
    DEEDS.iter().find_map(|d| folded.trim_start_matches("về việc ").strip_prefix(d)).map(str::trim_start)
}

/// The quoted name, or all up to the end; a quotation that is never closed ends with the text.
fn inner(text: &str) -> &str {
    let text = text.trim();
    match text.strip_prefix(['“', '"', '‘']) {
        Some(quoted) => quoted.split(['”', '"', '’']).next().unwrap_or(quoted).trim(),
        None => text.trim_matches(['“', '”', '"']),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_one_title_are_alike() {
        let rows = [
            (
                "Đề án “Đẩy mạnh việc học tập suốt đời trong gia đình, dòng họ, cộng đồng đến năm 2020”",
                "Đề án “Đẩy mạnh phong trào học tập suốt đời trong gia đình, dòng họ, cộng đồng đến năm 2020”",
                "việc and phong trào",
            ),
            ("Xây dựng xã hội học tập giai đoạn 2012-2020", "Xây dựng xã hội học tập giai đoạn 2012 - 2020", "blanks around a dash"),
            ("“Xây dựng xã hội học tập giai đoạn 2012-2020 ", "Xây dựng xã hội học tập giai đoạn 2012-2020", "a quotation never closed"),
            ("về việc Quy hoạch thuỷ lợi", "Quy hoạch thủy lợi", "placing of tone marks"),
        ];
        for (a, b, why) in rows {
            assert_eq!(Words::of(a).likeness(&Words::of(b)), 1.0, "{why}");
        }
    }

    #[test]
    fn other_titles_are_not() {
        let a = Words::of("triển khai tổng kết thực hiện Đề án “Xây dựng xã hội học tập giai đoạn 2012-2020” trên địa bàn tỉnh Long An");
        let b = Words::of("thực hiện Quyết định số 489/QĐ-TTg ngày 08/4/2020 của Thủ tướng Chính phủ trên địa bàn tỉnh Long An");
        assert!(a.likeness(&b) < 0.5, "{}", a.likeness(&b));
        assert_eq!(Words::of("").likeness(&Words::of("")), 0.0, "nothing is like nothing");
    }

    #[test]
    fn schemes_are_read_from_the_titles_of_their_acts() {
        let rows = [
            ("phê duyệt Đề án “Xây dựng xã hội học tập giai đoạn 2012 - 2020”", Some(("đề án", "Xây dựng xã hội học tập giai đoạn 2012 - 2020"))),
            ("Phê duyệt Chương trình bảo vệ rừng đầu nguồn", Some(("chương trình", "bảo vệ rừng đầu nguồn"))),
            ("về việc ban hành Kế hoạch thực hiện Chỉ thị số 61-CT/TW", Some(("kế hoạch", "thực hiện Chỉ thị số 61-CT/TW"))),
            ("phê duyệt kinh phí", None),
            ("thực hiện Đề án “Xây dựng xã hội học tập”", None),
        ];
        for (title, want) in rows {
            let found = Scheme::brought_in_by(title);
            assert_eq!(found.as_ref().map(|s| (s.class, s.name.as_str())), want, "{title}");
        }
    }
}
