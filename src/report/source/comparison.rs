//! `groups.csv`, `comparisons.csv` and `omnibus.csv`, over all strata.

use crate::counts::{Base, Level, Order};
use crate::lexicon::Stance;
use crate::statistics::Interval;
use crate::tables::{ComparisonRecord, ReadBackError, RowReader, RunTables};

/// The comparison of groups.
#[derive(Debug, Clone, Default)]
pub struct Grouping {
    /// The variable that groups, as the tables name it.
    pub variable: String,
    /// The variable within whose values the groups are compared.
    pub within: Option<String>,
    /// The variable whose values are the independent units.
    pub cluster: Option<String>,
    /// The groups, in the order of the tables.
    pub groups: Vec<String>,
    /// By group: its value, where the groups have an order; else empty.
    pub values: Vec<f64>,
    /// The rows of groups.csv: by group, then as in the table.
    pub rows: Vec<Vec<GroupRow>>,
    /// The rows of comparisons.csv of stances and shares; where there are two groups, of all measures.
    pub pairs: Vec<PairRow>,
    /// The rows of omnibus.csv.
    pub omnibus: Vec<OmnibusRow>,
}

/// What a row is of.
#[derive(Debug, Clone)]
pub struct RowMeasure {
    /// What it counts.
    pub level: Level,
    /// Its name in the tables.
    pub name: String,
    /// Its stance; none for a share.
    pub stance: Option<Stance>,
    /// The category, of a category or a marker.
    pub category: String,
    /// The unit of its rates, in the words of the tables.
    pub unit: String,
}

/// A measure in a group.
#[derive(Debug, Clone)]
pub struct GroupRow {
    /// What it counts.
    pub measure: RowMeasure,
    /// Documents of the group.
    pub documents: u64,
    /// Those that have a rate.
    pub documents_rated: u64,
    /// Tokens of the group.
    pub tokens: u64,
    /// Occurrences.
    pub count: u64,
    /// Among what they are counted.
    pub base: u64,
    /// The pooled rate.
    pub rate: Option<f64>,
    /// Its interval.
    pub rate_interval: Option<Interval>,
    /// Documents in which it occurs.
    pub range: u64,
    /// DPnorm over the documents of the group.
    pub dp_norm: Option<f64>,
    /// The log ratio against all other groups.
    pub rest_log_ratio: Option<f64>,
    /// Its interval.
    pub rest_interval: Option<Interval>,
    /// The adjusted standardised residual, where the table has one.
    pub residual: Option<f64>,
}

/// A measure in two groups.
#[derive(Debug, Clone)]
pub struct PairRow {
    /// What it counts.
    pub measure: RowMeasure,
    /// The indices of the groups.
    pub groups: [usize; 2],
    /// The pooled rates.
    pub rates: [Option<f64>; 2],
    /// The log ratio of the pooled rates.
    pub log_ratio: Option<f64>,
    /// Its interval.
    pub log_ratio_interval: Option<Interval>,
    /// The permutation test of the pooled rates, and adjusted within its family by Holm.
    pub pooled_p: [Option<f64>; 2],
    /// The difference of the means.
    pub mean_difference: Option<f64>,
    /// Its interval.
    pub mean_difference_interval: Option<Interval>,
    /// The permutation test of the means, and adjusted within its family by Holm.
    pub permutation_p: [Option<f64>; 2],
    /// Why cells are empty.
    pub note: String,
}

/// A measure over all groups.
#[derive(Debug, Clone)]
pub struct OmnibusRow {
    /// What it counts.
    pub measure: RowMeasure,
    /// The permutation test of equal pooled rates, and adjusted within its family by Holm.
    pub wald_p: [Option<f64>; 2],
    /// The change of the pooled rate with each unit of the variable.
    pub slope: Option<f64>,
    /// Its interval.
    pub slope_interval: Option<Interval>,
    /// Its test, and adjusted within its family by Holm.
    pub slope_p: [Option<f64>; 2],
    /// Why cells are empty.
    pub note: String,
}

impl Grouping {
    /// Reads the tables of a comparison.
    pub(super) fn read(tables: RunTables, comparison: &ComparisonRecord) -> Result<Self, ReadBackError> {
        let groups: Vec<String> = comparison.groups.iter().map(|group| group.group.clone()).collect();
        let design = &comparison.design;
        let mut grouping = Grouping {
            variable: design.by.clone(),
            within: design.within.clone(),
            cluster: design.cluster.clone(),
            values: values(comparison, &groups),
            rows: groups.iter().map(|_| Vec::new()).collect(),
            groups,
            ..Grouping::default()
        };
        grouping.read_groups(tables)?;
        if tables.has("comparisons") {
            grouping.read_pairs(tables)?;
        }
        if tables.has("omnibus") {
            grouping.read_omnibus(tables)?;
        }
        Ok(grouping)
    }

    /// Whether the groups have an order.
    pub fn is_ordered(&self) -> bool {
        !self.values.is_empty()
    }

    /// The row of a stance in a group.
    pub fn stance(&self, group: usize, stance: Stance) -> Option<&GroupRow> {
        self.of_level(group, Level::Stance).find(|row| row.measure.stance == Some(stance))
    }

    /// The rows of a level in a group.
    pub fn of_level(&self, group: usize, level: Level) -> impl Iterator<Item = &GroupRow> {
        self.rows.get(group).into_iter().flatten().filter(move |row| row.measure.level == level)
    }

    fn read_groups(&mut self, tables: RunTables) -> Result<(), ReadBackError> {
        let mut rows = tables.open("groups")?;
        let measure = MeasureColumns::new(&rows)?;
        let [group, documents, rated, tokens] =
            rows.columns(["group", "documents", "documents_rated", "tokens"])?;
        let [count, base, range] = rows.columns(["count", "base", "range"])?;
        let [rate, low, high, dp_norm] = rows.columns(["rate", "rate_low", "rate_high", "dp_norm"])?;
        let [rest, rest_low, rest_high, residual] =
            rows.columns(["rest_log_ratio", "rest_log_ratio_low", "rest_log_ratio_high", "residual"])?;
        while rows.next_row()? {
            let index = self.groups.iter().position(|name| name == rows.text(group));
            let (Some(measure), Some(of_group)) =
                (measure.read(&rows)?, index.and_then(|index| self.rows.get_mut(index)))
            else {
                continue;
            };
            of_group.push(GroupRow {
                measure,
                documents: rows.count(documents)?,
                documents_rated: rows.count(rated)?,
                tokens: rows.count(tokens)?,
                count: rows.count(count)?,
                base: rows.count(base)?,
                rate: rows.decimal(rate)?,
                rate_interval: interval(&rows, low, high)?,
                range: rows.count(range)?,
                dp_norm: rows.decimal(dp_norm)?,
                rest_log_ratio: rows.decimal(rest)?,
                rest_interval: interval(&rows, rest_low, rest_high)?,
                residual: rows.decimal(residual)?,
            });
        }
        Ok(())
    }

    fn read_pairs(&mut self, tables: RunTables) -> Result<(), ReadBackError> {
        let mut rows = tables.open("comparisons")?;
        let measure = MeasureColumns::new(&rows)?;
        let groups = rows.columns(["group_a", "group_b"])?;
        let rates = rows.columns(["rate_a", "rate_b"])?;
        let [ratio, low, high, note] =
            rows.columns(["log_ratio", "log_ratio_low", "log_ratio_high", "note"])?;
        let pooled = rows.columns(["pooled_p", "pooled_p_holm"])?;
        let difference = rows.columns(["mean_difference", "mean_difference_low", "mean_difference_high"])?;
        let permutation = rows.columns(["permutation_p", "permutation_p_holm"])?;
        while rows.next_row()? {
            let Some(measure) = measure.read(&rows)? else { continue };
            let is_kept = self.groups.len() == 2 || matches!(measure.level, Level::Stance | Level::Share);
            let index = |column: usize| self.groups.iter().position(|name| name == rows.text(column));
            let [Some(first), Some(second)] = groups.map(index) else { continue };
            if !is_kept {
                continue;
            }
            let [mean, mean_low, mean_high] = difference;
            self.pairs.push(PairRow {
                measure,
                groups: [first, second],
                rates: decimals(&rows, rates)?,
                log_ratio: rows.decimal(ratio)?,
                log_ratio_interval: interval(&rows, low, high)?,
                pooled_p: decimals(&rows, pooled)?,
                mean_difference: rows.decimal(mean)?,
                mean_difference_interval: interval(&rows, mean_low, mean_high)?,
                permutation_p: decimals(&rows, permutation)?,
                note: rows.text(note).to_owned(),
            });
        }
        Ok(())
    }

    fn read_omnibus(&mut self, tables: RunTables) -> Result<(), ReadBackError> {
        let mut rows = tables.open("omnibus")?;
        let measure = MeasureColumns::new(&rows)?;
        let wald = rows.columns(["wald_p", "wald_p_holm"])?;
        let [slope, low, high, note] = rows.columns(["slope", "slope_low", "slope_high", "note"])?;
        let slope_p = rows.columns(["slope_p", "slope_p_holm"])?;
        while rows.next_row()? {
            let Some(measure) = measure.read(&rows)? else { continue };
            self.omnibus.push(OmnibusRow {
                measure,
                wald_p: decimals(&rows, wald)?,
                slope: rows.decimal(slope)?,
                slope_interval: interval(&rows, low, high)?,
                slope_p: decimals(&rows, slope_p)?,
                note: rows.text(note).to_owned(),
            });
        }
        Ok(())
    }
}

/// The values of groups that have an order: the numbers that they are, or their places.
fn values(comparison: &ComparisonRecord, groups: &[String]) -> Vec<f64> {
    if !comparison.trend {
        return Vec::new();
    }
    let places = || (1..=groups.len()).map(|place| place as f64).collect();
    match comparison.design.order {
        Order::Listed(_) => places(),
        _ => groups.iter().map(|group| group.parse().ok()).collect::<Option<_>>().unwrap_or_else(places),
    }
}

fn interval(rows: &RowReader, low: usize, high: usize) -> Result<Option<Interval>, ReadBackError> {
    Ok(rows.decimal(low)?.zip(rows.decimal(high)?))
}

fn decimals(rows: &RowReader, columns: [usize; 2]) -> Result<[Option<f64>; 2], ReadBackError> {
    let [first, second] = columns;
    Ok([rows.decimal(first)?, rows.decimal(second)?])
}

/// The columns that say what a row is of.
struct MeasureColumns {
    level: usize,
    name: usize,
    stance: usize,
    category: usize,
    unit: usize,
    stratum: usize,
}

impl MeasureColumns {
    fn new(rows: &RowReader) -> Result<Self, ReadBackError> {
        let [level, name, stance] = rows.columns(["level", "measure", "stance"])?;
        let [category, unit, stratum] = rows.columns(["category", "unit", "stratum"])?;
        Ok(MeasureColumns { level, name, stance, category, unit, stratum })
    }

    /// The measure of a row; none for one within a stratum.
    fn read(&self, rows: &RowReader) -> Result<Option<RowMeasure>, ReadBackError> {
        let level = Level::ALL.into_iter().find(|level| level.name() == rows.cell(self.level));
        let Some(level) = level.filter(|_| rows.text(self.stratum).is_empty()) else { return Ok(None) };
        Ok(Some(RowMeasure {
            level,
            name: rows.text(self.name).to_owned(),
            stance: match rows.cell(self.stance) {
                "" => None,
                _ => Some(rows.stance(self.stance)?),
            },
            category: rows.text(self.category).to_owned(),
            unit: rows.cell(self.unit).to_owned(),
        }))
    }
}

impl RowMeasure {
    /// Whether its rates are per 1,000 tokens.
    pub fn is_per_tokens(&self) -> bool {
        self.unit == Base::Tokens.unit()
    }
}
