//! Two tables, works and edges, as `neo4j-admin database import` and spreadsheets take them.

use super::graphml::{columns, edge_values, work_values};
use crate::graph::record::GraphRecord;

/// The works: `key:ID`, their attributes, `:LABEL`.
pub fn works_csv(record: &GraphRecord) -> Vec<u8> {
    let (node, _) = columns();
    let head = std::iter::once("key:ID".to_owned()).chain(node.iter().map(|(name, kind)| typed(name, kind))).chain([":LABEL".to_owned()]);
    let rows = record.works.iter().map(|w| {
        let label = if w.is_held { "Work;Held" } else { "Work" };
        std::iter::once(w.work.key.clone()).chain(work_values(w)).chain([label.to_owned()]).collect()
    });
    written(head.collect(), rows)
}

/// The edges: `:START_ID`, `:END_ID`, `:TYPE`, then what is known of each.
pub fn edges_csv(record: &GraphRecord) -> Vec<u8> {
    let (_, edge) = columns();
    let head = [":START_ID", ":END_ID", ":TYPE"].map(str::to_owned).into_iter().chain(edge[1..].iter().map(|(name, kind)| typed(name, kind)));
    let rows = record.edges.iter().map(|e| {
        let ends = [e.source.clone(), e.target.clone(), e.r#type.to_uppercase()];
        ends.into_iter().chain(edge_values(e).into_iter().skip(1)).collect()
    });
    written(head.collect(), rows)
}

fn typed(name: &str, kind: &str) -> String {
    if kind == "string" { name.to_owned() } else { format!("{name}:{kind}") }
}

/// A cell that a spreadsheet would run as a formula is led in by an apostrophe.
fn safe(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

fn written(head: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = writer.write_record(&head);
    for row in rows {
        let _ = writer.write_record(row.into_iter().map(safe));
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for bad in ["=1+1", "@SUM(A1)", "+1", "-1", "\tx"] {
            assert!(safe(bad.to_owned()).starts_with('\''), "{bad}");
        }
        assert_eq!(safe("489/QĐ-TTg".to_owned()), "489/QĐ-TTg");
    }
}
