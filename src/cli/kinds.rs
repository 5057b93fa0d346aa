//! Kinds of files that are not read, and how their text can be read all the same.

use std::collections::BTreeMap;

use hedgerow::messages::Message;

use super::messages;

/// The key of the remedy for files of an extension, if there is one.
fn remedy_key(extension: &str) -> Option<&'static str> {
    match extension.to_ascii_lowercase().as_str() {
        ".pdf" => Some("kinds.pdf"),
        ".doc" | ".dot" | ".dotx" | ".rtf" | ".odt" | ".ott" | ".fodt" | ".sxw" | ".wps" | ".wpd" => {
            Some("kinds.word")
        }
        ".jtd" | ".jtdc" | ".jtt" | ".jaw" | ".jbw" | ".jfw" => Some("kinds.ichitaro"),
        ".hwp" | ".hwpx" => Some("kinds.hangul"),
        ".pages" => Some("kinds.pages"),
        ".xls" | ".xlsb" | ".xlsm" | ".xlt" | ".ods" | ".fods" | ".sxc" => Some("kinds.spreadsheet"),
        ".numbers" => Some("kinds.numbers"),
        ".xlsx" => Some("kinds.xlsx"),
        ".ppt" | ".pptx" | ".odp" | ".key" => Some("kinds.slides"),
        ".json" => Some("kinds.json"),
        ".mht" | ".mhtml" | ".webarchive" | ".maff" => Some("kinds.page"),
        ".tar" | ".tgz" | ".7z" | ".rar" | ".lzh" | ".lha" | ".cab" | ".gz" | ".zst" | ".bz2" | ".xz" => {
            Some("kinds.archive")
        }
        _ => None,
    }
}

/// What to do with a file of an extension.
pub fn remedy(extension: &str) -> String {
    words(remedy_key(extension).unwrap_or("kinds.other"), extension)
}

fn words(key: &'static str, extension: &str) -> String {
    messages::own(&Message::new(key, &[("extension", &extension)]))
}

/// The files that were passed over, by kind, with the remedy where there is one: `3 .jpg, 1 .doc (save it as .docx …)`.
pub fn passed_over(kinds: &BTreeMap<String, u64>) -> String {
    let kinds = kinds.iter().map(|(extension, files)| match remedy_key(extension) {
        Some(key) => format!("{files} {extension} ({})", words(key, extension)),
        None => format!("{files} {extension}"),
    });
    kinds.collect::<Vec<_>>().join(", ")
}
