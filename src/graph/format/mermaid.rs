//! Mermaid, for README pages and wikis.

use super::line;
use crate::graph::Trace;
use std::collections::HashMap;

/// A trace as a Mermaid flow chart.
pub fn mermaid(trace: &Trace) -> String {
    let ids: HashMap<&str, usize> = trace.works.iter().enumerate().map(|(i, w)| (w.work.key.as_str(), i)).collect();
    let mut out = String::from("flowchart BT\n");
    for (i, w) in trace.works.iter().enumerate() {
        let class = if w.is_held { "held" } else { "cited" };
        let flags: Vec<String> = w.changes.iter().map(|c| format!("<br/>! {}", safe(&c.words()))).collect();
        out.push_str(&format!("  n{i}[\"{}{}\"]:::{class}\n", safe(&line(w)), flags.concat()));
    }
    for e in super::svg::edges_of(trace) {
        out.push_str(&format!("  n{} -->|{}| n{}\n", ids[e.source.as_str()], safe(&e.r#type), ids[e.target.as_str()]));
    }
    out.push_str("  classDef held fill:#e3f2e1,stroke:#2e7d32\n  classDef cited fill:#f5f5f5,stroke:#9e9e9e,stroke-dasharray:4\n");
    out
}

/// Text inside a quoted label: Mermaid reads character references of the form `#quot;`.
fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '#' => out.push_str("#35;"),
            '"' => out.push_str("#quot;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '&' => out.push_str("#amp;"),
            '`' => out.push_str("#96;"),
            '|' => out.push_str("#124;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_label() {
        assert_eq!(safe("a \"b\" <c> |#`"), "a #quot;b#quot; #lt;c#gt; #124;#35;#96;");
    }
}
