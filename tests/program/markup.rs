//! Markup is no text: Markdown, and the plain text of Aozora Bunko.

use crate::place::Place;

#[test]
fn markdown_is_read_without_its_code() {
    let text = "# 犬\n\n犬が走\nる。\n\n```\n犬 = 1\n```\n";
    let (tables, _) = Place::with(&[("a.md", text)]).count_dogs(&["a.md"]);
    assert_eq!(tables.concordance.column("right"), ["", "が走る。"]);
    assert_eq!(tables.concordance.column("start"), ["0", "2"]);
}

#[test]
fn ruby_and_annotations_of_aozora_bunko_are_left_out() {
    let text = "犬の話\n某\n\n-------------------------------------------------------\n\
        【テキスト中に現れる記号について】\n\n《》：ルビ\n-------------------------------------------------------\n\n\
        ｜犬《いぬ》［＃「犬」に傍点］が来た。\n\n底本：「犬の本」\n青空文庫作成ファイル：\n";
    let (tables, _) = Place::with(&[("a.txt", text)]).count_dogs(&["a.txt"]);
    assert_eq!(tables.concordance.column("right"), ["が来た。"]);
    assert_eq!(tables.run["inputs"][0]["format"], "aozora");
}

#[test]
fn ruby_in_plain_text_is_no_text_and_offsets_are_those_of_the_file() {
    let novel = "　猫は｜黒い《くろい》犬《いぬ》を見た。\n｜犬《いぬ》が来る。";
    let title = "名曲《いぬ》と《夜の犬》を聴く。";
    let place = Place::with(&[("a.txt", novel), ("b.txt", title), ("c.csv", "text\n{犬|いぬ}が来る。\n")]);
    let (tables, out) = place.count_dogs(&["a.txt", "b.txt", "c.csv"]);
    let column = |name: &str| tables.concordance.column(name);
    assert_eq!(column("document"), ["a.txt", "a.txt", "b.txt", "c.csv#1"]);
    assert_eq!(column("start"), ["11", "22", "10", "1"]);
    assert_eq!(column("node"), ["犬", "犬", "犬", "犬"]);
    assert_eq!(tables.documents.column("sentences"), ["2", "1", "1"]);
    assert_eq!(crate::tables::strings(&tables.run["ruby"]), ["a.txt", "c.csv#1"]);
    assert!(out.contains("ruby of 2 documents"), "{out}");
}

#[test]
fn metadata_above_markdown_are_no_text() {
    for metadata in ["---\na: 犬\n---\n", "+++\na = '犬'\n+++\n", "{\"a\": \"犬\"}\n"] {
        let text = format!("{metadata}\n犬が走る。\n");
        let (tables, _) = Place::with(&[("a.md", text.as_str())]).count_dogs(&["a.md"]);
        assert_eq!(tables.concordance.column("right"), ["が走る。"], "{metadata}");
    }
}
