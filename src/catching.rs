//! Panics of packages of others, as errors.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static CATCHES: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread becomes an error, so that a panic hook need say nothing of it.
pub fn is_caught() -> bool {
    CATCHES.get()
}

/// Calls what may panic, and gives what the panic says. What it worked on must not be used after an error.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let was_caught = CATCHES.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    CATCHES.set(was_caught);
    done.map_err(|panic| message(&*panic))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error() {
        assert!(caught(is_caught).unwrap());
        for (work, expected) in [
            ((|| panic!("犬")) as fn(), "犬"),
            (|| panic!("{}", "犬".repeat(2)), "犬犬"),
            (|| std::panic::panic_any(1), ""),
        ] {
            assert_eq!(caught(work).unwrap_err(), expected);
            assert!(!is_caught());
        }
    }
}
