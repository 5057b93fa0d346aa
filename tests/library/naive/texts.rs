//! The texts that the matchers are compared on.

use std::path::PathBuf;

use hedgerow::corpus::{Corpus, Document, ReadOptions};
use hedgerow::lexicon::{ContextRules, Lexicon};
use proptest::prelude::*;
use proptest::sample::select;

/// What markers are made of, what stands around them, and what ends sentences.
const FRAGMENTS: &[&str] = &[
    "期待",
    "さ",
    "れ",
    "て",
    "い",
    "ます",
    "た",
    "でき",
    "できる",
    "ない",
    "ません",
    "なかった",
    "なく",
    "ず",
    "可能性",
    "可能",
    "恐れ",
    "はず",
    "わけ",
    "こと",
    "もの",
    "の",
    "ん",
    "よう",
    "そう",
    "らしい",
    "みたい",
    "思う",
    "思わ",
    "考え",
    "られる",
    "言わ",
    "言え",
    "という",
    "報告",
    "示唆",
    "傾向",
    "場合",
    "多い",
    "高い",
    "低い",
    "ある",
    "あり",
    "あった",
    "証明",
    "確認",
    "実証",
    "明らか",
    "確か",
    "必ず",
    "必ずしも",
    "決して",
    "絶対",
    "もちろん",
    "間違い",
    "違い",
    "疑い",
    "実現",
    "達成",
    "成功",
    "叶える",
    "非常",
    "大変",
    "とても",
    "大幅",
    "おそらく",
    "たぶん",
    "一般的",
    "比較的",
    "限ら",
    "かも",
    "しれ",
    "しれない",
    "だろ",
    "でしょ",
    "う",
    "まい",
    "のだ",
    "のです",
    "である",
    "だ",
    "です",
    "では",
    "じゃ",
    "する",
    "し",
    "した",
    "なる",
    "なり",
    "なっ",
    "知ら",
    "分かっ",
    "見込ま",
    "予想",
    "推測",
    "望め",
    "えない",
    "うる",
    "が",
    "は",
    "も",
    "に",
    "を",
    "と",
    "で",
    "から",
    "まで",
    "へ",
    "や",
    "か",
    "ね",
    "よ",
    "な",
    "なら",
    "ば",
    "けど",
    "なぜ",
    "どの",
    "何",
    "誰",
    "効果",
    "治療",
    "薬",
    "猫",
    "新しい",
    "大きな",
    "今年",
    "三",
    "１０",
    "AI",
    "ヘッジロウ",
    "。",
    "、",
    "！",
    "？",
    "?!",
    "…",
    "・",
    "「",
    "」",
    "『",
    "』",
    "（",
    "）",
    "“",
    "”",
    " ",
    "\u{3000}",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "〜",
    "※",
    "■",
    "😀",
    "か\u{3099}",
    "\u{feff}",
];

/// The documents of the sample corpus.
pub fn of_the_corpus() -> Vec<String> {
    let corpus = Corpus::open(
        &[PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))],
        &ReadOptions::default(),
    )
    .unwrap();
    corpus.inputs.iter().map(|input| Document::read(input).unwrap().text).collect()
}

/// Every sentence that the lexicon gives as an example of something.
pub fn of_the_lexicon(lexicon: &Lexicon) -> Vec<String> {
    let of_entries = lexicon
        .entries
        .iter()
        .flat_map(|entry| entry.examples.iter().chain(&entry.denied).chain(&entry.counterexamples).cloned());
    let contexts = &lexicon.contexts;
    of_entries
        .chain(of_rules(&contexts.negated))
        .chain(of_rules(&contexts.interrogative))
        .chain(of_rules(&contexts.quoted))
        .chain(of_rules(&contexts.position))
        .collect()
}

fn of_rules<T>(rules: &ContextRules<T>) -> impl Iterator<Item = String> {
    rules.examples.iter().map(|example| example.text.clone())
}

/// Fragments, citation forms and sentences of the lexicon, one after the other.
pub fn at_random(lexicon: &Lexicon) -> impl Strategy<Value = String> + use<> {
    let fragments = select(FRAGMENTS).prop_map(str::to_owned);
    let forms = select(lexicon.entries.iter().map(|entry| entry.form.clone()).collect::<Vec<_>>());
    let sentences = select(of_the_lexicon(lexicon));
    let part = prop_oneof![12 => fragments, 4 => forms, 1 => sentences];
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

/// The usual number of cases, without a file of failures: the message shows the text.
pub fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}
