//! A word spelt otherwise is the same word: the sentences of the lexicon are coded alike in every spelling.

use std::collections::HashSet;
use std::fmt::{self, Display};
use std::ops::Range;

use hedgerow::analysis::{Coder, Found, Setup};
use hedgerow::morphology::{Morpheme, Tokeniser};
use hedgerow::text::Wrapping;
use serde::Deserialize;

/// `dictionaries/spellings.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    spelling: Vec<Spelling>,
    exception: Vec<Exception>,
}

/// Other ways to write a word or the beginning of one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spelling {
    word: String,
    spelt: Vec<String>,
    /// How the part of speech of its first morpheme begins.
    #[serde(default)]
    pos: String,
    /// It may end within a morpheme.
    #[serde(default)]
    stem: bool,
    #[serde(default)]
    not_before: Vec<String>,
    #[serde(default)]
    not_after: Vec<String>,
}

/// Sentences that are coded otherwise in another spelling, and why they may.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    reason: String,
    texts: Vec<String>,
}

/// What is asked of a hit, besides its place.
#[derive(Debug, PartialEq, Eq)]
struct Coded {
    form: String,
    category: String,
    negated: bool,
    interrogative: bool,
}

impl Display for Coded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Coded { form, category, negated, interrogative } = self;
        write!(f, "{form} ({category}, negated={negated}, interrogative={interrogative})")
    }
}

type Node = (Range<usize>, Coded);
type Hits = Vec<Node>;

struct Trial<'a> {
    setup: &'a Setup,
    coder: Coder,
    tokeniser: Tokeniser,
}

impl Trial<'_> {
    fn hits(&mut self, text: &str) -> Hits {
        let lexicon = &self.setup.lexicon;
        let coded = |Found { hit, node, .. }: Found| {
            let form = lexicon.entries[hit.entry].form.clone();
            let category = lexicon.category_of(hit.entry).name.clone();
            (node, Coded { form, category, negated: hit.negated, interrogative: hit.interrogative })
        };
        self.coder.code(text, Wrapping::NONE).hits.into_iter().map(coded).collect()
    }

    /// The morphemes of a sentence: where they stand, and their parts of speech.
    fn morphemes(&mut self, text: &str) -> Vec<(Range<usize>, String)> {
        let mut morphemes = Vec::new();
        self.tokeniser.tokenise(text, &mut morphemes);
        let pos = |m: &Morpheme| self.setup.analyser.features(m.word, m.surface(text)).pos;
        morphemes.iter().map(|m| (m.start as usize..m.end as usize, pos(m))).collect()
    }
}

impl Spelling {
    /// Where the word stands in a sentence.
    fn places(&self, text: &str, morphemes: &[(Range<usize>, String)]) -> Vec<Range<usize>> {
        let ends_a_morpheme = |end| morphemes.iter().any(|(place, _)| place.end == end);
        let first = morphemes.iter().filter(|(_, pos)| pos.starts_with(&self.pos));
        first
            .map(|(place, _)| place.start..place.start + self.word.len())
            .filter(|place| text[place.start..].starts_with(&self.word))
            .filter(|place| self.stem || ends_a_morpheme(place.end))
            .filter(|place| !self.not_before.iter().any(|word| text[..place.start].ends_with(word)))
            .filter(|place| !self.not_after.iter().any(|word| text[place.end..].starts_with(word)))
            .collect()
    }
}

/// Whether the hits of a sentence are those of the same in another spelling: `place` has become `length` bytes long.
fn alike(hits: &Hits, spelt: &Hits, place: &Range<usize>, length: usize) -> bool {
    let moved = |offset: usize| match offset {
        _ if offset <= place.start => offset,
        _ if offset < place.end => place.start + length,
        _ => offset - place.len() + length,
    };
    let same = |((node, coded), (other, other_coded)): (&Node, &Node)| {
        coded == other_coded && moved(node.start).max(other.start) < moved(node.end).min(other.end)
    };
    hits.len() == spelt.len() && hits.iter().zip(spelt).all(same)
}

fn list(hits: &Hits) -> String {
    hits.iter().map(|(_, coded)| coded.to_string()).collect::<Vec<_>>().join(", ")
}

#[test]
fn the_sentences_of_the_lexicon_are_coded_alike_in_every_spelling() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/dictionaries/spellings.toml");
    let text = std::fs::read_to_string(path).expect("the file is there");
    let Table { spelling: spellings, exception: exceptions } =
        toml::from_str(&text).expect("it is of this form");
    let setup = Setup::new(&[]).expect("the default set-up can be made");
    let mut trial = Trial { coder: Coder::new(&setup), tokeniser: setup.analyser.tokeniser(), setup: &setup };
    let of_entries = setup.lexicon.entries.iter().flat_map(|e| [&e.examples, &e.denied, &e.counterexamples]);
    let contexts = &setup.lexicon.contexts;
    let of_negation = contexts.negated.examples.iter().map(|example| &example.text);
    let of_questions = contexts.interrogative.examples.iter().map(|example| &example.text);
    let sentences: HashSet<&String> = of_entries.flatten().chain(of_negation).chain(of_questions).collect();

    let mut unused: HashSet<&str> = spellings.iter().map(|spelling| spelling.word.as_str()).collect();
    let mut excepted: HashSet<&str> = HashSet::new();
    for Exception { reason, texts } in &exceptions {
        assert!(!reason.is_empty(), "{texts:?}");
        excepted.extend(texts.iter().map(String::as_str));
    }
    let mut alike_after_all = excepted.clone();
    let (mut tried, mut failures) = (0, Vec::new());
    for sentence in sentences {
        let hits = trial.hits(sentence);
        let morphemes = trial.morphemes(sentence);
        for spelling in &spellings {
            for place in spelling.places(sentence, &morphemes) {
                unused.remove(spelling.word.as_str());
                for other in &spelling.spelt {
                    let text = [&sentence[..place.start], other, &sentence[place.end..]].concat();
                    let spelt = trial.hits(&text);
                    tried += 1;
                    if alike(&hits, &spelt, &place, other.len()) {
                        continue;
                    }
                    alike_after_all.remove(text.as_str());
                    if !excepted.contains(text.as_str()) {
                        failures.push(format!("{text}: [{}], not [{}]", list(&spelt), list(&hits)));
                    }
                }
            }
        }
    }
    failures.sort();
    assert!(failures.is_empty(), "{} of {tried} sentences:\n{}", failures.len(), failures.join("\n"));
    assert!(unused.is_empty(), "in no sentence of the lexicon: {unused:?}");
    assert!(alike_after_all.is_empty(), "no exceptions: {alike_after_all:?}");
    assert!(tried >= 4_000, "{tried}");
}
