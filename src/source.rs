//! From bytes to uniform text. The format is told by content, never by the file's name.

mod archive;
mod aside;
mod characters;
mod container;
mod decode;
mod doc;
mod docx;
mod edxml;
mod envelope;
mod flat_table;
mod flow;
mod grid;
mod html;
mod label;
mod layout;
mod legacy;
mod mail;
mod mend;
mod metadata;
mod ocr;
mod odt;
mod office;
mod office_suite;
mod package;
mod page;
mod pdf;
mod picture;
mod plain;
mod rtf;
mod sheet;
mod syllable;
mod symbol;
mod xml;

pub use container::{Entries, Entry, HEAD, is_container, is_container_file};
pub use envelope::{Envelope, Organisation, Reference, Status, Word, notes};
pub use metadata::{Metadata, Signature};
pub use ocr::pages_recognised;

use crate::error::{Error, Result, guarded};
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// Stack of a thread that reads: libraries for PDF nest deeper than the usual two megabytes allow.
pub const STACK: usize = 16 * 1024 * 1024;

/// What a file was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text, with or without Markdown marks.
    Plain,
    /// PDF with text or images of pages.
    Pdf,
    /// Word 6 to 2003.
    Doc,
    /// Rich Text Format.
    Rtf,
    /// Word since 2007.
    Docx,
    /// OpenDocument text.
    Odt,
    /// Excel since 2007.
    Xlsx,
    /// Excel 5.0 to 2003.
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// TIFF image, one page or many.
    Tiff,
    /// PNG image.
    Png,
    /// JPEG image.
    Jpeg,
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
            Self::Pdf => "pdf",
            Self::Doc => "doc",
            Self::Rtf => "rtf",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Tiff => "tiff",
            Self::Png => "png",
            Self::Jpeg => "jpeg",
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
    /// What the file says about itself besides its text.
    pub metadata: Option<Box<Metadata>>,
}

/// Switches of the readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Whether pages without text are read by character recognition.
    pub ocr: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { ocr: true }
    }
}

impl Reading {
    /// A reading of which no more is known.
    fn of(text: Text, format: Format) -> Self {
        Self { text, format, encoding: None, pages: None, ocr: false, envelope: None, metadata: None }
    }
}

/// What is not read, by its first bytes: what it is, and what helps.
const MAGIC: [(&[u8], &str, &str); 5] = [
    (b"PK\x03\x04", "a damaged ZIP archive or Office document", "get the file again from its source"),
    (b"PK\x05\x06", "an empty ZIP archive", "leave it out"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "no document of Word or Excel, or a damaged one", "save it again as DOCX or XLSX and pass that"),
    (b"\x1f\x8b", "a damaged gzip archive", "get the file again from its source"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive, which is not read", "unpack it and pass what is in it"),
];

/// Images, by their first bytes.
const IMAGES: [(&[u8], Format, image::ImageFormat); 4] = [
    (b"\x89PNG", Format::Png, image::ImageFormat::Png),
    (b"\xff\xd8\xff", Format::Jpeg, image::ImageFormat::Jpeg),
    (b"II*\0", Format::Tiff, image::ImageFormat::Tiff),
    (b"MM\0*", Format::Tiff, image::ImageFormat::Tiff),
];

/// Reads one document.
///
/// # Errors
/// When the bytes are empty, of a format that is not read, or no text in a known encoding.
pub fn read(bytes: &[u8], options: &Options) -> Result<Reading> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::new("the file is empty", "give a file with text in it"));
    }
    let reading = guarded(|| binary(bytes, options).or_else(|| markup(bytes)).unwrap_or_else(|| plain_text(bytes)))?;
    if reading.text.blocks().is_empty() {
        return Err(Error::new("the file holds no text", "give a file with text in it"));
    }
    Ok(reading)
}

/// Reads what its first bytes tell from text.
fn binary(bytes: &[u8], options: &Options) -> Option<Result<Reading>> {
    if is_pdf(bytes) {
        return Some(pdf::read(bytes, options));
    }
    if let Some(container) = doc::open(bytes) {
        let read = doc::read(container, bytes.len()).and_then(|flow| of_flow(flow, Format::Doc));
        return Some(read.or_else(|e| through_office_suite(bytes, "doc", Format::Doc, e)));
    }
    if rtf::is_rtf(bytes) {
        return Some(of_flow(rtf::read(bytes), Format::Rtf));
    }
    if let Some(kind) = office::office_kind(bytes) {
        return Some(office::read(kind, bytes));
    }
    if let Some((_, format, kind)) = IMAGES.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Some(read_image(bytes, *format, *kind, options));
    }
    let (_, what, remedy) = MAGIC.iter().find(|(magic, ..)| bytes.starts_with(magic))?;
    Some(Err(Error::new(format!("this is {what}"), *remedy)))
}

/// Reads pages, e-mail and messages.
fn markup(bytes: &[u8]) -> Option<Result<Reading>> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if edxml::is_message(head) {
        return Some(read_message(bytes));
    }
    if mail::is_mail(head) {
        return Some(read_mail(bytes));
    }
    if html::is_page(bytes) {
        return Some(html::read(bytes).and_then(|(flow, encoding)| {
            let reading = of_flow(flow, Format::Html)?;
            Ok(Reading { encoding: reading.encoding.or(Some(encoding)), ..reading })
        }));
    }
    if let Some(root) = xml_root(head) {
        let problem = format!("this is XML data (<{root}>), not a paper");
        return Some(Err(Error::new(problem, "save the paper as DOCX, PDF or plain text and pass that")));
    }
    if matches!(bytes.first(), Some(b'{' | b'[')) && serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok() {
        return Some(Err(Error::new("this is JSON data, not a paper", "leave it out")));
    }
    None
}

/// Whether the first [`HEAD`] bytes are those of plain text, which we read ourselves, and not of a format that other
/// people's libraries read.
pub fn is_plain(head: &[u8]) -> bool {
    let head = &head[..head.len().min(HEAD)];
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    // A page or a text of Word may begin after any number of blanks.
    let is_blank = start.is_empty() && head.len() == HEAD;
    let is_binary =
        is_pdf(head) || rtf::is_rtf(head) || [ZIP, COMPOUND].iter().any(|m| head.starts_with(m)) || IMAGES.iter().any(|(m, ..)| head.starts_with(m));
    let is_markup = html::is_page(head) || xml_root(head).is_some();
    !(is_blank || is_binary || is_markup || is_container(head))
}

/// First bytes of archives and Office documents since 2007, and of compound files.
const ZIP: &[u8] = b"PK";
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

fn plain_text(bytes: &[u8]) -> Result<Reading> {
    let decoded = decode::decode(bytes)?;
    let encoding = decoded.encoding();
    let (text, pages) = plain::read(decoded);
    Ok(Reading { encoding: Some(encoding), pages, ..Reading::of(text, Format::Plain) })
}

fn read_message(bytes: &[u8]) -> Result<Reading> {
    let message = edxml::open(bytes)?;
    let (text, _, _) = edxml::read(&message)?.write()?;
    Ok(Reading { envelope: Some(Box::new(message.envelope)), ..Reading::of(text, Format::Edxml) })
}

fn read_mail(bytes: &[u8]) -> Result<Reading> {
    let mail = mail::open(bytes)?;
    let format = if mail.is_page { Format::Mhtml } else { Format::Mail };
    let body = mail.read()?;
    Ok(Reading { encoding: body.encoding, ..Reading::of(body.text, format) })
}

fn read_image(bytes: &[u8], format: Format, kind: image::ImageFormat, options: &Options) -> Result<Reading> {
    if !options.ocr {
        let problem = format!("the paper is a {} image and recognition of characters is switched off", format.name().to_uppercase());
        return Err(Error::new(problem, "leave out --no-ocr"));
    }
    let (text, pages) = picture::read(bytes, kind)?;
    Ok(Reading { pages: Some(pages), ocr: true, ..Reading::of(text, format) })
}

/// Junk before the mark is allowed up to this many bytes, as in Adobe's reader.
const PDF_MARK_WITHIN: usize = 1024;

fn is_pdf(bytes: &[u8]) -> bool {
    memchr::memmem::find(&bytes[..bytes.len().min(PDF_MARK_WITHIN)], b"%PDF-").is_some()
}

/// The reading of what a reader of a foreign format gave.
fn of_flow(flow: flow::Flow, format: Format) -> Result<Reading> {
    let (text, encoding, pages) = flow.write()?;
    Ok(Reading { encoding, pages, ..Reading::of(text, format) })
}

/// Has LibreOffice read what we cannot; the first error stands where it cannot either.
fn through_office_suite(bytes: &[u8], extension: &str, format: Format, error: Error) -> Result<Reading> {
    if error.problem().contains("protected by a password") {
        return Err(error);
    }
    let Ok(mut flow) = office_suite::to_docx(bytes, extension).and_then(|docx| office::flow_of_docx(&docx)) else { return Err(error) };
    flow.note("read-by-libreoffice", format!("{}; LibreOffice turned it into DOCX, and that was read", error.problem()));
    of_flow(flow, format)
}

/// The root of an XML document that declares itself one.
fn xml_root(head: &[u8]) -> Option<String> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let rest = String::from_utf8_lossy(head.trim_ascii_start().strip_prefix(b"<?xml")?);
    let root = rest.split('<').skip(1).find(|t| t.starts_with(char::is_alphabetic))?;
    Some(crate::text::head(root.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?, 64).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_an_error_with_a_remedy() {
        let off = read(b"\x89PNG\r\n\x1a\n", &Options { ocr: false }).unwrap_err().to_string();
        assert_eq!(off, "the paper is a PNG image and recognition of characters is switched off; leave out --no-ocr");
        let rows: [(&[u8], &str); 7] = [
            (b"", "the file is empty; give a file with text in it"),
            (b" \r\n\t\n", "the file is empty; give a file with text in it"),
            (b"%PDF-1.7 ...", "the PDF is damaged: it has no readable list of pages; get the file again from its source"),
            (b"MZ\0\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8\0", "these bytes are no text; give a text file in UTF-8 or UTF-16"),
            (b"\xfe\xb0\x81n \xdc\xa1\xe9 x\xd7\xff \xaf\xba", "the text is in no encoding that is read (UTF-8, UTF-16); convert it to UTF-8"),
            (b"{\"file\": \"a.txt\"}", "this is JSON data, not a paper; leave it out"),
            (b"\xef\xbb\xbf\n----\n", "the file holds no text; give a file with text in it"),
        ];
        for (bytes, message) in rows {
            assert_eq!(read(bytes, &Options::default()).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn plain_text_is_told_from_foreign_formats_by_its_head() {
        let rows: [(&[u8], bool, &str); 13] = [
            ("Số: 12/QĐ-UBND\n".as_bytes(), true, "text"),
            (b"\xff\xfeS\0", true, "UTF-16"),
            (b"", true, "nothing"),
            (b"MZ\x90\0", true, "what no reader takes"),
            (b"%PDF-1.7", false, "PDF"),
            (b"\n  {\\rtf1", false, "RTF after blanks"),
            (b"PK\x03\x04", false, "ZIP, however short"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", false, "a compound file"),
            (b"\x1f\x8b\x08", false, "gzip"),
            (b"II*\0", false, "TIFF"),
            (b"<html><body>", false, "a page"),
            (b"<?xml version='1.0'?><a/>", false, "XML"),
            (&[b' '; HEAD], false, "blanks as far as one looks"),
        ];
        for (head, plain, why) in rows {
            assert_eq!(is_plain(head), plain, "{why}");
        }
    }
}
