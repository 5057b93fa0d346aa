//! Values of JSON as cells of a table, written as they are parsed: a tree of them would take many times the memory of its text.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

/// A value as a cell: text as it is, null as an empty cell, other values as JSON writes them, with their keys in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub text: String,
    /// Whether it is a whole number.
    pub is_integer: bool,
}

/// A value as JSON writes it.
struct Written(String);

/// Writes a value.
struct Writer<'a> {
    out: &'a mut String,
    /// Of a value that is a cell by itself, whether it is a whole number.
    cell: Option<&'a mut bool>,
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (mut text, mut is_integer) = (String::new(), false);
        Writer { out: &mut text, cell: Some(&mut is_integer) }.deserialize(deserializer)?;
        Ok(Cell { text, is_integer })
    }
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut out = String::new();
        Writer { out: &mut out, cell: None }.deserialize(deserializer)?;
        Ok(Written(out))
    }
}

impl<'de> DeserializeSeed<'de> for Writer<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Writer<'_> {
    fn note_integer(&mut self) {
        if let Some(is_integer) = &mut self.cell {
            **is_integer = true;
        }
    }

    fn number<E: Error>(self, number: Option<Number>) -> Result<(), E> {
        match number {
            Some(number) => self.out.push_str(&number.to_string()),
            None => self.out.push_str("null"),
        }
        Ok(())
    }
}

impl<'de> Visitor<'de> for Writer<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        if self.cell.is_none() {
            self.out.push_str("null");
        }
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn visit_u64<E: Error>(mut self, value: u64) -> Result<(), E> {
        self.note_integer();
        self.number(Some(value.into()))
    }

    fn visit_i64<E: Error>(mut self, value: i64) -> Result<(), E> {
        self.note_integer();
        self.number(Some(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.number(Number::from_f64(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        if self.cell.is_some() {
            self.out.push_str(value);
        } else {
            self.out.push_str(&serde_json::to_string(value).map_err(E::custom)?);
        }
        Ok(())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<(), E> {
        if self.cell.is_some() {
            *self.out = value;
            return Ok(());
        }
        self.visit_str(&value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<(), A::Error> {
        self.out.push('[');
        let start = self.out.len();
        loop {
            let end = self.out.len();
            if end > start {
                self.out.push(',');
            }
            if values.next_element_seed(Writer { out: self.out, cell: None })?.is_none() {
                self.out.truncate(end);
                break;
            }
        }
        self.out.push(']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let mut written = BTreeMap::new();
        while let Some((key, Written(value))) = entries.next_entry::<String, Written>()? {
            written.insert(key, value);
        }
        self.out.push('{');
        for (index, (key, value)) in written.into_iter().enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            self.out.push_str(&serde_json::to_string(&key).map_err(A::Error::custom)?);
            self.out.push(':');
            self.out.push_str(&value);
        }
        self.out.push('}');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;
    use serde_json::Value;

    use super::*;

    const PARTS: [&str; 25] = [
        "{",
        "}",
        "[",
        "]",
        "\"a\"",
        "\"b\"",
        ":",
        ":",
        ",",
        ",",
        "1",
        "-1",
        "-0",
        "1.0",
        "1e400",
        "1E2",
        "0.1",
        "null",
        "true",
        "\"\\u3042\\n\\\"/\"",
        "\"犬\"",
        " ",
        "18446744073709551616",
        "false",
        "\"\\ud83d\"",
    ];

    /// The same by way of a tree.
    fn plainly(json: &str) -> Option<String> {
        Some(match serde_json::from_str::<Value>(json).ok()? {
            Value::Null => String::new(),
            Value::String(text) => text,
            other => other.to_string(),
        })
    }

    fn cell(json: &str) -> Option<String> {
        serde_json::from_str::<Cell>(json).ok().map(|cell| cell.text)
    }

    #[test]
    fn values_are_written_as_their_trees_are() {
        let values = [
            "1",
            "-0",
            "1e3",
            "0.10",
            "null",
            "true",
            "[]",
            "{}",
            r#""犬""#,
            r#""\u3042\"\n""#,
            "18446744073709551616",
        ];
        for value in values {
            for json in [
                value.to_owned(),
                format!("[{value}, {value}]"),
                format!("[[{value}]]"),
                format!(r#"{{"b": {value}, "a": [{value}], "b": {{"c": {value}, "あ\n": 1}}}}"#),
            ] {
                assert_eq!(cell(&json), plainly(&json), "{json}");
                assert!(cell(&json).is_some(), "{json}");
            }
        }
        let deep = "[".repeat(127) + &"]".repeat(127);
        assert_eq!(cell(&deep), plainly(&deep));
        assert_eq!(cell(&format!("[{deep}]")), plainly(&format!("[{deep}]")));
    }

    proptest! {
        #[test]
        fn any_json_is_written_as_its_tree_is(parts in proptest::collection::vec(select(&PARTS), 0..16)) {
            let json = parts.concat();
            prop_assert_eq!(cell(&json), plainly(&json), "{}", json);
        }
    }
}
