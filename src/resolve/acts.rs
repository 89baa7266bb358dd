//! Acts that are known by name: laws, codes and ordinances, with the decrees that carry them out.
//!
//! The table is a list of public facts, one act a line, made by `scripts/acts.py`; it is read when the first name is asked.

use crate::mention::date::PartialDate;
use crate::mention::identity::{slug, work_key};
use crate::text::fold;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A known act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// `L`, `BL`, `PL` or `NĐ`.
    pub type_code: &'static str,
    /// Number and symbol.
    pub code: &'static str,
    /// Day of issue, ISO.
    pub date: &'static str,
    /// First day in force, ISO; empty where unknown.
    pub in_force: &'static str,
    /// Name without the type.
    pub name: &'static str,
}

impl Act {
    /// The key of the work.
    pub fn key(&self) -> Option<String> {
        let number = self.code.split(['/', '-']).next()?;
        let year = self.date.get(..4)?.parse().ok()?;
        let scope = match self.type_code {
            "NĐ" => "cp",
            _ if self.code.contains("UBTVQH") => "ubtvqh",
            _ if self.code.contains("QH") => "qh",
            _ => "ctn",
        };
        Some(work_key(scope, self.type_code, year, number))
    }
}

/// Why a name gives no act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoAct {
    /// No act of that name, year or date is in the table.
    Unknown,
    /// Any of these may be meant.
    Several(Vec<String>),
}

struct Table {
    by_name: HashMap<String, Vec<Act>>,
    by_key: HashMap<String, Act>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { by_name: HashMap::new(), by_key: HashMap::new() };
    for act in include_str!("../lexicon/acts.tsv").lines().filter_map(act) {
        if act.type_code != "NĐ" {
            table.by_name.entry(name_key(act.type_code, act.name)).or_default().push(act.clone());
        }
        if let Some(key) = act.key() {
            table.by_key.entry(key).or_insert(act);
        }
    }
    table
});

fn act(line: &'static str) -> Option<Act> {
    let mut fields = line.split('\t');
    let mut next = || fields.next();
    Some(Act { type_code: next()?, code: next()?, date: next()?, in_force: next()?, name: next()? })
}

/// Names are compared without marks of punctuation; marks of tone count.
fn name_key(type_code: &str, name: &str) -> String {
    let words = fold(name);
    let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    format!("{} {}", slug(type_code), words.join(" "))
}

/// The known act of a key.
pub fn act_of(key: &str) -> Option<&'static Act> {
    TABLE.by_key.get(key)
}

/// The act of a name ("Luật Thủy lợi"), by the date or year printed with it, else the one in force on the day of
/// the citing paper.
///
/// # Errors
/// When there is none, or when more than one may be meant.
pub fn act_named(type_code: &str, name: &str, printed: Option<PartialDate>, citing: Option<PartialDate>) -> Result<(&'static Act, bool), NoAct> {
    let key = name_key(type_code, name);
    let acts = TABLE.by_name.get(&key).or_else(|| whole_name(&key)).ok_or(NoAct::Unknown)?;
    if let Some(printed) = printed {
        let wanted = printed.edtf().ok_or(NoAct::Unknown)?;
        let hits: Vec<&Act> = acts.iter().filter(|a| a.date.starts_with(&wanted)).collect();
        return match hits[..] {
            [one] => Ok((one, true)),
            [] => Err(NoAct::Unknown),
            _ => Err(several(&hits)),
        };
    }
    let all: Vec<&Act> = acts.iter().collect();
    if let [one] = all[..] {
        return Ok((one, false));
    }
    let Some(day) = citing.and_then(PartialDate::edtf) else { return Err(several(&all)) };
    let passed: Vec<&Act> = all.iter().copied().filter(|a| *a.date <= *day).collect();
    let newest = passed.iter().copied().max_by_key(|a| a.date).ok_or(NoAct::Unknown)?;
    // Between issue and coming into force either may be meant.
    if !newest.in_force.is_empty() && *newest.in_force > *day && passed.len() > 1 { Err(several(&passed)) } else { Ok((newest, false)) }
}

fn several(acts: &[&Act]) -> NoAct {
    NoAct::Several(acts.iter().filter_map(|a| a.key()).collect())
}

/// A name that a text cuts short ("Luật Ban hành văn bản") is that of the one longer name that begins so.
fn whole_name(key: &str) -> Option<&'static Vec<Act>> {
    if key.split(' ').count() < 4 {
        return None;
    }
    let mut longer = TABLE.by_name.iter().filter(|(name, _)| name.strip_prefix(key).is_some_and(|rest| rest.starts_with(' ')));
    let first = longer.next()?;
    longer.next().is_none().then_some(first.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(s: &str) -> Option<PartialDate> {
        super::super::paper::edtf(s)
    }

    #[test]
    fn every_line_of_the_table_is_an_act() {
        let mut keys = std::collections::HashSet::new();
        for (i, line) in include_str!("../lexicon/acts.tsv").lines().enumerate() {
            let act = act(line).unwrap_or_else(|| panic!("line {}: five fields", i + 1));
            let day = |d: &str| d.parse::<jiff::civil::Date>().is_ok();
            assert!(day(act.date) && (act.in_force.is_empty() || day(act.in_force)), "line {}: {line}", i + 1);
            let key = act.key().unwrap_or_else(|| panic!("line {}: no key", i + 1));
            assert!(keys.insert(key), "line {}: {} stands twice", i + 1, act.code);
        }
    }

    #[test]
    fn laws_are_known_by_name() {
        let rows = [
            ("L", "Thủy lợi", Some("2017-06-19"), None, Ok("vn/qh/l/2017/8"), "name and day"),
            ("L", "Thuỷ lợi", Some("2017"), None, Ok("vn/qh/l/2017/8"), "name and year, tone mark in the other place"),
            ("BL", "Lao động", None, Some("2022-03"), Ok("vn/qh/bl/2019/45"), "the only one of that name"),
            ("L", "Tổ chức chính quyền địa phương", None, Some("2018-01-05"), Ok("vn/qh/l/2015/77"), "the one in force then"),
            ("L", "Tổ chức chính quyền địa phương", None, Some("2025-09-01"), Ok("vn/qh/l/2025/72"), "the newest"),
            ("L", "Ban hành văn bản", None, Some("2020-01-01"), Ok("vn/qh/l/2015/80"), "a name cut short"),
            ("L", "Thủy lợi", Some("2016-06-19"), None, Err(NoAct::Unknown), "no such law of that day"),
            ("L", "Trồng cây", None, None, Err(NoAct::Unknown), "no such law"),
        ];
        for (code, name, printed, citing, want, why) in rows {
            let found = act_named(code, name, printed.and_then(date), citing.and_then(date)).map(|(a, _)| a.key().unwrap_or_default());
            assert_eq!(found, want.map(str::to_owned), "{why}");
        }
    }

    #[test]
    fn of_two_laws_none_is_guessed() {
        let two = |found| matches!(found, Err(NoAct::Several(keys)) if keys.len() >= 2);
        assert!(two(act_named("L", "Đất đai", None, None)), "the citing paper's day is not known");
        assert!(two(act_named("L", "Đất đai", None, date("2024-02-01"))), "the new one is passed but not in force");
    }
}
