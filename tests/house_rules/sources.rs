//! Reading source files, and rules for every one of them.

use crate::files::{below, top};

/// The code that is shipped: without comments, and without the tests at the end of a file.
pub fn code(text: &str) -> String {
    let shipped = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = shipped.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// The module that a file of the library is: `["corpus", "formats"]` for `src/corpus/formats/mod.rs`, none for `src/lib.rs`.
pub fn module_path(file: &str) -> Vec<&str> {
    let mut path: Vec<&str> = file.trim_start_matches("src/").trim_end_matches(".rs").split('/').collect();
    if ["mod", "lib", "main"].contains(path.last().unwrap()) {
        path.pop();
    }
    path
}

/// The top modules that code of the module `path` names by `crate::…`, `super::…` or `self::…`, one by one or in braces.
pub fn modules_used(path: &[&str], code: &str) -> Vec<String> {
    let words = words(code);
    let mut used = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let begins = ["crate", "super", "self"].contains(word) && (at == 0 || words[at - 1] != "::");
        if begins && words.get(at + 1) == Some(&"::") {
            follow(&words[at..], path, &mut used);
        }
    }
    used.sort();
    used.dedup();
    used
}

/// Names and `::`, braces and other signs; blanks are left out.
fn words(code: &str) -> Vec<&str> {
    let of_a_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut words = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            _ if of_a_name(first) => rest.find(|c| !of_a_name(c)).unwrap_or(rest.len()),
            _ if rest.starts_with("::") => 2,
            _ => first.len_utf8(),
        };
        words.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    words
}

/// Follows a path, or each of a list in braces, from the module `from`; collects the top modules that it leads to and
/// gives the number of words read.
fn follow(words: &[&str], from: &[&str], used: &mut Vec<String>) -> usize {
    let mut module = from.to_vec();
    let mut at = 0;
    loop {
        match words.get(at) {
            Some(&"{") => {
                at += 1;
                while !["}", ";"].contains(words.get(at).unwrap_or(&"}")) {
                    at += follow(&words[at..], &module, used).max(1);
                }
                return at + 1;
            }
            Some(&"crate") => module.clear(),
            Some(&"super") => drop(module.pop()),
            Some(&"self") => {}
            Some(name) if name.starts_with(|c: char| c.is_alphabetic() || c == '_') => module.push(name),
            _ => return at,
        }
        at += 1;
        if words.get(at) != Some(&"::") {
            used.extend(module.first().map(|top| top.to_string()));
            return at;
        }
        at += 1;
    }
}

/// Whether code names something of a package.
pub fn names_crate(code: &str, package: &str) -> bool {
    let whole = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    let path = format!("{package}::");
    let whole_import = format!("use {package};");
    code.match_indices(&path).any(|(at, _)| whole(at)) || code.contains(&whole_import)
}

#[test]
fn modules_are_found_one_by_one_and_in_braces() {
    let code = "use crate::text::sentences;\nuse crate::{counts::{Tally, Hit}, span::Span,\n markers};\ncrate::lexicon::x()";
    assert_eq!(modules_used(&["tables"], code), ["counts", "lexicon", "markers", "span", "text"]);
}

#[test]
fn modules_are_found_above_a_folder() {
    let path = module_path("src/corpus/formats/table.rs");
    assert_eq!(path, ["corpus", "formats", "table"]);
    assert_eq!(module_path("src/corpus/formats/mod.rs"), ["corpus", "formats"]);
    assert_eq!(modules_used(&path, "use super::super::Input; use self::inner::X; self.x()"), ["corpus"]);
    assert_eq!(modules_used(&path, "use super::super::super::text::folded;"), ["text"]);
    assert_eq!(
        modules_used(&path, "use super::{Place, super::super::{span::Span, text}};"),
        ["corpus", "span", "text"]
    );
}

#[test]
fn packages_are_found_by_their_whole_name() {
    assert!(names_crate("use rayon::prelude::*;", "rayon") && names_crate("use rayon;", "rayon"));
    assert!(!names_crate("use crayon::box;", "rayon") && !names_crate("let rayon = 1;", "rayon"));
}

#[test]
fn comments_and_tests_are_no_shipped_code() {
    let text = "a(); // rayon::b()\n/// rayon::c()\n#[cfg(test)]\nmod tests {\n    d().unwrap();\n}\n";
    assert_eq!(code(text).split_whitespace().collect::<Vec<_>>(), ["a();"]);
}

#[test]
fn no_source_file_is_longer_than_500_lines() {
    for folder in ["src", "tests", "benches", "bindings", "build", "fuzz"] {
        for (file, text) in below(folder, "rs") {
            assert!(text.lines().count() < 500, "{file}: divide it by concept");
        }
    }
}

#[test]
fn shipped_code_does_not_unwrap() {
    for (file, text) in below("src", "rs") {
        let code = code(&text);
        assert!(
            !code.contains(".unwrap()"),
            "{file}: handle the error, or say with expect why there is none"
        );
        for unfinished in ["todo!", "unimplemented!", "dbg!"] {
            assert!(!code.contains(unfinished), "{file}: {unfinished}");
        }
    }
}

#[test]
fn statistics_take_no_function_whose_last_digit_is_the_systems() {
    // With it, the features of the benches' and tests' dependencies would reach the packages below the program.
    let manifest = std::fs::read_to_string(crate::files::top().join("Cargo.toml")).unwrap();
    assert!(
        !manifest.contains("resolver = \"1\""),
        "Cargo.toml: features must not be joined over kinds of dependencies"
    );
    for (file, text) in below("src/statistics", "rs") {
        for function in [".ln()", ".log2()", ".log10()", ".ln_1p()", ".exp()", ".powf(", ".sin()", ".cbrt()"]
        {
            assert!(!code(&text).contains(function), "{file}: use libm instead of {function}");
        }
    }
}

#[test]
fn every_source_file_says_first_what_it_is() {
    for folder in ["src", "tests", "benches", "bindings", "build", "fuzz"] {
        for (file, text) in below(folder, "rs") {
            assert!(text.starts_with("//! "), "{file}: begin with a line `//! …`");
        }
    }
}

#[test]
fn one_block_is_unsafe_and_says_why_it_is_safe() {
    let mut found = Vec::new();
    for folder in ["src", "benches", "bindings", "build", "examples"] {
        for (file, text) in below(folder, "rs") {
            let blocks = words(&code(&text)).iter().filter(|word| **word == "unsafe").count();
            found.extend((0..blocks).map(|_| file.clone()));
            assert!(!code(&text).contains("unchecked("), "{file}: an index is checked");
        }
    }
    assert_eq!(found, ["src/morphology/lattice/mod.rs"]);
    let text = std::fs::read_to_string(top().join(&found[0])).unwrap();
    assert!(
        text.split("unsafe {").next().unwrap().lines().rev().take(3).any(|line| line.contains("// SAFETY: "))
    );
}
