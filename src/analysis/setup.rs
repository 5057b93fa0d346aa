//! What a text is coded with: a dictionary, a lexicon, and the matcher made of both.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::lexicon_file::MAX_BYTES;
use super::parallel;
use crate::counts::{Counts, Tally};
use crate::lexicon::{Labels, Lexicon, LexiconError, LexiconLoader, LoadedMacros, QueryError, Source};
use crate::markers::Matcher;
use crate::messages::Message;
use crate::morphology::{Analyser, DictionaryError};

/// Everything that decides what counts. A clone shares it.
#[derive(Clone)]
pub struct Setup {
    /// The morphological analyser with its dictionary.
    pub analyser: Arc<Analyser>,
    /// The markers that are looked for.
    pub lexicon: Arc<Lexicon>,
    /// The lexicon compiled for this dictionary.
    pub matcher: Arc<Matcher>,
    /// The digest of the lexicon, a SHA-256 in hexadecimal.
    pub lexicon_digest: Arc<str>,
    /// What its categories and entries are called.
    pub labels: Arc<Labels>,
}

/// A dictionary or a lexicon that can't be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// The dictionary can't be used.
    #[error(transparent)]
    Dictionary(#[from] DictionaryError),
    /// A lexicon file has a mistake.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// What is searched for is no pattern.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A lexicon file can't be read.
    #[error("{}", self.message())]
    LexiconFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A lexicon file is too large.
    #[error("{}", self.message())]
    LexiconSize {
        /// The file.
        path: PathBuf,
    },
    /// A lexicon file can't be decoded.
    #[error("{0}")]
    LexiconEncoding(Message),
}

impl SetupError {
    /// Its words.
    #[doc(hidden)]
    pub fn message(&self) -> Message {
        match self {
            SetupError::Dictionary(error) => error.message(),
            SetupError::Lexicon(error) => error.message(),
            SetupError::Query(error) => error.message(),
            SetupError::LexiconEncoding(message) => message.clone(),
            SetupError::LexiconSize { path } => {
                let max = MAX_BYTES >> 20;
                Message::new("setup.lexicon_size", &[("path", &path.display()), ("max", &max)])
            }
            SetupError::LexiconFile { path, source } => {
                Message::new("setup.lexicon_unreadable", &[("path", &path.display()), ("source", source)])
            }
        }
    }
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
        let (analyser, named) = parallel::join(analyser, LoadedMacros::read);
        let analyser = Arc::new(analyser?);
        let loader = LexiconLoader::new(&analyser, named?);
        let (entries, contexts) = parallel::join(
            || parallel::map(LexiconLoader::files(own), |file| loader.read(file)),
            || loader.contexts(),
        );
        let lexicon = loader.finish(entries.into_iter().collect::<Result<_, _>>()?, contexts?)?;
        Ok(Setup::of_lexicon(analyser, lexicon))
    }

    /// A lexicon whose one entry is a query: a pattern, or words; without one, it has no entry. Its hits have no context.
    ///
    /// # Errors
    /// A query that is no pattern, or matches everywhere.
    pub fn of_query(analyser: Analyser, query: Option<&str>) -> Result<Self, SetupError> {
        let analyser = Arc::new(analyser);
        let lexicon = match query {
            Some(query) => LexiconLoader::new(&analyser, LoadedMacros::read()?).query(query)?,
            None => Lexicon::of_entries(Vec::new()),
        };
        Ok(Setup::of_lexicon(analyser, lexicon))
    }

    fn of_lexicon(analyser: Arc<Analyser>, lexicon: Lexicon) -> Self {
        let matcher = Arc::new(Matcher::new(&lexicon, &analyser));
        let lexicon_digest = lexicon.digest().into();
        let labels = Arc::new(Labels::of(&lexicon));
        Setup { analyser, lexicon: Arc::new(lexicon), matcher, lexicon_digest, labels }
    }

    /// A tally by the names of the lexicon.
    pub fn counts(&self, tally: &Tally) -> Counts {
        Counts::new(&self.labels, &self.lexicon_digest, self.analyser.dictionary().digest(), tally)
    }
}
