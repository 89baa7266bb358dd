//! Mentions of other papers: where one begins and ends, what it names, in whose title it stands.

use super::agency::{self, Party};
use super::code::{self, Code, CodeMention, Repair};
use super::date::{self, PartialDate};
pub use super::identity::slug;
use super::identity::{self, Home};
use crate::lexicon::{TypeWord, lexicon};
use crate::rule::Found;
use crate::structure::{Document, Slot};
use crate::text::{Span, head, is_word_end, opens_with};
use foldhash::{HashMap, HashMapExt};

mod law;

/// How a paper is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// With its symbol.
    Full,
    /// By number alone, or a later mention of what was cited in full.
    Short,
    /// Without a number: a law or programme by its name, "Quyết định nêu trên".
    Named,
    /// The paper itself.
    Own,
}

impl Form {
    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Short => "short",
            Self::Named => "named",
            Self::Own => "self",
        }
    }
}

/// How sure a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Needs a look.
    Low,
    /// Likely.
    Medium,
    /// As good as certain.
    High,
}

impl Confidence {
    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// One step less sure.
    pub fn lower(self) -> Self {
        match self {
            Self::High => Self::Medium,
            Self::Medium | Self::Low => Self::Low,
        }
    }
}

/// One mention of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// From the type word to the issuer.
    pub span: Span,
    /// How.
    pub form: Form,
    /// Type code in records.
    pub type_code: Option<&'static str>,
    /// Number and symbol; `None` without a number.
    pub code: Option<Code>,
    /// Abbreviations of the issuers in the symbol.
    pub issuers: Vec<String>,
    /// As this mention prints it, or as its sentence prints it before it.
    pub date: Option<PartialDate>,
    /// After "của", or before "đã ký".
    pub issuer: Option<Party>,
    /// Where its title stands, opener included.
    pub title: Option<Span>,
    /// The provision before it: "khoản 2 Điều 5".
    pub provision: Option<Span>,
    /// The mention in whose title this one stands.
    pub within: Option<usize>,
    /// The mention that this one refers back to.
    pub antecedent: Option<usize>,
    /// Mended readings.
    pub repairs: Vec<Repair>,
    /// What made it.
    pub rule: &'static str,
    /// How sure.
    pub confidence: Confidence,
}

/// Finds every mention, in reading order.
pub fn find(document: &Document) -> Vec<Citation> {
    let text = document.text.as_str();
    let own: Vec<Span> = document.letterhead.all(Slot::Number).collect();
    let mut codes = code::scan(text);
    codes.retain(|c| !own.iter().any(|n| n.contains(c.span)));
    let folded = document.text.folded();
    let words = lexicon()
        .type_words
        .scan_in(&document.text, Span::new(0, folded.len()))
        .map(|(start, end, word)| Word { span: Span::new(start, end), word, used: false })
        .collect();
    let mut finder = Finder { document, text, folded, dates: date::DATES.scan_text(&document.text), words, found: Vec::new(), aliases: Vec::new() };
    finder.codes(codes);
    finder.words();
    finder.found.sort_by_key(|c| (c.span.start, c.span.end));
    finder.resolve_short();
    finder.name_aliases();
    finder.titles();
    finder.found
}

/// The date that a letterhead line holds, if it is one.
pub fn date_in(folded: &str) -> Option<(Span, PartialDate)> {
    date::DATES.scan(folded).into_iter().next().map(|f| (f.span, f.value))
}

struct Word {
    span: Span,
    word: &'static TypeWord,
    used: bool,
}

struct Finder<'a> {
    document: &'a Document,
    text: &'a str,
    folded: &'a str,
    dates: Vec<Found<PartialDate>>,
    words: Vec<Word>,
    found: Vec<Citation>,
    aliases: Vec<(&'static str, usize)>,
}

/// Between a type and its number at most this much stands: "số", "liên tịch số:".
const WORD_GAP: usize = 28;
/// So many papers of one number are told apart.
const MOST_NAMESAKES: usize = 16;
/// What stands farther off in a paragraph has nothing to do with a mention.
const LONGEST_PARAGRAPH: usize = 8192;
/// "điểm a, b khoản 1 Điều 7" is no longer, in bytes.
const FARTHEST_PROVISION: usize = 160;
/// "các mục tiêu đề ra của" another paper is no longer, in bytes.
const NEAR_SHARE: usize = 120;
/// No title is longer.
const LONGEST_TITLE: usize = 1600;

impl Finder<'_> {
    /// Mentions with a symbol.
    fn codes(&mut self, codes: Vec<CodeMention>) {
        let mut before: Option<(Span, Option<&'static str>, usize)> = None;
        for mention in codes {
            let block_start = self.block_start(mention.span.start);
            let word = self.word_before(mention.span.start, block_start).or_else(|| self.law_before(&mention, block_start));
            let listed = before.filter(|b| word.is_none() && b.0.start >= block_start && self.is_list_gap(b.2, mention.span.start));
            // An unknown symbol counts only where a type or "số" announces it.
            let announced = word.is_some() || listed.is_some() || self.folded[..mention.span.start].trim_end_matches([' ', ':']).ends_with("số");
            if !announced && !(mention.known && (mention.code.year.is_some() || mention.code.notation.contains(['-', '/']))) {
                continue;
            }
            if !mention.known && !announced {
                continue;
            }
            let start = word.map_or(mention.span.start, |i| self.words[i].span.start);
            let word_code = word.map(|i| self.words[i].word.code).or(listed.and_then(|b| b.1));
            if let Some(i) = word {
                let words = self.words[i..].iter_mut().take_while(|w| w.span.end <= mention.span.start);
                words.for_each(|w| w.used = true);
            }
            let citation = self.full(mention, start, word_code, listed.is_some());
            before = Some((citation.span, word_code, citation.span.end));
            self.found.push(citation);
        }
        self.share_dates();
        self.dates_of_rows();
    }

    /// In lists of papers set as tables the date has a column of its own.
    fn dates_of_rows(&mut self) {
        let blocks = self.document.text.blocks();
        for i in 0..self.found.len() {
            let c = &self.found[i];
            if c.date.is_some() || c.code.is_none() {
                continue;
            }
            let block = blocks.partition_point(|b| b.span.end < c.span.start);
            let Some(row) = blocks.get(block).filter(|b| !b.cells.is_empty()) else { continue };
            let alone = row.cells.iter().any(|cell| cell.contains(c.span) && cell.len() <= c.span.len() + 12);
            let dates: Vec<PartialDate> = row
                .cells
                .iter()
                .filter_map(|cell| {
                    let folded = self.folded[cell.range()].trim();
                    let bare = folded.strip_prefix("ngày ").unwrap_or(folded);
                    date::digits(bare).filter(|(len, _)| *len == bare.len()).map(|(_, d)| d)
                })
                .collect();
            if let ([date], true) = (&dates[..], alone) {
                self.found[i].date = Some(*date);
            }
        }
    }

    fn full(&mut self, mention: CodeMention, start: usize, word: Option<&'static str>, listed: bool) -> Citation {
        let mut end = mention.span.end;
        let mut printed_date = None;
        if let Some((date_end, date)) = self.date_after(end) {
            end = date_end;
            printed_date = Some(date);
        }
        let mut issuer = self.issuer_after(end);
        if let Some(party) = &issuer {
            end = party.span.end;
            // "Nghị định số 134/2003/NĐ-CP của Chính phủ ngày 14 tháng 11 năm 2003".
            if printed_date.is_none()
                && let Some((date_end, date)) = self.date_after(end)
            {
                end = date_end;
                printed_date = Some(date);
            }
        }
        if printed_date.is_none()
            && let Some((date, party)) = self.date_before(start)
        {
            printed_date = Some(date);
            issuer = issuer.or(party);
        }
        let type_code = type_of(&mention, word);
        let own = mention.code.number.is_none();
        let confidence = if mention.known && (word.is_some() || printed_date.is_some()) { Confidence::High } else { Confidence::Medium };
        let mut repairs = mention.repairs;
        let mut code = mention.code;
        supply_year(&mut code, type_code, printed_date, mention.party, &mut repairs);
        Citation {
            span: Span::new(start, end),
            form: if own { Form::Own } else { Form::Full },
            type_code,
            issuers: mention.issuers,
            date: printed_date,
            issuer,
            title: None,
            provision: self.provision_before(start),
            within: None,
            antecedent: None,
            confidence: if repairs.is_empty() { confidence } else { confidence.min(Confidence::Medium) },
            repairs,
            rule: match (own, listed, word.is_some()) {
                (true, ..) => "citation-blank-number",
                (_, true, _) => "citation-listed",
                (_, _, true) => "citation-full",
                _ => "citation-symbol-alone",
            },
            code: Some(code),
        }
    }

    fn block_start(&self, at: usize) -> usize {
        let from = self.document.text.place_from(at.saturating_sub(LONGEST_PARAGRAPH));
        from + memchr::memrchr2(b'\n', b'\t', &self.text.as_bytes()[from..at]).map_or(0, |n| n + 1)
    }

    fn block_end(&self, at: usize) -> usize {
        let to = self.document.text.place_from(at + LONGEST_PARAGRAPH);
        memchr::memchr2(b'\n', b'\t', &self.text.as_bytes()[at..to]).map_or(to, |n| at + n)
    }

    /// The type word just before a number: "Quyết định số", "các Quyết định số:", "Văn bản chỉ đạo số".
    fn word_before(&self, at: usize, block_start: usize) -> Option<usize> {
        let next = self.words.partition_point(|w| w.span.end <= at);
        let i = next.checked_sub(1)?;
        let w = &self.words[i];
        if w.span.start < block_start || at - w.span.end > WORD_GAP {
            return None;
        }
        let gap = self.folded[w.span.end..at].trim();
        let ok = matches!(
            gap,
            "" | "số"
                | "số:"
                | ":"
                | "số :"
                | "sổ"
                | "sô"
                | "liên tịch số"
                | "hợp nhất số"
                | "liên ngành số"
                | "(số"
                | "- số"
                | "chỉ đạo số"
                | "mật số"
                | "liên bộ số"
        );
        ok.then_some(i)
    }

    /// Only commas, "và", "số" stand between two mentions of a list.
    fn is_list_gap(&self, end: usize, start: usize) -> bool {
        start >= end && start - end < 24 && self.folded[end..start].split([' ', ',', ';', ':']).all(|w| matches!(w, "" | "và" | "số" | "&" | "hoặc" | "đến"))
    }

    /// The date after a number: "ngày …", ", ngày …", "ban hành ngày …", "(ngày …)".
    fn date_after(&self, end: usize) -> Option<(usize, PartialDate)> {
        let rest = &self.folded[end..];
        let mut at = end + rest.len() - rest.trim_start_matches([' ', ',', '(']).len();
        if at - end > 4 {
            return None;
        }
        for word in ["ban hành ", "ký ", "cùng "] {
            if self.folded[at..].starts_with(word) {
                at += word.len();
            }
        }
        let i = self.dates.partition_point(|d| d.span.start < at);
        let hit = self.dates.get(i).filter(|d| d.span.start == at && (d.value.year.is_some()))?;
        Some((hit.span.end, hit.value))
    }

    /// Who issued it: after "của", also where recognition read the tone wrong.
    fn issuer_after(&self, end: usize) -> Option<Party> {
        let rest = &self.folded[end..];
        let at = end + rest.len() - rest.trim_start_matches([' ', ',', ')']).len();
        let word = ["của liên ", "của ", "cúa ", "cùa "].into_iter().find(|w| self.folded[at..].starts_with(w))?.len();
        agency::name_at(&self.document.text, at + word, self.next_paper(at).unwrap_or_else(|| self.block_end(at)))
    }

    /// " và Chỉ thị số …" after an issuer goes on with another paper, not with the issuer's name.
    fn next_paper(&self, at: usize) -> Option<usize> {
        let from = self.words.partition_point(|w| w.span.start < at);
        let near = self.words[from..].iter().take(4).take_while(|w| w.span.start < at + FARTHEST_PROVISION);
        near.filter(|w| !w.word.short).find_map(|w| {
            let head = self.folded[at..w.span.start].strip_suffix("và ").or_else(|| self.folded[at..w.span.start].strip_suffix(", "))?;
            let after = self.folded[w.span.end..].trim_start();
            let numbered = after.starts_with("số ") || after.starts_with(|c: char| c.is_ascii_digit()) || opens_with(after, &["hành động số", "phối hợp số"]);
            let act = matches!(w.word.code, "NQ" | "NĐ" | "QĐ" | "CT" | "TT" | "TTLT" | "L" | "BL" | "PL" | "KL" | "CV" | "TTr");
            (numbered || act && self.text[w.span.start..].starts_with(char::is_uppercase)).then_some(at + head.trim_end().len())
        })
    }

    /// "Ngày 30 tháng 7 năm 2021, Thủ tướng Chính phủ đã ký Quyết định số …": the date stands first.
    fn date_before(&self, start: usize) -> Option<(PartialDate, Option<Party>)> {
        let i = self.dates.partition_point(|d| d.span.end <= start);
        let hit = &self.dates[i.checked_sub(1)?];
        let between = &self.folded[hit.span.end..start];
        let deed = ["đã ký", "ký ban hành", "ban hành", "đã có", "có", "phê duyệt", "ký"].iter().any(|w| between.trim_end().ends_with(w));
        let opens = hit.span.start == self.sentence_start(hit.span.start) || [", ", "; "].iter().any(|w| self.folded[..hit.span.start].ends_with(w));
        if !opens || !deed || between.len() > 160 || between.contains(['\n', '.', ';']) || hit.value.year.is_none() {
            return None;
        }
        let comma = hit.span.end + between.len() - between.trim_start_matches([' ', ',']).len();
        let party = agency::name_at(&self.document.text, comma, start);
        Some((hit.value, party))
    }

    fn sentence_start(&self, at: usize) -> usize {
        // A sentence of more bytes has no start that is looked for.
        let near = self.document.text.place_from(at.saturating_sub(LONGEST_TITLE).max(self.block_start(at)));
        let stop = self.text[near..at].rfind(". ").map_or(near, |n| near + n + 2);
        let label = crate::marker::marker(&self.text[stop..]).map_or(0, |m| m.len);
        if stop + label <= at { stop + label } else { stop }
    }

    /// "khoản 2 Điều 5", "điểm a, b khoản 1 Điều 7" just before the type word.
    fn provision_before(&self, start: usize) -> Option<Span> {
        let block = self.block_start(start);
        let window = self.document.text.place_from(start.saturating_sub(FARTHEST_PROVISION).max(block));
        let head = self.folded[window..start].trim_end();
        let head = head.strip_suffix("của").unwrap_or(head).trim_end();
        // A provision ends in its number or letter.
        let last = head.rsplit(' ').next().unwrap_or_default();
        // "quy định chi tiết Nghị quyết số …"
        if last == "tiết" || last.chars().count() > 6 || !(last.ends_with(|c: char| c.is_ascii_digit()) || last.chars().count() <= 4) {
            return None;
        }
        let mut first = None;
        let mut at = head.len() + 1;
        for word in head.rsplit(' ') {
            at -= word.len() + 1;
            let w = word.trim_end_matches([',', ';']);
            let unit = matches!(w, "khoản" | "điều" | "điểm" | "mục" | "chương" | "phần" | "tiết" | "phụ" | "lục" | "các" | "và" | "đến");
            let value = w.len() <= 6 && w.chars().all(|c| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x')) || w.chars().count() <= 2;
            if w.is_empty() || !(unit || value) {
                break;
            }
            if matches!(w, "khoản" | "điều" | "điểm" | "mục" | "chương" | "phần" | "tiết" | "phụ") {
                first = Some(at);
            }
        }
        Some(Span::new(window + first?, window + head.len()))
    }

    /// A date after the last of a list dates all of it: "1743/QĐ-BGTVT, 1744/QĐ-BGTVT ngày 31/12/2024".
    fn share_dates(&mut self) {
        for i in (0..self.found.len().saturating_sub(1)).rev() {
            let (a, b) = (&self.found[i], &self.found[i + 1]);
            if a.date.is_none() && b.rule == "citation-listed" && b.date.is_some() && a.issuer.is_none() && self.is_list_gap(a.span.end, b.span.start) {
                let (date, issuer) = (b.date, b.issuer.clone());
                let a = &mut self.found[i];
                a.date = date;
                a.issuer = issuer;
                // The year belongs to the symbol only where this mention prints the date itself.
            }
        }
    }

    /// Mentions without a symbol.
    fn words(&mut self) {
        // The names of laws hold type words: "Luật sửa đổi, bổ sung một số điều của Luật Đất đai".
        let mut named = 0;
        for i in 0..self.words.len() {
            if self.words[i].used || self.words[i].span.start < named {
                continue;
            }
            let (span, word) = (self.words[i].span, self.words[i].word);
            if let Some(citations) = self.by_number(span, word) {
                self.found.extend(citations);
            } else if let Some(citation) = self.own_mention(span, word).or_else(|| self.by_name(span, word)) {
                named = citation.span.end;
                self.found.push(citation);
            }
        }
    }

    fn bare(&self, span: Span, form: Form, type_code: &'static str, rule: &'static str) -> Citation {
        Citation {
            span,
            form,
            type_code: Some(type_code),
            code: None,
            issuers: Vec::new(),
            date: None,
            issuer: None,
            title: None,
            provision: None,
            within: None,
            antecedent: None,
            repairs: Vec::new(),
            rule,
            confidence: Confidence::Medium,
        }
    }

    /// "Quyết định 781", "QĐ 4835, 226", "Nghị định 140/2017", "Đề án 89".
    fn by_number(&self, span: Span, word: &'static TypeWord) -> Option<Vec<Citation>> {
        let capital = self.text[span.start..].starts_with(char::is_uppercase);
        if !capital || word.short && !self.text[span.range()].starts_with(|c: char| c.is_uppercase()) {
            return None;
        }
        let after = self.folded[span.end..].strip_prefix(" ")?;
        let numbered = after.starts_with("số ");
        let at = span.end + 1 + if numbered { "số ".len() } else { 0 };
        let (end, code) = self.number_alone(at, numbered)?;
        let scheme = matches!(word.code, "ĐA" | "DA" | "CTr" | "BC" | "CL" | "QH" | "PA");
        let allowed =
            matches!(word.code, "QĐ" | "NĐ" | "NQ" | "TT" | "CT" | "KL" | "KH" | "CV" | "TB" | "VB" | "HD" | "TTr" | "QyĐ" | "TTLT" | "L" | "PL" | "CĐ" | "BL")
                || scheme;
        // "(*) Văn bản số 8" counts the lines of a list.
        if word.code == "VB" && code.year.is_none() && code.text.len() < 3 {
            return None;
        }
        let year_like = code.year.is_none() && code.text.len() == 4 && (code.text.starts_with("19") || code.text.starts_with("20"));
        if !allowed || year_like && !numbered || word.short && word.code == "TT" && code.year.is_none() {
            return None;
        }
        let form = if scheme && code.year.is_none() { Form::Named } else { Form::Short };
        let mut first = Citation { code: Some(code), ..self.bare(Span::new(span.start, end), form, word.code, "citation-number-alone") };
        first.provision = self.provision_before(span.start);
        if form == Form::Named {
            first.code = None;
            first.rule = "citation-nickname";
        }
        if let Some((date_end, date)) = self.date_after(end) {
            first.span.end = date_end;
            first.date = Some(date);
        }
        if let Some(party) = self.issuer_after(first.span.end) {
            first.span.end = party.span.end;
            first.issuer = Some(party);
        }
        let mut all = vec![first];
        let mut from = end;
        while let Some((start, end, code)) = self.next_number(from, word) {
            all.push(Citation { code: Some(code), ..self.bare(Span::new(start, end), form, word.code, "citation-number-listed") });
            from = end;
        }
        Some(all)
    }

    /// A number that stands for a paper: not a quantity, an hour or a year.
    fn number_alone(&self, at: usize, numbered: bool) -> Option<(usize, Code)> {
        let rest = &self.folded[at..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 5 {
            return None;
        }
        let mut end = at + digits;
        let number = self.text[at..end].to_owned();
        let mut year = None;
        if let Some(y) = self.folded[end..].strip_prefix('/').and_then(|r| r.get(..4)).and_then(|y| y.parse::<i16>().ok()).filter(|y| (1945..=2100).contains(y))
        {
            let stop = end + 5;
            if is_word_end(self.folded, stop) && !self.folded[stop..].starts_with(['/', '-']) {
                year = Some(y);
                end = stop;
            }
        }
        let tail = &self.folded[end..];
        if tail
            .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '%' | '-' | '.') && tail[c.len_utf8()..].starts_with(|d: char| d.is_alphanumeric()))
        {
            return None;
        }
        const UNITS: &[&str] = &[
            "năm",
            "ngày",
            "tháng",
            "tuần",
            "giờ",
            "tỷ",
            "triệu",
            "nghìn",
            "người",
            "nhiệm vụ",
            "nội dung",
            "dự án",
            "đề án",
            "văn bản",
            "tỉnh",
            "huyện",
            "xã",
            "bước",
            "giai đoạn",
            "điểm",
            "khâu",
            "nhóm",
            "chỉ tiêu",
            "mục tiêu",
            "lần",
            "%",
            "cấp",
            "bên",
            "đồng",
            "hộ",
            "tổ",
            "thành viên",
            "điều",
            "chương",
        ];
        let next = tail.trim_start();
        let quantity = tail.starts_with(' ')
            && UNITS.iter().any(|u| next.starts_with(u) && is_word_end(next, u.len()))
            && !next.starts_with("ngày ") | next.starts_with("ngày làm");
        if quantity && !numbered {
            return None;
        }
        let text = match year {
            Some(y) => format!("{number}/{y}"),
            None => number.clone(),
        };
        Some((end, Code { text, number: Some(number), year, notation: String::new() }))
    }

    /// ", 226" after "QĐ 4835".
    fn next_number(&self, from: usize, word: &TypeWord) -> Option<(usize, usize, Code)> {
        let rest = &self.folded[from..];
        let gap = [", ", " và ", "; "].iter().find(|g| rest.starts_with(**g))?;
        let at = from + gap.len();
        let (end, code) = self.number_alone(at, false)?;
        let closed = self.folded[end..].starts_with([')', ',', ';', '.']) || self.folded[end..].starts_with(" của");
        (closed && (word.short || gap.trim() != ";") && code.text.len() >= 2).then_some((at, end, code))
    }

    /// "Kế hoạch này": the paper itself.
    fn own_mention(&self, span: Span, word: &'static TypeWord) -> Option<Citation> {
        let rest = &self.folded[span.end..];
        let own = rest.starts_with(" này") && is_word_end(rest, " này".len());
        (own && !word.short).then(|| {
            let end = span.end + " này".len();
            Citation { confidence: Confidence::High, ..self.bare(Span::new(span.start, end), Form::Own, word.code, "citation-own") }
        })
    }

    /// "Quyết định nêu trên", or a law by its name.
    fn by_name(&self, span: Span, word: &'static TypeWord) -> Option<Citation> {
        let rest = &self.folded[span.end..];
        for back in [" nêu trên", " nói trên", " trên đây"] {
            if rest.starts_with(back) && is_word_end(rest, back.len()) {
                let end = span.end + back.len();
                return Some(Citation { confidence: Confidence::Low, ..self.bare(Span::new(span.start, end), Form::Named, word.code, "citation-above") });
            }
        }
        self.law_by_name(span, word)
    }

    /// Numbers alone take the symbol of what they point to, where one paper of the type has it.
    fn resolve_short(&mut self) {
        // By number: the papers cited in full, one of each symbol.
        let mut full: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, c) in self.found.iter().enumerate().filter(|(_, c)| c.form == Form::Full) {
            let Some(code) = &c.code else { continue };
            let list = full.entry(code.number.clone().unwrap_or_default()).or_default();
            if list.len() < MOST_NAMESAKES && !list.iter().any(|&j| self.found[j].code.as_ref().map(|c| &c.text) == Some(&code.text)) {
                list.push(i);
            }
        }
        for i in 0..self.found.len() {
            if self.found[i].form != Form::Short {
                continue;
            }
            let (Some(code), type_code) = (self.found[i].code.clone(), self.found[i].type_code) else { continue };
            let namesakes = code.number.as_ref().and_then(|n| full.get(n)).map(Vec::as_slice).unwrap_or_default();
            let same = |j: &&usize| {
                let other = &self.found[**j];
                let year = other.code.as_ref().and_then(|c| c.year);
                (other.type_code == type_code || type_code == Some("VB")) && (code.year.is_none() || year == code.year)
            };
            let hits: Vec<usize> = namesakes.iter().filter(same).copied().collect();
            // Two papers of one number remain: not guessed.
            if let [one] = hits[..] {
                let full = self.found[one].code.clone();
                let issuers = self.found[one].issuers.clone();
                let citation = &mut self.found[i];
                citation.code = full;
                citation.issuers = issuers;
                citation.antecedent = Some(one);
            }
        }
        self.mark_later_mentions();
    }

    /// A full symbol without date and issuer, cited before with them, is a later mention.
    fn mark_later_mentions(&mut self) {
        let mut dated: HashMap<String, usize> = HashMap::new();
        for i in 0..self.found.len() {
            let Some(text) = self.found[i].code.as_ref().filter(|_| self.found[i].form == Form::Full).map(|c| c.text.clone()) else { continue };
            if self.found[i].date.is_some() {
                dated.entry(text).or_insert(i);
            } else if let Some(&first) = dated.get(&text) {
                self.found[i].form = Form::Short;
                self.found[i].antecedent = Some(first);
            }
        }
    }

    /// "(sau đây gọi tắt là Đề án)": later "Đề án" is the paper cited before the bracket.
    fn name_aliases(&mut self) {
        const DEFINITIONS: &[&str] =
            &["gọi tắt là ", "viết tắt là ", "sau đây gọi là ", "gọi chung là ", "sau đây gọi tắt ", "gọi tắt: ", "viết tắt: ", "gọi là "];
        // By type: where a definition ends, and the paper that it names, in reading order.
        let mut definitions: HashMap<&'static str, Vec<(usize, usize)>> = HashMap::new();
        for w in &self.words {
            let before = self.folded[..w.span.start].trim_end_matches(['“', '"', '”']);
            let bracket = self.folded[w.span.end..].starts_with([')', '”', '"', ',']);
            if !bracket {
                continue;
            }
            let defined = !w.used && DEFINITIONS.iter().any(|d| before.ends_with(d));
            if !defined {
                continue;
            }
            let next = self.found.partition_point(|c| c.span.start < w.span.start);
            let near = next.saturating_sub(MOST_NAMESAKES)..next;
            let block = self.block_start(w.span.start);
            if let Some(i) =
                near.rev().find(|&i| self.found[i].span.end <= w.span.start && self.found[i].form == Form::Full && self.found[i].span.start >= block)
            {
                definitions.entry(w.word.code).or_default().push((w.span.end, i));
                self.aliases.push((w.word.code, i));
            }
        }
        let mut mentions = Vec::new();
        for w in self.words.iter().filter(|w| !w.used && !w.word.short) {
            let Some(of_type) = definitions.get(w.word.code) else { continue };
            let Some(last) = of_type.partition_point(|d| d.0 < w.span.start).checked_sub(1) else { continue };
            let next = self.found.partition_point(|c| c.span.start <= w.span.start);
            let taken = next > 0 && self.found[next - 1].span.contains(w.span);
            let capital = self.text[w.span.start..].starts_with(char::is_uppercase);
            let next = self.folded[w.span.end..].trim_start();
            let own_name = next.starts_with(['“', '"']) || next.starts_with("số ") || next.starts_with(|c: char| c.is_ascii_digit());
            if capital && !taken && !own_name {
                mentions.push(Citation { antecedent: Some(of_type[last].1), ..self.bare(w.span, Form::Named, w.word.code, "citation-alias") });
            }
        }
        self.insert(mentions);
    }

    /// Adds mentions, keeping reading order and what refers to what.
    fn insert(&mut self, mentions: Vec<Citation>) {
        if mentions.is_empty() {
            return;
        }
        let old = std::mem::take(&mut self.found);
        let mut all: Vec<(Option<usize>, Citation)> =
            old.into_iter().enumerate().map(|(i, c)| (Some(i), c)).chain(mentions.into_iter().map(|c| (None, c))).collect();
        all.sort_by_key(|(_, c)| (c.span.start, c.span.end));
        let mut place = vec![0; all.len()];
        for (new, (old, _)) in all.iter().enumerate() {
            if let Some(old) = old {
                place[*old] = new;
            }
        }
        self.found = all.into_iter().map(|(_, c)| Citation { antecedent: c.antecedent.map(|a| place[a]), ..c }).collect();
    }

    /// Titles, and which mentions stand inside them.
    fn titles(&mut self) {
        for i in 0..self.found.len() {
            if matches!(self.found[i].form, Form::Full | Form::Short) {
                self.found[i].title = self.title_of(i);
            }
        }
        self.keep_order();
        // The innermost title that holds a mention is its home.
        let mut open: Vec<usize> = Vec::new();
        for i in 0..self.found.len() {
            let span = self.found[i].span;
            open.retain(|&o| self.found[o].title.is_some_and(|t| t.end >= span.end));
            self.found[i].within = open.iter().rev().copied().find(|&o| self.found[o].title.is_some_and(|t| t.contains(span)));
            if self.found[i].title.is_some() {
                open.push(i);
            }
        }
    }

    /// No title holds a paper that is younger than its own, and none of the Party a decree of the Government ("Kết luận số 81-KL/TW
    /// về tiếp tục thực hiện Nghị quyết số 24-NQ/TW và Nghị định số 08/2022/NĐ-CP"): it ends before that one.
    fn keep_order(&mut self) {
        let day = |c: &Citation| c.date.and_then(PartialDate::day_of_calendar);
        let issued = |c: &Citation, notation: &str| c.code.as_ref().is_some_and(|code| code.notation.ends_with(notation));
        for i in 0..self.found.len() {
            let (own, Some(title)) = (&self.found[i], self.found[i].title) else { continue };
            let inside = self.found[i + 1..].iter().take_while(|c| c.span.start < title.end);
            let younger = |c: &&Citation| day(c).zip(day(own)).is_some_and(|(inner, own)| inner > own);
            let foreign = |c: &&Citation| issued(own, "/TW") && (issued(c, "-CP") || issued(c, "-TTg"));
            let Some(start) = inside.filter(|c| younger(c) || foreign(c)).map(|c| c.span.start).next() else { continue };
            let head = self.folded[..start].trim_end_matches([' ', ',', ';']);
            let end = head.strip_suffix(" và").unwrap_or(head).trim_end_matches([' ', ',', ';']).len();
            self.found[i].title = (end > title.start + 4).then(|| Span::new(title.start, end));
        }
    }

    fn title_of(&self, i: usize) -> Option<Span> {
        let end = self.further_issuers(i);
        let block_end = self.document.text.place_from(self.block_end(end).min(end + LONGEST_TITLE));
        let rest = &self.folded[end..block_end];
        let mut at = end + rest.len() - rest.trim_start_matches([' ', ',', ')']).len();
        if at - end > 3 {
            return None;
        }
        // "khóa XII" after the issuer, a bracket with a short form of its name: "(GDĐT) về việc".
        let rest = &self.folded[at..block_end];
        let short = rest.strip_prefix('(').and_then(|r| r.find(')')).filter(|n| *n < 24 && rest[n + 2..].starts_with(" về "));
        at += short.map_or(0, |n| n + "()".len() + " ".len());
        let rest = &self.folded[at..block_end];
        if let Some(term) = rest.strip_prefix("khóa ") {
            at += "khóa ".len() + term.find(' ').unwrap_or(term.len()) + 1;
        }
        if at >= block_end {
            return None;
        }
        let rest = &self.folded[at..block_end];
        let mention = self.found.binary_search_by_key(&at, |c| c.span.start).is_ok();
        let comma = self.folded[end..at].contains(',');
        let opens =
            if comma { rest.starts_with("về ") } else { lexicon().title_openers.at(&self.folded[..block_end], at).is_some() || rest.starts_with('“') };
        if mention || !opens {
            return None;
        }
        let stop = self.title_end(at, block_end, i);
        (stop > at + 4).then(|| Span::new(at, stop))
    }

    /// Where the issuers of a joint circular end: "của Bộ Nông nghiệp và PTNT, Bộ Tài chính hướng dẫn …".
    fn further_issuers(&self, i: usize) -> usize {
        let mut end = self.found[i].span.end;
        if self.found[i].type_code != Some("TTLT") || self.found[i].issuer.is_none() {
            return end;
        }
        while let Some(at) = [", ", " và ", " - ", " – ", "; "].iter().find_map(|w| self.folded[end..].starts_with(w).then(|| end + w.len())) {
            let Some((name_end, _)) = lexicon().agency_names.at(self.folded, at) else { break };
            end = name_end;
        }
        end
    }

    fn title_end(&self, at: usize, limit: usize, own: usize) -> usize {
        let mut depth = 0i32;
        let mut brackets = 0i32;
        let mut closed_quote = false;
        let mut iter = self.text[at..limit].char_indices().peekable();
        while let Some((n, c)) = iter.next() {
            let here = at + n;
            match c {
                '“' => depth += 1,
                '”' => {
                    depth -= 1;
                    closed_quote = true;
                }
                '(' if depth <= 0 => {
                    let aside = opens_with(
                        &self.folded[here + 1..],
                        &[
                            "sau đây",
                            "gọi tắt",
                            "viết tắt",
                            "kèm theo",
                            "ban hành kèm theo",
                            "được ban hành kèm theo",
                            "theo phụ lục",
                            "được gửi",
                            "đề án",
                            "dưới đây",
                            "được sửa đổi",
                            "đã được sửa đổi",
                            "sửa đổi, bổ sung",
                        ],
                    );
                    if aside || closed_quote {
                        return trimmed(self.text, at, here);
                    }
                    brackets += 1;
                }
                ')' => {
                    brackets -= 1;
                    if brackets < 0 {
                        return trimmed(self.text, at, here);
                    }
                }
                // A quotation that is never closed ends with its clause.
                ';' if depth <= 0 || !self.text[here..limit].contains('”') => return trimmed(self.text, at, here),
                '.' if iter.peek().is_none_or(|&(_, next)| next == ' ' || next == '/') && (depth <= 0 || !self.text[here..limit].contains('”')) => {
                    return trimmed(self.text, at, here);
                }
                ',' if depth <= 0 && (self.clause_begins(here + 1, limit) || self.sibling_begins(here + 1, at, own)) => return trimmed(self.text, at, here),
                ' ' if depth <= 0 => {
                    let next = here + 1;
                    if opens_with(
                        &self.folded[next..limit],
                        &[
                            "như sau",
                            "cụ thể như sau",
                            "được sửa đổi",
                            "hết hiệu lực",
                            "có hiệu lực",
                            "tiếp tục có hiệu lực",
                            "và xét đề nghị",
                            "và theo đề nghị",
                            "và căn cứ ",
                        ],
                    ) {
                        return trimmed(self.text, at, here);
                    }
                    if self.deadline_begins(next, limit, own) {
                        return trimmed(self.text, at, here);
                    }
                    if self.folded[next..limit].starts_with("gắn với ") && closed_quote {
                        return trimmed(self.text, at, here);
                    }
                    if self.sibling_begins(next, at, own) || self.share_begins(next, at) || self.repeal_begins(next) {
                        return trimmed(self.text, at, here);
                    }
                }
                _ => {}
            }
        }
        trimmed(self.text, at, limit)
    }

    /// After a comma a body with its deed begins: ", UBND tỉnh ban hành kế hoạch", ", được sửa đổi".
    fn clause_begins(&self, from: usize, limit: usize) -> bool {
        let rest = &self.folded[from..limit];
        let at = from + rest.len() - rest.trim_start().len();
        if at >= limit {
            return false;
        }
        const CLAUSES: &[&str] = &[
            "được sửa đổi",
            "đã được",
            "yêu cầu",
            "đề nghị",
            "trân trọng",
            "giao ",
            "gắn với",
            "theo đó",
            "trong đó",
            "cụ thể",
            "phù hợp",
            "nhằm",
            "hoàn thành",
            "trình ",
            "báo cáo ",
            "trước ngày",
            "chậm nhất",
            "xong ",
            "gửi ",
            "ban hành trước",
            "làm căn cứ",
            "thay thế ",
            "xét đề nghị",
            "theo đề nghị",
            "sau khi xem xét",
            "tiếp theo ",
            "đồng thời ",
        ];
        if opens_with(&self.folded[at..limit], CLAUSES) {
            return true;
        }
        const DEEDS: &[&str] = &[
            "ban hành",
            "yêu cầu",
            "đề nghị",
            "giao",
            "triển khai",
            "tổ chức",
            "xây dựng",
            "báo cáo",
            "có ý kiến",
            "hướng dẫn",
            "thông báo",
            "trình",
            "kính",
            "đã",
            "thống nhất",
            "trân trọng",
            "chỉ đạo",
            "quyết định",
            "phê duyệt",
            "nhận được",
            "đồng ý",
            "kết luận",
            "chủ trì",
            "thực hiện",
            "chỉ thị",
        ];
        let Some(parties) = agency::parties_at(&self.document.text, at, limit, agency::Until::Verb) else { return false };
        let after = self.folded[parties.end..limit].trim_start();
        opens_with(after, DEEDS)
    }

    /// "… về cấp nước sạch trong tháng 10 năm 2026": no title of 2007 names a time of 2026.
    fn deadline_begins(&self, next: usize, limit: usize, own: usize) -> bool {
        if !opens_with(&self.folded[next..limit], &["trong tháng ", "trong quý ", "trong năm ", "trước ngày ", "trước tháng "]) {
            return false;
        }
        let near = head(&self.folded[next..limit], NEAR_SHARE);
        let far =
            |w: &str| w.len() == 4 && w.parse::<i16>().is_ok_and(|y| self.found[own].date.and_then(|d| d.year).is_some_and(|d| (d + 2..d + 60).contains(&y)));
        near.split(|c: char| !c.is_ascii_digit()).any(far)
    }

    /// " và các mục tiêu đề ra của Nghị quyết số …" goes on with what stands in another paper.
    fn share_begins(&self, next: usize, title: usize) -> bool {
        let Some(rest) = self.folded[next..].strip_prefix("và ") else { return false };
        if !names_share(rest) {
            return false;
        }
        let i = self.found.partition_point(|c| c.span.start < next);
        let Some(other) = self.found.get(i).filter(|c| c.code.is_some() && c.span.start - next <= NEAR_SHARE) else { return false };
        let gap = &self.folded[next..other.span.start];
        let from = self.found.partition_point(|c| c.span.start < title);
        from == i && ends_in_share(gap) && !gap.contains([',', ';', '.', '\n'])
    }

    /// "… và bãi bỏ điểm c mục 2 Công điện số 64/…" goes on with what the paper does to another.
    fn repeal_begins(&self, next: usize) -> bool {
        let Some(deed) = ["và bãi bỏ ", "và thay thế ", "và hủy bỏ "].iter().find(|w| self.folded[next..].starts_with(**w)) else { return false };
        let at = next + deed.len();
        let other = self.found.get(self.found.partition_point(|c| c.span.start < at));
        other.is_some_and(|c| c.code.is_some() && c.span.start - at <= NEAR_SHARE && !self.folded[at..c.span.start].contains([',', ';', '.', '\n']))
    }

    /// " và Thông tư số 22/…" goes on with a list of papers where the title holds no paper yet.
    fn sibling_begins(&self, next: usize, title: usize, own: usize) -> bool {
        let rest = &self.folded[next..];
        let comma = self.folded[..next].ends_with(',');
        let words: &[&str] = if comma { &[" và các ", " các ", " và số ", " và ", " số ", " "] } else { &["và các ", "và số ", "và "] };
        let Some(skip) = words.iter().find(|w| rest.starts_with(**w)).map(|w| w.len()) else { return false };
        let at = next + skip;
        let i = self.found.partition_point(|c| c.span.start < at);
        let begins = self.found.get(i).is_some_and(|c| c.span.start == at && i != own && c.code.is_some() && c.form != Form::Own);
        let from = self.found.partition_point(|c| c.span.start < title);
        let inner = self.found[from..i].iter().filter(|c| c.span.end <= next && c.code.is_some());
        // Of one body are the papers of a list: "Báo cáo số 2-BC/BCSĐ tổng kết Nghị quyết số 1-NQ/TU và Tờ trình số 3-TTr/BCSĐ".
        let of_body = |c: &Citation| !c.issuers.is_empty() && c.issuers == self.found[own].issuers;
        begins && inner.clone().all(|c| !of_body(c) && of_body(&self.found[i]))
    }
}

/// What stands in a paper: "các mục tiêu đề ra của", "Chương trình hành động kèm theo", "quy định tại", "ý kiến chỉ đạo của … tại".
pub(super) fn names_share(folded: &str) -> bool {
    const PARTS: &[&str] = &[
        "mục tiêu",
        "nhiệm vụ",
        "nội dung",
        "quan điểm",
        "chỉ tiêu",
        "yêu cầu",
        "giải pháp",
        "chủ trương",
        "quy định",
        "chương trình hành động",
        "kế hoạch",
        "ý kiến",
        "kết luận",
        "chỉ đạo",
    ];
    opens_with(folded.strip_prefix("các ").unwrap_or(folded), PARTS)
}

/// Whether words end before the paper that something stands in.
pub(super) fn ends_in_share(folded: &str) -> bool {
    let folded = folded.trim_end();
    let folded = folded.strip_suffix(" các").unwrap_or(folded);
    [" của", " tại", " trong", " kèm theo"].iter().any(|w| folded.ends_with(w))
}

fn trimmed(text: &str, from: usize, to: usize) -> usize {
    from + text[from..to].trim_end_matches([' ', ',', ';', ':', '(', '-']).len()
}

/// The type as the symbol tells it; words decide for laws and Party rules.
fn type_of(mention: &CodeMention, word: Option<&'static str>) -> Option<&'static str> {
    match (mention.type_code, word) {
        (Some("QĐ"), Some("QyĐ")) => Some("QyĐ"),
        (Some("TT"), Some("TTi")) => Some("TTi"),
        // Old units wrote TT for tờ trình.
        (Some("TT"), Some("TTr")) => Some("TTr"),
        // A symbol without a type: "Nghị định số 25/CP", "Báo cáo số 41/SNN-KH". The word tells it.
        (Some("CV"), Some(word)) if word != "VB" => Some(word),
        (Some(symbol), _) => Some(symbol),
        (None, Some("VB")) => mention.issuers.first().map(|_| "CV"),
        (None, word) => word,
    }
}

/// Thông tư and nghị định carry their year; where the printed date tells it, it is supplied.
fn supply_year(code: &mut Code, type_code: Option<&'static str>, date: Option<PartialDate>, party: bool, repairs: &mut Vec<Repair>) {
    let normative = matches!(type_code, Some("TT" | "NĐ" | "TTLT")) && !party && code.year.is_none() && code.notation.contains('-');
    // Before the law of 1996 on legal documents symbols had no year.
    let year = date.and_then(|d| d.year).filter(|y| *y >= 1997);
    let (Some(year), Some(number), true) = (year, code.number.clone(), normative) else { return };
    let from = code.text.clone();
    code.text = format!("{number}/{year}/{}", code.notation);
    code.year = Some(year);
    repairs.push(Repair { from, to: code.text.clone(), rule: "code-year-from-date" });
}

/// `vn/ttg/qd/2020/489`: the identity of a work, where type, year, number and a scope are known.
pub fn key(citation: &Citation, home: &Home) -> Option<String> {
    let code = citation.code.as_ref()?;
    let year = code.year.or(citation.date.and_then(|d| d.year))?;
    let date = citation.date.or_else(|| PartialDate::new(Some(year), None, None));
    let name = citation.issuer.as_ref().map(|p| &*p.text);
    let scope = identity::scope(citation.issuers.first()?, name, date, home).ok()?;
    Some(identity::work_key(&scope, citation.type_code?, year, code.number.as_ref()?))
}
