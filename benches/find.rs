//! Finding markers in sentences that are cut already.

mod common;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hedgerow::analysis::{Coder, Setup};
use hedgerow::text::sentences;

fn find(criterion: &mut Criterion) {
    let documents = common::documents();
    let setup = Setup::new(&[]).expect("the default set-up can be made");
    let mut tokeniser = setup.analyser.tokeniser();
    let mut cut = Vec::new();
    for document in &documents {
        for sentence in sentences(&document.text) {
            let text = &document.text[sentence.span];
            let mut morphemes = Vec::new();
            tokeniser.tokenise(text, &mut morphemes);
            cut.push((text, morphemes));
        }
    }
    // The same hits, found on the way of a whole run.
    let mut coder = Coder::new(&setup);
    let expected: usize = documents.iter().map(|document| coder.code(&document.text).hits.len()).sum();
    assert!(expected > 0);

    let mut finder = setup.matcher.finder(&setup.analyser);
    let mut hits = Vec::new();
    let mut group = criterion.benchmark_group("find");
    let throughputs = [
        ("bytes", Throughput::Bytes(cut.iter().map(|(text, _)| text.len() as u64).sum())),
        ("morphemes", Throughput::Elements(cut.iter().map(|(_, morphemes)| morphemes.len() as u64).sum())),
    ];
    for (name, throughput) in throughputs {
        group.throughput(throughput);
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut found = 0;
                for (text, morphemes) in &cut {
                    hits.clear();
                    finder.find(text, morphemes, &mut hits);
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
