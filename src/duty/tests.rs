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
    let rows: [(&str, &str, &str, &str); 150] = [
        (
            "Căn cứ Luật Lưu trữ số 33/2024/QH15, Bộ Nội vụ hướng dẫn và đề nghị Ủy ban nhân dân các tỉnh (sau đây gọi chung là UBND cấp tỉnh) thực hiện một số nội dung sau:\n1. Tổ chức tổng kiểm kê tài liệu giấy.",
            "Ủy ban nhân dân các tỉnh",
            "",
            "an issuer that does one thing and asks for another",
        ),
        (
            "6. Ủy ban nhân dân thành phố Cần Thơ và các tỉnh: An Giang, Cà Mau có trách nhiệm:\na) Tổ chức cắm biển cảnh báo.",
            "Ủy ban nhân dân thành phố Cần Thơ + Ủy ban nhân dân tỉnh An Giang + Ủy ban nhân dân tỉnh Cà Mau",
            "",
            "one by its name and others in a list",
        ),
        (
            "4. Đối với các bệnh viện tuyến tỉnh: Yêu cầu Giám đốc các đơn vị thực hiện:\n- Điều chuyển thuốc giữa các khoa, các cơ sở khi có nguy cơ thiếu.",
            "Giám đốc các đơn vị",
            "",
            "an order behind whom it is about",
        ),
        ("2.1. Các bệnh viện công lập, ngoài công lập nâng cấp phần mềm.", "Các bệnh viện công lập, ngoài công lập", "", "whose they are"),
        ("2.2. Các TTHTCĐ mở lớp học vào buổi tối hoặc ngày nghỉ.", "Các TTHTCĐ", "", "a kind by its short form"),
        (
            "II. SỞ TÀI CHÍNH\n- Trên cơ sở đề xuất của Sở Xây dựng, Sở Nông nghiệp và Môi trường và khả năng ngân sách, tham mưu bố trí kinh phí.",
            "SỞ TÀI CHÍNH",
            "",
            "bodies whose proposals are looked at",
        ),
        (
            "Điều 9. Sở Tài chính căn cứ Nghị định số 57/2002/NĐ-CP, cùng Sở Xây dựng xây dựng khung mức thu phí.",
            "Sở Tài chính",
            "Sở Xây dựng",
            "company behind a ground",
        ),
        ("1. UBND xã chủ trì kiểm đếm cây trồng có sự tham gia của người dân và Sở Xây dựng trong quý II.", "UBND xã", "Sở Xây dựng", "people are no body"),
        (
            "5. Trung tâm Chuyển đổi số văn hóa, thể thao và du lịch: Quản trị hạ tầng lưu trữ.",
            "Trung tâm Chuyển đổi số văn hóa, thể thao và du lịch",
            "",
            "fields of a centre",
        ),
        (
            "1. Các tập đoàn kinh tế, tổng công ty nhà nước gương mẫu đi đầu trong đầu tư.",
            "Các tập đoàn kinh tế, tổng công ty nhà nước",
            "",
            "to set an example",
        ),
        ("1. Petrovietnam nghiên cứu phương án hạ tầng kho cảng.", "Petrovietnam", "", "a company by its short name"),
        (
            "1. Việc chỉnh lý khối tài liệu của tỉnh do Trung tâm Lưu trữ lịch sử tỉnh chủ trì, Sở Nội vụ phối hợp thực hiện trong quý II.",
            "Trung tâm Lưu trữ lịch sử tỉnh",
            "Sở Nội vụ",
            "a matter and who leads it",
        ),
        ("1. Số hóa toàn bộ hồ sơ đăng ký, do Phòng Pháp chế chủ trì thực hiện trong quý II.", "Phòng Pháp chế", "", "who leads behind a comma"),
        (
            "1. Sửa đổi quy định về cảng biển, trình Bộ trước ngày 15/9/2026. Phòng Pháp chế chủ trì, phối hợp với Phòng Tàu biển thực hiện.",
            "Phòng Pháp chế",
            "Phòng Tàu biển",
            "the last sentence tells whose the deed is",
        ),
        ("4. Quản lý phương tiện (Phòng Tàu biển chủ trì)\n- Kiểm tra các cơ sở đào tạo.", "Phòng Tàu biển", "", "brackets of a heading"),
        (
            "1. Biên soạn sổ tay quy tắc tránh va. Đơn vị thực hiện: Văn phòng Cục, Phòng Tàu biển; hoàn thành trong tháng 4/2026.",
            "Văn phòng Cục + Phòng Tàu biển",
            "",
            "bodies that the lexicon does not know",
        ),
        ("1. Trong khi chờ chính sách mới, Sở Y tế luân phiên bác sĩ tuyến tỉnh.", "Sở Y tế", "", "while one waits"),
        ("1. Các cơ quan thuộc nguồn nộp lưu tài liệu lập mục lục hồ sơ.", "Các cơ quan thuộc nguồn nộp lưu tài liệu", "", "whose papers are kept"),
        ("7. UBND các xã, phường có trách nhiệm:\na) Giao Văn phòng HĐND và UBND làm đầu mối quản lý kho.", "UBND các xã, phường", "", "a unit of its own"),
        (
            "1. Trung tâm Phối hợp tìm kiếm cứu nạn hàng hải xây dựng phương án ứng trực.",
            "Trung tâm Phối hợp tìm kiếm cứu nạn hàng hải",
            "",
            "a deed in a name",
        ),
        ("1. Các trường THPT, trường PTDTNT tỉnh\n- Lập dự toán sửa chữa.", "Các trường THPT + trường PTDTNT tỉnh", "", "a school with capitals"),
        ("1. UBND xã Khánh Cường chỉ trả xong tiền bồi thường.", "UBND xã Khánh Cường", "", "a name ends with the name of its unit"),
        (
            "1. Ban Chỉ đạo quốc gia chống buôn lậu và hàng giả tổ chức ít nhất 05 đoàn kiểm tra.",
            "Ban Chỉ đạo quốc gia chống buôn lậu và hàng giả",
            "",
            "what a board holds",
        ),
        ("1. Phòng Quản lý dự báo khí tượng thủy văn rà soát mạng lưới.", "Phòng Quản lý dự báo khí tượng thủy văn", "", "what a unit manages"),
        (
            "1. Các đơn vị cung ứng dịch vụ thu gom, vận chuyển, xử lý chất thải: Thực hiện đúng hợp đồng đã ký.",
            "Các đơn vị cung ứng dịch vụ thu gom, vận chuyển, xử lý chất thải",
            "",
            "a trade before a colon",
        ),
        ("1. UBND các xã, phường nơi có cát, sỏi phải kiểm tra việc khai thác.", "UBND các xã, phường nơi có cát, sỏi", "", "which of them, with a comma"),
        ("1. Phòng Chính trị, tư tưởng (CTTT)\n- Rà soát hồ sơ của các trường.", "Phòng Chính trị, tư tưởng", "", "a short form in brackets"),
        ("1. Các trường THPT, trường trực thuộc\n- Gửi báo cáo về Sở.", "Các trường THPT + trường trực thuộc", "", "schools of another kind"),
        (
            "1. Các trường chưa có nhân viên y tế (Tiểu học Phong Mỹ, THCS Điền Lộc) ký hợp đồng với trạm.",
            "Các trường chưa có nhân viên y tế",
            "",
            "examples in brackets",
        ),
        ("1. Đối với các trường trực thuộc, Sở Nội vụ thẩm định danh sách.", "Sở Nội vụ", "", "whom it is about, and who acts"),
        (
            "1. Đối với các trường tại xã biên giới, UBND xã Mô Rai và UBND xã Rờ Kơi bàn giao mặt bằng.",
            "UBND xã Mô Rai + UBND xã Rờ Kơi",
            "",
            "more is said of whom it is about",
        ),
        (
            "1. Đối với các vụ tai nạn xảy ra tại tỉnh Lào Cai trong tháng 02, giao Công an tỉnh sớm kết luận.",
            "Công an tỉnh",
            "",
            "an order behind what it is about",
        ),
        ("1. Thứ Năm hằng tuần, UBND các xã báo cáo kết quả về Sở Y tế.", "UBND các xã", "", "a day of the week before the body"),
        ("1. Hằng năm, trước ngày 15 tháng 7, UBND các xã lập nhu cầu kinh phí.", "UBND các xã", "", "two times before the body"),
        ("1. Hằng năm, căn cứ nhiệm vụ được giao, các sở lập dự toán kinh phí.", "các sở", "", "a rhythm and a ground before the body"),
        ("1. Người sử dụng nước có trách nhiệm bảo vệ công trình thủy lợi.", "Người sử dụng nước", "", "whoever is responsible"),
        ("Điều 14 : Các công ty thuỷ nông :\na/ Ký hợp đồng tưới tiêu.", "Các công ty thuỷ nông", "", "blanks before colons"),
        (
            "1. Các Viện: Pasteur Nha Trang, Vệ sinh dịch tễ Tây Nguyên cử cán bộ giám sát.",
            "Viện Pasteur Nha Trang + Viện Vệ sinh dịch tễ Tây Nguyên",
            "",
            "institutes",
        ),
        ("1. Các cơ quan chủ trì soạn thảo nghị quyết gửi hồ sơ về Sở Tư pháp.", "Các cơ quan chủ trì soạn thảo nghị quyết", "", "who drafts"),
        ("1. UBND các xã, phường được giám sát xây dựng báo cáo theo đề cương.", "UBND các xã, phường được giám sát", "", "those who are looked at"),
        ("1. Các chủ hồ thủy lợi, thủy điện lắp đặt hệ thống cảnh báo.", "Các chủ hồ thủy lợi, thủy điện", "", "who owns what"),
        (
            "1. Trưởng các thôn phối hợp với Ban Công tác Mặt trận các thôn họp thôn, phổ biến chiến dịch.",
            "Trưởng các thôn",
            "Ban Công tác Mặt trận các thôn",
            "a verb of one syllable behind hamlets",
        ),
        (
            "1. Sở Y tế bảo đảm an toàn thông tin; cùng với Sở Khoa học và Công nghệ diễn tập phương án.",
            "Sở Y tế",
            "Sở Khoa học và Công nghệ",
            "company in a clause of its own",
        ),
        (
            "1. Sở Công Thương phối hợp với Bưu điện tỉnh kết nối dịch vụ; với các ngân hàng thương mại tích hợp thanh toán.",
            "Sở Công Thương",
            "Bưu điện tỉnh + các ngân hàng thương mại",
            "partners of a further deed",
        ),
        (
            "1. Sở Y tế phối hợp với Đài Phát thanh và Truyền hình tỉnh sản xuất, phát sóng 02 phóng sự.",
            "Sở Y tế",
            "Đài Phát thanh và Truyền hình tỉnh",
            "what broadcasters make",
        ),
        (
            "II. NỘI DUNG\n- Kiện toàn Ban Chỉ đạo (Sở Nội vụ chủ trì).\n- Rà soát thủ tục (Sở Y tế chủ trì).\n- Sơ kết (Văn phòng Sở chủ trì).\n- Tập huấn (Sở Tư pháp; Sở Nội vụ).\n- Tổng kết (thực hiện: Sở Y tế; phối hợp: Sở Nội vụ).",
            "Sở Nội vụ",
            "",
            "bodies in brackets",
        ),
        (
            "UBND tỉnh yêu cầu các sở thực hiện:\n1. Phấn đấu đến hết năm 2026 đạt 95 % số hộ. Giao Sở Xây dựng rà soát số hộ còn lại.",
            "Sở Xây dựng",
            "",
            "an order behind a goal",
        ),
        ("1. Các sở, ngành còn lại xây dựng phương án trình UBND tỉnh.", "Các sở, ngành còn lại", "", "the rest of them"),
        ("2. UBND huyện Trực Ninh phê duyệt phương án bồi thường.", "UBND huyện Trực Ninh", "", "a place whose name reads as a deed"),
        (
            "3. Các bộ, cơ quan ngang bộ trong thời hạn 30 ngày kể từ ngày ký xây dựng kế hoạch thực hiện.",
            "Các bộ, cơ quan ngang bộ",
            "",
            "a time between the body and its deed",
        ),
        (
            "Các đơn vị được giao nhiệm vụ gửi báo cáo về Văn phòng UBND tỉnh trước ngày 25 hằng tháng. Nội dung báo cáo gồm:\n- Khối lượng đã hoàn thành;",
            "Các đơn vị được giao nhiệm vụ",
            "",
            "a deed before the outline of a report",
        ),
        (
            "Điều 9. Sở Xây dựng là cơ quan giúp UBND tỉnh quản lý về cấp nước, có trách nhiệm:\n1. Lập quy hoạch cấp nước nông thôn.",
            "Sở Xây dựng",
            "",
            "what a body is stands between its name and its duties",
        ),
        ("Điều 10. Các đơn vị đang quản lý công trình phải đăng ký lại.", "Các đơn vị đang quản lý công trình", "", "which of them must"),
        (
            "II. SỞ Y TẾ\n- Trước ngày 15 tháng 12 hằng năm, tổng hợp kết quả của các huyện, thành phố báo cáo UBND tỉnh.",
            "SỞ Y TẾ",
            "",
            "bodies behind a deed that a day opens",
        ),
        ("1.1. Ban Quản lý dự án công trình xây dựng tỉnh hoàn chỉnh hồ sơ.", "Ban Quản lý dự án công trình xây dựng tỉnh", "", "a field before the level"),
        (
            "1- Các ban, cơ quan tham mưu, giúp việc Tỉnh ủy, các đảng ủy trực thuộc\n1.1- Xây dựng kế hoạch thực hiện.",
            "Các ban, cơ quan tham mưu, giúp việc Tỉnh ủy + các đảng ủy trực thuộc",
            "",
            "what bodies are for",
        ),
        ("5. Các trường báo cáo số lượng học viên về Sở trước ngày 16/8/2026.", "Các trường", "", "a number of things is no number of a paper"),
        (
            "6. Các Cục: Công nghiệp, Xuất nhập khẩu, Quản lý thị trường rà soát quy hoạch.",
            "Cục Công nghiệp + Cục Xuất nhập khẩu + Cục Quản lý thị trường",
            "",
            "commas part",
        ),
        ("7. Các nhà thầu: Công ty Phú Gia, Công ty An Khang hoàn thiện hồ sơ nghiệm thu.", "Công ty Phú Gia + Công ty An Khang", "", "which of the group"),
        (
            "- Trường hợp còn hộ không bàn giao đất thì giao Chủ tịch UBND huyện Bảo Thắng ban hành quyết định cưỡng chế.",
            "Chủ tịch UBND huyện Bảo Thắng",
            "",
            "an order behind a condition",
        ),
        ("Cũng trong phạm vi nhiệm vụ của mình, Phòng Kinh tế dự thảo văn bản trả lời cử tri.", "Phòng Kinh tế", "", "within whose tasks"),
        ("8. Trưởng đoàn kiểm tra gửi kết luận trước ngày 16/8/2026.", "Trưởng đoàn kiểm tra", "", "a title with a deed in it"),
        (
            "2. Rà soát quy hoạch vùng nguyên liệu (Sở Công Thương chủ trì; Tỉnh đoàn, Sở Nội vụ phối hợp).",
            "Sở Công Thương",
            "Tỉnh đoàn + Sở Nội vụ",
            "helpers behind a semicolon in brackets",
        ),
        ("3. Lập phương án đón Tết (Ban An toàn giao thông tỉnh; phối hợp: Công an tỉnh).", "Ban An toàn giao thông tỉnh", "Công an tỉnh", "a name alone"),
        ("5. Sở Xây dựng yêu cầu các đơn vị vận tải ký cam kết trước ngày 20/6/2026.", "Sở Xây dựng", "", "who is no issuer asks this of others"),
        ("UBND tỉnh yêu cầu các đơn vị vận tải ký cam kết trước ngày 20/6/2026.", "các đơn vị vận tải", "", "the issuer asks"),
        ("1. Sau khi nhận được tờ khai, cơ quan thuế kiểm tra số tạm nộp cả năm.", "cơ quan thuế", "", "one body in small letters behind the clause"),
        ("1. Trước khi khởi công, Sở Xây dựng có trách nhiệm báo cáo Ủy ban nhân dân tỉnh.", "Sở Xây dựng", "", "behind what it comes before"),
        ("1. Trong trường hợp này, Ủy ban nhân dân cấp xã có trách nhiệm tổ chức sơ tán.", "Ủy ban nhân dân cấp xã", "", "behind the case"),
        (
            "1. Sở Tài chính có trách nhiệm:\na) Thực hiện các nhiệm vụ khác do Ủy ban nhân dân tỉnh, Chủ tịch Ủy ban nhân dân tỉnh giao.",
            "Sở Tài chính",
            "",
            "who gives the tasks does not lead them",
        ),
        ("Những bể hư hỏng không sử dụng được thì UBND cấp xã tháo dỡ trước ngày 20/6/2026.", "UBND cấp xã", "", "behind \"thì\""),
        (
            "4. Về giải ngân, hiện nay, do dự án chưa hoàn thành, do đó, nếu đủ điều kiện theo quy định thì Bộ Tài chính tiếp tục giải ngân.",
            "Bộ Tài chính",
            "",
            "behind a condition in a long clause",
        ),
        (
            "Nhân dịp Đại hội Mặt trận Tổ quốc. Ủy ban nhân dân thành phố đề nghị các cơ quan của Trung ương; các sở, ban, ngành và các hộ gia đình treo cờ Tổ quốc từ ngày 10/5/2026.",
            "các cơ quan của Trung ương + các sở, ban, ngành + các hộ gia đình",
            "",
            "bodies parted by semicolons in a second sentence",
        ),
        ("4. Mở lớp bồi dưỡng cho 500 giáo viên, do Trường Đại học Vinh thực hiện.", "Trường Đại học Vinh", "", "who does it stands last"),
        (
            "4. Trường hợp vượt thẩm quyền, Bộ Tài chính thống nhất với Bộ Xây dựng, Bộ Công Thương kịp thời đề xuất cấp thẩm quyền xem xét.",
            "Bộ Tài chính",
            "Bộ Xây dựng + Bộ Công Thương",
            "with whom it has to agree",
        ),
        ("6. Các cơ sở sản xuất, kinh doanh thuốc thú y niêm yết giá bán.", "Các cơ sở sản xuất, kinh doanh thuốc thú y", "", "a trade before the deed"),
        ("7. Các doanh nghiệp thu gom rác thải, xử lý nước thải.", "Các doanh nghiệp", "", "a trade that is the deed"),
        (
            "8. Trung tâm Văn hóa, Thông tin, Thể thao và Du lịch huyện mở chuyên mục mới.",
            "Trung tâm Văn hóa, Thông tin, Thể thao và Du lịch huyện",
            "",
            "a field that reads as a deed",
        ),
        ("UBND các xã, phường:\na) Phân công trưởng thôn quản lý ao hồ.", "UBND các xã, phường", "", "those who work for the body are not told"),
        (
            "V. LỊCH CÔNG VIỆC\nTháng 9/2026:\n- Phát động tháng an toàn (các trường).\n- Kiểm tra bếp ăn (Phòng Giáo dục Mầm non).\n- Tổng kết năm học, phối hợp với Tỉnh đoàn (Văn phòng Sở).",
            "các trường",
            "",
            "bodies alone in brackets",
        ),
        (
            "4. Các Cục: Hàng không Việt Nam, Hàng hải Việt Nam\n- Kiểm tra an toàn của cảng, bến.",
            "Cục Hàng không Việt Nam + Cục Hàng hải Việt Nam",
            "",
            "a shared noun in a heading",
        ),
        ("6. Sau 2 năm thực hiện Kế hoạch này, Sở Nội vụ tham mưu UBND tỉnh tổ chức sơ kết.", "Sở Nội vụ", "", "a count of years before the body"),
        (
            "7. Sở Xây dựng phối hợp với Ủy ban nhân dân các xã, phường nơi dự kiến đặt trạm rà soát quỹ đất.",
            "Sở Xây dựng",
            "Ủy ban nhân dân các xã, phường nơi dự kiến đặt trạm",
            "which of them",
        ),
        ("8. UBND xã nơi xảy ra cháy rừng báo cáo nhanh Hạt Kiểm lâm.", "UBND xã nơi xảy ra cháy rừng", "", "which one"),
        (
            "9. Trường Chính trị tỉnh phối hợp với Ban Tổ chức Tỉnh ủy lồng ghép chuyên đề lưu trữ.",
            "Trường Chính trị tỉnh",
            "Ban Tổ chức Tỉnh ủy",
            "no organising committee",
        ),
        (
            "10. Ban Quản lý dự án tỉnh:\n- Lập lại tiến độ thi công gửi Sở Xây dựng kiểm tra; yêu cầu nhà thầu thi công 3 ca.",
            "Ban Quản lý dự án tỉnh",
            "",
            "who works for the body is not told",
        ),
        ("3. Kiểm tra đột xuất các mỏ đá, giao Sở Xây dựng thực hiện trong tháng 9/2026.", "Sở Xây dựng", "", "the deed before the order"),
        ("4. Lập phương án khai thác đá (giao Sở Xây dựng thực hiện, xong trong tháng 9/2026).", "Sở Xây dựng", "", "an order in brackets"),
        (
            "5. Sở Xây dựng chủ trì, phối hợp với các Sở: Công Thương, Nội vụ rà soát mỏ đá.",
            "Sở Xây dựng",
            "Sở Công Thương + Sở Nội vụ",
            "the words before a shared noun are no part of the names",
        ),
        ("Cơ quan được lấy ý kiến có trách nhiệm trả lời bằng văn bản trong 05 ngày.", "Cơ quan được lấy ý kiến", "", "which one of them"),
        ("UBND tỉnh yêu cầu đơn vị nêu trên thực hiện:\n- Rà soát biển báo trong kho.", "đơn vị nêu trên", "", "what points back belongs to the name"),
        ("Kho bạc Nhà nước Lào Cai nới lỏng việc kiểm soát chi.", "Kho bạc Nhà nước Lào Cai", "", "a deed that the lexicon does not list"),
        (
            "2. Công an tỉnh chủ trì, với sự tham gia của Sở Tư pháp và UBND cấp huyện, rà soát hộ tịch.",
            "Công an tỉnh",
            "Sở Tư pháp + UBND cấp huyện",
            "who takes part",
        ),
        (
            "2. Giao Văn phòng Tỉnh ủy chủ trì tham mưu, Sở Ngoại vụ phối hợp thực hiện.",
            "Văn phòng Tỉnh ủy",
            "Sở Ngoại vụ",
            "a partner behind the deed of who leads",
        ),
        (
            "6. Sở Công Thương chủ trì; Sở Tư pháp, Công an tỉnh phối hợp kiểm tra hóa đơn.",
            "Sở Công Thương",
            "Sở Tư pháp + Công an tỉnh",
            "helpers behind a semicolon",
        ),
        ("II. SỞ XÂY DỰNG CÁC TỈNH, THÀNH PHỐ\n1. Rà soát bến đò ngang.", "SỞ XÂY DỰNG CÁC TỈNH, THÀNH PHỐ", "", "one name in capitals"),
        ("3. Sở Nội vụ phối hợp các cơ sở đào tạo trên địa bàn mở lớp.", "Sở Nội vụ", "các cơ sở đào tạo trên địa bàn", "training is what they are for"),
        (
            "7. Bộ Xây dựng chủ trì, Ủy ban nhân dân các tỉnh có dự án đi qua phối hợp đẩy nhanh tiến độ.",
            "Bộ Xây dựng",
            "Ủy ban nhân dân các tỉnh có dự án đi qua",
            "which of them help",
        ),
        ("9. UBND huyện Bắc Hà, do đường đi cách trở, xây dựng phương án riêng.", "UBND huyện Bắc Hà", "", "a reason between the body and its deed"),
        ("- Trước 16 giờ ngày 20 hằng tháng, các thôn gửi số liệu rừng trồng.", "các thôn", "", "an hour before the body"),
        ("7. Trưởng các thôn “đi từng ngõ, gõ từng nhà”, phát giấy mời.", "Trưởng các thôn", "", "a deed that begins with a quotation"),
        (
            "Cơ bản nhất trí với giải pháp đã nêu. Ủy ban nhân dân tỉnh Gia Lai cần tập trung các việc sau:\n1. Bàn giao mặt bằng cho nhà thầu.",
            "Ủy ban nhân dân tỉnh Gia Lai",
            "",
            "a lead-in behind another sentence",
        ),
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
        ("1. Phó Giám đốc Sở - Trần Văn Bình\n- Trực tiếp chỉ đạo việc trồng rừng.", "Phó Giám đốc Sở - Trần Văn Bình", "", "a person with his office"),
        (
            "Ủy ban nhân dân tỉnh Chỉ thị Thủ trưởng các sở-ngành thực hiện:\n- Rà soát nguồn vốn.",
            "Thủ trưởng các sở-ngành",
            "",
            "the order of directives of old",
        ),
        ("UBND cấp huyện giải phóng mặt bằng, chậm nhất ngày 15/9/2026.", "UBND cấp huyện", "", "a verb whose object ends in a small word"),
        ("Giao Sở Công Thương có kế hoạch phối hợp với Công an tỉnh kiểm tra kho.", "Sở Công Thương", "Công an tỉnh", "to plan to cooperate is a deed"),
        ("1. Ban Pháp chế cùng Văn phòng UBND tỉnh rà soát văn bản đã ban hành.", "Ban Pháp chế", "Văn phòng UBND tỉnh", "whom the deed is done with"),
        ("2. Chi cục Kiểm lâm\n- Cùng với Sở Tài chính thẩm định nhu cầu kinh phí.", "Chi cục Kiểm lâm", "Sở Tài chính", "the same below a heading"),
        ("1. Sở Y tế công bố tiêu chuẩn phòng khám (có sự phối hợp của Bộ Y tế) trong quý II/2026.", "Sở Y tế", "Bộ Y tế", "help that is told in brackets"),
        (
            "1. Tổ chức diễn tập: Ban Chỉ huy Quân sự xã chủ trì, Công an xã, Trạm Y tế xã phối hợp tổ chức diễn tập chữa cháy.",
            "Ban Chỉ huy Quân sự xã",
            "Công an xã + Trạm Y tế xã",
            "partners behind who leads",
        ),
        ("1. Trực ban 24/24 giờ, thông báo trên loa truyền thanh: Trạm Y tế xã thực hiện.", "Trạm Y tế xã", "", "who does it stands behind the deed"),
        ("1. Đối với nguồn cát biển, Sở Xây dựng khẩn trương hoàn thành đánh giá.", "Sở Xây dựng", "", "a matter stands before the body"),
        ("1. Về giá vật liệu, yêu cầu Sở Tài chính công bố giá từng tháng.", "Sở Tài chính", "", "and before the order"),
        ("1. Các xã có dự án đi qua trực tiếp chỉ đạo việc bàn giao mặt bằng.", "Các xã có dự án đi qua", "", "which of the group belongs to the name"),
        (
            "1. Các địa phương có tỷ lệ giải ngân thấp kiểm điểm trách nhiệm người đứng đầu.",
            "Các địa phương có tỷ lệ giải ngân thấp",
            "",
            "the same with what reads as a deed inside",
        ),
        ("1. Đề nghị đồng chí Bí thư Tỉnh ủy trực tiếp chỉ đạo việc trồng rừng.", "Bí thư Tỉnh ủy", "", "a form of address"),
        ("1. Đảng ủy UBND tỉnh\n- Lãnh đạo UBND tỉnh xây dựng kế hoạch trồng rừng.", "Đảng ủy UBND tỉnh", "", "a body of the Party leads another"),
        ("1- Các cấp ủy\n1.1- Văn phòng Tỉnh ủy chủ trì rà soát trụ sở dôi dư.", "Văn phòng Tỉnh ủy", "", "numbers of the Party's papers"),
        ("1. Bộ phận Kế hoạch (đ/c Bình phụ trách): là đầu mối tham mưu, theo dõi.", "Bộ phận Kế hoạch", "", "no ministry"),
        ("1. UBND xã Ea H’leo phục dựng nhà dài của buôn.", "UBND xã Ea H’leo", "", "an apostrophe inside a name"),
        ("1. Phòng Văn hóa – Xã hội: Rà soát hộ cần di dời.", "Phòng Văn hóa – Xã hội", "", "a long dash inside a name"),
        ("1. Sớ Xây dựng rà soát cầu yếu trên địa bàn.", "Sớ Xây dựng", "", "a slip of recognition"),
        (
            "1. Cục Kinh tế - Quản lý đầu tư xây dựng:\n- Rà soát định mức vật tư.",
            "Cục Kinh tế - Quản lý đầu tư xây dựng",
            "",
            "what an office cares for is no deed",
        ),
        (
            "1. Tổng công ty Đầu tư phát triển đường cao tốc Việt Nam lắp đặt biển báo.",
            "Tổng công ty Đầu tư phát triển đường cao tốc Việt Nam",
            "",
            "nor what a company does",
        ),
        (
            "11. Các Ban Quản lý rừng phòng hộ, rừng đặc dụng, Vườn quốc gia Kon Ka Kinh, các Công ty lâm nghiệp và các chủ rừng khác:\n- Rà soát phương án chữa cháy rừng.",
            "Các Ban Quản lý rừng phòng hộ, rừng đặc dụng + Vườn quốc gia Kon Ka Kinh + các Công ty lâm nghiệp + các chủ rừng khác",
            "",
            "the bodies of a heading that the grammar of names does not know",
        ),
        (
            "9. Chủ tịch Ủy ban nhân dân các tỉnh, nhất là các tỉnh vùng Đồng bằng sông Hồng:\na) Rà soát nhu cầu tiêu thụ lúa gạo.",
            "Chủ tịch Ủy ban nhân dân các tỉnh",
            "",
            "whom it concerns most",
        ),
        (
            "7. Sở Du lịch chủ trì, phối hợp với các địa phương kiểm tra hoạt động lữ hành; yêu cầu các cơ sở lưu trú niêm yết giá.",
            "Sở Du lịch",
            "các địa phương",
            "what a body asks of others is its own deed",
        ),
        (
            "7. Các trường THPT\n- Bố trí khu vực để xe; giao Đoàn Thanh niên thành lập đội xung kích.",
            "Các trường THPT",
            "",
            "so is what a school gives to its own",
        ),
        ("9. Hàng năm UBND các xã tổ chức bình xét, gửi UBND huyện.", "UBND các xã", "", "no comma behind a rhythm"),
        (
            "UBND tỉnh yêu cầu các trường thực hiện:\n3. Phối hợp với Công an xã và Hội Nông dân xã\na) Rà soát, lập danh sách học sinh.\nb) Tổ chức ký cam kết.\n4. Tuyên truyền\na) Tổ chức hội thi.",
            "các trường",
            "Công an xã + Hội Nông dân xã",
            "a heading tells with whom all below it is done",
        ),
        (
            "7. Bộ Công Thương chỉ đạo Tập đoàn Điện lực Việt Nam kiểm tra hành lang lưới điện; phối hợp với địa phương tuyên truyền.",
            "Bộ Công Thương",
            "",
            "whom those that are directed work with",
        ),
        ("1. Căn cứ kết quả rà soát, đánh giá, UBND các xã hoàn thiện hồ sơ.", "UBND các xã", "", "a list in the ground"),
        ("1. Căn cứ Luật Thi đua, khen thưởng, các sở, ngành đề xuất khen thưởng.", "các sở, ngành", "", "a verb in the name of a law"),
        ("1. Sở Nội vụ chủ trì hội nghị tập huấn cho cán bộ cấp xã.", "Sở Nội vụ", "", "a meeting that is to be held"),
        ("1. UBND các xã sau sắp xếp rà soát trụ sở dôi dư.", "UBND các xã sau sắp xếp", "", "units that were merged"),
        (
            "UBND tỉnh yêu cầu các sở thực hiện:\n- Xác định phòng, chống thiên tai là nhiệm vụ trọng tâm, hoàn thành rà soát phương án.",
            "các sở",
            "",
            "an order says how much a deed weighs",
        ),
        (
            "12. Sở Y tế chỉ đạo công tác tiêm chủng; phối hợp với Sở Giáo dục và Đào tạo tổ chức tiêm.",
            "Sở Y tế",
            "Sở Giáo dục và Đào tạo",
            "nobody is directed",
        ),
        ("10. Kết thúc năm, Ban Quản lý Quỹ tỉnh lập báo cáo quyết toán.", "Ban Quản lý Quỹ tỉnh", "", "when a year is over"),
        (
            "13. Sở Tài chính\nHằng năm, căn cứ khả năng ngân sách, phối hợp với Sở Công Thương bố trí kinh phí; hướng dẫn các cơ quan, đơn vị sử dụng ngân sách mua sắm.",
            "Sở Tài chính",
            "Sở Công Thương",
            "no assignee behind a deed that has begun",
        ),
        (
            "3. Các phòng\n- Căn cứ Kế hoạch này, xây dựng kế hoạch phối hợp, gửi Sở Y tế, Công an tỉnh trước ngày 10/10.",
            "Các phòng",
            "",
            "nor behind a ground",
        ),
        (
            "8. Các tổ chức chưa báo cáo theo Công văn số 16/CV-UB ngày 26/8/2004 phải gửi báo cáo về Sở Xây dựng.",
            "Các tổ chức chưa báo cáo theo Công văn số 16/CV-UB ngày 26/8/2004",
            "",
            "which of a group, told by what it has not done",
        ),
        (
            "8. Các hộ đang sử dụng đất (kể cả hộ tạm trú) tự kê khai diện tích, gửi UBND xã.",
            "Các hộ đang sử dụng đất (kể cả hộ tạm trú)",
            "",
            "and by what it does by itself",
        ),
        (
            "2. Sở Nội vụ chỉ đạo chuyên viên giúp việc phối hợp với Phòng Công tác hoàn thành các báo cáo.",
            "Sở Nội vụ",
            "",
            "what those who work for a body do with others",
        ),
        (
            "Trên đây là Kế hoạch năm 2026. Sở Y tế yêu cầu các đơn vị nghiêm túc thực hiện, báo cáo kết quả về Sở trước ngày 05/12.",
            "các đơn vị",
            "",
            "an order with a day in the closing",
        ),
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
        ("Các địa phương tự cân đối được ngân sách được chủ động sử dụng nguồn tăng thu.", "what some may use"),
        ("Đơn vị cấp nước giảm thất thoát, thất thu được xem xét ưu tiên khi mở rộng vùng phục vụ.", "who comes first"),
        (
            "UBND tỉnh yêu cầu các sở thực hiện:\n5. Riêng gói thầu vật tư của Bệnh viện tỉnh, thống nhất chủ trương mua sắm tập trung.",
            "what was agreed to besides",
        ),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Căn cứ khả năng ngân sách, UBND cấp xã được quyết định mức hỗ trợ.", "what a body may decide"),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Trường hợp công trình hư hỏng, UBND cấp xã được sử dụng dự phòng.", "what a body may use"),
        (
            "UBND tỉnh yêu cầu các sở thực hiện:\n1- Đánh giá chung: Toàn tỉnh đã đưa 6.214 lao động đi làm việc, các huyện có nhiều cách làm tốt.",
            "an assessment",
        ),
        ("Điều 3: Tập thể, cá nhân có thành tích trong xuất khẩu lao động được khen thưởng theo quy định.", "who is rewarded"),
        (
            "UBND tỉnh yêu cầu các sở thực hiện:\n1. Đối với khối tài liệu vĩnh viễn, thứ tự ưu tiên chỉnh lý là: hồ sơ đất đai, hồ sơ nhân sự.",
            "an order of things",
        ),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Báo cáo của các cơ quan, đơn vị gồm các nội dung: kết quả; khó khăn.", "what reports hold"),
        ("Đồng chí Lò Văn Sáng, Chủ tịch UBND huyện chủ trì cuộc họp. Tham dự có lãnh đạo các phòng.", "who held a meeting"),
        ("Quỹ khuyến học các cấp huy động được 41,8 tỷ đồng, trao học bổng cho 92.000 học sinh.", "what was reached"),
        ("Tỉnh Lào Cai sau sắp xếp có tổng diện tích rừng trên 1,01 triệu ha.", "what a province has"),
        ("UBND tỉnh yêu cầu các sở thực hiện:\nNăm học 2024 - 2025, toàn tỉnh có 638 cơ sở giáo dục mầm non, phổ thông.", "figures of how things stand"),
        (
            "UBND tỉnh yêu cầu các sở thực hiện:\nSố liệu kiểm kê đất đai và bản đồ hiện trạng sử dụng đất năm 2024 được tính đến hết ngày 31 tháng 12 năm 2024.",
            "up to when figures are counted",
        ),
        ("II. CHỈ TIÊU CHỦ YẾU NĂM 2026\n2. Mọi hồ sơ được số hóa; người dân, doanh nghiệp chỉ phải cung cấp thông tin một lần.", "what is to be reached"),
        ("Ban Thường vụ Tỉnh ủy ghi nhận và biểu dương cán bộ, chiến sĩ các đồn biên phòng.", "praise"),
        ("Các trường Tiểu học Điền Hải, THCS Phong Hiền nhiều năm liền duy trì 100% học sinh tham gia.", "praise of many years"),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n- Mức đóng của học sinh bằng 4,5% mức lương cơ sở.", "what a rate is"),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Kinh phí khảo sát do ngân sách xã bảo đảm.", "who pays"),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Việc điều chỉnh thực hiện theo Nghị quyết số 12/NQ-HĐND ngày 10/12/2025.", "what a matter follows"),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Báo cáo nêu ngắn gọn, gồm các nội dung: kết quả; khó khăn.", "what a report holds"),
        ("Hộ gia đình khai thác thủ công để sử dụng cho nhu cầu của hộ thì không phải xin cấp giấy phép.", "who needs no licence"),
        ("TỈNH LÀO CAI Độc lập - Tự do - Hạnh phúc", "a motto in the midst of a paper"),
        ("UBND tỉnh yêu cầu các sở thực hiện:\nThôn: .................... Khoảng cách: .......... km", "a line of a form"),
        ("I. THÀNH PHẦN\n1. Chủ trì: Chủ tịch UBND tỉnh.", "who is in the chair"),
        ("Thành phần Đoàn giám sát gồm: Phó Chủ tịch UBND tỉnh làm Trưởng đoàn.", "who a team is made up of"),
        (
            "UBND tỉnh yêu cầu các sở thực hiện:\n- Tại Công văn số 1906/BYT-KH ngày 10/4/2025, Bộ Y tế đề nghị các địa phương rà soát quy định.",
            "what another body asked",
        ),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Tình hình dịch bệnh tiếp tục diễn biến phức tạp.", "how things stand"),
        (
            "UBND tỉnh yêu cầu các sở thực hiện:\n1. Thực hiện Công điện số 17/CĐ-TTg ngày 23/9/2025, mục tiêu đặt ra là giải ngân 95%.",
            "a goal of another paper",
        ),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Về dự án đường ven biển: hiện còn 37 hộ chưa nhận tiền.", "where a matter stands"),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Theo nhận định của cơ quan khí tượng, từ nay đến cuối năm có 03 cơn bão.", "a forecast"),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Đối với nhiệm vụ tương đồng, các cơ quan được lồng ghép khi tổ chức.", "what bodies may do"),
        ("Tại hội nghị năm 2025, các hợp tác xã nêu 64 kiến nghị, đến nay đã giải quyết xong 51 kiến nghị.", "what was settled"),
        ("Sở Xây dựng trân trọng cảm ơn sự phối hợp của quý cơ quan./.", "thanks"),
        (
            "UBND tỉnh yêu cầu các sở thực hiện:\n3. Cơ sở công nghiệp nông thôn tham gia sàn thương mại điện tử được hỗ trợ 100 % chi phí.",
            "a right behind what it is given for",
        ),
        (
            "UBND tỉnh yêu cầu các sở thực hiện:\n4. Trả lời kiến nghị của UBND huyện Bảo Yên tại Công văn số 15/UBND-KT: nội dung này đã có quy định.",
            "an answer",
        ),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n5. Khuyến khích các doanh nghiệp đầu tư vào địa bàn.", "what is encouraged"),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Bãi bỏ Công văn số 29/UBND-KT ngày 20/5/2024 về báo cáo tuần.", "what the paper does to another"),
        ("Hộ sử dụng nước có quyền yêu cầu kiểm tra đồng hồ.", "a right of households"),
        ("Theo kết quả rà soát, toàn tỉnh hiện có 491 công trình, nguyên nhân là do giao cho UBND xã quản lý.", "what was counted"),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Phấn đấu đến hết năm 2026, 100 % diện tích rừng được lập hồ sơ.", "a goal"),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Nhiệm vụ cụ thể của các sở nêu tại Phụ lục gửi kèm.", "where duties stand"),
        (
            "UBND tỉnh yêu cầu các sở thực hiện:\n1. Về đề nghị của Phòng Kinh tế tại Tờ trình số 96/TTr-KT xin duy trì 03 điểm lẻ, UBND tỉnh nhất trí để huyện xem xét.",
            "what was agreed to by the issuer",
        ),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Trường hợp vượt định mức, nhà trường có thể tách lớp.", "what is possible"),
        ("Cơ sở khám bệnh có quyền đề nghị hội chẩn liên ngành.", "a right of a body"),
        ("2. Chủ đầu tư: Ủy ban nhân dân huyện Đại Từ. Cơ quan quản lý: Sở Xây dựng.", "who is what"),
        ("Dịp hè vừa qua, trên địa bàn tỉnh xảy ra 06 vụ đuối nước. Một số trường chưa báo cáo kịp thời.", "what was"),
        ("Hợp tác xã, tổ hợp tác có từ 50 ha trở lên được tự tổ chức thu gom.", "what they may do by themselves"),
        ("Các đơn vị thủy lợi có thể sử dụng kinh phí bảo trì công trình.", "what is possible"),
        ("UBND tỉnh Bạc Liêu chậm hoàn thành thủ tục bồi thường đoạn qua thị xã Giá Rai.", "blame"),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Được yêu cầu các cơ quan cung cấp thông tin, tài liệu.", "a right"),
        (
            "UBND tỉnh yêu cầu các sở thực hiện:\na) Báo cáo gồm các nội dung sau:\n- Diễn biến tình hình dịch bệnh;\n- Kết quả tiêm phòng.",
            "the outline of a report",
        ),
        (
            "Ngày 29/5/2025, Thủ tướng Chính phủ đã ban hành Công điện số 47/CĐ-TTg. Tại Công điện này, Thủ tướng Chính phủ giao Bộ Y tế tổ chức kiểm tra; Bộ Nội vụ đưa nội dung vào kế hoạch.",
            "what another paper orders",
        ),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Nội dung báo cáo gồm: số công trình, số hộ đấu nối, khó khăn.", "the outline of a report"),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Phân công một số nhiệm vụ tại Phụ lục kèm theo Chỉ thị này.", "where duties stand"),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Thông báo này thay thế Thông báo số 35/TB-VP ngày 26/9/2025.", "what the paper is"),
        (
            "UBND tỉnh yêu cầu các sở thực hiện:\n1. Đối với đề nghị của Sở Xây dựng tại Tờ trình số 21/TTr-SXD về cầu dân sinh, thống nhất về nguyên tắc.",
            "what was agreed to",
        ),
        ("UBND tỉnh yêu cầu các xã thực hiện:\n1. Đối với các dự án trọng điểm, địa phương được áp dụng cơ chế nâng công suất mỏ.", "what is allowed"),
        ("Đảng ủy xã, phường nơi có trụ sở dôi dư được chủ động bố trí kho tạm.", "what they may do"),
        (
            "UBND tỉnh đề nghị các xã thực hiện:\n1. Về kinh phí\nTheo quy định của pháp luật, việc khắc phục hậu quả trước hết do ngân sách xã bảo đảm.\n2. Về đơn giá\nKiến nghị của Ủy ban nhân dân xã Bản Lầu, xã Mường Khương tại Công văn số 27/UBND là có cơ sở.\n",
            "how things stand",
        ),
        ("Chính phủ cơ bản thống nhất nội dung giải trình.", "what was agreed on"),
        (
            "Chính phủ thống nhất đánh giá: Trong tháng 9, dưới sự lãnh đạo của Bộ Chính trị, Ban Bí thư, các đồng chí Lãnh đạo chủ chốt, sự đồng hành của Quốc hội, Chính phủ, công tác trồng rừng đạt kết quả.",
            "what was found",
        ),
        ("Điều 2. Chánh Văn phòng UBND tỉnh, Giám đốc các Sở căn cứ Quyết định thi hành.", "the general order of a decision"),
        ("III. KINH PHÍ\n- Tổng hợp các nhiệm vụ do Sở Y tế thực hiện.", "which deeds are meant"),
        ("Thủ tướng Chính phủ yêu cầu:\n1. Rà soát các hồ chứa xung yếu trước ngày 30/9/2026.", "what is asked of nobody"),
        ("Chủ tịch UBND tỉnh chỉ đạo:\n1. Tập trung khắc phục hậu quả mưa lũ.", "the same of who directs"),
        (
            "Ủy ban nhân dân tỉnh nhận được Công văn số 109/VPCP-CĐS ngày 04/02/2026 của Văn phòng Chính phủ; Chủ tịch Ủy ban nhân dân tỉnh chỉ đạo như sau:",
            "what leads in the orders",
        ),
        ("QUYẾT ĐỊNH:\nSở Y tế tại Tờ trình số 66/TTr-SYT ngày 17 tháng 5 năm 2013,", "where a body said something"),
        ("Chủ tịch UBND tỉnh kết luận về kết quả trồng rừng vụ xuân.", "what was concluded"),
        ("Công chức cấp xã bị kỷ luật thì kéo dài thời gian nâng bậc lương.", "what happens to a body"),
        ("Phó Thủ tướng Chính phủ đánh giá cao sự chuẩn bị của Sở Y tế.", "praise"),
        ("Thủ tướng Chính phủ gửi lời thăm hỏi tới gia đình các nạn nhân.", "condolence"),
        ("Chỉ thị này thay thế Chỉ thị số 08/CT-UBND ngày 02/3/2020.", "what a paper says of itself"),
        ("UBND tỉnh yêu cầu các sở thực hiện:\n1. Công văn này có hiệu lực kể từ ngày ký.", "the same under a lead-in"),
        (
            "Ngày 03 tháng 3, Chủ tịch UBND tỉnh chủ trì họp. Tham dự họp có lãnh đạo Sở Y tế; Văn phòng UBND tỉnh: các phòng chuyên môn; Công an tỉnh.",
            "who was there",
        ),
        ("THỦ TƯỚNG CHÍNH PHỦ CHỈ THỊ:\n1. Tình hình chung của cả nước còn nhiều khó khăn.", "the head of a directive"),
        ("Căn cứ Luật Lâm nghiệp ngày 15 tháng 11 năm 2017;\nHội đồng nhân dân ban hành Nghị quyết quy định mức hỗ trợ.", "the paper itself"),
    ];
    for (body, why) in rows {
        assert_eq!(duties(&format!("{HEAD}{body}\n")), [], "{why}");
    }
}

#[test]
fn a_lead_in_may_ask_some_and_order_others() {
    let body = "UBND tỉnh đề nghị Tỉnh đoàn và yêu cầu các đơn vị thực hiện:\n1. Tỉnh đoàn\n- Vận động đoàn viên trồng rừng.\n2. Chi cục Kiểm lâm\n- Tuần tra rừng giáp ranh.\n";
    let reading = source::read(format!("{HEAD}{body}").as_bytes(), &source::Options::default()).unwrap();
    let document = Document::of(reading.text);
    let citations = citation::find(&document);
    let found = find(&document, &header::read(&document), &citations, &mut Vec::new());
    assert_eq!(found.iter().map(|d| d.modality).collect::<Vec<_>>(), [Modality::Request, Modality::Order]);
}

#[test]
fn fields_name_who_leads_and_who_helps() {
    let body = "II. NHIỆM VỤ\n1.\nTrồng cây dọc các tuyến đường mới mở.\n- Cơ quan thực hiện: Sở Xây dựng chủ trì, phối hợp với Sở Nông nghiệp và Môi trường.\n- Thời gian thực hiện: Quý III/2026.\n";
    let found = duties(&format!("{HEAD}{body}"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("Sở Xây dựng", "Sở Nông nghiệp và Môi trường"));
}

#[test]
fn a_rhythm_and_a_yearly_day_are_two_duties() {
    let body = "Đề nghị UBND các xã thực hiện:\na) Định kỳ hai năm một lần rà soát cơ sở phát thải; đề xuất danh mục cơ sở gửi Bộ Công Thương trước ngày 30 tháng 6 hằng năm.\n";
    assert_eq!(duties(&format!("{HEAD}{body}")).len(), 2);
}

#[test]
fn things_under_a_lead_in_are_no_duties_of_their_own() {
    let list = "1. Sở Xây dựng\na) Công bố, điều chỉnh danh mục tài sản kết cấu hạ tầng theo khoản 1 Điều 1 của Nghị định, cụ thể như sau:\n- Tài sản kết cấu hạ tầng cụm công nghiệp.\n- Tài sản kết cấu hạ tầng đô thị.\n";
    let found = duties(&format!("{HEAD}{list}"));
    assert_eq!(found.iter().map(|d| d.2.as_str()).collect::<Vec<_>>(), ["a) Công bố, điều chỉnh"], "the lead-in is the duty");
    let deeds = list.replace("- Tài sản", "- Rà soát tài sản");
    assert_eq!(duties(&format!("{HEAD}{deeds}")).len(), 2, "deeds are");
}

#[test]
fn what_follows_a_numbered_order_is_told_to_the_same() {
    let body = "UBND tỉnh yêu cầu các sở, ngành thực hiện:\n1. Giao Sở Nội vụ rà soát biên chế.\nPhối hợp với Công an tỉnh kiểm tra hồ sơ.\n2. Tăng cường tuần tra rừng.\n";
    let found: Vec<String> = duties(&format!("{HEAD}{body}")).into_iter().map(|d| d.0).collect();
    assert_eq!(found, ["Sở Nội vụ", "Sở Nội vụ", "các sở, ngành"]);
}

#[test]
fn a_row_that_sounds_like_a_heading_is_none() {
    let table = "| TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn |\n| --- | --- | --- | --- |\n| 1 | Tổ chức thực hiện Nghị định về trồng rừng |  |  |\n| a) | Mở hội nghị. | Sở Y tế | Quý I/2026 |\n";
    assert_eq!(duties(&format!("{HEAD}{table}")).iter().map(|d| d.0.as_str()).collect::<Vec<_>>(), ["Sở Y tế"]);
}

#[test]
fn each_body_of_a_sentence_has_its_own_duty() {
    let rows: [(&str, &[&str], &str); 23] = [
        ("1. UBND cấp xã rà soát quy hoạch; trước ngày 30/6/2026, Sở Nội vụ tổng hợp báo cáo.", &["UBND cấp xã", "Sở Nội vụ"], "a time before the second body"),
        (
            "III. SỞ XÂY DỰNG\nRà soát các bến thủy nội địa. Trong quá trình lập hồ sơ, Ban Quản lý dự án tỉnh phải xác định rõ nguồn cát. Hằng quý, Sở Xây dựng công bố giá vật liệu.",
            &["SỞ XÂY DỰNG", "Ban Quản lý dự án tỉnh", "Sở Xây dựng"],
            "in the course of a deed, without trouble",
        ),
        (
            "1. Các bộ phận xây dựng kế hoạch trước ngày 30/4/2026. Trước ngày 10 tháng 12 hằng năm, các cơ quan, địa phương báo cáo Sở Y tế.",
            &["Các bộ phận", "các cơ quan, địa phương"],
            "a time before a group",
        ),
        (
            "1. Sở Xây dựng mở rộng cảng; các hãng hàng không Việt Nam chủ động mở lại đường bay.",
            &["Sở Xây dựng", "các hãng hàng không Việt Nam"],
            "a group with a proper name",
        ),
        (
            "1. Sở Tài chính tham mưu phương án trước ngày 20/10/2026, đồng thời vào thứ Sáu hằng tuần báo cáo kết quả giải ngân.",
            &["Sở Tài chính", "Sở Tài chính"],
            "a rhythm besides a day",
        ),
        (
            "8. Chủ tịch UBND các xã\na) Kiện toàn Ban Chỉ đạo; phân công thành viên phụ trách từng thôn, tổ dân phố, hoàn thành trong tháng 12 năm 2026.",
            &["Chủ tịch UBND các xã"],
            "what is given to members",
        ),
        ("1. Sở Y tế kiểm tra bếp ăn trong quý II, Sở Công Thương hướng dẫn cấp phép xong trước ngày 30/6/2026.", &["Sở Y tế", "Sở Công Thương"], "two times"),
        (
            "1. Đề nghị Ban Tuyên giáo Tỉnh ủy định hướng tuyên truyền, Công an tỉnh giám sát việc thực hiện.",
            &["Ban Tuyên giáo Tỉnh ủy", "Công an tỉnh"],
            "a comma",
        ),
        (
            "1. Sở Xây dựng rà soát danh mục cầu yếu; ủy ban nhân dân các xã khẩn trương giải phóng mặt bằng.",
            &["Sở Xây dựng", "ủy ban nhân dân các xã"],
            "small letters",
        ),
        ("1. Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính, Công an tỉnh tham mưu kế hoạch.", &["Sở Y tế"], "partners are no second body"),
        ("1. Sở Y tế báo cáo UBND tỉnh kết quả kiểm tra, Sở Nội vụ và Công an tỉnh.", &["Sở Y tế"], "those who are told"),
        (
            "1. Các trường rà soát bếp ăn; các trạm y tế báo cáo kết quả kiểm tra trước ngày 10/5/2026.",
            &["Các trường", "các trạm y tế"],
            "small letters with a day of their own",
        ),
        (
            "1. Sở Y tế mở hội thi; phòng Kế hoạch - Tài chính cân đối kinh phí hội thi.",
            &["Sở Y tế", "phòng Kế hoạch - Tài chính"],
            "a name behind a small word",
        ),
        (
            "1. Sở Y tế di chuyển đường dây 110kV. Công an tỉnh phân luồng xe trong quý II. Sở Tài chính cân đối vốn.",
            &["Sở Y tế", "Công an tỉnh", "Sở Tài chính"],
            "sentences that end in capitals",
        ),
        ("1. Sở Y tế phun thuốc tại TP. Sở Y tế lo việc.", &["Sở Y tế"], "a word cut short"),
        (
            "UBND tỉnh yêu cầu các sở thực hiện:\n1. Còn 2,6% diện tích chưa bàn giao. Đề nghị Công an tỉnh kiểm đếm tài sản.",
            &["Công an tỉnh"],
            "what is told before an order",
        ),
        (
            "1. Sở Y tế kiểm kê kho trước ngày 25/9/2026. Định kỳ trước ngày 25 hằng tháng, tổng hợp kết quả kiểm kê.",
            &["Sở Y tế", "Sở Y tế"],
            "a day and a rhythm",
        ),
        (
            "1. Đề nghị Công ty TNHH Mẫu nộp tiền ký quỹ trong quý II/2026. Quá thời hạn nêu trên, giao Sở Tài chính tham mưu chấm dứt dự án.",
            &["Công ty TNHH Mẫu", "Sở Tài chính"],
            "what follows when time is out",
        ),
        (
            "1. UBND các phường: 1 Bảo Lộc, 2 Bảo Lộc và các xã: Đạ Huoai, Bảo Lâm 1 rà soát chợ.",
            &["UBND phường 1 Bảo Lộc + UBND phường 2 Bảo Lộc + UBND xã Đạ Huoai + UBND xã Bảo Lâm 1"],
            "units of two kinds",
        ),
        ("1. Các Trung tâm Y tế: Yên Thành, Đô Lương rà soát kho thuốc.", &["Trung tâm Y tế Yên Thành + Trung tâm Y tế Đô Lương"], "bodies of one name"),
        ("1. Các Bộ trưởng: Bộ Quốc phòng, Bộ Công an chỉ đạo việc cứu hộ.", &["Bộ trưởng Bộ Quốc phòng + Bộ trưởng Bộ Công an"], "heads of several bodies"),
        (
            "III. KINH PHÍ\n1. Các sở, ngành lập dự toán, gửi Sở Tài chính trước ngày 15 tháng 7 hằng năm.",
            &["Các sở, ngành"],
            "a day under a heading of no duties",
        ),
        ("1. Các đơn vị thuộc Cục Thống kê gồm: 04 khối thi đua của tỉnh.", &[], "a list of what there is"),
    ];
    for (body, leads, why) in rows {
        let found = duties(&format!("{HEAD}{body}\n"));
        assert_eq!(found.iter().map(|d| d.0.as_str()).collect::<Vec<_>>(), leads, "{why}: {body}");
    }
}

#[test]
fn times_with_a_name_and_rhythms_before_the_deed() {
    let all = |body: &str| {
        let reading = source::read(format!("{HEAD}{body}\n").as_bytes(), &source::Options::default()).unwrap();
        let document = Document::of(reading.text);
        let citations = citation::find(&document);
        let found = find(&document, &header::read(&document), &citations, &mut Vec::new());
        let read = found.into_iter().map(|d| (d.leads[0].text.to_string(), d.action, d.due.map(|d| document.text.slice(d.span).to_owned())));
        read.collect::<Vec<_>>()
    };
    let due = |body: &str| all(body).into_iter().next();
    let due_of_all = |body: &str| all(body).into_iter().map(|(lead, _, time)| (lead, time)).collect::<Vec<_>>();
    let rows = [
        (
            "1. Sở Y tế truy xuất dữ liệu từ ngày 01/3/2026 đến ngày 03/3/2026, xác minh nguồn dầu trước ngày 20/3/2026.",
            "Sở Y tế",
            "truy xuất dữ liệu từ ngày 01/3/2026 đến ngày 03/3/2026, xác minh nguồn dầu",
            "trước ngày 20/3/2026",
        ),
        ("1. Tháng 5 và tháng 6/2026\n- Các trường lập kế hoạch trồng cây.", "Các trường", "lập kế hoạch trồng cây", "Tháng 5 và tháng 6/2026"),
        ("2. Giai đoạn 1 (tháng 4/2026)\n- Các trường lập kế hoạch trồng cây.", "Các trường", "lập kế hoạch trồng cây", "tháng 4/2026"),
        ("QUÝ II\n\nTháng 4\n\n1. Các trường lập kế hoạch trồng cây.", "Các trường", "lập kế hoạch trồng cây", "Tháng 4"),
        ("1. Sở Y tế trình đề án trong quí IV năm 2026.", "Sở Y tế", "trình đề án", "trong quí IV năm 2026"),
        ("1. Sở Y tế lập đoàn kiểm tra liên ngành; thời gian: Tháng 10/2026.", "Sở Y tế", "lập đoàn kiểm tra liên ngành", "Tháng 10/2026"),
        ("1. Sở Y tế rà soát hồ sơ thẩm định (thời gian hoàn thành: Quý III/2026).", "Sở Y tế", "rà soát hồ sơ thẩm định", "Quý III/2026"),
        (
            "1. Sở Công Thương:\n- Định kỳ ngày 25 hàng tháng tổng hợp, báo cáo UBND tỉnh, Bộ Công Thương theo quy định.",
            "Sở Công Thương",
            "tổng hợp, báo cáo UBND tỉnh, Bộ Công Thương theo quy định",
            "Định kỳ ngày 25 hàng tháng",
        ),
        ("1. Các xã định kỳ hoặc đột xuất báo cáo UBND tỉnh.", "Các xã", "báo cáo UBND tỉnh", "định kỳ hoặc đột xuất"),
        ("* Tháng 9/2026:\n- Các trường lập kế hoạch trồng cây.", "Các trường", "lập kế hoạch trồng cây", "Tháng 9/2026"),
        ("* Quý I/2027: Các trường sơ kết việc trồng cây.", "Các trường", "sơ kết việc trồng cây", "Quý I/2027"),
        (
            "1. Sở Y tế cập nhật danh sách nhà thầu hằng tháng, trước ngày 05; gửi Bộ Y tế.",
            "Sở Y tế",
            "cập nhật danh sách nhà thầu, trước ngày 05; gửi Bộ Y tế",
            "hằng tháng",
        ),
        (
            "1. Sở Y tế hoàn thiện đề án, trình Ủy ban nhân dân tỉnh ngày 25/7/2026.",
            "Sở Y tế",
            "hoàn thiện đề án, trình Ủy ban nhân dân tỉnh",
            "ngày 25/7/2026",
        ),
        (
            "1. Sở Y tế thu hồi giấy phép đã cấp trước ngày 01/7/2025 trong quý III/2026.",
            "Sở Y tế",
            "thu hồi giấy phép đã cấp trước ngày 01/7/2025",
            "trong quý III/2026",
        ),
        ("1. Sở Y tế sửa chữa trạm trước khi bắt đầu mùa dịch.", "Sở Y tế", "sửa chữa trạm", "trước khi bắt đầu mùa dịch"),
        (
            "1. Sở Y tế đẩy nhanh tiến độ trong quý II, bảo đảm đến hết năm 2026 cả nước có 30 trạm.",
            "Sở Y tế",
            "đẩy nhanh tiến độ, bảo đảm đến hết năm 2026 cả nước có 30 trạm",
            "trong quý II",
        ),
        (
            "1. Sở Y tế lập phương án trong quý II/2026. Thống nhất đề nghị của chủ đầu tư về việc điều chỉnh thời gian đến ngày 30/6/2026.",
            "Sở Y tế",
            "lập phương án. Thống nhất đề nghị của chủ đầu tư về việc điều chỉnh thời gian đến ngày 30/6/2026",
            "trong quý II/2026",
        ),
        ("1. Sở Y tế công bố giá thuốc hằng tháng sát với giá thị trường.", "Sở Y tế", "công bố giá thuốc sát với giá thị trường", "hằng tháng"),
        ("1. Sở Y tế tổ chức Hội thi tuyên truyền viên hằng năm.", "Sở Y tế", "tổ chức Hội thi tuyên truyền viên", "hằng năm"),
        (
            "1. Sở Xây dựng công bố giá vật liệu hằng tháng, sát với giá thị trường.",
            "Sở Xây dựng",
            "công bố giá vật liệu, sát với giá thị trường",
            "hằng tháng",
        ),
        ("1. Sở Y tế di dời các hộ trước khi bão đổ bộ.", "Sở Y tế", "di dời các hộ", "trước khi bão đổ bộ"),
    ];
    for (body, lead, action, time) in rows {
        assert_eq!(due(body), Some((lead.to_owned(), action.to_owned(), Some(time.to_owned()))), "{body}");
    }
    let goals = [
        "1. Sở Y tế đầu tư lò đốt, giảm tỷ lệ chôn lấp xuống dưới 30% vào năm 2030.",
        "Để khắc phục, phấn đấu đến hết ngày 31/01/2026 giải ngân đạt 100% kế hoạch vốn; UBND tỉnh yêu cầu:\n1. Sở Y tế phân bổ vốn.",
        "Từ nay đến hết năm 2025, yêu cầu các sở tập trung thực hiện các nội dung sau:\n1. Sở Y tế phân bổ vốn.",
    ];
    for body in goals {
        assert_eq!(due(body).map(|d| d.2), Some(None), "a goal, or how long an order holds: {body}");
    }
    let all = due("UBND tỉnh yêu cầu các sở hoàn thành trước ngày 30/6/2026 các nội dung sau:\n1. Sở Y tế phân bổ vốn.");
    assert_eq!(all.and_then(|d| d.2).as_deref(), Some("trước ngày 30/6/2026"), "a day by which all is to be done");
    let month = due("Trong tháng 6/2026, yêu cầu các sở thực hiện các nội dung sau:\n1. Sở Y tế phân bổ vốn.");
    assert_eq!(month.and_then(|d| d.2).as_deref(), Some("Trong tháng 6/2026"), "a month in which all is to be done");
    let opening = due_of_all("Trong năm 2026, Sở Y tế lập cơ sở dữ liệu; Sở Nội vụ xây dựng phần mềm. Sở Tài chính bố trí kinh phí hoạt động.");
    assert_eq!(
        opening,
        [("Sở Y tế", Some("Trong năm 2026")), ("Sở Nội vụ", Some("Trong năm 2026")), ("Sở Tài chính", None)].map(|(l, t)| (l.to_owned(), t.map(str::to_owned))),
        "a time that opens a sentence is that of its clauses"
    );
    let over = due("Tháng 11\n1. Kiểm kê kho.\n\nC. TỔ CHỨC THỰC HIỆN\n3. Sở Y tế theo dõi việc thực hiện.");
    assert_eq!(over.map(|d| d.2), Some(None), "a month does not reach over the next part");
}

#[test]
fn a_name_behind_signs_in_a_cell_is_cut_at_characters() {
    // The signs before the name shift its end: "â" would be cut.
    for cell in [". Đội xung kích ấ; tổ ẩ", ".;/ Nhóm bạn â, nhóm bạn ê", "/ ấẩẫậ"] {
        duties(&format!("{HEAD}TT\tNội dung\tCơ quan thực hiện\tThời hạn\n1\tRà soát kho bãi\t{cell}\tQuý II/2026\n"));
    }
}

#[test]
fn a_report_assigns_what_its_lead_in_orders() {
    let body = "IV. PHƯƠNG HƯỚNG\nUBND tỉnh phân công các cơ quan, đơn vị thực hiện các nhiệm vụ sau:\n1. Sở Xây dựng rà soát nhu cầu nhà ở xã hội.\n\nV. KẾT QUẢ\n1. Sở Y tế hoàn thành kế hoạch tiêm chủng.\n";
    let head = HEAD.replace("V/v bảo vệ rừng\n\nKính gửi: Các sở, ban, ngành.\n", "\nBÁO CÁO\nKết quả phát triển nhà ở xã hội 6 tháng đầu năm 2026\n");
    assert_eq!(duties(&format!("{head}{body}")).into_iter().map(|d| d.0).collect::<Vec<_>>(), ["Sở Xây dựng"]);
}

#[test]
fn what_a_body_asks_of_others_parts_no_duty() {
    let bodies = [
        "7. Sở Du lịch chủ trì, phối hợp với các địa phương kiểm tra hoạt động lữ hành; yêu cầu các cơ sở lưu trú niêm yết giá.",
        "7. Các trường THPT\n- Bố trí khu vực để xe; giao Đoàn Thanh niên thành lập đội xung kích.",
    ];
    for body in bodies {
        assert_eq!(duties(&format!("{HEAD}{body}\n")).len(), 1, "{body}");
    }
    let offices = "7. Sở Du lịch kiểm tra hoạt động lữ hành; yêu cầu Sở Y tế phối hợp kiểm tra an toàn thực phẩm.";
    assert_eq!(duties(&format!("{HEAD}{offices}\n")).len(), 2, "an office that is named has a duty of its own");
}

#[test]
fn who_supervises_leads_no_task_of_a_table() {
    let table = "TT\tNội dung\tPhân công thực hiện\t\t\tTiến độ\n\t\tLãnh đạo Sở chỉ đạo\tBộ phận tham mưu\tBộ phận tham gia\t\n1\tBan hành kế hoạch kiểm tra\tGiám đốc Sở\tPhòng Cải cách hành chính\tVăn phòng Sở\tTháng 02\n";
    let found = duties(&format!("{HEAD}{table}"));
    assert_eq!(found.iter().map(|d| (d.0.as_str(), d.1.as_str())).collect::<Vec<_>>(), [("Phòng Cải cách hành chính", "Văn phòng Sở")]);
}

#[test]
fn cells_name_bodies_that_are_not_known() {
    const COLUMNS: &str = "TT\tNội dung\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời hạn\n";
    let rows: [(&str, &[(&str, &str)]); 4] = [
        (
            "1\tĐề án cây ăn quả\tPhòng Kinh tế\tTrạm Khuyến nông, HTX dịch vụ nông nghiệp; 21 tỉnh, thành phố ven biển\tQuý II/2026\n2\tĐề án lúa\tPhòng Kinh tế\tđề nghị Hội Nông dân xã\tQuý II/2026\n",
            &[("Phòng Kinh tế", "Trạm Khuyến nông + HTX dịch vụ nông nghiệp + 21 tỉnh, thành phố ven biển"), ("Phòng Kinh tế", "Hội Nông dân xã")],
        ),
        (
            "1\tPhân hạng sản phẩm\tCác sở quản lý ngành, lĩnh vực\tHội đồng đánh giá, phân hạng sản phẩm cấp quốc gia\tQuý II/2026\n2\tĐánh giá quy hoạch\tSở Tài chính\tCác đơn vị được giao tổ chức thực hiện quy hoạch\tHằng năm\n",
            &[
                ("Các sở quản lý ngành, lĩnh vực", "Hội đồng đánh giá, phân hạng sản phẩm cấp quốc gia"),
                ("Sở Tài chính", "Các đơn vị được giao tổ chức thực hiện quy hoạch"),
            ],
        ),
        // The group's own cell names who leads; an empty cell beside others that are filled names nobody.
        (
            "3\tThủy sản\t\t\t\n3.1\tCập nhật dữ liệu tàu cá\tSở Y tế\tBộ Công an\tQuý II/2026\n3.2\tNuôi biển\t\tSở Xây dựng\tQuý II/2026\n3.3\tThả cá\t\t\tQuý II/2026\n",
            &[("Sở Y tế", "Bộ Công an"), ("Sở Y tế", "Sở Xây dựng"), ("Sở Y tế", "")],
        ),
        (
            "3\tThủy sản\tSở Y tế\t\t\n3.1\tCập nhật dữ liệu tàu cá\t\tBộ Công an\tQuý II/2026\n3.2\tNuôi biển\t\t\tQuý II/2026\n",
            &[("Sở Y tế", "Bộ Công an"), ("Sở Y tế", "")],
        ),
    ];
    for (table, want) in rows {
        let found = duties(&format!("{HEAD}{COLUMNS}{table}"));
        assert_eq!(found.iter().map(|d| (d.0.as_str(), d.1.as_str())).collect::<Vec<_>>(), want, "{table}");
    }
}

#[test]
fn a_column_may_name_who_helps_in_other_words() {
    let table = "TT\tPhần việc\tCơ quan, đơn vị chịu trách nhiệm chính\tCơ quan, đơn vị cùng thực hiện\tMốc thời gian\n1\tRà soát ranh giới vùng nuôi biển\tSở Tài chính\tCông an tỉnh; Sở Xây dựng\tQuý II/2026\n2\tCông bố danh mục khu vực biển\tSở Tài chính\tSở Y tế\tTháng 8/2026\n";
    let found = duties(&format!("{HEAD}{table}"));
    assert_eq!(
        found.iter().map(|d| (d.0.as_str(), d.1.as_str())).collect::<Vec<_>>(),
        [("Sở Tài chính", "Công an tỉnh + Sở Xây dựng"), ("Sở Tài chính", "Sở Y tế")]
    );
}

#[test]
fn what_provides_money_is_a_duty_under_its_name() {
    let found = duties(&format!("{HEAD}4. Kinh phí thực hiện: Sở Tài chính tham mưu UBND tỉnh bố trí kinh phí.\n"));
    assert_eq!(found.into_iter().map(|d| d.0).collect::<Vec<_>>(), ["Sở Tài chính"]);
}

#[test]
fn what_hides_duties_hides_no_orders_and_nothing_due() {
    let lead_in = "UBND tỉnh yêu cầu các sở thực hiện:\n";
    let rows: [(&str, &[&str], &str); 15] = [
        ("1. Sở Y tế báo cáo danh sách gồm tên, địa chỉ của các cơ sở trước ngày 15/5/2026.", &["Sở Y tế"], "what is reported, by a day"),
        (
            "1. Sở Y tế khám sàng lọc người dân; Sở Nội vụ lập danh sách các hộ được hỗ trợ trước ngày 30/6/2026.",
            &["Sở Y tế", "Sở Nội vụ"],
            "a list of those who have a right",
        ),
        (
            "1. Theo dự báo của Đài Khí tượng, từ ngày 10/9 có mưa to, UBND tỉnh yêu cầu UBND các xã sơ tán dân trước ngày 10/9/2026.",
            &["UBND các xã"],
            "an order behind a forecast",
        ),
        (
            "1. Thành phần Đoàn kiểm tra gồm đại diện các sở. Giao Sở Y tế trình quyết định thành lập Đoàn trước ngày 30/6/2026.",
            &["Sở Y tế"],
            "an order behind members",
        ),
        ("1. Đánh giá, xếp loại cán bộ quý II (Sở Nội vụ chủ trì).", &["Sở Nội vụ"], "a task that sounds like a heading"),
        ("1. Kết quả: Sở Y tế tổng hợp, báo cáo UBND tỉnh trước ngày 30/6/2026.", &["Sở Y tế"], "a body and a day behind a heading"),
        ("1. UBND các xã nơi có rừng tổ chức tuần tra, các chủ rừng phải trực 24/24 giờ.", &["UBND các xã nơi có rừng"], "others must, behind a deed"),
        ("1. Sở Y tế chủ trì,đơn vị khác phối hợp kiểm tra.", &["Sở Y tế"], "no blank behind a comma"),
        ("1. Tại Quyết định số 12/QĐ-BYT ngày 05/01/2026, do Sở Y tế chủ trì thực hiện.", &["Sở Y tế"], "who leads in another paper"),
        ("1. Đối với các trường trực thuộc, giao Sở Nội vụ thẩm định danh sách.", &["Sở Nội vụ"], "an order behind a group"),
        (
            "1. Người đứng đầu các cơ quan lập danh sách người lao động được hưởng chính sách, gửi Sở Nội vụ trước ngày 30/6/2026.",
            &["Người đứng đầu các cơ quan"],
            "those who list those who have a right",
        ),
        ("LEAD1. Việc giải ngân vốn phải đạt 95 % trước ngày 31/12/2026.", &["các sở"], "what must be"),
        (
            "LEAD1. Rà soát các chỉ tiêu, mục tiêu chưa đạt, nhất là giải ngân vốn đầu tư công, hoàn thành trước ngày 30/6/2026.",
            &["các sở"],
            "goals that are looked at",
        ),
        ("1. Sở Tài chính bố trí .......... đồng cho dự án, hoàn thành trước ngày 30/6/2026.", &["Sở Tài chính"], "a blank in a draft"),
        (
            "LEAD1. Dự án đường ven biển đã chi trả cho 40 hộ, đến nay còn 12 hộ chưa nhận tiền. UBND xã Khánh Cường hoàn thành chi trả trước ngày 30/6/2026.",
            &["UBND xã Khánh Cường"],
            "a duty behind where things stand",
        ),
    ];
    for (body, leads, why) in rows {
        let found = duties(&format!("{HEAD}{}\n", body.replace("LEAD", lead_in)));
        assert_eq!(found.iter().map(|d| d.0.as_str()).collect::<Vec<_>>(), leads, "{why}: {body}");
    }
}

#[test]
fn counted_places_cut_no_letter() {
    // The two letters of "uỷ" change places when folded: a place that is counted may fall between them.
    for length in 0..8 {
        let filler = "a".repeat(1024 - 40 + length);
        duties(&format!("{HEAD}UBND tỉnh yêu cầu các sở thực hiện:\n1. Căn cứ khả năng, {filler} uỷ ban uỷ ban uỷ ban rà soát.\n"));
        let filler = "a".repeat(105 + length);
        duties(&format!("{HEAD}1. Sở Y tế hoàn thành trước khi bão đổ bộ{filler}uỷuỷuỷ\n"));
    }
}
