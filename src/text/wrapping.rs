//! Hard-wrapped text: which line ends are the writer's, and which only the page's.

use memchr::memchr2;

use super::characters::{columns, is_digit};
use super::sentences::{ends, lines};
use crate::span::Span;

/// Which lines of a text go on in the next one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wrapping {
    /// A line goes on if it would be wider than this with one more character (or word); none: no line goes on.
    full: Option<usize>,
}

/// The widest page, in columns of half a kanji, and the narrowest. A wider one is no page, a narrower one verse.
const WIDEST: usize = 100;
const NARROWEST: usize = 40;

/// How many lines must go on for a text to be called wrapped.
const LEAST_LINES: usize = 5;

/// A column is a byte at least, and a kanji has two of them in three bytes.
const WIDEST_BYTES: usize = WIDEST * 3;

impl Wrapping {
    /// No line goes on.
    pub const NONE: Wrapping = Wrapping { full: None };

    /// Whether any line may go on.
    pub fn is_none(self) -> bool {
        self.full.is_none()
    }

    /// Tells whether a text is plainly wrapped: its widest line has 40 to 100 columns, and of the lines that could
    /// go on (no mark at their end, and neither a blank line, an indent nor a list's mark behind them) nine in ten,
    /// and five at least, are as full as that one.
    pub fn of(text: &str) -> Self {
        // Most texts have a line that fills no page, and soon.
        if lines(text).any(|line| line.len() > WIDEST_BYTES) {
            return Wrapping::NONE;
        }
        let widest = lines(text).map(|line| width(&text[line])).max().unwrap_or_default();
        if !(NARROWEST..=WIDEST).contains(&widest) {
            return Wrapping::NONE;
        }
        let wrapping = Wrapping { full: Some(widest - 2) };
        let (mut open, mut full) = (0, 0);
        for (line, next) in pairs(text) {
            if is_open(line, next) {
                open += 1;
                full += usize::from(wrapping.is_full(line, next));
            }
        }
        if full >= LEAST_LINES && 10 * full >= 9 * open { wrapping } else { Wrapping::NONE }
    }

    /// The wrapping of a text that the user says is wrapped: a line goes on if it is at least three quarters as
    /// wide as nine in ten of the lines are at most.
    pub fn told(text: &str) -> Self {
        let mut widths: Vec<usize> = lines(text).map(|line| width(&text[line])).filter(|w| *w > 0).collect();
        widths.sort_unstable();
        match widths.get(widths.len() * 9 / 10) {
            Some(wide) => Wrapping { full: Some(wide * 3 / 4) },
            None => Wrapping::NONE,
        }
    }

    /// Whether a line goes on in the next.
    pub(super) fn joins(self, line: &str, next: &str) -> bool {
        self.full.is_some() && is_open(line, next) && self.is_full(line, next)
    }

    /// Whether the text goes on behind the line end at a byte; what ends no sentence must not be cut.
    pub fn goes_on_at(self, text: &str, line_end: usize) -> bool {
        if self.is_none() {
            return false;
        }
        let before = text[..line_end].trim_end_matches('\r');
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let behind = &text[line_end + 1..];
        let end = memchr2(b'\n', b'\r', behind.as_bytes()).unwrap_or(behind.len());
        self.joins(&before[start..], &behind[..end])
    }

    fn is_full(self, line: &str, next: &str) -> bool {
        let word = next.chars().take_while(char::is_ascii_alphanumeric).count();
        self.full.is_some_and(|full| width(line) + word.max(2) > full)
    }
}

fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let spans: Vec<Span> = lines(text).collect();
    (1..spans.len()).map(move |at| (&text[spans[at - 1].clone()], &text[spans[at].clone()]))
}

/// Whether nothing at the end of a line or the beginning of the next says that the sentence ends.
fn is_open(line: &str, next: &str) -> bool {
    let line = line.trim_end().trim_end_matches(['」', '』', '）', ')', '】']);
    let is_ended =
        line.is_empty() || line.ends_with(ends) || line.ends_with(['：', ':', '…', '-', '=', '─', '―']);
    !(is_ended || begins_anew(next))
}

/// Whether a line is blank, indented, or an item of a list.
fn begins_anew(line: &str) -> bool {
    let Some(first) = line.chars().next() else { return true };
    if first.is_whitespace() || "・●■◆▼▲○◎□◇★☆※◯•‣-*+#>|＊－→⇒【〔〈《＜〇├└".contains(first)
    {
        return true;
    }
    if matches!(first, '①'..='⑳' | '⑴'..='⒇' | 'Ⅰ'..='ⅿ' | '㊀'..='㊿') {
        return true;
    }
    // 1. 2) (3) （４） 第5章
    let rest = line.trim_start_matches(['(', '（', '第']);
    let digits = rest.trim_start_matches(is_digit);
    let is_numbered = digits.len() < rest.len();
    is_numbered && digits.starts_with(['.', '．', ')', '）', '、', '章', '節', '条', ' ', '\u{3000}'])
}

/// The width of a line in columns, without the whitespace at its end.
fn width(line: &str) -> usize {
    line.trim_end().chars().map(columns).sum()
}

#[cfg(test)]
mod tests {
    use super::super::{sentences, sentences_in};
    use super::*;

    /// A paragraph, wrapped at a width in kanji.
    fn wrapped(text: &str, width: usize, line_end: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        let lines: Vec<String> = characters.chunks(width).map(|line| line.iter().collect()).collect();
        lines.join(line_end)
    }

    fn cut(text: &str, wrapping: Wrapping) -> Vec<String> {
        let sentence = |span: Span| text[span].replace(['\r', '\n'], "");
        sentences_in(text, wrapping).map(|found| sentence(found.span)).collect()
    }

    const PROSE: &str = "この報告は、地域の図書館がどのように使われているかを三年にわたって調べたものである。利用者の多くは近所に住む人で、週に一度は訪れるという。\
        本を借りるだけでなく、新聞を読んだり、子どもと過ごしたりする場所にもなっている。今後は、夜間の開館を求める声にどう応えるかが問われるだろう。";

    #[test]
    fn a_wrapped_text_has_the_sentences_of_the_text() {
        let plain: Vec<&str> = sentences(PROSE).map(|found| &PROSE[found.span]).collect();
        for width in [20, 25, 30, 34] {
            for line_end in ["\n", "\r\n"] {
                let text = wrapped(PROSE, width, line_end);
                let text = format!("{text}{line_end}{line_end}{text}");
                let wrapping = Wrapping::of(&text);
                assert!(!wrapping.is_none(), "{width}");
                assert_eq!(cut(&text, wrapping), [&plain[..], &plain].concat(), "{width}");
                assert_eq!(cut(&text, Wrapping::told(&text)), [&plain[..], &plain].concat(), "{width}");
            }
        }
    }

    #[test]
    fn what_is_not_plainly_wrapped_is_left_alone() {
        let list = "図書館の利用者の数とその移り変わりについての表\n開館の時間と休みの日についてのお知らせ\n本の予約\n\
            蔵書の検索のしかたと予約の取り消しについて\n催し物\n夜間の開館についての利用者の声\n".repeat(3);
        let verse = "雨のふる日は\n窓の外を見て\n遠くの町の\n人をおもう\n".repeat(5);
        let paragraphs = format!("{PROSE}\n{PROSE}\n");
        for text in [list.as_str(), &verse, &paragraphs, "", "一行", &wrapped(PROSE, 30, "\n")[..200]] {
            assert!(Wrapping::of(text).is_none(), "{text}");
        }
    }

    #[test]
    fn headings_and_lists_stand_apart_in_a_wrapped_text() {
        let text = format!(
            "図書館の使われ方\n{}\n\n・{}\n・短い項目\n　{}",
            wrapped(PROSE, 25, "\n"),
            wrapped("開館の時間を延ばすことを求める声が多く寄せられたこと", 24, "\n"),
            wrapped(PROSE, 25, "\n")
        );
        let wrapping = Wrapping::of(&text);
        let sentences = cut(&text, wrapping);
        assert_eq!(sentences[0], "図書館の使われ方");
        assert!(sentences.contains(&"・短い項目".to_owned()));
        assert!(sentences.contains(&"・開館の時間を延ばすことを求める声が多く寄せられたこと".to_owned()));
    }

    #[test]
    fn lines_are_counted_through_joined_ones() {
        let text = wrapped(PROSE, 30, "\n");
        let wrapping = Wrapping::of(&text);
        for found in sentences_in(&text, wrapping) {
            assert_eq!(found.line, text[..found.span.start].matches('\n').count());
        }
    }
}
