//! A corpus that is counted in parts has the tables of one run.

use std::fs;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::compressed::gzipped;
use crate::place::{DOGS, Place, corpus};
use crate::tables::{Table, Tables};

/// The sample corpus as JSON Lines, with what makes documents differ: keys that some have, text that stands twice, another language,
/// hard-wrapped lines, ruby, nothing.
fn documents() -> Vec<Value> {
    let variables = fs::read_to_string(corpus().join("variables.csv")).unwrap();
    let mut documents = Vec::new();
    for (index, row) in variables.lines().skip(1).enumerate() {
        let [name, genre, year] = row.split(',').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let text = fs::read_to_string(corpus().join(name)).unwrap();
        let mut document = json!({ "id": name, "text": text, "genre": genre });
        if index % 3 == 1 {
            document["year"] = json!(year.parse::<u32>().unwrap());
            document["a key of some"] = Value::Null;
        }
        if index % 7 == 0 {
            documents
                .push(json!({ "id": format!("{name} again"), "text": text + "おわり。", "genre": "copy" }));
        }
        documents.push(document);
    }
    let wrapped = "この文書は一行を二十字で折り返してある。だ\nからこれは行末で終わらず、効果が期待され\nると書いてもよい。必ず効くとは限らない文\n".repeat(12);
    let long = "効果が期待される。必ず効く、".repeat(2_000);
    for (id, text) in [
        ("empty", ""),
        ("blank", " \n　"),
        ("English", "Nothing but English stands in this document, from its beginning to its end."),
        ("漢字", "｜漢字《かんじ》は必ず｜効《き》くだろう。"),
        ("wrapped", &wrapped),
        ("long", &long),
        ("=formula", "必ず\u{202e}効く\u{85}。\r\nきっと\u{1b}[31m効く。"),
    ] {
        documents.push(json!({ "id": id, "text": text, "genre": "other" }));
    }
    documents.sort_by(|a, b| a["id"].as_str().cmp(&b["id"].as_str()));
    documents
}

fn lines<'a>(documents: impl IntoIterator<Item = &'a Value>) -> String {
    documents.into_iter().map(|document| format!("{document}\n")).collect()
}

/// Makes a part of some documents, as a file.
fn part<'a>(place: &Place, name: &str, documents: impl IntoIterator<Item = &'a Value>, options: &[&str]) {
    let arguments = [&["count", "-", "--partial"], options].concat();
    let run = place.run_with(&arguments, &lines(documents), &[]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{run:?}");
    place.write(name, run.out);
}

/// Counts documents at once.
fn at_once(place: &Place, documents: &[Value], options: &[&str]) -> Tables {
    let arguments = [&["count", "-", "--id-column", "id", "--out", "at-once", "--force"], options].concat();
    let run = place.run_with(&arguments, &lines(documents), &[]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{run:?}");
    Tables::read(&place.path("at-once"))
}

fn merged(place: &Place, parts: &[&str], options: &[&str]) -> Tables {
    let run = place.run(&[&["merge"], parts, &["--out", "merged", "--force"], options].concat());
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{run:?}");
    Tables::read(&place.path("merged"))
}

/// Every file but the record, which names what was read.
fn bytes(tables: &Tables) -> Vec<(String, Vec<u8>)> {
    tables.bytes().into_iter().filter(|(name, _)| name != "run.json").collect()
}

fn run_json(place: &Place, folder: &str) -> Value {
    serde_json::from_slice(&fs::read(place.path(folder).join("run.json")).unwrap()).unwrap()
}

/// A comparison of groups that does not take long.
const FEW: [&str; 4] = ["--by", "genre", "--resamples", "200"];

fn empty() -> Place {
    Place::with::<&str>(&[])
}

#[test]
fn parts_in_any_order_make_the_tables_of_one_run() {
    let place = empty();
    let documents = documents();
    let middle = documents.len() / 2;
    // In order, in the reverse of it, and none.
    part(&place, "a.part", documents[..middle].iter().step_by(2), &[]);
    part(&place, "b.part", documents.iter().skip(1).step_by(2).rev(), &[]);
    part(&place, "c.part", documents[middle..].iter().filter(|_| false), &[]);
    let rest: Vec<&Value> = documents[middle..].iter().skip(middle % 2).step_by(2).collect();
    part(&place, "d.part", rest, &[]);
    let expected = at_once(&place, &documents, &[]);
    let expected = bytes(&expected);
    assert_eq!(bytes(&merged(&place, &["a.part", "b.part", "c.part", "d.part"], &[])), expected);
    let record = run_json(&place, "merged");
    // Other names, another order, one file, a folder.
    let all =
        ["d", "c", "b", "a"].map(|name| fs::read(place.path(&format!("{name}.part"))).unwrap()).concat();
    place.write("parts/all", all);
    place.write("parts/_SUCCESS", "");
    place.write("parts/.all.crc", "?");
    assert_eq!(bytes(&merged(&place, &["parts"], &[])), expected);
    assert_eq!(run_json(&place, "merged"), record);

    let at_once = run_json(&place, "at-once");
    for field in [
        "hedgerow",
        "dictionary",
        "lexicon",
        "options",
        "wrapped",
        "ruby",
        "other_languages",
        "duplicates",
        "tables",
    ] {
        assert_eq!(record[field], at_once[field], "{field}");
    }
    for field in ["wrapped", "ruby", "other_languages"] {
        assert_eq!(record[field].as_array().unwrap().len(), 1, "{field}");
    }
    assert!(record["duplicates"].as_u64() > Some(2));
    let parts = record["parts"].as_array().unwrap();
    let counted: u64 = parts.iter().map(|part| part["documents"].as_u64().unwrap()).sum();
    assert_eq!((parts.len(), counted), (4, documents.len() as u64));
    let digests: Vec<&str> = parts.iter().map(|part| part["sha256"].as_str().unwrap()).collect();
    assert!(digests.is_sorted() && digests.iter().all(|digest| digest.len() == 64));
    place.write("parts/all.gz", gzipped(&fs::read(place.path("parts/all")).unwrap()));
    fs::remove_file(place.path("parts/all")).unwrap();
    assert_eq!(bytes(&merged(&place, &["parts"], &[])), expected);
    let run = place.run(&["verify", "merged", "parts"]);
    assert_eq!(
        (run.status, run.out.lines().last()),
        (Some(0), Some("4 parts: as they were merged")),
        "{run:?}"
    );
}

#[test]
fn nothing_has_the_tables_of_nothing() {
    let place = empty();
    part(&place, "a.part", &[], &[]);
    let expected = at_once(&place, &[], &[]);
    assert_eq!(bytes(&merged(&place, &["a.part", "a.part"], &[])), bytes(&expected));
}

#[test]
fn what_is_left_out_is_left_out_by_the_merge() {
    let place = empty();
    let documents = documents();
    let options = ["--skip-other-languages", "--drop-duplicates", "--wrapped=never"];
    part(&place, "a.part", documents.iter().step_by(2).rev(), &options);
    part(&place, "b.part", documents.iter().skip(1).step_by(2), &options);
    let expected = at_once(&place, &documents, &options);
    let merged = merged(&place, &["a.part", "b.part"], &[]);
    assert_eq!(bytes(&merged), bytes(&expected));
    assert!(merged.documents.rows.len() < documents.len());
}

#[test]
fn ids_that_are_numbers_are_in_the_order_of_their_values() {
    let place = empty();
    let numbers = [-3_i64, 2, 9, 10, 100];
    let documents: Vec<Value> =
        numbers.iter().map(|id| json!({ "id": id, "text": "必ず効く。", "genre": id % 2 })).collect();
    part(&place, "a.part", documents.iter().rev(), &[]);
    let expected = at_once(&place, &documents, &FEW);
    let merged = merged(&place, &["a.part"], &FEW);
    assert_eq!(bytes(&merged), bytes(&expected));
    let names: Vec<&str> = merged.documents.column("document");
    assert_eq!(names, ["-3", "2", "9", "10", "100"]);
    part(&place, "b.part", &[json!({ "id": "a", "text": "" })], &[]);
    let words = ["numbers (a.part) and others text (b.part)", "write all ids as text"];
    place.assert_refused(&["merge", "a.part", "b.part", "--out", "out"], &[&words]);
}

#[test]
fn groups_are_compared_as_those_of_a_run() {
    let place = empty();
    let documents = documents();
    part(&place, "a.part", documents.iter().step_by(2).rev(), &[]);
    part(&place, "b.part", documents.iter().skip(1).step_by(2), &[]);
    let options = ["--by", "genre", "--seed", "7", "--resamples", "200"];
    let expected = at_once(&place, &documents, &options);
    assert_eq!(bytes(&merged(&place, &["a.part", "b.part"], &options)), bytes(&expected));
    let later = merged(&place, &["a.part", "b.part"], &[]);
    assert!(!later.bytes().contains_key("groups.csv"));
    let run = place.run(&[&["compare", "merged"], &options[..]].concat());
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(bytes(&Tables::read(&place.path("merged"))), bytes(&expected));
    let words = ["genres", "did you mean `genre`?"];
    place.assert_refused(&["merge", "a.part", "--by", "genres", "--out", "out"], &[&words]);
}

#[test]
fn without_hits_there_is_no_concordance_and_the_other_tables_are_the_same() {
    let place = empty();
    let documents = documents();
    part(&place, "a.part", documents.iter().step_by(2), &["--no-hits"]);
    part(&place, "b.part", documents.iter().skip(1).step_by(2), &["--no-hits"]);
    let options = ["--by", "genre", "--resamples", "200"];
    let mut expected = at_once(&place, &documents, &options).bytes();
    let merged = place.run(&[&["merge", "a.part", "b.part", "--out", "merged"], &options[..]].concat());
    assert_eq!((merged.status, merged.err.as_str()), (Some(0), ""), "{merged:?}");
    let found = |name: &str| fs::read(place.path("merged").join(name));
    assert!(found("concordance.csv").is_err());
    for own in ["concordance.csv", "run.json", "datapackage.json", "groups.csv"] {
        expected.remove(own);
    }
    // The report shows places, where they are known.
    expected.retain(|name, _| name != "report.html" && !name.starts_with("figures/"));
    assert_eq!(expected.len(), 7);
    for (name, bytes) in expected {
        assert!(found(&name).unwrap() == bytes, "{name}");
    }
    // What depends on places is not known.
    let groups = Table::read(&place.path("merged/groups.csv"));
    assert!(groups.column("fifth_1").iter().all(|cell| cell.is_empty()));
    let run = place.run(&["verify", "merged"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let run = place.run(&["cite", "merged"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    place.assert_refused(&["diff", "merged", "merged"], &[&["merged: it has no hits"]]);

    part(&place, "c.part", &[json!({ "id": "another", "text": "" })], &[]);
    let words = ["c.part", "a.part", "hits", "--no-hits"];
    place.assert_refused(&["merge", "a.part", "c.part", "--out", "out"], &[&words]);
}

#[test]
fn a_part_with_a_lexicon_of_ones_own_needs_none_to_be_merged() {
    let place = Place::with(&[("dogs.toml", DOGS)]);
    let documents = [json!({ "id": "a", "text": "犬がいる。" }), json!({ "id": "b", "text": "必ず犬。" })];
    let options = ["--lexicon", "dogs.toml"];
    part(&place, "a.part", &documents[..1], &options);
    part(&place, "b.part", &documents[1..], &options);
    let expected = at_once(&place, &documents, &options);
    assert_eq!(bytes(&merged(&place, &["a.part", "b.part"], &[])), bytes(&expected));
    part(&place, "c.part", &documents[1..], &[]);
    let words = ["a.part", "c.part", "dogs.toml", "made with the same"];
    place.assert_refused(&["merge", "a.part", "c.part", "--out", "out"], &[&words]);
}

#[test]
fn a_part_with_another_dictionary_is_merged_with_its_like() {
    let place = empty();
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/unidic");
    let run = place.run(&["dictionary", "build", source, "own"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let documents = ["a", "b"].map(|id| json!({ "id": id, "text": "必ず効くかもしれない。" }));
    let options = ["--dictionary", "own"];
    part(&place, "a.part", &documents[1..], &options);
    part(&place, "b.part", &documents[..1], &options);
    part(&place, "ipadic.part", &documents[..1], &[]);
    let expected = at_once(&place, &documents, &options);
    assert_eq!(bytes(&merged(&place, &["a.part", "b.part"], &[])), bytes(&expected));
    let words = ["a.part", "ipadic.part", "dictionary", "made with the same"];
    place.assert_refused(&["merge", "a.part", "ipadic.part", "--out", "out"], &[&words]);
}

#[test]
fn variables_of_a_table_come_first_and_documents_without_a_row_are_named() {
    let place = Place::with(&[("meta.csv", "document,year,genre\na,2025,x\nc,2026,y\n")]);
    let documents = [
        json!({ "id": "a", "text": "必ず効く。", "zone": "1", "genre": "own" }),
        json!({ "id": "b", "text": "必ず効く。" }),
        json!({ "id": "c", "text": "きっと効く。", "area": "2" }),
    ];
    let options = ["--variables", "meta.csv"];
    part(&place, "a.part", documents[1..].iter().rev(), &options);
    part(&place, "b.part", &documents[..1], &options);
    let expected = at_once(&place, &documents, &options);
    let merged = merged(&place, &["a.part", "b.part"], &[]);
    assert_eq!(bytes(&merged), bytes(&expected));
    assert_eq!(merged.documents.header[1..5], ["year", "genre", "zone", "area"]);
    let [record, once] = ["merged", "at-once"].map(|folder| run_json(&place, folder));
    assert_eq!(record["without_variables"], json!(["b"]));
    assert_eq!(
        (&record["without_variables"], &record["options"]),
        (&once["without_variables"], &once["options"])
    );
}

#[test]
fn parts_that_do_not_go_together_are_refused_by_name() {
    let place = empty();
    let documents = ["a", "b", "c"].map(|id| json!({ "id": id, "text": "必ず効く。" }));
    part(&place, "a.part", &documents[..2], &[]);
    part(&place, "b.part", &documents[1..], &[]);
    part(&place, "wrapped.part", &documents[2..], &["--wrapped=always"]);
    let whole = fs::read_to_string(place.path("a.part")).unwrap();
    place.write("copy.part", &whole);
    place.write("version.part", whole.replacen("\"hedgerow\":\"", "\"hedgerow\":\"9", 1));
    place.write("texts.jsonl", lines(&documents));
    let merge = |parts: &[&str], words: &[&str]| {
        place.assert_refused(&[&["merge"], parts, &["--out", "out"]].concat(), &[words]);
    };
    merge(&["a.part", "b.part"], &["b: ", "a.part, line 3", "b.part, line 2", "each document to one part"]);
    merge(&["a.part", "copy.part"], &["a.part", "copy.part", "name it once"]);
    merge(&["a.part", "wrapped.part"], &["a.part", "wrapped.part", "wrapped", "always", "auto"]);
    merge(&["version.part"], &["version.part", "hedgerow 9", "make the part with this version"]);
    merge(&["texts.jsonl"], &["texts.jsonl", "no partial results", "count - --partial"]);
    merge(&["none.part"], &["none.part", "check the path"]);
    place.write("empty.part", "");
    merge(&["empty.part"], &["empty.part", "no partial results"]);
    place.run(&["merge", "a.part", "--out", "merged"]);
    let from = ["count", "-", "--from", "merged", "--out", "out"];
    place.assert_refused(&from, &[&["record of a merge", "make the parts again"]]);
    let run = place.run(&["verify", "merged", "b.part"]);
    let is_said =
        |words: &str| run.err.lines().any(|line| line.starts_with("error: ") && line.contains(words));
    assert!(run.status == Some(1) && run.err.lines().count() == 2, "{run:?}");
    assert!(is_said("b.part: the part is none of the run") && is_said("it is not there"), "{run:?}");
}

#[test]
fn a_part_that_was_cut_off_or_changed_anywhere_is_refused() {
    let place = empty();
    part(&place, "a.part", &[json!({ "id": "a", "text": "必ず効くでしょう。", "genre": "b" })], &[]);
    let whole = fs::read(place.path("a.part")).unwrap();
    let refused = |bytes: &[u8], word: &str| {
        place.write("changed.part", bytes);
        let run = place.run(&["merge", "changed.part", "--out", "out"]);
        let is_said = run.err.contains("changed.part") && run.err.contains(word);
        assert!(run.status == Some(1) && run.err.lines().count() == 1 && is_said, "{run:?}");
        assert!(!place.path("out").exists());
    };
    let first = whole.iter().position(|byte| *byte == b'\n').unwrap();
    for end in [first + 1, first + 2, first + 40, whole.len() - 90, whole.len() - 2] {
        refused(&whole[..end], "was not written to its end");
    }
    for at in (first + 1..whole.len() - 1).step_by(97) {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        refused(&changed, "make the part again");
    }
    let gz = gzipped(&whole);
    place.write("torn.gz", &gz[..gz.len() - 9]);
    place.assert_refused(&["merge", "torn.gz", "--out", "out"], &[&["torn.gz", "make the part again"]]);
    // A line end that was lost at the end, or changed on the way, is none of what was written.
    for same in
        [whole[..whole.len() - 1].to_vec(), String::from_utf8(whole).unwrap().replace('\n', "\r\n").into()]
    {
        place.write("same.part", same);
        merged(&place, &["same.part"], &[]);
    }
}

#[test]
fn a_text_that_can_t_be_read_leaves_a_part_without_end() {
    let place = empty();
    let good = json!({ "id": "a", "text": "必ず" });
    for (bad, words) in [
        (r#"{"id":"b"}"#, "text"),
        (r#"{"id":"a","text":"犬"}"#, "a"),
        (r#"{"text":"犬"}"#, "id"),
        (r#"{"id":"","text":"犬"}"#, "id"),
        (r#"{"id":"b","text":"\ud800"}"#, "ud800"),
        ("plain text", "line 2"),
    ] {
        let input = format!("{good}\n{bad}\n");
        let run = place.run_with(&["count", "-", "--partial"], &input, &[]);
        assert!(run.status == Some(1) && run.err.contains(words), "{run:?}");
        place.write("a.part", &run.out);
        let merge = ["merge", "a.part", "--out", "out"];
        place.assert_refused(&merge, &[&["a.part", "not written to its end"]]);
        let run = place.run_with(&["count", "-", "--partial", "--skip-unreadable"], &input, &[]);
        if run.status == Some(0) {
            place.write("a.part", &run.out);
            merged(&place, &["a.part"], &[]);
            assert_eq!(run_json(&place, "merged")["skipped"].as_array().map(Vec::len), Some(1), "{bad}");
        }
    }
    let paths = ["count", "a.part", "--partial"];
    place.assert_refused(&paths, &[&["--partial counts standard input", "< texts.jsonl"]]);
}

#[test]
fn standard_input_with_other_paths_keeps_its_name() {
    let place = Place::with(&[("a.txt", "犬。")]);
    let arguments = ["count", "-", "a.txt", "--id-column", "id", "--out", "out"];
    let run = place.run_with(&arguments, r#"{"id":"a.txt","text":"猫。"}"#, &[]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let tables = Tables::read(&place.path("out"));
    let names: Vec<&str> = tables.documents.column("document");
    assert_eq!(names, ["a.txt", "stdin#a.txt"]);
}

const SENTENCES: [&str; 8] = [
    "効果が期待される。",
    "必ず効く。",
    "本製品には個人差がありますのでご了承ください。",
    "効くかもしれない！",
    "这是中文，没有日本语。",
    "\n",
    "　",
    "「きっと」",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// However documents are divided, and in whatever order they come.
    #[test]
    fn any_division_has_the_same_tables(
        texts in proptest::collection::vec(
            (proptest::collection::vec(select(&SENTENCES), 0..9), 0_usize..4, proptest::option::of("[a-c]{0,2}")), 1..12,
        ),
        is_reversed in any::<bool>(),
    ) {
        let place = empty();
        let document = |(index, (sentences, _, value)): (usize, &(Vec<&str>, usize, Option<String>))| {
            let mut document = json!({ "id": format!("{index:02}"), "text": sentences.concat() });
            if let Some(value) = value {
                document[format!("variable {}", value.len())] = json!(value);
            }
            document
        };
        let documents: Vec<Value> = texts.iter().enumerate().map(document).collect();
        for number in 0..4 {
            let own = documents.iter().zip(&texts).filter(|(_, (_, part, _))| *part == number);
            let mut own: Vec<&Value> = own.map(|(document, _)| document).collect();
            if is_reversed {
                own.reverse();
            }
            part(&place, &format!("{number}.part"), own, &[]);
        }
        let expected = at_once(&place, &documents, &[]);
        let merged = merged(&place, &["0.part", "1.part", "2.part", "3.part"], &[]);
        prop_assert_eq!(bytes(&merged), bytes(&expected));
    }
}
