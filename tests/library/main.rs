//! The library, called as a program that depends on it does.

mod additive;
mod any_bytes;
mod comparison;
mod counter;
mod designs;
mod figures;
mod fuzz_corpora;
#[path = "../../fuzz/src/lib.rs"]
mod fuzzing;
mod growth;
mod history;
mod lexicon;
mod lists;
mod naive;
mod patterns;
mod reference;
mod rejected;
mod run_tables;

mod samples;
mod sentences;
mod spellings;
mod tokeniser;
mod web_pages;
mod workbook;
