//! A document on its way into the store: all that takes time is done before, on any thread.

use super::duty::Duties;
use super::{word, work};
use crate::error::{Error, Result};
use crate::export::DocumentRecord;
use crate::office::Office;
use crate::task::Reading;
use rusqlite::{Connection, params};
use std::cell::RefCell;
use std::collections::HashSet;

/// A document that is ready to be put into the store.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// SHA-256 of the source bytes.
    hash: Vec<u8>,
    pub(super) work: String,
    rules: i64,
    province: Option<&'static str>,
    record: DocumentRecord,
    text_bytes: usize,
    packed: Vec<u8>,
    /// Words of text, subject and issuer without diacritics.
    title: String,
    body: String,
    spellings: String,
    duties: Duties,
}

/// Compression: beyond this level a document gets a tenth smaller and takes twice the time.
const LEVEL: i32 = 3;

thread_local! {
    static COMPRESSOR: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
}

impl Prepared {
    /// Prepares a record that was read with the rules of this fingerprint.
    ///
    /// # Errors
    /// When the record cannot be packed.
    pub fn of(mut record: DocumentRecord, rules: i64) -> Result<Self> {
        let duties = Duties::of(&Reading::of(&record, &Office::default()));
        let text = record.text.take().unwrap_or_default();
        // Where a document was found is no part of it.
        record.source.path.clear();
        let mut bytes = text.clone().into_bytes();
        record.write_json(&mut bytes).map_err(|e| Error::new(format!("the record is no JSON ({e})"), "report this as a fault of the program"))?;
        let (body, spellings) = index(&text);
        let header = &record.header;
        let titled = [header.code.as_ref().map(|c| &c.text), header.subject.as_ref(), header.issuer.as_ref().map(|i| &i.name)];
        let title = titled.into_iter().flatten().flat_map(|t| word::words(t)).map(|w| w.plain).collect::<Vec<_>>().join(" ");
        Ok(Self {
            hash: hash_of(&record.id)?,
            work: work::key(&record),
            rules,
            province: work::province(&record),
            text_bytes: text.len(),
            packed: pack(&bytes)?,
            title,
            body,
            spellings,
            duties,
            record,
        })
    }

    /// SHA-256 of the source bytes.
    pub fn hash(&self) -> &[u8] {
        &self.hash
    }

    /// The mark of a classified paper: `mật`, `tối mật` or `tuyệt mật`.
    pub fn secrecy(&self) -> Option<&str> {
        self.record.header.secrecy.as_deref()
    }

    /// Writes all rows; `id` is the row to write over.
    pub(super) fn insert(&self, c: &Connection, id: Option<i64>) -> rusqlite::Result<i64> {
        let id = self.insert_document(c, id)?;
        c.prepare_cached("INSERT INTO content VALUES (?1, ?2, ?3)")?.execute(params![id, self.text_bytes, self.packed])?;
        c.prepare_cached("INSERT INTO word (rowid, title, body) VALUES (?1, ?2, ?3)")?.execute(params![id, self.title, self.body])?;
        c.prepare_cached("INSERT INTO spelling (rowid, word) VALUES (?1, ?2)")?.execute(params![id, self.spellings])?;
        self.insert_findings(c, id)?;
        self.duties.insert(c, id)?;
        Ok(id)
    }

    fn insert_document(&self, c: &Connection, id: Option<i64>) -> rusqlite::Result<i64> {
        const INSERT: &str = "INSERT INTO document (id, hash, work, rules, code, number, notation, type, issuer_id, issuer, province, date, subject, urgency,
                secrecy, format, ocr, citations, tasks, questions)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
            ON CONFLICT (id) DO UPDATE SET work = excluded.work, rules = excluded.rules, code = excluded.code, number = excluded.number,
                notation = excluded.notation, type = excluded.type, issuer_id = excluded.issuer_id, issuer = excluded.issuer,
                province = excluded.province, date = excluded.date, subject = excluded.subject, urgency = excluded.urgency,
                secrecy = excluded.secrecy, format = excluded.format, ocr = excluded.ocr, citations = excluded.citations, tasks = excluded.tasks,
                questions = excluded.questions";
        let r = &self.record;
        let (h, code) = (&r.header, r.header.code.as_ref());
        c.prepare_cached(INSERT)?.execute(params![
            id,
            self.hash,
            self.work,
            self.rules,
            code.map(|c| &c.text),
            code.and_then(|c| c.number.as_ref()),
            code.map(|c| &c.notation),
            h.document_type.as_ref().map(|t| &t.code),
            h.issuer.as_ref().and_then(|i| i.id.as_ref()),
            h.issuer.as_ref().map(|i| &i.name),
            self.province,
            h.date.as_ref().map(|d| &d.value),
            h.subject,
            h.urgency,
            h.secrecy,
            r.source.format,
            r.source.ocr,
            r.citations.len(),
            r.tasks.len(),
            questions(r),
        ])?;
        Ok(id.unwrap_or_else(|| c.last_insert_rowid()))
    }

    fn insert_findings(&self, c: &Connection, id: i64) -> rusqlite::Result<()> {
        let mut citation = c.prepare_cached("INSERT INTO citation VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        for (i, f) in self.record.citations.iter().enumerate() {
            citation.execute(params![id, i, f.form, f.document_type, f.code.as_ref().map(|c| &c.text), f.date.as_ref().map(|d| &d.value), f.key])?;
        }
        let mut relation = c.prepare_cached("INSERT INTO relation VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for (i, f) in self.record.relations.iter().enumerate() {
            relation.execute(params![id, i, position(&f.source), f.r#type, position(&f.target)])?;
        }
        let mut task = c.prepare_cached("INSERT INTO task VALUES (?1, ?2, ?3, ?4)")?;
        for (i, f) in self.record.tasks.iter().enumerate() {
            task.execute(params![id, i, f.id, f.deadline.as_ref().and_then(|d| d.due.as_ref())])?;
        }
        let mut note = c.prepare_cached("INSERT INTO note VALUES (?1, ?2, ?3)")?;
        for (i, f) in self.record.notes.iter().enumerate() {
            note.execute(params![id, i, f.rule])?;
        }
        Ok(())
    }
}

/// What a person has to decide: mentions of works that could not be identified.
fn questions(r: &DocumentRecord) -> usize {
    r.citations.iter().filter(|c| c.key.is_none() && !matches!(c.form.as_str(), "self" | "named")).count()
}

/// `c7` is at position 6; `self` at none.
fn position(id: &str) -> Option<u32> {
    id.strip_prefix('c')?.parse::<u32>().ok()?.checked_sub(1)
}

fn index(text: &str) -> (String, String) {
    let mut body = String::with_capacity(text.len());
    let mut spellings = HashSet::new();
    let mut spelled = String::new();
    for word in word::words(text) {
        body.push_str(&word.plain);
        body.push(' ');
        if !word.typed.is_empty() && !spellings.contains(&word.typed) {
            spelled.push_str(&word.typed);
            spelled.push(' ');
            spellings.insert(word.typed);
        }
    }
    (body, spelled)
}

/// The bytes of the hash in an id.
pub(super) fn hash_of(id: &str) -> Result<Vec<u8>> {
    let digits = id.strip_prefix("sha256:").unwrap_or_default();
    let bytes: Option<Vec<u8>> = (0..digits.len()).step_by(2).map(|i| u8::from_str_radix(digits.get(i..i + 2)?, 16).ok()).collect();
    bytes.filter(|b| b.len() == 32).ok_or_else(|| Error::new(format!("{id:?} is no id of a document"), "give a record of `vanthu extract`"))
}

fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    COMPRESSOR.with_borrow_mut(|compressor| {
        let made = match compressor.take() {
            Some(made) => Ok(made),
            None => zstd::bulk::Compressor::new(LEVEL),
        };
        made.and_then(|made| compressor.insert(made).compress(bytes))
            .map_err(|e| Error::new(format!("the record cannot be packed ({e})"), "run the same command again"))
    })
}

/// The record in packed bytes.
pub(super) fn unpack(packed: &[u8], text_bytes: usize) -> Result<DocumentRecord> {
    let mut bytes = unpacked(packed, text_bytes)?;
    let record = serde_json::from_slice::<DocumentRecord>(&bytes[text_bytes..]).map_err(|e| damaged(&e.to_string()))?;
    bytes.truncate(text_bytes);
    let text = String::from_utf8(bytes).map_err(|e| damaged(&e.to_string()))?;
    Ok(DocumentRecord { text: Some(text), ..record })
}

/// The text in packed bytes.
pub(super) fn unpack_text(packed: &[u8], text_bytes: usize) -> Result<String> {
    let mut bytes = unpacked(packed, text_bytes)?;
    bytes.truncate(text_bytes);
    String::from_utf8(bytes).map_err(|e| damaged(&e.to_string()))
}

fn unpacked(packed: &[u8], text_bytes: usize) -> Result<Vec<u8>> {
    let bytes = zstd::stream::decode_all(packed).map_err(|e| damaged(&e.to_string()))?;
    if text_bytes > bytes.len() { Err(damaged("it is cut short")) } else { Ok(bytes) }
}

fn damaged(what: &str) -> Error {
    Error::new(format!("a record in the store cannot be read ({what})"), "run `vanthu ingest` over the archive again")
}
