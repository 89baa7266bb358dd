//! The list of tasks as an office prints it: a Word document in the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I, on A4
//! across the page, for signature.

use super::{Item, Paper, capital};
use crate::error::{Error, Result};
use docx_rs::{
    AlignmentType, BreakType, Docx, Header, HeightRule, LineSpacing, PageMargin, PageNum, PageOrientationType, Paragraph, Run, RunFonts, Table,
    TableAlignmentType, TableCell, TableCellMargins, TableLayoutType, TableRow, VAlignType, WidthType,
};
use jiff::civil::Date;
use std::io::Cursor;

/// What stands around the table; what is not given is left to be filled in by hand.
#[derive(Debug, Clone, Default)]
pub struct Letterhead {
    /// The office above the issuing one.
    pub superior: Option<String>,
    /// The issuing office.
    pub office: Option<String>,
    /// Địa danh.
    pub place: Option<String>,
    /// The day of issue.
    pub date: Option<Date>,
    /// The signer's position.
    pub position: Option<String>,
    /// The signer's name.
    pub signer: Option<String>,
}

/// Twentieths of a point in a millimetre.
const MILLIMETRE: f64 = 56.693;
/// A4 lying: 297 × 210 mm.
const PAGE: (u32, u32) = (16838, 11906);
/// Widths of the columns in millimetres; with margins of 30 and 20 mm they fill the page.
const COLUMNS: [(&str, f64); 6] =
    [("STT", 13.0), ("Nội dung nhiệm vụ", 80.0), ("Cơ quan chủ trì", 36.0), ("Cơ quan phối hợp", 42.0), ("Thời hạn hoàn thành", 34.0), ("Căn cứ", 42.0)];
/// Half points: the decree's 13 to 14, and 12 in tables.
const TEXT: usize = 26;
const TITLE: usize = 28;
const CELL: usize = 24;
const FONT: &str = "Times New Roman";

/// Items as a document.
///
/// # Errors
/// When the package cannot be written.
pub fn document(items: &[Item], letterhead: &Letterhead) -> Result<Vec<u8>> {
    let fonts = RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT).east_asia(FONT);
    let margin = PageMargin { top: mm(20.0), bottom: mm(20.0), left: mm(30.0), right: mm(20.0), header: mm(10.0), footer: mm(10.0), gutter: 0 };
    // The number of the page stands in the middle above the text, not on the first page (Phụ lục I, II.7).
    let numbered = Header::new().add_paragraph(Paragraph::new().align(AlignmentType::Center).add_page_num(PageNum::new()));
    let mut docx = Docx::new()
        .default_fonts(fonts)
        .default_size(TEXT)
        .page_size(PAGE.0, PAGE.1)
        .page_orient(PageOrientationType::Landscape)
        .page_margin(margin)
        .first_header(Header::new().add_paragraph(Paragraph::new()))
        .header(numbered)
        .add_table(heading(letterhead));
    for line in title(items) {
        docx = docx.add_paragraph(line);
    }
    let docx = docx.add_table(tasks(items, one_paper(items).is_some())).add_paragraph(Paragraph::new()).add_table(closing(letterhead));
    let mut package = docx.build();
    package.document = repeating(package.document);
    let mut bytes = Cursor::new(Vec::new());
    package.pack(&mut bytes).map_err(|e| Error::new(format!("the Word document cannot be made ({e})"), "export fewer tasks"))?;
    Ok(bytes.into_inner())
}

#[allow(clippy::cast_possible_truncation, reason = "page measures are small")]
fn mm(millimetres: f64) -> i32 {
    (millimetres * MILLIMETRE).round() as i32
}

fn width(millimetres: f64) -> usize {
    usize::try_from(mm(millimetres)).unwrap_or_default()
}

fn run(text: &str, size: usize) -> Run {
    Run::new().add_text(text).size(size)
}

fn centred(run: Run) -> Paragraph {
    Paragraph::new().align(AlignmentType::Center).add_run(run)
}

/// Two columns without borders: the office on the left, the state's name on the right.
fn heading(letterhead: &Letterhead) -> Table {
    let blank = |text: &Option<String>| text.as_deref().map_or("………………".to_owned(), str::to_uppercase);
    let place = letterhead.place.as_deref().unwrap_or("……………");
    let date = letterhead.date.map_or("ngày …… tháng …… năm ……".to_owned(), spoken);
    let left = TableCell::new()
        .width(width(100.0), WidthType::Dxa)
        .add_paragraph(centred(run(&blank(&letterhead.superior), TEXT)))
        .add_paragraph(centred(run(&blank(&letterhead.office), TEXT).bold()))
        .add_paragraph(centred(run("Số: ……/……", TEXT)));
    let right = TableCell::new()
        .width(width(147.0), WidthType::Dxa)
        .add_paragraph(centred(run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", TEXT).bold()))
        .add_paragraph(centred(run("Độc lập - Tự do - Hạnh phúc", TITLE).bold().underline("single")))
        .add_paragraph(centred(run(&format!("{place}, {date}"), TITLE).italic()));
    bare(vec![TableRow::new(vec![left, right])], vec![width(100.0), width(147.0)])
}

/// Days below 10 and the months 1 and 2 have a zero before them (Phụ lục I, II.4).
fn spoken(day: Date) -> String {
    let month = if day.month() < 3 { format!("{:02}", day.month()) } else { day.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// The paper that assigns all of the tasks, if it is one.
fn one_paper(items: &[Item]) -> Option<&Paper> {
    items.first().map(|i| &i.paper).filter(|first| items.iter().all(|i| i.paper.id == first.id))
}

fn title(items: &[Item]) -> Vec<Paragraph> {
    let spaced = LineSpacing::new().before(120).after(120);
    let mut lines = vec![centred(run("DANH MỤC NHIỆM VỤ", TITLE).bold()).line_spacing(LineSpacing::new().before(240))];
    match one_paper(items) {
        Some(paper) => {
            lines.push(centred(run(&format!("giao tại {}", paper.citation()), TITLE).bold()));
            lines.extend(paper.subject.iter().map(|subject| centred(run(subject, TEXT).italic())));
        }
        None => lines.push(centred(run(&format!("gồm {} nhiệm vụ", items.len()), TEXT).italic())),
    }
    let last = lines.pop().map(|l| l.line_spacing(spaced));
    lines.into_iter().chain(last).collect()
}

fn tasks(items: &[Item], of_one_paper: bool) -> Table {
    let head = TableRow::new(COLUMNS.iter().map(|(name, mm)| cell(*mm, vec![centred(run(name, CELL).bold())]).vertical_align(VAlignType::Center)).collect());
    let rows = (1..).zip(items).map(|(number, item)| row(number, item, of_one_paper));
    Table::new(std::iter::once(head.cant_split()).chain(rows).collect())
        .layout(TableLayoutType::Fixed)
        .set_grid(COLUMNS.iter().map(|(_, mm)| width(*mm)).collect())
        .margins(TableCellMargins::new().margin(40, 85, 40, 85))
        .align(TableAlignmentType::Center)
}

fn row(number: usize, item: &Item, of_one_paper: bool) -> TableRow {
    let line = |text: &String, end: &str| Paragraph::new().add_run(run(&format!("{text}{end}"), CELL));
    let lines = |list: &[String]| list.iter().enumerate().map(|(i, text)| line(text, if i + 1 < list.len() { ";" } else { "" })).collect::<Vec<_>>();
    // The title names the one paper; each row then says where in it.
    let grounds = match item.place() {
        place if of_one_paper && !place.is_empty() => std::iter::once(capital(&place)).chain(item.basis.iter().cloned()).collect(),
        _ => item.grounds(),
    };
    let mut content = vec![Paragraph::new().align(AlignmentType::Both).add_run(run(&capital(&item.action), CELL))];
    content.extend(item.deliverable.iter().map(|d| Paragraph::new().add_run(run(&format!("Sản phẩm: {d}"), CELL).italic())));
    let cells = [
        vec![centred(run(&number.to_string(), CELL))],
        content,
        lines(&item.leads),
        lines(&item.cooperators),
        item.time_limit().map(|t| run(&t, CELL)).into_iter().chain(item.noted().map(|n| run(&n, CELL).italic())).map(centred).collect(),
        lines(&grounds),
    ];
    TableRow::new(COLUMNS.iter().zip(cells).map(|((_, mm), paragraphs)| cell(*mm, paragraphs)).collect()).cant_split()
}

/// A cell; Word wants a paragraph in each.
fn cell(millimetres: f64, mut paragraphs: Vec<Paragraph>) -> TableCell {
    if paragraphs.is_empty() {
        paragraphs.push(Paragraph::new());
    }
    paragraphs.into_iter().fold(TableCell::new().width(width(millimetres), WidthType::Dxa), TableCell::add_paragraph)
}

/// Nơi nhận on the left, the signature on the right; the row does not break over pages.
fn closing(letterhead: &Letterhead) -> Table {
    let small = |text: &str| Paragraph::new().add_run(run(text, 22));
    let left = TableCell::new()
        .width(width(123.0), WidthType::Dxa)
        .add_paragraph(Paragraph::new().add_run(run("Nơi nhận:", CELL).bold().italic()))
        .add_paragraph(small("- ……………………;"))
        .add_paragraph(small("- Lưu: VT, ……"));
    let position = letterhead.position.as_deref().map_or("QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ".to_owned(), str::to_uppercase);
    let gap = Run::new().add_break(BreakType::TextWrapping).add_break(BreakType::TextWrapping).add_break(BreakType::TextWrapping);
    let right = TableCell::new()
        .width(width(124.0), WidthType::Dxa)
        .add_paragraph(centred(run(&position, TITLE).bold()))
        .add_paragraph(centred(gap))
        .add_paragraph(centred(run(letterhead.signer.as_deref().unwrap_or("……………………"), TITLE).bold()));
    bare(vec![TableRow::new(vec![left, right]).cant_split().height_rule(HeightRule::Auto)], vec![width(123.0), width(124.0)])
}

fn bare(rows: Vec<TableRow>, grid: Vec<usize>) -> Table {
    Table::without_borders(rows).layout(TableLayoutType::Fixed).set_grid(grid).align(TableAlignmentType::Center)
}

/// The heading of the list comes again on every page; docx-rs has no word for it, so the mark is set in the row that
/// holds the first heading.
fn repeating(document: Vec<u8>) -> Vec<u8> {
    let Ok(xml) = String::from_utf8(document) else { return Vec::new() };
    let heading = xml.find(&format!(">{}<", COLUMNS[0].0)).and_then(|at| xml[..at].rfind("<w:trPr>"));
    match heading {
        Some(at) => format!("{}<w:trPr><w:tblHeader />{}", &xml[..at], &xml[at + "<w:trPr>".len()..]).into_bytes(),
        None => xml.into_bytes(),
    }
}
