//! Correspondence analysis of a table of counts.

use nalgebra::DMatrix;

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
    let table = DMatrix::from_fn(counts.len(), width, |row, column| {
        counts.get(row).and_then(|cells| cells.get(column)).map_or(0.0, |count| *count as f64)
    });
    let total: f64 = table.iter().sum();
    let shares = |sums: Vec<f64>| -> Vec<f64> { sums.into_iter().map(|sum| sum / total).collect() };
    let rows = shares(table.row_iter().map(|row| row.iter().sum()).collect());
    let columns = shares(table.column_iter().map(|column| column.iter().sum()).collect());
    if rows.iter().chain(&columns).any(|share| share.is_nan() || *share <= 0.0) {
        return None;
    }
    let residuals = DMatrix::from_fn(rows.len(), columns.len(), |row, column| {
        let expected = rows[row] * columns[column];
        (table[(row, column)] / total - expected) / expected.sqrt()
    });
    let decomposition = residuals.try_svd(true, true, f64::EPSILON, 0)?;
    let (left, right) = (decomposition.u.as_ref()?, decomposition.v_t.as_ref()?);
    let singular = &decomposition.singular_values;
    // There is one dimension less than rows or columns.
    let axes = rows.len().min(columns.len()) - 1;
    let mut order: Vec<usize> = (0..singular.len()).collect();
    order.sort_by(|one, other| singular[*other].total_cmp(&singular[*one]));
    order.truncate(axes);
    let [first, second] = [*order.first()?, *order.get(1)?];
    if singular[second] <= NEGLIGIBLE * singular[first].max(1e-6) {
        return None;
    }
    let sign = |axis: usize| {
        let coordinates =
            columns.iter().enumerate().map(|(column, share)| right[(axis, column)] / share.sqrt());
        let farthest = coordinates.fold(0.0_f64, |farthest, coordinate| {
            if coordinate.abs() > farthest.abs() * (1.0 + NEGLIGIBLE) { coordinate } else { farthest }
        });
        if farthest < 0.0 { -1.0 } else { 1.0 }
    };
    let axes = [first, second].map(|axis| (axis, sign(axis) * singular[axis]));
    let of_row =
        |(row, share): (usize, &f64)| axes.map(|(axis, value)| left[(row, axis)] * value / share.sqrt());
    let of_column = |(column, share): (usize, &f64)| {
        axes.map(|(axis, value)| right[(axis, column)] * value / share.sqrt())
    };
    Some(Correspondence {
        rows: rows.iter().enumerate().map(of_row).collect(),
        columns: columns.iter().enumerate().map(of_column).collect(),
        inertias: order.iter().map(|axis| singular[*axis] * singular[*axis]).collect(),
    })
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
        assert!((map.inertias.iter().sum::<f64>() - chi_square / total as f64).abs() < 1e-10);
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
