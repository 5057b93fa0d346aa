//! The values of an attribute's conditions, indexed by what a word must have to match them.
//!
//! Every word of a text is matched against all values once. Nearly all of them begin or end with one of few characters: only
//! those that a word's first and last character allow are tried.

use rustc_hash::FxHashMap;

use crate::lexicon::pattern::value::{Ends, Expression, branches, is_literal};

/// The index of a condition `attribute = value`.
pub type ConditionId = u32;

/// The values of conditions.
#[derive(Default)]
pub struct Values {
    /// The values that are plain words, with their conditions.
    words: FxHashMap<Box<str>, Vec<ConditionId>>,
    expressions: Vec<Branch>,
    /// By the first character that they need: indices of `expressions`.
    by_first: FxHashMap<char, Vec<usize>>,
    by_last: FxHashMap<char, Vec<usize>>,
    /// Those that need no such character.
    others: Vec<usize>,
}

impl Values {
    /// Adds the value of a condition. It must be one that the parser of patterns accepts.
    pub fn add(&mut self, value: &str, condition: ConditionId) {
        for branch in branches(value) {
            // Most are.
            if is_literal(branch) {
                self.words.entry(branch.into()).or_default().push(condition);
                continue;
            }
            let expression = Expression::compile(branch);
            let index = self.expressions.len();
            match expression.ends() {
                Ends::Word(word) => {
                    self.words.entry(word.into()).or_default().push(condition);
                    continue;
                }
                Ends::Last(set) => {
                    set.iter().for_each(|end| self.by_last.entry(*end).or_default().push(index));
                }
                Ends::First(set) => {
                    set.iter().for_each(|end| self.by_first.entry(*end).or_default().push(index));
                }
                Ends::Open => self.others.push(index),
            }
            self.expressions.push(Branch { sketch: Sketch::of(&expression), expression, condition });
        }
    }

    /// Appends the conditions whose value matches the whole of `word`, in no order; some may be repeated.
    pub fn matching(&self, word: &str, conditions: &mut Vec<ConditionId>) {
        conditions.extend(self.words.get(word).into_iter().flatten());
        let first = word.chars().next().and_then(|first| self.by_first.get(&first));
        let last = word.chars().next_back().and_then(|last| self.by_last.get(&last));
        let sketch = word.chars().fold(Sketch::default(), Sketch::with);
        for index in first.into_iter().chain(last).chain([&self.others]).flatten() {
            let branch = &self.expressions[*index];
            if branch.sketch.allows(sketch) && branch.expression.matches(word) {
                conditions.push(branch.condition);
            }
        }
    }
}

/// A branch of a value that is no plain word.
struct Branch {
    expression: Expression,
    /// The characters of which it needs one.
    sketch: Sketch,
    condition: ConditionId,
}

/// A set of characters as a Bloom filter of 64 bits: two sketches without a common bit have no common character.
#[derive(Clone, Copy, Default)]
struct Sketch(u64);

impl Sketch {
    /// Of an expression that needs no character.
    const ALL: Sketch = Sketch(u64::MAX);

    fn of(expression: &Expression) -> Self {
        let set = expression.required_set();
        set.map_or(Sketch::ALL, |set| set.iter().copied().fold(Sketch::default(), Sketch::with))
    }

    fn with(self, character: char) -> Self {
        // Neighbouring kana have bits of their own.
        Sketch(self.0 | 1 << (u32::from(character) % 64))
    }

    /// Whether a word may have one of these characters.
    fn allows(self, word: Sketch) -> bool {
        self.0 == Self::ALL.0 || self.0 & word.0 != 0
    }
}

#[cfg(test)]
mod tests {
    use regex_lite::Regex;

    use super::*;

    const VALUES: [&str; 36] = [
        "[)|(].*|期待",
        r"\<期待",
        "[~.…〜～].*",
        "[!?~&(^)」].*",
        "期待",
        "れる|られる",
        "期.*",
        ".*く|.*い",
        ".*[くい]",
        ".*[ぁ-ん]",
        r"a\|b",
        r"x\.y",
        "(れ|られ)る",
        "名詞-(数|一般)|期待",
        "(?i)A.|X.Y",
        "[]|期].*|く",
        ".+く",
        "[期高].*",
        ".*[待さ].*",
        ".*す.*",
        "[くい]",
        "[？?]+",
        "[!！」)]*[?？].*",
        "[!^)(].*",
        "[^く].*",
        "待?く",
        "期?待?す*る*",
        ".*?く",
        "く+?",
        ".",
        ".*",
        "..",
        "aa*b?",
        "[a]+b|c",
        r"\d+",
        "[&~]",
    ];

    const WORDS: [&str; 32] = [
        "~",
        "～か",
        "….",
        "&か",
        "期待",
        "期待する",
        "高く",
        "高い",
        "く",
        "くく",
        "待く",
        "期",
        "a|b",
        "れる",
        "られる",
        "x.y",
        "名詞-数",
        "X.y",
        "|",
        "",
        "?",
        "？？",
        "!?",
        "」？か",
        "^",
        "(笑",
        "a",
        "aab",
        "aaac",
        "c",
        "12",
        "&",
    ];

    #[test]
    fn values_match_as_regular_expressions_do() {
        for value in VALUES {
            let whole = Regex::new(&format!("^(?:{value})$")).unwrap();
            let mut values = Values::default();
            values.add(value, 7);
            for word in WORDS {
                let mut conditions = Vec::new();
                values.matching(word, &mut conditions);
                assert_eq!(conditions.contains(&7), whole.is_match(word), "{value} on {word}");
            }
        }
    }
}
