//! What a paper does with the papers that it cites: the cue before a mention, and whose cue it is.

use super::citation::{Citation, Form};
use crate::lexicon::{Column, lexicon};
use crate::structure::{Document, Level, Slot};
use crate::text::{Span, head, tail};
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

/// One stated relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The citing paper itself, or the mention in whose title the cue stands.
    pub source: Option<usize>,
    /// `implements`, `based_on`, …
    pub kind: &'static str,
    /// The mention of the other paper.
    pub target: usize,
    /// The cue as printed, and where.
    pub cue: Option<Span>,
}

/// A cue stands no farther before its mention than this.
const REACH: usize = 220;

/// No căn cứ paragraph is longer, in bytes.
const LONGEST_BASIS: usize = 4096;
/// A turned cue joins papers that are mentioned one soon after the other.
const NEIGHBOURS: usize = 64;

/// The relations that the mentions of a paper state, without doubles; `cites` only where nothing stronger is said
/// of the same two papers.
pub fn find(document: &Document, citations: &[Citation]) -> Vec<Relation> {
    let finder = Finder { document, folded: document.text.folded(), citations };
    let mut all: Vec<Relation> = Vec::new();
    for (i, citation) in citations.iter().enumerate() {
        if citation.form == Form::Own || citation.rule == "citation-alias" {
            continue;
        }
        let relation = finder.relation(i, &all);
        all.extend(finder.of_list(&relation));
        all.push(relation);
    }
    distinct(citations, all)
}

/// For each mention the first mention of the same code; without a code itself.
fn papers(citations: &[Citation]) -> Vec<usize> {
    let mut first: HashMap<&str, usize> = HashMap::with_capacity(citations.len());
    let codes = citations.iter().map(|c| c.code.as_ref());
    codes.enumerate().map(|(i, code)| code.map_or(i, |code| *first.entry(code.text.as_str()).or_insert(i))).collect()
}

fn distinct(citations: &[Citation], all: Vec<Relation>) -> Vec<Relation> {
    let papers = papers(citations);
    let pair = |r: &Relation| (r.source.map(|s| papers[s]), Some(papers[r.target]));
    let strong: HashSet<_> = all.iter().filter(|r| r.kind != "cites").map(pair).collect();
    let mut seen = HashSet::new();
    all.into_iter()
        .filter(|r| {
            let (source, target) = pair(r);
            source != target && (r.kind != "cites" || !strong.contains(&(source, target))) && seen.insert((source, r.kind, target))
        })
        .collect()
}

struct Finder<'a> {
    document: &'a Document,
    folded: &'a str,
    citations: &'a [Citation],
}

impl Finder<'_> {
    fn relation(&self, i: usize, before: &[Relation]) -> Relation {
        let citation = &self.citations[i];
        if let Some(kind) = self.column_kind(i) {
            return Relation { source: None, kind, target: i, cue: None };
        }
        let source = citation.within.or_else(|| self.row_paper(i));
        let start = citation.provision.map_or(citation.span.start, |p| p.start);
        let from = self.region_start(i, start);
        // "A và B", "A; B": the cue of the one before governs this one too.
        if let Some(shared) = self.shared(i, start, before) {
            return Relation { source: shared.source, kind: shared.kind, target: i, cue: shared.cue };
        }
        if let Some(cue) = self.amended_place(start) {
            return Relation { source: None, kind: "amends", target: i, cue: Some(cue) };
        }
        let cue = self.cue(from, start).map(|(span, kind)| (span, self.in_basis(i, kind))).or_else(|| self.lead_in_cue(i, start));
        match cue {
            Some((span, kind)) => self.directed(i, source, kind, span),
            None if source.is_none() && self.is_cell(i) && self.listed_as_repealed(start) => Relation { source, kind: "repeals", target: i, cue: None },
            None => Relation { source, kind: self.default_kind(i), target: i, cue: None },
        }
    }

    /// The column "Căn cứ" of a task table names what its rows rest on.
    fn column_kind(&self, i: usize) -> Option<&'static str> {
        let cells = self.row(i);
        let column = cells.iter().position(|cell| cell.contains(self.citations[i].span))?;
        let row = cells.first()?.start;
        let blocks = self.document.text.blocks();
        let block = blocks.partition_point(|b| b.span.end < row);
        let table = self.document.tables.iter().find(|t| t.blocks.contains(&block))?;
        (table.columns.get(column) == Some(&Some(Column::Basis)) && table.is_task_table()).then_some("based_on")
    }

    /// "Điều chỉnh nhiệm vụ số 5 … tại Nghị quyết số 140/NQ-CP như sau:" changes what stands in that paper.
    fn amended_place(&self, start: usize) -> Option<Span> {
        let node = self.document.outline.node_at(start)?;
        let body = self.document.outline.nodes[node].body;
        let text = self.folded.get(body.start..start)?;
        let verb = ["điều chỉnh ", "sửa đổi, bổ sung ", "sửa đổi ", "bổ sung ", "thay thế ", "bãi bỏ "].iter().find(|v| text.starts_with(**v))?;
        let placed = text.ends_with(" tại ") && self.folded[start..body.end.max(start)].trim_end().ends_with("như sau:");
        placed.then(|| Span::new(body.start, body.start + verb.trim_end().len()))
    }

    /// The cells of the row that a mention stands in.
    fn row(&self, i: usize) -> &[Span] {
        let span = self.citations[i].span;
        let blocks = self.document.text.blocks();
        let block = blocks.partition_point(|b| b.span.end < span.start);
        blocks.get(block).map_or(&[], |b| &b.cells)
    }

    /// Whether a mention is all that its cell holds.
    fn is_cell(&self, i: usize) -> bool {
        let span = self.citations[i].span;
        self.row(i).iter().any(|cell| cell.contains(span) && cell.len() <= span.len() + 12)
    }

    /// In lists of papers set as tables the title has a column of its own: what it says, the paper of the row does.
    fn row_paper(&self, i: usize) -> Option<usize> {
        let cells = self.row(i);
        let first = cells.first()?.start;
        if self.is_cell(i) {
            return None;
        }
        (0..i).rev().take(NEIGHBOURS).take_while(|&j| self.citations[j].span.start >= first).find(|&j| self.is_cell(j))
    }

    /// "DANH MỤC văn bản bị bãi bỏ": the annex lists what the paper repeals.
    fn listed_as_repealed(&self, at: usize) -> bool {
        let outline = &self.document.outline;
        let above = std::iter::successors(outline.node_at(at), |&n| outline.nodes[n].parent);
        above.map(|n| &outline.nodes[n]).any(|n| {
            let title = head(&self.folded[n.span.range()], LONGEST_BASIS);
            n.level == Level::Annex && ["bãi bỏ", "hủy bỏ", "hết hiệu lực"].iter().any(|w| title.contains(w))
        })
    }

    /// "các Nghị định: số A, số B sửa đổi Nghị định C": the title after the last of a list is that of each.
    fn of_list(&self, relation: &Relation) -> Vec<Relation> {
        let Some(last) = relation.source else { return Vec::new() };
        let mut list = Vec::new();
        let mut i = last;
        while i > 0
            && list.len() < NEIGHBOURS
            && self.citations[i].rule == "citation-listed"
            && self.citations[i - 1].title.is_none()
            && self.citations[i - 1].within == self.citations[i].within
        {
            i -= 1;
            list.push(Relation { source: Some(i), ..relation.clone() });
        }
        list
    }

    /// In a căn cứ paragraph every paper is a basis, whatever its title says; only amendments point elsewhere.
    fn in_basis(&self, i: usize, kind: &'static str) -> &'static str {
        if kind.ends_with("_by") || self.default_kind(i) != "based_on" { kind } else { "based_on" }
    }

    /// `amended_by` and its like turn source and target round.
    fn directed(&self, i: usize, source: Option<usize>, kind: &'static str, cue: Span) -> Relation {
        let active = match kind {
            "amended_by" => "amends",
            "replaced_by" => "replaces",
            "repealed_by" => "repeals",
            _ => return Relation { source, kind, target: i, cue: Some(cue) },
        };
        match (0..i).rev().take(NEIGHBOURS).find(|&j| self.citations[j].span.end <= cue.start && self.citations[j].form != Form::Own) {
            Some(old) => Relation { source: Some(i), kind: active, target: old, cue: Some(cue) },
            None => Relation { source, kind: active, target: i, cue: Some(cue) },
        }
    }

    /// Where the cue of a mention may stand: after the sentence, title or mention before it.
    fn region_start(&self, i: usize, start: usize) -> usize {
        let citation = &self.citations[i];
        let far = self.document.text.place_from(start.saturating_sub(REACH));
        let mut from = far + memchr::memrchr2(b'\n', b'\t', &self.folded.as_bytes()[far..start]).map_or(0, |n| n + 1);
        if let Some(n) = self.folded[from..start].rfind(". ") {
            from += n + 2;
        }
        if let Some(home) = citation.within.and_then(|h| self.citations[h].title) {
            from = from.max(home.start);
        }
        // Past the last mention that stands wholly before this one.
        for other in self.citations[..i].iter().rev().take(8) {
            let end = if other.within == citation.within { other.title.map_or(other.span.end, |t| t.end.min(start)) } else { other.span.end };
            if end <= start && end > from && other.rule != "citation-alias" {
                from = end;
                break;
            }
        }
        from
    }

    fn shared<'r>(&self, i: usize, start: usize, before: &'r [Relation]) -> Option<&'r Relation> {
        let last = before.iter().rev().take(64).find(|r| r.target < i && self.citations[r.target].within == self.citations[i].within)?;
        let other = &self.citations[last.target];
        let end = other.title.map_or(other.span.end, |t| t.end).max(other.span.end);
        if end > start || start - end > 160 {
            return None;
        }
        // An alias in brackets may stand between.
        let gap = self.folded[end..start].trim_start_matches([' ', '”']);
        let gap = match (gap.starts_with('('), gap.find(')')) {
            (true, Some(n)) => &gap[n + 1..],
            _ => gap,
        };
        let list = gap.split([' ', ',', ';', ':']).all(|w| matches!(w, "" | "và" | "số" | "các" | "hoặc" | "&")) && !gap.contains('\n');
        list.then_some(last)
    }

    /// The last cue between `from` and the mention.
    fn cue(&self, from: usize, start: usize) -> Option<(Span, &'static str)> {
        if from >= start {
            return None;
        }
        let region = &self.folded[from..start];
        let region_start = region.rfind(';').map_or(0, |n| n + 1);
        // "ban hành kèm theo Quyết định số …" tells of the other paper, not what this one does with it.
        let (s, e, &kind) =
            lexicon().relations.scan(&region[region_start..]).filter(|(.., k)| !matches!(**k, "promulgates" | "approves" | "attached_to")).last()?;
        let span = Span::new(from + region_start + s, from + region_start + e);
        if kind == "implements" && region[region_start..][s..e] == *"triển khai" && self.after_publicity(from + region_start, span.start) {
            return Some((span, "publicises"));
        }
        if kind == "reviews" {
            return Some((span, self.not_reviewed(from + region_start, span).unwrap_or(kind)));
        }
        Some(self.reviewed(from + region_start, span, kind))
    }

    /// To supervise ("kiểm tra, giám sát, đánh giá việc thực hiện") is a duty for the time to come, and to spread word of
    /// results ("tuyên truyền về kết quả thực hiện") is to make known; neither reviews.
    fn not_reviewed(&self, from: usize, cue: Span) -> Option<&'static str> {
        let head = &self.folded[from..cue.start];
        if ["giám sát, ", "kiểm tra, ", "giám sát và ", "kiểm tra và "].iter().any(|w| head.ends_with(w)) {
            return Some("implements");
        }
        let spread = lexicon().relations.scan(head).any(|(_, _, k)| *k == "publicises") || head.contains("truyền thông");
        (spread && head.trim_end().ends_with(" về")).then_some("publicises")
    }

    /// "nghiên cứu, quán triệt, triển khai nội dung Chỉ thị …" makes it known.
    fn after_publicity(&self, from: usize, cue: usize) -> bool {
        let head = self.folded[from..cue].trim_end_matches([' ', ',']);
        lexicon().relations.scan(head).last().is_some_and(|(_, end, kind)| *kind == "publicises" && end == head.len())
    }

    /// "tổng kết 5 năm thực hiện", "đánh giá việc triển khai thực hiện" review; they do not implement.
    fn reviewed(&self, from: usize, cue: Span, kind: &'static str) -> (Span, &'static str) {
        if !matches!(kind, "implements" | "guides") {
            return (cue, kind);
        }
        let head = &self.folded[from..cue.start];
        let Some((start, end, _)) = lexicon().relations.scan(head).filter(|(_, _, k)| **k == "reviews").last() else { return (cue, kind) };
        // To supervise is a duty for the time to come, no review.
        if ["giám sát, ", "kiểm tra, ", "giám sát và ", "kiểm tra và "].iter().any(|w| head[..start].ends_with(w)) {
            return (cue, kind);
        }
        let between = head[end..].trim();
        let glue = between.len() <= 44
            && between.split([' ', ',']).all(|w| {
                w.chars().all(|c| c.is_ascii_digit())
                    || matches!(
                        w,
                        "năm"
                            | "việc"
                            | "kết"
                            | "quả"
                            | "tình"
                            | "hình"
                            | "công"
                            | "tác"
                            | "quá"
                            | "trình"
                            | "triển"
                            | "khai"
                            | "đánh"
                            | "giá"
                            | "tổng"
                            | "sơ"
                            | "hai"
                            | "ba"
                            | "tháng"
                            | "giai"
                            | "đoạn"
                            | "01"
                            | "tổ"
                            | "chức"
                            | "và"
                    )
            });
        if glue { (Span::new(from + start, from + end), "reviews") } else { (cue, kind) }
    }

    /// A bullet that begins with a mention is governed by the lead-in above it.
    fn lead_in_cue(&self, i: usize, start: usize) -> Option<(Span, &'static str)> {
        if self.citations[i].within.is_some() {
            return None;
        }
        let outline = &self.document.outline;
        let node = outline.node_at(start)?;
        if start > outline.nodes[node].body.start + 12 {
            return None;
        }
        let parent = outline.nodes[node].parent?;
        let span = outline.nodes[parent].body;
        let lead = self.folded[span.range()].trim_end();
        if !lead.ends_with(':') {
            return None;
        }
        let end = span.start + lead.len();
        let start = self.document.text.place_from(end.saturating_sub(LONGEST_BASIS).max(span.start));
        let (s, e, &kind) = lexicon().relations.scan(&self.folded[start..end]).last()?;
        Some((Span::new(start + s, start + e), kind))
    }

    fn default_kind(&self, i: usize) -> &'static str {
        let start = self.citations[i].span.start;
        let near = tail(&self.folded[..start], LONGEST_BASIS);
        let block = start - near.len() + near.rfind('\n').map_or(0, |n| n + 1);
        let opening = self.folded[block..].trim_start_matches(['-', ' ', '*']);
        let subject = self.document.letterhead.all(Slot::Subject).any(|s| s.contains(self.citations[i].span));
        if self.citations[i].within.is_none() && (opening.starts_with("căn cứ ") || opening.starts_with("căn cử ")) && !subject {
            "based_on"
        } else {
            "cites"
        }
    }
}
