//! Characters from bytes: UTF-8 with or without byte order mark, UTF-16 with or without one, and the Vietnamese code
//! pages of before Unicode.

use super::legacy;
use crate::error::{Error, Result};
use crate::text::{Decoding, Note};
use std::borrow::Cow;

/// Decoded text that knows which byte of the source each character came from.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    text: Cow<'a, str>,
    encoding: &'static str,
    decoding: Decoding,
    notes: Vec<Note>,
}

/// More damaged places than one in this many bytes, and the text is taken for another encoding.
const DAMAGE: usize = 200;

impl Decoded<'_> {
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn encoding(&self) -> &'static str {
        self.encoding
    }

    pub(super) fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Adds what was odd before the text was decoded.
    pub(super) fn add_notes(&mut self, notes: Vec<Note>) {
        self.notes.extend(notes);
    }

    /// Which byte of the source each byte of the decoded text came from.
    pub(super) fn decoding(&self) -> &Decoding {
        &self.decoding
    }
}

/// Decodes text, or says why it is none.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>> {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Ok(utf16(rest, 2, u16::from_le_bytes, "utf-16le"));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Ok(utf16(rest, 2, u16::from_be_bytes, "utf-16be"));
    }
    if let Some((unit, name)) = utf16_without_mark(bytes) {
        return Ok(utf16(bytes, 0, unit, name));
    }
    if bytes[..bytes.len().min(8192)].contains(&0) {
        return Err(Error::new("these bytes are no text", "give a text file in UTF-8 or UTF-16"));
    }
    let mark = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    utf8(&bytes[mark..], mark)
}

fn utf8(bytes: &[u8], skipped: usize) -> Result<Decoded<'_>> {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        let mut decoding = Decoding::default();
        decoding.step(0, skipped, 1, 1);
        return Ok(Decoded { text: Cow::Borrowed(text), encoding: "utf-8", decoding, notes: Vec::new() });
    }
    let mut text = String::with_capacity(bytes.len());
    let mut decoding = Decoding::default();
    let mut damaged = 0;
    let mut source = skipped;
    for chunk in bytes.utf8_chunks() {
        decoding.step(text.len(), source, 1, 1);
        text.push_str(chunk.valid());
        source += chunk.valid().len() + chunk.invalid().len();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    if damaged > 1 + bytes.len() / DAMAGE {
        return before_unicode(bytes, skipped);
    }
    let message = format!("{damaged} damaged places in the UTF-8 text were left out");
    let notes = vec![Note { rule: "invalid-utf8", message, span: None }];
    Ok(Decoded { text: Cow::Owned(text), encoding: "utf-8", decoding, notes })
}

fn before_unicode(bytes: &[u8], skipped: usize) -> Result<Decoded<'static>> {
    let Some(decoded) = legacy::decode(bytes, skipped) else {
        return Err(Error::new("the text is in no encoding that is read (UTF-8, UTF-16)", "convert it to UTF-8"));
    };
    let message = format!("the text was turned from {} into Unicode", decoded.encoding);
    let notes = vec![Note { rule: "legacy-encoding", message, span: None }];
    Ok(Decoded { text: Cow::Owned(decoded.text), encoding: decoded.encoding, decoding: decoded.decoding, notes })
}

type Unit = fn([u8; 2]) -> u16;

/// UTF-16 without a mark has a zero in every second byte of its blanks, digits and line ends.
fn utf16_without_mark(bytes: &[u8]) -> Option<(Unit, &'static str)> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    memchr::memchr(0, head)?;
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if half < 8 {
        return None;
    }
    if odd * 10 > half * 3 && even * 20 < half {
        Some((u16::from_le_bytes, "utf-16le"))
    } else if even * 10 > half * 3 && odd * 20 < half {
        Some((u16::from_be_bytes, "utf-16be"))
    } else {
        None
    }
}

fn utf16(bytes: &[u8], skipped: usize, unit: Unit, encoding: &'static str) -> Decoded<'static> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len());
    let mut decoding = Decoding::default();
    let mut damaged = bytes.len() % 2;
    let mut source = skipped;
    for decoded in char::decode_utf16(units) {
        let source_unit = match decoded {
            Ok(c) => {
                let source_unit = c.len_utf16() * 2;
                decoding.step(text.len(), source, c.len_utf8(), source_unit);
                text.push(c);
                source_unit
            }
            Err(_) => {
                damaged += 1;
                2
            }
        };
        source += source_unit;
    }
    let notes = if damaged == 0 {
        Vec::new()
    } else {
        vec![Note { rule: "invalid-utf16", message: format!("{damaged} damaged places in the UTF-16 text were left out"), span: None }]
    };
    Decoded { text: Cow::Owned(text), encoding, decoding, notes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_gives_text_and_the_way_back() {
        let text = "Số: 12/QĐ-TTg\nngày 05 tháng 3 😀 hết";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let rows = [
            (text.as_bytes().to_vec(), "utf-8", text.find("QĐ").unwrap()),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), "utf-8", text.find("QĐ").unwrap() + 3),
            ([b"\xff\xfe".as_slice(), &le].concat(), "utf-16le", 8 * 2),
            ([b"\xfe\xff".as_slice(), &be].concat(), "utf-16be", 8 * 2),
            (le, "utf-16le", 7 * 2),
            (be, "utf-16be", 7 * 2),
        ];
        for (bytes, encoding, source) in rows {
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.as_str(), decoded.encoding()), (text, encoding));
            assert_eq!(decoded.decoding().source(text.find("QĐ").unwrap()), source, "{encoding}");
        }
    }

    #[test]
    fn few_damaged_bytes_are_left_out_with_a_note() {
        let decoded = decode(b"Quy\xffet dinh so 12/QD-TTg cua Thu tuong").unwrap();
        assert!(decoded.as_str().starts_with("Quyet dinh"));
        assert_eq!(decoded.notes()[0].rule, "invalid-utf8");
        assert_eq!(decoded.decoding().source(3), 4);
    }
}
