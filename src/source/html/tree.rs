//! The elements of a page in the order of their start tags, built from the tokens of html5gum.
//!
//! Not the tree of the standard: its rules look up the open elements at every tag, so that a page of deep nesting
//! takes the square of its size. Here no more than [`DEEPEST`] elements are open, as in browsers.

use super::style::{self, Fonts, Setting, Sheet};
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use std::convert::Infallible;

/// Elements open at once; deeper ones stand beside one another. The same limit as in Chrome.
const DEEPEST: usize = 512;
/// Elements and pieces of text: the longest laws as saved by a browser have about 100,000.
pub const MOST_NODES: usize = 3_000_000;
/// An attribute of more bytes is no name and no style.
const LONGEST_ATTRIBUTE: usize = 4096;

/// An element or a piece of text.
#[derive(Debug)]
pub struct Node {
    pub kind: Kind,
    /// One past the last node inside it.
    pub end: usize,
}

#[derive(Debug)]
pub enum Kind {
    /// Bytes of [`Tree::text`].
    Text(std::ops::Range<usize>),
    Element(Box<Element>),
}

/// What a start tag says that matters for reading.
#[derive(Debug, Default)]
pub struct Element {
    pub tag: &'static str,
    pub setting: Setting,
    /// `id`, as it stands.
    pub id: String,
    /// Class names, as they stand.
    pub class: String,
    pub role: String,
    pub hidden: bool,
    /// An `<a>` that leads somewhere.
    pub link: bool,
    /// The attribute that vbpl.vn puts on the element around a paper.
    pub content_root: bool,
    pub columns: usize,
    pub rows: usize,
    /// `type` of a list.
    pub list_type: Option<char>,
    /// `start` of a list, `value` of its item.
    pub number: Option<i64>,
}

/// A page.
#[derive(Debug, Default)]
pub struct Tree {
    pub nodes: Vec<Node>,
    pub text: String,
    /// Names of fonts, by the numbers in [`Setting`].
    pub fonts: Fonts,
    /// Whether a word processor wrote the page, so that all of it is the paper.
    pub by_word_processor: bool,
    /// Whether the page has more nodes than are read.
    pub is_cut: bool,
}

/// Tags that are told apart; all others are inline without meaning.
const TAGS: &[&str] = &[
    "a",
    "address",
    "article",
    "aside",
    "b",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "math",
    "menu",
    "meta",
    "nav",
    "noscript",
    "object",
    "ol",
    "option",
    "p",
    "pre",
    "s",
    "script",
    "section",
    "select",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "u",
    "ul",
    "wbr",
];

/// Elements that hold nothing.
const VOID: &[&str] = &["br", "col", "hr", "img", "input", "link", "meta", "wbr"];

/// Elements that begin a new line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Whether an element begins a new line.
pub fn is_block(tag: &str) -> bool {
    BLOCKS.binary_search(&tag).is_ok()
}

fn known(name: &[u8]) -> &'static str {
    let found = std::str::from_utf8(name).ok().and_then(|n| TAGS.binary_search(&n).ok());
    found.map_or("other", |i| TAGS[i])
}

/// What the start tag `next` closes: the elements, and those that it looks no farther than.
fn implied(next: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    const CELLS: &[&str] = &["td", "th", "caption", "table"];
    match next {
        "li" => Some((&["li"], &["ul", "ol", "menu", "dir", "td", "th", "table"])),
        "dd" | "dt" => Some((&["dd", "dt"], &["dl", "td", "th", "table"])),
        "td" | "th" => Some((&["td", "th", "caption"], &["tr", "table"])),
        "tr" => Some((&["tr", "caption"], &["table"])),
        "tbody" | "thead" | "tfoot" => Some((&["tbody", "thead", "tfoot", "tr", "caption"], &["table"])),
        "option" => Some((&["option"], &["select"])),
        tag if is_block(tag) => Some((&["p"], CELLS)),
        _ => None,
    }
}

/// Builds the tree of a page.
pub fn parse(page: &str) -> Tree {
    let mut builder = Builder { sheet: Sheet::default(), ..Builder::default() };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        builder.take(event);
        None
    });
    emitter.naively_switch_states(true);
    // Reading from memory cannot fail.
    let _ = Tokenizer::new_with_emitter(page, emitter).finish();
    builder.finish()
}

#[derive(Default)]
struct Builder {
    tree: Tree,
    sheet: Sheet,
    open: Vec<usize>,
    /// Open paragraphs: as long as there is none, none is looked for.
    open_paragraphs: usize,
    name: Vec<u8>,
    attribute: Vec<u8>,
    element: Element,
    inline_style: String,
    /// Elements that were not opened for their depth, whose end tags close nothing.
    beside: usize,
    in_end_tag: bool,
    is_generator: bool,
}

impl Builder {
    fn take(&mut self, event: CallbackEvent<'_>) {
        if self.tree.nodes.len() >= MOST_NODES {
            self.tree.is_cut = true;
            return;
        }
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.name = name.to_vec();
                self.element = Element { tag: known(name), columns: 1, rows: 1, ..Element::default() };
                self.inline_style.clear();
                self.in_end_tag = false;
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute = name.to_vec();
                self.attribute_value("");
            }
            CallbackEvent::AttributeValue { value } => {
                if let Ok(value) = std::str::from_utf8(&value[..value.len().min(LONGEST_ATTRIBUTE)]) {
                    self.attribute_value(value);
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => self.start(self_closing),
            CallbackEvent::EndTag { name } => self.end(known(name)),
            CallbackEvent::String { value } => self.string(&String::from_utf8_lossy(value)),
            _ => {}
        }
    }

    fn attribute_value(&mut self, value: &str) {
        let element = &mut self.element;
        match self.attribute.as_slice() {
            b"id" => element.id = value.to_owned(),
            b"class" => element.class = value.to_owned(),
            b"role" => element.role = value.to_ascii_lowercase(),
            b"style" => self.inline_style = value.to_owned(),
            b"hidden" => element.hidden = true,
            // Running heads as LibreOffice writes them.
            b"title" => element.hidden |= element.tag == "div" && matches!(value, "header" | "footer"),
            b"aria-hidden" => element.hidden |= value == "true",
            b"data-vbpl-content-root" => element.content_root = true,
            b"href" => element.link = element.tag == "a" && !value.is_empty() && !value.starts_with('#'),
            b"colspan" => element.columns = value.trim().parse().unwrap_or(1).clamp(1, 256),
            b"rowspan" => element.rows = value.trim().parse().unwrap_or(1).clamp(1, 10_000),
            b"type" => element.list_type = value.chars().next(),
            b"start" | b"value" => element.number = value.trim().parse().ok(),
            b"face" => element.setting.font = self.tree.fonts.number(value),
            b"name" => self.is_generator = element.tag == "meta" && value.eq_ignore_ascii_case("generator"),
            b"content" if self.is_generator => {
                let value = value.to_ascii_lowercase();
                self.tree.by_word_processor |= ["microsoft word", "libreoffice", "openoffice", "microsoft excel"].iter().any(|w| value.contains(w));
            }
            _ => {}
        }
    }

    fn start(&mut self, self_closing: bool) {
        self.is_generator = false;
        let mut element = std::mem::take(&mut self.element);
        let tag = element.tag;
        if let Some((closed, until)) = implied(tag).filter(|(closed, _)| *closed != ["p"] || self.open_paragraphs > 0) {
            self.close(closed, until);
        }
        let from_sheet = self.sheet.setting(std::str::from_utf8(&self.name).unwrap_or_default(), &element.class);
        let inline = style::declarations(&self.inline_style, &mut self.tree.fonts);
        element.setting = element.setting.over(from_sheet).with(inline.setting);
        element.hidden |= inline.hidden;
        if inline.list_style.is_some() {
            element.list_type = inline.list_style;
        }
        if tag == "div" && ["WordSection", "Section"].iter().any(|s| element.class.strip_prefix(s).is_some_and(|n| n.parse::<u32>().is_ok())) {
            self.tree.by_word_processor = true;
        }
        let at = self.tree.nodes.len();
        self.tree.nodes.push(Node { kind: Kind::Element(Box::new(element)), end: at + 1 });
        if VOID.contains(&tag) || self_closing {
            return;
        }
        if self.open.len() < DEEPEST {
            self.open.push(at);
            self.open_paragraphs += usize::from(tag == "p");
        } else {
            self.beside += 1;
        }
    }

    fn end(&mut self, tag: &'static str) {
        if tag == "style" {
            self.read_sheet();
        }
        if self.beside > 0 && tag != "body" && tag != "html" {
            self.beside -= 1;
            return;
        }
        if tag == "other" || VOID.contains(&tag) {
            return;
        }
        let until: &[&str] = if ["td", "th", "tr", "tbody", "thead", "tfoot", "table"].contains(&tag) { &["table"] } else { &["td", "th"] };
        let until: &[&str] = if tag == "table" { &[] } else { until };
        if is_block(tag) {
            self.close(&[tag], until);
        } else {
            self.close_inline(tag);
        }
    }

    /// Closes the last open element of these tags and all inside it, unless one of the others is met before.
    fn close(&mut self, tags: &[&str], until: &[&str]) {
        for place in (0..self.open.len()).rev() {
            let tag = self.tag(place);
            if tags.contains(&tag) {
                self.close_from(place);
                // "tbody" closes a row and then its section.
                if tags.len() > 2 {
                    continue;
                }
                return;
            }
            if until.contains(&tag) {
                return;
            }
        }
    }

    /// An end tag of letters' style does not end the paragraphs inside it: the style goes on instead.
    fn close_inline(&mut self, tag: &'static str) {
        for place in (0..self.open.len()).rev() {
            let open = self.tag(place);
            if open == tag {
                self.close_from(place);
                return;
            }
            if is_block(open) {
                return;
            }
        }
    }

    fn close_from(&mut self, place: usize) {
        let end = self.tree.nodes.len();
        for deeper in place..self.open.len() {
            self.open_paragraphs -= usize::from(self.tag(deeper) == "p");
            self.tree.nodes[self.open[deeper]].end = end;
        }
        self.open.truncate(place);
    }

    fn tag(&self, place: usize) -> &'static str {
        match &self.tree.nodes[self.open[place]].kind {
            Kind::Element(element) => element.tag,
            Kind::Text(_) => "",
        }
    }

    fn string(&mut self, text: &str) {
        let start = self.tree.text.len();
        self.tree.text.push_str(text);
        let at = self.tree.nodes.len();
        self.tree.nodes.push(Node { kind: Kind::Text(start..self.tree.text.len()), end: at + 1 });
    }

    /// Reads the style sheet that the last piece of text is.
    fn read_sheet(&mut self) {
        if let Some(Node { kind: Kind::Text(range), .. }) = self.tree.nodes.last() {
            self.sheet.read(&self.tree.text[range.clone()], &mut self.tree.fonts);
        }
    }

    fn finish(mut self) -> Tree {
        self.close_from(0);
        self.tree
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_of_tags_are_sorted() {
        assert!(TAGS.is_sorted() && BLOCKS.is_sorted());
    }

    #[test]
    fn unclosed_and_crossed_tags_nest_as_in_browsers() {
        // (page, elements with the number of nodes inside each)
        let rows = [
            ("<p>a<p>b", "p1 p1", "a paragraph ends the one before"),
            ("<ul><li>a<li>b<ul><li>c</ul></ul>", "ul7 li1 li4 ul2 li1", "items"),
            ("<table><tr><td>a<td>b<tr><td>c</table>", "table8 tr4 td1 td1 tr2 td1", "rows and cells"),
            ("<table><tr><td>a</div></table>b", "table3 tr2 td1", "an end tag leaves no cell"),
            ("<b><p>a</b>b</p>", "b3 p2", "an end tag of style does not end a paragraph"),
            ("<br/><p/>a", "br0 p0", "tags that close themselves"),
        ];
        for (page, nesting, why) in rows {
            let tree = parse(page);
            let elements = tree.nodes.iter().enumerate().filter_map(|(i, n)| match &n.kind {
                Kind::Element(e) => Some(format!("{}{}", e.tag, n.end - i - 1)),
                Kind::Text(_) => None,
            });
            assert_eq!(elements.collect::<Vec<_>>().join(" "), nesting, "{why}");
        }
    }
}
