//! CSV for GitLab's importer of issues: `title`, `description` and `due_date`, the columns that every version takes.
//!
//! The importer only adds, and knows no state: what is done is closed by `push`, and the description says so. The last line of a description is the marker by which `push` finds the issue again.

use super::{Item, delimited};

/// Items as rows.
pub fn table(items: &[Item]) -> Vec<u8> {
    let rows = items.iter().map(|item| vec![item.title.clone(), description(item), item.due.map(|d| d.to_string()).unwrap_or_default()]);
    delimited::written(&["title", "description", "due_date"], rows)
}

/// The description of an item in GitLab's Markdown: one paragraph a line, no quick action, no reference to an issue.
pub fn description(item: &Item) -> String {
    let body: Vec<String> = item.body().lines().map(inert).collect();
    format!("{}\n\nMã: `{}`\n\n{}", body.join("\n\n"), item.id, item.token())
}

/// A line that GitLab shows as it stands: a "/" at its start would be a quick action, and "#1", "!1", "@name" would
/// point to issues, merge requests and users, who would get a message.
fn inert(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut before = ' ';
    for c in line.chars() {
        let is_first = out.trim_start().is_empty();
        let is_reference = matches!(c, '#' | '!' | '@' | '~' | '%' | '&' | '$') && !before.is_alphanumeric();
        if (is_first && c == '/') || is_reference || matches!(c, '*' | '_' | '`' | '[' | '<' | '\\') {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}
