//! p-values adjusted within their family: the measures of one level, under one test.

use crate::counts::{Level, Observations};
use crate::statistics::{OmnibusStatistics, PValue, PairStatistics, benjamini_hochberg, holm};

/// The indices of the measures of a level.
fn of_level(observations: &Observations, level: Level) -> Vec<usize> {
    (0..observations.measures.len()).filter(|index| observations.measures[*index].level == level).collect()
}

/// Adjusts the p-values of two groups; `in_family` says by measure whether it is one of the tests.
pub(super) fn adjust_pair(observations: &Observations, figures: &mut [PairStatistics], in_family: &[bool]) {
    for level in Level::ALL {
        let mut family = of_level(observations, level);
        family.retain(|measure| in_family[*measure]);
        adjust(figures, &family, |figures| &mut figures.pooled);
        adjust(figures, &family, |figures| &mut figures.permutation);
        adjust(figures, &family, |figures| &mut figures.mann_whitney_p);
        adjust(figures, &family, |figures| &mut figures.welch_p);
        family.iter().for_each(|measure| figures[*measure].tests = family.len());
    }
}

/// Adjusts the p-values over all groups.
pub(super) fn adjust_omnibus(observations: &Observations, figures: &mut [OmnibusStatistics]) {
    for level in Level::ALL {
        let family = of_level(observations, level);
        adjust(figures, &family, |figures| &mut figures.wald_p);
        adjust(figures, &family, |figures| &mut figures.kruskal_wallis_p);
        let with_trend: Vec<usize> =
            family.into_iter().filter(|measure| figures[*measure].trend.is_some()).collect();
        adjust(figures, &with_trend, |figures| &mut figures.trend.get_or_insert_default().slope_p);
    }
}

/// Adjusts the p-values of a family, leaving aside those that are not defined.
fn adjust<T>(figures: &mut [T], family: &[usize], p_value: impl Fn(&mut T) -> &mut PValue) {
    let mut raw = Vec::new();
    let mut defined = Vec::new();
    for measure in family {
        if let Some(p) = p_value(&mut figures[*measure]).raw {
            raw.push(p);
            defined.push(*measure);
        }
    }
    let adjusted = holm(&raw).into_iter().zip(benjamini_hochberg(&raw));
    for (measure, (holm, benjamini_hochberg)) in defined.into_iter().zip(adjusted) {
        let p_value = p_value(&mut figures[measure]);
        (p_value.holm, p_value.benjamini_hochberg) = (Some(holm), Some(benjamini_hochberg));
    }
}
