//! A document on its way into the store: all that takes time is done before, on any thread.

use super::duty::{Bodies, Duties};
use super::graph::paper_of;
use super::{word, work};
use crate::error::{Error, Result};
use crate::export::{DocumentRecord, HeaderRecord};
use crate::office::Office;
use crate::resolve::Paper;
use crate::task::Reading;
use foldhash::{HashSet, HashSetExt};
use rusqlite::{Connection, params};
use std::cell::RefCell;
use std::io::Read;

/// A document that is ready to be put into the store.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// SHA-256 of the source bytes.
    hash: Vec<u8>,
    pub(super) work: String,
    rules: i64,
    province: Option<&'static str>,
    facts: Facts,
    text_bytes: usize,
    packed: Vec<u8>,
    pub(super) words: Words,
    pub(super) paper: Paper,
    duties: Duties,
}

/// What lists tell of a document.
#[derive(Debug, Clone)]
struct Facts {
    header: HeaderRecord,
    format: String,
    ocr: bool,
    citations: usize,
    tasks: usize,
    questions: usize,
}

/// What a document is found by.
#[derive(Debug, Clone)]
pub(super) struct Words {
    /// Number, subject and issuer without diacritics.
    title: String,
    /// The text without diacritics.
    body: String,
    /// Words with diacritics, each once.
    spellings: String,
}

impl Words {
    fn of(text: &str, header: &HeaderRecord) -> Self {
        let titled = [header.code.as_ref().map(|c| &c.text), header.subject.as_ref(), header.issuer.as_ref().map(|i| &i.name)];
        let title = titled.into_iter().flatten().flat_map(|t| word::words(t)).map(|w| w.plain).collect::<Vec<_>>().join(" ");
        let (body, spellings) = index(text);
        Self { title, body, spellings }
    }

    /// Bytes.
    pub(super) fn len(&self) -> usize {
        self.title.len() + self.body.len() + self.spellings.len()
    }

    pub(super) fn insert(&self, c: &Connection, id: i64) -> rusqlite::Result<()> {
        c.prepare_cached("INSERT INTO word (rowid, title, body) VALUES (?1, ?2, ?3)")?.execute(params![id, self.title, self.body])?;
        c.prepare_cached("INSERT INTO spelling (rowid, word) VALUES (?1, ?2)")?.execute(params![id, self.spellings]).map(|_| ())
    }
}

/// Compression: beyond this level a document gets a tenth smaller and takes twice the time.
const LEVEL: i32 = 3;

thread_local! {
    static COMPRESSOR: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<zstd::zstd_safe::DCtx<'static>> = RefCell::new(zstd::zstd_safe::DCtx::create());
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
        Ok(Self {
            hash: hash_of(&record.id)?,
            work: work::key(&record),
            rules,
            province: work::province(&record),
            text_bytes: text.len(),
            packed: pack(&bytes)?,
            words: Words::of(&text, &record.header),
            paper: paper_of(&record),
            duties,
            facts: Facts {
                format: std::mem::take(&mut record.source.format),
                ocr: record.source.ocr,
                citations: record.citations.len(),
                tasks: record.tasks.len(),
                questions: questions(&record),
                header: record.header,
            },
        })
    }

    /// SHA-256 of the source bytes.
    pub fn hash(&self) -> &[u8] {
        &self.hash
    }

    /// The mark of a classified paper: `mật`, `tối mật` or `tuyệt mật`.
    pub fn secrecy(&self) -> Option<&str> {
        self.facts.header.secrecy.as_deref()
    }

    /// Writes all rows but the words; `id` is the row to write over.
    pub(super) fn insert(&self, c: &Connection, id: Option<i64>, bodies: &mut Bodies) -> rusqlite::Result<i64> {
        let id = self.insert_document(c, id)?;
        c.prepare_cached("INSERT INTO content VALUES (?1, ?2, ?3)")?.execute(params![id, self.text_bytes, self.packed])?;
        self.duties.insert(c, id, bodies)?;
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
        let f = &self.facts;
        let (h, code) = (&f.header, f.header.code.as_ref());
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
            f.format,
            f.ocr,
            f.citations,
            f.tasks,
            f.questions,
        ])?;
        Ok(id.unwrap_or_else(|| c.last_insert_rowid()))
    }
}

/// What a person has to decide: mentions of works that could not be identified.
fn questions(r: &DocumentRecord) -> usize {
    r.citations.iter().filter(|c| c.key.is_none() && !matches!(c.form.as_str(), "self" | "named")).count()
}

fn index(text: &str) -> (String, String) {
    let mut body = String::with_capacity(text.len());
    let mut spellings = HashSet::new();
    let mut spelled = String::new();
    let (mut words, mut word) = (word::Reader::of(text), word::Word::default());
    while words.next_into(&mut word) {
        body.push_str(&word.plain);
        body.push(' ');
        if !word.typed.is_empty() && !spellings.contains(&word.typed) {
            spelled.push_str(&word.typed);
            spelled.push(' ');
            spellings.insert(word.typed.clone());
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
    let record = sonic_rs::from_slice::<DocumentRecord>(&bytes[text_bytes..]).map_err(|e| damaged(&e.to_string()))?;
    bytes.truncate(text_bytes);
    let text = String::from_utf8(bytes).map_err(|e| damaged(&e.to_string()))?;
    Ok(DocumentRecord { text: Some(text), ..record })
}

/// The quotes of the tasks in packed bytes, in their order; the rest of the record is passed over.
pub(super) fn unpack_quotes(packed: &[u8], text_bytes: usize) -> Result<Vec<String>> {
    #[derive(serde::Deserialize)]
    struct Record {
        tasks: Vec<Task>,
    }
    #[derive(serde::Deserialize)]
    struct Task {
        quote: String,
    }
    let bytes = unpacked(packed, text_bytes)?;
    let record = sonic_rs::from_slice::<Record>(&bytes[text_bytes..]).map_err(|e| damaged(&e.to_string()))?;
    Ok(record.tasks.into_iter().map(|t| t.quote).collect())
}

/// The text in packed bytes; what comes after it is not unpacked.
pub(super) fn unpack_text(packed: &[u8], text_bytes: usize) -> Result<String> {
    let bytes = DECOMPRESSOR.with_borrow_mut(|context| {
        context.reset(zstd::zstd_safe::ResetDirective::SessionOnly).map_err(code)?;
        let reader = zstd::stream::read::Decoder::with_context(packed, context);
        let mut bytes = Vec::with_capacity(text_bytes.min(MOST_AT_FIRST));
        reader.take(text_bytes as u64).read_to_end(&mut bytes).map_err(|e| damaged(&e.to_string()))?;
        Ok(bytes)
    })?;
    if bytes.len() < text_bytes {
        return Err(damaged("it is cut short"));
    }
    String::from_utf8(bytes).map_err(|e| damaged(&e.to_string()))
}

/// The length that a damaged store states is not believed beyond this.
const MOST_AT_FIRST: usize = 1 << 24;

fn unpacked(packed: &[u8], text_bytes: usize) -> Result<Vec<u8>> {
    let bytes = DECOMPRESSOR.with_borrow_mut(|context| {
        context.reset(zstd::zstd_safe::ResetDirective::SessionOnly).map_err(code)?;
        let length = zstd::bulk::Decompressor::upper_bound(packed).unwrap_or_default();
        let mut bytes = Vec::with_capacity(length.min(MOST_AT_FIRST));
        zstd::stream::read::Decoder::with_context(packed, context).read_to_end(&mut bytes).map_err(|e| damaged(&e.to_string()))?;
        Ok(bytes)
    })?;
    if text_bytes > bytes.len() { Err(damaged("it is cut short")) } else { Ok(bytes) }
}

fn code(code: usize) -> Error {
    damaged(zstd::zstd_safe::get_error_name(code))
}

fn damaged(what: &str) -> Error {
    Error::new(format!("a record in the store cannot be read ({what})"), "run `vanthu ingest` over the archive again")
}
