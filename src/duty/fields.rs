//! Duties set out as named fields: "Cơ quan chủ trì: …", "Cơ quan phối hợp: …", "Thời gian hoàn thành: …", each a
//! passage of its own below the task or beside its name, or all of them behind the task in its own passage.

use super::schedule::Schedule;
use super::table::{divided, parties_in};
use super::{Duty, Modality, company};
use crate::lexicon::{Column, lexicon};
use crate::marker::Kind;
use crate::mention::agency::{Party, Until, parties_at};
use crate::mention::citation::Confidence;
use crate::structure::{Document, Level, heading_column};
use crate::text::{Span, Text, opens_with};
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

/// A text "name: value".
struct Field {
    node: usize,
    column: Column,
    /// First byte of the name.
    name: usize,
    value: Span,
}

/// Finds the duties set out as fields, and the passages that they take up.
pub(super) fn find(document: &Document, schedule: &Schedule) -> (Vec<Duty>, HashSet<usize>) {
    let mut reader = Reader { document, schedule, named_behind: false };
    let nodes = 0..document.outline.nodes.len();
    let alone = nodes.clone().filter(|&i| reader.bodies_behind(i) && reader.opens_with_deed(i)).count();
    // Where other tasks say it in brackets too ("(Sở Y tế chủ trì)"), a body alone is no aside.
    let told = |fewest: usize| nodes.filter(|&i| reader.in_brackets(i).is_some()).take(fewest).count() >= fewest;
    reader.named_behind = alone >= FEWEST_NAMED || alone > 0 && told(FEWEST_NAMED);
    let mut duties = Vec::new();
    let mut runs: Vec<Vec<Field>> = Vec::new();
    let mut run: Vec<Field> = Vec::new();
    for i in 0..document.outline.nodes.len() {
        let fields = reader.fields(i);
        let behind_task = fields.first().is_none_or(|f| reader.has_letters(Span::new(document.outline.nodes[i].body.start, f.name)));
        // A second name of a task begins another.
        let goes_on = !behind_task
            && run.last().is_some_and(|last| {
                [Some(last.node), reader.parent(last.node)].contains(&reader.parent(i)) && !run.iter().any(|r| fields.iter().any(|f| f.column == r.column))
            });
        if !goes_on && !run.is_empty() {
            runs.push(std::mem::take(&mut run));
        }
        if behind_task {
            duties.extend(reader.behind_task(i, &fields).or_else(|| reader.in_brackets(i)));
        } else {
            run.extend(fields);
        }
    }
    runs.extend((!run.is_empty()).then_some(run));
    let mut taken: HashSet<usize> = duties.iter().map(|d| d.node).collect();
    for duty in reader.below_tasks(&runs) {
        taken.extend(duty.1.iter().map(|f| f.node).chain([duty.0.node]));
        duties.push(duty.0);
    }
    (duties, taken)
}

/// So many passages that end in the name of a body in brackets show that who acts is named there.
const FEWEST_NAMED: usize = 3;

struct Reader<'a> {
    document: &'a Document,
    schedule: &'a Schedule<'a>,
    /// Whether bodies alone in brackets behind a deed tell who acts.
    named_behind: bool,
}

/// Whether a stretch names bodies and says nothing else.
fn told_bodies(text: &Text, span: Span) -> bool {
    parties_at(text, span.start, span.end, Until::Cell).is_some_and(|parties| {
        let whole = text.slice(Span::new(parties.end.min(span.end), span.end)).trim().is_empty();
        whole && parties.list.iter().all(|p| p.group || p.agency.is_some() || p.text.starts_with(char::is_uppercase))
    })
}

/// Longest name of a field, in bytes.
const LONGEST_NAME: usize = 80;

impl Reader<'_> {
    fn parent(&self, node: usize) -> Option<usize> {
        self.document.outline.nodes[node].parent
    }

    fn has_letters(&self, span: Span) -> bool {
        self.document.text.slice(span).chars().any(char::is_alphabetic)
    }

    /// The fields of a passage, in order.
    fn fields(&self, i: usize) -> Vec<Field> {
        let node = &self.document.outline.nodes[i];
        let mut fields: Vec<Field> = Vec::new();
        if node.quoted || matches!(node.level, Level::Row | Level::Annex) {
            return fields;
        }
        let folded = self.document.text.slice_folded(node.body);
        let mut from = 0;
        for colon in memchr::memchr_iter(b':', folded.as_bytes()) {
            if let Some((at, column)) = named(&folded[from..colon], !fields.is_empty()) {
                let name = node.body.start + from + at;
                if let Some(last) = fields.last_mut() {
                    last.value.end = name;
                }
                fields.push(Field { node: i, column, name, value: Span::new(node.body.start + colon + 1, node.body.end) });
            }
            from = colon + 1;
        }
        for field in &mut fields {
            let end = field.value.start + self.document.text.slice(field.value).trim_end_matches([' ', '.', ';', ',', '(', '-', '–', '+', '*', '/']).len();
            let value = Span::new(field.value.start, end);
            let closed = self.document.text.slice(value).matches('(').count() >= self.document.text.slice(value).matches(')').count();
            field.value = if closed { value } else { Span::new(value.start, value.start + self.document.text.slice(value).trim_end_matches(')').len()) };
        }
        // A name that nothing follows says nothing.
        fields.retain(|f| !self.document.text.slice(f.value).trim().is_empty());
        fields
    }

    /// "Rà soát quy định (Đơn vị chủ trì: Sở Tư pháp; thời gian: tháng 6/2020)."
    fn behind_task(&self, i: usize, fields: &[Field]) -> Option<Duty> {
        let node = &self.document.outline.nodes[i];
        if node.has_children {
            return None;
        }
        let task = Span::new(node.body.start, fields.first()?.name);
        let known = fields.len() > 1 || fields.iter().any(|f| f.column == Column::Lead && self.is_body(f.value));
        known.then(|| self.duty(i, task, fields)).flatten()
    }

    /// Whether a value is the name of a known body and nothing else.
    fn is_body(&self, value: Span) -> bool {
        let parties = divided(self.document, value).0;
        let known = !parties.is_empty() && parties.iter().all(|p| p.agency.is_some() || p.group);
        // "Văn phòng Cục, Phòng Phương tiện và Người lái; hoàn thành …"
        known || self.pieces(value).first().is_some_and(|piece| told_bodies(&self.document.text, *piece))
    }

    /// What stands in the brackets at the end of a passage.
    fn bracketed(&self, i: usize) -> Option<Span> {
        let node = &self.document.outline.nodes[i];
        if node.has_children || node.quoted || matches!(node.level, Level::Row | Level::Annex) {
            return None;
        }
        let body = self.document.text.slice_folded(node.body).trim_end_matches([' ', '.', ';', '/']);
        let inside = body.strip_suffix(')')?;
        let open = inside.rfind('(')?;
        Some(Span::new(node.body.start + open + 1, node.body.start + inside.len()))
    }

    /// "- Tổng kết, xét thi đua (Văn phòng Sở).": whether the brackets at the end hold names of bodies and nothing else.
    fn bodies_behind(&self, i: usize) -> bool {
        let Some(inner) = self.bracketed(i).filter(|_| matches!(self.document.outline.nodes[i].level, Level::Label(_))) else { return false };
        told_bodies(&self.document.text, inner)
    }

    fn opens_with_deed(&self, i: usize) -> bool {
        lexicon().verb_at(self.document.text.folded(), self.document.outline.nodes[i].body.start).is_some()
    }

    /// "Rà soát quy định (Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ; hoàn thành trước ngày 30/6/2020)."
    fn in_brackets(&self, i: usize) -> Option<Duty> {
        let text = &self.document.text;
        let inner = self.bracketed(i)?;
        let node = &self.document.outline.nodes[i];
        let open = inner.start - 1 - node.body.start;
        let pieces = self.pieces(inner);
        let first = *pieces.first()?;
        let order = ["giao ", "giao cho ", "thực hiện: ", "đơn vị: "].iter().rev().find(|w| text.slice_folded(first).starts_with(**w)).map_or(0, |w| w.len());
        let first = Span::new(first.start + order, first.end);
        let parties = parties_at(text, first.start, first.end, Until::Verb)?;
        let rest = text.slice_folded(Span::new(parties.end.min(first.end), first.end)).trim_start();
        const TOLD: &[&str] = &["chủ trì", "chịu trách nhiệm", "thực hiện", "làm đầu mối", "là đầu mối", "phụ trách", "phối hợp", "tham mưu"];
        let told = opens_with(rest, TOLD)
            || order > 0 && lexicon().verb_at(text.folded(), parties.end + text.folded()[parties.end..].find(|c| c != ' ').unwrap_or(0)).is_some()
            || rest.is_empty() && pieces[1..].iter().any(|p| text.slice_folded(*p).starts_with("phối hợp"));
        let due = self.schedule.of_passage(inner).or_else(|| pieces[1..].iter().rev().find_map(|p| self.schedule.of_cell(*p)));
        // "(Sở Y tế; tháng 8/2026)": names alone tell who acts where a time follows.
        let alone = !told && self.named_behind && self.bodies_behind(i);
        if !(told || rest.is_empty() && due.is_some() && pieces.len() > 1 || alone) {
            return None;
        }
        let field = |column, value: Span| Field { node: i, column, name: value.start, value };
        // "… phối hợp với Sở Nội vụ thực hiện", "… thực hiện, xong trong ngày 15/9": no part of the name.
        const DOES: &str = " thực hiện";
        let named = text.slice_folded(first);
        let behind = |rest: &str| rest.is_empty() || opens_with(rest, &[",", " xong", " hoàn thành", " trước", " trong"]);
        let first = named.find(DOES).filter(|n| behind(&named[n + DOES.len()..])).map_or(first, |n| Span::new(first.start, first.start + n));
        let mut fields = vec![field(Column::Lead, first)];
        fields.extend(pieces[1..].iter().filter_map(|piece| {
            let folded = text.slice_folded(*piece);
            // "(Sở Y tế chủ trì; Công an tỉnh, Sở Nội vụ phối hợp)"
            if let Some(named) = folded.strip_suffix(" phối hợp") {
                return Some(field(Column::Cooperate, Span::new(piece.start, piece.start + named.len())));
            }
            // "(Vụ Pháp chế; Ban Tôn giáo Chính phủ)": who stands behind the first helps.
            if alone && told_bodies(text, *piece) {
                return Some(field(Column::Cooperate, *piece));
            }
            let named = folded.strip_prefix("phối hợp")?.trim_start_matches([':', ' ']);
            let named = named.strip_prefix("với ").unwrap_or(named);
            Some(field(Column::Cooperate, Span::new(piece.end - named.len(), piece.end)))
        }));
        let mut duty = self.duty(i, Span::new(node.body.start, node.body.start + open), &fields)?;
        duty.due = due.or(duty.due);
        Some(duty)
    }

    /// "Chủ trì: Sở Tư pháp; phối hợp: Sở Nội vụ; xong trong tháng 6/2020", "Chủ trì: Sở Tư pháp. Hoàn thành trong tháng 6/2020": a
    /// time without a name behind the bodies.
    fn unnamed_time(&self, fields: &[Field]) -> Option<super::Due> {
        let bodies = fields.iter().filter(|f| matches!(f.column, Column::Lead | Column::Cooperate));
        let behind = bodies.flat_map(|f| self.pieces(f.value).into_iter().skip(1).chain(self.sentence_behind(f.value)));
        behind.filter_map(|p| self.schedule.of_passage(p).or_else(|| self.schedule.of_cell(p))).next()
    }

    /// What stands behind the first full stop of a value that cuts no word short ("TP. Vinh").
    fn sentence_behind(&self, value: Span) -> Option<Span> {
        let s = self.document.text.slice(value);
        let is_whole = |word: &str| word.starts_with(char::is_lowercase) || word.chars().count() > 3;
        let stop = s.match_indices(". ").map(|(n, _)| n).find(|&n| s[..n].rsplit(' ').next().is_some_and(is_whole))?;
        Some(Span::new(value.start + stop + ". ".len(), value.end))
    }

    /// What semicolons part.
    fn pieces(&self, inner: Span) -> Vec<Span> {
        let s = self.document.text.slice(inner);
        let piece = |part: &str| {
            let start = inner.start + (part.as_ptr() as usize - s.as_ptr() as usize) + part.len() - part.trim_start().len();
            Span::new(start, start + part.trim().len())
        };
        s.split(';').map(piece).filter(|p| !p.is_empty()).collect()
    }

    /// The duties of runs of fields that stand below their tasks.
    fn below_tasks<'r>(&self, runs: &'r [Vec<Field>]) -> Vec<(Duty, &'r [Field])> {
        let mut runs_of: HashMap<Option<usize>, usize> = HashMap::new();
        let mut in_runs: HashSet<usize> = HashSet::new();
        for run in runs {
            *runs_of.entry(self.parent(run[0].node)).or_default() += 1;
            in_runs.extend(run.iter().map(|f| f.node));
        }
        let duty = |run: &'r Vec<Field>| {
            let alone = run.len() == 1 && !(run[0].column == Column::Lead && self.is_body(run[0].value));
            let (node, task) = match run.iter().find(|f| f.column == Column::Task) {
                Some(task) => (run[0].node, task.value),
                None => self.task_above(run[0].node, runs_of[&self.parent(run[0].node)] > 1, &in_runs)?,
            };
            if alone { None } else { self.duty(node, task, run).map(|d| (d, run.as_slice())) }
        };
        runs.iter().filter_map(duty).collect()
    }

    /// The passage that the fields from `first` on belong to: the one that they stand under, or, where several tasks with
    /// their fields stand side by side under one heading, what stands between these fields and those before.
    fn task_above(&self, first: usize, is_one_of_several: bool, in_runs: &HashSet<usize>) -> Option<(usize, Span)> {
        let nodes = &self.document.outline.nodes;
        let parent = self.parent(first);
        let siblings = (parent.map_or(0, |p| p + 1)..first).rev().filter(|&j| nodes[j].parent == parent);
        let mut nearest = None;
        for j in siblings.take_while(|j| !in_runs.contains(j)) {
            let has_words = self.has_letters(nodes[j].body);
            if has_words && !matches!(nodes[j].level, Level::Label(Kind::Dash | Kind::Plus | Kind::Bullet) | Level::Paragraph) {
                return Some((j, nodes[j].body));
            }
            nearest = if has_words { Some(j) } else { nearest };
        }
        let own = nearest.filter(|_| is_one_of_several || parent.is_none());
        own.or(parent).map(|n| (n, nodes[n].body)).filter(|(_, body)| !body.is_empty())
    }

    fn duty(&self, node: usize, task: Span, fields: &[Field]) -> Option<Duty> {
        let document = self.document;
        let value = |column| fields.iter().find(|f| f.column == column).map(|f| f.value);
        let (leads, with) = value(Column::Lead).map(|v| divided(document, v))?;
        let mut cooperators: Vec<Party> = value(Column::Cooperate).map_or_else(Vec::new, |v| parties_in(document, v, false));
        for party in with.into_iter().chain(company::cooperators(&document.text, task)) {
            if !cooperators.iter().chain(&leads).any(|p| p.is_alike(&party)) {
                cooperators.push(party);
            }
        }
        // "I. THÀNH PHẦN" above "Chủ trì: Chủ tịch UBND tỉnh" tells who is in the chair, "Xét đề nghị của …" what a paper rests on.
        let told = opens_with(document.text.slice_folded(task), &["xét đề nghị", "theo đề nghị", "thành phần", "thời gian, địa điểm"]);
        if leads.is_empty() || told || !self.has_letters(task) {
            return None;
        }
        let nodes = &document.outline.nodes;
        let text = |span: Span| document.text.slice(span).trim().trim_end_matches(['.', ';', ':', '(', ' ']).to_owned();
        let known = leads.iter().all(|l| l.agency.is_some());
        let last = fields.last().map_or(node, |f| f.node);
        Some(Duty {
            node,
            span: Span::new(nodes[node].span.start, nodes[last].span.end),
            action: text(task),
            parent: None,
            report_to: Vec::new(),
            deliverable: value(Column::Product).map(text).filter(|t| !t.is_empty()),
            leads,
            cooperators,
            modality: Modality::Order,
            due: value(Column::Deadline)
                .and_then(|v| self.schedule.of_cell(v))
                .or_else(|| self.unnamed_time(fields))
                .or_else(|| self.schedule.of_passage(task))
                // "Tháng 9/2024:" above the deeds.
                .or_else(|| self.schedule.of_topic(nodes[nodes[node].parent?].body, true).map(|(due, _)| due)),
            citations: Vec::new(),
            rule: "duty-fields",
            confidence: if known { Confidence::High } else { Confidence::Medium },
        })
    }
}

/// The name of a field just before its colon, as its first byte and the column; `follows` where another field stands before.
fn named(before: &str, follows: bool) -> Option<(usize, Column)> {
    let sentence = before.rfind(['.', ';', '(', '[', '*', '+', '•', '–']).map_or(0, |n| n + before[n..].chars().next().map_or(1, char::len_utf8));
    let dash = [" -", " - "].iter().filter_map(|d| before.rfind(d).map(|n| n + d.len())).max().unwrap_or(0);
    let comma = before.rfind(',').map_or(0, |n| n + 1);
    let start = sentence.max(dash);
    let column = |from: usize| {
        let name = before[from..].trim_matches([' ', '-']);
        let at = from + (before[from..].len() - before[from..].trim_start_matches([' ', '-']).len());
        let column = (name.len() < LONGEST_NAME).then(|| heading_column(name)).flatten()?;
        // Behind other words only names that can be nothing else.
        let fits = at == 0 || matches!(column, Column::Lead | Column::Cooperate | Column::Deadline | Column::Product);
        fits.then_some((at, column))
    };
    // "Chủ trì: Sở Tư pháp, phối hợp: Sở Nội vụ"
    let listed = if follows && comma > start { column(comma) } else { None };
    listed.or_else(|| column(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Section, leads, cooperators and the words of the deadline of what is set out as fields.
    fn found(paper: &str) -> Vec<[String; 4]> {
        let reading = crate::source::read(paper.as_bytes(), &crate::source::Options::default()).unwrap();
        let document = Document::of(reading.text);
        let schedule = Schedule::of(&document, None, &[]);
        let names = |list: &[Party]| list.iter().map(|p| p.text.as_ref()).collect::<Vec<_>>().join("; ");
        let row = |d: &Duty| {
            let due = d.due.as_ref().map_or("", |due| document.text.slice(due.span));
            [document.outline.nodes[d.node].id.clone(), names(&d.leads), names(&d.cooperators), due.to_owned()]
        };
        find(&document, &schedule).0.iter().map(row).collect()
    }

    #[test]
    fn fields_belong_to_the_task_above_or_before_them() {
        const A: [&str; 4] = ["1", "Sở Tư pháp", "Sở Nội vụ", "tháng 6/2020"];
        let rows: [(&str, &str, &[[&str; 4]]); 15] = [
            (
                "below the task",
                "1. Rà soát quy định.\n- Đơn vị chủ trì: Sở Tư pháp.\n- Đơn vị phối hợp: Sở Nội vụ.\n- Thời gian: tháng 6/2020.\n2. Lưu ý khác.",
                &[A],
            ),
            (
                "who leads and who cooperates in one field",
                "1. Rà soát quy định.\n- Cơ quan thực hiện: Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ.\n- Thời gian: tháng 6/2020.",
                &[A],
            ),
            ("behind the task", "1. Rà soát quy định. Cơ quan chủ trì: Sở Tư pháp; cơ quan phối hợp: Sở Nội vụ; thời gian: tháng 6/2020.", &[A]),
            ("in brackets", "1. Rà soát quy định (Chủ trì: Sở Tư pháp, phối hợp: Sở Nội vụ; thời gian hoàn thành: tháng 6/2020).", &[A]),
            (
                "a time without a name behind the bodies",
                "1. Rà soát quy định (Chủ trì: Sở Tư pháp; phối hợp: Sở Nội vụ; ra mắt trong quý I/2026).",
                &[[A[0], A[1], A[2], "trong quý I/2026"]],
            ),
            (
                "a sentence behind the bodies",
                "1. Rà soát quy định. Đơn vị thực hiện: Sở Tư pháp; đơn vị phối hợp: Sở Nội vụ. Hoàn thành trong tháng 6/2020.",
                &[[A[0], A[1], A[2], "trong tháng 6/2020"]],
            ),
            ("a rhythm there", "1. Rà soát quy định (Chủ trì: Sở Tư pháp; phối hợp: Sở Nội vụ; thực hiện hằng năm).", &[[A[0], A[1], A[2], "hằng năm"]]),
            (
                "a clause in brackets",
                "1. Rà soát quy định (Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ; hoàn thành trong tháng 6/2020).",
                &[[A[0], A[1], A[2], "trong tháng 6/2020"]],
            ),
            ("names and a time in brackets", "1. Rà soát quy định (Sở Tư pháp; phối hợp: Sở Nội vụ; tháng 6/2020).", &[A]),
            ("an order in brackets", "1. Rà soát quy định (Giao Sở Tư pháp phối hợp với Sở Nội vụ thực hiện; dự kiến tháng 6/2020).", &[A]),
            ("a name alone in brackets", "1. Gửi báo cáo về Ủy ban nhân dân tỉnh (Sở Tư pháp).", &[]),
            (
                "several tasks under one heading",
                "I. NỘI DUNG\nRà soát quy định.\n- Cơ quan thực hiện: Sở Tư pháp.\n- Thời gian: tháng 6/2020.\nTập huấn cán bộ.\n- Cơ quan thực hiện: Sở Nội vụ.\n- Thời gian: tháng 7/2020.",
                &[["I.p1", "Sở Tư pháp", "", "tháng 6/2020"], ["I.p2", "Sở Nội vụ", "", "tháng 7/2020"]],
            ),
            (
                "details stand between the task and its fields",
                "1. Rà soát quy định.\n- Văn bản của tỉnh.\n- Văn bản của huyện.\n- Cơ quan thực hiện: Sở Tư pháp.\n- Thời gian: tháng 6/2020.",
                &[["1", "Sở Tư pháp", "", "tháng 6/2020"]],
            ),
            (
                "a field below a field",
                "1. Rà soát quy định.\n- Cơ quan thực hiện: Sở Tư pháp.\n* Thời gian: tháng 6/2020.\n2. Tập huấn.\n- Cơ quan thực hiện: Sở Nội vụ.",
                &[["1", "Sở Tư pháp", "", "tháng 6/2020"], ["2", "Sở Nội vụ", "", ""]],
            ),
            ("no body leads", "1. Kết quả: đạt 5 nội dung.\n2. Số liệu (Thời gian: tháng 6/2020; kết quả: tốt).", &[]),
        ];
        for (reason, paper, want) in rows {
            assert_eq!(found(paper), want, "{reason}");
        }
    }
}
