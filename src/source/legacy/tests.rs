use super::*;
use crate::source::flow::Style;

/// The text of paragraphs of runs, each with its font; their legacy letters as windows-1252.
fn unified(paragraphs: &[&[(&str, &str)]]) -> (Vec<String>, Option<&'static str>) {
    let mut flow = Flow::default();
    for runs in paragraphs {
        for (font, text) in *runs {
            let font = (!font.is_empty()).then(|| flow.font(font));
            flow.run(text, Style { font, ..Style::default() });
        }
        flow.end_paragraph();
    }
    let encoding = unify(&mut flow);
    let drawn = |r: &&mut Run| if r.style.caps { r.text.to_uppercase() } else { r.text.clone() };
    (flow.paragraphs_mut().map(|runs| runs.iter().map(drawn).collect()).collect(), encoding)
}

const TCVN3: &str = "C¨n cø QuyÕt ®Þnh cña Thñ t\u{ad}íng ChÝnh phñ";
const IN_UNICODE: &str = "Căn cứ Quyết định của Thủ tướng Chính phủ";

#[test]
fn runs_are_converted_by_their_bytes_and_fonts() {
    type Paragraphs<'a> = &'a [&'a [(&'a str, &'a str)]];
    let rows: [(Paragraphs, &[&str], Option<&str>, &str); 14] = [
        (&[&[(".VnTime", TCVN3)]], &[IN_UNICODE], Some("tcvn3"), "by font and bytes"),
        (&[&[("", TCVN3)]], &[IN_UNICODE], Some("tcvn3"), "by bytes alone"),
        (&[&[(".VnTime", IN_UNICODE)]], &[IN_UNICODE], None, "Unicode under a font of before Unicode"),
        (&[&[(".VnTime", TCVN3)], &[(".VnTime", IN_UNICODE)]], &[IN_UNICODE, IN_UNICODE], Some("tcvn3"), "two encodings under one font"),
        (&[&[(".VnTime", TCVN3)], &[(".VnTime", "Sè")]], &[IN_UNICODE, "Số"], Some("tcvn3"), "a short run follows its font"),
        (&[&[(".VnTime", TCVN3)], &[(".VnTime", "Q§-TTg")]], &[IN_UNICODE, "QĐ-TTg"], Some("tcvn3"), "an abbreviation follows its font"),
        (&[&[(".VnTime", TCVN3)], &[("Arial", "§iÒu")]], &[IN_UNICODE, "Điều"], Some("tcvn3"), "a short run follows the paper"),
        (&[&[(".VnTime", TCVN3)], &[("Arial", "François")]], &[IN_UNICODE, "François"], Some("tcvn3"), "a foreign word in another font"),
        (&[&[("VNI-Times", "Quye"), ("VNI-Times", "át ñònh cuûa Thuû töôùng")]], &["Quyết định của Thủ tướng"], Some("vni"), "base and mark in two runs"),
        (&[&[("", "Le café où l’été français à côté est déjà fermé")]], &["Le café où l’été français à côté est déjà fermé"], None, "French"),
        (&[&[(".VnTimeH", "quyÕt ®Þnh cña thñ t\u{ad}íng"), (".VnTimeH", " so")]], &["QUYẾT ĐỊNH CỦA THỦ TƯỚNG SO"], Some("tcvn3"), "a font of capitals"),
        (&[&[(".VnTime", "C\u{f0a8}n c\u{f0f8} \u{f0ae}\u{f0de}nh c\u{f0f1}a th\u{f0f1}")]], &["Căn cứ định của thủ"], Some("tcvn3"), "private characters"),
        (&[&[(".VnTime", "Thñ t−íng cña l∙nh ®¹o")]], &["Thủ tướng của lãnh đạo"], Some("tcvn3"), "letters of a PDF"),
        (&[&[("Symbol", "§§ ©© ®®")]], &["§§ ©© ®®"], None, "a font of symbols"),
    ];
    for (paragraphs, expected, encoding, why) in rows {
        let (texts, found) = unified(paragraphs);
        assert_eq!((texts, found), (expected.iter().map(|&t| t.to_owned()).collect(), encoding), "{why}");
    }
}

#[test]
fn bytes_are_decoded_with_the_way_back() {
    // "Quyết định của Thủ tướng" in each code page.
    let rows: [(&[u8], &str); 5] = [
        (b"Quy\xd5t \xae\xdenh c\xf1a Th\xf1 t\xad\xedng", "tcvn3"),
        (b"Quye\xe1t \xf1\xf2nh cu\xfba Thu\xfb t\xf6\xf4\xf9ng", "vni"),
        (b"Quy\xaat \xf0\xb8nh c\xfca Th\xfc t\xdf\xbeng", "viscii"),
        (b"Quy\xd5T \xae\x91NH c\x9eA TH\x9e T\xa6\x9bNG", "tcvn5712-1"),
        (b"Quy\xea\xect \xf0i\xf2nh cu\xd2a Thu\xd2 t\xfd\xf5\xecng", "windows-1258"),
    ];
    for (bytes, encoding) in rows {
        let decoded = decode(bytes, 3).unwrap_or_else(|| panic!("{encoding}"));
        let composed: String = unicode_normalization::UnicodeNormalization::nfc(decoded.text.chars()).collect();
        assert_eq!((composed.to_lowercase().as_str(), decoded.encoding), ("quyết định của thủ tướng", encoding));
        let (letter, byte) = (decoded.text.rfind(' ').unwrap(), bytes.iter().rposition(|&b| b == b' ').unwrap());
        assert_eq!(decoded.decoding.source(letter), byte + 3, "{encoding}");
    }
    assert!(decode("Le café où l’été français à côté".as_bytes(), 0).is_none());
}

#[test]
fn what_was_converted_is_noted() {
    let mut flow = Flow::default();
    let font = Some(flow.font(".VnTimeH"));
    flow.run(TCVN3, Style { font, ..Style::default() });
    let (text, encoding, _) = flow.write().unwrap();
    let notes: Vec<&str> = text.notes().iter().map(|n| n.rule).collect();
    assert_eq!((encoding, notes), (Some("tcvn3"), vec!["legacy-encoding", "legacy-capitals"]));
    assert!(text.notes()[0].message.ends_with("1 runs were turned from tcvn3 into Unicode, fonts .VnTimeH"), "{:?}", text.notes());
}
