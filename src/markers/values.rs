//! Which values a word matches.
//!
//! Every word of a text is held against all of them once. All but a handful of those in use begin or end with one of few
//! characters: a word is held against those alone that its own first and last character allow.

use rustc_hash::FxHashMap;

use crate::lexicon::pattern::value::{Ends, Expression, branches, is_literal};

/// Values of conditions, each with a number.
#[derive(Default)]
pub struct Values {
    /// The numbers of the values that are no more than a word, by this word.
    words: FxHashMap<Box<str>, Vec<u32>>,
    expressions: Vec<Asked>,
    /// By the first character that they ask for: places in `expressions`.
    by_first: FxHashMap<char, Vec<usize>>,
    by_last: FxHashMap<char, Vec<usize>>,
    /// Those that don't ask for one of a few characters at either end.
    others: Vec<usize>,
}

impl Values {
    /// Adds a value, which the parser of patterns has tried, with its number.
    pub fn add(&mut self, value: &str, number: u32) {
        for branch in branches(value) {
            // Most, and nothing need be made of these.
            if is_literal(branch) {
                self.words.entry(branch.into()).or_default().push(number);
                continue;
            }
            let expression = Expression::compile(branch);
            let place = self.expressions.len();
            match expression.ends() {
                Ends::Word(word) => {
                    self.words.entry(word.into()).or_default().push(number);
                    continue;
                }
                Ends::Last(set) => {
                    set.iter().for_each(|end| self.by_last.entry(*end).or_default().push(place));
                }
                Ends::First(set) => {
                    set.iter().for_each(|end| self.by_first.entry(*end).or_default().push(place));
                }
                Ends::Open => self.others.push(place),
            }
            self.expressions.push(Asked { sketch: Sketch::of(&expression), expression, number });
        }
    }

    /// Appends the numbers of the values that match the whole of `word`; in no order, and some more than once.
    pub fn matching(&self, word: &str, numbers: &mut Vec<u32>) {
        numbers.extend(self.words.get(word).into_iter().flatten());
        let first = word.chars().next().and_then(|first| self.by_first.get(&first));
        let last = word.chars().next_back().and_then(|last| self.by_last.get(&last));
        let sketch = word.chars().fold(Sketch::default(), Sketch::with);
        for place in first.into_iter().chain(last).chain([&self.others]).flatten() {
            let asked = &self.expressions[*place];
            if asked.sketch.allows(sketch) && asked.expression.matches(word) {
                numbers.push(asked.number);
            }
        }
    }
}

/// A branch of a value, and the characters of which it asks for one.
struct Asked {
    expression: Expression,
    sketch: Sketch,
    number: u32,
}

/// A set of characters, each but a bit that it shares with others: enough to tell that two sets have none in common.
#[derive(Clone, Copy, Default)]
struct Sketch(u64);

impl Sketch {
    /// Of a value that asks for no character.
    const ALL: Sketch = Sketch(u64::MAX);

    fn of(expression: &Expression) -> Self {
        let set = expression.required_set();
        set.map_or(Sketch::ALL, |set| set.iter().copied().fold(Sketch::default(), Sketch::with))
    }

    fn with(self, character: char) -> Self {
        // Kana and kanji that stand side by side in Unicode get bits of their own.
        Sketch(self.0 | 1 << (u32::from(character) % 64))
    }

    /// Whether a word may have what is asked for.
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
                let mut numbers = Vec::new();
                values.matching(word, &mut numbers);
                assert_eq!(numbers.contains(&7), whole.is_match(word), "{value} on {word}");
            }
        }
    }
}
