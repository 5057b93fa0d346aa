//! Subtitles (SubRip, WebVTT): what is said, without numbers and times.

/// What ends a line that plainly goes on in the next: a comma, or a particle that no sentence ends in.
const GOES_ON: [char; 9] = ['、', 'は', 'が', 'を', 'に', 'へ', 'と', 'で', 'も'];

/// What begins a line that somebody else says, or that is none of the sentence.
const BEGINS: [char; 12] = ['-', '‐', '–', '—', '－', '―', '「', '『', '（', '(', '♪', '＜'];

/// The text of subtitles: a line for each, joined where a sentence plainly goes on. None without a line of times.
pub(super) fn text(subtitles: &str) -> Option<String> {
    let mut lines = subtitles.lines().map(str::trim).peekable();
    let mut before = "";
    let mut is_text = false;
    let mut has_times = false;
    let mut text = String::new();
    while let Some(line) = lines.next() {
        let next_is_times = lines.peek().is_some_and(|next| is_times(next));
        let is_first = std::mem::replace(&mut before, line).is_empty();
        if is_times(line) {
            (is_text, has_times) = (true, true);
        } else if line.is_empty()
            || next_is_times && (is_first || line.bytes().all(|byte| byte.is_ascii_digit()))
        {
            // A blank line, or the name of the subtitle behind it.
        } else if is_first
            && ["NOTE", "STYLE", "REGION"].contains(&line.split(' ').next().unwrap_or_default())
        {
            is_text = false;
        } else if is_text {
            push(&mut text, &plain(line));
        }
    }
    has_times.then(|| {
        text.push('\n');
        text
    })
}

/// Whether a line says from when to when a subtitle is shown: `00:00:01,000 --> 00:00:02,500`.
fn is_times(line: &str) -> bool {
    let is_time = |time: &str| {
        let time = time.trim().split(' ').next().unwrap_or_default();
        time.contains(':') && time.bytes().all(|byte| byte.is_ascii_digit() || b":,.".contains(&byte))
    };
    line.split_once("-->").is_some_and(|(from, to)| is_time(from) && is_time(to))
}

/// Appends a line, to the one before it if that plainly goes on.
fn push(text: &mut String, line: &str) {
    if line.is_empty() {
        return;
    }
    let goes_on = text.ends_with(GOES_ON) && !line.starts_with(BEGINS);
    if !(text.is_empty() || goes_on) {
        text.push('\n');
    }
    text.push_str(line);
}

/// A line without tags (`<i>`, `<v 甲>`, `<00:01.000>`, `{\an8}`), the reading in ruby and references.
fn plain(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    let mut in_reading = false;
    while let Some(at) = rest.find(['<', '{']) {
        let (before, sign) = rest.split_at(at);
        if !in_reading {
            plain.push_str(before);
        }
        let is_tag = sign[1..].starts_with(|next: char| next.is_ascii_alphanumeric() || next == '/');
        let end = match sign.as_bytes() {
            [b'<', ..] if is_tag => sign.find('>'),
            [b'{', b'\\', ..] => sign.find('}'),
            _ => None,
        };
        let Some(end) = end else {
            if !in_reading {
                plain.push_str(&sign[..1]);
            }
            rest = &sign[1..];
            continue;
        };
        let (tag, behind) = sign.split_at(end);
        match tag {
            "<rt" => in_reading = true,
            "</rt" | "</ruby" => in_reading = false,
            _ => {}
        }
        rest = &behind[1..];
    }
    if !in_reading {
        plain.push_str(rest);
    }
    let references =
        [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&lrm;", ""), ("&rlm;", ""), ("&amp;", "&")];
    for (reference, character) in references {
        if plain.contains(reference) {
            plain = plain.replace(reference, character);
        }
    }
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn what_is_said_is_left_and_joined_where_it_plainly_goes_on() {
        let srt = "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>犬が</i>\r\n走る\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000 X1:1\r\n\
            - {\\an8}効果が、\r\n- 猫\r\n\r\n3\r\n00:00:05,000 --> 00:00:06,000\r\n2026\r\n\r\n\
            4\r\n00:00:07,000 --> 00:00:08,000\r\n期待を\r\n\r\n5\r\n00:00:08,000 --> 00:00:09,000\r\n持つ < 3\r\n";
        assert_eq!(text(srt).as_deref(), Some("犬が走る\n- 効果が、\n- 猫\n2026\n期待を持つ < 3\n"));
        let vtt = "WEBVTT - 題\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE\n注\n\nintro\n00:01.000 --> 00:02.000 align:start\n\
            <v 甲><ruby>犬<rt>いぬ</rt></ruby>と<00:01.500>猫 &amp; 鳥</v>\n\nNOTE x\n\n00:03.000 --> 00:04.000\n終\n";
        assert_eq!(text(vtt).as_deref(), Some("犬と猫 & 鳥\n終\n"));
        assert_eq!(text("犬 --> 猫\n"), None);
        assert_eq!(text(""), None);
    }
}
