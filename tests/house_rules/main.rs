//! Rules of the house that no compiler checks.

mod documentation;
mod files;
mod layers;
mod lexicon;
mod messages;
mod originality;
mod sources;
