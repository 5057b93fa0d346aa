//! A matcher too simple to be wrong: every pattern is tried at every place, by recursion.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use hedgerow::analysis::Setup;
use hedgerow::lexicon::pattern::{Attribute, Pattern, TokenTest};
use hedgerow::lexicon::{ContextRules, Entry, SentenceType};
use hedgerow::markers::Hit;
use hedgerow::morphology::Morpheme;
use regex_lite::Regex;

/// The naive matcher.
pub struct Naive<'a> {
    setup: &'a Setup,
    not_tokens: Regex,
    kinds: RefCell<HashMap<[String; 3], Rc<Token>>>,
    expressions: RefCell<HashMap<&'a str, Regex>>,
}

/// What a pattern is asked about: a morpheme, or an end of the sentence.
enum Item {
    Start,
    Token(Rc<Token>),
    End,
}

struct Token {
    word: String,
    lemma: String,
    pos: String,
    /// Whether it passes a test, by the place of the test in memory: expressions are slow to try again.
    passed: RefCell<HashMap<usize, bool>>,
}

impl<'a> Naive<'a> {
    pub fn new(setup: &'a Setup) -> Self {
        let not_tokens = whole(&setup.analyser.schema().not_tokens);
        Naive { setup, not_tokens, kinds: RefCell::default(), expressions: RefCell::default() }
    }

    /// How many morphemes are tokens.
    pub fn tokens(&self, sentence: &str, morphemes: &[Morpheme]) -> usize {
        let is_token = |item: &&Item| match item {
            Item::Token(token) => !self.not_tokens.is_match(&token.pos),
            Item::Start | Item::End => false,
        };
        self.items(sentence, morphemes).iter().filter(is_token).count()
    }

    /// Every node that matches, whatever its conditions: entry, first morpheme, the morpheme behind its last.
    pub fn nodes(&self, sentence: &str, morphemes: &[Morpheme]) -> Vec<(usize, usize, usize)> {
        let items = self.items(sentence, morphemes);
        let mut nodes = Vec::new();
        for (number, entry) in self.setup.lexicon.entries.iter().enumerate() {
            for first in 0..morphemes.len() {
                let ends = self.ends(&entry.node, &items, first + 1);
                nodes.extend(ends.into_iter().map(|end| (number, first, end - 1)));
            }
        }
        nodes.sort_unstable();
        nodes
    }

    /// The hits, from left to right.
    pub fn hits(&self, sentence: &str, morphemes: &[Morpheme]) -> Vec<Hit> {
        let items = self.items(sentence, morphemes);
        let mut hits = Vec::new();
        let mut first = 0;
        while first < morphemes.len() {
            match self.best(&items, first) {
                Some((entry, last)) => {
                    hits.push(self.hit(&items, entry, first, last));
                    first = last;
                }
                None => first += 1,
            }
        }
        hits
    }

    /// Of the entries whose node and conditions match at `first`: the longest, then one with conditions,
    /// then the first by id.
    fn best(&self, items: &[Item], first: usize) -> Option<(usize, usize)> {
        let mut best = None;
        for (number, entry) in self.setup.lexicon.entries.iter().enumerate() {
            let conditions = [&entry.before, &entry.not_before, &entry.after, &entry.not_after];
            let has_conditions = conditions.iter().any(|condition| condition.is_some());
            for end in self.ends(&entry.node, items, first + 1) {
                let last = end - 1;
                if self.conditions_hold(entry, items, first, last) {
                    best = best.max(Some((last, has_conditions, Reverse(&entry.id), number)));
                }
            }
        }
        best.map(|(last, _, _, number)| (number, last))
    }

    fn conditions_hold(&self, entry: &'a Entry, items: &[Item], first: usize, last: usize) -> bool {
        let before = |pattern: &'a Pattern| self.stands_before(pattern, items, first);
        let after = |pattern: &'a Pattern| self.stands_after(pattern, items, last);
        entry.before.as_ref().is_none_or(before)
            && entry.after.as_ref().is_none_or(after)
            && !entry.not_before.as_ref().is_some_and(before)
            && !entry.not_after.as_ref().is_some_and(after)
    }

    fn hit(&self, items: &[Item], number: usize, first: usize, last: usize) -> Hit {
        let contexts = &self.setup.lexicon.contexts;
        let negated = self.judge(&contexts.negated, items, first, last);
        Hit {
            entry: number,
            first,
            last,
            negated: self.setup.lexicon.entries[number].negated.unwrap_or(negated),
            interrogative: self.judge(&contexts.interrogative, items, first, last),
            quoted: self.judge(&contexts.quoted, items, first, last),
            position: self.judge(&contexts.position, items, first, last),
        }
    }

    /// How the sentence is closed.
    pub fn sentence_type(&self, sentence: &str, morphemes: &[Morpheme]) -> SentenceType {
        let items = self.items(sentence, morphemes);
        let end = morphemes.len();
        self.judge(&self.setup.lexicon.contexts.sentence, &items, end, end)
    }

    /// The value of the first rule of which everything matches.
    fn judge<T: Copy>(&self, rules: &'a ContextRules<T>, items: &[Item], first: usize, last: usize) -> T {
        for rule in &rules.rules {
            let before = rule.before.as_ref().is_none_or(|pattern| self.stands_before(pattern, items, first));
            let node = rule
                .node
                .as_ref()
                .is_none_or(|pattern| self.ends(pattern, items, first + 1).contains(&(last + 1)));
            let after = rule.after.as_ref().is_none_or(|pattern| self.stands_after(pattern, items, last));
            if before && node && after {
                return rule.value;
            }
        }
        rules.default
    }

    /// Whether a pattern matches some stretch that ends where the morpheme `first` begins.
    fn stands_before(&self, pattern: &'a Pattern, items: &[Item], first: usize) -> bool {
        let left = &items[..first + 1];
        (0..=left.len()).any(|start| self.ends(pattern, left, start).contains(&left.len()))
    }

    /// Whether a pattern matches some stretch that begins with the morpheme `last`.
    fn stands_after(&self, pattern: &'a Pattern, items: &[Item], last: usize) -> bool {
        !self.ends(pattern, items, last + 1).is_empty()
    }

    /// Where the stretches end that begin at `at` and match.
    fn ends(&self, pattern: &'a Pattern, items: &[Item], at: usize) -> BTreeSet<usize> {
        let next = |taken: bool| taken.then_some(at + 1).into_iter().collect();
        let onward = |reached: &BTreeSet<usize>, part: &'a Pattern| {
            reached.iter().flat_map(|at| self.ends(part, items, *at)).collect::<BTreeSet<usize>>()
        };
        match pattern {
            Pattern::Token(test) => next(match items.get(at) {
                Some(Item::Token(token)) => self.passes(token, test),
                _ => false,
            }),
            Pattern::SentenceStart => next(matches!(items.get(at), Some(Item::Start))),
            Pattern::SentenceEnd => next(matches!(items.get(at), Some(Item::End))),
            Pattern::Sequence(parts) => {
                let mut reached = BTreeSet::from([at]);
                for part in parts {
                    reached = onward(&reached, part);
                    if reached.is_empty() {
                        break;
                    }
                }
                reached
            }
            Pattern::Alternatives(parts) => {
                parts.iter().flat_map(|part| self.ends(part, items, at)).collect()
            }
            Pattern::Repeat { inner, min, max } => {
                let mut reached = BTreeSet::from([at]);
                for _ in 0..*min {
                    reached = onward(&reached, inner);
                }
                let mut all = reached.clone();
                let mut rounds = *min;
                while max.is_none_or(|max| rounds < max) && !reached.is_empty() {
                    reached = onward(&reached, inner).difference(&all).copied().collect();
                    all.extend(&reached);
                    rounds += 1;
                }
                all
            }
        }
    }

    fn passes(&self, token: &Token, test: &'a TokenTest) -> bool {
        let place = std::ptr::from_ref(test).addr();
        if let Some(passed) = token.passed.borrow().get(&place) {
            return *passed;
        }
        let passed = match test {
            TokenTest::Any => true,
            TokenTest::Equal(attribute, value) => self.is(token, *attribute, value),
            TokenTest::Different(attribute, value) => !self.is(token, *attribute, value),
            TokenTest::All(parts) => parts.iter().all(|part| self.passes(token, part)),
            TokenTest::Either(parts) => parts.iter().any(|part| self.passes(token, part)),
        };
        token.passed.borrow_mut().insert(place, passed);
        passed
    }

    fn is(&self, token: &Token, attribute: Attribute, value: &'a str) -> bool {
        let text = match attribute {
            Attribute::Word => &token.word,
            Attribute::Lemma => &token.lemma,
            Attribute::Pos => &token.pos,
        };
        self.expressions.borrow_mut().entry(value).or_insert_with(|| whole(value)).is_match(text)
    }

    /// The sentence between its two ends.
    fn items(&self, sentence: &str, morphemes: &[Morpheme]) -> Vec<Item> {
        let token = |morpheme: &Morpheme| {
            let word = morpheme.surface(sentence);
            let features = self.setup.analyser.features(morpheme.word, word);
            let [word, lemma, pos] = [word, features.lemma, &features.pos].map(str::to_owned);
            let mut kinds = self.kinds.borrow_mut();
            let kind = kinds.entry([word.clone(), lemma.clone(), pos.clone()]);
            let token =
                kind.or_insert_with(|| Rc::new(Token { word, lemma, pos, passed: RefCell::default() }));
            Item::Token(token.clone())
        };
        let tokens = morphemes.iter().map(token);
        [Item::Start].into_iter().chain(tokens).chain([Item::End]).collect()
    }
}

/// An expression that must match the whole.
fn whole(expression: &str) -> Regex {
    Regex::new(&format!(r"\A(?:{expression})\z")).unwrap()
}
