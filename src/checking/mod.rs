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

mod item;
mod sampling;
pub mod sheet;

pub use item::{Coding, Item, ItemKind, Judgement, Marked, Stratum, Verdict};
pub use sampling::{Sample, SampleError, SampleOptions, Texts, draw};
