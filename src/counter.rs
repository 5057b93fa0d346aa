//! The front door: from a string to its counts and markers.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crate::analysis::{Coder, Found, Setup, SetupError, parallel, read_lexicon};
use crate::counts::Counts;
use crate::lexicon::{CategoryLabel, Position, Source, Stance};
use crate::morphology::Analyser;
use crate::span::Span;
use crate::text::{WrapPolicy, left_context, right_context};

/// How much text one thread takes at a time in [`Counter::count_all`], in bytes.
const CHUNK_BYTES: usize = 64 << 10;

/// Counts the markers of texts with one dictionary and one lexicon.
///
/// A clone is cheap and shares both, with all that has been learnt from texts so far; one counter may serve any number of
/// threads.
///
/// ```
/// let counter = hedgerow::Counter::new()?;
/// let counts = counter.count("効果が期待されています。");
/// assert_eq!(counts.hedges().affirmed, 1);
/// # Ok::<(), hedgerow::SetupError>(())
/// ```
#[derive(Clone)]
pub struct Counter {
    shared: Arc<Shared>,
}

struct Shared {
    setup: Setup,
    wrapping: WrapPolicy,
    /// Coders that wait for work, their caches filled: at most as many as have been used at the same time.
    idle: Mutex<Vec<Coder>>,
}

impl Counter {
    /// A counter with the embedded dictionary and the default lexicon.
    ///
    /// # Errors
    /// A program file that is damaged.
    pub fn new() -> Result<Self, SetupError> {
        Counter::builder().build()
    }

    /// A counter with a lexicon or a dictionary of one's own.
    pub fn builder() -> CounterBuilder {
        CounterBuilder::default()
    }

    fn with(setup: Setup, wrapping: WrapPolicy) -> Self {
        Counter { shared: Arc::new(Shared { setup, wrapping, idle: Mutex::default() }) }
    }

    /// The counts of a text.
    pub fn count(&self, text: &str) -> Counts {
        self.with_coder(|coder| self.shared.count(coder, text))
    }

    /// The markers of a text, in its order.
    ///
    /// ```
    /// let counter = hedgerow::Counter::new()?;
    /// let text = "効果は証明されていません。";
    /// for marker in counter.find(text) {
    ///     assert_eq!((&*marker.id, &*marker.category, marker.negated), ("証明する", "demonstration", true));
    ///     assert_eq!(&text[marker.bytes], "証明され");
    ///     assert_eq!(marker.characters, 3..7);
    /// }
    /// # Ok::<(), hedgerow::SetupError>(())
    /// ```
    pub fn find(&self, text: &str) -> Vec<Marker> {
        self.with_coder(|coder| self.shared.find(coder, text))
    }

    /// The counts of many texts, on all cores, in the order of the texts; none for none, as in a column with empty cells.
    ///
    /// ```
    /// let counter = hedgerow::Counter::new()?;
    /// let counts = counter.count_all([Some("必ず効きます。"), None, Some("効くでしょう。")]);
    /// let assertives = counts.iter().map(|counts| counts.as_ref().map(|counts| counts.assertives().affirmed));
    /// assert_eq!(assertives.collect::<Vec<_>>(), [Some(1), None, Some(0)]);
    /// # Ok::<(), hedgerow::SetupError>(())
    /// ```
    pub fn count_all<'t>(&self, texts: impl IntoIterator<Item = Option<&'t str>>) -> Vec<Option<Counts>> {
        let count = |chunk: Vec<Option<&str>>| {
            self.with_coder(|coder| {
                chunk.into_iter().map(|text| Some(self.shared.count(coder, text?))).collect::<Vec<_>>()
            })
        };
        parallel::map(chunks(texts), count).into_iter().flatten().collect()
    }

    /// A worker for a thread that counts many texts one by one.
    pub fn worker(&self) -> Worker {
        Worker { coder: Coder::new(&self.shared.setup), shared: Arc::clone(&self.shared) }
    }

    /// The categories of its lexicon, hedges first, then by name.
    ///
    /// ```
    /// let counter = hedgerow::Counter::new()?;
    /// let certainty = counter.categories().iter().find(|category| &*category.name == "certainty").unwrap();
    /// assert_eq!(&*certainty.term, "確信・断定");
    /// # Ok::<(), hedgerow::SetupError>(())
    /// ```
    pub fn categories(&self) -> &[CategoryLabel] {
        &self.shared.setup.labels.categories
    }

    /// What it counts with.
    #[doc(hidden)]
    pub fn setup(&self) -> &Setup {
        &self.shared.setup
    }

    /// In which texts it joins lines.
    pub fn wrapping(&self) -> WrapPolicy {
        self.shared.wrapping
    }

    /// Does some work with a coder whose caches are filled, if one is idle.
    pub(crate) fn with_coder<R>(&self, work: impl FnOnce(&mut Coder) -> R) -> R {
        let Shared { setup, idle, .. } = &*self.shared;
        let idle = || idle.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = idle().pop();
        let mut coder = waiting.unwrap_or_else(|| Coder::new(setup));
        let result = work(&mut coder);
        idle().push(coder);
        result
    }
}

impl std::fmt::Debug for Counter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let setup = &self.shared.setup;
        f.debug_struct("Counter")
            .field("lexicon", &setup.lexicon_digest)
            .field("dictionary", &setup.analyser.dictionary().digest())
            .finish_non_exhaustive()
    }
}

impl Shared {
    fn count(&self, coder: &mut Coder, text: &str) -> Counts {
        self.setup.counts(&coder.code(text, self.wrapping.wrapping(text)).tally)
    }

    fn find(&self, coder: &mut Coder, text: &str) -> Vec<Marker> {
        let hits = coder.code(text, self.wrapping.wrapping(text)).hits;
        hits.into_iter().map(|found| Marker::new(&self.setup, found)).collect()
    }
}

/// Texts in chunks of some size, so that short ones are not handed out one by one.
fn chunks<'t>(texts: impl IntoIterator<Item = Option<&'t str>>) -> Vec<Vec<Option<&'t str>>> {
    let mut chunks = vec![Vec::new()];
    let mut bytes = 0;
    for text in texts {
        if bytes >= CHUNK_BYTES {
            chunks.push(Vec::new());
            bytes = 0;
        }
        // A text without a byte takes its time, too.
        bytes += text.map_or(1, |text| text.len() + 1);
        if let Some(chunk) = chunks.last_mut() {
            chunk.push(text);
        }
    }
    chunks
}

/// Counts texts one by one with buffers and caches of its own: the fastest way for a thread of yours. It borrows nothing.
///
/// ```
/// let counter = hedgerow::Counter::new()?;
/// let mut worker = counter.worker();
/// let thread = std::thread::spawn(move || worker.count("必ず実現します。").assertives().affirmed);
/// assert_eq!(thread.join().unwrap(), 2);
/// # Ok::<(), hedgerow::SetupError>(())
/// ```
pub struct Worker {
    shared: Arc<Shared>,
    coder: Coder,
}

impl Worker {
    /// The counts of a text, the same as [`Counter::count`] gives.
    pub fn count(&mut self, text: &str) -> Counts {
        self.shared.count(&mut self.coder, text)
    }

    /// The markers of a text, the same as [`Counter::find`] gives.
    pub fn find(&mut self, text: &str) -> Vec<Marker> {
        self.shared.find(&mut self.coder, text)
    }
}

/// A marker where it occurs in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Marker {
    /// The id of its entry in the lexicon: the citation form, with the sense in brackets where two share a form.
    pub id: Arc<str>,
    /// The name of its category.
    pub category: Arc<str>,
    /// The Japanese term of its category; its name, where the lexicon gives none.
    pub category_ja: Arc<str>,
    /// The stance of its category.
    pub stance: Stance,
    /// Whether the marker itself is denied (期待できない).
    pub negated: bool,
    /// Whether it stands in a question.
    pub interrogative: bool,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
    /// Its syntactic position.
    pub position: Position,
    /// Where it stands in the text, in bytes.
    pub bytes: Span,
    /// Where it stands in the text, in characters (Unicode scalar values).
    pub characters: Span,
    /// The index of its sentence in the text, from 0.
    pub sentence: usize,
    /// Where its sentence stands in the text, in bytes.
    pub sentence_bytes: Span,
    /// Where the sentences before and behind that stand in the text, in bytes; empty where there is none.
    pub neighbours: [Span; 2],
    /// The line of the text that its sentence begins on, from 0.
    pub line: usize,
}

impl Marker {
    fn new(setup: &Setup, found: Found) -> Self {
        let category = setup.labels.category_of(found.hit.entry);
        Marker {
            id: Arc::clone(&setup.labels.entries[found.hit.entry].id),
            category: Arc::clone(&category.name),
            category_ja: Arc::clone(&category.term),
            stance: category.stance,
            negated: found.hit.negated,
            interrogative: found.hit.interrogative,
            quoted: found.hit.quoted,
            position: found.hit.position,
            bytes: found.node,
            characters: found.start as usize..found.end as usize,
            sentence: found.sentence as usize,
            sentence_bytes: found.in_sentence,
            neighbours: found.neighbours,
            line: found.line as usize,
        }
    }

    /// What stands before it in its sentence in a text, at most 200 characters, as `concordance.csv` has it.
    ///
    /// ```
    /// let counter = hedgerow::Counter::new()?;
    /// let text = "雨だ。\n効果は証明されていません。";
    /// let marker = &counter.find(text)[0];
    /// assert_eq!((marker.left(text), marker.right(text), marker.line), ("効果は", "ていません。", 1));
    /// # Ok::<(), hedgerow::SetupError>(())
    /// ```
    pub fn left<'t>(&self, text: &'t str) -> &'t str {
        left_context(text.get(self.sentence_bytes.start..self.bytes.start).unwrap_or_default())
    }

    /// What stands behind it in its sentence in a text, at most 200 characters.
    pub fn right<'t>(&self, text: &'t str) -> &'t str {
        right_context(text.get(self.bytes.end..self.sentence_bytes.end).unwrap_or_default())
    }

    /// The sentence before that of the marker in a text, its last 200 characters at most.
    pub fn previous<'t>(&self, text: &'t str) -> &'t str {
        let [previous, _] = &self.neighbours;
        left_context(text.get(previous.clone()).unwrap_or_default())
    }

    /// The sentence behind that of the marker in a text, its first 200 characters at most.
    pub fn next<'t>(&self, text: &'t str) -> &'t str {
        let [_, next] = &self.neighbours;
        right_context(text.get(next.clone()).unwrap_or_default())
    }
}

/// Says what a [`Counter`] counts with.
///
/// ```
/// let dogs = r#"
///     category = "animals"
///     stance = "hedge"
///     [[entry]]
///     id = "犬"
///     examples = ["犬がいる。"]
/// "#;
/// let counter = hedgerow::Counter::builder().lexicon("dogs.toml", dogs).build()?;
/// assert_eq!(counter.count("犬と犬。").categories["animals"].occurrences.affirmed, 2);
/// # Ok::<(), hedgerow::SetupError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct CounterBuilder {
    lexicons: Vec<LexiconFile>,
    dictionary: Option<PathBuf>,
    wrapping: WrapPolicy,
}

#[derive(Debug, Clone)]
enum LexiconFile {
    Text(Source),
    Path(PathBuf),
}

impl CounterBuilder {
    /// Adds the entries of a lexicon file, given as its text; one with the id of a default entry takes its place.
    /// `name` stands for the file in errors.
    pub fn lexicon(mut self, name: impl Into<String>, toml: impl Into<String>) -> Self {
        self.lexicons.push(LexiconFile::Text(Source { name: name.into(), text: toml.into() }));
        self
    }

    /// Adds the entries of a lexicon file, which [`CounterBuilder::build`] reads.
    pub fn lexicon_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.lexicons.push(LexiconFile::Path(path.into()));
        self
    }

    /// Takes a dictionary that `hedgerow dictionary build` has written in the place of the embedded one.
    pub fn dictionary(mut self, folder: impl Into<PathBuf>) -> Self {
        self.dictionary = Some(folder.into());
        self
    }

    /// In which texts lines are joined that a page's width has broken; by default, in those that plainly are so.
    pub fn wrapping(mut self, wrapping: WrapPolicy) -> Self {
        self.wrapping = wrapping;
        self
    }

    /// Loads the dictionary and compiles the lexicon: make one counter, and clone it.
    ///
    /// # Errors
    /// A lexicon file that can't be read or has a mistake, or a folder that holds no dictionary.
    pub fn build(self) -> Result<Counter, SetupError> {
        let own = self.lexicons.into_iter().map(LexiconFile::read).collect::<Result<Vec<_>, _>>()?;
        let setup = match &self.dictionary {
            Some(folder) => Setup::with(Analyser::from_folder(folder)?, &own)?,
            None => Setup::new(&own)?,
        };
        Ok(Counter::with(setup, self.wrapping))
    }

    /// The same with a query in the place of the lexicon: a pattern, or words; without one, nothing is looked for.
    ///
    /// # Errors
    /// A query that is no pattern, or a folder that holds no dictionary.
    #[doc(hidden)]
    pub fn build_query(self, query: Option<&str>) -> Result<Counter, SetupError> {
        let analyser = match &self.dictionary {
            Some(folder) => Analyser::from_folder(folder)?,
            None => Analyser::embedded()?,
        };
        Ok(Counter::with(Setup::of_query(analyser, query)?, self.wrapping))
    }
}

impl LexiconFile {
    fn read(self) -> Result<Source, SetupError> {
        match self {
            LexiconFile::Text(source) => Ok(source),
            LexiconFile::Path(path) => read_lexicon(&path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_front_door_gives_out_may_go_to_any_thread() {
        fn may_move<T: Send + 'static>() {}
        fn may_be_shared<T: Send + Sync + Clone + 'static>() {}
        may_be_shared::<Counter>();
        may_be_shared::<Counts>();
        may_be_shared::<Marker>();
        may_move::<Worker>();
    }

    #[test]
    fn no_text_is_lost_in_chunks() {
        let long = "あ".repeat(CHUNK_BYTES);
        let texts: Vec<Option<&str>> = vec![Some("い"), None, Some(&long), Some(""), Some("う")];
        let chunked = chunks(texts.iter().copied());
        assert_eq!(chunked.len(), 2);
        assert_eq!(chunked.concat(), texts);
        assert_eq!(chunks([]).concat(), []);
    }
}
