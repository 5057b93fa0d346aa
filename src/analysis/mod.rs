//! Joins the stages over many documents, on all cores.
//!
//! Documents are read a batch at a time and cut into passages at line ends; a window of passages is coded in parallel
//! while the one before it is written, in order ([`count`], `windows`). So memory is bounded by the largest document that must be held,
//! and neither the number of threads nor their timing can change a byte: they add integers only.

#[cfg(feature = "documents")]
mod annotation;
#[cfg(feature = "documents")]
mod begun;
mod coder;
#[cfg(feature = "documents")]
mod comparison;
#[cfg(feature = "documents")]
mod dictionary_export;
#[cfg(feature = "documents")]
mod duplicates;
#[cfg(feature = "documents")]
mod evaluation;
#[cfg(feature = "documents")]
mod intake;
mod lexicon_check;
mod lexicon_coverage;
mod lexicon_file;
#[cfg(feature = "documents")]
mod lists;
#[cfg(feature = "documents")]
mod long;
#[cfg(feature = "documents")]
mod options;
#[cfg(feature = "documents")]
mod outcome;
#[cfg(feature = "report")]
mod outputs;
pub mod parallel;
#[cfg(feature = "documents")]
mod partial;
#[cfg(feature = "documents")]
mod passages;
#[cfg(feature = "documents")]
mod resuming;
#[cfg(feature = "documents")]
mod run;
#[cfg(feature = "documents")]
mod run_differences;
#[cfg(feature = "documents")]
mod sentences;
mod setup;
#[cfg(feature = "documents")]
mod survey;
#[cfg(feature = "documents")]
mod text_names;
#[cfg(feature = "documents")]
mod texts;
#[cfg(feature = "documents")]
mod verification;
#[cfg(feature = "documents")]
mod windows;
#[cfg(feature = "documents")]
mod writer;

#[cfg(feature = "documents")]
pub use annotation::{Annotated, AnnotationFormat, annotate};
pub use coder::{Coder, CutSentence, Found, Look, Passage};
#[cfg(feature = "documents")]
pub use comparison::{Compared, Comparison, Plan, compare, compare_run};
#[cfg(feature = "documents")]
pub use dictionary_export::{DictionaryFormat, ExportedDictionary, UnsaidEntry, export_dictionary};
#[cfg(feature = "documents")]
pub use evaluation::{
    CodedDocuments, Coding, Difference, DifferenceKind, Evaluation, EvaluationFigures, ScoreLevel, ScoreRow,
    Scores, SentenceScores, all_among, evaluate, write_evaluation,
};
pub use lexicon_check::{Failure, check};
pub use lexicon_coverage::{CELLS, Coverage, coverage};
pub(crate) use lexicon_file::read_lexicon;
#[cfg(feature = "documents")]
pub use lists::{
    Frequencies, FrequencyOptions, Keyness, KeynessOrder, LeftOut, MAX_NGRAM, PositionError, SearchOptions,
    Searched, SortPosition, Unit, frequencies, search,
};
#[cfg(feature = "documents")]
pub use options::CountOptions;
#[cfg(feature = "documents")]
pub use outcome::{AnalysisError, Progress, Summary};
#[cfg(feature = "report")]
pub use outputs::{Outputs, report_run};
#[cfg(feature = "documents")]
pub use partial::{
    MergeOptions, Merged, PartError, PartialRun, bytes_of_parts, count_partial, merge, verify_parts,
};
#[cfg(feature = "documents")]
pub use resuming::{InputChange, ResumeError, interrupted, partial_folder};
#[cfg(feature = "documents")]
pub use run::{bytes, count};
#[cfg(feature = "documents")]
pub use run_differences::{CategoryDifferences, RunDifferences, diff_runs};
#[cfg(feature = "documents")]
pub use sentences::{SentenceWithoutHit, each_sentence_without_hit};
pub use setup::{Setup, SetupError};
#[cfg(feature = "documents")]
pub use texts::{WrittenTexts, write_texts};
#[cfg(feature = "documents")]
pub use verification::{Finding, verify_documents, verify_inputs, verify_set_up, verify_tables};
