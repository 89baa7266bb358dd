//! What the corpus phase needs of one paper.

use crate::export::{CitationRecord, DocumentRecord, HeaderRecord, SectionRecord, TaskRecord};
use crate::mention::code::{self, CodeMention};
use crate::mention::date::PartialDate;
use crate::mention::identity::{self, Home, NoScope};
use std::sync::Arc;

/// One paper as the corpus phase sees it: who it is, what it cites, what it does with that, what it orders.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paper {
    /// `sha256:…`
    pub id: Arc<str>,
    /// Where it was read from.
    pub path: Arc<str>,
    /// Number and symbol as they should be written; begins with a stroke while the number is blank.
    pub code: Option<Arc<str>>,
    /// Its number; `None` while that is blank.
    pub number: Option<Arc<str>>,
    /// Type code, `KH`.
    pub type_code: Option<Arc<str>>,
    /// Trích yếu.
    pub subject: Option<Arc<str>>,
    /// Date, as far as it is known.
    pub date: Option<PartialDate>,
    /// Issuer, with its province.
    pub issuer: Option<Arc<str>>,
    /// Scope of its issuer, `long-an/ubnd`, where it is known.
    pub scope: Option<Arc<str>>,
    /// Identity; `None` while number, year or scope are not known.
    pub key: Option<Arc<str>>,
    /// Where it stands.
    pub home: Home,
    /// Kính gửi, as printed, then Nơi nhận "để thực hiện".
    pub addressees: Vec<Arc<str>>,
    /// Every mention of another paper, in reading order.
    pub mentions: Vec<Mention>,
    /// What it states of them.
    pub relations: Vec<Relation>,
    /// Its duties.
    pub tasks: Vec<Duty>,
    /// Annexes that are papers of their own kind: a quy chế, a kế hoạch.
    pub parts: Vec<Part>,
    /// The mention of the act that this paper came attached to ("Kèm theo Quyết định số …").
    pub attached_to: Option<u32>,
}

/// One mention of another paper; its place in the list is its citation id less one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mention {
    /// What stands there.
    pub quote: Arc<str>,
    /// First code point in the paper's text.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Path of the passage.
    pub section: Option<Arc<str>>,
    /// How it is mentioned.
    pub form: Form,
    /// Type code.
    pub type_code: Option<Arc<str>>,
    /// Number and symbol.
    pub code: Option<Arc<str>>,
    /// Date that this mention prints.
    pub date: Option<PartialDate>,
    /// Issuer that this mention prints.
    pub issuer: Option<Arc<str>>,
    /// Title that this mention prints.
    pub title: Option<Arc<str>>,
    /// Whether it cites a provision of the work, not all of it.
    pub is_part: bool,
    /// Identity, as the paper alone tells it.
    pub key: Option<Arc<str>>,
    /// The mention that this one refers back to.
    pub antecedent: Option<u32>,
    /// The rule that found it.
    pub rule: Arc<str>,
}

/// How a paper is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// With its symbol.
    #[default]
    Full,
    /// By number alone, or again.
    Short,
    /// By name.
    Named,
    /// The paper itself.
    Own,
}

/// What a paper states of two others, or of itself and another.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Relation {
    /// `None` for the paper itself.
    pub source: Option<u32>,
    /// `implements`, …
    pub kind: Arc<str>,
    /// Mention of the other paper.
    pub target: u32,
    /// The words that say so.
    pub cue: Option<Arc<str>>,
    /// `high`, `medium`, `low`.
    pub confidence: Arc<str>,
}

/// A duty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Duty {
    /// Stable id.
    pub id: Arc<str>,
    /// Path of the passage.
    pub section: Arc<str>,
    /// What is to be done.
    pub action: Arc<str>,
    /// Who leads, in full.
    pub leads: Vec<Arc<str>>,
    /// Last day, ISO.
    pub due: Option<Arc<str>>,
}

/// An annex that is a paper of its own kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Part {
    /// Path of the section.
    pub id: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
}

impl Paper {
    /// The paper of a record.
    pub fn of(record: &DocumentRecord) -> Self {
        let header = &record.header;
        let date = header.date.as_ref().and_then(|d| edtf(&d.value));
        let issuer = header.issuer.as_ref().map(|i| i.name.as_str());
        let home = home(issuer, header.place.as_deref(), date);
        let code = header.code.as_ref();
        let type_code = header.document_type.as_ref().map(|t| t.code.as_str());
        let scope = code.and_then(|c| scope_of(&c.text, issuer, date, &home).ok());
        Self {
            id: record.id.as_str().into(),
            path: record.source.path.as_str().into(),
            code: code.map(|c| c.text.as_str().into()),
            number: code.and_then(|c| c.number.as_deref()).map(Into::into),
            type_code: type_code.map(Into::into),
            subject: header.subject.as_deref().map(Into::into),
            date,
            issuer: issuer.map(Into::into),
            key: own_key(header, scope.as_deref(), date).map(Into::into),
            scope: scope.map(Into::into),
            home,
            addressees: header.addressees.iter().map(|a| a.text.as_str().into()).collect(),
            mentions: record.citations.iter().map(mention).collect(),
            relations: relations(record),
            tasks: record.tasks.iter().map(duty).collect(),
            parts: record.sections.iter().filter_map(part).collect(),
            attached_to: attached_to(record),
        }
    }

    /// Hands on every text that other papers are likely to hold as well, so that it can be kept once.
    pub fn each_common_text(&mut self, mut each: impl FnMut(&mut Arc<str>)) {
        let own = [&mut self.type_code, &mut self.issuer, &mut self.scope, &mut self.key];
        own.into_iter().flatten().for_each(&mut each);
        self.addressees.iter_mut().for_each(&mut each);
        for m in &mut self.mentions {
            let some = [&mut m.section, &mut m.type_code, &mut m.code, &mut m.issuer, &mut m.title, &mut m.key];
            some.into_iter().flatten().chain([&mut m.quote, &mut m.rule]).for_each(&mut each);
        }
        for r in &mut self.relations {
            r.cue.iter_mut().chain([&mut r.kind, &mut r.confidence]).for_each(&mut each);
        }
    }
}

/// The key of the work that a record's paper is, where number, year and issuer are known.
pub fn work_key(record: &DocumentRecord) -> Option<String> {
    let header = &record.header;
    let date = header.date.as_ref().and_then(|d| edtf(&d.value));
    let issuer = header.issuer.as_ref().map(|i| i.name.as_str());
    let home = home(issuer, header.place.as_deref(), date);
    let scope = scope_of(&header.code.as_ref()?.text, issuer, date, &home).ok()?;
    own_key(header, Some(&scope), date)
}

fn own_key(header: &HeaderRecord, scope: Option<&str>, date: Option<PartialDate>) -> Option<String> {
    let code = header.code.as_ref()?;
    let year = code.year.or(date.and_then(|d| d.year))?;
    Some(identity::work_key(scope?, &header.document_type.as_ref()?.code, year, code.number.as_deref()?))
}

/// Where a paper of this issuer stands; its place line tells the province where the issuer's name does not.
pub fn home(issuer: Option<&str>, place: Option<&str>, date: Option<PartialDate>) -> Home {
    let place = place.and_then(|p| identity::province_in(&crate::text::fold(p)));
    let named = issuer.and_then(|i| identity::province_in(&crate::text::fold(i)));
    Home::new(named.or(place), issuer, date)
}

/// The scope of the issuer whose abbreviation stands in a code.
pub(super) fn scope_of(code: &str, issuer: Option<&str>, date: Option<PartialDate>, home: &Home) -> Result<String, NoScope> {
    let symbol = symbol_of(code).ok_or(NoScope::NoPlace)?;
    identity::scope(&symbol, issuer, date, home)
}

/// The issuer's abbreviation in a code.
pub(super) fn symbol_of(code: &str) -> Option<String> {
    read(code)?.issuers.into_iter().next()
}

/// A code read again; a blank number counts only after "số".
pub(super) fn read(code: &str) -> Option<CodeMention> {
    code::scan(&format!("số {code}")).into_iter().next()
}

/// A date of a record: `2020-06-18`, `2020-06` or `2020`.
pub fn edtf(value: &str) -> Option<PartialDate> {
    let mut parts = value.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map(str::parse).transpose().ok()?;
    let day = parts.next().map(str::parse).transpose().ok()?;
    PartialDate::new(Some(year), month, day)
}

fn index(id: &str) -> Option<u32> {
    id.strip_prefix('c')?.parse::<u32>().ok()?.checked_sub(1)
}

fn mention(c: &CitationRecord) -> Mention {
    Mention {
        quote: c.quote.as_str().into(),
        start: u32::try_from(c.span.start).unwrap_or(u32::MAX),
        end: u32::try_from(c.span.end).unwrap_or(u32::MAX),
        section: c.section.as_deref().map(Into::into),
        form: form(&c.form),
        type_code: c.document_type.as_deref().map(Into::into),
        code: c.code.as_ref().map(|c| c.text.as_str().into()),
        date: c.date.as_ref().and_then(|d| edtf(&d.value)),
        issuer: c.issuer.as_ref().map(|i| i.name.as_str().into()),
        title: c.title.as_deref().map(Into::into),
        is_part: c.provision.is_some(),
        key: c.key.as_deref().map(Into::into),
        antecedent: c.antecedent.as_deref().and_then(index),
        rule: c.rule.as_str().into(),
    }
}

/// The form by its name in records.
pub fn form(name: &str) -> Form {
    match name {
        "short" => Form::Short,
        "named" => Form::Named,
        "self" => Form::Own,
        _ => Form::Full,
    }
}

fn relations(record: &DocumentRecord) -> Vec<Relation> {
    let count = record.citations.len();
    let place = |id: &str| index(id).filter(|&i| (i as usize) < count);
    let relation = |r: &crate::export::RelationRecord| {
        let source = if r.source == "self" { None } else { Some(place(&r.source)?) };
        Some(Relation {
            source,
            kind: r.r#type.as_str().into(),
            target: place(&r.target)?,
            cue: r.cue.as_deref().map(Into::into),
            confidence: r.confidence.as_str().into(),
        })
    };
    record.relations.iter().filter_map(relation).collect()
}

fn duty(t: &TaskRecord) -> Duty {
    Duty {
        id: t.id.as_str().into(),
        section: t.section.as_str().into(),
        action: t.action.as_str().into(),
        leads: t.leads.iter().map(|p| p.name.as_str().into()).collect(),
        due: t.deadline.as_ref().and_then(|d| d.due.as_deref()).map(Into::into),
    }
}

/// Words that open the title of a paper which an act brings in, not of a form or a list.
const PART_WORDS: &[&str] = &["quy chế", "quy định", "kế hoạch", "đề án", "chương trình", "phương án", "điều lệ", "chiến lược", "quy hoạch", "nội quy"];

fn part(section: &SectionRecord) -> Option<Part> {
    let title = section.heading.as_deref().filter(|_| section.level == "annex")?;
    let title = title.split('(').next().unwrap_or(title).trim();
    let folded = crate::text::fold(title);
    PART_WORDS.iter().any(|w| folded.starts_with(w)).then(|| Part { id: section.id.as_str().into(), title: title.into() })
}

/// A paper without a number says in brackets which act brought it in.
fn attached_to(record: &DocumentRecord) -> Option<u32> {
    let stated = record.relations.iter().find(|r| r.source == "self" && r.r#type == "attached_to").and_then(|r| index(&r.target));
    if stated.is_some() || record.header.code.is_some() {
        return stated;
    }
    let text = record.text.as_deref()?;
    let first = record.citations.iter().take(FIRST_MENTIONS);
    first.enumerate().find(|(_, c)| c.form == "full" && follows(text, c.span.start, "kèm theo")).and_then(|(i, _)| u32::try_from(i).ok())
}

/// The bracket stands below the title.
const FIRST_MENTIONS: usize = 6;

fn follows(text: &str, at: usize, words: &str) -> bool {
    let before: String = text.chars().skip(at.saturating_sub(24)).take(at.min(24)).collect();
    crate::text::fold(&before).trim_end().ends_with(words)
}
