//! Kinds of files that are not read, and how their text can be read all the same.

use std::collections::BTreeMap;

use hedgerow::messages::Message;

use super::messages;

/// The key of the remedy for files of an extension, if there is one.
fn remedy_key(extension: &str) -> Option<&'static str> {
    match extension.to_ascii_lowercase().as_str() {
        ".pdf" => Some("kinds.pdf"),
        ".doc" | ".rtf" | ".odt" => Some("kinds.word"),
        ".xls" | ".xlsx" | ".ods" => Some("kinds.spreadsheet"),
        ".mht" | ".mhtml" | ".webarchive" => Some("kinds.page"),
        ".epub" | ".tar" | ".7z" | ".rar" | ".lzh" => Some("kinds.archive"),
        _ => None,
    }
}

/// What to do with a file of an extension.
pub fn remedy(extension: &str) -> String {
    messages::own(&Message::new(remedy_key(extension).unwrap_or("kinds.other"), &[]))
}

/// The files that were passed over, by kind, with the remedy where there is one: `3 .jpg, 1 .doc (save it as .docx or
/// .txt)`.
pub fn passed_over(kinds: &BTreeMap<String, u64>) -> String {
    let kinds = kinds.iter().map(|(extension, files)| match remedy_key(extension) {
        Some(key) => format!("{files} {extension} ({})", messages::own(&Message::new(key, &[]))),
        None => format!("{files} {extension}"),
    });
    kinds.collect::<Vec<_>>().join(", ")
}
