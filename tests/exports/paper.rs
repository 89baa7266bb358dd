//! What is exported: the corpus, and a paper whose texts are meant to break formats.

use jiff::civil::date;
use std::path::Path;
use std::sync::OnceLock;
use vanthu::export::DocumentRecord;
use vanthu::pipeline;
use vanthu::source::Options;
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
                parent: (i > 6).then(|| format!("hostile:{}#1", i - 1)),
                ..Item::default()
            };
            item.paper.code = Some((*text).to_owned());
            item.paper.date = Some("2026-04-30".to_owned());
            item
        })
        .collect()
}
