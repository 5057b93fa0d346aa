//! The values of conditions: regular expressions that must match the whole of a word.
//!
//! Every word of a text is held against all of them once. All but a handful of those in use are no more than a
//! word, or one step after the other (`.*[くす]`), and begin or end with one of few characters: a word is held against
//! those alone that its own first and last character allow.

use regex_lite::Regex;
use rustc_hash::FxHashMap;

/// The characters that have a meaning in a regular expression.
const SIGNS: [char; 14] = ['.', '*', '+', '?', '(', ')', '[', ']', '{', '}', '^', '$', '|', '\\'];

/// Values, each with a number.
#[derive(Default)]
pub struct Expressions {
    /// The numbers of the values that are no more than a word, by this word.
    words: FxHashMap<Box<str>, Vec<u32>>,
    expressions: Vec<Asked>,
    /// By the first character that they ask for: places in `expressions`.
    by_first: FxHashMap<char, Vec<usize>>,
    by_last: FxHashMap<char, Vec<usize>>,
    /// Those that don't ask for one of a few characters at either end.
    others: Vec<usize>,
}

impl Expressions {
    /// Adds a value, which the parser of patterns has tried, with its number.
    pub fn add(&mut self, value: &str, number: u32) {
        for branch in branches(value) {
            // Most are no more than a word, and nothing need be made of these.
            if !branch.contains(SIGNS) {
                self.words.entry(branch.into()).or_default().push(number);
                continue;
            }
            let expression = Expression::of(branch);
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
            self.expressions.push(Asked { sketch: expression.sketch(), expression, number });
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

    fn with(self, character: char) -> Self {
        // Kana and kanji that stand side by side in Unicode get bits of their own.
        Sketch(self.0 | 1 << (u32::from(character) % 64))
    }

    /// Whether a word may have what is asked for.
    fn allows(self, word: Sketch) -> bool {
        self.0 == Self::ALL.0 || self.0 & word.0 != 0
    }
}

/// The branches of a regular expression: what stands between its outermost `|`.
fn branches(expression: &str) -> Vec<&str> {
    // A flag holds for all branches behind it, and a set may begin with its own bracket: left as they are.
    if ["(?", "[]", "[^]"].iter().any(|special| expression.contains(special)) {
        return vec![expression];
    }
    let mut branches = Vec::new();
    let (mut start, mut depth, mut escaped) = (0, 0, false);
    for (at, character) in expression.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '|' if depth == 0 => {
                branches.push(&expression[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    branches.push(&expression[start..]);
    branches
}

/// A branch of a value.
enum Expression {
    /// Steps one after the other: `期待`, `.*[くす]`, `[？?]+`.
    Steps(Vec<Step>),
    /// Anything else.
    Regex(Regex),
}

/// What a branch asks of the two ends of a word.
enum Ends<'a> {
    /// That it is this word.
    Word(String),
    First(&'a [char]),
    Last(&'a [char]),
    /// Nothing that one of a few characters would answer.
    Open,
}

/// A character, and how often it may stand.
struct Step {
    /// One of these; any where there are none.
    set: Vec<char>,
    may_lack: bool,
    may_repeat: bool,
}

impl Step {
    fn takes(&self, character: char) -> bool {
        self.set.is_empty() || self.set.contains(&character)
    }

    fn is_one_of_few(&self) -> bool {
        !self.set.is_empty() && !self.may_lack
    }
}

impl Expression {
    fn of(branch: &str) -> Self {
        steps(branch).map(Expression::Steps).unwrap_or_else(|| {
            let whole = Regex::new(&format!("^(?:{branch})$"));
            Expression::Regex(whole.expect("the parser of the pattern has tried the expression"))
        })
    }

    fn ends(&self) -> Ends<'_> {
        let Expression::Steps(steps) = self else { return Ends::Open };
        let one = |step: &Step| match step {
            Step { set, may_lack: false, may_repeat: false } if set.len() == 1 => Some(set[0]),
            _ => None,
        };
        if let Some(word) = steps.iter().map(one).collect() {
            return Ends::Word(word);
        }
        let few = |step: Option<&'_ Step>| step.is_some_and(Step::is_one_of_few);
        match (steps.first(), steps.last()) {
            (_, Some(last)) if few(Some(last)) => Ends::Last(&last.set),
            (Some(first), _) if few(Some(first)) => Ends::First(&first.set),
            _ => Ends::Open,
        }
    }

    /// A word that matches has one of these characters.
    fn sketch(&self) -> Sketch {
        let Expression::Steps(steps) = self else { return Sketch::ALL };
        let asked = steps.iter().filter(|step| step.is_one_of_few()).min_by_key(|step| step.set.len());
        asked.map_or(Sketch::ALL, |step| step.set.iter().copied().fold(Sketch::default(), Sketch::with))
    }

    fn matches(&self, word: &str) -> bool {
        match self {
            Expression::Steps(steps) => walk(steps, word),
            Expression::Regex(expression) => expression.is_match(word),
        }
    }
}

/// Whether the steps lead from the beginning of `word` to its end.
fn walk(steps: &[Step], word: &str) -> bool {
    let Some((step, further)) = steps.split_first() else { return word.is_empty() };
    if step.may_lack && walk(further, word) {
        return true;
    }
    let mut rest = word.chars();
    while rest.next().is_some_and(|character| step.takes(character)) {
        if walk(further, rest.as_str()) {
            return true;
        }
        if !step.may_repeat {
            break;
        }
    }
    false
}

/// The steps of a branch that has nothing but characters, plain sets and `.`, each with `*`, `+`, `?` or nothing.
fn steps(branch: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = branch;
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        let set = match character {
            '.' => Vec::new(),
            '[' => {
                let (set, behind) = rest.split_once(']')?;
                rest = behind;
                // Within a set only these have a meaning.
                let has_meaning = ["[", "\\", "-", "&&", "~~"].iter().any(|sign| set.contains(sign));
                if set.is_empty() || set.starts_with('^') || has_meaning {
                    return None;
                }
                set.chars().collect()
            }
            '\\' => {
                let literal = rest.chars().next().filter(|c| !c.is_alphanumeric())?;
                rest = &rest[literal.len_utf8()..];
                vec![literal]
            }
            sign if SIGNS.contains(&sign) => return None,
            literal => vec![literal],
        };
        let (may_lack, may_repeat) = match rest.chars().next() {
            Some('*') => (true, true),
            Some('+') => (false, true),
            Some('?') => (true, false),
            _ => (false, false),
        };
        if may_lack || may_repeat {
            rest = &rest[1..];
        }
        steps.push(Step { set, may_lack, may_repeat });
    }
    // A second sign behind a step asks for something else again (`.*?`), and is met as no character above.
    (!steps.is_empty()).then_some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [&str; 34] = [
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
            let mut expressions = Expressions::default();
            expressions.add(value, 7);
            for word in WORDS {
                let mut numbers = Vec::new();
                expressions.matching(word, &mut numbers);
                assert_eq!(numbers.contains(&7), whole.is_match(word), "{value} on {word}");
            }
        }
    }

    #[test]
    fn most_values_need_no_regular_expression() {
        let kind = |value: &str| -> String {
            let kind = |branch| match (Expression::of(branch), Expression::of(branch).ends()) {
                (Expression::Regex(_), _) => 'r',
                (_, Ends::Word(_)) => 'w',
                (_, Ends::First(_)) => 'f',
                (_, Ends::Last(_)) => 'l',
                (_, Ends::Open) => 'o',
            };
            branches(value).into_iter().map(kind).collect()
        };
        for (value, kinds) in [
            ("れる|られる", "ww"),
            ("期.*", "f"),
            (".*く|.+い", "ll"),
            (".*[くい]", "l"),
            (".*[ぁ-ん]", "r"),
            (r"a\|b", "w"),
            ("名詞-(数|一般)|期待", "rw"),
            (".*す.*", "o"),
            ("[？?]+", "l"),
            ("[!！」)]*[?？].*", "o"),
            ("く+?", "r"),
        ] {
            assert_eq!(kind(value), kinds, "{value}");
        }
    }
}
