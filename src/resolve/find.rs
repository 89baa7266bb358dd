//! From a mention to the key of a work.

use super::acts::{self, NoAct};
use super::paper::{Form, Mention, Paper, read, scope_of, symbol_of};
use super::title::{Scheme, Words};
use super::{How, MOST_CANDIDATES, Reason};
use crate::mention::identity::{NoScope, slug, work_key};
use crate::text::fold;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// What was found of one mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// The key that stands in the paper's own mention of this place.
    Printed(u32),
    /// A key that the archive supplied.
    Supplied(Arc<str>, How),
    /// The paper itself.
    Own,
    /// Nothing, or too much.
    Refused(Reason, Vec<String>),
}

impl Found {
    pub(super) fn key<'a>(&'a self, paper: &'a Paper) -> Option<&'a str> {
        match self {
            Self::Printed(m) => paper.mentions[*m as usize].key.as_deref(),
            Self::Supplied(key, _) => Some(key),
            Self::Own | Self::Refused(..) => None,
        }
    }

    pub(super) fn how(&self) -> How {
        match self {
            Self::Supplied(_, how) => *how,
            Self::Own => How::Own,
            _ => How::Printed,
        }
    }
}

/// What the papers alone say: every key that a paper has or prints, by what a mention may lack.
pub(super) struct Archive<'p> {
    keys: HashSet<&'p str>,
    /// By scope, type and number: "ttg/qd/489".
    by_stem: HashMap<String, Vec<&'p str>>,
    /// By type and number: "qd/489".
    by_number: HashMap<String, Vec<&'p str>>,
    /// By class and words of the scheme that a work brought in.
    schemes: HashMap<(&'static str, Words), BTreeSet<&'p str>>,
    /// Classes of the schemes that a work brought in.
    classes: HashMap<&'p str, BTreeSet<&'static str>>,
}

/// A key in its parts.
struct Parts<'k> {
    scope: &'k str,
    type_slug: &'k str,
    year: i16,
    number: &'k str,
}

fn parts(key: &str) -> Option<Parts<'_>> {
    let (rest, number) = key.strip_prefix("vn/")?.rsplit_once('/')?;
    let (rest, year) = rest.rsplit_once('/')?;
    let (scope, type_slug) = rest.rsplit_once('/')?;
    Some(Parts { scope, type_slug, year: year.parse().ok()?, number })
}

impl<'p> Archive<'p> {
    pub(super) fn new(papers: &'p [Paper]) -> Self {
        let printed = papers.iter().flat_map(|p| p.key.as_deref().into_iter().chain(p.mentions.iter().filter_map(|m| m.key.as_deref())));
        let keys: HashSet<&str> = printed.collect();
        let mut archive = Self { keys, by_stem: HashMap::new(), by_number: HashMap::new(), schemes: HashMap::new(), classes: HashMap::new() };
        if papers.iter().any(|p| p.mentions.iter().any(|m| m.key.is_none() && m.form != Form::Own)) {
            archive.index();
            archive.index_schemes(papers);
        }
        archive
    }

    fn index(&mut self) {
        let mut sorted: Vec<&'p str> = self.keys.iter().copied().collect();
        sorted.sort_unstable();
        for key in sorted {
            let Some(p) = parts(key) else { continue };
            self.by_stem.entry(format!("{}/{}/{}", p.scope, p.type_slug, p.number)).or_default().push(key);
            self.by_number.entry(format!("{}/{}", p.type_slug, p.number)).or_default().push(key);
        }
    }

    fn index_schemes(&mut self, papers: &'p [Paper]) {
        let held = papers.iter().filter_map(|p| Some((p.key.as_deref()?, p.subject.as_deref()?)));
        let cited = papers.iter().flat_map(|p| p.mentions.iter()).filter_map(|m| Some((m.key.as_deref()?, m.title.as_deref()?)));
        for (key, title) in held.chain(cited) {
            // Most titles open with another word; the first letter tells so without folding them.
            if !title.starts_with(['p', 'P', 'b', 'B', 't', 'T', 'v', 'V']) {
                continue;
            }
            let Some(scheme) = Scheme::brought_in_by(title) else { continue };
            self.schemes.entry((scheme.class, Words::of(&scheme.name))).or_default().insert(key);
            self.classes.entry(key).or_default().insert(scheme.class);
        }
    }

    /// What the mentions of a paper lead to.
    pub(super) fn find(&self, paper: &Paper) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::with_capacity(paper.mentions.len());
        for (i, m) in paper.mentions.iter().enumerate() {
            let earlier = m.antecedent.filter(|&a| (a as usize) < i).map(|a| &found[a as usize]);
            found.push(match (m.form, &m.key, earlier) {
                (Form::Own, None, _) => Found::Own,
                (_, Some(_), _) => Found::Printed(super::place(i)),
                (_, None, Some(earlier)) => earlier.clone(),
                _ => self.supplied(paper, m),
            });
        }
        found
    }

    fn supplied(&self, paper: &Paper, m: &Mention) -> Found {
        let answer = match m.code.as_deref() {
            Some(code) if has_symbol(code) => self.by_symbol(paper, m, code),
            Some(code) => self.by_bare_number(paper, m, code),
            None => self.by_name(paper, m),
        };
        match answer {
            Ok((key, how)) => Found::Supplied(key.into(), how),
            Err((reason, mut candidates)) => {
                candidates.sort_unstable();
                candidates.dedup();
                candidates.truncate(MOST_CANDIDATES);
                Found::Refused(reason, candidates)
            }
        }
    }

    /// "137/KH-UBND" without a year, or without a place.
    fn by_symbol(&self, paper: &Paper, m: &Mention, code: &str) -> Answer {
        let read = read(code);
        let type_code = m.type_code.as_deref().ok_or((Reason::NoIssuer, Vec::new()))?;
        let (number, printed_year) = read.and_then(|r| Some((r.code.number?, r.code.year))).ok_or((Reason::NoIssuer, Vec::new()))?;
        if symbol_of(code).is_none() {
            return Err((Reason::NoIssuer, Vec::new()));
        }
        let year = printed_year.or(m.date.and_then(|d| d.year));
        let scopes = match scope_of(code, m.issuer.as_deref(), m.date.or(paper.date), &paper.home) {
            Ok(scope) => vec![scope],
            Err(NoScope::Several(scopes)) => scopes,
            Err(NoScope::NoPlace) => return Err((Reason::NoPlace, self.of_body(code, type_code, &number, year))),
        };
        if let ([scope], Some(year)) = (&scopes[..], year) {
            return Ok((work_key(scope, type_code, year, &number), How::Printed));
        }
        let several = scopes.len() > 1;
        if let (true, Some(year)) = (several, year) {
            let all: Vec<String> = scopes.iter().map(|s| work_key(s, type_code, year, &number)).collect();
            let known: Vec<&String> = all.iter().filter(|k| self.keys.contains(k.as_str())).collect();
            return match known[..] {
                [one] => Ok((one.clone(), How::PlaceFromArchive)),
                _ => Err((Reason::Several, all)),
            };
        }
        let number = plain(&number);
        let stems = scopes.iter().map(|s| format!("{s}/{}/{number}", slug(type_code)));
        let known = stems.flat_map(|s| self.by_stem.get(&s).cloned().unwrap_or_default());
        one_of(not_later(known, paper), How::YearFromArchive, Reason::NoYear)
    }

    /// Works of one body, number and type, wherever it stands.
    fn of_body(&self, code: &str, type_code: &str, number: &str, year: Option<i16>) -> Vec<String> {
        let Some(symbol) = symbol_of(code).map(|s| slug(&s)) else { return Vec::new() };
        let of_number = self.by_number.get(&format!("{}/{}", slug(type_code), plain(number)));
        let same = |k: &&&str| parts(k).is_some_and(|p| p.scope.ends_with(&format!("/{symbol}")) && year.is_none_or(|y| p.year == y));
        of_number.into_iter().flatten().filter(same).map(|k| (*k).to_owned()).collect()
    }

    /// "Nghị định 140/2017", "Thông tư 38/2025", "Quyết định 781".
    fn by_bare_number(&self, paper: &Paper, m: &Mention, code: &str) -> Answer {
        let type_code = m.type_code.as_deref().ok_or((Reason::NoAntecedent, Vec::new()))?;
        let (number, year) = match code.split_once('/') {
            Some((number, year)) => (number, year.parse::<i16>().ok()),
            None => (code, m.date.and_then(|d| d.year)),
        };
        if let (Some(year), Some(scope)) = (year, sole_issuer(type_code)) {
            return Ok((work_key(scope, type_code, year, number), How::IssuerImplied));
        }
        let known = self.by_number.get(&format!("{}/{}", slug(type_code), plain(number))).cloned().unwrap_or_default();
        let known = not_later(known.into_iter().filter(|k| year.is_none_or(|y| parts(k).is_some_and(|p| p.year == y))), paper);
        if year.is_some() { one_of(known, How::IssuerFromArchive, Reason::NoIssuer) } else { Err((Reason::NoAntecedent, known)) }
    }

    /// A law by its name, a scheme by its name or nickname.
    fn by_name(&self, paper: &Paper, m: &Mention) -> Answer {
        match &*m.rule {
            "citation-law-by-name" => law(paper, m),
            "citation-nickname" => self.nickname(paper, m),
            _ => self.scheme(paper, m),
        }
    }

    /// "Đề án 89": not "Đề án 89 của thành phố", which is another's.
    fn nickname(&self, paper: &Paper, m: &Mention) -> Answer {
        let none = (Reason::UnknownName, Vec::new());
        let folded = fold(&m.quote);
        let digits = folded.find(|c: char| c.is_ascii_digit()).ok_or(none.clone())?;
        let class = folded[..digits].trim().trim_end_matches(" số").to_owned();
        let number = folded[digits..].split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let foreign = m.issuer.as_deref().is_some_and(|i| !fold(i).contains("thủ tướng"));
        if foreign {
            return Err(none);
        }
        let of_number = self.by_number.get(&format!("qd/{}", plain(number))).cloned().unwrap_or_default();
        let national = |k: &&str| parts(k).is_some_and(|p| p.scope == "ttg") && self.classes.get(k).is_some_and(|c| c.contains(class.as_str()));
        one_of(not_later(of_number.into_iter().filter(national), paper), How::SchemeByNumber, Reason::UnknownName)
    }

    fn scheme(&self, paper: &Paper, m: &Mention) -> Answer {
        let named = Scheme::named(m.title.as_deref().unwrap_or(&m.quote)).or_else(|| Scheme::named(&m.quote));
        let scheme = named.ok_or((Reason::UnknownName, Vec::new()))?;
        let known = self.schemes.get(&(scheme.class, Words::of(&scheme.name))).cloned().unwrap_or_default();
        one_of(not_later(known, paper), How::SchemeByTitle, Reason::UnknownName)
    }
}

type Answer = Result<(String, How), (Reason, Vec<String>)>;

fn one_of(known: Vec<String>, how: How, none: Reason) -> Answer {
    let mut known = known;
    match known.len() {
        1 => Ok((known.remove(0), how)),
        0 => Err((none, known)),
        _ => Err((Reason::Several, known)),
    }
}

/// A paper cites what was there before it.
fn not_later<'k>(keys: impl IntoIterator<Item = &'k str>, paper: &Paper) -> Vec<String> {
    let year = paper.date.and_then(|d| d.year);
    let in_time = |k: &&str| year.is_none_or(|y| parts(k).is_some_and(|p| p.year <= y));
    keys.into_iter().filter(in_time).map(str::to_owned).collect()
}

/// Types that one body alone issues.
fn sole_issuer(type_code: &str) -> Option<&'static str> {
    match type_code {
        "NĐ" => Some("cp"),
        "L" | "BL" => Some("qh"),
        _ => None,
    }
}

fn law(paper: &Paper, m: &Mention) -> Answer {
    let type_code = m.type_code.as_deref().unwrap_or("L");
    let name = law_name(&m.quote);
    match acts::act_named(type_code, &name, m.date, paper.date) {
        Ok((act, dated)) => {
            let key = act.key().ok_or((Reason::UnknownName, Vec::new()))?;
            Ok((key, if dated { How::ActByName } else { How::ActInForce }))
        }
        Err(NoAct::Unknown) => Err((Reason::UnknownName, Vec::new())),
        Err(NoAct::Several(keys)) => Err((Reason::Several, keys)),
    }
}

/// The name in "Luật Thủy lợi ngày 19 tháng 6 năm 2017".
fn law_name(quote: &str) -> Cow<'_, str> {
    let folded = fold(quote);
    let head = ["bộ luật ", "luật ", "pháp lệnh "].iter().find(|w| folded.starts_with(**w)).map_or(0, |w| w.len());
    let tail = [" ngày ", " năm ", ", năm ", " số "].iter().filter_map(|w| {
        let at = folded.rfind(w)?;
        folded[at + w.len()..].starts_with(|c: char| c.is_ascii_digit()).then_some(at)
    });
    let end = tail.min().unwrap_or(folded.len());
    Cow::Owned(folded[head.min(end)..end].trim_matches([' ', ',']).to_owned())
}

/// A number without leading zeros, as keys have it.
fn plain(number: &str) -> String {
    number.trim_start_matches('0').to_lowercase()
}

/// Whether letters stand in a code: a symbol, not "781" or "140/2017".
fn has_symbol(code: &str) -> bool {
    code.chars().filter(|c| c.is_alphabetic()).count() > 1
}
