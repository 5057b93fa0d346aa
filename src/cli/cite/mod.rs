//! `hedgerow cite`.

mod texts;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use hedgerow::analysis::Setup;
use hedgerow::tables::{
    ComparisonRecord, GroupRecord, Identified, RunRecord, RunTables, bibtex_escaped, latex, sums, unbroken,
};

use self::texts::{Language, Names, Texts};
use super::error::{Error, Result};
use super::show::grouped;

/// How many digits of a digest stand in a text; its BibTeX has all.
const DIGITS: usize = 12;

/// Print a methods paragraph in English and Japanese, and the BibTeX of what it names
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder that `hedgerow count` wrote
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Print a table of the groups in LaTeX (booktabs) instead: stances, shares and categories
    #[arg(long)]
    latex: bool,
}

pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<()> {
    let record = RunRecord::read(&arguments.folder)?;
    let tables = RunTables::new(&arguments.folder, &record.tables);
    let texts = Texts::standard();
    if arguments.latex {
        let Some(comparison) = &record.comparison else {
            return Err(Error::own("program.no_comparison", &[("folder", &arguments.folder.display())]));
        };
        let caption = texts.latex.caption(comparison.groups.len());
        write!(out, "{}", latex(tables, comparison, caption)?)?;
        return Ok(());
    }
    let (values, figures) = (values(&record), figures(&record, tables)?);
    let mut cited = BTreeSet::new();
    for language in [&texts.en, &texts.ja] {
        let mut names = Names::new(&texts, values.clone());
        figures.iter().for_each(|(name, number)| names.add(name, language.counted(name, *number)));
        let mut sentences = vec![&language.counted];
        let (dictionary, lexicon) = coded_with(&record, language, &mut names)?;
        let parts = [dictionary, lexicon];
        names.add("dictionary", names.fill(dictionary));
        names.add("lexicon", names.fill(lexicon));
        if !record.skipped.is_empty() {
            sentences.push(&language.skipped);
        }
        if let Some(comparison) = &record.comparison {
            names.add("groups", groups(comparison, language, &texts));
            let several = comparison.groups.len() > 2;
            sentences.push(&language.compared);
            sentences.push(if several { &language.several } else { &language.two });
            sentences.push(&language.adjusted);
            if !comparison.left_out.is_empty() {
                sentences.push(&language.left_out);
            }
        }
        let paragraph: Vec<String> = sentences.iter().map(|sentence| names.fill(sentence)).collect();
        writeln!(out, "{}\n\n{}\n", language.heading, unbroken(&paragraph.join(&language.between)))?;
        let templates = sentences.iter().map(|sentence| sentence.as_str()).chain(parts);
        cited.extend(templates.flat_map(|template| names.cited(template)).map(|reference| &reference.key));
    }
    writeln!(out, "BibTeX")?;
    let names = Names::new(&texts, values).map(bibtex_escaped);
    for reference in texts.reference.iter().filter(|reference| cited.contains(&reference.key)) {
        writeln!(out, "\n{}", names.fill(reference.bibtex.trim()))?;
    }
    Ok(())
}

/// The templates that name the dictionary and the lexicon of a run.
fn coded_with<'l>(
    record: &RunRecord,
    language: &'l Language,
    names: &mut Names,
) -> Result<(&'l str, &'l str)> {
    let standard = Setup::new(&[])?.lexicon;
    let is_standard = |file: &&Identified| {
        standard.files.iter().any(|(name, sha256)| (name, sha256) == (&file.name, &file.sha256))
    };
    let own: Vec<&str> = record
        .lexicon
        .files
        .iter()
        .filter(|file| !is_standard(file))
        .map(|file| file.name.as_str())
        .collect();
    names.add("files", own.join(&language.comma));
    let dictionary =
        if record.dictionary.name.contains("ipadic") { &language.ipadic } else { &language.dictionary };
    Ok((dictionary, if own.is_empty() { &language.default_lexicon } else { &language.own_lexicon }))
}

/// The groups of a comparison, each with its size.
fn groups(comparison: &ComparisonRecord, language: &Language, texts: &Texts) -> String {
    let group = |group: &GroupRecord| {
        let values = vec![("group", group.group.clone()), ("documents", group.documents.to_string())];
        Names::new(texts, values).fill(&language.group)
    };
    comparison.groups.iter().map(group).collect::<Vec<_>>().join(&language.comma)
}

/// What was counted in a run: figures that a noun follows.
fn figures(record: &RunRecord, tables: RunTables) -> Result<[(&'static str, u64); 7]> {
    let [sentences, tokens, hedge, assertive] = sums(tables, ["sentences", "tokens", "hedge", "assertive"])?;
    Ok([
        ("documents", record.documents()),
        ("sentences", sentences),
        ("tokens", tokens),
        ("hedge", hedge),
        ("assertive", assertive),
        ("skipped", record.skipped.len() as u64),
        ("left_out", record.comparison.as_ref().map_or(0, |comparison| comparison.left_out.len() as u64)),
    ])
}

/// What a run was made with.
fn values(record: &RunRecord) -> Vec<(&'static str, String)> {
    let digest = &record.lexicon.sha256;
    let mut values = vec![
        ("version", record.hedgerow.clone()),
        ("lindera", record.lindera.clone()),
        ("dictionary_name", record.dictionary.name.clone()),
        ("dictionary_digest", record.dictionary.sha256.clone()),
        ("digest", format!("{}…", digest.get(..DIGITS).unwrap_or(digest))),
        ("digest_in_full", digest.clone()),
        ("entries", grouped(record.lexicon.entries as u64)),
    ];
    if let Some(comparison) = &record.comparison {
        values.extend([
            ("by", comparison.design.by.clone()),
            ("seed", comparison.seed.to_string()),
            ("resamples", grouped(comparison.resamples as u64)),
        ]);
    }
    values
}
