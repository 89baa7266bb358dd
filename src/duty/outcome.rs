//! What a duty is to bring forth, and to whom it is reported.

use super::assign::skip;
use crate::mention::agency::{Party, Until, parties_at};
use crate::phrases::Phrases;
use crate::text::{Span, Text, fold};
use foldhash::{HashSet, HashSetExt};
use std::sync::LazyLock;

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
