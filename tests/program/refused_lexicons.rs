//! A mistake in a lexicon is reported with file, line, and what was expected.

use crate::place::{DOGS, Place};

/// Asserts what is said of a lexicon file.
fn assert_refused(lexicon: &str, words: &[&str]) {
    let place = Place::with(&[("a.txt", "犬"), ("own.toml", lexicon)]);
    place.assert_refused(&["count", "a.txt", "--out", "out", "--lexicon", "own.toml"], &[words]);
    place.assert_refused(&["lexicon", "--lexicon", "own.toml", "check"], &[words]);
}

#[test]
fn toml_that_is_none() {
    assert_refused(&DOGS.replace("id = \"dog\"", "id = \"dog"), &["own.toml, line 5: "]);
    assert_refused("犬", &["own.toml, line 1: "]);
}

#[test]
fn a_key_that_is_not_known() {
    assert_refused(
        &DOGS.replace("pattern", "patern"),
        &["own.toml, line 6: ", "patern", "expected", "pattern"],
    );
    assert_refused(&format!("stanze = \"hedge\"\n{DOGS}"), &["own.toml, line 1: ", "stanze", "stance"]);
}

#[test]
fn a_value_of_another_type() {
    let words = ["own.toml, line 7: ", "expected a sequence"];
    assert_refused(&DOGS.replace("[\"犬\"]", "\"犬\""), &words);
}

#[test]
fn a_stance_that_is_none() {
    let words = ["own.toml, line 2: ", "booster", "hedge", "assertive"];
    assert_refused(&DOGS.replace("\"hedge\"", "\"booster\""), &words);
}

#[test]
fn a_stance_that_contradicts_the_category() {
    for (category, stance, other) in
        [("certainty", "hedge", "assertive"), ("expectation", "assertive", "hedge")]
    {
        let lexicon = DOGS.replace("animals", category).replace("\"hedge\"", &format!("{stance:?}"));
        assert_refused(&lexicon, &["own.toml, line 1: ", category, other]);
    }
}

#[test]
fn a_category_that_is_missing() {
    assert_refused(&DOGS.replace("category = \"animals\"\n", ""), &["own.toml, line ", "category"]);
}

#[test]
fn examples_that_are_missing() {
    let words = ["own.toml, line 4: ", "examples"];
    assert_refused(&DOGS.replace("examples = [\"犬\"]\n", ""), &words);
    let words = ["own.toml, line 5: ", "dog", "expected at least one example sentence"];
    assert_refused(&DOGS.replace("[\"犬\"]", "[]"), &words);
}

#[test]
fn a_pattern_that_is_none() {
    for (pattern, expected) in [
        ("[lemma=\"犬]", "expected a closing quotation mark"),
        ("[lema=\"犬\"]", "expected an attribute: word, lemma or pos"),
        ("[lemma=\"(\"]", "expected a regular expression"),
        ("\"犬\"{3,2}", "expected the smaller number first"),
        ("(\"犬\"", "expected `)` to close the group"),
        ("\"犬\" 猫", "expected a token, a group or the end of the pattern"),
        ("", "expected a token"),
        ("\"犬\"?", "expected a pattern that needs at least one token"),
        ("<s> \"犬\"", "may only stand in what comes before or after"),
    ] {
        assert_refused(
            &DOGS.replace("\"犬\"'", &format!("{pattern}'")),
            &["own.toml, line 6: ", "dog", expected],
        );
    }
}

#[test]
fn a_mistake_on_a_further_line_of_a_pattern() {
    for (pattern, line) in [
        ("'''\n\"犬\"\n [x]'''", 8),
        ("'''\"犬\"\n [x]'''", 7),
        ("'''[x]\n'''", 6),
        ("\"\"\"\n'猫' \"\"\"", 7),
        ("\"\\n[x]\"", 6),
    ] {
        let lexicon = DOGS.replace("'\"犬\"'", pattern);
        assert_refused(&lexicon, &[&format!("own.toml, line {line}: dog: at character "), "expected "]);
    }
}

#[test]
fn a_pattern_that_is_nested_too_deep_or_too_large() {
    let nested = |open: &str, close: &str| open.repeat(100_000) + "word=\"犬\"" + &close.repeat(100_000);
    for (pattern, expected) in [
        (nested("(", ")"), "at character 101 of the pattern: expected at most 100 groups"),
        (format!("[{}]", nested("(", ")")), "at character 102 of the pattern: expected at most 100 groups"),
        (
            format!("\"犬\"{}", "?".repeat(100_000)),
            "at character 104 of the pattern: expected at most 100 groups",
        ),
        ("((((\"犬\"{1,50}){1,50}){1,50}){1,50})".into(), "come to at most 10000 tokens"),
        (
            format!("[word=\"{}犬{}\"]", "(".repeat(100_000), ")".repeat(100_000)),
            "expected a regular expression",
        ),
        ("[word=\"((犬{1000}){1000}){1000}\"]".into(), "expected a regular expression"),
    ] {
        let lexicon = DOGS.replace("\"犬\"'", &format!("{pattern}'"));
        assert_refused(&lexicon, &["own.toml, line 6: ", "dog", expected]);
    }
}

#[test]
fn a_context_that_is_no_pattern() {
    for field in ["before", "not_before", "after", "not_after"] {
        for (context, expected) in [
            ("[lema=\"犬\"]", "expected an attribute"),
            ("\"猫\"*", "expected a pattern that does not match everywhere"),
        ] {
            let lexicon = format!("{DOGS}{field} = '{context}'\n");
            assert_refused(&lexicon, &["own.toml, line 8: ", "dog", expected]);
        }
    }
}

#[test]
fn an_id_that_stands_twice() {
    let again = DOGS.split_once("\n\n").unwrap().1;
    let words = ["own.toml, line 10: ", "the id dog stands already in own.toml, line 5"];
    assert_refused(&format!("{DOGS}\n{again}"), &words);
}

#[test]
fn an_id_that_stands_in_two_files() {
    let place = Place::with(&[("a.txt", "犬"), ("one.toml", DOGS), ("two.toml", DOGS)]);
    let arguments = ["count", "a.txt", "--out", "out", "--lexicon", "one.toml", "--lexicon", "two.toml"];
    place.assert_refused(
        &arguments,
        &[&["two.toml, line 5: ", "the id dog stands already in one.toml, line 5"]],
    );
}

#[test]
fn a_file_that_can_not_be_read() {
    let place = Place::with(&[("a.txt", &b"a"[..]), ("bad.toml", b"\xff")]);
    for (name, words) in [("nowhere.toml", "check the path"), ("bad.toml", "UTF-8")] {
        let arguments = ["count", "a.txt", "--out", "out", "--lexicon", name];
        place.assert_refused(&arguments, &[&[name, words]]);
    }
}
