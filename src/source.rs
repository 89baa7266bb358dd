//! From bytes to uniform text. The format is told by content, never by the file's name.

mod decode;
mod flat_table;
mod flow;
mod legacy;
mod ocr;
mod page;
mod picture;
mod plain;

use crate::error::{Error, Result};
use crate::text::Text;

/// What a file was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text, with or without Markdown marks.
    Plain,
    /// TIFF image, one page or many.
    Tiff,
    /// PNG image.
    Png,
    /// JPEG image.
    Jpeg,
}

impl Format {
    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "txt",
            Self::Tiff => "tiff",
            Self::Png => "png",
            Self::Jpeg => "jpeg",
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
const MAGIC: [(&[u8], &str); 6] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document of the 97-2003 formats"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
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
    if let Some((_, format, kind)) = IMAGES.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return read_image(bytes, *format, *kind, options);
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

fn read_image(bytes: &[u8], format: Format, kind: image::ImageFormat, options: &Options) -> Result<Reading> {
    if !options.ocr {
        let problem = format!("the paper is a {} image and recognition of characters is switched off", format.name().to_uppercase());
        return Err(Error::new(problem, "leave out --no-ocr"));
    }
    let (text, pages) = picture::read(bytes, kind)?;
    Ok(Reading { text, format, encoding: None, pages: Some(pages), ocr: true })
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
