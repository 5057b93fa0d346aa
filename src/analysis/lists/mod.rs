//! Lists of any words: the lines of a search, and the frequencies of words and n-grams. They read a corpus as a count does,
//! and look for what they are asked for instead of markers.

mod counting;
mod frequencies;
mod groups;
mod hits;
mod keyness;
mod out;
mod rows;
mod search;
mod sorting;
mod tokens;
mod types;

use crate::analysis::windows::{Window, Windows};
use crate::analysis::{AnalysisError, CountOptions, Look, Progress, parallel};
use crate::corpus::{Corpus, CorpusError};
use crate::counter::Counter;

use super::intake::Intake;

pub use frequencies::{Frequencies, FrequencyOptions, frequencies};
pub use hits::{PositionError, SortPosition};
pub use keyness::{Keyness, KeynessOrder};
pub use search::{SearchOptions, Searched, search};
pub use types::{MAX_NGRAM, MAX_TYPES, Unit};

/// What was left out of a corpus.
#[derive(Debug, Default)]
pub struct LeftOut {
    /// Documents that can't be read.
    pub unreadable: Vec<CorpusError>,
    /// How many documents have next to no Japanese in them or equal or resemble an earlier one.
    pub documents: u64,
}

/// Reads a corpus and hands what is made of it to `add`, in order, while more is coded. Gives what was left out.
pub(in crate::analysis) fn each_window<L: Look + Sync>(
    counter: &Counter,
    corpus: &mut Corpus,
    options: &CountOptions,
    look: &(dyn Fn() -> L + Sync),
    progress: &(dyn Fn(Progress) + Sync),
    mut add: impl FnMut(&Window<L>) -> Result<(), AnalysisError> + Send,
) -> Result<LeftOut, AnalysisError> {
    let read = |bytes| progress(Progress::Text(bytes));
    let unreadable = std::mem::take(&mut corpus.unreadable);
    let mut windows = Windows::looking(counter, &corpus.inputs, unreadable, options, &read, look);
    windows.intake = Some(Intake::new(options));
    let mut documents = 0_usize;
    let mut coded = windows.next()?;
    while let Some(window) = coded {
        documents += window.passages.iter().filter(|coded| coded.is_last).count();
        let (added, next) = parallel::join(|| add(&window), || windows.next());
        added?;
        coded = next?;
    }
    let Windows { unreadable, is_broken, intake, .. } = windows;
    let left_out = intake.map_or(0, |intake| intake.left_out.len() as u64);
    if !unreadable.is_empty() && (!options.skip_unreadable || is_broken || documents == 0) {
        return Err(AnalysisError::Unreadable(unreadable));
    }
    if documents == 0 && left_out > 0 {
        return Err(AnalysisError::OtherLanguages(left_out));
    }
    Ok(LeftOut { unreadable, documents: left_out })
}
