//! Statistics: pure functions of counts.

mod agreement;
mod bootstrap;
mod rates;

pub use agreement::{Agreement, SENTENCE_CLASSES, f1, kappa, precision, recall};
pub use bootstrap::{RESAMPLES, SEED, percentile_interval, quantile, resample};
pub use rates::{per_thousand, share};
