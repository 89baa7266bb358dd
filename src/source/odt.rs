//! OpenDocument text (ISO/IEC 26300): what is printed, read as a stream.

mod body;
mod lists;
mod styles;

use super::aside::Outlet;
use super::flow::Flow;
use super::package::{self, Package};
use super::xml::{Fault, Xml};
use crate::error::{Error, Result};
use body::Body;
use styles::Styles;

/// Reads a document; the pages are those that its last editor counted.
///
/// # Errors
/// When the package holds no document, or is protected, damaged before its first word, or larger than any paper.
pub(super) fn read(package: &mut Package) -> Result<(Flow, Option<u32>)> {
    if package.head("META-INF/manifest.xml", 1024 * 1024).contains("encryption-data") {
        return Err(package::protected());
    }
    let mut flow = Flow::default();
    let mut out = Outlet::new(&mut flow);
    let mut styles = Styles::default();
    let mut whole = !package.is_cut_short();
    if let Some(part) = package.part("styles.xml")? {
        whole &= settle(styles.read(&mut Xml::new(part), &mut out))?;
    }
    let part = package.part("content.xml")?.ok_or_else(package::damaged)?;
    let mut body = Body::new(&mut out, &mut styles);
    whole &= settle(body.read(&mut Xml::new(part)))?;
    for note in body.notes {
        out.play(note);
        out.end_paragraph();
    }
    if out.is_full() && !out.flow.is_full() {
        return Err(Error::new("the text boxes and notes of the document hold more than any paper", "split it"));
    }
    if !whole {
        flow.note("source-cut-short", "the file is damaged; the text ends where it can be read no more");
    }
    Ok((flow, pages(package)))
}

fn settle(outcome: std::result::Result<(), Fault>) -> Result<bool> {
    match outcome {
        Ok(()) => Ok(true),
        Err(Fault::Damaged) => Ok(false),
        Err(Fault::Refused(error)) => Err(error),
    }
}

/// The number of pages that the program which saved the file counted.
fn pages(package: &mut Package) -> Option<u32> {
    let facts = package.head("meta.xml", 64 * 1024);
    let (_, rest) = facts.split_once("meta:page-count=\"")?;
    rest.split_once('"')?.0.parse().ok().filter(|pages| (1..=20_000).contains(pages))
}
