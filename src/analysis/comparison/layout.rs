//! The documents of a comparison as units: what is exchanged by permutations, and taken for independent by intervals.

use std::collections::HashMap;

use crate::counts::{Base, Measure, Observations};
use crate::statistics::{RankSums, Sample, Stratum};

/// How many sums are kept of a unit.
pub(super) const FIELDS: usize = 6;

/// A unit: the documents of a cluster in one group and stratum; where there are no clusters, a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// Its group, by order of first appearance, which names don't change.
    pub label: u16,
    /// Its stratum.
    pub stratum: u16,
    /// Its cluster.
    pub cluster: usize,
}

/// What a base gives a unit: Σb, (Σb)², whether it has a rate, the documents that have one and their square, and Σ1/b.
pub(super) type BaseFields = [f64; FIELDS];

/// A measure by unit, where it is not zero: Σc, (Σc)², Σc Σb, Σr, (Σr)², Σr times the documents that have a rate. r = c / b.
pub(super) struct Column {
    /// The measure's base.
    pub base: Base,
    /// By index of the unit.
    pub values: Vec<(u32, [f64; FIELDS])>,
}

/// The units, and the documents of each group.
pub(super) struct Layout<'o> {
    observations: &'o Observations,
    pub units: Vec<Unit>,
    /// By document: its unit.
    unit_of: Vec<u32>,
    /// By base, then by unit.
    pub bases: [Vec<BaseFields>; Base::ALL.len()],
    /// By base and group: the sizes of the documents that have a rate.
    sizes: [Vec<Vec<u64>>; Base::ALL.len()],
    /// By base and document: its index within its group.
    slots: [Vec<Option<u32>>; Base::ALL.len()],
    /// By group: its label.
    pub labels: Vec<u16>,
    /// By group: the index of its first document.
    first_documents: Vec<usize>,
}

impl<'o> Layout<'o> {
    pub fn new(observations: &'o Observations) -> Self {
        let groups = observations.groups.len();
        let mut first_documents = vec![usize::MAX; groups];
        for (index, document) in observations.documents.iter().enumerate() {
            let first = &mut first_documents[document.group];
            *first = index.min(*first);
        }
        let mut order: Vec<usize> = (0..groups).collect();
        order.sort_by_key(|group| first_documents[*group]);
        let mut labels = vec![0; groups];
        order.into_iter().enumerate().for_each(|(label, group)| labels[group] = label as u16);
        let mut layout = Layout {
            observations,
            units: Vec::new(),
            unit_of: Vec::new(),
            bases: Default::default(),
            sizes: [(); Base::ALL.len()].map(|()| vec![Vec::new(); groups]),
            slots: Default::default(),
            labels,
            first_documents,
        };
        layout.add_units();
        for base in Base::ALL {
            layout.add_base(base);
        }
        layout
    }

    fn add_units(&mut self) {
        let mut known = HashMap::new();
        for document in &self.observations.documents {
            let key = (document.group, document.stratum, document.cluster);
            let unit = *known.entry(key).or_insert_with(|| {
                self.units.push(Unit {
                    label: self.labels[document.group],
                    stratum: document.stratum as u16,
                    cluster: document.cluster,
                });
                self.units.len() as u32 - 1
            });
            self.unit_of.push(unit);
        }
    }

    fn add_base(&mut self, base: Base) {
        let mut fields = vec![[0.0; FIELDS]; self.units.len()];
        for (document, unit) in self.observations.documents.iter().zip(&self.unit_of) {
            let size = document.sizes[base as usize];
            let sizes = &mut self.sizes[base as usize][document.group];
            self.slots[base as usize].push((size > 0).then_some(sizes.len() as u32));
            if size > 0 {
                sizes.push(size);
                let [x, _, _, documents, _, inverse] = &mut fields[*unit as usize];
                *x += size as f64;
                *documents += 1.0;
                *inverse += 1.0 / size as f64;
            }
        }
        for [x, xx, rated, documents, squares, _] in &mut fields {
            (*xx, *squares) = (*x * *x, *documents * *documents);
            *rated = f64::from(u8::from(*x > 0.0));
        }
        self.bases[base as usize] = fields;
    }

    /// A measure by unit.
    pub fn column(&self, measure: &Measure) -> Column {
        let base = measure.base as usize;
        let mut sums: Vec<(u32, [f64; 2])> = Vec::with_capacity(measure.counts.len());
        for (document, count) in &measure.counts {
            let size = self.observations.documents[*document as usize].sizes[base];
            if size > 0 {
                sums.push((self.unit_of[*document as usize], [*count as f64, *count as f64 / size as f64]));
            }
        }
        // In the order of the documents within a unit, as the sort is stable.
        sums.sort_by_key(|(unit, _)| *unit);
        let values = sums.chunk_by(|one, other| one.0 == other.0).map(|of_unit| {
            let unit = of_unit[0].0;
            let [y, r] = of_unit.iter().fold([0.0; 2], |[y, r], (_, own)| [y + own[0], r + own[1]]);
            let [x, _, _, documents, ..] = self.bases[base][unit as usize];
            (unit, [y, y * y, y * x, r, r * r, r * documents])
        });
        Column { base: measure.base, values: values.collect() }
    }

    /// A measure in the documents of each group.
    pub fn samples(&self, measure: &Measure) -> Vec<Sample<'_>> {
        let base = measure.base as usize;
        let empty = |sizes| Sample { sizes, counts: Vec::new(), scale: measure.base.scale() };
        let mut samples: Vec<Sample> = self.sizes[base].iter().map(|sizes| empty(sizes.as_slice())).collect();
        for (document, count) in &measure.counts {
            if let Some(index) = self.slots[base][*document as usize] {
                samples[self.observations.documents[*document as usize].group].counts.push((index, *count));
            }
        }
        samples
    }

    /// The ranks of the documents' rates, by unit.
    pub fn ranks(&self, measure: &Measure) -> Option<RankSums> {
        let base = measure.base as usize;
        let rates = measure.counts.iter().filter_map(|(document, count)| {
            let size = self.observations.documents[*document as usize].sizes[base];
            (size > 0).then(|| (self.unit_of[*document as usize], *count as f64 / size as f64))
        });
        RankSums::new(rates.collect(), self.sizes[base].iter().map(Vec::len).sum())
    }

    /// The units of each group that have a rate, dense: by group, the unit with its counts (y, x) and its rates (Σr, documents).
    pub fn dense(&self, column: &Column) -> Vec<Vec<DenseUnit>> {
        let mut groups: Vec<Vec<DenseUnit>> = vec![Vec::new(); self.labels.len()];
        let mut values = column.values.iter().peekable();
        let mut group_of = vec![0; self.labels.len()];
        self.labels.iter().enumerate().for_each(|(group, label)| group_of[*label as usize] = group);
        for ((index, unit), fields) in (0..).zip(&self.units).zip(&self.bases[column.base as usize]) {
            let own = values.next_if(|(unit, _)| *unit == index).map_or([0.0; FIELDS], |(_, own)| *own);
            if fields[0] > 0.0 {
                groups[group_of[unit.label as usize]].push(DenseUnit {
                    index,
                    unit: *unit,
                    pooled: (own[0], fields[0]),
                    mean: (own[3], fields[3]),
                });
            }
        }
        groups
    }

    /// How many strata there are: one where there are none to tell apart.
    pub fn strata(&self) -> usize {
        self.observations.strata.len().max(1)
    }

    /// The index of a group's first document: what random numbers are made from, so that they don't depend on names.
    pub fn first_document(&self, group: usize) -> u64 {
        self.first_documents[group] as u64
    }

    /// Whether documents are paired.
    pub fn is_paired(&self) -> bool {
        self.observations.design.pair.is_some()
    }

    /// Within what units are exchanged: their pair, or their stratum.
    pub fn blocks(&self, units: &[u32]) -> Vec<Vec<u32>> {
        let key = |unit: &Unit| if self.is_paired() { unit.cluster } else { unit.stratum.into() };
        let mut numbers = HashMap::new();
        let mut blocks: Vec<Vec<u32>> = Vec::new();
        for (at, unit) in (0..).zip(units) {
            let next = blocks.len();
            let number = *numbers.entry(key(&self.units[*unit as usize])).or_insert(next);
            if number == next {
                blocks.push(Vec::new());
            }
            blocks[number].push(at);
        }
        blocks
    }
}

/// A unit that has a rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct DenseUnit {
    pub index: u32,
    pub unit: Unit,
    /// Its count and its base.
    pub pooled: (f64, f64),
    /// The sum of its documents' rates, and how many they are.
    pub mean: (f64, f64),
}

/// Two groups by stratum: their counts and bases, or their rates and documents.
pub(super) fn strata(
    groups: [&[DenseUnit]; 2],
    number: usize,
    value: impl Fn(&DenseUnit) -> (f64, f64),
) -> Vec<Stratum> {
    let mut strata: Vec<Stratum> = vec![Stratum::default(); number];
    for (side, group) in groups.into_iter().enumerate() {
        for unit in group {
            strata[usize::from(unit.unit.stratum)][side].push(value(unit));
        }
    }
    strata
}
