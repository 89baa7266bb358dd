//! What a long run tells while it goes: a bar on a terminal, a line a minute in a log, JSON lines for machines.

use super::ingest::{duration, figure, said};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use vanthu::ingest::{Event, Summary};

/// Failures that are told one by one; the rest stands in the store.
const MOST_TOLD: usize = 20;
/// A file that takes longer is told by name.
const SLOW: Duration = Duration::from_secs(3);

/// Tells what happens on standard error.
pub struct Reporter {
    shared: Arc<Mutex<State>>,
    json: bool,
    /// Ends the ticking when it goes.
    ticking: Option<(Sender<()>, JoinHandle<()>)>,
}

struct State {
    started: Instant,
    bar: ProgressBar,
    files: usize,
    bytes: u64,
    files_done: usize,
    bytes_done: u64,
    failed: usize,
    /// Files that are being read, and since when.
    reading: Vec<(String, Instant)>,
}

impl Reporter {
    pub fn start(json: bool) -> Self {
        let is_terminal = io::stderr().is_terminal() && !json;
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} files, {msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = if is_terminal { ProgressBar::new(0).with_style(style) } else { ProgressBar::hidden() };
        let state = State { started: Instant::now(), bar, files: 0, bytes: 0, files_done: 0, bytes_done: 0, failed: 0, reading: Vec::new() };
        let shared = Arc::new(Mutex::new(state));
        let pause = if is_terminal { Duration::from_millis(250) } else { Duration::from_secs(60) };
        let ticking = (!json).then(|| tick(shared.clone(), pause, is_terminal));
        Self { shared, json, ticking }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn tell(&mut self, event: &Event<'_>) {
        if self.json {
            log(&as_json(event));
        }
        let mut state = self.state();
        match event {
            Event::Looked { to_read, bytes, .. } => {
                (state.files, state.bytes, state.started) = (*to_read, *bytes, Instant::now());
                state.bar.set_length(*to_read as u64);
            }
            Event::Began(path) => state.reading.push(((*path).to_owned(), Instant::now())),
            Event::Read { path, size } => {
                state.reading.retain(|(reading, _)| reading != path);
                state.files_done += 1;
                state.bytes_done += size;
            }
            Event::Failed(e) => {
                state.failed += 1;
                let line = match state.failed {
                    n if n <= MOST_TOLD => format!("vanthu: {}", said(e)),
                    n if n == MOST_TOLD + 1 => "vanthu: there are more failures; `vanthu failed` lists them all".to_owned(),
                    _ => return,
                };
                if !self.json {
                    state.bar.suspend(|| eprintln!("{line}"));
                }
            }
            Event::Committed => {}
        }
    }

    pub fn tell_summary(&self, s: &Summary) {
        log(&serde_json::json!({ "event": "ended", "files": s.files, "read": s.read, "skipped": s.skipped, "moved": s.moved, "removed": s.removed,
            "failed": s.failed, "classified": s.totals.withheld, "stopped": s.stopped, "documents": s.totals.documents, "works": s.totals.works,
            "citations": s.totals.citations, "tasks": s.totals.tasks, "questions": s.totals.questions }));
    }

    /// Ends the telling.
    pub fn end(&mut self) {
        if let Some((sender, thread)) = self.ticking.take() {
            drop(sender);
            let _ = thread.join();
        }
        self.state().bar.finish_and_clear();
    }
}

fn as_json(event: &Event<'_>) -> serde_json::Value {
    match event {
        Event::Looked { files, to_read, bytes } => serde_json::json!({ "event": "looked", "files": files, "to_read": to_read, "bytes": bytes }),
        Event::Began(path) => serde_json::json!({ "event": "began", "path": path }),
        Event::Read { path, size } => serde_json::json!({ "event": "read", "path": path, "bytes": size }),
        Event::Failed(e) => {
            serde_json::json!({ "event": "failed", "path": e.path().map(|p| p.display().to_string()), "message": e.problem(), "remedy": e.remedy() })
        }
        Event::Committed => serde_json::json!({ "event": "committed" }),
    }
}

/// Nobody who reads the log has to be there.
fn log(line: &serde_json::Value) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

fn tick(shared: Arc<Mutex<State>>, pause: Duration, is_terminal: bool) -> (Sender<()>, JoinHandle<()>) {
    let (sender, receiver) = mpsc::channel::<()>();
    let thread = std::thread::spawn(move || {
        while receiver.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
            let state = shared.lock().unwrap_or_else(PoisonError::into_inner);
            if is_terminal {
                state.bar.set_position(state.files_done as u64);
                state.bar.set_message(state.line());
            } else if state.files > 0 {
                eprintln!("vanthu: {} of {} files, {}", figure(state.files_done as u64), figure(state.files as u64), state.line());
            }
        }
    });
    (sender, thread)
}

impl State {
    /// `3.2 MB/s, 4 min 10 s left; scan.pdf takes 45 s so far`
    fn line(&self) -> String {
        let time = self.started.elapsed();
        let rate = self.bytes_done as f64 / time.as_secs_f64().max(0.001);
        let left = self.bytes.saturating_sub(self.bytes_done) as f64 / rate.max(1.0);
        let left = if self.bytes_done == 0 { String::new() } else { format!(", {} left", duration(Duration::from_secs(left.min(1e9) as u64))) };
        let slow = self.reading.iter().max_by_key(|(_, since)| since.elapsed()).filter(|(_, since)| since.elapsed() > SLOW);
        let slow = slow.map(|(path, since)| format!("; {} takes {} so far", super::stored::near(path), duration(since.elapsed())));
        format!("{:.1} MB/s{left}{}", rate / 1e6, slow.unwrap_or_default())
    }
}
