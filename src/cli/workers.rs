//! Options of the commands that have files read by worker processes.

use super::{Failure, start_threads};
use std::time::Duration;
use vanthu::pipeline::{self, Input, Outcome};
use vanthu::source::Options;
use vanthu::worker::{Limits, Workers};

/// What reading one file may use.
#[derive(clap::Args)]
pub struct WorkerArguments {
    /// Threads to use; as many as the machine has cores by default.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub jobs: Option<u16>,
    /// Longest time for one file that is no plain text, or for one page of a scan.
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().time.as_secs(), value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: u64,
    /// Most memory for one file that is no plain text.
    #[arg(long, value_name = "MIB", default_value_t = Limits::default().memory >> 20, value_parser = clap::value_parser!(u64).range(64..=1_048_576))]
    memory: u64,
    /// Read every file in this process, without these limits.
    #[arg(long, conflicts_with_all = ["timeout", "memory"])]
    pub in_process: bool,
}

impl WorkerArguments {
    /// Reads inputs in worker processes, or in this one where that is asked for, and hands on what becomes of each in
    /// their order.
    pub fn read(&self, inputs: &[Input], options: Options, each: impl FnMut(&Input, Outcome) -> Result<(), Failure>) -> Result<(), Failure> {
        if self.in_process {
            start_threads(self.jobs)?;
            pipeline::run(inputs, &options, each)
        } else {
            self.workers(options, inputs.len())?.run(inputs, each)
        }
    }

    /// Workers within these limits for so many inputs.
    pub fn workers(&self, options: Options, inputs: usize) -> Result<Workers, Failure> {
        let program = program().map_err(|e| Failure::Said(format!("the program cannot find itself ({e}); pass --in-process")))?;
        let limits = Limits { time: Duration::from_secs(self.timeout), memory: self.memory << 20 };
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Workers::new(program, options, limits, self.jobs.map_or(cores, usize::from), inputs))
    }
}

/// The file that this program runs from; on Linux by a name that holds even when that file is replaced.
fn program() -> std::io::Result<std::path::PathBuf> {
    if cfg!(target_os = "linux") { Ok("/proc/self/exe".into()) } else { std::env::current_exe() }
}
