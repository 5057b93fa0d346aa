//! Joins the stages over many documents, on all cores.
//!
//! Documents are read a batch at a time and cut into passages at line ends; a window of passages is coded in parallel
//! while the one before it is written, in order ([`count`], `windows`). So memory is bounded by the largest document,
//! and neither the number of threads nor their timing can change a byte: they add integers only.

mod coder;
mod comparison;
mod evaluation;
mod lexicon_check;
mod options;
mod outcome;
pub mod parallel;
mod run;
mod setup;
mod windows;
mod writer;

pub use coder::{Coder, Found, Passage};
pub use comparison::{Compared, Comparison, Plan, compare, compare_run};
pub use evaluation::{Difference, DifferenceKind, Evaluation, Scores, evaluate};
pub use lexicon_check::{Failure, check};
pub use options::{CountOptions, WrapPolicy};
pub use outcome::{AnalysisError, Progress, Summary};
pub use run::{bytes, count};
pub use setup::{Setup, SetupError};
