//! Tasks over many papers: deadlines that other papers date or move, listings by agency and day, and what the office
//! notes in the store.

use jiff::civil::Date;
use vanthu::office::Office;
use vanthu::pipeline;
use vanthu::source::Options;
use vanthu::store::{Deed, FileFacts, Prepared, Store};
use vanthu::task::{Clock, Filter, Reading, Status, Task, Via, Wanted, settle};

const PLAN: &str = "ỦY BAN NHÂN DÂN\nTỈNH LONG AN\nSố: 129/KH-UBND\nLong An, ngày 05 tháng 3 năm 2020\n\nKẾ HOẠCH\nPhát triển trạm quan trắc nước mặt\n\n\
    I. TỔ CHỨC THỰC HIỆN\n\n\
    1. Sở Lao động - Thương binh và Xã hội rà soát lao động vận hành trạm, hoàn thành trước ngày 20 tháng 12 năm 2020.\n\n\
    2. Giao các sở, ngành tỉnh báo cáo kết quả lắp đặt trạm về Ủy ban nhân dân tỉnh trước ngày 30 tháng 6 năm 2020.\n\n\
    3. Sở Tài nguyên và Môi trường công bố số liệu quan trắc trước ngày 15 hằng tháng.\n\n\
    4. Sở Tài chính bố trí kinh phí duy tu trạm trong thời hạn 10 ngày làm việc kể từ ngày ký Quyết định số 77/QĐ-UBND.\n\n\
    5. Giao các cơ quan liên quan phối hợp bảo vệ trạm quan trắc.\n";

const DECISION: &str = "ỦY BAN NHÂN DÂN\nTỈNH LONG AN\nSố: 77/QĐ-UBND\nLong An, ngày 27 tháng 4 năm 2020\n\nQUYẾT ĐỊNH\nVề việc phê duyệt dự toán duy tu trạm quan trắc\n\n\
    Điều 1. Phê duyệt dự toán duy tu trạm quan trắc năm 2020.\n\nĐiều 2. Sở Tài chính công bố dự toán duy tu trạm quan trắc, chậm nhất ngày 30 tháng 5 năm 2020.\n";

const MOVE: &str = "ỦY BAN NHÂN DÂN\nTỈNH LONG AN\nSố: 2210/UBND-KT\nV/v điều chỉnh thời hạn báo cáo\nLong An, ngày 12 tháng 6 năm 2020\n\nKính gửi: Các sở, ngành tỉnh\n\n\
    1. Điều chỉnh thời hạn báo cáo kết quả lắp đặt trạm tại Kế hoạch số 129/KH-UBND ngày 05 tháng 3 năm 2020 của Ủy ban nhân dân tỉnh từ ngày 29 tháng 6 năm 2020 \
    sang ngày 31 tháng 8 năm 2020.\n";

fn day(iso: &str) -> Date {
    iso.parse().expect("a date")
}

fn clock(today: &str) -> Clock {
    Clock { today: day(today), as_of: None }
}

fn record(name: &str, text: &str) -> vanthu::export::DocumentRecord {
    pipeline::record(name, text.as_bytes(), &Options::default()).expect("the paper can be read")
}

fn readings() -> Vec<Reading> {
    let office = Office::default();
    let mut readings: Vec<Reading> =
        [("plan.txt", PLAN), ("decision.txt", DECISION), ("move.txt", MOVE)].iter().map(|(n, t)| Reading::of(&record(n, t), &office)).collect();
    assert_eq!(settle(&mut readings), Vec::<String>::new(), "everything is clear");
    readings
}

fn lines(filter: &Filter, clock: Clock) -> Vec<Task> {
    let mut lines: Vec<Task> = readings().into_iter().flat_map(|r| r.tasks).flat_map(|t| filter.lines(t, clock)).collect();
    lines.sort_by(|a, b| a.order().cmp(&b.order()));
    lines
}

/// The line whose action holds these words.
fn with<'t>(lines: &'t [Task], words: &str) -> &'t Task {
    lines.iter().find(|l| l.quote.contains(words)).unwrap_or_else(|| panic!("no task has {words:?}: {lines:#?}"))
}

#[test]
fn another_papers_date_starts_a_count_of_days() {
    let lines = lines(&Filter::default(), clock("2020-03-10"));
    let line = with(&lines, "kinh phí duy tu");
    let deadline = line.deadline.as_ref().expect("it has a deadline");
    assert_eq!(deadline.anchor_date.as_deref(), Some("2020-04-27"));
    // 30 April and 1 May 2020 were days off.
    assert_eq!(line.due.as_deref(), Some("2020-05-13"));
}

#[test]
fn a_count_from_the_papers_own_signing_names_that_day() {
    let text = PLAN.replace("kể từ ngày ký Quyết định số 77/QĐ-UBND", "kể từ ngày ký Kế hoạch này");
    let reading = Reading::of(&record("plan.txt", &text), &Office::default());
    let task = reading.tasks.iter().find(|t| t.quote.contains("kinh phí duy tu")).expect("the task");
    let deadline = task.deadline.as_ref().expect("it has a deadline");
    assert_eq!((deadline.anchor_date.as_deref(), task.due.as_deref()), (Some("2020-03-05"), Some("2020-03-19")));
}

#[test]
fn a_moved_deadline_keeps_the_first_day_and_names_who_moved_it() {
    let lines = lines(&Filter::default(), clock("2020-03-10"));
    let line = with(&lines, "báo cáo kết quả lắp đặt");
    let deadline = line.deadline.as_ref().expect("it has a deadline");
    assert_eq!((deadline.original_due.as_deref(), line.due.as_deref()), (Some("2020-06-29"), Some("2020-08-31")));
    assert_eq!(deadline.moved_by.as_ref().and_then(|m| m.code.as_deref()), Some("2210/UBND-KT"));
}

#[test]
fn recurring_tasks_are_shown_once_for_each_day_of_a_window() {
    let filter =
        Filter {
            due_after: Some(day("2020-04-01")), due_before: Some(day("2020-06-20")), text: Some("số liệu quan trắc".to_owned()), ..Filter::default()
        };
    let days: Vec<Option<String>> = lines(&filter, clock("2020-03-10")).into_iter().map(|l| l.due).collect();
    // "trước ngày 15": the fourteenth is the last day on time.
    assert_eq!(days, ["2020-04-14", "2020-05-14", "2020-06-14"].map(|d| Some(d.to_owned())));
    let next = Filter { text: Some("so lieu quan trac".to_owned()), ..Filter::default() };
    assert_eq!(lines(&next, clock("2020-03-10"))[0].due.as_deref(), Some("2020-03-14"), "without a window the next day is shown");
}

#[test]
fn tasks_of_an_agency_tell_by_which_way() {
    let office = Office::default();
    let of = |name: &str, as_of: Option<&str>, open: bool| {
        let filter = Filter { wanted: Some(Wanted::of(name, &office).expect("one body")), open, ..Filter::default() };
        lines(&filter, Clock { today: day("2026-01-05"), as_of: as_of.map(day) })
    };
    let ways = |lines: Vec<Task>| lines.into_iter().map(|l| l.through.expect("it says how").via).collect::<Vec<_>>();
    assert_eq!(ways(of("Sở TC Long An", None, false)).iter().filter(|v| **v == Via::Group).count(), 1, "one of các sở, ngành tỉnh");
    let named = of("Sở Tài chính tỉnh Long An", None, false);
    assert_eq!(ways(named).iter().filter(|v| **v == Via::Direct).count(), 2, "named in the plan and in the decision");
    for typed in ["so tai chinh long an", "SỞ TÀI CHÍNH TỈNH LONG AN", "sở tc tỉnh long an"] {
        assert_eq!(ways(of(typed, None, false)).iter().filter(|v| **v == Via::Direct).count(), 2, "{typed}: typed without marks or capitals");
    }
    assert_eq!(ways(of("Sở Y tế tỉnh Tiền Giang", None, true)), Vec::<Via>::new(), "another province has no part");
    // Who carries it today, with each step.
    let carried = of("Sở Nội vụ tỉnh Tây Ninh", Some("2026-01-05"), false);
    let line = with(&carried, "rà soát lao động");
    assert_eq!(line.through.as_ref().map(|t| t.via), Some(Via::Succession));
    let now = line.leads[0].now.as_ref().expect("the body has ended");
    assert_eq!(
        now.steps.iter().map(|s| s.basis.as_str()).collect::<Vec<_>>(),
        ["Nghị định 45/2025/NĐ-CP; Nghị định 150/2025/NĐ-CP", "Nghị quyết 202/2025/QH15"]
    );
}

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let store = Store::open(&folder.path().join("vanthu.db")).expect("a store can be made");
    (folder, store)
}

/// Puts papers into the store, each as a file of this version of the rules.
fn fill(store: &mut Store, papers: &[(&str, &str)], rules: i64) {
    store.begin().expect("a batch");
    for (name, text) in papers {
        let facts = FileFacts { path: format!("/{name}"), size: text.len() as u64, mtime: 1, rules, hash: None };
        let file = store.begin_file(&facts).expect("a file");
        store.put_paper(&file, "", Prepared::of(record(name, text), rules).expect("a record")).expect("a row");
    }
    store.commit().expect("kept");
    store.conclude().expect("concluded");
}

fn listed(store: &Store, filter: &Filter, today: &str) -> Vec<Task> {
    store.tasks(filter, clock(today), &Office::default(), 0, |_| false).expect("a listing")
}

const PAPERS: [(&str, &str); 3] = [("plan.txt", PLAN), ("decision.txt", DECISION), ("move.txt", MOVE)];

#[test]
fn the_store_lists_what_the_papers_list() {
    let office = Office::default();
    let wanted = |name: &str| Some(Wanted::of(name, &office).expect("one body"));
    let window = |from: &str, to: &str| Filter { due_after: Some(day(from)), due_before: Some(day(to)), ..Filter::default() };
    let filters = [
        ("all", Filter::default()),
        ("a window", window("2020-04-01", "2020-09-30")),
        ("an agency", Filter { wanted: wanted("Sở Tài chính Long An"), ..Filter::default() }),
        ("an agency with what may concern it", Filter { wanted: wanted("Sở Tài chính Long An"), open: true, ..Filter::default() }),
        ("overdue", Filter { overdue: true, ..Filter::default() }),
        ("undated", Filter { undated: true, ..Filter::default() }),
        ("a paper", Filter { from: Some("77/qđ-ubnd".to_owned()), ..Filter::default() }),
        ("words", Filter { text: Some("tram quan trac".to_owned()), ..Filter::default() }),
        ("a status", Filter { status: vec![Status::Todo], ..Filter::default() }),
    ];
    let (_folder, mut store) = store();
    fill(&mut store, &PAPERS, 1);
    let plain = |lines: Vec<Task>| lines.into_iter().map(|l| (l.id, l.due, l.status, l.through, l.deadline.and_then(|d| d.original_due))).collect::<Vec<_>>();
    for (what, filter) in filters {
        let want = plain(lines(&filter, clock("2020-07-10")));
        assert!(!want.is_empty(), "{what}: the filter lets nothing through, so nothing is compared");
        assert_eq!(plain(listed(&store, &filter, "2020-07-10")), want, "{what}");
    }
}

#[test]
fn a_listing_of_statuses_is_the_whole_listing_sifted() {
    let (_folder, mut store) = store();
    fill(&mut store, &PAPERS, 1);
    let plain = |lines: Vec<Task>| lines.into_iter().map(|l| (l.id, l.due, l.status)).collect::<Vec<_>>();
    let all = listed(&store, &Filter::default(), "2020-07-10");
    let some = |status: Status| all.iter().filter(|l| l.status == status && !l.recurring).map(|l| l.id.clone()).next().expect("a task stands so");
    let noted = [(some(Status::Overdue), Deed::Done(day("2020-07-01"))), (some(Status::Todo), Deed::Pause), (all[all.len() - 1].id.clone(), Deed::Start)];
    for (id, deed) in noted {
        store.note(&id, None, &deed, day("2020-07-10")).expect("noted");
    }
    let all = plain(listed(&store, &Filter::default(), "2020-07-10"));
    let sets: [&[Status]; 6] = [
        &[Status::Todo],
        &[Status::Overdue],
        &[Status::Overdue, Status::Paused],
        &[Status::Todo, Status::DoneLate],
        &[Status::Doing, Status::Paused, Status::DoneLate],
        &[Status::Todo, Status::Doing, Status::Overdue, Status::Paused],
    ];
    for status in sets {
        let want: Vec<_> = all.iter().filter(|l| status.contains(&l.2)).cloned().collect();
        assert!(!want.is_empty(), "{status:?}");
        let filter = Filter { status: status.to_vec(), ..Filter::default() };
        assert_eq!(plain(listed(&store, &filter, "2020-07-10")), want, "{status:?}");
        let first = store.tasks(&filter, clock("2020-07-10"), &Office::default(), 1, |_| false).expect("a listing");
        assert_eq!(plain(first), want[..1], "{status:?}: the first line alone");
    }
}

#[test]
fn what_the_office_notes_outlives_reading_the_papers_again() {
    let (_folder, mut store) = store();
    fill(&mut store, &PAPERS, 1);
    let id = with(&listed(&store, &Filter::default(), "2020-07-10"), "rà soát lao động").id.clone();
    let today = day("2020-07-10");
    for deed in [Deed::Start, Deed::Assign("Phòng Việc làm".to_owned()), Deed::Note("đã có dự thảo".to_owned()), Deed::Done(day("2020-12-21"))] {
        store.note(&id, None, &deed, today).expect("noted");
    }
    let line = |store: &Store| store.task(&id, &Office::default()).expect("the store answers").expect("the task is there").on(clock("2021-01-05"), None);
    fill(&mut store, &PAPERS, 2);
    let kept = line(&store);
    assert_eq!(kept.status, Status::DoneLate, "done a day after the last one");
    let state = kept.state.as_ref().expect("a state");
    assert_eq!((state.assignee.as_deref(), state.notes.len(), kept.changed), (Some("Phòng Việc làm"), 1, false));
    // The same place says something else: the state stays and says so.
    let changed = PLAN.replace("rà soát lao động vận hành trạm", "rà soát, bổ sung lao động vận hành trạm");
    fill(&mut store, &[("plan.txt", changed.as_str())], 2);
    assert!(line(&store).changed, "the text is another");
    assert_eq!(line(&store).status, Status::DoneLate);
    assert_eq!(store.history(&id).expect("a history").len(), 4);
}

#[test]
fn what_was_noted_follows_the_text_when_ids_are_counted_anew() {
    let (_folder, mut store) = store();
    fill(&mut store, &PAPERS, 1);
    let before = with(&listed(&store, &Filter::default(), "2020-07-10"), "rà soát lao động").id.clone();
    store.note(&before, None, &Deed::Pause, day("2020-07-10")).expect("noted");
    // A duty more before it: what was 1. is 2. now.
    let more = PLAN.replace("1. Sở Lao động", "1. Sở Y tế kiểm tra nguồn nước sinh hoạt.\n\n2. Sở Lao động").replace("2. Giao", "3. Giao");
    let more = more.replace("3. Sở Tài nguyên", "4. Sở Tài nguyên").replace("4. Sở Tài chính", "5. Sở Tài chính").replace("5. Giao các", "6. Giao các");
    fill(&mut store, &[("plan.txt", more.as_str())], 2);
    let lines = listed(&store, &Filter::default(), "2020-07-10");
    let after = with(&lines, "rà soát lao động");
    assert_ne!(after.id, before);
    assert_eq!(after.status, Status::Paused, "the state went with the text");
    assert_eq!(with(&lines, "nguồn nước sinh hoạt").status, Status::Todo, "what stands at its place now has none");
}

#[test]
fn one_day_of_a_recurring_task_is_done_and_the_next_is_shown() {
    let (_folder, mut store) = store();
    fill(&mut store, &PAPERS, 1);
    let filter = Filter { text: Some("số liệu quan trắc".to_owned()), status: vec![Status::Todo, Status::Doing], ..Filter::default() };
    let first = listed(&store, &filter, "2020-03-10").remove(0);
    assert_eq!(first.due.as_deref(), Some("2020-03-14"));
    store.note(&first.id, Some(day("2020-03-14")), &Deed::Done(day("2020-03-12")), day("2020-03-12")).expect("noted");
    assert_eq!(listed(&store, &filter, "2020-03-12")[0].due.as_deref(), Some("2020-04-14"));
}

#[test]
fn a_task_is_named_as_the_listing_shows_it() {
    let (_folder, mut store) = store();
    // Two papers of one number, of two provinces.
    let twin = DECISION.replace("LONG AN", "TIỀN GIANG").replace("Long An", "Tiền Giang");
    fill(&mut store, &[PAPERS[0], PAPERS[1], ("twin.txt", twin.as_str())], 1);
    let id = with(&listed(&store, &Filter::default(), "2020-07-10"), "rà soát lao động").id.clone();
    let (paper, place) = id.split_once(':').expect("paper and place");
    let (head, tail) = paper.split_at(10);
    let rows = [
        (id.clone(), "its id"),
        (format!("129/KH-UBND:{place}"), "paper and place"),
        (format!("129/kh-ubnd: {place}"), "in small letters, with a blank"),
        (format!("{head}\n  {tail}:{place}"), "copied out of a column, over two lines"),
    ];
    for (name, why) in rows {
        assert_eq!(store.task_named(&name).as_deref(), Ok(id.as_str()), "{why}");
    }
    let error = store.task_named("77/QĐ-UBND:2#1").unwrap_err().to_string();
    assert!(error.contains("names several tasks; give one of their ids: 77-qd-ubnd@2020.long-an:2#1, 77-qd-ubnd@2020.tien-giang:2#1"), "{error}");
    for name in ["129/KH-UBND:IX#9", "129/KH-UBND", ""] {
        assert!(store.task_named(name).unwrap_err().to_string().contains("there is no task"), "{name}");
    }
}

#[test]
fn a_task_that_is_not_there_is_refused_with_the_remedy() {
    let (_folder, mut store) = store();
    fill(&mut store, &PAPERS, 1);
    let error = store.note("nothing:1#1", None, &Deed::Start, day("2020-03-12")).unwrap_err();
    assert!(error.to_string().ends_with("there is no task \"nothing:1#1\"; copy the id from `vanthu tasks`"), "{error}");
    let error = Wanted::of("các sở, ngành tỉnh Long An", &Office::default()).unwrap_err();
    assert!(error.to_string().contains("names several bodies; name one body with its place"), "{error}");
}
