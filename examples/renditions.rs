//! Writes each paper of the corpus as a Word document into a folder, for `scripts/renditions.sh`.

#[path = "../tests/formats/rendition.rs"]
mod rendition;

use std::path::{Path, PathBuf};
use vanthu::pipeline;
use vanthu::source::{self, Options};

fn main() {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: cargo run --example renditions FOLDER");
        std::process::exit(1);
    };
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for path in pipeline::files_below(&[corpus]).expect("the corpus is there") {
        if path.extension().is_some_and(|e| e == "txt") {
            let bytes = std::fs::read(&path).expect("the corpus can be read");
            let reading = source::read(&bytes, &Options::default()).expect("the corpus is text");
            let name = Path::new(path.file_name().expect("a file has a name")).with_extension("docx");
            std::fs::write(folder.join(name), rendition::docx(&reading.text)).expect("the folder can be written");
        }
    }
}
