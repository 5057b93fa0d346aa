//! The pattern language: a pattern is refused with its place, or finds what the naive matcher finds.

use std::sync::Arc;

use hedgerow::analysis::Setup;
use hedgerow::lexicon::pattern::{Macros, Pattern, parse};
use hedgerow::lexicon::{Contexts, Entry, Lexicon};
use hedgerow::markers::Matcher;
use hedgerow::morphology::Morpheme;

use super::documents::check_message;
use super::input::parts;
use super::naive_matcher::Naive;

const SENTENCES: [&str; 3] = ["犬犬猫が走った、", "dog犬は走らない", "犬"];

/// The default dictionary with a lexicon of nothing, and the sentences as it cuts them.
struct Cut {
    setup: Setup,
    sentences: Vec<(&'static str, Vec<Morpheme>)>,
}

impl Cut {
    fn new() -> Self {
        let mut setup = Setup::new(&[]).expect("the default lexicon");
        let Contexts { mut negated, mut interrogative, mut quoted, mut position, mut sentence } =
            setup.lexicon.contexts.clone();
        negated.rules.clear();
        interrogative.rules.clear();
        quoted.rules.clear();
        position.rules.clear();
        sentence.rules.clear();
        let contexts = Contexts { negated, interrogative, quoted, position, sentence };
        let category = setup.lexicon.categories[0].clone();
        let lexicon =
            Lexicon { categories: vec![category], entries: Vec::new(), contexts, files: Vec::new() };
        setup.lexicon = Arc::new(lexicon);
        let cut = |sentence| {
            let mut morphemes = Vec::new();
            setup.analyser.tokeniser().tokenise(sentence, &mut morphemes);
            (sentence, morphemes)
        };
        let sentences = SENTENCES.map(cut).into();
        Cut { setup, sentences }
    }

    /// The same with an entry.
    fn with(&self, node: Pattern, before: Option<Pattern>, not_after: Option<Pattern>) -> Setup {
        let entry = Entry {
            id: "a".into(),
            category: 0,
            form: "a".into(),
            node,
            before,
            not_before: None,
            after: None,
            not_after,
            negated: None,
            examples: Vec::new(),
            denied: Vec::new(),
            counterexamples: Vec::new(),
            note: String::new(),
            origin: (String::new(), 1),
        };
        let lexicon = Lexicon { entries: vec![entry], ..Lexicon::clone(&self.setup.lexicon) };
        let mut setup = self.setup.clone();
        setup.matcher = Arc::new(Matcher::new(&lexicon, &setup.analyser));
        setup.lexicon = Arc::new(lexicon);
        setup
    }
}

/// A pattern, and what must and what must not stand beside it.
pub fn pattern(bytes: &[u8]) {
    thread_local! {
        static CUT: Cut = Cut::new();
    }
    let [node, before, not_after] = parts(bytes).map(String::from_utf8_lossy);
    let Some(node) = read(&node) else { return };
    if node.is_nullable() || node.has_sentence_boundary() {
        return;
    }
    let beside = |text: &str| read(text).filter(|pattern| !pattern.is_nullable());
    let (before, not_after) = (beside(&before), beside(&not_after));
    CUT.with(|cut| {
        let setup = cut.with(node, before, not_after);
        let naive = Naive::new(&setup);
        let mut finder = setup.matcher.finder(&setup.analyser);
        for (sentence, morphemes) in &cut.sentences {
            let (mut symbols, mut hits) = (Vec::new(), Vec::new());
            finder.read(sentence, morphemes, &mut symbols);
            finder.search(&symbols, &mut hits);
            assert_eq!(hits, naive.hits(sentence, morphemes), "{sentence}");
        }
    });
}

fn read(text: &str) -> Option<Pattern> {
    match parse(text, &Macros::new()) {
        Ok(pattern) => Some(pattern),
        Err(error) => {
            assert!(error.offset <= text.chars().count(), "{error}");
            check_message(&error.to_string());
            None
        }
    }
}
