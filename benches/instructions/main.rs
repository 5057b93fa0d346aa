//! The stages as `compare.py` counts their instructions: each does its work over the sample corpus once.
//!
//! `compare.py` runs this program in callgrind, which counts nothing but what happens below [`measured`]:
//! neither loading nor the first pass, which fills the tables that grow with the text.
//! By itself (`cargo bench --bench instructions`) it only checks that the stages give what they should.

use std::hint::black_box;

use hedgerow::analysis::{Coder, Setup};
use hedgerow::counts::Tally;
use hedgerow::morphology::Morpheme;
use hedgerow::text::{Wrapping, sentences};

#[path = "../common/mod.rs"]
mod common;

/// A sentence and its morphemes.
type Cut<'a> = (&'a str, Vec<Morpheme>);

fn main() {
    // A name that is no stage's is one of criterion's filters, meant for the other benches.
    let stage = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let documents = common::documents();
    let setup = Setup::new(&[]).expect("the default set-up can be made");
    let mut coder = Coder::new(&setup);
    let mut tally = Tally::default();
    let mut hits = 0;
    for document in &documents {
        let passage = coder.code(&document.text, Wrapping::NONE);
        tally.merge(&passage.tally);
        hits += passage.hits.len();
    }
    assert!(hits > 0, "a stage that finds nothing measures nothing");

    let mut tokeniser = setup.analyser.tokeniser();
    let cut: Vec<Cut> = documents
        .iter()
        .flat_map(|document| sentences(&document.text).map(|sentence| &document.text[sentence.span]))
        .map(|sentence| {
            let mut morphemes = Vec::new();
            tokeniser.tokenise(sentence, &mut morphemes);
            (sentence, morphemes)
        })
        .collect();

    let mut buffer = Vec::new();
    let mut tokenise = || {
        cut.iter().fold(0, |sum, (sentence, _)| {
            buffer.clear();
            tokeniser.tokenise(sentence, &mut buffer);
            sum + buffer.len()
        })
    };
    let mut finder = setup.matcher.finder(&setup.analyser);
    let (mut symbols, mut found) = (Vec::new(), Vec::new());
    let mut find = || {
        cut.iter().fold(0, |sum, (sentence, morphemes)| {
            symbols.clear();
            found.clear();
            finder.read(sentence, morphemes, &mut symbols);
            finder.search(&symbols, &mut found);
            sum + found.len()
        })
    };
    let mut code = || {
        documents.iter().fold(0, |sum, document| sum + coder.code(&document.text, Wrapping::NONE).hits.len())
    };

    let morphemes = tally.morphemes as usize;
    let stages: [(&str, &mut dyn FnMut() -> usize, usize); 3] =
        [("tokenise", &mut tokenise, morphemes), ("match", &mut find, hits), ("count", &mut code, hits)];
    for (name, work, expected) in stages {
        if stage.as_ref().is_none_or(|stage| stage == name) {
            assert_eq!(work(), expected, "{name}, the first time");
            assert_eq!(measured(work), expected, "{name}, the second time");
        }
    }
    println!("{morphemes} morphemes, {} sentences, {hits} hits", tally.sentences);
}

/// Has a function of its own in the compiled program, so that callgrind finds where to begin and to end.
#[inline(never)]
fn measured(work: &mut dyn FnMut() -> usize) -> usize {
    // Black boxes: the call must not become a jump out of this function, and its result not be known before.
    black_box(black_box(work)())
}
