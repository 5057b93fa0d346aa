//! Candidates: the nodes that match or nearly match, for `hedgerow lexicon explain`.

use super::finder::Finder;
use super::nfa::PatternId;
use super::symbol::Symbol;
use crate::lexicon::Lexicon;
use crate::morphology::Morpheme;

/// A node that matches or begins to, with a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The index of its entry in the lexicon.
    pub entry: usize,
    /// The index of its first morpheme in the sentence.
    pub first: usize,
    /// The index behind its last morpheme.
    pub last: usize,
    /// Whether it is a hit, or why not.
    pub verdict: Verdict,
}

/// Whether a node is a hit, or why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is a hit.
    Hit,
    /// `before` does not match what precedes it.
    LacksBefore,
    /// `not_before` matches what precedes it.
    HasNotBefore,
    /// `after` does not match what follows.
    LacksAfter,
    /// `not_after` matches what follows.
    HasNotAfter,
    /// Its conditions hold, but a hit covers one of its morphemes.
    Covered,
    /// Its node matches no further than this.
    Begun,
}

impl Finder {
    /// Every node that matches anywhere in a sentence, from left to right, longer ones first; then, for each morpheme, the
    /// nodes that match furthest from there without reaching their end. Of these, those that begin with a mere part of
    /// speech are left out, as they begin nearly everywhere.
    pub fn candidates(
        &mut self,
        sentence: &str,
        morphemes: &[Morpheme],
        lexicon: &Lexicon,
    ) -> Vec<Candidate> {
        let (mut symbols, mut hits) = (Vec::new(), Vec::new());
        self.read(sentence, morphemes, &mut symbols);
        self.search(&symbols, &mut hits);
        let mut found = Vec::new();
        for first in 0..morphemes.len() {
            let furthest = self.collect_candidates(&symbols, first);
            for (last, rank) in std::mem::take(&mut self.candidates).into_iter().rev() {
                let entry = self.matcher.ranked[rank as usize].entry;
                let is_hit = hits.iter().any(|hit| (hit.entry, hit.first, hit.last) == (entry, first, last));
                let verdict = if is_hit { Verdict::Hit } else { self.verdict(rank, &symbols, first, last) };
                found.push(Candidate { entry, first, last, verdict });
            }
            if furthest.last == first {
                continue;
            }
            for rank in self.begun(&furthest) {
                let entry = self.matcher.ranked[rank as usize].entry;
                let matches = found.iter().any(|known| (known.entry, known.first) == (entry, first));
                if !matches && lexicon.entries[entry].node.starts_lexically() {
                    found.push(Candidate { entry, first, last: furthest.last, verdict: Verdict::Begun });
                }
            }
        }
        found
    }

    /// Why a node that matches is no hit.
    fn verdict(&mut self, rank: PatternId, sentence: &[Symbol], first: usize, last: usize) -> Verdict {
        let ranked = &self.matcher.ranked[rank as usize];
        let sides = &mut self.sides;
        if !ranked.before.is_none_or(|before| sides.precedes(before, sentence, first)) {
            Verdict::LacksBefore
        } else if ranked.not_before.is_some_and(|before| sides.precedes(before, sentence, first)) {
            Verdict::HasNotBefore
        } else if !ranked.after.is_none_or(|after| sides.follows(after, sentence, last)) {
            Verdict::LacksAfter
        } else if ranked.not_after.is_some_and(|after| sides.follows(after, sentence, last)) {
            Verdict::HasNotAfter
        } else {
            Verdict::Covered
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Setup;
    use crate::lexicon::Source;

    #[test]
    fn a_verdict_says_why_a_node_is_no_hit() {
        let entries = [
            r#"id = "before"
pattern = '"犬"'
before = '"は"'"#,
            r#"id = "not-before"
pattern = '"猫"'
not_before = '"は"'"#,
            r#"id = "after"
pattern = '"鳥"'
after = '"は"'"#,
            r#"id = "not-after"
pattern = '"馬"'
not_after = '"は"'"#,
            r#"id = "whole"
pattern = '"牛" "が" "牛"'"#,
            r#"id = "part"
pattern = '"牛"'"#,
            r#"id = "of-any-noun"
pattern = '[pos="名詞.*"] "牛"'"#,
        ];
        let entries = entries.map(|entry| format!("[[entry]]\nexamples = [\"犬\"]\n{entry}\n"));
        let text = format!("category = \"own\"\nstance = \"hedge\"\n{}", entries.concat());
        let setup = Setup::new(&[Source { name: "own.toml".into(), text }]).unwrap();
        let (mut tokeniser, mut finder) = (setup.analyser.tokeniser(), setup.matcher.finder(&setup.analyser));
        for (sentence, expected) in [
            ("は犬", &[("before", 1, 2, Verdict::Hit)][..]),
            ("が犬", &[("before", 1, 2, Verdict::LacksBefore)]),
            ("は猫", &[("not-before", 1, 2, Verdict::HasNotBefore)]),
            ("が猫", &[("not-before", 1, 2, Verdict::Hit)]),
            ("鳥は", &[("after", 0, 1, Verdict::Hit)]),
            ("鳥が", &[("after", 0, 1, Verdict::LacksAfter)]),
            ("馬は", &[("not-after", 0, 1, Verdict::HasNotAfter)]),
            ("馬が", &[("not-after", 0, 1, Verdict::Hit)]),
            (
                "牛が牛",
                &[
                    ("whole", 0, 3, Verdict::Hit),
                    ("part", 0, 1, Verdict::Covered),
                    ("part", 2, 3, Verdict::Covered),
                    ("whole", 2, 3, Verdict::Begun),
                ],
            ),
            ("牛が", &[("part", 0, 1, Verdict::Hit), ("whole", 0, 2, Verdict::Begun)]),
        ] {
            let mut morphemes = Vec::new();
            tokeniser.tokenise(sentence, &mut morphemes);
            let found = finder.candidates(sentence, &morphemes, &setup.lexicon);
            // The default entries are not what is tried.
            let found: Vec<_> = found
                .iter()
                .filter(|c| setup.lexicon.category_of(c.entry).name == "own")
                .map(|c| (setup.lexicon.entries[c.entry].id.as_str(), c.first, c.last, c.verdict))
                .collect();
            assert_eq!(found, expected, "{sentence}");
        }
    }
}
