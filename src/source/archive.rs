//! ZIP archives and gzip files.

use crate::error::{Error, Result};
use std::collections::HashSet;
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use unicode_normalization::UnicodeNormalization;
use zip::ZipArchive;
use zip::result::ZipError;

/// Entries of an archive: what a ZIP without its 64-bit extension can hold.
pub const MOST_ENTRIES: u64 = 65_535;
/// The end record of an archive stands no farther from its end (22 bytes and a comment).
const END_RECORD: u64 = 22 + 65_535;
/// Bytes of an entry beyond which [`MOST_GROWTH`] is asked for.
const FREE: u64 = 4 * 1024 * 1024;
/// Times that an entry may grow: spreadsheets written by machines grow about sixty times, zeros a thousand.
const MOST_GROWTH: u64 = 200;
/// Names longer than this are cut.
const LONGEST_NAME: usize = 1024;

/// Where an archive's bytes are.
pub enum Store {
    /// On disk; an archive may be larger than any paper.
    File(BufReader<File>),
    /// Inside another file.
    Bytes(Cursor<Vec<u8>>),
}

impl Store {
    /// What is held in memory.
    pub fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::File(_) => Vec::new(),
            Self::Bytes(bytes) => bytes.into_inner(),
        }
    }
}

impl Read for Store {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::File(file) => file.read(into),
            Self::Bytes(bytes) => bytes.read(into),
        }
    }
}

impl Seek for Store {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Bytes(bytes) => bytes.seek(to),
        }
    }
}

/// An archive that was opened.
pub struct Archive {
    zip: ZipArchive<Store>,
    /// Index and shown name of every entry that may be a paper.
    entries: Vec<(usize, String)>,
}

/// What an archive's first bytes tell: whether the first entry is one that only Office documents begin with.
pub fn begins_as_office(head: &[u8]) -> bool {
    let name = head.get(30..).unwrap_or_default();
    ["[Content_Types].xml", "mimetypeapplication/", "_rels/", "word/", "xl/", "ppt/", "docProps/"].iter().any(|n| name.starts_with(n.as_bytes()))
}

/// What a ZIP turned out to be.
pub enum Opened {
    Archive(Box<Archive>),
    /// An Office document, which is one paper.
    Office(Store),
}

/// Opens a ZIP.
///
/// # Errors
/// When it is damaged or holds too many entries.
pub fn open(mut store: Store) -> Result<Opened> {
    let told = count(&mut store).map_err(|e| damaged(&e.to_string()))?.unwrap_or(0);
    if told > MOST_ENTRIES {
        return Err(too_many(told));
    }
    let zip = ZipArchive::new(store).map_err(|e| damaged(&e.to_string()))?;
    if zip.len() as u64 > MOST_ENTRIES {
        return Err(too_many(zip.len() as u64));
    }
    let office = |name: &[u8]| name == b"[Content_Types].xml" || name == b"META-INF/manifest.xml" || name == b"mimetype";
    if zip.file_names_raw().any(office) {
        return Ok(Opened::Office(zip.into_inner()));
    }
    let mut seen = HashSet::new();
    let names = (0..zip.len()).filter_map(|i| Some((i, shown(zip.by_index_data(i).ok()?.name_raw()))));
    let entries = names.filter(|(_, n)| !is_junk(n) && seen.insert(n.clone())).collect();
    Ok(Opened::Archive(Box::new(Archive { zip, entries })))
}

fn too_many(entries: u64) -> Error {
    Error::new(format!("the archive holds {entries} entries, more than {MOST_ENTRIES}"), "unpack it and pass the folder")
}

impl Archive {
    /// Shown names of the entries, in the order of the archive, with what [`unpack`](Self::unpack) takes.
    pub fn entries(&self) -> &[(usize, String)] {
        &self.entries
    }

    /// The bytes of an entry, at most `most`. What is unpacked is taken from `left`, also where the entry then proves
    /// damaged: a thousand such entries would cost as much as a thousand sound ones.
    ///
    /// # Errors
    /// When it is locked, damaged, packed in an unknown way, or larger than `most`.
    pub fn unpack(&mut self, entry: usize, most: u64, left: &mut u64) -> Result<Vec<u8>> {
        let mut file = self.zip.by_index(entry).map_err(|e| entry_error(&e))?;
        let packed = file.compressed_size();
        let most = most.min(FREE.max(packed.saturating_mul(MOST_GROWTH)));
        let too_large = || Error::new(format!("the entry unpacks to more than {most} bytes from {packed}"), "unpack it yourself if you trust it");
        if file.size() > most {
            return Err(too_large());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(file.size().min(FREE)).unwrap_or(0));
        let read = file.by_ref().take(most + 1).read_to_end(&mut bytes);
        *left = left.saturating_sub(bytes.len() as u64);
        read.map_err(|e| Error::new(format!("the entry is damaged ({e})"), "make the archive again"))?;
        if bytes.len() as u64 > most { Err(too_large()) } else { Ok(bytes) }
    }
}

fn damaged(why: &str) -> Error {
    Error::new(format!("the ZIP archive is cut off or damaged ({why})"), "copy or make it again")
}

fn entry_error(e: &ZipError) -> Error {
    match e {
        ZipError::UnsupportedArchive(why) if *why == ZipError::PASSWORD_REQUIRED => {
            Error::new("the entry is locked with a password", "unpack it with the password and pass the files")
        }
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            Error::new(format!("the entry is packed in a way that is not read ({e})"), "unpack it yourself and pass the files")
        }
        e => Error::new(format!("the entry is damaged ({e})"), "make the archive again"),
    }
}

/// How many entries the end record tells, before anything is made of them.
fn count(store: &mut Store) -> std::io::Result<Option<u64>> {
    let size = store.seek(SeekFrom::End(0))?;
    store.seek(SeekFrom::Start(size.saturating_sub(END_RECORD)))?;
    let mut tail = Vec::new();
    store.by_ref().take(END_RECORD).read_to_end(&mut tail)?;
    let number = |at: usize, bytes: usize| tail.get(at..at + bytes).map(|b| b.iter().rev().fold(0u64, |n, &b| n << 8 | u64::from(b)));
    let end = memchr::memmem::rfind(&tail, b"PK\x05\x06");
    let small = end.and_then(|e| number(e + 10, 2));
    let large = memchr::memmem::rfind(&tail, b"PK\x06\x06").and_then(|e| number(e + 32, 8));
    store.seek(SeekFrom::Start(0))?;
    Ok(if small == Some(0xffff) { large.or(small) } else { small })
}

/// A name as it may be shown: composed, one line, no control characters. It is never a path to write to.
fn shown(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        // Old programs wrote names in the code page of their machine.
        Err(_) => encoding_rs::Encoding::for_label(b"windows-1258").map_or_else(String::new, |e| e.decode_without_bom_handling(raw).0.into_owned()),
    };
    clean_name(&name)
}

/// A name from a file, as it may be shown.
pub fn clean_name(name: &str) -> String {
    let name = crate::text::head(name, LONGEST_NAME);
    name.nfc().map(|c| if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') { '\u{fffd}' } else { c }).collect()
}

/// Folders, and what systems leave beside files.
fn is_junk(name: &str) -> bool {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let folders = name.split(['/', '\\']).any(|f| matches!(f, "__MACOSX" | ".git" | ".svn" | "$RECYCLE.BIN"));
    let files = ["thumbs.db", ".ds_store", "desktop.ini", "ehthumbs.db"].contains(&last.to_ascii_lowercase().as_str());
    last.is_empty() || folders || files || last.starts_with("~$") || last.starts_with("._")
}

/// The bytes of a gzip file, at most so many, and the name of what it holds. What is unpacked is taken from `left`, as
/// in [`Archive::unpack`].
///
/// # Errors
/// When it is damaged or holds more.
pub fn gunzip(bytes: &[u8], name: &str, most: u64, left: &mut u64) -> (String, Result<Vec<u8>>) {
    let base = name.rsplit(['/', '\\', '!']).next().unwrap_or_default();
    let inner = base.strip_suffix(".gz").or_else(|| base.strip_suffix(".GZ")).unwrap_or("content").to_owned();
    (inner, inflate(flate2::read::MultiGzDecoder::new(bytes), "the gzip file", bytes.len(), most, left))
}

/// What a stream unpacks to that has so many bytes when packed: at most `most`, and no more than so small a stream may
/// hold. What is unpacked is taken from `left`. `what` is its name in errors.
///
/// # Errors
/// When it is damaged or holds more.
pub fn inflate(stream: impl Read, what: &str, packed: usize, most: u64, left: &mut u64) -> Result<Vec<u8>> {
    let most = most.min(FREE.max((packed as u64).saturating_mul(MOST_GROWTH)));
    let mut out = Vec::new();
    let read = stream.take(most + 1).read_to_end(&mut out);
    *left = left.saturating_sub(out.len() as u64);
    match read {
        Err(e) => Err(Error::new(format!("{what} is cut off or damaged ({e})"), "copy or make it again")),
        Ok(_) if out.len() as u64 > most => Err(Error::new(format!("{what} unpacks to more than {most} bytes"), "unpack it yourself if you trust it")),
        Ok(_) => Ok(out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_entries_are_paid_for_like_sound_ones() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("a.txt", zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, &[b'a'; 100_000]).unwrap();
        let mut bytes = zip.finish().unwrap().into_inner();
        // The checksum in the list at the end.
        let list = memchr::memmem::rfind(&bytes, b"PK\x01\x02").unwrap();
        bytes[list + 16] ^= 1;
        let Opened::Archive(mut archive) = open(Store::Bytes(Cursor::new(bytes))).unwrap() else { panic!("an archive") };
        let mut left = 1_000_000;
        assert!(archive.unpack(0, left, &mut left).is_err());
        assert_eq!(left, 900_000);

        let mut packed = Vec::new();
        flate2::read::GzEncoder::new(&[b'a'; 100_000][..], flate2::Compression::fast()).read_to_end(&mut packed).unwrap();
        let last = packed.len() - 8;
        packed[last] ^= 1;
        assert!(gunzip(&packed, "a.txt.gz", left, &mut left).1.is_err());
        assert_eq!(left, 800_000);
    }

    #[test]
    fn junk_is_left_out_and_names_are_only_shown() {
        let rows = [
            ("a/b.txt", false),
            ("a/", true),
            ("__MACOSX/a/._b.txt", true),
            ("x/.DS_Store", true),
            ("x\\Thumbs.db", true),
            ("~$kế hoạch.docx", true),
            ("../../etc/passwd", false),
            ("C:\\x.txt", false),
        ];
        for (name, junk) in rows {
            assert_eq!(is_junk(name), junk, "{name}");
        }
        assert_eq!(shown("a\n\u{1b}[2Jb\u{202e}c".as_bytes()), "a\u{fffd}\u{fffd}[2Jb\u{fffd}c");
        assert_eq!(shown("Ke\u{302}\u{301} hoa\u{323}ch".as_bytes()), "Kế hoạch");
    }
}
