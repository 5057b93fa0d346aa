//! Plain text of Aozora Bunko, without ruby, annotations, legend and bibliographic notes.

/// The heading of the legend of signs.
const LEGEND: &str = "【テキスト中に現れる記号について】";

/// The beginning of the line that names the source.
const SOURCE: &str = "底本：";

/// Whether a text is one of Aozora Bunko's: it has the legend of the signs near its beginning, or names the
/// book it was taken from and Aozora Bunko near its end.
pub(super) fn is_aozora(text: &str) -> bool {
    if text.lines().take(30).any(|line| line.trim_end() == LEGEND) {
        return true;
    }
    let mut last = text.lines().rev().take(40);
    let named = text.lines().rev().take(40).any(|line| line.contains("青空文庫"));
    named && last.any(|line| line.starts_with(SOURCE))
}

/// The work itself.
pub(super) fn text(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let is_rule = |line: &&str| line.len() > 20 && line.chars().all(|c| c == '-');
    if let Some(legend) = lines.iter().position(|line| line.trim_end() == LEGEND)
        && let Some(rule) = lines[legend..].iter().position(is_rule)
    {
        lines.drain(..=legend + rule);
    }
    if let Some(source) = lines.iter().rposition(|line| line.starts_with(SOURCE)) {
        lines.truncate(source);
    }
    let mut work = String::with_capacity(text.len());
    for line in lines {
        push_line(&mut work, line);
        work.push('\n');
    }
    work
}

/// Appends a line without ruby (`｜期待《きたい》`) and annotations (`［＃改ページ］`). A character that Aozora Bunko
/// could only describe is the one whose number it gives, or `〓`.
fn push_line(work: &mut String, line: &str) {
    let mut rest = line;
    while let Some(at) = rest.find(['《', '｜', '［', '※']) {
        let (before, sign) = rest.split_at(at);
        work.push_str(before);
        let described = sign.strip_prefix('※').filter(|next| next.starts_with("［＃"));
        let sign_or_note = described.unwrap_or(sign);
        if let Some(behind) = sign_or_note.strip_prefix('《').and_then(|ruby| Some(ruby.split_once('》')?.1))
        {
            rest = behind;
        } else if let Some((note, behind)) = note(sign_or_note) {
            if described.is_some() {
                work.push(described_character(note).unwrap_or('〓'));
            }
            rest = behind;
        } else {
            let first = sign.chars().next().unwrap_or_default();
            if first != '｜' {
                work.push(first);
            }
            rest = &sign[first.len_utf8()..];
        }
    }
    work.push_str(rest);
}

/// An annotation and what stands behind it; an annotation may hold another.
fn note(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix("［＃")?;
    let mut depth = 1;
    for (at, character) in inside.char_indices() {
        match character {
            '［' => depth += 1,
            '］' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&inside[..at], &inside[at + '］'.len_utf8()..]));
        }
    }
    None
}

/// The character in `「口＋尼」、U+5462、12-3`.
fn described_character(note: &str) -> Option<char> {
    let number = &note[note.find("U+")? + 2..];
    let end = number.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(number.len());
    char::from_u32(u32::from_str_radix(&number[..end], 16).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "題名\n作者\n\n-------------------------------------------------------\n\
        【テキスト中に現れる記号について】\n\n《》：ルビ\n（例）犬《いぬ》\n\n\
        -------------------------------------------------------\n\n\
        ［＃２字下げ］一［＃「一」は中見出し］\n\n　｜北の犬《きたのいぬ》は走る。\n　※［＃「口＋尼」、U+5462、12-3］と※［＃「てへん」、第3水準1-84-80］、※印。\n\
        \u{3000}犬《いぬ》［＃「犬」の左に「［＃x］」の注記］だ。\n\n\n底本：「犬の本」某書店\n入力：某\n青空文庫作成ファイル：\n";

    #[test]
    fn the_work_alone_is_left() {
        assert!(is_aozora(FILE));
        assert_eq!(text(FILE), "\n一\n\n　北の犬は走る。\n　呢と〓、※印。\n　犬だ。\n\n\n");
    }

    #[test]
    fn the_source_is_looked_for_in_the_last_lines() {
        let with = |lines: usize| format!("犬。\n底本：犬の本\n{}青空文庫\n", "入力：某\n".repeat(lines));
        assert!(is_aozora(&with(38)) && !is_aozora(&with(39)));
        let legend = |lines: usize| format!("{}{LEGEND}\n", "題\n".repeat(lines));
        assert!(is_aozora(&legend(29)) && !is_aozora(&legend(30)));
    }

    #[test]
    fn other_texts_with_such_brackets_are_none() {
        assert!(!is_aozora("《犬》の本［＃1］\n底本：\n"));
        assert!(is_aozora("犬は走る。\n\n底本：「犬の本」\n青空文庫作成ファイル：\n"));
    }
}
