//! The lines in which a letterhead was printed, where a conversion glued them into one, broke the motto over several,
//! or made rows of a table of them.

use super::{MOST_BLOCKS, inner_place_and_date, is_caps, starts_number};
use crate::text::{Block, Shape, Span, Text, is_alphabetic};
use memchr::memmem::Finder;
use std::borrow::Cow;
use std::sync::LazyLock;

/// The two lines of the national motto, folded, letters only.
const MOTTOS: [&str; 2] = ["cộng hòa xã hội chủ nghĩa việt nam", "độc lập tự do hạnh phúc"];

/// Finds the first of them.
static MOTTO: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(MOTTOS[0]));

/// What a paper of the Party has in the motto's place, folded.
const PARTY: &str = "đảng cộng sản việt nam";

/// No line of the motto is longer with the signs around it, in bytes.
const LONGEST_MOTTO: usize = 120;

/// A letterhead that is set as a table has no more rows.
const MOST_ROWS: usize = 16;

/// The blocks of a text, its letterhead in lines as they were printed.
pub(super) fn printed(text: &Text) -> Cow<'_, [Block]> {
    let blocks = text.blocks();
    let first = &blocks[..blocks.len().min(MOST_BLOCKS)];
    let motto = |b: &Block| [MOTTOS[0], PARTY].iter().any(|m| text.slice_folded(b.span).contains(m));
    let rows = first.iter().any(|b| !b.cells.is_empty() && motto(b));
    let odd = |i: usize| over_lines(text, &first[i..]) > 1 || !cuts(text, &first[i]).is_empty();
    if !rows && !(0..first.len()).any(odd) {
        return Cow::Borrowed(blocks);
    }
    let mut lines = Vec::with_capacity(blocks.len() + 8);
    let mut i = 0;
    while i < first.len() {
        let mut line = first[i].clone();
        let used = over_lines(text, &first[i..]);
        line.span.end = first[i + used - 1].span.end;
        i += used;
        if rows && i <= MOST_ROWS && !line.cells.is_empty() {
            let filled = line.cells.iter().filter(|c| !text.slice(**c).trim().is_empty());
            lines.extend(filled.map(|cell| paragraph(&line, *cell)));
            continue;
        }
        let mut start = line.span.start;
        for cut in cuts(text, &line) {
            lines.push(paragraph(&line, Span::new(start, cut)));
            start = cut;
        }
        line.span.start = start;
        lines.push(line);
    }
    lines.extend_from_slice(&blocks[first.len()..]);
    Cow::Owned(lines)
}

/// The line at which a letterhead begins that does not stand first: that of the motto, or of the issuer above it.
pub(super) fn further(text: &Text, lines: &[Block]) -> Option<usize> {
    // It may be broken behind any word.
    let begins = |b: &Block| {
        let line = text.slice_folded(b.span);
        line.contains(MOTTOS[0]) || line.starts_with("cộng hòa xã hội") && is_caps(text.slice(b.span))
    };
    let motto = lines.iter().take(MOST_BLOCKS).position(begins)?;
    // The left column, with its number, may stand above the motto.
    let beside = |b: &&Block| is_caps(text.slice(b.span)) || text.slice_folded(b.span).starts_with("số:");
    let issuer = lines[..motto].iter().rev().take(4).take_while(beside).count();
    Some(motto - issuer)
}

fn paragraph(block: &Block, span: Span) -> Block {
    Block { span, shape: Shape::Paragraph, cells: Vec::new(), breaks: Vec::new(), merged: Vec::new(), ..block.clone() }
}

/// How many of these blocks make up one line of the motto together; 1 where the first is a line of its own.
fn over_lines(text: &Text, blocks: &[Block]) -> usize {
    let mut joined = String::new();
    for (n, block) in blocks.iter().take(4).enumerate() {
        // Nearly all blocks are told by their length or first letter.
        let folded = text.slice_folded(block.span);
        if folded.len() > LONGEST_MOTTO || n == 0 && !folded.trim_start_matches(|c: char| !is_alphabetic(c)).starts_with(['c', 'đ']) {
            break;
        }
        for word in folded.split(|c: char| !is_alphabetic(c)).filter(|w| !w.is_empty()) {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(word);
        }
        match MOTTOS.iter().find(|m| m.starts_with(joined.as_str())) {
            Some(motto) if joined.len() == motto.len() => return n + 1,
            Some(_) if !joined.is_empty() => {}
            _ => break,
        }
    }
    1
}

/// Where the lines begin that were glued behind the first one, in bytes of the text: a line that holds the motto and
/// the number or the date holds the whole letterhead.
fn cuts(text: &Text, block: &Block) -> Vec<usize> {
    let folded = text.slice_folded(block.span);
    let Some(motto) = MOTTO.find(folded.as_bytes()).filter(|_| block.shape == Shape::Paragraph) else { return Vec::new() };
    let s = text.slice(block.span);
    let number = ["số:", "số "]
        .iter()
        .flat_map(|w| folded.match_indices(w))
        .map(|(n, _)| n)
        .filter(|&n| starts_word(folded, n))
        .find(|&n| starts_number(&folded[n..]).is_some());
    let date = inner_place_and_date(s);
    if number.is_none() && date.is_none() {
        return Vec::new();
    }
    let first = |words: &[&str]| words.iter().filter_map(|w| folded.find(w)).filter(|&n| starts_word(folded, n)).min();
    let behind_motto = folded.find("hạnh phúc").map(|n| n + "hạnh phúc".len());
    let mut at: Vec<usize> = [Some(motto), first(&["độc lập"]), behind_motto, number, first(&["v/v"]), first(&["kính gửi"])]
        .into_iter()
        .chain(date.map(|d| [Some(d.start), Some(d.end)]).into_iter().flatten())
        .flatten()
        .filter(|&n| n > 0 && !s[n..].trim().is_empty())
        .collect();
    at.sort_unstable();
    at.dedup();
    at.into_iter().map(|n| block.span.start + n).collect()
}

fn starts_word(folded: &str, at: usize) -> bool {
    !folded[..at].ends_with(char::is_alphanumeric)
}
