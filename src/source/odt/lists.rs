//! Lists and their numbers, printed as LibreOffice prints them.

use crate::source::label::{self, Count};
use crate::source::xml::{Fault, Item, Tag, Xml};
use std::collections::HashMap;

/// Levels of a list.
pub(super) const LEVELS: usize = 10;

#[derive(Debug, Clone, Default)]
struct Level {
    count: Count,
    bullet: Option<String>,
    prefix: String,
    suffix: String,
    /// The whole label with `%1%` for the number of level 1; newer files have it.
    format: Option<String>,
    /// Numbers of so many levels stand in the label.
    shown: usize,
    start: Option<u32>,
    /// Nothing stands between the label and the text.
    close: bool,
}

/// `text:list-style` or `text:outline-style`
#[derive(Debug, Clone, Default)]
pub(super) struct ListStyle([Level; LEVELS]);

/// How far a list has been counted.
pub(super) type Counters = [Option<u32>; LEVELS];

/// Reads to the end of the list style that has begun.
pub(super) fn style(xml: &mut Xml) -> Result<ListStyle, Fault> {
    let mut found = ListStyle::default();
    let mut at = 0;
    let outside = xml.depth() - 1;
    while xml.depth() > outside {
        let Item::Start(tag) = xml.next()? else { continue };
        match tag.name() {
            "list-level-style-number" | "list-level-style-bullet" | "list-level-style-image" | "outline-level-style" => {
                at = tag.number::<usize>("level").unwrap_or(1).clamp(1, LEVELS) - 1;
                found.0[at] = level(&tag);
            }
            "list-level-label-alignment" => found.0[at].close = tag.get("label-followed-by").as_deref() == Some("nothing"),
            _ => {}
        }
    }
    Ok(found)
}

fn level(tag: &Tag) -> Level {
    let text = |name: &str| tag.get(name).unwrap_or_default().into_owned();
    Level {
        count: match tag.get("num-format").as_deref() {
            Some("I") => Count::UpperRoman,
            Some("i") => Count::LowerRoman,
            Some("A") => Count::UpperLetter,
            Some("a") => Count::LowerLetter,
            Some("") | None => Count::None,
            Some(f) if f.starts_with("01") => Count::DecimalZero,
            Some(_) => Count::Decimal,
        },
        bullet: match tag.name() {
            "list-level-style-bullet" => Some(text("bullet-char")),
            "list-level-style-image" => Some("-".to_owned()),
            _ => None,
        },
        prefix: text("num-prefix"),
        suffix: text("num-suffix"),
        format: tag.get("num-list-format").map(|f| f.into_owned()),
        shown: tag.number("display-levels").unwrap_or(1).clamp(1, LEVELS),
        start: tag.number("start-value"),
        close: false,
    }
}

impl ListStyle {
    /// Counts an item of a level, from 0; its label with the blank after it, where it has one.
    pub fn label(&self, counters: &mut Counters, at: usize, start: Option<u32>) -> Option<String> {
        let at = at.min(LEVELS - 1);
        let first = |i: usize| self.0[i].start.unwrap_or(1);
        counters[at] = Some(start.unwrap_or_else(|| counters[at].map_or(first(at), |n| n.saturating_add(1))));
        counters[at + 1..].fill(None);
        let level = &self.0[at];
        let number = |i: usize| self.0[i].count.print(counters[i].unwrap_or_else(|| first(i)));
        let label = match (&level.bullet, &level.format) {
            (Some(glyph), _) => label::bullet(glyph).to_owned(),
            (None, Some(format)) => filled(format, number),
            (None, None) => {
                let shown: Vec<String> = (at + 1 - level.shown.min(at + 1)..=at).map(number).filter(|n| !n.is_empty()).collect();
                format!("{}{}{}", level.prefix, shown.join("."), level.suffix)
            }
        };
        if label.trim().is_empty() {
            return None;
        }
        Some(if level.close { label } else { label + " " })
    }
}

/// Puts the numbers into `%1%.%2%`.
fn filled(format: &str, number: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    for (i, piece) in format.split('%').enumerate() {
        match piece.parse::<usize>() {
            Ok(n) if i % 2 == 1 && (1..=LEVELS).contains(&n) => out.push_str(&number(n - 1)),
            _ => out.push_str(piece),
        }
    }
    out
}

/// The lists that stand open, and those that others may go on with.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<Open>,
    by_id: HashMap<String, Counters>,
    by_style: HashMap<String, Counters>,
    outline: Counters,
}

#[derive(Debug)]
struct Open {
    style: String,
    id: Option<String>,
    /// Of the outermost list only.
    counters: Counters,
    /// The item's label is still to be written; with the number that it begins at.
    item: Option<Option<u32>>,
}

impl Lists {
    /// `text:list`
    pub fn begin(&mut self, tag: &Tag) {
        let own = tag.get("style-name").map(|n| n.into_owned());
        let style = own.or_else(|| self.open.last().map(|l| l.style.clone())).unwrap_or_default();
        let goes_on = tag.get("continue-list").and_then(|id| self.by_id.get(&*id));
        let same = || self.by_style.get(&style).filter(|_| tag.get("continue-numbering").as_deref() == Some("true"));
        let counters = goes_on.or_else(same).copied().unwrap_or_default();
        self.open.push(Open { style, id: tag.get("id").map(|i| i.into_owned()), counters, item: None });
    }

    pub fn end(&mut self) {
        let Some(list) = self.open.pop() else { return };
        if self.open.is_empty() {
            self.by_id.extend(list.id.map(|id| (id, list.counters)));
            self.by_style.insert(list.style, list.counters);
        }
    }

    /// `text:list-item`
    pub fn item(&mut self, tag: &Tag) {
        if let Some(list) = self.open.last_mut() {
            list.item = Some(tag.number("start-value"));
        }
    }

    /// The label of a paragraph: of the item whose first paragraph it is, or of a heading.
    pub fn label(&mut self, styles: &HashMap<String, ListStyle>, heading: Option<(usize, &ListStyle)>) -> Option<String> {
        let depth = self.open.len();
        let Some(list) = self.open.last_mut() else {
            let (level, outline) = heading?;
            return outline.label(&mut self.outline, level, None);
        };
        let start = list.item.take()?;
        let style = styles.get(&list.style)?;
        let counters = &mut self.open.first_mut()?.counters;
        style.label(counters, depth - 1, start)
    }
}
