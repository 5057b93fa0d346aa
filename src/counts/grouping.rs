//! Documents grouped by the value of a variable.

use super::{Design, MergeError, Order};
use crate::messages::Message;
use crate::nearest::nearest;

/// The most groups that are compared: the number of pairs grows with their square.
pub const MAX_GROUPS: usize = 30;

/// The most groups that a trend is computed over.
const MAX_VALUES: usize = 1_000;

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
        /// How many may be compared.
        most: usize,
    },
    /// A value that should be a number.
    NotANumber {
        /// The variable.
        variable: String,
        /// Its value.
        value: String,
    },
    /// A value that the order does not list.
    NotInOrder {
        /// The variable.
        variable: String,
        /// Its value.
        value: String,
    },
    /// A value of the order that no document has.
    OnlyInOrder {
        /// The variable.
        variable: String,
        /// The value.
        value: String,
    },
    /// A variable that pairs documents, and fewer than two pairs that have a document in every group.
    NoPairs(String),
    /// A variable that has two parts in a design.
    Twice(String),
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
            GroupingError::TooMany { variable, groups, most } => Message::new(
                "grouping.too_many",
                &[("variable", variable), ("groups", groups), ("most", most)],
            ),
            GroupingError::NotANumber { variable, value } => {
                Message::new("grouping.not_a_number", &[("variable", variable), ("value", value)])
            }
            GroupingError::NotInOrder { variable, value } => {
                Message::new("grouping.not_in_order", &[("variable", variable), ("value", value)])
            }
            GroupingError::OnlyInOrder { variable, value } => {
                Message::new("grouping.only_in_order", &[("variable", variable), ("value", value)])
            }
            GroupingError::NoPairs(variable) => Message::new("grouping.no_pairs", &[("variable", variable)]),
            GroupingError::Twice(variable) => Message::new("grouping.twice", &[("variable", variable)]),
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

/// The groups of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Groups {
    /// Their names, in order.
    pub names: Vec<String>,
    /// By group: its value, where they have an order.
    pub values: Vec<f64>,
}

impl Groups {
    /// The groups of documents with these cells of the table of variables: in the order that the design gives, by number where all
    /// are numbers, else by code point.
    ///
    /// # Errors
    /// Fewer than two groups, more than can be compared, or groups that don't fit the order.
    pub fn new<'a>(design: &Design, cells: impl IntoIterator<Item = &'a str>) -> Result<Self, GroupingError> {
        let variable = &design.by;
        let names = distinct(cells);
        match &names[..] {
            [] => return Err(GroupingError::NoValue(variable.clone())),
            [value] => {
                return Err(GroupingError::OneGroup { variable: variable.clone(), value: value.clone() });
            }
            _ => {}
        }
        let groups = match &design.order {
            Order::Listed(list) => listed(variable, names, list)?,
            Order::Numbers => match numbers(&names) {
                Ok(groups) => groups,
                Err(value) => {
                    return Err(GroupingError::NotANumber {
                        variable: variable.clone(),
                        value: value.into(),
                    });
                }
            },
            Order::IfNumbers => match numbers(&names) {
                Ok(groups) if names.len() > 2 => groups,
                Ok(groups) => Groups { values: Vec::new(), ..groups },
                Err(_) => Groups { names, values: Vec::new() },
            },
        };
        let most = if groups.values.is_empty() { MAX_GROUPS } else { MAX_VALUES };
        match groups.names.len() {
            number if number > most => {
                Err(GroupingError::TooMany { variable: variable.clone(), groups: number, most })
            }
            _ => Ok(groups),
        }
    }
}

/// Checks the groups that documents make, from their cells.
///
/// # Errors
/// Fewer than two groups, more than can be compared, or groups that don't fit the order.
pub fn check_groups<'a>(
    design: &Design,
    cells: impl IntoIterator<Item = &'a str>,
) -> Result<(), GroupingError> {
    Groups::new(design, cells).map(drop)
}

/// The different values of cells that are not blank, by code point.
fn distinct<'a>(cells: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut values: Vec<&str> = cells.into_iter().filter_map(group_of).collect();
    values.sort_unstable();
    values.dedup();
    values.into_iter().map(str::to_owned).collect()
}

/// The strata of a design, by code point.
pub(super) fn strata<'a>(design: &Design, cells: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    design.within.as_ref().map_or(Vec::new(), |_| distinct(cells))
}

/// The groups by number; or the first that is none.
fn numbers(names: &[String]) -> Result<Groups, &str> {
    let number = |name: &String| name.parse().ok().filter(|number: &f64| number.is_finite());
    let mut numbered = Vec::with_capacity(names.len());
    for name in names {
        numbered.push((number(name).ok_or(name.as_str())?, name.clone()));
    }
    // Values that are the same number, 1 and 1.0, stay two groups.
    numbered.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (values, names) = numbered.into_iter().unzip();
    Ok(Groups { names, values })
}

/// The groups in the order of a list.
fn listed(variable: &str, names: Vec<String>, list: &[String]) -> Result<Groups, GroupingError> {
    let variable = || variable.to_owned();
    if let Some(value) = names.iter().find(|name| !list.contains(name)) {
        return Err(GroupingError::NotInOrder { variable: variable(), value: value.clone() });
    }
    if let Some(value) = list.iter().find(|value| !names.contains(value)) {
        return Err(GroupingError::OnlyInOrder { variable: variable(), value: value.clone() });
    }
    let mut order: Vec<String> = Vec::new();
    for value in list {
        if !order.contains(value) {
            order.push(value.clone());
        }
    }
    let values = (1..=order.len()).map(|place| place as f64).collect();
    Ok(Groups { names: order, values })
}
