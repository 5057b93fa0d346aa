//! The values of conditions: regular expressions that must match the whole of a word.
//!
//! All but a handful of those in use are no more than a word, or one step after the other (`.*[くす]`), and need none of
//! what a regular expression can do.

use regex_lite::Regex;

/// Whether a byte is a character that has a meaning in a regular expression.
fn is_sign(byte: u8) -> bool {
    matches!(
        byte,
        b'.' | b'*' | b'+' | b'?' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'^' | b'$' | b'|' | b'\\'
    )
}

/// Whether a value is a regular expression.
///
/// # Errors
/// What is wrong with it.
pub fn check(value: &str) -> Result<(), regex_lite::Error> {
    let is_plain = |branch| is_word(branch) || steps(branch).is_some();
    if branches(value).into_iter().all(is_plain) { Ok(()) } else { Regex::new(value).map(drop) }
}

/// Whether a branch is no more than a word.
pub fn is_word(branch: &str) -> bool {
    !branch.bytes().any(is_sign)
}

/// Whether a value is no more than words between bars, as most are.
pub fn is_words(value: &str) -> bool {
    !value.bytes().any(|byte| is_sign(byte) && byte != b'|')
}

/// The branches of a regular expression: what stands between its outermost `|`.
pub fn branches(expression: &str) -> Vec<&str> {
    if is_words(expression) {
        return expression.split('|').collect();
    }
    // A flag holds for all branches behind it, and a set may begin with its own bracket: left as they are.
    if ["(?", "[]", "[^]"].iter().any(|special| expression.contains(special)) {
        return vec![expression];
    }
    let mut branches = Vec::new();
    let (mut start, mut groups, mut sets, mut escaped) = (0, 0, 0, false);
    for (at, character) in expression.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => sets += 1,
            ']' => sets -= 1,
            // Within a set they stand for themselves.
            _ if sets > 0 => {}
            '(' => groups += 1,
            ')' => groups -= 1,
            '|' if groups == 0 => {
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
pub enum Expression {
    /// Steps one after the other: `期待`, `.*[くす]`, `[？?]+`.
    Steps(Vec<Step>),
    /// Anything else.
    Regex(Regex),
}

/// What a branch asks of the two ends of a word.
pub enum Ends<'a> {
    /// That it is this word.
    Word(String),
    First(&'a [char]),
    Last(&'a [char]),
    /// Nothing that one of a few characters would answer.
    Open,
}

/// A character, and how often it may stand.
pub struct Step {
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
    /// Reads a branch, which [`check`] has found right.
    pub fn of(branch: &str) -> Self {
        steps(branch).map(Expression::Steps).unwrap_or_else(|| {
            let whole = Regex::new(&format!("^(?:{branch})$"));
            Expression::Regex(whole.expect("the parser of the pattern has tried the expression"))
        })
    }

    /// What it asks of the two ends of a word.
    pub fn ends(&self) -> Ends<'_> {
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

    /// Characters of which every word that matches has one: the fewest that are asked for; none if any will do.
    pub fn asks_for(&self) -> Option<&[char]> {
        let Expression::Steps(steps) = self else { return None };
        let asked = steps.iter().filter(|step| step.is_one_of_few()).min_by_key(|step| step.set.len());
        asked.map(|step| step.set.as_slice())
    }

    /// Whether it matches the whole of a word.
    pub fn matches(&self, word: &str) -> bool {
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
                // Other letters, digits and angle brackets have a meaning behind it, and other signs none at all.
                let may_follow = |c: &char| c.is_ascii() && !c.is_alphanumeric() && !matches!(c, '<' | '>');
                let literal = rest.chars().next().filter(may_follow)?;
                rest = &rest[literal.len_utf8()..];
                vec![literal]
            }
            sign if u8::try_from(sign).is_ok_and(is_sign) => return None,
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

    #[test]
    fn a_value_is_right_where_regex_lite_finds_it_so() {
        let right = [
            "期待",
            "a||b",
            ".*[くす]",
            "[？?]+|く+?",
            "(れ|られ)る",
            r"a\|b",
            r"\d+",
            r"\&",
            r"\<く",
            "[)|(]",
            "(?i)A.|b",
        ];
        let wrong =
            ["期(", "期)", "[くす", "く**|*く", r"く\", r"\、", "く{2", "[す-く]", "(?z)く", "期)|く", "[]"];
        for (values, is_right) in [(&right[..], true), (&wrong, false)] {
            for value in values {
                assert_eq!(
                    (check(value).is_ok(), Regex::new(value).is_ok()),
                    (is_right, is_right),
                    "{value}"
                );
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
