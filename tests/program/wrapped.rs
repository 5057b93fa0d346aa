//! Hard-wrapped texts: line ends that only the page made end no sentence.

use crate::place::Place;
use crate::tables::{number, strings};

/// Some paragraphs, their lines ended at a width in kanji.
fn wrapped(paragraphs: usize, width: usize) -> String {
    let text: Vec<char> = "駅の近くで犬を連れた人に話を聞いたところ、毎朝のように川の土手まで歩いて行くという。\
        犬は水が好きで、夏には必ず泳ぐらしい。飼い主はその様子を写真に撮り、遠くに住む家族へ送ることもあるそうだ。"
        .chars()
        .collect();
    let lines: Vec<String> = text.chunks(width).map(|line| line.iter().collect::<String>() + "\n").collect();
    (lines.concat() + "\n").repeat(paragraphs)
}

#[test]
fn a_text_that_plainly_is_wrapped_is_joined_and_said_to_be() {
    let text = wrapped(3, 20);
    let place = Place::with(&[("in/a.txt", text.as_str()), ("in/b.txt", "犬。\n猫は犬かもしれない。\n")]);
    let (tables, out) = place.count_dogs(&["in"]);
    assert_eq!(tables.documents.rows[0]["sentences"], "9");
    assert_eq!(strings(&tables.run["wrapped"]), ["a.txt"]);
    assert_eq!(tables.run["options"]["wrapped"], "auto");
    assert!(out.contains("lines of 1 document were joined"), "{out}");
    let characters: Vec<char> = text.chars().collect();
    for row in tables.concordance.rows.iter().filter(|row| row["document"] == "a.txt") {
        let node: String = characters[number(row, "start")..number(row, "end")].iter().collect();
        assert_eq!(node, row["node"], "{row:?}");
    }
    let (tables, out) = place.count_dogs(&["in", "--wrapped=never", "--force"]);
    assert_eq!(tables.documents.rows[0]["sentences"], "21");
    assert!(!out.contains("joined"), "{out}");
}

#[test]
fn a_text_that_is_said_to_be_wrapped_is_joined() {
    let text = wrapped(1, 35);
    let place = Place::with(&[("a.txt", text.as_str())]);
    let (tables, _) = place.count_dogs(&["a.txt"]);
    assert_ne!(tables.documents.rows[0]["sentences"], "3");
    let (tables, _) = place.count_dogs(&["a.txt", "--wrapped", "--force"]);
    assert_eq!(tables.documents.rows[0]["sentences"], "3");
    assert_eq!(tables.run["options"]["wrapped"], "always");
}

#[test]
fn a_long_wrapped_document_is_counted_as_the_sum_of_its_paragraphs() {
    let (one, _) = Place::with(&[("a.txt", wrapped(3, 20))]).count(&["a.txt"]);
    let place = Place::with(&[("a.txt", wrapped(3 * 600, 20))]);
    let (many, _) = place.count(&["a.txt"]);
    for column in ["sentences", "tokens", "morphemes", "hedge", "assertive", "sentences_hedged"] {
        let [one, many] = [&one, &many].map(|tables| number(&tables.documents.rows[0], column));
        assert_eq!(600 * one, many, "{column}");
    }
    let arguments = ["count", "a.txt", "--out", "single"];
    let run = place.run_with(&arguments, "", &[("RAYON_NUM_THREADS", "1")]);
    assert_eq!(run.status, Some(0));
    assert_eq!(crate::tables::Tables::read(&place.path("single")).bytes(), many.bytes());
}
