//! Recutting: where another dictionary cuts words otherwise than the lexicon expects, its schema splits and joins them.

use super::{Analyser, Join, Morpheme, Schema, Word};

/// The first class of words that a schema has made: its splits, then its joins. The dictionary's own classes of unknown
/// words are far below.
const FIRST_CLASS: u32 = 1 << 24;

/// Recuts morphemes; one for each thread.
pub(super) struct Recutter {
    /// By id of the dictionary's word: the split that it needs.
    splits: Vec<Lookup>,
    recut: Vec<Morpheme>,
}

/// Whether a word needs a split, and which, by its index in the schema.
#[derive(Clone, Copy)]
enum Lookup {
    Pending,
    Unsplit,
    Split(u32),
}

impl Recutter {
    /// None for a schema without splits and joins.
    pub fn new(analyser: &Analyser) -> Option<Self> {
        let schema = analyser.schema();
        let is_needed = !(schema.split.is_empty() && schema.join.is_empty());
        is_needed.then(|| Recutter { splits: Vec::new(), recut: Vec::new() })
    }

    /// Recuts the morphemes of `sentence`, those from the index `from` on: first splits, then joins.
    pub fn recut(&mut self, analyser: &Analyser, sentence: &str, from: usize, morphemes: &mut Vec<Morpheme>) {
        self.recut.clear();
        for morpheme in &morphemes[from..] {
            match self.split(analyser, morpheme, sentence) {
                None => self.recut.push(*morpheme),
                Some((index, length)) => {
                    let middle = morpheme.end - length as u32;
                    let word = Word::unknown(FIRST_CLASS + index);
                    self.recut.push(Morpheme { end: middle, ..*morpheme });
                    self.recut.push(Morpheme { start: middle, word, ..*morpheme });
                }
            }
        }
        morphemes.truncate(from);
        let schema = analyser.schema();
        let mut rest = self.recut.as_slice();
        while let Some(morpheme) = rest.first() {
            match longest_join(schema, rest, sentence) {
                None => {
                    morphemes.push(*morpheme);
                    rest = &rest[1..];
                }
                Some((index, words)) => {
                    let word = Word::unknown(FIRST_CLASS + (schema.split.len() + index) as u32);
                    morphemes.push(Morpheme { end: rest[words - 1].end, word, ..*morpheme });
                    rest = &rest[words..];
                }
            }
        }
    }

    /// The index of the split that a word needs, and the length of its second word in bytes.
    fn split(&mut self, analyser: &Analyser, morpheme: &Morpheme, sentence: &str) -> Option<(u32, usize)> {
        let schema = analyser.schema();
        let id = morpheme.word.known_id()? as usize;
        if id >= self.splits.len() {
            self.splits.resize(analyser.dictionary().words().max(id + 1), Lookup::Pending);
        }
        if let Lookup::Pending = self.splits[id] {
            let form = schema
                .form
                .and_then(|column| analyser.dictionary().inner().word_details_iter(id).nth(column));
            let surface = morpheme.surface(sentence);
            let found = schema.split.iter().position(|split| {
                form == Some(split.form.as_str())
                    && surface.len() > split.last.len()
                    && surface.ends_with(&split.last)
            });
            self.splits[id] = found.map_or(Lookup::Unsplit, |index| Lookup::Split(index as u32));
        }
        match self.splits[id] {
            Lookup::Split(index) => Some((index, schema.split[index as usize].last.len())),
            _ => None,
        }
    }
}

/// The index of the longest join that the morphemes begin with, and the number of its words.
fn longest_join(schema: &Schema, morphemes: &[Morpheme], sentence: &str) -> Option<(usize, usize)> {
    let surface = |index: usize| morphemes.get(index).map(|morpheme| morpheme.surface(sentence));
    let fits = |join: &Join| {
        let has_words = join.words.iter().enumerate().all(|(index, word)| surface(index) == Some(word));
        let next = surface(join.words.len()).unwrap_or_default();
        has_words && !join.unless_before.iter().any(|word| word == next)
    };
    let joins = schema.join.iter().enumerate();
    let longest = joins.filter(|(_, join)| fits(join)).max_by_key(|(_, join)| join.words.len());
    longest.map(|(index, join)| (index, join.words.len()))
}

/// Lemma and part of speech of a word that the schema has made, if the class is one of those.
pub(super) fn features(schema: &Schema, class: u32) -> Option<(&str, &str)> {
    let index = class.checked_sub(FIRST_CLASS)? as usize;
    match schema.split.get(index) {
        Some(split) => Some((&split.lemma, &split.pos)),
        None => {
            let join = schema.join.get(index - schema.split.len())?;
            Some((&join.lemma, &join.pos))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Dictionary, Tokeniser};
    use super::*;

    /// IPADIC's columns: 5 is the form of inflection, 6 the lemma.
    const COLUMNS: &str =
        "pos = [0]\nlemma = 6\nform = 5\nno_value = '*'\nnot_tokens = '記号'\nsymbol = '記号'\n";

    fn analyser(rules: &str) -> Arc<Analyser> {
        let schema = Schema::parse(&format!("{COLUMNS}{rules}")).unwrap();
        Arc::new(Analyser::new(Dictionary::embedded().unwrap(), schema))
    }

    fn split(last: &str, lemma: &str) -> String {
        format!("[[split]]\nform = '基本形'\nlast = '{last}'\nlemma = '{lemma}'\npos = 'split'\n")
    }

    fn join(words: &[&str], unless_before: &[&str], lemma: &str) -> String {
        format!(
            "[[join]]\nwords = {words:?}\nunless_before = {unless_before:?}\nlemma = '{lemma}'\npos = 'join'\n"
        )
    }

    /// Each morpheme as `surface/lemma/pos`.
    fn cut(analyser: &Analyser, tokeniser: &mut Tokeniser, sentence: &str) -> String {
        let mut morphemes = Vec::new();
        tokeniser.tokenise(sentence, &mut morphemes);
        let describe = |morpheme: &Morpheme| {
            let surface = morpheme.surface(sentence);
            let features = analyser.features(morpheme.word, surface);
            format!("{surface}/{}/{}", features.lemma, features.pos)
        };
        morphemes.iter().map(describe).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn assert_cut(rules: &[String], sentence: &str, expected: &str) {
        let analyser = analyser(&rules.concat());
        let mut tokeniser = analyser.tokeniser();
        // The second time, what words need is known.
        for _ in 0..2 {
            assert_eq!(cut(&analyser, &mut tokeniser, sentence), expected);
        }
    }

    #[test]
    fn a_word_of_a_form_is_split_before_its_last_part() {
        // 走っ is of another form, 来る has another end, and る would leave nothing of itself.
        assert_cut(&[split("る", "ル")], "走る", "走/走る/動詞 る/ル/split");
        assert_cut(&[split("る", "ル")], "走った", "走っ/走る/動詞 た/た/助動詞");
        assert_cut(&[split("す", "ス")], "走る", "走る/走る/動詞");
        assert_cut(&[split("走る", "全部")], "走る", "走る/走る/動詞");
    }

    #[test]
    fn the_first_split_that_fits_decides() {
        assert_cut(
            &[split("す", "A"), split("る", "B"), split("走る", "C")],
            "走る",
            "走/走る/動詞 る/B/split",
        );
        assert_cut(&[split("る", "A"), split("べる", "B")], "食べる", "食べ/食べる/動詞 る/A/split");
        assert_cut(&[split("べる", "B"), split("る", "A")], "食べる", "食/食べる/動詞 べる/B/split");
    }

    #[test]
    fn the_longest_join_wins_wherever_it_stands() {
        let (short, long) = (join(&["犬", "が"], &[], "short"), join(&["犬", "が", "走る"], &[], "long"));
        for rules in [[short.clone(), long.clone()], [long, short]] {
            assert_cut(&rules, "犬が走る", "犬が走る/long/join");
            assert_cut(&rules, "犬が走る犬が", "犬が走る/long/join 犬が/short/join");
            assert_cut(&rules, "猫が走る犬", "猫/猫/名詞 が/が/助詞 走る/走る/動詞 犬/犬/名詞");
        }
    }

    #[test]
    fn words_stay_apart_before_those_that_a_join_names() {
        let rules = [join(&["犬", "が"], &["走る", ""], "joined")];
        assert_cut(&rules, "犬が食べる", "犬が/joined/join 食べる/食べる/動詞");
        assert_cut(&rules, "犬が走る", "犬/犬/名詞 が/が/助詞 走る/走る/動詞");
        // An empty word is the end of the sentence.
        assert_cut(&rules, "犬が", "犬/犬/名詞 が/が/助詞");
        assert_cut(&[join(&["犬", "が"], &["走る"], "joined")], "犬が", "犬が/joined/join");
    }

    #[test]
    fn what_was_split_can_be_joined() {
        let rules =
            [split("す", "A"), split("る", "B"), join(&["が"], &[], "C"), join(&["る", "犬"], &[], "D")];
        assert_cut(&rules, "走る犬が", "走/走る/動詞 る犬/D/join が/C/join");
    }

    #[test]
    fn earlier_sentences_are_left_alone() {
        let analyser = analyser(&join(&["犬", "が"], &[], "joined"));
        let (mut tokeniser, mut morphemes) = (analyser.tokeniser(), Vec::new());
        tokeniser.tokenise("猫が", &mut morphemes);
        let first = morphemes.clone();
        tokeniser.tokenise("犬が", &mut morphemes);
        assert_eq!(morphemes[..2], first);
        assert_eq!(morphemes.len(), 3);
    }
}
