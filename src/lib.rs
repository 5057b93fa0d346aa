//! Counts hedging and assertive modality in Japanese documents, every figure traceable to its sentences.

pub mod morphology;
pub mod span;
pub mod text;
