//! Reads lexicon files and joins them to a lexicon.

#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::unwrap_used
    )
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::Spanned;

use super::error::{LexiconError, Mistake};
use super::file::{CategoryFile, ContextFile, EntryTable, ExampleTable, MacroFile, RuleTable};
use super::pattern::{Macros, Pattern};
use super::size::{self, Size};
use super::source::{FileRecord, Lines, PatternRole, Source};
use super::{
    Category, ContextExample, ContextRule, ContextRules, Contexts, Entry, Lexicon, Position, SentenceType,
    embedded,
};
use crate::morphology::Analyser;
use crate::text::{composed, folded};

/// Reads a lexicon: its files one by one, in any order or in parallel, and then joins them.
pub struct LexiconLoader<'a> {
    analyser: &'a Arc<Analyser>,
    macros: LoadedMacros,
}

/// The macros, which all files may call.
#[derive(Clone)]
pub struct LoadedMacros {
    macros: Macros,
    record: FileRecord,
}

/// A file of entries, not yet read.
pub struct LexiconFile {
    source: Source,
    /// Whether it is a user's own file, not one of the default lexicon.
    is_own: bool,
}

/// A file of entries, read.
pub struct LoadedEntries {
    file: LexiconFile,
    category: Category,
    category_line: usize,
    /// Their category is not resolved yet.
    entries: Vec<Entry>,
}

/// The files with the rules for the context, read.
#[derive(Clone)]
pub struct LoadedContexts {
    contexts: Contexts,
    records: Vec<FileRecord>,
}

/// Entries by id, each with the name of its category.
type EntriesById = BTreeMap<String, (Entry, String)>;

impl LoadedMacros {
    /// Reads their file.
    ///
    /// # Errors
    /// A mistake in it.
    pub fn read() -> Result<Self, LexiconError> {
        let source = embedded::macros();
        let record = source.record();
        let source = source.lines();
        let file: MacroFile = source.parse()?;
        let mut macros = Macros::new();
        for table in file.macros {
            let name = table.name.get_ref();
            let pattern = source.pattern(&table.pattern, name, PatternRole::Macro, &macros)?;
            if macros.insert(name.clone(), pattern).is_some() {
                return Err(source.error(&table.name, Mistake::DuplicateMacro { name: name.clone() }));
            }
        }
        Ok(LoadedMacros { macros, record })
    }
}

impl LexiconFile {
    /// A file of the user's own.
    pub fn own(source: Source) -> Self {
        LexiconFile { source, is_own: true }
    }
}

impl<'a> LexiconLoader<'a> {
    /// A loader that cuts the citation forms of entries without a pattern with this analyser.
    pub fn new(analyser: &'a Arc<Analyser>, macros: LoadedMacros) -> Self {
        LexiconLoader { analyser, macros }
    }

    /// The files of entries: those of the default lexicon, then the user's own.
    pub fn files(own: &[Source]) -> Vec<LexiconFile> {
        let default = embedded::modality().map(|source| LexiconFile { source, is_own: false });
        default.chain(own.iter().cloned().map(LexiconFile::own)).collect()
    }

    /// Reads a file of entries.
    ///
    /// # Errors
    /// The first mistake in it.
    pub fn read(&self, file: LexiconFile) -> Result<LoadedEntries, LexiconError> {
        let source = &file.source.lines();
        let tables: CategoryFile = source.parse()?;
        let category_line = source.line_of(&tables.category);
        let category = Category {
            name: tables.category.into_inner(),
            stance: tables.stance,
            term: tables.term,
            definition: tables.definition,
            source: tables.source,
        };
        let entry = |table| self.entry(source, table);
        let entries = tables.entry.into_iter().map(entry).collect::<Result<_, _>>()?;
        Ok(LoadedEntries { file, category, category_line, entries })
    }

    fn entry(&self, source: &Lines, table: EntryTable) -> Result<Entry, LexiconError> {
        let id = composed(table.id.get_ref());
        let form = table.form.unwrap_or_else(|| id.clone());
        if form.trim().is_empty() {
            return Err(source.error(&table.id, Mistake::EmptyForm));
        }
        if table.examples.is_empty() {
            return Err(source.error(&table.id, Mistake::NoExamples { id }));
        }
        let macros = &self.macros.macros;
        let node = match &table.pattern {
            Some(pattern) => source.pattern(pattern, &id, PatternRole::Node, macros)?,
            None => {
                let pattern = self.pattern_of_form(&form);
                size::check_form(&pattern).map_err(|mistake| source.error(&table.id, mistake))?;
                pattern
            }
        };
        let condition = |pattern: &Option<Spanned<String>>| {
            source.optional_pattern(pattern.as_ref(), &id, PatternRole::Condition, macros)
        };
        Ok(Entry {
            category: 0,
            before: condition(&table.before)?,
            not_before: condition(&table.not_before)?,
            after: condition(&table.after)?,
            not_after: condition(&table.not_after)?,
            node,
            form,
            negated: table.negated,
            examples: table.examples,
            denied: table.denied,
            counterexamples: table.counterexamples,
            note: table.note,
            origin: (source.source.name.clone(), source.line_of(&table.id)),
            id,
        })
    }

    /// The macros that patterns may call.
    pub(super) fn macros(&self) -> &Macros {
        &self.macros.macros
    }

    /// The pattern of a citation form: its lemmas as the dictionary cuts them, in the spelling that texts are folded to.
    pub(super) fn pattern_of_form(&self, form: &str) -> Pattern {
        let form = folded(form);
        let mut morphemes = Vec::new();
        self.analyser.tokeniser().tokenise(&form, &mut morphemes);
        let features = morphemes.iter().map(|m| self.analyser.features(m.word, m.surface(&form)));
        Pattern::of_lemmas(features.map(|features| features.lemma))
    }

    /// Reads the rules for the context of a hit.
    ///
    /// # Errors
    /// The first mistake in them.
    pub fn contexts(&self) -> Result<LoadedContexts, LexiconError> {
        let mut records = Vec::new();
        let flag = |value: &str| value.parse().ok();
        let position = |value: &str| Position::ALL.into_iter().find(|position| position.name() == value);
        let kind = |value: &str| SentenceType::ALL.into_iter().find(|kind| kind.name() == value);
        let contexts = Contexts {
            negated: self.rules("negated", flag, &mut records)?,
            interrogative: self.rules("interrogative", flag, &mut records)?,
            quoted: self.rules("quoted", flag, &mut records)?,
            position: self.rules("position", position, &mut records)?,
            sentence: self.rules("sentence", kind, &mut records)?,
        };
        Ok(LoadedContexts { contexts, records })
    }

    /// The rules for one column, and the record of their file.
    fn rules<V: Copy>(
        &self,
        column: &str,
        parse_value: impl Fn(&str) -> Option<V>,
        records: &mut Vec<FileRecord>,
    ) -> Result<ContextRules<V>, LexiconError> {
        let source = embedded::context(column);
        records.push(source.record());
        let source = source.lines();
        let file: ContextFile = source.parse()?;
        let value = |text: &Spanned<String>| {
            parse_value(text.get_ref())
                .ok_or_else(|| source.error(text, Mistake::UnknownValue { value: text.get_ref().clone() }))
        };
        let rule = |table: RuleTable| {
            let pattern = |pattern: &Option<Spanned<String>>, role| {
                source.optional_pattern(pattern.as_ref(), &table.id, role, &self.macros.macros)
            };
            Ok(ContextRule {
                value: value(&table.value)?,
                node: pattern(&table.node, PatternRole::Node)?,
                before: pattern(&table.before, PatternRole::Condition)?,
                after: pattern(&table.after, PatternRole::Condition)?,
                id: table.id,
            })
        };
        let example = |table: ExampleTable| {
            Ok(ContextExample {
                value: value(&table.value)?,
                origin: (source.source.name.clone(), source.line_of(&table.text)),
                text: table.text.into_inner(),
                node: table.node,
            })
        };
        Ok(ContextRules {
            default: value(&file.default)?,
            rules: file.rule.into_iter().map(rule).collect::<Result<_, LexiconError>>()?,
            examples: file.example.into_iter().map(example).collect::<Result<_, LexiconError>>()?,
        })
    }

    /// The default lexicon with files of the user's own: their entries are added, or replace the default entry with
    /// the same id.
    ///
    /// # Errors
    /// Files that contradict each other.
    pub fn finish(
        self,
        loaded: Vec<LoadedEntries>,
        contexts: LoadedContexts,
    ) -> Result<Lexicon, LexiconError> {
        let mut files = vec![self.macros.record];
        let mut categories = BTreeMap::new();
        let (mut entries, mut own_entries) = (EntriesById::new(), EntriesById::new());
        let mut size = Size::default();
        for loaded in loaded {
            files.push(loaded.file.source.record());
            let entries = if loaded.file.is_own { &mut own_entries } else { &mut entries };
            loaded.add_to(&mut categories, entries, &mut size)?;
        }
        entries.extend(own_entries);
        let LoadedContexts { contexts, records } = contexts;
        files.extend(records);
        let mut categories: Vec<Category> = categories.into_values().collect();
        categories.sort_by(|a, b| (a.stance, &a.name).cmp(&(b.stance, &b.name)));
        let index = |name: &str| categories.iter().position(|category| category.name == name);
        #[expect(clippy::expect_used, reason = "`add_to` adds the category of each entry")]
        let entries = entries
            .into_values()
            .map(|(entry, category)| Entry {
                category: index(&category).expect("its file has added it"),
                ..entry
            })
            .collect();
        Ok(Lexicon { categories, entries, contexts, files })
    }
}

impl LoadedEntries {
    /// Adds its category, and its entries to the others of the default lexicon, or of the user's.
    fn add_to(
        self,
        categories: &mut BTreeMap<String, Category>,
        entries: &mut EntriesById,
        size: &mut Size,
    ) -> Result<(), LexiconError> {
        let LoadedEntries { file: LexiconFile { source, .. }, category, category_line, entries: loaded } =
            self;
        let error = |line, mistake| LexiconError { file: source.name.clone(), line, mistake };
        let (name, stance) = (category.name.clone(), category.stance);
        let term = category.term.clone();
        let known = categories.entry(name.clone()).or_insert(category);
        // A category in several files has the first term that one of them gives.
        if known.term.trim().is_empty() {
            known.term = term;
        }
        if known.stance != stance {
            let mistake = Mistake::OtherStance { category: name, stance: known.stance };
            return Err(error(category_line, mistake));
        }
        for entry in loaded {
            if let Some((Entry { origin: (file, line), .. }, _)) = entries.get(&entry.id) {
                let mistake = Mistake::DuplicateId { id: entry.id, file: file.clone(), line: *line };
                return Err(error(entry.origin.1, mistake));
            }
            size.add(&entry).map_err(|mistake| error(entry.origin.1, mistake))?;
            entries.insert(entry.id.clone(), (entry, name.clone()));
        }
        Ok(())
    }
}
