//! What the paragraph says of a comparison of groups.

use crate::counts::{MAX_GROUPS, Order};
use crate::messages::{Language, Message, grouped};
use crate::tables::{ComparisonRecord, GroupRecord, LikelyCluster, ReadBackError, ReadTable, RunTables};

use super::texts::{Comparison, Names, Sentences};

/// With more groups than this, they are not listed.
const MOST_LISTED: usize = 12;

/// With fewer units in a group, tests find little.
const FEW_UNITS: u64 = 10;

/// What the tables of a comparison, with notes in a language, say of its units and its tests.
pub struct Facts {
    /// By group: its documents, clusters or pairs.
    units: Vec<u64>,
    /// How many arrangements the tests of two groups tried, and whether these are all.
    arrangements: Option<(u64, bool)>,
    /// The least p-value that the tests of two groups can give, where it is not below the usual threshold.
    least_p: Option<String>,
}

impl Facts {
    pub fn read(
        tables: RunTables,
        comparison: &ComparisonRecord,
        language: Language,
    ) -> Result<Self, ReadBackError> {
        let groups = ReadTable::read(tables, "groups")?;
        let units = |group: &GroupRecord| {
            for row in groups.rows() {
                let [own, stratum, clusters] = groups.cells(row, ["group", "stratum", "clusters"])?;
                if stratum.is_empty() && own == group.group {
                    return Ok(clusters.parse().unwrap_or(group.documents as u64));
                }
            }
            Ok(group.documents as u64)
        };
        let mut facts = Facts {
            units: comparison.groups.iter().map(units).collect::<Result<_, ReadBackError>>()?,
            arrangements: None,
            least_p: None,
        };
        if comparison.groups.len() == 2 {
            let pairs = ReadTable::read(tables, "comparisons")?;
            for row in pairs.rows() {
                let columns = ["stratum", "arrangements", "permutation_method", "note"];
                let [stratum, arrangements, method, note] = pairs.cells(row, columns)?;
                if let (true, Ok(number)) = (stratum.is_empty(), arrangements.parse()) {
                    facts.arrangements = Some((number, method == "exact"));
                    let mut notes = note.split("; ");
                    facts.least_p = notes.find_map(|note| least_p(note, language)).map(str::to_owned);
                    break;
                }
            }
        }
        Ok(facts)
    }
}

/// The least p-value of a note of comparisons.csv that says which can't be.
fn least_p(note: &str, language: Language) -> Option<&str> {
    const PLACE: &str = "{p}";
    let words = Message::new("notes.too_few_units", &[("p", &PLACE)]).in_language(language);
    let (before, behind) = words.split_once(PLACE)?;
    note.strip_prefix(before)?.strip_suffix(behind)
}

/// The templates of the sentences, and what they name beside the run.
pub fn sentences<'l>(
    comparison: &ComparisonRecord,
    facts: &Facts,
    language: &'l Sentences,
    names: &mut Names,
) -> Vec<&'l str> {
    let texts = &language.comparison;
    add_names(comparison, facts, language, names);
    let design = &comparison.design;
    let mut sentences: Vec<&str> = vec![if comparison.trend { &texts.ordered } else { &texts.grouped }];
    sentences.extend(match (&design.pair, &design.cluster, &comparison.likely_cluster) {
        (Some(_), ..) => vec![texts.paired.as_str()],
        (None, Some(_), _) => vec![texts.clustered.as_str()],
        (None, None, None) => vec![texts.independent.as_str()],
        (None, None, Some(LikelyCluster { variable: None, .. })) => {
            vec![texts.independent.as_str(), &texts.likely_site]
        }
        (None, None, Some(_)) => vec![texts.independent.as_str(), &texts.likely],
    });
    sentences.push(&texts.rates);
    sentences.extend(tests(comparison, facts, texts));
    if !comparison.left_out.is_empty() {
        sentences.push(if design.pair.is_some() { &texts.left_out_pairs } else { &texts.left_out });
    }
    if comparison.trend && design.is_ordered() {
        let all: u64 = facts.units.iter().sum();
        sentences.extend((all < FEW_UNITS).then_some(texts.few_in_all.as_str()));
    } else if facts.units.iter().any(|units| *units < FEW_UNITS) {
        sentences.push(&texts.few);
    }
    sentences.extend(facts.least_p.as_ref().map(|_| texts.least.as_str()));
    sentences
}

/// The sentences on the tests.
fn tests<'l>(comparison: &ComparisonRecord, facts: &Facts, texts: &'l Comparison) -> Vec<&'l str> {
    let design = &comparison.design;
    let groups = comparison.groups.len();
    let mut tests: Vec<&str> = Vec::new();
    if groups == 2 {
        if facts.arrangements.is_none() {
            return vec![&texts.untested];
        }
        tests.push(if design.pair.is_some() { &texts.two_paired } else { &texts.two });
    } else {
        if comparison.trend {
            let is_listed = matches!(design.order, Order::Listed(_));
            tests.push(if is_listed { &texts.trend_steps } else { &texts.trend });
        }
        if !design.is_ordered() && groups <= MAX_GROUPS {
            tests.extend([texts.several.as_str(), &texts.pairs_of_groups]);
        }
    }
    tests.extend(design.within.as_ref().map(|_| texts.within.as_str()));
    tests.push(match facts.arrangements {
        Some((_, true)) => &texts.exact,
        _ => &texts.random,
    });
    if groups == 2 {
        tests.push(&texts.adjusted_two);
    }
    tests
}

fn add_names(comparison: &ComparisonRecord, facts: &Facts, language: &Sentences, names: &mut Names) {
    let texts = &language.comparison;
    let design = &comparison.design;
    let clusters = comparison.clusters.unwrap_or_default() as u64;
    let arrangements = facts.arrangements.map_or(comparison.resamples as u64, |(number, _)| number);
    let variables = std::iter::once(&design.by).chain(&design.within).cloned();
    let few = comparison.groups.iter().zip(&facts.units).filter(|(_, units)| **units < FEW_UNITS);
    let few: Vec<&str> = few.map(|(group, _)| group.group.as_str()).collect();
    let of_design = |variable: &Option<String>| variable.clone().unwrap_or_default();
    for (name, value) in [
        ("by", design.by.clone()),
        ("within", of_design(&design.within)),
        ("cluster", of_design(&design.cluster)),
        ("pair", of_design(&design.pair)),
        ("seed", comparison.seed.to_string()),
        ("units", texts.units(design).to_owned()),
        ("clusters", language.counted("clusters", clusters)),
        ("pairs", language.counted("pairs", clusters)),
        ("arrangements", grouped(arrangements)),
        ("strata", comparison.strata.join(&language.comma)),
        ("left_out", language.counted("left_out", comparison.left_out.len() as u64)),
        ("variables", variables.collect::<Vec<_>>().join(&language.comma)),
        ("few_groups", few.join(&language.comma)),
        ("least_p", facts.least_p.clone().unwrap_or_default()),
    ] {
        names.add(name, value);
    }
    if let Some(LikelyCluster { variable, value, documents }) = &comparison.likely_cluster {
        names.add("shared_variable", variable.clone().unwrap_or_default());
        names.add("shared_value", value.clone());
        names.add("shared", grouped(*documents));
    }
    let groups = groups(comparison, facts, language, names);
    names.add("groups", groups);
}

/// The groups of a comparison, each with its size.
fn groups(comparison: &ComparisonRecord, facts: &Facts, language: &Sentences, names: &Names) -> String {
    let texts = &language.comparison;
    let sizes = || comparison.groups.iter().map(|group| group.documents as u64);
    if comparison.groups.len() > MOST_LISTED {
        let more = [
            ("number", grouped(comparison.groups.len() as u64)),
            ("least", grouped(sizes().min().unwrap_or_default())),
            ("most", grouped(sizes().max().unwrap_or_default())),
        ];
        return names.fill_with(&texts.many_groups, &more);
    }
    let template = if comparison.design.cluster.is_some() { &texts.clustered_group } else { &texts.group };
    let group = |(group, units): (&GroupRecord, &u64)| {
        let more = [
            ("group", group.group.clone()),
            ("group_documents", grouped(group.documents as u64)),
            ("group_units", language.counted("clusters", *units)),
        ];
        names.fill_with(template, &more)
    };
    let groups: Vec<String> = comparison.groups.iter().zip(&facts.units).map(group).collect();
    groups.join(&language.comma)
}
