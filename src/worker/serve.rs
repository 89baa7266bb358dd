//! What a worker does: it reads what it is asked to read, one after the other, until nobody asks any more.

use super::group;
use super::protocol::{Answer, EntryHead, Failure, Origin, Part, Request, send, take, take_bytes};
use crate::error::Error;
use crate::pipeline::{self, Input, Outcome};
use crate::source::{self, Entry, Options};
use std::io::{self, BufWriter, Stdout};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Runs this process as a worker of the process `parent`, which may use so much address space, in bytes. It reads from
/// standard input what it is asked for and answers on standard output; it ends when its input does.
///
/// # Errors
/// When its limits can't be set, or who asks has gone in the middle of a question.
pub fn serve(options: &Options, memory: u64, parent: u32) -> io::Result<()> {
    if !group::tie_to_parent(parent) {
        return Ok(());
    }
    limit(memory)?;
    let out = Out(Arc::new(Mutex::new(BufWriter::new(io::stdout()))));
    out.tell_pages()?;
    let mut requests = io::stdin().lock();
    while let Some(request) = take::<Request>(&mut requests)? {
        let bytes = take_bytes(&mut requests, request.bytes())?;
        out.send(&Answer::Taken)?;
        match request {
            Request::File(path) => out.send(&answer(pipeline::read_file(&PathBuf::from(path), options)))?,
            Request::Part(part) => out.send(&answer(pipeline::read_entry(part.entry(bytes), options)))?,
            Request::Unpack { origin, wanted } => out.unpack(&origin.input(bytes, wanted))?,
        }
    }
    Ok(())
}

/// Sets the limit of memory for this process and those that it starts, and has it leave no image of itself when it dies.
#[cfg(unix)]
fn limit(memory: u64) -> io::Result<()> {
    let (_, most) = rlimit::Resource::AS.get()?;
    rlimit::Resource::AS.set(memory.min(most), most)?;
    let (_, most) = rlimit::Resource::CORE.get()?;
    rlimit::Resource::CORE.set(0, most)
}

#[cfg(not(unix))]
fn limit(_: u64) -> io::Result<()> {
    Ok(())
}

fn answer(outcome: Outcome) -> Answer {
    match outcome {
        Ok(record) => Answer::Record(record),
        Err(e) => failure(&e),
    }
}

fn failure(error: &Error) -> Answer {
    Answer::Failure(Failure::of(error))
}

impl Part {
    fn entry(self, bytes: Vec<u8>) -> Entry {
        Entry { name: self.name, content: Ok(bytes), envelope: self.envelope.map(Arc::from), notes: self.notes, is_last_resort: false }
    }
}

impl Origin {
    fn input(self, bytes: Vec<u8>, wanted: Option<String>) -> Input {
        match (self, wanted) {
            (Self::File(path), None) => Input::File(path.into()),
            (Self::File(path), Some(inner)) => Input::Inside(path.into(), inner),
            (Self::Bytes(name, _), _) => Input::Bytes(name, bytes),
        }
    }
}

impl EntryHead {
    fn of(entry: Entry) -> (Self, Vec<u8>) {
        let (failure, bytes) = match entry.content {
            Ok(bytes) => (None, bytes),
            Err(e) => (Some(Failure::of(&e)), Vec::new()),
        };
        let Entry { name, envelope, notes, is_last_resort, .. } = entry;
        (Self { name, size: bytes.len(), failure, envelope: envelope.as_deref().cloned().map(Box::new), notes, is_last_resort }, bytes)
    }
}

/// Where answers go.
struct Out(Arc<Mutex<BufWriter<Stdout>>>);

/// How often a worker looks whether a page has been recognised.
const STEP: Duration = Duration::from_millis(500);

impl Out {
    fn lock(&self) -> MutexGuard<'_, BufWriter<Stdout>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn send(&self, answer: &Answer) -> io::Result<()> {
        send(&mut *self.lock(), answer, &[])
    }

    fn unpack(&self, input: &Input) -> io::Result<()> {
        let mut entries = match crate::error::guarded(|| pipeline::entries(input)) {
            Ok(entries) => entries,
            Err(e) => return self.send(&failure(&e)),
        };
        self.send(&Answer::Opened)?;
        loop {
            match crate::error::guarded(|| Ok(entries.next())) {
                Ok(None) => return self.send(&Answer::End),
                Ok(Some(entry)) => {
                    let (head, bytes) = EntryHead::of(entry);
                    send(&mut *self.lock(), &Answer::Entry(head), &bytes)?;
                }
                Err(e) => {
                    let name = input.name();
                    let entry = Entry { name, content: Err(e), envelope: None, notes: Vec::new(), is_last_resort: false };
                    send(&mut *self.lock(), &Answer::Entry(EntryHead::of(entry).0), &[])?;
                    return self.send(&Answer::End);
                }
            }
        }
    }

    /// Says whenever pages of a scan have been recognised: a thick one takes longer than any other file may.
    fn tell_pages(&self) -> io::Result<()> {
        let out = Self(self.0.clone());
        let mut told = source::pages_recognised();
        let look = move || {
            loop {
                std::thread::sleep(STEP);
                let pages = source::pages_recognised();
                if pages != std::mem::replace(&mut told, pages) && out.send(&Answer::Page).is_err() {
                    return;
                }
            }
        };
        std::thread::Builder::new().name("pages".to_owned()).spawn(look).map(drop)
    }
}
