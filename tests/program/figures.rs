//! The figures of a run: what they draw is what the tables say, and they are safe whatever the documents say.

use std::collections::BTreeMap;
use std::fs;

use hedgerow::messages::Language;
use hedgerow::report::figures::{self, Figure};
use hedgerow::report::source::Source;
use hedgerow::tables::{RunRecord, RunTables};
use quick_xml::events::Event;

use crate::place::{Place, corpus};
use crate::tables::Table;

const FEW: [&str; 2] = ["--resamples", "200"];

/// Draws the figures of `out` into a folder of its own; gives their texts by file name.
fn drawn(place: &Place) -> BTreeMap<String, String> {
    let out = place.path("out");
    let record = RunRecord::read(&out).unwrap();
    let source = Source::read(RunTables::new(&out, &record.tables), &record).unwrap();
    let figures = Figure::all(&source);
    let folder = place.path("drawn");
    fs::create_dir_all(&folder).unwrap();
    let mut texts = BTreeMap::new();
    for path in figures::write(&folder, &source, &figures).unwrap() {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        texts.insert(name, fs::read_to_string(folder.join(&path)).unwrap());
    }
    for figure in &figures {
        for language in Language::ALL {
            texts.insert(format!("{}-{language}.page", figure.name), figure.svg(language, true));
        }
    }
    texts
}

fn names(texts: &BTreeMap<String, String>) -> Vec<&str> {
    texts.keys().filter_map(|name| name.strip_suffix(".svg")).collect()
}

fn data(place: &Place, name: &str) -> Table {
    Table::read(&place.path("drawn").join("figures").join(format!("{name}.csv")))
}

/// Reads an SVG as XML to its end; gives the names of elements and attributes, and the values of `href`.
fn checked(name: &str, svg: &str) -> (Vec<String>, Vec<String>) {
    let mut reader = quick_xml::Reader::from_str(svg);
    let (mut depth, mut found, mut links) = (0, Vec::new(), Vec::new());
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}"));
        match &event {
            Event::Eof => break,
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        let (Event::Start(element) | Event::Empty(element)) = &event else { continue };
        found.push(String::from_utf8_lossy(element.name().as_ref().as_ref()).into_owned());
        for attribute in element.attributes() {
            let attribute = attribute.unwrap_or_else(|error| panic!("{name}: {error}"));
            let key = String::from_utf8_lossy(attribute.key.as_ref().as_ref()).into_owned();
            if key == "href" {
                links.push(String::from_utf8_lossy(attribute.value.as_ref().as_ref()).into_owned());
            }
            found.push(key);
        }
    }
    assert_eq!(depth, 0, "{name}");
    (found, links)
}

#[test]
fn figures_draw_what_the_tables_say() {
    let place = Place::with::<&str>(&[]);
    place.count(&[&[corpus().to_str().unwrap(), "--by", "genre"], &FEW[..]].concat());
    let texts = drawn(&place);
    assert_eq!(
        names(&texts),
        [
            "correspondence",
            "course",
            "dispersion",
            "forest",
            "heatmap",
            "keyness",
            "positions",
            "sentences",
            "shares"
        ]
    );
    let groups = Table::read(&place.path("out/groups.csv"));
    let row = |group: &str, level: &str, stance: &str, category: &str| {
        let mut rows = groups.rows.iter().filter(|row| {
            [("group", group), ("level", level), ("stance", stance), ("category", category)]
                .iter()
                .all(|(column, cell)| row[*column] == *cell)
        });
        rows.next().unwrap().clone()
    };
    let forest = data(&place, "forest");
    assert_eq!(forest.rows.len(), 8);
    for drawn in &forest.rows {
        let own = row(&drawn["group"], "stance", &drawn["stance"], "");
        for column in ["tokens", "count", "rate", "rate_low", "rate_high"] {
            assert_eq!(drawn[column], own[column], "{drawn:?}");
        }
        assert_eq!(drawn["documents"], own["documents_rated"]);
    }
    let rates: Vec<f64> = forest.rows[..4].iter().map(|row| row["rate"].parse().unwrap()).collect();
    assert!(rates.is_sorted_by(|one, other| one >= other), "{rates:?}");
    let heat = data(&place, "heatmap");
    for drawn in &heat.rows {
        let own = row(&drawn["group"], "category", &drawn["stance"], &drawn["category"]);
        for column in ["count", "rate", "residual"] {
            assert_eq!(drawn[column], own[column], "{drawn:?}");
        }
    }
    // What is denied is in no rate, and in no share.
    let denied = |row: &BTreeMap<String, String>| row["negated"] != "0";
    assert!(Table::read(&place.path("out/categories.csv")).rows.iter().any(denied));
    for drawn in &data(&place, "shares").rows {
        let own = row(&drawn["group"], "category", &drawn["stance"], &drawn["category"]);
        assert_eq!(drawn["count"], own["count"], "{drawn:?}");
    }
    for (name, words) in
        [("shares", "Shares of the affirmed markers"), ("correspondence", "Counts of affirmed markers")]
    {
        assert!(texts[&format!("{name}.svg")].contains(words), "{name} does not say what it counts");
    }
    let course = data(&place, "course");
    for drawn in &course.rows {
        let own = row(&drawn["group"], "stance", &drawn["stance"], "");
        assert_eq!(drawn["share"], own[&format!("fifth_{}", drawn["fifth"])], "{drawn:?}");
    }
    let keys = data(&place, "keyness");
    assert!(!keys.rows.is_empty());
    for drawn in &keys.rows {
        let own = groups.rows.iter().find(|row| {
            row["group"] == drawn["group"] && row["level"] == "marker" && row["measure"] == drawn["marker"]
        });
        let own = own.unwrap();
        for (column, of_groups) in [
            ("range", "range"),
            ("log_ratio", "rest_log_ratio"),
            ("log_ratio_low", "rest_log_ratio_low"),
            ("log_ratio_high", "rest_log_ratio_high"),
        ] {
            assert_eq!(drawn[column], own[of_groups], "{drawn:?}");
        }
        assert!(drawn["range"].parse::<u64>().unwrap() >= 3);
    }
    let documents = Table::read(&place.path("out/documents.csv"));
    let sum = |group: &str, column: &str| -> u64 {
        let rows = documents.rows.iter().filter(|row| row["genre"] == group);
        rows.map(|row| row[column].parse::<u64>().unwrap()).sum()
    };
    for drawn in &data(&place, "sentences").rows {
        let column = format!("sentences_{}", drawn["kind"]);
        assert_eq!(drawn["sentences"], sum(&drawn["group"], &column).to_string());
    }
    let concordance = Table::read(&place.path("out/concordance.csv"));
    for drawn in &data(&place, "positions").rows {
        let hits = concordance.rows.iter().filter(|row| {
            row["negated"] == "false"
                && row["genre"] == drawn["group"]
                && row["stance"] == drawn["stance"]
                && row["position"] == drawn["position"]
        });
        assert_eq!(drawn["count"], hits.count().to_string());
    }
}

#[test]
fn every_document_is_a_point_with_a_link_to_its_lines() {
    let place = Place::with::<&str>(&[]);
    place.count(&[&[corpus().to_str().unwrap(), "--by", "genre"], &FEW[..]].concat());
    let texts = drawn(&place);
    let (_, links) = checked("forest", &texts["forest-ja.page"]);
    let documents = Table::read(&place.path("out/documents.csv"));
    for row in &documents.rows {
        for stance in ["hedge", "assertive"] {
            let document = row["document"].replace('/', "%2F");
            let link = format!("#lines?negated=false&amp;stance={stance}&amp;document={document}");
            assert!(links.contains(&link), "{link}");
        }
    }
}

#[test]
fn hostile_text_is_text_in_every_figure() {
    let hostile = "<script>alert(1)</script>]]>&\" \u{202e}x\u{2066}";
    let text = |end: &str| format!("犬がいる。犬だ。必ず来る。犬かもしれない。雨でしょう。{end}").repeat(3);
    let rows = [
        ("a.txt", "g1"),
        ("b.txt", hostile),
        ("c.txt", hostile),
        ("d.txt", "g1"),
        ("e.txt", "g3"),
        ("f.txt", "g3"),
    ];
    let mut table = "document,genre\n".to_owned();
    let place = Place::with::<&str>(&[]);
    for (at, (name, group)) in rows.iter().enumerate() {
        place.write(&format!("texts/{name}"), text(&"静かだ。".repeat(at)));
        table.push_str(&format!("{name},\"{}\"\n", group.replace('"', "\"\"")));
    }
    place.write("texts/variables.csv", table);
    let marker = "<script>]]>犬";
    let lexicon = format!(
        "category = \"animals\"\nstance = \"hedge\"\n\n[[entry]]\nid = '{marker}'\npattern = '\"犬\"'\nexamples = [\"犬\"]\n"
    );
    place.write("dogs.toml", lexicon);
    place.count(&[&["texts", "--by", "genre", "--lexicon", "dogs.toml"], &FEW[..]].concat());
    let texts = drawn(&place);
    assert!(names(&texts).contains(&"forest") && names(&texts).contains(&"heatmap"), "{:?}", names(&texts));
    for (name, svg) in texts.iter().filter(|(name, _)| !name.ends_with(".csv")) {
        let (found, links) = checked(name, svg);
        for refused in ["script", "style", "class", "foreignObject", "onload", "onclick"] {
            assert!(!found.iter().any(|found| found == refused), "{name} has {refused}");
        }
        assert_eq!(links.is_empty(), name.ends_with(".svg"), "{name}");
        for link in links {
            let rest = link.strip_prefix("#lines?").unwrap_or_else(|| panic!("{name}: {link}"));
            let rest = rest.replace("&amp;", "");
            let is_encoded = |c: char| c.is_ascii_alphanumeric() || "-._~%=".contains(c);
            assert!(rest.chars().all(is_encoded), "{name}: {link}");
        }
        assert!(!svg.contains(['\u{202e}', '\u{2066}', '\u{0}']), "{name}");
    }
}

#[test]
fn the_same_run_has_the_same_figures() {
    let place = Place::with::<&str>(&[]);
    place.count(&[&[corpus().to_str().unwrap(), "--by", "year", "--ordered"], &FEW[..]].concat());
    let first = drawn(&place);
    assert!(names(&first).contains(&"trend"), "{:?}", names(&first));
    assert_eq!(first, drawn(&place));
    let omnibus = Table::read(&place.path("out/omnibus.csv"));
    let changes = data(&place, "changes");
    assert!((2..=15).contains(&changes.rows.len()));
    for drawn in &changes.rows {
        let own =
            omnibus.rows.iter().find(|row| row["level"] == "marker" && row["measure"] == drawn["marker"]);
        let own = own.unwrap();
        for column in ["slope", "slope_low", "slope_high", "documents"] {
            assert_eq!(drawn[column], own[column], "{drawn:?}");
        }
        assert!(drawn["range"].parse::<u64>().unwrap() >= 3);
    }
    // The line of the trend has the slope of the table.
    for stance in ["hedge", "assertive"] {
        let row = omnibus.rows.iter().find(|row| row["measure"] == stance).unwrap();
        let slope: f64 = row["slope"].parse().unwrap();
        let trend = data(&place, "trend");
        let points: Vec<(f64, f64)> = trend
            .rows
            .iter()
            .filter(|row| row["stance"] == stance)
            .map(|row| (row["value"].parse().unwrap(), row["line"].parse().unwrap()))
            .collect();
        let ((from, low), (to, high)) = (points[0], points[points.len() - 1]);
        assert!(((high - low) / (to - from) - slope).abs() < 1e-9, "{stance}: {points:?}");
    }
}

#[test]
fn without_groups_documents_categories_and_markers_are_drawn() {
    let place = Place::with::<&str>(&[]);
    place.count(&[corpus().to_str().unwrap()]);
    let expected = ["categories", "course", "dispersion", "documents", "markers", "positions", "sentences"];
    assert_eq!(names(&drawn(&place)), expected);
}

#[test]
fn there_is_no_figure_of_nothing() {
    let place = Place::with(&[("one.txt", "犬がいる。")]);
    place.count(&["one.txt"]);
    assert_eq!(names(&drawn(&place)), ["sentences"]);
}
