//! ZIP packages of Office documents: their parts by name, unpacked as a stream within limits.

use crate::error::{Error, Result};
use memchr::memmem;
use std::collections::HashMap;
use std::io::{self, Cursor, Read};
use zip::ZipArchive;

/// Unpacked size of one part: the text of the largest paper that [`Flow`](super::flow::Flow) takes, with its markup.
const LARGEST_PART: u64 = 512 * 1024 * 1024;
/// A part that unpacks to more times its packed size holds the same thing over and over: markup of a table of a million
/// equal cells reaches 200.
const LARGEST_RATIO: u64 = 400;
/// Parts up to this size may unpack at any ratio.
const SMALL_PART: u64 = 16 * 1024 * 1024;
/// No Office document has more parts; a list of more is made to fill the memory.
const MOST_PARTS: usize = 65_536;
/// First bytes of an entry and of its line in the directory.
const ENTRY: &[u8] = b"PK\x03\x04";
const DIRECTORY_LINE: &[u8] = b"PK\x01\x02";

/// A ZIP file that is read part by part.
pub(super) struct Package<'a> {
    bytes: &'a [u8],
    archive: Option<ZipArchive<Cursor<&'a [u8]>>>,
    parts: HashMap<String, Place>,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    /// Number in the directory.
    Listed(usize),
    /// Found without the directory: first packed byte, and whether it is deflated.
    Found { start: usize, deflated: bool },
}

impl<'a> Package<'a> {
    /// Opens a package; where its end with the directory is missing, by the entries that are still there.
    ///
    /// # Errors
    /// When no entry can be found, or more than any document has.
    pub fn open(bytes: &'a [u8]) -> Result<Self> {
        if memmem::find_iter(bytes, DIRECTORY_LINE).nth(MOST_PARTS).is_some() {
            return Err(Error::new(format!("the ZIP file has more than {MOST_PARTS} entries"), "unpack it and pass the papers"));
        }
        let package = match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) => Self { bytes, parts: listed(&archive), archive: Some(archive) },
            Err(_) => Self { bytes, parts: found(bytes), archive: None },
        };
        if package.parts.is_empty() {
            return Err(damaged());
        }
        Ok(package)
    }

    /// Whether the directory is missing, so that the end of the file is.
    pub fn is_cut_short(&self) -> bool {
        self.archive.is_none()
    }

    /// Whether the package has this part, whatever the case of its name.
    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&uniform(name))
    }

    /// The unpacked bytes of a part, as a stream that fails where it grows beyond the limits.
    ///
    /// # Errors
    /// When the part is protected by a password or packed in a way that is not read.
    pub fn part(&mut self, name: &str) -> Result<Option<Box<dyn Read + '_>>> {
        let Some(place) = self.parts.get(&uniform(name)).copied() else { return Ok(None) };
        let (bytes, most) = (self.bytes, |packed: u64| LARGEST_PART.min(SMALL_PART.max(packed.saturating_mul(LARGEST_RATIO))));
        Ok(Some(match (place, &mut self.archive) {
            (Place::Listed(index), Some(archive)) => {
                let file = archive.by_index(index).map_err(|e| unreadable(&e))?;
                let left = most(file.compressed_size());
                Box::new(Capped { inner: file, left })
            }
            (Place::Listed(_), None) => return Ok(None),
            (Place::Found { start, deflated }, _) => {
                let packed = &bytes[start..];
                let left = most(packed.len() as u64);
                if deflated {
                    Box::new(Capped { inner: flate2::read::DeflateDecoder::new(packed), left })
                } else {
                    let end = memmem::find(packed, ENTRY).unwrap_or(packed.len());
                    Box::new(Capped { inner: &packed[..end], left })
                }
            }
        }))
    }

    /// The first bytes of a part as text; empty where there is no such part.
    pub fn head(&mut self, name: &str, most: u64) -> String {
        let mut head = Vec::new();
        if let Ok(Some(part)) = self.part(name) {
            // What was read before a fault is still a head.
            let _ = part.take(most).read_to_end(&mut head);
        }
        String::from_utf8_lossy(&head).into_owned()
    }

    /// Unpacks every part within the limits and throws it away, for libraries that set none.
    ///
    /// # Errors
    /// When one part, or all parts together, are larger than any document's.
    pub fn check(&mut self) -> Result<()> {
        let names: Vec<String> = self.parts.keys().cloned().collect();
        let mut left = LARGEST_PART;
        for name in names {
            let Some(part) = self.part(&name)? else { continue };
            match io::copy(&mut part.take(left + 1), &mut io::sink()) {
                Ok(size) if size <= left => left -= size,
                Err(e) if e.kind() != io::ErrorKind::FileTooLarge => return Err(damaged()),
                _ => return Err(too_large()),
            }
        }
        Ok(())
    }
}

/// The error for a part beyond the limits.
pub(super) fn too_large() -> Error {
    Error::new(format!("a part of the document unpacks to more than {LARGEST_PART} bytes or {LARGEST_RATIO} times its size"), "split it")
}

/// The error for bytes that can't be unpacked.
pub(super) fn damaged() -> Error {
    Error::new("the file is cut short or damaged", "get a whole copy of it")
}

/// The error for an encrypted document.
pub(super) fn protected() -> Error {
    Error::new("the document is protected by a password", "save it without a password and pass that")
}

fn unreadable(error: &zip::result::ZipError) -> Error {
    match error {
        zip::result::ZipError::UnsupportedArchive(why) if why.contains("assword") => protected(),
        zip::result::ZipError::UnsupportedArchive(_) => {
            Error::new("the document is packed in a way that is not read", "open it in an office program and save it again")
        }
        _ => damaged(),
    }
}

fn uniform(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

fn listed(archive: &ZipArchive<Cursor<&[u8]>>) -> HashMap<String, Place> {
    let name = |i| Some((uniform(&archive.name_for_index(i)?.ok()?), Place::Listed(i)));
    // Of two parts with one name the first counts.
    (0..archive.len()).rev().filter_map(name).collect()
}

/// Entries of a file whose directory is lost.
fn found(bytes: &[u8]) -> HashMap<String, Place> {
    let mut parts = HashMap::new();
    for at in memmem::find_iter(bytes, ENTRY).take(MOST_PARTS) {
        if let Some((name, place)) = entry(bytes, at) {
            parts.entry(name).or_insert(place);
        }
    }
    parts
}

/// Reads the header of the entry at this byte (APPNOTE.TXT, 4.3.7).
fn entry(bytes: &[u8], at: usize) -> Option<(String, Place)> {
    let header = bytes.get(at..at + 30)?;
    let short = |i: usize| usize::from(u16::from_le_bytes([header[i], header[i + 1]]));
    let (flags, method, name_len, extra_len) = (short(6), short(8), short(26), short(28));
    let name = std::str::from_utf8(bytes.get(at + 30..at + 30 + name_len)?).ok()?;
    let start = at + 30 + name_len + extra_len;
    let readable = flags & 1 == 0 && matches!(method, 0 | 8) && !name.is_empty() && !name.contains('\0');
    (readable && start <= bytes.len()).then(|| (uniform(name), Place::Found { start, deflated: method == 8 }))
}

/// A stream that fails after so many bytes.
struct Capped<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(count as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(count)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    /// A package of these parts.
    pub fn pack(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_are_found_without_the_directory() {
        let long = "<p>một đoạn</p>".repeat(500);
        let whole = pack(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &long), ("word/styles.xml", "<s/>")]);
        let directory = memmem::find(&whole, DIRECTORY_LINE).unwrap();
        let mut package = Package::open(&whole[..directory]).unwrap();
        assert!(package.is_cut_short());
        let mut names: Vec<&str> = package.parts.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["[content_types].xml", "word/document.xml", "word/styles.xml"]);
        assert_eq!(package.head("Word/Document.xml", 1 << 20), long);
        assert!(!Package::open(&whole).unwrap().is_cut_short());
        assert_eq!(Package::open(b"PK\x03\x04").err().unwrap().to_string(), "the file is cut short or damaged; get a whole copy of it");
    }

    #[test]
    fn a_part_that_unpacks_without_end_is_refused() {
        let bomb = pack(&[("word/document.xml", &" ".repeat(20 * 1024 * 1024))]);
        let mut package = Package::open(&bomb).unwrap();
        let mut unpacked = Vec::new();
        let fault = package.part("word/document.xml").unwrap().unwrap().read_to_end(&mut unpacked).unwrap_err();
        assert_eq!(fault.kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(package.check().unwrap_err(), too_large());
    }
}
