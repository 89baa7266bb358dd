//! A worker as the program that started it sees it: asked, watched, ended, and its death explained.

use super::protocol::{Answer, Request, send, take, take_bytes};
use super::{Limits, group};
use crate::error::{Cause, Error, Result};
use crate::source::{Entry, Options};
use std::io::{BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How a worker is started.
#[derive(Debug)]
pub(super) struct Start {
    pub options: Options,
    pub limits: Limits,
    threads: usize,
    program: PathBuf,
    starter: Mutex<Option<Starter>>,
}

/// The thread that starts workers. A worker ends when the thread that started it does, and this one lives as long as
/// there may be work.
#[derive(Debug)]
struct Starter {
    commands: Sender<Command>,
    children: Receiver<std::io::Result<Child>>,
}

impl Start {
    pub fn new(program: PathBuf, options: Options, limits: Limits, threads: usize) -> Self {
        Self { options, limits, threads, program, starter: Mutex::default() }
    }

    /// Starts a worker.
    ///
    /// # Errors
    /// When the system can't.
    pub fn worker(&self) -> Result<Worker> {
        let cannot =
            |e: std::io::Error| Error::new(format!("no worker process can be started ({e})"), "close other programs, or pass --in-process").by(Cause::Crash);
        let mut child = self.spawn(self.command()).map_err(cannot)?;
        let (Some(requests), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(cannot(std::io::ErrorKind::BrokenPipe.into()));
        };
        let child = Arc::new(Mutex::new(child));
        let watch = Watch::over(child.clone(), self.limits.time);
        Ok(Worker { child, requests, answers: BufReader::new(answers), watch, limits: self.limits, served: 0, taken: false })
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(["worker", "--options"]).arg(serde_json::to_string(&self.options).unwrap_or_default());
        command.arg("--memory").arg(self.limits.memory.to_string());
        command.arg("--threads").arg(self.threads.to_string());
        command.arg("--parent").arg(std::process::id().to_string());
        // Each arena of the C library sets 64 MiB of address space aside, which is what the limit counts.
        command.env("MALLOC_ARENA_MAX", "2");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        group::lead(&mut command);
        command
    }

    fn spawn(&self, command: Command) -> std::io::Result<Child> {
        let mut starter = self.starter.lock().unwrap_or_else(PoisonError::into_inner);
        let starter = match &mut *starter {
            Some(starter) => starter,
            none => none.insert(Starter::begin()?),
        };
        let gone = || std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        starter.commands.send(command).map_err(|_| gone())?;
        starter.children.recv().map_err(|_| gone())?
    }
}

impl Starter {
    fn begin() -> std::io::Result<Self> {
        let (commands, wanted) = channel::<Command>();
        let (started, children) = channel();
        std::thread::Builder::new().name("starter".to_owned()).spawn(move || {
            for mut command in wanted {
                if started.send(command.spawn()).is_err() {
                    break;
                }
            }
        })?;
        Ok(Self { commands, children })
    }
}

/// A worker process.
#[derive(Debug)]
pub(super) struct Worker {
    child: Arc<Mutex<Child>>,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
    watch: Watch,
    limits: Limits,
    served: usize,
    taken: bool,
}

/// Why a worker is of no more use.
#[derive(Debug)]
pub(super) enum Failing {
    /// It died, or was ended because its time was over.
    Gone,
    /// It said what no worker says.
    Confused,
}

impl From<std::io::Error> for Failing {
    fn from(e: std::io::Error) -> Self {
        // JSON that is none.
        if e.kind() == std::io::ErrorKind::InvalidData { Self::Confused } else { Self::Gone }
    }
}

impl Worker {
    /// Whether it has not been asked anything yet.
    pub fn is_fresh(&self) -> bool {
        self.served == 0
    }

    pub fn is_alive(&mut self) -> bool {
        matches!(lock(&self.child).try_wait(), Ok(None))
    }

    /// Whether it has begun with what it was asked last.
    pub fn has_taken(&self) -> bool {
        self.taken
    }

    /// Asks for something; its time begins.
    pub fn ask(&mut self, request: &Request, bytes: &[u8]) -> std::result::Result<(), Failing> {
        self.served += 1;
        self.taken = false;
        self.watch.begin();
        Ok(send(&mut self.requests, request, bytes)?)
    }

    /// The answer; its time ends.
    pub fn answer(&mut self) -> std::result::Result<Answer, Failing> {
        loop {
            match take(&mut self.answers)? {
                Some(Answer::Taken) => self.taken = true,
                Some(Answer::Page) => self.watch.begin(),
                Some(answer) => {
                    self.watch.end();
                    return Ok(answer);
                }
                None => return Err(Failing::Gone),
            }
        }
    }

    /// One more answer to what was asked; its time begins anew.
    pub fn more(&mut self) -> std::result::Result<Answer, Failing> {
        self.watch.begin();
        self.answer()
    }

    /// The entry that an answer begins, or nothing at the end.
    pub fn entry(&mut self, answer: Answer) -> std::result::Result<Option<Entry>, Failing> {
        match answer {
            Answer::Entry(head) => {
                self.watch.begin();
                let bytes = take_bytes(&mut self.answers, head.size)?;
                self.watch.end();
                Ok(Some(head.entry(bytes)))
            }
            Answer::End => Ok(None),
            _ => Err(Failing::Confused),
        }
    }

    /// Ends it with all that it started; what became of its file.
    pub fn end(self, failing: Failing) -> Error {
        let mut child = lock(&self.child);
        if matches!(failing, Failing::Confused) {
            group::end(&mut child);
        }
        let said = child.stderr.take().map(last_words).unwrap_or_default();
        // The group goes even where its leader has gone before.
        group::end(&mut child);
        let status = child.wait();
        drop(child);
        let is_late = self.watch.is_late();
        status.map_or_else(|e| crash(&format!("it cannot be waited for: {e}")), |status| death(status, &said, is_late, self.limits))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let mut child = lock(&self.child);
        group::end(&mut child);
        // One that is not waited for stays in the system's table.
        let _ = child.wait();
    }
}

fn lock(child: &Mutex<Child>) -> std::sync::MutexGuard<'_, Child> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Bytes of what a dying worker says.
const LAST_WORDS: u64 = 64 * 1024;

fn last_words(stderr: impl Read) -> String {
    let mut said = Vec::new();
    // What was read before a fault still tells something.
    let _ = stderr.take(LAST_WORDS).read_to_end(&mut said);
    String::from_utf8_lossy(&said).into_owned()
}

/// What killed the process, as the failure of the file that it was reading.
fn death(status: ExitStatus, said: &str, is_late: bool, limits: Limits) -> Error {
    if is_late {
        let problem = format!("reading it took more than {} seconds", limits.time.as_secs_f64());
        return Error::new(problem, "give a longer --timeout, or convert the file and pass that").by(Cause::Time);
    }
    // What the allocator says, and what the library says where it can go on.
    if said.contains("memory allocation of") || said.contains("out of memory") {
        let problem = format!("reading it needs more than {} MiB of memory", limits.memory >> 20);
        return Error::new(problem, "give a larger --memory, or split the file").by(Cause::Memory);
    }
    if said.contains("has overflowed its stack") {
        return crash("its stack overflowed");
    }
    match signal(status) {
        Some(signal @ (9 | 15)) => {
            let problem = format!("the process that read it was killed from outside (signal {signal}), as systems do when memory runs out");
            Error::new(problem, "try it again with fewer --jobs").by(Cause::Killed)
        }
        Some(signal) => crash(&format!("signal {signal}")),
        None => crash(&status.to_string()),
    }
}

fn crash(why: &str) -> Error {
    Error::new(format!("the process that read it crashed ({why})"), "report it with the file; convert the file and pass that").by(Cause::Crash)
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}

/// A clock that ends a worker whose time is over.
#[derive(Debug)]
struct Watch {
    orders: Sender<Order>,
    late: Arc<AtomicBool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Begin,
    End,
}

impl Watch {
    fn over(child: Arc<Mutex<Child>>, limit: Duration) -> Self {
        let (orders, heard) = channel();
        let late = Arc::new(AtomicBool::new(false));
        let told = late.clone();
        // Where no thread can be started the worker runs unwatched; it ends with the program in any case.
        let _ = std::thread::Builder::new().name("watch".to_owned()).spawn(move || {
            if is_overdue(&heard, limit) {
                told.store(true, Ordering::SeqCst);
                group::end(&mut lock(&child));
            }
        });
        Self { orders, late }
    }

    fn begin(&self) {
        // A clock that has struck hears nothing more.
        let _ = self.orders.send(Order::Begin);
    }

    fn end(&self) {
        let _ = self.orders.send(Order::End);
    }

    fn is_late(&self) -> bool {
        self.late.load(Ordering::SeqCst)
    }
}

/// Waits until an order to begin is followed by none for too long, or until nobody gives orders any more.
fn is_overdue(orders: &Receiver<Order>, limit: Duration) -> bool {
    let mut order = orders.recv();
    loop {
        order = match order {
            Err(_) => return false,
            Ok(Order::End) => orders.recv(),
            Ok(Order::Begin) => match orders.recv_timeout(limit) {
                Ok(next) => Ok(next),
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            },
        }
    }
}
