//! The rules of the check.

use std::fmt;

/// How bad a finding is, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Wrong.
    Error,
    /// Needs a look.
    Warning,
    /// Good to know.
    Note,
}

impl Level {
    /// The name in records and in SARIF.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    /// The level of this name; a note where it is none.
    pub fn of_name(name: &str) -> Self {
        [Self::Error, Self::Warning].into_iter().find(|l| l.name() == name).unwrap_or(Self::Note)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Stable id.
    pub id: &'static str,
    /// How bad.
    pub level: Level,
    /// What it catches.
    pub catches: &'static str,
    /// Where it comes from.
    pub basis: &'static str,
}

const ND30: &str = "Nghị định 30/2020/NĐ-CP, Phụ lục I";

const fn row(id: &'static str, level: Level, catches: &'static str, basis: &'static str) -> Rule {
    Rule { id, level, catches, basis }
}

/// Every rule, papers' own first.
pub const RULES: &[Rule] = &[
    row("number-blank", Level::Warning, "The number is blank.", ND30),
    row("number-leading-zero", Level::Warning, "A number below 10 is printed without a leading zero.", ND30),
    row("day-blank", Level::Warning, "The date lacks its day or month.", ND30),
    row("date-leading-zero", Level::Warning, "A day below 10, or January or February, is printed without a leading zero.", ND30),
    row("field-missing", Level::Warning, "A field that every document has is missing.", ND30),
    row("symbol-spelling", Level::Error, "The symbol is misspelled.", "Nghị định 30/2020/NĐ-CP, Phụ lục III"),
    row("symbol-type", Level::Error, "The symbol says another type than the document.", "Nghị định 30/2020/NĐ-CP, Phụ lục III"),
    row("section-skipped", Level::Warning, "A section number is skipped.", ND30),
    row("section-repeated", Level::Warning, "A section number stands twice.", ND30),
    row("citation-year-missing", Level::Error, "A normative document is cited without the year that its symbol carries.", "Nghị định 30/2020/NĐ-CP, Phụ lục I"),
    row("reference-open", Level::Error, "A number is cited that nothing explains.", "Nghị định 30/2020/NĐ-CP, Phụ lục I"),
    row("task-without-lead", Level::Note, "A task names nobody who leads it.", ""),
    row("deadline-before-issue", Level::Error, "A task is due before the document was issued.", ""),
    row("cites-later-act", Level::Error, "A document cites one that is dated after it.", ""),
    row("cites-ended-act", Level::Error, "A document cites one that was replaced or repealed before.", ""),
    row("reference-ambiguous", Level::Warning, "More than one document may be meant.", ""),
    row("two-dates", Level::Error, "One document is cited with different dates.", ""),
    row("two-titles", Level::Warning, "One document is cited with different titles.", ""),
    row("two-papers", Level::Warning, "Two held documents with different titles have one number.", ""),
    row("one-title-two-years", Level::Warning, "One number with one title is cited under two years.", ""),
    row("cited-not-held", Level::Note, "A document is cited but not held.", ""),
    row("held-never-cited", Level::Note, "A document is held but never cited.", ""),
];

/// The rule of this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_own_id() {
        for (i, r) in RULES.iter().enumerate() {
            assert!(RULES[..i].iter().all(|other| other.id != r.id), "{} stands twice", r.id);
            assert!(r.catches.ends_with('.'), "{}: a sentence", r.id);
        }
    }
}
