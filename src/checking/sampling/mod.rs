//! Drawing a sample of a run: hits by category, and sentences without a hit.

mod allocation;
mod draws;
mod error;
mod groups;
mod sharing;

use std::collections::BTreeMap;
use std::path::Path;

use self::draws::Draws;
pub use self::error::SampleError;
use self::groups::{Groups, stratum};
use self::sharing::share;
use super::{Coding, Item, ItemKind, Marked};
use crate::analysis::{CountOptions, Progress, SentenceWithoutHit, each_sentence_without_hit};
use crate::corpus::Corpus;
use crate::counter::Counter;
use crate::tables::{ReadBackError, RowReader, RunRecord, RunTables, sheet_header};
use crate::text::first_characters;

/// What the strata of sentences are called.
const SENTENCES: &str = "sentences";

/// How much of a sentence a sheet has at most, in characters: a cell of a workbook holds three times as much.
const LONGEST: usize = 10_000;

/// What is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SampleOptions {
    /// How many hits.
    pub hits: u64,
    /// How many sentences without a hit.
    pub sentences: u64,
    /// The variable by whose values is stratified, too; several with commas are crossed.
    pub by: Option<String>,
    /// The seed of what is left to chance.
    pub seed: u64,
}

/// The texts of a run, which are asked for sentences without a hit.
pub struct Texts<'a> {
    /// What they are coded with: what the run was coded with.
    pub counter: &'a Counter,
    /// The documents.
    pub corpus: Corpus,
    /// How they are read.
    pub options: CountOptions,
}

/// What was drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The items, by kind and stratum.
    pub items: Vec<Item>,
    /// Hits in the run, and how many of them were drawn.
    pub hits: [u64; 2],
    /// Sentences without a hit, and how many of them were drawn.
    pub sentences: [u64; 2],
    seed: u64,
}

impl Sample {
    /// The sheets of so many coders: `overlap` items are in all of them, each of the others in one.
    pub fn sheets(self, coders: usize, overlap: u64) -> Vec<Vec<Item>> {
        share(self.items, self.seed, coders, overlap)
    }
}

/// Draws a sample of the run in a folder. Memory is that of what is drawn, and with a variable of the list of documents.
///
/// # Errors
/// A table that can't be read or is not as it was written, texts that can't be read or are not those of the run, a variable
/// that is not there, or nothing to draw.
pub fn draw(
    folder: &Path,
    record: &RunRecord,
    options: &SampleOptions,
    texts: Option<Texts>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Sample, SampleError> {
    if record.options.without_text {
        return Err(SampleError::WithoutText(folder.into()));
    }
    let by = options.by.as_deref();
    if let Some(by) = by.filter(|by| sheet_header(None).iter().any(|own| own == by)) {
        return Err(SampleError::OwnColumn(by.into()));
    }
    let tables = RunTables::new(folder, &record.tables);
    let groups = Groups::read(tables, by)?;
    let (hits, sentences) = sizes(tables, &groups)?;
    let mut hits = Draws::new(options.seed, ItemKind::Hit.name(), options.hits, hits);
    let mut sentences = Draws::new(options.seed, ItemKind::Sentence.name(), options.sentences, sentences);
    let numbers = [hits.numbers(), sentences.numbers()];
    if numbers.iter().all(|[_, drawn]| *drawn == 0) {
        return Err(SampleError::Nothing(folder.into()));
    }
    meet_hits(tables, |item| {
        let value = groups.value(&item.document);
        let category = item.coding.as_ref().map_or("", |coding| &coding.marked.category);
        let id = item.id();
        hits.meet(&stratum(category, value), &id, |stratum| Item {
            stratum,
            value: by.map(|_| value.into()),
            ..item.clone()
        });
    })?;
    let changed = || SampleError::OtherTexts(folder.into());
    let mut items = hits.finish().ok_or_else(changed)?;
    if let (Some(texts), true) = (texts, options.sentences > 0) {
        let meet = |sentence: SentenceWithoutHit| {
            let SentenceWithoutHit { document, start, end, .. } = sentence;
            let value = groups.value(document);
            let id = format!("{document}#{start}-{end}");
            sentences.meet(&stratum(SENTENCES, value), &id, |stratum| Item {
                stratum,
                value: by.map(|_| value.into()),
                ..item_of(sentence)
            });
        };
        each_sentence_without_hit(texts.counter, texts.corpus, &texts.options, progress, meet)?;
        items.extend(sentences.finish().ok_or_else(changed)?);
    }
    let [hits, sentences] = numbers;
    Ok(Sample { items, hits, sentences, seed: options.seed })
}

/// How many hits or sentences the strata have, by name.
type Sizes = BTreeMap<String, u64>;

/// How many hits and sentences without a hit each stratum has.
fn sizes(tables: RunTables, groups: &Groups) -> Result<(Sizes, Sizes), ReadBackError> {
    let mut rows = tables.open("concordance")?;
    let [document, sentence, category] = rows.columns(["document", "sentence", "category"])?;
    let mut hits = Sizes::new();
    let mut sentences: Sizes =
        groups.sentences().map(|(value, sentences)| (stratum(SENTENCES, value), sentences)).collect();
    let mut last = (String::new(), 0);
    while rows.next_row()? {
        let value = groups.value(rows.text(document));
        let size = hits.entry(stratum(rows.text(category), value)).or_default();
        *size = size.saturating_add(1);
        let number = rows.count(sentence)?;
        if last.1 != number || last.0 != rows.text(document) {
            last = (rows.text(document).into(), number);
            if let Some(size) = sentences.get_mut(&stratum(SENTENCES, value)) {
                *size = size.saturating_sub(1);
            }
        }
    }
    Ok((hits, sentences))
}

/// How many hits a run has, and how many sentences without one.
///
/// # Errors
/// A table that can't be read.
pub(super) fn totals(tables: RunTables) -> Result<[u64; 2], ReadBackError> {
    let (hits, sentences) = sizes(tables, &Groups::read(tables, None)?)?;
    Ok([hits, sentences].map(|sizes| sizes.into_values().fold(0, u64::saturating_add)))
}

/// The columns of the concordance that a sheet asks for.
struct Places {
    document: usize,
    /// line, sentence, start, end
    numbers: [usize; 4],
    /// previous, left, node, right, next
    texts: [usize; 5],
    /// marker, category, category_ja
    names: [usize; 3],
    stance: usize,
    negated: usize,
}

impl Places {
    fn of(rows: &RowReader) -> Result<Self, ReadBackError> {
        let [document, stance, negated] = rows.columns(["document", "stance", "negated"])?;
        Ok(Places {
            document,
            numbers: rows.columns(["line", "sentence", "start", "end"])?,
            texts: rows.columns(["previous", "left", "node", "right", "next"])?,
            names: rows.columns(["marker", "category", "category_ja"])?,
            stance,
            negated,
        })
    }

    fn item(&self, rows: &RowReader) -> Result<Item, ReadBackError> {
        let [line, sentence, start, end] = rows.counts(self.numbers)?;
        let [before, left, node, right, after] = self.texts.map(|column| rows.text(column).to_owned());
        let [marker, category, term] = self.names.map(|column| rows.text(column).to_owned());
        let negated = rows.flag(self.negated)?;
        let marked = Marked { category, negated };
        Ok(Item {
            kind: ItemKind::Hit,
            document: rows.text(self.document).into(),
            line,
            sentence,
            start,
            end,
            before,
            left,
            node,
            right,
            after,
            coding: Some(Coding { marker, stance: rows.stance(self.stance)?, marked, term }),
            ..Item::default()
        })
    }
}

/// Reads the hits of a run, each with how many there are in its sentence.
fn meet_hits(tables: RunTables, mut meet: impl FnMut(&Item)) -> Result<(), ReadBackError> {
    let mut rows = tables.open("concordance")?;
    let places = Places::of(&rows)?;
    let mut of_sentence: Vec<Item> = Vec::new();
    let mut meet_all = |items: &mut Vec<Item>| {
        let number = items.len() as u64;
        for mut item in items.drain(..) {
            item.hits_in_sentence = number;
            meet(&item);
        }
    };
    while rows.next_row()? {
        let item = places.item(&rows)?;
        let is_same = |other: &Item| other.sentence == item.sentence && other.document == item.document;
        if !of_sentence.last().is_some_and(is_same) {
            meet_all(&mut of_sentence);
        }
        of_sentence.push(item);
    }
    meet_all(&mut of_sentence);
    Ok(())
}

fn item_of(sentence: SentenceWithoutHit) -> Item {
    let SentenceWithoutHit { document, line, sentence, start, end, before, text, after } = sentence;
    Item {
        kind: ItemKind::Sentence,
        document: document.into(),
        line,
        sentence,
        start,
        end,
        before: before.into(),
        left: first_characters(text, LONGEST).into(),
        after: after.into(),
        ..Item::default()
    }
}
