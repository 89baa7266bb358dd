//! `vanthu extract --stdin`: one answer for each line of standard input, for engines that keep the program running.

use super::{Failure, NOTHING, OK, SOME_FAILED, workers};
use std::io::{self, BufReader, Write};
use vanthu::export::AnswerRecord;
use vanthu::source::Options;
use vanthu::stream::{Form, Requests, answer};

/// How the lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Lines {
    /// One path a line.
    Paths,
    /// One JSON object a line.
    Ndjson,
}

impl From<Lines> for Form {
    fn from(lines: Lines) -> Self {
        match lines {
            Lines::Paths => Self::Paths,
            Lines::Ndjson => Self::Ndjson,
        }
    }
}

pub fn run(lines: Lines, workers: &workers::WorkerArguments, options: Options, no_text: bool) -> Result<u8, Failure> {
    let workers = workers.workers(options, usize::MAX)?;
    let (mut answered, mut failed) = (0usize, 0usize);
    workers.run_tagged(Requests::new(BufReader::new(io::stdin()), lines.into()), |id, outcomes| {
        let mut answer = answer(id, outcomes);
        if no_text {
            answer.documents.iter_mut().for_each(|d| d.text = None);
        }
        answered += 1;
        failed += usize::from(!answer.failures.is_empty());
        if let Err(e) = print(&answer) {
            // A thread waits for the next line, which may never come; nobody is left to be told of it.
            std::process::exit(match Failure::from(e) {
                Failure::Pipe => OK.into(),
                Failure::Said(message) => {
                    eprintln!("vanthu: {message}");
                    super::FAILED.into()
                }
            });
        }
        Ok::<(), Failure>(())
    })?;
    Ok(match (answered, failed) {
        (0, _) => NOTHING,
        (_, 0) => OK,
        _ => SOME_FAILED,
    })
}

/// Whoever asked may wait for this before asking again.
fn print(answer: &AnswerRecord) -> io::Result<()> {
    let mut line = serde_json::to_vec(answer)?;
    line.push(b'\n');
    let mut out = io::stdout().lock();
    out.write_all(&line)?;
    out.flush()
}
