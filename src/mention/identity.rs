//! The identity of works: whose number it is, in which year, of which place.
//!
//! A number alone names nothing: every province has its `137/KH-UBND`, and so has every district and commune.

use super::date::PartialDate;
use crate::lexicon::{Province, lexicon};
use crate::text::fold;
use std::borrow::Cow;

/// Where a citing paper stands: "UBND tỉnh" in it is that of its own province.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Home {
    /// Index of its province in the lexicon.
    pub province: Option<usize>,
    /// Its district or commune: `huyen-van-chan`.
    pub local: Option<String>,
    /// Its date, as far as it is known.
    pub date: Option<PartialDate>,
}

impl Home {
    /// The home of a paper of this issuer: "Ủy ban nhân dân huyện Văn Chấn, tỉnh Yên Bái".
    pub fn new(province: Option<usize>, issuer: Option<&str>, date: Option<PartialDate>) -> Self {
        let folded = issuer.map(fold).unwrap_or_default();
        Self { province: province.or_else(|| province_in(&folded)), local: local_in(&folded).flatten(), date }
    }
}

/// The last province that a folded name holds.
pub fn province_in(folded: &str) -> Option<usize> {
    lexicon().province_names.scan(folded).last().map(|(_, _, &i)| i)
}

/// The key of a work, `vn/<scope>/<type>/<year>/<number>`.
pub fn work_key(scope: &str, type_code: &str, year: i16, number: &str) -> String {
    let number = number.trim_start_matches('0').to_lowercase();
    format!("vn/{scope}/{}/{year}/{number}", slug(type_code))
}

/// Why the scope of an issuer is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoScope {
    /// Every province has such a body, and nothing says which is meant.
    NoPlace,
    /// These could be meant.
    Several(Vec<String>),
}

/// The scope of a work's issuer: `ttg`, `long-an/ubnd`, `yen-bai/huyen-van-chan/ubnd`.
///
/// `symbol` is the issuer's abbreviation in the code, `name` the issuer as printed. Bodies that every province has
/// are told apart by their place: that of the name, or that of the citing paper. A paper of a province that was merged
/// (Nghị quyết 202/2025/QH15) cites "UBND tỉnh" of the time before: then each of the merged ones may be meant.
///
/// # Errors
/// When the place is not known.
pub fn scope(symbol: &str, name: Option<&str>, date: Option<PartialDate>, home: &Home) -> Result<String, NoScope> {
    let body = body(symbol);
    let level = lexicon().issuer_of_symbol(symbol).map(|(i, _)| i.level.as_str()).unwrap_or_default();
    if !["province", "commune", "district", "any"].iter().any(|l| level.contains(l)) {
        return Ok(body.into_owned());
    }
    let folded = name.map(fold).unwrap_or_default();
    if ["trung ương", "quốc gia", "của chính phủ", "của thủ tướng"].iter().any(|w| folded.contains(w)) {
        return Ok(body.into_owned());
    }
    let local = local_place(level, &folded, home)?;
    let place = |province: usize| match &local {
        Some(local) => format!("{}/{local}/{body}", province_slug(province, date)),
        None => format!("{}/{body}", province_slug(province, date)),
    };
    if let Some(named) = province_in(&folded) {
        return Ok(place(named));
    }
    let province = home.province.ok_or(NoScope::NoPlace)?;
    let merged = merged_with(province);
    if merged.len() > 1 && is_after_mergers(home.date) && !is_after_mergers(date) {
        return Err(NoScope::Several(merged.into_iter().map(place).collect()));
    }
    Ok(place(province))
}

/// The district or commune of a body that all three tiers have.
fn local_place(level: &str, folded: &str, home: &Home) -> Result<Option<String>, NoScope> {
    if !["district", "commune", "any"].iter().any(|l| level.contains(l)) {
        return Ok(None);
    }
    match (local_in(folded), &home.local) {
        (Some(Some(named)), _) => Ok(Some(named)),
        // "UBND huyện" is that of the citing paper, if that is one of a district.
        (Some(None), Some(local)) => Ok(Some(local.clone())),
        (Some(None), None) => Err(NoScope::NoPlace),
        // A commune's paper that cites a number of "UBND" without more may mean its own or the province's.
        (None, Some(_)) if folded.is_empty() => Err(NoScope::NoPlace),
        (None, _) => Ok(None),
    }
}

/// Class words of units below the province.
const LOCAL_CLASSES: &[&str] = &["huyện ", "quận ", "thị xã ", "thị trấn ", "phường ", "xã ", "đặc khu "];

/// The unit below the province that a folded name holds: `Some(None)` where its class stands alone ("UBND huyện").
fn local_in(folded: &str) -> Option<Option<String>> {
    let padded = format!("{folded} ");
    let words = std::iter::once(0).chain(memchr::memchr_iter(b' ', padded.as_bytes()).map(|blank| blank + 1));
    let mut classed = words.filter_map(|at| LOCAL_CLASSES.iter().find(|c| padded[at..].starts_with(**c)).map(|class| (at, class)));
    let (at, class) = classed.find(|&(at, _)| !padded[at..].starts_with("xã hội"))?;
    let name = padded[at + class.len()..].split([',', '(', ';']).next().unwrap_or_default();
    let name = [" tỉnh ", " thành phố "].iter().fold(name, |name, w| name.split(w).next().unwrap_or_default()).trim();
    if name.is_empty() || name == "hội" || name.starts_with("hội học tập") {
        // "xây dựng xã hội học tập" names no commune.
        return (!name.starts_with("hội")).then_some(None);
    }
    Some(Some(slug(&format!("{class}{name}"))))
}

/// The body in a scope: the Assembly without its term, `UB` of papers before 2005 as `UBND`.
fn body(symbol: &str) -> Cow<'static, str> {
    let name = slug(symbol);
    match name.as_str() {
        "ub" => Cow::Borrowed("ubnd"),
        n if n.strip_prefix("qh").is_some_and(|term| term.bytes().all(|b| b.is_ascii_digit())) => Cow::Borrowed("qh"),
        n if n.strip_prefix("ubtvqh").is_some_and(|term| term.bytes().all(|b| b.is_ascii_digit())) => Cow::Borrowed("ubtvqh"),
        _ => Cow::Owned(name),
    }
}

/// The province as it was called on a day: Huế since 1 January 2025 (Nghị quyết 175/2024/QH15).
fn province_slug(i: usize, date: Option<PartialDate>) -> String {
    let province: &Province = &lexicon().provinces[i];
    let renamed = province.new_name != province.name && merged_with(i).len() == 1;
    let new = renamed && date.and_then(|d| d.year).is_some_and(|y| y >= 2025);
    let name = slug(if new { &province.new_name } else { &province.name });
    name.strip_prefix("thanh-pho-").map(str::to_owned).unwrap_or(name)
}

/// The provinces of the time before July 2025 that make up the same unit since.
fn merged_with(i: usize) -> Vec<usize> {
    let provinces = &lexicon().provinces;
    (0..provinces.len()).filter(|&j| provinces[j].new_name == provinces[i].new_name).collect()
}

fn is_after_mergers(date: Option<PartialDate>) -> bool {
    let Some((year, month)) = date.and_then(|d| d.year.map(|y| (y, d.month))) else { return false };
    year > 2025 || year == 2025 && month.is_some_and(|m| m >= 7)
}

/// Small ASCII letters, hyphens for blanks: `Long An` → `long-an`.
pub fn slug(s: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut slug = String::with_capacity(s.len());
    for c in s.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase) {
        match c {
            'đ' => slug.push('d'),
            c if c.is_ascii_alphanumeric() => slug.push(c),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i16, month: i8) -> Option<PartialDate> {
        PartialDate::new(Some(year), Some(month), None)
    }

    fn home(issuer: &str, date: Option<PartialDate>) -> Home {
        Home::new(None, Some(issuer), date)
    }

    #[test]
    fn scopes_tell_bodies_of_one_symbol_apart() {
        let long_an = home("Ủy ban nhân dân tỉnh Long An", date(2020, 6));
        let van_chan = home("Ủy ban nhân dân huyện Văn Chấn, tỉnh Yên Bái", date(2021, 12));
        let board = home("Ban Chỉ đạo xây dựng xã hội học tập tỉnh Long An", date(2022, 10));
        let rows: [(&str, Option<&str>, &Home, &str, &str); 14] = [
            ("TTg", Some("Thủ tướng Chính phủ"), &long_an, "ttg", "central bodies need no place"),
            ("QH14", None, &long_an, "qh", "the Assembly without its term"),
            ("UBND", None, &long_an, "long-an/ubnd", "the citing paper's province"),
            ("UBND", Some("UBND tỉnh"), &long_an, "long-an/ubnd", "a class alone is that of the citing paper"),
            ("UB", Some("UBND tỉnh"), &long_an, "long-an/ubnd", "the symbol before 2005"),
            ("UBND", Some("UBND tỉnh Quảng Nam"), &long_an, "quang-nam/ubnd", "the printed place wins"),
            ("UBND", Some("UBND huyện Tân Trụ"), &long_an, "long-an/huyen-tan-tru/ubnd", "a district of the citing paper's province"),
            ("UBND", Some("UBND huyện"), &van_chan, "yen-bai/huyen-van-chan/ubnd", "a district's own"),
            ("UBND", Some("UBND tỉnh"), &van_chan, "yen-bai/ubnd", "above it the province"),
            ("UBND", Some("Ủy ban nhân dân phường Lê Chân, thành phố Hải Phòng"), &long_an, "hai-phong/phuong-le-chan/ubnd", "a ward"),
            ("BCĐ", Some("Ban Chỉ đạo xây dựng xã hội học tập tỉnh"), &board, "long-an/bcd", "'xã hội' is no commune"),
            ("BCĐ", Some("Ban Chỉ đạo 389 quốc gia"), &long_an, "bcd", "a board of the Government"),
            ("SGDĐT", None, &van_chan, "yen-bai/sgddt", "departments are the province's"),
            ("UBND", Some("UBND Thành phố Hồ Chí Minh"), &long_an, "ho-chi-minh/ubnd", "the class word is no part of the name"),
        ];
        for (symbol, name, home, want, why) in rows {
            assert_eq!(scope(symbol, name, date(2020, 6), home).as_deref(), Ok(want), "{why}");
        }
    }

    #[test]
    fn a_place_that_is_not_known_is_not_guessed() {
        let nowhere = Home::default();
        assert_eq!(scope("UBND", Some("UBND tỉnh"), None, &nowhere), Err(NoScope::NoPlace));
        let commune = home("Ủy ban nhân dân xã Ea Kar, tỉnh Đắk Lắk", date(2026, 2));
        assert_eq!(scope("UBND", None, date(2026, 1), &commune), Err(NoScope::NoPlace), "its own or the province's");
        let long_an = home("Ủy ban nhân dân tỉnh Long An", date(2020, 6));
        assert_eq!(scope("UBND", Some("UBND huyện"), None, &long_an), Err(NoScope::NoPlace), "which district");
    }

    #[test]
    fn after_the_mergers_the_province_of_an_old_paper_needs_its_name() {
        let tay_ninh = home("Ủy ban nhân dân tỉnh Tây Ninh", date(2026, 3));
        let several = Err(NoScope::Several(vec!["tay-ninh/ubnd".to_owned(), "long-an/ubnd".to_owned()]));
        assert_eq!(scope("UBND", Some("UBND tỉnh"), date(2020, 6), &tay_ninh), several);
        assert_eq!(scope("UBND", Some("UBND tỉnh"), date(2025, 9), &tay_ninh).as_deref(), Ok("tay-ninh/ubnd"));
        assert_eq!(scope("UBND", Some("UBND tỉnh Long An"), date(2020, 6), &tay_ninh).as_deref(), Ok("long-an/ubnd"));
        let hue = home("Ủy ban nhân dân thành phố Huế", date(2025, 3));
        assert_eq!(scope("UBND", None, date(2025, 3), &hue).as_deref(), Ok("hue/ubnd"), "renamed in 2025");
        assert_eq!(scope("UBND", None, date(2019, 3), &hue).as_deref(), Ok("thua-thien-hue/ubnd"), "its name then");
    }
}
