//! The dictionary inside the program: the files that `build.rs` wrote, read where they lie in the program's memory.

use lindera::LinderaResult;
use lindera::dictionary::Dictionary;
use lindera_dictionary::loader::DictionaryLoader;

use super::lattice::TrieFiles;

// Embeds the files of the folder `ipadic` in LINDERA_WORKDIR, which build.rs sets.
lindera_dictionary::embedded_dictionary!("/ipadic", EmbeddedIpadic);

/// Loads it.
pub(super) fn dictionary() -> LinderaResult<Dictionary> {
    EmbeddedIpadic::new().load()
}

/// The files of its trie.
pub(super) fn trie() -> TrieFiles {
    TrieFiles { trie: TRIE_DATA.into(), first_records: VALS_IDX_DATA.into() }
}
