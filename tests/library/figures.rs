//! Each column of `groups.csv` and `comparisons.csv` holds the figure that its name says.

use std::path::Path;

use hedgerow::counts::{DocumentTotals, Fifths, ObservationsBuilder};
use hedgerow::lexicon::Stance;
use hedgerow::statistics::*;
use hedgerow::tables::{ReadTable, RunTables, TableRecord, columns, write_comparisons, write_groups};

/// The cells of a row, demanded to be these, of all columns that the table has.
fn assert_cells(folder: &Path, record: &TableRecord, row: usize, expected: &[(&str, &str)]) {
    let name = record.name.trim_end_matches(".csv");
    let own = columns().iter().filter(|column| column.table == name).map(|column| column.column.as_str());
    assert_eq!(own.collect::<Vec<_>>(), expected.iter().map(|(column, _)| *column).collect::<Vec<_>>());
    let table = ReadTable::read(RunTables::new(folder, std::slice::from_ref(record)), name).unwrap();
    let row = table.rows().nth(row).unwrap();
    for (column, cell) in expected {
        assert_eq!(table.cells(row, [*column]).unwrap(), [*cell], "{column}");
    }
}

/// One marker in two groups, in whose documents there are 5 and 7, and 11 tokens.
fn observations() -> hedgerow::Observations {
    let mut builder = ObservationsBuilder::new("genre");
    for (name, group, tokens) in [("1", "one", 5), ("2", "one", 7), ("3", "two", 11)] {
        let totals = DocumentTotals { tokens, ..DocumentTotals::default() };
        let document = builder.add_document(name, group, totals).unwrap();
        builder.add_marker(document, Stance::Assertive, "certainty", "必ず", 1);
    }
    let mut observations = builder.finish().unwrap();
    observations.measures.drain(..observations.measures.len() - 1);
    observations.fifths = Fifths::new(2, 1);
    for (fifth, markers) in [1, 3, 4, 8, 16].into_iter().enumerate() {
        observations.fifths.add(0, 0, fifth, markers);
    }
    observations
}

fn p_value(raw: f64) -> PValue {
    PValue { raw: Some(raw), holm: Some(raw + 0.1), benjamini_hochberg: Some(raw + 0.2) }
}

#[test]
fn every_column_of_a_group_is_its_own_figure() {
    let figures = GroupStatistics {
        documents: 101,
        total: Frequency { count: 102, size: 103 },
        rate: Some(104.5),
        rate_interval: Some((105.5, 106.5)),
        mean: Some(107.5),
        mean_interval: Some((108.5, 109.5)),
        median: Some(110.5),
        standard_deviation: Some(111.5),
        range: 112,
        dp: Some(113.5),
        dp_norm: Some(114.5),
        juilland_d: Some(115.5),
        note: "a note",
    };
    let folder = tempfile::tempdir().unwrap();
    let none = GroupStatistics::default();
    let groups = write_groups(folder.path(), &observations(), &[vec![figures], vec![none]]).unwrap();
    let same = [
        ("variable", "genre"),
        ("level", "marker"),
        ("measure", "必ず"),
        ("stance", "assertive"),
        ("category", "certainty"),
        ("unit", "per 1,000 tokens"),
    ];
    let row = |own: [(&'static str, &'static str); 25]| {
        let [variable, rest @ ..] = same;
        let [group, figures @ ..] = own;
        [&[variable, group][..], &rest, &figures].concat()
    };
    let first = row([
        ("group", "one"),
        ("documents", "2"),
        ("documents_rated", "101"),
        ("tokens", "12"),
        ("count", "102"),
        ("base", "103"),
        ("rate", "104.5"),
        ("rate_low", "105.5"),
        ("rate_high", "106.5"),
        ("mean", "107.5"),
        ("mean_low", "108.5"),
        ("mean_high", "109.5"),
        ("median", "110.5"),
        ("sd", "111.5"),
        ("interval", "percentile bootstrap over documents"),
        ("range", "112"),
        ("dp", "113.5"),
        ("dp_norm", "114.5"),
        ("juilland_d", "115.5"),
        ("fifth_1", "0.03125"),
        ("fifth_2", "0.09375"),
        ("fifth_3", "0.125"),
        ("fifth_4", "0.25"),
        ("fifth_5", "0.5"),
        ("note", "a note"),
    ]);
    assert_cells(folder.path(), &groups, 0, &first);
    let second = row([
        ("group", "two"),
        ("documents", "1"),
        ("documents_rated", "0"),
        ("tokens", "11"),
        ("count", "0"),
        ("base", "0"),
        ("rate", ""),
        ("rate_low", ""),
        ("rate_high", ""),
        ("mean", ""),
        ("mean_low", ""),
        ("mean_high", ""),
        ("median", ""),
        ("sd", ""),
        ("interval", ""),
        ("range", "0"),
        ("dp", ""),
        ("dp_norm", ""),
        ("juilland_d", ""),
        ("fifth_1", ""),
        ("fifth_2", ""),
        ("fifth_3", ""),
        ("fifth_4", ""),
        ("fifth_5", ""),
        ("note", ""),
    ]);
    assert_cells(folder.path(), &groups, 1, &second);
}

fn pair() -> PairStatistics {
    PairStatistics {
        documents: [201, 202],
        totals: [Frequency { count: 203, size: 204 }, Frequency { count: 205, size: 206 }],
        rates: [Some(207.5), Some(208.5)],
        means: [Some(209.5), Some(200.0)],
        log_ratio: Some(211.5),
        log_ratio_interval: Some((212.5, 213.5)),
        percent_difference: Some(214.5),
        percent_difference_interval: Some((215.5, 216.5)),
        g2_two_cell: Some(217.5),
        bic_two_cell: Some(218.5),
        g2_four_cell: Some(219.5),
        bic_four_cell: Some(220.5),
        permutation: p_value(0.5),
        mann_whitney: Some(MannWhitney { u: 221.5, p: Some(222.5), exact: true, delta: 223.5 }),
        mann_whitney_p: p_value(1.5),
        welch: Some(Welch { t: 224.5, degrees: 225.5, p: 226.5 }),
        welch_p: p_value(2.5),
        hedges_g: Some(227.5),
        note: "of the pair".into(),
    }
}

const MEASURE: [(&str, &str); 5] = [
    ("level", "marker"),
    ("measure", "必ず"),
    ("stance", "assertive"),
    ("category", "certainty"),
    ("unit", "per 1,000 tokens"),
];

const OF_PAIR: [(&str, &str); 37] = [
    ("documents_a", "201"),
    ("count_a", "203"),
    ("base_a", "204"),
    ("rate_a", "207.5"),
    ("mean_a", "209.5"),
    ("documents_b", "202"),
    ("count_b", "205"),
    ("base_b", "206"),
    ("rate_b", "208.5"),
    ("mean_b", "200"),
    ("log_ratio", "211.5"),
    ("log_ratio_low", "212.5"),
    ("log_ratio_high", "213.5"),
    ("percent_diff", "214.5"),
    ("percent_diff_low", "215.5"),
    ("percent_diff_high", "216.5"),
    ("interval", "percentile bootstrap over documents"),
    ("g2_two_cell", "217.5"),
    ("bic_two_cell", "218.5"),
    ("g2_four_cell", "219.5"),
    ("bic_four_cell", "220.5"),
    ("mean_difference", "9.5"),
    ("permutation_p", "0.5"),
    ("permutation_p_holm", "0.6"),
    ("permutation_p_bh", "0.7"),
    ("mann_whitney_u", "221.5"),
    ("mann_whitney_method", "exact"),
    ("mann_whitney_p", "1.5"),
    ("mann_whitney_p_holm", "1.6"),
    ("mann_whitney_p_bh", "1.7"),
    ("cliffs_delta", "223.5"),
    ("welch_t", "224.5"),
    ("welch_df", "225.5"),
    ("welch_p", "2.5"),
    ("welch_p_holm", "2.6"),
    ("welch_p_bh", "2.7"),
    ("hedges_g", "227.5"),
];

const OF_ALL: [(&str, &str); 6] = [
    ("kruskal_wallis_h", "301.5"),
    ("kruskal_wallis_df", "302"),
    ("kruskal_wallis_p", "3.5"),
    ("kruskal_wallis_p_holm", "3.6"),
    ("kruskal_wallis_p_bh", "3.7"),
    ("epsilon_squared", "303.5"),
];

#[test]
fn every_column_of_a_comparison_is_its_own_figure() {
    let test = KruskalWallis { h: 301.5, degrees: 302, p: 304.5, epsilon_squared: 303.5 };
    let all = AllGroupsStatistics { kruskal_wallis: Some(test), p: p_value(3.5), note: "of all" };
    let normal = PairStatistics {
        mann_whitney: pair().mann_whitney.map(|test| MannWhitney { exact: false, ..test }),
        ..pair()
    };
    let folder = tempfile::tempdir().unwrap();
    let pairs = [((0, 1), vec![pair()]), ((0, 1), vec![normal])];
    let comparisons = write_comparisons(folder.path(), &observations(), &[all], &pairs).unwrap();
    let empty = |columns: &[(&'static str, &'static str)]| {
        columns.iter().map(|(column, _)| (*column, "")).collect::<Vec<_>>()
    };
    let row = |names: [&'static str; 3], of_pair: &[_], of_all: &[_], note| {
        let [comparison, a, b] = names;
        let names = [("variable", "genre"), ("comparison", comparison), ("group_a", a), ("group_b", b)];
        [&names[..], &MEASURE, of_pair, of_all, &[("family", "markers"), ("note", note)]].concat()
    };
    let first = row(["all groups", "", ""], &empty(&OF_PAIR), &OF_ALL, "of all");
    assert_cells(folder.path(), &comparisons, 0, &first);
    let second = row(["pair", "one", "two"], &OF_PAIR, &empty(&OF_ALL), "of the pair");
    assert_cells(folder.path(), &comparisons, 1, &second);
    let method = |(column, cell)| (column, if column == "mann_whitney_method" { "normal" } else { cell });
    let third: Vec<_> = second.into_iter().map(method).collect();
    assert_cells(folder.path(), &comparisons, 2, &third);
}

/// Resamples whose sums are all the same.
fn constant(count: f64, size: f64) -> BootstrapSums {
    BootstrapSums { counts: vec![count; 50], sizes: vec![size; 50].into() }
}

#[test]
fn an_interval_is_made_of_the_same_statistic_as_the_figure() {
    let sample =
        |counts: [u64; 2]| Sample { sizes: &[100, 300], counts: (0..).zip(counts).collect(), scale: 1000.0 };
    let (first, second) = (sample([10, 30]), sample([5, 11]));
    // Sums of one resample: 20 of 100 against 5 of 200, rates of 0.2 and 0.025.
    let pair = PairStatistics::new([&first, &second], [&constant(20.0, 100.0), &constant(5.0, 200.0)]);
    let (low, high) = pair.percent_difference_interval.unwrap();
    assert!((low - 700.0).abs() < 1e-9 && low == high, "{low} {high}");
    let (low, high) = pair.log_ratio_interval.unwrap();
    assert!((low - 3.0).abs() < 1e-12 && low == high, "{low} {high}");
    // One resample in which the second has none.
    let with_zero =
        BootstrapSums { counts: [vec![5.0; 49], vec![0.0]].concat(), sizes: vec![200.0; 50].into() };
    let pair = PairStatistics::new([&first, &second], [&constant(20.0, 100.0), &with_zero]);
    assert_eq!(pair.percent_difference_interval, None);
    assert!(pair.log_ratio_interval.is_some() && pair.note.contains("no interval of percent_diff"));
    // Sums of the rates of two documents over each resample.
    let group = GroupStatistics::new(&first, &constant(20.0, 100.0), &mut [30.0; 50]);
    assert_eq!(group.rate_interval, Some((200.0, 200.0)));
    assert_eq!(group.mean_interval, Some((15.0, 15.0)));
}

#[test]
fn each_figure_of_a_pair_is_that_of_its_function() {
    let first = Sample { sizes: &[100, 300, 250], counts: vec![(0, 10), (1, 31)], scale: 1000.0 };
    let second = Sample { sizes: &[400, 500], counts: vec![(0, 5), (1, 11)], scale: 1000.0 };
    let sums = constant(3.0, 300.0);
    let mut pair = PairStatistics::new([&first, &second], [&sums, &sums]);
    pair.add_permutation_test(Some(24), 99);
    let (a, b) = ([100.0, 31.0 * 1000.0 / 300.0, 0.0], [12.5, 22.0]);
    let (x, y) = (Frequency { count: 41, size: 650 }, Frequency { count: 16, size: 900 });
    assert_eq!((pair.documents, pair.totals), ([3, 2], [x, y]));
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
    assert_eq!((pair.hedges_g, pair.permutation.raw), (hedges_g(&a, &b), Some(0.25)));
}

#[test]
fn each_figure_of_a_group_is_that_of_its_function() {
    let sample = Sample { sizes: &[100, 300, 250], counts: vec![(0, 10), (1, 31)], scale: 1000.0 };
    let group = GroupStatistics::new(&sample, &constant(3.0, 300.0), &mut [3.0; 50]);
    let rates = [100.0, 31.0 * 1000.0 / 300.0, 0.0];
    let parts = [(10, 100), (31, 300), (0, 250)].map(|(count, size)| Frequency { count, size });
    assert_eq!((group.documents, group.range), (3, 2));
    assert_eq!((group.total, group.rate), (Frequency { count: 41, size: 650 }, Some(41_000.0 / 650.0)));
    assert_eq!((group.mean, group.median), (mean(&rates), median(&rates)));
    assert_eq!(group.standard_deviation, standard_deviation(&rates));
    assert_eq!(
        (group.dp, group.dp_norm, group.juilland_d),
        (dp(&parts), dp_norm(&parts), juilland_d(&parts))
    );
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
        let all = AllGroupsStatistics::new(&samples);
        assert_eq!(all.p.raw, all.kruskal_wallis.map(|test| test.p));
        (all.kruskal_wallis.map(|test| test.degrees), all.note)
    };
    assert_eq!(all(&[&some, &zero, &zero]), (Some(2), ""));
    assert_eq!(
        all(&[&some, &none, &zero]),
        (Some(1), "groups without a document that has a rate are left out")
    );
    assert_eq!(all(&[&some, &none, &none]), (None, "fewer than two groups have documents with a rate"));
    assert_eq!(all(&[&zero, &zero, &zero]), (None, "all documents have the same rate: no test"));
}

#[test]
fn two_documents_are_enough_and_one_is_not() {
    let sizes = [100, 200];
    let sample = |documents: usize, counts: &[(u32, u64)]| Sample {
        sizes: &sizes[..documents],
        counts: counts.to_vec(),
        scale: 1000.0,
    };
    let resampled = constant(3.0, 300.0);
    let two = sample(2, &[(0, 1), (1, 3)]);
    let pair = PairStatistics::new([&two, &sample(2, &[(0, 2)])], [&resampled, &resampled]);
    assert!(pair.log_ratio_interval.is_some() && pair.mann_whitney.is_some() && pair.welch.is_some());
    assert_eq!(pair.note, "");
    let pair = PairStatistics::new([&two, &sample(1, &[(0, 2)])], [&resampled, &resampled]);
    assert!(pair.log_ratio_interval.is_none() && pair.mann_whitney.is_none() && pair.hedges_g.is_none());
    assert_eq!(pair.note, "one document in group_b: no interval, no test over documents");
    let group = GroupStatistics::new(&two, &resampled, &mut [3.0; 50]);
    assert!(group.rate_interval.is_some() && group.mean_interval.is_some() && group.note.is_empty());
    let group = GroupStatistics::new(&sample(1, &[(0, 2)]), &resampled, &mut [3.0; 50]);
    assert_eq!((group.rate_interval, group.mean_interval), (None, None));
    assert_eq!((group.rate, group.mean, group.range, group.dp), (Some(20.0), Some(20.0), 1, None));
}

#[test]
fn a_marker_in_one_document_alone_has_a_range_of_one() {
    let sample = Sample { sizes: &[100, 200, 700], counts: vec![(0, 5)], scale: 1000.0 };
    let group = GroupStatistics::new(&sample, &constant(5.0, 1000.0), &mut [50.0; 50]);
    assert_eq!((group.documents, group.range), (3, 1));
    assert_eq!(group.median, Some(0.0));
    // All occurrences in the smallest of three parts: DP is 0.9, DPnorm 1, D 0.
    let near = |value: Option<f64>, expected: f64| (value.unwrap() - expected).abs() < 1e-12;
    assert!(near(group.dp, 0.9) && near(group.dp_norm, 1.0) && near(group.juilland_d, 0.0));
}
