//! Gives the program the fingerprint of its rules: a hash of everything that decides what is read out of a file.

use std::path::{Path, PathBuf};

/// The per-file phase, the lexicon and the libraries that read formats.
const RULES: [&str; 14] =
    ["Cargo.lock", "text", "phrases", "lexicon", "marker", "rule", "source", "structure", "mention", "header", "duty", "analysis", "export", "pipeline"];

fn main() {
    let mut files: Vec<PathBuf> =
        RULES.iter().flat_map(|name| [name.to_string(), format!("src/{name}.rs"), format!("src/{name}")]).map(PathBuf::from).collect();
    files.retain(|f| f.exists());
    let mut hash = FNV;
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        add(&mut hash, file);
    }
    println!("cargo::rustc-env=VANTHU_RULES={hash:016x}");
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
