//! The citation graph: works as nodes, what papers state of them as edges, with all the evidence.
//!
//! Edges run from the work that does something to the one it is done to: a plan `implements` a decision. Cycles are
//! data: two papers may well cite each other. Everything is sorted, so that the same archive gives the same bytes.

mod build;
mod filter;
pub mod format;
mod identifier;
mod kind;
mod record;
mod trace;

pub use filter::Filter;
pub use identifier::Identifiers;
pub use kind::Kind;
pub use record::*;
pub use trace::{Direction, LeftOut, Step, TRACE_SCHEMA, Trace, TraceOptions};

use crate::mention::identity::slug;
use crate::resolve::{Conflict, Work};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use std::collections::HashMap;
use std::sync::Arc;

/// Every work of an archive and what joins them.
#[derive(Debug, Clone, Default)]
pub struct CitationGraph {
    /// Sorted by key; a node's index is its place here.
    works: Vec<Work>,
    links: DiGraph<(), Link, u32>,
    /// Papers that the evidence stands in, sorted by id.
    documents: Vec<Document>,
    /// Mentions that lead to no work.
    open: Vec<Open>,
    conflicts: Vec<Conflict>,
    /// How many works stand next to one, where this is an excerpt that does not hold all of them.
    totals: HashMap<(u32, Direction), usize>,
}

/// A held paper, as evidence points to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Document {
    /// Id of its record.
    pub id: Arc<str>,
    /// Where it was read from.
    pub path: Arc<str>,
    /// Place of its work.
    pub work: u32,
}

/// An edge: one kind of relation between two works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What the one does to the other.
    pub kind: Kind,
    /// Every place that says so, by paper and place in it.
    pub evidence: Vec<Evidence>,
}

/// One place that states an edge.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// Place of the paper among the graph's documents.
    pub document: u32,
    /// First code point of the mention.
    pub start: u32,
    /// One past its last.
    pub end: u32,
    /// Path of the passage.
    pub section: Option<Arc<str>>,
    /// The mention.
    pub quote: Arc<str>,
    /// The words that say what is done.
    pub cue: Option<Arc<str>>,
    /// How the mention led to the work.
    pub rule: Arc<str>,
    /// `high`, `medium`, `low`.
    pub confidence: Arc<str>,
    /// Whether a provision is cited, not the whole work.
    pub is_part: bool,
}

/// A mention that leads to no work, with the works that it may mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Open {
    /// Place of the paper among the graph's documents.
    pub document: u32,
    /// First code point of the mention.
    pub start: u32,
    /// One past its last.
    pub end: u32,
    /// Path of the passage.
    pub section: Option<Arc<str>>,
    /// The mention; empty where the paper's own number is blank.
    pub quote: Arc<str>,
    /// Why: `no-year`, `no-place`, …
    pub reason: Arc<str>,
    /// Keys.
    pub candidates: Vec<String>,
}

/// An edge with its ends.
#[derive(Debug, Clone, Copy)]
pub struct Edge<'g> {
    /// Place of the work that does it.
    pub source: u32,
    /// Place of the work it is done to.
    pub target: u32,
    /// What, and who says so.
    pub link: &'g Link,
}

/// The parts that a graph is put together from.
#[derive(Debug, Clone, Default)]
pub struct Pieces {
    /// Works in any order.
    pub works: Vec<Work>,
    /// Papers.
    pub documents: Vec<Document>,
    /// Source, target (places among `works`) and edge.
    pub links: Vec<(u32, u32, Link)>,
    /// Mentions that lead to no work.
    pub open: Vec<Open>,
    /// What papers say differently.
    pub conflicts: Vec<Conflict>,
    /// How many works stand next to one, where not all of them are here.
    pub totals: HashMap<(u32, Direction), usize>,
}

impl CitationGraph {
    /// Puts a graph together; works are sorted by key, edges by source, target and kind.
    pub fn of_pieces(pieces: Pieces) -> Self {
        let Pieces { mut works, mut documents, mut links, open, conflicts, mut totals } = pieces;
        if !works.is_sorted_by(|a, b| a.key < b.key) {
            let mut order: Vec<u32> = (0..place(works.len())).collect();
            order.sort_by(|&a, &b| works[a as usize].key.cmp(&works[b as usize].key));
            let mut new = vec![0; works.len()];
            for (to, &from) in order.iter().enumerate() {
                new[from as usize] = place(to);
            }
            works = order.iter().map(|&from| std::mem::take(&mut works[from as usize])).collect();
            links.iter_mut().for_each(|(a, b, _)| (*a, *b) = (new[*a as usize], new[*b as usize]));
            totals = totals.into_iter().map(|((w, way), n)| ((new[w as usize], way), n)).collect();
            documents.iter_mut().for_each(|d| d.work = new.get(d.work as usize).copied().unwrap_or_default());
        }
        links.sort_by_key(|(a, b, link)| (*a, *b, link.kind));
        let mut graph = DiGraph::with_capacity(works.len(), links.len());
        works.iter().for_each(|_| {
            graph.add_node(());
        });
        for (source, target, link) in links {
            graph.add_edge(NodeIndex::new(source as usize), NodeIndex::new(target as usize), link);
        }
        Self { works, links: graph, documents, open, conflicts, totals }
    }

    /// All works, sorted by key.
    pub fn works(&self) -> &[Work] {
        &self.works
    }

    /// All papers that evidence stands in, sorted by id.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// Mentions that lead to no work, by paper and place in it.
    pub fn open(&self) -> &[Open] {
        &self.open
    }

    /// What papers say differently of one work, by key.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// All edges, sorted by source, target and kind.
    pub fn edges(&self) -> impl Iterator<Item = Edge<'_>> {
        self.links.edge_references().map(edge)
    }

    /// Edges from a work: what it does to others.
    pub fn edges_from(&self, work: u32) -> Vec<Edge<'_>> {
        self.around(work, petgraph::Direction::Outgoing)
    }

    /// Edges to a work: what others do to it.
    pub fn edges_to(&self, work: u32) -> Vec<Edge<'_>> {
        self.around(work, petgraph::Direction::Incoming)
    }

    fn around(&self, work: u32, direction: petgraph::Direction) -> Vec<Edge<'_>> {
        let mut edges: Vec<Edge> = self.links.edges_directed(NodeIndex::new(work as usize), direction).map(edge).collect();
        edges.sort_by_key(|e| (e.link.kind, e.source, e.target));
        edges
    }

    /// The work of a key.
    pub fn work(&self, key: &str) -> Option<u32> {
        self.works.binary_search_by(|w| w.key.as_str().cmp(key)).ok().map(place)
    }

    /// The works that a user's words may mean: a key, the id or path of a held paper, or a number and symbol, in which
    /// case, marks and the kind of stroke do not count.
    pub fn lookup(&self, words: &str) -> Vec<u32> {
        if let Some(work) = self.work(words) {
            return vec![work];
        }
        let held = |copy: &crate::resolve::HeldCopy| copy.id == words || is_path(&copy.path, words);
        let by = |wanted: &dyn Fn(&Work) -> bool| -> Vec<u32> { (0..place(self.works.len())).filter(|&i| wanted(&self.works[i as usize])).collect() };
        let paths = by(&|w| w.held.iter().any(held));
        if !paths.is_empty() {
            return paths;
        }
        let code = slug(words);
        by(&|w| w.code.as_deref().is_some_and(|c| slug(c) == code))
    }

    /// What was done to a work by papers that are able to, dated not after this day; of the first [`MOST_CHANGES`].
    pub fn changes(&self, work: u32, as_of: Option<&str>) -> Vec<Change> {
        let edges = self.edges_to(work).into_iter().filter(|e| e.link.kind.is_change());
        let in_time = |e: &Edge| {
            let by = &self.works[e.source as usize];
            let scope = by.key.split('/').nth(1).unwrap_or_default();
            let able = kind::may_change(by.document_type.as_deref(), scope, self.works[work as usize].document_type.as_deref());
            able && is_not_after(by.date.as_deref(), &by.key, as_of)
        };
        edges.take(MOST_CHANGES).filter(in_time).map(|e| Change::of(e.link, &self.works[e.source as usize])).collect()
    }

    /// Checks what every graph must keep to: sorted works and edges, no edge from a work to itself, evidence behind every
    /// edge that is not a part's, and none that points nowhere.
    ///
    /// # Errors
    /// What is wrong first.
    pub fn verify(&self) -> Result<(), String> {
        if !self.works.is_sorted_by(|a, b| a.key < b.key) {
            return Err("works are not sorted by key, or a key stands twice".to_owned());
        }
        if self.links.node_count() != self.works.len() {
            return Err("there are not as many nodes as works".to_owned());
        }
        let mut last: Option<(u32, u32, Kind)> = None;
        for e in self.edges() {
            let here = (e.source, e.target, e.link.kind);
            let name = || format!("{} {} {}", self.works[e.source as usize].key, e.link.kind.name(), self.works[e.target as usize].key);
            if last.is_some_and(|l| l >= here) {
                return Err(format!("edge out of order or twice: {}", name()));
            }
            if e.source == e.target {
                return Err(format!("edge from a work to itself: {}", name()));
            }
            if e.link.kind != Kind::PartOf && e.link.evidence.is_empty() {
                return Err(format!("edge without evidence: {}", name()));
            }
            if e.link.evidence.iter().any(|v| v.document as usize >= self.documents.len()) {
                return Err(format!("evidence in a paper that is not there: {}", name()));
            }
            last = Some(here);
        }
        let orphan = self.works.iter().find(|w| w.part_of.as_deref().is_some_and(|act| self.work(act).is_none()));
        orphan.map_or(Ok(()), |w| Err(format!("{} is part of an act that is not there", w.key)))
    }
}

/// So many changes of one work are told.
pub const MOST_CHANGES: usize = 50;

fn edge<'g>(e: petgraph::graph::EdgeReference<'g, Link, u32>) -> Edge<'g> {
    Edge { source: place(e.source().index()), target: place(e.target().index()), link: e.weight() }
}

fn place(i: usize) -> u32 {
    u32::try_from(i).unwrap_or(u32::MAX)
}

/// A path as given, or its last part.
fn is_path(path: &str, words: &str) -> bool {
    path == words || path.strip_suffix(words).is_some_and(|head| head.ends_with(['/', '\\', '!']))
}

/// Whether a work is dated not after a day; one whose date is not known so exactly may be.
fn is_not_after(date: Option<&str>, key: &str, day: Option<&str>) -> bool {
    let Some(day) = day else { return true };
    let date = date.or_else(|| key.rsplit('/').nth(1)).unwrap_or_default();
    let len = date.len().min(day.len());
    date.get(..len) <= day.get(..len)
}
