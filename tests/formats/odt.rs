//! OpenDocument texts made by hand, each with exactly what it must be read as.

use crate::{pack, text};

fn document(styles: &str, body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    pack(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
}

fn p(text: &str) -> String {
    format!("<text:p>{text}</text:p>")
}

#[test]
fn paragraphs_are_read_as_they_are_printed() {
    let hidden = "<style:style style:name=\"H\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style>";
    let caps = "<style:style style:name=\"C\" style:family=\"paragraph\"><style:text-properties fo:text-transform=\"uppercase\"/></style:style>\
                <style:style style:name=\"D\" style:family=\"paragraph\" style:parent-style-name=\"C\"/>";
    let rows = [
        ("blanks, tabs and line breaks", "", p("Số:<text:tab/>12<text:s text:c=\"3\"/>/KH-UBND<text:line-break/>Mục tiêu"), "Số: 12 /KH-UBND\nMục tiêu"),
        ("hidden text", hidden, p("Sở <text:span text:style-name=\"H\">ẩn</text:span>Y tế"), "Sở Y tế"),
        ("capitals of a style's parent", caps, "<text:p text:style-name=\"D\">Kế hoạch</text:p>".to_owned(), "KẾ HOẠCH"),
        (
            "deletions stand apart",
            "",
            format!(
                "<text:tracked-changes><text:changed-region><text:deletion>{}</text:deletion></text:changed-region></text:tracked-changes>{}",
                p("đã xóa"),
                p("Sở Y tế")
            ),
            "Sở Y tế",
        ),
        ("comments", "", p("Sở <office:annotation><text:p>ghi chú</text:p></office:annotation>Y tế"), "Sở Y tế"),
        (
            "notes come last",
            "",
            p(
                "Căn cứ Luật<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Chú thích.</text:p></text:note-body></text:note>, Nghị định",
            ) + &p("Điều 1. Một"),
            "Căn cứ Luật, Nghị định\nĐiều 1. Một\nChú thích.",
        ),
        (
            "frames follow their paragraph",
            "",
            p("DỰ THẢO<draw:frame><draw:text-box><text:p>HỎA TỐC</text:p></draw:text-box><svg:title>ảnh</svg:title></draw:frame>"),
            "DỰ THẢO\nHỎA TỐC",
        ),
        ("results of fields", "", p("Trang <text:page-number>3</text:page-number>"), "Trang 3"),
    ];
    for (why, styles, body, want) in rows {
        assert_eq!(text(&document(styles, &body)), want, "{why}");
    }
}

#[test]
fn lists_are_numbered() {
    let styles = "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-format=\"I\" style:num-suffix=\".\"/>\
        <text:list-level-style-number text:level=\"2\" style:num-format=\"1\" style:num-suffix=\".\" text:display-levels=\"2\"/>\
        <text:list-level-style-bullet text:level=\"3\" text:bullet-char=\"-\"/></text:list-style>\
        <text:list-style style:name=\"M\"><text:list-level-style-number text:level=\"1\" loext:num-list-format=\"(%1%)\" style:num-format=\"a\" text:start-value=\"3\"/></text:list-style>";
    let item = |inner: &str| format!("<text:list-item>{inner}</text:list-item>");
    let list = |more: &str, inner: &str| format!("<text:list {more}>{inner}</text:list>");
    let deep = list("", &(item(&p("Hai")) + &item(&(p("Ba") + &p("Đoạn sau") + &list("", &item(&p("Bốn")))))));
    let rows = [
        ("levels", list("text:style-name=\"L\"", &(item(&(p("Một") + &deep)) + &item(&p("Năm")))), "I. Một\nI.1. Hai\nI.2. Ba\nĐoạn sau\n- Bốn\nII. Năm"),
        (
            "a list that goes on",
            list("xml:id=\"a\" text:style-name=\"L\"", &item(&p("Một")))
                + &p("Xen giữa")
                + &list("text:continue-list=\"a\" text:style-name=\"L\"", &item(&p("Hai"))),
            "I. Một\nXen giữa\nII. Hai",
        ),
        (
            "a list that goes on at a deeper level",
            list("text:style-name=\"L\"", &item(&(p("Một") + &list("", &item(&p("Hai"))))))
                + &p("Xen giữa")
                + &list("text:continue-numbering=\"true\" text:style-name=\"L\"", &item(&list("", &item(&p("Ba"))))),
            "I. Một\nI.1. Hai\nXen giữa\nI.2. Ba",
        ),
        (
            "another start, another form",
            list("text:style-name=\"M\"", &(item(&p("Một.")) + "<text:list-item text:start-value=\"7\"><text:p>Hai</text:p></text:list-item>")),
            "(c) Một.\n(g) Hai",
        ),
        (
            "a heading of a list is not numbered",
            list("text:style-name=\"L\"", &("<text:list-header>".to_owned() + &p("Đề mục") + "</text:list-header>" + &item(&p("Một")))),
            "Đề mục\nI. Một",
        ),
    ];
    for (why, body, want) in rows {
        assert_eq!(text(&document(styles, &body)), want, "{why}");
    }
}

#[test]
fn tables_keep_their_columns() {
    let cell = |more: &str, t: &str| format!("<table:table-cell {more}>{}</table:table-cell>", p(t));
    let covered = "<table:covered-table-cell/>";
    let row = |inner: &str| format!("<table:table-row>{inner}</table:table-row>");
    let rows = [
        (
            "a wide cell",
            row(&[cell("", "a"), cell("", "b"), cell("", "c")].concat())
                + &row(&[cell("table:number-columns-spanned=\"2\"", "d"), covered.to_owned(), cell("", "e")].concat()),
            "a\tb\tc\nd\t\te",
        ),
        (
            "a tall cell",
            format!(
                "<table:table-header-rows>{}</table:table-header-rows>",
                row(&[cell("", "a"), cell("table:number-rows-spanned=\"2\"", "b"), cell("", "c")].concat())
            ) + &row(&[cell("", "d"), covered.to_owned(), cell("", "e")].concat()),
            "a\tb\tc\nd\t\te",
        ),
        ("repeated cells", row(&[cell("", "a"), "<table:table-cell table:number-columns-repeated=\"2\"/>".to_owned(), cell("", "b")].concat()), "a\t\t\tb"),
    ];
    for (why, inner, want) in rows {
        let body = format!("<table:table><table:table-column table:number-columns-repeated=\"3\"/>{inner}</table:table>");
        assert_eq!(text(&document("", &body)), want, "{why}");
    }
}

#[test]
fn a_protected_document_says_so() {
    let bytes = pack(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"),
        ("content.xml", "x"),
    ]);
    assert_eq!(text(&bytes), "the document is protected by a password; save it without a password and pass that");
}
