//! Lists the files of the default lexicon, so that a new one needs no line of code.

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The constants that hold the files, and the folders they come from.
const FOLDERS: [(&str, &str); 2] =
    [("MODALITY", "dictionaries/modality"), ("CONTEXT", "dictionaries/context")];

/// Writes `standard_lexicon.rs` into `out`: name and text of each file, by name.
pub fn embed(manifest: &Path, out: &Path) -> Result<(), String> {
    let mut code = String::new();
    for (constant, folder) in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        let fail = |error| format!("cannot read {folder}: {error}; restore it from the repository");
        let mut names = Vec::new();
        for entry in fs::read_dir(manifest.join(folder)).map_err(fail)? {
            let name = entry.map_err(fail)?.file_name().into_string();
            names.extend(name.ok().filter(|name| name.ends_with(".toml")));
        }
        names.sort();
        let _ = writeln!(code, "const {constant}: &[(&str, &str)] = &[");
        for name in names {
            let path = manifest.join(folder).join(&name);
            let _ = writeln!(code, "    ({:?}, include_str!({path:?})),", format!("{folder}/{name}"));
        }
        code.push_str("];\n");
    }
    fs::write(out.join("standard_lexicon.rs"), code)
        .map_err(|error| format!("cannot write the list of the lexicon's files: {error}"))
}
