//! The graph and traces of it in the formats of other programs.

mod dot;
mod gexf;
mod graphml;
mod html;
mod jsonld;
mod mermaid;
mod svg;
mod table;
mod tree;

pub use dot::{graph as dot, trace as trace_dot};
pub use gexf::gexf;
pub use graphml::graphml;
pub use html::html;
pub use jsonld::jsonld;
pub use mermaid::mermaid;
pub use svg::svg;
pub use table::{edges_csv, works_csv};
pub use tree::{Style, tree};

use super::record::{EdgeRecord, WorkRecord, name};
use super::{Direction, Kind, Step, Trace};

/// Text for XML and HTML, in elements and in attributes; characters that XML 1.0 does not have are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// A text cut after so many characters.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", head.trim_end())
}

impl Trace {
    /// The work of a key.
    pub fn work(&self, key: &str) -> Option<&WorkRecord> {
        self.works.binary_search_by(|w| w.work.key.as_str().cmp(key)).ok().map(|i| &self.works[i])
    }

    /// The steps from a work in one direction, in their order.
    pub(super) fn steps_from<'t>(&'t self, key: &'t str, direction: Direction) -> impl Iterator<Item = &'t Step> {
        self.steps.iter().filter(move |s| s.from == key && s.direction == direction)
    }
}

/// What an edge says, seen from the work that is nearer to the root: "implements", "implemented by".
pub(super) fn deed(edge: &EdgeRecord, direction: Direction) -> String {
    let Some(kind) = Kind::of_name(&edge.r#type) else { return edge.r#type.clone() };
    if direction == Direction::Up { kind.active() } else { kind.passive() }.to_owned()
}

/// Name, date and issuer in one line.
pub(super) fn line(work: &WorkRecord) -> String {
    let parts = [Some(name(&work.work)), work.work.date.clone(), work.work.issuer.clone()];
    parts.into_iter().flatten().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_safe_in_markup() {
        assert_eq!(escaped("<b a=\"1\" c='2'> & \u{1}\u{ffff}\n“x”"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt; &amp;  “x”");
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        assert_eq!(cut("Quyết định", 10), "Quyết định");
        assert_eq!(cut("Quyết định số 489", 7), "Quyết…");
    }
}
