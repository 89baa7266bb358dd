//! A trace as a tree for the terminal.

use super::{cut, deed, line};
use crate::graph::record::WorkRecord;
use crate::graph::{Direction, Step, Trace};
use unicode_width::UnicodeWidthStr;

/// How the tree is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// With colours (ANSI).
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Every place that states a step, not the first alone.
    pub all_quotes: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { colour: false, width: 100, all_quotes: false }
    }
}

#[derive(Clone, Copy)]
enum Ink {
    Held,
    Absent,
    Deed,
    Quote,
    Flag,
    Plain,
}

struct Tree<'t> {
    trace: &'t Trace,
    style: Style,
    out: String,
}

/// The tree of a trace: the work, what it rests on, what is built on it.
pub fn tree(trace: &Trace, style: Style) -> String {
    let mut tree = Tree { trace, style, out: String::new() };
    if let Some(root) = trace.work(&trace.root) {
        tree.root(root);
        for direction in [Direction::Up, Direction::Down] {
            tree.branch(direction);
        }
        tree.legend();
    }
    tree.out
}

impl Tree<'_> {
    fn ink(&self, text: &str, ink: Ink) -> String {
        let code = match ink {
            _ if !self.style.colour => return text.to_owned(),
            Ink::Held => "1;32",
            Ink::Absent => "2",
            Ink::Deed => "36",
            Ink::Quote => "3",
            Ink::Flag => "1;31",
            Ink::Plain => return text.to_owned(),
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// One line, cut at the width of the terminal.
    fn line(&mut self, indent: &str, text: &str, ink: Ink) {
        let room = self.style.width.saturating_sub(indent.width()).max(24);
        let text = self.ink(&fitted(text, room), ink);
        self.out.push_str(&format!("{indent}{text}\n"));
    }

    fn mark(work: &WorkRecord) -> (&'static str, Ink) {
        if work.is_held { ("●", Ink::Held) } else { ("○", Ink::Absent) }
    }

    fn root(&mut self, root: &WorkRecord) {
        let (mark, ink) = Self::mark(root);
        self.line("", &format!("{mark} {}", line(root)), ink);
        if let Some(title) = &root.work.title {
            self.line("  ", title, Ink::Plain);
        }
        self.facts("  ", root);
    }

    /// What is held, matched, brought in, changed.
    fn facts(&mut self, indent: &str, work: &WorkRecord) {
        for copy in &work.work.held {
            self.line(indent, &format!("held as {}", copy.path), Ink::Absent);
        }
        if let Some(m) = &work.work.matched {
            self.line(indent, &format!("{}:", m.words()), Ink::Deed);
            self.line(indent, &format!("  “{}” in {}", m.quote, base(&m.cited_by)), Ink::Quote);
        }
        for change in &work.changes {
            self.line(indent, &format!("! {}", change.words()), Ink::Flag);
        }
    }

    fn branch(&mut self, direction: Direction) {
        let steps: Vec<&Step> = self.trace.steps_from(&self.trace.root, direction).collect();
        if steps.is_empty() {
            return;
        }
        self.out.push('\n');
        let head = if direction == Direction::Up { "rests on" } else { "is built on by" };
        self.line("", head, Ink::Plain);
        self.children(&self.trace.root, direction, "");
    }

    fn children(&mut self, key: &str, direction: Direction, indent: &str) {
        let trace = self.trace;
        let steps: Vec<&Step> = trace.steps_from(key, direction).collect();
        let left_out = trace.left_out.iter().find(|l| l.from == key && l.direction == direction);
        for (i, step) in steps.iter().enumerate() {
            let last = i + 1 == steps.len() && left_out.is_none();
            self.step(step, indent, last);
        }
        if let Some(left) = left_out {
            self.line(&format!("{indent}└─ "), &format!("… and {} more (--most N shows them)", left.count), Ink::Absent);
        }
    }

    fn step(&mut self, step: &Step, indent: &str, last: bool) {
        let Some(work) = self.trace.work(&step.to) else { return };
        let (mark, ink) = Self::mark(work);
        let deeds: Vec<String> = step.edges.iter().map(|e| deed(e, step.direction)).collect();
        let (corner, rail) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        let deeds = deeds.join(", ");
        let below = format!("{indent}{rail}");
        let first = step.is_first;
        let see = if first { "" } else { " (again)" };
        let room = self.style.width.saturating_sub(indent.width() + 3 + deeds.width() + 3 + see.width()).max(24);
        let text = self.ink(&format!("{mark} {}", fitted(&line(work), room)), ink);
        let deeds = self.ink(&deeds, Ink::Deed);
        self.out.push_str(&format!("{indent}{corner}{deeds} {text}{see}\n"));
        if first {
            if let Some(title) = &work.work.title {
                self.line(&format!("{below}  "), title, Ink::Plain);
            }
            self.facts(&format!("{below}  "), work);
        }
        self.quotes(step, &format!("{below}  "));
        if first {
            self.children(&step.to, step.direction, &below);
        }
    }

    fn quotes(&mut self, step: &Step, indent: &str) {
        for edge in &step.edges {
            let shown = if self.style.all_quotes { edge.evidence.len() } else { 1 };
            for (i, proof) in edge.evidence.iter().take(shown).enumerate() {
                let section = proof.section.as_deref().map(|s| format!(" {s}")).unwrap_or_default();
                let more = edge.evidence.len() - shown;
                let more = if i + 1 == shown && more > 0 { format!(", {more} more") } else { String::new() };
                let place = format!(" [{}{section}{more}]", base(&proof.path));
                let cue = proof.cue.as_deref().map(|c| format!("{c} … ")).unwrap_or_default();
                let room = self.style.width.saturating_sub(indent.width() + place.width()).max(24);
                let said = self.ink(&fitted(&format!("“{cue}{}”", proof.quote.replace('\n', " ")), room), Ink::Quote);
                let place = self.ink(&place, Ink::Absent);
                self.out.push_str(&format!("{indent}{said}{place}\n"));
            }
        }
    }

    fn legend(&mut self) {
        let changed = self.trace.works.iter().any(|w| !w.changes.is_empty());
        let flag = if changed { "   ! changed or ended by a later document" } else { "" };
        self.out.push('\n');
        self.line("", &format!("● held   ○ cited, not held{flag}"), Ink::Absent);
    }
}

/// The last part of a path.
pub(super) fn base(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A text that is no wider than this many columns.
fn fitted(text: &str, room: usize) -> String {
    let text = text.replace('\n', " ");
    if text.width() <= room { text } else { cut(&text, room) }
}
