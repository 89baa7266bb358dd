//! JSON-LD in terms of the European Legislation Identifier and schema.org's `Legislation`.

use crate::graph::Kind;
use crate::graph::record::{EdgeRecord, GraphRecord, WorkRecord, name};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// The graph as linked data. Works are named by `urn:vanthu:` and their key.
pub fn jsonld(record: &GraphRecord) -> Value {
    let mut by_source: HashMap<&str, Vec<&EdgeRecord>> = HashMap::new();
    record.edges.iter().for_each(|e| by_source.entry(&e.source).or_default().push(e));
    let none = Vec::new();
    let graph: Vec<Value> = record.works.iter().map(|w| node(w, by_source.get(w.work.key.as_str()).unwrap_or(&none))).collect();
    json!({
        "@context": {
            "eli": "http://data.europa.eu/eli/ontology#",
            "schema": "https://schema.org/",
            "dct": "http://purl.org/dc/terms/",
            "vanthu": "urn:vanthu:term:",
            "xsd": "http://www.w3.org/2001/XMLSchema#"
        },
        "@graph": graph
    })
}

fn node(w: &WorkRecord, edges: &[&EdgeRecord]) -> Value {
    let mut node = Map::new();
    node.insert("@id".into(), json!(iri(&w.work.key)));
    node.insert("@type".into(), json!(["schema:Legislation", "eli:LegalResource"]));
    node.insert("schema:name".into(), json!(name(&w.work)));
    let mut put = |key: &str, value: Option<Value>| value.map(|v| node.insert(key.to_owned(), v));
    let identifiers = w.identifiers.as_ref();
    put("schema:legislationIdentifier", w.work.code.as_deref().map(|c| json!(c)));
    put("eli:id_local", w.work.code.as_deref().map(|c| json!(c)));
    put("eli:type_document", w.work.document_type.as_deref().map(|t| json!(t)));
    put("schema:legislationType", w.work.document_type.as_deref().map(|t| json!(t)));
    put("eli:title", w.work.title.as_deref().map(|t| json!({ "@value": t, "@language": "vi" })));
    put("eli:date_document", w.work.date.as_deref().map(date));
    put("schema:legislationDate", w.work.date.as_deref().map(date));
    put("eli:passed_by", w.work.issuer.as_deref().map(|i| json!(i)));
    put("schema:legislationPassedBy", w.work.issuer.as_deref().map(|i| json!({ "@type": "schema:Organization", "schema:name": i })));
    put("dct:identifier", identifiers.map(|i| json!([i.eli, i.akn])));
    put("eli:is_part_of", w.work.part_of.as_deref().map(|act| json!({ "@id": iri(act) })));
    let mut links: HashMap<&'static str, Vec<Value>> = HashMap::new();
    for e in edges {
        for property in properties(Kind::of_name(&e.r#type)) {
            links.entry(property).or_default().push(json!({ "@id": iri(&e.target) }));
        }
    }
    let mut links: Vec<(&str, Vec<Value>)> = links.into_iter().collect();
    links.sort_by_key(|(property, _)| *property);
    for (property, targets) in links {
        node.entry(property).or_insert(Value::Array(targets));
    }
    Value::Object(node)
}

fn iri(key: &str) -> String {
    format!("urn:vanthu:{}", key.replace('#', ":"))
}

/// A whole day is typed; less is left as text.
fn date(value: &str) -> Value {
    if value.len() == 10 { json!({ "@value": value, "@type": "xsd:date" }) } else { json!(value) }
}

/// The properties that say the same, or the nearest wider thing.
fn properties(kind: Option<Kind>) -> &'static [&'static str] {
    match kind {
        Some(Kind::PartOf) => &["schema:isPartOf"],
        Some(Kind::Implements | Kind::Guides) => &["eli:implements", "schema:legislationApplies"],
        Some(Kind::Continues) => &["vanthu:continues", "eli:related_to"],
        Some(Kind::Amends) => &["eli:amends", "eli:changes", "schema:legislationChanges"],
        Some(Kind::Replaces | Kind::Repeals) => &["eli:repeals", "schema:legislationRepeals"],
        Some(Kind::Suspends) => &["vanthu:suspends", "eli:changes"],
        Some(Kind::Corrects) => &["eli:corrects", "schema:legislationCorrects"],
        Some(Kind::Consolidates) => &["eli:consolidates", "schema:legislationConsolidates"],
        Some(Kind::BasedOn) => &["eli:based_on"],
        Some(Kind::Cites) => &["eli:cites", "schema:citation"],
        _ => &["eli:related_to"],
    }
}
