//! What a rule is: a stable id, literals that it starts with, a pattern, a value that may be refused, examples.

use crate::phrases::Phrases;
use crate::text::{Span, Text, Word, head, is_word_end, words};
use regex::{Captures, Regex};
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{Config, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::{Anchored, Input, MatchKind, PatternID, PatternSet};
use std::fmt::Display;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::OnceLock;

/// One small tested place of knowledge about the page.
///
/// Patterns see folded text (see [`fold`](crate::text::fold)), so they are written in lower case with tone marks
/// in the old place. They are verbose (`(?x)`) and anchored at one of `starts`.
pub struct Rule<T: 'static> {
    /// Stable kebab-case id.
    pub id: &'static str,
    /// What it finds and where the rule comes from.
    pub doc: &'static str,
    /// The literals that a match can start with.
    pub starts: &'static [&'static str],
    /// The pattern of the whole match.
    pub pattern: &'static str,
    /// The value of a match; `None` refuses it.
    pub value: fn(&Captures) -> Option<T>,
    /// Texts with the span marked by «», and the value as displayed.
    pub finds: &'static [(&'static str, &'static str)],
    /// Texts in which it finds nothing.
    pub ignores: &'static [&'static str],
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// Where.
    pub span: Span,
    /// Which rule.
    pub rule: &'static str,
    /// What.
    pub value: T,
}

/// Rules compiled together: one pass finds where any of them could start, and one look there which of them match.
pub struct RuleSet<T: 'static> {
    rules: Vec<&'static Rule<T>>,
    /// The pattern of each rule, compiled when its first match is read.
    patterns: Vec<OnceLock<Regex>>,
    together: Together,
    /// For each literal the rules that start with it or with a shorter one.
    starts: Phrases<Vec<usize>>,
}

/// No rule looks farther than this many bytes.
const WINDOW: usize = 240;

impl<T> RuleSet<T> {
    /// Compiles tables of rules.
    ///
    /// # Panics
    /// When a pattern is no regular expression, which the tests of the tables exclude.
    pub fn new(tables: &[&'static [Rule<T>]]) -> Self {
        let rules: Vec<&'static Rule<T>> = tables.iter().flat_map(|t| t.iter()).collect();
        let patterns = rules.iter().map(|_| OnceLock::new()).collect();
        let together = Together::new(rules.iter().map(|r| verbose(r.pattern)).collect());
        let with = |literal: &str| (0..rules.len()).filter(|&i| rules[i].starts.iter().any(|s| literal.starts_with(s))).collect();
        let starts = Phrases::new(rules.iter().flat_map(|r| r.starts.iter().map(|&s| (s, with(s)))));
        Self { rules, patterns, together, starts }
    }

    /// The rules, in the order of their tables.
    pub fn rules(&self) -> &[&'static Rule<T>] {
        &self.rules
    }

    /// What the rules find, from left to right; at one place the longest match counts, the first rule among equals.
    pub fn scan(&self, folded: &str) -> Vec<Found<T>> {
        self.scan_at(folded, words(folded))
    }

    /// What the rules find in a whole text.
    pub fn scan_text(&self, text: &Text) -> Vec<Found<T>> {
        self.scan_at(text.folded(), text.words(Span::new(0, text.folded().len())))
    }

    fn scan_at(&self, folded: &str, words: impl Iterator<Item = Word>) -> Vec<Found<T>> {
        let mut found: Vec<Found<T>> = Vec::new();
        let mut free = 0;
        let mut look = self.together.look();
        for start in words.filter(|&word| self.starts.may_begin_with(word)).map(Word::start) {
            if start < free {
                continue;
            }
            let Some((end, candidates)) = self.starts.beginning(folded, start) else { continue };
            free = end;
            // OCR loses the blank before a number: "ngày7/02/2026".
            let whole = is_word_end(folded, end) || folded.as_bytes()[end].is_ascii_digit();
            if let Some(best) = whole.then(|| self.best_at(folded, start, candidates, &mut look)).flatten() {
                free = best.span.end.max(end);
                found.push(best);
            }
        }
        found
    }

    fn best_at(&self, folded: &str, start: usize, candidates: &[usize], look: &mut Look) -> Option<Found<T>> {
        let window = window(&folded[start..]);
        // Most places where a rule could start hold nothing.
        look.at(window);
        let mut best: Option<Found<T>> = None;
        for &i in candidates.iter().filter(|&&i| look.sees(i)) {
            let pattern = self.patterns[i].get_or_init(|| compile(self.rules[i].pattern));
            let Some(whole) = pattern.find(window) else { continue };
            let end = start + whole.as_str().trim_end().len();
            if !is_word_end(folded, end) || best.as_ref().is_some_and(|b| b.span.end >= end) {
                continue;
            }
            // The longer the text, the more memory captures take; no pattern looks past its end.
            let Some(captures) = pattern.captures(&window[..whole.end()]) else { continue };
            if let Some(value) = (self.rules[i].value)(&captures) {
                // A pattern that looks further than what it finds names that.
                let end = captures.name("found").map_or(end, |found| start + found.end());
                best = Some(Found { span: Span::new(start, end), rule: self.rules[i].id, value });
            }
        }
        best
    }
}

/// Patterns are verbose and match at the start of what they see.
fn verbose(pattern: &str) -> String {
    format!("(?x)^(?:{pattern})")
}

fn compile(pattern: &str) -> Regex {
    Regex::new(&verbose(pattern)).unwrap_or_else(|e| panic!("rule pattern {pattern}: {e}"))
}

type MakeCache = Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// Bytes for the states that the automaton of a table makes as it goes, for each thread. In the two megabytes that it has
/// by default it forgot the states of the deadlines over and over: two thirds of the steps of looking went into making them anew.
const MOST_STATES: usize = 16 << 20;

/// All patterns as one automaton, which tells in one look which of them match.
struct Together {
    automaton: DFA,
    /// What the automaton knows so far of its states, for each thread.
    caches: Pool<Cache, MakeCache>,
}

impl Together {
    fn new(patterns: Vec<String>) -> Self {
        let without_captures = Config::new().which_captures(WhichCaptures::None);
        let all_matches = DFA::config().match_kind(MatchKind::All).cache_capacity(MOST_STATES);
        let automaton = DFA::builder().thompson(without_captures).configure(all_matches).build_many(&patterns);
        let automaton = automaton.unwrap_or_else(|e| panic!("rule patterns: {e}"));
        let made = automaton.clone();
        Self { automaton, caches: Pool::new(Box::new(move || made.create_cache())) }
    }

    fn look(&self) -> Look<'_> {
        Look { automaton: &self.automaton, cache: self.caches.get(), matching: PatternSet::new(self.automaton.pattern_len()), sure: false }
    }
}

/// Looks at places of one text.
struct Look<'a> {
    automaton: &'a DFA,
    cache: regex_automata::util::pool::PoolGuard<'a, Cache, MakeCache>,
    matching: PatternSet,
    sure: bool,
}

impl Look<'_> {
    fn at(&mut self, window: &str) {
        self.matching.clear();
        let input = Input::new(window).anchored(Anchored::Yes);
        self.sure = self.automaton.try_which_overlapping_matches(&mut self.cache, &input, &mut self.matching).is_ok();
    }

    /// Whether a pattern matches at the place last looked at, as far as is known.
    fn sees(&self, pattern: usize) -> bool {
        !self.sure || self.matching.contains(PatternID::must(pattern))
    }
}

fn window(s: &str) -> &str {
    let near = head(s, WINDOW);
    // No rule crosses the end of a block.
    memchr::memchr(b'\n', near.as_bytes()).map_or(near, |line_end| &near[..line_end])
}

/// A rule as the rule book shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Stable id.
    pub id: &'static str,
    /// Which table it stands in.
    pub table: &'static str,
    /// What it finds and where it comes from.
    pub doc: &'static str,
    /// The pattern, where it is one.
    pub pattern: &'static str,
    /// Texts with the found span marked by «», and the value.
    pub finds: Vec<(&'static str, &'static str)>,
    /// Texts that it leaves alone.
    pub ignores: Vec<&'static str>,
}

impl Entry {
    /// The entries of a table.
    pub fn of<T>(table: &'static str, rules: &'static [Rule<T>]) -> impl Iterator<Item = Entry> {
        rules.iter().map(move |r| Entry { id: r.id, table, doc: r.doc, pattern: r.pattern, finds: r.finds.to_vec(), ignores: r.ignores.to_vec() })
    }
}

/// Runs every rule of a table on its own examples and says what went wrong.
pub fn check<T: Display>(table: &'static [Rule<T>]) -> Vec<String> {
    let set = RuleSet::new(&[table]);
    let mut faults = Vec::new();
    for rule in table {
        if rule.finds.is_empty() || rule.ignores.is_empty() {
            faults.push(format!("{}: a rule needs examples and counter-examples", rule.id));
        }
        for (marked, value) in rule.finds {
            faults.extend(check_find(&set, rule.id, marked, value));
        }
        for text in rule.ignores {
            let found = set.scan(&crate::text::fold(text));
            faults.extend(found.iter().filter(|f| f.rule == rule.id).map(|f| format!("{}: found {} in {text:?}", rule.id, f.value)));
        }
    }
    faults
}

fn check_find<T: Display>(set: &RuleSet<T>, id: &str, marked: &str, value: &str) -> Option<String> {
    let (before, rest) = marked.split_once('«')?;
    let (inside, after) = rest.split_once('»')?;
    let text = format!("{before}{inside}{after}");
    let span = Span::new(before.len(), before.len() + inside.len());
    let found = set.scan(&crate::text::fold(&text));
    let own: Vec<_> = found.iter().filter(|f| f.rule == id).map(|f| (f.span, f.value.to_string())).collect();
    (own != [(span, value.to_owned())]).then(|| format!("{id}: in {marked:?} found {own:?}, not {value:?} at {span:?}"))
}
