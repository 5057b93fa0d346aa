//! doccano's JSON Lines of spans: a text with its labels on each line. See <https://doccano.github.io/doccano/>.

use std::path::Path;

use serde_json::{Map, Value};

use super::labels::Labels;
use super::{CodedMark, CodedText, Wrong};
use crate::corpus::document_name;
use crate::messages::Message;

/// The names of the text and of its labels, which have changed with versions.
const TEXT: [&str; 2] = ["text", "data"];
const LABELS: [&str; 3] = ["label", "labels", "entities"];

/// Data that came with a text, and name its document.
const NAMES: [&str; 5] = ["document", "filename", "file_name", "name", "id"];

/// Whether a file begins as one of doccano's does: an object with the keys of a text and of labels.
pub fn is_of_this_form(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    let first = head.trim_start_matches(['\u{feff}', ' ', '\r', '\n']).lines().next().unwrap_or_default();
    let has = |keys: &[&str]| keys.iter().any(|key| first.contains(&format!("\"{key}\"")));
    // A table of this program's has columns of its own.
    let is_table = has(&["node"]) && has(&["negated"]);
    first.starts_with('{') && !is_table && has(&TEXT) && (has(&LABELS) || !first.ends_with('}'))
}

/// Reads the texts of a file.
pub fn read(text: &str, path: &Path, labels: &Labels) -> Result<Vec<CodedText>, Wrong> {
    let lines = text.lines().zip(1_u64..).filter(|(line, _)| !line.trim().is_empty());
    lines
        .map(|(line, number)| record(line, number, path, labels).map_err(|message| (number, message)))
        .collect()
}

fn record(line: &str, number: u64, path: &Path, labels: &Labels) -> Result<CodedText, Message> {
    let line = line.trim_start_matches('\u{feff}');
    let record: Map<String, Value> = serde_json::from_str(line).map_err(|error| {
        // The parser's line is always the first.
        let reason = error.to_string().replace("line 1 column", "column");
        Message::new("coding.no_json", &[("reason", &reason)])
    })?;
    let text = TEXT.iter().find_map(|key| record.get(*key)?.as_str());
    let text = text.ok_or_else(|| Message::new("coding.no_text", &[]))?;
    let spans = LABELS.iter().find_map(|key| record.get(*key)?.as_array());
    let spans = spans.ok_or_else(|| Message::new("coding.no_labels", &[]))?;
    let mark = |span: &Value| {
        let (start, end, label) =
            parts(span).ok_or_else(|| Message::new("coding.no_span", &[("span", span)]))?;
        Ok(CodedMark { line: number, start, end, node: None, label: labels.read(label)? })
    };
    let marks = spans.iter().map(mark).collect::<Result<_, Message>>()?;
    Ok(CodedText {
        path: path.into(),
        line: number,
        names: names(&record, path),
        text: Some(text.into()),
        marks,
    })
}

/// `[0, 3, "label"]`, or an object with these names.
fn parts(span: &Value) -> Option<(u64, u64, &str)> {
    match span {
        Value::Array(parts) => match parts.as_slice() {
            [start, end, label, ..] => Some((start.as_u64()?, end.as_u64()?, label.as_str()?)),
            _ => None,
        },
        Value::Object(parts) => {
            let number = |names: [&str; 2]| names.iter().find_map(|name| parts.get(*name)?.as_u64());
            let offsets = number(["start_offset", "start"]).zip(number(["end_offset", "end"]));
            offsets.zip(parts.get("label")?.as_str()).map(|((start, end), label)| (start, end, label))
        }
        _ => None,
    }
}

/// What the document may be called. As a document of its own, a line is called by the file and its id.
fn names(record: &Map<String, Value>, path: &Path) -> Vec<String> {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let meta = record.get("meta").or_else(|| record.get("metadata")).and_then(Value::as_object);
    let mut names = Vec::new();
    for key in NAMES {
        for value in [record.get(key), meta.and_then(|meta| meta.get(key))].into_iter().flatten() {
            match value {
                Value::String(name) if key == "id" => names.push(format!("{file}#{name}")),
                Value::Number(id) if key == "id" => names.push(format!("{file}#{id}")),
                Value::String(name) => names.push(document_name(name)),
                _ => {}
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::super::labels::tests::labels;
    use super::*;

    fn of(line: &str) -> Result<CodedText, Wrong> {
        read(line, Path::new("in/admin.jsonl"), &labels()).map(|mut texts| texts.remove(0))
    }

    #[test]
    fn spans_are_lists_or_objects_and_keys_those_of_any_version() {
        for line in [
            r#"{"id": 7, "text": "失敗の可能性がある。", "label": [[3, 6, "可能性"]]}"#,
            r#"{"id": 7, "data": "失敗の可能性がある。", "labels": [[3, 6, "possibility"]], "Comments": []}"#,
            r#"{"id":7,"text":"失敗の可能性がある。","entities":[{"id":1,"label":"possibility","start_offset":3,"end_offset":6}],"relations":[]}"#,
            r#"{"id":7,"text":"失敗の可能性がある。","entities":[{"label":"hedge/possibility","start":3,"end":6}]}"#,
        ] {
            assert!(is_of_this_form(line.as_bytes()), "{line}");
            let text = of(line).unwrap_or_else(|(_, message)| panic!("{line}: {message}"));
            assert_eq!(text.names, ["admin.jsonl#7"]);
            let mark = &text.marks[0];
            assert_eq!((mark.start, mark.end, mark.label.category.as_str()), (3, 6, "possibility"), "{line}");
        }
        let named = r#"{"text":"","label":[],"meta":{"filename":"sub\\a.txt"}}"#;
        assert_eq!(of(named).map(|text| text.names).ok(), Some(vec!["sub/a.txt".into()]));
    }

    #[test]
    fn other_json_lines_are_none_of_doccano_s() {
        let cut = format!("{{\"text\":\"{}", "犬".repeat(10));
        assert!(is_of_this_form(cut.as_bytes()));
        for line in [
            r#"{"document":"a.txt","text":"","start":1,"end":2,"node":"犬","label":"","negated":false}"#,
            r#"{"id":1,"text":"犬"}"#,
            "text,label",
        ] {
            assert!(!is_of_this_form(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn what_is_no_span_is_refused_with_its_line() {
        for (line, words) in [
            (r#"{"text":"犬","label":["possibility"]}"#, "\"possibility\""),
            (r#"{"text":"犬","label":[[0,"possibility"]]}"#, "[0,\"possibility\"]"),
            (r#"{"text":"犬","label":[[-1,1,"possibility"]]}"#, "[-1,1,"),
            (r#"{"text":"犬","label":[[0,1,"animal"]]}"#, "`animal` is no category"),
            (r#"{"text":"犬","label":"possibility"}"#, "label"),
            (r#"{"text":1,"label":[]}"#, "text"),
            ("[]", "JSON"),
        ] {
            let text = format!("{{\"text\":\"\",\"label\":[]}}\n\n{line}\n");
            let (number, message) =
                read(&text, Path::new("a.jsonl"), &labels()).err().unwrap_or_else(|| panic!("{line}"));
            assert!(number == 3 && message.to_string().contains(words), "{line}: {message}");
        }
    }
}
