//! What is exported: the corpus, and a paper whose texts are meant to break formats.

use jiff::civil::{Date, date};
use std::path::Path;
use std::sync::OnceLock;
use vanthu::export::DocumentRecord;
use vanthu::office::Office;
use vanthu::pipeline;
use vanthu::source::Options;
use vanthu::task::{Clock, Progress, Reading, Status, Task, settle};
use vanthu::tracker::Item;

/// The records of the corpus.
pub fn corpus() -> &'static [DocumentRecord] {
    static RECORDS: OnceLock<Vec<DocumentRecord>> = OnceLock::new();
    RECORDS.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let files = pipeline::files_below(&[folder]).expect("the corpus is there");
        let papers = files.into_iter().filter(|p| p.extension().is_some_and(|e| e == "txt"));
        papers
            .map(|p| pipeline::record(&p.display().to_string(), &std::fs::read(&p).expect("it can be read"), &Options::default()).expect("it is read"))
            .collect()
    })
}

/// The tasks of papers as a listing of this day has them, in the order of their papers.
pub fn lines(records: &[DocumentRecord], today: Date) -> Vec<Task> {
    let office = Office::default();
    let mut readings: Vec<Reading> = records.iter().map(|r| Reading::of(r, &office)).collect();
    settle(&mut readings);
    readings.into_iter().flat_map(|r| r.tasks).map(|t| t.on(Clock { today, as_of: None }, None)).collect()
}

/// Texts that spreadsheets, trackers, Markdown, XML and calendars could take for something else.
pub fn hostile() -> Vec<Item> {
    const TEXTS: [&str; 10] = [
        "=HYPERLINK(\"http://example.vn\";\"bấm vào\")",
        "+84 gọi ngay",
        "-1+2",
        "@SUM(A1:A9)",
        "/close /assign @nguoi_mau #1 !2 ~nhãn",
        "phẩy, chấm phẩy; hai chấm: gạch \\ \"nháy\" 'đơn'",
        "<script>alert(1)</script> & ]]> --- BEGIN:VTODO END:VCALENDAR",
        "emoji 🏛️ và chữ ghép de\u{301}p \u{202e}ngược",
        "rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài",
        "History",
    ];
    TEXTS
        .iter()
        .enumerate()
        .map(|(i, text)| {
            let mut item = Item {
                id: format!("hostile:{i}#1"),
                title: text.chars().take(240).collect(),
                action: (*text).to_owned(),
                quote: format!("- {text}"),
                leads: vec![(*text).to_owned()],
                cooperators: vec!["=1+1".to_owned()],
                deadline: Some("-trước ngày mai".to_owned()),
                start: Some(date(2026, 5, 9)),
                // A day before the first one, one alone, and the first of the year.
                due: Some([date(2026, 5, 1), date(2026, 5, 9), date(2027, 1, 1)][i % 3]),
                rrule: (i == 5).then(|| "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1".to_owned()),
                // One of each state.
                status: [Status::Todo, Status::Doing, Status::DoneLate, Status::Paused, Status::Cancelled][i % 5],
                progress: [Progress::Todo, Progress::Doing, Progress::Done, Progress::Paused, Progress::Cancelled][i % 5],
                done_on: (i % 5 == 2).then(|| date(2026, 5, 20)),
                assignee: (i % 2 == 1).then(|| format!("=Phòng {text}")),
                original_due: (i == 3).then(|| date(2026, 4, 20)),
                moved_by: (i == 3).then(|| (*text).to_owned()),
                remarks: vec![format!("05/05/2026: {text}")],
                changed: i == 4,
                last_word: Some(date(2026, 5, 20)),
                parent: (i > 6).then(|| format!("hostile:{}#1", i - 1)),
                ..Item::default()
            };
            item.paper.code = Some((*text).to_owned());
            item.paper.date = Some("2026-04-30".to_owned());
            item
        })
        .collect()
}
