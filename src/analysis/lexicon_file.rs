//! Reading a lexicon file of the user's.

use std::fs;
use std::path::Path;

use super::SetupError;
use crate::lexicon::Source;

/// Reads a lexicon file in any of the encodings; without the feature `documents`, in UTF-8.
pub(crate) fn read_lexicon(path: &Path) -> Result<Source, SetupError> {
    let name = path.display().to_string();
    let bytes = fs::read(path).map_err(|source| SetupError::LexiconFile { path: path.into(), source })?;
    let mut text = decode(&name, bytes)?;
    // TOML knows no lines that end in `\r`.
    if !text.contains('\n') {
        text = text.replace('\r', "\n");
    }
    Ok(Source { name, text })
}

#[cfg(feature = "documents")]
fn decode(name: &str, bytes: Vec<u8>) -> Result<String, SetupError> {
    let decoded = crate::corpus::decode_text(name, bytes);
    decoded.map_err(|error| SetupError::LexiconEncoding(error.message()))
}

#[cfg(not(feature = "documents"))]
fn decode(name: &str, bytes: Vec<u8>) -> Result<String, SetupError> {
    let not_utf8 = |_| {
        let message = crate::messages::Message::new("setup.lexicon_not_utf8", &[("path", &name)]);
        SetupError::LexiconEncoding(message)
    };
    let text = String::from_utf8(bytes).map_err(not_utf8)?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}
