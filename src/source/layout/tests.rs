//! Pages set word by word, and the paragraphs and rows that they become.

use super::*;

const SIZE: f32 = 13.0;

/// Words on one line from `left` on, each letter half as wide as high.
fn line(left: f32, top: f32, text: &str) -> Vec<Word> {
    let mut at = left;
    text.split(' ')
        .map(|word| {
            let width = word.chars().count() as f32 * SIZE * 0.5;
            let area = Area { left: at, top, right: at + width, bottom: top + SIZE };
            at += width + SIZE * 0.25;
            Word { text: word.to_owned(), area, size: SIZE, font: None, bold: false, confidence: None }
        })
        .collect()
}

/// A line's left edge, its top and its words.
type Placed = (f32, f32, &'static str);

fn page(lines: &[Placed]) -> Page {
    Page { height: 842.0, words: lines.iter().flat_map(|(left, top, text)| line(*left, *top, text)).collect(), rules: Vec::new() }
}

fn written(pages: Vec<Page>) -> String {
    let mut flow = Flow::default();
    write(pages, &mut flow);
    let (text, _, _) = flow.write().unwrap();
    text.as_str().trim_end().to_owned()
}

/// A line that reaches the right edge.
const FULL: &str = "Ủy ban nhân dân tỉnh yêu cầu Giám đốc các sở, Chủ tịch Ủy ban nhân dân các xã nghiêm túc triển";

/// One of a form.
const DOTS: &str = "Họ và tên: ........................................... Số định danh cá nhân: .........................";

/// One that reaches as far and ends in a semicolon.
const GROUND: &str = "Căn cứ Luật Tổ chức chính quyền địa phương được Quốc hội thông qua ngày 19 tháng 6 năm 2015 và sau;";

#[test]
fn columns_are_read_one_after_the_other() {
    let head = page(&[
        (80.0, 60.0, "ỦY BAN NHÂN DÂN"),
        (290.0, 60.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (95.0, 76.0, "TỈNH ĐẮK LẮK"),
        (330.0, 78.0, "Độc lập - Tự do - Hạnh phúc"),
        (85.0, 110.0, "Số:"),
        (130.0, 110.0, "/CT-UBND"),
        (300.0, 110.0, "Đắk Lắk, ngày 05 tháng 01 năm 2026"),
        (270.0, 150.0, "CHỈ THỊ"),
        (72.0, 200.0, FULL),
        (72.0, 220.0, "khai thực hiện."),
    ]);
    let want = format!(
        "ỦY BAN NHÂN DÂN\nTỈNH ĐẮK LẮK\nSố: /CT-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nĐắk Lắk, ngày 05 tháng 01 năm 2026\nCHỈ THỊ\n{FULL} khai thực hiện."
    );
    assert_eq!(written(vec![head]), want);
}

#[test]
fn paragraphs_end_where_they_end() {
    let rows: [(&str, Vec<Placed>, &str); 11] = [
        ("a name is cut before its dash", vec![(72.0, 100.0, FULL), (72.0, 120.0, "- An ninh xã.")], "FULL - An ninh xã."),
        ("dots to write on", vec![(72.0, 100.0, DOTS), (72.0, 120.0, "Là cha của em.")], "DOTS\nLà cha của em."),
        ("a full line goes on", vec![(72.0, 100.0, FULL), (72.0, 120.0, "Khai.")], "FULL Khai."),
        ("a short line ends", vec![(72.0, 100.0, FULL), (72.0, 120.0, "Hết ý."), (72.0, 140.0, "Ý khác.")], "FULL Hết ý.\nÝ khác."),
        ("an indent begins", vec![(72.0, 100.0, FULL), (72.0, 120.0, FULL), (110.0, 140.0, "Ý khác.")], "FULL FULL\nÝ khác."),
        ("a label begins", vec![(72.0, 100.0, FULL), (72.0, 120.0, "b) Sở Y tế.")], "FULL\nb) Sở Y tế."),
        (
            "a symbol is cut",
            vec![(72.0, 100.0, "theo Nghị quyết số 52-"), (72.0, 120.0, "NQ/TW của Bộ Chính trị.")],
            "theo Nghị quyết số 52-NQ/TW của Bộ Chính trị.",
        ),
        ("the next of the grounds", vec![(72.0, 100.0, GROUND), (72.0, 120.0, "Thực hiện Công văn.")], "GROUND\nThực hiện Công văn."),
        ("the act of an annex", vec![(72.0, 100.0, FULL), (72.0, 120.0, "(Kèm theo Quyết định số 1)")], "FULL\n(Kèm theo Quyết định số 1)"),
        ("brackets in a sentence", vec![(72.0, 100.0, FULL), (72.0, 120.0, "(Kèm theo danh sách) khai.")], "FULL (Kèm theo danh sách) khai."),
        ("a gap ends", vec![(72.0, 100.0, FULL), (72.0, 120.0, FULL), (72.0, 200.0, "Khác.")], "FULL FULL\nKhác."),
    ];
    for (why, lines, want) in rows {
        assert_eq!(written(vec![page(&lines)]), want.replace("FULL", FULL).replace("GROUND", GROUND).replace("DOTS", DOTS), "{why}");
    }
}

#[test]
fn figures_alone_on_the_last_line_belong_to_the_paragraph() {
    let mut sheet = page(&[(72.0, 100.0, FULL), (72.0, 120.0, FULL), (72.0, 140.0, "20/4/2026."), (72.0, 160.0, "b) Sở Y tế.")]);
    // Recognition measures the height of the letters: figures are lower than words with marks above and below.
    for word in sheet.words.iter_mut().filter(|w| w.text == "20/4/2026.") {
        word.size = SIZE * 0.7;
        word.confidence = Some(90);
        word.area.top += SIZE * 0.2;
    }
    assert_eq!(written(vec![sheet]), format!("{FULL} {FULL} 20/4/2026.\nb) Sở Y tế."));
}

#[test]
fn what_pages_repeat_is_left_out() {
    let sheet = |number: &'static str, text: &'static str| page(&[(200.0, 20.0, "CÔNG BÁO SỐ 286"), (290.0, 40.0, number), (72.0, 400.0, text)]);
    let pages = vec![sheet("1", "Một."), sheet("2", "Hai."), sheet("3", "Ba.")];
    assert_eq!(written(pages), "Một.\nHai.\nBa.");
}

/// Rulings of a table with these edges.
fn rules(columns: &[f32], rows: &[f32]) -> Vec<Area> {
    let (left, right) = (columns[0], columns[columns.len() - 1]);
    let (top, bottom) = (rows[0], rows[rows.len() - 1]);
    let level = rows.iter().map(|&y| Area { left, top: y, right, bottom: y + 0.5 });
    let upright = columns.iter().map(|&x| Area { left: x, top, right: x + 0.5, bottom });
    level.chain(upright).collect()
}

#[test]
fn two_columns_without_rulings_are_a_table_where_they_stand_in_rows() {
    let rows: [(&str, Vec<Placed>, &str); 3] = [
        (
            "rows",
            vec![
                (72.0, 100.0, "Nội dung công việc"),
                (320.0, 100.0, "Đơn vị"),
                (72.0, 120.0, "Lập kế hoạch"),
                (320.0, 120.0, "Sở Y tế"),
                (72.0, 140.0, "Báo cáo"),
                (320.0, 140.0, "Sở Nội vụ"),
            ],
            "Nội dung công việc\tĐơn vị\nLập kế hoạch\tSở Y tế\nBáo cáo\tSở Nội vụ",
        ),
        (
            "running text in two columns",
            vec![
                (72.0, 100.0, "Ủy ban nhân dân tỉnh yêu cầu"),
                (320.0, 100.0, "các sở, ngành, địa phương khẩn"),
                (72.0, 120.0, "Giám đốc các sở, Chủ tịch xã"),
                (320.0, 120.0, "trương thực hiện Chỉ thị này"),
                (72.0, 140.0, "và Thủ trưởng các cơ quan của"),
                (320.0, 140.0, "và báo cáo kết quả."),
            ],
            "Ủy ban nhân dân tỉnh yêu cầu Giám đốc các sở, Chủ tịch xã và Thủ trưởng các cơ quan của các sở, ngành, địa phương khẩn trương thực hiện Chỉ thị này và báo cáo kết quả.",
        ),
        (
            "the closing",
            vec![
                (72.0, 100.0, "Nơi nhận:"),
                (320.0, 100.0, "TM. ỦY BAN NHÂN DÂN"),
                (72.0, 120.0, "- Như trên;"),
                (320.0, 120.0, "CHỦ TỊCH"),
                (72.0, 140.0, "- Lưu: VT."),
                (320.0, 140.0, "Nguyễn Văn Mẫu"),
            ],
            "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Mẫu",
        ),
    ];
    for (why, lines, want) in rows {
        assert_eq!(written(vec![page(&lines)]), want, "{why}");
    }
}

#[test]
fn a_table_goes_on_over_the_page() {
    let columns = [70.0, 110.0, 300.0, 500.0];
    let mut first = page(&[
        (75.0, 702.0, "TT"),
        (115.0, 702.0, "Nhiệm vụ"),
        (305.0, 702.0, "Chủ trì"),
        (75.0, 722.0, "1"),
        (115.0, 722.0, "Xây dựng kế hoạch"),
        (305.0, 722.0, "Sở Y tế,"),
    ]);
    first.rules = rules(&columns, &[700.0, 720.0, 760.0]);
    let mut second = page(&[
        (75.0, 72.0, "TT"),
        (115.0, 72.0, "Nhiệm vụ"),
        (305.0, 72.0, "Chủ trì"),
        (115.0, 92.0, "của tỉnh"),
        (305.0, 92.0, "Sở Tài chính"),
        (75.0, 132.0, "2"),
        (115.0, 132.0, "Báo cáo"),
        (305.0, 132.0, "Sở Nội vụ"),
    ]);
    second.rules = rules(&columns, &[70.0, 90.0, 130.0, 160.0]);
    let want = "TT\tNhiệm vụ\tChủ trì\n1\tXây dựng kế hoạch của tỉnh\tSở Y tế, Sở Tài chính\n2\tBáo cáo\tSở Nội vụ";
    assert_eq!(written(vec![first, second]), want);
}
