//! Statistics: pure functions of counts.

mod adjustment;
mod agreement;
mod bootstrap;
mod descriptive;
mod dispersion;
mod distributions;
mod dominance;
mod figures;
mod kendall;
mod keyness;
mod means;
mod proportions;
mod ranks;
mod rates;
mod resampling;
mod tarone;
mod trend;

pub use adjustment::{benjamini_hochberg, holm};
pub use agreement::{Agreement, SENTENCE_CLASSES, f1, kappa, precision, recall};
pub use bootstrap::{RESAMPLES, SEED, interval, percentile_interval, quantile, resample};
pub use descriptive::{mean, median, standard_deviation, variance};
pub use dispersion::{dp, dp_norm, juilland_d};
pub use distributions::{normal_quantile, student_quantile};
pub use dominance::cliffs_delta_interval;
pub use figures::{
    AllGroupsStatistics, BootstrapSums, GroupStatistics, Interval, PValue, PairStatistics, Sample,
    is_testable,
};
pub use kendall::{Kendall, kendall};
pub use keyness::{Frequency, bic, g2_four_cell, g2_two_cell, log_ratio, log_ratio_of, percent_difference};
pub use means::{Welch, hedges_g, hedges_g_interval, mean_difference_interval, welch};
pub use proportions::{f1_interval, wilson_interval};
pub use ranks::{KruskalWallis, MannWhitney, kruskal_wallis, mann_whitney};
pub use rates::{per_thousand, share};
pub use resampling::{RandomStream, Weights, is_as_extreme, permutation_p};
pub use tarone::{TestableFamily, least_p_of_range, tarone_family};
pub use trend::{Slope, slope, slope_statistic};
