//! Whatever the bytes and whatever they are called: documents or an error, never a panic, and never silently nothing.

use hedgerow::corpus::{Document, HtmlPart, ReadOptions};
use hedgerow::text::{Folding, WrapPolicy, sentences_in};
use proptest::prelude::*;

/// Names with every kind of hint, known and not.
const NAMES: [&str; 26] = [
    "a",
    "a.txt",
    "a.md",
    "a.html",
    "a.csv",
    "a.tsv",
    "a.jsonl",
    "a.xlsx",
    "a.docx",
    "a.epub",
    "a.xml",
    "a.srt",
    "a.vtt",
    "a.pdf",
    "a.zip",
    "a.gz",
    "a.txt.gz",
    "a.csv.gz",
    "a.html.zst",
    "a.jsonl.zst",
    "a.zip.gz",
    "a.jpg",
    "",
    "a.",
    ".gz",
    "a.TXT",
];

fn readings() -> impl Strategy<Value = ReadOptions> {
    let encodings =
        prop::option::of(prop::sample::select(vec!["Shift_JIS", "EUC-JP", "ISO-2022-JP", "UTF-16LE"]));
    let parts = prop::sample::select(vec![HtmlPart::Main, HtmlPart::All, HtmlPart::Css("p, .a".into())]);
    let columns = prop::option::of(prop::sample::select(vec!["text".to_owned(), "x".to_owned()]));
    (encodings, any::<bool>(), parts, columns.clone(), columns).prop_map(
        |(encoding, allow_malformed, html, text_column, id_column)| ReadOptions {
            encoding: encoding.map(|label| label.parse().unwrap()),
            allow_malformed,
            html,
            text_column,
            id_column,
            ..ReadOptions::default()
        },
    )
}

/// Bytes at random, and bytes made of what means something to one of the readers.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&[u8]> = vec![
        b"<p>",
        b"</p>",
        b"<table><tr><td>",
        b"<ruby>",
        b"<rt>",
        b"<script>",
        b"<!--",
        b"&#x3042;",
        b"&amp",
        b"<br",
        b"<html><meta charset=shift_jis>",
        b"<?xml encoding='euc-jp'?>",
        b"<TEI><text><body>",
        b"</body></text></TEI>",
        b"<lb/>",
        b"00:01.000 --> 00:02.000\n",
        b"sep=;\n",
        b"\\ud83d",
        b"text\tx\n",
        b"text,x\n",
        b"1,2\n",
        b"\"",
        b",",
        b"\t",
        b"\n",
        b"\r\n",
        b"{\"text\": \"a\"}\n",
        b"{",
        b"[]",
        b"# ",
        b"```\n",
        b"* ",
        b"| a |\n|---|\n",
        b"---\n",
        b"\x1b$B",
        b"\x1b(B",
        b"\x82\xa0",
        b"\xa4\xa2",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\0",
        b"\x1f\x8b\x08",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\x28\xb5\x2f\xfd",
        b"%PDF-1.4",
        "犬が走る。".as_bytes(),
        "《いぬ》".as_bytes(),
        "｜".as_bytes(),
        "［＃".as_bytes(),
        "］".as_bytes(),
        "※［＃「」、U+".as_bytes(),
        "ｶﾞ".as_bytes(),
        "か\u{3099}".as_bytes(),
        "【テキスト中に現れる記号について】\n".as_bytes(),
        "底本：青空文庫\n".as_bytes(),
        "犬《いぬ》".as_bytes(),
        "《《".as_bytes(),
        "》》".as_bytes(),
        "{犬|いぬ}".as_bytes(),
        "[[rb:".as_bytes(),
        "。[1]".as_bytes(),
        b"+++\n",
        "「".as_bytes(),
        "。」".as_bytes(),
    ];
    let pieces =
        prop::collection::vec(prop::sample::select(pieces), 0..24).prop_map(|pieces| pieces.concat());
    prop_oneof![prop::collection::vec(any::<u8>(), 0..200), pieces]
}

/// The files of the repository, damaged: good archives and tables fail deeper than noise does.
fn damaged() -> impl Strategy<Value = (usize, Vec<u8>)> {
    let zip = {
        use std::io::Write;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for name in ["word/document.xml", "META-INF/container.xml", "a.txt", "b.csv"] {
            zip.start_file(name, options).unwrap();
            zip.write_all("<w:p><w:r><w:t>犬が走る。</w:t></w:r></w:p>".as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let archives: Vec<usize> = ["a.zip", "a.docx", "a.xlsx", "a.epub"]
        .map(|name| NAMES.iter().position(|known| *known == name).unwrap())
        .into();
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6);
    (prop::sample::select(archives), changes, any::<prop::sample::Index>()).prop_map(
        move |(name, changes, end)| {
            let mut bytes = zip.clone();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let end = end.index(bytes.len() * 2).min(bytes.len());
            bytes.truncate(end.max(1));
            (name, bytes)
        },
    )
}

/// Reads, and goes on with what was read as a count does.
fn read(name: &str, bytes: Vec<u8>, reading: &ReadOptions) -> Result<(), TestCaseError> {
    let size = bytes.len();
    match Document::from_bytes(name, bytes, reading) {
        Err(error) => {
            let message = error.to_string();
            prop_assert!(!message.is_empty() && !message.contains(char::is_control), "{message}");
        }
        Ok(documents) => {
            for document in documents {
                prop_assert!(!document.text.contains('\0') && document.text.len() <= 1000 + 20 * size);
                for wrapped in [WrapPolicy::Auto, WrapPolicy::Always] {
                    let mut folding = Folding::default();
                    let mut end = 0;
                    let wrapping = wrapped.wrapping(&document.text);
                    for sentence in sentences_in(&document.text, wrapping) {
                        prop_assert!(sentence.span.start >= end && sentence.span.end > sentence.span.start);
                        end = sentence.span.end;
                        let original = &document.text[sentence.span];
                        folding.fold(original, wrapping);
                        let folded = folding.text(original).to_owned();
                        for (at, character) in folded.char_indices() {
                            let span = folding.original(at..at + character.len_utf8());
                            prop_assert!(original.get(span).is_some_and(|text| !text.is_empty()));
                        }
                    }
                }
            }
        }
    }
    Ok(())
}

#[test]
fn an_error_is_one_line_whatever_it_quotes() {
    for (name, text) in
        [("a.xml", "&amptext\tx\nsep=;\n"), ("a\nb.csv", "犬,猫\n"), ("a\u{1b}[31m.xml", "<a")]
    {
        read(name, text.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn any_bytes_give_documents_or_an_error(
        name in prop::sample::select(NAMES.to_vec()), bytes in bytes(), reading in readings()
    ) {
        read(name, bytes, &reading)?;
    }

    #[test]
    fn damaged_archives_give_documents_or_an_error((name, bytes) in damaged(), reading in readings()) {
        read(NAMES[name], bytes, &reading)?;
    }
}
