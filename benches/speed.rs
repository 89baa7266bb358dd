//! How fast papers are read: bytes to finished records, on one thread, and where the time goes.

use criterion::{Criterion, SamplingMode, Throughput};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};
use vanthu::analysis::Analysis;
use vanthu::export::{ReadingFacts, document_record};
use vanthu::mention::{citation, relation};
use vanthu::source::Options;
use vanthu::structure::Document;
use vanthu::{duty, header, pipeline, source};

/// Size of the input: many papers, as an archive holds them.
const INPUT: usize = 50_000_000;

/// The corpus papers over and over, about [`INPUT`] bytes in all.
fn papers() -> Vec<Vec<u8>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let files = pipeline::files_below(&[corpus]).expect("the corpus is there");
    let texts = files.iter().filter(|p| p.extension().is_some_and(|e| e == "txt"));
    let corpus: Vec<Vec<u8>> = texts.map(|p| std::fs::read(p).expect("the corpus can be read")).collect();
    let mut left = INPUT;
    let fits = |paper: &&Vec<u8>| {
        let fits = left > 0;
        left = left.saturating_sub(paper.len());
        fits
    };
    corpus.iter().cycle().take_while(fits).cloned().collect()
}

fn bytes(papers: &[Vec<u8>]) -> usize {
    papers.iter().map(Vec::len).sum()
}

/// Bytes to the finished record, written out.
fn read(paper: &[u8], json: &mut Vec<u8>) -> usize {
    let record = pipeline::record("paper.txt", paper, &Options::default()).expect("corpus papers are read");
    json.clear();
    record.write_json(json).expect("a record is JSON");
    black_box(json).len()
}

/// Adds the time of one stage to its sum.
fn timed<T>(sum: &mut Duration, stage: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let value = black_box(stage());
    *sum += start.elapsed();
    value
}

/// Prints the share of each stage, each run by itself on the corpus papers.
fn stages(papers: &[Vec<u8>]) {
    const NAMES: [&str; 8] = ["hash", "decode and text", "structure", "header", "citations", "relations", "duties", "record and JSON"];
    let mut sums = [Duration::ZERO; NAMES.len()];
    let mut json = Vec::new();
    for paper in papers {
        let hash = timed(&mut sums[0], || pipeline::hash(paper));
        let reading = timed(&mut sums[1], || source::read(paper, &Options::default())).expect("corpus papers are read");
        let facts = ReadingFacts::of(&reading, "paper.txt", paper.len());
        let text = reading.text.clone();
        let document = timed(&mut sums[2], || Document::of(text));
        let header = timed(&mut sums[3], || header::read(&document));
        let citations = timed(&mut sums[4], || citation::find(&document));
        timed(&mut sums[5], || relation::find(&document, &citations));
        timed(&mut sums[6], || duty::find(&document, &header, &citations, &mut Vec::new()));
        let analysis = Analysis::of(reading.text);
        json.clear();
        timed(&mut sums[7], || document_record(&analysis, &facts, &hash).write_json(&mut json).expect("a record is JSON"));
    }
    let all: Duration = sums.iter().sum();
    let megabytes = bytes(papers) as f64 / 1e6;
    println!("{} papers, {megabytes:.1} MB, {:.1} MB/s over all stages", papers.len(), megabytes / all.as_secs_f64());
    for (name, sum) in NAMES.iter().zip(sums) {
        let share = 100.0 * sum.as_secs_f64() / all.as_secs_f64();
        println!("  {name:<16} {share:>5.1} %  {:>7.1} MB/s", megabytes / sum.as_secs_f64());
    }
}

fn speed(criterion: &mut Criterion) {
    let papers = papers();
    // A tenth is enough for shares; it also warms caches and compiles the rules.
    let tenth = papers.len() / 10;
    stages(&papers[..tenth]);
    let mut group = criterion.benchmark_group("speed");
    group.sampling_mode(SamplingMode::Flat).sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(10));
    // Each round reads the next tenth, so that ten samples read all papers.
    group.throughput(Throughput::Bytes(bytes(&papers) as u64 / 10));
    let mut json = Vec::new();
    let mut rounds = papers.chunks_exact(tenth).cycle();
    group.bench_function("bytes to records, one thread", |b| b.iter(|| rounds.next().into_iter().flatten().map(|p| read(p, &mut json)).sum::<usize>()));
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    speed(&mut criterion);
    criterion.final_summary();
}
