//! The lexicon that this program brings along.

/// A lexicon file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its path, for messages and for the record of the run.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// A lexicon file to be read.
pub(crate) struct LexiconFile {
    pub source: Source,
    /// What the build has read in it, as JSON; nothing for a file of the user's own.
    pub from_build: Option<&'static str>,
}

impl LexiconFile {
    /// A file of the user's own.
    pub fn own(source: Source) -> Self {
        LexiconFile { source, from_build: None }
    }

    pub fn is_own(&self) -> bool {
        self.from_build.is_none()
    }
}

/// A file inside the program.
struct Embedded {
    name: &'static str,
    text: &'static str,
    from_build: &'static str,
}

impl From<&Embedded> for LexiconFile {
    fn from(file: &Embedded) -> Self {
        let source = Source { name: file.name.into(), text: file.text.into() };
        LexiconFile { source, from_build: Some(file.from_build) }
    }
}

// `MACROS`, `MODALITY` and `CONTEXT`: dictionaries/macros.toml, and the files under dictionaries/modality and
// dictionaries/context.
include!(concat!(env!("OUT_DIR"), "/standard_lexicon.rs"));

/// The files of the default lexicon, by name.
pub(super) fn modality() -> impl Iterator<Item = LexiconFile> {
    MODALITY.iter().map(LexiconFile::from)
}

/// The file of named patterns.
pub(super) fn macros() -> LexiconFile {
    LexiconFile::from(&MACROS[0])
}

/// A file of context rules.
pub(super) fn context(column: &str) -> LexiconFile {
    let name = format!("dictionaries/context/{column}.toml");
    CONTEXT.iter().find(|file| file.name == name).expect("the build found the file").into()
}
