//! Each column of `groups.csv`, `comparisons.csv` and `omnibus.csv` holds the figure that its name says.

use std::path::Path;

use hedgerow::Design;
use hedgerow::counts::{DocumentTotals, Fifths, ObservationsBuilder};
use hedgerow::lexicon::Stance;
use hedgerow::messages::Language;
use hedgerow::statistics::*;
use hedgerow::tables::{
    ReadTable, RunTables, TableRecord, columns, write_comparisons, write_groups, write_omnibus,
};

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
    let mut builder = ObservationsBuilder::new(Design::by("genre"));
    for (name, group, tokens) in [("1", "one", 5), ("2", "one", 7), ("3", "two", 11)] {
        let totals = DocumentTotals { tokens, ..DocumentTotals::default() };
        let document = builder.add_document(name, group, totals).unwrap();
        builder.add_marker(document, Stance::Assertive, "certainty", "必ず", 1);
    }
    builder.name_category("certainty", "確信・断定");
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
        clusters: 117,
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
        rest: RestStatistics {
            log_ratio: Some(118.5),
            log_ratio_interval: Some((119.5, 120.5)),
            p: Some(121.5),
            adjusted: Some(122.5),
            residual: Some(123.5),
        },
        note: Notes::one("notes.no_document"),
    };
    let folder = tempfile::tempdir().unwrap();
    let none = GroupStatistics::default();
    let groups =
        write_groups(folder.path(), &observations(), &[&[vec![figures], vec![none]]], Language::English)
            .unwrap();
    let same = [
        ("variable", "genre"),
        ("level", "marker"),
        ("measure", "必ず"),
        ("stance", "assertive"),
        ("category", "certainty"),
        ("category_ja", "確信・断定"),
        ("unit", "per 1,000 tokens"),
    ];
    let row = |own: [(&'static str, &'static str); 33]| {
        let [variable, rest @ ..] = same;
        let [group, stratum, figures @ ..] = own;
        [&[variable, group, stratum][..], &rest, &figures].concat()
    };
    let first = row([
        ("group", "one"),
        ("stratum", ""),
        ("documents", "2"),
        ("documents_rated", "101"),
        ("clusters", ""),
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
        ("interval", "t on the log scale, over documents"),
        ("range", "112"),
        ("dp", "113.5"),
        ("dp_norm", "114.5"),
        ("juilland_d", "115.5"),
        ("rest_log_ratio", "118.5"),
        ("rest_log_ratio_low", "119.5"),
        ("rest_log_ratio_high", "120.5"),
        ("rest_p", "121.5"),
        ("rest_p_adjusted", "122.5"),
        ("residual", "123.5"),
        ("fifth_1", "0.03125"),
        ("fifth_2", "0.09375"),
        ("fifth_3", "0.125"),
        ("fifth_4", "0.25"),
        ("fifth_5", "0.5"),
        ("note", "no document has a rate"),
    ]);
    assert_cells(folder.path(), &groups, 0, &first);
    let second = row([
        ("group", "two"),
        ("stratum", ""),
        ("documents", "1"),
        ("documents_rated", "0"),
        ("clusters", ""),
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
        ("rest_log_ratio", ""),
        ("rest_log_ratio_low", ""),
        ("rest_log_ratio_high", ""),
        ("rest_p", ""),
        ("rest_p_adjusted", ""),
        ("residual", ""),
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
        clusters: [228, 229],
        totals: [Frequency { count: 203, size: 204 }, Frequency { count: 205, size: 206 }],
        rates: [Some(207.5), Some(208.5)],
        means: [Some(209.5), Some(200.0)],
        log_ratio: Some(211.5),
        log_ratio_interval: Some((212.5, 213.5)),
        percent_difference: Some(214.5),
        percent_difference_interval: Some((215.5, 216.5)),
        pooled: p_value(0.25),
        pooled_adjusted: Some(230.5),
        g2_two_cell: Some(217.5),
        bic_two_cell: Some(218.5),
        g2_four_cell: Some(219.5),
        bic_four_cell: Some(220.5),
        mean_difference: Some(9.5),
        mean_difference_interval: Some((231.5, 232.5)),
        permutation: p_value(0.5),
        mann_whitney: Some(MannWhitney { u: 221.5, p: Some(222.5), exact: true, delta: 223.5 }),
        mann_whitney_p: p_value(1.5),
        cliffs_delta_interval: Some((233.5, 234.5)),
        welch: Some(Welch { t: 224.5, degrees: 225.5, p: 226.5 }),
        welch_p: p_value(2.5),
        hedges_g: Some(227.5),
        hedges_g_interval: Some((235.5, 236.5)),
        arrangements: 237,
        is_exact: true,
        tests: 238,
        note: Notes::one("notes.opposite"),
    }
}

const MEASURE: [(&str, &str); 6] = [
    ("level", "marker"),
    ("measure", "必ず"),
    ("stance", "assertive"),
    ("category", "certainty"),
    ("category_ja", "確信・断定"),
    ("unit", "per 1,000 tokens"),
];

const OF_PAIR: [(&str, &str); 54] = [
    ("documents_a", "201"),
    ("clusters_a", ""),
    ("count_a", "203"),
    ("base_a", "204"),
    ("rate_a", "207.5"),
    ("mean_a", "209.5"),
    ("documents_b", "202"),
    ("clusters_b", ""),
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
    ("interval", "t on the log scale, over documents"),
    ("pooled_p", "0.25"),
    ("pooled_p_holm", "0.35"),
    ("pooled_p_bh", "0.45"),
    ("pooled_p_adjusted", "230.5"),
    ("g2_two_cell", "217.5"),
    ("bic_two_cell", "218.5"),
    ("g2_four_cell", "219.5"),
    ("bic_four_cell", "220.5"),
    ("mean_difference", "9.5"),
    ("mean_difference_low", "231.5"),
    ("mean_difference_high", "232.5"),
    ("permutation_p", "0.5"),
    ("permutation_p_holm", "0.6"),
    ("permutation_p_bh", "0.7"),
    ("arrangements", "237"),
    ("permutation_method", "exact"),
    ("mann_whitney_u", "221.5"),
    ("mann_whitney_method", "exact"),
    ("mann_whitney_p", "1.5"),
    ("mann_whitney_p_holm", "1.6"),
    ("mann_whitney_p_bh", "1.7"),
    ("cliffs_delta", "223.5"),
    ("cliffs_delta_low", "233.5"),
    ("cliffs_delta_high", "234.5"),
    ("welch_t", "224.5"),
    ("welch_df", "225.5"),
    ("welch_p", "2.5"),
    ("welch_p_holm", "2.6"),
    ("welch_p_bh", "2.7"),
    ("hedges_g", "227.5"),
    ("hedges_g_low", "235.5"),
    ("hedges_g_high", "236.5"),
    ("family", "markers"),
    ("tests", "238"),
    ("note", "pooled rates and means differ in opposite directions"),
];

#[test]
fn every_column_of_a_comparison_is_its_own_figure() {
    let other = PairStatistics {
        mann_whitney: pair().mann_whitney.map(|test| MannWhitney { exact: false, ..test }),
        is_exact: false,
        ..pair()
    };
    let folder = tempfile::tempdir().unwrap();
    let pairs = [((0, 1), vec![pair()]), ((0, 1), vec![other])];
    let comparisons =
        write_comparisons(folder.path(), &observations(), &[&pairs], Language::English).unwrap();
    let names = [
        ("variable", "genre"),
        ("comparison", "pair"),
        ("group_a", "one"),
        ("group_b", "two"),
        ("stratum", ""),
    ];
    let first = [&names[..], &MEASURE, &OF_PAIR].concat();
    assert_cells(folder.path(), &comparisons, 0, &first);
    let method = |(column, cell)| match column {
        "mann_whitney_method" => (column, "normal"),
        "permutation_method" => (column, "random"),
        _ => (column, cell),
    };
    let second: Vec<_> = first.into_iter().map(method).collect();
    assert_cells(folder.path(), &comparisons, 1, &second);
}

#[test]
fn every_column_of_a_test_over_all_groups_is_its_own_figure() {
    let figures = OmnibusStatistics {
        groups: 300,
        documents: 301,
        wald: Some(302.5),
        wald_p: p_value(3.5),
        kruskal_wallis: Some(KruskalWallis { h: 303.5, degrees: 304, p: 305.5, epsilon_squared: 306.5 }),
        kruskal_wallis_p: p_value(4.5),
        kruskal_wallis_permutation_p: Some(307.5),
        trend: Some(Trend {
            slope: 308.5,
            slope_interval: Some((309.5, 310.5)),
            slope_p: p_value(5.5),
            tau: Some(311.5),
            tau_interval: Some((312.5, 313.5)),
        }),
        note: Notes::one("notes.one_group"),
    };
    let folder = tempfile::tempdir().unwrap();
    let omnibus = write_omnibus(folder.path(), &observations(), &[&[figures]], Language::English).unwrap();
    let names = [("variable", "genre"), ("stratum", "")];
    let own = [
        ("groups", "300"),
        ("documents", "301"),
        ("wald_q", "302.5"),
        ("wald_p", "3.5"),
        ("wald_p_holm", "3.6"),
        ("wald_p_bh", "3.7"),
        ("kruskal_wallis_h", "303.5"),
        ("kruskal_wallis_df", "304"),
        ("kruskal_wallis_p", "4.5"),
        ("kruskal_wallis_p_holm", "4.6"),
        ("kruskal_wallis_p_bh", "4.7"),
        ("kruskal_wallis_permutation_p", "307.5"),
        ("epsilon_squared", "306.5"),
        ("slope", "308.5"),
        ("slope_low", "309.5"),
        ("slope_high", "310.5"),
        ("slope_p", "5.5"),
        ("slope_p_holm", "5.6"),
        ("slope_p_bh", "5.7"),
        ("kendall_tau", "311.5"),
        ("kendall_tau_low", "312.5"),
        ("kendall_tau_high", "313.5"),
        ("family", "markers"),
        ("note", "fewer than two groups have documents with a rate"),
    ];
    assert_cells(folder.path(), &omnibus, 0, &[&names[..], &MEASURE, &own].concat());
}
