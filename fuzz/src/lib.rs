//! What is fuzzed: one function a target, which takes any bytes and panics where a promise is broken.
//!
//! `fuzz_targets/` runs them under libFuzzer; `tests/library` runs them over the corpora without it.

mod archives;
mod books;
mod coding;
mod codings;
mod decoding;
mod documents;
mod input;
mod latex;
mod lexicons;
pub mod naive_matcher;
mod partial;
mod patterns;
pub mod plain_lattice;
mod small_dictionary;
mod tables;
mod variables;

/// A target: its name, and what it runs.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 22] = [
    ("aozora", documents::aozora),
    ("coding", coding::coding),
    ("codings", codings::codings),
    ("csv", documents::csv),
    ("decoding", decoding::decoding),
    ("docx", books::docx),
    ("epub", books::epub),
    ("html", documents::html),
    ("jsonl", documents::jsonl),
    ("latex", latex::latex),
    ("lattice", small_dictionary::lattice),
    ("lexicon", lexicons::lexicon),
    ("markdown", documents::markdown),
    ("partial", partial::partial),
    ("pattern", patterns::pattern),
    ("sentences", coding::sentences_of),
    ("subtitles", documents::subtitles),
    ("tables", tables::tables),
    ("tei", documents::tei),
    ("variables", variables::variables),
    ("xlsx", books::xlsx),
    ("zip", archives::zip),
];

/// Runs a target by its name.
///
/// # Panics
/// If there is none of that name, or a promise is broken.
pub fn run(name: &str, bytes: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).expect("a name of the list");
    target(bytes);
}
