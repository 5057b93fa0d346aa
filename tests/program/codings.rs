//! `hedgerow evaluate` with codings that were made in other programs.

use crate::place::{Place, Run, corpus};

/// A character of two units of UTF-16, an affirmed and a denied possibility, a report, and a certainty.
const TEXT: &str = "𠮷野が失敗する可能性がある。\n成功の可能性はない。\n必ず効くという。\n";

/// The same coding in every form: 可能性がある from 7, 可能性はない from 18, 必ず from 26, という from 30.
const BRAT: &str = "T1\tpossibility 7 13\t可能性がある\nT2\t可能性 18 24\t可能性はない\nA1\tNegated T2\n\
                    T3\tassertive 26 28\t必ず\nA2\tCategory T3 certainty\n\
                    T4\treportive 30 33\tという\n#1\tAnnotatorNotes T4\t確認済み\n";

const DOCCANO: &str = r#"{"id":5,"text":"𠮷野が失敗する可能性がある。\n成功の可能性はない。\n必ず効くという。\n","label":[[7,13,"possibility"],[18,24,"可能性（否定）"],[26,28,"assertive/certainty"],[30,33,"伝聞・引用"]]}
"#;

const WEBANNO: &str = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Modality|category|negated\n\n\n\
    #Text=𠮷野が失敗する可能性がある。\n1-1\t0-8\t𠮷野が失敗する\t_\t_\t\n1-2\t8-11\t可能性\tpossibility[1]\tfalse[1]\t\n\
    1-3\t11-12\tが\tpossibility[1]\tfalse[1]\t\n1-4\t12-14\tある\tpossibility[1]\tfalse[1]\t\n1-5\t14-15\t。\t_\t_\t\n\n\
    #Text=成功の可能性はない。\n2-1\t16-19\t成功の\t_\t_\t\n2-2\t19-25\t可能性はない\t可能性\ttrue\t\n2-3\t25-26\t。\t_\t_\t\n\n\
    #Text=必ず効くという。\n3-1\t27-31\t必ず効く\t_\t_\t\n3-1.1\t27-29\t必ず\tcertainty\t*\t\n\
    3-2\t31-34\tという\treportive\t*\t\n3-3\t34-35\t。\t_\t_\t\n";

fn place() -> Place {
    Place::with(&[
        ("texts/a.txt", TEXT),
        ("brat/a.ann", BRAT),
        ("brat/annotation.conf", "[entities]\n"),
        ("doccano/admin.jsonl", DOCCANO),
        ("webanno/a.txt/admin.tsv", WEBANNO),
        (
            "gold.csv",
            "document,line,start,end,node,stance,category,negated\n\
             a.txt,1,7,13,可能性がある,hedge,possibility,false\na.txt,2,18,24,可能性はない,hedge,possibility,true\n\
             a.txt,3,26,28,必ず,assertive,certainty,false\na.txt,3,30,33,という,hedge,reportive,false\n",
        ),
    ])
}

fn evaluated(place: &Place, gold: &str, against: &str) -> Run {
    let run = place.run(&["evaluate", "--gold", gold, "--against", against, "texts"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{gold} {against}: {}", run.out);
    run
}

#[test]
fn a_coding_is_the_same_in_every_form() {
    let place = place();
    let forms =
        ["brat", "brat/a.ann", "doccano", "doccano/admin.jsonl", "webanno", "webanno/a.txt/admin.tsv"];
    for form in forms {
        let run = evaluated(&place, form, "gold.csv");
        assert!(
            run.out.starts_with("1 document, 3 sentences; 4 markers in the gold coding, 4 found, 4 matched"),
            "{form}: {run:?}"
        );
        assert!(run.out.ends_with("differences: 0\n"), "{form}: {}", run.out);
        let row = |level: &str| run.out.lines().find(|line| line.starts_with(level)).map(str::to_owned);
        assert!(row("same span").is_some_and(|row| row.contains("1.000")), "{form}: {}", run.out);
        // And the program is compared with it.
        let run = place.run(&["evaluate", "--gold", form, "texts"]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{form}: {}", run.out);
    }
}

#[test]
fn line_ends_and_a_byte_order_mark_may_differ_from_the_document() {
    let place = place();
    let windows = format!("\u{feff}{}", TEXT.replace('\n', "\r\n"));
    place.write("texts/a.txt", windows);
    place.write("brat/a.txt", TEXT);
    for form in ["brat", "doccano", "webanno"] {
        let run = place.run(&["evaluate", "--gold", form, "--against", "brat", "texts"]);
        assert!(run.status == Some(0) && run.out.ends_with("differences: 0\n"), "{form}: {run:?}");
    }
}

#[test]
fn a_file_without_a_marker_says_that_its_text_was_read() {
    let place = place();
    place.write("texts/b.txt", "必ず。\n");
    place.write("brat/b.ann", "");
    place
        .write("doccano/admin.jsonl", format!("{DOCCANO}{{\"id\":6,\"text\":\"必ず。\\n\",\"label\":[]}}\n"));
    place.write(
        "webanno/b.txt/admin.tsv",
        "#FORMAT=WebAnno TSV 3.3\n\n\n#Text=\n\n#Text=必ず。\n1-1\t0-2\t必ず\t\n1-2\t2-3\t。\t\n",
    );
    for form in ["brat", "doccano", "webanno"] {
        let run = place.run(&["evaluate", "--gold", form, "--only-coded", "texts"]);
        assert!(
            run.out.starts_with("2 documents, 4 sentences; 4 markers in the gold coding"),
            "{form}: {run:?}"
        );
        assert!(run.out.contains("b.txt:1\textra, certainty"), "{form}: {}", run.out);
    }
}

#[test]
fn a_document_is_found_by_its_text_or_by_its_name() {
    let place = place();
    std::fs::rename(place.path("texts/a.txt"), place.path("texts/other.txt")).unwrap();
    place.write("texts/b.txt", "朝だ。\n");
    for form in ["doccano", "webanno"] {
        let run = place.run(&["evaluate", "--gold", form, "--only-coded", "texts"]);
        assert!(run.out.starts_with("1 document, 3 sentences; 4 markers"), "{form}: {run:?}");
        let run = place.run(&["evaluate", "--gold", form, "texts"]);
        assert!(
            run.out.starts_with("2 documents,") && run.out.contains("1 document without"),
            "{form}: {run:?}"
        );
    }
    // Its own text beside the file is the text that was coded; without it the name is asked.
    place.assert_refused(&["evaluate", "--gold", "brat", "texts"], &[&["a.ann, line 1", "`a`", ".txt"]]);
    place.write("brat/a.txt", TEXT);
    let run = place.run(&["evaluate", "--gold", "brat", "--only-coded", "texts"]);
    assert!(run.out.starts_with("1 document, 3 sentences; 4 markers"), "{run:?}");
    // doccano's file is a table of documents as well.
    let run =
        place.run(&["evaluate", "--gold", "doccano/admin.jsonl", "--id-column", "id", "doccano/admin.jsonl"]);
    assert!(run.out.starts_with("1 document, 3 sentences; 4 markers"), "{run:?}");
}

#[test]
fn what_does_not_fit_is_refused_in_a_line_with_file_place_and_remedy() {
    for (file, from, to, words) in [
        (
            "brat/a.ann",
            "可能性 18",
            "可能性さ 18",
            &["a.ann, line 2", "`可能性さ`", "did you mean 可能性"][..],
        ),
        (
            "brat/a.ann",
            "7 13",
            "6 13",
            &["a.ann, line 1", "`る可能性がある`", "characters 6 to 13", "`可能性がある`"],
        ),
        ("brat/a.ann", "30 33\tという", "300 303\tという", &["a.ann, line 6", "characters 300 to 303"]),
        ("doccano/admin.jsonl", "[26,28", "[26,280", &["admin.jsonl, line 1", "characters 26 to 280"]),
        ("doccano/admin.jsonl", "成功の", "失敗の", &["admin.jsonl, line 1", "no document"]),
        (
            "doccano/admin.jsonl",
            "伝聞・引用",
            "人名",
            &["admin.jsonl, line 1", "`人名`", "conjecture", "Japanese name"],
        ),
        (
            "webanno/a.txt/admin.tsv",
            "=成功の",
            "=失敗の",
            &["admin.tsv, line 1", "a.txt in line 2", "`失敗の可能性はない。"],
        ),
        (
            "webanno/a.txt/admin.tsv",
            "reportive",
            "report",
            &["admin.tsv, line 20", "`report` is no category"],
        ),
    ] {
        let place = place();
        let text = std::fs::read_to_string(place.path(file)).unwrap();
        assert!(text.contains(from), "{file}: {from}");
        place.write(file, text.replacen(from, to, 1));
        let folder = file.split('/').next().unwrap();
        place.assert_refused(&["evaluate", "--gold", folder, "texts"], &[words]);
        place.assert_refused(&["evaluate", "--gold", "gold.csv", "--against", folder, "texts"], &[words]);
    }
    let place = place();
    place.assert_refused(
        &["evaluate", "--gold", "texts", "texts"],
        &[&["texts", "no coding in this folder", "INCEpTION"]],
    );
    place.write("webanno/a.txt/second.tsv", WEBANNO);
    place.assert_refused(
        &["evaluate", "--gold", "webanno", "texts"],
        &[&["second.tsv, line 1", "admin.tsv", "one coder at a time"]],
    );
}

#[test]
fn layers_that_code_something_else_are_named() {
    let place = place();
    let with_topics = WEBANNO
        .replace("|negated\n", "|negated\n#T_SP=webanno.custom.Topic|value\n")
        .lines()
        .map(|line| if line.contains('\t') { format!("{line}動物\t\n") } else { format!("{line}\n") })
        .collect::<String>();
    place.write("webanno/a.txt/admin.tsv", with_topics);
    let run = evaluated(&place, "webanno", "gold.csv");
    assert!(
        run.out.contains("webanno: layers without a category") && run.out.contains("webanno.custom.Topic"),
        "{run:?}"
    );
    assert!(run.out.contains("differences: 0\n"), "{}", run.out);
}

#[test]
fn what_annotate_writes_for_brat_is_read_again() {
    let place = Place::with(&[("empty", "")]);
    let corpus = corpus();
    let texts = corpus.to_str().unwrap();
    let run = place.run(&["annotate", "brat", texts, "--out", "brat"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let run = place.run(&["evaluate", "--gold", "brat", texts]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{}", run.out);
    assert!(run.out.ends_with("differences: 0\n"), "{}", run.out);
    assert!(!run.out.starts_with("1 document,") && !run.out.contains("without a row"), "{}", run.out);
}
