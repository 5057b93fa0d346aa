//! What is called while many texts are counted.

use pyo3::prelude::*;

/// Looks for signals, such as Ctrl-C, and tells of texts that are done since the last call.
pub fn tell(progress: Option<&Bound<PyAny>>, py: Python, done: usize) -> PyResult<()> {
    py.check_signals()?;
    if let Some(progress) = progress {
        progress.call1((done,))?;
    }
    Ok(())
}
