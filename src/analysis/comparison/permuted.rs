//! Permutation tests, block by block of arrangements: each is drawn once for all measures, and a measure costs the units it
//! occurs in.

use std::ops::Range;

use super::super::parallel;
use super::layout::{Column, FIELDS, Layout};
use crate::counts::Level;
use crate::statistics::{
    Arrangements, Labels, RankSums, RatioSums, Studentised, is_as_extreme, kruskal_wallis_h, log_rate,
    slope_t, studentised_difference, studentised_log_ratio, wald,
};

/// How many arrangements are drawn at a time: enough that a loop over them is long, few enough that the sums of a measure stay in
/// the processor's cache.
const BLOCK: usize = 64;

fn blocks(arrangements: usize) -> Vec<Range<usize>> {
    (0..arrangements).step_by(BLOCK).map(|start| start..(start + BLOCK).min(arrangements)).collect()
}

/// The largest score of a family in each arrangement (Westfall & Young 1993, single-step max-T).
#[derive(Debug, Clone, Default)]
pub(super) struct Maxima {
    /// Sorted.
    scores: Vec<f64>,
    exact: bool,
}

impl Maxima {
    fn new(mut scores: Vec<f64>, arrangements: &Arrangements) -> Self {
        scores.sort_unstable_by(f64::total_cmp);
        Maxima { scores, exact: arrangements.is_exact() }
    }

    /// The p-value of a score, adjusted for all in the family: how often the largest is as extreme.
    pub fn p(&self, score: f64) -> f64 {
        let extreme = self.scores.len() - self.scores.partition_point(|known| !is_as_extreme(*known, score));
        match self.exact {
            true => extreme as f64 / self.scores.len() as f64,
            false => (extreme + 1) as f64 / (self.scores.len() + 1) as f64,
        }
    }
}

/// By level: the largest scores.
pub(super) type MaximaOfLevels = [Maxima; Level::ALL.len()];

/// Sums by label and stratum, for each arrangement.
struct Sums {
    cells: Vec<[f64; FIELDS]>,
    arrangements: usize,
    strata: usize,
}

impl Sums {
    fn new(labels: &Labels, groups: usize, strata: usize) -> Self {
        let arrangements = labels.arrangements();
        Sums { cells: vec![[0.0; FIELDS]; groups * strata * arrangements], arrangements, strata }
    }

    /// Adds units by their labels.
    fn add<'v>(
        &mut self,
        values: impl IntoIterator<Item = (u32, &'v [f64; FIELDS])>,
        labels: &Labels,
        stratum: impl Fn(u32) -> u16,
    ) {
        for (unit, fields) in values {
            let offset = usize::from(stratum(unit)) * self.arrangements;
            let of_label = self.strata * self.arrangements;
            for (at, label) in labels.of(unit).iter().enumerate() {
                let sums = &mut self.cells[usize::from(*label) * of_label + offset + at];
                sums.iter_mut().zip(fields).for_each(|(sum, field)| *sum += field);
            }
        }
    }

    fn at(&self, label: usize, stratum: usize, arrangement: usize) -> &[f64; FIELDS] {
        &self.cells[(label * self.strata + stratum) * self.arrangements + arrangement]
    }
}

fn pooled([y, yy, xy, ..]: &[f64; FIELDS], [x, xx, units, ..]: &[f64; FIELDS]) -> RatioSums {
    RatioSums { units: *units, y: *y, x: *x, yy: *yy, xy: *xy, xx: *xx }
}

fn mean([_, _, _, y, yy, xy]: &[f64; FIELDS], [_, _, units, x, xx, _]: &[f64; FIELDS]) -> RatioSums {
    RatioSums { units: *units, y: *y, x: *x, yy: *yy, xy: *xy, xx: *xx }
}

/// A measure to be tested.
pub(super) struct Tested<'c> {
    pub column: &'c Column,
    pub level: Level,
    /// Whether it is one of the family: whether any arrangement could be significant.
    pub in_family: bool,
}

/// What the permutations of two groups give for a measure.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PairTest {
    /// The p-value of the pooled rates.
    pub pooled: f64,
    /// The observed score, for what is adjusted by maxima.
    pub score: f64,
    /// The p-value of the means of the rates.
    pub mean: f64,
}

/// The tests of two groups.
pub(super) struct PairTests {
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
}

/// Permutes two groups.
pub(super) fn permute_pair(
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
    let pair = Pair { layout, units };
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
                let largest = &mut maxima[measure.level as usize][arrangement];
                *largest = largest.max(scores[0].score());
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
        let stratum = |unit: u32| self.layout.units[self.units[unit as usize] as usize].stratum;
        let bases = self.layout.bases.each_ref().map(|fields| {
            let mut sums = Sums::new(labels, 2, strata);
            let own = (0..).zip(&self.units).map(|(at, unit)| (at, &fields[*unit as usize]));
            sums.add(own, labels, stratum);
            sums
        });
        let mut of_strata = vec![[RatioSums::default(); 2]; strata];
        let mut means = of_strata.clone();
        let mut least = vec![[0.0; 2]; strata];
        let mut sums = Sums::new(labels, 2, strata);
        for (at, tested) in tested.iter().enumerate() {
            let Some((values, measure)) = tested else { continue };
            sums.cells.fill([0.0; FIELDS]);
            sums.add(values.iter().map(|(unit, fields)| (*unit, fields)), labels, stratum);
            let base = &bases[measure.column.base as usize];
            for arrangement in 0..labels.arrangements() {
                let (mut rates, mut documents) = (0.0, 0.0);
                for number in 0..strata {
                    for label in 0..2 {
                        let (own, of_base) =
                            (sums.at(label, number, arrangement), base.at(label, number, arrangement));
                        of_strata[number][label] = pooled(own, of_base);
                        means[number][label] = mean(own, of_base);
                        least[number][label] = of_base[5];
                        rates += own[3];
                        documents += of_base[3];
                    }
                }
                // The variance of a rate of independent occurrences is R (1 − R) / b.
                let rate = if documents > 0.0 { rates / documents } else { 0.0 };
                least.iter_mut().flatten().for_each(|inverse| *inverse *= rate * (1.0 - rate).max(0.0));
                give(
                    at,
                    arrangement,
                    [studentised_log_ratio(&of_strata), studentised_difference(&means, &least)],
                );
            }
        }
    }
}

/// What the permutations of all groups give for a measure.
#[derive(Debug, Clone, Default)]
pub(super) struct GlobalTest {
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
pub(super) struct GlobalTests {
    /// By measure; none where there is nothing to test.
    pub tests: Vec<Option<GlobalTest>>,
    /// Of the pairs.
    pub pairs: MaximaOfLevels,
    /// Of the groups against the rest.
    pub rest: MaximaOfLevels,
}

/// A measure to be tested over all groups.
pub(super) struct GlobalTested<'c> {
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
    pairs: Vec<f64>,
    rest: Vec<f64>,
}

/// What is scored over all groups.
pub(super) struct Global<'l> {
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
        let mut observed = vec![Scores::default(); measures.len()];
        self.each_score(measures, &arrangements.observed(), |at, _, scores| observed[at] = scores);
        let groups = self.layout.labels.len();
        let parts = parallel::map(blocks(arrangements.number()), |block| {
            let length = block.len() as u64;
            let mut extreme = vec![([0u64; 3], vec![0u64; groups]); measures.len()];
            let mut maxima = [(); 2].map(|()| [(); Level::ALL.len()].map(|()| vec![0.0f64; block.len()]));
            self.each_score(measures, &arrangements.draw(block), |at, arrangement, own| {
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
                    *count += u64::from(is_as_extreme(*own, *known));
                }
                if let Some(GlobalTested { tested, .. }) = &measures[at]
                    && tested.in_family
                {
                    for (maxima, own) in maxima.iter_mut().zip([&own.pairs, &own.rest]) {
                        let largest = &mut maxima[tested.level as usize][arrangement];
                        *largest = own.iter().copied().fold(*largest, f64::max);
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
            pair_scores: observed[at].pairs.clone(),
            rest: self
                .layout
                .labels
                .iter()
                .map(|label| usize::from(*label))
                .filter(|_| self.compares_to_rest)
                .map(|label| (rest(at, label), observed[at].rest[label]))
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
    fn each_score(
        &self,
        measures: &[Option<GlobalTested>],
        labels: &Labels,
        mut give: impl FnMut(usize, usize, Scores),
    ) {
        let (groups, strata) = (self.layout.labels.len(), self.layout.strata());
        let stratum = |unit: u32| self.layout.units[unit as usize].stratum;
        let bases = self.layout.bases.each_ref().map(|fields| {
            let mut sums = Sums::new(labels, groups, strata);
            sums.add((0..).zip(fields), labels, stratum);
            sums
        });
        let mut sums = Sums::new(labels, groups, strata);
        let mut rank_sums = vec![0.0; groups * labels.arrangements()];
        for (at, measure) in measures.iter().enumerate() {
            let Some(GlobalTested { tested, ranks }) = measure else { continue };
            sums.cells.fill([0.0; FIELDS]);
            sums.add(tested.column.values.iter().map(|(unit, fields)| (*unit, fields)), labels, stratum);
            rank_sums.fill(0.0);
            for (unit, excess) in ranks.iter().flat_map(|ranks| &ranks.excess) {
                for (arrangement, label) in labels.of(*unit).iter().enumerate() {
                    rank_sums[usize::from(*label) * labels.arrangements() + arrangement] += excess;
                }
            }
            let base = &bases[tested.column.base as usize];
            for arrangement in 0..labels.arrangements() {
                let of = |label: usize, number: usize| {
                    pooled(sums.at(label, number, arrangement), base.at(label, number, arrangement))
                };
                let by_stratum: Vec<Vec<RatioSums>> =
                    (0..strata).map(|number| (0..groups).map(|label| of(label, number)).collect()).collect();
                let mut scores = self.score(&by_stratum);
                if let Some(ranks) = ranks {
                    let of_label = (0..groups).map(|label| {
                        let documents: f64 =
                            (0..strata).map(|number| base.at(label, number, arrangement)[3]).sum();
                        (rank_sums[label * labels.arrangements() + arrangement], documents)
                    });
                    scores.kruskal_wallis = kruskal_wallis_h(of_label, ranks);
                }
                give(at, arrangement, scores);
            }
        }
    }

    fn score(&self, strata: &[Vec<RatioSums>]) -> Scores {
        let groups = self.layout.labels.len();
        let all: Vec<RatioSums> = strata.iter().map(|groups| sum(groups)).collect();
        let contrast = |side: &dyn Fn(usize) -> [RatioSums; 2]| {
            studentised_log_ratio(&(0..strata.len()).map(side).collect::<Vec<_>>()).score()
        };
        let pairs = match strata {
            [groups] => {
                let rates: Vec<_> = groups.iter().map(|sums| (log_rate(sums), sums)).collect();
                let score = |(a, b): &(usize, usize)| {
                    let of = |at: usize| {
                        let ((rate, variance), sums) = rates[at];
                        (sums.x > 0.0).then_some((rate, variance, sums.units - 1.0))
                    };
                    of(*a)
                        .zip(of(*b))
                        .map_or(0.0, |(one, other)| Studentised::of_log_rates(one, other).score())
                };
                self.pairs.iter().map(score).collect()
            }
            _ => {
                let score =
                    |(a, b): &(usize, usize)| contrast(&|number| [strata[number][*a], strata[number][*b]]);
                self.pairs.iter().map(score).collect()
            }
        };
        let compared = if self.compares_to_rest { groups } else { 0 };
        let rest = (0..compared).map(|label| {
            contrast(&|number| [strata[number][label], less(&all[number], &strata[number][label])])
        });
        Scores {
            wald: if self.compares_groups { strata.iter().map(|groups| wald(groups)).sum() } else { 0.0 },
            kruskal_wallis: 0.0,
            slope: if self.values.is_empty() { 0.0 } else { slope_t(&self.values, &strata[0]).abs() },
            pairs,
            rest: rest.collect(),
        }
    }
}

fn sum(groups: &[RatioSums]) -> RatioSums {
    groups.iter().fold(RatioSums::default(), |all, own| RatioSums {
        units: all.units + own.units,
        y: all.y + own.y,
        x: all.x + own.x,
        yy: all.yy + own.yy,
        xy: all.xy + own.xy,
        xx: all.xx + own.xx,
    })
}

fn less(all: &RatioSums, own: &RatioSums) -> RatioSums {
    RatioSums {
        units: all.units - own.units,
        y: all.y - own.y,
        x: all.x - own.x,
        yy: all.yy - own.yy,
        xy: all.xy - own.xy,
        xx: all.xx - own.xx,
    }
}
