//! A trace as a drawing: what the work rests on above it, what is built on it below.

use super::{cut, deed, escaped, line};
use crate::graph::record::{EdgeRecord, WorkRecord, name};
use crate::graph::{Direction, Trace};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

const BOX: (i64, i64) = (232, 78);
const GAP: (i64, i64) = (26, 84);
const MARGIN: i64 = 24;
/// How far an arrow between works of one row runs below them.
const BEND: i64 = GAP.1 / 2;
/// A level of more works is set in several rows.
const MOST_IN_ROW: usize = 7;
/// Widths of small letters that a line in a box holds.
const LINE: f32 = 35.0;
/// The same of a bold line.
const BOLD: f32 = 28.0;

/// The distinct edges of a trace, sorted.
pub(super) fn edges_of(trace: &Trace) -> Vec<&EdgeRecord> {
    let mut edges: Vec<&EdgeRecord> = trace.steps.iter().flat_map(|s| &s.edges).collect();
    edges.sort_by(|a, b| (&a.source, &a.target, &a.r#type).cmp(&(&b.source, &b.target, &b.r#type)));
    edges.dedup_by(|a, b| (&a.source, &a.target, &a.r#type) == (&b.source, &b.target, &b.r#type));
    edges
}

/// Rows of works from top to bottom: the farthest above first.
fn rows(trace: &Trace) -> Vec<Vec<&str>> {
    let mut level: HashMap<&str, i64> = HashMap::from([(trace.root.as_str(), 0)]);
    let mut order: BTreeMap<i64, Vec<&str>> = BTreeMap::from([(0, vec![trace.root.as_str()])]);
    for step in &trace.steps {
        let depth = i64::try_from(step.level).unwrap_or(i64::MAX);
        let depth = if step.direction == Direction::Up { -depth } else { depth };
        if !level.contains_key(step.to.as_str()) {
            level.insert(&step.to, depth);
            order.entry(depth).or_default().push(&step.to);
        }
    }
    order.into_values().flat_map(|row| row.chunks(MOST_IN_ROW).map(<[&str]>::to_vec).collect::<Vec<_>>()).collect()
}

/// The drawing; it needs no other file.
pub fn svg(trace: &Trace) -> String {
    let rows = rows(trace);
    let widest = rows.iter().map(Vec::len).max().unwrap_or(1);
    let across = |n: usize| i64::try_from(n).unwrap_or(1);
    let width = 2 * MARGIN + across(widest) * (BOX.0 + GAP.0) - GAP.0;
    let mut places: HashMap<&str, (i64, i64)> = HashMap::new();
    for (y, row) in rows.iter().enumerate() {
        let left = (width - (across(row.len()) * (BOX.0 + GAP.0) - GAP.0)) / 2;
        for (x, key) in row.iter().enumerate() {
            places.insert(key, (left + across(x) * (BOX.0 + GAP.0), MARGIN + across(y) * (BOX.1 + GAP.1)));
        }
    }
    let pairs = pairs(trace);
    let bottom = MARGIN + across(rows.len()) * (BOX.1 + GAP.1) - GAP.1;
    // Arrows between works of the last row run below it.
    let row_of = |key: &str| places.get(key).map(|&(_, y)| y);
    let runs_below = |&((a, b), _): &((&str, &str), _)| row_of(a) == row_of(b) && row_of(a) == Some(bottom - BOX.1);
    let height = bottom + if pairs.iter().any(runs_below) { BEND } else { 0 } + MARGIN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" \
         font-family=\"'Noto Sans','DejaVu Sans',Arial,sans-serif\" font-size=\"11\">\n{STYLE}<rect class=\"page\" width=\"{width}\" height=\"{height}\"/>\n"
    );
    out.push_str(&format!("<title>{}</title>\n", escaped(&trace.work(&trace.root).map(line).unwrap_or_default())));
    pairs.iter().enumerate().for_each(|(i, (ends, edges))| out.push_str(&arrow(i, *ends, edges, &places)));
    trace.works.iter().for_each(|w| out.push_str(&node(w, w.work.key == trace.root, &places)));
    out.push_str("</svg>\n");
    out
}

const STYLE: &str = "<style>.page{fill:#fff}.held rect{fill:#e3f2e1;stroke:#2e7d32}.cited rect{fill:#f7f7f7;stroke:#8a8a8a;stroke-dasharray:5 3}\
.root rect{stroke-width:3}.name{font-weight:bold;font-size:12px}.flag{fill:#b3261e;font-weight:bold}.edge{fill:none;stroke:#5c6b7a;stroke-width:1.3}\
.deed{fill:#2d4a66;font-size:10px}.halo{stroke:#fff;stroke-width:4;paint-order:stroke}</style>\n\
<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#5c6b7a\"/></marker></defs>\n";

/// Edges by their two ends.
fn pairs(trace: &Trace) -> Vec<((&str, &str), Vec<&EdgeRecord>)> {
    let mut pairs: BTreeMap<(&str, &str), Vec<&EdgeRecord>> = BTreeMap::new();
    edges_of(trace).into_iter().for_each(|e| pairs.entry((&e.source, &e.target)).or_default().push(e));
    pairs.into_iter().collect()
}

fn arrow(i: usize, (source, target): (&str, &str), edges: &[&EdgeRecord], places: &HashMap<&str, (i64, i64)>) -> String {
    let (Some(&(sx, sy)), Some(&(tx, ty))) = (places.get(source), places.get(target)) else { return String::new() };
    let (x1, x2) = (sx + BOX.0 / 2, tx + BOX.0 / 2);
    // From the top of the lower box to the bottom of the upper one, or the other way; between boxes of one row below them.
    let (y1, y2, c1, c2) = match ty.cmp(&sy) {
        Ordering::Less => (sy, ty + BOX.1, (sy + ty + BOX.1) / 2, (sy + ty + BOX.1) / 2),
        Ordering::Greater => (sy + BOX.1, ty, (sy + BOX.1 + ty) / 2, (sy + BOX.1 + ty) / 2),
        Ordering::Equal => (sy + BOX.1, sy + BOX.1, sy + BOX.1 + BEND, sy + BOX.1 + BEND),
    };
    let deeds: BTreeSet<String> = edges.iter().map(|e| deed(e, Direction::Up)).collect();
    let deeds = deeds.into_iter().collect::<Vec<_>>().join(", ");
    let quote = edges.iter().flat_map(|e| &e.evidence).next().map(|p| p.quote.as_str()).unwrap_or_default();
    // Labels of neighbouring arrows stand at different heights.
    let t = [0.35, 0.5, 0.65][i % 3];
    let (lx, ly) = (bezier(t, [x1, x1, x2, x2]), bezier(t, [y1, c1, c2, y2]));
    format!(
        "<g><title>{}</title><path class=\"edge\" d=\"M{x1} {y1}C{x1} {c1} {x2} {c2} {x2} {y2}\" marker-end=\"url(#tip)\"/>\
         <text class=\"deed halo\" x=\"{lx}\" y=\"{ly}\" text-anchor=\"middle\">{}</text></g>\n",
        escaped(&format!("{deeds}: {quote}")),
        escaped(&deeds)
    )
}

#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
fn bezier(t: f64, p: [i64; 4]) -> i64 {
    let u = 1.0 - t;
    let p = p.map(|v| v as f64);
    (u * u * u * p[0] + 3.0 * u * u * t * p[1] + 3.0 * u * t * t * p[2] + t * t * t * p[3]).round() as i64
}

fn node(w: &WorkRecord, root: bool, places: &HashMap<&str, (i64, i64)>) -> String {
    let Some(&(x, y)) = places.get(w.work.key.as_str()) else { return String::new() };
    let class = format!("{}{}", if w.is_held { "held" } else { "cited" }, if root { " root" } else { "" });
    let facts: Vec<&str> = [w.work.date.as_deref(), w.work.issuer.as_deref()].into_iter().flatten().collect();
    let mut lines = vec![("name", fitted(&name(&w.work), BOLD)), ("", fitted(&facts.join(" · "), LINE))];
    match w.changes.first() {
        Some(change) => lines.push(("flag", fitted(&change.words(), BOLD))),
        None => lines.extend(w.work.title.as_deref().map(folded).into_iter().flatten().map(|l| ("", l))),
    }
    let text: String = lines
        .iter()
        .enumerate()
        .map(|(i, (class, l))| {
            let at = y + 18 + 16 * i64::try_from(i).unwrap_or(0);
            format!("<text class=\"{class}\" x=\"{}\" y=\"{at}\">{}</text>", x + 9, escaped(l))
        })
        .collect();
    let tip = format!("{} — {}", line(w), w.work.title.as_deref().unwrap_or_default());
    format!("<g class=\"{class}\"><title>{}</title><rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" rx=\"7\"/>{text}</g>\n", escaped(&tip), BOX.0, BOX.1)
}

/// How wide a text is set, in small letters; capitals are wider.
fn width(text: &str) -> f32 {
    text.chars().map(|c| if c.is_uppercase() || matches!(c, 'm' | 'w' | '…') { 1.4 } else { 1.0 }).sum()
}

/// A text that fits into so many small letters.
fn fitted(text: &str, room: f32) -> String {
    let mut used = 0.0;
    let kept = text.chars().take_while(|c| {
        used += width(c.encode_utf8(&mut [0; 4]));
        used <= room
    });
    cut(text, kept.count())
}

/// A title in two lines.
fn folded(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in title.split_whitespace() {
        let full = lines.last().is_some_and(|l| !l.is_empty() && width(l) + width(word) >= LINE);
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    if lines.len() > 2 {
        lines.truncate(2);
        lines[1] = fitted(&format!("{} …", lines[1]), LINE);
    }
    lines
}
