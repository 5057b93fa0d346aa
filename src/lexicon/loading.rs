//! Reads lexicon files and puts them together.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::file::{CategoryFile, ContextFile, EntryTable, ExampleTable, MacroFile, RuleTable};
use super::pattern::{Macros, Pattern};
use super::reading::{FileRecord, LexiconError, Place};
use super::standard::LexiconFile;
use super::texts::{FromBuild, FromToml, Text};
use super::{
    Category, ContextExample, ContextRule, ContextRules, Contexts, Entry, Position, SentenceType, Source,
    Stance, standard,
};
use crate::digest::sha256;
use crate::morphology::Analyser;

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

/// Reads a lexicon: its files one by one, in any order or at once, and then puts them together.
pub struct LexiconLoader<'a> {
    analyser: &'a Arc<Analyser>,
    named: NamedPatterns,
}

/// The patterns that all files may call by name, and their own file.
pub struct NamedPatterns {
    macros: Macros,
    record: FileRecord,
}

/// A file of entries that has been read.
pub struct EntryFile {
    name: String,
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
        let file = standard::macros();
        let source = &file.source;
        let macros = file.read(
            |form: MacroFile<FromBuild>| macros(source, form),
            |form: MacroFile<FromToml>| macros(source, form),
        )?;
        Ok(NamedPatterns { macros, record: source.record() })
    }
}

fn macros<T: Text>(source: &Source, file: MacroFile<T>) -> Result<Macros, LexiconError> {
    let mut macros = Macros::new();
    for table in file.macros {
        let name = table.name.get();
        let pattern = source.pattern(&table.pattern, name, Place::Macro, &macros)?;
        if macros.insert(name.to_owned(), pattern).is_some() {
            return Err(source.mistake(&table.name, format!("the macro {name} stands already above")));
        }
    }
    Ok(macros)
}

impl<'a> LexiconLoader<'a> {
    /// A loader of files that are cut by this analyser, where they give no pattern.
    pub fn new(analyser: &'a Arc<Analyser>, named: NamedPatterns) -> Self {
        LexiconLoader { analyser, named }
    }

    /// The files to read: those of the default lexicon, then the user's own.
    pub fn files(own: &[Source]) -> Vec<LexiconFile> {
        standard::modality().chain(own.iter().cloned().map(LexiconFile::own)).collect()
    }

    /// Reads one of the files.
    ///
    /// # Errors
    /// The first mistake in it.
    pub fn read(&self, file: LexiconFile) -> Result<EntryFile, LexiconError> {
        let source = &file.source;
        let (category, category_line, entries) = file.read(
            |form: CategoryFile<FromBuild>| self.entries(source, form),
            |form: CategoryFile<FromToml>| self.entries(source, form),
        )?;
        let (is_own, record) = (file.is_own(), source.record());
        Ok(EntryFile { name: file.source.name, is_own, record, category, category_line, entries })
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

    /// The category of a file, the line that names it, and its entries.
    fn entries<T: Text>(
        &self,
        source: &Source,
        file: CategoryFile<T>,
    ) -> Result<(Category, usize, Vec<Entry>), LexiconError> {
        let category_line = file.category.line(source);
        let category = Category {
            name: file.category.into_string(),
            stance: file.stance,
            term: file.term,
            definition: file.definition,
            source: file.source,
        };
        let entry = |table| self.entry(source, table);
        let entries = file.entry.into_iter().map(entry).collect::<Result<_, _>>()?;
        Ok((category, category_line, entries))
    }

    fn entry<T: Text>(&self, source: &Source, table: EntryTable<T>) -> Result<Entry, LexiconError> {
        let id = table.id.get().to_owned();
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
        let context = |pattern: &Option<T>, place| source.optional(pattern, &id, place, &self.named.macros);
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
            origin: (source.name.clone(), table.id.line(source)),
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

    fn context<V: Copy>(
        &self,
        column: &str,
        value: impl Fn(&str) -> Option<V>,
        records: &mut Vec<FileRecord>,
    ) -> Result<ContextRules<V>, LexiconError> {
        let file = standard::context(column);
        let source = &file.source;
        records.push(source.record());
        file.read(
            |form: ContextFile<FromBuild>| self.rules(source, form, &value),
            |form: ContextFile<FromToml>| self.rules(source, form, &value),
        )
    }

    fn rules<T: Text, V: Copy>(
        &self,
        source: &Source,
        file: ContextFile<T>,
        value: &impl Fn(&str) -> Option<V>,
    ) -> Result<ContextRules<V>, LexiconError> {
        let wrong = |text: &T| source.mistake(text, format!("`{}` is no value of this column", text.get()));
        let value = |text: &T| value(text.get()).ok_or_else(|| wrong(text));
        let rule = |table: RuleTable<T>| {
            let pattern = |pattern: &Option<T>, place| {
                source.optional(pattern, table.id.get(), place, &self.named.macros)
            };
            Ok(ContextRule {
                value: value(&table.value)?,
                node: pattern(&table.node, Place::Node)?,
                before: pattern(&table.before, Place::Context)?,
                after: pattern(&table.after, Place::Context)?,
                id: table.id.into_string(),
            })
        };
        let example = |table: ExampleTable<T>| {
            Ok(ContextExample {
                value: value(&table.value)?,
                origin: (source.name.clone(), table.text.line(source)),
                text: table.text.into_string(),
                node: table.node,
            })
        };
        Ok(ContextRules {
            default: value(&file.default)?,
            rules: file.rule.into_iter().map(rule).collect::<Result<_, LexiconError>>()?,
            examples: file.example.into_iter().map(example).collect::<Result<_, LexiconError>>()?,
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
        let EntryFile { name: file, category, category_line, entries: read, .. } = self;
        let (name, stance) = (category.name.clone(), category.stance);
        let known = categories.entry(name.clone()).or_insert(category);
        if known.stance != stance {
            let message = format!("the category {name} is known with the stance {}", known.stance);
            return Err(LexiconError { file, line: category_line, message });
        }
        for entry in read {
            if let Some((earlier, _)) = entries.get(&entry.id) {
                let (other, line) = &earlier.origin;
                let message = format!("the id {} stands already in {other}, line {line}", entry.id);
                return Err(LexiconError { file, line: entry.origin.1, message });
            }
            entries.insert(entry.id.clone(), (entry, name.clone()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use serde::de::DeserializeOwned;

    use super::*;

    /// What is read in a file of the default lexicon, from the build and from the text.
    fn both_ways<A: DeserializeOwned, B: DeserializeOwned, R: Debug>(
        file: &LexiconFile,
        from_build: impl FnOnce(A) -> Result<R, LexiconError>,
        from_text: impl FnOnce(B) -> Result<R, LexiconError>,
    ) {
        let build = serde_json::from_str(file.from_build.unwrap()).map(from_build).unwrap().unwrap();
        let text = toml::from_str(&file.source.text).map(from_text).unwrap().unwrap();
        assert_eq!(format!("{build:?}"), format!("{text:?}"), "{}", file.source.name);
    }

    #[test]
    fn what_the_build_has_read_is_what_the_files_say() {
        let analyser = Arc::new(Analyser::embedded().unwrap());
        let loader = LexiconLoader::new(&analyser, NamedPatterns::read().unwrap());
        let file = standard::macros();
        both_ways(
            &file,
            |form: MacroFile<FromBuild>| macros(&file.source, form),
            |form: MacroFile<FromToml>| macros(&file.source, form),
        );
        for file in standard::modality() {
            both_ways(
                &file,
                |form: CategoryFile<FromBuild>| loader.entries(&file.source, form),
                |form: CategoryFile<FromToml>| loader.entries(&file.source, form),
            );
        }
        for column in ["negated", "interrogative", "quoted", "position", "sentence"] {
            let file = standard::context(column);
            let value = |text: &str| Some(text.len());
            both_ways(
                &file,
                |form: ContextFile<FromBuild>| loader.rules(&file.source, form, &value),
                |form: ContextFile<FromToml>| loader.rules(&file.source, form, &value),
            );
        }
    }
}
