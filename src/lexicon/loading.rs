//! Reads lexicon files and puts them together.

use std::collections::BTreeMap;

use memchr::memchr_iter;
use serde::de::DeserializeOwned;
use toml::Spanned;

use super::file::{CategoryFile, ContextFile, EntryTable, MacroFile, RuleTable};
use super::pattern::{self, Macros, Pattern};
use super::{
    Category, ContextExample, ContextRule, ContextRules, Contexts, Entry, Position, SentenceType, Source,
    Stance, standard,
};
use crate::digest::sha256;
use crate::morphology::Analyser;

/// A mistake in a lexicon file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {message}")]
pub struct LexiconError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what was expected.
    pub message: String,
}

/// The entries, in categories, and the rules for their context.
#[derive(Debug, Clone)]
pub struct Lexicon {
    /// By stance, then by name.
    pub categories: Vec<Category>,
    /// By id.
    pub entries: Vec<Entry>,
    /// The rules for the context of a hit.
    pub contexts: Contexts,
    /// Every file it was read from, by its name without folders, with its SHA-256 in hexadecimal, in the order of reading.
    pub files: Vec<(String, String)>,
}

impl Lexicon {
    /// The category of an entry.
    pub fn category(&self, entry: &Entry) -> &Category {
        &self.categories[entry.category]
    }

    /// The stance of an entry, by its number.
    pub fn stance_of(&self, entry: usize) -> Stance {
        self.categories[self.entries[entry].category].stance
    }

    /// SHA-256, in hexadecimal, over the digests of all its files: the same digest, the same lexicon.
    pub fn digest(&self) -> String {
        sha256(self.files.iter().map(|(_, digest)| digest.as_str()).collect::<String>())
    }
}

fn flag(value: &str) -> Option<bool> {
    value.parse().ok()
}

fn position(value: &str) -> Option<Position> {
    [Position::Predicate, Position::Adnominal, Position::Adverbial, Position::Other]
        .into_iter()
        .find(|position| position.name() == value)
}

fn sentence_type(value: &str) -> Option<SentenceType> {
    [SentenceType::Declarative, SentenceType::Other].into_iter().find(|kind| kind.name() == value)
}

/// What the reader of TOML says, with a remedy for what is likely to be forgotten.
fn in_words(message: &str) -> String {
    let remedy = match message {
        "missing field `examples`" => "give the entry at least one sentence in which it is found",
        "missing field `entry`" => "give at least one [[entry]]",
        "missing field `category`" => "say which category the entries belong to: category = \"…\"",
        "missing field `stance`" => "say which stance the category has: stance = \"hedge\" or \"assertive\"",
        "missing field `id`" => "give the entry an id: id = \"…\"",
        _ => return message.to_owned(),
    };
    format!("{message}: {remedy}")
}

/// Reads a lexicon: its files one by one, in any order or at once, and then puts them together.
pub struct LexiconLoader<'a> {
    analyser: &'a Analyser,
    named: NamedPatterns,
}

/// The patterns that all files may call by name, and their own file.
pub struct NamedPatterns {
    macros: Macros,
    record: FileRecord,
}

/// The name of a file without folders, and its SHA-256 in hexadecimal.
type FileRecord = (String, String);

/// A file of entries that has been read.
pub struct EntryFile {
    source: Source,
    is_own: bool,
    record: FileRecord,
    category: Category,
    category_line: usize,
    entries: Vec<Entry>,
}

/// The files with the rules for the context, read.
pub struct ContextFiles {
    contexts: Contexts,
    records: Vec<FileRecord>,
}

/// Entries by id, each with the name of its category.
type Named = BTreeMap<String, (Entry, String)>;

impl NamedPatterns {
    /// Reads them.
    ///
    /// # Errors
    /// A mistake in their file.
    pub fn read() -> Result<Self, LexiconError> {
        let source = standard::macros();
        let (file, record) = read::<MacroFile>(&source)?;
        let mut macros = Macros::new();
        for table in file.macros {
            let name = table.name.get_ref();
            let pattern = source.pattern(&table.pattern, name, Place::Macro, &macros)?;
            if macros.insert(name.clone(), pattern).is_some() {
                return Err(source.mistake(&table.name, format!("the macro {name} stands already above")));
            }
        }
        Ok(NamedPatterns { macros, record })
    }
}

impl<'a> LexiconLoader<'a> {
    /// A loader of files that are cut by this analyser, where they give no pattern.
    pub fn new(analyser: &'a Analyser, named: NamedPatterns) -> Self {
        LexiconLoader { analyser, named }
    }

    /// The files to read: those of the default lexicon, then the user's own.
    pub fn sources(own: &[Source]) -> Vec<(Source, bool)> {
        let own = own.iter().map(|source| (source.clone(), true));
        standard::modality().map(|source| (source, false)).chain(own).collect()
    }

    /// Reads one of the files.
    ///
    /// # Errors
    /// The first mistake in it.
    pub fn read(&self, (source, is_own): (Source, bool)) -> Result<EntryFile, LexiconError> {
        let (file, record) = read::<CategoryFile>(&source)?;
        let category_line = source.line(file.category.span().start);
        let category = Category {
            name: file.category.into_inner(),
            stance: file.stance,
            term: file.term,
            definition: file.definition,
            source: file.source,
        };
        let entry = |table| self.entry(&source, table);
        let entries = file.entry.into_iter().map(entry).collect::<Result<_, _>>()?;
        Ok(EntryFile { source, is_own, record, category, category_line, entries })
    }

    /// Reads the rules for the context of a hit.
    ///
    /// # Errors
    /// The first mistake in them.
    pub fn contexts(&self) -> Result<ContextFiles, LexiconError> {
        let mut records = Vec::new();
        let contexts = Contexts {
            negated: self.context("negated", flag, &mut records)?,
            interrogative: self.context("interrogative", flag, &mut records)?,
            quoted: self.context("quoted", flag, &mut records)?,
            position: self.context("position", position, &mut records)?,
            sentence: self.context("sentence", sentence_type, &mut records)?,
        };
        Ok(ContextFiles { contexts, records })
    }

    /// The default lexicon with files of the user's own: their entries are added, or take the place of
    /// the default entry with the same id.
    ///
    /// # Errors
    /// Files that contradict each other.
    pub fn finish(self, read: Vec<EntryFile>, contexts: ContextFiles) -> Result<Lexicon, LexiconError> {
        let mut files = vec![self.named.record.clone()];
        let mut categories = BTreeMap::new();
        let (mut entries, mut own_entries) = (Named::new(), Named::new());
        for file in read {
            files.push(file.record.clone());
            let entries = if file.is_own { &mut own_entries } else { &mut entries };
            file.add_to(&mut categories, entries)?;
        }
        entries.extend(own_entries);
        let ContextFiles { contexts, records } = contexts;
        files.extend(records);
        let mut categories: Vec<Category> = categories.into_values().collect();
        categories.sort_by(|a, b| (a.stance, &a.name).cmp(&(b.stance, &b.name)));
        let number = |name: &str| categories.iter().position(|category| category.name == name);
        let entries = entries
            .into_values()
            .map(|(entry, category)| Entry {
                category: number(&category).expect("its file has added it"),
                ..entry
            })
            .collect();
        Ok(Lexicon { categories, entries, contexts, files })
    }

    fn entry(&self, source: &Source, table: EntryTable) -> Result<Entry, LexiconError> {
        let id = table.id.get_ref().clone();
        let form = table.form.unwrap_or_else(|| id.clone());
        if form.trim().is_empty() {
            return Err(source.mistake(&table.id, "expected a citation form that is not empty".into()));
        }
        if table.examples.is_empty() {
            let message = format!("{id}: expected at least one example sentence");
            return Err(source.mistake(&table.id, message));
        }
        let node = match &table.pattern {
            Some(pattern) => source.pattern(pattern, &id, Place::Node, &self.named.macros)?,
            None => self.tokenised(&form),
        };
        let context = |pattern: &Option<Spanned<String>>, place| {
            source.optional(pattern, &id, place, &self.named.macros)
        };
        Ok(Entry {
            category: 0,
            before: context(&table.before, Place::Context)?,
            not_before: context(&table.not_before, Place::Context)?,
            after: context(&table.after, Place::Context)?,
            not_after: context(&table.not_after, Place::Context)?,
            node,
            form,
            negated: table.negated,
            examples: table.examples,
            denied: table.denied,
            counterexamples: table.counterexamples,
            note: table.note,
            origin: (source.name.clone(), source.line(table.id.span().start)),
            id,
        })
    }

    /// The pattern of a citation form: its lemmas as the dictionary cuts them.
    fn tokenised(&self, form: &str) -> Pattern {
        let mut morphemes = Vec::new();
        self.analyser.tokeniser().tokenise(form, &mut morphemes);
        let features = morphemes.iter().map(|m| self.analyser.features(m.word, m.surface(form)));
        Pattern::of_lemmas(features.map(|features| features.lemma))
    }

    fn context<T: Copy>(
        &self,
        column: &str,
        value: impl Fn(&str) -> Option<T>,
        files: &mut Vec<FileRecord>,
    ) -> Result<ContextRules<T>, LexiconError> {
        let source = standard::context(column);
        let (file, record) = read::<ContextFile>(&source)?;
        files.push(record);
        let value = |text: &Spanned<String>| {
            let message = format!("`{}` is no value of {column}", text.get_ref());
            value(text.get_ref()).ok_or_else(|| source.mistake(text, message))
        };
        let rule = |table: RuleTable| {
            let pattern = |pattern: &Option<Spanned<String>>, place| {
                source.optional(pattern, &table.id, place, &self.named.macros)
            };
            Ok(ContextRule {
                value: value(&table.value)?,
                node: pattern(&table.node, Place::Node)?,
                before: pattern(&table.before, Place::Context)?,
                after: pattern(&table.after, Place::Context)?,
                id: table.id,
            })
        };
        Ok(ContextRules {
            default: value(&file.default)?,
            rules: file.rule.into_iter().map(rule).collect::<Result<_, LexiconError>>()?,
            examples: file
                .example
                .into_iter()
                .map(|example| {
                    Ok(ContextExample {
                        value: value(&example.value)?,
                        origin: (source.name.clone(), source.line(example.text.span().start)),
                        text: example.text.into_inner(),
                        node: example.node,
                    })
                })
                .collect::<Result<_, LexiconError>>()?,
        })
    }
}

impl EntryFile {
    /// Adds its category, and its entries to those of its kind; an id that they hold already is a mistake.
    fn add_to(
        self,
        categories: &mut BTreeMap<String, Category>,
        entries: &mut Named,
    ) -> Result<(), LexiconError> {
        let EntryFile { source, category, category_line, entries: read, .. } = self;
        let (name, stance) = (category.name.clone(), category.stance);
        let known = categories.entry(name.clone()).or_insert(category);
        if known.stance != stance {
            let message = format!("the category {name} is known with the stance {}", known.stance);
            return Err(LexiconError { file: source.name, line: category_line, message });
        }
        for entry in read {
            if let Some((earlier, _)) = entries.get(&entry.id) {
                let (file, line) = &earlier.origin;
                let message = format!("the id {} stands already in {file}, line {line}", entry.id);
                return Err(LexiconError { file: source.name, line: entry.origin.1, message });
            }
            entries.insert(entry.id.clone(), (entry, name.clone()));
        }
        Ok(())
    }
}

/// Reads a file's form.
fn read<T: DeserializeOwned>(source: &Source) -> Result<(T, FileRecord), LexiconError> {
    let name = source.name.rsplit(['/', '\\']).next().unwrap_or_default();
    let record = (name.into(), sha256(&source.text));
    let file = toml::from_str(&source.text).map_err(|error| LexiconError {
        file: source.name.clone(),
        line: error.span().map_or(1, |span| source.line(span.start)),
        message: in_words(error.message()),
    })?;
    Ok((file, record))
}

/// Where a pattern stands, and so what it may hold.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Node,
    Context,
    /// Anywhere: what it may hold shows where it is called.
    Macro,
}

impl Source {
    fn line(&self, byte: usize) -> usize {
        memchr_iter(b'\n', &self.text.as_bytes()[..byte]).count() + 1
    }

    fn mistake(&self, at: &Spanned<String>, message: String) -> LexiconError {
        LexiconError { file: self.name.clone(), line: self.line(at.span().start), message }
    }

    fn optional(
        &self,
        text: &Option<Spanned<String>>,
        id: &str,
        place: Place,
        macros: &Macros,
    ) -> Result<Option<Pattern>, LexiconError> {
        text.as_ref().map(|text| self.pattern(text, id, place, macros)).transpose()
    }

    fn pattern(
        &self,
        text: &Spanned<String>,
        id: &str,
        place: Place,
        macros: &Macros,
    ) -> Result<Pattern, LexiconError> {
        let pattern = pattern::parse(text.get_ref(), macros)
            .map_err(|error| self.mistake(text, format!("{id}: {error} in {}", text.get_ref())))?;
        let wrong = |what: &str| Err(self.mistake(text, format!("{id}: {what}: {}", text.get_ref())));
        match place {
            Place::Node if pattern.names_a_sentence_end() => {
                wrong("`<s>` and `</s>` may only stand in what comes before or after")
            }
            Place::Node if pattern.matches_nothing() => {
                wrong("expected a pattern that needs at least one token")
            }
            Place::Context if pattern.matches_nothing() => {
                wrong("expected a pattern that does not match everywhere")
            }
            _ => Ok(pattern),
        }
    }
}
