//! How far a name runs: word by word, up to its predicate or a stop.

use super::predicate::ends_with_level;
use super::words::{SEEN, TASK_NAMED, TRADES};
use super::{MOST_WORDS, NEAR, Reader, Until};
use crate::lexicon::lexicon;
use crate::text::{head, is_letter, is_word_end, opens_with};

impl Reader<'_> {
    /// Where a name that is known up to `from` really ends.
    pub(super) fn extend(&self, start: usize, from: usize, plural: bool, known: bool) -> usize {
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
    pub(super) fn trade_end(&self, start: usize, i: usize) -> Option<usize> {
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
    pub(super) fn told_of_place(&self, from: usize) -> usize {
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
    pub(super) fn whole_inside(&self, at: usize) -> Option<usize> {
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
    pub(super) fn before_short_form(&self, start: usize, from: usize) -> Option<usize> {
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
    pub(super) fn begins_company(&self, at: usize) -> bool {
        let with = ["cùng với ", "cùng "].iter().find(|w| self.folded[at..].starts_with(**w));
        with.is_some_and(|w| **w == *"cùng với " || lexicon().heads.at(self.folded, at + w.len()).is_some() && !self.folded[at..].starts_with("cùng cấp"))
    }

    /// The end of "Tổng công ty Đầu tư phát triển đường cao tốc Việt Nam": what such a company does belongs to its name.
    pub(super) fn of_the_country(&self, start: usize) -> Option<usize> {
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
    pub(super) fn directs(&self, at: usize) -> bool {
        self.folded[at..].strip_prefix("chỉ thị").is_some_and(|rest| {
            rest.trim_matches([' ', ':']).is_empty() || rest.starts_with(' ') && lexicon().heads.at(self.folded, at + "chỉ thị ".len()).is_some()
        })
    }

    /// Whether capitals stand on both sides of a comma without a blank.
    pub(super) fn is_abbreviation_comma(&self, comma: usize) -> bool {
        let capital = |c: Option<char>| c.is_some_and(char::is_uppercase);
        let before = &self.text[..comma];
        capital(before.chars().next_back()) && capital(self.text[comma + 1..].chars().next())
    }
}
