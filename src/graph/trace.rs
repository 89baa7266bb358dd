//! From one work up to all that it rests on, and down to all that is built on it, level by level.

use super::record::{EdgeRecord, WorkRecord};
use super::{CitationGraph, Edge, Kind, is_not_after};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Name and version of the trace record.
pub const TRACE_SCHEMA: &str = "vanthu/trace/1";

/// Which way a step goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To what a work rests on.
    Up,
    /// To what is built on it.
    Down,
}

/// How far a trace goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceOptions {
    /// Up to what the work rests on.
    pub up: bool,
    /// Down to what is built on it.
    pub down: bool,
    /// So many levels each way.
    pub depth: usize,
    /// Works and changes dated after this day (EDTF) are left out.
    pub as_of: Option<String>,
    /// These kinds of edges only; all where empty.
    pub kinds: Vec<Kind>,
    /// At most so many works next to each one; the others are counted.
    pub most: usize,
    /// Beyond so many works the trace goes no further; what is left out is counted.
    pub most_works: usize,
}

impl Default for TraceOptions {
    fn default() -> Self {
        Self { up: true, down: true, depth: 5, as_of: None, kinds: Vec::new(), most: 40, most_works: 600 }
    }
}

impl TraceOptions {
    /// Whether a work of this date and key is not after the day that is asked for.
    pub fn is_in_time(&self, date: Option<&str>, key: &str) -> bool {
        is_not_after(date, key, self.as_of.as_deref())
    }
}

/// A work with what it rests on and what is built on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Trace {
    /// `vanthu/trace/1`.
    pub schema: String,
    /// Key of the work that the trace starts from.
    pub root: String,
    /// The day that was asked for, EDTF.
    pub as_of: Option<String>,
    /// The works on the way, sorted by key.
    pub works: Vec<WorkRecord>,
    /// Up first, level by level.
    pub steps: Vec<Step>,
    /// Works whose neighbours were too many, and how many of them are left out.
    pub left_out: Vec<LeftOut>,
}

/// From one work to the next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// Up or down.
    pub direction: Direction,
    /// 1 for what stands next to the root.
    pub level: usize,
    /// Key of the work that is nearer to the root.
    pub from: String,
    /// Key of the next one.
    pub to: String,
    /// Whether this is the first step that leads there; the trace goes on from it alone.
    pub is_first: bool,
    /// What joins them, with all evidence.
    pub edges: Vec<EdgeRecord>,
}

/// Neighbours that were too many to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LeftOut {
    /// Up or down.
    pub direction: Direction,
    /// Key of the work.
    pub from: String,
    /// How many of its neighbours are not shown.
    pub count: usize,
}

impl CitationGraph {
    /// Traces a work.
    pub fn trace(&self, root: u32, options: &TraceOptions) -> Trace {
        let mut walk = Walk { graph: self, options, seen: BTreeSet::from([root]), steps: Vec::new(), left_out: Vec::new() };
        if options.up {
            walk.go(root, Direction::Up);
        }
        if options.down {
            walk.go(root, Direction::Down);
        }
        let Walk { seen, steps, left_out, .. } = walk;
        Trace {
            schema: TRACE_SCHEMA.to_owned(),
            root: self.works[root as usize].key.clone(),
            as_of: options.as_of.clone(),
            works: seen.into_iter().map(|w| self.work_record(w, options.as_of.as_deref())).collect(),
            steps,
            left_out,
        }
    }
}

struct Walk<'g> {
    graph: &'g CitationGraph,
    options: &'g TraceOptions,
    seen: BTreeSet<u32>,
    steps: Vec<Step>,
    left_out: Vec<LeftOut>,
}

impl<'g> Walk<'g> {
    /// Level by level, so that each work is met where it stands nearest to the root.
    fn go(&mut self, root: u32, direction: Direction) {
        let mut met = BTreeSet::from([root]);
        let mut level = vec![root];
        for depth in 1..=self.options.depth {
            let mut next = Vec::new();
            for from in std::mem::take(&mut level) {
                let most = if met.len() < self.options.most_works { self.options.most } else { 0 };
                for (to, edges) in self.neighbours(from, direction, most) {
                    let first = met.insert(to);
                    self.seen.insert(to);
                    self.steps.push(Step {
                        direction,
                        level: depth,
                        from: self.key(from),
                        to: self.key(to),
                        is_first: first,
                        edges: edges.into_iter().map(|e| self.graph.edge_record(e)).collect(),
                    });
                    if first {
                        next.push(to);
                    }
                }
            }
            level = next;
        }
    }

    fn key(&self, work: u32) -> String {
        self.graph.works[work as usize].key.clone()
    }

    /// The works next to one, the most tellingly joined first, then by key.
    fn neighbours(&mut self, from: u32, direction: Direction, most: usize) -> Vec<(u32, Vec<Edge<'g>>)> {
        let graph = self.graph;
        let edges = match direction {
            Direction::Up => graph.edges_from(from),
            Direction::Down => graph.edges_to(from),
        };
        let mut by_work: BTreeMap<u32, Vec<Edge<'g>>> = BTreeMap::new();
        for e in edges {
            let to = if direction == Direction::Up { e.target } else { e.source };
            let wanted = self.options.kinds.is_empty() || self.options.kinds.contains(&e.link.kind);
            let work = &graph.works[to as usize];
            if wanted && self.options.is_in_time(work.date.as_deref(), &work.key) {
                by_work.entry(to).or_default().push(e);
            }
        }
        let mut found: Vec<(u32, Vec<Edge>)> = by_work.into_iter().collect();
        found.sort_by_key(|(to, edges)| (edges[0].link.kind, *to));
        let total = graph.totals.get(&(from, direction)).copied().unwrap_or(found.len());
        found.truncate(most);
        if total > found.len() {
            self.left_out.push(LeftOut { direction, from: self.key(from), count: total - found.len() });
        }
        found
    }
}
