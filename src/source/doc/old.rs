//! Word 6 and 95, and Word 2 inside a container: the text without its formatting.

use super::{u16_at, u32_at};
use crate::source::flow::{Flow, Style};
use crate::source::legacy;

/// Reads the body and the notes.
pub(super) fn read(main: &[u8]) -> Option<Flow> {
    let complex = u16_at(main, 10)? & 0x0004 != 0;
    let (first, last) = (u32_at(main, 0x18)? as usize, u32_at(main, 0x1c)? as usize);
    let body = (u32_at(main, 0x34)? as usize).saturating_add(u32_at(main, 0x38)? as usize);
    let mut text = Vec::new();
    if complex {
        pieces(main, body, &mut text)?;
    } else {
        let end = last.min(first.saturating_add(body)).min(main.len());
        text.extend_from_slice(main.get(first..end)?);
    }
    if text.is_empty() {
        return None;
    }
    let mut flow = Flow::default();
    write(&text, &mut flow);
    flow.note("doc-word-6", "the paper was written by Word 6 or 95: its text is read, its tables and numbering are not");
    Some(flow)
}

/// The text of a quickly saved document, piece by piece.
fn pieces(main: &[u8], length: usize, text: &mut Vec<u8>) -> Option<()> {
    let (at, size) = (u32_at(main, 0x160)? as usize, u32_at(main, 0x164)? as usize);
    let mut clx = main.get(at..at.checked_add(size)?.min(main.len()))?;
    while let Some((1, rest)) = clx.split_first() {
        clx = rest.get(2 + usize::from(u16_at(rest, 0)?)..)?;
    }
    let table = clx.get(5..)?;
    let count = table.len().checked_sub(4)? / 12;
    for i in 0..count {
        let characters = u32_at(table, i * 4 + 4)?.saturating_sub(u32_at(table, i * 4)?) as usize;
        let start = u32_at(table, 4 * (count + 1) + i * 8 + 2)? as usize;
        let end = start.saturating_add(characters).min(main.len());
        text.extend_from_slice(main.get(start..end).unwrap_or_default());
        // Pieces may name the same bytes; no text is longer than the header says.
        if text.len() >= length {
            text.truncate(length);
            break;
        }
    }
    Some(())
}

fn write(text: &[u8], flow: &mut Flow) {
    let mut fields: Vec<bool> = Vec::new();
    let mut line = String::new();
    for &byte in text {
        match byte {
            0x13 if fields.len() < 256 => fields.push(true),
            0x14 => fields.iter_mut().next_back().into_iter().for_each(|code| *code = false),
            0x15 => drop(fields.pop()),
            b'\r' | 0x07 | 0x0c => {
                flow.run(&line, Style::default());
                flow.end_paragraph();
                line.clear();
            }
            _ if fields.contains(&true) => {}
            0x0b => line.push('\n'),
            0x1e => line.push('\u{2011}'),
            b'\t' => line.push('\t'),
            0..=0x1f => {}
            _ => line.push(legacy::char_of_windows_1252(byte)),
        }
    }
    flow.run(&line, Style::default());
    flow.end_paragraph();
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A main stream of Word 6 with this text.
    fn main(text: &[u8], flags: u16) -> Vec<u8> {
        let mut main = vec![0; 0x300];
        main[..4].copy_from_slice(&[0xdc, 0xa5, 0x65, 0]);
        main[10..12].copy_from_slice(&flags.to_le_bytes());
        main[0x18..0x1c].copy_from_slice(&0x300u32.to_le_bytes());
        main[0x1c..0x20].copy_from_slice(&(0x300 + text.len() as u32).to_le_bytes());
        main[0x34..0x38].copy_from_slice(&(text.len() as u32).to_le_bytes());
        main.extend_from_slice(text);
        main
    }

    #[test]
    fn text_of_word_6_is_read() {
        let text = b"Quyet ".iter().copied().chain(*b"dinh\rSo \x13 PAGE \x14 12\x15 ngay\x07B\x0bc\r");
        let flow = read(&main(&text.collect::<Vec<_>>(), 0)).unwrap();
        let (text, _, _) = flow.write().unwrap();
        assert_eq!(text.as_str(), "Quyet dinh\nSo 12 ngay\nB c\n");
    }

    #[test]
    fn damage_is_no_panic() {
        let whole = main(b"a\rb\r", 4);
        for cut in 0..whole.len() {
            let _ = read(&whole[..cut]);
        }
    }
}
