//! iCalendar to-dos (RFC 5545), for calendars and task apps.
//!
//! Programs that import calendars tell entries by UID, which is the item's key: a second import updates. The time of
//! writing (DTSTAMP) is the day of the last word about the task, of the paper, of one that moved the deadline or of the
//! office, so that the same tasks give the same bytes. Written here because the crate
//! for it stamps alarms with the clock and with random ids, and folds some lines one octet late.

use super::Item;
use crate::task::Progress;
use jiff::ToSpan;
use jiff::civil::Date;

/// Days before the last one on which a reminder comes.
const REMINDERS: [u8; 3] = [7, 3, 1];
/// Octets of a line without its end (3.1).
const LINE: usize = 75;

/// Items as one calendar, parents first.
pub fn calendar(items: &[Item]) -> String {
    let mut calendar = Lines::default();
    calendar.put("BEGIN", "VCALENDAR");
    calendar.put("VERSION", "2.0");
    calendar.put("PRODID", "-//vanthu//vanthu//VI");
    calendar.put("CALSCALE", "GREGORIAN");
    items.iter().for_each(|item| todo(&mut calendar, item));
    calendar.put("END", "VCALENDAR");
    calendar.0
}

fn todo(lines: &mut Lines, item: &Item) {
    lines.put("BEGIN", "VTODO");
    lines.put("UID", &item.key());
    lines.put("DTSTAMP", &format!("{}T000000Z", basic(item.last_word.unwrap_or_else(|| item.paper.first_day()))));
    lines.put("SUMMARY", &escaped(&item.title));
    lines.put("DESCRIPTION", &escaped(&format!("{}\nMã: {}", item.body(), item.id)));
    state(lines, item);
    let categories: Vec<String> = item.leads.iter().chain(&item.paper.code).map(|c| escaped(c)).collect();
    if !categories.is_empty() {
        lines.put("CATEGORIES", &categories.join(","));
    }
    if let Some(parent) = &item.parent_key {
        lines.put("RELATED-TO", parent);
    }
    if let Some(due) = item.due {
        dates(lines, item, due);
        if !item.is_closed() {
            REMINDERS.iter().for_each(|&days| reminder(lines, item, days));
        }
    }
    lines.put("END", "VTODO");
}

/// DUE and, where there is a first day, DTSTART; RFC 5545 (3.8.2.3) wants DTSTART earlier than DUE.
///
/// A rule counts from DTSTART, which is the day before: so the rule may name neither day nor month, and a monthly one
/// names the day of DTSTART.
fn dates(lines: &mut Lines, item: &Item, due: Date) {
    let rule = item.rrule.as_deref().and_then(|r| Some((r, due.checked_sub(1.day()).ok()?)));
    let start = rule.map(|(_, start)| start).or(item.start).filter(|s| *s < due);
    if let Some(start) = start {
        lines.put("DTSTART;VALUE=DATE", &basic(start));
    }
    lines.put("DUE;VALUE=DATE", &basic(due));
    if let Some((rule, start)) = rule {
        lines.put("RRULE", &from_start(rule, start));
    }
}

/// The rule of the days before those of another rule, as it counts from the first of them.
fn from_start(rule: &str, start: Date) -> String {
    let part = |name: &str| rule.split(';').find(|p| p.starts_with(name) && p.as_bytes().get(name.len()) == Some(&b'='));
    let mut parts: Vec<String> = ["FREQ", "INTERVAL", "COUNT"].iter().filter_map(|n| part(n)).map(str::to_owned).collect();
    if part("FREQ") == Some("FREQ=MONTHLY") {
        let named: Option<i8> = part("BYMONTHDAY").and_then(|p| p.split_once('=')?.1.parse().ok());
        let day = match (start.tomorrow().unwrap_or(start), named) {
            // The last day of a month is not the same day in every month, nor is the one before it or after it.
            (due, named) if due == due.last_of_month() && named.is_none_or(|d| d < 28) => -2,
            (due, _) if due.day() == 1 => -1,
            _ => start.day(),
        };
        parts.push(format!("BYMONTHDAY={day}"));
    }
    parts.join(";")
}

fn reminder(lines: &mut Lines, item: &Item, days: u8) {
    lines.put("BEGIN", "VALARM");
    lines.put("ACTION", "DISPLAY");
    lines.put("DESCRIPTION", &escaped(&format!("Còn {days} ngày: {}", item.title)));
    lines.put("TRIGGER;RELATED=END", &format!("-P{days}D"));
    lines.put("END", "VALARM");
}

fn basic(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// STATUS and, of what is done, PERCENT-COMPLETE and COMPLETED: of the day alone the noon in Vietnam, which is the same day
/// nearly everywhere.
fn state(lines: &mut Lines, item: &Item) {
    let status = match item.progress {
        Progress::Todo | Progress::Paused => "NEEDS-ACTION",
        Progress::Doing => "IN-PROCESS",
        Progress::Done => "COMPLETED",
        Progress::Cancelled => "CANCELLED",
    };
    lines.put("STATUS", status);
    if item.progress == Progress::Done {
        lines.put("PERCENT-COMPLETE", "100");
        if let Some(day) = item.done_on {
            lines.put("COMPLETED", &format!("{}T050000Z", basic(day)));
        }
    }
}

/// A text value (3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Content lines, folded and ended as 3.1 says.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn put(&mut self, name: &str, value: &str) {
        let line = format!("{name}:{value}");
        let mut rest = line.as_str();
        let mut room = LINE;
        while rest.len() > room {
            let (part, more) = rest.split_at(rest.floor_char_boundary(room));
            self.0.extend([part, "\r\n "]);
            rest = more;
            // The blank that marks a folded line counts.
            room = LINE - 1;
        }
        self.0.extend([rest, "\r\n"]);
    }
}
