//! The compound file that a document is kept in, and what can be had of a damaged one.

use super::{u16_at, u32_at};
use std::io::{Cursor, Read};

/// Where Office files of the 97-2003 kind begin.
pub(super) const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// A compound file with a paper of Word.
pub(in crate::source) enum Container<'a> {
    Whole(Box<cfb::CompoundFile<Cursor<&'a [u8]>>>),
    Damaged(Salvage<'a>),
}

impl<'a> Container<'a> {
    /// The container, if it holds a paper of Word.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.starts_with(MAGIC) {
            return None;
        }
        match cfb::CompoundFile::open(Cursor::new(bytes)) {
            Ok(container) => container.is_stream("/WordDocument").then(|| Self::Whole(Box::new(container))),
            Err(_) => {
                // Word writes its main stream first; its head tells it where the directory is lost.
                let starts_with_word = bytes.get(512..514) == Some(b"\xec\xa5");
                Salvage::open(bytes).filter(|s| starts_with_word || s.entry("WordDocument").is_some()).map(Self::Damaged)
            }
        }
    }

    /// The bytes of a stream; none where it is missing or empty. No stream is larger than the file.
    pub fn stream(&mut self, name: &str, size: usize) -> Option<Vec<u8>> {
        let bytes = match self {
            Self::Whole(container) => {
                let stream = container.open_stream(name).ok()?;
                let length = usize::try_from(stream.len()).ok()?.min(size);
                let mut bytes = Vec::with_capacity(length);
                // What can be read of a cut stream is read.
                let _ = stream.take(length as u64).read_to_end(&mut bytes);
                bytes
            }
            Self::Damaged(salvage) => salvage.stream(name)?,
        };
        (!bytes.is_empty()).then_some(bytes)
    }

    /// Whether the file breaks the rules of its format.
    pub fn is_damaged(&self) -> bool {
        matches!(self, Self::Damaged(_))
    }
}

/// A compound file read without asking whether it is sound.
pub(in crate::source) struct Salvage<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// For each sector the one that follows it.
    next: Vec<u32>,
    directory: Vec<u8>,
}

/// Streams of fewer bytes lie in small sectors.
const SMALL: usize = 4096;
const SMALL_SECTOR: usize = 64;

impl<'a> Salvage<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u16_at(bytes, 30)?;
        let sector = if shift == 12 { 4096 } else { 512 };
        let mut salvage = Self { bytes, sector, next: Vec::new(), directory: Vec::new() };
        for i in 0..109 {
            let number = u32_at(bytes, 76 + i * 4)?;
            let Some(table) = salvage.sector(number) else { break };
            salvage.next.extend(table.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])));
        }
        salvage.directory = salvage.chain(u32_at(bytes, 48)?);
        Some(salvage)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|s| !s.is_empty())
    }

    /// The sectors from one on; where the table of what follows is lost, the next in the file.
    fn chain(&self, first: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut number = first;
        while let Some(sector) = self.sector(number) {
            bytes.extend_from_slice(sector);
            // A chain in a circle ends where it would be longer than the file.
            if bytes.len() >= self.bytes.len() {
                break;
            }
            number = self.next.get(number as usize).copied().unwrap_or(number + 1);
        }
        bytes
    }

    fn entry(&self, name: &str) -> Option<&[u8]> {
        let named = |entry: &&[u8]| name.encode_utf16().chain([0]).zip(entry.chunks_exact(2)).all(|(u, b)| u.to_le_bytes() == b);
        self.directory.chunks_exact(128).find(named)
    }

    fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entry(name)?;
        let (first, length) = (u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
        let mut bytes = if length >= SMALL { self.chain(first) } else { self.small(first, length)? };
        bytes.truncate(length);
        Some(bytes)
    }

    fn small(&self, first: u32, length: usize) -> Option<Vec<u8>> {
        let sectors = self.chain(u32_at(self.directory.get(..128)?, 116)?);
        let table = self.chain(u32_at(self.bytes, 60)?);
        let mut bytes = Vec::new();
        let mut number = first;
        while bytes.len() < length {
            let start = (number as usize).checked_mul(SMALL_SECTOR)?;
            let Some(sector) = sectors.get(start..sectors.len().min(start.saturating_add(SMALL_SECTOR))) else { break };
            bytes.extend_from_slice(sector);
            number = u32_at(&table, (number as usize).checked_mul(4)?)?;
        }
        Some(bytes)
    }
}
