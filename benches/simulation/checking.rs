//! A program that errs differently in two groups, and a check of its coding by hand: how often the intervals of rates and of their
//! difference hold the truth, raw and corrected.

use hedgerow::Stance;
use hedgerow::analysis::parallel;
use hedgerow::checking::{CheckedItem, CheckedSample, CheckedStratum, Coded, Counted, Measured, Population};
use hedgerow::statistics::{Frequency, Interval, Ratio};

use crate::Share;
use crate::population::LENGTH;
use crate::random::Random;

/// Sentences in a document of mean length.
const SENTENCES: f64 = 20.0;

/// Categories, all of one stance, by their share of the markers.
const CATEGORIES: [f64; 3] = [0.6, 0.3, 0.1];

/// The standard deviation of the logarithm of a document's length.
const SIGMA: f64 = 0.5;

/// Of what the program finds rightly, the share that it gives another category.
const CONFUSED: f64 = 0.03;

/// What is simulated.
#[derive(Debug, Clone, Copy)]
pub struct Design {
    pub name: &'static str,
    /// Documents of each group.
    pub documents: usize,
    /// Markers in a document of mean length, by group.
    pub markers: [f64; 2],
    /// Of the negative binomial distribution.
    pub k: f64,
    /// By group.
    pub precision: [f64; 2],
    pub recall: [f64; 2],
    /// Hits and sentences that are checked.
    pub checked: [usize; 2],
}

/// All, in the order of the table.
pub fn designs() -> Vec<Design> {
    let usual = Design {
        name: "errs differently",
        documents: 200,
        markers: [8.0, 8.0],
        k: 5.0,
        precision: [0.95, 0.85],
        recall: [0.9, 0.7],
        checked: [200, 200],
    };
    vec![
        usual,
        Design { name: "errs differently, ratio 1.5", markers: [12.0, 8.0], ..usual },
        Design { name: "errs differently, few documents", documents: 30, ..usual },
        Design { name: "errs differently, few markers", markers: [3.0, 2.0], ..usual },
        Design { name: "errs alike", precision: [0.9; 2], recall: [0.8; 2], ..usual },
        Design { name: "hardly errs", precision: [0.98; 2], recall: [0.96; 2], ..usual },
        Design { name: "errs differently, 400 + 400", checked: [400, 400], ..usual },
    ]
}

/// What is counted over data sets: whether an interval holds the truth.
pub const FIGURES: [&str; 6] = [
    "raw rate",
    "corrected rate",
    "raw log ratio",
    "corrected log ratio",
    "raw difference",
    "corrected difference",
];

/// A sentence: what the program has found, with what is there, and what it has missed.
#[derive(Default)]
struct Sentence {
    group: usize,
    hits: Vec<(usize, Option<usize>)>,
    missed: Vec<usize>,
}

struct DataSet {
    sentences: Vec<Sentence>,
    /// By group: the documents' hits and tokens.
    units: [Vec<(f64, f64)>; 2],
}

impl Design {
    fn draw(&self, random: &mut Random) -> DataSet {
        let mut set = DataSet { sentences: Vec::new(), units: Default::default() };
        for group in 0..2 {
            for _ in 0..self.documents {
                let length = random.log_normal(SIGMA);
                let tokens = (LENGTH * length).round().max(1.0);
                let number = (SENTENCES * length).ceil() as usize;
                let mut sentences: Vec<Sentence> =
                    (0..number).map(|_| Sentence { group, ..Sentence::default() }).collect();
                let mut any = |random: &mut Random, add: &dyn Fn(&mut Sentence)| {
                    add(&mut sentences[below(random, number)]);
                };
                let mean = self.markers[group] * tokens / LENGTH;
                for _ in 0..random.negative_binomial(mean, self.k) {
                    let category = category(random);
                    if random.uniform() >= self.recall[group] {
                        any(random, &|sentence| sentence.missed.push(category));
                    } else {
                        let confused = random.uniform() < CONFUSED;
                        let found = if confused { (category + 1) % CATEGORIES.len() } else { category };
                        any(random, &|sentence| sentence.hits.push((found, Some(category))));
                    }
                }
                let wrong = mean * self.recall[group] * (1.0 / self.precision[group] - 1.0);
                for _ in 0..random.poisson(wrong) {
                    let category = category(random);
                    any(random, &|sentence| sentence.hits.push((category, None)));
                }
                let hits = sentences.iter().map(|sentence| sentence.hits.len() as f64).sum();
                set.units[group].push((hits, tokens));
                set.sentences.append(&mut sentences);
            }
        }
        set
    }

    /// The check of a data set: hits by category and group, in proportion to the size and at least two; sentences without a hit by group.
    fn check(&self, set: &DataSet, random: &mut Random) -> CheckedSample {
        let coded = |category: usize| Coded { category, negated: false };
        let mut strata = Vec::new();
        let hits: Vec<(usize, usize)> = set
            .sentences
            .iter()
            .enumerate()
            .flat_map(|(at, sentence)| (0..sentence.hits.len()).map(move |hit| (at, hit)))
            .collect();
        for group in 0..2 {
            for category in 0..CATEGORIES.len() {
                let own: Vec<_> = hits
                    .iter()
                    .filter(|(at, hit)| {
                        set.sentences[*at].group == group && set.sentences[*at].hits[*hit].0 == category
                    })
                    .collect();
                let share = own.len() as f64 / hits.len() as f64;
                let number = ((self.checked[0] as f64 * share).round() as usize).max(2);
                let items = drawn(random, &own, number).into_iter().map(|(at, hit)| {
                    let sentence = &set.sentences[*at];
                    let (found, truth) = sentence.hits[*hit];
                    let part = 1.0 / sentence.hits.len() as f64;
                    CheckedItem {
                        group: Some(group),
                        found: Some(coded(found)),
                        right: f64::from(u8::from(truth == Some(found))),
                        truth: truth.map(|truth| (coded(truth), 1.0)).into_iter().collect(),
                        missed: sentence.missed.iter().map(|missed| (coded(*missed), part)).collect(),
                    }
                });
                strata.push(CheckedStratum {
                    population: Population::Hits,
                    size: own.len() as u64,
                    items: items.collect(),
                });
            }
            let own: Vec<&Sentence> = set
                .sentences
                .iter()
                .filter(|sentence| sentence.group == group && sentence.hits.is_empty())
                .collect();
            let items = drawn(random, &own, self.checked[1] / 2).into_iter().map(|sentence| CheckedItem {
                group: Some(group),
                missed: sentence.missed.iter().map(|missed| (coded(*missed), 1.0)).collect(),
                ..CheckedItem::default()
            });
            strata.push(CheckedStratum {
                population: Population::Sentences,
                size: own.len() as u64,
                items: items.collect(),
            });
        }
        CheckedSample { stances: vec![Stance::Hedge; CATEGORIES.len()], strata }
    }

    /// Tells of each figure whether its interval holds the truth.
    fn observe(&self, random: &mut Random, mut give: impl FnMut(usize, bool)) {
        let set = self.draw(random);
        let sample = self.check(&set, random);
        let counted = set.units.each_ref().map(|units| {
            let [count, size] =
                units.iter().fold([0, 0], |[y, x], unit| [y + unit.0 as u64, x + unit.1 as u64]);
            Counted { frequency: Frequency { count, size }, ratio: Ratio::new(units, count, size) }
        });
        let truth = self.markers.map(|markers| markers / LENGTH * 1000.0);
        let holds = |interval: Option<Interval>, truth: f64| {
            interval.is_some_and(|(low, high)| low <= truth && truth <= high)
        };
        let measured = Measured::Stance(Stance::Hedge);
        for group in 0..2 {
            let rate = sample.rate(measured, Some(group), counted[group]);
            give(0, holds(rate.raw.interval, truth[group]));
            give(1, holds(rate.corrected.interval, truth[group]));
        }
        let contrast = sample.contrast(measured, [Some(0), Some(1)], counted);
        let (ratio, difference) = ((truth[0] / truth[1]).log2(), truth[0] - truth[1]);
        give(2, holds(contrast.raw_log_ratio.interval, ratio));
        give(3, holds(contrast.log_ratio.interval, ratio));
        give(4, holds(contrast.raw_difference.interval, difference));
        give(5, holds(contrast.difference.interval, difference));
    }

    /// By figure: in how many data sets its interval holds the truth.
    pub fn simulate(&self, data_sets: u64) -> [Share; FIGURES.len()] {
        let parts = parallel::map((0..data_sets).collect(), |data_set| {
            let mut shares = [Share::default(); FIGURES.len()];
            self.observe(&mut Random::new(self.name, data_set), |figure, holds| {
                shares[figure].yes += u64::from(holds);
                shares[figure].of += 1;
            });
            shares
        });
        let mut shares = [Share::default(); FIGURES.len()];
        for part in parts {
            shares.iter_mut().zip(part).for_each(|(share, part)| {
                share.yes += part.yes;
                share.of += part.of;
            });
        }
        shares
    }
}

/// The table of the figures.
pub fn markdown(simulated: &[(Design, [Share; FIGURES.len()])]) -> String {
    let mut table = "| program | documents | markers | precision | recall | checked |".to_owned();
    FIGURES.iter().for_each(|figure| table += &format!(" {figure} |"));
    table += "\n|---|---|---|---|---|---|";
    table += &"---|".repeat(FIGURES.len());
    for (design, shares) in simulated {
        let [precision, recall, markers] = [design.precision, design.recall, design.markers]
            .map(|[first, second]| format!("{first}, {second}"));
        table += &format!(
            "\n| {} | 2 × {} | {markers} | {precision} | {recall} | {} + {} |",
            design.name, design.documents, design.checked[0], design.checked[1]
        );
        shares.iter().for_each(|share| table += &format!(" {} |", crate::report::decimal(share.value())));
    }
    table
}

/// Demands what a few data sets can tell.
pub fn assert_plausible(simulated: &[(Design, [Share; FIGURES.len()])]) {
    for (design, shares) in simulated {
        for figure in [1, 3, 5] {
            let share = shares[figure].value();
            assert!(share >= 0.82, "{}: {} holds the truth in {share}", design.name, FIGURES[figure]);
        }
        if design.name == "errs differently" {
            assert!(shares[2].value() < 0.6, "{}: the raw log ratio holds the truth", design.name);
        }
    }
}

fn below(random: &mut Random, bound: usize) -> usize {
    ((random.uniform() * bound as f64) as usize).min(bound - 1)
}

fn category(random: &mut Random) -> usize {
    let at = random.uniform();
    if at < CATEGORIES[0] {
        0
    } else if at < CATEGORIES[0] + CATEGORIES[1] {
        1
    } else {
        2
    }
}

/// So many of some, without replacement.
fn drawn<'a, T>(random: &mut Random, all: &'a [T], number: usize) -> Vec<&'a T> {
    let mut indices: Vec<usize> = (0..all.len()).collect();
    let number = number.min(all.len());
    for at in 0..number {
        let other = at + below(random, all.len() - at);
        indices.swap(at, other);
    }
    indices[..number].iter().map(|at| &all[*at]).collect()
}
