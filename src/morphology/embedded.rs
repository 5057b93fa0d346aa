//! The dictionary inside the program: what `build.rs` wrote, read where it lies in the program's memory.

use lindera_dictionary::include_bytes_aligned;

use super::dictionary::Parts;

/// Includes a file that `build.rs` wrote, at an address that is a multiple of 16. Statics: constants would be written
/// into the library's metadata too.
macro_rules! built {
    ($name:literal) => {
        include_bytes_aligned!(concat!(env!("HEDGEROW_BUILT"), "/", $name))
    };
}

static CHARACTER_DEFINITION: &[u8] = built!("ipadic/char_def.bin");
static DETAILS: &[u8] = built!("ipadic/dict.words");
static DETAILS_INDEX: &[u8] = built!("ipadic/dict.wordsidx");
static METADATA: &[u8] = built!("ipadic/metadata.json");
static UNKNOWN: &[u8] = built!("ipadic/unk.bin");
static LAYOUT: &[u8] = built!("layout.bin");
static MATRIX: &[u8] = built!("matrix.bin");

/// What lindera reads of it, and the layout of its forms and words.
pub(super) fn parts() -> (Parts<'static>, &'static [u8]) {
    let parts = Parts {
        metadata: METADATA,
        character_definition: CHARACTER_DEFINITION,
        matrix: MATRIX.into(),
        unknown: UNKNOWN,
        details: DETAILS.into(),
        details_index: DETAILS_INDEX.into(),
    };
    (parts, LAYOUT)
}
