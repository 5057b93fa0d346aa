//! The folders that are being written at the moment, for the program's end by a signal.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::PublishError;
use super::workplace::Workplace;

/// Held while a folder is begun and while it takes its place, so that a signal comes before or after that.
static PUBLISHING: Mutex<()> = Mutex::new(());

static OPEN: Mutex<Open> = Mutex::new(Open {
    publications: Vec::new(),
    files: Vec::new(),
    published: Vec::new(),
    is_interrupted: false,
});

struct Open {
    publications: Vec<Entry>,
    /// Single files: where each is written, and its destination.
    files: Vec<(PathBuf, PathBuf)>,
    published: Vec<PathBuf>,
    is_interrupted: bool,
}

struct Entry {
    workplace: Arc<Workplace>,
    folder: PathBuf,
    destination: PathBuf,
}

/// How things stand when a signal has ended the run.
#[derive(Debug, Default)]
pub struct Interruption {
    /// Folders that were published before it came.
    pub published: Vec<PathBuf>,
    /// Temporary folders that could not be removed.
    pub left: Vec<PathBuf>,
}

/// Removes the temporary folders of this process, which is to end now; a folder that is just taking its place takes it
/// first. Nothing is published after that.
pub fn interrupt() -> Interruption {
    let _publishing = locked(&PUBLISHING);
    let mut open = locked(&OPEN);
    open.is_interrupted = true;
    let mut interruption = Interruption { published: open.published.clone(), left: Vec::new() };
    for entry in &open.publications {
        if entry.workplace.remove().is_err() {
            interruption.left.push(entry.workplace.path().into());
        }
    }
    for (temporary, _) in &open.files {
        if fs::remove_file(temporary).is_err() && temporary.exists() {
            interruption.left.push(temporary.clone());
        }
    }
    interruption
}

/// Notes a folder that is to be written to `folder` and published as `destination`.
pub(super) fn open(workplace: &Arc<Workplace>, folder: &Path, destination: &Path) {
    let mut open = locked(&OPEN);
    let workplace = Arc::clone(workplace);
    open.publications.push(Entry { workplace, folder: folder.into(), destination: destination.into() });
}

/// Strikes a folder that is published or given up.
pub(super) fn close(workplace: &Arc<Workplace>, is_published: bool) {
    let mut open = locked(&OPEN);
    let is_it = |entry: &Entry| Arc::ptr_eq(&entry.workplace, workplace);
    if let Some(index) = open.publications.iter().position(is_it) {
        let entry = open.publications.swap_remove(index);
        if is_published {
            open.published.push(entry.destination);
        }
    }
}

/// Notes a single file that is to be written to `temporary` and published as `destination`.
pub(super) fn open_file(temporary: &Path, destination: &Path) {
    locked(&OPEN).files.push((temporary.into(), destination.into()));
}

/// Strikes a single file that is published or given up.
pub(super) fn close_file(temporary: &Path, is_published: bool) {
    let mut open = locked(&OPEN);
    if let Some(index) = open.files.iter().position(|(path, _)| path == temporary) {
        let (_, destination) = open.files.swap_remove(index);
        if is_published {
            open.published.push(destination);
        }
    }
}

/// The right to begin a folder or to put it in its place, until the guard is dropped.
pub(super) fn publishing() -> Result<MutexGuard<'static, ()>, PublishError> {
    let guard = locked(&PUBLISHING);
    if locked(&OPEN).is_interrupted { Err(PublishError::Interrupted) } else { Ok(guard) }
}

/// What a path in a folder that is not published yet is called when it is.
pub(super) fn published_name(path: &Path) -> PathBuf {
    let open = locked(&OPEN);
    if let Some((_, destination)) = open.files.iter().find(|(temporary, _)| temporary == path) {
        return destination.clone();
    }
    let renamed = |entry: &Entry| Some(entry.destination.join(path.strip_prefix(&entry.folder).ok()?));
    open.publications.iter().find_map(renamed).unwrap_or_else(|| path.into())
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
