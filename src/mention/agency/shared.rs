//! Lists whose bodies share their first word, or the title of who heads them: "Các Sở: Công Thương, Xây dựng".

use super::words::PLURAL;
use super::{Party, Reader};
use crate::lexicon::{lexicon, successions};
use crate::phrases::Phrases;
use crate::text::{Span, fold, is_word_end, opens_with};
use std::sync::LazyLock;

/// Names of the bodies that are no more: "Sở Công nghiệp".
pub(super) static FORMER: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::list(successions().bodies.iter().flat_map(|b| std::iter::once(&b.name).chain(&b.aliases)).map(|name| fold(name))));

/// Whether a unit is one whose places are known by name.
fn is_province(unit: &str) -> bool {
    matches!(unit, "tỉnh" | "thành phố")
}

/// Units that places name.
const UNITS: [&str; 10] = ["tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu", "thôn"];

impl Reader<'_> {
    /// The parties of such a list, and the place after it.
    pub(super) fn shared(&self, at: usize) -> Option<(Vec<Party>, usize)> {
        self.shared_head(at).or_else(|| self.shared_units(at)).or_else(|| self.shared_places(at)).or_else(|| self.shared_title(at))
    }

    /// "Các Sở: Công Thương, Xây dựng và Y tế": each gets the shared first word.
    fn shared_head(&self, at: usize) -> Option<(Vec<Party>, usize)> {
        const SHARED: [(&str, &str); 10] = [
            ("các bộ phận", "Bộ phận"),
            ("các sở", "Sở"),
            ("các bộ", "Bộ"),
            ("các hội", "Hội"),
            ("các ban", "Ban"),
            ("các cục", "Cục"),
            ("các vụ", "Vụ"),
            ("các viện", "Viện"),
            ("các phòng", "Phòng"),
            ("các chi cục", "Chi cục"),
        ];
        /// "Giám đốc các Sở: Y tế, Tài chính" are the heads of each.
        const TITLES: [&str; 8] = ["giám đốc ", "phó giám đốc ", "bộ trưởng ", "thứ trưởng ", "cục trưởng ", "vụ trưởng ", "chi cục trưởng ", "lãnh đạo "];
        let title = TITLES.iter().find(|t| self.folded[at..].starts_with(**t)).map_or(0, |t| t.len());
        let bodies = at + title;
        if !self.folded[bodies..].starts_with("các ") {
            return None;
        }
        let (plural, head) = SHARED.into_iter().find(|(p, _)| self.folded[bodies..].starts_with(p) && is_word_end(self.folded, bodies + p.len()))?;
        let title = &self.text[at..bodies];
        let mut i = bodies + plural.len();
        let colon = self.text[i..].starts_with(':');
        i += usize::from(colon);
        let mut parties = Vec::new();
        let end = loop {
            i = self.skip_blanks(i);
            let (party, end) = self.shared_item(title, head, i)?;
            parties.push(party);
            let Some(next) = self.list_separator(end) else { break end };
            // The list ends where another body begins; Công an is one that a ministry is named after.
            if lexicon().heads.at(self.folded, next).is_some() && !self.is_known_item(head, next) || !self.text[next..].starts_with(char::is_uppercase) {
                break end;
            }
            i = next;
        };
        (parties.len() > 1 || colon).then_some((parties, end))
    }

    /// "UBND các tỉnh: Nghệ An, Hà Tĩnh" are "UBND tỉnh Nghệ An", "UBND tỉnh Hà Tĩnh"; units of another kind may follow ("UBND
    /// các phường: 1 Bảo Lộc, 2 Bảo Lộc và các xã: Bảo Lâm 1"). "Các Trung tâm Y tế: Yên Thành, Đô Lương" are one each, too.
    fn shared_units(&self, at: usize) -> Option<(Vec<Party>, usize)> {
        let near = self.near(at);
        let colon = near.find(':').filter(|&n| n < 80 && !near[..n].contains([';', '.']))?;
        let plural = near[..colon].rfind("các ").filter(|&n| n == 0 || near[..n].ends_with(' '))?;
        // "Sở X chủ trì, phối hợp với các Sở: …": the words before are no part of the names.
        let is_deed = |n: usize| lexicon().strong_verbs.at(self.folded, at + n).is_some();
        if near[..plural].match_indices(' ').any(|(n, _)| is_deed(n + 1)) {
            return None;
        }
        let title = &self.text[at..at + plural];
        // "Ủy ban nhân dân thành phố Cần Thơ và các tỉnh: An Giang, Cà Mau": the first has a name of its own.
        let first = title.strip_suffix(" và ");
        let unit = first.and_then(|f| [" thành phố ", " tỉnh ", " huyện ", " xã ", " phường "].iter().filter_map(|u| f.find(u)).min());
        let title = unit.map_or(title, |n| &title[..=n]);
        let (mut parties, mut end) = self.units_named(title, at + plural)?;
        if let (Some(first), Some(_)) = (first, unit) {
            parties.insert(0, Party { span: Span::new(at, at + first.len()), text: first.into(), agency: None, group: false });
        }
        while let Some((more, next)) = self.list_separator(end).and_then(|n| self.units_named(title, n)) {
            parties.extend(more);
            end = next;
        }
        Some((parties, self.after(end)))
    }

    /// "UBND các xã Ea Phê, Ea Yông và phường Buôn Hồ": without a colon, where two places are named at least; provinces are known
    /// by their names, for "các tỉnh Bắc Trung Bộ, Tây Nguyên" names regions.
    fn shared_places(&self, at: usize) -> Option<(Vec<Party>, usize)> {
        let near = self.near(at);
        let stop = near.bytes().position(|b| matches!(b, b',' | b';' | b'.' | b':' | b'('));
        // A second place stands behind a comma, or behind "và".
        let listed = stop.is_some_and(|n| near[n..].starts_with(", ") && self.text[at + n + 2..].starts_with(char::is_uppercase));
        let near = &near[..stop.unwrap_or(near.len())];
        if !listed && !near.contains(" và ") {
            return None;
        }
        // "Công an huyện Cao Lộc, Lộc Bình": the unit may be named once, in the singular.
        const INSIDE: [&str; 9] = [" tỉnh ", " thành phố ", " huyện ", " quận ", " thị xã ", " xã ", " phường ", " thị trấn ", " đặc khu "];
        let unit = || memchr::memchr_iter(b' ', near.as_bytes()).find(|&n| opens_with(&near[n..], &INSIDE));
        let single = || Some(()).filter(|()| listed && !near.contains("hợp tác xã")).and_then(|()| unit()).map(|n| n + 1);
        let plural = PLURAL.find_iter(near.as_bytes()).find(|&n| near[n..].starts_with("các "));
        let (plural, word) = match plural.filter(|&n| n == 0 || near[..n].ends_with(' ')) {
            Some(n) => (n, "các "),
            None => (single()?, ""),
        };
        let title = &self.text[at..at + plural];
        // "Sở Y tế và UBND các huyện A, B": the first is a body of its own.
        if near[..plural].contains(" và ") {
            return None;
        }
        let headed = title.is_empty() || lexicon().heads.at(self.folded, at).is_some();
        if !headed || near[..plural].match_indices(' ').any(|(n, _)| lexicon().strong_verbs.at(self.folded, at + n + 1).is_some()) {
            return None;
        }
        let unit_at = |n: usize| {
            let unit = UNITS.iter().find(|u| self.folded[n..].starts_with(**u) && self.folded[n + u.len()..].starts_with(' '))?;
            let place = n + unit.len() + 1;
            self.whole_place(place, is_province(unit)).map(|end| (*unit, place, end))
        };
        // "Các phường Việt Trì, Vĩnh Yên, Hòa Bình": a ward may bear the name of a province.
        let place_at = |unit: &str, n: usize| {
            let namesake = !word.is_empty() && !is_province(unit) && self.is_place(n);
            self.whole_place(n, is_province(unit) || namesake)
        };
        let (mut unit, mut start, mut end) = unit_at(at + plural + word.len())?;
        let mut parties = Vec::new();
        loop {
            let name = self.text[start..end].trim_end();
            let text = format!("{title}{unit} {name}").into();
            parties.push(Party { span: Span::new(start, start + name.len()), text, agency: None, group: false });
            let Some(next) = self.list_separator(end) else { break };
            // "UBND các xã A, B và phường C"; "các xã A, B, huyện C" tells where they are.
            let other = || unit_at(next).filter(|_| self.folded[end..next].contains("và "));
            let more = place_at(unit, next).map(|end| (unit, next, end)).or_else(other);
            match more {
                Some(found) => (unit, start, end) = found,
                None => break,
            }
        }
        // Without "các" two names may be those of two bodies, or of a place and where it lies.
        let fewest = if word.is_empty() { 3 } else { 2 };
        (parties.len() >= fewest).then(|| (parties, self.after(end)))
    }

    /// "Chủ tịch UBND các tỉnh miền núi và các tỉnh Thanh Hóa, Nghệ An": bare units behind those of one title bear it, too.
    pub(super) fn under_title(&self, before: Option<&Party>, units: Vec<Party>) -> Vec<Party> {
        let is_unit = |text: &str| UNITS.iter().any(|u| text.strip_prefix(u).is_some_and(|rest| rest.starts_with(' ')));
        let title = before.and_then(|b| {
            let name = &self.folded[b.span.range()];
            let plural = PLURAL.find(name.as_bytes()).filter(|&n| n > 0 && name[n..].strip_prefix("các ").is_some_and(is_unit))?;
            Some(&self.text[b.span.start..b.span.start + plural])
        });
        match title.filter(|_| units.iter().all(|p| is_unit(&p.text))) {
            Some(title) => units.into_iter().map(|p| Party { text: format!("{title}{}", p.text).into(), ..p }).collect(),
            None => units,
        }
    }

    /// Where a place ends that begins here, if it is whole: "Điện lực Thanh Hóa" begins with a capital, too.
    fn whole_place(&self, start: usize, province: bool) -> Option<usize> {
        // "UBND xã Tân Lập, Hội Nông dân xã", "UBND xã Tân Lập, Chi Lăng, Lạng Sơn"
        if province != self.is_place(start) || lexicon().heads.at(self.folded, start).is_some() {
            return None;
        }
        let end = self.place_end(start)?;
        let next = self.skip_blanks(end);
        let one_word = !self.text[start..end].trim_end().contains(' ');
        let goes_on =
            self.text[next..].starts_with(char::is_lowercase) && lexicon().verb_at(self.folded, next).is_none() && !self.folded[next..].starts_with("và ");
        (!one_word || !goes_on).then_some(end)
    }

    /// "các tỉnh, thành phố: Quảng Trị, Đà Nẵng": each with the kind of unit that it is; "các địa phương: Quảng Trị, Đà Nẵng": as printed.
    fn provinces_named(&self, title: &str, at: usize) -> Option<(Vec<Party>, usize)> {
        const PLURALS: [&str; 5] = ["các tỉnh, thành phố:", "các thành phố, tỉnh:", "các tỉnh, thành phố :", "các tỉnh và thành phố:", "các địa phương:"];
        let plural = PLURALS.iter().find(|p| self.folded[at..].starts_with(**p))?;
        let mut start = self.skip_blanks(at + plural.len());
        let mut parties = Vec::new();
        loop {
            let (end, &province) = lexicon().province_names.at(self.folded, start)?;
            let province = &lexicon().provinces[province];
            let name = &self.text[start..end];
            let named = fold(name).starts_with(&fold(&province.prefix));
            let unit = if named || *plural == "các địa phương:" { String::new() } else { format!("{} ", fold(&province.prefix)) };
            parties.push(Party { span: Span::new(start, end), text: format!("{title}{unit}{name}").into(), agency: None, group: false });
            match self.list_separator(end).filter(|&n| self.is_place(n)) {
                Some(next) => start = next,
                None => return Some((parties, end)),
            }
        }
    }

    /// "các xã: Đạ Huoai, Bảo Lâm 1": one party for each place, and where the last one ends.
    fn units_named(&self, title: &str, at: usize) -> Option<(Vec<Party>, usize)> {
        if let Some(provinces) = self.provinces_named(title, at) {
            return Some(provinces);
        }
        let near = self.near(at);
        let colon = near.find(':').filter(|&n| n < 60 && !near[..n].contains([',', ';', '.', '(']))?;
        let folded = near[..colon].strip_prefix("các ")?.trim_end();
        let unit = &self.text[at + "các ".len()..at + colon];
        let is_unit = UNITS.contains(&folded);
        if !is_unit && (lexicon().heads.at(folded, 0).is_none() || lexicon().verb_at(self.folded, at + "các ".len()).is_some()) {
            return None;
        }
        let mut parties = Vec::new();
        let mut start = self.skip_blanks(at + colon + 1);
        let end = loop {
            let end = self.place_end(start)?;
            let name = self.text[start..end].trim_end();
            let text = format!("{title}{} {name}", unit.trim_end()).into();
            parties.push(Party { span: Span::new(start, start + name.len()), text, agency: None, group: false });
            let next = self.list_separator(end).filter(|&n| self.place_end(n).is_some());
            match next {
                Some(next) => start = next,
                None => break end,
            }
        };
        (is_unit || parties.len() > 1).then_some((parties, end))
    }

    /// Where the name of a place ends that begins here: words with capitals, and a figure before or behind them.
    fn place_end(&self, start: usize) -> Option<usize> {
        let figure = |at: usize| self.text[at..].bytes().take_while(u8::is_ascii_digit).count();
        let first = self.skip_blanks(start + figure(start));
        let numbered = figure(start) > 0;
        // "Ban Quản lý dự án đường Hồ Chí Minh"
        let road = self.folded[first..].strip_prefix("đường ").is_some_and(|_| self.text[first + "đường ".len()..].starts_with(char::is_uppercase));
        let named = road || self.text[first..].starts_with(char::is_uppercase);
        if !(named || numbered && self.text[start + figure(start)..].starts_with([',', ';', ' ', '.'])) {
            return None;
        }
        // Places that begin as bodies do: "Buôn Đôn", "Hội An", "Trường Sa", "Bản Bo".
        let proper = ["buôn ", "bản ", "hội ", "trường ", "đồn ", "đội "].iter().any(|w| self.folded[first..].starts_with(w))
            && self.text[self.skip_blanks(self.word_end(first))..].starts_with(char::is_uppercase);
        // "Chi Lăng": a capital on the second word makes no deed.
        let capitals = self.text[self.skip_blanks(self.word_end(first))..].starts_with(char::is_uppercase);
        let other = lexicon().heads.at(self.folded, first).is_some() && !proper || lexicon().verb_at(self.folded, first).is_some() && !capitals;
        if named && !numbered && other && !self.is_place(first) {
            return None;
        }
        let mut end = if named { self.word_end(first) } else { start + figure(start) };
        loop {
            let next = self.skip_blanks(end);
            let goes_on = next > end && self.text[next..].starts_with(|c: char| c.is_uppercase() || c == '-');
            if goes_on {
                end = self.word_end(next);
            } else if next > end && (1..=2).contains(&figure(next)) && !self.text[next + figure(next)..].starts_with(['/', '%', '.']) {
                return Some(next + figure(next));
            } else {
                return Some(end);
            }
        }
    }

    /// "Giám đốc: Sở Y tế, Đài Truyền hình", "Các Bộ trưởng: Bộ Quốc phòng, Bộ Công an" are the heads of each.
    fn shared_title(&self, at: usize) -> Option<(Vec<Party>, usize)> {
        let first = if self.folded[at..].starts_with("các ") { at + "các ".len() } else { at };
        let title = ["giám đốc", "thủ trưởng", "chủ tịch", "cục trưởng", "bộ trưởng", "trưởng"].iter().find(|t| self.folded[first..].starts_with(**t))?;
        let colon = first + title.len();
        if !self.text[colon..].starts_with(':') {
            return None;
        }
        let mut i = self.skip_blanks(colon + 1);
        let mut parties: Vec<Party> = Vec::new();
        loop {
            let (names, end) = self.name(i, parties.last())?;
            parties.extend(names.into_iter().map(|p| Party { text: format!("{} {}", &self.text[first..colon], p.text).into(), agency: None, ..p }));
            match self.list_separator(end).filter(|&n| self.text[n..].starts_with(char::is_uppercase)) {
                Some(next) => i = next,
                None => return Some((parties, end)),
            }
        }
    }

    fn is_known_item(&self, head: &str, at: usize) -> bool {
        let whole = format!("{} {}", fold(head), self.near(at));
        lexicon().agency_names.at(&whole, 0).is_some_and(|(end, _)| end > head.len() + 1)
    }

    fn shared_item(&self, title: &str, head: &str, at: usize) -> Option<(Party, usize)> {
        if !self.text[at..].starts_with(char::is_uppercase) {
            return None;
        }
        let whole = format!("{} {}", fold(head), self.near(at));
        let known = lexicon().agency_names.at(&whole, 0).map(|(end, &agency)| (end - head.len() - 1, agency));
        let former = || FORMER.at(&whole, 0).map(|(end, ())| at + end - head.len() - 1);
        let end = match known {
            Some((len, _)) => at + len,
            // A comma parts the items of the list.
            None => former().unwrap_or_else(|| {
                let end = self.extend(at, at, false, false);
                self.text[at..end].find(", ").map_or(end, |comma| at + comma)
            }),
        };
        let end = at + self.text[at..end].trim_end().len();
        if end == at {
            return None;
        }
        let name = format!("{title}{head} {}", &self.text[at..end]);
        // Whoever heads a body is not the body.
        let agency = known.map(|k| k.1).filter(|_| title.is_empty());
        Some((Party { span: Span::new(at, end), text: name.into(), agency, group: false }, self.after(end)))
    }
}
