//! Lines end at every mandatory break of Unicode, in every format.

use serde_json::json;

use crate::place::Place;
use crate::spreadsheets::{xlsx, zipped};

const ENDS: [&str; 8] = ["\n", "\r\n", "\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"];

#[test]
fn a_text_has_the_same_sentences_and_lines_with_any_of_them() {
    for end in ENDS {
        let text = format!("見出し{end}犬が走る{end}{end}犬は寝る。{end}");
        let row = json!({ "text": &text }).to_string();
        // A cell of TSV is quoted where it has to be, as quotation marks may be its own.
        let quote = if end.contains(['\r', '\n']) { "\"" } else { "" };
        let place = Place::with(&[
            ("a.txt", text.as_bytes()),
            ("b.csv", format!("text,n\n\"{text}\",1\n").as_bytes()),
            ("c.tsv", format!("text\tn\n{quote}{text}{quote}\t1\n").as_bytes()),
            ("d.jsonl", row.as_bytes()),
        ]);
        let (tables, _) = place.count_dogs(&["a.txt", "b.csv", "c.tsv", "d.jsonl"]);
        assert_eq!(tables.documents.column("sentences"), ["3"; 4], "{end:?}");
        assert_eq!(tables.concordance.column("line"), ["2", "4"].repeat(4), "{end:?}");
        assert_eq!(tables.concordance.column("left"), [""; 8], "{end:?}");
    }
}

#[test]
fn those_that_are_no_blanks_of_a_page_end_its_lines() {
    // XML has no vertical tab and no form feed.
    for (end, is_in_xml) in
        [("\u{b}", false), ("\u{c}", false), ("\u{85}", true), ("\u{2028}", true), ("\u{2029}", true)]
    {
        let text = format!("見出し{end}犬が走る{end}犬は寝る。");
        let mut files = vec![
            ("a.html", format!("<p>{text}</p>").into_bytes()),
            ("b.md", format!("# 題\n\n{text}\n").into_bytes()),
        ];
        if is_in_xml {
            let word = format!(
                "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
            );
            files.push(("c.docx", zipped(&[("word/document.xml", word.as_bytes())])));
            files.push(("d.xlsx", xlsx(&[&["\"text\""], &[&format!("\"{text}\"")]])));
        }
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        let (tables, _) = Place::with(&files).count_dogs(&names);
        let sentences = ["3", "4", "3", "3"];
        assert_eq!(tables.documents.column("sentences"), sentences[..names.len()], "{end:?}");
        let lines = ["2", "3", "3", "4", "2", "3", "2", "3"];
        assert_eq!(tables.concordance.column("line"), lines[..2 * names.len()], "{end:?}");
    }
}

#[test]
fn a_gold_coding_counts_lines_as_the_concordance_does() {
    for end in ENDS {
        let text = format!("見出し{end}効果が期待される。{end}");
        let start = text.chars().position(|c| c == '期').unwrap();
        let gold = |line| {
            format!(
                "document,line,start,end,node,stance,category,negated\na.txt,{line},{start},{},期待さ,hedge,expectation,false\n",
                start + 3
            )
        };
        let place = Place::with(&[("a.txt", text.clone()), ("gold.csv", gold(2)), ("wrong.csv", gold(1))]);
        let run = place.run(&["evaluate", "--gold", "gold.csv", "a.txt"]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{end:?}");
        place
            .assert_refused(&["evaluate", "--gold", "wrong.csv", "a.txt"], &[&["wrong.csv, line 2", "line"]]);
    }
}
