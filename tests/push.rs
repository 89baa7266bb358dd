//! Pushing tasks, against stand-ins that check the calls as the trackers' interfaces document them.

#[path = "push/gitlab.rs"]
mod gitlab;
#[path = "push/openproject.rs"]
mod openproject;
#[path = "push/redmine.rs"]
mod redmine;
#[path = "push/server.rs"]
mod server;

use server::{Server, Trouble};
use std::time::Duration;
use vanthu::push::{Deed, Kind, Patience, Target, push};
use vanthu::task::{Progress, Status};
use vanthu::tracker::{self, Item};

const TOKEN: &str = "bi-mat-4711";

/// A task, its two children, and one that ends before it would begin.
fn items() -> Vec<Item> {
    let item = |id: &str, parent: Option<&str>| Item {
        id: id.to_owned(),
        title: format!("Nhiệm vụ {id}"),
        action: format!("Thực hiện /close @ai #1 {id}"),
        quote: "Trích".to_owned(),
        leads: vec!["Sở Y tế tỉnh Mẫu".to_owned()],
        start: Some(jiff::civil::date(2026, 4, 1)),
        due: Some(if id == "d" { jiff::civil::date(2026, 3, 1) } else { jiff::civil::date(2026, 6, 30) }),
        parent: parent.map(str::to_owned),
        ..Item::default()
    };
    tracker::arranged(vec![item("b", Some("a")), item("a", None), item("c", Some("b")), item("d", None)])
}

/// The three trackers, each by marker alone and, where there are custom fields, by field.
fn stands() -> Vec<(Kind, &'static str, Option<u32>)> {
    vec![
        (Kind::Redmine, "van-thu", None),
        (Kind::Redmine, "7", Some(5)),
        (Kind::OpenProject, "van-thu", None),
        (Kind::OpenProject, "7", Some(9)),
        (Kind::GitLab, "nhóm/văn thư", None),
    ]
}

fn target(server: &Server, kind: Kind, project: &str, field: Option<u32>) -> Target {
    Target {
        kind,
        url: server.url(),
        project: project.to_owned(),
        token: TOKEN.to_owned(),
        issue_type: (kind != Kind::GitLab).then_some(2),
        field,
        closed_status: None,
    }
}

/// No test waits.
fn patience() -> Patience {
    Patience { tries: 4, first_pause: Duration::ZERO }
}

/// What became of each item, or the error that ended the run.
fn run(items: &[Item], target: &Target, write: bool) -> (Vec<Result<Deed, String>>, Option<String>) {
    let mut deeds = Vec::new();
    let end = push(items, target, write, patience(), |_, done| deeds.push(done.map(|d| d.deed).map_err(|e| e.to_string())));
    (deeds, end.err().map(|e| e.to_string()))
}

/// What became of each item in the order of their ids, as refused ones are tried again at the end.
fn run_by_id(items: &[Item], target: &Target, write: bool) -> Vec<Deed> {
    let mut deeds = Vec::new();
    push(items, target, write, patience(), |item, done| deeds.push((item.id.clone(), done.expect("not refused").deed))).expect("the run ends");
    deeds.sort_by(|a, b| a.0.cmp(&b.0));
    deeds.into_iter().map(|(_, deed)| deed).collect()
}

fn all(deed: Deed) -> (Vec<Result<Deed, String>>, Option<String>) {
    (vec![Ok(deed); 4], None)
}

#[test]
fn tasks_are_created_once_and_updated_by_their_key() {
    for (kind, project, field) in stands() {
        let server = Server::start(kind);
        let target = target(&server, kind, project, field);
        let mut items = items();
        assert_eq!(run(&items, &target, false), all(Deed::Create), "{kind:?}");
        assert!(server.calls().iter().all(|c| c.method == "GET"), "{kind:?}: a dry run only asks");
        assert_eq!(run(&items, &target, true), all(Deed::Create), "{kind:?}");
        assert_eq!(server.issues().len(), 4, "{kind:?}");
        assert_eq!(run(&items, &target, true), all(Deed::Keep), "{kind:?}: the second run changes nothing");
        assert_eq!(server.parents(), if kind == Kind::GitLab { vec![None; 4] } else { vec![None, Some(1), Some(2), None] }, "{kind:?}");
        // A clerk adds a line below ours; the deadline is moved.
        server.append(2, "\r\n\r\nGhi chú: đã hỏi lại");
        items[1].due = Some(jiff::civil::date(2026, 7, 15));
        assert_eq!(run(&items, &target, false).0[1], Ok(Deed::Update), "{kind:?}");
        assert_eq!(run(&items, &target, true), (vec![Ok(Deed::Keep), Ok(Deed::Update), Ok(Deed::Keep), Ok(Deed::Keep)], None), "{kind:?}");
        let issue = &server.issues()[1];
        assert!(issue.to_string().contains("Ghi chú: đã hỏi lại") && issue.to_string().contains("2026-07-15"), "{kind:?}: {issue}");
        assert_eq!(run(&items, &target, true), all(Deed::Keep), "{kind:?}");
        assert_eq!(server.issues().len(), 4, "{kind:?}");
    }
}

/// Marks items as the office would: done on a day, or not done after all.
fn set_done(items: &mut [Item], at: &[usize], done: bool) {
    for &i in at {
        let (progress, status) = if done { (Progress::Done, Status::Done) } else { (Progress::Todo, Status::Todo) };
        (items[i].progress, items[i].status, items[i].done_on) = (progress, status, done.then(|| jiff::civil::date(2026, 5, 4)));
    }
}

#[test]
fn what_is_done_is_closed_and_what_was_taken_back_is_opened_again() {
    use Deed::{Close, Keep, Reopen};
    for (kind, project, field) in stands() {
        let server = Server::start(kind);
        let target = target(&server, kind, project, field);
        let deeds = |items: &[Item], write| run_by_id(items, &target, write);
        let mut items = items();
        run(&items, &target, true);
        set_done(&mut items, &[3], true);
        assert_eq!(deeds(&items, false), [Keep, Keep, Keep, Close], "{kind:?}: asked");
        assert_eq!(server.closed(), [false; 4], "{kind:?}: a dry run closes nothing");
        assert_eq!(deeds(&items, true), [Keep, Keep, Keep, Close], "{kind:?}");
        assert_eq!(server.closed(), [false, false, false, true], "{kind:?}");
        assert!(server.issues()[3].to_string().contains("Tình trạng: Hoàn thành ngày 04/05/2026"), "{kind:?}");
        assert_eq!(deeds(&items, true), [Keep; 4], "{kind:?}: once is enough");
        // Parents and children at once: Redmine closes the children first.
        set_done(&mut items, &[0, 1, 2], true);
        assert_eq!(deeds(&items, true), [Close, Close, Close, Keep], "{kind:?}");
        assert_eq!(server.closed(), [true; 4], "{kind:?}");
        // The office takes one back.
        set_done(&mut items, &[3], false);
        assert_eq!(deeds(&items, true), [Keep, Keep, Keep, Reopen], "{kind:?}");
        assert_eq!(server.closed(), [true, true, true, false], "{kind:?}");
        assert_eq!(deeds(&items, true), [Keep; 4], "{kind:?}");
        // Users close it by hand, the office says nothing of it: it stays closed.
        server.set_closed(4, true);
        assert_eq!(deeds(&items, true), [Keep; 4], "{kind:?}");
        assert!(server.closed()[3], "{kind:?}");
        // Users open what the office has done: it is closed again.
        server.set_closed(1, false);
        assert_eq!(deeds(&items, true), [Close, Keep, Keep, Keep], "{kind:?}");
        assert_eq!((server.closed(), server.issues().len()), (vec![true; 4], 4), "{kind:?}: nothing is doubled");
    }
}

/// What is done before there is an issue gets none.
#[test]
fn no_issue_is_made_to_be_closed() {
    for (kind, project, field) in stands() {
        let server = Server::start(kind);
        let mut items = items();
        set_done(&mut items, &[3], true);
        let (deeds, end) = run(&items, &target(&server, kind, project, field), true);
        assert_eq!((deeds, end), (vec![Ok(Deed::Create), Ok(Deed::Create), Ok(Deed::Create), Ok(Deed::Skip)], None), "{kind:?}");
        assert_eq!(server.issues().len(), 3, "{kind:?}");
    }
}

#[test]
fn a_status_that_the_workflow_passes_over_is_told() {
    let server = Server::start(Kind::Redmine);
    let target = Target { closed_status: Some(redmine::FORBIDDEN), ..target(&server, Kind::Redmine, "7", None) };
    let mut items = items();
    run(&items, &target, true);
    set_done(&mut items, &[3], true);
    let (deeds, _) = run(&items, &target, true);
    let refusal = deeds[3].as_ref().expect_err("it is not closed");
    assert!(refusal.starts_with("the tracker changed the issue #4, but it is not closed; close what stands below it first"), "{refusal}");
    // The next run tries again.
    let free = Target { closed_status: Some(5), ..target };
    assert_eq!(run(&items, &free, true).0[3], Ok(Deed::Close));
}

/// Each row: what goes wrong at the n-th call that would make an issue.
#[test]
fn nothing_is_doubled_whatever_breaks() {
    let rows = [
        ("the answer is lost after the issue was made", Trouble::LoseAnswer),
        ("the connection ends before anything is done", Trouble::HangUp),
        ("too many calls", Trouble::Status(429)),
        ("the server is busy", Trouble::Status(503)),
        ("the gateway gives up, but the issue was made", Trouble::DoneBut(504)),
    ];
    for (kind, project, field) in stands() {
        for (what, trouble) in rows {
            for n in 0..3 {
                let server = Server::start(kind);
                server.trouble_at_creation(n, trouble, 1);
                assert_eq!(run(&items(), &target(&server, kind, project, field), true), all(Deed::Create), "{kind:?}, {what}, {n}");
                assert_eq!(server.issues().len(), 4, "{kind:?}, {what}, {n}");
            }
        }
    }
}

#[test]
fn a_run_that_broke_off_is_taken_up() {
    for (kind, project, field) in stands() {
        let server = Server::start(kind);
        let target = target(&server, kind, project, field);
        // Longer than our patience.
        server.trouble_at_creation(2, Trouble::LoseAnswer, 1);
        server.refuse_after_creation(2, 503, 20);
        let (deeds, end) = run(&items(), &target, true);
        assert_eq!(deeds.len(), 2, "{kind:?}");
        assert!(end.as_ref().is_some_and(|e| e.contains("busy or ill (503")), "{kind:?}: {end:?}");
        assert_eq!(server.issues().len(), 3, "{kind:?}: the third was made, and we do not know");
        server.heal();
        let (deeds, end) = run(&items(), &target, true);
        assert_eq!((deeds, end), (vec![Ok(Deed::Keep), Ok(Deed::Keep), Ok(Deed::Keep), Ok(Deed::Create)], None), "{kind:?}");
        assert_eq!(server.issues().len(), 4, "{kind:?}");
    }
}

#[test]
fn a_refused_task_does_not_stop_the_others() {
    for (kind, project, field) in stands() {
        let server = Server::start(kind);
        let mut items = items();
        items[3].title = String::new();
        let (deeds, end) = run(&items, &target(&server, kind, project, field), true);
        assert_eq!(end, None);
        assert_eq!(deeds[..3], [Ok(Deed::Create), Ok(Deed::Create), Ok(Deed::Create)]);
        let refusal = deeds[3].as_ref().expect_err("an empty title");
        assert!(refusal.starts_with("the tracker refuses the issue (4") && refusal.contains("blank"), "{kind:?}: {refusal}");
    }
}

#[test]
fn errors_name_the_remedy_and_never_the_token() {
    for (kind, project, field) in stands() {
        let server = Server::start(kind);
        let wrong = Target { token: "sai-token".to_owned(), ..target(&server, kind, project, field) };
        let end = run(&items(), &wrong, true).1.expect("no way in");
        assert!(end.starts_with("the tracker does not take the token (401") && end.ends_with("check the token and its validity"), "{end}");
        assert!(!end.contains("sai-token") && !format!("{wrong:?}").contains("sai-token"), "{end}");
        let unknown = Target { project: "404".to_owned(), ..target(&server, kind, project, field) };
        let end = run(&items(), &unknown, true).1.expect("no such project");
        assert!(end.contains("404"), "{end}");
    }
    let nobody = Target {
        kind: Kind::GitLab,
        url: "http://127.0.0.1:9".to_owned(),
        project: "1".to_owned(),
        token: TOKEN.to_owned(),
        issue_type: None,
        field: None,
        closed_status: None,
    };
    let end = run(&items(), &nobody, true).1.expect("nobody there");
    assert!(end.starts_with("the tracker does not answer") && end.contains("takes up where it ended"), "{end}");
}

#[test]
fn tokens_go_over_encrypted_lines() {
    let rows = [
        ("https://redmine.example.vn", false, true),
        ("http://127.0.0.1:3000", false, true),
        ("http://localhost/redmine", false, true),
        ("http://redmine.example.vn", false, false),
        ("http://redmine.example.vn", true, true),
        // A name that begins like ours.
        ("http://localhost.example.vn", false, false),
        ("http://127.0.0.1:3000@example.vn", false, false),
        ("redmine.example.vn", true, false),
        ("ftp://redmine.example.vn", true, false),
    ];
    for (url, allow_http, good) in rows {
        let target = Target {
            kind: Kind::Redmine,
            url: url.to_owned(),
            project: "1".to_owned(),
            token: TOKEN.to_owned(),
            issue_type: None,
            field: None,
            closed_status: None,
        };
        assert_eq!(target.check(allow_http).is_ok(), good, "{url}");
    }
}

#[test]
fn the_command_asks_first_and_tells_what_it_did() {
    let server = Server::start(Kind::Redmine);
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/07-ke-hoach-xa.txt");
    let vanthu = |token: Option<&str>, more: &[&str]| {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_vanthu"));
        command.args(["push", "redmine", "--url", &server.url(), "--project", "7", "--type", "2", "--token-env", "VANTHU_TEST_TOKEN"]).args(more).arg(corpus);
        match token {
            Some(token) => command.env("VANTHU_TEST_TOKEN", token),
            None => command.env_remove("VANTHU_TEST_TOKEN"),
        };
        let output = command.output().expect("the program starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let (code, _, err) = vanthu(None, &[]);
    assert_eq!(code, Some(1));
    assert_eq!(err, "vanthu: the environment variable VANTHU_TEST_TOKEN holds no token; put the tracker's access token into it\n");
    let (code, out, err) = vanthu(Some(TOKEN), &[]);
    assert_eq!(code, Some(0), "{err}");
    assert!(out.lines().count() > 3 && out.lines().all(|l| l.starts_with("create ")), "{out}");
    assert!(err.ends_with("0 to update, 0 up to date, 0 refused; nothing was changed, pass --yes to do it\n"), "{err}");
    assert!(server.issues().is_empty());
    let (code, out, err) = vanthu(Some(TOKEN), &["--yes"]);
    assert_eq!(code, Some(0), "{err}");
    assert!(out.starts_with("created #1 "), "{out}");
    let made = server.issues().len();
    let (code, out, err) = vanthu(Some(TOKEN), &["--yes"]);
    assert_eq!((code, out.as_str()), (Some(0), ""));
    assert_eq!(err, format!("vanthu: 0 created, 0 updated, {made} up to date, 0 refused\n"));
    assert!(!out.contains(TOKEN) && !err.contains(TOKEN));
}
