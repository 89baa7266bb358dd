//! Words of a text: where they begin, and what phrases that begin with them begin with too.

/// The beginning of a word: a letter or digit with none before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Its first byte.
    start: u32,
    /// See [`Word::key`].
    key: u32,
}

impl Word {
    /// The word that fills these bytes of a text.
    pub(crate) fn of(text: &str, start: usize, end: usize) -> Self {
        // No text reaches four gigabytes: files of a sixteenth of that are refused.
        Self { start: start as u32, key: key(text.as_bytes(), start, end) }
    }

    /// The first byte of the word.
    #[inline]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// A hash of the letters that the word begins with, of its first eight bytes at most; of the first digit where it
    /// begins with one. A phrase can only begin here if its first word has the same key: digits may stand right behind
    /// a phrase ("ngày7"), letters may not.
    #[inline]
    pub fn key(self) -> u32 {
        self.key
    }
}

fn key(text: &[u8], start: usize, end: usize) -> u32 {
    let head = match text[start..].first_chunk::<8>() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => text[start..].iter().rev().fold(0, |head, &b| head << 8 | u64::from(b)),
    };
    let len = if text[start].is_ascii_digit() { 1 } else { first_digit(head).min(end - start).min(8) };
    let letters = head & u64::MAX >> (64 - 8 * len);
    (letters.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

/// The place of the first ASCII digit among eight bytes; eight where there is none.
#[inline]
fn first_digit(bytes: u64) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // In a byte that is a digit, and in no other, both sums stay below 0x80.
    let low = bytes ^ (ONES * 0x30);
    let over = ((low & (ONES * 0x7f)) + ONES * 0x76) | low;
    ((!over & (ONES * 0x80)).trailing_zeros() / 8) as usize
}

/// The words of a text.
pub fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        // To the next letter, and then past its word.
        while let Some(&b) = bytes.get(at)
            && (!IS_ASCII_LETTER[usize::from(b)] && (b < 0x80 || !letter_at(text, at)))
        {
            at += width(b);
        }
        let start = at;
        while let Some(&b) = bytes.get(at)
            && (IS_ASCII_LETTER[usize::from(b)] || b >= 0x80 && letter_at(text, at))
        {
            at += width(b);
        }
        (start < at).then(|| Word::of(text, start, at))
    })
}

const IS_ASCII_LETTER: [bool; 256] = {
    let mut letters = [false; 256];
    let mut b = 0;
    while b < 128 {
        letters[b] = (b as u8).is_ascii_alphanumeric();
        b += 1;
    }
    letters
};

/// Whether the character of several bytes here is a letter or digit.
#[inline]
pub(super) fn letter_at(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    match (bytes[at], bytes[at + 1]) {
        // Up to U+01BF all are letters, the signs of multiplication and division aside; so are U+1E80 to U+1EFF.
        (0xc3, second) => !matches!(second, 0x97 | 0xb7),
        (0xc4..=0xc6, _) | (0xe1, 0xba | 0xbb) => true,
        _ => text[at..].chars().next().is_some_and(char::is_alphanumeric),
    }
}

/// The length of the character that begins with this byte.
#[inline]
pub(super) fn width(first: u8) -> usize {
    match first {
        0..=0x7f => 1,
        0x80..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_word_start;

    #[test]
    fn words_begin_where_no_letter_stands_before() {
        let text = "“Xây dựng”–nhà 12a/b, ×đường\tÝ";
        let starts: Vec<usize> = words(text).map(Word::start).collect();
        let want: Vec<usize> = text.char_indices().filter(|&(i, c)| c.is_alphanumeric() && is_word_start(text, i)).map(|(i, _)| i).collect();
        assert_eq!(starts, want);
    }

    #[test]
    fn words_that_a_phrase_can_begin_share_a_key() {
        let keys = |text: &str| words(text).map(Word::key).collect::<Vec<_>>();
        let rows = [
            ("ngày", "ngày7/02", true, "a lost blank before a number"),
            ("ngày", "ngàyx", false, "another word"),
            ("kế hoạch", "kế, toán", true, "only the first word counts"),
            ("trưởngx", "trưởngy", true, "eight bytes count"),
            ("tưởng", "trưởng", false, "other letters"),
            ("1", "12/2020", true, "the first digit counts"),
            ("10", "2", false, "another digit"),
            ("a1", "a", true, "up to a digit"),
        ];
        for (one, other, same, why) in rows {
            assert_eq!(keys(one)[0] == keys(other)[0], same, "{why}");
        }
    }
}
