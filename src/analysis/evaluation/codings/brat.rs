//! brat's standoff format: a file `.ann` beside the text, an annotation on each line. See <http://brat.nlplab.org/standoff.html>.

use std::collections::HashMap;

use super::labels::{Labels, negated, says_negated};
use super::{CodedMark, Wrong};
use crate::messages::Message;

/// What an attribute with the category of a marker is called, where its type is the stance, as `hedgerow annotate` writes it.
const CATEGORY: [&str; 2] = ["category", "カテゴリ"];

/// A text-bound annotation, before its attributes are read.
struct Bound<'a> {
    line: u64,
    label: String,
    start: u64,
    end: u64,
    node: Option<&'a str>,
    negated: bool,
}

/// A text-bound annotation (`T1 possibility 3 6 可能性`) is a marker, its type the label; one with gaps goes from its first character to
/// its last. An attribute (`A1 Negated T1`, in older files M) says that a marker is denied, and may have its category (`A2 Category T1
/// possibility`). Relations, events, equivalences, normalisations and notes are of no concern.
pub fn read(text: &str, labels: &Labels) -> Result<Vec<CodedMark>, Wrong> {
    let (mut marks, mut by_id, mut attributes) = (Vec::new(), HashMap::new(), Vec::new());
    for (line, number) in text.lines().zip(1_u64..) {
        match line.chars().next() {
            Some('T') => {
                let (id, mark) = bound(line, number).ok_or_else(|| no_standoff(line, number))?;
                if by_id.insert(id, marks.len()).is_some() {
                    return Err((number, Message::new("coding.same_id", &[("id", &id)])));
                }
                marks.push(mark);
            }
            Some('A' | 'M') => attributes.push((number, line)),
            None | Some('R' | 'E' | 'N' | '#' | '*') => {}
            Some(_) if line.trim().is_empty() => {}
            Some(_) => return Err(no_standoff(line, number)),
        }
    }
    for (number, line) in attributes {
        let mut parts = line.split_whitespace().skip(1);
        let (Some(name), Some(target)) = (parts.next(), parts.next()) else {
            return Err(no_standoff(line, number));
        };
        let value = parts.next();
        let Some(mark) = by_id.get(target).and_then(|index: &usize| marks.get_mut(*index)) else { continue };
        if says_negated(name) {
            // An attribute without a value is true where it stands.
            mark.negated = negated(name, value.unwrap_or("true")).map_err(|message| (number, message))?;
        } else if CATEGORY.contains(&&*name.to_lowercase()) {
            mark.label = format!("{}/{}", mark.label, value.unwrap_or_default());
        }
    }
    let mark = |bound: Bound<'_>| {
        let mut label = labels.read(&bound.label).map_err(|message| (bound.line, message))?;
        label.negated |= bound.negated;
        let Bound { line, start, end, node, .. } = bound;
        Ok(CodedMark { line, start, end, node: node.map(str::to_owned), label })
    };
    marks.into_iter().map(mark).collect()
}

fn no_standoff(line: &str, number: u64) -> Wrong {
    (number, Message::new("coding.no_standoff", &[("line", &line)]))
}

fn bound(line: &str, number: u64) -> Option<(&str, Bound<'_>)> {
    let mut columns = line.splitn(3, '\t');
    let (id, span) = (columns.next()?, columns.next()?);
    let (label, offsets) = span.split_once(' ')?;
    let numbers =
        offsets.split([' ', ';']).map(|number| number.parse().ok()).collect::<Option<Vec<u64>>>()?;
    if numbers.len() % 2 != 0 {
        return None;
    }
    let (start, end) = (*numbers.iter().min()?, *numbers.iter().max()?);
    // What stands in the gaps is not in the file.
    let node = columns.next().filter(|_| numbers.len() == 2);
    Some((id, Bound { line: number, label: label.to_owned(), start, end, node, negated: false }))
}

#[cfg(test)]
mod tests {
    use super::super::labels::tests::labels;
    use super::*;

    #[test]
    fn text_bound_annotations_are_markers_and_an_attribute_says_that_one_is_denied() {
        let text = "T1\tpossibility 3 9\t可能性はない\nA1\tNegated T1\n\nR1\tCause Arg1:T1 Arg2:T2\n\
                    T2\treportive 12 14;20 22\tと 言う\nE1\treportive:T2\n#1\tAnnotatorNotes T1\t二人で確認\n\
                    M2\tNegated T2 false\nT3\tassertive 30 32\t必ず\nA4\tCategory T3 certainty\nN1\tReference T1 x:1\ty\n*\tEquiv T1 T2\nA3\tSure T2 High\n";
        let marks = read(text, &labels()).unwrap_or_else(|(line, message)| panic!("{line}: {message}"));
        let seen: Vec<_> = marks
            .iter()
            .map(|mark| (mark.line, mark.start, mark.end, mark.label.negated, mark.node.as_deref()))
            .collect();
        assert_eq!(
            seen,
            [
                (1, 3, 9, true, Some("可能性はない")),
                (5, 12, 22, false, None),
                (9, 30, 32, false, Some("必ず"))
            ]
        );
    }

    #[test]
    fn a_line_of_another_form_is_refused() {
        for (text, line, words) in [
            ("T1\tpossibility 3 9\tx\nhello\n", 2, "standoff"),
            ("T1 possibility 3 9 x", 1, "standoff"),
            ("T1\tpossibility 3 9 12\tx", 1, "standoff"),
            ("T1\tpossibility 3 -9\tx", 1, "standoff"),
            ("T1\tPerson 3 9\tx", 1, "`Person` is no category"),
            ("T1\tpossibility 3 9\tx\nT1\tpossibility 3 9\tx", 2, "T1"),
            ("A1\tNegated", 1, "standoff"),
            ("T1\thedge 3 9\tx", 1, "`hedge` is no category"),
            ("T1\thedge 3 9\tx\nA1\tCategory T1 certainty", 1, "certainty is no category of that stance"),
            ("A1\tNegated T1 perhaps\nT1\tpossibility 3 9\tx", 1, "`perhaps`"),
        ] {
            let (number, message) = read(text, &labels()).err().unwrap_or_else(|| panic!("{text}"));
            assert!(number == line && message.to_string().contains(words), "{text}: {number}: {message}");
        }
    }
}
