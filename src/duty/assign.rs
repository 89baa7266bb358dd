//! Who is told to act at the start of a passage.

use super::Modality;
use super::company::company_at;
use super::leader::{done_by, done_by_last, handed_behind_deed, led_behind, led_by, responsible, which_of_group, whoever};
use crate::lexicon::{Imperative, lexicon};
use crate::mention::agency::{Parties, Party, Until, begins_deed, parties_at};
use crate::phrases::Phrases;
use crate::text::{Span, Text, find, fold, full_stop, head, in_quotes, opens_with, tail};
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
static STATEMENTS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::list([
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
        "chỉ đạo như sau",
        "có ý kiến chỉ đạo như sau",
        "yêu cầu như sau",
        "báo cáo như sau",
        "thông báo như sau",
        "quyết định như sau",
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
        "sử dụng con dấu",
        "nghiêm khắc phê bình",
        "trả lời như sau",
        "nhiều năm",
        "nêu",
        "ghi nhận và biểu dương",
        "sắp xếp có",
        "sáp nhập có",
        "hiện có",
        "có tổng",
        "có diện tích",
        "có dân số",
    ])
});

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
        "kết thúc",
        "sau thời hạn",
        "sau thời gian",
        "sau ngày",
        "về",
        "trước khi",
        "trong trường hợp",
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
        .or_else(|| which_of_group(text, start, span.end))
        .or_else(|| whoever(text, start, span.end))
        .or_else(|| led_by(text, start, span.end))
        .or_else(|| led_behind(text, start, span.end))
        .or_else(|| done_by_last(text, start, span.end))
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

/// No topic has more characters.
pub(super) const LONGEST_TOPIC: usize = 140;

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

/// Whether a passage begins with a body of which something is told: "UBND thành phố đã hoàn thành bàn giao mặt bằng".
pub(super) fn tells_of_body(text: &Text, span: Span) -> bool {
    let start = skip(text, span.start, span.end);
    let Some(parties) = parties_at(text, start, span.end, Until::Verb) else { return false };
    let tail = &text.folded()[skip(text, parties.end, span.end)..span.end];
    STATEMENTS.starts(tail, 0) && !opens_with(tail, &["được giao", "là cơ quan", "là đầu mối"])
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
    // "Xét đề nghị của" on a line above "Sở Y tế tại Tờ trình số …": where it asked.
    let said = tail.starts_with("tại ") && lexicon().type_words.at(folded, rest + "tại ".len()).is_some();
    if late || said || may(text, &parties, limit) {
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
            rest + full_stop(&folded[rest..]).or_else(|| folded[rest..].find(';')).unwrap_or_else(|| folded[rest..].trim_end_matches(['.', ' ']).len());
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
        && STATEMENTS.beginning(after, 0).is_none()
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
    // "Ban Pháp chế cùng Văn phòng rà soát", "Bộ Tài chính thống nhất với Bộ Xây dựng đề xuất"
    if company_at(text, rest, limit).is_some() {
        return Some(Assignment { leads: parties.list, modality: Modality::Order, rest, heading: false, rule: "duty-subject" });
    }
    if STATEMENTS.starts(tail, 0) && !tail.starts_with("được giao") && !focal {
        return None;
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
    let stop = tail.find([';', ':', '(']).into_iter().chain(full_stop(tail)).min().unwrap_or(tail.len());
    let timed = opens_with(tail, &["trong thời hạn ", "trong vòng ", "trước ngày ", "chậm nhất ", "định kỳ ", "hằng ", "hàng "]);
    timed && tail[..stop].match_indices(' ').any(|(n, _)| lexicon().verb_at(folded, rest + n + 1).is_some())
}

/// "Kho bạc Nhà nước tỉnh tạo thuận lợi …": a deed that the lexicon does not list, right behind the whole name of one body.
pub(super) fn acts_in_other_words(text: &Text, parties: &Parties, rest: usize) -> bool {
    let body = parties.list.last().filter(|p| p.span.end < rest && text.slice(Span::new(p.span.end, rest)).trim().is_empty());
    // A clause inside the name ("Hợp tác xã có nhiều …") tells of the body.
    let named = body.is_some_and(|p| p.text.starts_with(char::is_uppercase) && ![" có ", " bị ", " không "].iter().any(|w| p.text.contains(w)));
    named && text.as_str()[rest..].starts_with(|c: char| c.is_lowercase() || c == '“') && begins_deed(text.folded(), rest)
}

/// "Các đơn vị thuộc Cục gồm: 04 khối …": tells what a body is made up of.
pub(super) fn lists_members(text: &Text, span: Span) -> bool {
    let folded = text.slice_folded(span);
    let Some(colon) = find(folded, " gồm:").map(|n| span.start + n + " gồm".len()) else { return false };
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
    if !told {
        return None;
    }
    let permits = head(tail, tail.find([',', ';', '.']).unwrap_or(tail.len()));
    if [" được hưởng ", " được quyền ", " được hỗ trợ ", " được chủ động "].iter().any(|w| permits.contains(w)) {
        return None;
    }
    let end = tail
        .find(" có trách nhiệm")
        .or_else(|| tail.find(" phải ").filter(|&n| !tail[..n].contains([',', '('])))
        .or_else(|| deed_behind_clause(text, tail, rest))
        .filter(|&n| rest + n >= last.span.end && !tail[..n].contains(['.', ';', ':']))?;
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
    // "Bộ Nội vụ hướng dẫn và đề nghị UBND các tỉnh …"
    let second = || lexicon().verb_at(folded, rest).filter(|&end| folded[end..].starts_with(" và ")).map(|end| end + " và ".len());
    let (end, imperative) = lexicon().imperatives.at(folded, rest).or_else(|| lexicon().imperatives.at(folded, second()?))?;
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
    // "Trong tháng 9, dưới sự lãnh đạo của Bộ Chính trị, Ban Bí thư, …, công tác … đạt kết quả": a report.
    if folded[start..].starts_with("trong ") && find(head(&folded[start..], FARTHEST / 16), ", dưới sự ").is_some() {
        return None;
    }
    // "Cùng với Sở Tài chính thẩm định": whom the deed is done with.
    if company_at(text, start, limit).is_some() {
        return None;
    }
    if let Some(found) = behind_rhythm(text, start, limit) {
        return Some(found);
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
    // Whether a deed has begun: whose it is stands above, or behind a comma with a capital.
    let mut begun = false;
    // The clause is no longer than a few hundred bytes.
    // "Những bể hư hỏng không sử dụng được thì UBND cấp xã tháo dỡ"
    let ordered = |n: usize| opens_with(&folded[n + " thì ".len()..], &["giao ", "yêu cầu ", "đề nghị "]);
    // "…, do đó, nếu đủ điều kiện thì Bộ Tài chính giải ngân"
    let in_case = |from: usize, n: usize| {
        let name = from + n + " thì ".len();
        ["nếu ", "trường hợp "].iter().any(|w| folded[from..from + n].contains(w)) && text.as_str()[name..].starts_with(char::is_uppercase)
    };
    let then = |from: usize| {
        find(head(&folded[from..], FARTHEST / 4), " thì ").filter(|&n| folded[start..].starts_with("những ") || ordered(from + n) || in_case(from, n))
    };
    while let Some(n) = folded[from..].find([',', ';', ':']).into_iter().chain(then(from)).min() {
        let comma = from + n;
        if comma - start > 1200 || full_stop(&folded[start..comma]).is_some() {
            return None;
        }
        // "Trước ngày 15 tháng 12 hằng năm, tổng hợp kết quả của các huyện, thành phố báo cáo …": whoever is named above.
        let deed = skip(text, comma + 1, limit);
        let does = lexicon().verb_at(folded, deed).is_some() && lexicon().heads.at(folded, deed).is_none() && !is_adverbial(folded, deed);
        if from == start && tells_rhythm(&folded[start..]) && does {
            return None;
        }
        // "Căn cứ Kế hoạch này, xây dựng kế hoạch phối hợp, gửi Công an tỉnh trước ngày 10/10": the deed begins, whose it is stands above.
        begun |= from == start && does && folded[start..].starts_with("căn cứ ");
        // "Hằng năm, căn cứ …, phối hợp với Sở Công Thương thẩm định, …; hướng dẫn các cơ quan": so it is behind the clause.
        begun |= opens_with(&folded[deed..], &["chủ trì", "phối hợp với", "phối hợp cùng", "tham mưu"]);
        from = comma + folded[comma..].strip_prefix(" thì ").map_or(1, |_| " thì ".len());
        let at_name = skip(text, from, limit);
        // "… các cơ quan cấp huyện, cấp xã kết thúc hoạt động": levels of what is told of.
        let levels = folded[at_name..].starts_with("cấp ") && ["cấp tỉnh", "cấp huyện", "cấp xã"].iter().any(|w| folded[start..comma].ends_with(w));
        if levels || in_quotes(&folded[start..at_name]) || is_agent(text, start, comma, at_name) {
            continue;
        }
        // A list inside the clause ("theo chức năng của các bộ, ngành") has no deed after it.
        // "… giữa các khoa, các cơ sở khi có nguy cơ thiếu": when, and no deed.
        let when = |a: &Assignment| opens_with(&folded[a.rest.min(limit)..], &["khi ", "nếu ", "để ", "nhằm "]);
        // "Sau khi nhận được tờ khai, cơ quan thuế kiểm tra": one body behind the clause that begins the sentence.
        let body = folded[at_name..].starts_with("cơ quan ") && !folded[start..comma].contains(',') && opens_with(&folded[start..], CLAUSES);
        let named = |a: &Assignment| {
            body || is_order(a.rule) || text.as_str()[at_name..].starts_with(char::is_uppercase) || GROUPS.iter().any(|g| folded[at_name..].starts_with(g))
        };
        let times = |a: &Assignment| opens_with(&folded[a.rest.min(limit)..], &["trước ", "chậm nhất", "trong ", "vào ", "đến ", "hằng ", "hàng ", "theo "]);
        // "Căn cứ Luật Thi đua, khen thưởng, các sở, ngành …": in small letters only where nothing but the ground was told.
        let fresh = folded[start..].starts_with("căn cứ ") && folded[at_name..].starts_with("các ") && !folded[start..at_name].contains(';');
        let acts = |a: &Assignment| !begun || (fresh || text.as_str()[at_name..].starts_with(char::is_uppercase)) && !times(a);
        if let Some(found) = at(text, at_name, limit).filter(|a| named(a) && acts(a) && !when(a) && (!a.heading || folded[comma..].starts_with(','))) {
            let rule = if found.rule == "duty-issuer-orders" { found.rule } else { "duty-after-clause" };
            return Some(Assignment { rule, ..found });
        }
    }
    None
}

/// "các nhiệm vụ khác do Ủy ban nhân dân tỉnh, Chủ tịch Ủy ban nhân dân tỉnh giao": one of those by whom something is done.
fn is_agent(text: &Text, start: usize, comma: usize, name: usize) -> bool {
    let by = text.folded()[start..comma].rfind(" do ").map(|n| start + n + " do ".len());
    by.and_then(|by| parties_at(text, by, text.place_from(name + FARTHEST / 4), Until::Verb)).is_some_and(|p| p.end > name)
}

/// "Hàng năm UBND các xã chỉ đạo …": no comma parts the rhythm and who acts.
fn behind_rhythm(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    const RHYTHMS: &[&str] = &["hằng năm ", "hàng năm ", "hằng quý ", "hàng quý ", "hằng tháng ", "hàng tháng ", "hằng tuần ", "hàng tuần "];
    let word = RHYTHMS.iter().find(|w| text.folded()[start..limit].starts_with(**w))?;
    let name = skip(text, start + word.len(), limit);
    // "Hằng năm Hằng năm …" goes no deeper.
    if !text.as_str()[name..].starts_with(char::is_uppercase) || tells_rhythm(&text.folded()[name..]) {
        return None;
    }
    let found = at(text, name, limit).filter(|a| !a.heading)?;
    Some(Assignment { rule: if is_order(found.rule) { found.rule } else { "duty-after-clause" }, ..found })
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
/// Words that begin a clause before the body that acts.
const CLAUSES: &[&str] = &["sau khi ", "trước ", "trường hợp ", "trong thời hạn ", "trên cơ sở ", "hằng ", "hàng ", "chậm nhất ", "định kỳ ", "nếu ", "khi "];

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
pub(super) const FARTHEST: usize = 2000;

/// Skips blanks and what stands between parts of a sentence.
pub(super) fn skip(text: &Text, at: usize, limit: usize) -> usize {
    let rest = &text.as_str()[at..limit];
    at + rest.len() - rest.trim_start_matches([' ', '*', '\t']).len()
}
