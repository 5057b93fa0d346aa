//! The lists made again from sentences cut one by one, without passages, ids or temporary files.

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use hedgerow::analysis::{
    Frequencies, FrequencyOptions, Keyness, KeynessOrder, SearchOptions, SortPosition, Unit, frequencies,
    search,
};
use hedgerow::statistics::{Frequency, dp, g2_two_cell, juilland_d, log_ratio};
use hedgerow::tables::{KeynessRow, SearchLine};
use hedgerow::text::{Wrapping, folded, sentences_in};
use hedgerow::{Corpus, CountOptions, Counter, ReadOptions};
use proptest::prelude::*;

static COUNTER: LazyLock<Counter> = LazyLock::new(|| Counter::builder().build_query(None).unwrap());

/// A word of a sentence: its form, lemma and part of speech; none for a mark, which no n-gram crosses.
type Token = Option<[String; 3]>;

/// The words of each sentence.
fn sentences(text: &str) -> Vec<Vec<Token>> {
    let analyser = &COUNTER.setup().analyser;
    let mut tokeniser = analyser.tokeniser();
    let mut all = Vec::new();
    for sentence in sentences_in(text, Wrapping::NONE) {
        let sentence = folded(&text[sentence.span]);
        let mut morphemes = Vec::new();
        tokeniser.tokenise(&sentence, &mut morphemes);
        let words = morphemes.iter().filter_map(|morpheme| {
            let surface = morpheme.surface(&sentence);
            let features = analyser.features(morpheme.word, surface);
            match features.pos.starts_with("記号") {
                true => (!surface.trim().is_empty()).then_some(None),
                false => Some(Some([surface, features.lemma, &features.pos].map(str::to_owned))),
            }
        });
        all.push(words.collect());
    }
    all
}

/// What is written of a word.
fn written([form, lemma, pos]: &[String; 3], unit: Unit) -> String {
    match unit {
        Unit::Word => form.clone(),
        Unit::Lemma => lemma.clone(),
        Unit::LemmaAndPos => format!("{lemma}\t{pos}"),
    }
}

/// How often each item occurs in each text, and the tokens of each.
fn counts(texts: &[String], unit: Unit, length: usize) -> (BTreeMap<String, Vec<u64>>, Vec<u64>) {
    let (mut counts, mut sizes) = (BTreeMap::new(), Vec::new());
    for (index, text) in texts.iter().enumerate() {
        let sentences = sentences(text);
        sizes.push(sentences.iter().flatten().flatten().count() as u64);
        for ngram in sentences.iter().flat_map(|sentence| sentence.windows(length)) {
            let Some(words) = ngram.iter().cloned().collect::<Option<Vec<_>>>() else { continue };
            let item = words.iter().map(|word| written(word, unit)).collect::<Vec<_>>().join(" ");
            counts.entry(item).or_insert_with(|| vec![0; texts.len()])[index] += 1;
        }
    }
    (counts, sizes)
}

/// Writes texts, with a variable that is `a` or `b`, and lists them.
fn listed(texts: &[String], options: &FrequencyOptions) -> Frequencies {
    let folder = corpus_of(texts);
    let corpus = Corpus::open(&[folder.path().to_owned()], &ReadOptions::default()).unwrap();
    frequencies(&COUNTER, corpus, options, None, &|_| ()).unwrap()
}

fn corpus_of(texts: &[String]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut variables = "document,half\n".to_owned();
    for (index, text) in texts.iter().enumerate() {
        fs::write(folder.path().join(format!("{index:02}.txt")), text).unwrap();
        variables += &format!("{index:02}.txt,{}\n", group(index));
    }
    fs::write(folder.path().join("variables.csv"), variables).unwrap();
    folder
}

fn group(index: usize) -> &'static str {
    ["a", "b"][index % 2]
}

fn options(unit: Unit, length: usize, keyness: Option<Keyness>) -> FrequencyOptions {
    FrequencyOptions { corpus: CountOptions::default(), unit, length, least: 1, most: None, keyness }
}

/// Texts of words, marks, blanks and line ends.
fn texts() -> impl Strategy<Value = Vec<String>> {
    const WORDS: [&str; 15] = [
        "期待",
        "される",
        "犬が",
        "猫も",
        "走った",
        "。",
        "、",
        "\n",
        " ",
        "ＡＩ",
        "ｶﾅ",
        "謎語",
        "(",
        "」",
        "a",
    ];
    let text = proptest::collection::vec(proptest::sample::select(&WORDS[..]), 0..60);
    proptest::collection::vec(text.prop_map(|words| format!("犬。{}", words.concat())), 2..6)
}

fn near(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() < 1e-9 * (1.0 + other.abs()),
        (one, other) => one == other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn frequencies_are_those_of_a_naive_count(texts in texts(), length in 1_usize..4, unit in 0_usize..3) {
        let unit = [Unit::LemmaAndPos, Unit::Lemma, Unit::Word][if length > 1 { unit % 2 + 1 } else { unit }];
        let (counts, sizes) = counts(&texts, unit, length);
        let found = listed(&texts, &options(unit, length, None));
        prop_assert_eq!(found.tokens, sizes.iter().sum::<u64>());
        let mut expected: Vec<(u64, String)> =
            counts.iter().map(|(item, counts)| (counts.iter().sum(), item.clone())).collect();
        expected.sort_by(|one, other| (other.0, &one.1).cmp(&(one.0, &other.1)));
        let item = |item: &str, pos: &str| match unit {
            Unit::LemmaAndPos => format!("{item}\t{pos}"),
            _ => item.to_owned(),
        };
        let rows: Vec<_> = found.rows.iter().map(|row| (row.count, item(&row.item, &row.pos))).collect();
        prop_assert_eq!(&rows, &expected);
        for row in &found.rows {
            let counts = &counts[&item(&row.item, &row.pos)];
            prop_assert_eq!(row.range, counts.iter().filter(|count| **count > 0).count() as u64);
            let parts = counts.iter().zip(&sizes).map(|(count, size)| Frequency { count: *count, size: *size });
            let parts: Vec<Frequency> = parts.filter(|part| part.size > 0).collect();
            prop_assert!(near(row.dispersion[0], dp(&parts)) && near(row.dispersion[2], juilland_d(&parts)));
        }
    }

    #[test]
    fn keywords_are_those_of_a_naive_count(texts in texts(), is_by_ratio in any::<bool>()) {
        let (counts, sizes) = counts(&texts, Unit::Word, 1);
        let order = if is_by_ratio { KeynessOrder::LogRatio } else { KeynessOrder::LogLikelihood };
        let keyness = Keyness { by: "half".into(), groups: Some(["b".into(), "a".into()]), order };
        let found = listed(&texts, &options(Unit::Word, 1, Some(keyness)));
        let of = |counts: &[u64], name: &str| -> u64 {
            counts.iter().enumerate().filter(|(index, _)| group(*index) == name).map(|(_, count)| count).sum()
        };
        let figures = |item: &str| {
            let [first, second] = ["b", "a"].map(|name| {
                Frequency { count: of(&counts[item], name), size: of(&sizes, name) }
            });
            (first.count, second.count, g2_two_cell(first, second), log_ratio(first, second))
        };
        prop_assert_eq!(found.keyness.len(), counts.len());
        for row in &found.keyness {
            let own = (row.counts[0], row.counts[1], row.log_likelihood, row.log_ratio[0]);
            prop_assert_eq!(own, figures(&row.item));
        }
        let rank = |row: &KeynessRow| if is_by_ratio { row.log_ratio[0] } else { row.log_likelihood };
        let is_sorted = |pair: &[KeynessRow]| {
            (rank(&pair[1]), &pair[0].item) <= (rank(&pair[0]), &pair[1].item) || rank(&pair[1]) < rank(&pair[0])
        };
        prop_assert!(found.keyness.windows(2).all(is_sorted));
    }

    #[test]
    fn lines_are_sorted_as_a_naive_sort_does(texts in texts(), sorted_by in 0_usize..3) {
        let sort = [
            vec![SortPosition::Right(1), SortPosition::Right(2), SortPosition::Left(1)],
            vec![SortPosition::Left(2), SortPosition::Node],
            vec![SortPosition::Node, SortPosition::Left(1)],
        ];
        let sort = sort[sorted_by].clone();
        let counter = Counter::builder().build_query(Some(r#"[pos="名詞.*"]+ | [lemma="れる|走る"]"#)).unwrap();
        let folder = corpus_of(&texts);
        let lines = |sort: Vec<SortPosition>| {
            let corpus = Corpus::open(&[folder.path().to_owned()], &ReadOptions::default()).unwrap();
            let options = SearchOptions { sort, context: 10_000, ..SearchOptions::default() };
            search(&counter, corpus, &options, None, &|_| ()).unwrap().lines
        };
        let mut expected = lines(Vec::new());
        let key = |line: &SearchLine| -> Vec<String> {
            // Of what is searched for here, nothing is cut otherwise where its sides stand alone, but for what is beside it.
            let sentence = folded(&[&*line.left, &line.node, &line.right].concat());
            let (left, node) = (folded(&line.left).len(), folded(&line.node).len());
            let mut morphemes = Vec::new();
            COUNTER.setup().analyser.tokeniser().tokenise(&sentence, &mut morphemes);
            let words = |is_in: &dyn Fn(usize, usize) -> bool| -> Vec<String> {
                let own = morphemes.iter().filter(|m| is_in(m.start as usize, m.end as usize));
                own.map(|m| m.surface(&sentence).to_owned()).filter(|word| !word.trim().is_empty()).collect()
            };
            let before = words(&|_, end| end <= left);
            let behind = words(&|start, _| start >= left + node);
            let at = |words: &[String], index: usize| words.get(index).cloned().unwrap_or_default();
            let reversed: Vec<String> = before.into_iter().rev().collect();
            sort.iter()
                .map(|position| match position {
                    SortPosition::Left(number) => at(&reversed, number - 1),
                    SortPosition::Right(number) => at(&behind, number - 1),
                    SortPosition::Node => folded(&line.node),
                })
                .collect()
        };
        expected.sort_by_key(key);
        prop_assert_eq!(lines(sort.clone()), expected);
    }
}

#[test]
fn hostile_texts_are_listed() {
    let long = "犬が走る".repeat(260_000);
    let texts = ["。".to_owned(), "犬".into(), long, "\u{202e}\u{7}、".into()];
    let found = listed(&texts, &options(Unit::Word, 1, None));
    assert_eq!((found.documents, found.rows[0].count), (4, 260_001));
    let found = listed(&texts, &options(Unit::Word, 5, None));
    assert!(found.items >= 3, "{}", found.items);
    let keyness = |by: &str, groups| Keyness { by: by.into(), groups, order: KeynessOrder::default() };
    let refused = |keyness| {
        let folder = corpus_of(&texts[..2]);
        let corpus = Corpus::open(&[folder.path().to_owned()], &ReadOptions::default()).unwrap();
        frequencies(&COUNTER, corpus, &options(Unit::Word, 1, Some(keyness)), None, &|_| ())
            .unwrap_err()
            .to_string()
    };
    assert!(refused(keyness("halb", None)).contains("half"));
    assert!(refused(keyness("half", Some(["a".into(), "c".into()]))).contains("no document has the value c"));
    assert!(refused(keyness("half", Some(["a".into(), "a".into()]))).contains("one value"));
}

#[test]
fn a_query_and_an_entry_with_its_pattern_find_the_same() {
    let pattern = r#""犬" [lemma="が|も"]? [lemma="走る|いる"]"#;
    let lexicon = format!(
        "category = \"x\"\nstance = \"hedge\"\n[[entry]]\nid = \"x\"\npattern = '{pattern}'\nexamples = [\"犬が走る\"]\n"
    );
    let own = Counter::builder().lexicon("x.toml", lexicon).build().unwrap();
    let query = Counter::builder().build_query(Some(pattern)).unwrap();
    let text = "犬が走った。犬、犬もいません。猫がいる犬が犬走る";
    let spans = |counter: &Counter, id: Option<&str>| -> Vec<_> {
        let all = counter.find(text).into_iter();
        all.filter(|marker| id.is_none_or(|id| &*marker.id == id)).map(|marker| marker.bytes).collect()
    };
    let found = spans(&query, None);
    assert_eq!((found.len(), &found), (3, &spans(&own, Some("x"))));
}
