//! Dictionaries of the user's own.

use std::path::Path;

use crate::place::Place;
use crate::tables::Tables;

/// A few words in the format of UniDic.
fn source() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/unidic").into()
}

const TEXT: &str = "効果が期待されています。雨でしょう。雨かもしれない。可能性がある。可能性が高いでしょうか？\n\
    必ず実現する。最大限に使う。効果は期待されません。雨だろう。\n";

fn markers(tables: &Tables) -> Vec<[&str; 3]> {
    tables.concordance.rows.iter().map(|row| ["marker", "node", "negated"].map(|c| row[c].as_str())).collect()
}

#[test]
fn a_dictionary_in_the_format_of_unidic_gives_the_same_markers() {
    let place = Place::with(&[("a.txt", TEXT)]);
    let run = place.run(&["dictionary", "build", &source(), "own"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{}", run.out);
    assert!(run.out.contains("UniDic") && run.out.contains("GB of memory") && run.out.contains("37 words"));
    let (expected, _) = place.count(&["a.txt"]);
    let (tables, _) = place.count(&["a.txt", "--dictionary", "own", "--force"]);
    assert!(markers(&expected).len() >= 9, "{:?}", markers(&expected));
    assert_eq!(markers(&tables), markers(&expected));
    assert_eq!(tables.run["dictionary"]["name"], "UniDic (29 features)");
    assert_ne!(tables.run["dictionary"]["sha256"], expected.run["dictionary"]["sha256"]);
    for command in ["check", "list"] {
        let run = place.run(&["lexicon", command, "--dictionary", "own"]);
        assert!(run.out.contains("entries") || command == "list", "{run:?}");
    }
}

#[test]
fn a_dictionary_in_the_format_of_ipadic_is_read_as_the_one_inside() {
    let words = "犬,1,1,1000,名詞,一般,*,*,*,*,犬,イヌ,イヌ\n走る,1,1,1000,動詞,自立,*,*,五段・ラ行,基本形,走る,ハシル,ハシル\n";
    let unknown = "DEFAULT,1,1,9000,名詞,一般,*,*,*,*,*\nSPACE,1,1,9000,記号,空白,*,*,*,*,*\n";
    let place = Place::with(&[
        ("source/words.csv", encoding_rs::EUC_JP.encode(words).0.into_owned()),
        ("source/matrix.def", b"2 2\n0 0 0\n0 1 0\n1 0 0\n1 1 0\n".to_vec()),
        ("source/char.def", b"DEFAULT 0 1 0\nSPACE 0 1 0\n\n0x0020 SPACE\n".to_vec()),
        ("source/unk.def", encoding_rs::EUC_JP.encode(unknown).0.into_owned()),
    ]);
    let run = place.run(&["dictionary", "build", "source", "own"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{}", run.out);
    let run = place.run(&["lexicon", "explain", "犬走る", "--dictionary", "own"]);
    assert!(run.out.contains("走る\tlemma=走る\tpos=動詞-自立\n"), "{run:?}");
}

#[test]
fn the_same_source_gives_the_same_dictionary() {
    let place = Place::with(&[("a.txt", TEXT)]);
    let digest = |out: &str| {
        assert_eq!(place.run(&["dictionary", "build", &source(), out]).status, Some(0));
        let (tables, _) = place.count(&["a.txt", "--dictionary", out, "--force"]);
        tables.run["dictionary"]["sha256"].clone()
    };
    assert_eq!(digest("one"), digest("two"));
}

#[test]
fn a_schema_of_ones_own_goes_with_the_source() {
    let place = Place::with(&[("a.txt", "効果が期待されています。")]);
    let mut files = Vec::new();
    for name in ["lex.csv", "matrix.def", "char.def", "unk.def"] {
        files.push((name, std::fs::read(Path::new(&source()).join(name)).unwrap()));
    }
    let dictionaries = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries/unidic");
    let metadata = std::fs::read_to_string(dictionaries.join("metadata.json")).unwrap();
    files.push(("metadata.json", metadata.replace("UniDic (29 features)", "mine").into_bytes()));
    let schema =
        "pos = [0]\nlemma = 10\nno_value = \"*\"\nnot_tokens = \"補助記号\"\nsymbol = \"補助記号\"\n";
    files.push(("schema.toml", schema.into()));
    for (name, bytes) in files {
        place.write(&format!("source/{name}"), bytes);
    }
    assert_eq!(place.run(&["dictionary", "build", "source", "own"]).status, Some(0));
    let run = place.run(&["lexicon", "explain", "期待。", "--dictionary", "own"]);
    assert!(run.out.contains("期待\tlemma=期待\tpos=名詞\n"), "{run:?}");
    place.write("own/schema.toml", "pos = [0]\nlemma = 'x'\n");
    let words = ["schema.toml, line 2"];
    place.assert_refused(&["count", "a.txt", "--out", "out", "--dictionary", "own"], &[&words]);
}

#[test]
fn what_is_no_source_and_no_dictionary_is_refused() {
    let place = Place::with(&[
        ("a.txt", "犬"),
        ("empty/x.txt", ""),
        ("part/lex.csv", "犬,1,1,1,名詞\n"),
        ("other/lex.csv", "犬,1,1,1,名詞\n"),
        ("other/matrix.def", "1 1\n"),
        ("other/char.def", ""),
        ("other/unk.def", ""),
    ]);
    for (folder, words) in [
        ("nowhere", &["nowhere"][..]),
        ("empty", &["empty", "no .csv file"]),
        ("part", &["part", "no matrix.def"]),
        ("other", &["other", "5 columns", "UniDic 33"]),
    ] {
        place.assert_refused(&["dictionary", "build", folder, "out"], &[words]);
    }
    place.assert_refused(&["dictionary", "build", &source(), "empty"], &[&["empty", "exists already"]]);
    place.assert_refused(&["count", "a.txt", "--out", "out", "--dictionary", "empty"], &[&["empty"]]);
}
