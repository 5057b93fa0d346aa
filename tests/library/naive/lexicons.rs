//! Lexicons put together at random, from the words of the texts that they are tried on.

use hedgerow::lexicon::Source;
use proptest::prelude::*;
use proptest::sample::select;

const WORDS: &[&str] = &["犬", "猫", "が", "走る", "た", "、"];

/// A lexicon file of a few entries, and a text.
pub fn with_a_text() -> impl Strategy<Value = (Source, String)> {
    let entries = prop::collection::vec(entry(), 1..6);
    let words = select(vec!["犬", "猫", "が", "走る", "走った", "、", "。", "\n", "歩く"]);
    let text = prop::collection::vec(words, 1..20).prop_map(|words| words.concat());
    (entries.prop_map(source), text)
}

fn source(entries: Vec<Vec<String>>) -> Source {
    let mut text = String::from("category = \"random\"\nstance = \"hedge\"\n");
    for (number, fields) in entries.iter().enumerate() {
        text += &format!("[[entry]]\nid = \"{number}\"\nexamples = [\"犬\"]\n{}\n", fields.join("\n"));
    }
    Source { name: "random.toml".into(), text }
}

/// The fields of an entry. A token stands around what may match nothing, which the lexicon refuses.
fn entry() -> impl Strategy<Value = Vec<String>> {
    let node = (pattern(), word()).prop_map(|(pattern, word)| format!("pattern = '{pattern} {word}'"));
    let before = context(&["before", "not_before"], "<s>");
    let after = context(&["after", "not_after"], "</s>");
    (node, before, after).prop_map(|(node, before, after)| [vec![node], before, after].concat())
}

fn context(fields: &'static [&'static str], end: &'static str) -> impl Strategy<Value = Vec<String>> {
    let anchor = prop_oneof![3 => word(), 1 => Just(end.to_owned())];
    let anchored = (pattern(), anchor).prop_map(move |(pattern, anchor)| match end {
        "<s>" => format!("{anchor} {pattern}"),
        _ => format!("{pattern} {anchor}"),
    });
    let field = (select(fields), anchored).prop_map(|(field, pattern)| format!("{field} = '{pattern}'"));
    prop::option::weighted(0.4, field).prop_map(|field| field.into_iter().collect())
}

fn word() -> impl Strategy<Value = String> {
    select(WORDS).prop_map(|word| format!("\"{word}\""))
}

fn pattern() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        6 => word(),
        1 => Just("[]".to_owned()),
        1 => select(WORDS).prop_map(|word| format!("[word!=\"{word}\"]")),
        1 => select(WORDS).prop_map(|word| format!("[pos=\"名詞.*\" & word!=\"{word}\"]")),
        1 => select(WORDS).prop_map(|word| format!("[lemma=\"{word}|猫\" | pos=\"動詞.*\"]")),
    ];
    token.prop_recursive(3, 8, 3, |inner| {
        let sign = select(vec!["?", "*", "+", "{2}", "{1,2}", "{2,}", "{0,3}"]);
        prop_oneof![
            (inner.clone(), sign).prop_map(|(inner, sign)| format!("({inner}){sign}")),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| parts.join(" ")),
            prop::collection::vec(inner, 2..4).prop_map(|parts| format!("({})", parts.join(" | "))),
        ]
    })
}
