//! Documents grouped by the value of a variable.

use super::MergeError;
use crate::messages::Message;
use crate::nearest::nearest;

/// The most groups that are compared: the number of pairs grows with their square.
const MAX_GROUPS: usize = 30;

/// Documents that can't be grouped by a variable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
#[non_exhaustive]
pub enum GroupingError {
    /// There are no variables.
    NoVariables(String),
    /// No variable has this name.
    Unknown {
        /// The name.
        variable: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// Two documents have the same name.
    DuplicateDocument(String),
    /// Counts that were made with different lexicons or dictionaries.
    Counts(#[from] MergeError),
    /// No document has a value of the variable.
    NoValue(String),
    /// All documents have the same value.
    OneGroup {
        /// The variable.
        variable: String,
        /// Its value.
        value: String,
    },
    /// More values than can be compared pair by pair.
    TooMany {
        /// The variable.
        variable: String,
        /// How many values it has.
        groups: usize,
    },
}

impl GroupingError {
    /// Its message.
    pub fn message(&self) -> Message {
        match self {
            GroupingError::NoVariables(variable) => {
                Message::new("grouping.no_variables", &[("variable", variable)])
            }
            GroupingError::Unknown { variable, known } => {
                let list = known.join(", ");
                match nearest(variable, known.iter().map(String::as_str)) {
                    Some(nearest) => Message::new(
                        "grouping.unknown_near",
                        &[("variable", variable), ("nearest", &nearest), ("known", &list)],
                    ),
                    None => Message::new("grouping.unknown", &[("variable", variable), ("known", &list)]),
                }
            }
            GroupingError::DuplicateDocument(document) => {
                Message::new("grouping.duplicate_document", &[("document", document)])
            }
            GroupingError::Counts(error) => error.message(),
            GroupingError::NoValue(variable) => Message::new("grouping.no_value", &[("variable", variable)]),
            GroupingError::OneGroup { variable, value } => {
                Message::new("grouping.one_group", &[("variable", variable), ("value", value)])
            }
            GroupingError::TooMany { variable, groups } => Message::new(
                "grouping.too_many",
                &[("variable", variable), ("groups", groups), ("most", &MAX_GROUPS)],
            ),
        }
    }
}

/// The index of a variable in `names`.
///
/// # Errors
/// No variable of that name.
pub fn find_variable(variable: &str, names: &[String]) -> Result<usize, GroupingError> {
    let unknown = || match names {
        [] => GroupingError::NoVariables(variable.into()),
        _ => GroupingError::Unknown { variable: variable.into(), known: names.to_vec() },
    };
    names.iter().position(|name| name == variable).ok_or_else(unknown)
}

/// The group that a cell of the table of variables names; none where it is blank.
pub fn group_of(cell: &str) -> Option<&str> {
    Some(cell.trim()).filter(|value| !value.is_empty())
}

/// The groups of documents with these cells of the table of variables, by code point.
///
/// # Errors
/// Fewer than two groups, or more than can be compared.
pub fn groups<'a>(
    variable: &str,
    cells: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<String>, GroupingError> {
    let mut groups: Vec<&str> = cells.into_iter().filter_map(group_of).collect();
    groups.sort_unstable();
    groups.dedup();
    match groups[..] {
        [] => Err(GroupingError::NoValue(variable.into())),
        [value] => Err(GroupingError::OneGroup { variable: variable.into(), value: value.into() }),
        _ if groups.len() > MAX_GROUPS => {
            Err(GroupingError::TooMany { variable: variable.into(), groups: groups.len() })
        }
        _ => Ok(groups.into_iter().map(str::to_owned).collect()),
    }
}
