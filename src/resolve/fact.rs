//! What is known of each work, and what papers say differently of it.

use super::acts;
use super::title::{Scheme, Words};
use super::{Resolution, Target, place};
use crate::mention::date::PartialDate;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A work: a paper that is held, or one that is merely cited.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Work {
    /// `vn/ttg/qd/2020/489`; `doc/…` for a held paper that nothing identifies; `…#kh` for what an act brought in.
    pub key: String,
    /// Number and symbol as most papers write them.
    pub code: Option<String>,
    /// Type code.
    pub document_type: Option<String>,
    /// Trích yếu of the held paper, else as most papers cite it.
    pub title: Option<String>,
    /// Date, EDTF.
    pub date: Option<String>,
    /// Issuer.
    pub issuer: Option<String>,
    /// Held copies; empty where the work is merely cited.
    pub held: Vec<HeldCopy>,
    /// How many mentions lead to it.
    pub mentions: u32,
    /// Schemes and programmes that it brought in: "đề án Xây dựng xã hội học tập …".
    pub brings_in: Vec<String>,
    /// The act that it came attached to.
    pub part_of: Option<String>,
    /// How its blank number was found.
    pub matched: Option<Matching>,
    /// Ids of the tasks that hang on it.
    pub tasks: Vec<String>,
}

/// A held copy of a work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HeldCopy {
    /// Id of the document record.
    pub id: String,
    /// Where it was read from.
    pub path: String,
}

/// How a paper with a blank number was matched to what others cite.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Matching {
    /// 0 to 1: type and issuer 0.3, month 0.2 (year alone 0.1), title 0.5.
    pub score: f32,
    /// Likeness of the titles, 0 to 1.
    pub title: f32,
    /// `month` or `year`: how much of the date agrees.
    pub date: String,
    /// The mention that tells the number.
    pub quote: String,
    /// Path of the paper that this mention stands in.
    pub cited_by: String,
    /// The next best work.
    pub runner_up: Option<String>,
    /// Its score.
    pub runner_up_score: Option<f32>,
}

impl Matching {
    /// How sure it is that the paper is this work, in one line.
    pub fn words(&self) -> String {
        let second = self.runner_up.as_ref().map_or("no other is near".to_owned(), |k| format!("next {k} {:.2}", self.runner_up_score.unwrap_or_default()));
        format!("number blank; matched by type, issuer, {} and title, score {:.2} ({second})", self.date, self.score)
    }
}

/// What papers say differently of one work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Conflict {
    /// Key of the work.
    pub key: String,
    /// `date`, `title` or `paper`: two held papers of one number.
    pub field: String,
    /// What is said, each with one place that says it, the most frequent first.
    pub values: Vec<Said>,
}

/// One of the things said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Said {
    /// What.
    pub value: String,
    /// How often.
    pub times: u32,
    /// Path of the first paper that says so.
    pub path: String,
    /// The words; empty where it is the paper's own header.
    pub quote: String,
}

/// One mention of a work: paper and place in it.
type At = (u32, u32);

/// Fills in the works of these keys, and the conflicts.
pub(super) fn gather(resolution: &mut Resolution, keys: Vec<String>) {
    let (starts, mentions) = mentions_of(resolution, keys.len());
    let mut held: Vec<Vec<u32>> = vec![Vec::new(); keys.len()];
    for (paper, work) in resolution.own.iter().enumerate() {
        held[*work as usize].push(place(paper));
    }
    let matches: HashMap<u32, usize> = resolution.matches.iter().enumerate().map(|(i, m)| (m.paper, i)).collect();
    let one = |(i, key): (usize, String)| {
        let facts = Facts { resolution, matches: &matches, held: &held[i], mentions: &mentions[starts[i]..starts[i + 1]] };
        let conflicts = facts.conflicts(&key);
        (facts.work(key), conflicts)
    };
    let all: Vec<(Work, Vec<Conflict>)> = keys.into_par_iter().enumerate().map(one).collect();
    let (works, conflicts): (Vec<Work>, Vec<Vec<Conflict>>) = all.into_iter().unzip();
    resolution.works = works;
    resolution.conflicts = conflicts.into_iter().flatten().collect();
}

/// Mentions grouped by work, in the order of papers.
fn mentions_of(resolution: &Resolution, works: usize) -> (Vec<usize>, Vec<At>) {
    let mut starts = vec![0usize; works + 1];
    let cited = |t: &Target| match t {
        Target::Work(work, how) if *how != super::How::Own => Some(*work as usize),
        _ => None,
    };
    for target in &resolution.targets {
        if let Some(work) = cited(target) {
            starts[work + 1] += 1;
        }
    }
    for i in 0..works {
        starts[i + 1] += starts[i];
    }
    let mut next = starts.clone();
    let mut mentions = vec![(0, 0); starts[works]];
    for paper in 0..resolution.papers.len() {
        for (m, target) in resolution.targets(paper).iter().enumerate() {
            if let Some(work) = cited(target) {
                mentions[next[work]] = (place(paper), place(m));
                next[work] += 1;
            }
        }
    }
    (starts, mentions)
}

struct Facts<'a> {
    resolution: &'a Resolution,
    matches: &'a HashMap<u32, usize>,
    held: &'a [u32],
    mentions: &'a [At],
}

/// A value with how often and where first it is said.
struct Count<'a, T> {
    value: T,
    times: u32,
    first: Option<&'a At>,
}

impl<'a> Facts<'a> {
    fn paper(&self, i: u32) -> &'a super::Paper {
        &self.resolution.papers[i as usize]
    }

    fn mention(&self, at: At) -> &'a super::Mention {
        &self.paper(at.0).mentions[at.1 as usize]
    }

    /// Distinct values, the most frequent first, then in their own order.
    fn counted<T: Ord + Clone>(&self, value: impl Fn(&'a super::Mention) -> Option<T>) -> Vec<Count<'a, T>> {
        let mut all: Vec<(T, &At)> = self.mentions.iter().filter_map(|at| Some((value(self.mention(*at))?, at))).collect();
        all.sort();
        let mut counts: Vec<Count<T>> = Vec::new();
        for (value, at) in all {
            match counts.last_mut().filter(|c| c.value == value) {
                Some(count) => count.times += 1,
                None => counts.push(Count { value, times: 1, first: Some(at) }),
            }
        }
        counts.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.value.cmp(&b.value)));
        counts
    }

    fn work(&self, key: String) -> Work {
        let first = self.held.first().map(|&p| self.paper(p));
        let matched = self.held.iter().find_map(|p| self.matches.get(p)).map(|&i| &self.resolution.matches[i]);
        let known = if first.is_none() { acts::act_of(&key) } else { None };
        let full = |code: &&str| code.contains(|c: char| c.is_alphabetic());
        let printed = || self.counted(|m| m.code.as_deref().filter(full)).into_iter().next().map(|c| c.value.to_owned());
        let numbered = first.filter(|p| p.number.is_some()).and_then(|p| p.code.as_deref()).map(str::to_owned);
        let own_date = first.and_then(|p| p.date);
        let date = own_date.filter(|d| d.day.is_some()).or_else(|| self.best_date()).or(own_date).or_else(|| self.dates().first().map(|c| c.value));
        let title = first.and_then(|p| p.subject.as_deref()).map(str::to_owned).or_else(|| self.titles().into_iter().next().map(|c| c.value.to_owned()));
        Work {
            code: numbered.or_else(printed).or_else(|| known.map(|a| a.code.to_owned())).or_else(|| first?.code.as_deref().map(str::to_owned)),
            document_type: first.and_then(|p| p.type_code.as_deref()).map(str::to_owned).or_else(|| self.type_code()),
            brings_in: self.schemes(title.as_deref()),
            title: title.or_else(|| known.map(|a| a.name.to_owned())),
            date: date.and_then(PartialDate::edtf).or_else(|| known.map(|a| a.date.to_owned())),
            issuer: first.and_then(|p| p.issuer.as_deref()).map(str::to_owned).or_else(|| self.most(|m| m.issuer.as_deref())),
            held: self.copies(),
            mentions: place(self.mentions.len()),
            part_of: key.split_once('#').map(|(act, _)| act.to_owned()),
            matched: matched.map(|m| self.matching(m)),
            tasks: self.held.iter().flat_map(|&p| self.paper(p).tasks.iter().map(|t| t.id.to_string())).collect(),
            key,
        }
    }

    fn most(&self, value: impl Fn(&'a super::Mention) -> Option<&'a str>) -> Option<String> {
        self.counted(value).into_iter().next().map(|c| c.value.to_owned())
    }

    /// The type that goes with the symbol; a nickname ("Đề án 89") says another.
    fn type_code(&self) -> Option<String> {
        let numbered = |m: &'a super::Mention| m.type_code.as_deref().filter(|_| matches!(m.form, super::Form::Full));
        self.most(numbered).or_else(|| self.most(|m| m.type_code.as_deref()))
    }

    fn dates(&self) -> Vec<Count<'a, PartialDate>> {
        self.counted(|m| m.date)
    }

    fn best_date(&self) -> Option<PartialDate> {
        self.dates().into_iter().find(|c| c.value.day.is_some()).map(|c| c.value)
    }

    fn titles(&self) -> Vec<Count<'a, &'a str>> {
        self.counted(|m| m.title.as_deref())
    }

    fn copies(&self) -> Vec<HeldCopy> {
        let copies = |&p: &u32| {
            let paper = self.paper(p);
            let others = self.resolution.copies[p as usize].iter();
            std::iter::once(&paper.path).chain(others).map(|path| HeldCopy { id: paper.id.to_string(), path: path.to_string() })
        };
        self.held.iter().flat_map(copies).collect()
    }

    fn schemes(&self, title: Option<&str>) -> Vec<String> {
        let parts = self.held.iter().flat_map(|&p| self.paper(p).parts.iter().map(|part| part.title.to_string()));
        let named = title.and_then(Scheme::brought_in_by).map(|s| format!("{} {}", s.class, s.name));
        named.into_iter().chain(parts).collect()
    }

    fn matching(&self, m: &super::Match) -> Matching {
        Matching {
            score: round(m.score),
            title: round(m.title),
            date: if m.month { "month" } else { "year" }.to_owned(),
            quote: self.mention(m.mention).quote.to_string(),
            cited_by: self.paper(m.mention.0).path.to_string(),
            runner_up: m.runner_up.as_ref().map(|(key, _)| key.clone()),
            runner_up_score: m.runner_up.as_ref().map(|(_, score)| round(*score)),
        }
    }

    fn conflicts(&self, key: &str) -> Vec<Conflict> {
        let conflict = |field: &str, values: Vec<Said>| (values.len() > 1).then(|| Conflict { key: key.to_owned(), field: field.to_owned(), values });
        [conflict("date", self.different_dates()), conflict("title", self.different_titles()), conflict("paper", self.different_papers())]
            .into_iter()
            .flatten()
            .collect()
    }

    fn said<T>(&self, value: String, count: &Count<T>) -> Said {
        let at = count.first.copied().unwrap_or_default();
        let (path, quote) = (self.paper(at.0).path.to_string(), self.mention(at).quote.to_string());
        Said { value, times: count.times, path, quote }
    }

    /// Whole dates that differ; of the number of another work of another year nothing is said here.
    fn different_dates(&self) -> Vec<Said> {
        let own = self.held.iter().filter_map(|&p| Some((self.paper(p), self.paper(p).date.filter(|d| d.day.is_some())?)));
        let mut said: Vec<Said> = Vec::new();
        for (paper, date) in own {
            let value = date.edtf().unwrap_or_default();
            if said.iter().all(|s| s.value != value) {
                said.push(Said { value, times: 1, path: paper.path.to_string(), quote: String::new() });
            }
        }
        for count in self.dates().iter().filter(|c| c.value.day.is_some()) {
            let value = count.value.edtf().unwrap_or_default();
            match said.iter_mut().find(|s| s.value == value) {
                Some(s) => s.times += count.times,
                None => said.push(self.said(value, count)),
            }
        }
        said
    }

    /// Titles that share less than half of the shorter one's words with the most frequent title.
    fn different_titles(&self) -> Vec<Said> {
        let titles = self.titles();
        let Some(first) = titles.first() else { return Vec::new() };
        let words = Words::of(first.value);
        if words.len() < FEWEST_WORDS {
            return Vec::new();
        }
        let differs = |c: &&Count<&str>| {
            let other = Words::of(c.value);
            other.len() >= FEWEST_WORDS && words.inside(&other) < HALF
        };
        let others = titles[1..].iter().take(MOST_TITLES).filter(differs);
        std::iter::once(first).chain(others).map(|c| self.said(c.value.to_owned(), c)).collect()
    }

    /// Two held papers of one number whose titles differ.
    fn different_papers(&self) -> Vec<Said> {
        let Some((&first, rest)) = self.held.split_first() else { return Vec::new() };
        let subject = |p: u32| self.paper(p).subject.as_deref().unwrap_or_default();
        let words = Words::of(subject(first));
        let differs = |p: &&u32| !words.is_empty() && words.inside(&Words::of(subject(**p))) < HALF;
        let said = |p: u32| Said { value: subject(p).to_owned(), times: 1, path: self.paper(p).path.to_string(), quote: String::new() };
        std::iter::once(first).chain(rest.iter().filter(differs).copied()).map(said).collect()
    }
}

/// Fewer words are no title.
const FEWEST_WORDS: usize = 4;
/// Titles that share less differ.
const HALF: f32 = 0.5;
/// So many titles of one work are compared.
const MOST_TITLES: usize = 32;

fn round(x: f32) -> f32 {
    (x * 100.0).round() / 100.0
}
