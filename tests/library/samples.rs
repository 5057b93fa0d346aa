//! The figures of samples are those of their functions.

use hedgerow::statistics::*;

/// The documents of a sample as units: their counts in their sizes, and their rates.
fn units(sample: &Sample) -> [Vec<(f64, f64)>; 2] {
    let mut counts = vec![0.0; sample.sizes.len()];
    sample.counts.iter().for_each(|(at, count)| counts[*at as usize] = *count as f64);
    let pooled: Vec<(f64, f64)> = counts.iter().zip(sample.sizes).map(|(y, x)| (*y, *x as f64)).collect();
    let means = pooled.iter().map(|(y, x)| (y / x, 1.0)).collect();
    [pooled, means]
}

fn group_statistics(sample: &Sample) -> GroupStatistics {
    let [pooled, means] = units(sample);
    GroupStatistics::new(sample, &pooled, &means)
}

fn pair_statistics(first: &Sample, second: &Sample) -> PairStatistics {
    let [[first_pooled, first_means], [second_pooled, second_means]] = [units(first), units(second)];
    let units = PairUnits::Independent {
        pooled: vec![[first_pooled, second_pooled]],
        means: vec![[first_means, second_means]],
        are_documents: true,
    };
    PairStatistics::new([first, second], &units)
}

#[test]
fn each_figure_of_a_pair_is_that_of_its_function() {
    let first = Sample { sizes: &[100, 300, 250], counts: vec![(0, 10), (1, 31)], scale: 1000.0 };
    let second = Sample { sizes: &[400, 500], counts: vec![(0, 5), (1, 11)], scale: 1000.0 };
    let pair = pair_statistics(&first, &second);
    let (a, b) = ([100.0, 31.0 * 1000.0 / 300.0, 0.0], [12.5, 22.0]);
    let (x, y) = (Frequency { count: 41, size: 650 }, Frequency { count: 16, size: 900 });
    assert_eq!((pair.documents, pair.clusters, pair.totals), ([3, 2], [3, 2], [x, y]));
    assert_eq!(pair.rates, [Some(41_000.0 / 650.0), Some(16_000.0 / 900.0)]);
    assert_eq!(pair.means, [mean(&a), mean(&b)]);
    assert_eq!((pair.log_ratio, pair.percent_difference), (log_ratio(x, y), percent_difference(x, y)));
    let (two, four) = (g2_two_cell(x, y), g2_four_cell(x, y));
    assert_eq!((pair.g2_two_cell, pair.g2_four_cell), (two, four));
    assert_eq!(pair.bic_two_cell, two.map(|g2| bic(g2, x, y)));
    assert_eq!(pair.bic_four_cell, four.map(|g2| bic(g2, x, y)));
    assert_eq!((pair.mann_whitney, pair.welch), (mann_whitney(&a, &b), welch(&a, &b)));
    assert_eq!(pair.mann_whitney_p.raw, mann_whitney(&a, &b).unwrap().p);
    assert_eq!(pair.welch_p.raw, welch(&a, &b).map(|test| test.p));
    assert_eq!((pair.hedges_g, pair.hedges_g_interval), (hedges_g(&a, &b), hedges_g_interval(&a, &b)));
    assert_eq!(pair.cliffs_delta_interval, cliffs_delta_interval(&a, &b));
    let difference = mean(&a).unwrap() - mean(&b).unwrap();
    assert!((pair.mean_difference.unwrap() - difference).abs() < 1e-9);
    let [(ratio_low, ratio_high), (low, high)] =
        [pair.log_ratio_interval.unwrap(), pair.percent_difference_interval.unwrap()];
    for (ratio, percent) in [(ratio_low, low), (ratio_high, high)] {
        assert!(((ratio.exp2() - 1.0) * 100.0 - percent).abs() < 1e-9);
    }
}

#[test]
fn shares_have_no_likelihood_over_two_cells() {
    let [first, second] = [[3, 9], [2, 2]].map(|counts| Sample {
        sizes: &[10, 20],
        counts: (0..).zip(counts).collect(),
        scale: 1.0,
    });
    let pair = pair_statistics(&first, &second);
    assert_eq!((pair.g2_two_cell, pair.bic_two_cell), (None, None));
    assert!(pair.g2_four_cell.is_some() && pair.bic_four_cell.is_some());
    let (low, high) = group_statistics(&first).rate_interval.unwrap();
    assert!(0.0 < low && low < 0.4 && 0.4 < high && high < 1.0);
}

#[test]
fn each_figure_of_a_group_is_that_of_its_function() {
    let sample = Sample { sizes: &[100, 300, 250], counts: vec![(0, 10), (1, 31)], scale: 1000.0 };
    let group = group_statistics(&sample);
    let rates = [100.0, 31.0 * 1000.0 / 300.0, 0.0];
    let parts = [(10, 100), (31, 300), (0, 250)].map(|(count, size)| Frequency { count, size });
    assert_eq!((group.documents, group.clusters, group.range), (3, 3, 2));
    assert_eq!((group.total, group.rate), (Frequency { count: 41, size: 650 }, Some(41_000.0 / 650.0)));
    assert_eq!((group.mean, group.median), (mean(&rates), median(&rates)));
    assert_eq!(group.standard_deviation, standard_deviation(&rates));
    assert_eq!(
        (group.dp, group.dp_norm, group.juilland_d),
        (dp(&parts), dp_norm(&parts), juilland_d(&parts))
    );
    let ratio = Ratio::new(&units(&sample)[0], 41, 650).unwrap();
    let (low, high) = ratio.interval(Scale::Log).unwrap();
    assert_eq!(group.rate_interval, Some((low * 1000.0, high * 1000.0)));
}

#[test]
fn a_group_against_the_rest_has_a_residual() {
    let (group, rest) = (Frequency { count: 30, size: 1000 }, Frequency { count: 50, size: 3000 });
    let figures = RestStatistics::new(group, rest, None);
    // 20 expected, with a variance of 20 · (1 − 1/4) · (1 − 80/4000).
    assert!((figures.residual.unwrap() - 10.0 / 14.7f64.sqrt()).abs() < 1e-12);
    assert_eq!((figures.log_ratio, figures.log_ratio_interval), (log_ratio(group, rest), None));
    let none = Frequency { count: 0, size: 1000 };
    assert_eq!(RestStatistics::new(none, none, None).residual, None);
}

#[test]
fn rates_can_be_tested_unless_all_are_the_same() {
    let sizes = [100, 200];
    let sample = |counts: &[(u32, u64)]| Sample { sizes: &sizes, counts: counts.to_vec(), scale: 1.0 };
    let [zero, same, half] = [&[][..], &[(0, 1), (1, 2)], &[(0, 1)]].map(sample);
    for (samples, testable) in [
        ([&zero, &zero], false),
        ([&same, &same], false),
        ([&zero, &same], true),
        ([&same, &half], true),
        ([&half, &half], true),
        ([&zero, &half], true),
    ] {
        assert_eq!(is_testable(samples), testable, "{samples:?}");
    }
}

#[test]
fn a_note_says_why_a_test_over_all_groups_is_missing() {
    let some = Sample { sizes: &[10, 20], counts: vec![(0, 3), (1, 1)], scale: 1.0 };
    let none = Sample { sizes: &[], counts: Vec::new(), scale: 1.0 };
    let zero = Sample { sizes: &[10, 20], counts: Vec::new(), scale: 1.0 };
    let all = |samples: &[&Sample]| {
        let samples: Vec<Sample> = samples.iter().map(|sample| (*sample).clone()).collect();
        let dependent = OmnibusStatistics::new(&samples, false);
        let all = OmnibusStatistics::new(&samples, true);
        assert_eq!(all.kruskal_wallis_p.raw, all.kruskal_wallis.map(|test| test.p));
        assert_eq!((dependent.kruskal_wallis, dependent.kruskal_wallis_p.raw), (all.kruskal_wallis, None));
        (all.kruskal_wallis.map(|test| test.degrees), all.note.to_string())
    };
    assert_eq!(all(&[&some, &zero, &zero]), (Some(2), String::new()));
    assert_eq!(
        all(&[&some, &none, &zero]),
        (Some(1), "groups without a document that has a rate are left out".into())
    );
    assert_eq!(
        all(&[&some, &none, &none]),
        (None, "fewer than two groups have documents with a rate".into())
    );
    assert_eq!(all(&[&zero, &zero, &zero]), (None, "all documents have the same rate: no test".into()));
}

#[test]
fn two_documents_are_enough_and_one_is_not() {
    let sizes = [100, 200];
    let sample = |documents: usize, counts: &[(u32, u64)]| Sample {
        sizes: &sizes[..documents],
        counts: counts.to_vec(),
        scale: 1000.0,
    };
    let two = sample(2, &[(0, 1), (1, 3)]);
    let pair = pair_statistics(&two, &sample(2, &[(0, 2)]));
    assert!(pair.log_ratio_interval.is_some() && pair.mann_whitney.is_some() && pair.welch.is_some());
    assert_eq!(pair.note.to_string(), "few units of unequal variance: p may be too small");
    let pair = pair_statistics(&two, &sample(1, &[(0, 2)]));
    assert!(pair.log_ratio_interval.is_none() && pair.mann_whitney.is_none() && pair.hedges_g.is_none());
    assert_eq!(pair.note.to_string(), "one document in group_b: no interval, no test over documents");
    let group = group_statistics(&two);
    assert!(group.rate_interval.is_some() && group.mean_interval.is_some() && group.note.is_empty());
    let group = group_statistics(&sample(1, &[(0, 2)]));
    assert_eq!((group.rate_interval, group.mean_interval), (None, None));
    assert_eq!((group.rate, group.mean, group.range, group.dp), (Some(20.0), Some(20.0), 1, None));
}

#[test]
fn a_marker_in_one_document_alone_has_a_range_of_one() {
    let sample = Sample { sizes: &[100, 200, 700], counts: vec![(0, 5)], scale: 1000.0 };
    let group = group_statistics(&sample);
    assert_eq!((group.documents, group.range), (3, 1));
    assert_eq!(group.median, Some(0.0));
    // All occurrences in the smallest of three parts: DP is 0.9, DPnorm 1, D 0.
    let near = |value: Option<f64>, expected: f64| (value.unwrap() - expected).abs() < 1e-12;
    assert!(near(group.dp, 0.9) && near(group.dp_norm, 1.0) && near(group.juilland_d, 0.0));
}
