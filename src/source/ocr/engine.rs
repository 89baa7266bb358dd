//! The recognising program: Tesseract 5 with its Vietnamese model, one child process for a picture.

use super::grey::Grey;
use crate::error::{Error, Result};
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// A page takes one to three seconds; one that takes this long is noise that the program tries to read.
const LONGEST: Duration = Duration::from_secs(60);
/// The answer for a page of small print has about a hundred thousand bytes.
const MOST_ANSWER: u64 = 16 * 1024 * 1024;
/// Words of a page; a full newspaper page has about 8,000.
const MOST_WORDS: usize = 50_000;

const REMEDY: &str = "install tesseract with the language \"vie\" (Debian: tesseract-ocr tesseract-ocr-vie), or pass --no-ocr to keep only what is there";

/// How the picture is laid out, by tesseract's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// A page with columns and blocks.
    Page,
    /// Lines one under the other, of one size.
    Column,
    /// One line.
    Line,
}

impl Layout {
    fn number(self) -> &'static str {
        match self {
            Self::Page => "3",
            Self::Column => "6",
            Self::Line => "7",
        }
    }
}

/// A word that was recognised, its place in pixels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub text: String,
    /// From 0 to 100.
    pub confidence: f32,
    /// Words of one line share this number.
    pub line: usize,
    pub left: usize,
    pub top: usize,
    pub right: usize,
    pub bottom: usize,
}

/// Whether the program and its Vietnamese model are there; asked once.
pub(super) fn check() -> Result<()> {
    static CHECKED: OnceLock<Result<()>> = OnceLock::new();
    CHECKED.get_or_init(|| known_languages().and_then(|languages| vietnamese(&languages))).clone()
}

fn known_languages() -> Result<String> {
    let mut command = Command::new("tesseract");
    command.arg("--list-langs");
    answer(command, &[]).map_err(|failure| match failure {
        Failure::Missing => Error::new("the text is a picture and tesseract, which reads it, is not installed", REMEDY),
        Failure::Late | Failure::Broken(_) => Error::new("the text is a picture and tesseract, which reads it, does not start", REMEDY),
    })
}

fn vietnamese(languages: &str) -> Result<()> {
    if languages.lines().any(|l| l.trim() == "vie") {
        return Ok(());
    }
    Err(Error::new("the text is a picture and tesseract has no language \"vie\"", REMEDY))
}

/// Recognises the words of a picture.
pub(super) fn read(picture: &Grey, layout: Layout, dpi: f32) -> Result<Vec<Found>> {
    let mut command = Command::new("tesseract");
    command.args(["stdin", "stdout", "-l", "vie", "--oem", "1", "--psm", layout.number(), "--dpi"]).arg(format!("{dpi:.0}"));
    command.args(["-c", "tessedit_do_invert=0", "-c", "tessedit_create_tsv=1"]);
    answer(command, &portable_grey(picture)).map(|tsv| words(&tsv)).map_err(Failure::told)
}

/// By how many quarters of a circle the picture must be turned clockwise to stand upright, if the program is sure.
pub(super) fn quarters_to_upright(picture: &Grey, dpi: f32) -> Option<usize> {
    let mut command = Command::new("tesseract");
    command.args(["stdin", "stdout", "--psm", "0", "--dpi"]).arg(format!("{dpi:.0}"));
    let told = answer(command, &portable_grey(picture)).ok()?;
    let degrees: usize = told.lines().find_map(|l| l.strip_prefix("Rotate:"))?.trim().parse().ok()?;
    Some(degrees / 90 % 4)
}

/// Why the program gave nothing.
#[derive(Debug)]
enum Failure {
    Missing,
    Late,
    Broken(String),
}

impl Failure {
    fn told(self) -> Error {
        match self {
            Self::Missing => Error::new("tesseract is not installed", REMEDY),
            Self::Late => Error::new(format!("a page took more than {} seconds to recognise", LONGEST.as_secs()), "scan it again, or pass --no-ocr"),
            Self::Broken(why) => Error::new(format!("tesseract failed ({why})"), "check that it reads the page by itself, or pass --no-ocr"),
        }
    }
}

/// Runs a program with these bytes as its input; what it puts out.
fn answer(mut command: Command, input: &[u8]) -> std::result::Result<String, Failure> {
    // One thread a page: the pages are what runs side by side.
    command.env("OMP_THREAD_LIMIT", "1").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => Failure::Missing,
        _ => Failure::Broken(e.to_string()),
    })?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.map(|mut pipe| pipe.write_all(input)));
        let reader = scope.spawn(move || {
            let mut bytes = Vec::new();
            let read = stdout.map(|pipe| pipe.take(MOST_ANSWER).read_to_end(&mut bytes));
            read.is_some_and(|r| r.is_ok()).then_some(bytes)
        });
        let ended = wait(&mut child, LONGEST);
        let bytes = reader.join().ok().flatten();
        match (ended?, bytes) {
            (true, Some(bytes)) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            _ => Err(Failure::Broken("it ended with an error".to_owned())),
        }
    })
}

/// Whether the child ended well; it is killed when its time is over.
fn wait(child: &mut Child, longest: Duration) -> std::result::Result<bool, Failure> {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.success()),
            Ok(None) if start.elapsed() < longest => std::thread::sleep(Duration::from_millis(4)),
            ended => {
                // Killing fails only when the child is gone already.
                let _ = child.kill();
                let _ = child.wait();
                return Err(ended.map_or_else(|e| Failure::Broken(e.to_string()), |_| Failure::Late));
            }
        }
    }
}

/// The picture as PGM, which needs no packing.
fn portable_grey(picture: &Grey) -> Vec<u8> {
    let mut bytes = format!("P5\n{} {}\n255\n", picture.width, picture.height).into_bytes();
    bytes.extend_from_slice(&picture.pixels);
    bytes
}

/// The words of tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
fn words(tsv: &str) -> Vec<Found> {
    let mut out = Vec::new();
    let mut line = 0;
    for row in tsv.lines() {
        let fields: Vec<&str> = row.splitn(12, '\t').collect();
        let [level, _, _, _, _, _, left, top, width, height, confidence, text] = fields[..] else { continue };
        line += usize::from(level == "4");
        let number = |s: &str| s.parse::<usize>().ok().filter(|&n| n < 1 << 24);
        let (Some(left), Some(top), Some(width), Some(height)) = (number(left), number(top), number(width), number(height)) else { continue };
        let Ok(confidence) = confidence.parse::<f32>() else { continue };
        if level == "5" && !text.trim().is_empty() && out.len() < MOST_WORDS {
            out.push(Found { text: text.trim().replace(['Ð', 'Ɖ'], "Đ"), confidence, line, left, top, right: left + width, bottom: top + height });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_gives_words_with_places() {
        let tsv = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            1\t1\t0\t0\t0\t0\t0\t0\t1654\t2339\t-1\t\n\
            4\t1\t1\t1\t1\t0\t100\t50\t400\t30\t-1\t\n\
            5\t1\t1\t1\t1\t1\t100\t50\t60\t30\t96.5\tSố:\n\
            5\t1\t1\t1\t1\t2\t170\t50\t60\t30\t12.0\t \n\
            4\t1\t1\t1\t2\t0\t100\t90\t400\t30\t-1\t\n\
            5\t1\t1\t1\t2\t1\t100\t90\t90\t30\t91\tCăn\n\
            5\t1\t1\t1\t2\t1\tx\t90\t90\t30\t91\tcứ\n";
        let found: Vec<_> = words(tsv).into_iter().map(|w| (w.text, w.line, w.left, w.bottom, w.confidence)).collect();
        assert_eq!(found, [("Số:".to_owned(), 1, 100, 80, 96.5), ("Căn".to_owned(), 2, 100, 120, 91.0)]);
    }

    #[test]
    fn a_child_that_takes_too_long_is_killed() {
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        assert!(matches!(wait(&mut child, Duration::from_millis(20)), Err(Failure::Late)));
        assert!(!child.try_wait().unwrap().unwrap().success());
    }

    #[test]
    fn failures_name_the_remedy() {
        let missing = answer(Command::new("no-such-program-for-sure"), &[]).unwrap_err();
        assert_eq!(missing.told().to_string(), format!("tesseract is not installed; {REMEDY}"));
        assert!(vietnamese("List of available languages (2):\nvie\nosd\n").is_ok());
        let rows = [
            (vietnamese("eng\nosd\n").unwrap_err(), format!("the text is a picture and tesseract has no language \"vie\"; {REMEDY}")),
            (Failure::Late.told(), "a page took more than 60 seconds to recognise; scan it again, or pass --no-ocr".to_owned()),
            (
                Failure::Broken("it ended with an error".to_owned()).told(),
                "tesseract failed (it ended with an error); check that it reads the page by itself, or pass --no-ocr".to_owned(),
            ),
        ];
        for (error, text) in rows {
            assert_eq!(error.to_string(), text);
        }
    }
}
