//! Run and paragraph properties as the XML states them, before styles are looked up (ECMA-376-1, 17.3).

use crate::source::aside::Outlet;
use crate::source::characters::Characters;
use crate::source::flow::Font;
use crate::source::xml::{Fault, Item, Tag, Xml};

/// `w:rPr`
#[derive(Debug, Default)]
pub(super) struct RunProperties {
    pub characters: Characters,
    pub style: Option<String>,
    /// The paragraph mark was deleted or moved away.
    pub deleted: bool,
}

/// `w:numPr`: number of the list (0 for none) and level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ListPlace {
    pub list: Option<i64>,
    pub level: Option<usize>,
}

/// `w:pPr`
#[derive(Debug, Default)]
pub(super) struct ParagraphProperties {
    pub style: Option<String>,
    pub place: ListPlace,
    /// Of the paragraph mark.
    pub mark: RunProperties,
    /// Another page begins before the paragraph.
    pub page_before: bool,
    /// The section ends here, and the next one begins on another page.
    pub page_after: bool,
}

/// Whether a switch such as `w:b` is on.
pub(super) fn is_on(tag: &Tag) -> bool {
    !matches!(tag.get("val").as_deref(), Some("0" | "false" | "off" | "none"))
}

/// The font of `w:rFonts` for letters beyond ASCII, where legacy code pages lie.
fn font(tag: &Tag, out: &mut Outlet) -> Option<Option<Font>> {
    let named = tag.get("hAnsi").or_else(|| tag.get("ascii")).map(|name| out.font(&name));
    let theme = tag.get("hAnsiTheme").or_else(|| tag.get("asciiTheme")).is_some();
    if theme { Some(None) } else { named.map(Some) }
}

/// Reads to the end of the `w:rPr` that has begun.
pub(super) fn run(xml: &mut Xml, out: &mut Outlet) -> Result<RunProperties, Fault> {
    let mut found = RunProperties::default();
    let outside = xml.depth() - 1;
    while xml.depth() > outside {
        let Item::Start(tag) = xml.next()? else { continue };
        match tag.name() {
            // What the run was before a tracked change.
            "rPrChange" => xml.skip()?,
            "rStyle" => found.style = tag.get("val").map(Into::into),
            "rFonts" => found.characters.font = font(&tag, out).or(found.characters.font),
            "b" => found.characters.bold = Some(is_on(&tag)),
            "caps" => found.characters.caps = Some(is_on(&tag)),
            "vanish" => found.characters.hidden = Some(is_on(&tag)),
            "del" | "moveFrom" => found.deleted = true,
            _ => {}
        }
    }
    Ok(found)
}

/// Reads to the end of the `w:pPr` that has begun.
pub(super) fn paragraph(xml: &mut Xml, out: &mut Outlet) -> Result<ParagraphProperties, Fault> {
    let mut found = ParagraphProperties::default();
    let outside = xml.depth() - 1;
    while xml.depth() > outside {
        let Item::Start(tag) = xml.next()? else { continue };
        match tag.name() {
            "pPrChange" | "numberingChange" => xml.skip()?,
            "pStyle" => found.style = tag.get("val").map(Into::into),
            "numId" => found.place.list = tag.number("val"),
            "ilvl" => found.place.level = tag.number("val"),
            "pageBreakBefore" => found.page_before = is_on(&tag),
            "rPr" => found.mark = run(xml, out)?,
            "sectPr" => found.page_after = section(xml)?,
            _ => {}
        }
    }
    Ok(found)
}

/// Reads to the end of the `w:sectPr` that has begun; whether the section after it begins on another page.
fn section(xml: &mut Xml) -> Result<bool, Fault> {
    let mut page = true;
    let outside = xml.depth() - 1;
    while xml.depth() > outside {
        let Item::Start(tag) = xml.next()? else { continue };
        match tag.name() {
            "sectPrChange" => xml.skip()?,
            "type" => page = !matches!(tag.get("val").as_deref(), Some("continuous" | "nextColumn")),
            _ => {}
        }
    }
    Ok(page)
}
