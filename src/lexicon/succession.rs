//! What became of bodies and provinces: mergers, splits, new names, ends.

use serde::Deserialize;
use std::sync::LazyLock;

/// A body that papers of today no longer name, or that only successions name.
#[derive(Debug, Clone, Deserialize)]
pub struct PastBody {
    /// Stable id, of the same kind as ids of agencies.
    pub id: String,
    /// Full name without the place.
    pub name: String,
    /// `central`, `province`, `district` or `commune`.
    pub level: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// One part of what a body left.
#[derive(Debug, Clone, Deserialize)]
pub struct Part {
    /// Who carries it.
    pub agency: String,
    /// What it is, in words.
    pub scope: Option<String>,
    /// Words of a duty that belong to this part.
    #[serde(default)]
    pub topics: Vec<String>,
    /// Whether it carries what no topic tells apart.
    #[serde(default)]
    pub main: bool,
}

/// The end of a body as it was.
#[derive(Debug, Clone, Deserialize)]
pub struct Succession {
    /// The body.
    pub from: String,
    /// `merged_into`, `split_into`, `renamed`, `replaced_by`, `upgraded_to`, `moved_under` or `ended`.
    pub relation: String,
    /// From when on, EDTF.
    pub date: String,
    /// The act that says so.
    pub basis: String,
    /// What the reader should know beside.
    pub note: Option<String>,
    /// Who came after; nobody where a level of government ended.
    #[serde(default)]
    pub to: Vec<Part>,
}

/// The end of a province as it was, other than by the mergers of July 2025.
#[derive(Debug, Clone, Deserialize)]
pub struct PlaceChange {
    /// The province.
    pub from: String,
    /// From when on, EDTF.
    pub date: String,
    /// The act that says so.
    pub basis: String,
    /// The provinces that its land fell to.
    pub to: Vec<String>,
}

/// A province that became a centrally run city.
#[derive(Debug, Clone, Deserialize)]
pub struct ClassChange {
    /// The province under its new name.
    pub province: String,
    /// From when on, ISO date.
    pub from: String,
    /// The class word from then on.
    pub word: String,
    /// The act that says so.
    pub basis: String,
    /// The name before, where it changed.
    pub renamed_from: Option<String>,
}

/// All that is known of successions.
#[derive(Debug, Clone)]
pub struct Successions {
    /// Bodies of the past.
    pub bodies: Vec<PastBody>,
    /// Ends of bodies, as listed.
    pub bodies_ended: Vec<Succession>,
    /// Ends of provinces before 2025.
    pub places: Vec<PlaceChange>,
    /// Provinces that became cities.
    pub classes: Vec<ClassChange>,
}

/// The mergers of provinces that `provinces.toml` holds.
pub const MERGER_OF_PROVINCES: (&str, &str) = ("2025-07-01", "Nghị quyết 202/2025/QH15");

/// The successions, read once per process.
pub fn successions() -> &'static Successions {
    static SUCCESSIONS: LazyLock<Successions> = LazyLock::new(|| {
        let source = include_str!("successions.toml");
        #[derive(Deserialize)]
        struct File {
            body: Vec<PastBody>,
            succession: Vec<Succession>,
            place: Vec<PlaceChange>,
            class: Vec<ClassChange>,
        }
        let file: File = toml::from_str(source).unwrap_or_else(|e| panic!("lexicon/successions.toml: {e}"));
        Successions { bodies: file.body, bodies_ended: file.succession, places: file.place, classes: file.class }
    });
    &SUCCESSIONS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::lexicon;
    use std::collections::HashSet;

    #[test]
    fn every_body_of_a_succession_is_known() {
        let past = successions().bodies.iter().map(|b| b.id.as_str());
        let known: HashSet<&str> = lexicon().agencies.iter().map(|a| a.id.as_str()).chain(past).collect();
        for s in &successions().bodies_ended {
            for id in std::iter::once(&s.from).chain(s.to.iter().map(|p| &p.agency)) {
                assert!(known.contains(id.as_str()), "{id} of the succession of {} is no body", s.from);
            }
        }
    }

    #[test]
    fn no_past_body_has_the_id_of_a_present_one() {
        for b in &successions().bodies {
            assert!(lexicon().agencies.iter().all(|a| a.id != b.id), "{} stands twice", b.id);
        }
    }

    #[test]
    fn one_part_of_several_is_the_main_one() {
        for s in successions().bodies_ended.iter().filter(|s| s.to.len() > 1) {
            assert_eq!(s.to.iter().filter(|p| p.main).count(), 1, "{}", s.from);
        }
    }

    #[test]
    fn no_succession_leads_back() {
        for start in &successions().bodies_ended {
            let mut at = start.from.as_str();
            for step in 0.. {
                assert!(step < 10, "the succession of {} has no end", start.from);
                let next = successions().bodies_ended.iter().find(|s| s.from == at && !s.to.is_empty());
                match next {
                    Some(s) => at = &s.to[0].agency,
                    None => break,
                }
            }
        }
    }
}
