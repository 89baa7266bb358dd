//! A part of the graph.

use super::record::{GRAPH_SCHEMA, GraphRecord};
use super::{CitationGraph, Kind, place};
use std::collections::BTreeSet;

/// Which works and edges are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Type codes; all where empty.
    pub types: Vec<String>,
    /// Kinds of edges; all where empty.
    pub kinds: Vec<Kind>,
    /// How the key must start.
    pub key: Option<String>,
    /// First year.
    pub from: Option<i16>,
    /// Last year.
    pub to: Option<i16>,
    /// Held works only.
    pub held: bool,
    /// A work, and how many steps around it.
    pub around: Option<(u32, usize)>,
}

impl CitationGraph {
    /// The record of the works that a filter lets through, and of the edges between them.
    pub fn filtered(&self, filter: &Filter) -> GraphRecord {
        let near = filter.around.map(|(work, steps)| self.within(work, steps));
        let wanted: Vec<bool> = (0..self.works.len()).map(|i| near.as_ref().is_none_or(|n| n.contains(&place(i))) && self.passes(i, filter)).collect();
        if wanted.iter().all(|w| *w) && filter.kinds.is_empty() {
            return self.record();
        }
        let kind = |k: Kind| filter.kinds.is_empty() || filter.kinds.contains(&k);
        let keys: BTreeSet<&str> = wanted.iter().zip(&self.works).filter(|(w, _)| **w).map(|(_, work)| work.key.as_str()).collect();
        let both = |e: &super::Edge| wanted[e.source as usize] && wanted[e.target as usize] && kind(e.link.kind);
        GraphRecord {
            schema: GRAPH_SCHEMA.to_owned(),
            works: (0..self.works.len()).filter(|&i| wanted[i]).map(|i| self.work_record(place(i), None)).collect(),
            edges: self.edges().filter(both).map(|e| self.edge_record(e)).collect(),
            conflicts: self.conflicts.iter().filter(|c| keys.contains(c.key.as_str())).cloned().collect(),
            unresolved: self.unresolved(|document| wanted[self.documents[document as usize].work as usize]),
        }
    }

    fn passes(&self, i: usize, filter: &Filter) -> bool {
        let work = &self.works[i];
        let year = work.date.as_deref().and_then(|d| d.get(..4)).or_else(|| work.key.rsplit('/').nth(1)).and_then(|y| y.parse::<i16>().ok());
        let class = work.document_type.as_deref().unwrap_or_default();
        (filter.types.is_empty() || filter.types.iter().any(|t| t == class))
            && filter.key.as_deref().is_none_or(|prefix| work.key.starts_with(prefix))
            && filter.from.is_none_or(|from| year.is_some_and(|y| y >= from))
            && filter.to.is_none_or(|to| year.is_some_and(|y| y <= to))
            && (!filter.held || !work.held.is_empty())
    }

    /// The works within so many steps of one, in either direction.
    fn within(&self, work: u32, steps: usize) -> BTreeSet<u32> {
        let mut near = BTreeSet::from([work]);
        let mut level = vec![work];
        for _ in 0..steps {
            let next: Vec<u32> =
                level.iter().flat_map(|&w| self.edges_from(w).into_iter().chain(self.edges_to(w)).flat_map(|e| [e.source, e.target])).collect();
            level = next.into_iter().filter(|&w| near.insert(w)).collect();
        }
        near
    }
}
