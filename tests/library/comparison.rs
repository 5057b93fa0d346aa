//! Comparing groups: what must not change a figure, and what the figures must be.

use hedgerow::analysis::{Comparison, Plan, compare};
use hedgerow::counts::{Base, Level, Measure, Observations, ObservedDocument};
use hedgerow::statistics::{Frequency, GroupStatistics, PairStatistics, g2_two_cell};
use proptest::prelude::*;

const PLAN: Plan = Plan { seed: 7, resamples: 199 };

/// Some documents in three groups, with some measures of each base.
fn observations() -> impl Strategy<Value = Observations> {
    // Small numbers, so that there are ties, empty documents and measures that hardly occur.
    let document = (0..3usize, prop::collection::vec(0..6u64, 4), prop_oneof![Just(0u64), 20..60u64]);
    prop::collection::vec(document, 3..24).prop_map(|mut rows| {
        // No group is without a document.
        (0..3).for_each(|group| rows[group].0 = group);
        let documents = rows.iter().map(|(group, counts, size)| ObservedDocument {
            group: *group,
            sizes: [*size, counts[0] + counts[1], size / 10],
        });
        let measure = |at: usize, level, base, most: u64| {
            let counts = rows.iter().enumerate().filter_map(|(document, (_, counts, size))| {
                let count = counts[at].min(size / most);
                (count > 0).then_some((document as u32, count))
            });
            let name = format!("measure {at}");
            Measure { level, name, stance: None, category: None, base, counts: counts.collect() }
        };
        Observations {
            variable: "genre".into(),
            groups: ["a", "b", "c"].map(String::from).to_vec(),
            documents: documents.collect(),
            measures: vec![
                measure(0, Level::Stance, Base::Tokens, 10),
                measure(1, Level::Stance, Base::Tokens, 15),
                measure(2, Level::Share, Base::Sentences, 10),
                measure(3, Level::Category, Base::Tokens, 30),
            ],
            left_out: Vec::new(),
            fifths: Default::default(),
        }
    })
}

fn compared(observations: &Observations) -> Comparison {
    compare(observations, PLAN, &|_| ())
}

/// The same documents, with the group of each number under another number.
fn renamed(observations: &Observations, numbers: &[usize]) -> Observations {
    let mut renamed = observations.clone();
    renamed.documents.iter_mut().for_each(|document| document.group = numbers[document.group]);
    renamed
}

fn pair(comparison: &Comparison, pair: (usize, usize)) -> &[PairStatistics] {
    &comparison.pairs.iter().find(|(known, _)| *known == pair).unwrap().1
}

/// A pair as it would be with its groups exchanged.
fn exchanged(figures: &PairStatistics) -> PairStatistics {
    let mut other = figures.clone();
    let negative = |value: Option<f64>| value.map(|value| -value);
    let mirrored = |interval: Option<(f64, f64)>| interval.map(|(low, high)| (-high, -low));
    other.rates.reverse();
    other.means.reverse();
    other.documents.reverse();
    other.totals.reverse();
    other.log_ratio = negative(figures.log_ratio);
    other.log_ratio_interval = mirrored(figures.log_ratio_interval);
    other.hedges_g = negative(figures.hedges_g);
    if let Some(test) = &mut other.mann_whitney {
        test.u = (figures.documents[0] * figures.documents[1]) as f64 - test.u;
        test.delta = -test.delta;
    }
    if let Some(welch) = &mut other.welch {
        welch.t = -welch.t;
    }
    other
}

fn near(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-12 * one.abs().max(1.0),
        (one, other) => one == other,
    }
}

/// All but %DIFF, which has no sign to flip, and the notes.
fn assert_same(one: &PairStatistics, other: &PairStatistics) {
    assert_eq!((one.documents, one.totals, one.rates), (other.documents, other.totals, other.rates));
    assert_eq!((one.permutation, one.mann_whitney_p), (other.permutation, other.mann_whitney_p));
    let all = |figures: &PairStatistics| {
        let ends = |interval: Option<(f64, f64)>| [interval.map(|ends| ends.0), interval.map(|ends| ends.1)];
        let [low, high] = ends(figures.log_ratio_interval);
        let (test, welch) = (figures.mann_whitney, figures.welch);
        [
            [figures.means[0], figures.means[1], figures.log_ratio, low, high],
            [figures.g2_two_cell, figures.bic_two_cell, figures.g2_four_cell, figures.bic_four_cell, None],
            [test.map(|test| test.u), test.map(|test| test.delta), test.and_then(|test| test.p), None, None],
            [
                welch.map(|welch| welch.t),
                welch.map(|welch| welch.degrees),
                figures.welch_p.raw,
                figures.welch_p.holm,
                figures.hedges_g,
            ],
        ]
    };
    for (one, other) in all(one).concat().into_iter().zip(all(other).concat()) {
        assert!(near(one, other), "{one:?} is not {other:?}");
    }
}

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_names_of_the_groups_change_nothing_but_the_sign(observations in observations()) {
        let original = compared(&observations);
        // a, b, c become c, a, b.
        let numbers = [2, 0, 1];
        let other = compared(&renamed(&observations, &numbers));
        for (group, number) in numbers.iter().enumerate() {
            prop_assert_eq!(&original.groups[group], &other.groups[*number]);
        }
        for ((a, b), figures) in &original.pairs {
            let (c, d) = (numbers[*a], numbers[*b]);
            for (number, figures) in figures.iter().enumerate() {
                if c < d {
                    assert_same(figures, &pair(&other, (c, d))[number]);
                } else {
                    assert_same(&exchanged(figures), &pair(&other, (d, c))[number]);
                }
            }
        }
        for (one, other) in original.all_groups.iter().zip(&other.all_groups) {
            prop_assert!(near(one.kruskal_wallis.map(|test| test.h), other.kruskal_wallis.map(|test| test.h)));
            prop_assert!(near(one.p.raw, other.p.raw) && one.note == other.note);
        }
    }

    #[test]
    fn the_order_of_the_measures_changes_nothing(
        observations in observations(),
        order in Just([0usize, 1, 2, 3]).prop_shuffle(),
    ) {
        let original = compared(&observations);
        let mut shuffled = observations.clone();
        shuffled.measures = order.iter().map(|measure| observations.measures[*measure].clone()).collect();
        let other = compared(&shuffled);
        for (at, measure) in order.iter().enumerate() {
            for group in 0..3 {
                prop_assert_eq!(&original.groups[group][*measure], &other.groups[group][at]);
            }
            for (one, other) in original.pairs.iter().zip(&other.pairs) {
                prop_assert_eq!(&one.1[*measure], &other.1[at]);
            }
            prop_assert_eq!(&original.all_groups[*measure], &other.all_groups[at]);
        }
    }

    #[test]
    fn leaving_measures_out_changes_no_raw_figure_of_the_others(observations in observations()) {
        let original = compared(&observations);
        let mut fewer = observations.clone();
        fewer.measures.truncate(1);
        let other = compared(&fewer);
        for ((_, one), (_, other)) in original.pairs.iter().zip(&other.pairs) {
            prop_assert_eq!(one[0].permutation.raw, other[0].permutation.raw);
            prop_assert_eq!(one[0].log_ratio_interval, other[0].log_ratio_interval);
        }
    }

    #[test]
    fn two_groups_together_are_the_sum_of_both(observations in observations()) {
        let apart = compared(&observations);
        let mut together = renamed(&observations, &[0, 0, 1]);
        together.groups.pop();
        let together = compared(&together);
        for measure in 0..observations.measures.len() {
            let [a, b, c] = [0, 1, 2].map(|group| &apart.groups[group][measure]);
            let both = &together.groups[0][measure];
            prop_assert_eq!(both.documents, a.documents + b.documents);
            prop_assert_eq!(both.range, a.range + b.range);
            let sum = Frequency { count: a.total.count + b.total.count, size: a.total.size + b.total.size };
            prop_assert_eq!(both.total, sum);
            let weighted = |group: &GroupStatistics| group.mean.unwrap_or_default() * group.documents as f64;
            let mean = (both.documents > 0).then(|| (weighted(a) + weighted(b)) / both.documents as f64);
            prop_assert!(near(both.mean, mean));
            prop_assert_eq!(&together.groups[1][measure].total, &c.total);
            prop_assert_eq!(pair(&together, (0, 1))[measure].g2_two_cell, g2_two_cell(sum, c.total));
        }
    }

    #[test]
    fn what_is_stated_of_the_scales_holds(observations in observations()) {
        let comparison = compared(&observations);
        for figures in comparison.groups.iter().flatten() {
            for (low, high) in [figures.rate_interval, figures.mean_interval].into_iter().flatten() {
                prop_assert!(low <= high);
            }
            for share in [figures.dp, figures.dp_norm, figures.juilland_d].into_iter().flatten() {
                prop_assert!((-1e-12..=1.0 + 1e-12).contains(&share), "{}", share);
            }
            prop_assert_eq!(figures.note.is_empty(), figures.documents > 1 && figures.total.count > 0);
        }
        for figures in comparison.pairs.iter().flat_map(|(_, figures)| figures) {
            for tested in [figures.permutation, figures.mann_whitney_p, figures.welch_p] {
                let (raw, holm) = (tested.raw.unwrap_or_default(), tested.holm.unwrap_or_default());
                let bh = tested.benjamini_hochberg.unwrap_or_default();
                prop_assert!(raw <= bh && bh <= holm && holm <= 1.0);
            }
            if let Some(test) = figures.mann_whitney {
                prop_assert!((-1.0..=1.0).contains(&test.delta));
            }
            let empty = figures.permutation.raw.is_none() || figures.percent_difference_interval.is_none();
            prop_assert!(!empty || !figures.note.is_empty());
        }
    }
}

/// Two groups with these rates per 1,000 tokens.
fn two_groups(first: &[u64], second: &[u64]) -> Observations {
    let rates = first.iter().chain(second);
    let documents = (0..first.len() + second.len()).map(|document| ObservedDocument {
        group: usize::from(document >= first.len()),
        sizes: [1000, 0, 0],
    });
    let counts = rates.enumerate().filter(|(_, rate)| **rate > 0).map(|(at, rate)| (at as u32, *rate));
    Observations {
        variable: "genre".into(),
        groups: vec!["a".into(), "b".into()],
        documents: documents.collect(),
        measures: vec![Measure {
            level: Level::Stance,
            name: "hedge".into(),
            stance: None,
            category: None,
            base: Base::Tokens,
            counts: counts.collect(),
        }],
        left_out: Vec::new(),
        fifths: Default::default(),
    }
}

#[test]
fn the_example_of_the_documentation_is_computed_as_it_says() {
    let mut example = two_groups(&[3, 6, 1], &[1, 2, 0]);
    for (document, tokens) in example.documents.iter_mut().zip([300, 500, 200, 400, 250, 150]) {
        document.sizes[0] = tokens;
    }
    let comparison = compare(&example, PLAN, &|_| ());
    let (group, figures) = (&comparison.groups[0][0], &comparison.pairs[0].1[0]);
    let test = figures.mann_whitney.unwrap();
    let page = std::fs::read_to_string("docs/statistics.md").unwrap();
    let page = page.split("## An example of two groups").nth(1).unwrap();
    for (name, values) in [
        ("`rate_a`, `rate_b`", vec![figures.rates[0], figures.rates[1]]),
        ("`mean_a`, `mean_b`", vec![figures.means[0], figures.means[1]]),
        ("`dp` of a", vec![group.dp]),
        ("`dp_norm` of a", vec![group.dp_norm]),
        ("`log_ratio`", vec![figures.log_ratio]),
        ("`percent_diff`", vec![figures.percent_difference]),
        ("`g2_two_cell`", vec![figures.g2_two_cell]),
        ("`bic_two_cell`", vec![figures.bic_two_cell]),
        ("`cliffs_delta`", vec![Some(test.delta)]),
        ("`mann_whitney_p`", vec![test.p]),
    ] {
        let row = page.lines().find(|line| line.starts_with(&format!("| {name} |"))).unwrap();
        let shown = row.trim_end_matches(['|', ' ']).rsplit('|').next().unwrap();
        let shown: Vec<f64> = shown.split(',').map(|value| value.trim().parse().unwrap()).collect();
        for (shown, value) in shown.iter().zip(&values) {
            assert!((shown - value.unwrap()).abs() < 5e-7, "{name}: {value:?}");
        }
        assert_eq!(shown.len(), values.len());
    }
}

#[test]
fn the_permutation_test_comes_near_to_trying_all_arrangements() {
    let (first, second) = ([12, 15, 9, 20, 14], [8, 11, 9, 5]);
    let all: Vec<u64> = first.into_iter().chain(second).collect();
    let sum: u64 = all.iter().sum();
    let distance = |chosen: u64| (chosen as f64 / 5.0 - (sum - chosen) as f64 / 4.0).abs();
    let arrangements = (0..1u32 << 9).filter(|chosen| chosen.count_ones() == 5);
    let distances: Vec<f64> = arrangements
        .map(|chosen| distance((0..9).filter(|at| chosen & (1 << at) != 0).map(|at| all[at]).sum()))
        .collect();
    let observed = distance(first.iter().sum());
    let as_far = distances.iter().filter(|distance| **distance >= observed - 1e-9).count();
    let exact = as_far as f64 / distances.len() as f64;
    let plan = Plan { seed: 3, resamples: 20_000 };
    let given = compare(&two_groups(&first, &second), plan, &|_| ()).pairs[0].1[0].permutation.raw.unwrap();
    // Five standard errors.
    let margin = 5.0 * (exact * (1.0 - exact) / 20_000.0).sqrt();
    assert!((given - exact).abs() < margin, "{given} is not near {exact}");
}

#[test]
fn the_bootstrap_of_a_mean_comes_near_to_what_theory_says() {
    let rates: Vec<u64> = (0..200).map(|n| n * 7 % 41).collect();
    let plan = Plan { seed: 3, resamples: 20_000 };
    let comparison = compare(&two_groups(&rates, &[1, 2, 3]), plan, &|_| ());
    let figures = &comparison.groups[0][0];
    let (mean, deviation) = (figures.mean.unwrap(), figures.standard_deviation.unwrap());
    let half = 1.96 * deviation / 200f64.sqrt();
    for (low, high) in [figures.mean_interval.unwrap(), figures.rate_interval.unwrap()] {
        assert!((low - (mean - half)).abs() < 0.05 * half, "{low}");
        assert!((high - (mean + half)).abs() < 0.05 * half, "{high}");
    }
}

#[test]
fn another_seed_changes_intervals_and_permutations_a_little_and_nothing_else() {
    let observations = two_groups(&[12, 15, 9, 20, 14, 3, 4], &[8, 11, 9, 5, 7, 0, 2]);
    let [one, other] = [1, 2].map(|seed| compare(&observations, Plan { seed, resamples: 2000 }, &|_| ()));
    let [a, b] = [&one, &other].map(|comparison| &comparison.pairs[0].1[0]);
    assert_ne!(a.log_ratio_interval, b.log_ratio_interval);
    assert_ne!(a.permutation.raw, b.permutation.raw);
    assert!((a.permutation.raw.unwrap() - b.permutation.raw.unwrap()).abs() < 0.05);
    assert_eq!((a.log_ratio, a.welch, a.mann_whitney), (b.log_ratio, b.welch, b.mann_whitney));
}

#[test]
fn progress_adds_up_to_the_whole() {
    use std::sync::atomic::{AtomicU64, Ordering};
    let (sum, whole) = (AtomicU64::new(0), AtomicU64::new(0));
    compare(&two_groups(&[1, 2], &[3, 4]), PLAN, &|progress| {
        if let hedgerow::analysis::Progress::Resamples { done, total } = progress {
            sum.fetch_add(done, Ordering::Relaxed);
            whole.store(total, Ordering::Relaxed);
        }
    });
    assert!(
        sum.load(Ordering::Relaxed) == whole.load(Ordering::Relaxed) && whole.load(Ordering::Relaxed) > 0
    );
}
