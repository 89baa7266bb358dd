//! What is wrong between papers.

use super::{Finding, Place, rule};
use crate::graph::{CitationGraph, Edge, Evidence, Kind, Open, name};
use crate::resolve::title::Words;
use crate::resolve::{Conflict, Work};
use std::collections::BTreeMap;

/// Everything that is wrong between the papers of an archive.
pub fn archive(graph: &CitationGraph) -> Vec<Finding> {
    let clerk = Clerk { graph };
    let mut found = Vec::new();
    for i in 0..u32::try_from(graph.works().len()).unwrap_or(u32::MAX) {
        clerk.presence(i, &mut found);
    }
    for edge in graph.edges() {
        clerk.order(edge, &mut found);
    }
    found.extend(graph.conflicts().iter().filter_map(|c| clerk.conflict(c)));
    found.extend(graph.open().iter().filter_map(|o| clerk.ambiguous(o)));
    clerk.two_years(&mut found);
    found
}

struct Clerk<'g> {
    graph: &'g CitationGraph,
}

impl Clerk<'_> {
    fn work(&self, i: u32) -> &Work {
        &self.graph.works()[i as usize]
    }

    fn finding(&self, id: &str, message: String, works: &[&Work]) -> Finding {
        let held = works.iter().find_map(|w| w.held.first());
        Finding {
            path: held.map(|c| c.path.clone()).unwrap_or_default(),
            document: held.map(|c| c.id.clone()).unwrap_or_default(),
            span: None,
            rule: id.to_owned(),
            level: rule(id).map_or("note", |r| r.level.name()).to_owned(),
            message,
            section: None,
            quote: String::new(),
            works: works.iter().map(|w| w.key.clone()).collect(),
        }
    }

    /// A finding at a place that states an edge.
    fn at(&self, finding: Finding, evidence: Option<&Evidence>) -> Finding {
        let Some(e) = evidence else { return finding };
        let document = &self.graph.documents()[e.document as usize];
        Finding {
            path: document.path.to_string(),
            document: document.id.to_string(),
            span: Some(Place { start: e.start as usize, end: e.end as usize }),
            section: e.section.as_deref().map(str::to_owned),
            quote: e.quote.to_string(),
            ..finding
        }
    }

    /// Cited but not held, held but never cited.
    fn presence(&self, i: u32, found: &mut Vec<Finding>) {
        let work = self.work(i);
        let to = self.graph.edges_to(i);
        if work.held.is_empty() {
            let evidence = to.iter().flat_map(|e| &e.link.evidence).min();
            if let Some(evidence) = evidence {
                let message = format!("{} is cited {} and not held", name(work), times(work.mentions));
                found.push(self.at(self.finding("cited-not-held", message, &[work]), Some(evidence)));
            }
        } else if to.is_empty() && work.mentions == 0 {
            found.push(self.finding("held-never-cited", format!("no document of the archive cites {}", name(work)), &[work]));
        }
    }

    /// A held paper against what it cites: later than itself, or ended before it.
    fn order(&self, edge: Edge, found: &mut Vec<Finding>) {
        let (source, target) = (self.work(edge.source), self.work(edge.target));
        // What a title says of two other papers is not this paper's own.
        let own = edge.link.evidence.iter().find(|e| self.graph.documents()[e.document as usize].work == edge.source);
        let (Some(own), Some(date)) = (own, source.date.as_deref()) else { return };
        if let Some(later) = target.date.as_deref().filter(|d| is_before(date, d)) {
            let message = format!("{} of {date} cites {} of {later}", name(source), name(target));
            found.push(self.at(self.finding("cites-later-act", message, &[source, target]), Some(own)));
        }
        if edge.link.kind.is_change() {
            return;
        }
        let ended = self.graph.changes(edge.target, None).into_iter().find(|c| {
            let whole = Kind::of_name(&c.r#type).is_some_and(Kind::is_end) && !c.in_part;
            whole && c.by != source.key && c.date.as_deref().is_some_and(|d| is_before(d, date))
        });
        if let Some(change) = ended {
            let message = format!("{} was {} before this document of {date}", name(target), change.words());
            found.push(self.at(self.finding("cites-ended-act", message, &[source, target]), Some(own)));
        }
    }

    fn conflict(&self, conflict: &Conflict) -> Option<Finding> {
        let work = self.work(self.graph.work(&conflict.key)?);
        let id = match conflict.field.as_str() {
            "date" => "two-dates",
            "title" => "two-titles",
            _ => "two-papers",
        };
        let values: Vec<String> = conflict.values.iter().map(|v| format!("{} ({} in {})", v.value, times(v.times), v.path)).collect();
        let last = conflict.values.last()?;
        let finding = self.finding(id, format!("{}: {}", name(work), values.join("; ")), &[work]);
        Some(Finding { path: last.path.clone(), quote: last.quote.clone(), document: self.document_of(&last.path), ..finding })
    }

    fn document_of(&self, path: &str) -> String {
        self.graph.documents().iter().find(|d| &*d.path == path).map(|d| d.id.to_string()).unwrap_or_default()
    }

    fn ambiguous(&self, open: &Open) -> Option<Finding> {
        if open.candidates.len() < 2 {
            return None;
        }
        let document = &self.graph.documents()[open.document as usize];
        let what = if open.quote.is_empty() { "the blank number of this document".to_owned() } else { format!("“{}”", open.quote) };
        let finding = self.finding("reference-ambiguous", format!("{what} may be {}", open.candidates.join(" or ")), &[]);
        Some(Finding {
            path: document.path.to_string(),
            document: document.id.to_string(),
            span: (!open.quote.is_empty()).then_some(Place { start: open.start as usize, end: open.end as usize }),
            section: open.section.as_deref().map(str::to_owned),
            quote: open.quote.to_string(),
            works: open.candidates.clone(),
            ..finding
        })
    }

    /// One number and one title in two years: one of the years is a slip.
    fn two_years(&self, found: &mut Vec<Finding>) {
        let mut by_stem: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (i, work) in self.graph.works().iter().enumerate() {
            if let Some(stem) = stem(&work.key) {
                by_stem.entry(stem).or_default().push(u32::try_from(i).unwrap_or(u32::MAX));
            }
        }
        for works in by_stem.into_values().filter(|w| w.len() > 1) {
            for pair in works.windows(2) {
                let (a, b) = (self.work(pair[0]), self.work(pair[1]));
                let words = |w: &Work| Words::of(w.title.as_deref().unwrap_or_default());
                let (ta, tb) = (words(a), words(b));
                if ta.len() >= FEWEST_WORDS && ta.likeness(&tb) >= SAME {
                    let message = format!("{} and {} have one number and one title", a.key, b.key);
                    let rarer = if a.mentions < b.mentions { pair[0] } else { pair[1] };
                    let evidence = self.graph.edges_to(rarer).into_iter().flat_map(|e| e.link.evidence.first()).min();
                    found.push(self.at(self.finding("one-title-two-years", message, &[a, b]), evidence));
                }
            }
        }
    }
}

/// Fewer words are no title.
const FEWEST_WORDS: usize = 5;
/// Titles as like as this are one.
const SAME: f32 = 0.9;

/// A key without its year: scope, type and number.
fn stem(key: &str) -> Option<String> {
    let (rest, number) = key.strip_prefix("vn/")?.rsplit_once('/')?;
    let (rest, _) = rest.rsplit_once('/')?;
    Some(format!("{rest}/{number}"))
}

/// Whether one date is surely before another, each known as far as it is written.
fn is_before(a: &str, b: &str) -> bool {
    let len = a.len().min(b.len());
    a.get(..len) < b.get(..len)
}

fn times(n: u32) -> String {
    if n == 1 { "once".to_owned() } else { format!("{n} times") }
}
