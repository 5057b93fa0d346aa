//! Checks the lexicon against its own example sentences.

use std::fmt::Display;

use super::{Coder, Found, Setup};
use crate::lexicon::{ContextRules, Entry, SentenceType};
use crate::markers::Hit;
use crate::messages::Message;
use crate::text::Wrapping;

/// An example sentence whose coding differs from what the lexicon says of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub struct Failure {
    /// The file.
    pub file: String,
    /// The line of the entry or example, from 1.
    pub line: usize,
    /// What was expected and what was found.
    pub what: Message,
    /// The sentence.
    pub sentence: String,
}

impl Failure {
    /// What the failure says.
    pub fn message(&self) -> Message {
        let values: [(_, &dyn Display); 3] =
            [("file", &self.file), ("line", &self.line), ("sentence", &self.sentence)];
        Message::new("lexicon_check.failure", &values).with("what", self.what.clone())
    }
}

/// Checks every example and counterexample of every entry and of the context rules. Returns the number of sentences
/// that were tried and the failures, in the order of the entries.
pub fn check(setup: &Setup) -> (usize, Vec<Failure>) {
    let mut trial = Trial { setup, coder: Coder::new(setup), tried: 0, failures: Vec::new() };
    for (index, entry) in setup.lexicon.entries.iter().enumerate() {
        trial.entry(index, entry);
    }
    let contexts = &setup.lexicon.contexts;
    trial.context(&contexts.negated, |hit| hit.negated);
    trial.context(&contexts.interrogative, |hit| hit.interrogative);
    trial.context(&contexts.quoted, |hit| hit.quoted);
    trial.context(&contexts.position, |hit| hit.position);
    trial.sentences(&contexts.sentence);
    (trial.tried, trial.failures)
}

struct Trial<'a> {
    setup: &'a Setup,
    coder: Coder,
    tried: usize,
    failures: Vec<Failure>,
}

impl Trial<'_> {
    fn entry(&mut self, index: usize, entry: &Entry) {
        let id = &entry.id;
        let negated = entry.negated.unwrap_or(false);
        for sentence in &entry.examples {
            let found = self.hits(sentence);
            let expected = |found: &Found| found.hit.entry == index && found.hit.negated == negated;
            if !found.iter().any(expected) {
                let values: [(_, &dyn Display); 2] = [("entry", id), ("negated", &negated)];
                let what = Message::new("lexicon_check.not_found", &values);
                self.fail(&entry.origin, what.with("found", self.describe(&found)), sentence);
            }
        }
        for sentence in &entry.denied {
            let found = self.hits(sentence);
            if !found.iter().any(|found| found.hit.entry == index && found.hit.negated) {
                let what = Message::new("lexicon_check.not_denied", &[("entry", id)]);
                self.fail(&entry.origin, what.with("found", self.describe(&found)), sentence);
            }
        }
        for sentence in &entry.counterexamples {
            let found = self.hits(sentence);
            if found.iter().any(|found| found.hit.entry == index) {
                let what = Message::new("lexicon_check.counterexample", &[("entry", id)]);
                self.fail(&entry.origin, what, sentence);
            }
        }
    }

    fn context<T: Copy + PartialEq + Display>(&mut self, rules: &ContextRules<T>, value: impl Fn(&Hit) -> T) {
        for example in &rules.examples {
            let found = self.hits(&example.text);
            let Some(start) = example.text.find(&example.node) else {
                let what = Message::new("lexicon_check.no_node", &[("node", &example.node)]);
                self.fail(&example.origin, what, &example.text);
                continue;
            };
            let end = start + example.node.len();
            let hit = found.iter().find(|found| found.node.start < end && start < found.node.end);
            let what = match hit.map(|found| value(&found.hit)) {
                Some(given) if given == example.value => continue,
                Some(given) => {
                    let values: [(_, &dyn Display); 3] =
                        [("node", &example.node), ("given", &given), ("expected", &example.value)];
                    Message::new("lexicon_check.other_value", &values)
                }
                None => Message::new("lexicon_check.no_hit", &[("node", &example.node)])
                    .with("found", self.describe(&found)),
            };
            self.fail(&example.origin, what, &example.text);
        }
    }

    fn sentences(&mut self, rules: &ContextRules<SentenceType>) {
        for example in &rules.examples {
            self.tried += 1;
            let given = self.coder.sentence_type(&example.text);
            if given != example.value {
                let values: [(_, &dyn Display); 2] = [("given", &given), ("expected", &example.value)];
                self.fail(
                    &example.origin,
                    Message::new("lexicon_check.sentence_type", &values),
                    &example.text,
                );
            }
        }
    }

    fn hits(&mut self, sentence: &str) -> Vec<Found> {
        self.tried += 1;
        self.coder.code(sentence, Wrapping::NONE).hits
    }

    fn describe(&self, found: &[Found]) -> Message {
        if found.is_empty() {
            return Message::new("lexicon_check.nothing", &[]);
        }
        let id = |found: &Found| {
            let id = &self.setup.lexicon.entries[found.hit.entry].id;
            // As a column of the concordance has it.
            if found.hit.negated { format!("{id} (negated=true)") } else { id.clone() }
        };
        let markers = found.iter().map(id).collect::<Vec<_>>().join(", ");
        Message::new("lexicon_check.found", &[("markers", &markers)])
    }

    fn fail(&mut self, (file, line): &(String, usize), what: Message, sentence: &str) {
        let file = file.clone();
        self.failures.push(Failure { file, line: *line, what, sentence: sentence.into() });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::lexicon::Lexicon;

    /// What the check says of the default lexicon after a change.
    fn failures(change: impl Fn(&mut Lexicon)) -> Vec<Failure> {
        let mut setup = Setup::new(&[]).unwrap();
        change(Arc::get_mut(&mut setup.lexicon).unwrap());
        check(&setup).1
    }

    #[test]
    fn sentences_of_an_entry_that_are_coded_otherwise_are_failures() {
        let found = failures(|lexicon| {
            let entry = &mut lexicon.entries[0];
            let example = entry.examples[0].clone();
            entry.examples.push("犬が走る。".into());
            entry.denied.push(example.clone());
            entry.counterexamples.push(example);
        });
        assert_eq!(found.len(), 3, "{found:?}");
        for (failure, words) in found.iter().zip([
            "; nothing is: 犬が走る。",
            "is not found denied; found: ",
            "is found in a counterexample: ",
        ]) {
            assert!(failure.to_string().contains(words), "{failure}");
        }
    }

    #[test]
    fn sentences_of_the_context_rules_that_are_coded_otherwise_are_failures() {
        let found = failures(|lexicon| {
            let contexts = &mut lexicon.contexts;
            for example in [&mut contexts.negated.examples[0], &mut contexts.quoted.examples[0]] {
                example.value = !example.value;
            }
            contexts.interrogative.examples[0].node = "犬".into();
            let sentence = &mut contexts.sentence.examples[0];
            sentence.value = match sentence.value {
                SentenceType::Declarative => SentenceType::Other,
                SentenceType::Other => SentenceType::Declarative,
            };
        });
        assert_eq!(found.len(), 4, "{found:?}");
        for (failure, words) in
            found.iter().zip(["expected", "犬 is not in the sentence", "expected", "the sentence type is"])
        {
            assert!(failure.to_string().contains(words), "{failure}");
        }
    }
}
