//! Hostile input: nothing panics, and every record keeps its claims. How time grows with size: `benches/growth.rs`.

#[path = "record/claims.rs"]
mod claims;
#[path = "record/shapes.rs"]
mod shapes;

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use shapes::{PLAN, SHAPES};
use std::path::Path;
use vanthu::export::DocumentRecord;
use vanthu::pipeline;
use vanthu::source::Options;

/// Reads a paper; the claims of its record must hold. What is no text gives no record.
fn read(what: &str, bytes: &[u8]) -> Option<DocumentRecord> {
    let record = pipeline::record(what, bytes, &Options::default()).ok()?;
    let broken = claims::broken(&record);
    assert!(broken.is_empty(), "{what}: {} claims do not hold, such as\n{}", broken.len(), broken[..broken.len().min(5)].join("\n"));
    Some(record)
}

#[test]
fn odd_files_are_read_or_refused() {
    let utf16 = |s: &str| s.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let text = "Số: 12/QĐ-UBND\nĐiều 1. Giao Sở Y tế báo cáo trước ngày 20/12/2020.\n";
    let refused = Err::<&str, &str>;
    let rows: Vec<(&str, Vec<u8>, Result<&str, &str>)> = vec![
        ("nothing", vec![], refused("the file is empty")),
        ("one line end", b"\n".to_vec(), refused("the file is empty")),
        ("blanks", b" \t\r\n \x0c".to_vec(), refused("the file is empty")),
        ("a byte order mark alone", b"\xef\xbb\xbf".to_vec(), refused("the file holds no text")),
        ("a byte order mark of UTF-16 alone", b"\xff\xfe".to_vec(), refused("the file holds no text")),
        ("half a unit of UTF-16", b"\xff\xfeA".to_vec(), refused("the file holds no text")),
        ("no-break blanks", "\u{a0}\u{a0}\n\u{a0}".into(), refused("the file holds no text")),
        ("zero-width characters", "\u{200b}\u{feff}\u{200b}".into(), refused("the file holds no text")),
        ("rulings", "-----\n*****\n_____\n".into(), refused("the file holds no text")),
        ("a program", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0".to_vec(), refused("these bytes are no text")),
        ("zeros", vec![0; 4096], refused("these bytes are no text")),
        ("every byte", (0..=255).collect(), refused("these bytes are no text")),
        ("high bytes", (0x80..=0xff).cycle().take(5000).collect(), refused("the text is in no encoding that is read")),
        ("an image's head", b"\x89PNG\r\n\x1a\n".to_vec(), refused("this is a PNG image")),
        ("one letter", b"a".to_vec(), Ok("a\n")),
        ("no line end", "Số".into(), Ok("Số\n")),
        ("a cut character at the end", text.as_bytes()[..text.len() - 2].iter().copied().chain([0xc4]).collect(), Ok("Số: 12/QĐ-UBND\n")),
        ("a damaged byte", [text.as_bytes(), b"\xff", text.as_bytes()].concat(), Ok("Số: 12/QĐ-UBND\n")),
        ("UTF-16", utf16(text), Ok("Số: 12/QĐ-UBND\n")),
        ("UTF-16 with half a unit at its end", [b"\xff\xfe".to_vec(), utf16(text), vec![b'x']].concat(), Ok("Số: 12/QĐ-UBND\n")),
        ("UTF-16 with half a character", [b"\xff\xfe".to_vec(), utf16("Số: "), vec![0x00, 0xd8], utf16("12\n")].concat(), Ok("Số: 12\n")),
        ("a zero far behind", [text.repeat(200).as_bytes(), b"\0"].concat(), Ok("Số: 12/QĐ-UBND\n")),
        ("line ends of another kind", text.replace('\n', "\r").into(), Ok("Số: 12/QĐ-UBND")),
        ("form feeds", text.replace('\n', "\x0c\n\x0c").into(), Ok("Số: 12/QĐ-UBND\n")),
        ("control characters", "Số:\u{1} 12\u{7f}/QĐ\u{9b}-UBND".into(), Ok("Số: 12/QĐ-UBND\n")),
        ("right-to-left marks", "Số: \u{202e}12/QĐ-UBND\u{202c}".into(), Ok("Số: 12/QĐ-UBND\n")),
        ("a combining mark first", "\u{301}a".into(), Ok("\u{301}a\n")),
    ];
    for (what, bytes, want) in rows {
        match (pipeline::record(what, &bytes, &Options::default()), want) {
            (Ok(_), Ok(start)) => {
                let text = read(what, &bytes).and_then(|r| r.text).expect("a record carries its text");
                assert!(text.starts_with(start), "{what}: {text:?}");
            }
            (Err(e), Err(start)) => assert!(e.to_string().starts_with(start) && e.to_string().contains("; "), "{what}: {e}"),
            (got, want) => panic!("{what}: {:?}, not {want:?}", got.map(|r| r.text)),
        }
    }
}

#[test]
fn repeated_pieces_keep_their_claims() {
    for shape in SHAPES {
        for pieces in [0, 1, 2, 3, 50] {
            read(shape.what, shape.text(pieces).as_bytes());
        }
    }
}

/// Words and a line end, about so many bytes in all.
fn line(words: &str, bytes: usize) -> String {
    words.repeat(bytes / words.len()) + "\n"
}

#[test]
fn large_papers_are_read() {
    let rows = [
        ("a line of 8 MB", line("các cơ quan, đơn vị có liên quan tổ chức triển khai ", 8_000_000)),
        ("a word of 2 MB", line("x", 2_000_000)),
        ("100,000 dashes", PLAN.to_owned() + &"- Nội dung;\n".repeat(100_000)),
        ("100,000 dashes and plus signs", PLAN.to_owned() + &"- Nội dung:\n+ Việc;\n".repeat(50_000)),
        ("50,000 times Kính gửi", "Kính gửi: ".repeat(50_000)),
        ("50,000 lines of Kính gửi", "Kính gửi:\n".repeat(50_000)),
        ("20,000 open quotes and brackets", PLAN.to_owned() + &"“(".repeat(20_000)),
        ("50,000 tabs", PLAN.to_owned() + &"\t".repeat(50_000)),
        ("a decimal of 50,000 steps", PLAN.to_owned() + &"1.".repeat(50_000) + " Nội dung\n"),
        // Each list opens inside the one before.
        ("2,000 lists in lists", PLAN.to_owned() + &(1..2_000).map(|i| format!("{}1. Nội dung {i}:\n", "1.".repeat(i % 200))).collect::<String>()),
    ];
    for (what, text) in rows {
        assert!(pipeline::record(what, text.as_bytes(), &Options::default()).is_ok(), "{what}");
    }
}

#[test]
#[ignore = "takes a minute and some gigabytes"]
fn a_line_of_100_megabytes_is_read() {
    let text = line("các cơ quan, đơn vị có liên quan tổ chức triển khai ", 100_000_000);
    assert!(pipeline::record("a line of 100 MB", text.as_bytes(), &Options::default()).is_ok());
}

#[test]
fn a_line_of_many_mentions_is_read() {
    let text = line("Giao Sở Y tế thực hiện Quyết định số 489/QĐ-TTg ngày 08 tháng 4 năm 2020 của Thủ tướng Chính phủ; ", 8_000_000);
    assert!(pipeline::record("a line of 8 MB with mentions", text.as_bytes(), &Options::default()).is_ok());
}

/// Each of these once ended the program: a place counted in bytes fell inside a character, or a span ended before it
/// started.
#[test]
fn characters_are_never_cut() {
    let rows = [
        // A mark of several bytes after the slash inside a name.
        "Ủy ban gAn/“".to_owned(),
        // The look-back for a provision, and the end of the longest title, fall between letters that folding turns round.
        format!("Uỷ ban{} Quyết định số 1/QĐ-TTg\n", " a".repeat(76)),
        format!("Quyết định số 1/QĐ-TTg về việc {} Uỷ ban\n", "a".repeat(1585)),
        // A label behind a no-break blank.
        "i\n\u{a0}-à".to_owned(),
        // A clause that ends before its label does.
        "đ) ;Ủy ban kể từ".to_owned(),
    ];
    for row in rows {
        read(&row, row.as_bytes());
    }
    for n in 0..1700 {
        let row = format!("Uỷ ban {} Quyết định số 1/QĐ-TTg về việc {} Uỷ ban hoà bình\n", "a".repeat(n % 200), "a".repeat(n));
        read("a title of every length", row.as_bytes());
    }
}

/// What rules start at, lists are built with and quotations hang on.
const CUES: &[&str] = &[
    "Điều 1. ",
    "Điều ",
    "khoản 2 ",
    "điểm a ",
    "Chương II",
    "Mục 1",
    "Phụ lục",
    "PHỤ LỤC I",
    "I. ",
    "1. ",
    "1.1. ",
    "a) ",
    "đ) ",
    "- ",
    "+ ",
    "* ",
    "Số: ",
    "số ",
    "Số:      /",
    "12/QĐ-TTg",
    "/QĐ-TTg",
    "489/QĐ-TTg",
    "44/2014TT-BGDĐT",
    "49-KL/TW",
    "137/KH-UBND",
    "1286/QÐ-UBND",
    "52-",
    "CT/TW",
    "ngày ",
    "ngày 05 tháng 3 năm 2020",
    "ngày    tháng 6 năm 2020",
    "tháng ",
    "năm ",
    "10/5/2019",
    "31/02/2020",
    "quý II",
    "99999999999999999999",
    "“",
    "”",
    "\"",
    "(",
    ")",
    "-",
    "–",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\x0c",
    " ",
    "  ",
    ",",
    ", ",
    ";",
    ":",
    ".",
    "./.",
    "/",
    "|",
    "*",
    "**",
    "#",
    "\\",
    "<br>",
    "_",
    "giao ",
    "Giao ",
    "đề nghị ",
    "yêu cầu ",
    "chủ trì",
    "chủ trì, ",
    "phối hợp với ",
    "phối hợp",
    "có trách nhiệm",
    "và ",
    "các ",
    "Các sở: ",
    "Trách nhiệm của ",
    "Sở Y tế",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Ủy ban nhân dân tỉnh Long An",
    "Uỷ ban nhân dân",
    "uỷ ",
    "hoà ",
    "khoá XII",
    "UBND",
    "các bộ, ngành",
    "Thủ tướng Chính phủ",
    "Ban Bí thư",
    "Bộ trưởng",
    "trước ngày ",
    "chậm nhất ",
    "đến hết ngày ",
    "trong tháng ",
    "trong thời hạn 10 ngày làm việc kể từ ngày ",
    "hằng năm",
    "định kỳ ",
    "thường xuyên",
    "giai đoạn 2021 - 2030",
    "Căn cứ ",
    "thực hiện ",
    "ban hành ",
    "về việc ",
    "V/v ",
    "sửa đổi, bổ sung ",
    "thay thế ",
    "bãi bỏ ",
    "kèm theo ",
    "tổng kết ",
    "của ",
    "theo ",
    "Quyết định ",
    "Quyết định này",
    "Luật Giáo dục ",
    "Nghị định ",
    "Kế hoạch ",
    "(sau đây gọi tắt là Đề án)",
    "Đề án",
    "nêu trên",
    "như sau:",
    "KẾ HOẠCH",
    "QUYẾT ĐỊNH",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Kính gửi: ",
    "Nơi nhận:",
    "- Như trên;",
    "Lưu: VT.",
    "TM. ỦY BAN NHÂN DÂN",
    "KT. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "CHỦ TỊCH",
    "Nguyễn Văn A",
    "Long An, ngày 05 tháng 3 năm 2020",
    "HỎA TỐC",
    "CÔNG BÁO/Số 1",
    "Ký bởi: ",
    "STT\tNội dung\tChủ trì\tPhối hợp\tThời gian\n",
    "1\tBáo cáo\tSở Y tế\t\tTháng 8/2020\n",
    "| STT | Nội dung | Chủ trì |\n|---|---|---|\n",
    "| 1 | Việc | Sở Y tế |\n",
    "e\u{302}\u{301}",
    "\u{301}",
    "\u{a0}",
    "\u{200b}",
    "\u{ad}",
    "\u{feff}",
    "Ð",
    "Ɖ",
    "ƣ",
    "😀",
    "İ",
    "ẞ",
    "ﬀ",
    "Ⅳ",
    "²",
    "\u{1100}\u{1161}",
    "\0",
];

/// Lines and words of the corpus.
fn corpus() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let files = pipeline::files_below(&[folder]).expect("the corpus is there");
    let bytes = files.into_iter().filter(|p| p.extension().is_some_and(|e| e == "txt")).map(|p| std::fs::read(p).expect("the corpus can be read"));
    let texts = bytes.map(|b| String::from_utf8_lossy(&b).into_owned());
    let mut pieces: Vec<String> = texts.flat_map(|t| t.split_inclusive(['\n', ';']).map(str::to_owned).collect::<Vec<_>>()).collect();
    let words: Vec<String> = pieces.iter().flat_map(|p| p.split_inclusive(' ').map(str::to_owned)).collect();
    pieces.extend(words);
    pieces
}

/// Mixtures of cue words, corpus text, any characters and any bytes.
fn mixtures() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        12 => prop::sample::select(CUES).prop_map(|cue| cue.as_bytes().to_vec()),
        8 => prop::sample::select(corpus()).prop_map(String::into_bytes),
        2 => any::<char>().prop_map(|c| c.to_string().into_bytes()),
        2 => (0u32..100_000).prop_map(|n| n.to_string().into_bytes()),
        // Few, or the whole is taken for another encoding and refused.
        1 => prop::collection::vec(any::<u8>(), 0..2),
    ];
    (prop::collection::vec(piece, 0..160), any::<bool>()).prop_map(|(pieces, new)| if new { newly_spelt(pieces.concat()) } else { pieces.concat() })
}

/// The same bytes with the tone of `ủy`, `hòa` on the second letter: `uỷ`, `hoà`, whose letters change length.
fn newly_spelt(bytes: Vec<u8>) -> Vec<u8> {
    let Ok(mut text) = String::from_utf8(bytes.clone()) else { return bytes };
    for (old, new) in
        [("ủy", "uỷ"), ("Ủy", "Uỷ"), ("ỦY", "UỶ"), ("úy", "uý"), ("ụy", "uỵ"), ("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("ỏe", "oẻ"), ("ÒA", "OÀ")]
    {
        text = text.replace(old, new);
    }
    text.into_bytes()
}

fn read_mixtures(cases: u32, seed: RngSeed) {
    let config = ProptestConfig { cases, rng_seed: seed, failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::default() };
    let outcome = TestRunner::new(config).run(&mixtures(), |bytes| {
        read("a mixture", &bytes);
        Ok(())
    });
    if let Err(e) = outcome {
        let input = match &e {
            proptest::test_runner::TestError::Fail(_, bytes) => String::from_utf8_lossy(bytes).into_owned(),
            _ => String::new(),
        };
        panic!("{e}\nas text: {input:?}");
    }
}

#[test]
fn mixtures_keep_their_claims() {
    read_mixtures(400, RngSeed::Fixed(30_2020));
}

#[test]
#[ignore = "takes minutes, and every run reads other mixtures"]
fn many_mixtures_keep_their_claims() {
    read_mixtures(50_000, RngSeed::Random);
}
