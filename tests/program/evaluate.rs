//! `hedgerow evaluate`.

use crate::place::{Place, corpus};

const HEADER: &str = "document,line,start,end,node,stance,category,negated\n";

/// Two affirmed expectations, one possibility that is denied, and a sentence without a marker.
const TEXT: &str = "効果が期待される。人気も期待される。\n失敗の可能性はない。\n朝になった。\n";

/// The coding of a careful reader: 期待さ from 3 and from 12, 可能性はない from 22.
const RIGHT: &str = "a.txt,1,3,6,期待さ,hedge,expectation,false\n\
                     a.txt,1,12,15,期待さ,hedge,expectation,false\n\
                     a.txt,2,22,28,可能性はない,hedge,possibility,true\n";

fn place(rows: &str) -> Place {
    Place::with(&[("texts/a.txt", TEXT.to_owned()), ("gold.csv", format!("{HEADER}{rows}"))])
}

fn evaluate(rows: &str) -> String {
    let run = place(rows).run(&["evaluate", "--gold", "gold.csv", "texts"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{}", run.out);
    run.out
}

/// Precision, recall and F1 of a row of the first table.
fn figures(out: &str, name: &str) -> Vec<f64> {
    let row = out.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_else(|| panic!("{name}: {out}"));
    let outside_brackets = row.split('[').filter_map(|part| part.split(']').next_back());
    outside_brackets.flat_map(str::split_whitespace).filter_map(|word| word.parse().ok()).collect()
}

#[test]
fn the_same_coding_agrees_in_full() {
    let out = evaluate(RIGHT);
    assert!(
        out.starts_with("1 document, 4 sentences; 3 markers in the gold coding, 3 found, 3 matched"),
        "{out}"
    );
    for measure in ["any marker", "same stance", "same category"] {
        assert_eq!(figures(&out, measure), [1.0, 1.0, 1.0], "{out}");
    }
    assert_eq!(figures(&out, "same `negated`")[0], 1.0);
    assert_eq!(figures(&out, "Cohen's kappa")[0], 1.0);
    assert!(out.ends_with("differences: 0\n"), "{out}");
}

#[test]
fn intervals_have_a_width_where_all_is_right() {
    let out = evaluate(RIGHT);
    for measure in ["any marker", "same stance", "same category"] {
        // Wilson's interval of 3 of 3, and F1 = 2J / (1 + J) of its lower end.
        let row = out.lines().find(|line| line.starts_with(measure)).unwrap();
        let cells: Vec<&str> =
            row[measure.len()..].split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        assert_eq!(cells.concat(), "1.000 [0.439, 1.000]1.000 [0.439, 1.000]1.000 [0.610, 1.000]", "{out}");
    }
    assert!(out.contains("\nsame `negated`  1.000 [0.439, 1.000] of 3"), "{out}");
    assert!(
        out.contains(
            "\nCohen's kappa   1.000 over sentences (hedged, assertive, mixed, unmarked); no\ninterval: it is not"
        ),
        "{out}"
    );
}

#[test]
fn a_resampled_interval_is_kept_where_codings_differ() {
    // Each second hedge is missing in the gold coding, of twelve documents.
    let files: Vec<(String, String)> =
        (0..12).map(|at| (format!("texts/{at:02}.txt"), "効果が期待される。朝だ。\n".to_owned())).collect();
    let rows: String =
        (0..12).step_by(2).map(|at| format!("{at:02}.txt,1,3,6,期待さ,hedge,expectation,false\n")).collect();
    let place = Place::with(&[("gold.csv", format!("{HEADER}{rows}"))]);
    files.iter().for_each(|(name, text)| place.write(name, text));
    let out = place.run(&["evaluate", "--gold", "gold.csv", "texts"]).out;
    let row = out.lines().find(|line| line.starts_with("any marker")).unwrap();
    // 6 of 12 and 6 of 6; the bootstrap over documents is wider than Wilson's interval of 6 / 12 would make F1.
    assert!(row.contains("0.500 [0.254, 0.746]") && row.contains("1.000 [0.610, 1.000]"), "{out}");
    let (f1, rest) = row.rsplit_once('[').unwrap();
    assert!(f1.trim_end().ends_with("0.667") && !rest.starts_with("0.405"), "{out}");
    assert!(out.replace('\n', " ").contains("bootstrap over documents"), "{out}");
    let kappa = out.lines().find(|line| line.starts_with("Cohen's kappa")).unwrap();
    assert!(kappa.contains("[0.") && !kappa.contains("no interval"), "{out}");
}

#[test]
fn precision_is_a_share_of_what_was_found_and_recall_of_the_gold_coding() {
    // Three markers are found, of which the gold coding has two.
    let out = evaluate(RIGHT.split_inclusive('\n').skip(1).collect::<String>().as_str());
    for measure in ["any marker", "same stance", "same category"] {
        assert_eq!(figures(&out, measure), [0.667, 1.0, 0.8], "{out}");
    }
    let expectation = out.lines().find(|line| line.starts_with("expectation")).unwrap();
    let cells: Vec<&str> = expectation.split_whitespace().collect();
    // Wilson's intervals of 1 of 2 and 1 of 1, and F1 from that of 1 / 2, as one resample has no marker.
    let expected = "expectation 0.50 [0.09, 0.91] 1.00 [0.21, 1.00] 0.67 [0.17, 0.95] 1 2";
    assert_eq!(cells, expected.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn misses_extras_and_differences_are_counted_and_shown_in_their_sentence() {
    // One marker is not in the gold coding, one is there and not found, one has another category, one is affirmed.
    let out = evaluate(
        "a.txt,1,3,6,期待さ,hedge,conjecture,false\n\
         a.txt,2,22,28,可能性はない,hedge,possibility,false\n\
         a.txt,3,30,31,朝,assertive,certainty,false\n",
    );
    let third = 0.667;
    assert_eq!(figures(&out, "any marker"), [third, third, third]);
    assert_eq!(figures(&out, "same stance"), [third, third, third]);
    assert_eq!(figures(&out, "same category"), [0.333, 0.333, 0.333]);
    assert_eq!(figures(&out, "same `negated`")[0], 0.5);
    for line in [
        "a.txt:1\tcategory, gold conjecture, found expectation (期待される)\t効果が【期待さ】れる。",
        "a.txt:1\textra, expectation (期待される)\t人気も【期待される】。",
        "a.txt:2\tnegated, gold false, found true (",
        "a.txt:3\tmiss, certainty\t【朝】になった。",
    ] {
        assert!(out.lines().any(|other| other.starts_with(line)), "{line} is not in\n{out}");
    }
    assert!(out.contains("\ndifferences: 4\n"), "{out}");
}

#[test]
fn a_spreadsheet_s_true_and_a_byte_order_mark_are_read() {
    let rows = format!("\u{feff}{HEADER}{}", RIGHT.replace("false", "FALSE").replace("true", "TRUE"));
    let place = place("");
    place.write("gold.csv", rows);
    let run = place.run(&["evaluate", "--gold", "gold.csv", "texts"]);
    assert!(run.out.ends_with("differences: 0\n"), "{run:?}");
}

#[test]
fn intervals_come_from_documents_where_there_are_enough_and_else_from_sentences() {
    let out = evaluate(RIGHT).replace('\n', " ");
    assert!(out.contains("bootstrap over sentences, 2000 resamples, seed 1;"), "{out}");
    let place = place("");
    let corpus = corpus();
    let run = place.run(&["evaluate", "--gold", "gold.csv", corpus.to_str().unwrap()]);
    assert!(run.out.replace('\n', " ").contains("bootstrap over documents"), "{run:?}");
    assert_eq!(run.out, place.run(&["evaluate", "--gold", "gold.csv", corpus.to_str().unwrap()]).out);
}

#[test]
fn a_gold_coding_that_does_not_fit_is_refused_with_its_line() {
    let good = "a.txt,1,3,6,期待さ,hedge,expectation,false\n";
    for (row, words) in [
        (
            "a.txt,1,2,5,期待さ,hedge,expectation,false\n",
            &["line 3", "`が期待`", "`期待さ`", "characters 2 to 5"][..],
        ),
        ("a.txt,9,900,903,期待さ,hedge,expectation,false\n", &["line 3", "nothing", "characters 900 to 903"]),
        ("a.txt,1,3,6,期待さ,hedge,hope,false\n", &["line 3", "`hope`", "not in the lexicon"]),
        ("a.txt,1,3,6,期待さ,hedging,expectation,false\n", &["line 3", "hedge or assertive", "`hedging`"]),
        ("a.txt,1,3,6,期待さ,hedge,expectation,no\n", &["line 3", "`no`", "true or false"]),
        ("b.txt,1,3,6,期待さ,hedge,expectation,false\n", &["line 3", "b.txt", "not among the documents"]),
        ("a.txt,1,3\n", &["line 3", "expected the columns", "document,line,start"]),
    ] {
        let words: Vec<&str> = ["gold.csv"].iter().chain(words).copied().collect();
        place(&format!("{good}{row}"))
            .assert_refused(&["evaluate", "--gold", "gold.csv", "texts"], &[&words]);
    }
    let place = place("");
    place.write("gold.csv", "document,start\na.txt,1\n");
    place.assert_refused(
        &["evaluate", "--gold", "gold.csv", "texts"],
        &[&["gold.csv", "is missing", "expected the columns"]],
    );
    place
        .assert_refused(&["evaluate", "--gold", "nosuch.csv", "texts"], &[&["nosuch.csv", "check the path"]]);
}

#[test]
fn a_judged_sheet_is_no_coding_and_the_command_for_it_is_named() {
    let place = place(RIGHT);
    let run = place.run(&["count", "texts", "--out", "out"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    for (name, sentences) in [("sheet.csv", "2"), ("sheet.xlsx", "2"), ("hits.csv", "0")] {
        let run = place.run(&["sample", "out", "texts", "--sentences", sentences, "--out", name]);
        assert_eq!(run.status, Some(0), "{run:?}");
        let words = [name, "line 1", "`hedgerow correct RUN SHEET`"];
        place.assert_refused(&["evaluate", "--gold", name, "texts"], &[&words]);
        place.assert_refused(&["evaluate", "--gold", "gold.csv", "--against", name, "texts"], &[&words]);
    }
}

/// Lines of one width, so that all but the last go on in the next; the node 期待さ stands on the fourth line.
fn wrapped() -> String {
    let line = "この報告はとても長い文を決まった幅で折り返したものであって";
    [line, line, line, "どの行も次の行へと続いているのだから効果は大いに期待さ", "れる。", ""].join("\n")
}

#[test]
fn a_difference_stands_at_the_line_of_its_sentence_and_on_one_line() {
    let place = Place::with(&[("texts/a.txt", wrapped().as_bytes()), ("gold.csv", HEADER.as_bytes())]);
    let run = place.run(&["evaluate", "--wrapped", "--gold", "gold.csv", "texts"]);
    let row = run.out.lines().find(|line| line.contains("【期待")).unwrap_or_else(|| panic!("{run:?}"));
    assert!(row.starts_with("a.txt:1\textra, expectation (期待される)\tこの報告は"), "{row}");
    assert!(row.contains("折り返したものであって この報告は") && row.ends_with('。'), "{row}");
    // Line ends of an old Macintosh.
    let place = Place::with(&[("texts/a.txt", "朝だ。\r夜だ。\r効果が期待される。\r"), ("gold.csv", HEADER)]);
    let run = place.run(&["evaluate", "--gold", "gold.csv", "texts"]);
    assert!(run.out.contains("a.txt:3\textra, expectation (期待される)\t効果が【"), "{run:?}");
}

#[test]
fn the_line_of_a_gold_marker_is_that_of_its_sentence_or_its_own() {
    let text = wrapped();
    let start =
        text.chars().collect::<Vec<_>>().windows(3).position(|three| three == ['期', '待', 'さ']).unwrap();
    let row =
        |line: u64| format!("{HEADER}a.txt,{line},{start},{},期待さ,hedge,expectation,false\n", start + 3);
    for line in 0..6 {
        let place = Place::with(&[("texts/a.txt", text.clone()), ("gold.csv", row(line))]);
        let arguments = ["evaluate", "--wrapped", "--gold", "gold.csv", "texts"];
        if (1..=4).contains(&line) {
            let run = place.run(&arguments);
            assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "line {line}");
        } else {
            let place_and_line = format!("`期待さ` stands on line 4 of a.txt, not on line {line}");
            place.assert_refused(&arguments, &[&["gold.csv, line 2", &place_and_line]]);
        }
    }
}

#[test]
fn a_document_that_cannot_be_read_is_refused_without_an_option_that_there_is_not() {
    let place = Place::with(&[("a.txt", &b"a\0"[..]), ("gold.csv", HEADER.as_bytes())]);
    let arguments = ["evaluate", "--gold", "gold.csv", "a.txt"];
    place.assert_refused(&arguments, &[&["a.txt", "NUL"]]);
    assert!(!place.run(&arguments).err.contains("--skip"));
}

#[test]
fn a_coding_of_a_row_of_blanks_is_a_miss() {
    let place = Place::with(&[
        ("a.csv", "id,text\nx,　\ny,犬だろう。\n"),
        (
            "gold.csv",
            "document,line,start,end,node,stance,category,negated\na.csv#x,1,0,1,　,hedge,conjecture,false\n",
        ),
    ]);
    let run = place.run(&["evaluate", "--gold", "gold.csv", "--id-column", "id", "a.csv"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("a.csv#x:1\tmiss, conjecture"), "{}", run.out);
}

/// The rows of a table that was written, each with its cells.
fn rows(place: &Place, table: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(place.path(table)).unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn figures_and_differences_are_written() {
    let gold =
        "a.txt,1,3,6,期待さ,hedge,conjecture,false\na.txt,2,22,28,可能性はない,hedge,possibility,false\n";
    let place = place(gold);
    let run = place.run(&["evaluate", "--gold", "gold.csv", "texts", "--out", "out"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{}", run.out);
    let figures = rows(&place, "out/evaluation.csv");
    let figure = |level: &str, category: &str, measure: &str| {
        let row = figures.iter().find(|row| [&row[0], &row[1], &row[3]] == [level, category, measure]);
        row.unwrap_or_else(|| panic!("{level} {category} {measure}"))[4..].to_vec()
    };
    let recall = figure("any marker", "", "recall");
    assert_eq!((recall[0].as_str(), &recall[3..]), ("1", &["2", "3", "2"].map(String::from)[..]));
    assert_eq!(figure("same category", "", "precision")[3..], ["1", "3", "2"]);
    // The program's span goes to the end of 期待される.
    assert_eq!(figure("same span", "", "recall")[3..], ["1", "3", "2"]);
    assert_eq!(figure("same negated", "", "share")[0], "0.5");
    assert_eq!(figure("same category", "certainty", "f1")[..3], ["", "", ""]);
    let differences = rows(&place, "out/differences.csv");
    let kinds: Vec<[&str; 4]> =
        differences.iter().map(|row| [&*row[2], &*row[4], &*row[6], &*row[8]]).collect();
    assert_eq!(
        kinds,
        [
            ["3", "category", "期待さ", "conjecture"],
            ["12", "extra", "期待される", ""],
            ["22", "negated", "可能性はない", "possibility"]
        ]
    );
    assert_eq!(differences[2][9..12], ["false", "possibility", "true"]);
    let described = rows(&place, "out/columns.csv");
    let tables: std::collections::BTreeSet<&str> = described.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(tables.into_iter().collect::<Vec<_>>(), ["columns", "differences", "evaluation"]);
    place.assert_refused(&["evaluate", "--gold", "gold.csv", "texts", "--out", "out"], &[&["out", "exists"]]);
}

#[test]
fn documents_without_a_row_are_told_and_can_be_left_out() {
    let place = place(RIGHT);
    place.write("texts/b.txt", "必ず。\n");
    place.write("texts/c.txt", "朝だ。\n");
    let found = |out: &str| out.split_once(" found,").unwrap().0.rsplit(' ').next().unwrap().to_owned();
    let run = place.run(&["evaluate", "--gold", "gold.csv", "texts"]);
    assert!(run.out.contains("2 documents without a row") && found(&run.out) == "4", "{run:?}");
    let run = place.run(&["evaluate", "--gold", "gold.csv", "--only-coded", "texts"]);
    assert!(run.out.starts_with("1 document,") && found(&run.out) == "3", "{run:?}");
    // A row with a document alone says that it was read.
    place.write("gold.csv", format!("{HEADER}{RIGHT}b.txt,,,,,,,\n"));
    let run = place.run(&["evaluate", "--gold", "gold.csv", "--only-coded", "texts"]);
    assert!(run.out.starts_with("2 documents,") && found(&run.out) == "4", "{run:?}");
    place.write("read.csv", "note,document\n,a.txt\n,c.txt\n");
    let run = place.run(&["evaluate", "--gold", "gold.csv", "--documents", "read.csv", "texts"]);
    // b.txt has a row in the gold coding, which must not be left out in silence.
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.err.contains("gold.csv, line 5") && run.err.contains("b.txt"), "{run:?}");
    place.write("gold.csv", format!("{HEADER}{RIGHT}"));
    let run = place.run(&["evaluate", "--gold", "gold.csv", "--documents", "read.csv", "texts"]);
    assert!(run.out.starts_with("2 documents,") && run.out.contains("1 document that the table"), "{run:?}");
    place.write("read.csv", "document\nd.txt\n");
    let documents = ["evaluate", "--gold", "gold.csv", "--documents", "read.csv", "texts"];
    place.assert_refused(&documents, &[&["read.csv, line 2", "d.txt"]]);
    place.write("read.csv", "name\nd.txt\n");
    place.assert_refused(&documents, &[&["read.csv, line 1", "`document`"]]);
}

#[test]
fn two_readers_are_compared_without_the_program() {
    let place = place(RIGHT);
    let first = RIGHT.split_inclusive('\n').next().unwrap();
    place.write("second.csv", format!("{HEADER}{first}a.txt,3,30,31,朝,assertive,certainty,false\n"));
    let run = place.run(&["evaluate", "--gold", "gold.csv", "--against", "second.csv", "texts"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{}", run.out);
    assert_eq!(figures(&run.out, "same category"), [0.5, 0.333, 0.4], "{}", run.out);
    assert!(run.out.contains("a.txt:3\textra, certainty\t【朝】になった。"), "{}", run.out);
    place.write("second.csv", format!("{HEADER}x.txt,1,3,6,期待さ,hedge,expectation,false\n"));
    place.assert_refused(
        &["evaluate", "--gold", "gold.csv", "--against", "second.csv", "texts"],
        &[&["second.csv, line 2", "x.txt"]],
    );
}

#[test]
fn a_concordance_is_a_gold_coding_again() {
    let text = "=1必ず効く。\n－必ず効くとは限らない。可能性がある。\n";
    let place = Place::with(&[("texts/=a.txt", text)]);
    place.write("own.toml", "category = \"animals\"\nstance = \"hedge\"\nterm = \"動物\"\n\n[[entry]]\nid = \"sum\"\npattern = '\"=\" \"1\"'\nexamples = [\"=1\"]\n");
    place.count(&["texts", "--lexicon", "own.toml"]);
    for (name, encode) in [("utf8.csv", false), ("sjis.csv", true)] {
        let table = std::fs::read_to_string(place.path("out/concordance.csv")).unwrap();
        assert!(table.contains("'=1") && table.contains("'=a.txt"), "{table}");
        let table = table.trim_start_matches('\u{feff}').replace("false", "FALSE");
        let bytes =
            if encode { encoding_rs::SHIFT_JIS.encode(&table).0.into_owned() } else { table.into_bytes() };
        place.write(name, bytes);
        let run = place.run(&["evaluate", "--gold", name, "--lexicon", "own.toml", "texts"]);
        assert!(run.status == Some(0) && run.out.ends_with("differences: 0\n"), "{name}: {run:?}");
    }
}
