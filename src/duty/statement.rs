//! Whether a passage tells how things stand, what others ordered, or what a body is to ask of those who work for it: no duty of
//! the one who is named.

use super::assign::{self, Assignment};
use super::passage::{Finder, Handed, LONGEST_CLAUSE, OPENING};
use super::telling::names_subject;
use crate::lexicon::lexicon;
use crate::mention::agency::{Party, Until, parties_at};
use crate::text::{Span, head, opens_with, sentence};

impl Finder<'_> {
    /// "Ngày 29/5/2023, Thủ tướng Chính phủ đã ban hành Công điện số …. Tại Công điện này, Thủ tướng giao …": what another paper orders.
    pub(super) fn retells(&self, body: Span) -> bool {
        const ORDERS: &[&str] = &[". tại công điện này", ". tại chỉ thị này", ". tại quyết định này", ". tại văn bản này", ". theo đó,"];
        let folded = head(self.folded(body), LONGEST_CLAUSE);
        let sentence = sentence(folded);
        sentence.starts_with("ngày ")
            && [" đã ban hành ", " đã có ", " đã ký "].iter().any(|w| sentence.contains(w))
            && ORDERS.iter().any(|w| folded.contains(w))
    }

    /// "Tại Công văn số 1906/BGDĐT-GDPT ngày 10/4/2026, Bộ Giáo dục và Đào tạo đề nghị các địa phương rà soát": what another body
    /// asked in a paper of its own.
    pub(super) fn retells_order(&self, body: Span, order: &Assignment) -> bool {
        let text = &self.document.text;
        let folded = head(self.folded(body), LONGEST_CLAUSE);
        let Some(paper) = folded.strip_prefix("tại ").map(|rest| body.end.min(body.start + folded.len()) - rest.len()) else { return false };
        let numbered = lexicon().type_words.at(text.folded(), paper).is_some_and(|(end, _)| text.folded()[end..].starts_with(" số "));
        let ordering = || {
            text.words(Span::new(paper, order.rest.min(body.end))).find(|w| {
                let named = text.as_str()[..w.start()].trim_end().ends_with(',') && text.as_str()[w.start()..].starts_with(char::is_uppercase);
                named && lexicon().heads.at(text.folded(), w.start()).is_some()
            })
        };
        numbered
            && order.rule == "duty-issuer-orders"
            && order.rest > paper
            && ordering().and_then(|w| parties_at(text, w.start(), body.end, Until::Verb)).is_some_and(|p| !self.is_issuer(&p.list))
    }

    /// "Sở Du lịch kiểm tra hoạt động lữ hành; yêu cầu các cơ sở kinh doanh …", "- Bố trí khu vực để xe; giao Đoàn Thanh niên thành lập đội"
    /// below a school: what a body that is named is to ask of others is its own deed.
    pub(super) fn asks_inside(&self, start: usize, order: &Assignment, assignment: Option<&Assignment>, handed: &Handed) -> bool {
        const ASKS: &[&str] = &["yêu cầu ", "vận động "];
        const HANDS_ON: &[&str] = &["giao đoàn ", "giao bộ phận ", "giao tổ ", "giao giáo viên", "phân công "];
        let clause = &self.document.text.folded()[start..];
        // An office that is named has a duty of its own.
        let office = |p: &Party| p.agency.is_some() && !p.group && !opens_with(self.folded(p.span), &["đoàn "]);
        if order.leads.iter().any(office) {
            return false;
        }
        match assignment {
            Some(a) => a.rule == "duty-subject" && a.leads.iter().all(|p| !p.group) && !self.is_issuer(&a.leads) && opens_with(clause, ASKS),
            None => {
                !handed.leads.is_empty()
                    && !handed.leads.iter().any(|p| self.is_issuer(std::slice::from_ref(p)))
                    && (opens_with(clause, ASKS) || opens_with(clause, HANDS_ON))
            }
        }
    }

    /// Whether an order goes to those who work for the body that is told above.
    pub(super) fn is_handed_on(&self, order: &Assignment, handed: &Handed) -> bool {
        // "UBND các xã: a) Giao Văn phòng HĐND và UBND làm đầu mối": units of a commune.
        const UNITS: &[&str] = &["văn phòng hđnd", "văn phòng hội đồng", "phòng kinh tế", "phòng văn hóa"];
        let commune = |p: &Party| {
            let name = self.folded(p.span);
            opens_with(name, &["ubnd", "ủy ban nhân dân", "chủ tịch ubnd", "chủ tịch ủy ban"]) && (name.contains(" xã") || name.contains(" phường"))
        };
        const HANDS: &[&str] = &[
            "nhà thầu",
            "các nhà thầu",
            "đơn vị thi công",
            "đơn vị tư vấn",
            "tư vấn giám sát",
            "trưởng thôn",
            "khu phố trưởng",
            "tổ trưởng",
            "cán bộ",
            "công chức",
            "giáo viên",
            "nhân viên",
            "đồng chí",
            "thành viên",
            "doanh nghiệp",
            "các doanh nghiệp",
            "chủ phương tiện",
        ];
        let own_unit = |p: &Party| opens_with(self.folded(p.span), UNITS) && handed.leads.iter().all(commune);
        let hand = |p: &Party| opens_with(self.folded(p.span), HANDS) || own_unit(p);
        // "phân công thành viên phụ trách từng thôn, tổ dân phố": what is read behind them is no body either.
        let no_body = |p: &Party| p.text.starts_with(char::is_lowercase) && !opens_with(self.folded(p.span), &["các ", "ubnd", "ủy ban"]);
        order.rule == "duty-imperative" && order.leads.first().is_some_and(hand) && order.leads.iter().all(|p| hand(p) || no_body(p))
    }

    /// "Căn cứ khả năng cân đối ngân sách, các địa phương được quyết định mức hỗ trợ": what bodies may do, in the first sentence.
    pub(super) fn allows(&self, body: Span) -> bool {
        let text = &self.document.text;
        if !assign::is_adverbial(text.folded(), body.start) {
            return false;
        }
        let near = head(self.folded(body), LONGEST_CLAUSE / 4);
        let sentence = sentence(near);
        let end = text.place_from(body.start + sentence.len()).min(body.end);
        // What must be done, or by a day, is no right.
        if sentence.contains(" phải ") || !self.schedule.definite(Span::new(body.start, end)).is_empty() {
            return false;
        }
        sentence.match_indices(", ").take(4).any(|(n, _)| {
            parties_at(text, body.start + n + 2, end, Until::Verb).is_some_and(|p| {
                let told = text.folded()[p.end.min(end)..end].trim_start();
                told.starts_with("được ") && !opens_with(told, &["được giao", "được phân công", "được yêu cầu", "được chỉ định"])
            })
        })
    }

    /// Whether a day, period or rhythm stands behind the assignee.
    pub(super) fn timed_behind(&self, rest: usize, clause: Span) -> bool {
        self.schedule.definite(clause).iter().any(|t| t.0.start > rest)
    }

    /// "Việc điều chỉnh …", "Mức đóng …" opens a passage that sets no time and says of nothing that it must be.
    pub(super) fn names_matter(&self, body: Span) -> bool {
        let folded = self.folded(body);
        names_subject(folded) && !head(folded, LONGEST_CLAUSE / 4).contains(" phải ") && self.schedule.definite(body).is_empty()
    }

    /// "Khối lượng còn lại không lớn nhưng là các vị trí then chốt.": a sentence about how things stand.
    pub(super) fn tells_state(&self, body: Span) -> bool {
        const STATES: &[&str] =
            &[" gồm: ", " là ", " còn ", " đã ", " được ", " hiện mới ", " hiện nay ", " đạt ", " cơ bản ", " chưa ", " bằng ", " thực hiện theo "];
        let folded = self.folded(body);
        // "Tình hình dịch bệnh tiếp tục diễn biến phức tạp", "Kinh phí khảo sát do ngân sách huyện bảo đảm"
        if folded.starts_with("tình hình ") || folded.starts_with("kinh phí ") && head(folded, LONGEST_CLAUSE).contains(" do ") {
            return true;
        }
        // "Theo quy định của pháp luật, việc khắc phục do ngân sách địa phương bảo đảm"
        let matter = head(folded, LONGEST_CLAUSE).find(", việc ").filter(|_| assign::is_adverbial(self.document.text.folded(), body.start));
        if matter.is_some_and(|n| [" do ", " còn "].iter().any(|w| head(&folded[n..], LONGEST_CLAUSE).contains(w))) {
            return true;
        }
        let sentence = |length: usize| sentence(head(folded, length));
        let length = if names_subject(folded) { LONGEST_CLAUSE } else { OPENING };
        // "Năm học 2024 - 2025, toàn tỉnh có 638 cơ sở": figures of how things stand.
        let counts = |s: &str| s.match_indices(" có ").any(|(n, w)| s[n + w.len()..].starts_with(|c: char| c.is_ascii_digit()));
        // "Số liệu kiểm kê … được tính đến hết ngày 31 tháng 12", "Hồ sơ kết quả gồm dạng giấy và dạng số"
        const SURE: &[&str] = &[" được tính ", " gồm ", " bao gồm "];
        let far = || sentence(LONGEST_CLAUSE / 16);
        let sure = || {
            let figures = counts(sentence(OPENING)) || !far().contains(" phải ") && SURE.iter().any(|s| far().contains(s));
            // "Danh sách gồm họ tên, năm sinh gửi về Phòng trước ngày 15/5": what has a day is due.
            figures && (self.schedule.definite(body).is_empty() || far().contains(" được tính "))
        };
        self.tells(body.start) && (STATES.iter().any(|s| sentence(length).contains(s)) || sure())
    }

    /// Whether a sentence that begins here tells of a thing or a state: no deed opens it.
    pub(super) fn tells(&self, start: usize) -> bool {
        let folded = self.document.text.folded();
        names_subject(&folded[start..]) || lexicon().verb_at(folded, start).is_none() && !assign::is_adverbial(folded, start)
    }
}
