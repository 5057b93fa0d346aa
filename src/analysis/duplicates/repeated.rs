//! Sentences that stand in many documents: footers, disclaimers and the like.

use rustc_hash::FxHashMap;

use super::Sketch;

/// A sentence is repeated that stands in more than this share of the documents.
pub const SHARE: f64 = 0.1;

/// The least number of documents.
const LEAST: u32 = 3;

/// How many sentences are counted at a time. Those that stand in few documents make room for others.
const MOST: usize = 1 << 17;

/// How many are given, the most frequent.
const MOST_GIVEN: usize = 1000;

/// A sentence that stands in many documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepeatedSentence {
    /// The sentence, where it was found.
    pub sentence: String,
    /// In how many documents it stands; in a corpus of very many different sentences, a few may be missed.
    pub documents: u64,
}

/// The sentences of the documents so far, counted once a document.
#[derive(Debug, Default)]
pub struct RepeatedSentences {
    counted: FxHashMap<u64, Counted>,
    pub documents: u64,
}

#[derive(Debug)]
struct Counted {
    documents: u32,
    /// Its text, once it stands in so many documents that it may be given.
    text: Box<str>,
}

impl RepeatedSentences {
    /// Counts the sentences of a document; `text` is its text, unless the sketch quotes them.
    pub fn add(&mut self, text: &str, sketch: &Sketch) {
        self.documents += 1;
        for (hash, span) in &sketch.sentences {
            let counted =
                self.counted.entry(*hash).or_insert_with(|| Counted { documents: 0, text: "".into() });
            counted.documents += 1;
            if counted.documents == LEAST {
                counted.text = sketch.sentence(text, span).into();
            }
        }
        let mut least = 1;
        while self.counted.len() > MOST {
            self.counted.retain(|_, counted| counted.documents > least);
            least += 1;
        }
    }

    /// Those that are repeated, the most frequent first.
    pub fn finish(self) -> Vec<RepeatedSentence> {
        let most = (SHARE * self.documents as f64) as u64;
        let repeated = self.counted.into_values().filter_map(|Counted { documents, text }| {
            let is_repeated = documents >= LEAST && u64::from(documents) > most;
            is_repeated.then(|| RepeatedSentence { sentence: text.into(), documents: documents.into() })
        });
        let mut repeated: Vec<_> = repeated.collect();
        repeated.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.sentence.cmp(&b.sentence)));
        repeated.truncate(MOST_GIVEN);
        repeated
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Wrapping;

    #[test]
    fn what_stands_in_more_than_a_tenth_of_the_documents_is_given() {
        let mut sentences = RepeatedSentences::default();
        for document in 0..40 {
            let own = format!("この文書の番号は{document}番目である。");
            let footer = if document % 2 == 0 { "お問い合わせはこちらまで。" } else { "" };
            let rare = if document % 10 == 0 { "免責事項を必ずお読みください。" } else { "" };
            let text = format!("{own}{rare}\n{footer}{footer}");
            sentences.add(&text, &Sketch::of(&text, Wrapping::NONE));
        }
        let footer =
            RepeatedSentence { sentence: "お問い合わせはこちらまで。".into(), documents: 20 };
        assert_eq!(sentences.finish(), [footer]);
    }

    #[test]
    fn very_many_sentences_are_counted_within_the_memory() {
        let mut sentences = RepeatedSentences::default();
        for document in 0..300_u64 {
            let mut sketch = Sketch::of("お問い合わせはこちらまで。", Wrapping::NONE);
            sketch.sentences.extend((0..1000).map(|number| (document << 32 | number, 0..3)));
            sentences.add("お問い合わせはこちらまで。", &sketch);
            assert!(sentences.counted.len() <= MOST);
        }
        assert_eq!(
            sentences.finish(),
            [RepeatedSentence { sentence: "お問い合わせはこちらまで。".into(), documents: 300 }]
        );
    }
}
