//! Automatic numbers, printed as Word prints them (ECMA-376-1, 17.9).

use super::properties::ListPlace;
use super::styles::Styles;
use crate::source::label::{self, Count};
use crate::source::xml::{Fault, Item, Tag, Xml};
use std::collections::{HashMap, HashSet};

/// Levels of a list.
const LEVELS: usize = 9;

/// What `w:lvl` says; what it leaves open is `None`.
#[derive(Debug, Clone, Default)]
struct Level {
    start: Option<u32>,
    count: Option<Count>,
    bullet: bool,
    text: Option<String>,
    /// Nothing stands between the label and the text.
    close: bool,
    /// All numbers of the label are Arabic.
    legal: bool,
    /// The level, from 1, that restarts this one; 0 for none.
    restart: Option<usize>,
    /// The paragraph style that stands for this level.
    style: Option<String>,
}

#[derive(Debug, Default)]
struct Abstract {
    levels: [Level; LEVELS],
    /// The numbering style in which the levels really are.
    link: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: i64,
    levels: HashMap<usize, Level>,
    starts: HashMap<usize, u32>,
}

/// The lists of a document and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<i64, Abstract>,
    lists: HashMap<i64, List>,
    counters: HashMap<i64, [Option<u32>; LEVELS]>,
    started: HashSet<(i64, usize)>,
}

impl Numbering {
    /// Reads `numbering.xml`; what stands before damage is kept.
    pub fn read(&mut self, xml: &mut Xml) -> Result<(), Fault> {
        loop {
            match xml.next()? {
                Item::Start(tag) => match tag.name() {
                    "abstractNum" => {
                        let id = tag.number("abstractNumId");
                        let definition = definition(xml)?;
                        self.definitions.extend(id.map(|id| (id, definition)));
                    }
                    "num" => {
                        let id = tag.number("numId");
                        let list = list(xml)?;
                        self.lists.extend(id.map(|id| (id, list)));
                    }
                    _ => {}
                },
                Item::Finish => return Ok(()),
                _ => {}
            }
        }
    }

    /// Counts a paragraph; its label with the blank after it, where it has one.
    pub fn label(&mut self, place: ListPlace, style: Option<&str>, styles: &Styles) -> Option<String> {
        let id = place.list.filter(|&id| id != 0)?;
        let list = self.lists.get(&id)?;
        let key = self.definition(list, styles);
        let definition = self.definitions.get(&key)?;
        let of_style = || style.and_then(|s| definition.levels.iter().position(|l| l.style.as_deref() == Some(s)));
        let at = place.level.or_else(of_style).unwrap_or(0).min(LEVELS - 1);
        let level = |i: usize| list.levels.get(&i).unwrap_or(&definition.levels[i]);
        let start = |i: usize| level(i).start.unwrap_or(1);

        let counters = self.counters.entry(key).or_default();
        let forced = list.starts.get(&at).filter(|_| self.started.insert((id, at)));
        counters[at] = Some(forced.copied().unwrap_or_else(|| counters[at].map_or(start(at), |n| n.saturating_add(1))));
        for (deeper, counter) in counters.iter_mut().enumerate().skip(at + 1) {
            if level(deeper).restart.is_none_or(|r| at < r) {
                *counter = None;
            }
        }
        let label = print(level(at), |i| {
            let count = if level(at).legal { Count::Decimal } else { level(i).count.unwrap_or_default() };
            count.print(counters[i].unwrap_or_else(|| start(i)))
        });
        if label.trim().is_empty() {
            return None;
        }
        Some(if level(at).close { label } else { label + " " })
    }

    /// The definition in which the levels of a list are, over links through numbering styles.
    fn definition(&self, list: &List, styles: &Styles) -> i64 {
        let linked = |id: i64| {
            let style = self.definitions.get(&id)?.link.as_deref()?;
            Some(self.lists.get(&styles.list(style)?)?.definition)
        };
        linked(list.definition).unwrap_or(list.definition)
    }
}

fn print(level: &Level, number: impl Fn(usize) -> String) -> String {
    let text = level.text.as_deref().unwrap_or_default();
    if level.bullet {
        return label::bullet(text).to_owned();
    }
    let mut out = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match rest.peek().and_then(|d| d.to_digit(10)) {
            Some(n @ 1..=9) if c == '%' => {
                out.push_str(&number(n as usize - 1));
                rest.next();
            }
            _ => out.push(c),
        }
    }
    out
}

/// Reads to the end of the `w:abstractNum` that has begun.
fn definition(xml: &mut Xml) -> Result<Abstract, Fault> {
    let mut found = Abstract::default();
    let outside = xml.depth() - 1;
    while xml.depth() > outside {
        let Item::Start(tag) = xml.next()? else { continue };
        match tag.name() {
            "numStyleLink" => found.link = tag.get("val").map(String::from),
            "lvl" => {
                let at = number_of(&tag);
                let level = level(xml)?;
                if let Some(slot) = found.levels.get_mut(at) {
                    *slot = level;
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

/// Reads to the end of the `w:num` that has begun.
fn list(xml: &mut Xml) -> Result<List, Fault> {
    let mut found = List::default();
    let mut at = 0;
    let outside = xml.depth() - 1;
    while xml.depth() > outside {
        let Item::Start(tag) = xml.next()? else { continue };
        match tag.name() {
            "abstractNumId" => found.definition = tag.number("val").unwrap_or(-1),
            "lvlOverride" => at = number_of(&tag),
            "startOverride" => found.starts.extend(tag.number("val").map(|start| (at, start))),
            "lvl" => {
                at = number_of(&tag);
                let level = level(xml)?;
                found.levels.insert(at, level);
            }
            _ => {}
        }
    }
    Ok(found)
}

fn number_of(tag: &Tag) -> usize {
    tag.number("ilvl").unwrap_or(0)
}

/// Reads to the end of the `w:lvl` that has begun.
fn level(xml: &mut Xml) -> Result<Level, Fault> {
    let mut found = Level::default();
    let outside = xml.depth() - 1;
    while xml.depth() > outside {
        let Item::Start(tag) = xml.next()? else { continue };
        let value = tag.get("val");
        let value = value.as_deref();
        match tag.name() {
            "start" => found.start = tag.number("val"),
            "numFmt" => (found.count, found.bullet) = (Some(count(value.unwrap_or_default())), value == Some("bullet")),
            "lvlText" => found.text = value.map(str::to_owned),
            "suff" => found.close = value == Some("nothing"),
            "isLgl" => found.legal = super::properties::is_on(&tag),
            "lvlRestart" => found.restart = tag.number("val"),
            "pStyle" => found.style = value.map(str::to_owned),
            "rPr" | "pPr" => xml.skip()?,
            _ => {}
        }
    }
    Ok(found)
}

fn count(name: &str) -> Count {
    match name {
        "decimalZero" => Count::DecimalZero,
        "upperRoman" => Count::UpperRoman,
        "lowerRoman" => Count::LowerRoman,
        "upperLetter" => Count::UpperLetter,
        "lowerLetter" => Count::LowerLetter,
        "none" => Count::None,
        // Numbers in words and in other scripts do not occur in Vietnamese papers.
        _ => Count::Decimal,
    }
}
