//! The files of the default lexicon, which are embedded in the program.

use super::Source;
use super::source::FileRecord;

// `MACROS`, `MODALITY` and `CONTEXT`: dictionaries/macros.toml, and the files of dictionaries/modality and
// dictionaries/context, each as its name and its text.
include!(concat!(env!("OUT_DIR"), "/embedded_lexicon.rs"));

fn source(&(name, text): &(&str, &str)) -> Source {
    Source { name: name.into(), text: text.into() }
}

/// The files of entries, by name.
pub(super) fn modality() -> impl Iterator<Item = Source> {
    MODALITY.iter().map(source)
}

/// The file of macros.
pub(super) fn macros() -> Source {
    source(&MACROS[0])
}

/// The context rules of a column.
pub(super) fn context(column: &str) -> Source {
    let name = format!("dictionaries/context/{column}.toml");
    CONTEXT.iter().find(|(known, _)| *known == name).map(source).expect("the build found the file")
}

/// The name without folders and the SHA-256, in hexadecimal, of every file of the default lexicon.
pub fn default_files() -> impl Iterator<Item = FileRecord> {
    [MACROS, MODALITY, CONTEXT].concat().into_iter().map(|file| source(&file).record())
}
