use super::*;
use crate::text::TextBuilder;

fn list(s: &str, until: Until) -> Vec<String> {
    let mut builder = TextBuilder::with_capacity(s.len());
    builder.push(s, 0);
    let text = builder.finish();
    let limit = text.as_str().trim_end().len();
    parties_at(&text, 0, limit, until).map_or(Vec::new(), |p| p.list.into_iter().map(|p| p.text.to_string()).collect())
}

#[test]
fn parties_before_a_predicate() {
    let rows: [(&str, &[&str]); 107] = [
        (
            "Chủ tịch UBND các tỉnh miền núi và các tỉnh Thanh Hóa, Nghệ An chỉ đạo",
            &["Chủ tịch UBND các tỉnh miền núi", "Chủ tịch UBND tỉnh Thanh Hóa", "Chủ tịch UBND tỉnh Nghệ An"],
        ),
        ("địa phương dự trữ hàng hóa", &["địa phương"]),
        ("Các địa phương: Hà Nội, Thành phố Hồ Chí Minh, Tây Ninh đẩy nhanh", &["Hà Nội", "Thành phố Hồ Chí Minh", "Tây Ninh"]),
        ("Phó Thủ tướng phụ trách những vấn đề đột xuất", &["Phó Thủ tướng phụ trách"]),
        ("các thành viên Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh nghiêm túc thực hiện", &["các thành viên Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh"]),
        ("các đồng chí Lãnh đạo chủ chốt chỉ đạo", &["các đồng chí Lãnh đạo chủ chốt"]),
        ("BỘ CHÍNH TRỊ VỀ TIẾP TỤC THỰC HIỆN", &["BỘ CHÍNH TRỊ"]),
        ("Giám đốc Sở Bưu chính, Viễn thông thành lập", &["Giám đốc Sở Bưu chính, Viễn thông"]),
        ("Sở Bưu chính, Viễn thông theo dõi", &["Sở Bưu chính, Viễn thông"]),
        ("các phường Việt Trì, Vĩnh Yên, Hòa Bình hoàn thành", &["phường Việt Trì", "phường Vĩnh Yên", "phường Hòa Bình"]),
        ("Chủ tịch Ủy ban nhân dân các tỉnh miền núi, trung du Bắc Bộ chỉ đạo", &["Chủ tịch Ủy ban nhân dân các tỉnh miền núi, trung du Bắc Bộ"]),
        ("Trung tâm Lưu trữ lịch sử tỉnh, thành phố tiếp nhận", &["Trung tâm Lưu trữ lịch sử tỉnh, thành phố"]),
        ("UBND các xã: Hữu Lũng, Chi Lăng, Lộc Bình rà soát", &["UBND xã Hữu Lũng", "UBND xã Chi Lăng", "UBND xã Lộc Bình"]),
        ("các Sở: Công nghiệp, Kế hoạch và Đầu tư, Tài chính hướng dẫn", &["Sở Công nghiệp", "Sở Kế hoạch và Đầu tư", "Sở Tài chính"]),
        ("Chi nhánh Quỹ Hỗ trợ phát triển Nam Định dành", &["Chi nhánh Quỹ Hỗ trợ phát triển Nam Định"]),
        ("các đoàn thể nhân dân tuyên truyền", &["các đoàn thể nhân dân"]),
        ("Viện Nghiên cứu Nuôi trồng Thủy sản III đề xuất", &["Viện Nghiên cứu Nuôi trồng Thủy sản III"]),
        ("Nhà sản xuất, nhập khẩu thuốc bảo vệ thực vật kê khai", &["Nhà sản xuất, nhập khẩu thuốc bảo vệ thực vật"]),
        ("CÁC TRƯỜNG TRUNG HỌC PHỔ THÔNG, TRUNG TÂM DẠY NGHỀ", &["CÁC TRƯỜNG TRUNG HỌC PHỔ THÔNG", "TRUNG TÂM DẠY NGHỀ"]),
        ("Tổ công tác GPMB kiểm tra hiện trường", &["Tổ công tác GPMB"]),
        ("các cơ quan tham mưu, giúp việc Tỉnh ủy đưa nội dung", &["các cơ quan tham mưu, giúp việc Tỉnh ủy"]),
        ("Sở Y tế chủ trì", &["Sở Y tế"]),
        ("Sở Y tế chủ trì, phối hợp với các Sở: Công Thương, Xây dựng rà soát", &["Sở Y tế"]),
        ("Thanh tra huyện, thị xã, thành phố rà soát", &["Thanh tra huyện, thị xã, thành phố"]),
        ("Công an huyện, thị xã Phổ Yên rà soát", &["Công an huyện", "thị xã Phổ Yên"]),
        ("Thanh tra đột xuất việc cấp phép", &[]),
        // A whole name ends before a word in small letters that no name goes on with, known as a verb or not.
        ("Trung tâm Khuyến nông tỉnh nhào nặn", &["Trung tâm Khuyến nông tỉnh"]),
        ("Kho bạc Nhà nước Bình Thuận thắt chặt", &["Kho bạc Nhà nước Bình Thuận"]),
        ("Sở Nội vụ ở trung tâm tỉnh xây dựng", &["Sở Nội vụ ở trung tâm tỉnh"]),
        ("Sở Xây dựng xây dựng kế hoạch", &["Sở Xây dựng"]),
        ("Sở Văn hóa, Thể thao và Du lịch phối hợp với", &["Sở Văn hóa, Thể thao và Du lịch"]),
        ("Các sở, ngành tỉnh, UBND cấp huyện phối hợp chặt chẽ", &["Các sở, ngành tỉnh", "UBND cấp huyện"]),
        ("Sở Giáo dục và Đào tạo và các sở, ngành, đoàn thể liên quan chủ động", &["Sở Giáo dục và Đào tạo", "các sở, ngành, đoàn thể liên quan"]),
        ("Sở Giáo dục và Đào tạo - Thường trực Ban chỉ đạo xây dựng xã hội học tập tỉnh có trách nhiệm:", &["Sở Giáo dục và Đào tạo"]),
        ("các thành viên Ban chỉ đạo xây dựng xã hội học tập tỉnh tham mưu UBND tỉnh", &["các thành viên Ban chỉ đạo xây dựng xã hội học tập tỉnh"]),
        (
            "Sở Lao động - Thương binh và Xã hội, Bộ Chỉ huy quân sự tỉnh, Công an tỉnh lồng ghép",
            &["Sở Lao động - Thương binh và Xã hội", "Bộ Chỉ huy quân sự tỉnh", "Công an tỉnh"],
        ),
        ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương tổ chức", &["Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương"]),
        ("Cấp huyện, cấp xã kết hợp với", &["Cấp huyện", "cấp xã"]),
        ("cấp quận, huyện tổ chức trong", &["cấp quận, huyện"]),
        ("Các Sở: Công Thương, Xây dựng và Y tế rà soát", &["Sở Công Thương", "Sở Xây dựng", "Sở Y tế"]),
        ("Bộ Tài chính, các bộ, ngành, địa phương bảo đảm", &["Bộ Tài chính", "các bộ, ngành, địa phương"]),
        ("Ban Quản lý Khu Kinh tế Dung Quất và các Khu công nghiệp tỉnh: Tuyên truyền", &["Ban Quản lý Khu Kinh tế Dung Quất và các Khu công nghiệp tỉnh"]),
        ("Ngân hàng Nhà nước Việt Nam - Chi nhánh tỉnh Quảng Ngãi: Chỉ", &["Ngân hàng Nhà nước Việt Nam - Chi nhánh tỉnh Quảng Ngãi"]),
        ("Hội Khuyến học tỉnh chỉ đạo Hội", &["Hội Khuyến học tỉnh"]),
        ("Sở Nội vụ (Ban Thi đua - Khen thưởng tỉnh) và các cơ quan liên quan triển khai", &["Sở Nội vụ", "các cơ quan liên quan"]),
        ("Trưởng phòng GD&ĐT các huyện, thị xã, thành phố phối hợp với", &["Trưởng phòng GD&ĐT các huyện, thị xã, thành phố"]),
        ("Chủ tịch UBND các huyện, thị xã Đức Phổ và thành phố Quảng Ngãi khẩn trương", &["Chủ tịch UBND các huyện, thị xã Đức Phổ và thành phố Quảng Ngãi"]),
        ("các sở, ngành; cơ quan thông tấn, báo chí tổ chức", &["các sở, ngành", "cơ quan thông tấn, báo chí"]),
        ("Giám đốc các Sở: Tài chính, Văn hóa, Thể thao và Du lịch rà soát", &["Giám đốc Sở Tài chính", "Giám đốc Sở Văn hóa, Thể thao và Du lịch"]),
        (
            "Bộ trưởng các Bộ: Quốc phòng, Công an; Chủ tịch Ủy ban nhân dân các tỉnh, thành phố từ Quảng Trị đến Khánh Hòa tập trung",
            &["Bộ trưởng Bộ Quốc phòng", "Bộ trưởng Bộ Công an", "Chủ tịch Ủy ban nhân dân các tỉnh, thành phố từ Quảng Trị đến Khánh Hòa"],
        ),
        ("UBND các tỉnh: Đồng Nai, Bà Rịa - Vũng Tàu và Hà Tĩnh chỉ đạo", &["UBND tỉnh Đồng Nai", "UBND tỉnh Bà Rịa - Vũng Tàu", "UBND tỉnh Hà Tĩnh"]),
        (
            "Sở Văn hóa, Thể thao và Du lịch các tỉnh: Lào Cai, Sơn La phối hợp",
            &["Sở Văn hóa, Thể thao và Du lịch tỉnh Lào Cai", "Sở Văn hóa, Thể thao và Du lịch tỉnh Sơn La"],
        ),
        ("Giám đốc: Sở Y tế, Đài Phát thanh - Truyền hình Hậu Giang phối hợp", &["Giám đốc Sở Y tế", "Giám đốc Đài Phát thanh - Truyền hình Hậu Giang"]),
        ("các sở, ngành và chính quyền địa phương trong quản lý", &["các sở, ngành", "chính quyền địa phương"]),
        ("Bộ trưởng Bộ Lao động - Thương binh và Xã hội xem xét", &["Bộ trưởng Bộ Lao động - Thương binh và Xã hội"]),
        ("Đơn vị sự nghiệp công lập rà soát", &["Đơn vị sự nghiệp công lập"]),
        ("Phó Thủ tướng Thường trực Chính phủ chỉ đạo", &["Phó Thủ tướng Thường trực Chính phủ"]),
        ("Vụ Kế hoạch, Tài chính tham mưu", &["Vụ Kế hoạch, Tài chính"]),
        ("Viện Chiến lược, Chính sách tài nguyên, Cục Hóa chất nghiên cứu", &["Viện Chiến lược, Chính sách tài nguyên", "Cục Hóa chất"]),
        ("Trung tâm Công nghệ thông tin mở chuyên mục", &["Trung tâm Công nghệ thông tin"]),
        ("Người đứng đầu cơ quan, tổ chức, đơn vị phải", &["Người đứng đầu cơ quan, tổ chức, đơn vị"]),
        ("các trường học trong và ngoài tỉnh tổ chức", &["các trường học trong và ngoài tỉnh"]),
        (
            "Ủy ban nhân dân các tỉnh, thành phố: Quảng Trị, Đà Nẵng và Gia Lai tổ chức",
            &["Ủy ban nhân dân tỉnh Quảng Trị", "Ủy ban nhân dân thành phố Đà Nẵng", "Ủy ban nhân dân tỉnh Gia Lai"],
        ),
        ("UBND các xã Ea Phê, Ea Yông, Hòa An kiểm tra", &["UBND xã Ea Phê", "UBND xã Ea Yông", "UBND xã Hòa An"]),
        ("UBND các xã Mỹ Hiệp, Thanh Hưng và phường Mỹ Trà rà soát", &["UBND xã Mỹ Hiệp", "UBND xã Thanh Hưng", "UBND phường Mỹ Trà"]),
        ("UBND các tỉnh Đồng Nai, Tây Ninh và Lâm Đồng rà soát", &["UBND tỉnh Đồng Nai", "UBND tỉnh Tây Ninh", "UBND tỉnh Lâm Đồng"]),
        ("UBND các tỉnh Bắc Trung Bộ, Tây Nguyên rà soát", &["UBND các tỉnh Bắc Trung Bộ, Tây Nguyên"]),
        ("UBND các xã Long Thành, Điện lực Long Thành rà soát", &["UBND các xã Long Thành", "Điện lực Long Thành"]),
        ("các xã Ea Kênh, Ea Knuếc rà soát", &["xã Ea Kênh", "xã Ea Knuếc"]),
        ("Bộ trưởng Bộ Ngoại giao chỉ đạo", &["Bộ trưởng Bộ Ngoại giao"]),
        ("Cục Đăng ký và Dữ liệu thông tin đất đai chủ trì", &["Cục Đăng ký và Dữ liệu thông tin đất đai"]),
        ("Cục Kinh tế hợp tác và Phát triển nông thôn hướng dẫn", &["Cục Kinh tế hợp tác và Phát triển nông thôn"]),
        ("các doanh nghiệp viễn thông trên địa bàn bảo đảm", &["các doanh nghiệp viễn thông trên địa bàn"]),
        ("các cơ quan thông tin đại chúng tuyên truyền", &["các cơ quan thông tin đại chúng"]),
        ("Các đơn vị sử dụng ngân sách nộp báo cáo", &["Các đơn vị sử dụng ngân sách"]),
        ("Các trường THPT, trung tâm GDNN-GDTX, Trung tâm GDTX tỉnh tổ chức", &["Các trường THPT", "trung tâm GDNN-GDTX", "Trung tâm GDTX tỉnh"]),
        ("Phòng Xây dựng phong trào bảo vệ an ninh Tổ quốc (PV05) làm đầu mối", &["Phòng Xây dựng phong trào bảo vệ an ninh Tổ quốc"]),
        ("Ban Chỉ huy Bộ đội Biên phòng chỉ đạo các đồn biên phòng", &["Ban Chỉ huy Bộ đội Biên phòng"]),
        ("Liên minh Hợp tác xã Việt Nam, Hội Nông dân Việt Nam phối hợp", &["Liên minh Hợp tác xã Việt Nam", "Hội Nông dân Việt Nam"]),
        ("Văn phòng Sở xây dựng và tổ chức thực hiện kế hoạch", &["Văn phòng Sở"]),
        ("Các phòng, đơn vị sử dụng chữ ký số", &["Các phòng, đơn vị"]),
        ("Hội Cựu chiến binh cơ quan Sở phối hợp", &["Hội Cựu chiến binh cơ quan Sở"]),
        ("ngành thú y làm nhiệm vụ tại các chốt", &["ngành thú y"]),
        ("Hội Phụ nữ xã Tân Lập, Hội Nông dân xã Tân Lập vận động", &["Hội Phụ nữ xã Tân Lập", "Hội Nông dân xã Tân Lập"]),
        ("Sở Y tế và UBND các huyện Cao Lộc, Chi Lăng kiểm tra", &["Sở Y tế", "UBND huyện Cao Lộc", "UBND huyện Chi Lăng"]),
        ("UBND các xã Ea Phê, Ea Yông, huyện Krông Pắc rà soát", &["UBND xã Ea Phê", "UBND xã Ea Yông", "huyện Krông Pắc"]),
        ("Ban Quản lý dự án hoàn thành báo cáo đánh giá (DTM) trước", &["Ban Quản lý dự án"]),
        ("Các đơn vị sử dụng ngân sách khi lập dự toán phải bảo đảm: Đúng", &["Các đơn vị sử dụng ngân sách"]),
        ("Công an huyện Cao Lộc, Lộc Bình, Đình Lập phối hợp", &["Công an huyện Cao Lộc", "Công an huyện Lộc Bình", "Công an huyện Đình Lập"]),
        ("Công an các huyện, thành phố và phòng giáo dục và đào tạo rà soát", &["Công an các huyện, thành phố", "phòng giáo dục và đào tạo"]),
        (
            "Tập đoàn Xăng dầu Việt Nam và các thương nhân đầu mối kinh doanh xăng dầu tăng nguồn dự trữ",
            &["Tập đoàn Xăng dầu Việt Nam", "các thương nhân đầu mối kinh doanh xăng dầu"],
        ),
        ("UBND các xã: Tổ chức trực ban", &["UBND các xã"]),
        // One body of a kind of place is one name, whatever kinds follow.
        ("Chủ tịch Ủy ban nhân dân huyện, thành phố, thủ trưởng các ngành tổ chức", &["Chủ tịch Ủy ban nhân dân huyện, thành phố", "thủ trưởng các ngành"]),
        ("Chủ tịch Ủy ban nhân dân tỉnh, thành phố khẩn trương", &["Chủ tịch Ủy ban nhân dân tỉnh, thành phố"]),
        ("UBND huyện, Sở Y tế rà soát", &["UBND huyện", "Sở Y tế"]),
        ("đội ngũ giáo viên tăng cường", &["đội ngũ giáo viên"]),
        ("các hộ gia đình treo cờ Tổ quốc", &["các hộ gia đình"]),
        ("Vườn quốc gia Hoàng Liên, các Công ty Lâm nghiệp chủ động", &["Vườn quốc gia Hoàng Liên", "các Công ty Lâm nghiệp"]),
        ("Báo Sao Mai, Tạp chí Nghề cá tuyên truyền", &["Báo Sao Mai", "Tạp chí Nghề cá"]),
        (
            "các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ, cơ quan trung ương của các tổ chức chính trị - xã hội thực hiện",
            &["các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", "cơ quan trung ương của các tổ chức chính trị - xã hội"],
        ),
        ("UBND các tỉnh vùng đồng bằng sông Hồng rà soát", &["UBND các tỉnh vùng đồng bằng sông Hồng"]),
        ("Các bộ phận Mầm non, Tiểu học hướng dẫn", &["Bộ phận Mầm non", "Bộ phận Tiểu học"]),
        ("Vụ Khoa học công nghệ, môi trường và vật liệu xây dựng tham mưu", &["Vụ Khoa học công nghệ, môi trường và vật liệu xây dựng"]),
        (
            "Các Ban Quản lý dự án: Thăng Long, 2, 85, đường Hồ Chí Minh bố trí",
            &["Ban Quản lý dự án Thăng Long", "Ban Quản lý dự án 2", "Ban Quản lý dự án 85", "Ban Quản lý dự án đường Hồ Chí Minh"],
        ),
        ("Trưởng các thôn vùng trũng, ven sông tổ chức", &["Trưởng các thôn vùng trũng, ven sông"]),
        ("Tăng cường công tác", &[]),
        ("Các số liệu báo cáo phải", &[]),
    ];
    for (text, want) in rows {
        assert_eq!(list(text, Until::Verb), want, "{text}");
    }
}

#[test]
fn committees_behind_several_are_several() {
    let of = |s: &str| -> Vec<bool> {
        let mut builder = TextBuilder::with_capacity(s.len());
        builder.push(s, 0);
        let text = builder.finish();
        parties_at(&text, 0, text.as_str().trim_end().len(), Until::Verb).map_or(Vec::new(), |p| p.list.iter().map(|p| p.group).collect())
    };
    assert_eq!(of("Các tỉnh ủy, thành ủy tổ chức"), [true, true]);
    assert_eq!(of("Tỉnh ủy Long An, Thành ủy Hà Nội tổ chức"), [false, false]);
    assert_eq!(of("Sở Y tế rà soát các hồ chứa"), [false], "what the deed is about does not count");
    assert_eq!(of("Thanh tra huyện, thị xã, thành phố rà soát"), [true]);
    assert_eq!(of("Công an huyện, thị xã Phổ Yên rà soát"), [false, false]);
}

#[test]
fn parties_in_cells_and_headings() {
    let rows: [(&str, &[&str]); 11] = [
        ("UBND các xã, phường được giám sát", &["UBND các xã, phường được giám sát"]),
        ("Sở Y tế, các đơn vị được khảo sát", &["Sở Y tế", "các đơn vị được khảo sát"]),
        ("Các cơ quan thành viên Ban Chỉ đạo", &["Các cơ quan thành viên Ban Chỉ đạo"]),
        ("Viện Phim Việt Nam; Cục Phát thanh, truyền hình và thông tin điện tử", &["Viện Phim Việt Nam", "Cục Phát thanh, truyền hình và thông tin điện tử"]),
        ("Đài Khí tượng cao không", &["Đài Khí tượng cao không"]),
        ("Đảng ủy Công an tỉnh, Sở Khoa học và Công nghệ", &["Đảng ủy Công an tỉnh", "Sở Khoa học và Công nghệ"]),
        ("Ủy ban nhân dân các quận, huyện", &["Ủy ban nhân dân các quận, huyện"]),
        (
            "Bộ Tài chính, cơ quan, tổ chức có liên quan, cơ sở khám bệnh, chữa bệnh",
            &["Bộ Tài chính", "cơ quan, tổ chức có liên quan", "cơ sở khám bệnh, chữa bệnh"],
        ),
        ("Sở Y tế - Sở Nội vụ - UBND các xã có dự án", &["Sở Y tế", "Sở Nội vụ", "UBND các xã có dự án"]),
        ("Sở Văn hóa Thể thao", &["Sở Văn hóa Thể thao"]),
        ("Các sở, ban, ngành thành phố", &["Các sở, ban, ngành thành phố"]),
    ];
    for (text, want) in rows {
        assert_eq!(list(text, Until::Cell), want, "{text}");
    }
}
