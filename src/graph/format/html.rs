//! A trace as one page: the drawing and, below it, every step with its quotes. It needs no other file and no script.

use super::{deed, escaped, line, svg};
use crate::graph::record::WorkRecord;
use crate::graph::{Direction, Step, Trace};

const STYLE: &str = "body{font:15px/1.5 'Noto Sans','DejaVu Sans',Arial,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1c2733}\
h1{font-size:1.3rem;margin:0}h2{font-size:1.1rem;margin-top:2rem}.drawing{overflow:auto;border:1px solid #d6dce2;margin-top:1rem}\
ul{list-style:none;padding-left:1.2rem;border-left:2px solid #e3e8ed}li{margin:.6rem 0}.deed{color:#2d4a66;font-weight:600}\
.held::before{content:'● ';color:#2e7d32}.cited::before{content:'○ ';color:#777}.flag{color:#b3261e}.small{color:#5c6b7a;font-size:.9em}\
blockquote{margin:.2rem 0 .2rem 1rem;font-style:italic}";

/// The page of a trace.
pub fn html(trace: &Trace) -> String {
    let Some(root) = trace.work(&trace.root) else { return String::new() };
    let title = escaped(&line(root));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title><style>{STYLE}</style></head><body>\n<h1 class=\"{}\">{title}</h1>\n",
        class(root)
    );
    out.push_str(&facts(root));
    if let Some(day) = &trace.as_of {
        out.push_str(&format!("<p class=\"small\">As of {}</p>\n", escaped(day)));
    }
    out.push_str(&format!("<div class=\"drawing\">{}</div>\n", svg(trace)));
    for (direction, head) in [(Direction::Up, "Rests on"), (Direction::Down, "Is built on by")] {
        if trace.steps_from(&trace.root, direction).next().is_some() {
            out.push_str(&format!("<h2>{head}</h2>\n"));
            list(trace, &trace.root, direction, &mut out);
        }
    }
    out.push_str("<p class=\"small\">● held &nbsp; ○ cited, not held</p>\n</body></html>\n");
    out
}

fn class(work: &WorkRecord) -> &'static str {
    if work.is_held { "held" } else { "cited" }
}

fn facts(work: &WorkRecord) -> String {
    let mut out = String::new();
    if let Some(title) = &work.work.title {
        out.push_str(&format!("<div>{}</div>\n", escaped(title)));
    }
    for copy in &work.work.held {
        out.push_str(&format!("<div class=\"small\">held as {}</div>\n", escaped(&copy.path)));
    }
    if let Some(m) = &work.work.matched {
        let proof = format!("“{}”", m.quote);
        let (words, proof, path) = (escaped(&m.words()), escaped(&proof), escaped(&m.cited_by));
        out.push_str(&format!("<div class=\"small\">{words}:</div>\n<blockquote>{proof} <span class=\"small\">{path}</span></blockquote>\n"));
    }
    for change in &work.changes {
        out.push_str(&format!("<div class=\"flag\">{}</div>\n", escaped(&change.words())));
    }
    out
}

fn list(trace: &Trace, key: &str, direction: Direction, out: &mut String) {
    out.push_str("<ul>\n");
    for step in trace.steps_from(key, direction) {
        item(trace, step, out);
    }
    if let Some(left) = trace.left_out.iter().find(|l| l.from == key && l.direction == direction) {
        out.push_str(&format!("<li class=\"small\">… and {} more</li>\n", left.count));
    }
    out.push_str("</ul>\n");
}

fn item(trace: &Trace, step: &Step, out: &mut String) {
    let Some(work) = trace.work(&step.to) else { return };
    let deeds: Vec<String> = step.edges.iter().map(|e| deed(e, step.direction)).collect();
    out.push_str(&format!("<li><span class=\"deed\">{}</span> <span class=\"{}\">{}</span>\n", escaped(&deeds.join(", ")), class(work), escaped(&line(work))));
    let first = step.is_first;
    if first {
        out.push_str(&facts(work));
    }
    for proof in step.edges.iter().flat_map(|e| &e.evidence) {
        let section = proof.section.as_deref().map(|s| format!(", {s}")).unwrap_or_default();
        let cue = proof.cue.as_deref().map(|c| format!("{c} … ")).unwrap_or_default();
        let quote = escaped(&format!("“{cue}{}”", proof.quote));
        out.push_str(&format!("<blockquote>{quote} <span class=\"small\">{}{}</span></blockquote>\n", escaped(&proof.path), escaped(&section)));
    }
    if first && trace.steps_from(&step.to, step.direction).next().is_some() {
        list(trace, &step.to, step.direction, out);
    }
    out.push_str("</li>\n");
}
