//! The little of CSS that matters for reading: fonts, bold, capitals, what is hidden, list labels.

use std::collections::HashMap;

/// Rules of a style sheet that are kept; sites have some thousands, word processors some dozens.
const MOST_RULES: usize = 20_000;
/// Names of fonts that are kept apart.
const MOST_FONTS: u16 = 4096;

/// What an element says about its letters; `None` leaves what stands around it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Setting {
    /// Number of the font's name.
    pub font: Option<u16>,
    pub bold: Option<bool>,
    pub caps: Option<bool>,
}

impl Setting {
    /// These settings where they say something, else the weaker ones.
    pub fn over(self, weaker: Self) -> Self {
        Self { font: self.font.or(weaker.font), bold: self.bold.or(weaker.bold), caps: self.caps.or(weaker.caps) }
    }

    /// Stronger settings over these.
    pub fn with(self, stronger: Self) -> Self {
        stronger.over(self)
    }
}

/// What a `style` attribute says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Declared {
    pub setting: Setting,
    pub hidden: bool,
    /// As the `type` of a list; `-` for none.
    pub list_style: Option<char>,
}

/// Rules for single tags, classes, and classes of one tag. Whatever depends on the window or on other elements is
/// left out: which of a site's rules hold is not known without drawing the page.
#[derive(Debug, Default)]
pub struct Sheet {
    rules: HashMap<String, Setting>,
}

impl Sheet {
    /// Adds the rules of a style sheet.
    pub fn read(&mut self, sheet: &str, fonts: &mut Fonts) {
        for (selectors, body) in rules(sheet) {
            let setting = declarations(body, fonts).setting;
            if setting == Setting::default() {
                continue;
            }
            for selector in selectors.split(',').map(str::trim).filter(|s| is_simple(s)) {
                if self.rules.len() < MOST_RULES {
                    let rule = self.rules.entry(selector.to_ascii_lowercase()).or_default();
                    *rule = rule.with(setting);
                }
            }
        }
    }

    /// What the rules say about an element.
    pub fn setting(&self, tag: &str, class: &str) -> Setting {
        if self.rules.is_empty() {
            return Setting::default();
        }
        let get = |key: &str| self.rules.get(key).copied().unwrap_or_default();
        let mut setting = get(tag);
        for name in class.split_ascii_whitespace().take(16) {
            let name = name.to_ascii_lowercase();
            setting = setting.with(get(&format!(".{name}"))).with(get(&format!("{tag}.{name}")));
        }
        setting
    }
}

fn is_simple(selector: &str) -> bool {
    !selector.is_empty() && selector.len() < 64 && selector.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

/// Selectors and declarations of a sheet, those inside `@media` and its like left out.
fn rules(sheet: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = sheet;
    std::iter::from_fn(move || {
        loop {
            let open = rest.find('{')?;
            let selectors = rest[..open].rsplit(['}', ';']).next().unwrap_or_default();
            let selectors = selectors.rsplit("*/").next().unwrap_or_default().trim().trim_start_matches("<!--").trim_start();
            let body = &rest[open + 1..];
            if selectors.starts_with('@') && !selectors.starts_with("@page") && !selectors.starts_with("@font-face") {
                rest = &body[block_end(body)..];
                continue;
            }
            let end = body.find('}').unwrap_or(body.len());
            rest = body.get(end + 1..).unwrap_or_default();
            return Some((selectors, &body[..end]));
        }
    })
}

/// Where a block with blocks inside it ends.
fn block_end(body: &str) -> usize {
    let mut depth = 1usize;
    for (i, b) in body.bytes().enumerate() {
        depth = match b {
            b'{' => depth + 1,
            b'}' => depth - 1,
            _ => depth,
        };
        if depth == 0 {
            return i + 1;
        }
    }
    body.len()
}

/// Reads `name: value; …`.
pub fn declarations(style: &str, fonts: &mut Fonts) -> Declared {
    let mut declared = Declared::default();
    for declaration in style.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let value = value.trim();
        let lower = || value.to_ascii_lowercase();
        match name.trim().to_ascii_lowercase().as_str() {
            "font-family" => declared.setting.font = fonts.number(value),
            "font-weight" => declared.setting.bold = Some(is_bold(&lower())),
            "text-transform" => declared.setting.caps = Some(lower().starts_with("uppercase")),
            "display" => declared.hidden |= lower().starts_with("none"),
            "visibility" => declared.hidden |= lower().starts_with("hidden"),
            "mso-hide" => declared.hidden |= lower().starts_with("all"),
            "list-style" | "list-style-type" => declared.list_style = list_type(&lower()),
            _ => {}
        }
    }
    declared
}

fn is_bold(value: &str) -> bool {
    value.starts_with("bold") || value.split_whitespace().next().and_then(|w| w.parse::<u32>().ok()).is_some_and(|w| w >= 600)
}

fn list_type(value: &str) -> Option<char> {
    const TYPES: &[(&str, char)] = &[
        ("none", '-'),
        ("decimal", '1'),
        ("lower-alpha", 'a'),
        ("lower-latin", 'a'),
        ("upper-alpha", 'A'),
        ("upper-latin", 'A'),
        ("lower-roman", 'i'),
        ("upper-roman", 'I'),
    ];
    TYPES.iter().find(|(name, _)| value.contains(name)).map(|&(_, c)| c)
}

/// Names of fonts and their numbers.
#[derive(Debug, Default)]
pub struct Fonts {
    pub names: Vec<String>,
    numbers: HashMap<String, u16>,
}

impl Fonts {
    /// The number of the first font of a list.
    pub fn number(&mut self, list: &str) -> Option<u16> {
        let name = list.split(',').map(|n| n.trim().trim_matches(['"', '\'', ' '])).find(|n| !n.is_empty() && n.len() < 64)?;
        if let Some(number) = self.numbers.get(name) {
            return Some(*number);
        }
        let number = u16::try_from(self.names.len()).ok().filter(|n| *n < MOST_FONTS)?;
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_sets_fonts_and_weight() {
        let mut fonts = Fonts::default();
        let mut sheet = Sheet::default();
        let css = "<!-- /* Word */ @font-face {font-family:x;} p.MsoNormal, li.MsoNormal {margin:0; font-family:\".VnTime\"; }\n\
            @media print { p { font-weight: bold } } h1 {font-weight:bold} .hoa{text-transform:uppercase} div > p {font-weight:bold} -->";
        sheet.read(css, &mut fonts);
        let font = |s: Setting| s.font.map(|f| fonts.names[usize::from(f)].as_str());
        assert_eq!(font(sheet.setting("p", "MsoNormal")), Some(".VnTime"));
        assert_eq!(sheet.setting("p", "").bold, None, "what holds in print alone is left out");
        assert_eq!((sheet.setting("h1", "x hoa").bold, sheet.setting("h1", "x hoa").caps), (Some(true), Some(true)));
    }

    #[test]
    fn a_style_attribute_is_read() {
        let mut fonts = Fonts::default();
        let rows = [
            ("font-weight: 700", Declared { setting: Setting { bold: Some(true), ..Setting::default() }, ..Declared::default() }),
            ("font-weight:normal", Declared { setting: Setting { bold: Some(false), ..Setting::default() }, ..Declared::default() }),
            ("DISPLAY: none !important", Declared { hidden: true, ..Declared::default() }),
            ("list-style: outside lower-roman", Declared { list_style: Some('i'), ..Declared::default() }),
            ("nothing", Declared::default()),
        ];
        for (style, want) in rows {
            assert_eq!(declarations(style, &mut fonts), want, "{style}");
        }
    }
}
