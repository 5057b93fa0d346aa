//! Rules of the house that no compiler checks.

mod accuracy;
mod documentation;
mod files;
mod layers;
mod lexicon;
mod links;
mod lock_files;
mod messages;
mod originality;
mod sources;
mod translations;
