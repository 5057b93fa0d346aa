//! `documents.csv`: the counts of each document, its variables and its group.

use std::collections::HashMap;

use crate::counts::{DesignColumns, FIFTHS, SENTENCE_KINDS};
use crate::lexicon::Stance;
use crate::statistics::per_thousand;
use crate::tables::{ComparisonRecord, ReadBackError, RunTables};

/// The documents of a run.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// In the order of the tables.
    pub all: Vec<SourceDocument>,
    /// The variables, in the order of the columns.
    pub variables: Vec<Variable>,
    by_name: HashMap<String, u32>,
}

/// A document.
#[derive(Debug, Clone, Default)]
pub struct SourceDocument {
    /// Its name.
    pub name: String,
    /// Its characters.
    pub characters: u64,
    /// Its sentences.
    pub sentences: u64,
    /// Its tokens.
    pub tokens: u64,
    /// By stance: affirmed markers.
    pub stances: [u64; Stance::ALL.len()],
    /// By stance: negated markers.
    pub negated: [u64; Stance::ALL.len()],
    /// By kind: sentences.
    pub kinds: [u64; SENTENCE_KINDS.len()],
    /// By variable: the index of its value in [`Variable::values`].
    pub values: Vec<u32>,
    /// The index of its group; none where it is in none.
    pub group: Option<usize>,
    /// The index of the value of the variable on which documents depend; none where each is independent.
    pub cluster: Option<u32>,
}

/// A variable of the user's.
#[derive(Debug, Clone, Default)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its values, as they stand in the table, in the order of their first documents.
    pub values: Vec<String>,
}

impl Documents {
    /// Reads the table; `comparison` says which groups there are.
    pub(super) fn read(
        tables: RunTables,
        comparison: Option<&ComparisonRecord>,
    ) -> Result<Self, ReadBackError> {
        let mut rows = tables.open("documents")?;
        let [name, characters, sentences, tokens] =
            rows.columns(["document", "characters", "sentences", "tokens"])?;
        let stances = rows.columns(Stance::ALL.map(Stance::name))?;
        let negated = rows.columns(["hedge_negated", "assertive_negated"])?;
        let kinds = SENTENCE_KINDS.map(|kind| format!("sentences_{kind}"));
        let kinds = rows.columns(kinds.each_ref().map(String::as_str))?;
        let columns = rows.variables("documents");
        let names: Vec<String> = columns.iter().map(|(_, name)| name.clone()).collect();
        let design =
            comparison.map(|comparison| DesignColumns::new(&comparison.design, &names)).transpose()?;
        let groups: HashMap<&str, usize> = comparison
            .iter()
            .flat_map(|comparison| comparison.groups.iter().enumerate())
            .map(|(index, group)| (group.group.as_str(), index))
            .collect();
        let mut values = vec![Values::default(); columns.len()];
        let mut clusters = Values::default();
        let mut documents = Documents::default();
        while rows.next_row()? {
            let cell = |variable: usize| columns.get(variable).map_or("", |(column, _)| rows.text(*column));
            let own = design.as_ref().map(|design| design.group(cell));
            let cluster = design.as_ref().map_or("", |design| design.cluster(cell)).trim();
            let document = SourceDocument {
                name: rows.text(name).to_owned(),
                characters: rows.count(characters)?,
                sentences: rows.count(sentences)?,
                tokens: rows.count(tokens)?,
                stances: rows.counts(stances)?,
                negated: rows.counts(negated)?,
                kinds: rows.counts(kinds)?,
                values: values
                    .iter_mut()
                    .zip(&columns)
                    .map(|(values, (column, _))| values.index(rows.text(*column)))
                    .collect(),
                group: own.and_then(|group| groups.get(group.as_str()).copied()),
                cluster: (!cluster.is_empty()).then(|| clusters.index(cluster)),
            };
            documents.by_name.insert(document.name.clone(), documents.all.len() as u32);
            documents.all.push(document);
        }
        let named = names.into_iter().zip(values);
        documents.variables = named.map(|(name, values)| Variable { name, values: values.values }).collect();
        // A document that the comparison has left out is in no group.
        for left_out in comparison.iter().flat_map(|comparison| &comparison.left_out) {
            if let Some(index) = documents.index(left_out)
                && let Some(document) = documents.all.get_mut(index)
            {
                document.group = None;
            }
        }
        Ok(documents)
    }

    /// The index of a document by its name.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).map(|index| *index as usize)
    }
}

impl SourceDocument {
    /// Its affirmed markers of a stance per 1,000 tokens; none where it has no tokens.
    pub fn rate(&self, stance: Stance) -> Option<f64> {
        let count = Stance::ALL.iter().zip(self.stances).find(|(known, _)| **known == stance);
        per_thousand(count.map_or(0, |(_, count)| count), self.tokens)
    }

    /// The fifth, from 0, in which a character stands.
    pub fn fifth(&self, start: u64) -> Option<usize> {
        crate::counts::fifth(start, self.characters).filter(|fifth| *fifth < FIFTHS)
    }
}

/// Values with their indices.
#[derive(Debug, Clone, Default)]
struct Values {
    values: Vec<String>,
    indices: HashMap<String, u32>,
}

impl Values {
    fn index(&mut self, value: &str) -> u32 {
        if let Some(index) = self.indices.get(value) {
            return *index;
        }
        let index = self.values.len() as u32;
        self.values.push(value.to_owned());
        self.indices.insert(value.to_owned(), index);
        index
    }
}
