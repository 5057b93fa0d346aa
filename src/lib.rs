//! Counts hedging and assertive modality in Japanese texts, every figure traceable to its sentences.
//!
//! A [`Counter`] takes three calls from a string to its counts:
//!
//! ```
//! let counter = hedgerow::Counter::new()?;
//! let counts = counter.count("効果が期待されています。必ず実現します。");
//! assert_eq!((counts.hedges().affirmed, counts.assertives().affirmed), (1, 2));
//! # Ok::<(), hedgerow::SetupError>(())
//! ```
//!
//! It is cheap to clone and serves any number of threads; [`Counter::count_all`] uses all cores by itself, and a
//! [`Worker`] belongs to a thread of yours. [`Counts`] are integers that add up and can be stored. What is counted is
//! defined in `docs/definition.md`, the markers are data in `dictionaries/`.
//!
//! # Features
//!
//! Without default features the library counts strings, and compiles nothing that it does not need for this.
//!
//! - `documents`: files, folders and archives as a [`Corpus`]; [`count`] writes the tables of a run, [`compare`] compares
//!   groups of documents, [`evaluate`] compares the program's coding with that of readers
//! - `xlsx`, `pdf`: documents of these formats
//! - `report`: the page and the figures that are made of a run's tables
//! - `cli`: the program `hedgerow`
//!
//! # What is public
//!
//! The items that this page lists. The modules behind them are reachable for the program, the tests and the benches of
//! this package; they are hidden here, and may change in any release.

#![deny(missing_docs)]

// The program is written as any user of the library would write it.
#[cfg(feature = "cli")]
extern crate self as hedgerow;

#[doc(hidden)]
pub mod analysis;
#[cfg(feature = "documents")]
#[doc(hidden)]
pub mod catching;
#[cfg(feature = "documents")]
#[doc(hidden)]
pub mod checking;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[cfg(feature = "documents")]
#[doc(hidden)]
pub mod corpus;
mod counter;
#[doc(hidden)]
pub mod counts;
mod digest;
#[doc(hidden)]
pub mod lexicon;
#[doc(hidden)]
pub mod markers;
#[doc(hidden)]
pub mod messages;
#[doc(hidden)]
pub mod morphology;
#[cfg(feature = "documents")]
mod nearest;
#[cfg(feature = "documents")]
#[doc(hidden)]
pub mod publishing;
#[cfg(feature = "report")]
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod span;
#[cfg(feature = "documents")]
#[doc(hidden)]
pub mod statistics;
#[cfg(feature = "documents")]
#[doc(hidden)]
pub mod tables;
#[doc(hidden)]
pub mod text;

pub use analysis::SetupError;
pub use counter::{Counter, CounterBuilder, Marker, Worker};
pub use counts::{CategoryCount, Counts, MarkerCount, MergeError, Occurrences};
pub use lexicon::{CategoryLabel, LexiconError, Position, Stance};
pub use morphology::DictionaryError;
pub use text::WrapPolicy;

#[cfg(feature = "documents")]
pub use analysis::{
    AnalysisError, Comparison, CountOptions, Difference, DifferenceKind, Evaluation, InputChange,
    MergeOptions, Merged, PartError, PartialRun, Plan, Progress, ResumeError, Scores, Summary, compare,
    count, count_partial, evaluate, merge,
};
#[cfg(feature = "documents")]
pub use corpus::{
    Corpus, CorpusError, Document, DocumentReader, Encoding, Gold, GoldMarker, HtmlPart, ReadOptionError,
    ReadOptions,
};
#[cfg(feature = "documents")]
pub use counts::{Base, Design, Fifths, GroupingError, Level, Measure, Observations, Order};
#[cfg(feature = "documents")]
pub use statistics::{GroupStatistics, OmnibusStatistics, PValue, PairStatistics};
