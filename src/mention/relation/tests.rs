use super::*;
use crate::mention::citation;
use crate::source;

/// The relations of a paper as "source type target", by number alone; nothing in the place of the paper itself.
fn relations(body: &str) -> Vec<String> {
    let head = "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\nSố: 15/UBND-KT\nLào Cai, ngày 05 tháng 3 năm 2026\n\nKính gửi: Các sở, ban, ngành.\n\n";
    let reading = source::read(format!("{head}{body}\n").as_bytes(), &source::Options::default()).unwrap();
    let document = Document::of(reading.text);
    let citations = citation::find(&document);
    let number = |i: usize| citations[i].code.as_ref().and_then(|c| c.number.clone()).unwrap_or_default();
    let mut found: Vec<String> =
        find(&document, &citations).iter().map(|r| format!("{} {} {}", r.source.map_or(String::new(), number), r.kind, number(r.target))).collect();
    for relation in &mut found {
        *relation = relation.trim().to_owned();
    }
    found
}

#[test]
fn cues_say_what_is_done_with_a_paper() {
    let rows: [(&str, &[&str], &str); 67] = [
        (
            "1. Bãi bỏ các thủ tục đã được công bố tại các Quyết định:\n- Quyết định số 2344/QĐ-BGDĐT ngày 14/8/2023;\n- Quyết định số 1766/QĐ-BGDĐT ngày 01/7/2024.",
            &["repeals 2344", "repeals 1766"],
            "what the papers of a list did themselves",
        ),
        (
            "Căn cứ Nghị định số 26/2020/NĐ-CP ngày 28/02/2020 của Chính phủ Quy định chi tiết một số điều của Luật Bảo vệ bí mật nhà nước; Nghị định số 112/2020/NĐ-CP ngày 18/9/2020;",
            &["based_on 26", "26 guides", "based_on 112"],
            "a title with a capital behind the issuer",
        ),
        (
            "Thực hiện Kết luận số 81-KL/TW ngày 04/6/2024 của Bộ Chính trị về tiếp tục thực hiện Nghị quyết số 24-NQ/TW ngày 03/6/2013 và Nghị định số 18/2022/NĐ-CP ngày 10/01/2022 của Chính phủ.",
            &["implements 81", "81 continues 24", "implements 18"],
            "no paper of the Party carries out a decree",
        ),
        ("Việc thực hiện phải gắn với Chương trình hành động số 98-CTr/TU ngày 20/6/2022.", &["cites 98"], "what another thing is joined to"),
        ("Báo cáo sơ kết, trong đó đánh giá rõ việc thực hiện Chỉ thị số 35/CT-TTg ngày 07/9/2017.", &["reviews 35"], "a review in other words"),
        (
            "Xem xét, ban hành Quyết định theo trình tự rút gọn quy định tại Nghị định số 78/2025/NĐ-CP ngày 01/4/2025.",
            &["implements 78"],
            "to look at is no answer",
        ),
        (
            "Thực hiện Kế hoạch số 96/KH-UBND ngày 19/02/2026 của UBND tỉnh về kinh tế tập thể và xét đề nghị của Liên minh Hợp tác xã tỉnh tại Công văn số 112/LMHTX-CS ngày 16/3/2026.",
            &["implements 96", "responds_to 112"],
            "a title ends before what is asked for",
        ),
        ("Bộ tiêu chí đánh giá nguy cơ đã được ban hành kèm theo Quyết định số 2187/QĐ-BYT ngày 30/6/2025.", &["cites 2187"], "where a thing comes from"),
        ("Một số xã chưa hoàn thành nhiệm vụ được giao tại Thông báo số 318/TB-VP ngày 24/6/2025.", &["cites 318"], "what was not done as told"),
        ("Đánh giá giữa kỳ việc thực hiện Quyết định số 147/QĐ-TTg ngày 22/01/2020.", &["reviews 147"], "a review halfway"),
        (
            "Tỉnh được sắp xếp theo Nghị quyết số 202/2025/QH15 ngày 12/6/2025. Hiện nay đang áp dụng hai văn bản:\n- Quyết định số 19/2025/QĐ-UBND ngày 18/4/2025;",
            &["implements 202", "cites 19"],
            "only the last sentence leads in",
        ),
        (
            "Hướng dẫn này thay thế Hướng dẫn số 90/HD-SYT ngày 04/10/2016 của liên Sở Y tế - Tài chính thực hiện Nghị định số 116/2016/NĐ-CP.",
            &["replaces 90", "90 implements 116"],
            "the title of a joint paper",
        ),
        ("Bãi bỏ nội dung hướng dẫn tại điểm 3 mục II Công văn số 1420/TCT-NV ngày 17/5/2021.", &["repeals 1420"], "guidance that is repealed"),
        (
            "Quá trình triển khai, UBND tỉnh đã có nhiều chỉ đạo (các Văn bản: số 355/UBND-VP3 ngày 16/5/2023, số 402/UBND-VP3 ngày 02/6/2023).",
            &["cites 355", "cites 402"],
            "the course of things is no deed",
        ),
        (
            "Tiếp tục thực hiện Chỉ thị số 42-CT/TU ngày 12/3/2019 về bảo vệ môi trường nông thôn, đồng thời thực hiện Văn bản số 486/BNN-BVTV ngày 20/7/2020, UBND tỉnh yêu cầu:",
            &["continues 42", "implements 486", "implements 42"],
            "a title ends before what is done besides",
        ),
        (
            "Theo hướng dẫn tại Thông tư số 07/2016/TT-BNNPTNT ngày 31/5/2016 (sửa đổi, bổ sung tại Thông tư số 24/2019/TT-BNNPTNT ngày 24/12/2019).",
            &["implements 07", "24 amends 07"],
            "an amendment in brackets",
        ),
        (
            "Về kiến nghị của Bệnh viện Nhi tại Công văn số 102/BVN-KH ngày 30/9/2024, Sở Y tế trả lời như sau: Sở đã trình UBND tỉnh tại Tờ trình số 233/TTr-SYT ngày 07/10/2024.",
            &["responds_to 102", "cites 233"],
            "the answer tells of another paper",
        ),
        (
            "Dự án được phê duyệt và phê duyệt điều chỉnh tại các Quyết định: số 118/QĐ-UBND ngày 19/8/2022, số 337/QĐ-UBND ngày 05/4/2024.",
            &["cites 118", "cites 337"],
            "what those papers did",
        ),
        ("Phó Thủ tướng phê bình các tỉnh chưa gửi báo cáo theo yêu cầu tại Công điện số 588/CĐ-TTg ngày 21/6/2023.", &["cites 588"], "what was not done"),
        ("Kết quả kiểm tra theo Thông báo kết luận số 112-TB/UBKTTU, ngày 14/5/2021 cho thấy còn thiếu sót.", &["cites 112"], "where a result comes from"),
        (
            "Bãi bỏ các Quyết định của Ủy ban nhân dân tỉnh: số 142/QĐ-UBND ngày 19/5/2017 về việc thành lập Ban Chỉ đạo vịnh Vân Phong, số 265/QĐ-UBND ngày 03/9/2019 và số 318/QĐ-UBND ngày 27/01/2022 về việc kiện toàn Ban Chỉ đạo.",
            &["repeals 142", "repeals 265", "repeals 318"],
            "a title ends before the next number of the list",
        ),
        (
            "Căn cứ Nghị định số 08/2022/NĐ-CP ngày 10/01/2022 của Chính phủ, được sửa đổi, bổ sung tại Nghị định số 05/2025/NĐ-CP ngày 06/01/2025, và Thông tư số 16/2016/TT-BTNMT ngày 16/5/2016;",
            &["based_on 08", "05 amends 08", "based_on 16"],
            "only papers of the same kind go on with what amends",
        ),
        (
            "Thực hiện Công điện số 201/CĐ-TTg ngày 17/10/2025 của Thủ tướng Chính phủ; ý kiến chỉ đạo của Ban Thường vụ Tỉnh ủy tại Văn bản số 145-CV/TU ngày 17/10/2025, UBND tỉnh yêu cầu:",
            &["implements 201", "implements 145"],
            "a share behind a semicolon",
        ),
        (
            "Bộ nhận được các Công văn: số 318/UBND-KT ngày 11/5/2026 của Ủy ban nhân dân tỉnh Cà Mau, số 274/UBND-TH ngày 14/5/2026 của Ủy ban nhân dân tỉnh An Giang. Sau khi nghiên cứu, Bộ trả lời như sau:",
            &["responds_to 318", "responds_to 274"],
            "letters that were received",
        ),
        ("Sau khi nhận được Công văn số 318/UBND-KT ngày 11/5/2026, các huyện nộp hồ sơ.", &["cites 318"], "others receive it"),
        (
            "Về kiến nghị của Trung tâm Y tế tại Công văn số 77/TTYT-KSBT ngày 24/02/2026, Sở Y tế trả lời như sau:",
            &["responds_to 77"],
            "a request in a letter",
        ),
        ("Bộ đang hoàn thiện dự thảo Thông tư thay thế Thông tư số 16/2021/TT-BNNPTNT ngày 20/12/2021.", &["cites 16"], "a draft does not yet take its place"),
        (
            "Bộ Xây dựng xây dựng, trình Chính phủ Nghị định sửa đổi, bổ sung Nghị định số 08/2021/NĐ-CP ngày 28/01/2021.",
            &["cites 08"],
            "a decree to come amends it",
        ),
        (
            "Thực hiện Công điện số 84/CĐ-TTg ngày 02/6/2026 về ứng phó sạt lở, tiếp theo Công văn số 289/BNNMT-ĐĐ ngày 20/4/2026, Bộ đề nghị:",
            &["implements 84", "responds_to 289"],
            "a title ends before the paper that is followed up",
        ),
        (
            "Quyết định số 77/QĐ-UBND ngày 03/6/2024 của UBND xã Cam Thủy (cũ) phê duyệt Phương án thu gom rác hết hiệu lực kể từ ngày ký Kế hoạch này.",
            &["repeals 77"],
            "what happens to a paper stands behind a title without its mark",
        ),
        (
            "Chỉ thị này thay thế Chỉ thị số 09/CT-TTg ngày 03/4/2018 về khai thác cát và bãi bỏ điểm c mục 2 Công điện số 64/CĐ-TTg ngày 12/5/2024.",
            &["replaces 09", "repeals 64"],
            "a title ends before the next deed",
        ),
        (
            "Qua kiểm tra của Đoàn liên ngành được thành lập theo Quyết định số 138/QĐ-UBND ngày 31/5/2024, một số huyện chưa thực hiện nghiêm Công văn số 311/UBND-NN ngày 17/4/2024.",
            &["cites 138", "cites 311"],
            "what is told of papers",
        ),
        (
            "Căn cứ Nghị định số 43/2022/NĐ-CP ngày 24/6/2022 của Chính phủ; triển khai thực hiện Quyết định số 197/QĐ-TTg ngày 24/11/2021 của Thủ tướng Chính phủ, UBND tỉnh yêu cầu:",
            &["based_on 43", "implements 197"],
            "a clause with its own deed among the grounds",
        ),
        (
            "Hướng dẫn quyết toán theo Thông tư liên tịch số 80/2003/TTLT/BNN-BTC ngày 03/9/2003 của Bộ Nông nghiệp và PTNT, Bộ Tài chính hướng dẫn thực hiện Quyết định số 178/2001/QĐ-TTg ngày 12/11/2001.",
            &["implements 80", "80 guides 178"],
            "several issuers before a title",
        ),
        (
            "Căn cứ Nghị quyết số 80-NQ/TW ngày 07/01/2026 của Bộ Chính trị; xét đề nghị của Sở Y tế tại Tờ trình số 152/TTr-SYT ngày 10/02/2026, UBND tỉnh yêu cầu:",
            &["based_on 80", "responds_to 152"],
            "what was asked for is no ground",
        ),
        (
            "Thực hiện Quyết định số 71/QĐ-TTg ngày 30/7/2021 của Thủ tướng Chính phủ phê duyệt Đề án “Lớp học vùng cao”, xét đề nghị của Sở Nội vụ tại Tờ trình số 12/TTr-SNV ngày 26/02/2026, UBND tỉnh yêu cầu:",
            &["implements 71", "responds_to 12"],
            "a title ends before what is asked for",
        ),
        (
            "Xét Tờ trình số 41/TTr-SNNMT ngày 29/01/2026 của Sở Nông nghiệp và Môi trường; ý kiến của Sở Tài chính tại Văn bản số 290/STC-ĐT ngày 06/02/2026, Sở Xây dựng tại Văn bản số 187/SXD-QH ngày 07/02/2026, UBND tỉnh có ý kiến như sau:",
            &["responds_to 41", "responds_to 290", "responds_to 187"],
            "each body with its opinion",
        ),
        (
            "UBND tỉnh nhất trí bổ sung cầu dân sinh như kiến nghị của UBND xã tại Tờ trình số 23/TTr-UBND ngày 30/01/2026.",
            &["responds_to 23"],
            "what is added is not the request",
        ),
        ("Sở Tài chính xem xét đề nghị bổ sung kinh phí của Ban Quản lý tại Tờ trình số 205/TTr-BQL.", &["responds_to 205"], "a request for more money"),
        (
            "Bộ Xây dựng trình Chính phủ ban hành Nghị định thay thế Nghị định số 23/2020/NĐ-CP trong tháng 12 năm 2025.",
            &["cites 23"],
            "a paper that is still to be made takes its place",
        ),
        ("Quyết định này thay thế Quyết định số 23/QĐ-UBND ngày 30/01/2020.", &["replaces 23"], "this paper takes its place"),
        (
            "Thực hiện Công điện số 198/CĐ-TTg ngày 20/10/2025 của Thủ tướng Chính phủ về việc khắc phục hậu quả vụ chìm phà và ý kiến chỉ đạo của Phó Thủ tướng Chính phủ tại Thông báo số 571/TB-VPCP ngày 20/10/2025, UBND tỉnh yêu cầu:",
            &["implements 198", "implements 571"],
            "a title ends before what was ordered in a notice",
        ),
        ("Chấp hành Chỉ thị số 27/CT-TTg ngày 27/10/2023, UBND tỉnh yêu cầu:", &["implements 27"], "what is obeyed"),
        (
            "Thực hiện Nghị quyết số 10-NQ/TW ngày 10/02/2022 và ý kiến kết luận tại Thông báo số 412/TB-VPCP ngày 12/8/2025, UBND tỉnh yêu cầu:",
            &["implements 10", "implements 412"],
            "what was said in a notice beside a resolution",
        ),
        ("Các xã bổ sung cầu dân sinh vào Quyết định số 23/QĐ-UBND ngày 30/01/2026.", &["amends 23"], "what is added to a decision"),
        (
            "Các trường thực hiện theo hướng dẫn điều chỉnh nội dung dạy học tại Công văn số 394/BGDĐT-GDTX ngày 16/9/2025.",
            &["implements 394"],
            "guidance on a change",
        ),
        ("Theo kết quả kiểm tra tại Thông báo số 78/TB-SXD ngày 06/02/2026, nhiều cầu đã hỏng.", &["cites 78"], "where a fact comes from"),
        ("Các xã trồng rừng theo Kế hoạch số 78/KH-UBND ngày 06/02/2026.", &["implements 78"], "what is followed"),
        (
            "Thực hiện Nghị định số 167/2017/NĐ-CP ngày 31/12/2017 của Chính phủ quy định việc xử lý tài sản công (được sửa đổi, bổ sung tại Nghị định số 67/2021/NĐ-CP ngày 15/7/2021), UBND tỉnh yêu cầu:",
            &["implements 167", "67 amends 167"],
            "who amends stands in brackets",
        ),
        ("Công văn này tiếp nối Kế hoạch số 274/KH-UBND ngày 28/02/2023 của UBND tỉnh.", &["continues 274"], "what goes on"),
        (
            "Ban Bí thư ban hành Kết luận số 49-KL/TW về tiếp tục thực hiện Chỉ thị số 11-CT/TW ngày 13/4/2007 của Bộ Chính trị khoá X. Để làm tốt việc này, UBND tỉnh yêu cầu:",
            &["cites 49", "49 continues 11"],
            "a term of office ends a sentence",
        ),
        (
            "Thực hiện Nghị quyết số 71/NQ-CP ngày 08/8/2017 cúa Chính phủ và Nghị định số 156/2018/NĐ-CP ngày 16/11/2018 của Chính phủ, UBND tỉnh yêu cầu:",
            &["implements 71", "implements 156"],
            "a tone that recognition read wrong",
        ),
        (
            "Thực hiện Chỉ thị số 38/CT-TTg ngày 29/9/2020 của Thủ tướng Chính phủ về khoáng sản; Nghị định sô\n\n23/2020/NĐ-CP ngày 24/02/2020 của Chính phủ quy định về quản lý cát, UBND tỉnh yêu cầu:",
            &["implements 38", "implements 23"],
            "a number on a line of its own",
        ),
        (
            "Thực hiện Kế hoạch số 96/KH-UBND ngày 06/02/2026 của UBND tỉnh (gọi tắt là Kế hoạch số 96/KH-UBND); Nghị quyết số 8-NQ/ĐU ngày 20/01/2026 của Đảng ủy và Công văn số 655/SCT-TM ngày 17/02/2026 của Sở Công Thương, UBND tỉnh yêu cầu:",
            &["implements 96", "implements 8", "implements 655"],
            "a name given in brackets does not end a list",
        ),
        (
            "Căn cứ Quyết định số 166/QĐ-BHXH ngày 31/01/2019 của BHXH Việt Nam (được sửa đổi, bổ sung tại Quyết định số 222/QĐ-BHXH ngày 25/02/2021) và Kế hoạch số 95/KH-UBND ngày 26/01/2026 của UBND tỉnh, BHXH tỉnh yêu cầu:",
            &["based_on 166", "222 amends 166", "based_on 95"],
            "neither does an amendment",
        ),
        (
            "Thay cụm từ “nông thôn” bằng cụm từ “môi trường” tại Điều 3 Quyết định số 905/QĐ-UBND ngày 17/4/2024.",
            &["amends 905"],
            "words put in the place of others",
        ),
        (
            "I. CĂN CỨ XÂY DỰNG KẾ HOẠCH\n- Quyết định số 02/2016/QĐ-TTg ngày 28/01/2016;\n- Kế hoạch số 12/KH-UBND ngày 22/01/2024.",
            &["based_on 02", "based_on 12"],
            "a heading above papers",
        ),
        (
            "Xét đề nghị của Sở Tư pháp tại Tờ trình số 34/TTr-STP ngày 26/7/2017 về việc công bố Danh mục “Văn bản quy phạm pháp luật” hết hiệu lực toàn bộ,",
            &["responds_to 34"],
            "what a proposal is about",
        ),
        (
            "I. CĂN CỨ XÂY DỰNG KẾ HOẠCH\n1. Các văn bản chỉ đạo\n- Quyết định số 02/2016/QĐ-TTg ngày 28/01/2016;\n2. Thực trạng\n- Kế hoạch số 12/KH-UBND ngày 22/01/2024 đạt kết quả.",
            &["based_on 02", "cites 12"],
            "a heading above that of the papers",
        ),
        ("Mức phụ cấp theo Nghị quyết số 13/2017/NQ-HĐND là 150.000 đồng/ngày.", &["cites 13"], "what a paper says"),
        ("Các đơn vị tự cân đối trong dự toán được giao tại Quyết định số 3180/QĐ-UBND ngày 10/12/2024.", &["cites 3180"], "money that was given"),
        (
            "Bộ đã ban hành Thông tư số 08/2024/TT-BTNMT ngày 31/7/2024 về thống kê đất đai (sau đây gọi là Thông tư số 08/2024/TT-BTNMT), thay thế Thông tư số 27/2018/TT-BTNMT.",
            &["cites 08", "08 replaces 27"],
            "what was brought in takes the place of the old one",
        ),
        (
            "Chống khai thác hải sản bất hợp pháp, không báo cáo và không theo quy định theo Chỉ thị số 32-CT/TW ngày 10/4/2024.",
            &["implements 32"],
            "what is fought is no failure",
        ),
        ("Cá biệt có đơn vị phải đôn đốc nhiều lần (theo Thông báo số 98/TB-SYT ngày 10/10/2023).", &["cites 98"], "where a fact comes from"),
        (
            "Các đơn vị đánh giá kết quả thực hiện các chỉ tiêu được giao tại Quyết định số 255/QĐ-SYT ngày 17/02/2023.",
            &["reviews 255"],
            "what was given is reviewed",
        ),
        (
            "Thực hiện Nghị định số 192/2025/NĐ-CP ngày 01/7/2025 quy định chi tiết Nghị quyết số 201/2025/QH15.",
            &["implements 192", "192 guides 201"],
            "no provision stands in the word for details",
        ),
        ("Văn phòng hướng dẫn quyết toán đúng Thông tư số 16/2025/TT-BTC.", &["implements 16"], "what is to be kept"),
    ];
    for (body, want, why) in rows {
        assert_eq!(relations(body), want, "{why}: {body}");
    }
}
