//! Lists the files of the default lexicon, so that a new one needs no line of code.

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The constants that hold the files, and the file or folder of each.
const CONSTANTS: [(&str, &str); 3] = [
    ("MACROS", "dictionaries/macros.toml"),
    ("MODALITY", "dictionaries/modality"),
    ("CONTEXT", "dictionaries/context"),
];

/// Writes `embedded_lexicon.rs` into `out`: the name and the text of each file, by name.
pub fn embed(manifest: &Path, out: &Path) -> Result<(), String> {
    let mut code = String::new();
    for (constant, path) in CONSTANTS {
        println!("cargo::rerun-if-changed={path}");
        let _ = writeln!(code, "const {constant}: &[(&str, &str)] = &[");
        for name in names(manifest, path)? {
            let _ = writeln!(code, "    ({name:?}, include_str!({:?})),", manifest.join(&name));
        }
        code.push_str("];\n");
    }
    fs::write(out.join("embedded_lexicon.rs"), code)
        .map_err(|error| format!("cannot write the list of the lexicon's files: {error}"))
}

/// A file, or the sorted TOML files of a folder.
fn names(manifest: &Path, path: &str) -> Result<Vec<String>, String> {
    if path.ends_with(".toml") {
        return Ok(vec![path.into()]);
    }
    let unreadable =
        |error: std::io::Error| format!("cannot read {path}: {error}; restore it from the repository");
    let mut names = Vec::new();
    for entry in fs::read_dir(manifest.join(path)).map_err(unreadable)? {
        let name = entry.map_err(unreadable)?.file_name().into_string();
        names.extend(name.ok().filter(|name| name.ends_with(".toml")).map(|name| format!("{path}/{name}")));
    }
    names.sort();
    Ok(names)
}
