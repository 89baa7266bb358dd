//! Gives the program the fingerprints of its rules: hashes of everything that decides what is read out of a file, and what
//! is concluded from all of them.

use std::path::{Path, PathBuf};

/// The per-file phase, the lexicon, the libraries that read formats, the identity of works, and who the parties of duties are.
const RULES: &[&str] = &[
    "Cargo.lock",
    "text",
    "phrases",
    "lexicon",
    "marker",
    "rule",
    "source",
    "structure",
    "mention",
    "header",
    "duty",
    "analysis",
    "export",
    "pipeline",
    "resolve",
    "office",
    "task",
];
/// What is concluded from all documents together.
const CORPUS: &[&str] = &["graph", "store"];

fn main() {
    let mut hash = FNV;
    RULES.iter().for_each(|name| add_module(&mut hash, name));
    println!("cargo::rustc-env=VANTHU_RULES={hash:016x}");
    CORPUS.iter().for_each(|name| add_module(&mut hash, name));
    println!("cargo::rustc-env=VANTHU_CORPUS={hash:016x}");
}

fn add_module(hash: &mut u64, name: &str) {
    for file in [name.to_string(), format!("src/{name}.rs"), format!("src/{name}")].map(PathBuf::from).iter().filter(|f| f.exists()) {
        println!("cargo::rerun-if-changed={}", file.display());
        add(hash, file);
    }
}

/// FNV-1a, 64 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>.
const FNV: u64 = 0xcbf2_9ce4_8422_2325;

fn add(hash: &mut u64, path: &Path) {
    if path.is_dir() {
        let mut inner: Vec<PathBuf> = std::fs::read_dir(path).into_iter().flatten().flatten().map(|e| e.path()).collect();
        inner.sort();
        inner.iter().for_each(|p| add(hash, p));
        return;
    }
    let bytes = std::fs::read(path).unwrap_or_default();
    // A checkout with other line ends is the same.
    for b in path.to_string_lossy().replace('\\', "/").bytes().chain(bytes.into_iter().filter(|b| *b != b'\r')) {
        *hash = (*hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    }
}
