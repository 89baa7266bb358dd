//! With whom a deed is done: phối hợp với, cùng với, với sự tham gia của.

use super::assign::{FARTHEST, acts_in_other_words, skip};
use crate::lexicon::lexicon;
use crate::mention::agency::{Parties, Party, Until, parties_at};
use crate::text::{Span, Text, fold, head, in_quotes, opens_with, tail};
use foldhash::HashSet;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// Finds "phối hợp".
static COOPERATE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("phối hợp"));
/// Finds "chủ trì".
static LEAD: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("chủ trì"));
/// Finds "cùng".
static TOGETHER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("cùng"));

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
    // "; với doanh nghiệp nợ thuế kiên quyết xử lý": as for these.
    let strict = |p: &Parties| opens_with(&folded[skip(text, p.end, limit)..], &["kiên quyết", "xử lý", "xử phạt", "thu hồi", "đình chỉ"]);
    parties_at(text, at, limit, Until::Verb)
        .filter(|p| !strict(p))
        .filter(|p| lexicon().verb_at(folded, skip(text, p.end, limit)).is_some())
        .map(|p| p.list)
        .unwrap_or_default()
}

/// The bodies of "Cùng với Sở Tài chính thẩm định …", "thống nhất với Bộ Xây dựng đề xuất …" at the start of a deed.
pub(super) fn company_at(text: &Text, start: usize, limit: usize) -> Option<Vec<Party>> {
    let folded = &text.folded()[..limit];
    let word = ["cùng với ", "cùng ", "thống nhất với "].iter().find(|w| folded[start..].starts_with(**w))?;
    let parties = parties_at(text, start + word.len(), limit, Until::Verb)?;
    let deed = skip(text, parties.end, limit);
    (lexicon().verb_at(folded, deed).is_some() || acts_in_other_words(text, &parties, deed)).then_some(parties.list)
}

/// "chủ trì, cùng Sở Xây dựng … tham mưu", "…; cùng với Sở Y tế diễn tập phương án"
fn with_company(text: &Text, span: Span) -> Option<Vec<Party>> {
    let folded = &text.folded()[..span.end];
    TOGETHER.find(&folded.as_bytes()[span.range()])?;
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
    // "Bộ trưởng chỉ đạo các bệnh viện trực cấp cứu; phối hợp với lực lượng công an": the sentence goes on about those who are directed.
    let sentence = before.rfind(['.', ':']).map_or(before, |n| &before[n + 1..]);
    let directed = |s: &str| {
        let own = s.find("chỉ đạo ").map(|n| &s[n + "chỉ đạo ".len()..])?;
        (lexicon().heads.at(own, 0).is_some() && lexicon().not_heads.at(own, 0).is_none()).then_some(())
    };
    if clause.trim().is_empty() && directed(sentence).is_some() {
        return false;
    }
    let directs = ["chỉ đạo ", "hướng dẫn ", "giao ", "vận động ", "đôn đốc ", "yêu cầu "];
    !directs.iter().any(|d| {
        clause.find(d).is_some_and(|n| {
            let own = clause[n + d.len()..].trim_start();
            // "chỉ đạo chuyên viên giúp việc phối hợp với Phòng": persons who work for it.
            if opens_with(own, &["chuyên viên ", "cán bộ ", "công chức ", "đội ngũ "]) {
                return true;
            }
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
