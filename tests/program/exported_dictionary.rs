//! The lexicon for other programs: what is exported, and what is said of the rest.

use std::collections::BTreeSet;
use std::fs;

use crate::place::Place;
use crate::tables::Table;

const OWN: &str = r#"
category = "own"
stance = "hedge"
term = "独自の分類"

[[entry]]
id = "犬かも"
pattern = '[lemma="犬|猫"] "かも"?'
examples = ["犬かも。", "猫だ。"]

[[entry]]
id = "条件つき"
pattern = '"鳥"'
before = '"の"'
examples = ["森の鳥。"]

[[entry]]
id = "反例"
pattern = '[lemma="走る"]'
not_after = '"た"'
examples = ["走る。"]

[[entry]]
id = "品詞"
pattern = '"雨" [pos="助詞.*"]'
examples = ["雨が降る。"]
"#;

#[test]
fn an_entry_is_exported_or_listed_with_the_reason() {
    let place = Place::with(&[("own.toml", OWN)]);
    for (format, file) in [("quanteda", "quanteda.yml"), ("khcoder", "coding-rules.txt")] {
        let run = place.run(&["lexicon", "export", format, "--out", format, "--lexicon", "own.toml"]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{run:?}");
        let left_out = Table::read(&place.path(format).join("left_out.csv"));
        let numbers: Vec<usize> = (run.out.split(' ').filter_map(|word| word.parse().ok())).collect();
        assert_eq!(numbers[1], left_out.rows.len(), "{}", run.out);
        let reason =
            |id: &str| left_out.rows.iter().find(|row| row["marker"] == id).map(|row| row["reason"].as_str());
        assert_eq!(
            ["犬かも", "条件つき", "反例", "品詞"].map(reason),
            [None, Some("condition"), Some("condition"), Some("pos")]
        );
        assert!(place.path(format).join(file).exists());
        place.assert_refused(&["lexicon", "export", format, "--out", format], &[&[format, "exists already"]]);
    }
    let yaml = fs::read_to_string(place.path("quanteda/quanteda.yml")).unwrap();
    assert!(
        yaml.contains(
            "  \"own\":\n    \"犬かも\":\n    - \"犬\"\n    - \"犬 かも\"\n    - \"猫\"\n    - \"猫 かも\"\n"
        ),
        "{yaml}"
    );
    let rules = fs::read_to_string(place.path("khcoder/coding-rules.txt")).unwrap();
    assert!(rules.contains("*ヘッジ_独自の分類\n犬\nor 犬+かも\nor 猫\nor 猫+かも\n"), "{rules}");
    let stance = rules.split("\n*ヘッジ\n").nth(1).unwrap().lines().next().unwrap();
    assert!(stance.split(" or ").any(|code| code == "*ヘッジ_独自の分類"), "{stance}");
    let codes: BTreeSet<&str> =
        rules.lines().filter(|line| line.starts_with('*') && !line.contains(" or ")).collect();
    assert!(stance.split(" or ").all(|code| codes.contains(code)));
}
