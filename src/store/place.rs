//! Files of the archive, what they hold, and what of them could not be read.

use super::{Prepared, Store, corpus};
use crate::error::{Cause, Result};
use crate::export::{FAILURE_SCHEMA, FailureRecord};
use rusqlite::{OptionalExtension, params};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

/// A file as it is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFacts {
    /// Full path.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Last change, in nanoseconds since 1970.
    pub mtime: i64,
    /// Fingerprint of the rules that it is read with.
    pub rules: i64,
    /// SHA-256 of its bytes.
    pub hash: Option<Vec<u8>>,
}

/// A file as the store knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its row.
    pub id: i64,
    /// Bytes when it was read.
    pub size: u64,
    /// Last change when it was read.
    pub mtime: i64,
    /// Fingerprint of the rules that it was read with.
    pub rules: i64,
    /// SHA-256 of its bytes.
    pub hash: Option<Vec<u8>>,
    /// Whether something of it could not be read.
    pub failed: bool,
    /// Whether it holds a classified paper that was not stored.
    pub withheld: bool,
}

/// A file that is being put into the store.
#[derive(Debug)]
pub struct FileRow {
    id: i64,
    /// How often each part of it failed before.
    tries: HashMap<String, u32>,
}

impl FileRow {
    /// Its row.
    pub fn id(&self) -> i64 {
        self.id
    }
}

impl Store {
    /// What the store knows of the file at a path.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn known(&self, path: &str) -> Result<Option<Known>> {
        const SELECT: &str = "SELECT id, size, mtime, rules, hash, EXISTS (SELECT 1 FROM failure WHERE file = id),
            EXISTS (SELECT 1 FROM source WHERE file = id AND mark IS NOT NULL AND document IS NULL) FROM file WHERE path = ?1";
        self.guarded(|c| {
            c.prepare_cached(SELECT)?
                .query_row([path], |row| {
                    Ok(Known {
                        id: row.get(0)?,
                        size: row.get(1)?,
                        mtime: row.get(2)?,
                        rules: row.get(3)?,
                        hash: row.get(4)?,
                        failed: row.get(5)?,
                        withheld: row.get(6)?,
                    })
                })
                .optional()
        })
    }

    /// The number of files that the store knows.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn count_files(&self) -> Result<u64> {
        self.guarded(|c| c.query_row("SELECT count(*) FROM file", [], |row| row.get(0)))
    }

    /// A file that was read whole, with these rules, and had the same bytes.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn same_content(&self, hash: &[u8], rules: i64) -> Result<Option<i64>> {
        const SELECT: &str = "SELECT id FROM file WHERE hash = ?1 AND rules = ?2 AND NOT EXISTS (SELECT 1 FROM failure WHERE file = id) LIMIT 1";
        self.guarded(|c| c.prepare_cached(SELECT)?.query_row(params![hash, rules], |row| row.get(0)).optional())
    }

    /// Begins to put a file in; what the store held of it goes. Until [`Store::end_file`] it counts as not read.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn begin_file(&mut self, facts: &FileFacts) -> Result<FileRow> {
        const INSERT: &str = "INSERT INTO file (path, size, mtime, rules) VALUES (?1, ?2, ?3, 0)
            ON CONFLICT (path) DO UPDATE SET size = excluded.size, mtime = excluded.mtime, rules = 0, hash = NULL RETURNING id";
        // A try that was cut short is none.
        const TRIES: &str = "SELECT x.inner, x.tries FROM failure x JOIN file f ON f.id = x.file WHERE f.path = ?1 AND f.rules != 0";
        let tries = self.guarded(|c| c.prepare_cached(TRIES)?.query_map([&facts.path], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())?;
        let id = self.guarded(|c| c.prepare_cached(INSERT)?.query_row(params![facts.path, facts.size, facts.mtime], |row| row.get::<_, i64>(0)))?;
        self.empty_file(id)?;
        Ok(FileRow { id, tries })
    }

    /// All that a file holds is in; `hash` is that of its bytes, none where it holds a classified paper.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn end_file(&mut self, file: &FileRow, facts: &FileFacts, hash: Option<&[u8]>) -> Result<()> {
        self.guarded(|c| c.prepare_cached("UPDATE file SET rules = ?2, hash = ?3 WHERE id = ?1")?.execute(params![file.id, facts.rules, hash]).map(|_| ()))
    }

    /// Forgets what a file holds.
    fn empty_file(&mut self, id: i64) -> Result<()> {
        let held: Vec<i64> = self.guarded(|c| {
            let mut select = c.prepare_cached("SELECT document FROM source WHERE file = ?1 AND document IS NOT NULL")?;
            select.query_map([id], |row| row.get(0))?.collect()
        })?;
        if !held.is_empty() {
            self.set_state(corpus::STATE, corpus::STALE)?;
        }
        self.left.extend(held);
        self.guarded(|c| {
            c.prepare_cached("DELETE FROM source WHERE file = ?1")?.execute([id])?;
            c.prepare_cached("DELETE FROM failure WHERE file = ?1")?.execute([id]).map(|_| ())
        })
    }

    /// Puts a document in that stands in a file; `inner` is empty, or its name inside the file with the `!` before it.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put_paper(&mut self, file: &FileRow, inner: &str, document: Prepared) -> Result<()> {
        let mark = document.secrecy().map(str::to_owned);
        let id = self.put(document)?;
        self.guarded(|c| c.prepare_cached("INSERT OR REPLACE INTO source VALUES (?1, ?2, ?3, ?4)")?.execute(params![file.id, inner, id, mark]).map(|_| ()))
    }

    /// Keeps of a classified paper where it is and its mark, and nothing else.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn withhold(&mut self, file: &FileRow, inner: &str, mark: &str) -> Result<()> {
        self.guarded(|c| c.prepare_cached("INSERT OR REPLACE INTO source VALUES (?1, ?2, NULL, ?3)")?.execute(params![file.id, inner, mark]).map(|_| ()))
    }

    /// Keeps that a file, or something in it, could not be read.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put_failure(&mut self, file: &FileRow, inner: &str, cause: &str, message: &str, remedy: &str) -> Result<()> {
        let tries = file.tries.get(inner).copied().unwrap_or(0) + 1;
        self.guarded(|c| {
            let mut insert = c.prepare_cached("INSERT OR REPLACE INTO failure VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
            insert.execute(params![file.id, inner, cause, message, remedy, tries]).map(|_| ())
        })
    }

    /// Puts a file in that holds the same bytes as another one; its row.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn copy_file(&mut self, facts: &FileFacts, from: i64) -> Result<i64> {
        let file = self.begin_file(facts)?;
        self.guarded(|c| {
            let mut copy = c.prepare_cached("INSERT INTO source SELECT ?1, inner, document, mark FROM source WHERE file = ?2")?;
            copy.execute(params![file.id, from]).map(|_| ())
        })?;
        self.set_state(corpus::STATE, corpus::STALE)?;
        self.end_file(&file, facts, facts.hash.as_deref())?;
        Ok(file.id)
    }

    /// Keeps the new time of a file whose bytes are the same.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn touch_file(&mut self, id: i64, mtime: i64) -> Result<()> {
        self.guarded(|c| c.prepare_cached("UPDATE file SET mtime = ?2 WHERE id = ?1")?.execute(params![id, mtime]).map(|_| ()))
    }

    /// The rows of the file at a path and of those below it.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn rows_below(&self, path: &str) -> Result<Vec<i64>> {
        const SELECT: &str = "SELECT id FROM file WHERE path = ?1 OR (path >= ?2 AND path < ?3)";
        let folder = path.trim_end_matches(std::path::MAIN_SEPARATOR);
        let (first, last) = (format!("{folder}{}", std::path::MAIN_SEPARATOR), format!("{folder}{}", after_separator()));
        self.guarded(|c| c.prepare_cached(SELECT)?.query_map([path, &first, &last], |row| row.get(0))?.collect())
    }

    /// The sizes that files have.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn file_sizes(&self) -> Result<HashSet<u64>> {
        self.guarded(|c| c.prepare_cached("SELECT DISTINCT size FROM file")?.query_map([], |row| row.get(0))?.collect())
    }

    /// How many of these files could not be read, or not all of them.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn count_failed(&self, files: &HashSet<i64>) -> Result<usize> {
        let failed: Vec<i64> = self.guarded(|c| c.prepare_cached("SELECT DISTINCT file FROM failure")?.query_map([], |row| row.get(0))?.collect())?;
        Ok(failed.into_iter().filter(|id| files.contains(id)).count())
    }

    /// Takes a file out, and its documents where no other file holds them.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn remove_file(&mut self, id: i64) -> Result<()> {
        self.empty_file(id)?;
        self.guarded(|c| c.prepare_cached("DELETE FROM file WHERE id = ?1")?.execute([id]).map(|_| ()))
    }

    /// The files of which something could not be read, sorted.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn failed_files(&self) -> Result<Vec<PathBuf>> {
        let paths = self.column("SELECT DISTINCT f.path FROM failure x JOIN file f ON f.id = x.file ORDER BY f.path")?;
        Ok(paths.into_iter().map(PathBuf::from).collect())
    }

    /// Everything that could not be read, in the order of the paths.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn failures(&self) -> Result<Vec<FailureRecord>> {
        const SELECT: &str = "SELECT f.path || x.inner AS path, cause, message, remedy, tries FROM failure x JOIN file f ON f.id = x.file ORDER BY path";
        self.guarded(|c| {
            c.prepare_cached(SELECT)?
                .query_map([], |row| {
                    Ok(FailureRecord {
                        schema: FAILURE_SCHEMA.to_owned(),
                        path: row.get(0)?,
                        cause: Cause::named(row.get_ref(1)?.as_str()?).unwrap_or(Cause::Refused),
                        problem: row.get(2)?,
                        remedy: row.get(3)?,
                        tries: row.get(4)?,
                    })
                })?
                .collect()
        })
    }
}

/// The character after the one that parts folders: what is below a folder sorts before it.
fn after_separator() -> char {
    char::from(std::path::MAIN_SEPARATOR as u8 + 1)
}
