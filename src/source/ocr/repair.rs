//! Slips of recognition that the lexicon proves: each repair is noted. This is no speller.

use super::words::Line;
use crate::lexicon::lexicon;
use crate::text::{Note, fold, is_alphabetic};
use foldhash::{HashMap, HashMapExt};
use serde::Deserialize;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Words of the longest name that is looked up.
pub(in crate::source) const LONGEST: usize = 9;

#[derive(Deserialize)]
struct Tables {
    formulas: Vec<String>,
    words: Vec<String>,
    letters: Vec<(String, String)>,
    damaged: Vec<String>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| toml::from_str(include_str!("phrases.toml")).expect("phrases.toml is tested"));

/// A phrase as it should be written, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Phrase {
    folded: String,
    /// Names begin with a capital: in "văn bản chỉ đạo" there is no "Ban Chỉ đạo".
    name: bool,
}

/// Phrases by their letters without marks.
struct PhraseTable {
    /// None where two phrases share their letters.
    phrases: HashMap<String, Option<Phrase>>,
    /// The first two words of each, and how many words phrases have that begin so, a bit for each count: most words of a text
    /// begin none.
    openings: HashMap<String, u16>,
}

static PHRASES: LazyLock<PhraseTable> = LazyLock::new(|| table(std::iter::empty()));

/// With the predicates, relations and types of papers: for text that is known to be damaged.
static WIDER: LazyLock<PhraseTable> = LazyLock::new(|| {
    let lexicon = lexicon();
    let verbs = lexicon.verbs.texts().chain(lexicon.relations.texts()).chain(lexicon.imperatives.texts()).chain(lexicon.columns.texts());
    let types = lexicon.type_words.texts().chain(lexicon.law_names.texts());
    table(verbs.chain(types).chain(TABLES.damaged.iter().map(String::as_str)).map(str::to_owned))
});

fn table(further: impl Iterator<Item = String>) -> PhraseTable {
    let agencies = lexicon().agencies.iter().flat_map(|a| std::iter::once(&a.name).chain(&a.aliases));
    let provinces = lexicon().provinces.iter().map(|p| &p.name);
    let (mut phrases, mut openings) = (HashMap::new(), HashMap::<String, u16>::new());
    let names = agencies.chain(provinces).map(|p| (p.clone(), true));
    for (phrase, name) in TABLES.formulas.iter().chain(&TABLES.words).cloned().chain(further).map(|p| (p, false)).chain(names) {
        let folded = fold(&phrase);
        // "Tổ chức đăng ký" holds no Tổ chức đảng, "Văn phòng bố trí" no Văn phòng bộ.
        let short = folded.starts_with("sở ") || folded.starts_with("bộ ");
        let fewest = if name { if short { 3 } else { 4 } } else { 2 };
        if folded.split(' ').count() < fewest || folded.contains(|c: char| !c.is_alphabetic() && c != ' ' && c != '-') {
            continue;
        }
        let bare = bare(&folded);
        *openings.entry(opening(&bare).to_owned()).or_default() |= length_bit(bare.split(' ').count());
        let known = phrases.entry(bare).or_insert_with(|| Some(Phrase { folded: folded.clone(), name }));
        if known.as_ref().is_some_and(|k| k.folded != folded) {
            *known = None;
        }
    }
    PhraseTable { phrases, openings }
}

/// The first two words of a phrase.
fn opening(bare: &str) -> &str {
    bare.match_indices(' ').nth(1).map_or(bare, |(n, _)| &bare[..n])
}

/// The counts of words, the longest first, that phrases of the wider vocabulary have which begin as these words do, of which
/// only the letters are given.
pub(in crate::source) fn lengths_of_damaged(bare: &[String]) -> impl Iterator<Item = usize> + use<> {
    lengths(bare, &WIDER)
}

fn lengths(words: &[String], table: &PhraseTable) -> impl Iterator<Item = usize> + use<> {
    let bits = if let [first, second, ..] = words { table.openings.get(&format!("{first} {second}")).copied().unwrap_or_default() } else { 0 };
    let most = words.len().min(LONGEST);
    (2..=most).rev().filter(move |n| bits & length_bit(*n) != 0)
}

fn length_bit(words: usize) -> u16 {
    1u16.checked_shl(u32::try_from(words).unwrap_or(u32::MAX)).unwrap_or_default()
}

/// The words of a damaged text as the one phrase with their letters has them, the wider vocabulary included.
pub(in crate::source) fn of_damaged(words: &[&str]) -> Option<Vec<String>> {
    by_table(words, &WIDER)
}

/// Whether words are a phrase of the wider vocabulary.
pub(in crate::source) fn knows(words: &[&str]) -> bool {
    let folded = fold(&words.join(" "));
    WIDER.phrases.get(&bare(&folded)).and_then(Option::as_ref).is_some_and(|p| p.folded == folded)
}

/// Repairs the words of all lines; a note for each repair.
pub(super) fn lines(lines: &mut [Line], page: u32) -> Vec<Note> {
    let mut notes = Vec::new();
    for line in lines {
        let mut repairs: Vec<(String, String)> =
            line.iter_mut().filter_map(|w| symbol(&w.text).map(|to| (std::mem::replace(&mut w.text, to.clone()), to))).collect();
        repairs.extend(phrases(line));
        repairs.extend(recipients_label(line));
        notes.extend(repairs.into_iter().map(|(from, to)| Note {
            rule: "ocr-repair",
            message: format!("page {page}: read {from:?}, repaired to {to:?}"),
            span: None,
        }));
    }
    notes
}

/// "Nơi" in slanted letters is often lost; a line of "nhận:" alone is no other label.
fn recipients_label(line: &mut Line) -> Option<(String, String)> {
    let [word] = line.as_mut_slice() else { return None };
    if fold(&word.text) != "nhận:" {
        return None;
    }
    Some((std::mem::replace(&mut word.text, "Nơi nhận:".to_owned()), "Nơi nhận:".to_owned()))
}

/// Repairs phrases; what was read and what stands now.
fn phrases(line: &mut Line) -> Vec<(String, String)> {
    let mut repairs = Vec::new();
    let bare: Vec<String> = line.iter().map(|w| bare_letters(&w.text)).collect();
    let mut at = 0;
    while at < line.len() {
        let words: Vec<&str> = line[at..].iter().take(LONGEST).map(|w| w.text.as_str()).collect();
        let found = lengths(&bare[at..], &PHRASES).find_map(|n| repaired(&words[..n]).filter(|_| !begins_deed(&words[n - 1..])).map(|r| (n, r)));
        let Some((n, words)) = found else {
            at += 1;
            continue;
        };
        let text = |line: &Line| line[at..at + n].iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
        let from = text(line);
        for (w, to) in line[at..at + n].iter_mut().zip(words) {
            w.text = to;
        }
        let to = text(line);
        if from != to {
            repairs.push((from, to));
        }
        at += n;
    }
    repairs
}

/// "toàn tỉnh «hình thành» 38 tổ": the last word of what reads like a phrase begins a deed with the next one.
fn begins_deed(words: &[&str]) -> bool {
    let [last, next, ..] = words else { return false };
    let deed = fold(&format!("{last} {}", letters(next)));
    last.ends_with(letters(last)) && lexicon().verb_at(&deed, 0) == Some(deed.len())
}

/// The words as the one phrase with their letters has them; themselves where they are right. None where no phrase has them.
fn repaired(words: &[&str]) -> Option<Vec<String>> {
    by_table(words, &PHRASES)
}

fn by_table(words: &[&str], table: &PhraseTable) -> Option<Vec<String>> {
    let cores: Vec<&str> = words.iter().map(|w| letters(w)).collect();
    // Signs inside a phrase part it.
    let inner = words.iter().zip(&cores).enumerate().all(|(i, (w, c))| (i + 1 == words.len() || w.ends_with(c)) && (i == 0 || w.starts_with(c)));
    if !inner || cores.iter().any(|c| c.is_empty()) {
        return None;
    }
    let folded = fold(&cores.join(" "));
    let Phrase { folded: phrase, name } = table.phrases.get(&bare(&folded))?.as_ref()?;
    if *name && !cores[0].starts_with(char::is_uppercase) {
        return None;
    }
    let slips = folded.chars().zip(phrase.chars()).filter(|(a, b)| a != b).count();
    let allowed = if words.len() > 3 { 2 } else { 1 };
    if slips > allowed || folded.chars().count() != phrase.chars().count() {
        return None;
    }
    let proper = phrase.split(' ');
    Some(words.iter().zip(cores).zip(proper).map(|((w, c), p)| if fold(c) == p { (*w).to_owned() } else { w.replacen(c, &cased(p, c), 1) }).collect())
}

/// A word without the signs around it; a dash stands for itself.
fn letters(word: &str) -> &str {
    if word == "-" { word } else { word.trim_matches(|c: char| !is_alphabetic(c)) }
}

/// The letters of a word, in lower case and without marks.
pub(in crate::source) fn bare_letters(word: &str) -> String {
    bare(&fold(letters(word)))
}

/// Letters without tone marks, breves, circumflexes and strokes.
fn bare(folded: &str) -> String {
    folded.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// A word in the capitals of another of the same length.
fn cased(word: &str, like: &str) -> String {
    word.chars().zip(like.chars()).map(|(c, l)| if l.is_uppercase() { c.to_uppercase().next().unwrap_or(c) } else { c }).collect()
}

/// A symbol whose parts become known ones by one misread letter: "0Đ-TTg", "12/QĐ-TTø".
fn symbol(word: &str) -> Option<String> {
    let start = word.find(|c: char| c.is_alphanumeric())?;
    let end = word.rfind(|c: char| c.is_alphanumeric()).map(|i| i + word[i..].chars().next().map_or(0, char::len_utf8))?;
    let core = &word[start..end];
    if !core.contains(['/', '-']) || core.chars().filter(|c| c.is_uppercase()).count() < 2 || core.len() > 60 {
        return None;
    }
    let mut out = String::new();
    for part in core.split_inclusive(['/', '-']) {
        let name = part.trim_end_matches(['/', '-']);
        out.push_str(proper(name).as_deref().unwrap_or(name));
        out.push_str(&part[name.len()..]);
    }
    (out != core).then(|| format!("{}{out}{}", &word[..start], &word[end..]))
}

/// A known type or issuer that a part of a symbol becomes, if it is none yet.
fn proper(part: &str) -> Option<String> {
    let known = |p: &str| lexicon().types.iter().any(|t| t.abbr == p) || lexicon().issuer_of_symbol(p).is_some_and(|(_, exact)| exact);
    if part.chars().all(|c| c.is_ascii_digit()) || part.chars().count() < 2 || known(part) {
        return None;
    }
    let mut candidates: Vec<String> = TABLES
        .letters
        .iter()
        .filter(|(from, _)| part.contains(from.as_str()))
        .map(|(from, to)| part.replacen(from.as_str(), to, 1))
        .filter(|p| known(p))
        .collect();
    candidates.sort();
    candidates.dedup();
    (candidates.len() == 1).then(|| candidates.swap_remove(0))
}

#[cfg(test)]
mod tests {
    use super::super::engine::Found;
    use super::*;

    fn line(text: &str) -> Line {
        let word = |t: &str| Found { text: t.to_owned(), confidence: 90.0, line: 1, left: 0, top: 0, right: 9, bottom: 9 };
        text.split(' ').map(word).collect()
    }

    fn repaired(text: &str) -> (String, usize) {
        let mut all = [line(text)];
        let notes = lines(&mut all, 1);
        (all[0].iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" "), notes.len())
    }

    fn repairs(text: &str) -> Vec<String> {
        let mut all = [line(text)];
        lines(&mut all, 1).into_iter().map(|n| n.message).collect()
    }

    #[test]
    fn what_the_lexicon_proves_is_repaired() {
        let rows = [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIÊT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "a formula"),
            ("Độc lập - Tự do - Hạnh phức", "Độc lập - Tự do - Hạnh phúc", "a formula with dashes"),
            ("Cùng cố, kiện toàn", "Củng cố, kiện toàn", "a word of the vocabulary"),
            ("thời gian, chỉ phí cho", "thời gian, chi phí cho", "a sign before it"),
            ("CHÍ THỊ", "CHỈ THỊ", "in capitals"),
            ("Sở Tài chinh;", "Sở Tài chính;", "an agency"),
            ("số 1744/QĐĐ-BGTVT,", "số 1744/QĐ-BGTVT,", "a doubled stroke"),
            ("số 489/0Đ-TTg", "số 489/QĐ-TTg", "a nought for Q"),
            ("số 489/QĐ-TTø.", "số 489/QĐ-TTg.", "an odd letter"),
        ];
        for (from, to, why) in rows {
            assert_eq!(repaired(from), (to.to_owned(), 1), "{why}");
        }
    }

    #[test]
    fn what_is_right_or_unproven_stays() {
        let rows = [
            ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "the other place of the tone mark"),
            ("đơn độc", "two marks differ"),
            ("mua bán hàng hóa", "other letters"),
            ("ban, hành", "a sign between"),
            ("văn bản chỉ đạo", "no name of an agency"),
            ("toàn tỉnh hình thành 38 tổ tự quản", "a deed of its own"),
            ("số 12/XYZ-ABC", "no known part"),
            ("số 47/QĐ-UBND", "right"),
        ];
        for (text, why) in rows {
            assert_eq!(repaired(text), (text.to_owned(), 0), "{why}");
        }
    }

    /// The papers of the corpus were typed: what is repaired there is a false alarm, but for slips of the typists.
    #[test]
    fn correct_papers_are_left_alone() {
        let mut alarms = Vec::new();
        for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")).unwrap() {
            let path = file.unwrap().path();
            // One is what recognition made of a scan.
            if path.extension().is_some_and(|e| e == "txt") && !path.to_string_lossy().contains("-quet-dau-den") {
                // Another one is in another encoding.
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                alarms.extend(text.lines().filter(|l| !l.is_empty()).flat_map(repairs));
            }
        }
        alarms.retain(|a| !["Cùng cố", "bộ trường", "QÐ-UBND"].iter().any(|slip| a.contains(slip)));
        assert_eq!(alarms, Vec::<String>::new());
    }

    #[test]
    fn no_two_phrases_of_the_vocabulary_share_their_letters() {
        for phrase in TABLES.formulas.iter().chain(&TABLES.words).filter(|p| p.contains(' ')) {
            let folded = fold(phrase);
            assert_eq!(PHRASES.phrases.get(&bare(&folded)), Some(&Some(Phrase { folded, name: false })), "{phrase}");
        }
    }
}
