//! Documents as points: a strip of their rates, scattered across it always in the same way.

use super::canvas::Canvas;
use super::links::Link;
use super::palette::colour;
use super::scale::{Scale, signed};
use crate::lexicon::Stance;
use crate::messages::grouped;
use crate::report::Words;
use crate::report::source::{SEED, SampledDocument, Source};

/// With more points, those in the middle of each strip lead nowhere: nobody can point at one of them, and a page of
/// thousands of links is slow to open and to print.
const MOST_LINKS: usize = 600;

/// Points of documents over which the tab key goes one by one.
const MOST_STOPS: usize = 60;

/// The documents of a strip with their rates.
pub struct Strip<'a> {
    stance: Stance,
    /// By rate, then in the order of the tables.
    points: Vec<(f64, &'a SampledDocument)>,
    /// So many of the lowest, and of the highest, are links to their lines.
    linked: usize,
    stops: bool,
}

impl<'a> Strip<'a> {
    /// Those of a group, or all, as far as they are drawn.
    pub fn new(source: &'a Source, group: Option<usize>, stance: Stance) -> Self {
        let documents =
            source.documents.sample.iter().filter(|document| group.is_none() || document.group == group);
        let rate = |document: &SampledDocument| document.rates?.get(stance as usize).copied();
        let mut points: Vec<(f64, &SampledDocument)> =
            documents.filter_map(|document| Some((rate(document)?, document))).collect();
        points.sort_by(|one, other| one.0.total_cmp(&other.0));
        let drawn = source.documents.sample.len();
        let linked = if drawn <= MOST_LINKS { drawn } else { MOST_LINKS / 2 / source.groups().max(1) };
        Strip { stance, points, linked: linked.max(1), stops: drawn <= MOST_STOPS }
    }

    /// The rates, ascending.
    pub fn rates(&self) -> impl DoubleEndedIterator<Item = f64> + Clone {
        self.points.iter().map(|(rate, _)| *rate)
    }

    /// The rate below which a share of the documents is; 0 for none.
    pub fn quantile(&self, share: f64) -> f64 {
        let at = ((self.points.len() as f64 * share).ceil() as usize).saturating_sub(1);
        self.points.get(at).or(self.points.last()).map_or(0.0, |(rate, _)| *rate)
    }

    /// How many have a rate that the scale does not reach.
    pub fn beyond(&self, scale: &Scale) -> usize {
        self.rates().rev().take_while(|rate| *rate > scale.values.1).count()
    }

    /// Draws them around a line, up to `half` above and below it.
    pub fn draw(&self, canvas: &mut Canvas, scale: &Scale, line: f64, half: f64) {
        let radius = if self.points.len() > 100 { 1.5 } else { 2.2 };
        let opacity = if self.points.len() > 100 { "0.3" } else { "0.45" };
        let colour = colour(self.stance);
        let stance = canvas.words.of(stance_key(self.stance));
        canvas.group("g", &[("fill", colour), ("fill-opacity", opacity)], |canvas| {
            for (number, (rate, document)) in self.points.iter().enumerate() {
                let place = (scale.within(*rate), line + half * scatter(number));
                let link = Link::affirmed().stance(self.stance).and("document", &document.name);
                let title = format!("{}: {stance} {}", document.name, signed(*rate, 1));
                let point = |canvas: &mut Canvas| match *rate > scale.values.1 {
                    false => canvas.circle(place, radius, &[]),
                    true => {
                        let (x, y) = place;
                        let tip = [(x - 2.0, y - 2.5), (x + 3.0, y), (x - 2.0, y + 2.5)];
                        canvas.path(&tip, true, &[]);
                    }
                };
                if number.min(self.points.len() - 1 - number) >= self.linked {
                    point(canvas);
                    continue;
                }
                match self.stops {
                    true => canvas.mark(&link, &title, point),
                    false => canvas.small_mark(&link, &title, point),
                }
            }
        });
    }
}

/// That not all documents are drawn, where it is so.
pub fn sampled(source: &Source, words: &Words) -> Option<String> {
    let (drawn, all) =
        (grouped(source.documents.sample.len() as u64), grouped(source.documents.all.documents));
    let values: [(_, &dyn std::fmt::Display); 3] = [("drawn", &drawn), ("all", &all), ("seed", &SEED)];
    source.documents.is_sampled().then(|| words.say("figures.sampled", &values))
}

/// The key of a stance's name.
pub fn stance_key(stance: Stance) -> &'static str {
    match stance {
        Stance::Hedge => "figures.hedge",
        Stance::Assertive => "figures.assertive",
    }
}

/// A place across the strip, −1 to 1, for the number of a point: mixed as SplitMix64 does, so that no pattern shows.
fn scatter(number: usize) -> f64 {
    let mut mixed = (number as u64).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ mixed >> 31) >> 40) as f64 / f64::from(1 << 23) - 1.0
}
