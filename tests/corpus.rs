//! What is found in the corpus against what was marked there, and against what was found before.

#[path = "record/claims.rs"]
mod claims;

use rayon::ThreadPoolBuilder;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vanthu::pipeline::{self, Input};
use vanthu::score::{self, Count, Report};
use vanthu::source::Options;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The corpus documents, sorted.
fn documents() -> Vec<PathBuf> {
    let files = pipeline::files_below(&[root().join("corpus")]).expect("the corpus is there");
    files.into_iter().filter(|p| p.extension().is_some_and(|e| e == "txt")).collect()
}

/// The figures of a report, as they are committed.
struct Figures {
    counts: BTreeMap<String, Count>,
    fields: BTreeMap<String, (usize, usize)>,
    differences: Vec<String>,
}

impl Figures {
    fn of(report: &Report) -> Self {
        let mut differences: Vec<String> = report.differences.iter().map(|d| format!("{}: {}: {}", d.document, d.kind, d.what)).collect();
        differences.sort();
        Self {
            counts: report.counts.iter().map(|(kind, c)| ((*kind).to_owned(), *c)).collect(),
            fields: report.fields.iter().map(|(field, a)| ((*field).to_owned(), (a.right, a.of))).collect(),
            differences,
        }
    }

    fn read(path: &Path) -> Self {
        let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}; make it with VANTHU_BLESS=1 cargo test --test corpus", path.display()));
        let json: Value = serde_json::from_slice(&bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let number = |v: &Value, name: &str| v[name].as_u64().unwrap_or_else(|| panic!("{}: {name} is missing", path.display())) as usize;
        let entries = |name: &str| json[name].as_object().into_iter().flatten();
        let count = |v: &Value| Count { right: number(v, "right"), spurious: number(v, "spurious"), missed: number(v, "missed") };
        Self {
            counts: entries("counts").map(|(kind, v)| (kind.clone(), count(v))).collect(),
            fields: entries("fields").map(|(field, v)| (field.clone(), (number(v, "right"), number(v, "of")))).collect(),
            differences: json["differences"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect(),
        }
    }

    fn write(&self, path: &Path) {
        let fields: BTreeMap<&String, Value> = self.fields.iter().map(|(field, (right, of))| (field, json!({ "right": right, "of": of }))).collect();
        let json = json!({ "counts": self.counts, "fields": fields, "differences": self.differences });
        let text = serde_json::to_string_pretty(&json).expect("figures are JSON") + "\n";
        std::fs::write(path, text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    }

    /// F1 of what is counted, share of the right ones of what is compared.
    fn shares(&self) -> BTreeMap<String, f64> {
        let counts = self.counts.iter().map(|(kind, c)| (format!("F1 of {kind}"), c.f1()));
        let fields = self.fields.iter().map(|(field, (right, of))| (format!("accuracy of {field}"), *right as f64 / (*of).max(1) as f64));
        counts.chain(fields).collect()
    }

    /// What makes these figures worse than those before.
    fn faults(&self, before: &Self) -> Vec<String> {
        let now = self.shares();
        let mut faults: Vec<String> = before
            .shares()
            .into_iter()
            .map(|(name, was)| (now.get(&name).copied().unwrap_or(0.0), was, name))
            .filter(|(is, was, _)| *is < was - 1e-9)
            .map(|(is, was, name)| format!("{name} fell from {was:.4} to {is:.4}"))
            .collect();
        let (gained, lost) = (without(&before.differences, &self.differences), without(&self.differences, &before.differences));
        if gained.is_empty() && !lost.is_empty() {
            faults.push(format!("{} differences came, and none went", lost.len()));
        }
        faults
    }
}

/// What stands in `all` more often than in `other`.
fn without(all: &[String], other: &[String]) -> Vec<String> {
    let mut left = other.to_vec();
    let mut rest = Vec::new();
    for item in all {
        match left.iter().position(|l| l == item) {
            Some(i) => drop(left.swap_remove(i)),
            None => rest.push(item.clone()),
        }
    }
    rest
}

#[test]
fn nothing_is_found_less_well_than_before() {
    let baseline = root().join("tests/corpus_baseline.json");
    let corpus = root().join("corpus");
    let report = score::folder(&corpus, &corpus).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(report.documents, documents().len(), "every corpus document is marked, and every mark has its document");
    assert_eq!(report.failed, 0, "{}", report.table(true));
    let now = Figures::of(&report);
    if std::env::var_os("VANTHU_BLESS").is_some_and(|v| v == "1") {
        now.write(&baseline);
        return;
    }
    let before = Figures::read(&baseline);
    for gained in without(&before.differences, &now.differences) {
        println!("gained  {gained}");
    }
    for lost in without(&now.differences, &before.differences) {
        println!("lost    {lost}");
    }
    let faults = now.faults(&before);
    assert!(
        faults.is_empty(),
        "{}\nWhat was gained and lost stands above. Where the losses are meant, rewrite the baseline: VANTHU_BLESS=1 cargo test --test corpus",
        faults.join("\n")
    );
}

#[test]
fn worse_figures_are_told_from_better_ones() {
    let figures = |right, missed, fields, differences: &[&str]| Figures {
        counts: [("tasks".to_owned(), Count { right, spurious: 1, missed })].into(),
        fields: [("leads".to_owned(), fields)].into(),
        differences: differences.iter().map(|d| (*d).to_owned()).collect(),
    };
    let before = figures(8, 2, (6, 8), &["a: task missed: x", "a: task missed: x", "a: lead: y"]);
    let rows = [
        // The same again.
        (figures(8, 2, (6, 8), &["a: task missed: x", "a: task missed: x", "a: lead: y"]), 0),
        // One of two like differences went.
        (figures(9, 1, (6, 8), &["a: task missed: x", "a: lead: y"]), 0),
        // One went, another came, the figures stay.
        (figures(8, 2, (6, 8), &["a: task missed: x", "a: task missed: x", "b: lead: z"]), 0),
        // One came, none went, though the figures stay.
        (figures(8, 2, (6, 8), &["a: task missed: x", "a: task missed: x", "a: lead: y", "b: lead: z"]), 1),
        // A count fell, whatever was gained.
        (figures(7, 3, (6, 8), &[]), 1),
        // A field fell.
        (figures(8, 2, (5, 8), &["a: task missed: x", "a: task missed: x"]), 1),
        // What was compared is compared no more.
        (Figures { fields: BTreeMap::new(), ..figures(8, 2, (0, 0), &[]) }, 1),
    ];
    for (i, (now, faults)) in rows.into_iter().enumerate() {
        assert_eq!(now.faults(&before).len(), faults, "row {i}: {:?}", now.faults(&before));
    }
}

#[test]
fn records_keep_their_claims() {
    for path in documents() {
        let record = pipeline::read(&Input::File(path.clone()), &Options::default()).unwrap_or_else(|e| panic!("{e}"));
        let broken = claims::broken(&record);
        assert!(broken.is_empty(), "{}:\n{}", path.display(), broken.join("\n"));
    }
}

/// Each document's record in bytes, by name, as so many threads write them.
fn written(inputs: &[Input], threads: usize) -> BTreeMap<String, Vec<u8>> {
    let pool = ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
    let mut written = BTreeMap::new();
    let mut order = Vec::new();
    let outcome: Result<(), serde_json::Error> = pool.install(|| {
        pipeline::run(inputs, &Options::default(), |input, outcome| {
            let record = outcome.unwrap_or_else(|e| panic!("{e}"));
            order.push(input.name());
            written.insert(input.name(), serde_json::to_vec(&record)?);
            Ok(())
        })
    });
    outcome.expect("records are JSON");
    let given: Vec<String> = inputs.iter().map(Input::name).collect();
    assert_eq!(order, given, "the records come in the order of the inputs");
    written
}

#[test]
fn threads_and_order_change_no_byte() {
    let inputs: Vec<Input> = documents().into_iter().map(Input::File).collect();
    let backwards: Vec<Input> = inputs.iter().rev().cloned().collect();
    // Odd ones first, then even ones.
    let dealt: Vec<Input> = [1, 0].iter().flat_map(|&odd| inputs.iter().skip(odd).step_by(2).cloned()).collect();
    let want = written(&inputs, 1);
    for (threads, order, how) in [(2, &inputs, "two threads"), (1, &backwards, "backwards"), (2, &dealt, "two threads, dealt out")] {
        let got = written(order, threads);
        for (name, bytes) in &want {
            assert!(got.get(name) == Some(bytes), "{name} came out otherwise: {how}");
        }
    }
}

/// Papers marked before the program existed; they stand beside a checkout and are not part of it.
mod gold {
    use super::{Count, Report, Value, root, score};
    use std::path::{Path, PathBuf};

    /// A PDF whose text is at hand: the marked file and its twin.
    const TWINS: [(&str, &str); 1] = [("real/congbao/10_quyet-dinh-so-844-qd-ttg-469526.pdf", "real/congbao/11_quyet-dinh-so-844-qd-ttg-469526.txt")];

    /// Copies of the marks whose documents are text, with the paths to read.
    fn marks(shared: &Path) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gold");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("the build folder can be written");
        for entry in std::fs::read_dir(shared.join("gold")).expect("the marks can be listed").flatten() {
            let path = entry.path();
            if path.extension().is_none_or(|e| e != "json") {
                continue;
            }
            let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let mut marks: Value = serde_json::from_slice(&bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let file = marks["file"].as_str().unwrap_or_default();
            let read = TWINS.iter().find(|(pdf, _)| *pdf == file).map_or(file, |(_, text)| text).to_owned();
            if read.ends_with(".txt") {
                marks["file"] = read.into();
                std::fs::write(folder.join(entry.file_name()), marks.to_string()).expect("the build folder can be written");
            }
        }
        folder
    }

    /// What the share of right readings must reach.
    fn floors(report: &Report) -> [(&'static str, f64, f64); 6] {
        let f1 = |kind: &str| report.counts.get(kind).copied().map_or(0.0, Count::f1);
        let accuracy = |field: &str| report.fields.get(field).map_or(0.0, |a| a.right as f64 / a.of.max(1) as f64);
        [
            ("F1 of citations", f1("citations"), 0.97),
            ("accuracy of citation dates", accuracy("citation dates"), 0.97),
            ("F1 of relations", f1("relations"), 0.88),
            ("accuracy of header", accuracy("header"), 0.95),
            ("F1 of tasks", f1("tasks"), 0.93),
            ("F1 of tasks exact", f1("tasks exact"), 0.82),
        ]
    }

    #[test]
    fn marked_papers_are_read_as_promised() {
        let shared = root().join("../shared");
        if !shared.join("gold").is_dir() {
            assert!(std::env::var_os("CI").is_none_or(|v| v != "true"), "the marked papers are not beside the checkout, and CI must not go without them");
            println!("skipped: the marked papers are not beside this checkout");
            return;
        }
        let report = score::folder(&marks(&shared), &shared).unwrap_or_else(|e| panic!("{e}"));
        println!("{}", report.table(true));
        assert_eq!((report.documents, report.failed), (4, 0));
        let low: Vec<String> =
            floors(&report).iter().filter(|(_, is, floor)| is < floor).map(|(name, is, floor)| format!("{name} is {is:.4}, below {floor}")).collect();
        assert!(low.is_empty(), "{}", low.join("\n"));
    }
}
