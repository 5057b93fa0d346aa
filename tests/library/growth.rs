//! Time grows as the length of the input does, whatever it is made of: the list of patterns is `growth.txt`. Cutting,
//! counting, and each format by itself.

use std::cell::OnceCell;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use hedgerow::Counter;
use hedgerow::analysis::Setup;
use hedgerow::corpus::{DocumentReader, ReadOptions};
use hedgerow::lexicon::pattern::{Macros, parse};
use hedgerow::lexicon::{LexiconFile, LexiconLoader, LoadedMacros, Source};
use hedgerow::text::{Folding, WrapPolicy, split};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// How many times as long the second input is, and how many times as much time it may take.
const LONGER: usize = 4;
const MOST: u32 = 8;

/// Nothing is judged that takes less for the longer input.
const FLOOR: Duration = Duration::from_millis(30);

/// How often the time is taken where it looks too long: the least counts.
const RUNS: usize = 3;

/// What is read as `layer` and made of `unit`.
struct Pattern {
    layer: String,
    before: String,
    unit: String,
    after: String,
}

impl Pattern {
    fn input(&self, bytes: usize) -> Vec<u8> {
        let mut repeated = String::new();
        let mut number = 0;
        while repeated.len() < bytes {
            repeated += &self.unit.replace("{n}", &number.to_string());
            number += 1;
        }
        let text = format!("{}{repeated}{}", self.before, self.after);
        match self.layer.as_str() {
            "a.docx" => docx(&text),
            "a.epub" => epub(&text),
            // A member takes some hundred bytes besides its name.
            "a.zip" => zipped(&self.members(bytes / 100)),
            "a.txt.gz" => (0..bytes / 32).flat_map(|_| gzipped(self.unit.as_bytes())).collect(),
            _ => text.into_bytes(),
        }
    }

    fn members(&self, number: usize) -> Vec<(String, String)> {
        let name = |number: usize| self.unit.replace("{n}", &number.to_string());
        // What the writer refuses to write twice.
        let distinct =
            |at| if self.unit.contains("{n}") { name(at) } else { format!("{at:05}{}", self.unit) };
        (0..number).map(|at| (distinct(at), format!("あ{at}。"))).collect()
    }

    /// The sizes of the shorter input, in bytes.
    fn size(&self) -> usize {
        match self.layer.as_str() {
            "count" => 2 << 10,
            "lexicon" => 4 << 10,
            _ => 8 << 10,
        }
    }
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('\\') {
        out += before;
        let mut behind = escape.chars();
        rest = match behind.next().unwrap() {
            'n' => (out.push('\n'), behind.as_str()).1,
            'r' => (out.push('\r'), behind.as_str()).1,
            't' => (out.push('\t'), behind.as_str()).1,
            '\\' => (out.push('\\'), behind.as_str()).1,
            'u' => {
                let (digits, behind) = behind.as_str()[1..].split_once('}').unwrap();
                out.push(char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap());
                behind
            }
            other => panic!("\\{other} in {text}"),
        };
    }
    out + rest
}

fn patterns() -> Vec<Pattern> {
    let mut patterns = Vec::new();
    let (mut layer, mut before, mut after) = (String::new(), String::new(), String::new());
    for line in include_str!("growth.txt").lines() {
        if line.is_empty() || line.starts_with("#!") {
            continue;
        }
        if let Some(name) = line.strip_prefix("= ") {
            (layer, before, after) = (name.into(), String::new(), String::new());
        } else if let Some(text) = line.strip_prefix("< ") {
            before = unescaped(text);
        } else if let Some(text) = line.strip_prefix("> ") {
            after = unescaped(text);
        } else {
            let unit = unescaped(line);
            patterns.push(Pattern {
                layer: layer.clone(),
                before: before.clone(),
                unit,
                after: after.clone(),
            });
        }
    }
    patterns
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zipped(files: &[(String, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in files {
        match name.strip_suffix('/') {
            Some(folder) => zip.add_directory(folder, options).unwrap(),
            None => {
                zip.start_file(name.as_str(), options).unwrap();
                zip.write_all(text.as_bytes()).unwrap();
            }
        }
    }
    zip.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    let relations = "<Relationships><Relationship Id='r' Target='word/document.xml' \
        Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'/></Relationships>";
    let document = format!(
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>\
        <w:p><w:r><w:t>これは犬である。</w:t></w:r></w:p>{body}</w:body></w:document>"
    );
    zipped(&[("_rels/.rels".into(), relations.into()), ("word/document.xml".into(), document)])
}

fn epub(page: &str) -> Vec<u8> {
    let container = "<container><rootfiles><rootfile full-path='a.opf'/></rootfiles></container>";
    let (mut manifest, mut spine) = (String::new(), String::new());
    // As many pages as the text is long, but for the last, which has it.
    let pages = page.len() >> 9;
    for at in 0..=pages {
        write!(manifest, "<item id='i{at}' href='{at}.xhtml' media-type='application/xhtml+xml'/>").unwrap();
        write!(spine, "<itemref idref='i{at}'/>").unwrap();
    }
    let package = format!("<package><manifest>{manifest}</manifest><spine>{spine}</spine></package>");
    let page = |at| if at == pages { page } else { "<p>犬。</p>" };
    let html = |at| format!("<html xmlns='http://www.w3.org/1999/xhtml'><body>{}</body></html>", page(at));
    let mut files = vec![("META-INF/container.xml".into(), container.into()), ("a.opf".into(), package)];
    files.extend((0..=pages).map(|at| (format!("{at}.xhtml"), html(at))));
    zipped(&files)
}

/// What reads the inputs of each layer.
#[derive(Default)]
struct Layers {
    counter: OnceCell<Counter>,
    setup: OnceCell<Setup>,
    macros: OnceCell<LoadedMacros>,
}

impl Layers {
    fn run(&self, layer: &str, bytes: Vec<u8>) -> Duration {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let counter = || self.counter.get_or_init(|| Counter::new().unwrap());
        let setup = || self.setup.get_or_init(|| Setup::new(&[]).unwrap());
        let macros = || self.macros.get_or_init(|| LoadedMacros::read().unwrap());
        match layer {
            "cut" => took(|| {
                let wrapping = WrapPolicy::Auto.wrapping(&text);
                let mut folding = Folding::default();
                for sentence in split(&text, wrapping, Folding::default()) {
                    sentence.fold(&text, wrapping, &mut folding);
                }
            }),
            "count" => {
                let counter = counter();
                took(|| drop(counter.count(&text)))
            }
            "pattern" => took(|| drop(parse(&text, &Macros::default()))),
            "lexicon" => {
                let (setup, macros) = (setup(), macros());
                took(|| {
                    let loader = LexiconLoader::new(&setup.analyser, macros.clone());
                    drop(loader.read(LexiconFile::own(Source { name: "a.toml".into(), text: text.clone() })));
                })
            }
            name => {
                let options = ReadOptions::default();
                took(|| DocumentReader::from_bytes(name, bytes, &options).for_each(drop))
            }
        }
    }
}

fn took(action: impl FnOnce()) -> Duration {
    let start = Instant::now();
    action();
    start.elapsed()
}

impl Layers {
    /// Whether an input takes too long for its length, beside one of a quarter of it; and how long both take.
    fn is_too_slow(&self, pattern: &Pattern, bytes: usize) -> Option<[Duration; 2]> {
        let inputs = [bytes, LONGER * bytes].map(|bytes| pattern.input(bytes));
        let mut least = [Duration::MAX; 2];
        for _ in 0..RUNS {
            for (least, input) in least.iter_mut().zip(&inputs) {
                *least = self.run(&pattern.layer, input.clone()).min(*least);
            }
            if least[1] < FLOOR || least[1] < MOST * least[0] {
                return None;
            }
        }
        Some(least)
    }
}

#[test]
fn time_grows_as_the_input_does() {
    let layers = Layers::default();
    let patterns = patterns();
    assert!(patterns.len() > 400, "only {} patterns", patterns.len());
    let mut wrong = Vec::new();
    let mut layer = "";
    for pattern in &patterns {
        let bytes = pattern.size();
        if pattern.layer != layer {
            // Tables that are made once.
            layers.run(&pattern.layer, pattern.input(bytes));
            layer = &pattern.layer;
        }
        // What is too slow by accident, or up to the length of a window, is not so again in a longer input.
        if layers.is_too_slow(pattern, bytes).is_some()
            && let Some([short, long]) = layers.is_too_slow(pattern, LONGER * bytes)
        {
            let Pattern { layer, before, unit, .. } = pattern;
            wrong.push(format!("{layer} {before:.40?} {unit:?}: {short:?}, then {long:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
