//! What a text is coded with: a dictionary, a lexicon, and the matcher made of both.

use std::sync::Arc;

use super::parallel;
use crate::lexicon::{Lexicon, LexiconError, LexiconLoader, NamedPatterns, Source};
use crate::markers::Matcher;
use crate::morphology::{Analyser, DictionaryError};

/// Everything that decides what counts; shared by all threads.
pub struct Setup {
    /// The morphological analyser with its dictionary.
    pub analyser: Arc<Analyser>,
    /// The markers that are looked for.
    pub lexicon: Lexicon,
    /// The lexicon compiled for this dictionary.
    pub matcher: Arc<Matcher>,
}

/// A set-up that can't be made.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The dictionary can't be used.
    #[error(transparent)]
    Dictionary(#[from] DictionaryError),
    /// A lexicon file has a mistake.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
}

impl Setup {
    /// The embedded dictionary, and the default lexicon with files of the user's own.
    ///
    /// # Errors
    /// A damaged dictionary, or a mistake in a lexicon file.
    pub fn new(own: &[Source]) -> Result<Self, SetupError> {
        Setup::load(Analyser::embedded, own)
    }

    /// A dictionary of one's own, and the default lexicon with files of the user's own.
    ///
    /// # Errors
    /// A mistake in a lexicon file.
    pub fn with(analyser: Analyser, own: &[Source]) -> Result<Self, SetupError> {
        Setup::load(|| Ok(analyser), own)
    }

    fn load(
        analyser: impl FnOnce() -> Result<Analyser, DictionaryError> + Send,
        own: &[Source],
    ) -> Result<Self, SetupError> {
        let (analyser, named) = parallel::join(analyser, NamedPatterns::read);
        let analyser = Arc::new(analyser?);
        let loader = LexiconLoader::new(&analyser, named?);
        let (entries, contexts) = parallel::join(
            || parallel::map(LexiconLoader::files(own), |file| loader.read(file)),
            || loader.contexts(),
        );
        let lexicon = loader.finish(entries.into_iter().collect::<Result<_, _>>()?, contexts?)?;
        let matcher = Arc::new(Matcher::new(&lexicon, &analyser));
        Ok(Setup { analyser, lexicon, matcher })
    }
}
