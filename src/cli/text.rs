//! `vanthu text`: the uniform text that spans point into, and the way back to the bytes of the file.

use super::{Failure, OK, SOME_FAILED, named, standard_input};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use vanthu::pipeline::{self, Input};
use vanthu::source::Options;

/// Which paper, and which part of it.
#[derive(clap::Args)]
pub struct Arguments {
    /// A file, what stands inside one (archive.zip!plan.txt), or - for standard input.
    #[arg(value_name = "FILE")]
    path: PathBuf,
    /// Leave pages without text unread instead of recognising their characters.
    #[arg(long)]
    no_ocr: bool,
    /// Print letters that only their font or style draws as capitals (.VnTimeH, small letters set in capitals) small, as
    /// they are stored.
    #[arg(long, conflicts_with = "origin")]
    stored_case: bool,
    /// Print which bytes of the file these code points were read from, as START:END.
    #[arg(long, value_name = "START:END")]
    origin: Option<String>,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let path = arguments.path.as_path();
    let input = if path == Path::new("-") { Input::Bytes("-".to_owned(), standard_input()?) } else { Input::of(path) };
    if let Input::File(path) = &input {
        // What is not there, or no file, is wrong use.
        pipeline::check(path)?;
    }
    let reading = match pipeline::text(&input, &Options { ocr: !arguments.no_ocr }) {
        Ok(reading) => reading,
        Err(e) => {
            eprintln!("vanthu: {}", named(&e, &input));
            return Ok(SOME_FAILED);
        }
    };
    for note in reading.text.notes() {
        eprintln!("vanthu: {}: {}", path.display(), note.message);
    }
    let mut out = io::stdout().lock();
    match arguments.origin.as_deref() {
        None if arguments.stored_case => out.write_all(reading.text.stored_case().as_bytes())?,
        None => out.write_all(reading.text.as_str().as_bytes())?,
        Some(range) => {
            let span = code_points(reading.text.as_str(), range)?;
            let bytes = reading.text.origin(span);
            writeln!(out, "{}:{}\t{}", bytes.start, bytes.end, reading.text.slice(span))?;
        }
    }
    Ok(OK)
}

/// `START:END` in code points of a text.
fn code_points(text: &str, range: &str) -> Result<vanthu::text::Span, Failure> {
    let fault = || Failure::Said(format!("--origin takes START:END in code points of the text, not {range:?}"));
    let (start, end) = range.split_once(':').ok_or_else(fault)?;
    let (start, end): (usize, usize) = (start.parse().map_err(|_| fault())?, end.parse().map_err(|_| fault())?);
    let mut places = text.char_indices().map(|(i, _)| i).chain([text.len()]);
    let first = places.nth(start).filter(|_| start <= end).ok_or_else(fault)?;
    let last = if end == start { first } else { places.nth(end - start - 1).ok_or_else(fault)? };
    Ok(vanthu::text::Span::new(first, last))
}
