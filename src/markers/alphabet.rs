//! Conditions (`lemma="期待"`), and the token tests of a lexicon, which combine them.

use fixedbitset::FixedBitSet;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::values::{ConditionId, Values};
use crate::lexicon::pattern::{Attribute, TokenTest};

/// The index of a token test.
pub type TestId = u32;

/// The test whether a word counts as a token.
pub const IS_TOKEN: TestId = 0;

/// The conditions and token tests of a lexicon; shared by all threads.
#[derive(Default)]
pub struct Alphabet {
    /// By attribute: the values of its conditions.
    values: [Values; Attribute::NAMES.len()],
    tests: Vec<Formula>,
    /// The tests that a word passes which meets no condition.
    passed_by_default: PassedTests,
    /// By condition: the tests that depend on it.
    dependents: Vec<Vec<TestId>>,
}

/// A token test over conditions.
enum Formula {
    Any,
    Holds(ConditionId),
    Fails(ConditionId),
    All(Vec<Formula>),
    Either(Vec<Formula>),
}

impl Formula {
    fn holds(&self, met: &Met) -> bool {
        match self {
            Formula::Any => true,
            Formula::Holds(condition) => met.contains(*condition as usize),
            Formula::Fails(condition) => !met.contains(*condition as usize),
            Formula::All(parts) => parts.iter().all(|part| part.holds(met)),
            Formula::Either(parts) => parts.iter().any(|part| part.holds(met)),
        }
    }

    fn for_each_condition(&self, each: &mut impl FnMut(ConditionId)) {
        match self {
            Formula::Any => {}
            Formula::Holds(condition) | Formula::Fails(condition) => each(*condition),
            Formula::All(parts) | Formula::Either(parts) => {
                parts.iter().for_each(|part| part.for_each_condition(each));
            }
        }
    }
}

/// The conditions that a word meets.
type Met = FixedBitSet;

/// The tests that a word passes.
pub type PassedTests = FixedBitSet;

/// Capacity for the tests of the default lexicon, as a growing table hashes every test again.
const TESTS: usize = 1_500;

/// Assigns conditions and tests their ids while patterns are compiled.
pub struct AlphabetBuilder<'l> {
    conditions: [FxHashMap<&'l str, ConditionId>; Attribute::NAMES.len()],
    tests: FxHashMap<&'l TokenTest, TestId>,
    next_condition: ConditionId,
    alphabet: Alphabet,
}

impl<'l> AlphabetBuilder<'l> {
    /// A builder; `not_tokens` are the parts of speech that don't count as tokens.
    pub fn new(not_tokens: &'l str) -> Self {
        let alphabet = Alphabet::default();
        let mut builder = AlphabetBuilder {
            conditions: Default::default(),
            tests: FxHashMap::with_capacity_and_hasher(TESTS, FxBuildHasher),
            next_condition: 0,
            alphabet,
        };
        let is_token = Formula::Fails(builder.condition(Attribute::Pos, not_tokens));
        // The first: IS_TOKEN.
        builder.alphabet.tests.push(is_token);
        builder
    }

    /// The id of a test; equal tests have the same.
    pub fn test(&mut self, test: &'l TokenTest) -> TestId {
        let next = self.alphabet.tests.len() as TestId;
        let id = *self.tests.entry(test).or_insert(next);
        if id == next {
            let formula = self.formula(test);
            self.alphabet.tests.push(formula);
        }
        id
    }

    /// The finished alphabet.
    pub fn finish(mut self) -> Alphabet {
        let Alphabet { tests, passed_by_default, dependents, .. } = &mut self.alphabet;
        passed_by_default.grow(tests.len());
        dependents.resize(self.next_condition as usize, Vec::new());
        for (formula, test) in tests.iter().zip(0..) {
            passed_by_default.set(test as usize, formula.holds(&Met::new()));
            formula.for_each_condition(&mut |condition| dependents[condition as usize].push(test));
        }
        self.alphabet
    }

    fn formula(&mut self, test: &'l TokenTest) -> Formula {
        match test {
            TokenTest::Any => Formula::Any,
            TokenTest::Equal(attribute, value) => Formula::Holds(self.condition(*attribute, value)),
            TokenTest::Different(attribute, value) => Formula::Fails(self.condition(*attribute, value)),
            TokenTest::All(parts) => Formula::All(parts.iter().map(|part| self.formula(part)).collect()),
            TokenTest::Either(parts) => {
                Formula::Either(parts.iter().map(|part| self.formula(part)).collect())
            }
        }
    }

    fn condition(&mut self, attribute: Attribute, value: &'l str) -> ConditionId {
        let id = *self.conditions[attribute as usize].entry(value).or_insert(self.next_condition);
        if id == self.next_condition {
            self.next_condition += 1;
            self.alphabet.values[attribute as usize].add(value, id);
        }
        id
    }
}

impl Alphabet {
    /// The tests that a word passes which meets these conditions and no others.
    pub fn passed(&self, conditions: &[ConditionId]) -> PassedTests {
        let met: Met = conditions.iter().map(|condition| *condition as usize).collect();
        // Other tests depend on none of the conditions.
        let mut passed = self.passed_by_default.clone();
        for condition in conditions {
            for test in &self.dependents[*condition as usize] {
                passed.set(*test as usize, self.tests[*test as usize].holds(&met));
            }
        }
        passed
    }

    /// Appends the conditions that a value of an attribute meets, in no order; some may be repeated.
    pub fn met(&self, attribute: Attribute, value: &str, met: &mut Vec<ConditionId>) {
        self.values[attribute as usize].matching(value, met);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_passes_the_tests_that_its_conditions_make_true() {
        let is = |value: &str| TokenTest::Equal(Attribute::Lemma, value.into());
        let is_not = |value: &str| TokenTest::Different(Attribute::Lemma, value.into());
        let tests = [
            TokenTest::Any,
            is("ある"),
            is_not("ある"),
            TokenTest::All(vec![is("ある"), is_not("ない")]),
            TokenTest::All(vec![is_not("ある"), is_not("ない")]),
            TokenTest::Either(vec![is("ない"), TokenTest::All(vec![is_not("ある"), is("いる")])]),
        ];
        let mut builder = AlphabetBuilder::new("記号.*");
        let ids = tests.each_ref().map(|test| builder.test(test));
        let conditions = builder.next_condition;
        let alphabet = builder.finish();
        assert_eq!(conditions, 4, "that of tokens, and three lemmas");
        for met in 0..1_u32 << conditions {
            let met: Vec<_> = (0..conditions).filter(|condition| met & 1 << condition != 0).collect();
            let passed = alphabet.passed(&met);
            for (id, test) in [IS_TOKEN].into_iter().chain(ids).zip(0..) {
                let set = met.iter().map(|condition| *condition as usize).collect();
                let holds = alphabet.tests[id as usize].holds(&set);
                assert_eq!(passed.contains(id as usize), holds, "test {test} where {met:?} are met");
            }
        }
    }
}
