//! What was coded before changes no result: a thread may have read any other text.

use hedgerow::analysis::{Coder, Setup};
use hedgerow::lexicon::Source;
use hedgerow::text::Wrapping;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;

/// A lexicon that tells apart the parts of speech that one unknown word can have.
fn setup() -> Setup {
    let text = r#"category = "names"
stance = "hedge"

[[entry]]
id = "place"
pattern = '[pos="名詞-固有名詞-地域.*"]'
examples = ["ヘッジロウ県"]

[[entry]]
id = "person"
pattern = '[pos="名詞-固有名詞-人名.*"]'
examples = ["田中ヘッジロウさん"]

[[entry]]
id = "noun"
pattern = '[pos="名詞-一般"]'
examples = ["ヘッジロウさん"]
"#;
    Setup::new(&[Source { name: "names.toml".into(), text: text.into() }]).unwrap()
}

#[test]
fn an_unknown_word_is_read_anew_in_every_sentence() {
    let setup = setup();
    let mut used = Coder::new(&setup);
    for text in ["ヘッジロウ県", "田中ヘッジロウさん", "ヘッジロウする", "ヘッジロウ県"]
    {
        assert_eq!(used.code(text, Wrapping::NONE), Coder::new(&setup).code(text, Wrapping::NONE), "{text}");
    }
}

#[test]
fn a_coder_that_has_read_other_texts_codes_as_a_new_one() {
    let setup = setup();
    let fragments = vec![
        "ヘッジロウ",
        "ギョメ",
        "AI",
        "ｘｙ",
        "鱻",
        "県",
        "さん",
        "田中",
        "東京",
        "区",
        "する",
        "必ず",
        "が",
        "は",
        "「",
        "」",
        "、",
        "。",
        "\n",
        "期待される",
        "ない",
        "😀",
    ];
    let text = prop::collection::vec(select(fragments), 0..20).prop_map(|fragments| fragments.concat());
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(config)
        .run(&(text.clone(), text), |(before, text)| {
            let mut used = Coder::new(&setup);
            used.code(&before, Wrapping::NONE);
            prop_assert_eq!(used.code(&text, Wrapping::NONE), Coder::new(&setup).code(&text, Wrapping::NONE));
            Ok(())
        })
        .unwrap();
}
