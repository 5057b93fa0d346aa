//! The lexicon: what it says of itself holds, and a user's entries add to it or take the place of its own.

use hedgerow::analysis::{self, Coder, Setup};
use hedgerow::lexicon::Source;
use hedgerow::text::Wrapping;

fn own(id: &str, fields: &str) -> Source {
    let head = "category = \"animals\"\nstance = \"assertive\"\n";
    Source {
        name: "own.toml".into(),
        text: format!("{head}[[entry]]\nid = {id:?}\nexamples = [\"犬\"]\n{fields}\n"),
    }
}

#[test]
fn every_sentence_of_the_lexicon_comes_out_as_it_says() {
    let (tried, failures) = analysis::check(&Setup::new(&[]).unwrap());
    let failures: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{} of {tried} sentences:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn categories_stand_by_stance_and_name_and_entries_by_id() {
    let lexicon = Setup::new(&[own("一匹の犬", "")]).unwrap().lexicon;
    assert!(lexicon.categories.is_sorted_by_key(|category| (category.stance, &category.name)));
    assert!(lexicon.categories.iter().any(|category| category.name == "animals"));
    assert!(lexicon.entries.is_sorted_by_key(|entry| &entry.id));
    for (index, entry) in lexicon.entries.iter().enumerate() {
        let category = lexicon.category_of(index);
        assert_eq!((category, category.stance), (lexicon.category(entry), lexicon.stance_of(index)));
    }
    let dog = lexicon.entries.iter().position(|entry| entry.id == "一匹の犬").unwrap();
    assert_eq!(lexicon.category_of(dog).name, "animals");
}

#[test]
fn a_users_entry_with_a_new_id_is_added() {
    let default = Setup::new(&[]).unwrap();
    let setup = Setup::new(&[own("一匹の犬", r#"pattern = '"犬"'"#)]).unwrap();
    assert_eq!(setup.lexicon.entries.len(), default.lexicon.entries.len() + 1);
    assert_eq!(setup.lexicon.categories.len(), default.lexicon.categories.len() + 1);
    let hits = Coder::new(&setup).code("犬", Wrapping::NONE).hits;
    assert_eq!(setup.lexicon.entries[hits[0].hit.entry].id, "一匹の犬");
}

#[test]
fn a_users_entry_with_a_known_id_takes_its_place() {
    let default = Setup::new(&[]).unwrap();
    for entry in default.lexicon.entries.iter().step_by(50) {
        // No example holds this word.
        let setup = Setup::new(&[own(&entry.id, r#"pattern = '"カピバラ"'"#)]).unwrap();
        assert_eq!(setup.lexicon.entries.len(), default.lexicon.entries.len());
        let hits = Coder::new(&setup).code("カピバラ", Wrapping::NONE).hits;
        assert_eq!(setup.lexicon.entries[hits[0].hit.entry].id, entry.id);
        for example in &entry.examples {
            let hits = Coder::new(&setup).code(example, Wrapping::NONE).hits;
            let ids = hits.iter().map(|found| &setup.lexicon.entries[found.hit.entry].id);
            assert!(ids.into_iter().all(|id| *id != entry.id), "{} is still found in {example}", entry.id);
        }
    }
}

#[test]
fn a_users_file_changes_the_digest_of_the_lexicon() {
    let default = Setup::new(&[]).unwrap().lexicon.digest();
    let [one, other] = ["犬", "猫"]
        .map(|word| Setup::new(&[own("動物", &format!("pattern = '\"{word}\"'"))]).unwrap().lexicon.digest());
    assert_eq!(Setup::new(&[]).unwrap().lexicon.digest(), default);
    assert!(default != one && one != other, "{default} {one} {other}");
}

#[test]
fn a_context_that_matches_everywhere_is_refused() {
    for context in [r#""犬"?"#, r#"[]*"#, r#""犬"? | </s>"#, r#""犬"* </s>?"#] {
        let source = own("動物", &format!("pattern = '\"猫\"'\nafter = '{context}'"));
        let message = Setup::new(&[source]).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(message.starts_with("own.toml, line 7: "), "{context} is not refused: {message}");
    }
}
