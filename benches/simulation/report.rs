//! The tables, as Markdown and as CSV, and what a test demands of them.

use std::fmt::Write;

use crate::outcome::Figure;
use crate::scenarios::Part;
use crate::{Share, Simulated};

/// A scenario and its shares, in a line.
pub fn line(simulated: &Simulated) -> String {
    let shares = simulated
        .shares
        .iter()
        .map(|(figure, share)| format!("{} {}", figure.name(), decimal(share.value())));
    format!("{}: {}", simulated.scenario.name(), shares.collect::<Vec<_>>().join(", "))
}

/// One row for each scenario and figure.
pub fn csv(simulated: &[Simulated]) -> String {
    let mut csv = "part,design,documents,markers,k,permutations,figure,share,of,standard_error\n".to_owned();
    for Simulated { scenario, shares } in simulated {
        for (figure, share) in shares {
            let _ = writeln!(
                csv,
                "{:?},\"{}\",\"{}\",{},{},{},{},{:.5},{},{:.5}",
                scenario.part,
                scenario.design,
                scenario.documents,
                scenario.markers,
                scenario.k,
                scenario.permutations,
                figure.name().replace('`', ""),
                share.value(),
                share.of,
                share.error()
            );
        }
    }
    csv
}

/// `.953`.
pub fn decimal(value: f64) -> String {
    format!("{value:.3}").replacen("0.", ".", 1)
}

/// The least and the largest share that are as they should be.
fn wanted(figure: Figure) -> (f64, f64) {
    if figure.is_interval() { (0.93, 0.97) } else { (0.0, 0.065) }
}

/// A share; in bold, where it is not as it should be.
fn cell(share: &Share, figure: Figure) -> String {
    let (least, most) = wanted(figure);
    let text = decimal(share.value());
    if (least..=most).contains(&share.value()) { text } else { format!("**{text}**") }
}

/// A Markdown table.
fn table(header: &[String], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let rule: Vec<String> = header.iter().map(|_| "---".to_owned()).collect();
    let rule = line(&rule).replace(' ', "");
    format!("{}{rule}{}\n", line(header), rows.iter().map(|row| line(row)).collect::<String>())
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// Values in order, each once.
fn distinct<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    values.fold(Vec::new(), |mut known, value| {
        if !known.contains(&value) {
            known.push(value);
        }
        known
    })
}

fn k_name(k: f64) -> String {
    if k.is_finite() { format!("{k}") } else { "∞".into() }
}

/// Coverage by the number of documents.
fn coverage(simulated: &[&Simulated], figures: &[(&str, Figure)], ks: &[f64]) -> String {
    let documents = distinct(simulated.iter().map(|own| own.scenario.documents.clone()));
    let mut rows = Vec::new();
    for (what, figure) in figures {
        let of_what =
            || simulated.iter().filter(|own| own.scenario.design == *what && ks.contains(&own.scenario.k));
        for (markers, k) in distinct(of_what().map(|own| (own.scenario.markers, own.scenario.k))) {
            let mut row = vec![figure.name().to_owned(), (*what).to_owned(), format!("{markers}"), k_name(k)];
            for documents in &documents {
                let found = of_what().find(|own| {
                    (own.scenario.markers, own.scenario.k) == (markers, k)
                        && own.scenario.documents == *documents
                });
                let share = found.and_then(|own| own.shares.get(figure));
                row.push(share.map_or(String::new(), |share| cell(share, *figure)));
            }
            rows.push(row);
        }
    }
    let mut header = strings(&["interval of", "groups", "markers", "k"]);
    header.extend(documents.iter().map(|documents| format!("n = {documents}")));
    if rows.is_empty() { String::new() } else { table(&header, &rows) }
}

/// Shares of tests by design, those of each k in one cell.
fn tests(simulated: &[&Simulated], figures: &[Figure]) -> String {
    let key =
        |own: &Simulated| (own.scenario.design.clone(), own.scenario.documents.clone(), own.scenario.markers);
    let mut rows = Vec::new();
    for (what, documents, markers) in distinct(simulated.iter().map(|own| key(own))) {
        let of_row: Vec<&&Simulated> =
            simulated.iter().filter(|own| key(own) == (what.clone(), documents.clone(), markers)).collect();
        let mut row = vec![what, documents, format!("{markers}")];
        row.push(of_row.iter().map(|own| k_name(own.scenario.k)).collect::<Vec<_>>().join(", "));
        for figure in figures {
            let of_k = of_row.iter().map(|own| {
                let share = own.shares.get(figure).filter(|share| share.of > 0);
                share.map_or("–".to_owned(), |share| cell(share, *figure))
            });
            row.push(of_k.collect::<Vec<_>>().join(", "));
        }
        rows.push(row);
    }
    let mut header = strings(&["design", "documents", "markers", "k"]);
    header.extend(figures.iter().map(|figure| {
        let name = figure.name();
        if figure.is_interval() { format!("interval of {name}") } else { name.to_owned() }
    }));
    if rows.is_empty() { String::new() } else { table(&header, &rows) }
}

/// How often a test finds a difference, by the number of documents.
fn power(simulated: &[&Simulated]) -> String {
    let documents = distinct(simulated.iter().map(|own| own.scenario.documents.clone()));
    let mut rows = Vec::new();
    for figure in [Figure::Pooled, Figure::Permutation] {
        for k in distinct(simulated.iter().map(|own| own.scenario.k)) {
            let of_k = simulated.iter().filter(|own| own.scenario.k == k);
            let shares = of_k.filter_map(|own| own.shares.get(&figure));
            let cells = shares.map(|share| format!("{:.2}", share.value()).replacen("0.", ".", 1));
            rows.push([figure.name().to_owned(), k_name(k)].into_iter().chain(cells).collect());
        }
    }
    let mut header = strings(&["p", "k"]);
    header.extend(documents.iter().map(|documents| format!("n = {documents}")));
    if rows.is_empty() { String::new() } else { table(&header, &rows) }
}

/// A table with what it shows; nothing where it has no rows.
fn titled(title: &str, table: String) -> String {
    if table.is_empty() { table } else { format!("{title}\n\n{table}") }
}

/// The tables of docs/statistics.md.
pub fn markdown(simulated: &[Simulated]) -> String {
    let of = |part: Part| simulated.iter().filter(|own| own.scenario.part == part).collect::<Vec<_>>();
    let intervals = of(Part::Coverage);
    let every = [2.0, 5.0, f64::INFINITY];
    let few = [2.0, f64::INFINITY];
    let equal = [("equal", Figure::Rate), ("equal", Figure::LogRatio), ("ratio 1.5", Figure::LogRatio)];
    let unequal = ["equal, σ 0.8"; 2].into_iter().zip([Figure::Rate, Figure::LogRatio]).collect::<Vec<_>>();
    let others = [Figure::Mean, Figure::MeanDifference, Figure::CliffsDelta, Figure::HedgesG];
    let others: Vec<_> = others.map(|figure| ("ratio 1.5", figure)).into();
    let of_two = [
        Figure::Pooled,
        Figure::Unnoted,
        Figure::Permutation,
        Figure::MannWhitney,
        Figure::Welch,
        Figure::LogRatio,
        Figure::MeanDifference,
    ];
    let of_several =
        [Figure::Adjusted, Figure::Rest, Figure::Wald, Figure::KruskalWallis, Figure::KruskalWallisPermuted];
    let parts = [
        titled(
            "How often an interval holds the true value, n documents a group:",
            coverage(&intervals, &equal, &every),
        ),
        titled("The same, where lengths differ more:", coverage(&intervals, &unequal, &few)),
        titled("Other intervals:", coverage(&intervals, &others, &few)),
        titled(
            "Two groups with the same true rate: how often p ≤ .05, and how often an interval holds the true difference:",
            tests(&of(Part::TwoGroups), &of_two),
        ),
        titled(
            "Several markers at once, none of which differs: how often any p ≤ .05 (Holm's: of the first two groups):",
            tests(&of(Part::Families), &[Figure::Adjusted, Figure::Holm]),
        ),
        titled(
            "Several groups: how often any p of groups that don't differ is ≤ .05:",
            tests(&of(Part::SeveralGroups), &of_several),
        ),
        titled(
            "A trend where there is none: how often p ≤ .05, and how often the interval holds 0:",
            tests(&of(Part::Trends), &[Figure::SlopeP, Figure::Slope]),
        ),
        titled(
            "Groups that do differ (one rate 1.5 times the other, 8 markers a document in the one, 12 in the other): how often p ≤ .05:",
            power(&of(Part::Power)),
        ),
    ];
    parts.concat().trim_end().to_owned()
}

/// Demands of few data sets of each scenario that their shares are near what many show.
pub fn assert_plausible(simulated: &[Simulated]) {
    let of = |figure: Figure, chosen: &dyn Fn(&Simulated) -> bool| {
        let chosen = simulated.iter().filter(|own| chosen(own));
        let shares = chosen.filter_map(|own| own.shares.get(&figure));
        shares.fold(Share::default(), |all, own| Share { yes: all.yes + own.yes, of: all.of + own.of })
    };
    let demand = |figure: Figure, (least, most): (f64, f64), chosen: &dyn Fn(&Simulated) -> bool| {
        let share = of(figure, chosen);
        let value = share.value();
        assert!(
            share.of > 0 && (least..=most).contains(&value),
            "{}: {value:.3} of {} rather than {least} to {most}",
            figure.name(),
            share.of
        );
    };
    let are_equal = |own: &Simulated| own.scenario.part == Part::Coverage && own.scenario.design == "equal";
    for figure in [Figure::Rate, Figure::Mean, Figure::LogRatio, Figure::MeanDifference] {
        demand(figure, (0.93, 0.975), &are_equal);
    }
    demand(Figure::CliffsDelta, (0.93, 0.995), &are_equal);
    demand(Figure::HedgesG, (0.93, 0.995), &are_equal);
    let two_groups = |what: &'static str| {
        move |own: &Simulated| own.scenario.part == Part::TwoGroups && own.scenario.design.starts_with(what)
    };
    for what in ["equal", "lengths", "sites, `--cluster`", "pairs", "two media, `--within`"] {
        demand(Figure::Pooled, (0.01, 0.075), &two_groups(what));
    }
    for what in ["sites, without", "two media, without"] {
        demand(Figure::Pooled, (0.1, 1.0), &two_groups(what));
    }
    let several = |own: &Simulated| own.scenario.part == Part::SeveralGroups;
    for figure in [Figure::Adjusted, Figure::Rest, Figure::Wald] {
        demand(figure, (0.02, 0.08), &several);
    }
    demand(Figure::SlopeP, (0.0, 0.15), &|own| own.scenario.part == Part::Trends);
    demand(Figure::Pooled, (0.4, 0.75), &|own| own.scenario.part == Part::Power);
}
