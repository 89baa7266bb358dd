//! Who is told to act at the start of a passage, and with whom.

use super::Modality;
use crate::lexicon::{Imperative, lexicon};
use crate::mention::agency::{Parties, Party, Until, begins_deed, parties_at};
use crate::phrases::Phrases;
use crate::text::{Span, Text, fold, head, in_quotes, is_word_end, opens_with, tail};
use foldhash::{HashSet, HashSetExt};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// An assignment read at the start of a passage or clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Assignment {
    pub leads: Vec<Party>,
    pub modality: Modality,
    /// Where the deed begins: after the assignee, a colon, "có trách nhiệm".
    pub rest: usize,
    /// The assignee is the whole passage, or ends in a colon.
    pub heading: bool,
    pub rule: &'static str,
}

/// Words that follow an assignee and make a statement, not a duty.
const STATEMENTS: &[&str] = &[
    "có thành tích",
    "vi phạm",
    "nhận được",
    "không thuộc",
    "có hành vi",
    "là",
    "đã",
    "được",
    "đang",
    "có quyền",
    "sẽ",
    "gồm",
    "bao gồm",
    "thuộc",
    "như",
    "có thể",
    "có ý kiến như sau",
    "trân trọng cảm ơn",
    "xin trân trọng cảm ơn",
    "chân thành cảm ơn",
    "xin chân thành cảm ơn",
    "cảm ơn",
    "xin cảm ơn",
    "đánh giá cao",
    "ghi nhận và đánh giá cao",
    "ghi nhận, đánh giá cao",
    "ghi nhận, biểu dương",
    "biểu dương và",
    "biểu dương sự",
    "biểu dương những",
    "biểu dương tinh thần",
    "hoan nghênh",
    "thống nhất thông qua",
    "thống nhất đánh giá",
    "thống nhất nhận định",
    "nhất trí thông qua",
    "nhất trí đánh giá",
    "nhất trí với",
    "cơ bản nhất trí",
    "cơ bản thống nhất",
    "thống nhất với",
    "đồng ý",
    "biểu dương",
    "phê bình",
    "gửi lời",
    "chia buồn",
    "vừa ký",
    "ký ban hành",
    "vừa",
    "chưa",
    "bị",
    "còn",
    "kết luận",
    "thảo luận",
    "cho rằng",
    "cho biết",
    "nhận định",
    "nhận thấy",
    "khẳng định",
    "nhấn mạnh",
    "nêu rõ",
    "nhất trí",
    "vui mừng",
    "nghe",
    "họp",
    "hiện",
    "luôn",
    "vẫn",
    "chủ tọa",
    "dự và",
    "có thể",
    "sử dụng con dấu",
    "nghiêm khắc phê bình",
    "có quyền",
    "trả lời như sau",
    "nhiều năm",
    "nêu",
    "ghi nhận và biểu dương",
];

/// Openings of adverbial clauses before the assignee: "Trên cơ sở …, Sở Y tế …".
static ADVERBIALS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let openings = [
        "trên cơ sở",
        "căn cứ",
        "trong năm",
        "trong quý",
        "trong tháng",
        "trước ngày",
        "định kỳ",
        "hằng năm",
        "hàng năm",
        "hằng quý",
        "hằng tháng",
        "để",
        "nhằm",
        "khi",
        "sau khi",
        "trong quá trình",
        "đối với",
        "riêng",
        "ngay sau",
        "từ nay",
        "thực hiện",
        "tại",
        "trong thời gian",
        "theo",
        "từ ngày",
        "đến ngày",
        "chậm nhất",
        "hàng quý",
        "hàng tháng",
        "trong đó",
        "cùng với",
        "bên cạnh",
        "đồng thời",
        "ngoài ra",
        "trong thời hạn",
        "trong vòng",
        "trong khi",
        "trong lúc",
        "trường hợp",
        "nếu",
        "qua",
        "hàng tuần",
        "hằng tuần",
        "quá thời hạn",
        "quá hạn",
        "hết thời hạn",
        "sau thời hạn",
        "sau thời gian",
        "sau ngày",
        "về",
        "trước tình hình",
        "trước thực trạng",
        "trước diễn biến",
        "những",
        "trong phạm vi",
        "cũng trong",
        "thứ hai",
        "thứ ba",
        "thứ tư",
        "thứ năm",
        "thứ sáu",
        "thứ bảy",
        "chủ nhật",
    ];
    Phrases::list(openings)
});

/// Whether an adverbial clause begins here: "Trên cơ sở …".
pub(super) fn is_adverbial(folded: &str, start: usize) -> bool {
    ADVERBIALS.at(folded, start).is_some() || tells_time(&folded[start..])
}

/// "Trong 02 ngày làm việc kể từ ngày nhận đủ hồ sơ, …", "Trước 16 giờ ngày 20 hằng tháng, …", "Sau 2 năm thực hiện Kế hoạch này, …"
fn tells_time(folded: &str) -> bool {
    let Some((word, rest)) = ["trong ", "trước ", "sau "].iter().find_map(|w| folded.strip_prefix(w).map(|rest| (*w, rest))) else { return false };
    let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let units: &[&str] = if word == "trước " { &["giờ"] } else { &["ngày", "giờ", "tuần", "tháng", "năm", "quý"] };
    unit.len() < rest.len() && opens_with(unit.trim_start(), units)
}

/// Reads an assignment at the start of `span`.
pub(super) fn read(text: &Text, span: Span) -> Option<Assignment> {
    let start = skip(text, span.start, span.end);
    // "3.- Đề nghị": a dash behind the number.
    let start = start + (text.as_str()[start..span.end].len() - text.as_str()[start..span.end].trim_start_matches(['-', '–', ' ']).len());
    let label = start;
    let start = start + responsibility(&text.folded()[start..span.end]);
    let start = if text.folded()[start..span.end].starts_with("riêng ") { start + "riêng ".len() } else { start };
    // "Đối với các vụ tai nạn xảy ra …, giao Bộ Công an": an order stands behind what it is about.
    let concerned = text.folded()[label..start].starts_with("đối với");
    let told_to = |a: &Assignment| {
        let before = a.leads.first().map_or("", |p| tail(&text.folded()[label..p.span.start.max(label)], FARTHEST / 32).trim_end());
        ["giao", "giao cho", "yêu cầu", "đề nghị"].iter().any(|w| before.ends_with(w))
    };
    let ordered = || after_adverbial(text, label, span.end).filter(|a| is_order(a.rule) || told_to(a));
    // "Đối với các trường … tại xã biên giới, UBND xã Mô Rai bàn giao": so does who acts, where more is said of them.
    let told = |a: &Assignment| opens_with(&text.folded()[a.rest.min(span.end)..span.end], &["tại ", "trên ", "chưa ", "không ", "ở "]);
    let behind = |a: Assignment| {
        let about = concerned && !a.heading && a.leads.iter().all(|p| p.group && p.text.starts_with(char::is_lowercase)) && told(&a);
        about.then(|| after_adverbial(text, label, span.end)).flatten().unwrap_or(a)
    };
    concerned
        .then(ordered)
        .flatten()
        .or_else(|| at(text, start, span.end).map(behind))
        .map(|a| if concerned { behind_those_concerned(text, a) } else { a })
        .or_else(|| after_adverbial(text, start, span.end))
        .or_else(|| after_topic(text, start, span.end))
        .or_else(|| after_issuer(text, start, span.end))
        .or_else(|| responsible(text, start, span.end))
        .or_else(|| done_by(text, start, span.end))
        .or_else(|| handed_behind_deed(text, start, span.end))
        .or_else(|| whoever(text, start, span.end))
        .or_else(|| led_by(text, start, span.end))
        .or_else(|| led_behind(text, start, span.end))
        // "Đối với nguồn cát biển, Bộ Xây dựng khẩn trương …": no body, but a matter.
        .or_else(|| (start > label).then(|| after_adverbial(text, label, span.end)).flatten())
}

/// "Đối với các trường trực thuộc, Sở Giáo dục và Đào tạo thẩm định": who acts stands behind the group that it is about.
fn behind_those_concerned(text: &Text, found: Assignment) -> Assignment {
    let group = |p: &Party| p.group && p.text.starts_with(char::is_lowercase);
    match &found.leads[..] {
        [concerned, body, more @ ..]
            if found.rule == "duty-subject"
                && !found.heading
                && group(concerned)
                && !body.group
                && comma_before(text, body)
                && more.iter().all(|p| !p.group) =>
        {
            Assignment { leads: found.leads[1..].to_vec(), ..found }
        }
        _ => found,
    }
}

fn comma_before(text: &Text, party: &Party) -> bool {
    text.as_str()[..party.span.start].trim_end().ends_with(',')
}

/// "Lãnh đạo UBND tỉnh xây dựng kế hoạch" below the heading of a Party body tells what that body does; elsewhere it names the heads
/// of an office.
pub(super) fn leads_others(text: &Text, body: Span, above: &[Party]) -> bool {
    const BODIES: &[&str] = &["đảng", "cấp ủy", "tỉnh ủy", "thành ủy", "huyện ủy", "thị ủy", "quận ủy", "ban cán sự", "ban thường vụ", "đảng đoàn"];
    let party = |p: &Party| BODIES.iter().any(|b| fold(&p.text).contains(b));
    text.slice_folded(body).starts_with("lãnh đạo ") && !above.is_empty() && above.iter().all(party)
}

/// "Chủ tịch UBND các huyện, thành phô trong tỉnh có trách nhiệm:" names who acts whatever a slip made of the names.
fn responsible(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    let folded = &text.folded()[start..limit];
    let end = start + folded.trim_end_matches([' ', ':']).strip_suffix("có trách nhiệm")?.trim_end().len();
    let named = text.as_str()[start..end].starts_with(char::is_uppercase) && end - start < FARTHEST / 4;
    if !named || lexicon().heads.at(folded, 0).is_none() || lexicon().not_heads.at(folded, 0).is_some() || folded[..end - start].contains(". ") {
        return None;
    }
    // "Sở Nông nghiệp là cơ quan giúp UBND tỉnh …, có trách nhiệm:"
    if let Some(parties) = parties_at(text, start, end, Until::Verb)
        && text.folded()[skip(text, parties.end, end)..end].starts_with("là ")
    {
        return Some(Assignment { leads: parties.list, modality: Modality::Order, rest: limit, heading: true, rule: "duty-heading" });
    }
    let names = text.as_str()[start..end].split(';').map(str::trim).filter(|n| !n.is_empty());
    let party = |name: &str| Party { span: Span::new(start, end), text: name.into(), agency: None, group: fold(name).contains("các ") };
    Some(Assignment { leads: names.map(party).collect(), modality: Modality::Order, rest: limit, heading: true, rule: "duty-heading" })
}

/// "Người sử dụng nước có trách nhiệm bảo vệ công trình", "Tổ chức hợp tác dùng nước có trách nhiệm thu …": those whom the
/// lexicon does not know, told by the words behind their name.
fn whoever(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    const DUTY: &str = " có trách nhiệm ";
    const WHO: &[&str] = &["người ", "tổ chức", "cá nhân", "hộ ", "chủ ", "thành viên ", "cán bộ", "công chức", "viên chức", "nhân viên ", "trưởng ", "bên "];
    let folded = head(&text.folded()[start..limit], FARTHEST / 8);
    let name = &folded[..folded.find(DUTY)?];
    let known = text.as_str()[start..].starts_with(char::is_uppercase) && opens_with(name, WHO);
    if !known || name.contains(['.', ';', ':', '(']) || name.contains(", ") && !opens_with(name, &["tổ chức, cá nhân"]) {
        return None;
    }
    let span = Span::new(start, start + name.len());
    let party = Party { span, text: text.slice(span).into(), agency: None, group: true };
    Some(Assignment { leads: vec![party], modality: Modality::Order, rest: start + name.len() + DUTY.len(), heading: false, rule: "duty-subject" })
}

/// "Việc chỉnh lý tài liệu do Trung tâm Lưu trữ chủ trì, Phòng Văn thư phối hợp", "Số hóa hồ sơ, do Phòng Pháp chế chủ trì thực hiện":
/// who leads stands behind the deed.
fn led_by(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    let folded = head(&text.folded()[start..limit], FARTHEST / 2);
    let word = if folded.starts_with("việc ") { " do " } else { ", do " };
    let at = start + folded.find(word).filter(|&n| !folded[..n].contains([';', ':']) && !folded[..n].contains(". "))? + word.len();
    let parties = parties_at(text, at, limit, Until::Verb)?;
    let leads = text.folded()[skip(text, parties.end, limit)..limit].starts_with("chủ trì");
    let named = text.as_str()[at..].starts_with(char::is_uppercase);
    (leads && named).then_some(Assignment { leads: parties.list, modality: Modality::Order, rest: start, heading: false, rule: "duty-subject" })
}

/// "Sửa đổi quy định …, trình Bộ trước ngày 15/9/2026. Phòng Pháp chế chủ trì, phối hợp với Phòng An toàn thực hiện.": the last
/// sentence says no more than who leads and who helps.
fn led_behind(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    let folded = &text.folded()[start..limit];
    lexicon().verb_at(text.folded(), start)?;
    let last = tail(folded, FARTHEST / 4);
    let at = limit - last.len() + last.trim_end_matches(['.', ' ', ';', '/']).rfind(". ")? + ". ".len();
    let leads = who_leads(text, at, limit)?;
    Some(Assignment { leads, modality: Modality::Order, rest: start, heading: false, rule: "duty-subject" })
}

/// The leaders of "Phòng Pháp chế chủ trì, phối hợp với Phòng An toàn thực hiện.", which tells no deed.
pub(super) fn who_leads(text: &Text, start: usize, limit: usize) -> Option<Vec<Party>> {
    const WITH: &str = ", phối hợp với ";
    const LEADS: &str = "chủ trì";
    let parties = parties_at(text, start, limit, Until::Verb).filter(|_| text.as_str()[start..].starts_with(char::is_uppercase))?;
    let said = skip(text, parties.end, limit);
    let behind = text.folded()[said..limit].strip_prefix(LEADS)?;
    let behind = if behind.starts_with(WITH) {
        let helpers = parties_at(text, said + LEADS.len() + WITH.len(), limit, Until::Verb)?;
        &text.folded()[helpers.end.min(limit)..limit]
    } else {
        behind
    };
    // No more than this is looked at: the rest may be a line of dots.
    let behind = head(behind, FARTHEST / 16).trim_matches(['.', ' ', ';', '/']);
    matches!(behind, "" | "thực hiện" | "tổ chức thực hiện").then_some(parties.list)
}

/// "4. Quản lý phương tiện (Phòng Phương tiện và Người lái chủ trì)" above a list: who does what follows.
pub(super) fn bodies_in_brackets(text: &Text, span: Span) -> Option<Assignment> {
    let s = text.slice_folded(span).trim_end_matches([' ', ':', '.']);
    let inner = s.strip_suffix(')')?;
    let open = span.start + inner.rfind('(')? + 1;
    let end = span.start + inner.len();
    let parties = parties_at(text, open, end, Until::Verb)?;
    let told = text.folded()[skip(text, parties.end, end)..end].trim();
    let leads = matches!(told, "chủ trì" | "thực hiện" | "chủ trì thực hiện" | "phụ trách" | "làm đầu mối");
    leads.then_some(Assignment { leads: parties.list, modality: Modality::Order, rest: span.end, heading: true, rule: "duty-heading" })
}

/// No topic has more characters.
const LONGEST_TOPIC: usize = 140;

/// "Về công tác kiểm đếm: Giao UBND xã …", "Chế độ báo cáo: UBND các xã …": a topic stands before the assignee.
fn after_topic(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    let s = &text.as_str()[start..limit];
    let near = head(s, LONGEST_TOPIC * 4).as_bytes();
    let colon = memchr::memchr_iter(b':', near).find(|&n| s[n + 1..].starts_with(' '))?;
    if s[..colon].contains([';', '.']) || s[..colon].chars().count() > LONGEST_TOPIC {
        return None;
    }
    let from = skip(text, start + colon + 1, limit);
    let found = at(text, from, limit).or_else(|| after_adverbial(text, from, limit))?;
    // "Trực ban 24/24 giờ: Phòng Văn hóa - Xã hội thực hiện": the deed stands before the colon.
    let only_does = ["thực hiện", "chủ trì", "chủ trì thực hiện", "tổ chức thực hiện", "phụ trách", "đảm nhiệm"]
        .contains(&text.folded()[found.rest.min(limit)..limit].trim_matches([' ', '.', ';', '/']));
    let rest = if only_does { start } else { found.rest };
    (!found.heading).then_some(Assignment { rest, ..found })
}

/// "Trách nhiệm của Sở Y tế", "NHIỆM VỤ CHỦ YẾU CỦA BỘ Y TẾ": the length of the words before the name.
fn responsibility(folded: &str) -> usize {
    // A heading that says whose tasks follow is short.
    let titled = folded.starts_with("nhiệm vụ") || folded.starts_with("trách nhiệm");
    if titled && let Some(of) = folded.find(" của ").filter(|&n| folded[..n].chars().count() <= 60) {
        return of + " của ".len();
    }
    ["trách nhiệm của các cơ quan", "trách nhiệm của", "nhiệm vụ của", "trách nhiệm thực hiện của", "đối với"].iter().find(|w| folded.starts_with(**w)).map_or(
        0,
        |w| {
            let skip = w.strip_suffix("các cơ quan").unwrap_or(w).len();
            skip + folded[skip..].len() - folded[skip..].trim_start().len()
        },
    )
}

/// "Các nội dung sau do Thanh tra Sở làm đầu mối:" above a list.
fn done_by(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    let folded = &text.folded()[start..limit];
    if !folded.trim_end().ends_with(':') {
        return None;
    }
    let by = folded.find(" do ").filter(|&n| !folded[..n].contains(['.', ';']))?;
    let parties = parties_at(text, start + by + " do ".len(), limit, Until::Verb)?;
    let rest = skip(text, parties.end, limit);
    let does = opens_with(&text.folded()[rest..limit], &["làm đầu mối", "chủ trì", "thực hiện", "phụ trách", "đảm nhiệm", "chịu trách nhiệm"]);
    does.then_some(Assignment { leads: parties.list, modality: Modality::Order, rest, heading: false, rule: "duty-lead-in" })
}

/// "Rà soát việc cấp phép tại các mỏ đá, giao Sở Xây dựng thực hiện": the deed stands before the order.
fn handed_behind_deed(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    const ORDER: &str = ", giao ";
    let folded = &text.folded()[start..limit];
    lexicon().verb_at(text.folded(), start)?;
    let order = head(folded, FARTHEST).find(ORDER).filter(|&n| !folded[..n].contains([';', '.', ':', '(']))?;
    let found = at(text, start + order + ", ".len(), limit).filter(|a| a.rule == "duty-imperative")?;
    let body = text.as_str()[start + order + ORDER.len()..].starts_with(char::is_uppercase);
    let does = lexicon().verb_at(text.folded(), found.rest).is_some();
    (body && does).then_some(Assignment { rest: start, ..found })
}

/// Whether a passage begins with a body of which something is told: "UBND thành phố đã hoàn thành bàn giao mặt bằng".
pub(super) fn tells_of_body(text: &Text, span: Span) -> bool {
    let start = skip(text, span.start, span.end);
    let Some(parties) = parties_at(text, start, span.end, Until::Verb) else { return false };
    let tail = &text.folded()[skip(text, parties.end, span.end)..span.end];
    STATEMENTS.iter().any(|s| tail.starts_with(s) && is_word_end(tail, s.len())) && !opens_with(tail, &["được giao", "là cơ quan", "là đầu mối"])
}

/// Reads an assignment exactly at `start`: an order or request with its assignee, or an assignee with a deed.
pub(super) fn at(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    let folded = &text.folded()[..limit];
    if start >= limit {
        return None;
    }
    if let Some((end, imperative)) = lexicon().imperatives.at(folded, start) {
        let from = skip(text, end, limit);
        let from = if folded[from..].starts_with("cho ") { from + "cho ".len() } else { from };
        let from = skip(text, from, limit);
        if let Some(parties) = parties_at(text, from, limit, Until::Verb) {
            let modality = if *imperative == Imperative::Request { Modality::Request } else { Modality::Order };
            return Some(with_second_group(text, parties, modality, limit, "duty-imperative"));
        }
        return None;
    }
    let parties = parties_at(text, start, limit, Until::Verb)?;
    let rest = skip(text, parties.end, limit);
    let tail = &folded[rest..];
    // "UBND tỉnh Bạc Liêu chậm hoàn thành thủ tục": blame. (Of a group it tells which of them.)
    let late = tail.starts_with("chậm ") && !tail.starts_with("chậm nhất") && parties.list.last().is_some_and(|p| !p.group);
    if late || may(text, &parties, limit) {
        return None;
    }
    if tail.trim_start_matches([' ', '.', ';', ':']).is_empty() {
        // A heading is read again with commas and verbs allowed inside the name.
        let whole = parties_at(text, start, limit, Until::Stop).unwrap_or(parties);
        return Some(Assignment { leads: whole.list, modality: Modality::Order, rest: limit, heading: true, rule: "duty-heading" });
    }
    if let Some(after) = tail.strip_prefix(':') {
        let rest = skip(text, limit - after.len(), limit);
        // "Chủ đầu tư: UBND huyện Đại Từ. Cơ quan quản lý: …" tells who is what.
        let sentence =
            rest + folded[rest..].find(". ").or_else(|| folded[rest..].find(';')).unwrap_or_else(|| folded[rest..].trim_end_matches(['.', ' ']).len());
        let told = text.as_str()[rest..].starts_with(char::is_uppercase)
            && parties_at(text, rest, sentence, Until::Verb).is_some_and(|p| folded[p.end.min(sentence)..sentence].trim().is_empty());
        if told && !parties.list.iter().any(|p| p.group) {
            return None;
        }
        // "Các nhà thầu: Công ty A, Công ty B hoàn thiện hồ sơ": which of the group.
        if parties.list.len() == 1 && parties.list[0].group && text.as_str()[rest..].starts_with(char::is_uppercase) {
            let named = at(text, rest, limit).filter(|a| a.rule == "duty-subject" && !a.heading && a.leads.len() > 1);
            if named.is_some() {
                return named;
            }
        }
        // "Sở Y tế: Đề nghị quan tâm hỗ trợ …" asks whom it names.
        let asked = lexicon()
            .imperatives
            .at(folded, rest)
            .filter(|(end, i)| **i == Imperative::Request && parties_at(text, skip(text, *end, limit), limit, Until::Verb).is_none());
        let (modality, rule, rest) =
            asked.map_or((Modality::Order, "duty-colon", rest), |(end, _)| (Modality::Request, "duty-imperative", skip(text, end, limit)));
        return Some(Assignment { leads: parties.list, modality, rest, heading: after.trim().is_empty(), rule });
    }
    // "Ủy ban nhân dân tỉnh, chỉ đạo các cơ quan": a comma too many before the deed.
    if let Some(after) = tail.strip_prefix(", ")
        && lexicon().verb_at(folded, limit - after.len()).is_some()
        && !STATEMENTS.iter().any(|s| after.starts_with(s))
        && !after.starts_with("tổ chức")
    {
        return Some(Assignment { leads: parties.list, modality: Modality::Order, rest: limit - after.len(), heading: false, rule: "duty-subject" });
    }
    if let Some(rest) = behind_reason(folded, rest) {
        return Some(Assignment { leads: parties.list, modality: Modality::Order, rest, heading: false, rule: "duty-subject" });
    }
    // "là cơ quan đầu mối, có trách nhiệm theo dõi" is a duty, "là cơ quan của Chính phủ" is not.
    let focal = tail.starts_with("là ") && ["đầu mối", "chủ trì", "thường trực"].iter().any(|w| tail.chars().take(40).collect::<String>().contains(w));
    if let Some(found) = entitled(text, &parties, rest, limit) {
        return Some(found);
    }
    if STATEMENTS.iter().any(|s| tail.starts_with(s) && is_word_end(tail, s.len())) && !tail.starts_with("được giao") && !focal {
        return None;
    }
    // "Ban Pháp chế cùng Văn phòng rà soát"
    if company_at(text, rest, limit).is_some() {
        return Some(Assignment { leads: parties.list, modality: Modality::Order, rest, heading: false, rule: "duty-subject" });
    }
    // A body that gives orders to another is the issuer: "Bộ GDĐT đề nghị các bộ …".
    if let Some(ordered) = issuer_order(text, rest, limit) {
        return Some(ordered);
    }
    let verb = focal || lexicon().verb_at(folded, rest).is_some() || acts_in_time(folded, rest) || acts_in_other_words(text, &parties, rest);
    verb.then_some(Assignment { leads: parties.list, modality: Modality::Order, rest, heading: false, rule: "duty-subject" })
}

/// "UBND huyện Phú Quý, do điều kiện cách trở, xây dựng phương án": where the deed begins behind a reason or means between commas.
fn behind_reason(folded: &str, rest: usize) -> Option<usize> {
    let clause = head(&folded[rest..], FARTHEST / 8).strip_prefix(", ")?;
    let told = opens_with(clause, &["do ", "với ", "bằng ", "tùy ", "ngoài ", "bên cạnh ", "nhân dịp ", "qua "]);
    let deed = rest + 2 + clause.find(", ").filter(|&n| told && !clause[..n].contains(['.', ';', ':', '(']))? + 2;
    lexicon().verb_at(folded, deed).map(|_| deed)
}

/// "Các bộ trong thời hạn 30 ngày kể từ ngày ban hành Nghị quyết này xây dựng kế hoạch": a time before the deed.
fn acts_in_time(folded: &str, rest: usize) -> bool {
    let tail = head(&folded[rest..], FARTHEST / 8);
    let stop = tail.find([';', ':', '(']).into_iter().chain(tail.find(". ")).min().unwrap_or(tail.len());
    let timed = opens_with(tail, &["trong thời hạn ", "trong vòng ", "trước ngày ", "chậm nhất ", "định kỳ ", "hằng ", "hàng "]);
    timed && tail[..stop].match_indices(' ').any(|(n, _)| lexicon().verb_at(folded, rest + n + 1).is_some())
}

/// "Kho bạc Nhà nước tỉnh tạo thuận lợi …": a deed that the lexicon does not list, right behind the whole name of one body.
fn acts_in_other_words(text: &Text, parties: &Parties, rest: usize) -> bool {
    let body = parties.list.last().filter(|p| p.span.end < rest && text.slice(Span::new(p.span.end, rest)).trim().is_empty());
    // A clause inside the name ("Hợp tác xã có nhiều …") tells of the body.
    let named = body.is_some_and(|p| p.text.starts_with(char::is_uppercase) && ![" có ", " bị ", " không "].iter().any(|w| p.text.contains(w)));
    named && text.as_str()[rest..].starts_with(|c: char| c.is_lowercase() || c == '“') && begins_deed(text.folded(), rest)
}

/// "Các đơn vị thuộc Cục gồm: 04 khối …": tells what a body is made up of.
pub(super) fn lists_members(text: &Text, span: Span) -> bool {
    let folded = text.slice_folded(span);
    let Some(colon) = folded.find(" gồm:").map(|n| span.start + n + " gồm".len()) else { return false };
    let start = skip(text, span.start, span.end);
    parties_at(text, start, span.end, Until::Verb).is_some_and(|p| skip(text, p.end, span.end) == colon)
}

/// "… địa phương được áp dụng cơ chế nâng công suất", "… nơi có trụ sở dôi dư được chủ động bố trí": what the last of the parties
/// may do.
fn may(text: &Text, parties: &Parties, limit: usize) -> bool {
    const MAY: [&str; 11] = [
        "được áp dụng",
        "được chủ động",
        "được phép",
        "được quyền",
        "được hưởng",
        "được ưu tiên",
        "được sử dụng",
        "được tự",
        "được phân cấp",
        "được ủy quyền",
        "được tham gia",
    ];
    let Some(last) = parties.list.last() else { return false };
    MAY.iter().any(|w| head(&text.folded()[last.span.start..limit], last.span.len() + w.len() + 1).contains(w))
}

/// "Các tổ chức, cá nhân được cấp giấy phép khai thác có trách nhiệm bảo vệ …": what tells which of the group are meant
/// belongs to the name.
fn entitled(text: &Text, parties: &Parties, rest: usize, limit: usize) -> Option<Assignment> {
    const ANY_OF_THEM: &[&str] = &["đơn vị", "cơ quan", "tổ chức", "cá nhân", "doanh nghiệp", "địa phương"];
    let last = parties.list.last().filter(|p| p.group || ANY_OF_THEM.contains(&&*fold(&p.text)))?;
    // "… địa phương có tỷ lệ" ends at what reads as a deed.
    let inside = text.folded()[last.span.range()].find(" có ").map(|n| last.span.start + n + 1);
    let rest = inside.unwrap_or(rest);
    let tail = head(&text.folded()[rest..limit], FARTHEST / 8);
    let told = opens_with(tail, &["được ", "thuộc ", "đang ", "có ", "đã được ", "chưa "]) && !opens_with(tail, &["có trách nhiệm", "có nhiệm vụ"]);
    let permits = head(tail, tail.find([',', ';', '.']).unwrap_or(tail.len()));
    if [" được hưởng ", " được quyền ", " được hỗ trợ ", " được chủ động "].iter().any(|w| permits.contains(w)) {
        return None;
    }
    let end = tail
        .find(" có trách nhiệm")
        .or_else(|| tail.find(" phải ").filter(|&n| !tail[..n].contains([',', '('])))
        .or_else(|| deed_behind_clause(text, tail, rest))
        .filter(|&n| told && rest + n >= last.span.end && !tail[..n].contains(['.', ';', ':']))?;
    // Examples in brackets are no part of the name.
    let name = &text.as_str()[last.span.start..rest + end];
    let name = name.strip_suffix(')').and_then(|n| n.rfind(" (").map(|open| &name[..open])).unwrap_or(name);
    let party = Party { span: Span::new(last.span.start, last.span.start + name.len()), text: name.into(), agency: None, group: true };
    let leads = parties.list[..parties.list.len() - 1].iter().cloned().chain([party]).collect();
    Some(Assignment { leads, modality: Modality::Order, rest: skip(text, rest + end, limit), heading: false, rule: "duty-subject" })
}

/// "… địa phương có dự án đi qua trực tiếp chỉ đạo": where the first deed begins behind what the group has; the clause is short.
fn deed_behind_clause(text: &Text, tail: &str, rest: usize) -> Option<usize> {
    const DEEDS: &[&str] = &[
        "trực tiếp",
        "khẩn trương",
        "chủ động",
        "tập trung",
        "tổ chức",
        "phối hợp",
        "chỉ đạo",
        "rà soát",
        "báo cáo",
        "xây dựng kế hoạch",
        "xây dựng báo cáo",
        "hoàn thành",
        "tăng cường",
        "chịu trách nhiệm",
        "kiểm điểm",
        "tiếp tục",
        "cử ",
        "lập kế hoạch",
        "hoàn thiện",
        "đề xuất",
        "cung cấp",
        "gửi ",
        "bố trí",
        "ban hành",
        "thường xuyên",
        "nghiêm túc",
        "ký ",
    ];
    let has = opens_with(tail, &["được phân công", "được giao"])
        || opens_with(tail, &["chưa có ", "chưa được "])
        || tail.starts_with("có ")
            && !opens_with(
                tail,
                &["có thể", "có quyền", "có ý kiến", "có văn bản", "có kế hoạch", "có giải pháp", "có biện pháp", "có phương án", "có hiệu lực"],
            );
    let clause = head(tail, FARTHEST / 8);
    // What stands in brackets tells which of them: "các trường chưa có nhân viên y tế (Tiểu học A, THCS B) ký hợp đồng".
    let told = clause.find(" (").and_then(|open| clause[open..].find(") ").map(|close| (open, open + close)));
    let starts = clause.match_indices(' ').map(|(n, _)| n).skip(1);
    let aside = |n: usize| told.is_some_and(|(open, close)| (open..=close).contains(&n));
    let plain = |n: usize| match told {
        Some((open, close)) if n > close => !clause[..open].contains([',', '“']) && !clause[close + 1..n].contains([',', '(', '“']),
        _ => !clause[..n].contains([',', '(', '“']),
    };
    starts
        .filter(|&n| !aside(n))
        .take_while(|&n| n < FARTHEST / 16 + told.map_or(0, |(open, close)| close - open) && plain(n))
        .find(|n| has && opens_with(&clause[n + 1..], DEEDS) && lexicon().verb_at(text.folded(), rest + n + 1).is_some())
}

/// "đề nghị A và yêu cầu B thực hiện": two groups of one duty, which is put as it begins.
fn with_second_group(text: &Text, parties: Parties, modality: Modality, limit: usize, rule: &'static str) -> Assignment {
    let folded = &text.folded()[..limit];
    let mut leads = parties.list;
    let mut end = parties.end;
    loop {
        let rest = skip(text, end, limit);
        let tail = &folded[rest..];
        let joined = ["và ", "; ", ", "].iter().find(|w| tail.starts_with(**w)).map(|w| rest + w.len());
        let Some((order_end, _)) = joined.and_then(|at| lexicon().imperatives.at(folded, at)) else { break };
        let Some(more) = parties_at(text, skip(text, order_end, limit), limit, Until::Verb) else { break };
        leads.extend(more.list);
        end = more.end;
    }
    let mut rest = skip(text, end, limit);
    if folded[rest..].starts_with(':') {
        rest = skip(text, rest + 1, limit);
    }
    let heading = folded[rest..limit].trim_start_matches([' ', '.', ';', ':']).is_empty();
    Assignment { leads, modality, rest, heading, rule }
}

/// After the issuer: "yêu cầu Trưởng phòng …", "trân trọng đề nghị các bộ …".
fn issuer_order(text: &Text, rest: usize, limit: usize) -> Option<Assignment> {
    let folded = &text.folded()[..limit];
    let (end, imperative) = lexicon().imperatives.at(folded, rest)?;
    let parties = parties_at(text, skip(text, end, limit), limit, Until::Verb)?;
    let modality = if *imperative == Imperative::Request { Modality::Request } else { Modality::Order };
    Some(with_second_group(text, parties, modality, limit, "duty-issuer-orders"))
}

/// "Trên cơ sở nội dung …, các bộ … tổ chức": the assignee stands after a comma.
fn after_adverbial(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    let folded = &text.folded()[..limit];
    if !is_adverbial(folded, start) || folded[start..].starts_with("theo dõi") {
        return None;
    }
    // "Cùng với Sở Tài chính thẩm định": whom the deed is done with.
    if company_at(text, start, limit).is_some() {
        return None;
    }
    if let Some(found) = issuer_inside(text, start, limit) {
        return Some(found);
    }
    if let Some(found) = behind_their_list(text, start, limit) {
        return Some(found);
    }
    if tells_deed_at_once(text, start, limit) {
        return None;
    }
    let mut from = start;
    // The clause is no longer than a few hundred bytes.
    // "Những bể hư hỏng không sử dụng được thì UBND cấp xã tháo dỡ"
    let ordered = |n: usize| opens_with(&folded[n + " thì ".len()..], &["giao ", "yêu cầu ", "đề nghị "]);
    let then = |from: usize| head(&folded[from..], FARTHEST / 4).find(" thì ").filter(|n| folded[start..].starts_with("những ") || ordered(from + n));
    while let Some(n) = folded[from..].find([',', ';', ':']).into_iter().chain(then(from)).min() {
        let comma = from + n;
        let stop = folded[start..comma].contains(". ");
        if comma - start > 1200 || stop {
            return None;
        }
        // "Trước ngày 15 tháng 12 hằng năm, tổng hợp kết quả của các huyện, thành phố báo cáo …": whoever is named above.
        let deed = skip(text, comma + 1, limit);
        let does = lexicon().verb_at(folded, deed).is_some() && lexicon().heads.at(folded, deed).is_none() && !is_adverbial(folded, deed);
        if from == start && tells_rhythm(&folded[start..]) && does {
            return None;
        }
        from = comma + folded[comma..].strip_prefix(" thì ").map_or(1, |_| " thì ".len());
        let at_name = skip(text, from, limit);
        if in_quotes(&folded[start..at_name]) {
            continue;
        }
        // A list inside the clause ("theo chức năng của các bộ, ngành") has no deed after it.
        // "… giữa các khoa, các cơ sở khi có nguy cơ thiếu": when, and no deed.
        let when = |a: &Assignment| opens_with(&folded[a.rest.min(limit)..], &["khi ", "nếu ", "để ", "nhằm "]);
        let named = |a: &Assignment| {
            is_order(a.rule) || text.as_str()[at_name..].starts_with(char::is_uppercase) || GROUPS.iter().any(|g| folded[at_name..].starts_with(g))
        };
        if let Some(found) = at(text, at_name, limit).filter(|a| named(a) && !when(a) && (!a.heading || folded[comma..].starts_with(','))) {
            let rule = if found.rule == "duty-issuer-orders" { found.rule } else { "duty-after-clause" };
            return Some(Assignment { rule, ..found });
        }
    }
    None
}

/// Whether a sentence begins with a day, a period or a rhythm.
pub(super) fn opens_with_time(folded: &str) -> bool {
    tells_time(folded) || tells_rhythm(folded) || opens_with(folded, &["trong tháng ", "trong quý ", "trong năm ", "thứ "])
}

/// Whether a clause tells a day or rhythm.
fn tells_rhythm(folded: &str) -> bool {
    opens_with(folded, &["định kỳ ", "hằng ", "hàng ", "trước ngày ", "chậm nhất "])
}

/// "Định kỳ ngày 25 hằng tháng tổng hợp, báo cáo UBND tỉnh, Bộ Y tế": the deed stands right behind the time, so that the bodies
/// after its commas are told, not ordered.
fn tells_deed_at_once(text: &Text, start: usize, limit: usize) -> bool {
    let folded = &text.folded()[start..limit];
    if !opens_with(folded, &["định kỳ ", "hằng ", "hàng ", "trước ngày ", "chậm nhất ", "trong năm ", "trong quý ", "trong tháng "]) {
        return false;
    }
    let comma = start + folded.find([',', ';', ':']).unwrap_or(folded.len());
    // "Chậm nhất 3 tháng kể từ ngày nộp báo cáo, chi nhánh phải …": deeds of others from which a time counts.
    if folded[..comma - start].contains("kể từ") {
        return false;
    }
    ["tổng hợp", "báo cáo", "rà soát", "đánh giá", "kiểm tra", "sơ kết", "tổ chức", "gửi", "tham mưu", "thống kê"]
        .iter()
        .any(|verb| text.folded()[start..comma].contains(&format!(" {verb}")))
}

/// "Trên cơ sở đề xuất của các bộ, cơ quan ngang bộ, UBND các tỉnh, Bộ Tài chính tổng hợp": the clause ends with a list
/// of bodies; who acts is the last name in the row.
fn behind_their_list(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    let folded = &text.folded()[..limit];
    let comma = start + head(&folded[start..], FARTHEST).find(", ")?;
    let of = start + folded[start..comma].rfind(" của ")? + " của ".len();
    let mut parties = parties_at(text, of, limit, Until::Verb)?;
    let last = parties.list.pop().filter(|p| p.span.start > comma && !parties.list.is_empty())?;
    if !folded[..last.span.start].trim_end().ends_with(',') {
        return None;
    }
    let found = at(text, last.span.start, limit).filter(|a| !a.heading)?;
    let rule = if is_order(found.rule) { found.rule } else { "duty-after-clause" };
    Some(Assignment { rule, ..found })
}

/// "Sau khi xem xét, Chủ tịch UBND tỉnh giao Sở Y tế chủ trì": a body that may order stands right before the order, with or
/// without a comma before it.
fn issuer_inside(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    const ISSUERS: &[&str] =
        &["ủy ban nhân dân tỉnh", "ubnd tỉnh", "ủy ban nhân dân thành phố", "ubnd thành phố", "thủ tướng chính phủ", "chính phủ", "tỉnh ủy", "thành ủy"];
    let folded = &text.folded()[..limit];
    let near = Span::new(start, start + head(&folded[start..], FARTHEST / 2).len());
    let (_, end, imperative) = lexicon().imperatives.scan_in(text, near).find(|(cue, _, _)| {
        let before = folded[start..*cue].trim_end();
        ISSUERS.iter().any(|i| before.ends_with(i)) && !in_quotes(before)
    })?;
    let parties = parties_at(text, skip(text, end, limit), limit, Until::Verb)?;
    let modality = if *imperative == Imperative::Request { Modality::Request } else { Modality::Order };
    Some(with_second_group(text, parties, modality, limit, "duty-issuer-orders"))
}

/// Small first words of those who may act behind a clause: "…, các bộ, ngành rà soát".
const GROUPS: &[&str] = &[
    "các ",
    "cấp ",
    "những ",
    "toàn thể ",
    "mỗi ",
    "từng ",
    "chủ ",
    "người ",
    "cơ quan được",
    "đơn vị được",
    "đơn vị sử dụng",
    "tổ chức được",
    "cơ sở giáo dục",
    "cơ sở y tế",
    "nhà trường",
];

pub(super) fn is_order(rule: &str) -> bool {
    matches!(rule, "duty-imperative" | "duty-issuer-orders")
}

/// A heading that begins with a body and goes on in a way that the grammar of names does not know ("Các chủ đầu tư dự án
/// khu, cụm công nghiệp"): the whole of it names who acts.
pub(super) fn whole_heading(text: &Text, span: Span) -> Option<Assignment> {
    let start = skip(text, span.start, span.end);
    let end = start + text.as_str()[start..span.end].trim_end_matches([' ', ':']).len();
    // "Phòng Chính trị, tư tưởng (CTTT)": a short form of the name.
    let short =
        text.as_str()[start..end].strip_suffix(')').and_then(|s| s.rfind(" (").filter(|n| s[n + 2..].chars().all(|c| !c.is_lowercase()) && s.len() - n < 24));
    let end = short.map_or(end, |n| start + n);
    let parties = parties_at(text, start, end, Until::Stop)?;
    let first = parties.list.first()?;
    let goes_on = text.as_str()[parties.end..end].starts_with([',', ' ']) && first.span.start == start;
    let right = text.folded()[start..end].contains(" có quyền ");
    let deed = right || lexicon().strong_verbs.scan_in(text, Span::new(start, end)).next().is_some();
    if !goes_on || deed || text.as_str()[start..end].chars().count() > 160 {
        return None;
    }
    let party = Party { span: Span::new(start, end), text: text.as_str()[start..end].into(), agency: None, group: true };
    Some(Assignment { leads: vec![party], modality: Modality::Order, rest: span.end, heading: true, rule: "duty-heading" })
}

/// "Về thi công: Ban QLDA tỉnh, các nhà thầu" above a list: a topic and the bodies that what follows is given to.
pub(super) fn bodies_behind_topic(text: &Text, span: Span) -> Option<Assignment> {
    let s = text.slice(span);
    let colon = s.find(": ").filter(|&n| !s[..n].contains(['.', ';']) && s[..n].chars().count() <= LONGEST_TOPIC)?;
    let start = skip(text, span.start + colon + 1, span.end);
    let end = start + text.as_str()[start..span.end].trim_end_matches([' ', ':', '.']).len();
    let parties = parties_at(text, start, end, Until::Stop)?;
    (parties.end >= end).then_some(Assignment { leads: parties.list, modality: Modality::Order, rest: span.end, heading: true, rule: "duty-heading" })
}

/// "Thực hiện Quyết định …, UBND tỉnh yêu cầu các sở …": orders of the issuer anywhere in a lead-in.
fn after_issuer(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    let folded = &text.folded()[..limit];
    if !folded[start..].trim_end().ends_with(':') {
        return None;
    }
    let mut best = None;
    for (cue, end, imperative) in lexicon().imperatives.scan_in(text, Span::new(start, limit)) {
        if in_quotes(&folded[start..cue]) {
            continue;
        }
        if let Some(parties) = parties_at(text, skip(text, end, limit), limit, Until::Verb) {
            let modality = if *imperative == Imperative::Request { Modality::Request } else { Modality::Order };
            let found = with_second_group(text, parties, modality, limit, "duty-lead-in");
            if best.is_none() {
                best = Some(found);
            }
        }
    }
    best.or_else(|| subject_of_lead_in(text, start, limit))
}

/// "Nhằm …, các bộ, cơ quan … cần tổ chức thực hiện các nhiệm vụ sau đây:"
fn subject_of_lead_in(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    let folded = &text.folded()[..limit];
    // One pass for both stops: a search for each would read to the end of the line again and again.
    let stops = memchr::memchr2_iter(b',', b'.', &folded.as_bytes()[start..]).map(|n| start + n);
    for stop in stops.filter(|n| folded[n + 1..].starts_with(' ')) {
        let from = stop + 2;
        if let Some(parties) = parties_at(text, from, limit, Until::Verb) {
            let rest = skip(text, parties.end, limit);
            if opens_with(&folded[rest..], &["cần ", "phải ", "có trách nhiệm", "tập trung", "tổ chức", "thực hiện", "khẩn trương", "chủ động"])
            {
                return Some(Assignment { leads: parties.list, modality: Modality::Order, rest, heading: false, rule: "duty-lead-in" });
            }
        }
    }
    None
}

/// Words farther off in a passage do not tell of a cue, in bytes.
const FARTHEST: usize = 2000;

/// Finds "phối hợp".
static COOPERATE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("phối hợp"));
/// Finds "chủ trì".
static LEAD: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("chủ trì"));

/// Who is to cooperate, at every "phối hợp với" that is a deed of the assignee's own.
pub(super) fn cooperators(text: &Text, span: Span) -> Vec<Party> {
    let folded = &text.folded()[..span.end];
    let opening = skip(text, span.start, span.end);
    let opening = opening + crate::marker::marker(&text.as_str()[opening..span.end]).map_or(0, |m| m.len);
    let company =
        company_at(text, opening, span.end).or_else(|| with_company(text, span)).or_else(|| behind_leader(text, span)).or_else(|| taking_part(text, span));
    let mut list: Vec<Party> = company.unwrap_or_default();
    let mut known: HashSet<String> = list.iter().map(|p| fold(&p.text)).collect();
    let mut from = span.start;
    while let Some(n) = COOPERATE.find(&folded.as_bytes()[from..]) {
        let cue = from + n;
        from = cue + "phối hợp".len();
        // "Công bố tiêu chuẩn (có sự phối hợp của Bộ Y tế)"
        let helped = folded[span.start..cue].ends_with("có sự ") && folded[from..].starts_with(" của ");
        if !helped && !is_own_cooperation(folded, span.start, cue) {
            continue;
        }
        let start = if helped { Some(from + " của ".len()) } else { partner_start(text, from, span.end) };
        let Some(start) = start else { continue };
        if let Some(parties) = parties_at(text, start, span.end, Until::Verb) {
            from = parties.end.max(from);
            let company = company_at(text, skip(text, parties.end, span.end), span.end).unwrap_or_default();
            let further = with_others(text, parties.end, span.end);
            for party in parties.list.into_iter().chain(company).chain(further) {
                if known.insert(fold(&party.text)) {
                    list.push(party);
                }
            }
        }
    }
    list
}

/// "Phối hợp với Bưu điện tỉnh kết nối dịch vụ; với các ngân hàng tích hợp thanh toán": whom a further deed is done with.
fn with_others(text: &Text, from: usize, limit: usize) -> Vec<Party> {
    const WITH: &str = "; với ";
    let folded = &text.folded()[..limit];
    let near = head(&folded[from..], FARTHEST / 4);
    let Some(at) = near.find(WITH).filter(|&n| !near[..n].contains(". ")).map(|n| from + n + WITH.len()) else { return Vec::new() };
    parties_at(text, at, limit, Until::Verb).filter(|p| lexicon().verb_at(folded, skip(text, p.end, limit)).is_some()).map(|p| p.list).unwrap_or_default()
}

/// The bodies of "Cùng với Sở Tài chính thẩm định …" at the start of a deed.
fn company_at(text: &Text, start: usize, limit: usize) -> Option<Vec<Party>> {
    let folded = &text.folded()[..limit];
    let word = ["cùng với ", "cùng "].iter().find(|w| folded[start..].starts_with(**w))?;
    let parties = parties_at(text, start + word.len(), limit, Until::Verb)?;
    let deed = skip(text, parties.end, limit);
    (lexicon().verb_at(folded, deed).is_some() || acts_in_other_words(text, &parties, deed)).then_some(parties.list)
}

/// "chủ trì, cùng Sở Xây dựng … tham mưu", "…; cùng với Sở Y tế diễn tập phương án"
fn with_company(text: &Text, span: Span) -> Option<Vec<Party>> {
    let folded = &text.folded()[..span.end];
    let near = head(&folded[span.range()], FARTHEST / 2);
    let clause = ["; cùng ", ", cùng "].iter().filter_map(|w| near.find(w)).find_map(|n| company_at(text, span.start + n + "; ".len(), span.end));
    if clause.is_some() {
        return clause;
    }
    let at = span.start + LEAD.find(&folded.as_bytes()[span.start..])? + "chủ trì".len();
    let word = [", cùng với ", ", cùng ", " cùng với ", " cùng "].iter().find(|w| folded[at..].starts_with(**w))?;
    parties_at(text, at + word.len(), span.end, Until::Verb).map(|p| p.list)
}

/// "Ban Chỉ huy Quân sự xã chủ trì, Công an xã, Trạm Y tế xã phối hợp tổ chức diễn tập"
fn behind_leader(text: &Text, span: Span) -> Option<Vec<Party>> {
    let folded = &text.folded()[..span.end];
    let at = span.start + LEAD.find(&folded.as_bytes()[span.start..])? + "chủ trì".len();
    let stop = at + head(&folded[at..], FARTHEST / 20).find([',', ';', '.', ':', '('])?;
    folded[stop..].strip_prefix([',', ';'])?;
    let mut parties = parties_at(text, skip(text, stop + 1, span.end), span.end, Until::Verb)?;
    let rest = skip(text, parties.end, span.end);
    // "các tỉnh có dự án đi qua phối hợp": which of them.
    let clause = head(&folded[rest..], FARTHEST / 20);
    let told = clause.find(" phối hợp").filter(|&n| clause.starts_with("có ") && !clause[..n].contains([',', ';', '.'])).unwrap_or(0);
    if told > 0
        && let Some(last) = parties.list.last_mut()
    {
        last.span.end = rest + told;
        last.text = text.slice(last.span).into();
    }
    let after = &folded[skip(text, rest + told, span.end)..];
    (after.starts_with("phối hợp") && partner_start(text, span.end - after.len() + "phối hợp".len(), span.end).is_none()).then_some(parties.list)
}

/// "Công an tỉnh chủ trì, với sự tham gia của Sở Tư pháp và UBND cấp huyện, hoàn thành …"
fn taking_part(text: &Text, span: Span) -> Option<Vec<Party>> {
    const WORDS: &[&str] = &["với sự tham gia của ", "có sự tham gia của ", "với sự phối hợp của ", "với sự phối hợp, tham gia của "];
    let folded = &text.folded()[..span.end];
    LEAD.find(&folded.as_bytes()[span.range()])?;
    let at = WORDS.iter().find_map(|w| folded[span.start..].find(w).map(|n| span.start + n + w.len()))?;
    // "có sự tham gia của người dân": no body.
    let body = |p: &Party| !opens_with(&fold(&p.text), &["người ", "nhân dân", "cộng đồng", "hộ "]);
    parties_at(text, at, span.end, Until::Verb).map(|p| p.list.into_iter().filter(body).collect())
}

/// "sự phối hợp", "cơ chế phối hợp" name a thing; after "chỉ đạo …" another body cooperates.
fn is_own_cooperation(folded: &str, start: usize, cue: usize) -> bool {
    let before = tail(&folded[start..cue], FARTHEST).trim_end();
    const NOUNS: &[&str] = &[
        "sự",
        "công tác",
        "việc",
        "cơ chế",
        "quy chế",
        "chương trình",
        "cơ quan",
        "đơn vị",
        "tăng cường",
        "kế hoạch",
        "hoạt động",
        "được",
        "thiếu",
        "cần",
        "cùng",
        "mối quan hệ",
    ];
    // "có kế hoạch phối hợp với" is a deed, "kế hoạch phối hợp" is a thing.
    if before.ends_with("có kế hoạch") {
        return true;
    }
    if NOUNS.iter().any(|n| before.ends_with(n) && before.len() >= n.len()) && !before.ends_with("cần") && !before.ends_with("việc") {
        return false;
    }
    if in_quotes(before) {
        return false;
    }
    let clause = before.rfind([';', '.', ':']).map_or(before, |n| &before[n + 1..]);
    let directs = ["chỉ đạo ", "hướng dẫn ", "giao ", "vận động ", "đôn đốc ", "yêu cầu "];
    !directs.iter().any(|d| {
        clause.find(d).is_some_and(|n| {
            let own = clause[n + d.len()..].trim_start();
            // "chỉ đạo, hướng dẫn" and "chỉ đạo thực hiện" have no other body between.
            let word_start = n == 0 || clause[..n].ends_with(' ');
            word_start && lexicon().heads.at(own, 0).is_some() && lexicon().not_heads.at(own, 0).is_none()
        })
    })
}

/// "phối hợp (chặt chẽ) (với|cùng) …"
fn partner_start(text: &Text, from: usize, limit: usize) -> Option<usize> {
    let folded = &text.folded()[..limit];
    let mut at = skip(text, from, limit);
    for manner in ["chặt chẽ", "đồng bộ", "hiệu quả", "thường xuyên", "tốt", "kịp thời", ",", "đồng bộ,"] {
        if folded[at..].starts_with(manner) {
            at = skip(text, at + manner.len(), limit);
        }
    }
    for word in ["cùng với ", "với ", "cùng ", "giữa "] {
        if folded[at..].starts_with(word) {
            return (word != "giữa ").then(|| at + word.len());
        }
    }
    // Without "với" a name must follow at once: "phối hợp các sở, ngành".
    let named = lexicon().heads.at(folded, at).is_some() || lexicon().agency_names.at(folded, at).is_some();
    named.then_some(at)
}

/// Words before the body that a report goes to.
static REPORTS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let cues = [
        "gửi báo cáo về",
        "gửi báo cáo cho",
        "gửi báo cáo",
        "báo cáo kết quả về",
        "báo cáo kết quả cho",
        "báo cáo về",
        "báo cáo cho",
        "gửi về",
        "gửi cho",
        "báo cáo",
        "gửi",
        "thực hiện về",
        "thực hiện gửi",
        "kết quả về",
    ];
    Phrases::list(cues)
});

/// To whom the passage says to report or send.
pub(super) fn reported_to(text: &Text, span: Span) -> Vec<Party> {
    let mut list: Vec<Party> = Vec::new();
    let mut known = HashSet::new();
    for (_, end, ()) in REPORTS.scan_in(text, span) {
        let at = skip(text, end, span.end);
        for party in parties_at(text, at, span.end, Until::Verb).map(|p| p.list).unwrap_or_default() {
            if known.insert(fold(&party.text)) {
                list.push(party);
            }
        }
    }
    list.sort_by_key(|p| p.span.start);
    list
}

/// Papers and other things that duties bring forth.
static THINGS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let things = [
        "kế hoạch",
        "đề án",
        "chương trình",
        "quyết định",
        "quy chế",
        "quy định",
        "nghị quyết",
        "tờ trình",
        "báo cáo",
        "hướng dẫn",
        "dự toán",
        "danh mục",
        "hồ sơ",
        "phương án",
        "nghị định",
        "thông tư",
        "dự án",
        "chỉ thị",
        "quy trình",
        "bộ tiêu chí",
        "cơ sở dữ liệu",
        "phần mềm",
    ];
    Phrases::list(things)
});

/// The deeds that bring them forth.
static MAKING: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let verbs = ["ban hành", "xây dựng", "trình", "lập", "soạn thảo", "báo cáo", "hoàn thiện", "phê duyệt"];
    Phrases::list(verbs)
});

/// The paper that a duty is to bring forth: after tham mưu, xây dựng, ban hành, trình.
pub(super) fn deliverable(text: &Text, span: Span) -> Option<String> {
    let folded = &text.folded()[..span.end];
    let mut after_verb = MAKING.scan_in(text, span).filter(|&(_, end, ())| folded[end..].starts_with(' ')).map(|(_, end, ())| end + 1);
    let hit = after_verb.find(|&at| THINGS.starts(folded, at))?;
    let rest = &text.as_str()[hit..span.end];
    let mut depth = 0i32;
    let end = rest
        .char_indices()
        .find(|&(n, c)| {
            depth += i32::from(c == '“') - i32::from(c == '”');
            depth <= 0 && (matches!(c, ';' | ',' | ':' | '(') || c == '.' && rest[n + 1..].starts_with([' ', '/']) || n > 400)
        })
        .map_or(rest.trim_end_matches('.').len(), |(n, _)| n);
    Some(rest[..end].trim().to_owned()).filter(|s| !s.is_empty())
}

/// Skips blanks and what stands between parts of a sentence.
pub(super) fn skip(text: &Text, at: usize, limit: usize) -> usize {
    let rest = &text.as_str()[at..limit];
    at + rest.len() - rest.trim_start_matches([' ', '*', '\t']).len()
}
