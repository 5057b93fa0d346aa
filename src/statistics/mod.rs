//! Statistics: pure functions of counts.

mod adjustment;
mod agreement;
mod bootstrap;
mod descriptive;
mod dispersion;
mod distributions;
mod figures;
mod keyness;
mod means;
mod ranks;
mod rates;
mod resampling;

pub use adjustment::{benjamini_hochberg, holm};
pub use agreement::{Agreement, SENTENCE_CLASSES, f1, kappa, precision, recall};
pub use bootstrap::{RESAMPLES, SEED, interval, percentile_interval, quantile, resample};
pub use descriptive::{mean, median, standard_deviation, variance};
pub use dispersion::{dp, dp_norm, juilland_d};
pub use figures::{
    AllGroupsStatistics, BootstrapSums, GroupStatistics, Interval, PValue, PairStatistics, Sample,
    is_testable,
};
pub use keyness::{Frequency, bic, g2_four_cell, g2_two_cell, log_ratio, log_ratio_of, percent_difference};
pub use means::{Welch, hedges_g, welch};
pub use ranks::{KruskalWallis, MannWhitney, kruskal_wallis, mann_whitney};
pub use rates::{per_thousand, share};
pub use resampling::{RandomStream, Weights, is_as_extreme, permutation_p};
