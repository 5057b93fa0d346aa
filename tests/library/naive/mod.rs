//! The matcher finds what a naive matcher finds, whatever the text and the lexicon.

mod lexicons;
mod texts;

use std::cell::RefCell;

use hedgerow::analysis::{Coder, Setup};
use hedgerow::markers::{Candidate, Finder, Verdict};
use hedgerow::morphology::Morpheme;
use hedgerow::text::sentences;
use proptest::prelude::ProptestConfig;
use proptest::test_runner::{TestCaseError, TestCaseResult, TestRunner};

use crate::fuzzing::naive_matcher::Naive;

#[test]
fn same_hits_in_the_sample_corpus() {
    let setup = Setup::new(&[]).unwrap();
    let both = Both::new(&setup);
    let texts = texts::of_the_corpus();
    let hits: usize = texts.iter().map(|text| both.compare(text).unwrap()).sum();
    assert!(hits > texts.len(), "a comparison of nothing proves nothing: {hits} hits");
}

#[test]
fn same_hits_in_the_sentences_of_the_lexicon() {
    let setup = Setup::new(&[]).unwrap();
    let both = Both::new(&setup);
    let texts = texts::of_the_lexicon(&setup.lexicon);
    let hits: usize = texts.iter().map(|text| both.compare(text).unwrap()).sum();
    assert!(hits >= setup.lexicon.entries.len(), "each entry has an example: {hits} hits");
}

#[test]
fn same_hits_in_sentences_as_long_as_paragraphs() {
    let setup = Setup::new(&[]).unwrap();
    let both = Both::new(&setup);
    let texts = texts::of_the_lexicon(&setup.lexicon);
    let open = |text: &String| text.replace(['。', '？', '?', '！', '!'], "");
    let mut hits = 0;
    for texts in texts.chunks(40).step_by(4) {
        hits += both.compare(&texts.iter().map(open).collect::<String>()).unwrap();
    }
    assert!(hits > 200, "{hits} hits");
}

#[test]
fn same_hits_in_texts_put_together_at_random() {
    let setup = Setup::new(&[]).unwrap();
    let both = Both::new(&setup);
    TestRunner::new(texts::config())
        .run(&texts::at_random(&setup.lexicon), |text| both.compare(&text).map(|_| ()))
        .unwrap();
}

#[test]
fn same_hits_with_lexicons_put_together_at_random() {
    // Each case reads the default lexicon too, which takes time.
    TestRunner::new(ProptestConfig { cases: 64, ..texts::config() })
        .run(&lexicons::with_a_text(), |(source, text)| {
            let setup = Setup::new(std::slice::from_ref(&source)).unwrap();
            Both::new(&setup)
                .compare(&text)
                .map(|_| ())
                .map_err(|error| TestCaseError::fail(format!("{error}\n{}", source.text)))
        })
        .unwrap();
}

#[test]
fn explaining_names_every_node_that_matches_and_exactly_the_hits() {
    let setup = Setup::new(&[]).unwrap();
    let both = Both::new(&setup);
    let mut coder = Coder::new(&setup);
    let span = |candidate: &Candidate| (candidate.entry, candidate.first, candidate.last);
    for text in texts::of_the_corpus() {
        for sentence in sentences(&text).map(|sentence| &text[sentence.span]) {
            let (sentence, morphemes, mut candidates) = coder.explain(sentence);
            let sentence = sentence.as_str();
            candidates.retain(|candidate| candidate.verdict != Verdict::Begun);
            let mut nodes: Vec<_> = candidates.iter().map(span).collect();
            nodes.sort_unstable();
            assert_eq!(nodes, both.naive.nodes(sentence, &morphemes), "{sentence}");
            let counted = candidates.iter().filter(|candidate| candidate.verdict == Verdict::Hit);
            let hits = both.naive.hits(sentence, &morphemes);
            let hits: Vec<_> = hits.iter().map(|hit| (hit.entry, hit.first, hit.last)).collect();
            assert_eq!(counted.map(span).collect::<Vec<_>>(), hits, "{sentence}");
        }
    }
}

/// Both matchers with the same lexicon.
struct Both<'a> {
    setup: &'a Setup,
    finder: RefCell<Finder>,
    naive: Naive<'a>,
}

impl<'a> Both<'a> {
    fn new(setup: &'a Setup) -> Self {
        let finder = RefCell::new(setup.matcher.finder(&setup.analyser));
        Both { setup, finder, naive: Naive::new(setup) }
    }

    /// Compares them on every sentence of a text; gives the number of hits.
    fn compare(&self, text: &str) -> Result<usize, TestCaseError> {
        let mut number = 0;
        for sentence in sentences(text).map(|sentence| &text[sentence.span]) {
            let morphemes = self.morphemes(sentence);
            let mut finder = self.finder.borrow_mut();
            let (mut symbols, mut hits) = (Vec::new(), Vec::new());
            finder.read(sentence, &morphemes, &mut symbols);
            finder.search(&symbols, &mut hits);
            let tokens = symbols.iter().filter(|symbol| symbol.is_token()).count();
            number += hits.len();
            equal(sentence, "tokens", tokens, self.naive.tokens(sentence, &morphemes))?;
            equal(sentence, "hits", hits, self.naive.hits(sentence, &morphemes))?;
            let sentence_type = finder.sentence_type(&symbols);
            equal(sentence, "sentence type", sentence_type, self.naive.sentence_type(sentence, &morphemes))?;
        }
        Ok(number)
    }

    fn morphemes(&self, sentence: &str) -> Vec<Morpheme> {
        let mut morphemes = Vec::new();
        self.setup.analyser.tokeniser().tokenise(sentence, &mut morphemes);
        morphemes
    }
}

fn equal<T: PartialEq + std::fmt::Debug>(sentence: &str, what: &str, found: T, naive: T) -> TestCaseResult {
    if found == naive {
        return Ok(());
    }
    Err(TestCaseError::fail(format!("{what} in {sentence}\n found: {found:?}\n naive: {naive:?}")))
}
