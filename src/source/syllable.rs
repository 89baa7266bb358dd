//! What a Vietnamese syllable is made of: onset, rime and tone, as quốc ngữ spells them.
//!
//! The share of valid syllables tells in which code page a text was written, and whether the text layer of a
//! scan is text at all.

use std::sync::LazyLock;

/// How many words of a text are Vietnamese syllables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Syllables {
    /// Words: runs of letters.
    pub words: usize,
    /// Words that are syllables, marked or not.
    pub valid: usize,
    /// Words with a letter beyond ASCII.
    pub marked: usize,
    /// Words with a letter beyond ASCII that are syllables.
    pub valid_marked: usize,
}

impl Syllables {
    /// The share of words that are syllables; none without words.
    pub fn share(self) -> Option<f32> {
        (self.words > 0).then(|| self.valid as f32 / self.words as f32)
    }

    /// The share of marked words that are syllables; none without marked words.
    #[allow(dead_code, reason = "the judge of text layers asks for it")]
    pub fn share_of_marked(self) -> Option<f32> {
        (self.marked > 0).then(|| self.valid_marked as f32 / self.marked as f32)
    }
}

/// Counts the words of a text and those that are Vietnamese syllables.
pub(super) fn share_of_syllables(text: &str) -> Syllables {
    let mut count = Syllables::default();
    let mut word: Vec<char> = Vec::with_capacity(LONGEST + 1);
    let mut letters = 0usize;
    for c in text.chars().chain([' ']) {
        if c.is_alphabetic() || is_mark(c) {
            // A longer word is none whatever follows.
            if word.len() <= LONGEST {
                word.push(c);
            }
            letters += 1;
            continue;
        }
        if letters > 0 {
            let (valid, marked) = (is_syllable(&word), word.iter().any(|c| !c.is_ascii()));
            count.words += 1;
            count.valid += usize::from(valid);
            count.marked += usize::from(marked);
            count.valid_marked += usize::from(valid && marked);
        }
        word.clear();
        letters = 0;
    }
    count
}

/// Letters of the longest syllable, `nghiêng`, with three combining marks.
pub(super) const LONGEST: usize = 10;

/// Whether a word is a Vietnamese syllable, composed or decomposed, in small letters, capitals or both.
pub(super) fn is_syllable(word: &[char]) -> bool {
    let Some(Spelling { letters, length, tone }) = spell(word) else { return false };
    let letters = &letters[..length];
    let Some(first_vowel) = letters.iter().position(|&l| is_vowel(l)) else { return false };
    let (onset, rime) = letters.split_at(first_vowel);
    let stopped = matches!(rime.last(), Some(&(C | K | P | T))) || rime.ends_with(&[C, H]);
    // A syllable closed by a stop is said in the tones sắc and nặng only.
    if stopped && !matches!(tone, ACUTE | DOT) {
        return false;
    }
    match onset {
        [Q] => is_rime(&AFTER_Q, rime),
        [G] if rime[0] == I => is_rime(&RIMES, rime) || rime.len() > 1 && is_vowel(rime[1]) && is_rime(&RIMES, &rime[1..]),
        _ => is_onset(onset, rime[0]) && is_rime(&RIMES, rime),
    }
}

struct Spelling {
    letters: [u8; 8],
    length: usize,
    tone: u8,
}

/// The letters without their tone, and the tone; none where a character is no letter of quốc ngữ.
fn spell(word: &[char]) -> Option<Spelling> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let mut spelling = Spelling { letters: [0; 8], length: 0, tone: 0 };
    for &c in word {
        let tone = if is_mark(c) { mark(&mut spelling, c)? } else { letter(&mut spelling, c)? };
        if tone > 0 && spelling.tone > 0 {
            return None;
        }
        spelling.tone |= tone;
    }
    Some(spelling)
}

/// Appends a letter; its tone.
fn letter(spelling: &mut Spelling, c: char) -> Option<u8> {
    let code = *LETTERS.get(index(c)?)?;
    if code == 0 {
        return None;
    }
    *spelling.letters.get_mut(spelling.length)? = code & 31;
    spelling.length += 1;
    Some(code >> 5)
}

/// Adds a combining mark to the last letter; the tone that it is.
fn mark(spelling: &mut Spelling, c: char) -> Option<u8> {
    let last = spelling.letters.get_mut(spelling.length.checked_sub(1)?)?;
    match c {
        '\u{300}' => return is_vowel(*last).then_some(1),
        '\u{309}' => return is_vowel(*last).then_some(2),
        '\u{303}' => return is_vowel(*last).then_some(3),
        '\u{301}' => return is_vowel(*last).then_some(ACUTE),
        '\u{323}' => return is_vowel(*last).then_some(DOT),
        '\u{302}' if matches!(*last, A | E | O) => *last += 2 - u8::from(*last != A),
        '\u{306}' if *last == A => *last += 1,
        '\u{31b}' if *last == O => *last += 2,
        '\u{31b}' if *last == U => *last += 1,
        _ => return None,
    }
    Some(0)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{331}')
}

/// Quốc ngữ in the order of its alphabet; a letter's number is its place, from 1.
const ALPHABET: &str = "aăâeêioôơuưybcdđghklmnpqrstvx";
const A: u8 = 1;
const E: u8 = 4;
const I: u8 = 6;
const O: u8 = 7;
const U: u8 = 10;
const Y: u8 = 12;
const C: u8 = 14;
const G: u8 = 17;
const H: u8 = 18;
const K: u8 = 19;
const N: u8 = 22;
const P: u8 = 23;
const Q: u8 = 24;
const T: u8 = 27;
const ACUTE: u8 = 4;
const DOT: u8 = 5;

fn is_vowel(letter: u8) -> bool {
    (A..=Y).contains(&letter)
}

/// Each vowel with the tones ngang, huyền, hỏi, ngã, sắc, nặng.
const VOWELS: [&str; 12] = ["aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ"];

/// Letters up to ư (U+01B0), then those from U+1E00 to U+1EFF.
const PLACES: usize = 0x1b1 + 0x100;

/// Number of the letter (5 bits) and its tone, by [`index`]; 0 is no letter.
static LETTERS: LazyLock<[u8; PLACES]> = LazyLock::new(|| {
    let mut letters = [0; PLACES];
    let mut set = |c: char, code: u8| {
        for c in c.to_uppercase().chain([c]) {
            if let Some(place) = index(c).and_then(|i| letters.get_mut(i)) {
                *place = code;
            }
        }
    };
    for (c, code) in ALPHABET.chars().zip(1..) {
        set(c, code);
    }
    for (vowel, code) in VOWELS.iter().zip(1u8..) {
        for (c, tone) in vowel.chars().zip(0u8..) {
            set(c, code | tone << 5);
        }
    }
    letters
});

fn index(c: char) -> Option<usize> {
    match u32::from(c) {
        c @ 0..=0x1b0 => Some(c as usize),
        c @ 0x1e00..=0x1eff => Some(c as usize - 0x1e00 + 0x1b1),
        _ => None,
    }
}

/// Whether a syllable may begin so before this vowel. `c`, `g`, `ng` become `k`, `gh`, `ngh` before e, ê, i, y.
fn is_onset(onset: &[u8], vowel: u8) -> bool {
    let front = matches!(vowel, E..=I | Y);
    match onset {
        [C] | [G] | [N, G] => !front,
        [K] | [G, H] | [N, G, H] => front,
        [] => true,
        [one] => *one != Q,
        [first, H] => matches!(*first, C | K | N | P | T),
        [T, second] => *second == T - 2,
        _ => false,
    }
}

/// Rimes without their tone. Names of the highlands (Đắk Lắk) end in k.
static RIMES: LazyLock<Vec<u32>> = LazyLock::new(|| {
    packed(
        "a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
         e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu \
         o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot \
         ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt \
         uơ up ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu \
         y yêm yên yêng yêt yêu",
    )
});

/// Rimes after `q`, with the `u` that belongs to it.
static AFTER_Q: LazyLock<Vec<u32>> = LazyLock::new(|| {
    packed(
        "ua uac uach uai uan uang uanh uao uat uau uay uăc uăm uăn uăng uăp uăt uân uâng uât uây ue uen ueo uet uê uêch uên uênh uêt \
         ui uit uôc uơ uy uych uyên uyêt uyn uynh uyt uơn",
    )
});

fn packed(rimes: &str) -> Vec<u32> {
    let code = |c: char| ALPHABET.chars().position(|l| l == c).map_or(0, |p| p as u8 + 1);
    let mut packed: Vec<u32> = rimes.split_whitespace().map(|rime| pack(rime.chars().map(code))).collect();
    packed.sort_unstable();
    packed
}

fn pack(letters: impl Iterator<Item = u8>) -> u32 {
    letters.fold(0, |rime, letter| rime << 5 | u32::from(letter))
}

fn is_rime(rimes: &[u32], rime: &[u8]) -> bool {
    rime.len() <= 4 && rimes.binary_search(&pack(rime.iter().copied())).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn valid(word: &str) -> bool {
        is_syllable(&word.chars().collect::<Vec<_>>())
    }

    #[test]
    fn syllables_are_told_from_what_looks_like_them() {
        let words = "Cộng hoà HÒA xã HỘI chủ nghĩa Việt Nam quyết quốc quý quỹ giữa gì gìn giếng giết già nghiêng nguyễn khuỷu xoèn \
            uỷ ủy yêu yếu ý kỹ Thuỵ ghế ngoằn được ưu rượu đường Đắk Lắk quạnh tuyệt hươu loong toán thuở quở ĐIỀU";
        for word in words.split_whitespace() {
            assert!(valid(word), "{word}");
        }
        // Readings in the wrong code page, foreign words, wrong spelling.
        let words = "Céng héi viÖt QuyÕt Coäng nghò ñònh được2 cafộ ge ngê ke\u{302}c cệng kà dat hoàà đệt\u{300} tiets ngh qa frac français \
            Q bcd ngoằngg ktt thth wa já";
        for word in words.split_whitespace() {
            assert!(!valid(word), "{word}");
        }
    }

    #[test]
    fn decomposed_letters_count_as_composed_ones() {
        let rows = [
            ("Vie\u{302}\u{323}t", true, "tone after the circumflex"),
            ("Vi\u{ea}\u{323}t", true, "tone on a composed letter, as windows-1258 has it"),
            ("\u{111}u\u{31b}o\u{31b}\u{323}c", true, "horns and tone"),
            ("\u{103}\u{301}n", true, "breve and tone"),
            ("d\u{323}i", false, "a tone on a consonant"),
            ("vie\u{306}t", false, "a breve on e"),
        ];
        for (word, expected, why) in rows {
            assert_eq!(valid(word), expected, "{why}");
        }
    }

    #[test]
    fn words_are_counted() {
        let count = share_of_syllables("Số 12: Quyết định của UBND, Céng ty");
        assert_eq!(count, Syllables { words: 7, valid: 5, marked: 5, valid_marked: 4 });
        assert_eq!((count.share(), share_of_syllables("12 - 13").share_of_marked()), (Some(5.0 / 7.0), None));
    }
}
