//! Which deadline of a passage sets the duty's time.

use super::Due;
use crate::lexicon::lexicon;
use crate::mention::agency::{Until, parties_at};
use crate::mention::citation::{Citation, Form as Mention};
use crate::mention::date::{self, PartialDate};
use crate::mention::deadline::{self, Form, Kind, Period, Recurrence};
use crate::rule::{Found, RuleSet};
use crate::structure::{Document, names_period};
use crate::text::{Span, full_stop, in_quotes, is_word_end, is_word_start, last_full_stop, opens_with, tail};
use std::sync::LazyLock;

static DEADLINES: LazyLock<RuleSet<Form>> = LazyLock::new(|| RuleSet::new(&[deadline::RULES]));

/// The deadlines of a paper, found once.
pub(super) struct Schedule<'a> {
    document: &'a Document,
    issued: Option<PartialDate>,
    found: Vec<Found<Form>>,
    citations: &'a [Citation],
}

impl<'a> Schedule<'a> {
    pub(super) fn of(document: &'a Document, issued: Option<PartialDate>, citations: &'a [Citation]) -> Self {
        Self { document, issued, found: DEADLINES.scan_text(&document.text), citations }
    }

    fn folded(&self) -> &str {
        self.document.text.folded()
    }

    /// The deadline of a passage in running text: the most definite one that is its own.
    pub(super) fn of_passage(&self, span: Span) -> Option<Due> {
        let own: Vec<&Found<Form>> = self.inside(span).filter(|f| self.is_own(f, span)).collect();
        if let Some(merged) = self.merged(&own) {
            return Some(merged);
        }
        if let Some(due) = self.labelled(span) {
            return Some(due);
        }
        let Some(best) = own.iter().min_by_key(|f| rank(&f.value)) else { return self.periodically(span).or_else(|| self.presented(span)) };
        let best = &Found { span: self.whole_event(best, span), ..Found::clone(best) };
        let form = if self.reports_yearly(span) || self.yearly_before(span, best.span.start) { every_year(best.value) } else { best.value };
        self.due(form, best.span, best.rule, span.end)
    }

    /// "trước khi bão đổ bộ", "tại kỳ họp thường lệ cuối năm": an event up to the end of its clause.
    fn whole_event(&self, found: &Found<Form>, passage: Span) -> Span {
        let told = opens_with(&self.folded()[found.span.range()], &["trước khi ", "tại kỳ họp", "tại phiên họp"]);
        if !matches!(found.value, Form::Event) || !told {
            return found.span;
        }
        let rest = crate::text::head(&self.folded()[found.span.end..passage.end], FARTHEST / 16);
        // What does not end soon is no event.
        let end = rest.find([',', ';', '.', ':', '(', ')']).unwrap_or(if found.span.end + rest.len() == passage.end { rest.len() } else { 0 });
        Span::new(found.span.start, found.span.end + rest[..end].trim_end().len())
    }

    /// "Báo cáo 6 tháng: Các đơn vị gửi Sở Tài chính trước ngày 05/7": the topic says that the day comes every year.
    fn reports_yearly(&self, span: Span) -> bool {
        let blocks = self.document.text.blocks();
        let Some(block) = blocks.get(blocks.partition_point(|b| b.span.end <= span.start)) else { return false };
        let folded = self.document.text.slice_folded(block.span).trim_start_matches(['-', '+', '–', '•', ' ', '*']);
        const TOPICS: &[&str] = &["báo cáo 6 tháng", "báo cáo năm:", "báo cáo năm (", "báo cáo hằng năm", "báo cáo hàng năm", "báo cáo định kỳ"];
        opens_with(folded, TOPICS) && folded.find(':').is_some_and(|n| n < 80)
    }

    /// "Sở Công Thương hằng năm xây dựng kế hoạch, gửi … trước ngày 20/7": whether the clause before a day says that it comes
    /// every year.
    fn yearly_before(&self, span: Span, day: usize) -> bool {
        let folded = self.folded();
        let before = tail(&folded[span.start..day.max(span.start)], FARTHEST);
        if !before.contains("hằng năm") && !before.contains("hàng năm") {
            return false;
        }
        let clause = &before[before.rfind(';').into_iter().chain(last_full_stop(before)).max().unwrap_or(0)..];
        let from = day - clause.len();
        ["hằng năm ", "hàng năm ", "hằng năm, ", "hàng năm, "].iter().any(|w| {
            let found = clause.find(w).filter(|n| !PLANS.iter().any(|p| clause[..*n].trim_end().ends_with(p)));
            found.is_some_and(|n| w.ends_with(", ") || lexicon().verb_at(folded, from + n + w.len()).is_some())
        })
    }

    /// "Tháng 9/2022:", "Quý I/2026: Sở Y tế …": a time as the topic of a passage, and whether the passage says no more.
    /// "Tháng 5 và tháng 6/2026", "Giai đoạn 1 (tháng 3/2026)" above other passages, which `heads` says, needs no colon.
    pub(super) fn of_topic(&self, body: Span, heads: bool) -> Option<(Due, bool)> {
        const LONGEST: usize = 60;
        const OPENINGS: &[&str] = &[
            "tháng ",
            "quý ",
            "tuần ",
            "từ ngày ",
            "từ tháng ",
            "từ quý ",
            "trong tháng ",
            "trong quý ",
            "hằng ",
            "hàng ",
            "trước ngày ",
            "năm ",
            "giai đoạn ",
        ];
        let near = crate::text::head(&self.folded()[body.range()], LONGEST);
        let start = near.len() - near.trim_start_matches([' ', '*', '+', '-', '–', '•']).len();
        // "Đợt 3, quý IV/2026: …"
        let round = near[start..].strip_prefix("đợt ").and_then(|rest| rest.find(", ")).filter(|n| *n <= 3);
        let start = round.map_or(start, |n| start + "đợt ".len() + n + ", ".len());
        // "THÁNG 01" in capitals heads a list without a colon.
        let text = self.document.text.slice(body);
        if opens_with(&near[start..], OPENINGS) && body.len() < LONGEST / 2 && !text.contains([':', '.']) && !text.contains(char::is_lowercase) {
            return deadline::bare(&near[start..]).and_then(|_| self.of_cell(body)).map(|due| (due, true));
        }
        if heads && body.len() < 2 * LONGEST {
            let whole = self.folded()[body.range()].trim_matches([' ', '*', '.', ':']);
            let at = body.start + self.folded()[body.range()].find(whole).unwrap_or(0);
            let is_time = |from: usize, to: usize| {
                let said = &whole[from..to];
                let span = Span::new(at + from, at + to);
                let found = self.inside(span).any(|f| f.span == span);
                let named = opens_with(said, OPENINGS) && (found || names_period(said) || deadline::bare(said).is_some());
                named.then(|| self.of_cell(span)).flatten()
            };
            if let Some(due) = is_time(0, whole.len()) {
                return Some((due, true));
            }
            // What stands in brackets behind the name of a phase.
            let inside = whole.strip_suffix(')').and_then(|w| w.rfind('(').map(|n| (n + 1, w.len())));
            let phase = opens_with(whole, &["giai đoạn ", "đợt ", "bước ", "tuần "]);
            if let Some(due) = inside.filter(|_| phase).and_then(|(from, to)| is_time(from, to)) {
                return Some((due, true));
            }
        }
        let colon = near.find(':').filter(|&n| n > start && opens_with(&near[start..], OPENINGS))?;
        let topic = Span::new(body.start + start, body.start + near[..colon].trim_end_matches([' ', '*']).len());
        // Nothing but the time: "Tháng cao điểm", "Năm học 2025 - 2026" name other things.
        let folded = &self.folded()[topic.range()];
        let whole = self.inside(topic).any(|f| f.span.start == topic.start && f.span.end == topic.end);
        if !whole && !names_period(folded) && deadline::bare(folded).is_none() {
            return None;
        }
        let rest = self.folded()[body.start + colon + 1..body.end].trim_matches([' ', '*', '.']);
        self.of_cell(topic).map(|due| (due, rest.is_empty()))
    }

    /// "…; thời gian: tháng 10/2026": a time that has a name behind the deed is read as a cell is.
    fn labelled(&self, span: Span) -> Option<Due> {
        let folded = &self.folded()[span.range()];
        let (at, label) = memchr::memchr_iter(b':', folded.as_bytes()).find_map(|colon| {
            let label = TIME_LABELS.iter().filter(|l| folded[..=colon].ends_with(**l)).max_by_key(|l| l.len())?;
            Some((colon + 1 - label.len(), *label))
        })?;
        if !folded[..at].trim_end().ends_with([';', ',', '.', '(', '-', '–']) {
            return None;
        }
        let start = at + label.len();
        let end = folded[start..].find([';', ')', '\n']).into_iter().chain(full_stop(&folded[start..])).min().map_or(folded.len(), |n| start + n);
        let value = folded[start..end].trim_matches([' ', '.', '/']);
        let start = start + folded[start..].len() - folded[start..].trim_start().len();
        self.of_cell(Span::new(span.start + start, span.start + start + value.len()))
    }

    /// "báo cáo UBND tỉnh theo định kỳ": a rhythm that is not named.
    fn periodically(&self, span: Span) -> Option<Due> {
        let folded = self.folded()[span.range()].trim_end_matches([' ', '.', ';', '/']);
        let at = folded.strip_suffix("theo định kỳ").filter(|before| before.contains("báo cáo"))?.len();
        self.due(Form::Recurring(Recurrence::default()), Span::new(span.start + at, span.start + folded.len()), "deadline-periodically", span.end)
    }

    /// "…, trình Ủy ban nhân dân tỉnh ngày 25/7/2026": a day that stands behind whom something is handed to, at the end of a clause.
    fn presented(&self, span: Span) -> Option<Due> {
        const HANDED: &[&str] = &["trình", "báo cáo", "gửi"];
        let folded = &self.folded()[..span.end];
        if !HANDED.iter().any(|w| folded[span.start..].contains(w)) || !folded[span.start..].bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let dates = || date::DATES.scan(&folded[span.range()]).into_iter().map(|d| (Span::new(span.start + d.span.start, span.start + d.span.end), d.value));
        let ends = |end: usize| folded[end..].trim_start().chars().next().is_none_or(|c| matches!(c, ';' | '.' | ',' | ')' | '/'));
        let (day, value) = dates().find(|(day, _)| {
            let before = tail(&folded[span.start..day.start], FARTHEST / 8);
            let start = day.start - before.len();
            let clause = before.trim_end().rfind([';', '.', ':', '(']).map_or(start, |n| start + n + 1);
            let handed = HANDED.iter().filter_map(|w| folded[clause..day.start].rfind(w)).max().map(|n| clause + n).filter(|&n| is_word_start(folded, n));
            ends(day.end) && !self.in_citation(*day) && !in_quotes(before) && handed.is_some_and(|at| self.hands_over(at, day.start))
        })?;
        self.due(form_of_date(value)?, day, "deadline-presented", span.end)
    }

    /// Whether nothing but a body, and what it is to do with the paper, stands from "trình" up to the time.
    fn hands_over(&self, at: usize, end: usize) -> bool {
        let folded = &self.folded()[..end];
        let word = folded[at..].find(' ').map_or(end, |n| at + n + 1);
        let Some(parties) = parties_at(&self.document.text, word, end, Until::Verb) else { return false };
        let mut rest = folded[parties.end.min(end)..].trim();
        while let Some(after) = ["xem xét", "phê duyệt", "ban hành", "thông qua", "quyết định", "ký", "cho ý kiến", "và", ",", "trong", "vào", "ngày"]
            .iter()
            .find_map(|w| rest.strip_prefix(w))
        {
            rest = after.trim_start();
        }
        rest.is_empty()
    }

    /// The times of a passage that name a day, a period or a rhythm, and whether each is a rhythm. A day that belongs to
    /// the rhythm before it ("hằng năm, trước ngày 05/12") is none of its own.
    pub(super) fn definite(&self, span: Span) -> Vec<(Span, bool)> {
        let own: Vec<&Found<Form>> =
            self.inside(span).filter(|f| (rank(&f.value) <= 3 || f.rule == "deadline-recurring-list") && self.is_own(f, span)).collect();
        let mut times: Vec<(Span, bool)> = Vec::new();
        // Whether a stop stands between the last of them and where the reading is.
        let (mut parted, mut end) = (false, span.start);
        for found in own {
            let rhythm = matches!(found.value, Form::Recurring(_));
            let between = &self.folded()[end.min(found.span.start)..found.span.start];
            parted |= [";", ". ", ", đồng thời ", " và báo cáo ", " và gửi "].iter().any(|w| between.contains(w));
            end = found.span.end;
            let joins = times.last().is_some_and(|(_, before)| (rhythm || *before) && !parted);
            if !joins {
                times.push((found.span, rhythm));
                parted = false;
            }
        }
        times
    }

    /// The deadline of a table cell, where every date counts.
    pub(super) fn of_cell(&self, cell: Span) -> Option<Due> {
        let cell = self.trimmed(cell);
        if let Some(form) = deadline::bare(&self.folded()[cell.range()]) {
            return self.due(form, cell, "deadline-bare-in-cell", cell.end);
        }
        // "Trong tháng 4/2026; định kỳ rà soát hằng năm": when it is to be done first.
        if let Some(part) = self.folded()[cell.range()].find("; định kỳ").map(|n| Span::new(cell.start, cell.start + n))
            && let Some(due) = self.of_cell(part)
        {
            return Some(due);
        }
        // "Năm 2025 và các năm tiếp theo": a beginning without an end.
        if self.folded()[cell.range()].starts_with("năm ")
            && ["các năm tiếp theo", "những năm tiếp theo"].iter().any(|w| self.folded()[cell.range()].ends_with(w))
        {
            return self.due(Form::Ongoing, cell, "deadline-ongoing", cell.end);
        }
        let found: Vec<&Found<Form>> = self.inside(cell).collect();
        if let Some(merged) = self.merged(&found) {
            return Some(merged);
        }
        // "Quý IV năm 2025 và Quý I năm 2026"
        if let [first, last] = found[..]
            && let (Form::Within(a), Form::Within(b)) = (first.value, last.value)
            && a.year.is_some()
            && matches!(self.folded()[first.span.end..last.span.start].trim(), "và" | "," | "-" | "–" | "đến")
            && (a.year, a.last) < (b.year, b.first)
        {
            return self.due(Form::Range(a, b), Span::new(first.span.start, last.span.end), "deadline-from-to", cell.end);
        }
        // "Hằng năm", "Thường xuyên" are the schedule itself; a year beside them is its start.
        let recurring = found.iter().find(|f| matches!(f.value, Form::Recurring(r) if r.freq.is_some()));
        let best = recurring.or_else(|| found.iter().min_by_key(|f| rank(&f.value)));
        if let Some(best) = best
            && (rank(&best.value) < 5 || best.rule == "deadline-from" || !self.folded()[cell.range()].contains(char::is_numeric))
        {
            return self.due(best.value, best.span, best.rule, cell.end);
        }
        let folded = &self.folded()[cell.range()];
        let (form, span, rule) = match date::DATES.scan(folded).into_iter().next() {
            Some(d) => (form_of_date(d.value)?, Span::new(cell.start + d.span.start, cell.start + d.span.end), "deadline-date-in-cell"),
            // "Khi có phát sinh", "Trong thời gian diễn ra kỳ họp": an event, as printed.
            None if best.is_none() && opens_with(folded, &["khi có ", "sau khi ", "trước khi ", "ngay sau khi ", "trong thời gian "]) => {
                return self.due(Form::Event, cell, "deadline-event", cell.end);
            }
            None => return best.and_then(|b| self.due(b.value, b.span, b.rule, cell.end)),
        };
        self.due(form, span, rule, cell.end)
    }

    /// A cell without the dashes and full stops around what it says.
    fn trimmed(&self, cell: Span) -> Span {
        let s = &self.folded()[cell.range()];
        let start = s.len() - s.trim_start_matches([' ', '-', '–', '+', '*']).len();
        let end = s.trim_end_matches([' ', '.', ';', '*']).len();
        if start < end { Span::new(cell.start + start, cell.start + end) } else { cell }
    }

    fn inside(&self, span: Span) -> impl Iterator<Item = &Found<Form>> {
        let first = self.found.partition_point(|f| f.span.start < span.start);
        self.found[first..].iter().take_while(move |f| f.span.end <= span.end)
    }

    /// "hằng năm báo cáo … trước ngày 31 tháng 12": the day belongs to the rule.
    fn merged(&self, found: &[&Found<Form>]) -> Option<Due> {
        let yearly = found.iter().find(|f| matches!(f.value, Form::Recurring(r) if r.day.is_none() && r.freq.is_some()))?;
        let Form::Recurring(rule) = yearly.value else { return None };
        // "Hằng tháng tổng hợp …, chậm nhất vào ngày 25": a day of the month.
        if let (Some("MONTHLY"), None) = (rule.freq, rule.interval)
            && let Some(day) = self.day_of_month(yearly.span.end)
        {
            return self.due(Form::Recurring(Recurrence { day: Some(day), ..rule }), yearly.span, yearly.rule, yearly.span.end);
        }
        let day = found.iter().find_map(|f| match f.value {
            Form::Before(d) | Form::BeforeHour(d) | Form::By(d) if d.year.is_none() => d.day.map(|day| (d.month, day)),
            _ => None,
        });
        let (month, day) = day?;
        let recurrence = match (rule.freq, rule.interval) {
            (Some("YEARLY"), _) => Recurrence { month, day: Some(day), ..rule },
            (Some("MONTHLY"), None) => Recurrence { day: Some(day), ..rule },
            _ => rule,
        };
        self.due(Form::Recurring(recurrence), yearly.span, yearly.rule, yearly.span.end)
    }

    /// The day without a month that is set behind a rhythm in the same clause: "…, trước ngày 05".
    fn day_of_month(&self, from: usize) -> Option<i8> {
        let rest = crate::text::head(&self.folded()[from..], FARTHEST / 8);
        let clause = &rest[..rest.find([';', '\n']).into_iter().chain(full_stop(rest)).min().unwrap_or(rest.len())];
        let at = clause.find(" ngày ").filter(|&n| ["trước", "chậm nhất", "vào", "nhất là"].iter().any(|w| clause[..n].ends_with(w)))? + " ngày ".len();
        let digits = clause[at..].bytes().take_while(u8::is_ascii_digit).count();
        let alone = !opens_with(clause[at + digits..].trim_start(), &["/", "tháng", "-", "làm", "hằng", "hàng"]);
        clause[at..at + digits].parse().ok().filter(|d| alone && (1..=31).contains(d))
    }

    fn due(&self, form: Form, span: Span, rule: &'static str, limit: usize) -> Option<Due> {
        let mut deadline = deadline::resolve(form, self.issued)?;
        let anchor = if deadline.kind == Kind::Relative { self.anchor(span, limit) } else { None };
        // Only the paper's own date is known: "kể từ ngày ban hành Kế hoạch này".
        if let (Form::Relative { amount, unit, working }, Some(event)) = (form, &anchor)
            && is_own_date(event)
            && let Some(issued) = self.issued.and_then(PartialDate::day_of_calendar)
        {
            deadline.end = deadline::after(issued, amount, unit, working);
            deadline.due = deadline.end;
        }
        Some(Due { deadline, span, anchor, rule })
    }

    /// The event that a relative deadline counts from: "ngày nhận được văn bản".
    fn anchor(&self, span: Span, limit: usize) -> Option<String> {
        let near = Span::new(span.end, self.document.text.place_from(limit.min(span.end + FARTHEST)));
        let rest = self.document.text.slice(near);
        let folded = self.document.text.slice_folded(near);
        let word = [" kể từ khi ", " kể từ ", " tính từ ", " sau khi ", " từ khi ", " từ "].iter().find(|w| folded.trim_start_matches(',').starts_with(**w));
        let start = match word {
            Some(w) => folded.find(*w)? + w.len(),
            None if self.folded()[span.range()].starts_with("trước") => return Some(self.document.text.slice(span).to_owned()),
            None if rest.trim().is_empty() => return Some(self.document.text.slice(span).to_owned()),
            None => return None,
        };
        let end = rest[start..].find([',', ';', '.', ':', '(']).map_or(rest.len(), |n| start + n);
        let event = rest[start..end].trim();
        (!event.is_empty()).then(|| event.to_owned())
    }

    /// Whether a deadline in running text is the duty's and not part of a name, a cited act or a statement.
    fn is_own(&self, found: &Found<Form>, passage: Span) -> bool {
        let folded = self.folded();
        let before = tail(&folded[passage.start..found.span.start], FARTHEST);
        if in_quotes(before) || self.in_citation(found.span) {
            return false;
        }
        let matched = &folded[found.span.range()];
        let head = before.trim_end();
        // "Nếu đến ngày 28/02 nhà thầu không đạt …" is a condition.
        if tells_goal(before, found, &folded[found.span.end..passage.end]) || head.ends_with("nếu") || tells_of_the_past(head) {
            return false;
        }
        if self.was_before(found.value) {
            return false;
        }
        let completes = ["hoàn thành", "xong", "thực hiện", "kết thúc", "thời gian", "thời hạn"].iter().chain(TIME_LABELS).any(|w| head.ends_with(w));
        match found.value {
            Form::Before(_) | Form::BeforeHour(_) | Form::By(_) | Form::ByPeriod(_) => {
                let clause = head.rsplit([';', ',', '(']).next().unwrap_or(head).trim();
                // "các dự án đã bàn giao trước ngày 01/01/2022": a day of the past.
                let past = clause.split_once(" đã ").is_some_and(|(subject, deed)| subject.contains(' ') && deed.chars().count() <= LONGEST_PAST)
                    && self.is_over(found.value);
                const COUNTED: [&str; 10] =
                    ["tính", "phát sinh", "đã ban hành", "được ban hành", "có hiệu lực", "tạm ứng", "ký", "thời điểm", "số liệu", "nộp"];
                !past && (clause == "ký" || !COUNTED.iter().any(|w| head.ends_with(w)))
            }
            Form::Within(_) if found.rule == "deadline-within-year" => {
                matched.contains("trong năm") || matched.contains("vào năm") || completes && !head.ends_with("thực hiện")
            }
            // "…; quý II/2026 tổ chức sơ kết": the time opens a clause with a deed.
            Form::Within(_) | Form::Range(..)
                if (head.is_empty() || head.ends_with(';'))
                    && lexicon().verb_at(folded, found.span.end + folded[found.span.end..].find(|c| c != ' ').unwrap_or(0)).is_some() =>
            {
                true
            }
            Form::Within(_) | Form::Range(..) if found.rule == "deadline-within-quarter" => {
                matched.starts_with("trong") || matched.starts_with("vào") || completes
            }
            Form::Within(_) => {
                matched.starts_with("trong") || matched.starts_with("vào") || matched.starts_with("ngay") || matched.starts_with("xong") || completes
            }
            // "… công nghệ đo mặn, giai đoạn 2025 - 2028": behind a comma at the end it is no part of a name.
            Form::Range(..) if found.rule == "deadline-years" => {
                let ends = folded[found.span.end..passage.end].trim_start().chars().next().is_none_or(|c| matches!(c, ';' | '.' | '/'));
                matched.starts_with("trong") || head.ends_with(',') && ends
            }
            Form::Range(a, _) if a.first == a.last => true,
            Form::Range(..) => matched.starts_with("trong") || matched.starts_with("từ ngày") || matched.starts_with("từ tháng") || completes,
            Form::Recurring(r) => self.sets_rhythm(r, found, passage),
            Form::Relative { .. } => self.counts(found, passage),
            // "trước khi trình" tells an order of deeds, "trước khi bão đổ bộ" a time.
            Form::Event => matched.strip_prefix("trước khi ").is_none_or(|event| {
                ["bão", "mưa", "lũ", "áp", "bước", "vào", "mùa", "khai", "bắt", "kết", "xả"].contains(&event.trim_end_matches([',', ';', '.']))
            }),
            Form::Ongoing => false,
        }
    }

    /// Whether a period of a year that is named was over when the paper was issued: "dữ liệu từ ngày 08/3/2026 đến ngày 12/3/2026".
    fn was_before(&self, form: Form) -> bool {
        let (Form::Within(last) | Form::Range(_, last)) = form else { return false };
        let issued = self.issued.and_then(|d| d.year.zip(d.month).map(|(y, m)| (y, m, d.day.unwrap_or(1))));
        last.year.zip(issued).is_some_and(|(year, issued)| (year, last.last.0, last.last.1) < issued)
    }

    /// Whether a day lies before that of the paper.
    fn is_over(&self, form: Form) -> bool {
        let days = |d: PartialDate| d.year.zip(d.month).zip(d.day);
        match form {
            Form::Before(d) | Form::BeforeHour(d) | Form::By(d) => days(d).zip(self.issued.and_then(days)).is_some_and(|(day, issued)| day < issued),
            _ => false,
        }
    }

    /// "hằng năm" is a schedule at the head of a clause, after "định kỳ", with a day, or beside a report; elsewhere it
    /// describes ("dự toán hằng năm").
    fn sets_rhythm(&self, r: Recurrence, found: &Found<Form>, passage: Span) -> bool {
        let folded = self.folded();
        let matched = &folded[found.span.range()];
        // "phát sóng hằng tuần", "trực ban hằng ngày" are schedules wherever they stand.
        let often = matches!(r.freq, Some("DAILY" | "WEEKLY")) && !matched.starts_with("mỗi");
        if often
            || found.rule == "deadline-two-days-a-year"
            || found.rule == "deadline-yearly-period"
            || r.day.is_some()
            || r.weekday.is_some()
            || matched.starts_with("định kỳ")
            || found.rule == "deadline-times-a-year"
            || found.rule == "deadline-each"
            || matched.ends_with(" lần")
            || matches!((r.freq, r.interval), (Some("MONTHLY"), None)) && self.day_of_month(found.span.end).is_some()
        {
            return true;
        }
        let before = tail(&folded[passage.start..found.span.start], FARTHEST).trim_end();
        let body = crate::marker::marker(self.document.text.slice(passage)).map_or(0, |m| m.len);
        let opens = before.len() <= body || before.ends_with([';', '.', ',', ':']);
        let after = folded[found.span.end..passage.end].trim_start_matches([' ', ',']);
        let reports = opens_with(after, &["báo cáo", "tổng hợp", "gửi", "sơ kết", "đánh giá"]);
        let clause = before.rfind([';', '.']).map_or(before, |n| &before[n..]);
        let reported = clause.rfind("báo cáo").is_some_and(|n| !clause[n..].contains("theo") && clause.len() - n < 120)
            && (after.is_empty() || after.starts_with(['.', ';']) || after.starts_with("trước") || after.starts_with("về "));
        // "công bố kết quả hằng tháng", "họp giao ban hằng quý"
        const KEPT: &[&str] = &["cập nhật", "công bố", "công khai", "thống kê", "đăng tải", "quan trắc", "kiểm định", "tự kiểm tra"];
        let kept = |clause: &str| KEPT.iter().any(|w| clause.match_indices(w).any(|(n, _)| n == 0 || clause[..n].ends_with(' ')));
        // "công bố kết quả hằng tháng", "họp giao ban hằng quý"
        let regular = |before: &str| ["kết quả", "tình hình", "tiến độ", "số liệu", "giao ban"].iter().any(|w| before.ends_with(w));
        let ends = after.is_empty() || after.starts_with(['.', ';']);
        // "tổ chức Cuộc thi Đại sứ Văn hóa đọc hằng năm", "công bố giá vật liệu hằng tháng, sát với giá thị trường"
        const EVENTS: &[&str] = &["cuộc thi", "hội thi", "hội nghị", "hội chợ", "lễ ", "ngày hội", "tuần lễ", "liên hoan", "giải ", "diễn đàn"];
        let held = || clause.rfind("tổ chức ").is_some_and(|n| opens_with(clause[n + "tổ chức ".len()..].trim_start_matches("các "), EVENTS));
        let planned = PLANS.iter().any(|w| before.ends_with(w));
        let stops = folded[found.span.end..passage.end].starts_with(',') || after.starts_with("sát ");
        let repeated = ends && (regular(before) || !planned && (kept(clause) || held())) || stops && !planned && kept(clause);
        reports || reported || repeated || opens && !after.starts_with("của")
    }

    /// A count of days sets the time where a start is named or the words say so.
    fn counts(&self, found: &Found<Form>, passage: Span) -> bool {
        let folded = self.folded();
        let matched = &folded[found.span.range()];
        let after = folded[found.span.end..passage.end].trim_start_matches([' ', ',']);
        let anchored = opens_with(after, &["kể từ", "tính từ", "sau khi", "từ khi", "từ ngày", "từ thời điểm"]);
        // "Sau 2 năm thực hiện Kế hoạch này, … sơ kết"
        let own = matched.starts_with("sau ") && after.starts_with("thực hiện ") && after[..after.find(',').unwrap_or(0)].ends_with(" này");
        // "tổ chức sơ kết sau 01 năm thực hiện"
        let reviewed = matched.starts_with("sau ")
            && after.trim_end_matches(['.', ';', '/', ' ']) == "thực hiện"
            && ["sơ kết", "tổng kết", "đánh giá"].iter().any(|w| folded[passage.start..found.span.start].contains(w));
        anchored
            || own
            || reviewed
            || matched.contains("làm việc")
            || matched.starts_with("chậm nhất")
            || matched.starts_with("trong thời hạn")
            || matched.starts_with("trong vòng")
    }

    fn in_citation(&self, span: Span) -> bool {
        let i = self.citations.partition_point(|c| c.span.start <= span.start);
        self.citations[..i].iter().rev().take(6).any(|c| {
            c.form != Mention::Own
                && (c.span.end >= span.end
                    || c.title.is_some_and(|t| t.contains(span))
                        && c.within.is_none()
                        && !opens_with(&self.folded()[span.range()], &["trước", "trong thời hạn", "trong vòng", "chậm nhất"]))
        })
    }
}

/// What "hằng năm" describes, where it sets no rhythm: "kế hoạch hằng năm".
const PLANS: &[&str] = &["kế hoạch", "dự toán", "chương trình", "ngân sách", "nhiệm vụ", "chỉ tiêu", "kinh phí", "công tác", "đề án", "báo cáo", "định kỳ"];

/// What was done before a day takes no more characters.
const LONGEST_PAST: usize = 32;

/// No sentence is longer, in bytes.
const LONGEST_SENTENCE: usize = 4096;

/// "… Phấn đấu đến hết năm có 80 % số cơ sở", "bảo đảm mỗi người được khám ít nhất 01 lần/năm": what is to be reached, or was agreed
/// to, not when the deed before it is to be done.
fn tells_goal(before: &str, found: &Found<Form>, after: &str) -> bool {
    let before = tail(before, LONGEST_SENTENCE);
    let sentence = before.rfind(['.', ';']).filter(|n| before[n + 1..].starts_with(' ')).map(|n| before[n + 1..].trim_start());
    let clause = before.rfind([';', ',']).map_or(before, |n| &before[n + 1..]).trim_start();
    // "phấn đấu đến hết ngày 31/01/2026 giải ngân đạt 100% kế hoạch vốn"
    if before.trim_end().ends_with("phấn đấu") {
        let after = crate::text::head(after, FARTHEST / 8);
        let share = after[..after.find([',', ';', ':']).unwrap_or(after.len())].split(". ").next().unwrap_or_default();
        if share.contains(" đạt ") || share.contains('%') {
            return true;
        }
    }
    // "giảm tỷ lệ chôn lấp xuống dưới 30% vào năm 2030"
    if found.rule == "deadline-within-year" && before.trim_end().ends_with('%') && !clause.contains("hoàn thành") {
        return true;
    }
    // "Thống nhất đề nghị của chủ đầu tư về việc điều chỉnh thời gian đến ngày 30/6/2026": what was agreed to.
    let ordered = |s: &str| [", yêu cầu ", ", giao ", ", đề nghị "].iter().any(|w| s.contains(w));
    if sentence.is_some_and(|s| !ordered(s) && opens_with(s, &["thống nhất đề nghị", "thống nhất chủ trương", "thống nhất về ", "đồng ý ", "chấp thuận "]))
    {
        return true;
    }
    // "…, bảo đảm đến hết năm 2025 cả nước có trên 3.000 km đường"
    let reaches = ["bảo đảm", "đảm bảo", "phấn đấu"].iter().any(|w| before.trim_end().ends_with(w))
        && !matches!(found.value, Form::By(_))
        && opens_with(after.trim_start(), &["cả nước ", "toàn ", "có ", "đạt "]);
    let often = matches!(found.value, Form::Recurring(_)) && matches!(found.rule, "deadline-times-a-year" | "deadline-each");
    sentence.is_some_and(|s| s.starts_with("phấn đấu ")) || reaches || often && opens_with(clause, &["bảo đảm ", "đảm bảo ", "phấn đấu "])
}

/// "các giấy phép đã cấp trước ngày 01/7/2025": when something was done, not when something is to be done.
fn tells_of_the_past(before: &str) -> bool {
    let clause = before.rfind([';', ',', '.', ':']).map_or(before, |n| &before[n + 1..]);
    const DEEDS: &[&str] =
        &["cấp", "ban hành", "phê duyệt", "ký", "giao", "nộp", "công bố", "thu hồi", "tiếp nhận", "được cấp", "được ban hành", "được phê duyệt", "được giao"];
    clause.rfind("đã ").is_some_and(|n| (n == 0 || clause[..n].ends_with(' ')) && DEEDS.contains(&clause[n + "đã ".len()..].trim()))
}

/// Words farther off in a passage do not tell of a time, in bytes.
const FARTHEST: usize = 2000;

fn is_own_date(event: &str) -> bool {
    let folded = crate::text::fold(event);
    ["ngày ký", "ngày ban hành"].iter().any(|w| folded.starts_with(w) && is_word_end(&folded, w.len()))
        && (folded.ends_with(" này") || folded.ends_with("ký") || folded.ends_with("ban hành") || folded.ends_with("văn bản này"))
}

/// Names that a time bears behind a deed, folded; the longer first where one begins as another.
pub(super) const TIME_LABELS: &[&str] = &[
    "thời gian thực hiện:",
    "thời gian hoàn thành:",
    "thời gian triển khai:",
    "thời gian:",
    "thời hạn hoàn thành:",
    "thời hạn thực hiện:",
    "thời hạn báo cáo:",
    "thời hạn:",
    "tiến độ thực hiện:",
    "tiến độ hoàn thành:",
    "tiến độ:",
];

/// A day without a year, again in each.
fn every_year(form: Form) -> Form {
    match form {
        Form::Before(d) | Form::BeforeHour(d) | Form::By(d) if d.year.is_none() => {
            Form::Recurring(Recurrence { freq: Some("YEARLY"), month: d.month, day: d.day, ..Recurrence::default() })
        }
        other => other,
    }
}

/// The more definite, the smaller.
fn rank(form: &Form) -> u8 {
    match form {
        Form::Before(_) | Form::BeforeHour(_) | Form::By(_) => 0,
        Form::Recurring(r) if r.day.is_some() || r.weekday.is_some() => 0,
        Form::ByPeriod(_) | Form::Within(_) | Form::Range(..) => 1,
        Form::Relative { .. } => 2,
        Form::Recurring(r) if r.freq.is_some() => 3,
        Form::Recurring(_) => 4,
        Form::Event => 5,
        Form::Ongoing => 6,
    }
}

/// A date alone in a deadline cell: the day is still on time, a month is a period.
fn form_of_date(d: PartialDate) -> Option<Form> {
    match (d.month, d.day) {
        (Some(_), Some(_)) => Some(Form::By(d)),
        (Some(m), None) => Some(Form::Within(Period { year: d.year, first: (m, 1), last: (m, 31) })),
        _ => None,
    }
}
