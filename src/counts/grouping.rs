//! Documents grouped by the value of a variable.

/// The most groups that are compared: pairs grow with their square, and nobody reads a thousand comparisons.
const MOST_GROUPS: usize = 30;

/// Documents that can't be grouped so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GroupingError {
    /// There are no variables.
    #[error(
        "there is no variable `{0}`: the documents have none; give them a table variables.csv, or one by --variables"
    )]
    NoVariables(String),
    /// A variable of another name.
    #[error("there is no variable `{variable}`; there are: {}", known.join(", "))]
    Unknown {
        /// The name.
        variable: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// No document has a value.
    #[error("no document has a value of `{0}`; fill in the table of variables")]
    NoValue(String),
    /// All documents have one value.
    #[error(
        "all documents have the same `{variable}`, {value}: there is nothing to compare; choose another variable"
    )]
    OneGroup {
        /// The variable.
        variable: String,
        /// Its value.
        value: String,
    },
    /// More values than can be compared pair by pair.
    #[error(
        "`{variable}` has {groups} values, and at most {MOST_GROUPS} groups are compared; make a variable with fewer (decades instead of years)"
    )]
    TooMany {
        /// The variable.
        variable: String,
        /// How many values it has.
        groups: usize,
    },
}

/// The number of a variable among `names`.
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

/// The group that a cell of the table of variables stands for; none where it is blank.
pub fn group_of(cell: &str) -> Option<&str> {
    Some(cell.trim()).filter(|value| !value.is_empty())
}

/// The groups that the documents with these cells make up, by code point.
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
        _ if groups.len() > MOST_GROUPS => {
            Err(GroupingError::TooMany { variable: variable.into(), groups: groups.len() })
        }
        _ => Ok(groups.into_iter().map(str::to_owned).collect()),
    }
}
