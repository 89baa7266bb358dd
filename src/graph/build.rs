//! From resolved papers to the graph.

use super::{CitationGraph, Document, Evidence, Kind, Link, Open, Pieces, place};
use crate::resolve::{How, Mention, Paper, Relation, Resolution, Target, resolve};
use rayon::prelude::*;

impl CitationGraph {
    /// Resolves papers and builds their graph: the same for any order of them.
    pub fn of_papers(papers: Vec<Paper>) -> Self {
        Self::build(resolve(papers))
    }

    /// The graph of resolved papers.
    pub fn build(mut resolution: Resolution) -> Self {
        let open = open(&resolution);
        let parts = parts(&resolution);
        let works = std::mem::take(&mut resolution.works);
        let conflicts = std::mem::take(&mut resolution.conflicts);
        let documents: Vec<Document> =
            resolution.papers.iter().zip(&resolution.own).map(|(p, &work)| Document { id: p.id.clone(), path: p.path.clone(), work }).collect();
        let mut stated: Vec<Stated> = (0..resolution.papers.len()).into_par_iter().flat_map_iter(|i| stated(&resolution, i)).collect();
        stated.par_sort_unstable_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        drop(resolution);
        let mut links: Vec<(u32, u32, Link)> = parts;
        for ((source, target, kind), evidence) in stated {
            match links.last_mut().filter(|(a, b, l)| (*a, *b, l.kind) == (source, target, kind)) {
                Some((.., link)) => link.evidence.push(evidence),
                None => links.push((source, target, Link { kind, evidence: vec![evidence] })),
            }
        }
        Self::of_pieces(Pieces { works, documents, links, open, conflicts, ..Pieces::default() })
    }
}

/// One statement of a paper: source, target and kind, with the place.
type Stated = ((u32, u32, Kind), Evidence);

fn stated(resolution: &Resolution, i: usize) -> Vec<Stated> {
    let paper = &resolution.papers[i];
    let targets = resolution.targets(i);
    let work = |m: u32| match targets.get(m as usize) {
        Some(Target::Work(work, how)) => Some((*work, *how)),
        _ => None,
    };
    let one = |r: &Relation| {
        let kind = Kind::of_name(&r.kind)?;
        let source = r.source.map_or(Some(resolution.own[i]), |m| work(m).map(|w| w.0))?;
        let (target, how) = work(r.target)?;
        let evidence = evidence(i, paper.mentions.get(r.target as usize)?, r, how);
        (source != target).then_some(((source, target, kind), evidence))
    };
    paper.relations.iter().filter_map(one).collect()
}

fn evidence(document: usize, m: &Mention, r: &Relation, how: How) -> Evidence {
    Evidence {
        document: place(document),
        start: m.start,
        end: m.end,
        section: m.section.clone(),
        quote: m.quote.clone(),
        cue: r.cue.clone(),
        rule: how.shared_name(),
        confidence: r.confidence.clone(),
        is_part: m.is_part,
    }
}

/// What came attached to an act is a part of it; the bracket that says so is the evidence.
fn parts(resolution: &Resolution) -> Vec<(u32, u32, Link)> {
    let one = |(i, paper): (usize, &Paper)| {
        let source = resolution.own[i];
        let act = resolution.works[source as usize].part_of.as_deref()?;
        let target = resolution.work(act)?;
        let mention = paper.mentions.get(paper.attached_to? as usize)?;
        let relation = Relation { kind: "part_of".into(), cue: Some("kèm theo".into()), confidence: "high".into(), ..Relation::default() };
        Some((source, target, evidence(i, mention, &relation, How::Printed)))
    };
    let mut found: Vec<(u32, u32, Evidence)> = resolution.papers.iter().enumerate().filter_map(one).collect();
    found.sort();
    let mut links: Vec<(u32, u32, Link)> = Vec::new();
    for (source, target, evidence) in found {
        match links.last_mut().filter(|l| (l.0, l.1) == (source, target)) {
            Some((.., link)) => link.evidence.push(evidence),
            None => links.push((source, target, Link { kind: Kind::PartOf, evidence: vec![evidence] })),
        }
    }
    links
}

fn open(resolution: &Resolution) -> Vec<Open> {
    let one = |r: &crate::resolve::Refusal| {
        let paper = &resolution.papers[r.paper as usize];
        let mention = r.mention.and_then(|m| paper.mentions.get(m as usize));
        Open {
            document: r.paper,
            start: mention.map_or(0, |m| m.start),
            end: mention.map_or(0, |m| m.end),
            section: mention.and_then(|m| m.section.clone()),
            quote: mention.map(|m| m.quote.clone()).unwrap_or_default(),
            reason: r.reason.name().into(),
            candidates: r.candidates.clone(),
        }
    };
    resolution.refusals.iter().map(one).collect()
}
