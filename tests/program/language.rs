//! The language of files and of what is printed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::place::{Place, Run};
use crate::tables::{Table, Tables};

const JAPANESE: [(&str, &str); 1] = [("LANG", "ja_JP.UTF-8")];

/// Documents of two groups, one of them without a marker, one in English, one that stands twice.
fn place() -> Place {
    Place::with(&[
        ("in/a.txt", "効果が期待される。必ず効くとは限らない。"),
        ("in/b.txt", "効くかもしれない。効くだろう。"),
        ("in/c.txt", "必ず効く。"),
        ("in/d.txt", "犬が走る。"),
        ("in/e.txt", "It is said that this may work, and nobody knows better than they do."),
        ("in/f.txt", "必ず効く。"),
        (
            "in/variables.csv",
            "document,genre\na.txt,news\nb.txt,news\nc.txt,ad\nd.txt,ad\ne.txt,ad\nf.txt,\n",
        ),
    ])
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}

/// Whether a text holds three English words in a row.
fn has_english_sentence(text: &str) -> bool {
    const WORDS: [&str; 14] =
        ["the", "of", "and", "is", "are", "it", "or", "with", "no", "that", "where", "their", "to", "was"];
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphabetic()).collect();
    words.iter().filter(|word| WORDS.contains(word)).count() > 1
}

/// The files of a folder by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.is_file());
    files
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap()))
        .collect()
}

/// Asserts that two folders have the same files, but for some.
fn assert_same(place: &Place, one: &str, other: &str, but: &[&str]) {
    let [own, others] = [one, other].map(|folder| {
        let mut files = files(&place.path(folder));
        but.iter().for_each(|name| drop(files.remove(*name)));
        files
    });
    assert!(own.keys().eq(others.keys()), "{one}, {other}: {:?} {:?}", own.keys(), others.keys());
    for (name, bytes) in &own {
        assert!(others[name] == *bytes, "{one}, {other}: {name}");
    }
}

fn succeed(run: &Run) {
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{}", run.out);
}

#[test]
fn the_locale_changes_what_is_printed_and_no_file() {
    let place = place();
    let mut found = Vec::new();
    for (out, environment) in [
        ("run-1", &[("LC_ALL", "C")][..]),
        ("run-2", &JAPANESE),
        ("run-3", &[("LC_ALL", "C"), ("LANG", "ja_JP.UTF-8")]),
    ] {
        let run = place.run_with(&["count", "in", "--by", "genre", "--out", out], "", environment);
        succeed(&run);
        found.push((run.out.replace(out, "OUT"), files(&place.path(out))));
    }
    assert_eq!(found[0].1, found[1].1);
    assert!(found[0].0.contains("6 documents") && found[1].0.contains("6文書"), "{}", found[1].0);
    assert_eq!(found[2], found[0]);
}

#[test]
fn a_run_in_japanese_says_nothing_in_english() {
    let place = place();
    let run = place.run(&["count", "in", "--by", "genre", "--out", "out", "--lang", "ja"]);
    succeed(&run);
    assert!(!has_english_sentence(&run.out), "{}", run.out);
    for words in ["可能性", "推量・蓋然性", "ヘッジ率", "断定", "注: ", "95%信頼区間"] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    let tables = Tables::read(&place.path("out"));
    for table in ["groups", "comparisons"] {
        let table = Table::read(&place.path(&format!("out/{table}.csv")));
        let notes = table.column("note");
        assert!(notes.iter().any(|note| !note.is_empty()));
        for note in notes.iter().filter(|note| !note.is_empty()) {
            assert!(note.contains(is_japanese) && !has_english_sentence(note), "{note}");
        }
    }
    for definition in tables.columns.column("definition") {
        assert!(definition.contains(is_japanese), "{definition}");
    }
    let package = fs::read_to_string(place.path("out/datapackage.json")).unwrap();
    let package: serde_json::Value = serde_json::from_str(&package).unwrap();
    let described = |value: &serde_json::Value| {
        let text = value["description"].as_str().unwrap().to_owned();
        assert!(text.contains(is_japanese), "{text}");
    };
    described(&package);
    for resource in package["resources"].as_array().unwrap() {
        described(resource);
        resource["schema"]["fields"].as_array().unwrap().iter().for_each(described);
    }
    assert_eq!(tables.run["options"]["lang"], "ja");
}

#[test]
fn figures_are_those_of_a_run_in_english() {
    let place = place();
    for (out, lang) in [("en", "en"), ("ja", "ja")] {
        succeed(&place.run(&["count", "in", "--by", "genre", "--out", out, "--lang", lang]));
    }
    let [english, japanese] = ["en", "ja"].map(|out| files(&place.path(out)));
    for name in ["documents.csv", "categories.csv", "markers.csv", "concordance.csv", "duplicates.csv"] {
        assert_eq!(english[name], japanese[name], "{name}");
    }
    for table in ["groups", "comparisons"] {
        let [own, other] = ["en", "ja"].map(|out| Table::read(&place.path(&format!("{out}/{table}.csv"))));
        for column in own.header.iter().filter(|column| *column != "note") {
            assert_eq!(own.column(column), other.column(column), "{column}");
        }
    }
}

#[test]
fn a_run_is_verified_repeated_and_compared_again_in_its_language() {
    let place = place();
    succeed(&place.run(&["count", "in", "--by", "genre", "--out", "ja", "--lang", "ja"]));
    let verified = place.run_with(&["verify", "ja", "in"], "", &JAPANESE);
    succeed(&verified);
    assert!(verified.out.contains("書き込んだときのまま"), "{}", verified.out);
    // Whoever repeats it asks for nothing.
    let again = place.run(&["count", "in", "--from", "ja", "--out", "again"]);
    succeed(&again);
    assert_same(&place, "again", "ja", &[]);
    succeed(&place.run(&["count", "in", "--out", "later", "--lang", "ja"]));
    succeed(&place.run(&["compare", "later", "--by", "genre"]));
    // The record has the report as well, which is another's test.
    assert_same(&place, "later", "ja", &["run.json"]);
    succeed(&place.run(&["count", "in", "--out", "en"]));
    let difference = place.run(&["diff", "en", "ja"]);
    succeed(&difference);
    assert!(difference.out.contains("option lang"), "{}", difference.out);
    let in_japanese = place.run(&["diff", "en", "ja", "--lang", "ja"]);
    assert!(
        in_japanese.out.contains("オプション lang") && in_japanese.out.contains("可能性"),
        "{}",
        in_japanese.out
    );
}

#[test]
fn parts_have_a_language_and_a_merge_may_have_another() {
    let place = Place::with(&[("in/1.txt", "効果が期待される。"), ("in/2.txt", "必ず効く。")]);
    let lines =
        "{\"id\":\"1.txt\",\"text\":\"効果が期待される。\"}\n{\"id\":\"2.txt\",\"text\":\"必ず効く。\"}\n";
    let part = place.run_with(&["count", "-", "--partial"], lines, &[("HEDGEROW_LANG", "ja")]);
    succeed(&part);
    place.write("part", &part.out);
    succeed(&place.run(&["count", "in", "--out", "whole", "--lang", "ja"]));
    succeed(&place.run(&["merge", "part", "--out", "merged"]));
    succeed(&place.run(&["merge", "part", "--out", "english", "--lang", "en"]));
    succeed(&place.run(&["count", "in", "--out", "whole-english"]));
    for (merged, whole) in [("merged", "whole"), ("english", "whole-english")] {
        // Its inputs are other files.
        assert_same(&place, merged, whole, &["run.json"]);
    }
}

#[test]
fn errors_are_in_the_language_that_is_spoken() {
    let place = Place::with(&[("in/a.pages", ""), ("nothing/a.txt", "")]);
    for (arguments, words) in [
        (&["count", "absent", "--out", "o"][..], &["エラー: absent: ", "パスの綴り"][..]),
        (&["count", "nothing", "--out", "o"], &["エラー: a.txt: 本文がありません", "--skip-unreadable"]),
        (&["count", "in/a.pages", "--out", "o"], &["この種類のファイルは読めません。Pages から"]),
        (&["verify", "absent"], &["完了した集計がありません", "`hedgerow count`"]),
    ] {
        let run = place.run_with(arguments, "", &JAPANESE);
        assert_eq!(run.status, Some(1), "{run:?}");
        assert!(!has_english_sentence(&run.err), "{}", run.err);
        for word in words {
            assert!(run.err.contains(word), "{word}: {}", run.err);
        }
    }
    place.write("own.toml", "category = \"a\"\nstance = \"hedge\"\n[[entry]]\nid = \"犬\"\npattern = \"(\"\nexamples = [\"犬。\"]\n");
    let run = place.run_with(&["lexicon", "list", "--lexicon", "own.toml"], "", &JAPANESE);
    let expected = "エラー: own.toml の5行目: 犬: パターンの2文字目: トークン `[…]`、語 `\"…\"`、グループ `(…)` のいずれかが必要です（パターン (）\n";
    assert_eq!(run.err, expected);
}

/// What is wrong with a command line, and how it is said.
const SLIPS: [(&[&str], &str, &str); 17] = [
    (
        &["count", "in", "--outt", "o"],
        "error: unexpected argument '--outt' found\n\n  tip: did you mean --out?\n\nUsage: hedgerow count --out <DIR> <PATH>...\n",
        "エラー: --outt という引数はありません\n\n  もしかして: --out\n\n使い方: hedgerow count --out <DIR> <PATH>...\n",
    ),
    (
        &["count", "--q"],
        "  tip: to pass '--q' as a value, write '-- --q'\n",
        "  --q を値として渡すには -- --q と書いてください\n",
    ),
    (&["--out", "o", "count", "in"], "  tip: there is 'count --out'\n", "  count --out ならあります\n"),
    (&["lexicon", "--", "check"], "  tip: to use the command 'check', leave", "  コマンド check を使うには"),
    (
        &["cuont", "in"],
        "unrecognized subcommand 'cuont'",
        "エラー: cuont というコマンドはありません\n\n  もしかして: count",
    ),
    (
        &["search"],
        "error: the following required arguments were not provided:\n  <PATTERN>\n  <PATH>...\n",
        "エラー: 次の引数が必要です:\n  <PATTERN>\n  <PATH>...\n",
    ),
    (
        &["count", "in", "--out"],
        "a value is required for '--out <DIR>'",
        "エラー: --out <DIR> に値がありません\n",
    ),
    (
        &["completions", "bosh"],
        "error: invalid value 'bosh' for '<SHELL>'\n  [possible values: bash, ",
        "エラー: <SHELL> の値に bosh は指定できません\n  ［値: bash, ",
    ),
    (
        &["count", "in", "--out", "o", "--by", "g", "--resamples", "5"],
        "'5' for '--resamples <N>': give a whole number from 100 to 1,000,000\n",
        "--resamples <N> の値に 5 は指定できません: 100から1,000,000までの整数を指定してください\n",
    ),
    (
        &["count", "in", "--out", "o", "--by", "g", "--seed", "-1"],
        "error: unexpected argument '-1' found",
        "エラー: -1 という引数はありません\n",
    ),
    (
        &["count", "in", "--out", "o", "--by", "g", "--seed=x"],
        "'x' for '--seed <N>': give a whole number\n",
        "--seed <N> の値に x は指定できません: 整数を指定してください\n",
    ),
    (&["frequencies", "in", "--ngrams", "6"], "a whole number from 1 to 5\n", "1から5までの整数を"),
    (&["frequencies", "in", "--limit", "x"], "write a number, or all\n", "数か all を指定してください\n"),
    (&["search", "a", "in", "--sort", "12Q"], "12Q is no position", "12Q という位置はありません"),
    (
        &["count", "in", "--out", "o", "--force=x"],
        "unexpected value 'x' for '--force'",
        "エラー: --force は値を取りません",
    ),
    (
        &["count", "in", "--out", "o", "--out", "p"],
        "cannot be used multiple times",
        "エラー: --out <DIR> は一度しか",
    ),
    (
        &["count", "in", "--out", "o", "--from", "r", "--by", "g"],
        "'--from <RUN>' cannot be used with --by <VARIABLE>\n",
        "エラー: --from <RUN> は --by <VARIABLE> と一緒には使えません\n",
    ),
];

#[test]
fn what_is_wrong_with_a_command_line_is_said_in_either_language() {
    let place = place();
    for (arguments, english, japanese) in SLIPS {
        let [own, other] = [&[][..], &JAPANESE].map(|environment| place.run_with(arguments, "", environment));
        for (run, expected) in [(&own, english), (&other, japanese)] {
            assert_eq!((run.status, run.out.as_str()), (Some(2), ""), "{run:?}");
            assert!(run.err.contains(expected), "{arguments:?}: {}", run.err);
        }
        let own_words = ["error:", "tip", "Usage", "For more", "value", "possible", "argument"];
        assert!(own_words.iter().all(|word| !other.err.contains(word)), "{arguments:?}: {}", other.err);
        assert!(other.err.ends_with("\n\n詳しくは --help を付けて実行してください。\n"), "{}", other.err);
        assert!(own.err.ends_with("\n\nFor more information, try '--help'.\n"), "{}", own.err);
    }
}

#[test]
fn the_check_of_a_lexicon_says_in_japanese_what_fails() {
    let place = Place::with(&[(
        "own.toml",
        "category = \"a\"\nstance = \"hedge\"\n[[entry]]\nid = \"犬\"\npattern = '\"犬\"'\n\
         examples = [\"猫が走る。\"]\ndenied = [\"犬だ。\"]\ncounterexamples = [\"犬が走る。\"]\n",
    )]);
    let run = place.run_with(&["lexicon", "check", "--lexicon", "own.toml"], "", &JAPANESE);
    let expected = "エラー: own.toml の4行目: 犬 が negated=false として見つかりません（何も見つかりませんでした）: 猫が走る。\n\
        エラー: own.toml の4行目: 犬 が否定された標識として見つかりません（見つかったもの: 犬）: 犬だ。\n\
        エラー: own.toml の4行目: 反例なのに 犬 が見つかりました: 犬が走る。\n";
    assert_eq!((run.status, run.err.as_str()), (Some(1), expected));
}

#[test]
fn an_unknown_language_is_one_clear_line() {
    let place = place();
    for (arguments, environment, begin) in [
        (
            &["count", "in", "--out", "o", "--lang", "fr"][..],
            &[][..],
            "error: --lang: there is no language fr",
        ),
        (&["--lang=", "count", "in", "--out", "o"], &[], "error: --lang: there is no language ;"),
        (
            &["count", "in", "--out", "o"],
            &[("HEDGEROW_LANG", "jp")],
            "error: HEDGEROW_LANG: there is no language jp",
        ),
        (
            &["count", "in", "--out", "o", "--lang", "fr"],
            &JAPANESE,
            "エラー: --lang: fr という言語はありません",
        ),
    ] {
        let run = place.run_with(arguments, "", environment);
        assert_eq!((run.status, run.out.as_str(), run.err.lines().count()), (Some(2), "", 1), "{run:?}");
        assert!(run.err.starts_with(begin), "{}", run.err);
        assert!(!place.path("o").exists());
    }
}

#[test]
fn a_category_has_its_japanese_term_or_else_its_name() {
    let entry =
        |id: &str| format!("[[entry]]\nid = \"{id}\"\npattern = '\"{id}\"'\nexamples = [\"{id}がいる。\"]\n");
    let place = Place::with(&[
        ("in/a.txt", "犬がいる。猫がいる。馬がいる。".to_owned()),
        ("own.toml", format!("category = \"dogs\"\nstance = \"hedge\"\n{}", entry("犬"))),
        ("cats.toml", format!("category = \"cats\"\nstance = \"hedge\"\n{}", entry("猫"))),
        ("more.toml", format!("category = \"cats\"\nstance = \"hedge\"\nterm = \"動物\"\n{}", entry("馬"))),
    ]);
    let lexicons = ["--lexicon", "own.toml", "--lexicon", "cats.toml", "--lexicon", "more.toml"];
    let (tables, _) = place.count(&[&["in"][..], &lexicons].concat());
    for table in [&tables.categories, &tables.markers, &tables.concordance] {
        let pairs: Vec<_> = table.column("category").into_iter().zip(table.column("category_ja")).collect();
        for pair in [("dogs", "dogs"), ("cats", "動物")] {
            assert!(pairs.iter().any(|(name, term)| (*name, *term) == pair), "{pair:?}: {pairs:?}");
        }
    }
}
