//! Places of bodies: provinces by any of their names, and the units below them.

use super::Level;
use super::succession::class_at;
use crate::lexicon::{lexicon, successions};
use crate::mention::identity::slug;
use crate::text::{fold, opens_with};
use jiff::civil::Date;
use std::sync::LazyLock;

/// Where a body stands; empty for the whole country.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Place {
    /// Province, without its class word.
    pub province: Option<String>,
    /// Unit below it with its class word: "xã Ea Kar".
    pub unit: Option<String>,
}

impl Place {
    /// The key of a body here: `so_gddt@long-an`, `xa_ubnd@ea-kar.dak-lak`.
    pub(super) fn key(&self, base: &str) -> String {
        let unit = self.unit.as_deref().map(|u| slug(without_class(u)));
        let province = self.province.as_deref().map(slug);
        match [unit, province].into_iter().flatten().collect::<Vec<_>>() {
            places if places.is_empty() => base.to_owned(),
            places => format!("{base}@{}", places.join(".")),
        }
    }

    /// The name of a body here: "Sở Y tế" becomes "Sở Y tế tỉnh Long An".
    pub(super) fn name(&self, base: &str, date: Option<Date>) -> String {
        let province = self.province.as_deref().map(|p| province_name(p, date));
        if let Some(unit) = &self.unit {
            // "Trạm Thủy lợi Ea Kar" says it already.
            if fold(base).contains(&fold(without_class(unit))) {
                return [Some(base.to_owned()), province].into_iter().flatten().collect::<Vec<_>>().join(", ");
            }
            let stem = [" huyện", " xã", " cấp huyện", " cấp xã"].iter().find_map(|w| base.strip_suffix(w)).unwrap_or(base);
            return [Some(format!("{stem} {unit}")), province].into_iter().flatten().collect::<Vec<_>>().join(", ");
        }
        let (Some(province), Some(bare)) = (province, self.province.as_deref()) else { return base.to_owned() };
        if fold(base).contains(&fold(bare)) {
            return base.to_owned();
        }
        if base.ends_with("Tỉnh ủy") {
            let city = province.to_lowercase().starts_with("thành phố");
            return format!("{} {bare}", if city { base.replace("Tỉnh ủy", "Thành ủy") } else { base.to_owned() });
        }
        // The people's committee of a city is not one of a province.
        let stem = [" tỉnh", " Tỉnh"].iter().find_map(|w| base.strip_suffix(w)).unwrap_or(base);
        format!("{stem} {province}")
    }
}

/// A province with its class word on a day: "tỉnh Long An", "thành phố Cần Thơ".
pub(super) fn province_name(province: &str, date: Option<Date>) -> String {
    class_at(province, date).map_or_else(|| province.to_owned(), |class| joined(class, province))
}

fn joined(class: &str, province: &str) -> String {
    if fold(province).starts_with(&fold(class)) { province.to_owned() } else { format!("{class} {province}") }
}

/// What stands behind the name of a body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Read {
    /// The level that the words say.
    pub level: Option<Level>,
    /// Province.
    pub province: Option<String>,
    /// Unit below it.
    pub unit: Option<String>,
}

impl Read {
    /// Whether nothing stands there.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Class words of units below the province.
const UNITS: [(&str, Level); 8] = [
    ("huyện", Level::District),
    ("quận", Level::District),
    ("thị xã", Level::District),
    ("thành phố", Level::District),
    ("xã", Level::Commune),
    ("phường", Level::Commune),
    ("thị trấn", Level::Commune),
    ("đặc khu", Level::Commune),
];

/// Shorter names of provinces ("CT", "VP") mean too much else, in bytes.
const SHORTEST: usize = 5;
/// No name of a unit has more words.
const MOST_WORDS: usize = 5;

/// Reads what follows a name as a place; empty text is no place, and is none either. `None` where it is something else.
pub(super) fn read(text: &str, folded: &str) -> Option<Read> {
    let (start, end) = trimmed(folded);
    let (text, folded) = (&text[start..end], &folded[start..end]);
    if folded.is_empty() {
        return Some(Read::default());
    }
    let level = match folded {
        "tỉnh" | "thành phố" | "tp" => Some(Level::Province),
        "huyện" | "quận" | "thị xã" => Some(Level::District),
        "xã" | "phường" | "thị trấn" | "đặc khu" => Some(Level::Commune),
        "việt nam" | "trung ương" => Some(Level::Central),
        _ => None,
    };
    if level.is_some() {
        return Some(Read { level, ..Read::default() });
    }
    // Most words behind a name are no place.
    if !lexicon().province_names.starts(folded, 0) && !opens_with(folded, &["tỉnh "]) && !UNITS.iter().any(|(w, _)| folded.starts_with(w)) {
        return None;
    }
    if let Some((province, before)) = province_at_end(folded) {
        let (_, end) = trimmed(&folded[..before]);
        return match end {
            0 => Some(Read { level: Some(Level::Province), province: Some(province), unit: None }),
            _ => unit(&text[..end], &folded[..end]).map(|(level, unit)| Read { level: Some(level), province: Some(province), unit: Some(unit) }),
        };
    }
    unit(text, folded).map(|(level, unit)| Read { level: Some(level), province: None, unit: Some(unit) })
}

/// Without signs and joining words around it.
fn trimmed(folded: &str) -> (usize, usize) {
    let signs = [' ', ',', '-', '–', '.', ';', ':'];
    let mut start = folded.len() - folded.trim_start_matches(signs).len();
    for word in ["của ", "thuộc ", "trên địa bàn "] {
        if folded[start..].starts_with(word) {
            start += word.len();
        }
    }
    let end = folded.trim_end_matches(signs).len();
    (start.min(end), end)
}

/// The province that a text ends with, and where its name begins.
fn province_at_end(folded: &str) -> Option<(String, usize)> {
    let l = lexicon();
    let found = l.province_names.scan(folded).last().filter(|(s, e, _)| *e == folded.len() && e - s >= SHORTEST);
    if let Some((start, _, &i)) = found {
        return Some((l.provinces[i].name.clone(), start));
    }
    PAST.iter().find(|(name, _)| folded.ends_with(name)).map(|(name, from)| ((*from).to_owned(), folded.len() - name.len()))
}

/// Provinces of the past: "tỉnh hà tây", and the name.
static PAST: LazyLock<Vec<(String, &'static str)>> =
    LazyLock::new(|| successions().places.iter().map(|p| (format!("tỉnh {}", fold(&p.from)), p.from.as_str())).collect());

/// A class word and a name: "xã Ea Kar".
fn unit(text: &str, folded: &str) -> Option<(Level, String)> {
    let (class, level) = UNITS.into_iter().find(|(w, _)| folded.strip_prefix(w).is_some_and(|r| r.starts_with(' ')))?;
    let name = text[class.len()..].trim();
    let capital = name.starts_with(char::is_uppercase) || name.starts_with(|c: char| c.is_ascii_digit());
    let fits = name.split(' ').count() <= MOST_WORDS && !name.contains([',', ';', ':', '(']);
    (capital && fits && !fold(name).contains(" và ")).then(|| (level, format!("{class} {name}")))
}

/// The province that a text names.
pub(super) fn province_in(text: &str) -> Option<String> {
    let folded = fold(text);
    let l = lexicon();
    let found = l.province_names.scan(&folded).filter(|(s, e, _)| e - s >= SHORTEST).last();
    found.map(|(_, _, &i)| l.provinces[i].name.clone())
}

/// A name whose place was typed in small letters or without marks, with the place as it is spelled: "so y te tinh dak lak"
/// becomes "so y te tỉnh Đắk Lắk". `None` where no place is seen.
pub(super) fn spelled(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    let plain: Vec<String> = words.iter().map(|w| slug(w)).collect();
    let ends_with = |end: usize, what: &str| {
        let parts: Vec<&str> = what.split('-').collect();
        (end > parts.len() && plain[end - parts.len()..end].iter().eq(parts.iter())).then(|| end - parts.len())
    };
    let provinces = lexicon().provinces.iter().map(|p| p.name.as_str()).chain(successions().places.iter().map(|p| p.from.as_str()));
    let province = provinces.filter_map(|p| ends_with(words.len(), &slug(p)).map(|at| (at, p))).min();
    let mut end = province.map_or(words.len(), |(at, _)| at);
    let class = ["tinh", "thanh-pho", "tp"].iter().filter(|_| province.is_some()).find_map(|c| ends_with(end, c));
    end = class.unwrap_or(end);
    let unit = (1..end).rev().find_map(|at| UNITS.iter().find_map(|(class, _)| Some((ends_with(at + 1, &slug(class))?, at + 1, *class))));
    let unit = unit.filter(|(_, name, _)| *name < end && end - name <= MOST_WORDS);
    if province.is_none() && unit.is_none() {
        return None;
    }
    let base = words[..unit.map_or(end, |(at, ..)| at)].join(" ");
    let unit = unit.map(|(_, at, class)| format!("{class} {}", words[at..end].iter().map(|w| super::capital(w)).collect::<Vec<_>>().join(" ")));
    let province = province.map(|(_, p)| province_name(p, None));
    let place = [unit, province].into_iter().flatten().collect::<Vec<_>>().join(", ");
    Some(format!("{base} {place}"))
}

/// The name of a unit without its class word.
pub(super) fn without_class(unit: &str) -> &str {
    UNITS.iter().find_map(|(w, _)| unit.strip_prefix(w).and_then(|r| r.strip_prefix(' '))).unwrap_or(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_places_are_spelled() {
        let rows = [
            ("so y te dak lak", Some("so y te tỉnh Đắk Lắk"), "a province without its class word"),
            ("So Tai chinh tinh Dak Lak", Some("So Tai chinh tỉnh Đắk Lắk"), "with it"),
            ("ubnd phường lê chân", Some("ubnd phường Lê Chân"), "a ward in small letters"),
            ("phong kinh te xa ea kar, tinh dak lak", Some("phong kinh te xã Ea Kar, tỉnh Đắk Lắk"), "a commune with its province"),
            ("so y te can tho", Some("so y te thành phố Cần Thơ"), "a city run by the centre"),
            ("so y te ba ria vung tau", Some("so y te tỉnh Bà Rịa - Vũng Tàu"), "a province of the past with a dash"),
            ("bo y te", None, "no place"),
            ("xa ea kar", None, "a place alone is no body"),
        ];
        for (name, want, why) in rows {
            assert_eq!(spelled(name).as_deref(), want, "{name}: {why}");
        }
    }

    #[test]
    fn places_are_read() {
        let rows = [
            (" tỉnh Long An", Some((Some(Level::Province), Some("Long An"), None)), "a province"),
            (" Long An", Some((Some(Level::Province), Some("Long An"), None)), "without its class word"),
            (" tỉnh", Some((Some(Level::Province), None, None)), "the paper's own"),
            (" xã Ea Kar, tỉnh Đắk Lắk", Some((Some(Level::Commune), Some("Đắk Lắk"), Some("xã Ea Kar"))), "a commune"),
            (" thành phố Hạ Long", Some((Some(Level::District), None, Some("thành phố Hạ Long"))), "a city of a province"),
            (" thành phố Cần Thơ", Some((Some(Level::Province), Some("Cần Thơ"), None)), "a centrally run city"),
            (" tỉnh Hà Tây", Some((Some(Level::Province), Some("Hà Tây"), None)), "a province of the past"),
            (" Việt Nam", Some((Some(Level::Central), None, None)), "the country"),
            (" xã hội học tập", None, "xã hội is no commune"),
            ("", Some((None, None, None)), "nothing"),
        ];
        for (text, want, why) in rows {
            let found = read(text, &fold(text)).map(|r| (r.level, r.province, r.unit));
            let want = want.map(|(l, p, u): (_, Option<&str>, Option<&str>)| (l, p.map(str::to_owned), u.map(str::to_owned)));
            assert_eq!(found, want, "{text}: {why}");
        }
    }
}
