//! Panics of what reads a document, as errors of that document.
//!
//! Formats are read by packages of others, and no document may end a run of a thousand others.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::CorpusError;

thread_local! {
    static IS_READING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread reads a document: a panic then becomes an error of the document, and a panic hook need say
/// nothing of it.
pub fn is_reading_document() -> bool {
    IS_READING.get()
}

/// Calls what reads a document. What it worked on must not be used after an error.
pub(super) fn caught<T>(document: &str, read: impl FnOnce() -> T) -> Result<T, CorpusError> {
    let was_reading = IS_READING.replace(true);
    let read = catch_unwind(AssertUnwindSafe(read));
    IS_READING.set(was_reading);
    read.map_err(|panic| CorpusError::Panicked { document: document.into(), message: message(&*panic) })
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_of_the_document() {
        assert!(caught("a.txt", is_reading_document).unwrap());
        for (read, expected) in [
            ((|| panic!("犬")) as fn(), "犬"),
            (|| panic!("{}", "犬".repeat(2)), "犬犬"),
            (|| std::panic::panic_any(1), ""),
        ] {
            let error = caught("a.txt", read).unwrap_err();
            assert!(
                matches!(&error, CorpusError::Panicked { document, message } if document == "a.txt" && message == expected),
                "{error}"
            );
            assert!(!is_reading_document());
        }
    }
}
