use super::*;
use std::io::{Cursor, Write};

/// A paper of Word 97 in the making: text of one byte a character, with formatting by stretches of it.
#[derive(Default)]
struct Paper {
    text: Vec<u8>,
    /// End of each stretch and its modifiers.
    characters: Vec<(usize, Vec<u8>)>,
    paragraphs: Vec<(usize, Vec<u8>)>,
    flags: u16,
}

const TEXT: usize = 0x600;
const BOLD: &[u8] = &[0x35, 0x08, 1];
const HIDDEN: &[u8] = &[0x3c, 0x08, 1];
const DELETED: &[u8] = &[0x00, 0x08, 1];
const IN_TABLE: &[u8] = &[0x16, 0x24, 1];

/// The modifier that sets a font.
fn font(number: u8) -> Vec<u8> {
    vec![0x4f, 0x4a, number, 0]
}

/// The end of a row of cells with these right edges; one after the other may be merged.
fn row(edges: &[i16], merged: &[u16]) -> Vec<u8> {
    let mut table = vec![edges.len() as u8 - 1];
    edges.iter().for_each(|e| table.extend(e.to_le_bytes()));
    merged.iter().for_each(|flags| table.extend(flags.to_le_bytes().into_iter().chain([0; 18])));
    let mut list = [IN_TABLE, &[0x17, 0x24, 1, 0x08, 0xd6]].concat();
    list.extend((table.len() as u16 + 1).to_le_bytes());
    list.extend(table);
    list
}

impl Paper {
    fn run(mut self, text: &[u8], list: &[u8]) -> Self {
        self.text.extend_from_slice(text);
        self.characters.push((self.text.len(), list.to_vec()));
        self
    }

    fn end(mut self, mark: u8, list: &[u8]) -> Self {
        self.text.push(mark);
        self.characters.push((self.text.len(), Vec::new()));
        self.paragraphs.push((self.text.len(), list.to_vec()));
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let table = self.table();
        let mut main = self.head(&table);
        main.resize(TEXT, 0);
        main.extend_from_slice(&self.text);
        main.resize(0x1000, 0);
        main.extend(page(&self.characters, 1, |list| [&[list.len() as u8], list].concat()));
        main.extend(page(&self.paragraphs, 13, |list| {
            let padded = list.len() + list.len() % 2;
            let mut entry = vec![0, (padded / 2 + 1) as u8, 0, 0];
            entry.extend_from_slice(list);
            entry.resize(4 + padded, 0);
            entry
        }));
        let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        container.create_stream("/WordDocument").unwrap().write_all(&main).unwrap();
        container.create_stream("/0Table").unwrap().write_all(&table.concat()).unwrap();
        container.into_inner().into_inner()
    }

    /// The parts of the table stream: pieces, pages of characters and of paragraphs, fonts.
    fn table(&self) -> [Vec<u8>; 4] {
        let longs = |numbers: &[usize]| numbers.iter().flat_map(|&n| (n as u32).to_le_bytes()).collect::<Vec<u8>>();
        let length = self.text.len();
        let pieces = [&[2][..], &longs(&[16, 0, length]), &[0, 0], &longs(&[(TEXT * 2) | 0x4000_0000]), &[0, 0]].concat();
        let mut fonts = vec![3, 0, 0, 0];
        for name in ["Times New Roman", ".VnTime", "Symbol"] {
            let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
            fonts.push(39 + name.len() as u8);
            fonts.extend([0; 39]);
            fonts.extend(name);
        }
        [pieces, longs(&[TEXT, TEXT + length, 8]), longs(&[TEXT, TEXT + length, 9]), fonts]
    }

    fn head(&self, table: &[Vec<u8>; 4]) -> Vec<u8> {
        let mut main = vec![0; 154 + 93 * 8];
        main[..4].copy_from_slice(&[0xec, 0xa5, 0xc1, 0]);
        main[10..12].copy_from_slice(&self.flags.to_le_bytes());
        (main[32], main[62], main[152]) = (14, 22, 93);
        main[76..80].copy_from_slice(&(self.text.len() as u32).to_le_bytes());
        let mut at = 0;
        for (part, number) in table.iter().zip([33, 12, 13, 15]) {
            let place = 154 + number * 8;
            main[place..place + 4].copy_from_slice(&(at as u32).to_le_bytes());
            main[place + 4..place + 8].copy_from_slice(&(part.len() as u32).to_le_bytes());
            at += part.len();
        }
        main
    }
}

/// A page of formatting.
fn page(stretches: &[(usize, Vec<u8>)], entry: usize, write: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut page = vec![0; 512];
    let edges = [0].into_iter().chain(stretches.iter().map(|(end, _)| *end));
    for (i, edge) in edges.enumerate() {
        page[i * 4..i * 4 + 4].copy_from_slice(&((TEXT + edge) as u32).to_le_bytes());
    }
    let entries = (stretches.len() + 1) * 4;
    let mut at = 511;
    for (i, (_, list)) in stretches.iter().enumerate() {
        let bytes = write(list);
        at = (at - bytes.len()) & !1;
        page[at..at + bytes.len()].copy_from_slice(&bytes);
        page[entries + i * entry] = (at / 2) as u8;
    }
    page[511] = stretches.len() as u8;
    page
}

fn text(paper: &Paper) -> String {
    let bytes = paper.bytes();
    read(open(&bytes).unwrap(), bytes.len()).unwrap().write().unwrap().0.as_str().to_owned()
}

#[test]
fn characters_are_read_with_their_formatting() {
    let abc = font(1);
    let rows = [
        (Paper::default().run(b"Quy\xd5t \xae\xden", &abc).run(b"h c\xf1a Th\xf1", &abc).end(b'\r', &[]), "Quyết định của Thủ\n", "TCVN3 by its font"),
        (Paper::default().run(b"a", &[]).run(b"b", HIDDEN).run(b"c", DELETED).run(b"d", BOLD).end(b'\r', &[]), "ad\n", "hidden and deleted"),
        (Paper::default().run(b"\x13 PAGE \x13x\x14y\x15\x14 12\x15 a\x1eb\x1fc\x0bD", &[]).end(b'\r', &[]), "12 a-bc\nD\n", "fields and special characters"),
        (Paper::default().run(b"(", &[0x55, 8, 1, 0x09, 0x6a, 2, 0, 0xb7, 0xf0]).run(b" a", &[]).end(b'\r', &[]), "• a\n", "a symbol"),
        (Paper::default().run(b"A", &[]).end(0x0c, &[]).run(b"B", &[]), "A\nB\n", "a page break, and a paragraph without its mark"),
    ];
    for (paper, expected, why) in rows {
        assert_eq!(text(&paper), expected, "{why}");
    }
}

#[test]
fn tables_are_read_by_rows() {
    let paper =
        Paper::default().run(b"A", &[]).end(7, IN_TABLE).run(b"B", &[]).end(7, IN_TABLE).end(7, IN_TABLE).end(7, &row(&[0, 100, 900, 1800], &[0, 1, 2]));
    let paper = paper.run(b"X", &[]).end(7, IN_TABLE).run(b"C", &[]).end(7, IN_TABLE).run(b"D", &[]).end(7, IN_TABLE);
    let paper = paper.end(7, &row(&[0, 100, 900, 1800], &[0x20, 0, 0])).run(b"E", &[]).end(b'\r', &[]);
    assert_eq!(text(&paper), "A\tB\n\tC\tD\nE\n");
}

#[test]
fn a_file_that_breaks_the_rules_gives_what_is_left() {
    let mut bytes = Paper::default().run(b"Plan of the year", &[]).end(b'\r', &[]).bytes();
    // A version that does not exist; compound files of it cannot be opened.
    bytes[26] = 7;
    let container = open(&bytes).unwrap();
    assert!(container.is_damaged());
    let (text, _, _) = read(container, bytes.len()).unwrap().write().unwrap();
    assert_eq!((text.as_str(), text.notes()[0].rule), ("Plan of the year\n", "doc-damaged"));
    for cut in (0..bytes.len()).step_by(7) {
        if let Some(Ok(flow)) = open(&bytes[..cut]).map(|c| read(c, cut)) {
            let _ = flow.write();
        }
    }
}

#[test]
fn a_password_is_named() {
    let bytes = Paper { flags: 0x0100, ..Paper::default().run(b"A", &[]) }.bytes();
    let error = read(open(&bytes).unwrap(), bytes.len()).unwrap_err();
    assert_eq!(error.to_string(), "the document is protected by a password; open it in Word and save it without the password");
}

#[test]
fn damage_is_an_error_or_costs_text() {
    let abc = font(1);
    let paper = Paper::default().run(b"Quy\xd5t \xae\xdenh", &abc).end(7, IN_TABLE).end(7, &row(&[0, 100], &[0])).run(b"A", &[]).end(b'\r', &[]);
    let whole = paper.bytes();
    // A small generator of numbers without order, the same in every run.
    let mut state = 1u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % below
    };
    for _ in 0..3000 {
        let mut bytes = whole.clone();
        for _ in 0..=next(4) {
            let at = next(bytes.len());
            bytes[at] = next(256) as u8;
        }
        bytes.truncate(bytes.len() - next(2) * next(whole.len()));
        if let Some(Ok(flow)) = open(&bytes).map(|c| read(c, bytes.len())) {
            let _ = flow.write();
        }
    }
}
