//! Tables whose cells arrive one under the other, as PDF readers print them.
//!
//! The heading ("STT", "Nội dung", "Cơ quan", "chủ trì" …) tells the columns; rows start with their number. Which
//! lines of a row belong to which cell is decided for the whole row at once: every way to cut the lines into cells
//! is weighed by how well each cell reads as what its column holds.

use super::plain::{self, Line};
use crate::lexicon::{Column, lexicon};
use crate::marker::roman_value;
use crate::text::{fold, head, is_word_end, opens_with};
use std::ops::Range;

/// A table found in a run of lines.
#[derive(Debug)]
pub(super) struct FlatTable {
    /// The lines that it takes.
    pub lines: Range<usize>,
    /// Rows of cells of pieces, the heading first.
    pub rows: Vec<Vec<Vec<Piece>>>,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Index of the line.
    pub line: usize,
    /// Bytes of it.
    pub range: Range<usize>,
}

/// A heading takes at most this many lines.
const MOST_HEADING_LINES: usize = 24;
/// A row takes at most this many lines; more are no row of a task table.
const MOST_ROW_LINES: usize = 90;

/// The title of a group takes at most this many lines, its number with it.
const MOST_GROUP_LINES: usize = 5;

/// Finds the tables among the lines of a text, which is hard-wrapped or has `whole` cells on its lines.
pub(super) fn find(lines: &[Line], whole: bool) -> Vec<FlatTable> {
    let mut tables = Vec::new();
    let mut i = 0;
    while i < lines.len() {
        match heading(lines, i).and_then(|h| read(lines, i, h, whole)) {
            Some(table) => {
                i = table.lines.end;
                tables.push(table);
            }
            None => i += 1,
        }
    }
    tables
}

/// The columns of a heading and the line after it.
#[derive(Debug, Clone)]
struct Heading {
    columns: Vec<Column>,
    cells: Vec<Vec<Piece>>,
    end: usize,
}

/// Reads a heading that starts at a line "STT" or "TT".
fn heading(lines: &[Line], start: usize) -> Option<Heading> {
    let (mut columns, mut cells, mut i) = if plain::cells(lines[start].text).is_some() { heading_row(lines, start)? } else { heading_number(lines, start)? };
    while i < lines.len().min(start + MOST_HEADING_LINES) {
        let Some((column, end)) = heading_cell(lines, i) else { break };
        columns.push(column);
        cells.push((i..end).map(|l| whole(lines, l)).collect());
        i = end;
    }
    let has = |c| columns.contains(&c);
    (columns.len() >= 3 && has(Column::Task) && has(Column::Lead)).then_some(Heading { columns, cells, end: i })
}

/// The columns of a heading so far, where their names stand, and the line after them.
type Opening = (Vec<Column>, Vec<Vec<Piece>>, usize);

/// "STT" or "TT" on a line of its own.
fn heading_number(lines: &[Line], start: usize) -> Option<Opening> {
    if lines[start].text.len() > LONGEST_NUMBER_HEADING {
        return None;
    }
    let first = fold(lines[start].text);
    if !is_number_heading(&first) {
        return None;
    }
    let mut cell = vec![whole(lines, start)];
    if first == "số" {
        matches!(fold(lines.get(start + 1)?.text).as_str(), "tt" | "thứ tự").then_some(())?;
        cell.push(whole(lines, start + 1));
    }
    let end = start + cell.len();
    Some((vec![Column::Number], vec![cell], end))
}

/// A heading that is a row, where the rows below it lost their strokes: every cell is a line of its own.
fn heading_row(lines: &[Line], start: usize) -> Option<Opening> {
    let line = &lines[start];
    let named = plain::cells(line.text)?;
    if named[0].len() > LONGEST_NUMBER_HEADING || !is_number_heading(&fold(named[0])) || lines.get(start + 1).is_none_or(|l| plain::cells(l.text).is_some()) {
        return None;
    }
    let mut columns = vec![Column::Number];
    columns.extend(named[1..].iter().map(|c| lexicon().columns.exact(fold(c).trim_matches(['*', ' ', '.', ':'])).copied()).collect::<Option<Vec<Column>>>()?);
    let place = |c: &str| c.as_ptr() as usize - line.text.as_ptr() as usize;
    let cells = named.iter().map(|c| vec![Piece { line: start, range: place(c)..place(c) + c.len() }]).collect();
    Some((columns, cells, start + 1))
}

/// "Số thứ tự" with marks around it is no longer, in bytes.
const LONGEST_NUMBER_HEADING: usize = 24;

fn is_number_heading(folded: &str) -> bool {
    matches!(folded.trim_matches(['*', ' ', '.']), "stt" | "tt" | "số tt" | "số" | "số thứ tự")
}

/// The longest run of lines from `i` that is a column's heading.
fn heading_cell(lines: &[Line], i: usize) -> Option<(Column, usize)> {
    let mut joined = String::new();
    let mut best = None;
    for (n, line) in lines[i..].iter().take(4).enumerate() {
        if n > 0 {
            joined.push(' ');
        }
        joined.push_str(&fold(line.text));
        let bare = without_brackets(&joined);
        let bare = bare.trim().trim_end_matches(['.', ':', '*']);
        if let Some(column) = lexicon().columns.exact(bare).copied().or_else(|| one_of_two(bare)) {
            best = Some((column, i + n + 1));
        }
    }
    best
}

/// "cấp trình/ phê duyệt": two names of a column, of which the second may leave out the first word.
fn one_of_two(bare: &str) -> Option<Column> {
    let (first, second) = bare.split_once('/').map(|(a, b)| (a.trim(), b.trim()))?;
    let column = *lexicon().columns.exact(first)?;
    let word = first.split(' ').next().unwrap_or_default();
    let second = lexicon().columns.exact(second).or_else(|| lexicon().columns.exact(&format!("{word} {second}")))?;
    (*second == column).then_some(column)
}

/// "đơn vị phối hợp (bộ/ngành)" without what the brackets say; one that is still open hides all behind it.
fn without_brackets(folded: &str) -> String {
    let (before, inside) = folded.split_once('(').unwrap_or((folded, ""));
    let behind = inside.split_once(')').map_or("", |(_, behind)| behind);
    format!("{}{behind}", before.trim_end())
}

fn read(lines: &[Line], start: usize, heading: Heading, whole_cells: bool) -> Option<FlatTable> {
    let mut rows: Vec<Vec<Vec<Piece>>> = vec![heading.cells.clone()];
    let repeated: Vec<String> = (start..heading.end).map(|l| fold(lines[l].text)).collect();
    let mut i = heading.end;
    let mut number = 0;
    let mut letter = None;
    let mut row_starts: Vec<(usize, RowKind)> = Vec::new();
    let mut skipped: Vec<usize> = Vec::new();
    while i < lines.len() {
        // The number of the page may stand above the heading.
        let page = usize::from(lines[i].text.len() <= 4 && lines[i].text.bytes().all(|b| b.is_ascii_digit()));
        if repeats(lines, i + page, &repeated) {
            skipped.extend(i..i + page + repeated.len());
            i += page + repeated.len();
            // A heading that is printed again and again above no row heads nothing.
            if row_starts.is_empty() && skipped.len() > 2 * repeated.len() {
                return None;
            }
            continue;
        }
        if goes_on_below(lines, i, &row_starts) {
            break;
        }
        // The rows of a group may be counted from 1 again.
        let below_group = row_starts.last().is_some_and(|&(at, kind)| kind == RowKind::Group && i - at <= MOST_GROUP_LINES);
        let groups = row_starts.iter().filter(|r| r.1 == RowKind::Group).count();
        let again = || row_start(lines, i, 0, groups).filter(|_| below_group).map(|kind| (kind, 1));
        if let Some((kind, now)) = row_start(lines, i, number, groups).map(|kind| (kind, number + 1)).or_else(again) {
            number = if kind == RowKind::Duty { now } else { number };
            letter = None;
            row_starts.push((i, kind));
        } else if let Some(next) = part_start(lines[i].text, letter).filter(|_| whole_cells) {
            letter = next;
            row_starts.push((i, RowKind::Duty));
        } else if ends_table(lines, i, row_starts.last().map_or(heading.end, |r| r.0)) {
            break;
        }
        i += 1;
    }
    if row_starts.len() < 2 || row_starts[0].0 > heading.end + 6 {
        return None;
    }
    let end = i;
    for (n, &(first, kind)) in row_starts.iter().enumerate() {
        let stop = row_starts.get(n + 1).map_or(end, |r| r.0);
        let own: Vec<usize> = (first..stop).filter(|l| !skipped.contains(l)).collect();
        // Lines after a repeated heading go on with the row's cells from the left.
        let fragments = fragments(&own);
        rows.push(match kind {
            RowKind::Group => vec![own.iter().map(|&l| whole(lines, l)).collect()],
            RowKind::Duty => row(lines, &fragments, &heading.columns, whole_cells),
        });
    }
    Some(FlatTable { lines: start..end, rows })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowKind {
    Duty,
    Group,
}

/// "5.", "5", "5. Xây dựng …" with the number that is due; "II. …", or "II" above its words, heads a group.
fn row_start(lines: &[Line], i: usize, last: u32, groups: usize) -> Option<RowKind> {
    let s = lines[i].text.trim_matches('*');
    let label_len = s.find(['.', ' ', ')']).unwrap_or(s.len());
    let label = &s[..label_len];
    if let Ok(n) = label.parse::<u32>() {
        let rest = s[label_len..].trim_start_matches(['.', ')', ' ']);
        let capital = rest.is_empty() || rest.starts_with(|c: char| c.is_uppercase() || c == '“' || c == '-');
        return (n == last + 1 && capital && label.len() <= 3).then_some(RowKind::Duty);
    }
    if label.len() == s.len() {
        let next = lines.get(i + 1).is_some_and(|l| l.text.starts_with(char::is_uppercase) && roman_value(l.text).is_none());
        return (next && roman_value(label).is_some_and(|n| n as usize == groups + 1)).then_some(RowKind::Group);
    }
    // "C. KIỂM TRA, BÁO CÁO": groups may have letters where their titles are in capitals.
    let letter = lines[i].caps && label.len() == 1 && label.starts_with(|c: char| c.is_ascii_uppercase());
    let group = (letter || roman_value(label).is_some())
        && s[label_len..].starts_with(['.', ' '])
        && s[label_len..].trim_start_matches(['.', ' ']).starts_with(char::is_uppercase);
    group.then_some(RowKind::Group)
}

/// Whether the paper goes on here below its table: "III. TỔ CHỨC THỰC HIỆN", or another heading above "1. Giao Sở Y tế …" where
/// the rows have their numbers on lines of their own.
fn goes_on_below(lines: &[Line], i: usize, rows: &[(usize, RowKind)]) -> bool {
    const SECTIONS: &[&str] =
        &["tổ chức thực hiện", "kinh phí thực hiện", "phân công thực hiện", "trách nhiệm thực hiện", "chế độ báo cáo", "chế độ thông tin"];
    let label = |i: usize| lines.get(i).map(|l| l.text.trim_matches('*')).and_then(|s| s.split_once('.')).map(|(n, rest)| (n, rest.trim()));
    let is_number = |n: &str| n.len() <= 3 && n.parse::<u32>().is_ok();
    let Some((number, title)) = label(i).filter(|_| !rows.is_empty()) else { return false };
    let is_roman = roman_value(number).is_some();
    if (is_roman || is_number(number)) && opens_with(&fold(title), SECTIONS) {
        return true;
    }
    let alone = |i: usize| lines[i].text.trim_matches(['*', '.', ')', ' ']).parse::<u32>().is_ok();
    let restarts = || label(i + 1).is_some_and(|(n, rest)| n == "1" && rest.contains(' '));
    is_roman && rows.iter().filter(|r| r.1 == RowKind::Duty).all(|r| alone(r.0)) && restarts()
}

/// Letters that count parts, in their order; f, j, w and z are none of the alphabet.
const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";

/// "b)" after "a)" or "2.1" alone on a line counts a part of the row above; the place of the letter.
fn part_start(text: &str, last: Option<usize>) -> Option<Option<usize>> {
    let key = text.trim_matches(['*', ' ']).trim_end_matches(['.', ')']);
    let decimal = key.contains('.') && key.len() <= 8 && key.split('.').all(|n| (1..=2).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()));
    if decimal {
        return Some(None);
    }
    let letter = LETTERS.chars().position(|c| key.chars().eq([c])).filter(|_| text.trim_end_matches('*').ends_with(')'))?;
    (letter == last.map_or(0, |n| n + 1)).then_some(Some(letter))
}

/// The heading printed again on the next page.
fn repeats(lines: &[Line], i: usize, heading: &[String]) -> bool {
    i + heading.len() <= lines.len() && heading.iter().zip(&lines[i..]).all(|(h, l)| h.len() == l.text.len() && *h == fold(l.text))
}

/// What cannot stand in a row: the closing, another annex, a row that never ends.
fn ends_table(lines: &[Line], i: usize, row: usize) -> bool {
    let s = lines[i].text;
    // What tells it stands first.
    let folded = fold(head(s, 32));
    let article = folded.strip_prefix("điều ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let opening = article || opens_with(&folded, &["nơi nhận", "phụ lục", "kính gửi", "trên đây là", "căn cứ "]);
    opening && s.starts_with(char::is_uppercase) || opens_with(&folded, &["tm. ", "kt. ", "tl. ", "tuq. "]) && lines[i].caps || i > row + MOST_ROW_LINES
}

fn fragments(own: &[usize]) -> Vec<Vec<usize>> {
    let mut fragments: Vec<Vec<usize>> = Vec::new();
    for &line in own {
        match fragments.last_mut() {
            Some(last) if last.last().is_some_and(|&l| l + 1 == line) => last.push(line),
            _ => fragments.push(vec![line]),
        }
    }
    fragments
}

fn whole(lines: &[Line], line: usize) -> Piece {
    Piece { line, range: 0..lines[line].text.len() }
}

/// The cells of a row, its number first.
fn row(lines: &[Line], fragments: &[Vec<usize>], columns: &[Column], whole_cells: bool) -> Vec<Vec<Piece>> {
    let mut cells: Vec<Vec<Piece>> = vec![Vec::new(); columns.len()];
    for (n, fragment) in fragments.iter().enumerate() {
        let mut pieces: Vec<Piece> = fragment.iter().flat_map(|&l| if whole_cells { vec![whole(lines, l)] } else { split(lines, l) }).collect();
        if n == 0
            && let Some(first) = pieces.first_mut()
        {
            let s = &lines[first.line].text[first.range.clone()];
            let alone = whole_cells && part_start(s, LETTERS.chars().position(|c| s.starts_with(c)).and_then(|n| n.checked_sub(1))).is_some();
            let digits = if alone { s.len() } else { s.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(s.len()) };
            cells[0].push(Piece { line: first.line, range: first.range.start..first.range.start + digits });
            let rest = digits + s[digits..].len() - s[digits..].trim_start().len();
            first.range.start += rest;
            if first.range.is_empty() {
                pieces.remove(0);
            }
        }
        // As many lines as cells, each a whole cell, need no weighing.
        let columns_of = match whole_cells && pieces.len() + 1 == columns.len() {
            true => (0..pieces.len()).collect(),
            false => assign(lines, &pieces, &columns[1..], Fragment { opens: n == 0, alone: fragments.len() == 1, whole_cells }),
        };
        for (column, piece) in columns_of.into_iter().zip(pieces) {
            cells[column + 1].push(piece);
        }
    }
    cells
}

/// A line may hold the end of one cell and the whole of the next: "… theo lộ trình phù hợp Bộ Y tế".
fn split(lines: &[Line], line: usize) -> Vec<Piece> {
    let s = lines[line].text;
    let folded = fold(s);
    let begins_with_body = s.starts_with(char::is_uppercase) && lexicon().heads.at(&folded, 0).is_some();
    let cut = s.char_indices().filter(|&(n, c)| n > 0 && c == ' ').map(|(n, _)| n + 1).find(|&n| {
        let rest = &folded[n..];
        let capital = s[n..].starts_with(char::is_uppercase);
        // "Hội đồng Đội Trung ương", "Ban Quản lý các dự án Bộ Xây dựng" are one name.
        let agency = !begins_with_body
            && lexicon().agency_names.at(&folded, n).is_some_and(|(end, &i)| end == folded.len() && lexicon().agencies[i].name.contains(' '))
            && !s[..n].trim_end().ends_with([',', ';']);
        // "Bộ Xây dựng Các bộ, cơ quan": who leads, and who cooperates.
        let others = rest.starts_with("các ") && lexicon().agency_names.at(&folded, 0).is_some_and(|(end, _)| end + 1 == n);
        capital
            && (others
                || is_schedule(rest) && rest.chars().count() < 30
                || agency && !["của", "thuộc", "trưởng"].iter().any(|w| s[..n].trim_end().ends_with(w)) && rest.chars().count() < 40)
    });
    match cut {
        Some(n) => vec![Piece { line, range: 0..n - 1 }, Piece { line, range: n..s.len() }],
        None => vec![whole(lines, line)],
    }
}

/// Whether a text begins as the schedule of a duty does.
fn is_schedule(folded: &str) -> bool {
    const STARTS: &[&str] = &[
        "quý ",
        "tháng ",
        "năm 20",
        "hằng ",
        "hàng ",
        "thường xuyên",
        "từ ",
        "trước ",
        "trong tháng",
        "trong quý",
        "trong năm",
        "trong thời",
        "trong vòng",
        "trong tuần",
        "trong suốt",
        "trong giai đoạn",
        "định kỳ",
        "đã hoàn thành",
        "giai đoạn",
        "theo ",
        "ngày ",
        "đến ",
        "sau ",
        "chậm nhất ",
        "muộn nhất ",
        "xong trước ",
        "xong trong ",
        "hoàn thành trước ",
        "hoàn thành trong ",
        "cả năm",
        "dịp ",
        "ngay sau ",
    ];
    let year = folded.len() == 4 && folded.starts_with("20") && folded.bytes().all(|b| b.is_ascii_digit());
    let counted = folded.strip_prefix("trong ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    year || counted || opens_with(folded, STARTS) || folded.starts_with(|c: char| c.is_ascii_digit()) && folded.contains(['/', '-'])
}

/// Which part of a row lies on one page.
#[derive(Debug, Clone, Copy)]
struct Fragment {
    /// The row's beginning: its cells start with capitals.
    opens: bool,
    /// The whole row: every cell should have something.
    alone: bool,
    /// Lines are not wrapped: how wide they are tells nothing.
    whole_cells: bool,
}

/// What is known of a piece before it has a column.
#[derive(Debug)]
struct Look {
    width: usize,
    /// Begins as a cell does: with a capital, a digit or a quotation mark.
    opens_cell: bool,
    capital: bool,
    /// Begins as one of several in a cell: "2. Bộ Tư pháp".
    item: bool,
    /// The next line must go on.
    open_end: bool,
    /// Ends in the middle of a phrase.
    cut: bool,
    sentence_end: bool,
    /// Begins with a body's name; with the next line read on, a name broken over lines.
    body: bool,
    body_with_next: bool,
    product: bool,
    schedule: bool,
    schedule_with_next: bool,
}

impl Look {
    fn at(texts: &[&str], i: usize) -> Self {
        let text = texts[i];
        let folded = fold(text);
        let joined = texts.get(i + 1).map_or_else(|| folded.clone(), |next| fold(&format!("{text} {next}")));
        let last = folded.split(' ').next_back().unwrap_or_default();
        // "1. Bộ Tài chính": the first of several in one cell.
        let item = |s: &str| s.strip_prefix(|c: char| c.is_ascii_digit()).and_then(|s| s.strip_prefix(". ")).map_or(0, |rest| s.len() - rest.len());
        // "Viện Kiểm nghiệm thuốc" above "Trung ương": the end of a name.
        let is_body = |s: &str| {
            if opens_with(s, &["trung ương"]) && !opens_with(s, &["trung ương hội", "trung ương đoàn"]) {
                return false;
            }
            let s = &s[item(s)..];
            lexicon().agency_names.at(s, 0).is_some() || lexicon().heads.at(s, 0).is_some() && lexicon().not_heads.at(s, 0).is_none()
        };
        let name_cut = breaks_place(&joined, folded.len()) || ends_in_head(text);
        Self {
            width: text.chars().count(),
            opens_cell: text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '“'),
            // "Mặt trận Tổ quốc" above "Việt Nam": no name begins so.
            capital: text.starts_with(char::is_uppercase)
                && !opens_with(&folded, &["việt nam", "nhà nước", "nhân dân", "hồ chí minh"])
                && folded.trim_end_matches([',', ';']) != "trung ương",
            item: item(text) > 0,
            open_end: name_cut || text.ends_with([',', '-', ';']) || ["và", "của", "các", "cho", "với", "theo", "tại", "do"].contains(&last),
            cut: name_cut || text.ends_with([',', ';']) || ["ở", "trình", "của", "và", "các", "cho"].contains(&last),
            sentence_end: text.ends_with('.'),
            body: is_body(&folded),
            body_with_next: is_body(&joined),
            product: is_product(&folded),
            schedule: is_schedule(&folded),
            schedule_with_next: is_schedule(&joined),
        }
    }
}

/// Whether the last word of a line begins the name of a province, or of the country, that the next line goes on with: "Điện ảnh Hà"
/// above "Nội".
fn breaks_place(joined: &str, end: usize) -> bool {
    let word = joined[..end].rfind(' ').map_or(0, |n| n + 1);
    let country = || joined[word..].starts_with("việt nam") && end - word == "việt".len();
    end < joined.len() && (country() || lexicon().province_names.at(joined, word).is_some_and(|(place, _)| place > end))
}

/// Whether a line ends with the first words of a name that goes on in the next one: "Ủy ban Trung ương", "Trung ương Hội".
fn ends_in_head(text: &str) -> bool {
    const HEADS: &[&str] = &[
        "Trung ương",
        "Hội",
        "Ủy ban",
        "Ban",
        "Tổng công ty",
        "Tập đoàn",
        "Liên hiệp",
        "Hội đồng",
        "Đoàn",
        "Cục",
        "Chi cục",
        "Vụ",
        "Viện",
        "Sở",
        "Phòng",
        "Trường",
        "Học viện",
        "Đại học",
        "Bệnh viện",
        "Trung tâm",
        "Bộ",
        "Trung",
        "Hiệp hội",
    ];
    // "Văn phòng Bộ" is whole.
    let item = fold(text.rsplit([',', ';']).next().unwrap_or(text).trim());
    let whole = item.contains(' ') && !item.starts_with("trung ương") && lexicon().agency_names.exact(&item).is_some();
    // "các đơn vị thuộc Bộ" too.
    let open = |before: &str| before.is_empty() || before.ends_with(' ') && !["thuộc ", "của ", "lãnh đạo "].iter().any(|w| before.ends_with(w));
    !whole && HEADS.iter().any(|h| text.strip_suffix(h).is_some_and(open))
}

/// Puts each piece into a column, left to right, so that the whole reads best.
fn assign(lines: &[Line], pieces: &[Piece], columns: &[Column], fragment: Fragment) -> Vec<usize> {
    let n = pieces.len();
    let k = columns.len();
    let texts: Vec<&str> = pieces.iter().map(|p| &lines[p.line].text[p.range.clone()]).collect();
    let looks: Vec<Look> = (0..n).map(|i| Look::at(&texts, i)).collect();
    // best[c][i]: the best way to put the first i pieces into the first c columns.
    let mut best = vec![vec![f64::NEG_INFINITY; n + 1]; k + 1];
    let mut from = vec![vec![0usize; n + 1]; k + 1];
    best[0][0] = 0.0;
    for c in 0..k {
        for i in 0..=n {
            if best[c][i] == f64::NEG_INFINITY {
                continue;
            }
            let mut counts = Counts::default();
            for j in i..=n {
                if j > i {
                    counts.add(&looks[i..j]);
                }
                let score = best[c][i] + weigh(&looks[i..j], &counts, columns[c], fragment);
                if score > best[c + 1][j] {
                    best[c + 1][j] = score;
                    from[c + 1][j] = i;
                }
            }
        }
    }
    let mut column_of = vec![0; n];
    let mut end = n;
    for c in (0..k).rev() {
        let start = from[c + 1][end];
        column_of[start..end].fill(c);
        end = start;
    }
    column_of
}

/// What a run of lines has, counted line by line.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    widest: usize,
    /// Lines that may begin another cell.
    breaks: usize,
    /// Lines before the last that end a sentence.
    sentences: usize,
    /// Lines with more than 32 characters, and with more than 34.
    wider: (usize, usize),
}

impl Counts {
    /// Counts the last line of a cell, all before it being counted.
    fn add(&mut self, cell: &[Look]) {
        let Some((last, inner)) = cell.split_last() else { return };
        self.widest = self.widest.max(last.width);
        self.wider.0 += usize::from(last.width > 32);
        self.wider.1 += usize::from(last.width > 34);
        if let Some(before) = inner.last() {
            // A capital at the start of a line may begin another cell; after "và" or a comma it does not.
            self.breaks += usize::from(last.capital && !before.open_end);
            self.sentences += usize::from(before.sentence_end && !last.item);
        }
    }
}

/// How well a run of lines reads as one cell of a column. On a later page a cell goes on in small letters.
fn weigh(cell: &[Look], counts: &Counts, column: Column, fragment: Fragment) -> f64 {
    let Fragment { opens, alone, whole_cells } = fragment;
    let counts = if whole_cells { Counts { wider: (0, 0), ..*counts } } else { *counts };
    let (Some(first), Some(last)) = (cell.first(), cell.last()) else {
        return match column {
            Column::Task | Column::Lead if opens => -6.0,
            Column::Remark | Column::Basis | Column::Authority => 0.0,
            _ if alone => -2.0,
            _ if opens => -0.4,
            _ => 0.0,
        };
    };
    let mut score = if opens && !first.opens_cell { -5.0 } else { 0.0 };
    let widest = counts.widest;
    let inner = &cell[..cell.len() - 1];
    score -= counts.breaks as f64 * if column == Column::Task { 0.6 } else { 1.5 };
    if column != Column::Task {
        score -= counts.sentences as f64 * 3.0 + if last.cut && alone { 3.0 } else { 0.0 };
    }
    score
        + match column {
            Column::Task => {
                let short = inner.iter().filter(|l| l.width * 10 < widest * 6).count() as f64;
                let narrow = if widest < 26 && cell.len() > 1 { 3.0 } else { 0.0 };
                cell.len() as f64 * 0.15 + if widest >= 30 { 2.0 } else { -1.0 } - short * 2.5 - narrow
            }
            Column::Lead | Column::Cooperate => {
                let named = first.body || cell.len() > 1 && first.body_with_next;
                (if named {
                    3.0
                } else if opens {
                    -3.0
                } else {
                    0.0
                }) - counts.wider.0 as f64 * 3.0
            }
            Column::Authority => (if first.body || cell.len() > 1 && first.body_with_next { 2.5 } else { -2.0 }) - counts.wider.0 as f64 * 3.0,
            Column::Product => (if first.product { 3.0 } else { -0.5 }) - counts.wider.1 as f64 * 3.0 - if first.schedule { 2.0 } else { 0.0 },
            Column::Deadline => {
                let schedule = if cell.len() > 1 { first.schedule_with_next } else { first.schedule };
                (if schedule {
                    4.0
                } else if opens {
                    -4.0
                } else {
                    -1.0
                }) - counts.wider.1 as f64 * 3.0
                    - (cell.len() as f64 - 4.0).max(0.0)
            }
            _ => -0.5,
        }
}

/// Words with which a product begins.
fn is_product(folded: &str) -> bool {
    const STARTS: &[&str] = &[
        "nghị quyết",
        "quyết định",
        "báo cáo",
        "đề án",
        "kế hoạch",
        "các hoạt động",
        "hoạt động",
        "văn bản",
        "các văn bản",
        "nghị định",
        "thông tư",
        "luật",
        "tờ trình",
        "hướng dẫn",
        "chương trình",
        "các",
        "hội nghị",
        "dự thảo",
        "danh mục",
        "hồ sơ",
        "cơ sở dữ liệu",
        "phần mềm",
        "hệ thống",
        "tài liệu",
        "quy chế",
        "quy định",
        "bộ",
        "biên bản",
        "công văn",
        "chỉ thị",
        "nghị",
        "quy trình",
        "kết quả",
        "sổ tay",
        "hợp đồng",
        "bản",
    ];
    STARTS.iter().any(|w| folded.starts_with(w) && is_word_end(folded, w.len()))
}

#[cfg(test)]
mod tests {
    use super::super::{decode, plain};
    use crate::text::Shape;

    #[test]
    fn rows_are_put_together_over_pages() {
        let source = "Một đoạn văn bản được ngắt dòng theo bề rộng của trang giấy nên phải nối lại khi\n\
            đọc, như mọi đoạn khác trong các văn bản được lấy ra từ tệp trình bày của cơ quan có\n\
            thẩm quyền ban hành, gồm nhiều dòng liên tiếp có độ dài gần bằng nhau và một dòng cuối\n\
            cùng ngắn hơn các dòng đứng trước nó trong cùng một đoạn của văn bản được nêu ở đây và\n\
            được đọc cùng với bảng nhiệm vụ.\n\
            STT\nNội dung nhiệm vụ\nCơ quan\nchủ trì\nCơ quan\nphối hợp\nKết quả\nThời gian hoàn\nthành\n\
            I. Nhóm nhiệm vụ về thể chế\n\
            1.\nXây dựng Nghị định về quản lý và khai thác các hồ\nchứa nước vừa và nhỏ theo lộ trình phù hợp Bộ Y tế\n\
            Bộ Tài chính, các\nbộ, ngành có liên\n\
            CÔNG BÁO/Số 1/Ngày 27-05-2026\n12\n\
            STT\nNội dung nhiệm vụ\nCơ quan\nchủ trì\nCơ quan\nphối hợp\nKết quả\nThời gian hoàn\nthành\n\
            quan\nNghị định của\nChính phủ\nQuý II/2027\n\
            2. Tổng hợp, báo cáo kết quả thực hiện kế hoạch này\ntheo quy định\nBộ Xây dựng\nCác địa phương\nBáo cáo\nHằng năm\n";
        let (text, _) = plain::read(decode::decode(source.as_bytes()).unwrap());
        let rows: Vec<Vec<&str>> =
            text.blocks().iter().filter(|b| matches!(b.shape, Shape::Row(_))).map(|b| b.cells.iter().map(|c| text.slice(*c)).collect()).collect();
        assert_eq!(rows.len(), 4, "{rows:#?}");
        assert_eq!(rows[2][2], "Bộ Y tế");
        assert_eq!(rows[2][3], "Bộ Tài chính, các bộ, ngành có liên quan");
        assert_eq!(rows[2][5], "Quý II/2027");
        assert_eq!(rows[3], ["2.", "Tổng hợp, báo cáo kết quả thực hiện kế hoạch này theo quy định", "Bộ Xây dựng", "Các địa phương", "Báo cáo", "Hằng năm"]);
    }

    /// The rows of a table whose cells stand one under the other, below a paragraph that shows the width of the page.
    fn rows_of(table: &str) -> Vec<Vec<String>> {
        let prose = "Một đoạn văn bản được ngắt dòng theo bề rộng của trang giấy nên phải nối lại khi\n\
            đọc, như mọi đoạn khác trong các văn bản được lấy ra từ tệp trình bày của cơ quan có\n\
            thẩm quyền ban hành, gồm nhiều dòng liên tiếp có độ dài gần bằng nhau và một dòng cuối\n\
            cùng ngắn hơn các dòng đứng trước nó trong cùng một đoạn của văn bản được nêu ở đây và\n\
            được đọc cùng với bảng nhiệm vụ.\n";
        let source = format!("{prose}{table}");
        let (text, _) = plain::read(decode::decode(source.as_bytes()).unwrap());
        let rows = text.blocks().iter().filter(|b| matches!(b.shape, Shape::Row(_)));
        rows.map(|b| b.cells.iter().map(|c| text.slice(*c).to_owned()).collect()).collect()
    }

    #[test]
    fn names_are_not_cut_where_a_line_ends() {
        let rows = rows_of(
            "STT\nNhiệm vụ\nCơ quan chủ trì\nCơ quan phối hợp\nSản phẩm\nThời hạn\nA. HOÀN THIỆN THỂ CHẾ\n\
             1\nSửa đổi Quy chế khai thác tư liệu hình ảnh\nđộng của ngành\nViện Phim Việt Nam\nVụ Pháp chế, Cục\nBản quyền tác giả\nQuyết định sửa đổi\nTháng 9/2026\n\
             2\nPhục chế 120 phim truyện có nguy cơ hư hỏng\ncao trong kho\nViện Phim Việt Nam\nTrường Đại học Sân\nkhấu - Điện ảnh Hà\nNội\n120 phim được phục\nchế\nQuý IV/2028\n\
             B. KHAI THÁC\n\
             3\nTổ chức Tuần phim tư liệu phục chế tại các\nthành phố lớn\nCục Điện ảnh\nViện Phim Việt Nam;\nBáo Văn hóa\n03 đợt chiếu phim\nChậm nhất 20/6/2027\n",
        );
        assert_eq!(rows.len(), 6, "{rows:#?}");
        assert_eq!(rows[2][3..], ["Vụ Pháp chế, Cục Bản quyền tác giả", "Quyết định sửa đổi", "Tháng 9/2026"]);
        assert_eq!(rows[3][3..], ["Trường Đại học Sân khấu - Điện ảnh Hà Nội", "120 phim được phục chế", "Quý IV/2028"]);
        assert_eq!(rows[4], ["B. KHAI THÁC"]);
        assert_eq!(rows[5][3..], ["Viện Phim Việt Nam; Báo Văn hóa", "03 đợt chiếu phim", "Chậm nhất 20/6/2027"]);
    }

    #[test]
    fn notes_in_headings_and_who_approves_are_told_apart() {
        let heading = "STT\nNhiệm vụ\nCơ quan chủ trì\nĐơn vị phối hợp\n(Bộ/ngành/địa phương)\nCấp phê duyệt\nTiến độ\nthực hiện\n";
        let rows = rows_of(&format!(
            "{heading}1\nĐiều tra, đánh giá nhu cầu đào\ntạo, bồi dưỡng nhân lực quản lý\nhồ chứa\nBộ Xây dựng\nCác bộ, ngành và\nđịa phương\nBộ trưởng Bộ\nXây dựng\nHằng năm\n\
             2\nBan hành khung chương trình\nđào tạo về an toàn đập\nBộ Xây dựng\nCác bộ, ngành có\nliên quan\nBộ trưởng Bộ\nXây dựng\n2026\n\
             3\nBan hành khung chương trình\nđào tạo về vận hành đập\nBộ Công Thương\nCác bộ, ngành có\nliên quan\nBộ trưởng Bộ\nCông Thương\n2027\n"
        ));
        assert_eq!(rows.len(), 4, "{rows:#?}");
        assert_eq!(rows[0][3..], ["Đơn vị phối hợp (Bộ/ngành/địa phương)", "Cấp phê duyệt", "Tiến độ thực hiện"]);
        assert_eq!(rows[1][2..], ["Bộ Xây dựng", "Các bộ, ngành và địa phương", "Bộ trưởng Bộ Xây dựng", "Hằng năm"]);
        // The line that two rows begin with heads no pages.
        assert_eq!(
            rows[3][1..],
            ["Ban hành khung chương trình đào tạo về vận hành đập", "Bộ Công Thương", "Các bộ, ngành có liên quan", "Bộ trưởng Bộ Công Thương", "2027"]
        );
    }

    #[test]
    fn several_who_lead_stay_in_their_cell() {
        let rows = rows_of(
            "TT\nNHIỆM VỤ\nTHỜI HẠN\nCƠ QUAN CHỦ TRÌ\nCƠ QUAN PHỐI HỢP\n\
             1\nRà soát, phê duyệt quy hoạch hồ chứa nước vừa và nhỏ của cả nước\nQuý II/2026\nBộ Xây dựng Các bộ, cơ quan, địa\nphương\n\
             2\nTổng kết các cơ chế, chính sách đặc thù tại một số địa phương về\nhồ chứa nước\nNăm 2026\n1. Bộ Tài chính tổng kết, đánh\ngiá cơ chế.\n2. Bộ Tư pháp tham mưu.\nCác địa phương\n",
        );
        assert_eq!(rows[1][2..], ["Quý II/2026", "Bộ Xây dựng", "Các bộ, cơ quan, địa phương"]);
        assert_eq!(rows[2][2..], ["Năm 2026", "1. Bộ Tài chính tổng kết, đánh giá cơ chế. 2. Bộ Tư pháp tham mưu.", "Các địa phương"]);
    }

    #[test]
    fn rows_whose_cells_are_lines_are_put_together() {
        let heading = [
            "| TT | Nội dung | Cơ quan chủ trì | Cơ quan phối hợp |\n| --- | --- | --- | --- |\nThời gian thực hiện\n",
            "TT\nNội dung\nCơ quan chủ trì\nCơ quan phối hợp\nThời gian thực hiện\n",
        ];
        let rows = "1\nTổ chức thực hiện Nghị định về trồng rừng\na)\nMở hội nghị phổ biến Nghị định đến các cơ quan, tổ chức về lâm nghiệp ở trung ương và địa phương, các chủ rừng và các hợp tác xã trồng rừng.\nCục Lâm nghiệp và Kiểm lâm\nVụ Pháp chế\nQuý III, IV/2026\nb)\nIn tài liệu.\nSở Y tế\nThường xuyên\n2\nLập danh mục cây trồng.\nSở Y tế\nCông an tỉnh\nTháng 6/2026\n";
        for heading in heading {
            let (text, _) = plain::read(decode::decode(format!("{heading}{rows}").as_bytes()).unwrap());
            let rows: Vec<Vec<&str>> =
                text.blocks().iter().filter(|b| matches!(b.shape, Shape::Row(_))).map(|b| b.cells.iter().map(|c| text.slice(*c)).collect()).collect();
            assert_eq!(rows.len(), 5, "{rows:#?}");
            assert_eq!(rows[0], ["TT", "Nội dung", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện"]);
            assert_eq!((rows[2][0], rows[2][2], rows[2][4]), ("a)", "Cục Lâm nghiệp và Kiểm lâm", "Quý III, IV/2026"));
            assert_eq!((rows[3][1], rows[3][2], rows[3][3], rows[3][4]), ("In tài liệu.", "Sở Y tế", "", "Thường xuyên"), "a cell without a line");
            assert_eq!(rows[4][4], "Tháng 6/2026");
        }
    }
}
