//! A listing of tasks for the eye.

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Table, Width};
use std::io::{self, IsTerminal};
use vanthu::office::BodyKind;
use vanthu::task::{Clock, Party, Status, Task, Via};

/// Where the width of the terminal is not known.
const WIDTH: u16 = 120;
/// Words of a task that a table shows, in characters.
const MOST_SHOWN: usize = 220;

/// The table, and a line that says how many there are.
pub fn of(lines: &[Task], all: usize, clock: Clock) -> String {
    if lines.is_empty() {
        return "Không có nhiệm vụ nào.\n".to_owned();
    }
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if !io::stdout().is_terminal() || std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()) {
        table.force_no_tty();
        table.set_width(WIDTH);
    }
    table.set_constraints([14, 14].map(|w| ColumnConstraint::UpperBoundary(Width::Fixed(w))));
    table.set_header(["Hạn", "Còn lại", "Nhiệm vụ", "Chủ trì / phối hợp", "Văn bản giao · mã"].map(|h| Cell::new(h).add_attribute(Attribute::Bold)));
    for line in lines {
        table.add_row([due(line), left(line), Cell::new(action(line)), Cell::new(parties(line)), Cell::new(origin(line))]);
    }
    let count = if all > lines.len() { format!("{} nhiệm vụ đầu tiên; --limit N cho xem thêm", lines.len()) } else { format!("{all} nhiệm vụ") };
    let as_of = clock.as_of.map_or_else(String::new, |d| format!("; cơ quan tính đến {}", day(&d.to_string())));
    format!("{table}\n{count}; hôm nay {}{as_of}\n", day(&clock.today.to_string()))
}

/// A date as Vietnam writes it.
fn day(iso: &str) -> String {
    match iso.split('-').collect::<Vec<_>>()[..] {
        [y, m, d] => format!("{d}/{m}/{y}"),
        _ => iso.to_owned(),
    }
}

fn due(line: &Task) -> Cell {
    let deadline = line.deadline.as_ref();
    let mut text = match (&line.due, deadline) {
        (Some(due), _) => day(due),
        (None, Some(d)) => d.text.clone(),
        (None, None) => "—".to_owned(),
    };
    if line.recurring {
        text.push_str("\n(định kỳ)");
    }
    if let Some(original) = deadline.and_then(|d| d.original_due.as_deref()) {
        text.push_str(&format!("\n(trước: {})", day(original)));
    }
    Cell::new(text)
}

fn left(line: &Task) -> Cell {
    let text = match (line.status, line.days_left) {
        (Status::Todo | Status::Doing, Some(0)) => "hôm nay".to_owned(),
        (Status::Todo | Status::Doing, Some(n)) => format!("{n} ngày"),
        (Status::Overdue, Some(n)) => format!("quá {} ngày", -n),
        (Status::Todo, None) => String::new(),
        (status, _) => status.name().to_owned(),
    };
    let colour = match (line.status, line.days_left) {
        (Status::Overdue | Status::DoneLate, _) => Some(Color::Red),
        (Status::Todo | Status::Doing, Some(n)) if n <= 7 => Some(Color::Yellow),
        (Status::Done, _) => Some(Color::Green),
        _ => None,
    };
    let cell = Cell::new(text);
    colour.map_or(cell.clone(), |c| cell.fg(c))
}

fn action(line: &Task) -> String {
    let words = line.action.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text: String = words.chars().take(MOST_SHOWN).collect();
    if text.len() < words.len() {
        text.push('…');
    }
    if line.changed {
        text.push_str("\n! nội dung đã thay đổi từ khi ghi nhận");
    }
    text
}

fn parties(line: &Task) -> String {
    let list = |parties: &[Party]| parties.iter().map(party).collect::<Vec<_>>().join("; ");
    let mut text = list(&line.leads);
    if !line.cooperators.is_empty() {
        text.push_str(&format!("\nPH: {}", list(&line.cooperators)));
    }
    if let Some(way) = line.through.as_ref().filter(|t| t.via != Via::Direct) {
        let by = match way.via {
            Via::Group => "trong nhóm",
            Via::Succession => "kế thừa từ",
            _ => "có thể gồm trong",
        };
        text.push_str(&format!("\n→ {by}: {}", way.party));
    }
    text
}

fn party(p: &Party) -> String {
    let now = p.now.as_ref().map(|n| n.carrier.as_ref().map_or_else(|| "không còn".to_owned(), |c| c.name.clone()));
    let name = if matches!(p.body.kind, BodyKind::Group | BodyKind::Open) { &p.body.text } else { &p.body.name };
    match now {
        Some(now) => format!("{name} (nay: {now})"),
        None => name.clone(),
    }
}

fn origin(line: &Task) -> String {
    let code = line.document.code.as_deref().unwrap_or(&line.document.path);
    format!("{code}\n{}", line.id)
}
