//! Which sheets of a workbook are read.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// Which sheets of a workbook are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SheetChoice {
    /// The first that is visible.
    #[default]
    FirstVisible,
    /// All that are visible and have a column with the text; the name of a sheet stands before its rows' numbers.
    All,
    /// The one of this name.
    Named(String),
}

impl FromStr for SheetChoice {
    type Err = Infallible;

    /// `all`, or the name of a sheet.
    fn from_str(choice: &str) -> Result<Self, Infallible> {
        Ok(match choice {
            "all" => SheetChoice::All,
            name => SheetChoice::Named(name.to_owned()),
        })
    }
}

impl fmt::Display for SheetChoice {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            SheetChoice::FirstVisible => "first visible",
            SheetChoice::All => "all",
            SheetChoice::Named(name) => name,
        })
    }
}
