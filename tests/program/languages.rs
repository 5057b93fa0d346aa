//! Documents with next to no Japanese in them: told, and left out on request.

use crate::place::Place;

fn place() -> Place {
    Place::with(&[
        ("in/a.txt", "犬が走る。効果が期待されるかもしれない。"),
        ("in/chinese.txt", "今天天气很好，我们去公园玩吧。这里的花都开了，你觉得怎么样？"),
        ("in/english.txt", "The effect of this drug may be large."),
        ("in/korean.txt", "이 약의 효과는 상당히 클 것으로 매우 기대된다고 한다."),
        ("in/notice.txt", "本日休業"),
        ("in/numbers.txt", "2020,12.5,33.1\n2021,13.0,34.9\n2022,14.2,35.0\n"),
        (
            "in/variables.csv",
            "document,x\na.txt,1\nenglish.txt,2\nnotice.txt,2\nchinese.txt,\nkorean.txt,\nnumbers.txt,\n",
        ),
    ])
}

#[test]
fn they_are_named_with_their_scripts_and_counted() {
    let (tables, out) = place().count(&["in"]);
    assert_eq!(tables.documents.rows.len(), 6);
    let told = tables.run["other_languages"].as_array().unwrap();
    let told: Vec<_> = told
        .iter()
        .map(|one| [one["document"].as_str(), one["language"].as_str()].map(Option::unwrap))
        .collect();
    assert_eq!(
        told,
        [
            ["chinese.txt", "Chinese"],
            ["english.txt", "Latin script"],
            ["korean.txt", "Korean"],
            ["numbers.txt", "figures"]
        ]
    );
    let english = &tables.run["other_languages"][1];
    assert_eq!((english["letters_and_digits"].as_u64(), english["latin"].as_f64()), (Some(29), Some(1.0)));
    assert_eq!(english["kana"].as_f64(), Some(0.0));
    for words in [
        "4 documents with next to no Japanese",
        "1 Chinese, 1 Korean, 1 Latin script, 1 figures",
        "--skip-other-languages",
    ] {
        assert!(out.contains(words), "{words}: {out}");
    }
}

#[test]
fn they_are_left_out_on_request() {
    let place = place();
    let (tables, out) = place.count(&["in", "--skip-other-languages", "--by", "x", "--resamples", "100"]);
    assert_eq!(tables.documents.column("document"), ["a.txt", "notice.txt"]);
    assert_eq!(tables.run["options"]["skip_other_languages"], true);
    assert_eq!(tables.run["other_languages"].as_array().unwrap().len(), 4);
    assert!(
        out.contains("4 documents left out, with next to no Japanese") && !out.contains("without a document"),
        "{out}"
    );
    let run = place.run(&["compare", "out", "--by", "x", "--resamples", "100", "--force"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let arguments = ["count", "in/english.txt", "in/korean.txt", "--out", "new", "--skip-other-languages"];
    place.assert_refused(&arguments, &[&["all 2 documents", "next to no Japanese"]]);
}

#[test]
fn the_rows_of_a_table_are_told_one_by_one() {
    let place =
        Place::with(&[("t.csv", "text\nこの薬は効くでしょう。\nThis drug is expected to work well.\nno\n")]);
    let (tables, _) = place.count(&["t.csv"]);
    assert_eq!(tables.run["other_languages"][0]["document"], "t.csv#2");
    assert_eq!(tables.run["other_languages"].as_array().unwrap().len(), 1);
    let (tables, _) = place.count(&["t.csv", "--skip-other-languages", "--force"]);
    assert_eq!(tables.documents.column("document"), ["t.csv#1", "t.csv#3"]);
}
