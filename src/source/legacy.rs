//! Letters of TCVN3, VNI, VISCII and other code pages of before Unicode, told by font and by what makes Vietnamese.
//!
//! Fonts of such a code page are often declared over text that is Unicode already, and one paper may mix two code
//! pages under one font. So each stretch is judged by its own words; one with too few follows its font, then the
//! paper. VPS is not read: no reliable table of it was found.

mod encoding;
mod font;
mod verdict;

use super::flow::{Flow, Font, Run};
use crate::text::Decoding;
use encoding::{Encoding, Letter, exact_byte, is_punctuation, windows_1252, without_private};
use font::Hint;
use std::collections::HashMap;
use verdict::{Reading, Tally, judge, judge_plain};

/// A stretch with so many marked words is judged by itself.
const EVIDENCE: u32 = 4;
/// A font or a paper is judged by so many marked words.
const LITTLE_EVIDENCE: u32 = 3;
/// So many fonts are named in a note.
const NAMED_FONTS: usize = 8;

/// Turns runs in legacy code pages into Unicode; the name of the encoding that most of them had.
pub(super) fn unify(flow: &mut Flow) -> Option<&'static str> {
    let hints: Vec<Hint> = flow.font_names().iter().map(|name| Hint::of(name)).collect();
    let evidence = Evidence::of(flow, &hints);
    let mut report = Report::default();
    let mut tallies = evidence.stretches.iter();
    let mut chars = Vec::new();
    for mut paragraph in flow.paragraphs_mut() {
        for stretch in paragraph.chunk_by_mut(|a, b| kind(a, &hints) == kind(b, &hints)) {
            let (Some(tally), Some(kind)) = (tallies.next(), stretch.first().map(|r| kind(r, &hints))) else { continue };
            let reading = evidence.reading(tally, kind);
            if let Reading::Legacy(encoding) = reading {
                convert_runs(stretch, encoding, kind, &mut chars, &mut report);
            }
            let unread = reading == Reading::Plain && kind.encoding.is_some() && tally.plain.marked >= EVIDENCE && tally.verdict(EVIDENCE).is_none();
            report.unread += if unread { stretch.len() } else { 0 };
            if matches!(reading, Reading::Legacy(Encoding::Tcvn3)) || tally.plain.marked == 0 && !evidence.is_plain(kind) {
                stretch.iter_mut().filter(|r| hint(r, &hints).capitals).for_each(|r| report.capitals += capitalise(r));
            }
        }
    }
    report.write(flow)
}

/// Has a run written as its font draws it; the number of letters that change.
fn capitalise(run: &mut Run) -> usize {
    run.style.caps = true;
    run.text.chars().filter(|c| c.is_lowercase()).count()
}

/// What sets the stretches of a paragraph apart: the code page that the font is made for, or else the font.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Kind {
    encoding: Option<Encoding>,
    font: Option<Font>,
    symbols: bool,
}

fn hint(run: &Run, hints: &[Hint]) -> Hint {
    run.style.font.and_then(|f| hints.get(f.number())).copied().unwrap_or_default()
}

fn kind(run: &Run, hints: &[Hint]) -> Kind {
    let hint = hint(run, hints);
    let font = if hint.encoding.is_some() { None } else { run.style.font };
    Kind { encoding: hint.encoding, font, symbols: hint.symbols }
}

/// What the words of a paper say about its stretches, fonts and itself.
#[derive(Default)]
struct Evidence {
    /// In reading order.
    stretches: Vec<Tally>,
    kinds: HashMap<Kind, Option<Reading>>,
    paper: Option<Reading>,
}

impl Evidence {
    fn of(flow: &mut Flow, hints: &[Hint]) -> Self {
        let mut evidence = Self::default();
        let mut tallies: HashMap<Kind, Tally> = HashMap::new();
        let mut paper = Tally::default();
        let mut chars = Vec::new();
        for mut paragraph in flow.paragraphs_mut() {
            for stretch in paragraph.chunk_by_mut(|a, b| kind(a, hints) == kind(b, hints)) {
                let Some(kind) = stretch.first().map(|r| kind(r, hints)) else { continue };
                let tally = if kind.symbols || stretch.iter().all(|r| r.text.is_ascii()) { Tally::default() } else { tally(stretch, kind, &mut chars) };
                // A sign that stands alone, as a bullet does, says nothing about its font.
                if tally.plain.marked > 0 && (kind.encoding.is_some() || chars.len() > 2) {
                    tallies.entry(kind).or_default().add(&tally);
                    paper.add(&tally);
                }
                evidence.stretches.push(tally);
            }
        }
        evidence.kinds = tallies.into_iter().map(|(kind, tally)| (kind, tally.verdict(LITTLE_EVIDENCE))).collect();
        evidence.paper = paper.verdict(LITTLE_EVIDENCE);
        evidence
    }

    /// How a stretch is to be read.
    fn reading(&self, tally: &Tally, kind: Kind) -> Reading {
        if kind.symbols || tally.plain.marked == 0 {
            return Reading::Plain;
        }
        if let Some(reading) = tally.verdict(EVIDENCE) {
            return reading;
        }
        let own = self.kinds.get(&kind).copied().flatten();
        // A font's decision settles what is undecided; what the font's name or the paper says must gain a word.
        let named = kind.encoding.is_some() || kind.font.is_none();
        let gain = u32::from(own.is_some());
        let guesses = [(own, 0), (kind.encoding.map(Reading::Legacy), gain), (self.paper, gain.max(u32::from(!named)))];
        for (guess, gain) in guesses {
            if let Some(Reading::Legacy(encoding)) = guess
                && tally.count(encoding).valid >= tally.plain.valid + gain
            {
                return Reading::Legacy(encoding);
            }
        }
        Reading::Plain
    }

    fn is_plain(&self, kind: Kind) -> bool {
        self.kinds.get(&kind).copied().flatten() == Some(Reading::Plain)
    }
}

fn tally(stretch: &[&mut Run], kind: Kind, chars: &mut Vec<char>) -> Tally {
    chars.clear();
    stretch.iter().for_each(|run| chars.extend(characters(run, kind)));
    Tally::of(chars)
}

fn characters(run: &Run, kind: Kind) -> impl Iterator<Item = char> {
    run.text.chars().map(move |c| if kind.encoding.is_some() { without_private(c) } else { c })
}

/// Rewrites the runs of a stretch; a letter whose bytes stand in two runs goes to the first.
fn convert_runs(stretch: &mut [&mut Run], encoding: Encoding, kind: Kind, chars: &mut Vec<char>, report: &mut Report) {
    chars.clear();
    let mut ends = Vec::with_capacity(stretch.len());
    for run in stretch.iter() {
        chars.extend(characters(run, kind));
        ends.push(chars.len());
    }
    let mut texts = vec![String::new(); stretch.len()];
    let mut run = 0;
    let mut made = vec![0; stretch.len()];
    convert(chars, encoding, kind.encoding.is_some(), |piece| {
        while run + 1 < ends.len() && piece.at >= ends[run] {
            run += 1;
        }
        texts[run].push(piece.letter);
        made[run] += usize::from(piece.mapped);
        report.foreign += usize::from(piece.foreign);
    });
    for ((run, text), letters) in stretch.iter_mut().zip(texts).zip(made) {
        if letters > 0 {
            report.count(encoding, letters, run.style.font);
        }
        run.text = text;
    }
}

/// A letter of a converted stretch.
struct Piece {
    letter: char,
    /// The first character that it was made of, and how many.
    at: usize,
    used: usize,
    mapped: bool,
    foreign: bool,
}

/// Converts characters word by word. A word that is a syllable as it stands and none in the code page stays.
fn convert(chars: &[char], encoding: Encoding, named: bool, mut out: impl FnMut(Piece)) {
    let table = encoding.table();
    let mut at = 0;
    for word in chars.split_inclusive(|&c| verdict::is_separator(c)) {
        let end = at + word.len();
        let core = word.strip_suffix(&[' ']).unwrap_or(word);
        let keep = !word.iter().all(char::is_ascii) && stays(core, encoding, named);
        while at < end {
            let (letter, used, mapped, foreign) = match table.letter(&chars[at..end]) {
                Letter::Mapped(letter, used) if !keep => (letter, used, true, false),
                Letter::Foreign(c) if !keep => (c, 1, false, !is_punctuation(c)),
                _ => (chars[at], 1, false, false),
            };
            out(Piece { letter, at, used, mapped, foreign });
            at += used;
        }
    }
}

/// Whether a word of a converted stretch is left as it stands.
fn stays(word: &[char], encoding: Encoding, named: bool) -> bool {
    let word = word.strip_suffix(&['\u{a0}']).unwrap_or(word);
    if let [alone] = word {
        // Signs of arithmetic that stand alone are no letters, unless the font says so.
        return !named && matches!(alone, '×' | '÷' | '±' | '°' | '©' | '®' | '§') && !matches!((encoding, alone), (Encoding::Tcvn3, '®' | '§'));
    }
    // What is no letter as it stands makes no syllable as it stands.
    if word.iter().all(|&c| exact_byte(c).is_some()) && word.iter().any(|&c| !c.is_ascii() && !c.is_alphabetic() && !is_punctuation(c)) {
        return false;
    }
    judge(word, encoding.table()) == Some(false) && (judge_plain(word) == Some(true) || word.iter().any(|&c| exact_byte(c).is_none() && !is_punctuation(c)))
}

/// What was converted and what was not.
#[derive(Default)]
struct Report {
    converted: Vec<Converted>,
    capitals: usize,
    foreign: usize,
    unread: usize,
}

struct Converted {
    encoding: Encoding,
    runs: usize,
    letters: usize,
    fonts: Vec<Font>,
}

impl Report {
    fn count(&mut self, encoding: Encoding, letters: usize, font: Option<Font>) {
        let found = self.converted.iter().position(|c| c.encoding == encoding).unwrap_or_else(|| {
            self.converted.push(Converted { encoding, runs: 0, letters: 0, fonts: Vec::new() });
            self.converted.len() - 1
        });
        let converted = &mut self.converted[found];
        converted.runs += 1;
        converted.letters += letters;
        if let Some(font) = font.filter(|f| converted.fonts.len() <= NAMED_FONTS && !converted.fonts.contains(f)) {
            converted.fonts.push(font);
        }
    }

    /// Notes what was done; the encoding that most letters had.
    fn write(mut self, flow: &mut Flow) -> Option<&'static str> {
        self.converted.sort_by_key(|c| std::cmp::Reverse(c.letters));
        for c in &self.converted {
            let names: Vec<&str> = c.fonts.iter().take(NAMED_FONTS).map(|&f| flow.font_name(f)).collect();
            let more = if c.fonts.len() > NAMED_FONTS { " and others" } else { "" };
            let fonts = if names.is_empty() { String::new() } else { format!(", fonts {}{more}", names.join(", ")) };
            let message = format!("{} letters in {} runs were turned from {} into Unicode{fonts}", c.letters, c.runs, c.encoding.name());
            flow.note("legacy-encoding", message);
        }
        if self.capitals > 0 {
            let message = format!("{} small letters in fonts that draw capitals (.VnTimeH and the like) were written as capitals", self.capitals);
            flow.note("legacy-capitals", message);
        }
        if self.foreign > 0 {
            flow.note("legacy-foreign-letters", format!("{} characters that the code page does not have were left as they are", self.foreign));
        }
        if self.unread > 0 {
            let message =
                format!("{} runs are in a font of before Unicode but make Vietnamese in no code page that is read; they were left as they are", self.unread);
            flow.note("legacy-unread", message);
        }
        self.converted.first().map(|c| c.encoding.name())
    }
}

/// Text of before Unicode without fonts, as a plain file holds it.
pub(super) struct DecodedBytes {
    pub text: String,
    pub encoding: &'static str,
    pub decoding: Decoding,
}

/// Whether a font's glyphs follow a code page of before Unicode, so that its bytes are not to be decoded.
pub(super) fn is_font_of_code_page(name: &str) -> bool {
    Hint::of(name).encoding.is_some()
}

/// The byte that windows-1252 reads as this character.
pub(super) fn byte_of_windows_1252(c: char) -> Option<u8> {
    exact_byte(c)
}

/// The character that windows-1252 reads from this byte.
pub(super) fn char_of_windows_1252(byte: u8) -> char {
    windows_1252(byte)
}

/// So many bytes at the start of a text tell its code page.
const SAMPLE: usize = 1 << 18;

/// Decodes bytes that are Vietnamese in one of the code pages; so many bytes of the file stand before them.
pub(super) fn decode(bytes: &[u8], skipped: usize) -> Option<DecodedBytes> {
    let sample: Vec<char> = bytes[..bytes.len().min(SAMPLE)].iter().map(|&b| windows_1252(b)).collect();
    let Some(Reading::Legacy(encoding)) = Tally::of(&sample).verdict(LITTLE_EVIDENCE) else { return None };
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    let mut decoding = Decoding::default();
    let mut start = skipped;
    let mut chars = Vec::new();
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        chars.clear();
        chars.extend(line.iter().map(|&b| windows_1252(b)));
        convert(&chars, encoding, false, |piece| {
            decoding.step(text.len(), start + piece.at, piece.letter.len_utf8(), piece.used);
            text.push(piece.letter);
        });
        start += line.len();
    }
    Some(DecodedBytes { text, encoding: encoding.name(), decoding })
}

#[cfg(test)]
mod tests;
