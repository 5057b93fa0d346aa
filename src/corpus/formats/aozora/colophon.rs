//! What stands behind a work: the book it was taken from, and who typed and proofread it.

use super::{is_blank, is_rule};
use crate::span::Span;

/// What a line of a colophon may begin with, with a colon behind it.
const WORDS: &str = include_str!("colophon.txt");

/// How many bytes and lines at the end of a text are searched.
const MAX_BYTES: usize = 32 << 10;
const MAX_LINES: usize = 200;

/// How many lines that are not a colophon's it may hold.
const MAX_FREE: usize = 3;

/// How many lines behind the one that names the book may be free.
const MAX_SHORT: usize = 15;

/// What stands before such words in lists.
const BULLETS: [char; 10] = ['※', '●', '○', '■', '□', '◆', '◇', '・', '＊', '*'];

/// The offset at which the colophon begins, if a text has one; `is_known` where it is known to be one of Aozora Bunko's.
pub(super) fn start(text: &str, is_known: bool) -> Option<usize> {
    let mut begin = text.ceil_char_boundary(text.len().saturating_sub(MAX_BYTES));
    if !is_known && !["青空文庫", "底本", "［＃本文"].iter().any(|word| text[begin..].contains(word))
    {
        return None;
    }
    if begin > 0 {
        let (cut, _) = text[begin..].split_once('\n')?;
        begin = begin.saturating_add(cut.len()).saturating_add(1);
    }
    let mut lines = Vec::new();
    for line in text[begin..].split_inclusive('\n') {
        lines.push((begin, line));
        begin = begin.saturating_add(line.len());
    }
    let lines = lines.get(lines.len().saturating_sub(MAX_LINES)..)?;
    let tail = Tail { lines };
    lines.get(tail.start(is_known)?).map(|(offset, _)| *offset)
}

/// The last lines of a text, with their offsets.
struct Tail<'a> {
    lines: &'a [(usize, &'a str)],
}

impl Tail<'_> {
    fn start(&self, is_known: bool) -> Option<usize> {
        if let Some(end) = self.last(is_end_of_work) {
            return Some(end);
        }
        // From here on, there is nothing but lines of a colophon.
        let like = self.lines.iter().rev().take_while(|(_, line)| is_like(line)).count();
        let pure = self.lines.len().saturating_sub(like);
        let signed = self.last(is_signature).filter(|at| self.free_lines(*at..self.lines.len()) <= MAX_FREE);
        let source = self.last(is_source).or_else(|| self.last(is_source_in_words));
        let found = match (source, signed) {
            (Some(source), Some(signed))
                if source < signed && self.free_lines(source..signed) <= MAX_SHORT =>
            {
                Some(source)
            }
            (_, Some(signed)) => self.topmost(signed).or(is_known.then_some(signed)),
            (Some(source), None) => {
                let behind = self.lines.get(source..)?;
                let has = |word: &str| behind.iter().any(|(_, line)| begins_with(line, word));
                let is_whole = source >= pure;
                let is_colophon = if is_known {
                    is_whole || has("入力") || has("校正") || behind.len() <= MAX_SHORT
                } else {
                    let names_it = || behind.iter().any(|(_, line)| line.contains("青空文庫"));
                    is_whole && (has("入力") && has("校正") || (has("入力") || has("校正")) && names_it())
                };
                is_colophon.then_some(source)
            }
            (None, None) if is_known => self.topmost(self.lines.len()).filter(|first| *first >= pure),
            (None, None) => None,
        };
        let first = found.map(|first| self.topmost(first).unwrap_or(first))?;
        let above =
            self.lines.iter().take(first).rev().take_while(|(_, line)| is_blank(line) || is_rule(line));
        first.checked_sub(above.count())
    }

    fn last(&self, is_one: fn(&str) -> bool) -> Option<usize> {
        self.lines.iter().rposition(|(_, line)| is_one(line))
    }

    fn free_lines(&self, lines: Span) -> usize {
        self.lines.get(lines).unwrap_or_default().iter().filter(|(_, line)| !is_like(line)).count()
    }

    /// The first line of the colophon that goes on at `from`: the topmost one with a word for it, over lines that a
    /// colophon has, and a few that are free where the name of a book stands above them.
    fn topmost(&self, from: usize) -> Option<usize> {
        let mut first = None;
        let mut free = 0_usize;
        for (at, (_, line)) in self.lines.iter().enumerate().take(from).rev() {
            if free == 0 && is_labelled(line) || is_source(line) {
                first = Some(at);
                free = 0;
            } else if !is_like(line) {
                free = free.saturating_add(1);
                if free > MAX_FREE || line.starts_with(['\u{3000}', '「']) {
                    break;
                }
            }
        }
        first
    }
}

/// `［＃本文終わり］`.
fn is_end_of_work(line: &str) -> bool {
    matches!(line.trim(), "［＃本文終わり］" | "［＃本文終り］" | "［＃本文おわり］" | "［＃本文終了］")
}

/// What Aozora Bunko says of its files at their end.
fn is_signature(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("青空文庫作成ファイル")
        || line.starts_with("青空文庫収録ファイル")
        || line.starts_with("このファイルは") && line.contains("青空文庫")
        || line.contains("インターネットの図書館、青空文庫")
}

/// `底本：「犬の本」`, `翻訳の底本：`, `底本　犬の本`, `【底本】犬の本`.
fn is_source(line: &str) -> bool {
    if ["「底本」", "『底本』", "【底本】"].iter().any(|word| line.starts_with(word)) {
        return true;
    }
    let line = line.trim_start_matches(BULLETS);
    let of = ["翻訳の", "原文の", "本文の", "使用", "本書の", "この作品の"];
    let line = of.iter().find_map(|word| line.strip_prefix(word)).unwrap_or(line);
    let Some(rest) = line.strip_prefix("底本") else { return false };
    let rest = ["の親本", "一覧", "書誌"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "１２３４５６７８９".contains(c));
    is_blank(rest) || rest.starts_with(|c: char| c.is_whitespace() || "：:︰；;＝=／/「『".contains(c))
}

/// `底本は「犬の本」です。`
fn is_source_in_words(line: &str) -> bool {
    ["底本は", "底本には", "底本として"].iter().any(|word| line.starts_with(word))
}

/// Whether a line begins with a word of colophons, with a colon behind it.
fn is_labelled(line: &str) -> bool {
    let line = line.trim_start_matches(BULLETS);
    WORDS.lines().any(|word| begins_with(line, word))
}

/// Whether a line begins with a word, with a colon soon behind it: `入力者：`, `底本の親本：`.
fn begins_with(line: &str, word: &str) -> bool {
    line.strip_prefix(word).is_some_and(|rest| {
        let is_of_name = |c: &char| c.is_alphabetic() && !c.is_ascii() || "・／/、　 ".contains(*c);
        let name = rest.chars().take_while(is_of_name).take(10).map(char::len_utf8).sum::<usize>();
        rest[name..].starts_with(['：', ':', '︰'])
    })
}

/// Whether a line may stand in a colophon: blank, labelled, a date, a note, or indented as continued lines are.
fn is_like(line: &str) -> bool {
    is_blank(line)
        || is_rule(line)
        || is_source(line)
        || is_labelled(line)
        || is_signature(line)
        || is_date(line)
        || [
            "\u{3000}\u{3000}",
            "  ",
            "\t",
            "※",
            "●",
            "■",
            "・",
            "http",
            "（C）",
            "(C)",
            "青空文庫",
            "上記の",
            "この作品は",
            "このファイルは",
        ]
        .iter()
        .any(|beginning| line.starts_with(beginning))
}

/// `1999年9月5日公開`, `平成11年`.
fn is_date(line: &str) -> bool {
    let line = ["平成", "昭和", "令和"].iter().find_map(|era| line.strip_prefix(era)).unwrap_or(line);
    let behind = line.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    behind.len() < line.len() && (behind.starts_with(['年', '（', '/', '.', '-']))
}
