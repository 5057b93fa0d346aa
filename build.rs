//! Builds the embedded dictionary from the source archive of mecab-ipadic, and lists the lexicon's files.
//!
//! The archive travels inside the package `lindera-ipadic`, which the manifest
//! names as a dependency that no target ever compiles. So cargo downloads and
//! checks it like any other package, and nothing else is fetched.

#[path = "build/archive.rs"]
mod archive;
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
use lindera_dictionary::dictionary::character_definition::CharacterDefinition;
use lindera_dictionary::dictionary::metadata::Metadata;

const METADATA: &str = "dictionaries/ipadic/metadata.json";

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
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
    lexicon::embed(&manifest, &out)?;
    link_in_place();

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

/// Links the program to the addresses that it will have, where this has been tried. Anywhere else, each start puts right
/// 24,000 pointers in the tables of named entities of HTML, though it may read none: a millisecond of ten. The price is that
/// the system no longer moves the program about in memory, which guards what is written in C.
fn link_in_place() {
    let is =
        |variable, value: &str| env::var(variable).unwrap_or_default().split(',').any(|one| one == value);
    if is("TARGET", "x86_64-unknown-linux-gnu") && !is("CARGO_CFG_TARGET_FEATURE", "crt-static") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
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
    write_characters(&built, out)?;
    // 50 MB that nothing reads again.
    remove(&source)
}

/// Writes what characters are once more, in a form that is read without lindera's table of all of them.
fn write_characters(built: &Path, out: &Path) -> Result<(), String> {
    let fail = |error: &dyn Error| {
        format!("cannot write what characters are: {error}; run `cargo clean`, then build again")
    };
    let characters = fs::read(built.join("char_def.bin")).map_err(|error| fail(&error))?;
    let characters = CharacterDefinition::load(&characters).map_err(|error| fail(&error))?;
    let text = serde_json::to_vec(&characters).map_err(|error| fail(&error))?;
    fs::write(out.join("characters.json"), text).map_err(|error| fail(&error))
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
