//! Names of bodies, offices and groups of them, as they stand in sentences and table cells.
//!
//! A name holds commas and "và" ("Sở Văn hóa, Thể thao và Du lịch", "các sở, ngành tỉnh"), so known names are
//! matched first and longest; what is not known is read from its first word up to the predicate.

mod shared;

use crate::lexicon::lexicon;
use crate::phrases::Phrases;
use crate::text::{Span, Text, fold, head, is_letter, is_word_end, is_word_start, opens_with};
use memchr::memmem::Finder;
use std::sync::{Arc, LazyLock};

/// A body or group named on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// As printed, without the capacity in which it acts.
    pub span: Span,
    /// As printed, or put together where a list shares its first word ("Các Sở: Công Thương, Xây dựng").
    pub text: Arc<str>,
    /// Index of the lexicon's agency, when the name is known.
    pub agency: Option<usize>,
    /// Whether it denotes several bodies.
    pub group: bool,
}

impl Party {
    /// Whether two names are the same but for capitals and the place of tone marks.
    pub fn is_alike(&self, other: &Self) -> bool {
        // Folding keeps the length.
        self.text.len() == other.text.len() && fold(&self.text) == fold(&other.text)
    }
}

/// A list of parties and where it ends.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parties {
    /// In the order of the page.
    pub list: Vec<Party>,
    /// One past the last name, with what follows it in brackets and as capacity.
    pub end: usize,
}

/// How far a name may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// A predicate follows somewhere: the first verb ends the name.
    Verb,
    /// Only punctuation ends it: headings, lists of recipients.
    Stop,
    /// A table cell: punctuation ends it, and may be lost between two names.
    Cell,
}

/// No list names more parties.
const MOST_PARTIES: usize = 40;
/// No name runs longer than this many words.
const MOST_WORDS: usize = 28;

/// Reads the parties that start at `start`; `limit` is the end of the passage.
pub fn parties_at(text: &Text, start: usize, limit: usize, until: Until) -> Option<Parties> {
    if start >= limit {
        return None;
    }
    let reader = Reader { folded: &text.folded()[..limit], text: &text.as_str()[..limit], until };
    let mut parties = Parties::default();
    let mut at = reader.without_comrade(reader.skip_blanks(start));
    while parties.list.len() < MOST_PARTIES {
        let Some((names, end)) = reader.name(at, parties.list.last()) else { break };
        parties.list.extend(names);
        parties.end = end;
        match reader.list_separator(end).or_else(|| reader.unseparated(end)) {
            Some(next) => at = next,
            None => break,
        }
    }
    (!parties.list.is_empty()).then_some(parties)
}

/// The one name that starts at `start`, as after "của".
pub fn name_at(text: &Text, start: usize, limit: usize) -> Option<Party> {
    let reader = Reader { folded: &text.folded()[..limit], text: &text.as_str()[..limit], until: Until::Verb };
    reader.name(start, None).and_then(|(names, _)| names.into_iter().next())
}

/// Whether a name ends with the level of a body: "Trung tâm Khuyến nông tỉnh", "Ban Công tác Mặt trận các thôn".
fn ends_with_level(name: &str) -> bool {
    const LEVELS: &[&str] = &["tỉnh", "thành phố", "huyện", "xã", "phường", "các thôn", "các khu phố", "các tổ dân phố", "các ấp", "các buôn"];
    LEVELS.iter().any(|w| name.strip_suffix(w).is_some_and(|b| b.ends_with(' ')))
}

/// Whether a name ends with a unit and its own name: "UBND xã Khánh Cường".
fn ends_with_unit(name: &str) -> bool {
    let small = name.rsplit(' ').take_while(|w| w.starts_with(char::is_uppercase)).count();
    let unit = name.rsplit(' ').nth(small);
    (1..=4).contains(&small) && unit.is_some_and(|w| matches!(w, "xã" | "phường" | "huyện" | "quận" | "trấn" | "khu" | "thôn"))
}

/// Words in small letters that go on with a whole name: units, what it belongs to, where it stands, of which kind it is.
static SPECIFIERS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::list([
        "trực thuộc",
        "thuộc",
        "của",
        "liên quan",
        "có",
        "ở",
        "tại",
        "trên",
        "trong",
        "ngoài",
        "nơi",
        "đến",
        "và",
        "các",
        "hai",
        "những",
        "mỗi",
        "tỉnh",
        "thành",
        "thành phố",
        "huyện",
        "quận",
        "thị",
        "xã",
        "phường",
        "đặc khu",
        "thôn",
        "ấp",
        "bản",
        "buôn",
        "làng",
        "khu",
        "khu phố",
        "đặc biệt",
        "khó khăn",
        "nghèo",
        "vùng",
        "miền",
        "phía",
        "nhân dân",
        "ven",
        "dọc",
        "đồng bằng",
        "biên giới",
        "giáp ranh",
        "hải đảo",
        "cửa khẩu",
        "trở ra",
        "trở vào",
        "khóa",
        "khoá",
        "nhiệm kỳ",
        "cấp tỉnh",
        "cấp huyện",
        "cấp xã",
        "cấp trên",
        "cấp dưới",
        "cấp trung ương",
        "cấp cơ sở",
        "cấp phường",
        "cấp thành phố",
        "cấp bộ",
        "cấp quận",
        "cấp thôn",
        "cấp có",
        "cùng",
        "hội",
        "ủy",
        "uỷ",
        "phổ thông",
        "mầm non",
        "tiểu học",
        "trung học",
        "đại học",
        "cao đẳng",
        "trung cấp",
        "nghề nghiệp",
        "công lập",
        "tư thục",
        "dân lập",
        "dân tộc",
        "nội trú",
        "bán trú",
        "nước ngoài",
        "chuyên",
        "dịch vụ",
        "học",
        "kinh doanh",
        "sản xuất",
        "hoạt động",
        "tiêu biểu",
        "nước",
        "khác",
        "khu vực",
        "địa phương",
        "nhà nước",
        "trung ương",
        "quốc gia",
        "nghề",
        "chính",
        "số",
        "kiêm",
        "đương nhiệm",
        "lâm thời",
        "cũ",
        "mới",
        "sau",
        "trước",
        "đầu",
        "cuối",
        "thứ",
        "hiện",
        "tham gia",
        "hưởng",
        "bắt buộc",
        "thành viên",
        "viên",
        "phụ trách",
        "cơ quan",
    ])
});

/// Whether a deed of a body begins behind its name, at `at`, whether or not the lexicon knows the verb.
pub(crate) fn begins_deed(folded: &str, at: usize) -> bool {
    // "Trưởng các thôn “đi từng ngõ, gõ từng nhà”, phát giấy mời …"
    folded[at..].starts_with('“') || begins_predicate(folded, at) && !ENDS.starts(folded, at)
}

/// Whether what is told of a body begins at `at`: no word that goes on with its name, whether or not the verb is known.
fn begins_predicate(folded: &str, at: usize) -> bool {
    folded[at..].starts_with(char::is_alphabetic) && !SPECIFIERS.starts(folded, at) && lexicon().not_verbs.at(folded, at).is_none()
}

struct Reader<'a> {
    folded: &'a str,
    text: &'a str,
    until: Until,
}

/// Nouns that go on with a group after a comma or "và": "các sở, ngành", "các huyện, thị xã, thành phố".
static GROUP_NOUNS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::list([
        "ngành",
        "ban",
        "ban, ngành",
        "đoàn thể",
        "đoàn thể nhân dân",
        "đoàn thể chính trị",
        "đơn vị",
        "địa phương",
        "tổ chức",
        "cá nhân",
        "thị xã",
        "thành phố",
        "huyện",
        "quận",
        "phường",
        "thị trấn",
        "xã",
        "đặc khu",
        "cơ quan",
        "doanh nghiệp",
        "hội",
        "cơ quan ngang bộ",
        "cơ quan thuộc chính phủ",
        "truyền thông",
        "báo chí",
        "chữa bệnh",
        "sở",
        "thủ trưởng",
        "trường",
        "trung tâm",
        "hợp tác xã",
        "hộ gia đình",
        "mỗi công dân",
        "cộng đồng",
        "hiệp hội",
        "tập đoàn",
        "tổng công ty",
        "công ty",
        "bộ",
        "thôn",
        "bản",
        "buôn",
        "ấp",
        "khu phố",
        "tổ dân phố",
        "khối",
        "xóm",
        "làng",
        "hội quần chúng",
        "phòng",
        "trạm",
        "cấp",
        "lực lượng",
        "chính quyền",
        "mặt trận",
        "nhà trường",
        "bệnh viện",
        "thành viên",
        "đoàn",
        "tỉnh",
        "phó",
        "các phó",
        "chi nhánh",
        "văn phòng đại diện",
        "cơ sở",
        "người dân",
        "trực thuộc",
        "công an",
        "quân sự",
        "khu",
        "điểm",
        "cụm",
        "trung cấp",
        "cao đẳng",
    ])
});

/// Words that make a name plural.
static PLURALS: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::list(["các", "những", "toàn thể", "tất cả", "mọi", "cấp", "ubnd các", "ủy ban nhân dân các", "chủ tịch ubnd các"]));

/// Words that name several bodies with the noun after a comma: "cơ quan, đơn vị".
static LISTED: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::list([
        "cơ quan",
        "sở",
        "bộ",
        "đơn vị",
        "ban",
        "tổ chức",
        "xã",
        "huyện",
        "thủ trưởng cơ quan",
        "người đứng đầu cơ quan",
        "cơ quan thông tấn",
        "cơ quan báo chí",
    ])
});

/// Finds "các".
static PLURAL: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("các"));

/// Words that end every name.
static ENDS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::list([
        "được",
        "do",
        "mà",
        "thì",
        "là",
        "đã",
        "sẽ",
        "đang",
        "cần",
        "phải",
        "có trách nhiệm",
        "có nhiệm vụ",
        "để",
        "về",
        "nhằm",
        "khi",
        "nếu",
        "theo",
        "trên cơ sở",
        "căn cứ",
        "quy định",
        "hết hiệu lực",
        "có thể",
        "có quyền",
        "ngày",
        "trước ngày",
        "trong quá trình",
        "như",
        "từ",
        "bằng",
        "với",
        "vào",
        "sau khi",
        "không",
        "chưa",
        "này",
        "hoặc",
        "đối với",
        "trước",
        "chậm nhất",
        "hằng năm",
        "hàng năm",
        "định kỳ",
        "trong việc",
        "trong công tác",
        "có dự án",
        "trân trọng",
        "chân thành",
        "cảm ơn",
        "hoan nghênh",
        "cơ bản",
        "gửi lời",
        "chia buồn",
        "nhiều năm",
        "kết luận",
    ])
});

/// Bodies whose own name is a task: only strong predicates end it.
const TASK_NAMED: &[&str] = &[
    "ban chỉ đạo",
    "bcđ",
    "hội đồng",
    "tổ công tác",
    "ban chỉ huy",
    "ban tổ chức",
    "ban điều hành",
    "các thành viên ban chỉ đạo",
    "thành viên ban chỉ đạo",
    "thường trực ban chỉ đạo",
    "cơ quan thường trực ban chỉ đạo",
];

/// What bodies do by which they are named.
static TRADES: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::list([
        "sản xuất",
        "kinh doanh",
        "nhập khẩu",
        "xuất khẩu",
        "chế biến",
        "chăn nuôi",
        "nuôi trồng",
        "khai thác",
        "giết mổ",
        "tái chế",
        "phân phối",
        "vận tải",
        "thu gom",
        "vận chuyển",
        "xử lý",
        "sử dụng ngân sách",
        "sử dụng năng lượng",
        "sử dụng lao động",
        "sử dụng đất",
        "sử dụng hóa chất",
        "sử dụng nước",
        "có sử dụng",
    ])
});

/// Units that places may specify.
static UNITS_OF_PLACES: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::list([
        "các xã",
        "các huyện",
        "các phường",
        "các tỉnh",
        "các quận",
        "các thành phố",
        "các địa phương",
        "các thôn",
        "các ấp",
        "các bản",
        "các buôn",
        "các khu phố",
        "các trung tâm y tế",
        "các bệnh viện",
        "các trạm y tế",
        "các hạt kiểm lâm",
    ])
});

/// What is done to bodies of which a name tells which are meant.
const SEEN: &[&str] = &["được giám sát", "được kiểm tra", "được thanh tra", "được kiểm toán", "được khảo sát", "được lựa chọn"];

/// One name with its bracket is no longer, in bytes.
const NEAR: usize = 400;

impl Reader<'_> {
    /// "đồng chí Bí thư Tỉnh ủy": the office is meant; "đồng chí Nguyễn Văn A" is named so.
    fn without_comrade(&self, at: usize) -> usize {
        let behind = ["các đồng chí ", "đồng chí ", "đ/c "].iter().find(|w| self.folded[at..].starts_with(**w)).map(|w| at + w.len());
        behind.filter(|&n| lexicon().heads.at(self.folded, n).is_some()).unwrap_or(at)
    }

    fn skip_blanks(&self, at: usize) -> usize {
        at + (self.text[at..].len() - self.text[at..].trim_start_matches([' ', '*']).len())
    }

    /// The name at `at`, or several where a list shares its first word; and the place after it.
    fn name(&self, at: usize, before: Option<&Party>) -> Option<(Vec<Party>, usize)> {
        if !is_word_start(self.folded, at) {
            return None;
        }
        let known = lexicon().agency_names.at(self.folded, at);
        let head = lexicon().heads.at(self.folded, at);
        if known.is_none() && head.is_none() {
            return None;
        }
        let look_alike = lexicon().not_heads.at(self.folded, at).is_some_and(|n| known.is_none_or(|k| k.0 <= n.0) && head.is_none_or(|h| h.0 <= n.0));
        if look_alike {
            return None;
        }
        // "các" opens a name only before a noun of bodies.
        if known.is_none() && self.folded[at..].starts_with("các ") && !self.group_noun(at + "các ".len()) && !self.names_kind(at + "các ".len()) {
            return None;
        }
        if let Some(split) = self.shared(at) {
            return Some(split);
        }
        let opens_plural = self.opens_plural(at) || before.is_some_and(|b| self.continues_committees(b, at));
        let plural = opens_plural || self.names_several(self.near(at));
        let first_end = known.map_or(head.map_or(at, |h| h.0), |k| k.0);
        // "Các sở giáo dục và đào tạo": all bodies of one name.
        let of_one_name = self.folded[at..].strip_prefix("các ").and_then(|_| lexicon().agency_names.at(self.folded, at + "các ".len())).map(|(end, _)| end);
        let first_end = of_one_name.filter(|end| self.folded[at..*end].contains(" và ")).map_or(first_end, |end| end.max(first_end));
        let end = self.extend(at, first_end, plural, known.is_some());
        let end = self.before_short_form(at, end).unwrap_or(end);
        let end = at + self.text[at..end].trim_end_matches([' ', ',', ';', '-', '–']).len();
        if end == at || end == first_end && known.is_none() && before.is_none() && self.is_bare_head(at, end) {
            return None;
        }
        let agency = known.filter(|k| k.0 == end).map(|k| *k.1).or_else(|| self.known_prefix(at, end));
        let of_units = self.text[at..end].rfind(", ").is_some_and(|n| self.names_units(at, at + n) && self.is_bare_unit(at + n + 2));
        let group = opens_plural || of_units || self.names_several(&self.folded[at..end]) || agency.is_some_and(|i| lexicon().agencies[i].is_group());
        let party = Party { span: Span::new(at, end), text: self.text[at..end].into(), agency, group };
        Some((vec![party], self.after(end)))
    }

    /// The known agency that the name begins with, when only its place follows.
    fn known_prefix(&self, at: usize, end: usize) -> Option<usize> {
        let (known_end, &agency) = lexicon().agency_names.at(&self.folded[..end], at)?;
        let rest = self.folded[known_end..end].trim();
        let place = opens_with(rest, &["tỉnh", "thành phố", "tp", "huyện", "xã", "phường", "quận", "thị xã"]) || lexicon().province_names.exact(rest).is_some();
        (rest.is_empty() || place).then_some(agency)
    }

    /// A single word such as "tổ" or "báo" is no name by itself.
    fn is_bare_head(&self, at: usize, end: usize) -> bool {
        let name = &self.folded[at..end];
        !name.contains(' ') && !matches!(name, "bộ" | "sở" | "quốc hội" | "công an" | "đảng ủy" | "tỉnh" | "xã" | "huyện" | "thuế" | "ubnd" | "bcđ" | "hđnd")
    }

    /// "Các TTHTCĐ", "các HTX": a kind of body by its short form; "các TTHC" are procedures.
    fn names_kind(&self, at: usize) -> bool {
        let word = &self.text[at..self.word_end(at)];
        let short = word.chars().count() >= 3 && word.chars().all(char::is_uppercase);
        short && !["TTHC", "VBQPPL", "DVC", "CSDL", "CBCC", "CNTT", "QCVN", "TCVN"].contains(&word)
    }

    fn opens_plural(&self, at: usize) -> bool {
        let rest = &self.folded[at..];
        let noun = || LISTED.at(self.folded, at).and_then(|(end, ())| self.folded[end..].strip_prefix(", "));
        PLURALS.starts(rest, 0) || noun().is_some_and(|n| GROUP_NOUNS.starts(n, 0))
    }

    /// "Các tỉnh ủy, thành ủy": Party committees after "các" are as many as the first.
    fn continues_committees(&self, before: &Party, at: usize) -> bool {
        let is_committee = |text: &str| text.split([' ', ',', ';']).nth(1) == Some("ủy");
        let first = &self.folded[before.span.start..before.span.end];
        before.group && is_committee(first.strip_prefix("các ").unwrap_or(first)) && is_committee(&self.folded[at..])
    }

    /// Whether "các" stands among the first words, before any stop.
    fn names_several(&self, near: &str) -> bool {
        let stop = near.bytes().position(|b| matches!(b, b',' | b';' | b':' | b'.')).unwrap_or(near.len());
        let near = &near[..stop];
        PLURAL.find_iter(near.as_bytes()).any(|n| {
            let whole = (n == 0 || near[..n].ends_with(' ')) && (near.len() == n + "các".len() || near[n + "các".len()..].starts_with(' '));
            whole && memchr::memchr_iter(b' ', &near.as_bytes()[..n]).count() < 14
        })
    }

    fn group_noun(&self, at: usize) -> bool {
        GROUP_NOUNS.starts(self.folded[at..].trim_start(), 0) || lexicon().heads.starts(self.folded, at)
    }

    /// Where a name that is known up to `from` really ends.
    fn extend(&self, start: usize, from: usize, plural: bool, known: bool) -> usize {
        let task_named = opens_with(&self.folded[start..], TASK_NAMED);
        let mut i = self.of_the_country(start).map_or(from, |end| end.max(from));
        let mut words = 0;
        loop {
            let gap = &self.text[i..];
            let blank = gap.len() - gap.trim_start_matches([' ', '*']).len();
            let at = i + blank;
            let Some(c) = self.text[at..].chars().next() else { return i };
            words += 1;
            if words > MOST_WORDS {
                return i;
            }
            match c {
                // "Ủy ban KH,CN&MT": a comma inside an abbreviation.
                ',' if blank == 0 && self.is_abbreviation_comma(at) => i = self.word_end(at + 1),
                ',' | 'a'..='z' | 'à'..='ỹ' if let Some(end) = self.trade_end(start, i) => i = end,
                ',' => match self.goes_on_after_comma(start, at, plural) {
                    Some(next) => i = next,
                    None => return i,
                },
                '-' | '–' if self.until == Until::Cell && self.begins_listed(self.skip_blanks(at + c.len_utf8())) => return i,
                '-' | '–' => match self.goes_on_after_dash(at) {
                    Some(next) => i = next,
                    None => return i,
                },
                ':' if blank == 0 && plural => match self.goes_on_to_places(start, at) {
                    Some(next) => i = next,
                    None => return i,
                },
                '/' | '&' if blank == 0 => i = self.word_end(at + 1),
                c if !is_letter(c) => return i,
                _ if self.folded[at..].starts_with("trong và ngoài ") => i = at + "trong và ngoài".len(),
                _ if self.folded[at..].starts_with("cùng cấp") => i = at + "cùng cấp".len(),
                // "UBND các xã sau sắp xếp rà soát trụ sở": which of them.
                _ if let Some(told) = ["sau sắp xếp", "sau khi sắp xếp", "sau sáp nhập"].iter().find(|w| self.folded[at..].starts_with(**w)) => {
                    i = at + told.len();
                }
                // "Các sở, ngành còn lại xây dựng …"
                _ if plural && self.folded[at..].starts_with("còn lại ") => i = at + "còn lại".len(),
                // "Sở Văn hóa, Thể thao và Du lịch cùng với Bảo tàng tỉnh", "Ban Pháp chế cùng Văn phòng"
                _ if self.begins_company(at) => return i,
                // "Ủy ban nhân dân thành phố Chỉ thị Thủ trưởng các sở": the order that directives of old give.
                _ if self.directs(at) => return i,
                // "đơn vị nêu trên": what points back to the names above ends the name.
                _ if self.folded[at..].starts_with("nêu trên") => return at + "nêu trên".len(),
                _ if self.folded[at..].starts_with("và ") || self.folded[at..].starts_with("cùng ") || self.folded[at..].starts_with("hoặc ") => {
                    match self.goes_on_after_and(start, at, plural) {
                        Some(next) => i = next,
                        None => return i,
                    }
                }
                _ if self.until == Until::Cell
                    && (words > 1 || known)
                    && self.begins_other(at)
                    && !["của ", "thuộc ", "thành viên ", "trung ương ", "đảng ủy ", "đảng bộ ", "chi bộ "].iter().any(|w| self.folded[..at].ends_with(w)) =>
                {
                    return i;
                }
                // "UBND các xã, phường được giám sát xây dựng báo cáo": which of them.
                _ if plural && let Some(seen) = SEEN.iter().find(|w| self.folded[at..].starts_with(**w)) => i = at + seen.len(),
                // "UBND các xã, phường nơi dự kiến đặt trạm rà soát": the first deed tells which of them.
                _ if (plural || ends_with_level(&self.text[start..i])) && self.folded[at..].starts_with("nơi ") => i = self.told_of_place(at + "nơi ".len()),
                _ if self.ends_name(start, at, task_named, known && words == 1) => return i,
                _ => {
                    // "Văn phòng Đăng ký đất đai": no part of it is a deed.
                    let whole = lexicon().not_verbs.at(self.folded, at).map(|(end, ())| end);
                    i = whole.or_else(|| self.whole_inside(at)).unwrap_or_else(|| self.word_end(at));
                    // "… 389 tỉnh. Trong quá trình", "… khóa X. Để": a stop, where no short word is cut short by it ("TP. Huế").
                    let word = &self.text[at..i];
                    // "UBND huyện Đại Từ. Cơ quan quản lý": another body begins.
                    let other = || word.chars().skip(1).any(char::is_lowercase) && lexicon().heads.at(self.folded, self.skip_blanks(i)).is_some();
                    let whole = word.chars().count() > 4 || self.folded[..at].ends_with("khóa ") || other();
                    if word.ends_with('.') && whole && self.text[i..].starts_with(' ') {
                        return i - 1;
                    }
                }
            }
        }
    }

    /// Where the trade ends by which bodies are named: "các cơ sở «sản xuất, kinh doanh» thuốc thú y niêm yết". A deed follows
    /// before the sentence stops, else the trade is the deed.
    fn trade_end(&self, start: usize, i: usize) -> Option<usize> {
        const TRADERS: &[&str] = &[
            "cơ sở",
            "doanh nghiệp",
            "tổ chức",
            "cá nhân",
            "hộ",
            "hộ gia đình",
            "thương nhân",
            "tổ hợp tác",
            "hợp tác xã",
            "nhà",
            "chủ cơ sở",
            "cung ứng dịch vụ",
            "cung cấp dịch vụ",
            "đơn vị",
            "cơ quan",
            "đầu mối",
            "cơ sở giáo dục",
        ];
        let ends_with = |name: &str| TRADERS.iter().any(|w| name.strip_suffix(w).is_some_and(|rest| rest.is_empty() || rest.ends_with(' ')));
        let is_trade = |name: &str| name.rmatch_indices(' ').map(|(n, _)| n + 1).take(3).chain([0]).any(|n| TRADES.exact(&name[n..]).is_some());
        let trade_at = |at: usize| TRADES.at(self.folded, at).map(|(end, ())| end);
        let listed = self.folded[i..].starts_with(", ");
        // Few words begin a trade: the name is looked at last.
        let mut end = trade_at(if listed { i + ", ".len() } else { self.skip_blanks(i) })?;
        let name = self.folded[start..i].trim_end();
        if !(if listed { is_trade(name) } else { ends_with(name) }) {
            return None;
        }
        while let Some(next) = [", ", " và "].iter().find_map(|w| self.folded[end..].starts_with(w).then(|| end + w.len())).and_then(trade_at) {
            end = next;
        }
        let rest = head(&self.folded[end..], NEAR);
        let stop = end + rest.find([';', '.', ':', '(']).unwrap_or(rest.len());
        let deed = |n: usize| lexicon().verb_at(self.folded, n).is_some() && lexicon().heads.at(self.folded, n).is_none() && trade_at(n).is_none();
        // "Các đơn vị cung ứng dịch vụ thu gom, xử lý chất thải: Thực hiện …", "Các cơ sở sử dụng năng lượng trọng điểm" as a heading
        let colon = self.folded[stop..].starts_with(": ");
        let words = || self.folded[end..stop].match_indices(' ').map(|(n, _)| end + n + 1);
        let heading = stop == self.folded.len() && self.folded[start..].starts_with("các ") && !words().any(deed);
        // What is told of them with "có" may hold a deed: "có sử dụng xe ô tô đưa đón học sinh:".
        let told = self.folded[..end].ends_with("có sử dụng");
        let must = || [" phải ", " có trách nhiệm", " khi "].iter().any(|w| self.folded[end..stop].contains(w));
        if heading || colon && self.text[stop + 2..].starts_with(char::is_alphabetic) && (told || !words().any(deed)) && !must() {
            return Some(end.max(stop - (self.folded[end..stop].len() - self.folded[end..stop].trim_end().len())));
        }
        // A comma before the deed: "thu gom rác thải, xử lý nước thải" is what they do.
        words().find(|&n| deed(n)).filter(|&n| !self.folded[..n].ends_with(", ")).map(|_| end)
    }

    /// Where the first deed ends in what is told of a place: "dự kiến đặt trạm", "có dự án đi qua".
    fn told_of_place(&self, from: usize) -> usize {
        const AUXILIARIES: &[&str] = &["dự kiến ", "đang ", "đã ", "sẽ ", "có ", "được ", "chưa ", "bị ", "không "];
        let mut at = from;
        while let Some(word) = AUXILIARIES.iter().find(|w| self.folded[at..].starts_with(**w)) {
            at += word.len();
        }
        // "nơi có cát, sỏi phải thường xuyên kiểm tra"
        let clause = head(&self.folded[at..], NEAR / 4);
        let must = [" phải ", " có trách nhiệm"].iter().filter_map(|w| clause.find(w)).min();
        let deed = |n: usize| clause[..n].match_indices(' ').any(|(word, _)| lexicon().verb_at(self.folded, at + word + 1).is_some());
        if let Some(n) = must.filter(|&n| !clause[..n].contains([';', '.', ':', '(']) && !deed(n)) {
            return at + n;
        }
        let end = lexicon().verb_at(self.folded, at).unwrap_or_else(|| self.word_end(at));
        // "nơi xảy ra cháy rừng"
        if self.folded[end..].starts_with(" ra ") { end + " ra".len() } else { end }
    }

    /// The end of what is one word of a name though a deed is in it: the office of a known body ("Bộ trưởng «Bộ Ngoại giao»"), a
    /// verb with a capital ("Cục «Đăng ký» và Dữ liệu thông tin đất đai").
    fn whole_inside(&self, at: usize) -> Option<usize> {
        if !self.text[at..].starts_with(char::is_uppercase) {
            return None;
        }
        // "Văn phòng Sở xây dựng và tổ chức thực hiện": small letters are a deed.
        let second = self.skip_blanks(self.word_end(at));
        let named = self.text[second..].starts_with(char::is_uppercase);
        let known = lexicon().agency_names.at(self.folded, at).map(|(end, _)| end).filter(|_| named);
        known.or_else(|| lexicon().verb_at(self.folded, at)).filter(|&end| end > self.word_end(at) && !self.text[at..end].contains([',', '.']))
    }

    /// "Phòng Xây dựng phong trào bảo vệ an ninh Tổ quốc (PV05)": the number of a department of the police in brackets ends its name,
    /// whatever deeds are in it.
    fn before_short_form(&self, start: usize, from: usize) -> Option<usize> {
        if self.until != Until::Verb || !opens_with(&self.folded[start..], &["phòng ", "cục "]) {
            return None;
        }
        let near = head(&self.text[from..], NEAR / 4);
        let open = near.find(" (")?;
        let short = &near[open + 2..open + 2 + near[open + 2..].find(')')?];
        let bytes = short.as_bytes();
        let is_short = bytes.len() == 4 && bytes[..2].iter().all(u8::is_ascii_uppercase) && bytes[2..].iter().all(u8::is_ascii_digit);
        let between = &self.folded[from..from + open];
        let plain = !between.contains([',', ';', '.', ':', '-']) && !between.split(' ').any(|w| matches!(w, "và" | "các" | "của"));
        let other = || {
            between
                .match_indices(' ')
                .any(|(n, _)| self.text[from + n + 1..].starts_with(char::is_uppercase) && lexicon().heads.at(self.folded, from + n + 1).is_some())
        };
        (is_short && plain && !other()).then_some(from + open)
    }

    /// Whether "cùng (với)" and a body stand here.
    fn begins_company(&self, at: usize) -> bool {
        let with = ["cùng với ", "cùng "].iter().find(|w| self.folded[at..].starts_with(**w));
        with.is_some_and(|w| **w == *"cùng với " || lexicon().heads.at(self.folded, at + w.len()).is_some() && !self.folded[at..].starts_with("cùng cấp"))
    }

    /// The end of "Tổng công ty Đầu tư phát triển đường cao tốc Việt Nam": what such a company does belongs to its name.
    fn of_the_country(&self, start: usize) -> Option<usize> {
        const BODIES: &[&str] = &["tổng công ty ", "tập đoàn ", "công ty cổ phần ", "công ty tnhh ", "ngân hàng "];
        const END: &str = " việt nam";
        let near = head(&self.folded[start..], NEAR / 4);
        if !opens_with(near, BODIES) {
            return None;
        }
        let end = near.find(END).filter(|&n| !near[..n].contains([',', ';', ':', '.', '(']))? + END.len();
        (is_word_end(near, end) && self.text[start + end - "Việt Nam".len()..].starts_with("Việt Nam")).then_some(start + end)
    }

    /// Whether "chỉ thị" stands here as a deed: a body follows at once, or the list that it leads in.
    fn directs(&self, at: usize) -> bool {
        self.folded[at..].strip_prefix("chỉ thị").is_some_and(|rest| {
            rest.trim_matches([' ', ':']).is_empty() || rest.starts_with(' ') && lexicon().heads.at(self.folded, at + "chỉ thị ".len()).is_some()
        })
    }

    /// Whether capitals stand on both sides of a comma without a blank.
    fn is_abbreviation_comma(&self, comma: usize) -> bool {
        let capital = |c: Option<char>| c.is_some_and(char::is_uppercase);
        let before = &self.text[..comma];
        capital(before.chars().next_back()) && capital(self.text[comma + 1..].chars().next())
    }

    /// What stands at `at`, as far as one name can reach.
    fn near(&self, at: usize) -> &str {
        head(&self.folded[at..], NEAR)
    }

    /// The end of the word at `at`; what is no word is passed over as one character.
    fn word_end(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest.find(|c: char| !is_letter(c) && c != '.').map_or(self.text.len(), |n| at + n.max(first));
        // "Cư M’gar", "Ea H'leo"
        let sign = self.text[end..].chars().next().filter(|c| matches!(c, '’' | '\'' | '‘' | 'ʼ') && end > at);
        match sign {
            Some(sign) if self.text[end + sign.len_utf8()..].starts_with(char::is_alphabetic) => self.word_end(end + sign.len_utf8()),
            _ => end,
        }
    }

    /// Whether a verb is what a unit cares for: "Trung tâm Quy hoạch xây dựng lập đồ án", "Chi cục Giám định xây dựng: Rà soát". Another
    /// deed, another body or the end of the name follows.
    fn names_field(&self, start: usize, at: usize, end: usize) -> bool {
        const UNITS: &[&str] = &["phòng ", "chi cục ", "trung tâm ", "ban quản lý ", "cục ", "viện "];
        const FIELDS: &[&str] = &["xây dựng", "đầu tư", "quản lý", "vận hành", "khai thác", "đào tạo", "bảo trì", "vận tải", "kiểm định", "giám định"];
        if !opens_with(&self.folded[start..], UNITS) || !FIELDS.contains(&&self.folded[at..end]) {
            return false;
        }
        let next = self.skip_blanks(end);
        let rest = &self.folded[next..];
        let body = |n: usize| self.text[n..].starts_with(char::is_uppercase) && lexicon().heads.at(self.folded, n).is_some();
        let listed = [", ", "; ", "và "].iter().any(|w| rest.starts_with(w) && body(next + w.len()));
        // "Ban Quản lý dự án công trình xây dựng tỉnh"
        let level = opens_with(rest, &["tỉnh ", "thành phố ", "huyện ", "xã ", "phường ", "tỉnh:"]);
        rest.is_empty() || rest.starts_with(':') || level || listed || lexicon().verb_at(self.folded, next).is_some()
    }

    /// Whether what stands at `at` is what a unit manages: "Phòng Quản lý dự báo khí tượng".
    fn is_managed(&self, start: usize, at: usize) -> bool {
        let name = self.text[start..at].trim_end();
        const DEEDS: &[&str] = &[" Quản lý", " Phối hợp", " Điều phối", " Hỗ trợ", " Kiểm soát", " Giám sát", " Bảo vệ", " Bảo tồn", " Xúc tiến", " Ứng dụng"];
        DEEDS.iter().any(|d| name.ends_with(d)) && opens_with(&self.folded[start..], &["phòng ", "cục ", "chi cục ", "vụ ", "trung tâm ", "bộ phận "])
    }

    /// Whether the word at `at` belongs to the predicate.
    fn ends_name(&self, start: usize, at: usize, task_named: bool, after_known: bool) -> bool {
        // A capital goes on with a name ("Sở Xây dựng"), except where a sentence in capitals runs on.
        if self.text[at..].starts_with(char::is_uppercase) {
            // After a whole known name a capital begins another cell or sentence.
            // "UBND huyện Trực Ninh" is a place whose name reads as a deed.
            let next = self.skip_blanks(self.word_end(at));
            let place = self.is_place(at) || next > self.word_end(at) && self.text[next..].starts_with(char::is_uppercase);
            return after_known && self.until == Until::Verb && lexicon().verb_at(self.folded, at).is_some() && !place && !task_named;
        }
        // "các sở, ngành trong quản lý …"; "các huyện trong tỉnh" goes on.
        if let Some(after) = self.folded[at..].strip_prefix("trong ") {
            const PLACES: &[&str] = &[
                "tỉnh",
                "và ngoài",
                "nước",
                "huyện",
                "vùng",
                "khu vực",
                "toàn",
                "ngành",
                "hệ thống",
                "khối",
                "xã",
                "phường",
                "thành phố",
                "cả nước",
                "lĩnh vực",
                "cụm",
                "bộ",
            ];
            return self.until == Until::Verb && !opens_with(after, PLACES);
        }
        // "cơ quan trung ương của các tổ chức": what follows "các" is a noun.
        if self.folded[..at].ends_with(" các ") && GROUP_NOUNS.at(self.folded, at).is_some() {
            return false;
        }
        // Behind a name "các" begins its object, unless more bodies follow: "đề xuất Chủ tịch UBND tỉnh các giải pháp".
        if let Some(after) = self.folded[at..].strip_prefix("các ") {
            let bodies = GROUP_NOUNS.starts(after, 0) || lexicon().heads.at(self.folded, at + "các ".len()).is_some();
            if self.until == Until::Verb && after_known && !bodies {
                return true;
            }
        }
        // "xã la Đal": an I that recognition read as l.
        if self.folded[at..].starts_with("la ") && self.text[at + "la ".len()..].starts_with(char::is_uppercase) && self.folded[..at].ends_with("xã ") {
            return false;
        }
        // "các tỉnh từ Quảng Trị đến Khánh Hòa"
        if self.folded[at..].starts_with("từ ") && self.is_place(self.skip_blanks(at + "từ ".len())) {
            return false;
        }
        // "các tỉnh vùng đồng bằng sông Hồng"
        if self.folded[at..].starts_with("bằng ") && self.folded[..at].ends_with("đồng ") {
            return false;
        }
        // "Đài Phát thanh và Truyền hình tỉnh sản xuất, phát sóng": what such bodies make.
        if self.folded[at..].starts_with("sản xuất") && opens_with(&self.folded[start..], &["đài ", "báo ", "trung tâm truyền thông", "trung tâm văn hóa"])
        {
            return true;
        }
        // "Phòng Cảnh sát phòng, chống tội phạm về môi trường"
        if self.folded[at..].starts_with("về ") && self.folded[..at].ends_with(" tội phạm ") {
            return false;
        }
        // "Trung tâm Dịch vụ tổng hợp", "Giám đốc Sở Y tế làm Tổ phó".
        if self.folded[at..].starts_with("tổng hợp") && self.folded[..at].ends_with("dịch vụ ") {
            return false;
        }
        if opens_with(&self.folded[at..], &["làm tổ ", "làm trưởng ", "làm phó ", "làm thư ký", "làm ủy viên", "làm thành viên", "làm điểm", "mỗi năm"])
        {
            return true;
        }
        // "báo cáo Bộ Xây dựng kết quả": what is told; "Bộ phận Tiếp nhận và Trả kết quả" is a name.
        if opens_with(&self.folded[at..], &["kết quả ", "tình hình ", "số liệu ", "danh sách "]) && !self.folded[..at].ends_with("trả ") {
            return true;
        }
        // "Cục Cảnh sát quản lý hành chính về trật tự xã hội": in a cell no object follows.
        if self.until == Until::Cell && self.folded[at..].starts_with("về ") {
            return false;
        }
        // In a cell "UBND các xã có dự án" tells which of them.
        if self.until == Until::Cell && self.folded[at..].starts_with("có ") {
            return false;
        }
        // "các đơn vị được khảo sát", "UBND các xã, phường được giám sát"
        let units = ["đơn vị ", "cơ quan ", "địa phương ", "xã ", "phường ", "trường "];
        if self.until == Until::Cell && self.folded[at..].starts_with("được ") && units.iter().any(|u| self.folded[..at].ends_with(u)) {
            return false;
        }
        // "Cục Hàng không Việt Nam", "Đài Khí tượng cao không"
        if self.folded[at..].starts_with("không") && ["hàng ", " tượng cao "].iter().any(|w| self.folded[..at].ends_with(w)) {
            return false;
        }
        if ENDS.starts(self.folded, at) {
            return self.until == Until::Verb || !self.folded[at..].starts_with("với");
        }
        if self.until != Until::Verb {
            // "Các đơn vị được giao tổ chức thực hiện quy hoạch": which of them.
            let told_which = self.folded[start..at].contains(" được giao ");
            return lexicon().strong_verbs.at(self.folded, at).is_some() && lexicon().not_verbs.at(self.folded, at).is_none() && !told_which;
        }
        // The task ends with the level of the board: "Ban Chỉ đạo … tỉnh duy trì".
        const LEVELS: [&str; 14] = [
            "tỉnh ",
            "thành phố ",
            "quốc gia ",
            "trung ương ",
            "huyện ",
            "xã ",
            "phường ",
            "việt nam ",
            "cùng cấp ",
            "các cấp ",
            // "Ban Tổ chức Tỉnh ủy"
            "tỉnh ủy ",
            "thành ủy ",
            "huyện ủy ",
            "đảng ủy ",
        ];
        // "Ban Chỉ đạo … hàng giả tổ chức ít nhất 05 đoàn kiểm tra": what is held, not who is meant.
        if let Some(held) = self.folded[at..].strip_prefix("tổ chức ")
            && (opens_with(held, &["ít nhất", "họp", "kiểm tra", "đoàn kiểm tra", "hội nghị", "sơ kết", "tổng kết", "phiên", "các đoàn", "thực hiện"])
                || held.starts_with(|c: char| c.is_ascii_digit()))
        {
            return true;
        }
        let levelled = LEVELS.iter().any(|w| self.folded[..at].ends_with(w)) || self.after_place(at) || self.after_abbreviation(at);
        // "Ban Chỉ huy Bộ đội Biên phòng" is whole, "các thành viên Ban chỉ đạo" is not.
        let whole = after_known && !TASK_NAMED.iter().any(|t| self.folded[..at].trim_end().ends_with(t));
        if task_named && !levelled && !whole {
            return lexicon().strong_verbs.at(self.folded, at).is_some();
        }
        lexicon().verb_at(self.folded, at).is_some_and(|end| !self.names_field(start, at, end) && !self.is_managed(start, at))
            || self.is_whole(start, at, after_known) && begins_predicate(self.folded, at)
    }

    /// Whether the name is whole before `at`: a known body of several words, or a body with its level or province.
    fn is_whole(&self, start: usize, at: usize, after_known: bool) -> bool {
        let name = self.text[start..at].trim_end();
        after_known && name.matches(' ').count() > 1 || ends_with_level(name) || self.after_place(at) || ends_with_unit(name)
    }

    /// Whether the name of a province ends just before.
    fn after_place(&self, at: usize) -> bool {
        let before = self.folded[..at].trim_end();
        let two = before.rmatch_indices(' ').nth(1).map_or(0, |(n, _)| n + 1);
        lexicon().province_names.exact(&before[two..]).is_some()
    }

    /// Whether a short form in capitals ends just before: "Tổ công tác GPMB".
    fn after_abbreviation(&self, at: usize) -> bool {
        let word = self.text[..at].trim_end().rsplit(' ').next().unwrap_or_default();
        word.chars().count() > 2 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
    }

    fn is_place(&self, at: usize) -> bool {
        lexicon().province_names.at(self.folded, at).is_some()
    }

    fn goes_on_after_comma(&self, start: usize, comma: usize, plural: bool) -> Option<usize> {
        let at = self.skip_blanks(comma + 1);
        // "Phòng, chống thiên tai", "Khám, chữa bệnh": halves of one word.
        const HALVES: &[&str] = &[
            "chống ",
            "sinh viên",
            "chữa bệnh",
            "chữa cháy",
            "vật nuôi",
            "cứu nạn",
            "cứu hộ",
            "trật tự ở cơ sở",
            "gian lận thương mại",
            "chiến lược",
            "truyền hình",
            "dược",
            "thủy điện",
        ];
        if opens_with(&self.folded[at..], HALVES) {
            return Some(self.word_end(at));
        }
        if let Some(next) = self.goes_on_to_and(at) {
            return Some(next);
        }
        if plural && self.named_places(start, at) {
            return Some(self.word_end(at));
        }
        if self.goes_on_with_field(start, at) {
            return Some(self.word_end(at));
        }
        // "UBND huyện, thị xã, thành phố": units without a name stand for all of them.
        if !plural && self.names_units(start, comma) && self.is_bare_unit(at) {
            return self.noun_end(at).or_else(|| Some(self.word_end(at)));
        }
        // "Trung tâm Giám sát, điều hành đô thị thông minh": a cell names bodies alone, so small letters go on with what one does.
        let field = opens_with(&self.folded[start..], &["trung tâm ", "cục ", "phòng ", "viện ", "vụ "]);
        let other = lexicon().heads.at(self.folded, at).is_some()
            || self.group_noun(at)
            || opens_with(&self.folded[at..], &["các ", "và ", "chủ trì", "phối hợp", "cùng ", "theo "]);
        if self.until == Until::Cell && field && !plural && !other && self.text[at..].starts_with(char::is_lowercase) {
            return Some(self.word_end(at));
        }
        // "Liên đội các trường tiểu học, THCS"
        let schools = opens_with(
            &self.folded[at..],
            &["thcs", "thpt", "th&thcs", "tiểu học&", "trung học", "tiểu học", "mầm non", "mẫu giáo", "gdtx", "gdnn", "phổ thông ", "liên cấp"],
        );
        if plural && schools && self.folded[start..comma].contains("trường ") {
            return Some(self.word_end(at));
        }
        // "Các phòng GDĐT, đơn vị trực thuộc", "Các trường THPT, trung tâm GDTX": behind bodies of one kind others begin.
        let kind = self.text[start..comma].trim_end().rsplit(' ').next().is_some_and(|w| w.starts_with(char::is_uppercase));
        let school = ["trường ", "trung tâm ", "bệnh viện ", "công ty "]
            .iter()
            .any(|w| self.folded[at..].starts_with(w) && self.text[at + w.len()..].starts_with(char::is_uppercase));
        let kind = kind || lexicon().agency_names.exact(self.folded[start..comma].trim().trim_start_matches("các ")).is_some();
        if plural && kind && (school || opens_with(&self.folded[at..], &["đơn vị trực thuộc", "đơn vị thuộc", "trường trực thuộc", "cơ sở trực thuộc"]))
        {
            return None;
        }
        // "Các bệnh viện công lập, ngoài công lập"
        if plural && opens_with(&self.folded[at..], &["ngoài công lập", "tư thục", "tư nhân"]) {
            return Some(self.word_end(at));
        }
        // "Vụ Khoa học công nghệ, môi trường và vật liệu xây dựng": fields in small letters, up to "và".
        let goes_on = !plural && !other && self.text[at..].starts_with(char::is_lowercase) && lexicon().verb_at(self.folded, at).is_none();
        let stop = self.folded[at..].find([',', ';', '.', ':', '(']).unwrap_or(self.folded.len() - at);
        if goes_on
            && opens_with(&self.folded[start..], &["vụ ", "cục ", "viện ", "trung tâm "])
            && self.folded[at..at + stop].find(" và ").is_some_and(|n| n < 40)
        {
            return Some(self.word_end(at));
        }
        // "Ủy ban nhân dân cấp tỉnh, cấp xã" is printed as one.
        let levels = ["cấp tỉnh", "cấp huyện"].iter().any(|w| self.folded[start..comma].trim_end().ends_with(w));
        if let Some(level) =
            ["cấp xã", "cấp huyện"].iter().find(|w| self.folded[at..].starts_with(**w)).filter(|_| levels && !self.folded[start..].starts_with("cấp "))
        {
            return Some(at + level.len());
        }
        let closed = self.folded[start..comma].trim_end().ends_with("liên quan");
        // "SỞ XÂY DỰNG CÁC TỈNH, THÀNH PHỐ": a heading in capitals.
        let specified = || opens_with(&self.folded[at..], &["trung tâm ", "trường ", "công ty ", "hội "]);
        let another = || lexicon().heads.at(self.folded, at).is_some() && (!GROUP_NOUNS.starts(self.folded, at) || specified());
        let in_capitals = || !self.text[start..self.word_end(at)].contains(char::is_lowercase) && !another();
        if !plural || closed || !(self.text[at..].starts_with(char::is_lowercase) || in_capitals()) {
            return None;
        }
        // "UBND các huyện, thành, thị"
        if let Some(units) = ["thành, thị", "thị, thành"].iter().find(|u| plural && self.folded[at..].starts_with(**u)) {
            return Some(at + units.len());
        }
        // "Trưởng các thôn vùng trũng, ven sông"
        if opens_with(&self.folded[at..], &["ven ", "vùng ", "dọc ", "khu vực "]) && lexicon().heads.at(self.folded, at).is_none() {
            return Some(self.word_end(at));
        }
        // The central bodies of the organisations are no ministries.
        if self.folded[at..].starts_with("cơ quan trung ương của ") {
            return None;
        }
        // "Trưởng các thôn, khối trưởng": heads of other units.
        if ["khối trưởng", "xóm trưởng", "thôn trưởng", "bản trưởng", "tổ trưởng", "khu trưởng"].iter().any(|h| self.folded[at..].starts_with(h))
        {
            return None;
        }
        // "Cấp huyện, cấp xã" are two, "UBND cấp tỉnh, cấp xã" is printed as one.
        if self.folded[at..].starts_with("cấp ") && self.folded[start..].starts_with("cấp ") {
            return None;
        }
        if self.folded[at..].starts_with("các ") || lexicon().verb_at(self.folded, at).is_some_and(|_| !self.group_noun(at)) {
            return None;
        }
        self.noun_end(at)
    }

    /// Whether a name ends with units and no place: "Chủ tịch UBND huyện".
    fn names_units(&self, start: usize, comma: usize) -> bool {
        let name = self.folded[start..comma].trim_end();
        const COMMITTEES: &[&str] = &["ubnd", "ủy ban nhân dân", "hđnd", "hội đồng nhân dân", "huyện ủy"];
        ["huyện", "quận", "thị xã", "xã", "phường"].iter().any(|u| name.strip_suffix(u).is_some_and(|rest| rest.ends_with(' ')))
            || name.ends_with(" tỉnh") && COMMITTEES.iter().any(|b| name.contains(b))
    }

    /// A unit in small letters with no place behind it.
    fn is_bare_unit(&self, at: usize) -> bool {
        // "Trạm Thú y huyện, thị": a short form.
        if self.folded[at..].starts_with("thị ") && !self.folded[at..].starts_with("thị x") && !self.folded[at..].starts_with("thị tr") {
            return true;
        }
        let Some(end) = self.noun_end(at).filter(|_| self.text[at..].starts_with(char::is_lowercase)) else { return false };
        let unit = ["huyện", "quận", "thị xã", "thị", "xã", "phường", "thị trấn", "thành phố", "đặc khu"].contains(&&self.folded[at..end]);
        unit && !self.text[self.skip_blanks(end)..].starts_with(char::is_uppercase)
    }

    /// "Viện Chiến lược, Chính sách tài nguyên", "Vụ Kế hoạch, Tài chính": fields of one institute or department. What follows
    /// is no body, place or person.
    fn goes_on_with_field(&self, start: usize, at: usize) -> bool {
        let name = &self.folded[start..];
        let head = ["viện ", "vụ ", "trung tâm ", "cục ", "học viện ", "phòng "].iter().any(|h| name.starts_with(h));
        let word = &self.text[at..self.word_end(at)];
        let field = word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
        let other = lexicon().agency_names.at(self.folded, at).is_some() || lexicon().heads.at(self.folded, at).is_some() || self.is_place(at);
        // "Trung tâm Văn hóa, Thông tin, Thể thao và Du lịch": among capitals that a comma parts no deed begins.
        let listed =
            self.text[self.word_end(self.skip_blanks(self.word_end(at)))..].strip_prefix(", ").is_some_and(|rest| rest.starts_with(char::is_uppercase));
        head && field && !other && (listed || lexicon().verb_at(self.folded, at).is_none())
    }

    /// "Vụ Kế hoạch, Tài chính và Quản lý doanh nghiệp": capitals that are no other body, up to "và" and a capital.
    fn goes_on_to_and(&self, at: usize) -> Option<usize> {
        let other = |n: usize| lexicon().agency_names.at(self.folded, n).is_some() || lexicon().heads.at(self.folded, n).is_some();
        if !self.text[at..].starts_with(char::is_uppercase) || other(at) || self.is_place(at) {
            return None;
        }
        let rest = head(&self.text[at..], NEAR);
        let and = rest.find(" và ")?;
        let after = at + and + " và ".len();
        let inside = rest[..and].chars().count() < 40 && !rest[..and].contains([',', ';', '.', ':', '(']);
        (inside && self.text[after..].starts_with(char::is_uppercase) && !other(after) && !self.is_place(after)).then(|| self.word_end(after))
    }

    /// Whether a name is one of units that places may specify: "UBND các tỉnh, thành phố".
    fn of_units(&self, start: usize, end: usize) -> bool {
        let name = &self.folded[start..end];
        PLURAL.find_iter(name.as_bytes()).any(|n| UNITS_OF_PLACES.starts(name, n))
    }

    /// "UBND các tỉnh, thành phố: Quảng Trị, Đà Nẵng": the places belong to the name. Both words of a place have capitals,
    /// of a deed ("UBND các xã: Tổ chức …") only the first.
    fn goes_on_to_places(&self, start: usize, colon: usize) -> Option<usize> {
        let at = self.skip_blanks(colon + 1);
        let first = self.word_end(at);
        let second = self.skip_blanks(first);
        let place = self.is_place(at) || [at, second].iter().all(|&n| self.text[n..].starts_with(char::is_uppercase));
        (self.of_units(start, colon) && place && lexicon().verb_at(self.folded, at).is_none() && lexicon().heads.at(self.folded, at).is_none()).then_some(first)
    }

    /// "UBND các xã Mỹ Hiệp, Thanh Hưng và phường Mỹ Trà": places of one group.
    fn named_places(&self, start: usize, at: usize) -> bool {
        self.of_units(start, at)
            && self.text[at..].starts_with(char::is_uppercase)
            && lexicon().agency_names.at(self.folded, at).is_none()
            && lexicon().heads.at(self.folded, at).is_none()
    }

    fn goes_on_after_and(&self, start: usize, and: usize, plural: bool) -> Option<usize> {
        let word = self.folded[and..].find(' ').map_or(0, |n| n + 1);
        let at = self.skip_blanks(and + word);
        if self.folded[at..].starts_with("các ") {
            // "Khu kinh tế Dung Quất và các Khu công nghiệp", "CT và các PCT" are one body or its heads.
            let same = opens_with(&self.folded[at..], &["các khu ", "các phó ", "các pct"]);
            return same.then(|| self.word_end(at + "các ".len()));
        }
        // "Cục An ninh mạng và phòng, chống tội phạm"
        if opens_with(&self.folded[at..], &["phòng, chống ", "phòng chống "]) && self.until == Until::Cell {
            return Some(at + "phòng".len());
        }
        let small = self.text[at..].starts_with(char::is_lowercase);
        if self.folded[at..].starts_with("chính quyền") {
            return None;
        }
        if self.folded[at..].starts_with("cấp ") && self.folded[start..].starts_with("cấp ") {
            return None;
        }
        // "Các cơ sở khám bệnh công lập và ngoài công lập"
        if plural && opens_with(&self.folded[at..], &["ngoài công lập", "tư thục", "ngoài ngành", "ngoài tỉnh", "tư nhân"]) {
            return Some(self.word_end(at));
        }
        // "Công an các huyện và phòng giáo dục và đào tạo": a known body in small letters.
        if plural && lexicon().agency_names.at(self.folded, at).is_some_and(|(end, _)| self.folded[at..end].contains(" và ")) {
            return None;
        }
        if plural && small {
            // "các sở, ngành và UBND cấp huyện" goes to another body, "các huyện và thành phố" goes on.
            let other = lexicon().heads.at(self.folded, at).is_some() || lexicon().agency_names.at(self.folded, at).is_some();
            // "Ban Quản lý dự án các công trình giao thông và dân dụng": what one body cares for.
            let field = !other && opens_with(&self.folded[start..], &["ban quản lý ", "bql "]) && lexicon().verb_at(self.folded, at).is_none();
            return self.noun_end(at).or_else(|| field.then(|| self.word_end(at)));
        }
        // "Cục Phát thanh, truyền hình và thông tin điện tử"
        let field = || opens_with(&self.folded[start..], &["cục ", "vụ ", "viện ", "trung tâm "]) && lexicon().heads.at(self.folded, at).is_none();
        if self.until == Until::Cell && small && !plural && self.folded[start..and].contains(',') && field() {
            return Some(lexicon().verb_at(self.folded, at).unwrap_or_else(|| self.word_end(at)));
        }
        // "Cục Lâm nghiệp và Kiểm lâm", "Cục Thủy sản và Kiểm ngư"
        if opens_with(&self.folded[start..], &["cục ", "chi cục "]) && opens_with(&self.folded[at..], &["kiểm lâm", "kiểm ngư"]) {
            return Some(at + "kiểm lâm".len());
        }
        let head = lexicon().heads.at(self.folded, at).is_some() && lexicon().not_heads.at(self.folded, at).is_none();
        if lexicon().agency_names.at(self.folded, at).is_some() || head {
            return None;
        }
        // "đề xuất của Sở Nông nghiệp và Môi trường và khả năng ngân sách": the known name is whole.
        if small && !plural && lexicon().agency_names.exact(self.folded[start..and].trim()).is_some() {
            return None;
        }
        // "Sở Kế hoạch và Đầu tư": the name goes on; "Sở Y tế và phối hợp với": it does not.
        (lexicon().verb_at(self.folded, at).is_none() || !small).then(|| self.word_end(at)).filter(|_| and > start)
    }

    /// The end of a noun that goes on with a group.
    fn noun_end(&self, at: usize) -> Option<usize> {
        GROUP_NOUNS.at(self.folded, at).map(|(end, ())| end)
    }

    /// "Lao động - Thương binh" goes on; "Sở Y tế - Thường trực Ban chỉ đạo" is a capacity; " - " before a small
    /// letter joins words ("chính trị - xã hội").
    fn goes_on_after_dash(&self, dash: usize) -> Option<usize> {
        let sign = self.text[dash..].chars().next()?;
        let at = self.skip_blanks(dash + sign.len_utf8());
        let capacity = ["thường trực", "cơ quan thường trực", "cơ quan đầu mối", "trưởng ban", "phó trưởng ban", "thành viên", "đơn vị thường trực"];
        if capacity.iter().any(|c| self.folded[at..].starts_with(c)) {
            return None;
        }
        let c = self.text[at..].chars().next()?;
        // "Cục Kinh tế - Quản lý đầu tư xây dựng": no part of it is a deed.
        c.is_alphabetic().then(|| lexicon().not_verbs.at(self.folded, at).map_or_else(|| self.word_end(at), |(end, ())| end))
    }

    /// Where the sentence goes on after a name: behind a bracket and a capacity.
    fn after(&self, end: usize) -> usize {
        let mut i = end;
        let at = self.skip_blanks(i);
        if self.text[at..].starts_with('(')
            && let Some(close) = head(&self.text[at..], NEAR).find(')')
        {
            i = at + close + 1;
        }
        let at = self.skip_blanks(i);
        let rest = &self.folded[at..];
        let dash = rest.starts_with("- ") || rest.starts_with("– ");
        let words = dash.then(|| self.skip_blanks(at + 2 + usize::from(rest.starts_with('–')) * 2));
        let comma = rest.starts_with(',').then(|| self.skip_blanks(at + 1));
        for capacity in [words, comma].into_iter().flatten() {
            let heads = ["thường trực", "cơ quan thường trực", "cơ quan đầu mối", "trưởng ban", "phó trưởng ban", "đơn vị thường trực", "thành viên ban"];
            if heads.iter().any(|h| self.folded[capacity..].starts_with(h)) && (dash || self.folded[capacity..].starts_with("cơ quan thường trực")) {
                let strong = Reader { until: Until::Verb, ..*self };
                return strong.capacity_end(capacity);
            }
        }
        i
    }

    /// A capacity runs up to a strong predicate or a stop.
    fn capacity_end(&self, from: usize) -> usize {
        let mut i = self.word_end(from);
        loop {
            let at = self.skip_blanks(i);
            let Some(c) = self.text[at..].chars().next() else { return i };
            // "thường trực về phòng, chống thiên tai"
            if c == ','
                && self.text[self.skip_blanks(at + 1)..].starts_with(char::is_lowercase)
                && !self.folded[self.skip_blanks(at + 1)..].starts_with("chủ trì")
                && lexicon().heads.at(self.folded, self.skip_blanks(at + 1)).is_none()
                && lexicon().strong_verbs.at(self.folded, self.skip_blanks(at + 1)).is_none()
            {
                i = self.word_end(self.skip_blanks(at + 1));
                continue;
            }
            let stop = !is_letter(c) || lexicon().strong_verbs.at(self.folded, at).is_some() || self.folded[at..].starts_with("có trách");
            if stop {
                return i;
            }
            i = self.word_end(at);
        }
    }

    /// In cells a separator may be lost: "Sở Y tế cơ quan, đơn vị liên quan".
    fn unseparated(&self, end: usize) -> Option<usize> {
        let at = self.skip_blanks(end);
        (self.until == Until::Cell && at > end && self.begins_other(at)).then_some(at)
    }

    /// Whether a body follows a dash that parts bodies, and no field or capacity of the one before it.
    fn begins_listed(&self, at: usize) -> bool {
        const BODIES: &[&str] = &["sở ", "ubnd ", "ủy ban ", "hội ", "công an ", "bộ ", "liên đoàn ", "ban quản lý ", "các sở", "các xã", "mặt trận "];
        self.begins_other(at) || self.text[at..].starts_with(char::is_uppercase) && opens_with(&self.folded[at..], BODIES)
    }

    /// Whether another body's name begins here without a comma before it.
    fn begins_other(&self, at: usize) -> bool {
        let known = lexicon()
            .agency_names
            .at(self.folded, at)
            .is_some_and(|(end, _)| self.folded[at..end].contains(' ') && lexicon().heads.at(self.folded, at).is_some());
        let open = opens_with(&self.folded[at..], &["cơ quan, ", "đơn vị, ", "các cơ quan", "các đơn vị", "các bộ", "các sở"]);
        known && self.text[at..].starts_with(char::is_uppercase) || open
    }

    /// The start of the next name after a comma, semicolon, "và" or "cùng (với)"; no name need follow.
    fn list_separator(&self, end: usize) -> Option<usize> {
        let at = self.skip_blanks(end);
        let rest = &self.folded[at..];
        if rest.starts_with("cùng cấp") {
            return None;
        }
        if self.until == Until::Cell
            && let Some(dash) = ["- ", "– "].iter().find(|d| rest.starts_with(**d))
            && self.begins_listed(self.skip_blanks(at + dash.len()))
        {
            return Some(self.skip_blanks(at + dash.len()));
        }
        // "A cùng B tổ chức": B is the company, as the deed says.
        if self.until == Until::Verb && rest.starts_with("cùng ") {
            return None;
        }
        for separator in [", và ", "; và ", ",", ";", "và ", "cùng với ", "cùng ", "và cùng ", "hoặc "] {
            if rest.starts_with(separator) {
                return Some(self.skip_blanks(at + separator.len()));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
