//! Strings of XLS records: letters of one or two bytes, over the ends of records, with fonts inside.

/// How strings are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Encoding {
    /// BIFF8: strings say themselves how wide their letters are.
    pub wide: bool,
    /// Code page of the strings of older files.
    pub page: u16,
}

impl Default for Encoding {
    fn default() -> Self {
        Self { wide: true, page: 1252 }
    }
}

impl Encoding {
    /// A string with its length in one byte, as names of fonts and sheets are.
    pub fn short(self, data: &[u8]) -> Option<String> {
        let (&length, rest) = data.split_first()?;
        self.letters(&[rest], usize::from(length))
    }

    /// A string with its length in two bytes.
    pub fn long(self, pieces: &[&[u8]]) -> Option<String> {
        let (first, rest) = pieces.split_first()?;
        let length = u16::from_le_bytes(first.get(..2)?.try_into().ok()?);
        let mut all = vec![&first[2..]];
        all.extend_from_slice(rest);
        self.letters(&all, usize::from(length))
    }

    /// The code of a number format.
    pub fn format(self, data: &[u8]) -> Option<String> {
        if self.wide { self.long(&[data]) } else { self.short(data) }
    }

    fn letters(self, pieces: &[&[u8]], count: usize) -> Option<String> {
        let mut bytes = Bytes::of(pieces);
        if self.wide {
            let flags = bytes.byte()?;
            return Some(bytes.letters(count, flags & 1 == 1));
        }
        let raw: Vec<u8> = std::iter::from_fn(|| bytes.byte()).take(count).collect();
        let page = if self.page == 1258 { encoding_rs::WINDOWS_1258 } else { encoding_rs::WINDOWS_1252 };
        Some(page.decode_without_bom_handling(&raw).0.into_owned())
    }
}

/// A text with the fonts that begin at its letters, counted in UTF-16.
#[derive(Debug, Default)]
pub(super) struct Rich {
    pub text: String,
    pub fonts: Vec<(u16, u16)>,
}

/// The texts that cells share.
#[derive(Debug, Default)]
pub(super) struct Strings(Vec<Rich>);

impl Strings {
    /// Reads the table up to its end or to damage.
    pub fn read(pieces: &[&[u8]]) -> Self {
        let mut bytes = Bytes::of(pieces);
        let mut found = Vec::new();
        let count = bytes.skip(4).and_then(|()| bytes.u32()).unwrap_or(0);
        for _ in 0..count {
            let Some(text) = rich(&mut bytes) else { break };
            found.push(text);
        }
        Self(found)
    }

    pub fn get(&self, at: usize) -> Option<&Rich> {
        self.0.get(at)
    }
}

fn rich(bytes: &mut Bytes) -> Option<Rich> {
    let (count, flags) = (bytes.u16()?, bytes.byte()?);
    let runs = if flags & 8 != 0 { bytes.u16()? } else { 0 };
    let extra = if flags & 4 != 0 { bytes.u32()? } else { 0 };
    let text = bytes.letters(usize::from(count), flags & 1 == 1);
    let mut fonts = Vec::new();
    for _ in 0..runs {
        fonts.push((bytes.u16()?, bytes.u16()?));
    }
    bytes.skip(extra as usize)?;
    Some(Rich { text, fonts })
}

/// Bytes over the ends of records.
struct Bytes<'p, 'b> {
    pieces: std::slice::Iter<'p, &'b [u8]>,
    now: &'b [u8],
}

impl<'p, 'b> Bytes<'p, 'b> {
    fn of(pieces: &'p [&'b [u8]]) -> Self {
        let mut pieces = pieces.iter();
        let now = pieces.next().copied().unwrap_or_default();
        Self { pieces, now }
    }

    fn byte(&mut self) -> Option<u8> {
        while self.now.is_empty() {
            self.now = self.pieces.next().copied()?;
        }
        let (&first, rest) = self.now.split_first()?;
        self.now = rest;
        Some(first)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > self.now.len() {
            count -= self.now.len();
            self.now = self.pieces.next().copied()?;
        }
        self.now = &self.now[count..];
        Some(())
    }

    /// Letters; where a record ends among them, the next one begins with their width anew.
    fn letters(&mut self, count: usize, wide: bool) -> String {
        let mut units = Vec::with_capacity(count);
        let mut wide = wide;
        while units.len() < count {
            if self.now.is_empty() {
                let Some(&next) = self.pieces.next() else { break };
                self.now = next;
                wide = self.byte().is_some_and(|flags| flags & 1 == 1);
                continue;
            }
            let unit = if wide { self.u16() } else { self.byte().map(u16::from) };
            let Some(unit) = unit else { break };
            units.push(unit);
        }
        String::from_utf16_lossy(&units)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_texts_go_over_the_ends_of_records() {
        // Two texts: "Sở" in wide letters cut in the middle, then "ab" with a font from its second letter and extra bytes.
        let first: &[u8] = &[2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 1, b'S', 0];
        let second: &[u8] = &[1, 0xdf, 0x1e, 2, 0, 12, 1, 0, 3, 0, 0, 0, b'a', b'b', 1, 0, 7, 0, 9, 9, 9];
        let strings = Strings::read(&[first, second]);
        assert_eq!(strings.get(0).unwrap().text, "Sở");
        let rich = strings.get(1).unwrap();
        assert_eq!((rich.text.as_str(), rich.fonts.as_slice()), ("ab", [(1, 7)].as_slice()));
        assert!(strings.get(2).is_none());
        // A count without texts behind it.
        assert!(Strings::read(&[&[0xff; 8]]).get(0).is_none());
    }
}
