//! The archive as data files, without a store: documents, citations, relations and tasks as tables.
//!
//! Rows come in the order of the papers, so the same papers give the same bytes. Every file is written under a name of
//! its own and gets its final name when all of them are whole; a half file never carries it.

mod column;
mod columnar;
mod lines;
mod tables;

pub use column::{Cell, Column, Kind, Table};
pub use tables::TABLES;

use crate::error::{Error, Result};
use crate::export::DocumentRecord;
use columnar::Columnar;
use lines::{Csv, Json};
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// How tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object per line.
    Jsonl,
    /// The same, packed by zstd.
    JsonlZst,
    /// RFC 4180, UTF-8, with the names of the columns in the first line.
    Csv,
    /// Apache Parquet, packed by zstd.
    Parquet,
}

impl Format {
    /// What the names of its files end in.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::JsonlZst => "jsonl.zst",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }
}

/// The tables of an archive while they are written.
pub struct Conversion {
    folder: PathBuf,
    format: Format,
    files: Vec<(&'static Table, Writer)>,
}

/// A file that has no name yet.
type Unnamed = BufWriter<NamedTempFile>;

enum Writer {
    Json(Json<Unnamed>),
    Packed(Json<zstd::Encoder<'static, Unnamed>>),
    Csv(Box<Csv<Unnamed>>),
    Columnar(Box<Columnar<Unnamed>>),
}

impl Conversion {
    /// Begins to write into a folder, which is made where it is missing.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn begin(folder: &Path, format: Format) -> Result<Self> {
        let cannot = |e: std::io::Error| cannot_write(folder, &e);
        std::fs::create_dir_all(folder).map_err(cannot)?;
        let mut files = Vec::new();
        for table in &TABLES {
            let file = tempfile::Builder::new().prefix(&format!(".{}-", table.name)).tempfile_in(folder).map_err(cannot)?;
            files.push((table, Writer::of(format, table, BufWriter::new(file)).map_err(cannot)?));
        }
        Ok(Self { folder: folder.to_owned(), format, files })
    }

    /// Adds the rows of one paper.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn add(&mut self, record: &DocumentRecord) -> Result<()> {
        let Self { folder, files, .. } = self;
        for (table, writer) in files {
            for row in 0..(table.rows)(record) {
                let cells: Vec<Cell<'_>> = table.columns.iter().map(|c| (c.value)(record, row)).collect();
                writer.put(table, cells).map_err(|e| cannot_write(folder, &e))?;
            }
        }
        Ok(())
    }

    /// Ends all files and gives them their names; what they are called.
    ///
    /// # Errors
    /// When they cannot be written or named; then none of the files that stand there has changed but those that were
    /// named already.
    pub fn finish(self) -> Result<Vec<PathBuf>> {
        let Self { folder, format, files } = self;
        let cannot = |e: std::io::Error| cannot_write(&folder, &e);
        let mut whole = Vec::new();
        for (table, writer) in files {
            let file = writer.end().map_err(cannot)?;
            file.as_file().sync_all().map_err(cannot)?;
            whole.push((folder.join(format!("{}.{}", table.name, format.extension())), file));
        }
        let mut names = Vec::new();
        for (name, file) in whole {
            let file = file.persist(&name).map_err(|e| cannot(e.error))?;
            readable(&file).map_err(cannot)?;
            names.push(name);
        }
        Ok(names)
    }
}

/// Temporary files can be read by their owner only; these are made for others.
#[cfg(unix)]
fn readable(file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &File) -> std::io::Result<()> {
    Ok(())
}

fn cannot_write(folder: &Path, e: &std::io::Error) -> Error {
    Error::new(format!("the data files cannot be written ({e})"), "check the disk and the permissions of the folder").at(folder)
}

impl Writer {
    fn of(format: Format, table: &'static Table, file: Unnamed) -> std::io::Result<Self> {
        Ok(match format {
            Format::Jsonl => Self::Json(Json::new(file)),
            Format::JsonlZst => Self::Packed(Json::new(zstd::Encoder::new(file, 0)?)),
            Format::Csv => Self::Csv(Box::new(Csv::new(file, table)?)),
            Format::Parquet => Self::Columnar(Box::new(Columnar::new(file, table)?)),
        })
    }

    fn put(&mut self, table: &Table, cells: Vec<Cell<'_>>) -> std::io::Result<()> {
        match self {
            Self::Json(file) => file.put(table, cells),
            Self::Packed(file) => file.put(table, cells),
            Self::Csv(file) => file.put(cells),
            Self::Columnar(file) => file.put(&cells),
        }
    }

    fn end(self) -> std::io::Result<NamedTempFile> {
        let file = match self {
            Self::Json(file) => file.end(),
            Self::Packed(file) => file.end().finish()?,
            Self::Csv(file) => file.end()?,
            Self::Columnar(file) => file.end()?,
        };
        file.into_inner().map_err(std::io::IntoInnerError::into_error)
    }
}

/// The JSON Schema (draft 2020-12) of a row of the table of this name; none where there is no such table.
pub fn schema(table: &str) -> Option<String> {
    serde_json::to_string_pretty(&TABLES.iter().find(|t| t.name == table)?.schema()).ok()
}
