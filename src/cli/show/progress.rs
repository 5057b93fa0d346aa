//! Bars for what takes time; indicatif draws none where stderr is no terminal.

use std::fmt::{Display, Write};
use std::time::Duration;

use hedgerow::analysis::Progress;
use indicatif::{FormattedDuration, ProgressBar, ProgressState, ProgressStyle};

use crate::cli::messages::own_words;

/// A bar for the text, one for the resamples of a comparison, and one for the rows of tables.
pub struct Bars {
    text: ProgressBar,
    resamples: ProgressBar,
    rows: ProgressBar,
}

impl Bars {
    /// Bars of nothing done yet; `bytes` of text are to be read.
    pub fn new(bytes: u64) -> Self {
        Bars {
            text: bar(bytes, "progress.text"),
            resamples: bar(0, "progress.resamples"),
            rows: bar(0, "progress.rows"),
        }
    }

    /// So many bytes of text are to be read, as is known now.
    pub fn expect_text(&self, bytes: u64) {
        self.begin(&self.text);
        self.text.set_length(bytes);
    }

    /// Draws what has been done.
    pub fn show(&self, progress: Progress) {
        match progress {
            Progress::Text(bytes) => {
                self.begin(&self.text);
                self.text.inc(bytes);
            }
            Progress::Resamples { done, total } => {
                self.begin(&self.resamples);
                self.resamples.set_length(total);
                self.resamples.inc(done);
            }
            Progress::Rows { done, total } => {
                self.begin(&self.rows);
                // How many rows there are is estimated.
                self.rows.set_length(total.max(self.rows.position().saturating_add(done)));
                self.rows.inc(done);
            }
        }
    }

    /// Takes the other bars away; one that was taken away begins anew.
    fn begin(&self, begun: &ProgressBar) {
        for bar in [&self.text, &self.resamples, &self.rows] {
            let is_begun = std::ptr::eq(bar, begun);
            if is_begun && bar.is_finished() {
                bar.reset();
            } else if !is_begun && bar.position() > 0 && !bar.is_finished() {
                bar.finish_and_clear();
            }
        }
    }

    /// Takes the bars away.
    pub fn clear(&self) {
        for bar in [&self.text, &self.resamples, &self.rows] {
            bar.finish_and_clear();
        }
    }
}

/// A bar whose line is a message of the program's.
fn bar(length: u64, key: &'static str) -> ProgressBar {
    let parts: [(_, &dyn Display); 7] = [
        ("bar", &"{bar:20} {percent:>3} %"),
        ("bytes", &"{bytes}"),
        ("all_bytes", &"{total_bytes}"),
        ("done", &"{human_pos}"),
        ("all", &"{human_len}"),
        ("rate", if key == "progress.text" { &"{bytes_per_sec}" } else { &"{whole_per_sec}" }),
        ("left", &"{eta}"),
    ];
    styled(ProgressBar::new(length), &own_words(key, &parts))
}

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style.with_key("whole_per_sec", |state: &ProgressState, line: &mut dyn Write| {
        // Drawing to a line does not fail.
        let _ = write!(line, "{:.0}/s", state.per_sec());
    }));
    bar
}

/// The time that something takes which does not say how far it is, with the time that it is expected to take.
pub struct Clock(ProgressBar);

impl Clock {
    /// Begins now.
    pub fn start(expected: Duration) -> Self {
        // Rounded up to seconds.
        let expected = FormattedDuration(Duration::from_secs(expected.as_secs().saturating_add(1)));
        let parts: [(_, &dyn Display); 3] =
            [("mark", &"{spinner}"), ("elapsed", &"{elapsed_precise}"), ("expected", &expected)];
        let clock = styled(ProgressBar::new_spinner(), &own_words("progress.clock", &parts));
        clock.enable_steady_tick(Duration::from_millis(200));
        Clock(clock)
    }

    /// Takes it away.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
}
