//! Statistics: pure functions of counts.

mod adjustment;
mod agreement;
mod arrangements;
mod bootstrap;
mod contrast;
#[cfg(feature = "report")]
mod correspondence;
mod descriptive;
mod dispersion;
mod distributions;
mod dominance;
mod estimate;
mod figures;
mod kendall;
mod keyness;
mod means;
mod notes;
mod paired;
mod parts;
mod proportions;
mod ranks;
mod rates;
mod ratio;
mod reliability;
mod sample;
mod special;
mod stratified;
mod tarone;
mod trend;

use figures::base_two;

pub use adjustment::{benjamini_hochberg, holm};
pub use agreement::{Agreement, SENTENCE_CLASSES, f1, kappa, precision, recall};
pub use arrangements::{Arrangements, Labels, RandomStream, is_as_extreme};
pub use bootstrap::{RESAMPLES, SEED, interval, percentile_interval, quantile, resample};
pub use contrast::{
    Logarithms, Stratum, Studentised, difference_of_strata, log_ratio_of_strata, natural_logarithm,
    ratio_sums, slope_t, studentised_difference, studentised_log_ratio, wald,
};
#[cfg(feature = "report")]
pub use correspondence::{Correspondence, correspondence};
pub use descriptive::{mean, median, standard_deviation, variance};
pub use dispersion::{Deviation, PartSizes, dp, dp_norm, juilland_d};
pub use distributions::{
    chi_square_upper_tail, normal_quantile, normal_upper_tail, student_quantile, student_two_tails,
};
pub use dominance::cliffs_delta_interval;
pub use estimate::Estimate;
pub use figures::{
    GroupStatistics, Interval, OmnibusStatistics, PValue, PairStatistics, PairUnits, RestStatistics, Trend,
    residual,
};
pub use kendall::{Kendall, kendall};
pub use keyness::{Frequency, bic, g2_four_cell, g2_two_cell, log_ratio, percent_difference};
pub use means::{Welch, hedges_g, hedges_g_interval, welch};
pub use notes::Notes;
pub use paired::{PairedUnits, paired_difference, paired_log_ratio};
pub use parts::{Parts, log_ratio_interval};
pub use proportions::{f1_interval, poisson_interval, wilson_interval, wilson_interval_of_share};
pub use ranks::{KruskalWallis, MannWhitney, RankSums, kruskal_wallis, kruskal_wallis_h, mann_whitney};
pub use rates::{per_thousand, share};
pub use ratio::{Difference, Ratio, RatioSums, Residuals, Scale, interval_about};
pub use reliability::{CodedItem, Reliability};
pub use sample::{Sample, is_testable};
pub use stratified::{SampledStratum, stratified_total};
pub use tarone::{TestableFamily, least_p_of_pairs, least_p_of_range, tarone_family};
pub use trend::{Band, Slope, slope};
