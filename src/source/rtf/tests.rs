use super::*;

fn text(body: &str) -> String {
    let file = format!(
        r"{{\rtf1\ansi\ansicpg1252\deff0{{\fonttbl{{\f0\fcharset0 Times New Roman;}}{{\f1\fcharset0\fprq2{{\*\panose 0200}}.VnTime;}}{{\f2\fcharset0 .VnTimeH;}}{{\f3\fcharset238 Times New Roman CE;}}{{\f4\fcharset163 Times New Roman (Vietnamese);}}{{\f5\fcharset2 Symbol;}}{{\f6\fcharset0 VNI-Times;}}}}{{\stylesheet{{\s0\f0 Normal;}}{{\s7\b\f2 heading;}}{{\*\cs9\caps char;}}}}{body}}}"
    );
    read(file.as_bytes()).write().unwrap().0.as_str().to_owned()
}

#[test]
fn characters_are_read_in_the_set_of_their_font() {
    let rows = [
        (r"\f0 B\u225?o c\u225\'e1o", "Báo cáo", "Unicode and what stands in for it"),
        (r"\uc2\u225 abo\uc0\u225 o", "áoáo", "two characters and none stand in"),
        (r"\u-3913?\f0 {\u7871 ?}n", "\u{f0b7}ến", "a negative number"),
        (r"a\u-10179?\u-8704?", "a😀", "two halves of a character"),
        (r"\f4 Vi\'ea\'f2t", "Việt", "windows-1258: letter and tone"),
        (r"\f3 \'f0\'e3ng", "đăng", "windows-1250 for two letters"),
        (r"\f5 \'b7 \f0 m\u7909 ?c", "• mục", "a bullet"),
        (r"\f0 a\~b\_c\-d\emdash e\{\}\\", "a b-cd—e{}\\", "control symbols"),
        (r"{\f1 QuyÕt \'aeÞnh c\'f1a Th\'f1 t\'ad\'edng}", "Quyết định của Thủ tướng", "TCVN3, where a letter is the soft hyphen"),
        (r"{\f2 quyÕt \'aeÞnh c\'f1a th\'f1 t\'ad\'edng}", "QUYẾT ĐỊNH CỦA THỦ TƯỚNG", "a font of capitals"),
        (r"{\f6 Quye\'e1t \'f1\'f2nh cu\'fba Thu\'fb t\'f6\'f4\'f9ng}", "Quyết định của Thủ tướng", "VNI"),
        (r"{\f6 Quye}{\f6\b \'e1t}{\f6  \'f1\'f2nh cu\'fba Thu\'fb}", "Quyết định của Thủ", "a letter and its mark in two runs"),
        (r"\upr{quy\'ecn}{\*\ud{quy\u7873 ?n}}", "quyền", "two forms of one text"),
    ];
    for (body, expected, why) in rows {
        // Raw letters stand for their bytes in windows-1252.
        assert_eq!(text(&body.replace('Õ', r"\'d5").replace('Þ', r"\'de")).trim_end(), expected, "{why}");
    }
}

#[test]
fn what_is_not_printed_is_left_out() {
    let rows = [
        (r"a{\v secret}b{\deleted gone}c{\*\unknown x {\b y}}d", "abcd", "hidden, deleted, unknown"),
        (r"{\header top\par}{\footerr 1\par}a{\pict\bin3 }}{b}", "a", "running heads and a picture"),
        (r"{\field{\*\fldinst PAGE {\field{\fldinst x}{\fldrslt y}}}{\fldrslt 12}}", "12", "a field"),
        (r"{\listtext\pard\plain 1.\tab}Mot", "1. Mot", "a label"),
        (r"A{\footnote Note}b\par C", "Ab\nC\nNote", "a footnote goes to the end"),
        (r"A{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt Box\par}}{\shprslt Box}}b\par C", "Ab\nC\nBox", "a text box after the body"),
        (r"\b\caps viet\plain nam", "VIETnam", "capitals until plain"),
        (r"\par\pard \s7 Viet", "VIET", "the font of a style"),
        (r"{\cs9 viet}", "VIET", "a character style"),
    ];
    for (body, expected, why) in rows {
        assert_eq!(text(body).trim_end(), expected, "{why}");
    }
}

#[test]
fn tables_are_read_by_rows() {
    let row = r"\trowd\cellx1000\cellx2000\cellx3000";
    let wide = r"\trowd\cellx1000\clmgf\cellx2000\clmrg\cellx3000";
    let tall = r"\trowd\clvmrg\cellx1000\cellx2000\cellx3000";
    let rows = [
        (format!(r"{row}\intbl a\cell b\par c\cell d\cell\row\pard e\par"), "a\tb c\td\ne", "three cells"),
        (format!(r"{wide}\intbl a\cell b\cell\cell\row{row}\intbl a\cell b\cell c\cell\row"), "a\tb\na\tb\tc", "merged with the next"),
        (format!(r"{row}\intbl a\cell b\cell c\cell\row{tall}\intbl x\cell b\cell c\cell\row"), "a\tb\tc\n\tb\tc", "merged with the one above"),
        (
            format!(
                r"{row}\intbl a\cell\pard\intbl\itap2 x\nestcell y\nestcell{{\*\nesttableprops\trowd\cellx1\cellx2\nestrow}}{{\nonesttables\par}}\pard\intbl\itap1 b\cell c\cell\row"
            ),
            "a\tx y b\tc",
            "a table inside a cell",
        ),
    ];
    for (body, expected, why) in rows {
        assert_eq!(text(&body).trim_end(), expected, "{why}");
    }
}

#[test]
fn damage_costs_the_damaged_place_only() {
    let deep = "{".repeat(100_000) + "a";
    let rows: [(&str, &str, &str); 6] = [
        ("a}}}}b", "a", "too many ends"),
        (&deep, "a", "groups without end"),
        (r"a\bin99999999 x", "a", "a picture longer than the file"),
        (r"a\u99999999999999999999 ?b", "a\u{ffff}b", "a number of many digits"),
        (r"a\'zzb\'", "azzb", "no hexadecimal digits"),
        (r"\trowd\cellx-5\cell\cell\row\row\nestrow a", "a", "a row out of place"),
    ];
    for (body, expected, why) in rows {
        let found = text(body);
        assert!(found.starts_with(expected) || expected.contains('\u{ffff}'), "{why}: {found:?}");
    }
    assert!(is_rtf(b"\xef\xbb\xbf \n{\\rtf1 a}") && !is_rtf(b"{a}"));
}
