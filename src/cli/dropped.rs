//! `hedgerow PATH`, as a system calls the program that files or folders were dropped on: it counts them beside where they are, and
//! opens the report.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Parser;

use super::error::{Error, Result};
use super::messages::own_words;
use super::show::wrapping;
use super::terminal::{Output, Terminal};
use super::{Command, count};

/// What the name of the results has behind that of the documents.
const SUFFIX: &str = "-hedgerow";

/// The page that is opened.
const REPORT: &str = "report.html";

/// Whether what was typed in the place of a command is paths. What has a separator is meant as one.
pub fn are_paths(typed: &[OsString]) -> bool {
    let is_path = |path: &OsString| {
        let path = Path::new(path);
        path.symlink_metadata().is_ok() || path.components().count() > 1
    };
    typed.first().is_some_and(is_path)
}

/// Counts the paths together into a folder beside the first of them.
pub fn run(paths: &[OsString], out: &mut Terminal<impl Write>) -> Result<()> {
    for path in paths.iter().map(Path::new) {
        if path.symlink_metadata().is_err() {
            return Err(Error::own("dropped.missing", &[("path", &path.display())]));
        }
    }
    let first = paths.first().map(PathBuf::from).unwrap_or_default();
    // `.` and `..` have names of their own.
    let first = if first.file_name().is_some() { first } else { fs::canonicalize(&first)? };
    let Some(name) = first.file_name() else {
        return Err(Error::own("dropped.no_name", &[("path", &first.display())]));
    };
    let folder = (1..).map(|number| first.with_file_name(result_name(name, number)));
    for folder in folder {
        if !is_free(&folder, &first)? {
            continue;
        }
        let arguments = [
            OsStr::new("hedgerow"),
            OsStr::new("count"),
            OsStr::new("--skip-unreadable"),
            OsStr::new("--out"),
        ];
        let arguments = arguments.into_iter().chain([folder.as_os_str(), OsStr::new("--")]);
        let arguments = arguments.chain(paths.iter().map(OsString::as_os_str));
        let Ok(super::Arguments { command: Some(Command::Count(arguments)), .. }) =
            super::Arguments::try_parse_from(arguments)
        else {
            return Err(Error::own("dropped.no_name", &[("path", &first.display())]));
        };
        match count::run(&arguments, out) {
            // Another run was faster.
            Err(Error::Problems(_)) if is_taken(&folder) => {}
            Err(error) => return Err(error),
            Ok(()) => return open_report(&folder, out),
        }
    }
    Ok(())
}

/// The name of the results of documents: `texts-hedgerow`, `texts-hedgerow-2` and so on.
fn result_name(documents: &OsStr, number: u32) -> OsString {
    let mut name = documents.to_owned();
    name.push(SUFFIX);
    if number > 1 {
        name.push(format!("-{number}"));
    }
    name
}

/// Whether a folder is there, or another run is writing it.
fn is_taken(folder: &Path) -> bool {
    let mut workplace = OsString::from(".hedgerow-");
    workplace.push(folder.file_name().unwrap_or_default());
    [folder, &folder.with_file_name(workplace)].iter().any(|path| path.symlink_metadata().is_ok())
}

/// Whether a folder can be made that is not there, which is tried before all is counted.
fn is_free(folder: &Path, documents: &Path) -> Result<bool> {
    if is_taken(folder) {
        return Ok(false);
    }
    match fs::create_dir(folder).and_then(|()| fs::remove_dir(folder)) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(source) => Err(Error::own(
            "dropped.read_only",
            &[("folder", &folder.display()), ("documents", &documents.display()), ("source", &source)],
        )),
    }
}

/// Opens the report, if there is one, or says where it is.
fn open_report(folder: &Path, out: &mut impl Output) -> Result<()> {
    let report = std::path::absolute(folder.join(REPORT))?;
    if !report.exists() {
        return Ok(());
    }
    let is_open = has_screen() && open::that_detached(&report).is_ok();
    let key = if is_open { "dropped.opened" } else { "dropped.not_opened" };
    Ok(wrapping::print(out, &own_words(key, &[("path", &report.display())]), 0)?)
}

/// Whether a variable of the environment is set to something.
fn is_set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// Whether somebody sees a window that is opened. Without a screen, a browser would take the terminal.
fn has_screen() -> bool {
    let is_x = cfg!(all(unix, not(target_os = "macos")));
    !is_set("CI") && (!is_x || ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"].into_iter().any(is_set))
}

/// Waits where the window of the program closes when it ends: where no shell has started it.
pub fn wait_for_a_key() {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() || !has_screen() || is_in_shell() {
        return;
    }
    let _ = writeln!(io::stdout(), "\n{}", own_words("dropped.wait", &[]));
    let _ = io::stdin().read_line(&mut String::new());
}

/// A terminal that runs the program itself, in the place of a shell, makes it the leader of a session.
#[cfg(target_os = "linux")]
fn is_in_shell() -> bool {
    let status = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name: state, parent, group, session.
    let session = status.rsplit_once(") ").and_then(|(_, rest)| rest.split(' ').nth(3));
    is_set("SSH_CONNECTION") || session != Some(&std::process::id().to_string())
}

/// cmd.exe sets PROMPT, shells of Unix SHELL, and PowerShell adds the user's own folder of modules.
#[cfg(windows)]
fn is_in_shell() -> bool {
    let home = env::var("USERPROFILE").unwrap_or_default();
    let has_own_modules = env::var("PSModulePath").is_ok_and(|path| !home.is_empty() && path.contains(&home));
    ["PROMPT", "SHELL", "MSYSTEM"].into_iter().any(is_set) || has_own_modules
}

/// macOS starts a shell for a program, and its window stays.
#[cfg(not(any(target_os = "linux", windows)))]
fn is_in_shell() -> bool {
    true
}
