//! The passages of a text, or of a stretch of one.

use crate::span::Span;
use crate::text::{PASSAGE_WINDOW, PassageEnd, Wrapping, passage_end};

/// A passage that is to be coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PassageSpan {
    pub span: Span,
    pub begins_within_line: bool,
    pub ends_within_line: bool,
    /// Whether it ends its document.
    pub is_last: bool,
}

/// Cuts a text into passages; an empty text is one. Of one that goes on, the end is left that further text may cut otherwise.
/// `wrapping` is that of the text from a byte on.
pub(super) fn passages<'a>(
    text: &str,
    is_whole: bool,
    mut begins_within_line: bool,
    wrapping: impl Fn(usize) -> Wrapping<'a>,
) -> Vec<PassageSpan> {
    let mut passages = Vec::new();
    let mut start = 0;
    while is_whole || text.len() - start >= PASSAGE_WINDOW {
        let wrapping = wrapping(start).within_line(begins_within_line);
        let PassageEnd { end, is_within_line } = passage_end(&text[start..], wrapping);
        let span = start..start + end;
        start = span.end;
        let is_last = is_whole && start == text.len();
        passages.push(PassageSpan { span, begins_within_line, ends_within_line: is_within_line, is_last });
        if is_last {
            break;
        }
        begins_within_line = is_within_line;
    }
    passages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_are_whole_lines_and_lose_nothing() {
        for line_end in ["\r\n", "\n", "\r", "\u{85}", "\u{2028}"] {
            let line = format!("効果が期待される。{line_end}");
            let text = line.repeat((200 << 10) / line.len()) + "終わり";
            let spans = passages(&text, true, false, |_| Wrapping::NONE);
            assert!(spans.len() > 2);
            let is_whole = |pair: &[PassageSpan]| {
                pair[0].span.end == pair[1].span.start && text[..pair[0].span.end].ends_with(line_end)
            };
            assert!(spans.windows(2).all(is_whole));
            assert!(spans.iter().all(|passage| !passage.begins_within_line && !passage.ends_within_line));
            assert_eq!((spans[0].span.start, spans[spans.len() - 1].span.end), (0, text.len()));
        }
        for text in ["", "一行\n"] {
            let passage = PassageSpan {
                span: 0..text.len(),
                begins_within_line: false,
                ends_within_line: false,
                is_last: true,
            };
            assert_eq!(passages(text, true, false, |_| Wrapping::NONE), [passage], "{text}");
        }
    }
}
