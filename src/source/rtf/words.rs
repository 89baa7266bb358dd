//! Control words: cutting a file into them, and what those without state mean.

use super::Destination;
use crate::source::grid::{CellShape, RowShape};

/// A piece of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    /// `\name` with its number.
    Word(&'a [u8], Option<i32>),
    /// `\~` and the like.
    Symbol(u8),
    /// `\'hh`
    Hex(u8),
    Text(&'a [u8]),
}

/// Cuts a file into tokens.
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
    open: i64,
}

/// Letters of the longest word; a longer one is no word of any version.
const LONGEST: usize = 32;

impl<'a> Tokens<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, open: 0 }
    }

    /// Leaves out bytes of a picture.
    pub fn skip(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    /// Whether groups stand open.
    pub fn unclosed(&self) -> bool {
        self.open > 0
    }

    pub fn next(&mut self) -> Option<Token<'a>> {
        let line_ends = self.rest.iter().take_while(|b| matches!(b, b'\r' | b'\n' | 0)).count();
        self.rest = &self.rest[line_ends..];
        let (&first, rest) = self.rest.split_first()?;
        match first {
            b'{' => {
                self.open += 1;
                self.rest = rest;
                Some(Token::Open)
            }
            b'}' => {
                self.open -= 1;
                self.rest = rest;
                Some(Token::Close)
            }
            b'\\' => {
                self.rest = rest;
                Some(self.control())
            }
            _ => {
                let end = self.rest.iter().position(|b| matches!(b, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0)).unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                Some(Token::Text(text))
            }
        }
    }

    fn control(&mut self) -> Token<'a> {
        let letters = self.rest.iter().take(LONGEST).take_while(|b| b.is_ascii_alphabetic()).count();
        if letters > 0 {
            let (name, rest) = self.rest.split_at(letters);
            self.rest = rest;
            let number = self.number();
            self.rest = self.rest.strip_prefix(b" ").unwrap_or(self.rest);
            return Token::Word(name, number);
        }
        match self.rest {
            [b'\'', high, low, rest @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                self.rest = rest;
                Token::Hex(hex(*high) << 4 | hex(*low))
            }
            [symbol, rest @ ..] => {
                self.rest = rest;
                Token::Symbol(*symbol)
            }
            [] => Token::Symbol(b' '),
        }
    }

    fn number(&mut self) -> Option<i32> {
        let minus = self.rest.starts_with(b"-") && self.rest.get(1).is_some_and(u8::is_ascii_digit);
        let digits = &self.rest[usize::from(minus)..];
        let count = digits.iter().take(LONGEST).take_while(|b| b.is_ascii_digit()).count();
        if count == 0 {
            return None;
        }
        let value = digits[..count].iter().fold(0i32, |n, d| n.saturating_mul(10).saturating_add(i32::from(d - b'0')));
        self.rest = &digits[count..];
        Some(if minus { -value } else { value })
    }
}

fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20) - b'a' + 10,
    }
}

/// What the group that begins with this word is for; none where the word opens no group of its own.
pub(super) fn destination(name: &[u8]) -> Option<Destination> {
    Some(match name {
        b"fonttbl" => Destination::FontTable,
        b"stylesheet" => Destination::StyleSheet,
        // `\ud` is the Unicode form of what `\upr` holds twice.
        b"footnote" | b"shptxt" | b"dptxbxtext" | b"ud" | b"nesttableprops" | b"fldrslt" | b"listtext" | b"pntext" => Destination::Text,
        b"shpinst" | b"shp" | b"do" | b"upr" => Destination::Shell,
        b"colortbl" | b"info" | b"header" | b"headerl" | b"headerr" | b"headerf" | b"footer" | b"footerl" | b"footerr" | b"footerf" | b"pict" | b"object"
        | b"fldinst" | b"filetbl" | b"private" | b"xe" | b"tc" | b"rxe" | b"txe" | b"shprslt" | b"nonesttables" | b"ftnsep" | b"ftnsepc" | b"ftncn"
        | b"aftnsep" | b"aftnsepc" | b"aftncn" | b"annotation" | b"atnid" | b"atnauthor" | b"sp" | b"falt" | b"panose" | b"bkmkstart" | b"bkmkend"
        | b"pgdsctbl" | b"listtable" | b"revtbl" | b"rsidtbl" | b"nextfile" | b"template" | b"keycode" | b"docvar" => Destination::Skip,
        _ => return None,
    })
}

/// Words that stand for a character.
pub(super) fn special(name: &[u8]) -> Option<char> {
    Some(match name {
        b"tab" => '\t',
        b"line" | b"lbr" => '\n',
        b"emdash" => '—',
        b"endash" => '–',
        b"lquote" => '‘',
        b"rquote" => '’',
        b"ldblquote" => '“',
        b"rdblquote" => '”',
        b"bullet" => '•',
        b"emspace" | b"enspace" | b"qmspace" => ' ',
        _ => return None,
    })
}

/// Marks of merged cells wait for the cell's edge.
#[derive(Default)]
pub(super) struct Merges {
    cell: CellShape,
}

impl Merges {
    /// Takes a word of row properties.
    pub fn word(&mut self, name: &[u8], number: i32, row: &mut RowShape) {
        match name {
            b"trowd" => {
                *row = RowShape::default();
                self.cell = CellShape::default();
            }
            b"trleft" => row.left = number,
            b"clmrg" => self.cell.merged_left = true,
            b"clvmrg" => self.cell.merged_above = true,
            b"cellx" => {
                let cell = std::mem::take(&mut self.cell);
                // Word draws 63 cells in a row.
                if row.cells.len() < 256 {
                    row.cells.push(CellShape { right: number, ..cell });
                }
            }
            _ => {}
        }
    }
}
