//! What is missing: plans that were ordered, decisions that plans rest on, answers.

use crate::graph::{CitationGraph, name};
use crate::resolve::{Paper, Work};
use crate::text::fold;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Name and version of the record.
pub const GAPS_SCHEMA: &str = "vanthu/gaps/1";

/// What is missing in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GapsRecord {
    /// `vanthu/gaps/1`.
    pub schema: String,
    /// Sorted by kind, path and section.
    pub gaps: Vec<Gap>,
}

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Gap {
    /// `plan-ordered`: a plan that a document orders and that is not in the archive; `plan-without-decision`: a plan that
    /// cites no decision; `no-answer`: an addressee that is asked for something and has not answered.
    pub kind: String,
    /// The document.
    pub path: String,
    /// Key of its work.
    pub work: String,
    /// Its name.
    pub name: String,
    /// Path of the passage; null where it is the whole document.
    pub section: Option<String>,
    /// Who is to act; null where nobody is named.
    pub party: Option<String>,
    /// Last day, ISO.
    pub due: Option<String>,
    /// What is to be done.
    pub what: String,
    /// Keys of what others of a group have sent: "UBND các huyện" may be answered by some.
    pub answered: Vec<String>,
}

/// What one paper orders, asks and addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Orders {
    id: Arc<str>,
    plans: Vec<Plan>,
    /// Whether it asks for anything at all.
    asks: bool,
    addressees: Vec<Arc<str>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Plan {
    section: Arc<str>,
    action: Arc<str>,
    leads: Vec<Arc<str>>,
    due: Option<Arc<str>>,
}

impl Orders {
    /// The orders of a paper; none where it neither orders a plan nor is addressed to anyone.
    pub fn of(paper: &Paper) -> Option<Self> {
        let plans: Vec<Plan> = paper
            .tasks
            .iter()
            .filter(|t| orders_plan(&t.action))
            .map(|t| Plan { section: t.section.clone(), action: t.action.clone(), leads: t.leads.clone(), due: t.due.clone() })
            .collect();
        let addressees = paper.addressees.clone();
        (!plans.is_empty() || !addressees.is_empty()).then(|| Self { id: paper.id.clone(), plans, asks: !paper.tasks.is_empty(), addressees })
    }
}

/// "xây dựng kế hoạch", "ban hành Quy chế": a paper is to be made.
fn orders_plan(action: &str) -> bool {
    const DEEDS: &[&str] = &["xây dựng", "ban hành", "lập", "soạn thảo", "phê duyệt"];
    const PAPERS: &[&str] = &["kế hoạch", "đề án", "chương trình", "quy chế", "phương án"];
    let folded = fold(action);
    // What stands in the name of a cited paper is no order.
    let cited = ["quyết định ", " số ", "“", "về việc "].iter().filter_map(|w| folded.find(w)).min().unwrap_or(folded.len());
    let own = format!(" {}", &folded[..cited]);
    DEEDS.iter().any(|deed| {
        let after = own.find(&format!(" {deed} ")).map(|at| &own[at + deed.len() + 1..]);
        after.is_some_and(|rest| PAPERS.iter().any(|p| rest.find(p).is_some_and(|at| rest[..at].chars().count() <= FARTHEST)))
    })
}

/// "xây dựng và ban hành kế hoạch": so many characters may stand between.
const FARTHEST: usize = 32;

/// Everything that is missing.
pub fn gaps(orders: &[Orders], graph: &CitationGraph) -> GapsRecord {
    let mut gaps = Vec::new();
    for order in orders {
        let Ok(i) = graph.documents().binary_search_by(|d| d.id.cmp(&order.id)) else { continue };
        let document = &graph.documents()[i];
        let seeker = Seeker { graph, path: &document.path, work: document.work };
        order.plans.iter().for_each(|plan| seeker.plan(plan, &mut gaps));
        if order.asks {
            order.addressees.iter().for_each(|a| seeker.answer(a, &mut gaps));
        }
    }
    let works = graph.works().iter().enumerate().filter(|(_, w)| !w.held.is_empty() && w.document_type.as_deref() == Some("KH"));
    gaps.extend(works.filter_map(|(i, work)| without_decision(graph, u32::try_from(i).ok()?, work)));
    gaps.sort();
    gaps.dedup();
    GapsRecord { schema: GAPS_SCHEMA.to_owned(), gaps }
}

struct Seeker<'g> {
    graph: &'g CitationGraph,
    path: &'g str,
    work: u32,
}

impl Seeker<'_> {
    fn gap(&self, kind: &str, party: Option<&str>, what: &str, answered: Vec<String>) -> Gap {
        let work = &self.graph.works()[self.work as usize];
        Gap {
            kind: kind.to_owned(),
            path: self.path.to_owned(),
            work: work.key.clone(),
            name: name(work),
            section: None,
            party: party.map(str::to_owned),
            due: None,
            what: what.to_owned(),
            answered,
        }
    }

    /// Held works of a party that name this one.
    fn answers(&self, party: &str) -> Vec<&Work> {
        let sources = self.graph.edges_to(self.work).into_iter().map(|e| &self.graph.works()[e.source as usize]);
        let mut answers: Vec<&Work> = sources.filter(|w| !w.held.is_empty() && w.issuer.as_deref().is_some_and(|i| is_of(i, party))).collect();
        answers.dedup_by_key(|w| &w.key);
        answers
    }

    fn plan(&self, plan: &Plan, gaps: &mut Vec<Gap>) {
        let made = |w: &&Work| matches!(w.document_type.as_deref(), Some("KH" | "QĐ" | "ĐA" | "CTr" | "PA" | "QC"));
        let mut push = |party: Option<&str>| {
            let answers: Vec<String> = party.map(|p| self.answers(p)).unwrap_or_default().into_iter().filter(made).map(|w| w.key.clone()).collect();
            if answers.is_empty() || party.is_some_and(is_group) {
                let gap = self.gap("plan-ordered", party, &plan.action, answers);
                gaps.push(Gap { section: Some(plan.section.to_string()), due: plan.due.as_deref().map(str::to_owned), ..gap });
            }
        };
        match &plan.leads[..] {
            [] => push(None),
            leads => leads.iter().for_each(|lead| push(Some(lead))),
        }
    }

    fn answer(&self, addressee: &str, gaps: &mut Vec<Gap>) {
        let answers: Vec<String> = self.answers(addressee).into_iter().map(|w| w.key.clone()).collect();
        if answers.is_empty() || is_group(addressee) {
            gaps.push(self.gap("no-answer", Some(addressee.trim_matches(['-', ';', '.', ' '])), "", answers));
        }
    }
}

/// A plan rests on a decision, directive, conclusion, resolution, law or decree.
fn without_decision(graph: &CitationGraph, i: u32, work: &Work) -> Option<Gap> {
    const DECISIONS: &[&str] = &["QĐ", "CT", "KL", "NQ", "L", "BL", "PL", "NĐ", "TT", "TTLT", "KH", "CTr", "ĐA", "TB"];
    let rests = graph.edges_from(i).into_iter().any(|e| {
        let class = graph.works()[e.target as usize].document_type.as_deref().unwrap_or_default();
        DECISIONS.contains(&class)
    });
    let path = &work.held.first()?.path;
    (!rests).then(|| Seeker { graph, path, work: i }.gap("plan-without-decision", None, work.title.as_deref().unwrap_or_default(), Vec::new()))
}

fn is_group(party: &str) -> bool {
    let folded = fold(party);
    let folded = folded.trim_start_matches(['-', '+', ' ']);
    folded.starts_with("các ") || folded.starts_with("như trên") || folded.contains(" các ")
}

/// Whether an issuer is the party, or one of the group: "Sở Y tế tỉnh Long An" is "Sở Y tế" and one of "các sở, ngành".
fn is_of(issuer: &str, party: &str) -> bool {
    let (issuer, party) = (plain(issuer), plain(party));
    if issuer.starts_with(&party) || party.starts_with(&issuer) {
        return true;
    }
    const TIERS: &[&str] = &["sở", "ủy ban nhân dân", "bộ", "phòng", "ban"];
    is_group(&party) && TIERS.iter().any(|t| issuer.starts_with(t) && party.contains(t))
}

fn plain(name: &str) -> String {
    let folded = fold(name).replace("ubnd", "ủy ban nhân dân").replace("gd&đt", "giáo dục và đào tạo");
    fold(folded.trim_matches(['-', '+', ';', '.', ',', ' ']))
}

impl GapsRecord {
    /// For reading.
    pub fn text(&self) -> String {
        const HEADS: &[(&str, &str)] = &[
            ("plan-ordered", "Ordered and not in the archive"),
            ("plan-without-decision", "Plans that cite no decision"),
            ("no-answer", "Addressees without an answer in the archive"),
        ];
        let mut out = String::new();
        for (kind, head) in HEADS {
            let here: Vec<&Gap> = self.gaps.iter().filter(|g| g.kind == *kind).collect();
            if here.is_empty() {
                continue;
            }
            out.push_str(&format!("{head} ({})\n", here.len()));
            for g in here {
                let due = g.due.as_deref().map(|d| format!(", due {d}")).unwrap_or_default();
                let party = g.party.as_deref().map(|p| format!("{p}: ")).unwrap_or_default();
                let section = g.section.as_deref().map(|s| format!(" {s}")).unwrap_or_default();
                let sent = if g.answered.is_empty() { String::new() } else { format!(" [{} sent: {}]", g.answered.len(), g.answered.join(", ")) };
                out.push_str(&format!("  {party}{}{due}{sent}\n      {} ({}{section})\n", super::clipped(&g.what), g.name, g.path));
            }
        }
        if out.is_empty() { "no gaps\n".to_owned() } else { out }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_of_plans_are_known() {
        for yes in ["Xây dựng kế hoạch thực hiện Đề án", "ban hành và tổ chức thực hiện Quy chế", "lập phương án"] {
            assert!(orders_plan(yes), "{yes}");
        }
        for no in
            ["tổ chức thực hiện Kế hoạch", "báo cáo kết quả", "xây dựng xã hội học tập", "tuyên truyền Quyết định số 489/QĐ-TTg về việc ban hành Kế hoạch"]
        {
            assert!(!orders_plan(no), "{no}");
        }
    }

    #[test]
    fn an_issuer_is_known_under_the_name_that_it_is_addressed_by() {
        assert!(is_of("Sở Giáo dục và Đào tạo tỉnh Long An", "Sở Giáo dục và Đào tạo"));
        assert!(is_of("Ủy ban nhân dân tỉnh Long An", "UBND tỉnh"));
        assert!(is_of("Sở Y tế tỉnh Long An", "Các sở, ngành tỉnh"));
        assert!(!is_of("Sở Y tế tỉnh Long An", "Sở Tài chính"));
    }
}
