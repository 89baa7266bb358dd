//! Plain and Markdown-flavoured text: lines become paragraphs and table rows.
//!
//! Text from OCR services and PDF readers breaks paragraphs at page ends and often at every line; what belongs
//! together is joined here. Running heads, page numbers and the captions of digital signatures are dropped.

mod columns;
mod join;

pub(super) use columns::names_page_columns;
use columns::{
    goes_on_in_column, names_issuers, page_columns, parted_by_blanks, recipients_beside, recipients_beside_blanks, signers_beside, subject_below,
    with_left_lines,
};
use join::wrap_width;
pub(super) use join::{goes_on_in_title, is_broken_code, is_glued, joins, joins_placed};

use super::decode::Decoded;
use super::flat_table::{self, FlatTable};
use super::mend::{self, Repair};
use crate::lexicon::lexicon;
use crate::text::{Note, Text, TextBuilder, is_letter, opens_with};
use memchr::{memchr, memchr_iter};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A line of the source that may carry text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Without the blanks around it.
    pub text: &'a str,
    /// Byte of the decoded text where `text` starts.
    pub start: usize,
    /// Length in characters, marks of Markdown included.
    pub width: usize,
    /// Whether blank lines or a ruling stand before it.
    pub gap: bool,
    /// Page, from 1.
    pub page: u32,
    /// No small letters, at least two capitals.
    pub caps: bool,
}

impl<'a> Line<'a> {
    /// A line that was read from another format.
    pub fn of(text: &'a str, gap: bool, page: u32) -> Self {
        let text = text.trim();
        Self { text, start: 0, width: width(text), gap, page, caps: is_caps(text) }
    }
}

/// Turns decoded text into blocks; the pages are counted where the source tells them apart.
pub(super) fn read(decoded: Decoded<'_>) -> (Text, Option<u32>) {
    let lines = lines(decoded.as_str());
    let mut builder = TextBuilder::with_capacity(decoded.as_str().len());
    let wrap = wrap_width(&lines);
    let tables = flat_table::find(&lines, wrap.is_none());
    let mut writer = Writer { builder: &mut builder, wrap, table: 0, damaged: mend::is_damaged(decoded.as_str()), closing: false };
    let mut next = 0;
    for table in &tables {
        writer.stretch(&lines[next..table.lines.start]);
        writer.flat_table(&lines, table);
        next = table.lines.end;
    }
    writer.stretch(&lines[next..]);
    for note in decoded.notes() {
        builder.note(note.clone());
    }
    builder.decoded_by(decoded.decoding().clone());
    let pages = lines.last().map(|l| l.page).filter(|&p| p > 1);
    (builder.finish(), pages)
}

/// Splits text into lines, leaving out blank ones, rulings, running heads, page numbers and signature captions.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line> = Vec::with_capacity(text.len() / 64);
    let heads = running_heads(text);
    let mut gap = false;
    let mut page = 1;
    let mut page_start = false;
    let mut caption = false;
    let mut start = 0;
    for end in memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let raw = &text[start..end];
        if memchr(b'\x0c', raw.as_bytes()).is_some() {
            page += u32::from(!lines.is_empty());
            page_start = true;
        }
        let trimmed = raw.trim_matches(is_blank).trim_end_matches('\u{a0}');
        let at = start + (trimmed.as_ptr() as usize - raw.as_ptr() as usize);
        start = end + 1;
        let mut class = classify(trimmed, caption, page_start);
        if !heads.is_empty() {
            let next = || text.get(start..).unwrap_or_default().lines().map(|l| l.trim_matches(is_blank)).find(|l| !l.is_empty()).unwrap_or_default();
            if heads.contains(trimmed) {
                class = Class::RunningHead;
            } else if is_page_number(trimmed) && heads.contains(next()) {
                class = Class::PageNumber;
            }
        }
        match class {
            Class::Blank | Class::Ruling => gap = true,
            Class::RunningHead => {
                page += u32::from(!lines.is_empty());
                page_start = true;
                caption = false;
            }
            Class::PageNumber => {}
            Class::Caption => caption = true,
            Class::Text => {
                lines.push(Line { text: trimmed, start: at, width: width(trimmed), gap, page, caps: is_caps(trimmed) });
                gap = false;
                page_start = false;
                caption = false;
            }
        }
    }
    drop_page_numbers(&mut lines);
    undo_indents(&mut lines);
    if memchr(b'*', text.as_bytes()).is_some() {
        undo_emphasis_over_lines(&mut lines);
    }
    lines
}

/// Drops the marks of an emphasis that opens one line and closes a later one, as pages saved as Markdown have them: "*Lai" above
/// "Châu, ngày 28 tháng 11 năm 2025*". The bold ones of small letters stay: they tell a heading.
fn undo_emphasis_over_lines(lines: &mut [Line]) {
    let opened_by = |l: &Line| ["***", "**", "*"].into_iter().find(|m| l.text.starts_with(m) && !l.text[m.len()..].starts_with([' ', '*'])).map(str::len);
    for i in 0..lines.len() {
        let Some(mark) = opened_by(&lines[i]).filter(|&n| !lines[i].text[n..].contains('*') && (n == 1 || lines[i].caps)) else { continue };
        let below = &lines[i + 1..lines.len().min(i + 1 + LONGEST_EMPHASIS)];
        let Some(last) = below.iter().take_while(|l| !l.gap).position(|l| l.text.contains('*')).map(|n| i + 1 + n) else { continue };
        let text = lines[last].text;
        let Some(closed) = text.strip_suffix(&"***"[..mark]).filter(|rest| !rest.contains('*')) else { continue };
        (lines[last].text, lines[last].width) = (closed, width(closed));
        let text = &lines[i].text[mark..];
        (lines[i].text, lines[i].start, lines[i].width) = (text, lines[i].start + mark, width(text));
    }
}

/// In lines.
const LONGEST_EMPHASIS: usize = 40;

/// Tabs before a line that is no row are its indent. A row has another beside it, or more than one text.
fn undo_indents(lines: &mut Vec<Line>) {
    let texts = |l: &Line| if has_tab(l.text) { l.text.split('\t').filter(|c| !c.trim().is_empty()).count() } else { 0 };
    let indented: Vec<usize> = (0..lines.len())
        .filter(|&i| {
            let beside = [i.checked_sub(1), Some(i + 1)].into_iter().flatten().filter_map(|n| lines.get(n));
            has_tab(lines[i].text) && texts(&lines[i]) <= 1 && beside.into_iter().all(|l| texts(l) < 2)
        })
        .collect();
    for i in indented {
        let line = &mut lines[i];
        let inner = line.text.trim_matches([' ', '\t']);
        line.start += inner.as_ptr() as usize - line.text.as_ptr() as usize;
        (line.text, line.width) = (inner, width(inner));
    }
    lines.retain(|l| !l.text.is_empty());
}

/// No page has fewer lines, blank ones not counted; the first one of an OCR service's text with its blank lines had 21.
const SHORTEST_PAGE: usize = 16;

/// A line of prose is no shorter, in characters, where a page ends inside a sentence; a cell is.
const SHORTEST_PROSE: usize = 40;

/// Drops the numbers of pages that no page break tells: 2, 3, … alone between blank lines, a page apart. The first page has
/// none (NĐ 30/2020/NĐ-CP, Phụ lục I, mục I.7).
fn drop_page_numbers(lines: &mut Vec<Line>) {
    let alone = |i: usize| lines[i].gap && lines.get(i + 1).is_some_and(|next| next.gap);
    // A sentence goes on behind it in small letters: no number of a row.
    let inside = |i: usize| {
        let before = i.checked_sub(1).map_or("", |n| lines[n].text);
        let after = lines.get(i + 1).map_or("", |l| l.text);
        let prose = !has_tab(before) && !has_tab(after) && width(before) >= SHORTEST_PROSE && width(after) >= SHORTEST_PROSE / 2;
        // "… số hồ sơ quá hạn là", "5", "hồ sơ": a figure of the sentence.
        const COUNTS: &[&str] = &[" là", " gồm", " có", " còn", " số", " khoảng", " trên", " dưới", " hơn", " đủ", " được", " mục", " điều", " khoản"];
        let counts = COUNTS.iter().any(|w| crate::text::fold(before).ends_with(w));
        prose && !counts && before.ends_with(|c: char| c.is_alphabetic() || c == ',') && after.starts_with(char::is_lowercase)
    };
    let numbers: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].text.len() <= 8 && is_page_number(lines[i].text)).collect();
    let mut expected = 2;
    let mut pages = Vec::new();
    for (n, &i) in numbers.iter().enumerate() {
        // Numbers close to each other count the rows of a table.
        let before = n.checked_sub(1).map_or(0, |m| numbers[m]);
        let apart = i >= before + SHORTEST_PAGE && numbers.get(n + 1).is_none_or(|&next| next >= i + SHORTEST_PAGE);
        let number = lines[i].text.trim_matches(['-', ' ']).parse::<u32>();
        if apart && alone(i) && number == Ok(expected) || inside(i) && number.as_ref().is_ok_and(|n| (expected..expected + 9).contains(n)) {
            pages.push(i);
            expected = number.map_or(expected, |n| n + 1);
        }
    }
    for i in pages.into_iter().rev() {
        lines.remove(i);
    }
}

/// Fewer heads than these may be cells of a table that rows begin with.
const FEWEST_HEADS: usize = 3;

/// Lines that stand under a page number again and again, a page apart and on one page after the other.
fn running_heads(text: &str) -> HashSet<&str> {
    let mut places: HashMap<&str, Vec<(usize, u32)>> = HashMap::new();
    let mut number: Option<u32> = None;
    let mut start = 0;
    for (n, end) in memchr_iter(b'\n', text.as_bytes()).chain([text.len()]).enumerate() {
        let line = &text[start..end];
        start = end + 1;
        let line = line.trim_start_matches(is_blank);
        if number.is_none() && !line.is_empty() && !line.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            continue;
        }
        let line = line.trim_end_matches(is_blank);
        if line.is_empty() {
            continue;
        }
        let own = if is_page_number(line) { line.trim_matches(['-', ' ']).parse().ok() } else { None };
        if let Some(page) = number.filter(|_| own.is_none() && line.len() > 12) {
            places.entry(line).or_default().push((n, page));
        }
        number = own;
    }
    let is_paged = |w: &[(usize, u32)]| w[1].0 - w[0].0 >= SHORTEST_PAGE && (1..=2).contains(&w[1].1.saturating_sub(w[0].1));
    places.into_iter().filter(|(_, at)| at.len() >= FEWEST_HEADS && at.windows(2).all(is_paged)).map(|(line, _)| line).collect()
}

fn is_page_number(line: &str) -> bool {
    let digits = line.trim_matches(['-', ' ']);
    (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// "===== Trang 3 =====", "--- Page 2 of 9 ---": what readers of scans write between pages.
fn is_page_break(line: &str) -> bool {
    let inner = line.trim_matches(['=', '-', '#', '*', '<', '>', '[', ']', ' ']);
    if inner.len() + 2 > line.len() || inner.len() > 24 {
        return false;
    }
    let folded = crate::text::fold(inner);
    let number = ["trang ", "page "].iter().find_map(|w| folded.strip_prefix(w));
    number.is_some_and(|n| n.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '/' | ':')) || n.contains(" of "))
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\r' | '\x0c' | '\x0b' | '\u{feff}' | '\u{2028}')
}

/// Length in characters.
fn width(s: &str) -> usize {
    s.bytes().filter(|&b| (b as i8) >= -0x40).count()
}

fn is_caps(s: &str) -> bool {
    let mut capitals = 0;
    for c in s.chars() {
        if c.is_lowercase() {
            return false;
        }
        capitals += usize::from(c.is_uppercase());
    }
    capitals >= 2
}

enum Class {
    Blank,
    Ruling,
    RunningHead,
    PageNumber,
    Caption,
    Text,
}

fn classify(line: &str, after_caption: bool, page_start: bool) -> Class {
    let Some(first) = line.bytes().next() else { return Class::Blank };
    if !line.chars().any(is_letter) && !has_tab(line) {
        return Class::Ruling;
    }
    // "38   CÔNG BÁO/Số 347 + 348/Ngày 25-02-2025": the number of the page may stand on the line.
    let head = if first.is_ascii_digit() { line.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()) } else { line };
    if head.starts_with("CÔNG BÁO/Số") || is_page_break(line) {
        return Class::RunningHead;
    }
    if page_start && is_page_number(line) {
        return Class::PageNumber;
    }
    // The visible part of a digital signature (TT 01/2019/TT-BNV, Điều 13) is no text of the paper.
    let caption = opens_with(line, &["Ký bởi:", "Người ký:", "Ngày ký:", "Thời gian ký:"]);
    if caption || after_caption && opens_with(line, &["Cơ quan:", "Email:", "Tổ chức:"]) {
        return Class::Caption;
    }
    Class::Text
}

/// A repair as it stands in the mended line, and what the source prints there.
struct Placed {
    mended: Range<usize>,
    source: Range<usize>,
}

struct Writer<'b> {
    builder: &'b mut TextBuilder,
    wrap: Option<usize>,
    table: u32,
    /// Whether words are mended.
    damaged: bool,
    /// Whether what is written stands below Nơi nhận, in a list of recipients.
    closing: bool,
}

impl Writer<'_> {
    fn stretch(&mut self, lines: &[Line]) {
        let mut i = 0;
        while i < lines.len() {
            i += match (cells(lines[i].text), recipients_beside_blanks(&lines[i..])) {
                (Some(_), _) => self.rows(&lines[i..]),
                (None, 0) => self.paragraph(&lines[i..]),
                (None, beside) => {
                    self.columns(&lines[i..i + beside], &[], parted_by_blanks);
                    beside
                }
            };
        }
    }

    /// Writes the paragraph that starts with the first line; the number of lines used.
    fn paragraph(&mut self, lines: &[Line]) -> usize {
        self.open(&lines[0]);
        self.piece(lines[0].text, lines[0].start);
        let mut used = 1;
        while used < lines.len() && cells(lines[used].text).is_none() && joins(&lines[used - 1], &lines[used], self.wrap) {
            if !is_glued(lines[used - 1].text) {
                self.builder.space(lines[used].start);
            }
            self.piece(lines[used].text, lines[used].start);
            used += 1;
        }
        self.builder.end_paragraph(lines[used - 1].start + lines[used - 1].text.len());
        used
    }

    /// Writes the run of rows that starts with the first line; the number of lines used.
    fn rows(&mut self, lines: &[Line]) -> usize {
        let run = lines.iter().take_while(|l| cells(l.text).is_some()).count();
        // What a blank line parts is another pair of columns.
        let apart = |l: &Line| l.gap || l.text.trim_start_matches(['|', '*', ' ']).starts_with("Kính gửi");
        let beside = lines[..run].iter().enumerate().take_while(|(i, l)| (*i == 0 || !apart(l)) && page_columns(l.text).is_some()).count();
        let (run, beside) = if beside == run { with_left_lines(lines, run) } else { (run, beside) };
        let whole = beside > 0 && (beside == run || apart(&lines[beside]));
        let issuers = || names_issuers(&lines[..beside], &lines[beside..]);
        if whole && (names_page_columns(lines[..beside].iter().map(|l| l.text)) || self.stand_beside(&lines[..beside]) || issuers()) {
            let beside = signers_beside(lines, recipients_beside(lines, beside));
            let more = subject_below(&lines[..beside], &lines[beside..]);
            self.columns(&lines[..beside], &lines[beside..beside + more], page_columns);
            return beside + more;
        }
        let table = self.table;
        self.table += 1;
        let width = row_width(&lines[..run]);
        for line in &lines[..run] {
            if is_rule_row(line.text) {
                continue;
            }
            self.open(line);
            let mut cells = cells(line.text).unwrap_or_default();
            if cells.len() < width
                && let Some(whole) = with_lost_tabs(&cells, width)
            {
                self.builder.note(Note {
                    rule: "table-lost-tab",
                    message: format!("the row beginning with {:?} has {} cells of {width}; it is parted at its wide blanks", whole[0], cells.len()),
                    span: None,
                });
                cells = whole;
            }
            for (i, cell) in cells.iter().enumerate() {
                let at = line.start + (cell.as_ptr() as usize - line.text.as_ptr() as usize);
                self.piece(cell, at);
                if i + 1 < cells.len() {
                    self.builder.end_cell(at + cell.len());
                }
            }
            self.builder.end_row(table, line.start + line.text.len());
        }
        run
    }

    /// Whether two columns without words of a letterhead are no table: what some converters part by one stroke alone, and
    /// what a tab sets beside the recipients.
    fn stand_beside(&self, lines: &[Line]) -> bool {
        let bare = lines.iter().all(|l| !has_tab(l.text) && !l.text.starts_with('|'));
        let heading = page_columns(lines[0].text).is_some_and(|c| c.iter().filter(|c| names_column(c)).count() == 2);
        !heading && (bare || self.closing && lines.len() == 1)
    }

    /// Writes letterhead and signature blocks set in two columns: left column first, with the lines `below` that it alone goes on in.
    fn columns(&mut self, lines: &[Line], below: &[Line], parted: fn(&str) -> Option<[&str; 2]>) {
        for side in 0..2 {
            let own = lines.iter().map(|l| (l, parted(l.text).unwrap_or([l.text, ""])[side]));
            let further = below.iter().filter(|_| side == 0).map(|l| (l, l.text));
            // Where the paragraph ends that is written, for the next line may go on with it.
            let mut end: Option<usize> = None;
            for (line, cell) in own.chain(further).filter(|(_, cell)| !cell.is_empty()) {
                if end.is_some() && goes_on_in_column(cell) {
                    self.builder.space(line.start);
                } else {
                    end.take().into_iter().for_each(|at| self.builder.end_paragraph(at));
                    self.open(line);
                }
                // A break inside the cell parts lines of the letterhead.
                for (n, part) in cell.split("<br>").map(|p| p.trim_start_matches("/>").trim()).filter(|p| !p.is_empty()).enumerate() {
                    end.take().filter(|_| n > 0).into_iter().for_each(|at| self.builder.end_paragraph(at));
                    let at = line.start + (part.as_ptr() as usize - line.text.as_ptr() as usize);
                    self.piece(part, at);
                    end = Some(at + part.len());
                }
            }
            end.into_iter().for_each(|at| self.builder.end_paragraph(at));
        }
    }

    fn flat_table(&mut self, lines: &[Line], table: &FlatTable) {
        let number = self.table;
        self.table += 1;
        for row in &table.rows {
            for (i, cell) in row.iter().enumerate() {
                for (j, piece) in cell.iter().enumerate() {
                    let line = &lines[piece.line];
                    self.open(line);
                    let before = j.checked_sub(1).map(|j| &cell[j]).map(|p| lines[p.line].text[p.range.clone()].trim_end());
                    if !before.is_some_and(is_glued) {
                        self.builder.space(line.start);
                    }
                    self.piece(&line.text[piece.range.clone()], line.start + piece.range.start);
                }
                let end = cell.last().map_or(0, |p| lines[p.line].start + p.range.end);
                if i + 1 < row.len() {
                    self.builder.end_cell(end);
                } else {
                    self.builder.end_row(number, end);
                }
            }
        }
    }

    fn open(&mut self, line: &Line) {
        self.closing = opens_with(line.text, &["Nơi nhận", "*Nơi nhận", "**Nơi nhận"]) || self.closing && line.width < 90;
        self.builder.page(line.page);
        if line.gap {
            self.builder.gap();
        }
    }

    /// Pushes a piece of a line without its Markdown marks: `**bold**`, `*italic*`, `# `, `<br>`, `\\-`.
    fn piece(&mut self, piece: &str, at: usize) {
        if !self.damaged {
            return self.marked(piece, at, &[]);
        }
        let repairs = mend::line(piece);
        if repairs.is_empty() {
            return self.marked(piece, at, &[]);
        }
        let mut whole = String::with_capacity(piece.len() + 16);
        let mut placed = Vec::with_capacity(repairs.len());
        let mut done = 0;
        for Repair { range, to } in repairs {
            self.builder.note(mend::note(&piece[range.clone()], &to));
            whole.push_str(&piece[done..range.start]);
            let start = whole.len();
            whole.push_str(&to);
            done = range.end;
            placed.push(Placed { mended: start..whole.len(), source: range });
        }
        whole.push_str(&piece[done..]);
        self.marked(&whole, at, &placed);
    }

    /// Pushes what was mended in it as made from what is printed.
    fn put(&mut self, line: &str, part: Range<usize>, at: usize, repairs: &[Placed]) {
        let (mut from, mut shift) = (part.start, 0isize);
        for Placed { mended, source } in repairs.iter() {
            if mended.end > from && mended.start < part.end {
                let start = mended.start.max(from);
                self.builder.push(&line[from..start], at.saturating_add_signed(from as isize + shift));
                let end = mended.end.min(part.end);
                self.builder.push_as(&line[start..end], at + source.start..at + source.end);
                from = end;
            }
            if mended.end <= from {
                shift = source.end as isize - mended.end as isize;
            }
        }
        self.builder.push(&line[from..part.end.max(from)], at.saturating_add_signed(from as isize + shift));
    }

    fn marked(&mut self, piece: &str, at: usize, repairs: &[Placed]) {
        let bytes = piece.as_bytes();
        let heading = heading_marks(piece);
        let mut done = heading;
        let mut look = done;
        let stars = if memchr::memchr(b'*', bytes).is_some() { piece.matches('*').count() } else { 0 };
        while let Some(step) = memchr::memchr3(b'*', b'\\', b'<', &bytes[look..]) {
            let i = look + step;
            let mark = mark_len(piece, i, done == i && i == heading, stars);
            if mark == 0 {
                look = i + 1;
                continue;
            }
            self.put(piece, done..i, at, repairs);
            if bytes[i] == b'*' && mark == 2 {
                self.builder.bold();
            }
            if bytes[i] == b'<' {
                self.builder.space(at + i);
            }
            done = i + mark;
            look = done;
        }
        self.put(piece, done..piece.len(), at, repairs);
    }
}

/// Length of `## ` at the start of a line.
fn heading_marks(s: &str) -> usize {
    let hashes = s.len() - s.trim_start_matches('#').len();
    if (1..=6).contains(&hashes) && s[hashes..].starts_with(' ') { hashes + 1 } else { 0 }
}

/// Length of the Markdown mark at byte `i`; 0 when the character stands for itself.
fn mark_len(s: &str, i: usize, at_start: bool, stars: usize) -> usize {
    let bytes = s.as_bytes();
    let next = bytes.get(i + 1).copied();
    match bytes[i] {
        b'*' if next == Some(b'*') => 2,
        // "* item" is a bullet; "5 * 3" a product; elsewhere a star opens or closes italics.
        b'*' if at_start => usize::from(next.is_some_and(|b| b != b' ') && s[i + 1..].contains('*')),
        b'*' => usize::from(stars > 1 && (next.is_none_or(|b| b != b' ') || bytes[i - 1] != b' ')),
        b'\\' => usize::from(next.is_some_and(|b| b.is_ascii_punctuation())),
        b'<' => ["<br>", "<br/>", "<br />"].iter().find(|t| s[i..].starts_with(**t)).map_or(0, |t| t.len()),
        _ => 0,
    }
}

fn has_tab(line: &str) -> bool {
    memchr(b'\t', line.as_bytes()).is_some()
}

/// The cells of a table row written with tabs or as Markdown `| a | b |`.
pub(super) fn cells(line: &str) -> Option<Vec<&str>> {
    if has_tab(line) {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        // One text after tabs is an indented line.
        return (cells.len() > 1).then_some(cells);
    }
    memchr(b'|', line.as_bytes())?;
    // Some converters leave out the outer strokes.
    let inner = line.strip_prefix('|').and_then(|l| l.strip_suffix('|'));
    let inner = inner.or_else(|| (line.contains(" | ") || line.ends_with(" |")).then_some(line))?;
    let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
    (cells.len() > 1).then_some(cells)
}

/// Whether a cell is the heading of a column.
fn names_column(cell: &str) -> bool {
    lexicon().columns.exact(crate::text::fold(cell).trim_matches([' ', '*', ':', '.'])).is_some()
}

/// How many cells most rows of a table have.
fn row_width(lines: &[Line]) -> usize {
    let mut widths: Vec<usize> = lines.iter().filter_map(|l| cells(l.text)).map(|c| c.len()).collect();
    widths.sort_unstable();
    let often = widths.chunk_by(|a, b| a == b).max_by_key(|same| (same.len(), same[0]));
    often.filter(|same| same.len() > 2).map_or(0, |same| same[0])
}

/// The cells of a row whose tabs became wide blanks, where there are just as many of these as cells lack. A cell begins
/// with no small letter: a wide blank before one is a slip inside a sentence.
fn with_lost_tabs<'a>(cells: &[&'a str], width: usize) -> Option<Vec<&'a str>> {
    let mut whole = Vec::with_capacity(width);
    for cell in cells {
        let mut start = 0;
        for (at, _) in cell.match_indices("  ") {
            let rest = cell[at..].trim_start();
            if at >= start && !rest.starts_with(char::is_lowercase) {
                whole.push(cell[start..at].trim());
                start = cell.len() - rest.len();
            }
        }
        whole.push(cell[start..].trim());
    }
    (whole.len() == width).then_some(whole)
}

/// The line under the heading of a Markdown table.
fn is_rule_row(line: &str) -> bool {
    line.starts_with('|') && line.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' '))
}

/// Whether a line is part of the paper: no ruling, no caption of a digital signature.
pub(super) fn has_text(line: &str) -> bool {
    matches!(classify(line.trim(), false, false), Class::Text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::decode;

    fn paragraphs(source: &str) -> Vec<String> {
        let (text, _) = read(decode::decode(source.as_bytes()).unwrap());
        text.blocks().iter().map(|b| text.slice(b.span).to_owned()).collect()
    }

    #[test]
    fn labels_on_lines_of_their_own_join_what_they_count() {
        let rows: [(&str, &[&str]); 4] = [
            ("1.2.\nGiao Sở Y tế rà soát.\n1.3.\nGiao Sở Tài chính bố trí vốn.", &["1.2. Giao Sở Y tế rà soát.", "1.3. Giao Sở Tài chính bố trí vốn."]),
            ("a)\nGiao Sở Y tế rà soát.", &["a) Giao Sở Y tế rà soát."]),
            // The label of something else.
            ("1.\n2. Giao Sở Y tế rà soát.", &["1.", "2. Giao Sở Y tế rà soát."]),
            ("1.\n\nGiao Sở Y tế rà soát.", &["1.", "Giao Sở Y tế rà soát."]),
        ];
        for (source, want) in rows {
            assert_eq!(paragraphs(source), want, "{source}");
        }
    }

    #[test]
    fn paragraphs_broken_by_a_page_are_joined() {
        let rows = [
            ("ứng dụng công nghệ thông tin\n\nvà truyền thông trong việc", 1, "small letter after a page break"),
            ("V/v thực hiện kế hoạch\nsố 137/KH-UBND", 1, "a subject over two lines"),
            ("Số: 12/UBND-VX\nv/v báo cáo", 2, "the subject is a line of its own"),
            ("trong giai đoạn 2026\n- 2030, định hướng đến năm 2035", 1, "years on both sides of a dash"),
            ("kế hoạch năm 2026\n- Năm 2027: hoàn thành", 2, "a dash before a year is an item"),
            ("quan trắc tự động theo QCVN\n47:2022/BTNMT", 1, "a standard and its number"),
            ("THỰC HIỆN QUYẾT ĐỊNH SỐ 1129/QĐ-TTG NGÀY\n27/7/2020 CỦA THỦ TƯỚNG", 1, "a day in capitals"),
            ("THỰC HIỆN KẾT LUẬN NGÀY 02 THÁNG 8 NĂM\n2012 CỦA BỘ CHÍNH TRỊ", 1, "a year in capitals"),
            ("THỰC HIỆN NGHỊ QUYẾT NGÀY 29\nTHÁNG 8 NĂM 2005", 1, "a month in capitals"),
            ("MÙA KHÔ NĂM 2019 -\n2020", 1, "the second year of a span"),
            ("THỰC HIỆN KẾ HOẠCH SỐ 89-KH/TU CỦA\nTỈNH ỦY", 1, "a title that is not at its end"),
            ("Xét đề nghị của Giám đốc\nSở Y tế tại Tờ trình", 1, "whom an office belongs to"),
            ("THỰC HIỆN KẾT LUẬN SỐ\n27-KL/TW CỦA BỘ CHÍNH TRỊ", 1, "a number in capitals"),
            ("Số:\n24/KH-UBND", 1, "the number of the paper"),
            ("Năm\n2020", 2, "a heading of a column"),
            ("ỦY\nBAN NHÂN DÂN", 1, "a body that begins on a line of its own"),
            ("CỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 1, "the country"),
            ("LUẬT\nCÔNG AN NHÂN DÂN", 2, "a type above a title"),
            ("Thừa\nThiên Huế, ngày 23 tháng 01 năm 2021", 1, "a province"),
            ("Tam\nKỳ, ngày 19 tháng 6 năm 2007", 1, "a town"),
            ("a) Sở Y tế;\nb) Sở Tài chính.", 2, "list items"),
            ("**KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC**", 2, "lines of the signature"),
            ("Long An, ngày tháng 6 năm 2020\n\nKẾ HOẠCH", 2, "date line and heading"),
        ];
        for (source, count, why) in rows {
            assert_eq!(paragraphs(source).len(), count, "{why}: {:?}", paragraphs(source));
        }
    }

    #[test]
    fn hard_wrapped_lines_are_joined() {
        let source = "1. Bộ Y tế tăng cường, nâng cao năng lực cho các cơ quan tham mưu, giúp Bộ\n\
            trưởng Bộ Y tế quản lý nhà nước và tổ chức thực thi pháp luật theo Nghị quyết số 52-\n\
            NQ/TW về bảo hiểm y tế của cơ quan bảo hiểm xã hội và các cơ quan khác. Đẩy nhanh\n\
            tiến độ xây dựng.\n\
            2. Bộ Tài chính bố trí kinh phí theo phân cấp và theo quy định của Luật Ngân sách\n\
            Nhà nước, báo cáo Thủ tướng Chính phủ những việc vượt thẩm quyền theo khoản 2 Điều\n\
            5. Nội dung này giao cho Cục Kế hoạch - Tài chính theo dõi và tổng hợp trong các\n\
            tháng còn lại.\n\
            CÔNG BÁO/Số 286/Ngày 27-05-2026\n90\n\n\n91   CÔNG BÁO/Số 286/Ngày 27-05-2026\n\n\
            Ký bởi: CỔNG THÔNG TIN\nCơ quan: VĂN PHÒNG CHÍNH PHỦ\n\
            3. Bộ Lao động\n- Thương binh và Xã hội chủ trì.\n";
        let found = paragraphs(source);
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(found[0].contains("giúp Bộ trưởng") && found[0].contains("52-NQ/TW") && found[0].ends_with("xây dựng."));
        assert!(found[1].contains("Điều 5. Nội dung"));
        assert_eq!(found[2], "3. Bộ Lao động - Thương binh và Xã hội chủ trì.");
    }

    #[test]
    fn headings_cut_behind_a_word_are_joined() {
        let body = "1. Các cơ quan rà soát quy hoạch trồng rừng trên địa bàn tỉnh, báo cáo\nUBND tỉnh trước ngày 20 hằng tháng; tổng hợp khó khăn của các xã, phường và\nđề xuất giải pháp tháo gỡ.\n";
        let source = format!("I. CĂN CỨ\nXÂY DỰNG KẾ HOẠCH\n{}II. TỔ CHỨC THỰC HIỆN\nSỞ TÀI CHÍNH\n{body}", body.repeat(3));
        let found = paragraphs(&source);
        assert_eq!([&found[0], &found[4], &found[5]], ["I. CĂN CỨ XÂY DỰNG KẾ HOẠCH", "II. TỔ CHỨC THỰC HIỆN", "SỞ TÀI CHÍNH"], "{found:#?}");
    }

    #[test]
    fn markdown_marks_are_dropped() {
        let rows = [
            ("Số: **268** /KH-BCĐ", "Số: 268 /KH-BCĐ"),
            ("## II. NHIỆM VỤ", "II. NHIỆM VỤ"),
            ("kết quả *(theo phụ lục)*.", "kết quả (theo phụ lục)."),
            ("* Lưu ý: 5 * 3", "* Lưu ý: 5 * 3"),
            ("dòng một<br>dòng hai \\- ba", "dòng một dòng hai - ba"),
        ];
        for (source, text) in rows {
            assert_eq!(paragraphs(source), [text], "{source}");
        }
    }

    #[test]
    fn emphasis_over_several_lines_is_dropped() {
        let source = "**ỦY\nBAN NHÂN DÂN**\n**TỈNH LAI CHÂU**\nSố: 9/QĐ-UBND\n|\n*Lai\nChâu, ngày 28 tháng 11 năm 2025*\n|\n*Căn cứ Luật Viên chức\nsố 58/2010/QH12;*\n* Một mục\n* Hai mục\n";
        assert_eq!(
            paragraphs(source),
            [
                "ỦY BAN NHÂN DÂN",
                "TỈNH LAI CHÂU",
                "Số: 9/QĐ-UBND",
                "Lai Châu, ngày 28 tháng 11 năm 2025",
                "Căn cứ Luật Viên chức số 58/2010/QH12;",
                "* Một mục",
                "* Hai mục"
            ]
        );
    }

    #[test]
    fn numbers_of_pages_are_told_from_numbers_of_rows() {
        let page = "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành tổ chức thực hiện các nhiệm vụ\n".repeat(30);
        let broken = format!("{page}và các huyện, thị xã\n\n2\n\nthực hiện Chỉ thị này.\n");
        assert!(paragraphs(&broken).iter().any(|p| p.ends_with("các huyện, thị xã thực hiện Chỉ thị này.")));
        // Where a sentence goes on behind it, a number needs no blank lines, and no whole page before it.
        let inside = format!("Các sở, ban, ngành và Ủy ban nhân dân các huyện, thị xã,\n2\nthành phố tổ chức thực hiện nghiêm Chỉ thị này.\n{page}");
        assert!(paragraphs(&inside).iter().any(|p| p.starts_with("Các sở, ban, ngành và Ủy ban nhân dân các huyện, thị xã, thành phố tổ chức")));
        let rows = format!("{page}1\n\nViệc một\n\n2\n\nViệc hai\n");
        assert!(paragraphs(&rows).contains(&"2".to_owned()), "numbers close to each other are no pages");
    }

    #[test]
    fn lost_tabs_are_found_again() {
        let (text, _) = read(decode::decode("TT  Nội dung\tChủ trì\n1\tViệc một\tSở A\n2\tViệc  hai\tSở B\n3\tViệc ba\tSở C\n".as_bytes()).unwrap());
        let widths: Vec<usize> = text.blocks().iter().map(|b| b.cells.len()).collect();
        assert_eq!(widths, [3, 3, 3, 3]);
        assert_eq!(text.notes().iter().filter(|n| n.rule == "table-lost-tab").count(), 1);
    }

    #[test]
    fn rows_and_columns_are_told_apart() {
        let (text, _) = read(decode::decode("Số TT\tNội dung\tChủ trì\n01\tViệc một\tSở A\n".as_bytes()).unwrap());
        assert_eq!(text.blocks()[1].cells.len(), 3);
        let head = "UBND TỈNH LONG AN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/KH-UBND\tLong An, ngày 5 tháng 6 năm 2020\n";
        assert_eq!(paragraphs(head), ["UBND TỈNH LONG AN", "Số: 5/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Long An, ngày 5 tháng 6 năm 2020"]);
        assert_eq!(paragraphs("| a | b |\n|---|---|\n| 1 | 2 |"), ["a\tb", "1\t2"]);
    }

    #[test]
    fn lines_beside_the_columns_of_a_page_belong_to_the_left_one() {
        let rows: [(&str, &[&str]); 6] = [
            (
                "BỘ Y TẾ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/BYT-VP\tĐộc lập - Tự do - Hạnh phúc\nV/v xử lý tài liệu lưu trữ tồn đọng\nsau sắp xếp\tHà Nội, ngày 21 tháng 7 năm 2026\n\nKính gửi: Các sở.",
                &[
                    "BỘ Y TẾ",
                    "Số: 12/BYT-VP",
                    "V/v xử lý tài liệu lưu trữ tồn đọng sau sắp xếp",
                    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                    "Độc lập - Tự do - Hạnh phúc",
                    "Hà Nội, ngày 21 tháng 7 năm 2026",
                    "Kính gửi: Các sở.",
                ],
            ),
            (
                "Nơi nhận:               KT. CHÁNH VĂN PHÒNG\n- Thường trực Tỉnh ủy;  PHÓ CHÁNH VĂN PHÒNG\n- Các sở\n  của tỉnh;\n- Lưu: VT, KT (3b). HN        Phạm Ngọc Lâm\n\nPhụ lục",
                &[
                    "Nơi nhận:",
                    "- Thường trực Tỉnh ủy; PHÓ CHÁNH VĂN PHÒNG",
                    "- Các sở của tỉnh;",
                    "- Lưu: VT, KT (3b). HN",
                    "KT. CHÁNH VĂN PHÒNG",
                    "Phạm Ngọc Lâm",
                    "Phụ lục",
                ],
            ),
            (
                "SỞ TÀI CHÍNH\tSỞ Y TẾ\nKT. GIÁM ĐỐC\tKT. GIÁM ĐỐC\n\n\nHà Thị Minh\tLò Văn Sáng\n\nNơi nhận:",
                &["SỞ TÀI CHÍNH", "KT. GIÁM ĐỐC", "Hà Thị Minh", "SỞ Y TẾ", "KT. GIÁM ĐỐC", "Lò Văn Sáng", "Nơi nhận:"],
            ),
            (
                "BỘ Y TẾ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nV/v bảo đảm thuốc\tHà Nội, ngày 14 tháng 8 năm 2023\ncho các trạm y tế\n\nKính gửi: Các sở.",
                &[
                    "BỘ Y TẾ",
                    "V/v bảo đảm thuốc cho các trạm y tế",
                    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                    "Hà Nội, ngày 14 tháng 8 năm 2023",
                    "Kính gửi: Các sở.",
                ],
            ),
            (
                "Nơi nhận:\tKT. BỘ TRƯỞNG\n- Như trên;\tTHỨ TRƯỞNG\n- Bộ trưởng;\n- Lưu: VT.\tPhạm Ngọc Lâm",
                &["Nơi nhận:", "- Như trên;", "- Bộ trưởng;", "- Lưu: VT.", "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Phạm Ngọc Lâm"],
            ),
            (
                "UBND TỈNH HÀ TĨNH\tBẢO HIỂM XÃ HỘI VIỆT NAM\nSỞ Y TẾ\tBẢO HIỂM XÃ HỘI TỈNH\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                &["UBND TỈNH HÀ TĨNH", "SỞ Y TẾ", "BẢO HIỂM XÃ HỘI VIỆT NAM", "BẢO HIỂM XÃ HỘI TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ),
        ];
        for (source, want) in rows {
            assert_eq!(paragraphs(source), want, "{source}");
        }
    }

    #[test]
    fn columns_of_the_page_are_no_tables() {
        let rows: [(&str, &[&str], &str); 8] = [
            (
                "TỈNH ỦY A\tĐẢNG CỘNG SẢN VIỆT NAM\n*\nSố 27-KH/TU\tCao Bằng, ngày 14 tháng 10 năm 2025",
                &["TỈNH ỦY A", "ĐẢNG CỘNG SẢN VIỆT NAM", "Số 27-KH/TU", "Cao Bằng, ngày 14 tháng 10 năm 2025"],
                "a star between the rows of a paper of the Party",
            ),
            (
                "| UBND TỈNH A | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n| --- | --- |\n| Số: 5/UBND | Lào Cai, ngày 5 tháng 6 năm 2026 |\n| Kính gửi: | - Sở Y tế. |",
                &["UBND TỈNH A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 5/UBND", "Lào Cai, ngày 5 tháng 6 năm 2026", "Kính gửi:", "- Sở Y tế."],
                "Kính gửi is a row of its own",
            ),
            ("| UBND TỈNH A |  | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |", &["UBND TỈNH A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], "an empty column between"),
            (
                "**Nơi nhận:**<br>- Như trên;<br>- Lưu: VT. | GIÁM ĐỐC",
                &["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "GIÁM ĐỐC"],
                "no outer strokes, lines inside a cell",
            ),
            ("V/v trồng rừng | Hà Nội, ngày 3 tháng 2 năm 2026", &["V/v trồng rừng", "Hà Nội, ngày 3 tháng 2 năm 2026"], "one stroke alone"),
            (
                "Nơi nhận:\n- Sở Y tế\n- Tổ A\tLê Văn B\n- Lưu: VT",
                &["Nơi nhận:", "- Sở Y tế", "- Tổ A", "Lê Văn B", "- Lưu: VT"],
                "a tab beside the recipients",
            ),
            ("Trích yếu.\n\t1. Bố trí nguồn lực.\n\t2. Báo cáo.", &["Trích yếu.", "1. Bố trí nguồn lực.", "2. Báo cáo."], "tabs that indent"),
            ("Nhiệm vụ | Chủ trì\nViệc một | Sở A", &["Nhiệm vụ\tChủ trì", "Việc một\tSở A"], "a table of two columns"),
        ];
        for (source, want, why) in rows {
            assert_eq!(paragraphs(source), want, "{why}");
        }
    }

    #[test]
    fn what_readers_write_between_pages_is_left_out() {
        for line in ["===== Trang 3 =====", "--- Page 2 of 9 ---", "[Trang 4/12]"] {
            let source = format!("thực hiện việc giao rừng,\n{line}\ncho thuê rừng");
            assert_eq!(paragraphs(&source), ["thực hiện việc giao rừng, cho thuê rừng"], "{line}");
        }
        assert_eq!(paragraphs("Trang thông tin điện tử").len(), 1);
    }

    #[test]
    fn a_label_alone_counts_what_follows() {
        let rows = [("2.4.\nRà soát quy hoạch.", "2.4. Rà soát quy hoạch.", "a number"), ("b)\nMở lớp tập huấn.", "b) Mở lớp tập huấn.", "a letter")];
        for (source, want, why) in rows {
            assert_eq!(paragraphs(source), [want], "{why}");
        }
        assert_eq!(paragraphs("2.\n3.\n").len(), 2);
    }
}
