//! Who carries the duties of a body on a later day: bodies merged, split, renamed and ended, provinces merged.

use super::place::Place;
use super::{Body, BodyKind, Level, first_day, name};
use crate::lexicon::{MERGER_OF_PROVINCES, Part, Succession, lexicon, successions};
use crate::text::fold;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One change between then and now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// Name before.
    pub from: String,
    /// Name after; null where nobody came after.
    pub to: Option<String>,
    /// From when on, EDTF.
    pub date: String,
    /// The act that says so.
    pub basis: String,
    /// What the reader should know beside.
    pub note: Option<String>,
}

/// Who carries a part of the duties now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Carrier {
    /// Name with its place.
    pub name: String,
    /// Stable key.
    pub agency: Option<String>,
    /// The part of the duties.
    pub scope: Option<String>,
}

/// Who carries a duty on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Carriers {
    /// Who carries this duty; null where a level of government ended and no one body came after.
    pub carrier: Option<Carrier>,
    /// The words of the duty that told which part it is; null where there is one part only, or the main one was taken.
    pub topic: Option<String>,
    /// Who carries the other parts.
    pub others: Vec<Carrier>,
    /// What happened, in order.
    pub steps: Vec<Step>,
}

/// The class word of a province on a day: "tỉnh", "thành phố"; none where it is not known.
pub(super) fn class_at(province: &str, date: Option<Date>) -> Option<&'static str> {
    let change = successions().classes.iter().find(|c| c.province == province || c.renamed_from.as_deref() == Some(province));
    if let Some(change) = change {
        let after = date.is_some_and(|d| d.to_string() >= change.from) && change.province == province;
        return Some(if after { change.word.as_str() } else { "tỉnh" });
    }
    let known = lexicon().provinces.iter().find(|p| p.name == province);
    match known {
        Some(p) if p.prefix == "Tỉnh" => Some("tỉnh"),
        Some(_) => Some("thành phố"),
        None => successions().places.iter().any(|p| p.from == province).then_some("tỉnh"),
    }
}

/// A change of a province that came into force by a day.
struct Moved {
    to: Option<String>,
    date: &'static str,
    basis: &'static str,
}

/// The next change of a province after `since`, up to `as_of`.
fn next_place(province: &str, since: Option<Date>, as_of: Date) -> Option<Moved> {
    let late = |date: &str| first_day(date).is_some_and(|d| d <= as_of);
    // What keeps its name changes only for papers of before.
    let new = |date: &str| since.is_some_and(|s| first_day(date).is_some_and(|d| s < d));
    if let Some(change) = successions().places.iter().find(|p| p.from == province && late(&p.date)) {
        let to = if change.to.len() == 1 { change.to.first().cloned() } else { None };
        return Some(Moved { to, date: &change.date, basis: &change.basis });
    }
    if let Some(change) = successions().classes.iter().find(|c| c.renamed_from.as_deref() == Some(province) && late(&c.from)) {
        return Some(Moved { to: Some(change.province.clone()), date: &change.from, basis: &change.basis });
    }
    let (date, basis) = MERGER_OF_PROVINCES;
    let merged = lexicon().provinces.iter().find(|p| p.name == province && p.new_name != p.name && class_renamed(&p.new_name).is_none());
    if let Some(p) = merged.filter(|_| late(date)) {
        return Some(Moved { to: Some(p.new_name.clone()), date, basis });
    }
    let city = successions().classes.iter().find(|c| c.province == province && c.renamed_from.is_none() && late(&c.from) && new(&c.from));
    city.map(|c| Moved { to: Some(c.province.clone()), date: &c.from, basis: &c.basis })
}

fn class_renamed(province: &str) -> Option<&'static str> {
    successions().classes.iter().find(|c| c.province == province && c.renamed_from.is_some()).map(|c| c.word.as_str())
}

/// The province that holds the land of another on a day; none where it was divided.
pub fn province_at(province: &str, as_of: Date) -> Option<String> {
    let mut at = province.to_owned();
    for _ in 0..MOST_STEPS {
        match next_place(&at, None, as_of) {
            Some(moved) => at = moved.to?,
            None => break,
        }
    }
    Some(at)
}

/// No body and no province changed more often.
const MOST_STEPS: usize = 12;

/// Who carries a duty on a day that a paper of `issued` gave to a body; none where the body still stands as it was.
///
/// `words` are the words of the duty: they tell the parts of a divided body apart.
pub fn carriers(body: &Body, issued: Option<Date>, as_of: Date, words: &str) -> Option<Carriers> {
    if !matches!(body.kind, BodyKind::Agency | BodyKind::Named) {
        return None;
    }
    let words = fold(words);
    let mut at = Holder { id: body.id.clone(), base: None, level: body.level, province: body.province.clone(), unit: body.unit.clone() };
    let mut walk = Walk { issued, as_of, words: &words, steps: Vec::new(), others: Vec::new(), topic: None, printed: &body.name };
    for _ in 0..MOST_STEPS {
        let ended = walk.steps.last().is_some_and(|s| s.to.is_none());
        if ended || !(walk.body(&mut at) || walk.place(&mut at)) {
            break;
        }
    }
    if walk.steps.is_empty() {
        return None;
    }
    let carrier = walk.steps.last().is_some_and(|s| s.to.is_some()).then(|| at.carrier(walk.printed, as_of, None));
    let others = walk.others.iter().map(|(h, scope)| walk.moved(h).carrier(walk.printed, as_of, scope.clone())).collect();
    Some(Carriers { carrier, topic: walk.topic, others, steps: walk.steps })
}

/// A body on the way.
#[derive(Debug, Clone)]
struct Holder {
    id: Option<String>,
    /// Name without the place, where it differs from the one first printed.
    base: Option<String>,
    level: Level,
    province: Option<String>,
    unit: Option<String>,
}

impl Holder {
    fn name(&self, printed: &str, date: Date) -> String {
        let place = Place { province: self.province.clone(), unit: self.unit.clone() };
        match self.base.as_deref().or_else(|| self.known_name()) {
            Some(base) => place.name(base, Some(date)),
            None => printed.to_owned(),
        }
    }

    fn known_name(&self) -> Option<&'static str> {
        self.id.as_deref().and_then(name::known).map(|k| k.name).filter(|n| !n.contains(['(', '/']))
    }

    fn carrier(&self, printed: &str, date: Date, scope: Option<String>) -> Carrier {
        let place = Place { province: self.province.clone(), unit: self.unit.clone() };
        Carrier { name: self.name(printed, date), agency: self.id.as_deref().map(|id| place.key(id)), scope }
    }
}

struct Walk<'a> {
    issued: Option<Date>,
    as_of: Date,
    words: &'a str,
    steps: Vec<Step>,
    others: Vec<(Holder, Option<String>)>,
    topic: Option<String>,
    printed: &'a str,
}

impl Walk<'_> {
    /// The next change of the body, if one is due.
    fn body(&mut self, at: &mut Holder) -> bool {
        let Some(id) = at.id.clone() else { return false };
        let due = |s: &&Succession| s.from == id && first_day(&s.date).is_some_and(|d| d <= self.as_of);
        let Some(change) = successions().bodies_ended.iter().find(due) else { return false };
        let date = first_day(&change.date).unwrap_or(self.as_of);
        let from = at.name(self.printed, self.issued.map_or(date, |i| i.min(date)));
        let chosen = self.part(change);
        for part in change.to.iter().filter(|p| chosen.is_none_or(|c| c.agency != p.agency)) {
            self.others.push((successor(at, part), part.scope.clone()));
        }
        let to = chosen.map(|part| {
            *at = successor(at, part);
            at.name(self.printed, date)
        });
        self.steps.push(Step { from, to, date: change.date.clone(), basis: change.basis.clone(), note: change.note.clone() });
        true
    }

    /// The part that carries this duty: the one whose topic the words name, else the main one.
    fn part<'s>(&mut self, change: &'s Succession) -> Option<&'s Part> {
        if change.to.len() < 2 {
            return change.to.first();
        }
        let hits: Vec<(&Part, &String)> =
            change.to.iter().filter_map(|p| p.topics.iter().find(|t| self.words.contains(fold(t).as_str())).map(|t| (p, t))).collect();
        if let [(part, topic)] = hits[..] {
            self.topic = Some(topic.clone());
            return Some(part);
        }
        change.to.iter().find(|p| p.main)
    }

    /// The next change of the place, if one is due.
    fn place(&mut self, at: &mut Holder) -> bool {
        let Some(province) = at.province.clone() else { return false };
        let done = self.steps.iter().filter_map(|s| first_day(&s.date)).max();
        let Some(moved) = next_place(&province, done.or(self.issued), self.as_of) else { return false };
        let date = first_day(moved.date).unwrap_or(self.as_of);
        let from = at.name(self.printed, date.yesterday().unwrap_or(date));
        let to = moved.to.map(|to| {
            at.province = Some(to);
            // The printed name holds the old province.
            if at.known_name().is_none() && at.base.is_none() {
                at.base = Some(base_of(self.printed, &province));
            }
            at.name(self.printed, date)
        });
        let changed = to.as_ref() != Some(&from);
        if changed {
            self.steps.push(Step { from, to, date: moved.date.to_owned(), basis: moved.basis.to_owned(), note: None });
        }
        changed
    }

    /// A part that went elsewhere, in its place of today.
    fn moved(&self, holder: &Holder) -> Holder {
        let province = holder.province.as_deref().and_then(|p| province_at(p, self.as_of));
        Holder { province, ..holder.clone() }
    }
}

/// A printed name without its province.
fn base_of(printed: &str, province: &str) -> String {
    let cut = printed.rfind(province).unwrap_or(printed.len());
    let stem = printed[..cut].trim_end();
    ["tỉnh", "thành phố"].iter().find_map(|w| stem.strip_suffix(w)).unwrap_or(stem).trim_end_matches([' ', ',']).to_owned()
}

fn successor(at: &Holder, part: &Part) -> Holder {
    let level = name::known(&part.agency).map_or(at.level, |k| k.level);
    let unit = at.unit.clone().filter(|_| level == at.level);
    let province = at.province.clone().filter(|_| level != Level::Central);
    Holder { id: Some(part.agency.clone()), base: None, level, province, unit }
}
