//! `hedgerow cite`.

use std::fs;

use crate::place::{DOGS, Place, corpus};
use crate::tables::Table;

fn cite(place: &Place, arguments: &[&str]) -> String {
    let run = place.run(&[&["cite", "out"], arguments].concat());
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{arguments:?}");
    run.out
}

/// The sample corpus counted, and compared by a variable that is given.
fn counted(by: &[&str]) -> Place {
    let place = Place::with::<&str>(&[]);
    let few = if by.is_empty() { &[][..] } else { &["--resamples", "200", "--seed", "77"] };
    place.count(&[&[corpus().to_str().unwrap()], by, few].concat());
    place
}

/// Two groups of the sample corpus, with names that LaTeX would read as commands.
fn in_two() -> Place {
    let place = Place::with::<&str>(&[]);
    let mut variables = String::from("document,a_b\n");
    for genre in ["clinic", "health"] {
        for entry in fs::read_dir(corpus().join(genre)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            place.write(&format!("in/{name}"), fs::read(&path).unwrap());
            variables += &format!("{name},{genre} & 50%\n");
        }
    }
    place.write("in/variables.csv", variables);
    place.count(&["in", "--by", "a_b", "--resamples", "200"]);
    place
}

#[test]
fn the_paragraph_names_what_was_run() {
    let place = counted(&["--by", "genre"]);
    let out = cite(&place, &[]);
    let run: serde_json::Value =
        serde_json::from_slice(&fs::read(place.path("out/run.json")).unwrap()).unwrap();
    let digest = run["lexicon"]["sha256"].as_str().unwrap();
    let [english, rest] = out.split("日本語").collect::<Vec<_>>()[..] else { panic!("{out}") };
    let [japanese, bibtex] = rest.split("BibTeX").collect::<Vec<_>>()[..] else { panic!("{out}") };
    for text in [english, japanese] {
        for words in [
            run["hedgerow"].as_str().unwrap(),
            run["lindera"].as_str().unwrap(),
            run["dictionary"]["name"].as_str().unwrap(),
            &digest[..12],
            "28 ",
            "723 ",
            "10,290 ",
            "212 ",
            "118 ",
            "genre",
            "clinic",
            "77",
            "200 ",
            "Kruskal and Wallis 1952",
            "Holm 1979",
        ] {
            assert!(text.contains(words), "{words} is not named in {text}");
        }
        assert!(!text.contains('{') && !text.contains('@'), "{text}");
    }
    assert!(bibtex.contains(digest) && bibtex.contains(run["dictionary"]["sha256"].as_str().unwrap()));
}

/// The keys of the BibTeX entries of an output.
fn keys(out: &str) -> Vec<&str> {
    let entries = out.lines().filter_map(|line| line.strip_prefix('@'));
    entries.map(|entry| entry.split(['{', ',']).nth(1).unwrap()).collect()
}

#[test]
fn the_bibliography_has_what_is_named_and_nothing_else() {
    let plain = cite(&counted(&[]), &[]);
    assert_eq!(keys(&plain), ["hedgerow", "lindera", "ipadic", "hyland2005"]);
    assert!(!plain.contains("Holm"));
    let two = cite(&in_two(), &[]);
    assert!(keys(&two).contains(&"phipson2010") && !keys(&two).contains(&"kruskal1952"));
    let several = cite(&counted(&["--by", "genre"]), &[]);
    assert!(keys(&several).contains(&"kruskal1952"));
    for out in [plain, two, several] {
        let bibtex = out.split("BibTeX").nth(1).unwrap();
        assert_eq!(bibtex.matches('{').count(), bibtex.matches('}').count(), "{bibtex}");
        assert!(!bibtex.contains("{version}") && !bibtex.contains("digest"), "{bibtex}");
    }
}

#[test]
fn every_reference_stands_in_the_documentation() {
    let texts: toml::Table = include_str!("../../src/cli/cite/texts.toml").parse().unwrap();
    let documentation = include_str!("../../docs/statistics.md");
    for reference in texts["reference"].as_array().unwrap() {
        let [key, bibtex] = ["key", "bibtex"].map(|field| reference[field].as_str().unwrap());
        if ["hedgerow", "lindera", "ipadic"].contains(&key) {
            continue;
        }
        let field = |name: &str| {
            let line = bibtex.lines().find(|line| line.trim_start().starts_with(name)).unwrap();
            line.split_once('{').unwrap().1.trim_end_matches([',', '}']).to_owned()
        };
        let (author, year) = (field("author"), field("year"));
        let author = author.split(',').next().unwrap();
        let named =
            documentation.lines().any(|line| line.contains(author) && line.contains(&format!("({year})")));
        assert!(named, "docs/statistics.md does not name {author} ({year})");
    }
}

#[test]
fn numbers_agree_with_their_nouns() {
    let place = Place::with(&[("a.txt", "犬")]);
    place.count_dogs(&["a.txt"]);
    let out = cite(&place, &[]);
    assert!(out.contains("has 1 document, 1 sentence and 1 token ("), "{out}");
    assert!(out.contains("with 1 hedge and 0 assertive markers;"), "{out}");
}

#[test]
fn braces_in_names_of_the_users_own_stay_as_they_are() {
    let place = Place::with(&[
        ("in/a.txt", "犬"),
        ("in/b.txt", "犬"),
        ("in/variables.csv", "document,{seed}\na.txt,{tokens}\nb.txt,{@holm1979}\n"),
    ]);
    place.count_dogs(&["in", "--by", "{seed}", "--resamples", "100"]);
    let out = cite(&place, &[]);
    for words in ["grouped by {seed}: {@holm1979} (n = 1), {tokens} (n = 1)", "文書は {seed} によって"]
    {
        assert!(out.contains(words), "{words} is not in {out}");
    }
    assert!(!keys(&out).contains(&"{tokens}"));
    let table = cite(&place, &["--latex"]);
    assert!(
        table.contains(r"by \{seed\}: rates") && table.contains(r"Log Ratio of \{@holm1979\} against"),
        "{table}"
    );
}

#[test]
fn names_with_line_ends_and_control_characters_are_on_one_line() {
    let group = "\"[x]\nnew\r\n\nli\u{7}ne\"";
    let place = Place::with(&[
        ("in/a.txt", "犬"),
        ("in/b.txt", "犬"),
        ("in/variables.csv", &format!("document,g\na.txt,{group}\nb.txt,{{y\n")),
    ]);
    place.count_dogs(&["in", "--by", "g", "--resamples", "100"]);
    let table = cite(&place, &["--latex"]);
    assert!(table.contains("by g: rates") && table.contains("Log Ratio of [x] new li ne against"), "{table}");
    assert!(table.contains("\n & [x] new li ne & \\{y & Log Ratio"), "{table}");
    let paragraph = cite(&place, &[]);
    assert!(paragraph.contains("grouped by g: [x] new li ne (n = 1), {y (n = 1)"), "{paragraph}");
    // A heading, a paragraph and a blank line for each language; then the BibTeX.
    assert_eq!(paragraph.lines().nth(4), Some("日本語"));
}

#[test]
fn a_category_that_begins_with_a_bracket_is_no_option_of_the_line_before() {
    let place = Place::with(&[
        ("in/a.txt", "犬"),
        ("in/b.txt", "犬"),
        ("in/variables.csv", "document,g\na.txt,x\nb.txt,y\n"),
        ("l.toml", &DOGS.replace("\"animals\"", "\"[animals]\"")),
    ]);
    place.count(&["in", "--lexicon", "l.toml", "--by", "g", "--resamples", "100"]);
    assert!(cite(&place, &["--latex"]).contains("\n{}[animals] & "));
}

#[test]
fn entries_of_ones_own_are_named() {
    let place = Place::with(&[("a.txt", "犬")]);
    place.count_dogs(&["a.txt"]);
    let out = cite(&place, &[]);
    assert!(
        out.contains("entries of our own from dogs.toml") && out.contains("独自の項目（dogs.toml）"),
        "{out}"
    );
}

#[test]
fn the_latex_table_has_the_figures_of_the_tables() {
    for (place, columns) in [(in_two(), 5), (counted(&["--by", "genre"]), 6)] {
        let out = cite(&place, &["--latex"]);
        let rows: Vec<&str> = out.lines().filter(|line| line.ends_with("\\\\")).collect();
        // The head, two stances, six shares and eleven categories.
        assert_eq!(rows.len(), 1 + 2 + 6 + 11, "{out}");
        for row in &rows {
            let cells = row.replace("\\&", "").matches('&').count() + 1;
            assert_eq!(cells, columns, "{row}");
        }
        assert_eq!(out.matches('{').count(), out.matches('}').count(), "{out}");
        for rule in ["\\toprule", "\\bottomrule", "\\begin{table}", "\\end{table}"] {
            assert_eq!(out.matches(rule).count(), 1, "{out}");
        }
        let groups = Table::read(&place.path("out/groups.csv"));
        let first = &groups.rows[0];
        let rate: f64 = first["rate"].parse().unwrap();
        assert!(rows[1].starts_with(&format!("hedge & {rate:.2} ")), "{}", rows[1]);
    }
    let out = cite(&in_two(), &["--latex"]);
    assert!(out.contains("clinic \\& 50\\% & health \\& 50\\%") && out.contains("a\\_b"), "{out}");
}

#[test]
fn what_cannot_be_cited_is_refused() {
    let place = Place::with(&[("a.txt", "犬")]);
    place.assert_refused(&["cite", "out"], &[&["out", "no finished run"]]);
    place.count(&["a.txt"]);
    place.assert_refused(
        &["cite", "out", "--latex"],
        &[&["out: no groups are compared there", "hedgerow compare out --by"]],
    );
}
