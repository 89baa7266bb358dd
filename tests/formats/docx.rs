//! Word documents made by hand, each with exactly what it must be read as.

use crate::{pack, text};

const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

/// A document with this body and these other parts, without any relations.
fn document(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let main = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
    let mut all = vec![("word/document.xml", main.as_str())];
    all.extend_from_slice(parts);
    pack(&all)
}

/// A paragraph of one run.
fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

#[test]
fn runs_are_read_as_they_are_printed() {
    let run = |inner: &str| format!("<w:p><w:r>{inner}</w:r></w:p>");
    let rows = [
        ("a hyphen that does not break", run("<w:t>489/QĐ</w:t><w:noBreakHyphen/><w:t>TTg</w:t>"), "489/QĐ-TTg"),
        ("a soft hyphen", run("<w:t>ban</w:t><w:softHyphen/><w:t>hành</w:t>"), "banhành"),
        ("a tab", run("<w:t>Số:</w:t><w:tab/><w:t>12/KH-UBND</w:t>"), "Số: 12/KH-UBND"),
        ("line breaks", run("<w:t>KẾ HOẠCH</w:t><w:br/><w:t>Về việc phòng cháy</w:t><w:cr/><w:t>Mục đích</w:t>"), "KẾ HOẠCH\nVề việc phòng cháy\nMục đích"),
        ("capitals by format", run("<w:rPr><w:caps/></w:rPr><w:t>Kế hoạch</w:t>"), "KẾ HOẠCH"),
        ("hidden text", run("<w:t>Sở Y tế</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t>"), "Sở Y tế"),
        ("text that is hidden no more", run("<w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>Sở Y tế</w:t>"), "Sở Y tế"),
        ("a ticked box of a symbol font", run("<w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t> Đồng ý</w:t>"), "☑ Đồng ý"),
        ("a symbol that is like nothing", run("<w:sym w:font=\"Webdings\" w:char=\"F061\"/><w:t>Đồng ý</w:t>"), "Đồng ý"),
        ("a bullet in the private use area", run("<w:rPr><w:rFonts w:ascii=\"Symbol\" w:hAnsi=\"Symbol\"/></w:rPr><w:t>&#xF0B7;</w:t></w:r><w:r><w:t xml:space=\"preserve\"> Sở Y tế</w:t>"), "• Sở Y tế"),
        ("line ends of the XML", run("<w:t>Sở\nY tế</w:t>"), "Sở Y tế"),
        ("a hyperlink, a tag and a control", "<w:p><w:hyperlink><w:r><w:t>Luật </w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t xml:space=\"preserve\">Giáo dục </w:t></w:r></w:smartTag><w:sdt><w:sdtPr><w:rPr><w:vanish/></w:rPr></w:sdtPr><w:sdtContent><w:r><w:t>2019</w:t></w:r></w:sdtContent></w:sdt></w:p>".to_owned(), "Luật Giáo dục 2019"),
        ("a comment's mark", "<w:p><w:commentRangeStart w:id=\"0\"/><w:r><w:t>Điều 1.</w:t></w:r><w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r></w:p>".to_owned(), "Điều 1."),
        ("a formula", "<w:p><m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath></w:p>".to_owned(), "a/b"),
    ];
    for (why, body, want) in rows {
        assert_eq!(text(&document(&body, &[])), want, "{why}");
    }
}

#[test]
fn fields_give_their_results() {
    let field = |inner: &str| format!("<w:p><w:r><w:t xml:space=\"preserve\">Trang </w:t></w:r>{inner}</w:p>");
    let char = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let (begin, separate, end) = (char("begin"), char("separate"), char("end"));
    let code = "<w:r><w:instrText>PAGE \\* MERGEFORMAT</w:instrText></w:r>";
    let result = "<w:r><w:t>3</w:t></w:r>";
    let rows = [
        ("a result", field(&format!("{begin}{code}{separate}{result}{end}")), "Trang 3"),
        ("no result", field(&format!("{begin}{code}{end}<w:r><w:t>bốn</w:t></w:r>")), "Trang bốn"),
        (
            "a field in another's instruction",
            field(&format!("{begin}{code}{begin}{code}{separate}<w:r><w:t>ẩn</w:t></w:r>{end}{separate}{result}{end}")),
            "Trang 3",
        ),
        ("a field in another's result", field(&format!("{begin}{code}{separate}{begin}{code}{separate}{result}{end}<w:r><w:t>a</w:t></w:r>{end}")), "Trang 3a"),
        ("a simple field", field(&format!("<w:fldSimple w:instr=\"PAGE\">{result}</w:fldSimple>")), "Trang 3"),
        ("a field that never ends", format!("{}{}", field(&format!("{begin}{code}")), p("Điều 2. Hiệu lực")), "Trang\nĐiều 2. Hiệu lực"),
    ];
    for (why, body, want) in rows {
        assert_eq!(text(&document(&body, &[])), want, "{why}");
    }
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let r = |t: &str| format!("<w:r><w:t xml:space=\"preserve\">{t}</w:t></w:r>");
    let gone = |t: &str| format!("<w:del><w:r><w:delText>{t}</w:delText></w:r></w:del>");
    let cell = |t: &str| format!("<w:tc><w:tcPr/>{}</w:tc>", p(t));
    let rows = [
        ("an insertion and a deletion", format!("<w:p>{}{}<w:ins>{}</w:ins></w:p>", r("Sở "), gone("Tài chính"), r("Y tế")), "Sở Y tế"),
        ("text moved away and here", format!("<w:p><w:moveFrom>{}</w:moveFrom>{}<w:moveTo>{}</w:moveTo></w:p>", r("cũ"), r("Sở "), r("Y tế")), "Sở Y tế"),
        (
            "a deleted paragraph mark",
            format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p>{}", r("Sở Giáo dục "), p("và Đào tạo")),
            "Sở Giáo dục và Đào tạo",
        ),
        (
            "a deleted paragraph",
            format!("{}<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p>{}", p("Điều 1. Một"), gone("Điều 2. Hai"), p("Điều 3. Ba")),
            "Điều 1. Một\nĐiều 3. Ba",
        ),
        (
            "an inserted paragraph mark",
            format!("<w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr>{}</w:p>{}", r("Điều 1. Một"), p("Điều 2. Hai")),
            "Điều 1. Một\nĐiều 2. Hai",
        ),
        (
            "a deleted row",
            format!(
                "<w:tbl><w:tr>{}{}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{}{}</w:tr></w:tbl>",
                cell("Việc một"),
                cell("Sở A"),
                cell("Việc hai"),
                cell("Sở B")
            ),
            "Việc một\tSở A",
        ),
        (
            "a format before the change",
            "<w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/><w:caps/></w:rPr></w:rPrChange></w:rPr><w:t>Sở Y tế</w:t></w:r></w:p>".to_owned(),
            "Sở Y tế",
        ),
    ];
    for (why, body, want) in rows {
        assert_eq!(text(&document(&body, &[])), want, "{why}");
    }
}

#[test]
fn text_boxes_follow_their_paragraph() {
    let boxed = |inner: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(inner));
    let host = |drawing: &str| format!("<w:p><w:r><w:t>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</w:t>{drawing}</w:r></w:p>");
    let rows = [
        (
            "a drawing and its fallback are one box",
            host(&format!(
                "<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{0}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{0}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>",
                boxed("HỎA TỐC")
            )),
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHỎA TỐC",
        ),
        (
            "a picture of old",
            host(&format!("<w:pict><v:textbox>{}</v:textbox></w:pict>", boxed("DỰ THẢO LẦN 2"))),
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nDỰ THẢO LẦN 2",
        ),
        (
            "a fallback alone",
            host(&format!("<mc:AlternateContent><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>", boxed("MẬT"))),
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nMẬT",
        ),
        (
            "a box in a box",
            host(&format!("<w:txbxContent><w:p><w:r><w:t>Ô NGOÀI</w:t>{}</w:r></w:p></w:txbxContent>", boxed("Ô TRONG"))),
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nÔ NGOÀI\nÔ TRONG",
        ),
        (
            "text of a diagram is a picture",
            host("<w:drawing><a:txBody><a:p><a:r><a:t>hình</a:t></a:r></a:p></a:txBody></w:drawing>"),
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        ),
    ];
    for (why, body, want) in rows {
        assert_eq!(text(&document(&body, &[])), want, "{why}");
    }
}

#[test]
fn notes_come_last_in_the_order_of_their_marks() {
    let note = |kind: &str, id: u32, t: &str| format!("<w:{kind} w:id=\"{id}\"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t>{t}</w:t></w:r></w:p></w:{kind}>");
    let separator = "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>";
    let foot = format!(
        "<w:footnotes {W}>{separator}{}{}{}</w:footnotes>",
        note("footnote", 1, "Chú thích một."),
        note("footnote", 2, "Chú thích hai."),
        note("footnote", 3, "Không dùng.")
    );
    let end = format!("<w:endnotes {W}>{}</w:endnotes>", note("endnote", 1, "Cuối văn bản."));
    let mark = |kind: &str, id: u32| format!("<w:r><w:{kind}Reference w:id=\"{id}\"/></w:r>");
    let body = format!(
        "<w:p><w:r><w:t>Căn cứ Luật</w:t></w:r>{}<w:r><w:t>, Nghị định</w:t></w:r>{}{}</w:p>{}",
        mark("footnote", 2),
        mark("endnote", 1),
        mark("footnote", 1),
        p("Điều 1. Một")
    );
    let parts = [("word/footnotes.xml", foot.as_str()), ("word/endnotes.xml", end.as_str())];
    assert_eq!(text(&document(&body, &parts)), "Căn cứ Luật, Nghị định\nĐiều 1. Một\nChú thích hai.\nCuối văn bản.\nChú thích một.");
}

#[test]
fn tables_keep_their_columns() {
    let cell = |properties: &str, t: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(t));
    let row = |inner: &str| format!("<w:tr>{inner}</w:tr>");
    let table = |rows: &[String]| format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows.concat());
    let span = "<w:gridSpan w:val=\"2\"/>";
    let rows = [
        (
            "a wide cell covers empty columns",
            table(&[row(&[cell("", "STT"), cell("", "Nhiệm vụ"), cell("", "Chủ trì")].concat()), row(&[cell("", "I"), cell(span, "Nhóm việc")].concat())]),
            "STT\tNhiệm vụ\tChủ trì\nI\tNhóm việc",
        ),
        (
            "a cell that goes on below",
            table(&[
                row(&[cell("", "Việc một"), cell("<w:vMerge w:val=\"restart\"/>", "Sở A"), cell("", "Quý I")].concat()),
                row(&[cell("", "Việc hai"), cell("<w:vMerge/>", ""), cell("", "Quý II")].concat()),
            ]),
            "Việc một\tSở A\tQuý I\nViệc hai\t\tQuý II",
        ),
        (
            "a row that begins later",
            table(&[
                row(&[cell("", "a"), cell("", "b"), cell("", "c")].concat()),
                format!("<w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}{}</w:tr>", cell("", "d"), cell("", "e")),
            ]),
            "a\tb\tc\n\td\te",
        ),
        (
            "controls around row and cell",
            table(&[format!(
                "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
                row(&format!("{}<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>{}", cell("", "a"), cell("", "b"), cell("", "c")))
            )]),
            "a\tb\tc",
        ),
        (
            "a table in a cell",
            table(&[row(
                &[cell("", "a"), format!("<w:tc>{}{}</w:tc>", table(&[row(&[cell("", "x"), cell("", "y")].concat())]), p("z")), cell("", "c")].concat()
            )]),
            "a\tx y z\tc",
        ),
        (
            "the letterhead reads left, right",
            table(&[row(&[
                format!("<w:tc>{}{}</w:tc>", p("UBND TỈNH LONG AN"), p("Số: 12/KH-UBND")),
                format!("<w:tc>{}{}</w:tc>", p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), p("Độc lập - Tự do - Hạnh phúc")),
            ]
            .concat())]),
            "UBND TỈNH LONG AN\nSố: 12/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        ),
    ];
    for (why, body, want) in rows {
        assert_eq!(text(&document(&body, &[])), want, "{why}");
    }
}

#[test]
fn styles_hand_down_what_they_say() {
    let styles = format!(
        "<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:b w:val=\"0\"/></w:rPr></w:rPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"N\"/>\
         <w:style w:type=\"paragraph\" w:styleId=\"H\"><w:basedOn w:val=\"N\"/><w:rPr><w:caps/></w:rPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"H2\"><w:basedOn w:val=\"H\"/></w:style>\
         <w:style w:type=\"character\" w:styleId=\"C\"><w:rPr><w:caps/></w:rPr></w:style>\
         <w:style w:type=\"character\" w:styleId=\"V\"><w:rPr><w:vanish/></w:rPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"A\"><w:basedOn w:val=\"B\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"B\"><w:basedOn w:val=\"A\"/><w:rPr><w:caps/></w:rPr></w:style></w:styles>"
    );
    let styled = |style: &str, run: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>Kế hoạch</w:t></w:r></w:p>");
    let rows = [
        ("over two styles", styled("H2", ""), "KẾ HOẠCH"),
        ("the run has the last word", styled("H2", "<w:caps w:val=\"false\"/>"), "Kế hoạch"),
        ("both styles switch it on: off", styled("H", "<w:rStyle w:val=\"C\"/>"), "Kế hoạch"),
        ("a character style", styled("N", "<w:rStyle w:val=\"C\"/>"), "KẾ HOẠCH"),
        ("hidden by a style", styled("N", "<w:rStyle w:val=\"V\"/>") + &p("Điều 1."), "Điều 1."),
        ("styles in a circle", styled("A", ""), "KẾ HOẠCH"),
        ("a style that is not there", styled("X", ""), "Kế hoạch"),
    ];
    for (why, body, want) in rows {
        assert_eq!(text(&document(&body, &[("word/styles.xml", &styles)])), want, "{why}");
    }
}

#[test]
fn automatic_numbers_are_printed() {
    let level = |i: usize, format: &str, text: &str, more: &str| {
        format!("<w:lvl w:ilvl=\"{i}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/>{more}</w:lvl>")
    };
    let outline =
        [level(0, "upperRoman", "%1.", ""), level(1, "decimal", "%2.", ""), level(2, "lowerLetter", "%3)", ""), level(3, "bullet", "\u{f0b7}", "")].concat();
    let legal = [
        level(0, "upperRoman", "%1.", ""),
        level(1, "decimal", "%1.%2.", "<w:isLgl/>"),
        level(2, "decimal", "%1.%2.%3", "<w:isLgl/><w:lvlRestart w:val=\"0\"/>"),
    ]
    .concat();
    let articles = level(0, "decimal", "Điều %1.", "<w:pStyle w:val=\"Dieu\"/>");
    let close = [level(0, "decimalZero", "%1/", "<w:suff w:val=\"nothing\"/>"), level(1, "bullet", "+", "")].concat();
    let numbering = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId=\"1\">{outline}</w:abstractNum><w:abstractNum w:abstractNumId=\"2\">{legal}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"3\">{articles}</w:abstractNum><w:abstractNum w:abstractNumId=\"4\">{close}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"5\"><w:numStyleLink w:val=\"L\"/></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"2\"/></w:num>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"3\"/></w:num><w:num w:numId=\"4\"><w:abstractNumId w:val=\"4\"/></w:num>\
         <w:num w:numId=\"5\"><w:abstractNumId w:val=\"5\"/></w:num>\
         <w:num w:numId=\"6\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"1\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num></w:numbering>"
    );
    let styles = format!(
        "<w:styles {W}><w:style w:type=\"paragraph\" w:styleId=\"Dieu\"><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style>\
         <w:style w:type=\"numbering\" w:styleId=\"L\"><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style></w:styles>"
    );
    let item = |list: u32, level: u32, t: &str| {
        format!("<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{t}</w:t></w:r></w:p>")
    };
    let of_style = |more: &str, t: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"Dieu\"/>{more}</w:pPr><w:r><w:t>{t}</w:t></w:r></w:p>");
    let list = |items: &[(u32, u32, &str)]| items.iter().map(|(l, i, t)| item(*l, *i, t)).collect::<String>();
    let rows = [
        (
            "an outline restarts under each heading",
            list(&[
                (1, 0, "MỤC ĐÍCH"),
                (1, 1, "Yêu cầu"),
                (1, 2, "Sở A"),
                (1, 2, "Sở B"),
                (1, 3, "Phòng C"),
                (1, 1, "Nội dung"),
                (1, 2, "Sở D"),
                (1, 0, "TỔ CHỨC"),
                (1, 1, "Sở E"),
            ]),
            "I. MỤC ĐÍCH\n1. Yêu cầu\na) Sở A\nb) Sở B\n• Phòng C\n2. Nội dung\na) Sở D\nII. TỔ CHỨC\n1. Sở E",
        ),
        (
            "Arabic numbers only, and a level that never restarts",
            list(&[(2, 0, "Một"), (2, 1, "Hai"), (2, 2, "Ba"), (2, 1, "Bốn"), (2, 2, "Năm")]),
            "I. Một\n1.1. Hai\n1.1.1 Ba\n1.2. Bốn\n1.2.2 Năm",
        ),
        ("numbers of a style", of_style("", "Phạm vi") + &of_style("", "Đối tượng"), "Điều 1. Phạm vi\nĐiều 2. Đối tượng"),
        (
            "a paragraph that leaves the list of its style",
            of_style("", "Phạm vi") + &of_style("<w:numPr><w:numId w:val=\"0\"/></w:numPr>", "Ghi"),
            "Điều 1. Phạm vi\nGhi",
        ),
        ("nothing between label and text, and a plus", list(&[(4, 0, "Một"), (4, 1, "Hai")]), "01/Một\n+ Hai"),
        ("a list by the style it links to", list(&[(5, 0, "Một"), (5, 1, "Hai")]), "I. Một\n1.1. Hai"),
        ("a list that starts elsewhere, once", list(&[(1, 0, "Một"), (6, 1, "Hai"), (6, 1, "Ba")]), "I. Một\n5. Hai\n6. Ba"),
        ("a deeper level first", list(&[(2, 1, "Hai"), (2, 0, "Một")]), "1.1. Hai\nI. Một"),
        (
            "numbers in cells without text",
            format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", item(1, 1, ""), p("Việc"), p("Sở A")),
            "1.\tViệc\tSở A",
        ),
        (
            "a deleted item is not counted",
            item(1, 0, "Một")
                + "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"
                + &item(1, 0, "Ba"),
            "I. Một\nII. Ba",
        ),
    ];
    for (why, body, want) in rows {
        assert_eq!(text(&document(&body, &[("word/numbering.xml", &numbering), ("word/styles.xml", &styles)])), want, "{why}");
    }
}

#[test]
fn packages_of_every_dialect_are_read() {
    let strict =
        "<w:document xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><w:body><w:p><w:r><w:t>Điều 1.</w:t></w:r></w:p></w:body></w:document>";
    let other = strict.replace("w:", "ns0:");
    let relation = |target: &str| {
        format!(
            "<Relationships><Relationship Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" Target=\"{target}\"/></Relationships>"
        )
    };
    let (named, absolute) = (relation("paper/main.xml"), relation("/paper/main.xml"));
    let rows: [(&str, Vec<(&str, &str)>); 4] = [
        ("strict, without relations", vec![("word/document.xml", strict)]),
        ("another prefix", vec![("word/document.xml", &other)]),
        (
            "another name",
            vec![
                ("_rels/.rels", &named),
                ("paper/main.xml", strict),
                (
                    "[Content_Types].xml",
                    "<Types><Override PartName=\"/paper/main.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>",
                ),
            ],
        ),
        (
            "an absolute target",
            vec![
                ("_rels/.rels", &absolute),
                ("paper/main.xml", strict),
                (
                    "[Content_Types].xml",
                    "<Types><Override PartName=\"/paper/main.xml\" ContentType=\"application/vnd.ms-word.template.macroEnabledTemplate.main+xml\"/></Types>",
                ),
            ],
        ),
    ];
    for (why, parts) in rows {
        assert_eq!(text(&pack(&parts)), "Điều 1.", "{why}");
    }
}

#[test]
fn damage_is_told() {
    let whole = document(&(1..400).map(|i| p(&format!("Điều {i}. Nội dung số {}.", i * 7919 % 1000))).collect::<String>(), &[]);
    let half = &whole[..whole.len() / 2];
    let reading = vanthu::source::read(half, &vanthu::source::Options::default()).expect("half a document is read");
    assert!(reading.text.as_str().starts_with("Điều 1. Nội dung số 919."));
    assert_eq!(reading.text.notes()[0].rule, "source-cut-short");
    let rows = [
        (document("", &[]), "the file holds no text; give a file with text in it"),
        (
            document(&format!("{}{}", "<w:sdt>".repeat(5000), p("a")), &[]),
            "the document nests more than 4096 elements; open it in an office program and save it again",
        ),
        (
            pack(&[("word/document.xml", "<!DOCTYPE a [<!ENTITY b \"Điều\">]><w:document><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>")]),
            "the file holds no text; give a file with text in it",
        ),
        (document(&" ".repeat(20_000_000), &[]), "a part of the document unpacks to more than 536870912 bytes or 400 times its size; split it"),
    ];
    for (bytes, want) in rows {
        assert_eq!(text(&bytes), want);
    }
}
