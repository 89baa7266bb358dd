//! The XML of packages as a stream of elements and characters: local names only, no entity but XML's own five.

use super::package;
use crate::error::Error;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};
use std::borrow::Cow;
use std::io::{BufReader, ErrorKind, Read};

/// Elements inside one another; the deepest real papers have about 60, of tables and text boxes.
const DEEPEST: usize = 4096;
/// A tag or a stretch of characters without any tag; the longest paragraph of a paper has some thousand bytes.
const LONGEST: usize = 16 * 1024 * 1024;

/// What ends the reading of a part.
#[derive(Debug)]
pub(super) enum Fault {
    /// It is damaged from here on; what stood before may be used.
    Damaged,
    /// It goes beyond a limit, so that the file is refused.
    Refused(Error),
}

/// Reads a part.
pub(super) struct Xml<'r> {
    reader: Reader<BufReader<Narrow<Box<dyn Read + 'r>>>>,
    buffer: Vec<u8>,
    depth: usize,
}

/// An element's start, its end, or characters.
pub(super) enum Item<'b> {
    Start(Tag<'b>),
    End(EndTag<'b>),
    Text(Cow<'b, str>),
    /// The end of the part.
    Finish,
}

/// The end of an element.
pub(super) struct EndTag<'b>(BytesEnd<'b>);

impl EndTag<'_> {
    /// Without the prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

/// The start of an element.
pub(super) struct Tag<'b>(BytesStart<'b>);

impl Tag<'_> {
    /// Without the prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, by its name without the prefix.
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let found = self.0.attributes().with_checks(false).flatten().find(|a| a.key.local_name().into_inner() == name)?;
        let plain = found.normalized_value(XmlVersion::Implicit1_0).map(Cow::into_owned);
        Some(plain.map_or(found.value, Cow::Owned))
    }

    /// The number in an attribute.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.trim().parse().ok()
    }
}

impl<'r> Xml<'r> {
    /// Reads the part that these bytes unpack to.
    pub fn new(part: Box<dyn Read + 'r>) -> Self {
        const PIECE: usize = 64 * 1024;
        let mut reader = Reader::from_reader(BufReader::with_capacity(PIECE, Narrow { inner: part, stretch: 0 }));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, buffer: Vec::new(), depth: 0 }
    }

    /// The next element or stretch of characters.
    ///
    /// # Errors
    /// Where the part is damaged or beyond a limit.
    pub fn next(&mut self) -> Result<Item<'_>, Fault> {
        self.buffer.clear();
        Ok(match self.reader.read_event_into(&mut self.buffer).map_err(fault)? {
            Event::Start(_) if self.depth == DEEPEST => return Err(Fault::Refused(too_deep())),
            Event::Start(tag) => {
                self.depth += 1;
                Item::Start(Tag(tag))
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                Item::End(EndTag(tag))
            }
            Event::Text(text) => Item::Text(text.into_inner()),
            Event::CData(text) => Item::Text(text.into_inner()),
            Event::GeneralRef(name) => Item::Text(Cow::Owned(entity(&name))),
            // The part was cut inside of an element.
            Event::Eof if self.depth > 0 => return Err(Fault::Damaged),
            Event::Eof => Item::Finish,
            // Comments and declarations hold no characters.
            _ => Item::Text(Cow::Borrowed("")),
        })
    }

    /// Passes over the rest of the element whose start was read last.
    ///
    /// # Errors
    /// As [`next`](Self::next).
    pub fn skip(&mut self) -> Result<(), Fault> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if matches!(self.next()?, Item::Finish) {
                break;
            }
        }
        Ok(())
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }
}

fn too_deep() -> Error {
    Error::new(format!("the document nests more than {DEEPEST} elements"), "open it in an office program and save it again")
}

fn fault(error: quick_xml::Error) -> Fault {
    match error {
        quick_xml::Error::Io(e) if e.kind() == ErrorKind::FileTooLarge => Fault::Refused(package::too_large()),
        _ => Fault::Damaged,
    }
}

/// A character by its number or one of XML's own names; entities that the file declares stand for nothing.
fn entity(name: &BytesRef) -> String {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return c.to_string();
    }
    match &*name.borrow().into_inner() {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}

/// A stream that fails where no tag begins for too long.
struct Narrow<R> {
    inner: R,
    stretch: usize,
}

impl<R: Read> Read for Narrow<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.stretch = match memchr::memrchr(b'<', &buffer[..count]) {
            Some(at) => count - at,
            None => self.stretch + count,
        };
        if self.stretch > LONGEST { Err(ErrorKind::FileTooLarge.into()) } else { Ok(count) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(xml: &str) -> Result<String, Fault> {
        let mut xml = Xml::new(Box::new(xml.as_bytes()));
        let mut out = String::new();
        loop {
            match xml.next()? {
                Item::Start(tag) if tag.name() == "skip" => xml.skip()?,
                Item::Start(tag) => out += &format!("<{} {}>", tag.name(), tag.get("val").unwrap_or_default()),
                Item::End(tag) => out += &format!("</{}>", tag.name()),
                Item::Text(text) => out += &text,
                Item::Finish => return Ok(out),
            }
        }
    }

    #[test]
    fn elements_and_characters_come_in_order() {
        let rows = [
            (r#"<w:p w:val="a"><w:r/>b</w:p>"#, "<p a><r ></r>b</p>", "prefixes are dropped, empty elements end"),
            ("<a>1 &lt; 2 &amp; &#7885;&#x1EA1;</a>", "<a >1 < 2 & ọạ</a>", "XML's own entities"),
            (r#"<!DOCTYPE a [<!ENTITY b "xxx">]><a val="x&b;y">1&b;2</a>"#, "<a x&b;y>12</a>", "declared entities stand for nothing"),
            ("<a><skip><b>1</b><skip/></skip>2</a>", "<a >2</a>", "a skipped element"),
            ("<a><![CDATA[<b>]]><!-- c --></a>", "<a ><b></a>", "character data"),
            ("<a>R&D</a>", "<a >R&D</a>", "a lone ampersand"),
        ];
        for (xml, want, why) in rows {
            assert_eq!(events(xml).unwrap(), want, "{why}");
        }
    }

    #[test]
    fn what_is_damaged_or_beyond_a_limit_is_a_fault() {
        assert!(matches!(events("<a><b></a>"), Err(Fault::Damaged)));
        assert!(matches!(events("<a><b>"), Err(Fault::Damaged)));
        assert!(matches!(events("<a>\u{0}</a><"), Err(Fault::Damaged)));
        assert!(matches!(events(&"<a>".repeat(DEEPEST + 1)), Err(Fault::Refused(_))));
        assert!(matches!(events(&format!("<a>{}", "x".repeat(LONGEST + 1))), Err(Fault::Refused(_))));
    }
}
