//! Breaks within a block of a page: which of them are there for looks, so that the sentence goes on in the next line.
//!
//! Advertising pages break their lines at phrases, in the middle of sentences. Addresses, lists, verse and tables of prices
//! have a unit on each line. The first are told from the others by what stands at the break, and by a sentence that is
//! closed further on: units have no full stop.

use super::characters::{is_digit, is_hiragana, is_japanese, is_kanji};
use super::sentences::is_end_mark;
use super::wrapping::is_open;

/// How many lines may follow until the sentence is closed.
const MOST_LINES: usize = 8;

/// How many lines without a full stop are a slogan; more are verse or a list.
const SLOGAN: usize = 2;

/// For each line of a block but the last: whether its sentence goes on in the next.
pub(crate) fn joined(lines: &[&str], is_heading: bool) -> Vec<bool> {
    let behind = |at: usize| &lines[at + 1..lines.len().min(at + 1 + MOST_LINES)];
    (0..lines.len().saturating_sub(1))
        .map(|at| {
            let (line, next) = (lines[at].trim(), lines[at + 1].trim_end());
            let ends_in_sign = line.ends_with(|c: char| {
                !c.is_alphanumeric() && !"ー・、，､～".contains(c) && !CLOSING.contains(&c)
            });
            if next.is_empty() || ends_in_sign || !is_open(line, next) || is_closed(line, next) {
                return false;
            }
            if ends_with_comma(line) || splits_word(line, next) {
                return true;
            }
            if behind(at).iter().any(|line| closes(line)) {
                return needs_more(line, next) || splits_clause(line, next);
            }
            let is_slogan = is_heading || lines.len() <= SLOGAN;
            is_slogan && ends_with_particle(line) && !is_unit(line) && !is_unit(next)
        })
        .collect()
}

fn ends_with_any(line: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| line.ends_with(end))
}

fn ends_with_comma(line: &str) -> bool {
    line.ends_with(['、', '，', '､'])
}

/// Forms that end a sentence and, but for what may follow them, nothing else.
const POLITE: [&str; 10] =
    ["です", "ます", "でした", "ました", "ません", "でしょう", "ましょう", "ください", "下さい", "ですか"];

/// What may follow a polite form within its sentence.
const AFTER_POLITE: [&str; 12] =
    ["が、", "から", "ので", "けど", "けれど", "し、", "よう", "と", "でした", "か", "ね", "よ"];

/// Whether a line ends in a polite form that nothing follows within the sentence.
fn is_closed(line: &str, next: &str) -> bool {
    ends_with_any(line, &POLITE) && !AFTER_POLITE.iter().any(|start| next.starts_with(start))
}

/// Whether a sentence is closed at the end of a line, or within it.
fn closes(line: &str) -> bool {
    line.contains(is_end_mark) || ends_with_any(line.trim_end(), &POLITE)
}

/// Case particles, the particles of topic and conjunction, and forms of verbs that go on.
const PARTICLES: [&str; 22] = [
    "を",
    "が",
    "は",
    "に",
    "で",
    "と",
    "の",
    "へ",
    "も",
    "や",
    "から",
    "まで",
    "より",
    "て",
    "ば",
    "なら",
    "たら",
    "ても",
    "でも",
    "ながら",
    "ために",
    "ように",
];

fn ends_with_particle(line: &str) -> bool {
    let line = line.trim_end_matches(['」', '』', '”', '"', '）', ')']);
    ends_with_any(line, &PARTICLES)
}

/// Auxiliaries and endings that begin no word: a line that begins with one continues the word before.
const ENDINGS: [&str; 26] = [
    "ます",
    "ません",
    "ました",
    "まして",
    "ましょう",
    "られ",
    "される",
    "されて",
    "され、",
    "させ",
    "せん",
    "ない",
    "なかった",
    "なくな",
    "ている",
    "ていま",
    "てくだ",
    "て、",
    "できま",
    "できる",
    "できな",
    "でき、",
    "して",
    "します",
    "する",
    "しました",
];

/// Whether the end of a line and the beginning of the next are one word.
fn splits_word(line: &str, next: &str) -> bool {
    let (Some(last), Some(first)) = (line.chars().next_back(), next.chars().next()) else { return false };
    if first == 'ー' || matches!(first, 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ')
    {
        return is_japanese(last) || last == 'ー';
    }
    let is_stem =
        is_kanji(last) || is_hiragana(last) && !ends_with_any(line, &["を", "は", "が", "よ", "ね"]);
    is_stem && ENDINGS.iter().any(|ending| next.starts_with(ending))
}

/// Whether a line can't be the end of a sentence that lacks its full stop, where another has one: it ends in a particle, a
/// form that goes on or an attribute, or the next begins with what follows a noun.
fn needs_more(line: &str, next: &str) -> bool {
    let bare = line.trim_end_matches(CLOSING);
    if is_unit(bare) && ends_with_any(bare, &["から", "まで", "より", "など"]) {
        return false;
    }
    let ends_in_noun = bare.len() < line.len() || !bare.ends_with(is_hiragana) || ends_with_any(bare, &NOUNS);
    if ends_in_noun {
        follows_noun(next) || has_clause(bare) && next.starts_with(is_hiragana)
    } else {
        !ends_with_any(bare, &FINAL)
    }
}

/// Brackets and signs behind the last word of a line.
const CLOSING: [char; 9] = ['」', '』', '”', '"', '）', ')', '％', '%', '℃'];

/// Words in hiragana that stand for themselves at the end of a line.
const NOUNS: [&str; 10] =
    ["こちら", "こと", "もの", "とき", "ところ", "ため", "みなさま", "あなた", "さん", "さま"];

/// What ends a sentence, by itself, in hiragana.
const FINAL: [&str; 9] = ["ぞ", "ぜ", "よ", "ね", "だ", "である", "だろう", "か", "ませ"];

/// Hiragana that begin particles, auxiliaries and the endings of what is written in kanji before them.
const BEHIND_NOUNS: &str =
    "をがはにでとものへやなだしすさせいれらるりくけげきぎちっつてたみむめばべぶびじざずかうあ";

/// Words in hiragana that begin with one of these all the same.
const WORDS: [&str; 40] = [
    "あたら",
    "あなた",
    "あの",
    "いかが",
    "いくつ",
    "いずれ",
    "いつ",
    "いろ",
    "かならず",
    "かんたん",
    "きっと",
    "きれい",
    "くわし",
    "さあ",
    "さらに",
    "しかし",
    "しっかり",
    "すぐ",
    "すべて",
    "ずっと",
    "せっかく",
    "たくさん",
    "ただ",
    "たとえば",
    "では",
    "ですから",
    "とくに",
    "とても",
    "どう",
    "なお",
    "なぜ",
    "はい",
    "はじめ",
    "みな",
    "むずか",
    "もう",
    "もし",
    "もっと",
    "やさし",
    "やはり",
];

fn follows_noun(next: &str) -> bool {
    next.starts_with(|first| BEHIND_NOUNS.contains(first)) && !WORDS.iter().any(|word| next.starts_with(word))
}

/// Whether a line in nouns has begun a clause that the next closes: 私たちは毎日の健康｜管理を応援します。
fn splits_clause(line: &str, next: &str) -> bool {
    let last = line.chars().next_back();
    last.is_some_and(is_japanese) && next.starts_with(is_japanese) && has_clause(line) && !is_unit(line)
}

/// Whether a line has a topic or a subject, or a comma: no heading has.
fn has_clause(line: &str) -> bool {
    line.contains(['、', 'は', 'が'])
}

/// Whether a line has the look of an entry in a list: a blank within, or a figure before what it counts.
fn is_unit(line: &str) -> bool {
    let counts = ["円", "階", "号", "番", "分", "時", "から", "まで", "より", "など"];
    line.trim().contains(char::is_whitespace) || line.contains(is_digit) && ends_with_any(line, &counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of the breaks in a part of the list are decided as they are marked, and how many there are.
    fn right(part: &str) -> (usize, usize) {
        let (mut right, mut all) = (0, 0);
        for block in part.split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
            let is_heading = block.starts_with("[h");
            let marked: Vec<&str> = block.lines().filter(|line| !line.starts_with('[')).collect();
            let lines: Vec<&str> = marked.iter().map(|line| line.trim_end_matches(['→', '■'])).collect();
            for (at, found) in joined(&lines, is_heading).into_iter().enumerate() {
                all += 1;
                right += usize::from(found == marked[at].ends_with('→'));
                if found != marked[at].ends_with('→') {
                    eprintln!("{} | {}: {found}", lines[at], lines[at + 1]);
                }
            }
        }
        (right, all)
    }

    #[test]
    fn breaks_are_decided_as_a_reader_marked_them() {
        let list = include_str!("../../tests/library/line_breaks.txt");
        let (seen, kept_back) = list.split_once("## kept back").unwrap();
        let (_, seen) = seen.split_once("## seen").unwrap();
        assert_eq!(right(seen), (30, 30));
        assert_eq!(right(kept_back), (30, 30));
    }
}
