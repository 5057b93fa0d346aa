//! Builds the embedded dictionary from the source archive of mecab-ipadic, and lists the lexicon's files.
//!
//! The archive travels inside the package `lindera-ipadic`, which the manifest
//! names as a dependency that no target ever compiles. So cargo downloads and
//! checks it like any other package, and nothing else is fetched.

#[path = "build/archive.rs"]
mod archive;
#[path = "src/morphology/lattice/layout.rs"]
mod layout;
#[path = "build/lexicon.rs"]
mod lexicon;
#[path = "build/words.rs"]
mod words;

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use flate2::read::GzDecoder;
use lindera_dictionary::builder::DictionaryBuilder;
use lindera_dictionary::dictionary::connection_cost_matrix::ConnectionCostMatrix;
use lindera_dictionary::dictionary::metadata::Metadata;

const METADATA: &str = "dictionaries/ipadic/metadata.json";

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/morphology/lattice/layout.rs");
    println!("cargo::rerun-if-changed={METADATA}");
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // cargo ends a message at the end of its line.
            let line = error.to_string().replace('\n', " ");
            println!("cargo::error={line}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);

    let restore = "restore it from the repository";
    let metadata = fs::read(manifest.join(METADATA))
        .map_err(|error| format!("cannot read {METADATA}: {error}; {restore}"))?;
    let metadata =
        Metadata::load(&metadata).map_err(|error| format!("{METADATA} is not valid: {error}; {restore}"))?;
    let name = metadata.name.clone();

    let source = archive::read(&manifest)?;
    build_dictionary(metadata, &source, &out)?;
    lay_out(&out)?;
    lexicon::embed(&manifest, &out)?;

    for (variable, value) in [
        ("HEDGEROW_BUILT", out.display().to_string().as_str()),
        ("HEDGEROW_LINDERA_VERSION", lindera_dictionary::get_version()),
        ("HEDGEROW_DICTIONARY_NAME", &name),
        ("HEDGEROW_DICTIONARY_SHA256", archive::SHA256),
    ] {
        println!("cargo::rustc-env={variable}={value}");
    }
    Ok(())
}

fn build_dictionary(metadata: Metadata, archive: &[u8], out: &Path) -> Result<(), String> {
    let source = out.join("source");
    let built = out.join("ipadic");
    // What an interrupted build left behind.
    remove(&source)?;
    remove(&built)?;
    tar::Archive::new(GzDecoder::new(archive)).unpack(&source).map_err(|error| {
        let folder = source.display();
        format!("cannot unpack the dictionary into {folder}: {error}; free 150 MB on that disk")
    })?;
    let kept = metadata.dictionary_schema.field_count();
    words::reduce(kept, &source.join(archive::FOLDER)).map_err(|error| {
        format!("cannot reduce the word lists of the dictionary: {error}; free 150 MB on that disk")
    })?;
    DictionaryBuilder::new(metadata)
        .build_dictionary(&source.join(archive::FOLDER), &built)
        .map_err(|error| {
            let folder = built.display();
            format!("cannot build the dictionary in {folder}: {error}; check {METADATA} and free 150 MB on that disk")
        })?;
    // 50 MB that nothing reads again.
    remove(&source)
}

/// Writes what the search reads of the dictionary: the layout of its forms, and the matrix with room behind it.
fn lay_out(out: &Path) -> Result<(), Box<dyn Error>> {
    let built = |name| fs::read(out.join("ipadic").join(name));
    let (trie, first_words, words) = (built("dict.trie")?, built("dict.valsidx")?, built("dict.vals")?);
    let files = layout::Files { trie: &trie, first_words: &first_words, words: &words };
    let mut matrix = built("matrix.mtx")?;
    matrix.resize(matrix.len() + size_of::<i16>() * layout::ROW, 0);
    fs::write(out.join("matrix.bin"), &matrix)?;
    let layout = layout::lay_out(&files, &ConnectionCostMatrix::load(matrix)?)?;
    Ok(fs::write(out.join("layout.bin"), layout)?)
}

fn remove(folder: &Path) -> Result<(), String> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).map_err(|error| {
        let folder = folder.display();
        format!("cannot remove {folder}: {error}; run `cargo clean`, then build again")
    })
}
