//! Names of bodies, offices and groups of them, as they stand in sentences and table cells.
//!
//! A name holds commas and "và" ("Sở Văn hóa, Thể thao và Du lịch", "các sở, ngành tỉnh"), so known names are
//! matched first and longest; what is not known is read from its first word up to the predicate.

mod extent;
mod joints;
mod predicate;
mod shared;
mod words;

pub(crate) use predicate::begins_deed;

use crate::lexicon::lexicon;
use crate::text::{Span, Text, find, fold, head, is_letter, is_word_start, opens_with};
use std::sync::Arc;
use words::{GROUP_NOUNS, LISTED, PLURAL, PLURALS};

/// A body or group named on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// As printed, without the capacity in which it acts.
    pub span: Span,
    /// As printed, or put together where a list shares its first word ("Các Sở: Công Thương, Xây dựng").
    pub text: Arc<str>,
    /// Index of the lexicon's agency, when the name is known.
    pub agency: Option<usize>,
    /// Whether it denotes several bodies.
    pub group: bool,
}

impl Party {
    /// Whether two names are the same but for capitals and the place of tone marks.
    pub fn is_alike(&self, other: &Self) -> bool {
        // Folding keeps the length.
        self.text.len() == other.text.len() && fold(&self.text) == fold(&other.text)
    }
}

/// A list of parties and where it ends.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parties {
    /// In the order of the page.
    pub list: Vec<Party>,
    /// One past the last name, with what follows it in brackets and as capacity.
    pub end: usize,
}

/// How far a name may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// A predicate follows somewhere: the first verb ends the name.
    Verb,
    /// Only punctuation ends it: headings, lists of recipients.
    Stop,
    /// A table cell: punctuation ends it, and may be lost between two names.
    Cell,
}

/// No list names more parties.
const MOST_PARTIES: usize = 40;
/// No name runs longer than this many words.
const MOST_WORDS: usize = 28;

/// Reads the parties that start at `start`; `limit` is the end of the passage.
pub fn parties_at(text: &Text, start: usize, limit: usize, until: Until) -> Option<Parties> {
    if start >= limit {
        return None;
    }
    let reader = Reader { folded: &text.folded()[..limit], text: &text.as_str()[..limit], until };
    let mut parties = Parties::default();
    let mut at = reader.without_comrade(reader.skip_blanks(start));
    while parties.list.len() < MOST_PARTIES {
        let Some((names, end)) = reader.name(at, parties.list.last()) else { break };
        parties.list.extend(names);
        parties.end = end;
        match reader.list_separator(end).or_else(|| reader.unseparated(end)) {
            Some(next) => at = next,
            None => break,
        }
    }
    (!parties.list.is_empty()).then_some(parties)
}

/// The one name that starts at `start`, as after "của".
pub fn name_at(text: &Text, start: usize, limit: usize) -> Option<Party> {
    let limit = before_title(text, start, limit);
    let reader = Reader { folded: &text.folded()[..limit], text: &text.as_str()[..limit], until: Until::Verb };
    reader.name(start, None).and_then(|(names, _)| names.into_iter().next())
}

/// Where a title with a capital follows a name: "của Chính phủ Quy định chi tiết …".
fn before_title(text: &Text, start: usize, limit: usize) -> usize {
    const OPENERS: &[&str] = &["Quy định ", "Ban hành ", "Phê duyệt ", "Sửa đổi", "Bãi bỏ ", "Về việc "];
    let near = head(&text.as_str()[start..limit], NEAR);
    OPENERS.iter().filter_map(|w| find(near, w)).filter(|&n| near[..n].ends_with(' ')).min().map_or(limit, |n| start + n - 1)
}

struct Reader<'a> {
    folded: &'a str,
    text: &'a str,
    until: Until,
}

/// One name with its bracket is no longer, in bytes.
const NEAR: usize = 400;

impl Reader<'_> {
    /// "đồng chí Bí thư Tỉnh ủy": the office is meant; "đồng chí Nguyễn Văn A" is named so.
    fn without_comrade(&self, at: usize) -> usize {
        let behind = ["các đồng chí ", "đồng chí ", "đ/c "].iter().find(|w| self.folded[at..].starts_with(**w)).map(|w| at + w.len());
        behind.filter(|&n| lexicon().heads.at(self.folded, n).is_some()).unwrap_or(at)
    }

    fn skip_blanks(&self, at: usize) -> usize {
        at + (self.text[at..].len() - self.text[at..].trim_start_matches([' ', '*']).len())
    }

    /// The name at `at`, or several where a list shares its first word; and the place after it.
    fn name(&self, at: usize, before: Option<&Party>) -> Option<(Vec<Party>, usize)> {
        if !is_word_start(self.folded, at) {
            return None;
        }
        let known = lexicon().agency_names.at(self.folded, at);
        let head = lexicon().heads.at(self.folded, at);
        if known.is_none() && head.is_none() {
            return None;
        }
        let look_alike = lexicon().not_heads.at(self.folded, at).is_some_and(|n| known.is_none_or(|k| k.0 <= n.0) && head.is_none_or(|h| h.0 <= n.0));
        if look_alike {
            return None;
        }
        // "các" opens a name only before a noun of bodies.
        if known.is_none() && self.folded[at..].starts_with("các ") && !self.group_noun(at + "các ".len()) && !self.names_kind(at + "các ".len()) {
            return None;
        }
        if let Some((parties, end)) = self.shared(at) {
            return Some((self.under_title(before, parties), end));
        }
        let opens_plural = self.opens_plural(at) || before.is_some_and(|b| self.continues_committees(b, at));
        let plural = opens_plural || self.names_several(self.near(at));
        let first_end = known.map_or(head.map_or(at, |h| h.0), |k| k.0);
        // "Sở Bưu chính, Viễn thông"
        let former = shared::FORMER.at(self.folded, at).map(|(end, ())| end).filter(|&end| end > first_end);
        let first_end = former.unwrap_or(first_end);
        // "Các sở giáo dục và đào tạo": all bodies of one name.
        let of_one_name = self.folded[at..].strip_prefix("các ").and_then(|_| lexicon().agency_names.at(self.folded, at + "các ".len())).map(|(end, _)| end);
        let first_end = of_one_name.filter(|end| self.folded[at..*end].contains(" và ")).map_or(first_end, |end| end.max(first_end));
        let end = self.extend(at, first_end, plural, known.is_some() || former.is_some());
        let end = self.before_short_form(at, end).unwrap_or(end);
        let end = at + self.text[at..end].trim_end_matches([' ', ',', ';', '-', '–']).len();
        if end == at || end == first_end && known.is_none() && before.is_none() && self.is_bare_head(at, end) {
            return None;
        }
        let agency = known.filter(|k| k.0 == end).map(|k| *k.1).or_else(|| self.known_prefix(at, end));
        let of_units = self.text[at..end].rfind(", ").is_some_and(|n| self.names_units(at, at + n) && self.is_bare_unit(at + n + 2));
        let group = opens_plural || of_units || self.names_several(&self.folded[at..end]) || agency.is_some_and(|i| lexicon().agencies[i].is_group());
        let party = Party { span: Span::new(at, end), text: self.text[at..end].into(), agency, group };
        Some((vec![party], self.after(end)))
    }

    /// The known agency that the name begins with, when only its place follows.
    fn known_prefix(&self, at: usize, end: usize) -> Option<usize> {
        let (known_end, &agency) = lexicon().agency_names.at(&self.folded[..end], at)?;
        let rest = self.folded[known_end..end].trim();
        let place = opens_with(rest, &["tỉnh", "thành phố", "tp", "huyện", "xã", "phường", "quận", "thị xã"]) || lexicon().province_names.exact(rest).is_some();
        (rest.is_empty() || place).then_some(agency)
    }

    /// A single word such as "tổ" or "báo" is no name by itself.
    fn is_bare_head(&self, at: usize, end: usize) -> bool {
        let name = &self.folded[at..end];
        !name.contains(' ') && !matches!(name, "bộ" | "sở" | "quốc hội" | "công an" | "đảng ủy" | "tỉnh" | "xã" | "huyện" | "thuế" | "ubnd" | "bcđ" | "hđnd")
    }

    /// "Các TTHTCĐ", "các HTX": a kind of body by its short form; "các TTHC" are procedures.
    fn names_kind(&self, at: usize) -> bool {
        let word = &self.text[at..self.word_end(at)];
        let short = word.chars().count() >= 3 && word.chars().all(char::is_uppercase);
        short && !["TTHC", "VBQPPL", "DVC", "CSDL", "CBCC", "CNTT", "QCVN", "TCVN"].contains(&word)
    }

    fn opens_plural(&self, at: usize) -> bool {
        let rest = &self.folded[at..];
        let noun = || LISTED.at(self.folded, at).and_then(|(end, ())| self.folded[end..].strip_prefix(", "));
        PLURALS.starts(rest, 0) || noun().is_some_and(|n| GROUP_NOUNS.starts(n, 0))
    }

    /// "Các tỉnh ủy, thành ủy": Party committees after "các" are as many as the first.
    fn continues_committees(&self, before: &Party, at: usize) -> bool {
        let is_committee = |text: &str| text.split([' ', ',', ';']).nth(1) == Some("ủy");
        let first = &self.folded[before.span.start..before.span.end];
        before.group && is_committee(first.strip_prefix("các ").unwrap_or(first)) && is_committee(&self.folded[at..])
    }

    /// Whether "các" stands among the first words, before any stop.
    fn names_several(&self, near: &str) -> bool {
        let stop = near.bytes().position(|b| matches!(b, b',' | b';' | b':' | b'.')).unwrap_or(near.len());
        let near = &near[..stop];
        PLURAL.find_iter(near.as_bytes()).any(|n| {
            let whole = (n == 0 || near[..n].ends_with(' ')) && (near.len() == n + "các".len() || near[n + "các".len()..].starts_with(' '));
            whole && memchr::memchr_iter(b' ', &near.as_bytes()[..n]).count() < 14
        })
    }

    fn group_noun(&self, at: usize) -> bool {
        GROUP_NOUNS.starts(self.folded[at..].trim_start(), 0) || lexicon().heads.starts(self.folded, at)
    }

    /// What stands at `at`, as far as one name can reach.
    fn near(&self, at: usize) -> &str {
        head(&self.folded[at..], NEAR)
    }

    /// The end of the word at `at`; what is no word is passed over as one character.
    fn word_end(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest.find(|c: char| !is_letter(c) && c != '.').map_or(self.text.len(), |n| at + n.max(first));
        // "Cư M’gar", "Ea H'leo"
        let sign = self.text[end..].chars().next().filter(|c| matches!(c, '’' | '\'' | '‘' | 'ʼ') && end > at);
        match sign {
            Some(sign) if self.text[end + sign.len_utf8()..].starts_with(char::is_alphabetic) => self.word_end(end + sign.len_utf8()),
            _ => end,
        }
    }

    fn is_place(&self, at: usize) -> bool {
        lexicon().province_names.at(self.folded, at).is_some()
    }

    /// Where the sentence goes on after a name: behind a bracket and a capacity.
    fn after(&self, end: usize) -> usize {
        let mut i = end;
        let at = self.skip_blanks(i);
        if self.text[at..].starts_with('(')
            && let Some(close) = head(&self.text[at..], NEAR).find(')')
        {
            i = at + close + 1;
        }
        let at = self.skip_blanks(i);
        let rest = &self.folded[at..];
        let dash = rest.starts_with("- ") || rest.starts_with("– ");
        let words = dash.then(|| self.skip_blanks(at + 2 + usize::from(rest.starts_with('–')) * 2));
        let comma = rest.starts_with(',').then(|| self.skip_blanks(at + 1));
        for capacity in [words, comma].into_iter().flatten() {
            let heads = ["thường trực", "cơ quan thường trực", "cơ quan đầu mối", "trưởng ban", "phó trưởng ban", "đơn vị thường trực", "thành viên ban"];
            if heads.iter().any(|h| self.folded[capacity..].starts_with(h)) && (dash || self.folded[capacity..].starts_with("cơ quan thường trực")) {
                let strong = Reader { until: Until::Verb, ..*self };
                return strong.capacity_end(capacity);
            }
        }
        i
    }

    /// A capacity runs up to a strong predicate or a stop.
    fn capacity_end(&self, from: usize) -> usize {
        let mut i = self.word_end(from);
        loop {
            let at = self.skip_blanks(i);
            let Some(c) = self.text[at..].chars().next() else { return i };
            // "thường trực về phòng, chống thiên tai"
            if c == ','
                && self.text[self.skip_blanks(at + 1)..].starts_with(char::is_lowercase)
                && !self.folded[self.skip_blanks(at + 1)..].starts_with("chủ trì")
                && lexicon().heads.at(self.folded, self.skip_blanks(at + 1)).is_none()
                && lexicon().strong_verbs.at(self.folded, self.skip_blanks(at + 1)).is_none()
            {
                i = self.word_end(self.skip_blanks(at + 1));
                continue;
            }
            let stop = !is_letter(c) || lexicon().strong_verbs.at(self.folded, at).is_some() || self.folded[at..].starts_with("có trách");
            if stop {
                return i;
            }
            i = self.word_end(at);
        }
    }

    /// In cells a separator may be lost: "Sở Y tế cơ quan, đơn vị liên quan".
    fn unseparated(&self, end: usize) -> Option<usize> {
        let at = self.skip_blanks(end);
        (self.until == Until::Cell && at > end && self.begins_other(at)).then_some(at)
    }

    /// Whether a body follows a dash that parts bodies, and no field or capacity of the one before it.
    fn begins_listed(&self, at: usize) -> bool {
        const BODIES: &[&str] = &["sở ", "ubnd ", "ủy ban ", "hội ", "công an ", "bộ ", "liên đoàn ", "ban quản lý ", "các sở", "các xã", "mặt trận "];
        self.begins_other(at) || self.text[at..].starts_with(char::is_uppercase) && opens_with(&self.folded[at..], BODIES)
    }

    /// Whether another body's name begins here without a comma before it.
    fn begins_other(&self, at: usize) -> bool {
        let known = lexicon()
            .agency_names
            .at(self.folded, at)
            .is_some_and(|(end, _)| self.folded[at..end].contains(' ') && lexicon().heads.at(self.folded, at).is_some());
        let open = opens_with(&self.folded[at..], &["cơ quan, ", "đơn vị, ", "các cơ quan", "các đơn vị", "các bộ", "các sở"]);
        known && self.text[at..].starts_with(char::is_uppercase) || open
    }

    /// The start of the next name after a comma, semicolon, "và" or "cùng (với)"; no name need follow.
    fn list_separator(&self, end: usize) -> Option<usize> {
        let at = self.skip_blanks(end);
        let rest = &self.folded[at..];
        if rest.starts_with("cùng cấp") {
            return None;
        }
        if self.until == Until::Cell
            && let Some(dash) = ["- ", "– "].iter().find(|d| rest.starts_with(**d))
            && self.begins_listed(self.skip_blanks(at + dash.len()))
        {
            return Some(self.skip_blanks(at + dash.len()));
        }
        // "A cùng B tổ chức": B is the company, as the deed says.
        if self.until == Until::Verb && rest.starts_with("cùng ") {
            return None;
        }
        for separator in [", và ", "; và ", ",", ";", "và ", "cùng với ", "cùng ", "và cùng ", "hoặc "] {
            if rest.starts_with(separator) {
                return Some(self.skip_blanks(at + separator.len()));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
