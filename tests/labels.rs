//! Lists of real numbers of papers, made by others; they stand beside a checkout and are not part of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;
use vanthu::lexicon::lexicon;
use vanthu::mention::code::{self, CodeMention};

/// The rows of a list as cells; `None` where the lists are not at hand, which CI must not be.
fn rows(name: &str) -> Option<Vec<Vec<String>>> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real/labels").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        assert!(std::env::var_os("CI").is_none_or(|v| v != "true"), "{name} is not beside the checkout, and CI must not go without it");
        println!("skipped: {name} is not beside this checkout");
        return None;
    };
    Some(text.lines().skip(1).map(|l| l.split('\t').map(|c| c.trim().nfc().collect()).collect()).collect())
}

/// The one code of a sentence that prints a number, its look-alike letters folded as uniform text has them.
fn read(type_word: &str, number: &str) -> Option<CodeMention> {
    let uniform = |s: &str| s.nfc().map(|c| if matches!(c, 'Ð' | 'Ɖ') { 'Đ' } else { c }).collect::<String>();
    let sentence = uniform(&format!("{type_word} số {number}"));
    let found = code::scan(&sentence);
    found.into_iter().next().filter(|m| m.span.start == sentence.len() - uniform(number).len())
}

/// A number without the blanks and look-alike letters that no reading keeps.
fn plain(number: &str) -> String {
    let number: String = number.nfc().map(|c| if matches!(c, 'Ð' | 'Ɖ') { 'Đ' } else { c }).filter(|c| !c.is_whitespace()).collect();
    number.trim_matches(['.', '"', '\'']).to_owned()
}

/// Rows that hold no whole symbol, and why; everything else must be read.
fn is_cut(number: &str) -> bool {
    // The register breaks off inside the symbol ("02/2020/TT-", "71/2015" with "/TT-BTC" in the next column), or gives
    // words for it ("Không số").
    // One decree of 1949 has a code of its own time.
    number.ends_with(['-', '/']) || !number.contains(['/', '-']) || !number.contains(char::is_alphabetic) || number == "102-SL/L-004"
}

#[test]
fn every_number_of_the_codification_is_printed_back() {
    let Some(rows) = rows("phapdien_docs.tsv") else { return };
    let (mut read_back, mut mended, mut cut) = (0, BTreeMap::<String, usize>::new(), Vec::new());
    let mut faults = Vec::new();
    for row in &rows {
        let (type_word, number) = (row[1].as_str(), row[2].trim_matches(['"', '\'']));
        if is_cut(number) {
            cut.push(number.to_owned());
            continue;
        }
        match read(type_word, number) {
            Some(m) if m.code.text == plain(number) => read_back += 1,
            Some(m) if !m.repairs.is_empty() => *mended.entry(m.repairs[0].rule.to_owned()).or_default() += 1,
            other => faults.push(format!("{type_word} số {number}: {:?}", other.map(|m| m.code.text))),
        }
    }
    println!("{} rows: {read_back} printed back, {mended:?} mended and recorded, {} without a whole symbol: {cut:?}", rows.len(), cut.len());
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), rows.len(), faults.join("\n"));
    // The list itself, not the reading, bounds these.
    assert!(mended.values().sum::<usize>() * 200 < rows.len() && cut.len() * 50 < rows.len());
}

#[test]
fn the_symbols_of_a_province_give_number_type_and_unit() {
    let Some(rows) = rows("binh_duong_symbols.tsv") else { return };
    let mut unread = Vec::new();
    for row in rows.iter().filter(|r| !r[0].is_empty()) {
        let sentence = format!("Số: {}", row[0]);
        let found = code::scan(&sentence);
        let whole = found.first().is_some_and(|m| {
            let known_unit = !m.issuers.is_empty() || m.known;
            m.code.number.is_some() && m.type_code.is_some() && known_unit && m.span.end == sentence.trim_end_matches(['.', ' ']).len()
        });
        if !whole {
            unread.push(format!("{}: {:?}", row[0], found.first().map(|m| (&m.code.text, m.type_code, &m.issuers))));
        }
    }
    let share = 1.0 - unread.len() as f64 / rows.len() as f64;
    println!("{} of {} read whole; the rest:\n{}", rows.len() - unread.len(), rows.len(), unread.join("\n"));
    assert!(share >= 0.995, "{share:.4} of the symbols are read whole");
}

#[test]
fn every_citation_in_a_subject_is_found() {
    let Some(rows) = rows("binh_duong_symbols.tsv") else { return };
    // An independent look: digits, a stroke, and letters that hold a stroke or hyphen, behind a blank.
    let pattern = regex::Regex::new(r"(?:^|[\s(])(\d{1,5}[a-z]?(?:/\d{4})?\s?[/-]\s?[a-zđ&]{2,}(?:\s?[-/]\s?[a-zđ&0-9]+)*)").expect("the pattern is sound");
    let mut missed = Vec::new();
    let mut found = 0;
    for row in &rows {
        let subject = &row[2];
        let spans: Vec<_> = code::scan(subject).into_iter().map(|m| m.span).collect();
        // "phiên họp lần thứ 4 - UBND tỉnh" is no symbol: one holds a stroke.
        for hit in pattern.captures_iter(subject).filter_map(|c| c.get(1)).filter(|m| m.as_str().contains('/')) {
            if spans.iter().any(|s| s.start == hit.start()) {
                found += 1;
            } else {
                missed.push(format!("{:?} in {subject}", hit.as_str()));
            }
        }
    }
    println!("{found} found; not read:\n{}", missed.join("\n"));
    assert!(found > 0 && missed.len() * 100 <= found, "{} of {} not read:\n{}", missed.len(), found + missed.len(), missed.join("\n"));
}

#[test]
fn the_lexicon_knows_its_laws() {
    for name in ["đất đai", "sở hữu trí tuệ", "giáo dục nghề nghiệp", "tần số vô tuyến điện"] {
        assert!(lexicon().law_names.exact(name).is_some(), "{name}");
    }
}
