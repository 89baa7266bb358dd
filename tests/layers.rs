//! A module uses only itself and the modules that stand above it in `src/lib.rs`.

use std::path::Path;
use walkdir::WalkDir;

/// A file of a module and what it says.
struct Source {
    module: String,
    path: String,
    code: String,
}

#[test]
fn modules_use_only_what_stands_above_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let order = order(&read(&root.join("src/lib.rs")));
    let sources: Vec<Source> = order.iter().flat_map(|module| sources(root, module)).collect();
    assert!(sources.len() >= order.len(), "there is no file for some module of {order:?}");
    let faults: Vec<String> = sources.iter().flat_map(|s| faults(&order, s)).collect();
    assert!(faults.is_empty(), "uses against the flow of src/lib.rs:\n{}", faults.join("\n"));
}

#[test]
fn a_use_against_the_flow_is_found() {
    let order = order("//! Two modules.\n\npub mod lower;\n/// Documented.\npub mod upper;\n");
    assert_eq!(order, ["lower", "upper"]);
    let rows: [(&str, &str, &[&str]); 9] = [
        // What stands above, and the module itself, may be used.
        ("upper", "use crate::lower::A;\nfn f() { crate::upper::g() }", &[]),
        // A path in the middle of a line.
        ("lower", "fn f() {}\nfn g(x: crate::upper::B) {}", &["2: crate::upper"]),
        // A group, one name of which is wrong.
        ("lower", "use crate::{lower::A, upper::B};", &["1: crate::upper"]),
        // A group over several lines, with a group inside.
        ("lower", "use crate::{\n    lower::{A, upper},\n    upper::{B, C},\n};", &["3: crate::upper"]),
        // The same through `super` from the module's own file, where `super` is the crate.
        ("lower", "use super::upper::B;\nfn f() {\n    super::upper::g()\n}", &["1: super::upper", "3: super::upper"]),
        // In the tests `super` is the module itself.
        ("lower", "mod tests {\n    use super::upper;\n}", &[]),
        // Comments and links in them use nothing.
        ("lower", "//! See [`B`](crate::upper::B).\nfn f() {} // crate::upper", &[]),
        // The program's name for the library is no way round.
        ("lower", "use vanthu::upper::B;", &["1: vanthu::upper"]),
        // What lib.rs does not list is used through its module.
        ("upper", "use crate::Renamed;", &["1: crate::Renamed"]),
    ];
    for (module, code, want) in rows {
        let source = Source { module: module.to_owned(), path: format!("src/{module}.rs"), code: code.to_owned() };
        let want: Vec<String> = want.iter().map(|w| format!("src/{module}.rs:{w}")).collect();
        let found = faults(&order, &source);
        assert_eq!(found.len(), want.len(), "{code}: {found:?}");
        assert!(found.iter().zip(&want).all(|(f, w)| f.starts_with(w.as_str())), "{code}: {found:?}, not {want:?}");
    }
}

/// The modules of a `lib.rs`, in its order.
fn order(lib: &str) -> Vec<String> {
    let modules = lib.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';'));
    modules.map(str::to_owned).collect()
}

/// `src/x.rs` and all below `src/x/`.
fn sources(root: &Path, module: &str) -> Vec<Source> {
    let below = WalkDir::new(root.join("src").join(module)).sort_by_file_name().into_iter().flatten().map(|e| e.into_path());
    std::iter::once(root.join(format!("src/{module}.rs")))
        .chain(below)
        .filter(|p| p.extension().is_some_and(|e| e == "rs"))
        .map(|p| Source { module: module.to_owned(), code: read(&p), path: p.strip_prefix(root).unwrap_or(&p).display().to_string() })
        .collect()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The uses in a source that go against the order, with file and line.
fn faults(order: &[String], source: &Source) -> Vec<String> {
    let place = |name: &str| order.iter().position(|m| m == name);
    let own = place(&source.module);
    let allowed = |name: &str| place(name).is_some_and(|p| Some(p) <= own);
    uses(source)
        .into_iter()
        .filter(|(_, _, name)| !allowed(name))
        .map(|(line, root, name)| match place(&name) {
            Some(_) => format!("{}:{line}: {root}::{name} stands below {}", source.path, source.module),
            None => format!("{}:{line}: {root}::{name} is no module of src/lib.rs", source.path),
        })
        .collect()
}

/// Line, root and first name of every path that starts at the crate.
fn uses(source: &Source) -> Vec<(usize, String, String)> {
    let code: String = source.code.lines().map(|l| uncommented(l).to_owned() + "\n").collect();
    let tests = code.find("mod tests {").unwrap_or(code.len());
    // From `src/x.rs` the crate is `super`, from `src/x/y.rs` `super::super`.
    let up = vec!["super"; source.path.split('/').count() - 1].join("::");
    let mut uses = Vec::new();
    for (root, code) in [("crate", code.as_str()), ("vanthu", &code), (&up, &code[..tests])] {
        let path = format!("{root}::");
        for (at, _) in code.match_indices(&path).filter(|(at, _)| !code[..*at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':'))) {
            let start = at + path.len();
            uses.extend(names(&code[start..]).map(|(i, name)| (1 + code[..start + i].matches('\n').count(), root.to_owned(), name.to_owned())));
        }
    }
    uses.sort();
    uses
}

/// A line up to its comment.
fn uncommented(line: &str) -> &str {
    if line.trim_start().starts_with("//") { "" } else { line.split(" // ").next().unwrap_or(line) }
}

/// The first names of a path, with their places: one, or those of a `{…}` group.
fn names(path: &str) -> impl Iterator<Item = (usize, &str)> {
    let end = if path.starts_with('{') { group_end(path) } else { path.len() };
    let mut depth = 0usize;
    let mut first = true;
    let grouped = path.starts_with('{');
    let starts = path[..end].char_indices().filter_map(move |(i, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 1 => first = true,
            c if (c.is_alphanumeric() || c == '_') && first && depth <= 1 => {
                first = false;
                return Some(i);
            }
            _ => {}
        }
        None
    });
    let name = move |i: usize| (i, path[i..].split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default());
    starts.map(name).take(if grouped { usize::MAX } else { 1 })
}

/// Where the group that a text starts with is closed.
fn group_end(text: &str) -> usize {
    let mut depth = 0usize;
    for (i, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return i,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}
