//! What the letterhead and the closing say: number, type, subject, place and date, issuer, addressees, recipients,
//! signer, marks. Where the letterhead is missing the issuer is inferred, and says from what.

mod envelope;

pub use envelope::fill;

use crate::lexicon::{Agency, lexicon};
use crate::mention::agency::{self, Party, Until};
use crate::mention::citation::{Confidence, date_in};
use crate::mention::code::{self, CodeMention};
use crate::mention::date::PartialDate;
use crate::structure::{self, Document, Slot};
use crate::text::{Note, Span, Text, fold, head, is_alphabetic, opens_with};
use std::borrow::Cow;

/// A field with its place and its rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evident<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
    /// What made it.
    pub rule: &'static str,
    /// How sure.
    pub confidence: Confidence,
}

/// The issuing body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuingBody {
    /// Full name with its place.
    pub name: String,
    /// Index of the lexicon's agency.
    pub agency: Option<usize>,
}

impl IssuingBody {
    /// Whether there is one such body in the country.
    fn is_central(&self) -> bool {
        self.agency.is_some_and(|i| lexicon().agencies[i].level == "central")
    }
}

/// Kính gửi or Nơi nhận, one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// As printed.
    pub text: String,
    /// Where.
    pub span: Span,
    /// Index of the lexicon's agency.
    pub agency: Option<usize>,
    /// What it is sent for: "báo cáo", "phối hợp", "thực hiện" …
    pub purpose: Option<&'static str>,
}

/// Who signed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signer {
    /// `TM.`, `KT.`, `TL.`, `TUQ.`, `Q.`, `T/M` …; `None` where the head signs in his own right.
    pub authority: Option<String>,
    /// "Phó Giám đốc".
    pub position: Option<String>,
    /// Without rank and degree.
    pub name: Option<String>,
}

/// All fields of the header.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// Number and symbol.
    pub code: Option<Evident<CodeMention>>,
    /// Type code in records.
    pub type_code: Option<Evident<&'static str>>,
    /// Trích yếu, without type and V/v.
    pub subject: Option<Evident<String>>,
    /// Địa danh.
    pub place: Option<Evident<String>>,
    /// Date, as far as it is printed.
    pub date: Option<Evident<PartialDate>>,
    /// Issuer.
    pub issuer: Option<Evident<IssuingBody>>,
    /// Kính gửi.
    pub addressees: Vec<Recipient>,
    /// Nơi nhận, every line.
    pub recipients: Vec<Recipient>,
    /// Signer.
    pub signer: Option<Evident<Signer>>,
    /// Độ khẩn.
    pub urgency: Option<&'static str>,
    /// Độ mật.
    pub secrecy: Option<&'static str>,
    /// Index of the province that the paper belongs to.
    pub province: Option<usize>,
    /// What is odd or blank.
    pub notes: Vec<Note>,
}

/// Reads the header of a paper.
pub fn read(document: &Document) -> Header {
    let reader = Reader { document };
    let mut notes = Vec::new();
    let code = reader.code(&mut notes);
    let (place, date) = reader.place_and_date(&mut notes);
    let province = reader.province(place.as_ref().map(|p| p.value.as_str()));
    let (urgency, secrecy) = reader.marks();
    let mut header = Header {
        type_code: reader.type_code(code.as_ref()),
        subject: reader.subject(),
        addressees: reader.addressees(),
        recipients: reader.recipients(),
        signer: reader.signer(),
        code,
        place,
        date,
        province,
        urgency,
        secrecy,
        ..Header::default()
    };
    header.issuer = reader.issuer(&header);
    if header.issuer.as_ref().is_some_and(|i| i.value.is_central()) {
        // The place line of a central body tells where it sits, not whose papers these are.
        header.province = None;
    }
    if header.issuer.as_ref().is_some_and(|i| i.rule != "issuer-from-letterhead") {
        let rule = header.issuer.as_ref().map_or("", |i| i.rule);
        let message = format!("no letterhead names the issuer; inferred by {rule}");
        notes.push(Note { rule: "header-issuer-inferred", message, span: header.issuer.as_ref().map(|i| i.span) });
    }
    header.notes = notes;
    header
}

/// Code, date and subject as a news report tells them.
type Announced = (Evident<CodeMention>, Option<Evident<PartialDate>>, Option<Evident<String>>);

struct Reader<'a> {
    document: &'a Document,
}

/// The province is asked of the first pages of a paper, so many bytes.
const FIRST_PAGES: usize = 60_000;
/// The căn cứ of a paper and what follows them, so many blocks.
const FIRST_BLOCKS: usize = 40;
/// A board is named in full in the first passages, so many bytes.
const FIRST_PASSAGES: usize = 12_000;

impl Reader<'_> {
    fn slice(&self, span: Span) -> &str {
        self.document.text.slice(span)
    }

    fn code(&self, notes: &mut Vec<Note>) -> Option<Evident<CodeMention>> {
        let Some(span) = self.document.letterhead.first(Slot::Number) else { return self.announced().map(|(code, _, _)| code) };
        let line = self.slice(span);
        let found = code::scan(line).into_iter().next();
        let Some(mut mention) = found else {
            let message = format!("the number line {line:?} was not understood");
            notes.push(Note { rule: "header-number-unread", message, span: Some(span) });
            return None;
        };
        mention.span = Span::new(span.start + mention.span.start, span.start + mention.span.end);
        if mention.code.number.is_none() {
            notes.push(Note { rule: "header-blank-number", message: "the number is left blank".to_owned(), span: Some(mention.span) });
        }
        // On a scan a number that is not there was written by hand.
        let confidence = match (mention.code.number.is_some(), mention.known) {
            (false, _) => Confidence::Low,
            (true, true) => Confidence::High,
            (true, false) => Confidence::Medium,
        };
        Some(Evident { span: mention.span, value: mention, rule: "header-number", confidence })
    }

    fn type_code(&self, code: Option<&Evident<CodeMention>>) -> Option<Evident<&'static str>> {
        if let Some(span) = self.document.letterhead.first(Slot::Type) {
            let folded = self.document.text.slice_folded(span);
            let spaced: String = folded.split(' ').filter(|w| !w.is_empty()).collect();
            let word = lexicon().type_words.exact(folded).map(|w| w.code).or_else(|| {
                let name = lexicon().types.iter().find(|t| fold(&t.name).replace(' ', "") == spaced)?;
                lexicon().type_words.exact(&fold(&name.name)).map(|w| w.code)
            });
            if let Some(code) = word {
                return Some(Evident { value: code, span, rule: "header-type-line", confidence: Confidence::High });
            }
        }
        let subject = self.document.letterhead.first(Slot::Subject).or_else(|| self.document.letterhead.first(Slot::Addressee));
        match code.and_then(|c| c.value.type_code.map(|t| (t, c.span))) {
            Some((value, span)) => Some(Evident { value, span, rule: "header-type-from-symbol", confidence: Confidence::High }),
            None => self
                .type_of_body()
                .or_else(|| subject.map(|span| Evident { value: "CV", span, rule: "header-letter-without-type", confidence: Confidence::Medium })),
        }
    }

    /// "Thủ tướng Chính phủ … vừa ký Công điện số 114/CĐ-TTg ngày 19/7/2025 về việc …": the sentence with which a news report
    /// gives the paper that it prints.
    fn announced(&self) -> Option<Announced> {
        let letterhead = &self.document.letterhead;
        if [Slot::Type, Slot::Motto, Slot::Issuer].iter().any(|s| letterhead.first(*s).is_some()) {
            return None;
        }
        let span = self.document.text.blocks().iter().take(3).map(|b| b.span).find(|&s| self.signs(s))?;
        let at = |n: usize| span.start + n;
        let line = self.slice(span);
        let mut mention = code::scan(line).into_iter().next().filter(|m| m.code.number.is_some() && m.known)?;
        let (start, end) = (mention.span.start, mention.span.end);
        mention.span = Span::new(at(start), at(end));
        let rest = Span::new(at(end), span.end);
        let date = date_in(self.document.text.slice_folded(rest)).filter(|(d, _)| d.start < 12).map(|(d, value)| {
            let span = Span::new(rest.start + d.start, rest.start + d.end);
            Evident { value, span, rule: "header-announced", confidence: Confidence::Medium }
        });
        let title = ["về việc ", "về "].iter().find_map(|w| self.document.text.slice_folded(rest).find(w).map(|n| rest.start + n + w.len()));
        let subject = title.map(|n| Span::new(n, span.end)).map(|s| Evident {
            value: self.slice(s).trim_end_matches(['.', ' ']).to_owned(),
            span: s,
            rule: "header-announced",
            confidence: Confidence::Medium,
        });
        Some((Evident { span: mention.span, value: mention, rule: "header-announced", confidence: Confidence::Medium }, date, subject))
    }

    /// Whether a passage tells that someone has just signed or issued a numbered paper.
    fn signs(&self, span: Span) -> bool {
        let folded = self.document.text.slice_folded(span);
        ["vừa ký ", "vừa ký ban hành ", "vừa ban hành ", "đã ký ", "đã ký ban hành "]
            .iter()
            .any(|w| folded.find(w).is_some_and(|n| n < 120 && lexicon().type_words.at(folded, n + w.len()).is_some()))
    }

    /// Without a type line: "QUYẾT ĐỊNH:" above the articles, "Hội đồng nhân dân ban hành Nghị quyết …" below the căn cứ.
    fn type_of_body(&self) -> Option<Evident<&'static str>> {
        let blocks = self.document.text.blocks().iter().take(FIRST_BLOCKS).map(|b| (b.span, self.document.text.slice_folded(b.span)));
        blocks.into_iter().find_map(|(span, folded)| {
            let code = match folded.trim_end_matches([':', ' ']) {
                "quyết định" => "QĐ",
                "quyết nghị" => "NQ",
                _ => self.issues(folded)?.1,
            };
            Some(Evident { value: code, span, rule: "header-type-from-body", confidence: Confidence::Medium })
        })
    }

    /// "Hội đồng nhân dân ban hành Nghị quyết …", "Trường … xây dựng Kế hoạch …": who issues, its length, and the type.
    fn issues<'f>(&self, folded: &'f str) -> Option<(&'f str, &'static str)> {
        let (at, deed) = ["ban hành ", "xây dựng "].iter().filter_map(|d| folded.find(d).map(|n| (n, d.len()))).min()?;
        let (end, word) = lexicon().type_words.at(folded, at + deed).filter(|(_, w)| !w.short)?;
        let issuer = folded[..at].trim();
        let whole = end == folded.len() || folded[end..].starts_with([' ', ':']);
        let named = lexicon().heads.at(issuer, 0).is_some() || lexicon().agency_names.at(issuer, 0).is_some();
        (whole && named && issuer.chars().count() < 90 && !issuer.contains([',', ';', '.', ':'])).then_some((issuer, word.code))
    }

    fn subject(&self) -> Option<Evident<String>> {
        let spans: Vec<Span> = self.document.letterhead.all(Slot::Subject).collect();
        if spans.is_empty() {
            return self.announced().and_then(|(_, _, subject)| subject);
        }
        let (first, last) = (spans.first()?, spans.last()?);
        let joined = spans.iter().map(|s| self.slice(*s).trim()).collect::<Vec<_>>().join(" ");
        let skip = structure::subject_opening(&fold(&joined)).unwrap_or(0);
        let value = joined[skip..].trim_end_matches([' ', '.', '/', ';']).to_owned();
        (!value.is_empty()).then(|| Evident { value, span: Span::new(first.start, last.end), rule: "header-subject", confidence: Confidence::High })
    }

    fn place_and_date(&self, notes: &mut Vec<Note>) -> (Option<Evident<String>>, Option<Evident<PartialDate>>) {
        let Some(span) = self.document.letterhead.first(Slot::PlaceAndDate).or_else(|| self.date_above_closing()) else {
            return (None, self.announced().and_then(|(_, date, _)| date));
        };
        let line = self.slice(span);
        let comma = line.find(',').unwrap_or(0);
        let place = line[..comma].trim();
        let place_span = Span::new(span.start, span.start + comma);
        let place = (!place.is_empty()).then(|| Evident { value: place.to_owned(), span: place_span, rule: "header-place", confidence: Confidence::High });
        let date = date_in(self.document.text.slice_folded(span)).map(|(at, value)| {
            let span = Span::new(span.start + at.start, span.start + at.end);
            if value.day.is_none() {
                notes.push(Note { rule: "header-blank-day", message: "the day is left blank".to_owned(), span: Some(span) });
            }
            let confidence = if value.day.is_some() { Confidence::High } else { Confidence::Low };
            Evident { value, span, rule: "header-date", confidence }
        });
        if date.is_none() {
            notes.push(Note { rule: "header-date-unread", message: format!("the date in {line:?} was not understood"), span: Some(span) });
        }
        (place, date)
    }

    /// Some papers bear place and date above the signature.
    fn date_above_closing(&self) -> Option<Span> {
        let closing = &self.document.closing;
        let end = closing.recipients.iter().chain(&closing.signature).map(|s| s.start).min()?;
        let blocks = self.document.text.blocks();
        let last = blocks.partition_point(|b| b.span.start < end);
        blocks[..last].iter().rev().take(4).map(|b| b.span).find(|&s| structure::place_and_date(self.slice(s)) == Some(0))
    }

    /// The province: of the place line, of the letterhead, or the one that the text places bodies in most often.
    fn province(&self, place: Option<&str>) -> Option<usize> {
        let heads: Vec<String> = self.document.letterhead.all(Slot::Issuer).map(|s| self.document.text.slice_folded(s).to_owned()).collect();
        let letterhead = heads.join(" ");
        if let Some((_, _, &i)) = lexicon().province_names.scan(&letterhead).last() {
            return Some(i);
        }
        let central =
            heads.iter().any(|h| h.starts_with("bộ ") || h.starts_with("chính phủ") || h.starts_with("thủ tướng") || h.starts_with("văn phòng chính phủ"));
        if central {
            return None;
        }
        if let Some(i) = place.and_then(|p| lexicon().province_names.exact(&fold(p))) {
            return Some(*i);
        }
        let mut counts = std::collections::BTreeMap::new();
        let folded = self.document.text.folded();
        for (start, end, &i) in lexicon().province_names.scan_in(&self.document.text, Span::new(0, head(folded, FIRST_PAGES).len())) {
            // "VP" is an office far more often than Vĩnh Phúc.
            if end - start <= "tphn".len() {
                continue;
            }
            let classed = folded[start..].starts_with("tỉnh ") || folded[start..].starts_with("thành phố ");
            // "đường cao tốc Khánh Hòa - Buôn Ma Thuột" runs through many.
            let joined = folded[end..].trim_start().starts_with(['-', '–']) || folded[..start].trim_end().ends_with(['-', '–']);
            if joined && !classed {
                continue;
            }
            *counts.entry(i).or_insert(0) += if classed { 2 } else { 1 };
        }
        counts.into_iter().max_by_key(|&(i, n)| (n, std::cmp::Reverse(i))).map(|(i, _)| i)
    }

    fn marks(&self) -> (Option<&'static str>, Option<&'static str>) {
        let mut urgency = None;
        let mut secrecy = None;
        for span in self.document.letterhead.all(Slot::Mark) {
            let folded = self.document.text.slice_folded(span);
            for (word, value) in [("hỏa tốc", "hỏa tốc"), ("thượng khẩn", "thượng khẩn"), ("khẩn", "khẩn")] {
                if folded.contains(word) {
                    urgency = urgency.or(Some(value));
                }
            }
            for (word, value) in [("tuyệt mật", "tuyệt mật"), ("tối mật", "tối mật"), ("mật", "mật")] {
                if folded.contains(word) {
                    secrecy = secrecy.or(Some(value));
                }
            }
        }
        (urgency, secrecy)
    }

    fn addressees(&self) -> Vec<Recipient> {
        let spans: Vec<Span> = self.document.letterhead.all(Slot::Addressee).collect();
        let inline = spans.len() == 1;
        let mut list = Vec::new();
        for span in spans {
            let line = self.slice(span);
            // Of a list each line is one, but for a line of several names.
            let several = line
                .trim_end_matches([';', '.', ' '])
                .split("; ")
                .all(|name| lexicon().heads.at(&fold(name.trim_start_matches(['-', '–', '+', ' '])), 0).is_some());
            for piece in line.split(';').filter(|_| inline || several).chain((!inline && !several).then_some(line)) {
                let text = piece.trim().trim_start_matches(['-', '–', '+', ' ']).trim_end_matches(['.', ';', ',', '/']).trim();
                if !text.is_empty() {
                    let start = span.start + (text.as_ptr() as usize - line.as_ptr() as usize);
                    list.push(self.recipient(text, Span::new(start, start + text.len()), None));
                }
            }
        }
        list
    }

    fn recipients(&self) -> Vec<Recipient> {
        let mut list = Vec::new();
        for &span in &self.document.closing.recipients {
            let line = self.slice(span);
            let text = line.trim().trim_end_matches([';', ',', '✓', ' ']).trim_end_matches('.').trim();
            if text.is_empty() {
                continue;
            }
            let start = span.start + (line.len() - line.trim_start().len());
            list.push(self.recipient(text, Span::new(start, start + text.len()), purpose(&fold(text))));
        }
        list
    }

    fn recipient(&self, text: &str, span: Span, purpose: Option<&'static str>) -> Recipient {
        let known = agency::parties_at(&self.document.text, span.start, span.end, Until::Stop);
        let agency = known.and_then(|p| p.list.first().and_then(|p| p.agency));
        // An addressee over two lines is one name.
        Recipient { text: text.replace('\n', " "), span, agency, purpose }
    }

    fn signer(&self) -> Option<Evident<Signer>> {
        let lines = &self.document.closing.signature;
        let span = Span::new(lines.first()?.start, lines.last()?.end);
        let mut signer = Signer::default();
        for &line in lines {
            let printed = self.slice(line);
            let folded = self.document.text.slice_folded(line);
            if signer.name.is_some() {
                break;
            }
            if let Some(len) = structure::authority(folded) {
                signer.authority = Some(printed[..len].trim_end().to_uppercase());
                // "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC" on one line; "Q. CỤC TRƯỞNG" is the position itself.
                let rest = folded[len..].trim_start_matches(['.', ' ']);
                let second = rest.find(" phó ").map(|n| &rest[n + 1..]).or_else(|| rest.strip_prefix("bộ trưởng ").filter(|r| structure::is_position(r)));
                // "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"
                let beside = || {
                    rest.match_indices(' ')
                        .filter(|(n, _)| !rest[..*n].ends_with("ban"))
                        .map(|(n, _)| &rest[n + 1..])
                        .find(|r| !structure::is_position(rest) && structure::is_position(r))
                };
                let second = second.or_else(beside);
                signer.position = if folded.starts_with("q.") { Some(proper_case(rest)) } else { second.map(proper_case) };
            } else if structure::is_person(printed) {
                signer.name = Some(structure::person_name(printed).trim().to_owned());
            } else if let Some(position) = structure::position(folded) {
                signer.position = Some(proper_case(position));
            }
        }
        let signed = signer.name.is_some() || signer.position.is_some();
        let confidence = if signer.name.is_some() { Confidence::High } else { Confidence::Medium };
        signed.then_some(Evident { value: signer, span, rule: "header-signature", confidence })
    }

    fn issuer(&self, header: &Header) -> Option<Evident<IssuingBody>> {
        self.issuer_of_letterhead(header).or_else(|| self.issuer_inferred(header))
    }

    /// Lines in capitals above the number: the last body is the issuer, the one above it gives the place.
    fn issuer_of_letterhead(&self, header: &Header) -> Option<Evident<IssuingBody>> {
        let mut bodies: Vec<(String, Span)> = Vec::new();
        for span in self.document.letterhead.all(Slot::Issuer) {
            let line = self.document.text.slice_folded(span).trim_matches([' ', '*', '-', '_']);
            // A first letter that was set apart gets lost: "Y BAN NHÂN DÂN".
            let line = if line.starts_with("y ban nhân dân") { format!("ủ{line}") } else { line.to_owned() };
            if line.chars().filter(|c| is_alphabetic(*c)).count() < 3 {
                continue;
            }
            // The title of an annex that stands alone, as in a workbook.
            if opens_with(&line, &["phụ lục", "danh mục", "biểu ", "mẫu số", "bảng "]) {
                break;
            }
            let goes_on =
                opens_with(&line, &["và ", "tỉnh ", "thành phố ", "huyện ", "xã ", "phường ", "quận ", "thị xã ", "đặc khu ", "về ", "các ", "trung ương"])
                    || lexicon().heads.at(&line, 0).is_none();
            // "ĐẢNG BỘ TỈNH LẠNG SƠN" above its committee is no part of the name.
            let above = bodies.last().is_some_and(|(name, _)| name.starts_with("đảng bộ ")) && line.contains("ủy");
            // "ỦY BAN NHÂN DÂN THÀNH PHỐ ĐÀ NẴNG SỞ KHOA HỌC VÀ CÔNG NGHỆ": two bodies on one line.
            if let Some(at) = second_body(&line) {
                bodies.push((line[..at].trim_end().to_owned(), span));
                bodies.push((line[at..].to_owned(), span));
                continue;
            }
            match bodies.last_mut() {
                Some((name, at)) if !above && goes_on || name == "chủ tịch" => {
                    name.push(' ');
                    name.push_str(&line);
                    at.end = span.end;
                }
                _ => bodies.push((line, span)),
            }
        }
        // "CHỈ THỊ CỦA BAN BÍ THƯ", "KẾT LUẬN CỦA BAN THƯỜNG VỤ TỈNH ỦY" name the issuer themselves.
        for span in self.document.letterhead.all(Slot::Authority) {
            if let Some(name) = self.document.text.slice_folded(span).strip_prefix("của ") {
                bodies.push((name.trim().to_owned(), span));
            }
        }
        // A title in capitals with nothing of a letterhead beside it names no body: "DANH SÁCH THÀNH VIÊN" on a form.
        let letterhead = &self.document.letterhead;
        let anchored = [Slot::Motto, Slot::Number, Slot::PlaceAndDate, Slot::Authority].iter().any(|s| letterhead.first(*s).is_some());
        if !anchored && bodies.iter().all(|(name, _)| lexicon().heads.at(name, 0).is_none()) {
            return None;
        }
        let (mut name, span) = bodies.last()?.clone();
        // "BAN THƯỜNG TRỰC" under "ỦY BAN MTTQ VIỆT NAM TỈNH …", "VĂN PHÒNG" under "UBND TỈNH …" are parts of it.
        let part = ["ban thường trực", "ban thường vụ", "ban chấp hành", "văn phòng", "thanh tra"].contains(&name.as_str());
        if let Some((whole, _)) = bodies.len().checked_sub(2).map(|i| &bodies[i]).filter(|_| part) {
            name = format!("{name} {whole}");
        }
        let above = bodies.len().checked_sub(2).map(|i| bodies[i].0.clone());
        let name = self.placed(&name, above.as_deref(), header);
        let agency = known_agency(&name);
        let name = self.as_printed_below(name);
        Some(Evident { value: IssuingBody { name, agency }, span, rule: "issuer-from-letterhead", confidence: Confidence::High })
    }

    /// A board's name with the capitals that the paper itself gives it: "Ban Chỉ đạo Nhà nước về Du lịch".
    fn as_printed_below(&self, name: String) -> String {
        let folded = fold(&name);
        if !opens_with(&folded, &["ban chỉ đạo ", "hội đồng ", "ban tổ chức ", "ban chỉ huy "]) {
            return name;
        }
        let near = head(self.document.text.folded(), FIRST_PASSAGES);
        let printed = near.match_indices(&*folded).filter_map(|(n, _)| self.document.text.as_str().get(n..n + folded.len()));
        printed.into_iter().find(|p| p.starts_with(char::is_uppercase) && p.contains(char::is_lowercase)).map_or(name, str::to_owned)
    }

    /// A name in full, with the place that tells a local body from its likes.
    fn placed(&self, folded: &str, above: Option<&str>, header: &Header) -> String {
        let name = proper_case(&expand(folded));
        // "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO" under "UBND THÀNH PHỐ NAM ĐỊNH": a city of a province.
        if let Some(city) = above.map(expand).as_deref().and_then(provincial_city)
            && is_local(&fold(&name))
            && !fold(&name).contains("thành phố")
        {
            let whole = format!("{name} {}", proper_place(&format!("thành phố {city}")));
            let province = header.province.map(|i| &lexicon().provinces[i]).filter(|p| fold(&p.name) != city);
            return province.map_or(whole.clone(), |p| format!("{whole}, {}", p.with_class()));
        }
        let has_place = lexicon().province_names.scan(&fold(&name)).next().is_some();
        let local = is_local(&fold(&name));
        if has_place || !local {
            return name;
        }
        // A commune or district names itself; its province follows after a comma.
        let unit = ["huyện ", "xã ", "phường ", "quận ", "thị xã ", "đặc khu ", "thị trấn "].iter().any(|u| fold(&name).contains(u));
        let province =
            above.and_then(|a| lexicon().province_names.scan(a).last().map(|(_, _, &i)| i)).or(header.province).map(|i| lexicon().provinces[i].with_class());
        let above_unit = above.map(expand).filter(|a| ["huyện ", "xã ", "phường ", "quận ", "thị xã ", "đặc khu "].iter().any(|u| a.contains(u)));
        if let (Some(above), false) = (&above_unit, unit) {
            let place = ["huyện ", "xã ", "phường ", "quận ", "thị xã ", "đặc khu "].iter().find_map(|u| above.find(u)).map_or("", |n| &above[n..]);
            let whole = format!("{name} {}", proper_place(place));
            return province.map_or(whole.clone(), |p| format!("{whole}, {p}"));
        }
        match province {
            Some(p) if unit => format!("{name}, {p}"),
            Some(_) if name.ends_with("ủy") => {
                let province = header.province.map_or("", |i| lexicon().provinces[i].name.as_str());
                format!("{name} {province}").trim_end().to_owned()
            }
            Some(p) => {
                let bare = name.trim_end_matches(" tỉnh").trim_end_matches(" thành phố");
                format!("{bare} {p}")
            }
            None => name,
        }
    }

    /// Without a letterhead: the symbol's issuer, a steering board named in the body, or the collective that signed.
    fn issuer_inferred(&self, header: &Header) -> Option<Evident<IssuingBody>> {
        let made = |name: String, span: Span, rule: &'static str| {
            let agency = known_agency(&name);
            Evident { value: IssuingBody { name, agency }, span, rule, confidence: Confidence::Medium }
        };
        if let Some(code) = &header.code
            && let Some(abbr) = code.value.issuers.first()
            && let Some((issuer, _)) = lexicon().issuer_of_symbol(abbr)
        {
            if issuer.kind == "interagency"
                && let Some((name, span)) = self.named_in_body(&fold(issuer.name.split(" (").next().unwrap_or(&issuer.name)))
            {
                return Some(made(self.placed(&name, None, header), span, "issuer-from-body"));
            }
            let name = fold(issuer.name.split(" (").next().unwrap_or(&issuer.name));
            return Some(made(self.placed(&name, None, header), code.span, "issuer-from-symbol"));
        }
        let line = self.document.closing.signature.iter().find(|&&s| {
            let folded = self.document.text.slice_folded(s);
            folded.starts_with("tm.") || folded.starts_with("t/m")
        });
        let Some(line) = line else {
            let blocks = self.document.text.blocks().iter().take(FIRST_BLOCKS);
            let found = |s: Span| {
                let folded = self.document.text.slice_folded(s);
                let (name, _) = self.issues(folded)?;
                // Blanks may stand before the name.
                let start = s.start + (name.as_ptr() as usize - folded.as_ptr() as usize);
                Some((name, Span::new(start, start + name.len())))
            };
            let (name, span) = blocks.map(|b| b.span).find_map(found)?;
            let local = is_local(name);
            let printed = self.slice(span).to_owned();
            return Some(made(if local { self.placed(name, None, header) } else { printed }, span, "issuer-from-body"));
        };
        let folded = self.document.text.slice_folded(*line);
        let name = folded[3..].trim_start_matches(['.', ' ']);
        Some(made(self.placed(name, None, header), *line, "issuer-from-signature"))
    }

    /// The longest name in the first passages that begins with these words.
    fn named_in_body(&self, opening: &str) -> Option<(String, Span)> {
        let folded = self.document.text.folded();
        let mut best: Option<(String, Span)> = None;
        let near = head(folded, FIRST_PASSAGES);
        let mut from = 0;
        while let Some(n) = near[from..].find(opening) {
            let at = from + n;
            from = at + opening.len();
            let end = folded[at..].find('\n').map_or(folded.len(), |n| at + n);
            let Some(party) = agency::name_at(&self.document.text, at, end) else { continue };
            let name = self.document.text.slice_folded(party.span).to_owned();
            let placed = |s: &str| lexicon().province_names.scan(s).next().is_some();
            let better = best.as_ref().is_none_or(|(b, _)| (placed(&name), name.len()) > (placed(b), b.len()));
            if better && name.len() > opening.len() {
                best = Some((name, party.span));
            }
        }
        best
    }
}

/// Where another body begins right behind the province of the first: "ubnd tỉnh an giang sở y tế".
fn second_body(line: &str) -> Option<usize> {
    let (_, end, _) = lexicon().province_names.scan(line).next()?;
    let at = end + line[end..].len() - line[end..].trim_start().len();
    let committee = opens_with(line, &["ubnd ", "ủy ban nhân dân "]);
    (committee && at > end && opens_with(&line[at..], &["sở ", "ban ", "văn phòng", "thanh tra"]) && lexicon().agency_names.at(line, at).is_some())
        .then_some(at)
}

/// The city that a name in small letters ends with, where it is no province of its own: "nam định" of "ủy ban nhân dân thành phố
/// nam định".
fn provincial_city(folded: &str) -> Option<&str> {
    let at = folded.find("thành phố ")?;
    let city = folded[at + "thành phố ".len()..].trim();
    let is_city = |i: usize| [&lexicon().provinces[i].prefix, &lexicon().provinces[i].new_prefix].iter().any(|p| fold(p) == "thành phố");
    let own = lexicon().province_names.at(folded, at).is_some_and(|(_, &i)| is_city(i));
    (!own && !city.is_empty()).then_some(city)
}

/// The lexicon's agency that a full name begins with.
fn known_agency(name: &str) -> Option<usize> {
    lexicon().agency_names.at(&fold(name), 0).map(|(_, &i)| i)
}

/// Abbreviations in letterheads, in full.
fn expand(folded: &str) -> String {
    const SHORT: &[(&str, &str)] = &[
        ("ubnd", "ủy ban nhân dân"),
        ("hđnd", "hội đồng nhân dân"),
        ("ubmttqvn", "ủy ban mặt trận tổ quốc việt nam"),
        ("mttqvn", "mặt trận tổ quốc việt nam"),
        ("mttq", "mặt trận tổ quốc"),
        ("tp.", "thành phố"),
        ("tp", "thành phố"),
        ("ban chỉ đạo 389", "ban chỉ đạo 389"),
    ];
    folded.split(' ').filter(|w| !w.is_empty()).map(|w| SHORT.iter().find(|(s, _)| *s == w).map_or(w, |(_, l)| l)).collect::<Vec<_>>().join(" ")
}

/// Bodies that every province, district or commune has.
fn is_local(folded: &str) -> bool {
    // "Ban Chỉ đạo Nhà nước về Du lịch", "Ban Chỉ đạo quốc gia …", "Ban Chỉ đạo Trung ương …": one for the whole country.
    if ["ban chỉ đạo ", "ban chỉ huy ", "hội đồng "]
        .iter()
        .any(|w| folded.strip_prefix(w).is_some_and(|rest| opens_with(rest, &["nhà nước", "quốc gia", "trung ương"])))
    {
        return false;
    }
    const LOCAL: &[&str] = &[
        "ủy ban nhân dân",
        "hội đồng nhân dân",
        "sở ",
        "ban chỉ đạo",
        "ban quản lý",
        "tỉnh ủy",
        "thành ủy",
        "công an tỉnh",
        "ban thường vụ tỉnh ủy",
        "phòng ",
        "chi cục",
        "thanh tra tỉnh",
        "ban dân tộc",
        "hội ",
        "liên đoàn",
        "ủy ban mặt trận",
        "ban thường trực",
        "đảng ủy",
        "huyện ủy",
        "văn phòng ủy ban",
        "ban chỉ huy",
        "bộ chỉ huy",
        "bệnh viện",
        "trung tâm",
        "chủ tịch ủy ban",
        "cục thuế tỉnh",
    ];
    opens_with(folded, LOCAL)
}

/// Names with their capitals: known names as the lexicon has them, other words in small letters.
pub fn proper_case(folded: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    let folded = folded.trim();
    while at < folded.len() {
        if let Some((end, &i)) = lexicon().agency_names.at(folded, at) {
            let printed = canonical(&lexicon().agencies[i], &folded[at..end]);
            out.push_str(&printed);
            at = end;
        } else if let Some((end, &i)) = lexicon().province_names.at(folded, at) {
            let province = &lexicon().provinces[i];
            let classed = folded[at..].starts_with("tỉnh ") || folded[at..].starts_with("thành phố ");
            if classed {
                let class = if folded[at..].starts_with("tỉnh ") { "tỉnh" } else { "thành phố" };
                out.push_str(class);
                out.push(' ');
            }
            out.push_str(&province.name);
            at = end;
        } else {
            let len = folded[at..].find(' ').unwrap_or(folded.len() - at);
            let word = &folded[at..at + len];
            let proper = ["việt", "nam", "hồ", "chí", "minh"].contains(&word) && (folded.contains("việt nam") || folded.contains("hồ chí minh"));
            // Names follow "xã", "phường", "huyện"; "Phó Chủ tịch", "Phó Trưởng ban".
            let units = ["xã ", "phường ", "huyện ", "quận ", "thị xã ", "thị trấn ", "đặc khu "];
            let unit = units.iter().filter_map(|u| folded[..at].rfind(u).map(|n| n + u.len())).max();
            let place = unit.is_some_and(|u| !folded[u..at].contains(',') && !units.iter().any(|u| u.trim() == word) && word != "các");
            let deputy = folded[..at].ends_with("phó ") && at <= "phó ".len() + 1;
            if out.is_empty() || proper || place || deputy {
                push_capital(&mut out, word)
            } else {
                out.push_str(word)
            }
            at += len;
        }
        let blanks = folded[at..].len() - folded[at..].trim_start().len();
        if blanks > 0 {
            out.push(' ');
        } else if let Some(c) = folded[at..].chars().next().filter(|c| !c.is_alphanumeric()) {
            out.push(c);
            at += c.len_utf8();
            continue;
        }
        at += blanks;
    }
    let out = out.trim().to_owned();
    let mut capital = String::new();
    push_capital(&mut capital, &out);
    capital
}

/// The spelling of an agency's name or alias that was matched.
fn canonical(agency: &Agency, folded: &str) -> String {
    let names = std::iter::once(&agency.name).chain(&agency.aliases);
    names.into_iter().find(|n| fold(n) == folded).cloned().unwrap_or_else(|| folded.to_owned())
}

fn proper_place(folded: &str) -> String {
    let mut words = folded.split(' ').filter(|w| !w.is_empty());
    let mut out = words.next().unwrap_or_default().to_owned();
    if ["thị", "đặc", "thành"].contains(&out.as_str()) {
        out.push(' ');
        out.push_str(words.next().unwrap_or_default());
    }
    for word in words {
        out.push(' ');
        push_capital(&mut out, word);
    }
    out
}

fn push_capital(out: &mut String, word: &str) {
    let mut chars = word.chars();
    if let Some(c) = chars.next() {
        out.extend(c.to_uppercase());
        out.push_str(chars.as_str());
    }
}

/// What a line of Nơi nhận is sent for.
fn purpose(folded: &str) -> Option<&'static str> {
    const PURPOSES: &[(&str, &str)] = &[
        ("b/c", "báo cáo"),
        ("b/cáo", "báo cáo"),
        ("để b/c", "báo cáo"),
        ("báo cáo", "báo cáo"),
        ("p/h chỉ đạo", "phối hợp chỉ đạo"),
        ("p/h", "phối hợp"),
        ("để phối hợp", "phối hợp"),
        ("phối hợp", "phối hợp"),
        ("t/h", "thực hiện"),
        ("thực hiện", "thực hiện"),
        ("c/đ", "chỉ đạo"),
        ("chỉ đạo", "chỉ đạo"),
        ("để biết", "biết"),
        ("theo dõi", "theo dõi"),
        ("t/d", "theo dõi"),
        ("kiểm tra", "kiểm tra"),
        ("ktvb", "kiểm tra"),
        ("đăng tải", "đăng tải"),
        ("đưa tin", "đưa tin"),
        ("công bố", "công bố"),
        ("giám sát", "giám sát"),
        ("thông báo", "thông báo"),
        ("đăng công báo", "đăng công báo"),
        ("tham mưu", "tham mưu"),
        ("triển khai", "triển khai"),
        ("t/báo", "thông báo"),
    ];
    let open = folded.rfind('(')?;
    let inner = folded[open + 1..].trim_end_matches([')', ' ', '.', ';']).trim_start_matches("để ").trim();
    PURPOSES.iter().find(|(cue, _)| inner.starts_with(cue)).map(|(_, value)| *value)
}

/// The full name of a party in a paper of this province: "Các sở, ngành tỉnh" → "Các sở, ngành tỉnh Long An".
pub fn full_name(text: &Text, party: &Party, province: Option<usize>) -> String {
    let Some(province) = province.map(|i| &lexicon().provinces[i]) else { return party.text.to_string() };
    let provinces = &lexicon().province_names;
    // Most names are as printed, and what is printed is folded and parted into words already.
    let printed = text.folded().get(party.span.range()).filter(|_| text.slice(party.span) == &*party.text);
    let (folded, placed) = match printed {
        Some(folded) => (Cow::Borrowed(folded), provinces.scan_in(text, party.span).next().is_some()),
        None => {
            let folded = fold(&party.text);
            let placed = provinces.scan(&folded).next().is_some();
            (Cow::Owned(folded), placed)
        }
    };
    if placed {
        return party.text.to_string();
    }
    let of_one = [" tỉnh", " thành phố", " tp"].iter().any(|unit| folded.strip_suffix(unit).is_some_and(|f| !f.ends_with("các")));
    // "Tỉnh ủy Lạng Sơn", "Ban Thường vụ Thành ủy Hải Phòng"
    let committee = folded.ends_with("tỉnh ủy") || folded.ends_with("thành ủy");
    if of_one || committee && !party.group {
        return format!("{} {}", party.text, province.name);
    }
    let known = party.agency.map(|i| &lexicon().agencies[i]);
    let provincial = known.is_some_and(|a| a.level == "province" && matches!(a.kind.as_str(), "state_body" | "party")) && !party.group;
    if provincial { format!("{} {}", party.text, province.with_class()) } else { party.text.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextBuilder;

    fn header_of(paper: &str) -> Header {
        let reading = crate::source::read(paper.as_bytes(), &crate::source::Options::default()).unwrap();
        read(&Document::of(reading.text))
    }

    #[test]
    fn the_title_of_an_annex_is_no_part_of_the_issuer() {
        let header = header_of("ỦY BAN NHÂN DÂN TỈNH AN GIANG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nPHỤ LỤC PHÂN CÔNG NHIỆM VỤ\n");
        assert_eq!(header.issuer.map(|i| i.value.name), Some("Ủy ban nhân dân tỉnh An Giang".to_owned()));
    }

    #[test]
    fn parties_get_the_province_of_the_paper() {
        let of = |name: &str, agency: Option<&str>| {
            let agency = agency.map(|id| lexicon().agencies.iter().position(|a| a.id == id).expect("the lexicon has it"));
            Party { span: Span::default(), text: name.to_owned().into(), agency, group: name.contains("ác ") }
        };
        let province = |name: &str| lexicon().provinces.iter().position(|p| p.name == name);
        let rows = [
            ("Sở Y tế", Some("so_yt"), Some("Long An"), "Sở Y tế tỉnh Long An"),
            ("Các sở, ngành tỉnh", None, Some("Long An"), "Các sở, ngành tỉnh Long An"),
            // Several provinces are none of this one.
            ("UBND các tỉnh", None, Some("Long An"), "UBND các tỉnh"),
            ("Sở Y tế", Some("so_yt"), None, "Sở Y tế"),
            ("Sở Y tế Tây Ninh", Some("so_yt"), Some("Long An"), "Sở Y tế Tây Ninh"),
        ];
        for (name, id, at, full) in rows {
            let mut builder = TextBuilder::with_capacity(name.len());
            builder.push(name, 0);
            let printed = Party { span: Span::new(0, name.len()), ..of(name, id) };
            assert_eq!(full_name(&builder.finish(), &printed, at.and_then(province)), full, "as printed");
            assert_eq!(full_name(&Text::default(), &of(name, id), at.and_then(province)), full, "put together");
        }
        // Where a ministry sits says nothing about the offices that it writes to.
        let header = header_of("BỘ Y TẾ\nSố: 12/BYT-DP\nHà Nội, ngày 05 tháng 3 năm 2024\nKính gửi: Sở Y tế các tỉnh\n");
        assert_eq!((header.place.map(|p| p.value), header.province), (Some("Hà Nội".to_owned()), None));
    }

    #[test]
    fn offices_are_named_with_what_stands_above_them() {
        let rows = [
            ("UBND TỈNH LÂM ĐỒNG\nVĂN PHÒNG\nSố: 187/TB-VPUBND\nLâm Đồng", "Văn phòng Ủy ban nhân dân tỉnh Lâm Đồng"),
            ("UBND THÀNH PHỐ NAM ĐỊNH\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 78/KH-PGDĐT\nNam Định", "Phòng Giáo dục và Đào tạo thành phố Nam Định"),
            ("UBND THÀNH PHỐ VINH\nPHÒNG Y TẾ\nSố: 78/KH-PYT\nNghệ An", "Phòng Y tế thành phố Vinh, tỉnh Nghệ An"),
            ("UBND THÀNH PHỐ HÀ NỘI\nSỞ Y TẾ\nSố: 78/KH-SYT\nHà Nội", "Sở Y tế thành phố Hà Nội"),
        ];
        for (head, issuer) in rows {
            let header = header_of(&format!("{head}, ngày 29 tháng 8 năm 2022\n\nKẾ HOẠCH\nPhòng dịch mùa hè\n\n1. Rà soát kho.\n"));
            assert_eq!(header.issuer.map(|i| i.value.name).as_deref(), Some(issuer), "{head}");
        }
    }

    #[test]
    fn the_stamp_of_who_received_a_paper_says_nothing_of_it() {
        let head =
            "ỦY BAN NHÂN DÂN\nTỈNH BÌNH THUẬN\nSố: 08/CT-UBND\nBình Thuận, ngày 17 tháng 6 năm 2022\nSỞ Y TẾ\nĐẾN Số: 4417\nNgày: 20-06-2022\nChuyển: ......\n";
        let header = header_of(&format!("{head}CHỈ THỊ\nVề việc quản lý cát sỏi\n\nSở Xây dựng rà soát các mỏ cát.\n"));
        assert_eq!(header.issuer.map(|i| i.value.name).as_deref(), Some("Ủy ban nhân dân tỉnh Bình Thuận"));
        assert_eq!(header.subject.map(|s| s.value).as_deref(), Some("quản lý cát sỏi"));
        assert_eq!(header.code.map(|c| c.value.code.text).as_deref(), Some("08/CT-UBND"));
    }

    #[test]
    fn several_addressees_may_stand_on_one_line_of_a_list() {
        let header = header_of(
            "UBND TỈNH GIA LAI\nSố: 16/UBND-KT\nV/v kiểm kê kho\n\nKính gửi:\n- Các sở, ban, ngành;\n- Thuế tỉnh Gia Lai; Kho bạc Nhà nước khu vực XV;\n- UBND các xã.\n\nGiao Sở Y tế rà soát kho.\n",
        );
        let names: Vec<&str> = header.addressees.iter().map(|a| a.text.as_str()).collect();
        assert_eq!(names, ["Các sở, ban, ngành", "Thuế tỉnh Gia Lai", "Kho bạc Nhà nước khu vực XV", "UBND các xã"]);
    }

    #[test]
    fn signatures_beside_the_recipients_are_told_from_them() {
        let body = "UBND TỈNH HÀ TÂY\nSố: 7/QĐ-UB\n\nQUYẾT ĐỊNH\nVề việc trồng rừng\n\nĐiều 1. Giao Sở Y tế rà soát vườn thuốc nam./.\n\n";
        let closing = "Nơi nhận: T/M UBND TỈNH HÀ TÂY\n- Văn phòng Chính phủ, K/T CHỦ TỊCH\n- Bộ Y tế, PHÓ CHỦ TỊCH\n- Như điều 3; (Đã ký)\n- Lưu VT, NN (50b). Đỗ Khắc Thụy\n";
        let header = header_of(&format!("{body}{closing}"));
        let signer = header.signer.expect("someone signed").value;
        assert_eq!((signer.position.as_deref(), signer.name.as_deref()), (Some("Phó Chủ tịch"), Some("Đỗ Khắc Thụy")));
        let names: Vec<&str> = header.recipients.iter().map(|r| r.text.as_str()).collect();
        assert_eq!(names, ["Văn phòng Chính phủ", "Bộ Y tế", "Như điều 3", "Lưu VT, NN (50b)"]);
    }

    #[test]
    fn letterheads_of_law_collections_are_read() {
        let rows = [
            ("NGHỊ ĐỊNH\nCỦA CHÍNH PHỦ SỐ 71/1999/NĐ-CP NGÀY 11 THÁNG 5 NĂM 1999\nBAN HÀNH QUY CHẾ VỀ BẾN BÃI\n", "71/1999/NĐ-CP", "Chính phủ"),
            ("THÔNG TƯ\nCỦA BỘ TÀI CHÍNH SỐ 16/1998/TT-BTC NGÀY 2 THÁNG 12 NĂM 1998\nHƯỚNG DẪN CHẾ ĐỘ LỆ PHÍ\n", "16/1998/TT-BTC", "Bộ Tài chính"),
        ];
        for (head, code, issuer) in rows {
            let header = header_of(&format!("{head}\nCăn cứ Luật Tổ chức Chính phủ;\nĐiều 1. Ban hành kèm theo văn bản này Quy chế.\n"));
            assert_eq!(header.code.as_ref().map(|c| c.value.code.text.as_str()), Some(code));
            assert_eq!(header.issuer.as_ref().map(|i| i.value.name.as_str()), Some(issuer));
            assert!(header.date.as_ref().is_some_and(|d| d.value.day.is_some()), "{code}");
        }
        // A form's title is no issuer.
        assert!(header_of("DANH SÁCH THÀNH VIÊN HỢP TÁC XÃ\n\nSố thứ tự và họ tên của từng thành viên.\n").issuer.is_none());
        // An issuer whose name alone stands there has no number.
        let header = header_of("CHỈ THỊ\nCỦA BAN BÍ THƯ\nvề công tác số hóa\n\nBan Bí thư yêu cầu các cấp ủy thực hiện tốt việc số hóa.\n");
        assert!(header.code.is_none());
    }

    #[test]
    fn closings_that_were_joined_into_one_line_are_read() {
        let body = "UBND TỈNH LÀO CAI\nSố: 7/QĐ-UBND\n\nQUYẾT ĐỊNH\nVề việc trồng rừng\n\nĐiều 1. Giao Sở Y tế rà soát vườn thuốc nam./.\n";
        let rows = [
            (
                "Nơi nhận: - Như trên; - Các Vụ: TH, PL; NN; - Lưu: VT. | TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn Bình",
                3,
                Some("KT."),
                "Trần Văn Bình",
                "a table row without outer strokes",
            ),
            (
                "| *Nơi nhận:* - Như trên; (báo cáo) - Lưu: VT. | KT. BỘ TRƯỞNG  THỨ TRƯỞNG    Lê Thị Lan |\n| --- | --- |",
                2,
                Some("KT."),
                "Lê Thị Lan",
                "Markdown; a bracket ends an item",
            ),
            ("Nơi nhận: - Như trên; - Sở Y tế; - Lưu: VT. GIÁM ĐỐC Trần Văn Bình", 3, None, "Trần Văn Bình", "glued behind the last item"),
            (
                "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN CHỦ TỊCH (Đã ký) Trần Văn Bình",
                2,
                Some("TM."),
                "Trần Văn Bình",
                "the signature alone on one line",
            ),
            (
                "Nơi nhận:                         KT. CHÁNH VĂN PHÒNG\n- Thường trực Tỉnh ủy;            PHÓ CHÁNH VĂN PHÒNG\n- Lưu: VT, KT (3b). HN                Trần Văn Bình",
                2,
                Some("KT."),
                "Trần Văn Bình",
                "columns held apart by blanks",
            ),
            (
                "Nơi nhận:                         KT. THỦ TƯỚNG\n- Như trên;            PHÓ THỦ TƯỚNG\n- Các bộ;\n- Văn phòng Tổng Bí thư;                Trần Văn Bình\n- Lưu: VT.\n\n\n      THỦ TƯỚNG CHÍNH PHỦ                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nKẾ HOẠCH\nTriển khai",
                4,
                Some("KT."),
                "Trần Văn Bình",
                "what is attached has columns of its own",
            ),
            (
                "SỞ TÀI CHÍNH\tSỞ Y TẾ\nKT. GIÁM ĐỐC\tKT. GIÁM ĐỐC\n\n\nTrần Văn Bình\tLò Văn Sáng\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.",
                2,
                Some("KT."),
                "Trần Văn Bình",
                "two signatures side by side",
            ),
            ("Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nKT. BỘ TRƯỞNG\n\nLưu Thị Bích Vân", 2, Some("KT."), "Lưu Thị Bích Vân", "a surname like the last item"),
        ];
        for (closing, recipients, authority, name, why) in rows {
            let header = header_of(&format!("{body}{closing}\n"));
            let signer = header.signer.map(|s| s.value).unwrap_or_default();
            assert_eq!((header.recipients.len(), signer.authority.as_deref(), signer.name.as_deref()), (recipients, authority, Some(name)), "{why}");
        }
        // A sentence that begins so is no list.
        let header =
            header_of(&format!("{body}Nơi nhận hồ sơ của người dân là Trung tâm Phục vụ hành chính công và các điểm tiếp nhận khác trên địa bàn của xã.\n"));
        assert!(header.recipients.is_empty());
    }

    #[test]
    fn two_bodies_on_one_line_are_told_apart() {
        let header = header_of(
            "| ỦY BAN NHÂN DÂN TỈNH AN GIANG **SỞ KHOA HỌC VÀ CÔNG NGHỆ** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** |\n| --- | --- |\n| Số: 37/KH-SKHCN | An Giang, ngày 26 tháng 02 năm 2026 |\n\nKẾ HOẠCH\nĐo lường năm 2026\n\n1. Công an tỉnh rà soát thủ tục.\n",
        );
        assert_eq!(header.issuer.map(|i| i.value.name).as_deref(), Some("Sở Khoa học và Công nghệ tỉnh An Giang"));
    }

    #[test]
    fn a_board_for_the_whole_country_has_no_province() {
        let header = header_of(
            "BAN CHỈ ĐẠO NHÀ NƯỚC VỀ DU LỊCH\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/KH-BCĐNNDL\tHà Nội, ngày 23 tháng 01 năm 2026\n\nKẾ HOẠCH\nHoạt động của Ban Chỉ đạo Nhà nước về Du lịch năm 2026\n\n1. Bộ Công an rà soát thủ tục.\n",
        );
        assert_eq!(header.issuer.map(|i| i.value.name).as_deref(), Some("Ban Chỉ đạo Nhà nước về Du lịch"));
    }

    #[test]
    fn a_road_between_places_names_no_province() {
        let header = header_of(
            "ỦY BAN NHÂN DÂN\nHUYỆN KRÔNG PẮC\nSố: 214/TB-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nKrông Pắc, ngày 06 tháng 9 năm 2024\n\nTHÔNG BÁO\nKết luận của Chủ tịch UBND huyện\n\n1. Các xã bàn giao mặt bằng dự án đường cao tốc Khánh Hòa - Buôn Ma Thuột.\n",
        );
        assert_eq!(header.issuer.map(|i| i.value.name).as_deref(), Some("Ủy ban nhân dân huyện Krông Pắc"));
    }

    #[test]
    fn blanks_before_a_body_are_no_part_of_its_name() {
        let header = header_of("\u{a0}Công an đãã ban hành Thông tư");
        assert!(header.issuer.is_none_or(|i| !i.value.name.starts_with(' ')));
    }

    #[test]
    fn a_telegram_tells_the_hour_before_the_day() {
        let header = header_of(
            "ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH\nSố: 19/CĐ-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nHà Tĩnh, hồi 15 giờ 30 ngày 26 tháng 9 năm 2025\n\nCÔNG ĐIỆN\nVề việc ứng phó với bão số 10\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH ĐIỆN:\n\n- Các sở, ban, ngành;\n- Chủ tịch UBND các xã, phường.\n\n1. Sở Y tế trực cấp cứu.\n",
        );
        assert_eq!(header.place.map(|p| p.value).as_deref(), Some("Hà Tĩnh"));
        assert_eq!(header.date.map(|d| d.value), crate::mention::date::PartialDate::new(Some(2025), Some(9), Some(26)));
        assert_eq!((header.subject.map(|s| s.value).as_deref(), header.addressees.len()), (Some("ứng phó với bão số 10"), 2));
    }

    #[test]
    fn a_subject_runs_up_to_the_addressees() {
        let header = header_of(
            "UBND TỈNH VĨNH LONG\nVĂN PHÒNG\nSố: 3192/VPUBND-KT\nV/v truyền đạt ý kiến chỉ đạo của Chủ tịch\nUBND tỉnh về xử lý rác thải sinh hoạt tồn đọng tại bãi rác Rạch Ranh của xã\nKính gửi:\n- Sở Tài chính;\n- Công an tỉnh.\n\n1. Sở Tài chính cân đối kinh phí.\n",
        );
        let subject = "truyền đạt ý kiến chỉ đạo của Chủ tịch UBND tỉnh về xử lý rác thải sinh hoạt tồn đọng tại bãi rác Rạch Ranh của xã";
        assert_eq!((header.subject.map(|s| s.value).as_deref(), header.addressees.len()), (Some(subject), 2));
    }

    #[test]
    fn headers_without_a_letterhead_are_read_from_the_body() {
        let issuer = |h: &Header| h.issuer.as_ref().map(|i| i.value.name.clone()).unwrap_or_default();
        let resolution = header_of(
            "Căn cứ Luật Thủ đô số 39/2024/QH15;\nHội đồng nhân dân ban hành Nghị quyết quy định mức hỗ trợ trồng rừng trên địa bàn thành phố Hà Nội.\n\nĐiều 1. Phạm vi\n",
        );
        assert_eq!(
            (resolution.type_code.map(|t| t.value), resolution.issuer.map(|i| i.value.name)),
            (Some("NQ"), Some("Hội đồng nhân dân thành phố Hà Nội".to_owned()))
        );
        let decision = header_of("BAN HÀNH KẾ HOẠCH TRỒNG RỪNG\nTHỦ TƯỚNG CHÍNH PHỦ\nCăn cứ Luật Lâm nghiệp;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành Kế hoạch.\n");
        assert_eq!(decision.type_code.as_ref().map(|t| t.value), Some("QĐ"));
        assert_eq!(decision.subject.as_ref().map(|s| s.value.as_str()), Some("BAN HÀNH KẾ HOẠCH TRỒNG RỪNG"));
        assert_eq!(issuer(&decision), "Thủ tướng Chính phủ");
        let school = header_of(
            "KẾ HOẠCH\nTrồng cây trong sân trường\n\nTrường THPT Sông Chảy xây dựng Kế hoạch trồng cây như sau:\n1. Tổ chuyên môn chăm sóc cây.\n\nBảo Yên, ngày 28 tháng 4 năm 2026\n\nNơi nhận:\n- Sở GDĐT;\n- Lưu: VT.\n",
        );
        assert_eq!(issuer(&school), "Trường THPT Sông Chảy");
        assert_eq!(school.place.map(|p| p.value), Some("Bảo Yên".to_owned()));
    }

    #[test]
    fn damage_in_a_letterhead_does_not_end_it() {
        let rows = [
            ("UBND TỈNH LÀO CAI   CỘNG HÕA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ CÔNG THƯƠNG   Độc lập - Tự do - Hạnh phúc\n", "a wrong mark in the motto"),
            ("UBND TỈNH LÀO CAI\nSỞ CÔNG THƯƠNG\n_______ ________D.\n", "a ruling read as a letter"),
        ];
        for (head, why) in rows {
            let header = header_of(&format!(
                "{head}Số: 12/TB-SCT\nTP. Lào Cai, ngày 3 tháng 2 năm 2026\n\nKính gửi: A ä .\n- Sở Y tế;\n- Công an tỉnh.\n\nSở Công Thương thông báo kết quả.\n"
            ));
            assert_eq!(header.issuer.as_ref().map(|i| i.value.name.as_str()), Some("Sở Công Thương tỉnh Lào Cai"), "{why}");
            assert_eq!(header.place.as_ref().map(|p| p.value.as_str()), Some("TP. Lào Cai"), "{why}");
            assert_eq!(header.addressees.len(), 2, "specks name nobody");
        }
    }

    #[test]
    fn letterheads_that_a_conversion_glued_or_broke_are_read() {
        let rows = [
            (
                "UBND TỈNH LÀO CAI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số: 12/UBND-NN V/v phòng bệnh lở mồm long móng châu Phi Lào Cai, ngày 3 tháng 2 năm 2026",
                "one line",
            ),
            (
                "UBND TỈNH LÀO\nCAI\n-----\n|\nCỘNG\nHÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do -\nHạnh phúc\n|\nSố: 12/UBND-NN\n|\nLào Cai, ngày 3\ntháng 2 năm 2026\n|\nV/v phòng bệnh lở mồm long móng châu Phi",
                "many lines",
            ),
            (
                "Công văn 12/UBND-NN phòng bệnh\nSố hiệu: | 12/UBND-NN | Người ký: | Lê Văn Bình |\nNgày ban hành: | 03/02/2026 | Tình trạng: | Đang cập nhật |\nUBND TỈNH LÀO CAI |\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 12/UBND-NN |\nLào Cai, ngày 3 tháng 2 năm 2026 |\nV/v phòng bệnh lở mồm long móng châu Phi",
                "below the facts of a page",
            ),
            (
                "Toàn văn Công văn 12/UBND-NN phòng bệnh\nUBND TỈNH LÀO CAI | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 12/UBND-NN | Lào Cai, ngày 3 tháng 2 năm 2026 |\nV/v phòng bệnh lở mồm long móng châu Phi",
                "two columns below the title of a page",
            ),
            (
                "Y BAN NHÂN DÂN\nTỈNH LÀO CAI\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố:\n12/UBND-NN\nLào\nCai, ngày 3 tháng 2 năm 2026\nV/v phòng bệnh lở mồm long móng châu Phi",
                "first words on lines of their own, a letter lost",
            ),
            (
                "Công văn 12/UBND-NN phòng bệnh\n| Số hiệu | 12/UBND-NN |\n| Ngày ban hành | 03/02/2026 |\n|\nUBND TỈNH\nLÀO CAI |\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM |\n|\nSố: 12/UBND-NN |\nLào Cai, ngày 3 tháng 2 năm 2026 |\nV/v phòng bệnh lở mồm long móng châu Phi",
                "a motto over two lines below the facts of a page",
            ),
        ];
        for (head, why) in rows {
            let header = header_of(&format!("{head}\n\nKính gửi: Sở Y tế.\n\n1. Giao Sở Y tế rà soát hồ sơ.\n"));
            assert_eq!(header.issuer.map(|i| i.value.name).as_deref(), Some("Ủy ban nhân dân tỉnh Lào Cai"), "{why}");
            assert_eq!(header.code.map(|c| c.value.code.text).as_deref(), Some("12/UBND-NN"), "{why}");
            assert_eq!(header.subject.map(|s| s.value).as_deref(), Some("phòng bệnh lở mồm long móng châu Phi"), "{why}");
            assert_eq!(header.place.map(|p| p.value).as_deref(), Some("Lào Cai"), "{why}");
            assert_eq!(header.date.and_then(|d| d.value.day), Some(3), "{why}");
        }
    }

    #[test]
    fn a_province_of_before_2008_is_known() {
        let paper = "UỶ BAN NHÂN DÂN\tCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH HÀ TÂY\tĐộc lập - Tự do - Hạnh phúc\nSố: 1187/2005/QĐ-UB\tHà Đông, ngày 05 tháng 9 năm 2005\n\nQUYẾT ĐỊNH\nV/v trồng rừng\n";
        assert_eq!(header_of(paper).issuer.map(|i| i.value.name).as_deref(), Some("Ủy ban nhân dân tỉnh Hà Tây"));
    }

    #[test]
    fn a_short_name_is_no_speck() {
        for name in ["Sở Y tế", "Bộ Y tế"] {
            let header = header_of(&format!(
                "UBND TỈNH LÀO CAI\nSố: 12/UBND-VX\nLào Cai, ngày 3 tháng 2 năm 2026\n\nKính gửi: {name}\n\n1. Giao Sở Y tế rà soát hồ sơ.\n"
            ));
            assert_eq!(header.addressees.iter().map(|a| a.text.as_str()).collect::<Vec<_>>(), [name]);
        }
    }

    #[test]
    fn who_decides_is_no_part_of_a_title_in_capitals() {
        let header = header_of(
            "CHÍNH PHỦ\nSố: 23/NQ-CP\nHà Nội, ngày 4 tháng 8 năm 2026\nNGHỊ QUYẾT\nVỀ VIỆC PHÊ DUYỆT THỎA THUẬN TRỒNG RỪNG\nCHÍNH PHỦ\nCăn cứ Luật Lâm nghiệp;\nQUYẾT NGHỊ:\nĐiều 1. Phê duyệt Thỏa thuận.\n",
        );
        assert_eq!(header.subject.map(|s| s.value), Some("PHÊ DUYỆT THỎA THUẬN TRỒNG RỪNG".to_owned()));
    }

    #[test]
    fn the_class_of_a_city_belongs_to_the_place() {
        let header = header_of(
            "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH\nSố: 1241/QĐ-UBND\nThành phố Hồ Chí Minh, ngày 18 tháng 02 năm 2021\n\nQUYẾT ĐỊNH\nV/V CÔNG BỐ DANH MỤC CÔNG TRÌNH\n\nĐiều 1. Công bố Danh mục.\n",
        );
        assert_eq!(header.issuer.map(|i| i.value.name).as_deref(), Some("Ủy ban nhân dân thành phố Hồ Chí Minh"));
        assert_eq!(header.place.map(|p| p.value).as_deref(), Some("Thành phố Hồ Chí Minh"));
        assert_eq!(header.subject.map(|s| s.value).as_deref(), Some("CÔNG BỐ DANH MỤC CÔNG TRÌNH"));
    }

    #[test]
    fn a_title_may_stand_below_a_letterhead_without_its_type() {
        let header = header_of(
            "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 63/2006/QĐ-UBND | Phan Thiết, ngày 26 tháng 7 năm 2006 |\nBAN HÀNH QUY ĐỊNH VỀ TRỒNG RỪNG\nỦY BAN NHÂN DÂN TỈNH BÌNH THUẬN\nCăn cứ Luật Lâm nghiệp;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành Quy định.\n",
        );
        assert_eq!(header.subject.map(|s| s.value), Some("BAN HÀNH QUY ĐỊNH VỀ TRỒNG RỪNG".to_owned()));
        assert_eq!(header.issuer.map(|i| i.value.name), Some("Ủy ban nhân dân tỉnh Bình Thuận".to_owned()));
    }

    #[test]
    fn a_news_report_tells_the_header_of_the_paper_that_it_prints() {
        let header = header_of(
            "Thủ tướng Chính phủ vừa ký Công điện số 14/CĐ-TTg ngày 19/7/2025 về việc ứng phó mưa lũ.\n\nThủ tướng Chính phủ yêu cầu:\n1. Bộ Quốc phòng điều động lực lượng.\n",
        );
        assert_eq!(header.code.map(|c| c.value.code.text), Some("14/CĐ-TTg".to_owned()));
        assert_eq!(header.type_code.map(|t| t.value), Some("CĐ"));
        assert_eq!(header.date.and_then(|d| d.value.day), Some(19));
        assert_eq!(header.subject.map(|s| s.value), Some("ứng phó mưa lũ".to_owned()));
        // A plan without a letterhead that cites a decree is not that decree.
        assert!(header_of("Chính phủ đã ban hành Nghị định số 5/2026/NĐ-CP ngày 3/2/2026 về trồng rừng.\n1. Sở Y tế rà soát.\n").code.is_none());
    }

    #[test]
    fn places_may_lack_a_capital() {
        let header = header_of("BỘ Y TẾ\nSố: 12/KH-BYT\nHà nội, ngày 3 tháng 2 năm 2026\nKẾ HOẠCH\nPhòng dịch\n\n1. Sở Y tế rà soát kho thuốc.\n");
        assert_eq!((header.place.map(|p| p.value), header.subject.map(|s| s.value)), (Some("Hà nội".to_owned()), Some("Phòng dịch".to_owned())));
    }

    #[test]
    fn recipients_may_stand_without_dashes() {
        let header = header_of(
            "BỘ Y TẾ\nSố: 12/BYT-DP\nV/v phòng dịch\nHà Nội, ngày 3 tháng 2 năm 2026\n\nKính gửi: Các Sở Y tế\n\nBộ Y tế đề nghị các Sở Y tế rà soát kho thuốc.\n\nNơi nhận\n\nNhư trên;\n\nBộ trưởng (để báo cáo);\n\nLưu: VT, DP.\n\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n\nLê Văn Bình\n",
        );
        assert_eq!(header.recipients.iter().map(|r| r.text.as_str()).collect::<Vec<_>>(), ["Như trên", "Bộ trưởng (để báo cáo)", "Lưu: VT, DP"]);
        assert_eq!(header.signer.and_then(|s| s.value.position), Some("Thứ trưởng".to_owned()));
    }

    #[test]
    fn recipients_of_old_papers_end_with_no_sign() {
        let header = header_of(
            "UBND THÀNH PHỐ HẢI PHÒNG\nSố: 14/CT-UB\n\nCHỈ THỊ\nVề việc trồng rừng\n\n1. Giao Sở Thương mại rà soát kho bãi./.\n\nNơi nhận:\n- Như trên\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n- Thường trực Thành ủy - Thường trực Hội đồng nhân dân thành phố\n- Ban chỉ đạo trồng rừng\nvà việc làm thành phố\tLê Văn Bình\n- Các sở-ngành thành phố\n- Lưu (TH)\n",
        );
        assert_eq!(header.recipients.len(), 6, "{:?}", header.recipients);
        assert_eq!(header.signer.and_then(|s| s.value.name), Some("Lê Văn Bình".to_owned()));
    }
}
