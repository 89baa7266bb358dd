//! Papers whose number is blank: a copy kept before registration. What others cite tells their number.
//!
//! A cited work that nobody holds is compared by type and issuer (which must be the same), month (which must not
//! differ) and title. Two near candidates, or two papers near one work, give none.

use super::find::Found;
use super::paper::Paper;
use super::title::Words;
use super::{MOST_CANDIDATES, Reason, Refusal, place};
use crate::mention::date::PartialDate;
use crate::mention::identity::slug;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A paper with a blank number and the cited work that it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The paper.
    pub paper: u32,
    /// Key of the work.
    pub key: String,
    /// 0 to 1: type and issuer 0.3, month 0.2 (year alone 0.1), title 0.5.
    pub score: f32,
    /// Likeness of the titles, 0 to 1.
    pub title: f32,
    /// Whether the month agrees, not the year alone.
    pub month: bool,
    /// The mention that names the work: paper and place in it.
    pub mention: (u32, u32),
    /// The next best work, with its score.
    pub runner_up: Option<(String, f32)>,
}

/// Type and issuer are the same.
const SAME_BODY: f32 = 0.3;
const SAME_MONTH: f32 = 0.2;
const SAME_YEAR: f32 = 0.1;
const SAME_TITLE: f32 = 0.5;
/// A match needs so much.
const ENOUGH: f32 = 0.8;
/// The next best must stand so far behind.
const APART: f32 = 0.1;
/// Fewer words are no title.
const FEWEST_WORDS: usize = 4;

/// All matches, and the papers that more than one work is near to.
#[derive(Debug, Default)]
pub(super) struct Matched {
    pub(super) list: Vec<Match>,
    by_paper: HashMap<usize, usize>,
    near: Vec<(u32, Vec<String>)>,
}

impl Matched {
    /// The work of a paper.
    pub(super) fn of(&self, paper: usize) -> Option<&str> {
        self.by_paper.get(&paper).map(|&i| self.list[i].key.as_str())
    }

    pub(super) fn refusals(&self) -> Vec<Refusal> {
        let refusal =
            |(paper, candidates): &(u32, Vec<String>)| Refusal { paper: *paper, mention: None, reason: Reason::BlankNumber, candidates: candidates.clone() };
        self.near.iter().map(refusal).collect()
    }
}

/// One mention of a work, for comparison.
#[derive(Debug, Clone, Copy)]
struct Cited<'p> {
    key: &'p str,
    date: Option<PartialDate>,
    title: &'p str,
    code: &'p str,
    at: (u32, u32),
}

/// A candidate with its score.
#[derive(Debug, Clone)]
struct Candidate<'p> {
    cited: Cited<'p>,
    score: f32,
    title: f32,
    month: bool,
}

/// Matches the papers with a blank number.
pub(super) fn matched(papers: &[Paper], found: &[Vec<Found>]) -> Matched {
    let blank: Vec<usize> = (0..papers.len()).filter(|&i| papers[i].key.is_none() && papers[i].number.is_none() && papers[i].attached_to.is_none()).collect();
    if blank.is_empty() {
        return Matched::default();
    }
    let held: HashSet<&str> = papers.iter().filter_map(|p| p.key.as_deref()).collect();
    let cited = cited(papers, found, &blank, &held);
    let ranked: Vec<(usize, Vec<Candidate>)> = blank.into_par_iter().map(|i| (i, ranked(i, &papers[i], &cited))).collect();
    decide(ranked)
}

/// Mentions of works that nobody holds, by the start of their key: scope, type and year.
fn cited<'p>(papers: &'p [Paper], found: &'p [Vec<Found>], blank: &[usize], held: &HashSet<&str>) -> HashMap<String, Vec<Cited<'p>>> {
    let wanted: HashSet<String> = blank.iter().filter_map(|&i| stem(&papers[i])).collect();
    let mut cited: HashMap<String, Vec<Cited>> = HashMap::new();
    for (p, (paper, found)) in papers.iter().zip(found).enumerate() {
        for (m, f) in found.iter().enumerate() {
            let mention = &paper.mentions[m];
            let (Some(key), Some(title), Some(code)) = (f.key(paper), mention.title.as_deref(), mention.code.as_deref()) else { continue };
            let Some((start, _)) = key.rsplit_once('/') else { continue };
            if wanted.contains(start) && !held.contains(key) {
                let cite = Cited { key, date: mention.date, title, code, at: (place(p), place(m)) };
                cited.entry(start.to_owned()).or_default().push(cite);
            }
        }
    }
    cited
}

/// `vn/long-an/ubnd/kh/2020`: how the key of a paper with a blank number must begin.
fn stem(paper: &Paper) -> Option<String> {
    let year = paper.date?.year?;
    Some(format!("vn/{}/{}/{year}", paper.scope.as_deref()?, slug(paper.type_code.as_deref()?)))
}

/// The works that a paper may be, the best first.
fn ranked<'p>(own: usize, paper: &Paper, cited: &HashMap<String, Vec<Cited<'p>>>) -> Vec<Candidate<'p>> {
    let Some(mentions) = stem(paper).and_then(|s| cited.get(&s)) else { return Vec::new() };
    let subject = Words::of(paper.subject.as_deref().unwrap_or_default());
    let mut best: BTreeMap<&str, Candidate> = BTreeMap::new();
    for cite in mentions.iter().filter(|c| c.at.0 as usize != own) {
        let Some(candidate) = candidate(paper, &subject, *cite) else { continue };
        let entry = best.entry(cite.key).or_insert_with(|| candidate.clone());
        if candidate.score > entry.score {
            *entry = candidate;
        }
    }
    let mut ranked: Vec<Candidate> = best.into_values().collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.cited.key.cmp(b.cited.key)));
    ranked
}

fn candidate<'p>(paper: &Paper, subject: &Words, cite: Cited<'p>) -> Option<Candidate<'p>> {
    let month = month(paper.date?, cite.date)?;
    // The symbol of a công văn names the unit that drafted it.
    let symbol = |code: &str| code.split_once(['/', '-']).map(|(_, s)| s.to_owned());
    if paper.type_code.as_deref() == Some("CV") && paper.code.as_deref().and_then(symbol) != symbol(cite.code) {
        return None;
    }
    let words = Words::of(cite.title);
    if subject.len() < FEWEST_WORDS || words.len() < FEWEST_WORDS {
        return None;
    }
    let title = subject.likeness(&words).max(0.9 * subject.inside(&words));
    let score = SAME_BODY + if month { SAME_MONTH } else { SAME_YEAR } + SAME_TITLE * title;
    Some(Candidate { cited: cite, score, title, month })
}

/// Whether two dates agree by month (`true`) or by year alone; `None` where they differ.
fn month(paper: PartialDate, cited: Option<PartialDate>) -> Option<bool> {
    let Some(cited) = cited else { return Some(false) };
    let differs = |a: Option<i8>, b: Option<i8>| a.zip(b).is_some_and(|(a, b)| a != b);
    if paper.year != cited.year || differs(paper.month, cited.month) || paper.month == cited.month && differs(paper.day, cited.day) {
        return None;
    }
    Some(paper.month.is_some() && cited.month.is_some())
}

fn decide(ranked: Vec<(usize, Vec<Candidate>)>) -> Matched {
    let mut matched = Matched::default();
    // By work: the papers that it may be the number of.
    let mut claims: BTreeMap<&str, Vec<(usize, f32)>> = BTreeMap::new();
    for (paper, candidates) in &ranked {
        for c in candidates.iter().filter(|c| c.score >= ENOUGH - APART) {
            claims.entry(c.cited.key).or_default().push((*paper, c.score));
        }
    }
    for (paper, candidates) in &ranked {
        let Some(best) = candidates.first().filter(|c| c.score >= ENOUGH) else { continue };
        let near: Vec<&Candidate> = candidates[1..].iter().filter(|c| best.score - c.score < APART).collect();
        let rivals = claims[best.cited.key].iter().any(|(other, score)| other != paper && best.score - score < APART);
        if !near.is_empty() || rivals {
            let keys = std::iter::once(best).chain(near).map(|c| c.cited.key.to_owned()).take(MOST_CANDIDATES).collect();
            matched.near.push((place(*paper), keys));
            continue;
        }
        matched.by_paper.insert(*paper, matched.list.len());
        matched.list.push(Match {
            paper: place(*paper),
            key: best.cited.key.to_owned(),
            score: best.score,
            title: best.title,
            month: best.month,
            mention: best.cited.at,
            runner_up: candidates.get(1).map(|c| (c.cited.key.to_owned(), c.score)),
        });
    }
    matched
}
