//! What was found in words that character recognition is not sure of is less sure itself.
//!
//! A finding goes down by one step of confidence where the words that it rests on are unsure: numbers and dates, and
//! names that the lexicon does not know. Words that a rule or the lexicon proved right, such as "Quyết định", are no
//! cause, and neither is what a duty asks for: the duty stands, however its words were read.

use crate::duty::Duty;
use crate::header::{Evident, Header};
use crate::mention::agency::Party;
use crate::mention::citation::Citation;
use crate::text::{Note, Span, Text};

/// Rule of the notes on fields of the header.
pub const HEADER: &str = "ocr-unsure-header";
/// Rule of the notes on citations.
pub const CITATION: &str = "ocr-unsure-citation";
/// Rule of the notes on duties.
pub const DUTY: &str = "ocr-unsure-duty";

/// Lowers the confidence of what rests on unsure words; a note for each says which words.
pub fn lower(text: &Text, header: &mut Header, citations: &mut [Citation], duties: &mut [Duty]) -> Vec<Note> {
    let mut notes = Vec::new();
    if text.unsure(Span::new(0, text.as_str().len())).is_empty() {
        return notes;
    }
    let doubt = Doubt { text };
    doubt.header(header, &mut notes);
    for citation in citations {
        let name = citation.issuer.as_ref().map(|i| doubt.name(i)).unwrap_or_default();
        if let Some(note) = doubt.note(CITATION, "the citation", citation.span, [doubt.figures(citation.span), name].concat()) {
            citation.confidence = citation.confidence.lower();
            notes.push(note);
        }
    }
    for duty in duties {
        let names = duty.leads.iter().chain(&duty.cooperators).chain(&duty.report_to).flat_map(|p| doubt.name(p));
        let days = duty.due.iter().flat_map(|d| doubt.figures(d.span));
        if let Some(note) = doubt.note(DUTY, "the duty", duty.span, names.chain(days).collect()) {
            duty.confidence = duty.confidence.lower();
            notes.push(note);
        }
    }
    notes
}

struct Doubt<'t> {
    text: &'t Text,
}

impl Doubt<'_> {
    fn header(&self, header: &mut Header, notes: &mut Vec<Note>) {
        let figures = |span| self.figures(span);
        let words = |span| self.text.unsure(span).to_vec();
        // Between the lines of a signature stand those of other things.
        let signer = header.signer.as_ref().map(|s| [s.value.position.clone(), s.value.name.clone()].map(Option::unwrap_or_default).join(" "));
        let signer = |span| words(span).into_iter().filter(|&u| signer.as_ref().is_some_and(|s| s.contains(self.text.slice(u)))).collect();
        notes.extend(self.field(&mut header.code, "the number", figures));
        notes.extend(self.field(&mut header.date, "the date", figures));
        notes.extend(self.field(&mut header.place, "the place", words));
        notes.extend(self.field(&mut header.subject, "the subject", words));
        notes.extend(self.field(&mut header.signer, "the signer", signer));
        if header.issuer.as_ref().is_some_and(|i| i.value.agency.is_none()) {
            notes.extend(self.field(&mut header.issuer, "the issuer", words));
        }
    }

    fn field<T>(&self, field: &mut Option<Evident<T>>, what: &str, unsure: impl Fn(Span) -> Vec<Span>) -> Option<Note> {
        let field = field.as_mut()?;
        let note = self.note(HEADER, what, field.span, unsure(field.span))?;
        field.confidence = field.confidence.lower();
        Some(note)
    }

    /// Unsure words that hold figures or are part of a symbol.
    fn figures(&self, span: Span) -> Vec<Span> {
        let is_symbol = |word: &str| word.contains(['/', '-']) && word.contains(char::is_uppercase);
        let is_figure = |word: &str| word.contains(|c: char| c.is_ascii_digit()) || is_symbol(word);
        self.text.unsure(span).iter().filter(|u| is_figure(self.text.slice(**u))).copied().collect()
    }

    /// Unsure words of a name, unless it is known.
    fn name(&self, party: &Party) -> Vec<Span> {
        if party.agency.is_some() { Vec::new() } else { self.text.unsure(party.span).to_vec() }
    }

    fn note(&self, rule: &'static str, what: &str, place: Span, unsure: Vec<Span>) -> Option<Note> {
        let mut words: Vec<String> = unsure.iter().map(|&u| format!("{:?}", self.text.slice(u))).collect();
        words.dedup();
        if words.is_empty() {
            return None;
        }
        let message = format!("{what} rests on what recognition is not sure of: {}; compare it with the page", words.join(", "));
        Some(Note { rule, message, span: Some(place) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
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
