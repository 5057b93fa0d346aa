//! Cutting sentences into morphemes, and nothing else.

mod common;

use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hedgerow::morphology::Analyser;
use hedgerow::text::sentences;

fn tokenise(criterion: &mut Criterion) {
    let documents = common::documents();
    let analyser = Arc::new(Analyser::embedded().expect("the embedded dictionary loads"));
    let mut tokeniser = analyser.tokeniser();
    let mut morphemes = Vec::new();
    let mut group = criterion.benchmark_group("tokenise");
    group.throughput(Throughput::Bytes(common::bytes(&documents)));
    group.bench_function("corpus", |bencher| {
        bencher.iter(|| {
            let mut cut = 0;
            let mut covered = 0;
            for document in &documents {
                for sentence in sentences(&document.text) {
                    morphemes.clear();
                    tokeniser.tokenise(&document.text[sentence.span.clone()], &mut morphemes);
                    cut += morphemes.len();
                    covered += sentence.span.len() as u32 - morphemes.last().map_or(0, |last| last.end);
                }
            }
            // What the dictionary makes of the sample corpus, and every byte of its sentences.
            assert_eq!((cut, covered), (MORPHEMES, 0));
        });
    });
    group.finish();
}

/// The morphemes of the sample corpus; changes with the corpus or the dictionary, and with nothing else.
const MORPHEMES: usize = 11_688;

criterion_group!(benches, tokenise);
criterion_main!(benches);
