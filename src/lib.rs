//! Counts hedging and assertive modality in Japanese documents, every figure traceable to its sentences.

pub mod lexicon;
pub mod markers;
pub mod morphology;
pub mod span;
pub mod text;
