//! The whole program, run as a user runs it.

mod columns;
mod compressed;
mod destination;
mod dictionary;
mod documents;
mod encodings;
mod evaluate;
mod folding;
mod formulas;
mod lexicon_command;
mod markup;
mod place;
mod refused_inputs;
mod refused_lexicons;
mod refused_variables;
mod same_bytes;
mod spreadsheets;
mod tables;
mod terminal;
mod texts;
mod traced;
mod unreadable;
mod variables;
mod web_pages;
mod word;
mod wrapped;
