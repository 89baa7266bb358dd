use super::*;
use crate::store::{Filter, Query};

const PLAN: &str = "ỦY BAN NHÂN DÂN\nTỈNH LONG AN\nSố: 129/KH-UBND\nLong An, ngày 05 tháng 3 năm 2020\n\nKẾ HOẠCH\nThực hiện Quyết định số 489/QĐ-TTg \
    ngày 08 tháng 4 năm 2020 của Thủ tướng Chính phủ\n\n1. Giao Sở Y tế chủ trì, báo cáo trước ngày 20 tháng 12 năm 2020.\n";

/// An archive and its store.
struct Archive {
    folder: tempfile::TempDir,
    store: Store,
}

impl Archive {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        std::fs::create_dir(folder.path().join("files")).expect("a folder can be made");
        let store = Store::open(&folder.path().join("vanthu.db")).expect("a store can be made");
        Self { folder, store }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("files").join(name)
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("the folder can be written");
    }

    fn ingest(&mut self) -> Summary {
        self.ingest_with(&Options::default())
    }

    fn ingest_with(&mut self, options: &Options) -> Summary {
        let files = [self.path("")];
        let read = in_process(options.reading);
        let summary = run(&mut self.store, &files, options, &read, &AtomicBool::new(false), &mut |_| {}).expect("the run ends well");
        assert_eq!(self.store.faults(), Ok(Vec::new()));
        assert_eq!(self.store.is_stale(), Ok(false));
        summary
    }

    /// Names of the files that works stand in.
    fn works(&self) -> Vec<String> {
        let mut works = Vec::new();
        for record in self.store.list(&Filter::default(), 100).expect("the store can be read") {
            let names: Vec<&str> = record.sources.iter().map(|s| s.rsplit('/').next().unwrap_or_default()).collect();
            works.push(format!("{} {}", record.code.unwrap_or_else(|| record.secrecy.unwrap_or_default()), names.join(" ")));
        }
        works.sort();
        works
    }
}

/// read, skipped, moved, removed, failed
fn counts(s: &Summary) -> [usize; 5] {
    [s.read, s.skipped, s.moved, s.removed, s.failed]
}

/// A folder with a path longer than the system takes: nobody, not even root, can list it under its name.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_listed_is_a_failure_and_the_rest_is_read() {
    let mut archive = Archive::new();
    archive.put("a.txt", PLAN);
    std::fs::create_dir(archive.path("near")).expect("a folder can be made");
    archive.put("near/b.txt", &PLAN.replace("129/KH", "130/KH"));
    assert_eq!(counts(&archive.ingest()), [2, 0, 0, 0, 0]);
    let long = |folder: PathBuf| (0..11).fold(folder, |path, _| path.join("x".repeat(200)));
    let (upper, lower) = (long(archive.path("near")), long(archive.folder.path().join("lower")));
    std::fs::create_dir_all(&upper).expect("a folder can be made");
    std::fs::create_dir_all(&lower).expect("a folder can be made");
    std::fs::rename(archive.folder.path().join("lower"), upper.join("lower")).expect("a folder can be moved");
    archive.put("c.txt", &PLAN.replace("129/KH", "131/KH"));
    assert_eq!(counts(&archive.ingest()), [1, 2, 0, 0, 1], "the rest goes on");
    let failures = archive.store.failures().expect("the store can be read");
    let [failure] = &failures[..] else { panic!("{failures:?}") };
    assert!(failure.path.as_deref().is_some_and(|p| p.starts_with(&upper.join("lower").display().to_string())), "{failure:?}");
    assert_eq!(failure.problem, "the folder cannot be listed (File name too long (os error 36))");
    assert_eq!(failure.remedy, "check that it may be read, then run the same command again");
    std::fs::remove_dir_all(archive.path("near").join("x".repeat(200))).expect("a folder can be removed");
    assert_eq!(counts(&archive.ingest()), [0, 3, 0, 1, 0], "it is gone");
}

/// What stands in a folder that cannot be listed is not known to be gone.
#[test]
fn what_cannot_be_seen_is_kept() {
    let mut archive = Archive::new();
    std::fs::create_dir(archive.path("share")).expect("a folder can be made");
    archive.put("share/a.txt", PLAN);
    archive.ingest();
    let unlisted = [Error::new("the folder cannot be listed", "check that it may be read").at(&full_path(&archive.path("share")).expect("it is there"))];
    let files = [full_path(&archive.path("")).expect("it is there")];
    for (unlisted, removed) in [(&unlisted[..], 0), (&[], 1)] {
        let options = Options::default();
        let (store, summary, present) = (&mut archive.store, Summary::default(), HashSet::new());
        let mut run = Run { store, options: &options, rules: 1, summary, present };
        run.remove_lost(&files, unlisted).expect("the store can be written");
        assert_eq!(run.summary.removed, removed);
    }
}

#[test]
fn only_what_changed_is_read() {
    let mut archive = Archive::new();
    archive.put("a.txt", PLAN);
    archive.put("b.txt", &PLAN.replace("129/KH", "130/KH"));
    archive.put("empty.txt", "");
    assert_eq!(counts(&archive.ingest()), [3, 0, 0, 0, 1], "all is new");
    assert_eq!(counts(&archive.ingest()), [0, 3, 0, 0, 1], "nothing changed; what failed stays failed");
    archive.put("a.txt", PLAN);
    assert_eq!(counts(&archive.ingest()), [0, 3, 0, 0, 1], "a new time, the same bytes");
    archive.put("a.txt", &PLAN.replace("129/KH", "131/KH"));
    assert_eq!(counts(&archive.ingest()), [1, 2, 0, 0, 1], "other bytes of the same length");
    assert_eq!(archive.works(), ["130/KH-UBND b.txt", "131/KH-UBND a.txt"]);
    std::fs::rename(archive.path("a.txt"), archive.path("c.txt")).expect("the folder can be written");
    assert_eq!(counts(&archive.ingest()), [0, 2, 1, 1, 1], "moved: not read again");
    std::fs::copy(archive.path("b.txt"), archive.path("d.txt")).expect("the folder can be written");
    assert_eq!(counts(&archive.ingest()), [0, 3, 1, 0, 1], "copied: not read again");
    assert_eq!(archive.works(), ["130/KH-UBND b.txt d.txt", "131/KH-UBND c.txt"]);
    for name in ["b.txt", "empty.txt"] {
        std::fs::remove_file(archive.path(name)).expect("the folder can be written");
    }
    assert_eq!(counts(&archive.ingest()), [0, 2, 0, 2, 0], "removed");
    assert_eq!(archive.works(), ["130/KH-UBND d.txt", "131/KH-UBND c.txt"]);
}

#[test]
fn other_rules_read_all_anew() {
    let mut archive = Archive::new();
    archive.put("a.txt", PLAN);
    archive.ingest();
    let hash = archive.store.content_hash();
    let other = Options { reading: source::Options { ocr: false }, ..Options::default() };
    assert_eq!(counts(&archive.ingest_with(&other)), [1, 0, 0, 0, 0]);
    assert_ne!(archive.store.content_hash(), hash);
    assert_eq!(counts(&archive.ingest()), [1, 0, 0, 0, 0]);
    assert_eq!(archive.store.content_hash(), hash);
}

#[test]
fn failures_are_tried_again_on_demand() {
    let mut archive = Archive::new();
    archive.put("empty.txt", "");
    archive.ingest();
    let retry = Options { retry_failed: true, ..Options::default() };
    assert_eq!(counts(&archive.ingest_with(&retry)), [1, 0, 0, 0, 1]);
    let failures = archive.store.failures().expect("the store can be read");
    assert_eq!(failures.len(), 1);
    assert_eq!((failures[0].problem.as_str(), failures[0].tries), ("the file is empty", Some(2)));
    archive.put("empty.txt", PLAN);
    assert_eq!(counts(&archive.ingest()), [1, 0, 0, 0, 0]);
    assert_eq!(archive.store.failures(), Ok(Vec::new()));
}

#[test]
fn a_plan_in_two_formats_is_one_work_with_two_sources() {
    let mut archive = Archive::new();
    let page: String = PLAN.lines().map(|line| format!("<p>{line}</p>")).collect();
    archive.put("plan.txt", PLAN);
    archive.put("plan.html", &format!("<html><body>{page}</body></html>"));
    let summary = archive.ingest();
    assert_eq!((summary.totals.documents, summary.totals.works, summary.totals.tasks), (2, 1, 1));
    assert_eq!(archive.works(), ["129/KH-UBND plan.html plan.txt"]);
    let id = archive.store.find_document("129/kh-ubnd", false).expect("there is one");
    assert_eq!(archive.store.card(id, false).expect("the store can be read").versions.len(), 1);
}

#[test]
fn of_a_classified_paper_only_path_and_mark_are_kept() {
    let mut archive = Archive::new();
    archive.put("a.txt", &format!("TỐI MẬT\n{}", PLAN.replace("Sở Y tế", "Sở Ngoại vụ").replace("129/KH", "7/KH")));
    archive.put("b.txt", PLAN);
    let summary = archive.ingest();
    assert_eq!((summary.withheld, summary.totals.documents), (1, 1));
    assert_eq!(archive.works(), ["129/KH-UBND b.txt", "tối mật a.txt"]);
    let bytes = ["vanthu.db", "vanthu.db-wal"].map(|name| std::fs::read(archive.folder.path().join(name)).unwrap_or_default()).concat();
    assert!(memchr::memmem::find(&bytes, "ngoai vu".as_bytes()).is_none(), "its words are in the store");
    assert_eq!(archive.ingest().read, 0, "it is known");

    let include = Options { include_classified: true, ..Options::default() };
    assert_eq!(archive.ingest_with(&include).totals.documents, 2);
    assert_eq!(archive.store.main_documents().map(|d| d.len()), Ok(1), "nothing is concluded from it");
    // What was stored so is told only to who asks for it.
    let query = Query::of("Sở Ngoại vụ").expect("there are words");
    for (include_classified, hits) in [(false, 0), (true, 1)] {
        let filter = Filter { include_classified, ..Filter::default() };
        assert_eq!(archive.store.search(&query, &filter, 10).expect("the store can be read").len(), hits);
    }
    assert_eq!(archive.works(), ["129/KH-UBND b.txt", "tối mật a.txt"]);
    let id = archive.path("a.txt").display().to_string();
    let refused = archive.store.find_document(&id, false).expect_err("it is classified").to_string();
    assert_eq!(refused, format!("{id} is marked tối mật; pass --include-classified to see it"));
}

#[test]
fn order_and_threads_leave_no_trace() {
    let mut forward = Archive::new();
    let names: Vec<String> = (0..40).map(|i| format!("{i:02}.txt")).collect();
    for (i, name) in names.iter().enumerate() {
        // Every tenth has the words of another one.
        forward.put(name, &PLAN.replace("129/KH", &format!("{}/KH", i % 36)));
    }
    forward.ingest();
    let want = forward.store.content_hash().expect("the store can be read");
    let backward = Store::open(&forward.folder.path().join("other.db")).expect("a store can be made");
    let mut archive = Archive { folder: forward.folder, store: backward };
    for name in names.iter().rev() {
        let read = in_process(source::Options::default());
        let files = [archive.path(name)];
        run(&mut archive.store, &files, &Options::default(), &read, &AtomicBool::new(false), &mut |_| {}).expect("the run ends well");
    }
    assert_eq!(archive.store.content_hash(), Ok(want));
}

#[test]
fn a_stopped_run_keeps_what_is_whole_and_goes_on() {
    // More than the readers may be ahead of the writer.
    const FILES: usize = 2 * WAITING;
    let mut archive = Archive::new();
    for i in 0..FILES {
        archive.put(&format!("{i}.txt"), &PLAN.replace("129/KH", &format!("{i}/KH")));
    }
    let stop = AtomicBool::new(false);
    let mut read = 0;
    let mut event = |event: &Event<'_>| {
        read += usize::from(matches!(event, Event::Read { .. }));
        stop.store(read >= 5, Ordering::Relaxed);
    };
    let files = [archive.path("")];
    let first = run(&mut archive.store, &files, &Options::default(), &in_process(source::Options::default()), &stop, &mut event).expect("the run ends well");
    assert!(first.stopped && (5..FILES).contains(&first.read), "{first:?}");
    let second = archive.ingest();
    assert_eq!((second.read + first.read, second.skipped, second.totals.documents), (FILES, first.read, FILES as u64));
}

#[test]
fn a_path_that_is_not_there_takes_nothing_out() {
    let mut archive = Archive::new();
    archive.put("a.txt", PLAN);
    archive.ingest();
    let lost = archive.path("lost");
    let read = in_process(source::Options::default());
    let e =
        run(&mut archive.store, std::slice::from_ref(&lost), &Options::default(), &read, &AtomicBool::new(false), &mut |_| {}).expect_err("it is not there");
    assert_eq!(e.to_string(), format!("{}: there is no such file or folder; check the path", lost.display()));
    assert_eq!(archive.works(), ["129/KH-UBND a.txt"]);
}

#[test]
fn one_run_at_a_time_writes_a_store() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let store = folder.path().join("vanthu.db");
    let first = Lock::take(&store, false).expect("nobody holds it");
    let e = Lock::take(&store, false).expect_err("it is held").to_string();
    let want = format!("{}: process {} is writing this store; wait until it has ended, or pass --wait", store.display(), std::process::id());
    assert_eq!(e, want);
    drop(first);
    assert!(Lock::take(&store, false).is_ok());
}
