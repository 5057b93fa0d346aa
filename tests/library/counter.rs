//! The front door gives what the program counts, in any number of threads, and its counts add up.

use std::collections::BTreeMap;
use std::thread;

use hedgerow::analysis::Coder;
use hedgerow::text::Wrapping;
use hedgerow::{Counter, Counts, MergeError, Occurrences, WrapPolicy};

const TEXTS: [&str; 6] = [
    "効果が期待されています。必ず実現します。",
    "まだ証明されていません。「可能性はない」と言われています。",
    "",
    "非常に良いでしょうか？",
    "見出し\r\n効くかもしれない。\n",
    "犬と猫。",
];

/// Lines of one width that go on in the next, as a page's width has broken them.
fn hard_wrapped() -> String {
    let line = "この報告は、地域の図書館がどのように使われているかを調べて";
    [&[line; 7][..], &["効果が期待される。"]].concat().join("\n")
}

#[test]
fn lines_are_joined_as_in_a_run() {
    let counter = Counter::new().unwrap();
    let text = hard_wrapped();
    let coded = |wrapping| Coder::new(counter.setup()).code(&text, wrapping).tally.sentences;
    assert_eq!([Wrapping::of(&text), Wrapping::NONE].map(coded), [1, 8]);
    assert_eq!(counter.count(&text).sentences, 1);
    assert_eq!(counter.worker().count(&text).sentences, 1);
    assert_eq!(counter.find(&text)[0].sentence, 0);
    let never = Counter::builder().wrapping(WrapPolicy::Never).build().unwrap();
    assert_eq!((never.count(&text).sentences, never.find(&text)[0].sentence), (8, 7));
}

#[test]
fn a_marker_stands_where_it_says_and_is_counted_once() {
    let counter = Counter::new().unwrap();
    let mut markers = 0;
    for text in TEXTS {
        let characters: Vec<char> = text.chars().collect();
        let mut occurrences: BTreeMap<String, Occurrences> = BTreeMap::new();
        for marker in counter.find(text) {
            let node: String = characters[marker.characters.clone()].iter().collect();
            assert_eq!(text[marker.bytes.clone()], node);
            assert!(marker.sentence_bytes.start <= marker.bytes.start);
            assert!(marker.bytes.end <= marker.sentence_bytes.end);
            let own = occurrences.entry(marker.id.to_string()).or_default();
            if marker.negated {
                own.negated += 1
            } else {
                own.affirmed += 1
            }
            markers += 1;
        }
        let counts = counter.count(text);
        let counted = counts.markers.iter().map(|(id, count)| (id.clone(), count.occurrences)).collect();
        assert_eq!(occurrences, counted, "{text}");
        for (name, category) in &counts.categories {
            let own = counts.markers.values().filter(|marker| marker.category == *name);
            let affirmed: u64 = own.map(|marker| marker.occurrences.affirmed).sum();
            assert_eq!(category.occurrences.affirmed, affirmed, "{name} in {text}");
        }
        assert_eq!(counts.categories.len(), 11, "categories that do not occur are there, with zero");
    }
    assert!(markers >= 7, "{markers} markers show little");
}

#[test]
fn many_texts_on_all_cores_are_counted_as_one_by_one() {
    let counter = Counter::new().unwrap();
    let long = TEXTS.concat().repeat(500);
    let texts: Vec<Option<&str>> = (0..200)
        .map(|at| if at % 50 == 7 { Some(long.as_str()) } else { TEXTS.get(at % 7).copied() })
        .collect();
    let expected: Vec<Option<Counts>> = texts.iter().map(|text| Some(counter.count((*text)?))).collect();
    assert!(expected.iter().any(Option::is_none));
    assert_eq!(counter.count_all(texts.clone()), expected);
    assert_eq!(counter.count_all([]), []);
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let mut worker = counter.clone().worker();
            thread::spawn(move || TEXTS.map(|text| (worker.count(text), worker.find(text))))
        })
        .collect();
    let expected = TEXTS.map(|text| (counter.count(text), counter.find(text)));
    for thread in threads {
        assert_eq!(thread.join().unwrap(), expected);
    }
}

#[test]
fn counts_add_up_in_any_order_and_can_be_stored() {
    let counter = Counter::new().unwrap();
    let sum = |texts: &mut dyn Iterator<Item = &'static str>| {
        texts.map(|text| counter.count(text)).reduce(|mut sum, counts| {
            sum.try_merge(&counts).unwrap();
            sum
        })
    };
    let forwards = sum(&mut TEXTS.into_iter()).unwrap();
    assert_eq!(Some(&forwards), sum(&mut TEXTS.into_iter().rev()).as_ref());
    let whole = counter.count(&TEXTS.join("\n"));
    let line_ends = TEXTS.len() as u64 - 1;
    let joined = Counts::clone(&forwards);
    assert_eq!(whole.characters, joined.characters + line_ends);
    assert_eq!((whole.tokens, &whole.markers), (joined.tokens, &joined.markers));
    let stored = serde_json::to_string(&forwards).unwrap();
    assert_eq!(serde_json::from_str::<Counts>(&stored).unwrap(), forwards);
    assert!(stored.contains(r#""expectation":{"stance":"hedge","affirmed":1,"negated":0}"#), "{stored}");
}

#[test]
fn counts_of_another_lexicon_or_dictionary_and_sums_beyond_measure_are_refused() {
    let counter = Counter::new().unwrap();
    let dogs = "category = \"animals\"\nstance = \"hedge\"\n[[entry]]\nid = \"犬\"\nexamples = [\"犬\"]\n";
    let other = Counter::builder().lexicon("dogs.toml", dogs).build().unwrap();
    assert_eq!(other.count("犬と犬。").markers["犬"].occurrences.affirmed, 2);
    let mut counts = counter.count(TEXTS[0]);
    let before = counts.clone();
    assert!(
        matches!(counts.try_merge(&other.count("犬")), Err(MergeError::Lexicon { own, .. }) if own == before.lexicon)
    );
    let mut foreign = counter.count(TEXTS[1]);
    foreign.dictionary = "0".repeat(64);
    assert!(
        matches!(counts.try_merge(&foreign), Err(MergeError::Dictionary { other, .. }) if other == foreign.dictionary)
    );
    let changes: [fn(&mut Counts); 3] = [
        |counts| counts.tokens = u64::MAX,
        |counts| counts.categories.get_mut("certainty").unwrap().occurrences.affirmed = u64::MAX,
        |counts| counts.markers.get_mut("必ず").unwrap().occurrences.affirmed = u64::MAX,
    ];
    for change in changes {
        let mut vast = before.clone();
        change(&mut vast);
        assert_eq!(counts.try_merge(&vast), Err(MergeError::Overflow));
        assert_eq!(counts, before, "nothing is added where not all can be");
    }
}

#[test]
fn a_lexicon_file_that_cannot_be_read_is_named() {
    let missing = Counter::builder().lexicon_file("no/such.toml").build().unwrap_err().to_string();
    assert!(missing.contains("no/such.toml"), "{missing}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bytes.toml");
    std::fs::write(&path, [0xff; 40]).unwrap();
    let encoded = Counter::builder().lexicon_file(&path).build().unwrap_err().to_string();
    assert!(encoded.contains("bytes.toml: not UTF-8"), "{encoded}");
}
