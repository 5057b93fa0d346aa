//! Reads a pattern from its text.

use super::folding::folded_value;
use super::value::check;
use super::{
    Attribute, Expected, MAX_LENGTH, MAX_NESTING, MAX_REPETITIONS, MAX_TOKENS, Macros, Pattern, PatternError,
    TokenTest,
};

/// Reads a pattern, which may call `macros` by name.
///
/// # Errors
/// The first offset where the text is no pattern, and what was expected there.
pub fn parse(text: &str, macros: &Macros) -> Result<Pattern, PatternError> {
    let mut parser = Parser { text, offset: 0, nesting: 0, tokens: 0, macros };
    if let Some((byte, _)) = text.char_indices().nth(MAX_LENGTH) {
        return Err(parser.error_at(byte, Expected::FewerCharacters));
    }
    let pattern = parser.alternatives()?;
    match parser.peek() {
        // Parts without a repetition of their own add up.
        None if pattern.size() > MAX_TOKENS => Err(parser.error_at(0, Expected::FewerTokens)),
        None => Ok(pattern),
        Some(_) => Err(parser.error(Expected::PartOrEnd)),
    }
}

struct Parser<'a> {
    text: &'a str,
    /// The next byte to read.
    offset: usize,
    /// How many groups are open here.
    nesting: usize,
    /// How many tokens and boundaries have been read, those of macros among them.
    tokens: usize,
    macros: &'a Macros,
}

impl<'a> Parser<'a> {
    fn alternatives(&mut self) -> Result<Pattern, PatternError> {
        let mut branches = vec![self.sequence()?];
        while self.take('|') {
            branches.push(self.sequence()?);
        }
        Ok(one_or(branches, Pattern::Alternatives))
    }

    fn sequence(&mut self) -> Result<Pattern, PatternError> {
        let mut parts = vec![self.repeated()?];
        while matches!(self.peek(), Some('[' | '"' | '(' | '<' | '/')) {
            parts.push(self.repeated()?);
        }
        Ok(one_or(parts, Pattern::Sequence))
    }

    fn repeated(&mut self) -> Result<Pattern, PatternError> {
        let is_group = self.peek() == Some('(');
        let start = self.offset;
        let mut pattern = self.atom()?;
        // A group has counted its own.
        self.tokens = self.tokens.saturating_add(if is_group { 0 } else { pattern.size() });
        if self.tokens > MAX_TOKENS {
            return Err(self.error_at(start, Expected::FewerTokens));
        }
        loop {
            self.skip_blanks();
            let start = self.offset;
            let Some((min, max)) = self.bounds()? else { return Ok(pattern) };
            pattern = Pattern::Repeat { inner: Box::new(pattern), min, max };
            if pattern.nested_repeats() > MAX_NESTING {
                return Err(self.error_at(start, Expected::LessNesting));
            }
            if pattern.size() > MAX_TOKENS {
                return Err(self.error_at(start, Expected::FewerTokens));
            }
        }
    }

    /// `?`, `*`, `+`, `{n}`, `{n,}`, `{n,m}` or `{,m}`, if one stands here.
    fn bounds(&mut self) -> Result<Option<(u32, Option<u32>)>, PatternError> {
        for (sign, bounds) in [('?', (0, Some(1))), ('*', (0, None)), ('+', (1, None))] {
            if self.take(sign) {
                return Ok(Some(bounds));
            }
        }
        if !self.take('{') {
            return Ok(None);
        }
        let start = self.offset;
        let min = self.number();
        let (min, max) = if self.take(',') {
            (min.unwrap_or(0), self.number())
        } else {
            (min.ok_or_else(|| self.error(Expected::Number))?, min)
        };
        self.demand('}', Expected::ClosingBounds)?;
        if min > MAX_REPETITIONS || max.is_some_and(|max| max > MAX_REPETITIONS) {
            return Err(self.error_at(start, Expected::FewerRepetitions));
        }
        if max.is_some_and(|max| max < min) {
            return Err(self.error_at(start, Expected::OrderedBounds));
        }
        Ok(Some((min, max)))
    }

    fn number(&mut self) -> Option<u32> {
        self.skip_blanks();
        let digits = self.while_it(|c| c.is_ascii_digit());
        self.advance(digits.len());
        // More digits than a u32 holds are above any bound as well.
        (!digits.is_empty()).then(|| digits.parse().unwrap_or(u32::MAX))
    }

    fn atom(&mut self) -> Result<Pattern, PatternError> {
        match self.peek() {
            Some('(') => self.nested(Self::alternatives, Expected::ClosingGroup),
            Some('[') => {
                self.advance(1);
                if self.take(']') {
                    return Ok(Pattern::Token(TokenTest::Any));
                }
                let test = self.either()?;
                self.demand(']', Expected::ClosingToken)?;
                Ok(Pattern::Token(test))
            }
            Some('"') => Ok(Pattern::Token(TokenTest::Equal(Attribute::Word, self.value()?))),
            Some('<') => {
                for (tag, pattern) in [("<s>", Pattern::SentenceStart), ("</s>", Pattern::SentenceEnd)] {
                    if self.rest().starts_with(tag) {
                        self.advance(tag.len());
                        return Ok(pattern);
                    }
                }
                Err(self.error(Expected::Boundary))
            }
            Some('/') => self.call(),
            _ => Err(self.error(Expected::Token)),
        }
    }

    /// What stands within parentheses, whose `(` is here.
    fn nested<T>(
        &mut self,
        inner: impl FnOnce(&mut Self) -> Result<T, PatternError>,
        closing: Expected,
    ) -> Result<T, PatternError> {
        if self.nesting == MAX_NESTING {
            return Err(self.error(Expected::LessNesting));
        }
        self.advance(1);
        let outside = self.nesting;
        self.nesting = outside.saturating_add(1);
        let inner = inner(self)?;
        self.nesting = outside;
        self.demand(')', closing)?;
        Ok(inner)
    }

    /// `/name[]`.
    fn call(&mut self) -> Result<Pattern, PatternError> {
        self.advance(1);
        let name = self.name();
        let Some(pattern) = self.macros.get(name) else {
            let known = self.macros.keys().cloned().collect();
            return Err(self.error(Expected::Macro { known }));
        };
        self.advance(name.len());
        self.demand('[', Expected::MacroBrackets)?;
        self.demand(']', Expected::MacroBrackets)?;
        Ok(pattern.clone())
    }

    /// The name that stands here, without going past it.
    fn name(&mut self) -> &'a str {
        self.skip_blanks();
        self.while_it(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
    }

    fn either(&mut self) -> Result<TokenTest, PatternError> {
        let mut tests = vec![self.all()?];
        while self.take('|') {
            tests.push(self.all()?);
        }
        Ok(one_or(tests, TokenTest::Either))
    }

    fn all(&mut self) -> Result<TokenTest, PatternError> {
        let mut tests = vec![self.comparison()?];
        while self.take('&') {
            tests.push(self.comparison()?);
        }
        Ok(one_or(tests, TokenTest::All))
    }

    fn comparison(&mut self) -> Result<TokenTest, PatternError> {
        if self.peek() == Some('(') {
            return self.nested(Self::either, Expected::ClosingParenthesis);
        }
        let name = self.name();
        let Some((_, attribute)) = Attribute::NAMES.iter().find(|(known, _)| *known == name) else {
            return Err(self.error(Expected::Attribute));
        };
        self.advance(name.len());
        let different = self.take('!');
        self.demand('=', Expected::Equals)?;
        let value = self.value()?;
        Ok(if different {
            TokenTest::Different(*attribute, value)
        } else {
            TokenTest::Equal(*attribute, value)
        })
    }

    /// A quoted regular expression. `\"` is a quotation mark in it; every other `\`, and what it escapes, belongs to the
    /// expression. It is folded, as texts are before they are matched.
    fn value(&mut self) -> Result<String, PatternError> {
        self.demand('"', Expected::Value)?;
        let start = self.offset;
        let mut value = String::new();
        loop {
            let rest = self.rest();
            let Some((plain, behind)) = rest.find(['"', '\\']).and_then(|at| rest.split_at_checked(at))
            else {
                return Err(self.error_at(start, Expected::ClosingQuote));
            };
            value.push_str(plain);
            self.advance(plain.len());
            self.advance(1);
            if behind.starts_with('"') {
                break;
            }
            let escaped = self.rest().chars().next();
            value.extend(['\\'].into_iter().filter(|_| escaped != Some('"')).chain(escaped));
            self.advance(escaped.map_or(0, char::len_utf8));
        }
        if value.is_empty() {
            return Err(self.error_at(start, Expected::NonEmptyValue));
        }
        let value = folded_value(&value);
        match check(&value) {
            Ok(()) => Ok(value),
            Err(error) => Err(self.error_at(start, Expected::Regex { error: error.to_string() })),
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.offset..).unwrap_or_default()
    }

    fn advance(&mut self, bytes: usize) {
        self.offset = self.offset.saturating_add(bytes);
    }

    /// The characters that stand here and are of a kind.
    fn while_it(&self, is_one: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        rest.find(|c| !is_one(c)).and_then(|end| rest.get(..end)).unwrap_or(rest)
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.advance(rest.len().saturating_sub(rest.trim_start().len()));
    }

    fn peek(&mut self) -> Option<char> {
        self.skip_blanks();
        self.rest().chars().next()
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.advance(wanted.len_utf8());
        }
        found
    }

    fn demand(&mut self, wanted: char, expected: Expected) -> Result<(), PatternError> {
        if self.take(wanted) { Ok(()) } else { Err(self.error(expected)) }
    }

    fn error(&self, expected: Expected) -> PatternError {
        self.error_at(self.offset, expected)
    }

    /// A mistake at a byte of the pattern.
    fn error_at(&self, byte: usize, expected: Expected) -> PatternError {
        let before = self.text.get(..byte).unwrap_or(self.text);
        PatternError { offset: before.chars().count(), expected }
    }
}

fn one_or<T>(mut parts: Vec<T>, many: impl FnOnce(Vec<T>) -> T) -> T {
    if parts.len() == 1 { parts.remove(0) } else { many(parts) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Pattern, PatternError> {
        super::parse(text, &Macros::new())
    }

    fn lemma(value: &str) -> Pattern {
        Pattern::Token(TokenTest::Equal(Attribute::Lemma, value.into()))
    }

    #[test]
    fn reads_tokens_repetitions_and_groups() {
        let pattern = parse(r#"[lemma="期待"] [lemma="する"]? ( "が" | [pos!="助詞.*" & word="も"] ){1,2}"#);
        let optional = Pattern::Repeat { inner: Box::new(lemma("する")), min: 0, max: Some(1) };
        let group = Pattern::Repeat {
            inner: Box::new(Pattern::Alternatives(vec![
                Pattern::Token(TokenTest::Equal(Attribute::Word, "が".into())),
                Pattern::Token(TokenTest::All(vec![
                    TokenTest::Different(Attribute::Pos, "助詞.*".into()),
                    TokenTest::Equal(Attribute::Word, "も".into()),
                ])),
            ])),
            min: 1,
            max: Some(2),
        };
        assert_eq!(pattern, Ok(Pattern::Sequence(vec![lemma("期待"), optional, group])));
    }

    #[test]
    fn says_where_and_what_was_expected() {
        for (text, offset, expected) in [
            (r#"[lemma="期待"#, 8, "a closing quotation mark"),
            (r#"[lemma="期待\"]"#, 8, "a closing quotation mark"),
            (r#"[lema="期待"]"#, 1, "an attribute"),
            (r#"[lemma="期待""#, 11, "close the token"),
            (r#"[(lemma="期待"]"#, 12, "`)`"),
            (r#"[lemma "期待"]"#, 7, "`=` or `!=`"),
            (r#"[lemma=期待]"#, 7, "a value in quotation marks"),
            (r#"[lemma=""]"#, 8, "a value that is not empty"),
            (r#"("が" | )"#, 7, "a token"),
            (r#"("が" "#, 5, "to close the group"),
            (r#"[lemma="("]"#, 8, "a regular expression"),
            (r#""が"{3,2}"#, 4, "the smaller number first"),
            (r#""が"{51}"#, 4, "at most 50 repetitions"),
            (r#""が"{,51}"#, 4, "at most 50 repetitions"),
            (r#""が"{99999999999}"#, 4, "at most 50 repetitions"),
            (r#""が"{}"#, 4, "a number"),
            (r#""が"{1"#, 5, "`}`"),
            ("", 0, "a token"),
            ("<p>", 0, "`<s>` or `</s>`"),
            (r#""が" 期待"#, 4, "the end of the pattern"),
        ] {
            let error = parse(text).expect_err(text);
            assert_eq!(error.offset, offset, "{text}: {error}");
            assert!(error.to_string().contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn nesting_has_a_limit() {
        let groups = |depth: usize| format!("{}\"犬\"{}", "(".repeat(depth), ")".repeat(depth));
        let tests = |depth: usize| format!("[{}word=\"犬\"{}]", "(".repeat(depth), ")".repeat(depth));
        let repeats = |depth: usize| format!("\"犬\"{}", "?".repeat(depth));
        let grouped_repeats = |depth: usize| format!("{}\"犬\"{}", "(".repeat(depth), ")??".repeat(depth));
        for (pattern, most, offset) in [
            (&groups as &dyn Fn(usize) -> String, MAX_NESTING, MAX_NESTING),
            (&tests, MAX_NESTING, MAX_NESTING + 1),
            (&repeats, MAX_NESTING, MAX_NESTING + 3),
            (&grouped_repeats, MAX_NESTING / 2, 2 * MAX_NESTING + 5),
        ] {
            assert!(parse(&pattern(most)).is_ok(), "{}", pattern(most));
            let error = parse(&pattern(most + 1)).expect_err("too deep");
            assert_eq!((error.offset, error.expected), (offset, Expected::LessNesting));
            assert!(parse(&pattern(100_000)).is_err());
        }
    }

    #[test]
    fn repetitions_of_repetitions_have_a_limit() {
        assert!(parse(r#"(("犬"{1,50}){1,50}){4}"#).is_ok());
        for (pattern, offset) in [
            (r#"(("犬"{50}){50}){50}"#, 15),
            (r#""犬" (("犬"{3,}){50}){50,}"#, 19),
            (&[r#"("犬"{50}){50}"#; 5].join(" "), 0),
        ] {
            let error = parse(pattern).expect_err(pattern);
            assert_eq!((error.offset, error.expected), (offset, Expected::FewerTokens), "{pattern}");
        }
    }

    #[test]
    fn a_value_may_hold_quotation_marks_and_end_in_a_backslash() {
        for (text, value) in [
            (r##""\\""##, r"\\"),
            (r##""犬\"""##, "犬\""),
            (r##""\\\"犬""##, "\\\\\"犬"),
            (r##""犬\\\\""##, r"犬\\\\"),
        ] {
            let token = Pattern::Token(TokenTest::Equal(Attribute::Word, value.into()));
            assert_eq!(parse(text), Ok(token), "{text}");
        }
    }

    #[test]
    fn values_are_folded() {
        for (text, value) in [(r#"[lemma="ＡＩ"]"#, "AI"), (r#"[lemma="ｲﾇ.*|[Ａ〜]"]"#, "イヌ.*|[A～]")]
        {
            assert_eq!(parse(text), Ok(lemma(value)), "{text}");
        }
    }

    #[test]
    fn a_macro_stands_for_its_pattern() {
        let macros = Macros::from([("hope".into(), lemma("期待"))]);
        let called = super::parse(r#"/hope[] [lemma="する"]? | "が""#, &macros);
        assert_eq!(called, parse(r#"[lemma="期待"] [lemma="する"]? | "が""#));
        let error = super::parse("/hop[]", &macros).unwrap_err();
        assert_eq!(
            (error.offset, error.expected.message().to_string().as_str()),
            (1, "the name of a macro (hope)")
        );
    }

    #[test]
    fn a_pattern_that_matches_the_empty_sequence_is_nullable() {
        for (text, nullable) in [
            (r#""が"?"#, true),
            (r#""が"{0,2}"#, true),
            (r#""が"{1,2}"#, false),
            (r#"("が"?)+"#, true),
            (r#""が"? "も""#, false),
            (r#""が"? "も"*"#, true),
            ("<s>", false),
            ("</s>?", true),
            (r#"("が"|"も"*)"#, true),
        ] {
            assert_eq!(parse(text).map(|pattern| pattern.is_nullable()), Ok(nullable), "{text}");
        }
    }

    #[test]
    fn sentence_boundaries_are_found_at_any_depth() {
        for (text, has_boundary) in [
            (r#"<s> "犬""#, true),
            (r#""犬" ("猫" | </s>)"#, true),
            (r#"("犬" <s>?)+"#, true),
            (r#"("犬" | "猫")+ []"#, false),
        ] {
            let pattern = parse(text).map(|pattern| pattern.has_sentence_boundary());
            assert_eq!(pattern, Ok(has_boundary), "{text}");
        }
    }

    #[test]
    fn a_pattern_starts_lexically_if_all_its_first_tokens_are_words() {
        for (text, lexical) in [
            (r#""が""#, true),
            (r#"[lemma!="が"]"#, false),
            (r#"[pos="助詞"]"#, false),
            (r#"[pos="助詞" & word="が"]"#, true),
            (r#"[pos="助詞" | word="が"]"#, false),
            (r#"[lemma="が"]? [] "#, false),
            (r#"[lemma="が"] []"#, true),
            (r#""が" | "も"? "は""#, true),
            (r#""が" | [] "は""#, false),
            (r#"<s> "は""#, false),
        ] {
            assert_eq!(parse(text).map(|pattern| pattern.starts_lexically()), Ok(lexical), "{text}");
        }
    }
}
