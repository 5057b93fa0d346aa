//! Data flows one way: each stage uses only what stands before it.

use crate::files::below;
use crate::sources::{code, modules_used, names_crate};

/// Which modules of the library each may use.
const MAY_USE: [(&str, &[&str]); 9] = [
    ("corpus", &["text"]),
    ("text", &[]),
    ("morphology", &[]),
    ("lexicon", &["text", "morphology"]),
    ("markers", &["morphology", "lexicon"]),
    ("counts", &["lexicon", "markers"]),
    ("statistics", &["counts"]),
    ("tables", &["corpus", "lexicon", "markers", "counts", "statistics"]),
    ("analysis", &["corpus", "text", "morphology", "lexicon", "markers", "counts", "statistics", "tables"]),
];

/// What every module may use.
const FREE: [&str; 4] = ["digest", "messages", "publishing", "span"];

/// Packages that one part of the program alone knows.
const AT_HOME: [(&str, &[&str]); 24] = [
    ("lindera", &["src/morphology/"]),
    ("lindera_dictionary", &["src/morphology/characters.rs", "src/morphology/embedded.rs"]),
    ("fixedbitset", &["src/markers/alphabet.rs"]),
    ("hashbrown", &["src/markers/unknown.rs"]),
    ("unicode_normalization", &["src/text/folding.rs"]),
    ("pdf_oxide", &["src/corpus/formats/pdf.rs"]),
    ("quick_xml", &["src/corpus/formats/docx.rs"]),
    ("calamine", &["src/corpus/formats/xlsx.rs"]),
    ("flate2", &["src/corpus/formats/packed.rs"]),
    ("ruzstd", &["src/corpus/formats/packed.rs"]),
    ("zip", &["src/corpus/formats/archive.rs"]),
    ("chardetng", &["src/corpus/encoding.rs"]),
    ("dom_query", &["src/corpus/formats/html.rs"]),
    ("dom_smoothie", &["src/corpus/formats/html.rs"]),
    ("pulldown_cmark", &["src/corpus/formats/markdown.rs"]),
    ("encoding_rs", &["src/corpus/encoding.rs"]),
    ("rayon", &["src/analysis/parallel.rs"]),
    ("clap", &["src/cli/"]),
    ("indicatif", &["src/cli/"]),
    ("anyhow", &["src/cli/"]),
    ("unicode_width", &["src/cli/show/"]),
    ("walkdir", &["src/corpus/"]),
    ("statrs", &["src/statistics/"]),
    ("libm", &["src/statistics/"]),
];

/// The module of the library that a file belongs to; none for the crate's own file, what every module may use, and the binary.
fn module(file: &str) -> Option<&str> {
    let below = file.strip_prefix("src/")?;
    let name = below.split('/').next()?.trim_end_matches(".rs");
    (!["lib", "main", "cli"].contains(&name) && !FREE.contains(&name)).then_some(name)
}

#[test]
fn every_module_uses_only_those_before_it() {
    for (file, text) in below("src", "rs") {
        let Some(module) = module(&file) else { continue };
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            panic!("{file}: say here which modules {module} may use");
        };
        for used in modules_used(&code(&text)) {
            let allowed = used == module || allowed.contains(&used.as_str()) || FREE.contains(&used.as_str());
            assert!(allowed, "{file}: {module} may not use {used}");
        }
    }
}

#[test]
fn the_rules_name_no_module_that_is_gone() {
    let files = below("src", "rs");
    for (name, _) in MAY_USE {
        assert!(files.iter().any(|(file, _)| module(file) == Some(name)), "there is no module {name}");
    }
}

#[test]
fn the_command_line_uses_the_public_library_only() {
    for (file, text) in below("src/cli", "rs") {
        assert_eq!(modules_used(&code(&text)), Vec::<String>::new(), "{file}");
    }
}

#[test]
fn a_package_is_named_only_where_it_is_at_home() {
    let files = below("src", "rs");
    for (package, homes) in AT_HOME {
        let named: Vec<&String> = files
            .iter()
            .filter(|(_, text)| names_crate(&code(text), package))
            .map(|(file, _)| file)
            .collect();
        for file in &named {
            assert!(homes.iter().any(|home| file.starts_with(home)), "{file} names {package}");
        }
        assert_eq!(named.is_empty(), homes.is_empty(), "{package} is used nowhere: strike it from this rule");
    }
}
