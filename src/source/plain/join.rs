//! Whether a line goes on with the paragraph of the line before it: lines that were wrapped, cut by a page or inside a symbol.

use super::{Line, has_tab, is_caps, is_page_number, width};
use crate::lexicon::lexicon;
use crate::marker::{self, Kind, marker};
use crate::source::syllable;
use crate::text::{fold, head, opens_with, tail};

/// The width at which lines are broken, when the source breaks every line: no long lines, and many that go on in
/// small letters on the next line.
pub(super) fn wrap_width(lines: &[Line]) -> Option<usize> {
    let prose: Vec<&Line> = lines.iter().filter(|l| !has_tab(l.text)).collect();
    let long = prose.iter().filter(|l| l.width > 130).count();
    if prose.len() < 8 || long * 25 > prose.len() {
        return None;
    }
    let mut widths: Vec<usize> = prose.iter().map(|l| l.width).filter(|&w| w > 40).collect();
    let broken = prose.windows(2).filter(|w| w[0].width > 40 && !ends_sentence(w[0].text) && starts_small(w[1].text)).count();
    if broken < 3 || broken * 5 < widths.len() {
        return None;
    }
    let place = widths.len() * 9 / 10;
    let (_, width, _) = widths.select_nth_unstable(place);
    Some(*width)
}

pub(super) fn ends_sentence(s: &str) -> bool {
    matches!(s.trim_end_matches(['*', '”', '"', ')', '_']).chars().next_back(), Some('.' | ';' | ':' | '?' | '!'))
}

pub(super) fn starts_small(s: &str) -> bool {
    s.trim_start_matches(['*', '(', '“', '"', '_']).chars().next().is_some_and(char::is_lowercase)
}

/// Last words of a line that the next line must complete, beside "thực hiện" and "Phụ lục"; "Lưu:" ends Nơi nhận.
const OPEN_ENDS: &[&str] = &[
    "số", "sô", "Số", "ngày", "tháng", "năm", "Điều", "khoản", "điểm", "mục", "Mục", "Chương", "của", "và", "về", "các", "quý", "với", "tại", "do", "theo",
    "cho", "từ", "đến", "bằng", "Luật", "Lưu:",
];

/// A name that is cut in two: "Thông tư số … của Bộ" above "Tài chính …", "Xét đề nghị của Giám đốc" above "Sở Y tế".
pub(super) fn ends_in_name(s: &str) -> bool {
    const NAMES: &[&str] = &["Bộ", "Bộ trưởng", "Sở", "Ủy ban", "Giám đốc", "Chủ tịch", "Chánh", "Thủ trưởng", "Trưởng", "Cục trưởng", "Chi cục trưởng"];
    NAMES.iter().any(|name| s.strip_suffix(name).is_some_and(|rest| rest.ends_with(" của ")))
}

/// Whether a line of a title in capitals ends with a word that the next one must complete.
fn ends_open_in_caps(line: &Line) -> bool {
    const WORDS: &[&str] = &["CỦA", "VÀ", "VỀ", "CÁC", "VỚI", "TẠI", "THEO", "CHO", "TỪ", "ĐẾN", "TRONG", "BẰNG"];
    line.caps && line.text.rsplit_once(' ').is_some_and(|(_, word)| WORDS.contains(&word))
}

pub(super) fn ends_open(s: &str) -> bool {
    let s = s.trim_end_matches(['*', ' ']);
    let last = s.rsplit_once(' ').map_or(s, |(_, word)| word);
    let whole = |words: &str| s.strip_suffix(words).is_some_and(|head| head.is_empty() || head.ends_with(' '));
    let name = ends_in_name(s);
    s.ends_with(',') || OPEN_ENDS.contains(&last) || name || last == "hiện" && whole("thực hiện") || last == "lục" && (whole("Phụ lục") || whole("phụ lục"))
}

/// "… theo khoản 2 Điều" at the end of a line: the number on the next line is no label.
pub(super) fn ends_before_number(line: &Line) -> bool {
    const OPENERS: &[&str] = &["số", "sô", "ngày", "tháng", "năm", "điều", "khoản", "điểm", "mục", "chương", "lục", "quý", "và"];
    let last = line.text.rsplit_once(' ').map_or(line.text, |(_, w)| w);
    !line.caps && OPENERS.iter().any(|w| w.len() == last.len()) && OPENERS.contains(&fold(last).as_str())
}

/// Words with which a new part of the paper begins, whatever stood before.
pub(super) fn starts_part(s: &str) -> bool {
    const STARTS: &[&str] = &[
        "Căn cứ ",
        "Nơi nhận",
        "Kính gửi",
        "Kính trình",
        "Số:",
        "Số :",
        "V/v",
        "v/v",
        "Về việc",
        "Phụ lục",
        "PHỤ LỤC",
        "TM.",
        "KT.",
        "TL.",
        "TUQ.",
        "T/M",
        "K/T",
        "T/L",
        "Q.",
        "Lưu:",
        "Lưu ý:",
        "Ghi chú:",
        "CỘNG HÒA",
        "CỘNG HOÀ",
        "ĐẢNG CỘNG SẢN",
        "Độc lập",
        "Kèm theo",
        "Mẫu số",
        "Biểu số",
        "Trân trọng",
    ];
    let s = s.trim_start_matches(['*', '#', ' ', '_']);
    opens_with(s, STARTS)
}

/// Whether a line stands before the place and date: "Hà Nội, ngày 05 tháng 3 năm 2026".
pub(super) fn is_place_and_date(s: &str) -> bool {
    s.len() < 120 && s.contains(", ngày") && s.contains("tháng") && width(s) < 70
}

/// Whether `next` goes on with the paragraph that `line` ends.
pub(in crate::source) fn joins(line: &Line, next: &Line, wrap: Option<usize>) -> bool {
    if !next.gap && is_cut_name(line, next.text) {
        return true;
    }
    if starts_part(next.text) || is_place_and_date(next.text) || is_place_and_date(line.text) {
        return false;
    }
    let open = ends_open(line.text);
    if is_cut_symbol(line.text, next.text) || is_cut_date(line.text, next.text) || next.caps && !next.gap && ends_open_in_caps(line) {
        return true;
    }
    let bare = strip_marks(next.text);
    if let Some(m) = marker(bare) {
        return continues_over_marker(line, &m, bare, open);
    }
    if wrap.is_some() && goes_on_in_heading(line, next) {
        return true;
    }
    if is_label(line.text) {
        return !next.gap && next.text.starts_with(char::is_uppercase);
    }
    if line.caps != next.caps && !open {
        return false;
    }
    let ended = ends_sentence(line.text);
    if next.gap {
        // "… quý IV năm" above "2026.", "Nghị định số" above "23/2020/NĐ-CP".
        let counts = [" năm", " tháng", " quý", " số", " sô"].iter().any(|w| line.text.ends_with(w)) && next.text.starts_with(|c: char| c.is_ascii_digit());
        let goes_on = starts_small(next.text) || ends_in_name(line.text) || counts;
        return !ended && goes_on && !line.caps && (wrap.is_none() || line.width * 10 > wrap.unwrap_or(0) * 6);
    }
    match wrap {
        None => !ended && (starts_small(next.text) || ends_in_name(line.text)),
        Some(width) => joins_wrapped(line, next, width, ended),
    }
}

/// "1.2." or "a)" on a line of its own, as saved pages have it.
pub(super) fn is_label(line: &str) -> bool {
    let Some(key) = line.strip_suffix(['.', ')']) else { return false };
    let number = !key.is_empty() && key.len() <= 8 && key.split('.').all(|n| (1..=2).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()));
    number || line.ends_with(')') && marker::LETTERS.contains(&key)
}

/// A dash may join two halves of a name, a number may stand after "Điều" at a line's end.
pub(super) fn continues_over_marker(line: &Line, m: &marker::Marker, next: &str, open: bool) -> bool {
    const HALVES: &[&str] = &["- Thương binh", "- Khen thưởng", "- Truyền hình", "- Chi nhánh", "- Kiến trúc", "- Thường trực"];
    match m.kind {
        Kind::Dash => {
            // A position in capitals may stand beside an item of Nơi nhận.
            let beside = line.text.contains(';') && line.text.rsplit(' ').next().is_some_and(is_caps);
            is_span_of_years(line.text, &next[m.len..])
                || opens_with(next, HALVES) && !line.caps && !ends_sentence(line.text) && !line.text.ends_with(',') && !beside
                || !ends_sentence(line.text) && !line.text.ends_with(',') && next[m.len..].chars().next().is_some_and(char::is_lowercase)
        }
        // "… chuyển đổi số" above "5.1. Sở …" is a heading above a part of it.
        Kind::Number => open && ends_before_number(line),
        _ => false,
    }
}

/// "giai đoạn 2026" above "- 2030": no dash begins with a year behind a year.
pub(super) fn is_span_of_years(line: &str, next: &str) -> bool {
    let year = |s: &str| s.len() == 4 && s.bytes().all(|b| b.is_ascii_digit());
    let first = next.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    line.rsplit(' ').next().is_some_and(year) && year(first)
}

/// Whether what comes next is joined to a line without a blank.
pub(in crate::source) fn is_glued(line: &str) -> bool {
    line.ends_with(['-', '/']) && !line.ends_with(" -")
}

/// Whether a cell as narrow as a code broke it in two: "21/2011/N" and "Đ-CP", "KH26.01." and "1", an address. The
/// first part fills its line alone.
pub(in crate::source) fn is_broken_code(line: &str, next: &str) -> bool {
    let first = next.split(' ').next().unwrap_or_default();
    if first.starts_with([')', ',', ';', '.', '”']) {
        return true;
    }
    let code = |s: &str| !s.chars().any(char::is_lowercase) && s.chars().any(char::is_alphanumeric);
    let address = |s: &str| s.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_/@:(),;".contains(c));
    if address(line)
        && address(first)
        && format!("{line}{first}").contains(".vn")
        && !line.contains(".vn")
        && first.starts_with(|c: char| c.is_ascii_lowercase())
    {
        return true;
    }
    // Half words are no syllables: "Telehealt" and "h", "ngày/tuầ" and "n".
    let half = |s: &str| s.chars().all(char::is_alphabetic) && !syllable::is_syllable(&s.chars().collect::<Vec<char>>());
    let last = line.rsplit('/').next().unwrap_or(line);
    if !line.contains(' ') && half(first) && first.starts_with(char::is_lowercase) && (half(last) || last != line) {
        return true;
    }
    let joint = line.contains(['/', '.', ':', '-']) && line.contains(|c: char| c.is_ascii_digit());
    let whole = line.rsplit(['/', '-', '.']).next().is_some_and(|y| y.len() == 4 && y.starts_with(['1', '2'])) && line.len() <= 10;
    !line.contains(' ') && joint && !whole && code(line) && (code(first) || first.contains('-') && first.starts_with(char::is_uppercase))
}

/// "52-" and "CT/TW", "1744/" and "QĐ-BGTVT": a symbol cut at the end of a line.
pub(super) fn is_cut_symbol(line: &str, next: &str) -> bool {
    // "QCVN" above "47:2022/BTNMT": a standard and its number.
    if (line.ends_with(" QCVN") || line.ends_with(" TCVN")) && next.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let mut end = line.chars().rev();
    matches!(end.next(), Some('-' | '/')) && end.next().is_some_and(char::is_alphanumeric) && next.starts_with(char::is_uppercase)
}

/// Whether a heading in capitals with a Roman number goes on: "I. CĂN CỨ" and "XÂY DỰNG KẾ HOẠCH". A body may be a heading of its own.
fn goes_on_in_heading(line: &Line, next: &Line) -> bool {
    let numbered = || marker(strip_marks(line.text)).is_some_and(|m| m.kind == Kind::Roman);
    line.caps && next.caps && !next.gap && !ends_sentence(line.text) && numbered() && lexicon().heads.at(&fold(next.text), 0).is_none()
}

/// Whether a line breaks a date or number behind a word that announces it: "… NGÀY" and "27/7/2020", "Số:" and "24/KH-UBND". A
/// single word may be the heading of a column.
fn is_cut_date(line: &str, next: &str) -> bool {
    let Some((_, word)) = line.rsplit_once(' ') else { return line == "Số:" && is_symbol(next) };
    let digits = next.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &next[digits..];
    let rest_is = |words: &[&str]| opens_with(rest, words);
    match fold(word).as_str() {
        "ngày" => (1..=2).contains(&digits) && rest_is(&["/", " tháng ", " THÁNG "]),
        "tháng" => (1..=2).contains(&digits) && rest_is(&["/", " năm ", " NĂM "]),
        "năm" => digits == 4 && !rest_is(&["/"]),
        "số" => digits > 0 && is_symbol(next.split([' ', ',', ';']).next().unwrap_or_default()),
        // "… NGÀY 29" above "THÁNG 8 NĂM 2005", "… NĂM 2019 -" above "2020".
        "-" => digits == 4 && is_span_of_years(line.trim_end_matches([' ', '-']), next),
        _ if word.bytes().all(|b| b.is_ascii_digit()) => {
            let before = tail(line, 24);
            let unit = before[..before.len() - word.len()].trim_end().rsplit(' ').next().map(fold).unwrap_or_default();
            unit == "ngày" && rest_is(&["THÁNG ", "tháng "]) || unit == "tháng" && rest_is(&["NĂM ", "năm "])
        }
        _ => false,
    }
}

/// Whether this is a number and symbol alone, as far as its look tells: "24/KH-UBND", "27-KL/TW".
fn is_symbol(s: &str) -> bool {
    let digits = s.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && s[digits..].starts_with(['/', '-']) && !s.contains(' ') && s.contains(char::is_uppercase)
}

/// Whether a line holds the first word alone of a name that goes on below: "ỦY" and "BAN NHÂN DÂN", "Thừa" and "Thiên Huế, ngày …".
fn is_cut_name(line: &Line, next: &str) -> bool {
    if line.text.contains(' ') || line.text.len() > LONGEST_WORD || !line.text.starts_with(char::is_uppercase) {
        return false;
    }
    let whole = || fold(&format!("{} {}", line.text, head(next, 4 * LONGEST_WORD)));
    let spans = |found: Option<usize>| found.is_some_and(|end| end > line.text.len());
    if !line.caps {
        // No name of a place but few has one syllable.
        let halved = || next.split_once(',').is_some_and(|(place, _)| !place.contains(' ') && !matches!(place, "Huế" | "Vinh"));
        return is_place_and_date(next) && (spans(lexicon().province_names.at(&whole(), 0).map(|f| f.0)) || halved());
    }
    next.starts_with(char::is_uppercase) && {
        let whole = whole();
        let body = || [lexicon().heads.at(&whole, 0).map(|f| f.0), lexicon().agency_names.at(&whole, 0).map(|f| f.0)].into_iter().any(spans);
        opens_with(&whole, &["cộng hòa xã hội", "đảng cộng sản"]) || body()
    }
}

/// No syllable of Vietnamese has more bytes.
const LONGEST_WORD: usize = 12;

pub(super) fn joins_wrapped(line: &Line, next: &Line, width: usize, ended: bool) -> bool {
    if line.caps {
        return false;
    }
    let word = next.text.split(' ').next().map_or(0, self::width);
    // Had the next word fitted, the break was meant. Letters differ in width, so a tenth is allowed for.
    let forced = (line.width + 1 + word) * 100 > width * 90;
    if starts_small(next.text) && !ended {
        return true;
    }
    let list_item = line.text.ends_with(';') && opens_with(next.text, &["Theo ", "Xét ", "Thực hiện ", "Trên cơ sở "]);
    if line.text.ends_with(':') || line.text.ends_with("./.") || list_item {
        return false;
    }
    // "14. Tổ chức thực hiện" above "Giao Sở Y tế …": half a line with a label is a heading, whatever its last word.
    let heading = line.width * 2 < width && next.text.starts_with(char::is_uppercase) && marker(strip_marks(line.text)).is_some_and(|m| m.kind <= Kind::Letter);
    let open = ends_open(line.text) && !line.text.ends_with(',') && !heading;
    let opens_list = ended && next.text.ends_with(':') && (line.width + 1 + word) * 100 < width * 97;
    (forced || open) && !opens_list
}

/// Whether `next` goes on with the paragraph where the page shows it: the line before reached the right edge (`full`),
/// the next one stands at the margin or further in (`indented`).
pub(in crate::source) fn joins_placed(line: &Line, next: &Line, full: bool, indented: bool) -> bool {
    if names_its_act(next.text) || opens_next_basis(line.text, next.text) {
        return false;
    }
    let open = ends_open(line.text);
    let runs_on = full && !indented;
    // "… quy định tại" at the right edge: what follows begins no part.
    if starts_part(next.text) && !(runs_on && open && !line.caps) || is_place_and_date(next.text) || is_place_and_date(line.text) {
        return false;
    }
    if is_cut_symbol(line.text, next.text) || runs_on && is_glued(line.text) || next.text.starts_with('/') {
        return true;
    }
    // Dots to be written on end a line of a form.
    if line.text.ends_with("....") {
        return false;
    }
    if is_page_number(next.text) || names_position(next.text) && !open {
        return false;
    }
    if let Some(m) = marker(next.text) {
        // "… phối hợp với Phòng An toàn" at the right edge, "- An ninh và …" below it: no sentence ended.
        let halved = runs_on && m.kind == Kind::Dash && next.text.starts_with("- ") && !line.caps && !line.text.ends_with(['.', ';', ':', ',', '!', ')', '”']);
        return !indented && continues_over_marker(line, &m, next.text, open) || halved || runs_on && m.kind == Kind::Number && ends_before_number(line);
    }
    let ended = ends_sentence(line.text);
    if starts_small(next.text) && !ended && !line.caps {
        return true;
    }
    // "Phụ lục DANH MỤC NHIỆM VỤ …" goes on in capitals.
    let ends_in_caps = || line.text.rsplit(' ').take(3).all(is_caps);
    if line.caps != next.caps && !open && !(runs_on && next.caps && ends_in_caps()) {
        return false;
    }
    runs_on || open && !indented && line.width > 40 && !line.text.ends_with(',')
}

/// Whether a line is the one under the title of an annex that names its act (NĐ 30/2020/NĐ-CP, Phụ lục I): "(Kèm theo
/// Quyết định số 12/QĐ-UBND …)". In running text the brackets are no line by themselves.
pub(super) fn names_its_act(line: &str) -> bool {
    line.ends_with(')') && ["(Kèm theo ", "(Ban hành kèm theo "].iter().any(|start| line.starts_with(start))
}

/// Whether a line begins the next of the grounds of a paper, which stand each in a paragraph of its own and end in a
/// semicolon; behind one, these words are small inside a sentence.
pub(super) fn opens_next_basis(line: &str, next: &str) -> bool {
    line.ends_with(';') && ["Thực hiện ", "Xét ", "Theo đề nghị ", "Theo Tờ trình "].iter().any(|start| next.starts_with(start))
}

/// Whether a line in capitals begins with the position of who signs (NĐ 30/2020/NĐ-CP, Điều 13).
pub(super) fn names_position(s: &str) -> bool {
    const POSITIONS: &[&str] = &["CHỦ TỊCH", "PHÓ ", "GIÁM ĐỐC", "BỘ TRƯỞNG", "THỨ TRƯỞNG", "CHÁNH ", "TRƯỞNG ", "THỦ TƯỚNG", "BÍ THƯ", "CỤC TRƯỞNG", "TỔNG "];
    is_caps(s) && POSITIONS.iter().any(|p| s.starts_with(p))
}

/// Whether the second of two centred lines goes on with the first: both in capitals or both not, the first one open
/// or as wide as the page.
pub(in crate::source) fn goes_on_in_title(line: &Line, next: &Line, wide: bool) -> bool {
    // "… trên nền tảng số" above "Thời gian qua": only figures go on with "số".
    let counts = !line.text.ends_with(" số") || next.text.starts_with(|c: char| c.is_ascii_digit());
    let open = ends_open(line.text) && counts || ends_open_in_caps(line) || wide && !ends_sentence(line.text);
    line.caps == next.caps && open && !starts_part(next.text) && !names_its_act(next.text) && marker(next.text).is_none()
}

/// A line without the Markdown marks at its start.
pub(super) fn strip_marks(s: &str) -> &str {
    let mut s = s.trim_start_matches('#').trim_start();
    while let Some(rest) = s.strip_prefix("**") {
        s = rest.trim_start();
    }
    s
}
