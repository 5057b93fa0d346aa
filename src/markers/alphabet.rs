//! What the patterns of a lexicon ask of a word: conditions (`lemma="期待"`), and tests put together of these.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::bits::Bits;
use super::values::Values;
use crate::lexicon::pattern::{Attribute, TokenTest};

/// Number of a condition `attribute = value`.
pub type ConditionId = u32;

/// The number of a token test.
pub type TestId = u32;

/// The test whether a word counts as a token: the first of all.
pub const IS_TOKEN: TestId = 0;

/// The conditions and token tests of a lexicon; shared by all threads.
#[derive(Default)]
pub struct Alphabet {
    /// By attribute: what is asked of it, with the numbers of the conditions.
    values: [Values; Attribute::NAMES.len()],
    tests: Vec<Formula>,
    /// The tests that words pass which meet no condition.
    passed_by_all: Passed,
    /// By condition: where those tests begin in `asking` that ask it.
    asked: Vec<u32>,
    asking: Vec<TestId>,
}

/// A token test over numbered conditions.
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
            Formula::Holds(condition) => met.has(*condition),
            Formula::Fails(condition) => !met.has(*condition),
            Formula::All(parts) => parts.iter().all(|part| part.holds(met)),
            Formula::Either(parts) => parts.iter().any(|part| part.holds(met)),
        }
    }

    fn each_condition(&self, each: &mut impl FnMut(ConditionId)) {
        match self {
            Formula::Any => {}
            Formula::Holds(condition) | Formula::Fails(condition) => each(*condition),
            Formula::All(parts) | Formula::Either(parts) => {
                parts.iter().for_each(|part| part.each_condition(each));
            }
        }
    }
}

/// The conditions that a word meets.
type Met = Bits;

/// The tests that a word passes.
pub type Passed = Bits;

/// Room for the tests of the default lexicon: to grow, a table would read every test again.
const TESTS: usize = 1_500;

/// Numbers conditions and tests while the patterns are compiled.
pub struct AlphabetBuilder<'l> {
    conditions: [FxHashMap<&'l str, ConditionId>; Attribute::NAMES.len()],
    numbers: FxHashMap<&'l TokenTest, TestId>,
    /// The number of the next condition.
    next: ConditionId,
    alphabet: Alphabet,
}

impl<'l> AlphabetBuilder<'l> {
    /// A builder; `not_tokens` are the parts of speech that don't count as tokens.
    pub fn new(not_tokens: &'l str) -> Self {
        let alphabet = Alphabet::default();
        let mut builder = AlphabetBuilder {
            conditions: Default::default(),
            numbers: FxHashMap::with_capacity_and_hasher(TESTS, FxBuildHasher),
            next: 0,
            alphabet,
        };
        let is_token = Formula::Fails(builder.condition(Attribute::Pos, not_tokens));
        // IS_TOKEN is its number.
        builder.alphabet.tests.push(is_token);
        builder
    }

    /// The number of a test, the same for equal tests.
    pub fn test(&mut self, test: &'l TokenTest) -> TestId {
        let next = self.alphabet.tests.len() as TestId;
        let number = *self.numbers.entry(test).or_insert(next);
        if number == next {
            let formula = self.formula(test);
            self.alphabet.tests.push(formula);
        }
        number
    }

    /// The finished alphabet.
    pub fn finish(mut self) -> Alphabet {
        let Alphabet { tests, passed_by_all, asked, asking, .. } = &mut self.alphabet;
        let nothing = Met::below(0);
        *passed_by_all = Passed::below(tests.len());
        let mut pairs = Vec::new();
        for (formula, test) in tests.iter().zip(0..) {
            passed_by_all.set(test, formula.holds(&nothing));
            formula.each_condition(&mut |condition| pairs.push((condition, test)));
        }
        pairs.sort_unstable();
        let begin = |condition| pairs.partition_point(|(asked, _)| *asked < condition) as u32;
        *asked = (0..=self.next).map(begin).collect();
        *asking = pairs.into_iter().map(|(_, test)| test).collect();
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
        let number = *self.conditions[attribute as usize].entry(value).or_insert(self.next);
        if number == self.next {
            self.next += 1;
            self.alphabet.values[attribute as usize].add(value, number);
        }
        number
    }
}

impl Alphabet {
    /// The tests that words pass which meet these conditions.
    pub fn passed(&self, conditions: &[ConditionId]) -> Passed {
        let mut met = Met::below(self.asked.len());
        conditions.iter().for_each(|condition| met.set(*condition, true));
        // A test has another outcome only where one of the conditions is met that it asks.
        let mut passed = self.passed_by_all.clone();
        for condition in conditions {
            let [first, last] = [0, 1].map(|next| self.asked[*condition as usize + next] as usize);
            for test in &self.asking[first..last] {
                passed.set(*test, self.tests[*test as usize].holds(&met));
            }
        }
        passed
    }

    /// Appends the conditions that a value of an attribute meets; in no order, and some more than once.
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
        let numbers = tests.each_ref().map(|test| builder.test(test));
        let conditions = builder.next;
        let alphabet = builder.finish();
        assert_eq!(conditions, 4, "that of tokens, and three lemmas");
        for met in 0..1_u32 << conditions {
            let met: Vec<_> = (0..conditions).filter(|condition| met & 1 << condition != 0).collect();
            let passed = alphabet.passed(&met);
            for (number, test) in [IS_TOKEN].into_iter().chain(numbers).zip(0..) {
                let mut set = Met::below(conditions as usize);
                met.iter().for_each(|condition| set.set(*condition, true));
                let holds = alphabet.tests[number as usize].holds(&set);
                assert_eq!(passed.has(number), holds, "test {test} where {met:?} are met");
            }
        }
    }
}
