use super::*;

fn paragraphs(page: &str) -> Vec<String> {
    let (text, _, _) = read_page(page).unwrap().write().unwrap();
    text.blocks().iter().map(|b| text.slice(b.span).to_owned()).collect()
}

#[test]
fn pages_are_told_from_text_that_starts_with_a_bracket() {
    let rows: [(&[u8], bool, &str); 13] = [
        (b"<!DOCTYPE html><p>x", true, "a declaration"),
        (b"\xef\xbb\xbf \n<HTML lang=vi>", true, "a mark and blanks before it"),
        (b"<?xml version=\"1.0\"?>\n<!-- saved from url -->\n<html xmlns=\"x\">", true, "XHTML"),
        (b"\xff\xfe<\0h\0t\0m\0l\0>\0", true, "UTF-16"),
        (b"<p>a</p>", true, "a part of a page"),
        (b"<table border=1><tr><td>a</table>", true, "a table"),
        (b"<M\xe1\xba\xabu s\xe1\xbb\x91 01>\nS\xe1\xbb\x91: 12/UBND", false, "a form's name in brackets"),
        (b"<<ghi ch\xc3\xba>>", false, "two brackets"),
        (b"<br>text", false, "a break of line that Markdown has too"),
        (b"<p> without an end", false, "a tag and nothing else"),
        (b"<a>: \xc4\x91i\xe1\xbb\x83m a", false, "a label"),
        (b"<?xml version=\"1.0\"?><edXML>", false, "other XML"),
        (b"S\xe1\xbb\x91: <html>", false, "not at the start"),
    ];
    for (bytes, want, why) in rows {
        assert_eq!(is_page(bytes), want, "{why}");
    }
}

#[test]
fn every_encoding_gives_the_same_text() {
    let utf16: Vec<u8> = [0xfeff].into_iter().chain("<html><p>Quyết định</p>".encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let rows: [(Vec<u8>, &str, &str); 7] = [
        ("<html><p>Quyết định</p>".into(), "utf-8", "nothing declared"),
        ("<html><meta charset=windows-1252><p>Quyết định</p>".into(), "utf-8", "a wrong declaration over sound UTF-8"),
        ("<html><p>Quy&#7871;t &#x111;&#7883;nh</p>".into(), "utf-8", "entities"),
        (utf16, "utf-16le", "UTF-16"),
        (
            b"<html><meta http-equiv=Content-Type content=\"text/html; charset=windows-1258\"><p>Quy\xea\xect \xf0i\xf2nh</p>".to_vec(),
            "windows-1258",
            "windows-1258",
        ),
        ([b"<html><meta charset=\"utf-8\"><p>Quy\xe1\xba\xbft \xc4\x91\xe1\xbb\x8bnh</p>".as_slice(), b"\xff"].concat(), "utf-8", "a damaged byte"),
        (b"\xef\xbb\xbf<html><p>Quy\xe1\xba\xbft \xc4\x91\xe1\xbb\x8bnh</p>".to_vec(), "utf-8", "a byte order mark"),
    ];
    for (bytes, encoding, why) in rows {
        let (flow, found) = read(&bytes).unwrap();
        let (text, _, _) = flow.write().unwrap();
        assert!(text.as_str().starts_with("Quyết định"), "{why}: {}", text.as_str());
        assert_eq!(found, encoding, "{why}");
    }
}

#[test]
fn elements_become_paragraphs() {
    let rows: [(&str, &[&str], &str); 17] = [
        ("<table><tr><td> </td><td>TM. CHÍNH PHỦ<br>THỦ TƯỚNG</td></tr></table>", &["TM. CHÍNH PHỦ", "THỦ TƯỚNG"], "a signature to the right"),
        ("<p>Một\n  hai.</p><div>Ba.</div>Bốn", &["Một hai.", "Ba.", "Bốn"], "blocks and blanks"),
        ("<p>Điều 1.&nbsp;Phạm&#160;vi</p>", &["Điều 1. Phạm vi"], "no-break spaces"),
        ("<p>a<br>Số: 1<br/>Nơi nhận:</p>", &["a", "Số: 1", "Nơi nhận:"], "breaks of line"),
        ("<p>văn&shy;thư</p>", &["vănthư"], "soft hyphens"),
        ("<p>một <b>hai</b><i> ba</i></p>", &["một hai ba"], "inline elements"),
        ("<p style='text-transform:uppercase'>quyết định</p>", &["QUYẾT ĐỊNH"], "capitals by style"),
        ("<p>a<span style='display:none'>b</span><span hidden>c</span></p>", &["a"], "hidden"),
        ("<ol><li>Một</li><li value=5>Hai</li><li>Ba</li></ol>", &["1. Một", "5. Hai", "6. Ba"], "numbered items"),
        ("<ol type=a start=3><li><p>Một</p></li></ol>", &["c. Một"], "letters, a paragraph inside"),
        ("<ol style='list-style-type:upper-roman'><li>Một<ul><li>Hai</li></ul></li><li>Ba</ol>", &["I. Một", "- Hai", "II. Ba"], "lists in lists"),
        ("<ul style='list-style:none'><li>a) Một</li></ul>", &["a) Một"], "no labels"),
        ("<p><![if !supportLists]><span>1.<span>&nbsp;&nbsp; </span></span><![endif]>Một</p>", &["1. Một"], "labels as Word writes them"),
        ("<pre>một\nSố: 2</pre>", &["một", "Số: 2"], "preformatted lines"),
        ("<script>var a='<p>x</p>';</script><style>p{}</style><textarea>y</textarea><p>a</p>", &["a"], "what is no text"),
        ("<table><tr><td rowspan=2>1</td><td>a</td><td>b</td></tr><tr><td colspan=2>c</td></tr></table>", &["1\ta\tb", "\tc"], "merged cells"),
        (
            "<table><tr><td>UBND TỈNH A<br>Số: 1/UBND</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr></table>",
            &["UBND TỈNH A", "Số: 1/UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            "a letterhead",
        ),
    ];
    for (page, want, why) in rows {
        assert_eq!(paragraphs(&format!("<html><body>{page}</body></html>")), want, "{why}");
    }
}

#[test]
fn fonts_weight_and_sheets_reach_the_runs() {
    let flow = read_page("<style>p.x{font-family:'.VnTime'}</style><p class=x>a<b>b</b><font face='VNI-Times'>c</font></p>").unwrap();
    let runs: Vec<(String, String, bool)> =
        flow.runs().map(|r| (r.text.clone(), r.style.font.map(|f| flow.font_name(f).to_owned()).unwrap_or_default(), r.style.bold)).collect();
    let run = |text: &str, font: &str, bold| (text.to_owned(), font.to_owned(), bold);
    assert_eq!(runs, [run("a", ".VnTime", false), run("b", ".VnTime", true), run("c", "VNI-Times", false)]);
}

/// A paper in the middle of what sites put around it.
const PAPER: &str = "<table><tr><td>ỦY BAN NHÂN DÂN<br>TỈNH MẪU</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr><tr><td>Số: 12/QĐ-UBND</td><td>Tỉnh Mẫu, ngày 04 tháng 5 năm 2021</td></tr></table>\
    <p><b>QUYẾT ĐỊNH</b></p><p>Về việc ban hành Quy chế mẫu</p><p>Căn cứ <a href='/luat'>Luật Mẫu ngày 01 tháng 01 năm 2015</a>;</p>\
    <p><b>Điều 1.</b> Ban hành kèm theo Quyết định này Quy chế mẫu về việc tiếp nhận và xử lý văn bản mẫu của các cơ quan, đơn vị trên địa bàn tỉnh.</p>\
    <p><b>Điều 2.</b> Chánh Văn phòng, Giám đốc các sở chịu trách nhiệm thi hành Quyết định này.</p>\
    <table><tr><td>Nơi nhận:<br>- Như Điều 2;<br>- Lưu: VT.</td><td>CHỦ TỊCH<br>Nguyễn Văn Mẫu</td></tr></table>";

#[test]
fn what_sites_put_around_a_paper_is_dropped() {
    let menu =
        "<div class='main-menu'><ul><li><a href='/a'>Trang chủ</a></li><li><a href='/b'>Văn bản mới</a></li><li><a href='/c'>Liên hệ</a></li></ul></div>";
    let list =
        "<div class=box><h3>Văn bản liên quan</h3><ul><li><a href='/1'>Quyết định 1/QĐ-UBND</a></li><li><a href='/2'>Quyết định 2/QĐ-UBND</a></li></ul></div>";
    let foot = "<div id='site-footer'>Cơ quan chủ quản: Bộ Mẫu. Điện thoại: 0123</div>";
    let rows = [
        (
            "vbpl.vn",
            format!(
                "<form id=aspnetForm>{menu}<div class=box-news><h2>Toàn văn</h2><div class=fulltext><div id=toanvancontent>{PAPER}</div></div></div>{list}{foot}</form>"
            ),
        ),
        (
            "vbpl.vn of today",
            format!(
                "<main><nav><a href=/>TRANG CHỦ</a></nav><h1>Quyết định 12</h1><div data-vbpl-content-root=true>{PAPER}</div><div>Ngày cập nhật: 1/1/2022</div></main><footer>x</footer>"
            ),
        ),
        (
            "thuvienphapluat.vn",
            format!(
                "<form name=aspnetForm>{menu}<div class=left-col>Tải về bản Word</div><div id=divContentDoc class='content1'><div class=cldivContentDocVn>{PAPER}</div></div>{list}</form>"
            ),
        ),
        (
            "luatvietnam.vn",
            format!(
                "{menu}<div class='the-document-body noidungtracuu'><div class=docitem-1>{PAPER}</div></div><div class=tags><a href=/x>Quyết định</a></div>{list}{foot}"
            ),
        ),
        (
            "no known site",
            format!(
                "<div id=wrap>{menu}<div class=c><div class=col8>{PAPER}</div><div class=col4><a href=/9>Tin khác</a> <a href=/8>Tin nữa</a></div></div>{foot}</div>"
            ),
        ),
        ("tables for layout", format!("<table><tr><td><a href=/1>Mục 1</a><br><a href=/2>Mục 2</a><br><a href=/3>Mục 3</a></td><td>{PAPER}</td></tr></table>")),
        (
            "an open tab that is not the paper's",
            format!("{menu}<div style='display:none'><div class=fulltext>{PAPER}</div></div><div>Ngày ban hành 04/05/2021</div>"),
        ),
        ("a page of its own", format!("<html><head><title>x</title></head><body>{PAPER}</body></html>")),
        (
            "a word processor's",
            format!("<html><head><meta name=Generator content='Microsoft Word 15'></head><body><div class=WordSection1>{PAPER}</div></body></html>"),
        ),
    ];
    let alone = paragraphs(PAPER);
    assert!(alone[0] == "ỦY BAN NHÂN DÂN" && alone.last().is_some_and(|l| l == "Nguyễn Văn Mẫu"), "{alone:#?}");
    for (site, page) in rows {
        assert_eq!(paragraphs(&page), alone, "{site}");
    }
}

#[test]
fn a_word_processors_page_is_kept_whole() {
    let found = paragraphs(
        "<meta name=generator content='LibreOffice 7.4'><div title='header'><p>2</p></div><p>Một</p><div><p>Một đoạn dài hơn hẳn các đoạn khác trong văn bản này.</p></div><p>Hai</p>",
    );
    assert_eq!(found, ["Một", "Một đoạn dài hơn hẳn các đoạn khác trong văn bản này.", "Hai"]);
}

#[test]
fn deep_and_broken_pages_are_read_in_linear_time() {
    let deep = |tag: &str| format!("<html>{}Điều 1. Sâu{}", format!("<{tag}>").repeat(100_000), format!("</{tag}>").repeat(100_000));
    for tag in ["div", "b", "table><tr><td", "ul><li", "p", "font", "x"] {
        let started = std::time::Instant::now();
        let flow = read_page(&deep(tag)).unwrap();
        let text = flow.write().unwrap().0;
        assert!(text.as_str().contains("Điều 1. Sâu"), "{tag}");
        assert!(started.elapsed().as_secs() < 20, "{tag}: {:?}", started.elapsed());
    }
}
