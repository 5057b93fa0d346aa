//! What is true of any corpus: documents at random, in every format and encoding.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS};
use hedgerow::counts::{Occurrences, Tally};
use hedgerow::{Corpus, CountOptions, Counter, Counts, Document, ReadOptions, count};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use rayon::ThreadPoolBuilder;

use crate::books::book;
use crate::compressed::{gzipped, zstandard};
use crate::place::Place;
use crate::spreadsheets::{xlsx, zipped};
use crate::tables::{Row, Tables, number};

static COUNTER: LazyLock<Counter> = LazyLock::new(|| Counter::new().unwrap());

/// Markers, what stands around them, what is folded, and what ends lines and sentences.
const FRAGMENTS: &[&str] = &[
    "効果が期待される",
    "可能性がある",
    "必ず",
    "証明されていない",
    "でしょうか",
    "と言われている",
    "かもしれません",
    "ﾃﾞｼｮｳ",
    "ＡＩ",
    "カ\u{3099}ン",
    "葛\u{e0100}",
    "犬と猫",
    "「",
    "」",
    "。",
    "。",
    "？",
    "、",
    " ",
    "\u{3000}",
    "\n",
    "\r\n",
    "\n\n",
    "😀",
    "〜",
    "=",
    "\"",
    "'",
];

/// How a text can be written to a file.
const FORMS: [&str; 20] = [
    ".utf8.txt",
    ".bom.txt",
    ".utf16le.txt",
    ".utf16be.txt",
    ".sjis.txt",
    ".euc.txt",
    ".iso2022.txt",
    ".md",
    ".html",
    ".sjis.html",
    ".csv",
    ".tsv",
    ".jsonl",
    ".xlsx",
    ".docx",
    ".epub",
    ".xml",
    ".srt",
    ".txt.gz",
    ".txt.zst",
];

/// A file of a text.
fn file(form: &str, text: &str) -> Vec<u8> {
    // What an encoding can't write is left out, so that other formats have it.
    let encoded = |encoding: &'static Encoding, text: &str| {
        let text: String = text.chars().filter(|c| !encoding.encode(c.encode_utf8(&mut [0; 4])).2).collect();
        encoding.encode(&text).0.into_owned()
    };
    let utf16 = || [0xfeff].into_iter().chain(text.encode_utf16());
    let line = || text.replace(['\r', '\n'], " ");
    let body = |tag: &str| text.lines().map(|line| format!("<{tag}>{line}</{tag}>")).collect::<String>();
    let page =
        |head: &str| format!("<html><head>{head}<title>x</title></head><body>{}</body></html>", body("p"));
    match form {
        ".bom.txt" => format!("\u{feff}{text}").into(),
        ".utf16le.txt" => utf16().flat_map(u16::to_le_bytes).collect(),
        ".utf16be.txt" => utf16().flat_map(u16::to_be_bytes).collect(),
        ".sjis.txt" => encoded(SHIFT_JIS, text),
        ".euc.txt" => encoded(EUC_JP, text),
        ".iso2022.txt" => encoded(ISO_2022_JP, text),
        ".html" => page("").into(),
        ".sjis.html" => encoded(SHIFT_JIS, &page("<meta charset=shift_jis>")),
        ".csv" => format!("text,n\n\"{0}\",1\n\"犬。\",2\n", text.replace('"', "\"\"")).into(),
        ".tsv" => format!("text\tn\n\"{0}\"\t1\n", text.replace('"', "\"\"")).into(),
        ".jsonl" => format!("{}\n{{\"text\":\"犬。\"}}\n", serde_json::json!({ "text": text })).into(),
        ".xlsx" => xlsx(&[&["\"text\""], &[&format!("\"{}\"", line().replace('"', "”"))], &["\"犬。\""]]),
        ".docx" => {
            let paragraphs = text.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"));
            let paragraphs: String = paragraphs.collect();
            let document = format!("<w:document xmlns:w=\"w\"><w:body>{paragraphs}</w:body></w:document>");
            zipped(&[("word/document.xml", document.as_bytes())])
        }
        ".epub" => book(&[("a.xhtml", &page("")), ("b.xhtml", "<html><body><p>犬。</p></body></html>")], ""),
        ".xml" => format!("<TEI><text><body>{}</body></text></TEI>", body("p")).into(),
        ".srt" => format!("1\n00:00:01,000 --> 00:00:02,000\n{}\n", line()).into(),
        ".txt.gz" => gzipped(text.as_bytes()),
        ".txt.zst" => zstandard(text.as_bytes()),
        _ => text.into(),
    }
}

/// Files by name; their texts are long enough that their encoding is plain.
fn files() -> impl Strategy<Value = BTreeMap<String, Vec<u8>>> {
    let text = prop::collection::vec(select(FRAGMENTS), 0..25).prop_map(|fragments| fragments.concat());
    let text = text.prop_map(|text| format!("この文章では効果について述べます。{text}"));
    let files = prop::collection::vec((select(&FORMS[..]), text), 2..7);
    files.prop_map(|files| {
        let named = |(at, (form, text)): (usize, (&str, String))| (format!("{at}{form}"), file(form, &text));
        files.into_iter().enumerate().map(named).collect()
    })
}

/// Counts some paths on so many threads.
fn counted(paths: &[PathBuf], out: &Path, threads: usize) -> (Tables, Tally) {
    let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let summary = pool.install(|| {
        let corpus = Corpus::open(paths, &ReadOptions::default()).unwrap();
        count(&COUNTER, corpus, CountOptions::default(), out, &|_| ()).unwrap()
    });
    (Tables::read(out), summary.tally)
}

/// The texts of the documents of a file, by name.
fn texts(name: &str, bytes: &[u8]) -> Vec<(String, String)> {
    let documents = Document::from_bytes(name, bytes.to_vec(), &ReadOptions::default()).unwrap();
    documents.into_iter().map(|document| (document.name, document.text)).collect()
}

fn check(files: &BTreeMap<String, Vec<u8>>, order: &[usize]) -> Result<usize, TestCaseError> {
    let place = Place::with::<&str>(&[]);
    files.iter().for_each(|(name, bytes)| place.write(&format!("texts/{name}"), bytes));
    let (tables, tally) = counted(&[place.path("texts")], &place.path("out"), 1);
    let texts: BTreeMap<String, String> = files.iter().flat_map(|(name, bytes)| texts(name, bytes)).collect();

    // On more threads, and with the files one by one in another order, every byte is the same.
    let paths: Vec<PathBuf> = files.keys().map(|name| place.path("texts").join(name)).collect();
    let shuffled: Vec<PathBuf> = order.iter().filter_map(|at| paths.get(*at).cloned()).collect();
    let (again, _) = counted(&shuffled, &place.path("shuffled"), 3);
    prop_assert_eq!(tables.bytes(), again.bytes());

    // Counts are rows of the concordance.
    for row in &tables.documents.rows {
        for (column, stance, negated) in [
            ("hedge", "hedge", "false"),
            ("assertive", "assertive", "false"),
            ("hedge_negated", "hedge", "true"),
            ("assertive_negated", "assertive", "true"),
        ] {
            let is = |hit: &&Row| {
                hit["document"] == row["document"] && hit["stance"] == stance && hit["negated"] == negated
            };
            prop_assert_eq!(number(row, column), tables.concordance.rows.iter().filter(is).count());
        }
    }

    // A node is the text at its offsets.
    for row in &tables.concordance.rows {
        let text = &texts[&row["document"]];
        let [start, end] = ["start", "end"].map(|column| number(row, column));
        let node: String = text.chars().skip(start).take(end - start).collect();
        prop_assert_eq!(&row["node"], &node, "{:?}", row);
        let lines: BTreeSet<&str> = text.split(['\r', '\n']).collect();
        prop_assert!(lines.iter().any(|line| line.contains(&node)), "{:?}", row);
    }

    // A run is the sum of its documents, in whatever order they are added up.
    let mut names: Vec<&String> = texts.keys().collect();
    let rotated = order.first().map_or(0, |at| at % names.len());
    names.rotate_left(rotated);
    let mut sum: Option<Counts> = None;
    for name in names {
        let counts = COUNTER.count(&texts[name]);
        match &mut sum {
            Some(sum) => sum.try_merge(&counts).unwrap(),
            None => sum = Some(counts),
        }
    }
    let sum = sum.unwrap();
    let own = [tally.characters, tally.sentences, tally.morphemes, tally.tokens, tally.sentences_hedged];
    let parts = [sum.characters, sum.sentences, sum.morphemes, sum.tokens, sum.sentences_hedged];
    prop_assert_eq!(own, parts);
    let of_entry = |(entry, occurrences): (usize, Occurrences)| {
        (COUNTER.setup().lexicon.entries[entry].id.clone(), occurrences)
    };
    let own: BTreeMap<_, _> = tally.markers.into_iter().map(of_entry).collect();
    let parts = sum.markers.into_iter().map(|(id, count)| (id, count.occurrences)).collect();
    prop_assert_eq!(own, parts);

    // Another document changes no row of the others.
    place.write("texts/3a-another.txt", "犬は必ず走るでしょう。");
    let (more, _) = counted(&[place.path("texts")], &place.path("more"), 2);
    for (table, with_another) in [
        (&tables.documents, &more.documents),
        (&tables.categories, &more.categories),
        (&tables.markers, &more.markers),
        (&tables.concordance, &more.concordance),
    ] {
        let others = with_another.rows.iter().filter(|row| row["document"] != "3a-another.txt");
        prop_assert!(table.rows.iter().eq(others));
    }
    Ok(tables.concordance.rows.len())
}

#[test]
fn figures_add_up_and_lead_back_to_the_text_whatever_the_corpus() {
    // Every form once, whatever the draw.
    let text = "効果が期待される。ﾃﾞｼｮｳか？「必ず」と言われている。\r\nカ\u{3099}ンかもしれません。";
    let all = FORMS.iter().enumerate().map(|(at, form)| (format!("{at}{form}"), file(form, text))).collect();
    let hits = check(&all, &(0..FORMS.len()).rev().collect::<Vec<_>>()).unwrap();
    assert_eq!(hits, 3 * FORMS.len());

    let config = ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() };
    let order = Just((0..6).collect::<Vec<usize>>()).prop_shuffle();
    TestRunner::new(config).run(&(files(), order), |(files, order)| check(&files, &order).map(drop)).unwrap();
}

#[test]
fn what_is_folded_moves_no_offset() {
    // One character for one, so that every offset can be compared.
    let widths = [("A1", "Ａ１"), ("〜", "～"), ("見込", "⾒込"), ("!?", "！？")];
    let words = select(vec!["A1", "〜", "見込まれる", "!?", "必ず", "可能性がある", "。", "犬が", "、"]);
    let text = prop::collection::vec(words, 1..30).prop_map(|words| words.concat());
    let config = ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(config)
        .run(&text, |text| {
            let other = widths.iter().fold(text.clone(), |text, (one, other)| text.replace(one, other));
            let found = |text: &str| -> Vec<_> {
                COUNTER.find(text).into_iter().map(|marker| (marker.id, marker.characters)).collect()
            };
            prop_assert_eq!(found(&text), found(&other));
            Ok(())
        })
        .unwrap();
}
