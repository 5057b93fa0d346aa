//! The whole run: finding and reading files, coding them on all threads, writing every table.

mod common;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hedgerow::Counter;
use hedgerow::analysis::{self, Coder, CountOptions};
use hedgerow::corpus::{Corpus, ReadOptions};
use hedgerow::text::Wrapping;

fn run(criterion: &mut Criterion) {
    let counter = Counter::new().expect("the default lexicon is compiled");
    let setup = counter.setup();
    let documents = common::documents();
    let mut coder = Coder::new(setup);
    let expected: usize =
        documents.iter().map(|document| coder.code(&document.text, Wrapping::NONE).hits.len()).sum();
    assert!(expected > 0);

    let results = tempfile::tempdir().expect("there is a place for temporary files");
    let out = results.path().join("stats");
    let options = CountOptions { replace: true, ..CountOptions::default() };
    let mut group = criterion.benchmark_group("run");
    group.throughput(Throughput::Bytes(documents.iter().map(|document| document.bytes).sum()));
    group.bench_function("corpus", |bencher| {
        bencher.iter(|| {
            let corpus = Corpus::open(&[common::folder()], &ReadOptions::default())
                .expect("the sample corpus is there");
            let options = options.clone();
            analysis::count(&counter, corpus, options, &out, &|_| ()).expect("it can be counted")
        });
    });
    group.finish();
    let mut concordance = csv::Reader::from_path(out.join("concordance.csv")).expect("a run has written it");
    assert_eq!(concordance.records().count(), expected);
}

criterion_group!(benches, run);
criterion_main!(benches);
