//! In which code page a stretch was written: the one that makes the most Vietnamese syllables of it.

use super::encoding::{Encoding, Letter, Table, is_punctuation};
use crate::source::syllable::{LONGEST, is_syllable};

/// How a stretch is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// As it stands.
    Plain,
    /// In a code page.
    Legacy(Encoding),
}

/// Words that bear on the reading, and how many of them are syllables.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Count {
    pub marked: u32,
    pub valid: u32,
}

impl Count {
    fn share(self) -> f32 {
        if self.marked == 0 { 0.0 } else { self.valid as f32 / self.marked as f32 }
    }

    fn add(&mut self, judged: Option<bool>) {
        self.marked += u32::from(judged.is_some());
        self.valid += u32::from(judged == Some(true));
    }
}

/// The words of a stretch under every reading.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub plain: Count,
    legacy: [Count; 5],
}

/// A code page must explain this share of the words …
const LEAST_SHARE: f32 = 0.75;
/// … and so much more than the plain reading. Right tables explain 0.98 of real texts, wrong ones 0.1 to 0.55.
const LEAST_GAIN: f32 = 0.2;

/// So many words of a stretch tell how the rest of it is written.
const SAMPLE: usize = 400;

impl Tally {
    /// Judges the words of a stretch. The rare code pages are tried where the others do not explain it.
    pub fn of(stretch: &[char]) -> Self {
        let mut tally = Self::default();
        tally.try_encodings(stretch, &Encoding::ALL[..2], true);
        let best = tally.legacy[0].share().max(tally.legacy[1].share()).max(tally.plain.share());
        if tally.plain.marked > 0 && best < LEAST_SHARE {
            tally.try_encodings(stretch, &Encoding::ALL[2..], false);
        }
        tally
    }

    fn try_encodings(&mut self, stretch: &[char], encodings: &[Encoding], plain: bool) {
        for word in words(stretch).take(SAMPLE) {
            let judged = judge_plain(word);
            if plain {
                self.plain.add(judged);
            }
            // A syllable with letters that no code page has: Unicode beyond doubt.
            let certain = judged == Some(true) && word.iter().any(|c| matches!(c, '\u{1ea0}'..='\u{1ef9}'));
            for &encoding in encodings {
                self.legacy[encoding as usize].add(if certain { Some(false) } else { judge(word, encoding.table()) });
            }
        }
    }

    /// Adds the words of another stretch.
    pub fn add(&mut self, other: &Self) {
        let pairs = self.legacy.iter_mut().zip(&other.legacy).chain([(&mut self.plain, &other.plain)]);
        for (mine, theirs) in pairs {
            mine.marked += theirs.marked;
            mine.valid += theirs.valid;
        }
    }

    pub fn count(&self, encoding: Encoding) -> Count {
        self.legacy[encoding as usize]
    }

    /// How the words are to be read, if at least so many of them say it.
    pub fn verdict(&self, least: u32) -> Option<Reading> {
        let mut best = Encoding::Tcvn3;
        for encoding in Encoding::ALL {
            // Among equals the common one.
            if self.count(encoding).share() > self.count(best).share() + 0.02 {
                best = encoding;
            }
        }
        let (found, plain) = (self.count(best), self.plain);
        if found.marked.max(plain.marked) < least {
            return None;
        }
        if found.share() >= LEAST_SHARE && found.share() >= plain.share() + LEAST_GAIN && found.marked >= least {
            return Some(Reading::Legacy(best));
        }
        (plain.share() >= LEAST_SHARE).then_some(Reading::Plain)
    }
}

/// The words that hold more than ASCII, split where every code page has a blank or a sign.
pub(super) fn words(stretch: &[char]) -> impl Iterator<Item = &[char]> {
    stretch.split(|&c| is_separator(c)).filter(|word| word.iter().any(|&c| !is_plain_letter(c)))
}

pub(super) fn is_separator(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='@' | '['..='`' | '{'..='\x7f' | '\u{a0}')
}

fn is_plain_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
}

/// Whether a word is made of syllables as it stands; none where nothing speaks for or against it.
pub(super) fn judge_plain(word: &[char]) -> Option<bool> {
    let mut pieces = Pieces::default();
    for &c in word {
        pieces.push(c, !c.is_ascii() && !is_punctuation(c));
    }
    pieces.judge()
}

/// Whether a word is made of syllables in this code page; none where nothing speaks for or against it.
pub(super) fn judge(word: &[char], table: &Table) -> Option<bool> {
    let mut pieces = Pieces::default();
    let mut rest = word;
    while !rest.is_empty() {
        let used = match table.letter(rest) {
            Letter::Mapped(c, used) => {
                pieces.push(c, true);
                used
            }
            Letter::Same(c) => {
                pieces.push(c, false);
                1
            }
            Letter::Foreign(_) => return Some(false),
        };
        rest = rest.get(used..).unwrap_or_default();
    }
    pieces.judge()
}

/// The syllables of a word between its quotation marks and dashes.
#[derive(Default)]
struct Pieces {
    letters: [char; LONGEST + 1],
    length: usize,
    marked: bool,
    any_marked: bool,
    wrong: bool,
}

impl Pieces {
    fn push(&mut self, c: char, marked: bool) {
        self.any_marked |= marked;
        if c.is_alphabetic() || matches!(c, '\u{300}'..='\u{331}') {
            self.marked |= marked;
            match self.letters.get_mut(self.length) {
                Some(place) => *place = c,
                None => self.wrong = true,
            }
            self.length = (self.length + 1).min(LONGEST + 1);
        } else {
            self.wrong |= !is_punctuation(c);
            self.end();
        }
    }

    fn end(&mut self) {
        // Abbreviations beside a dash are no syllables in any reading.
        self.wrong |= self.marked && !is_syllable(&self.letters[..self.length]);
        self.length = 0;
        self.marked = false;
    }

    fn judge(mut self) -> Option<bool> {
        self.end();
        self.any_marked.then_some(!self.wrong)
    }
}
