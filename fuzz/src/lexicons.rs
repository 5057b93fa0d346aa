//! Lexicon files: read or refused in a line; what is read is compiled, and codes a text.

use std::cell::RefCell;
use std::sync::Arc;

use hedgerow::analysis::{Coder, Setup};
use hedgerow::lexicon::{LexiconFile, LexiconLoader, LoadedContexts, LoadedMacros, Source};
use hedgerow::markers::Matcher;
use hedgerow::text::Wrapping;

use super::documents::check_message;

struct Loaded {
    setup: Setup,
    contexts: LoadedContexts,
}

impl Loaded {
    fn new() -> Self {
        let setup = Setup::new(&[]).expect("the default lexicon");
        let contexts = loader(&setup).contexts().expect("the default rules");
        Loaded { setup, contexts }
    }
}

fn loader(setup: &Setup) -> LexiconLoader<'_> {
    thread_local! {
        static MACROS: LoadedMacros = LoadedMacros::read().expect("the default macros");
    }
    LexiconLoader::new(&setup.analyser, MACROS.with(LoadedMacros::clone))
}

pub fn lexicon(bytes: &[u8]) {
    thread_local! {
        static LOADED: RefCell<Loaded> = RefCell::new(Loaded::new());
    }
    let text = String::from_utf8_lossy(bytes).into_owned();
    let lines = text.lines().count().max(1);
    LOADED.with_borrow(|Loaded { setup, contexts }| {
        let loader = loader(setup);
        let own = LexiconFile::own(Source { name: "own.toml".into(), text });
        let lexicon = loader.read(own).and_then(|loaded| loader.finish(vec![loaded], contexts.clone()));
        match lexicon {
            Err(error) => {
                assert!((1..=lines + 1).contains(&error.line), "line {} of {lines}", error.line);
                check_message(&error.to_string());
            }
            Ok(lexicon) => {
                let mut own = setup.clone();
                own.matcher = Arc::new(Matcher::new(&lexicon, &own.analyser));
                own.lexicon = Arc::new(lexicon);
                Coder::new(&own).code("犬が走った。猫は走らないだろうが、AIは走る。", Wrapping::NONE);
            }
        }
    });
}
