//! Comparisons of every design against values of an independent implementation, in `tests/library/reference/comparisons.json`.
//!
//! `tests/library/reference/comparisons.py` has made them. And what each design is for.

use hedgerow::analysis::{Plan, compare};
use hedgerow::counts::{Base, Design, Level, Measure, Observations, ObservedDocument};
use serde::Deserialize;

use super::comparison::two_groups;

const PLAN: Plan = Plan { seed: 7, resamples: 199 };

#[derive(Debug, Deserialize)]
struct Case {
    design: String,
    /// Group, stratum, cluster, count, size.
    rows: Vec<(usize, usize, usize, u64, u64)>,
    /// The figure and the ends of its interval.
    log_ratio: [f64; 3],
    rate_interval: Option<[f64; 2]>,
    mean_interval: Option<[f64; 2]>,
    mean_difference: Option<[f64; 3]>,
    /// Of the pooled rates and of the means, over all arrangements.
    p: Option<[f64; 2]>,
    arrangements: Option<usize>,
}

impl Case {
    fn observations(&self) -> Observations {
        let design = match self.design.as_str() {
            "documents" => Design::by("genre"),
            "clusters" => Design { cluster: Some("site".into()), ..Design::by("genre") },
            "strata" => Design { within: Some("medium".into()), ..Design::by("genre") },
            "pairs" => Design { pair: Some("company".into()), ..Design::by("genre") },
            other => panic!("{other}"),
        };
        let strata = match design.within {
            Some(_) => ["one", "two", "three"].map(String::from).to_vec(),
            None => Vec::new(),
        };
        let document = |(group, stratum, cluster, _, size): &(usize, usize, usize, u64, u64)| {
            ObservedDocument { group: *group, stratum: *stratum, cluster: *cluster, sizes: [*size, 0, 0] }
        };
        let counts = self.rows.iter().enumerate().filter(|(_, row)| row.3 > 0);
        let measure = Measure {
            level: Level::Stance,
            name: "hedge".into(),
            stance: None,
            category: None,
            base: Base::Tokens,
            counts: counts.map(|(at, row)| (at as u32, row.3)).collect(),
        };
        Observations {
            design,
            groups: vec!["a".into(), "b".into()],
            strata,
            documents: self.rows.iter().map(document).collect(),
            measures: vec![measure],
            ..Observations::default()
        }
    }
}

/// Several groups of documents, compared over all arrangements.
#[derive(Debug, Deserialize)]
struct Groups {
    /// Group, stratum, cluster, count, size.
    rows: Vec<(usize, usize, usize, u64, u64)>,
    values: Vec<f64>,
    wald: f64,
    wald_p: f64,
    slope_p: f64,
    kruskal_wallis_p: f64,
    /// Of each group against the rest.
    rest_p: Vec<f64>,
    /// Of each pair, adjusted for all pairs.
    pairs_p: Vec<f64>,
}

#[test]
fn tests_over_all_groups_come_near_to_trying_all_arrangements() {
    let cases = std::fs::read_to_string("tests/library/reference/groups.jsonl").unwrap();
    const RESAMPLES: usize = 40_000;
    for line in cases.lines() {
        let case: Groups = serde_json::from_str(line).unwrap();
        let rows: Vec<_> =
            case.rows.iter().map(|(group, _, own, count, size)| (*group, *own, *count, *size)).collect();
        let mut observations = designed(Design::by("year"), &rows);
        observations.groups = case.values.iter().map(|value| value.to_string()).collect();
        observations.values = case.values.clone();
        let comparison = compare(&observations, Plan { seed: 3, resamples: RESAMPLES }, &|_| ());
        let omnibus = &comparison.omnibus[0];
        assert!((omnibus.wald.unwrap() - case.wald).abs() < 1e-9 * case.wald, "{omnibus:?}");
        // Four standard errors.
        let near = |given: Option<f64>, expected: f64| {
            let margin =
                4.0 * (expected * (1.0 - expected) / RESAMPLES as f64).sqrt() + 1.0 / RESAMPLES as f64;
            assert!((given.unwrap() - expected).abs() <= margin, "{given:?} is not {expected}: {case:?}");
        };
        near(omnibus.wald_p.raw, case.wald_p);
        near(omnibus.kruskal_wallis_permutation_p, case.kruskal_wallis_p);
        near(omnibus.trend.unwrap().slope_p.raw, case.slope_p);
        for (group, expected) in comparison.groups.iter().zip(&case.rest_p) {
            near(group[0].rest.p, *expected);
        }
        for ((_, figures), expected) in comparison.pairs.iter().zip(&case.pairs_p) {
            // A pair of so few documents is in no family: its adjusted p-value is not given.
            if let Some(adjusted) = figures[0].pooled_adjusted {
                near(Some(adjusted), *expected);
            }
        }
    }
}

#[test]
fn every_design_is_that_of_an_independent_implementation() {
    let cases = std::fs::read_to_string("tests/library/reference/comparisons.json").unwrap();
    let cases: Vec<Case> = serde_json::from_str(&cases).unwrap();
    let mut compared = 0;
    for case in &cases {
        let comparison = compare(&case.observations(), Plan { seed: 1, resamples: 100_000 }, &|_| ());
        let (group, pair) = (&comparison.groups[0][0], &comparison.pairs[0].1[0]);
        let ends = |interval: Option<(f64, f64)>| interval.map(|(low, high)| [low, high]);
        let figure =
            |value: Option<f64>, interval| value.zip(ends(interval)).map(|(v, [low, high])| [v, low, high]);
        let mut near = |name: &str, given: Option<&[f64]>, expected: Option<&[f64]>| {
            let Some(expected) = expected else { return };
            for (given, expected) in given.unwrap_or_else(|| panic!("{name}: {case:?}")).iter().zip(expected)
            {
                let is_near = (given - expected).abs() <= 1e-9 * expected.abs().max(1e-3);
                assert!(is_near, "{name} is {given}, not {expected}: {case:?}");
                compared += 1;
            }
        };
        let ratio = figure(pair.log_ratio, pair.log_ratio_interval);
        near("log_ratio", ratio.as_ref().map(|figures| &figures[..]), Some(&case.log_ratio));
        let means = figure(pair.mean_difference, pair.mean_difference_interval);
        let expected = case.mean_difference.as_ref().map(|figures| &figures[..]);
        near("mean_difference", means.as_ref().map(|figures| &figures[..]), expected);
        for (name, given, expected) in [
            ("rate", group.rate_interval, &case.rate_interval),
            ("mean", group.mean_interval, &case.mean_interval),
        ] {
            let given = ends(given);
            near(name, given.as_ref().map(|ends| &ends[..]), expected.as_ref().map(|ends| &ends[..]));
        }
        if let (Some(p), Some(arrangements)) = (&case.p, case.arrangements) {
            assert_eq!((pair.arrangements, pair.is_exact), (arrangements, true), "{case:?}");
            near("p", Some(&[pair.pooled.raw.unwrap(), pair.permutation.raw.unwrap()]), Some(p));
        }
    }
    assert!(compared > 80, "{compared}");
}

/// Documents of two groups with a pair, a cluster or a stratum each.
fn designed(design: Design, rows: &[(usize, usize, u64, u64)]) -> Observations {
    let counts: Vec<u64> = rows.iter().map(|row| row.2).collect();
    let mut observations = two_groups(&counts, &[]);
    for (document, (group, part, _, size)) in observations.documents.iter_mut().zip(rows) {
        document.group = *group;
        document.sizes[0] = *size;
        if design.within.is_some() {
            document.stratum = *part;
        } else if design.dependence().is_some() {
            document.cluster = *part;
        }
    }
    if design.within.is_some() {
        observations.strata = vec!["one".into(), "two".into()];
    }
    observations.design = design;
    observations
}

#[test]
fn pairs_are_exchanged_within_and_their_common_part_does_not_count() {
    // Rates that differ from pair to pair by far more than within a pair.
    let rows: Vec<(usize, usize, u64, u64)> = (0..8)
        .flat_map(|pair| {
            [(0, pair, 3 + 4 * pair as u64 + pair as u64 % 2, 400), (1, pair, 1 + 4 * pair as u64, 400)]
        })
        .collect();
    let design = Design { pair: Some("company".into()), ..Design::by("time") };
    let paired = compare(&designed(design, &rows), PLAN, &|_| ()).pairs.remove(0).1.remove(0);
    let apart = compare(&designed(Design::by("time"), &rows), PLAN, &|_| ()).pairs.remove(0).1.remove(0);
    // 2⁸ arrangements are more than 199; each pair differs in the same direction, so that only the mirror image is as extreme.
    assert!(paired.pooled.raw.unwrap() < 0.03 && apart.pooled.raw.unwrap() > 0.2, "{paired:?} {apart:?}");
    let width = |interval: Option<(f64, f64)>| interval.map(|(low, high)| high - low).unwrap();
    assert!(width(paired.log_ratio_interval) < 0.3 * width(apart.log_ratio_interval));
    assert_eq!((paired.clusters, paired.documents), ([8, 8], [8, 8]));
    assert_eq!((paired.welch, paired.mann_whitney_p.raw), (None, None));
    assert!(paired.note.has("notes.dependent"), "{}", paired.note);
}

#[test]
fn clusters_count_as_one() {
    // Three sites of four pages each, whose pages are all alike.
    let rows: Vec<(usize, usize, u64, u64)> =
        (0..24).map(|page| (page / 12, page / 4, [9, 3, 6, 2, 5, 1][page / 4], 300)).collect();
    let design = Design { cluster: Some("site".into()), ..Design::by("genre") };
    let clustered = compare(&designed(design, &rows), PLAN, &|_| ());
    let figures = &clustered.pairs[0].1[0];
    assert_eq!((figures.clusters, figures.arrangements, figures.is_exact), ([3, 3], 20, true));
    let sums = two_groups(&[36, 12, 24], &[8, 20, 4]);
    let mut sums = sums;
    sums.documents.iter_mut().for_each(|document| document.sizes[0] = 1200);
    let of_sums = compare(&sums, PLAN, &|_| ());
    assert_eq!(figures.pooled, of_sums.pairs[0].1[0].pooled);
    assert_eq!(figures.log_ratio_interval, of_sums.pairs[0].1[0].log_ratio_interval);
    assert_eq!(clustered.groups[0][0].rate_interval, of_sums.groups[0][0].rate_interval);
    assert!(figures.note.to_string().contains("too few units for any p below 0.10"), "{}", figures.note);
}

#[test]
fn strata_take_out_what_the_groups_owe_to_them() {
    // Web pages hedge ten times as often, and the first group has most of them; within each medium the groups are alike.
    let page = |group: usize, stratum: usize, number: usize| {
        let hedges = if stratum == 0 { 30 + (number % 5) as u64 } else { 2 + (number % 3) as u64 };
        (group, stratum, hedges, 500)
    };
    let rows: Vec<_> = (0..30)
        .map(|number| {
            page(
                usize::from(number >= 15),
                usize::from(number % 15 >= if number < 15 { 11 } else { 4 }),
                number,
            )
        })
        .collect();
    let design = Design { within: Some("medium".into()), ..Design::by("genre") };
    let stratified = compare(&designed(design, &rows), PLAN, &|_| ());
    let crude = compare(&designed(Design::by("genre"), &rows), PLAN, &|_| ());
    let [within, without] = [&stratified, &crude].map(|comparison| &comparison.pairs[0].1[0]);
    assert!(without.log_ratio.unwrap() > 0.8 && without.pooled.raw.unwrap() < 0.05, "{without:?}");
    assert!(within.log_ratio.unwrap().abs() < 0.1 && within.pooled.raw.unwrap() > 0.2, "{within:?}");
    // Mantel and Haenszel's ratio, from the sums.
    let sum = |group: usize, stratum: usize| {
        let rows = rows.iter().filter(|row| (row.0, row.1) == (group, stratum));
        rows.fold((0.0, 0.0), |(y, x), row| (y + row.2 as f64, x + row.3 as f64))
    };
    let of_strata = |side: usize| {
        let part = |stratum: usize| {
            let (own, other) = (sum(side, stratum), sum(1 - side, stratum));
            own.0 * other.1 / (own.1 + other.1)
        };
        part(0) + part(1)
    };
    assert!((within.log_ratio.unwrap() - (of_strata(0) / of_strata(1)).log2()).abs() < 1e-12);
    assert_eq!(stratified.strata.len(), 2);
    assert_eq!(stratified.strata[0].pairs[0].1[0].documents, [11, 4]);
}
