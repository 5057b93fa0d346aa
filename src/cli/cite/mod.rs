//! `hedgerow cite`.

mod latex;
mod texts;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use hedgerow::analysis::Setup;
use hedgerow::corpus::InputRecord;
use hedgerow::tables::{RunRecord, sums};

use self::texts::{Language, Names, Texts};
use super::show::grouped;
use super::{Outcome, Result};

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

pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Outcome> {
    let record = RunRecord::read(&arguments.folder)?;
    let texts = Texts::standard();
    if arguments.latex {
        let Some(comparison) = &record.comparison else {
            let folder = arguments.folder.display();
            return Err(anyhow!(
                "{folder}: no groups are compared there; first run: hedgerow compare {folder} --by VARIABLE"
            ));
        };
        latex::print(out, &arguments.folder, comparison, &texts.latex)?;
        return Ok(Outcome::Done);
    }
    let names = names(&record, &arguments.folder)?;
    let mut cited = Vec::new();
    for language in [&texts.en, &texts.ja] {
        let paragraph = paragraph(&record, language)?;
        let paragraph = texts.filled(&paragraph, &names, &mut cited);
        writeln!(out, "{}\n\n{paragraph}\n", language.heading)?;
    }
    writeln!(out, "BibTeX")?;
    let names = names.map(latex::escaped);
    for reference in texts.reference.iter().filter(|reference| cited.contains(&reference.key)) {
        writeln!(out, "\n{}", names.fill(reference.bibtex.trim()))?;
    }
    Ok(Outcome::Done)
}

/// The sentences that a run calls for, with the names of figures in them.
fn paragraph(record: &RunRecord, language: &Language) -> Result<String> {
    let standard = Setup::new(&[])?.lexicon.files;
    let files =
        record.lexicon.files.iter().filter(|file| {
            !standard.iter().any(|(name, sha256)| (name, sha256) == (&file.name, &file.sha256))
        });
    let files: Vec<&str> = files.map(|file| file.name.as_str()).collect();
    let lexicon = match files.is_empty() {
        true => language.default_lexicon.clone(),
        false => language.own_lexicon.replace("{files}", &files.join(&language.comma)),
    };
    let dictionary = match record.dictionary.name.contains("ipadic") {
        true => &language.ipadic,
        false => &language.dictionary,
    };
    let dictionary = dictionary.replace("{name}", "{dictionary_name}");
    let counted = language.counted.replace("{lexicon}", &lexicon).replace("{dictionary}", &dictionary);
    let mut sentences = vec![counted];
    if !record.skipped.is_empty() {
        sentences.push(language.skipped.clone());
    }
    if let Some(comparison) = &record.comparison {
        let group = |group: &hedgerow::tables::GroupRecord| {
            let named = language.group.replace("{documents}", &group.documents.to_string());
            named.replace("{group}", &group.group)
        };
        let groups: Vec<String> = comparison.groups.iter().map(group).collect();
        sentences.push(language.compared.replace("{groups}", &groups.join(&language.comma)));
        let several = comparison.groups.len() > 2;
        sentences.push(if several { &language.several } else { &language.two }.clone());
        sentences.push(language.adjusted.clone());
        if !comparison.left_out.is_empty() {
            sentences.push(language.left_out.clone());
        }
    }
    Ok(sentences.join(&language.between))
}

/// The figures and names of a run.
fn names(record: &RunRecord, folder: &Path) -> Result<Names> {
    let [sentences, tokens, hedge, assertive] = sums(folder, ["sentences", "tokens", "hedge", "assertive"])?;
    let digest = &record.lexicon.sha256;
    let mut names = vec![
        ("version", record.hedgerow.clone()),
        ("lindera", record.lindera.clone()),
        ("dictionary_name", record.dictionary.name.clone()),
        ("dictionary_digest", record.dictionary.sha256.clone()),
        ("digest", format!("{}…", digest.get(..DIGITS).unwrap_or(digest))),
        ("digest_in_full", digest.clone()),
        ("entries", grouped(record.lexicon.entries as u64)),
        ("documents", grouped(record.inputs.iter().map(InputRecord::documents).sum())),
        ("sentences", grouped(sentences)),
        ("tokens", grouped(tokens)),
        ("hedge", grouped(hedge)),
        ("assertive", grouped(assertive)),
        ("skipped", grouped(record.skipped.len() as u64)),
    ];
    if let Some(comparison) = &record.comparison {
        names.extend([
            ("by", comparison.by.clone()),
            ("seed", comparison.seed.to_string()),
            ("resamples", grouped(comparison.resamples as u64)),
            ("left_out", grouped(comparison.left_out.len() as u64)),
        ]);
    }
    Ok(Names(names))
}
