use super::*;
use crate::pipeline;
use crate::source::Options;

const PLAN: &str = "ỦY BAN NHÂN DÂN\nTỈNH LONG AN\nSố: 129/KH-UBND\nLong An, ngày 05 tháng 3 năm 2020\n\nKẾ HOẠCH\nThực hiện Quyết định số 489/QĐ-TTg \
    ngày 08 tháng 4 năm 2020 của Thủ tướng Chính phủ\n\n1. Giao Sở Y tế chủ trì, báo cáo trước ngày 20 tháng 12 năm 2020.\n";

fn prepared(text: &str) -> Prepared {
    let record = pipeline::record("plan.txt", text.as_bytes(), &Options::default()).expect("the text is read");
    Prepared::of(record, 1).expect("a record is packed")
}

fn facts(path: &str) -> FileFacts {
    FileFacts { path: path.to_owned(), size: 1, mtime: 1, rules: 1, hash: None }
}

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let store = Store::open(&folder.path().join("vanthu.db")).expect("a store can be made");
    (folder, store)
}

fn put(store: &mut Store, path: &str, text: &str) {
    store.begin().expect("the store can be written");
    let file = store.begin_file(&facts(path)).expect("the store can be written");
    store.put_paper(&file, "", prepared(text)).expect("the store can be written");
    store.commit().expect("the store can be written");
}

fn works(store: &Store) -> Vec<(String, bool)> {
    let rows = |c: &Connection| c.prepare("SELECT work, main FROM document ORDER BY work, hash")?.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect();
    store.guarded(rows).expect("the store can be read")
}

#[test]
fn a_record_comes_back_as_it_was_put_in() {
    let (_folder, mut store) = store();
    put(&mut store, "/archive/plan.txt", PLAN);
    let mut found = Vec::new();
    let keep = |_, record| {
        found.push(record);
        Ok::<(), Error>(())
    };
    store.each_record(keep).expect("the store can be read");
    let mut want = pipeline::record("plan.txt", PLAN.as_bytes(), &Options::default()).expect("the text is read");
    want.source.path = "/archive/plan.txt".to_owned();
    assert_eq!(found, [want]);
    assert_eq!(works(&store), [("vn/long-an/ubnd/kh/2020/129".to_owned(), true)]);
}

#[test]
fn papers_of_this_run_are_those_that_the_store_holds() {
    let (folder, mut store) = store();
    let letter = PLAN.replace("129/KH", "130/KH");
    put(&mut store, "/a.txt", PLAN);
    put(&mut store, "/b.txt", PLAN);
    // A batch that is undone leaves nothing behind.
    store.begin().expect("the store can be written");
    let file = store.begin_file(&facts("/c.txt")).expect("the store can be written");
    store.put_paper(&file, "", prepared(&PLAN.replace("129/KH", "777/KH"))).expect("the store can be written");
    store.undo();
    put(&mut store, "/c.txt", &letter);
    let read_again = Store::open(&folder.path().join("vanthu.db")).and_then(|mut s| s.papers()).expect("the store can be read");
    let of_this_run = store.papers().expect("the store can be read");
    assert_eq!(of_this_run, read_again);
    let told: Vec<_> = of_this_run.iter().map(|p| (&*p.path, p.code.as_deref(), p.tasks.len())).collect();
    assert_eq!(told, [("/a.txt", Some("129/KH-UBND"), 1), ("/b.txt", None, 0), ("/c.txt", Some("130/KH-UBND"), 1)]);
    assert_eq!(store.papers(), Ok(read_again), "asked again");
}

#[test]
fn contents_of_one_work_have_one_main_document_whatever_the_order() {
    let other = PLAN.replace("\n\n1.", "\n\n\n1.");
    let texts = [PLAN, &other];
    let main = |order: [usize; 2]| {
        let (_folder, mut store) = store();
        order.iter().for_each(|&i| put(&mut store, &format!("/{i}.txt"), texts[i]));
        let main = store.main_documents().expect("the store can be read");
        assert_eq!((works(&store).len(), main.len()), (2, 1));
        store.record(main[0]).expect("the store can be read").id
    };
    assert_eq!(main([0, 1]), main([1, 0]));
}

#[test]
fn a_document_goes_with_its_last_source() {
    let (_folder, mut store) = store();
    put(&mut store, "/a.txt", PLAN);
    put(&mut store, "/b.txt", PLAN);
    assert_eq!(works(&store).len(), 1);
    for (path, left) in [("/a.txt", 1), ("/b.txt", 0)] {
        let id = store.known(path).expect("the store can be read").expect("the file is known").id;
        store.in_batch(|store| store.remove_file(id)).expect("the store can be written");
        assert_eq!(works(&store).len(), left, "{path}");
    }
    for table in ["content", "source", "file", "duty", "deadline_tie", "word", "spelling"] {
        let count: i64 = store.guarded(|c| c.query_row(&format!("SELECT count(*) FROM {table}"), [], |r| r.get(0))).expect("the store can be read");
        assert_eq!(count, 0, "{table}");
    }
}

#[test]
fn what_is_not_committed_is_not_there() {
    let (_folder, mut store) = store();
    store.begin().expect("the store can be written");
    let file = store.begin_file(&facts("/a.txt")).expect("the store can be written");
    store.put_paper(&file, "", prepared(PLAN)).expect("the store can be written");
    store.undo();
    assert_eq!(works(&store), []);
    assert_eq!(store.known("/a.txt"), Ok(None));
}

#[test]
fn what_is_no_store_is_refused() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("text.db"), "no database at all, but long enough to be looked at as one").expect("the folder can be written");
    let other = Connection::open(at("other.db")).expect("a database can be made");
    other.execute_batch("CREATE TABLE t (a)").expect("a database can be written");
    drop(Store::open(&at("newer.db")).expect("a store can be made"));
    let newer = Connection::open(at("newer.db")).expect("the store is a database");
    newer.execute("INSERT INTO migration VALUES ('9999_later')", []).expect("a database can be written");
    let rows = [
        ("text.db", "this is no store of vanthu; name another file with --db"),
        ("other.db", "this is no store of vanthu; name another file with --db"),
        ("newer.db", "the store was made by a newer vanthu (9999_later is not known here); update vanthu, or name another store with --db"),
        ("none/vanthu.db", "the store cannot be opened; check that its folder exists and may be written"),
    ];
    for (name, message) in rows {
        let e = Store::open(&at(name)).map(|_| ()).expect_err(name).to_string();
        assert_eq!(e, format!("{}: {message}", at(name).display()));
    }
    let e = Store::open_existing(&at("absent.db")).map(|_| ()).expect_err("there is none").to_string();
    assert_eq!(e, format!("{}: there is no such store; make it with `vanthu ingest PATH`, or name another one with --db", at("absent.db").display()));
}

#[test]
fn a_full_disk_is_told_and_leaves_the_store_sound() {
    let (_folder, mut store) = store();
    put(&mut store, "/a.txt", PLAN);
    let before = store.content_hash().expect("the store can be read");
    store.guarded(|c| c.query_row("PRAGMA max_page_count = 1", [], |_| Ok(()))).expect("a limit can be set");
    let fill = |store: &mut Store| {
        for i in 0..200 {
            let file = store.begin_file(&facts(&format!("/{i}.txt")))?;
            store.put_paper(&file, "", prepared(&PLAN.replace("129/KH", &format!("{i}/KH"))))?;
        }
        Ok(())
    };
    let e = store.in_batch(fill).expect_err("there is no room").to_string();
    assert_eq!(e, format!("{}: the disk is full; free some space and run the same command again; what was committed is kept", store.path().display()));
    assert_eq!((store.content_hash(), store.faults()), (Ok(before), Ok(Vec::new())));
}

#[test]
fn every_older_version_is_brought_to_the_newest() {
    let newest = {
        let (_folder, store) = store();
        schema(&store.connection)
    };
    for steps in 0..=migrate::STEPS.len() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("vanthu.db");
        let old = Connection::open(&path).expect("a database can be made");
        old.execute_batch("CREATE TABLE migration (name TEXT PRIMARY KEY) WITHOUT ROWID").expect("a database can be written");
        for (name, sql) in &migrate::STEPS[..steps] {
            old.execute_batch(sql).expect("the step is done");
            old.execute("INSERT INTO migration VALUES (?1)", [name]).expect("the step is kept");
        }
        let has_files = steps > 0;
        if has_files {
            old.execute("INSERT INTO file (path, size, mtime, rules) VALUES ('/a.txt', 1, 2, 3)", []).expect("the old version holds files");
        }
        drop(old);
        let store = Store::open(&path).unwrap_or_else(|e| panic!("{steps} steps: {e}"));
        assert_eq!(schema(&store.connection), newest, "after {steps} steps");
        assert_eq!(store.known("/a.txt").expect("the store can be read").is_some(), has_files, "after {steps} steps");
    }
}

fn schema(c: &Connection) -> Vec<String> {
    let mut select = c.prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").expect("the schema can be read");
    let rows = select.query_map([], |r| r.get(0)).expect("the schema can be read");
    rows.collect::<rusqlite::Result<_>>().expect("the schema can be read")
}

/// A released step never changes: stores that exist have it behind them.
#[test]
fn released_steps_stay_as_they_are() {
    let hashes: Vec<(String, String)> =
        migrate::STEPS.iter().map(|(name, sql)| ((*name).to_owned(), pipeline::hash(sql.as_bytes())[..16].to_owned())).collect();
    let kept: Vec<(String, String)> =
        include_str!("migrations/released.txt").lines().filter_map(|l| l.split_once(' ')).map(|(n, h)| (n.to_owned(), h.to_owned())).collect();
    assert_eq!(hashes, kept, "a new step is added to released.txt; an old one is never changed");
}

#[test]
fn of_very_many_documents_with_the_words_the_newest_come_first() {
    let paper = |number: u32, year: u32| PLAN.replace("129/", &format!("{number}/")).replace("năm 2020\n\nKẾ", &format!("năm {year}\n\nKẾ"));
    let found = |order: &[u32], words: &str, (weighed, listed): (usize, usize)| {
        let (_folder, mut store) = store();
        for n in order {
            put(&mut store, &format!("/{n}.txt"), &paper(*n, 2010 + n));
        }
        let query = Query::of(words).expect("there are words");
        let bounds = search::Bounds { weighed, listed };
        let hits = store.search_within(&query, &Filter::default(), 2, bounds).expect("the store can be read");
        hits.into_iter().map(|h| h.document.code.unwrap_or_default()).collect::<Vec<_>>()
    };
    let newest = ["9/KH-UBND".to_owned(), "8/KH-UBND".to_owned()];
    for words in ["giao sở y tế", "giao so y te", "tế chủ trì giao", "giao"] {
        for (bounds, why) in [((5, 100), "listed and sorted"), ((5, 4), "too many to be listed"), ((1, 3), "the same")] {
            assert_eq!(found(&[3, 9, 5, 8, 7], words, bounds), newest, "{words}: {why}");
            assert_eq!(found(&[9, 8, 7, 5, 3], words, bounds), newest, "{words}: the order of ingest does not count");
        }
    }
    // Fewer are weighed; alike as they are, their hashes decide.
    assert_eq!(found(&[3, 9, 5, 8, 7], "giao sở y tế", (6, 100)), found(&[8, 7, 9, 3, 5], "giao sở y tế", (6, 100)));
    assert_eq!(found(&[3, 9], "giáo sở y tế", (1, 1)), Vec::<String>::new(), "another spelling");
}

#[test]
fn words_that_only_old_documents_have_are_found_among_very_many() {
    let (_folder, mut store) = store();
    let text = |number: u32, year: u32, words: &str| {
        let plan = PLAN.replace("129/", &format!("{number}/")).replace("năm 2020\n\nKẾ", &format!("năm {year}\n\nKẾ"));
        plan.replace("1. Giao", &format!("{words}\n1. Giao"))
    };
    for n in 0..5 {
        put(&mut store, &format!("/old{n}.txt"), &text(n, 2000 + n, "Phòng, chống hạn mặn."));
    }
    for n in 100..210 {
        put(&mut store, &format!("/new{n}.txt"), &text(n, 2020, "Trồng rừng."));
    }
    let codes = |words: &str, limit: usize| {
        let bounds = search::Bounds { weighed: 1, listed: 3 };
        let hits = store.search_within(&Query::of(words).expect("there are words"), &Filter::default(), limit, bounds).expect("the store can be read");
        hits.into_iter().map(|h| h.document.code.unwrap_or_default()).collect::<Vec<_>>()
    };
    for words in ["hạn mặn", "han man", "mặn hạn"] {
        assert_eq!(codes(words, 1), ["4/KH-UBND"], "{words}");
    }
    assert_eq!(codes("hán mặn", 1), Vec::<String>::new(), "another spelling");
}
