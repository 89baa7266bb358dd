//! The archive run as users see it: it loses nothing however it ends, and what it stored is found again.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use vanthu::store::Store;

const PLAN: &str = "ỦY BAN NHÂN DÂN\nTỈNH LONG AN\nSố: 129/KH-UBND\nLong An, ngày 05 tháng 3 năm 2020\n\nKẾ HOẠCH\nPhòng, chống bão lũ; thực hiện Quyết định số \
    489/QĐ-TTg ngày 08 tháng 4 năm 2020 của Thủ tướng Chính phủ\n\n1. Giao Sở Y tế chủ trì, báo cáo trước ngày 20 tháng 12 năm 2020.\n\n\
    2. Đề nghị các sở, ngành hòa giải ở cơ sở.\n";
const DECISION: &str = "THỦ TƯỚNG CHÍNH PHỦ\nSố: 489/QĐ-TTg\nHà Nội, ngày 08 tháng 4 năm 2020\n\nQUYẾT ĐỊNH\nBan hành Kế hoạch xây dựng xã hội học tập\n\n\
    Điều 1. Giao Bộ Giáo dục và Đào tạo báo cáo kết quả trước ngày 30 tháng 6 năm 2021.\n";

/// A folder with an archive in `files`.
struct Archive(TempDir);

impl Archive {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder can be made");
        std::fs::create_dir(folder.path().join("files")).expect("a folder can be made");
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        std::fs::write(self.path("files").join(name), bytes).expect("the folder can be written");
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vanthu"));
        command.current_dir(self.0.path()).args(arguments).env_remove("NO_COLOR").stdin(Stdio::null());
        command
    }

    fn vanthu(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().expect("the program starts"))
    }

    /// All that a store holds.
    fn content(&self, db: &str) -> String {
        let store = Store::open_existing(&self.path(db)).expect("the store is sound");
        assert_eq!(store.faults(), Ok(Vec::new()), "{db}");
        store.content_hash().expect("the store can be read")
    }
}

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// A hundred papers and a few files of other kinds: an archive, pages, what can't be read.
fn mixed() -> Archive {
    let mut archive = Archive::new();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let long = std::fs::read_to_string(corpus.join("35-cong-van-doan-the.txt")).expect("the corpus is there");
    for i in 0..90 {
        let text = if i % 3 == 0 { long.clone() + &format!("\n{i}\n") } else { PLAN.replace("129/KH", &format!("{i}/KH")) };
        archive = archive.with(&format!("{i:02}.txt"), text);
    }
    for i in 0..5 {
        let page: String = PLAN.replace("129/KH", &format!("{i}/KH")).lines().map(|line| format!("<p>{line}</p>")).collect();
        archive = archive.with(&format!("{i}.html"), format!("<html><body>{page}</body></html>")).with(&format!("{i}.pdf"), "%PDF-1.7 ...");
    }
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for i in 0..40 {
        zip.start_file(format!("{i}.txt"), zip::write::SimpleFileOptions::default()).expect("an archive can be made");
        let text = if i == 7 { String::new() } else { PLAN.replace("129/KH", &format!("{}/KH", 200 + i)) };
        std::io::Write::write_all(&mut zip, text.as_bytes()).expect("an archive can be made");
    }
    let zip = zip.finish().expect("an archive can be made").into_inner();
    archive.with("many.zip", zip)
}

/// So many times the run is killed; a script asks for more.
fn kills() -> usize {
    std::env::var("VANTHU_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(20)
}

#[test]
fn a_killed_run_loses_nothing_and_has_nothing_twice() {
    let archive = mixed();
    fn arguments(db: &str) -> [&str; 6] {
        ["ingest", "files", "--batch", "10", "--db", db]
    }
    let started = Instant::now();
    let whole = archive.vanthu(&arguments("whole.db"));
    let time = started.elapsed();
    assert_eq!(whole.code, Some(2), "{}", whole.err);
    let want = archive.content("whole.db");
    let mut at = 0.5;
    let (mut partly, mut stores) = (0, 0);
    let mut killed = 0;
    while killed < kills() {
        stores += 1;
        let db = format!("{stores}.db");
        // One store is killed up to three times before it may end.
        for _ in 0..3 {
            // Points that fill the time evenly.
            at = (at + 0.618_034) % 1.0;
            let mut child = archive.command(&arguments(&db)).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
            std::thread::sleep(time.mul_f64(at));
            child.kill().expect("the program can be killed");
            child.wait().expect("the program ends");
            killed += 1;
            if archive.path(&db).exists() {
                let files = Store::open(&archive.path(&db)).expect("the store is sound").count_files().expect("the store can be read");
                partly += usize::from((1..96).contains(&files));
            }
        }
        let rest = archive.vanthu(&arguments(&db));
        assert_eq!(rest.code, Some(2), "{}", rest.err);
        assert_eq!(archive.content(&db), want, "store {stores}, the last kill at {at:.2} of the time");
    }
    assert!(partly > 0, "no run was killed while it wrote");
}

#[test]
fn a_run_that_is_asked_to_stop_keeps_what_it_has_and_goes_on() {
    let archive = mixed();
    let whole = archive.vanthu(&["ingest", "files", "--db", "whole.db"]);
    assert_eq!(whole.code, Some(2), "{}", whole.err);
    let child = archive.command(&["ingest", "files", "--jobs", "1"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    // The store is there when signals are heeded.
    wait_for("the store", || archive.path("vanthu.db-wal").exists());
    std::thread::sleep(Duration::from_millis(60));
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("signals can be sent");
    let ran = Ran::of(child.wait_with_output().expect("the program ends"));
    if kill.success() && ran.out.contains("was stopped") {
        assert!(ran.err.contains("the files in hand are finished and kept; the same command goes on from there"), "{}", ran.err);
    }
    let rest = archive.vanthu(&["ingest", "files"]);
    assert_eq!(rest.code, Some(2), "{}", rest.err);
    assert_eq!(archive.content("vanthu.db"), archive.content("whole.db"));
}

fn wait_for(what: &str, mut there: impl FnMut() -> bool) {
    let started = Instant::now();
    while !there() {
        assert!(started.elapsed() < Duration::from_secs(120), "{what} did not come");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn the_second_run_says_who_holds_the_store() {
    let archive = Archive::new().with("a.txt", PLAN);
    let lock = vanthu::ingest::Lock::take(&archive.path("vanthu.db"), false).expect("nobody holds it");
    let ran = archive.vanthu(&["ingest", "files"]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.err, format!("vanthu: vanthu.db: process {} is writing this store; wait until it has ended, or pass --wait\n", std::process::id()));
    let mut waiting = archive.command(&["ingest", "files", "--wait"]).stdout(Stdio::null()).spawn().expect("the program starts");
    drop(lock);
    assert_eq!(waiting.wait().expect("the program ends").code(), Some(0));
}

/// `ulimit -f` makes files of more than so many blocks of 512 bytes fail like a disk that is full.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_without_room_is_told_and_the_store_stays_sound() {
    let archive = mixed();
    let whole = archive.vanthu(&["ingest", "files", "--db", "whole.db"]);
    assert_eq!(whole.code, Some(2), "{}", whole.err);
    let script = "trap '' XFSZ; ulimit -f 300; exec \"$0\" ingest files --batch 10";
    let limited = Command::new("sh").args(["-c", script, env!("CARGO_BIN_EXE_vanthu")]).current_dir(archive.path("")).output().expect("a shell starts");
    let ran = Ran::of(limited);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let told = ran.err.lines().last().unwrap_or_default();
    assert!(told.starts_with("vanthu: vanthu.db: ") && (told.contains("free some space") || told.contains("check the disk and its free space")), "{told}");
    let rest = archive.vanthu(&["ingest", "files"]);
    assert_eq!(rest.code, Some(2), "{}", rest.err);
    assert_eq!(archive.content("vanthu.db"), archive.content("whole.db"));
}

/// The superuser may write everywhere, so the program runs as somebody else.
#[cfg(target_os = "linux")]
#[test]
fn a_store_that_cannot_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let archive = Archive::new().with("a.txt", PLAN);
    assert_eq!(archive.vanthu(&["ingest", "files"]).code, Some(0));
    let mode = |path: PathBuf, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("rights can be set");
    mode(archive.path("vanthu.db"), 0o444);
    mode(archive.path("vanthu.db.lock"), 0o444);
    mode(archive.path(""), 0o555);
    let is_superuser = std::fs::File::create(archive.path("probe")).is_ok();
    let run = |arguments: &[&str]| {
        let mut command = archive.command(arguments);
        if is_superuser {
            command.uid(65_534).gid(65_534);
        }
        command.output().map(Ran::of)
    };
    let Ok(list) = run(&["list"]) else {
        eprintln!("left out: the program cannot be run as another user here");
        return;
    };
    assert_eq!(list.code, Some(0), "{}", list.err);
    assert!(list.out.contains("129/KH-UBND"), "{}", list.out);
    let ingest = run(&["ingest", "files"]).expect("the program starts");
    assert_eq!(ingest.code, Some(1));
    assert!(ingest.err.contains("vanthu.db.lock: the lock of the store cannot be made"), "{}", ingest.err);
    mode(archive.path(""), 0o755);
}

#[test]
fn an_inbox_is_read_as_files_arrive() {
    let archive = Archive::new().with("a.txt", PLAN);
    let mut child = archive.command(&["watch", "files", "--settle", "1"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    let works = || Store::open_existing(&archive.path("vanthu.db")).and_then(|s| s.totals()).map_or(0, |t| t.works);
    wait_for("what is there already", || works() == 1);
    std::fs::write(archive.path("files/b.txt"), DECISION).expect("the folder can be written");
    wait_for("what has arrived", || works() == 2);
    child.kill().expect("the program can be ended");
    child.wait().expect("the program ends");
}

fn stored() -> Archive {
    let archive = Archive::new().with("plan.txt", PLAN).with("decision.txt", DECISION).with("empty.txt", "");
    let archive = archive.with("secret.txt", format!("TUYỆT MẬT\n{}", PLAN.replace("129/KH", "7/KH").replace("bão lũ", "gián điệp")));
    let ran = archive.vanthu(&["ingest", "files"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert_eq!(ran.err, "vanthu: files/empty.txt: the file is empty; give a file with text in it\n");
    assert!(ran.out.starts_with("read                4 files in "), "{}", ran.out);
    assert!(ran.out.contains("\nThe store holds 2 documents, "), "{}", ran.out);
    archive
}

#[test]
fn what_was_stored_is_found() {
    let archive = stored();
    let rows: [(&[&str], &[&str], &[&str]); 14] = [
        // Everything; of a classified paper path and mark alone.
        (&["list"], &["129/KH-UBND", "489/QĐ-TTg", "files/secret.txt", "[tuyệt mật]"], &["gián điệp", "7/KH"]),
        (&["list", "--type", "qd"], &["489/QĐ-TTg"], &["129/KH"]),
        (&["list", "--type", "ke hoach"], &["129/KH-UBND"], &["decision.txt"]),
        (&["list", "--issuer", "tinh long an"], &["129/KH-UBND"], &["decision.txt"]),
        (&["list", "--since", "2020-04"], &["489/QĐ-TTg"], &["129/KH"]),
        (&["list", "--until", "2020-03"], &["129/KH-UBND"], &["decision.txt"]),
        (&["list", "--source", "decision"], &["489/QĐ-TTg"], &["129/KH"]),
        // With and without diacritics, both placements of the tone, đ as d.
        (&["search", "phong chong bao"], &["«Phòng, chống bão»", "129/KH-UBND of 2020-03-05"], &[]),
        (&["search", "bão", "lũ"], &["«bão lũ»"], &[]),
        (&["search", "hoà giải"], &["«hòa giải»"], &[]),
        (&["search", "489/qd-ttg"], &["489/QĐ-TTg of 2020-04-08", "129/KH-UBND of 2020-03-05"], &[]),
        // A card: header, what it rests on, what rests on it, tasks.
        (
            &["show", "129/kh-ubnd"],
            &["Kế hoạch 129/KH-UBND", "vn/long-an/ubnd/kh/2020/129", "implements", "files/decision.txt]", "2020-12-19 Sở Y tế tỉnh Long An:"],
            &[],
        ),
        (&["show", "vn/ttg/qd/2020/489"], &["Quyết định 489/QĐ-TTg", "What other papers do with it (1)", "129/KH-UBND of 2020-03-05"], &[]),
        (&["failed"], &["files/empty.txt\n    the file is empty; give a file with text in it"], &[]),
    ];
    for (arguments, found, absent) in rows {
        let ran = archive.vanthu(arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.err);
        found.iter().for_each(|text| assert!(ran.out.contains(text), "{arguments:?}: no {text:?} in\n{}", ran.out));
        absent.iter().for_each(|text| assert!(!ran.out.contains(text), "{arguments:?}: {text:?} in\n{}", ran.out));
    }
}

#[test]
fn machines_can_follow_a_run() {
    let archive = Archive::new().with("plan.txt", PLAN).with("empty.txt", "");
    let ran = archive.vanthu(&["ingest", "files", "--json-log", "--jobs", "1"]);
    let events: Vec<Value> = ran.err.lines().map(|line| serde_json::from_str(line).expect("every line is JSON")).collect();
    let names: Vec<&str> = events.iter().filter_map(|e| e["event"].as_str()).collect();
    assert_eq!(names, ["looked", "began", "failed", "read", "began", "read", "committed", "ended"]);
    assert_eq!((&events[0]["files"], &events[0]["to_read"]), (&2.into(), &2.into()));
    assert_eq!((&events[7]["read"], &events[7]["failed"], &events[7]["works"]), (&2.into(), &1.into(), &1.into()));
    // Without a path what failed is tried again, and that alone.
    let again = archive.vanthu(&["ingest", "--retry-failed"]);
    assert_eq!(again.code, Some(2), "{}", again.err);
    assert!(again.out.starts_with("read                1 files in "), "{}", again.out);
    assert!(archive.vanthu(&["failed"]).out.contains("empty.txt (2 tries)\n"));
}

#[test]
fn what_is_not_there_is_told() {
    let archive = stored();
    let rows: [(&[&str], i32, &str); 8] = [
        (&["search", "bạo lũ"], 3, "nothing is found; try fewer words, or the words without diacritics"),
        (&["search", "gián điệp"], 3, "nothing is found; try fewer words, or the words without diacritics"),
        (&["search", "--", "-"], 1, "there is no word in \"-\"; give letters or figures to search for"),
        (&["list", "--since", "2030"], 3, "no document fits; leave out a filter, or ingest more files"),
        (&["list", "--type", "XX"], 1, "vanthu.db: no document of the type \"XX\" is here; the types here are KH, QĐ"),
        (&["show", "1/XX"], 1, "vanthu.db: no document is called \"1/XX\"; `vanthu list` shows what is here, `vanthu search` looks into the texts"),
        (&["show", "129", "--db", "none.db"], 1, "none.db: there is no such store; make it with `vanthu ingest PATH`, or name another one with --db"),
        (&["ingest", "none"], 1, "none: there is no such file or folder; check the path"),
    ];
    for (arguments, code, message) in rows {
        let ran = archive.vanthu(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (Some(code), format!("vanthu: {message}\n").as_str()), "{arguments:?}");
    }
}

#[test]
fn records_of_the_store_obey_their_schemas() {
    let archive = stored();
    for (schema, arguments) in [
        ("listed", &["list", "--json"][..]),
        ("hit", &["search", "thủ tướng", "--json"]),
        ("card", &["show", "489/QĐ-TTg", "--json"]),
        ("failure", &["failed", "--json"]),
    ] {
        let text = vanthu::export::schema(schema).expect("there is such a schema");
        let validator = jsonschema::draft202012::new(&serde_json::from_str(&text).expect("it is JSON")).expect("it is a schema");
        let ran = archive.vanthu(arguments);
        let records: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).expect("a record is JSON")).collect();
        assert!(!records.is_empty(), "{arguments:?}");
        for record in records {
            let faults: Vec<String> = validator.iter_errors(&record).map(|e| format!("{}: {e}", e.instance_path)).collect();
            assert!(faults.is_empty(), "{arguments:?}:\n{}", faults.join("\n"));
            assert_eq!(record["schema"], format!("vanthu/{schema}/1"));
        }
    }
}
