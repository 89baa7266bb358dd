//! What is concluded from all documents together: always redone whole, so that a decree that came today resolves a
//! citation of last year.

use super::Store;
use crate::error::Result;
use crate::graph::CitationGraph;

/// Whether what is concluded follows from the documents that are there.
pub(super) const STATE: &str = "corpus";
pub(super) const STALE: &str = "stale";
const CURRENT: &str = "current";

impl Store {
    /// Whether documents came or went since the last [`Store::conclude`].
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn is_stale(&self) -> Result<bool> {
        Ok(self.state(STATE)?.as_deref() == Some(STALE))
    }

    /// Redoes what is concluded from all documents together, in one batch.
    ///
    /// # Errors
    /// When the store is damaged or cannot be written.
    pub fn conclude(&mut self) -> Result<()> {
        let graph = CitationGraph::of_papers(self.papers()?);
        self.replace_graph(&graph)
    }

    /// Puts a graph in place of the one that is there.
    ///
    /// # Errors
    /// When the store is damaged or cannot be written.
    pub fn replace_graph(&mut self, graph: &CitationGraph) -> Result<()> {
        self.in_batch(|store| {
            store.put_graph(graph)?;
            store.conclude_duties()?;
            store.set_state(STATE, CURRENT)
        })
    }
}
