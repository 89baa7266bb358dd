//! Files that hold several papers: what comes out of them, in which order, under which names; and hostile ones.

#[path = "record/claims.rs"]
mod claims;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use std::io::{Cursor, Write};
use std::time::Instant;
use vanthu::export::DocumentRecord;
use vanthu::pipeline::{self, Input};
use vanthu::source::Options;
use zip::write::SimpleFileOptions;

const LETTER: &str = "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nSố: 129/UBND-VX\nV/v báo cáo kết quả\nTỉnh Mẫu, ngày 05 tháng 3 năm 2020\n\nKính gửi: Sở Y tế\n\nGiao Sở Y tế chủ trì, \
    báo cáo trước ngày 20 tháng 12 năm 2020.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNguyễn Văn Mẫu\n";

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("an entry begins");
        writer.write_all(bytes).expect("an entry is written");
    }
    writer.finish().expect("the archive is written").into_inner()
}

/// A message of the standard with these attachments and header fields.
fn message(fields: &str, attachments: &[(&str, &[u8])]) -> Vec<u8> {
    let attached: String = attachments
        .iter()
        .enumerate()
        .map(|(i, (name, bytes))| {
            let content = STANDARD.encode(bytes);
            format!("<Attachment><ContentId>cid:{i}</ContentId><AttachmentName>{name}</AttachmentName><e:ContentTransferEncoded xmlns:e=\"x\">{content}</e:ContentTransferEncoded></Attachment>")
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><edXML xmlns=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\"><edXMLEnvelope><edXMLHeader><MessageHeader>{fields}</MessageHeader></edXMLHeader>\
         </edXMLEnvelope><AttachmentEncoded>{attached}</AttachmentEncoded></edXML>"
    )
    .into_bytes()
}

const FIELDS: &str = "<From><OrganId>000.00.00.X01</OrganId><OrganName>UBND tỉnh Mẫu</OrganName></From><DocumentId>id-1</DocumentId>\
    <Code><CodeNumber>129</CodeNumber><CodeNotation>UBND-VX</CodeNotation></Code><PromulgationInfo><Place>Tỉnh Mẫu</Place><PromulgationDate>2020/03/05</PromulgationDate></PromulgationInfo>\
    <DocumentType><TypeName>Công văn</TypeName></DocumentType><Subject>V/v báo cáo kết quả</Subject><DueDate>2020/04/01</DueDate><OtherInfo><Priority>1</Priority></OtherInfo>";

fn mail(body: &str, attachments: &[(&str, &[u8])]) -> Vec<u8> {
    let mut mail = format!(
        "From: a@example.vn\r\nTo: b@example.vn\r\nSubject: test\r\nDate: Mon, 2 Mar 2020 08:00:00 +0700\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"x\"\r\n\r\n\
         --x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n"
    );
    for (name, bytes) in attachments {
        let name = STANDARD.encode(name);
        let content = STANDARD.encode(bytes);
        mail += &format!(
            "--x\r\nContent-Type: application/octet-stream; name=\"=?UTF-8?B?{name}?=\"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n{content}\r\n"
        );
    }
    (mail + "--x--\r\n").into_bytes()
}

/// A PDF of one line. The first file attached to it hangs on its page, too, and the last one on nothing else; streams are
/// packed where their dictionary says so.
fn pdf(attachments: &[(&str, Stream)]) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let mut files: Vec<Object> = Vec::new();
    for (name, stream) in attachments {
        let stream = document.add_object(stream.clone());
        let name: Vec<u8> = [0xfe, 0xff].into_iter().chain(name.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let file = dictionary! { "Type" => "Filespec", "F" => Object::string_literal("x"), "UF" => Object::string_literal(name), "EF" => dictionary! { "F" => stream } };
        files.push(document.add_object(file).into());
    }
    let on_page = files.first().into_iter().chain(files.last());
    let notes: Vec<Object> = on_page.map(|f| dictionary! { "Type" => "Annot", "Subtype" => "FileAttachment", "FS" => f.clone() }.into()).collect();
    let listed = files.iter().take(files.len().max(1) - 1).flat_map(|f| [Object::string_literal("n"), f.clone()]).collect::<Vec<_>>();
    let leaf = document.add_object(dictionary! { "Names" => listed });
    let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Times-Roman" });
    let content = document.add_object(Stream::new(Dictionary::new(), b"BT /F1 12 Tf 72 700 Td (So: 129/UBND-VX) Tj ET".to_vec()));
    let tree = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } }, "Annots" => notes,
    });
    let size: Vec<Object> = vec![0.into(), 0.into(), 595.into(), 842.into()];
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1, "MediaBox" => size }.into());
    let names = dictionary! { "EmbeddedFiles" => dictionary! { "Kids" => vec![leaf.into()] } };
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree, "Names" => names });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a PDF is written into memory");
    bytes
}

fn attached(bytes: &[u8]) -> Stream {
    Stream::new(dictionary! { "Type" => "EmbeddedFile" }, bytes.to_vec())
}

fn packed(bytes: &[u8]) -> Stream {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("bytes are packed");
    Stream::new(dictionary! { "Type" => "EmbeddedFile", "Filter" => "FlateDecode" }, packed.finish().expect("bytes are packed"))
}

/// What comes out of a file: names of papers, or errors.
fn outcomes(name: &str, bytes: Vec<u8>) -> Vec<Result<DocumentRecord, String>> {
    let mut outcomes = Vec::new();
    let inputs = [Input::Bytes(name.to_owned(), bytes)];
    let done: Result<(), std::convert::Infallible> = pipeline::run(&inputs, &Options::default(), |_, outcome| {
        outcomes.push(outcome.map(|r| *r).map_err(|e| e.to_string()));
        Ok(())
    });
    assert!(done.is_ok());
    for record in outcomes.iter().flatten() {
        let broken = claims::broken(record);
        assert!(broken.is_empty(), "{name}: {broken:?}");
    }
    outcomes
}

/// Names of papers, and errors as they are shown.
fn shown(name: &str, bytes: Vec<u8>) -> Vec<String> {
    outcomes(name, bytes).into_iter().map(|o| o.map_or_else(|e| e, |r| r.source.path)).collect()
}

#[test]
fn every_container_gives_its_papers_in_order() {
    let letter = LETTER.as_bytes();
    let inner = zip(&[("b.txt", letter), ("a.txt", letter)]);
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(letter).unwrap();
    let gz = gz.finish().unwrap();
    let rows: Vec<(&str, &str, Vec<u8>, &[&str])> = vec![
        ("an archive in its own order", "a.zip", inner.clone(), &["a.zip!b.txt", "a.zip!a.txt"]),
        ("an archive in an archive", "a.zip", zip(&[("x/i.zip", &inner), ("c.txt", letter)]), &["a.zip!x/i.zip!b.txt", "a.zip!x/i.zip!a.txt", "a.zip!c.txt"]),
        ("junk, folders", "a.zip", zip(&[("__MACOSX/._b.txt", b"x"), ("x/.DS_Store", b"x"), ("Thumbs.db", b"x"), ("b.txt", letter)]), &["a.zip!b.txt"]),
        (
            "paths that leave the archive",
            "a.zip",
            zip(&[("../../b.txt", letter), ("/etc/b.txt", letter), ("C:\\b.txt", letter)]),
            &["a.zip!../../b.txt", "a.zip!/etc/b.txt", "a.zip!C:\\b.txt"],
        ),
        (
            "a part that fails",
            "a.zip",
            zip(&[("e.txt", b""), ("b.txt", letter)]),
            &["a.zip!e.txt: the file is empty; give a file with text in it", "a.zip!b.txt"],
        ),
        ("an empty archive", "a.zip", zip(&[]), &["a.zip: the archive holds no files; leave it out"]),
        ("a cut archive", "a.zip", inner[..inner.len() - 40].to_vec(), &["a.zip: the ZIP archive is cut off or damaged"]),
        ("gzip", "a.txt.gz", gz.clone(), &["a.txt.gz!a.txt"]),
        ("cut gzip", "a.txt.gz", gz[..gz.len() - 9].to_vec(), &["a.txt.gz!a.txt: the gzip file is cut off or damaged"]),
        ("a mail that is a paper", "m.eml", mail(&LETTER.replace("Số:", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố:"), &[]), &["m.eml"]),
        (
            "a mail with attachments",
            "m.eml",
            mail("Gửi anh văn bản.", &[("Công văn.txt", letter), ("Công văn.txt", letter)]),
            &["m.eml!Công văn.txt", "m.eml!Công văn.txt (2)"],
        ),
        ("a mail whose attachment fails", "m.eml", mail("Gửi anh văn bản.", &[("x.bin", b"\0\0\0\0")]), &["m.eml!x.bin: these bytes are no text", "m.eml"]),
        ("a mail with an archive", "m.eml", mail("Gửi", &[("i.zip", &inner)]), &["m.eml!i.zip!b.txt", "m.eml!i.zip!a.txt"]),
        ("a mail in a mail", "m.eml", mail("Chuyển", &[("n.eml", &mail("Gửi", &[("b.txt", letter)]))]), &["m.eml!n.eml!b.txt"]),
        ("a PDF without attachments", "a.pdf", pdf(&[]), &["a.pdf"]),
        (
            "a PDF with attachments",
            "a.pdf",
            pdf(&[("Phụ lục.txt", attached(letter)), ("Phụ lục.txt", packed(letter)), ("i.zip", packed(&inner)), ("trang.txt", attached(letter))]),
            &["a.pdf", "a.pdf!Phụ lục.txt", "a.pdf!Phụ lục.txt (2)", "a.pdf!i.zip!b.txt", "a.pdf!i.zip!a.txt", "a.pdf!trang.txt"],
        ),
        (
            "a PDF whose attachments fail",
            "a.pdf",
            pdf(&[
                ("lzw", Stream::new(dictionary! { "Type" => "EmbeddedFile", "Filter" => "LZWDecode" }, vec![1])),
                ("cut", Stream::new(dictionary! { "Type" => "EmbeddedFile", "Filter" => "FlateDecode" }, packed(letter).content[..200].to_vec())),
                ("b.txt", attached(letter)),
            ]),
            &[
                "a.pdf",
                "a.pdf!lzw: the file attached to the PDF is packed in a way that is not read",
                "a.pdf!cut: the file attached to the PDF is cut off or damaged",
                "a.pdf!b.txt",
            ],
        ),
        ("a PDF in a PDF", "a.pdf", pdf(&[("b.pdf", packed(&pdf(&[("c.txt", attached(letter))])))]), &["a.pdf", "a.pdf!b.pdf", "a.pdf!b.pdf!c.txt"]),
        ("a mail with a PDF", "m.eml", mail("Gửi", &[("a.pdf", &pdf(&[("b.txt", attached(letter))]))]), &["m.eml!a.pdf", "m.eml!a.pdf!b.txt"]),
        ("a message", "m.edxml", message(FIELDS, &[("b.txt", letter), ("c.txt", letter)]), &["m.edxml!b.txt", "m.edxml!c.txt"]),
        ("a message with a packed attachment", "m.edxml", message(FIELDS, &[("b.doc", &zip(&[("b.txt", letter)]))]), &["m.edxml!b.doc!b.txt"]),
        ("a message without an attachment", "m.edxml", message(FIELDS, &[]), &["m.edxml"]),
        ("a message whose attachment fails", "m.edxml", message(FIELDS, &[("b.txt", b"\0\0\0\0")]), &["m.edxml!b.txt: these bytes are no text", "m.edxml"]),
        ("a message in an archive", "a.zip", zip(&[("m.edxml", &message(FIELDS, &[("b.txt", letter)]))]), &["a.zip!m.edxml!b.txt"]),
    ];
    for (what, name, bytes, want) in rows {
        let found = shown(name, bytes);
        assert_eq!(found.len(), want.len(), "{what}: {found:?}");
        for (found, want) in found.iter().zip(want) {
            assert!(found == want || want.contains(": ") && found.starts_with(want) && found.contains("; "), "{what}: {found:?}, not {want:?}");
        }
    }
}

#[test]
fn a_locked_entry_says_so_and_the_rest_is_read() {
    let mut bytes = zip(&[("a.txt", LETTER.as_bytes()), ("b.txt", LETTER.as_bytes())]);
    // Bit 0 of the flags of the first entry, in its own header and in the directory.
    bytes[6] |= 1;
    let directory = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    bytes[directory + 8] |= 1;
    let want = ["a.zip!a.txt: the entry is locked with a password; unpack it with the password and pass the files", "a.zip!b.txt"];
    assert_eq!(shown("a.zip", bytes), want);
}

#[test]
fn names_that_stand_twice_are_given_once() {
    let mut bytes = zip(&[("a.txt", LETTER.as_bytes()), ("b.txt", LETTER.as_bytes())]);
    for at in (0..bytes.len() - 5).rev() {
        if &bytes[at..at + 5] == b"b.txt" {
            bytes[at] = b'a';
        }
    }
    assert_eq!(shown("a.zip", bytes), ["a.zip!a.txt"]);
}

#[test]
fn something_inside_a_file_is_named_with_an_exclamation_mark() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("containers");
    std::fs::create_dir_all(&folder).unwrap();
    let inner = zip(&[("b.txt", b"Inner\n".as_slice()), ("d/c.txt", b"Deep\n")]);
    std::fs::write(folder.join("a!b.zip"), zip(&[("i.zip", &inner), ("c.txt", b"Outer\n"), ("mail.eml", &mail("Chào anh", &[("x.txt", b"Attached\n")]))]))
        .unwrap();
    let text = |inside: &str| {
        let input = Input::of(&folder.join(format!("a!b.zip{inside}")));
        pipeline::text(&input, &Options::default()).map(|r| r.text.as_str().to_owned()).map_err(|e| e.to_string())
    };
    let rows = [
        ("!c.txt", "Outer\n"),
        ("!i.zip!b.txt", "Inner\n"),
        ("!i.zip!d/c.txt", "Deep\n"),
        ("!i.zip!d/", "Deep\n"),
        ("!mail.eml", "Attached\n"),
        ("!mail.eml!x.txt", "Attached\n"),
    ];
    for (inside, want) in rows {
        assert_eq!(text(inside).as_deref(), Ok(want), "{inside}");
    }
    let error = text("!i.zip").unwrap_err();
    assert!(error.contains("the file holds 2 papers; name one of them:") && error.contains("a!b.zip!i.zip!d/c.txt"), "{error}");
    let error = text("!z.txt").unwrap_err();
    assert!(error.contains("nothing in it is called \"z.txt\"; `vanthu text "), "{error}");
}

#[test]
fn a_message_fills_what_the_paper_leaves_open() {
    let blank = LETTER.replace("Số: 129/UBND-VX", "Số:      /UBND-VX").replace("ngày 05 tháng 3", "ngày    tháng 3");
    let record = outcomes("m.edxml", message(FIELDS, &[("b.txt", blank.as_bytes())])).remove(0).unwrap();
    let header = &record.header;
    assert_eq!(header.code.as_ref().map(|c| c.text.as_str()), Some("129/UBND-VX"));
    assert_eq!(header.date.as_ref().map(|d| (d.value.as_str(), d.text.as_deref())), Some(("2020-03-05", None)));
    assert_eq!((header.urgency.as_deref(), header.evidence["code"].rule.as_str()), (Some("khẩn"), "header-from-envelope"));
    let envelope = record.envelope.as_ref().unwrap();
    assert_eq!((envelope.due_date.as_deref(), envelope.document_id.as_deref()), (Some("2020-04-01"), Some("id-1")));
    assert!(!record.notes.iter().any(|n| n.rule == "envelope-disagrees"), "{:?}", record.notes);

    let other = FIELDS.replace("<CodeNumber>129", "<CodeNumber>130").replace("2020/03/05", "2020/03/06");
    let record = outcomes("m.edxml", message(&other, &[("b.txt", LETTER.as_bytes())])).remove(0).unwrap();
    assert_eq!(record.header.code.as_ref().map(|c| c.text.as_str()), Some("129/UBND-VX"), "the paper wins");
    let notes: Vec<&str> = record.notes.iter().filter(|n| n.rule == "envelope-disagrees").map(|n| n.message.as_str()).collect();
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(notes.iter().any(|n| n.contains("\"129/UBND-VX\" in the paper and \"130/UBND-VX\" in the message around it")), "{notes:?}");
}

#[test]
fn a_message_alone_is_a_record_of_its_header() {
    let record = outcomes("m.edxml", message(FIELDS, &[])).remove(0).unwrap();
    assert_eq!(record.source.format, "edxml");
    assert_eq!(record.text.as_deref(), Some("V/v báo cáo kết quả\n"));
    assert_eq!(record.header.issuer.as_ref().map(|i| i.name.as_str()), Some("UBND tỉnh Mẫu"));
    assert_eq!(record.header.document_type.as_ref().map(|t| t.code.as_str()), Some("CV"));

    let status = "<From><OrganName>Sở A</OrganName></From><ResponseFor><Code>129/UBND-VX</Code><DocumentId>id-1</DocumentId></ResponseFor><StatusCode>03</StatusCode><Timestamp>2020/03/06 08:00:00</Timestamp>";
    let record = outcomes("s.edxml", message(status, &[])).remove(0).unwrap();
    let status = record.envelope.as_ref().and_then(|e| e.status.as_ref()).unwrap();
    assert_eq!((status.code.as_str(), status.description.as_deref(), status.date.as_deref()), ("03", Some("Đã tiếp nhận"), Some("2020-03-06")));
    assert_eq!(record.text.as_deref(), Some("Đã tiếp nhận\n"));
}

#[test]
fn what_outlook_kept_to_itself_is_a_note() {
    let record = outcomes("m.eml", mail("Gửi", &[("winmail.dat", b"x"), ("a.txt", LETTER.as_bytes())])).remove(0).unwrap();
    assert_eq!(record.source.path, "m.eml!a.txt");
    assert!(record.notes.iter().any(|n| n.rule == "mail-winmail"), "{:?}", record.notes);
}

/// Runs it and says how long it took.
fn timed(what: &str, bytes: Vec<u8>) -> Vec<String> {
    let started = Instant::now();
    let found = shown("a.zip", bytes);
    let seconds = started.elapsed().as_secs();
    assert!(seconds < 60, "{what} took {seconds} s");
    found
}

#[test]
fn bombs_are_refused() {
    // A gigabyte of zeros.
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("zeros.txt", SimpleFileOptions::default().compression_level(Some(1))).unwrap();
    let zeros = vec![0; 1 << 20];
    (0..1024).for_each(|_| writer.write_all(&zeros).unwrap());
    let mut bomb = writer.finish().unwrap().into_inner();
    let found = timed("a gigabyte of zeros", bomb.clone());
    assert!(found.len() == 1 && found[0].starts_with("a.zip!zeros.txt: the entry unpacks to more than "), "{found:?}");

    // The same, but its headers tell another size.
    let size = (1u32 << 30).to_le_bytes();
    while let Some(at) = bomb.windows(4).position(|w| w == size) {
        bomb[at..at + 4].copy_from_slice(&1000u32.to_le_bytes());
    }
    let found = timed("a gigabyte that tells another size", bomb);
    assert!(found.len() == 1 && found[0].starts_with("a.zip!zeros.txt: the entry "), "{found:?}");

    // The same, attached to a PDF.
    let found = timed("a gigabyte attached to a PDF", pdf(&[("zeros.txt", packed(&vec![0; 1 << 30])), ("b.txt", attached(LETTER.as_bytes()))]));
    assert!(found.len() == 3 && found[1].starts_with("a.zip!zeros.txt: the file attached to the PDF unpacks to more than "), "{found:?}");

    // Ten archives in one another.
    let nested = (0..10).fold(zip(&[("a.txt", LETTER.as_bytes())]), |inner, _| zip(&[("i.zip", &inner)]));
    let found = timed("ten archives in one another", nested);
    assert!(found.len() == 1 && found[0].contains("stand in one another; unpack the outer ones yourself"), "{found:?}");

    // Papers that together unpack to far more than the file has: 40 times 8 MB of one line.
    let line = "Giao Sở Y tế. ".repeat(500_000);
    let lines: Vec<String> = (0..40).map(|i| format!("{i}.bin")).collect();
    let entries: Vec<(&str, &[u8])> = lines.iter().map(|n| (n.as_str(), &line.as_bytes()[..8_000_000])).collect();
    let found = timed("many large entries", zip(&entries));
    assert!(found.len() == 40 && found.iter().all(|f| f.contains("unpacks to")), "{:?}", &found[..2]);
}

#[test]
fn an_archive_of_too_many_entries_is_refused() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..100_000 {
        writer.start_file(format!("{i}.txt"), SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored)).unwrap();
    }
    let found = timed("100,000 entries", writer.finish().unwrap().into_inner());
    assert_eq!(found, ["a.zip: the archive holds 100000 entries, more than 65535; unpack it and pass the folder"]);
}

const PAGE: &str = "<!DOCTYPE html><html><head><meta charset=utf-8><style>p.x{font-family:.VnTime}</style></head><body class=a><nav><a href=/>Trang chủ</a></nav><div class='content1'>\
    <table border=1><tr><td rowspan=2>Số: 12/UBND-VX</td><td colspan=3>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr><tr><td>1</td></tr></table>\
    <p class=x>Căn cứ <b>Luật</b> Mẫu;<br>Điều 1.&nbsp;Giao Sở Y tế b&aacute;o c&#225;o.</p><ol type=a><li>Một<li>Hai</ol></div><form><input></form></body></html>";

/// Sound files of every kind, to be damaged.
fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let letter = LETTER.as_bytes();
    let page = PAGE.as_bytes();
    vec![
        ("a page", page.to_vec()),
        ("a mail", mail(LETTER, &[("a.html", page), ("b.zip", &zip(&[("a.txt", letter)]))])),
        ("a message", message(FIELDS, &[("a.txt", letter), ("b.zip", &zip(&[("a.html", page)]))])),
        ("a PDF", pdf(&[("a.txt", packed(letter)), ("b.txt", attached(letter))])),
        ("an archive", zip(&[("a.txt", letter), ("d/b.html", page), ("m.eml", &mail("x", &[("a.txt", letter)])), ("i.zip", &zip(&[("a.txt", letter)]))])),
    ]
}

/// A place, as a share of the file, and what becomes of the byte there.
fn damage() -> impl Strategy<Value = (usize, Option<usize>, Vec<(usize, u8)>)> {
    (0..seeds().len(), prop::option::weighted(0.4, 0..100_000usize), prop::collection::vec((0..100_000usize, any::<u8>()), 0..12))
}

fn damaged(bytes: &[u8], cut: Option<usize>, flips: &[(usize, u8)]) -> Vec<u8> {
    let place = |share: usize| share * bytes.len() / 100_000;
    let mut bytes = bytes[..cut.map_or(bytes.len(), place)].to_vec();
    let length = bytes.len();
    for &(share, bits) in flips.iter().filter(|_| length > 0) {
        bytes[share * length / 100_000] ^= bits;
    }
    bytes
}

fn read_damaged(cases: u32, seed: RngSeed) {
    let config = ProptestConfig { cases, rng_seed: seed, failure_persistence: None, max_shrink_iters: 2_000, ..ProptestConfig::default() };
    let seeds = seeds();
    let outcome = TestRunner::new(config).run(&damage(), |(seed, cut, flips)| {
        let (what, bytes) = &seeds[seed];
        let started = Instant::now();
        outcomes(what, damaged(bytes, cut, &flips));
        prop_assert!(started.elapsed().as_secs() < 10, "{what} took {:?}", started.elapsed());
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
}

#[test]
fn damaged_files_never_panic() {
    read_damaged(600, RngSeed::Fixed(22_2020));
}

#[test]
#[ignore = "takes minutes, and every run damages other places"]
fn many_damaged_files_never_panic() {
    read_damaged(60_000, RngSeed::Random);
}

#[test]
fn deep_and_wide_pages_and_messages_stay_fast() {
    let repeated = |piece: &str, count: usize| piece.repeat(count);
    let rows = [
        ("100,000 elements in one another", format!("<html>{}Điều 1{}", repeated("<div>", 100_000), repeated("</div>", 100_000))),
        ("100,000 tables in one another", format!("<html>{}Điều 1", repeated("<table><tr><td>", 100_000))),
        ("a cell over a thousand rows, often", format!("<html><table>{}</table>", repeated("<tr><td rowspan=9999 colspan=200>a", 3_000))),
        ("100,000 attributes", format!("<html><p {}>a", repeated("a=b ", 100_000))),
        ("100,000 classes", format!("<html><p class='{}'>a", repeated("menu ", 100_000))),
        ("a sheet of 100,000 rules", format!("<html><style>{}</style><p>a", repeated("p.a{font-family:x}", 100_000))),
        ("a sheet that is never closed", format!("<html><style>{}</style><p>a", repeated("@media{", 100_000))),
        ("100,000 remarks", format!("<html>{}<p>a", repeated("<!-- -->", 100_000))),
        ("100,000 end tags", format!("<html>{}<p>a", repeated("</div></b></td>", 100_000))),
        ("100,000 elements of a message", format!("<edXML>{}", repeated("<Attachment><Content>", 50_000))),
        ("100,000 entities", format!("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><edXML><Subject>{}</Subject></edXML>", repeated("&a;", 100_000))),
        ("100,000 fields of a mail", format!("From: a\nTo: b\n{}\n\nx", repeated("X-A: b\n", 100_000))),
        (
            "100,000 parts of a mail",
            format!("From: a\nTo: b\nContent-Type: multipart/mixed; boundary=x\n\n{}", repeated("--x\nContent-Disposition: attachment\n\na\n", 100_000)),
        ),
        ("10,000 messages in one another", format!("From: a\nTo: b\n{}", repeated("Content-Type: message/rfc822\n\n", 10_000))),
        (
            "10,000 bundles in one another",
            format!("From: a\nTo: b\n{}", (0..10_000).map(|i| format!("Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n")).collect::<String>()),
        ),
    ];
    for (what, text) in rows {
        let started = Instant::now();
        shown(what, text.into_bytes());
        assert!(started.elapsed().as_secs() < 60, "{what} took {:?}", started.elapsed());
    }
}
