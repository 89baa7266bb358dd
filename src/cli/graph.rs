//! `vanthu graph`: the citation graph in the formats of graph programs.

use super::archive::{self, Place};
use super::trace::{kind, one};
use super::{Failure, NOTHING, OK, SOME_FAILED};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use vanthu::graph::format;
use vanthu::graph::{CitationGraph, Filter, GraphRecord};
use vanthu::resolve::Paper;

/// Which part of the graph is written, and how.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
    /// How to write it; csv writes two files and needs --output.
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// File to write; for csv a folder, in which works.csv and edges.csv are written.
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Only documents of these types (QĐ, KH, CV, …).
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    types: Vec<String>,
    /// Only these relations, such as implements,based_on.
    #[arg(long, value_name = "TYPE", value_delimiter = ',')]
    relation: Vec<String>,
    /// Only documents whose key starts so: vn/ttg, vn/long-an.
    #[arg(long, value_name = "PREFIX")]
    key: Option<String>,
    /// Only documents of this year or later.
    #[arg(long, value_name = "YEAR")]
    from: Option<i16>,
    /// Only documents of this year or earlier.
    #[arg(long, value_name = "YEAR")]
    to: Option<i16>,
    /// Only documents that are held.
    #[arg(long)]
    held: bool,
    /// Only what stands within --depth steps of this document.
    #[arg(long, value_name = "CODE|PATH")]
    around: Option<String>,
    /// Steps around that document.
    #[arg(long, value_name = "N", default_value_t = 2, requires = "around")]
    depth: usize,
}

/// Formats of the graph.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// The record vanthu/graph/1, with all evidence.
    Json,
    /// For NetworkX, Gephi, yEd and Cytoscape.
    Graphml,
    /// For Graphviz.
    Dot,
    /// For Gephi.
    Gexf,
    /// Two tables, for Neo4j and spreadsheets.
    Csv,
    /// Linked data in ELI and schema.org terms.
    Jsonld,
}

pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let kinds = arguments.relation.iter().map(|name| kind(name)).collect::<Result<_, _>>()?;
    if arguments.format == Format::Csv && arguments.output.is_none() {
        return Err(Failure::Said("csv is two tables; name a folder for them with --output".to_owned()));
    }
    let archive = archive::read(&arguments.place, |record| Paper::of(&record))?;
    if archive.items.is_empty() && archive.failed == 0 {
        eprintln!("vanthu: there are no files to read below the given paths");
        return Ok(NOTHING);
    }
    let graph = CitationGraph::of_papers(archive.items);
    let around = arguments.around.as_deref().map(|what| one(&graph, what)).transpose()?;
    let &Arguments { from, to, held, depth, .. } = arguments;
    let filter = Filter { types: arguments.types.clone(), kinds, key: arguments.key.clone(), from, to, held, around: around.map(|w| (w, depth)) };
    let record = graph.filtered(&filter);
    write(&record, arguments)?;
    Ok(if archive.failed == 0 { OK } else { SOME_FAILED })
}

fn write(record: &GraphRecord, arguments: &Arguments) -> Result<(), Failure> {
    let text = match arguments.format {
        Format::Json => serde_json::to_string_pretty(record)? + "\n",
        Format::Graphml => format::graphml(record),
        Format::Dot => format::dot(record),
        Format::Gexf => format::gexf(record),
        Format::Jsonld => serde_json::to_string_pretty(&format::jsonld(record))? + "\n",
        Format::Csv => return arguments.output.as_deref().map_or(Ok(()), |folder| tables(record, folder)),
    };
    match &arguments.output {
        Some(path) => save(path, text.as_bytes()),
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            out.write_all(text.as_bytes())?;
            Ok(out.flush()?)
        }
    }
}

fn tables(record: &GraphRecord, folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|e| cannot_write(folder, &e))?;
    save(&folder.join("works.csv"), &format::works_csv(record))?;
    save(&folder.join("edges.csv"), &format::edges_csv(record))
}

fn save(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).map_err(|e| cannot_write(path, &e))
}

fn cannot_write(path: &Path, e: &io::Error) -> Failure {
    Failure::Said(format!("{}: cannot be written ({e}); check the folder and the disk", path.display()))
}
