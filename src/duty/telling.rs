//! Passages that tell, allow, decide or announce and lay no duty upon anybody, by their first words.

use super::passage::{LONGEST_CLAUSE, OPENING};
use crate::lexicon::lexicon;
use crate::structure::CLOSING_FORMULAS;
use crate::text::{head, is_word_end, opens_with, sentence, tail};

/// Whether a sentence begins with the thing that it is about: "Việc …", "Kiến nghị của …", "Quyết định số …".
pub(super) fn names_subject(folded: &str) -> bool {
    const SUBJECTS: &[&str] = &["việc ", "mức ", "kinh phí ", "tình hình ", "kiến nghị của", "kiến nghị về", "đề nghị của", "đề xuất của", "còn "];
    const PAPERS: &[&str] = &["quyết định số ", "nghị định số ", "thông tư số ", "kế hoạch số ", "chỉ thị số ", "nghị quyết số ", "công văn số "];
    opens_with(folded, SUBJECTS) || opens_with(folded, PAPERS)
}

/// "Kiểm kê đất đai năm 2005 là nhiệm vụ quan trọng, khối lượng công việc lớn": what a deed means.
pub(super) fn tells_weight(folded: &str) -> bool {
    const WORDS: &[&str] = &[" là nhiệm vụ quan trọng", " là nhiệm vụ trọng tâm", " là chủ trương "];
    // "Xác định phòng, chống thiên tai là nhiệm vụ trọng tâm" is an order.
    const ORDERS: &[&str] = &["xác định ", "coi ", "xem ", "nhận thức ", "quán triệt "];
    let opening = head(folded, 2 * OPENING);
    let first = opening.find(['.', ';', ',']).map_or(opening, |n| &opening[..n]);
    !opens_with(folded, ORDERS) && WORDS.iter().any(|w| first.contains(w))
}

/// "MỤC ĐÍCH, YÊU CẦU": the whole heading, or its first part in capitals.
pub(super) fn is_barred_heading(folded: &str) -> bool {
    let heading = folded.trim().trim_end_matches([':', '.']);
    let heading = heading.strip_prefix("về ").unwrap_or(heading);
    let Some((end, ())) = lexicon().not_duties.at(heading, 0) else { return false };
    let rest = heading[end..].trim_start();
    rest.is_empty()
        || rest.starts_with([',', ';', '-', '–', '('])
        || rest.starts_with("và ")
        || rest.starts_with("của ")
        || rest.starts_with("thi đua")
        || rest.starts_with("đến năm")
        || heading.len() < OPENING && opens_with(rest, &["chủ yếu", "cụ thể", "năm 20", "giai đoạn"])
        || rest.starts_with("thực hiện") && !rest.contains("nhiệm vụ")
}

/// "2- Mục tiêu: Phấn đấu …", "Đánh giá chung: …": the name of a part that lays no duties stands before a colon.
pub(super) fn opens_barred(folded: &str) -> bool {
    // Behind "Kinh phí thực hiện:" may stand who provides it.
    const MAY_ASSIGN: &[&str] = &["yêu cầu", "kinh phí", "nguồn vốn", "khen thưởng"];
    let barred = |name: &str| is_barred_heading(name) && !MAY_ASSIGN.iter().any(|w| name.contains(w));
    head(folded, OPENING / 2).find(": ").is_some_and(|n| barred(&folded[..n]))
}

/// "3. Cơ sở công nghiệp nông thôn tham gia sàn thương mại điện tử được hỗ trợ 100 % chi phí": a sentence about a right.
pub(super) fn permits(folded: &str) -> bool {
    const RIGHTS: &[&str] = &[
        " được hưởng ",
        " được quyền ",
        " được hỗ trợ ",
        " được chủ động ",
        " được trích ",
        " được phép ",
        " không phải ",
        " được miễn ",
        " được khen thưởng ",
    ];
    let folded = folded.strip_prefix("tập thể, ").unwrap_or(folded);
    let sentence = head(folded, 4 * OPENING);
    // "Hộ nghèo có sổ chứng nhận, hộ ở các xã đặc biệt khó khăn được miễn": a row of those who have it.
    let stops: &[char] = if opens_with(folded, &["hộ ", "người ", "đối tượng "]) { &[';', '.'] } else { &[',', ';', '.'] };
    let sentence = sentence.find(stops).map_or(sentence, |n| &sentence[..n]);
    let honoured = [" được xem xét ưu tiên", " được xem xét khen thưởng"].iter().any(|w| head(folded, 4 * OPENING).contains(w));
    (honoured || RIGHTS.iter().any(|w| sentence.contains(w)))
        && ![" có trách nhiệm", " phải "].iter().any(|w| sentence.replace(" không phải ", " ").contains(w))
}

/// "c) Báo cáo gồm các nội dung sau:", "Báo cáo sơ kết nêu rõ: …": what is to be written about.
pub(super) fn outlines(folded: &str) -> bool {
    let paper = ["báo cáo", "nội dung báo cáo", "hồ sơ", "trong báo cáo"].iter().find_map(|w| folded.strip_prefix(w));
    paper.is_some_and(|rest| {
        // "Báo cáo của các cơ quan, đơn vị gồm các nội dung chính"
        let whose = rest.strip_prefix(" của các cơ quan, đơn vị").unwrap_or(rest);
        let whose = [" sơ kết", " tổng kết", " định kỳ", " năm", " cần", " bao"].iter().find_map(|w| whose.strip_prefix(w)).unwrap_or(whose);
        [" gồm", " nêu"].iter().any(|w| whose.starts_with(w) && is_word_end(whose, w.len()))
    })
}

/// Sentences that close a paper, and what is said about difficulties on the way.
pub(super) fn closes(folded: &str) -> bool {
    const CLOSINGS: &[&str] = &[
        "nếu có khó khăn",
        "nếu có vướng mắc",
        "trường hợp có khó khăn",
        "địa chỉ:",
        "lưu ý:",
        "rất mong",
        "mọi vướng mắc",
        "mọi thông tin",
        "nhận được",
        "mong nhận được",
    ];
    (opens_with(folded, CLOSING_FORMULAS) || opens_with(folded, CLOSINGS)) && folded.chars().count() > 8 || tells_of_itself(folded)
}

/// "Chỉ thị này thay thế Chỉ thị số …", "Quyết định này có hiệu lực kể từ ngày ký".
fn tells_of_itself(folded: &str) -> bool {
    let Some((end, word)) = lexicon().type_words.at(folded, 0) else { return false };
    let rest = folded[end..].strip_prefix(" này ");
    !word.short
        && rest
            .is_some_and(|r| opens_with(r, &["thay ", "thay thế", "bãi bỏ ", "có hiệu lực", "được phổ biến", "phổ biến", "được áp dụng"]) && !r.contains(". "))
}

/// "chịu trách nhiệm thi hành Quyết định này", "nghiêm túc thực hiện": general orders, not duties to track.
pub(super) fn is_closing_order(folded: &str) -> bool {
    let s = folded.trim_end_matches(['.', '/', ' ', ';']);
    let enforcement = || s.contains("chịu trách nhiệm thi hành") || s.contains("chịu trách nhiệm tổ chức thi hành");
    let own = s.ends_with(" này") || s.ends_with("kế hoạch") || s.ends_with("quyết định");
    let general = [
        "nghiêm túc thực hiện",
        "nghiêm túc triển khai thực hiện",
        "khẩn trương triển khai thực hiện",
        "nghiêm túc tổ chức thực hiện",
        "quan tâm, phối hợp thực hiện",
        "nghiêm túc, triển khai thực hiện",
        "biết, thực hiện",
    ];
    // "… căn cứ Quyết định thi hành", "… chiểu Quyết định thi hành".
    const ACCORDING: &[&str] = &["căn cứ quyết định", "chiểu quyết định", "chiểu theo quyết định", "căn cứ chỉ thị", "căn cứ kế hoạch", "căn cứ nghị quyết"];
    let according = s.ends_with("thi hành") && ACCORDING.iter().any(|w| tail(s, OPENING).contains(w));
    according || own && enforcement() || general.iter().any(|g| s.ends_with(g)) && s.chars().count() < 260
}

/// "(Chi tiết tại Phụ lục kèm theo)", the stamp of who received the paper, the motto of a letterhead, a line of a form to fill in: a whole passage that lays no duty upon anybody.
pub(super) fn is_remark(folded: &str) -> bool {
    let s = head(folded, LONGEST_CLAUSE).trim_end_matches(['.', ';', ' ']);
    let bracketed = s.starts_with('(') && s.find(')') == Some(s.len() - 1) || s.len() < 160 && s.ends_with("độc lập - tự do - hạnh phúc");
    let stamp = s.len() < 160 && s.contains("công văn đến") && s.contains("ngày");
    bracketed || stamp || head(s, 4 * OPENING).contains(": .....")
}

/// "Nhiệm vụ cụ thể của các sở nêu tại Phụ lục gửi kèm": where the duties of those named stand.
pub(super) fn points_elsewhere(folded: &str) -> bool {
    folded.starts_with("nhiệm vụ ") && first_sentence(folded).contains(" nêu tại phụ lục")
}

/// What a first sentence says of the paper, of where duties stand, of goals and answers, below a lead-in: "Phân công một số nhiệm vụ
/// tại Phụ lục kèm theo Chỉ thị này", "Bãi bỏ Công văn số 29 …". An order in a sentence behind it counts.
pub(super) fn is_aside(folded: &str) -> bool {
    let s = head(folded, LONGEST_CLAUSE).trim_end_matches(['.', ';', ' ', '/']);
    let sentence = sentence(s);
    let annexed = sentence.starts_with("phân công ") && sentence.contains(" tại phụ lục") && sentence.ends_with(" này");
    let repealed = ["bãi bỏ ", "hủy bỏ ", "thu hồi "].iter().find_map(|w| s.strip_prefix(w)).is_some_and(|rest| lexicon().type_words.at(rest, 0).is_some());
    // "Thực hiện Công điện số …, mục tiêu đặt ra là …", "Về dự án đường ven biển: hiện còn 37 hộ …"
    let told = |n: usize| sentence[n + 2..].split(',').next().is_some_and(|clause| clause.contains(" là "));
    let goal = opens_with(sentence, &["thực hiện ", "theo "]) && sentence.find(", mục tiêu ").is_some_and(told);
    let ordered = ["khẩn trương", " trước ngày ", "yêu cầu", "đề nghị", " giao "].iter().any(|w| sentence.contains(w));
    let stands = sentence.starts_with("về ") && [": hiện ", ": đến nay "].iter().any(|w| sentence.contains(w)) && !ordered;
    annexed || repealed || goal || stands || tells_of_itself(sentence) || opens_with(s, &["phấn đấu ", "khuyến khích ", "trả lời kiến nghị", "trả lời đề nghị"])
}

/// "Đối với đề nghị của Sở Xây dựng …, thống nhất về nguyên tắc", "Về nội dung … nêu …: không có cơ sở xem xét": what the issuer
/// says to a request; "Đối với các dự án …, địa phương được áp dụng cơ chế …": what it allows.
pub(super) fn decides(folded: &str) -> bool {
    const WORDS: &[&str] = &[
        "thống nhất về",
        "thống nhất chủ trương",
        "nhất trí",
        "đồng ý",
        "không đồng ý",
        "chấp thuận",
        "không có cơ sở",
        "không xem xét",
        "chưa xem xét",
        "chưa có cơ sở",
        "trả lời như sau",
    ];
    let asked = opens_with(folded, &["về ", "đối với "]) && ["đề nghị", "kiến nghị", "đề xuất", "nội dung", "tờ trình"].iter().any(|w| folded.contains(w));
    let sentence = sentence(folded);
    const MAY: &[&str] = &[" được phân cấp ", " được áp dụng ", " được phép ", " được chủ động ", " được hưởng ", " được tiếp tục ", " có thể "];
    // ", các cơ quan được lồng ghép": what a group may do, and not what it was given.
    let body = |n: &usize| lexicon().heads.at(folded, n + ", các ".len()).is_some();
    let group_may = !sentence.contains(" phải ")
        && sentence.find(", các ").filter(body).is_some_and(|n| {
            let clause = &sentence[n..];
            clause
                .find(" được ")
                .is_some_and(|may| !clause[2..may].contains(',') && !opens_with(&clause[may + " được ".len()..], &["giao", "phân công", "yêu cầu"]))
        });
    let ordered = folded.starts_with("đối với ") && sentence.contains(" là: ");
    let permits =
        ordered || opens_with(folded, &["đối với ", "trường hợp ", "nếu ", "trong thời gian "]) && (group_may || MAY.iter().any(|w| sentence.contains(w)));
    // ", Sở nhất trí": whoever issues the paper.
    let decided = |clause: &str| opens_with(clause, WORDS) || WORDS.iter().any(|w| clause.find(w).is_some_and(|n| n < 24 && clause[..n].ends_with(' ')));
    let apart = folded.starts_with("riêng ");
    permits || (asked || apart) && sentence.match_indices([',', ':']).any(|(n, _)| decided(head(sentence[n + 1..].trim_start(), OPENING)))
}

/// "Thời gian qua, …": what a preamble tells of, with all its sentences.
pub(super) fn tells_of_the_past(folded: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "trong thời gian qua",
        "thời gian qua",
        "trong thời gian vừa qua",
        "thời gian vừa qua",
        "thời gian gần đây",
        "trong thời gian gần đây",
        "trong những năm qua",
        "những năm qua",
        "trong các năm qua",
        "trong những năm gần đây",
        "những năm gần đây",
        "gần đây",
        "vừa qua",
        "qua theo dõi",
        "qua kiểm tra",
        "hiện nay",
        "tham dự",
        "cùng dự",
        "dự họp",
    ];
    // "Theo kết quả rà soát, toàn tỉnh hiện có 491 công trình, …"
    let source = opens_with(folded, &["theo kết quả ", "theo báo cáo ", "theo số liệu ", "theo thống kê "]);
    let counted = source && [" hiện có ", " hiện còn ", " ghi nhận "].iter().any(|w| head(folded, 4 * OPENING).contains(w));
    // "Dịp hè vừa qua, trên địa bàn tỉnh xảy ra …"
    counted || opens_with(folded, OPENINGS) || head(folded, OPENING).find(',').is_some_and(|n| folded[..n].ends_with("vừa qua"))
}

/// "Bệnh viện tỉnh hoàn thành trước kế hoạch, đã bỏ hẳn …"
pub(super) fn tells_what_was_done(folded: &str) -> bool {
    let sentence = head(folded, 3 * OPENING);
    sentence.find(", đã ").is_some_and(|n| !sentence[..n].contains([';', '.', ':']))
}

/// The first sentence, as far as it is looked at.
fn first_sentence(folded: &str) -> &str {
    sentence(head(folded, 8 * OPENING))
}

/// "Tại hội nghị năm 2025, các hợp tác xã nêu 64 kiến nghị, đến nay đã giải quyết xong 51": where things stand.
pub(super) fn tells_progress(folded: &str) -> bool {
    let sentence = first_sentence(folded);
    [", đến nay đã ", ", đến nay có ", ", đến nay còn "].iter().any(|w| sentence.contains(w))
}

/// "Thành phần Đoàn giám sát gồm: …"
pub(super) fn tells_members(folded: &str) -> bool {
    folded.starts_with("thành phần ") && first_sentence(folded).contains(" gồm")
}

/// "Theo nhận định của cơ quan khí tượng …", "Theo tổng hợp của ngành …, đã thu hồi …": what others say of how things are.
pub(super) fn tells_forecast(folded: &str) -> bool {
    let sentence = first_sentence(folded);
    opens_with(sentence, &["theo nhận định ", "theo dự báo "]) || sentence.starts_with("theo tổng hợp ") && sentence.contains(" đã ")
}

/// A clause about the past or a rule of grammar rather than a deed.
pub(super) fn in_statement(folded: &str) -> bool {
    folded.split(' ').take(7).skip(1).any(|w| matches!(w, "đã" | "đang")) && is_word_end(folded, 0)
}
