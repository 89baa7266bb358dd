//! What stands above the body: national motto, issuer, number, place and date, type, subject, addressees, marks.
//!
//! NĐ 30/2020/NĐ-CP, Phụ lục I, mục II (slots 1 to 5b, 9a, 10); TT 01/2011/TT-BNV and Party papers differ in the
//! order and in the marks only. Lines may come in either order, two columns may be glued into one line.

mod lines;

use super::is_caps;
use crate::lexicon::lexicon;
use crate::text::{Block, Shape, Span, Text, is_alphabetic, opens_with};
use memchr::{memchr_iter, memmem};
use std::sync::LazyLock;

/// A field of the letterhead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// CỘNG HÒA …, Độc lập …, ĐẢNG CỘNG SẢN VIỆT NAM
    Motto,
    /// A line of the issuer's name, or of the body above it.
    Issuer,
    /// Số: 268/KH-BCĐ
    Number,
    /// Hải Phòng, ngày 06 tháng 11 năm 2019
    PlaceAndDate,
    /// KẾ HOẠCH
    Type,
    /// Trích yếu, without V/v
    Subject,
    /// What follows Kính gửi, a line each.
    Addressee,
    /// HỎA TỐC, MẬT
    Mark,
    /// DỰ THẢO
    Draft,
    /// CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …, above the căn cứ
    Authority,
}

/// The fields found, in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letterhead {
    /// Field and place; a field over several lines comes several times.
    pub slots: Vec<(Slot, Span)>,
    /// The first block of the body.
    pub end: usize,
}

impl Letterhead {
    /// The places of a field.
    pub fn all(&self, slot: Slot) -> impl Iterator<Item = Span> + '_ {
        self.slots.iter().filter(move |(s, _)| *s == slot).map(|(_, span)| *span)
    }

    /// The first place of a field.
    pub fn first(&self, slot: Slot) -> Option<Span> {
        self.all(slot).next()
    }
}

/// Deeds with which the title of a decision or resolution begins.
const TITLES: &[&str] = &["ban hành ", "phê duyệt ", "quy định ", "sửa đổi", "công bố ", "bãi bỏ ", "kiện toàn ", "thành lập ", "điều chỉnh "];

/// No letterhead is longer than this many blocks.
const MOST_BLOCKS: usize = 60;

/// Words of the national motto and of the Party's heading.
static MOTTO_WORDS: LazyLock<[memmem::Finder<'static>; 2]> = LazyLock::new(|| [memmem::Finder::new("cộng"), memmem::Finder::new("độc lập")]);

/// Finds the letterhead at the start of a text.
pub(super) fn find(text: &Text) -> Letterhead {
    let lines = lines::printed(text);
    let mut head = find_from(text, &lines, 0);
    // A page of a collection names the paper and its facts above what was printed.
    if ![Slot::Motto, Slot::Number, Slot::Issuer].iter().any(|s| head.first(*s).is_some()) {
        head = lines::further(text, &lines).map(|start| find_from(text, &lines, start)).filter(|h| h.first(Slot::Number).is_some()).unwrap_or(head);
    }
    head
}

fn find_from(text: &Text, lines: &[Block], start: usize) -> Letterhead {
    let mut finder = Finder { text, head: Letterhead::default(), seen_type: false, seen_number: false };
    let most = lines.len().min(start + MOST_BLOCKS);
    let mut i = start;
    while i < most {
        match finder.take(&lines[i..]) {
            0 => break,
            n => i += n,
        }
    }
    // Lines that were one block, or several: the body begins with the block of the first line that was not taken.
    let body = lines.get(i).map_or(usize::MAX, |line| line.span.start);
    finder.head.end = text.blocks().partition_point(|b| b.span.end <= body);
    finder.head
}

struct Finder<'a> {
    text: &'a Text,
    head: Letterhead,
    seen_type: bool,
    seen_number: bool,
}

impl Finder<'_> {
    fn put(&mut self, slot: Slot, span: Span) {
        let span = trim(self.text, span);
        if !span.is_empty() {
            self.head.slots.push((slot, span));
        }
    }

    /// Takes the fields of the first of these blocks; how many blocks they fill, 0 where the body begins.
    fn take(&mut self, blocks: &[Block]) -> usize {
        let block = &blocks[0];
        if matches!(block.shape, Shape::Row(_)) {
            return 0;
        }
        let s = self.text.slice(block.span);
        let folded = self.text.slice_folded(block.span);
        if let Some(used) = self.motto(block, folded) {
            return used;
        }
        if let Some(used) = self.received_stamp(blocks) {
            return used;
        }
        if let Some(used) = self.number_line(block, folded) {
            return used;
        }
        if let Some(at) = place_and_date(s) {
            self.left_of(block.span, at);
            self.put(Slot::PlaceAndDate, Span::new(block.span.start + at, block.span.end));
            return 1;
        }
        if let Some(used) = self.addressees(blocks, folded) {
            return used;
        }
        if let Some(skip) = subject_opening(folded).filter(|_| !self.seen_type) {
            return self.subject(blocks, skip);
        }
        if is_mark(folded) {
            self.put(Slot::Mark, block.span);
            return 1;
        }
        if folded.contains("dự thảo") && s.chars().count() < 40 {
            self.put(Slot::Draft, block.span);
            return 1;
        }
        if let Some(used) = self.type_and_title(blocks) {
            return used;
        }
        // Without a line of its type the title stands alone: "BAN HÀNH KẾ HOẠCH …".
        if !self.seen_type && self.head.first(Slot::Subject).is_none() && is_caps(s) && opens_with(folded, TITLES) {
            self.put(Slot::Subject, block.span);
            return 1;
        }
        if is_caps(s) && s.chars().count() < 160 && !is_decision_word(folded) && crate::marker::marker(s).is_none() {
            let slot = if self.seen_type { Slot::Authority } else { Slot::Issuer };
            self.put(slot, block.span);
            return 1;
        }
        // A ruling with a letter or two that it was read as.
        if s.chars().filter(|c| c.is_alphanumeric()).count() <= 2 && s.chars().filter(|c| matches!(c, '_' | '-' | '=' | '*')).count() >= 5 {
            return 1;
        }
        // A short line that goes on with an issuer's name in mixed case ("Độc lập" was lost, a star, a seal).
        if !self.seen_number && !self.seen_type && s.chars().count() < 12 && !s.ends_with(['.', ':', ';']) && crate::marker::marker(s).is_none() {
            return 1;
        }
        0
    }

    /// "SỞ Y TẾ", "ĐẾN Số: 4417", "Ngày: 20-06-2022", "Chuyển: …": the stamp of an office that received the paper (NĐ
    /// 30/2020/NĐ-CP, Phụ lục IV, mẫu dấu "ĐẾN") says nothing of the paper; how many lines it fills.
    fn received_stamp(&self, blocks: &[Block]) -> Option<usize> {
        let folded = |n: usize| blocks.get(n).map(|b| self.text.slice_folded(b.span)).filter(|l| l.chars().count() < 80);
        let opens = |l: &str| l == "đến" || opens_with(l, &["đến số", "đến:", "đến ngày:", "công văn đến", "văn bản đến", "cv đến"]);
        let first = (0..2).find(|&n| folded(n).is_some_and(opens))?;
        if first == 1 && !is_caps(self.text.slice(blocks[0].span)) {
            return None;
        }
        let entry =
            |l: &str| opens_with(l, &["ngày:", "ngày :", "số:", "số :", "số đến", "chuyển", "kính chuyển", "lưu hồ sơ", "giờ:"]) && place_and_date(l).is_none();
        let entries = (first + 1..blocks.len().min(first + 5)).take_while(|&n| folded(n).is_some_and(entry)).count();
        (entries > 0).then_some(first + 1 + entries)
    }

    /// "UBND TỈNH LONG AN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": what stands left of the motto is the other column.
    fn motto(&mut self, block: &Block, folded: &str) -> Option<usize> {
        const MOTTOS: [&str; 6] =
            ["cộng hòa xã hội chủ nghĩa", "cộng hồ xã hội", "đảng cộng sản việt nam", "độc lập - tự do", "độc lập -tự do", "độc lập – tự do"];
        // Few lines hold a word of theirs.
        if !MOTTO_WORDS.iter().any(|w| w.find(folded.as_bytes()).is_some()) {
            return None;
        }
        let folded = folded.replace('\n', " ");
        // A letter that recognition changed: "CỘNG HÕA XÃ HỘI …".
        let misread = || folded.find("xã hội chủ nghĩa việt nam").and_then(|n| folded[..n].rfind("cộng ").filter(|c| n - c < 16));
        let at = MOTTOS.iter().filter_map(|m| folded.find(m)).min().or_else(misread)?;
        if folded.chars().count() > 140 || at > 0 && !is_caps(&self.text.slice(block.span)[..at]) && at > 60 {
            return None;
        }
        self.left_of(block.span, at);
        self.put(Slot::Motto, Span::new(block.span.start + at, block.span.end));
        Some(1)
    }

    /// What stands left of a glued second column is an issuer's line, a number or a subject.
    fn left_of(&mut self, span: Span, at: usize) {
        let left = Span::new(span.start, span.start + at);
        let folded = self.text.slice_folded(left).trim();
        if folded.is_empty() {
            return;
        }
        if starts_number(folded).is_some() {
            self.seen_number = true;
            self.put(Slot::Number, left);
        } else if let Some(skip) = subject_opening(folded) {
            self.put(Slot::Subject, Span::new(left.start + skip, left.end));
        } else {
            self.put(Slot::Issuer, left);
        }
    }

    fn number_line(&mut self, block: &Block, folded: &str) -> Option<usize> {
        if self.seen_number || folded.chars().count() > 160 {
            return None;
        }
        starts_number(folded)?;
        self.seen_number = true;
        let s = self.text.slice(block.span);
        let (number_end, date) = match place_and_date(s) {
            Some(at) => (at, true),
            None => (s.len(), false),
        };
        // "Số: 12/UBND-KT V/v báo cáo" on one line.
        let inner = ["v/v", "về việc"].iter().filter_map(|w| folded[..number_end].find(w)).min();
        let stop = inner.unwrap_or(number_end);
        self.put(Slot::Number, Span::new(block.span.start, block.span.start + stop));
        if let Some(at) = inner {
            let skip = subject_opening(&folded[at..]).unwrap_or(0);
            self.put(Slot::Subject, Span::new(block.span.start + at + skip, block.span.start + number_end));
        }
        if date {
            self.put(Slot::PlaceAndDate, Span::new(block.span.start + number_end, block.span.end));
        }
        Some(1)
    }

    /// Kính gửi on one line, or a list under it. A công điện has "… ĐIỆN:".
    fn addressees(&mut self, blocks: &[Block], folded: &str) -> Option<usize> {
        let opening = ["kính gửi", "kính trình", "đồng kính gửi"].iter().find(|w| folded.starts_with(**w));
        let telegram = folded.ends_with(" điện:") || folded.ends_with(" điện :");
        if opening.is_none() && !(telegram && folded.chars().count() < 120) {
            return None;
        }
        let block = &blocks[0];
        let colon = folded.find(':').map_or(opening.map_or(folded.len(), |w| w.len()), |c| c + 1);
        let inline = Span::new(block.span.start + colon, block.span.end);
        self.put(Slot::Addressee, inline);
        let mut used = 1;
        let printed = self.text.slice(inline).trim();
        // Specks that recognition read beside "Kính gửi:" name nobody.
        let named = lexicon().heads.at(self.text.slice_folded(inline).trim(), 0).is_some();
        let specks = !named && !printed.contains([';', ',']) && printed.split(' ').all(|w| w.chars().filter(|c| is_alphabetic(*c)).count() < 3);
        if specks && self.head.slots.last().is_some_and(|(slot, span)| *slot == Slot::Addressee && inline.contains(*span)) {
            self.head.slots.pop();
        }
        let open = printed.is_empty() || specks;
        let listed = open || crate::marker::marker(printed).is_some_and(|m| m.key.is_empty());
        while let Some(block) = blocks.get(used) {
            let s = self.text.slice(block.span);
            let item = crate::marker::marker(s).filter(|m| m.key.is_empty());
            // Without dashes a list goes on while its lines are short and no sentence begins.
            let bare = open && s.chars().count() < 120 && (s.ends_with([';', ',']) || used == 1 || previous_open(self.text, &blocks[used - 1]));
            // Dashes under a whole list on one line are the letter's own.
            let own = item.is_some() && !listed && used == 1 && !previous_open(self.text, &blocks[0]);
            if item.is_none() && !bare || own || matches!(block.shape, Shape::Row(_)) || place_and_date(s).is_some() {
                break;
            }
            let skip = item.as_ref().map_or(0, |m| m.len);
            self.put(Slot::Addressee, Span::new(block.span.start + skip, block.span.end));
            used += 1;
            if item.is_some() && self.wraps(&blocks[used - 1..]) {
                self.lengthen(blocks[used].span.end);
                used += 1;
            }
        }
        Some(used)
    }

    /// Whether an item without a stop goes on in the second of these blocks, and the list after it.
    fn wraps(&self, blocks: &[Block]) -> bool {
        let [item, next, rest @ ..] = blocks else { return false };
        let (item, line) = (self.text.slice(item.span), self.text.slice(next.span));
        let is_item = |s: &str| crate::marker::marker(s).is_some_and(|m| m.key.is_empty());
        let closed = |s: &str| s.ends_with([';', ',', '.']);
        let listed = rest.first().is_some_and(|b| is_item(self.text.slice(b.span)));
        // "Các Sở: Xây dựng, Công Thương," goes on whatever ends its line.
        let open = !closed(item) || item.ends_with(',') && item.contains(": ");
        open && !is_item(line) && !next.gap_before && line.chars().count() < 90 && (closed(line) && line.ends_with([';', ',']) || listed)
    }

    /// Draws the last field out to this place.
    fn lengthen(&mut self, end: usize) {
        if let Some((_, span)) = self.head.slots.last_mut() {
            span.end = end;
        }
    }

    /// V/v and the lines that go on with it.
    fn subject(&mut self, blocks: &[Block], skip: usize) -> usize {
        let first = blocks[0].span;
        let s = self.text.slice(first);
        // The right column's date may stand in the middle of the left column's subject.
        match inner_place_and_date(s).filter(|at| at.start >= skip) {
            Some(at) => {
                self.put(Slot::Subject, Span::new(first.start + skip, first.start + at.start));
                self.put(Slot::PlaceAndDate, Span::new(first.start + at.start, first.start + at.end));
                self.put(Slot::Subject, Span::new(first.start + at.end, first.end));
            }
            None => self.put(Slot::Subject, Span::new(first.start + skip, first.end)),
        }
        let mut used = 1;
        for block in &blocks[1..] {
            let s = self.text.slice(block.span);
            let folded = self.text.slice_folded(block.span);
            let open = previous_open(self.text, &blocks[used - 1]);
            // The last line before Kính gửi may be several that were joined.
            let last = blocks.get(used + 1).is_some_and(|b| self.text.slice_folded(b.span).starts_with("kính gửi")) && s.chars().count() < 160;
            let other = (block.gap_before || s.chars().count() > 60 && !last) && !open
                || is_caps(s) && !self.ends_subject(block)
                || place_and_date(s).is_some()
                || folded.starts_with("kính gửi")
                || starts_number(folded).is_some()
                || is_mark(folded)
                || folded.contains("độc lập")
                || crate::marker::marker(s).is_some();
            if other {
                break;
            }
            self.put(Slot::Subject, block.span);
            used += 1;
        }
        used
    }

    /// A short form alone on the last line of a subject: "… thân nhân liệt sĩ để giám định", "ADN".
    fn ends_subject(&self, block: &Block) -> bool {
        let folded = self.text.slice_folded(block.span);
        let one = block.span.len() <= 8 && !folded.contains(' ') && !block.gap_before;
        one && lexicon().heads.at(folded, 0).is_none() && lexicon().agency_names.at(folded, 0).is_none() && type_line(self.text.slice(block.span)).is_none()
    }

    /// The type in capitals on a line of its own, and the title under it.
    fn type_and_title(&mut self, blocks: &[Block]) -> Option<usize> {
        if self.seen_type {
            return None;
        }
        let s = self.text.slice(blocks[0].span);
        let (len, _) = type_line(s)?;
        self.seen_type = true;
        let span = blocks[0].span;
        self.put(Slot::Type, Span::new(span.start, span.start + len));
        // "CHỈ THỊ CỦA BAN BÍ THƯ": who issues it, not what about.
        let whose = |s: &str| crate::text::fold(s).trim_start().starts_with("của ");
        if s[len..].trim_matches([' ', ':']).chars().count() > 3 {
            let rest = Span::new(span.start + len, span.end);
            if whose(&s[len..]) { self.authority_line(rest) } else { self.put(Slot::Subject, rest) }
        }
        let mut used = 1;
        if let Some(block) = blocks.get(1).filter(|b| whose(self.text.slice(b.span))) {
            self.authority_line(block.span);
            used = 2;
        }
        let title_start = used;
        while used < blocks.len() && self.goes_on_with_title(blocks, used, title_start) {
            let span = blocks[used].span;
            let skip = if used == title_start { subject_opening(self.text.slice_folded(span)).unwrap_or(0) } else { 0 };
            self.put(Slot::Subject, Span::new(span.start + skip, span.end));
            used += 1;
        }
        Some(used)
    }

    /// "CỦA CHÍNH PHỦ SỐ 29/1998/NĐ-CP NGÀY 11 THÁNG 5 NĂM 1998 VỀ …": collections of law print the letterhead so.
    fn authority_line(&mut self, span: Span) {
        let folded = self.text.slice_folded(span);
        let numbered = |at: usize| folded[at..].trim_start_matches([' ', ':']).starts_with(|c: char| c.is_ascii_digit());
        let Some(number) = folded.find(" số").filter(|&n| !self.seen_number && numbered(n + " số".len())) else {
            return self.put(Slot::Authority, span);
        };
        let place = |n: usize| self.text.place_from(span.start + n).min(span.end);
        let date = folded[number..].find("ngày ").map_or(folded.len(), |n| number + n);
        let subject =
            ["về việc ", "về ", "ban hành ", "quy định ", "hướng dẫn "].iter().filter_map(|w| folded[date..].find(w)).min().map_or(folded.len(), |n| date + n);
        let (number, date, subject) = (place(number + 1), place(date), place(subject));
        self.put(Slot::Authority, Span::new(span.start, number));
        self.seen_number = true;
        self.put(Slot::Number, Span::new(number, date));
        if date < subject {
            self.put(Slot::PlaceAndDate, Span::new(date, subject));
        }
        if subject < span.end {
            self.put(Slot::Subject, Span::new(subject, span.end));
        }
    }

    fn goes_on_with_title(&self, blocks: &[Block], i: usize, first: usize) -> bool {
        let block = &blocks[i];
        let s = self.text.slice(block.span);
        let folded = self.text.slice_folded(block.span);
        let starts_body = opens_with(folded, &["căn cứ ", "kính gửi", "xét ", "thực hiện nghị quyết số", "trong thời gian", "để "]);
        if starts_body && i > first || folded.starts_with("căn cứ ") || folded.starts_with("kính gửi") || matches!(block.shape, Shape::Row(_)) {
            return false;
        }
        if crate::marker::marker(s).is_some() || starts_number(folded).is_some() || place_and_date(s).is_some() || is_mark(folded) {
            return false;
        }
        let length = s.chars().count();
        if i == first {
            // The title itself, unless the authority or the first sentence follows at once.
            return !(is_authority(folded) && is_caps(s)) && length < 700 && !s.ends_with(':');
        }
        let before = self.text.slice(blocks[i - 1].span);
        let same_case = is_caps(before) == is_caps(s);
        let closed = s.ends_with([':', ';']) || s.ends_with('.') && !s.ends_with("...");
        if is_authority(folded) && is_caps(s) && (!is_caps(before) || self.stands_above_basis(&blocks[i + 1..])) {
            return false;
        }
        let continues = s.starts_with(|c: char| c.is_lowercase() || c == '(' || c == '“' || c == '"') || previous_open(self.text, &blocks[i - 1]);
        if block.gap_before {
            return continues && same_case && !closed && length < 300 && !before.ends_with('”') && !s.starts_with('(');
        }
        same_case && !closed && length < 220 && !starts_body && !s.starts_with("(Kèm")
    }
}

impl Finder<'_> {
    /// Whether the căn cứ begin here, or below one more line in capitals: what stands above them names who decides.
    fn stands_above_basis(&self, blocks: &[Block]) -> bool {
        let basis = |b: &Block| opens_with(self.text.slice_folded(b.span), &["căn cứ ", "xét ", "theo đề nghị"]);
        blocks.first().is_some_and(|b| basis(b) || is_caps(self.text.slice(b.span)) && blocks.get(1).is_some_and(basis))
    }
}

/// Whether a block ends in the middle of a phrase.
fn previous_open(text: &Text, block: &Block) -> bool {
    let folded = text.slice_folded(block.span);
    folded.ends_with(',')
        || [" thực hiện", " của", " về", " và", " các", " số", " trong", " tại", " của bộ", " của bộ trưởng", " của sở", " của ủy ban"]
            .iter()
            .any(|w| folded.ends_with(w))
}

fn trim(text: &Text, span: Span) -> Span {
    let s = text.slice(span);
    let start = s.len() - s.trim_start_matches([' ', ':', '-', '–', '*']).len();
    let len = s.trim_end_matches([' ', ';', '*', '_']).len().max(start);
    Span::new(span.start + start, span.start + len)
}

/// "số", "số:", "sổ:" and what follows is a number, a blank or a stroke; the length of the opening.
pub(super) fn starts_number(folded: &str) -> Option<usize> {
    let word = ["số", "sổ", "s6"].iter().find(|w| folded.starts_with(**w))?;
    let rest = &folded[word.len()..];
    let inner = rest.trim_start_matches([' ', ':', '.', '…', '_', '*']);
    let first = inner.chars().next();
    let colon = rest.trim_start().starts_with(':');
    let code = inner.split([' ', ',']).next().is_some_and(|w| w.contains('/') || w.contains('-'));
    let next_code = inner.split(' ').nth(1).is_some_and(|w| w.starts_with(['/', '-']));
    let ok = first.is_none() && colon || first.is_some_and(|c| c.is_ascii_digit() || c == '/' || c == '-') && (colon || code || next_code);
    ok.then_some(word.len())
}

/// Where "Hà Nội, ngày 05 tháng 3 năm 2026" begins in a line, if it ends the line.
pub(crate) fn place_and_date(s: &str) -> Option<usize> {
    let comma_before = |day: &str| memchr_iter(b',', s.as_bytes()).find(|&n| s[n + 1..].starts_with(day));
    let with_hour = || memchr_iter(b',', s.as_bytes()).find(|&n| after_hour(&s[n + 1..]).is_some_and(|rest| rest.starts_with("ngày")));
    let comma = with_hour().or_else(|| comma_before(" ngày")).or_else(|| comma_before("ngày")).or_else(|| comma_before(" Ngày"))?;
    let tail = &s[comma..];
    let has_date = tail.contains("tháng") && tail.contains("năm") || tail.matches('/').count() >= 2;
    if !has_date || tail.chars().count() > 60 {
        return None;
    }
    // The place is the run of capitalised words before the comma: "Số: 12/KH-UBND Long An, ngày …".
    let mut start = comma;
    for (at, word) in words_backward(&s[..comma]) {
        let city = matches!(word, "TP." | "TP");
        if !word.starts_with(char::is_uppercase) && !matches!(word, "–" | "-") || word.contains(['/', ':']) || is_caps(word) && !city {
            break;
        }
        start = at;
    }
    // "Hà nội, ngày …": the names of provinces were also written so.
    if start == comma {
        start = words_backward(&s[..comma])
            .take(3)
            .map(|(at, _)| at)
            .filter(|&at| s[at..].starts_with(char::is_uppercase))
            .find(|&at| is_province(&s[at..comma]))
            .unwrap_or(comma);
    }
    // "Thành phố Hồ Chí Minh, ngày …"
    let class = ["Thành phố ", "Thị xã ", "Thị trấn "].iter().find(|w| s[..start].ends_with(**w)).map_or(0, |w| w.len());
    (start < comma).then_some(start - class)
}

fn is_province(place: &str) -> bool {
    lexicon().province_names.exact(&crate::text::fold(place)).is_some()
}

/// What follows the hour that a telegram is sent at: "hồi 15 giờ 30 ngày 26 tháng 9 năm 2025".
fn after_hour(s: &str) -> Option<&str> {
    let digits = |s: &'_ str| s.len() - s.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let s = s.trim_start();
    let s = ["hồi ", "lúc ", "Hồi ", "Lúc "].iter().find_map(|w| s.strip_prefix(w)).unwrap_or(s);
    let hour = digits(s);
    let rest = s[hour..].trim_start();
    let rest = ["giờ", "h", "g"].iter().find_map(|w| rest.strip_prefix(w)).filter(|_| (1..=2).contains(&hour))?.trim_start();
    let rest = rest[digits(rest)..].trim_start();
    Some(rest.strip_prefix("phút").unwrap_or(rest).trim_start_matches([' ', ',', '\'', '’']))
}

/// A place and date anywhere in a line.
fn inner_place_and_date(s: &str) -> Option<std::ops::Range<usize>> {
    let comma = s.find(", ngày")?;
    let year = comma + s[comma..].find("năm ")? + "năm ".len();
    let digits = s[year..].bytes().take_while(u8::is_ascii_digit).count();
    let end = year + digits;
    let start = place_and_date(&s[..end])?;
    (digits == 4).then(|| province_in(&s[start..comma]).map_or(start, |n| start + n)..end)
}

/// Where the name of a province begins at the end of a place behind other names: "… châu Phi Quảng Trị".
fn province_in(place: &str) -> Option<usize> {
    let folded = crate::text::fold(place);
    folded
        .match_indices(' ')
        .map(|(n, _)| n + 1)
        .find(|&n| lexicon().province_names.exact(&folded[n..]).is_some())
        .filter(|_| lexicon().province_names.exact(&folded).is_none())
}

fn words_backward(s: &str) -> impl Iterator<Item = (usize, &str)> {
    s.rsplit(' ').map(move |w| (w.as_ptr() as usize - s.as_ptr() as usize, w)).filter(|(_, w)| !w.is_empty())
}

/// Length of "V/v", "Về việc" and their colon.
pub(crate) fn subject_opening(folded: &str) -> Option<usize> {
    let word = ["v/v:", "v/v", "vv:", "về việc:", "về việc", "vềviệc", "vê việc", "về viêc", "v/ v"].iter().find(|w| folded.starts_with(**w))?;
    let rest = &folded[word.len()..];
    Some(word.len() + rest.len() - rest.trim_start_matches([' ', ':']).len())
}

/// độ mật, độ khẩn, phạm vi lưu hành (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.10).
fn is_mark(folded: &str) -> bool {
    const MARKS: &[&str] = &[
        "mật",
        "tối mật",
        "tuyệt mật",
        "khẩn",
        "thượng khẩn",
        "hỏa tốc",
        "hỏa tốc hẹn giờ",
        "xem xong trả lại",
        "lưu hành nội bộ",
        "tài liệu thu hồi",
        "tài liệu hội nghị",
        "hỏa tốc - mật",
    ];
    MARKS.contains(&folded.trim_matches(['(', ')', ' ', '*', '.']))
}

/// QUYẾT ĐỊNH: before the articles is no title.
fn is_decision_word(folded: &str) -> bool {
    folded.ends_with(':')
}

/// A line in capitals that names who decides, above the căn cứ.
fn is_authority(folded: &str) -> bool {
    const HEADS: &[&str] = &[
        "chủ tịch",
        "bộ trưởng",
        "thủ tướng",
        "chính phủ",
        "ủy ban",
        "hội đồng nhân dân",
        "giám đốc",
        "quốc hội",
        "tổng",
        "thống đốc",
        "cục trưởng",
        "chánh",
        "trưởng ban",
        "ban thường vụ",
        "ban bí thư",
        "bộ chính trị",
        "viện trưởng",
        "hiệu trưởng",
        "thủ trưởng",
        "ban chấp hành",
        "ban chỉ đạo",
        "thanh tra",
    ];
    opens_with(folded, HEADS)
}

/// The type at the start of a line in capitals: its length and the type's words, folded.
pub(super) fn type_line(s: &str) -> Option<(usize, String)> {
    if s.chars().take_while(|c| !c.is_whitespace()).any(char::is_lowercase) {
        return None;
    }
    let folded = crate::text::fold(s);
    // "Q U Y Ế T  Đ Ị N H"
    if s.len() > 8 && s.split(' ').filter(|w| !w.is_empty()).all(|w| w.chars().count() == 1) {
        let joined: String = folded.split(' ').collect();
        let hit = lexicon().types.iter().find(|t| crate::text::fold(&t.name).replace(' ', "") == joined);
        return hit.map(|t| (s.len(), crate::text::fold(&t.name)));
    }
    let (end, word) = lexicon().type_words.at(&folded, 0)?;
    if word.short || !is_caps(&s[..end]) {
        return None;
    }
    let rest = s[end..].trim();
    // "KẾT LUẬN CỦA BAN THƯỜNG VỤ", "THÔNG BÁO Kết luận của …", "CÔNG ĐIỆN" alone; not "QUYẾT ĐỊNH:".
    let ok = !rest.starts_with([':', ',']) && s.chars().count() < 400;
    ok.then(|| (end, folded[..end].to_owned()))
}
