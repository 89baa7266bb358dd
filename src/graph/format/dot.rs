//! Graphviz.

use super::line;
use crate::graph::record::{EdgeRecord, GraphRecord, WorkRecord};
use crate::graph::{Kind, Trace};

/// The graph in the DOT language.
pub fn graph(record: &GraphRecord) -> String {
    written(&record.works, &record.edges.iter().collect::<Vec<_>>(), None)
}

/// A trace in the DOT language.
pub fn trace(trace: &Trace) -> String {
    written(&trace.works, &super::svg::edges_of(trace), Some(&trace.root))
}

fn written(works: &[WorkRecord], edges: &[&EdgeRecord], root: Option<&str>) -> String {
    let mut out = String::from("digraph vanthu {\n  rankdir=BT;\n  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\"];\n");
    for w in works {
        let fill = if w.is_held { "#e3f2e1" } else { "#f5f5f5" };
        let ended = w.changes.iter().any(|c| Kind::of_name(&c.r#type).is_some_and(Kind::is_end) && !c.in_part);
        let pen = if ended { ", color=\"#b3261e\"" } else { "" };
        let bold = if root == Some(w.work.key.as_str()) { ", penwidth=3" } else { "" };
        let title = w.work.title.as_deref().map(|t| format!("\\n{}", quoted(&super::cut(t, 60)))).unwrap_or_default();
        out.push_str(&format!("  \"{}\" [label=\"{}{title}\", fillcolor=\"{fill}\"{pen}{bold}];\n", quoted(&w.work.key), quoted(&line(w))));
    }
    for e in edges {
        let tip = e.evidence.first().map(|p| format!(", edgetooltip=\"{}\"", quoted(&p.quote))).unwrap_or_default();
        out.push_str(&format!("  \"{}\" -> \"{}\" [label=\"{}\"{tip}];\n", quoted(&e.source), quoted(&e.target), quoted(&e.r#type)));
    }
    out.push_str("}\n");
    out
}

/// Text inside a quoted string of DOT.
fn quoted(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect::<String>().replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_quotation_marks() {
        assert_eq!(quoted("a \"b\" \\ c\nd\u{7}"), "a \\\"b\\\" \\\\ c d");
    }
}
