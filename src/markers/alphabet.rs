//! The alphabet that the automata read: words that no pattern tells apart are one symbol.
//!
//! A pattern asks conditions of a token (`lemma="期待"`). Words that meet the same conditions get the same
//! symbol, found out once for each word of the dictionary that occurs and kept in a table by its number.

use std::collections::HashMap;

use regex_lite::Regex;

use crate::lexicon::pattern::{Attribute, TokenTest};
use crate::morphology::{Analyser, Features, Morpheme, Word};

/// A set of words that meet the same conditions, or an end of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Symbol(u32);

impl Symbol {
    /// No symbol yet.
    const UNSEEN: Symbol = Symbol(0);
    /// The beginning of the sentence.
    pub const START: Symbol = Symbol(1);
    /// The end of the sentence.
    pub const END: Symbol = Symbol(2);

    /// Its number, for tables.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Number of a condition `attribute = value`.
type ConditionId = u32;

/// The number of a token test.
pub type TestId = u32;

/// The conditions and token tests of a lexicon; shared by all threads.
pub struct Alphabet {
    /// By attribute, then by the word that a condition asks for.
    literals: [HashMap<Box<str>, Vec<ConditionId>>; Attribute::NAMES.len()],
    /// By attribute: what asks for more than a word, with its condition.
    expressions: [Vec<(Expression, ConditionId)>; Attribute::NAMES.len()],
    tests: Vec<Formula>,
    is_token: TestId,
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
    fn holds(&self, met: &[ConditionId]) -> bool {
        match self {
            Formula::Any => true,
            Formula::Holds(condition) => met.binary_search(condition).is_ok(),
            Formula::Fails(condition) => met.binary_search(condition).is_err(),
            Formula::All(parts) => parts.iter().all(|part| part.holds(met)),
            Formula::Either(parts) => parts.iter().any(|part| part.holds(met)),
        }
    }
}

/// Numbers conditions and tests while the patterns are compiled.
pub struct AlphabetBuilder {
    conditions: HashMap<(Attribute, String), ConditionId>,
    numbers: HashMap<TokenTest, TestId>,
    alphabet: Alphabet,
}

impl AlphabetBuilder {
    /// A builder; `not_tokens` are the parts of speech that don't count as tokens.
    pub fn new(not_tokens: &str) -> Self {
        let alphabet = Alphabet {
            literals: Default::default(),
            expressions: Default::default(),
            tests: Vec::new(),
            is_token: 0,
        };
        let mut builder = AlphabetBuilder { conditions: HashMap::new(), numbers: HashMap::new(), alphabet };
        builder.alphabet.is_token =
            builder.test(&TokenTest::Different(Attribute::Pos, not_tokens.to_owned()));
        builder
    }

    /// The number of a test, the same for equal tests.
    pub fn test(&mut self, test: &TokenTest) -> TestId {
        if let Some(number) = self.numbers.get(test) {
            return *number;
        }
        let formula = self.formula(test);
        let number = self.alphabet.tests.len() as TestId;
        self.alphabet.tests.push(formula);
        self.numbers.insert(test.clone(), number);
        number
    }

    /// The finished alphabet.
    pub fn finish(self) -> Alphabet {
        self.alphabet
    }

    fn formula(&mut self, test: &TokenTest) -> Formula {
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

    fn condition(&mut self, attribute: Attribute, value: &str) -> ConditionId {
        let next = self.conditions.len() as ConditionId;
        let number = *self.conditions.entry((attribute, value.to_owned())).or_insert(next);
        if number == next {
            for alternative in alternatives(value) {
                match Expression::of(alternative) {
                    Expression::Word(word) => {
                        let literals = &mut self.alphabet.literals[attribute as usize];
                        literals.entry(word.into()).or_default().push(number);
                    }
                    expression => self.alphabet.expressions[attribute as usize].push((expression, number)),
                }
            }
        }
        number
    }
}

/// The branches of a regular expression: what stands between its outermost `|`.
fn alternatives(expression: &str) -> Vec<&str> {
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

/// A branch of a value. All but a handful of those in use are of a form that needs no regular expression,
/// and every word of a text is held against all of them once.
enum Expression {
    /// `期待`
    Word(String),
    /// `名詞.*`, `.*く`, `.*性.*`, or with a set in place of the word: `.*[うくす]`
    Part { core: Core, at: Place },
    /// Anything else.
    Regex(Regex),
}

enum Core {
    Word(String),
    Set(String),
}

#[derive(Clone, Copy)]
enum Place {
    First,
    Last,
    Anywhere,
}

impl Expression {
    fn of(branch: &str) -> Self {
        if let Some(word) = literal(branch) {
            return Expression::Word(word);
        }
        let behind = branch.strip_prefix(".*");
        let core = behind.unwrap_or(branch);
        let (core, place) = match (behind, core.strip_suffix(".*")) {
            (None, Some(core)) => (core, Some(Place::First)),
            (Some(_), None) => (core, Some(Place::Last)),
            (Some(_), Some(core)) => (core, Some(Place::Anywhere)),
            (None, None) => (core, None),
        };
        match (literal(core).map(Core::Word).or_else(|| set(core).map(Core::Set)), place) {
            (Some(core), Some(at)) => Expression::Part { core, at },
            _ => {
                let whole = Regex::new(&format!("^(?:{branch})$"));
                Expression::Regex(whole.expect("the parser of the pattern has tried the expression"))
            }
        }
    }

    fn matches(&self, value: &str) -> bool {
        match self {
            Expression::Word(word) => value == word,
            Expression::Part { core: Core::Word(word), at } => match at {
                Place::First => value.starts_with(word.as_str()),
                Place::Last => value.ends_with(word.as_str()),
                Place::Anywhere => value.contains(word.as_str()),
            },
            Expression::Part { core: Core::Set(set), at } => match at {
                Place::First => value.starts_with(|character| set.contains(character)),
                Place::Last => value.ends_with(|character| set.contains(character)),
                Place::Anywhere => value.contains(|character| set.contains(character)),
            },
            Expression::Regex(expression) => expression.is_match(value),
        }
    }
}

/// The characters of a set, if it is no more than a list of them. Within a set only these have a meaning.
fn set(expression: &str) -> Option<String> {
    let characters = expression.strip_prefix('[')?.strip_suffix(']')?;
    let plain = !characters.is_empty() && !characters.contains(['[', ']', '\\', '^', '-', '&', '~']);
    plain.then(|| characters.to_owned())
}

/// The word that an expression stands for, if it is no more than a word.
fn literal(expression: &str) -> Option<String> {
    let mut word = String::new();
    let mut characters = expression.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => word.push(characters.next().filter(|c| !c.is_alphanumeric())?),
            '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '^' | '$' | '|' => return None,
            character => word.push(character),
        }
    }
    (!word.is_empty()).then_some(word)
}

impl Alphabet {
    /// Whether the words of a symbol pass a test.
    pub fn passes(&self, test: TestId, met: &[u32]) -> bool {
        self.tests[test as usize].holds(met)
    }

    fn met(&self, attribute: Attribute, value: &str, met: &mut Vec<ConditionId>) {
        if let Some(conditions) = self.literals[attribute as usize].get(value) {
            met.extend(conditions);
        }
        for (expression, condition) in &self.expressions[attribute as usize] {
            if expression.matches(value) {
                met.push(*condition);
            }
        }
    }
}

/// The symbols of the words seen so far; one table for each thread.
pub struct SymbolTable<'a> {
    analyser: &'a Analyser,
    alphabet: &'a Alphabet,
    /// By the number of the dictionary word. Pages of it that no word touches take no memory.
    known: Vec<Symbol>,
    /// By class and form of an unknown word: the same form may be of several classes (a name here, a noun there).
    unknown: HashMap<Word, HashMap<Box<str>, Symbol>>,
    by_pos: HashMap<String, Vec<ConditionId>>,
    numbers: HashMap<Vec<ConditionId>, Symbol>,
    /// By symbol: the conditions it meets, in order, and whether its words are tokens.
    symbols: Vec<(Vec<ConditionId>, bool)>,
}

/// Unknown words of a class are kept up to this number, so that memory does not grow with the corpus.
const MOST_UNKNOWN: usize = 50_000;

impl<'a> SymbolTable<'a> {
    /// An empty table.
    pub fn new(analyser: &'a Analyser, alphabet: &'a Alphabet) -> Self {
        SymbolTable {
            analyser,
            alphabet,
            known: Vec::new(),
            unknown: HashMap::new(),
            by_pos: HashMap::new(),
            numbers: HashMap::new(),
            // No symbol, start and end: nothing but their names is asked of them.
            symbols: vec![(Vec::new(), false); 3],
        }
    }

    /// The symbol of a morpheme of `sentence`.
    pub fn symbol(&mut self, morpheme: &Morpheme, sentence: &str) -> Symbol {
        if let Some(id) = morpheme.word.known_id() {
            match self.known.get(id as usize) {
                Some(symbol) if *symbol != Symbol::UNSEEN => return *symbol,
                _ => {}
            }
        }
        self.unseen(morpheme.word, morpheme.surface(sentence))
    }

    /// The conditions that the words of a symbol meet.
    pub fn met(&self, symbol: Symbol) -> &[u32] {
        &self.symbols[symbol.index()].0
    }

    /// Whether words of the symbol count as tokens.
    pub fn is_token(&self, symbol: Symbol) -> bool {
        self.symbols[symbol.index()].1
    }

    fn unseen(&mut self, word: Word, surface: &str) -> Symbol {
        let Some(id) = word.known_id() else {
            if let Some(symbol) = self.unknown.get(&word).and_then(|known| known.get(surface)) {
                return *symbol;
            }
            let symbol = self.classify(word, surface);
            let known = self.unknown.entry(word).or_default();
            if known.len() == MOST_UNKNOWN {
                known.clear();
            }
            known.insert(surface.into(), symbol);
            return symbol;
        };
        let symbol = self.classify(word, surface);
        let id = id as usize;
        if id >= self.known.len() {
            let words = self.analyser.dictionary().words().max(id + 1);
            self.known.resize(words, Symbol::UNSEEN);
        }
        self.known[id] = symbol;
        symbol
    }

    fn classify(&mut self, word: Word, surface: &str) -> Symbol {
        let Features { lemma, pos } = self.analyser.features(word, surface);
        let mut met = self.by_pos.get(&pos).cloned().unwrap_or_else(|| {
            let mut met = Vec::new();
            self.alphabet.met(Attribute::Pos, &pos, &mut met);
            self.by_pos.insert(pos, met.clone());
            met
        });
        self.alphabet.met(Attribute::Word, surface, &mut met);
        self.alphabet.met(Attribute::Lemma, lemma, &mut met);
        met.sort_unstable();
        met.dedup();
        if let Some(symbol) = self.numbers.get(&met) {
            return *symbol;
        }
        let symbol = Symbol(self.symbols.len() as u32);
        let is_token = self.alphabet.passes(self.alphabet.is_token, &met);
        self.symbols.push((met.clone(), is_token));
        self.numbers.insert(met, symbol);
        symbol
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_no_regular_expression_matches_as_it_would() {
        let values =
            ["期待", "期待する", "高く", "高い", "く", "期", "a|b", "れる", "x.y", "名詞-数", "X.y", "|", ""];
        for (value, kinds) in [
            ("期待", "w"),
            ("れる|られる", "ww"),
            ("期.*", "f"),
            (".*く|.*い", "ll"),
            (".*[くい]", "l"),
            (".*[ぁ-ん]", "r"),
            (r"a\|b", "w"),
            (r"x\.y", "w"),
            ("(れ|られ)る", "r"),
            ("名詞-(数|一般)|期待", "rw"),
            ("(?i)A.|X.Y", "r"),
            ("[]|期].*|く", "r"),
            (".+く", "r"),
            ("[期高].*", "f"),
            (".*[待さ].*", "a"),
            (".*す.*", "a"),
            ("[くい]", "r"),
        ] {
            let whole = Regex::new(&format!("^(?:{value})$")).unwrap();
            let branches: Vec<Expression> = alternatives(value).into_iter().map(Expression::of).collect();
            let kind = |branch: &Expression| match branch {
                Expression::Word(_) => 'w',
                Expression::Part { at: Place::First, .. } => 'f',
                Expression::Part { at: Place::Last, .. } => 'l',
                Expression::Part { at: Place::Anywhere, .. } => 'a',
                Expression::Regex(_) => 'r',
            };
            assert_eq!(branches.iter().map(kind).collect::<String>(), kinds, "{value}");
            for text in values {
                let matched = branches.iter().any(|branch| branch.matches(text));
                assert_eq!(matched, whole.is_match(text), "{value} on {text}");
            }
        }
    }
}
