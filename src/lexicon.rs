//! What grows without new code: document types, issuers, agencies, provinces, holidays, cue phrases.
//!
//! The tables stand in `lexicon/*.toml`. Names are matched on folded text (see [`fold`]), longest first.

mod succession;

pub use succession::*;

use crate::phrases::Phrases;
use crate::text::{fold, head, opens_with};
use foldhash::{HashMap, HashMapExt};
use serde::Deserialize;
use std::sync::LazyLock;

/// A kind of paper, such as Kế hoạch (KH).
#[derive(Debug, Clone, Deserialize)]
pub struct DocumentType {
    /// Stable id within the lexicon.
    pub id: String,
    /// Name as printed.
    pub name: String,
    /// Abbreviation in the symbol; empty for laws and công văn, whose symbols carry none.
    #[serde(default)]
    pub abbr: String,
    /// Other spellings of the abbreviation.
    #[serde(default)]
    pub variants: Vec<String>,
    /// `state_legal`, `state_admin`, `party`, `front`, …
    #[serde(default)]
    pub system: String,
    /// `yes` where the type is always a normative act, `either` where it may be.
    #[serde(default)]
    pub normative: String,
}

/// An abbreviation of a body or a drafting unit in a symbol.
#[derive(Debug, Clone, Deserialize)]
pub struct Issuer {
    /// As it should be written.
    pub abbr: String,
    /// Damaged and other spellings.
    #[serde(default)]
    pub variants: Vec<String>,
    /// Full name.
    pub name: String,
    /// `ministry`, `department`, `party`, `drafting_unit`, …
    #[serde(default)]
    pub kind: String,
    /// `central`, `province`, `district`, `commune`, several of them joined by `|`, …
    #[serde(default)]
    pub level: String,
}

/// A body, an office or a group of them.
#[derive(Debug, Clone, Deserialize)]
pub struct Agency {
    /// Stable id.
    pub id: String,
    /// Full name without the place.
    pub name: String,
    /// `central`, `province`, `district`, `commune`, `any`, …
    #[serde(default)]
    pub level: String,
    /// `state_body`, `party`, `group`, `title`, …
    #[serde(default)]
    pub kind: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Words that may follow the name to place it ("tỉnh", "thành phố").
    #[serde(default)]
    pub place_slot: Vec<String>,
    /// What a group denotes.
    #[serde(default)]
    pub denotes: String,
}

impl Agency {
    /// Whether the name denotes several bodies.
    pub fn is_group(&self) -> bool {
        self.kind == "group"
    }
}

/// A province or centrally run city.
#[derive(Debug, Clone, Deserialize)]
pub struct Province {
    /// Name without its class word.
    pub name: String,
    /// `Tỉnh` or `Thành phố`, up to 30 June 2025.
    pub prefix: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The unit that it belongs to from 1 July 2025.
    pub new_name: String,
    /// Class word of that unit.
    pub new_prefix: String,
}

impl Province {
    /// Name with its class word in small letters, as it stands after an agency: "tỉnh Long An".
    pub fn with_class(&self) -> String {
        // "Thành phố Hồ Chí Minh" has its class word in the name.
        if self.name.starts_with(&self.prefix) { self.name.clone() } else { format!("{} {}", self.prefix.to_lowercase(), self.name) }
    }
}

/// One day off, or one working Saturday, of state bodies.
#[derive(Debug, Clone, Deserialize)]
pub struct Holiday {
    /// ISO date.
    pub date: String,
    /// `statutory`, `substitute`, `swap_off` (days off) or `swap_work` (worked).
    pub kind: String,
}

/// A cue phrase that governs a citation.
#[derive(Debug, Clone, Deserialize)]
struct RelationCues {
    r#type: String,
    phrases: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct TitleCues {
    openers: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct DutyCues {
    verbs: Vec<String>,
    strong_verbs: Vec<String>,
    not_verbs: Vec<String>,
    heads: Vec<String>,
    not_heads: Vec<String>,
    request: Vec<String>,
    order: Vec<String>,
    not_duties: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Cues {
    columns: HashMap<String, Vec<String>>,
    relation: Vec<RelationCues>,
    title: TitleCues,
    duty: DutyCues,
}

/// What a column of a task table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// STT, mã.
    Number,
    /// Nội dung công việc.
    Task,
    /// Cơ quan chủ trì.
    Lead,
    /// Cơ quan phối hợp.
    Cooperate,
    /// Sản phẩm.
    Product,
    /// Thời gian hoàn thành.
    Deadline,
    /// Cấp trình.
    Authority,
    /// Căn cứ.
    Basis,
    /// Ghi chú.
    Remark,
}

/// How a duty is laid upon its assignee by the word before the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imperative {
    /// giao, yêu cầu, phân công
    Order,
    /// đề nghị
    Request,
}

/// All tables, compiled.
#[derive(Debug)]
pub struct Lexicon {
    /// Document types.
    pub types: Vec<DocumentType>,
    /// Agencies and groups.
    pub agencies: Vec<Agency>,
    /// Provinces up to 30 June 2025 with their successors.
    pub provinces: Vec<Province>,
    issuers: Vec<Issuer>,
    type_by_exact_abbr: HashMap<String, usize>,
    type_by_abbr: HashMap<String, usize>,
    issuer_by_symbol: HashMap<String, (usize, bool)>,
    /// Names and aliases of agencies.
    pub agency_names: Phrases<usize>,
    /// Names of provinces, with or without class word.
    pub province_names: Phrases<usize>,
    /// Names and abbreviations of document types as they stand in sentences.
    pub type_words: Phrases<TypeWord>,
    /// Names of laws, codes and ordinances without the type word.
    pub law_names: Phrases<()>,
    /// Column headings.
    pub columns: Phrases<Column>,
    /// Relation cues.
    pub relations: Phrases<&'static str>,
    /// Words that open the title of a cited act.
    pub title_openers: Phrases<()>,
    /// Words that begin a predicate.
    pub verbs: Phrases<()>,
    /// Predicates that no name can hold.
    pub strong_verbs: Phrases<()>,
    /// Words that hold a verb but belong to names.
    pub not_verbs: Phrases<()>,
    /// First words of names.
    pub heads: Phrases<()>,
    /// Words that only look like them.
    pub not_heads: Phrases<()>,
    /// Requests and orders.
    pub imperatives: Phrases<Imperative>,
    /// Headings under which no duties stand.
    pub not_duties: Phrases<()>,
}

/// A document type as a word in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeWord {
    /// The type's code in records: its abbreviation, or L, BL, CV … for types whose symbols carry none.
    pub code: &'static str,
    /// Written as an abbreviation ("QĐ 4835").
    pub short: bool,
}

/// The lexicon, read once per process.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);
    &LEXICON
}

/// Days off and working Saturdays by ISO date; `true` is a day off.
pub fn holidays() -> &'static HashMap<String, bool> {
    static HOLIDAYS: LazyLock<HashMap<String, bool>> = LazyLock::new(|| {
        let list: Vec<Holiday> = table(include_str!("lexicon/holidays.toml"), "holiday");
        list.into_iter().map(|h| (h.date, h.kind != "swap_work")).collect()
    });
    &HOLIDAYS
}

/// Reads one array of tables of a file that is compiled in.
fn table<T: serde::de::DeserializeOwned>(source: &str, name: &str) -> Vec<T> {
    let mut file: HashMap<String, Vec<T>> = toml::from_str(source).unwrap_or_else(|e| panic!("lexicon table {name}: {e}"));
    file.remove(name).unwrap_or_default()
}

/// Type words beyond the names in the table, with the code that records carry.
/// The names of laws and công văn have no abbreviation in symbols.
const TYPE_WORDS: &[(&str, &str, bool)] = &[
    ("hiến pháp", "HP", false),
    ("bộ luật", "BL", false),
    ("luật", "L", false),
    ("pháp lệnh", "PL", false),
    ("lệnh", "LENH", false),
    ("sắc lệnh", "SL", false),
    ("nghị quyết", "NQ", false),
    ("nghị quyết liên tịch", "NQLT", false),
    ("nghị định", "NĐ", false),
    ("quyết định", "QĐ", false),
    ("chỉ thị", "CT", false),
    ("thông tư", "TT", false),
    ("thông tư liên tịch", "TTLT", false),
    ("thông tư liên bộ", "TTLT", false),
    ("văn bản hợp nhất", "VBHN", false),
    ("kế hoạch", "KH", false),
    ("kế hoạch hành động", "KH", false),
    ("kế hoạch phối hợp", "KH", false),
    ("công văn", "CV", false),
    ("văn bản", "VB", false),
    ("văn bản chỉ đạo", "VB", false),
    ("thông báo", "TB", false),
    ("thông báo kết luận", "TB", false),
    ("thông báo ý kiến kết luận", "TB", false),
    ("kết luận", "KL", false),
    ("kết luận thanh tra", "KL", false),
    ("hướng dẫn", "HD", false),
    ("hướng dẫn liên ngành", "HD", false),
    ("chương trình", "CTr", false),
    ("chương trình hành động", "CTr", false),
    ("chương trình phối hợp", "CTr", false),
    ("chương trình công tác", "CTr", false),
    ("đề án", "ĐA", false),
    ("báo cáo", "BC", false),
    ("báo cáo thẩm tra", "BC", false),
    ("báo cáo thẩm định", "BC", false),
    ("tờ trình", "TTr", false),
    ("công điện", "CĐ", false),
    ("quy chế", "QC", false),
    ("quy định", "QyĐ", false),
    ("phương án", "PA", false),
    ("dự án", "DA", false),
    ("giấy mời", "GM", false),
    ("biên bản", "BB", false),
    ("thông tri", "TTi", false),
    ("giấy phép", "GP", false),
    ("thông cáo", "TC", false),
    ("phiếu chuyển", "PC", false),
    ("điều lệ", "ĐL", false),
    ("quy hoạch", "QH", false),
    ("chiến lược", "CL", false),
    ("án lệ", "AL", false),
    ("nq", "NQ", true),
    ("nđ", "NĐ", true),
    ("qđ", "QĐ", true),
    ("ct", "CT", true),
    ("tt", "TT", true),
    ("ttlt", "TTLT", true),
    ("kh", "KH", true),
    ("cv", "CV", true),
    ("vb", "VB", true),
    ("tb", "TB", true),
    ("kl", "KL", true),
    ("hd", "HD", true),
    ("ctr", "CTr", true),
    ("bc", "BC", true),
    ("ttr", "TTr", true),
    ("cđ", "CĐ", true),
    ("tbkl", "TB", true),
];

impl Lexicon {
    fn load() -> Self {
        let types: Vec<DocumentType> = table(include_str!("lexicon/document_types.toml"), "type");
        let issuers: Vec<Issuer> = table(include_str!("lexicon/issuers.toml"), "issuer");
        let agencies: Vec<Agency> = table(include_str!("lexicon/agencies.toml"), "agency");
        let provinces: Vec<Province> = table(include_str!("lexicon/provinces.toml"), "province");
        let cues: Cues = toml::from_str(include_str!("lexicon/cues.toml")).unwrap_or_else(|e| panic!("lexicon/cues.toml: {e}"));
        let duty = cues.duty;
        Self {
            // Of types without abbreviation the first answers to the empty one.
            type_by_exact_abbr: types.iter().enumerate().rev().map(|(i, t)| (t.abbr.clone(), i)).collect(),
            type_by_abbr: index_types(&types),
            issuer_by_symbol: index_issuers(&issuers),
            agency_names: agency_phrases(&agencies),
            province_names: province_phrases(&provinces),
            type_words: Phrases::new(TYPE_WORDS.iter().map(|&(w, code, short)| (w, TypeWord { code, short }))),
            law_names: law_names(),
            columns: Phrases::new(cues.columns.iter().flat_map(|(name, words)| words.iter().map(|w| (w, column(name))))),
            relations: Phrases::new(cues.relation.iter().flat_map(|r| r.phrases.iter().map(|p| (p, relation_name(&r.r#type))))),
            title_openers: Phrases::list(&cues.title.openers),
            verbs: Phrases::list(&duty.verbs),
            strong_verbs: Phrases::list(&duty.strong_verbs),
            not_verbs: Phrases::list(&duty.not_verbs),
            heads: Phrases::list(&duty.heads),
            not_heads: Phrases::list(&duty.not_heads),
            imperatives: Phrases::new(duty.request.iter().map(|p| (p, Imperative::Request)).chain(duty.order.iter().map(|p| (p, Imperative::Order)))),
            not_duties: Phrases::list(&duty.not_duties),
            types,
            issuers,
            agencies,
            provinces,
        }
    }

    /// Whether a verb stands in the next words of a clause.
    fn deed_follows(&self, folded: &str, from: usize) -> bool {
        const REACH: usize = 120;
        let rest = head(folded.get(from..).unwrap_or_default(), REACH);
        let clause = &rest[..rest.find([',', ';', '.', ':', '(']).unwrap_or(rest.len())];
        clause.match_indices(' ').any(|(n, _)| self.verbs.at(folded, from + n + 1).is_some())
    }

    /// The end of a verb that begins a predicate at this byte, if one does.
    pub fn verb_at(&self, folded: &str, at: usize) -> Option<usize> {
        let (end, ()) = self.verbs.at(folded, at)?;
        // "Quyết định số 77 …", "Báo cáo số 12 …" are papers; "báo cáo số lượng" is a deed.
        if folded[end..].strip_prefix(" số ").is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit())) {
            return None;
        }
        // "chi tiết" is no spending.
        if folded[at..end] == *"chi" && folded[end..].starts_with(" tiết") {
            return None;
        }
        // "Các cơ quan chủ trì soạn thảo nghị quyết gửi hồ sơ": which of them.
        let drafting = |before: &str| ["cơ quan ", "đơn vị "].iter().any(|w| before.ends_with(w));
        const DRAFTS: &str = "soạn thảo ";
        let drafts = folded[at..].strip_prefix("chủ trì ").filter(|rest| rest.starts_with(DRAFTS) && drafting(&folded[..at]));
        let drafts =
            drafts.or_else(|| Some(&folded[at..]).filter(|rest| rest.starts_with(DRAFTS) && folded[..at].strip_suffix("chủ trì ").is_some_and(drafting)));
        if drafts.is_some_and(|rest| self.deed_follows(folded, folded.len() - rest.len() + DRAFTS.len())) {
            return None;
        }
        // "Quỹ Hỗ trợ phát triển hợp tác xã"
        if folded[at..end] == *"hợp tác" && folded[end..].strip_prefix(" xã").is_some_and(|rest| !rest.starts_with(" hội")) {
            return None;
        }
        // "công trình", "quy trình" are nouns whose second syllable reads as a verb.
        let compound = ["công ", "quy ", "chương ", "quá ", "lộ ", "dịch vụ "].iter().any(|w| folded[..at].ends_with(w));
        let noun = compound && opens_with(&folded[at..], &["trình", "tổng hợp", "thu", "lập"]);
        let pairs = [
            ("cây ", "trồng"),
            ("vùng ", "trồng"),
            ("nguồn ", "nộp"),
            ("nuôi ", "trồng"),
            ("truyền ", "hình thành"),
            ("trưởng đoàn ", "kiểm tra"),
            ("trưởng đoàn ", "giám sát"),
            ("trưởng đoàn ", "thanh tra"),
            // Bodies that are named after it: "Hội đồng bồi thường, giải phóng mặt bằng huyện".
            ("hội đồng ", "bồi thường"),
            ("ban ", "bồi thường"),
            ("trung tâm ", "bồi thường"),
            ("bồi thường, ", "giải phóng"),
            ("ban ", "giải phóng"),
            ("trung tâm ", "giải phóng"),
            ("chủ ", "đầu tư"),
            ("dự án ", "đầu tư"),
            ("qlda ", "đầu tư"),
            ("nhà ", "đầu tư"),
            ("vốn ", "đầu tư"),
            ("đầu tư ", "xây dựng"),
            ("vật liệu ", "xây dựng"),
            ("cơ sở ", "sản xuất"),
            ("cơ sở ", "đào tạo"),
            ("trụ sở ", "làm việc"),
            ("công nghệ ", "thông tin"),
            ("hệ thống ", "thông tin"),
            ("trung tâm ", "thông tin"),
            ("cổng ", "thông tin"),
            ("thường ", "trực"),
        ];
        // Most pairs differ in the first byte of the verb: no call is made for them.
        let first = folded.as_bytes()[at];
        let noun = noun || pairs.iter().any(|(a, b)| b.as_bytes()[0] == first && folded[at..].starts_with(b) && folded[..at].ends_with(a));
        (!noun && self.not_verbs.at(folded, at).is_none()).then_some(end)
    }

    /// The document type with this abbreviation, in any of its spellings; the exact one counts first, since `DA`
    /// (dự án) and `ĐA` (đề án) differ by the stroke alone.
    pub fn type_of_abbr(&self, abbr: &str) -> Option<&DocumentType> {
        let exact = self.type_by_exact_abbr.get(abbr);
        exact.or_else(|| self.type_by_abbr.get(&symbol_key(abbr))).map(|&i| &self.types[i])
    }

    /// The name of the document type with this code in records, in small letters: "quyết định".
    pub fn type_name(&self, code: &str) -> Option<String> {
        let word = TYPE_WORDS.iter().find(|(_, c, short)| *c == code && !short).map(|(w, ..)| (*w).to_owned());
        word.or_else(|| self.types.iter().find(|t| t.abbr == code).map(|t| t.name.to_lowercase()))
    }

    /// The issuer with this abbreviation, and whether it is spelled as it should be.
    pub fn issuer_of_symbol(&self, abbr: &str) -> Option<(&Issuer, bool)> {
        let (i, _) = *self.issuer_by_symbol.get(&symbol_key(abbr))?;
        Some((&self.issuers[i], self.issuers[i].abbr == abbr))
    }
}

/// Symbols are compared without case, with Đ as D: the stroke is often lost.
fn symbol_key(abbr: &str) -> String {
    let mut key = fold(abbr);
    key.retain(|c| !c.is_whitespace());
    if key.contains('đ') { key.replace('đ', "d") } else { key }
}

fn law_names() -> Phrases<()> {
    let file: HashMap<String, Vec<String>> = toml::from_str(include_str!("lexicon/laws.toml")).unwrap_or_else(|e| panic!("lexicon/laws.toml: {e}"));
    Phrases::list(file.into_values().flatten())
}

fn index_types(types: &[DocumentType]) -> HashMap<String, usize> {
    let mut index = HashMap::new();
    for (i, t) in types.iter().enumerate() {
        if !t.abbr.is_empty() {
            index.entry(symbol_key(&t.abbr)).or_insert(i);
        }
    }
    for (i, t) in types.iter().enumerate().filter(|(_, t)| !t.abbr.is_empty()) {
        for v in &t.variants {
            index.entry(symbol_key(v)).or_insert(i);
        }
    }
    index
}

fn index_issuers(issuers: &[Issuer]) -> HashMap<String, (usize, bool)> {
    let mut index = HashMap::new();
    for (i, issuer) in issuers.iter().enumerate() {
        index.entry(symbol_key(&issuer.abbr)).or_insert((i, true));
    }
    for (i, issuer) in issuers.iter().enumerate() {
        for v in &issuer.variants {
            index.entry(symbol_key(v)).or_insert((i, false));
        }
    }
    index
}

fn agency_phrases(agencies: &[Agency]) -> Phrases<usize> {
    let mut seen = HashMap::new();
    for (i, agency) in agencies.iter().enumerate() {
        for name in std::iter::once(&agency.name).chain(&agency.aliases) {
            let folded = fold(name);
            // "Phòng Văn hóa – Xã hội", and "Sớ Y tế", which recognition makes of "Sở Y tế".
            if folded.contains(" - ") {
                seen.entry(folded.replace(" - ", " – ")).or_insert(i);
            }
            if let Some(field) = folded.strip_prefix("sở ") {
                seen.entry(format!("sớ {field}")).or_insert(i);
            }
            seen.entry(folded).or_insert(i);
        }
    }
    let mut all: Vec<_> = seen.into_iter().collect();
    all.sort();
    Phrases::new(all)
}

fn province_phrases(provinces: &[Province]) -> Phrases<usize> {
    let mut all = Vec::new();
    for (i, p) in provinces.iter().enumerate() {
        for name in std::iter::once(&p.name).chain(&p.aliases) {
            all.push((fold(name), i));
            all.push((fold(&format!("{} {name}", p.prefix)), i));
        }
    }
    all.sort();
    all.dedup_by(|a, b| a.0 == b.0);
    Phrases::new(all)
}

fn column(name: &str) -> Column {
    match name {
        "number" => Column::Number,
        "task" => Column::Task,
        "lead" => Column::Lead,
        "cooperate" => Column::Cooperate,
        "product" => Column::Product,
        "deadline" => Column::Deadline,
        "authority" => Column::Authority,
        "basis" => Column::Basis,
        _ => Column::Remark,
    }
}

/// Relation types of cue lists; the `_by` ones turn source and target round.
const RELATION_NAMES: [&str; 20] = [
    "based_on",
    "implements",
    "continues",
    "reviews",
    "publicises",
    "guides",
    "amends",
    "amended_by",
    "replaces",
    "replaced_by",
    "repeals",
    "repealed_by",
    "suspends",
    "corrects",
    "consolidates",
    "promulgates",
    "approves",
    "responds_to",
    "attached_to",
    "cites",
];

fn relation_name(name: &str) -> &'static str {
    RELATION_NAMES.iter().find(|n| **n == name).unwrap_or_else(|| panic!("lexicon/cues.toml: unknown relation {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use foldhash::HashSet;

    #[test]
    fn ids_are_unique() {
        let l = lexicon();
        for (what, ids) in [("type", l.types.iter().map(|t| &t.id).collect::<Vec<_>>()), ("agency", l.agencies.iter().map(|a| &a.id).collect())] {
            let set: HashSet<_> = ids.iter().collect();
            assert_eq!(set.len(), ids.len(), "two {what} records share an id");
        }
    }

    #[test]
    fn no_alias_belongs_to_two_agencies_of_one_level() {
        let mut owner: HashMap<(String, &str), &str> = HashMap::new();
        for a in &lexicon().agencies {
            for name in std::iter::once(&a.name).chain(&a.aliases) {
                let other = owner.insert((fold(name), &a.level), &a.id);
                assert!(other.is_none_or(|o| o == a.id), "{name:?} is {other:?} and {}", a.id);
            }
        }
    }

    #[test]
    fn symbols_are_known_in_damaged_spellings() {
        for (symbol, canon) in [("BGDDT", "BGDĐT"), ("QHI5", "QH15"), ("ƯBND", "UBND"), ("TTg", "TTg"), ("Ttg", "TTg")] {
            assert_eq!(lexicon().issuer_of_symbol(symbol).map(|(i, _)| i.abbr.as_str()), Some(canon), "{symbol}");
        }
        assert_eq!(lexicon().type_of_abbr("QD").map(|t| t.abbr.as_str()), Some("QĐ"));
        assert_eq!(lexicon().type_of_abbr("TTr").map(|t| t.abbr.as_str()), Some("TTr"));
    }

    #[test]
    fn every_holiday_is_a_date() {
        for date in holidays().keys() {
            assert!(date.parse::<jiff::civil::Date>().is_ok(), "{date}");
        }
    }
}
