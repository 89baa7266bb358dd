//! The graph over whole archives: the chains that it must find, the same bytes for any order, formats that others read.

#[path = "graph/resolve.rs"]
mod resolve;
#[path = "graph/store.rs"]
mod store;

use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use vanthu::graph::{CitationGraph, Kind, TraceOptions, format};
use vanthu::pipeline::{self, Input};
use vanthu::resolve::Paper;
use vanthu::source::Options;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn papers(folder: &Path) -> Vec<Paper> {
    let files = pipeline::files_below(&[folder.to_owned()]).expect("the folder is there");
    let texts = files.into_iter().filter(|p| p.extension().is_some_and(|e| e == "txt"));
    texts.map(|p| Paper::of(&pipeline::read(&Input::File(p), &Options::default()).unwrap_or_else(|e| panic!("{e}")))).collect()
}

static CORPUS: LazyLock<Vec<Paper>> = LazyLock::new(|| papers(&root().join("corpus")));
static GRAPH: LazyLock<CitationGraph> = LazyLock::new(|| CitationGraph::of_papers(CORPUS.clone()));

/// The seeds; none where the shared folder is not here.
fn seeds() -> Option<PathBuf> {
    let seeds = root().join("../shared/seeds");
    if seeds.is_dir() {
        return Some(seeds);
    }
    assert!(std::env::var_os("CI").is_none(), "../shared/seeds must be there when CI is set");
    println!("left out: ../shared/seeds is not here");
    None
}

/// Asserts that each work does something to the next.
fn assert_chain(graph: &CitationGraph, chain: &[(&str, Kind)], end: &str) {
    let targets = chain.iter().skip(1).map(|c| c.0).chain([end]);
    for ((source, kind), target) in chain.iter().zip(targets) {
        let work = |key: &str| graph.work(key).unwrap_or_else(|| panic!("{key} is not in the graph"));
        let (from, to) = (work(source), work(target));
        let found = graph.edges_from(from).into_iter().any(|e| e.target == to && e.link.kind == *kind && !e.link.evidence.is_empty());
        assert!(found, "{source} does not {kind} {target}");
    }
}

#[test]
fn the_seeds_are_one_graph_with_its_chain() {
    let Some(seeds) = seeds() else { return };
    let graph = CitationGraph::of_papers(papers(&seeds));
    graph.verify().expect("the graph is sound");
    let held = |file: &str| {
        let work = graph.works().iter().find(|w| w.held.iter().any(|c| c.path.contains(file)));
        work.unwrap_or_else(|| panic!("{file} is held")).key.clone()
    };
    let plan = "vn/long-an/ubnd/kh/2020/129";
    assert_eq!(held("/001_"), plan, "the blank number is what 000 cites");
    let matched = graph.work(plan).and_then(|i| graph.works()[i as usize].matched.clone()).expect("the match is told");
    assert!(matched.score >= 0.9 && matched.quote.contains("129/KH-UBND"), "{matched:?}");
    let first = held("/000_");
    let chain = [(first.as_str(), Kind::Publicises), (plan, Kind::Implements), ("vn/ttg/qd/2020/489", Kind::Implements), ("vn/tw/kl/2019/49", Kind::Continues)];
    assert_chain(&graph, &chain, "vn/tw/ct/2007/11");
    let near = graph.filtered(&vanthu::graph::Filter { around: graph.work(&first).map(|w| (w, 99)), ..Default::default() });
    for file in ["/000_", "/001_", "/002_", "/003_", "/004_"] {
        assert!(near.works.iter().any(|w| w.work.key == held(file)), "{file} is joined to the others");
    }
    let nickname =
        graph.edges().any(|e| e.link.evidence.iter().any(|v| &*v.quote == "Đề án 89") && graph.works()[e.target as usize].key == "vn/ttg/qd/2013/89");
    assert!(nickname, "Đề án 89 is what Quyết định 89 approved");
}

#[test]
fn the_corpus_has_its_chain_from_directive_to_commune() {
    GRAPH.verify().expect("the graph is sound");
    let chain = [
        ("vn/dak-lak/xa-ea-kar/ubnd/kh/2026/52", Kind::Implements),
        ("vn/dak-lak/snnmt/kh/2026/39", Kind::Implements),
        ("vn/dak-lak/ubnd/kh/2026/21", Kind::Implements),
        ("vn/ttg/qd/2025/2614", Kind::BasedOn),
        ("vn/cp/nq/2025/346", Kind::Implements),
    ];
    assert_chain(&GRAPH, &chain, "vn/tw/ct/2025/61");
    let plan = GRAPH.work("vn/dak-lak/ubnd/kh/2026/21").map(|i| &GRAPH.works()[i as usize]).expect("it is cited");
    assert!(plan.held.iter().any(|c| c.path.contains("05-ke-hoach-tinh-dak-lak")), "the paper with the blank number is found: {plan:?}");
}

#[test]
fn a_trace_goes_level_by_level_and_tells_held_from_absent() {
    let directive = GRAPH.work("vn/tw/ct/2025/61").expect("it is held");
    let trace = GRAPH.trace(directive, &TraceOptions { up: false, depth: 2, ..Default::default() });
    assert!(trace.steps.iter().all(|s| s.level <= 2 && !s.edges.is_empty()));
    let levels: Vec<usize> = trace.steps.iter().map(|s| s.level).collect();
    assert!(levels.is_sorted() && levels.last() == Some(&2), "{levels:?}");
    assert!(trace.works.iter().any(|w| w.is_held) && trace.works.iter().any(|w| !w.is_held));
    // Nothing of the year after is there on the last day of 2025.
    let before = GRAPH.trace(directive, &TraceOptions { up: false, as_of: Some("2025-12-31".to_owned()), ..Default::default() });
    assert!(before.steps.iter().all(|s| !s.to.contains("/2026/")) && !before.steps.is_empty());
}

#[test]
fn an_ended_work_says_so() {
    let old = GRAPH.work("vn/ttg/qd/2019/1187").expect("it is cited");
    let changes = GRAPH.changes(old, None);
    assert!(changes.iter().any(|c| c.r#type == "replaces" && c.by == "vn/ttg/qd/2025/2614"), "{changes:?}");
    assert!(GRAPH.changes(old, Some("2024")).is_empty(), "not yet in 2024");
}

#[test]
fn a_cycle_is_data() {
    let mut graph = CORPUS[..2].to_vec();
    let keys: Vec<_> = graph.iter().map(|p| p.key.clone()).collect();
    for (i, paper) in graph.iter_mut().enumerate() {
        paper.mentions = vec![vanthu::resolve::Mention { key: keys[1 - i].clone(), quote: "x".into(), ..Default::default() }];
        paper.relations = vec![vanthu::resolve::Relation { kind: "cites".into(), ..Default::default() }];
    }
    let graph = CitationGraph::of_papers(graph);
    graph.verify().expect("a cycle is sound");
    let trace = graph.trace(0, &TraceOptions { depth: 50, ..Default::default() });
    assert_eq!((trace.works.len(), graph.edges().count()), (2, 2));
    assert!(format::tree(&trace, format::Style::default()).lines().count() < 40, "the tree ends");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn any_order_of_papers_gives_the_same_bytes(order in Just((0..CORPUS.len()).collect::<Vec<_>>()).prop_shuffle()) {
        static WANT: LazyLock<String> = LazyLock::new(|| serde_json::to_string(&GRAPH.record()).expect("a record is JSON"));
        let shuffled: Vec<Paper> = order.iter().map(|&i| CORPUS[i].clone()).collect();
        let graph = CitationGraph::of_papers(shuffled);
        graph.verify().expect("the graph is sound");
        prop_assert!(serde_json::to_string(&graph.record()).expect("a record is JSON") == *WANT, "the order shows");
    }
}

/// Whether Python has this module; says so where it has not.
fn python_has(module: &str) -> bool {
    let found = Command::new("python3").args(["-c", &format!("import {module}")]).output().is_ok_and(|o| o.status.success());
    if !found {
        println!("left out: python3 with {module} is not here (Debian: python3-{module})");
    }
    found
}

fn python(code: &str, file: &Path) -> String {
    let out = Command::new("python3").arg("-c").arg(code).arg(file).output().expect("python3 runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).trim().to_owned()
}

#[test]
fn networkx_reads_the_graphml() {
    if !python_has("networkx") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("graph.graphml");
    let record = GRAPH.record();
    std::fs::write(&file, format::graphml(&record)).expect("the file is written");
    let code = "import sys, networkx as nx\ng = nx.read_graphml(sys.argv[1])\nassert g.is_directed()\n\
                print(g.number_of_nodes(), g.number_of_edges(), g.nodes['vn/ttg/qd/2025/2614']['code'], g.nodes['vn/ttg/qd/2025/2614']['held'])";
    assert_eq!(python(code, &file), format!("{} {} 2614/QĐ-TTg True", record.works.len(), record.edges.len()));
    std::fs::write(&file, format::gexf(&record)).expect("the file is written");
    let code = "import sys, networkx as nx\ng = nx.read_gexf(sys.argv[1])\nprint(g.number_of_nodes(), g.number_of_edges())";
    assert_eq!(python(code, &file), format!("{} {}", record.works.len(), record.edges.len()));
}

/// A work whose every text tries to leave its place.
fn hostile() -> CitationGraph {
    let bad = "\"/><script>alert(1)</script>]]>\n`|#&'\u{1}\\";
    let mut papers = CORPUS[..4].to_vec();
    for paper in &mut papers {
        paper.subject = Some(bad.into());
        paper.path = format!("{}{bad}", paper.path).into();
        paper.mentions.iter_mut().for_each(|m| (m.quote, m.title) = (bad.into(), Some(bad.into())));
    }
    CitationGraph::of_papers(papers)
}

#[test]
fn hostile_text_stays_text_in_every_format() {
    let graph = hostile();
    let held = graph.works().iter().position(|w| !w.held.is_empty()).and_then(|i| u32::try_from(i).ok()).expect("a work is held");
    let (record, trace) = (graph.record(), graph.trace(held, &TraceOptions::default()));
    for (name, xml) in [("svg", format::svg(&trace)), ("graphml", format::graphml(&record)), ("gexf", format::gexf(&record))] {
        let mut reader = quick_xml::Reader::from_str(&xml);
        reader.config_mut().check_end_names = true;
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(quick_xml::events::Event::Start(e)) => assert!(e.name().as_ref() != "script", "{name} holds a script"),
                Ok(_) => {}
                Err(e) => panic!("{name} is no XML: {e}"),
            }
        }
    }
    assert!(!format::html(&trace).contains("<script"), "the page holds a script");
    let dot = format::dot(&record);
    let lines = dot.lines().filter(|l| l.contains("label=")).count();
    assert_eq!(lines, record.works.len() + record.edges.len(), "a text of the DOT file breaks its line");
    let mermaid = format::mermaid(&trace);
    assert!(mermaid.lines().all(|l| l.matches('"').count() % 2 == 0), "a text leaves its label");
}

#[test]
fn a_drawing_holds_all_its_arrows() {
    let numbers = |text: &str| -> Vec<i64> { text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect() };
    let mut below = 0;
    for held in 0..u32::try_from(GRAPH.works().len()).expect("few works") {
        let svg = format::svg(&GRAPH.trace(held, &TraceOptions::default()));
        let [.., width, height] = numbers(svg.split('"').nth(3).expect("a view box"))[..] else { panic!("a view box has four numbers") };
        for path in svg.split(" d=\"").skip(1).filter(|p| !p.starts_with("M0 0L8")) {
            let [x1, y1, _, c1, _, c2, x2, y2] = numbers(path.split('"').next().expect("a path"))[..] else { panic!("a curve has four points") };
            assert!(x1.max(x2) < width && y1.max(y2).max(c1).max(c2) < height, "an arrow of {held} leaves the drawing");
            below += usize::from(y1 == y2);
        }
    }
    assert!(below > 0, "no arrow runs between works of one row");
}

#[test]
fn the_page_of_a_trace_tells_how_a_blank_number_was_matched() {
    let Some(folder) = seeds() else { return };
    let graph = CitationGraph::of_papers(papers(&folder));
    let plan = graph.work("vn/long-an/ubnd/kh/2020/129").expect("the plan");
    let page = format::html(&graph.trace(plan, &TraceOptions::default()));
    assert!(page.contains("number blank; matched by type, issuer, month and title, score 1.00"), "{page}");
}
