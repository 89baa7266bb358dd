//! What the commands on a store share: where it is, and how documents are told.

use comfy_table::Table;
use std::io::IsTerminal;
use std::path::PathBuf;
use vanthu::export::ListedRecord;
use vanthu::store::Filter;

/// Which store.
#[derive(clap::Args)]
pub struct StoreArguments {
    /// The store.
    #[arg(long, value_name = "FILE", default_value = "vanthu.db")]
    pub db: PathBuf,
    /// Treat papers marked mật, tối mật or tuyệt mật like others.
    #[arg(long)]
    pub include_classified: bool,
}

impl StoreArguments {
    /// How `--db` has to be repeated in a command that is proposed.
    pub fn repeated(&self) -> String {
        if self.db.as_os_str() == "vanthu.db" { String::new() } else { format!(" --db {}", self.db.display()) }
    }
}

/// Which documents.
#[derive(clap::Args)]
pub struct FilterArguments {
    /// Type, by code or name: KH, "ke hoach".
    #[arg(long = "type", value_name = "TYPE")]
    document_type: Option<String>,
    /// Words of the issuer's name, with or without diacritics.
    #[arg(long, value_name = "WORDS")]
    issuer: Option<String>,
    /// Not before this date: 2020-06-18, 2020-06 or 2020.
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<String>,
    /// Not after this date.
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Option<String>,
    /// Part of the path of a source.
    #[arg(long, value_name = "TEXT")]
    source: Option<String>,
}

impl FilterArguments {
    pub fn filter(self, include_classified: bool) -> Filter {
        let Self { document_type, issuer, since, until, source } = self;
        Filter { document_type, issuer, since, until, source, include_classified }
    }
}

/// EDTF: `2020-06-18`, `2020-06` or `2020`.
fn date(s: &str) -> Result<String, String> {
    let parts: Vec<&str> = s.split('-').collect();
    let lengths = parts.iter().zip([4, 2, 2]).all(|(part, n)| part.len() == n && part.bytes().all(|b| b.is_ascii_digit()));
    let is_day = parts.len() < 3 || s.parse::<jiff::civil::Date>().is_ok();
    let is_month = parts.len() != 2 || format!("{s}-01").parse::<jiff::civil::Date>().is_ok();
    if parts.len() <= 3 && lengths && is_day && is_month { Ok(s.to_owned()) } else { Err("a date is YYYY-MM-DD, YYYY-MM or YYYY".to_owned()) }
}

/// Marks for a terminal; none where the output goes elsewhere or NO_COLOR is set.
#[derive(Clone, Copy)]
pub struct Style {
    colours: bool,
}

impl Style {
    pub fn of_stdout() -> Self {
        Self { colours: std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()) }
    }

    pub fn strong(self, s: &str) -> String {
        if self.colours { format!("\u{1b}[1m{s}\u{1b}[0m") } else { s.to_owned() }
    }

    pub fn faint(self, s: &str) -> String {
        if self.colours { format!("\u{1b}[2m{s}\u{1b}[0m") } else { s.to_owned() }
    }

    /// What was searched for; every word has its colour for itself, so that lines may break between them.
    pub fn found(self, s: &str) -> String {
        if !self.colours {
            return format!("«{s}»");
        }
        s.split(' ').map(|word| format!("\u{1b}[1;33m{word}\u{1b}[0m")).collect::<Vec<_>>().join(" ")
    }
}

/// Columns of the terminal; a hundred where there is none.
pub fn width() -> usize {
    Table::new().width().map_or(100, |w| usize::from(w).clamp(40, 140))
}

/// Text from documents, without what steers a terminal.
pub fn clean(s: &str) -> String {
    s.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A path below the working folder is told from there.
pub fn near(path: &str) -> String {
    let here = std::env::current_dir().and_then(std::fs::canonicalize).ok();
    let rest = here.and_then(|here| path.strip_prefix(&format!("{}/", here.display())).map(str::to_owned));
    clean(&rest.unwrap_or_else(|| path.to_owned()))
}

/// What a document is called in one line: `129/KH-UBND of 2020-03-05, Ủy ban nhân dân tỉnh Long An`.
pub fn title(document: &ListedRecord) -> String {
    let name = document.code.as_deref().filter(|code| !code.starts_with('/')).map(str::to_owned);
    let name = name.or_else(|| document.code.as_ref().map(|code| format!("(no number){code}"))).unwrap_or_else(|| "(no number)".to_owned());
    let date = document.date.as_ref().map(|d| format!(" of {d}")).unwrap_or_default();
    let issuer = document.issuer.as_ref().map(|i| format!(", {i}")).unwrap_or_default();
    clean(&format!("{name}{date}{issuer}"))
}

/// Text in lines of a width, each with this before it.
pub fn wrapped(text: &str, indent: &str, width: usize) -> String {
    let mut lines = String::new();
    let mut line = indent.to_owned();
    for word in text.split_whitespace() {
        if shown(&line) + 1 + shown(word) > width && line.len() > indent.len() {
            lines.push_str(line.trim_end());
            lines.push('\n');
            line = indent.to_owned();
        }
        line.push_str(word);
        line.push(' ');
    }
    lines.push_str(line.trim_end());
    lines
}

/// Columns that a text takes; marks for the terminal take none.
fn shown(s: &str) -> usize {
    let mut plain = String::new();
    let mut marked = false;
    for c in s.chars() {
        match c {
            '\u{1b}' => marked = true,
            'm' if marked => marked = false,
            c if !marked => plain.push(c),
            _ => {}
        }
    }
    unicode_width::UnicodeWidthStr::width(plain.as_str())
}
