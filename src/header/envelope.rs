//! What a message around a paper says, where the paper itself does not say it.

use super::{Evident, Header, IssuingBody, Signer, known_agency};
use crate::lexicon::lexicon;
use crate::mention::citation::Confidence;
use crate::mention::code;
use crate::mention::date::PartialDate;
use crate::source::Envelope;
use crate::structure;
use crate::text::{Note, Span, fold};
use unicode_normalization::UnicodeNormalization;

const RULE: &str = "header-from-envelope";

/// Fills what the letterhead and closing leave open; what they say stands, and where the message says something else
/// there is a note `envelope-disagrees` with both.
pub fn fill(header: &mut Header, envelope: &Envelope) {
    header.notes.extend(envelope.notes.iter().cloned());
    fill_code(header, envelope);
    fill_date(header, envelope);
    fill_place(header, envelope);
    fill_type(header, envelope);
    fill_subject(header, envelope);
    fill_issuer(header, envelope);
    fill_signer(header, envelope);
    header.urgency = header.urgency.or(envelope.urgency);
}

/// Nothing in the text says it: the span is empty.
fn given<T>(value: T) -> Evident<T> {
    Evident { value, span: Span::new(0, 0), rule: RULE, confidence: Confidence::Medium }
}

fn compare(header: &mut Header, what: &str, printed: &str, sent: &str, span: Span, alike: bool) {
    if !alike {
        let message = format!("{what} is {printed:?} in the paper and {sent:?} in the message around it");
        header.notes.push(Note { rule: "envelope-disagrees", message, span: Some(span) });
    }
}

fn fill_code(header: &mut Header, envelope: &Envelope) {
    let Some(sent) = envelope.code() else { return };
    match &header.code {
        Some(code) if code.value.code.number.is_some() => {
            let (printed, span) = (code.value.code.text.clone(), code.span);
            let alike = letters(&printed) == letters(&sent);
            compare(header, "the number", &printed, &sent, span, alike);
        }
        // A blank number of the same symbol, or none at all.
        printed => {
            let Some(mention) = code::scan(&sent).into_iter().next() else {
                let message = format!("the number {sent:?} of the message around the paper was not understood");
                header.notes.push(Note { rule: "envelope-number-unread", message, span: None });
                return;
            };
            let symbol = printed.as_ref().map(|p| (p.value.code.notation.clone(), p.span));
            if let Some((notation, span)) = symbol.filter(|(n, _)| letters(n) != letters(&mention.code.notation)) {
                compare(header, "the symbol", &notation, &mention.code.notation, span, false);
                return;
            }
            header.code = Some(given(mention));
        }
    }
}

fn fill_date(header: &mut Header, envelope: &Envelope) {
    let Some(sent) = envelope.date.as_deref() else { return };
    let Some(date) = day(sent) else { return };
    match &header.date {
        Some(printed) if printed.value.day.is_some() => {
            let (value, span) = (printed.value, printed.span);
            compare(header, "the date", &value.edtf().unwrap_or_default(), sent, span, value == date);
        }
        Some(printed) if printed.value.year.is_some_and(|y| Some(y) != date.year) || printed.value.month.is_some_and(|m| Some(m) != date.month) => {
            let (value, span) = (printed.value, printed.span);
            compare(header, "the date", &value.edtf().unwrap_or_default(), sent, span, false);
        }
        // The day is left blank on the paper, or there is no date on it.
        _ => header.date = Some(given(date)),
    }
}

fn day(edtf: &str) -> Option<PartialDate> {
    let date: jiff::civil::Date = edtf.parse().ok()?;
    Some(PartialDate { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) })
}

fn fill_place(header: &mut Header, envelope: &Envelope) {
    let Some(sent) = envelope.place.clone() else { return };
    match &header.place {
        Some(printed) => {
            let (value, span) = (printed.value.clone(), printed.span);
            compare(header, "the place", &value, &sent, span, bare(&value) == bare(&sent));
        }
        None => header.place = Some(given(sent)),
    }
}

fn fill_type(header: &mut Header, envelope: &Envelope) {
    let Some(sent) = envelope.document_type.as_deref() else { return };
    let Some(code) = lexicon().type_words.exact(&fold(sent)).map(|w| w.code) else { return };
    match &header.type_code {
        Some(printed) if printed.rule != "header-letter-without-type" => {
            let (value, span) = (printed.value, printed.span);
            compare(header, "the document type", value, code, span, value == code);
        }
        _ => header.type_code = Some(given(code)),
    }
}

fn fill_subject(header: &mut Header, envelope: &Envelope) {
    let Some(sent) = envelope.subject.as_deref() else { return };
    let skip = structure::subject_opening(&fold(sent)).filter(|&n| n > 0 && sent.is_char_boundary(n)).unwrap_or(0);
    let sent = sent[skip..].trim();
    match &header.subject {
        Some(printed) => {
            let (value, span) = (printed.value.clone(), printed.span);
            compare(header, "the subject", &value, sent, span, contains_either(&value, sent));
        }
        None if !sent.is_empty() => header.subject = Some(given(sent.to_owned())),
        None => {}
    }
}

fn fill_issuer(header: &mut Header, envelope: &Envelope) {
    let Some(sent) = envelope.issuer.as_ref().and_then(|o| o.name.clone()) else { return };
    match &header.issuer {
        Some(printed) if printed.rule == "issuer-from-letterhead" => {
            let (value, span) = (printed.value.name.clone(), printed.span);
            compare(header, "the issuer", &value, &sent, span, contains_either(&value, &sent));
        }
        _ => {
            header.notes.retain(|n| n.rule != "header-issuer-inferred");
            let agency = known_agency(&sent);
            header.province = header.province.or_else(|| lexicon().province_names.scan(&fold(&sent)).last().map(|(_, _, &i)| i));
            header.issuer = Some(given(IssuingBody { name: sent, agency }));
        }
    }
}

fn fill_signer(header: &mut Header, envelope: &Envelope) {
    let sent = Signer {
        authority: envelope.signer_competence.as_deref().and_then(authority),
        position: envelope.signer_position.clone(),
        name: envelope.signer_name.clone(),
    };
    match &header.signer {
        Some(printed) if printed.value.name.is_some() => {
            let (name, span) = (printed.value.name.clone().unwrap_or_default(), printed.span);
            if let Some(sent) = &sent.name {
                compare(header, "the signer", &name, sent, span, contains_either(&name, sent));
            }
        }
        Some(printed) => {
            // The paper prints the position; a signature in ink leaves no name to read.
            let mut signer = printed.clone();
            signer.value.name = sent.name;
            signer.rule = RULE;
            header.signer = Some(signer);
        }
        None if sent != Signer::default() => header.signer = Some(given(sent)),
        None => {}
    }
}

/// "TL." of "TL. BO TRUONG".
fn authority(competence: &str) -> Option<String> {
    let first = competence.split_whitespace().next()?.trim_end_matches('.');
    ["TM", "KT", "TL", "TUQ", "Q"].contains(&first.to_uppercase().as_str()).then(|| format!("{}.", first.to_uppercase()))
}

/// Whether one of two texts holds the other; messages shorten names and subjects, and leave out marks and dashes.
fn contains_either(a: &str, b: &str) -> bool {
    let (a, b) = (bare(a), bare(b));
    a.contains(&b) || b.contains(&a)
}

/// Small letters and digits without their marks: messages are typed by hand, often without them.
fn bare(text: &str) -> String {
    let folded = fold(text).replace('đ', "d").replace("ubnd", "ủy ban nhân dân");
    folded.nfd().filter(|c| c.is_alphanumeric()).collect()
}

fn letters(code: &str) -> String {
    fold(code).chars().filter(|c| c.is_alphanumeric() || *c == '/').collect()
}
