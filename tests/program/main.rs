//! The whole program, run as a user runs it.

mod books;
mod cite;
mod columns;
mod comparison;
mod compressed;
mod data_package;
mod designs;
mod destination;
mod dictionary;
mod diff;
mod docs;
mod documents;
#[cfg(target_os = "linux")]
mod dropped;
mod duplicates;
mod encodings;
mod evaluate;
mod figures;
mod folding;
mod formulas;
#[cfg(unix)]
mod help;
#[cfg(target_os = "linux")]
mod in_terminal;
mod language;
mod languages;
mod latex;
mod lexicon_command;
mod limits;
mod line_ends;
mod lists;
mod markup;
mod named_tables;
mod names;
#[cfg(unix)]
mod outfile;
mod partial;
mod pdf;
mod place;
mod positions;
mod properties;
mod publishing;
mod recipes;
mod record;
mod refused_inputs;
mod refused_lexicons;
mod refused_variables;
mod report;
mod resuming;
mod same_bytes;
mod spreadsheets;
mod tables;
mod tampered;
mod terminal;
mod texts;
mod traced;
mod tutorial;
mod unreadable;
mod variables;
mod verify;
mod web_pages;
mod which_row;
mod without_text;
mod word;
mod wrapped;
