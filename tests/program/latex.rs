//! The width of the tables of `hedgerow cite --latex`.

use std::fs;
use std::process::Command;

use crate::cite::cite;
use crate::place::{Place, corpus};

/// The sample corpus with groups of long names, and a category of one's own with another.
fn with_long_names() -> Place {
    let place = Place::with::<&str>(&[]);
    let mut variables = String::from("document,二群,two,six,seven,order\n");
    let corpus = corpus();
    let mut names: Vec<String> = Vec::new();
    for genre in ["clinic", "health", "supplement", "university"] {
        for entry in fs::read_dir(corpus.join(genre)).unwrap() {
            names.push(format!("{genre}/{}", entry.unwrap().file_name().to_str().unwrap()));
        }
    }
    names.sort();
    for (number, name) in names.iter().enumerate() {
        let first = number < 14;
        let [japanese, long] = match first {
            true => [
                "広告（健康食品・美容医療のウェブページ）",
                "advertisements_of_supplements/0123456789abcdefghij",
            ],
            false => [
                "情報提供（自治体の広報と大学の記者発表資料）",
                "institutionalised informational announcements",
            ],
        };
        variables += &format!(
            "{name},{japanese},{long},第{}期の美容資料,{},{}\n",
            number % 6 + 1,
            number % 7,
            ["保健所のお知らせ", "大学の研究成果", "健康食品の広告", "美容の広告"][number % 4]
        );
    }
    place.write("v.csv", variables);
    place.write(
        "own.toml",
        "category = \"非常に長い名前をもつ独自のカテゴリー\"\nstance = \"hedge\"\n\
         [[entry]]\nid = \"場合\"\npattern = '\"場合\"'\nexamples = [\"場合。\"]\n",
    );
    place.count(&[corpus.to_str().unwrap(), "--variables", "v.csv", "--lexicon", "own.toml"]);
    place
}

/// Two groups with Japanese and with long names, several, more than fit, and trends.
const LONG: [&[&str]; 6] = [
    &["--by", "二群"],
    &["--by", "two"],
    &["--by", "six"],
    &["--by", "seven", "--ordered"],
    &["--by", "seven"],
    &["--by", "order", "--ordered=保健所のお知らせ,大学の研究成果,健康食品の広告,美容の広告"],
];

fn latex_tables(place: &Place) -> Vec<String> {
    let table = |arguments: &&[&str]| {
        let run = place.run(&[&["compare", "out", "--resamples", "100", "--force"], *arguments].concat());
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{arguments:?}");
        cite(place, &["--latex"])
    };
    LONG.iter().map(table).collect()
}

#[test]
fn long_names_are_broken_so_that_the_latex_table_fits() {
    for table in latex_tables(&with_long_names()) {
        let columns = table.split("\\begin{tabular}{@{}").nth(1).unwrap().find("@{}").unwrap();
        let head = table.lines().find(|line| line.contains("$p$ \\\\")).unwrap();
        assert_eq!(head.matches(" & ").count(), columns - 1, "{head}");
        let widths = head.split("\\parbox[b]{").skip(1).map(|rest| rest.split("pt}").next().unwrap());
        let widths: Vec<u32> = widths.map(|width| width.parse().unwrap()).collect();
        // Labels, p-values, an interval and the gaps take the rest of 345 points.
        assert!(widths.iter().sum::<u32>() <= 345 - 84 - 24 - 6 * (columns as u32 - 1), "{head}");
        assert!(table.contains("\n\\parbox[t]{84pt}{\\raggedright\\hspace{0pt}非常に長い"), "{table}");
        assert_eq!(table.matches('{').count(), table.matches('}').count(), "{table}");
        assert!(!table.contains("resizebox"), "{table}");
    }
}

/// Compiles the tables with LuaLaTeX and measures them.
#[test]
#[ignore = "needs lualatex with luatexja, and takes half a minute"]
fn the_latex_tables_are_no_wider_than_the_text() {
    let place = with_long_names();
    let mut document = String::from(
        "\\documentclass[10pt,a4paper]{article}\n\\usepackage{luatexja}\n\\usepackage{booktabs}\n\
         \\begin{document}\n\\typeout{text \\the\\textwidth}\n",
    );
    for table in latex_tables(&place) {
        let start = table.find("\\footnotesize").unwrap();
        let end = table.find("\\end{table}").unwrap();
        document +=
            &format!("{table}{{\\setbox0\\hbox{{{}}}\\typeout{{table \\the\\wd0}}}}\n", &table[start..end]);
    }
    place.write("all.tex", document + "\\clearpage\n\\end{document}\n");
    let mut latex = Command::new("lualatex");
    let run = latex.args(["-interaction=nonstopmode", "all.tex"]).current_dir(place.path("")).output();
    let log = String::from_utf8_lossy(&run.expect("lualatex is there").stdout).into_owned();
    let points = |what: &str| {
        let lines = log.lines().filter_map(|line| line.strip_prefix(what)?.strip_suffix("pt"));
        lines.map(|width| width.parse().unwrap()).collect::<Vec<f64>>()
    };
    let [text] = points("text ")[..] else { panic!("{log}") };
    let tables = points("table ");
    assert_eq!(tables.len(), LONG.len(), "{log}");
    assert!(tables.iter().all(|width| *width <= text), "{text}: {tables:?}");
    assert!(!log.contains("Overfull") && !log.contains("\n! "), "{log}");
    println!("text {text} pt, tables {tables:?}");
}
