//! Bars for what takes time; indicatif draws none where stderr is no terminal.

use hedgerow::analysis::Progress;
use indicatif::{ProgressBar, ProgressStyle};

/// A bar for the text, and one for the resamples of a comparison.
pub struct Bars {
    text: ProgressBar,
    resamples: ProgressBar,
}

impl Bars {
    /// Bars of nothing done yet; `bytes` of text are to be read.
    pub fn new(bytes: u64) -> Self {
        let bar = |length, style: &str| {
            let bar = ProgressBar::new(length);
            let style = ProgressStyle::with_template(style);
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        };
        let text = "{bar:30} {percent:>3} %  {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
        let resamples = "{bar:30} {percent:>3} %  {human_pos} of {human_len} resamples, {eta} left";
        Bars { text: bar(bytes, text), resamples: bar(0, resamples) }
    }

    /// Draws what has been done.
    pub fn show(&self, progress: Progress) {
        match progress {
            Progress::Text(bytes) => self.text.inc(bytes),
            Progress::Resamples { done, total } => {
                self.text.finish_and_clear();
                self.resamples.set_length(total);
                self.resamples.inc(done);
            }
        }
    }

    /// Takes the bars away.
    pub fn clear(&self) {
        self.text.finish_and_clear();
        self.resamples.finish_and_clear();
    }
}
