//! The user's own units, people and names, from `office.toml`.

use super::{Body, BodyKind, Context, Level, Named, Office, clean};
use crate::error::{Error, Result};
use crate::mention::identity::slug;
use crate::text::fold;
use serde::Deserialize;
use std::collections::HashMap;

/// What `office.toml` holds.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnFile {
    /// The office's own name, such as "Sở Y tế thành phố Cần Thơ".
    pub name: Option<String>,
    /// Units of the office, and other bodies that the lexicon does not know.
    #[serde(default)]
    pub unit: Vec<Unit>,
    /// People.
    #[serde(default)]
    pub person: Vec<Person>,
}

/// A unit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Other names and abbreviations, as papers write them.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The body that it belongs to; the office by default.
    pub of: Option<String>,
}

/// A person.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Other names, as papers write them.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Unit.
    pub unit: Option<String>,
}

impl OwnFile {
    /// Reads the text of an `office.toml`.
    ///
    /// # Errors
    /// When it is no TOML, or holds a key that means nothing here.
    pub fn parse(text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|e| {
            let line = e.span().map_or(1, |s| 1 + text[..s.start].matches('\n').count());
            let problem = format!("line {line}: {}", e.message());
            Error::new(problem, "see examples/office.toml for what the file may hold")
        })
    }
}

/// The file, ready to be asked.
#[derive(Debug, Clone, Default)]
pub(super) struct Own {
    bodies: HashMap<String, Body>,
}

impl Own {
    pub(super) fn of(file: OwnFile) -> Result<Self> {
        let mut own = Self::default();
        let lexicon = Office::default();
        let office = file.name.as_deref().map(|n| lexicon.resolve(Named::plain(n), &Context::default()));
        for unit in &file.unit {
            let above = match &unit.of {
                Some(name) => Some(lexicon.resolve(Named::plain(name), &Context::default())),
                None => office.clone(),
            };
            own.add(&unit.name, &unit.aliases, body(&unit.name, BodyKind::Agency, above.as_ref()))?;
        }
        for person in &file.person {
            let above = person.unit.as_deref().and_then(|u| own.bodies.get(&key(u)).cloned()).or_else(|| office.clone());
            own.add(&person.name, &person.aliases, body(&person.name, BodyKind::Person, above.as_ref()))?;
        }
        Ok(own)
    }

    fn add(&mut self, name: &str, aliases: &[String], body: Body) -> Result<()> {
        for spelling in std::iter::once(name).chain(aliases.iter().map(String::as_str)) {
            let other = self.bodies.insert(key(spelling), body.clone());
            if let Some(other) = other.filter(|o| o.agency != body.agency) {
                let problem = format!("{spelling:?} stands for {:?} and for {:?}", other.name, body.name);
                return Err(Error::new(problem, "give each name to one unit or person"));
            }
        }
        Ok(())
    }

    pub(super) fn body(&self, text: &str, _context: &Context) -> Option<Body> {
        if self.bodies.is_empty() {
            return None;
        }
        let found = self.bodies.get(&key(text))?;
        Some(Body { text: text.to_owned(), ..found.clone() })
    }
}

fn key(name: &str) -> String {
    fold(&clean(name))
}

fn body(name: &str, kind: BodyKind, above: Option<&Body>) -> Body {
    let key = match above.and_then(|a| a.agency.as_deref()) {
        Some(above) => format!("{above}/{}", slug(name)),
        None => slug(name),
    };
    Body {
        text: name.to_owned(),
        name: above.map_or_else(|| name.to_owned(), |a| if fold(&a.name).contains(&fold(name)) { name.to_owned() } else { format!("{name}, {}", a.name) }),
        kind,
        agency: Some(key),
        id: None,
        level: above.map_or(Level::Any, |a| a.level),
        province: above.and_then(|a| a.province.clone()),
        unit: above.and_then(|a| a.unit.clone()),
        position: None,
        mended: false,
        group: None,
    }
}
