//! Words are found in any width and composition, and quoted as they stand.

use crate::place::Place;
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
