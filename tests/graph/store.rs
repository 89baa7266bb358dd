//! The graph in the store: what is read from it is what was written.

use super::{GRAPH, root};
use vanthu::graph::{Kind, ProofRecord, Trace, TraceOptions};
use vanthu::pipeline::{self, Input};
use vanthu::source::Options;
use vanthu::store::{Prepared, Store};

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let store = Store::open(&folder.path().join("vanthu.db")).expect("a store can be made");
    (folder, store)
}

#[test]
fn the_graph_comes_back_as_it_was_written() {
    let (_folder, mut store) = store();
    store.replace_graph(&GRAPH).expect("the store can be written");
    // Twice: the second writes over the first.
    store.replace_graph(&GRAPH).expect("the store can be written");
    let graph = store.graph().expect("the store can be read");
    graph.verify().expect("the graph is sound");
    assert!(graph.record() == GRAPH.record());
}

#[test]
fn a_trace_from_the_store_is_that_of_the_whole_graph() {
    let (_folder, mut store) = store();
    store.replace_graph(&GRAPH).expect("the store can be written");
    let options = [
        TraceOptions::default(),
        TraceOptions { up: false, depth: 2, ..TraceOptions::default() },
        TraceOptions { most: 2, ..TraceOptions::default() },
        TraceOptions { most_works: 3, ..TraceOptions::default() },
        TraceOptions { as_of: Some("2025-12-31".to_owned()), ..TraceOptions::default() },
        TraceOptions { kinds: vec![Kind::Implements, Kind::BasedOn], ..TraceOptions::default() },
    ];
    for (i, work) in GRAPH.works().iter().enumerate() {
        for options in &options {
            let want = GRAPH.trace(u32::try_from(i).expect("few works"), options);
            let found = store.trace(&work.key, options).expect("the store can be read").expect("the work is there");
            assert!(found == want, "{} with {options:?}", work.key);
        }
    }
    assert_eq!(store.trace("vn/ttg/qd/1900/1", &options[0]).expect("the store can be read"), None);
}

#[test]
fn papers_under_a_work_are_those_of_the_whole_graph() {
    let (_folder, mut store) = store();
    store.replace_graph(&GRAPH).expect("the store can be written");
    let mut deepest = 0;
    for (i, work) in GRAPH.works().iter().enumerate() {
        let want = vanthu::task::papers_under(&GRAPH, u32::try_from(i).expect("few works"));
        deepest = deepest.max(want.len());
        assert_eq!(store.papers_under(&work.key).expect("the store can be read"), want, "{}", work.key);
    }
    assert!(deepest > 3, "some work is carried on by several papers");
    assert!(store.papers_under("vn/ttg/qd/1900/1").expect("the store can be read").is_empty());
}

#[test]
fn works_are_looked_up_as_in_the_whole_graph() {
    let (_folder, mut store) = store();
    store.replace_graph(&GRAPH).expect("the store can be written");
    for words in ["2614/QĐ-TTg", "2614/qd-ttg", "vn/tw/ct/2025/61", "61-CT/TW", "999/QĐ-TTg"] {
        let want: Vec<&str> = GRAPH.lookup(words).into_iter().map(|i| GRAPH.works()[i as usize].key.as_str()).collect();
        let found = store.works_named(words).expect("the store can be read");
        assert_eq!(found.iter().map(|w| w.key.as_str()).collect::<Vec<_>>(), want, "{words}");
    }
}

#[test]
fn documents_of_the_store_give_the_graph_of_the_files() {
    let (_folder, mut store) = store();
    store.begin().expect("the store can be written");
    let files = pipeline::files_below(&[root().join("corpus")]).expect("the corpus is there");
    for path in files.into_iter().filter(|p| p.extension().is_some_and(|e| e == "txt")) {
        let record = pipeline::read(&Input::File(path), &Options::default()).unwrap_or_else(|e| panic!("{e}"));
        store.put(Prepared::of(*record, 1).expect("a record is packed")).expect("the store can be written");
    }
    store.commit().expect("the store can be written");
    assert!(store.is_stale().expect("the store can be read"), "documents came");
    store.conclude().expect("the store can be written");
    assert!(!store.is_stale().expect("the store can be read"));
    let graph = store.graph().expect("the store can be read");
    let keys = |g: &vanthu::graph::CitationGraph| g.works().iter().map(|w| w.key.clone()).collect::<Vec<_>>();
    assert_eq!(keys(&graph), keys(&GRAPH));
    assert_eq!(graph.edges().count(), GRAPH.edges().count());
    // Quotes are taken from the texts; where a paper stands the store knows of files alone.
    type Proof = (String, usize, usize, String);
    let proof = |p: ProofRecord| (p.document, p.span.start, p.span.end, p.quote);
    let proofs = |g: &vanthu::graph::CitationGraph| -> Vec<Proof> { g.record().edges.into_iter().flat_map(|e| e.evidence).map(proof).collect() };
    assert!(proofs(&graph) == proofs(&GRAPH));
    let open = |g: &vanthu::graph::CitationGraph| g.record().unresolved.into_iter().map(|u| (u.document, u.span, u.quote)).collect::<Vec<_>>();
    assert_eq!(open(&graph), open(&GRAPH));
    let of_trace = |t: Trace| -> Vec<Proof> { t.steps.into_iter().flat_map(|s| s.edges).flat_map(|e| e.evidence).map(proof).collect() };
    for key in keys(&graph) {
        let options = TraceOptions { depth: 2, ..TraceOptions::default() };
        let found = store.trace(&key, &options).expect("the store can be read").expect("the work is there");
        let want = GRAPH.trace(GRAPH.work(&key).expect("the work is there"), &options);
        assert!(of_trace(found) == of_trace(want), "{key}");
    }
}
