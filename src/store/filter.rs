//! Which documents are asked for.

use super::{Store, word};
use crate::error::{Error, Result};
use crate::export::{LISTED_SCHEMA, ListedRecord};
use crate::lexicon::lexicon;
use rusqlite::{Row, named_params};

/// What documents must fit; an empty filter is fit by all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Code or name of a type: `KH`, `ke hoach`.
    pub document_type: Option<String>,
    /// Words of the issuer's name, with or without diacritics.
    pub issuer: Option<String>,
    /// Not before this date, EDTF.
    pub since: Option<String>,
    /// Not after this date, EDTF.
    pub until: Option<String>,
    /// Part of a source's path.
    pub source: Option<String>,
    /// Whether classified papers are told like others.
    pub include_classified: bool,
}

/// Columns of a listed document `d`, and the condition that a filter makes; both are fixed texts.
pub(super) const LISTED: &str = "d.hash, d.work, d.code, d.type, d.issuer, d.date, d.subject, d.secrecy, d.citations, d.tasks,
    (SELECT json_group_array(path) FROM (SELECT f.path || s.inner AS path FROM document v
        JOIN source s ON s.document = v.id JOIN file f ON f.id = s.file WHERE v.work = d.work ORDER BY path))";
pub(super) const FITS: &str = "(:types IS NULL OR d.type IN (SELECT value FROM json_each(:types)))
    AND (:issuers IS NULL OR d.issuer IN (SELECT value FROM json_each(:issuers)))
    AND (:since IS NULL OR d.date >= substr(:since, 1, length(d.date)))
    AND (:until IS NULL OR substr(d.date, 1, length(:until)) <= :until)
    AND (:source IS NULL OR EXISTS (SELECT 1 FROM document v JOIN source s ON s.document = v.id JOIN file f ON f.id = s.file
        WHERE v.work = d.work AND instr(f.path || s.inner, :source)))
    AND (:classified OR d.secrecy IS NULL)";

/// A filter with its words looked up in a store.
pub(super) struct Fitting {
    pub types: Option<String>,
    pub issuers: Option<String>,
}

impl Store {
    /// The documents that fit a filter, the newest first: one for each work. Classified papers come last, with path and
    /// mark alone, where they are not asked for.
    ///
    /// # Errors
    /// When no document has such a type, or the store is damaged.
    pub fn list(&self, filter: &Filter, limit: usize) -> Result<Vec<ListedRecord>> {
        let sql = format!("SELECT {LISTED} FROM document d WHERE d.main AND {FITS} ORDER BY d.date DESC, d.work LIMIT :limit");
        let fitting = self.fitting(filter)?;
        let mut listed: Vec<ListedRecord> = self.guarded(|c| {
            let parameters = named_params! { ":types": fitting.types, ":issuers": fitting.issuers, ":since": filter.since, ":until": filter.until,
            ":source": filter.source, ":classified": filter.include_classified, ":limit": limit };
            c.prepare_cached(&sql)?.query_map(parameters, listed)?.collect()
        })?;
        let is_open = filter.document_type.is_none() && filter.issuer.is_none() && filter.since.is_none() && filter.until.is_none();
        if is_open {
            listed.extend(self.withheld(filter, limit.saturating_sub(listed.len()))?);
        }
        Ok(listed)
    }

    fn withheld(&self, filter: &Filter, limit: usize) -> Result<Vec<ListedRecord>> {
        const SELECT: &str = "SELECT f.path || s.inner AS path, s.mark FROM source s JOIN file f ON f.id = s.file
            WHERE s.mark IS NOT NULL AND (s.document IS NULL OR NOT ?1) AND (?2 IS NULL OR instr(f.path || s.inner, ?2)) ORDER BY path LIMIT ?3";
        self.guarded(|c| {
            let record = |row: &Row<'_>| Ok(withheld(row.get(0)?, row.get(1)?));
            c.prepare_cached(SELECT)?.query_map(rusqlite::params![filter.include_classified, filter.source, limit], record)?.collect()
        })
    }

    /// Looks up what a filter names.
    pub(super) fn fitting(&self, filter: &Filter) -> Result<Fitting> {
        let plain = |s: &str| word::words(s).map(|w| w.plain).collect::<Vec<_>>();
        let types = match &filter.document_type {
            None => None,
            Some(asked) => {
                let asked_words = plain(asked);
                let has = |code: &String| plain(code) == asked_words || lexicon().type_name(code).is_some_and(|name| plain(&name) == asked_words);
                let held: Vec<String> = self.column("SELECT DISTINCT type FROM document WHERE type IS NOT NULL ORDER BY type")?;
                let found: Vec<&String> = held.iter().filter(|code| has(code)).collect();
                if found.is_empty() {
                    let problem = format!("no document of the type {asked:?} is here");
                    return Err(Error::new(problem, format!("the types here are {}", held.join(", "))).at(self.path()));
                }
                Some(json(&found))
            }
        };
        let issuers = match &filter.issuer {
            None => None,
            Some(asked) => {
                let asked_words = plain(asked);
                let held: Vec<String> = self.column("SELECT DISTINCT issuer FROM document WHERE issuer IS NOT NULL ORDER BY issuer")?;
                Some(json(
                    &held.iter().filter(|name| !asked_words.is_empty() && plain(name).windows(asked_words.len()).any(|w| w == asked_words)).collect::<Vec<_>>(),
                ))
            }
        };
        Ok(Fitting { types, issuers })
    }

    pub(super) fn column(&self, sql: &str) -> Result<Vec<String>> {
        self.guarded(|c| c.prepare_cached(sql)?.query_map([], |row| row.get(0))?.collect())
    }
}

pub(super) fn json(list: &[&String]) -> String {
    serde_json::to_string(list).unwrap_or_default()
}

fn withheld(path: String, mark: String) -> ListedRecord {
    ListedRecord {
        schema: LISTED_SCHEMA.to_owned(),
        id: None,
        work: None,
        code: None,
        document_type: None,
        issuer: None,
        date: None,
        subject: None,
        secrecy: Some(mark),
        citations: 0,
        tasks: 0,
        sources: vec![path],
    }
}

/// The record of a row of the columns [`LISTED`].
pub(super) fn listed(row: &Row<'_>) -> rusqlite::Result<ListedRecord> {
    let sources: String = row.get(10)?;
    Ok(ListedRecord {
        schema: LISTED_SCHEMA.to_owned(),
        id: Some(format!("sha256:{}", hex(&row.get::<_, Vec<u8>>(0)?))),
        work: row.get(1)?,
        code: row.get(2)?,
        document_type: row.get(3)?,
        issuer: row.get(4)?,
        date: row.get(5)?,
        subject: row.get(6)?,
        secrecy: row.get(7)?,
        citations: row.get(8)?,
        tasks: row.get(9)?,
        sources: serde_json::from_str(&sources).unwrap_or_default(),
    })
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
