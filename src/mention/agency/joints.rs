//! Whether a name goes on behind a comma, "và", a colon or a dash.

use super::shared::FORMER;
use super::words::{GROUP_NOUNS, PLURAL, UNITS_OF_PLACES};
use super::{NEAR, Reader, Until};
use crate::lexicon::lexicon;
use crate::text::{head, opens_with};

impl Reader<'_> {
    pub(super) fn goes_on_after_comma(&self, start: usize, comma: usize, plural: bool) -> Option<usize> {
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
        // "Giám đốc Sở Bưu chính, Viễn thông"
        let titled = self.folded[start..comma].match_indices(' ').map(|(n, _)| start + n + 1);
        let former = titled.filter_map(|n| FORMER.at(self.folded, n)).map(|(end, ())| end).find(|&end| end > comma);
        if former.is_some() {
            return former;
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
        // "Trưởng các thôn vùng trũng, ven sông", "UBND các tỉnh miền núi, trung du Bắc Bộ"
        const REGIONS: &[&str] = &["ven ", "vùng ", "dọc ", "khu vực ", "trung du", "miền núi", "đồng bằng", "hải đảo", "biên giới", "duyên hải"];
        if opens_with(&self.folded[at..], REGIONS) && lexicon().heads.at(self.folded, at).is_none() {
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
    pub(super) fn names_units(&self, start: usize, comma: usize) -> bool {
        let name = self.folded[start..comma].trim_end();
        const COMMITTEES: &[&str] = &["ubnd", "ủy ban nhân dân", "hđnd", "hội đồng nhân dân", "huyện ủy"];
        ["huyện", "quận", "thị xã", "xã", "phường"].iter().any(|u| name.strip_suffix(u).is_some_and(|rest| rest.ends_with(' ')))
            || name.ends_with(" tỉnh") && (COMMITTEES.iter().any(|b| name.contains(b)) || self.folded[comma..].starts_with(", thành phố "))
    }

    /// A unit in small letters with no place behind it.
    pub(super) fn is_bare_unit(&self, at: usize) -> bool {
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
    pub(super) fn goes_on_with_field(&self, start: usize, at: usize) -> bool {
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
    pub(super) fn goes_on_to_and(&self, at: usize) -> Option<usize> {
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
    pub(super) fn of_units(&self, start: usize, end: usize) -> bool {
        let name = &self.folded[start..end];
        PLURAL.find_iter(name.as_bytes()).any(|n| UNITS_OF_PLACES.starts(name, n))
    }

    /// "UBND các tỉnh, thành phố: Quảng Trị, Đà Nẵng": the places belong to the name. Both words of a place have capitals,
    /// of a deed ("UBND các xã: Tổ chức …") only the first.
    pub(super) fn goes_on_to_places(&self, start: usize, colon: usize) -> Option<usize> {
        let at = self.skip_blanks(colon + 1);
        let first = self.word_end(at);
        let second = self.skip_blanks(first);
        let place = self.is_place(at) || [at, second].iter().all(|&n| self.text[n..].starts_with(char::is_uppercase));
        (self.of_units(start, colon) && place && lexicon().verb_at(self.folded, at).is_none() && lexicon().heads.at(self.folded, at).is_none()).then_some(first)
    }

    /// "UBND các xã Mỹ Hiệp, Thanh Hưng và phường Mỹ Trà": places of one group.
    pub(super) fn named_places(&self, start: usize, at: usize) -> bool {
        self.of_units(start, at)
            && self.text[at..].starts_with(char::is_uppercase)
            && lexicon().agency_names.at(self.folded, at).is_none()
            && lexicon().heads.at(self.folded, at).is_none()
    }

    pub(super) fn goes_on_after_and(&self, start: usize, and: usize, plural: bool) -> Option<usize> {
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
    pub(super) fn noun_end(&self, at: usize) -> Option<usize> {
        GROUP_NOUNS.at(self.folded, at).map(|(end, ())| end)
    }

    /// "Lao động - Thương binh" goes on; "Sở Y tế - Thường trực Ban chỉ đạo" is a capacity; " - " before a small
    /// letter joins words ("chính trị - xã hội").
    pub(super) fn goes_on_after_dash(&self, dash: usize) -> Option<usize> {
        let sign = self.text[dash..].chars().next()?;
        let at = self.skip_blanks(dash + sign.len_utf8());
        let capacity = ["thường trực", "cơ quan thường trực", "cơ quan đầu mối", "trưởng ban", "phó trưởng ban", "thành viên", "đơn vị thường trực"];
        if capacity.iter().any(|c| self.folded[at..].starts_with(c)) {
            return None;
        }
        let c = self.text[at..].chars().next()?;
        // "Ban Chỉ đạo phòng, chống dịch COVID-19"
        if at == dash + 1 && c.is_ascii_digit() && self.text[..dash].ends_with(char::is_uppercase) {
            return Some(self.word_end(at));
        }
        // "Cục Kinh tế - Quản lý đầu tư xây dựng": no part of it is a deed.
        c.is_alphabetic().then(|| lexicon().not_verbs.at(self.folded, at).map_or_else(|| self.word_end(at), |(end, ())| end))
    }
}
