//! The permutation tests over all groups: are their rates equal, which differs from the rest, is there a trend; and the largest scores of
//! pairs, by which they are adjusted for each other.

use super::super::super::parallel;
use super::super::layout::Layout;
use super::{Maxima, MaximaOfLevels, Tested, blocks, raise};
use crate::counts::{Base, Level};
use crate::statistics::{
    Arrangements, Labels, Logarithms, RankSums, RatioSums, Studentised, is_as_extreme, kruskal_wallis_h,
    natural_logarithm, slope_t, studentised_log_ratio, wald,
};

/// What the permutations of all groups give for a measure.
#[derive(Debug, Clone, Default)]
pub struct GlobalTest {
    /// The Wald-type statistic of equal pooled rates, and its p-value; none where the groups are not compared.
    pub wald: Option<(f64, f64)>,
    /// The p-value of the Kruskal–Wallis test; none where it is not defined.
    pub kruskal_wallis: Option<f64>,
    /// The p-value of the slope; none where the groups have no order.
    pub slope: Option<f64>,
    /// By pair, in order: the observed score.
    pub pair_scores: Vec<f64>,
    /// By group: the p-value of it against the rest, and the observed score.
    pub rest: Vec<(f64, f64)>,
}

/// The tests over all groups.
pub struct GlobalTests {
    /// By measure; none where there is nothing to test.
    pub tests: Vec<Option<GlobalTest>>,
    /// Of the pairs.
    pub pairs: MaximaOfLevels,
    /// Of the groups against the rest.
    pub rest: MaximaOfLevels,
}

/// A measure to be tested over all groups.
pub struct GlobalTested<'c> {
    pub tested: Tested<'c>,
    /// The ranks of the documents' rates, by unit.
    pub ranks: Option<RankSums>,
}

/// The statistics of a measure in one arrangement of all groups.
#[derive(Clone, Default)]
struct Scores {
    wald: f64,
    kruskal_wallis: f64,
    slope: f64,
    pairs: Vec<Studentised>,
    rest: Vec<Studentised>,
}

/// What is scored over all groups.
pub struct Global<'l> {
    pub layout: &'l Layout<'l>,
    /// By label: its value, where the groups have an order.
    pub values: Vec<f64>,
    /// The pairs to score, as labels.
    pub pairs: Vec<(usize, usize)>,
    /// Whether the groups are few enough to ask whether their rates are equal.
    pub compares_groups: bool,
    /// Whether each is compared to the rest.
    pub compares_to_rest: bool,
}

impl Global<'_> {
    /// Permutes all groups.
    pub fn permute(
        &self,
        arrangements: &Arrangements,
        measures: &[Option<GlobalTested>],
        done: &(dyn Fn(u64) + Sync),
    ) -> GlobalTests {
        let prepared = Prepared::new(self.layout, measures);
        let mut observed = vec![Scores::default(); measures.len()];
        self.each_score(&prepared, &arrangements.observed(), |at, _, scores| observed[at] = scores.clone());
        let groups = self.layout.labels.len();
        let parts = parallel::map(blocks(arrangements.number()), |block| {
            let length = block.len() as u64;
            let mut extreme = vec![([0u64; 3], vec![0u64; groups]); measures.len()];
            let mut maxima = [(); 2].map(|()| [(); Level::ALL.len()].map(|()| vec![0.0f64; block.len()]));
            self.each_score(&prepared, &arrangements.draw(block), |at, arrangement, own| {
                let (known, (of_all, rest)) = (&observed[at], &mut extreme[at]);
                let scores = [
                    (own.wald, known.wald),
                    (own.kruskal_wallis, known.kruskal_wallis),
                    (own.slope, known.slope),
                ];
                for (count, (own, known)) in of_all.iter_mut().zip(scores) {
                    *count += u64::from(is_as_extreme(own, known));
                }
                for (count, (own, known)) in rest.iter_mut().zip(own.rest.iter().zip(&known.rest)) {
                    *count += u64::from(is_as_extreme(own.t.abs(), known.t.abs()));
                }
                if let Some(GlobalTested { tested, .. }) = &measures[at]
                    && tested.in_family
                {
                    for (maxima, own) in maxima.iter_mut().zip([&own.pairs, &own.rest]) {
                        let largest = &mut maxima[tested.level as usize][arrangement];
                        own.iter().for_each(|score| raise(largest, score));
                    }
                }
            });
            done(length);
            (extreme, maxima)
        });
        let p = |at: usize, which: usize| {
            arrangements.p(parts.iter().map(|(extreme, _)| extreme[at].0[which]).sum())
        };
        let rest = |at: usize, label: usize| {
            arrangements.p(parts.iter().map(|(extreme, _)| extreme[at].1[label]).sum())
        };
        let test = |at: usize| GlobalTest {
            wald: self.compares_groups.then(|| (observed[at].wald, p(at, 0))),
            kruskal_wallis: measures[at]
                .as_ref()
                .and_then(|measure| measure.ranks.as_ref())
                .map(|_| p(at, 1)),
            slope: (!self.values.is_empty()).then(|| p(at, 2)),
            pair_scores: observed[at].pairs.iter().map(Studentised::score).collect(),
            rest: self
                .layout
                .labels
                .iter()
                .map(|label| usize::from(*label))
                .filter(|_| self.compares_to_rest)
                .map(|label| (rest(at, label), observed[at].rest[label].score()))
                .collect(),
        };
        let maxima = |which: usize| {
            Level::ALL.map(|level| {
                let scores = parts.iter().flat_map(|(_, maxima)| &maxima[which][level as usize]);
                Maxima::new(scores.copied().collect(), arrangements)
            })
        };
        GlobalTests {
            tests: (0..measures.len()).map(|at| measures[at].as_ref().map(|_| test(at))).collect(),
            pairs: maxima(0),
            rest: maxima(1),
        }
    }

    /// Gives the statistics by measure and arrangement.
    fn each_score(&self, prepared: &Prepared, labels: &Labels, mut give: impl FnMut(usize, usize, &Scores)) {
        let (groups, strata) = (self.layout.labels.len(), self.layout.strata());
        let bases = prepared.bases.each_ref().map(|values| {
            let mut sums = Sums::new(labels, groups, strata);
            sums.set(values, labels, self.layout);
            let own: Vec<f64> = sums.cells.iter().map(|fields| natural_logarithm(fields[0])).collect();
            let all = |arrangement: usize| {
                (0..groups).map(|label| sums.cells[sums.cell(label, 0, arrangement)][0]).sum::<f64>()
            };
            let rest =
                |cell: usize| natural_logarithm(all(cell % labels.arrangements()) - sums.cells[cell][0]);
            // Where there are strata, a ratio is that of sums over them.
            let rest: Vec<f64> = if strata == 1 { (0..own.len()).map(rest).collect() } else { Vec::new() };
            (sums, own, rest)
        });
        let mut sums = Sums::new(labels, groups, strata);
        let mut scores = Scores {
            pairs: vec![Studentised::default(); self.pairs.len()],
            rest: vec![Studentised::default(); if self.compares_to_rest { groups } else { 0 }],
            ..Scores::default()
        };
        let mut own = Own::new(groups, strata);
        for (at, measure) in prepared.measures.iter().enumerate() {
            let Some((values, base, ranks)) = measure else { continue };
            sums.set(values, labels, self.layout);
            let (of_base, log_bases, log_rests) = &bases[*base];
            for arrangement in 0..labels.arrangements() {
                for number in 0..strata {
                    for label in 0..groups {
                        let cell = sums.cell(label, number, arrangement);
                        let ([y, yy, xy, _], [x, xx, units, _]) = (sums.cells[cell], of_base.cells[cell]);
                        own.sums[number][label] = RatioSums { units, y, x, yy, xy, xx };
                        if x > 0.0 && self.compares_groups {
                            own.rates[number][label] =
                                prepared.logarithms.log_rate(&own.sums[number][label], log_bases[cell]);
                        }
                    }
                }
                let log_rest = |label: usize| log_rests[sums.cell(label, 0, arrangement)];
                self.score(&mut own, &prepared.logarithms, log_rest, &mut scores);
                if let Some(ranks) = ranks.as_ref().filter(|_| self.compares_groups) {
                    let of_label = (0..groups).map(|label| {
                        let cells = (0..strata).map(|number| sums.cell(label, number, arrangement));
                        cells.fold((0.0, 0.0), |(excess, documents), cell| {
                            (excess + sums.cells[cell][3], documents + of_base.cells[cell][3])
                        })
                    });
                    scores.kruskal_wallis = kruskal_wallis_h(of_label, ranks);
                }
                give(at, arrangement, &scores);
            }
        }
    }

    fn score(
        &self,
        own: &mut Own,
        logarithms: &Logarithms,
        log_rest: impl Fn(usize) -> f64,
        scores: &mut Scores,
    ) {
        let strata = own.sums.len();
        let Own { sums, rates, two } = own;
        if self.compares_groups {
            scores.wald = sums.iter().zip(rates.iter()).map(|(sums, rates)| wald(sums, rates)).sum();
        }
        if !self.values.is_empty() {
            scores.slope = slope_t(&self.values, &sums[0]).abs();
        }
        for ((a, b), score) in self.pairs.iter().zip(&mut scores.pairs) {
            *score = match &sums[..] {
                [groups] if groups[*a].x > 0.0 && groups[*b].x > 0.0 => {
                    Studentised::of_log_rates(rates[0][*a], rates[0][*b])
                }
                _ => {
                    (0..strata).for_each(|number| two[number] = [sums[number][*a], sums[number][*b]]);
                    studentised_log_ratio(two)
                }
            };
        }
        if scores.rest.is_empty() {
            return;
        }
        for (label, score) in scores.rest.iter_mut().enumerate() {
            for number in 0..strata {
                let others = sums[number].iter().enumerate().filter(|(other, _)| *other != label);
                two[number] = [sums[number][label], sum(others.map(|(_, sums)| sums))];
            }
            *score = match &two[..] {
                [[one, rest]] if one.x > 0.0 && rest.x > 0.0 => {
                    let rest = logarithms.log_rate(rest, log_rest(label));
                    Studentised::of_log_rates(rates[0][label], rest)
                }
                _ => studentised_log_ratio(two),
            };
        }
    }
}

/// What is summed up by group and stratum in one arrangement.
struct Own {
    /// By stratum, then by label.
    sums: Vec<Vec<RatioSums>>,
    /// The logarithms of the rates, with variance and degrees of freedom.
    rates: Vec<Vec<(f64, f64, f64)>>,
    /// By stratum: two groups to be contrasted.
    two: Vec<[RatioSums; 2]>,
}

impl Own {
    fn new(groups: usize, strata: usize) -> Self {
        Own {
            sums: vec![vec![RatioSums::default(); groups]; strata],
            rates: vec![vec![(0.0, 0.0, 0.0); groups]; strata],
            two: vec![[RatioSums::default(); 2]; strata],
        }
    }
}

/// Four sums of a unit: y, y², xy and the excess of its ranks; or of a base: x, x², whether it has a rate, and its documents.
type Values = Vec<(u32, [f64; 4])>;

/// The measures as they are summed up.
struct Prepared<'m> {
    /// By measure, where it is tested: its values, the index of its base, and its ranks.
    measures: Vec<Option<(Values, usize, &'m Option<RankSums>)>>,
    bases: [Values; Base::ALL.len()],
    logarithms: Logarithms,
}

impl<'m> Prepared<'m> {
    fn new(layout: &Layout, measures: &'m [Option<GlobalTested>]) -> Self {
        let values = |measure: &'m GlobalTested| {
            let column = measure.tested.column;
            let mut excess = vec![0.0; layout.units.len()];
            let ranks = measure.ranks.iter().flat_map(|ranks| &ranks.excess);
            ranks.for_each(|(unit, own)| excess[*unit as usize] += own);
            let own = column.values.iter();
            let own = own.map(|(unit, [y, yy, xy, ..])| (*unit, [*y, *yy, *xy, excess[*unit as usize]]));
            (own.collect(), column.base as usize, &measure.ranks)
        };
        Prepared {
            measures: measures.iter().map(|measure| measure.as_ref().map(values)).collect(),
            bases: layout.bases.each_ref().map(|fields| {
                let own = fields.iter().map(|[x, xx, rated, documents, ..]| [*x, *xx, *rated, *documents]);
                (0..).zip(own).collect()
            }),
            logarithms: Logarithms::new(),
        }
    }
}

/// Sums by label, stratum and arrangement.
struct Sums {
    cells: Vec<[f64; 4]>,
    arrangements: usize,
    strata: usize,
}

impl Sums {
    fn new(labels: &Labels, groups: usize, strata: usize) -> Self {
        let arrangements = labels.arrangements();
        Sums { cells: vec![[0.0; 4]; groups * strata * arrangements], arrangements, strata }
    }

    fn cell(&self, label: usize, stratum: usize, arrangement: usize) -> usize {
        (label * self.strata + stratum) * self.arrangements + arrangement
    }

    /// Sums up units by their labels.
    fn set(&mut self, values: &Values, labels: &Labels, layout: &Layout) {
        self.cells.fill([0.0; 4]);
        for (unit, fields) in values {
            let offset = usize::from(layout.units[*unit as usize].stratum) * self.arrangements;
            let of_label = self.strata * self.arrangements;
            for (at, label) in labels.of(*unit).iter().enumerate() {
                let sums = &mut self.cells[usize::from(*label) * of_label + offset + at];
                sums.iter_mut().zip(fields).for_each(|(sum, field)| *sum += field);
            }
        }
    }
}

fn sum<'s>(groups: impl Iterator<Item = &'s RatioSums>) -> RatioSums {
    groups.fold(RatioSums::default(), |all, own| RatioSums {
        units: all.units + own.units,
        y: all.y + own.y,
        x: all.x + own.x,
        yy: all.yy + own.yy,
        xy: all.xy + own.xy,
        xx: all.xx + own.xx,
    })
}
