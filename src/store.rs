//! The embedded store of an archive: SQLite in one file. Every line of SQL stands here and below.
//!
//! A *file* of the archive holds papers under *sources*; each content is one *document*; documents that are the same
//! work (a plan as DOCX and as PDF) share its key, and one of them, the main one, answers for it.

mod corpus;
mod duty;
mod fault;
mod filter;
mod graph;
mod migrate;
mod place;
mod prepared;
mod progress;
mod search;
mod show;
mod sound;
mod totals;
mod word;
mod work;

pub use filter::Filter;
pub use place::{FileFacts, FileRow, Known};
pub use prepared::Prepared;
pub use progress::{Deed, HistoryRow};
pub use search::Query;
pub use totals::Totals;

use crate::error::{Error, Result};
use crate::export::DocumentRecord;
use duty::Bodies;
use fault::fault;
use graph::FreshPapers;
use prepared::Words;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The fingerprint of the rules of this program: another one reads files anew.
pub fn rules_fingerprint(options: &crate::source::Options) -> i64 {
    let rules = u64::from_str_radix(env!("VANTHU_RULES"), 16).unwrap_or_default();
    (rules ^ u64::from(!options.ocr)) as i64
}

/// A store that is open.
pub struct Store {
    path: PathBuf,
    connection: Connection,
    /// Documents that lost a source; those without any go before the next commit.
    left: Vec<i64>,
    /// Works whose main document is chosen anew before the next commit.
    touched: Vec<String>,
    /// Words that are written before the next commit, together: the index would write each document's alone otherwise.
    words: BTreeMap<i64, Words>,
    /// Their bytes.
    words_len: usize,
    fresh: FreshPapers,
    bodies: Bodies,
}

/// Words of more bytes are written before the batch ends.
const MOST_WORDS: usize = 16 * 1024 * 1024;

/// Pages of 4 kB that wait beside the store before they are moved into it: pages that several batches change are moved once.
const CHECKPOINT: u32 = 8_192;

/// How long another program's commit is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

impl Store {
    /// Opens a store to write, and makes it where there is none.
    ///
    /// # Errors
    /// When the file is no store, is of a newer version, is damaged, or cannot be written.
    pub fn open(path: &Path) -> Result<Self> {
        let mut store = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        store.guarded(|c| {
            c.pragma_update(None, "journal_mode", "wal")?;
            c.pragma_update(None, "synchronous", "normal")?;
            c.pragma_update(None, "wal_autocheckpoint", CHECKPOINT)
        })?;
        migrate::to_newest(&mut store.connection, path)?;
        Ok(store)
    }

    /// Opens a store that is there.
    ///
    /// # Errors
    /// When there is none, or as with [`Store::open`].
    pub fn open_existing(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(Error::new("there is no such store", "make it with `vanthu ingest PATH`, or name another one with --db").at(path));
        }
        match Self::open(path) {
            Err(e) if is_read_only(path) => Self::open_to_read(path).map_err(|_| e),
            opened => opened,
        }
    }

    /// Opens a store on a disk that cannot be written.
    fn open_to_read(path: &Path) -> Result<Self> {
        let uri = format!("file:{}?immutable=1", path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23"));
        let store = Self::connect(Path::new(&uri), OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI)?;
        migrate::check_newest(&store.connection, path)?;
        Ok(Self { path: path.to_owned(), ..store })
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self> {
        let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(|e| fault(&e, path))?;
        let store = Self {
            path: path.to_owned(),
            connection,
            left: Vec::new(),
            touched: Vec::new(),
            words: BTreeMap::new(),
            words_len: 0,
            fresh: FreshPapers::default(),
            bodies: Bodies::default(),
        };
        store.guarded(|c| {
            c.busy_timeout(PATIENCE)?;
            // Statements are planned once, not again for other values: that took a fortieth of an archive run.
            c.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            c.pragma_update(None, "foreign_keys", true)?;
            c.pragma_update(None, "cache_size", -65_536)?;
            c.set_prepared_statement_cache_capacity(128);
            Ok(())
        })?;
        Ok(store)
    }

    /// Where the store is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn guarded<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        work(&self.connection).map_err(|e| fault(&e, &self.path))
    }

    /// Begins a batch: nothing of it is seen by others, or kept when the program dies, until [`Store::commit`].
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn begin(&mut self) -> Result<()> {
        self.guarded(|c| c.execute_batch("BEGIN IMMEDIATE"))
    }

    /// Ends a batch and keeps it.
    ///
    /// # Errors
    /// When the store cannot be written; the batch is then undone.
    pub fn commit(&mut self) -> Result<()> {
        let kept = self.settle().and_then(|()| self.guarded(|c| c.execute_batch("COMMIT")));
        kept.inspect_err(|_| self.undo())
    }

    /// Does work in one batch.
    ///
    /// # Errors
    /// When the work fails, or the store cannot be written; the batch is then undone.
    pub fn in_batch<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.begin()?;
        let done = work(self).inspect_err(|_| self.undo())?;
        self.commit()?;
        Ok(done)
    }

    /// Undoes what was done since [`Store::begin`].
    pub fn undo(&mut self) {
        self.left.clear();
        self.touched.clear();
        self.words.clear();
        self.words_len = 0;
        self.fresh = FreshPapers::default();
        self.bodies = Bodies::default();
        // Nothing can be done where this fails, too: the store undoes the batch when it is opened next.
        let _ = self.connection.execute_batch("ROLLBACK");
    }

    /// Drops documents without a source and chooses the main document of each touched work.
    fn settle(&mut self) -> Result<()> {
        let mut left = std::mem::take(&mut self.left);
        left.sort_unstable();
        left.dedup();
        for document in left {
            let held = self.guarded(|c| c.prepare_cached("SELECT 1 FROM source WHERE document = ?1 LIMIT 1")?.exists([document]))?;
            if !held {
                self.drop_document(document)?;
            }
        }
        let mut touched = std::mem::take(&mut self.touched);
        touched.sort_unstable();
        touched.dedup();
        if !touched.is_empty() {
            self.set_state(corpus::STATE, corpus::STALE)?;
        }
        self.guarded(|c| touched.iter().try_for_each(|work| choose_main(c, work)))?;
        self.write_words()
    }

    /// Writes the words that wait.
    fn write_words(&mut self) -> Result<()> {
        let words = std::mem::take(&mut self.words);
        self.words_len = 0;
        self.guarded(|c| words.iter().try_for_each(|(id, words)| words.insert(c, *id)))
    }

    /// Puts a document in, in place of what was there for the same bytes; its row.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put(&mut self, document: Prepared) -> Result<i64> {
        let known: Option<(i64, String)> = self.guarded(|c| {
            let mut select = c.prepare_cached("SELECT id, work FROM document WHERE hash = ?1")?;
            select.query_row([document.hash()], |row| Ok((row.get(0)?, row.get(1)?))).optional()
        })?;
        if let Some((id, work)) = &known {
            self.clear(*id)?;
            self.touched.push(work.clone());
        }
        self.touched.push(document.work.clone());
        let id = document.insert(&self.connection, known.map(|(id, _)| id), &mut self.bodies).map_err(|e| fault(&e, &self.path))?;
        self.fresh.insert(id, document.paper);
        self.words_len += document.words.len();
        self.words.insert(id, document.words);
        if self.words_len > MOST_WORDS {
            self.write_words()?;
        }
        Ok(id)
    }

    fn drop_document(&mut self, id: i64) -> Result<()> {
        let work: Option<String> = self.guarded(|c| c.prepare_cached("SELECT work FROM document WHERE id = ?1")?.query_row([id], |r| r.get(0)).optional())?;
        self.touched.extend(work);
        self.clear(id)?;
        self.guarded(|c| c.prepare_cached("DELETE FROM document WHERE id = ?1")?.execute([id]).map(|_| ()))
    }

    /// Takes out all that hangs on a document; its own row and its sources stay.
    fn clear(&mut self, id: i64) -> Result<()> {
        let waits = self.words.remove(&id).is_some();
        self.guarded(|c| {
            c.prepare_cached("DELETE FROM content WHERE document = ?1")?.execute([id])?;
            duty::clear(c, id)?;
            for index in ["word", "spelling"].into_iter().filter(|_| !waits) {
                c.prepare_cached(&format!("DELETE FROM {index} WHERE rowid = ?1"))?.execute([id])?;
            }
            Ok(())
        })
    }

    /// Hands on the record of each work's main document, with its first source as path, in the order of these paths;
    /// no classified paper.
    ///
    /// # Errors
    /// When the store is damaged, or what `each` returns.
    pub fn each_record<E: From<Error>>(&self, mut each: impl FnMut(i64, DocumentRecord) -> std::result::Result<(), E>) -> std::result::Result<(), E> {
        for id in self.main_documents()? {
            each(id, self.record(id)?)?;
        }
        Ok(())
    }

    /// The rows of the main documents, in the order of their first paths. Classified papers, which a store holds only on
    /// demand, are not among them.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn main_documents(&self) -> Result<Vec<i64>> {
        const SELECT: &str = "SELECT d.id, (SELECT min(f.path || s.inner) FROM source s JOIN file f ON f.id = s.file WHERE s.document = d.id) AS path
            FROM document d WHERE d.main AND d.secrecy IS NULL ORDER BY path";
        self.guarded(|c| c.prepare_cached(SELECT)?.query_map([], |row| row.get(0))?.collect())
    }

    /// The record of a document, text included, with its first source as path.
    ///
    /// # Errors
    /// When there is no such document, or the store is damaged.
    pub fn record(&self, id: i64) -> Result<DocumentRecord> {
        let (text_bytes, packed) = self.packed(id)?;
        let mut record = prepared::unpack(&packed, text_bytes).map_err(|e| e.at(&self.path))?;
        record.source.path = self.sources(id)?.into_iter().next().unwrap_or_default();
        Ok(record)
    }

    fn packed(&self, id: i64) -> Result<(usize, Vec<u8>)> {
        self.guarded(|c| {
            let mut select = c.prepare_cached("SELECT text_bytes, zstd FROM content WHERE document = ?1")?;
            select.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        })
    }

    /// Where a document was found, sorted.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn sources(&self, id: i64) -> Result<Vec<String>> {
        const SELECT: &str = "SELECT f.path || s.inner AS path FROM source s JOIN file f ON f.id = s.file WHERE s.document = ?1 ORDER BY path";
        self.guarded(|c| c.prepare_cached(SELECT)?.query_map([id], |row| row.get(0))?.collect())
    }

    /// A value that holds for the store as a whole.
    fn state(&self, name: &str) -> Result<Option<String>> {
        self.guarded(|c| c.prepare_cached("SELECT value FROM state WHERE name = ?1")?.query_row([name], |r| r.get(0)).optional())
    }

    fn set_state(&self, name: &str, value: &str) -> Result<()> {
        self.guarded(|c| c.prepare_cached("INSERT OR REPLACE INTO state VALUES (?1, ?2)")?.execute(params![name, value]).map(|_| ()))
    }
}

/// The main document of a work is the one that everybody may see and whose text is surest: not classified, not recognised
/// from images, in the format that says most of its structure, of the smallest hash.
fn choose_main(c: &Connection, work: &str) -> rusqlite::Result<()> {
    const CHOOSE: &str = "SELECT id FROM document WHERE work = ?1 ORDER BY secrecy IS NOT NULL, ocr,
        CASE format WHEN 'docx' THEN 0 WHEN 'odt' THEN 1 WHEN 'doc' THEN 2 WHEN 'rtf' THEN 3 WHEN 'html' THEN 4 WHEN 'pdf' THEN 6 ELSE 5 END, hash LIMIT 1";
    let Some(main) = c.prepare_cached(CHOOSE)?.query_row([work], |row| row.get::<_, i64>(0)).optional()? else { return Ok(()) };
    c.prepare_cached("UPDATE document SET main = (id = ?2) WHERE work = ?1 AND main != (id = ?2)")?.execute(params![work, main])?;
    Ok(())
}

fn is_read_only(path: &Path) -> bool {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::OpenOptions::new().append(true).open(path).is_err() || tempfile::tempfile_in(folder).is_err()
}

#[cfg(test)]
mod tests;
