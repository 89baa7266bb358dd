use super::*;
use crate::mention::citation;
use crate::{header, source};

/// The duties of a paper: who leads, with whom, and the first words of the passage.
fn duties(paper: &str) -> Vec<(String, String, String)> {
    let reading = source::read(paper.as_bytes(), &source::Options::default()).unwrap();
    let document = Document::of(reading.text);
    let citations = citation::find(&document);
    let found = find(&document, &header::read(&document), &citations, &mut Vec::new());
    let names = |list: &[Party]| list.iter().map(|p| p.text.to_string()).collect::<Vec<_>>().join(" + ");
    let opening = |span: Span| document.text.slice(span).split([' ', '\t']).take(5).collect::<Vec<_>>().join(" ");
    found.into_iter().map(|d| (names(&d.leads), names(&d.cooperators), opening(d.span))).collect()
}

const HEAD: &str = "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\nSố: 15/UBND-KT\nLào Cai, ngày 05 tháng 3 năm 2026\nV/v bảo vệ rừng\n\nKính gửi: Các sở, ban, ngành.\n\n";

#[test]
fn who_leads_is_read_as_printed() {
    let rows: [(&str, &str, &str, &str); 9] = [
        ("UBND tỉnh yêu cầu đơn vị nêu trên thực hiện:\n- Rà soát biển báo trong kho.", "đơn vị nêu trên", "", "what points back belongs to the name"),
        ("Các tổ chức, cá nhân được giao rừng trồng có trách nhiệm bảo vệ rừng được giao.", "Các tổ chức, cá nhân được giao rừng trồng", "", "which of them"),
        (
            "Chủ tịch UBND tỉnh yêu cầu và đề nghị các cơ quan, đơn vị thực hiện:\n- Tuần tra rừng giáp ranh.",
            "các cơ quan, đơn vị",
            "",
            "two words of one order",
        ),
        ("Cục Lâm nghiệp và Kiểm lâm theo dõi diễn biến rừng.", "Cục Lâm nghiệp và Kiểm lâm", "", "one body"),
        ("Sở Y tế phối hợp với Chủ tịch UBND huyện, thành phố mở lớp học.", "Sở Y tế", "Chủ tịch UBND huyện, thành phố", "units that stand for all"),
        ("Thường trực Ủy ban KH,CN&MT chủ trì sơ kết việc bảo vệ rừng.", "Thường trực Ủy ban KH,CN&MT", "", "a comma inside an abbreviation"),
        ("2. Tổ đảng ở Trung tâm Khuyến nông\n- Chủ trì việc nhân giống cây bản địa.", "Tổ đảng ở Trung tâm Khuyến nông", "", "a body of the Party"),
        ("UBND cấp huyện giải phóng mặt bằng, chậm nhất ngày 15/9/2026.", "UBND cấp huyện", "", "a verb whose object ends in a small word"),
        ("Giao Sở Công Thương có kế hoạch phối hợp với Công an tỉnh kiểm tra kho.", "Sở Công Thương", "Công an tỉnh", "to plan to cooperate is a deed"),
    ];
    for (body, lead, partner, why) in rows {
        let found = duties(&format!("{HEAD}{body}\n"));
        let got = found.first().map(|(l, c, _)| (l.as_str(), c.as_str()));
        assert_eq!(got, Some((lead, partner)), "{why}: {body}");
    }
}

#[test]
fn what_assigns_nothing_is_no_duty() {
    let rows = [
        ("Sở Xây dựng trân trọng cảm ơn sự phối hợp của quý cơ quan./.", "thanks"),
        ("Phó Thủ tướng Chính phủ đánh giá cao sự chuẩn bị của Sở Y tế.", "praise"),
        ("Thủ tướng Chính phủ gửi lời thăm hỏi tới gia đình các nạn nhân.", "condolence"),
        ("Căn cứ Luật Lâm nghiệp ngày 15 tháng 11 năm 2017;\nHội đồng nhân dân ban hành Nghị quyết quy định mức hỗ trợ.", "the paper itself"),
    ];
    for (body, why) in rows {
        assert_eq!(duties(&format!("{HEAD}{body}\n")), [], "{why}");
    }
}

#[test]
fn fields_name_who_leads_and_who_helps() {
    let body = "II. NHIỆM VỤ\n1.\nTrồng cây dọc các tuyến đường mới mở.\n- Cơ quan thực hiện: Sở Xây dựng chủ trì, phối hợp với Sở Nông nghiệp và Môi trường.\n- Thời gian thực hiện: Quý III/2026.\n";
    let found = duties(&format!("{HEAD}{body}"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("Sở Xây dựng", "Sở Nông nghiệp và Môi trường"));
}
