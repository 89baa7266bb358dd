//! Pages as a browser or a word processor saved them: the paper on them, without what a site puts around it.

mod content;
mod style;
mod tree;
mod walk;

use super::decode;
use super::flow::Flow;
use crate::error::{Error, Result};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How far into a page its encoding is looked for; browsers look at 1024 bytes, word processors write long heads.
const HEAD: usize = 8192;
/// How far a page is looked at to tell it from text that starts with `<`.
const SNIFF: usize = 65_536;

/// Tags that a page or a part of one begins with.
const FIRST: &[&str] = &[
    "!doctype html",
    "html",
    "head",
    "body",
    "meta",
    "title",
    "script",
    "style",
    "link",
    "table",
    "div",
    "p",
    "span",
    "font",
    "center",
    "h1",
    "h2",
    "h3",
    "b",
    "strong",
    "base",
    "section",
    "main",
    "article",
    "ol",
    "ul",
    "pre",
    "a",
    "i",
    "em",
    "u",
];

/// Whether bytes are a page: a tag at their start that pages begin with, and a tag that closes one.
pub fn is_page(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(SNIFF)];
    // No tag, no page: most papers end the search here.
    if memchr::memchr(b'<', head).is_none() {
        return false;
    }
    let head = String::from_utf8_lossy(head);
    let wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let head = if wide { head.replace('\0', "") } else { head.into_owned() };
    let lower = head.trim_start_matches(['\u{feff}', '\u{fffd}']).to_ascii_lowercase();
    let mut rest = lower.trim_start();
    // Declarations and remarks come first in many pages.
    while let Some(after) = after_remark(rest) {
        rest = after.trim_start();
    }
    let Some(tag) = rest.strip_prefix('<') else { return false };
    let is_end = |c: char| !c.is_ascii_alphanumeric();
    let named = FIRST.iter().any(|name| tag.strip_prefix(name).is_some_and(|after| after.starts_with(is_end) || after.is_empty()));
    let whole = tag.starts_with("!doctype html") || tag.strip_prefix("html").is_some_and(|t| t.starts_with(is_end));
    named && (whole || FIRST.iter().any(|name| rest.contains(&format!("</{name}>"))))
}

fn after_remark(text: &str) -> Option<&str> {
    if let Some(remark) = text.strip_prefix("<!--") {
        return Some(&remark[remark.find("-->")? + 3..]);
    }
    let declaration = text.strip_prefix("<?xml")?;
    Some(&declaration[declaration.find('>')? + 1..])
}

/// A page's characters and the name of its encoding.
fn characters(bytes: &[u8]) -> Result<(String, &'static str)> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || bytes[..bytes.len().min(HEAD)].contains(&0) {
        let decoded = decode::decode(bytes)?;
        return Ok((decoded.as_str().to_owned(), decoded.encoding()));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // What is sound UTF-8 is UTF-8: browsers save pages in it and leave the old declaration.
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), "utf-8"));
    }
    let declared = declared(&bytes[..bytes.len().min(HEAD)]);
    let encoding = match declared {
        Some(encoding) => encoding,
        None if decode::decode(bytes).is_ok() => UTF_8,
        None => WINDOWS_1252,
    };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Ok((text.into_owned(), name(encoding)))
}

/// The encoding that `<meta charset>` or `<?xml encoding>` names.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let at = head.find("charset").map(|i| i + "charset".len()).or_else(|| head.find("encoding=").map(|i| i + "encoding".len()))?;
    let value = head[at..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let label = value.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))).next()?;
    // Pages of before Unicode name this for the bytes of their own fonts.
    if label == "x-user-defined" {
        return Some(WINDOWS_1252);
    }
    let encoding = Encoding::for_label(label.as_bytes())?;
    // Bytes that name UTF-16 in letters of one byte are not in it.
    Some(if encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE { UTF_8 } else { encoding })
}

/// The name of an encoding in small letters, where it is one that Vietnamese pages use.
fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == UTF_8 { "utf-8" } else { encoding.name() }
}

/// Reads a page; the second value names its encoding.
///
/// # Errors
/// When its bytes are no text.
pub fn read(bytes: &[u8]) -> Result<(Flow, &'static str)> {
    let (page, encoding) = characters(bytes)?;
    Ok((read_page(&page)?, encoding))
}

/// Reads a page that is text already.
///
/// # Errors
/// When it has more elements than any paper.
pub fn read_page(page: &str) -> Result<Flow> {
    let tree = tree::parse(page);
    if tree.is_cut {
        return Err(Error::new(format!("the page holds more than {} elements", tree::MOST_NODES), "save the paper alone, as DOCX or text"));
    }
    let mut flow = Flow::default();
    walk::write(&tree, &content::find(&tree), &mut flow);
    Ok(flow)
}

#[cfg(test)]
mod tests;
