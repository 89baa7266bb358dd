//! Identifiers of works in the schemes of others: ELI and Akoma Ntoso.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Identifiers beside our key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Identifiers {
    /// A path after the European Legislation Identifier's template, `/eli/vn/ttg/qd/2020/489`. Viet Nam runs no ELI
    /// register: it names no page.
    pub eli: String,
    /// Akoma Ntoso's naming of works (OASIS AKN-NC 1.0), `/akn/vn/act/qd/ttg/2020/489`.
    pub akn: String,
}

/// Type slugs that Akoma Ntoso calls an act; all else is a document.
const ACTS: &[&str] = &["hp", "bl", "l", "pl", "lenh", "nq", "nqlt", "nd", "qd", "ct", "tt", "ttlt", "vbhn"];

impl Identifiers {
    /// The identifiers of a key; none for a paper that nothing identifies.
    pub fn of(key: &str) -> Option<Self> {
        let (work, part) = key.split_once('#').map_or((key, None), |(work, part)| (work, Some(part)));
        let (rest, number) = work.strip_prefix("vn/")?.rsplit_once('/')?;
        let (rest, year) = rest.rsplit_once('/')?;
        let (scope, class) = rest.rsplit_once('/')?;
        let act = if ACTS.contains(&class) { "act" } else { "doc" };
        // A component of a work stands after "!".
        let component = part.map(|p| format!("/!{p}")).unwrap_or_default();
        let fragment = part.map(|p| format!("/{p}")).unwrap_or_default();
        Some(Self { eli: format!("/eli/{work}{fragment}"), akn: format!("/akn/vn/{act}/{class}/{}/{year}/{number}{component}", scope.replace('/', "-")) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_identifiers_in_both_schemes() {
        let rows = [
            ("vn/ttg/qd/2020/489", Some(("/eli/vn/ttg/qd/2020/489", "/akn/vn/act/qd/ttg/2020/489"))),
            ("vn/long-an/ubnd/kh/2020/129", Some(("/eli/vn/long-an/ubnd/kh/2020/129", "/akn/vn/doc/kh/long-an-ubnd/2020/129"))),
            ("vn/ttg/qd/2020/489#kh", Some(("/eli/vn/ttg/qd/2020/489/kh", "/akn/vn/act/qd/ttg/2020/489/!kh"))),
            ("doc/0123456789abcdef", None),
        ];
        for (key, want) in rows {
            let found = Identifiers::of(key);
            assert_eq!(found.as_ref().map(|i| (i.eli.as_str(), i.akn.as_str())), want, "{key}");
        }
    }
}
