//! Codes of the field EQ, by which Word for Japanese sets ruby and combines characters.

use std::iter::Peekable;
use std::str::Chars;

/// How deep parts of a code are nested at most.
const DEEPEST: usize = 16;

/// What is drawn around a character: `\o\ac(○,印)`.
const ENCLOSURES: [&str; 6] = ["○", "◯", "〇", "□", "△", "◇"];

/// What the code of a field shows on the page; none if it is no EQ. Of ruby, it is the base without the reading:
/// `EQ \* jc2 \* hps10 \o\ad(\s\up 9(いぬ),犬)` shows 犬.
pub(super) fn shown(code: &str) -> Option<String> {
    let code = code.trim_start();
    let is_equation = code.get(..2).is_some_and(|name| name.eq_ignore_ascii_case("EQ"));
    let rest = code.get(2..).filter(|rest| !rest.starts_with(|next: char| next.is_ascii_alphanumeric()))?;
    is_equation.then(|| part(&mut rest.chars().peekable(), 0).text).filter(|text| !text.trim().is_empty())
}

/// A part of a code: all of it, or an argument.
#[derive(Default)]
struct Part {
    text: String,
    /// Whether it is raised or lowered, all of it.
    is_shifted: bool,
}

/// Reads up to the comma or bracket that ends the part.
fn part(code: &mut Peekable<Chars>, depth: usize) -> Part {
    let mut part = Part::default();
    let mut has_plain = false;
    while let Some(next) = code.next_if(|next| depth == 0 || !matches!(next, ',' | ';' | ')')) {
        match next {
            '\\' => match code.peek() {
                Some('*') => skip_format(code),
                Some(letter) if letter.is_ascii_alphabetic() => {
                    let (name, arguments) = command(code, depth);
                    part.is_shifted |= name.eq_ignore_ascii_case("s");
                    has_plain |= !name.eq_ignore_ascii_case("s");
                    part.text.push_str(&combined(&name, arguments));
                }
                // An escaped comma, bracket or backslash.
                _ => part.text.extend(code.next()),
            },
            ' ' if part.text.is_empty() => {}
            other => {
                has_plain |= other != ' ';
                part.text.push(other);
            }
        }
    }
    part.is_shifted &= !has_plain;
    part
}

/// The name of a command and its arguments; its options, which have two letters, say how it looks.
fn command(code: &mut Peekable<Chars>, depth: usize) -> (String, Vec<Part>) {
    let mut command = word(code);
    loop {
        match code.peek() {
            Some(' ' | '-' | '0'..='9') => {
                code.next();
            }
            Some('\\') => {
                code.next();
                let option = word(code);
                // Brackets to draw: `\b\lc\{`.
                if option.is_empty() {
                    code.next();
                } else if command.len() > 1 {
                    command = option;
                }
            }
            Some('(') if depth < DEEPEST => {
                code.next();
                break;
            }
            _ => return (command, Vec::new()),
        }
    }
    let mut arguments = Vec::new();
    loop {
        arguments.push(part(code, depth.saturating_add(1)));
        if !matches!(code.next(), Some(',' | ';')) {
            return (command, arguments);
        }
    }
}

fn word(code: &mut Peekable<Chars>) -> String {
    std::iter::from_fn(|| code.next_if(char::is_ascii_alphabetic)).collect()
}

/// Skips `\* jc2` and `\* "Font:MS Mincho"`.
fn skip_format(code: &mut Peekable<Chars>) {
    code.next();
    while code.next_if_eq(&' ').is_some() {}
    let is_end: fn(&char) -> bool = match code.next_if_eq(&'"') {
        Some(_) => |next| *next == '"',
        None => |next| matches!(next, ' ' | '\\'),
    };
    while code.next_if(|next| !is_end(next)).is_some() {}
    code.next_if_eq(&'"');
}

/// What a command shows of its arguments.
fn combined(command: &str, mut arguments: Vec<Part>) -> String {
    let by = match command.to_ascii_lowercase().as_str() {
        "o" => {
            // A reading is raised above a base that is not; 株式会社 in one character is raised and lowered parts alone.
            if arguments.iter().any(|part| !part.is_shifted) {
                arguments.retain(|part| !part.is_shifted);
            }
            if arguments.len() > 1 {
                arguments.retain(|part| !ENCLOSURES.contains(&part.text.trim()));
            }
            ""
        }
        "f" => "/",
        "l" => ",",
        _ => "",
    };
    arguments.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(by)
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn the_base_of_ruby_is_shown_without_its_reading() {
        for (code, text) in [
            (r#" EQ \* jc2 \* "Font:MS Mincho" \* hps10 \o\ad(\s\up 9(いぬ),犬)"#, "犬"),
            (r"eq \o\ac(○,印)", "印"),
            (r"EQ \o(\s\up 5(株式),\s\do 2(会社))", "株式会社"),
            (r"EQ \* jc0 \* hps12 \o(\s\do 9(いぬ),犬と猫)", "犬と猫"),
            (r"EQ \o\ad(\s\up 9(a\,b),犬\,\(猫\))", "犬,(猫)"),
            (r"EQ \f(1,2)", "1/2"),
            (r"EQ \x(甲) と \r(3,x)", "甲 と 3x"),
            (r"EQ \b\lc\{\rc\}(乙)", "乙"),
            (r"EQ \o(犬;\s\up 9(いぬ))", "犬"),
            (r"EQ \o\ad(\s\up 9(いぬ),犬", "犬"),
        ] {
            assert_eq!(shown(code).as_deref(), Some(text), "{code}");
        }
        for code in ["PAGE", "EQUAL x", "", " EQ ", "犬", "E"] {
            assert_eq!(shown(code), None, "{code}");
        }
        let deep = format!("EQ {}犬", r"\x(".repeat(100_000));
        assert!(shown(&deep).is_some_and(|text| text.contains('犬')));
    }
}
