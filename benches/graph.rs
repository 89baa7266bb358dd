//! A synthetic archive of 1,000,000 mentions over 200,000 works: how long resolving and building take, how much memory
//! they need, how long a trace takes from the store.
//!
//! `cargo bench --bench graph` prints one line of each; `-- 100000` makes a tenth of it.

use std::path::Path;
use std::time::Instant;
use vanthu::graph::{CitationGraph, TraceOptions};
use vanthu::resolve::{Form, Mention, Paper, Relation, edtf};
use vanthu::store::Store;

/// Mentions of each paper.
const EACH: usize = 20;
/// Works to a mention, inverted.
const MENTIONS_OF_A_WORK: usize = 5;

/// SplitMix64: the same archive on every machine.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n.max(1) as u64).unwrap_or_default()
    }
}

const SCOPES: [(&str, &str, &str, &str); 6] = [
    ("ttg", "qd", "QĐ", "QĐ-TTg"),
    ("cp", "nq", "NQ", "NQ-CP"),
    ("long-an/ubnd", "kh", "KH", "KH-UBND"),
    ("hai-phong/ubnd", "qd", "QĐ", "QĐ-UBND"),
    ("bgddt", "kh", "KH", "KH-BGDĐT"),
    ("tw", "ct", "CT", "CT/TW"),
];
const KINDS: [&str; 5] = ["implements", "based_on", "cites", "replaces", "reviews"];

/// A work of the archive by its number.
struct Known {
    key: String,
    code: String,
    type_code: &'static str,
    date: String,
    title: String,
}

fn known(i: usize) -> Known {
    let (scope, class, type_code, notation) = SCOPES[i % SCOPES.len()];
    let (year, number) = (2000 + i / SCOPES.len() % 26, i / SCOPES.len() / 26 + 1);
    Known {
        key: format!("vn/{scope}/{class}/{year}/{number}"),
        code: format!("{number}/{notation}"),
        type_code,
        date: format!("{year}-{:02}-{:02}", i % 12 + 1, i % 28 + 1),
        title: format!("triển khai thực hiện nhiệm vụ thứ {} về xây dựng xã hội học tập giai đoạn {year} - {} trên địa bàn", i % 997, year + 5),
    }
}

/// Of two works the one of lower number is cited: some are cited by thousands.
fn cited(chance: &mut Chance, works: usize) -> usize {
    chance.below(works).min(chance.below(works))
}

fn paper(i: usize, chance: &mut Chance, works: usize) -> Paper {
    let own = known(works - 1 - i);
    let mentions = (0..EACH).map(|m| mention(m, &known(cited(chance, works)), chance)).collect::<Vec<_>>();
    let relation = |m: usize, chance: &mut Chance| Relation {
        source: None,
        kind: KINDS[chance.below(20).min(4)].into(),
        target: u32::try_from(m).unwrap_or_default(),
        cue: Some("thực hiện".into()),
        confidence: "medium".into(),
    };
    Paper {
        id: format!("sha256:{:064x}", chance.next()).into(),
        path: format!("archive/{i}.docx").into(),
        number: Some("1".into()),
        code: Some(own.code.into()),
        type_code: Some(own.type_code.into()),
        subject: Some(own.title.into()),
        date: edtf(&own.date),
        key: Some(own.key.into()),
        relations: (0..EACH).map(|m| relation(m, chance)).collect(),
        mentions,
        ..Paper::default()
    }
}

/// One mention in ten prints no year: it comes from the archive, or is refused.
fn mention(place: usize, work: &Known, chance: &mut Chance) -> Mention {
    let bare = chance.below(10) == 0;
    Mention {
        quote: format!("{} số {} ngày {}", work.type_code, work.code, work.date).into(),
        start: u32::try_from(place * 200).unwrap_or_default(),
        end: u32::try_from(place * 200 + 60).unwrap_or_default(),
        section: Some("II.1.a".into()),
        form: Form::Full,
        type_code: Some(work.type_code.into()),
        code: Some(work.code.as_str().into()),
        date: if bare { None } else { edtf(&work.date) },
        title: (!bare).then(|| work.title.as_str().into()),
        key: (!bare).then(|| work.key.as_str().into()),
        rule: "citation-full".into(),
        ..Mention::default()
    }
}

/// Peak of resident memory in MB, where the system tells it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb / 1024)
}

fn main() {
    let mentions = std::env::args().skip(1).find_map(|a| a.parse::<usize>().ok()).unwrap_or(1_000_000);
    let (papers, works) = (mentions / EACH, mentions / MENTIONS_OF_A_WORK);
    let mut chance = Chance(1);
    let archive: Vec<Paper> = (0..papers).map(|i| paper(i, &mut chance, works)).collect();
    println!("{papers} papers, {mentions} mentions, {works} works; {} MB before", peak().unwrap_or_default());
    rayon::ThreadPoolBuilder::new().num_threads(2).build_global().expect("threads can be started");
    let start = Instant::now();
    let graph = CitationGraph::of_papers(archive);
    let time = start.elapsed();
    println!(
        "{:8.2} s  resolved and built: {} works, {} edges, {} open; {} MB at most",
        time.as_secs_f64(),
        graph.works().len(),
        graph.edges().count(),
        graph.open().len(),
        peak().unwrap_or_default()
    );
    graph.verify().expect("the graph is sound");
    traces(&graph);
}

/// Depth 5 from the most cited work, from one in the middle and from a paper that cites.
fn traces(graph: &CitationGraph) {
    let folder = std::env::temp_dir().join(format!("vanthu-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let path = folder.join("graph.db");
    let start = Instant::now();
    let mut store = Store::open(&path).expect("a store can be made");
    store.replace_graph(graph).expect("the store can be written");
    println!("{:8.2} s  written to the store ({} MB)", start.elapsed().as_secs_f64(), size(&path) / 1_000_000);
    let most = graph.works().iter().max_by_key(|w| w.mentions).map(|w| w.key.clone());
    let middle = graph.works().get(graph.works().len() / 2).map(|w| w.key.clone());
    let held = graph.works().iter().find(|w| !w.held.is_empty()).map(|w| w.key.clone());
    drop(store);
    for key in [most, middle, held].into_iter().flatten() {
        let start = Instant::now();
        let store = Store::open_existing(&path).expect("the store is there");
        let trace = store.trace(&key, &TraceOptions::default()).expect("the store can be read").expect("the work is there");
        println!("{:8.1} ms traced {key} from the store: {} works, {} steps", start.elapsed().as_secs_f64() * 1e3, trace.works.len(), trace.steps.len());
    }
    let _ = std::fs::remove_dir_all(&folder);
}

fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map(|m| m.len()).unwrap_or_default()
}
