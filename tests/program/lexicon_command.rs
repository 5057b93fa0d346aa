//! `hedgerow lexicon`.

use hedgerow::analysis::Setup;

use crate::place::{DOGS, Place};

#[test]
fn list_names_every_entry_in_order() {
    let setup = Setup::new(&[]).unwrap();
    let run = Place::with::<&str>(&[]).run(&["lexicon", "list"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let listed: Vec<&str> = run.out.lines().map(|line| line.split('\t').nth(2).unwrap()).collect();
    let ids: Vec<&str> = setup.lexicon.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(listed, ids);
}

#[test]
fn coverage_has_a_row_of_cells_for_every_entry() {
    let setup = Setup::new(&[]).unwrap();
    let run = Place::with::<&str>(&[]).run(&["lexicon", "coverage"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let rows: Vec<Vec<&str>> = run.out.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows[0][..4], ["category", "id", "affirmed", "negated"]);
    assert_eq!(rows.len(), setup.lexicon.entries.len() + 1);
    for (row, entry) in rows[1..].iter().zip(&setup.lexicon.entries) {
        assert_eq!((row.len(), row[1]), (rows[0].len(), entry.id.as_str()));
        let tried: usize = row[2..4].iter().map(|cell| cell.parse::<usize>().unwrap()).sum();
        assert!(tried >= entry.examples.len() + entry.denied.len(), "{row:?}");
    }
}

#[test]
fn explain_shows_the_morphemes_and_why_a_node_counts_or_does_not() {
    let cat = "\n[[entry]]\nid = \"cat\"\npattern = '\"猫\"'\nbefore = '\"牛\"'\nexamples = [\"牛猫\"]\n";
    let longer = "\n[[entry]]\nid = \"two dogs\"\npattern = '\"犬\" \"犬\"'\nexamples = [\"犬犬\"]\n";
    let place = Place::with(&[("own.toml", format!("{DOGS}{cat}{longer}"))]);
    let run = place.run(&["lexicon", "--lexicon", "own.toml", "explain", "犬犬。猫"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    for words in [
        &["犬犬。"][..],
        &["犬", "lemma=犬", "pos=名詞-一般"],
        &["犬犬", "two dogs", "counted: hedge animals", "negated=false"],
        &["犬", "dog", "not counted: "],
        &["猫", "cat", "not counted: ", "`before`"],
        &["kind of sentence: hedged"],
        &["kind of sentence: other"],
    ] {
        let said = run.out.lines().any(|line| words.iter().all(|word| line.contains(word)));
        assert!(said, "{words:?} is not said in\n{}", run.out);
    }
}

#[test]
fn check_names_the_sentences_that_come_out_otherwise() {
    let wrong =
        DOGS.replace("[\"犬\"]", "[\"犬\", \"猫\"]\ncounterexamples = [\"犬と猫\"]\ndenied = [\"犬\"]");
    let place = Place::with(&[("own.toml", wrong)]);
    let run = place.run(&["lexicon", "--lexicon", "own.toml", "check"]);
    assert_eq!(run.status, Some(1));
    let mine: Vec<&str> = run.err.lines().filter(|line| line.contains("own.toml, line 5: ")).collect();
    assert_eq!(mine.len(), 3, "{}", run.err);
    for (line, words) in mine.iter().zip(["dog is not found", "dog is not found denied", "counterexample"]) {
        assert!(line.contains(words), "{line}");
    }
}
