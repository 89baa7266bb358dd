//! Styles and fonts.

use super::fib::{Fib, Part};
use super::sprm::{Character, Paragraph};
use super::{Streams, u16_at};

/// Styles on styles; Word allows about ten.
const DEEPEST: usize = 32;

/// A style with all that it inherits.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    pub character: Character,
    pub paragraph: Paragraph,
}

/// The styles of a document by their numbers.
pub(super) struct Styles {
    styles: Vec<Option<Style>>,
    pub plain: Style,
}

struct Definition<'a> {
    base: u16,
    of_characters: bool,
    paragraph: &'a [u8],
    character: &'a [u8],
}

impl Styles {
    pub fn read(streams: Streams<'_>, fib: &Fib) -> Self {
        let bytes = streams.part(fib, Part::Styles);
        let head = usize::from(u16_at(bytes, 0).unwrap_or(0));
        let count = usize::from(u16_at(bytes, 2).unwrap_or(0));
        let base_size = usize::from(u16_at(bytes, 4).unwrap_or(10));
        let font = |at: usize| if head > at { u16_at(bytes, 2 + at).unwrap_or(0) } else { 0 };
        let character = Character { font: font(12), other_font: font(16), ..Character::default() };
        let plain = Style { character, paragraph: Paragraph::default() };
        let definitions = definitions(bytes.get(2 + head..).unwrap_or_default(), count, base_size);
        let mut styles: Vec<Option<Style>> = vec![None; definitions.len()];
        for i in 0..definitions.len() {
            resolve(i, &definitions, &mut styles, &plain, streams.data);
        }
        Self { styles, plain }
    }

    pub fn get(&self, number: u16) -> &Style {
        self.styles.get(usize::from(number)).and_then(Option::as_ref).unwrap_or(&self.plain)
    }

    /// What a character style lays over a paragraph's.
    pub fn of_characters(&self, number: u16) -> Option<Character> {
        self.styles.get(usize::from(number)).and_then(Option::as_ref).map(|s| s.character)
    }
}

fn definitions(mut bytes: &[u8], count: usize, base_size: usize) -> Vec<Option<Definition<'_>>> {
    let mut definitions = Vec::new();
    for _ in 0..count {
        let Some(length) = u16_at(bytes, 0) else { break };
        let length = usize::from(length);
        let Some(definition) = bytes.get(2..2 + length) else { break };
        definitions.push(define(definition, base_size));
        bytes = bytes.get(2 + length + length % 2..).unwrap_or_default();
    }
    definitions
}

fn define(bytes: &[u8], base_size: usize) -> Option<Definition<'_>> {
    let kind = u16_at(bytes, 2)?;
    let parts = u16_at(bytes, 4)? & 15;
    let name = usize::from(u16_at(bytes, base_size)?);
    let mut at = base_size + 2 + name * 2 + 2;
    let mut lists: [&[u8]; 3] = [&[]; 3];
    for list in lists.iter_mut().take(parts.into()) {
        let length = usize::from(u16_at(bytes, at)?);
        *list = bytes.get(at + 2..at + 2 + length)?;
        at += 2 + length + length % 2;
    }
    let (paragraph, character) = match kind & 15 {
        1 => (lists[0].get(2..).unwrap_or_default(), lists[1]),
        2 => (&[][..], lists[0]),
        _ => (&[][..], &[][..]),
    };
    Some(Definition { base: kind >> 4, of_characters: kind & 15 == 2, paragraph, character })
}

/// Works a style out from the root of its line of bases.
fn resolve(number: usize, definitions: &[Option<Definition<'_>>], styles: &mut [Option<Style>], plain: &Style, data: &[u8]) {
    let mut line = vec![number];
    while let Some(Some(definition)) = line.last().and_then(|&n| definitions.get(n)) {
        let base = usize::from(definition.base);
        if base == 0xfff || line.contains(&base) || line.len() >= DEEPEST {
            break;
        }
        line.push(base);
        if styles.get(base).is_some_and(Option::is_some) {
            break;
        }
    }
    while let Some(n) = line.pop() {
        let Some(Some(definition)) = definitions.get(n) else { continue };
        if styles[n].is_some() {
            continue;
        }
        let root = if definition.of_characters { Style::default() } else { plain.clone() };
        let mut style = styles.get(usize::from(definition.base)).and_then(Option::clone).unwrap_or(root);
        let base = style.character;
        style.character.apply(definition.character, &base, |_| None);
        // Whether a character style names a font of its own.
        let names_font = super::sprm::all(definition.character).any(|(opcode, _)| opcode == 0x4a4f);
        if definition.of_characters && names_font {
            style.character.style = Some(n as u16);
        }
        style.paragraph.apply(definition.paragraph, data);
        style.paragraph.style = n as u16;
        styles[n] = Some(style);
    }
}

/// Names of the fonts by their numbers.
pub(super) fn fonts(streams: Streams<'_>, fib: &Fib) -> Vec<String> {
    let bytes = streams.part(fib, Part::Fonts);
    let count = usize::from(u16_at(bytes, 0).unwrap_or(0));
    let mut rest = bytes.get(4..).unwrap_or_default();
    let mut names = Vec::new();
    for _ in 0..count {
        let Some((&length, more)) = rest.split_first() else { break };
        let length = usize::from(length).min(more.len());
        let name = more.get(39..length).unwrap_or_default();
        let units: Vec<u16> = name.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).take_while(|&u| u != 0).collect();
        names.push(String::from_utf16_lossy(&units));
        rest = &more[length..];
    }
    names
}
