//! How a run was made, in the words of a paper: a methods paragraph in each language, and the BibTeX of what it names.

mod comparison;
mod texts;

use std::collections::BTreeSet;
use std::path::Path;

pub use self::texts::Texts;

use self::comparison::Facts;
use self::texts::{Names, Sentences};
use crate::lexicon::default_files;
use crate::messages::grouped;
use crate::tables::{
    AgreementRecord, CheckRecord, Identified, ReadBackError, RunRecord, RunTables, bibtex_escaped, sums,
    unbroken,
};

/// How many digits of a digest stand in a text; its BibTeX has all.
const DIGITS: usize = 12;

/// The methods of a run.
#[derive(Debug, Clone, Default)]
pub struct Methods {
    /// By language, in the order of [`crate::messages::Language::ALL`]: its name in itself, and the paragraph.
    pub paragraphs: Vec<(String, String)>,
    /// The BibTeX of what the paragraphs name.
    pub bibtex: Vec<String>,
}

impl Methods {
    /// Says how the run in a folder was made.
    ///
    /// # Errors
    /// A table that can't be read.
    pub fn read(folder: &Path, record: &RunRecord) -> Result<Self, ReadBackError> {
        let tables = RunTables::new(folder, &record.tables);
        let texts = Texts::standard();
        let (values, figures) = (values(record), figures(record, tables)?);
        let compared = match &record.comparison {
            Some(comparison) => Some((comparison, Facts::read(tables, comparison, record.options.lang)?)),
            None => None,
        };
        let mut methods = Methods::default();
        let mut cited = BTreeSet::new();
        for language in [&texts.en, &texts.ja] {
            let mut names = Names::new(&texts, language, values.clone());
            figures.iter().for_each(|(name, number)| names.add(name, language.counted(name, *number)));
            let mut sentences = vec![language.counted.as_str()];
            let (dictionary, lexicon) = coded_with(record, language, &mut names);
            let parts = [dictionary, lexicon];
            names.add("dictionary", names.fill(dictionary));
            names.add("lexicon", names.fill(lexicon));
            if !record.skipped.is_empty() {
                sentences.push(&language.skipped);
            }
            if let Some((comparison, facts)) = &compared {
                sentences.extend(comparison::sentences(comparison, facts, language, &mut names));
            }
            if let Some(check) = &record.check {
                sentences.extend(check_sentences(check, language, &mut names));
            }
            let paragraph: Vec<String> = sentences.iter().map(|sentence| names.fill(sentence)).collect();
            let paragraph = unbroken(&paragraph.join(&language.between)).to_string();
            methods.paragraphs.push((language.heading.clone(), paragraph));
            let templates = sentences.into_iter().chain(parts);
            cited
                .extend(templates.flat_map(|template| names.cited(template)).map(|reference| &reference.key));
        }
        let names = Names::new(&texts, &texts.en, values).map(bibtex_escaped);
        let references = texts.reference.iter().filter(|reference| cited.contains(&reference.key));
        methods.bibtex = references.map(|reference| names.fill(reference.bibtex.trim())).collect();
        Ok(methods)
    }
}

/// The sentences on a check by hand.
fn check_sentences<'l>(check: &CheckRecord, language: &'l Sentences, names: &mut Names) -> Vec<&'l str> {
    names.add("checked_hits", language.counted("checked_hits", check.hits));
    names.add("checked_sentences", language.counted("checked_sentences", check.sentences));
    let mut sentences = vec![language.checked.as_str()];
    let of_hits = check.agreement.iter().find(|agreement| agreement.kind == "hit");
    if let Some(AgreementRecord { items, alpha: Some(alpha), ac1: Some(ac1), .. }) = of_hits {
        names.add("agreed_hits", language.counted("agreed_hits", *items));
        names.add("alpha", format!("{alpha:.3}"));
        names.add("ac1", format!("{ac1:.3}"));
        sentences.push(&language.coders);
    }
    sentences
}

/// The templates that name the dictionary and the lexicon of a run.
fn coded_with<'l>(record: &RunRecord, language: &'l Sentences, names: &mut Names) -> (&'l str, &'l str) {
    let standard: Vec<(String, String)> = default_files().collect();
    let is_standard = |file: &&Identified| {
        standard.iter().any(|(name, sha256)| (name, sha256) == (&file.name, &file.sha256))
    };
    let own: Vec<&str> = record
        .lexicon
        .files
        .iter()
        .filter(|file| !is_standard(file))
        .map(|file| file.name.as_str())
        .collect();
    names.add("files", own.join(&language.comma));
    let name = record.dictionary.name.to_lowercase();
    let dictionary = match name.split_once("unidic") {
        Some((_, rest)) if has_version(rest) => &language.unidic,
        Some(_) => &language.unidic_without_version,
        None if name.contains("ipadic") => &language.ipadic,
        None => &language.dictionary,
    };
    (dictionary, if own.is_empty() { &language.default_lexicon } else { &language.own_lexicon })
}

/// Whether a name holds a version: numbers with a dot, or the year and month of a release.
fn has_version(name: &str) -> bool {
    let mut words = name.split(|character: char| character != '.' && !character.is_ascii_digit());
    words.any(|word| word.len() > 5 || word.trim_matches('.').contains('.'))
}

/// What was counted in a run: figures that a noun follows.
fn figures(record: &RunRecord, tables: RunTables) -> Result<[(&'static str, u64); 6], ReadBackError> {
    let [sentences, tokens, hedge, assertive] = sums(tables, ["sentences", "tokens", "hedge", "assertive"])?;
    Ok([
        ("documents", record.documents()),
        ("sentences", sentences),
        ("tokens", tokens),
        ("hedge", hedge),
        ("assertive", assertive),
        ("skipped", record.skipped.len() as u64),
    ])
}

/// What a run was made with.
fn values(record: &RunRecord) -> Vec<(&'static str, String)> {
    let shortened = |digest: &str| format!("{}…", digest.get(..DIGITS).unwrap_or(digest));
    vec![
        ("version", record.hedgerow.clone()),
        ("lindera", record.lindera.clone()),
        ("dictionary_name", record.dictionary.name.clone()),
        ("dictionary_digest", shortened(&record.dictionary.sha256)),
        ("dictionary_digest_in_full", record.dictionary.sha256.clone()),
        ("digest", shortened(&record.lexicon.sha256)),
        ("digest_in_full", record.lexicon.sha256.clone()),
        ("entries", grouped(record.lexicon.entries as u64)),
    ]
}
