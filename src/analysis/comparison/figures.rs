//! The figures of a comparison: of groups, of pairs, and over all groups.

use super::super::parallel;
use super::adjusting::{adjust_omnibus, adjust_pair};
use super::layout::{Column, DenseUnit, Layout, strata};
use super::permuted::{Global, GlobalTested, GlobalTests, PairTests, Tested, permute_pair};
use super::{Comparison, Plan, has_trend_alone, pairs};
use crate::counts::{Level, MAX_GROUPS, Measure, Observations};
use crate::statistics::{
    Arrangements, Frequency, GroupStatistics, OmnibusStatistics, PValue, PairStatistics, PairUnits,
    RandomStream, RestStatistics, Sample, Trend, is_testable, kendall, least_p_of_pairs, least_p_of_range,
    log_ratio_of_strata, slope, tarone_family,
};

/// Below this, a p-value is called significant: what decides which tests could be, and so are adjusted for.
const ALPHA: f64 = 0.05;

/// The documents of a comparison, or of one of its strata.
pub(super) struct Figures<'o> {
    pub observations: &'o Observations,
    pub plan: Plan,
    /// Tells the random numbers of strata apart.
    pub stratum: u64,
    /// Told how many arrangements are done.
    pub done: &'o (dyn Fn(u64) + Sync),
}

/// A measure in the documents and in the units of each group.
struct Prepared<'l> {
    measure: &'l Measure,
    column: Column,
    samples: Vec<Sample<'l>>,
    units: Vec<Vec<DenseUnit>>,
}

impl Figures<'_> {
    pub fn comparison(&self) -> Comparison {
        let layout = Layout::new(self.observations);
        let prepared: Vec<Prepared> = parallel::map(self.observations.measures.iter().collect(), |measure| {
            let column = layout.column(measure);
            Prepared { measure, samples: layout.samples(measure), units: layout.dense(&column), column }
        });
        let mut comparison = Comparison { groups: self.groups(&layout, &prepared), ..Comparison::default() };
        let mut families = Vec::new();
        let mut maxima = Vec::new();
        for pair in pairs(self.observations) {
            let (figures, in_family, tests) = self.pair(&layout, &prepared, pair);
            comparison.pairs.push((pair, figures));
            families.push(in_family);
            maxima.push(tests);
        }
        if self.observations.groups.len() > 2 {
            let in_any =
                |measure: usize| families.is_empty() || families.iter().any(|family| family[measure]);
            let in_any: Vec<bool> = (0..prepared.len()).map(in_any).collect();
            self.add_all_groups(&layout, &prepared, &in_any, &families, &mut comparison);
        } else if let (Some((_, figures)), Some(tests)) = (comparison.pairs.first_mut(), maxima.first()) {
            // Of two groups, the arrangements of the pair are those of all.
            for (((figures, test), prepared), in_family) in
                figures.iter_mut().zip(&tests.tests).zip(&prepared).zip(&families[0])
            {
                let maxima = &tests.maxima[prepared.measure.level as usize];
                figures.pooled_adjusted = test.filter(|_| *in_family).map(|test| maxima.p(test.score));
            }
        }
        comparison
    }

    /// By group, then by measure.
    fn groups(&self, layout: &Layout, prepared: &[Prepared]) -> Vec<Vec<GroupStatistics>> {
        let groups = self.observations.groups.len();
        let by_measure = parallel::map(prepared.iter().collect(), |prepared| {
            let totals: Vec<Frequency> = prepared.samples.iter().map(Sample::total).collect();
            let all = totals.iter().fold(Frequency::default(), |all, own| Frequency {
                count: all.count + own.count,
                size: all.size + own.size,
            });
            let figures = |group: usize| {
                let units = &prepared.units[group];
                let pooled: Vec<_> = units.iter().map(|unit| unit.pooled).collect();
                let means: Vec<_> = units.iter().map(|unit| unit.mean).collect();
                let mut figures = GroupStatistics::new(&prepared.samples[group], &pooled, &means);
                if groups > 2 && !has_trend_alone(self.observations) {
                    let own = totals[group];
                    let rest = Frequency { count: all.count - own.count, size: all.size - own.size };
                    let mut others: Vec<DenseUnit> = (0..groups)
                        .filter(|other| *other != group)
                        .flat_map(|other| prepared.units[other].iter().copied())
                        .collect();
                    // The names of the groups change no sum.
                    others.sort_unstable_by_key(|unit| unit.index);
                    let strata = strata([units, &others], layout.strata(), |unit| unit.pooled);
                    let have_intervals = units.len() > 1 && others.len() > 1;
                    let difference =
                        log_ratio_of_strata(&strata, [own.count, rest.count]).filter(|_| have_intervals);
                    figures.rest = RestStatistics::new(own, rest, difference.as_ref());
                }
                figures
            };
            (0..groups).map(figures).collect::<Vec<_>>()
        });
        let mut by_group: Vec<Vec<GroupStatistics>> = vec![Vec::with_capacity(prepared.len()); groups];
        for figures in by_measure {
            by_group.iter_mut().zip(figures).for_each(|(group, figures)| group.push(figures));
        }
        by_group
    }

    fn pair(
        &self,
        layout: &Layout,
        prepared: &[Prepared],
        (a, b): (usize, usize),
    ) -> (Vec<PairStatistics>, Vec<bool>, PairTests) {
        let units: Vec<PairUnits> =
            parallel::map(prepared.iter().collect(), |prepared| self.pair_units(layout, prepared, (a, b)));
        let mut figures = parallel::map(prepared.iter().zip(&units).collect(), |(prepared, units)| {
            PairStatistics::new([&prepared.samples[a], &prepared.samples[b]], units)
        });
        let are_testable: Vec<bool> = prepared
            .iter()
            .zip(&figures)
            .map(|(prepared, figures)| {
                let samples = [&prepared.samples[a], &prepared.samples[b]];
                is_testable(samples) && figures.clusters.iter().all(|clusters| *clusters > 1)
            })
            .collect();
        let in_family = self.family(prepared, &figures, &units, &are_testable);
        let tested: Vec<Option<Tested>> = prepared
            .iter()
            .zip(are_testable.iter().zip(&in_family))
            .map(|(prepared, (is_testable, in_family))| {
                let level = prepared.measure.level;
                is_testable.then_some(Tested { column: &prepared.column, level, in_family: *in_family })
            })
            .collect();
        let firsts = [layout.first_document(a), layout.first_document(b)];
        let key = [2, firsts[0].min(firsts[1]), firsts[0].max(firsts[1]), self.stratum];
        let stream = RandomStream { seed: self.plan.seed, key };
        let arrange = |observed, blocks| Arrangements::new(stream, observed, blocks, self.plan.resamples);
        let tests = permute_pair(layout, arrange, (a, b), &tested, self.done);
        let least_p = tests.arrangements.least_p();
        for ((figures, test), in_family) in figures.iter_mut().zip(&tests.tests).zip(&in_family) {
            let Some(test) = test else { continue };
            figures.pooled = PValue::new(Some(test.pooled));
            figures.permutation = PValue::new(Some(test.mean));
            figures.arrangements = tests.arrangements.number();
            figures.is_exact = tests.arrangements.is_exact();
            if least_p > ALPHA {
                figures.note.add("notes.too_few_units", &[("p", &format!("{least_p:.2}"))]);
            } else if !in_family {
                figures.note.add("notes.not_in_family", &[]);
            }
        }
        adjust_pair(self.observations, &mut figures, &in_family);
        (figures, in_family, tests)
    }

    fn pair_units(&self, layout: &Layout, prepared: &Prepared, (a, b): (usize, usize)) -> PairUnits {
        let groups = [prepared.units[a].as_slice(), prepared.units[b].as_slice()];
        if layout.is_paired() {
            let mut second: Vec<&DenseUnit> = groups[1].iter().collect();
            second.sort_unstable_by_key(|unit| unit.unit.cluster);
            let partner = |unit: &DenseUnit| {
                let at = second.binary_search_by_key(&unit.unit.cluster, |other| other.unit.cluster).ok()?;
                Some((*unit, *second[at]))
            };
            let pairs: Vec<(DenseUnit, DenseUnit)> = groups[0].iter().filter_map(partner).collect();
            return PairUnits::Paired {
                pooled: pairs.iter().map(|(one, other)| [one.pooled, other.pooled]).collect(),
                means: pairs.iter().map(|(one, other)| [one.mean, other.mean]).collect(),
            };
        }
        PairUnits::Independent {
            pooled: strata(groups, layout.strata(), |unit| unit.pooled),
            means: strata(groups, layout.strata(), |unit| unit.mean),
            are_documents: self.observations.design.dependence().is_none(),
        }
    }

    /// By measure: whether it is one of the tests of its level that are adjusted for each other. Those that no arrangement could make
    /// significant are not (Tarone 1990). Over strata, all are.
    fn family(
        &self,
        prepared: &[Prepared],
        figures: &[PairStatistics],
        units: &[PairUnits],
        are_testable: &[bool],
    ) -> Vec<bool> {
        let least = |at: usize| {
            let occurring = |(y, _): &(f64, f64)| *y > 0.0;
            match &units[at] {
                PairUnits::Independent { pooled, .. } => match &pooled[..] {
                    [groups] => {
                        let range = groups.iter().flatten().filter(|unit| occurring(unit)).count();
                        let [a, b] = figures[at].clusters;
                        least_p_of_range(a, b, range)
                    }
                    _ => 0.0,
                },
                PairUnits::Paired { pooled, .. } => {
                    let range = pooled.iter().filter(|pair| pair.iter().any(occurring)).count();
                    least_p_of_pairs(range)
                }
            }
        };
        let mut in_family = vec![false; prepared.len()];
        for level in Level::ALL {
            let tests: Vec<usize> = (0..prepared.len())
                .filter(|at| are_testable[*at] && prepared[*at].measure.level == level)
                .collect();
            let least: Vec<f64> = tests.iter().map(|at| least(*at)).collect();
            for (at, is_one) in tests.into_iter().zip(tarone_family(&least, ALPHA).members) {
                in_family[at] = is_one;
            }
        }
        in_family
    }

    /// Adds what all groups together give: the omnibus tests, the groups against the rest, and the pairs adjusted for each other.
    fn add_all_groups(
        &self,
        layout: &Layout,
        prepared: &[Prepared],
        in_any: &[bool],
        families: &[Vec<bool>],
        comparison: &mut Comparison,
    ) {
        let design = &self.observations.design;
        let independent = design.dependence().is_none() && self.observations.strata.is_empty();
        let groups = self.observations.groups.len();
        comparison.omnibus = parallel::map(prepared.iter().collect(), |prepared| {
            OmnibusStatistics::new(&prepared.samples, independent)
        });
        let tested: Vec<Option<GlobalTested>> = prepared
            .iter()
            .zip(in_any)
            .zip(&comparison.omnibus)
            .map(|((prepared, in_family), omnibus)| {
                let ranks = layout.ranks(prepared.measure);
                let tested =
                    Tested { column: &prepared.column, level: prepared.measure.level, in_family: *in_family };
                (omnibus.groups > 1 && ranks.is_some()).then_some(GlobalTested { tested, ranks })
            })
            .collect();
        let units: Vec<u32> = (0..layout.units.len() as u32).collect();
        let stream = RandomStream { seed: self.plan.seed, key: [3, 0, 0, self.stratum] };
        let observed = layout.units.iter().map(|unit| unit.label).collect();
        let arrangements = Arrangements::new(stream, observed, layout.blocks(&units), self.plan.resamples);
        let label = |group: usize| usize::from(layout.labels[group]);
        let mut values = vec![0.0; self.observations.values.len()];
        self.observations.values.iter().enumerate().for_each(|(group, value)| values[label(group)] = *value);
        let of_pair = |((a, b), _): &((usize, usize), Vec<PairStatistics>)| (label(*a), label(*b));
        let global = Global {
            layout,
            values,
            pairs: comparison.pairs.iter().map(of_pair).collect(),
            compares_groups: groups <= MAX_GROUPS,
            compares_to_rest: !has_trend_alone(self.observations),
        };
        let tests = global.permute(&arrangements, &tested, self.done);
        self.add_omnibus(prepared, &tests, in_any, comparison);
        for (number, (_, figures)) in comparison.pairs.iter_mut().enumerate() {
            for (at, figures) in figures.iter_mut().enumerate() {
                let maxima = &tests.pairs[prepared[at].measure.level as usize];
                let score = tests.tests[at].as_ref().map(|test| test.pair_scores[number]);
                let is_tested = figures.pooled.raw.is_some() && families[number][at];
                figures.pooled_adjusted = score.filter(|_| is_tested).map(|score| maxima.p(score));
            }
        }
    }

    fn add_omnibus(
        &self,
        prepared: &[Prepared],
        tests: &GlobalTests,
        in_any: &[bool],
        comparison: &mut Comparison,
    ) {
        for (at, test) in tests.tests.iter().enumerate() {
            let Some(test) = test else { continue };
            let figures = &mut comparison.omnibus[at];
            if let Some((wald, p)) = test.wald {
                figures.wald = Some(wald);
                figures.wald_p = PValue::new(Some(p));
                figures.kruskal_wallis_permutation_p =
                    test.kruskal_wallis.filter(|_| self.observations.strata.is_empty());
            }
            figures.trend = test.slope.and_then(|p| self.trend(&prepared[at], p));
            let maxima = &tests.rest[prepared[at].measure.level as usize];
            for (group, (p, score)) in test.rest.iter().enumerate() {
                let figures = &mut comparison.groups[group][at];
                if figures.rest.log_ratio.is_some() && figures.clusters > 1 {
                    let rest = &mut figures.rest;
                    rest.p = Some(*p);
                    rest.adjusted = in_any[at].then(|| maxima.p(*score));
                }
            }
        }
        adjust_omnibus(self.observations, &mut comparison.omnibus);
    }

    /// The trend of a measure over the values of the groups.
    fn trend(&self, prepared: &Prepared, p: f64) -> Option<Trend> {
        let values = || prepared.units.iter().zip(&self.observations.values);
        let units = values().flat_map(|(units, value)| units.iter().map(|unit| (*value, unit.pooled)));
        let (of_units, frequencies): (Vec<f64>, Vec<Frequency>) =
            units.map(|(value, (y, x))| (value, Frequency { count: y as u64, size: x as u64 })).unzip();
        let slope = slope(&of_units, &frequencies, prepared.measure.base.scale())?;
        let samples = prepared.samples.iter().zip(&self.observations.values);
        let (of_documents, rates): (Vec<f64>, Vec<f64>) =
            samples.flat_map(|(sample, value)| sample.rates().into_iter().map(|rate| (*value, rate))).unzip();
        let tau = kendall(&of_documents, &rates);
        let independent = self.observations.design.dependence().is_none();
        Some(Trend {
            slope: slope.slope,
            slope_interval: slope.interval,
            slope_p: PValue::new(Some(p)),
            tau: tau.map(|tau| tau.tau_b),
            tau_interval: tau.and_then(|tau| tau.interval).filter(|_| independent),
        })
    }
}
