//! Texts: cutting and folding, and coding them with the default lexicon.

use std::cell::RefCell;

use hedgerow::analysis::{Coder, Setup};
use hedgerow::text::{WrapPolicy, count_lines, sentences};

use super::documents::check_sentences;
use super::input::head;

/// Any text, hard-wrapped or not.
pub fn sentences_of(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for policy in [WrapPolicy::Never, WrapPolicy::Auto, WrapPolicy::Always] {
        check_sentences(&text, policy);
    }
    // Nothing that can be seen stands between sentences.
    let mut end = 0;
    // The fillers of Hangul are letters that nobody sees.
    let fillers = ['\u{115f}', '\u{1160}', '\u{3164}', '\u{ffa0}'];
    let is_seen = |character: char| character.is_alphanumeric() && !fillers.contains(&character);
    let between = |gap: &str| assert!(!gap.contains(is_seen), "{gap:?} of {text:?}");
    for sentence in sentences(&text) {
        between(&text[end..sentence.span.start]);
        end = sentence.span.end;
    }
    between(&text[end..]);
}

/// The first byte says how lines are joined, the others are the text.
pub fn coding(bytes: &[u8]) {
    thread_local! {
        static CODER: RefCell<Coder> = RefCell::new(Coder::new(&Setup::new(&[]).expect("a lexicon")));
    }
    let (byte, bytes) = head(bytes);
    let text = String::from_utf8_lossy(bytes);
    let policy = [WrapPolicy::Never, WrapPolicy::Auto, WrapPolicy::Always][usize::from(byte % 3)];
    let passage = CODER.with_borrow_mut(|coder| coder.code(&text, policy.wrapping(&text)));
    let tally = &passage.tally;
    assert_eq!(passage.lines, count_lines(&text) as u64);
    assert!(tally.tokens <= tally.morphemes && tally.morphemes <= text.chars().count() as u64);
    let occurrences: u64 = tally.markers.values().map(|found| found.affirmed + found.negated).sum();
    assert_eq!(occurrences, passage.hits.len() as u64);
    let mut end = 0;
    for found in &passage.hits {
        assert!(found.sentence < tally.sentences && found.line < passage.lines);
        assert!(found.in_sentence.start <= found.node.start && found.node.end <= found.in_sentence.end);
        assert!(found.node.start >= end && found.node.end > found.node.start, "{text:?}");
        end = found.node.end;
        assert_eq!(text[..found.node.start].chars().count() as u64, found.start);
        assert_eq!(text[..found.node.end].chars().count() as u64, found.end);
    }
}
