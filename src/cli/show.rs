//! `vanthu show`: the card of a document.

use super::stored::{StoreArguments, Style, clean, near, title, width, wrapped};
use super::{Failure, OK};
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use vanthu::export::{CardRecord, CitationRecord, DocumentRecord, TaskRecord};
use vanthu::store::Store;

/// Which document.
#[derive(clap::Args)]
pub struct Arguments {
    /// Number and symbol (129/KH-UBND), key of a work (vn/long-an/ubnd/kh/2020/129), id, or path of a source.
    #[arg(value_name = "CODE|ID")]
    document: String,
    #[command(flatten)]
    store: StoreArguments,
    /// The card as a JSON record.
    #[arg(long)]
    json: bool,
    /// Every task and note, not only the first twenty.
    #[arg(long)]
    all: bool,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let mut store = Store::open_existing(&arguments.store.db)?;
    if store.is_stale()? {
        store.conclude()?;
    }
    let include_classified = arguments.store.include_classified;
    let id = store.find_document(&arguments.document, include_classified)?;
    let card = store.card(id, include_classified)?;
    let mut out = BufWriter::new(io::stdout().lock());
    if arguments.json {
        serde_json::to_writer(&mut out, &card)?;
        writeln!(out)?;
    } else {
        let most = if arguments.all { usize::MAX } else { MOST };
        Printer { out: &mut out, style: Style::of_stdout(), width: width(), most }.card(&store, &card)?;
    }
    out.flush()?;
    Ok(OK)
}

/// Lines of a part of the card.
const MOST: usize = 20;

struct Printer<'a, W: Write> {
    out: &'a mut W,
    style: Style,
    width: usize,
    most: usize,
}

impl<W: Write> Printer<'_, W> {
    fn card(&mut self, store: &Store, card: &CardRecord) -> Result<(), Failure> {
        let document = &card.document;
        self.header(card)?;
        self.rests_on(store, document)?;
        self.mentions(card)?;
        self.heading("Tasks", document.tasks.len())?;
        for task in document.tasks.iter().take(self.most) {
            self.task(task)?;
        }
        self.rest(document.tasks.len())?;
        self.heading("Notes", document.notes.len())?;
        for note in document.notes.iter().take(self.most) {
            let quote = note.quote.as_ref().map(|q| format!(": {}", clean(q))).unwrap_or_default();
            self.item(&format!("{}{quote}", clean(&note.message)))?;
        }
        self.rest(document.notes.len())
    }

    fn header(&mut self, card: &CardRecord) -> Result<(), Failure> {
        let h = &card.document.header;
        let kind = h.document_type.as_ref().map_or("Document", |t| t.name.as_str());
        let code = h.code.as_ref().map_or("without number", |c| c.text.as_str());
        writeln!(self.out, "{}", self.style.strong(&clean(&format!("{kind} {code}"))))?;
        if let Some(subject) = &h.subject {
            writeln!(self.out, "{}", wrapped(&clean(subject), "  ", self.width))?;
        }
        writeln!(self.out)?;
        self.field("Issuer", h.issuer.as_ref().map(|i| i.name.clone()))?;
        self.field("Date", h.date.as_ref().map(|d| d.value.clone()))?;
        self.field("Place", h.place.clone())?;
        let signer = h.signer.as_ref().map(|s| [&s.authority, &s.position, &s.name].into_iter().flatten().cloned().collect::<Vec<_>>().join(" "));
        self.field("Signed", signer.filter(|s| !s.is_empty()))?;
        self.field("To", Some(h.addressees.iter().map(|a| a.text.clone()).collect::<Vec<_>>().join("; ")).filter(|s| !s.is_empty()))?;
        self.field("Urgency", h.urgency.clone())?;
        self.field("Secrecy", h.secrecy.clone())?;
        self.field("Work", Some(card.work.clone()))?;
        self.field("Id", Some(card.document.id.clone()))?;
        for source in &card.sources {
            self.field("Source", Some(near(source)))?;
        }
        for version in &card.versions {
            self.field("Also as", Some(version.clone()))?;
        }
        Ok(())
    }

    fn field(&mut self, name: &str, value: Option<String>) -> Result<(), Failure> {
        if let Some(value) = value {
            let lines = wrapped(&clean(&value), "           ", self.width);
            writeln!(self.out, "  {}{}", self.style.faint(&format!("{name:<9}")), lines.trim_start())?;
        }
        Ok(())
    }

    /// What the document does with other papers, by relation; what is here is told from what is only cited.
    fn rests_on(&mut self, store: &Store, document: &DocumentRecord) -> Result<(), Failure> {
        let mut relations: BTreeMap<&str, Vec<&CitationRecord>> = BTreeMap::new();
        for relation in document.relations.iter().filter(|r| r.source == "self") {
            let target = document.citations.iter().find(|c| c.id == relation.target).filter(|c| c.form != "self");
            let list = relations.entry(&relation.r#type).or_default();
            list.extend(target.filter(|t| list.iter().all(|l| name(l) != name(t))));
        }
        let count = relations.values().map(Vec::len).sum();
        self.heading("What it does with other papers", count)?;
        for (relation, citations) in relations {
            for citation in citations {
                let held = citation.key.as_ref().map(|key| store.held(key)).transpose()?.flatten();
                let place = held.and_then(|h| h.sources.first().map(|s| near(s))).map_or_else(|| "not here".to_owned(), |path| format!("here: {path}"));
                let place = self.style.faint(&format!("[{place}]"));
                self.item(&format!("{} {} {place}", self.style.strong(&relation.replace('_', " ")), clean(&name(citation))))?;
            }
        }
        Ok(())
    }

    fn mentions(&mut self, card: &CardRecord) -> Result<(), Failure> {
        self.heading("What other papers do with it", card.mentions.len())?;
        for mention in card.mentions.iter().take(self.most) {
            let path = mention.document.sources.first().map(|s| near(s)).unwrap_or_default();
            let place = self.style.faint(&format!("[{path}]"));
            self.item(&format!("{} {} it {place}", title(&mention.document), self.style.strong(&mention.relation.replace('_', " "))))?;
        }
        self.rest(card.mentions.len())
    }

    fn task(&mut self, task: &TaskRecord) -> Result<(), Failure> {
        let due = task.deadline.as_ref().map_or_else(|| "no date".to_owned(), |d| d.due.clone().unwrap_or_else(|| d.text.clone()));
        let leads: Vec<&str> = task.leads.iter().map(|p| p.name.as_str()).collect();
        let leads = if leads.is_empty() { "(nobody named)".to_owned() } else { leads.join(", ") };
        self.item(&format!("{} {} {}", self.style.strong(&clean(&due)), clean(&format!("{leads}:")), clean(&task.action)))
    }

    fn heading(&mut self, name: &str, count: usize) -> Result<(), Failure> {
        if count > 0 {
            writeln!(self.out, "\n{}", self.style.strong(&format!("{name} ({count})")))?;
        }
        Ok(())
    }

    fn item(&mut self, text: &str) -> Result<(), Failure> {
        let lines = wrapped(text, "    ", self.width);
        writeln!(self.out, "  - {}", lines.trim_start())?;
        Ok(())
    }

    fn rest(&mut self, count: usize) -> Result<(), Failure> {
        if count > self.most {
            writeln!(self.out, "  … {} more; pass --all to see them", count - self.most)?;
        }
        Ok(())
    }
}

/// What a citation names: "Quyết định số 489/QĐ-TTg ngày …", or as it is printed.
fn name(citation: &CitationRecord) -> String {
    let title = citation.title.as_ref().map(|t| format!(" – {t}")).unwrap_or_default();
    format!("{}{title}", citation.quote)
}
