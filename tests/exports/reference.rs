//! Parsers that are not ours.

use std::io::Write;
use std::process::{Command, Stdio};

/// A Python that has these modules; says what to install where there is none.
pub fn python(modules: &str, packages: &str) -> Option<String> {
    let has = |python: &&str| Command::new(python).args(["-c", &format!("import {modules}")]).output().is_ok_and(|o| o.status.success());
    // Debian's packages belong to Debian's Python, which another may hide.
    let found = ["python3", "/usr/bin/python3"].into_iter().find(has).map(str::to_owned);
    if found.is_none() {
        left_out(packages);
    }
    found
}

/// Says that a test did nothing.
pub fn left_out(packages: &str) {
    eprintln!("left out: install the Debian packages {packages}, or their like");
}

/// What a script prints for an input; its warnings are failures.
pub fn run(python: &str, script: &str, input: &[u8]) -> String {
    let mut child = Command::new(python)
        .args(["-W", "error::UserWarning", "-c", script])
        .env("PYTHONIOENCODING", "utf-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python starts");
    child.stdin.take().expect("a pipe").write_all(input).expect("python reads");
    let output = child.wait_with_output().expect("python ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}
