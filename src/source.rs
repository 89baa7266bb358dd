//! From bytes to uniform text. The format is told by content, never by the file's name.

mod decode;
mod doc;
mod flat_table;
mod flow;
mod grid;
mod legacy;
mod office_suite;
mod page;
mod plain;
mod rtf;
mod syllable;
mod symbol;

use crate::error::{Error, Result};
use crate::text::Text;

/// What a file was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text, with or without Markdown marks.
    Plain,
    /// Word 6 to 2003.
    Doc,
    /// Rich Text Format.
    Rtf,
}

impl Format {
    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "txt",
            Self::Doc => "doc",
            Self::Rtf => "rtf",
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
const MAGIC: [(&[u8], &str); 10] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
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
    if let Some(container) = doc::open(bytes) {
        return doc::read(container, bytes.len()).and_then(|flow| of_flow(flow, Format::Doc)).or_else(|e| through_office_suite(bytes, "doc", Format::Doc, e));
    }
    if rtf::is_rtf(bytes) {
        return of_flow(rtf::read(bytes), Format::Rtf);
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Error::new(format!("this is {what}, not plain text"), "save it as plain text (UTF-8) and pass that"));
    }
    if matches!(bytes.first(), Some(b'{' | b'[')) && serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok() {
        return Err(Error::new("this is JSON data, not a paper", "leave it out"));
    }
    let decoded = decode::decode(bytes)?;
    let encoding = decoded.encoding();
    let (text, pages) = plain::read(decoded);
    if text.blocks().is_empty() {
        return Err(Error::new("the file holds no text", "give a file with text in it"));
    }
    Ok(Reading { text, format: Format::Plain, encoding: Some(encoding), pages, ocr: false })
}

/// What a reader of a foreign format gave.
fn of_flow(flow: flow::Flow, format: Format) -> Result<Reading> {
    let (text, encoding, pages) = flow.write()?;
    if text.blocks().is_empty() {
        return Err(Error::new("the file holds no text", "give a file with text in it"));
    }
    Ok(Reading { text, format, encoding, pages, ocr: false })
}

/// Has LibreOffice read what we cannot; the first error stands where it cannot either.
fn through_office_suite(bytes: &[u8], extension: &str, format: Format, error: Error) -> Result<Reading> {
    if error.problem().contains("protected by a password") {
        return Err(error);
    }
    let Some(read_docx) = DOCX else { return Err(error) };
    let Ok(mut flow) = office_suite::to_docx(bytes, extension).and_then(|docx| read_docx(&docx)) else { return Err(error) };
    flow.note("read-by-libreoffice", format!("{}; LibreOffice turned it into DOCX, and that was read", error.problem()));
    of_flow(flow, format)
}

/// The reader of DOCX, once there is one.
const DOCX: Option<ReadDocx> = None;
type ReadDocx = fn(&[u8]) -> Result<flow::Flow>;

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
            (b"\xfe\xb0\x81n \xdc\xa1\xe9 x\xd7\xff \xaf\xba", "the text is in no encoding that is read (UTF-8, UTF-16); convert it to UTF-8"),
            (b"{\"file\": \"a.txt\"}", "this is JSON data, not a paper; leave it out"),
            (b"\xef\xbb\xbf\n----\n", "the file holds no text; give a file with text in it"),
        ];
        for (bytes, message) in rows {
            assert_eq!(read(bytes, &Options::default()).unwrap_err().to_string(), message);
        }
    }
}
