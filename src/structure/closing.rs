//! Nơi nhận, the signature, and where annexes begin.
//!
//! NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.7 and II.9; phụ lục: mục III.

use super::{Part, is_caps, letterhead};
use crate::lexicon::lexicon;
use crate::marker::{self, Kind, marker};
use crate::text::{Block, Shape, Span, Text, is_alphabetic, opens_with};
use std::collections::HashMap;
use std::ops::Range;

/// No list of recipients has more lines.
const MOST_RECIPIENTS: usize = 60;

/// Recipients and signature as they stand on the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closing {
    /// The lines under Nơi nhận, without their dashes.
    pub recipients: Vec<Span>,
    /// The lines of the first signature: quyền hạn, chức vụ, name, second title.
    pub signature: Vec<Span>,
}

/// Divides what follows the letterhead into the body, its closing, and annexes.
pub(super) fn divide(text: &Text, body: usize) -> (Closing, Vec<Part>) {
    let blocks = text.blocks();
    let mut divider = Divider { text, closing: Closing::default(), parts: Vec::new(), annexes: 0, prefixes: HashMap::new(), closed: false };
    let mut start = body;
    let mut title_end = body;
    let mut heading = String::new();
    let mut prefix = String::new();
    let mut i = body;
    while i < blocks.len() {
        // Before the paper is signed only a Phụ lục is an annex: its own tables and lists have titles in capitals too.
        let opening = divider.annex_title(i).filter(|a| divider.closed || a.heading.starts_with("phụ lục"));
        if i > body && opening.is_some() || i > start && divider.starts_closing(i, start) {
            divider.push(&prefix, start..i, start..title_end, std::mem::take(&mut heading));
            if opening.is_none() {
                i = divider.close(i);
            }
            start = i;
            title_end = i;
            if let Some(annex) = divider.annex_title(i) {
                title_end = annex.end;
                prefix = divider.annex_prefix(&annex.heading);
                heading = annex.heading;
                i = title_end;
            } else if i < blocks.len() {
                prefix = divider.annex_prefix("");
            }
        } else {
            i += 1;
        }
    }
    divider.push(&prefix, start..blocks.len(), start..title_end, heading);
    (divider.closing, divider.parts)
}

struct Divider<'a> {
    text: &'a Text,
    closing: Closing,
    parts: Vec<Part>,
    annexes: usize,
    /// How many annexes each prefix has.
    prefixes: HashMap<String, usize>,
    /// Whether a closing was seen.
    closed: bool,
}

struct AnnexTitle {
    end: usize,
    heading: String,
}

impl Divider<'_> {
    fn push(&mut self, prefix: &str, blocks: Range<usize>, title: Range<usize>, heading: String) {
        if !blocks.is_empty() {
            self.parts.push(Part { prefix: prefix.to_owned(), blocks, title, heading });
        }
    }

    fn line(&self, i: usize) -> (&str, &str) {
        let span = self.text.blocks()[i].span;
        (self.text.slice(span), self.text.slice_folded(span))
    }

    /// Nơi nhận, or the first line of a signature after at least one passage of the body.
    fn starts_closing(&self, i: usize, start: usize) -> bool {
        let (s, folded) = self.line(i);
        if opens_recipients(folded) {
            return true;
        }
        if authority(folded).is_some() && signature_pieces(s).is_some_and(|p| p.len() > 1) && i > start {
            return true;
        }
        if !is_caps(s) || s.chars().count() > 90 || i == start {
            return false;
        }
        if authority(folded).is_some() && !folded.ends_with(':') {
            return true;
        }
        // A title in capitals after the last sentence: "… thực hiện./." CHỦ TỊCH, followed by a name.
        let before = self.line(i - 1).0;
        let ended = before.ends_with("./.") || before.ends_with("./") || before.ends_with(['.', '!', '”']);
        ended && is_position(folded) && (i + 1..self.text.blocks().len().min(i + 4)).any(|j| is_person(self.line(j).0))
    }

    /// Takes the closing that starts at block `i`; where it ends.
    fn close(&mut self, i: usize) -> usize {
        let first = self.closing.recipients.is_empty() && self.closing.signature.is_empty();
        let mut closing = Closing::default();
        let mut end = i;
        let mut listing = false;
        while end < self.text.blocks().len() {
            let block = &self.text.blocks()[end];
            if end > i && (self.annex_title(end).is_some() || matches!(block.shape, Shape::Row(_))) {
                break;
            }
            let (s, folded) = self.line(end);
            if folded.starts_with("nơi nhận") {
                listing = true;
                self.first_recipient(block, &mut closing);
            } else if let Some(m) = marker(s).filter(|m| listing && matches!(m.kind, Kind::Dash | Kind::Plus | Kind::Bullet)) {
                self.recipient(block, m.len, &mut closing);
            } else if listing && s.ends_with(';') && !is_caps(s) {
                // "Bộ trưởng (để báo cáo);" among items without dashes.
                self.recipient(block, 0, &mut closing);
            } else if let Some(pieces) = signature_pieces(s) {
                closing.signature.extend(pieces.into_iter().map(|p| Span::new(block.span.start + p.start, block.span.start + p.end)));
            } else if is_signature_line(s, folded) {
                closing.signature.push(block.span);
            } else if listing && is_recipient(s, folded, closing.signature.is_empty() || self.list_goes_on(end, &closing)) {
                self.recipient(block, 0, &mut closing);
            } else if !(listing && self.list_goes_on(end, &closing) || self.is_noise_before_name(end)) {
                break;
            }
            end += 1;
        }
        self.name_beside(&mut closing);
        self.closed = true;
        if first {
            self.closing = closing;
        }
        end.max(i + 1)
    }

    /// Whether the list of recipients goes on below a line that a stamp or the signature left in its midst.
    fn list_goes_on(&self, i: usize, closing: &Closing) -> bool {
        // Papers of before 2005 end the items with no sign.
        let bare = closing.recipients.first().is_some_and(|r| !self.text.slice(*r).trim_end().ends_with([';', ',', '.']));
        let next = (i + 1..self.text.blocks().len().min(i + 3)).map(|j| self.line(j));
        let before = (0..i).rev().take(MOST_RECIPIENTS).map(|j| self.line(j).1).take_while(|l| !l.starts_with("nơi nhận"));
        let saved = before.into_iter().any(|l| l.trim_start_matches(['-', ' ']).starts_with("lưu"));
        let item = |(s, folded): (&str, &str)| {
            marker(s).is_some_and(|m| m.kind == Kind::Dash) && s.chars().count() < 120 && (bare || s.ends_with([';', ',']) || folded.contains("lưu:"))
        };
        !saved && next.into_iter().any(item)
    }

    /// Where nobody signed on a line of his own, the name that stands beside an item: "- Ban Chỉ đạo thành phố  Lê Văn B".
    fn name_beside(&self, closing: &mut Closing) {
        if closing.signature.is_empty() || closing.signature.iter().any(|s| is_person(self.text.slice(*s))) {
            return;
        }
        let found = closing.recipients.iter().enumerate().find_map(|(n, &item)| {
            let s = self.text.slice(item);
            let at = name_at_end(s).filter(|_| !crate::text::fold(s).starts_with("lưu"))?;
            Some((n, Span::new(item.start + at, item.end)))
        });
        if let Some((n, name)) = found {
            closing.recipients[n].end = name.start;
            closing.signature.push(name);
        }
    }

    /// A stroke of the signature read as a letter or two, above the name.
    fn is_noise_before_name(&self, i: usize) -> bool {
        self.line(i).0.chars().count() <= 4 && i + 1 < self.text.blocks().len() && is_person(self.line(i + 1).0)
    }

    /// "Nơi nhận: GIÁM ĐỐC", "Nơi nhận: - Như trên;": the rest of the line is signature or recipient.
    fn first_recipient(&self, block: &Block, closing: &mut Closing) {
        let s = self.text.slice(block.span);
        let skip = "Nơi nhận".len() + s["Nơi nhận".len()..].len() - s["Nơi nhận".len()..].trim_start_matches([' ', ':', '*']).len();
        let rest = Span::new(block.span.start + skip, block.span.end);
        let line = self.text.slice(rest);
        if is_caps(line) {
            closing.signature.push(rest);
        } else if line.chars().any(is_alphabetic) {
            let dash = marker(line).map_or(0, |m| m.len);
            self.recipient(&Block { span: rest, ..block.clone() }, dash, closing);
        }
    }

    /// One line of the list, or the whole of it; a signature set beside it is cut off.
    fn recipient(&self, block: &Block, skip: usize, closing: &mut Closing) {
        let span = Span::new(block.span.start + skip, block.span.end);
        let s = self.text.slice(span);
        let (list, signature) = with_signature_behind(s);
        let items = listed_on_one_line(list);
        if items.len() > 1 || !signature.is_empty() {
            let at = |p: Range<usize>| Span::new(span.start + p.start, span.start + p.end);
            closing.recipients.extend(items.into_iter().map(at));
            closing.signature.extend(signature.into_iter().map(at));
            return;
        }
        let stored = || crate::text::fold(s).trim_start_matches(['-', ' ']).starts_with("lưu");
        let beside = s.match_indices([';', '.', ',']).map(|(n, _)| n).find(|&n| {
            let rest = s[n + 1..].trim();
            let in_capitals = |folded: &str| authority(folded).is_some() || is_position(folded);
            let position = is_caps(rest) && in_capitals(&crate::text::fold(rest));
            let person = match s.as_bytes()[n] {
                b';' => is_person(rest),
                // "Lưu: VT, NN (50b). Đỗ Văn B": "TP. Hồ Chí Minh" among other recipients is a place.
                b'.' => is_person(rest) && stored() && rest.split(' ').next().is_some_and(|first| SURNAMES.contains(&first)),
                _ => false,
            };
            rest.chars().count() > 3 && (position || person || rest.starts_with('(') && crate::text::fold(rest) == "(đã ký)")
        });
        match beside {
            Some(n) => {
                closing.recipients.push(Span::new(span.start, span.start + n + 1));
                let rest = &s[n + 1..];
                let lead = rest.len() - rest.trim_start().len();
                closing.signature.push(Span::new(span.start + n + 1 + lead, span.end));
            }
            None => closing.recipients.push(span),
        }
    }

    /// "Phụ lục I", "ĐỀ CƯƠNG", "KẾ HOẠCH HÀNH ĐỘNG" under a repeated letterhead: the title lines of an annex.
    fn annex_title(&self, i: usize) -> Option<AnnexTitle> {
        let blocks = self.text.blocks();
        let block = blocks.get(i)?;
        if matches!(block.shape, Shape::Row(_)) {
            return None;
        }
        let mut at = i;
        // A repeated letterhead stands before the title.
        while at < blocks.len().min(i + 4) && self.is_letterhead_line(at) {
            at += 1;
        }
        if !(i..at).any(|n| self.line(n).1.contains("cộng hòa xã hội") || self.line(n).1.contains("độc lập - tự do")) {
            at = i;
        }
        if at >= blocks.len() {
            return None;
        }
        let (s, folded) = self.line(at);
        let titled = at > i && letterhead::type_line(s).is_some();
        if !(titled || is_annex_line(s, folded)) {
            return None;
        }
        // Under "Chương I" stands the chapter's own heading.
        if at > 0 && marker(self.line(at - 1).0).is_some_and(|m| matches!(m.kind, Kind::Part | Kind::Chapter | Kind::Division)) {
            return None;
        }
        let heading = folded.to_owned();
        let mut end = at + 1;
        while end < blocks.len().min(at + 8) {
            let (s, folded) = self.line(end);
            let row = matches!(blocks[end].shape, Shape::Row(_));
            let title = is_caps(s) && marker(s).is_none() || s.starts_with('(') && (folded.contains("kèm theo") || folded.contains("ban hành"));
            let subtitle = end == at + 1 && !s.ends_with(['.', ':', ';']) && marker(s).is_none() && s.chars().count() < 260;
            if row || !(title || subtitle) {
                break;
            }
            end += 1;
        }
        Some(AnnexTitle { end, heading })
    }

    fn is_letterhead_line(&self, i: usize) -> bool {
        let (s, folded) = self.line(i);
        let motto = || s.len() < 3 * 90 && s.chars().count() < 90 && folded.contains("độc lập - tự do");
        is_caps(s) && (folded.contains("cộng hòa xã hội") || is_position_or_body(folded)) || motto()
    }

    /// The start of the ids inside an annex: `PL1`, `KH`, `ĐC`; a plain number where the kind is unknown.
    fn annex_prefix(&mut self, heading: &str) -> String {
        self.annexes += 1;
        let number: String = heading
            .strip_prefix("phụ lục")
            .map(|rest| rest.trim_start().trim_start_matches("số").trim().split([' ', '.', ':']).next().unwrap_or_default().to_uppercase())
            .unwrap_or_default();
        let base = if heading.starts_with("phụ lục") {
            format!("PL{}", marker::roman_value(&number).map_or(number, |n| n.to_string()))
        } else {
            heading.split(' ').take(2).filter_map(|w| w.chars().next()).flat_map(char::to_uppercase).collect()
        };
        let base = if base.is_empty() { format!("A{}", self.annexes) } else { base };
        let count = self.prefixes.entry(base.clone()).or_insert(0);
        *count += 1;
        if *count == 1 { base } else { format!("{base}~{count}") }
    }
}

/// "Nơi nhận:" and what stands on its line; "Nơi nhận hồ sơ …" begins a sentence.
fn opens_recipients(folded: &str) -> bool {
    let Some(rest) = folded.strip_prefix("nơi nhận") else { return false };
    rest.chars().count() < 80 || rest.trim_start_matches([' ', '*']).starts_with([':', '-', '–'])
}

/// The items of a list that was joined into one line: "- Như trên; - Sở Y tế; - Lưu: VT." at their dashes, without these at
/// their semicolons.
fn listed_on_one_line(s: &str) -> Vec<Range<usize>> {
    let separated = |n: usize, sign: &str| s[..n].trim_end().ends_with([';', '.', ',', ')']) && s[n + sign.len()..].starts_with([' ', '\u{a0}']);
    let dashes: Vec<(usize, usize)> =
        ["-", "–", "+"].iter().flat_map(|d| s.match_indices(*d).filter(|(n, _)| separated(*n, d)).map(|(n, m)| (n, n + m.len()))).collect();
    let dashes = if dashes.is_empty() && !s.contains(';') { bodies_behind_dashes(s) } else { dashes };
    let cuts = if dashes.is_empty() && crate::text::fold(s).contains("lưu:") { s.match_indices(';').map(|(n, _)| (n + 1, n + 1)).collect() } else { dashes };
    let mut items = Vec::new();
    let mut start = 0;
    let mut cuts: Vec<(usize, usize)> = cuts.into_iter().chain([(s.len(), s.len())]).collect();
    cuts.sort_unstable();
    for (end, next) in cuts {
        let item = s[start..end].trim();
        if item.chars().any(char::is_alphanumeric) {
            let at = item.as_ptr() as usize - s.as_ptr() as usize;
            items.push(at..at + item.len());
        }
        start = next;
    }
    items
}

/// " - Thường trực …" in a list whose items end with no sign: the dash stands before another body.
fn bodies_behind_dashes(s: &str) -> Vec<(usize, usize)> {
    let folded = crate::text::fold(s);
    let body = |at: usize| {
        lexicon().agency_names.at(&folded, at).is_some() || ["thường trực ", "văn phòng ", "các ban ", "ban "].iter().any(|b| folded[at..].starts_with(b))
    };
    folded.match_indices(" - ").map(|(n, sign)| (n, n + sign.len())).filter(|&(_, next)| s[next..].starts_with(char::is_uppercase) && body(next)).collect()
}

/// The usual surnames.
const SURNAMES: &[&str] = &[
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Trịnh", "Mai", "Đoàn",
    "Lương", "Tạ", "Cao", "Hà", "Thái", "Tô", "Lâm", "Châu", "Đào", "Chu", "Trương", "Phùng",
];

/// Where a person's name begins behind the last word in small letters of an item.
fn name_at_end(s: &str) -> Option<usize> {
    let words: Vec<(usize, &str)> = words_of(s).collect();
    let small = words.iter().rposition(|(_, w)| w.starts_with(char::is_lowercase))?;
    let &(at, surname) = words.get(small + 1)?;
    ((2..=5).contains(&(words.len() - small - 1)) && SURNAMES.contains(&surname) && is_person(&s[at..])).then_some(at)
}

/// A list of recipients on one line and the lines of the signature glued behind it.
fn with_signature_behind(s: &str) -> (&str, Vec<Range<usize>>) {
    let word_starts = s.match_indices(['.', ';', '|', ')']).map(|(n, _)| n + 1).filter(|&n| s[n..].starts_with(' '));
    for n in word_starts {
        let at = n + s[n..].len() - s[n..].trim_start_matches([' ', '|']).len();
        if let Some(pieces) = signature_pieces(&s[at..]).filter(|p| p.len() > 1) {
            let list = s[..n].trim_end_matches([' ', '|']);
            return (list, pieces.into_iter().map(|p| at + p.start..at + p.end).collect());
        }
    }
    (s, Vec::new())
}

/// The lines of a signature that were joined into one: "TM. CHÍNH PHỦ KT. THỦ TƯỚNG PHÓ THỦ TƯỚNG Trần Văn B".
fn signature_pieces(s: &str) -> Option<Vec<Range<usize>>> {
    if s.chars().count() > 200 || !s.starts_with(char::is_uppercase) {
        return None;
    }
    let caps = s.split(' ').take_while(|w| !w.contains(char::is_lowercase) && !w.starts_with(['(', '[']) || *w == "-").map(|w| w.len() + 1).sum::<usize>();
    let caps = caps.min(s.len());
    let head = s[..caps].trim_end();
    let folded = crate::text::fold(head);
    if !is_caps(head) || authority(&folded).is_none() && !is_position(&folded) {
        return None;
    }
    let tail = s[caps..].trim();
    let signed = ["(Đã ký)", "(đã ký)", "Đã ký", "(ĐÃ KÝ)", "[daky]"].iter().find_map(|w| tail.strip_prefix(w)).unwrap_or(tail).trim();
    if !signed.is_empty() && !is_person(signed) {
        return None;
    }
    let mut starts: Vec<usize> =
        words_of(head).filter(|&(n, w)| n > 0 && matches!(w, "TM." | "KT." | "TL." | "TUQ." | "T/M" | "K/T" | "T/L")).map(|(n, _)| n).collect();
    starts.insert(0, 0);
    let mut pieces: Vec<Range<usize>> = starts.iter().enumerate().map(|(i, &n)| n..starts.get(i + 1).copied().unwrap_or(head.len())).collect();
    for piece in &mut pieces {
        piece.end = piece.start + s[piece.clone()].trim_end().len();
    }
    if !signed.is_empty() {
        let at = signed.as_ptr() as usize - s.as_ptr() as usize;
        pieces.push(at..at + signed.len());
    }
    Some(pieces)
}

fn words_of(s: &str) -> impl Iterator<Item = (usize, &str)> {
    s.split(' ').filter(|w| !w.is_empty()).map(move |w| (w.as_ptr() as usize - s.as_ptr() as usize, w))
}

/// Quyền hạn ký at the start of a line: TM., KT., TL., TUQ., Q., T/M, K/T, T/L; its length.
pub(crate) fn authority(folded: &str) -> Option<usize> {
    const AUTHORITIES: &[&str] = &["tm.", "kt.", "tl.", "tuq.", "q.", "t/m", "k/t", "t/l", "tm ", "kt ", "tl ", "tuq "];
    AUTHORITIES.iter().find(|a| folded.starts_with(**a)).map(|a| a.trim_end().len())
}

/// Positions that sign, alone or with their body.
const POSITIONS: &[&str] = &[
    "bộ trưởng",
    "thứ trưởng",
    "chủ tịch",
    "phó chủ tịch",
    "giám đốc",
    "phó giám đốc",
    "chánh văn phòng",
    "phó chánh văn phòng",
    "tổng cục trưởng",
    "phó tổng cục trưởng",
    "cục trưởng",
    "phó cục trưởng",
    "vụ trưởng",
    "phó vụ trưởng",
    "chánh thanh tra",
    "phó chánh thanh tra",
    "trưởng phòng",
    "phó trưởng phòng",
    "hiệu trưởng",
    "phó hiệu trưởng",
    "viện trưởng",
    "phó viện trưởng",
    "chánh án",
    "phó chánh án",
    "trưởng ban",
    "phó trưởng ban",
    "bí thư",
    "phó bí thư",
    "thường trực ban bí thư",
    "thủ tướng",
    "phó thủ tướng",
    "tổng thanh tra",
    "thống đốc",
    "phó thống đốc",
    "tổng kiểm toán",
    "tư lệnh",
    "chỉ huy trưởng",
    "phó chỉ huy trưởng",
    "bộ trưởng, chủ nhiệm",
    "bộ trưởng chủ nhiệm",
    "chủ nhiệm",
    "phó chủ nhiệm",
    "tổng giám đốc",
    "phó tổng giám đốc",
    "chủ tịch nước",
    "chủ tịch quốc hội",
    "phó chủ tịch quốc hội",
    "tổng bí thư",
    "phó bí thư thường trực",
    "phó chủ tịch thường trực",
    "ủy viên",
    "chi cục trưởng",
    "phó chi cục trưởng",
    "trạm trưởng",
    "đội trưởng",
    "chánh văn phòng ủy ban",
    "phó trưởng ban thường trực",
    "chủ tọa",
    "tổng biên tập",
    "phó tổng thanh tra",
];

/// Whether a line is a position alone ("PHÓ CHỦ TỊCH", "PHÓ CHỦ TỊCH UBND THÀNH PHỐ").
pub(crate) fn is_position(folded: &str) -> bool {
    position(folded).is_some()
}

/// The position that a line holds, without what a stamp or stroke beside it left there: "PHÓ THỦ TƯỚNGy]".
pub(crate) fn position(folded: &str) -> Option<&str> {
    // Most lines begin with no letter of a position.
    let first = folded.as_bytes().first();
    let alike = || POSITIONS.iter().filter(|p| p.as_bytes().first() == first).filter_map(|p| folded.strip_prefix(p).map(|rest| (p.len(), rest)));
    let whole = |rest: &str| rest.is_empty() || rest.starts_with([' ', ',', '-']);
    let noise = |rest: &str| rest.chars().count() <= 3 && !rest.chars().all(char::is_alphanumeric);
    let (len, _) = alike().find(|(_, rest)| whole(rest)).map(|_| (folded.len(), "")).or_else(|| alike().find(|(_, rest)| noise(rest)))?;
    (folded.chars().count() < 80).then(|| &folded[..len])
}

fn is_position_or_body(folded: &str) -> bool {
    is_position(folded) || opens_with(folded, &["ủy ban nhân dân", "ubnd", "bộ ", "chính phủ", "sở ", "hội đồng nhân dân", "thủ tướng"])
}

/// Names of collectives under TM.: "TM. ỦY BAN NHÂN DÂN".
fn is_signature_line(s: &str, folded: &str) -> bool {
    let length = s.chars().count();
    let signed = ["(đã ký)", "đã ký", "(ký tên", "[daky]"].iter().any(|w| folded.starts_with(w));
    signed
        || length < 90
            && (authority(folded).is_some() && is_caps(s) || is_position(folded) && (is_caps(s) || length < 60) || is_person(s) || is_caps(s) && length < 70)
}

/// Whether a line is a person's name: two to six capitalised words, a rank or degree before it.
pub(crate) fn is_person(s: &str) -> bool {
    let name = person_name(s);
    let words: Vec<&str> = name.split(' ').filter(|w| !w.is_empty()).collect();
    (2..=6).contains(&words.len())
        && s.chars().count() < 60
        && words.iter().all(|w| w.starts_with(char::is_uppercase) && w.chars().all(|c| is_alphabetic(c) || matches!(c, '.' | '\'' | '’' | '-')))
        && words.iter().any(|w| w.chars().any(char::is_lowercase))
        && super::letterhead::type_line(s).is_none_or(|t| t.0 != s.len())
        // "Lưu VT": where the paper is kept.
        && (words[0] != "Lưu" || words[1].chars().any(char::is_lowercase))
        && !["Nơi", "Như", "Các", "Sở", "Ủy", "Bộ", "Ban", "Văn", "Báo", "Đài", "Công", "Hội", "Phụ", "Thường"].contains(&words[0])
}

/// A name without rank and degree: "PGS.TS. Nguyễn Văn A", "Đại tá Trần Văn B".
pub(crate) fn person_name(s: &str) -> &str {
    let mut name = s.trim_matches(['*', ' ', '.', '(', ')']);
    const RANKS: &[&str] = &[
        "Thiếu tướng",
        "Trung tướng",
        "Thượng tướng",
        "Đại tướng",
        "Đại tá",
        "Thượng tá",
        "Trung tá",
        "Thiếu tá",
        "PGS.TS.",
        "PGS.TS",
        "GS.TS.",
        "GS.TS",
        "TS.",
        "ThS.",
        "BS.",
        "Ông",
    ];
    while let Some(rest) = RANKS.iter().find_map(|r| name.strip_prefix(r)) {
        name = rest.trim_start_matches(['.', ' ', ':']);
    }
    // The signature itself, read as letters: "Ấ£ Trần Văn B".
    let noise = |word: &str| word.chars().count() <= 3 && word.chars().any(|c| !c.is_alphanumeric() && !matches!(c, '.' | '\'' | '’' | '-'));
    while let Some((_, rest)) = name.split_once(' ').filter(|(word, _)| noise(word)) {
        name = rest.trim_start();
    }
    name
}

/// A line of Nơi nhận without its dash: "Như trên;", "Lưu: VT." or what ends like an item.
fn is_recipient(s: &str, folded: &str, before_signature: bool) -> bool {
    let length = s.chars().count();
    folded.starts_with("lưu") && length < 80 || before_signature && length < 120 && (s.ends_with([';', ',']) || folded.starts_with("như "))
}

/// Phụ lục with or without number, or a type of attached paper in capitals.
fn is_annex_line(s: &str, folded: &str) -> bool {
    const KINDS: &[&str] = &[
        "đề cương",
        "danh mục",
        "quy chế",
        "quy định",
        "biểu mẫu",
        "mẫu số",
        "biểu số",
        "kế hoạch",
        "chương trình",
        "đề án",
        "danh sách",
        "nội quy",
        "điều lệ",
        "hướng dẫn",
        "phương án",
        "quy trình",
        "bảng",
        "chiến lược",
        "kế hoạch hành động",
        "chương trình hành động",
        "mẫu ",
        "thuyết minh",
        "báo cáo",
        "biểu ",
    ];
    let length = s.chars().count();
    if let Some(rest) = folded.strip_prefix("phụ lục") {
        let label = rest.trim_start().trim_start_matches("số").trim_start();
        let numbered = label.split([' ', '.', ':', '-']).next().is_some_and(|w| w.is_empty() || w.len() <= 4 && w.chars().all(|c| c.is_ascii_alphanumeric()));
        let tail = label.split_once([' ', '.', ':', '-']).map_or("", |(_, t)| t.trim());
        return numbered && length < 200 && (tail.is_empty() || is_caps(s) || tail.starts_with('(') || rest.contains(['.', ':']) && !s.ends_with('.'));
    }
    // "Mẫu số 01" alone on its line.
    let numbered = ["mẫu số ", "biểu số ", "biểu mẫu số ", "mẫu "].iter().find_map(|w| folded.strip_prefix(w));
    let form = numbered.is_some_and(|n| n.len() <= 8 && n.starts_with(|c: char| c.is_ascii_digit()) && !n.contains(' '));
    form || is_caps(s) && length < 120 && opens_with(folded, KINDS) && !folded.ends_with(':') && marker(s).is_none()
}
