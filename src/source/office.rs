//! Which kind of Office document a file is, told by its packing and its parts.

use super::flow::Flow;
use super::package::{self, Package};
use super::xml::{Item, Xml};
use super::{Format, Reading, docx, odt, sheet};
use crate::error::{Error, Result};
use std::collections::HashMap;
use std::io::Cursor;

/// An Office document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Word since 2007: .docx, .docm, .dotx, .dotm
    Docx,
    /// OpenDocument text: .odt, .ott
    Odt,
    /// Excel since 2007: .xlsx, .xlsm
    Xlsx,
    /// Excel since 2007, binary
    Xlsb,
    /// Excel 5.0 to 2003
    Xls,
    /// OpenDocument spreadsheet
    Ods,
    /// Slides of either family
    Slides,
    /// An encrypted document of 2007 or later
    Protected,
}

const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Tells Office documents from other ZIP and compound files, which are `None`.
pub(super) fn office_kind(bytes: &[u8]) -> Option<Kind> {
    if bytes.starts_with(ZIP) {
        packed_kind(&mut Package::open(bytes).ok()?)
    } else if bytes.starts_with(COMPOUND) {
        compound_kind(bytes)
    } else {
        None
    }
}

/// Reads an Office document.
///
/// # Errors
/// When it is protected, damaged, larger than any paper or holds no text that is read.
pub(super) fn read(kind: Kind, bytes: &[u8]) -> Result<Reading> {
    let (format, (flow, counted)) = match kind {
        Kind::Docx => (Format::Docx, docx::read(&mut Package::open(bytes)?)?),
        Kind::Odt => (Format::Odt, odt::read(&mut Package::open(bytes)?)?),
        Kind::Xlsx => (Format::Xlsx, sheet::read(kind, bytes)?),
        Kind::Xls => (Format::Xls, sheet::read(kind, bytes)?),
        // Its tables are written as those of a text are.
        Kind::Ods => (Format::Ods, odt::read(&mut Package::open(bytes)?)?),
        Kind::Xlsb => return Err(Error::new("this is a binary workbook (.xlsb)", "save it as .xlsx and pass that")),
        Kind::Slides => return Err(Error::new("these are slides, not a paper", "leave them out")),
        Kind::Protected => return Err(package::protected()),
    };
    let (text, encoding, seen) = flow.write()?;
    // A count of pages that breaks in the text belie is an old one.
    let pages = counted.filter(|&n| n >= seen.unwrap_or(1)).or(seen);
    Ok(Reading { encoding, pages, ..Reading::of(text, format) })
}

/// The flow of a DOCX that another program made.
pub(super) fn flow_of_docx(bytes: &[u8]) -> Result<Flow> {
    docx::read(&mut Package::open(bytes)?).map(|(flow, _)| flow)
}

fn packed_kind(package: &mut Package) -> Option<Kind> {
    let open_document = match package.head("mimetype", 128) {
        named if !named.is_empty() => named,
        _ => package.head("META-INF/manifest.xml", 4096),
    };
    if let Some((_, kind)) = open_document.split_once("application/vnd.oasis.opendocument.") {
        let kinds = [("text", Kind::Odt), ("spreadsheet", Kind::Ods), ("presentation", Kind::Slides)];
        return kinds.iter().find(|(name, _)| kind.starts_with(name)).map(|(_, kind)| *kind);
    }
    let main = main_part(package)?;
    let content = content_types(package).remove(&main).unwrap_or_default();
    let kinds = [
        ("wordprocessingml", "word/", Kind::Docx),
        ("ms-word.", "word/", Kind::Docx),
        ("sheet.binary", "xl/workbook.bin", Kind::Xlsb),
        ("spreadsheetml", "xl/", Kind::Xlsx),
        ("ms-excel.", "xl/", Kind::Xlsx),
        ("presentationml", "ppt/", Kind::Slides),
    ];
    let by_content = kinds.iter().find(|(name, _, _)| content.contains(name));
    by_content.or_else(|| kinds.iter().find(|(_, folder, _)| main.starts_with(folder))).map(|(_, _, kind)| *kind)
}

fn compound_kind(bytes: &[u8]) -> Option<Kind> {
    let file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    if file.is_stream("WordDocument") {
        None
    } else if file.is_stream("EncryptedPackage") {
        Some(Kind::Protected)
    } else {
        (file.is_stream("Workbook") || file.is_stream("Book")).then_some(Kind::Xls)
    }
}

/// The part that holds the document, as the package says or by its usual name.
pub(super) fn main_part(package: &mut Package) -> Option<String> {
    let stated = relations(package, "", "_rels/.rels").remove("officedocument");
    let is_main = |kind: &str| kind.contains(".main+xml") || kind.contains("sheet.binary");
    let mut typed = || content_types(package).into_iter().filter(|(_, kind)| is_main(kind)).map(|(name, _)| name).min();
    let found = stated.into_iter().chain(typed()).collect::<Vec<_>>();
    let usual = ["word/document.xml", "xl/workbook.xml", "xl/workbook.bin", "ppt/presentation.xml"];
    found.into_iter().chain(usual.map(str::to_owned)).find(|name| package.has(name))
}

/// The targets of a relations part by the last word of their types, in small letters: `styles`, `officedocument`.
pub(super) fn relations(package: &mut Package, folder: &str, part: &str) -> HashMap<String, String> {
    let mut found = HashMap::new();
    elements(package, part, |tag| {
        let (Some(kind), Some(target)) = (tag.get("Type"), tag.get("Target")) else { return };
        if tag.name() == "Relationship" && tag.get("TargetMode").as_deref() != Some("External") {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_lowercase();
            found.entry(kind).or_insert_with(|| joined(folder, &target));
        }
    });
    found
}

/// Content types of the parts that have one of their own.
fn content_types(package: &mut Package) -> HashMap<String, String> {
    let mut found = HashMap::new();
    elements(package, "[Content_Types].xml", |tag| {
        if let (Some(name), Some(kind)) = (tag.get("PartName"), tag.get("ContentType")) {
            found.insert(joined("", &name), kind.into_owned());
        }
    });
    found
}

/// Shows all elements of a small part; damage ends it.
fn elements(package: &mut Package, part: &str, mut each: impl FnMut(&super::xml::Tag)) {
    let Ok(Some(part)) = package.part(part) else { return };
    let mut xml = Xml::new(part);
    while let Ok(item) = xml.next() {
        match item {
            Item::Start(tag) => each(&tag),
            Item::Finish => break,
            _ => {}
        }
    }
}

/// The name of a part, from the folder in which it is named.
fn joined(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/").to_lowercase();
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.retain(|s| !s.is_empty());
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::package::tests::pack;

    #[test]
    fn documents_are_told_by_their_parts() {
        let relation = |target| format!(r#"<Relationships><Relationship Type="http://x/relationships/officeDocument" Target="{target}"/></Relationships>"#);
        let types = |part, kind| format!(r#"<Types><Override PartName="{part}" ContentType="application/{kind}"/></Types>"#);
        let (word, sheet) = (relation("/a/b.xml"), relation("xl/workbook.xml"));
        let macros = types("/word/document.xml", "vnd.ms-word.document.macroEnabled.main+xml");
        let template = types("/a/b.xml", "vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml");
        let slides = types("/ppt/presentation.xml", "vnd.openxmlformats-officedocument.presentationml.presentation.main+xml");
        type Parts<'a> = &'a [(&'a str, &'a str)];
        let rows: [(Parts, Option<Kind>); 10] = [
            // A main part of any name, told by relation and content type.
            (&[("_rels/.rels", &word), ("a/b.xml", ""), ("[Content_Types].xml", &template)], Some(Kind::Docx)),
            // Content types alone.
            (&[("[Content_Types].xml", &macros), ("word/document.xml", "")], Some(Kind::Docx)),
            (&[("[Content_Types].xml", &slides), ("ppt/presentation.xml", "")], Some(Kind::Slides)),
            // Names alone, with the slashes of a careless program.
            (&[("word\\document.xml", "")], Some(Kind::Docx)),
            (&[("_rels/.rels", &sheet), ("xl/workbook.xml", "")], Some(Kind::Xlsx)),
            (&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "")], Some(Kind::Odt)),
            (&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")], Some(Kind::Ods)),
            (&[("META-INF/manifest.xml", r#"<m media-type="application/vnd.oasis.opendocument.text"/>"#)], Some(Kind::Odt)),
            // Archives of papers.
            (&[("congvan.docx", "PK"), ("mau/document.xml", "")], None),
            (&[("mimetype", "application/epub+zip")], None),
        ];
        for (i, (parts, want)) in rows.into_iter().enumerate() {
            assert_eq!(office_kind(&pack(parts)), want, "row {i}");
        }
        assert_eq!(office_kind(b"%PDF-"), None);
    }

    #[test]
    fn compound_files_are_told_by_their_streams() {
        let rows = [("Workbook", Some(Kind::Xls)), ("Book", Some(Kind::Xls)), ("WordDocument", None), ("EncryptedPackage", Some(Kind::Protected))];
        for (stream, want) in rows {
            let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
            file.create_stream(stream).unwrap();
            let bytes = file.into_inner().into_inner();
            assert_eq!(office_kind(&bytes), want, "{stream}");
        }
    }

    #[test]
    fn what_is_protected_says_so() {
        let message = "the document is protected by a password; save it without a password and pass that";
        assert_eq!(read(Kind::Protected, b"").unwrap_err().to_string(), message);
    }
}
