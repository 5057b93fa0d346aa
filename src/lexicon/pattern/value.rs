//! The values of conditions: regular expressions that must match the whole of a word.
//!
//! All but a handful of those in use are literals, or a sequence of steps (`.*[くす]`) that is matched here without a regular
//! expression.

use regex_lite::{Regex, RegexBuilder};

/// Whether a byte is a metacharacter of regular expressions.
fn is_metacharacter(byte: u8) -> bool {
    matches!(
        byte,
        b'.' | b'*' | b'+' | b'?' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'^' | b'$' | b'|' | b'\\'
    )
}

/// Whether a value is a regular expression, and each of its branches compiles.
///
/// # Errors
/// What is wrong with it.
pub fn check(value: &str) -> Result<(), regex_lite::Error> {
    if is_literals(value) {
        return Ok(());
    }
    let branches = branches(value);
    if branches.iter().all(|branch| is_literal(branch) || steps(branch).is_some()) {
        return Ok(());
    }
    // `a)|(b` is no expression, though `whole` makes one of it.
    Regex::new(value)?;
    // What `whole` adds is one group more than may be nested, or stands in a comment (`(?x)`).
    branches.into_iter().try_for_each(|branch| whole(branch).map(drop))
}

/// How large a compiled branch may be, in bytes: some thousand characters.
const MAX_REGEX: usize = 64 << 10;

/// The expression that matches what a branch matches from end to end.
fn whole(branch: &str) -> Result<Regex, regex_lite::Error> {
    RegexBuilder::new(&format!("^(?:{branch})$")).size_limit(MAX_REGEX).build()
}

/// How many branches of a value need a regular expression.
pub fn regexes(value: &str) -> usize {
    if is_literals(value) {
        return 0;
    }
    branches(value).into_iter().filter(|branch| !is_literal(branch) && steps(branch).is_none()).count()
}

/// Whether a branch is a literal.
pub fn is_literal(branch: &str) -> bool {
    !branch.bytes().any(is_metacharacter)
}

/// Whether a value is nothing but literals between `|`, as most are.
fn is_literals(value: &str) -> bool {
    !value.bytes().any(|byte| is_metacharacter(byte) && byte != b'|')
}

/// The branches of a regular expression: the alternatives of its outermost level.
pub fn branches(expression: &str) -> Vec<&str> {
    if is_literals(expression) {
        return expression.split('|').collect();
    }
    // A flag holds for all branches after it, and a class may begin with a literal `]`: not split.
    if ["(?", "[]", "[^]"].iter().any(|special| expression.contains(special)) {
        return vec![expression];
    }
    let mut branches = Vec::new();
    let (mut start, mut groups, mut classes, mut escaped) = (0, 0_i32, 0_i32, false);
    for (at, character) in expression.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => classes = classes.saturating_add(1),
            ']' => classes = classes.saturating_sub(1),
            // Within a class they are literals.
            _ if classes > 0 => {}
            '(' => groups = groups.saturating_add(1),
            ')' => groups = groups.saturating_sub(1),
            '|' if groups == 0 => {
                branches.extend(expression.get(start..at));
                start = at.saturating_add(1);
            }
            _ => {}
        }
    }
    branches.extend(expression.get(start..));
    branches
}

/// A branch of a value.
pub enum Expression {
    /// A sequence of at most [`MAX_STEPS`] steps: `期待`, `.*[くす]`, `[？?]+`.
    Steps(Vec<Step>),
    /// Anything else.
    Regex(Regex),
}

/// What a branch requires of the first or the last character of a word.
pub enum Ends<'a> {
    /// That the word is this one.
    Word(String),
    /// That the first character is one of these.
    First(&'a [char]),
    /// That the last character is one of these.
    Last(&'a [char]),
    /// Neither end is one of a known set.
    Open,
}

/// A character, optional or repeated.
pub struct Step {
    /// The characters that it accepts; empty for any.
    set: Vec<char>,
    is_optional: bool,
    is_repeatable: bool,
}

/// Steps are matched as an NFA whose states are the bits of a `u64`: one before each step, and the final one.
const MAX_STEPS: usize = 63;

impl Step {
    fn accepts(&self, character: char) -> bool {
        self.set.is_empty() || self.set.contains(&character)
    }

    /// Whether every match has one of its characters.
    fn is_required_set(&self) -> bool {
        !self.set.is_empty() && !self.is_optional
    }
}

impl Expression {
    /// Compiles a branch of a value that has passed [`check`].
    ///
    /// # Panics
    /// If the branch is no regular expression.
    pub fn compile(branch: &str) -> Self {
        #[expect(clippy::expect_used, reason = "the parser of the pattern has checked the expression")]
        let regex = || Expression::Regex(whole(branch).expect("an expression that was checked"));
        steps(branch).map(Expression::Steps).unwrap_or_else(regex)
    }

    /// What it requires of the ends of a word.
    pub fn ends(&self) -> Ends<'_> {
        let Expression::Steps(steps) = self else { return Ends::Open };
        let literal = |step: &Step| match (step, &step.set[..]) {
            (Step { is_optional: false, is_repeatable: false, .. }, [character]) => Some(*character),
            _ => None,
        };
        if let Some(word) = steps.iter().map(literal).collect() {
            return Ends::Word(word);
        }
        match (steps.first(), steps.last()) {
            (_, Some(last)) if last.is_required_set() => Ends::Last(&last.set),
            (Some(first), _) if first.is_required_set() => Ends::First(&first.set),
            _ => Ends::Open,
        }
    }

    /// The smallest set of characters of which every match has one; none if there is no such set.
    pub fn required_set(&self) -> Option<&[char]> {
        let Expression::Steps(steps) = self else { return None };
        let required = steps.iter().filter(|step| step.is_required_set()).min_by_key(|step| step.set.len());
        required.map(|step| step.set.as_slice())
    }

    /// Whether it matches the whole of a word.
    pub fn matches(&self, word: &str) -> bool {
        match self {
            Expression::Steps(steps) => match_steps(steps, word),
            Expression::Regex(expression) => expression.is_match(word),
        }
    }
}

/// Whether the steps match the whole of `word`: an NFA simulated on all its states at once, in time linear in the word.
#[expect(clippy::arithmetic_side_effects, reason = "at most MAX_STEPS steps, a word is on the hot path")]
fn match_steps(steps: &[Step], word: &str) -> bool {
    let is_in = |states: u64, step: usize| states >> step & 1 == 1;
    let skip_optional = |mut states: u64| {
        for (index, step) in steps.iter().enumerate() {
            if step.is_optional && is_in(states, index) {
                states |= 1 << (index + 1);
            }
        }
        states
    };
    let mut states = skip_optional(1);
    for character in word.chars() {
        let mut next = 0;
        for (index, step) in steps.iter().enumerate() {
            if is_in(states, index) && step.accepts(character) {
                next |= 1 << (index + 1) | u64::from(step.is_repeatable) << index;
            }
        }
        states = skip_optional(next);
        if states == 0 {
            return false;
        }
    }
    is_in(states, steps.len())
}

/// The steps of a branch that has nothing but at most [`MAX_STEPS`] literals, classes without ranges and `.`, each with `*`,
/// `+`, `?` or nothing.
fn steps(branch: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = branch.chars();
    while let Some(character) = rest.next() {
        let set = match character {
            '.' => Vec::new(),
            '[' => {
                let (set, behind) = rest.as_str().split_once(']')?;
                rest = behind.chars();
                // Within a class only these have a meaning.
                let has_meaning = ["[", "\\", "-", "&&", "~~"].iter().any(|sign| set.contains(sign));
                if set.is_empty() || set.starts_with('^') || has_meaning {
                    return None;
                }
                set.chars().collect()
            }
            '\\' => {
                // Escaped letters, digits and angle brackets have a meaning; other characters may not be escaped.
                let may_follow = |c: &char| c.is_ascii() && !c.is_alphanumeric() && !matches!(c, '<' | '>');
                vec![rest.next().filter(may_follow)?]
            }
            sign if u8::try_from(sign).is_ok_and(is_metacharacter) => return None,
            literal => vec![literal],
        };
        let (is_optional, is_repeatable) = match rest.clone().next() {
            Some('*') => (true, true),
            Some('+') => (false, true),
            Some('?') => (true, false),
            _ => (false, false),
        };
        if is_optional || is_repeatable {
            rest.next();
        }
        steps.push(Step { set, is_optional, is_repeatable });
    }
    // A second quantifier behind a step (`.*?`) is a metacharacter, and has been refused above.
    (1..=MAX_STEPS).contains(&steps.len()).then_some(steps)
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
        let wrong = [
            "期(",
            "期)",
            "[くす",
            "く**|*く",
            r"く\",
            r"\、",
            "く{2",
            "[す-く]",
            "(?z)く",
            "期)|く",
            "[]",
            "[a&&b]",
            "[a~~b]",
            "[a--b]",
            "[[a]b]",
        ];
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
    fn a_value_that_passes_the_check_compiles() {
        let nested = |depth: usize| format!("{}く{}", "(?:".repeat(depth), ")*".repeat(depth));
        let mut passed = 0;
        for value in (40..60).map(nested).chain(["(?x)く # 犬".into(), "く)|(く".into(), "(?x)く".into()])
        {
            if check(&value).is_ok() {
                passed += 1;
                branches(&value).into_iter().for_each(|branch| drop(Expression::compile(branch)));
            }
        }
        assert!(passed > 1, "{passed}");
        assert!(
            check("(?x)く # 犬").is_err() && check("く)|(く").is_err() && check(&nested(100_000)).is_err()
        );
    }

    #[test]
    fn many_steps_are_matched_in_linear_time() {
        let word = "b".repeat(100_000);
        for steps in [8, MAX_STEPS - 2] {
            let value = format!("{}bc", ".*".repeat(steps));
            assert!(!Expression::compile(&value).matches(&word));
            assert!(Expression::compile(&value).matches(&(word.clone() + "c")));
        }
    }

    #[test]
    fn steps_are_matched_up_to_their_largest_number_and_beyond() {
        for steps in [MAX_STEPS - 1, MAX_STEPS, MAX_STEPS + 1] {
            let word = "a".repeat(steps);
            let expression = Expression::compile(&"[ab]".repeat(steps));
            assert_eq!(matches!(expression, Expression::Steps(_)), steps <= MAX_STEPS);
            assert!(expression.matches(&word));
            assert!(!expression.matches(&word[1..]) && !expression.matches(&(word + "a")));
        }
    }

    #[test]
    fn most_values_need_no_regular_expression() {
        let kind = |value: &str| -> String {
            let kind = |branch| match (Expression::compile(branch), Expression::compile(branch).ends()) {
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
