//! Comparing two groups of documents: intervals, permutations and every statistic, on invented counts.
//!
//! With `HEDGEROW_BENCH=whole` it does 10,000 documents × 300 measures × 10,000 resamples once instead, with markers
//! as rare as markers are, and with every measure in every document; it prints the seconds.

use std::time::Instant;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hedgerow::analysis::{Comparison, Plan, compare};
use hedgerow::counts::{Base, Design, Level, Measure, Observations, ObservedDocument};
use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng, SeedableRng};

/// Documents of 200 to 2,000 tokens in two groups. The measure of rank k is in one of k + 1 documents, or in all.
fn observations(documents: usize, measures: usize, everywhere: bool) -> Observations {
    let mut random = Pcg64::seed_from_u64(1);
    let mut below = |bound: u64| random.next_u64() % bound;
    let observed: Vec<ObservedDocument> = (0..documents)
        .map(|index| ObservedDocument {
            group: below(2) as usize,
            stratum: 0,
            cluster: index,
            sizes: [200 + below(1800), 2 + below(20), 10 + below(90)],
        })
        .collect();
    let mut measure = |rank: usize| {
        let occurring = |_: &u32| everywhere || below(rank as u64 + 1) == 0;
        let occurring: Vec<u32> = (0..documents as u32).filter(occurring).collect();
        let counts = occurring.into_iter().map(|document| (document, 1 + below(5))).collect();
        let (level, name) = (Level::Marker, format!("marker {rank}"));
        Measure { level, name, stance: None, category: None, base: Base::Tokens, counts }
    };
    let measures = (0..measures).map(&mut measure).collect();
    let groups = vec!["a".into(), "b".into()];
    Observations {
        design: Design::by("group"),
        groups,
        documents: observed,
        measures,
        ..Observations::default()
    }
}

/// The intervals hold the rates, they are of about the width that theory gives, and the groups, which are drawn
/// alike, differ in few measures.
fn assert_plausible(observations: &Observations, comparison: &Comparison) {
    let measures = observations.measures.len();
    assert_eq!(comparison.groups.iter().map(Vec::len).sum::<usize>(), 2 * measures);
    for figures in comparison.groups.iter().flatten().filter(|figures| figures.range > 100) {
        let (rate, (low, high)) =
            (figures.rate.expect("all have tokens"), figures.rate_interval.expect("it occurs"));
        assert!(low < rate && rate < high);
        let (low, high) = figures.mean_interval.expect("it occurs");
        let error = figures.standard_deviation.expect("many documents") / (figures.documents as f64).sqrt();
        assert!((0.8..1.25).contains(&((high - low) / (3.92 * error))), "{} against {error}", high - low);
    }
    let significant =
        comparison.pairs[0].1.iter().filter(|figures| figures.permutation.raw.is_some_and(|p| p < 0.05));
    assert!(significant.count() <= measures / 8);
}

fn run(criterion: &mut Criterion) {
    if std::env::var("HEDGEROW_BENCH").is_ok_and(|what| what == "whole") {
        return whole();
    }
    let observations = observations(500, 50, false);
    let plan = Plan { seed: 1, resamples: 1000 };
    assert_plausible(&observations, &compare(&observations, plan, &|_| ()));
    let mut group = criterion.benchmark_group("compare");
    group.throughput(Throughput::Elements((50 * plan.resamples) as u64));
    group.sample_size(20);
    group.bench_function("500 documents, 50 measures, 1,000 resamples", |bencher| {
        bencher.iter(|| compare(&observations, plan, &|_| ()));
    });
    group.finish();
}

fn whole() {
    for (what, everywhere) in
        [("markers as rare as markers are", false), ("every measure in every document", true)]
    {
        let observations = observations(10_000, 300, everywhere);
        let counts: usize = observations.measures.iter().map(|measure| measure.counts.len()).sum();
        let began = Instant::now();
        let comparison = compare(&observations, Plan::default(), &|_| ());
        let seconds = began.elapsed().as_secs_f64();
        assert_plausible(&observations, &comparison);
        println!(
            "10,000 documents, 300 measures, 10,000 resamples, {what} ({counts} counts): {seconds:.1} s"
        );
    }
}

criterion_group!(benches, run);
criterion_main!(benches);
