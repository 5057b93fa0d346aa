//! `hedgerow lexicon`: list, check, coverage, explain, export.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use hedgerow::analysis::{self, AnalysisError, CELLS, Coder, DictionaryFormat, Setup, export_dictionary};
use hedgerow::counts::Tally;
use hedgerow::lexicon::Entry;
use hedgerow::markers::{Candidate, Hit, Verdict};
use hedgerow::text::{WrapPolicy, Wrapping, sentences};

use super::error::{Error, Result, report};
use super::messages::{own_words, words};
use super::outfile::OutFile;
use super::show::table::{self, Row, left};
use super::show::{notes, wrapping};
use super::terminal::Output;

/// Show and try the lexicon
#[derive(clap::Args)]
#[command(
    disable_help_subcommand = true,
    after_help = "Examples:\n  hedgerow help lexicon explain\n  hedgerow lexicon check"
)]
pub struct Arguments {
    #[command(flatten)]
    coding: super::coding_options::CodingArguments,
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// List the entries by id: stance, category, id, an example
    #[command(after_help = "Examples:\n  hedgerow lexicon list")]
    List {
        #[command(flatten)]
        file: OutFile,
    },
    /// Try every sentence of the lexicon; status 1 if one fails
    #[command(
        after_help = "Examples:\n  hedgerow lexicon check\n  hedgerow lexicon check --lexicon mine.toml"
    )]
    Check,
    /// Count the sentences of each entry that try a cell of its paradigm: polarity, politeness, tense, position and others
    #[command(
        after_help = "Examples:\n  hedgerow lexicon coverage\n  hedgerow lexicon coverage --out coverage.tsv"
    )]
    Coverage {
        #[command(flatten)]
        file: OutFile,
    },
    /// Show how a text is cut, what matches, and what nearly matches
    #[command(after_help = "Examples:\n  hedgerow lexicon explain '効果が期待される。'")]
    Explain {
        /// A sentence or more, in quotation marks
        text: String,
    },
    /// Write the entries that another program's dictionary can say, and a list of the others with the reasons
    #[command(after_help = "Examples:\n  hedgerow lexicon export quanteda --out dictionary")]
    Export {
        /// The format
        #[arg(value_enum, value_name = "FORMAT")]
        format: Format,
        /// The folder to write to; it must not exist
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A dictionary for quanteda in R (YAML)
    Quanteda,
    /// Coding rules for KH Coder
    Khcoder,
}

pub fn run(arguments: &Arguments, out: &mut impl Output) -> Result<()> {
    let counter = arguments.coding.counter(WrapPolicy::Never)?;
    let setup = counter.setup();
    match &arguments.command {
        Command::List { file } => list(setup, file, out),
        Command::Check => check(setup, out),
        Command::Coverage { file } => coverage(setup, file, out),
        Command::Explain { text } => explain(setup, text, out),
        Command::Export { format, out: folder } => export(setup, *format, folder, out),
    }
}

fn list(setup: &Setup, file: &OutFile, out: &mut impl Output) -> Result<()> {
    let cells = |entry: &Entry| {
        let category = setup.lexicon.category(entry);
        [
            category.stance.name().to_owned(),
            category.name.clone(),
            entry.id.clone(),
            entry.examples[0].clone(),
        ]
    };
    if out.is_terminal() && !file.is_given() {
        let row = |entry: &Entry| Row::of(setup.lexicon.category(entry).stance, cells(entry).to_vec());
        let rows: Vec<Row> = setup.lexicon.entries.iter().map(row).collect();
        let columns = [left(0, 0), left(2, 0).of_names(), left(2, 0).of_names(), left(2, 0).of_names()];
        return Ok(table::print(out, &columns, &rows)?);
    }
    let rows: String = setup.lexicon.entries.iter().map(|entry| cells(entry).join("\t") + "\n").collect();
    file.write(rows.as_bytes(), out)
}

fn check(setup: &Setup, out: &mut impl Write) -> Result<()> {
    let (tried, failures) = analysis::check(setup);
    let (entries, failed) = (setup.lexicon.entries.len(), failures.len());
    let values: [(_, &dyn Display); 3] = [("entries", &entries), ("tried", &tried), ("failed", &failed)];
    writeln!(out, "{}", own_words("lexicon.checked", &values))?;
    match failed {
        0 => Ok(()),
        _ => Err(Error::Problems(failures.iter().map(|failure| words(&failure.message())).collect())),
    }
}

/// The whole table for a file; for a terminal, what is not tried.
fn coverage(setup: &Setup, file: &OutFile, out: &mut impl Output) -> Result<()> {
    let covered = analysis::coverage(setup);
    let entries = setup.lexicon.entries.iter().zip(&covered);
    if out.is_terminal() && !file.is_given() {
        for (entry, coverage) in entries {
            let untried: Vec<&str> = coverage.untried().collect();
            line(
                out,
                &format!("{}  {}", entry.id, own_words("lexicon.untried", &[("cells", &untried.join(", "))])),
            )?;
        }
        return Ok(());
    }
    let mut rows = ["category", "id"]
        .into_iter()
        .chain(CELLS)
        .chain(["particles", "nodes"])
        .collect::<Vec<_>>()
        .join("\t");
    for (entry, coverage) in entries {
        let joined =
            |words: &BTreeSet<String>| words.iter().map(String::as_str).collect::<Vec<_>>().join("|");
        let cells: Vec<String> = coverage.sentences.iter().map(ToString::to_string).collect();
        let names = [&setup.lexicon.category(entry).name, &entry.id].map(String::as_str);
        let row =
            [&names.join("\t"), &cells.join("\t"), &joined(&coverage.particles), &joined(&coverage.nodes)];
        rows += &format!("\n{}", row.map(String::as_str).join("\t"));
    }
    file.write((rows + "\n").as_bytes(), out)
}

fn export(setup: &Setup, format: Format, folder: &Path, out: &mut impl Output) -> Result<()> {
    let format = match format {
        Format::Quanteda => DictionaryFormat::Quanteda,
        Format::Khcoder => DictionaryFormat::KhCoder,
    };
    let exported = export_dictionary(setup, format, folder).map_err(AnalysisError::from)?;
    report(out, folder, |out| {
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        exported.left_out.iter().for_each(|left| *reasons.entry(left.reason).or_default() += 1);
        let reasons: Vec<String> =
            reasons.iter().map(|(reason, entries)| format!("{reason} {entries}")).collect();
        notes(out, &exported.notes)?;
        let values: [(_, &dyn Display); 4] = [
            ("entries", &exported.entries),
            ("count", &exported.left_out.len()),
            ("reasons", &reasons.join(", ")),
            ("folder", &folder.display()),
        ];
        writeln!(out, "{}", own_words("lexicon.exported", &values))
    })
}

fn explain(setup: &Setup, text: &str, out: &mut impl Output) -> Result<()> {
    if sentences(text).next().is_none() {
        return Err(Error::own("program.no_sentence", &[]));
    }
    let mut coder = Coder::new(setup);
    for sentence in sentences(text) {
        let (sentence, morphemes, candidates) = coder.explain(&text[sentence.span]);
        let sentence = sentence.as_str();
        writeln!(out, "{sentence}")?;
        for morpheme in &morphemes {
            let surface = morpheme.surface(sentence);
            let features = setup.analyser.features(morpheme.word, surface);
            writeln!(out, "  {surface}\tlemma={}\tpos={}", features.lemma, features.pos)?;
        }
        let coded = coder.code(sentence, Wrapping::NONE);
        let hits = &coded.hits;
        for candidates in candidates.chunk_by(begun_together) {
            let Candidate { first, last, verdict, .. } = candidates[0];
            let start = morphemes[first].start as usize;
            let node = &sentence[start..morphemes[last - 1].end as usize];
            let entries: Vec<&Entry> =
                candidates.iter().map(|candidate| &setup.lexicon.entries[candidate.entry]).collect();
            let entry = entries[0];
            let not_counted = |key| own_words(key, &[("file", &entry.origin.0), ("line", &entry.origin.1)]);
            let why = match verdict {
                Verdict::Hit => {
                    let hit = hits.iter().find(|found| found.node.start == start).map(|found| found.hit);
                    described(setup, entry, &hit.expect("the same sentence has the same hits"))
                }
                Verdict::LacksBefore => not_counted("lexicon.lacks_before"),
                Verdict::HasNotBefore => not_counted("lexicon.has_not_before"),
                Verdict::LacksAfter => not_counted("lexicon.lacks_after"),
                Verdict::HasNotAfter => not_counted("lexicon.has_not_after"),
                Verdict::Covered => not_counted("lexicon.covered"),
                Verdict::Begun => {
                    let ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
                    let ids = ids.join(", ");
                    line(out, &format!("  {node} …  {}", own_words("lexicon.begun", &[("ids", &ids)])))?;
                    continue;
                }
            };
            line(out, &format!("  {node}  {}: {why}", entry.id))?;
        }
        let kind = own_words(kind(&coded.tally), &[]);
        line(out, &format!("  {}", own_words("lexicon.kind", &[("kind", &kind)])))?;
    }
    Ok(())
}

/// Prints a line, which a terminal shows in as many as it needs.
fn line(out: &mut impl Output, text: &str) -> io::Result<()> {
    match out.is_terminal() {
        true => wrapping::print(out, text, 6),
        false => writeln!(out, "{text}"),
    }
}

/// The kind of the one sentence of a tally, by the key of its words.
fn kind(tally: &Tally) -> &'static str {
    let kinds = [
        (tally.sentences_hedged, "lexicon.hedged"),
        (tally.sentences_assertive, "lexicon.assertive"),
        (tally.sentences_mixed, "lexicon.mixed"),
        (tally.sentences_other, "lexicon.other"),
    ];
    kinds.into_iter().find(|(sentences, _)| *sentences > 0).map_or("lexicon.unmarked", |(_, key)| key)
}

/// Whether two candidates begin at the same place without coming to their end; they share a line.
fn begun_together(a: &Candidate, b: &Candidate) -> bool {
    a.verdict == Verdict::Begun && b.verdict == Verdict::Begun && a.first == b.first
}

fn described(setup: &Setup, entry: &Entry, hit: &Hit) -> String {
    let category = setup.lexicon.category(entry);
    // The columns of the concordance.
    let columns = format!(
        "{} {}, negated={} interrogative={} quoted={} position={}",
        category.stance, category.name, hit.negated, hit.interrogative, hit.quoted, hit.position
    );
    own_words("lexicon.counted", &[("columns", &columns)])
}
