//! Reading a lexicon file of the user's.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::SetupError;
use crate::lexicon::Source;

/// How large a lexicon file may be, in bytes.
pub(super) const MAX_BYTES: u64 = 16 << 20;

/// Reads a lexicon file in any of the encodings; without the feature `documents`, in UTF-8.
pub(crate) fn read_lexicon(path: &Path) -> Result<Source, SetupError> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|source| SetupError::LexiconFile { path: path.into(), source })?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(SetupError::LexiconSize { path: path.into() });
    }
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
