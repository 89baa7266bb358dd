//! Names of bodies as they are compared: without blanks, signs and "và", so that "Sở GD&ĐT", "Sở GD - ĐT" and
//! "Sở GD và ĐT" are one; and, where nothing else helps, without marks and with a letter or two wrong.

use super::Level;
use crate::lexicon::{lexicon, successions};
use crate::text::{fold, is_letter};
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// A body of the lexicon, of today or of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Stable id.
    pub id: &'static str,
    /// Full name without the place.
    pub name: &'static str,
    /// Level of government.
    pub level: Level,
    /// `state_body`, `party`, `group`, `title`, …
    pub kind: &'static str,
}

/// The body of this id.
pub fn known(id: &str) -> Option<Known> {
    NAMES.by_id.get(id).map(|&i| NAMES.bodies[i])
}

/// Words of a name with their places.
pub fn tokens(folded: &str) -> Vec<(usize, usize)> {
    let mut tokens = Vec::new();
    let mut start = None;
    for (i, c) in folded.char_indices() {
        match (is_letter(c), start) {
            (true, None) => start = Some(i),
            (false, Some(s)) => {
                tokens.push((s, i));
                start = None;
            }
            _ => {}
        }
    }
    tokens.extend(start.map(|s| (s, folded.len())));
    tokens
}

/// The words of a name that tell it from others: without "và", its mark lost or not.
pub fn words<'a>(folded: &'a str, tokens: &[(usize, usize)]) -> Vec<&'a str> {
    tokens.iter().map(|&(s, e)| &folded[s..e]).filter(|w| !matches!(*w, "và" | "va")).collect()
}

/// A name without blanks, signs and "và".
pub fn compact(folded: &str, tokens: &[(usize, usize)]) -> String {
    words(folded, tokens).concat()
}

/// A compact name without marks: what character recognition leaves of it at the least.
pub fn plain(compact: &str) -> String {
    compact.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// Words that say of which level the body is, as they follow its name.
const CLASS_WORDS: [(&str, Level); 15] = [
    ("tỉnh", Level::Province),
    ("thành phố", Level::Province),
    ("tp", Level::Province),
    ("cấp tỉnh", Level::Province),
    ("huyện", Level::District),
    ("quận", Level::District),
    ("thị xã", Level::District),
    ("cấp huyện", Level::District),
    ("xã", Level::Commune),
    ("phường", Level::Commune),
    ("thị trấn", Level::Commune),
    ("đặc khu", Level::Commune),
    ("cấp xã", Level::Commune),
    ("việt nam", Level::Central),
    ("trung ương", Level::Central),
];

/// The names of all bodies, compact.
struct Names {
    bodies: Vec<Known>,
    by_id: HashMap<&'static str, usize>,
    /// Whole names and aliases.
    whole: HashMap<String, usize>,
    /// Names without the class word that ends them, with the level that it says.
    stems: HashMap<String, Vec<(Level, usize)>>,
    /// Names without marks, where one body alone has them.
    plain: HashMap<String, Option<usize>>,
    /// The words of names without marks, by how many there are.
    worded: HashMap<usize, Vec<(Vec<String>, usize)>>,
}

static NAMES: LazyLock<Names> = LazyLock::new(Names::load);

impl Names {
    fn load() -> Self {
        let mut names =
            Self { bodies: Vec::new(), by_id: HashMap::new(), whole: HashMap::new(), stems: HashMap::new(), plain: HashMap::new(), worded: HashMap::new() };
        for a in &lexicon().agencies {
            names.add(Known { id: &a.id, name: &a.name, level: Level::of(&a.level), kind: &a.kind }, &a.aliases);
        }
        for b in &successions().bodies {
            names.add(Known { id: &b.id, name: &b.name, level: Level::of(&b.level), kind: "state_body" }, &b.aliases);
        }
        names
    }

    fn add(&mut self, body: Known, aliases: &'static [String]) {
        let i = self.bodies.len();
        self.bodies.push(body);
        self.by_id.insert(body.id, i);
        for name in std::iter::once(body.name).chain(aliases.iter().map(String::as_str)) {
            let folded = fold(name);
            let tokens_of = tokens(&folded);
            let whole = compact(&folded, &tokens_of);
            let bare_words: Vec<String> = words(&folded, &tokens_of).into_iter().map(plain).collect();
            self.worded.entry(bare_words.len()).or_default().push((bare_words, i));
            let bare = plain(&whole);
            self.whole.entry(whole).or_insert(i);
            self.plain.entry(bare).and_modify(|p| *p = p.filter(|p| *p == i)).or_insert(Some(i));
            if body.kind == "group" {
                continue;
            }
            for (word, level) in CLASS_WORDS {
                // "UBND thành phố" stands with the province and with the district: the place decides.
                if let Some(stem) = folded.strip_suffix(word).filter(|s| s.ends_with(' ')) {
                    let entry = self.stems.entry(compact(stem, &tokens(stem))).or_default();
                    let level = if body.level == Level::Any { level } else { body.level };
                    if !entry.iter().any(|e| e.0 == level) {
                        entry.push((level, i));
                    }
                }
            }
        }
    }
}

/// The body that a whole compact name means.
pub fn whole(compact: &str) -> Option<Known> {
    NAMES.whole.get(compact).or_else(|| NAMES.whole.get(&abbreviated(compact)?)).map(|&i| NAMES.bodies[i])
}

/// "Sở TC", "Bộ GTVT" as the abbreviations that the lexicon has: STC, BGTVT.
fn abbreviated(compact: &str) -> Option<String> {
    [("sở", 's'), ("bộ", 'b')].into_iter().find_map(|(word, letter)| compact.strip_prefix(word).map(|rest| format!("{letter}{rest}")))
}

/// The body of this level that a compact name means where a place follows it.
pub fn stem(compact: &str, level: Level) -> Option<Known> {
    let found = NAMES.stems.get(compact)?.iter().find(|s| s.0 == level)?;
    Some(NAMES.bodies[found.1])
}

/// Names of fewer words are too alike to be mended.
const FEWEST_MENDED: usize = 4;
/// Words of fewer letters tell names apart: sở and bộ.
const SHORTEST_MENDED: usize = 3;

/// The one body whose name this is but for lost marks, or for a letter wrong in one word.
pub fn mended(words: &[&str]) -> Option<Known> {
    let bare: Vec<String> = words.iter().map(|w| plain(w)).collect();
    if let Some(found) = NAMES.plain.get(&bare.concat()) {
        return found.map(|i| NAMES.bodies[i]);
    }
    if bare.len() < FEWEST_MENDED {
        return None;
    }
    let mut found = NAMES.worded.get(&bare.len())?.iter().filter(|(name, _)| is_near(name, &bare)).map(|n| n.1);
    let first = found.next()?;
    found.all(|i| i == first).then(|| NAMES.bodies[first])
}

/// Whether all of as many words but one are the same, and that one but for a letter.
fn is_near(name: &[String], words: &[String]) -> bool {
    let mut odd = name.iter().zip(words).filter(|(a, b)| a != b);
    let Some((a, b)) = odd.next() else { return true };
    odd.next().is_none() && a.len().min(b.len()) >= SHORTEST_MENDED && distance(a.as_bytes(), b.as_bytes(), 1).is_some()
}

/// How many letters must change, if no more than `most`.
fn distance(a: &[u8], b: &[u8], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let best = (corner + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = row[j + 1];
            row[j + 1] = best;
        }
        if row.iter().min().is_none_or(|&m| m > most) {
            return None;
        }
    }
    row.last().copied().filter(|&d| d <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> Option<&'static str> {
        let folded = fold(name);
        let compact = compact(&folded, &tokens(&folded));
        whole(&compact).or_else(|| mended(&words(&folded, &tokens(&folded)))).map(|k| k.id)
    }

    #[test]
    fn names_are_known_in_many_spellings() {
        let rows = [
            ("Sở Giáo dục và Đào tạo", Some("so_gddt"), "in full"),
            ("Sở GD - ĐT", Some("so_gddt"), "a sign for và"),
            ("Sở Giáo dục & Đào tạo", Some("so_gddt"), "& for và"),
            ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", Some("so_gddt"), "capitals"),
            ("So Giao duc va Dao tao", Some("so_gddt"), "all marks lost"),
            ("Sở Giáo dục và Đào lạo", Some("so_gddt"), "one letter wrong"),
            ("Sở Lao động – Thương binh và Xã hội", Some("so_ldtbxh"), "a long dash"),
            ("Sở TC", Some("so_tc"), "half an abbreviation"),
            ("Bộ GTVT", Some("bgtvt"), "the same of a ministry"),
            ("Bộ Thủy sản", Some("bts"), "a body of the past"),
            ("Bộ Công thương", Some("bct"), "not Bộ Công nghiệp"),
            ("Sở Y lễ", None, "too short to be mended"),
            ("Báo Nông nghiệp và Môi trường", None, "not Bộ with a letter wrong"),
            ("Văn phòng Sở", None, "not Văn phòng Bộ"),
            ("Hội những người yêu chim cảnh", None, "none of ours"),
        ];
        for (name, want, why) in rows {
            assert_eq!(id(name), want, "{name}: {why}");
        }
    }
}
