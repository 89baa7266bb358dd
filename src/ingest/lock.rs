//! One run at a time writes a store.

use crate::error::{Error, Result};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

/// The right to write a store; it ends with the process, however that ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the store at a path, or waits for it.
    ///
    /// # Errors
    /// When another process holds it and `wait` is false, or when it cannot be made.
    pub fn take(store: &Path, wait: bool) -> Result<Self> {
        let path = PathBuf::from(format!("{}.lock", store.display()));
        let unwritable = |e: std::io::Error| {
            let remedy = "check that its folder exists and may be written, or name another store with --db";
            Error::new(format!("the lock of the store cannot be made ({e})"), remedy).at(&path)
        };
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(unwritable)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if wait => file.lock().map_err(unwritable)?,
            Err(TryLockError::WouldBlock) => return Err(held(&mut file, store)),
            Err(TryLockError::Error(e)) => return Err(unwritable(e)),
        }
        // Who holds it is told to others where it can be written down; the lock itself does not need it.
        let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| write!(file, "{}", std::process::id()));
        Ok(Self { _file: file })
    }
}

fn held(file: &mut File, store: &Path) -> Error {
    let mut holder = String::new();
    let _ = file.take(20).read_to_string(&mut holder);
    let who = if holder.is_empty() { "another process".to_owned() } else { format!("process {holder}") };
    Error::new(format!("{who} is writing this store"), "wait until it has ended, or pass --wait").at(store)
}
