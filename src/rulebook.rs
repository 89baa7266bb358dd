//! The rule book: every rule, with what it is for, what it finds and what it leaves alone.
//!
//! Rules that are patterns stand in tables beside their values ([`date::RULES`], [`deadline::RULES`]). Rules that are
//! small parsers are listed here with examples of the same kind, and the same test runs them.

use crate::mention::{date, deadline};
use crate::rule::Entry;

/// All rules, table by table.
pub fn entries() -> Vec<Entry> {
    Entry::of("date", date::RULES).chain(Entry::of("deadline", deadline::RULES)).chain(PARSED.iter().map(Parsed::entry)).collect()
}

/// A rule that is a parser.
struct Parsed {
    id: &'static str,
    table: &'static str,
    doc: &'static str,
    finds: &'static [(&'static str, &'static str)],
    ignores: &'static [&'static str],
}

impl Parsed {
    fn entry(&self) -> Entry {
        Entry { id: self.id, table: self.table, doc: self.doc, pattern: "", finds: self.finds.to_vec(), ignores: self.ignores.to_vec() }
    }
}

const PARSED: &[Parsed] = &[
    Parsed {
        id: "code-lost-slash",
        table: "code",
        doc: "The stroke between year and type is lost.",
        finds: &[("Thông tư số «44/2014TT-BGDĐT»", "44/2014/TT-BGDĐT")],
        ignores: &["Thông tư số 44/2014/TT-BGDĐT", "giai đoạn 2014-2020"],
    },
    Parsed {
        id: "code-type-spelling",
        table: "code",
        doc: "The abbreviation of the type lost its stroke or its case: QD, Ttr.",
        finds: &[("Quyết định số 12/«QD»-UBND", "QĐ")],
        ignores: &["Quyết định số 12/QĐ-UBND", "Đề án số 08/ĐA-UBND"],
    },
    Parsed {
        id: "code-issuer-spelling",
        table: "code",
        doc: "The abbreviation of the issuer is damaged: BGDDT, ƯBND, Ttg, QHI5. Drafting units are not mended.",
        finds: &[("Thông tư số 44/2014/TT-«BGDDT»", "BGDĐT"), ("Quyết định số 12/QĐ-«Ttg»", "TTg")],
        ignores: &["Công văn số 86/BGDĐT-GDTEX"],
    },
    Parsed {
        id: "code-inner-blank",
        table: "code",
        doc: "Blanks stand inside the symbol.",
        finds: &[("Kế hoạch số «268 /KH-BCĐ»", "268/KH-BCĐ")],
        ignores: &["Kế hoạch số 268/KH-BCĐ - Ban Chỉ đạo"],
    },
    Parsed {
        id: "code-other-stroke",
        table: "code",
        doc: "Another stroke stands for the hyphen or the slash: TB_UBND, QĐ–TTg. A slip of typing that each office makes now and then: the symbol would not be found.",
        finds: &[("Thông báo số «12/TB_UBND»", "12/TB-UBND")],
        ignores: &["Thông báo số 12/TB-UBND"],
    },
    Parsed {
        id: "code-year-from-date",
        table: "code",
        doc: "Thông tư and nghị định carry their year (Luật 64/2025/QH15 and its forerunners since 1996); where it is missing the printed date supplies it. Seldom printed; without the year the act could not be told from those of other years.",
        finds: &[("Thông tư số «22/TT-BGDĐT» ngày 06/8/2020", "22/2020/TT-BGDĐT")],
        ignores: &["Thông tư số 12/TT-LB ngày 20/4/1996", "Quyết định số 22/QĐ-TTg ngày 06/8/2020"],
    },
    Parsed {
        id: "citation-full",
        table: "citation",
        doc: "A type, a number and a symbol; date and issuer follow.",
        finds: &[
            ("Thực hiện «Quyết định số 489/QĐ-TTg ngày 08/4/2020 của Thủ tướng Chính phủ» về việc ban hành Kế hoạch.", "489/QĐ-TTg"),
            ("theo «Kết luận số 49-KL/TW, ngày 10/5/2019 của Ban Bí thư»", "49-KL/TW"),
            ("Căn cứ «Luật Giáo dục số 43/2019/QH14»;", "43/2019/QH14"),
        ],
        ignores: &["giai đoạn 2012-2020 đạt 10/10 tiêu chí", "QCVN 01:2019/BCT", "điện thoại 0981444441"],
    },
    Parsed {
        id: "citation-listed",
        table: "citation",
        doc: "A further symbol of a list; type and date of the list hold for all.",
        finds: &[("các Quyết định số: 1743/QĐ-BGTVT, «1744/QĐ-BGTVT ngày 31/12/2024»", "1744/QĐ-BGTVT")],
        ignores: &["Quyết định số 1743/QĐ-BGTVT đạt 5/10 điểm"],
    },
    Parsed {
        id: "citation-symbol-alone",
        table: "citation",
        doc: "A symbol whose every part is known, without a type before it.",
        finds: &[("quy định tại «30/2020/NĐ-CP»", "30/2020/NĐ-CP")],
        ignores: &["tốc độ 120/KM", "tỷ lệ 5/A"],
    },
    Parsed {
        id: "citation-blank-number",
        table: "citation",
        doc: "The number is left blank, as in notes on annexes of a draft: the paper itself.",
        finds: &[("Danh mục nhiệm vụ này ban hành kèm theo «Kế hoạch số    /KH-UBND ngày /6/2020 của UBND tỉnh»", "/KH-UBND")],
        ignores: &["Kế hoạch số 12/KH-UBND"],
    },
    Parsed {
        id: "citation-number-alone",
        table: "citation",
        doc: "A type and a number without symbol; the paper of that number cited before gives the symbol, if there is one only.",
        finds: &[("kết quả thực hiện «Quyết định 781» ở các cấp", "781"), ("theo «Nghị định 140/2017»", "140/2017")],
        ignores: &["Quyết định 3 nội dung", "Kế hoạch 5 năm", "Kế hoạch 2026"],
    },
    Parsed {
        id: "citation-number-listed",
        table: "citation",
        doc: "A further number after a type: QĐ 4835, 226. Seldom printed; without it the second number of a list would be lost.",
        finds: &[("thành viên Ban Chỉ đạo (QĐ 4835, «226»)", "226")],
        ignores: &["Quyết định 781, 5 người"],
    },
    Parsed {
        id: "citation-nickname",
        table: "citation",
        doc: "A scheme or programme by its number; the paper that approved it is not guessed.",
        finds: &[("tổng kết «Đề án 89» vào năm 2020", "ĐA")],
        ignores: &["đề án 89 tỷ đồng", "Đề án “Xây dựng xã hội học tập”"],
    },
    Parsed {
        id: "citation-own",
        table: "citation",
        doc: "The paper speaks of itself.",
        finds: &[("được phân công tại «Kế hoạch này»", "KH")],
        ignores: &["kế hoạch năm này", "Kế hoạch của tỉnh"],
    },
    Parsed {
        id: "citation-above",
        table: "citation",
        doc: "A paper named above, without its number; which one is left open.",
        finds: &[("theo «Quyết định nêu trên»", "QĐ")],
        ignores: &["quy trình nêu trên", "Quyết định trên cơ sở đề nghị"],
    },
    Parsed {
        id: "citation-law-by-name",
        table: "citation",
        doc: "A law, code or ordinance by its name, with year or date (NĐ 30/2020/NĐ-CP, Phụ lục I: laws are cited by type and name).",
        finds: &[("Căn cứ «Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025»;", "L"), ("theo «Bộ luật Lao động năm 2019»", "BL")],
        ignores: &["quy định của pháp luật", "kỷ luật lao động"],
    },
    Parsed {
        id: "citation-alias",
        table: "citation",
        doc: "A name that a bracket gave to the paper before it.",
        finds: &[(
            "Quyết định số 1373/QĐ-TTg phê duyệt Đề án “Xây dựng xã hội học tập” (viết tắt là Đề án). Để triển khai có hiệu quả «Đề án», Bộ đề nghị",
            "ĐA",
        )],
        ignores: &["Đề án được phê duyệt"],
    },
    Parsed {
        id: "relation-cue",
        table: "relation",
        doc: "A cue of the lexicon governs the mention after it; in the title of a cited paper the relation is that paper's.",
        finds: &[
            ("UBND tỉnh «thực hiện» Quyết định số 489/QĐ-TTg ngày 08/4/2020.", "implements"),
            ("Kế hoạch «thay thế» Quyết định số 12/QĐ-UBND.", "replaces"),
            ("«Tổng kết» 5 năm thực hiện Quyết định số 281/QĐ-TTg.", "reviews"),
        ],
        ignores: &["Quyết định số 281/QĐ-TTg được gửi kèm"],
    },
    Parsed {
        id: "relation-mention",
        table: "relation",
        doc: "A mention that no cue governs.",
        finds: &[("«Quyết định số 281/QĐ-TTg» có năm phụ lục.", "cites")],
        ignores: &["thực hiện Quyết định số 281/QĐ-TTg"],
    },
    Parsed {
        id: "duty-subject",
        table: "duty",
        doc: "The assignee is the subject of the sentence.",
        finds: &[("«1. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát, đánh giá tổ chức bộ máy.»", "Sở Nội vụ")],
        ignores: &["1. Sở Nội vụ là cơ quan chuyên môn thuộc UBND tỉnh.", "1. Các số liệu báo cáo phải đầy đủ theo từng nội dung."],
    },
    Parsed {
        id: "duty-imperative",
        table: "duty",
        doc: "giao, yêu cầu, phân công; đề nghị (a request) before the assignee.",
        finds: &[("«1. Giao Sở Y tế xây dựng kế hoạch phòng, chống dịch trước ngày 31/8/2020.»", "Sở Y tế")],
        ignores: &["1. Giao chỉ tiêu phát triển đối tượng tham gia bảo hiểm."],
    },
    Parsed {
        id: "duty-colon",
        table: "duty",
        doc: "The assignee stands before a colon, the deed after it.",
        finds: &[("«2. Sở Tài chính: Bố trí kinh phí thực hiện kế hoạch theo quy định.»", "Sở Tài chính")],
        ignores: &["2. Kinh phí: Bố trí từ ngân sách tỉnh theo phân cấp."],
    },
    Parsed {
        id: "duty-inherited",
        table: "duty",
        doc: "The heading or lead-in above names the assignee.",
        finds: &[("1. Sở Y tế\n«- Chủ trì, phối hợp với Công an tỉnh kiểm tra các cơ sở khám bệnh.»", "Sở Y tế")],
        ignores: &["1. Tăng cường công tác tuyên truyền\n- Đổi mới nội dung, hình thức tuyên truyền."],
    },
    Parsed {
        id: "duty-goes-on",
        table: "duty",
        doc: "A paragraph without a label that begins with a deed, right below a passage with its own assignee.",
        finds: &[
            (
                "1. Giao Sở Y tế rà soát nguồn vốn mua thuốc.\n\n«Phối hợp với Sở Nội vụ xây dựng phương án nhân lực.»\n\n2. Giao Sở Nội vụ bố trí biên chế.",
                "Sở Y tế",
            ),
            ("1. Sở Y tế chủ động xây dựng kế hoạch năm;\n\n«hằng năm báo cáo kết quả về Ủy ban nhân dân tỉnh.»", "Sở Y tế"),
        ],
        ignores: &["1. Giao Sở Y tế rà soát nguồn vốn mua thuốc.\n\nKinh phí do ngân sách tỉnh bảo đảm.\n\n2. Giao Sở Nội vụ bố trí biên chế."],
    },
    Parsed {
        id: "duty-after-clause",
        table: "duty",
        doc: "The assignee follows an adverbial clause.",
        finds: &[
            ("«a) Trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ, Sở Công Thương thẩm định và trả kết quả.»", "Sở Công Thương"),
            ("«5. Trong 02 ngày làm việc, kể từ ngày nhận đủ hồ sơ, Ủy ban nhân dân cấp huyện thẩm định, trình cấp tỉnh.»", "Ủy ban nhân dân cấp huyện"),
        ],
        ignores: &["a) Trong thời hạn 05 ngày làm việc, hồ sơ phải được bổ sung."],
    },
    Parsed {
        id: "duty-issuer-orders",
        table: "duty",
        doc: "The issuer orders or asks in its own sentence.",
        finds: &[("«Căn cứ mục tiêu của Đề án, Bộ Y tế đề nghị Ủy ban nhân dân các tỉnh xây dựng kế hoạch thực hiện.»", "Ủy ban nhân dân các tỉnh")],
        ignores: &["Bộ Y tế ban hành Kế hoạch như sau:"],
    },
    Parsed {
        id: "duty-fields",
        table: "duty",
        doc: "Who leads, who cooperates and by when stand in named fields below the task or behind it.",
        finds: &[
            ("«1. Rà soát các quy định của tỉnh.\n- Cơ quan chủ trì: Sở Tư pháp.\n- Thời gian hoàn thành: Quý III/2026.»", "Sở Tư pháp"),
            ("«1. Rà soát các quy định của tỉnh (Đơn vị chủ trì: Sở Tư pháp; thời gian hoàn thành: tháng 6/2026).»", "Sở Tư pháp"),
        ],
        ignores: &["1. Kết quả: đạt 5 nội dung."],
    },
    Parsed {
        id: "duty-table-row",
        table: "duty",
        doc: "A row of a table whose heading names the task and who leads.",
        finds: &[("STT\tNội dung công việc\tCơ quan chủ trì\tThời gian hoàn thành\n«1\tXây dựng kế hoạch năm\tSở Y tế\tQuý I/2026»", "Sở Y tế")],
        ignores: &["STT\tTên đơn vị\tSố lượng\n1\tSở Y tế\t5"],
    },
    Parsed {
        id: "duty-table-cell",
        table: "duty",
        doc: "A cell of a task table that names several bodies, each with what it does.",
        finds: &[(
            "TT\tNội dung\tCơ quan thực hiện\tThời hạn\n1\tQuỹ đất\t«Sở Xây dựng: rà soát quỹ đất trống»; Sở Tài chính tham mưu thu hồi đất\tQuý II/2026",
            "Sở Xây dựng",
        )],
        ignores: &["TT\tNội dung\tCơ quan thực hiện\tThời hạn\n1\tRà soát quỹ đất\tSở Xây dựng; Sở Tài chính\tQuý II/2026"],
    },
    Parsed {
        id: "deadline-periodically",
        table: "deadline",
        doc: "A report is due theo định kỳ, and the rhythm is not named. Seldom the only time; without it the report would count as due never.",
        finds: &[("3. Giao Thanh tra tỉnh theo dõi, đôn đốc, báo cáo UBND tỉnh «theo định kỳ».", "recurring")],
        ignores: &["3. Giao Thanh tra tỉnh kiểm tra theo định kỳ."],
    },
    Parsed {
        id: "deadline-presented",
        table: "deadline",
        doc: "A date right behind the body that something is handed to: trình Ủy ban nhân dân tỉnh ngày 25/7/2026. Seldom in the corpus, usual in plans of departments.",
        finds: &[("3. Giao Sở Y tế hoàn thiện đề án, trình Ủy ban nhân dân tỉnh «ngày 25/7/2026».", "by")],
        ignores: &["3. Giao Sở Y tế nghiên cứu Báo cáo số 12/BC-UBND ngày 25/7/2026."],
    },
    Parsed {
        id: "deadline-date-in-cell",
        table: "deadline",
        doc: "A date in a deadline cell: a day is still on time, a month is a period.",
        finds: &[("STT\tNội dung công việc\tCơ quan chủ trì\tThời gian hoàn thành\n1\tXây dựng kế hoạch năm\tSở Y tế\t«Tháng 3/2026»", "within")],
        ignores: &["STT\tNội dung công việc\tCơ quan chủ trì\tThời gian hoàn thành\n1\tXây dựng kế hoạch năm\tSở Y tế\tThường xuyên"],
    },
    Parsed {
        id: "deadline-bare-in-cell",
        table: "deadline",
        doc: "Digits alone in a deadline cell: 31/12/2026, 8/2026, 2026, 2027 - 2030.",
        finds: &[("STT\tNội dung công việc\tCơ quan chủ trì\tThời gian hoàn thành\n1\tXây dựng kế hoạch năm\tSở Y tế\t«31/12/2026»", "by")],
        ignores: &["STT\tNội dung công việc\tCơ quan chủ trì\tThời gian hoàn thành\n1\tXây dựng kế hoạch năm\tSở Y tế\tQuý I/2026"],
    },
    Parsed {
        id: "header-number",
        table: "header",
        doc: "The number line of the letterhead (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.3).",
        finds: &[("UBND TỈNH LONG AN\nSố: «15/KH-UBND»\nKẾ HOẠCH\nVề phòng, chống dịch bệnh\n\nI. MỤC ĐÍCH", "15/KH-UBND")],
        ignores: &["Theo kế hoạch số 15 của tỉnh."],
    },
    Parsed {
        id: "issuer-from-letterhead",
        table: "header",
        doc: "The last body in capitals above the number issues; the one above it gives the place.",
        finds: &[("UBND TỈNH LONG AN\n«SỞ Y TẾ»\nSố: 15/KH-SYT\nKẾ HOẠCH\nVề phòng, chống dịch bệnh\n\nI. MỤC ĐÍCH", "Sở Y tế tỉnh Long An")],
        ignores: &["Số: 15/KH-SYT\nKẾ HOẠCH\nVề phòng, chống dịch bệnh"],
    },
    Parsed {
        id: "issuer-from-symbol",
        table: "header",
        doc: "Without a letterhead the symbol tells the body, the place line its province.",
        finds: &[("Số: «15/KH-SYT»\n\nLong An, ngày 05 tháng 6 năm 2020\n\nKẾ HOẠCH\n\nVề phòng, chống dịch bệnh\n\nI. MỤC ĐÍCH", "Sở Y tế tỉnh Long An")],
        ignores: &["UBND TỈNH LONG AN\nSỞ Y TẾ\nSố: 15/KH-SYT\nKẾ HOẠCH\nVề phòng, chống dịch bệnh"],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::mention::agency::Party;

    /// What the rules of an analysis found: rule, quote, value.
    fn found(source: &str) -> Vec<(&'static str, String, String)> {
        let a = Analysis::of(crate::source::read(source.as_bytes(), &crate::source::Options::default()).unwrap().text);
        let quote = |span| a.document.text.slice(span).to_owned();
        let names = |list: &[Party]| list.iter().map(|p| p.text.as_ref()).collect::<Vec<_>>().join("; ");
        let mut all = Vec::new();
        for c in &a.citations {
            let value = c.code.as_ref().map(|c| c.text.clone()).or(c.type_code.map(str::to_owned)).unwrap_or_default();
            all.push((c.rule, quote(c.span), value));
            all.extend(c.repairs.iter().map(|r| (r.rule, r.from.clone(), r.to.clone())));
        }
        for r in &a.relations {
            let rule = if r.cue.is_some() { "relation-cue" } else { "relation-mention" };
            all.push((rule, quote(r.cue.unwrap_or(a.citations[r.target].span)), r.kind.to_owned()));
        }
        for d in &a.duties {
            all.push((d.rule, quote(d.span), names(&d.leads)));
            all.extend(d.due.iter().map(|due| (due.rule, quote(due.span), due.deadline.kind.name().to_owned())));
        }
        all.extend(a.header.code.iter().map(|c| (c.rule, quote(c.span), c.value.code.text.clone())));
        all.extend(a.header.issuer.iter().map(|i| (i.rule, quote(i.span), i.value.name.clone())));
        all
    }

    #[test]
    fn every_parsed_rule_keeps_to_its_examples() {
        let mut faults = Vec::new();
        for rule in PARSED {
            assert!(!rule.finds.is_empty() && !rule.ignores.is_empty(), "{}: a rule needs examples and counter-examples", rule.id);
            for (marked, value) in rule.finds {
                let quote = marked.split(['«', '»']).nth(1).unwrap().split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
                let all = found(&marked.replace(['«', '»'], ""));
                let own: Vec<_> = all.iter().filter(|f| f.0 == rule.id).map(|f| (f.1.as_str(), f.2.as_str())).collect();
                if !own.contains(&(quote.as_str(), value)) {
                    faults.push(format!("{}: in {marked:?} found {own:?} of {all:?}", rule.id));
                }
            }
            for text in rule.ignores {
                let own: Vec<_> = found(text).into_iter().filter(|f| f.0 == rule.id).collect();
                if !own.is_empty() {
                    faults.push(format!("{}: found {own:?} in {text:?}", rule.id));
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn every_rule_has_one_entry() {
        let mut ids: Vec<_> = entries().iter().map(|e| e.id).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "two rules share an id");
    }
}
