//! Names from outside, in a line of what is printed.

use std::fmt::Display;

use hedgerow::messages::printable;

/// A name, or several, on one line, whatever they hold.
pub fn one_line(names: impl Display) -> String {
    printable(&names.to_string()).into_owned()
}
