//! The versions of the store. Steps are only ever added: a step that was released never changes.

use super::fault::fault;
use crate::error::{Error, Result};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use std::path::Path;

/// Every step from an empty file to the newest version, by name.
pub(super) const STEPS: &[(&str, &str)] = &[
    ("0001_archive", include_str!("migrations/0001_archive.sql")),
    ("0002_graph", include_str!("migrations/0002_graph.sql")),
    ("0003_tasks", include_str!("migrations/0003_tasks.sql")),
    ("0004_slim", include_str!("migrations/0004_slim.sql")),
];

/// Brings a store to the newest version.
pub(super) fn to_newest(c: &mut Connection, path: &Path) -> Result<()> {
    if missing(c, path)?.is_empty() {
        return Ok(());
    }
    let mut step = || {
        let transaction = c.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) WITHOUT ROWID")?;
        for (name, sql) in STEPS {
            // Another program may have been faster.
            let done = transaction.prepare("SELECT 1 FROM migration WHERE name = ?1")?.exists([name])?;
            if !done {
                transaction.execute_batch(sql)?;
                transaction.execute("INSERT INTO migration VALUES (?1)", [name])?;
            }
        }
        transaction.commit()
    };
    step().map_err(|e: rusqlite::Error| fault(&e, path))
}

/// Refuses a store that has not the newest version.
pub(super) fn check_newest(c: &Connection, path: &Path) -> Result<()> {
    if missing(c, path)?.is_empty() {
        return Ok(());
    }
    Err(Error::new("the store is of an older version and cannot be written", "copy it to where it can be written and name it with --db").at(path))
}

/// The steps that a store lacks.
fn missing(c: &Connection, path: &Path) -> Result<Vec<&'static str>> {
    let done = done(c).map_err(|e| fault(&e, path))?;
    if let Some(done) = &done
        && let Some(unknown) = done.iter().find(|name| STEPS.iter().all(|(step, _)| step != name))
    {
        let problem = format!("the store was made by a newer vanthu ({unknown} is not known here)");
        return Err(Error::new(problem, "update vanthu, or name another store with --db").at(path));
    }
    let Some(done) = done else { return Err(Error::new("this is no store of vanthu", "name another file with --db").at(path)) };
    Ok(STEPS.iter().map(|(name, _)| *name).filter(|name| done.iter().all(|d| d != name)).collect())
}

/// The steps that were done; none where the database is another program's.
fn done(c: &Connection) -> rusqlite::Result<Option<Vec<String>>> {
    let table = |name: &str| c.query_row("SELECT 1 FROM sqlite_master WHERE name = ?1", [name], |_| Ok(())).optional();
    if table("migration")?.is_some() {
        return c.prepare("SELECT name FROM migration ORDER BY name")?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>().map(Some);
    }
    let empty = c.query_row("SELECT count(*) = 0 FROM sqlite_master", [], |row| row.get(0))?;
    Ok(if empty { Some(Vec::new()) } else { None })
}
