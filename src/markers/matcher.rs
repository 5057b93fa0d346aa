//! The compiled lexicon.

use std::sync::Arc;

use super::alphabet::AlphabetBuilder;
use super::finder::Finder;
use super::interning::SymbolTable;
use super::lazy_dfa::MAX_TRANSITIONS;
use super::nfa::{Direction, Nfa, PatternId};
use super::rules::{Endings, Rules};
use crate::lexicon::Lexicon;
use crate::lexicon::pattern::Pattern;
use crate::morphology::Analyser;

/// The lexicon compiled for matching; shared by all threads.
pub struct Matcher {
    pub(super) symbols: Arc<SymbolTable>,
    /// The digest of the dictionary whose words `symbols` is for.
    dictionary: String,
    /// Pattern n is the node of `ranked[n]`.
    pub(super) nodes: Arc<Nfa>,
    /// The entries in the order of precedence: those with conditions first, and then by id.
    pub(super) ranked: Vec<Ranked>,
    /// The conditions of entries on what follows a node, and on what precedes it.
    pub(super) forward: Arc<Nfa>,
    pub(super) backward: Arc<Nfa>,
    pub(super) rules: Rules,
    pub(super) endings: Endings,
}

/// An entry, with its conditions as patterns of `backward` and `forward`.
pub(super) struct Ranked {
    /// Its index in the lexicon.
    pub entry: usize,
    /// Its own `negated`, which the rules do not overrule.
    pub negated: Option<bool>,
    pub before: Option<PatternId>,
    pub not_before: Option<PatternId>,
    pub after: Option<PatternId>,
    pub not_after: Option<PatternId>,
}

impl Matcher {
    /// Compiles a lexicon.
    pub fn new(lexicon: &Lexicon, analyser: &Analyser) -> Self {
        let mut alphabet = AlphabetBuilder::new(&analyser.schema().not_tokens);
        let mut nodes = Nfa::new(Direction::Forward);
        let mut forward = Nfa::new(Direction::Forward);
        let mut backward = Nfa::new(Direction::Backward);
        let mut order: Vec<usize> = (0..lexicon.entries.len()).collect();
        order.sort_by_key(|index| (!lexicon.entries[*index].has_conditions(), *index));
        let mut ranked = Vec::with_capacity(order.len());
        for index in order {
            let entry = &lexicon.entries[index];
            nodes.add(&entry.node, &mut alphabet);
            ranked.push(Ranked {
                entry: index,
                negated: entry.negated,
                before: add(&mut backward, &entry.before, &mut alphabet),
                not_before: add(&mut backward, &entry.not_before, &mut alphabet),
                after: add(&mut forward, &entry.after, &mut alphabet),
                not_after: add(&mut forward, &entry.not_after, &mut alphabet),
            });
        }
        let rules = Rules::new(&lexicon.contexts, &mut alphabet);
        let endings = Endings::new(&lexicon.contexts.sentence, &mut alphabet);
        let dictionary = analyser.dictionary();
        Matcher {
            symbols: Arc::new(SymbolTable::new(alphabet.finish(), dictionary.words())),
            dictionary: dictionary.digest().to_owned(),
            nodes: Arc::new(nodes),
            ranked,
            forward: Arc::new(forward),
            backward: Arc::new(backward),
            rules,
            endings,
        }
    }

    /// A finder; one for each thread.
    ///
    /// # Panics
    /// If the analyser has another dictionary than the one that the lexicon was compiled for.
    pub fn finder(self: &Arc<Self>, analyser: &Arc<Analyser>) -> Finder {
        self.finder_with_limit(analyser, MAX_TRANSITIONS)
    }

    /// A finder whose DFAs reset their caches at this many transitions.
    pub(super) fn finder_with_limit(self: &Arc<Self>, analyser: &Arc<Analyser>, limit: usize) -> Finder {
        // Symbols are looked up by word ids.
        assert_eq!(
            analyser.dictionary().digest(),
            self.dictionary,
            "the lexicon was compiled for another dictionary"
        );
        Finder::new(self, analyser, limit)
    }
}

/// Adds a pattern to an NFA, if there is one.
pub(super) fn add<'l>(
    nfa: &mut Nfa,
    pattern: &'l Option<Pattern>,
    alphabet: &mut AlphabetBuilder<'l>,
) -> Option<PatternId> {
    pattern.as_ref().map(|pattern| nfa.add(pattern, alphabet))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::analysis::Setup;
    use crate::morphology::{Dictionary, Tokeniser};

    #[test]
    #[should_panic(expected = "compiled for another dictionary")]
    fn a_finder_has_the_dictionary_that_the_lexicon_was_compiled_for() {
        let Setup { analyser, matcher, .. } = Setup::new(&[]).unwrap();
        let other = Dictionary::from_folder(&Path::new(env!("HEDGEROW_BUILT")).join("ipadic")).unwrap();
        matcher.finder(&Arc::new(Analyser::new(other, analyser.schema().clone())));
    }

    #[test]
    fn a_thread_can_own_what_it_works_with() {
        fn is_owned<T: Send + 'static>() {}
        is_owned::<Finder>();
        is_owned::<Tokeniser>();
    }
}
