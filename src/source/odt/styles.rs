//! Styles of text, paragraphs and lists.

use super::lists::{self, ListStyle};
use crate::source::aside::Outlet;
use crate::source::characters::Characters;
use crate::source::xml::{Fault, Item, Tag, Xml};
use std::collections::HashMap;

/// Styles based on one another.
const LONGEST_CHAIN: usize = 32;

#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    characters: Characters,
    page_before: bool,
}

/// What a paragraph or text style gives.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Given {
    pub characters: Characters,
    /// Another page begins before the paragraph.
    pub page_before: bool,
}

/// All styles of a document, of `styles.xml` and of `content.xml`.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<(Family, String), Style>,
    defaults: Characters,
    fonts: HashMap<String, String>,
    pub lists: HashMap<String, ListStyle>,
    /// Numbers of headings.
    pub outline: ListStyle,
}

/// Names are unique within a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Family {
    Paragraph,
    Text,
}

impl Styles {
    /// Reads `styles.xml`; what stands before damage is kept.
    pub fn read(&mut self, xml: &mut Xml, out: &mut Outlet) -> Result<(), Fault> {
        loop {
            match xml.next()? {
                Item::Start(tag) if is_style(tag.name()) => {
                    let tag = Named::of(&tag);
                    self.style(tag, xml, out)?;
                }
                // Running heads and feet.
                Item::Start(tag) if tag.name() == "master-styles" => xml.skip()?,
                Item::Finish => return Ok(()),
                _ => {}
            }
        }
    }

    /// Reads to the end of an element that [`is_style`] knows.
    pub fn style(&mut self, tag: Named, xml: &mut Xml, out: &mut Outlet) -> Result<(), Fault> {
        match tag.element {
            Element::Font => {
                self.fonts.insert(tag.name, tag.font.trim_matches('\'').to_owned());
                xml.skip()
            }
            Element::List => {
                let list = lists::style(xml)?;
                self.lists.insert(tag.name, list);
                Ok(())
            }
            Element::Outline => {
                self.outline = lists::style(xml)?;
                Ok(())
            }
            Element::Default => {
                let style = self.properties(xml, out)?;
                if tag.family == Some(Family::Paragraph) {
                    self.defaults = style.characters;
                }
                Ok(())
            }
            Element::Style => {
                let mut style = self.properties(xml, out)?;
                style.parent = tag.parent;
                if let Some(family) = tag.family {
                    self.styles.insert((family, tag.name), style);
                }
                Ok(())
            }
        }
    }

    /// What a style says, with what it inherits.
    pub fn given(&self, family: Family, name: &str) -> Given {
        let mut found = Given::default();
        let mut next = Some(name.to_owned());
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next.take().and_then(|name| self.styles.get(&(family, name))) else { break };
            found.characters = found.characters.over(style.characters);
            found.page_before |= style.page_before;
            next = style.parent.clone();
        }
        if family == Family::Paragraph {
            found.characters = found.characters.over(self.defaults);
        }
        found
    }

    fn properties(&self, xml: &mut Xml, out: &mut Outlet) -> Result<Style, Fault> {
        let mut found = Style::default();
        let outside = xml.depth() - 1;
        while xml.depth() > outside {
            let Item::Start(tag) = xml.next()? else { continue };
            match tag.name() {
                "text-properties" => found.characters = self.characters(&tag, out),
                "paragraph-properties" => found.page_before = tag.get("break-before").as_deref() == Some("page"),
                _ => {}
            }
        }
        Ok(found)
    }

    fn characters(&self, tag: &Tag, out: &mut Outlet) -> Characters {
        let face = |name: &str| self.fonts.get(name).cloned().unwrap_or_else(|| name.to_owned());
        let font = tag.get("font-name").map(|n| face(&n)).or_else(|| tag.get("font-family").map(|n| n.trim_matches('\'').to_owned()));
        let weight = tag.get("font-weight");
        Characters {
            font: font.map(|name| Some(out.font(&name))),
            bold: weight.map(|w| w == "bold" || w.parse::<u32>().is_ok_and(|w| w >= 600)),
            caps: tag.get("text-transform").map(|t| t == "uppercase"),
            hidden: tag.get("display").map(|d| d == "none"),
        }
    }
}

enum Element {
    Font,
    Style,
    Default,
    List,
    Outline,
}

/// The attributes of an element that defines a style.
pub(super) struct Named {
    element: Element,
    name: String,
    family: Option<Family>,
    parent: Option<String>,
    font: String,
}

impl Named {
    pub fn of(tag: &Tag) -> Self {
        let text = |name: &str| tag.get(name).unwrap_or_default().into_owned();
        Self {
            element: match tag.name() {
                "font-face" => Element::Font,
                "list-style" => Element::List,
                "outline-style" => Element::Outline,
                "default-style" => Element::Default,
                _ => Element::Style,
            },
            name: text("name"),
            family: match tag.get("family").as_deref() {
                Some("paragraph") => Some(Family::Paragraph),
                Some("text") => Some(Family::Text),
                _ => None,
            },
            parent: tag.get("parent-style-name").map(|n| n.into_owned()),
            font: text("font-family"),
        }
    }
}

/// Whether an element defines a style.
pub(super) fn is_style(name: &str) -> bool {
    matches!(name, "font-face" | "style" | "default-style" | "list-style" | "outline-style")
}
