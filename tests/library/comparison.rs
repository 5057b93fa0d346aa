//! Comparing groups: what must not change a figure, and what the figures must be.

use hedgerow::analysis::{Comparison, Plan, compare};
use hedgerow::counts::{Base, Design, Level, Measure, Observations, ObservedDocument, Order};
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
        let documents = rows.iter().enumerate().map(|(index, (group, counts, size))| ObservedDocument {
            group: *group,
            stratum: 0,
            cluster: index,
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
            design: Design::by("genre"),
            groups: ["a", "b", "c"].map(String::from).to_vec(),
            documents: documents.collect(),
            measures: vec![
                measure(0, Level::Stance, Base::Tokens, 10),
                measure(1, Level::Stance, Base::Tokens, 15),
                measure(2, Level::Share, Base::Sentences, 10),
                measure(3, Level::Category, Base::Tokens, 30),
            ],
            ..Observations::default()
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
    other.hedges_g_interval = mirrored(figures.hedges_g_interval);
    other.cliffs_delta_interval = mirrored(figures.cliffs_delta_interval);
    other.mean_difference = negative(figures.mean_difference);
    other.mean_difference_interval = mirrored(figures.mean_difference_interval);
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
    assert_eq!(
        (one.pooled, one.pooled_adjusted, one.tests),
        (other.pooled, other.pooled_adjusted, other.tests)
    );
    let all = |figures: &PairStatistics| {
        let ends = |interval: Option<(f64, f64)>| [interval.map(|ends| ends.0), interval.map(|ends| ends.1)];
        let [low, high] = ends(figures.log_ratio_interval);
        let [g_low, g_high] = ends(figures.hedges_g_interval);
        let [delta_low, delta_high] = ends(figures.cliffs_delta_interval);
        let [mean_low, mean_high] = ends(figures.mean_difference_interval);
        let (test, welch) = (figures.mann_whitney, figures.welch);
        [
            [figures.means[0], figures.means[1], figures.log_ratio, low, high],
            [figures.g2_two_cell, figures.bic_two_cell, figures.g2_four_cell, figures.bic_four_cell, None],
            [test.map(|test| test.u), test.map(|test| test.delta), test.and_then(|test| test.p), None, None],
            [g_low, g_high, delta_low, delta_high, figures.mean_difference],
            [mean_low, mean_high, None, None, None],
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
        for (one, other) in original.omnibus.iter().zip(&other.omnibus) {
            prop_assert!(near(one.kruskal_wallis.map(|test| test.h), other.kruskal_wallis.map(|test| test.h)));
            prop_assert!(near(one.kruskal_wallis_p.raw, other.kruskal_wallis_p.raw) && one.note == other.note);
            prop_assert!(near(one.wald, other.wald) && one.wald_p.raw == other.wald_p.raw);
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
            prop_assert_eq!(&original.omnibus[*measure], &other.omnibus[at]);
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
            prop_assert_eq!(one[0].pooled.raw, other[0].pooled.raw);
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
            let two_cells = g2_two_cell(sum, c.total).filter(|_| observations.measures[measure].base == Base::Tokens);
            prop_assert_eq!(pair(&together, (0, 1))[measure].g2_two_cell, two_cells);
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
            prop_assert!(!figures.note.is_empty() || figures.rate_interval.is_some());
            let within = |value: Option<f64>, interval: Option<(f64, f64)>| match (value, interval) {
                (Some(value), Some((low, high))) => low <= value && value <= high && low >= 0.0,
                _ => true,
            };
            prop_assert!(within(figures.rate, figures.rate_interval) && within(figures.mean, figures.mean_interval));
        }
        for figures in comparison.pairs.iter().flat_map(|(_, figures)| figures) {
            for tested in [figures.pooled, figures.permutation, figures.mann_whitney_p, figures.welch_p] {
                let (Some(raw), Some(holm), Some(bh)) = (tested.raw, tested.holm, tested.benjamini_hochberg)
                else {
                    prop_assert!(tested.holm.is_none() && tested.benjamini_hochberg.is_none());
                    continue;
                };
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
pub fn two_groups(first: &[u64], second: &[u64]) -> Observations {
    let rates = first.iter().chain(second);
    let documents = (0..first.len() + second.len()).map(|document| ObservedDocument {
        group: usize::from(document >= first.len()),
        stratum: 0,
        cluster: document,
        sizes: [1000, 0, 0],
    });
    let counts = rates.enumerate().filter(|(_, rate)| **rate > 0).map(|(at, rate)| (at as u32, *rate));
    Observations {
        design: Design::by("genre"),
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
        ..Observations::default()
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

/// Welch's t and the studentised log ratio of the documents of two groups, computed without sums that are shared.
fn statistics_of(groups: [Vec<(f64, f64)>; 2], overall: f64) -> [f64; 2] {
    let part = |units: &Vec<(f64, f64)>| {
        let n = units.len() as f64;
        let (y, x) = units.iter().fold((0.0, 0.0), |(y, x), unit| (y + unit.0, x + unit.1));
        let residuals: f64 = units.iter().map(|unit| (unit.0 - y / x * unit.1).powi(2)).sum();
        let count = if y > 0.0 { y } else { 0.5 };
        let variance = (n / (n - 1.0) * residuals / (count * count)).max((1.0 - y / x) / (y + 0.5));
        let mean = units.iter().map(|unit| unit.0 / unit.1).sum::<f64>() / n;
        let spread: f64 = units.iter().map(|unit| (unit.0 / unit.1 - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let least = overall * (1.0 - overall) * units.iter().map(|unit| 1.0 / unit.1).sum::<f64>();
        ((count / x).ln(), variance, mean, (spread * n).max(least) / (n * n))
    };
    let [one, other] = groups.each_ref().map(part);
    [(one.0 - other.0) / (one.1 + other.1).sqrt(), (one.2 - other.2) / (one.3 + other.3).sqrt()].map(f64::abs)
}

/// The p-values of the pooled rates and of the means over all arrangements of the documents.
fn over_all_arrangements(counts: &[u64], sizes: &[u64], first: usize) -> [f64; 2] {
    let units: Vec<(f64, f64)> = counts.iter().zip(sizes).map(|(y, x)| (*y as f64, *x as f64)).collect();
    let overall = units.iter().map(|unit| unit.0 / unit.1).sum::<f64>() / units.len() as f64;
    let scores = |chosen: u32| {
        let side = |own: bool| {
            (0..units.len()).filter(|at| (chosen >> at & 1 == 1) == own).map(|at| units[at]).collect()
        };
        statistics_of([side(true), side(false)], overall)
    };
    let observed = scores((1 << first) - 1);
    let all: Vec<[f64; 2]> =
        (0..1u32 << units.len()).filter(|chosen| chosen.count_ones() as usize == first).map(scores).collect();
    [0, 1].map(|which| {
        let extreme = all.iter().filter(|scores| scores[which] >= observed[which] * (1.0 - 1e-9)).count();
        extreme as f64 / all.len() as f64
    })
}

#[test]
fn few_arrangements_are_all_tried_and_many_come_near_to_it() {
    let (counts, sizes) =
        ([12, 15, 9, 20, 14, 8, 11, 0, 5], [900, 1400, 700, 1000, 1100, 500, 1300, 800, 950]);
    let exact = over_all_arrangements(&counts, &sizes, 5);
    let mut observations = two_groups(&counts[..5], &counts[5..]);
    observations.documents.iter_mut().zip(sizes).for_each(|(document, size)| document.sizes[0] = size);
    for (resamples, is_exact) in [(126, true), (125, false), (20_000, true)] {
        let figures =
            compare(&observations, Plan { seed: 3, resamples }, &|_| ()).pairs.remove(0).1.remove(0);
        assert_eq!((figures.is_exact, figures.arrangements), (is_exact, resamples.min(126)));
        for (given, exact) in [figures.pooled.raw, figures.permutation.raw].into_iter().zip(exact) {
            let error =
                if is_exact { 1e-12 } else { 5.0 * (exact * (1.0 - exact) / resamples as f64).sqrt() + 0.01 };
            assert!((given.unwrap() - exact).abs() < error, "{resamples}: {given:?} is not {exact}");
        }
    }
}

#[test]
fn a_trend_takes_the_place_of_pairs() {
    let mut observations = two_groups(&[1, 2, 4, 5, 7, 8, 9, 12], &[]);
    observations.groups = (2016..2020).map(|year| year.to_string()).collect();
    observations.values = (2016..2020).map(f64::from).collect();
    observations.documents.iter_mut().enumerate().for_each(|(at, document)| document.group = at / 2);
    let with_pairs = compare(&observations, PLAN, &|_| ());
    observations.design.order = Order::Numbers;
    let ordered = compare(&observations, PLAN, &|_| ());
    assert_eq!((with_pairs.pairs.len(), ordered.pairs.len()), (6, 0));
    let trend = ordered.omnibus[0].trend.unwrap();
    // Of equal documents: the slope of the means 1.5, 4.5, 7.5, 10.5.
    assert!((trend.slope - 3.0).abs() < 1e-12 && trend.slope_p.raw.unwrap() < 0.02, "{trend:?}");
    assert!(trend.tau.unwrap() > 0.9 && ordered.omnibus[0].wald_p.raw.unwrap() < 0.2);
    assert_eq!(with_pairs.omnibus[0].trend.unwrap().slope, trend.slope);
    let has_rest = |comparison: &Comparison| comparison.groups[0][0].rest.p.is_some();
    assert!(has_rest(&with_pairs) && !has_rest(&ordered));
    // Two groups in an order are still compared.
    let mut two = two_groups(&[1, 2, 4], &[7, 9, 12]);
    two.design.order = Order::Listed(vec!["a".into(), "b".into()]);
    two.values = vec![1.0, 2.0];
    assert_eq!(compare(&two, PLAN, &|_| ()).pairs.len(), 1);
}

#[test]
fn the_interval_of_a_mean_is_that_of_theory() {
    let rates: Vec<u64> = (0..200).map(|n| n * 7 % 41).collect();
    let comparison = compare(&two_groups(&rates, &[1, 2, 3]), PLAN, &|_| ());
    let figures = &comparison.groups[0][0];
    let (mean, deviation) = (figures.mean.unwrap(), figures.standard_deviation.unwrap());
    let reach = 1.96 * deviation / 200f64.sqrt() / mean;
    for (low, high) in [figures.mean_interval.unwrap(), figures.rate_interval.unwrap()] {
        assert!((low / (mean * (-reach).exp()) - 1.0).abs() < 0.005, "{low}");
        assert!((high / (mean * reach.exp()) - 1.0).abs() < 0.005, "{high}");
    }
}

#[test]
fn no_interval_is_made_of_half_an_occurrence_or_of_rates_that_are_all_equal() {
    let figures = |first: &[u64], second: &[u64]| {
        compare(&two_groups(first, second), PLAN, &|_| ()).pairs.remove(0).1.remove(0)
    };
    let none = figures(&[5, 6, 7], &[0, 0, 0]);
    assert_eq!((none.log_ratio_interval, none.percent_difference_interval), (None, None));
    assert!(none.log_ratio.is_some() && none.note.has("notes.none_in_group_b"), "{}", none.note);
    assert_eq!(figures(&[5, 5, 5], &[3, 3, 3]).log_ratio_interval, None);
    // In most resamples of the second group there would be none; the interval of %DIFF is there all the same.
    let rare = figures(&[5, 6, 7, 9], &[0, 0, 0, 1]);
    let (low, high) = rare.percent_difference_interval.unwrap();
    assert!(low < rare.percent_difference.unwrap() && rare.percent_difference.unwrap() < high);
}

#[test]
fn another_seed_changes_permutations_a_little_and_nothing_else() {
    let observations = two_groups(&[12, 15, 9, 20, 14, 3, 4], &[8, 11, 9, 5, 7, 0, 2]);
    let [one, other] = [1, 2].map(|seed| compare(&observations, Plan { seed, resamples: 2000 }, &|_| ()));
    let [a, b] = [&one, &other].map(|comparison| &comparison.pairs[0].1[0]);
    assert_eq!(a.log_ratio_interval, b.log_ratio_interval);
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
