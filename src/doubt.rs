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
