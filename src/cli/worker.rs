//! `vanthu worker`: the program as one of its own worker processes. Nobody else starts it.

use super::{Failure, OK, start_threads};
use vanthu::source::{Options, STACK};

/// What the program that starts it says.
#[derive(clap::Args)]
pub struct Arguments {
    /// The switches of the readers, as JSON.
    #[arg(long)]
    options: String,
    /// Address space, in bytes.
    #[arg(long)]
    memory: u64,
    /// Threads for the pages of a scan.
    #[arg(long)]
    threads: u16,
    /// Process that it works for.
    #[arg(long)]
    parent: u32,
}

pub fn run(arguments: Arguments) -> Result<u8, Failure> {
    let Arguments { options, memory, threads, parent } = arguments;
    let options: Options = serde_json::from_str(&options)?;
    start_threads(Some(threads))?;
    let serve = move || vanthu::worker::serve(&options, memory, parent);
    let served = std::thread::Builder::new().stack_size(STACK).spawn(serve).map_err(Failure::from)?.join();
    served.unwrap_or_else(|_| Err(std::io::Error::other("the worker met a fault of its own")))?;
    Ok(OK)
}
