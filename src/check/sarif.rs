//! SARIF 2.1.0 (OASIS), as code hosts and editors show findings.

use super::{CheckRecord, Finding, RULES};
use serde_json::{Value, json};

/// The findings as a SARIF log.
pub fn sarif(record: &CheckRecord) -> Value {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|r| {
            json!({
                "id": r.id,
                "shortDescription": { "text": r.catches },
                "help": { "text": if r.basis.is_empty() { r.catches } else { r.basis } },
                "defaultConfiguration": { "level": r.level.name() }
            })
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "vanthu", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": record.findings.iter().map(result).collect::<Vec<_>>()
        }]
    })
}

fn result(f: &Finding) -> Value {
    let mut place = json!({ "artifactLocation": { "uri": uri(&f.path) } });
    if let Some(span) = f.span {
        place["region"] = json!({ "charOffset": span.start, "charLength": span.end - span.start, "snippet": { "text": f.quote } });
    }
    let mut result = json!({
        "ruleId": f.rule,
        "ruleIndex": RULES.iter().position(|r| r.id == f.rule),
        "level": f.level,
        "message": { "text": f.message },
        "properties": { "document": f.document, "section": f.section, "works": f.works }
    });
    if !f.path.is_empty() {
        result["locations"] = json!([{ "physicalLocation": place }]);
    }
    result
}

/// A path as a relative or file URI (RFC 3986).
fn uri(path: &str) -> String {
    let mut out = String::new();
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for b in path.replace('\\', "/").bytes() {
        match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(b)),
            b => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("corpus/a b.txt"), "corpus/a%20b.txt");
        assert_eq!(uri("/tmp/kế.txt"), "file:///tmp/k%E1%BA%BF.txt");
    }
}
