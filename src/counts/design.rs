//! The design of a comparison: which variables group the documents, and which make them depend on each other.

use serde::{Deserialize, Serialize};

use super::{GroupingError, find_variable, group_of};

/// The design of a comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Design {
    /// The variable by whose values the documents are grouped; several with commas, whose values are crossed.
    pub by: String,
    /// The variable within whose values the groups are compared: strata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// The variable whose values are the independent units: sites, authors, companies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// The variable whose values pair the documents of the groups: the same company before and after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair: Option<String>,
    /// Whether the groups have an order.
    #[serde(default)]
    pub order: Order,
}

/// Whether groups have an order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// They have one if there are more than two and all are numbers. Pairs of them are compared too.
    #[default]
    IfNumbers,
    /// They are numbers.
    Numbers,
    /// They have the order of this list.
    Listed(Vec<String>),
}

impl Design {
    /// Documents grouped by a variable, nothing else.
    pub fn by(variable: &str) -> Self {
        Design { by: variable.into(), ..Design::default() }
    }

    /// Whether a trend over the groups takes the place of their pairs.
    pub fn is_ordered(&self) -> bool {
        self.order != Order::IfNumbers
    }

    /// The variable by which documents depend on each other, if there is one.
    pub fn dependence(&self) -> Option<&str> {
        self.pair.as_deref().or(self.cluster.as_deref())
    }
}

/// What is shown of the groups of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComparisonForm {
    /// Two groups with intervals, and their ratio.
    Pair,
    /// Several groups and a test.
    Several,
    /// Several groups and a trend.
    Trend,
}

impl ComparisonForm {
    /// The form for so many groups, which may have values that order them.
    pub fn new(groups: usize, have_values: bool) -> Self {
        match (groups, have_values) {
            (2, _) => ComparisonForm::Pair,
            (_, false) => ComparisonForm::Several,
            (_, true) => ComparisonForm::Trend,
        }
    }
}

/// The cells of a document that place it in a design; blank where it has no value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Placement<'a> {
    /// Of the variable that groups.
    pub group: &'a str,
    /// Of the variable of the strata.
    pub stratum: &'a str,
    /// Of the variable of the clusters or pairs.
    pub cluster: &'a str,
}

impl<'a> From<&'a str> for Placement<'a> {
    fn from(group: &'a str) -> Self {
        Placement { group, ..Placement::default() }
    }
}

/// Where the variables of a design stand among others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesignColumns {
    by: Vec<usize>,
    within: Option<usize>,
    dependence: Option<usize>,
}

/// What stands between the values of crossed groups.
const CROSSED: &str = " / ";

impl DesignColumns {
    /// Finds the variables of a design among names. Several variables with commas are crossed, unless one has the whole name.
    ///
    /// # Errors
    /// A variable that isn't there, or has two parts in the design.
    pub fn new(design: &Design, names: &[String]) -> Result<Self, GroupingError> {
        let find = |variable: &str| find_variable(variable, names);
        let by = match find(&design.by) {
            Ok(column) => vec![column],
            Err(_) if design.by.contains(',') => {
                design.by.split(',').map(|variable| find(variable.trim())).collect::<Result<_, _>>()?
            }
            Err(error) => return Err(error),
        };
        let within = design.within.as_deref().map(find).transpose()?;
        let dependence = design.dependence().map(find).transpose()?;
        let all: Vec<usize> = by.iter().copied().chain(within).chain(dependence).collect();
        for (at, column) in all.iter().enumerate() {
            if all.iter().take(at).any(|other| other == column) {
                return Err(GroupingError::Twice(names.get(*column).cloned().unwrap_or_default()));
            }
        }
        Ok(DesignColumns { by, within, dependence })
    }

    /// The columns of the design.
    pub fn all(&self) -> impl Iterator<Item = usize> {
        self.by.iter().copied().chain(self.within).chain(self.dependence)
    }

    /// The group of a document from its cells; empty where a variable of it has no value.
    pub fn group<'c>(&self, cell: impl Fn(usize) -> &'c str) -> String {
        let values: Option<Vec<&str>> = self.by.iter().map(|column| group_of(cell(*column))).collect();
        values.unwrap_or_default().join(CROSSED)
    }

    /// The cell of the stratum; empty where the design has none.
    pub fn stratum<'c>(&self, cell: impl Fn(usize) -> &'c str) -> &'c str {
        self.within.map_or("", cell)
    }

    /// The cell of the cluster or pair; empty where the design has none.
    pub fn cluster<'c>(&self, cell: impl Fn(usize) -> &'c str) -> &'c str {
        self.dependence.map_or("", cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(design: Design) -> Result<DesignColumns, GroupingError> {
        DesignColumns::new(&design, &["genre", "medium", "site", "a,b"].map(String::from))
    }

    #[test]
    fn several_variables_are_crossed_unless_one_has_the_whole_name() {
        let cells = ["ad", " web ", "", "x"];
        let group = |by: &str| columns(Design::by(by)).map(|columns| columns.group(|column| cells[column]));
        assert_eq!(group("genre"), Ok("ad".into()));
        assert_eq!(group("genre, medium"), Ok("ad / web".into()));
        assert_eq!((group("genre,site"), group("a,b")), (Ok(String::new()), Ok("x".into())));
        assert!(
            matches!(group("genre,mediun"), Err(GroupingError::Unknown { variable, .. }) if variable == "mediun")
        );
    }

    #[test]
    fn a_variable_has_one_part() {
        let twice = |variable: &str| Err(GroupingError::Twice(variable.into()));
        assert_eq!(columns(Design { within: Some("genre".into()), ..Design::by("genre") }), twice("genre"));
        assert_eq!(columns(Design::by("site,site")), twice("site"));
        let design =
            Design { pair: Some("site".into()), within: Some("medium".into()), ..Design::by("genre") };
        let columns = columns(design).unwrap();
        assert_eq!(columns.all().collect::<Vec<_>>(), [0, 1, 2]);
        let cells = ["ad", "web", "here", "x"];
        assert_eq!((columns.stratum(|at| cells[at]), columns.cluster(|at| cells[at])), ("web", "here"));
    }
}
