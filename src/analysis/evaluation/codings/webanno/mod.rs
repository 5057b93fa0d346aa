//! WebAnno's TSV 3, which INCEpTION writes: its user guide, appendix "WebAnno TSV 3.3 File format".
//!
//! A file is in UTF-8, its offsets in units of UTF-16. `#Text=` gives a sentence, its first token where that begins; between sentences
//! there is white space that the file does not have.

mod rows;

use std::path::PathBuf;

use self::rows::Rows;
use super::labels::{Label, Labels, negated, says_negated};
use super::{CodedMark, CodedText, Wrong};
use crate::messages::Message;

/// How a file begins; the version is behind it.
const FORMAT: &str = "#FORMAT=WebAnno TSV ";

/// Layers that programs write, not readers; that of named entities is used for any labels.
const OF_PROGRAMS: &str = "de.tudarmstadt.ukp.dkpro.core.";
const NAMED_ENTITIES: &str = "NamedEntity";

/// Whether a file begins as one of WebAnno's does.
pub fn is_of_this_form(head: &[u8]) -> bool {
    head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head).starts_with(FORMAT.as_bytes())
}

/// A file that was read.
#[derive(Debug, Default)]
pub struct Page {
    text: String,
    annotations: Vec<Annotation>,
}

/// An annotation of a layer of spans.
#[derive(Debug, PartialEq, Eq)]
struct Annotation {
    line: u64,
    layer: String,
    /// The offsets in units of UTF-16.
    start: u64,
    end: u64,
    /// The features with their values; none where there is no value.
    features: Vec<(String, Option<String>)>,
}

/// Reads a file of which the text may have at most `limit` units of UTF-16.
pub fn read(text: &str, limit: usize) -> Result<Page, Wrong> {
    let mut lines = text.lines().zip(1_u64..);
    let first = lines.next().map_or("", |(line, _)| line).trim_start_matches('\u{feff}');
    let version = first.strip_prefix(FORMAT).unwrap_or_default().trim();
    let Some(minor) = version.strip_prefix("3.").and_then(|minor| minor.parse::<u32>().ok()) else {
        return Err((1, Message::new("coding.webanno_version", &[("version", &version)])));
    };
    let mut rows = Rows::new(minor, limit);
    for (line, number) in lines {
        rows.add(line, number).map_err(|message| (number, message))?;
    }
    Ok(rows.finish())
}

/// The texts of files, and the layers that code something else.
#[derive(Default)]
pub struct Coded {
    pub texts: Vec<CodedText>,
    pub passed_over: Vec<String>,
}

/// The markers of files. A layer is one of markers if a value of it is a category in any of the files, and then all its annotations
/// must have one, in the same feature.
///
/// # Errors
/// The first annotation of such a layer that has none; without such a layer, the first annotation of any that readers make.
pub fn coded(pages: Vec<(PathBuf, Vec<String>, Page)>, labels: &Labels) -> Result<Coded, (PathBuf, Wrong)> {
    let annotations =
        || pages.iter().flat_map(|(path, _, page)| page.annotations.iter().map(move |own| (path, own)));
    let mut layers: Vec<(&str, &str)> = Vec::new();
    for (_, annotation) in annotations() {
        if !layers.iter().any(|(layer, _)| *layer == annotation.layer) {
            let category = annotation.values().find(|(_, value)| labels.read(value).is_ok());
            layers.extend(category.map(|(feature, _)| (annotation.layer.as_str(), feature)));
        }
    }
    let feature_of = |layer: &str| layers.iter().find(|(own, _)| *own == layer).map(|(_, feature)| *feature);
    let mut passed_over = Vec::new();
    for (path, annotation) in
        annotations().filter(|(_, own)| own.is_of_readers() && feature_of(&own.layer).is_none())
    {
        if layers.is_empty() {
            let value = annotation.values().next().map(|(_, value)| labels.read(value));
            let message = value.and_then(Result::err).unwrap_or_else(|| annotation.without_label());
            return Err((path.clone(), (annotation.line, message)));
        }
        if !passed_over.contains(&annotation.layer) {
            passed_over.push(annotation.layer.clone());
        }
    }
    let mut coded = Coded { texts: Vec::new(), passed_over };
    for (path, names, page) in &pages {
        let starts = starts(&page.text);
        let mut marks = Vec::new();
        for annotation in &page.annotations {
            let Some(feature) = feature_of(&annotation.layer) else { continue };
            let mark = annotation.mark(feature, &starts, labels);
            marks.push(mark.map_err(|message| (path.clone(), (annotation.line, message)))?);
        }
        let (path, names, text) = (path.clone(), names.clone(), Some(page.text.clone()));
        coded.texts.push(CodedText { path, line: 1, names, text, marks });
    }
    Ok(coded)
}

/// The offset of each character in units of UTF-16, and that of the end.
fn starts(text: &str) -> Vec<u64> {
    let mut at = 0_u64;
    let mut starts: Vec<u64> = Vec::new();
    for character in text.chars() {
        starts.push(at);
        at = at.saturating_add(character.len_utf16() as u64);
    }
    starts.push(at);
    starts
}

impl Annotation {
    /// The features that have a value and may be the category.
    fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        let values = self.features.iter().filter(|(name, _)| !says_negated(name));
        values.filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?)))
    }

    fn is_of_readers(&self) -> bool {
        !self.layer.starts_with(OF_PROGRAMS) || self.layer.ends_with(NAMED_ENTITIES)
    }

    fn without_label(&self) -> Message {
        Message::new("coding.no_label", &[("layer", &self.layer)])
    }

    fn mark(&self, feature: &str, starts: &[u64], labels: &Labels) -> Result<CodedMark, Message> {
        let category = self.values().find(|(name, _)| *name == feature);
        let (_, value) = category.ok_or_else(|| self.without_label())?;
        let mut label: Label = labels.read(value)?;
        for (name, value) in self.features.iter().filter(|(name, _)| says_negated(name)) {
            label.negated |= negated(name, value.as_deref().unwrap_or_default())?;
        }
        let character = |unit: u64| starts.binary_search(&unit).ok().map(|at| at as u64);
        let span = character(self.start).zip(character(self.end));
        let (start, end) =
            span.ok_or_else(|| Message::new("coding.units", &[("start", &self.start), ("end", &self.end)]))?;
        Ok(CodedMark { line: self.line, start, end, node: None, label })
    }
}

#[cfg(test)]
mod tests {
    use super::super::labels::tests::labels;
    use super::*;

    /// Two sentences with a line end between them, the first with a character of two units.
    const PAGE: &str = "#FORMAT=WebAnno TSV 3.3\n\
        #T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|coarseValue|PosValue\n\
        #T_SP=webanno.custom.Modality|category|negated\n\
        #T_SP=webanno.custom.Topic|value\n\
        #T_RL=webanno.custom.Link|BT_webanno.custom.Modality\n\n\n\
        #Text=𠮷野の可能性はない。\n\
        1-1\t0-3\t𠮷野\t*\tNOUN\t_\t_\t人名\t_\t\n\
        1-2\t3-4\tの\t*\tADP\t_\t_\t_\t_\t\n\
        1-3\t4-7\t可能性\t*\tNOUN\tpossibility[1]|可能性[2]\ttrue[1]|*[2]\t_\t_\t\n\
        1-4\t7-8\tは\t*\tADP\tpossibility[1]\ttrue[1]\t_\t_\t\n\
        1-5\t8-10\tない\t*\tADJ\tpossibility[1]\ttrue[1]\t_\t_\t\n\
        1-6\t10-11\t。\t*\tPUNCT\t_\t_\t_\t_\t\n\n\
        #Text=と言\\\\うそうだ。\n\
        2-1\t12-19\tと言\\うそうだ\t*\tX\t_\t_\t_\t_\t\n\
        2-1.1\t16-19\tそうだ\t*\tX\t伝聞・引用\tfalse\t_\t_\t\n\
        2-2\t19-20\t。\t*\tX\t_\t_\t_\t_\t\n";

    fn coded_page(text: &str) -> Result<Coded, Wrong> {
        let page = read(text, 1000)?;
        coded(vec![("a.tsv".into(), vec!["a".into()], page)], &labels()).map_err(|(_, wrong)| wrong)
    }

    #[test]
    fn tokens_parts_of_them_and_stacked_annotations_are_read() {
        let coded = coded_page(PAGE).unwrap_or_else(|(line, message)| panic!("{line}: {message}"));
        assert_eq!(coded.passed_over, ["webanno.custom.Topic"]);
        let text = coded.texts[0].text.clone().unwrap();
        assert_eq!(text, "𠮷野の可能性はない。\nと言\\うそうだ。");
        let marks: Vec<(u64, String, String, bool)> = coded.texts[0]
            .marks
            .iter()
            .map(|mark| {
                let (start, end) = (mark.start as usize, mark.end as usize);
                let node = text.chars().skip(start).take(end - start).collect();
                (mark.line, node, mark.label.category.clone(), mark.label.negated)
            })
            .collect();
        let mark = |line, node: &str, category: &str, negated| (line, node.into(), category.into(), negated);
        assert_eq!(
            marks,
            [
                mark(11, "可能性はない", "possibility", true),
                mark(11, "可能性", "possibility", false),
                mark(18, "そうだ", "reportive", false)
            ]
        );
    }

    #[test]
    fn a_file_without_annotations_has_no_marker() {
        let page = "#FORMAT=WebAnno TSV 3.2\n\n\n#Text=犬。\n1-1\t0-1\t犬\t\n1-2\t1-2\t。\t\n";
        assert_eq!(coded_page(page).map(|coded| coded.texts[0].marks.len()).ok(), Some(0));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let only_topics =
            "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Topic|value\n\n\n#Text=犬\n1-1\t0-1\t犬\t動物\t\n";
        for (page, line, words) in [
            (PAGE.replace("TSV 3.3", "TSV 2"), 1, "not `2`"),
            (PAGE.replace("伝聞・引用", "人名"), 18, "`人名` is no category"),
            (PAGE.replace("伝聞・引用", "*"), 18, "webanno.custom.Modality has no label"),
            (PAGE.replace("\tfalse\t", "\tperhaps\t"), 18, "`perhaps`"),
            (PAGE.replace("16-19\t", "20-23\t"), 18, "20 to 23"),
            (PAGE.replace("12-19", "5-19"), 17, "begins at 5"),
            (PAGE.replace("12-19", "99999999999-19"), 17, "99999999999"),
            (PAGE.replace("16-19\tそうだ\t*\tX\t", "16-19"), 18, "no row"),
            (PAGE.replace("2-2\t19-20", "2-2\tx-20"), 19, "no row"),
            (only_topics.to_owned(), 6, "`動物` is no category"),
            (only_topics.replace("動物", "*"), 6, "webanno.custom.Topic has no label"),
        ] {
            let (number, message) = coded_page(&page).err().unwrap_or_else(|| panic!("{words}"));
            assert!(number == line && message.to_string().contains(words), "{words}: {number}: {message}");
        }
    }
}
