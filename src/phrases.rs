//! Lists of phrases with a value each, found in folded text (see [`fold`]) at word boundaries, longest first.
//!
//! A list is a sorted table with an index of first letters: it is made in no time, and most places of a text are
//! refused by one look at their first bytes.

use crate::text::{Span, Text, Word, fold, is_word_end, words};

/// Phrases with a value each.
#[derive(Debug)]
pub struct Phrases<T> {
    /// Sorted by their bytes, each phrase once.
    entries: Vec<Entry<T>>,
    /// Which phrases begin with which bytes: a hash table, its length a power of two.
    starts: Vec<Start>,
    /// The first three bytes of phrases: most places of a text are refused by them.
    long: Sieve,
    /// The first two bytes of what may be a phrase of less than [`INDEXED`] bytes.
    short: Sieve,
    /// The first words of phrases.
    words: Sieve,
}

/// One bit for each hash of the bytes that phrases begin with.
#[derive(Debug)]
struct Sieve([u64; Sieve::BITS / 64]);

impl Sieve {
    const BITS: usize = 4096;

    fn of(keys: impl Iterator<Item = u32>) -> Self {
        let mut bits = [0; Self::BITS / 64];
        for place in keys.map(Self::place) {
            bits[place / 64] |= 1 << (place % 64);
        }
        Self(bits)
    }

    /// All bytes of the key have a say in the bits that are taken.
    #[inline]
    fn place(key: u32) -> usize {
        (key.wrapping_mul(0x9e37_79b1) >> (32 - Self::BITS.trailing_zeros())) as usize
    }

    #[inline]
    fn holds(&self, key: u32) -> bool {
        let place = Self::place(key);
        self.0[place / 64] >> (place % 64) & 1 == 1
    }
}

#[derive(Debug)]
struct Entry<T> {
    phrase: String,
    /// The first bytes of the phrase as a number that sorts as they do.
    head: u64,
    /// The bits of `head` that the phrase fills.
    filled: u64,
    value: T,
    /// The longest other phrase that this one begins with.
    shorter: Option<usize>,
}

impl<T> Entry<T> {
    fn new(phrase: &str, value: T) -> Self {
        let phrase = fold(phrase);
        let filled = u64::MAX.checked_shl(64 - 8 * phrase.len().min(8) as u32).unwrap_or(0);
        Self { head: first_eight(phrase.as_bytes()), filled, phrase, value, shorter: None }
    }

    /// Whether a text with this head begins with the phrase.
    #[inline]
    fn begins(&self, head: u64, text: &[u8]) -> bool {
        head & self.filled == self.head && (self.phrase.len() <= 8 || text.starts_with(self.phrase.as_bytes()))
    }
}

/// The first eight bytes as a number that sorts as they do; zeros stand for those that are missing.
#[inline]
fn first_eight(text: &[u8]) -> u64 {
    if let Some(eight) = text.first_chunk::<8>() {
        return u64::from_be_bytes(*eight);
    }
    text.iter().fold(0, |head, &b| head << 8 | u64::from(b)).checked_shl(64 - 8 * text.len() as u32).unwrap_or(0)
}

/// So many bytes of a phrase are in the index.
const INDEXED: usize = 3;

/// The phrases `from..to` begin with the bytes of this key; zero, which is no key, where the place is free.
#[derive(Debug, Clone, Copy, Default)]
struct Start {
    key: u32,
    from: u32,
    to: u32,
}

impl<T> Phrases<T> {
    /// Takes phrases and folds them; of two that fold to the same the first counts.
    pub fn new<S: AsRef<str>>(phrases: impl IntoIterator<Item = (S, T)>) -> Self {
        let entries = phrases.into_iter().map(|(p, value)| Entry::new(p.as_ref(), value));
        let mut entries: Vec<Entry<T>> = entries.filter(|e| !e.phrase.is_empty()).collect();
        entries.sort_by(|a, b| a.phrase.cmp(&b.phrase));
        entries.dedup_by(|later, first| later.phrase == first.phrase);
        link(&mut entries);
        let long = Sieve::of(entries.iter().filter_map(|e| key(e.phrase.as_bytes(), 3)));
        let (one, two): (Vec<_>, Vec<_>) = entries.iter().map(|e| e.phrase.as_bytes()).filter(|p| p.len() < INDEXED).partition(|p| p.len() == 1);
        // Anything may follow a phrase of one byte.
        let one = one.iter().flat_map(|p| (0..=255).filter_map(|next| key(&[p[0], next], 2)));
        let short = Sieve::of(one.chain(two.iter().filter_map(|p| key(p, 2))));
        let words = Sieve::of(entries.iter().filter_map(|e| words(&e.phrase).next().filter(|w| w.start() == 0)).map(Word::key));
        Self { starts: index(&entries), entries, long, short, words }
    }

    /// Whether a phrase may begin with this word.
    #[inline]
    pub fn may_begin_with(&self, word: Word) -> bool {
        self.words.holds(word.key())
    }

    /// Whether a phrase may begin here, as far as the first bytes tell.
    #[inline]
    fn may_begin(&self, text: &[u8]) -> bool {
        match text {
            [a, b, c, ..] => self.long.holds(u32::from_be_bytes([3, *a, *b, *c])) || self.short.holds(u32::from_be_bytes([2, 0, *a, *b])),
            _ => true,
        }
    }

    /// The longest phrase that starts at this byte and ends with a word: its end and its value.
    #[inline]
    pub fn at(&self, folded: &str, start: usize) -> Option<(usize, &T)> {
        if self.may_begin(&folded.as_bytes()[start..]) { self.longest_word(folded, start) } else { None }
    }

    fn longest_word(&self, folded: &str, start: usize) -> Option<(usize, &T)> {
        let mut longest = self.longest(&folded.as_bytes()[start..]);
        while let Some(i) = longest {
            let entry = &self.entries[i];
            let end = start + entry.phrase.len();
            if is_word_end(folded, end) {
                return Some((end, &entry.value));
            }
            longest = entry.shorter;
        }
        None
    }

    /// The longest phrase that starts at this byte, wherever it ends.
    #[inline]
    pub fn beginning(&self, folded: &str, start: usize) -> Option<(usize, &T)> {
        let text = &folded.as_bytes()[start..];
        let longest = if self.may_begin(text) { self.longest(text) } else { None };
        let entry = &self.entries[longest?];
        Some((start + entry.phrase.len(), &entry.value))
    }

    /// The longest phrase that a text begins with.
    fn longest(&self, text: &[u8]) -> Option<usize> {
        let long = key(text, INDEXED).and_then(|key| self.start(key)).and_then(|start| self.longest_from(start, text));
        if long.is_some() || text.len() >= 2 && !key(text, 2).is_some_and(|key| self.short.holds(key)) {
            return long;
        }
        (1..INDEXED).rev().find_map(|len| self.longest_from(self.start(key(text, len)?)?, text))
    }

    /// The longest phrase that a text begins with, of those that begin as the text does and those that they go on from.
    fn longest_from(&self, start: &Start, text: &[u8]) -> Option<usize> {
        let (from, to) = (start.from as usize, start.to as usize);
        let head = first_eight(text);
        // The last phrase that does not sort behind the text goes on from every phrase that the text begins with.
        let behind = |e: &Entry<T>| e.head < head || e.head == head && e.phrase.as_bytes() <= text;
        let behind = from + self.entries[from..to].partition_point(behind);
        let mut candidate = behind.checked_sub(1).filter(|&i| i >= from);
        while let Some(i) = candidate.filter(|&i| !self.entries[i].begins(head, text)) {
            candidate = self.entries[i].shorter;
        }
        candidate
    }

    /// The phrases that begin with the bytes of a key.
    #[inline]
    fn start(&self, key: u32) -> Option<&Start> {
        let mut place = hash(key, self.starts.len());
        loop {
            let start = &self.starts[place];
            if start.key == key {
                return Some(start);
            }
            if start.key == 0 {
                return None;
            }
            place = (place + 1) & (self.starts.len() - 1);
        }
    }

    /// Every phrase inside `folded`, from left to right, without overlaps.
    pub fn scan<'p, 't>(&'p self, folded: &'t str) -> impl Iterator<Item = (usize, usize, &'p T)> + use<'p, 't, T> {
        self.scan_at(folded, words(folded))
    }

    /// Every phrase inside a span of a text, from left to right, without overlaps.
    pub fn scan_in<'p, 't>(&'p self, text: &'t Text, span: Span) -> impl Iterator<Item = (usize, usize, &'p T)> + use<'p, 't, T> {
        self.scan_at(&text.folded()[..span.end], text.words(span))
    }

    fn scan_at<'p, 't, W: Iterator<Item = Word>>(&'p self, folded: &'t str, words: W) -> impl Iterator<Item = (usize, usize, &'p T)> + use<'p, 't, T, W> {
        let mut free = 0;
        words.filter(|&word| self.may_begin_with(word)).map(Word::start).filter_map(move |start| {
            let (end, value) = if start < free { None } else { self.longest_word(folded, start) }?;
            free = end;
            Some((start, end, value))
        })
    }

    /// The phrases, folded, in the order of their bytes.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|e| e.phrase.as_str())
    }

    /// Whether a phrase starts at this byte.
    pub fn starts(&self, folded: &str, start: usize) -> bool {
        self.at(folded, start).is_some()
    }

    /// Whether the whole of `folded` is one of the phrases; its value.
    pub fn exact(&self, folded: &str) -> Option<&T> {
        self.at(folded, 0).filter(|&(end, _)| end == folded.len()).map(|(_, v)| v)
    }
}

impl Phrases<()> {
    /// Phrases without values.
    pub fn list<S: AsRef<str>>(phrases: impl IntoIterator<Item = S>) -> Self {
        Self::new(phrases.into_iter().map(|p| (p, ())))
    }
}

/// Says of each phrase which shorter one it begins with.
fn link<T>(entries: &mut [Entry<T>]) {
    let mut open: Vec<usize> = Vec::new();
    for i in 0..entries.len() {
        while open.last().is_some_and(|&o| !entries[i].phrase.starts_with(&entries[o].phrase)) {
            open.pop();
        }
        entries[i].shorter = open.last().copied();
        open.push(i);
    }
}

/// Which phrases begin with which bytes; two thirds of the places and more stay free.
fn index<T>(entries: &[Entry<T>]) -> Vec<Start> {
    let mut ranges: Vec<Start> = Vec::new();
    for (i, entry) in entries.iter().enumerate() {
        let Some(key) = key(entry.phrase.as_bytes(), entry.phrase.len().min(INDEXED)) else { continue };
        let (from, to) = (i as u32, i as u32 + 1);
        match ranges.last_mut().filter(|last| last.key == key) {
            Some(last) => last.to = to,
            None => ranges.push(Start { key, from, to }),
        }
    }
    let places = (ranges.len() * 3 + 1).next_power_of_two();
    let mut table = vec![Start::default(); places];
    for range in ranges {
        let mut place = hash(range.key, places);
        while table[place].key != 0 {
            place = (place + 1) & (places - 1);
        }
        table[place] = range;
    }
    table
}

/// The first bytes of a text and how many they are, as one number; `None` where the text has less.
#[inline]
fn key(text: &[u8], len: usize) -> Option<u32> {
    Some(match (len, text) {
        (3, [a, b, c, ..]) => u32::from_be_bytes([3, *a, *b, *c]),
        (2, [a, b, ..]) => u32::from_be_bytes([2, 0, *a, *b]),
        (1, [a, ..]) => u32::from_be_bytes([1, 0, 0, *a]),
        _ => return None,
    })
}

/// A place in a table of so many, a power of two. All bytes of the key have a say in the bits that are taken.
fn hash(key: u32, places: usize) -> usize {
    (u64::from(key).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize & (places - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_counts() {
        let phrases = Phrases::new([("sở", 1), ("sở y tế", 2), ("sở y", 3), ("ban", 4), ("Sở", 5), ("tp", 6)]);
        let rows = [
            ("sở y tế chủ trì", Some((11, 2)), "the longest"),
            ("sở y học", Some((6, 3)), "a shorter one where the longest does not go on"),
            ("sở", Some((4, 1)), "the whole text; of two alike the first"),
            ("sởi", None, "ends inside a word"),
            ("sở y tếx", Some((6, 3)), "the longest ends inside a word"),
            ("ban chỉ đạo", Some((3, 4)), "first of its letter"),
            ("tp", Some((2, 6)), "less than three bytes"),
            ("tp. huế", Some((2, 6)), "less than three bytes before others"),
            ("xã", None, "another letter"),
            ("", None, "nothing"),
        ];
        for (text, want, why) in rows {
            assert_eq!(phrases.at(text, 0).map(|(end, v)| (end, *v)), want, "{why}");
        }
    }

    #[test]
    fn lists_of_long_phrases_are_found() {
        let phrases = Phrases::list(["kế hoạch", "kế toán"]);
        assert_eq!(phrases.exact("kế toán"), Some(&()));
        assert_eq!(phrases.exact("kế"), None);
    }

    #[test]
    fn a_scan_goes_from_word_to_word() {
        let phrases = Phrases::list(["thực hiện", "hiện", "ban hành", "đã"]);
        let text = "“thực hiện” ban hành,đã-hiện; thực hiệný, ban hànhx hiện nay";
        let found: Vec<_> = phrases.scan(text).map(|(start, end, ())| &text[start..end]).collect();
        assert_eq!(found, ["thực hiện", "ban hành", "đã", "hiện", "hiện"]);
    }
}
