//! Rules of the house that no compiler checks.

mod documentation;
mod files;
mod layers;
mod lexicon;
mod originality;
mod sources;
