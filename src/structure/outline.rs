//! The outline: every passage with its label, its path and what it stands under.
//!
//! NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.6.c orders phần, chương, mục, tiểu mục, điều, khoản, điểm; plans use
//! I. 1. 1.1. a) - +. A list opens under what stands open above it; a label of a kind that is open already goes on
//! with that list.

use super::table::Table;
use super::{Part, is_caps};
use crate::marker::{Kind, Marker, marker};
use crate::text::{Note, Shape, Span, Text, opens_with};
use foldhash::{HashMap, HashMapExt};

/// The level of a passage in records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// A label, by its kind.
    Label(Kind),
    /// A paragraph without a label.
    Paragraph,
    /// A row of a table.
    Row,
    /// The title of an annex.
    Annex,
}

impl Level {
    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Annex => "annex",
            Self::Paragraph => "paragraph",
            Self::Row => "row",
            Self::Label(kind) => match kind {
                Kind::Part => "part",
                Kind::Chapter => "chapter",
                Kind::Division => "section",
                Kind::Subdivision => "subsection",
                Kind::Article => "article",
                Kind::Capital | Kind::Roman => "heading",
                Kind::Number => "clause",
                Kind::Decimal => "subclause",
                Kind::Letter => "point",
                Kind::Subletter => "subpoint",
                Kind::Dash | Kind::Plus | Kind::Bullet => "indent",
            },
        }
    }
}

/// A passage: a paragraph, a list item or a table row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Path from the top: `II.1.1.2.b`; `IV.1.-2` is the second dash of IV.1, `p3` the third unlabelled paragraph.
    pub id: String,
    /// Level.
    pub level: Level,
    /// As printed; empty without a label.
    pub label: String,
    /// The whole block, label included.
    pub span: Span,
    /// The block without its label.
    pub body: Span,
    /// What it stands under.
    pub parent: Option<usize>,
    /// Whether other passages stand under it.
    pub has_children: bool,
    /// Its block.
    pub block: usize,
    /// Its part of the paper.
    pub part: usize,
    /// Part of a quoted amendment: not this paper's own words.
    pub quoted: bool,
}

/// All passages in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// Every passage.
    pub nodes: Vec<Node>,
}

impl Outline {
    /// The passage that holds a place of the text.
    pub fn node_at(&self, byte: usize) -> Option<usize> {
        let next = self.nodes.partition_point(|n| n.span.start <= byte);
        next.checked_sub(1).filter(|&i| byte <= self.nodes[i].span.end)
    }

    /// The passage and all that it stands under, from the inside out.
    pub fn upward(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(node), |&n| self.nodes[n].parent)
    }
}

/// Builds the outline of all parts.
pub(super) fn build(text: &Text, parts: &[Part], tables: &[Table], notes: &mut Vec<Note>) -> Outline {
    let most = text.blocks().len();
    let nodes = Vec::with_capacity(most);
    let mut builder =
        Builder { text, nodes, stack: Vec::new(), notes, part: 0, last: HashMap::with_capacity(most), ids: HashMap::with_capacity(most), left: None };
    for (i, part) in parts.iter().enumerate() {
        builder.part = i;
        builder.stack.clear();
        builder.left = None;
        builder.annex(part);
        builder.blocks(part, tables);
    }
    Outline { nodes: builder.nodes }
}

/// An open passage.
#[derive(Debug, Clone)]
struct Open {
    node: usize,
    kind: Option<Kind>,
    ordinal: u32,
    key: String,
    /// Ends in a colon or reads like a heading: what follows belongs to it.
    container: bool,
    /// Path of what stands under it.
    path: String,
}

struct Builder<'a> {
    text: &'a Text,
    nodes: Vec<Node>,
    stack: Vec<Open>,
    notes: &'a mut Vec<Note>,
    part: usize,
    /// Last ordinal of each kind of label under each passage; `None` counts the paragraphs without one.
    last: HashMap<(usize, Option<Kind>), u32>,
    ids: HashMap<String, usize>,
    /// The lead-in whose list a paragraph without a label left, with the kind and the last number of its items.
    left: Option<(Open, Kind, u32)>,
}

/// Levels deeper than this are flattened: no paper has them, hostile input may.
const DEEPEST: usize = 24;
/// A quoted amendment is no longer than this many blocks.
const LONGEST_QUOTE: usize = 400;

/// A passage that is one block, without a label; the builder fills in its part.
fn passage(level: Level, id: String, span: Span, block: usize, parent: Option<usize>) -> Node {
    Node { id, level, label: String::new(), span, body: span, parent, has_children: false, block, part: 0, quoted: false }
}

impl Builder<'_> {
    fn annex(&mut self, part: &Part) {
        let root = Open { node: usize::MAX, kind: None, ordinal: 0, key: String::new(), container: true, path: part.prefix.clone() };
        if part.title.is_empty() {
            self.stack.push(root);
            return;
        }
        let first = self.text.blocks()[part.title.start].span;
        let last = self.text.blocks()[part.title.end - 1].span;
        let span = Span::new(first.start, last.end);
        let node = self.push(passage(Level::Annex, part.prefix.clone(), span, part.title.start, None));
        self.stack.push(Open { node, ..root });
    }

    fn push(&mut self, mut node: Node) -> usize {
        if let Some(p) = node.parent {
            self.nodes[p].has_children = true;
        }
        node.part = self.part;
        node.id = self.unique(node.id);
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// Two lists may open under one passage; the second gets its own ids.
    fn unique(&mut self, id: String) -> String {
        let Some(&used) = self.ids.get(&id) else {
            self.ids.insert(id.clone(), 1);
            return id;
        };
        let mut count = used + 1;
        while self.ids.contains_key(&format!("{id}~{count}")) {
            count += 1;
        }
        let twin = format!("{id}~{count}");
        self.ids.insert(id, count);
        self.ids.insert(twin.clone(), 1);
        twin
    }

    fn blocks(&mut self, part: &Part, tables: &[Table]) {
        let mut i = part.title.end.max(part.blocks.start);
        let mut table = tables.partition_point(|t| t.blocks.end <= i);
        while i < part.blocks.end {
            if let Shape::Row(_) = self.text.blocks()[i].shape {
                while table < tables.len() && tables[table].blocks.end <= i {
                    table += 1;
                }
                match tables.get(table).filter(|t| t.blocks.contains(&i)) {
                    Some(t) => {
                        self.rows(t);
                        i = t.blocks.end;
                    }
                    None => i += 1,
                }
                continue;
            }
            if let Some(end) = self.quotation_end(i, part.blocks.end) {
                for block in i..end {
                    self.unlabelled(block);
                    if let Some(last) = self.nodes.last_mut() {
                        last.quoted = true;
                    }
                }
                i = end;
                continue;
            }
            self.passage(i);
            i += 1;
        }
    }

    /// “Điều 5. …” after "như sau:": the block after the one that closes the quotation.
    fn quotation_end(&self, i: usize, limit: usize) -> Option<usize> {
        let blocks = self.text.blocks();
        let s = self.text.slice(blocks[i].span);
        let opens = s.starts_with(['“', '"']) && i > 0 && self.text.slice(blocks[i - 1].span).ends_with(':');
        if !opens {
            return None;
        }
        let mut depth = 0i32;
        for (j, block) in blocks.iter().enumerate().take(limit.min(i + LONGEST_QUOTE)).skip(i) {
            let s = self.text.slice(block.span);
            depth += s.matches('“').count() as i32 - s.matches('”').count() as i32;
            let tail = s.trim_end_matches(['.', ';', ',', ' ']);
            let straight = s.starts_with('"') && j == i || tail.ends_with('"');
            if depth <= 0 && (tail.ends_with('”') || straight && tail.ends_with('"')) {
                return Some(j + 1);
            }
        }
        None
    }

    fn passage(&mut self, block: usize) {
        let span = self.text.blocks()[block].span;
        match marker(self.text.slice(span)) {
            Some(m) => self.labelled(block, &m),
            None => self.unlabelled(block),
        }
    }

    fn labelled(&mut self, block: usize, m: &Marker) {
        let span = self.text.blocks()[block].span;
        self.resume(m);
        self.open_place(m);
        if self.stack.last().is_some_and(|o| o.kind == Some(m.kind)) {
            self.stack.pop();
        }
        let slot = (self.above().0.unwrap_or(usize::MAX - self.part), Some(m.kind));
        let before = self.last.get(&slot).copied().unwrap_or(0);
        let mut key = m.key.to_owned();
        let mut ordinal = m.ordinal;
        // A second d) is đ), whose stroke was lost.
        if m.kind == Kind::Letter && m.key == "d" && before == m.ordinal {
            key = "đ".to_owned();
            ordinal += 1;
        }
        if m.key.is_empty() {
            ordinal = before + 1;
            key = format!("{}{ordinal}", plain_sign(m.kind));
        } else {
            self.check_order(m, before, ordinal, span);
        }
        self.last.insert(slot, ordinal);
        let (parent, path) = self.above();
        let id = join(&path, &key);
        let body = Span::new(span.start + m.len, span.end);
        let node = self.push(Node { label: m.label.to_owned(), body, ..passage(Level::Label(m.kind), id, span, block, parent) });
        let id = self.nodes[node].id.clone();
        let container = self.is_container(body);
        if self.stack.len() < DEEPEST {
            self.stack.push(Open { node, kind: Some(m.kind), ordinal, key, container, path: id });
        }
    }

    /// "2." behind a paragraph that goes on with "1." stands under the lead-in of "1." again.
    fn resume(&mut self, m: &Marker) {
        let Some((lead_in, kind, last)) = self.left.clone() else { return };
        if m.kind > kind {
            return;
        }
        self.left = None;
        if m.kind == kind && m.ordinal == last + 1 && self.stack.iter().all(|o| o.kind != Some(kind) && o.node != lead_in.node) && self.stack.len() < DEEPEST {
            self.stack.push(lead_in);
        }
    }

    /// Closes what the new label does not stand under.
    fn open_place(&mut self, m: &Marker) {
        if m.kind == Kind::Decimal
            && let Some(i) = self.decimal_parent(m.key)
        {
            self.stack.truncate(i);
            return;
        }
        // A list of this kind stands open: the label goes on with it. A first label may open an inner list instead,
        // under a passage that ends in a colon.
        if let Some(i) = self.stack.iter().rposition(|o| o.kind == Some(m.kind)) {
            let inner = m.ordinal == 1 && i + 1 < self.stack.len() && self.stack.last().is_some_and(|top| top.container && top.kind > Some(m.kind));
            let restart = m.ordinal == 1 && self.stack[i].ordinal >= 1 && i + 1 == self.stack.len() && self.stack[i].container && self.ends_in_colon(i);
            if !inner && !restart {
                self.stack.truncate(i + 1);
            }
            return;
        }
        // "C. TỔ CHỨC THỰC HIỆN" below "Tháng 11": the programme is over.
        let period = |o: &Open| o.kind.is_none() && o.node != usize::MAX && names_period(self.text.slice_folded(self.nodes[o.node].span));
        let over = self.stack.iter().position(period).filter(|&i| i > 0 && self.stack[i..].iter().all(|o| o.kind.is_none_or(|k| k > m.kind)));
        if let Some(i) = over.filter(|_| m.kind < Kind::Number && m.ordinal > 1) {
            self.stack.truncate(i);
        }
        // "IV. NHIỆM VỤ" right above "A. …": here capitals divide Roman numbers.
        if m.kind == Kind::Capital && m.ordinal == 1 && self.stack.last().is_some_and(|top| top.kind == Some(Kind::Roman)) {
            return;
        }
        // "* Tháng 9/2022:" above dashes: the finer sign leads in where no dash stands open.
        let leads_in = |o: &Open| o.kind > Some(Kind::Dash) && o.container && m.kind == Kind::Dash;
        while let Some(top) = self.stack.last().filter(|top| self.stack.len() > 1 && top.kind.is_some_and(|k| k > m.kind)) {
            if leads_in(top) && self.ends_in_colon(self.stack.len() - 1) {
                break;
            }
            self.stack.pop();
        }
    }

    fn ends_in_colon(&self, i: usize) -> bool {
        let node = self.stack[i].node;
        node < self.nodes.len() && self.text.slice(self.nodes[node].span).trim_end().ends_with(':')
    }

    /// Where `1.2` stands: after its elder sibling `1.1`, or under `1`; the height of the stack to keep.
    fn decimal_parent(&self, key: &str) -> Option<usize> {
        let (head, _) = key.rsplit_once('.')?;
        let sibling = self.stack.iter().rposition(|o| o.kind == Some(Kind::Decimal) && o.key.rsplit_once('.').map(|k| k.0) == Some(head));
        let parent = || self.stack.iter().rposition(|o| matches!(o.kind, Some(Kind::Number | Kind::Decimal | Kind::Roman | Kind::Article)) && o.key == head);
        sibling.or_else(parent).map(|i| i + 1)
    }

    fn check_order(&mut self, m: &Marker, before: u32, ordinal: u32, span: Span) {
        // Articles run through chapters, and provisions quoted alone start anywhere.
        let runs_on = before == 0 && matches!(m.kind, Kind::Article | Kind::Chapter | Kind::Division);
        if ordinal > before + 1 && !runs_on {
            let message = if before == 0 { format!("{} begins a list", m.label) } else { format!("{} follows number {before}", m.label) };
            self.note("outline-skipped-label", message, span);
        } else if ordinal == before {
            self.note("outline-repeated-label", format!("{} stands twice", m.label), span);
        }
    }

    fn note(&mut self, rule: &'static str, message: String, span: Span) {
        self.notes.push(Note { rule, message, span: Some(span) });
    }

    /// The innermost open passage and the path of what stands under it.
    fn above(&self) -> (Option<usize>, String) {
        let top = self.stack.last();
        let parent = top.map(|o| o.node).filter(|&n| n != usize::MAX);
        (parent, top.map(|o| o.path.clone()).unwrap_or_default())
    }

    /// A paragraph without a label stands under the nearest heading; one that ends in a colon opens a list.
    fn unlabelled(&mut self, block: usize) {
        let span = self.text.blocks()[block].span;
        let s = self.text.slice(span);
        let folded = self.text.slice_folded(span);
        let heading = is_caps(s) && s.chars().count() < 160 || names_period(folded);
        let closes = heading || closes_paper(folded);
        // "Lưu ý:", "Trong đó chú trọng:" belong to the item above them.
        let remark = s.ends_with(':') && s.chars().count() <= 60 && !closes;
        let mut item = None;
        if closes || s.ends_with(':') {
            self.left = None;
        }
        while self.stack.len() > 1
            && self
                .stack
                .last()
                .is_some_and(|top| if remark { top.kind.is_none_or(|k| k >= Kind::Dash) } else { closes || top.kind.is_none() || !top.container })
        {
            let Some(top) = self.stack.pop() else { break };
            match (top.kind, item) {
                (Some(kind @ (Kind::Number | Kind::Letter)), _) => item = Some((kind, top.ordinal)),
                (None, Some((kind, ordinal))) if !closes && !s.ends_with(':') && top.container => self.left = Some((top, kind, ordinal)),
                _ => item = None,
            }
        }
        let (parent, path) = self.above();
        let count = self.last.entry((parent.unwrap_or(usize::MAX - self.part), None)).or_insert(0);
        *count += 1;
        let ordinal = *count;
        let node = self.push(passage(Level::Paragraph, join(&path, &format!("p{ordinal}")), span, block, parent));
        // Paragraphs add nothing to the path of the list under them.
        let container = s.trim_end().ends_with(':') || heading;
        if container && self.stack.len() < DEEPEST {
            self.stack.push(Open { node, kind: None, ordinal: 0, key: String::new(), container, path });
        }
    }

    fn rows(&mut self, table: &Table) {
        let (parent, path) = self.above();
        for (i, row) in table.rows.iter().enumerate() {
            let span = self.text.blocks()[row.block].span;
            let label = self.text.slice(row.cells.first().copied().unwrap_or(span)).trim_end_matches('.').to_owned();
            let short = !label.is_empty() && label.chars().count() <= 12;
            let key = if short { format!("r{}", label.replace(' ', "")) } else { format!("r+{}", i + 1) };
            let label = if short { label } else { String::new() };
            self.push(Node { label, ..passage(Level::Row, join(&path, &key), span, row.block, parent) });
        }
    }

    /// Whether a labelled passage is a heading or opens a list.
    fn is_container(&self, body: Span) -> bool {
        let s = self.text.slice(body).trim_end();
        s.ends_with(':') || is_caps(s) || s.chars().count() <= 240 && !s.ends_with(['.', ';', ',', '!']) || s.is_empty()
    }
}

/// "Tháng 3", "Quý I/2026", "Tháng 02 năm 2026" alone: a programme's heading above what is due then.
pub(crate) fn names_period(folded: &str) -> bool {
    let Some(rest) = ["tháng ", "quý "].iter().find_map(|w| folded.strip_prefix(w)) else { return false };
    let (first, year) = rest.split_once([' ', '/']).unwrap_or((rest, ""));
    let counted = first.len() <= 2 && first.bytes().all(|b| b.is_ascii_digit()) || matches!(first, "i" | "ii" | "iii" | "iv");
    let year = year.strip_prefix("năm ").unwrap_or(year);
    counted && !first.is_empty() && (year.is_empty() || year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))
}

/// Formulas with which papers close.
pub(crate) const CLOSING_FORMULAS: &[&str] =
    &["trên đây là", "trong quá trình", "quá trình thực hiện", "quá trình triển khai", "trân trọng./", "trân trọng cảm ơn", "trân trọng kính"];

/// Sentences that close the paper and stand under no heading.
fn closes_paper(folded: &str) -> bool {
    const CLOSINGS: &[&str] = &[
        "yêu cầu thủ trưởng",
        "nhận được",
        "căn cứ kế hoạch này, các",
        "văn phòng ủy ban nhân dân tỉnh thông báo",
        "thừa lệnh",
        "chỉ thị này",
        "kế hoạch này thay thế",
    ];
    opens_with(folded, CLOSING_FORMULAS) || opens_with(folded, CLOSINGS)
}

fn plain_sign(kind: Kind) -> char {
    match kind {
        Kind::Plus => '+',
        Kind::Bullet => '*',
        _ => '-',
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
