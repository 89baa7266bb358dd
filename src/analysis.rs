//! Everything that one paper says, read from its text alone: no clock, no other file, no network.

use crate::doubt;
use crate::duty::{self, Duty};
use crate::header::{self, Header};
use crate::mention::citation::{self, Citation, Form};
use crate::mention::identity::Home;
use crate::mention::relation::{self, Relation};
use crate::source::Envelope;
use crate::structure::Document;
use crate::text::{Note, Text};
use foldhash::{HashMap, HashMapExt};

/// A paper that was read and understood, spans in bytes of its text.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// Text and structure.
    pub document: Document,
    /// Letterhead and closing.
    pub header: Header,
    /// Every mention of another paper.
    pub citations: Vec<Citation>,
    /// The work that each mention cites, where it is identified.
    pub keys: Vec<Option<String>>,
    /// What the paper does with what it cites.
    pub relations: Vec<Relation>,
    /// Assigned duties.
    pub duties: Vec<Duty>,
    /// What was odd.
    pub notes: Vec<Note>,
}

impl Analysis {
    /// Reads a text.
    pub fn of(text: Text) -> Self {
        Self::with(text, None)
    }

    /// Reads a text that came with a message around it.
    pub fn with(text: Text, envelope: Option<&Envelope>) -> Self {
        let document = Document::of(text);
        let mut header = header::read(&document);
        if let Some(envelope) = envelope {
            header::fill(&mut header, envelope);
        }
        let mut citations = citation::find(&document);
        mark_own(&header, &mut citations);
        let relations = relation::find(&document, &citations);
        let mut notes = document.notes.clone();
        notes.extend(header.notes.iter().cloned());
        let mut duties = duty::find(&document, &header, &citations, &mut notes);
        notes.extend(doubt::lower(&document.text, &mut header, &mut citations, &mut duties));
        notes.extend(unresolved(&document, &citations));
        notes.sort_by_key(|n| n.span.map_or(0, |s| s.start));
        let issuer = header.issuer.as_ref().map(|i| i.value.name.as_str());
        let home = Home::new(header.province, issuer, header.date.as_ref().map(|d| d.value));
        let keys = keys(&citations, &home);
        Self { document, header, citations, keys, relations, duties, notes }
    }
}

/// A mention with the paper's own number is the paper itself.
fn mark_own(header: &Header, citations: &mut [Citation]) {
    let Some(own) = header.code.as_ref().map(|c| &c.value.code).filter(|c| c.number.is_some()) else { return };
    let year = header.date.as_ref().and_then(|d| d.value.year);
    for citation in citations {
        let same = citation.code.as_ref().is_some_and(|c| c.text == own.text);
        let same_year = citation.date.and_then(|d| d.year).is_none_or(|y| Some(y) == year);
        if same && same_year {
            citation.form = Form::Own;
        }
    }
}

/// Keys of all mentions; a mention without a date takes the key of the dated mention of its code, where one key
/// alone answers to it.
fn keys(citations: &[Citation], home: &Home) -> Vec<Option<String>> {
    let own: Vec<Option<String>> = citations.iter().map(|c| citation::key(c, home)).collect();
    // A code with two keys answers to neither.
    let mut by_code: HashMap<&str, Option<&String>> = HashMap::new();
    for (citation, key) in citations.iter().zip(&own) {
        if let (Some(code), Some(key)) = (&citation.code, key) {
            by_code.entry(&code.text).and_modify(|k| *k = k.filter(|k| *k == key)).or_insert(Some(key));
        }
    }
    (0..citations.len())
        .map(|i| {
            let back = || citations[i].antecedent.and_then(|a| own[a].clone());
            let alike = || citations[i].code.as_ref().and_then(|c| by_code.get(c.text.as_str()).copied().flatten()).cloned();
            own[i].clone().or_else(back).or_else(alike)
        })
        .collect()
}

/// Numbers alone that nothing in the paper explains.
fn unresolved(document: &Document, citations: &[Citation]) -> Vec<Note> {
    let alone = citations.iter().filter(|c| c.form == Form::Short && c.antecedent.is_none() && c.code.as_ref().is_some_and(|c| c.notation.is_empty()));
    let mut seen = foldhash::HashSet::default();
    alone
        .filter(|c| seen.insert(c.code.as_ref().map(|c| c.text.clone())))
        .map(|c| Note {
            rule: "citation-without-antecedent",
            message: format!("{:?} names no symbol, and no paper of that number is cited here", document.text.slice(c.span)),
            span: Some(c.span),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doubt::{CITATION, DUTY, HEADER};
    use crate::text::{Mark, TextBuilder};

    /// A paper in which «these» words are unsure.
    fn analysis(paper: &str) -> Analysis {
        let mut builder = TextBuilder::with_capacity(paper.len());
        for line in paper.lines() {
            for (i, part) in line.split(['«', '»']).enumerate() {
                if i % 2 == 0 { builder.push(part, 0) } else { builder.push_marked(part, 0, Mark::Unsure) }
            }
            builder.end_paragraph(0);
        }
        Analysis::of(builder.finish())
    }

    fn paper(number: &str, date: &str, cited: &str, duty: &str) -> Analysis {
        analysis(&format!(
            "UBND TỈNH LONG AN\nSố: {number}\nLong An, {date}\nKẾ HOẠCH\nVề phòng, chống dịch bệnh\n\n\
             Căn cứ {cited} của Bộ Tài chính;\nI. NỘI DUNG\n1. {duty}\n"
        ))
    }

    const NUMBER: &str = "15/KH-UBND";
    const DATE: &str = "ngày 05 tháng 6 năm 2020";
    const CITED: &str = "Thông tư số 44/2014/TT-BTC ngày 12/12/2014";
    const DUTY_TEXT: &str = "Sở Y tế báo cáo UBND tỉnh trước ngày 30/9/2020.";

    #[test]
    fn what_rests_on_unsure_words_is_a_step_less_sure() {
        let rows = [
            ([NUMBER, DATE, CITED, DUTY_TEXT], "", "all sure"),
            (["«15/KH-UBND»", DATE, CITED, DUTY_TEXT], "number", "the number"),
            ([NUMBER, "ngày «05» tháng 6 năm 2020", CITED, DUTY_TEXT], "date", "the day"),
            ([NUMBER, "«ngày» 05 tháng 6 năm 2020", CITED, DUTY_TEXT], "", "a word that a rule proves"),
            ([NUMBER, DATE, "Thông tư số «44/2014/TT-BTC» ngày 12/12/2014", DUTY_TEXT], "citation", "its number"),
            ([NUMBER, DATE, "«Thông» tư số 44/2014/TT-BTC ngày 12/12/2014", DUTY_TEXT], "", "its type, which the lexicon proves"),
            ([NUMBER, DATE, CITED, "Sở Y tế báo cáo UBND tỉnh trước ngày «30/9/2020»."], "duty", "the deadline"),
            ([NUMBER, DATE, CITED, "Sở «Y» tế báo cáo UBND tỉnh trước ngày 30/9/2020."], "", "an agency that is known"),
            ([NUMBER, DATE, CITED, "Sở Y tế «báo» cáo UBND tỉnh trước ngày 30/9/2020."], "", "what is asked for"),
        ];
        let sure = paper(NUMBER, DATE, CITED, DUTY_TEXT);
        for ([number, date, cited, duty], lowered, why) in rows {
            let found = paper(number, date, cited, duty);
            let pairs = [
                ("number", sure.header.code.as_ref().unwrap().confidence, found.header.code.as_ref().unwrap().confidence),
                ("date", sure.header.date.as_ref().unwrap().confidence, found.header.date.as_ref().unwrap().confidence),
                ("citation", sure.citations[0].confidence, found.citations[0].confidence),
                ("duty", sure.duties[0].confidence, found.duties[0].confidence),
            ];
            for (what, before, after) in pairs {
                assert_eq!(after, if what == lowered { before.lower() } else { before }, "{why}: {what}");
            }
            let notes: Vec<_> = found.notes.iter().filter(|n| [HEADER, CITATION, DUTY].contains(&n.rule)).collect();
            assert_eq!(notes.len(), usize::from(!lowered.is_empty()), "{why}: {notes:?}");
        }
    }

    #[test]
    fn the_note_names_the_words_and_stands_at_the_finding() {
        let found = paper(NUMBER, DATE, "Thông tư số «44/2014/TT-BTC» ngày «12/12/2014»", DUTY_TEXT);
        let note = found.notes.iter().find(|n| n.rule == CITATION).unwrap();
        assert_eq!(note.message, "the citation rests on what recognition is not sure of: \"44/2014/TT-BTC\", \"12/12/2014\"; compare it with the page");
        assert_eq!(note.span, Some(found.citations[0].span));
    }
}
