//! An inbox folder: what arrives is taken in when it is whole.

use crate::error::{Error, Result};
use crate::pipeline;
use notify::{RecursiveMode, Watcher};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant, SystemTime};

/// The folder is looked at anew after this time even if the system tells of no change: shares on a network do not.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// Size and time of a file.
type Look = (u64, Option<SystemTime>);

/// Hands on the files of a folder, first those that are there, then those that arrive or change, each when its size and
/// time have not changed for `settle`. Ends when `stop` is set.
///
/// # Errors
/// When the folder cannot be watched, or what `round` returns.
pub fn watch(folder: &Path, settle: Duration, stop: &AtomicBool, mut round: impl FnMut(&[PathBuf]) -> Result<()>) -> Result<()> {
    let (sender, receiver) = mpsc::channel();
    let unwatched = |e: notify::Error| Error::new(format!("the folder cannot be watched ({e})"), "check that it exists and may be read").at(folder);
    let mut watcher = notify::recommended_watcher(move |event| {
        // Nobody listens any more only when the watch ends.
        let _ = sender.send(event);
    })
    .map_err(unwatched)?;
    watcher.watch(folder, RecursiveMode::Recursive).map_err(unwatched)?;
    let mut inbox = Inbox::default();
    let mut looked: Option<Instant> = None;
    let pause = (settle / 4).clamp(Duration::from_millis(20), Duration::from_millis(500));
    while !stop.load(Ordering::Relaxed) {
        let told = receiver.recv_timeout(pause).is_ok();
        while receiver.try_recv().is_ok() {}
        if told || inbox.is_waiting() || looked.is_none_or(|t| t.elapsed() > LOOK_AGAIN) {
            let ready = inbox.look(folder, settle, Instant::now())?;
            looked = Some(Instant::now());
            if !ready.is_empty() {
                round(&ready)?;
            }
        }
    }
    Ok(())
}

/// What is known of the files of the folder.
#[derive(Default)]
struct Inbox {
    /// How a file looked last, since when, and whether it was handed on so.
    files: BTreeMap<PathBuf, (Look, Instant, bool)>,
}

impl Inbox {
    fn is_waiting(&self) -> bool {
        self.files.values().any(|(.., handed_on)| !handed_on)
    }

    /// The files that are whole and were not handed on.
    fn look(&mut self, folder: &Path, settle: Duration, now: Instant) -> Result<Vec<PathBuf>> {
        let mut seen = BTreeMap::new();
        for path in pipeline::files_below(&[folder.to_owned()])? {
            // A file that went while we looked is gone.
            let Ok(metadata) = std::fs::metadata(&path) else { continue };
            let look = (metadata.len(), metadata.modified().ok());
            let before = self.files.get(&path).filter(|(before, ..)| *before == look);
            seen.insert(path, before.copied().unwrap_or((look, now, false)));
        }
        self.files = seen;
        let mut ready = Vec::new();
        for (path, (_, since, handed_on)) in &mut self.files {
            if !*handed_on && now.duration_since(*since) >= settle {
                *handed_on = true;
                ready.push(path.clone());
            }
        }
        Ok(ready)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_in_when_it_is_whole() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("plan.txt");
        let write = |text: &str| std::fs::write(&path, text).expect("the folder can be written");
        let start = Instant::now();
        let settle = Duration::from_secs(2);
        let mut inbox = Inbox::default();
        let mut look = |seconds: u64| inbox.look(folder.path(), settle, start + Duration::from_secs(seconds)).expect("the folder can be read").len();
        write("half");
        assert_eq!(look(0), 0, "it has just come");
        assert_eq!(look(1), 0, "it may still grow");
        write("half, and more");
        assert_eq!(look(2), 0, "it has grown");
        assert_eq!(look(3), 0, "it may still grow");
        assert_eq!(look(4), 1, "it is whole");
        assert_eq!(look(9), 0, "it was taken in");
        write("another");
        assert_eq!(look(10), 0, "it has changed");
        assert_eq!(look(12), 1, "it is whole again");
    }
}
