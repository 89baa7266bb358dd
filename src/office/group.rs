//! Whom a name of several bodies means: "các sở, ngành tỉnh", "UBND cấp huyện", "các bộ, cơ quan ngang bộ", "UBND các
//! tỉnh: A, B, C"; and what stays open: "các cơ quan liên quan".

use super::succession::province_at;
use super::{Body, BodyKind, Context, Level, group_id, name, place};
use crate::lexicon::{MERGER_OF_PROVINCES, lexicon};
use crate::mention::identity::slug;
use crate::text::{is_word_end, is_word_start, opens_with};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Families of bodies that groups are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Bộ, cơ quan ngang bộ.
    Ministry,
    /// Cơ quan thuộc Chính phủ.
    GovernmentAgency,
    /// Sở, ban, ngành.
    Department,
    /// Ủy ban nhân dân.
    Committee,
    /// Mặt trận, đoàn thể, tổ chức chính trị - xã hội.
    Front,
    /// Cấp ủy.
    Party,
    /// Units of one body: phòng, vụ, đơn vị trực thuộc.
    Unit,
    /// Trường, cơ sở giáo dục.
    School,
    /// Cơ quan báo chí.
    Press,
    /// Doanh nghiệp.
    Enterprise,
    /// The bodies of one kind in many places: "Sở Y tế các tỉnh".
    Same,
}

/// Bodies of one family and level in one place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Scope {
    /// What they are.
    pub family: Family,
    /// Of which level.
    pub level: Level,
    /// In which province; null for all.
    pub province: Option<String>,
    /// The body whose units they are (its key), or the agency of the lexicon that they all are (its id).
    pub of: Option<String>,
    /// The places that the paper lists; empty for all.
    pub places: Vec<String>,
}

/// Whom a name of several bodies means.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Group {
    /// Its parts.
    pub scopes: Vec<Scope>,
    /// Only those concerned ("liên quan"): the paper does not say which.
    pub open: bool,
}

/// Whether a group holds a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Member {
    /// It does.
    Yes,
    /// It may: the group is open.
    Maybe,
}

impl Group {
    /// Whether the group holds a body; `as_of` follows merged provinces.
    pub fn holds(&self, body: &Body, as_of: Option<Date>) -> Option<Member> {
        let sure = self.scopes.iter().filter_map(|s| s.holds(body, as_of)).min()?;
        Some(if self.open { Member::Maybe } else { sure })
    }
}

impl Scope {
    fn holds(&self, body: &Body, as_of: Option<Date>) -> Option<Member> {
        let in_province = match (&self.province, &body.province) {
            (None, _) => true,
            (Some(p), Some(b)) => p == b || as_of.is_some_and(|d| province_at(p, d).is_some_and(|p| p == *b)),
            (Some(_), None) => false,
        };
        let place = body.unit.as_deref().map(place::without_class).or(body.province.as_deref());
        let listed = self.places.is_empty() || place.is_some_and(|p| self.places.iter().any(|l| slug(l) == slug(p)));
        let kin = match self.family {
            Family::Unit => self.of.as_deref().is_some_and(|of| body.agency.as_deref().is_some_and(|a| a.strip_prefix(of).is_some_and(|r| r.starts_with('/')))),
            Family::Same => self.of.is_some() && (self.of == body.id || self.of.as_deref() == body.agency.as_deref().and_then(|a| a.split('@').next())),
            family => return families(body).into_iter().find(|f| f.0 == family && in_province && listed && body.level == self.level).map(|f| f.1),
        };
        (kin && in_province && listed).then_some(Member::Yes)
    }
}

/// Bodies of a province that are not sở but come under "các sở, ban, ngành".
const EQUAL_TO_DEPARTMENTS: [&str; 5] = ["thanh_tra_tinh", "ban_dan_toc", "bql_kcn", "tinh_vp", "ban_tdkt"];
/// Bodies of ministerial rank that are not called bộ.
const EQUAL_TO_MINISTRIES: [&str; 4] = ["nhnn", "ttcp", "vpcp", "ubdt"];

/// The families that a body belongs to.
fn families(body: &Body) -> Vec<(Family, Member)> {
    let id = body.id.as_deref().unwrap_or_default();
    let known = lexicon().agencies.iter().find(|a| a.id == id);
    let kind = known.map_or("", |a| a.kind.as_str());
    let department = id.starts_with("so_") || EQUAL_TO_DEPARTMENTS.contains(&id) || body.id.is_none() && body.name.starts_with("Sở ");
    let ministry = body.level == Level::Central && body.name.starts_with("Bộ ") && kind != "party" || EQUAL_TO_MINISTRIES.contains(&id);
    let mut families = Vec::new();
    match (id, kind) {
        ("tinh_ubnd" | "huyen_ubnd" | "xa_ubnd", _) => families.push((Family::Committee, Member::Yes)),
        (_, "front" | "mass_organisation") => families.push((Family::Front, Member::Yes)),
        (_, "party") => families.push((Family::Party, Member::Yes)),
        (_, "gov_agency") | ("bhxhvn", _) => families.push((Family::GovernmentAgency, Member::Yes)),
        (_, "education_institution") => families.push((Family::School, Member::Yes)),
        (_, "press") => families.push((Family::Press, Member::Yes)),
        (_, "enterprise") => families.push((Family::Enterprise, Member::Yes)),
        _ if department => families.push((Family::Department, Member::Yes)),
        _ if ministry => families.push((Family::Ministry, Member::Yes)),
        // Công an, thuế, kho bạc: "ngành" of the province, which some papers mean and others not.
        (_, "state_body") if body.level == Level::Province => families.push((Family::Department, Member::Maybe)),
        _ => {}
    }
    families
}

/// Whether a name leaves open whom it means.
pub(super) fn is_open(folded: &str) -> bool {
    const OPEN: &[&str] = &[
        "cơ quan",
        "đơn vị",
        "tổ chức",
        "cá nhân",
        "cơ quan có thẩm quyền",
        "cấp có thẩm quyền",
        "cơ quan chức năng",
        "đơn vị chức năng",
        "cơ quan, đơn vị",
        "cơ quan, tổ chức",
        "tổ chức, cá nhân",
        "đơn vị sự nghiệp công",
        "cơ sở",
    ];
    holds_word(folded, "liên quan") || OPEN.contains(&folded) || opens_with(folded, &["cơ quan có thẩm quyền", "cấp có thẩm quyền", "các bên"])
}

/// Whether whole words stand in a name.
fn holds_word(folded: &str, word: &str) -> bool {
    folded.match_indices(word).any(|(i, _)| is_word_start(folded, i) && is_word_end(folded, i + word.len()))
}

/// Reads a name of several bodies; its id where the lexicon lists it.
pub(super) fn read(name: &str, folded: &str, plural: bool, context: &Context) -> Option<(Group, Option<&'static str>)> {
    let id = group_id(folded);
    let many = opens_with(folded, &["các ", "cấp ", "tất cả các ", "toàn thể ", "những "]) || folded.contains(" các ") || folded.contains(" cấp ");
    // What is called several without a word that says so is one with a long name.
    if id.is_none() && !many && !(plural && (folded.contains(", ") || is_open(folded))) {
        return None;
    }
    let reader = Reader { name, folded, context, province: place::province_in(name).or_else(|| context.province.clone()) };
    let mut scopes = reader.listed().unwrap_or_else(|| reader.same().map_or_else(|| reader.scopes(), |s| vec![s]));
    scopes.dedup();
    // "Ban Quản lý các khu chế xuất": the several are what one body looks after.
    if scopes.is_empty() && id.is_none() && !is_open(folded) && is_one(name, folded) {
        return None;
    }
    Some((Group { scopes, open: is_open(folded) }, id))
}

/// First words of bodies that may have several things in their names.
const ONE: [&str; 7] = ["ban quản lý", "ban chỉ đạo", "hiệp hội", "trung tâm", "viện", "hội đồng", "quỹ"];

/// Whether a name is that of one body, though "các" stands in it.
fn is_one(name: &str, folded: &str) -> bool {
    name.starts_with(char::is_uppercase) && opens_with(folded, &ONE) && !folded.contains(" và các ") && !folded.contains(", các ") && !folded.contains(':')
}

struct Reader<'a> {
    name: &'a str,
    folded: &'a str,
    context: &'a Context,
    province: Option<String>,
}

impl Reader<'_> {
    fn has(&self, word: &str) -> bool {
        holds_word(self.folded, word)
    }

    /// Whether a word stands there that is not the second half of another: "sở" of "cơ sở", "trường" of "thị trường".
    fn has_alone(&self, word: &str, not_after: &[&str]) -> bool {
        let alone = |i: usize| !not_after.iter().any(|w| self.folded[..i].ends_with(w));
        self.folded.match_indices(word).any(|(i, w)| is_word_start(self.folded, i) && is_word_end(self.folded, i + w.len()) && alone(i))
    }

    /// Ministries or departments that are named one by one: "các Bộ: Y tế, Công Thương", "Các Sở: XD, TC, NN&MT"; also "các Sở
    /// Xây dựng". `None` where one of them is not known: then the whole family may be meant.
    fn listed(&self) -> Option<Vec<Scope>> {
        let (kind, level, rest) = [("bộ", Level::Central), ("sở", Level::Province)].into_iter().find_map(|(kind, level)| {
            let at = self.folded.strip_prefix("các ")?.strip_prefix(kind)?.strip_prefix([':', ' '])?;
            Some((kind, level, &self.folded[self.folded.len() - at.len()..]))
        })?;
        let province = if level == Level::Central { None } else { self.province.clone() };
        let known = |piece: &str| {
            let long = format!("{kind} {piece}");
            let short = format!("{}{piece}", kind.chars().next().unwrap_or_default());
            [long, short].iter().find_map(|n| name::whole(&name::compact(n, &name::tokens(n)))).filter(|k| k.kind != "group" && k.level == level)
        };
        let both = |piece: &str| piece.match_indices(" và ").find_map(|(at, and)| Some([known(&piece[..at])?, known(&piece[at + and.len()..])?]));
        // "Văn hóa, Thể thao và Du lịch" is one: what is no name up to the comma goes on behind it.
        let mut scopes = Vec::new();
        let mut open = String::new();
        for piece in rest.split([',', ';']) {
            open = if open.is_empty() { piece.trim().to_owned() } else { format!("{open}, {}", piece.trim()) };
            let name = open.trim_start_matches(kind).trim();
            let found = known(name).map(|k| vec![k]).or_else(|| both(name).map(Vec::from));
            for body in found.iter().flatten() {
                scopes.push(Scope { family: Family::Same, level, province: province.clone(), of: Some(body.id.to_owned()), places: Vec::new() });
            }
            if found.is_some() {
                open.clear();
            }
        }
        (open.is_empty() && !scopes.is_empty()).then_some(scopes)
    }

    /// One kind of body in many places: "Sở Y tế các tỉnh, thành phố", "Công an các xã, phường".
    fn same(&self) -> Option<Scope> {
        let (at, len) = [" các ", " cấp "].iter().find_map(|w| self.folded.find(w).map(|i| (i, w.len())))?;
        let head = &self.folded[..at];
        let committee = ["ubnd", "ủy ban nhân dân", "chính quyền", "hđnd", "cấp ủy"].iter().any(|w| holds_word(head, w));
        if committee || opens_with(head, &["các", "cấp"]) || head.contains([',', ';']) {
            return None;
        }
        let level = *self.levels().first()?;
        let compact = name::compact(head, &name::tokens(head));
        let known = name::stem(&compact, level).or_else(|| name::whole(&compact)).filter(|k| k.kind != "group");
        let province = if level == Level::Province { None } else { self.province.clone() };
        let of = known.map_or_else(|| slug(head), |k| k.id.to_owned());
        Some(Scope { family: Family::Same, level, province, of: Some(of), places: self.places(at + len) })
    }

    fn scopes(&self) -> Vec<Scope> {
        let mut scopes = Vec::new();
        let committee = ["ubnd", "ủy ban nhân dân", "chính quyền"].iter().any(|w| self.has(w));
        let party = ["đảng ủy", "cấp ủy", "huyện ủy", "tỉnh ủy", "các đảng bộ"].iter().any(|w| self.has(w));
        self.central(&mut scopes);
        self.provincial(&mut scopes);
        if self.has("đoàn thể") || self.has("chính trị - xã hội") || self.has("chính trị xã hội") {
            scopes.push(self.scope(Family::Front, self.levels().first().copied().unwrap_or_else(|| self.own_level())));
        }
        let places = self.listed_places();
        // "các tổ chức chính trị - xã hội xã": the place of what was named, and no party itself.
        let itself = committee || party || scopes.is_empty() || ["các xã", "các huyện", "các tỉnh", "các phường", "các quận"].iter().any(|w| self.has(w));
        for level in self.levels().into_iter().filter(|_| itself) {
            let family = if party && !committee { Family::Party } else { Family::Committee };
            let province = if level == Level::Province { None } else { self.province.clone() };
            scopes.push(Scope { family, level, province, of: None, places: places.clone() });
        }
        if self.has("địa phương") && self.levels().is_empty() {
            scopes.extend(self.local());
        }
        self.other(&mut scopes);
        scopes
    }

    /// Bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ; "ngành" without sở in a paper of the centre.
    fn central(&self, scopes: &mut Vec<Scope>) {
        let all = |family| Scope { family, level: Level::Central, province: None, of: None, places: Vec::new() };
        let bodies = self.folded.trim_start_matches("các ");
        let ministries = opens_with(bodies, &["bộ,", "bộ trưởng", "bộ, "]) || bodies == "bộ" || self.has("cơ quan ngang bộ") || self.has("các bộ");
        if ministries {
            scopes.push(all(Family::Ministry));
        }
        if ministries && (self.has("cơ quan thuộc chính phủ") || self.has("ngành") || self.has("cơ quan")) {
            scopes.push(all(Family::GovernmentAgency));
        }
    }

    /// Sở, ban, ngành of the province.
    fn provincial(&self, scopes: &mut Vec<Scope>) {
        let local = self.context.issuer.as_ref().is_none_or(|i| i.level != Level::Central) && self.province.is_some();
        if self.has_alone("sở", &["cơ ", "trụ ", "thuộc ", "đốc "]) || local && self.has("ngành") {
            scopes.push(Scope { family: Family::Department, level: Level::Province, province: self.province.clone(), of: None, places: Vec::new() });
        }
    }

    fn other(&self, scopes: &mut Vec<Scope>) {
        let bare = matches!(self.folded.trim_start_matches("các "), "đơn vị" | "phòng, đơn vị");
        let unit = bare || ["trực thuộc", "đơn vị thuộc", "các phòng", "các vụ", "các cục"].iter().any(|w| self.has(w)) && !self.has("trung ương");
        if let (true, Some(issuer)) = (unit, &self.context.issuer) {
            scopes.push(Scope { family: Family::Unit, level: issuer.level, province: issuer.province.clone(), of: issuer.agency.clone(), places: Vec::new() });
        }
        if self.has("cơ sở giáo dục") || self.has_alone("trường", &["thị ", "môi ", "hội ", "công ", "lập "]) {
            scopes.push(self.scope(Family::School, Level::Any));
        }
        if self.has("báo chí") {
            scopes.push(self.scope(Family::Press, self.own_level()));
        }
        if ["doanh nghiệp", "tập đoàn", "tổng công ty"].iter().any(|w| self.has(w)) {
            scopes.push(self.scope(Family::Enterprise, self.own_level()));
        }
    }

    fn scope(&self, family: Family, level: Level) -> Scope {
        let province = if level == Level::Central { None } else { self.province.clone() };
        Scope { family, level, province, of: None, places: Vec::new() }
    }

    /// The level that the paper itself is of.
    fn own_level(&self) -> Level {
        let printed = ["trung ương", "tỉnh"].iter().find(|w| self.folded.ends_with(**w));
        match printed {
            Some(&"trung ương") => Level::Central,
            Some(_) => Level::Province,
            None => self.context.issuer.as_ref().map_or(Level::Province, |i| if i.level == Level::Any { Level::Province } else { i.level }),
        }
    }

    /// The levels of the places in a name: "các huyện, thị xã", "cấp xã".
    fn levels(&self) -> Vec<Level> {
        let f = self.folded;
        if self.has("các cấp") {
            return vec![Level::Province, Level::District, Level::Commune];
        }
        let province = ["các tỉnh", "cấp tỉnh", "tỉnh, thành phố", "tỉnh và thành phố", "tỉnh, thành"].iter().any(|w| self.has(w));
        let commune = ["phường", "thị trấn", "đặc khu"].iter().any(|w| self.has(w)) || self.is_commune();
        let district = ["các huyện", "cấp huyện", "huyện", "các quận", "quận", "thị xã"].iter().any(|w| self.has(w))
            || f.contains("các thành phố") && !province
            || f.contains("các thị xã");
        [(province, Level::Province), (district, Level::District), (commune, Level::Commune)].into_iter().filter(|l| l.0).map(|l| l.1).collect()
    }

    /// "xã", but not that of "thị xã" or "xã hội".
    fn is_commune(&self) -> bool {
        let f = self.folded;
        f.match_indices("xã")
            .any(|(i, w)| is_word_start(f, i) && is_word_end(f, i + w.len()) && !f[..i].ends_with("thị ") && !f[i + w.len()..].starts_with(" hội"))
    }

    /// "các địa phương": provinces to the centre; to a province what stands below it on that day.
    fn local(&self) -> Vec<Scope> {
        let places = self.listed_places();
        let committee = |level, province| Scope { family: Family::Committee, level, province, of: None, places: places.clone() };
        let Some(province) = self.province.clone().filter(|_| self.own_level() != Level::Central) else {
            return vec![committee(Level::Province, None)];
        };
        let districts = self.context.date.is_none_or(|d| d.to_string().as_str() < MERGER_OF_PROVINCES.0);
        let commune = committee(Level::Commune, Some(province.clone()));
        if districts { vec![committee(Level::District, Some(province)), commune] } else { vec![commune] }
    }

    /// The places that a list names after the word that makes it several.
    fn listed_places(&self) -> Vec<String> {
        self.folded.find("các ").map_or_else(Vec::new, |i| self.places(i + "các ".len()))
    }

    /// The names in "xã Mỹ Hiệp, Thanh Hưng và phường Mỹ Trà"; none where a class of places stands without a name.
    fn places(&self, from: usize) -> Vec<String> {
        const CLASSES: [&str; 9] = ["tỉnh", "huyện", "quận", "thị xã", "thành phố", "xã", "phường", "thị trấn", "đặc khu"];
        let text = self.name[from..].replace(" và ", ", ").replace([':', ';'], ",");
        let mut places = Vec::new();
        // "các PCT UBND xã" lists offices.
        let listed = self.name[from..].contains(':') || CLASSES.iter().any(|c| text.strip_prefix(c).is_some_and(|r| r.starts_with([' ', ','])));
        let mut bare = !listed;
        for piece in text.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            let class = CLASSES.iter().find(|c| piece == **c || piece.strip_prefix(**c).is_some_and(|r| r.starts_with(' ')));
            let name = class.map_or(piece, |c| piece[c.len()..].trim());
            match name.chars().next() {
                Some(c) if c.is_uppercase() => places.push(name.to_owned()),
                // "các tỉnh, thành phố: A, B": classes alone stand before the colon.
                None if places.is_empty() && self.name.contains(':') => {}
                _ if piece == "địa phương" && self.name.contains(':') => {}
                _ => bare = true,
            }
        }
        if bare { Vec::new() } else { places }
    }
}

impl Body {
    /// Whether this party means that body: itself, or as one of a group.
    pub fn means(&self, body: &Self, as_of: Option<Date>) -> Option<Member> {
        match self.kind {
            BodyKind::Group | BodyKind::Open => self.group.as_ref()?.holds(body, as_of),
            _ => (self.agency.is_some() && self.agency == body.agency).then_some(Member::Yes),
        }
    }
}
