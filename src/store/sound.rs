//! Whether a store is sound, and whether two hold the same.

use super::Store;
use super::filter::hex;
use crate::error::Result;
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

/// All that a store holds, without the numbers of its rows, in an order that does not hang on them.
const CONTENT: &[&str] = &[
    "SELECT path, size, mtime, rules, hash FROM file ORDER BY path",
    "SELECT hash, work, main, rules, code, number, notation, type, issuer_id, issuer, province, date, subject, urgency, secrecy, format, ocr, citations,
        tasks, questions FROM document ORDER BY hash",
    "SELECT d.hash, x.text_bytes, x.zstd FROM content x JOIN document d ON d.id = x.document ORDER BY d.hash",
    "SELECT f.path, s.inner, d.hash, s.mark FROM source s JOIN file f ON f.id = s.file LEFT JOIN document d ON d.id = s.document ORDER BY f.path, s.inner",
    "SELECT f.path, x.inner, x.cause, x.message, x.remedy, x.tries FROM failure x JOIN file f ON f.id = x.file ORDER BY f.path, x.inner",
    "SELECT d.hash, x.position, x.task, x.due, x.rhythm, x.mark FROM duty x JOIN document d ON d.id = x.document ORDER BY d.hash, x.position",
    "SELECT d.hash, x.position, p.role, b.record FROM duty_party p JOIN body b ON b.id = p.body JOIN duty x ON x.id = p.duty
        JOIN document d ON d.id = x.document ORDER BY d.hash, x.position, p.role, b.record",
    "SELECT d.hash, x.moves, x.key, x.code FROM deadline_tie x JOIN document d ON d.id = x.document ORDER BY d.hash, x.moves, x.key, x.code",
    "SELECT d.hash, o.hash FROM deadline_from x JOIN document d ON d.id = x.document JOIN document o ON o.id = x.other ORDER BY d.hash, o.hash",
    "SELECT task, occurrence, progress, done_on, assignee, mark FROM task_state ORDER BY task, occurrence",
    "SELECT task, occurrence, at, deed, value FROM task_history ORDER BY id",
    "SELECT term, doc, cnt FROM temp.word_terms ORDER BY term",
    "SELECT term, doc FROM temp.spelling_terms ORDER BY term",
    "SELECT name, value FROM state ORDER BY name",
    // Ids of what is concluded are places in the order of keys.
    "SELECT * FROM work ORDER BY id",
    "SELECT * FROM work_path ORDER BY path, work",
    "SELECT * FROM edge ORDER BY id",
    "SELECT * FROM term ORDER BY id",
    "SELECT * FROM evidence ORDER BY edge, position",
    "SELECT * FROM citer ORDER BY id",
    "SELECT * FROM unresolved ORDER BY id",
    "SELECT * FROM conflict ORDER BY key, field",
];

impl Store {
    /// What is wrong with the store; nothing where it is sound.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn faults(&self) -> Result<Vec<String>> {
        let mut faults: Vec<String> = self.column("PRAGMA integrity_check")?;
        faults.retain(|fault| fault != "ok");
        faults.extend(self.column("SELECT \"table\" || ' has a row that belongs to nothing' FROM pragma_foreign_key_check")?);
        faults.extend(self.column("SELECT 'a document has no source' FROM document d WHERE NOT EXISTS (SELECT 1 FROM source s WHERE s.document = d.id)")?);
        faults.extend(self.column("SELECT work || ' has not one main document' FROM document GROUP BY work HAVING sum(main) != 1")?);
        let indexed = "SELECT 'the index of words does not fit the documents' WHERE (SELECT count(*) FROM document) != (SELECT count(*) FROM word)";
        faults.extend(self.column(indexed)?);
        Ok(faults)
    }

    /// A hash of all that the store holds: the same for the same archive, in whatever order and runs it was read.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn content_hash(&self) -> Result<String> {
        self.guarded(|c| {
            c.execute_batch(
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word_terms USING fts5vocab('main', 'word', 'row');
                 CREATE VIRTUAL TABLE IF NOT EXISTS temp.spelling_terms USING fts5vocab('main', 'spelling', 'row');",
            )?;
            let mut hash = Sha256::new();
            for sql in CONTENT {
                let mut select = c.prepare(sql)?;
                let columns = select.column_count();
                let mut rows = select.query([])?;
                while let Some(row) = rows.next()? {
                    for i in 0..columns {
                        add(&mut hash, row.get_ref(i)?);
                    }
                }
            }
            Ok(hex(&hash.finalize()))
        })
    }
}

fn add(hash: &mut Sha256, value: ValueRef<'_>) {
    let (kind, bytes): (u8, Vec<u8>) = match value {
        ValueRef::Null => (0, Vec::new()),
        ValueRef::Integer(i) => (1, i.to_le_bytes().to_vec()),
        ValueRef::Real(r) => (2, r.to_le_bytes().to_vec()),
        ValueRef::Text(t) => (3, t.to_vec()),
        ValueRef::Blob(b) => (4, b.to_vec()),
    };
    hash.update([kind]);
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}
