//! Reads a page in two columns down the left one and then down the right one.

use super::Segment;

/// A page in two columns has at least this many rows with text on both sides of the gap between them.
const MIN_ROWS: usize = 6;

/// So many gaps of a page are tried, as each is compared with all of its segments.
const CANDIDATES: usize = 200;

/// The segments of a page in the order of reading, given from top to bottom.
pub(super) fn in_order(page: Vec<Segment>) -> Vec<Segment> {
    let Some(gutter) = gutter(&page) else { return page };
    let mut ordered = Vec::with_capacity(page.len());
    let mut right = Vec::new();
    for segment in page {
        if segment.left >= gutter {
            right.push(segment);
            continue;
        }
        // What spans both columns is read between what stands above and below it.
        if segment.right > gutter {
            ordered.append(&mut right);
        }
        ordered.push(segment);
    }
    ordered.append(&mut right);
    ordered
}

/// The middle of the gap between two columns, if the page has two: it lies in the middle half of the page, most rows
/// have text on both of its sides, and few cross it.
fn gutter(page: &[Segment]) -> Option<f32> {
    let left = page.iter().map(|segment| segment.left).fold(f32::INFINITY, f32::min);
    let right = page.iter().map(|segment| segment.right).fold(f32::NEG_INFINITY, f32::max);
    let quarter = (right - left) / 4.0;
    let pairs: Vec<(&Segment, &Segment)> = page
        .windows(2)
        .map(|pair| (&pair[0], &pair[1]))
        .filter(|(a, b)| a.right < b.left && (a.baseline - b.baseline).abs() < 0.5 * a.size.min(b.size))
        .collect();
    let gaps = pairs.iter().map(|(a, b)| (a.right, b.left));
    let candidate = |(start, end): (f32, f32)| (start + end) / 2.0;
    gaps.map(candidate)
        .filter(|x| *x > left + quarter && *x < right - quarter)
        .take(CANDIDATES)
        .map(|x| {
            let split = pairs.iter().filter(|(a, b)| a.right < x && x < b.left).count();
            let crossing = page.iter().filter(|segment| segment.left < x && x < segment.right).count();
            (x, split, crossing)
        })
        .filter(|(_, split, crossing)| *split >= MIN_ROWS && *split > 2 * crossing)
        .max_by_key(|(_, split, crossing)| (*split, usize::MAX - crossing))
        .map(|(x, ..)| x)
}
