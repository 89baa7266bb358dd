//! Who leads, where it is not said at the start of a passage: behind the deed, in a last sentence, in brackets, in a heading.

use super::Modality;
use super::assign::{Assignment, FARTHEST, LONGEST_TOPIC, at, skip};
use crate::lexicon::lexicon;
use crate::mention::agency::{Party, Until, parties_at};
use crate::text::{Span, Text, find, fold, full_stop, head, last_full_stop, opens_with, tail};

/// "Chủ tịch UBND các huyện, thành phô trong tỉnh có trách nhiệm:" names who acts whatever a slip made of the names.
pub(super) fn responsible(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    let folded = &text.folded()[start..limit];
    let end = start + folded.trim_end_matches([' ', ':']).strip_suffix("có trách nhiệm")?.trim_end().len();
    let named = text.as_str()[start..end].starts_with(char::is_uppercase) && end - start < FARTHEST / 4;
    if !named || lexicon().heads.at(folded, 0).is_none() || lexicon().not_heads.at(folded, 0).is_some() || full_stop(&folded[..end - start]).is_some() {
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

/// "Các tổ chức chưa báo cáo theo Công văn số … phải gửi báo cáo": which of a group are meant is told at some length.
pub(super) fn which_of_group(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    const GROUPS: &[&str] = &["các tổ chức ", "các hộ ", "các cá nhân ", "các đơn vị ", "các cơ sở ", "các doanh nghiệp ", "các chủ "];
    const WHICH: &[&str] = &[" đang ", " đã ", " chưa ", " được ", " có ", " bị ", " thuộc "];
    const DUTIES: &[&str] = &[RESPONSIBLE, " phải ", BY_THEMSELVES];
    const BY_THEMSELVES: &str = " tự ";
    let folded = head(&text.folded()[start..limit], FARTHEST / 4);
    if !opens_with(folded, GROUPS) {
        return None;
    }
    // "trật tự", "trình tự" are no deeds of one's own, and "phải sống tạm" tells of hardship.
    let compound = |n: usize| ["trật", "trình"].iter().any(|w| folded[..n].ends_with(w));
    let acts = |n: usize, d: &str| d == RESPONSIBLE || !compound(n) && lexicon().verb_at(folded, n + d.len()).is_some();
    let (end, duty) = DUTIES.iter().filter_map(|d| folded.find(d).map(|n| (n, *d))).filter(|(n, d)| acts(*n, d)).min()?;
    let name = &folded[..end];
    if !WHICH.iter().any(|w| name.contains(w)) || name.contains([';', ':']) || full_stop(name).is_some() {
        return None;
    }
    // What one does by oneself is the deed.
    let rest = end + if duty == BY_THEMSELVES { 1 } else { duty.len() };
    Some(unknown_group(text, Span::new(start, start + end), start + rest))
}

const RESPONSIBLE: &str = " có trách nhiệm ";

/// "Người sử dụng nước có trách nhiệm bảo vệ công trình", "Tổ chức hợp tác dùng nước có trách nhiệm thu …": those whom the
/// lexicon does not know, told by the words behind their name.
pub(super) fn whoever(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    const WHO: &[&str] = &["người ", "tổ chức", "cá nhân", "hộ ", "chủ ", "thành viên ", "cán bộ", "công chức", "viên chức", "nhân viên ", "trưởng ", "bên "];
    let folded = head(&text.folded()[start..limit], FARTHEST / 8);
    if !opens_with(folded, WHO) || !text.as_str()[start..].starts_with(char::is_uppercase) {
        return None;
    }
    let name = &folded[..folded.find(RESPONSIBLE)?];
    if name.contains(['.', ';', ':', '(']) || name.contains(", ") && !opens_with(name, &["tổ chức, cá nhân"]) {
        return None;
    }
    Some(unknown_group(text, Span::new(start, start + name.len()), start + name.len() + RESPONSIBLE.len()))
}

fn unknown_group(text: &Text, name: Span, rest: usize) -> Assignment {
    let party = Party { span: name, text: text.slice(name).into(), agency: None, group: true };
    Assignment { leads: vec![party], modality: Modality::Order, rest, heading: false, rule: "duty-subject" }
}

/// "Việc chỉnh lý tài liệu do Trung tâm Lưu trữ chủ trì, Phòng Văn thư phối hợp", "Số hóa hồ sơ, do Phòng Pháp chế chủ trì thực hiện":
/// who leads stands behind the deed.
pub(super) fn led_by(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    let folded = head(&text.folded()[start..limit], FARTHEST / 2);
    let word = if folded.starts_with("việc ") { " do " } else { ", do " };
    let at = start + find(folded, word).filter(|&n| !folded[..n].contains([';', ':']) && full_stop(&folded[..n]).is_none())? + word.len();
    let parties = parties_at(text, at, limit, Until::Verb)?;
    let leads = text.folded()[skip(text, parties.end, limit)..limit].starts_with("chủ trì");
    let named = text.as_str()[at..].starts_with(char::is_uppercase);
    (leads && named).then_some(Assignment { leads: parties.list, modality: Modality::Order, rest: start, heading: false, rule: "duty-subject" })
}

/// "Sửa đổi quy định …, trình Bộ trước ngày 15/9/2026. Phòng Pháp chế chủ trì, phối hợp với Phòng An toàn thực hiện.": the last
/// sentence says no more than who leads and who helps.
pub(super) fn led_behind(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    let folded = &text.folded()[start..limit];
    lexicon().verb_at(text.folded(), start)?;
    let last = tail(folded, FARTHEST / 4);
    let at = limit - last.len() + last_full_stop(last.trim_end_matches(['.', ' ', ';', '/']))? + ". ".len();
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

/// "Các nội dung sau do Thanh tra Sở làm đầu mối:" above a list.
pub(super) fn done_by(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
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

/// "Mở lớp bồi dưỡng cho giáo viên, do Trường Đại học Vinh thực hiện.": who does it stands last. Without the comma it tells which deeds
/// are meant ("rà soát các nhiệm vụ do Sở Y tế thực hiện").
pub(super) fn done_by_last(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    const BY: &str = ", do ";
    let folded = &text.folded()[start..limit];
    lexicon().verb_at(text.folded(), start)?;
    let last = tail(folded, FARTHEST / 4);
    let at = limit - last.len() + last.rfind(BY)? + BY.len();
    let parties = parties_at(text, at, limit, Until::Verb).filter(|_| text.as_str()[at..].starts_with(char::is_uppercase))?;
    let told = text.folded()[skip(text, parties.end, limit)..limit].trim_end_matches(['.', ' ', ';', '/']);
    let does = matches!(told, "thực hiện" | "chủ trì" | "chủ trì thực hiện" | "chủ trì, thực hiện" | "đảm nhiệm" | "phụ trách");
    does.then_some(Assignment { leads: parties.list, modality: Modality::Order, rest: start, heading: false, rule: "duty-subject" })
}

/// "Rà soát việc cấp phép tại các mỏ đá, giao Sở Xây dựng thực hiện": the deed stands before the order.
pub(super) fn handed_behind_deed(text: &Text, start: usize, limit: usize) -> Option<Assignment> {
    const ORDER: &str = ", giao ";
    let folded = &text.folded()[start..limit];
    lexicon().verb_at(text.folded(), start)?;
    let order = find(head(folded, FARTHEST), ORDER).filter(|&n| !folded[..n].contains([';', '.', ':', '(']))?;
    let found = at(text, start + order + ", ".len(), limit).filter(|a| a.rule == "duty-imperative")?;
    let body = text.as_str()[start + order + ORDER.len()..].starts_with(char::is_uppercase);
    let does = lexicon().verb_at(text.folded(), found.rest).is_some();
    (body && does).then_some(Assignment { rest: start, ..found })
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
    // "Chủ tịch UBND các tỉnh, nhất là các tỉnh ven biển": whom it concerns most.
    let most = [", nhất là ", ", đặc biệt là ", ", trong đó "].iter().filter_map(|w| text.folded()[start..end].find(w)).min();
    let end = most.map_or(end, |n| start + n);
    let parties = parties_at(text, start, end, Until::Stop)?;
    let first = parties.list.first()?;
    if parties.end == end {
        return Some(Assignment { leads: parties.list, modality: Modality::Order, rest: span.end, heading: true, rule: "duty-heading" });
    }
    let goes_on = text.as_str()[parties.end..end].starts_with([',', ' ']) && first.span.start == start;
    let right = text.folded()[start..end].contains(" có quyền ");
    let deed = right || lexicon().strong_verbs.scan_in(text, Span::new(start, end)).next().is_some();
    if !goes_on || deed || text.as_str()[start..end].chars().count() > 160 {
        return None;
    }
    let party = |span: Span| Party { span, text: text.slice(span).into(), agency: None, group: true };
    let leads = bodies_of_heading(text, start, end).into_iter().map(party).collect();
    Some(Assignment { leads, modality: Modality::Order, rest: span.end, heading: true, rule: "duty-heading" })
}

/// The bodies of a heading: "Các Ban Quản lý rừng phòng hộ, rừng đặc dụng, Vườn quốc gia Kon Ka Kinh và các chủ rừng khác" names
/// three. Another one begins with a capital or with "các", or with the kind of institution that it is.
fn bodies_of_heading(text: &Text, start: usize, end: usize) -> Vec<Span> {
    const KINDS: &[&str] = &["bệnh viện ", "trung tâm ", "công ty ", "hợp tác xã ", "doanh nghiệp ", "tổ chức ", "cơ quan ", "đơn vị "];
    let (s, folded) = (text.as_str(), text.folded());
    let mut starts = vec![start];
    for (n, separator) in [", ", "; ", " và "].iter().flat_map(|w| folded[start..end].match_indices(w)) {
        let at = start + n + separator.len();
        let named = s[at..end].starts_with(char::is_uppercase) && lexicon().heads.at(folded, at).is_some();
        let several = ["các ", "những "].iter().any(|w| folded[at..end].starts_with(w));
        // "Các cơ quan, đơn vị" are one group.
        let specified = || folded[start..start + n].split(' ').count() > 3 && opens_with(&folded[at..end], KINDS);
        if named || several || specified() {
            starts.push(at);
        }
    }
    starts.sort_unstable();
    let ends = starts.iter().skip(1).copied().chain([end]);
    let spans = starts.iter().zip(ends).map(|(&from, to)| {
        let part = s[from..to].trim_end().trim_end_matches([',', ';']);
        let part = part.strip_suffix(" và").unwrap_or(part).trim_end_matches([',', ';', ' ']);
        Span::new(from, from + part.len())
    });
    spans.filter(|p| p.start < p.end).collect()
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
