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
/// Columns of the terminal that a day, and the days left, take with the blanks around them.
const DAY: u16 = 13;
const LEFT: u16 = 14;

/// The table, and a line that says how many there are; with `noting`, how they are named to `vanthu task`.
pub fn of(lines: &[Task], all: usize, clock: Clock, noting: bool) -> String {
    if lines.is_empty() {
        return "Không có nhiệm vụ nào.\n".to_owned();
    }
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    let width = table.width().unwrap_or(WIDTH);
    if !io::stdout().is_terminal() || std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()) {
        table.force_no_tty();
    }
    table.set_width(width);
    let rest = width.saturating_sub(DAY + LEFT);
    // The words of the task have most of what is left.
    let widths = [DAY, LEFT, rest * 44 / 100, rest * 32 / 100, rest * 24 / 100];
    table.set_constraints(widths.map(|w| ColumnConstraint::Absolute(Width::Fixed(w))));
    table.set_header(["Hạn", "Còn lại", "Nhiệm vụ", "Chủ trì / phối hợp", "Văn bản · mã"].map(|h| Cell::new(h).add_attribute(Attribute::Bold)));
    for line in lines {
        table.add_row([due(line), left(line), Cell::new(action(line)), Cell::new(parties(line)), Cell::new(origin(line))]);
    }
    let count = if all > lines.len() { format!("{} nhiệm vụ đầu tiên; --limit N cho xem thêm", lines.len()) } else { format!("{all} nhiệm vụ") };
    let as_of = clock.as_of.map_or_else(String::new, |d| format!("; cơ quan tính đến {}", day(&d.to_string())));
    let noting = if noting { format!("Ghi nhận: vanthu task done \"{}\"\n", named(&lines[0])) } else { String::new() };
    format!("{table}\n{count}; hôm nay {}{as_of}\n{noting}", day(&clock.today.to_string()))
}

/// How a task is named to `vanthu task`: "52/KH-UBND:III.1.-4#1"; by its id where its paper has no number yet.
fn named(line: &Task) -> String {
    match (number(line), line.id.split_once(':')) {
        (Some(code), Some((_, place))) => format!("{code}:{place}"),
        _ => line.id.clone(),
    }
}

/// Number and symbol of the paper, unless the number is blank.
fn number(line: &Task) -> Option<&str> {
    line.document.code.as_deref().filter(|c| !c.starts_with('/'))
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
    let mut chars = words.chars();
    let mut text: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars.by_ref().take(MOST_SHOWN)).collect();
    if chars.next().is_some() {
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
        // The one party that is there needs no name again.
        let party = if line.leads.len() + line.cooperators.len() > 1 { format!(": {}", way.party) } else { String::new() };
        text.push_str(&format!("\n→ {by}{party}"));
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
    match (number(line), line.id.split_once(':')) {
        (Some(code), Some((_, place))) => format!("{code}\n{place}"),
        _ => {
            let file = || line.document.path.rsplit('/').next().unwrap_or_default().to_owned();
            format!("{}\n{}", line.document.code.as_ref().map_or_else(file, |c| format!("…{c}")), line.id)
        }
    }
}
