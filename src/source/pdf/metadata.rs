//! Title, author, programs, dates and signatures of a PDF.

use crate::source::metadata::{Metadata, Signature};
use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier};
use encoding_rs::{UTF_16BE, UTF_16LE};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, DateTime, Dict, String as PdfString};
use unicode_normalization::UnicodeNormalization;
use x509_cert::der::oid::db::rfc4519::CN;
use x509_cert::der::{Decode, SliceReader};

/// Fields in one another.
const DEEPEST: usize = 16;
/// A form has no more fields that matter.
const MOST_FIELDS: usize = 2_000;
/// Titles and names are cut behind so many bytes.
const LONGEST: usize = 1_000;

/// What the file says about itself; none where it says nothing.
pub(super) fn read(pdf: &Pdf) -> Option<Metadata> {
    let told = pdf.metadata();
    let text = |bytes: &Option<Box<[u8]>>| bytes.as_deref().and_then(text);
    let metadata = Metadata {
        title: text(&told.title),
        author: text(&told.author),
        creator: text(&told.creator),
        producer: text(&told.producer),
        created: told.creation_date.map(date),
        modified: told.modification_date.map(date),
        signatures: signatures(pdf),
    };
    (metadata != Metadata::default()).then_some(metadata)
}

pub(super) fn root(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())
}

fn signatures(pdf: &Pdf) -> Vec<Signature> {
    let fields = root(pdf).and_then(|r| r.get::<Dict<'_>>(b"AcroForm".as_slice())?.get::<Array<'_>>(b"Fields".as_slice()));
    let (mut found, mut left) = (Vec::new(), MOST_FIELDS);
    if let Some(fields) = fields {
        collect_signatures(&fields, 0, &mut left, &mut found);
    }
    found
}

fn collect_signatures(fields: &Array<'_>, depth: usize, left: &mut usize, found: &mut Vec<Signature>) {
    for field in fields.iter::<Dict<'_>>() {
        if *left == 0 || depth > DEEPEST {
            return;
        }
        *left -= 1;
        // Only a signature's value tells which bytes it covers.
        if let Some(value) = field.get::<Dict<'_>>(b"V".as_slice()).filter(|v| v.contains_key(b"ByteRange".as_slice())) {
            found.push(signature(&value));
        }
        if let Some(kids) = field.get::<Array<'_>>(b"Kids".as_slice()) {
            collect_signatures(&kids, depth + 1, left, found);
        }
    }
}

fn signature(value: &Dict<'_>) -> Signature {
    let bytes = |key: &[u8]| value.get::<PdfString<'_>>(key).map(|s| s.as_bytes().to_vec());
    let told = |key: &[u8]| bytes(key).as_deref().and_then(text);
    Signature {
        signer: bytes(b"Contents").as_deref().and_then(signer).or_else(|| told(b"Name")),
        time: bytes(b"M").as_deref().and_then(moment),
        reason: told(b"Reason"),
        location: told(b"Location"),
    }
}

/// The name on the certificate with which a signature (CMS, RFC 5652) was made.
fn signer(contents: &[u8]) -> Option<String> {
    // Zeros behind the signature fill the room that was kept for it.
    let info = ContentInfo::decode(&mut SliceReader::new(contents).ok()?).ok()?;
    let signed: SignedData = info.content.decode_as().ok()?;
    let SignerIdentifier::IssuerAndSerialNumber(id) = &signed.signer_infos.0.iter().next()?.sid else { return None };
    let own = |c: &CertificateChoices| match c {
        CertificateChoices::Certificate(c) if c.tbs_certificate.serial_number == id.serial_number => Some(c.tbs_certificate.subject.clone()),
        _ => None,
    };
    let subject = signed.certificates.as_ref()?.0.iter().find_map(own)?;
    let name = subject.0.iter().flat_map(|names| names.0.iter()).find(|name| name.oid == CN)?;
    text(name.value.value())
}

/// A text of the file: UTF-16 or UTF-8 with a mark, or single bytes.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0,
        [0xff, 0xfe, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0,
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        _ => std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|&b| single_byte(b)).collect::<String>().into(), Into::into),
    };
    let text = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    let text: String = crate::text::head(&text, LONGEST).nfc().collect();
    (!text.is_empty()).then_some(text)
}

/// Bytes 0x80 to 0x9E of PDFDocEncoding (ISO 32000-2, annex D); the others are those of Latin 1.
const DOC_ENCODING: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž";

fn single_byte(byte: u8) -> char {
    let at = usize::from(byte).checked_sub(0x80);
    at.and_then(|at| DOC_ENCODING.chars().nth(at)).unwrap_or(char::from(byte))
}

/// ISO 8601. What the file leaves out is read as the first of January at midnight, in no time zone; so what says that
/// is told no more exactly than it may have been meant.
fn date(d: DateTime) -> String {
    let (has_time, has_day) = ((d.hour, d.minute, d.second) != (0, 0, 0), d.day != 1);
    if has_time {
        let zone = match (d.utc_offset_hour, d.utc_offset_minute) {
            (0, 0) => String::new(),
            (hours, minutes) => format!("{hours:+03}:{minutes:02}"),
        };
        return format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{zone}", d.year, d.month, d.day, d.hour, d.minute, d.second);
    }
    match (has_day, d.month) {
        (true, month) => format!("{:04}-{month:02}-{:02}", d.year, d.day),
        (false, 1) => format!("{:04}", d.year),
        (false, month) => format!("{:04}-{month:02}", d.year),
    }
}

/// "D:20260105081524+07'00'" in ISO 8601, as exact as it is.
fn moment(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?.trim().trim_start_matches("D:");
    let (digits, zone) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let digits = digits.get(..digits.len().min(14) / 2 * 2)?;
    let mut moment = digits.get(..4)?.to_owned();
    for (at, before) in [(4, '-'), (6, '-'), (8, 'T'), (10, ':'), (12, ':')] {
        let Some(part) = digits.get(at..at + 2) else { break };
        moment.push(before);
        moment.push_str(part);
    }
    // An hour alone is none in ISO 8601.
    if digits.len() == 10 {
        moment.push_str(":00");
    }
    if digits.len() >= 10 {
        let zone: String = zone.chars().filter(|c| matches!(c, '+' | '-' | 'Z') || c.is_ascii_digit()).collect();
        match (zone.as_str(), zone.get(..3), zone.get(3..5)) {
            ("Z", ..) => moment.push('Z'),
            (_, Some(hours), Some(minutes)) if hours.starts_with(['+', '-']) => moment.push_str(&format!("{hours}:{minutes}")),
            _ => {}
        }
    }
    Some(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_by_their_marks() {
        let rows: [(&[u8], Option<&str>, &str); 6] = [
            (b"\xfe\xff\x01\x11\x00\xe3", Some("đã"), "UTF-16"),
            (b"\xff\xfe\x11\x01\xe3\x00", Some("đã"), "UTF-16, the other way round"),
            ("\u{feff}đã".as_bytes(), Some("đã"), "UTF-8 with a mark"),
            ("đã".as_bytes(), Some("đã"), "UTF-8, as many programs write against the standard"),
            (b"Soci\xe9t\xe9\0 \n1\x92\x9f", Some("Société 1™"), "single bytes"),
            (b" \0", None, "blanks"),
        ];
        for (bytes, want, why) in rows {
            assert_eq!(text(bytes).as_deref(), want, "{why}");
        }
    }

    #[test]
    fn dates_are_no_more_exact_than_told() {
        let at =
            |month, day, hour, utc_offset_hour| date(DateTime { year: 2020, month, day, hour, minute: 0, second: 0, utc_offset_hour, utc_offset_minute: 0 });
        assert_eq!(at(6, 18, 9, 7), "2020-06-18T09:00:00+07:00");
        assert_eq!(at(6, 18, 9, 0), "2020-06-18T09:00:00", "no zone is told");
        assert_eq!(at(6, 18, 9, -3), "2020-06-18T09:00:00-03:00");
        assert_eq!(at(6, 18, 0, 0), "2020-06-18");
        assert_eq!(at(6, 1, 0, 0), "2020-06");
        assert_eq!(at(1, 1, 0, 0), "2020");
    }

    #[test]
    fn moments_are_as_exact_as_they_are() {
        let rows = [
            ("D:20260105081524+07'00'", Some("2026-01-05T08:15:24+07:00")),
            ("D:20260105081524Z", Some("2026-01-05T08:15:24Z")),
            ("20260105081524", Some("2026-01-05T08:15:24")),
            ("D:2026010508", Some("2026-01-05T08:00")),
            ("D:20260105", Some("2026-01-05")),
            ("D:2026", Some("2026")),
            ("D:Mon Jan 5", None),
            ("", None),
        ];
        for (from, to) in rows {
            assert_eq!(moment(from.as_bytes()).as_deref(), to, "{from}");
        }
    }

    #[test]
    fn what_is_no_signature_has_no_signer() {
        for bytes in [b"".as_slice(), b"\x30\x80\x06\x09", b"\x30\x03\x02\x01\x01", &[0; 64]] {
            assert_eq!(signer(bytes), None);
        }
    }
}
