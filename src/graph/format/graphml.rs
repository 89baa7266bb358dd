//! GraphML, as NetworkX, Gephi, yEd and Cytoscape read it.

use super::escaped;
use crate::graph::record::{EdgeRecord, GraphRecord, WorkRecord, name};

/// Names and types.
pub(super) type Columns = &'static [(&'static str, &'static str)];

const NODE: Columns = &[
    ("label", "string"),
    ("code", "string"),
    ("document_type", "string"),
    ("title", "string"),
    ("date", "string"),
    ("issuer", "string"),
    ("held", "boolean"),
    ("path", "string"),
    ("mentions", "int"),
    ("eli", "string"),
    ("akn", "string"),
    ("status", "string"),
];
const EDGE: Columns = &[("type", "string"), ("weight", "int"), ("quote", "string"), ("source_path", "string"), ("confidence", "string")];

/// Attributes of a work, in the order of [`NODE`].
pub(super) fn work_values(w: &WorkRecord) -> Vec<String> {
    let text = |s: &Option<String>| s.clone().unwrap_or_default();
    let paths: Vec<&str> = w.work.held.iter().map(|c| c.path.as_str()).collect();
    let status: Vec<String> = w.changes.iter().map(|c| c.words()).collect();
    vec![
        name(&w.work),
        text(&w.work.code),
        text(&w.work.document_type),
        text(&w.work.title),
        text(&w.work.date),
        text(&w.work.issuer),
        w.is_held.to_string(),
        paths.join(" | "),
        w.work.mentions.to_string(),
        w.identifiers.as_ref().map(|i| i.eli.clone()).unwrap_or_default(),
        w.identifiers.as_ref().map(|i| i.akn.clone()).unwrap_or_default(),
        status.join("; "),
    ]
}

/// Attributes of an edge, in the order of [`EDGE`].
pub(super) fn edge_values(e: &EdgeRecord) -> Vec<String> {
    let first = e.evidence.first();
    let text = |f: fn(&crate::graph::ProofRecord) -> &String| first.map(f).cloned().unwrap_or_default();
    vec![e.r#type.clone(), e.evidence.len().to_string(), text(|p| &p.quote), text(|p| &p.path), text(|p| &p.confidence)]
}

/// Names and types of the attributes of works and edges.
pub(super) fn columns() -> (Columns, Columns) {
    (NODE, EDGE)
}

/// The graph in GraphML.
pub fn graphml(record: &GraphRecord) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
    );
    for (domain, columns) in [("node", NODE), ("edge", EDGE)] {
        for (name, kind) in columns {
            out.push_str(&format!("<key id=\"{domain}_{name}\" for=\"{domain}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>\n"));
        }
    }
    out.push_str("<graph id=\"vanthu\" edgedefault=\"directed\">\n");
    for w in &record.works {
        out.push_str(&format!("<node id=\"{}\">{}</node>\n", escaped(&w.work.key), data("node", NODE, &work_values(w))));
    }
    for (i, e) in record.edges.iter().enumerate() {
        let ends = format!("source=\"{}\" target=\"{}\"", escaped(&e.source), escaped(&e.target));
        out.push_str(&format!("<edge id=\"e{i}\" {ends}>{}</edge>\n", data("edge", EDGE, &edge_values(e))));
    }
    out.push_str("</graph>\n</graphml>\n");
    out
}

fn data(domain: &str, columns: &[(&str, &str)], values: &[String]) -> String {
    let full = columns.iter().zip(values).filter(|(_, v)| !v.is_empty());
    full.map(|((name, _), v)| format!("<data key=\"{domain}_{name}\">{}</data>", escaped(v))).collect()
}
