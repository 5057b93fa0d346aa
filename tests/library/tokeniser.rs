//! Our lattice takes the cheapest way through a text, and cuts as lindera's segmenter does where they follow the same
//! rules.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use hedgerow::corpus::{Corpus, Document, ReadOptions};
use hedgerow::morphology::{Analyser, DictionarySource, Word};
use hedgerow::text::sentences;
use lindera::dictionary::{Dictionary, load_dictionary};
use lindera::mode::Mode;
use lindera::segmenter::Segmenter;
use proptest::prelude::*;

use crate::fuzzing::plain_lattice::{Cut, costs, cut};

/// Stretches of the sample corpus: sentences, cut behind each comma, as the segmenter cuts there too.
fn stretches() -> Vec<String> {
    let corpus = Corpus::open(
        &[PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))],
        &ReadOptions::default(),
    )
    .unwrap();
    let mut stretches = Vec::new();
    for input in &corpus.inputs {
        let text = Document::read(input).unwrap().text;
        for sentence in sentences(&text) {
            stretches.extend(text[sentence.span].split_inclusive(['、', '。']).map(str::to_owned));
        }
    }
    stretches
}

fn dictionary() -> Dictionary {
    let folder = Path::new(env!("HEDGEROW_BUILT")).join("ipadic");
    load_dictionary(folder.to_str().unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Any characters that a Japanese text may have, but no blank.
    #[test]
    fn takes_the_cheapest_way(text in "[ぁ-んァ-ヴー一-龠々a-zA-Z0-9Ａ-Ｚ０-９ｱ-ﾝ。、！？・「」（）()…%\\\\/㍿😀😃𠮷\u{3000}\u{3099}\u{301}αβБ一二三-]{1,60}") {
        thread_local! {
            static DICTIONARY: Dictionary = dictionary();
            static ANALYSER: Arc<Analyser> = Arc::new(Analyser::embedded().unwrap());
        }
        let found = ANALYSER.with(|analyser| cut(&mut analyser.tokeniser(), &text));
        let (cheapest, ours) = DICTIONARY.with(|dictionary| costs(dictionary, &text, &found));
        prop_assert_eq!(Some(cheapest), ours);
        prop_assert_eq!(found.last().map(|(_, end, _)| *end), Some(text.len()));
    }
}

#[test]
fn signs_are_cut_as_in_mecab() {
    let analyser = Arc::new(Analyser::embedded().unwrap());
    let mut tokeniser = analyser.tokeniser();
    for (text, expected) in [("混乱するでしょう。)", ["。", ")"]), ("マウントポイントは、'", ["、", "'"])]
    {
        let found = cut(&mut tokeniser, text);
        let last: Vec<&str> =
            found.iter().skip(found.len() - 2).map(|(start, end, _)| &text[*start..*end]).collect();
        assert_eq!(last, expected);
    }
}

#[test]
fn words_on_both_sides_of_a_blank_are_neighbours() {
    let analyser = Arc::new(Analyser::embedded().unwrap());
    let mut tokeniser = analyser.tokeniser();
    for (blank, plain) in [
        ("予期できない結果を 生じる こと がある", "予期できない結果を生じることがある"),
        (" 効果が  期待される。\t必ず ", "効果が期待される。必ず"),
    ] {
        let mut words = |text: &str| -> Vec<_> {
            let found =
                cut(&mut tokeniser, text).into_iter().map(|(start, end, _)| text[start..end].to_owned());
            found.filter(|word| !word.trim().is_empty()).collect()
        };
        assert_eq!(words(blank), words(plain));
    }
}

#[test]
fn an_ideographic_space_is_a_symbol_as_in_mecab() {
    let analyser = Arc::new(Analyser::embedded().unwrap());
    let mut tokeniser = analyser.tokeniser();
    for text in ["健康\u{3000}器具です", "★\u{3000}期待される", "a\u{2003}b\u{a0}\u{3000}c"] {
        let blanks: Vec<_> = cut(&mut tokeniser, text)
            .into_iter()
            .map(|(start, end, word)| (&text[start..end], word))
            .filter(|(form, _)| form.chars().any(char::is_whitespace))
            .map(|(form, word)| (form.trim().is_empty(), analyser.features(word, form).pos))
            .collect();
        assert!(
            !blanks.is_empty() && blanks.iter().all(|blank| *blank == (true, "記号-空白".to_owned())),
            "{blanks:?}"
        );
    }
}

#[test]
fn cuts_as_the_segmenter_does() {
    let segmenter = Segmenter::new(Mode::Normal, dictionary(), None).keep_whitespace(true);
    let analyser = Arc::new(Analyser::embedded().unwrap());
    let mut tokeniser = analyser.tokeniser();
    let (mut compared, mut further) = (0, 0);
    // Segmenter weighs words against a blank between them, and takes the ideographic space for a noun.
    for stretch in stretches().into_iter().filter(|stretch| !stretch.contains([' ', '\u{3000}'])) {
        let mut ours = cut(&mut tokeniser, &stretch).into_iter().peekable();
        for token in segmenter.segment(stretch.as_str().into()).unwrap() {
            let (start, end) = (token.byte_start, token.byte_end);
            let is_unknown = token.word_id.is_unknown();
            let word =
                if is_unknown { Word::unknown(token.word_id.id()) } else { Word::known(token.word_id.id()) };
            let first = ours.next().unwrap();
            compared += 1;
            if first != (start, end, word) {
                // Its unknown words are ours, or cut further: it lets none begin within another.
                assert!(is_unknown && first.0 == start && first.1 < end, "{stretch}: {first:?}");
                let rest = std::iter::from_fn(|| ours.next_if(|(start, ..)| *start < end));
                assert_eq!(rest.last().map(|(_, end, _)| end), Some(end), "{stretch}");
                further += 1;
            }
        }
        assert_eq!(ours.next(), None, "{stretch}");
    }
    assert!(compared > 1_000, "a comparison of nothing proves nothing: {compared} morphemes");
    assert!(further < compared / 500, "{further} of {compared} words are cut further");
}

#[test]
fn morphemes_leave_no_gap_and_lose_nothing() {
    let analyser = Arc::new(Analyser::embedded().unwrap());
    let mut tokeniser = analyser.tokeniser();
    let mut morphemes = Vec::new();
    let texts =
        ["", "犬", " 犬 ", "犬\u{3000}猫", "😀犬か\u{3099}", "\t\u{feff}x", "Ａ１…?!・・・", "𠮷野家で𩸽"];
    for text in texts.map(str::to_owned).into_iter().chain(stretches()) {
        morphemes.clear();
        tokeniser.tokenise(&text, &mut morphemes);
        let mut at = 0;
        for morpheme in &morphemes {
            assert_eq!(morpheme.start, at, "{text}");
            assert!(morpheme.end > at, "{text}");
            at = morpheme.end;
        }
        assert_eq!(at as usize, text.len(), "{text}");
    }
}

#[test]
fn ties_go_to_the_word_that_the_segmenter_takes() {
    let place = tempfile::tempdir().unwrap();
    let [source, built] = ["source", "built"].map(|name| place.path().join(name));
    std::fs::create_dir(&source).unwrap();
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::copy(repository.join("tests/unidic/char.def"), source.join("char.def")).unwrap();
    std::fs::copy(repository.join("tests/unidic/unk.def"), source.join("unk.def")).unwrap();
    std::fs::copy(repository.join("tests/unidic/matrix.def"), source.join("matrix.def")).unwrap();
    // Two words alike, and a word as dear as its two halves.
    let word = |form: &str, cost: u32, pos: &str| format!("{form},1,1,{cost},{pos}{}\n", ",*".repeat(28));
    let words = [word("犬", 100, "A"), word("犬", 100, "B"), word("猫", 100, "C"), word("犬猫", 200, "D")];
    std::fs::write(source.join("lex.csv"), words.concat()).unwrap();
    DictionarySource::find(&source, &built).unwrap().build().unwrap();
    let theirs = load_dictionary(built.to_str().unwrap()).unwrap();
    let segmenter = Segmenter::new(Mode::Normal, theirs, None).keep_whitespace(true);
    let analyser = Arc::new(Analyser::from_folder(&built).unwrap());
    let mut tokeniser = analyser.tokeniser();
    for text in ["犬", "猫", "犬猫", "犬犬", "猫犬猫", "犬猫犬猫", "犬犬猫猫犬"] {
        let tokens = segmenter.segment(text.into()).unwrap();
        let expected: Vec<Cut> = tokens
            .iter()
            .map(|token| (token.byte_start, token.byte_end, Word::known(token.word_id.id())))
            .collect();
        assert_eq!(cut(&mut tokeniser, text), expected, "{text}");
    }
}
