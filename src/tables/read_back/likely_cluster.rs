//! Documents that are likely to depend on each other: pages of one site, texts of one author.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::ReadBackError;
use super::super::columns::variable_columns;
use super::super::formulas::unprotected;
use super::run_tables::RunTables;
use crate::counts::Design;

/// Names of variables whose values are sites, authors or companies, one in a line.
const NAMES: &str = include_str!("cluster_names.txt");

/// What some documents of a run share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LikelyCluster {
    /// The variable; none where it is the name of a folder that looks like that of a site.
    pub variable: Option<String>,
    /// The value that most documents share.
    pub value: String,
    /// How many they are.
    pub documents: u64,
}

/// What documents share, of which the design of a comparison says nothing: the value of a variable that is named like a cluster, or a folder
/// that is named like a site. None where no two documents share one.
///
/// # Errors
/// A table that can't be read.
pub fn likely_cluster(tables: RunTables, design: &Design) -> Result<Option<LikelyCluster>, ReadBackError> {
    let mut rows = tables.open("documents")?;
    let [document] = rows.columns(["document"])?;
    let named = [Some(&design.by), design.within.as_ref()];
    let is_named = |name: &str| {
        named.iter().flatten().any(|own| own.split(',').any(|own| own.trim() == name) || *own == name)
    };
    let is_cluster = |name: &str| NAMES.lines().any(|known| known.eq_ignore_ascii_case(name.trim()));
    let candidates: Vec<(usize, String)> = variable_columns("documents", &rows.header)
        .into_iter()
        .filter_map(|column| Some((column, unprotected(rows.header.get(column)?).to_owned())))
        .filter(|(_, name)| is_cluster(name) && !is_named(name))
        .collect();
    let mut shared: Vec<BTreeMap<String, u64>> = vec![BTreeMap::new(); candidates.len().saturating_add(1)];
    while rows.next_row()? {
        let values = candidates.iter().map(|(column, _)| rows.text(*column).trim());
        let site = rows.text(document).split('/').rev().skip(1).find(|folder| is_site(folder));
        for (shared, value) in shared.iter_mut().zip(values.chain([site.unwrap_or_default()])) {
            if !value.is_empty() {
                let documents = shared.entry(value.to_owned()).or_default();
                *documents = documents.saturating_add(1);
            }
        }
    }
    let variables = candidates.into_iter().map(|(_, name)| Some(name)).chain([None]);
    let largest = |shared: BTreeMap<String, u64>| {
        // The first of those that are shared by as many.
        shared
            .into_iter()
            .rev()
            .max_by_key(|(_, documents)| *documents)
            .filter(|(_, documents)| *documents > 1)
    };
    let found = variables.zip(shared).find_map(|(variable, shared)| {
        let (value, documents) = largest(shared)?;
        Some(LikelyCluster { variable, value, documents })
    });
    Ok(found)
}

/// Whether a folder is named like the host of a site: labels with dots, the last of letters.
fn is_site(folder: &str) -> bool {
    let labels: Vec<&str> = folder.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    let is_last = |label: &&str| label.chars().count() > 1 && label.chars().all(char::is_alphabetic);
    labels.len() > 1 && labels.iter().all(is_label) && labels.last().is_some_and(is_last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_that_look_like_sites_are_known() {
        assert!(
            ["example.com", "www.example.co.jp", "例え.テスト", "my-site.org"]
                .iter()
                .all(|name| is_site(name))
        );
        assert!(
            ["clinic", "2024.01", "a..jp", "v1.2", "", ".git", "資料。jp"].iter().all(|name| !is_site(name))
        );
    }
}
