//! The lines of a file in WebAnno's TSV 3.

use std::collections::HashMap;

use super::{Annotation, Page};
use crate::messages::Message;

/// What the line of a layer of spans begins with, in the header. The columns of chains and relations stand behind those of spans.
const SPANS: &str = "#T_SP=";

/// What begins the lines of a sentence.
const TEXT: &str = "#Text=";

/// The last version that writes characters of a text as Java does.
const JAVA_ESCAPES: u32 = 1;

/// A layer of spans with its features, a column each.
struct Layer {
    name: String,
    /// The features; none for a column that holds roles and targets of links.
    features: Vec<Option<String>>,
}

/// The lines read so far.
pub struct Rows {
    minor: u32,
    limit: usize,
    layers: Vec<Layer>,
    page: Page,
    /// The length of the text in units of UTF-16.
    units: usize,
    /// A sentence of which no token was read.
    sentence: Option<String>,
    /// The annotations with an id, by layer.
    by_id: HashMap<(usize, String), usize>,
}

impl Rows {
    pub fn new(minor: u32, limit: usize) -> Self {
        let (layers, page, by_id) = (Vec::new(), Page::default(), HashMap::new());
        Rows { minor, limit, layers, page, units: 0, sentence: None, by_id }
    }

    pub fn finish(self) -> Page {
        self.page
    }

    /// Reads a line.
    pub fn add(&mut self, line: &str, number: u64) -> Result<(), Message> {
        if let Some(layer) = line.strip_prefix(SPANS) {
            self.layers.push(layer_of(layer));
        } else if let Some(text) = line.strip_prefix(TEXT) {
            let text = unescaped(text, self.minor <= JAVA_ESCAPES);
            match &mut self.sentence {
                Some(sentence) => {
                    sentence.push('\n');
                    sentence.push_str(&text);
                }
                None => self.sentence = Some(text),
            }
        } else if line.is_empty() {
            // A sentence without a token has no place.
            self.sentence = None;
        } else if !line.starts_with('#') {
            self.row(line, number)?;
        }
        Ok(())
    }

    fn row(&mut self, line: &str, number: u64) -> Result<(), Message> {
        let wrong = || Message::new("coding.no_row", &[("row", &line)]);
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, span, ..] = fields[..] else { return Err(wrong()) };
        let offsets =
            span.split_once('-').and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
        let (start, end): (u64, u64) = offsets.filter(|(start, end)| start <= end).ok_or_else(wrong)?;
        if !id.contains('-') {
            return Err(wrong());
        }
        if let Some(sentence) = self.sentence.take() {
            self.begin(&sentence, start)?;
        }
        // A token may hold tabs: its columns begin behind as many units as it has.
        let units = |token: &str| token.encode_utf16().count() as u64;
        let (mut column, mut length) = (3, fields.get(2).map_or(0, |token| units(token)));
        while length < end.saturating_sub(start) && column < fields.len() {
            length =
                length.saturating_add(1).saturating_add(fields.get(column).map_or(0, |part| units(part)));
            column = column.saturating_add(1);
        }
        let needed: usize = self.layers.iter().map(|layer| layer.features.len()).sum();
        let Some(cells) = fields.get(column..).filter(|cells| cells.len() >= needed) else {
            return Err(wrong());
        };
        let mut cells = cells.iter();
        for index in 0..self.layers.len() {
            let columns = self.layers.get(index).map_or(0, |layer| layer.features.len());
            let cells: Vec<&str> = cells.by_ref().take(columns).copied().collect();
            self.annotations(index, &cells, (start, end), number);
        }
        Ok(())
    }

    /// Begins a sentence where its first token does. What stands between it and the one before is white space.
    fn begin(&mut self, sentence: &str, start: u64) -> Result<(), Message> {
        let gap = usize::try_from(start).ok().and_then(|start| start.checked_sub(self.units));
        let values: [(&str, &dyn std::fmt::Display); 2] = [("start", &start), ("end", &self.units)];
        let gap = gap.ok_or_else(|| Message::new("coding.sentence", &values))?;
        let length = sentence.encode_utf16().count();
        let units = self.units.saturating_add(gap).saturating_add(length);
        if units > self.limit {
            return Err(Message::new("coding.too_long", &[("start", &start), ("limit", &self.limit)]));
        }
        self.page.text.extend(std::iter::repeat_n('\n', gap));
        self.page.text.push_str(sentence);
        self.units = units;
        Ok(())
    }

    /// The annotations of a layer in a row: the values of its features stand in the same order in each of its cells.
    fn annotations(&mut self, index: usize, cells: &[&str], (start, end): (u64, u64), line: u64) {
        let Some(layer) = self.layers.get(index) else { return };
        let stacks: Vec<Vec<Value>> = cells.iter().map(|cell| stack(cell)).collect();
        let features =
            layer.features.iter().zip(&stacks).filter_map(|(name, stack)| Some((name.as_ref()?, stack)));
        let features: Vec<(&String, &Vec<Value>)> = features.collect();
        let count = features.iter().map(|(_, stack)| stack.len()).max().unwrap_or(0);
        for at in 0..count {
            let values = features.iter().filter_map(|(name, stack)| Some((*name, stack.get(at)?)));
            let id = values.clone().find_map(|(_, value)| value.id.clone());
            let known = id.clone().and_then(|id| self.by_id.get(&(index, id)));
            if let Some(known) = known.and_then(|known| self.page.annotations.get_mut(*known)) {
                known.start = known.start.min(start);
                known.end = known.end.max(end);
                continue;
            }
            if let Some(id) = id {
                self.by_id.insert((index, id), self.page.annotations.len());
            }
            let features = values.map(|(name, value)| (name.clone(), value.text.clone())).collect();
            self.page.annotations.push(Annotation { line, layer: layer.name.clone(), start, end, features });
        }
    }
}

/// A layer of the header: its name and features with `|` between; a layer without a feature has a column as well.
fn layer_of(header: &str) -> Layer {
    let mut parts = header.split('|').filter(|part| !part.is_empty());
    let name = parts.next().unwrap_or_default().to_owned();
    let mut is_target = false;
    let mut features: Vec<Option<String>> = Vec::new();
    for part in parts {
        let is_role = part.starts_with("ROLE_");
        features.push((!is_role && !is_target).then(|| part.to_owned()));
        is_target = is_role;
    }
    if features.is_empty() {
        features.push(Some(String::new()));
    }
    Layer { name, features }
}

/// A value of a feature, with the id of its annotation.
#[derive(Debug, PartialEq, Eq)]
struct Value {
    /// None for `*`.
    text: Option<String>,
    id: Option<String>,
}

/// The values in a cell: `_` for none, several with `|` between, each with an id in brackets behind it if its annotation is stacked or
/// goes over several tokens.
fn stack(cell: &str) -> Vec<Value> {
    let mut parts = vec![String::new()];
    let mut is_escaped = false;
    for c in cell.chars() {
        if c == '|' && !is_escaped {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    let value = |part: &String| {
        let bracketed = part.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
        let bracketed = bracketed.filter(|(text, id)| !text.ends_with('\\') && id.parse::<u64>().is_ok());
        let (text, id) = bracketed.map_or((part.as_str(), None), |(text, id)| (text, Some(id.to_owned())));
        match text {
            "_" | "" if id.is_none() => None,
            "*" => Some(Value { text: None, id }),
            text => Some(Value { text: Some(unescaped(text, false)), id }),
        }
    };
    parts.iter().filter_map(value).collect()
}

/// A text or value without its escapes: `\t`, `\n`, `\r`, `\f`, `\b`, with `java` those of Unicode, and any other character for itself.
fn unescaped(text: &str, java: bool) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('\\') {
        plain.push_str(before);
        let code = behind.strip_prefix('u').and_then(|digits| digits.get(..4)).filter(|_| java);
        if let Some(code) = code.and_then(|digits| u16::from_str_radix(digits, 16).ok()) {
            rest = utf16(code, behind.get(5..).unwrap_or_default(), &mut plain);
            continue;
        }
        let mut characters = behind.chars();
        match characters.next() {
            Some('t') => plain.push('\t'),
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            Some('f') => plain.push('\u{c}'),
            Some('b') => plain.push('\u{8}'),
            Some(other) => plain.push(other),
            None => {}
        }
        rest = characters.as_str();
    }
    plain.push_str(rest);
    plain
}

/// Adds the character of a unit of UTF-16, or of a pair with the one that follows, and gives what stands behind.
fn utf16<'a>(unit: u16, behind: &'a str, plain: &mut String) -> &'a str {
    let next = behind.strip_prefix("\\u").and_then(|digits| digits.get(..4));
    let next = next.and_then(|digits| u16::from_str_radix(digits, 16).ok());
    let pair = next.and_then(|next| char::decode_utf16([unit, next]).next()?.ok());
    match pair.filter(|pair| pair.len_utf16() == 2) {
        Some(pair) => {
            plain.push(pair);
            behind.get(6..).unwrap_or_default()
        }
        None => {
            plain.extend(char::decode_utf16([unit]).map(|read| read.unwrap_or('\u{fffd}')));
            behind
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_values_with_escapes_and_ids() {
        let value = |text: Option<&str>, id: Option<&str>| Value {
            text: text.map(Into::into),
            id: id.map(Into::into),
        };
        for (cell, expected) in [
            ("_", vec![]),
            ("*", vec![value(None, None)]),
            ("*[3]", vec![value(None, Some("3"))]),
            ("a[1]|b[2]", vec![value(Some("a"), Some("1")), value(Some("b"), Some("2"))]),
            ("a\\|b\\_c\\[1\\]", vec![value(Some("a|b_c[1]"), None)]),
            ("a\\->b\\\\|c", vec![value(Some("a->b\\"), None), value(Some("c"), None)]),
        ] {
            assert_eq!(stack(cell), expected, "{cell}");
        }
    }

    #[test]
    fn texts_have_escapes_of_their_version() {
        for (text, java, expected) in [
            ("a\\tb\\r\\\\n", false, "a\tb\r\\n"),
            ("\\u732b", true, "猫"),
            ("\\ud842\\udfb7\\u91ce", true, "𠮷野"),
            ("\\ud842x", true, "\u{fffd}x"),
            ("\\u732b", false, "u732b"),
            ("a\\", false, "a"),
        ] {
            assert_eq!(unescaped(text, java), expected, "{text}");
        }
    }

    #[test]
    fn a_layer_has_a_column_for_each_feature_and_each_part_of_a_link() {
        let columns =
            |header: &str| layer_of(header).features.iter().map(Option::is_some).collect::<Vec<_>>();
        assert_eq!(columns("webanno.custom.Modality|category|negated"), [true, true]);
        assert_eq!(columns("webanno.custom.Mark|"), [true]);
        assert_eq!(columns("a.Frame|FE|ROLE_a.Frame:Roles_a.Link|a.Target|last"), [true, false, false, true]);
    }
}
