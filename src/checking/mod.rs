//! Checking a run by hand: a sample of its hits and sentences, drawn by chance, which readers judge in a sheet.

#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects
    )
)]

mod agreement;
mod checked;
mod correction;
mod counted;
mod estimation;
mod item;
mod joining;
mod precision;
mod sampling;
pub mod sheet;

pub use agreement::CodersAgreement;
pub use checked::{CheckedItem, CheckedSample, CheckedStratum, Coded, Domain, Measured, Population};
pub use correction::{Correction, CorrectionError, CorrectionOptions, correct_run};
pub use counted::{RunCounts, run_counts};
pub use estimation::{Corrected, CorrectedContrast, CorrectedRate, Counted};
pub use item::{Coding, Item, ItemKind, Judgement, Marked, Stratum, Verdict};
pub use joining::{Judged, JudgedItem, check_hits_of};
pub use precision::Quality;
pub use sampling::{Sample, SampleError, SampleOptions, Texts, draw};
