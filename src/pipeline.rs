//! The whole order of the work: files in, records out, in the order of their paths.

use crate::analysis::Analysis;
use crate::error::{Error, Result};
use crate::export::{DocumentRecord, ReadingFacts, document_record};
use crate::source::{self, Options};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// One input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Bytes that were read already, with the name to show.
    Bytes(String, Vec<u8>),
}

impl Input {
    /// The name in records and errors.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Bytes(name, _) => name.clone(),
        }
    }
}

/// What becomes of one input.
pub type Outcome = Result<Box<DocumentRecord>>;

/// Files of more bytes are refused: no paper is larger, and a record would take many times its size in memory.
pub const LARGEST_FILE: u64 = 256 * 1024 * 1024;

/// So many files are read before their records are handed on: enough for every thread, few enough for memory.
const BATCH: usize = 64;

/// Finds the files below paths: folders recursively, hidden files left out, sorted by path.
///
/// # Errors
/// When a path does not exist or a folder cannot be listed.
pub fn files_below(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.exists() {
            return Err(Error::new("there is no such file or folder", "check the path").at(path));
        }
        let hidden = |e: &walkdir::DirEntry| e.depth() > 0 && e.file_name().to_string_lossy().starts_with('.');
        for entry in walkdir::WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(|e| !hidden(e)) {
            let entry = entry.map_err(|e| Error::new(format!("the folder cannot be listed ({e})"), "check its permissions").at(path))?;
            if entry.file_type().is_file() {
                files.push(entry.into_path());
            }
        }
    }
    Ok(files)
}

/// Reads inputs on the current thread pool and hands each outcome on, in the order of the inputs.
///
/// # Errors
/// Only what `each` returns; an input that fails is an outcome.
pub fn run<E>(inputs: &[Input], options: &Options, mut each: impl FnMut(&Input, Outcome) -> std::result::Result<(), E>) -> std::result::Result<(), E> {
    for batch in inputs.chunks(BATCH) {
        let outcomes: Vec<Outcome> = batch.par_iter().map(|input| read(input, options)).collect();
        for (input, outcome) in batch.iter().zip(outcomes) {
            each(input, outcome)?;
        }
    }
    Ok(())
}

/// Reads one input.
///
/// # Errors
/// When it cannot be opened or holds no text that can be read.
pub fn read(input: &Input, options: &Options) -> Outcome {
    match input {
        Input::File(path) => {
            let bytes = open(path)?;
            record(&input.name(), &bytes, options).map(Box::new).map_err(|e| e.at(path))
        }
        Input::Bytes(name, bytes) => record(name, bytes, options).map(Box::new).map_err(|e| e.at(Path::new(name))),
    }
}

/// The bytes of a file.
///
/// # Errors
/// When it cannot be opened or is larger than [`LARGEST_FILE`].
pub fn open(path: &Path) -> Result<Vec<u8>> {
    let size = std::fs::metadata(path).map(|m| m.len()).unwrap_or(0);
    if size > LARGEST_FILE {
        let problem = format!("the file has {size} bytes, more than the {LARGEST_FILE} that one paper may have");
        return Err(Error::new(problem, "split it").at(path));
    }
    std::fs::read(path).map_err(|e| Error::new(format!("the file cannot be opened ({e})"), "check that it exists and may be read").at(path))
}

/// The record of a paper in these bytes.
///
/// # Errors
/// When they hold no text that can be read.
pub fn record(name: &str, bytes: &[u8], options: &Options) -> Result<DocumentRecord> {
    let reading = source::read(bytes, options)?;
    let facts = ReadingFacts::of(&reading, name, bytes.len());
    let analysis = Analysis::of(reading.text);
    Ok(document_record(&analysis, &facts, &hash(bytes)))
}

/// SHA-256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
