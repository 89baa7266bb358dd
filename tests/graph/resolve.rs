//! What a mention leads to, row by row.

use vanthu::mention::identity::Home;
use vanthu::resolve::{Form, How, Mention, Paper, Reason, Target, edtf, resolve};

/// A paper of an issuer, with its own number.
fn paper(id: &str, issuer: &str, date: &str, key: Option<&str>, mentions: Vec<Mention>) -> Paper {
    Paper {
        id: id.into(),
        path: format!("{id}.txt").into(),
        number: key.and_then(|k| k.rsplit('/').next()).map(Into::into),
        date: edtf(date),
        issuer: Some(issuer.into()),
        home: Home::new(None, Some(issuer), edtf(date)),
        key: key.map(Into::into),
        mentions,
        ..Paper::default()
    }
}

fn mention(type_code: &str, code: &str, date: &str, issuer: Option<&str>, key: Option<&str>) -> Mention {
    Mention {
        quote: format!("{type_code} {code}").into(),
        type_code: Some(type_code.into()),
        code: (!code.is_empty()).then(|| code.into()),
        date: edtf(date),
        issuer: issuer.map(Into::into),
        key: key.map(Into::into),
        ..Mention::default()
    }
}

fn titled(m: Mention, title: &str) -> Mention {
    Mention { title: Some(title.into()), ..m }
}

fn named(quote: &str, type_code: &str, rule: &str) -> Mention {
    Mention { quote: quote.into(), type_code: Some(type_code.into()), form: Form::Named, rule: rule.into(), ..Mention::default() }
}

/// What the mention of the first paper leads to: key and way, or reason and candidates.
fn answer(papers: Vec<Paper>) -> Result<(String, How), (Reason, Vec<String>)> {
    let resolution = resolve(papers);
    let first = resolution.papers.iter().position(|p| &*p.id == "asks").expect("a paper asks");
    match resolution.targets(first)[0] {
        Target::Work(work, how) => Ok((resolution.works[work as usize].key.clone(), how)),
        Target::Refused(i) => {
            let refusal = &resolution.refusals[i as usize];
            Err((refusal.reason, refusal.candidates.clone()))
        }
    }
}

const LONG_AN: &str = "Ủy ban nhân dân tỉnh Long An";

/// One paper that asks, and others that know.
fn asked(issuer: &str, date: &str, m: Mention, known: Vec<Mention>) -> Result<(String, How), (Reason, Vec<String>)> {
    answer(vec![paper("asks", issuer, date, None, vec![m]), paper("knows", "Chính phủ", "2026", Some("vn/cp/nq/2026/1"), known)])
}

#[test]
fn what_a_mention_lacks_comes_from_the_archive_where_one_answer_remains() {
    let ttg = |key: &str| mention("QĐ", "489/QĐ-TTg", "", None, Some(key));
    let bare = || mention("QĐ", "489/QĐ-TTg", "", None, None);
    let key = |k: &str, how| Ok((k.to_owned(), how));
    let none = |reason, keys: &[&str]| Err((reason, keys.iter().map(|k| (*k).to_owned()).collect::<Vec<_>>()));
    let rows = [
        (asked(LONG_AN, "2021", bare(), vec![ttg("vn/ttg/qd/2020/489")]), key("vn/ttg/qd/2020/489", How::YearFromArchive), "one year is known"),
        (
            asked(LONG_AN, "2021", bare(), vec![ttg("vn/ttg/qd/2020/489"), ttg("vn/ttg/qd/2014/489")]),
            none(Reason::Several, &["vn/ttg/qd/2014/489", "vn/ttg/qd/2020/489"]),
            "two years are known: both are named",
        ),
        (asked(LONG_AN, "2019", bare(), vec![ttg("vn/ttg/qd/2020/489")]), none(Reason::NoYear, &[]), "no paper cites what comes after it"),
        (asked(LONG_AN, "2021", bare(), vec![]), none(Reason::NoYear, &[]), "nothing is known"),
        (asked(LONG_AN, "2021", mention("NĐ", "140/2017", "", None, None), vec![]), key("vn/cp/nd/2017/140", How::IssuerImplied), "decrees have one issuer"),
        (
            asked(LONG_AN, "2021", mention("QĐ", "781", "", None, None), vec![mention("QĐ", "781/QĐ-TTg", "", None, Some("vn/ttg/qd/2019/781"))]),
            none(Reason::NoAntecedent, &["vn/ttg/qd/2019/781"]),
            "a number alone is no identity: named, not taken",
        ),
        (asked("Bộ Y tế", "2021", mention("KH", "137/KH-UBND", "2020-06-18", Some("UBND tỉnh"), None), vec![]), none(Reason::NoPlace, &[]), "which province"),
        (asked(LONG_AN, "2021", mention("QĐ", "1357/QĐ-XPVPHC", "2020", None, None), vec![]), none(Reason::NoIssuer, &[]), "the symbol names no issuer"),
    ];
    for (found, want, why) in rows {
        assert_eq!(found, want, "{why}");
    }
}

#[test]
fn papers_of_merged_provinces_are_told_apart_by_the_archive() {
    let ask = || mention("KH", "129/KH-UBND", "2020-06-02", Some("UBND tỉnh"), None);
    let tay_ninh = "Ủy ban nhân dân tỉnh Tây Ninh";
    let known = mention("KH", "129/KH-UBND", "2020-06-02", Some("UBND tỉnh Long An"), Some("vn/long-an/ubnd/kh/2020/129"));
    let found = asked(tay_ninh, "2026-03", ask(), vec![known]);
    assert_eq!(found, Ok(("vn/long-an/ubnd/kh/2020/129".to_owned(), How::PlaceFromArchive)));
    let both = vec!["vn/long-an/ubnd/kh/2020/129".to_owned(), "vn/tay-ninh/ubnd/kh/2020/129".to_owned()];
    assert_eq!(asked(tay_ninh, "2026-03", ask(), vec![]), Err((Reason::Several, both)), "neither is known: both are named");
}

#[test]
fn named_works_lead_to_their_numbers() {
    let act = titled(mention("QĐ", "89/QĐ-TTg", "", None, Some("vn/ttg/qd/2013/89")), "phê duyệt Đề án “Xây dựng xã hội học tập giai đoạn 2012 - 2020”");
    let scheme = "vn/ttg/qd/2013/89".to_owned();
    let nickname = |issuer: Option<&str>| Mention { issuer: issuer.map(Into::into), ..named("Đề án 89", "ĐA", "citation-nickname") };
    let rows = [
        (nickname(None), Ok((scheme.clone(), How::SchemeByNumber)), "a nickname"),
        (nickname(Some("thành phố")), Err((Reason::UnknownName, vec![])), "another's scheme of that number"),
        (
            named("Đề án “Xây dựng xã hội học tập giai đoạn 2012-2020”", "ĐA", "citation-scheme"),
            Ok((scheme.clone(), How::SchemeByTitle)),
            "blanks around the dash",
        ),
        (named("Đề án “Xây dựng xã hội học tập giai đoạn 2012-2020", "ĐA", "citation-scheme"), Ok((scheme, How::SchemeByTitle)), "no closing quotation mark"),
        (
            named("Luật Thủy lợi ngày 19 tháng 6 năm 2017", "L", "citation-law-by-name"),
            Ok(("vn/qh/l/2017/8".to_owned(), How::ActInForce)),
            "the day is the record's field; the name alone knows one law",
        ),
    ];
    for (m, want, why) in rows {
        assert_eq!(asked(LONG_AN, "2021", m, vec![act.clone()]), want, "{why}");
    }
}

/// A plan of Long An whose number is blank.
fn blank(id: &str, date: &str, subject: &str) -> Paper {
    Paper {
        code: Some("/KH-UBND".into()),
        type_code: Some("KH".into()),
        subject: Some(subject.into()),
        scope: Some("long-an/ubnd".into()),
        ..paper(id, LONG_AN, date, None, vec![])
    }
}

fn plan(number: &str, date: &str, title: &str) -> Mention {
    let key = format!("vn/long-an/ubnd/kh/2020/{number}");
    titled(mention("KH", &format!("{number}/KH-UBND"), date, Some("UBND tỉnh"), Some(&key)), title)
}

const REVIEW: &str = "triển khai tổng kết thực hiện Đề án xây dựng xã hội học tập trên địa bàn tỉnh Long An";
const CARRY_OUT: &str = "thực hiện Quyết định số 489/QĐ-TTg ngày 08/4/2020 của Thủ tướng Chính phủ trên địa bàn tỉnh Long An";

#[test]
fn a_blank_number_is_what_others_cite() {
    let citing = || paper("cites", "Sở Y tế tỉnh Long An", "2020-07", None, vec![plan("129", "2020-06-02", CARRY_OUT), plan("137", "2020-06-18", REVIEW)]);
    let key = |p: Paper| {
        let r = resolve(vec![p, citing()]);
        let own = r.papers.iter().position(|p| &*p.id == "blank").map(|i| r.works[r.own[i] as usize].key.clone());
        (own.unwrap_or_default(), r.matches.first().map(|m| (m.score > 0.95, m.runner_up.is_some())))
    };
    assert_eq!(key(blank("blank", "2020-06", CARRY_OUT)), ("vn/long-an/ubnd/kh/2020/129".to_owned(), Some((true, true))));
    assert_eq!(key(blank("blank", "2020-07", CARRY_OUT)).0, "doc/blank", "another month");
    assert_eq!(key(blank("blank", "2020-06", "tổ chức hội thi văn nghệ cho người khuyết tật")).0, "doc/blank", "another title");
}

#[test]
fn a_blank_number_with_two_near_candidates_is_refused() {
    let cites = vec![plan("129", "2020-06-02", CARRY_OUT), plan("131", "2020-06-04", CARRY_OUT)];
    let r = resolve(vec![blank("blank", "2020-06", CARRY_OUT), paper("cites", "Sở Y tế tỉnh Long An", "2020-07", None, cites)]);
    assert!(r.matches.is_empty());
    let named: Vec<&str> = r.refusals.iter().filter(|r| r.reason == Reason::BlankNumber).flat_map(|r| &r.candidates).map(String::as_str).collect();
    assert_eq!(named, ["vn/long-an/ubnd/kh/2020/129", "vn/long-an/ubnd/kh/2020/131"]);
    // Two papers near one work are as bad.
    let two = vec![blank("one", "2020-06", CARRY_OUT), blank("two", "2020-06", CARRY_OUT)];
    let r = resolve(two.into_iter().chain([paper("cites", "Sở Y tế tỉnh Long An", "2020-07", None, vec![plan("129", "2020-06-02", CARRY_OUT)])]).collect());
    assert!(r.matches.is_empty() && r.refusals.len() == 2, "{:?}", r.refusals);
}

#[test]
fn different_dates_of_one_number_are_kept() {
    let mentions = vec![plan("129", "2020-06-02", CARRY_OUT), plan("129", "2020-06-02", CARRY_OUT), plan("129", "2020-06-12", CARRY_OUT)];
    let r = resolve(vec![paper("cites", "Sở Y tế tỉnh Long An", "2020-07", None, mentions)]);
    let dates: Vec<(&str, u32)> = r.conflicts[0].values.iter().map(|v| (v.value.as_str(), v.times)).collect();
    assert_eq!((r.conflicts.len(), r.conflicts[0].field.as_str()), (1, "date"));
    assert_eq!(dates, [("2020-06-02", 2), ("2020-06-12", 1)]);
    assert_eq!(r.works.iter().find(|w| w.key.ends_with("/129")).and_then(|w| w.date.as_deref()), Some("2020-06-02"), "the more frequent one counts");
    // A date that is known less exactly differs from nothing.
    let r = resolve(vec![paper("cites", LONG_AN, "2020-07", None, vec![plan("129", "2020-06-02", CARRY_OUT), plan("129", "2020-06", CARRY_OUT)])]);
    assert_eq!(r.conflicts, []);
}

#[test]
fn a_plan_that_came_attached_is_a_part_of_its_act() {
    let act = mention("QĐ", "489/QĐ-TTg", "2020-04-08", None, Some("vn/ttg/qd/2020/489"));
    let attached = Paper { type_code: Some("KH".into()), attached_to: Some(0), ..paper("plan", "Thủ tướng Chính phủ", "", None, vec![act]) };
    let r = resolve(vec![attached]);
    let part = &r.works[r.own[0] as usize];
    assert_eq!((part.key.as_str(), part.part_of.as_deref()), ("vn/ttg/qd/2020/489#kh", Some("vn/ttg/qd/2020/489")));
}

#[test]
fn the_same_bytes_under_two_paths_are_one_paper() {
    let one = paper("same", LONG_AN, "2020", Some("vn/long-an/ubnd/kh/2020/1"), vec![]);
    let two = Paper { path: "copy.txt".into(), ..one.clone() };
    let r = resolve(vec![two, one]);
    let paths: Vec<&str> = r.works[0].held.iter().map(|c| c.path.as_str()).collect();
    assert_eq!((r.papers.len(), paths), (1, vec!["copy.txt", "same.txt"]));
}
