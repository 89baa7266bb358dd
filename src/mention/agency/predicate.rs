//! Where a name ends: which word behind it begins what is told of the body.

use super::words::{ENDS, GROUP_NOUNS, SPECIFIERS, TASK_NAMED};
use super::{Reader, Until};
use crate::lexicon::lexicon;
use crate::text::opens_with;

/// Whether a name ends with the level of a body: "Trung tâm Khuyến nông tỉnh", "Ban Công tác Mặt trận các thôn".
pub(super) fn ends_with_level(name: &str) -> bool {
    const LEVELS: &[&str] = &["tỉnh", "thành phố", "huyện", "xã", "phường", "các thôn", "các khu phố", "các tổ dân phố", "các ấp", "các buôn"];
    LEVELS.iter().any(|w| name.strip_suffix(w).is_some_and(|b| b.ends_with(' ')))
}

/// Whether a name ends with a unit and its own name: "UBND xã Khánh Cường".
fn ends_with_unit(name: &str) -> bool {
    let small = name.rsplit(' ').take_while(|w| w.starts_with(char::is_uppercase)).count();
    let unit = name.rsplit(' ').nth(small);
    (1..=4).contains(&small) && unit.is_some_and(|w| matches!(w, "xã" | "phường" | "huyện" | "quận" | "trấn" | "khu" | "thôn"))
}

/// Whether a deed of a body begins behind its name, at `at`, whether or not the lexicon knows the verb.
pub(crate) fn begins_deed(folded: &str, at: usize) -> bool {
    // "Trưởng các thôn “đi từng ngõ, gõ từng nhà”, phát giấy mời …"
    folded[at..].starts_with('“') || begins_predicate(folded, at) && !ENDS.starts(folded, at)
}

/// Whether what is told of a body begins at `at`: no word that goes on with its name, whether or not the verb is known.
fn begins_predicate(folded: &str, at: usize) -> bool {
    folded[at..].starts_with(char::is_alphabetic) && !SPECIFIERS.starts(folded, at) && lexicon().not_verbs.at(folded, at).is_none()
}

impl Reader<'_> {
    /// Whether a verb is what a unit cares for: "Trung tâm Quy hoạch xây dựng lập đồ án", "Chi cục Giám định xây dựng: Rà soát". Another
    /// deed, another body or the end of the name follows.
    pub(super) fn names_field(&self, start: usize, at: usize, end: usize) -> bool {
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
    pub(super) fn is_managed(&self, start: usize, at: usize) -> bool {
        let name = self.text[start..at].trim_end();
        const DEEDS: &[&str] = &[" Quản lý", " Phối hợp", " Điều phối", " Hỗ trợ", " Kiểm soát", " Giám sát", " Bảo vệ", " Bảo tồn", " Xúc tiến", " Ứng dụng"];
        DEEDS.iter().any(|d| name.ends_with(d)) && opens_with(&self.folded[start..], &["phòng ", "cục ", "chi cục ", "vụ ", "trung tâm ", "bộ phận "])
    }

    /// Whether the word at `at` belongs to the predicate.
    pub(super) fn ends_name(&self, start: usize, at: usize, task_named: bool, after_known: bool) -> bool {
        // A capital goes on with a name ("Sở Xây dựng"), except where a sentence in capitals runs on.
        if self.text[at..].starts_with(char::is_uppercase) {
            // After a whole known name a capital begins another cell or sentence.
            // "UBND huyện Trực Ninh" is a place whose name reads as a deed.
            let next = self.skip_blanks(self.word_end(at));
            let place = self.is_place(at) || next > self.word_end(at) && self.text[next..].starts_with(char::is_uppercase);
            // "CỦA BỘ CHÍNH TRỊ VỀ TIẾP TỤC …": a title in capitals.
            let whole = || !task_named && (after_known || self.is_whole(start, at, after_known));
            if self.until == Until::Verb && self.folded[at..].starts_with("về ") && self.text[at..].starts_with("VỀ") && whole() {
                return true;
            }
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
    pub(super) fn is_whole(&self, start: usize, at: usize, after_known: bool) -> bool {
        let name = self.text[start..at].trim_end();
        after_known && name.matches(' ').count() > 1 || ends_with_level(name) || self.after_place(at) || ends_with_unit(name)
    }

    /// Whether the name of a province ends just before.
    pub(super) fn after_place(&self, at: usize) -> bool {
        let before = self.folded[..at].trim_end();
        let two = before.rmatch_indices(' ').nth(1).map_or(0, |(n, _)| n + 1);
        lexicon().province_names.exact(&before[two..]).is_some()
    }

    /// Whether a short form in capitals ends just before: "Tổ công tác GPMB".
    pub(super) fn after_abbreviation(&self, at: usize) -> bool {
        let word = self.text[..at].trim_end().rsplit(' ').next().unwrap_or_default();
        word.chars().count() > 2 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
    }
}
