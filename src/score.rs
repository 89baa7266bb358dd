//! What was found against what was marked by hand.
//!
//! Marked documents are JSON files that hold quotes and values, no offsets; `corpus/README.md` says how they are
//! marked. Comparison folds case, tone marks, punctuation and the usual abbreviations, and nothing else.

mod gold;

use crate::error::{Error, Result};
use crate::export::{CitationRecord, DocumentRecord, PartyRecord, TaskRecord};
use crate::pipeline::{self, Input, Outcome};
use crate::source::Options;
use gold::{Cited, Gold, Task};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// Right, spurious and missed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Found and marked.
    pub right: usize,
    /// Found, not marked.
    pub spurious: usize,
    /// Marked, not found.
    pub missed: usize,
}

impl Count {
    /// Share of what was found that is right.
    pub fn precision(self) -> f64 {
        share(self.right, self.right + self.spurious)
    }

    /// Share of what was marked that was found.
    pub fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    /// Harmonic mean of both.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Right and wrong readings of one field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Accuracy {
    /// Read as marked.
    pub right: usize,
    /// Compared.
    pub of: usize,
}

impl Accuracy {
    fn add(&mut self, ok: bool) {
        self.of += 1;
        self.right += usize::from(ok);
    }
}

/// The comparison of a folder.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// Marked documents.
    pub documents: usize,
    /// Documents that could not be read.
    pub failed: usize,
    /// Citations, relations, tasks, and tasks with leads, cooperators and deadline all right.
    pub counts: BTreeMap<&'static str, Count>,
    /// Fields that are right or wrong.
    pub fields: BTreeMap<&'static str, Accuracy>,
    /// Right and spurious findings of each rule.
    pub rules: BTreeMap<String, Count>,
    /// For citations, relations, tasks and fields of the header, how many of each confidence are right. A citation is right
    /// with its code, a relation with its type, a task with its leads.
    pub confidence: BTreeMap<&'static str, BTreeMap<String, Accuracy>>,
    /// Every difference: document, kind, what.
    pub differences: Vec<Difference>,
}

/// One difference between found and marked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Difference {
    /// Marked document.
    pub document: String,
    /// What kind of difference.
    pub kind: &'static str,
    /// The value.
    pub what: String,
}

/// Compares all marked documents of a folder; their paths start from `docs`.
///
/// # Errors
/// When the folder or a marked file cannot be read; a document that fails is counted.
pub fn folder(dir: &Path, docs: &Path) -> Result<Report> {
    folder_by(dir, docs, |inputs, each| {
        inputs.iter().for_each(|input| each(input, pipeline::read(input, &Options::default())));
        Ok(())
    })
}

/// The same with other means to read: `read` hands on what becomes of each input, as [`pipeline::run`] does. An input that
/// holds several papers fails: the marks are of one.
///
/// # Errors
/// As for [`folder`], and what `read` returns.
pub fn folder_by<E: From<Error>>(
    dir: &Path,
    docs: &Path,
    read: impl FnOnce(&[Input], &mut dyn FnMut(&Input, Outcome)) -> std::result::Result<(), E>,
) -> std::result::Result<Report, E> {
    let listing = std::fs::read_dir(dir).map_err(|e| Error::new(format!("the folder cannot be listed ({e})"), "check the path").at(dir))?;
    let mut files: Vec<_> = listing.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
    files.sort();
    let golds = files.iter().map(|file| gold::read(file)).collect::<Result<Vec<_>>>()?;
    let inputs: Vec<Input> = golds.iter().map(|gold| Input::File(docs.join(&gold.file))).collect();
    let mut outcomes: Vec<Vec<Outcome>> = inputs.iter().map(|_| Vec::new()).collect();
    read(&inputs, &mut |input, outcome| {
        if let Some(place) = inputs.iter().position(|i| std::ptr::eq(i, input)) {
            outcomes[place].push(outcome);
        }
    })?;
    let mut report = Report::default();
    for ((file, gold), mut papers) in files.iter().zip(&golds).zip(outcomes) {
        let name = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        report.documents += 1;
        let paper = papers.pop().filter(|_| papers.is_empty());
        match paper.unwrap_or_else(|| Err(Error::new("the file holds several papers", "mark one of them by its name").at(&docs.join(&gold.file)))) {
            Ok(record) => Scorer { report: &mut report, document: name }.compare(gold, &record),
            Err(e) => {
                report.failed += 1;
                report.differences.push(Difference { document: name, kind: "no record", what: e.to_string() });
            }
        }
    }
    Ok(report)
}

impl Report {
    /// The figures as a table for people.
    pub fn table(&self, verbose: bool) -> String {
        let mut out = String::new();
        if verbose {
            for d in &self.differences {
                let _ = writeln!(out, "{}: {}: {}", d.document, d.kind, d.what);
            }
        }
        let _ = writeln!(out, "{} documents, {} not read", self.documents, self.failed);
        for (kind, c) in &self.counts {
            let _ = writeln!(
                out,
                "{kind:<16} right {:>5}  missed {:>4}  spurious {:>4}  precision {:.4}  recall {:.4}  F1 {:.4}",
                c.right,
                c.missed,
                c.spurious,
                c.precision(),
                c.recall(),
                c.f1()
            );
        }
        for (field, a) in &self.fields {
            let _ = writeln!(out, "{field:<16} right {:>5}  of {:>5}  {:.4}", a.right, a.of, share(a.right, a.of));
        }
        let _ = writeln!(out, "by confidence");
        for (kind, levels) in &self.confidence {
            for (level, a) in ["high", "medium", "low"].iter().filter_map(|l| Some((l, levels.get(*l)?))) {
                let _ = writeln!(out, "  {kind:<11} {level:<7} right {:>5}  of {:>5}  {:.4}", a.right, a.of, share(a.right, a.of));
            }
        }
        let _ = writeln!(out, "by rule");
        for (rule, c) in &self.rules {
            let _ = writeln!(out, "  {rule:<30} right {:>5}  spurious {:>4}", c.right, c.spurious);
        }
        out
    }
}

/// Abbreviations that are the same as their long forms.
const LONG: [(&str, &str); 12] = [
    ("ubmttqvn", "uy ban mat tran to quoc viet nam"),
    ("mttqvn", "mat tran to quoc viet nam"),
    ("ubnd", "uy ban nhan dan"),
    ("hdnd", "hoi dong nhan dan"),
    ("gd&dt", "giao duc va dao tao"),
    ("gddt", "giao duc va dao tao"),
    ("bch", "ban chap hanh"),
    ("xhht", "xa hoi hoc tap"),
    ("bcd", "ban chi dao"),
    ("tp", "thanh pho"),
    ("tx", "thi xa"),
    ("qg", "quoc gia"),
];

/// Without case, marks, punctuation and common abbreviations.
fn fold(s: &str) -> String {
    let plain: String = s
        .nfd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'đ' | 'ð' => 'd',
            c if c.is_ascii_alphanumeric() || c == '&' => c,
            _ => ' ',
        })
        .collect();
    let words = plain.split(' ').filter(|w| !w.is_empty());
    let long: Vec<&str> = words.map(|w| LONG.iter().find(|(short, _)| *short == w).map_or(w, |(_, l)| l)).collect();
    long.join(" ").replace('&', " ").split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

fn fold_party(s: &str) -> String {
    let folded = fold(s);
    let bare = ["cac ", "tat ca cac ", "toan the cac "].iter().find_map(|p| folded.strip_prefix(p));
    bare.unwrap_or(&folded).to_owned()
}

fn fold_code(s: &str) -> String {
    s.nfc().map(|c| if c == 'Ð' { 'Đ' } else { c }).filter(|c| !c.is_whitespace()).collect()
}

struct Scorer<'a> {
    report: &'a mut Report,
    document: String,
}

impl Scorer<'_> {
    fn compare(&mut self, gold: &Gold, record: &DocumentRecord) {
        self.header(gold, record);
        self.citations(&gold.citations, record);
        self.relations(gold, record);
        self.tasks(&gold.tasks, record);
    }

    fn differ(&mut self, kind: &'static str, what: String) {
        self.report.differences.push(Difference { document: self.document.clone(), kind, what });
    }

    fn field(&mut self, name: &'static str, ok: bool) {
        self.report.fields.entry(name).or_default().add(ok);
    }

    fn sure(&mut self, kind: &'static str, confidence: &str, right: bool) {
        self.report.confidence.entry(kind).or_default().entry(confidence.to_owned()).or_default().add(right);
    }

    fn rule(&mut self, rule: &str, right: bool) {
        let count = self.report.rules.entry(rule.to_owned()).or_default();
        if right { count.right += 1 } else { count.spurious += 1 }
    }

    fn header(&mut self, gold: &Gold, record: &DocumentRecord) {
        let h = &record.header;
        for (name, want) in &gold.header {
            let got: serde_json::Value = match name.as_str() {
                "type" => h.document_type.as_ref().map(|t| t.code.clone()).into(),
                "number" => h.code.as_ref().and_then(|c| c.number.clone()).into(),
                "notation" => h.code.as_ref().map(|c| c.notation.clone()).into(),
                "place" => h.place.clone().into(),
                "date" => h.date.as_ref().map(|d| d.value.clone()).into(),
                "date_precision" => h.date.as_ref().map(|d| d.precision.clone()).into(),
                "issuer" => h.issuer.as_ref().map(|i| i.name.clone()).into(),
                "title" => h.subject.clone().into(),
                "addressees" => h.addressees.iter().map(|a| a.text.clone()).collect::<Vec<_>>().into(),
                "recipients" => h.recipients.len().into(),
                "signer" => h.signer.as_ref().and_then(|s| s.name.clone()).into(),
                "position" => h.signer.as_ref().and_then(|s| s.position.clone()).into(),
                "authority" => h.signer.as_ref().and_then(|s| s.authority.clone()).into(),
                _ => continue,
            };
            let ok = same_field(name, want, &got);
            self.field("header", ok);
            if let Some(evidence) = evidence_name(name).and_then(|n| h.evidence.get(n)) {
                self.rule(&evidence.rule, ok);
                self.sure("header", &evidence.confidence, ok);
            }
            if !ok {
                self.differ("header", format!("{name}: marked {want}, found {got}"));
            }
        }
    }

    fn citations(&mut self, gold: &[Cited], record: &DocumentRecord) {
        let found: Vec<&CitationRecord> = record.citations.iter().filter(|c| !matches!(c.form.as_str(), "named" | "self")).collect();
        let mut used = vec![false; found.len()];
        let mut order: Vec<&Cited> = gold.iter().collect();
        order.sort_by_key(|g| (g.optional, g.date.is_none()));
        let mut count = Count::default();
        for g in order {
            let names: Vec<String> = std::iter::once(&g.code).chain(&g.accept).map(|c| fold_code(c)).collect();
            let same_code = |i: &usize| !used[*i] && names.contains(&fold_code(found[*i].code.as_ref().map_or("", |c| &c.text)));
            let date_of = |i: usize| found[i].date.as_ref().map(|d| d.value.clone());
            let hit = (0..found.len()).filter(same_code).find(|&i| date_of(i) == g.date).or_else(|| (0..found.len()).find(same_code));
            let Some(i) = hit else {
                if !g.optional {
                    count.missed += 1;
                    self.differ("citation missed", format!("{} (line {})", g.code, g.line));
                }
                continue;
            };
            used[i] = true;
            if g.optional {
                continue;
            }
            count.right += 1;
            self.rule(&found[i].rule, true);
            self.sure("citations", &found[i].confidence, true);
            if g.date.is_some() {
                let ok = date_of(i) == g.date;
                self.field("citation dates", ok);
                if !ok {
                    self.differ("citation date", format!("{}: marked {:?}, found {:?}", g.code, g.date, date_of(i)));
                }
            }
        }
        for (i, c) in found.iter().enumerate().filter(|(i, _)| !used[*i]) {
            let _ = i;
            count.spurious += 1;
            self.rule(&c.rule, false);
            self.sure("citations", &c.confidence, false);
            self.differ("citation spurious", c.quote.clone());
        }
        self.add("citations", count);
    }

    fn add(&mut self, kind: &'static str, count: Count) {
        let sum = self.report.counts.entry(kind).or_default();
        sum.right += count.right;
        sum.spurious += count.spurious;
        sum.missed += count.missed;
    }

    fn relations(&mut self, gold: &Gold, record: &DocumentRecord) {
        let mut alias = HashMap::new();
        for c in &gold.citations {
            for a in &c.accept {
                alias.insert(fold_code(a), fold_code(&c.code));
            }
        }
        let by_id: HashMap<&str, &CitationRecord> = record.citations.iter().map(|c| (c.id.as_str(), c)).collect();
        let name = |id: &str| -> Option<String> {
            let Some(c) = by_id.get(id) else { return Some(String::new()) };
            match c.form.as_str() {
                "self" => Some(String::new()),
                "named" => None,
                _ => {
                    let code = fold_code(c.code.as_ref().map_or("", |c| &c.text));
                    Some(alias.get(&code).cloned().unwrap_or(code))
                }
            }
        };
        let marked = |optional: bool| -> BTreeSet<(String, String, String)> {
            gold.relations.iter().filter(|r| r.optional == optional).map(|r| (fold_code(&r.source), r.r#type.clone(), fold_code(&r.target))).collect()
        };
        let (want, may) = (marked(false), marked(true));
        let got: BTreeSet<(String, String, String)> =
            record.relations.iter().filter_map(|r| Some((name(&r.source)?, r.r#type.clone(), name(&r.target)?))).filter(|(s, _, t)| s != t).collect();
        let show = |(s, k, t): &(String, String, String)| format!("{} {k} {t}", if s.is_empty() { "self" } else { s });
        for m in want.difference(&got) {
            self.differ("relation missed", show(m));
        }
        for m in got.iter().filter(|m| !want.contains(m) && !may.contains(m)) {
            self.differ("relation spurious", show(m));
        }
        let mut seen = BTreeSet::new();
        for r in &record.relations {
            let Some(triple) = name(&r.source).zip(name(&r.target)).map(|(s, t)| (s, r.r#type.clone(), t)).filter(|(s, _, t)| s != t) else { continue };
            if may.contains(&triple) || !seen.insert(triple.clone()) {
                continue;
            }
            self.rule(&r.rule, want.contains(&triple));
            self.sure("relations", &r.confidence, want.contains(&triple));
        }
        let right = want.intersection(&got).count();
        let spurious = got.iter().filter(|m| !want.contains(m) && !may.contains(m)).count();
        self.add("relations", Count { right, spurious, missed: want.len() - right });
    }

    fn tasks(&mut self, gold: &[Task], record: &DocumentRecord) {
        let words = |s: &str| -> Vec<String> { fold(s).split(' ').map(str::to_owned).collect() };
        let found: Vec<Vec<String>> = record.tasks.iter().map(|t| words(&t.quote)).collect();
        let marked: Vec<Vec<String>> = gold.iter().map(|t| words(&t.text)).collect();
        let pairs = pairs(&marked, &found);
        let (mut of_gold, mut of_found) = (HashMap::new(), HashMap::new());
        for (_, i, j) in pairs {
            if !of_gold.contains_key(&i) && !of_found.contains_key(&j) {
                of_gold.insert(i, j);
                of_found.insert(j, i);
            }
        }
        let mut count = Count::default();
        let mut exact = 0;
        for (i, g) in gold.iter().enumerate() {
            match of_gold.get(&i) {
                None if g.optional => {}
                None => {
                    count.missed += 1;
                    self.differ("task missed", format!("line {}: {}", g.line, short(&g.text)));
                }
                Some(_) if g.optional => {}
                Some(&j) => {
                    count.right += 1;
                    self.rule(&record.tasks[j].rule, true);
                    let lead = same_any(&g.lead, &g.lead_alt, &record.tasks[j].leads);
                    self.sure("tasks", &record.tasks[j].confidence, lead);
                    exact += usize::from(self.details(g, &record.tasks[j]));
                }
            }
        }
        for (j, t) in record.tasks.iter().enumerate() {
            let finer = marked.iter().any(|g| found[j].len() >= 4 && common(g, &found[j]) as f64 >= 0.95 * found[j].len() as f64);
            if !of_found.contains_key(&j) && !finer {
                count.spurious += 1;
                self.rule(&t.rule, false);
                self.sure("tasks", &t.confidence, false);
                self.differ("task spurious", short(&t.quote));
            }
        }
        self.add("tasks", count);
        let wrong = count.right - exact;
        self.add("tasks exact", Count { right: exact, spurious: count.spurious + wrong, missed: count.missed + wrong });
    }

    fn details(&mut self, g: &Task, t: &TaskRecord) -> bool {
        let lead = same_any(&g.lead, &g.lead_alt, &t.leads);
        let coop = same_any(&g.coop, &g.coop_alt, &t.cooperators);
        let deadline = g.same_deadline(t.deadline.as_ref());
        self.field("leads", lead);
        self.field("cooperators", coop);
        self.field("deadlines", deadline);
        if let Some(due) = &t.deadline {
            self.rule(&due.rule, deadline);
        }
        self.field("modality", g.modality == t.modality);
        let names = |list: &[PartyRecord]| list.iter().map(|p| p.text.clone()).collect::<Vec<_>>();
        if !lead {
            self.differ("lead", format!("line {}: marked {:?}, found {:?}", g.line, g.lead, names(&t.leads)));
        }
        if !coop {
            self.differ("cooperators", format!("line {}: marked {:?}, found {:?}", g.line, g.coop, names(&t.cooperators)));
        }
        if !deadline {
            let found = t.deadline.as_ref().map(|d| format!("{} {:?}..{:?} {:?}", d.kind, d.start, d.end, d.rrule));
            self.differ("deadline", format!("line {}: marked {:?}, found {found:?}", g.line, g.deadline));
        }
        lead && coop && deadline
    }
}

/// Under which name the evidence of a marked field of the header stands.
fn evidence_name(field: &str) -> Option<&'static str> {
    Some(match field {
        "number" | "notation" => "code",
        "type" => "document_type",
        "title" => "subject",
        "place" => "place",
        "date" => "date",
        "issuer" => "issuer",
        "signer" | "position" => "signer",
        _ => return None,
    })
}

fn short(s: &str) -> String {
    s.chars().take(90).collect()
}

fn same_field(name: &str, want: &serde_json::Value, got: &serde_json::Value) -> bool {
    let text = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_owned();
    match name {
        "notation" => {
            let wanted = want.as_array().cloned().unwrap_or_else(|| vec![want.clone()]);
            wanted.iter().any(|w| fold_code(&text(w)) == fold_code(&text(got)))
        }
        "addressees" => {
            let list = |v: &serde_json::Value| v.as_array().map(|a| a.iter().map(|x| fold(&text(x))).collect::<Vec<_>>()).unwrap_or_default();
            list(want) == list(got)
        }
        "number" | "recipients" | "date" | "date_precision" | "type" => want == got,
        _ => fold(&text(want)) == fold(&text(got)),
    }
}

/// How many words two passages share, doubles counted.
fn common(a: &[String], b: &[String]) -> usize {
    let mut left: HashMap<&str, usize> = HashMap::new();
    for w in a {
        *left.entry(w).or_default() += 1;
    }
    b.iter()
        .filter(|w| match left.get_mut(w.as_str()) {
            Some(n) if *n > 0 => {
                *n -= 1;
                true
            }
            _ => false,
        })
        .count()
}

/// Likely pairs of marked and found passages, the likeliest first.
fn pairs(marked: &[Vec<String>], found: &[Vec<String>]) -> Vec<(i64, usize, usize)> {
    let mut pairs = Vec::new();
    for (i, g) in marked.iter().enumerate() {
        for (j, p) in found.iter().enumerate() {
            let n = common(g, p);
            let inside = share(n, g.len().min(p.len()));
            let f1 = 2.0 * n as f64 / (g.len() + p.len()).max(1) as f64;
            if n > 0 && inside >= 0.8 && f1 >= 0.35 {
                let apart = (i as f64 / marked.len() as f64 - j as f64 / found.len() as f64).abs();
                // Likeness first, nearness second.
                pairs.push((-((f1 * 1e9) as i64) + (apart * 1e3) as i64, i, j));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

fn same_any(want: &[String], alternatives: &[Vec<String>], got: &[PartyRecord]) -> bool {
    std::iter::once(want).chain(alternatives.iter().map(Vec::as_slice)).any(|w| same_parties(w, got))
}

fn same_parties(want: &[String], got: &[PartyRecord]) -> bool {
    let mut left: Vec<String> = want.iter().map(|w| fold_party(w)).collect();
    want.len() == got.len()
        && got.iter().all(|p| {
            let names = [fold_party(&p.text), fold_party(&p.name)];
            left.iter().position(|w| names.contains(w)).map(|i| left.remove(i)).is_some()
        })
}
