//! Which work a document is: what joins a plan as DOCX with the same plan as PDF.

use crate::export::DocumentRecord;
use crate::lexicon::lexicon;
use crate::mention::identity::slug;
use crate::resolve::work_key;
use crate::text::fold;
use sha2::{Digest, Sha256};

/// `vn/long-an/ubnd/kh/2020/129` where number, year and issuer are known. Else a key that begins with `?`: type,
/// issuer, date and subject, or, where there is no subject either, the content's own hash.
pub(super) fn key(record: &DocumentRecord) -> String {
    work_key(record).unwrap_or_else(|| unnumbered(record))
}

fn unnumbered(record: &DocumentRecord) -> String {
    let header = &record.header;
    let Some(subject) = &header.subject else { return format!("?/{}", record.id) };
    let kind = header.document_type.as_ref().map(|t| t.code.as_str()).unwrap_or_default();
    let issuer = header.issuer.as_ref().map(|i| i.name.as_str()).unwrap_or_default();
    let date = header.date.as_ref().map(|d| d.value.as_str()).unwrap_or_default();
    let words = slug(&format!("{issuer} {subject}"));
    let hash: String = Sha256::digest(words.as_bytes()).iter().take(8).map(|b| format!("{b:02x}")).collect();
    format!("?/{}/{date}/{hash}", slug(kind))
}

/// The province of the issuer, as the lexicon names it.
pub(super) fn province(record: &DocumentRecord) -> Option<&'static str> {
    let named = |text: &str| lexicon().province_names.scan(&fold(text)).last().map(|(_, _, &i)| lexicon().provinces[i].name.as_str());
    record.header.issuer.as_ref().and_then(|i| named(&i.name))
}
