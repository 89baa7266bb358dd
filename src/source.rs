//! From bytes to uniform text. The format is told by content, never by the file's name.

mod archive;
mod container;
mod decode;
mod edxml;
mod envelope;
mod flat_table;
mod flow;
mod html;
mod legacy;
mod mail;
mod page;
mod plain;

pub use container::{Entries, Entry, HEAD, is_container};
pub use envelope::{Envelope, Organisation, Reference, Status};

use crate::error::{Error, Result};
use crate::text::Text;

/// What a file was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text, with or without Markdown marks.
    Plain,
    /// A page as a browser or word processor saved it.
    Html,
    /// A page as a browser saved it with its pictures in one file.
    Mhtml,
    /// The body of an e-mail message.
    Mail,
    /// An edXML message that carries no paper that could be read.
    Edxml,
}

impl Format {
    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "txt",
            Self::Html => "html",
            Self::Mhtml => "mhtml",
            Self::Mail => "eml",
            Self::Edxml => "edxml",
        }
    }
}

/// A source that was read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Its uniform text.
    pub text: Text,
    /// What it was read as.
    pub format: Format,
    /// Character encoding, where the source has one: as IANA names it in small letters, or `tcvn3`, `vni` and the like.
    pub encoding: Option<&'static str>,
    /// Number of pages, where the source tells pages apart.
    pub pages: Option<u32>,
    /// Whether any page was read by character recognition.
    pub ocr: bool,
    /// What the message around the paper says about it.
    pub envelope: Option<Box<Envelope>>,
}

/// Switches of the readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether pages without text are read by character recognition.
    pub ocr: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { ocr: true }
    }
}

/// Known formats that are not text, by their first bytes.
const MAGIC: [(&[u8], &str); 11] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document of the 97-2003 formats"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
];

/// Reads one document.
///
/// # Errors
/// When the bytes are empty, of a format that is not read, or no text in a known encoding.
pub fn read(bytes: &[u8], options: &Options) -> Result<Reading> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::new("the file is empty", "give a file with text in it"));
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Error::new(format!("this is {what}, not plain text"), "save it as plain text (UTF-8) and pass that"));
    }
    if let Some(reading) = read_web(bytes)? {
        return Ok(reading);
    }
    if matches!(bytes.first(), Some(b'{' | b'[')) && serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok() {
        return Err(Error::new("this is JSON data, not a paper", "leave it out"));
    }
    let decoded = decode::decode(bytes)?;
    let encoding = decoded.encoding();
    let (text, pages) = plain::read(decoded);
    let text = filled(text)?;
    Ok(Reading { text, format: Format::Plain, encoding: Some(encoding), pages, ocr: false, envelope: None })
}

/// Reads pages, e-mail and messages; `None` for other bytes.
fn read_web(bytes: &[u8]) -> Result<Option<Reading>> {
    let reading = |text, format, encoding| Reading { text, format, encoding, pages: None, ocr: false, envelope: None };
    let head = &bytes[..bytes.len().min(HEAD)];
    if edxml::is_message(head) {
        let message = edxml::open(bytes)?;
        let (text, _, _) = edxml::read(&message)?.write()?;
        let envelope = Some(Box::new(message.envelope));
        return Ok(Some(Reading { envelope, ..reading(filled(text)?, Format::Edxml, None) }));
    }
    if mail::is_mail(head) {
        let mail = mail::open(bytes)?;
        let format = if mail.is_page { Format::Mhtml } else { Format::Mail };
        let body = mail.read()?;
        return Ok(Some(reading(filled(body.text)?, format, body.encoding)));
    }
    if html::is_page(bytes) {
        let (flow, encoding) = html::read(bytes)?;
        let (text, legacy, _) = flow.write()?;
        return Ok(Some(reading(filled(text)?, Format::Html, legacy.or(Some(encoding)))));
    }
    if let Some(root) = xml_root(head) {
        let problem = format!("this is XML data (<{root}>), not a paper");
        return Err(Error::new(problem, "save the paper as DOCX, PDF or plain text and pass that"));
    }
    Ok(None)
}

/// The root of an XML document that declares itself one.
fn xml_root(head: &[u8]) -> Option<String> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let text = String::from_utf8_lossy(head.trim_ascii_start());
    let rest = text.strip_prefix("<?xml")?;
    let root = rest.split('<').skip(1).find(|t| t.starts_with(char::is_alphabetic))?;
    Some(crate::text::head(root.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?, 64).to_owned())
}

fn filled(text: Text) -> Result<Text> {
    if text.blocks().is_empty() {
        return Err(Error::new("the file holds no text", "give a file with text in it"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_an_error_with_a_remedy() {
        let rows: [(&[u8], &str); 7] = [
            (b"", "the file is empty; give a file with text in it"),
            (b" \r\n\t\n", "the file is empty; give a file with text in it"),
            (b"%PDF-1.7 ...", "this is a PDF document, not plain text; save it as plain text (UTF-8) and pass that"),
            (b"MZ\0\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8\0", "these bytes are no text; give a text file in UTF-8 or UTF-16"),
            (b"C\xe9ng hoa x\xb7 h\xe9i ch\xf1 ngh\xdc\xa1", "the text is in no encoding that is read (UTF-8, UTF-16); convert it to UTF-8"),
            (b"{\"file\": \"a.txt\"}", "this is JSON data, not a paper; leave it out"),
            (b"\xef\xbb\xbf\n----\n", "the file holds no text; give a file with text in it"),
        ];
        for (bytes, message) in rows {
            assert_eq!(read(bytes, &Options::default()).unwrap_err().to_string(), message);
        }
    }
}
