//! What a store knows of one document.

use super::filter::{LISTED, hex, json, listed};
use super::{Store, word};
use crate::error::{Error, Result};
use crate::export::{CARD_SCHEMA, CardRecord, ListedRecord, MentionRecord};
use rusqlite::{OptionalExtension, params};

/// What an error names of several documents.
const MOST_NAMED: usize = 20;

impl Store {
    /// The document that a person names: by number and symbol (`129/KH-UBND`, `129/kh-ubnd`), by the key of its work, by
    /// its id or the beginning of it, or by the path of a source.
    ///
    /// # Errors
    /// When there is none, when there are several (they are named), when it is classified and these are not asked for, or
    /// when the store is damaged.
    pub fn find_document(&self, name: &str, include_classified: bool) -> Result<i64> {
        let mut found = self.named(name)?;
        found.sort_unstable();
        found.dedup();
        match found[..] {
            [] => {
                let remedy = "`vanthu list` shows what is here, `vanthu search` looks into the texts";
                Err(Error::new(format!("no document is called {name:?}"), remedy).at(self.path()))
            }
            [id] => {
                let document = self.listed(id)?;
                match document.secrecy.filter(|_| !include_classified) {
                    None => Ok(id),
                    Some(mark) => Err(Error::new(format!("{} is marked {mark}", document.sources.join(", ")), "pass --include-classified to see it")),
                }
            }
            _ => Err(self.several(name, &found)?),
        }
    }

    fn named(&self, name: &str) -> Result<Vec<i64>> {
        let ids =
            |sql: &str, value: &str| self.guarded(|c| c.prepare_cached(sql)?.query_map([value], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>());
        let hash = name.strip_prefix("sha256:").unwrap_or(name).to_lowercase();
        let is_hash = hash.len() >= 8 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        if name.starts_with("vn/") || name.starts_with("?/") {
            return ids("SELECT id FROM document WHERE work = ?1 AND main", name);
        }
        if is_hash {
            let found = ids("SELECT id FROM document WHERE lower(hex(hash)) LIKE ?1 || '%'", &hash)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        let path = std::fs::canonicalize(name).map(|p| p.display().to_string()).unwrap_or_else(|_| name.to_owned());
        let found = ids("SELECT s.document FROM source s JOIN file f ON f.id = s.file WHERE f.path || s.inner = ?1 AND s.document IS NOT NULL", &path)?;
        if !found.is_empty() {
            return Ok(found);
        }
        self.of_code(name)
    }

    /// Documents whose number and symbol is this one, whatever its case and diacritics; or whose number alone is.
    fn of_code(&self, name: &str) -> Result<Vec<i64>> {
        let plain = |s: &str| word::words(s).map(|w| w.plain).collect::<Vec<_>>();
        let asked = plain(name);
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let phrase = format!("title : \"{}\"", asked.join(" "));
        let rows: Vec<(i64, String, Option<String>)> = self.guarded(|c| {
            let mut select = c.prepare_cached(
                "SELECT d.id, d.code, d.number FROM word JOIN document d ON d.id = word.rowid WHERE word MATCH ?1 AND d.main AND d.code IS NOT NULL",
            )?;
            select.query_map([&phrase], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
        })?;
        let whole: Vec<i64> = rows.iter().filter(|(_, code, _)| plain(code) == asked).map(|(id, ..)| *id).collect();
        if !whole.is_empty() {
            return Ok(whole);
        }
        Ok(rows.iter().filter(|(_, _, number)| number.as_deref().is_some_and(|n| plain(n) == asked)).map(|(id, ..)| *id).collect())
    }

    fn several(&self, name: &str, found: &[i64]) -> Result<Error> {
        let mut lines = Vec::new();
        for id in found.iter().take(MOST_NAMED) {
            let document = self.listed(*id)?;
            let parts = [document.work, document.issuer, document.date, document.subject];
            lines.push(format!("\n  {}", parts.into_iter().flatten().collect::<Vec<_>>().join("  ")));
        }
        lines.sort();
        let more = if found.len() > MOST_NAMED { "\n  …" } else { "" };
        Ok(Error::new(format!("{} documents are called {name:?}", found.len()), format!("name one by its key:{}{more}", lines.concat())).at(self.path()))
    }

    /// A document as lists show it.
    pub(super) fn listed(&self, id: i64) -> Result<ListedRecord> {
        let sql = format!("SELECT {LISTED} FROM document d WHERE d.id = ?1");
        self.guarded(|c| c.prepare_cached(&sql)?.query_row([id], listed))
    }

    /// All that the store knows of a document.
    ///
    /// # Errors
    /// When there is no such document, or the store is damaged.
    pub fn card(&self, id: i64, include_classified: bool) -> Result<CardRecord> {
        let work: String = self.guarded(|c| c.prepare_cached("SELECT work FROM document WHERE id = ?1")?.query_row([id], |row| row.get(0)))?;
        let versions: Vec<Vec<u8>> = self.guarded(|c| {
            c.prepare_cached("SELECT hash FROM document WHERE work = ?1 AND id != ?2 ORDER BY hash")?.query_map(params![work, id], |row| row.get(0))?.collect()
        })?;
        let versions: Vec<String> = versions.iter().map(|hash| format!("sha256:{}", hex(hash))).collect();
        let mut document = self.record(id)?;
        document.text = None;
        let ids: Vec<&String> = versions.iter().chain([&document.id]).collect();
        Ok(CardRecord {
            schema: CARD_SCHEMA.to_owned(),
            sources: self.listed(id)?.sources,
            mentions: self.mentions(&work, &json(&ids), include_classified)?,
            versions,
            work,
            document,
        })
    }

    /// What documents do with a work, by relation, the oldest document first. The graph may have another key for it than
    /// its own paper gives; `ids` are those of its documents.
    fn mentions(&self, work: &str, ids: &str, include_classified: bool) -> Result<Vec<MentionRecord>> {
        const SELECT: &str = "SELECT c.hash, e.kind, min(v.start) FROM work w JOIN edge e ON e.target = w.id JOIN evidence v ON v.edge = e.id
                JOIN citer c ON c.id = v.citer AND c.work = e.source
                WHERE w.id IN (SELECT id FROM work WHERE key = ?1 UNION SELECT work FROM citer WHERE hash IN (SELECT value FROM json_each(?2)))
                GROUP BY c.id, e.kind";
        let rows: Vec<(String, usize, usize)> =
            self.guarded(|c| c.prepare_cached(SELECT)?.query_map([work, ids], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect())?;
        let mut mentions = Vec::new();
        for (hash, kind, start) in rows {
            let Some(id) = self.row_of(&hash)? else { continue };
            let (document, record) = (self.listed(id)?, self.record(id)?);
            let citation = record.citations.into_iter().find(|c| c.span.start == start);
            let relation = super::graph::kind(kind).name().to_owned();
            mentions.extend(citation.map(|citation| MentionRecord { relation, document, citation }));
        }
        mentions.retain(|m| include_classified || m.document.secrecy.is_none());
        let order = |m: &MentionRecord| (m.relation.clone(), m.document.date.clone(), m.document.work.clone());
        mentions.sort_by_cached_key(order);
        Ok(mentions)
    }

    /// The source and name of the held document that is a work.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn held(&self, work: &str) -> Result<Option<ListedRecord>> {
        let sql = format!("SELECT {LISTED} FROM document d WHERE d.work = ?1 AND d.main");
        self.guarded(|c| c.prepare_cached(&sql)?.query_row([work], listed).optional())
    }
}
