//! Which work each mention cites: over the whole archive, whatever the order in which its papers came.
//!
//! A mention is resolved (a key), refused (two or more works remain, and are named) or left open (nothing is known of
//! it). Nothing is guessed: a year, a place or a law in force is supplied only where one answer remains, and the way
//! that it was found stays with the mention.

pub mod acts;
mod blank;
mod fact;
mod find;
mod paper;
pub mod title;

pub use blank::Match;
pub use fact::{Conflict, HeldCopy, Matching, Said, Work};
pub use paper::{Duty, Form, Mention, Paper, Part, Relation, edtf, home, work_key};

use find::Archive;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

/// What a mention was resolved to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The work at this place, found in this way.
    Work(u32, How),
    /// None: see the refusal at this place.
    Refused(u32),
}

/// How a mention led to its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    /// The paper that mentions it says all that is needed.
    Printed,
    /// The paper speaks of itself.
    Own,
    /// No year is printed; one work of this number is known.
    YearFromArchive,
    /// Several provinces may be meant; one has such a work.
    PlaceFromArchive,
    /// No issuer is printed; the type has one alone (nghị định, luật).
    IssuerImplied,
    /// No issuer is printed; one work of this type, number and year is known.
    IssuerFromArchive,
    /// A law by its name with its day or year.
    ActByName,
    /// A law by its name alone: the one in force on the citing paper's day.
    ActInForce,
    /// "Đề án 89": the scheme that the act of this number brought in.
    SchemeByNumber,
    /// "Đề án “…”": the act that brought in the scheme of this name.
    SchemeByTitle,
    /// A paper with a blank number, matched by type, issuer, month and title.
    Matched,
}

impl How {
    /// All of them.
    const ALL: [Self; 11] = [
        Self::Printed,
        Self::Own,
        Self::YearFromArchive,
        Self::PlaceFromArchive,
        Self::IssuerImplied,
        Self::IssuerFromArchive,
        Self::ActByName,
        Self::ActInForce,
        Self::SchemeByNumber,
        Self::SchemeByTitle,
        Self::Matched,
    ];

    /// The rule's name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Printed => "work-as-printed",
            Self::Own => "work-itself",
            Self::YearFromArchive => "work-year-from-archive",
            Self::PlaceFromArchive => "work-place-from-archive",
            Self::IssuerImplied => "work-issuer-implied",
            Self::IssuerFromArchive => "work-issuer-from-archive",
            Self::ActByName => "work-act-by-name",
            Self::ActInForce => "work-act-in-force",
            Self::SchemeByNumber => "work-scheme-by-number",
            Self::SchemeByTitle => "work-scheme-by-title",
            Self::Matched => "work-blank-number-matched",
        }
    }

    /// The same, kept once.
    pub fn shared_name(self) -> Arc<str> {
        static NAMES: LazyLock<HashMap<How, Arc<str>>> = LazyLock::new(|| How::ALL.iter().map(|how| (*how, how.name().into())).collect());
        NAMES.get(&self).cloned().unwrap_or_else(|| self.name().into())
    }
}

/// Why a mention gives no work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Neither the mention nor the archive tells the year.
    NoYear,
    /// Every province has such a body.
    NoPlace,
    /// The symbol names no known issuer.
    NoIssuer,
    /// A number alone, and no paper of that number is cited in the same text.
    NoAntecedent,
    /// A name that is not known.
    UnknownName,
    /// More than one work may be meant.
    Several,
    /// A paper with a blank number: more than one cited work is near.
    BlankNumber,
}

impl Reason {
    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoYear => "no-year",
            Self::NoPlace => "no-place",
            Self::NoIssuer => "no-issuer",
            Self::NoAntecedent => "no-antecedent",
            Self::UnknownName => "unknown-name",
            Self::Several => "several-works",
            Self::BlankNumber => "blank-number",
        }
    }
}

/// A mention that was not resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The paper.
    pub paper: u32,
    /// The mention; `None` where it is the paper itself whose number is blank.
    pub mention: Option<u32>,
    /// Why.
    pub reason: Reason,
    /// Keys of the works that may be meant, sorted.
    pub candidates: Vec<String>,
}

/// Every paper of the archive with the works that it cites.
#[derive(Debug, Clone, Default)]
pub struct Resolution {
    /// Sorted by id; papers of the same bytes stand once.
    pub papers: Vec<Paper>,
    /// Other paths of the same bytes, by place of the paper.
    pub copies: Vec<Vec<Arc<str>>>,
    /// Held and cited works, sorted by key.
    pub works: Vec<Work>,
    /// The work that each paper is.
    pub own: Vec<u32>,
    /// Where the targets of each paper's mentions begin; one more than there are papers.
    starts: Vec<usize>,
    targets: Vec<Target>,
    /// What was not resolved, by paper and mention.
    pub refusals: Vec<Refusal>,
    /// Papers with a blank number that were matched.
    pub matches: Vec<Match>,
    /// What papers say differently of one work.
    pub conflicts: Vec<Conflict>,
}

impl Resolution {
    /// What the mentions of a paper were resolved to, in their order.
    pub fn targets(&self, paper: usize) -> &[Target] {
        &self.targets[self.starts[paper]..self.starts[paper + 1]]
    }

    /// The work of a key.
    pub fn work(&self, key: &str) -> Option<u32> {
        self.works.binary_search_by(|w| w.key.as_str().cmp(key)).ok().map(place)
    }
}

fn place(i: usize) -> u32 {
    u32::try_from(i).unwrap_or(u32::MAX)
}

/// Most candidates that a refusal names.
const MOST_CANDIDATES: usize = 8;

/// Resolves every mention of these papers.
pub fn resolve(papers: Vec<Paper>) -> Resolution {
    let (papers, copies) = distinct(papers);
    let archive = Archive::new(&papers);
    let found: Vec<Vec<find::Found>> = papers.par_iter().map(|p| archive.find(p)).collect();
    let matched = blank::matched(&papers, &found);
    assemble(papers, copies, found, matched)
}

/// Papers sorted by id, each once, with the other paths of the same bytes.
fn distinct(mut papers: Vec<Paper>) -> (Vec<Paper>, Vec<Vec<Arc<str>>>) {
    papers.par_sort_unstable_by(|a, b| (&a.id, &a.path).cmp(&(&b.id, &b.path)));
    let mut kept: Vec<Paper> = Vec::with_capacity(papers.len());
    let mut copies: Vec<Vec<Arc<str>>> = Vec::with_capacity(papers.len());
    for paper in papers {
        match (kept.last(), copies.last_mut()) {
            (Some(last), Some(paths)) if last.id == paper.id => paths.push(paper.path),
            _ => {
                kept.push(paper);
                copies.push(Vec::new());
            }
        }
    }
    (kept, copies)
}

/// The key that each paper goes by.
fn own_keys(papers: &[Paper], found: &[Vec<find::Found>], matched: &blank::Matched) -> Vec<String> {
    let own = |(i, paper): (usize, &Paper)| {
        let attached = || {
            let act = found[i].get(paper.attached_to? as usize)?.key(paper)?;
            let class = paper.type_code.as_deref().map_or_else(|| "part".to_owned(), crate::mention::identity::slug);
            Some(format!("{act}#{class}"))
        };
        let by_match = || matched.of(i).map(str::to_owned);
        paper.key.as_deref().map(str::to_owned).or_else(attached).or_else(by_match).unwrap_or_else(|| provisional(&paper.id))
    };
    papers.iter().enumerate().map(own).collect()
}

/// A held paper that nothing identifies goes by its bytes.
fn provisional(id: &str) -> String {
    let hash = id.strip_prefix("sha256:").unwrap_or(id);
    format!("doc/{}", &hash[..hash.len().min(16)])
}

fn assemble(papers: Vec<Paper>, copies: Vec<Vec<Arc<str>>>, found: Vec<Vec<find::Found>>, matched: blank::Matched) -> Resolution {
    let own_keys = own_keys(&papers, &found, &matched);
    let mut keys: Vec<&str> = {
        let cited = papers.iter().zip(&found).flat_map(|(p, found)| found.iter().filter_map(|f| f.key(p)));
        let parts = own_keys.iter().filter_map(|k| k.split_once('#').map(|(act, _)| act));
        let all: HashSet<&str> = cited.chain(own_keys.iter().map(String::as_str)).chain(parts).collect();
        all.into_iter().collect()
    };
    keys.par_sort_unstable();
    let places: HashMap<&str, u32> = keys.iter().enumerate().map(|(i, k)| (*k, place(i))).collect();
    let own: Vec<u32> = own_keys.iter().map(|k| places[k.as_str()]).collect();
    let mut starts = Vec::with_capacity(papers.len() + 1);
    let mut targets = Vec::with_capacity(found.iter().map(Vec::len).sum());
    let mut refusals = Vec::new();
    for (i, (paper, found)) in papers.iter().zip(&found).enumerate() {
        starts.push(targets.len());
        for (m, f) in found.iter().enumerate() {
            targets.push(match f {
                find::Found::Own => Target::Work(own[i], How::Own),
                find::Found::Refused(reason, candidates) => {
                    refusals.push(Refusal { paper: place(i), mention: Some(place(m)), reason: *reason, candidates: candidates.clone() });
                    Target::Refused(place(refusals.len() - 1))
                }
                _ => Target::Work(places[f.key(paper).unwrap_or_default()], f.how()),
            });
        }
    }
    starts.push(targets.len());
    refusals.extend(matched.refusals());
    let matches = matched.list;
    let keys: Vec<String> = keys.into_iter().map(str::to_owned).collect();
    let mut resolution = Resolution { papers, copies, works: Vec::new(), own, starts, targets, refusals, matches, conflicts: Vec::new() };
    fact::gather(&mut resolution, keys);
    resolution
}
