//! The citation graph in the store: written whole, read whole or around one work.

use super::{Store, prepared};
use crate::error::Result;
use crate::export::DocumentRecord;
use crate::graph::{CitationGraph, Direction, Document, Evidence, Kind, Link, MOST_CHANGES, Open, Pieces, Trace, TraceOptions};
use crate::mention::identity::slug;
use crate::resolve::{Conflict, Duty, HeldCopy, Matching, Paper, Work};
use crate::task::CARRIES_ON;
use foldhash::HashSet;
use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// So many records are unpacked at once.
const BATCH: usize = 128;

impl Store {
    /// The papers of the main documents, for the corpus phase: of their duties the ids alone.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn papers(&mut self) -> Result<Vec<Paper>> {
        let mut fresh = std::mem::take(&mut self.fresh);
        let mut papers = Vec::new();
        for ids in self.main_documents()?.chunks(BATCH) {
            let stored = ids.iter().map(|&id| self.stored_paper(id, &mut fresh)).collect::<Result<Vec<_>>>()?;
            let read: Result<Vec<Vec<Paper>>> = stored.into_par_iter().map(Stored::papers).collect();
            for mut paper in read.map_err(|e| e.at(self.path()))?.into_iter().flatten() {
                fresh.share(&mut paper);
                papers.push(paper);
            }
        }
        Ok(papers)
    }

    fn stored_paper(&self, id: i64, fresh: &mut FreshPapers) -> Result<Stored> {
        let paper = match fresh.by_row.remove(&id) {
            Some(paper) => Held::Fresh(Box::new(paper)),
            None => {
                let (text_bytes, bytes) = self.packed(id)?;
                Held::Packed { text_bytes, bytes }
            }
        };
        Ok(Stored { paper, paths: self.sources(id)? })
    }

    /// Writes a graph in place of the one that is there; inside a batch.
    pub(super) fn put_graph(&mut self, graph: &CitationGraph) -> Result<()> {
        self.guarded(|c| {
            for table in ["work", "work_path", "edge", "term", "evidence", "citer", "unresolved", "conflict"] {
                c.execute(&format!("DELETE FROM {table}"), [])?;
            }
            let held = held(c, graph)?;
            put_works(c, graph)?;
            put_edges(c, graph, &held)?;
            put_rest(c, graph, &held)
        })
    }

    /// The whole graph.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn graph(&self) -> Result<CitationGraph> {
        let mut pieces = self.graph_pieces()?;
        self.quote(&mut pieces)?;
        Ok(CitationGraph::of_pieces(pieces))
    }

    fn graph_pieces(&self) -> Result<Pieces> {
        self.guarded(|c| {
            let works = all(c, &format!("SELECT {WORK} FROM work w ORDER BY id"), |r| work(r, 0))?;
            let terms = terms(c)?;
            let documents = all(c, "SELECT hash, path, work FROM citer ORDER BY id", |r| document(r, 0))?;
            let mut evidence: BTreeMap<i64, Vec<Evidence>> = BTreeMap::new();
            let rows = all(c, &format!("SELECT edge, {EVIDENCE} FROM evidence ORDER BY edge, position"), |r| Ok((r.get(0)?, proof(r, 1, &terms)?)))?;
            rows.into_iter().for_each(|(edge, e)| evidence.entry(edge).or_default().push(e));
            let edges = all(c, "SELECT id, source, kind, target FROM edge ORDER BY id", |r| Ok((r.get::<_, i64>(0)?, edge(r, 1)?)))?;
            let links = edges.into_iter().map(|(id, (a, k, b))| (a, b, Link { kind: kind(k), evidence: evidence.remove(&id).unwrap_or_default() }));
            let open = all(c, "SELECT citer, start, end, section, quote, reason, candidates FROM unresolved ORDER BY id", open)?;
            let conflicts: Vec<Conflict> = all(c, "SELECT record FROM conflict ORDER BY key, field", |r| json(r, 0))?;
            Ok(Pieces { works, documents, links: links.collect(), open, conflicts, totals: HashMap::new() })
        })
    }

    /// The works that a user's words may mean, as [`CitationGraph::lookup`].
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn works_named(&self, words: &str) -> Result<Vec<Work>> {
        let path = std::fs::canonicalize(words).map(|p| p.display().to_string()).unwrap_or_else(|_| words.to_owned());
        self.guarded(|c| {
            let by = |sql: &str, value: &str| -> rusqlite::Result<Vec<Work>> {
                let sql = format!("SELECT {WORK} FROM {sql} ORDER BY w.id");
                c.prepare_cached(&sql)?.query_map([value], |r| work(r, 0))?.collect()
            };
            let mut found = by("work w WHERE w.key = ?1", words)?;
            if found.is_empty() {
                found = by("citer c JOIN work w ON w.id = c.work WHERE c.hash = ?1", words)?;
            }
            if found.is_empty() {
                found = by("work_path p JOIN work w ON w.id = p.work WHERE p.path = ?1", &path)?;
            }
            if found.is_empty() {
                found = by("work w WHERE w.code = ?1", &slug(words))?;
            }
            Ok(found)
        })
    }

    /// Traces the work of a key, reading no more of the graph than the trace shows; none where there is no such work.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn trace(&self, key: &str, options: &TraceOptions) -> Result<Option<Trace>> {
        let root: Option<u32> = self.guarded(|c| c.prepare_cached("SELECT id FROM work WHERE key = ?1")?.query_row([key], |r| r.get(0)).optional())?;
        let Some(root) = root else { return Ok(None) };
        let mut pieces = self.guarded(|c| Excerpt { c, options, works: BTreeSet::new(), edges: BTreeSet::new(), totals: HashMap::new() }.around(root))?;
        self.quote(&mut pieces)?;
        let graph = CitationGraph::of_pieces(pieces);
        Ok(graph.work(key).map(|work| graph.trace(work, options)))
    }

    /// The held papers that implement the work of a key at any depth, and its own, as [`crate::task::papers_under`]; reads no more
    /// of the graph than lies under it.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn papers_under(&self, key: &str) -> Result<std::collections::HashSet<String>> {
        let kinds: Vec<String> = CARRIES_ON.map(|k| place(k).to_string()).to_vec();
        let sql = format!(
            "WITH RECURSIVE under (work) AS (SELECT id FROM work WHERE key = ?1
               UNION SELECT e.source FROM under JOIN edge e ON e.target = under.work AND e.kind IN ({}))
             SELECT hash FROM citer WHERE work IN (SELECT work FROM under)",
            kinds.join(",")
        );
        self.guarded(|c| c.prepare_cached(&sql)?.query_map([key], |r| r.get(0))?.collect())
    }

    /// Takes quotes that are not kept beside their places from the texts that they stand in.
    fn quote(&self, pieces: &mut Pieces) -> Result<()> {
        let mut wanted: Vec<(u32, u32, u32, &mut Arc<str>)> = Vec::new();
        for e in pieces.links.iter_mut().flat_map(|(.., link)| &mut link.evidence).filter(|e| e.quote.is_empty()) {
            wanted.push((e.document, e.start, e.end, &mut e.quote));
        }
        for o in pieces.open.iter_mut().filter(|o| o.quote.is_empty() && o.end > 0) {
            wanted.push((o.document, o.start, o.end, &mut o.quote));
        }
        wanted.sort_unstable_by_key(|w| (w.0, w.1, w.2));
        for of_one in wanted.chunk_by_mut(|a, b| a.0 == b.0) {
            let Some(document) = of_one.first().and_then(|w| pieces.documents.get(w.0 as usize)) else { continue };
            // Of a paper that is not in the store the quotes were kept.
            let Some(id) = self.row_of(&document.id)? else { continue };
            let text = self.text(id)?;
            // Where each code point begins, and where the last one ends.
            let points: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            for (_, start, end, quote) in of_one {
                let (Some(&start), Some(&end)) = (points.get(*start as usize), points.get(*end as usize)) else { continue };
                **quote = text.get(start..end).unwrap_or_default().into();
            }
        }
        Ok(())
    }

    /// The row of the document with this id.
    pub(super) fn row_of(&self, id: &str) -> Result<Option<i64>> {
        let Ok(hash) = prepared::hash_of(id) else { return Ok(None) };
        self.guarded(|c| c.prepare_cached("SELECT id FROM document WHERE hash = ?1")?.query_row([hash], |r| r.get(0)).optional())
    }
}

/// What the corpus phase needs of a record: of its duties no more than the ids.
pub(super) fn paper_of(record: &DocumentRecord) -> Paper {
    let mut paper = Paper::of(record);
    paper.tasks.iter_mut().for_each(|t| *t = Duty { id: std::mem::take(&mut t.id), ..Duty::default() });
    paper
}

/// Papers that were put in since the corpus phase, by the rows of their documents: their records need not be unpacked for it.
#[derive(Default)]
pub(super) struct FreshPapers {
    by_row: HashMap<i64, Paper>,
    /// Texts that several papers hold, each once.
    shared: HashSet<Arc<str>>,
}

impl FreshPapers {
    pub(super) fn insert(&mut self, row: i64, mut paper: Paper) {
        self.share(&mut paper);
        self.by_row.insert(row, paper);
    }

    fn share(&mut self, paper: &mut Paper) {
        paper.each_common_text(|text| match self.shared.get(text) {
            Some(known) => *text = known.clone(),
            None => drop(self.shared.insert(text.clone())),
        });
    }
}

/// A document as it is stored.
struct Stored {
    paper: Held,
    paths: Vec<String>,
}

enum Held {
    Fresh(Box<Paper>),
    Packed { text_bytes: usize, bytes: Vec<u8> },
}

impl Stored {
    /// The paper, once more for each further place that it was found in.
    fn papers(self) -> Result<Vec<Paper>> {
        let paper = match self.paper {
            Held::Fresh(paper) => *paper,
            Held::Packed { text_bytes, bytes } => paper_of(&prepared::unpack(&bytes, text_bytes)?),
        };
        let mut paths = self.paths.into_iter().map(Arc::from);
        let first = Paper { path: paths.next().unwrap_or_default(), ..paper };
        let id = first.id.clone();
        Ok(std::iter::once(first).chain(paths.map(|path| Paper { id: id.clone(), path, ..Paper::default() })).collect())
    }
}

/// The part of the graph that a trace needs.
struct Excerpt<'c> {
    c: &'c Connection,
    options: &'c TraceOptions,
    works: BTreeSet<u32>,
    /// Ids of edges.
    edges: BTreeSet<i64>,
    totals: HashMap<(u32, Direction), usize>,
}

impl Excerpt<'_> {
    fn around(mut self, root: u32) -> rusqlite::Result<Pieces> {
        self.works.insert(root);
        let ways = [(self.options.up, Direction::Up), (self.options.down, Direction::Down)];
        for (_, direction) in ways.into_iter().filter(|(wanted, _)| *wanted) {
            self.walk(root, direction)?;
        }
        self.changes()?;
        self.pieces()
    }

    /// The same steps as [`CitationGraph::trace`] takes.
    fn walk(&mut self, root: u32, direction: Direction) -> rusqlite::Result<()> {
        let mut met = BTreeSet::from([root]);
        let mut level = vec![root];
        for _ in 0..self.options.depth {
            let mut next = Vec::new();
            for from in std::mem::take(&mut level) {
                if met.len() >= self.options.most_works {
                    let total = self.neighbours(from, direction, 0)?.1;
                    self.totals.insert((from, direction), total);
                    continue;
                }
                let (near, total) = self.neighbours(from, direction, self.options.most)?;
                self.totals.insert((from, direction), total);
                for to in near {
                    self.works.insert(to);
                    self.between(from, to, direction)?;
                    if met.insert(to) {
                        next.push(to);
                    }
                }
            }
            level = next;
        }
        Ok(())
    }

    /// The first works next to one, and how many there are.
    fn neighbours(&self, from: u32, direction: Direction, most: usize) -> rusqlite::Result<(Vec<u32>, usize)> {
        let (own, other) = ends(direction);
        let sql = format!("SELECT e.{other}, e.kind, w.date, w.key FROM edge e JOIN work w ON w.id = e.{other} WHERE e.{own} = ?1 ORDER BY e.kind, e.{other}");
        let mut select = self.c.prepare_cached(&sql)?;
        let mut rows = select.query([from])?;
        let mut near = Vec::new();
        let mut seen = BTreeSet::new();
        while let Some(row) = rows.next()? {
            let other: u32 = row.get(0)?;
            let wanted = self.options.kinds.is_empty() || self.options.kinds.contains(&kind(row.get(1)?));
            let (date, key): (Option<String>, String) = (row.get(2)?, row.get(3)?);
            if wanted && self.options.is_in_time(date.as_deref(), &key) && seen.insert(other) && near.len() < most {
                near.push(other);
            }
        }
        Ok((near, seen.len()))
    }

    fn between(&mut self, from: u32, to: u32, direction: Direction) -> rusqlite::Result<()> {
        let (source, target) = if direction == Direction::Up { (from, to) } else { (to, from) };
        let mut select = self.c.prepare_cached("SELECT id FROM edge WHERE source = ?1 AND target = ?2")?;
        let ids: Vec<i64> = select.query_map([source, target], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        self.edges.extend(ids);
        Ok(())
    }

    /// What changed the works on the way.
    fn changes(&mut self) -> rusqlite::Result<()> {
        let kinds: Vec<String> = Kind::ALL.iter().enumerate().filter(|(_, k)| k.is_change()).map(|(i, _)| i.to_string()).collect();
        let sql = format!("SELECT id, source FROM edge WHERE target = ?1 AND kind IN ({}) ORDER BY kind, source LIMIT {MOST_CHANGES}", kinds.join(","));
        let mut select = self.c.prepare_cached(&sql)?;
        let mut changers = Vec::new();
        for &work in &self.works {
            let rows = select.query_map([work], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, u32>(1)?)))?;
            for row in rows {
                let (edge, by) = row?;
                self.edges.insert(edge);
                changers.push(by);
            }
        }
        self.works.extend(changers);
        Ok(())
    }

    fn pieces(self) -> rusqlite::Result<Pieces> {
        let mut works = Vec::with_capacity(self.works.len());
        let mut places: HashMap<u32, u32> = HashMap::new();
        let terms = terms(self.c)?;
        let mut select = self.c.prepare_cached(&format!("SELECT {WORK} FROM work w WHERE id = ?1"))?;
        for &id in &self.works {
            places.insert(id, u32::try_from(works.len()).unwrap_or(u32::MAX));
            works.push(select.query_row([id], |r| work(r, 0))?);
        }
        let mut documents = Documents { c: self.c, places: HashMap::new(), list: Vec::new() };
        let mut links = Vec::with_capacity(self.edges.len());
        let mut proofs = self.c.prepare_cached(&format!("SELECT {EVIDENCE} FROM evidence WHERE edge = ?1 ORDER BY position"))?;
        let mut ends = self.c.prepare_cached("SELECT source, kind, target FROM edge WHERE id = ?1")?;
        for &id in &self.edges {
            let (source, k, target) = ends.query_row([id], |r| edge(r, 0))?;
            let (Some(&source), Some(&target)) = (places.get(&source), places.get(&target)) else { continue };
            let mut evidence: Vec<Evidence> = proofs.query_map([id], |r| proof(r, 0, &terms))?.collect::<rusqlite::Result<_>>()?;
            for e in &mut evidence {
                e.document = documents.place(e.document)?;
            }
            links.push((source, target, Link { kind: kind(k), evidence }));
        }
        let totals = self.totals.into_iter().filter_map(|((work, way), n)| Some(((*places.get(&work)?, way), n))).collect();
        Ok(Pieces { works, documents: documents.list, links, totals, ..Pieces::default() })
    }
}

/// Papers that evidence points to, each once.
struct Documents<'c> {
    c: &'c Connection,
    places: HashMap<u32, u32>,
    list: Vec<Document>,
}

impl Documents<'_> {
    fn place(&mut self, citer: u32) -> rusqlite::Result<u32> {
        if let Some(&place) = self.places.get(&citer) {
            return Ok(place);
        }
        let document = self.c.prepare_cached("SELECT hash, path, work FROM citer WHERE id = ?1")?.query_row([citer], |r| document(r, 0))?;
        let place = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        // Places of works are not asked of an excerpt.
        self.list.push(Document { work: 0, ..document });
        self.places.insert(citer, place);
        Ok(place)
    }
}

/// Columns of the near and the far end.
fn ends(direction: Direction) -> (&'static str, &'static str) {
    if direction == Direction::Up { ("source", "target") } else { ("target", "source") }
}

const EVIDENCE: &str = "citer, start, end, section, quote, cue, rule, confidence, part";

fn proof(r: &Row, at: usize, terms: &[Arc<str>]) -> rusqlite::Result<Evidence> {
    let term = |i: Option<usize>| i.and_then(|i| terms.get(i)).cloned();
    let some = |i: usize| r.get::<_, Option<String>>(at + i).map(|s| s.map(Arc::from));
    Ok(Evidence {
        document: r.get(at)?,
        start: r.get(at + 1)?,
        end: r.get(at + 2)?,
        section: some(3)?,
        quote: some(4)?.unwrap_or_default(),
        cue: term(r.get(at + 5)?),
        rule: term(r.get(at + 6)?).unwrap_or_default(),
        confidence: term(r.get(at + 7)?).unwrap_or_default(),
        is_part: r.get(at + 8)?,
    })
}

fn edge(r: &Row, at: usize) -> rusqlite::Result<(u32, usize, u32)> {
    Ok((r.get(at)?, r.get(at + 1)?, r.get(at + 2)?))
}

fn document(r: &Row, at: usize) -> rusqlite::Result<Document> {
    let text = |i: usize| r.get::<_, String>(at + i).map(Arc::from);
    Ok(Document { id: text(0)?, path: text(1)?, work: r.get(at + 2)? })
}

fn open(r: &Row) -> rusqlite::Result<Open> {
    let text = |i: usize| r.get::<_, String>(i).map(Arc::from);
    Ok(Open {
        document: r.get(0)?,
        start: r.get(1)?,
        end: r.get(2)?,
        section: r.get::<_, Option<String>>(3)?.map(Arc::from),
        quote: r.get::<_, Option<String>>(4)?.map(Arc::from).unwrap_or_default(),
        reason: text(5)?,
        candidates: json(r, 6)?,
    })
}

/// The kind at a place in the list of kinds.
pub(super) fn kind(place: usize) -> Kind {
    Kind::ALL.get(place).copied().unwrap_or(Kind::Cites)
}

fn place(kind: Kind) -> usize {
    Kind::ALL.iter().position(|k| *k == kind).unwrap_or_default()
}

fn json<T: DeserializeOwned>(r: &Row, at: usize) -> rusqlite::Result<T> {
    let text: String = r.get(at)?;
    serde_json::from_str(&text).map_err(|e| rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::new(e)))
}

fn written(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}

fn all<T>(c: &Connection, sql: &str, row: impl FnMut(&Row) -> rusqlite::Result<T>) -> rusqlite::Result<Vec<T>> {
    c.prepare_cached(sql)?.query_map([], row)?.collect()
}

/// Columns of a work.
const WORK: &str = "w.key, w.date, w.facts";

/// What is known of a work besides its key and date, as it is stored; the ids of the tasks follow what they begin with.
#[derive(Serialize, Deserialize)]
struct Facts(
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Vec<(String, String)>,
    u32,
    Vec<String>,
    Option<String>,
    Option<Matching>,
    String,
    Vec<String>,
);

impl Facts {
    fn of(w: &Work) -> Self {
        let held = w.held.iter().map(|h| (h.id.clone(), h.path.clone())).collect();
        let (head, tails) = headed(&w.tasks);
        let (code, class, title, issuer) = (w.code.clone(), w.document_type.clone(), w.title.clone(), w.issuer.clone());
        Self(code, class, title, issuer, held, w.mentions, w.brings_in.clone(), w.part_of.clone(), w.matched.clone(), head, tails)
    }

    fn work(self, key: String, date: Option<String>) -> Work {
        let Self(code, document_type, title, issuer, held, mentions, brings_in, part_of, matched, head, tails) = self;
        let held = held.into_iter().map(|(id, path)| HeldCopy { id, path }).collect();
        let tasks = tails.into_iter().map(|tail| format!("{head}{tail}")).collect();
        Work { key, code, document_type, title, date, issuer, held, mentions, brings_in, part_of, matched, tasks }
    }
}

/// What all begin with, up to a colon, and the rest of each.
fn headed(ids: &[String]) -> (String, Vec<String>) {
    let head = ids.first().and_then(|id| id.split_inclusive(':').next()).unwrap_or_default();
    let head = if ids.iter().all(|id| id.starts_with(head)) { head } else { "" };
    (head.to_owned(), ids.iter().map(|id| id[head.len()..].to_owned()).collect())
}

fn work(r: &Row, at: usize) -> rusqlite::Result<Work> {
    Ok(json::<Facts>(r, at + 2)?.work(r.get(at)?, r.get(at + 1)?))
}

/// The words of evidence, by their place.
fn terms(c: &Connection) -> rusqlite::Result<Vec<Arc<str>>> {
    all(c, "SELECT text FROM term ORDER BY id", |r| r.get(0))
}

/// Of each paper of the graph whether its text is in the store.
fn held(c: &Connection, graph: &CitationGraph) -> rusqlite::Result<Vec<bool>> {
    let mut select = c.prepare_cached("SELECT 1 FROM document WHERE hash = ?1")?;
    graph.documents().iter().map(|d| prepared::hash_of(&d.id).map_or(Ok(false), |hash| select.exists([hash]))).collect()
}

/// A quote that its paper's text does not give.
fn kept<'q>(quote: &'q str, document: u32, held: &[bool]) -> Option<&'q str> {
    Some(quote).filter(|_| !held.get(document as usize).copied().unwrap_or_default())
}

fn put_works(c: &Connection, graph: &CitationGraph) -> rusqlite::Result<()> {
    let mut insert = c.prepare_cached("INSERT INTO work VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    let mut path = c.prepare_cached("INSERT OR IGNORE INTO work_path VALUES (?1, ?2)")?;
    for (i, w) in graph.works().iter().enumerate() {
        let code = w.code.as_deref().map(slug);
        insert.execute(params![i, w.key, code, w.date, !w.held.is_empty(), written(&Facts::of(w))?])?;
        for copy in &w.held {
            path.execute(params![copy.path, i])?;
        }
    }
    Ok(())
}

fn put_edges(c: &Connection, graph: &CitationGraph, held: &[bool]) -> rusqlite::Result<()> {
    let all = graph.edges().flat_map(|e| &e.link.evidence);
    let words: BTreeSet<&str> = all.flat_map(|v| [v.cue.as_deref(), Some(&*v.rule), Some(&*v.confidence)]).flatten().collect();
    let mut term = c.prepare_cached("INSERT INTO term VALUES (?1, ?2)")?;
    for (i, word) in words.iter().enumerate() {
        term.execute(params![i, word])?;
    }
    let terms: HashMap<&str, usize> = words.into_iter().enumerate().map(|(i, word)| (word, i)).collect();
    let mut insert = c.prepare_cached("INSERT INTO edge VALUES (?1, ?2, ?3, ?4)")?;
    let mut evidence = c.prepare_cached("INSERT INTO evidence VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")?;
    for (i, e) in graph.edges().enumerate() {
        insert.execute(params![i, e.source, place(e.link.kind), e.target])?;
        for (n, v) in e.link.evidence.iter().enumerate() {
            let (cue, quote) = (v.cue.as_deref().map(|cue| terms[cue]), kept(&v.quote, v.document, held));
            let row = params![i, n, v.document, v.start, v.end, v.section, quote, cue, terms[&*v.rule], terms[&*v.confidence], v.is_part];
            evidence.execute(row)?;
        }
    }
    Ok(())
}

fn put_rest(c: &Connection, graph: &CitationGraph, held: &[bool]) -> rusqlite::Result<()> {
    let mut insert = c.prepare_cached("INSERT INTO citer VALUES (?1, ?2, ?3, ?4)")?;
    for (i, d) in graph.documents().iter().enumerate() {
        insert.execute(params![i, d.id, d.path, d.work])?;
    }
    let mut insert = c.prepare_cached("INSERT INTO unresolved VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
    for (i, o) in graph.open().iter().enumerate() {
        let quote = kept(&o.quote, o.document, held);
        insert.execute(params![i, o.document, o.start, o.end, o.section, quote, o.reason, written(&o.candidates)?])?;
    }
    let mut insert = c.prepare_cached("INSERT INTO conflict VALUES (?1, ?2, ?3)")?;
    for conflict in graph.conflicts() {
        insert.execute(params![conflict.key, conflict.field, written(conflict)?])?;
    }
    Ok(())
}
