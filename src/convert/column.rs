//! What a table is: columns with a name, a kind and how they are filled from a record.

use crate::export::DocumentRecord;
use serde_json::{Value, json};
use std::borrow::Cow;

/// A table, one of whose rows belongs to one paper.
pub struct Table {
    /// Name of the file, without its ending.
    pub name: &'static str,
    /// What a row is.
    pub doc: &'static str,
    /// How many rows a paper has.
    pub rows: fn(&DocumentRecord) -> usize,
    /// From left to right.
    pub columns: &'static [Column],
}

/// A column of a table.
pub struct Column {
    /// Name.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// What they mean.
    pub doc: &'static str,
    /// The cell of a row.
    pub value: for<'a> fn(&'a DocumentRecord, usize) -> Cell<'a>,
}

/// What the cells of a column hold; all but lists may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
    /// A day, `2020-06-18`.
    Day,
    /// Any number of words or names.
    List,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Of a column of [`Kind::Text`].
    Text(Option<Cow<'a, str>>),
    /// Of a column of [`Kind::Number`].
    Number(Option<i64>),
    /// Of a column of [`Kind::Flag`].
    Flag(bool),
    /// Of a column of [`Kind::Day`].
    Day(Option<&'a str>),
    /// Of a column of [`Kind::List`].
    List(Vec<&'a str>),
}

impl Cell<'_> {
    /// As JSON.
    pub fn json(self) -> Value {
        match self {
            Self::Text(text) => text.map_or(Value::Null, |t| Value::String(t.into_owned())),
            Self::Number(number) => number.into(),
            Self::Flag(flag) => flag.into(),
            Self::Day(day) => day.into(),
            Self::List(list) => list.into(),
        }
    }
}

impl Kind {
    fn schema(self) -> Value {
        match self {
            Self::Text => json!({"type": ["string", "null"]}),
            Self::Number => json!({"type": ["integer", "null"]}),
            Self::Flag => json!({"type": "boolean"}),
            Self::Day => json!({"type": ["string", "null"], "format": "date"}),
            Self::List => json!({"type": "array", "items": {"type": "string"}}),
        }
    }
}

impl Table {
    /// The JSON Schema of a row.
    pub fn schema(&self) -> Value {
        let property = |c: &Column| {
            let mut schema = json!({"description": c.doc});
            if let (Some(all), Value::Object(kind)) = (schema.as_object_mut(), c.kind.schema()) {
                all.extend(kind);
            }
            (c.name.to_owned(), schema)
        };
        let properties: serde_json::Map<String, Value> = self.columns.iter().map(property).collect();
        let required: Vec<&str> = self.columns.iter().map(|c| c.name).collect();
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.name,
            "description": self.doc,
            "type": "object",
            "properties": properties,
            "required": required,
        })
    }
}
