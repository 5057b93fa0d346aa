//! Coding texts on one thread: sentences, morphemes, hits and counts, without files.

mod common;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hedgerow::analysis::{Coder, Setup};
use hedgerow::counts::Tally;
use hedgerow::text::Wrapping;

fn count(criterion: &mut Criterion) {
    let documents = common::documents();
    let setup = Setup::new(&[]).expect("the default set-up can be made");
    // Text by text with a new coder each time: nothing learnt from one text may change the next.
    let mut expected = Tally::default();
    for document in &documents {
        expected.merge(&Coder::new(&setup).code(&document.text, Wrapping::NONE).tally);
    }
    assert!(expected.markers.values().any(|occurrences| occurrences.affirmed > 0));

    let mut coder = Coder::new(&setup);
    let mut group = criterion.benchmark_group("count");
    group.throughput(Throughput::Bytes(common::bytes(&documents)));
    group.bench_function("corpus", |bencher| {
        bencher.iter(|| {
            let mut tally = Tally::default();
            for document in &documents {
                tally.merge(&coder.code(&document.text, Wrapping::NONE).tally);
            }
            assert_eq!(tally, expected);
        });
    });
    group.finish();
}

criterion_group!(benches, count);
criterion_main!(benches);
