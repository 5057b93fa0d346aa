//! Invented documents whose true rates are known.

use hedgerow::counts::{Base, Design, Level, Measure, Observations, ObservedDocument, Order};

use crate::random::Random;

/// The mean length of a document, in tokens.
pub const LENGTH: f64 = 400.0;

/// Documents that are drawn alike.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    pub group: usize,
    pub stratum: usize,
    pub documents: usize,
    /// Mean length, in tokens.
    pub length: f64,
    /// Markers a token.
    pub rate: f64,
    /// Of the negative binomial distribution of the counts; infinite for Poisson's.
    pub k: f64,
}

/// What documents have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Dependence {
    None,
    /// Sites of so many pages, all in one group.
    Sites {
        pages: usize,
    },
    /// The documents of the same number in each group.
    Pairs,
}

/// A population, and how it is compared.
#[derive(Debug, Clone)]
pub struct Population {
    pub cells: Vec<Cell>,
    /// The standard deviation of the logarithm of a document's length.
    pub sigma: f64,
    pub dependence: Dependence,
    /// The variance of what a site or pair adds to the logarithm of the rate.
    pub shared_variance: f64,
    /// Whether the comparison is told of it.
    pub declared: bool,
    /// Whether the comparison is told of the strata.
    pub stratified: bool,
    /// Whether the groups are years.
    pub ordered: bool,
    /// By measure: the factor of the rate.
    pub measures: Vec<f64>,
}

impl Population {
    pub fn new(cells: Vec<Cell>) -> Self {
        Population {
            cells,
            sigma: 0.5,
            dependence: Dependence::None,
            shared_variance: 0.0,
            declared: false,
            stratified: false,
            ordered: false,
            measures: vec![1.0],
        }
    }

    pub fn groups(&self) -> usize {
        self.cells.iter().map(|cell| cell.group + 1).max().unwrap_or(0)
    }

    fn design(&self) -> Design {
        let told = |dependence: bool| (self.declared && dependence).then(|| "shared".to_owned());
        Design {
            within: self.stratified.then(|| "stratum".into()),
            cluster: told(matches!(self.dependence, Dependence::Sites { .. })),
            pair: told(self.dependence == Dependence::Pairs),
            order: if self.ordered { Order::Numbers } else { Order::IfNumbers },
            ..Design::by("group")
        }
    }

    /// A data set.
    pub fn draw(&self, random: &mut Random) -> Observations {
        let mut documents = Vec::new();
        let mut counts = vec![Vec::new(); self.measures.len()];
        // By site or pair: the factor of its rates.
        let mut shared: Vec<f64> = Vec::new();
        for cell in &self.cells {
            let sites_before = shared.len();
            for number in 0..cell.documents {
                let of = match self.dependence {
                    Dependence::None => None,
                    Dependence::Sites { pages } => Some(sites_before + number / pages),
                    Dependence::Pairs => Some(number),
                };
                let factor = of.map_or(1.0, |of| {
                    if of == shared.len() {
                        shared.push(random.log_normal(self.shared_variance.sqrt()));
                    }
                    shared[of]
                });
                let index = documents.len();
                let tokens = (cell.length * random.log_normal(self.sigma)).round().max(1.0);
                for (counts, measure) in counts.iter_mut().zip(&self.measures) {
                    let mean = tokens * cell.rate * factor * measure;
                    let count = random.negative_binomial(mean, cell.k);
                    if count > 0 {
                        counts.push((index as u32, count));
                    }
                }
                documents.push(ObservedDocument {
                    group: cell.group,
                    stratum: if self.stratified { cell.stratum } else { 0 },
                    cluster: of.filter(|_| self.declared).unwrap_or(index),
                    sizes: [tokens as u64, 1, 1],
                });
            }
        }
        let measures = counts.into_iter().enumerate().map(|(number, counts)| Measure {
            level: Level::Marker,
            name: format!("marker {number}"),
            stance: None,
            category: None,
            base: Base::Tokens,
            counts,
        });
        let strata = self.cells.iter().map(|cell| cell.stratum + 1).max().unwrap_or(1);
        let groups = self.groups();
        Observations {
            design: self.design(),
            groups: (0..groups).map(|group| format!("{}", 2001 + group)).collect(),
            values: if self.ordered { (0..groups).map(|year| year as f64).collect() } else { Vec::new() },
            strata: (0..strata).filter(|_| self.stratified).map(|number| format!("{number}")).collect(),
            documents,
            measures: measures.collect(),
            left_out: Vec::new(),
            terms: Default::default(),
            fifths: Default::default(),
        }
    }

    /// The same with so many documents in each cell.
    pub fn enlarged(&self, documents: usize) -> Self {
        let cells = self.cells.iter().map(|cell| Cell { documents, ..*cell });
        Population { cells: cells.collect(), ..self.clone() }
    }
}
