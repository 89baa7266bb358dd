//! Automatic numbers, as they are printed.

use super::fib::{Fib, Part};
use super::{Streams, u16_at, u32_at};

/// Levels of a list.
const LEVELS: usize = 9;
/// Lists and overrides of one document; Word itself stops at 2,046.
const MOST_LISTS: usize = 4096;

struct Level<'a> {
    start: i32,
    /// How the number is written ([MS-OSHARED] MSONFC).
    format: u8,
    /// All numbers in Arabic figures.
    legal: bool,
    keeps_counting: bool,
    blank_after: bool,
    /// Formatting of the label.
    list: &'a [u8],
    /// Text of the label; 0 to 8 stand for the number of a level.
    text: Vec<u16>,
}

struct List<'a> {
    id: u32,
    levels: Vec<Level<'a>>,
    counters: [Option<i32>; LEVELS],
}

struct Override<'a> {
    list: Option<usize>,
    starts: [Option<i32>; LEVELS],
    levels: Vec<(usize, Level<'a>)>,
}

/// The lists of a document and where their counting stands.
pub(super) struct Lists<'a> {
    lists: Vec<List<'a>>,
    overrides: Vec<Override<'a>>,
}

/// What stands before a paragraph of a list.
pub(super) struct Label<'a> {
    pub text: String,
    pub is_bullet: bool,
    /// Formatting that it has beside that of the paragraph's mark.
    pub list: &'a [u8],
}

impl<'a> Lists<'a> {
    pub fn read(streams: Streams<'a>, fib: &Fib) -> Self {
        let mut lists = read_lists(streams, fib).unwrap_or_default();
        lists.iter_mut().for_each(|l| l.levels.truncate(LEVELS));
        let overrides = read_overrides(streams.part(fib, Part::ListOverrides), &lists);
        Self { lists, overrides }
    }

    /// Counts a paragraph of a list; its label.
    pub fn label(&mut self, number: u16, level: u8) -> Option<Label<'a>> {
        let over = self.overrides.get_mut(usize::from(number).checked_sub(1)?)?;
        let list = self.lists.get_mut(over.list?)?;
        let level = usize::from(level).min(list.levels.len().checked_sub(1)?);
        let own = |at: usize| over.levels.iter().find(|(n, _)| *n == at).map(|(_, l)| l);
        let shape = |at: usize| own(at).or(list.levels.get(at));
        let this = shape(level)?;
        list.counters[level] = Some(match (over.starts[level].take(), list.counters[level]) {
            (Some(start), _) => start,
            (None, Some(last)) => last.saturating_add(1),
            (None, None) => this.start,
        });
        for below in level + 1..LEVELS {
            if shape(below).is_some_and(|l| !l.keeps_counting) {
                list.counters[below] = None;
            }
        }
        let mut text = String::new();
        for &unit in &this.text {
            match usize::from(unit) {
                at @ 0..LEVELS => {
                    let Some(shape) = shape(at) else { continue };
                    let number = *list.counters[at].get_or_insert(shape.start);
                    text.push_str(&written(number, if this.legal { 0 } else { shape.format }));
                }
                _ => text.extend(char::from_u32(unit.into())),
            }
        }
        if this.blank_after && !text.is_empty() {
            text.push(' ');
        }
        Some(Label { text, is_bullet: this.format == 23, list: this.list })
    }
}

fn read_lists<'a>(streams: Streams<'a>, fib: &Fib) -> Option<Vec<List<'a>>> {
    let (at, length) = fib.place(Part::Lists);
    let heads = streams.part(fib, Part::Lists);
    let count = usize::from(u16_at(heads, 0)?).min(MOST_LISTS);
    let mut lists = Vec::new();
    // The levels stand behind the heads.
    let mut rest = streams.table.get(at.checked_add(length)?..)?;
    for i in 0..count {
        let Some(head) = heads.get(2 + i * 28..2 + (i + 1) * 28) else { break };
        let levels = if head[26] & 1 != 0 { 1 } else { LEVELS };
        let mut list = List { id: u32_at(head, 0)?, levels: Vec::new(), counters: [None; LEVELS] };
        for _ in 0..levels {
            let Some((level, more)) = read_level(rest) else { return Some(lists) };
            list.levels.push(level);
            rest = more;
        }
        lists.push(list);
    }
    Some(lists)
}

fn read_level(bytes: &[u8]) -> Option<(Level<'_>, &[u8])> {
    let head = bytes.get(..28)?;
    let (characters, paragraph) = (usize::from(head[24]), usize::from(head[25]));
    let list = bytes.get(28 + paragraph..28 + paragraph + characters)?;
    let rest = bytes.get(28 + paragraph + characters..)?;
    let count = usize::from(u16_at(rest, 0)?);
    let text = rest.get(2..2 + count * 2)?;
    let level = Level {
        start: u32_at(head, 0)? as i32,
        format: head[4],
        legal: head[5] & 4 != 0,
        keeps_counting: head[5] & 8 != 0,
        blank_after: head[15] != 2,
        list,
        text: text.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect(),
    };
    Some((level, &rest[2 + count * 2..]))
}

fn read_overrides<'a>(bytes: &'a [u8], lists: &[List<'_>]) -> Vec<Override<'a>> {
    let count = (u32_at(bytes, 0).unwrap_or(0) as usize).min(MOST_LISTS);
    let mut overrides = Vec::new();
    let mut rest = bytes.get(4 + count * 16..).unwrap_or_default();
    for i in 0..count {
        let Some(head) = bytes.get(4 + i * 16..4 + (i + 1) * 16) else { break };
        let id = u32_at(head, 0).unwrap_or(0);
        let mut over = Override { list: lists.iter().position(|l| l.id == id), starts: [None; LEVELS], levels: Vec::new() };
        rest = rest.get(4..).unwrap_or_default();
        for _ in 0..head[12] {
            let Some(more) = read_override(rest, &mut over) else { break };
            rest = more;
        }
        overrides.push(over);
    }
    overrides
}

fn read_override<'a>(bytes: &'a [u8], over: &mut Override<'a>) -> Option<&'a [u8]> {
    let (start, flags) = (u32_at(bytes, 0)? as i32, u32_at(bytes, 4)?);
    let level = (flags & 15) as usize;
    let mut rest = bytes.get(8..)?;
    if flags & 0x20 != 0 {
        let (shape, more) = read_level(rest)?;
        if flags & 0x10 != 0
            && let Some(own) = over.starts.get_mut(level)
        {
            *own = Some(shape.start);
        }
        over.levels.push((level, shape));
        rest = more;
    } else if flags & 0x10 != 0
        && let Some(own) = over.starts.get_mut(level)
    {
        *own = Some(start);
    }
    Some(rest)
}

/// A number as a list writes it.
fn written(number: i32, format: u8) -> String {
    match format {
        1 => roman(number),
        2 => roman(number).to_lowercase(),
        3 => letters(number),
        4 => letters(number).to_lowercase(),
        22 => format!("{number:02}"),
        23 | 255 => String::new(),
        _ => number.to_string(),
    }
}

fn roman(number: i32) -> String {
    const PARTS: [(i32, &str); 13] =
        [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut roman = String::new();
    for (value, digits) in PARTS {
        while rest >= value {
            roman.push_str(digits);
            rest -= value;
        }
    }
    roman
}

/// A to Z, then AA, BB and so on.
fn letters(number: i32) -> String {
    let Some(place) = number.checked_sub(1).and_then(|n| u32::try_from(n).ok()).filter(|&n| n < 26 * 30) else { return number.to_string() };
    let letter = char::from(b'A' + (place % 26) as u8);
    String::from_iter(std::iter::repeat_n(letter, place as usize / 26 + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(start: i32, format: u8, text: &str) -> Level<'static> {
        let text = text.encode_utf16().map(|u| if (0x30..0x39).contains(&u) { u - 0x30 } else { u }).collect();
        Level { start, format, legal: false, keeps_counting: false, blank_after: true, list: &[], text }
    }

    #[test]
    fn labels_are_printed_as_word_prints_them() {
        // In the label's text a digit stands for the number of that level here.
        let levels = vec![level(1, 1, "0."), level(1, 0, "0.1."), level(1, 4, "2)")];
        let list = List { id: 7, levels, counters: [None; LEVELS] };
        let mut starts = [None; LEVELS];
        starts[0] = Some(5);
        let overrides = vec![
            Override { list: Some(0), starts: [None; LEVELS], levels: Vec::new() },
            Override { list: Some(0), starts, levels: Vec::new() },
            Override { list: None, starts: [None; LEVELS], levels: Vec::new() },
        ];
        let mut lists = Lists { lists: vec![list], overrides };
        let rows = [
            (1, 0, Some("I. "), "first"),
            (1, 1, Some("I.1. "), "below"),
            (1, 2, Some("a) "), "below that"),
            (1, 2, Some("b) "), "goes on"),
            (1, 1, Some("I.2. "), "above"),
            (1, 2, Some("a) "), "begins again"),
            (1, 0, Some("II. "), "goes on"),
            (2, 0, Some("V. "), "another start"),
            (2, 0, Some("VI. "), "goes on from it"),
            (1, 8, Some("a) "), "deeper than the list is"),
            (3, 0, None, "a list that is not there"),
            (9, 0, None, "an override that is not there"),
        ];
        for (number, level, expected, why) in rows {
            assert_eq!(lists.label(number, level).map(|l| l.text).as_deref(), expected, "{why}");
        }
    }

    #[test]
    fn numbers_are_written_in_their_format() {
        let rows = [(4, 1, "IV"), (1999, 2, "mcmxcix"), (0, 1, "0"), (28, 3, "BB"), (-3, 4, "-3"), (7, 22, "07"), (7, 23, ""), (7, 0, "7")];
        for (number, format, expected) in rows {
            assert_eq!(written(number, format), expected);
        }
    }
}
