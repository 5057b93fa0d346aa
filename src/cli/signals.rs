//! An end by Ctrl-C, `kill` or a closed terminal: nothing half-written is left, and the shell sees what ended the run.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use hedgerow::messages::Message;
use hedgerow::publishing::{Interruption, interrupt};
use signal_hook::consts::{SIGINT, SIGTERM};

use super::messages;

/// The signals that end a run, by their numbers.
const SIGNALS: [i32; 3] = [SIGINT, SIGTERM, HANG_UP];

#[cfg(unix)]
const HANG_UP: i32 = signal_hook::consts::SIGHUP;

/// Windows has no such signal.
#[cfg(not(unix))]
const HANG_UP: i32 = SIGTERM;

/// How long a signal waits at most.
const PAUSE: Duration = Duration::from_millis(20);

/// Whether a signal has come.
static IS_ENDING: AtomicBool = AtomicBool::new(false);

/// The folder in which a run that is interrupted keeps what is done, if it does.
static KEPT: OnceLock<PathBuf> = OnceLock::new();

/// Notes that the run keeps what is done in a folder.
pub fn keeps(folder: PathBuf) {
    let _ = KEPT.set(folder);
}

/// Watches for signals from now on. One that is ignored already, as `nohup` asks for, stays so.
pub fn handle() {
    let received = Arc::new(AtomicUsize::new(0));
    for signal in SIGNALS {
        if !is_ignored(signal) {
            // Where it can't be watched, it ends the run without ceremony, and the next run clears up.
            let _ = signal_hook::flag::register_usize(signal, Arc::clone(&received), signal as usize);
        }
    }
    thread::spawn(move || {
        loop {
            match received.load(Ordering::SeqCst) {
                0 => thread::sleep(PAUSE),
                signal => end(signal as i32),
            }
        }
    });
}

/// Waits for the end of the program if a signal has come: what failed after that is of no interest.
pub fn wait_if_ending() {
    while IS_ENDING.load(Ordering::SeqCst) {
        thread::park();
    }
}

/// Removes what is half-written, says so and ends the program with the status that shells expect.
fn end(signal: i32) -> ! {
    IS_ENDING.store(true, Ordering::SeqCst);
    let Interruption { published, left } = interrupt();
    let listed = |folders: &[PathBuf]| {
        folders.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>().join(", ")
    };
    let message = if !left.is_empty() {
        Message::new("program.interrupted_left", &[("folders", &listed(&left))])
    } else if !published.is_empty() {
        Message::new("program.interrupted_published", &[("folders", &listed(&published))])
    } else if let Some(path) = KEPT.get().filter(|path| path.exists()) {
        Message::new("program.interrupted_kept", &[("path", &path.display())])
    } else {
        Message::new("program.interrupted", &[])
    };
    let mut stderr = io::stderr();
    // Behind a bar, or behind the `^C` that the terminal shows.
    let line_end = if stderr.is_terminal() { "\n" } else { "" };
    let _ = writeln!(stderr, "{line_end}{}", messages::own(&message));
    process::exit(128 + signal)
}

/// Whether a signal was ignored when the program began.
#[cfg(target_os = "linux")]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    // The first bit is signal 1.
    mask >> (signal - 1) & 1 == 1
}

/// Elsewhere this can't be asked without `unsafe`. `nohup` leaves neither stream at a terminal.
#[cfg(not(target_os = "linux"))]
fn is_ignored(signal: i32) -> bool {
    signal == HANG_UP && !io::stdout().is_terminal() && !io::stderr().is_terminal()
}
