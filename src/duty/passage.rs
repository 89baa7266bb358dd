//! Duties in running text: passages of the outline, their sentences and clauses.

use super::assign::{self, Assignment, is_order};
use super::clause::trimmed_end;
use super::schedule::{Schedule, TIME_LABELS};
use super::telling::{
    closes, decides, is_aside, is_barred_heading, is_closing_order, is_remark, opens_barred, outlines, permits, points_elsewhere, tells_forecast,
    tells_members, tells_of_the_past, tells_progress, tells_weight,
};
use super::{Due, Duty, Modality, company, leader, outcome};
use crate::header::Header;
use crate::lexicon::{Imperative, lexicon};
use crate::marker::Kind;
use crate::mention::agency::{Party, Until, parties_at};
use crate::mention::citation::{Citation, Confidence};
use crate::structure::{Document, Level, Node};
use crate::text::{Span, fold, full_stop, head, opens_with, tail};
use foldhash::{HashMap, HashMapExt, HashSet};
use std::rc::Rc;

/// What a passage hands down to those under it.
#[derive(Debug, Clone, Default)]
pub(super) struct Handed {
    pub leads: Vec<Party>,
    pub cooperators: Vec<Party>,
    pub modality: Option<Modality>,
    /// Where a lead-in asks some and orders others: whom it asks.
    pub asked: Vec<Party>,
    pub due: Option<Due>,
    /// A lead-in orders what stands here.
    pub ordered: bool,
    /// No duties stand here, unless a passage assigns one in so many words.
    pub barred: bool,
    /// No duties stand here at all: outlines of reports, forms.
    pub closed: bool,
}

/// What names an assignee stands within so many bytes from where a clause begins.
pub(super) const LONGEST_CLAUSE: usize = 4096;

/// What a sentence tells of stands in its first words, so many bytes.
pub(super) const OPENING: usize = 80;

/// Who has rights, too: no office, but whoever does such a thing.
const ANYBODY: &[&str] = &[
    "các địa phương",
    "địa phương",
    "đơn vị ",
    "các đơn vị",
    "các cơ quan",
    "các trường",
    "tập thể",
    "cơ sở ",
    "doanh nghiệp",
    "hộ ",
    "tổ chức",
    "cá nhân",
    "hợp tác xã",
    "người ",
    "cán bộ",
    "các cơ sở ",
    "các doanh nghiệp",
    "các hộ ",
];

/// Finds the duties of all passages.
pub(super) fn find(document: &Document, header: &Header, citations: &[Citation], schedule: &Schedule, taken: &HashSet<usize>) -> Vec<Duty> {
    let headings = parents_of_headings(document);
    let finder =
        Finder { document, citations, schedule, taken, headings, reports: reports(header), issuer: header.issuer.as_ref().and_then(|i| i.value.agency) };
    let nodes = &document.outline.nodes;
    let mut handed: Vec<Rc<Handed>> = Vec::with_capacity(nodes.len());
    let mut duties = Vec::new();
    for (i, node) in nodes.iter().enumerate() {
        let above = match node.parent {
            Some(p) => Rc::clone(&handed[p]),
            None => Rc::new(Handed { closed: finder.is_closed_part(node.part), ..Handed::default() }),
        };
        let own = finder.node(i, above, &mut duties);
        handed.push(own);
    }
    duties
}

/// Passages of which most numbered parts that have more below them end without a full stop, as headings do.
fn parents_of_headings(document: &Document) -> HashSet<usize> {
    let mut counts: HashMap<usize, (usize, usize)> = HashMap::new();
    for node in document.outline.nodes.iter().filter(|n| n.has_children && matches!(n.level, Level::Label(Kind::Number | Kind::Decimal | Kind::Letter))) {
        let Some(parent) = node.parent else { continue };
        let (headings, all) = counts.entry(parent).or_default();
        *headings += usize::from(is_heading(document.text.slice(node.body)));
        *all += 1;
    }
    counts.into_iter().filter(|(_, (headings, all))| *headings >= 2 && headings * 2 > *all).map(|(p, _)| p).collect()
}

/// Reports and proposals tell what was done; only what they ask of others is a duty.
fn reports(header: &Header) -> bool {
    header.type_code.as_ref().is_some_and(|t| matches!(t.value, "BC" | "TTr" | "BB"))
}

pub(super) struct Finder<'a> {
    pub document: &'a Document,
    pub citations: &'a [Citation],
    pub schedule: &'a Schedule<'a>,
    /// Passages that are read already.
    pub taken: &'a HashSet<usize>,
    /// Passages whose parts are headings with more below them.
    pub headings: HashSet<usize>,
    pub reports: bool,
    /// Index of the issuing agency.
    pub issuer: Option<usize>,
}

impl Finder<'_> {
    pub(super) fn folded(&self, span: Span) -> &str {
        self.document.text.slice_folded(span)
    }

    /// Annexes that are outlines of reports, forms or lists.
    fn is_closed_part(&self, part: usize) -> bool {
        const CLOSED: &[&str] = &["đề cương", "mẫu", "biểu", "danh sách", "phiếu", "bảng", "giấy", "báo cáo"];
        let heading = &self.document.parts[part].heading;
        opens_with(heading, CLOSED)
    }

    /// The duties of one passage, and what it hands down.
    fn node(&self, i: usize, handed: Rc<Handed>, duties: &mut Vec<Duty>) -> Rc<Handed> {
        let node = &self.document.outline.nodes[i];
        if node.quoted || matches!(node.level, Level::Row | Level::Annex) {
            let closed = node.level == Level::Annex && self.is_closed_part(node.part);
            return if closed { Rc::new(Handed { closed, ..Handed::default() }) } else { handed };
        }
        if self.taken.contains(&i) {
            return handed;
        }
        if handed.closed || self.is_basis(node) || closes(self.folded(node.body)) {
            if !handed.closed && !self.is_basis(node) {
                self.ordered_in_closing(i, node, duties);
            }
            return Rc::new(Handed { closed: handed.closed, barred: handed.barred, ..Handed::default() });
        }
        if node.has_children && outlines(self.folded(node.body)) {
            return Rc::new(Handed { closed: true, ..Handed::default() });
        }
        // "Tháng 9/2022:", "Quý I: Sở Y tế …": the time of all that follows.
        let handed = match self.schedule.of_topic(node.body, node.has_children) {
            Some((due, alone)) => {
                let handed = Rc::new(Handed { due: Some(due), ..Handed::clone(&handed) });
                if alone {
                    return handed;
                }
                handed
            }
            None => handed,
        };
        let heading = node.has_children && (is_heading(self.document.text.slice(node.body)) || node.label.is_empty());
        if heading && is_barred_heading(self.folded(node.body)) {
            return Rc::new(Handed { barred: true, ..Handed::clone(&handed) });
        }
        let own = if assign::leads_others(&self.document.text, node.body, &handed.leads) { None } else { assign::read(&self.document.text, node.body) };
        // "Giao Ban Quản lý dự án: a) Yêu cầu nhà thầu bổ sung …": what one body that was named is to ask of others.
        let named = !handed.leads.is_empty() && handed.leads.iter().all(|p| !p.group);
        let own = own.filter(|a| !(named && a.rule == "duty-imperative" && opens_with(self.folded(node.body), &["yêu cầu ", "phân công ", "bố trí "])));
        let own = own.map(|a| self.asks_others(node, a));
        let assignment = own.or_else(|| {
            let heading = node.has_children && matches!(node.level, Level::Label(_)) && is_heading(self.document.text.slice(node.body));
            let whole = || {
                leader::bodies_in_brackets(&self.document.text, node.body)
                    .or_else(|| leader::whole_heading(&self.document.text, node.body))
                    .or_else(|| leader::bodies_behind_topic(&self.document.text, node.body))
            };
            heading.then(whole).flatten()
        });
        // "Qua kiểm tra, nhiều trường …. Để chấn chỉnh, Phòng yêu cầu các trường:": only the last sentence leads in.
        let last = self.last_sentence(node.body);
        let leads_in = node.has_children && last.start > node.body.start && self.folded(node.body).trim_end().ends_with(':');
        let assignment = leads_in.then(|| assign::read(&self.document.text, last).filter(|a| is_order(a.rule))).flatten().or(assignment);
        if node.has_children && self.lists_papers(i) {
            self.whole_list(i, assignment.as_ref(), &handed, duties);
            return handed;
        }
        // "Các đơn vị gửi báo cáo …. Nội dung báo cáo gồm:": a deed, and what is to be written about.
        if node.has_children && last.start > node.body.start && outlines(self.folded(last).trim_start()) {
            let end = trimmed_end(self.document.text.as_str(), node.body.start, last.start);
            let mut told = Node { has_children: false, ..node.clone() };
            (told.body.end, told.span.end) = (end, end);
            let assignment = assign::read(&self.document.text, told.body);
            self.leaf(i, &told, assignment.as_ref(), &handed, duties);
            return Rc::new(Handed { closed: true, ..Handed::default() });
        }
        // Among headings a full stop does not make a deed of one.
        if node.has_children && assignment.is_none() && node.parent.is_some_and(|p| self.headings.contains(&p)) {
            // "3. Phối hợp với lực lượng Công an" above a list: with whom all of it is done.
            let together = self.folded(node.body).starts_with("phối hợp ") && is_heading(self.document.text.slice(node.body));
            return if together { Rc::new(self.hand_down(node, None, Handed::clone(&handed))) } else { handed };
        }
        if !node.has_children || !self.folded(node.body).trim_end().ends_with(':') && !is_heading(self.document.text.slice(node.body)) {
            self.leaf(i, node, assignment.as_ref(), &handed, duties);
        } else if self.lists_parts(i, assignment.as_ref(), &handed) {
            self.leaf(i, node, assignment.as_ref(), &handed, duties);
            return Rc::new(Handed { barred: true, ..Handed::clone(&handed) });
        } else if let Some(before) = self.before_lead_in(node, &handed) {
            let assignment = assign::read(&self.document.text, before.body);
            self.leaf(i, &before, assignment.as_ref(), &handed, duties);
        }
        if node.has_children { Rc::new(self.hand_down(node, assignment, Handed::clone(&handed))) } else { handed }
    }

    /// "Trên đây là Kế hoạch …. Sở yêu cầu các đơn vị triển khai thực hiện, báo cáo kết quả trước ngày 05/12.": an order with a day
    /// or rhythm is a duty even where a paper closes.
    fn ordered_in_closing(&self, i: usize, node: &Node, duties: &mut Vec<Duty>) {
        let folded = self.document.text.folded();
        let mut starts: Vec<usize> = self.cuts(node.body).into_iter().filter(|(_, sentence)| *sentence).map(|(at, _)| at).collect();
        starts.insert(0, node.body.start);
        let ends: Vec<usize> = starts.iter().skip(1).copied().chain([node.body.end]).collect();
        for (from, to) in starts.into_iter().zip(ends) {
            let to = trimmed_end(self.document.text.as_str(), from, to);
            // "Trên đây là Kế hoạch …, yêu cầu các trường …" in one sentence.
            let inside = [", yêu cầu ", ", đề nghị ", ", giao "].iter().filter_map(|w| folded[from..to].find(w)).min();
            let start = inside.filter(|_| from == node.body.start).map_or(from, |n| from + n + ", ".len());
            let start = start + folded[start..to.max(start)].len() - folded[start..to.max(start)].trim_start().len();
            let found = (start < to).then(|| self.clause_assignment(start, to, true)).flatten();
            // The time is that of the order, not of what is said behind a semicolon.
            let clause = |a: &Assignment| Span::new(a.rest.min(to), folded[a.rest.min(to)..to].find(';').map_or(to, |n| a.rest.min(to) + n));
            let Some(found) = found.filter(|a| is_order(a.rule) && !self.schedule.definite(clause(a)).is_empty()) else { continue };
            let told = Node { has_children: false, span: Span::new(start, to), body: Span::new(start, to), ..node.clone() };
            self.leaf(i, &told, Some(&found), &Handed::default(), duties);
        }
    }

    /// "Bộ Tài chính hoàn thiện Đề án trước ngày …. Trong đó chú ý một số nội dung sau:": what is said before the lead-in
    /// stands for itself, where it is no preamble.
    fn before_lead_in(&self, node: &Node, handed: &Handed) -> Option<Node> {
        if node.level == Level::Paragraph && handed.leads.is_empty() || !self.folded(node.body).trim_end().ends_with(':') {
            return None;
        }
        let end = trimmed_end(self.document.text.as_str(), node.body.start, self.last_sentence(node.body).start);
        (end > node.body.start).then(|| Node { span: Span::new(node.span.start, end), body: Span::new(node.body.start, end), ..node.clone() })
    }

    /// The last sentence of a passage.
    fn last_sentence(&self, body: Span) -> Span {
        let start = self.cuts(body).into_iter().rev().find(|(_, sentence)| *sentence).map_or(body.start, |(at, _)| at);
        Span::new(start, body.end)
    }

    /// "Căn cứ …;" and what follows it are no duties.
    fn is_basis(&self, node: &Node) -> bool {
        let folded = self.folded(node.body);
        let basis = opens_with(folded, &["căn cứ ", "xét đề nghị", "xét tờ trình", "theo đề nghị"]);
        node.level == Level::Paragraph && basis && !folded.ends_with('.') && !folded.ends_with(':')
            || node.level == Level::Paragraph && basis && node.parent.is_none() && folded.ends_with(';')
    }

    /// Whether what stands under a lead-in are papers, not deeds: "phổ biến:" - Quyết định số …
    fn lists_papers(&self, i: usize) -> bool {
        let nodes = &self.document.outline.nodes;
        if !self.folded(nodes[i].body).trim_end().ends_with(':') {
            return false;
        }
        let mut children = nodes[i + 1..].iter().take_while(|n| n.span.start > nodes[i].span.start).filter(|n| n.parent == Some(i)).take(40).peekable();
        children.peek().is_some()
            && children.all(|c| {
                let first = self.citations.partition_point(|m| m.span.start < c.body.start);
                self.citations.get(first).is_some_and(|m| m.span.start <= c.body.start + 4)
            })
    }

    /// "Bộ quản lý chuyên ngành công bố danh mục tài sản, cụ thể như sau:" above things, none of which is a deed: the lead-in
    /// is the duty, and its list tells what it is about.
    fn lists_parts(&self, i: usize, assignment: Option<&Assignment>, handed: &Handed) -> bool {
        let nodes = &self.document.outline.nodes;
        let folded = self.document.text.folded();
        let (leads, from) = assignment.map_or((&handed.leads, nodes[i].body.start), |a| (&a.leads, a.rest));
        if leads.is_empty() || handed.barred || !matches!(nodes[i].level, Level::Label(_)) {
            return false;
        }
        let deed = &folded[from.min(nodes[i].body.end)..nodes[i].body.end];
        let announced = ["nhiệm vụ", "nội dung", "công việc", "giải pháp", "yêu cầu", "việc"]
            .iter()
            .any(|w| deed.match_indices(w).any(|(n, _)| opens_with(&deed[n + w.len()..], &[" sau", " như sau"])));
        if announced || deed.chars().count() < 60 {
            return false;
        }
        let mut children = nodes[i + 1..].iter().take_while(|n| n.parent == Some(i)).take(40).peekable();
        let thing = |n: &Node| {
            let body = &folded[n.body.range()];
            let length = body.chars().count();
            !n.has_children
                && (8..300).contains(&length)
                && lexicon().verb_at(folded, n.body.start).is_none()
                && lexicon().heads.at(folded, n.body.start).is_none()
                // "Đối với trạm y tế: trình phê duyệt …"
                && body.find(": ").is_none_or(|colon| lexicon().verb_at(folded, n.body.start + colon + 2).is_none())
        };
        children.peek().is_some() && children.all(thing)
    }

    /// A lead-in with its papers is one duty.
    fn whole_list(&self, i: usize, assignment: Option<&Assignment>, handed: &Handed, duties: &mut Vec<Duty>) {
        let nodes = &self.document.outline.nodes;
        let end = nodes[i + 1..].iter().take_while(|n| n.parent == Some(i)).last().map_or(nodes[i].span.end, |n| n.span.end);
        let span = Span::new(nodes[i].span.start, end);
        let (leads, rest, rule) = match assignment {
            Some(a) => (a.leads.clone(), a.rest, a.rule),
            None => (handed.leads.clone(), nodes[i].body.start, "duty-inherited"),
        };
        if !leads.is_empty() && !handed.barred && self.is_deed(rest, nodes[i].body.end) {
            let modality = assignment.map(|a| modality_under(a, handed)).or(handed.modality).unwrap_or(Modality::Order);
            let duty = self.duty(i, span, rest, leads, modality, handed, rule);
            duties.push(duty);
        }
    }

    pub(super) fn is_issuer(&self, leads: &[Party]) -> bool {
        leads.len() == 1 && self.issuer.is_some() && leads[0].agency == self.issuer
    }

    /// "Hội đồng nhân dân ban hành Nghị quyết quy định …", right below the căn cứ, is the paper itself.
    fn enacts(&self, node: &Node, rest: usize) -> bool {
        let text = &self.document.text;
        let issues = text.folded()[rest.min(node.body.end)..node.body.end].strip_prefix("ban hành ");
        let enacted = issues.is_some_and(|paper| lexicon().type_words.at(paper, 0).is_some_and(|(_, w)| !w.short));
        let before = node.block.checked_sub(1).map(|b| text.slice_folded(text.blocks()[b].span));
        enacted && node.parent.is_none() && before.is_some_and(|b| opens_with(b, &["căn cứ ", "xét ", "theo đề nghị", "trên cơ sở"]))
    }

    /// "Thủ tướng Chính phủ yêu cầu:", "Chủ tịch UBND tỉnh chỉ đạo:": who asks, above what is asked of those whom the list names.
    fn asks_nobody(&self, asking: &Assignment, end: usize) -> bool {
        const SUPERIORS: &[&str] = &["chủ tịch ", "phó chủ tịch ", "thủ tướng", "phó thủ tướng", "bộ trưởng ", "bí thư "];
        let deed = self.folded(Span::new(asking.rest.min(end), end)).trim_end_matches([':', ' ']);
        let one = asking.leads.len() == 1 && !asking.leads[0].group;
        let directs = deed == "chỉ đạo" && opens_with(&fold(&asking.leads[0].text), SUPERIORS);
        one && (directs
            || ["yêu cầu", "đề nghị", "chỉ thị", "giao"].iter().any(|w| deed.strip_prefix(w).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))))
    }

    /// Whether the deed is to issue or to tell, as the sentence above the body of a paper says it.
    fn announces(&self, rest: usize, end: usize) -> bool {
        const DEEDS: &[&str] = &[
            "ban hành",
            "thông báo",
            "báo cáo",
            "hướng dẫn",
            "kính trình",
            "trình",
            "có ý kiến",
            "kết luận",
            "xây dựng kế hoạch",
            "gợi ý",
            "quyết nghị",
            "quy định",
        ];
        let folded = &self.document.text.folded()[rest.min(end)..end];
        opens_with(folded, DEEDS) && (folded.contains("như sau") || folded.contains("sau đây"))
    }

    /// What a passage with others under it gives them.
    fn hand_down(&self, node: &Node, assignment: Option<Assignment>, handed: Handed) -> Handed {
        let lead_in = self.folded(node.body).trim_end().ends_with(':') || is_heading(self.document.text.slice(node.body));
        // With whom and by when is said for the list only in the sentence that leads it in.
        let sentence = if lead_in { self.last_sentence(node.body) } else { node.body };
        let own = self.cooperators_of(sentence, assignment.as_ref().filter(|a| a.rest > sentence.start));
        let due = if lead_in && assignment.as_ref().is_none_or(|a| !a.heading) { self.schedule.of_passage(sentence) } else { None };
        // "Để hoàn thành dứt điểm trước ngày 30/4, UBND huyện yêu cầu:" tells what for.
        let purpose = self.folded(sentence).trim_start();
        let purpose =
            purpose.split(',').next().filter(|first| opens_with(first, &["để ", "nhằm "])).map_or(0, |first| sentence.end - purpose.len() + first.len());
        let due = due.filter(|d| d.span.end > purpose);
        // "Từ nay đến hết năm 2025, yêu cầu các cấp ủy tập trung thực hiện một số nội dung sau:": a year before the order tells how
        // long it holds, a day or month when all is to be done.
        let told = assignment.as_ref().and_then(|a| a.leads.first()).map_or(0, |p| p.span.start);
        // "CÁC BÁO CÁO ĐỊNH KỲ TRONG NĂM 2024": a year in a heading is of which year what follows is.
        let due = due.filter(|d| d.rule != "deadline-within-year" || self.folded(sentence).trim_end().ends_with(':'));
        let orders = |s: &str| ["yêu cầu", "đề nghị", "giao"].iter().any(|w| s.contains(w));
        let near = |d: &Due| ["ngày", "tháng", "quý", "tuần"].iter().any(|w| self.folded(d.span).contains(w));
        let completed = || self.folded(Span::new(told.min(sentence.end), sentence.end)).contains("hoàn thành");
        let due = due.filter(|d| d.span.end > told || near(d) || completed() || !orders(self.folded(Span::new(d.span.end, told))));
        // "UBND tỉnh ban hành Kế hoạch … như sau:" assigns nothing to what follows.
        let announces = |a: &Assignment| {
            node.level == Level::Paragraph
                && !is_order(a.rule)
                && a.rule != "duty-lead-in"
                && (self.is_issuer(&a.leads) || self.announces(a.rest, node.body.end) || self.asks_nobody(a, node.body.end))
        };
        match assignment.filter(|a| !announces(a)) {
            Some(a) if !a.leads.is_empty() => Handed {
                modality: Some(modality_under(&a, &handed)),
                asked: self.asked(node, &a),
                ordered: handed.ordered || is_order(a.rule),
                leads: a.leads,
                cooperators: own,
                due: due.or(handed.due),
                barred: handed.barred && !is_order(a.rule),
                closed: false,
            },
            _ => {
                let mut handed = handed;
                if lead_in && !own.is_empty() {
                    handed.cooperators = merge(own, handed.cooperators);
                }
                if lead_in && due.is_some() {
                    handed.due = due;
                }
                handed
            }
        }
    }

    /// The duties of a passage with nothing under it, or of a full sentence above a list.
    fn leaf(&self, i: usize, node: &Node, assignment: Option<&Assignment>, handed: &Handed, duties: &mut Vec<Duty>) {
        let clauses = self.clauses(node, assignment, handed);
        let lists_members = assign::lists_members(&self.document.text, node.body);
        let several = clauses.len() > 1;
        let opening = if several { assignment.and_then(|a| self.opening_time(node.body, a)) } else { None };
        let mut last = duties.len();
        for (n, clause) in clauses.iter().enumerate() {
            let span = clause.span;
            let own = if n == 0 { assignment.cloned() } else { clause.assignment.clone() };
            // "- Lập lại tiến độ …; yêu cầu nhà thầu tổ chức thi công" below a body: that body has its contractor do it.
            let own = own.filter(|a| handed.leads.is_empty() || !self.is_handed_on(a, handed));
            let (leads, modality, rest, rule) = match own {
                Some(a) if a.heading && a.rest >= clause.span.end => continue,
                Some(a) => {
                    let modality = modality_under(&a, handed);
                    (a.leads, modality, a.rest, a.rule)
                }
                None if n > 0 && duties.len() > last => {
                    let before = &duties[duties.len() - 1];
                    (before.leads.clone(), before.modality, clause.span.start, before.rule)
                }
                None if n == 0 && handed.leads.iter().all(|p| p.group || handed.leads.len() > 1) && self.goes_on(i, node, duties) => {
                    let before = &duties[duties.len() - 1];
                    (before.leads.clone(), before.modality, node.body.start, "duty-goes-on")
                }
                None => (
                    handed.leads.clone(),
                    handed.modality.unwrap_or(Modality::Order),
                    if n == 0 { node.body.start } else { clause.span.start },
                    "duty-inherited",
                ),
            };
            let explicit = rule != "duty-inherited";
            let unnamed = matches!(rule, "duty-inherited" | "duty-goes-on");
            if n == 0
                && (unnamed && (is_aside(self.folded(node.body)) || tells_forecast(self.folded(node.body)))
                    || !is_order(rule) && (tells_members(self.folded(node.body)) || tells_progress(self.folded(node.body)))
                    || !is_order(rule) && opens_barred(self.folded(node.body)) && !(explicit && self.timed_behind(rest, clause.span))
                    || points_elsewhere(self.folded(node.body)))
            {
                continue;
            }
            // "Kiểm kê đất đai là nhiệm vụ quan trọng, đòi hỏi …": what a deed means, not the deed.
            if unnamed && n == 0 && tells_weight(self.folded(node.body)) && self.schedule.definite(clause.span).is_empty() {
                continue;
            }
            if !explicit && n == 0 && decides(self.folded(Span::new(node.body.start, clause.span.end.max(node.body.start)))) {
                continue;
            }
            if !explicit
                && n == 0
                && (assign::tells_of_body(&self.document.text, node.body)
                    || (node.level == Level::Paragraph || self.names_matter(node.body)) && self.tells_state(node.body))
            {
                continue;
            }
            // "Tham dự họp có lãnh đạo Bộ Xây dựng; Văn phòng Chính phủ; lãnh đạo UBND các tỉnh: …": who was there.
            let told = tail(self.folded(Span::new(node.body.start, clause.span.start.max(node.body.start))), LONGEST_CLAUSE);
            if n > 0 && opens_with(told.rsplit(". ").next().unwrap_or(told).trim_start(), &["tham dự", "cùng dự", "dự họp", "cùng tham dự"]) {
                continue;
            }
            // "Còn 2,6 % diện tích chưa bàn giao. Đề nghị …": what is told before the order is no deed.
            if !explicit && n == 0 && several && clauses[1].assignment.is_some() && self.tells(node.body.start) {
                continue;
            }
            if !explicit && n == 0 && self.allows(node.body) {
                continue;
            }
            let anybody = rule == "duty-subject" && leads.iter().all(|p| opens_with(self.folded(p.span), ANYBODY));
            if n == 0
                && (anybody || !explicit && self.tells(node.body.start))
                && permits(self.folded(node.body))
                && self.schedule.definite(clause.span).is_empty()
            {
                continue;
            }
            if rule == "duty-inherited" && self.folded(node.body).starts_with("được ") || self.retells(node.body) {
                continue;
            }
            if n == 0 && assignment.is_some_and(|a| self.retells_order(node.body, a)) {
                continue;
            }
            let strong = || is_order(rule) || self.folded(clause.span).contains("chủ trì") || self.folded(clause.span).contains("có trách nhiệm");
            // "UBND tỉnh ban hành Kế hoạch …": what the issuer says of itself above the body is no duty.
            let own = node.level == Level::Paragraph && rule == "duty-subject" && (self.is_issuer(&leads) || self.enacts(node, rest));
            if own
                || leads.is_empty()
                || is_remark(self.folded(node.body))
                || lists_members
                || handed.barred && !(explicit && (strong() || matches!(rule, "duty-subject" | "duty-after-clause") && self.timed_behind(rest, clause.span)))
                || tells_of_the_past(self.folded(node.body)) && !is_order(rule)
                || self.reports && !handed.ordered && !is_order(rule)
            {
                continue;
            }
            // "Thực hiện Nghị định số …; theo đó, các tổ chức phải …" tells what the other paper orders.
            if rule == "duty-after-clause" && self.folded(Span::new(node.body.start, rest.max(node.body.start))).contains("theo đó,") {
                continue;
            }
            if !self.is_deed(rest, clause.span.end) || is_closing_order(self.folded(clause.span)) {
                continue;
            }
            let mut scope = if explicit { Handed { due: handed.due.clone(), ..Handed::default() } } else { handed.clone() };
            // "Trong năm 2008, Sở A xây dựng …; Sở B lập …": the time that opens a sentence is that of all its clauses.
            if let Some((due, _)) = opening.as_ref().filter(|(_, end)| n > 0 && explicit && clause.span.start < *end) {
                scope.due = Some(due.clone());
            }
            // What a comma parts is done with the same partners.
            if n > 0
                && clause.assignment.is_none()
                && duties.len() > last
                && let Some(before) = duties.last().filter(|d| !self.document.text.folded()[d.span.end..].starts_with([';', '.']))
            {
                scope.cooperators.clone_from(&before.cooperators);
            }
            duties.push(self.duty(i, span, rest, leads, modality, &scope, rule));
            last = last.min(duties.len() - 1);
        }
    }

    /// The time that stands before whoever acts first in a sentence, and where the sentence ends.
    fn opening_time(&self, body: Span, first: &Assignment) -> Option<(Due, usize)> {
        let named = first.leads.first()?.span.start;
        if first.rule != "duty-after-clause" || !assign::opens_with_time(self.folded(body)) {
            return None;
        }
        let due = self.schedule.of_passage(Span::new(body.start, named.max(body.start)))?;
        Some((due, full_stop(self.folded(body)).map_or(body.end, |n| body.start + n)))
    }

    /// "Sở Y tế đề nghị UBND các huyện và yêu cầu các đơn vị trong ngành thực hiện:": whom a lead-in of both kinds asks.
    fn asked(&self, node: &Node, lead_in: &Assignment) -> Vec<Party> {
        if !is_order(lead_in.rule) && lead_in.rule != "duty-lead-in" {
            return Vec::new();
        }
        let imperatives: Vec<_> = lexicon().imperatives.scan_in(&self.document.text, node.body).collect();
        let order = imperatives.iter().rev().find(|(_, _, kind)| **kind != Imperative::Request).map(|(at, _, _)| *at);
        let request = imperatives.iter().find(|(_, _, kind)| **kind == Imperative::Request).map(|(at, _, _)| *at);
        match (request, order) {
            (Some(request), Some(order)) if request < order => {
                lead_in.leads.iter().filter(|p| p.span.start > request && p.span.start < order).cloned().collect()
            }
            _ => Vec::new(),
        }
    }

    /// "5. Sở Giao thông vận tải yêu cầu các đơn vị vận tải ký cam kết": a body that is no issuer is to ask this of others.
    fn asks_others(&self, node: &Node, order: Assignment) -> Assignment {
        const OFFICES: &[&str] = &["sở ", "phòng ", "công an ", "cục ", "chi cục ", "ban quản lý ", "trung tâm ", "hội ", "kho bạc ", "giám đốc sở "];
        let text = &self.document.text;
        let body = node.body;
        let folded = self.folded(body);
        if order.rule != "duty-issuer-orders" || !opens_with(folded.strip_prefix("các ").unwrap_or(folded), OFFICES) {
            return order;
        }
        match parties_at(text, body.start, body.end, Until::Verb) {
            Some(parties)
                if self.issuer.is_some()
                    && parties.list.len() == 1
                    && parties.list[0].text.contains(' ')
                    && !self.is_issuer(&parties.list)
                    && parties.end < order.rest =>
            {
                let rest = parties.end + self.folded(Span::new(parties.end, body.end)).find(|c: char| c != ' ').unwrap_or(0);
                Assignment { leads: parties.list, modality: Modality::Order, rest, heading: false, rule: "duty-subject" }
            }
            _ => order,
        }
    }

    /// "1.2. Giao Sở Y tế rà soát …." and below it, without a label, "Phối hợp với Sở Nội vụ xây dựng …": the paragraph goes
    /// on with what the passage right above it has its assignee do. (One body named by a heading above acts in all that
    /// stands under it; all whom a lead-in names act where nobody else is named.)
    fn goes_on(&self, i: usize, node: &Node, duties: &[Duty]) -> bool {
        let folded = &self.document.text.folded()[..node.body.end];
        // "Hợp tác xã …" names a body.
        let deed = folded[node.body.start..].starts_with("đồng thời")
            || lexicon().verb_at(folded, node.body.start).is_some() && lexicon().heads.at(folded, node.body.start).is_none();
        // The line broke after a semicolon inside the sentence.
        let small = self.document.text.slice(node.body).starts_with(char::is_lowercase) && folded[..node.span.start].trim_end().ends_with(';');
        let told = duties.last().is_some_and(|d| d.node + 1 == i && (is_order(d.rule) || matches!(d.rule, "duty-subject" | "duty-colon" | "duty-goes-on")));
        node.level == Level::Paragraph && !node.has_children && told && (small || deed && !assign::is_adverbial(folded, node.body.start))
    }

    /// Whether a deed stands between two places.
    pub(super) fn is_deed(&self, rest: usize, end: usize) -> bool {
        if rest >= end {
            return false;
        }
        let folded = &self.document.text.folded()[rest..end];
        const LABELS: &[&str] = &[
            "thời gian:",
            "địa điểm:",
            "chủ trì:",
            "thành phần:",
            "nội dung:",
            "thành phần tham dự:",
            "thời gian và địa điểm:",
            "kinh phí:",
            "thời gian thực hiện:",
            "chủ tọa:",
            "thứ tự ưu tiên",
            "hình thức quản lý",
        ];
        if opens_with(folded, LABELS) || outlines(folded) && self.schedule.definite(Span::new(rest, end)).is_empty() {
            return false;
        }
        // "Quỹ khuyến học các cấp huy động được 41,8 tỷ đồng": what was reached.
        let reached = head(folded, OPENING)
            .find(" được ")
            .is_some_and(|n| folded[n + " được ".len()..].starts_with(|c: char| c.is_ascii_digit()) && folded[..n].split(' ').count() <= 2);
        if reached && self.schedule.definite(Span::new(rest, end)).is_empty() {
            return false;
        }
        // "Đồng chí Chủ tịch UBND huyện chủ trì cuộc họp.": who held the meeting that is told of.
        const MEETINGS: &[&str] = &["chủ trì cuộc họp", "chủ trì buổi làm việc", "chủ trì hội nghị", "chủ trì phiên họp", "chủ trì giao ban"];
        let held = MEETINGS.iter().find_map(|w| folded.strip_prefix(w)).is_some_and(|rest| rest.trim_start().is_empty() || rest.starts_with('.'));
        if held && self.schedule.definite(Span::new(rest, end)).is_empty() {
            return false;
        }
        let s = self.document.text.as_str()[rest..end].trim_matches([' ', '.', ';', ':']);
        // "Các bộ, cơ quan theo chức năng, nhiệm vụ được giao" says no more than that.
        if ["theo chức năng, nhiệm vụ", "theo chức năng, nhiệm vụ được giao", "theo chức năng, nhiệm vụ, quyền hạn", "theo quy định"]
            .contains(&folded.trim_matches([' ', '.', ';', ':']))
        {
            return false;
        }
        s.split(' ').filter(|w| !w.is_empty()).nth(2).is_some()
    }

    fn cooperators_of(&self, span: Span, assignment: Option<&Assignment>) -> Vec<Party> {
        let from = assignment.map_or(span.start, |a| a.rest.min(span.end));
        company::cooperators(&self.document.text, Span::new(from, span.end))
    }

    #[allow(clippy::too_many_arguments)]
    fn duty(&self, node: usize, span: Span, rest: usize, leads: Vec<Party>, modality: Modality, handed: &Handed, rule: &'static str) -> Duty {
        let text = &self.document.text;
        let deed = Span::new(rest.min(span.end), span.end);
        let own = company::cooperators(text, deed);
        let cooperators = without(merge(handed.cooperators.clone(), own), &leads);
        let due = self.schedule.of_passage(span).or_else(|| handed.due.clone());
        let known = leads.iter().all(|l| l.agency.is_some());
        Duty {
            node,
            span,
            action: action(text.as_str(), deed, due.as_ref()),
            parent: None,
            report_to: without(outcome::reported_to(text, deed), &leads),
            deliverable: outcome::deliverable(text, deed).map(|d| undated(text.slice(deed), d, due.as_ref(), deed)),
            leads,
            cooperators,
            modality,
            due,
            citations: Vec::new(),
            rule,
            confidence: confidence(rule, known),
        }
    }
}

/// How sure a duty is: what tells is whether the lexicon knows who acts. The shares behind this stand in the README.
fn confidence(rule: &str, known: bool) -> Confidence {
    match rule {
        "duty-after-clause" | "duty-lead-in" | "duty-goes-on" => Confidence::Medium,
        _ if known => Confidence::High,
        // What follows an order runs up to a verb, and a name that is not known may swallow one.
        "duty-imperative" | "duty-issuer-orders" => Confidence::Low,
        _ => Confidence::Medium,
    }
}

/// Where a deadline ends with the event that it counts from: "trong thời hạn 10 ngày kể từ ngày ký Quyết định này".
fn deadline_end(deed_text: &str, due: &Due, deed: Span) -> usize {
    const BETWEEN: usize = 24;
    let end = due.span.end - deed.start;
    let anchor = due.anchor.as_deref().and_then(|anchor| deed_text[end..].find(anchor).filter(|at| *at <= BETWEEN).map(|at| end + at + anchor.len()));
    anchor.unwrap_or(end)
}

/// A product without the deadline that stands behind it: "phương án nhân sự trước ngày 31 tháng 3".
fn undated(deed_text: &str, product: String, due: Option<&Due>, deed: Span) -> String {
    let words = due.filter(|d| deed.contains(d.span)).map(|d| &deed_text[d.span.start - deed.start..d.span.end - deed.start]);
    match words.and_then(|w| product.find(w)) {
        Some(at) if at > 0 => product[..at].trim_end_matches([' ', ',']).to_owned(),
        _ => product,
    }
}

/// The deed without the words of its time and without full stop.
fn action(text: &str, deed: Span, due: Option<&Due>) -> String {
    let whole = &text[deed.range()];
    let cut = due.filter(|d| deed.contains(d.span)).map(|d| (d.span.start - deed.start, deadline_end(whole, d, deed)));
    let joined = match cut {
        Some((from, to)) => {
            let head = whole[..from].trim_end_matches([' ', ',']);
            let head = head.strip_suffix("hoàn thành").unwrap_or(head).trim_end_matches([' ', ',']);
            let tail = &whole[to..];
            let head = without_time_label(head);
            match head.strip_suffix('(').filter(|_| tail.starts_with(')')) {
                Some(head) => format!("{}{}", head.trim_end(), &tail[1..]),
                None => format!("{head}{tail}"),
            }
        }
        None => whole.to_owned(),
    };
    let joined = joined.trim().trim_start_matches([':', ',', ';', ' ']).trim_end_matches(['.', ';', '/', ' ', ',']);
    let joined = joined.strip_prefix("có trách nhiệm").map_or(joined, |r| r.trim_start_matches([' ', ':']));
    joined.replace('\n', " ")
}

/// "…; thời gian thực hiện:" without the name of the time.
fn without_time_label(head: &str) -> &str {
    // No label is longer, in bytes.
    const LONGEST: usize = 64;
    let folded = crate::text::fold(tail(head, LONGEST));
    let label = TIME_LABELS.iter().find(|label| folded.ends_with(**label));
    label.map_or(head, |label| head[..head.len() - label.len()].trim_end_matches([' ', ';', ',', '-', '–']))
}

fn merge(mut a: Vec<Party>, b: Vec<Party>) -> Vec<Party> {
    for party in b {
        if !a.iter().any(|p| p.is_alike(&party)) {
            a.push(party);
        }
    }
    a
}

fn without(list: Vec<Party>, leads: &[Party]) -> Vec<Party> {
    list.into_iter().filter(|p| !leads.iter().any(|l| l.is_alike(p))).collect()
}

/// Who is only named under a request is asked, not ordered: "đề nghị các bộ … thực hiện: a) Các bộ … tổ chức".
fn modality_under(assignment: &Assignment, handed: &Handed) -> Modality {
    let named = !is_order(assignment.rule) && assignment.rule != "duty-lead-in";
    if named && !handed.asked.is_empty() {
        let alike = |p: &Party| handed.asked.iter().any(|q| q.is_alike(p) || q.agency.is_some() && q.agency == p.agency);
        return if assignment.leads.iter().any(alike) { Modality::Request } else { Modality::Order };
    }
    if is_order(assignment.rule) || assignment.rule == "duty-lead-in" { assignment.modality } else { handed.modality.unwrap_or(assignment.modality) }
}

/// A heading: capitals, or a short text without a full stop.
fn is_heading(s: &str) -> bool {
    let s = s.trim_end();
    s.is_empty() || !s.ends_with(['.', ';', ',', '!']) && (s.len() < 260 || s.chars().count() < 260)
}
