//! LibreOffice, where it is installed, for what is not read here: it turns a paper into DOCX.
//!
//! It runs as a process of its own, with a profile of its own so that an open LibreOffice is not disturbed, and for
//! a limited time. Its plain text would do without footnotes and keep what was deleted, so DOCX is asked for.

use crate::error::{Error, Result};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// It starts in about two seconds and turns a paper in less than one; what takes longer hangs.
const TIME_LIMIT: Duration = Duration::from_secs(90);
/// How often the process is looked at.
const STEP: Duration = Duration::from_millis(50);
/// A DOCX that is larger than any paper.
const LARGEST: u64 = 256 * 1024 * 1024;

/// The names that the program goes by.
const PROGRAMS: [&str; 2] = ["soffice", "libreoffice"];

/// Turns a paper into DOCX; the extension tells LibreOffice what it was.
///
/// # Errors
/// When LibreOffice is not installed, does not end in time or gives nothing.
pub(super) fn to_docx(bytes: &[u8], extension: &str) -> Result<Vec<u8>> {
    let io = |e: std::io::Error| Error::new(format!("no temporary folder can be made ({e})"), "check the disk and TMPDIR");
    let folder = tempfile::Builder::new().prefix("vanthu-").tempdir().map_err(io)?;
    let source = folder.path().join("paper").with_extension(extension);
    std::fs::write(&source, bytes).map_err(io)?;
    let mut child = start(folder.path(), &source)?;
    let ended = wait(&mut child, TIME_LIMIT);
    let made = folder.path().join("out").join("paper.docx");
    let failed = || Error::new("LibreOffice cannot read the document", "open it in Word and save it as DOCX");
    if !ended {
        return Err(Error::new(format!("LibreOffice did not end in {} seconds", TIME_LIMIT.as_secs()), "open it in Word and save it as DOCX"));
    }
    let size = std::fs::metadata(&made).map_err(|_| failed())?.len();
    if size > LARGEST {
        return Err(failed());
    }
    std::fs::read(&made).map_err(|_| failed())
}

fn start(folder: &Path, source: &Path) -> Result<Child> {
    for program in PROGRAMS {
        let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
        let started = Command::new(program)
            .args([profile.as_str(), "--headless", "--norestore", "--nolockcheck", "--convert-to", "docx", "--outdir"])
            .arg(folder.join("out"))
            .arg(source)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if let Ok(child) = started {
            return Ok(child);
        }
    }
    Err(Error::new("LibreOffice is not installed", "install it, or save the document as DOCX"))
}

/// Waits for the end of a process, or ends it; whether it ended by itself.
fn wait(child: &mut Child, limit: Duration) -> bool {
    let start = Instant::now();
    while start.elapsed() < limit {
        match child.try_wait() {
            Ok(Some(_)) => return true,
            Ok(None) => std::thread::sleep(STEP),
            Err(_) => break,
        }
    }
    // Ending a process that has just ended fails, which is as well.
    let _ = child.kill();
    let _ = child.wait();
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_hangs_is_ended() {
        let Ok(mut child) = Command::new("sleep").arg("60").spawn() else { return };
        assert!(!wait(&mut child, Duration::from_millis(120)));
        assert!(child.try_wait().is_ok_and(|status| status.is_some()));
    }

    #[test]
    #[ignore = "needs LibreOffice"]
    fn a_paper_becomes_docx() {
        let docx = to_docx(br"{\rtf1\ansi So: 12}", "rtf").unwrap();
        assert!(docx.starts_with(b"PK"));
    }
}
