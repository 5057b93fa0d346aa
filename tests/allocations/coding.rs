//! Once its tables are filled, coding allocates for what it gives back, and for nothing on the way.
//!
//! The first pass over the sample corpus fills the tables: they grow with words and contexts that were never
//! seen before. The second pass is looked at.

use std::path::PathBuf;

use allocation_counter::measure;
use hedgerow::analysis::{Coder, Setup};
use hedgerow::corpus::{Corpus, Document, ReadOptions};
use hedgerow::text::{Wrapping, sentences};

fn texts() -> Vec<String> {
    let corpus = Corpus::open(
        &[PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))],
        &ReadOptions::default(),
    )
    .unwrap();
    corpus.inputs.iter().map(|input| Document::read(input).unwrap().text).collect()
}

#[test]
fn cutting_and_finding_allocate_nothing() {
    let texts = texts();
    let setup = Setup::new(&[]).unwrap();
    let mut tokeniser = setup.analyser.tokeniser();
    let mut finder = setup.matcher.finder(&setup.analyser);
    let (mut morphemes, mut symbols, mut hits) = (Vec::new(), Vec::new(), Vec::new());
    let (mut cut, mut found) = (0, 0);
    // The sentences with allocations: how many in tokenising, how many in finding.
    let mut pass = || {
        let mut allocating = Vec::new();
        for text in &texts {
            for sentence in sentences(text) {
                let sentence = &text[sentence.span];
                morphemes.clear();
                symbols.clear();
                hits.clear();
                let tokenising = measure(|| tokeniser.tokenise(sentence, &mut morphemes)).count_total;
                let finding = measure(|| {
                    finder.read(sentence, &morphemes, &mut symbols);
                    finder.search(&symbols, &mut hits);
                });
                if tokenising + finding.count_total > 0 {
                    allocating.push((tokenising, finding.count_total, sentence));
                }
                cut += morphemes.len();
                found += hits.len();
            }
        }
        allocating
    };
    let first = pass();
    assert!(
        first.iter().any(|(tokenising, ..)| *tokenising > 0)
            && first.iter().any(|(_, finding, _)| *finding > 0),
        "the first pass must fill tables; if it allocates nothing, nothing is counted"
    );
    assert_eq!(pass(), []);
    assert!(cut > 20_000 && found > 200, "{cut} morphemes and {found} hits show little");
}

#[test]
fn coding_allocates_for_its_hits_only() {
    let texts = texts();
    let setup = Setup::new(&[]).unwrap();
    let mut coder = Coder::new(&setup);
    // Whole documents have many hits, their sentences few or none.
    let single = texts.iter().flat_map(|text| sentences(text).map(|sentence| &text[sentence.span]));
    let passages: Vec<&str> = texts.iter().map(String::as_str).chain(single).collect();
    for passage in &passages {
        coder.code(passage, Wrapping::NONE);
    }
    let (mut with, mut without) = (0, 0);
    for text in passages {
        let mut hits = 0;
        let allocations = measure(|| hits = coder.code(text, Wrapping::NONE).hits.len()).count_total;
        // One hit: the list of hits, and the counts by marker. More hits make either grow now and then.
        assert!(allocations <= 2 * hits as u64, "{allocations} allocations for {hits} hits: {text}");
        if hits > 0 { with += 1 } else { without += 1 }
    }
    assert!(with > 100 && without > 100, "passages with hits: {with}, without: {without}");
}
