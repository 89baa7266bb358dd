//! Worker processes: what reads the formats of others, so that no file can take the run with it.
//!
//! Plain text is read by our own code, in this process. Everything else goes through libraries that meet files which
//! nobody foresaw: it is read by a process of its own, with a limit of time and of memory, which is started anew when it
//! dies. A file that panics, loops, overflows the stack, allocates without end or is killed becomes that file's failure
//! ([`Cause`]). Archives and messages are taken apart in such a process, too, and what stands in
//! them is read piece by piece by the others, so that one bad piece costs no other.
//!
//! The processes are the program itself, started with a command that only this module uses. They end with the program
//! that started them, however it ends, and take with them what they started.

mod group;
mod process;
mod protocol;
mod serve;

pub use serve::serve;

use crate::error::{Cause, Error, Result};
use crate::pipeline::{self, Held, Input, Outcome, Paper, ordered};
use crate::source::{self, Entry, Options};
use process::{Failing, Worker};
use protocol::{Answer, EntryHead, Origin, Part, Request};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What a worker may use for one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Time for a file, or for a page that is recognised from its picture. The thickest gazette takes two seconds,
    /// LibreOffice has 90, a page of a scan has 60 for each of its pieces.
    pub time: Duration,
    /// Address space of a worker and of each process that it starts, in bytes. A sheet of A3 in colours at 600 dpi takes
    /// about a gigabyte on its way, LibreOffice maps about as much.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(120), memory: 2 << 30 }
    }
}

/// How workers are started, and those that wait for work.
#[derive(Debug)]
pub struct Workers {
    pool: Arc<Pool>,
    threads: usize,
}

#[derive(Debug)]
struct Pool {
    start: process::Start,
    idle: Mutex<Vec<Worker>>,
}

/// Papers of one input that [`Workers::read_all`] hands out; more of them would not fit into one answer.
const MOST_AT_ONCE: usize = 1_000;
/// Bytes of their text.
const MOST_TEXT: usize = 64 * 1024 * 1024;

impl Workers {
    /// Workers that read with these switches, `threads` files at once. Nothing is started before it is needed.
    ///
    /// `program` is this program: the file that [`serve`] runs in when it is started with the arguments `worker`,
    /// `--options JSON`, `--memory BYTES`, `--threads N` and `--parent PID`. `inputs` is the number of files that are
    /// expected: where there are fewer than threads, each worker gets several for the pages of a scan.
    pub fn new(program: PathBuf, options: Options, limits: Limits, threads: usize, inputs: usize) -> Self {
        let threads = threads.max(1);
        let inner = threads.div_ceil(inputs.clamp(1, threads)).max(threads.min(2));
        let start = process::Start::new(program, options, limits, inner);
        Self { pool: Arc::new(Pool { start, idle: Mutex::default() }), threads }
    }

    /// Reads inputs and hands on each outcome with its input, in the order of the inputs and inside an input in the
    /// order of what it holds. The same as [`pipeline::run`], but for what bad files do.
    ///
    /// # Errors
    /// Only what `each` returns.
    pub fn run<E>(&self, inputs: &[Input], each: impl FnMut(&Input, Outcome) -> std::result::Result<(), E>) -> std::result::Result<(), E> {
        pipeline::run_by(inputs, self.threads, |input| self.pool.hold(input), |paper| self.pool.read(paper), each)
    }

    /// Reads an endless row of inputs, each with a tag of its own, and hands on all outcomes of each in the order of the row.
    ///
    /// An input that holds more than a thousand papers or 64 MiB of text is cut there, with a failure at its end.
    ///
    /// # Errors
    /// Only what `each` returns.
    pub fn run_tagged<T: Send, E>(
        &self,
        inputs: impl Iterator<Item = (T, Result<Input>)> + Send,
        mut each: impl FnMut(T, Vec<Outcome>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let weight = |(_, input): &(T, Result<Input>)| if let Ok(Input::Bytes(_, bytes)) = input { bytes.len() } else { 0 };
        let read = |(tag, input): (T, Result<Input>)| (tag, input.map_or_else(|e| vec![Err(e)], |input| self.read_all(&input)));
        ordered(inputs, self.threads, weight, read, |(tag, outcomes)| each(tag, outcomes))
    }

    /// Reads one input on this thread and hands on each outcome, in the order of what it holds.
    pub fn read(&self, input: &Input, each: &mut dyn FnMut(Outcome)) {
        // What is handed on never asks for an end.
        let _ = self.read_while(input, |outcome| {
            each(outcome);
            true
        });
    }

    /// Reads one input as long as `each` wants more; whether it wanted all.
    fn read_while(&self, input: &Input, each: impl FnMut(Outcome) -> bool) -> bool {
        pipeline::read_while(input, |input| self.pool.hold(input), |paper| self.pool.read(paper), each)
    }

    fn read_all(&self, input: &Input) -> Vec<Outcome> {
        let mut outcomes: Vec<Outcome> = Vec::new();
        let mut text = 0;
        let all = self.read_while(input, |outcome| {
            text += outcome.as_ref().ok().and_then(|r| r.text.as_ref()).map_or(0, String::len);
            let has_room = outcomes.len() < MOST_AT_ONCE && text <= MOST_TEXT;
            if has_room || outcomes.is_empty() {
                outcomes.push(outcome);
            }
            has_room
        });
        if !all {
            let problem = format!("the file holds more than {MOST_AT_ONCE} papers or {MOST_TEXT} bytes of text; the rest was left out");
            outcomes.push(Err(Error::new(problem, "unpack it and ask for its papers one by one").at(Path::new(&input.name()))));
        }
        outcomes
    }
}

impl Pool {
    /// Reads one paper: plain text here, everything else in a worker.
    fn read(&self, paper: Paper<'_>) -> Outcome {
        let is_ours = match &paper {
            Paper::Refused(..) => true,
            Paper::Whole(_, Some(begun)) => source::is_plain(&begun.head),
            Paper::Whole(input, None) => matches!(input, Input::Bytes(_, bytes) if source::is_plain(bytes)),
            Paper::Inside(_, entry) => entry.content.as_ref().map_or(true, |bytes| source::is_plain(bytes)),
        };
        if is_ours {
            return paper.read(&self.start.options);
        }
        match paper {
            Paper::Refused(_, e) => Err(e),
            Paper::Whole(Input::Bytes(name, bytes), _) => self.read_in_worker(name, &Request::Part(Part::plain(name, bytes.len())), bytes),
            Paper::Whole(Input::File(path) | Input::Inside(path, _), _) => {
                self.read_in_worker(&path.display().to_string(), &Request::File(path.clone().into_os_string()), &[])
            }
            Paper::Inside(_, Entry { name, content, envelope, notes, .. }) => {
                let bytes = content.map_err(|e| e.at(Path::new(&name)))?;
                let part = Part { envelope: envelope.as_deref().cloned().map(Box::new), notes, ..Part::plain(&name, bytes.len()) };
                self.read_in_worker(&name, &Request::Part(part), &bytes)
            }
        }
    }

    fn read_in_worker(&self, name: &str, request: &Request, bytes: &[u8]) -> Outcome {
        let at = |e: Error| e.at(Path::new(name));
        let (worker, answer) = self.ask(request, bytes).map_err(at)?;
        match answer {
            Answer::Record(record) => {
                self.rest(worker);
                Ok(record)
            }
            Answer::Failure(failure) => {
                self.rest(worker);
                Err(failure.error())
            }
            _ => Err(at(worker.end(Failing::Confused))),
        }
    }

    /// Asks one worker after the other until one answers, or dies by what it was asked.
    fn ask(&self, request: &Request, bytes: &[u8]) -> Result<(Worker, Answer)> {
        loop {
            let mut worker = self.worker()?;
            let is_fresh = worker.is_fresh();
            match worker.ask(request, bytes).and_then(|()| worker.answer()) {
                Ok(answer) => return Ok((worker, answer)),
                Err(failing) => {
                    // One that was dying while nobody asked it anything is no file's fault, nor is memory that earlier
                    // files have left scattered.
                    let was_sound = worker.has_taken();
                    let error = worker.end(failing);
                    if is_fresh || (was_sound && error.cause() != Cause::Memory) {
                        return Err(error);
                    }
                }
            }
        }
    }

    /// What an input holds, taken apart in a worker.
    fn hold(self: &Arc<Self>, input: &Input) -> Result<Held> {
        let (origin, bytes) = match input {
            Input::File(path) | Input::Inside(path, _) => (Origin::File(path.clone().into_os_string()), [].as_slice()),
            Input::Bytes(name, bytes) => (Origin::Bytes(name.clone(), bytes.len()), bytes.as_slice()),
        };
        let wanted = if let Input::Inside(_, inner) = input { Some(inner.clone()) } else { None };
        let (worker, answer) = self.ask(&Request::Unpack { origin, wanted }, bytes)?;
        match answer {
            Answer::Opened => Ok(Box::new(Unpacking { pool: self.clone(), worker: Some(worker), name: input.name(), given: 0 })),
            Answer::Failure(failure) => {
                self.rest(worker);
                Err(failure.error())
            }
            _ => Err(worker.end(Failing::Confused)),
        }
    }

    /// A worker that waits, or a new one.
    fn worker(&self) -> Result<Worker> {
        loop {
            let waiting = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            match waiting {
                None => return self.start.worker(),
                Some(mut worker) => {
                    if worker.is_alive() {
                        return Ok(worker);
                    }
                }
            }
        }
    }

    fn rest(&self, worker: Worker) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
    }
}

/// An input that a worker takes apart.
struct Unpacking {
    pool: Arc<Pool>,
    worker: Option<Worker>,
    name: String,
    given: usize,
}

impl Iterator for Unpacking {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let worker = self.worker.as_mut()?;
        match worker.more().and_then(|answer| worker.entry(answer)) {
            Ok(Some(entry)) => {
                self.given += 1;
                Some(entry)
            }
            Ok(None) => {
                self.pool.rest(self.worker.take()?);
                None
            }
            Err(failing) => {
                let error = self.worker.take()?.end(failing).about(&format!("only the first {} of its papers could be taken out", self.given));
                Some(Entry { name: self.name.clone(), content: Err(error), envelope: None, notes: Vec::new(), is_last_resort: false })
            }
        }
    }
}

impl EntryHead {
    fn entry(self, bytes: Vec<u8>) -> Entry {
        Entry {
            name: self.name,
            content: self.failure.map_or(Ok(bytes), |f| Err(f.error())),
            envelope: self.envelope.map(Arc::from),
            notes: self.notes,
            is_last_resort: self.is_last_resort,
        }
    }
}
