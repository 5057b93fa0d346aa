//! Sentences end where a reader says they do: the list in `sentences.txt` was decided by hand.

use hedgerow::text::sentences;

fn cases() -> Vec<(usize, String, Vec<String>)> {
    let is_blank = |c: char| c.is_whitespace() || c.is_control();
    let mut cases = Vec::new();
    for (number, line) in include_str!("sentences.txt").lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.replace('⏎', "\n").replace('␚', "\u{1a}");
        let text = line.replace('｜', "");
        let expected = line.split('｜').map(|sentence| sentence.trim_matches(is_blank).to_owned());

        cases.push((number + 1, text, expected.filter(|sentence| !sentence.is_empty()).collect()));
    }
    cases
}

#[test]
fn sentences_end_where_a_reader_says_they_do() {
    let cases = cases();
    assert!(cases.len() >= 250, "only {} cases", cases.len());
    let mut wrong = Vec::new();
    for (line, text, expected) in cases {
        let found: Vec<&str> = sentences(&text).map(|found| &text[found.span]).collect();
        if found != expected {
            wrong.push(format!("line {line}: {}", found.join("｜")));
        }
    }
    assert!(wrong.is_empty(), "tests/library/sentences.txt says otherwise:\n{}", wrong.join("\n"));
}
