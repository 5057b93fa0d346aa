//! Hard-wrapped text: which line ends end a sentence, and which only a line of the page.

use super::characters::{columns, is_digit, is_invisible};
use super::line_ends::{is_line_end, lines};
use super::ruby::Ruby;
use super::sentences::is_end_mark;
use crate::span::Span;

/// Which lines of a text are joined with the next one, and which notation of ruby it has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wrapping<'a> {
    /// The width of the page in columns: a line that would exceed it with the first character (or Latin word) of the next
    /// is joined with it. None: no line is.
    page: Option<usize>,
    ruby: Ruby,
    /// The line ends that are known to end no sentence, as offsets in a document of which the text begins at `start`; in
    /// order.
    joined: &'a [usize],
    start: usize,
    /// Whether the text begins within a line, which is not joined with the next.
    begins_within_line: bool,
}

/// The longest Latin word that may not fit into a line: what is longer fits into none.
const MAX_WORD: usize = 1000;

/// The widest and the narrowest page that is detected, in columns of half a kanji. Wider lines are not wrapped, narrower
/// ones are verse.
const MAX_COLUMNS: usize = 100;
const MIN_COLUMNS: usize = 40;

/// How many lines must fill the page for a text to be detected as wrapped.
const MIN_FULL_LINES: usize = 5;

/// A line with more bytes has more than [`MAX_COLUMNS`]: no character has more than three bytes a column.
const MAX_BYTES: usize = MAX_COLUMNS * 3;

impl<'a> Wrapping<'a> {
    /// No line is joined with the next.
    pub const NONE: Wrapping<'static> =
        Wrapping { page: None, ruby: Ruby::None, joined: &[], start: 0, begins_within_line: false };

    /// Whether no line is joined with the next.
    pub fn is_none(self) -> bool {
        self.page.is_none() && self.joined.is_empty()
    }

    fn of_page(columns: usize) -> Self {
        Wrapping { page: Some(columns), ..Wrapping::NONE }
    }

    /// The same, where these line ends of the document are known to end no sentence: their offsets in bytes, in order. The
    /// text begins at the byte `start` of the document.
    pub fn with_joined(self, joined: &'a [usize], start: usize) -> Self {
        let before = joined.partition_point(|line_end| *line_end < start);
        Wrapping { joined: &joined[before..], start, ..self }
    }

    /// The same, without what is known of line ends from the byte `end` of the document on.
    pub fn up_to(self, end: usize) -> Self {
        let behind = self.joined.partition_point(|line_end| *line_end < end);
        Wrapping { joined: &self.joined[..behind], ..self }
    }

    /// The same, where the text begins within a line that is not joined with the next, as a passage of a long text may.
    pub fn within_line(self, is_within: bool) -> Self {
        Wrapping { begins_within_line: is_within, ..self }
    }

    /// The same lines of a text, and the ruby that it plainly has.
    pub(super) fn with_ruby_of(self, text: &str) -> Self {
        Wrapping { ruby: Ruby::of(text), ..self }
    }

    pub(super) fn ruby(self) -> Ruby {
        self.ruby
    }

    /// Whether the text has ruby in a notation of its own, whose readings are left out.
    pub fn has_ruby(self) -> bool {
        self.ruby != Ruby::None
    }

    /// Detects the wrapping of a text: its widest line has 40 to 100 columns, and of its open lines (no mark at their
    /// end, and neither a blank line, an indent nor a list item after them) nine in ten, and at least five, fill the page.
    pub fn of(text: &str) -> Self {
        // Most texts have a line that is too long, and early.
        if lines(text).any(|line| line.len() > MAX_BYTES) {
            return Wrapping::NONE;
        }
        let widest = lines(text).map(|line| width(&text[line])).max().unwrap_or_default();
        if !(MIN_COLUMNS..=MAX_COLUMNS).contains(&widest) {
            return Wrapping::NONE;
        }
        let wrapping = Wrapping::of_page(widest - 2);
        let (mut open, mut full) = (0, 0);
        for (line, next) in pairs(text) {
            if is_open(line, next) {
                open += 1;
                full += usize::from(wrapping.is_filled(line, next));
            }
        }
        if full >= MIN_FULL_LINES && 10 * full >= 9 * open { wrapping } else { Wrapping::NONE }
    }

    /// The wrapping of a text that is known to be wrapped: its page is three quarters of the ninth decile of its lines' widths.
    pub fn forced(text: &str) -> Self {
        let mut widths: Vec<usize> = lines(text).map(|line| width(&text[line])).filter(|w| *w > 0).collect();
        widths.sort_unstable();
        match widths.get(widths.len() * 9 / 10) {
            Some(wide) => Wrapping::of_page(wide * 3 / 4),
            None => Wrapping::NONE,
        }
    }

    /// Whether a line of a text is joined with the next.
    pub(super) fn joins_lines(self, text: &str, line: Span, next: Span) -> bool {
        if self.begins_within_line && line.start == 0 {
            return false;
        }
        self.joined.binary_search(&(self.start + line.end)).is_ok() || self.joins(&text[line], &text[next])
    }

    /// Whether a line is joined with the next, as the page is full.
    fn joins(self, line: &str, next: &str) -> bool {
        self.page.is_some() && is_open(line, next) && self.is_filled(line, next)
    }

    /// Whether the lines before and after a line end are joined, so that no sentence may be cut there.
    pub fn joins_at(self, text: &str, line_end: Span) -> bool {
        if self.is_none() {
            return false;
        }
        let is_known = self.joined.binary_search(&(self.start + line_end.start)).is_ok();
        if is_known && !self.begins_within_line {
            return true;
        }
        let before = &text[..line_end.start];
        let before = if text[line_end.clone()] == *"\n" {
            before.strip_suffix('\r').unwrap_or(before)
        } else {
            before
        };
        let line = before.rsplit(is_line_end).next().unwrap_or(before);
        if self.begins_within_line && line.len() == before.len() {
            return false;
        }
        if is_known {
            return true;
        }
        let behind = &text[line_end.end..];
        let behind = behind.split(is_line_end).next().unwrap_or(behind);
        self.joins(line, behind)
    }

    /// Whether a line has no room for the first character, or Latin word, of the next.
    fn is_filled(self, line: &str, next: &str) -> bool {
        let word = next.chars().take(MAX_WORD).take_while(char::is_ascii_alphanumeric).count();
        self.page.is_some_and(|page| width(line) + word.max(2) > page)
    }
}

/// Each line of a text with the next.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let spans: Vec<Span> = lines(text).collect();
    (1..spans.len()).map(move |at| (&text[spans[at - 1].clone()], &text[spans[at].clone()]))
}

/// Whether neither the end of a line nor the beginning of the next shows that a sentence ends between them.
pub(super) fn is_open(line: &str, next: &str) -> bool {
    let line = line.trim_end_matches(|c: char| c.is_whitespace() || is_invisible(c));
    let line = line.trim_end_matches(['」', '』', '）', ')', '】']);
    let is_ended = line.is_empty()
        || line.ends_with(is_end_mark)
        || line.ends_with(['：', ':', '…', '-', '=', '─', '―']);
    !(is_ended || begins_block(next))
}

/// Whether a line is blank, indented, a heading or a list item.
fn begins_block(line: &str) -> bool {
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
    use super::super::{line_ends_from, sentences, sentences_in};
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
                assert_eq!(cut(&text, Wrapping::forced(&text)), [&plain[..], &plain].concat(), "{width}");
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

    /// Lines of these widths in columns.
    fn lines_of(widths: impl IntoIterator<Item = usize>) -> String {
        widths.into_iter().map(|width| "あ".repeat(width / 2) + &"ｱ".repeat(width % 2) + "\n").collect()
    }

    #[test]
    fn a_page_has_forty_to_a_hundred_columns() {
        for (width, is_wrapped) in [
            (2, false),
            (39, false),
            (40, true),
            (41, true),
            (99, true),
            (100, true),
            (101, false),
            (200, false),
        ] {
            assert_eq!(!Wrapping::of(&lines_of([width; 12])).is_none(), is_wrapped, "{width}");
        }
    }

    #[test]
    fn nine_in_ten_open_lines_fill_the_page_and_five_at_least() {
        let is_wrapped = |full: usize, short: usize| {
            let widths = std::iter::repeat_n(20, short).chain(std::iter::repeat_n(50, full + 1));
            !Wrapping::of(&lines_of(widths)).is_none()
        };
        assert!(is_wrapped(5, 0) && !is_wrapped(4, 0));
        assert!(is_wrapped(9, 1) && !is_wrapped(8, 1));
        assert!(is_wrapped(18, 2) && !is_wrapped(17, 2));
    }

    #[test]
    fn a_line_fills_the_page_if_the_next_character_or_latin_word_does_not_fit() {
        let page = lines_of([50; 12]);
        let wrapping = Wrapping::of(&page);
        for (width, next, is_joined) in [
            (50, "あ", true),
            (47, "あ", true),
            (46, "あ", false),
            (44, "wordsあ", true),
            (43, "wordsあ", false),
            (46, "aあ", false),
        ] {
            assert_eq!(wrapping.joins(lines_of([width]).trim_end(), next), is_joined, "{width} {next}");
        }
        let forced = Wrapping::forced(&lines_of([40; 20]));
        for (width, is_joined) in [(40, true), (30, true), (29, true), (28, false)] {
            assert_eq!(forced.joins(lines_of([width]).trim_end(), "あ"), is_joined, "{width}");
        }
        // The widest tenth is not asked.
        let headed = Wrapping::forced(&lines_of(std::iter::once(90).chain([40; 19])));
        assert!(headed.joins(&"あ".repeat(16), "あ"));
        let mixed = Wrapping::forced(&lines_of(std::iter::repeat_n(30, 17).chain([80; 3])));
        assert!(mixed.joins(&"あ".repeat(30), "あ") && !mixed.joins(&"あ".repeat(29), "あ"));
        assert!(Wrapping::forced("\n\n").is_none());
    }

    #[test]
    fn a_line_is_not_joined_where_a_sentence_ends_or_a_block_begins() {
        let wrapping = Wrapping::forced("あ");
        assert!(wrapping.joins("犬", "猫"));
        for line in ["犬。", "犬！」", "犬？）", "犬：", "犬…", "犬―", "", "　"] {
            assert!(!wrapping.joins(line, "猫"), "{line}");
        }
        for next in [
            "",
            " 猫",
            "　猫",
            "・猫",
            "- 猫",
            "①猫",
            "Ⅰ猫",
            "1. 猫",
            "2) 猫",
            "(3) 猫",
            "（４）猫",
            "第5章",
            "３、猫",
            "1 猫",
        ] {
            assert!(!wrapping.joins("犬", next), "{next}");
        }
        for next in ["1匹の猫", "第三の猫", "、猫", "章の猫", "2020年", "(猫)", "「猫"] {
            assert!(wrapping.joins("犬", next), "{next}");
        }
    }

    #[test]
    fn lines_are_joined_at_the_line_ends_within_sentences() {
        for line_end in ["\n", "\r\n", "\r", "\u{85}", "\u{2028}"] {
            let prose = wrapped(PROSE, 25, line_end);
            let text = ["見出し", &prose, "", "・項目", &prose].join(line_end);
            let wrapping = Wrapping::forced(&text);
            let spans: Vec<Span> = sentences_in(&text, wrapping).map(|found| found.span).collect();
            let mut joined = 0;
            for end in line_ends_from(&text, 0) {
                let is_within = spans.iter().any(|span| span.contains(&end.start));
                joined += usize::from(is_within);
                // A mark may end a sentence at the end of a line, where none is joined.
                assert!(!Wrapping::NONE.joins_at(&text, end.clone()));
                assert_eq!(wrapping.joins_at(&text, end.clone()), is_within, "{end:?}");
            }
            assert!(joined >= 4, "{joined}");
        }
    }
}
