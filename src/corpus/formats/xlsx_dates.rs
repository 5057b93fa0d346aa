//! Dates, times and durations in Excel's cells, as their format shows them.

use calamine::{ExcelDateTime, NumberFormat};

/// What a format shows of a date.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Shown {
    date: bool,
    time: bool,
    seconds: bool,
}

/// A date as 2026-01-31, a time as 09:05 or 09:05:30, both with a blank between, and a duration as 36:05:30: of them,
/// what the format of the cell shows.
pub(super) fn text(value: &ExcelDateTime, format: Option<&NumberFormat>) -> String {
    let shown = format.map_or(Shown::default(), shown);
    if value.is_duration() {
        return duration(value.as_f64(), shown.seconds);
    }
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = match shown.seconds || second > 0 && !shown.time {
        true => format!("{hour:02}:{minute:02}:{second:02}"),
        false => format!("{hour:02}:{minute:02}"),
    };
    match (shown.date, shown.time) {
        (true, false) => date,
        (false, true) => time,
        (true, true) => format!("{date} {time}"),
        (false, false) if (hour, minute, second) == (0, 0, 0) => date,
        (false, false) => format!("{date} {time}"),
    }
}

fn duration(days: f64, seconds: bool) -> String {
    let total = (days.abs() * 86_400.0).round() as u64;
    let sign = if days < 0.0 { "-" } else { "" };
    let (hours, minutes) = (total / 3_600, total / 60 % 60);
    if seconds {
        format!("{sign}{hours}:{minutes:02}:{:02}", total % 60)
    } else {
        format!("{sign}{hours}:{minutes:02}")
    }
}

/// What a format shows: by the letters of its code, or, of those that Excel for Japanese has without a code, by number.
fn shown(format: &NumberFormat) -> Shown {
    match format.format_id {
        Some(32) => return Shown { time: true, ..Shown::default() },
        Some(33) => return Shown { time: true, seconds: true, ..Shown::default() },
        Some(27..=36 | 50..=58) => return Shown { date: true, ..Shown::default() },
        _ => {}
    }
    let mut shown = Shown::default();
    let (mut is_quoted, mut is_minute) = (false, false);
    let mut months = false;
    let code = format.format_code.split(';').next().unwrap_or_default();
    let mut letters = code.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter.to_ascii_lowercase() {
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '\\' | '_' | '*' => {
                letters.next();
            }
            // A language, a colour or a condition; `[h]` counts hours.
            '[' if !matches!(letters.peek(), Some('h' | 'H' | 'm' | 'M' | 's' | 'S')) => {
                letters.by_ref().find(|letter| *letter == ']');
            }
            'y' | 'd' | 'e' | 'g' => (shown.date, is_minute) = (true, false),
            'h' => (shown.time, is_minute) = (true, true),
            's' => {
                // `mm:ss` has minutes without hours.
                (shown.time, shown.seconds, months) = (true, true, false);
            }
            'm' if !is_minute => months = true,
            'm' => {}
            // `AM/PM`
            'a' if matches!(letters.peek(), Some('m' | 'M' | '/')) => {
                shown.time = true;
                while letters.next_if(|letter| "mMpP/".contains(*letter)).is_some() {}
            }
            _ => {}
        }
    }
    shown.date |= months;
    shown
}
