//! The one error of the library: what could not be read or written, why, and what helps.

use serde::{Deserialize, Serialize};
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
    cause: Cause,
}

/// What kind of failure it is: what a list of failures is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The file was looked at and refused: damaged, protected, of a format that is not read, too large, not there.
    Refused,
    /// The program met a fault of its own on it.
    Panic,
    /// It took longer than its time limit.
    Time,
    /// It needed more memory than its limit.
    Memory,
    /// The process that read it was killed from outside.
    Killed,
    /// The process that read it came to a bad end by itself: its stack overflowed, it aborted.
    Crash,
}

impl Cause {
    /// The name in records: `refused`, `panic`, `time`, `memory`, `killed`, `crash`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Panic => "panic",
            Self::Time => "time",
            Self::Memory => "memory",
            Self::Killed => "killed",
            Self::Crash => "crash",
        }
    }

    /// The cause of this name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Refused, Self::Panic, Self::Time, Self::Memory, Self::Killed, Self::Crash].into_iter().find(|c| c.name() == name)
    }
}

/// What the fallible functions of this crate return.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Builds an error from what is wrong and what the reader of it can do.
    pub fn new(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { path: None, problem: problem.into(), remedy: remedy.into(), cause: Cause::Refused }
    }

    /// Names the file that the error is about.
    #[must_use]
    pub fn at(mut self, path: &Path) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// Tells what kind of failure it is; without this it is [`Cause::Refused`].
    #[must_use]
    pub fn by(mut self, cause: Cause) -> Self {
        self.cause = cause;
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

    /// What kind of failure it is.
    pub fn cause(&self) -> Cause {
        self.cause
    }
}

/// Does work on one file; a fault of the program itself becomes that file's error, and the rest of the run goes on.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or_else(|_| {
        Err(Error::new("the file leads the program into a fault of its own", "report it with the file; convert the file and pass that").by(Cause::Panic))
    })
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
