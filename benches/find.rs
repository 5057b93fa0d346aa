//! Finding markers in sentences that are cut already: with the look-up of each word's symbol, and in the symbols alone.

mod common;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hedgerow::analysis::{Coder, Setup};
use hedgerow::text::{Wrapping, sentences};

fn find(criterion: &mut Criterion) {
    let documents = common::documents();
    let setup = Setup::new(&[]).expect("the default set-up can be made");
    let mut tokeniser = setup.analyser.tokeniser();
    let mut finder = setup.matcher.finder(&setup.analyser);
    let mut cut = Vec::new();
    for document in &documents {
        for sentence in sentences(&document.text) {
            let text = &document.text[sentence.span];
            let (mut morphemes, mut symbols) = (Vec::new(), Vec::new());
            tokeniser.tokenise(text, &mut morphemes);
            finder.read(text, &morphemes, &mut symbols);
            cut.push((text, morphemes, symbols));
        }
    }
    // The same hits, found on the way of a whole run.
    let mut coder = Coder::new(&setup);
    let expected: usize =
        documents.iter().map(|document| coder.code(&document.text, Wrapping::NONE).hits.len()).sum();
    assert!(expected > 0);

    let bytes = Throughput::Bytes(cut.iter().map(|(text, ..)| text.len() as u64).sum());
    let morphemes = Throughput::Elements(cut.iter().map(|(_, morphemes, _)| morphemes.len() as u64).sum());
    let (mut line, mut hits) = (Vec::new(), Vec::new());
    let mut group = criterion.benchmark_group("find");
    for (name, throughput, reads) in
        [("bytes", bytes, true), ("morphemes", morphemes.clone(), true), ("symbols", morphemes, false)]
    {
        group.throughput(throughput);
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut found = 0;
                for (text, morphemes, symbols) in &cut {
                    hits.clear();
                    if reads {
                        line.clear();
                        finder.read(text, morphemes, &mut line);
                        finder.search(&line, &mut hits);
                    } else {
                        finder.search(symbols, &mut hits);
                    }
                    found += hits.len();
                }
                assert_eq!(found, expected);
            });
        });
    }
    group.finish();
}

criterion_group!(benches, find);
criterion_main!(benches);
