//! What SQLite reports, in words that help.

use crate::error::Error;
use rusqlite::ErrorCode;
use std::path::Path;

/// The error that a fault of the store is told as.
pub(super) fn fault(e: &rusqlite::Error, path: &Path) -> Error {
    let (problem, remedy) = match e.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => ("the disk is full".to_owned(), "free some space and run the same command again; what was committed is kept"),
        Some(ErrorCode::ReadOnly) => {
            ("the store cannot be written".to_owned(), "give yourself the right to write it and its folder, or name another one with --db")
        }
        Some(ErrorCode::CannotOpen) => ("the store cannot be opened".to_owned(), "check that its folder exists and may be written"),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => ("another program holds the store".to_owned(), "wait until it has ended, then try again"),
        Some(ErrorCode::NotADatabase) => ("this is no store of vanthu".to_owned(), "name another file with --db"),
        Some(ErrorCode::DatabaseCorrupt) => ("the store is damaged".to_owned(), "move it away and make it anew with `vanthu ingest PATH`"),
        Some(ErrorCode::SystemIoFailure) => {
            (format!("the store cannot be read or written ({e})"), "check the disk and its free space, then run the same command again")
        }
        Some(ErrorCode::OutOfMemory) => ("there is not enough memory".to_owned(), "end other programs and run the same command again"),
        _ => (format!("the store does not answer as it should ({e})"), "report this as a fault of the program"),
    };
    Error::new(problem, remedy).at(path)
}
