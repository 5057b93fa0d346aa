//! What the program has counted, by group, with its variance between documents or clusters.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Counted, Domain, Measured};
use crate::counts::{Design, DesignColumns};
use crate::lexicon::{CategoryLabel, Stance};
use crate::statistics::{Frequency, Residuals};
use crate::tables::{ReadBackError, RowReader, RunTables};

/// The counts of a run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunCounts {
    /// The groups, in order; none where the documents are not grouped.
    pub groups: Vec<String>,
    /// The measures: the stances, then the categories.
    pub measures: Vec<Measured>,
    /// By domain, all documents first, then the groups in order: the documents, and the measures in order.
    pub domains: Vec<(u64, Vec<Counted>)>,
    /// The groups of some documents, by name.
    pub group_of: HashMap<String, Option<usize>>,
}

/// A document or a cluster: its documents and tokens, and the counts of its measures.
#[derive(Debug, Clone, Default)]
struct Unit {
    documents: u64,
    tokens: u64,
    counts: Vec<u64>,
}

/// Told of each unit, and in which group it is; none for one of all documents.
type Visit<'v> = dyn FnMut(Option<&str>, &Unit) + 'v;

/// Reads the counts of a run: of all documents, and of those of each group of a design, if one is given. `sampled` are the documents whose groups are asked for.
///
/// # Errors
/// A table that can't be read, or documents that can't be grouped so.
pub fn run_counts(
    tables: RunTables,
    categories: &[CategoryLabel],
    design: Option<&Design>,
    cluster: Option<&str>,
    order: &[String],
    sampled: &HashSet<&str>,
) -> Result<RunCounts, ReadBackError> {
    let stances = Stance::ALL.into_iter().map(Measured::Stance);
    let measures: Vec<Measured> = stances.chain((0..categories.len()).map(Measured::Category)).collect();
    let reading = Reading { tables, categories, measures: &measures, design, cluster };
    let (mut groups, mut group_names) = (BTreeSet::new(), HashMap::new());
    let mut sums: HashMap<Option<String>, Unit> = HashMap::new();
    reading.each_unit(
        &mut |document, group| {
            groups.extend(group.map(str::to_owned));
            if sampled.contains(document) {
                group_names.insert(document.to_owned(), group.map(str::to_owned));
            }
        },
        &mut |group, unit| add(sums.entry(group.map(str::to_owned)).or_default(), unit),
    )?;
    let mut groups: Vec<String> = groups.into_iter().collect();
    let place = |group: &String| order.iter().position(|known| known == group).unwrap_or(usize::MAX);
    groups.sort_by_key(place);
    let domains: Vec<Option<String>> =
        std::iter::once(None).chain(groups.iter().cloned().map(Some)).collect();
    let empty = Unit { counts: vec![0; measures.len()], ..Unit::default() };
    let sum_of = |domain: &Option<String>| sums.get(domain).unwrap_or(&empty);
    let mut residuals: HashMap<Option<String>, Vec<Residuals>> = HashMap::new();
    for domain in &domains {
        let Unit { tokens, counts, .. } = sum_of(domain);
        let own = counts.iter().map(|count| Residuals::new((*count as f64, *tokens as f64))).collect();
        residuals.insert(domain.clone(), own);
    }
    reading.each_unit(&mut |_, _| {}, &mut |group, unit| {
        let own = residuals.get_mut(&group.map(str::to_owned));
        let Some(residuals) = own.filter(|_| unit.tokens > 0) else { return };
        for (residuals, count) in residuals.iter_mut().zip(&unit.counts) {
            residuals.add((*count as f64, unit.tokens as f64));
        }
    })?;
    let counted = |domain: &Option<String>| {
        let Unit { documents, tokens, counts } = sum_of(domain);
        let residuals = residuals.get(domain).map(Vec::as_slice).unwrap_or_default();
        let counted = counts.iter().zip(residuals).map(|(count, residuals)| Counted {
            frequency: Frequency { count: *count, size: *tokens },
            ratio: residuals.ratio(*count, *tokens),
        });
        (*documents, counted.collect())
    };
    let index = |group: Option<String>| group.and_then(|group| groups.iter().position(|own| *own == group));
    Ok(RunCounts {
        domains: domains.iter().map(counted).collect(),
        group_of: group_names.into_iter().map(|(document, group)| (document, index(group))).collect(),
        groups,
        measures,
    })
}

impl RunCounts {
    /// The domains, in order, with their counts.
    pub fn each_domain(&self) -> impl Iterator<Item = (Domain, &(u64, Vec<Counted>))> {
        std::iter::once(None).chain((0..self.groups.len()).map(Some)).zip(&self.domains)
    }
}

fn add(sum: &mut Unit, unit: &Unit) {
    sum.documents = sum.documents.saturating_add(unit.documents);
    sum.tokens = sum.tokens.saturating_add(unit.tokens);
    sum.counts.resize(unit.counts.len(), 0);
    for (sum, count) in sum.counts.iter_mut().zip(&unit.counts) {
        *sum = sum.saturating_add(*count);
    }
}

/// How the documents of a run are read.
struct Reading<'r> {
    tables: RunTables<'r>,
    categories: &'r [CategoryLabel],
    measures: &'r [Measured],
    design: Option<&'r Design>,
    cluster: Option<&'r str>,
}

impl Reading<'_> {
    /// Tells of each document its name and group, and of each unit, once among all documents and once in its group. Clusters are held, documents are not.
    fn each_unit(
        &self,
        document_seen: &mut dyn FnMut(&str, Option<&str>),
        visit: &mut Visit,
    ) -> Result<(), ReadBackError> {
        let mut rows = self.tables.open("documents")?;
        let variables = rows.variables("documents");
        let names: Vec<String> = variables.iter().map(|(_, name)| name.clone()).collect();
        let by = self.design.map(|design| DesignColumns::new(design, &names)).transpose()?;
        let cluster = self.cluster.map(Design::by);
        let cluster = cluster.map(|design| DesignColumns::new(&design, &names)).transpose()?;
        let [name, tokens] = rows.columns(["document", "tokens"])?;
        let mut counts = Counts::open(self)?;
        let mut clusters: BTreeMap<(Option<String>, String), Unit> = BTreeMap::new();
        while rows.next_row()? {
            let cell = |variable: usize| variables.get(variable).map_or("", |(at, _)| rows.text(*at));
            let group = by.as_ref().map(|by| by.group(cell)).filter(|group| !group.is_empty());
            let document = rows.text(name);
            document_seen(document, group.as_deref());
            let unit = Unit { documents: 1, tokens: rows.count(tokens)?, counts: counts.of(document)? };
            let of_cluster = cluster.as_ref().map(|cluster| cluster.group(cell));
            match of_cluster.filter(|cluster| !cluster.is_empty()) {
                Some(cluster) => {
                    add(clusters.entry((None, cluster.clone())).or_default(), &unit);
                    if group.is_some() {
                        add(clusters.entry((group, cluster)).or_default(), &unit);
                    }
                }
                None => {
                    visit(None, &unit);
                    if group.is_some() {
                        visit(group.as_deref(), &unit);
                    }
                }
            }
        }
        clusters.iter().for_each(|((group, _), unit)| visit(group.as_deref(), unit));
        Ok(())
    }
}

/// `categories.csv`, in step with the documents.
struct Counts<'r> {
    rows: RowReader<'r>,
    is_at_row: bool,
    /// document, category, count
    columns: [usize; 3],
    categories: HashMap<&'r str, usize>,
    reading: &'r Reading<'r>,
}

impl<'r> Counts<'r> {
    fn open(reading: &'r Reading<'r>) -> Result<Self, ReadBackError> {
        let mut rows = reading.tables.open("categories")?;
        let columns = rows.columns(["document", "category", "count"])?;
        let is_at_row = rows.next_row()?;
        let categories = reading.categories.iter().enumerate();
        let categories = categories.map(|(at, category)| (&*category.name, at)).collect();
        Ok(Counts { rows, is_at_row, columns, categories, reading })
    }

    /// The counts of the measures in the next document.
    fn of(&mut self, document: &str) -> Result<Vec<u64>, ReadBackError> {
        let [name, category, count] = self.columns;
        let mut counts = vec![0_u64; self.reading.measures.len()];
        while self.is_at_row && self.rows.text(name) == document {
            let at = self.categories.get(self.rows.text(category)).copied();
            let number = self.rows.count(count)?;
            let stance = at.and_then(|at| self.reading.categories.get(at)).map(|category| category.stance);
            for (measure, sum) in self.reading.measures.iter().zip(&mut counts) {
                let is_own = match measure {
                    Measured::Stance(own) => Some(*own) == stance,
                    Measured::Category(own) => Some(*own) == at,
                };
                if is_own {
                    *sum = sum.saturating_add(number);
                }
            }
            self.is_at_row = self.rows.next_row()?;
        }
        Ok(counts)
    }
}
