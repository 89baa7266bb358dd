//! What stands on a page beside the text: page numbers, running heads and feet, notes at the foot.

use super::Sheet;
use super::lines::Line;
use std::collections::{HashMap, HashSet};

/// Heads and feet stand in this share of the page's height from its upper and lower edge.
const EDGE: f32 = 0.13;

/// Leaves out page numbers and the lines that most pages repeat at their edges.
pub(super) fn drop(sheets: &mut [Sheet]) {
    let repeated = repeated(sheets);
    for sheet in sheets {
        let height = sheet.height;
        let rows = sheet.rows.len();
        let mut i = 0;
        sheet.rows.retain(|row| {
            i += 1;
            let text = text_of(row);
            let at_edge = row.first().is_some_and(|l| is_edge(l, height));
            let outermost = i == 1 || i == rows || i == 2;
            !(at_edge && (repeated.contains(&masked(&text)) || outermost && is_page_number(&text)))
        });
    }
}

fn text_of(row: &[Line]) -> String {
    row.iter().map(Line::text).collect::<Vec<_>>().join(" ")
}

fn is_edge(line: &Line, height: f32) -> bool {
    line.area.top < EDGE * height || line.area.bottom > (1.0 - EDGE) * height
}

/// A text with its numbers made alike.
fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' if out.ends_with('0') => {}
            '0'..='9' => out.push('0'),
            ' ' => {}
            c => out.push(c),
        }
    }
    out
}

/// Lines at the edge of a quarter of the pages, three at least.
fn repeated(sheets: &[Sheet]) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for sheet in sheets {
        let rows = sheet.rows.iter().filter(|r| r.first().is_some_and(|l| is_edge(l, sheet.height)));
        let texts: HashSet<String> = rows.map(|r| masked(&text_of(r))).filter(|t| t.chars().count() >= 4).collect();
        for text in texts {
            *counts.entry(text).or_default() += 1;
        }
    }
    let enough = sheets.len().div_ceil(4).max(3);
    counts.into_iter().filter(|(_, n)| *n >= enough).map(|(text, _)| text).collect()
}

fn is_page_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| matches!(c, '-' | '–' | ' ' | '|'));
    let bare = bare.strip_prefix("Trang ").unwrap_or(bare);
    let (first, of) = bare.split_once('/').map_or((bare, None), |(a, b)| (a, Some(b)));
    let digits = |s: &str| (1..=4).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    digits(first) && of.is_none_or(digits)
}

/// Takes the notes at the foot: small lines below a short ruling, or below the body with a number before each.
pub(super) fn take_notes(sheet: &mut Sheet) -> Vec<Line> {
    let mut sizes: Vec<f32> = sheet.rows.iter().flatten().map(|l| l.size).chain(sheet.tables.iter().flat_map(|t| t.sizes())).collect();
    sizes.sort_by(f32::total_cmp);
    let Some(&body) = sizes.get(sizes.len() / 2) else { return Vec::new() };
    let small = |row: &Vec<Line>| row.len() == 1 && row[0].size < 0.93 * body;
    let count = sheet.rows.iter().rev().take_while(|r| small(r)).count();
    let start = sheet.rows.len() - count;
    let Some(first) = sheet.rows.get(start).and_then(|r| r.first()) else { return Vec::new() };
    let below_rule = sheet.rules.iter().any(|r| r.top < first.middle() && first.area.top - r.top < 20.0 && (r.left - first.area.left).abs() < 40.0);
    if !below_rule || start == 0 && sheet.tables.is_empty() {
        return Vec::new();
    }
    sheet.rows.split_off(start).into_iter().flatten().collect()
}
