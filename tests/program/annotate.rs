//! Annotated texts: what other programs read of them is the text, and the markers are those of the concordance.

use std::fs;

use crate::place::Place;
use crate::tables::Table;

/// Texts that are easily mangled.
const TEXTS: [(&str, &str); 4] = [
    ("in/a.txt", "\n\n　効果が期待される。 <script>alert(1)</script> & \"必ず\" 実現します。\r\n\r\n"),
    (
        "in/b.txt",
        "𠮷野家では効果が\u{200b}期待\u{ad}される。\u{85}ﾊﾞﾅﾅは必ず|\\_効くでしょう。\u{2028}]]> the  fox\tjumps",
    ),
    (
        "in/c/wrapped.txt",
        "この薬の効果は多くの利用者に長いあいだ期待\nされています。そして、この薬の効果はいつか必\nず証明されることでしょうし、また実現もされる\nはずです。そうなれば多くの利用者に喜ばれるに\n違いありません。\n",
    ),
    ("in/d.txt", "効果は証明されていません。効果が期待できるか。「必ず効く」という。"),
];

fn place() -> Place {
    Place::with(&TEXTS)
}

fn written(place: &Place, format: &str) {
    let run = place.run(&["annotate", format, "in", "--out", format, "--wrapped=always"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{run:?}");
    assert!(run.out.ends_with(&format!(": {format}\n")) && run.out.contains("4 documents, "), "{}", run.out);
}

/// The documents, with their texts and the rows that the concordance has of them.
fn documents(place: &Place) -> Vec<(String, String, Table)> {
    let run = place.run(&["count", "in", "--out", "stats", "--wrapped=always"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let read = |(path, text): &(&str, &str)| {
        let name = path.strip_prefix("in/").unwrap().to_owned();
        let mut hits = Table::read(&place.path("stats/concordance.csv"));
        hits.rows.retain(|row| row["document"] == name);
        (name, (*text).to_owned(), hits)
    };
    TEXTS.iter().map(read).collect()
}

fn read(place: &Place, path: &str) -> String {
    fs::read_to_string(place.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A value of CoNLL-U's last column.
fn unescaped(value: &str) -> String {
    let mut text = String::new();
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match (character, if character == '\\' { characters.next() } else { None }) {
            (_, Some('s')) => text.push(' '),
            (_, Some('t')) => text.push('\t'),
            (_, Some('n')) => text.push('\n'),
            (_, Some('r')) => text.push('\r'),
            (_, Some('p')) => text.push('|'),
            (_, Some('u')) => {
                let code: String = characters.by_ref().skip(1).take_while(|c| *c != '}').collect();
                text.push(char::from_u32(u32::from_str_radix(&code, 16).unwrap()).unwrap());
            }
            (_, Some(other)) => text.push(other),
            (plain, None) => text.push(plain),
        }
    }
    text
}

#[test]
fn conllu_put_together_again_is_the_text() {
    let place = place();
    written(&place, "conllu");
    for (name, text, hits) in documents(&place) {
        let file = read(&place, &format!("conllu/{name}.conllu"));
        let (mut again, mut markers) = (String::new(), Vec::new());
        for line in file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 10, "{line}");
            let misc: Vec<(&str, String)> = (cells[9].split('|').filter_map(|pair| pair.split_once('=')))
                .map(|(key, value)| (key, unescaped(value)))
                .collect();
            let value = |key| misc.iter().find(|(known, _)| *known == key).map(|(_, value)| value.as_str());
            again += value("SpacesBefore").unwrap_or_default();
            let form = value("SpacesInToken").unwrap_or(cells[1]);
            again += form;
            let default = if value("SpaceAfter") == Some("No") { "" } else { " " };
            again += value("SpacesAfter").unwrap_or(default);
            match value("Part") {
                Some("B") => markers.push(
                    [value("Marker"), value("Stance"), value("Negated")].map(|v| v.unwrap().to_owned()),
                ),
                Some("I") => {}
                part => assert_eq!((part, value("Marker")), (None, None), "{line}"),
            }
        }
        assert_eq!(again, text, "{name}");
        let expected: Vec<_> =
            hits.rows.iter().map(|row| ["marker", "stance", "negated"].map(|key| row[key].clone())).collect();
        assert_eq!(markers, expected, "{name}");
    }
}

#[test]
fn brat_cuts_each_node_from_the_text() {
    let place = place();
    written(&place, "brat");
    for (name, text, hits) in documents(&place) {
        let kept = read(&place, &format!("brat/{name}.txt"));
        assert_eq!(kept, text, "{name}");
        let characters: Vec<char> = kept.chars().collect();
        let file = read(&place, &format!("brat/{name}.ann"));
        let spans: Vec<&str> = file.lines().filter(|line| line.starts_with('T')).collect();
        assert_eq!(spans.len(), hits.rows.len(), "{name}");
        for (line, row) in spans.iter().zip(&hits.rows) {
            let [_, span, node] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let (stance, offsets) = span.split_once(' ').unwrap();
            assert_eq!(stance, row["stance"]);
            let cut = |fragment: &str| {
                let (start, end) = fragment.split_once(' ').unwrap();
                characters[start.parse().unwrap()..end.parse().unwrap()].iter().collect::<String>()
            };
            assert_eq!(offsets.split(';').map(cut).collect::<Vec<_>>().join(" "), node, "{line}");
            assert_eq!(node, row["node"].replace('\n', " "));
            assert!(
                offsets.starts_with(&format!("{} ", row["start"]))
                    && offsets.ends_with(&format!(" {}", row["end"]))
            );
        }
    }
    assert!(read(&place, "brat/annotation.conf").contains("Category\tArg:<ENTITY>, Value:conjecture|"));
}

#[test]
fn tei_holds_the_text_and_points_to_its_words() {
    let place = place();
    written(&place, "tei");
    for (name, text, hits) in documents(&place) {
        let file = read(&place, &format!("tei/{name}.xml"));
        let body = file.split_once("xml:space=\"preserve\">").unwrap().1.split_once("</ab>").unwrap().0;
        let (mut again, mut words) = (String::new(), Vec::new());
        for part in body.split('<') {
            let (tag, content) = part.split_once('>').unwrap_or(("", part));
            let content = content
                .replace("&#13;", "\r")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
            if tag.starts_with("w ") {
                words.push(content.clone());
            }
            again += &content;
        }
        assert_eq!(again, text, "{name}");
        let spans: Vec<&str> = file.lines().filter(|line| line.starts_with("<span from")).collect();
        assert_eq!(spans.len(), hits.rows.len());
        for (span, row) in spans.iter().zip(&hits.rows) {
            let id = |key: &str| {
                span.split_once(&format!("{key}=\"#w"))
                    .unwrap()
                    .1
                    .split('"')
                    .next()
                    .unwrap()
                    .parse::<usize>()
                    .unwrap()
            };
            let node: String = words[id("from") - 1..id("to")].concat();
            let without = |text: &str| text.replace(['\u{ad}', '\n'], "");
            assert_eq!(without(&node), without(&row["node"]), "{span}");
            assert!(span.contains(&format!("ana=\"#{}\"", row["stance"])));
            assert!(span.contains(&format!("<note type=\"marker\">{}</note>", row["marker"])));
        }
    }
}

#[test]
fn vertical_text_has_a_token_a_line_and_every_marker() {
    let place = Place::with(&[
        ("in/a.txt", "効果が期待される。<b>必ず</b>効く。"),
        ("in/b.txt", "雨だ。"),
        ("in/variables.csv", "document,genre,年\na.txt,\"x \"\"<y>\"\"\",2020\n"),
    ]);
    let run = place.run(&["annotate", "vertical", "in", "--out", "out"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.out.contains("年") && run.out.contains("variable_2"), "{}", run.out);
    let file = read(&place, "out/annotated.vrt");
    assert!(
        file.starts_with(
            "<text id=\"a.txt\" genre=\"x &quot;&lt;y&gt;&quot;\" variable_2=\"2020\">\n<s n=\"1\">\n効果\t"
        ),
        "{file}"
    );
    assert!(file.contains("</text>\n<text id=\"b.txt\" genre=\"\" variable_2=\"\">\n"), "{file}");
    for line in file.lines().filter(|line| !line.starts_with('<')) {
        assert_eq!(line.split('\t').count(), 10, "{line}");
    }
    assert!(file.contains("\n&lt;\t&lt;\t"), "{file}");
    assert!(
        file.contains(
            "\n期待\t期待\t名詞-サ変接続\t期待される\thedge\texpectation\tfalse\tfalse\tfalse\tpredicate\n"
        ),
        "{file}"
    );
}

#[test]
fn what_a_format_cannot_hold_is_said_and_a_folder_that_exists_is_refused() {
    let place = Place::with(&[("in/a.txt", "効果が\u{1}期待される。\u{ffff}")]);
    let run = place.run(&["annotate", "tei", "in", "--out", "out"]);
    assert!(run.out.starts_with("note: 2 characters can't stand in this format"), "{run:?}");
    assert!(read(&place, "out/a.txt.xml").contains('�'));
    place.assert_refused(&["annotate", "tei", "in", "--out", "out"], &[&["out", "exists already"]]);
    place.assert_refused(&["annotate", "brat", "missing", "--out", "new"], &[&["missing"]]);
    assert!(!place.path("new").exists());
}
