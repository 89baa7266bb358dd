//! Laws, codes and ordinances: "Luật Giáo dục số 43/2019/QH14", "Bộ luật Lao động năm 2019", "Pháp lệnh phí và lệ phí".

use super::{Citation, CodeMention, Finder, Form};
use crate::lexicon::{TypeWord, lexicon};
use crate::mention::date::PartialDate;
use crate::text::{Span, is_word_end, opens_with};

/// Between "Luật" and "số 43/2019/QH14" stands the law's name.
const LAW_GAP: usize = 260;
/// Between "Luật sửa đổi" and the law that it amends stand the articles amended.
const AMENDED_GAP: usize = 160;
/// No name that the lexicon lacks is longer, in words.
const MOST_WORDS: usize = 16;

impl Finder<'_> {
    /// "Luật Giáo dục số 43/2019/QH14", "Nghị quyết của Quốc hội số 202/2025/QH15": the name stands between.
    pub(super) fn law_before(&self, mention: &CodeMention, block_start: usize) -> Option<usize> {
        let law = mention.type_code.is_none_or(|t| t == "PL") || mention.issuers.iter().any(|i| i.starts_with("QH") || i.starts_with("UBTVQH"));
        if !law {
            return None;
        }
        let at = mention.span.start;
        if !self.folded[..at].trim_end().ends_with("số") {
            return None;
        }
        let next = self.words.partition_point(|w| w.span.end <= at);
        let mut small = None;
        for i in (0..next).rev().take(8) {
            let w = &self.words[i];
            if w.span.start < block_start.max(at.saturating_sub(LAW_GAP)) || w.used {
                break;
            }
            let gap = &self.folded[w.span.end..at];
            if gap.contains([';', ':', '/']) && !gap.contains("hiv/aids") || gap.contains(". ") {
                break;
            }
            if !matches!(w.word.code, "L" | "BL" | "PL" | "NQ" | "HP") || w.word.short {
                continue;
            }
            // "văn bản quy phạm pháp luật" is part of a name.
            if self.text[w.span.start..].starts_with(char::is_uppercase) {
                return Some(self.amending(i, block_start));
            }
            small = small.or(Some(i));
        }
        small
    }

    /// The law "sửa đổi, bổ sung một số điều của" the one at `inner`, if the name stands so; else `inner`.
    fn amending(&self, inner: usize, block_start: usize) -> usize {
        let start = self.words[inner].span.start;
        let outer = self.words[..inner].iter().rposition(|w| w.span.start < start.saturating_sub(AMENDED_GAP) || is_law(w.word) && self.amends(w.span.end));
        match outer.map(|i| (i, &self.words[i])) {
            Some((i, w)) if w.span.start >= block_start && !w.used && is_law(w.word) && self.amended_law(w.span.end) == Some(inner) => i,
            _ => inner,
        }
    }

    /// Whether "sửa đổi, bổ sung" begins here.
    fn amends(&self, at: usize) -> bool {
        opens_with(self.folded[at..].trim_start_matches(' '), &["sửa đổi", "bổ sung"])
    }

    /// The law that a name beginning with "sửa đổi, bổ sung … của" goes on to.
    fn amended_law(&self, at: usize) -> Option<usize> {
        let from = self.words.partition_point(|w| w.span.start < at);
        let near = self.words[from..].iter().take_while(|w| w.span.start < at + AMENDED_GAP);
        let i = from + near.take(4).position(|w| is_law(w.word) && self.folded[at..w.span.start].ends_with(" của "))?;
        let gap = &self.folded[at..self.words[i].span.start];
        (!gap.contains([';', '\n', '.', '/'])).then_some(i)
    }

    /// A law by its name, with the date or year behind it.
    pub(super) fn law_by_name(&self, span: Span, word: &'static TypeWord) -> Option<Citation> {
        if !is_law(word) && word.code != "HP" {
            return None;
        }
        let (end, known) = match word.code {
            "HP" => (self.constitution_end(span.end)?, true),
            _ => self.law_name_end(span.end)?,
        };
        let capital = |at: usize| self.text[at..].trim_start().starts_with(char::is_uppercase);
        let name = capital(span.end);
        let dated = self.date_after(end).map(|(end, date)| (end, Some(date)));
        let dated = dated.or_else(|| self.year_after(end).map(|(end, year)| (end, PartialDate::new(Some(year), None, None))));
        // A small name that nobody knows needs a date, a small "luật" its name in capitals.
        if !(capital(span.start) && (known || name || dated.is_some()) || known && name) {
            return None;
        }
        let mut citation = self.bare(Span::new(span.start, end), Form::Named, word.code, "citation-law-by-name");
        if let Some((end, date)) = dated {
            citation.span.end = end;
            citation.date = date;
        }
        citation.provision = self.provision_before(span.start);
        Some(citation)
    }

    /// "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam", "Hiến pháp năm 2013".
    fn constitution_end(&self, at: usize) -> Option<usize> {
        const STATE: &str = " nước cộng hòa xã hội chủ nghĩa việt nam";
        if self.folded[at..].starts_with(STATE) {
            return Some(at + STATE.len());
        }
        self.year_after(at).map(|_| at)
    }

    fn year_after(&self, end: usize) -> Option<(usize, i16)> {
        let rest = &self.folded[end..];
        let skip = [" năm ", ", năm ", " "].iter().find(|w| rest.starts_with(**w)).map(|w| w.len())?;
        let digits = rest.get(skip..skip + 4)?;
        let year = digits.parse().ok().filter(|y| (1945..=2100).contains(y))?;
        is_word_end(rest, skip + 4).then_some((end + skip + 4, year))
    }

    /// Where the name of a law ends, and whether the lexicon knows it.
    fn law_name_end(&self, at: usize) -> Option<(usize, bool)> {
        if self.amends(at)
            && let Some(inner) = self.amended_law(at)
            && let Some((end, known)) = self.law_name_end(self.words[inner].span.end)
        {
            return Some((end, known));
        }
        let name = at + (self.folded[at..].len() - self.folded[at..].trim_start_matches(' ').len());
        let name = if self.folded[name..].starts_with("về ") { name + "về ".len() } else { name };
        if name == at {
            return None;
        }
        if let Some((end, ())) = lexicon().law_names.at(self.folded, name) {
            return Some((end, true));
        }
        self.printed_name_end(at).map(|end| (end, false))
    }

    /// A name that the lexicon lacks runs to its date, its number, punctuation or the words that go on with the sentence.
    fn printed_name_end(&self, at: usize) -> Option<usize> {
        let block_end = self.block_end(at);
        let mut end = at;
        let mut words = 0;
        let mut i = at;
        while i < block_end && words < MOST_WORDS {
            let rest = &self.folded[i..block_end];
            let body = rest.trim_start_matches(' ');
            let start = i + rest.len() - body.len();
            let len = body.find([' ', ',', ';', '.', '(', ')', '“', '”', ':', '/', '"']).unwrap_or(body.len());
            if self.name_stops(start, block_end) || words == 0 && matches!(&body[..len], "sư" | "gia" | "pháp" | "lệ" | "khoa") {
                break;
            }
            i = start + len;
            end = i;
            words += 1;
            if body[len..].starts_with(',') {
                // "Luật Thi đua, khen thưởng": the name goes on in small letters; a verb or another law ends it.
                let after = body[len + 1..].trim_start();
                let at_after = start + len + 1 + (body[len + 1..].len() - after.len());
                let goes_on = self.text[at_after..].starts_with(char::is_lowercase)
                    && lexicon().verb_at(self.folded, at_after).is_none()
                    && lexicon().type_words.at(self.folded, at_after).is_none()
                    && !self.name_stops(at_after, block_end)
                    && words <= 8;
                if !goes_on {
                    break;
                }
                i += 1;
            }
        }
        (words > 0).then_some(end)
    }

    /// Whether the name of a law cannot go on with the word that begins here.
    fn name_stops(&self, at: usize, block_end: usize) -> bool {
        const STOPS: &[&str] = &[
            "ngày",
            "năm",
            "số",
            "được",
            "quy định",
            "có",
            "này",
            "thì",
            "về",
            "để",
            "theo",
            "của",
            "do",
            "đã",
            "là",
            "tại",
            "hiện",
            "với",
            "trong",
            "cho",
            "sau",
            "thay",
            "phải",
            "nếu",
            "nhưng",
            "gồm",
            "bao gồm",
            "không",
            "như",
            "đối với",
            "áp dụng",
            "trước",
            "hoặc",
            "căn cứ",
            "khi",
            "bằng",
            "từ",
            "đến",
            "trừ",
            "sẽ",
            "còn",
            "bị",
            "mà",
            "nhằm",
            "tùy",
            "khoản",
            "điều",
            "điểm",
            "các",
            "ban hành",
            "trên",
        ];
        let body = &self.folded[at..block_end];
        let stopped = STOPS.iter().any(|s| body.starts_with(s) && is_word_end(body, s.len()));
        // "và" goes on with a name in capitals: "Luật Tiêu chuẩn và Quy chuẩn kỹ thuật", not "Luật Đất đai và Nghị định".
        let joined = body.strip_prefix("và ").is_some_and(|_| {
            let next = at + "và ".len();
            !self.text[next..].starts_with(char::is_uppercase)
                || lexicon().type_words.at(self.folded, next).is_some()
                || opens_with(&self.folded[next..block_end], &["điều", "khoản", "điểm", "mục", "chương", "phụ lục"])
        });
        stopped || joined || body.is_empty() || body.starts_with(|c: char| !c.is_alphanumeric() && c != '-')
    }
}

fn is_law(word: &TypeWord) -> bool {
    matches!(word.code, "L" | "BL" | "PL") && !word.short
}
