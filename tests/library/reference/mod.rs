//! Every statistic against values of an independent implementation, in `tests/library/reference/cases.csv`.
//!
//! `tests/library/reference/cases.py` has made them, with SciPy, statsmodels and mpmath.

use hedgerow::statistics::*;
use serde_json::Value;

/// By how much a value may differ, as a share of it, and a tail of a distribution by itself.
const TOLERANCE: f64 = 1e-9;
const TOLERANCE_OF_TAILS: f64 = 1e-12;

/// A value with its name; none where the statistic is not defined.
type Results = Vec<(String, Option<f64>)>;

#[test]
fn every_statistic_is_that_of_an_independent_implementation() {
    let mut cases = csv::Reader::from_path("tests/library/reference/cases.csv").unwrap();
    let (mut tried, mut wrong) = (0, Vec::new());
    for case in cases.records() {
        let case = case.unwrap();
        let [arguments, expected] =
            [&case[1], &case[2]].map(|json| serde_json::from_str::<Value>(json).unwrap());
        let given = compute(&case[0], &arguments);
        assert_eq!(given.len(), expected.as_object().unwrap().len(), "{case:?}");
        for (name, given) in given {
            let expected = expected[&name].as_f64();
            let same = match (given, expected) {
                (Some(given), Some(expected)) => close(&case[0], &name, given, expected),
                (given, expected) => given == expected,
            };
            if !same {
                wrong.push(format!("{} {}: {name} is {given:?}, not {expected:?}", &case[0], &case[1]));
            }
        }
        tried += 1;
    }
    assert!(tried >= 200, "only {tried} cases");
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}

const TAILS: [&str; 3] = ["normal_tail", "chi_square_tail", "student_tails"];

/// Statistics that are a difference of two numbers near 1 or near each other. Where they are all but 0 (the D of a
/// clumped marker, the DP of an even one), no digit of them is left, and 1e-15 is as near as can be.
const DIFFERENCES: [&str; 5] = ["dp", "dp_norm", "juilland_d", "log_ratio", "g"];

/// Equal up to the tolerance.
fn close(function: &str, name: &str, given: f64, expected: f64) -> bool {
    let distance = (given - expected).abs();
    let tolerance = if TAILS.contains(&function) { TOLERANCE_OF_TAILS } else { TOLERANCE };
    distance <= tolerance * expected.abs() || DIFFERENCES.contains(&name) && distance <= 1e-15
}

fn compute(function: &str, arguments: &Value) -> Results {
    match function {
        "keyness" => keyness(&whole(arguments)),
        "dispersion" => dispersion(arguments),
        "describe" => describe(&numbers(arguments)),
        "mann_whitney" => on_ranks(&numbers(&arguments[0]), &numbers(&arguments[1])),
        "means" => on_means(&numbers(&arguments[0]), &numbers(&arguments[1])),
        "kruskal_wallis" => several(arguments),
        "adjust" => adjust(&numbers(arguments)),
        "quantile" => {
            let value = quantile(&numbers(&arguments[0]), arguments[1].as_f64().unwrap());
            named([("quantile", value)])
        }
        "quantiles" => {
            let [p, degrees] = numbers(arguments)[..] else { panic!("p and degrees of freedom") };
            named([("normal", normal_quantile(p)), ("student", student_quantile(p, degrees))])
        }
        "normal_tail" => named([("p", Some(normal_upper_tail(numbers(arguments)[0])))]),
        "chi_square_tail" => {
            let [x, degrees] = numbers(arguments)[..] else { panic!("x and degrees of freedom") };
            named([("p", Some(chi_square_upper_tail(x, degrees)))])
        }
        "student_tails" => {
            let [t, degrees] = numbers(arguments)[..] else { panic!("t and degrees of freedom") };
            named([("p", Some(student_two_tails(t, degrees)))])
        }
        "intervals" => intervals(&numbers(&arguments[0]), &numbers(&arguments[1])),
        "wilson" => wilson(whole(arguments)[0], whole(arguments)[1]),
        "tarone" => tarone(&numbers(&arguments[0]), arguments[1].as_f64().unwrap()),
        "least_p" => {
            let [first, second, range] = whole(arguments)[..] else { panic!("two groups and a range") };
            named([("p", Some(least_p_of_range(first as usize, second as usize, range as usize)))])
        }
        "slope" => {
            trend(&numbers(&arguments[0]), &frequencies(&arguments[1]), arguments[2].as_f64().unwrap())
        }
        "band" => on_the_line(arguments),
        "correspondence" => mapped(arguments),
        "kendall" => correlation(&numbers(&arguments[0]), &numbers(&arguments[1])),
        "reliability" => reliability(arguments),
        "stratified" => stratified(arguments),
        _ => panic!("there is no {function}"),
    }
}

fn reliability(items: &Value) -> Results {
    let code = |code: &Value| code.as_u64().map(|code| code as usize);
    let items = items.as_array().unwrap().iter();
    let items: Vec<CodedItem> =
        items.map(|item| item.as_array().unwrap().iter().map(code).collect()).collect();
    let Reliability { kappa, alpha, ac1, .. } = Reliability::new(&items);
    let of = |name: &str, Estimate { value, interval }: Estimate| {
        let (low, high) = interval.unzip();
        [("", value), ("_low", low), ("_high", high)].map(|(end, value)| (format!("{name}{end}"), value))
    };
    [of("kappa", kappa), of("alpha", alpha), of("ac1", ac1)].concat()
}

fn stratified(strata: &Value) -> Results {
    let strata = strata.as_array().unwrap().iter();
    let values: Vec<(u64, Vec<f64>)> =
        strata.map(|stratum| (stratum[0].as_u64().unwrap(), numbers(&stratum[1]))).collect();
    let strata: Vec<SampledStratum> =
        values.iter().map(|(size, values)| SampledStratum { size: *size, values }).collect();
    let total = stratified_total(&strata).unwrap();
    named([("value", Some(total.value)), ("error", Some(total.error()))])
}

fn named<const N: usize>(results: [(&str, Option<f64>); N]) -> Results {
    results.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect()
}

fn whole(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|value| value.as_u64().unwrap()).collect()
}

fn keyness(arguments: &[u64]) -> Results {
    let first = Frequency { count: arguments[0], size: arguments[1] };
    let second = Frequency { count: arguments[2], size: arguments[3] };
    let [two, four] = [g2_two_cell(first, second), g2_four_cell(first, second)];
    named([
        ("log_ratio", log_ratio(first, second)),
        ("percent_difference", percent_difference(first, second)),
        ("g2_two_cell", two),
        ("bic_two_cell", two.map(|g2| bic(g2, first, second))),
        ("g2_four_cell", four),
        ("bic_four_cell", four.map(|g2| bic(g2, first, second))),
    ])
}

fn frequencies(value: &Value) -> Vec<Frequency> {
    let part = |part: &Value| {
        let [count, size] = whole(part)[..] else { panic!("a count and a size") };
        Frequency { count, size }
    };
    value.as_array().unwrap().iter().map(part).collect()
}

fn dispersion(arguments: &Value) -> Results {
    let parts = frequencies(arguments);
    named([("dp", dp(&parts)), ("dp_norm", dp_norm(&parts)), ("juilland_d", juilland_d(&parts))])
}

fn describe(sample: &[f64]) -> Results {
    let deviation = standard_deviation(sample);
    named([("mean", mean(sample)), ("median", median(sample)), ("standard_deviation", deviation)])
}

fn on_ranks(first: &[f64], second: &[f64]) -> Results {
    let test = mann_whitney(first, second);
    named([
        ("u", test.map(|test| test.u)),
        ("p", test.and_then(|test| test.p)),
        ("exact", test.map(|test| f64::from(u8::from(test.exact)))),
        ("delta", test.map(|test| test.delta)),
    ])
}

fn on_means(first: &[f64], second: &[f64]) -> Results {
    let test = welch(first, second);
    named([
        ("t", test.map(|test| test.t)),
        ("degrees", test.map(|test| test.degrees)),
        ("p", test.map(|test| test.p)),
        ("g", hedges_g(first, second)),
    ])
}

fn several(arguments: &Value) -> Results {
    let samples: Vec<Vec<f64>> = arguments.as_array().unwrap().iter().map(numbers).collect();
    let samples: Vec<&[f64]> = samples.iter().map(Vec::as_slice).collect();
    let test = kruskal_wallis(&samples);
    named([
        ("h", test.map(|test| test.h)),
        ("degrees", test.map(|test| test.degrees as f64)),
        ("p", test.map(|test| test.p)),
        ("epsilon_squared", test.map(|test| test.epsilon_squared)),
    ])
}

fn adjust(p: &[f64]) -> Results {
    let columns = [("holm", holm(p)), ("benjamini_hochberg", benjamini_hochberg(p))];
    let cells = columns.iter().flat_map(|(name, values)| {
        values.iter().enumerate().map(move |(at, value)| (format!("{name} {at}"), Some(*value)))
    });
    cells.collect()
}

/// The ends of intervals, by their names.
fn ends<const N: usize>(intervals: [(&str, Option<Interval>); N]) -> Results {
    let end = |name: &str, end: &str| if name.is_empty() { end.to_owned() } else { format!("{name} {end}") };
    let both = |(name, interval): (&str, Option<Interval>)| {
        let (low, high) = interval.unzip();
        [(end(name, "low"), low), (end(name, "high"), high)]
    };
    intervals.into_iter().flat_map(both).collect()
}

/// The interval of the difference of two means, where each unit is a document.
fn mean_difference_interval(first: &[f64], second: &[f64]) -> Option<Interval> {
    let units = |rates: &[f64]| rates.iter().map(|rate| (*rate, 1.0)).collect();
    let is_defined = first.len() > 1 && second.len() > 1;
    difference_of_strata(&[[units(first), units(second)]]).filter(|_| is_defined)?.interval()
}

fn intervals(first: &[f64], second: &[f64]) -> Results {
    ends([
        ("mean", mean_difference_interval(first, second)),
        ("g", hedges_g_interval(first, second)),
        ("delta", cliffs_delta_interval(first, second)),
    ])
}

fn wilson(part: u64, whole: u64) -> Results {
    let (f1_low, f1_high) = f1_interval(part, whole, part).unzip();
    let f1 = [("f1_low", f1_low), ("f1_high", f1_high)];
    [ends([("", wilson_interval(part, whole))]), named(f1)].concat()
}

fn tarone(least: &[f64], alpha: f64) -> Results {
    let family = tarone_family(least, alpha);
    let members = family.members.iter().enumerate();
    let members = members.map(|(at, member)| (at.to_string(), Some(f64::from(u8::from(*member)))));
    members.chain([("factor".to_owned(), Some(family.factor as f64))]).collect()
}

fn trend(values: &[f64], documents: &[Frequency], scale: f64) -> Results {
    let trend = slope(values, documents, scale);
    let own = [
        ("slope", trend.map(|trend| trend.slope)),
        ("standard_error", trend.and_then(|trend| trend.standard_error)),
    ];
    [named(own), ends([("", trend.and_then(|trend| trend.interval))])].concat()
}

fn on_the_line(arguments: &Value) -> Results {
    let [scale, at] = [2, 3].map(|index| arguments[index].as_f64().unwrap());
    let (values, units) = (numbers(&arguments[0]), frequencies(&arguments[1]));
    let given = Band::new(&values, &units).and_then(|mut band| {
        units.iter().enumerate().for_each(|(value, unit)| band.add(value, *unit));
        band.at(at, scale)
    });
    [named([("rate", given.map(|(rate, _)| rate))]), ends([("", given.map(|(_, interval)| interval))])]
        .concat()
}

fn mapped(arguments: &Value) -> Results {
    let counts: Vec<Vec<u64>> = arguments.as_array().unwrap().iter().map(whole).collect();
    let map = correspondence(&counts).unwrap();
    let inertias =
        map.inertias.iter().enumerate().map(|(axis, inertia)| (format!("inertia_{axis}"), Some(*inertia)));
    let mut results: Results = inertias.collect();
    for (kind, points) in [("row", &map.rows), ("column", &map.columns)] {
        for (number, point) in points.iter().enumerate() {
            results.extend((0..2).map(|axis| (format!("{kind}_{number}_{axis}"), Some(point[axis]))));
        }
    }
    results
}

fn correlation(first: &[f64], second: &[f64]) -> Results {
    let correlation = kendall(first, second);
    let tau = named([("tau_b", correlation.map(|given| given.tau_b))]);
    [tau, ends([("", correlation.and_then(|given| given.interval))])].concat()
}
