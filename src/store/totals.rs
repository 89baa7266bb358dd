//! What a store holds, in figures.

use super::Store;
use crate::error::Result;

/// Figures of a store. Findings are counted once for each work, in its main document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Different contents.
    pub documents: u64,
    /// Works: a plan as DOCX and as PDF is one.
    pub works: u64,
    /// Mentions of other papers.
    pub citations: u64,
    /// Assigned duties.
    pub tasks: u64,
    /// Mentions of which the work could not be told.
    pub questions: u64,
    /// Failures by what went wrong, the most frequent first.
    pub failures: Vec<(String, u64)>,
    /// Classified papers of which only path and mark are kept.
    pub withheld: u64,
}

impl Store {
    /// What the store holds.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn totals(&self) -> Result<Totals> {
        const DOCUMENTS: &str = "SELECT count(*), coalesce(sum(main), 0), coalesce(sum(citations * main), 0), coalesce(sum(tasks * main), 0),
            coalesce(sum(questions * main), 0), (SELECT count(*) FROM source WHERE document IS NULL) FROM document";
        const FAILURES: &str =
            "SELECT CASE cause WHEN 'refused' THEN message ELSE cause END AS why, count(*) AS n FROM failure GROUP BY why ORDER BY n DESC, why";
        self.guarded(|c| {
            let failures = c.prepare(FAILURES)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
            c.query_row(DOCUMENTS, [], |row| {
                Ok(Totals {
                    documents: row.get(0)?,
                    works: row.get(1)?,
                    citations: row.get(2)?,
                    tasks: row.get(3)?,
                    questions: row.get(4)?,
                    withheld: row.get(5)?,
                    failures,
                })
            })
        })
    }
}
