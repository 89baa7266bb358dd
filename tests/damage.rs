//! The marked documents, damaged as recognition of characters and conversion damage them: what is found must stand.

use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;
use vanthu::error::Result;
use vanthu::score::{self, Count, Report};

/// Share of characters that come out wrong.
const ERRORS: f64 = 0.02;
/// How much F1 may fall, by kind.
const MOST_LOST: [(&str, f64); 2] = [("citations", 0.05), ("tasks", 0.08)];
/// Lines are broken between these widths, in characters.
const NARROWEST: usize = 60;
const WIDEST: usize = 90;
/// Lines on a page.
const PAGE: usize = 44;

/// SplitMix64: the same damage on every run, whatever the machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn happens(&mut self, share: f64) -> bool {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64 <= share
    }
}

/// What a character is taken for: marks that Tesseract drops or swaps, the stroke of Đ, strokes and rings as digits,
/// blanks lost and doubled, tabs read as blanks.
fn confusions(c: char) -> &'static [&'static str] {
    match c {
        'ổ' => &["ô", "ỗ"],
        'ố' => &["ô", "ó"],
        'ộ' => &["ô", "ọ"],
        'ồ' => &["ô"],
        'ẩ' => &["â", "ẫ"],
        'ấ' => &["â", "á"],
        'ậ' => &["â", "ạ"],
        'ầ' => &["â"],
        'ể' => &["ê", "ễ"],
        'ế' => &["ê", "é"],
        'ệ' => &["ê", "ẹ"],
        'ề' => &["ê"],
        'ở' => &["ơ", "ỏ"],
        'ớ' => &["ơ", "ó"],
        'ờ' => &["ơ"],
        'ợ' => &["ơ", "ọ"],
        'ứ' => &["ư", "ú"],
        'ữ' => &["ư", "ũ"],
        'ự' => &["ư", "ụ"],
        'ử' => &["ư"],
        'ả' => &["á", "à"],
        'ã' => &["à"],
        'ị' => &["i", "ï"],
        'ỉ' => &["ì"],
        'ũ' => &["ü"],
        'ắ' => &["ă", "á"],
        'ằ' => &["ă"],
        'ặ' => &["ă", "ạ"],
        'đ' => &["d", "ð"],
        'Đ' => &["D", "Ð"],
        'l' => &["I", "1"],
        'I' => &["l", "1"],
        '1' => &["l", "I"],
        'O' => &["0"],
        '0' => &["O"],
        ' ' => &["", "  "],
        '\t' => &["  "],
        _ => &[],
    }
}

/// Damages characters one by one; how many.
fn damage_characters(text: &str, random: &mut Random) -> (String, usize) {
    let can = text.chars().filter(|&c| !confusions(c).is_empty()).count();
    let share = ERRORS * text.chars().count() as f64 / can.max(1) as f64;
    let mut out = String::with_capacity(text.len());
    let mut errors = 0;
    for c in text.chars() {
        let forms = confusions(c);
        // Marks, strokes and blanks go wrong more often than the average; a tab does not.
        let share = if c == '\t' { ERRORS } else { share };
        if !forms.is_empty() && random.happens(share) {
            out.push_str(forms[random.below(forms.len())]);
            errors += 1;
        } else {
            out.push(c);
        }
    }
    (out, errors)
}

/// Breaks paragraphs into lines; rows of tables stay whole.
fn break_lines(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        if paragraph.contains('\t') {
            lines.push(paragraph.to_owned());
            continue;
        }
        let mut line = String::new();
        for word in paragraph.split_inclusive(' ') {
            if line.chars().count() + word.chars().count() > width && !line.is_empty() {
                lines.push(line.trim_end().to_owned());
                line.clear();
            }
            line.push_str(word);
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Puts a running head and a page number between the lines, also in the middle of sentences.
fn number_pages(lines: Vec<String>) -> Vec<String> {
    let mut out = Vec::new();
    for (i, line) in lines.into_iter().enumerate() {
        if i > 0 && i % PAGE == 0 {
            out.extend([String::new(), format!("{}", i / PAGE + 1), String::new()]);
        }
        out.push(line);
    }
    out
}

/// Marks of Markdown around the symbols of some lines: "số **12/QĐ-UBND**".
fn embolden(lines: &mut [String], random: &mut Random) {
    for line in lines.iter_mut().filter(|l| !l.contains('\t')) {
        let Some(word) = line.split(' ').find(|w| w.contains('/') && w.contains('-') && w.len() > 6).map(str::to_owned) else { continue };
        if random.happens(0.25) {
            *line = line.replacen(&word, &format!("**{word}**"), 1);
        }
    }
}

/// One document, damaged; the share of wrong characters.
fn damaged(text: &str, seed: u64) -> (String, f64) {
    let mut random = Random(seed);
    let (text, errors) = damage_characters(text, &mut random);
    let share = errors as f64 / text.chars().count().max(1) as f64;
    let width = NARROWEST + random.below(WIDEST - NARROWEST);
    let mut lines = number_pages(break_lines(&text, width));
    embolden(&mut lines, &mut random);
    let text = lines.join("\n") + "\n";
    // Every third document comes decomposed.
    (if seed.is_multiple_of(3) { text.nfd().collect() } else { text }, share)
}

/// A folder of its own for copies of the marked documents.
fn copies(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the build folder can be written");
    folder
}

/// What is found in the documents below `docs` that `marks` mark, as they are and damaged.
fn compare(name: &str, marks: &Path, docs: &Path) -> Result<(Report, Report)> {
    let folder = copies(name);
    let mut files: Vec<PathBuf> = std::fs::read_dir(marks).expect("the marks can be listed").flatten().map(|e| e.path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "json"));
    files.sort();
    for (seed, path) in files.iter().enumerate() {
        let marks: serde_json::Value = serde_json::from_slice(&std::fs::read(path).expect("marks can be read")).expect("marks are JSON");
        let file = marks["file"].as_str().expect("marks name a file");
        let Some(text) = text_of(&docs.join(file)) else { continue };
        let (text, share) = damaged(&text, seed as u64 + 1);
        assert!((0.012..0.03).contains(&share) || text.len() < 2000, "{file}: {share:.4} of the characters are wrong");
        let to = folder.join(file);
        std::fs::create_dir_all(to.parent().expect("a folder holds it")).expect("the build folder can be written");
        std::fs::write(to, text).expect("the build folder can be written");
        std::fs::copy(path, folder.join(path.file_name().expect("a file has a name"))).expect("the build folder can be written");
    }
    Ok((score::folder(&folder, docs)?, score::folder(&folder, &folder)?))
}

/// The text of a document that is text, in any of the encodings of the corpus.
fn text_of(path: &Path) -> Option<String> {
    if path.extension().is_none_or(|e| e != "txt") {
        return None;
    }
    let bytes = std::fs::read(path).ok()?;
    let text = match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => String::from_utf16_lossy(&rest.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect::<Vec<_>>()),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8_lossy(&bytes).into_owned(),
    };
    Some(text.nfc().collect::<String>().replace("\r\n", "\n"))
}

fn f1(report: &Report, kind: &str) -> f64 {
    report.counts.get(kind).copied().map_or(0.0, Count::f1)
}

fn assert_that_little_is_lost(name: &str, clean: &Report, damaged: &Report) {
    assert!(clean.documents > 0 && clean.documents == damaged.documents && damaged.failed == 0, "{name}: {}", damaged.table(false));
    let falls: Vec<(&str, f64, f64, f64)> = MOST_LOST.iter().map(|&(kind, most)| (kind, f1(clean, kind), f1(damaged, kind), most)).collect();
    for (kind, before, after, _) in &falls {
        println!("{name}: F1 of {kind} {before:.4}, damaged {after:.4}");
    }
    let low: Vec<_> = falls.iter().filter(|(_, before, after, most)| before - after > *most).collect();
    assert!(low.is_empty(), "{name}: {low:?}\n{}", damaged.table(true));
}

#[test]
fn damage_loses_little_of_the_corpus() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let (clean, damaged) = compare("damaged-corpus", &corpus, &corpus).unwrap_or_else(|e| panic!("{e}"));
    assert_that_little_is_lost("corpus", &clean, &damaged);
}

#[test]
fn damage_loses_little_of_real_papers() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if !shared.join("gold").is_dir() {
        assert!(std::env::var_os("CI").is_none_or(|v| v != "true"), "the marked papers are not beside the checkout, and CI must not go without them");
        println!("skipped: the marked papers are not beside this checkout");
        return;
    }
    let (clean, damaged) = compare("damaged-papers", &shared.join("gold"), &shared).unwrap_or_else(|e| panic!("{e}"));
    assert_that_little_is_lost("real papers", &clean, &damaged);
}

#[test]
fn damage_is_the_same_on_every_run() {
    let text = "Thực hiện Quyết định số 101/QĐ-UBND ngày 10/01/2025 của Ủy ban nhân dân tỉnh Đắk Lắk.".repeat(20);
    let (once, share) = damaged(&text, 7);
    assert_eq!(once, damaged(&text, 7).0);
    assert_ne!(once, damaged(&text, 8).0);
    assert!((0.01..0.03).contains(&share), "{share}");
}
