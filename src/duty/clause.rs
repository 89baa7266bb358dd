//! The clauses of a passage that stand for themselves: each with its own assignee, or each with its own time.

use super::assign::{self, Assignment};
use super::leader;
use super::passage::{Finder, Handed, LONGEST_CLAUSE};
use super::telling::{in_statement, permits, tells_what_was_done};
use crate::lexicon::lexicon;
use crate::structure::Node;
use crate::text::{Span, full_stop, head, opens_with};

/// A part of a passage that stands for itself.
pub(super) struct Clause {
    pub span: Span,
    /// Who acts, where the clause says so itself.
    pub assignment: Option<Assignment>,
}

impl Finder<'_> {
    /// The clauses of a passage that stand for themselves: each with its own assignee, or each with its own time.
    pub(super) fn clauses(&self, node: &Node, assignment: Option<&Assignment>, handed: &Handed) -> Vec<Clause> {
        let mut cuts = self.cuts(node.body);
        let second = assignment.and_then(|a| self.second_body(a, node.body.end));
        cuts.extend(second.map(|at| (at, false)));
        cuts.sort_unstable();
        let mut clauses: Vec<Clause> = vec![Clause { span: node.span, assignment: None }];
        // A semicolon between the parties of one order parts no clauses.
        let mut named = assignment.map_or(node.body.start, |a| a.rest);
        for (at, sentence) in cuts {
            if at <= named {
                continue;
            }
            let start = self.document.text.as_str()[at..node.body.end].trim_start();
            let start = node.body.end - start.len();
            let Some(mut found) = self.clause_assignment(start, node.body.end, sentence) else {
                // "… . Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về …": a closing formula behind the deed.
                const TROUBLES: &[&str] = &["vướng mắc", "khó khăn", "phát sinh", "bất cập", "vấn đề"];
                let told = head(&self.document.text.folded()[start..node.body.end], LONGEST_CLAUSE / 16);
                if sentence
                    && told.starts_with("trong quá trình ")
                    && TROUBLES.iter().any(|w| told.contains(w))
                    && let Some(last) = clauses.last_mut()
                {
                    last.span.end = trimmed_end(self.document.text.as_str(), last.span.start, at);
                    break;
                }
                continue;
            };
            if !sentence && !handed.leads.is_empty() && self.is_handed_on(&found, handed) {
                continue;
            }
            if !sentence && !self.has_own_day(found.rest, node.body.end) && self.asks_inside(start, &found, assignment, handed) {
                continue;
            }
            // ". Phòng Pháp chế chủ trì, phối hợp với Phòng An toàn thực hiện." says whose the deed before it is.
            if sentence && leader::who_leads(&self.document.text, start, node.body.end).is_some() {
                continue;
            }
            // "A chủ trì; B, C phối hợp kiểm tra": those who help with the deed stand before it.
            let begun = clauses.last().map_or(node.span.start, |c| c.span.start);
            if self.helps(&found) && self.document.text.folded()[begun..at].trim_end_matches([';', ' ']).ends_with("chủ trì") {
                continue;
            }
            if second == Some(at) {
                found.modality = assignment.map_or(found.modality, |a| a.modality);
            }
            if let Some(last) = clauses.last_mut() {
                last.span.end = trimmed_end(self.document.text.as_str(), last.span.start, at);
            }
            if !found.heading {
                named = named.max(found.rest);
            }
            clauses.push(Clause { span: Span::new(start, node.span.end), assignment: Some(found) });
        }
        clauses.into_iter().flat_map(|c| self.by_time(c, node)).collect()
    }

    /// Places where a clause may begin: after a semicolon or a full stop outside quotations and brackets.
    pub(super) fn cuts(&self, body: Span) -> Vec<(usize, bool)> {
        let s = self.document.text.slice(body);
        let mut cuts = Vec::new();
        if memchr::memchr2_iter(b';', b'.', s.as_bytes()).all(|n| s.as_bytes()[n] == b'.' && !s[n + 1..].starts_with(' ')) {
            return cuts;
        }
        let mut depth = 0i32;
        let mut brackets = 0i32;
        for (n, &b) in s.as_bytes().iter().enumerate() {
            match b {
                0xe2 if s[n..].starts_with('“') => depth += 1,
                0xe2 if s[n..].starts_with('”') => depth = (depth - 1).max(0),
                b'(' => brackets += 1,
                b')' => brackets = (brackets - 1).max(0),
                b';' if depth <= 0 && brackets <= 0 => cuts.push((body.start + n + 1, false)),
                b'.' if depth <= 0 && brackets <= 0 && s[n + 1..].starts_with(' ') && !cuts_word_short(&s[..n]) => cuts.push((body.start + n + 1, true)),
                _ => {}
            }
        }
        cuts
    }

    /// "Đề nghị A định hướng tuyên truyền, B giám sát": where a comma behind a first deed, which names no other body, lets a known
    /// body with its own deed follow.
    pub(super) fn second_body(&self, first: &Assignment, end: usize) -> Option<usize> {
        let text = self.document.text.as_str();
        let deed = &text[first.rest.min(end)..end];
        let stop = deed.find([';', '(', '“', '"', '.']).unwrap_or(deed.len());
        let comma = deed[..stop].find(", ").map(|n| first.rest + n)?;
        let folded = self.document.text.folded();
        let names_body = |at: usize| text[at..].starts_with(char::is_uppercase) && lexicon().heads.at(folded, at).is_some();
        if !self.is_deed(first.rest, comma) || self.document.text.words(Span::new(first.rest, comma)).any(|w| names_body(w.start())) {
            return None;
        }
        let second = self.clause_assignment(comma + 2, end, false)?;
        // "A chủ trì tham mưu, B phối hợp thực hiện": B helps with the same deed.
        if self.helps(&second) && folded[first.rest..comma].contains("chủ trì") {
            return None;
        }
        (second.rule == "duty-subject" && names_body(comma + 2) && second.leads.iter().all(|p| p.agency.is_some())).then_some(comma + 1)
    }

    /// Whether the deed of an assignment is to help, and does not say whom.
    pub(super) fn helps(&self, assignment: &Assignment) -> bool {
        let deed = self.document.text.folded()[assignment.rest..].strip_prefix("phối hợp");
        deed.is_some_and(|rest| !opens_with(rest, &[" với ", " cùng ", " chặt chẽ"]))
    }

    /// An assignment that makes a clause of its own; "các", "cơ quan" in small letters inside a sentence do not.
    pub(super) fn clause_assignment(&self, start: usize, limit: usize, sentence: bool) -> Option<Assignment> {
        let folded = &self.document.text.folded()[..limit];
        let skip = ["đồng thời ", "đồng thời, ", "trong đó, ", "trong đó ", "riêng ", "và ", "- "]
            .iter()
            .find(|w| folded[start..].starts_with(**w))
            .map_or(0, |w| w.len());
        let near = self.document.text.place_from(limit.min(start + LONGEST_CLAUSE));
        // "; trước ngày 30/6/2026, Sở Nội vụ tổng hợp": up to the next semicolon.
        let timed = !sentence && assign::opens_with_time(&folded[start..]);
        let near = if timed { start + folded[start..near].find(';').unwrap_or(near - start) } else { near };
        let found = assign::at(&self.document.text, start + skip, limit)
            .or_else(|| (sentence || timed).then(|| assign::read(&self.document.text, Span::new(start, near))).flatten())?;
        let text = self.document.text.as_str();
        let first = found.leads.first()?;
        let named = text[first.span.start..].starts_with(char::is_uppercase)
            || matches!(found.rule, "duty-imperative" | "duty-issuer-orders")
            || opens_with(&folded[first.span.start..], &["cấp ", "ủy ban nhân dân "])
            // "; ủy ban nhân dân các tỉnh …", "; các Ban quản lý dự án …" name bodies, "; các đơn vị …" goes on.
            || first.agency.is_some()
            // "; các hãng hàng không Việt Nam", "; các trường THPT"
            || first.text.strip_prefix("các ").is_some_and(|name| name.split(' ').any(|w| w.starts_with(char::is_uppercase)))
            || first.group && found.rule == "duty-subject" && self.has_own_day(found.rest, limit)
            // ". Trước ngày 10 tháng 12 hằng năm, các cơ quan báo cáo"
            || first.group && sentence && found.rule == "duty-after-clause" && assign::opens_with_time(&folded[start..])
            // ". Trong quá trình lập hồ sơ, các chủ đầu tư phải xác định rõ nguồn cát"
            || first.group && sentence && found.rule == "duty-after-clause" && folded[found.rest..].starts_with("phải ")
            // "; phòng Kế hoạch - Tài chính cân đối kinh phí"
            || found.rule == "duty-subject" && first.text.split(' ').nth(1).is_some_and(|w| w.starts_with(char::is_uppercase))
            || folded[start..].starts_with("riêng ");
        let order = matches!(found.rule, "duty-imperative" | "duty-issuer-orders" | "duty-subject" | "duty-after-clause" | "duty-colon");
        let told = in_statement(&folded[start..])
            || (tells_what_was_done(&folded[start..]) || found.rule == "duty-subject" && permits(&folded[start..])) && !self.has_own_day(found.rest, limit);
        (named && order && !found.heading && !told).then_some(found)
    }

    /// Whether a day is set before the clause ends: "; các trường báo cáo trước ngày 10/01/2023".
    pub(super) fn has_own_day(&self, from: usize, limit: usize) -> bool {
        let clause = &self.document.text.folded()[from.min(limit)..limit];
        // One pass for both stops: a search for each would read to the end of the line again and again.
        let stop = |n: &usize| clause.as_bytes()[*n] == b';' || clause[*n..].starts_with(". ");
        let end = memchr::memchr2_iter(b';', b'.', clause.as_bytes()).find(stop).map_or(limit, |n| from + n);
        self.schedule.definite(Span::new(from.min(end), end)).iter().any(|(_, rhythm)| !rhythm)
    }

    /// One passage with two times for two deeds is two duties: it is cut behind each time but the last.
    pub(super) fn by_time(&self, clause: Clause, node: &Node) -> Vec<Clause> {
        // A semicolon right behind the label leaves a clause that ends before the body begins.
        let body = Span::new(clause.span.start.max(node.body.start).min(clause.span.end), clause.span.end);
        let times = self.schedule.definite(body);
        let text = self.document.text.as_str();
        let mut pieces = Vec::new();
        let mut start = clause.span.start;
        let mut assignment = clause.assignment;
        for pair in times.windows(2) {
            let Some((end, next)) = self.cut_between(pair[0].0, pair[1].0).filter(|(end, _)| !(pair[0].1 || pair[1].1) || self.parts(*end)) else { continue };
            pieces.push(Clause { span: Span::new(start, trimmed_end(text, start, end)), assignment: assignment.take() });
            start = next;
            // "Sở Y tế … trong quý II, Sở Xây dựng … trước ngày 30/6": the second time may be another's.
            assignment = self.clause_assignment(start, clause.span.end, false);
        }
        // Of a passage that is cut by its times the sentence behind the last of them has none of its own.
        let last = times.last().map_or(start, |t| t.0.end).max(start);
        let stop = full_stop(&text[last..clause.span.end]).map(|n| last + n + 1).filter(|_| !pieces.is_empty());
        let next = stop.map(|end| clause.span.end - text[end..clause.span.end].trim_start().len());
        let own = next.and_then(|n| self.clause_assignment(n, clause.span.end, true));
        let goes_on = |n: &usize| own.is_some() || lexicon().verb_at(self.document.text.folded(), *n).is_some();
        let sentence = stop.filter(|_| next.as_ref().is_some_and(goes_on));
        let end = sentence.unwrap_or(clause.span.end);
        pieces.push(Clause { span: Span::new(start, end), assignment });
        if let (Some(_), Some(next)) = (sentence, next) {
            pieces.push(Clause { span: Span::new(next, clause.span.end), assignment: own });
        }
        pieces
    }

    /// Whether a semicolon stands here, or a full stop before another time or deed: less does not part a rhythm from another
    /// time.
    pub(super) fn parts(&self, at: usize) -> bool {
        let folded = self.document.text.folded();
        let deed = |next: &str| {
            let start = folded.len() - next.len();
            assign::is_adverbial(folded, start) || lexicon().verb_at(folded, start).is_some()
        };
        folded[at..].starts_with(';')
            || [", đồng thời ", " và báo cáo ", " và gửi "].iter().any(|w| folded[at..].starts_with(w))
            || folded[at..].strip_prefix(". ").is_some_and(deed)
    }

    /// Where one deed ends and the next begins between two times: a full stop or semicolon, else a comma or "và" soon
    /// after the first time.
    pub(super) fn cut_between(&self, first: Span, second: Span) -> Option<(usize, usize)> {
        let folded = self.document.text.folded();
        let between = &folded[first.end..second.start];
        let blank = |n: usize| first.end + n + between[n..].len() - between[n..].trim_start().len();
        if let Some(n) = between.find([';']).or_else(|| full_stop(between)) {
            return Some((first.end + n, blank(n + 1)));
        }
        let n = between.find(", ").into_iter().chain(between.find(" và ")).min()?;
        let word = if between[n..].starts_with(',') { 1 } else { " và ".len() };
        let after = between[n + word..].trim_start();
        let after = after.strip_prefix("và ").unwrap_or(after);
        // A deed or thing of its own stands before the second time.
        after.split(' ').filter(|w| !w.is_empty()).nth(1).is_some().then(|| (first.end + n, blank(n + word)))
    }
}

pub(super) fn trimmed_end(text: &str, from: usize, to: usize) -> usize {
    from + text[from..to].trim_end_matches([' ', ';']).len()
}

/// Whether a stop behind this text cuts a word short: "TP. Huế", "P. Hà Giang", "PGS. Lê Văn"; not "110 kV. Đề nghị", "quý II. Sở".
fn cuts_word_short(before: &str) -> bool {
    let word = before.rsplit([' ', '.', '(']).next().unwrap_or_default();
    let roman = word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    word.ends_with(char::is_uppercase)
        && !roman
        && (word.chars().count() <= 2 && word.starts_with(char::is_uppercase) || matches!(word, "PGS" | "ThS" | "BSCK"))
}
