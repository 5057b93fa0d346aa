//! `hedgerow cite`.

use std::fs;

use crate::place::{DOGS, Place, corpus};
use crate::tables::{Table, sha256};

pub fn cite(place: &Place, arguments: &[&str]) -> String {
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
            "10,243 ",
            "217 ",
            "120 ",
            "genre",
            "clinic",
            "77",
            "200 ",
            "HC3",
            "Hardie 2014",
            "Janssen 1997",
            "Holm 1979",
            "Tarone 1990",
        ] {
            assert!(text.contains(words), "{words} is not named in {text}");
        }
        assert!(!text.contains('{') && !text.contains('@'), "{text}");
    }
    // No sentence of the English begins with a figure.
    for sentence in english.replace("al. ", "al ").split(". ") {
        assert!(!sentence.trim_start().starts_with(|first: char| first.is_ascii_digit()), "{sentence}");
    }
    assert!(english.contains("(Pauly, Brunner and Konietschke 2015)"), "{english}");
    for words in
        ["（浅原・松本 2003）", "第 0.1.0 版", "（Pauly・Brunner・Konietschke 2015）", "Lijffijt ほか 2016"]
    {
        assert!(japanese.contains(words), "{words} is not in {japanese}");
    }
    for word in [" and ", " et al", "max-T", "Log Ratio", "hedges", "bootstrap", "p-value"] {
        assert!(!japanese.contains(word), "{word} is in {japanese}");
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
    assert_eq!(
        keys(&two)[4..],
        [
            "lijffijt2016",
            "cochran1977",
            "mackinnon1985",
            "hardie2014",
            "janssen1997",
            "chung2013",
            "phipson2010",
            "westfall1993",
            "tarone1990"
        ]
    );
    let several = cite(&counted(&["--by", "genre"]), &[]);
    assert!(["pauly2015", "holm1979"].iter().all(|key| keys(&several).contains(key)));
    for out in [plain, two, several] {
        let bibtex = out.split("BibTeX").nth(1).unwrap();
        assert_eq!(bibtex.matches('{').count(), bibtex.matches('}').count(), "{bibtex}");
        assert!(!bibtex.contains("{version}") && !bibtex.contains("digest"), "{bibtex}");
    }
}

/// A field of a BibTeX entry.
fn field<'t>(bibtex: &'t str, name: &str) -> Option<&'t str> {
    let mut lines = bibtex.lines().filter_map(|line| line.trim_start().split_once(" = {"));
    let (_, value) = lines.find(|(own, _)| own.trim() == name)?;
    Some(value.trim_end_matches(',').trim_end_matches('}'))
}

#[test]
fn references_are_complete() {
    let texts: toml::Table = include_str!("../../src/report/methods/texts.toml").parse().unwrap();
    let sentences = format!("{:?}{:?}", texts["en"], texts["ja"]);
    for reference in texts["reference"].as_array().unwrap() {
        let [key, short, bibtex] = ["key", "short", "bibtex"].map(|name| reference[name].as_str().unwrap());
        let kind = bibtex.trim().trim_start_matches('@').split('{').next().unwrap();
        let needed: &[&str] = match kind {
            "article" => &["journal", "volume"],
            "book" => &["publisher", "address"],
            "manual" => &["organization"],
            _ => &["howpublished"],
        };
        for name in ["author", "title", "year"].iter().chain(needed) {
            assert!(field(bibtex, name).is_some_and(|value| !value.is_empty()), "{key} has no {name}");
        }
        if kind == "article" {
            assert!(field(bibtex, "pages").or(field(bibtex, "note")).is_some(), "{key}");
        }
        assert!(field(bibtex, "doi").is_none_or(|doi| doi.starts_with("10.") && doi.contains('/')), "{key}");
        let year = field(bibtex, "year").unwrap();
        assert!(short.ends_with(year) && bibtex.trim().ends_with('}'), "{key}");
        let ja = reference.get("ja").map_or(short, |ja| ja.as_str().unwrap());
        assert!(ja.ends_with(year) && !ja.contains(" and ") && !ja.contains("et al"), "{key}: {ja}");
        assert!(sentences.contains(&format!("{{@{key}}}")), "{key} is not cited");
    }
}

/// The year of lindera's reference is that of the release that is used.
#[test]
fn the_year_of_lindera_is_that_of_its_release() {
    let lock: toml::Table = include_str!("../../Cargo.lock").parse().unwrap();
    let packages = lock["package"].as_array().unwrap();
    let lindera = packages.iter().find(|package| package["name"].as_str() == Some("lindera")).unwrap();
    // Released on 2026-09-26; with another version, look up its year.
    assert_eq!(lindera["version"].as_str(), Some("6.2.0"));
}

/// What the paragraph in both languages says of the sample corpus with the variables of docs/which-row.md.
#[test]
fn the_design_of_a_comparison_is_told() {
    let place = Place::with::<&str>(&[]);
    let variables = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/which-row.csv");
    place.count(&[corpus().to_str().unwrap(), "--variables", variables]);
    let assert_told = |arguments: &[&str], told: &[&str], untold: &[&str]| {
        let compared =
            place.run(&[&["compare", "out", "--resamples", "1000", "--force"], arguments].concat());
        assert_eq!((compared.status, compared.err.as_str()), (Some(0), ""));
        let out = cite(&place, &[]);
        for words in told {
            assert!(out.contains(words), "{arguments:?}: {words} is not in {out}");
        }
        for words in untold {
            assert!(!out.contains(words), "{arguments:?}: {words} is in {out}");
        }
    };
    assert_told(
        &["--by", "kind"],
        &[
            "grouped by kind: advertising (n = 14), information (n = 14).",
            "although some have the same site (3 of them city-1)",
            "「site」が同じ文書もあるが（「city-1」が 3 文書など）、文書どうしは互いに独立であるとみなした",
            "1,000 random arrangements of the documents (seed 1;",
            "linearised over documents",
        ],
        &["fewer than ten", "Mantel", "{@", "are exact"],
    );
    assert_told(
        &["--by", "kind", "--cluster", "site"],
        &[
            "advertising (n = 14 in 6 clusters)",
            "the same site as one unit (12 clusters)",
            "（12 クラスター）を単位とした",
            "are exact: all 924 arrangements of the clusters",
            "fewer than ten clusters in advertising, information:",
        ],
        &["taken for independent", "phipson2010", "みなした"],
    );
    assert_told(
        &["--by", "kind", "--within", "medium"],
        &[
            "within the values of medium (print, web)",
            "Mantel and Haenszel 1959",
            "Mantel・Haenszel 1959",
            "doi     = {10.1093/jnci/22.4.719}",
        ],
        &[],
    );
    assert_told(
        &["--by", "phase", "--pair", "company"],
        &["the same company form a pair (14 pairs)", "the groups of a pair are exchanged", "14 対"],
        &["taken for independent", "differ in size and variance"],
    );
    assert_told(
        &["--by", "year", "--ordered"],
        &["2015 (n = 4)", "with each unit of year", "「year」が 1 増えるごと", "Holm 1979"],
        &["Pauly", "Log Ratio", "Westfall"],
    );
    assert_told(
        &["--by", "genre", "--ordered=health,university,clinic,supplement"],
        &["each step of the order", "have an order: health (n = 7), university (n = 7), clinic"],
        &["Pauly"],
    );
    assert_told(&["--by", "year"], &["with each unit of year", "Wald-type", "Pairs of groups"], &[]);
}

#[test]
fn few_documents_and_those_left_out_are_told() {
    let rows = "document,g\na.txt,x\nb.txt,x\nc.txt,x\nd.txt,y\ne.txt,y\nf.txt,y\ng.txt,\n";
    let texts = ["犬", "犬猫", "犬猫猫", "猫犬犬", "猫犬", "猫猫犬犬猫", "犬"];
    let mut files: Vec<(String, String)> = ["a", "b", "c", "d", "e", "f", "g"]
        .iter()
        .zip(texts)
        .map(|(name, text)| (format!("in/{name}.txt"), text.to_owned()))
        .collect();
    files.push(("in/variables.csv".into(), rows.into()));
    let place = Place::with::<&str>(&[]);
    files.iter().for_each(|(path, text)| place.write(path, text));
    place.count_dogs(&["in", "--by", "g"]);
    let out = cite(&place, &[]);
    for words in [
        "leaves out 1 document without a value of g.",
        "「g」の値がない 1 文書は比較から除いた",
        "all 20 arrangements of the documents",
        "There are fewer than ten documents in x, y: only large differences",
        "So few documents allow no p-value below 0.10.",
        "文書が少ないため、p 値が 0.10 を下回ることはない。",
    ] {
        assert!(out.contains(words), "{words} is not in {out}");
    }
}

#[test]
fn unidic_is_named_with_its_reference_and_version() {
    let place = counted(&[]);
    let named = |name: &str| {
        let record = fs::read_to_string(place.path("out/run.json")).unwrap();
        let run: serde_json::Value = serde_json::from_str(&record).unwrap();
        let (body, _) = record.rsplit_once(",\n  \"sha256\": \"").unwrap();
        let body = body.replacen(run["dictionary"]["name"].as_str().unwrap(), name, 1);
        let digest = sha256(format!("{body}\n}}\n").as_bytes());
        place.write("out/run.json", format!("{body},\n  \"sha256\": \"{digest}\"\n}}\n"));
        cite(&place, &[])
    };
    let out = named("UniDic (29 features)");
    for words in [
        "the dictionary UniDic (29 features), version not recorded (Den et al. 2007; SHA-256",
        "（版の記録なし。伝ほか 2007、SHA-256",
    ] {
        assert!(out.contains(words), "{words} is not in {out}");
    }
    assert_eq!(keys(&out)[2], "unidic");
    for name in ["UniDic 3.1.1", "unidic-cwj-202302"] {
        let out = named(name);
        assert!(out.contains(&format!("the dictionary {name} (Den et al. 2007; SHA-256")), "{out}");
    }
}

#[test]
fn every_reference_stands_in_the_documentation() {
    let texts: toml::Table = include_str!("../../src/report/methods/texts.toml").parse().unwrap();
    let documentation = include_str!("../../docs/statistics.md");
    for reference in texts["reference"].as_array().unwrap() {
        let [key, bibtex] = ["key", "bibtex"].map(|field| reference[field].as_str().unwrap());
        if ["hedgerow", "lindera", "ipadic", "unidic"].contains(&key) {
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
    for words in ["grouped by {seed}: {@holm1979} (n = 1), {tokens} (n = 1)", "文書は「{seed}」の値によって"]
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
