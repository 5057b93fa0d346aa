//! The dictionary inside the program: the files that `build.rs` wrote, read where they stand.
//!
//! lindera's macro for this makes a table of 65,536 characters at each start. A text has some hundreds of them, and
//! [`super::characters`] asks for each of these once: what characters are is read here without the table.

use std::sync::Arc;

use lindera_dictionary::dictionary::Dictionary;
use lindera_dictionary::dictionary::character_definition::CharacterDefinition;
use lindera_dictionary::dictionary::connection_cost_matrix::ConnectionCostMatrix;
use lindera_dictionary::dictionary::metadata::Metadata;
use lindera_dictionary::dictionary::prefix_dictionary::PrefixDictionary;
use lindera_dictionary::dictionary::unknown_dictionary::UnknownDictionary;
use lindera_dictionary::error::LinderaError;

use super::dictionary::message;
use super::error::DictionaryError;
use super::forms::FormFiles;

macro_rules! path {
    ($name:literal) => {
        concat!(env!("HEDGEROW_BUILT"), "/", $name)
    };
}

static CHARACTERS: &[u8] = include_bytes!(path!("characters.json"));
static FIRST_RECORDS: &[u8] = include_bytes!(path!("ipadic/dict.valsidx"));
/// Costs of two bytes that are not copied where they stand as costs do in memory.
static MATRIX: &[u8] = lindera_dictionary::include_bytes_aligned!(path!("ipadic/matrix.mtx"));
static METADATA: &[u8] = include_bytes!(path!("ipadic/metadata.json"));
static RECORDS: &[u8] = include_bytes!(path!("ipadic/dict.vals"));
static TRIE: &[u8] = include_bytes!(path!("ipadic/dict.trie"));
static UNKNOWN: &[u8] = include_bytes!(path!("ipadic/unk.bin"));
static WORDS: &[u8] = include_bytes!(path!("ipadic/dict.words"));
static WORDS_IN_ORDER: &[u8] = include_bytes!(path!("ipadic/dict.wordsidx"));

/// Loads it.
pub(super) fn load() -> Result<Dictionary, DictionaryError> {
    let damaged = |error: LinderaError| DictionaryError::Embedded(message(&error));
    let metadata = Metadata::load(METADATA).map_err(damaged)?;
    metadata.validate_format_version().map_err(damaged)?;
    let words = PrefixDictionary::load(TRIE, FIRST_RECORDS, RECORDS, WORDS_IN_ORDER, WORDS);
    let characters: CharacterDefinition =
        serde_json::from_slice(CHARACTERS).map_err(|error| DictionaryError::Embedded(error.to_string()))?;
    Ok(Dictionary {
        prefix_dictionary: Arc::new(words.map_err(damaged)?),
        connection_cost_matrix: Arc::new(ConnectionCostMatrix::load(MATRIX).map_err(damaged)?),
        character_definition: Arc::new(characters),
        unknown_dictionary: Arc::new(UnknownDictionary::load(UNKNOWN).map_err(damaged)?),
        metadata: Arc::new(metadata),
    })
}

/// The files that forms are read from.
pub(super) fn forms() -> FormFiles {
    FormFiles { trie: TRIE.into(), first_records: FIRST_RECORDS.into() }
}
