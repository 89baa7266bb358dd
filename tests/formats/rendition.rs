//! A paper's uniform text as a Word document.

use docx_rs::{Docx, Paragraph, Run, Table, TableCell, TableRow};
use std::io::Cursor;
use vanthu::text::{Block, Shape, Text};

/// Writes the blocks of a text as paragraphs and tables, an empty paragraph where clear distance stands.
pub fn docx(text: &Text) -> Vec<u8> {
    let mut document = Docx::new();
    let mut blocks = text.blocks();
    while let Some(block) = blocks.first() {
        if block.gap_before {
            document = document.add_paragraph(Paragraph::new());
        }
        match block.shape {
            Shape::Paragraph => {
                document = document.add_paragraph(paragraph(text.slice(block.span), block.bold));
                blocks = &blocks[1..];
            }
            Shape::Row(_) => {
                let count = blocks.iter().take_while(|b| b.shape == block.shape).count();
                let rows = blocks[..count].iter().map(|b| row(text, b)).collect();
                document = document.add_table(Table::new(rows));
                blocks = &blocks[count..];
            }
        }
    }
    let mut bytes = Cursor::new(Vec::new());
    document.build().pack(&mut bytes).expect("a document is packed into memory");
    bytes.into_inner()
}

fn row(text: &Text, block: &Block) -> TableRow {
    TableRow::new(block.cells.iter().map(|&cell| TableCell::new().add_paragraph(paragraph(text.slice(cell), block.bold))).collect())
}

fn paragraph(text: &str, bold: bool) -> Paragraph {
    let run = Run::new().add_text(text);
    Paragraph::new().add_run(if bold { run.bold() } else { run })
}
