//! The lattice, with a dictionary so small that its words and the ways through a text compete everywhere.

use std::fs;
use std::sync::Arc;

use hedgerow::morphology::{Analyser, DictionarySource};
use lindera::dictionary::{Dictionary, load_dictionary};

use super::plain_lattice::{costs, cut};

/// The files of the dictionary in MeCab's format. It is compiled and read as the embedded one is, but for its encoding.
const SOURCE: [(&str, &str); 6] = [
    ("lex.csv", include_str!("../lattice/lex.csv")),
    ("matrix.def", include_str!("../lattice/matrix.def")),
    ("char.def", include_str!("../lattice/char.def")),
    ("unk.def", include_str!("../lattice/unk.def")),
    ("metadata.json", include_str!("../../dictionaries/ipadic/metadata.json")),
    ("schema.toml", include_str!("../../dictionaries/ipadic/schema.toml")),
];

/// What bytes stand for: characters of its words, and others.
const ALPHABET: [char; 32] = [
    '犬', '猫', '山', '一', '二', 'い', 'ぬ', 'ね', 'こ', 'ー', 'ア', 'イ', 'ウ', 'a', 'b', 'c', '1', '2',
    '3', '。', '！', '、', '川', '龠', 'の', '!', '𠮷', '😀', 'é', 'ん', 'ヴ', '々',
];

struct Both {
    theirs: Dictionary,
    ours: Arc<Analyser>,
}

impl Both {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [source, built] = ["source", "built"].map(|name| folder.path().join(name));
        fs::create_dir(&source).expect("a folder");
        for (name, text) in SOURCE {
            let text = text.replace("EUC-JP", "UTF-8").replace("1288", "1");
            fs::write(source.join(name), text).expect("a file that can be written");
        }
        let found = DictionarySource::find(&source, &built).expect("a source");
        found.build().expect("a source without mistakes");
        let theirs = load_dictionary(built.to_str().expect("a path in UTF-8")).expect("a dictionary");
        let ours = Arc::new(Analyser::from_folder(&built).expect("a dictionary"));
        Both { theirs, ours }
    }
}

/// Each byte is a character.
pub fn lattice(bytes: &[u8]) {
    thread_local! {
        static BOTH: Both = Both::new();
    }
    let text: String = bytes.iter().map(|byte| ALPHABET[usize::from(byte % 32)]).collect();
    if text.is_empty() {
        return;
    }
    BOTH.with(|both| {
        let found = cut(&mut both.ours.tokeniser(), &text);
        let (cheapest, ours) = costs(&both.theirs, &text, &found);
        assert_eq!(ours, Some(cheapest), "{text}");
        assert_eq!(found.last().map(|(_, end, _)| *end), Some(text.len()), "{text}");
    });
}
