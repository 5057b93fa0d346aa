//! Correspondence analysis of a table of counts.

/// A map of the rows and the columns of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Correspondence {
    /// By row: its principal coordinates on the first two axes.
    pub rows: Vec<[f64; 2]>,
    /// By column: its principal coordinates on the first two axes.
    pub columns: Vec<[f64; 2]>,
    /// The inertia of each axis, the largest first: the squares of the singular values.
    pub inertias: Vec<f64>,
}

/// Singular values below this share of the largest are 0 but for rounding.
const NEGLIGIBLE: f64 = 1e-9;

/// Correspondence analysis (Greenacre 2017, *Correspondence Analysis in Practice*, 3rd ed., app. A): with P the table divided by its total, r and
/// c its row and column sums, and the standardised residuals
///
/// ```text
/// S = D_r^(−½) (P − r cᵀ) D_c^(−½) = U Σ Vᵀ
/// ```
///
/// the principal coordinates are D_r^(−½) U Σ of the rows and D_c^(−½) V Σ of the columns; Σ² are the inertias, whose sum is χ² / n. A singular
/// vector may be multiplied by −1: here the column that is farthest from 0 on an axis, the first of several, is on its positive side.
///
/// `counts` is by row, each of the same length. Not defined for fewer than three rows or columns, as their map has one axis; where a row or
/// column is empty; or where the table has fewer than two axes.
pub fn correspondence(counts: &[Vec<u64>]) -> Option<Correspondence> {
    let width = counts.first()?.len();
    if counts.len() < 3 || width < 3 || counts.iter().any(|row| row.len() != width) {
        return None;
    }
    let total = counts.iter().flatten().map(|count| *count as f64).sum::<f64>();
    let rows: Vec<f64> = counts.iter().map(|cells| cells.iter().sum::<u64>() as f64 / total).collect();
    let columns: Vec<f64> = (0..width)
        .map(|column| counts.iter().filter_map(|cells| cells.get(column)).sum::<u64>() as f64 / total)
        .collect();
    if rows.iter().chain(&columns).any(|share| share.is_nan() || *share <= 0.0) {
        return None;
    }
    // Each a column of S.
    let residuals: Vec<Vec<f64>> = columns
        .iter()
        .enumerate()
        .map(|(column, across)| {
            let own = counts.iter().map(|cells| cells.get(column).map_or(0.0, |count| *count as f64 / total));
            own.zip(&rows).map(|(own, down)| (own - down * across) / (down * across).sqrt()).collect()
        })
        .collect();
    let mut axes = axes(residuals);
    // There is one dimension less than rows or columns.
    axes.truncate(rows.len().min(columns.len()) - 1);
    let (largest, second) = (axes.first()?.value, axes.get(1)?.value);
    if second <= NEGLIGIBLE * largest.max(1e-6) {
        return None;
    }
    let mut map = Correspondence {
        rows: vec![[0.0; 2]; rows.len()],
        columns: vec![[0.0; 2]; columns.len()],
        inertias: axes.iter().map(|axis| axis.value * axis.value).collect(),
    };
    for (number, axis) in axes.iter().take(2).enumerate() {
        let of_rows = axis.left.iter().zip(&rows).map(|(own, share)| own / share.sqrt());
        let of_columns: Vec<f64> =
            axis.right.iter().zip(&columns).map(|(own, share)| own * axis.value / share.sqrt()).collect();
        let farthest = of_columns.iter().fold(0.0_f64, |farthest, own| {
            if own.abs() > farthest.abs() * (1.0 + NEGLIGIBLE) { *own } else { farthest }
        });
        let sign = if farthest < 0.0 { -1.0 } else { 1.0 };
        map.rows.iter_mut().zip(of_rows).for_each(|(at, own)| at[number] = sign * own);
        map.columns.iter_mut().zip(of_columns).for_each(|(at, own)| at[number] = sign * own);
    }
    Some(map)
}

/// A singular value σ with u σ, which has a place for each row, and v, which has one for each column.
struct Axis {
    value: f64,
    left: Vec<f64>,
    right: Vec<f64>,
}

/// Sweeps over all pairs of columns; some ten are enough for any table.
const SWEEPS: usize = 60;

/// The singular values of a matrix that is given by column, the largest first: columns are rotated in pairs until all are at right angles
/// (one-sided Jacobi: Hestenes 1958; Golub & Van Loan 2013, *Matrix Computations*, 4th ed., section 8.6.3). It takes nothing but
/// arithmetic and square roots, so its digits are the same everywhere.
fn axes(mut columns: Vec<Vec<f64>>) -> Vec<Axis> {
    let width = columns.len();
    let unit = |own: usize| (0..width).map(|column| if column == own { 1.0 } else { 0.0 }).collect();
    let mut right: Vec<Vec<f64>> = (0..width).map(unit).collect();
    let dot = |one: &[f64], other: &[f64]| one.iter().zip(other).map(|(one, other)| one * other).sum::<f64>();
    let all: f64 = columns.iter().map(|column| dot(column, column)).sum();
    for _ in 0..SWEEPS {
        let mut turned = false;
        for first in 0..width {
            for second in first + 1..width {
                let (one, other) = (&columns[first], &columns[second]);
                let (alpha, beta, gamma) = (dot(one, one), dot(other, other), dot(one, other));
                // Columns that are 0 but for rounding have no angle.
                if gamma.abs() <= f64::EPSILON * (alpha * beta).sqrt() || alpha.min(beta) <= 1e-30 * all {
                    continue;
                }
                turned = true;
                let zeta = (beta - alpha) / (2.0 * gamma);
                let tangent = zeta.signum() / (zeta.abs() + (1.0 + zeta * zeta).sqrt());
                let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
                rotate(&mut columns, (first, second), cosine, cosine * tangent);
                rotate(&mut right, (first, second), cosine, cosine * tangent);
            }
        }
        if !turned {
            break;
        }
    }
    let mut axes: Vec<Axis> = columns
        .into_iter()
        .zip(right)
        .map(|(left, right)| Axis { value: dot(&left, &left).sqrt(), left, right })
        .collect();
    axes.sort_by(|one, other| other.value.total_cmp(&one.value));
    axes
}

fn rotate(columns: &mut [Vec<f64>], (first, second): (usize, usize), cosine: f64, sine: f64) {
    let (before, behind) = columns.split_at_mut(second);
    for (one, other) in before[first].iter_mut().zip(&mut behind[0]) {
        (*one, *other) = (cosine * *one - sine * *other, sine * *one + cosine * *other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inertias_add_up_to_chi_square_by_n() {
        let counts = [vec![10, 20, 5], vec![3, 9, 14], vec![8, 1, 2], vec![4, 4, 7]];
        let map = correspondence(&counts).unwrap();
        let total: u64 = counts.iter().flatten().sum();
        let chi_square: f64 = (0..4)
            .flat_map(|row| (0..3).map(move |column| (row, column)))
            .map(|(row, column)| {
                let own: u64 = counts[row].iter().sum();
                let across: u64 = counts.iter().map(|cells| cells[column]).sum();
                let expected = own as f64 * across as f64 / total as f64;
                (counts[row][column] as f64 - expected).powi(2) / expected
            })
            .sum();
        let inertia: f64 = map.inertias.iter().sum();
        assert!((inertia - chi_square / total as f64).abs() < 1e-12, "{map:?}, not {chi_square} / {total}");
        // The mean of the rows, weighed by their sums, is the origin.
        for axis in 0..2 {
            let mean: f64 = map
                .rows
                .iter()
                .zip(&counts)
                .map(|(row, cells)| row[axis] * cells.iter().sum::<u64>() as f64)
                .sum();
            assert!(mean.abs() < 1e-9);
        }
    }

    #[test]
    fn what_has_no_map_is_not_defined() {
        assert_eq!(correspondence(&[]), None);
        assert_eq!(correspondence(&[vec![1, 2, 3], vec![3, 2, 1]]), None);
        assert_eq!(correspondence(&[vec![1, 2, 0], vec![3, 2, 0], vec![3, 2, 0]]), None);
        // Rows in proportion have no inertia.
        assert_eq!(correspondence(&[vec![1, 2, 3], vec![2, 4, 6], vec![3, 6, 9]]), None);
    }
}
