//! Which tasks are exported and pushed: those of papers, or of the papers of a store.

use super::{Failure, inputs, named, progress, start_threads};
use jiff::civil::Date;
use std::path::PathBuf;
use vanthu::export::DocumentRecord;
use vanthu::pipeline;
use vanthu::redact::redact_record;
use vanthu::source::Options;
use vanthu::store::Store;
use vanthu::text::fold;
use vanthu::tracker::{self, Item};

/// Where the tasks come from.
#[derive(clap::Args)]
pub struct Wanted {
    /// Files, folders (read recursively), what stands inside a file (archive.zip!plan.txt) or - for standard input; with
    /// --db and --format edxml the number of a document.
    #[arg(required_unless_present = "db", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Take the documents of this store instead of reading files.
    #[arg(long, value_name = "FILE")]
    pub db: Option<PathBuf>,
    /// Only tasks that an agency with these words in its name leads or cooperates in.
    #[arg(long = "for", value_name = "AGENCY")]
    agency: Option<String>,
    /// Only tasks of documents with this number and symbol.
    #[arg(long, value_name = "CODE")]
    from: Option<String>,
    /// Only tasks that are due before this day, YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    due_before: Option<Date>,
    /// Only tasks that are due after this day, YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    due_after: Option<Date>,
    /// Only tasks without a last day.
    #[arg(long, conflicts_with_all = ["due_before", "due_after"])]
    undated: bool,
    /// Only tasks with these words in their text.
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
    /// Mask telephone numbers, e-mail addresses and numbers of persons.
    #[arg(long)]
    pub redact: bool,
    /// Treat papers marked mật, tối mật or tuyệt mật like others.
    #[arg(long)]
    pub include_classified: bool,
    /// Threads to use; as many as the machine has cores by default.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub jobs: Option<u16>,
    /// Leave pages without text unread instead of recognising their characters.
    #[arg(long)]
    no_ocr: bool,
}

/// Tasks, parents first, and how many papers could not be read.
pub struct Found {
    pub items: Vec<Item>,
    pub failed: usize,
    pub papers: usize,
}

impl Wanted {
    /// How papers are read.
    pub fn options(&self) -> Options {
        Options { ocr: !self.no_ocr }
    }

    /// Reads them.
    pub fn find(&self) -> Result<Found, Failure> {
        let mut found = Found { items: Vec::new(), failed: 0, papers: 0 };
        match &self.db {
            Some(db) => {
                let store = Store::open_existing(db)?;
                for id in store.main_documents()? {
                    self.take(&mut found, store.record(id)?);
                }
            }
            None => self.read(&mut found)?,
        }
        found.items = tracker::arranged(found.items);
        Ok(found)
    }

    fn read(&self, found: &mut Found) -> Result<(), Failure> {
        let inputs = inputs(&self.paths)?;
        start_threads(self.jobs)?;
        let bar = progress(inputs.len());
        let mut last = std::ptr::null();
        pipeline::run(&inputs, &self.options(), |input, outcome| {
            // A file that holds several papers comes several times.
            bar.inc(u64::from(!std::ptr::eq(input, std::mem::replace(&mut last, input))));
            match outcome {
                Ok(record) => self.take(found, *record),
                Err(e) => {
                    found.failed += 1;
                    bar.suspend(|| eprintln!("vanthu: {}", named(&e, input)));
                }
            }
            Ok::<(), Failure>(())
        })?;
        bar.finish_and_clear();
        Ok(())
    }

    fn take(&self, found: &mut Found, mut record: DocumentRecord) {
        if let Some(mark) = record.header.secrecy.as_deref().filter(|_| !self.include_classified) {
            eprintln!("vanthu: {}: the document is marked {mark} and is left out; pass --include-classified to export it", record.source.path);
            return;
        }
        found.papers += 1;
        if self.redact {
            redact_record(&mut record);
        }
        found.items.extend(tracker::items(&record).into_iter().filter(|item| self.fits(item)));
    }

    fn fits(&self, item: &Item) -> bool {
        let holds = |text: &str, words: &str| fold(text).contains(&fold(words));
        let agency = |words: &String| item.leads.iter().chain(&item.cooperators).any(|a| holds(a, words));
        let code = |words: &String| item.paper.code.as_deref().is_some_and(|c| fold(c) == fold(words.trim()));
        self.agency.as_ref().is_none_or(agency)
            && self.from.as_ref().is_none_or(code)
            && self.due_before.is_none_or(|day| item.due.is_some_and(|d| d < day))
            && self.due_after.is_none_or(|day| item.due.is_some_and(|d| d > day))
            && (!self.undated || item.due.is_none())
            && self.text.as_ref().is_none_or(|words| holds(&item.action, words) || holds(&item.quote, words))
    }
}
