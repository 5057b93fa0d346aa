//! The help of each command: in the language that is spoken, and in lines that fit.

mod layout;
mod localised;

pub use layout::laid_out;
pub use localised::{localised, usage_heading};
