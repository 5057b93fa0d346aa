//! Words are found in any width and composition, and quoted as they stand.

use serde_json::json;

use crate::place::Place;
use crate::spreadsheets::{xlsx, zipped};
use crate::tables::number;

const LEXICON: &str = r#"category = "animals"
stance = "hedge"

[[entry]]
id = "inu"
pattern = '"イヌ" | "ＤＯＧ"'
examples = ["イヌ"]
"#;

#[test]
fn what_is_matched_is_folded_and_what_is_quoted_is_not() {
    let text = "ｲﾇが走る。\nｶﾞﾝのイヌ。\ndogとDOGとＤＯＧ。\nカ\u{3099}ンとイヌ。\nイ\u{fe00}ヌ。\n";
    let place = Place::with(&[("a.txt", text), ("own.toml", LEXICON)]);
    let (tables, _) = place.count(&["a.txt", "--lexicon", "own.toml"]);
    let rows: Vec<_> = tables.concordance.rows.iter().filter(|row| row["marker"] == "inu").collect();
    let nodes: Vec<&str> = rows.iter().map(|row| row["node"].as_str()).collect();
    assert_eq!(nodes, ["ｲﾇ", "イヌ", "DOG", "ＤＯＧ", "イヌ", "イ\u{fe00}ヌ"]);
    assert_eq!(rows[1]["left"], "ｶﾞﾝの");
    let characters: Vec<char> = text.chars().collect();
    for row in rows {
        let node: String = characters[number(row, "start")..number(row, "end")].iter().collect();
        assert_eq!(node, row["node"]);
    }
    assert_eq!(tables.documents.rows[0]["characters"], text.chars().count().to_string());
}

#[test]
fn the_width_of_letters_and_kana_changes_no_count() {
    let half = "ｶﾞﾝに効くAIが期待されるでしょう｡";
    let full = "ガンに効くＡＩが期待されるでしょう。";
    let count = |text: &str| {
        let (tables, _) = Place::with(&[("a.txt", text)]).count(&["a.txt"]);
        let mut row = tables.documents.rows[0].clone();
        row.remove("characters");
        (row, tables.concordance.column("marker").iter().map(|id| id.to_string()).collect::<Vec<_>>())
    };
    assert_eq!(count(half), count(full));
}

/// A text in every format, its rows as documents of their own.
fn everywhere(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let word = format!(
        "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    );
    vec![
        ("a.txt", text.into()),
        ("b.md", text.into()),
        ("c.html", format!("<p>{text}</p>").into()),
        ("d.csv", format!("text,n\n{text},1\n").into()),
        ("e.tsv", format!("text\tn\n{text}\t1\n").into()),
        ("f.jsonl", json!({ "text": text }).to_string().into()),
        ("g.xlsx", xlsx(&[&["\"text\""], &[&format!("\"{text}\"")]])),
        ("h.docx", zipped(&[("word/document.xml", word.as_bytes())])),
        ("i.zip", zipped(&[("a.txt", text.as_bytes())])),
    ]
}

#[test]
fn what_no_reader_sees_changes_no_count_in_any_format() {
    for hidden in [
        '\u{ad}',
        '\u{34f}',
        '\u{61c}',
        '\u{180e}',
        '\u{200b}',
        '\u{200c}',
        '\u{200d}',
        '\u{200e}',
        '\u{202a}',
        '\u{2060}',
        '\u{2066}',
        '\u{3164}',
        '\u{fe0f}',
        '\u{feff}',
        '\u{ffa0}',
        '\u{e0041}',
        '\u{e0100}',
    ] {
        let text =
            format!("{hidden}効果が期{hidden}待され{hidden}る。{hidden}本当？{hidden}と思う。{hidden}");
        let files = everywhere(&text);
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        let (tables, _) = Place::with(&files).count(&names);
        assert_eq!(tables.documents.column("sentences"), ["2"; 9], "{hidden:?}");
        assert_eq!(tables.documents.column("hedge"), ["2"; 9], "{hidden:?}");
        let nodes = tables.concordance.column("node");
        assert!(nodes.iter().all(|node| !node.ends_with(hidden)), "{hidden:?}: {nodes:?}");
    }
}

#[test]
fn radicals_are_the_ideographs_that_they_look_like_in_every_format() {
    let files = everywhere("効果が⾒込まれると⾔われる。⼀般に可能性が⾼い。");
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    let (tables, _) = Place::with(&files).count(&names);
    let (expected, _) =
        Place::with(&[("a.txt", "効果が見込まれると言われる。一般に可能性が高い。")]).count(&["a.txt"]);
    let markers = expected.concordance.column("marker");
    assert!(markers.len() > 3, "{markers:?}");
    assert_eq!(tables.concordance.column("marker"), markers.repeat(9));
}

#[test]
fn controls_are_no_text() {
    let text = "効果が期\u{1}待され\u{1b}る。\u{7f}\n\u{1a}";
    let place = Place::with(&[("a.txt", text), ("b.txt", "\u{1a}"), ("c.txt", " \u{feff}\u{200b}\n")]);
    let (tables, _) = place.count(&["a.txt"]);
    assert_eq!(
        (&*tables.documents.column("sentences"), &*tables.documents.column("hedge")),
        (&["1"][..], &["1"][..])
    );
    for empty in ["b.txt", "c.txt"] {
        place.assert_refused(&["count", empty, "--out", "none"], &[&[empty, "no text"]]);
    }
}
