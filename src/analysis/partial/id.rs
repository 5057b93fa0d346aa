//! The id of a document, and the order of ids.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::corpus::Document;

/// An id as JSON has it. Whole numbers are in the order of their values, text in that of its code points.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "JsonId", into = "JsonId")]
pub(super) enum Id {
    /// A whole number, of 64 bits with or without a sign.
    Number(i128),
    /// Text.
    Text(String),
}

/// The same as it is written.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum JsonId {
    Number(u64),
    Negative(i64),
    Text(String),
}

impl From<JsonId> for Id {
    fn from(id: JsonId) -> Self {
        match id {
            JsonId::Number(number) => Id::Number(number.into()),
            JsonId::Negative(number) => Id::Number(number.into()),
            JsonId::Text(text) => Id::Text(text),
        }
    }
}

impl From<Id> for JsonId {
    fn from(id: Id) -> Self {
        let text = id.to_string();
        match id {
            Id::Number(number) => match (u64::try_from(number), i64::try_from(number)) {
                (Ok(number), _) => JsonId::Number(number),
                (_, Ok(number)) => JsonId::Negative(number),
                _ => JsonId::Text(text),
            },
            Id::Text(text) => JsonId::Text(text),
        }
    }
}

impl Id {
    /// How the line of a document begins.
    pub const KEY: &str = "{\"id\":";

    pub fn of(document: &Document) -> Self {
        let number = || document.name.parse().ok().map(Id::Number);
        let number = document.has_integer_id.then(number).flatten();
        number.unwrap_or_else(|| Id::Text(document.name.clone()))
    }

    /// The id on the line of a document, of which it is the first key; none on another line.
    pub fn of_line(line: &str) -> Option<Self> {
        let behind = line.strip_prefix(Id::KEY)?;
        // What follows is not read.
        Id::deserialize(&mut serde_json::Deserializer::from_str(behind)).ok()
    }

    pub fn is_text(&self) -> bool {
        matches!(self, Id::Text(_))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Id::Number(number) => number.fmt(f),
            Id::Text(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_in_the_order_of_their_values_and_text_in_that_of_its_code_points() {
        let id = |name: &str, has_integer_id| {
            Id::of(&Document { name: name.into(), has_integer_id, ..Document::default() })
        };
        let numbers = ["-9223372036854775808", "-10", "-2", "-1", "0", "9", "10", "18446744073709551615"];
        assert!(numbers.is_sorted_by(|a, b| id(a, true) < id(b, true)));
        let texts = ["", "10", "9", "a", "あ", "𠮷"];
        assert!(texts.is_sorted_by(|a, b| id(a, false) < id(b, false)));
        for (name, is_number) in
            numbers.map(|name| (name, true)).into_iter().chain(texts.map(|name| (name, false)))
        {
            let json = serde_json::to_string(&id(name, is_number)).unwrap();
            assert_eq!(json.starts_with('"'), !is_number, "{json}");
            let read: Id = serde_json::from_str(&json).unwrap();
            assert_eq!((&read, read.to_string()), (&id(name, is_number), name.to_owned()));
        }
    }
}
