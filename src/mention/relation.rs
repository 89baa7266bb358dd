//! What a paper does with the papers that it cites: the cue before a mention, and whose cue it is.

use super::agency;
use super::citation::{Citation, Form, ends_in_share, names_share};
use crate::lexicon::{Column, lexicon};
use crate::structure::{Document, Level, Slot};
use crate::text::{Span, full_stop, head, is_word_end, last_full_stop, opens_with, tail};
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
const REACH: usize = 360;

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
        if citation.rule == "citation-alias" {
            all.extend(finder.of_alias(i));
            continue;
        }
        if citation.form == Form::Own {
            continue;
        }
        let relation = finder.relation(i, &all);
        all.extend(finder.of_list(&relation));
        all.push(relation);
    }
    // To go on carrying out is to carry out: "Tiếp tục triển khai Chiến lược ban hành kèm theo Quyết định số …".
    let carries_out = |r: &&Relation| {
        let cue = r.cue.map_or("", |c| &finder.folded[c.range()]);
        r.source.is_none() && r.kind == "continues" && (cue.contains("thực hiện") || cue.contains("triển khai"))
    };
    let goes_on = all.iter().filter(carries_out).map(|r| Relation { kind: "implements", ..r.clone() });
    let goes_on: Vec<Relation> = goes_on.collect();
    all.extend(goes_on);
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

/// What a cue says of the mention that `region` ends before, if it governs it at all.
fn governs(region: &str, start: usize, end: usize, kind: &'static str) -> Option<&'static str> {
    let (cue, gap) = (&region[start..end], region[end..].trim());
    if is_noun(region, start, end, kind) {
        return None;
    }
    match kind {
        // "bãi bỏ nội dung hướng dẫn tại điểm 3 Công văn số …": what is repealed.
        "guides" if region[..start].ends_with("bãi bỏ nội dung ") => Some("repeals"),
        // To follow guidance is to carry it out.
        "guides" if cue == "hướng dẫn" && (gap.ends_with("tại") && !gap.contains("ban hành") || gap.starts_with("của")) => Some("implements"),
        "guides" if cue == "hướng dẫn" && [" đúng", " theo"].iter().any(|w| gap.ends_with(w)) => Some("implements"),
        // "hướng dẫn hội viên làm …, gắn với", "Hướng dẫn chẩn đoán ban hành kèm theo" are no guidance on the paper.
        "guides" if cue.starts_with("hướng dẫn") && (gap.contains(',') || format!(" {gap} ").contains(" với ") || gap.contains("ban hành")) => None,
        // "tiếp tục thực hiện theo": the deed before it counts.
        "implements" if cue == "theo" && region[..start].ends_with("thực hiện ") => None,
        // "Đoàn liên ngành được thành lập theo Quyết định số …" tells what that paper did.
        "implements"
            if cue == "theo"
                && ["được thành lập ", "được giao ", "được phê duyệt ", "được công nhận ", "kết quả kiểm tra ", "kết quả giám sát "]
                    .iter()
                    .any(|w| region[..start].ends_with(w)) =>
        {
            Some("cites")
        }
        // "… phải đôn đốc nhiều lần (theo Thông báo số …)": where a fact comes from.
        "implements" if cue == "theo" && region[..start].ends_with('(') => Some("cites"),
        // "đánh giá kết quả thực hiện các chỉ tiêu được giao tại Quyết định số …"
        "implements"
            if cue == "được giao tại"
                && ["đánh giá kết quả thực hiện", "đánh giá toàn diện kết quả thực hiện", "báo cáo kết quả thực hiện"]
                    .iter()
                    .any(|w| region[..start].contains(w)) =>
        {
            Some("reviews")
        }
        // "Trên cơ sở kết quả thực hiện Quy chế số …"
        "implements" if region[..start].ends_with("trên cơ sở kết quả ") => Some("cites"),
        // "tự cân đối trong dự toán được giao tại Quyết định số …": money that was given.
        "implements" if cue == "được giao tại" && ["dự toán ", "kinh phí ", "vốn ", "biên chế "].iter().any(|w| region[..start].ends_with(w)) => {
            Some("cites")
        }
        // "Trên cơ sở đó, Sở đã lấy ý kiến tại Công văn số …" points back.
        "based_on" if gap.starts_with("đó") => Some("cites"),
        // "Việc thực hiện phải gắn với Nghị quyết số …": what another thing is joined to.
        "implements" if gap.contains("gắn với") => Some("cites"),
        // "… chưa gửi báo cáo theo yêu cầu tại Công điện", "chậm hoàn thành nhiệm vụ được giao tại …": what was not done.
        "implements" if (cue.starts_with("theo") || cue == "được giao tại") && tells_failure(&region[..start]) => Some("cites"),
        // "việc triển khai còn chậm: 7 nhiệm vụ giao tại Kế hoạch số …": a colon parts what is told from what it rests on.
        "implements" if gap.contains(": ") => None,
        // "Bộ tiêu chí đánh giá nguy cơ được ban hành kèm theo Quyết định số …": where a thing comes from.
        "reviews" if gap.contains("ban hành kèm theo") || gap.contains("được ban hành") => Some("cites"),
        // "Một số huyện chưa thực hiện nghiêm …": what was not done tells of the past.
        "implements" if ["chưa ", "không ", "chậm "].iter().any(|w| region[..start].ends_with(w)) => Some("cites"),
        // "trả lời như sau: Sở đã trình UBND tỉnh tại Tờ trình số …" tells of its own paper.
        "responds_to" if gap.contains("như sau") && gap.ends_with("tại") => Some("cites"),
        "implements" if cue == "theo" => follows(gap),
        // Deeds that change a paper name it at once: not "Danh mục thủ tục thay thế được công bố tại Quyết định …".
        "amends" | "replaces" | "repeals" | "suspends" | "corrects" | "consolidates" => {
            let padded = format!(" {gap} ");
            let other =
                [" được ", " đã ", " bị ", " do ", " theo ", " để ", " thì ", " khi ", " thực hiện ", " với ", " như "].iter().any(|w| padded.contains(w));
            let other = other && !padded.contains(" kèm theo ");
            // To put a new annex in the place of the old one is to amend.
            let part = ["phụ lục", "mẫu", "biểu", "cụm từ", "khoản", "điểm", "điều "].iter().any(|w| gap.starts_with(w));
            // "xem xét đề nghị bổ sung kinh phí của … tại Tờ trình …" answers it.
            if region[..start].ends_with("đề nghị ") && gap.ends_with("tại") {
                return Some("responds_to");
            }
            // "hướng dẫn điều chỉnh nội dung dạy học tại Công văn …" tells what stands there.
            let told = region[..start].ends_with("hướng dẫn ") && gap.ends_with("tại");
            // "được phê duyệt và phê duyệt điều chỉnh tại các Quyết định": those papers changed something.
            let told = told || region[..start].ends_with("phê duyệt ") && gap.starts_with("tại");
            if !other && !told && matches!(kind, "replaces" | "amends") && is_of_paper_to_come(&region[..start]) {
                return Some("cites");
            }
            (!other && !told).then_some(if kind == "replaces" && part { "amends" } else { kind })
        }
        _ => Some(kind),
    }
}

/// "trình Chính phủ ban hành Nghị định thay thế Nghị định số …", "dự thảo Thông tư thay thế …": a paper that is still to be made
/// takes its place, not this one.
fn is_of_paper_to_come(before: &str) -> bool {
    const MAKING: &[&str] = &["ban hành ", "xây dựng ", "soạn thảo ", "trình ", "dự thảo "];
    const PAPERS: &[&str] = &["nghị định", "thông tư", "quyết định", "nghị quyết", "quy chế", "quy định", "văn bản", "chỉ thị", "kế hoạch", "hướng dẫn"];
    // "Thông tư thay thế Thông tư số …" in a cell, "kể từ ngày Nghị định sửa đổi Nghị định 99 được ban hành": a paper without a number.
    if ["thông tư", "nghị định", "nghị quyết"].iter().any(|w| before.trim_end().ends_with(w)) {
        return true;
    }
    let made = MAKING.iter().filter_map(|w| before.rfind(w).map(|n| n + w.len())).max();
    made.is_some_and(|n| PAPERS.iter().any(|p| before[n..].contains(p)) && !before[n..].contains(" này"))
}

/// Whether the clause before a cue tells that something was not done, or late.
fn tells_failure(before: &str) -> bool {
    const WORDS: &[&str] = &[" chưa ", " chậm ", " không gửi ", " không báo cáo ", " không thực hiện "];
    // The name of what is fought: "khai thác hải sản bất hợp pháp, không báo cáo và không theo quy định".
    const NAME: &str = "bất hợp pháp, không báo cáo và không theo quy định";
    let before = before.rfind(NAME).map_or(before, |n| &before[n + NAME.len()..]);
    before
        .rsplit([',', ';'])
        .next()
        .is_some_and(|clause| WORDS.iter().any(|w| clause.match_indices(w).any(|(n, _)| !clause[n + w.len()..].starts_with("nhất"))))
}

/// What "theo" says, by the words between it and the mention.
fn follows(gap: &str) -> Option<&'static str> {
    if ["đề nghị", "đề xuất", "nghị của"].iter().any(|w| gap.contains(w)) && gap.ends_with("tại") {
        return Some("responds_to");
    }
    // "theo kết quả kiểm tra tại Thông báo …" tells where a fact comes from.
    if ["mẫu", "phụ lục", "biểu", "bộ chỉ số", "bảng xếp hạng", "kết quả", "số liệu", "phản ánh", "thông tin"].iter().any(|w| gap.starts_with(w))
    {
        return Some("cites");
    }
    (!gap.starts_with("hướng ") && gap.len() <= 60 && !gap.contains([',', ':'])).then_some("implements")
}

/// Whether the words of a cue are part of a name or noun: "Bộ Ngoại giao tại", "văn bản hướng dẫn", "có hiệu lực thi hành".
fn is_noun(text: &str, start: usize, end: usize, kind: &str) -> bool {
    let (head, cue) = (&text[..start], &text[start..end]);
    match kind {
        // "Quá trình triển khai, UBND tỉnh đã có nhiều chỉ đạo (các Văn bản: …)"
        "implements" if head.ends_with("quá trình ") => true,
        // "xem xét, ban hành": no "xét Tờ trình số …".
        "responds_to" if cue == "xét" => head.ends_with("xem "),
        "guides" => head.ends_with("văn bản ") || head.ends_with("văn bản quy định, ") || head.ends_with("tài liệu "),
        "publicises" => cue == "truyền thông" && (head.ends_with("thông tin và ") || head.ends_with("thông tin, ")),
        "implements" if cue.starts_with("thi hành") || cue.starts_with("thực hiện") => head.ends_with("hiệu lực "),
        _ => false,
    }
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
        // "được sửa đổi, bổ sung bởi A, B và C": each of them amends.
        if let Some(turned) = self.turned_list(i, start, before) {
            return turned;
        }
        // "… thay thế Hướng dẫn số A; Công văn số B hết hiệu lực": what is said of B itself counts, not the cue before A.
        if let Some(cue) = self.ended(i).filter(|_| source.is_none()) {
            return Relation { source, kind: "repeals", target: i, cue: Some(cue) };
        }
        // "A và B", "A; B": the cue of the one before governs this one too.
        if let Some(shared) = self.shared(i, start, before) {
            return Relation { source: shared.source, kind: shared.kind, target: i, cue: shared.cue };
        }
        if let Some(cue) = self.amended_place(start) {
            return Relation { source: None, kind: "amends", target: i, cue: Some(cue) };
        }
        if self.is_definition(start) {
            return Relation { source, kind: "cites", target: i, cue: None };
        }
        if let Some(relation) = self.further_request(i, from, start, before) {
            return relation;
        }
        let cue = self
            .cue(from, start)
            .map(|(span, kind)| (span, if self.opens_clause(span) { kind } else { self.in_basis(i, kind) }))
            .or_else(|| self.lead_in_cue(i, start));
        let cue = cue.or_else(|| self.received(i).filter(|_| source.is_none()).map(|span| (span, "responds_to")));
        // "Theo Báo cáo số …" tells where a figure comes from: a report is not carried out.
        // So does "mức phụ cấp theo Nghị quyết số … là 150.000 đồng".
        let end = citation.title.map_or(citation.span.end, |t| t.end);
        let fact = opens_with(&self.folded[end..], &[" là ", " thì "]);
        let told = |span: Span| self.folded[span.range()] == *"theo" && (citation.type_code == Some("BC") || fact);
        let cue = cue.map(|(span, kind)| (span, if kind == "implements" && told(span) { "cites" } else { kind }));
        // "Xét Tờ trình số …; Báo cáo thẩm tra số …": what was looked at asks for nothing.
        let reviewed = || opens_with(&self.folded[citation.span.range()], &["báo cáo thẩm tra", "báo cáo thẩm định"]);
        let cue = cue.map(|(span, kind)| (span, if kind == "responds_to" && self.folded[span.range()] == *"xét" && reviewed() { "cites" } else { kind }));
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

    /// "(sau đây gọi tắt là Nghị định số …)" only gives a name to what was cited before.
    fn is_definition(&self, start: usize) -> bool {
        let before = self.folded[..start].trim_end_matches([' ', '“', '"', ':']);
        ["gọi tắt là", "viết tắt là", "gọi là", "gọi chung là", "gọi tắt", "viết tắt", "viết gọn là"].iter().any(|d| before.ends_with(d))
    }

    /// "Theo đề nghị của Bộ … tại Tờ trình số …; của Chủ tịch … tại Tờ trình số …".
    fn further_request(&self, i: usize, from: usize, start: usize, before: &[Relation]) -> Option<Relation> {
        let last = before.last().filter(|r| r.kind == "responds_to" && r.target + 1 == i)?;
        let gap = self.folded.get(from..start)?.trim_start_matches([' ', ';', ',']);
        let gap = gap.strip_prefix("và ").unwrap_or(gap).trim_end();
        let gap_start = start - (self.folded[..start].len() - self.folded[..start].trim_end().len()) - gap.len();
        // "ý kiến của Sở Tài chính tại Văn bản số …, Sở Xây dựng tại Văn bản số …".
        let named = || agency::name_at(&self.document.text, gap_start, start).is_some_and(|party| self.folded[party.span.end..start].trim() == "tại");
        let asked = gap.len() <= REACH && (["của ", "ý kiến của ", "đề nghị của "].iter().any(|w| gap.starts_with(w)) || named());
        (asked && [" tại", " tại các", " tại văn bản"].iter().any(|w| gap.ends_with(w))).then(|| Relation { target: i, ..last.clone() })
    }

    /// "Thông tư số … hết hiệu lực kể từ ngày …": what happens to a paper may stand behind it.
    fn ended(&self, i: usize) -> Option<Span> {
        let citation = &self.citations[i];
        // "Tờ trình số … về việc công bố Danh mục “…” hết hiệu lực": a proposal has no force that could end.
        if citation.type_code == Some("TTr") {
            return None;
        }
        const ENDS: [&str; 5] = ["hết hiệu lực", "chấm dứt hiệu lực", "bị bãi bỏ", "được bãi bỏ", "đều bãi bỏ"];
        let end = citation.title.map_or(citation.span.end, |t| t.end);
        let rest = &self.folded[end..];
        let at = end + rest.len() - rest.trim_start_matches([' ', ',', '”', ')']).len();
        // A paper opens the sentence, its title not marked as one: "Quyết định số … của UBND xã … (cũ) phê duyệt Phương án hết hiệu lực".
        let opens = || self.folded[..citation.span.start].ends_with('\n') || self.folded[..citation.span.start].ends_with(". ");
        let near = head(rest, REACH / 2);
        let sentence = &near[..near.find(['\n', ';', ',']).into_iter().chain(full_stop(near)).min().unwrap_or(near.len())];
        let alone = || self.citations[i + 1..].iter().find(|next| next.form != Form::Own).is_none_or(|next| next.span.start > end + sentence.len());
        let behind = ENDS.into_iter().find(|p| self.folded[at..].starts_with(p)).map(|p| (at, p)).filter(|_| at - end <= 4);
        let inside = || ENDS.into_iter().find_map(|p| sentence.find(p).map(|n| (end + n, p)));
        let (at, phrase) = behind.or_else(|| if alone() && opens() { inside() } else { None })?;
        let after = self.folded[at + phrase.len()..].trim_start();
        (!after.starts_with("bởi") && !after.starts_with("tại")).then(|| Span::new(at, at + phrase.len()))
    }

    /// "Bộ nhận được các Công văn: số … của …, số … của …. Sau khi nghiên cứu, Bộ có ý kiến như sau": a letter that answers others.
    fn received(&self, i: usize) -> Option<Span> {
        const CUE: &str = "nhận được ";
        const ASKING: [&str; 4] = ["CV", "TTr", "BC", "PC"];
        if !self.citations[i].type_code.is_some_and(|t| ASKING.contains(&t)) {
            return None;
        }
        let start = self.citations[i].span.start;
        // No letter that was received stands farther before, however long the line.
        let near = self.document.text.place_from(start.saturating_sub(LONGEST_BASIS));
        let line = near + memchr::memrchr(b'\n', &self.folded.as_bytes()[near..start]).map_or(0, |n| n + 1);
        let sentence = last_full_stop(&self.folded[line..start]).map_or(line, |n| line + n + 2);
        let cue = sentence + self.folded[sentence..start].find(CUE)?;
        // "Sau khi nhận được Công văn này", "kể từ ngày nhận được": no letter that lies before the issuer.
        let told = ["khi ", "ngày ", "sau ", "chưa ", "không "].iter().any(|w| self.folded[..cue].ends_with(w));
        (!told).then(|| Span::new(cue, cue + CUE.len() - 1))
    }

    /// The further papers of a list after "được sửa đổi, bổ sung bởi": what stands before the cue is what they amend.
    fn turned_list(&self, i: usize, start: usize, before: &[Relation]) -> Option<Relation> {
        let last = before.last().filter(|r| r.source.is_some_and(|s| s + 1 == i && s > r.target))?;
        let previous = &self.citations[i - 1];
        // "Nghị định A, được sửa đổi tại Nghị định B, và Thông tư liên tịch C": a paper of another kind goes on with the grounds.
        if previous.within != self.citations[i].within || previous.type_code != self.citations[i].type_code {
            return None;
        }
        let gap = self.folded.get(previous.title.map_or(previous.span.end, |t| t.end)..start)?;
        let list = gap.len() <= 24 && gap.split([' ', ',']).all(|w| matches!(w, "" | "và" | "số" | "các" | "tại"));
        list.then(|| Relation { source: Some(i), ..last.clone() })
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

    /// In a căn cứ paragraph every paper is a basis, whatever its title says; only amendments and what is asked for
    /// ("Căn cứ …; xét đề nghị của … tại Tờ trình số …") point elsewhere.
    fn in_basis(&self, i: usize, kind: &'static str) -> &'static str {
        if kind.ends_with("_by") || matches!(kind, "continues" | "responds_to") || self.default_kind(i) != "based_on" { kind } else { "based_on" }
    }

    /// "Căn cứ Nghị định số …; triển khai thực hiện Quyết định số …": the deed of a clause of its own.
    fn opens_clause(&self, cue: Span) -> bool {
        let deed = opens_with(&self.folded[cue.range()], &["thực hiện", "triển khai thực hiện", "tiếp tục thực hiện"]);
        deed && self.folded[..cue.start].ends_with("; ")
    }

    /// `amended_by` and its like turn source and target round.
    fn directed(&self, i: usize, source: Option<usize>, kind: &'static str, cue: Span) -> Relation {
        // "Thông tư số 07/2016/… (sửa đổi, bổ sung tại Thông tư số 24/2019/…)"
        let inside = kind == "amends" && self.folded[..cue.start].ends_with('(') && self.folded[cue.end..].starts_with(" tại ");
        let kind = if inside { "amended_by" } else { kind };
        let active = match kind {
            "amended_by" => "amends",
            "replaced_by" => "replaces",
            "repealed_by" => "repeals",
            "amends" | "replaces" | "repeals" | "suspends" => {
                return Relation { source: source.or_else(|| self.subject(i, cue)), kind, target: i, cue: Some(cue) };
            }
            _ => return Relation { source, kind, target: i, cue: Some(cue) },
        };
        let before = || (0..i).rev().take(NEIGHBOURS).filter(|&j| self.citations[j].span.end <= cue.start && self.citations[j].form != Form::Own);
        // A decree amends a decree, a law a law: "Nghị định … hướng dẫn thi hành Luật … được sửa đổi bởi Nghị định …".
        let line = self.folded[..cue.start].rfind('\n').map_or(0, |n| n + 1);
        let of_type = before().take_while(|&j| self.citations[j].span.start >= line).find(|&j| self.citations[j].type_code == self.citations[i].type_code);
        match of_type.or_else(|| before().next()) {
            Some(old) => Relation { source: Some(i), kind: active, target: old, cue: Some(cue) },
            None => Relation { source, kind: active, target: i, cue: Some(cue) },
        }
    }

    /// "Thông tư 41 đã bãi bỏ biểu mẫu …": another paper did it.
    fn subject(&self, i: usize, cue: Span) -> Option<usize> {
        let named = (0..i).rev().find(|&j| !self.is_definition(self.citations[j].span.start))?;
        let j = Some(named).filter(|&j| self.citations[j].form != Form::Own && self.citations[j].span.end <= cue.start)?;
        let citation = &self.citations[j];
        if self.folded[citation.span.end..cue.start].trim() == "đã" {
            return Some(j);
        }
        // "Bộ đã ban hành Thông tư số A quy định về …, thay thế Thông tư số B": what it brings in the new one does.
        let end = citation.title.map_or(citation.span.end, |t| t.end);
        let before = tail(&self.folded[..citation.span.start], REACH / 4);
        let brought = ["ban hành ", "ký ", "thông qua "].iter().any(|w| before.ends_with(w)) && before.contains(" đã ");
        let mut gap = self.folded.get(end..cue.start)?.trim_start();
        // A name for later in brackets.
        if let Some(close) = gap.strip_prefix('(').and_then(|g| g.find(')')) {
            gap = &gap[close + 2..];
        }
        (brought && matches!(gap.trim(), "," | ", để" | "và" | "")).then_some(j)
    }

    /// Where the cue of a mention may stand: after the sentence, title or mention before it.
    fn region_start(&self, i: usize, start: usize) -> usize {
        let citation = &self.citations[i];
        let far = self.document.text.place_from(start.saturating_sub(REACH));
        let mut from = far + memchr::memrchr2(b'\n', b'\t', &self.folded.as_bytes()[far..start]).map_or(0, |n| n + 1);
        if let Some(n) = last_full_stop(&self.folded[from..start]) {
            from += n + 2;
        }
        if let Some(home) = citation.within.and_then(|h| self.citations[h].title) {
            from = from.max(home.start);
        }
        // Past the last mention that stands wholly before this one.
        for other in self.citations[..i].iter().rev().take(8) {
            // "tuyên truyền Kết luận này và Nghị quyết số …": the cue before the paper itself governs this one too.
            if other.rule == "citation-own" && other.span.end <= start && matches!(self.folded[other.span.end..start].trim(), "và" | ",") {
                continue;
            }
            let end = if other.within == citation.within { other.title.map_or(other.span.end, |t| t.end.min(start)) } else { other.span.end };
            if end <= start && end > from && other.rule != "citation-alias" {
                from = end;
                break;
            }
        }
        from
    }

    fn shared<'r>(&self, i: usize, start: usize, before: &'r [Relation]) -> Option<&'r Relation> {
        // What only names a paper again ("gọi tắt là Kế hoạch số …") and what amends one in brackets hands on no deed.
        let deed = |r: &&Relation| r.source.is_none_or(|s| s < r.target) && !self.is_definition(self.citations[r.target].span.start);
        let beside = |r: &&Relation| r.target < i && self.citations[r.target].within == self.citations[i].within;
        let last = before.iter().rev().take(NEIGHBOURS).filter(deed).find(beside)?;
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
        let list = gap.split([' ', ',', ';', ':']).all(|w| matches!(w, "" | "và" | "số" | "các" | "hoặc" | "&"));
        // "… và các mục tiêu đề ra của Nghị quyết số …".
        let share = gap
            .strip_prefix("và ")
            .or_else(|| gap.strip_prefix("; "))
            .is_some_and(|rest| names_share(rest) && ends_in_share(rest) && !rest.contains([',', ';', '.']));
        ((list || share) && !gap.trim().is_empty() && !gap.contains('\n')).then_some(last)
    }

    /// "Để triển khai thực hiện có hiệu quả Đề án": the deed is done to the paper that the name stands for.
    fn of_alias(&self, i: usize) -> Option<Relation> {
        let alias = &self.citations[i];
        let target = alias.antecedent.filter(|_| alias.within.is_none())?;
        let start = alias.span.start;
        let (cue, kind) = self.cue(self.region_start(i, start), start)?;
        let gap = self.folded[cue.end..start].trim();
        let tight = matches!(gap, "" | "có hiệu quả" | "hiệu quả" | "tốt" | "nghiêm" | "nghiêm túc" | "nội dung" | "các nội dung của" | "các nhiệm vụ của");
        let deed = matches!(kind, "implements" | "continues" | "reviews" | "publicises");
        (tight && deed).then_some(Relation { source: None, kind, target, cue: Some(cue) })
    }

    /// The last cue between `from` and the mention that governs it.
    fn cue(&self, from: usize, start: usize) -> Option<(Span, &'static str)> {
        if from >= start {
            return None;
        }
        let clause = from + self.folded[from..start].rfind(';').map_or(0, |n| n + 1);
        let region = &self.folded[clause..start];
        // "ban hành kèm theo Quyết định số …" tells of the other paper, not what this one does with it.
        let told = |kind: &'static str| !matches!(kind, "promulgates" | "approves" | "attached_to");
        let cues: Vec<(usize, usize, &'static str)> = lexicon().relations.scan(region).map(|(s, e, k)| (s, e, *k)).filter(|c| told(c.2)).collect();
        let (s, e, kind) = cues.into_iter().rev().find_map(|(s, e, kind)| governs(region, s, e, kind).map(|kind| (s, e, kind)))?;
        let span = Span::new(clause + s, clause + e);
        let contents = region[e..].contains("nội dung");
        let spread = region[s..e] == *"triển khai" || contents && region[s..e].starts_with("triển khai");
        if kind == "implements" && spread && self.after_publicity(clause, span.start) {
            return Some((span, "publicises"));
        }
        if kind == "reviews" {
            return Some((span, self.not_reviewed(clause, span).unwrap_or(kind)));
        }
        Some(self.reviewed(clause, span, kind))
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
        let head = head.strip_suffix(" và").unwrap_or(head);
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
                            | "thực"
                            | "tiễn"
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
                            | "giữa"
                            | "đầu"
                            | "cuối"
                            | "kỳ"
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
        // "Hai là, Thông tư 41 đã bãi bỏ …" tells a fact.
        if self.citations[i].within.is_some() || self.folded[self.citations[i].span.end..].starts_with(" đã ") {
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
        // "I. CĂN CỨ XÂY DỰNG KẾ HOẠCH" above the papers, or above "1. Các văn bản chỉ đạo" and the papers.
        const GROUNDS: &[&str] = &["căn cứ", "các căn cứ", "những căn cứ", "cơ sở pháp lý", "cơ sở xây dựng"];
        let further = outline.nodes[parent].parent.filter(|_| lead.starts_with("các văn bản") || lead.starts_with("văn bản")).map(|n| outline.nodes[n].body);
        for span in [Some(span), further].into_iter().flatten() {
            let lead = self.folded[span.range()].trim_end();
            if let Some(word) = GROUNDS.iter().find(|w| lead.starts_with(**w) && is_word_end(lead, w.len())).filter(|_| lead.len() < REACH / 3) {
                return Some((Span::new(span.start, span.start + word.len()), "based_on"));
            }
        }
        if !lead.ends_with(':') {
            return None;
        }
        let end = span.start + lead.len();
        let start = self.document.text.place_from(end.saturating_sub(LONGEST_BASIS).max(span.start));
        let lead = &self.folded[start..end];
        // Only the last sentence leads in.
        let start = start + lead.rfind(". ").map_or(0, |n| n + 2);
        let lead = &self.folded[start..end];
        // "Bãi bỏ các thủ tục đã được công bố tại các Quyết định:": what the papers did themselves.
        let own_deed = |s: usize, k: &str| k == "promulgates" && [" được ", " đã "].iter().any(|w| lead[..s].ends_with(w));
        let told = |s: usize, e: usize, k: &'static str| k != "approves" && !is_noun(lead, s, e, k) && !own_deed(s, k);
        let (s, e, &kind) = lexicon().relations.scan(lead).filter(|&(s, e, &k)| told(s, e, k)).last()?;
        let cue = Span::new(start + s, start + e);
        // A cue that a paper named in the lead-in follows is that paper's.
        let next = self.citations.partition_point(|c| c.span.start < cue.end);
        let taken = self.citations.get(next).is_some_and(|c| c.span.end <= end && c.form != Form::Own);
        (!taken).then_some((cue, kind))
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

#[cfg(test)]
mod tests;
