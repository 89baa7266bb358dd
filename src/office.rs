//! Bodies with place and time: who the parties of duties, addressees and issuers are, whom a group means, who carries
//! the duties of a body that has ended, and what an office's own file adds (`office.toml`).
//!
//! Names on paper leave the place out ("Sở GD&ĐT" in a paper of Long An); it comes from the paper's issuer. What stays
//! open on paper ("các cơ quan liên quan") stays open here.

mod group;
mod name;
mod own;
mod place;
mod roll;
mod succession;

pub use group::{Family, Group, Member, Scope};
pub use own::{OwnFile, Person, Unit};
pub use place::Place;
pub use roll::{Part, RollRow, schema};
pub use succession::{Carrier, Carriers, Step, carriers, province_at};

use crate::export::{DocumentRecord, PartyRecord};
use crate::lexicon::lexicon;
use crate::mention::identity::slug;
use crate::text::{fold, opens_with};
use jiff::civil::Date;
use name::Known;
use own::Own;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Levels of government.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, Default)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Trung ương.
    Central,
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
    /// Huyện, quận, thị xã, thành phố thuộc tỉnh; until 30 June 2025.
    District,
    /// Xã, phường, thị trấn, đặc khu.
    Commune,
    /// Not said, or of every level.
    #[default]
    Any,
}

impl Level {
    /// The level of this name in the lexicon.
    pub fn of(name: &str) -> Self {
        match name {
            "central" => Self::Central,
            "province" => Self::Province,
            "district" => Self::District,
            "commune" | "hamlet" => Self::Commune,
            _ => Self::Any,
        }
    }
}

/// How well a party is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum BodyKind {
    /// One body of the lexicon or of the user's own file, with its place.
    Agency,
    /// One body that its own name alone tells: "Chi cục Thủy lợi".
    Named,
    /// A person of the user's own file.
    Person,
    /// Several bodies, as `group` says.
    Group,
    /// Whoever is concerned: "các cơ quan liên quan".
    Open,
}

/// A party of a duty, or an issuer, as far as it can be told who that is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Body {
    /// As printed.
    pub text: String,
    /// In full, with its place.
    pub name: String,
    /// How well it is understood.
    pub kind: BodyKind,
    /// Stable key, the same in every paper: `so_gddt@long-an`. Null for groups and open parties.
    pub agency: Option<String>,
    /// Agency or group of the lexicon.
    pub id: Option<String>,
    /// Level of government.
    pub level: Level,
    /// Province, without its class word.
    pub province: Option<String>,
    /// Unit below the province: "xã Ea Kar".
    pub unit: Option<String>,
    /// The office whose holder is named: "Giám đốc".
    pub position: Option<String>,
    /// The name as printed was damaged and is read as `name`.
    pub mended: bool,
    /// Whom a group means.
    pub group: Option<Group>,
}

/// What a paper says about the bodies that it leaves half named.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// Who issued it.
    pub issuer: Option<Body>,
    /// Name of the province that it belongs to.
    pub province: Option<String>,
    /// The unit below the province that it belongs to: "xã Ea Kar".
    pub unit: Option<String>,
    /// Its date; the first day of what is known.
    pub date: Option<Date>,
}

/// The lexicon together with the user's own units, people and names.
#[derive(Debug, Clone, Default)]
pub struct Office {
    own: Own,
}

/// One name to be resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Named<'a> {
    /// As printed.
    pub text: &'a str,
    /// Whether the paper names several bodies.
    pub group: bool,
}

impl<'a> Named<'a> {
    /// A name without more.
    pub fn plain(name: &'a str) -> Self {
        Self { text: name, group: false }
    }
}

impl<'a> From<&'a PartyRecord> for Named<'a> {
    fn from(p: &'a PartyRecord) -> Self {
        Self { text: &p.text, group: p.group }
    }
}

impl Office {
    /// The lexicon with the user's own file.
    ///
    /// # Errors
    /// When the file does not say what it should.
    pub fn with(file: OwnFile) -> crate::error::Result<Self> {
        Ok(Self { own: Own::of(file)? })
    }

    /// What a paper says about the bodies in it.
    pub fn context(&self, record: &DocumentRecord) -> Context {
        let date = record.header.date.as_ref().and_then(|d| first_day(&d.value));
        let place = record.header.place.as_deref().and_then(place::province_in);
        let mut context = Context { date, province: place, ..Context::default() };
        let Some(issuer) = &record.header.issuer else { return context };
        let body = self.resolve(Named::plain(&issuer.name), &context);
        if body.level == Level::Central {
            // A ministry's paper is dated at Hà Nội, which says nothing of its parties.
            context.province = None;
        } else if body.province.is_some() {
            context.province.clone_from(&body.province);
        }
        context.unit.clone_from(&body.unit);
        context.issuer = Some(body);
        context
    }

    /// Who a name means in a paper.
    pub fn resolve(&self, named: Named, context: &Context) -> Body {
        let name = clean(named.text);
        let folded = fold(&name);
        if let Some(body) = self.own.body(named.text, context) {
            return body;
        }
        let (position, start) = position(&folded);
        let reader = Reader { text: named.text, name: &name[start..], folded: &folded[start..], context, position };
        let whole = Reader { text: named.text, name: &name, folded: &folded, context, position: None };
        reader
            .issuer()
            .or_else(|| reader.agency())
            .or_else(|| (start > 0).then(|| whole.agency()).flatten())
            .or_else(|| reader.central())
            .or_else(|| reader.group(named.group))
            .or_else(|| reader.mended())
            .unwrap_or_else(|| whole.named())
    }

    /// Who a name means that somebody types: also in small letters and without marks, "so tai chinh dak lak".
    pub fn typed(&self, name: &str) -> Body {
        let plain = Context::default();
        let body = self.own(name).unwrap_or_else(|| self.resolve(Named::plain(name), &plain));
        if body.kind != BodyKind::Named {
            return body;
        }
        let spelled = place::spelled(name).map(|n| self.resolve(Named::plain(&n), &plain)).filter(|b| b.kind == BodyKind::Agency);
        spelled.unwrap_or(body)
    }

    /// The unit or person of the user's own file with this name.
    pub fn own(&self, name: &str) -> Option<Body> {
        self.own.body(name, &Context::default())
    }
}

/// The first day of an EDTF date.
pub fn first_day(edtf: &str) -> Option<Date> {
    let mut parts = edtf.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map_or(Some(1), |m| m.parse().ok())?;
    let day = parts.next().map_or(Some(1), |d| d.parse().ok())?;
    Date::new(year, month, day).ok()
}

/// A name on one line, without what stands around it.
fn clean(name: &str) -> String {
    let line = name.split_whitespace().collect::<Vec<_>>().join(" ").replace(['Ð', 'Ɖ'], "Đ").replace('ð', "đ");
    // "báo cáo UBND tỉnh kết quả thực hiện": no name goes on so.
    let line = [" kết quả", " những vấn đề"].iter().filter_map(|w| line.find(w)).min().map_or(line.as_str(), |at| &line[..at]);
    line.trim_matches([' ', '*', ',', ';', '.', ':', '-', '–', '"', '“', '”']).to_owned()
}

/// Offices whose holder stands for the body, with what goes before its name.
const POSITIONS: [&str; 24] = [
    "phó giám đốc",
    "tổng giám đốc",
    "giám đốc",
    "phó chủ tịch",
    "chủ tịch",
    "bộ trưởng",
    "thủ trưởng cơ quan",
    "thủ trưởng",
    "người đứng đầu",
    "chi cục trưởng",
    "tổng cục trưởng",
    "cục trưởng",
    "vụ trưởng",
    "viện trưởng",
    "chánh án",
    "hiệu trưởng",
    "chỉ huy trưởng",
    "tư lệnh",
    "bí thư",
    "thống đốc",
    "lãnh đạo",
    "chánh",
    "trưởng",
    "tổng biên tập",
];

/// The office before the name of a body, and where the name begins.
fn position(folded: &str) -> (Option<&'static str>, usize) {
    for p in POSITIONS {
        let Some(rest) = folded.strip_prefix(p).and_then(|r| r.strip_prefix(' ')) else { continue };
        // "Chánh Văn phòng", "Trưởng Công an": only before the body's own name.
        let alone = opens_with(rest, &["hội đồng quản", "hội đồng thành", "đoàn"]);
        if !alone && !rest.is_empty() {
            return (Some(p), p.len() + 1);
        }
    }
    (None, 0)
}

/// Ids that stand for many bodies: the printed name tells which.
const UMBRELLAS: [&str; 9] = ["phong_huyen", "xa_phong", "co_so_gd", "doanh_nghiep", "to_chuc_qt", "thon", "bcd", "to_cong_tac", "tinh_ban_hdnd"];

/// Ids of units and offices inside a body: the issuer tells of which.
const INSIDE: [&str; 6] = ["bo_don_vi", "so_phong", "so_lanh_dao", "tinh_phong_vp", "tinh_cvp", "bo_truong"];

#[derive(Clone, Copy)]
struct Reader<'a> {
    text: &'a str,
    name: &'a str,
    folded: &'a str,
    context: &'a Context,
    position: Option<&'static str>,
}

impl Reader<'_> {
    /// A body of the lexicon with its place.
    fn agency(&self) -> Option<Body> {
        let tokens = name::tokens(self.folded);
        for k in (1..=tokens.len()).rev() {
            let end = tokens[k - 1].1;
            let Some(place) = place::read(&self.name[end..], &self.folded[end..]) else { continue };
            let compact = name::compact(self.folded, &tokens[..k]);
            let found = match place.level {
                Some(level) => name::stem(&compact, level).or_else(|| name::whole(&compact).filter(|w| fits(w, level))),
                None => name::whole(&compact),
            };
            if let Some(known) = found.filter(|f| f.kind != "group" && !INSIDE.contains(&f.id)) {
                return Some(self.body(known, &self.name[..end], place, false));
            }
        }
        None
    }

    /// The issuer, named by its kind alone: "Giám đốc Sở", "Bộ trưởng".
    fn issuer(&self) -> Option<Body> {
        let issuer = self.context.issuer.as_ref()?;
        let name = fold(&issuer.name);
        let minister = self.folded == "bộ trưởng" && name.starts_with("bộ ");
        let kind = matches!(self.folded, "sở" | "bộ") && name.starts_with(self.folded);
        (minister || kind).then(|| Body {
            text: self.text.to_owned(),
            position: self.position.or(minister.then_some("bộ trưởng")).map(str::to_owned),
            ..issuer.clone()
        })
    }

    /// The centre of a body of every level: "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", "Trung ương Hội Nông dân".
    fn central(&self) -> Option<Body> {
        let at = self.folded.find("trung ương ")?;
        let folded = format!("{}{}", &self.folded[..at], &self.folded[at + "trung ương ".len()..]);
        let compact = name::compact(&folded, &name::tokens(&folded));
        let bare = folded.strip_suffix(" việt nam").unwrap_or(&folded);
        let known =
            name::whole(&compact).or_else(|| name::whole(&name::compact(bare, &name::tokens(bare)))).filter(|k| k.level == Level::Any && k.kind != "group")?;
        Some(self.finish(BodyKind::Agency, Some(known.id), Level::Central, self.name.to_owned(), known.id.to_owned(), Place::default(), false))
    }

    /// The same where the name is damaged.
    fn mended(&self) -> Option<Body> {
        let tokens = name::tokens(self.folded);
        for k in (2..=tokens.len()).rev() {
            let end = tokens[k - 1].1;
            let Some(place) = place::read(&self.name[end..], &self.folded[end..]) else { continue };
            let known = name::mended(&name::words(self.folded, &tokens[..k])).filter(|f| !matches!(f.kind, "group" | "title") && !INSIDE.contains(&f.id));
            if let Some(known) = known.filter(|f| place.level.is_none_or(|l| fits(f, l))) {
                return Some(self.body(known, &self.name[..end], place, true));
            }
        }
        None
    }

    fn group(&self, plural: bool) -> Option<Body> {
        let (group, id) = group::read(self.name, self.folded, plural, self.context)?;
        let kind = if group.scopes.is_empty() { BodyKind::Open } else { BodyKind::Group };
        let level = group.scopes.first().map_or(Level::Any, |s| s.level);
        let province = group.scopes.first().and_then(|s| s.province.clone());
        Some(Body {
            text: self.text.to_owned(),
            name: self.of_many(&group.scopes),
            kind,
            agency: None,
            id: id.map(str::to_owned),
            level,
            province,
            unit: None,
            position: self.position.map(str::to_owned),
            mended: false,
            group: Some(group),
        })
    }

    /// A body of the lexicon, its missing place taken from the paper.
    fn body(&self, known: Known, printed: &str, place: place::Read, mended: bool) -> Body {
        let umbrella = UMBRELLAS.contains(&known.id);
        let level = match (known.level, place.level) {
            (Level::Any, Some(level)) => level,
            (Level::Any, None) if known.name.ends_with("Việt Nam") || self.context.issuer.is_none() => Level::Any,
            (Level::Any, None) => self.context.issuer.as_ref().map_or(Level::Any, |i| i.level),
            (level, _) => level,
        };
        let whole = self.place(level, place);
        if matches!(level, Level::District | Level::Commune) && whole.unit.is_none() {
            return self.every(known, level, whole.province, mended);
        }
        // "các tỉnh ủy, thành ủy": a small letter names the kind, not the one.
        if known.id == "tinh_uy" && printed.starts_with(char::is_lowercase) {
            let central = self.context.issuer.as_ref().is_some_and(|i| i.level == Level::Central);
            let level = if central { Level::Province } else { Level::District };
            return self.every(known, level, whole.province.filter(|_| !central), mended);
        }
        let base = if umbrella || known.name.contains(['(', '/']) { capital(printed) } else { known.name.to_owned() };
        let slot = if umbrella { format!("{}:{}", known.id, slug(printed)) } else { known.id.to_owned() };
        self.finish(BodyKind::Agency, Some(known.id), level, whole.name(&base, self.context.date), whole.key(&slot), whole, mended)
    }

    /// "UBND xã" without a name in a paper from above: each of them.
    fn every(&self, known: Known, level: Level, province: Option<String>, mended: bool) -> Body {
        let committee = known.id.ends_with("_ubnd");
        let (family, of) = match known.kind {
            _ if committee => (Family::Committee, None),
            "party" => (Family::Party, None),
            _ => (Family::Same, Some(known.id.to_owned())),
        };
        let scope = Scope { family, level, province: province.clone(), of, places: Vec::new() };
        self.each(Some(known.id), scope, mended)
    }

    /// The bodies of one kind, each of them meant.
    fn each(&self, id: Option<&str>, scope: Scope, mended: bool) -> Body {
        let place = Place { province: scope.province.clone(), unit: None };
        let name = self.of_many(std::slice::from_ref(&scope));
        let body = self.finish(BodyKind::Group, id, scope.level, name, String::new(), place, mended);
        Body { group: Some(Group { scopes: vec![scope], open: false }), ..body }
    }

    /// The name of a group with its place, which the paper leaves to its reader: "các sở, ngành tỉnh Long An", "UBND các xã,
    /// phường của tỉnh Long An", "các đơn vị trực thuộc Sở Y tế thành phố Cần Thơ".
    fn of_many(&self, scopes: &[Scope]) -> String {
        let name = self.name.to_owned();
        let unit = scopes.iter().any(|s| s.family == Family::Unit);
        if let (true, Some(issuer)) = (unit, &self.context.issuer) {
            let kind = fold(issuer.name.split(' ').next().unwrap_or_default());
            return match self.folded.strip_suffix(&kind) {
                _ if self.folded.contains(&fold(&issuer.name)) => name,
                Some(before) if before.ends_with(' ') => format!("{}{}", &name[..before.len()], issuer.name),
                _ => format!("{name} của {}", issuer.name),
            };
        }
        let Some(province) = scopes.first().and_then(|s| s.province.as_deref()) else { return name };
        if scopes.iter().any(|s| s.province.as_deref() != Some(province)) || self.folded.contains(&fold(province)) {
            return name;
        }
        let place = place::province_name(province, self.context.date);
        let own_class = scopes[0].level == Level::Province && !opens_with(self.folded, &["ubnd", "ủy ban nhân dân"]);
        match [" tỉnh", " thành phố"].iter().find_map(|class| self.folded.ends_with(class).then_some(class.len())) {
            Some(len) if own_class && place.len() > len => format!("{} {place}", &name[..name.len() - len]),
            _ => format!("{name} của {place}"),
        }
    }

    /// The place of a body of this level, with what the paper says of it.
    fn place(&self, level: Level, read: place::Read) -> Place {
        let own = |p: &Option<String>| p.clone();
        match level {
            Level::Central => Place::default(),
            Level::Province => Place { province: read.province.or_else(|| own(&self.context.province)), unit: None },
            Level::District | Level::Commune => {
                let same = self.context.issuer.as_ref().is_some_and(|i| i.level == level);
                let unit = read.unit.or_else(|| self.context.unit.clone().filter(|_| same));
                Place { province: read.province.or_else(|| own(&self.context.province)), unit }
            }
            Level::Any => Place { province: read.province, unit: read.unit },
        }
    }

    /// A body that its own name alone tells.
    fn named(&self) -> Body {
        let open = group::is_open(self.folded);
        if let Some(unit) = self.unit_of_ministry() {
            return unit;
        }
        let (end, read) = self.trailing_place();
        let base = &self.name[..end];
        let folded = &self.folded[..end];
        if open {
            return self.finish(BodyKind::Open, None, Level::Any, self.name.to_owned(), String::new(), Place::default(), false);
        }
        let issuer = self.context.issuer.as_ref();
        let inner = issuer.filter(|i| read.is_empty() && is_unit_of(folded, i));
        if let Some(issuer) = inner {
            let place = Place { province: issuer.province.clone(), unit: issuer.unit.clone() };
            let key = format!("{}/{}", issuer.agency.clone().unwrap_or_else(|| slug(&issuer.name)), slug(base));
            return self.finish(BodyKind::Named, None, issuer.level, format!("{}, {}", capital(base), issuer.name), key, place, false);
        }
        let local = issuer.is_some_and(|i| i.level != Level::Central);
        let level = match read.level {
            Some(level) => level,
            None if folded.starts_with("bộ ") || folded.contains("việt nam") || folded.contains("trung ương") || folded.contains("quốc gia") => {
                Level::Central
            }
            None if folded.starts_with("sở ") => Level::Province,
            None if local => issuer.map_or(Level::Any, |i| i.level),
            None => Level::Any,
        };
        let printed_place = read.province.is_some() || level == Level::Central;
        // "Cục Quản lý thị trường tỉnh": the class word wants a name.
        let wants_place = read.level.is_some() && read.unit.is_none();
        let place = self.place(level, read);
        if matches!(level, Level::District | Level::Commune) && place.unit.is_none() {
            // "công an xã" in a paper from above: each of them.
            let scope = Scope { family: Family::Same, level, province: place.province.clone(), of: Some(slug(base)), places: Vec::new() };
            return self.each(None, scope, false);
        }
        let placed = self.name.starts_with(char::is_uppercase) && opens_with(folded, PLACED) && !folded.contains(" bộ ");
        let name = if (placed || wants_place) && !printed_place { place.name(&capital(base), self.context.date) } else { self.name.to_owned() };
        self.finish(BodyKind::Named, None, level, name, place.key(&slug(base)), place, false)
    }

    /// "Vụ Pháp chế - Bộ Xây dựng", "Cục Kiểm lâm, Bộ Nông nghiệp và Môi trường".
    fn unit_of_ministry(&self) -> Option<Body> {
        let (at, len) = [" - bộ ", ", bộ ", " thuộc bộ "].iter().find_map(|w| self.folded.find(w).map(|i| (i, w.len() - "bộ ".len())))?;
        let ministry = Reader { name: &self.name[at + len..], folded: &self.folded[at + len..], ..*self }.agency()?;
        let key = format!("{}/{}", ministry.agency.as_deref()?, slug(&self.folded[..at]));
        let name = format!("{}, {}", capital(&self.name[..at]), ministry.name);
        Some(self.finish(BodyKind::Named, None, Level::Central, name, key, Place::default(), false))
    }

    /// Where the place at the end of a name begins, and the place; the whole name where none stands there.
    fn trailing_place(&self) -> (usize, place::Read) {
        let tokens = name::tokens(self.folded);
        for t in tokens.iter().take(tokens.len().saturating_sub(1)) {
            if let Some(read) = place::read(&self.name[t.1..], &self.folded[t.1..]).filter(|r| !r.is_empty()) {
                return (t.1, read);
            }
        }
        (self.name.len(), place::Read::default())
    }

    #[allow(clippy::too_many_arguments)]
    fn finish(&self, kind: BodyKind, id: Option<&str>, level: Level, name: String, key: String, place: Place, mended: bool) -> Body {
        Body {
            text: self.text.to_owned(),
            name,
            kind,
            agency: Some(key).filter(|k| !k.is_empty()),
            id: id.map(str::to_owned),
            level,
            province: place.province,
            unit: place.unit,
            position: self.position.map(str::to_owned),
            mended,
            group: None,
        }
    }
}

/// First words of names that many places have.
const PLACED: &[&str] = &[
    "ban ",
    "bệnh viện ",
    "bộ chỉ huy",
    "cảng vụ",
    "chi cục ",
    "chi nhánh ",
    "công an",
    "đài ",
    "đảng ủy",
    "đoàn ",
    "đội ",
    "hạt ",
    "hiệp hội ",
    "hội ",
    "hội đồng",
    "kho bạc",
    "phòng ",
    "quỹ ",
    "sở ",
    "thanh tra",
    "tòa án",
    "trạm ",
    "trung tâm ",
    "trường ",
    "ủy ban",
    "văn phòng",
    "viện kiểm sát",
];

/// Whether a body may stand at this level.
fn fits(known: &Known, level: Level) -> bool {
    known.level == Level::Any || known.level == level
}

/// Whether a name without a place is a unit of the issuer: phòng of a sở, vụ and cục of a ministry.
fn is_unit_of(folded: &str, issuer: &Body) -> bool {
    let name = fold(&issuer.name);
    let units: &[&str] = match issuer.level {
        Level::Central if name.starts_with("bộ ") => &["vụ ", "cục ", "tổng cục ", "viện ", "trung tâm ", "văn phòng bộ", "thanh tra bộ", "báo ", "tạp chí "],
        Level::Province if name.starts_with("sở ") => &["phòng ", "chi cục ", "trung tâm ", "văn phòng sở", "thanh tra sở", "ban quản lý "],
        Level::District | Level::Commune => &["phòng ", "văn phòng ", "trung tâm ", "trạm y tế", "ban chỉ huy quân sự", "công an"],
        _ => &[],
    };
    folded == "văn phòng" || opens_with(folded, units)
}

/// With a capital at its start.
fn capital(name: &str) -> String {
    let mut chars = name.trim().chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The id of a group of the lexicon, by its whole name.
fn group_id(folded: &str) -> Option<&'static str> {
    let l = lexicon();
    l.agency_names.exact(folded).map(|&i| &l.agencies[i]).filter(|a| a.is_group()).map(|a| a.id.as_str())
}

#[cfg(test)]
mod tests;
