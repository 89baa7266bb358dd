//! Where on a page the paper stands: inside the navigation, forms and lists of related papers that sites put
//! around it.
//!
//! A site's own name for the element around a paper is a hint that is taken when there is a paper in it. Without one,
//! the search goes from the whole page inward, as long as one part holds most of what is no link and nothing that
//! begins or ends a paper is left outside.

use super::tree::{Element, Kind, Tree};
use crate::text::{fold, head};
use std::ops::Range;

/// Ids and classes of the element around a paper: vbpl.vn, thuvienphapluat.vn, luatvietnam.vn, vanban.chinhphu.vn.
const HINTS: &[&str] = &[
    "toanvancontent",
    "fulltext",
    "divcontentdoc",
    "cldivcontentdocvn",
    "content1",
    "the-document-body",
    "noidungvanban",
    "document-content",
    "entry-content",
    "article-body",
];
/// A hint around less text than this holds no paper: an open tab without its content.
const LEAST_TEXT: usize = 200;

/// Elements that hold no part of a paper, whatever they are called.
const NO_PAPER: &[&str] = &[
    "aside", "button", "dialog", "footer", "head", "iframe", "input", "map", "math", "menu", "nav", "noscript", "object", "script", "select", "style", "svg",
    "template", "textarea", "title",
];
const NO_PAPER_ROLES: &[&str] =
    &["navigation", "search", "banner", "contentinfo", "menu", "menubar", "dialog", "alert", "tablist", "button", "complementary", "tooltip"];
/// Words in ids and classes of what sites put around a paper.
const AROUND: &[&str] = &[
    "ads",
    "adv",
    "advert",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "captcha",
    "comment",
    "comments",
    "cookie",
    "copyright",
    "dropdown",
    "facebook",
    "feedback",
    "footer",
    "hotline",
    "lienquan",
    "login",
    "menu",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "navmenu",
    "newsletter",
    "pagination",
    "popup",
    "rating",
    "relate",
    "related",
    "share",
    "sharing",
    "sidebar",
    "social",
    "subscribe",
    "tags",
    "toolbar",
    "tooltip",
    "widget",
];
/// Headings of what follows a paper on a site's page.
const AFTER: &[&str] = &[
    "văn bản liên quan",
    "các văn bản liên quan",
    "văn bản cùng lĩnh vực",
    "văn bản cùng loại",
    "tin liên quan",
    "bài viết liên quan",
    "lược đồ",
    "thuộc tính văn bản",
    "bình luận",
    "ý kiến bạn đọc",
    "văn bản được dẫn chiếu",
    "văn bản gốc",
];

/// Words that a paper begins and ends with, or that stand in it alone. Links are looked at no farther.
const MARKS: &[&str] = &[
    "cộng hòa xã hội chủ nghĩa",
    "đảng cộng sản việt nam",
    "độc lập - tự do",
    "số:",
    "kính gửi",
    "căn cứ ",
    "điều 1",
    "điều 2",
    "nơi nhận",
    "phụ lục",
    "tm.",
    "kt.",
    "tl.",
];

/// The nodes of the paper, and which of them are left out.
pub struct Content {
    /// The element around the paper.
    pub root: Range<usize>,
    /// By node: whether it and what is inside it is no part of the paper.
    pub dropped: Vec<bool>,
}

/// Finds the paper on a page.
pub fn find(tree: &Tree) -> Content {
    let visible = Page::of(tree, false);
    if visible.marks.is_empty() {
        // Saved with another tab open, the paper itself is hidden.
        let all = Page::of(tree, true);
        if !all.marks.is_empty() {
            return all.content();
        }
    }
    visible.content()
}

/// Counts over the nodes of a page, so that any part is weighed at once.
struct Page<'t> {
    tree: &'t Tree,
    dropped: Vec<bool>,
    /// Letters before each node, those in links and dropped parts left out; one more than nodes.
    letters: Vec<usize>,
    /// Letters in links before each node.
    linked: Vec<usize>,
    links: usize,
    /// Nodes of text that begin with one of [`MARKS`], in order.
    marks: Vec<usize>,
}

impl<'t> Page<'t> {
    fn of(tree: &'t Tree, with_hidden: bool) -> Self {
        let count = tree.nodes.len();
        let mut page = Self { tree, dropped: vec![false; count], letters: Vec::new(), linked: Vec::new(), links: 0, marks: Vec::new() };
        page.count();
        let all = page.letters[count] + page.linked[count];
        for i in 0..count {
            let Kind::Element(element) = &tree.nodes[i].kind else { continue };
            let inside = page.letters_in(i) + page.linked_in(i);
            // What holds most of the page holds the paper, whatever its name: ASP.NET puts a form around everything.
            let drop = is_no_paper(element) || element.hidden && !with_hidden || is_around(element) && inside * 2 <= all;
            page.dropped[i] = drop && !(element.tag == "aside" && inside * 2 > all);
        }
        page.count();
        page
    }

    fn count(&mut self) {
        let nodes = &self.tree.nodes;
        self.letters = vec![0; nodes.len() + 1];
        self.linked = vec![0; nodes.len() + 1];
        self.marks.clear();
        self.links = 0;
        let (mut dropped_until, mut link_until) = (0, 0);
        for (i, node) in nodes.iter().enumerate() {
            let (mut letters, mut linked) = (0, 0);
            if self.dropped[i] {
                dropped_until = dropped_until.max(node.end);
            }
            match &node.kind {
                _ if i < dropped_until => {}
                Kind::Element(element) if element.link => {
                    self.links += 1;
                    link_until = link_until.max(node.end);
                }
                Kind::Text(range) => {
                    let text = self.tree.text[range.clone()].trim();
                    if i < link_until {
                        linked = text.len()
                    } else {
                        letters = text.len()
                    }
                    if i >= link_until && is_mark(text) {
                        self.marks.push(i);
                    }
                }
                Kind::Element(_) => {}
            }
            self.letters[i + 1] = self.letters[i] + letters;
            self.linked[i + 1] = self.linked[i] + linked;
        }
    }

    fn letters_in(&self, node: usize) -> usize {
        self.letters[self.tree.nodes[node].end] - self.letters[node]
    }

    fn linked_in(&self, node: usize) -> usize {
        self.linked[self.tree.nodes[node].end] - self.linked[node]
    }

    fn content(mut self) -> Content {
        let whole = 0..self.tree.nodes.len();
        let root = if self.tree.by_word_processor { whole } else { self.hinted().map_or_else(|| self.densest(whole), |n| n..self.tree.nodes[n].end) };
        self.drop_around(&root);
        Content { root, dropped: self.dropped }
    }

    /// The hinted element with the most text, if it holds what a paper begins or ends with, or the page has none of it.
    fn hinted(&self) -> Option<usize> {
        let (mut best, mut dropped_until) = (None, 0);
        for (i, node) in self.tree.nodes.iter().enumerate() {
            if self.dropped[i] {
                dropped_until = dropped_until.max(node.end);
            }
            let Kind::Element(element) = &node.kind else { continue };
            if i < dropped_until || !is_hint(element) {
                continue;
            }
            let letters = self.letters_in(i) + self.linked_in(i);
            let marked = self.marks.is_empty() || self.marks_in(i..node.end) > 0;
            if letters >= LEAST_TEXT && marked && best.is_none_or(|(most, _)| letters > most) {
                best = Some((letters, i));
            }
        }
        best.map(|(_, i)| i)
    }

    fn marks_in(&self, nodes: Range<usize>) -> usize {
        self.marks.partition_point(|&m| m < nodes.end) - self.marks.partition_point(|&m| m < nodes.start)
    }

    /// Goes inward while one part holds nearly all text that is no link, and every mark.
    fn densest(&self, whole: Range<usize>) -> Range<usize> {
        // A page without links has nothing around its paper.
        if self.links < 3 {
            return whole;
        }
        let mut root = whole.clone();
        let mut inside = whole;
        loop {
            let letters = self.letters[root.end] - self.letters[root.start];
            let marks = self.marks_in(root.clone());
            let Some(child) = self.siblings(inside).max_by_key(|&c| self.letters_in(c)) else { return root };
            let part = child..self.tree.nodes[child].end;
            if self.letters_in(child) * 10 < letters * 6 || self.marks_in(part.clone()) < marks || matches!(self.tree.nodes[child].kind, Kind::Text(_)) {
                return root;
            }
            inside = part.start + 1..part.end;
            root = part;
        }
    }

    /// The first of some nodes, and what stands beside it.
    fn siblings(&self, nodes: Range<usize>) -> impl Iterator<Item = usize> {
        let mut next = nodes.start;
        std::iter::from_fn(move || {
            let child = next;
            next = if child < nodes.end { self.tree.nodes[child].end } else { return None };
            Some(child)
        })
    }

    /// Drops lists of links before the first mark and after the last one, and what stands under a heading of
    /// related papers.
    fn drop_around(&mut self, root: &Range<usize>) {
        let (Some(&first), Some(&last)) = (self.marks.iter().find(|m| root.contains(m)), self.marks.iter().rfind(|m| root.contains(m))) else { return };
        let mut after = false;
        for i in root.clone() {
            let end = self.tree.nodes[i].end;
            if i > last
                && !after
                && let Kind::Text(range) = &self.tree.nodes[i].kind
            {
                let folded = fold(head(self.tree.text[range.clone()].trim(), 120));
                after = AFTER.contains(&folded.trim_end_matches([':', ' ', '.']));
            }
            let outside = end <= first || i > last;
            let linked = self.linked_in(i);
            let is_list = matches!(&self.tree.nodes[i].kind, Kind::Element(e) if matches!(e.tag, "ul" | "ol" | "div" | "table" | "section"));
            if after || outside && is_list && linked > 0 && linked * 10 > (linked + self.letters_in(i)) * 8 {
                self.dropped[i] = true;
            }
        }
    }
}

fn is_mark(text: &str) -> bool {
    if text.is_empty() {
        return false;
    }
    let folded = fold(head(text, 120));
    MARKS.iter().any(|m| folded.starts_with(m))
}

fn is_no_paper(element: &Element) -> bool {
    NO_PAPER.binary_search(&element.tag).is_ok() || NO_PAPER_ROLES.contains(&element.role.as_str())
}

fn is_hint(element: &Element) -> bool {
    let named = |name: &str| HINTS.contains(&name.to_ascii_lowercase().as_str());
    element.content_root || !element.id.is_empty() && named(&element.id) || element.class.split_ascii_whitespace().any(named)
}

/// Whether a word of the id or of a class is one of [`AROUND`]: `list-menu`, `listMenu`, `Menu_list__x1`.
fn is_around(element: &Element) -> bool {
    if element.tag == "form" {
        return true;
    }
    if matches!(element.tag, "body" | "html" | "main" | "td" | "tr" | "table" | "p") {
        return false;
    }
    words(&element.id).chain(words(&element.class)).any(|w| AROUND.binary_search(&w.as_str()).is_ok())
}

fn words(names: &str) -> impl Iterator<Item = String> {
    let mut word = String::new();
    let mut words = Vec::new();
    let mut was_small = false;
    for c in names.chars() {
        if !c.is_ascii_alphabetic() || c.is_ascii_uppercase() && was_small {
            words.push(std::mem::take(&mut word));
        }
        was_small = c.is_ascii_lowercase();
        if c.is_ascii_alphabetic() {
            word.push(c.to_ascii_lowercase());
        }
    }
    words.push(word);
    words.into_iter().filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_of_names_are_sorted() {
        assert!(NO_PAPER.is_sorted());
        let mut sorted = AROUND.to_vec();
        sorted.sort_unstable();
        assert_eq!(sorted, AROUND);
    }

    #[test]
    fn names_are_cut_into_words() {
        let rows = [("list-menu x", "list menu x"), ("NavigationMenu_item__tX8", "navigation menu item t x"), ("", "")];
        for (names, want) in rows {
            assert_eq!(words(names).collect::<Vec<_>>().join(" "), want);
        }
    }
}
