//! GEXF 1.2, Gephi's own format, in the version that NetworkX reads too.

use super::escaped;
use super::graphml::{columns, edge_values, work_values};
use crate::graph::record::{GraphRecord, name};

/// The graph in GEXF.
pub fn gexf(record: &GraphRecord) -> String {
    let (node, edge) = columns();
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">\n\
         <meta><creator>vanthu</creator></meta>\n<graph defaultedgetype=\"directed\">\n",
    );
    for (class, columns) in [("node", node), ("edge", edge)] {
        out.push_str(&format!("<attributes class=\"{class}\">\n"));
        for (i, (title, kind)) in columns.iter().enumerate() {
            let kind = if *kind == "int" { "integer" } else { kind };
            out.push_str(&format!("<attribute id=\"{i}\" title=\"{title}\" type=\"{kind}\"/>\n"));
        }
        out.push_str("</attributes>\n");
    }
    out.push_str("<nodes>\n");
    for w in &record.works {
        out.push_str(&format!("<node id=\"{}\" label=\"{}\">{}</node>\n", escaped(&w.work.key), escaped(&name(&w.work)), values(&work_values(w))));
    }
    out.push_str("</nodes>\n<edges>\n");
    for (i, e) in record.edges.iter().enumerate() {
        let ends = format!("source=\"{}\" target=\"{}\"", escaped(&e.source), escaped(&e.target));
        out.push_str(&format!("<edge id=\"{i}\" {ends} label=\"{}\" weight=\"{}\">{}</edge>\n", e.r#type, e.evidence.len().max(1), values(&edge_values(e))));
    }
    out.push_str("</edges>\n</graph>\n</gexf>\n");
    out
}

fn values(values: &[String]) -> String {
    let full = values.iter().enumerate().filter(|(_, v)| !v.is_empty());
    let all: String = full.map(|(i, v)| format!("<attvalue for=\"{i}\" value=\"{}\"/>", escaped(v))).collect();
    format!("<attvalues>{all}</attvalues>")
}
