//! Reading source files, and rules for every one of them.

use crate::files::below;

/// The code that is shipped: without comments, and without the tests at the end of a file.
pub fn code(text: &str) -> String {
    let shipped = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = shipped.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// The modules of the library that code names by `crate::…`, one by one or in braces.
pub fn modules_used(code: &str) -> Vec<String> {
    let mut used = Vec::new();
    for (at, path) in code.match_indices("crate::") {
        let rest = &code[at + path.len()..];
        match rest.strip_prefix('{') {
            None => used.push(first_name(rest)),
            Some(list) => {
                let mut depth = 0;
                let mut name_follows = true;
                for (at, character) in list.char_indices() {
                    match character {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => name_follows = true,
                        character if name_follows && !character.is_whitespace() => {
                            used.push(first_name(&list[at..]));
                            name_follows = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    used.sort();
    used.dedup();
    used
}

fn first_name(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
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
    assert_eq!(modules_used(code), ["counts", "lexicon", "markers", "span", "text"]);
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
    for folder in ["src", "tests", "benches", "build"] {
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
    for (file, text) in below("src/statistics", "rs") {
        for function in [".ln()", ".log2()", ".log10()", ".ln_1p()", ".exp()", ".powf(", ".sin()", ".cbrt()"]
        {
            assert!(!code(&text).contains(function), "{file}: use libm instead of {function}");
        }
    }
}

#[test]
fn every_source_file_says_first_what_it_is() {
    for folder in ["src", "tests", "benches", "build"] {
        for (file, text) in below(folder, "rs") {
            assert!(text.starts_with("//! "), "{file}: begin with a line `//! …`");
        }
    }
}
