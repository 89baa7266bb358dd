//! The one error of the library: what could not be read or written, why, and what helps.

use std::fmt;
use std::path::{Path, PathBuf};

/// A failure that ends the work on one file, or the run itself.
///
/// Its text is one line: the file, what is wrong, and the remedy. What is merely odd in a paper is a
/// [`Note`](crate::text::Note), not an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    path: Option<PathBuf>,
    problem: String,
    remedy: String,
}

/// What the fallible functions of this crate return.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Builds an error from what is wrong and what the reader of it can do.
    pub fn new(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { path: None, problem: problem.into(), remedy: remedy.into() }
    }

    /// Names the file that the error is about.
    #[must_use]
    pub fn at(mut self, path: &Path) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// Says first what the problem came up with: a page, a part of the file.
    #[must_use]
    pub fn about(mut self, what: &str) -> Self {
        self.problem = format!("{what}; {}", self.problem);
        self
    }

    /// The file that the error is about, if it is about one.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// What is wrong, without the file and the remedy.
    pub fn problem(&self) -> &str {
        &self.problem
    }

    /// What the reader of the error can do.
    pub fn remedy(&self) -> &str {
        &self.remedy
    }
}

/// Does work on one file; a fault of the program itself becomes that file's error, and the rest of the run goes on.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(Error::new("the file leads the program into a fault of its own", "report it with the file; convert the file and pass that")))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}: ", path.display())?;
        }
        write!(f, "{}; {}", self.problem, self.remedy)
    }
}

impl std::error::Error for Error {}
