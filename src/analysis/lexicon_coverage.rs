//! Which cells of its paradigm the sentences of an entry try.

use std::collections::BTreeSet;

use super::{Coder, CutSentence, Look, Setup};
use crate::lexicon::{Entry, Position};
use crate::markers::Hit;
use crate::morphology::{Features, Morpheme};
use crate::text::Wrapping;

/// The cells of a paradigm, in the order of [`Coverage::sentences`]: polarity, politeness, tense, aspect, the columns of
/// context, and what may stand between the words of a marker.
pub const CELLS: [&str; 15] = [
    "affirmed",
    "negated",
    "plain",
    "polite",
    "past",
    "progressive",
    "predicate",
    "adnominal",
    "adverbial",
    "other",
    "interrogative",
    "quoted",
    "truncated",
    "adverb_within",
    "bracket_within",
];

/// What the sentences of an entry try: its examples and its denied sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// In how many of its sentences a hit of the entry stands in each of the [`CELLS`].
    pub sentences: [usize; CELLS.len()],
    /// The particles within its nodes, as the sentences have them.
    pub particles: BTreeSet<String>,
    /// Its nodes, as the sentences have them.
    pub nodes: BTreeSet<String>,
}

impl Coverage {
    /// The cells that no sentence tries. Not each is a gap: an adverb has no tense.
    pub fn untried(&self) -> impl Iterator<Item = &'static str> {
        CELLS.into_iter().zip(self.sentences).filter(|(_, sentences)| *sentences == 0).map(|(cell, _)| cell)
    }
}

/// What the sentences of each entry try, in the order of the lexicon.
pub fn coverage(setup: &Setup) -> Vec<Coverage> {
    let mut coder = Coder::new(setup);
    let entries = setup.lexicon.entries.iter().enumerate();
    entries.map(|(index, entry)| of_entry(setup, &mut coder, index, entry)).collect()
}

fn of_entry(setup: &Setup, coder: &mut Coder, entry: usize, sentences: &Entry) -> Coverage {
    let mut coverage = Coverage::default();
    for sentence in sentences.examples.iter().chain(&sentences.denied) {
        let mut trial = Trial { setup, entry, tried: [false; CELLS.len()], coverage: &mut coverage };
        coder.code_looking(sentence, sentence.len(), Wrapping::NONE, &mut trial);
        let tried = trial.tried;
        coverage.sentences.iter_mut().zip(tried).for_each(|(count, tried)| *count += usize::from(tried));
    }
    coverage
}

/// One sentence of an entry.
struct Trial<'a> {
    setup: &'a Setup,
    entry: usize,
    tried: [bool; CELLS.len()],
    coverage: &'a mut Coverage,
}

impl Look for Trial<'_> {
    fn see_hit(&mut self, sentence: CutSentence, hit: &Hit) {
        if hit.entry != self.entry {
            return;
        }
        let features = |morpheme: &Morpheme| -> Features {
            self.setup.analyser.features(morpheme.word, morpheme.surface(sentence.text))
        };
        let (node, behind) = (&sentence.morphemes[hit.first..hit.last], &sentence.morphemes[hit.last..]);
        let ending = behind.iter().map(features).take_while(ends_predicate);
        let predicate: Vec<Features> = node.iter().map(features).chain(ending).collect();
        let has = |lemmas: &[&str]| predicate.iter().any(|word| lemmas.contains(&word.lemma));
        let polite = has(&["です", "ます", "ございます", "ござる", "デス", "マス"]);
        let within = |pos: &str| predicate[1..node.len().max(1)].iter().any(|word| word.pos.starts_with(pos));
        let text = &sentence.text[node[0].start as usize..node[node.len() - 1].end as usize];
        let closes = behind
            .iter()
            .map(features)
            .all(|word| word.pos.starts_with("記号") || word.pos.starts_with("補助記号"));
        let cells = [
            !hit.negated,
            hit.negated,
            !polite,
            polite,
            has(&["た", "タ"]),
            is_progressive(&predicate),
            hit.position == Position::Predicate,
            hit.position == Position::Adnominal,
            hit.position == Position::Adverbial,
            hit.position == Position::Other,
            hit.interrogative,
            hit.quoted,
            closes && predicate[node.len() - 1].pos.starts_with("名詞"),
            within("副詞"),
            text.contains(['(', '（', '[', '［', '〔']),
        ];
        self.tried.iter_mut().zip(cells).for_each(|(tried, cell)| *tried |= cell);
        let particles = node.iter().filter(|&morpheme| features(morpheme).pos.starts_with("助詞"));
        let particles = particles.map(|morpheme| morpheme.surface(sentence.text).to_owned());
        self.coverage.particles.extend(particles);
        self.coverage.nodes.insert(text.to_owned());
    }
}

/// Whether a predicate has ている, and not いる as a verb of its own (と言う人もいる).
fn is_progressive(predicate: &[Features]) -> bool {
    let follows_te = |pair: &[Features]| {
        ["て", "で"].contains(&pair[0].lemma) && ["いる", "居る", "おる"].contains(&pair[1].lemma)
    };
    predicate.iter().any(|word| word.lemma == "てる") || predicate.windows(2).any(follows_te)
}

/// Whether a word behind a node belongs to its predicate: an auxiliary, or what joins one.
fn ends_predicate(word: &Features) -> bool {
    let pos = word.pos.as_str();
    pos.starts_with("助動詞")
        || pos.starts_with("動詞-非自立")
        || pos.starts_with("動詞-接尾")
        || ["て", "で"].contains(&word.lemma)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Source;

    const OWN: &str = r#"
category = "loudness"
stance = "assertive"
term = "音量"
definition = "How loud."

[[entry]]
id = "大声を出す"
pattern = '"大声" [word="を|も"] [pos="副詞.*"]? [lemma="出す"]'
examples = ["犬が大声を出しています。", "大声をすぐ出した犬だ。", "「大声を出す」と犬は言う。"]
denied = ["犬は大声も出さない。"]

[[entry]]
id = "黙る犬がいる"
pattern = '[lemma="黙る"] "犬" "が" [lemma="いる"]'
examples = ["黙る犬がいる。"]
"#;

    #[test]
    fn each_sentence_is_counted_in_its_cells() {
        let setup = Setup::new(&[Source { name: "own.toml".into(), text: OWN.into() }]).unwrap();
        let covered = coverage(&setup);
        let of = |id: &str| {
            let index = setup.lexicon.entries.iter().position(|entry| entry.id == id);
            &covered[index.unwrap()]
        };
        let coverage = of("大声を出す");
        let tried: Vec<(&str, usize)> =
            CELLS.into_iter().zip(coverage.sentences).filter(|(_, sentences)| *sentences > 0).collect();
        let expected = [
            ("affirmed", 3),
            ("negated", 1),
            ("plain", 3),
            ("polite", 1),
            ("past", 1),
            ("progressive", 1),
            ("predicate", 3),
            ("adnominal", 1),
            ("quoted", 1),
            ("adverb_within", 1),
        ];
        assert_eq!(tried, expected);
        assert!(coverage.untried().any(|cell| cell == "bracket_within"), "{tried:?}");
        assert_eq!(Vec::from_iter(&coverage.particles), ["も", "を"]);
        assert_eq!(
            Vec::from_iter(&coverage.nodes),
            ["大声も出さ", "大声をすぐ出し", "大声を出し", "大声を出す"]
        );
    }
}
