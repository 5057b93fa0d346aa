//! What is simulated: populations, and how their documents are compared.

use crate::population::{Cell, Dependence, LENGTH, Population};

/// Which table a scenario stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Intervals.
    Coverage,
    /// Tests of two groups that don't differ.
    TwoGroups,
    /// Tests of several measures at once.
    Families,
    /// Tests of several groups that don't differ.
    SeveralGroups,
    /// Tests of a trend where there is none.
    Trends,
    /// Tests of groups that differ.
    Power,
}

/// A population whose data sets are compared.
#[derive(Debug, Clone)]
pub struct Scenario {
    pub part: Part,
    /// What distinguishes it from the others of its part.
    pub design: String,
    /// The documents of each group.
    pub documents: String,
    /// Markers a document.
    pub markers: f64,
    /// Of the negative binomial distribution.
    pub k: f64,
    pub population: Population,
    pub permutations: usize,
}

impl Scenario {
    pub fn name(&self) -> String {
        format!("{}, {}, {} markers, k {}", self.design, self.documents, self.markers, self.k)
    }
}

/// How many permutations a test is made of: (m + 1) / 20 is whole, so that 5 % can be reached.
const PERMUTATIONS: usize = 199;

const KS: [f64; 3] = [2.0, 5.0, f64::INFINITY];
const MARKERS: [f64; 2] = [8.0, 1.6];

fn cell(group: usize, documents: usize, markers: f64, k: f64) -> Cell {
    Cell { group, stratum: 0, documents, length: LENGTH, rate: markers / LENGTH, k }
}

/// Equal groups.
fn equal(groups: usize, documents: usize, markers: f64, k: f64) -> Population {
    Population::new((0..groups).map(|group| cell(group, documents, markers, k)).collect())
}

/// Each number of markers with each k.
fn grid() -> impl Iterator<Item = (f64, f64)> {
    MARKERS.into_iter().flat_map(|markers| KS.map(|k| (markers, k)))
}

/// All, in the order of the tables.
pub fn all() -> Vec<Scenario> {
    let mut scenarios = Vec::new();
    let permutations = PERMUTATIONS;
    for (markers, k) in grid() {
        let mut add = |part, documents: String, design: &str, population: Population, permutations| {
            let design = design.to_owned();
            scenarios.push(Scenario { part, documents, design, markers, k, population, permutations });
        };
        for documents in [3, 5, 7, 10, 20, 50] {
            let population = || equal(2, documents, markers, k);
            let name = documents.to_string();
            // Intervals need no permutations.
            add(Part::Coverage, name.clone(), "equal", population(), 1);
            let mut other = population();
            other.cells[0].rate *= 1.5;
            add(Part::Coverage, name.clone(), "ratio 1.5", other, 1);
            let unequal = Population { sigma: 0.8, ..population() };
            add(Part::Coverage, name, "equal, σ 0.8", unequal, 1);
        }
        let mut add = |design: &str, documents: &str, population: Population| {
            add(Part::TwoGroups, documents.into(), design, population, permutations);
        };
        two_groups(&mut add, markers, k);
        for (groups, documents) in [(4, 7), (4, 20), (8, 7), (8, 20)] {
            let population = equal(groups, documents, markers, k);
            let (documents, design) = (documents.to_string(), format!("{groups} equal groups"));
            // Pairs are many; (m + 1) / 20 is whole.
            let permutations = if groups > 4 { permutations / 5 } else { permutations / 2 };
            scenarios.push(Scenario {
                part: Part::SeveralGroups,
                documents,
                design,
                markers,
                k,
                population,
                permutations,
            });
        }
    }
    let mut add = |part, design: &str, documents: &str, markers, k, population| {
        let (design, documents) = (design.into(), documents.into());
        // Holm's method multiplies the least p by the number of markers.
        let permutations = if part == Part::Families { 2 * permutations + 1 } else { permutations };
        scenarios.push(Scenario { part, documents, design, markers, k, population, permutations });
    };
    for (markers, k) in grid() {
        let years = Population { ordered: true, ..equal(10, 3, markers, k) };
        add(Part::Trends, "10 years", "3", markers, k, years);
        let mut one = equal(4, 7, markers, k);
        one.cells[0].rate *= 3.0;
        add(Part::SeveralGroups, "4 groups, 3 of them equal", "7", markers, k, one);
    }
    for markers in MARKERS {
        let many = |groups, documents, number: usize| Population {
            measures: vec![1.0; number],
            ..equal(groups, documents, markers, 2.0)
        };
        add(Part::Families, "2 groups, 10 markers", "10", markers, 2.0, many(2, 10, 10));
        add(Part::Families, "4 groups, 5 markers", "7", markers, 2.0, many(4, 7, 5));
    }
    // From often to once in ten documents.
    let rarer = (0..20).map(|number| f64::powi(0.8, number)).collect();
    let many = Population { measures: rarer, ..equal(2, 10, 8.0, 2.0) };
    add(Part::Families, "2 groups, 20 markers, each rarer by a fifth", "10", 8.0, 2.0, many);
    for (k, documents) in KS.into_iter().flat_map(|k| [7, 10, 20, 30, 50].map(|documents| (k, documents))) {
        let mut population = equal(2, documents, 8.0, k);
        population.cells[0].rate *= 1.5;
        add(Part::Power, "ratio 1.5", &documents.to_string(), 8.0, k, population);
    }
    scenarios.sort_by_key(|scenario| scenario.part);
    scenarios
}

/// Two groups with the same true rate.
fn two_groups(add: &mut impl FnMut(&str, &str, Population), markers: f64, k: f64) {
    for documents in [5, 10, 20] {
        add("equal", &format!("{documents}, {documents}"), equal(2, documents, markers, k));
    }
    for (design, length) in [
        ("lengths 1 : 10, markers in a long document", 0.1),
        ("lengths 1 : 10, markers in a short document", 1.0),
    ] {
        let rate = markers / LENGTH;
        let of_length = |group, documents, length| Cell {
            length: LENGTH * length,
            rate,
            ..cell(group, documents, markers, k)
        };
        let cells = vec![of_length(0, 5, length), of_length(1, 30, 10.0 * length)];
        add(design, "5, 30", Population::new(cells));
    }
    for documents in [10, 20, 30] {
        let mut population = equal(2, documents, markers, k);
        // The variance of a count over its squared mean is 1 / mean + 1 / k.
        population.cells[1].k = 1.0 / (4.0 * (1.0 / markers + 1.0 / k) - 1.0 / markers);
        add("variances 1 : 4", &format!("{documents}, {documents}"), population);
    }
    for (sites, pages) in [(5, 4), (10, 10)] {
        let documents = format!("{sites} sites × {pages}");
        let population = Population {
            dependence: Dependence::Sites { pages },
            shared_variance: 0.25,
            declared: true,
            ..equal(2, sites * pages, markers, k)
        };
        if k == 2.0 {
            add(
                "sites, without `--cluster`",
                &documents,
                Population { declared: false, ..population.clone() },
            );
        }
        add("sites, `--cluster`", &documents, population);
    }
    for documents in [10, 20] {
        let name = format!("{documents} pairs");
        let population = Population {
            dependence: Dependence::Pairs,
            shared_variance: 0.25,
            declared: true,
            ..equal(2, documents, markers, k)
        };
        add("pairs, `--pair`", &name, population);
    }
    let of_stratum = |group, stratum, documents, factor: f64| {
        let own = cell(group, documents, markers * factor, k);
        Cell { stratum, ..own }
    };
    let cells = vec![
        of_stratum(0, 0, 5, 1.0),
        of_stratum(0, 1, 15, 2.0),
        of_stratum(1, 0, 15, 1.0),
        of_stratum(1, 1, 5, 2.0),
    ];
    let population = Population { stratified: true, ..Population::new(cells) };
    if k == 2.0 {
        let blind = Population { stratified: false, ..population.clone() };
        add("two media, without `--within`", "5 + 15, 15 + 5", blind);
    }
    add("two media, `--within`", "5 + 15, 15 + 5", population);
}
