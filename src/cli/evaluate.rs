//! `hedgerow evaluate`.

use std::io::{self, Write};
use std::path::PathBuf;

use hedgerow::analysis::{DifferenceKind, Evaluation, evaluate};
use hedgerow::corpus::{DocumentReader, read_gold};
use hedgerow::statistics::{
    Agreement, RESAMPLES, SEED, f1, kappa, percentile_interval, precision, recall, resample, share,
};

use super::{Outcome, Result, complain};

/// From this many documents on, intervals come from resampling documents; below, sentences.
const ENOUGH_DOCUMENTS: usize = 10;

/// Compare the program's coding with that of readers
#[derive(clap::Args)]
pub struct Arguments {
    /// The readers' coding: CSV with document,line,start,end,node,stance,category,negated
    #[arg(long, value_name = "GOLD.csv")]
    gold: PathBuf,
    /// Files or folders: the documents that were coded
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    setup: super::setup::SetupArguments,
    #[command(flatten)]
    reading: super::reading::ReadingArguments,
}

pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Outcome> {
    let setup = arguments.setup.setup()?;
    let gold = read_gold(&arguments.gold)?;
    let corpus = match arguments.reading.find(&arguments.paths) {
        Ok(corpus) => corpus,
        Err(errors) => return Ok(complain(errors)),
    };
    let (mut documents, mut unreadable) = (Vec::new(), corpus.unreadable);
    let reading = arguments.reading.reading();
    for document in corpus.inputs.iter().flat_map(|input| DocumentReader::open(input, &reading)) {
        match document {
            Ok(document) => documents.push(document),
            Err(error) => unreadable.push(error),
        }
    }
    if !unreadable.is_empty() {
        return Ok(complain(unreadable));
    }
    let evaluation = evaluate(&setup, &documents, arguments.reading.wrapped(), &gold)?;
    print_agreement(out, &evaluation)?;
    print_categories(out, &evaluation)?;
    print_differences(out, &evaluation)?;
    Ok(Outcome::Done)
}

type Statistic = fn(&Agreement) -> Option<f64>;

/// The three ways of calling a pair right, each with its precision, recall and F1.
const MEASURES: [(&str, [Statistic; 3]); 3] = [
    (
        "any marker",
        [
            |a| precision(a.matched, a.found),
            |a| recall(a.matched, a.gold),
            |a| f1(a.matched, a.found, a.gold),
        ],
    ),
    (
        "same stance",
        [
            |a| precision(a.same_stance, a.found),
            |a| recall(a.same_stance, a.gold),
            |a| f1(a.same_stance, a.found, a.gold),
        ],
    ),
    (
        "same category",
        [
            |a| precision(a.same_category, a.found),
            |a| recall(a.same_category, a.gold),
            |a| f1(a.same_category, a.found, a.gold),
        ],
    ),
];

fn print_agreement(out: &mut impl Write, evaluation: &Evaluation) -> io::Result<()> {
    let merge = |sum: &mut Agreement, unit: &Agreement| sum.merge(unit);
    let sum = |units: &Vec<Agreement>| {
        let mut sum = Agreement::default();
        units.iter().for_each(|unit| merge(&mut sum, unit));
        sum
    };
    let by_document: Vec<Agreement> = evaluation.documents.iter().map(sum).collect();
    let by_sentence = evaluation.documents.concat();
    let (units, resamples) = if by_document.len() >= ENOUGH_DOCUMENTS {
        ("documents", resample(&by_document, merge))
    } else {
        ("sentences", resample(&by_sentence, merge))
    };
    let total = sum(&by_document);
    let figure = |statistic: Statistic| {
        let point = statistic(&total).map_or("not defined".into(), |value| format!("{value:.3}"));
        match percentile_interval(&resamples, statistic) {
            Some((low, high)) => format!("{point} [{low:.3}, {high:.3}]"),
            None => point,
        }
    };
    writeln!(
        out,
        "{} documents, {} sentences; {} markers in the gold coding, {} found, {} matched by overlap\n",
        by_document.len(),
        by_sentence.len(),
        total.gold,
        total.found,
        total.matched
    )?;
    writeln!(out, "{:<15} {:<21} {:<21} F1", "", "precision", "recall")?;
    for (name, statistics) in MEASURES {
        let [precision, recall, f1] = statistics.map(figure);
        writeln!(out, "{name:<15} {precision:<21} {recall:<21} {f1}")?;
    }
    let negated = figure(|a| share(a.same_negated, a.matched));
    writeln!(out, "\nsame `negated`  {negated} of {} matched markers", total.matched)?;
    let kappa = figure(|a| kappa(&a.sentences));
    writeln!(out, "Cohen's kappa   {kappa} over sentences (hedged, assertive, mixed, unmarked)")?;
    writeln!(out, "intervals: 95 %, percentile bootstrap over {units}, {RESAMPLES} resamples, seed {SEED}\n")
}

fn print_categories(out: &mut impl Write, evaluation: &Evaluation) -> io::Result<()> {
    writeln!(
        out,
        "{:<15} {:>9} {:>9} {:>9} {:>6} {:>6}",
        "category", "precision", "recall", "F1", "gold", "found"
    )?;
    for (name, scores) in &evaluation.categories {
        let figure = |value: Option<f64>| value.map_or("-".into(), |value| format!("{value:.3}"));
        writeln!(
            out,
            "{name:<15} {:>9} {:>9} {:>9} {:>6} {:>6}",
            figure(precision(scores.right, scores.found)),
            figure(recall(scores.right, scores.gold)),
            figure(f1(scores.right, scores.found, scores.gold)),
            scores.gold,
            scores.found,
        )?;
    }
    Ok(())
}

fn print_differences(out: &mut impl Write, evaluation: &Evaluation) -> io::Result<()> {
    writeln!(out, "\ndifferences: {}", evaluation.differences.len())?;
    for difference in &evaluation.differences {
        let what = match &difference.kind {
            DifferenceKind::Miss { category } => format!("miss, {category}"),
            DifferenceKind::Extra { marker, category } => format!("extra, {category} ({marker})"),
            DifferenceKind::Category { gold, marker, found } => {
                format!("category, gold {gold}, found {found} ({marker})")
            }
            DifferenceKind::Negated { gold, marker } => {
                format!("negated, gold {gold}, found {} ({marker})", !gold)
            }
        };
        let place = format!("{}:{}", difference.document, difference.line);
        let sentence = format!("{}【{}】{}", difference.left, difference.node, difference.right);
        writeln!(out, "{place}\t{what}\t{sentence}")?;
    }
    Ok(())
}
