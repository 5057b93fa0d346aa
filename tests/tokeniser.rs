//! Our use of lindera's lattice cuts a text as lindera's own segmenter does.

use std::path::{Path, PathBuf};

use hedgerow::corpus::{Corpus, Document};
use hedgerow::morphology::Analyser;
use hedgerow::text::sentences;
use lindera::dictionary::load_dictionary;
use lindera::mode::Mode;
use lindera::segmenter::Segmenter;

/// Stretches of the sample corpus: sentences, cut behind each comma, as the segmenter cuts there too.
fn stretches() -> Vec<String> {
    let corpus = Corpus::find(&[PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))]).unwrap();
    let mut stretches = Vec::new();
    for input in &corpus.inputs {
        let text = Document::read(input).unwrap().text;
        for sentence in sentences(&text) {
            stretches.extend(text[sentence.span].split_inclusive(['、', '。']).map(str::to_owned));
        }
    }
    stretches
}

#[test]
fn cuts_as_the_segmenter_does() {
    let folder = Path::new(env!("LINDERA_WORKDIR")).join("ipadic");
    let dictionary = load_dictionary(folder.to_str().unwrap()).unwrap();
    let segmenter = Segmenter::new(Mode::Normal, dictionary, None).keep_whitespace(true);
    let analyser = Analyser::embedded().unwrap();
    let mut tokeniser = analyser.tokeniser();
    let mut compared = 0;
    for stretch in stretches() {
        let mut morphemes = Vec::new();
        tokeniser.tokenise(&stretch, &mut morphemes);
        let ours: Vec<_> = morphemes
            .iter()
            .map(|morpheme| (morpheme.start as usize, morpheme.end as usize, morpheme.word.known_id()))
            .collect();
        let theirs: Vec<_> = segmenter
            .segment(stretch.as_str().into())
            .unwrap()
            .iter()
            .map(|token| {
                let id = (!token.word_id.is_unknown()).then(|| token.word_id.id());
                (token.byte_start, token.byte_end, id)
            })
            .collect();
        compared += ours.len();
        assert_eq!(ours, theirs, "{stretch}");
    }
    assert!(compared > 1_000, "a comparison of nothing proves nothing: {compared} morphemes");
}

#[test]
fn morphemes_leave_no_gap_and_lose_nothing() {
    let analyser = Analyser::embedded().unwrap();
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
