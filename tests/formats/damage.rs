//! Damaged files are read as far as they go or are an error; none makes the reader fall over.

use crate::{documents, pack, rendition, sheet};
use vanthu::source::{self, Options};

/// A row of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }
}

fn document() -> Vec<u8> {
    let bytes = std::fs::read(&documents()[0]).expect("the corpus can be read");
    rendition::docx(&source::read(&bytes, &Options::default()).expect("the corpus is text").text)
}

#[test]
fn flipped_and_cut_bytes() {
    let mut dice = Dice(7);
    for whole in [document(), sheet::plan_workbook()] {
        for round in 0..150 {
            let mut bytes = whole.clone();
            match round % 3 {
                0 => bytes.truncate(dice.below(whole.len())),
                1 => (0..1 + dice.below(20)).for_each(|_| bytes[dice.below(whole.len())] ^= 1 << dice.below(8)),
                _ => {
                    let start = dice.below(whole.len());
                    bytes[start..].iter_mut().take(64).for_each(|b| *b = 0);
                }
            }
            let _ = source::read(&bytes, &Options::default());
        }
    }
}

#[test]
fn elements_out_of_place() {
    const PIECES: [&str; 26] = [
        "<w:p>",
        "</w:p>",
        "<w:r>",
        "</w:r>",
        "<w:t>a</w:t>",
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr>",
        "</w:tr>",
        "<w:tc>",
        "</w:tc>",
        "<w:txbxContent>",
        "</w:txbxContent>",
        "<w:pPr><w:numPr><w:ilvl w:val=\"99\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>",
        "<w:fldChar w:fldCharType=\"begin\"/>",
        "<w:fldChar w:fldCharType=\"end\"/>",
        "<w:del>",
        "</w:del>",
        "<w:footnote w:id=\"1\">",
        "</w:footnote>",
        "<w:footnoteReference w:id=\"1\"/>",
        "<mc:AlternateContent>",
        "</mc:AlternateContent>",
        "<mc:Choice>",
        "<w:trPr><w:gridBefore w:val=\"-7\"/></w:trPr>",
        "<w:tcPr><w:gridSpan w:val=\"4294967296\"/><w:vMerge/></w:tcPr>",
    ];
    let numbering = "<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"8\"><w:start w:val=\"4294967295\"/><w:numFmt w:val=\"lowerLetter\"/>\
        <w:lvlText w:val=\"%9%%0\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
    let mut dice = Dice(11);
    for _ in 0..2000 {
        // Names of ends match whatever stands open, so that the parser lets most of them pass.
        let mut open: Vec<&str> = Vec::new();
        let mut body = String::new();
        for _ in 0..40 {
            let piece = PIECES[dice.below(PIECES.len())];
            if let Some(name) = piece.strip_prefix("</").map(|n| n.trim_end_matches('>')) {
                if let Some(at) = open.iter().rposition(|o| *o == name) {
                    open.drain(at..).rev().for_each(|o| body += &format!("</{o}>"));
                }
                continue;
            }
            body += piece;
            if !piece.contains("</") && !piece.contains("/>") {
                open.push(piece[1..].trim_end_matches('>').split(' ').next().unwrap_or_default());
            }
        }
        open.iter().rev().for_each(|o| body += &format!("</{o}>"));
        let main = format!("<w:document>{body}</w:document>");
        let bytes = pack(&[("word/document.xml", &main), ("word/footnotes.xml", &main), ("word/numbering.xml", numbering)]);
        let _ = source::read(&bytes, &Options::default());
    }
}
