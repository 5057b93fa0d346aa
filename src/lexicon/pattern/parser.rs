//! Reads a pattern from its text.

use super::value::{check, is_words};
use super::{Attribute, MOST_REPETITIONS, Macros, Pattern, PatternError, TokenTest};
use crate::text::folded;

/// Reads a pattern, which may call `macros` by name.
///
/// # Errors
/// The first place where the text is no pattern, and what was expected there.
pub fn parse(text: &str, macros: &Macros) -> Result<Pattern, PatternError> {
    let mut parser = Parser { text, at: 0, macros };
    let pattern = parser.alternatives()?;
    match parser.peek() {
        None => Ok(pattern),
        Some(_) => Err(parser.expected("a token, a group or the end of the pattern")),
    }
}

struct Parser<'a> {
    text: &'a str,
    /// The next byte to read.
    at: usize,
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
        let mut pattern = self.atom()?;
        loop {
            let (least, most) = match self.peek() {
                Some('?') => (0, Some(1)),
                Some('*') => (0, None),
                Some('+') => (1, None),
                Some('{') => {
                    let (least, most) = self.bounds()?;
                    pattern = Pattern::Repeat { inner: Box::new(pattern), least, most };
                    continue;
                }
                _ => return Ok(pattern),
            };
            self.at += 1;
            pattern = Pattern::Repeat { inner: Box::new(pattern), least, most };
        }
    }

    /// `{n}`, `{n,}`, `{n,m}` or `{,m}`.
    fn bounds(&mut self) -> Result<(u32, Option<u32>), PatternError> {
        self.demand('{', "`{`")?;
        let start = self.at;
        let least = self.number();
        let (least, most) = if self.take(',') {
            (least.unwrap_or(0), self.number())
        } else {
            (least.ok_or_else(|| self.expected("a number"))?, least)
        };
        self.demand('}', "`}`")?;
        if least > MOST_REPETITIONS || most.is_some_and(|most| most > MOST_REPETITIONS) {
            return Err(self.expected_at(start, format!("at most {MOST_REPETITIONS} repetitions")));
        }
        if most.is_some_and(|most| most < least) {
            return Err(self.expected_at(start, "the smaller number first".into()));
        }
        Ok((least, most))
    }

    fn number(&mut self) -> Option<u32> {
        self.skip_blanks();
        let digits = self.while_it(|c| c.is_ascii_digit());
        self.at += digits.len();
        // More digits than a u32 holds are above any bound as well.
        (!digits.is_empty()).then(|| digits.parse().unwrap_or(u32::MAX))
    }

    fn atom(&mut self) -> Result<Pattern, PatternError> {
        match self.peek() {
            Some('(') => {
                self.at += 1;
                let inner = self.alternatives()?;
                self.demand(')', "`)` to close the group")?;
                Ok(inner)
            }
            Some('[') => {
                self.at += 1;
                if self.take(']') {
                    return Ok(Pattern::Token(TokenTest::Any));
                }
                let test = self.either()?;
                self.demand(']', "`&`, `|` or `]` to close the token")?;
                Ok(Pattern::Token(test))
            }
            Some('"') => Ok(Pattern::Token(TokenTest::Equal(Attribute::Word, self.value()?))),
            Some('<') => {
                for (tag, pattern) in [("<s>", Pattern::SentenceStart), ("</s>", Pattern::SentenceEnd)] {
                    if self.rest().starts_with(tag) {
                        self.at += tag.len();
                        return Ok(pattern);
                    }
                }
                Err(self.expected("`<s>` or `</s>`"))
            }
            Some('/') => self.call(),
            _ => Err(self.expected("a token `[…]`, a word `\"…\"` or a group `(…)`")),
        }
    }

    /// `/name[]`.
    fn call(&mut self) -> Result<Pattern, PatternError> {
        self.demand('/', "`/`")?;
        let name = self.name();
        let Some(pattern) = self.macros.get(name) else {
            let known = self.macros.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            return Err(self.expected(&format!("the name of a macro ({known})")));
        };
        self.at += name.len();
        self.demand('[', "`[]` behind the name of a macro")?;
        self.demand(']', "`[]` behind the name of a macro")?;
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
        if self.take('(') {
            let test = self.either()?;
            self.demand(')', "`)`")?;
            return Ok(test);
        }
        let name = self.name();
        let Some((_, attribute)) = Attribute::NAMES.iter().find(|(known, _)| *known == name) else {
            return Err(self.expected("an attribute: word, lemma or pos"));
        };
        self.at += name.len();
        let different = self.take('!');
        self.demand('=', "`=` or `!=`")?;
        let value = self.value()?;
        Ok(if different {
            TokenTest::Different(*attribute, value)
        } else {
            TokenTest::Equal(*attribute, value)
        })
    }

    /// A quoted regular expression; `\"` is a quotation mark in it, every other `\` belongs to the expression.
    /// Texts are folded before they are matched, and so is it.
    fn value(&mut self) -> Result<String, PatternError> {
        self.demand('"', "a value in quotation marks")?;
        let start = self.at;
        let mut value = String::new();
        loop {
            let Some(end) = self.rest().find('"') else {
                return Err(self.expected_at(start, "a closing quotation mark".into()));
            };
            value.push_str(&self.rest()[..end]);
            self.at += end + 1;
            if !value.ends_with('\\') {
                break;
            }
            value.pop();
            value.push('"');
        }
        if value.is_empty() {
            return Err(self.expected_at(start, "a value that is not empty".into()));
        }
        // Nothing can be wrong with these.
        if is_words(&value) {
            return Ok(folded(&value));
        }
        match check(&value) {
            Ok(()) => Ok(value),
            Err(error) => Err(self.expected_at(start, format!("a regular expression ({error})"))),
        }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// The characters that stand here and are of a kind.
    fn while_it(&self, is_one: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        &rest[..rest.find(|c| !is_one(c)).unwrap_or(rest.len())]
    }

    fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn peek(&mut self) -> Option<char> {
        self.skip_blanks();
        self.rest().chars().next()
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn demand(&mut self, wanted: char, expected: &str) -> Result<(), PatternError> {
        if self.take(wanted) { Ok(()) } else { Err(self.expected(expected)) }
    }

    fn expected(&self, what: &str) -> PatternError {
        self.expected_at(self.at, what.into())
    }

    fn expected_at(&self, byte: usize, expected: String) -> PatternError {
        PatternError { at: self.text[..byte].chars().count(), expected }
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
        let optional = Pattern::Repeat { inner: Box::new(lemma("する")), least: 0, most: Some(1) };
        let group = Pattern::Repeat {
            inner: Box::new(Pattern::Alternatives(vec![
                Pattern::Token(TokenTest::Equal(Attribute::Word, "が".into())),
                Pattern::Token(TokenTest::All(vec![
                    TokenTest::Different(Attribute::Pos, "助詞.*".into()),
                    TokenTest::Equal(Attribute::Word, "も".into()),
                ])),
            ])),
            least: 1,
            most: Some(2),
        };
        assert_eq!(pattern, Ok(Pattern::Sequence(vec![lemma("期待"), optional, group])));
    }

    #[test]
    fn says_where_and_what_was_expected() {
        for (text, at, expected) in [
            (r#"[lemma="期待"#, 8, "a closing quotation mark"),
            (r#"[lema="期待"]"#, 1, "an attribute"),
            (r#"[lemma="期待""#, 11, "close the token"),
            (r#"("が" | )"#, 7, "a token"),
            (r#"[lemma="("]"#, 8, "a regular expression"),
            (r#""が"{3,2}"#, 4, "the smaller number first"),
            (r#""が"{99}"#, 4, "at most 50 repetitions"),
            ("", 0, "a token"),
            ("<p>", 0, "`<s>` or `</s>`"),
            (r#""が" 期待"#, 4, "the end of the pattern"),
        ] {
            let error = parse(text).expect_err(text);
            assert_eq!(error.at, at, "{text}: {error}");
            assert!(error.expected.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn a_macro_stands_for_its_pattern() {
        let macros = Macros::from([("hope".into(), lemma("期待"))]);
        let called = super::parse(r#"/hope[] [lemma="する"]? | "が""#, &macros);
        assert_eq!(called, parse(r#"[lemma="期待"] [lemma="する"]? | "が""#));
        let error = super::parse("/hop[]", &macros).unwrap_err();
        assert_eq!((error.at, error.expected.as_str()), (1, "the name of a macro (hope)"));
    }

    #[test]
    fn knows_what_matches_nothing() {
        for (text, nothing) in
            [(r#""が"?"#, true), (r#""が"? "も""#, false), ("<s>", false), (r#"("が"|"も"*)"#, true)]
        {
            assert_eq!(parse(text).map(|pattern| pattern.matches_nothing()), Ok(nothing), "{text}");
        }
    }
}
