//! Coding adds up: over lines, over sentences, over tallies, in whatever order the lexicon stands.

use hedgerow::analysis::{Coder, Found, Passage, Setup};
use hedgerow::counts::{Occurrences, Tally};
use hedgerow::lexicon::Source;
use hedgerow::text::{Wrapping, sentences};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestRunner;

const FRAGMENTS: &[&str] = &[
    "効果が期待されます",
    "実現する可能性がある",
    "必ず",
    "証明されていない",
    "でしょうか",
    "非常に",
    "と言われている",
    "犬と猫",
    "「",
    "」",
    "（",
    "）",
    "。",
    "？",
    "、",
    " ",
    "\u{3000}",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "😀",
    "か\u{3099}",
    "A1",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(select(FRAGMENTS), 0..60).prop_map(|fragments| fragments.concat())
}

fn tally() -> impl Strategy<Value = Tally> {
    let count = || 0..1_000_000u64;
    let occurrences = (count(), count()).prop_map(|(affirmed, negated)| Occurrences { affirmed, negated });
    let markers = prop::collection::btree_map(0..20usize, occurrences, 0..10);
    let counts = prop::array::uniform8(count());
    (counts, markers).prop_map(|(counts, markers)| {
        let [characters, sentences, morphemes, tokens, hedged, assertive, mixed, other] = counts;
        Tally {
            characters,
            sentences,
            morphemes,
            tokens,
            sentences_hedged: hedged,
            sentences_assertive: assertive,
            sentences_mixed: mixed,
            sentences_other: other,
            markers,
        }
    })
}

/// The usual number of cases, without a file of failures: the message shows the case.
fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

fn sum(left: &Tally, right: &Tally) -> Tally {
    let mut sum = left.clone();
    sum.merge(right);
    sum
}

/// A hit of a passage as it stands in the whole, behind what `before` counts.
fn shifted(found: &Found, bytes: usize, before: &Passage) -> Found {
    Found {
        hit: found.hit,
        sentence: found.sentence + before.tally.sentences,
        line: found.line + before.lines,
        in_sentence: found.in_sentence.start + bytes..found.in_sentence.end + bytes,
        // Of its passage, as the whole text may have others.
        neighbours: Default::default(),
        node: found.node.start + bytes..found.node.end + bytes,
        start: found.start + before.tally.characters,
        end: found.end + before.tally.characters,
    }
}

#[test]
fn the_parts_of_a_text_cut_at_a_line_end_add_up_to_the_whole() {
    let setup = Setup::new(&[]).unwrap();
    let cut = (text(), any::<Index>());
    TestRunner::new(config())
        .run(&cut, |(text, cut)| {
            let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).chain([0]).collect();
            let cut = *cut.get(&ends);
            let mut coder = Coder::new(&setup);
            let [whole, first, second] =
                [&text[..], &text[..cut], &text[cut..]].map(|part| coder.code(part, Wrapping::NONE));
            prop_assert_eq!(&whole.tally, &sum(&first.tally, &second.tally));
            prop_assert_eq!(whole.lines, first.lines + second.lines);
            let second = second.hits.iter().map(|found| shifted(found, cut, &first));
            let alone = |found: &Found| Found { neighbours: Default::default(), ..found.clone() };
            let parts: Vec<Found> = first.hits.iter().map(alone).chain(second).collect();
            prop_assert_eq!(whole.hits.iter().map(alone).collect::<Vec<_>>(), parts);
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_sentences_of_a_text_coded_one_by_one_add_up_to_the_whole() {
    let setup = Setup::new(&[]).unwrap();
    TestRunner::new(config())
        .run(&text(), |text| {
            let mut coder = Coder::new(&setup);
            let whole = coder.code(&text, Wrapping::NONE);
            let mut parts = Tally::default();
            let mut hits = Vec::new();
            for sentence in sentences(&text) {
                let part = coder.code(&text[sentence.span], Wrapping::NONE);
                prop_assert_eq!(part.tally.sentences, 1);
                hits.extend(part.hits.iter().map(|found| found.hit));
                parts.merge(&part.tally);
            }
            // What stands between sentences has characters and nothing else.
            parts.characters = whole.tally.characters;
            prop_assert_eq!(&whole.tally, &parts);
            prop_assert_eq!(whole.hits.iter().map(|found| found.hit).collect::<Vec<_>>(), hits);
            Ok(())
        })
        .unwrap();
}

#[test]
fn every_figure_of_a_passage_can_be_counted_from_its_hits() {
    let setup = Setup::new(&[]).unwrap();
    TestRunner::new(config())
        .run(&text(), |text| {
            let Passage { tally, hits, last_sentence, .. } = Coder::new(&setup).code(&text, Wrapping::NONE);
            let spans: Vec<_> = sentences(&text).map(|sentence| sentence.span).collect();
            prop_assert_eq!(&last_sentence, spans.last().unwrap_or(&(0..0)));
            for found in &hits {
                let index = found.sentence as usize;
                let [before, behind] = [index.checked_sub(1), Some(index + 1)];
                let neighbour =
                    |at: Option<usize>| at.and_then(|at| spans.get(at)).cloned().unwrap_or_default();
                prop_assert_eq!(&found.neighbours, &[neighbour(before), neighbour(behind)]);
            }
            let characters: Vec<char> = text.chars().collect();
            prop_assert_eq!(tally.characters, characters.len() as u64);
            let mut markers = std::collections::BTreeMap::<usize, Occurrences>::new();
            for found in &hits {
                let node: String = characters[found.start as usize..found.end as usize].iter().collect();
                prop_assert_eq!(&text[found.node.clone()], node);
                let occurrences = markers.entry(found.hit.entry).or_default();
                match found.hit.negated {
                    true => occurrences.negated += 1,
                    false => occurrences.affirmed += 1,
                }
            }
            prop_assert_eq!(tally.markers, markers);
            Ok(())
        })
        .unwrap();
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn merging_does_not_depend_on_brackets(a in tally(), b in tally(), c in tally()) {
        prop_assert_eq!(sum(&sum(&a, &b), &c), sum(&a, &sum(&b, &c)));
    }

    #[test]
    fn merging_does_not_depend_on_the_order(a in tally(), b in tally()) {
        prop_assert_eq!(sum(&a, &b), sum(&b, &a));
    }

    #[test]
    fn merging_with_no_text_changes_nothing(a in tally()) {
        prop_assert_eq!(sum(&a, &Tally::default()), a.clone());
        prop_assert_eq!(sum(&Tally::default(), &a), a);
    }
}

/// Entries that get in each other's way: of one span, of one beginning, with conditions and without.
const ENTRIES: &[(&str, &str)] = &[
    ("a", r#"pattern = '"犬"'"#),
    ("b", r#"pattern = '"犬"'"#),
    ("c", r#"pattern = '"犬" "と"'"#),
    (
        "d",
        r#"pattern = '"犬" "と"'
before = '<s>'"#,
    ),
    (
        "e",
        r#"pattern = '"犬" []'
after = '"猫"'"#,
    ),
    ("f", r#"pattern = '"と" "猫"+'"#),
    (
        "g",
        r#"pattern = '[pos="名詞.*"]+'
not_after = '"犬"'"#,
    ),
    ("h", r#"pattern = '"猫"'"#),
];

fn lexicon(order: &[usize]) -> String {
    let mut text = String::from("category = \"animals\"\nstance = \"hedge\"\n");
    for entry in order {
        let (id, fields) = ENTRIES[*entry];
        text += &format!("[[entry]]\nid = \"{id}\"\nexamples = [\"犬\"]\n{fields}\n");
    }
    text
}

#[test]
fn the_order_of_entries_and_of_files_changes_no_result() {
    let source = |order: &[usize]| Source { name: "animals.toml".into(), text: lexicon(order) };
    let in_order: Vec<usize> = (0..ENTRIES.len()).collect();
    let first = Setup::new(&[source(&in_order)]).unwrap();
    let words = prop::collection::vec(select(vec!["犬", "猫", "と", "必ず", "。"]), 1..40);
    let text = words.prop_map(|words| words.concat());
    let order = Just(in_order).prop_shuffle();
    let config = ProptestConfig { cases: 48, ..config() };
    TestRunner::new(config)
        .run(&(text, order, 1..ENTRIES.len()), |(text, order, cut)| {
            let expected = Coder::new(&first).code(&text, Wrapping::NONE);
            let own = [source(&order[..cut]), source(&order[cut..])];
            let files = Setup::new(&own).unwrap();
            prop_assert_eq!(&Coder::new(&files).code(&text, Wrapping::NONE), &expected);
            let file = Setup::new(&[source(&order)]).unwrap();
            prop_assert_eq!(&Coder::new(&file).code(&text, Wrapping::NONE), &expected);
            Ok(())
        })
        .unwrap();
}
