//! How well the statistics hold what they promise: comparisons of invented documents whose true rates are known.
//!
//! `cargo bench --bench simulation -- [--data-sets 4000] [--only NAME] [--out FILE.csv]` prints the tables of
//! docs/statistics.md; NAME is a part of a scenario's name, a `Part`, or `Checking`. With `--test` it draws a few data sets of each
//! scenario, and demands wide bounds.

mod checking;
mod outcome;
mod population;
mod random;
mod report;
mod scenarios;

use std::collections::BTreeMap;
use std::time::Instant;

use hedgerow::analysis::{Plan, compare, parallel};

use outcome::{Figure, Truth, observe};
use random::Random;
use scenarios::Scenario;

/// In how many of how many.
#[derive(Debug, Clone, Copy, Default)]
pub struct Share {
    pub yes: u64,
    pub of: u64,
}

impl Share {
    pub fn value(self) -> f64 {
        self.yes as f64 / self.of as f64
    }

    pub fn error(self) -> f64 {
        (self.value() * (1.0 - self.value()) / self.of as f64).sqrt()
    }
}

/// A scenario, and what came of it.
pub struct Simulated {
    pub scenario: Scenario,
    pub shares: BTreeMap<Figure, Share>,
}

/// How many data sets a thread takes at a time.
const CHUNK: u64 = 20;

fn simulate(scenario: Scenario, data_sets: u64) -> Simulated {
    let name = scenario.name();
    let truth = Truth::new(&name, &scenario.population, 50 * data_sets as usize);
    let starts: Vec<u64> = (0..data_sets).step_by(CHUNK as usize).collect();
    let parts = parallel::map(starts, |start| {
        let mut shares: BTreeMap<Figure, Share> = BTreeMap::new();
        for data_set in start..(start + CHUNK).min(data_sets) {
            let observations = scenario.population.draw(&mut Random::new(&name, data_set));
            let plan = Plan { seed: data_set, resamples: scenario.permutations };
            observe(&compare(&observations, plan, &|_| ()), &truth, |figure, yes| {
                let share = shares.entry(figure).or_default();
                share.yes += u64::from(yes);
                share.of += 1;
            });
        }
        shares
    });
    let mut shares: BTreeMap<Figure, Share> = BTreeMap::new();
    for (figure, part) in parts.into_iter().flatten() {
        let share = shares.entry(figure).or_default();
        share.yes += part.yes;
        share.of += part.of;
    }
    Simulated { scenario, shares }
}

struct Arguments {
    data_sets: u64,
    only: String,
    out: Option<String>,
    test: bool,
}

impl Arguments {
    /// None where the arguments are filters for other benches.
    fn parse(arguments: impl Iterator<Item = String>) -> Result<Option<Self>, String> {
        let mut parsed = Arguments { data_sets: 400, only: String::new(), out: None, test: false };
        let mut arguments = arguments.peekable();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
            let number = |text: String| {
                text.parse().map_err(|_| format!("{argument} needs a whole number, not {text}"))
            };
            match argument.as_str() {
                "--bench" => {}
                "--test" => (parsed.test, parsed.data_sets) = (true, 40),
                "--data-sets" => parsed.data_sets = number(value()?)?,
                "--only" => parsed.only = value()?,
                "--out" => parsed.out = Some(value()?),
                _ if argument.starts_with('-') => return Err(format!("{argument}: no such option")),
                _ => return Ok(None),
            }
        }
        Ok(Some(parsed))
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Some(arguments) = Arguments::parse(std::env::args().skip(1))? else { return Ok(()) };
    let scenarios = scenarios::all().into_iter().filter(|scenario| {
        scenario.name().contains(&arguments.only) || format!("{:?}", scenario.part) == arguments.only
    });
    let began = Instant::now();
    let mut simulated = Vec::new();
    for scenario in scenarios {
        let own = Instant::now();
        simulated.push(simulate(scenario, arguments.data_sets));
        if !arguments.test
            && let Some(last) = simulated.last()
        {
            eprintln!("{:6.1} s  {}", own.elapsed().as_secs_f64(), report::line(last));
        }
    }
    if arguments.test && arguments.only.is_empty() {
        report::assert_plausible(&simulated);
    } else if !arguments.test && !simulated.is_empty() {
        println!("{}", report::markdown(&simulated));
    }
    if arguments.only.is_empty() || arguments.only == "Checking" {
        let designs = checking::designs();
        let checked: Vec<_> =
            designs.into_iter().map(|design| (design, design.simulate(arguments.data_sets))).collect();
        match arguments.test {
            true => checking::assert_plausible(&checked),
            false => println!("{}", checking::markdown(&checked)),
        }
    }
    if let Some(out) = arguments.out {
        std::fs::write(&out, report::csv(&simulated)).map_err(|error| format!("{out}: {error}"))?;
    }
    eprintln!(
        "{} scenarios of {} data sets: {:.0} s",
        simulated.len(),
        arguments.data_sets,
        began.elapsed().as_secs_f64()
    );
    Ok(())
}
