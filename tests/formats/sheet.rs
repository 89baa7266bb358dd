//! Workbooks made by hand, and by LibreOffice from these.

use crate::{pack, soffice, text};
use std::path::Path;
use vanthu::source::{self, Options};

const MAIN: &str =
    r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

/// A workbook of these sheets: name, state and XML of rows and regions.
fn workbook(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    let numbered = || sheets.iter().enumerate().map(|(i, s)| (i + 1, s));
    let list: String = numbered().map(|(i, (name, state, _))| format!("<sheet name=\"{name}\" sheetId=\"{i}\" state=\"{state}\" r:id=\"rId{i}\"/>")).collect();
    let book = format!("<workbook {MAIN}><sheets>{list}</sheets></workbook>");
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"";
    let targets: String =
        numbered().map(|(i, _)| format!("<Relationship Id=\"rId{i}\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet{i}.xml\"/>")).collect();
    let relations = format!(
        "<Relationships {package}>{targets}<Relationship Id=\"s\" Type=\"{office}/sharedStrings\" Target=\"sharedStrings.xml\"/>\
         <Relationship Id=\"t\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let root = format!("<Relationships {package}><Relationship Id=\"r\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    let content = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let overrides: String =
        numbered().map(|(i, _)| format!("<Override PartName=\"/xl/worksheets/sheet{i}.xml\" ContentType=\"{content}.worksheet+xml\"/>")).collect();
    let types = format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{content}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{content}.styles+xml\"/>\
         <Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"{content}.sharedStrings+xml\"/>{overrides}</Types>"
    );
    let strings = format!(
        "<sst {MAIN} count=\"2\" uniqueCount=\"2\"><si><t>Nhiệm vụ</t></si><si><r><t>Chủ</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> trì</t></r></si></sst>"
    );
    let styles = format!(
        "<styleSheet {MAIN}><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts>\
         <fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Times New Roman\"/></font></fonts><fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders>\
         <cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"164\" fontId=\"0\" applyNumberFormat=\"1\"/>\
         <xf numFmtId=\"9\" fontId=\"0\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
    );
    let parts: Vec<(String, String)> =
        numbered().map(|(i, (_, _, inner))| (format!("xl/worksheets/sheet{i}.xml"), format!("<worksheet {MAIN}>{inner}</worksheet>"))).collect();
    let mut all = vec![
        ("[Content_Types].xml", types.as_str()),
        ("_rels/.rels", &root),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("xl/sharedStrings.xml", &strings),
        ("xl/styles.xml", &styles),
    ];
    all.extend(parts.iter().map(|(name, xml)| (name.as_str(), xml.as_str())));
    pack(&all)
}

fn inline(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
}

fn number(at: &str, style: u32, value: &str) -> String {
    format!("<c r=\"{at}\" s=\"{style}\"><v>{value}</v></c>")
}

fn row(number: u32, cells: &[String]) -> String {
    format!("<row r=\"{number}\">{}</row>", cells.concat())
}

/// A task table under its title, with numbers, a date, a share, merged cells and padding.
fn plan() -> String {
    let shared = |at: &str, i: u32| format!("<c r=\"{at}\" t=\"s\"><v>{i}</v></c>");
    let rows = [
        row(1, &[inline("B1", "PHỤ LỤC NHIỆM VỤ")]),
        row(3, &[inline("A3", "STT"), shared("B3", 0), shared("C3", 1), inline("D3", "Thời hạn"), inline("E3", "Tỷ lệ")]),
        row(4, &[inline("A4", "I"), inline("B4", "Nhóm việc")]),
        row(5, &[number("A5", 0, "1"), inline("B5", "Rà soát\nvăn bản"), inline("C5", "Sở Y tế"), number("D5", 1, "44196"), number("E5", 2, "0.5")]),
        row(6, &[number("A6", 0, "13.5"), inline("B6", "Báo cáo"), number("D6", 1, "43831"), number("E6", 2, "1")]),
        row(900, &["<c r=\"XFD900\" s=\"1\"/>".to_owned()]),
    ];
    format!("<sheetData>{}</sheetData><mergeCells count=\"2\"><mergeCell ref=\"B4:E4\"/><mergeCell ref=\"C5:C6\"/></mergeCells>", rows.concat())
}

/// A workbook of that table.
pub fn plan_workbook() -> Vec<u8> {
    workbook(&[("Bảng 1", "visible", &plan())])
}

const PLAN: &str =
    "PHỤ LỤC NHIỆM VỤ\nSTT\tNhiệm vụ\tChủ trì\tThời hạn\tTỷ lệ\nI\tNhóm việc\n1\tRà soát văn bản\tSở Y tế\t31/12/2020\t50%\n13.5\tBáo cáo\t\t01/01/2020\t100%";

#[test]
fn workbooks_are_read_as_they_are_printed() {
    let note = format!("<sheetData>{}</sheetData>", row(2, &[inline("C2", "Ghi chú chung")]));
    let plan = plan();
    let both = format!("Bảng 1\n{PLAN}\nBảng 2\nGhi chú chung");
    type Sheets<'a> = Vec<(&'a str, &'a str, &'a str)>;
    let rows: [(&str, Sheets, &str); 4] = [
        ("one sheet", vec![("Bảng 1", "visible", &plan)], PLAN),
        ("sheets without cells have no heading", vec![("Bảng 1", "visible", &plan), ("Trống", "visible", "<sheetData/>")], PLAN),
        ("several sheets have headings", vec![("Bảng 1", "visible", &plan), ("Bảng 2", "visible", &note)], &both),
        ("hidden sheets are not printed", vec![("Bảng 1", "hidden", &note), ("Bảng 2", "visible", &plan)], PLAN),
    ];
    for (why, sheets, want) in rows {
        assert_eq!(text(&workbook(&sheets)), want, "{why}");
    }
}

#[test]
fn older_workbooks_are_read_alike() {
    if !soffice() {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("workbooks");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the build folder can be written");
    std::fs::write(folder.join("plan.xlsx"), plan_workbook()).expect("the build folder can be written");
    for filter in ["xls:MS Excel 97", "ods"] {
        let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
        let plan = folder.join("plan.xlsx");
        let made = std::process::Command::new("soffice").args([&profile, "--headless", "--convert-to", filter, "--outdir"]).arg(&folder).arg(&plan).output();
        assert!(made.is_ok_and(|o| o.status.success()), "LibreOffice failed");
    }
    let old = std::fs::read(folder.join("plan.xls")).expect("LibreOffice wrote it");
    assert_eq!(text(&old), PLAN);
    // Titles of an OpenDocument sheet are rows of its table.
    let open = text(&std::fs::read(folder.join("plan.ods")).expect("LibreOffice wrote it"));
    assert!(open.contains("\n1\tRà soát văn bản\tSở Y tế\t31/12/2020\t50%\n13.5\tBáo cáo\t\t01/01/2020\t100%"), "{open}");
}

#[test]
fn cut_workbooks_are_errors() {
    let whole = plan_workbook();
    for cut in [30, 60, 90] {
        assert!(source::read(&whole[..whole.len() * cut / 100], &Options::default()).is_err(), "{cut} percent");
    }
}
