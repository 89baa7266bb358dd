//! Styles: what a run or paragraph inherits (ECMA-376-1, 17.7).

use super::properties::{self, ListPlace};
use crate::source::aside::Outlet;
use crate::source::characters::Characters;
use crate::source::xml::{Fault, Item, Xml};
use std::collections::HashMap;

/// Styles based on one another; Word allows 11.
const LONGEST_CHAIN: usize = 32;

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    characters: Characters,
    place: ListPlace,
}

/// What a paragraph style gives.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ParagraphStyle {
    pub characters: Characters,
    pub place: ListPlace,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    defaults: Characters,
    styles: HashMap<String, Style>,
    normal: Option<String>,
    resolved: HashMap<String, ParagraphStyle>,
}

impl Styles {
    /// Reads `styles.xml`; what stands before damage is kept.
    pub fn read(&mut self, xml: &mut Xml, out: &mut Outlet) -> Result<(), Fault> {
        loop {
            match xml.next()? {
                Item::Start(tag) => match tag.name() {
                    "rPrDefault" => {}
                    "rPr" => self.defaults = properties::run(xml, out)?.characters,
                    "style" => {
                        let Some(id) = tag.get("styleId").map(String::from) else { continue };
                        let is_default = matches!(tag.get("default").as_deref(), Some("1" | "true" | "on"));
                        if is_default && tag.get("type").as_deref() == Some("paragraph") {
                            self.normal = Some(id.clone());
                        }
                        let style = style(xml, out)?;
                        self.styles.insert(id, style);
                    }
                    "latentStyles" | "pPrDefault" => xml.skip()?,
                    _ => {}
                },
                Item::Finish => return Ok(()),
                _ => {}
            }
        }
    }

    /// What a paragraph of this style, or of the default one, has.
    pub fn paragraph(&mut self, id: Option<&str>) -> ParagraphStyle {
        let Some(id) = id.filter(|id| self.styles.contains_key(*id)).or(self.normal.as_deref()) else {
            return ParagraphStyle { characters: self.defaults, place: ListPlace::default() };
        };
        if let Some(known) = self.resolved.get(id) {
            return *known;
        }
        let mut found = self.inherited(id);
        found.characters = found.characters.over(self.defaults);
        self.resolved.insert(id.to_owned(), found);
        found
    }

    /// What a character style says.
    pub fn character(&self, id: &str) -> Characters {
        self.inherited(id).characters
    }

    /// The list that a numbering style names.
    pub fn list(&self, id: &str) -> Option<i64> {
        self.inherited(id).place.list
    }

    fn inherited(&self, id: &str) -> ParagraphStyle {
        let mut found = ParagraphStyle::default();
        let mut next = Some(id);
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next.and_then(|id| self.styles.get(id)) else { break };
            found.characters = found.characters.over(style.characters);
            found.place.list = found.place.list.or(style.place.list);
            found.place.level = found.place.level.or(style.place.level);
            next = style.based_on.as_deref();
        }
        found
    }
}

/// Reads to the end of the `w:style` that has begun.
fn style(xml: &mut Xml, out: &mut Outlet) -> Result<Style, Fault> {
    let mut found = Style::default();
    let outside = xml.depth() - 1;
    while xml.depth() > outside {
        let Item::Start(tag) = xml.next()? else { continue };
        match tag.name() {
            "basedOn" => found.based_on = tag.get("val").map(String::from),
            "rPr" => found.characters = properties::run(xml, out)?.characters,
            "pPr" => found.place = properties::paragraph(xml, out)?.place,
            // Formats of parts of a table.
            "tblStylePr" => xml.skip()?,
            _ => {}
        }
    }
    Ok(found)
}
