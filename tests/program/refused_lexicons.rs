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
        ("((((\"犬\"{1,50}){1,50}){1,50}){1,50})".into(), "comes to at most 10000 tokens"),
        (
            "(\"犬\"){0} ".repeat(10_001),
            "at character 90002 of the pattern: expected a pattern that comes to",
        ),
        (format!("\"{}\"", "犬".repeat(1_000_000)), "at character 1000001 of the pattern: expected at most"),
        (
            format!("[word=\"{}犬{}\"]", "(".repeat(100_000), ")".repeat(100_000)),
            "expected a regular expression",
        ),
        ("[word=\"((犬{1000}){1000}){1000}\"]".into(), "expected a regular expression"),
        ("[word=\"((犬{50}){50}){2}\"]".into(), "expected a regular expression"),
    ] {
        let lexicon = DOGS.replace("\"犬\"'", &format!("{pattern}'"));
        assert_refused(&lexicon, &["own.toml, line 6: ", "dog", expected]);
    }
}

#[test]
fn tables_that_are_nested_too_deep() {
    let inline = "{a=".repeat(100_000) + "1" + &"}".repeat(100_000);
    let dotted = vec!["a"; 100_000].join(".");
    for text in [
        format!("x = {}", "[".repeat(100_000)),
        format!("x = {inline}"),
        format!("{dotted} = 1"),
        format!("[{dotted}]"),
    ] {
        assert_refused(&format!("{DOGS}{text}\n"), &["own.toml, line 8: ", "not nested so deep"]);
    }
}

#[test]
fn patterns_that_are_too_much_together() {
    let entries = |pattern: &dyn Fn(usize) -> String| -> String {
        let entry = |number| {
            let pattern = pattern(number);
            format!("[[entry]]\nid = \"{number}\"\npattern = '{pattern}'\nexamples = [\"犬\"]\n")
        };
        (0..21).map(entry).collect()
    };
    let repeated = entries(&|number| format!("((\"犬{number}\"{{50}}){{50}}){{4}}"));
    assert_refused(&format!("{DOGS}{repeated}"), &["own.toml, line ", "more than 200000 tokens"]);
    let values =
        |number: usize| (0..100).map(|value| format!("犬{number}-{value}\\d?x{{2}}")).collect::<Vec<_>>();
    let regexes = entries(&|number| format!("[word=\"{}\"]", values(number).join("|")));
    assert_refused(&format!("{DOGS}{regexes}"), &["own.toml, line ", "more than 2000 values"]);
}

#[test]
fn a_form_that_is_too_long() {
    let lexicon = DOGS.replace("pattern = '\"犬\"'", &format!("form = \"{}\"", "犬".repeat(10_001)));
    assert_refused(&lexicon, &["own.toml, line 5: ", "at most 10000 morphemes"]);
}

#[test]
fn a_file_that_is_too_large() {
    let place =
        Place::with(&[("a.txt", "犬".to_owned()), ("own.toml", DOGS.to_owned() + &"#\n".repeat(9 << 20))]);
    let arguments = ["count", "a.txt", "--out", "out", "--lexicon", "own.toml"];
    place.assert_refused(&arguments, &[&["own.toml", "at most 16 MB"]]);
    if cfg!(target_os = "linux") {
        let arguments = ["count", "a.txt", "--out", "out", "--lexicon", "/dev/zero"];
        place.assert_refused(&arguments, &[&["/dev/zero", "at most 16 MB"]]);
    }
}

#[test]
fn of_a_long_id_or_key_a_part_is_shown() {
    let long = "犬".repeat(100_000);
    let of_id = DOGS.replace("\"dog\"", &format!("\"{long}\"")).replace("'\"犬\"'", "'[]*'");
    let of_key = format!("{}{} = 1\n", DOGS, "k".repeat(100_000));
    for (lexicon, line) in [(of_id, 6), (of_key, 8)] {
        let place = Place::with(&[("own.toml", lexicon)]);
        let run = place.run(&["lexicon", "check", "--lexicon", "own.toml"]);
        assert!(
            run.err.contains(&format!("own.toml, line {line}: ")) && run.err.len() < 2_000,
            "{}",
            run.err
        );
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
