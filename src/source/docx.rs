//! Word documents of 2007 and later (ECMA-376, ISO/IEC 29500; transitional and strict), read as a stream.
//!
//! What is printed is read: automatic numbers, text boxes and notes are, deleted and hidden text, instructions of
//! fields, comments, running heads and feet are not. Elements are known by their local names, since the two
//! variants of the standard differ in the namespaces only.

mod body;
mod numbering;
mod properties;
mod styles;
mod symbol;

use super::aside::Outlet;
use super::flow::Flow;
use super::office;
use super::package::{self, Package};
use super::xml::{Fault, Xml};
use crate::error::{Error, Result};
use body::Body;
use numbering::Numbering;
use styles::Styles;

/// More pages than this are a mistake of the program that wrote the file.
const MOST_PAGES: u32 = 20_000;

/// Reads a document; the pages are those that its last editor counted.
///
/// # Errors
/// When the package holds no document, or is protected, damaged before its first word, or larger than any paper.
pub(super) fn read(package: &mut Package) -> Result<(Flow, Option<u32>)> {
    let main = office::main_part(package).ok_or_else(package::damaged)?;
    let related = related(package, &main);
    let (mut styles, mut numbering) = (Styles::default(), Numbering::default());
    let mut flow = Flow::default();
    let mut out = Outlet::new(&mut flow);
    side_part(package, &related.styles, &mut out, |xml, out| styles.read(xml, out))?;
    side_part(package, &related.numbering, &mut out, |xml, _| numbering.read(xml))?;

    let mut body = Body::new(&mut out, &mut styles, &mut numbering);
    let part = package.part(&main)?.ok_or_else(package::damaged)?;
    let whole = settle(body.read(&mut Xml::new(part)))?;
    for notes in [&related.footnotes, &related.endnotes] {
        if body.marks.is_empty() {
            break;
        }
        if let Some(part) = package.part(notes)? {
            settle(body.read(&mut Xml::new(part)))?;
        }
    }
    let (marks, mut notes, left_out) = (body.marks, body.notes, body.parts_left_out);
    for mark in marks {
        if let Some(note) = notes.remove(&mark) {
            out.play(note);
            out.end_paragraph();
        }
    }
    if out.is_full() && !out.flow.is_full() {
        return Err(Error::new("the text boxes and notes of the document hold more than any paper", "split it"));
    }
    if !whole || package.is_cut_short() {
        flow.note("source-cut-short", "the file is damaged; the text ends where it can be read no more");
    }
    if left_out > 0 {
        flow.note("part-left-out", format!("{left_out} embedded files of other formats were not read"));
    }
    Ok((flow, pages(package)))
}

/// Whether a part was read to its end; what goes beyond a limit is an error.
fn settle(outcome: std::result::Result<(), Fault>) -> Result<bool> {
    match outcome {
        Ok(()) => Ok(true),
        Err(Fault::Damaged) => Ok(false),
        Err(Fault::Refused(error)) => Err(error),
    }
}

/// Reads styles or numbering; where the part is damaged the document is read with what stands before.
fn side_part(package: &mut Package, name: &str, out: &mut Outlet, read: impl FnOnce(&mut Xml, &mut Outlet) -> std::result::Result<(), Fault>) -> Result<()> {
    let Some(part) = package.part(name)? else { return Ok(()) };
    if !settle(read(&mut Xml::new(part), out))? {
        out.flow.note("source-cut-short", format!("{name} is damaged: fonts and automatic numbers may be missing"));
    }
    Ok(())
}

/// The parts that belong to the document.
struct Related {
    styles: String,
    numbering: String,
    footnotes: String,
    endnotes: String,
}

/// Finds the parts by the document's relations, and where these are missing by their usual names.
fn related(package: &mut Package, main: &str) -> Related {
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    let mut relations = office::relations(package, folder, &format!("{folder}/_rels/{file}.rels"));
    let mut named = |kind: &str| match relations.remove(kind) {
        Some(name) if package.has(&name) => name,
        _ => format!("{folder}/{kind}.xml"),
    };
    Related { styles: named("styles"), numbering: named("numbering"), footnotes: named("footnotes"), endnotes: named("endnotes") }
}

/// The number of pages that the program which saved the file counted.
fn pages(package: &mut Package) -> Option<u32> {
    let facts = package.head("docProps/app.xml", 64 * 1024);
    let (_, rest) = facts.split_once("<Pages>")?;
    let pages = rest.split_once('<')?.0.trim().parse().ok()?;
    (1..=MOST_PAGES).contains(&pages).then_some(pages)
}
