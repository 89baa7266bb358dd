//! PDF files made by the test: letters at places, stamps, pages, damage.

use crate::text;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use vanthu::source::{self, Options, Signature};

/// Words at places of a page, in points from its lower left corner.
type Words<'a> = &'a [(f32, f32, &'a str)];

fn operations(words: Words) -> Vec<u8> {
    let mut operations = Vec::new();
    for &(x, y, word) in words {
        operations.push(Operation::new("BT", vec![]));
        operations.push(Operation::new("Tf", vec!["F1".into(), 12.into()]));
        operations.push(Operation::new("Td", vec![x.into(), y.into()]));
        operations.push(Operation::new("Tj", vec![Object::string_literal(word)]));
        operations.push(Operation::new("ET", vec![]));
    }
    Content { operations }.encode().expect("operations are encoded")
}

/// A PDF of these pages; a stamp is an annotation at a place with words of its own.
fn pdf(pages: &[Words], stamp: Option<(f32, f32, &str)>) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Times-Roman", "Encoding" => "WinAnsiEncoding" });
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let kids: Vec<Object> = pages
        .iter()
        .enumerate()
        .map(|(i, words)| {
            let content = document.add_object(Stream::new(Dictionary::new(), operations(words)));
            let mut page = dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => resources };
            if let Some((x, y, word)) = stamp.filter(|_| i == 0) {
                let look = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 200.into(), 20.into()], "Resources" => resources };
                let look = document.add_object(Stream::new(look, operations(&[(0.0, 4.0, word)])));
                let rect: Vec<Object> = vec![x.into(), y.into(), (x + 200.0).into(), (y + 20.0).into()];
                let note = dictionary! { "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig", "F" => 4, "Rect" => rect, "AP" => dictionary! { "N" => look } };
                let note = document.add_object(note);
                page.set("Annots", vec![note.into()]);
            }
            document.add_object(page).into()
        })
        .collect();
    let count = kids.len() as i64;
    let size: Vec<Object> = vec![0.into(), 0.into(), 595.into(), 842.into()];
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count, "MediaBox" => size }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a PDF is written into memory");
    bytes
}

const LINE: &str = "mot hai ba bon nam sau bay tam chin muoi mot hai ba bon nam sau bay tam chin muoi mot ha";

#[test]
fn letters_are_read_where_they_stand() {
    let rows: [(&str, Vec<Words>, &str); 6] = [
        ("words in any order", vec![&[(200.0, 700.0, "sau"), (72.0, 700.0, "truoc va"), (119.0, 700.0, "giua")]], "truoc va giua sau"),
        ("a word drawn in pieces", vec![&[(72.0, 700.0, "Qu"), (86.66, 700.0, "yet"), (110.0, 700.0, "dinh")]], "Quyet dinh"),
        ("a word drawn twice to make it bold", vec![&[(72.0, 700.0, "NGHI"), (72.3, 700.0, "NGHI")]], "NGHI"),
        ("a full line goes on", vec![&[(72.0, 700.0, LINE), (72.0, 684.0, "va het.")]], "LINE va het."),
        ("an indented line begins anew", vec![&[(72.0, 700.0, LINE), (100.0, 684.0, "Doan hai.")]], "LINE\nDoan hai."),
        ("a paragraph goes on over the page", vec![&[(72.0, 100.0, LINE)], &[(290.0, 800.0, "2"), (72.0, 760.0, "va het.")]], "LINE va het."),
    ];
    for (why, pages, want) in rows {
        assert_eq!(text(&pdf(&pages, None)), want.replace("LINE", LINE), "{why}");
    }
}

#[test]
fn stamps_are_read_and_captions_of_signatures_are_not() {
    let page: Words = &[(72.0, 780.0, "So:"), (130.0, 780.0, "/UBND-VX"), (72.0, 700.0, "Noi dung")];
    assert_eq!(text(&pdf(&[page], Some((95.0, 776.0, "128")))), "So: 128 /UBND-VX\nNoi dung");
    assert_eq!(text(&pdf(&[page], Some((95.0, 600.0, "vanthu@example.vn 05.01.2026")))), "So: /UBND-VX\nNoi dung");
}

#[test]
fn a_page_of_too_many_letters_is_cut_with_a_note() {
    let crowd = "a ".repeat(110_000);
    let reading = source::read(&pdf(&[&[(72.0, 700.0, crowd.as_str())]], None), &Options { ocr: false }).expect("what fits is read");
    let notes: Vec<&str> = reading.text.notes().iter().map(|n| n.rule).collect();
    assert!(notes.contains(&"page-cut"), "{notes:?}");
    let reading = source::read(&pdf(&[&[(72.0, 700.0, LINE)]], None), &Options { ocr: false }).expect("a line is read");
    assert!(reading.text.notes().is_empty());
}

/// A PDF of a page and another with so many forms, each of which draws the next one so many times; the last one draws a word.
fn nested_forms(forms: usize, times: usize) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Times-Roman" });
    let mut resources = dictionary! { "Font" => dictionary! { "F1" => font } };
    let first = dictionary! { "Type" => "Page", "Resources" => resources.clone() };
    let before = document.add_object(Stream::new(Dictionary::new(), operations(&[(72.0, 700.0, "Mot.")])));
    let mut content = operations(&[(72.0, 700.0, "Hai.")]);
    for _ in 0..forms {
        let form = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 595.into(), 842.into()], "Resources" => resources,
        };
        let form = document.add_object(Stream::new(form, content));
        resources = dictionary! { "XObject" => dictionary! { "X" => form } };
        content = b"/X Do ".repeat(times);
    }
    let tree = document.new_object_id();
    let content = document.add_object(Stream::new(Dictionary::new(), content));
    let pages = [(first, before), (dictionary! { "Type" => "Page", "Resources" => resources }, content)].map(|(mut page, content)| {
        page.set("Parent", tree);
        page.set("Contents", content);
        Object::from(document.add_object(page))
    });
    let size: Vec<Object> = vec![0.into(), 0.into(), 595.into(), 842.into()];
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => pages.to_vec(), "Count" => 2, "MediaBox" => size }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a PDF is written into memory");
    bytes
}

/// A signature (CMS) whose certificate is that of "Ủy ban nhân dân tỉnh Mẫu".
const SIGNATURE: &[u8] = include_bytes!("signature.der");

#[test]
fn what_a_pdf_says_about_itself_is_told_and_is_no_text() {
    let page: Words = &[(72.0, 700.0, "Noi dung")];
    let mut document = Document::load_mem(&pdf(&[page], None)).unwrap();
    let utf16 = |s: &str| Object::string_literal([vec![0xfe, 0xff], s.encode_utf16().flat_map(u16::to_be_bytes).collect()].concat());
    let room = [SIGNATURE, &[0; 100]].concat();
    let value = dictionary! {
        "Type" => "Sig", "ByteRange" => vec![0.into(), 1.into(), 2.into(), 3.into()], "Contents" => Object::string_literal(room),
        "M" => Object::string_literal("D:20260105081524+07'00'"), "Location" => utf16("Tỉnh Mẫu"),
    };
    let field = document.add_object(dictionary! { "FT" => "Sig", "T" => Object::string_literal("Chu ky"), "V" => value });
    let unsigned = document.add_object(dictionary! { "FT" => "Sig", "T" => Object::string_literal("Cho ky") });
    let group = document.add_object(dictionary! { "T" => Object::string_literal("Nhom"), "Kids" => vec![field.into(), unsigned.into()] });
    let root = document.catalog_mut().unwrap();
    root.set("AcroForm", dictionary! { "Fields" => vec![group.into()] });
    let about = document.add_object(dictionary! {
        "Title" => utf16("Kế hoạch"), "Author" => Object::string_literal("vanthu"), "CreationDate" => Object::string_literal("D:202601"),
    });
    document.trailer.set("Info", about);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a PDF is written into memory");

    let reading = source::read(&bytes, &Options::default()).unwrap();
    assert_eq!(reading.text.as_str(), "Noi dung\n");
    let metadata = reading.metadata.expect("the file says something about itself");
    assert_eq!((metadata.title.as_deref(), metadata.author.as_deref(), metadata.producer), (Some("Kế hoạch"), Some("vanthu"), None));
    assert_eq!(metadata.created.as_deref(), Some("2026"), "what January stands for is not known");
    let signature = Signature {
        signer: Some("Ủy ban nhân dân tỉnh Mẫu".to_owned()),
        time: Some("2026-01-05T08:15:24+07:00".to_owned()),
        reason: None,
        location: Some("Tỉnh Mẫu".to_owned()),
    };
    assert_eq!(metadata.signatures, [signature]);
    assert_eq!(source::read(&pdf(&[page], None), &Options::default()).unwrap().metadata, None, "a file that says nothing");
}

#[test]
fn forms_that_draw_one_another_without_end_are_not_drawn() {
    assert_eq!(text(&nested_forms(5, 1)), "Mot.\nHai.", "what signatures nest is read");
    let reading = source::read(&nested_forms(40, 2), &Options { ocr: false }).unwrap();
    assert_eq!(reading.text.as_str(), "Mot.\n");
    let notes: Vec<&str> = reading.text.notes().iter().map(|n| n.message.as_str()).collect();
    assert_eq!(notes, ["page 2 holds more than any page of a paper; it was not read whole"]);
}

#[test]
fn pages_without_text_are_an_error_where_recognition_is_off() {
    let error = source::read(&pdf(&[&[]], None), &Options { ocr: false }).unwrap_err().to_string();
    assert_eq!(error, "the file holds no text; give a file with text in it");
}

#[test]
fn damaged_files_are_read_as_far_as_they_go() {
    let whole = pdf(&[&[(72.0, 700.0, LINE)], &[(72.0, 700.0, LINE)]], Some((95.0, 776.0, "128")));
    let mut seed = 7u64;
    let mut below = |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % most
    };
    for round in 0..300 {
        let mut bytes = whole.clone();
        if round % 2 == 0 {
            bytes.truncate(below(whole.len()));
        } else {
            (0..1 + below(30)).for_each(|_| bytes[below(whole.len())] ^= 1 << below(8));
        }
        let _ = source::read(&bytes, &Options { ocr: false });
    }
}
