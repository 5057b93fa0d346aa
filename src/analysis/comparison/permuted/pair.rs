//! The permutation tests of two groups: a measure costs the units it occurs in.

use super::super::super::parallel;
use super::super::layout::{FIELDS, Layout};
use super::{Maxima, MaximaOfLevels, Tested, blocks, raise};
use crate::counts::Level;
use crate::statistics::{
    Arrangements, Labels, Logarithms, RatioSums, Studentised, is_as_extreme, natural_logarithm,
    studentised_difference, studentised_log_ratio,
};

/// What the permutations of two groups give for a measure.
#[derive(Debug, Clone, Copy, Default)]
pub struct PairTest {
    /// The p-value of the pooled rates.
    pub pooled: f64,
    /// The observed score, for what is adjusted by maxima.
    pub score: f64,
    /// The p-value of the means of the rates.
    pub mean: f64,
}

/// The tests of two groups.
pub struct PairTests {
    pub arrangements: Arrangements,
    /// By measure; none where there is nothing to test.
    pub tests: Vec<Option<PairTest>>,
    pub maxima: MaximaOfLevels,
}

/// The sums of a measure, by unit of a pair.
type Values = Vec<(u32, [f64; FIELDS])>;

/// Two groups as units of their own.
struct Pair<'l> {
    layout: &'l Layout<'l>,
    /// The units of both groups.
    units: Vec<u32>,
    logarithms: Logarithms,
}

/// Permutes two groups.
pub fn permute_pair(
    layout: &Layout,
    arrangements: impl FnOnce(Vec<u16>, Vec<Vec<u32>>) -> Arrangements,
    groups: (usize, usize),
    measures: &[Option<Tested>],
    done: &(dyn Fn(u64) + Sync),
) -> PairTests {
    let labels = [layout.labels[groups.0], layout.labels[groups.1]];
    let first = labels[0].min(labels[1]);
    let units: Vec<u32> = (0..layout.units.len() as u32)
        .filter(|unit| labels.contains(&layout.units[*unit as usize].label))
        .collect();
    let observed = units.iter().map(|unit| u16::from(layout.units[*unit as usize].label != first)).collect();
    let arrangements = arrangements(observed, layout.blocks(&units));
    let pair = Pair { layout, units, logarithms: Logarithms::new() };
    let local = pair.local();
    let tested: Vec<Option<(Values, &Tested)>> = parallel::map(measures.iter().collect(), |measure| {
        let tested = measure.as_ref()?;
        let own =
            tested.column.values.iter().filter_map(|(unit, fields)| Some((local[*unit as usize]?, *fields)));
        Some((own.collect(), tested))
    });
    let mut observed = vec![[Studentised::default(); 2]; tested.len()];
    pair.each_score(&tested, &arrangements.observed(), |at, _, scores| observed[at] = scores);
    let parts = parallel::map(blocks(arrangements.number()), |block| {
        let length = block.len() as u64;
        let mut extreme = vec![[0u64; 2]; tested.len()];
        let mut maxima = [(); Level::ALL.len()].map(|()| vec![0.0f64; block.len()]);
        pair.each_score(&tested, &arrangements.draw(block), |at, arrangement, scores| {
            for side in 0..2 {
                let as_extreme = is_as_extreme(scores[side].t.abs(), observed[at][side].t.abs());
                extreme[at][side] += u64::from(as_extreme);
            }
            if let Some((_, measure)) = &tested[at]
                && measure.in_family
            {
                raise(&mut maxima[measure.level as usize][arrangement], &scores[0]);
            }
        });
        done(length);
        (extreme, maxima)
    });
    let sum =
        |at: usize, side: usize| arrangements.p(parts.iter().map(|(extreme, _)| extreme[at][side]).sum());
    let test = |at: usize| PairTest { pooled: sum(at, 0), score: observed[at][0].score(), mean: sum(at, 1) };
    let tests = (0..tested.len()).map(|at| tested[at].as_ref().map(|_| test(at))).collect();
    let of_level = |level: Level| {
        let scores = parts.iter().flat_map(|(_, maxima)| &maxima[level as usize]).copied().collect();
        Maxima::new(scores, &arrangements)
    };
    let maxima = Level::ALL.map(of_level);
    PairTests { arrangements, tests, maxima }
}

impl Pair<'_> {
    /// By unit of the layout: its index among those of the pair.
    fn local(&self) -> Vec<Option<u32>> {
        let mut local = vec![None; self.layout.units.len()];
        (0..).zip(&self.units).for_each(|(at, unit)| local[*unit as usize] = Some(at));
        local
    }

    /// Gives by measure and arrangement the studentised log ratio and the studentised difference of the means.
    fn each_score(
        &self,
        tested: &[Option<(Values, &Tested)>],
        labels: &Labels,
        mut give: impl FnMut(usize, usize, [Studentised; 2]),
    ) {
        let strata = self.layout.strata();
        let strata_of: Vec<u16> =
            self.units.iter().map(|unit| self.layout.units[*unit as usize].stratum).collect();
        let weights = Weights::new(labels, self.units.len());
        let bases = self.layout.bases.each_ref().map(|fields| {
            let own: Values = (0..).zip(&self.units).map(|(at, unit)| (at, fields[*unit as usize])).collect();
            let mut sums = Sums::new(&weights, strata);
            sums.set(&own, &weights, &strata_of);
            let logarithm = |label: usize| {
                let of = |arrangement: usize| natural_logarithm(sums.at(label, 0, arrangement)[0]);
                (0..labels.arrangements()).map(of).collect::<Vec<f64>>()
            };
            let logarithms = if strata == 1 { [logarithm(0), logarithm(1)] } else { Default::default() };
            (sums, logarithms)
        });
        let mut of_strata = vec![[RatioSums::default(); 2]; strata];
        let mut means = of_strata.clone();
        let mut least = vec![[0.0; 2]; strata];
        let mut sums = Sums::new(&weights, strata);
        for (at, tested) in tested.iter().enumerate() {
            let Some((values, measure)) = tested else { continue };
            sums.set(values, &weights, &strata_of);
            let (base, log_bases) = &bases[measure.column.base as usize];
            let log_base = |label: usize, arrangement: usize| log_bases[label][arrangement];
            for arrangement in 0..labels.arrangements() {
                let (mut rates, mut documents) = (0.0, 0.0);
                for number in 0..strata {
                    for label in 0..2 {
                        let own = sums.at(label, number, arrangement);
                        let of_base = base.at(label, number, arrangement);
                        of_strata[number][label] = pooled(&own, &of_base);
                        means[number][label] = mean(&own, &of_base);
                        least[number][label] = of_base[5];
                        rates += own[3];
                        documents += of_base[3];
                    }
                }
                // The variance of a rate of independent occurrences is R (1 − R) / b.
                let rate = if documents > 0.0 { rates / documents } else { 0.0 };
                least.iter_mut().flatten().for_each(|inverse| *inverse *= rate * (1.0 - rate).max(0.0));
                let ratio = match &of_strata[..] {
                    [groups] if groups.iter().all(|sums| sums.x > 0.0) => {
                        let of = |label: usize| {
                            let sums = &groups[label];
                            self.logarithms.log_rate(sums, log_base(label, arrangement))
                        };
                        Studentised::of_log_rates(of(0), of(1))
                    }
                    groups => studentised_log_ratio(groups),
                };
                give(at, arrangement, [ratio, studentised_difference(&means, &least)]);
            }
        }
    }
}

/// 1 for each unit that an arrangement puts into the second group, else 0; by unit, then by arrangement.
struct Weights {
    cells: Vec<f64>,
    arrangements: usize,
}

impl Weights {
    fn new(labels: &Labels, units: usize) -> Self {
        let of_unit = |unit: u32| labels.of(unit).iter().map(|label| f64::from(*label));
        Weights { cells: (0..units as u32).flat_map(of_unit).collect(), arrangements: labels.arrangements() }
    }

    fn of(&self, unit: u32) -> &[f64] {
        &self.cells[unit as usize * self.arrangements..][..self.arrangements]
    }
}

/// Sums of the second group by stratum, field and arrangement, and of both groups; those of the first are what is left.
struct Sums {
    second: Vec<f64>,
    both: Vec<[f64; FIELDS]>,
    arrangements: usize,
}

impl Sums {
    fn new(weights: &Weights, strata: usize) -> Self {
        let arrangements = weights.arrangements;
        Sums {
            second: vec![0.0; strata * FIELDS * arrangements],
            both: vec![[0.0; FIELDS]; strata],
            arrangements,
        }
    }

    fn set(&mut self, values: &Values, weights: &Weights, strata_of: &[u16]) {
        self.second.fill(0.0);
        self.both.fill([0.0; FIELDS]);
        for (unit, fields) in values {
            let stratum = usize::from(strata_of[*unit as usize]);
            let weights = weights.of(*unit);
            let rows =
                self.second[stratum * FIELDS * self.arrangements..].chunks_exact_mut(self.arrangements);
            for ((row, field), both) in rows.zip(fields).zip(&mut self.both[stratum]) {
                *both += field;
                row.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += field * weight);
            }
        }
    }

    fn at(&self, label: usize, stratum: usize, arrangement: usize) -> [f64; FIELDS] {
        let both = &self.both[stratum];
        std::array::from_fn(|field| {
            let second = self.second[(stratum * FIELDS + field) * self.arrangements + arrangement];
            if label == 1 { second } else { both[field] - second }
        })
    }
}

fn pooled([y, yy, xy, ..]: &[f64; FIELDS], [x, xx, units, ..]: &[f64; FIELDS]) -> RatioSums {
    RatioSums { units: *units, y: *y, x: *x, yy: *yy, xy: *xy, xx: *xx }
}

fn mean([_, _, _, y, yy, xy]: &[f64; FIELDS], [_, _, units, x, xx, _]: &[f64; FIELDS]) -> RatioSums {
    RatioSums { units: *units, y: *y, x: *x, yy: *yy, xy: *xy, xx: *xx }
}
